"""Activations through their Hermite coefficients: the quantiser by its jumps, any expression by adaptive quadrature."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import numpy as np
import scipy.special
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from .balls import point_value
from .errors import NumericalRangeError
from .expression import Expression, Number, Product, X, substitute
from .floats import differentiate, evaluate
from .kernels import SERIES_END, Cap, Kernel, PolynomialKernel, SeriesKernel, interpolated_cap
from .models import SeriesModel
from .moments import numerical_range
from .quadrature import Mesh, Work, adaptive_mesh, bivariate_moment, gauss_panels, hermite_coefficients, second_moment
from .quantizer import lloyd_max

Array = NDArray[np.float64]

DEGREE = 240  # 0.85^241 = 1e-17: the series alone is exact to rounding for |t| ≤ 0.85
_NEGLIGIBLE = 1e-14
_MOST_LOST = 20_000  # points of one refinement of a mesh, a second of work
_CAP_WORK = 140_000_000  # values of σ in one cap, some seconds; a cube root needs nine tenths of it


def _density(x: Array) -> Array:
    return np.asarray(np.exp(-x * x / 2.0) / np.sqrt(2.0 * np.pi))


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
        density = _density(t)
        t, weighted = t[density > 0.0], (self.jumps * density)[density > 0.0]  # far out h_ℓ overflows and φ is zero
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
        return self._values(x, None)

    def _values(self, x: Array, most: int | None) -> Array:
        """σ(x); most: at how many points balls may be asked, each of which takes as long as a thousand doubles."""
        values = evaluate(self.expression, x)
        lost = ~np.isfinite(values)
        if most is not None and np.count_nonzero(lost) > most:
            raise NumericalRangeError("the activation overflows in double precision in too many places")
        if np.any(lost):  # overflow inside a quotient, say: balls have no such limit
            values = np.array(values)
            values[lost] = [point_value(self.expression, float(v)) for v in np.asarray(x)[lost]]
        return values

    def differentiate(self, x: Array) -> Array:
        return differentiate(self.expression, x)

    def _mesh(self, scale: float) -> Mesh:
        reach = numerical_range(substitute(self.expression, Product(Number(Fraction(scale)), X)))
        return adaptive_mesh(lambda z: self._values(scale * z, _MOST_LOST), float(reach))

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
            work = Work(_CAP_WORK)

            def value(t: float) -> float:
                return bivariate_moment(self.evaluate, mesh.features, reach, side * t, work=work) / first**2

            def foresee(taken: int, needed: int) -> None:
                work.require((_CAP_WORK - work.left) / taken * needed)

            return interpolated_cap(value, largest=largest, foresee=foresee)

        return SeriesKernel(series, build)

    @property
    def kernel(self) -> Kernel:
        return self._kernel
