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
_FACTOR = 10.0  # between neighbouring temperatures of the continuation
_ITERATIONS = 60  # at each temperature
_STAGE_DECREMENT = 1e-3  # squared Newton decrement, in units of the temperature, that ends a stage before the last
_CLOSE = 1e-6  # squared decrement, in the same units, below which full steps are taken without comparing values
_TOLERANCE = 1e-13  # last Newton step in the fitted values, relative to the largest of targets and fitted values
_GOOD = 1e-12  # gap, relative to Σ ω y², above which a result does not count as converged
_STALLS = 2  # steps that do not quarter the gap, after which rounding is taken to rule
_MARGIN = 1e-8  # 1 − |g| above which the rounding of the residuals does no harm
_SHORTEST = 1e-12  # fraction of a Newton step at which the line search gives up


@dataclass(frozen=True)
class DualPoint:
    """The dual objective at r: the correlation, its arcs, Zs, the value, and the gradient in r (M,)."""

    r: Array
    field: Correlation
    arcs: ArcDerivatives
    zs: float
    value: float
    gradient: Array


@dataclass(frozen=True)
class DualSolution:
    """The last point of Newton's method, why it stopped there, after how many steps in all, and at which B.

    safe: the last B of the continuation with its residuals (M,) at which 1 − |g| is far above the rounding of g.
    """

    point: DualPoint
    stop: Stop
    iterations: int
    stage: float
    safe: tuple[float, Array]


@dataclass(frozen=True)
class _Stage:
    point: DualPoint
    stop: Stop
    iterations: int


@dataclass(frozen=True)
class _Problem:
    circle: Circle
    omega: Array
    y: Array

    def start(self) -> tuple[Array, Correlation]:
        r = np.zeros(self.circle.size)
        return r, correlation(self.circle, r)

    def fitted_shift(self, r: Array) -> Array:
        """r/ω, the fitted values minus the targets; 0 where there is no datum."""
        return np.divide(r, self.omega, out=np.zeros_like(r), where=self.omega > 0)

    def at(self, b: float, r: Array, field: Correlation) -> DualPoint | None:
        """Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y with its gradient; None where |g| reaches 1."""
        if not field.feasible:
            return None
        arcs = circle_derivatives(self.circle, field)
        zs = self.circle.dead + float(np.sum(arcs.integral))
        shift = self.fitted_shift(r)
        gradient = values_at_data(self.circle, arcs.weights) / (b * zs) + shift + self.y
        return DualPoint(r, field, arcs, zs, math.log(zs) / b + float(np.sum(r * (0.5 * shift + self.y))), gradient)

    def gap(self, at: DualPoint) -> float:
        """Primal minus dual value, ½ Σ ω (∂Φ)²: the primal is that of the Gibbs law at r."""
        return 0.5 * float(np.sum(self.omega * at.gradient**2))

    def search(self, b: float, at: DualPoint, step: Array, decrement: float) -> DualPoint | None:
        """The longest of the steps 1, ½, ¼ … that stays feasible and, far from the solution, descends enough."""
        length = 1.0
        while length > _SHORTEST:
            move = length * step
            trial = self.at(b, at.r + move, advance(self.circle, at.field, move))
            if trial is not None and (decrement * b < _CLOSE or trial.value <= at.value - 0.1 * length * decrement):
                return trial
            length *= 0.5
        return None

    def minimise(self, b: float, at: DualPoint, last: bool) -> _Stage:
        """Newton steps at one temperature: into the region of quadratic convergence, on the last one to rounding."""
        best, best_gap, stalled, arrived = at, math.inf, 0, False
        for iteration in range(1, _ITERATIONS + 1):
            try:
                step = newton_direction(self.circle, self.omega, b, at.zs, at.arcs, at.gradient)
            except np.linalg.LinAlgError:
                return _Stage(at, "precision", iteration)
            decrement = -float(step @ at.gradient)
            if not last and decrement * b < _STAGE_DECREMENT:
                return _Stage(at, "converged", iteration)
            trial = self.search(b, at, step, decrement)
            if decrement * b < _CLOSE:
                shift = self.fitted_shift(step)
                scale = np.max(np.abs(self.y)) + np.max(np.abs(self.fitted_shift(at.r)))
                arrived = arrived or bool(np.max(np.abs(shift)) <= _TOLERANCE * scale)
                gap = self.gap(at)
                stalled = 0 if gap < 0.25 * best_gap else stalled + 1
                best, best_gap = (at, gap) if gap < best_gap else (best, best_gap)
                if gap == 0.0 or stalled == _STALLS or (trial is None and arrived):
                    small = best_gap <= _GOOD * float(np.sum(self.omega * self.y**2))
                    return _Stage(best, "converged" if arrived and small else "precision", iteration)
            if trial is None:
                return _Stage(at, "precision", iteration)
            at = trial
        return _Stage(at, "iterations", _ITERATIONS)


def solve_dual(circle: Circle, omega: Array, y: Array, b: float) -> DualSolution:
    """Minimise Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y over |g| < 1, in units where λ = 1 and B = βλ².

    Φ is strictly convex with Hessian at least 1/ω, so that the remaining error in r is bounded by the gradient.

    Args: circle: the geometry of the inputs; omega: weights (M,), sum 1, zero for a break that carries no datum; y:
        targets divided by λ (M,), zero there; b: B > 0.
    Returns: the point reached, with stop "converged", "precision" (rounding keeps the steps from shrinking further) or
        "iterations"; the latter two perhaps at a higher temperature 1/stage than 1/B.
    Source: derived in this project.
    """
    problem = _Problem(circle, omega, y)
    stage = min(b, 1.0 / max(float(np.max(np.abs(y))) ** 2, 1e-300))
    r, field = problem.start()
    safe, total = (stage, r), 0
    while True:
        at = problem.at(stage, r, field)
        assert at is not None  # the field was feasible at the temperature before
        solution = problem.minimise(stage, at, stage == b)
        total += solution.iterations
        if solution.stop == "converged" and solution.point.field.margin > _MARGIN:
            safe = (stage, solution.point.r)
        if stage == b or solution.stop != "converged":
            return DualSolution(solution.point, solution.stop, total, stage, safe)
        r, field = solution.point.r, solution.point.field
        stage = min(b, stage * _FACTOR)
