"""A start for many inputs: the same problem on a few thousand points that stand for them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .circle import Circle, build_circle, correlation, peaks
from .finite import LAST_END, Dual, DualPoint, DualSolution, solve_dual
from .law import GibbsLaw

Array = NDArray[np.float64]

_GROUPS = 1024
_LEAST = 16  # inputs a group below which the smaller problem does not pay
_NEAR = 10.0  # B times the gap up to which Newton's method starts well
_TRIALS, _FACTOR = 4, 100.0  # temperatures tried, and the ratio between them


def standing_for(x: Array, omega: Array, y: Array) -> tuple[Array, Array, Array] | None:
    """Two points a group of neighbours: inputs, weights and targets; None where rounding merges points.

    They are the nodes of the Gauss rule for the group's weights, inside its range, so that Σ ω, Σ ωx, Σ ωx², Σ ωx³ are
    kept, and lie on its regression line, which keeps Σ ωy and Σ ωxy: the loss of a function that is linear on the group
    changes by a constant.
    """
    start = np.linspace(0, len(x), _GROUPS + 1).astype(np.intp)[:-1]
    count = np.diff(start, append=len(x))

    def mean(values: Array) -> Array:
        return np.asarray(np.add.reduceat(omega * values, start) / weight)

    weight = np.add.reduceat(omega, start)
    centre, level = mean(x), mean(y)
    away, rest = x - np.repeat(centre, count), y - np.repeat(level, count)
    spread = np.sqrt(mean(away * away))
    if not np.all(spread > 0):
        return None
    skew = mean((away / np.repeat(spread, count)) ** 3)
    tilt = mean(away * rest) / spread
    root = np.hypot(skew, 2.0)
    # t² − skew·t − 1 = 0, the smaller root in absolute value from the product of the two.
    larger = 0.5 * (np.abs(skew) + root)
    high = np.where(skew > 0, larger, 1.0 / larger)
    low = -1.0 / high
    places = np.stack([centre + spread * low, centre + spread * high], axis=1).ravel()
    if not np.all(np.diff(places) > 0):
        return None
    weights = np.stack([weight * high, -weight * low], axis=1) / (high - low)[:, None]
    return places, weights.ravel(), np.stack([level + tilt * low, level + tilt * high], axis=1).ravel()


def _between(x: Array, places: Array, value: Array, slope: Array) -> Array:
    """Cubic interpolation from values and slopes at ascending places; straight outside them."""
    cell = np.clip(np.searchsorted(places, x, side="right") - 1, 0, len(places) - 2)
    width = np.diff(places)[cell]
    t = (x - places[cell]) / width
    inside = np.clip(t, 0.0, 1.0)
    left, right = slope[cell] * width, slope[cell + 1] * width
    rise = value[cell + 1] - value[cell]
    bulge = (left - rise) * (1.0 - inside) - (right - rise) * inside
    cubic = value[cell] + inside * (rise + (1.0 - inside) * bulge)
    return np.asarray(cubic + np.where(t < 0, t * left, np.where(t > 1, (t - 1.0) * right, 0.0)))


def _start(dual: Dual, b: float) -> tuple[float, DualPoint] | None:
    """The lowest temperature 1/stage where the smaller problem's solution is near the minimum; None if none is.

    Its residuals are r = ω (f − y) with f the predictor of the smaller problem, shrunk where |g| comes nearer to 1.
    """
    circle, omega = dual.circle, dual.omega
    points = standing_for(circle.x, omega, dual.y)
    if points is None:
        return None
    places, weights, targets = points
    smaller, zero, stage = build_circle(places), np.zeros(circle.size), b
    for _ in range(_TRIALS):
        found = solve_dual(smaller, weights, targets, stage)
        if found.stop == "converged":
            value, slope = GibbsLaw(smaller, found.point, 1.0, stage).evaluate(places)
            r = omega * (_between(circle.x, places, value, slope) - dual.y)
            largest = float(np.max(peaks(correlation(circle, r))))
            at = dual.start(stage, r * min(1.0, (1.0 - found.point.field.margin) / largest), zero)
            if at is not None and stage * dual.gap(at) <= _NEAR:
                return stage, at
        stage /= _FACTOR
    return None


def solve_nested(circle: Circle, omega: Array, y: Array, b: float) -> DualSolution:
    """`solve_dual`, from the solution of a smaller problem where there are many inputs and it lies near.

    Args, returns: as `solve_dual`; iterations counts the steps on the full problem.
    Source: derived in this project.
    """
    if circle.size >= _LEAST * _GROUPS and np.all(omega > 0):
        dual = Dual(circle, omega, y)
        near = _start(dual, b)
        if near is not None:
            found = dual.follow(b, *near, level=0.0, end=LAST_END)
            if found.stop == "converged":
                return found
    return solve_dual(circle, omega, y, b)
