"""The stationary law of the weights at finite temperature: its predictor, its log density and exact draws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .arc_weights import arc_weights
from .arcs import arc_function, curvature_term
from .circle import Circle, values_at_data
from .finite import DualPoint
from .precise import PreciseCircle
from .sampler import Branches, build_branches, draw_directions, draw_weights, unit_vectors

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Mask = NDArray[np.bool_]

_FAR = 0.7  # |g| at the ends of the common arcs below which they are no contacts
_LONG = 0.2  # sine of half their angle above which they are long
_CANCELLED = 64.0  # ratio of the parts of f to f at the data from which f is interpolated between them
_TINY = 1e-30  # for the sine of two right angles
_BLOCK = 2**18  # draws at a time


def _angle(a: Array, b: Array) -> Array:
    """arctan a − arctan b for a ≥ b, without cancellation."""
    size_a, size_b = np.hypot(1.0, a), np.hypot(1.0, b)
    return np.asarray(np.arctan2((a - b) / size_a / size_b, 1.0 / size_a / size_b + (a / size_a) * (b / size_b)))


@dataclass(frozen=True)
class Cut:
    """Arcs cut in two: g, 1 − g, 1 + g and 1 − g² at the cut, to their own relative precision, and dg/dφ, each (N,)."""

    g: Array
    below: Array
    above: Array
    product: Array
    turn: Array


@dataclass(frozen=True)
class _Sums:
    """Units between the data summed from the left and from the right: value and slope of their part of f at the data.

    right_value, right_slope, left_value, left_slope (M,), of the units that face right and left with a knot on the way.
    """

    right_value: Array
    right_slope: Array
    left_value: Array
    left_slope: Array


@dataclass(frozen=True)
class GibbsLaw:
    """ρ(a, w, b) ∝ exp(−β(a Σ r_i (w x_i + b)₊ + ½λ(a² + w² + b²))) at the residuals r = ω(f − y) (3.6).

    circle: geometry, perhaps with one break that carries no datum; point: the dual solution in units of λ; lam; beta.
    One pass over the data, when first needed, leaves sums with which every point costs O(log M).
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

    @cached_property
    def _correlation(self) -> tuple[Array, Array]:
        """g at the breaks (2M+1,) and dg/dφ at both ends of the arcs (2M, 2), to their own relative precision."""
        _, ends, turn = PreciseCircle(self.circle).correlation((self.point.r, self.point.low))
        return ends, turn

    @property
    def ends(self) -> Array:
        """g at the breaks (2M+1,) to its own relative precision, also where it is far below the rounding of 1 − g."""
        return self._correlation[0]

    @cached_property
    def weights(self) -> Array:
        """Weights c on the ends of the arcs (2M, 2) with ∫ 2g f/(1 − g²)² = Σ c f."""
        circle, field = self.circle, self.point.field

        def pairs(values: Array) -> Array:
            return np.stack([values[:-1], values[1:]], axis=1)

        near = pairs(field.below), pairs(field.above), field.room
        return arc_weights(circle.half_sine, circle.half_cosine, pairs(self.ends), *near, self._correlation[1])

    @cached_property
    def branches(self) -> Branches:
        """The law of the angle as a mixture that can be drawn from."""
        return build_branches(self.circle, self.point.field)

    @cached_property
    def _common(self) -> tuple[float, float] | None:
        """∫ 2g e/(1 − g²)² dφ over the two arcs on which all units are active, along their middle and across it.

        With g = m cos ψ + p sin ψ, |ψ| ≤ θ, S = sin 2θ, D = cos 2θ − g₋g₊, E = (1 − g₋²)(1 − g₊²), u = S²(1 − m² − p²)
        the integral of 1/(1 − g²) is S Θ(u, D), even in m and in p, so that its derivatives keep the digits of each:

            2Sm (cos²θ/E − S² ∂Θ/∂u),   −2Sp (sin²θ/E + S² ∂Θ/∂u).

        None next to a contact at an end, and on short arcs, where the second is a difference.
        """
        circle, size = self.circle, self.circle.size
        low, middle, high = self.ends[size - 1 : size + 2]
        half_sine, half_cosine = circle.half_sine[size], circle.half_cosine[size]
        sine, cosine = 2.0 * half_sine * half_cosine, (half_cosine - half_sine) * (half_cosine + half_sine)
        room = self.point.field.room[size]
        if sine < _LONG or max(abs(low), abs(high)) > _FAR or not room > 0:
            return None
        across = (high - low) / (2.0 * sine)
        both, d = max(2.0 * sine * cosine, _TINY), (cosine - sine) * (cosine + sine) - low * high
        e = (1.0 - low) * (1.0 + low) * (1.0 - high) * (1.0 + high)
        turn = both**2 * float(arc_function(*(np.array([part]) for part in (both**2 * room, d, e))).in_e[0])
        return float(2.0 * both * middle * (cosine**2 / e - turn)), float(-2.0 * both * across * (sine**2 / e + turn))

    def _whole_common(self, x: Array) -> tuple[Array, Array]:
        """Value and slope at x of all units on the two common arcs, as if all of them were active there."""
        circle, size = self.circle, self.circle.size
        breaks = (size - 1, size, size + 1)
        low, middle, high = (self._unit_value(np.full(len(x), end), x) for end in breaks)
        w, b = circle.unit[size]
        if self._common is not None:
            sine = 2.0 * circle.half_sine[size] * circle.half_cosine[size]
            along, across = self._common
            # Across the middle the unit is b x − w, here from units that are small next to the data.
            return along * middle + across * (high - low) / (2.0 * sine), np.full(len(x), along * w - across * b)
        c = self.weights[size - 1 : size + 1]
        c = np.array([c[0, 0], c[0, 1] + c[1, 0], c[1, 1]])
        slope = float(c @ circle.unit[size - 1 : size + 2, 0])
        return c[0] * low + c[1] * middle + c[2] * high, np.full(len(x), slope)

    @cached_property
    def _sums(self) -> _Sums:
        size, norm, step = self.circle.size, self.circle.norm, np.diff(self.circle.x)
        right, left = self.weights[: size - 1][::-1], self.weights[size + 1 :][::-1]
        bent = right[:, 0] / norm[1:] + right[:, 1] / norm[:-1]
        right_slope = np.concatenate([[0.0], np.cumsum(bent)])
        right_value = np.concatenate([[0.0], np.cumsum(step * (right_slope[:-1] + right[:, 1] / norm[:-1]))])
        bent = left[:, 0] / norm[1:] + left[:, 1] / norm[:-1]
        left_slope = np.concatenate([-np.cumsum(bent[::-1])[::-1], [0.0]])
        rises = step * (left[:, 0] / norm[1:] - left_slope[1:])
        left_value = np.concatenate([np.cumsum(rises[::-1])[::-1], [0.0]])
        return _Sums(right_value, right_slope, left_value, left_slope)

    def at_data(self) -> Array:
        """f at the circle's inputs (M,)."""
        c = np.zeros(2 * self.circle.size + 1)
        c[:-1] += self.weights[:, 0]
        c[1:] += self.weights[:, 1]
        return self._scale * values_at_data(self.circle, c)

    def log_partition(self) -> float:
        """log Z = log(√(2π/(βλ)) (λ/β) Zs/λ²)."""
        return (
            0.5 * math.log(2.0 * math.pi) - 1.5 * (math.log(self.beta) + math.log(self.lam)) + math.log(self.point.zs)
        )

    def cut(self, arc: Index, angle: Array, rest: Array) -> Cut:
        """The correlation where arcs (N,) are cut at an angle from their beginning, rest being what is left of them."""
        circle, field, (ends, turns) = self.circle, self.point.field, self._correlation
        sine, cosine, room = circle.half_sine[arc], circle.half_cosine[arc], field.room[arc]
        whole = 2.0 * sine * cosine
        first, second = np.sin(rest) / whole, np.sin(angle) / whole
        g = first * ends[arc] + second * ends[arc + 1]
        ahead, back = turns[arc].T
        turn = np.where(
            angle < rest,
            ahead * np.cos(angle) - ends[arc] * np.sin(angle),
            back * np.cos(rest) + ends[arc + 1] * np.sin(rest),
        )
        excess = 2.0 * np.sin(0.5 * angle) * np.sin(0.5 * rest) / cosine  # first + second − 1
        sources = (
            np.where(g > 0, field.below[arc], field.above[arc]),
            np.where(g > 0, field.below[arc + 1], field.above[arc + 1]),
        )
        near = first * sources[0] + second * sources[1] - excess  # 1 − |g|
        # Where 1 − |v|² > 0 the distance from ±1 is a sum of positive terms: 1 − g² = (1 − |v|²) + |v × e|².
        (w, b), cos_angle, sin_angle = circle.unit[arc].T, np.cos(angle), np.sin(angle)
        w, b = w * cos_angle - b * sin_angle, b * cos_angle + w * sin_angle
        across = field.vector[arc, 0] * b - field.vector[arc, 1] * w
        near = np.where(room > 0, (room + across * across) / (1.0 + np.abs(g)), near)
        near = np.where(np.abs(g) < 0.5, 1.0 - np.abs(g), near)
        below, above = np.where(g > 0, near, 1.0 - g), np.where(g > 0, 1.0 + g, near)
        return Cut(g, below, above, below * above, turn)

    def _parts(self, arc: Index, angle: Array, rest: Array) -> tuple[Array, Array]:
        """Weights on the ends (N, 2) of the parts of arcs before and after a cut."""
        field, ends, cut = self.point.field, self.ends, self.cut(arc, angle, rest)

        def part(width: Array, *pairs: tuple[Array, Array]) -> Array:
            half, (at, under, over, turn) = 0.5 * width, (np.stack(pair, axis=1) for pair in pairs)
            return arc_weights(np.sin(half), np.cos(half), at, under, over, field.room[arc], turn)

        below, above, after, (ahead, back) = field.below, field.above, arc + 1, self._correlation[1][arc].T
        return (
            part(angle, (ends[arc], cut.g), (below[arc], cut.below), (above[arc], cut.above), (ahead, cut.turn)),
            part(rest, (cut.g, ends[after]), (cut.below, below[after]), (cut.above, above[after]), (cut.turn, back)),
        )

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
        half = 0.5 * circle.dead
        near = turn < half
        turn = np.where(near, turn, turn - half)
        rest = np.maximum(half - turn, 0.0)
        arc = np.where(near == leftward, size - 1, size)
        return at, arc, *((turn, rest) if leftward else (rest, turn)), near

    def knot_cuts(self, x: Array) -> tuple[Array, Array]:
        """1 − g² in the directions of the units that face right and of those that face left with their knot at x."""
        right, left = np.ones_like(x), np.ones_like(x)
        at, right_arc, left_arc, angle, rest = self._inner(x)
        right[at] = self.cut(right_arc, angle, rest).product
        left[at] = self.cut(left_arc, angle, rest).product
        for side, leftward in ((right, True), (left, False)):
            at, arc, angle, rest, _ = self._outer(x, leftward)
            side[at] = self.cut(arc, angle, rest).product
        return right, left

    def curvature(self, x: Array) -> Array:
        """f″(x) = −(2λ/(B Zs)) Σ_{S ∈ {P, Q}} S(x)/((1+x²) − S(x)²)², at points x (N,); S = √(1+x²) g.

        Outside the data only the units that face them have knots.
        """
        result, length = np.zeros_like(x), np.hypot(1.0, x)
        at, right, left, angle, rest = self._inner(x)
        cuts = [(at, right, angle, rest), (at, left, angle, rest)]
        cuts += [self._outer(x, leftward)[:4] for leftward in (True, False)]
        for at, arc, angle, rest in cuts:
            cut = self.cut(arc, angle, rest)
            result[at] += curvature_term(length[at], cut.g, cut.product)
        return self._scale * result

    @cached_property
    def _at_breaks(self) -> Array:
        """f at the circle's inputs in units of the scale (M,): y + r/ω − ∂Φ, in which the parts of f do not cancel."""
        return np.asarray((self.point.fitted - self.point.gradient) * (self.lam / self._scale))

    @cached_property
    def _common_at_breaks(self) -> tuple[Array, Array]:
        return self._whole_common(self.circle.x)

    @cached_property
    def _cancelled(self) -> tuple[Mask, Mask]:
        """Gaps (M−1,) in which f, and those in which f′ too, is far smaller than its parts: wide inputs.

        Slopes are sums over all data, so that their rounding is that of the steepest, and values carry it all the way.
        """
        sums, f, x = self._sums, np.abs(self._at_breaks), self.circle.x
        slopes = self._common_at_breaks[1], sums.right_slope, sums.left_slope
        steepest = sum(float(np.max(np.abs(part))) for part in slopes)
        larger = _CANCELLED * np.maximum(f[:-1], f[1:])
        bad = steepest * (x[-1] - x[0]) > larger
        return bad, bad & (steepest * np.diff(x) > larger)

    def _end_slope(self, leftward: bool) -> float:
        """f′ at the first or the last datum from the chord beside it, in units of the scale."""
        size, f, x = self.circle.size, self._at_breaks, self.circle.x
        j = 0 if leftward else size - 2
        right, left = self.weights[size - 2 - j], self.weights[2 * size - 1 - j]
        chord = (f[j + 1] - f[j]) / (x[j + 1] - x[j])
        bent = -(right[1] + left[1]) / self.circle.norm[j] if leftward else (right[0] + left[0]) / self.circle.norm[-1]
        return float(chord + bent)

    def evaluate(self, x: Array) -> tuple[Array, Array]:
        """The predictor and its slope at the points x (N,), in O(N log M) after O(M).

        Units weigh ∫ 2g f/(1−g²)² dφ: whole arcs through sums formed datum by datum, and of the arc that the direction
        of x cuts the active part.
        """
        circle, sums = self.circle, self._sums
        size, norm = circle.size, circle.norm
        value, slope, length = np.zeros_like(x), np.zeros_like(x), np.hypot(1.0, x)
        at, right_arc, left_arc, angle, rest = self._inner(x)
        if len(at):
            j = size - 2 - right_arc
            low, high = circle.x[j], circle.x[j + 1]
            value[at], slope[at] = self._whole_common(x[at])
            _, part = facing_right = self._parts(right_arc, angle, rest)
            value[at] += sums.right_value[j] + (x[at] - low) * (sums.right_slope[j] + part[:, 1] / norm[j])
            slope[at] += sums.right_slope[j] + part[:, 0] / length[at] + part[:, 1] / norm[j]
            part, _ = facing_left = self._parts(left_arc, angle, rest)
            bent = part[:, 0] / norm[j + 1]
            value[at] += sums.left_value[j + 1] + (high - x[at]) * (bent - sums.left_slope[j + 1])
            slope[at] += sums.left_slope[j + 1] - bent - part[:, 1] / length[at]
            # Where these cancel, f is the chord between two data and what the units with a knot between them add.
            f, ahead, back = self._at_breaks, (high - x[at]) / norm[j + 1], (x[at] - low) / norm[j]
            chord, share = (f[j + 1] - f[j]) / (high - low), (x[at] - low) / (high - low)
            flat, bent = f[j] * (1.0 - share) + f[j + 1] * share, chord
            for (first, second), arc in ((facing_right, right_arc), (facing_left, left_arc)):
                # The part of the arc next to either datum, beside the whole arc: whichever weighs less at its datum.
                whole, up, down = self.weights[arc], second[:, 1], first[:, 0]
                over, under = back * (up - whole[:, 1]), ahead * (down - whole[:, 0])
                lighter = np.abs(back * whole[:, 1]) < np.abs(ahead * whole[:, 0])
                flat = flat + np.where(lighter, over, under)
                tangent = second[:, 0] / length[at] + (up - whole[:, 1]) / norm[j]
                mirrored = (whole[:, 0] - down) / norm[j + 1] - first[:, 1] / length[at]
                bent = bent + np.where(lighter, tangent, mirrored)
            worse, steep = (which[j] for which in self._cancelled)
            value[at], slope[at] = np.where(worse, flat, value[at]), np.where(steep, bent, slope[at])
        for leftward in (True, False):
            at, arc, angle, rest, near = self._outer(x, leftward)
            if len(at) == 0:
                continue
            # All units with a knot among the data that face away from x are active, of the common ones those beyond x:
            # the part of the cut arc away from the data, or all but the part next to them.
            if leftward:
                value[at] += sums.left_value[0] + (x[at] - circle.x[0]) * sums.left_slope[0]
                slope[at] += sums.left_slope[0]
            else:
                value[at] += sums.right_value[-1] + (x[at] - circle.x[-1]) * sums.right_slope[-1]
                slope[at] += sums.right_slope[-1]
            all_value, all_slope = self._whole_common(x[at])
            before, after = self._parts(arc, angle, rest)
            for which, part, own, far, sign in (
                (near, before if leftward else after, 1 if leftward else 0, 0 if leftward else 1, -1.0),
                (~near, after if leftward else before, 0 if leftward else 1, 1 if leftward else 0, 1.0),
            ):
                end, here, part = arc[which] + far, at[which], sign * part[which]
                value[here] += part[:, far] * self._unit_value(end, x[here])  # the end at x adds nothing
                slope[here] += part[:, far] * circle.unit[end, 0]
                slope[here] += part[:, own] * (1.0 if leftward else -1.0) / length[here]
            here, own_value, own_slope = at[near], value[at[near]].copy(), slope[at[near]].copy()
            value[here] += all_value[near]
            slope[here] += all_slope[near]
            if size > 1 and self._cancelled[1][0 if leftward else -1]:
                # What the common units with a knot between the datum and x take away, beside the tangent at the datum.
                edge, incline = 0 if leftward else -1, self._end_slope(leftward)
                away = x[here] - circle.x[edge]
                if leftward:
                    own_value -= sums.left_value[0] + away * sums.left_slope[0]
                    own_slope -= sums.left_slope[0]
                else:
                    own_value -= sums.right_value[-1] + away * sums.right_slope[-1]
                    own_slope -= sums.right_slope[-1]
                value[here] = self._at_breaks[edge] + away * incline + own_value
                slope[here] = incline + own_slope
        return self._scale * value, self._scale * slope

    def _unit_value(self, end: Index, x: Array) -> Array:
        """wx + b for the directions of breaks on the rim or in the middle of the common arcs."""
        circle, size = self.circle, self.circle.size
        w, b = circle.unit[end].T
        rim = np.where(end < size, (x - circle.x[0]) / circle.norm[0], (circle.x[-1] - x) / circle.norm[-1])
        return np.asarray(np.where(end == size, w * x + b, rim))

    def correlation_at(self, w: Array, b: Array) -> Array:
        """S(w, b) = Σ r_i (w x_i + b)₊ in units of λ, elementwise, (N,).

        A unit that turns on between two data is a combination of theirs: with u_j = w x_j + b and h = x_{j+1} − x_j it
        is S = (P(x_j) u_{j+1} − P(x_{j+1}) u_j)/h on the right, and on the left the same with Q and the opposite sign.
        """
        circle, size, ends, x = self.circle, self.circle.size, self.ends, self.circle.x
        v = self.point.field.vector[size - 1]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            knot = np.where(w == 0.0, np.where(b > 0, -np.inf, np.inf), -b / w)
        gap = np.searchsorted(x, knot, side="right") - 1
        facing_right = w >= 0.0
        everything = np.where(facing_right, gap < 0, gap >= size - 1)
        inner = (gap >= 0) & (gap < size - 1)
        result = np.where(everything, v[0] * w + v[1] * b, 0.0)
        at = np.flatnonzero(inner)
        if len(at):
            j, w, b, sign = gap[at], w[at], b[at], np.where(facing_right[at], 1.0, -1.0)
            middle = np.where(facing_right[at], size - 1, 2 * size)
            low, high = ends[middle - j] * circle.norm[j], ends[middle - j - 1] * circle.norm[j + 1]
            before, beyond = w * x[j] + b, w * x[j + 1] + b
            result[at] = sign * (low * beyond - high * before) / (x[j + 1] - x[j])
        return result

    def log_density(self, a: Array, w: Array, b: Array) -> Array:
        """log ρ(a, w, b), elementwise (3.6)."""
        correlated = self.correlation_at(w.ravel(), b.ravel()).reshape(w.shape)
        energy = self.lam * a * correlated + 0.5 * self.lam * (a * a + w * w + b * b)
        return np.asarray(-self.beta * energy - self.log_partition())

    def _draw(self, n: int, rng: np.random.Generator) -> Array:
        drawn = draw_directions(self.branches, n, rng)
        live = drawn.arc < 2 * self.circle.size
        g = np.zeros(n)
        g[live] = self.cut(drawn.arc[live], drawn.angle[live], drawn.rest[live]).g
        w, b = unit_vectors(self.circle, drawn)
        return draw_weights(w, b, g, drawn.product, self.beta * self.lam, rng)

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        """Draw n independent (a, w, b), shape (n, 3), exactly; block by block, in memory little beyond the result."""
        result = np.empty((n, 3))
        for start in range(0, n, _BLOCK):
            stop = min(start + _BLOCK, n)
            result[start:stop] = self._draw(stop - start, rng)
        return result
