"""The finite-temperature dual to rounding level: from a solution in doubles to one with residuals known better."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .ball_refine import refine_in_balls
from .circle import Circle
from .finite import DualSolution, Safe, Stop
from .precise_dual import PreciseDual

Array = NDArray[np.float64]

LEVEL = 1e-14  # √(2·gap), a bound of the fitted values' error, over the root mean square of the targets: rounding level
_AIM = 0.4  # part of it at which the iteration ends
_MOST = 1000  # inputs up to which 384 bits are tried where sums of two doubles do not get there


@dataclass(frozen=True)
class RefinedSolution:
    """A dual solution with what double precision would lose between its parts.

    solution: the last point, in units of λ; fitted: y + λ r/ω at the circle's inputs (M,); dual: the dual value
    −λ²Φ(r), a lower bound of ½R + (λ/2)∫|θ|² − H/β up to its constants; gap: ½ Σ ω (λ ∂Φ)² and what rounding may add.
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


def refine(circle: Circle, omega: Array, y: Array, lam: float, beta: float, found: DualSolution) -> RefinedSolution:
    """Continue a solution of the dual until the fitted values are known to the rounding of a double.

    With Hessian at least 1/ω the error of the fitted values, in the norm of the weights, is at most √(2·gap). Rounding
    level is taken to be 1e-14 times the root mean square of the targets, at every M and β: residuals are sums of two
    doubles, so that λ − |g| keeps its digits, however small. The gap adds that much for the rounding of the gradient.

    Args: circle; omega: weights (M,), sum 1, zero where a break carries no datum; y: targets (M,); lam; beta; found:
        the solution in double precision, in units of λ.
    Returns: a `RefinedSolution`; its stop is "precision" or "iterations" where rounding level is not reached.
    Source: derived in this project.
    """
    dual, b = PreciseDual(circle, omega, y, lam), beta * lam * lam
    level = LEVEL * math.sqrt(float(np.sum(omega * dual.y**2)))
    starts = Safe(found.stage, found.point.r, found.point.low), found.safe
    solution = _continued(dual, b, starts, _AIM * level)
    gap = dual.gap(solution.point)
    if 2.0 * gap > level * level and circle.size <= _MOST:
        other, bound = refine_in_balls(circle, omega, y, lam, beta, solution.safe, _AIM * level)
        if bound < gap:
            solution, gap = other, bound
    point = solution.point
    stop: Stop = "converged" if 2.0 * gap <= level * level else solution.stop
    solution = replace(solution, stop=stop, iterations=found.iterations + solution.iterations)
    error = lam * (math.sqrt(2.0 * gap) + _AIM * level)
    return RefinedSolution(solution, lam * point.fitted, -lam * lam * point.value, 0.5 * error * error)
