"""The stationary law of the weights at finite temperature: its predictor, its log density and an exact sampler."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arcs import arc_function, curvature_term
from .circle import Circle, values_at_data
from .finite import DualPoint
from .partition import arc_derivatives

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Mask = NDArray[np.bool_]


def _angle(a: Array, b: Array) -> Array:
    """arctan a − arctan b for a ≥ b, without cancellation."""
    size_a, size_b = np.hypot(1.0, a), np.hypot(1.0, b)
    return np.asarray(np.arctan2((a - b) / size_a / size_b, 1.0 / size_a / size_b + (a / size_a) * (b / size_b)))


@dataclass(frozen=True)
class GibbsLaw:
    """ρ(a, w, b) ∝ exp(−β(a Σ r_i (w x_i + b)₊ + ½λ(a² + w² + b²))) at the residuals r = ω(f − y) (3.6).

    circle: geometry, perhaps with one break that carries no datum; point: the dual solution in units of λ; lam; beta.
    Source: JMLR 23(130), (3.6); closed forms derived in this project.
    """

    circle: Circle
    point: DualPoint
    lam: float
    beta: float

    @property
    def _scale(self) -> float:
        """Factor λ/(B Zs) from the integrals ∫ 2g f/(1 − g²)² to the predictor, with its sign."""
        return -self.lam / (self.beta * self.lam * self.lam * self.point.zs)

    def at_data(self) -> Array:
        """f at the circle's inputs (M,)."""
        return self._scale * values_at_data(self.circle, self.point.arcs.weights)

    def log_partition(self) -> float:
        """log Z = log(√(2π/(βλ)) (λ/β) Zs/λ²)."""
        return (
            0.5 * math.log(2.0 * math.pi) - 1.5 * (math.log(self.beta) + math.log(self.lam)) + math.log(self.point.zs)
        )

    def _cut(self, arc: Index, angle: Array, rest: Array) -> tuple[Array, Array, Array, Array]:
        """g, 1 − g, 1 + g and 1 − g² where arcs are cut at an angle from their beginning, rest being what is left."""
        circle, field = self.circle, self.point.field
        sine, cosine, room = circle.half_sine[arc], circle.half_cosine[arc], field.room[arc]
        whole = 2.0 * sine * cosine
        first, second = np.sin(rest) / whole, np.sin(angle) / whole
        g = first * field.ends[arc] + second * field.ends[arc + 1]
        excess = 2.0 * np.sin(0.5 * angle) * np.sin(0.5 * rest) / cosine  # first + second − 1
        sources = (
            np.where(g > 0, field.below[arc], field.above[arc]),
            np.where(g > 0, field.below[arc + 1], field.above[arc + 1]),
        )
        near = first * sources[0] + second * sources[1] - excess  # 1 − |g|
        # Where 1 − |v|² > 0 the distance from ±1 is a sum of positive terms: 1 − g² = (1 − |v|²) + |v × e|².
        phi = circle.phi[arc] + angle
        across = field.vector[arc, 0] * np.sin(phi) - field.vector[arc, 1] * np.cos(phi)
        near = np.where(room > 0, (room + across * across) / (1.0 + np.abs(g)), near)
        near = np.where(np.abs(g) < 0.5, 1.0 - np.abs(g), near)
        below, above = np.where(g > 0, near, 1.0 - g), np.where(g > 0, 1.0 + g, near)
        return g, below, above, below * above

    def _parts(self, arc: Index, angle: Array, rest: Array) -> tuple[Array, Array]:
        """Weights on the ends (N, 2) of the parts of arcs before and after a cut."""
        field = self.point.field
        _, below, above, _ = self._cut(arc, angle, rest)

        def part(width: Array, low: tuple[Array, Array], high: tuple[Array, Array]) -> Array:
            half = 0.5 * width
            ends = np.stack(low, 1), np.stack(high, 1)
            return arc_derivatives(np.sin(half), np.cos(half), *ends, field.room[arc]).gradient

        before = part(angle, (field.below[arc], below), (field.above[arc], above))
        after = part(rest, (below, field.below[arc + 1]), (above, field.above[arc + 1]))
        return before, after

    def _inner(self, x: Array) -> tuple[Index, Index, Index, Array, Array]:
        """Points between data: their positions, the arcs that they cut on the right and on the left, and the angles."""
        circle, size = self.circle, self.circle.size
        gap = np.searchsorted(circle.x, x, side="right") - 1
        at = np.flatnonzero((gap >= 0) & (gap < size - 1))
        j = gap[at]
        return at, size - 2 - j, 2 * size - 1 - j, _angle(circle.x[j + 1], x[at]), _angle(x[at], circle.x[j])

    def _outer(self, x: Array, leftward: bool) -> tuple[Index, Index, Array, Array, Mask]:
        """Points left or right of all data: positions, the common arcs they cut, angles, if the nearer one."""
        circle, size = self.circle, self.circle.size
        at = np.flatnonzero(x < circle.x[0] if leftward else x >= circle.x[-1])
        datum = np.full(len(at), circle.x[0] if leftward else circle.x[-1])
        turn = _angle(datum, x[at]) if leftward else _angle(x[at], datum)
        half = circle.phi[size] - circle.phi[size - 1]
        near = turn < half
        turn = np.where(near, turn, turn - half)
        rest = np.maximum(half - turn, 0.0)
        arc = np.where(near == leftward, size - 1, size)
        return at, arc, *((turn, rest) if leftward else (rest, turn)), near

    def curvature(self, x: Array) -> Array:
        """f″(x) = −(2λ/(B Zs)) Σ_{S ∈ {P, Q}} S(x)/((1+x²) − S(x)²)², at points x (N,); S = √(1+x²) g.

        Outside the data only the units that face them have knots.
        """
        result, length = np.zeros_like(x), np.hypot(1.0, x)
        at, right, left, angle, rest = self._inner(x)
        cuts = [(at, right, angle, rest), (at, left, angle, rest)]
        cuts += [self._outer(x, leftward)[:4] for leftward in (True, False)]
        for at, arc, angle, rest in cuts:
            g, _, _, product = self._cut(arc, angle, rest)
            result[at] += curvature_term(length[at], g, product)
        return self._scale * result

    def evaluate(self, x: Array) -> tuple[Array, Array]:
        """The predictor and its slope at the points x (N,), in O(N log M) after O(M).

        Units weigh ∫ 2g f/(1−g²)² dφ: whole arcs through sums formed datum by datum, and of the arc that the direction
        of x cuts the active part.
        """
        circle, weights = self.circle, self.point.arcs.gradient
        size, norm, step = circle.size, circle.norm, np.diff(circle.x)
        right, left = weights[: size - 1][::-1], weights[size + 1 :][::-1]  # by gap between data, in ascending order
        bent = right[:, 0] / norm[1:] + right[:, 1] / norm[:-1]
        right_slope = np.concatenate([[0.0], np.cumsum(bent)])
        right_value = np.concatenate([[0.0], np.cumsum(step * (right_slope[:-1] + right[:, 1] / norm[:-1]))])
        bent = left[:, 0] / norm[1:] + left[:, 1] / norm[:-1]
        left_slope = np.concatenate([-np.cumsum(bent[::-1])[::-1], [0.0]])
        rises = step * (left[:, 0] / norm[1:] - left_slope[1:])
        left_value = np.concatenate([np.cumsum(rises[::-1])[::-1], [0.0]])
        value, slope, length = np.zeros_like(x), np.zeros_like(x), np.hypot(1.0, x)

        def common(at: Index, arc: int) -> None:
            """Add a whole common arc, given by weights on its ends."""
            for end, weight in zip((arc, arc + 1), weights[arc], strict=True):
                value[at] += weight * self._unit_value(np.full(len(at), end), x[at])
                slope[at] += weight * circle.unit[end, 0]

        at, right_arc, left_arc, angle, rest = self._inner(x)
        if len(at):
            j = size - 2 - right_arc
            low, high = circle.x[j], circle.x[j + 1]
            _, part = self._parts(right_arc, angle, rest)
            value[at] += right_value[j] + (x[at] - low) * (right_slope[j] + part[:, 1] / norm[j])
            slope[at] += right_slope[j] + part[:, 0] / length[at] + part[:, 1] / norm[j]
            part, _ = self._parts(left_arc, angle, rest)
            value[at] += left_value[j + 1] + (high - x[at]) * (part[:, 0] / norm[j + 1] - left_slope[j + 1])
            slope[at] += left_slope[j + 1] - part[:, 0] / norm[j + 1] - part[:, 1] / length[at]
            common(at, size - 1)
            common(at, size)
        for leftward in (True, False):
            at, arc, angle, rest, near = self._outer(x, leftward)
            if len(at) == 0:
                continue
            # All units with a knot among the data that face away from x are active, of the common ones those beyond x.
            if leftward:
                value[at] += left_value[0] + (x[at] - circle.x[0]) * left_slope[0]
                slope[at] += left_slope[0]
            else:
                value[at] += right_value[-1] + (x[at] - circle.x[-1]) * right_slope[-1]
                slope[at] += right_slope[-1]
            before, after = self._parts(arc, angle, rest)
            part, own, far = (after, 0, 1) if leftward else (before, 1, 0)  # the end at x adds nothing to the value
            end = arc + far
            value[at] += part[:, far] * self._unit_value(end, x[at])
            slope[at] += part[:, far] * circle.unit[end, 0] + part[:, own] * (1.0 if leftward else -1.0) / length[at]
            common(at[near], size if leftward else size - 1)
        return self._scale * value, self._scale * slope

    def _unit_value(self, end: Index, x: Array) -> Array:
        """wx + b for the directions of breaks on the rim or in the middle of the common arcs."""
        circle, size = self.circle, self.circle.size
        w, b = circle.unit[end].T
        rim = np.where(end < size, (x - circle.x[0]) / circle.norm[0], (circle.x[-1] - x) / circle.norm[-1])
        return np.asarray(np.where(end == size, w * x + b, rim))

    def log_density(self, a: Array, w: Array, b: Array) -> Array:
        """log ρ(a, w, b), elementwise (3.6)."""
        circle = self.circle
        phi = np.arctan2(b, w)
        phi = np.where(phi < circle.phi[0], phi + 2.0 * math.pi, phi)
        arc = np.searchsorted(circle.phi, phi, side="right") - 1
        live = (arc >= 0) & (arc < 2 * circle.size)
        vector = np.where(live[..., None], self.point.field.vector[np.clip(arc, 0, 2 * circle.size - 1)], 0.0)
        drift = self.lam * a * (vector[..., 0] * w + vector[..., 1] * b)
        energy = drift + 0.5 * self.lam * (a * a + w * w + b * b)
        return np.asarray(-self.beta * energy - self.log_partition())

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        """Draw n independent (a, w, b), shape (n, 3), exactly.

        φ has density ∝ 1/(1 − g²) = ½/(1 − g) + ½/(1 + g): an arc and a sign are drawn, then the arc formula is
        inverted: in (cos φ/2, sin φ/2) the vector at the fraction U of the arc's integral is a combination of those at
        its ends. Then R²/2 ~ Exp(βλ(1 − g²)) and a ~ N(−Rg, 1/(βλ)).
        """
        circle, field = self.circle, self.point.field
        arcs = 2 * circle.size
        sine, cosine, u = circle.half_sine, circle.half_cosine, circle.half_sine**2 * field.room
        thetas, distances, ends = [], [], []
        for near in (field.below, field.above):
            d = (0.5 * (near[:-1] + near[1:]) - sine * sine) / cosine
            ends.append(np.stack([near[:-1], near[1:]], axis=1))
            distances.append(d)
            thetas.append(arc_function(u, d, near[:-1] * near[1:]).value)
        mass = np.concatenate([sine * thetas[0], sine * thetas[1], [circle.dead]])
        pick = np.searchsorted(np.cumsum(mass) / np.sum(mass), rng.random(n), side="right")
        fraction = rng.random(n)
        pick = np.minimum(pick, 2 * arcs)
        dead = pick == 2 * arcs
        sign, arc = np.where(dead, 0, pick // arcs), np.where(dead, 0, pick % arcs)
        theta, d, end = np.stack(thetas)[sign, arc], np.stack(distances)[sign, arc], np.stack(ends)[sign, arc]
        root = np.sqrt(np.abs(u[arc]))
        area = root * theta * fraction
        small = root == 0.0
        divisor = np.where(small, 1.0, root)
        bounded = u[arc] > 0
        even = np.where(bounded, np.cos(area), np.cosh(np.where(bounded, 0.0, area)))
        odd = np.where(bounded, np.sin(area), np.sinh(np.where(bounded, 0.0, area))) / divisor
        odd = np.where(small, theta * fraction, odd)
        first, second = even - d * odd, end[:, 0] * odd
        phi = circle.phi[arc] + 2.0 * np.arctan2(second * sine[arc], first + second * cosine[arc])
        square = (second * sine[arc]) ** 2 + (first + second * cosine[arc]) ** 2
        near = (first * first * end[:, 0] + 2.0 * first * second * d + second * second * end[:, 1]) / square
        g = np.where(sign == 0, 1.0 - near, near - 1.0)
        phi = np.where(dead, circle.phi[-1] + circle.dead * fraction, phi)
        g, product = np.where(dead, 0.0, g), np.where(dead, 1.0, near * (2.0 - near))
        radius = np.sqrt(2.0 * rng.exponential(size=n) / (self.beta * self.lam * product))
        a = -radius * g + rng.standard_normal(n) / math.sqrt(self.beta * self.lam)
        return np.stack([a, radius * np.cos(phi), radius * np.sin(phi)], axis=1)
