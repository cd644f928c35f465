"""Newton's method on weights and directions together, in long arithmetic: units slide along the circle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flint import arb, arb_mat
from numpy.typing import NDArray
from scipy.linalg import qr, solve_triangular

from .circle import Circle
from .segments import Segments
from .sparse_model import LongUnit, SparseModel, datum_direction, ends_of, features, in_arc, long_features
from .units import runs

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_SINGULAR = 1e-14  # diagonal of the triangle of unit columns below which a direction is left alone
_SUFFICIENT = 0.05  # share of the slope's promise below which a step is shortened
_CLOSE = 1e-8  # share of the loss below which a decrease that fails to come is put down to rounding
_HALVINGS = 40
_DEGENERATE = 1e-60  # a step shorter than this is none


def _cross(a: tuple[arb, arb], b: tuple[arb, arb]) -> arb:
    return a[0] * b[1] - a[1] * b[0]


def _direction(circle: Circle, index: int) -> tuple[arb, arb]:
    """Direction of a break, the common arc's middle excepted."""
    return datum_direction(circle, 2 * index)


def merged(circle: Circle, units: list[LongUnit]) -> list[LongUnit]:
    """Replace units of one sign in one closed arc by their vector sum: the same function at no larger Σ|c|."""
    result = []
    for sign in (-1, 1):
        some = sorted((unit for unit in units if unit.sign == sign), key=lambda unit: unit.place)
        for members, place in runs(circle, np.array([unit.place for unit in some], dtype=np.intp)):
            p = sum((some[k].p for k in members), arb(0)).mid()
            q = sum((some[k].q for k in members), arb(0)).mid()
            result.append(LongUnit(p, q, sign, place))
    return result


def _located(circle: Circle, unit: LongUnit) -> LongUnit | None:
    """The unit with the place of its direction, wherever that is; None where no datum sees it."""
    w, b = unit.sign * unit.p, unit.sign * unit.q
    size = circle.size
    if float(w) == 0.0:
        return LongUnit(unit.p, unit.q, unit.sign, 2 * size) if b > 0 else None
    knot = -b / w
    below = int(np.searchsorted(circle.x, float(knot)))  # number of data below the knot
    while below < size and arb(float(circle.x[below])) < knot:
        below += 1
    while below > 0 and arb(float(circle.x[below - 1])) > knot:
        below -= 1
    right = bool(w > 0)
    if below == (size if right else 0):
        return None
    common = below == (0 if right else size)
    arc = size - 1 - below if right else 2 * size - below
    return LongUnit(unit.p, unit.q, unit.sign, 2 * size if common else 2 * arc + 1)


def _pinned(circle: Circle, unit: LongUnit, index: int) -> LongUnit | None:
    """The part of a unit along a break; None on the outermost breaks, whose units no datum sees."""
    if index in (0, 2 * circle.size):
        return None
    w, b = _direction(circle, index)
    size = unit.sign * (unit.p * w + unit.q * b)
    if not size > 0:
        return None
    return LongUnit((unit.sign * size * w).mid(), (unit.sign * size * b).mid(), unit.sign, 2 * index)


@dataclass(frozen=True)
class _Direction:
    """A step: changes of |c| and across the units' vectors, and the decrease ∇ᵀH⁻¹∇ that twice a model promises."""

    along: list[arb]
    across: list[arb]
    decrement: float

    def applied(self, model: SparseModel, length: float) -> list[LongUnit]:
        """The units moved by a part of the step, where they are."""
        steps = zip(model.units, self.along, self.across, strict=True)
        return [unit.plus(length * along, length * across) for unit, along, across in steps]


def _gradient(model: SparseModel, free: Mask) -> list[arb]:
    """Derivatives of the loss in |c| of all units and across the vectors of those inside arcs."""
    turning = [unit.sign * torque for unit, torque, f in zip(model.units, model.torque, free, strict=True) if f]
    return [unit.sign * level for unit, level in zip(model.units, model.level, strict=True)] + turning


def _spread(free: Mask, step: list[arb], decrement: float) -> _Direction:
    across = [arb(0)] * len(free)
    for k, change in zip(np.flatnonzero(free).tolist(), step[len(free) :], strict=True):
        across[k] = change
    return _Direction(step[: len(free)], across, decrement)


def _newton(model: SparseModel, cautious: bool) -> _Direction:
    """Newton step of the loss in the units' vectors.

    The Hessian is AᵀA with the rows of A those of the data and of the curvature 1/|u| of |u| across u. An orthogonal
    factorisation of A keeps directions that forming AᵀA would lose; dependent columns are left alone. The cautious step
    has the curvature 1/|u| along u too: |v| ≤ (|v|² + |u|²)/(2|u|), so that its model is above the loss.
    """
    free = model.arcs()
    sign = np.array([unit.sign for unit in model.units], dtype=np.float64)
    value, derivative = features(model.data, model.units)
    bend = 1.0 / np.sqrt(np.array([float(v) for v in model.sizes])[free])
    data = np.concatenate([value * sign, (derivative * sign)[:, free]], axis=1)
    rows = np.arange(len(bend))
    curvature = np.zeros((len(bend) * (2 if cautious else 1), data.shape[1]))
    curvature[rows, len(free) + rows] = bend
    if cautious:
        curvature[len(bend) + rows, np.flatnonzero(free)] = bend
    matrix = np.concatenate([data, curvature])
    gradient = np.array([float(v) for v in _gradient(model, free)])
    scale = 1.0 / np.maximum(np.linalg.norm(matrix, axis=0), 1e-300)
    triangle, order = qr(matrix * scale, mode="r", pivoting=True, check_finite=False)
    rank = int(np.sum(np.abs(np.diag(triangle)) > _SINGULAR))
    triangle, order = triangle[:rank, :rank], order[:rank]
    right = solve_triangular(triangle, (gradient * scale)[order], trans="T", check_finite=False)
    step = np.zeros(len(scale))
    step[order] = -scale[order] * solve_triangular(triangle, right, check_finite=False)
    return _spread(free, [arb(v) for v in step.tolist()], float(right @ right))


def _long_newton(model: SparseModel) -> _Direction | None:
    """Newton step with its equations formed and solved in long arithmetic; None where they are singular."""
    free = model.arcs()
    value, derivative = long_features(model.data, model.units)
    columns = value + [column for column, f in zip(derivative, free, strict=True) if f]
    matrix = arb_mat(columns)
    hessian = matrix * matrix.transpose()
    for j, k in enumerate(np.flatnonzero(free).tolist(), start=len(free)):
        hessian[j, j] += 1 / model.sizes[k]
    gradient = _gradient(model, free)
    try:
        found = hessian.solve(arb_mat([[-v] for v in gradient]), algorithm="approx")
    except ZeroDivisionError:
        return None
    step = [found[k, 0].mid() for k in range(len(gradient))]
    return _spread(free, step, -float(sum((g * s for g, s in zip(gradient, step, strict=True)), arb(0))))


def _vanished(circle: Circle, unit: LongUnit, before: LongUnit) -> bool:
    """Whether a unit at a datum has moved to the other side of 0."""
    return not in_arc(circle, unit.place) and not unit.p * before.p > 0


def _jump(circle: Circle, moved: list[LongUnit], units: list[LongUnit]) -> list[LongUnit]:
    """Units where a step takes them, over any number of data; those at data shrink to nothing at most."""
    result: list[LongUnit | None] = []
    for unit, before in zip(moved, units, strict=True):
        if in_arc(circle, unit.place):
            result.append(_located(circle, unit))
        elif not _vanished(circle, unit, before):
            result.append(unit)
    return [unit for unit in result if unit is not None]


def _clamp(circle: Circle, moved: list[LongUnit], units: list[LongUnit]) -> list[LongUnit]:
    """Units stopped at the ends of their arcs, each by itself."""
    result: list[LongUnit | None] = []
    for unit, before in zip(moved, units, strict=True):
        if not in_arc(circle, unit.place):
            result.append(None if _vanished(circle, unit, before) else unit)
            continue
        low, high = ends_of(circle, unit.place)
        vector = unit.sign * unit.p, unit.sign * unit.q
        if not _cross(_direction(circle, low), vector) > 0:
            result.append(_pinned(circle, unit, low))
        elif not _cross(vector, _direction(circle, high)) > 0:
            result.append(_pinned(circle, unit, high))
        else:
            result.append(unit)
    return [unit for unit in result if unit is not None]


def _longest(model: SparseModel, moved: list[LongUnit], along: list[arb]) -> tuple[float, int, int]:
    """Largest t ≤ 1 that keeps every unit in its arc, the unit that stops it (−1: none) and the break it reaches."""
    circle = model.data.circle
    best, blocker, reached = 1.0, -1, -1
    for k, (unit, after, size) in enumerate(zip(model.units, moved, model.sizes, strict=True)):
        if not in_arc(circle, unit.place):
            if along[k] < 0 and float(-size / along[k]) < best:
                best, blocker, reached = float(-size / along[k]), k, -1
            continue
        start = unit.sign * unit.p, unit.sign * unit.q
        step = unit.sign * (after.p - unit.p), unit.sign * (after.q - unit.q)
        low, high = ends_of(circle, unit.place)
        for index, turn in ((low, 1), (high, -1)):
            direction = _direction(circle, index)
            room, slope = turn * _cross(direction, start), turn * _cross(direction, step)
            if slope < 0 and float(-room / slope) < best:
                best, blocker, reached = max(float(-room / slope), 0.0), k, index
    return best, blocker, reached


def _blocked(model: SparseModel, direction: _Direction, moved: list[LongUnit]) -> tuple[float, list[LongUnit]]:
    """The step as far as the first unit that meets an end of its arc, or 0, and is put there."""
    length, blocker, reached = _longest(model, moved, direction.along)
    circle, result = model.data.circle, direction.applied(model, length)
    if blocker >= 0:
        pinned = _pinned(circle, result[blocker], reached) if reached >= 0 else None
        result[blocker : blocker + 1] = [] if pinned is None else [pinned]
    return length, result


def _attempt(model: SparseModel, direction: _Direction) -> tuple[SparseModel, bool]:
    """The best of what a step leads to, over the data, to the ends of arcs, to the first such end; whether it will do.

    A step of no length at all puts a unit that was just freed, and would turn back, on its datum again.
    """
    data, circle = model.data, model.data.circle
    full = direction.applied(model, 1.0)
    length, ways = 1.0, [_jump(circle, full, model.units)]
    if [unit.place for unit in ways[0]] != [unit.place for unit in model.units]:
        length, blocked = _blocked(model, direction, full)
        ways += [_clamp(circle, full, model.units), blocked]
    trials = [SparseModel(data, merged(circle, way)) for way in ways]
    best = min(trials, key=lambda trial: float(trial.value - model.value))
    if best.value < model.value - _SUFFICIENT * length * direction.decrement:
        return best, True
    return (SparseModel(data, ways[-1]), True) if length < _DEGENERATE else (best, False)


def _along_ray(model: SparseModel, direction: _Direction) -> SparseModel:
    """The lowest of ever shorter steps that keep all units in their arcs, where the loss is convex."""
    length = _longest(model, direction.applied(model, 1.0), direction.along)[0]
    best = model
    for _ in range(_HALVINGS):
        length *= 0.5
        trial = SparseModel(model.data, merged(model.data.circle, direction.applied(model, length)))
        if best is not model and not trial.value < best.value:
            break
        best = trial if trial.value < best.value else best
    return best


def _step(model: SparseModel) -> SparseModel | None:
    """The model after Newton's step, or else the best of a shorter and a cautious one; None if neither is lower."""
    direction = _newton(model, cautious=False)
    best, good = _attempt(model, direction)
    if not good and direction.decrement < _CLOSE * float(model.value):
        exact = _long_newton(model)
        if exact is not None:
            best, good = _attempt(model, exact)
    if good:
        return best
    shrinking = min(range(len(model.units)), key=lambda k: float(direction.along[k] / model.sizes[k]))
    dropped = SparseModel(model.data, model.units[:shrinking] + model.units[shrinking + 1 :])
    cautious = _attempt(model, _newton(model, cautious=True))[0]
    trials = [best, _along_ray(model, direction), cautious, dropped]
    best = min(trials, key=lambda trial: float(trial.value - model.value))
    return best if best.value < model.value else None


def _released(model: SparseModel, held: set[int]) -> SparseModel:
    """Units at data freed into the neighbouring arc where the loss falls, each at most once."""
    circle = model.data.circle
    free = model.arcs()
    units, changed = list(model.units), False
    for k, unit in enumerate(model.units):
        if free[k] or unit.place * unit.sign in held:
            continue
        clockwise, anticlockwise = (unit.sign * torque for torque in model.one_sided(k))
        if max(clockwise, -anticlockwise) <= 0:
            continue
        held.add(unit.place * unit.sign)
        arc = unit.place // 2 - (clockwise > -anticlockwise)
        place = 2 * circle.size if arc in (circle.size - 1, circle.size) else 2 * arc + 1
        units[k] = LongUnit(unit.p, unit.q, unit.sign, place)
        changed = True
    return SparseModel(model.data, units) if changed else model


def slide(data: Segments, units: list[LongUnit], steps: int, solved: float) -> SparseModel:
    """Lower ½ Σ ω(f − η)² + Σ|c| by moving units' weights and directions until |g + sign c|, |g′| are below `solved`.

    A step may carry units over many data; where that does not pay they stop at data, and leave them where it does. A
    unit whose weight comes to 0 is dropped. Every step lowers the loss, in long arithmetic.

    Args: data; units: where to start; steps: most steps; solved: residual at which to stop.
    Returns: the model reached.
    Source: derived in this project.
    """
    model = SparseModel(data, merged(data.circle, units))
    held: set[int] = set()
    for _ in range(steps):
        if not model.units:
            break
        model = _released(model, held)
        if model.residual <= solved:
            break
        found = _step(model)
        if found is None:
            break
        model = found
    return model
