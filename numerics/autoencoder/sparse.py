"""Sparse data x_i = b_i Z_i/√p and the risk of one-bit codes of them at rate 1, exactly.

b_i is Bernoulli(p), Z_i symmetric with E Z² = 1 and m = E|Z|. For an orthogonal B and the decoder cBᵀ the risk of the
signs of Bx is 1 − 2cT + c², T = d⁻¹ Σ_i E|b_i·x| (claim ae.sp-orth); the best c is T and leaves 1 − T². So a code is
as good as its rows' mean moduli E|b·x|, which :func:`mean_modulus` gives without simulation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar
from scipy.special import erf

from ..given import shown

Array = NDArray[np.float64]
Zero = Literal["random", "plus", "letter"]

#: E|Z| and E Z⁴ of the laws of unit variance.
LAWS = {
    "rademacher": (1.0, 1.0),
    "uniform": (np.sqrt(3.0) / 2.0, 9.0 / 5.0),
    "gaussian": (np.sqrt(2.0 / np.pi), 3.0),
    "laplace": (np.sqrt(0.5), 6.0),
}
HAAR_RISK = 1.0 - 2.0 / np.pi  # rotated coordinates, in the limit of many dimensions
_MOST_ATOMS = 1_000_000
_FAR = 40.0  # deviations beyond which the normal tail is below double precision
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(200)


@dataclass(frozen=True)
class SparseSource:
    """Independent coordinates b Z/√p.

    Attributes: p, the probability of b = 1, 0 < p ≤ 1; law, of Z: one of "rademacher" (±1), "uniform", "gaussian",
    "laplace". Raises: ValueError naming the value and what is allowed.

    >>> SparseSource(0.5).mean_modulus_of_z
    1.0
    """

    p: float
    law: str = "rademacher"

    def __post_init__(self) -> None:
        """Refuses probabilities outside of (0, 1] and unknown laws."""
        if not 0.0 < self.p <= 1.0:
            raise ValueError(f"p = {shown(self.p)}: it must be a probability above 0 and at most 1")
        if self.law not in LAWS:
            raise ValueError(f"law = {shown(self.law)}: it must be one of {', '.join(LAWS)}")

    @property
    def mean_modulus_of_z(self) -> float:
        """m = E|Z|."""
        return float(LAWS[self.law][0])

    @property
    def kurtosis(self) -> float:
        """E x⁴ − 3 = E Z⁴/p − 3 of one coordinate."""
        return float(LAWS[self.law][1] / self.p - 3.0)

    def sample(self, count: int, d: int, generator: np.random.Generator) -> Array:
        """`count` rows of d coordinates.

        >>> SparseSource(1.0).sample(1, 2, np.random.default_rng(0)).shape
        (1, 2)
        """
        shape = (count, d)
        z: Array
        if self.law == "rademacher":
            z = np.where(generator.random(shape) < 0.5, -1.0, 1.0)
        elif self.law == "uniform":
            z = generator.uniform(-np.sqrt(3.0), np.sqrt(3.0), shape)
        elif self.law == "gaussian":
            z = generator.standard_normal(shape)
        else:
            z = generator.laplace(0.0, np.sqrt(0.5), shape)
        return np.asarray(np.where(generator.random(shape) < self.p, z, 0.0) / np.sqrt(self.p))


def _atoms(source: SparseSource, coefficients: Array) -> tuple[Array, Array]:
    """The values of Σ a_k b_k ε_k/√p (ε = ±1) up to sign, with their probabilities; equal values are merged."""
    values: Array = np.zeros(1)
    masses: Array = np.ones(1)
    for a in coefficients / np.sqrt(source.p):
        if 3 * values.size > _MOST_ATOMS:
            raise ValueError(f"{coefficients.size} coefficients give too many sums, more than {_MOST_ATOMS}")
        spread = np.concatenate([values, np.abs(values + a), np.abs(values - a)])
        mass = np.concatenate([(1.0 - source.p) * masses, source.p / 2 * masses, source.p / 2 * masses])
        values, where = np.unique(spread, return_inverse=True)
        masses = np.bincount(where.ravel(), weights=mass).astype(np.float64)
    return values, masses


def _folded(values: Array, deviation: float) -> Array:
    """E|v + t g| for a standard normal g: t √(2/π) exp(−v²/(2t²)) + v erf(v/(t√2))."""
    if deviation == 0.0:
        return np.abs(values)
    with np.errstate(over="ignore"):
        ratio = np.clip(values / deviation, -_FAR, _FAR)
    return np.asarray(
        deviation * np.sqrt(2.0 / np.pi) * np.exp(-0.5 * ratio * ratio) + values * erf(ratio / np.sqrt(2.0))
    )


def mean_modulus(coefficients: ArrayLike, source: SparseSource, dither: float = 0.0) -> float:
    """E|Σ_k a_k x_k + t g|, the mean modulus of a row with large entries a_k and small ones whose squares sum to t².

    Exact to rounding: ±1 by adding up all sums, Gaussian Z by the variances of the mixture, the others by quadrature.

    Arguments: coefficients, a_k (one for the uniform and the Laplace law); source; dither, t ≥ 0.
    Returns: the expectation. Raises: ValueError.

    >>> round(mean_modulus([1.0], SparseSource(0.25)), 12)  # √p m
    0.5
    """
    a = np.atleast_1d(np.asarray(coefficients, dtype=np.float64))
    if a.ndim != 1 or not np.all(np.isfinite(a)):
        raise ValueError("the coefficients must be a vector of finite numbers")
    if not (np.isfinite(dither) and dither >= 0.0):
        raise ValueError(f"dither = {shown(dither)}: it must be a finite number, 0 or more")
    if source.law == "rademacher":
        values, masses = _atoms(source, a[a != 0.0])
        return float(_folded(values, dither) @ masses)
    if source.law == "gaussian":
        squares, masses = np.zeros(1), np.ones(1)
        for part in a[a != 0.0] ** 2 / source.p:
            if 2 * squares.size > _MOST_ATOMS:
                raise ValueError(f"{a.size} coefficients give too many sums, more than {_MOST_ATOMS}")
            squares = np.concatenate([squares, squares + part])
            masses = np.concatenate([(1.0 - source.p) * masses, source.p * masses])
        return float(np.sqrt(squares + dither**2) @ masses * np.sqrt(2.0 / np.pi))
    if a.size != 1:
        raise ValueError(f"{a.size} coefficients: for the {source.law} law one coefficient is supported")
    large = float(a[0]) / np.sqrt(source.p)
    return (1.0 - source.p) * float(_folded(np.zeros(1), dither)[0]) + source.p * _averaged(source.law, large, dither)


def _averaged(law: str, a: float, dither: float) -> float:
    """E|a Z + t g| over the half-line of Z, by Gauss–Legendre on pieces that resolve the width t/|a| at 0."""
    top = np.sqrt(3.0) if law == "uniform" else 30.0
    knee = min(8.0 * dither / abs(a), top) if a else top
    total = 0.0
    for lo, hi in ((0.0, knee), (knee, top)):
        z = (hi + lo) / 2 + (hi - lo) / 2 * _NODES
        density = np.full(z.size, 1.0 / np.sqrt(3.0)) if law == "uniform" else np.sqrt(2.0) * np.exp(-np.sqrt(2.0) * z)
        total += float((hi - lo) / 2 * (_WEIGHTS @ (density * _folded(abs(a) * z, dither))))
    return total


def identity_risk(source: SparseSource, zero: Zero = "random") -> float:
    """The risk of the signs of the coordinates themselves (claim ae.sp-id).

    Arguments: zero, the code at 0: "random" (a fair coin, 1 − p m²), "plus" (+1, with a decoder bias, 1 − m²/(2 − p)),
    or "letter" (a third letter, 1 − m²). Raises: ValueError.

    >>> identity_risk(SparseSource(0.5))
    0.5
    """
    m = source.mean_modulus_of_z
    risks = {"random": 1.0 - source.p * m * m, "plus": 1.0 - m * m / (2.0 - source.p), "letter": 1.0 - m * m}
    if zero not in risks:
        raise ValueError(f"zero = {shown(zero)}: it must be one of {', '.join(risks)}")
    return float(risks[zero])


@dataclass(frozen=True)
class Dither:
    """A row a x_1 + √(1 − a²) g: a, its mean modulus T and the risk 1 − T²."""

    a: float
    modulus: float

    @property
    def risk(self) -> float:
        """1 − T²."""
        return 1.0 - self.modulus**2


def best_dither(source: SparseSource) -> Dither:
    """The dithered identity of least risk, in the limit of many dimensions: max over a of E|a x_1 + √(1 − a²) g|.

    A grid brackets the maximum, which may lie at a = 0 (rotated coordinates) or a = 1 (the identity).

    >>> round(best_dither(SparseSource(0.6)).risk, 5)
    0.29794
    """

    def loss(a: float) -> float:
        return -mean_modulus([a], source, float(np.sqrt(max(0.0, 1.0 - a * a))))

    grid = np.linspace(0.0, 1.0, 201)
    k = int(np.argmin([loss(a) for a in grid]))
    lo, hi = grid[max(k - 1, 0)], grid[min(k + 1, grid.size - 1)]
    found = minimize_scalar(loss, bounds=(lo, hi), method="bounded", options={"xatol": 1e-10})
    a = min((float(grid[k]), float(found.x)), key=loss)
    return Dither(a, -loss(a))


def cascade_coefficients(p: float, terms: int) -> Array:
    """a_k ∝ (1 − p)^k for k < terms, |a| = 1: for p ≥ 1/2 each is at least the sum of the later ones.

    >>> cascade_coefficients(0.5, 2).round(4).tolist()
    [0.8944, 0.4472]
    """
    SparseSource(p)
    if terms < 1:
        raise ValueError(f"terms = {terms}: there must be at least one")
    a = (1.0 - p) ** np.arange(terms)
    return np.asarray(a / np.linalg.norm(a))


def row_moduli(B: ArrayLike, source: SparseSource) -> Array:
    """E|b_i·x| for the rows of B, exactly (laws "rademacher" and "gaussian").

    >>> row_moduli(np.eye(2), SparseSource(0.25)).tolist()
    [0.5, 0.5]
    """
    rows: Sequence[Array] = list(np.atleast_2d(np.asarray(B, dtype=np.float64)))
    return np.array([mean_modulus(row, source) for row in rows])
