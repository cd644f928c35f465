"""The population risk of x̂ = Aσ(Bx), the best decoder, and the same risk by simulation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations import Activation, NumericalRangeError, activation
from ..activations.moments import DivergentError
from ..given import doubles
from .arguments import whole
from .source import Source, isotropic, make_source

Array = NDArray[np.float64]
Tensor = Any  # a numpy array or a torch tensor

_CUTOFF = 32.0 * np.finfo(np.float64).eps
_SAME_ROW = 4.0 * np.finfo(np.float64).eps
_OUTSIDE = "E σ(b·x)² is out of the range of double precision"
_BATCH = 1 << 22  # doubles of one batch of codes


@dataclass(frozen=True)
class MonteCarloRisk:
    """An estimate of E|x − x̂|²/d with its standard error, from `samples` draws with `seed`."""

    value: float
    standard_error: float
    samples: int
    seed: int


@dataclass(frozen=True)
class _Moments:
    """cross = E[x σ(Bx)ᵀ] (d×n) and code = E[σ(Bx)σ(Bx)ᵀ] (n×n)."""

    cross: Array
    code: Array


def _matrix(value: ArrayLike, name: str) -> Array:
    array = doubles(name, value)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{name} of shape {array.shape}: it must be a matrix, not empty")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} has an entry that is not finite")
    return array


def _source(covariance: ArrayLike | Source | None, d: int) -> Source:
    source = isotropic(d) if covariance is None else make_source(covariance)
    if source.dimension != d:
        raise ValueError(f"B has {d} columns, but the covariance has dimension {source.dimension}")
    return source


def snap(correlations: Tensor, xp: Any = np) -> None:
    """Sets correlations within rounding of ±1 to ±1, in place; xp: the namespace of their functions.

    Equal rows must be seen as equal: an arcsine turns an error of 1e-16 at 1 into one of 1e-8.

    >>> found = np.array([1.0 - 1e-16, 0.5])
    >>> snap(found)
    >>> found.tolist()
    [1.0, 0.5]
    """
    near = xp.abs(correlations) >= 1.0 - _SAME_ROW
    correlations[near] = xp.sign(correlations[near])


def snapped(correlations: Array) -> Array:
    """The same in a copy, with a diagonal of one.

    >>> snapped(np.array([[1.0, 1.0 - 1e-16], [1.0 - 1e-16, 1.0]])).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    result = correlations.copy()
    snap(result)
    np.fill_diagonal(result, 1.0)
    return result


@dataclass(frozen=True)
class _Rows:
    """Rows of B divided by powers of two (directions), Σ times them (spread), and the deviations of both kinds of b·x.

    unit: the standard deviations for the divided rows; scales: for the rows as given. No square of a length is formed,
    so that a row of length 1e200 is as good as any other.
    """

    directions: Array
    spread: Array
    unit: Array
    scales: Array


def _checked_rows(B: Array, source: Source) -> _Rows:
    _, exponents = np.frexp(np.max(np.abs(B), axis=1))
    directions = np.ldexp(B, -exponents[:, None])
    spread = source.apply(directions)
    unit = np.sqrt(np.maximum(np.sum(spread * directions, axis=1), 0.0))
    zero = np.flatnonzero(unit <= 1e-150)
    if zero.size:
        raise ValueError(f"row {int(zero[0]) + 1} of B: b·x has variance zero, so the unit carries nothing")
    with np.errstate(over="ignore", under="ignore"):
        scales = np.ldexp(unit, exponents)
    return _Rows(directions, spread, unit, np.where(np.abs(scales - 1.0) < 1e-13, 1.0, scales))


def _row_problem(rows: _Rows, k: int, reason: str) -> NumericalRangeError:
    return NumericalRangeError(
        f"row {k + 1} of B: b·x has standard deviation {rows.scales[k]:g} (for white x, the row's length): {reason}"
    )


def _diagnosed(rows: _Rows, sigma: Activation) -> NumericalRangeError | None:
    """The first row at whose scale σ cannot be integrated."""
    for k, scale in enumerate(rows.scales):
        try:
            sigma.model.second(np.array([scale]))
        except DivergentError:
            return _row_problem(rows, k, "E σ(b·x)² is infinite")
        except NumericalRangeError as problem:
            return _row_problem(rows, k, str(problem))
        except ArithmeticError:
            return _row_problem(rows, k, _OUTSIDE)
    return None


def _moments(B: Array, sigma: Activation, source: Source) -> _Moments:
    rows = _checked_rows(B, source)
    correlations = snapped((rows.spread @ rows.directions.T) / (rows.unit[:, None] * rows.unit[None, :]))
    lost = np.flatnonzero(~(np.isfinite(rows.scales) & (rows.scales > 0.0)))
    if lost.size:
        raise _row_problem(rows, int(lost[0]), _OUTSIDE)
    try:
        with np.errstate(all="ignore"):
            first = sigma.model.first(rows.scales)
            code = sigma.model.mixed(correlations, rows.scales)
    except (DivergentError, NumericalRangeError, ArithmeticError):
        problem = _diagnosed(rows, sigma)
        if problem is None:
            raise
        raise problem from None
    second = np.diag(code)
    lost = np.flatnonzero(~(np.isfinite(first) & np.isfinite(second) & (second > 0.0)))
    if lost.size:
        raise _row_problem(rows, int(lost[0]), _OUTSIDE)
    if not np.all(np.isfinite(code)):
        i, j = (int(k) + 1 for k in np.argwhere(~np.isfinite(code))[0])
        raise NumericalRangeError(f"rows {i} and {j} of B: E σ(b·x)σ(b′·x) is not finite in double precision")
    # E[x σ(b·x)] = Σb · E[zσ(sz)]/s with s the standard deviation of b·x.
    return _Moments((rows.spread * (first / rows.unit)[:, None]).T, code)


def pseudo_solve(matrix: Array, right: Array) -> Array:
    """matrix⁺ · right for a symmetric positive semidefinite matrix, eigenvalues at rounding level cut off.

    Without the cut-off a singular f(G) (polynomial f, many units) turns rounding errors into negative risks.

    Arguments: matrix (n×n), right (n×k). Returns: (n×k).

    >>> pseudo_solve(np.ones((2, 2)), np.ones((2, 1))).ravel().round(12).tolist()
    [0.5, 0.5]
    """
    scale = np.sqrt(np.maximum(np.diag(matrix), np.finfo(np.float64).tiny))
    eigenvalues, vectors = np.linalg.eigh(matrix / (scale[:, None] * scale[None, :]))
    kept = eigenvalues > _CUTOFF * matrix.shape[0] * max(float(eigenvalues[-1]), 0.0)
    basis = vectors[:, kept] / np.sqrt(eigenvalues[kept]) / scale[:, None]
    return np.asarray(basis @ (basis.T @ right))


def risk(
    A: ArrayLike, B: ArrayLike, activation_: str | Activation, covariance: ArrayLike | Source | None = None
) -> float:
    """E|x − Aσ(Bx)|²/d for x ~ N(0, Σ), exactly up to rounding: no sampling.

    With unit rows, Σ = I and A divided by c_1 it is 1 + d⁻¹(Tr[AᵀA f(BBᵀ)] − 2 Tr[BA]) (derived in this project).

    Arguments: A (d×n), the raw decoder; B (n×d), rows of any length; activation_; covariance, None for the identity,
    d variances, or a d×d matrix. Returns: the risk per coordinate. Raises: ValueError for shapes that do not fit or a
    zero row of B; NumericalRangeError naming a row at whose length E σ(b·x)² is infinite or out of the range of
    doubles, or where f near |t| = 1 is out of reach; ActivationError.

    >>> round(risk(np.eye(2) * np.sqrt(2 / np.pi), np.eye(2), "sign"), 6) == round(1 - 2 / np.pi, 6)
    True
    """
    decoder, encoder = _matrix(A, "A"), _matrix(B, "B")
    n, d = encoder.shape
    if decoder.shape != (d, n):
        raise ValueError(f"A has shape {decoder.shape}; with B of shape {encoder.shape} it must be {(d, n)}")
    sigma, source = activation(activation_), _source(covariance, d)
    moments = _moments(encoder, sigma, source)
    # E|x|² − 2 Tr[Aᵀ E xσᵀ] + Tr[AᵀA E σσᵀ]
    with np.errstate(over="ignore", invalid="ignore"):
        linear = float(np.sum(decoder * moments.cross))
        quadratic = float(np.sum((decoder @ moments.code) * decoder))
    value = float((source.trace - 2.0 * linear + quadratic) / d)
    if not np.isfinite(value):
        raise NumericalRangeError("the risk is out of the range of double precision")
    return value


def optimal_decoder(B: ArrayLike, activation_: str | Activation, covariance: ArrayLike | Source | None = None) -> Array:
    """The decoder that minimises the risk for given B: E[xσᵀ] E[σσᵀ]⁺; with unit rows and Σ = I, Bᵀ f(BBᵀ)⁺/c_1.

    Arguments: as for risk. Returns: A (d×n), the minimiser of least norm.

    >>> optimal_decoder(np.eye(2), "identity").tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    encoder = _matrix(B, "B")
    sigma, source = activation(activation_), _source(covariance, encoder.shape[1])
    moments = _moments(encoder, sigma, source)
    return pseudo_solve(moments.code, moments.cross.T).T


def monte_carlo_risk(
    A: ArrayLike,
    B: ArrayLike,
    activation_: str | Activation,
    n_samples: int,
    seed: int,
    covariance: ArrayLike | Source | None = None,
) -> MonteCarloRisk:
    """Simulates E|x − Aσ(Bx)|²/d from the definition: draws x, encodes, decodes, averages.

    Arguments: A (d×n), B (n×d), activation_, covariance as for risk; n_samples ≥ 2; seed. Returns: MonteCarloRisk.
    Raises: ValueError as risk does, and where a sample leaves the range of doubles.

    >>> monte_carlo_risk(np.eye(2), np.eye(2), "identity", 100, seed=0).value
    0.0
    """
    decoder, encoder = _matrix(A, "A"), _matrix(B, "B")
    n, d = encoder.shape
    if decoder.shape != (d, n):
        raise ValueError(f"A has shape {decoder.shape}; with B of shape {encoder.shape} it must be {(d, n)}")
    n_samples = whole("n_samples", n_samples, least=2)  # two, for a standard error
    sigma, source = activation(activation_), _source(covariance, d)
    _checked_rows(encoder, source)
    generator = np.random.default_rng(whole("seed", seed, least=0))
    losses = np.empty(n_samples)
    batch = max(1, _BATCH // max(n, d))
    for start in range(0, n_samples, batch):
        size = min(batch, n_samples - start)
        x = (generator.standard_normal((size, d)) * source.deviations) @ source.vectors.T
        with np.errstate(over="ignore", invalid="ignore"):
            losses[start : start + size] = np.mean((x - sigma(x @ encoder.T) @ decoder.T) ** 2, axis=1)
    if not np.all(np.isfinite(losses)):
        raise NumericalRangeError("the squared error of a sample is out of the range of double precision")
    spread = float(np.std(losses, ddof=1)) / np.sqrt(n_samples)
    return MonteCarloRisk(float(np.mean(losses)), float(spread), n_samples, seed)
