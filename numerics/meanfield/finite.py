"""Newton's method with continuation for the dual problem at finite inverse temperature."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .circle import Circle, Correlation, advance, correlation, values_at_data
from .newton import newton_direction
from .partition import ArcDerivatives, circle_derivatives

Array = NDArray[np.float64]
Stop = Literal["converged", "precision", "iterations"]
_FACTOR = 100.0  # between neighbouring temperatures of the continuation
_ITERATIONS = 100  # at each temperature
STAGE_END = 1e-3  # squared Newton decrement, in units of the temperature, that ends a stage before the last
LAST_END = 1e-12  # the same on the last one
_CLOSE = 1e-6  # squared decrement, in the same units, below which full steps are taken without comparing values
_STALLS = 2  # steps that do not quarter the gap, after which rounding is taken to rule
_SHORTEST = 1e-12  # fraction of a Newton step at which the line search gives up


@dataclass(frozen=True)
class DualPoint:
    """The dual objective Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y at residuals r (M,) with low parts low (M,).

    field: the correlation; arcs: its arcs; zs: Zs; value: Φ; gradient: ∂Φ (M,); fitted: y + r/ω, y where there is no
    datum (M,); pull: ∂Zs (M,), so that gradient = pull/(B Zs) + fitted.
    """

    r: Array
    field: Correlation
    arcs: ArcDerivatives
    zs: float
    value: float
    gradient: Array
    fitted: Array
    pull: Array
    low: Array


@dataclass(frozen=True)
class Safe:
    """A temperature of the continuation, B = stage, with its residuals r + low (M,)."""

    stage: float
    r: Array
    low: Array


@dataclass(frozen=True)
class DualSolution:
    """The last point of Newton's method, why it stopped there, after how many steps in all, and at which B.

    safe: the last temperature of the continuation at which 1 − |g| is far above the rounding of g.
    """

    point: DualPoint
    stop: Stop
    iterations: int
    stage: float
    safe: Safe


@dataclass(frozen=True)
class Stage:
    """Where Newton's method ended at one temperature, why, and after how many steps."""

    point: DualPoint
    stop: Stop
    iterations: int


class Dual:
    """Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y in units where λ = 1 and B = βλ², and Newton's method for it.

    circle: the geometry of the inputs; omega: weights (M,), zero for a break that carries no datum; y: targets divided
    by λ (M,), zero there.
    """

    margin = 1e-8  # 1 − |g| above which the rounding of the residuals does no harm

    def __init__(self, circle: Circle, omega: Array, y: Array) -> None:
        self.circle, self.omega, self.y = circle, omega, y
        self._zero = np.zeros(circle.size)

    def per_weight(self, r: Array) -> Array:
        """r/ω; 0 where there is no datum."""
        return np.divide(r, self.omega, out=np.zeros_like(r), where=self.omega > 0)

    def start(self, b: float, r: Array, low: Array) -> DualPoint | None:
        """The point at r + low, here at r; None where |g| reaches 1."""
        return self._evaluate(b, r, correlation(self.circle, r))

    def moved(self, b: float, at: DualPoint, step: Array) -> DualPoint | None:
        """The point at r + step; None where |g| reaches 1."""
        return self._evaluate(b, at.r + step, advance(self.circle, at.field, step))

    def _evaluate(self, b: float, r: Array, field: Correlation) -> DualPoint | None:
        if not field.feasible:
            return None
        arcs = circle_derivatives(self.circle, field)
        zs = self.circle.dead + float(np.sum(arcs.integral))
        if not 0.0 < zs < math.inf:  # too near a contact for double precision
            return None
        shift, pull = self.per_weight(r), values_at_data(self.circle, arcs.weights)
        fitted = shift + self.y
        value = math.log(zs) / b + float(np.sum(r * (0.5 * shift + self.y)))
        return DualPoint(r, field, arcs, zs, value, pull / (b * zs) + fitted, fitted, pull, self._zero)

    def at_stage(self, b: float, before: float, at: DualPoint) -> DualPoint:
        """The same residuals at another temperature."""
        value = at.value + math.log(at.zs) * (1.0 / b - 1.0 / before)
        gradient = at.pull / (b * at.zs) + at.fitted
        return DualPoint(at.r, at.field, at.arcs, at.zs, value, gradient, at.fitted, at.pull, at.low)

    def gap(self, at: DualPoint) -> float:
        """Primal minus dual value, ½ Σ ω (∂Φ)²: the primal is that of the Gibbs law at r."""
        return 0.5 * float(np.sum(self.omega * at.gradient**2))

    def _search(self, b: float, at: DualPoint, step: Array, decrement: float) -> DualPoint | None:
        """The longest of the steps 1, ½, ¼ … that stays feasible and, far from the solution, descends enough.

        The change of Φ is formed from changes, so that it keeps its digits where Φ is large.
        """
        slope, bend = float(np.sum(step * at.fitted)), 0.5 * float(np.sum(step * self.per_weight(step)))
        length = 1.0
        while length > _SHORTEST:
            trial = self.moved(b, at, length * step)
            if trial is not None:
                change = math.log(trial.zs / at.zs) / b + length * (slope + length * bend)
                if decrement * b < _CLOSE or change <= -0.1 * length * decrement:
                    return trial
            length *= 0.5
        return None

    def minimise(self, b: float, at: DualPoint, end: float, level: float) -> Stage:
        """Newton steps at one temperature until B times the squared decrement is below end or √(2·gap) within level."""
        best, least, stalled = at, math.inf, 0
        for iteration in range(1, _ITERATIONS + 1):
            gap = self.gap(at)
            if 2.0 * gap <= level * level:
                return Stage(at, "converged", iteration)
            try:
                step = newton_direction(self.circle, self.omega, b, at.zs, at.arcs, at.gradient)
            except np.linalg.LinAlgError:
                return Stage(at, "precision", iteration)
            decrement = -float(step @ at.gradient)
            if not decrement > 0:  # rounding has left no descent
                return Stage(at if least == math.inf else best, "precision", iteration)
            if decrement * b < end:
                return Stage(at, "converged", iteration)
            if decrement * b < _CLOSE:
                stalled = 0 if gap < 0.25 * least else stalled + 1
                best, least = (at, gap) if gap < least else (best, least)
                if stalled == _STALLS:
                    return Stage(best, "precision", iteration)
            trial = self._search(b, at, step, decrement)
            if trial is None:
                return Stage(best if least < math.inf else at, "precision", iteration)
            at = trial
        return Stage(at, "iterations", _ITERATIONS)

    def follow(self, b: float, stage: float, at: DualPoint, level: float, end: float) -> DualSolution:
        """Continuation from a point at B = stage to B = b."""
        safe, total = Safe(stage, at.r, at.low), 0
        while True:
            last = stage == b
            solution = self.minimise(stage, at, end if last else STAGE_END, level if last else 0.0)
            total, at = total + solution.iterations, solution.point
            if solution.stop == "converged" and at.field.margin > self.margin:
                safe = Safe(stage, at.r, at.low)
            if last or solution.stop != "converged":
                return DualSolution(at, solution.stop, total, stage, safe)
            before, stage = stage, min(b, stage * _FACTOR)
            at = self.at_stage(stage, before, at)


def solve_dual(circle: Circle, omega: Array, y: Array, b: float) -> DualSolution:
    """Minimise Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y over |g| < 1, in units where λ = 1 and B = βλ².

    Φ is strictly convex with Hessian at least 1/ω, so that the remaining error in r is bounded by the gradient.

    Args: circle: the geometry of the inputs; omega: weights (M,), sum 1, zero for a break that carries no datum; y:
        targets divided by λ (M,), zero there; b: B > 0.
    Returns: the point reached, with stop "converged", "precision" (rounding keeps the steps from shrinking further) or
        "iterations"; the latter two perhaps at a higher temperature 1/stage than 1/B.
    Source: derived in this project.
    """
    dual = Dual(circle, omega, y)
    stage = min(b, 1.0 / max(float(np.max(np.abs(y))) ** 2, 1e-300))
    zero = np.zeros(circle.size)
    at = dual.start(stage, zero, zero)
    assert at is not None  # g = 0
    return dual.follow(b, stage, at, 0.0, LAST_END)
