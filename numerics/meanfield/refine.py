"""The finite-temperature dual to rounding level: from a solution in doubles to one with residuals known better."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from .ball_dual import BallDual
from .ball_refine import refine_in_balls, working_bits
from .circle import Circle
from .finite import DualPoint, DualSolution, Safe
from .precise_dual import PreciseDual

Array = NDArray[np.float64]

LEVEL = 1e-14  # √(2·gap), a bound of the fitted values' error, over the root mean square of the targets: rounding level
_AIM = 0.4  # part of it at which the iteration ends
_ENCLOSED = 200  # inputs up to which the gap is enclosed
_BITS = 256  # of that enclosure, at inputs and targets of moderate size
_UP = 0.5 * (1.0 + 2.0**-50)  # ½, and more than a square and a product round off
_MOST = 1000  # inputs up to which 384 bits are tried where sums of two doubles do not get there


@dataclass(frozen=True)
class RefinedSolution:
    """A dual solution with what double precision would lose between its parts.

    solution: the last point, in units of λ; fitted: y + λ r/ω at the circle's inputs (M,); dual: the dual value
    −λ²Φ(r), a lower bound of ½R + (λ/2)∫|θ|² − H/β up to its constants; gap: ½ Σ ω (λ ∂Φ)², an upper bound.
    """

    solution: DualSolution
    fitted: Array
    dual: float
    gap: float


def _continued(dual: PreciseDual, b: float, starts: tuple[Safe, Safe], level: float) -> DualSolution:
    """Newton's method on to B = b from the first of the starts that leads to the level, or else the best end."""
    best: DualSolution | None = None
    total = 0
    for start in starts:
        at = dual.start(start.stage, start.r, start.low)
        if at is None:
            continue
        found = dual.follow(b, start.stage, at, level, 0.0)
        total += found.iterations
        found = replace(found, point=dual.at_stage(b, found.stage, found.point))
        if best is None or (-found.stage, dual.gap(found.point)) < (-best.stage, dual.gap(best.point)):
            best = found
        if found.stop == "converged":
            break
    assert best is not None  # the last start has |g| well below 1
    return replace(best, iterations=total)


def _bound(circle: Circle, omega: Array, y: Array, lam: float, beta: float, point: DualPoint, rounding: float) -> float:
    """√(2·gap) at a point, in units of λ: enclosed up to a size, beyond it in doubles with what rounding may add."""
    if circle.size > _ENCLOSED or rounding == 0.0:
        return math.sqrt(float(np.sum(omega * point.gradient**2))) + rounding
    bits = working_bits(circle, y, lam, _BITS)
    with ctx.workprec(bits):
        dual = BallDual(circle.x.tolist(), omega.tolist(), y.tolist(), lam, bits)
        r = [arb(high) + arb(low) for high, low in zip(point.r.tolist(), point.low.tolist(), strict=True)]
        exact = dual.at(arb(beta) * arb(lam) * arb(lam), r)
        return math.inf if exact is None else float((2 * exact.gap).upper().sqrt().upper())


def refine(circle: Circle, omega: Array, y: Array, lam: float, beta: float, found: DualSolution) -> RefinedSolution:
    """Continue a solution of the dual until the fitted values are known to the rounding of a double.

    With Hessian at least 1/ω the error of the fitted values, in the norm of the weights, is at most √(2·gap). Rounding
    level is taken to be 1e-14 times the root mean square of the targets, at every M and β: residuals are sums of two
    doubles, so that λ − |g| keeps its digits, however small. Up to 200 inputs the gap is an enclosure's upper end;
    beyond, the gradient is evaluated in doubles, and 4e-15 of the targets' root mean square is added for its rounding.

    Args: circle; omega: weights (M,), sum 1, zero where a break carries no datum; y: targets (M,); lam; beta; found:
        the solution in double precision, in units of λ.
    Returns: a `RefinedSolution`; its stop is "precision" or "iterations" where rounding level is not reached.
    Source: derived in this project.
    """
    dual, b = PreciseDual(circle, omega, y, lam), beta * lam * lam
    level = LEVEL * math.sqrt(float(np.sum(omega * dual.y**2)))
    starts = Safe(found.stage, found.point.r, found.point.low), found.safe
    solution = _continued(dual, b, starts, _AIM * level)
    error = _bound(circle, omega, y, lam, beta, solution.point, _AIM * level)
    if error > level > 0 and circle.size <= _MOST:
        other, gap = refine_in_balls(circle, omega, y, lam, beta, solution.safe, _AIM * level)
        if 2.0 * gap < error * error:
            solution, error = other, math.sqrt(2.0 * gap)
    worst = math.sqrt(float(np.sum(omega * dual.y**2)))
    if not error <= worst:  # r = 0 is no worse: without correlation the gap is that of the targets alone
        at = dual.start(b, np.zeros_like(y), np.zeros_like(y))
        assert at is not None  # g = 0
        solution, error = replace(solution, point=at, stop="precision", stage=b), worst
    stop = solution.stop
    if level > 0:  # without targets r = 0, where the gradient is 0
        stop = "converged" if error <= level else "precision" if stop == "converged" else stop
    point = solution.point
    solution = replace(solution, stop=stop, iterations=found.iterations + solution.iterations)
    return RefinedSolution(solution, lam * point.fitted, -lam * lam * point.value, _UP * (lam * error) * (lam * error))
