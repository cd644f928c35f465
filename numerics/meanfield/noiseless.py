"""The exact convex problem at β = ∞: an active set of units that slide on the circle, and its duality gap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from .circle import Circle, Correlation, correlation
from .lasso import nonnegative_lasso
from .scan import Peaks, Scan, scan
from .segments import BITS, Segments
from .slide import slide
from .sparse_model import LongUnit, SparseModel, features, from_units, to_units
from .touching import find_contacts
from .units import Units

Array = NDArray[np.float64]

_BATCH = 40  # units added at once
_OUTER = 400
_STEPS = 60  # Newton steps between two passes over the data
_COARSE = 6  # the same as long as units still enter and slide over many data, which settles later anyway
_SETTLED = 1e-3  # share of the loss by which a coarse pass has to lower it
_SOLVED = 1e-26  # residual of g = ±1 and g′ = 0 at the units taken as solved
_PATIENCE = 6  # passes without a smaller gap before giving up
_GOOD = 1e-12  # relative gap called converged
_ROUNDING = 4 * float(np.finfo(float).eps)  # relative sine of an angle between directions that are one


@dataclass(frozen=True)
class NoiselessSolution:
    """Units of a minimiser, r = ω(f − y/λ), primal value, gap, contacts, and why the solver stopped there.

    contacts: the directions with |g| = 1 up to the rounding of the data, the units' own among them.
    """

    units: Units
    contacts: Units
    r: Array
    objective: float
    gap: float
    relative_gap: float
    stop: Literal["converged", "precision", "iterations"]
    iterations: int
    _circle: Circle

    @cached_property
    def field(self) -> Correlation:
        """g of the rounded r, in doubles."""
        return correlation(self._circle, self.r)


def _entering(model: SparseModel, found: Scan, stalled: bool) -> Peaks:
    """Peaks to join the active set: the highest of every excursion above 1, then the highest of all.

    None in an arc that has a unit of that sign, which will slide there, unless nothing else is left or helps.
    """
    peaks = found.peaks.pick(found.peaks.excess > max(found.noise, 10.0 * _SOLVED))
    taken = {unit.sign * unit.place for unit in model.units}
    fresh = np.array([int(s) * int(p) not in taken for s, p in zip(peaks.sign, peaks.place, strict=True)], dtype=bool)
    if np.any(fresh) and not stalled:
        peaks = peaks.pick(fresh)
    order = np.argsort(-peaks.excess, kind="stable")
    first = np.zeros(len(peaks), dtype=bool)
    first[order[np.unique(peaks.excursion[order], return_index=True)[1]]] = True
    chosen = np.concatenate([order[first[order]], order[~first[order]]])[:_BATCH]
    return peaks.pick(np.sort(chosen))


def _reweighted(model: SparseModel, found: Peaks) -> list[LongUnit]:
    """Best weights of fixed directions, old and new, each of its sign, with independent columns left in use."""
    new = found.units(model.data)
    both = [*model.units, *new]
    sign = np.array([unit.sign for unit in both], dtype=np.float64)
    start = np.array([*(float(size) for size in model.sizes), *(0.0 for _ in new)])
    gradient = np.concatenate([sign[: len(model.units)] * [float(v) for v in model.level], -found.excess])
    z = nonnegative_lasso(features(model.data, both)[0] * sign, gradient, start)
    result = [unit.plus(arb(z[k]) - arb(start[k]), arb(0)) for k, unit in enumerate(model.units) if z[k] > 0]
    weights = z[len(model.units) :].tolist()
    return result + [
        LongUnit((weight * unit.p).mid(), (weight * unit.q).mid(), unit.sign, unit.place)
        for unit, weight in zip(new, weights, strict=True)
        if weight > 0
    ]


def _gap(model: SparseModel, found: Scan) -> float:
    """Primal minus dual value at αr, α = 1/max |g|: ½(1−α)² Σ r²/ω + Σ |c|(1 + α g sign c), a sum of terms ≥ 0."""
    alpha = 1.0 / (1.0 + found.largest)
    rest = found.largest * alpha
    slack = sum(
        float(size) * (rest + alpha * unit.sign * float(level))
        for unit, size, level in zip(model.units, model.sizes, model.level, strict=True)
    )
    return abs(0.5 * rest * rest * found.square + slack)


def _solve(data: Segments, start: list[LongUnit]) -> tuple[SparseModel, Scan, float, bool, int]:
    """The model with the smallest gap, its scan and gap, whether the method came to an end, and its passes."""
    model = slide(data, start, _STEPS, _SOLVED)
    found = scan(model)
    best = model, found, _gap(model, found)
    patience, stalled, steps, settled = 0, False, _COARSE, True
    for iteration in range(1, _OUTER + 1):
        entering = _entering(model, found, stalled)
        if settled and (len(entering) == 0 or patience > _PATIENCE):
            return *best, True, iteration
        steps = steps if len(entering) else _STEPS
        after = slide(data, _reweighted(model, entering), steps, _SOLVED)
        settled, stalled = steps == _STEPS, not after.value < model.value
        steps = steps if after.value < (1 - _SETTLED) * model.value else _STEPS
        model, found = after, scan(after)
        gap = _gap(model, found)
        patience = patience + 1 if settled and gap >= best[2] else 0
        if gap <= best[2]:
            best = model, found, gap
    return *best, False, _OUTER


def _among(units: Units, others: Units) -> NDArray[np.bool_]:
    """Which units have the direction of one of the others, up to rounding: a peak at a datum lies on two arcs too."""
    (w, b), (v, a) = units.direction.T[:, :, None], others.direction.T[:, None, :]
    same = np.abs(w * a - b * v) <= _ROUNDING * (np.abs(w * a) + np.abs(b * v))
    return np.asarray(np.any(same & (w * v + b * a > 0), axis=1))


def solve_noiseless(
    circle: Circle, omega: Array, y: Array, start: Units | None = None, *, lam: float = 1.0
) -> NoiselessSolution:
    """Minimise ½ Σ ω(f − y/λ)² + Σ|c| over f = Σ c_k (x cos φ_k + sin φ_k)₊, the noiseless problem in units of λ.

    Local maxima of |g| above 1 join the active set, a lasso sets its weights, Newton's method moves weights and angles.
    Between neighbouring breaks of the units the data enter through six sums, so that only the search for local maxima,
    one pass over the data, costs O(M). The conditions are solved in long arithmetic, for the data as they are given.
    The gap is that of the residuals scaled into the dual's feasible set |g| ≤ 1, before the units are rounded to
    doubles: gap ≥ objective − minimum ≥ 0 whatever the path. The gap of the rounded units, from the residuals that
    they leave, is larger by what their rounding moves the fitted values.

    Args: circle: the geometry of the inputs; omega: weights (M,), positive, sum 1; y: targets (M,); start: units to
        start from, such as those of a neighbouring λ on the same circle, weights in units of λ; lam: ridge penalty λ.
    Returns: the best solution found; "converged" means a relative gap of at most 1e-12.
    Source: derived in this project.

    >>> from .circle import build_circle
    >>> solution = solve_noiseless(build_circle(np.array([-1.0, 1.0])), np.array([0.5, 0.5]), np.ones(2), lam=0.1)
    >>> solution.units.direction.tolist(), round(0.1 * float(solution.units.c[0]), 12)  # the constant 0.9
    ([[0.0, 1.0]], 0.9)
    """
    before, ctx.prec = ctx.prec, BITS
    try:
        data = Segments(circle, omega, y, lam)
        model, found, gap, ended, iterations = _solve(data, [] if start is None else from_units(circle, start))
        objective = float(model.value)
        scale = max(objective, 0.5 * float(np.sum(omega * data.target[0] ** 2)))
        relative = gap / scale if scale > 0 else 0.0
        stop: Literal["converged", "precision", "iterations"] = "precision" if ended else "iterations"
        units = to_units(model.units)
        touching = to_units(find_contacts(model, found))
        contacts = units.join(touching.pick(~_among(touching, units)))
        return NoiselessSolution(
            units, contacts, found.r, objective, gap, relative, "converged" if relative <= _GOOD else stop, iterations,
            circle,
        )  # fmt: skip
    finally:
        ctx.prec = before
