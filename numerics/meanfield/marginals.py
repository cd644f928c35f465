"""Marginals and conditionals of the stationary law of the weights at finite temperature.

With (w, b) = R(cos φ, sin φ), g = g(φ) in units of λ, k = 1 − g² and s = βλ the density (3.6) is

    ρ(a, w, b) da dw db = p(φ) dφ · s k R e^(−skR²/2) dR · N(a; −gR, 1/s) da,   p(φ) = 1/(Zs k(φ)),

so that everything given φ is elementary and the marginals are integrals over φ. Those are taken in the distribution
function of φ, arc by arc and sign by sign, where the peaks of p at contacts are flat.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr, ndtr

from ..given import doubles
from .angle_rule import AngleRule, angle_rule
from .circle import locate
from .errors import MeanFieldInputError
from .law import Cut, GibbsLaw
from .partition import arc_derivatives

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_CHECKS = 33  # places at which the error of the quadrature is taken


def _values(name: str, values: ArrayLike) -> Array:
    points = doubles(name, values, MeanFieldInputError)
    if np.any(np.isnan(points)):
        raise MeanFieldInputError(f"{name} holds nan; real numbers are needed")
    return points


def _cut_at(law: GibbsLaw, phi: Array) -> tuple[Array, Array]:
    """g and 1 − g² at angles (N,)."""
    arc, angle, rest = locate(law.circle, phi)
    live = arc < 2 * law.circle.size
    g, k = np.zeros_like(phi), np.ones_like(phi)
    cut = law.cut(arc[live], angle[live], rest[live])
    g[live], k[live] = cut.g, cut.product
    return g, k


def _output_density(a: Array, g: Array, k: Array) -> Array:
    """k (N(a) − g a e^(−ka²/2) Φ(−ga)): the density of √s a given φ, after the integral over R."""
    tail = np.exp(log_ndtr(-g * a) - 0.5 * k * a * a)
    return np.asarray(k * (np.exp(-0.5 * a * a) / math.sqrt(2.0 * math.pi) - g * a * tail))


def _output_cdf(a: Array, g: Array, k: Array) -> Array:
    """Φ(a) + g e^(−ka²/2) Φ(−ga), whose derivative is `_output_density`."""
    return np.asarray(ndtr(a) + g * np.exp(log_ndtr(-g * a) - 0.5 * k * a * a))


@dataclass(frozen=True)
class _Marginal:
    """A marginal by quadrature over the angle."""

    law: GibbsLaw

    @property
    def _rate(self) -> float:
        """s = βλ."""
        return self.law.beta * self.law.lam

    @cached_property
    def _rule(self) -> AngleRule:
        return angle_rule(self.law, 1)

    @cached_property
    def _second(self) -> float:
        """∫ g²/(1 − g²)² dφ/Zs in closed form: half of Σ c g over the ends of the arcs."""
        ends = self.law.ends
        total = np.sum(self.law.weights[:, 0] * ends[:-1]) + np.sum(self.law.weights[:, 1] * ends[1:])
        return 0.5 * float(total) / self.law.point.zs

    def _error(self, points: Array, function: Callable[[Array, AngleRule], Array]) -> float:
        """The largest difference to the rule of half the order, at some points."""
        half = angle_rule(self.law, 2)
        return float(np.max(np.abs(self._rule.expect(points, function) - half.expect(points, function))))


@dataclass(frozen=True)
class AngleMarginal(_Marginal):
    """The angle φ of (w, b) in [−π/2, 3π/2): density 1/(Zs (1 − g²)), in closed form."""

    def density(self, phi: ArrayLike) -> Array:
        """p(φ), elementwise; of period 2π.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0)  # no correlation: uniform
        >>> round(2 * math.pi * float(fit.marginals.angle.density(1.0)), 12)
        1.0
        """
        points = _values("phi", phi)
        _, k = _cut_at(self.law, points.ravel())
        return np.asarray(1.0 / (self.law.point.zs * k).reshape(points.shape))

    def cdf(self, phi: ArrayLike) -> Array:
        """Probability of the angles in [−π/2, φ], elementwise, from the arc formula; O(log M) a point after O(M)."""
        points = np.clip(_values("phi", phi), -0.5 * math.pi, 1.5 * math.pi)
        law, circle, field = self.law, self.law.circle, self.law.point.field
        flat, arcs = points.ravel(), 2 * circle.size
        before = circle.phi[0] + 0.5 * math.pi  # the part of the dead arc at the beginning
        passed = np.concatenate([[0.0], np.cumsum(law.branches.mass[:arcs] + law.branches.mass[arcs:-1])])
        arc, angle, rest = locate(law.circle, flat)
        early = flat < circle.phi[0]
        live = (arc < arcs) & ~early
        part = np.where(early, flat + 0.5 * math.pi - before, angle)
        at, half = arc[live], 0.5 * angle[live]
        cut: Cut = law.cut(at, angle[live], rest[live])
        below, above = (np.stack(pair, 1) for pair in ((field.below[at], cut.below), (field.above[at], cut.above)))
        part[live] = arc_derivatives(np.sin(half), np.cos(half), below, above, field.room[at]).integral
        total = np.where(early, 0.0, passed[np.minimum(arc, arcs)])
        share = np.clip((before + total + part) / law.point.zs, 0.0, 1.0)
        return np.where(flat < 1.5 * math.pi, share, 1.0).reshape(points.shape)


@dataclass(frozen=True)
class RadiusMarginal(_Marginal):
    """The length R of (w, b): a mixture over φ of Rayleigh laws, R²/2 ~ Exp(s k)."""

    def density(self, radius: ArrayLike) -> Array:
        """∫ p s k R e^(−skR²/2) dφ, elementwise; 0 for R < 0."""
        points = np.maximum(_values("radius", radius), 0.0)
        rate = self._rate
        return self._rule.expect(points, lambda r, at: rate * at.k * r * np.exp(-0.5 * rate * at.k * r * r))

    def cdf(self, radius: ArrayLike) -> Array:
        """1 − ∫ p e^(−skR²/2) dφ, elementwise."""
        rate = self._rate
        points = np.maximum(_values("radius", radius), 0.0)
        return self._rule.expect(points, lambda r, at: -np.expm1(-0.5 * rate * at.k * r * r))

    @cached_property
    def mean(self) -> float:
        """E R = ∫ p √(π/(2sk)) dφ."""
        return float(np.sum(self._rule.mass * np.sqrt(0.5 * math.pi / (self._rate * self._rule.k))))

    @property
    def second_moment(self) -> float:
        """E R² = (2/s) ∫ p/k dφ, in closed form.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0)  # two Gaussians of variance 1/2
        >>> round(fit.marginals.radius.second_moment, 12)
        1.0
        """
        return 2.0 * (1.0 + self._second) / self._rate

    @cached_property
    def error(self) -> float:
        """Error estimate of cdf, the largest difference to the rule of half the order over the law's range."""
        scale = math.sqrt(self.second_moment)
        rate = self._rate
        points = scale * np.geomspace(1e-3, 30.0, _CHECKS)
        return self._error(points, lambda r, at: -np.expm1(-0.5 * rate * at.k * r * r))


@dataclass(frozen=True)
class OutputMarginal(_Marginal):
    """The output weight a: given φ and R it is N(−gR, 1/s); the integral over R is elementary."""

    def density(self, a: ArrayLike) -> Array:
        """√s ∫ p k (N(a) − g a e^(−ka²/2) Φ(−ga)) dφ at √s a, elementwise, N and Φ those of the standard normal law."""
        root = math.sqrt(self._rate)
        points = root * _values("a", a)
        return root * self._rule.expect(points, lambda v, at: _output_density(v, at.g, at.k))

    def cdf(self, a: ArrayLike) -> Array:
        """Φ(a) + ∫ p g e^(−ka²/2) Φ(−ga) dφ at √s a, elementwise."""
        points = math.sqrt(self._rate) * _values("a", a)
        return self._rule.expect(points, lambda v, at: _output_cdf(v, at.g, at.k))

    @cached_property
    def mean(self) -> float:
        """E a = −∫ p g √(π/(2sk)) dφ."""
        rule = self._rule
        return -float(np.sum(rule.mass * rule.g * np.sqrt(0.5 * math.pi / (self._rate * rule.k))))

    @property
    def second_moment(self) -> float:
        """E a² = (1/s)(1 + 2 ∫ p g²/k dφ), in closed form.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> round(fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0).marginals.output.second_moment, 12)
        0.5
        """
        return (1.0 + 2.0 * self._second) / self._rate

    @cached_property
    def error(self) -> float:
        """Error estimate of cdf, the largest difference to the rule of half the order over the law's range."""
        scale = math.sqrt(self.second_moment * self._rate)
        points = scale * np.linspace(-12.0, 12.0, _CHECKS)
        return self._error(points, lambda v, at: _output_cdf(v, at.g, at.k))


@dataclass(frozen=True)
class KnotMarginal(_Marginal):
    """The place t = −b/w where a unit turns on, of either side: density without atoms, tails like t⁻², no mean."""

    def density(self, t: ArrayLike) -> Array:
        """(p(−arctan t) + p(π − arctan t))/(1 + t²), elementwise; O(log M) a point after O(M).

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0)  # a Cauchy law
        >>> round(math.pi * float(fit.marginals.knot.density(0.0)), 12)
        1.0
        """
        right, left = self.sides(t)
        return np.asarray(right + left)

    def sides(self, t: ArrayLike) -> tuple[Array, Array]:
        """The shares of the units that face right and of those that face left in the density, elementwise."""
        points = _values("t", t)
        norm = np.hypot(1.0, points)
        inverse = np.divide(1.0, norm, out=np.zeros_like(norm), where=np.isfinite(norm))
        flat = np.where(np.isfinite(points), points, 0.0).ravel()
        parts = (k.reshape(points.shape) for k in self.law.knot_cuts(flat))
        right, left = (np.asarray(inverse / k * inverse / self.law.point.zs) for k in parts)
        return right, left

    def cdf(self, t: ArrayLike) -> Array:
        """Probability of a knot at or left of t, elementwise."""
        angle = np.arctan(_values("t", t))
        law = AngleMarginal(self.law)
        right, left = law.cdf(0.5 * math.pi) - law.cdf(-angle), 1.0 - law.cdf(math.pi - angle)
        return np.asarray(np.clip(right + left, 0.0, 1.0))


@dataclass(frozen=True)
class InputMarginal(_Marginal):
    """The pair (w, b): density (s/Zs) e^(−skR²/2), in closed form."""

    def log_density(self, w: ArrayLike, b: ArrayLike) -> Array:
        """log((s/Zs)) − s k (w² + b²)/2 with k at the angle of (w, b), elementwise.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0)  # two Gaussians of variance 1/2
        >>> round(math.pi * math.exp(float(fit.marginals.input.log_density(0.0, 1.0))) * math.e, 12)
        1.0
        """
        first, second = np.broadcast_arrays(_values("w", w), _values("b", b))
        _, k = _cut_at(self.law, np.arctan2(second, first).ravel())
        square = first * first + second * second
        constant = math.log(self._rate) - math.log(self.law.point.zs)
        return np.asarray(constant - 0.5 * self._rate * k.reshape(square.shape) * square)


@dataclass(frozen=True)
class GivenAngle:
    """The law of (a, R) given the angle φ of (w, b): R²/2 ~ Exp(s k), and a ~ N(−gR, 1/s) given R as well.

    g: correlation at φ in units of λ; k: 1 − g²; rate: s = βλ.
    """

    g: float
    k: float
    rate: float

    def log_density(self, a: ArrayLike, radius: ArrayLike) -> Array:
        """log of the joint density of (a, R), elementwise; −inf for R ≤ 0."""
        output, points = np.broadcast_arrays(_values("a", a), _values("radius", radius))
        positive = points > 0
        length = np.where(positive, points, 1.0)
        square = (output + self.g * length) ** 2 + self.k * length**2
        constant = math.log(self.k) + 1.5 * math.log(self.rate) - 0.5 * math.log(2.0 * math.pi)
        value = constant + np.log(length) - 0.5 * self.rate * square
        return np.where(positive, value, -np.inf)

    def radius_cdf(self, radius: ArrayLike) -> Array:
        """1 − e^(−skR²/2), elementwise."""
        points = np.maximum(_values("radius", radius), 0.0)
        return np.asarray(-np.expm1(-0.5 * self.rate * self.k * points * points))

    def output_density(self, a: ArrayLike) -> Array:
        """Density of a, the integral over R in closed form, elementwise."""
        root = math.sqrt(self.rate)
        return root * _output_density(root * _values("a", a), np.asarray(self.g), np.asarray(self.k))

    def output_cdf(self, a: ArrayLike) -> Array:
        """Distribution function of a, elementwise."""
        return _output_cdf(math.sqrt(self.rate) * _values("a", a), np.asarray(self.g), np.asarray(self.k))

    @property
    def mean(self) -> tuple[float, float]:
        """(E a, E R) = √(π/(2sk)) (−g, 1)."""
        length = math.sqrt(0.5 * math.pi / (self.rate * self.k))
        return -self.g * length, length


@dataclass(frozen=True)
class Marginals:
    """Marginals and conditionals of the stationary law (3.6) of the weights (a, w, b).

    Densities of the angle, the knot and the input weights and distribution functions of the angle and the knot are
    closed forms, those of the radius and the output weight integrals over the angle with an error estimate.
    Source: derived in this project from (3.6) of JMLR 23(130).
    """

    law: GibbsLaw

    @cached_property
    def angle(self) -> AngleMarginal:
        """The angle φ of (w, b)."""
        return AngleMarginal(self.law)

    @cached_property
    def radius(self) -> RadiusMarginal:
        """The length R of (w, b)."""
        return RadiusMarginal(self.law)

    @cached_property
    def output(self) -> OutputMarginal:
        """The output weight a."""
        return OutputMarginal(self.law)

    @cached_property
    def knot(self) -> KnotMarginal:
        """The place t = −b/w where a unit turns on."""
        return KnotMarginal(self.law)

    @cached_property
    def input(self) -> InputMarginal:
        """The pair (w, b)."""
        return InputMarginal(self.law)

    def given_angle(self, phi: float) -> GivenAngle:
        """The law of (a, R) of units in one direction φ.

        Raises: MeanFieldInputError where phi is not finite.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0)
        >>> tuple(round(part, 6) for part in fit.marginals.given_angle(0.5).mean)
        (-0.0, 0.886227)
        """
        if not math.isfinite(phi):
            raise MeanFieldInputError(f"phi is {phi}; a finite angle is needed")
        g, k = _cut_at(self.law, np.array([phi], dtype=np.float64))
        return GivenAngle(float(g[0]), float(k[0]), self.law.beta * self.law.lam)
