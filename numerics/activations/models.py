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
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from .balls import point_value
from .expression import Expression, Number, Product, X, substitute
from .floats import differentiate, evaluate, sign
from .kernels import (
    SERIES_END,
    ArcsineKernel,
    Cap,
    Kernel,
    PolynomialKernel,
    ReluKernel,
    SeriesKernel,
    interpolated_cap,
)
from .moments import numerical_range
from .quadrature import Mesh, adaptive_mesh, bivariate_moment, gauss_panels, hermite_coefficients, second_moment
from .quantizer import lloyd_max

Array = NDArray[np.float64]

DEGREE = 240  # 0.85^241 = 1e-17: the series alone is exact to rounding for |t| ≤ 0.85
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
        u = 2.0 * (self.rate * scales) ** 2
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


def _series(coefficients: Array, first: float, odd: bool) -> PolynomialKernel:
    """Σ (c_ℓ/c_1)² t^ℓ from the coefficients, c_1 given apart because it may be known better."""
    normalised = (coefficients / first) ** 2
    normalised[1] = 1.0
    if odd:
        normalised[::2] = 0.0
    return PolynomialKernel(normalised, odd)


class StepModel(SeriesModel):
    """The Lloyd–Max quantiser with L levels: jumps J_a at thresholds θ_a, values the cell means."""

    odd = True

    def __init__(self, levels: int) -> None:
        best = lloyd_max(levels)
        positive = np.array([float(t.mid()) for t in best.thresholds])
        values = np.array([float(y.mid()) for y in best.levels])
        self.thresholds = np.concatenate([-positive[::-1], [0.0], positive])
        self.values = np.concatenate([-values[::-1], values])
        self.jumps = np.diff(self.values)

    def evaluate(self, x: Array) -> Array:
        return np.asarray(self.values[np.searchsorted(self.thresholds, x, side="right")])

    def differentiate(self, x: Array) -> Array:
        # Straight-through surrogate: the quantiser follows the identity inside its range.
        return np.where(np.abs(x) <= self.values[-1], 1.0, 0.0)

    def coefficients(self, scale: float) -> Array:
        # c_ℓ = Σ J_a φ(θ_a) h_{ℓ−1}(θ_a)/√ℓ by parts; the mean vanishes.
        t = self.thresholds / scale
        weighted = self.jumps * _density(t)
        values = np.zeros(DEGREE + 1)
        previous, current = np.zeros_like(t), np.ones_like(t)
        for k in range(DEGREE):
            values[k + 1] = weighted @ current / np.sqrt(k + 1.0)
            previous, current = current, (t * current - np.sqrt(k) * previous) / np.sqrt(k + 1.0)
        return values

    def second(self, scales: Array) -> Array:
        edges = np.concatenate([[-np.inf], self.thresholds, [np.inf]])
        upper = scipy.special.ndtr(-np.abs(edges[None, :] / scales[:, None]))
        cumulative = np.where(edges[None, :] > 0.0, 1.0 - upper, upper)
        return np.asarray(np.sum(np.diff(cumulative, axis=1) * self.values**2, axis=1))

    def _angular(self, theta: Array, scales: tuple[float, float]) -> Array:
        """dK/dθ at correlation sin θ: (1/2π) Σ J_a J_b exp(−(α² − 2αβ sin θ + β²)/(2cos²θ)) (Plackett)."""
        a, b = self.thresholds[:, None] / scales[0], self.thresholds[None, :] / scales[1]
        weights = self.jumps[:, None] * self.jumps[None, :] / (2.0 * np.pi)
        values = np.empty(theta.size)
        for k, angle in enumerate(theta):
            s, c = np.sin(angle), max(float(np.cos(angle)), 1e-150)
            # α² − 2αβ s + β² = (α − β)² + 2αβ(1 − s), and (1 − s)/c² = 1/(1 + s).
            values[k] = np.sum(weights * np.exp(-(((a - b) / c) ** 2) / 2.0 - a * b / (1.0 + s)))
        return values

    def pair(self, correlation: float, scales: tuple[float, float]) -> float:
        top = float(np.arcsin(abs(correlation)))
        graded = np.pi / 2.0 - (np.pi / 2.0) * 2.0 ** -np.arange(0.0, 40.0, 0.5)
        theta, weights = gauss_panels(np.append(graded[graded < top], top))
        other = self._angular(theta, scales)
        return float(np.sign(correlation) * (weights @ other))

    def _cap(self, _: float) -> Cap:
        """F(θ) = f(1) − ∫_θ^{π/2} F′, with F′ interpolated."""
        first = float(self.coefficients(1.0)[1])
        start, n, total = float(np.arcsin(SERIES_END)), 32, float(self.second(np.ones(1))[0])
        half = (np.pi / 2.0 - start) / 2.0
        while True:
            points = chebyshev.chebpts1(n)
            slopes = chebyshev.chebfit(points, self._angular(start + half * (points + 1.0), (1.0, 1.0)), n - 1)
            if np.max(np.abs(slopes[-3:])) <= 1e-13 * np.max(np.abs(slopes)) or n >= 512:
                break
            n *= 2
        values = chebyshev.chebint(slopes) * half
        values[0] += total - chebyshev.chebval(1.0, values)
        return Cap(np.asarray(values) / first**2)

    @cached_property
    def _kernel(self) -> Kernel:
        c = self.coefficients(1.0)
        return SeriesKernel(_series(c, float(c[1]), True), self._cap)

    @property
    def kernel(self) -> Kernel:
        return self._kernel


class ExpressionModel(SeriesModel):
    """Any expression, through adaptive quadrature; first: c_1, where it is known better than quadrature gives it."""

    def __init__(self, expression: Expression, odd: bool, first: float | None = None) -> None:
        self.expression, self.odd, self.known_first = expression, odd, first

    def evaluate(self, x: Array) -> Array:
        values = evaluate(self.expression, x)
        lost = ~np.isfinite(values)
        if np.any(lost):  # overflow inside a quotient, say: balls have no such limit
            values = np.array(values)
            values[lost] = [point_value(self.expression, float(v)) for v in np.asarray(x)[lost]]
        return values

    def differentiate(self, x: Array) -> Array:
        return differentiate(self.expression, x)

    def _mesh(self, scale: float) -> Mesh:
        reach = numerical_range(substitute(self.expression, Product(Number(Fraction(scale)), X)))
        return adaptive_mesh(lambda z: self.evaluate(scale * z), float(reach))

    @cached_property
    def _unit_first(self) -> float:
        return float(self.coefficients(1.0)[1]) if self.known_first is None else self.known_first

    def coefficients(self, scale: float) -> Array:
        values = hermite_coefficients(lambda z: self.evaluate(scale * z), self._mesh(scale), DEGREE)
        if self.odd:
            values[::2] = 0.0
        return values

    def second(self, scales: Array) -> Array:
        def at(scale: float) -> float:
            return second_moment(lambda z: self.evaluate(scale * z), self._mesh(scale))

        unique, back = np.unique(scales, return_inverse=True)
        return np.array([at(float(s)) for s in unique])[back]

    def pair(self, correlation: float, scales: tuple[float, float]) -> float:
        mesh = self._mesh(max(scales))
        if abs(correlation) >= 1.0:  # parallel rows: one variable is left

            def product(z: Array) -> Array:
                return self.evaluate(scales[0] * z) * self.evaluate(scales[1] * correlation * z)

            line = adaptive_mesh(product, float(np.max(np.abs(mesh.nodes))))
            return float(np.sum(line.weights * _density(line.nodes) * product(line.nodes)))
        return bivariate_moment(
            self.evaluate, mesh.features.scaled(max(scales)), float(np.max(np.abs(mesh.nodes))), correlation, scales
        )

    @cached_property
    def _kernel(self) -> Kernel:
        c, mesh = self.coefficients(1.0), self._mesh(1.0)
        first = self._unit_first
        series = _series(c, first, self.odd)
        second = second_moment(self.evaluate, mesh)
        if second - np.sum(c**2) <= _NEGLIGIBLE * second:
            return series
        reach = float(np.max(np.abs(mesh.nodes)))
        # At a branch point F(θ) is not analytic and more points would gain little.
        largest = 32 if mesh.features.has_branch else 128

        def build(side: float) -> Cap:
            def value(t: float) -> float:
                return bivariate_moment(self.evaluate, mesh.features, reach, side * t) / first**2

            return interpolated_cap(value, largest=largest)

        return SeriesKernel(series, build)

    @property
    def kernel(self) -> Kernel:
        return self._kernel
