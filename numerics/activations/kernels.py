"""f(t) = Σ (c_ℓ/c_1)² t^ℓ and f′, fast on whole matrices.

Closed forms where there are any; else the Hermite series where it converges fast, |t| ≤ 0.85, and beyond it a
Chebyshev interpolant of f(sin θ), which stays smooth up to θ = π/2 where f itself has an arcsin-like end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

Array = NDArray[np.float64]
Tensor = Any  # a numpy array or a torch tensor, with the namespace xp of its functions beside it

SERIES_END = 0.85
_LEAST_COSINE = 1e-8  # f′ of a jump is infinite at t = ±1; there it is cut off


class Kernel(Protocol):
    """f and f′, normalised so that the coefficient of t in f is one."""

    def value(self, t: Array) -> Array:
        """f(t), entrywise, for |t| ≤ 1."""
        ...

    def slope(self, t: Array) -> Array:
        """f′(t), entrywise, for |t| ≤ 1; large but finite where f′ is infinite."""
        ...

    def series(self, degree: int) -> Array:
        """(c_ℓ/c_1)² for ℓ = 0 … degree, or as many of them as are known."""
        ...


def _arcsine_series(degree: int) -> Array:
    """arcsin t = Σ t^ℓ/ℓ · binom(2k, k)/4^k over odd ℓ = 2k + 1, by the ratio (2k+1)²/((2k+2)(2k+3))."""
    values = np.zeros(degree + 1)
    k = np.arange((degree + 1) // 2 - 1, dtype=np.float64)
    odd = np.cumprod(np.concatenate([[1.0], (2 * k + 1) ** 2 / ((2 * k + 2) * (2 * k + 3))]))
    values[1::2] = odd[: values[1::2].size]
    return values


@dataclass(frozen=True)
class ArcsineKernel:
    """f(t) = arcsin(q t)/q: the sign for q = 1, erf(kx) for q = 2k²/(1 + 2k²)."""

    q: float

    def value(self, t: Tensor, xp: Any = np) -> Tensor:
        return xp.asarray(xp.arcsin(xp.clip(self.q * t, -1.0, 1.0)) / self.q)

    def slope(self, t: Tensor, xp: Any = np) -> Tensor:
        u = xp.clip(self.q * t, -1.0, 1.0)
        return xp.asarray(1.0 / xp.clip(xp.sqrt((1.0 - u) * (1.0 + u)), _LEAST_COSINE, None))

    def series(self, degree: int) -> Array:
        with np.errstate(under="ignore"):
            powers = self.q ** np.maximum(np.arange(degree + 1.0) - 1.0, 0.0)
            return _arcsine_series(degree) * powers


@dataclass(frozen=True)
class ReluKernel:
    """f(t) = 4 E relu(u)relu(v) = (2/π)(√(1 − t²) + t(π − arccos t)); c_1 = 1/2."""

    def value(self, t: Array) -> Array:
        u = np.clip(t, -1.0, 1.0)
        return np.asarray(2.0 / np.pi * (np.sqrt((1.0 - u) * (1.0 + u)) + u * (np.pi - np.arccos(u))))

    def slope(self, t: Array) -> Array:
        return np.asarray(2.0 / np.pi * (np.pi - np.arccos(np.clip(t, -1.0, 1.0))))

    def series(self, degree: int) -> Array:
        # f′ = 1 + (2/π) arcsin t, f(0) = 2/π.
        derivative = 2.0 / np.pi * _arcsine_series(max(degree - 1, 1))
        derivative[0] += 1.0
        values = np.concatenate([[2.0 / np.pi], derivative / np.arange(1.0, derivative.size + 1.0)])
        return values[: degree + 1]


def _power_sum(coefficients: Array, t: Tensor, xp: Any) -> Tensor:
    """Σ a_k t^k by Horner's rule, with as many terms as max |t| needs for rounding accuracy."""
    size = float(np.max(np.abs(t), initial=0.0) if xp is np else xp.abs(t).max())
    with np.errstate(under="ignore"):
        terms = np.abs(coefficients) * size ** np.arange(coefficients.size)
    tails = np.cumsum(terms[::-1])[::-1]
    used = coefficients[: max(int(np.count_nonzero(tails > 1e-17 * np.max(terms))), 1)]
    total = xp.full_like(t, float(used[-1]))
    for a in used[-2::-1].tolist():
        total *= t
        total += a
    return total


@dataclass(frozen=True)
class PolynomialKernel:
    """f(t) = Σ g_ℓ t^ℓ, a finite sum: coefficients[ℓ] = g_ℓ for ℓ = 0, 1, …; odd: every even one is zero."""

    coefficients: Array
    odd: bool

    def value(self, t: Tensor, xp: Any = np) -> Tensor:
        t = xp.asarray(t, dtype=xp.float64)
        return t * _power_sum(self.coefficients[1::2], t * t, xp) if self.odd else _power_sum(self.coefficients, t, xp)

    def slope(self, t: Tensor, xp: Any = np) -> Tensor:
        t = xp.asarray(t, dtype=xp.float64)
        weighted = self.coefficients * np.arange(self.coefficients.size)
        return _power_sum(weighted[1::2], t * t, xp) if self.odd else _power_sum(weighted[1:], t, xp)

    def series(self, degree: int) -> Array:
        return self.coefficients[: degree + 1].copy()


@dataclass(frozen=True)
class Cap:
    """Chebyshev coefficients of F(θ) = f(sin θ) on [arcsin 0.85, π/2]."""

    coefficients: Array

    @staticmethod
    def _position(t: Array) -> tuple[Array, float]:
        start = float(np.arcsin(SERIES_END))
        return (2.0 * np.arcsin(t) - start - np.pi / 2.0) / (np.pi / 2.0 - start), 2.0 / (np.pi / 2.0 - start)

    def value(self, t: Array) -> Array:
        return np.asarray(chebyshev.chebval(self._position(t)[0], self.coefficients))

    def slope(self, t: Array) -> Array:
        position, stretch = self._position(t)
        cosine = np.maximum(np.sqrt((1.0 - t) * (1.0 + t)), _LEAST_COSINE)
        return np.asarray(chebyshev.chebval(position, chebyshev.chebder(self.coefficients)) * stretch / cosine)


def interpolated_cap(
    function: Callable[[float], float],
    *,
    tolerance: float = 3e-14,
    largest: int = 128,
    foresee: Callable[[int, int], None] | None = None,
) -> Cap:
    """Interpolates F(θ) = f(sin θ) near θ = π/2, doubling the number of points until the coefficients die out.

    Arguments: function, f as a function of t in (0.85, 1); foresee, told before it goes on how many values were taken
    and how many the present round still needs, so that it can raise early. Returns: Cap.

    >>> cap = interpolated_cap(lambda t: float(np.arcsin(t)))
    >>> bool(abs(cap.value(np.array([1.0]))[0] - np.pi / 2) < 1e-13)
    True
    """
    start, n, taken = float(np.arcsin(SERIES_END)), 16, 0
    while True:
        points = chebyshev.chebpts1(n)
        values = np.empty(n)
        for k, p in enumerate(points):
            if foresee is not None and taken:
                foresee(taken, n - k)
            values[k] = function(float(np.sin((np.pi / 2 - start) / 2 * p + (np.pi / 2 + start) / 2)))
            taken += 1
        basis = chebyshev.chebvander(points, n - 1)
        coefficients = basis.T @ values * (2.0 / n)
        coefficients[0] /= 2.0
        if np.max(np.abs(coefficients[-3:])) <= tolerance * np.max(np.abs(values)) or 2 * n > largest:
            return Cap(coefficients)
        n *= 2


class SeriesKernel:
    """The Hermite series for |t| ≤ 0.85, and beyond it a cap at either end, built when it is first needed.

    inner: the series; build: the cap of f(t) for side +1, of f(−t) for side −1. For an odd f one cap serves both.
    """

    def __init__(self, inner: PolynomialKernel, build: Callable[[float], Cap]) -> None:
        self.inner, self.build = inner, build

    @cached_property
    def _upper(self) -> Cap:
        return self.build(1.0)

    @cached_property
    def _lower(self) -> Cap:
        return self.build(-1.0)

    def value(self, t: Array) -> Array:
        t = np.clip(np.asarray(t, dtype=np.float64), -1.0, 1.0)
        large = np.abs(t) > SERIES_END
        result = np.array(self.inner.value(np.where(large, 0.0, t)))
        above, below = large & (t > 0.0), large & (t < 0.0)
        if np.any(above):
            result[above] = self._upper.value(t[above])
        if np.any(below):
            result[below] = -self._upper.value(-t[below]) if self.inner.odd else self._lower.value(-t[below])
        return result

    def slope(self, t: Array) -> Array:
        t = np.clip(np.asarray(t, dtype=np.float64), -1.0, 1.0)
        large = np.abs(t) > SERIES_END
        result = np.array(self.inner.slope(np.where(large, 0.0, t)))
        above, below = large & (t > 0.0), large & (t < 0.0)
        if np.any(above):
            result[above] = self._upper.slope(t[above])
        if np.any(below):
            result[below] = self._upper.slope(-t[below]) if self.inner.odd else -self._lower.slope(-t[below])
        return result

    def series(self, degree: int) -> Array:
        return self.inner.series(degree)
