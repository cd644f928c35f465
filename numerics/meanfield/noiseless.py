"""The exact convex problem at β = ∞: an active set of units that slide on the circle, and its duality gap."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr, solve_triangular

from .circle import Circle, Correlation, correlation
from .contacts import largest, local_maxima
from .lasso import nonnegative_lasso
from .polish import polish
from .units import Units, columns, longest_step, merge, moved, no_units, on_arc

Array = NDArray[np.float64]

_BATCH = 40  # units added at once
_OUTER = 400
_SLIDES = 100
_ROUNDING = 4e-15  # relative violation |g| − 1, gap or decrease taken as rounding
_SINGULAR = 1e-13  # diagonal of the triangle of unit columns below which a direction is left alone
_REPAIRABLE = 1e-6  # distance of |g| from 1 at the units below which it is put down to rounding
_PATIENCE = 5  # rounds without halving the gap before giving up
_PROGRESS = 1e-11  # relative decrease of the objective that counts as progress
_GOOD = 1e-12  # relative gap called converged


@dataclass(frozen=True)
class NoiselessSolution:
    """Units of a minimiser, r = ω(f − y) and its correlation, primal value, gap, and why the solver stopped there."""

    units: Units
    r: Array
    field: Correlation
    objective: float
    gap: float
    relative_gap: float
    stop: Literal["converged", "precision", "iterations"]
    iterations: int


@dataclass(frozen=True)
class _Problem:
    circle: Circle
    omega: Array
    y: Array

    def residuals(self, units: Units) -> Array:
        """r = ω(f − y), moved by the rounding of f so that g = −sign c at the units, where that is a small change."""
        value = columns(self.circle, units)[0]
        r = self.omega * (value @ units.c - self.y)
        if 0 < len(units) <= len(r):
            root = np.sqrt(self.omega)
            q, triangle = np.linalg.qr(root[:, None] * value)
            for _ in range(2):
                miss = value.T @ r + np.sign(units.c)
                if np.min(np.abs(np.diag(triangle))) == 0.0 or np.max(np.abs(miss)) > _REPAIRABLE:
                    break
                r = r - root * (q @ np.linalg.solve(triangle.T, miss))
        return r

    def value(self, units: Units) -> float:
        error = columns(self.circle, units)[0] @ units.c - self.y
        return 0.5 * float(np.sum(self.omega * error * error)) + float(np.sum(np.abs(units.c)))

    def lasso(self, units: Units, fresh: Units) -> Units:
        """Best weights of fixed directions, old and fresh, each of its sign, with independent columns left in use."""
        root, both = np.sqrt(self.omega), units.join(fresh)
        sign = np.sign(both.c)
        start = np.concatenate([np.abs(units.c), np.zeros(len(fresh))])
        matrix = root[:, None] * columns(self.circle, both)[0] * sign
        return both.reweighted(sign * nonnegative_lasso(matrix, root * self.y, start))

    def newton(self, units: Units) -> tuple[Array, Array, float]:
        """Newton step (radial, tangential) of ½ Σ ω(f − y)² + Σ |u| in the units' vectors u, and its decrement.

        The Hessian is AᵀA with the rows of A those of the data and of the curvature 1/|u| across u. An orthogonal
        factorisation of A keeps directions that forming AᵀA would lose; dependent columns are left alone.
        """
        value, derivative = columns(self.circle, units)
        count, root = len(units), np.sqrt(self.omega)
        sign, z = np.sign(units.c), np.abs(units.c)
        arc = on_arc(self.circle, units.place)
        error = root * (value @ units.c - self.y)
        data = root[:, None] * np.concatenate([value * sign, (derivative * sign)[:, arc]], axis=1)
        bend = np.diag(np.concatenate([np.zeros(count), 1.0 / np.sqrt(z[arc])]))[count:]
        matrix = np.concatenate([data, bend])
        scale = 1.0 / np.maximum(np.linalg.norm(matrix, axis=0), 1e-300)
        cost = np.concatenate([np.ones(count), np.zeros(int(np.sum(arc)))]) * scale
        q, triangle, order = qr(matrix * scale, mode="economic", pivoting=True, check_finite=False)
        rank = int(np.sum(np.abs(np.diag(triangle)) > _SINGULAR))
        triangle, order = triangle[:rank, :rank], order[:rank]
        right = q[: len(error), :rank].T @ error + solve_triangular(
            triangle, cost[order], trans="T", check_finite=False
        )
        step = np.zeros(len(scale))
        step[order] = -scale[order] * solve_triangular(triangle, right, check_finite=False)
        tangential = np.zeros(count)
        tangential[arc] = step[count:]
        return step[:count], tangential, float(right @ right)

    def slide(self, units: Units) -> Units:
        """Newton's method on weights and angles together; a unit stops at a datum's direction and is dropped at 0."""
        value = self.value(units)
        extra = 0
        for _ in range(_SLIDES):
            if len(units) == 0:
                break
            radial, tangential, decrement = self.newton(units)
            limit, blocker = longest_step(self.circle, units, radial, tangential)
            small = decrement <= _ROUNDING * value
            length = limit
            while True:
                trial = merge(
                    self.circle,
                    moved(self.circle, units, length * radial, length * tangential, blocker if length == limit else -1),
                )
                trial_value = self.value(trial)
                if small or trial_value <= value - 0.1 * length * decrement + _ROUNDING * value or length < 1e-8:
                    break
                length *= 0.5
            units, value = trial, trial_value
            if small and blocker < 0:
                extra += 1
                if extra == 2:  # quadratic convergence: these have reached the last digits
                    break
        return units

    def gap(self, units: Units, r: Array, field: Correlation) -> float:
        """Primal minus dual value at αr, α = 1/max(1, |g|): ½(1−α)² Σ r²/ω + Σ (|c| + α c g), a sum of terms ≥ 0."""
        alpha = 1.0 / max(1.0, largest(field))
        error = float(np.sum(r * r / self.omega))
        slack = np.abs(units.c) + alpha * units.c * (columns(self.circle, units)[0].T @ r)
        return 0.5 * (1.0 - alpha) ** 2 * error + float(np.sum(slack))


def solve_noiseless(circle: Circle, omega: Array, y: Array, start: Units | None = None) -> NoiselessSolution:
    """Minimise ½ Σ ω(f − y)² + Σ|c| over f = Σ c_k (x cos φ_k + sin φ_k)₊, in units where λ = 1.

    Local maxima of |g| above 1 join the active set, a lasso sets its weights, Newton's method moves weights and angles.
    The gap is that of the residuals scaled into the dual's feasible set |g| ≤ 1, so that it bounds the error whatever
    the path: gap ≥ objective − minimum ≥ 0.

    Args: circle: the geometry of the inputs; omega: weights (M,), positive, sum 1; y: targets divided by λ (M,); start:
        units to start from, such as those of a neighbouring λ on the same circle.
    Returns: the best solution found; "converged" means a relative gap of at most 1e-12.
    Source: derived in this project.
    """
    problem = _Problem(circle, omega, y)
    units = no_units()
    if start is not None and len(start) > 0:
        units = problem.slide(merge(circle, problem.lasso(no_units(), start)))
    best: NoiselessSolution | None = None
    scale = 0.5 * float(np.sum(omega * y * y))
    patience, iteration, lowest = 0, 0, math.inf
    for iteration in range(1, _OUTER + 1):
        r = problem.residuals(units)
        field = correlation(circle, r)
        value = problem.value(units)
        gap = abs(problem.gap(units, r, field))
        relative = gap / max(value, scale) if scale > 0 else 0.0
        progress = best is None or gap < 0.5 * best.gap or value < lowest - _PROGRESS * lowest
        patience, lowest = 0 if progress else patience + 1, min(lowest, value)
        if best is None or gap < best.gap:
            best = NoiselessSolution(units, r, field, value, gap, relative, "iterations", iteration)
        found = local_maxima(circle, field, 1.0 + _ROUNDING)
        found = found.pick(np.argsort(-np.abs(found.c), kind="stable")[:_BATCH])
        # No stop on a small gap alone: it is quadratic in the weight of a unit that is still missing.
        if len(found) == 0 or patience > (_PATIENCE if relative > 0.1 * _GOOD else 0):
            break
        units = problem.slide(merge(circle, problem.lasso(units, found)))
    assert best is not None
    polished = polish(circle, omega, y, best.units)
    if polished is not None:
        field = correlation(circle, polished.r)
        gap = abs(problem.gap(polished.units, polished.r, field))
        relative = gap / max(polished.objective, scale)
        if relative <= max(best.relative_gap, 0.1 * _GOOD):
            best = replace(
                best, units=polished.units, r=polished.r, field=field,
                objective=polished.objective, gap=gap, relative_gap=relative,
            )  # fmt: skip
    stop: Literal["converged", "precision", "iterations"] = "iterations" if iteration == _OUTER else "precision"
    if best.relative_gap <= _GOOD:
        stop = "converged"
    return NoiselessSolution(
        best.units, best.r, best.field, best.objective, best.gap, best.relative_gap, stop, iteration
    )
