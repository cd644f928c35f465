"""The optimality conditions of a known active set solved to many digits: Newton's method with exact residuals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from .circle import Circle
from .units import Units, columns, mates, on_arc

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_BITS = 192
_STEPS = 12
_SOLVED = 1e-20  # residual of the conditions, g = ±1 and g′ = 0, taken as solved; rounding alone is far below it
_SINGULAR = 1e-12  # singular values below this part of the largest are directions in which nothing changes


@dataclass(frozen=True)
class Polished:
    """Units that meet the conditions to double rounding, their r = ω(f − y), and ½ Σ r²/ω + Σ|c|."""

    units: Units
    r: Array
    objective: float


class _State:
    """Directions and weights in long arithmetic, and the conditions at them, summed over the data in O(M + K)."""

    def __init__(self, circle: Circle, omega: Array, y: Array, units: Units) -> None:
        size, place = circle.size, units.place
        self.x, self.y, self.omega = ([arb(float(v)) for v in part] for part in (circle.x, y, omega))
        self.low = np.maximum(0, size - (place + 1) // 2).tolist()
        self.high = np.minimum(size, 2 * size - place // 2).tolist()
        self.w, self.b, self.c = [], [], [arb(float(c)) for c in units.c]
        for k, (phi, p) in enumerate(zip(units.phi, place, strict=True)):
            if on_arc(circle, place[k : k + 1])[0]:
                sine, cosine = arb(float(phi)).sin_cos()
            else:
                datum = size - 1 - p // 2 if p // 2 < size else 2 * size - p // 2
                cosine = 1 / (1 + self.x[datum] * self.x[datum]).sqrt()
                sine = -self.x[datum] * cosine
                if p // 2 >= size:
                    sine, cosine = -sine, -cosine
            self.w.append(cosine)
            self.b.append(sine)

    def tie(self, first: int, second: int) -> None:
        """Put the second unit opposite to the first."""
        self.w[second], self.b[second] = -self.w[first], -self.b[first]

    def turn(self, k: int, angle: float) -> None:
        """Rotate the direction of a unit."""
        sine, cosine = arb(angle).sin_cos()
        self.w[k], self.b[k] = (
            (self.w[k] * cosine - self.b[k] * sine).mid(), (self.b[k] * cosine + self.w[k] * sine).mid()
        )  # fmt: skip

    def residuals(self) -> list[arb]:
        """r = ω(f − y)."""
        slope, height = [arb(0)] * (len(self.x) + 1), [arb(0)] * (len(self.x) + 1)
        for low, high, w, b, c in zip(self.low, self.high, self.w, self.b, self.c, strict=True):
            slope[low], height[low] = slope[low] + c * w, height[low] + c * b
            slope[high], height[high] = slope[high] - c * w, height[high] - c * b
        result, a, h = [], arb(0), arb(0)
        for k, x in enumerate(self.x):
            a, h = a + slope[k], h + height[k]
            result.append((self.omega[k] * (a * x + h - self.y[k])).mid())
        return result

    def conditions(self, r: list[arb], sign: Array) -> tuple[Array, Array]:
        """g + sign c and g′ at each unit."""
        first, total = [arb(0)], [arb(0)]
        for x, value in zip(self.x, r, strict=True):
            first.append((first[-1] + x * value).mid())
            total.append((total[-1] + value).mid())
        level, slope = np.zeros(len(self.c)), np.zeros(len(self.c))
        for k, (low, high, w, b) in enumerate(zip(self.low, self.high, self.w, self.b, strict=True)):
            v, s = first[high] - first[low], total[high] - total[low]
            level[k], slope[k] = float(v * w + s * b + sign[k]), float(s * w - v * b)
        return level, slope


def _solve(circle: Circle, omega: Array, y: Array, units: Units, pairs: list[tuple[int, int]]) -> Polished | None:
    """Newton's method on weights and angles, pairs of opposite units sharing one angle; None where it fails."""
    state = _State(circle, omega, y, units)
    for pair in pairs:
        state.tie(*pair)
    partner = {second: first for first, second in pairs}
    free = np.flatnonzero(on_arc(circle, units.place))
    own = [int(k) for k in free if int(k) not in partner]
    column = {k: own.index(partner.get(k, k)) for k in free.tolist()}
    sign, root = np.sign(units.c), np.sqrt(omega)[:, None]
    current, r = units, state.residuals()
    level, slope = state.conditions(r, sign)
    for _ in range(_STEPS):
        if max(np.max(np.abs(level)), np.max(np.abs(slope[free]), initial=0.0)) <= _SOLVED:
            break
        value, derivative = columns(circle, current)
        turning, bend = np.zeros((circle.size, len(own))), np.zeros(len(own))
        torque = np.zeros(len(own))
        for k, j in column.items():
            turning[:, j] += current.c[k] * derivative[:, k]
            bend[j] += abs(current.c[k])
            torque[j] += current.c[k] * slope[k]
        curved = np.concatenate([np.zeros((len(own), len(units))), np.diag(np.sqrt(bend))], axis=1)
        matrix = np.concatenate([np.concatenate([root * value, root * turning], axis=1), curved])
        scale = 1.0 / np.maximum(np.linalg.norm(matrix, axis=0), 1e-300)
        _, values, right = np.linalg.svd(matrix * scale, full_matrices=False)
        keep = values > _SINGULAR * values[0]
        force = right[keep] @ (scale * np.concatenate([level, torque]))
        step = -scale * (right[keep].T @ (force / values[keep] ** 2))
        if not np.all(np.isfinite(step)) or np.max(np.abs(step[len(units) :]), initial=0.0) > 0.1:
            return None
        for k, change in enumerate(step[: len(units)]):
            state.c[k] = (state.c[k] + arb(float(change))).mid()
        for k, j in column.items():
            state.turn(k, float(step[len(units) + j]))
        for pair in pairs:
            state.tie(*pair)
        r = state.residuals()
        level, slope = state.conditions(r, sign)
        vector = np.array([[float(w), float(b)] for w, b in zip(state.w, state.b, strict=True)])
        phi = units.phi + np.arctan2(
            vector[:, 1] * np.cos(units.phi) - vector[:, 0] * np.sin(units.phi),
            vector[:, 0] * np.cos(units.phi) + vector[:, 1] * np.sin(units.phi),
        )
        current = Units(phi, np.array([float(c) for c in state.c]), units.place, vector)
        if np.any(np.sign(current.c) != sign):
            return None
    if max(np.max(np.abs(level)), np.max(np.abs(slope[free]), initial=0.0)) > _SOLVED:
        return None
    vector = current.direction
    arc = free[units.place[free] != 2 * circle.size]
    knot = -vector[arc, 1] / vector[arc, 0]
    breaks = -circle.unit[:, 1] / circle.unit[:, 0]
    start = units.place[arc] // 2
    if np.any((knot > breaks[start]) | (knot < breaks[start + 1])):
        return None
    total = sum((v * v / w for v, w in zip(r, state.omega, strict=True)), arb(0)) / 2
    total += sum((abs(c) for c in state.c), arb(0))
    return Polished(current, np.array([float(v) for v in r]), float(total))


def polish(circle: Circle, omega: Array, y: Array, units: Units) -> Polished | None:
    """Solve g = −sign c at the units and g′ = 0 at those inside arcs, in their weights and angles, to many digits.

    In the balanced phase, Σ r = Σ r x = 0, right- and left-facing contacts coincide: where both are in use and near
    each other they are first given one common angle, which the conditions then confirm or refute.

    Returns: None where Newton's method leaves the active set or does not converge.
    Source: derived in this project; iterative refinement with residuals in long arithmetic.
    """
    if len(units) == 0:
        return None
    before, ctx.prec = ctx.prec, _BITS
    try:
        pairs = mates(circle, units)
        found = _solve(circle, omega, y, units, pairs) if pairs else None
        return found if found is not None else _solve(circle, omega, y, units, [])
    finally:
        ctx.prec = before
