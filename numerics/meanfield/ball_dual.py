"""The dual objective at finite temperature in ball arithmetic, O(M): value, gradient and gap as enclosures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flint import arb, ctx

from .ball_arc import arc_ball

Ball = Any  # flint.arb


@dataclass(frozen=True)
class BallPoint:
    """Enclosures at residuals r, in units where λ = 1; breaks and arcs in the order of `circle`.

    r (M); ends: g at the breaks (2M+1); vectors: v on the arcs (2M pairs); rooms: 1 − |v|² (2M); inside: whether ±v may
    point into the arc (2M); arcs: per arc the integral of 1/(1 − g²) and its derivatives in the end values, first ones
    or first and second (2M tuples); pull: ∂Zs/∂r (M); zs: Zs; value: Φ(r); gradient: ∂Φ/∂r, at a break without weight
    pull/(B Zs) (M); gap: ½ Σ ω (∂Φ)².
    """

    r: list[Ball]
    ends: list[Ball]
    vectors: list[tuple[Ball, Ball]]
    rooms: list[Ball]
    inside: list[bool]
    arcs: list[tuple[Ball, ...]]
    pull: list[Ball]
    zs: Ball
    value: Ball
    gradient: list[Ball]
    gap: Ball


class BallDual:
    """Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y in units where λ = 1 and B = βλ², enclosed.

    The minimiser r* gives the fitted values y + r*/ω. Φ has Hessian at least 1/ω, so that at any r
    Σ ω (f − f*)² ≤ Σ ω (∂Φ)² = 2·gap for f = y + r/ω.

    Args: x: ascending, distinct inputs (M,); weight: weights ω (M,), exactly 0 where a break carries no datum; y:
        targets (M,), 0 there; lam: ridge penalty λ; all of them floats, taken as they are, or balls; bits: working
        precision.
    Source: derived in this project.

    >>> dual = BallDual([0.0, 1.0], [0.5, 0.5], [1.0, 2.0], 0.5, 128)
    >>> point = dual.at(arb(10), [arb("-0.25"), arb("-0.25")])
    >>> bool(point.gap > 0), bool(point.gap.rad() < 1e-30)
    (True, True)
    """

    def __init__(
        self,
        x: Sequence[float | Ball],
        weight: Sequence[float | Ball],
        y: Sequence[float | Ball],
        lam: float | Ball,
        bits: int,
    ) -> None:
        self.bits = bits
        with ctx.workprec(bits):
            self.x = [arb(v) for v in x]
            self.y = [arb(v) / arb(lam) for v in y]
            self.weight = [arb(v) for v in weight]
            self._inverse = [1 / w if w > 0 else arb(0) for w in self.weight]
            self.norm = [(1 + v * v).sqrt() for v in self.x]
            self._over = [1 / n for n in self.norm]
            self.step = [high - low for low, high in pairwise(self.x)]
            over = self._over
            right = [(o, -v * o) for v, o in zip(reversed(self.x), reversed(over), strict=True)]
            self.middle = self._half_way()
            self.unit = [*right, self.middle, *((-w, -b) for w, b in right)]
            # π/2 − arctan x = atan2(1, x): what is left of two right angles keeps its digits where the inputs are wide.
            quarter = (arb.atan2(arb(1), self.x[-1]) + arb.atan2(arb(1), -self.x[0])) / 4
            sines, cosines = [], []
            for j in reversed(range(len(self.x) - 1)):
                both = over[j] * over[j + 1]
                cosine = ((1 + (1 + self.x[j] * self.x[j + 1]) * both) / 2).sqrt()
                sines.append(self.step[j] * both / (2 * cosine))
                cosines.append(cosine)
            self.sine = [*sines, quarter.sin(), quarter.sin(), *sines]
            self.cosine = [*cosines, quarter.cos(), quarter.cos(), *cosines]
            self.dead = 4 * quarter

    def _half_way(self) -> tuple[Ball, Ball]:
        """The direction half way between the last right-facing and the first left-facing one, as in `precise`."""
        (low, high), (over, above) = (self.x[0], self.x[-1]), (self._over[0], self._over[-1])
        if low < 0 < high:
            b = ((1 + (1 - low * high) * over * above) / 2).sqrt()
            return (low + high) * over * above / (2 * b), b
        # The sum of two unit vectors halves their angle.
        w, b = low * over + high * above, over + above
        length = (w * w + b * b).sqrt()
        return w / length, b / length

    @property
    def size(self) -> int:
        """Number M of breaks."""
        return len(self.x)

    def values(self, r: list[Ball]) -> tuple[list[Ball], list[tuple[Ball, Ball]]]:
        """g at the breaks (2M+1) and v on the arcs (2M), for residuals or a change of them (M); as in `circle`."""
        with ctx.workprec(self.bits):
            size, zero = len(r), arb(0)
            first = second = zero
            moment = [q * x for q, x in zip(r, self.x, strict=True)]
            p, q = [zero] * size, [zero] * size
            upper, lower = [], []
            for j in reversed(range(size)):
                first, second = first + moment[j], second + r[j]
                upper.append((first, second))
                if j:
                    p[j - 1] = p[j] + self.step[j - 1] * second
            above = (first, second)
            first = second = zero
            for j in range(size - 1):
                first, second = first + moment[j], second + r[j]
                lower.append((first, second))
                q[j + 1] = q[j] + self.step[j] * second
            w, b = self.middle
            rim = [value * over for value, over in zip(reversed(p), reversed(self._over), strict=True)]
            end = [value * over for value, over in zip(reversed(q), reversed(self._over), strict=True)]
            return [*rim, w * above[0] + b * above[1], *end], [*upper, above, *reversed(lower)]

    def at_data(self, c: list[Ball]) -> list[Ball]:
        """Σ c_k (x_i cos φ_k + sin φ_k)₊ over the breaks: (2M+1) → (M), the transpose of g at the breaks."""
        with ctx.workprec(self.bits):
            size = self.size
            right, left = c[:size][::-1], c[size + 1 :][::-1]
            w, b = self.middle
            w, b = c[size] * w, c[size] * b
            total = [w * x + b for x in self.x]
            slope = value = arb(0)
            for j in range(1, size):
                slope = slope + right[j - 1] * self._over[j - 1]
                value = value + self.step[j - 1] * slope
                total[j] += value
            slope = value = arb(0)
            for j in reversed(range(size - 1)):
                slope = slope + left[j + 1] * self._over[j + 1]
                value = value + self.step[j] * slope
                total[j] += value
            return total

    def shift(self, r: list[Ball]) -> list[Ball]:
        """r/ω, the fitted values minus the targets in units of λ; 0 where there is no datum."""
        with ctx.workprec(self.bits):
            return [q * inverse for q, inverse in zip(r, self._inverse, strict=True)]

    def at(self, b: Ball, r: list[Ball], second: bool = False) -> BallPoint | None:
        """Everything at r for B = b; None where |g| < 1 is not certain on the whole circle.

        second: whether the arcs get their second derivatives too.
        """
        with ctx.workprec(self.bits):
            ends, vectors = self.values(r)
            if not all(abs(g) < 1 for g in ends):
                return None
            # Of v × e at the two ends of an arc, of opposite signs where ±v points into it.
            turns = [
                (v1 * w0 - v0 * b0) * (v1 * w1 - v0 * b1)
                for (v0, v1), ((w0, b0), (w1, b1)) in zip(vectors, pairwise(self.unit), strict=True)
            ]
            rooms = [1 - v0 * v0 - v1 * v1 for v0, v1 in vectors]
            inside = [not turn >= 0 for turn in turns]
            if not all(room > 0 for room, may in zip(rooms, inside, strict=True) if may):
                return None
            arcs = [
                arc_ball(sine, cosine, g1, g2, room, self.bits, second)
                for sine, cosine, (g1, g2), room in zip(self.sine, self.cosine, pairwise(ends), rooms, strict=True)
            ]
            zs = sum((arc[0] for arc in arcs), self.dead)
            inner = [before[2] + after[1] for before, after in pairwise(arcs)]
            pull = self.at_data([arcs[0][1], *inner, arcs[-1][2]])
            shift, over = self.shift(r), 1 / (b * zs)
            gradient = [f * over + s + y for f, s, y in zip(pull, shift, self.y, strict=True)]
            value = zs.log() / b + sum((q * (s / 2 + y) for q, s, y in zip(r, shift, self.y, strict=True)), arb(0))
            gap = sum((w * g * g for w, g in zip(self.weight, gradient, strict=True)), arb(0)) / 2
            return BallPoint(r, ends, vectors, rooms, inside, arcs, pull, zs, value, gradient, gap)
