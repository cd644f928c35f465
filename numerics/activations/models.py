"""Each kind of activation in doubles: its values, its kernel f, and its moments at any scale of the pre-activation.

A row b with standard deviation s of b·x feeds σ(s·z), z standard. What the risk needs of it: E zσ(sz), E σ(sz)² and
E σ(s_i u)σ(s_j v) for standard u, v with correlation ρ.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from functools import cached_property
from math import factorial

import numpy as np
import scipy.special
from numpy.typing import NDArray

from .floats import sign
from .kernels import ArcsineKernel, Kernel, PolynomialKernel, ReluKernel

Array = NDArray[np.float64]

_NEGLIGIBLE = 1e-14


def _density(x: Array) -> Array:
    return np.asarray(np.exp(-x * x / 2.0) / np.sqrt(2.0 * np.pi))


class Model(ABC):
    """One activation function σ in doubles."""

    odd: bool

    @abstractmethod
    def evaluate(self, x: Array) -> Array:
        """σ(x), entrywise."""

    @abstractmethod
    def differentiate(self, x: Array) -> Array:
        """A slope to train with: σ′(x) where it carries the signal, a smooth surrogate where σ is a step."""

    @property
    @abstractmethod
    def kernel(self) -> Kernel:
        """f and f′ for unit scale."""

    @abstractmethod
    def first(self, scales: Array) -> Array:
        """E z σ(s z) for every scale s > 0."""

    @abstractmethod
    def second(self, scales: Array) -> Array:
        """E σ(s z)² for every scale s > 0."""

    @abstractmethod
    def mixed(self, correlations: Array, scales: Array) -> Array:
        """E σ(s_i u)σ(s_j v), the matrix over i, j, with E uv = correlations[i, j]; the diagonal is E σ(s_i z)²."""


def _with_diagonal(matrix: Array, diagonal: Array) -> Array:
    matrix = np.array(matrix)
    np.fill_diagonal(matrix, diagonal)
    return matrix


class SignModel(Model):
    """σ = level · sign: no scale matters."""

    odd = True

    def __init__(self, level: float = 1.0) -> None:
        self.level = level

    def evaluate(self, x: Array) -> Array:
        return self.level * sign(x)

    def differentiate(self, x: Array) -> Array:
        # Straight-through surrogate: the slope of erf(x/√2).
        return 2.0 * self.level * _density(x)

    @property
    def kernel(self) -> Kernel:
        return ArcsineKernel(1.0)

    def first(self, scales: Array) -> Array:
        return np.full_like(scales, self.level * np.sqrt(2.0 / np.pi))

    def second(self, scales: Array) -> Array:
        return np.full_like(scales, self.level**2)

    def mixed(self, correlations: Array, scales: Array) -> Array:
        values = self.level**2 * 2.0 / np.pi * np.arcsin(np.clip(correlations, -1.0, 1.0))
        return _with_diagonal(values, self.second(scales))


class ErfModel(Model):
    """σ(x) = a·erf(k x) = a·E sign(√2 k x + g): the arcsine law at correlation √(q_i q_j) ρ, q = 2k²s²/(1 + 2k²s²)."""

    odd = True

    def __init__(self, factor: float, rate: float) -> None:
        self.factor, self.rate = factor, rate

    def _q(self, scales: Array) -> Array:
        u = 2.0 * np.minimum(np.abs(self.rate * scales), 1e100) ** 2  # beyond, q is one anyway
        return u / (1.0 + u)

    def evaluate(self, x: Array) -> Array:
        return np.asarray(self.factor * scipy.special.erf(self.rate * x))

    def differentiate(self, x: Array) -> Array:
        return np.asarray(self.factor * self.rate * 2.0 / np.sqrt(np.pi) * np.exp(-((self.rate * x) ** 2)))

    @property
    def kernel(self) -> Kernel:
        return ArcsineKernel(float(self._q(np.array(1.0))))

    def first(self, scales: Array) -> Array:
        side = np.sign(self.factor * self.rate)
        return np.asarray(side * abs(self.factor) * np.sqrt(2.0 / np.pi * self._q(scales)))

    def second(self, scales: Array) -> Array:
        return np.asarray(self.factor**2 * 2.0 / np.pi * np.arcsin(self._q(scales)))

    def mixed(self, correlations: Array, scales: Array) -> Array:
        root = np.sqrt(self._q(scales))
        values = self.factor**2 * 2.0 / np.pi * np.arcsin(root[:, None] * root[None, :] * correlations)
        return _with_diagonal(values, self.second(scales))


class ReluModel(Model):
    """σ(x) = max(x, 0): not odd, homogeneous of degree one."""

    odd = False

    def evaluate(self, x: Array) -> Array:
        return np.maximum(x, 0.0)

    def differentiate(self, x: Array) -> Array:
        return (np.asarray(x) > 0.0).astype(np.float64)

    @property
    def kernel(self) -> Kernel:
        return ReluKernel()

    def first(self, scales: Array) -> Array:
        return scales / 2.0

    def second(self, scales: Array) -> Array:
        return scales**2 / 2.0

    def mixed(self, correlations: Array, scales: Array) -> Array:
        values = scales[:, None] * scales[None, :] * self.kernel.value(correlations) / 4.0
        return _with_diagonal(values, self.second(scales))


class SeriesModel(Model):
    """A model through its normalised Hermite coefficients c_ℓ(s) at every scale."""

    @abstractmethod
    def coefficients(self, scale: float) -> Array:
        """c_ℓ(s) = E σ(s z) h_ℓ(z), ℓ = 0, 1, …"""

    @abstractmethod
    def pair(self, correlation: float, scales: tuple[float, float]) -> float:
        """E σ(s₁u)σ(s₂v) directly, for the few pairs where the series converges too slowly."""

    def _at_scales(self, scales: Array) -> Array:
        unique, back = np.unique(scales, return_inverse=True)
        rows = [self.coefficients(float(s)) for s in unique]
        return np.asarray(np.stack(rows)[back])

    @cached_property
    def _unit_first(self) -> float:
        return float(self.coefficients(1.0)[1])

    def first(self, scales: Array) -> Array:
        return self._at_scales(scales)[:, 1]

    def mixed(self, correlations: Array, scales: Array) -> Array:
        second = self.second(scales)
        if np.allclose(scales, 1.0, rtol=0.0, atol=1e-12):
            return _with_diagonal(self._unit_first**2 * self.kernel.value(correlations), second)
        table = self._at_scales(scales)
        total, powers = np.zeros_like(correlations), np.ones_like(correlations)
        for column in table.T:
            total += column[:, None] * column[None, :] * powers
            powers *= correlations
        tail = np.sqrt(np.maximum(second - np.sum(table**2, axis=1), 0.0) / second)
        loose = np.abs(powers) * tail[:, None] * tail[None, :] > _NEGLIGIBLE
        for i, j in np.argwhere(np.triu(loose, 1)):
            value = self.pair(float(correlations[i, j]), (float(scales[i]), float(scales[j])))
            total[i, j] = total[j, i] = value
        return _with_diagonal(total, second)


class PolynomialModel(SeriesModel):
    """σ(x) = Σ a_k x^k, exactly: E z^k h_ℓ(z) = k! / (2^j j! √ℓ!), j = (k − ℓ)/2 a whole number."""

    def __init__(self, exact: list[Fraction]) -> None:
        self.powers = np.array([float(a) for a in exact])
        self.odd = not any(exact[::2])

    def evaluate(self, x: Array) -> Array:
        return np.asarray(np.polynomial.polynomial.polyval(x, self.powers))

    def differentiate(self, x: Array) -> Array:
        return np.asarray(np.polynomial.polynomial.polyval(x, np.polynomial.polynomial.polyder(self.powers)))

    def coefficients(self, scale: float) -> Array:
        values = np.zeros(self.powers.size)
        for k, a in enumerate(self.powers):
            for j in range(k // 2 + 1):
                degree = k - 2 * j
                weight = float(Fraction(factorial(k), 2**j * factorial(j))) / float(factorial(degree)) ** 0.5
                values[degree] += a * scale**k * weight
        return values

    def second(self, scales: Array) -> Array:
        return np.asarray(np.sum(self._at_scales(scales) ** 2, axis=1))

    def pair(self, correlation: float, scales: tuple[float, float]) -> float:
        left, right = self.coefficients(scales[0]), self.coefficients(scales[1])
        return float(np.sum(left * right * correlation ** np.arange(left.size)))

    @cached_property
    def _kernel(self) -> Kernel:
        c = self.coefficients(1.0)
        return PolynomialKernel((c / c[1]) ** 2, self.odd)

    @property
    def kernel(self) -> Kernel:
        return self._kernel
