"""The Gaussian source: its covariance, read and checked once, with its eigenvalues in doubles and in balls."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, arb_mat, ctx, fmpq
from numpy.typing import ArrayLike, NDArray

from ..given import doubles
from .arguments import whole

Array = NDArray[np.float64]
Ball = Any

ASYMMETRY = 1e-12  # relative to the largest entry: what rounding leaves in a product such as Q diag Qᵀ
_NEGATIVITY = 1e-10
_PRECISION = 192

Rows = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True, eq=False)
class Source:
    """x ~ N(0, Σ) in R^d with Σ = V diag(variances) Vᵀ.

    variances: d eigenvalues ≥ 0, descending; vectors: V, eigenvectors as columns; exact: the rational entries of Σ
    (one row: its diagonal) from which the enclosures are computed.
    """

    variances: Array
    vectors: Array
    exact: Rows

    @property
    def dimension(self) -> int:
        """d."""
        return int(self.variances.size)

    @property
    def deviations(self) -> Array:
        """D, the standard deviations along the eigenvectors, descending."""
        return np.sqrt(self.variances)

    @property
    def trace(self) -> float:
        """Tr Σ."""
        return float(np.sum(self.variances))

    def apply(self, rows: Array) -> Array:
        """rows · Σ."""
        return np.asarray(((rows @ self.vectors) * self.variances) @ self.vectors.T)


def _checked_variances(values: Array) -> None:
    bad = np.flatnonzero(~(values > 0.0) | ~np.isfinite(values))
    if bad.size:
        raise ValueError(f"variance {int(bad[0]) + 1} is {values[bad[0]]:g}: variances must be positive and finite")


def _checked_matrix(matrix: Array) -> None:
    if not np.all(np.isfinite(matrix)):
        i, j = (int(k) + 1 for k in np.argwhere(~np.isfinite(matrix))[0])
        raise ValueError(f"covariance entry ({i}, {j}) is {matrix[i - 1, j - 1]}: entries must be finite")
    scale = float(np.max(np.abs(matrix), initial=0.0))
    difference = np.abs(matrix - matrix.T)
    if np.any(difference > ASYMMETRY * scale):
        i, j = (int(k) for k in np.unravel_index(int(np.argmax(difference)), matrix.shape))
        raise ValueError(
            f"the covariance is not symmetric: entry ({i + 1}, {j + 1}) is {float(matrix[i, j])!r} "
            f"but entry ({j + 1}, {i + 1}) is {float(matrix[j, i])!r}"
        )


def _fractions(matrix: Array) -> Rows:
    return tuple(tuple(Fraction(float(v)) for v in row) for row in np.atleast_2d(matrix))


def isotropic(d: int) -> Source:
    """N(0, I_d).

    >>> isotropic(3).variances.tolist()
    [1.0, 1.0, 1.0]
    """
    d = whole("d", d)
    return Source(np.ones(d), np.eye(d), ((Fraction(1),) * d,))


def make_source(covariance: ArrayLike | Source, exact: Rows | None = None) -> Source:
    """Reads a covariance: d variances, or a symmetric positive semidefinite d×d matrix.

    Arguments: covariance, a vector of positive numbers or a matrix; exact, the same entries as rationals where they
    were read from text. Returns: Source. Raises: ValueError naming the entry and what is allowed.

    >>> make_source([1.0, 4.0]).variances.tolist()
    [4.0, 1.0]
    """
    if isinstance(covariance, Source):
        return covariance
    values = doubles("a covariance", covariance)
    if values.ndim == 1 and values.size:
        _checked_variances(values)
        order = np.argsort(-values, kind="stable")
        return Source(values[order], np.eye(values.size)[:, order], exact or _fractions(values))
    if values.ndim != 2 or values.shape[0] != values.shape[1] or not values.size:
        raise ValueError(
            f"a covariance of shape {values.shape}: it must be a vector of variances or a square matrix, not empty"
        )
    _checked_matrix(values)
    eigenvalues, vectors = np.linalg.eigh((values + values.T) / 2.0)
    if eigenvalues[0] < -_NEGATIVITY * max(eigenvalues[-1], 0.0) or eigenvalues[-1] <= 0.0:
        raise ValueError(
            f"the covariance is not positive semidefinite and non-zero: its eigenvalues run from {eigenvalues[0]:g} "
            f"to {eigenvalues[-1]:g}"
        )
    # Eigenvalues at rounding level are zero: directions without variance.
    floor = values.shape[0] * np.finfo(np.float64).eps * eigenvalues[-1]
    clean = np.where(eigenvalues > floor, eigenvalues, 0.0)
    return Source(clean[::-1].copy(), vectors[:, ::-1].copy(), exact or _fractions(values))


def _ball(value: Fraction) -> Ball:
    return arb(fmpq(value.numerator, value.denominator))


def _norm(values: list[Ball]) -> Ball:
    """An upper bound on the Euclidean norm."""
    largest = [arb(abs(v).upper()) for v in values]
    return arb(sum((v * v for v in largest), arb(0)).sqrt().upper())


def enclosed_variances(source: Source) -> list[Ball]:
    """Balls around the eigenvalues of Σ, descending: exact for variances, by Weyl's inequality for a matrix.

    With Q the computed eigenvectors and QᵀΣQ = diag + E, |QᵀQ − I|_F ≤ ε: they lie within (diag ± |E|_F)/(1 ± ε).

    >>> [bool(v == w) for v, w in zip(enclosed_variances(make_source([1.0, 4.0])), (4, 1))]
    [True, True]
    """
    if len(source.exact) == 1:
        return [_ball(v) for v in sorted(source.exact[0], reverse=True)]
    with ctx.workprec(_PRECISION):
        d = source.dimension
        matrix = arb_mat(
            d,
            d,
            [(_ball(a) + _ball(b)) / 2 for row, col in _paired(source.exact) for a, b in zip(row, col, strict=True)],
        )
        basis = arb_mat(d, d, [arb(float(v)) for v in source.vectors.ravel()])
        turned = basis.transpose() * matrix * basis
        gram = basis.transpose() * basis
        off = _norm([turned[i, j] for i in range(d) for j in range(d) if i != j])
        skew = _norm([gram[i, j] - (1 if i == j else 0) for i in range(d) for j in range(d)])
        middle = sorted((turned[i, i] for i in range(d)), key=lambda v: -float(v.mid()))
        spread, factor = arb(0, off), 1 + arb(0, skew)
        return [((v + spread) / factor).nonnegative_part() for v in middle]


def _paired(rows: Rows) -> list[tuple[tuple[Fraction, ...], tuple[Fraction, ...]]]:
    return list(zip(rows, zip(*rows, strict=True), strict=True))
