"""The finite-temperature dual to all digits of a double: Newton's method on residuals held to 384 bits.

In double precision 1 − |g| and, at high temperature, g itself drown in the rounding of the residuals: the fitted values
then keep few digits, and the gap measures noise. Here the residuals, the correlation and the gradient are evaluated in
ball arithmetic, while the Newton direction is still the banded one in double precision, as in iterative refinement.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, arb_mat, ctx
from numpy.typing import NDArray

from .circle import Circle, Correlation
from .finite import DualPoint, DualSolution, Stop
from .newton import newton_direction
from .partition import ArcDerivatives

Array = NDArray[np.float64]
Ball = Any  # flint.arb

_BITS = 384
_SERIES_RATIO = 2.0**-16  # |u|/D² below which the closed forms of the derivatives of Θ cancel
_SERIES_TERMS = 26  # 2^(−16·26) is below 2^−_BITS
_FACTOR = 10.0  # between neighbouring temperatures
_ITERATIONS = 80  # at each temperature
_STAGE_DECREMENT = 1e-3  # squared Newton decrement, in units of the temperature, that ends a stage before the last
_TOLERANCE = 1e-15  # error bound of the fitted values that ends the iteration, relative to the targets' spread
_RESIDUAL = 1e-2  # share of its squared decrement that a step may be off in the same norm
_CORRECTIONS = 8  # of a direction by its own residual
_MOST = 1000  # inputs above which a solution that converged in double precision is left as it is
_DENSE = 400  # inputs up to which a direction is solved for densely
_SHORTEST = 2.0**-60  # fraction of a Newton step at which the line search gives up


def _theta(u: Ball, d: Ball, e: Ball) -> tuple[Ball, ...]:
    """Θ, ∂Θ/∂E, ∂Θ/∂D and the second derivatives EE, ED, DD; the formulas of `arcs`, with bits to spare."""
    if d > 0 and abs(u) < _SERIES_RATIO * d * d:
        z = u / (d * d)
        f0, f1, f2 = arb(0), arb(0), arb(0)
        for n in range(_SERIES_TERMS, -1, -1):
            f2 = f2 * z + 2 * f1
            f1 = f1 * z + f0
            f0 = f0 * z + arb((-1) ** n) / (2 * n + 1)
        first, second = f1 / d**3, f2 / d**5
        in_d, in_ed = -1 / e - 2 * d * first, 1 / (e * e) - 2 * d * second
        return f0 / d, first, in_d, second, in_ed, 4 * d * d * second - 2 * first - 2 * d / (e * e)
    root = abs(u).sqrt()
    theta = (arb.atan2(root, d) if u > 0 else ((d + root) / e.sqrt()).log()) / root
    in_e = (d / e - theta) / (2 * u)
    in_d = (d * theta - 1) / u
    return theta, in_e, in_d, -(d / (e * e) + 3 * in_e) / (2 * u), (d * in_e - in_d) / u, (theta + 3 * d * in_d) / u


def _arc(sine: Ball, cosine: Ball, g1: Ball, g2: Ball, room: Ball) -> tuple[Ball, ...]:
    """Integral of 1/(1 − g²) over one arc, its gradient and its Hessian (11, 12, 22) in the end values."""
    u = sine * sine * room
    total = [arb(0)] * 6
    for sign in (1, -1):
        first, second = 1 - sign * g1, 1 - sign * g2
        d = ((first + second) / 2 - sine * sine) / cosine
        value, in_e, in_d, ee, ed, dd = _theta(u, d, first * second)
        slope, e1, e2 = -sign / (2 * cosine), -sign * second, -sign * first
        terms = (
            value, in_e * e1 + in_d * slope, in_e * e2 + in_d * slope,
            (ee * e1 + 2 * ed * slope) * e1 + dd * slope * slope,
            ee * e1 * e2 + ed * slope * (e1 + e2) + dd * slope * slope + in_e,
            (ee * e2 + 2 * ed * slope) * e2 + dd * slope * slope,
        )  # fmt: skip
        total = [old + new for old, new in zip(total, terms, strict=True)]
    return tuple(sine * part for part in total)


def _floats(values: list[Ball]) -> Array:
    return np.array([float(value) for value in values])


@dataclass(frozen=True)
class _Point:
    """Residuals with all that Newton's method needs there; the balls enclose the exact values at these residuals."""

    r: list[Ball]
    field: Correlation
    arcs: ArcDerivatives
    hessians: list[tuple[Ball, ...]]
    pull: list[Ball]
    zs: Ball
    value: Ball
    gradient: list[Ball]
    gap: Ball

    def rounded(self) -> DualPoint:
        return DualPoint(
            _floats(self.r), self.field, self.arcs, float(self.zs), float(self.value), _floats(self.gradient)
        )


class _Dual:
    """Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y in units where λ = 1, on exact inputs, weights, targets, λ and β."""

    def __init__(self, circle: Circle, omega: Array, y: Array, lam: float) -> None:
        self.circle, self.omega = circle, omega
        self.x = [arb(float(v)) for v in circle.x]
        self.y = [arb(float(v)) / arb(lam) for v in y]
        self.weight = [arb(float(v)) for v in omega]
        self.norm = [(1 + v * v).sqrt() for v in self.x]
        self.step = [high - low for low, high in zip(self.x, self.x[1:], strict=False)]
        size, n = len(self.x), self.norm
        right = [(1 / n[j], -self.x[j] / n[j]) for j in reversed(range(size))]
        # Between the last right-facing and the first left-facing direction, for two unit vectors it halves the angle.
        w, b = self.x[0] / n[0] + self.x[-1] / n[-1], 1 / n[0] + 1 / n[-1]
        length = (w * w + b * b).sqrt()
        self.middle = (w / length, b / length)
        self.unit = [*right, self.middle, *((-w, -b) for w, b in right)]
        quarter = (arb.pi() - self.x[-1].atan() + self.x[0].atan()) / 4
        sines, cosines = [], []
        for j in reversed(range(size - 1)):
            cosine = ((1 + (1 + self.x[j] * self.x[j + 1]) / (n[j] * n[j + 1])) / 2).sqrt()
            sines.append(self.step[j] / (n[j] * n[j + 1]) / (2 * cosine))
            cosines.append(cosine)
        self.sine = [*sines, quarter.sin(), quarter.sin(), *sines]
        self.cosine = [*cosines, quarter.cos(), quarter.cos(), *cosines]
        self.dead = 4 * quarter

    def _values(self, r: list[Ball]) -> tuple[list[Ball], list[tuple[Ball, Ball]]]:
        """g at the breaks and v on the arcs, as in `circle`."""
        size = len(r)
        above, below = (arb(0), arb(0)), (arb(0), arb(0))
        p, q = [arb(0)] * size, [arb(0)] * size
        upper, lower = [], []
        for j in reversed(range(size)):
            above = (above[0] + r[j] * self.x[j], above[1] + r[j])
            upper.append(above)
            if j:
                p[j - 1] = p[j] + self.step[j - 1] * above[1]
        for j in range(size - 1):
            below = (below[0] + r[j] * self.x[j], below[1] + r[j])
            lower.append(below)
            q[j + 1] = q[j] + self.step[j] * below[1]
        w, b = self.middle
        rim = [p[j] / self.norm[j] for j in reversed(range(size))]
        end = [q[j] / self.norm[j] for j in reversed(range(size))]
        return [*rim, w * above[0] + b * above[1], *end], [*upper, above, *reversed(lower)]

    def _at_data(self, c: list[Ball]) -> list[Ball]:
        """Σ c_k (x_i cos φ_k + sin φ_k)₊ over the breaks."""
        size = len(self.x)
        right, left = c[:size][::-1], c[size + 1 :][::-1]
        w, b = self.middle
        total = [c[size] * (w * x + b) for x in self.x]
        slope = value = arb(0)
        for j in range(1, size):
            slope = slope + right[j - 1] / self.norm[j - 1]
            value = value + self.step[j - 1] * slope
            total[j] += value
        slope = value = arb(0)
        for j in reversed(range(size - 1)):
            slope = slope + left[j + 1] / self.norm[j + 1]
            value = value + self.step[j] * slope
            total[j] += value
        return total

    def at(self, b: Ball, r: list[Ball]) -> _Point | None:
        """Everything at r; None where |g| < 1 is not certain on the whole circle."""
        ends, vectors = self._values(r)
        if not all(abs(g) < 1 for g in ends):
            return None
        rooms, inside = [], []
        for k, (v0, v1) in enumerate(vectors):
            (w0, b0), (w1, b1) = self.unit[k], self.unit[k + 1]
            turn = (v1 * w0 - v0 * b0) * (v1 * w1 - v0 * b1)
            rooms.append(1 - v0 * v0 - v1 * v1)
            inside.append(bool(turn < 0))
            if not turn >= 0 and not rooms[-1] > 0:
                return None
        parts = [
            _arc(sine, cosine, g1, g2, room)
            for sine, cosine, g1, g2, room in zip(self.sine, self.cosine, ends, ends[1:], rooms, strict=False)
        ]
        zs = sum((part[0] for part in parts), self.dead)
        weights = [arb(0)] * len(ends)
        for k, part in enumerate(parts):
            weights[k] += part[1]
            weights[k + 1] += part[2]
        shift = self.shift(r)
        pull = self._at_data(weights)
        gradient = [f / (b * zs) + s + y for f, s, y in zip(pull, shift, self.y, strict=True)]
        value = zs.log() / b + sum((q * (s / 2 + y) for q, s, y in zip(r, shift, self.y, strict=True)), arb(0))
        gap = sum((w * g * g for w, g in zip(self.weight, gradient, strict=True)), arb(0)) / 2
        field = Correlation(
            _floats([1 - g for g in ends]), _floats([1 + g for g in ends]),
            np.array([[float(v0), float(v1)] for v0, v1 in vectors]), _floats(rooms), np.array(inside),
        )  # fmt: skip
        table = np.array([[float(value) for value in part] for part in parts])
        return _Point(
            r, field, ArcDerivatives(table[:, 0], table[:, 1:3], table[:, 3:]),
            [part[3:] for part in parts], pull, zs, value, gradient, gap,
        )  # fmt: skip

    def shift(self, r: list[Ball]) -> list[Ball]:
        """r/ω, 0 where there is no datum."""
        return [q / w if w > 0 else arb(0) for q, w in zip(r, self.weight, strict=True)]

    def _curve(self, b: Ball, at: _Point, step: list[Ball]) -> list[Ball]:
        """Hessian times step: 1/ω + VᵀTV/(B Zs) − aaᵀ/B, a = ∇ log Zs."""
        move, _ = self._values(step)
        bent = [arb(0)] * len(move)
        for k, (h11, h12, h22) in enumerate(at.hessians):
            bent[k] += h11 * move[k] + h12 * move[k + 1]
            bent[k + 1] += h12 * move[k] + h22 * move[k + 1]
        along = sum((p * s for p, s in zip(at.pull, step, strict=True)), arb(0)) / (b * at.zs * at.zs)
        return [
            v / (b * at.zs) + s - p * along
            for v, s, p in zip(self._at_data(bent), self.shift(step), at.pull, strict=True)
        ]

    def _dense(self, b: Ball, at: _Point) -> list[Ball] | None:
        """The Newton direction by elimination in the full precision, O(M³)."""
        free = [i for i, w in enumerate(self.weight) if w > 0]
        columns = []
        for i in free:
            unit = [arb(0)] * len(self.x)
            unit[i] = arb(1)
            curved = self._curve(b, at, unit)
            columns.append([curved[j].mid() for j in free])
        right = arb_mat([[-at.gradient[i].mid()] for i in free])
        try:
            solved = arb_mat(columns).solve(right, algorithm="approx")
        except ZeroDivisionError:
            return None
        step = [arb(0)] * len(self.x)
        for k, i in enumerate(free):
            step[i] = solved[k, 0].mid()
        return step

    def direction(self, b: Ball, at: _Point) -> list[Ball] | None:
        """The Newton direction: banded in double precision, or dense where that solves its equations badly."""
        step, rest, left = [arb(0)] * self.circle.size, at.gradient, at.gap
        for _ in range(_CORRECTIONS):
            try:
                more = newton_direction(self.circle, self.omega, float(b), float(at.zs), at.arcs, _floats(rest))
            except np.linalg.LinAlgError:
                break
            if not np.all(np.isfinite(more)):
                break
            step = [s + float(m) for s, m in zip(step, more, strict=True)]
            rest = [g + h for g, h in zip(at.gradient, self._curve(b, at, step), strict=True)]
            before, left = left, sum((w * g * g for w, g in zip(self.weight, rest, strict=True)), arb(0)) / 2
            # With Hessian at least 1/ω, this bounds the error of the step in the norm in which its size is measured.
            if 2 * left < _RESIDUAL * -sum((s * g for s, g in zip(step, at.gradient, strict=True)), arb(0)):
                return step
            if not left < 0.25 * before:
                break
        return self._dense(b, at) if self.circle.size <= _DENSE else None

    def start(self, b: Ball, r: Array) -> _Point:
        """The point at r, or on the way from r to 0 where r, rounded, is on the wrong side of |g| = 1."""
        exact, shrink = [arb(float(v)) for v in r], 2.0**-52
        at = self.at(b, exact)
        while at is None:
            exact = [v * (1.0 - min(shrink, 1.0)) for v in exact]
            at, shrink = self.at(b, exact), 2.0 * shrink
        return at

    def minimise(self, b: Ball, at: _Point, last: bool, target: float) -> tuple[_Point, Stop, int]:
        """Damped Newton steps at one temperature, on the last one until √(2·gap) ≤ target."""
        best = at
        for iteration in range(1, _ITERATIONS + 1):
            if last and 2 * best.gap.upper() <= arb(target) ** 2:
                return best, "converged", iteration
            step = self.direction(b, at)
            if step is None:
                return best, "precision", iteration
            decrement = -sum((s * g for s, g in zip(step, at.gradient, strict=True)), arb(0))
            if not last and decrement * b < _STAGE_DECREMENT:
                return at, "converged", iteration
            trial, length = None, 1.0
            while length > _SHORTEST:
                trial = self.at(b, [(q + length * s).mid() for q, s in zip(at.r, step, strict=True)])
                if trial is not None and trial.value <= at.value - 0.1 * length * decrement:
                    break
                trial, length = None, 0.5 * length
            if trial is None:
                return best, "precision", iteration
            at = trial
            if at.gap < best.gap:
                best = at
        return best, "iterations", _ITERATIONS


@dataclass(frozen=True)
class RefinedSolution:
    """A dual solution with what double precision would lose between its parts.

    solution: the last point, rounded, in units of λ; fitted: y + λ r/ω at the circle's inputs (M,); dual: the dual
    value −λ²Φ(r), a lower bound of ½R + (λ/2)∫|θ|² − H/β up to its constants; gap: ½ Σ ω (λ ∂Φ)², rounded up.
    """

    solution: DualSolution
    fitted: Array
    dual: float
    gap: float


def refine(circle: Circle, omega: Array, y: Array, lam: float, beta: float, found: DualSolution) -> RefinedSolution:
    """Continue a solution of the dual until the fitted values are known to the rounding of a double.

    With Hessian at least 1/ω the error of the fitted values, in the norm of the weights, is at most √(2·gap): the
    iteration ends when that is 1e-15 of the spread of y.

    Args: circle; omega: weights (M,), sum 1, zero where a break carries no datum; y: targets (M,); lam; beta; found:
        the solution in double precision, in units of λ; its last safe point is where this starts.
    Returns: a `RefinedSolution`; its stop is "precision" or "iterations" where the direction holds too few digits.
    Source: derived in this project.
    """
    if circle.size > _MOST and found.stop == "converged":
        shift = np.divide(found.point.r, omega, out=np.zeros_like(y), where=omega > 0)
        gap = 0.5 * lam * lam * float(np.sum(omega * found.point.gradient**2))
        return RefinedSolution(found, y + lam * shift, -lam * lam * found.point.value, gap)
    with ctx.workprec(_BITS):
        dual, unit = _Dual(circle, omega, y, lam), arb(lam)
        last = arb(beta) * unit * unit
        data = y[omega > 0]
        mean = float(np.sum(omega * y))
        spread = math.sqrt(float(np.sum(omega[omega > 0] * (data / lam - mean / lam) ** 2)))
        size = float(np.max(np.abs(data))) / lam
        scale = spread if spread > 1e-12 * size else size
        target = _TOLERANCE * (scale if scale > 0 else 1.0)  # without targets r = 0, up to its radius
        stage = arb(found.safe[0]) if found.safe[0] < float(last) else last
        at, total = dual.start(stage, found.safe[1]), found.iterations
        while True:
            final = bool(stage >= last)
            at, stop, taken = dual.minimise(stage, at, final, target)
            total += taken
            if final:
                break
            stage = stage * _FACTOR if stage * _FACTOR < last else last
            again = dual.at(stage, at.r)
            assert again is not None  # feasibility does not depend on the temperature
            at = again
        fitted = [unit * (t + s) for t, s in zip(dual.y, dual.shift(at.r), strict=True)]
        gap = unit * unit * at.gap
        return RefinedSolution(
            DualSolution(at.rounded(), stop, total, float(last), found.safe),
            _floats(fitted),
            float(-unit * unit * at.value),
            float(gap.upper()),
        )
