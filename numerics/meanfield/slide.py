"""Newton's method on weights and directions together, in long arithmetic: units slide along the circle."""

from __future__ import annotations

import numpy as np
from flint import arb
from numpy.typing import NDArray
from scipy.linalg import qr, solve_triangular

from .circle import Circle
from .segments import Segments
from .sparse_model import LongUnit, SparseModel, datum_direction, features
from .units import arc_breaks, on_arc, runs

Array = NDArray[np.float64]

_SINGULAR = 1e-14  # diagonal of the triangle of unit columns below which a direction is left alone
_SUFFICIENT = 0.1  # share of the decrease that Newton's model promises, below which a step is shortened
_SHORTEST = 2.0**-20
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


def newton(model: SparseModel) -> tuple[Array, Array, float]:
    """Newton step (along, across) of the loss in the units' vectors, and its decrement ∇ᵀH⁻¹∇.

    The Hessian is AᵀA with the rows of A those of the data and of the curvature 1/|u| of |u| across u. An orthogonal
    factorisation of A keeps directions that forming AᵀA would lose; dependent columns are left alone.
    """
    units, free = model.units, model.arcs()
    sign = np.array([unit.sign for unit in units], dtype=np.float64)
    value, derivative = features(model.data, units)
    size = np.array([float(v) for v in model.sizes])
    count, turning = len(units), int(np.sum(free))
    bend = np.zeros((turning, count + turning))
    bend[np.arange(turning), count + np.arange(turning)] = 1.0 / np.sqrt(size[free])
    matrix = np.concatenate([np.concatenate([value * sign, (derivative * sign)[:, free]], axis=1), bend])
    gradient = np.concatenate(
        [sign * np.array([float(v) for v in model.level]), (sign * np.array([float(v) for v in model.torque]))[free]]
    )
    scale = 1.0 / np.maximum(np.linalg.norm(matrix, axis=0), 1e-300)
    triangle, order = qr(matrix * scale, mode="r", pivoting=True, check_finite=False)
    rank = int(np.sum(np.abs(np.diag(triangle)) > _SINGULAR))
    triangle, order = triangle[:rank, :rank], order[:rank]
    right = solve_triangular(triangle, (gradient * scale)[order], trans="T", check_finite=False)
    step = np.zeros(len(scale))
    step[order] = -scale[order] * solve_triangular(triangle, right, check_finite=False)
    across = np.zeros(count)
    across[free] = step[count:]
    return step[:count], across, float(right @ right)


def _jump(circle: Circle, moved: list[LongUnit], along: Array, sizes: list[arb]) -> list[LongUnit]:
    """Units where a step takes them, over any number of data; those at data shrink to nothing at most."""
    result = []
    for unit, change, size in zip(moved, along.tolist(), sizes, strict=True):
        if unit.place % 2 == 0 and unit.place != 2 * circle.size:
            if size + change > 0:
                result.append(unit)
        else:
            found = _located(circle, unit)
            if found is not None:
                result.append(found)
    return result


def _clamp(circle: Circle, moved: list[LongUnit], along: Array, sizes: list[arb]) -> list[LongUnit]:
    """Units stopped at the ends of their arcs, each by itself."""
    result: list[LongUnit | None] = []
    for unit, change, size in zip(moved, along.tolist(), sizes, strict=True):
        if not on_arc(circle, np.array([unit.place]))[0]:
            result.append(unit if size + change > 0 else None)
            continue
        low, high = (int(end[0]) for end in arc_breaks(circle, np.array([unit.place])))
        vector = unit.sign * unit.p, unit.sign * unit.q
        if not _cross(_direction(circle, low), vector) > 0:
            result.append(_pinned(circle, unit, low))
        elif not _cross(vector, _direction(circle, high)) > 0:
            result.append(_pinned(circle, unit, high))
        else:
            result.append(unit)
    return [unit for unit in result if unit is not None]


def _longest(model: SparseModel, along: Array, across: Array) -> tuple[float, int, int]:
    """Largest t ≤ 1 that keeps every unit in its arc, the unit that stops it (−1: none) and the break it reaches."""
    circle = model.data.circle
    best, blocker, reached = 1.0, -1, -1
    for k, (unit, size) in enumerate(zip(model.units, model.sizes, strict=True)):
        if not on_arc(circle, np.array([unit.place]))[0]:
            if along[k] < 0 and float(size) / -along[k] < best:
                best, blocker, reached = float(size) / -along[k], k, -1
            continue
        moved = unit.plus(arb(float(along[k])), arb(float(across[k])))
        start = unit.sign * unit.p, unit.sign * unit.q
        step = unit.sign * (moved.p - unit.p), unit.sign * (moved.q - unit.q)
        low, high = (int(end[0]) for end in arc_breaks(circle, np.array([unit.place])))
        for index, turn in ((low, 1), (high, -1)):
            direction = _direction(circle, index)
            room, slope = turn * _cross(direction, start), turn * _cross(direction, step)
            if slope < 0 and float(-room / slope) < best:
                best, blocker, reached = max(float(-room / slope), 0.0), k, index
    return best, blocker, reached


def _blocked(model: SparseModel, along: Array, across: Array) -> tuple[float, list[LongUnit]]:
    """The step as far as the first unit that meets an end of its arc, or 0, and is put there."""
    length, blocker, reached = _longest(model, along, across)
    circle = model.data.circle
    result = []
    for k, unit in enumerate(model.units):
        moved = unit.plus(arb(length * float(along[k])), arb(length * float(across[k])))
        if k != blocker:
            result.append(moved)
        elif reached >= 0:
            pinned = _pinned(circle, moved, reached)
            if pinned is not None:
                result.append(pinned)
    return length, result


def _step(model: SparseModel, along: Array, across: Array, decrement: float) -> SparseModel | None:
    """The best of what a step leads to: over the data, to the ends of arcs, to the first such end; None: no descent."""
    data, circle = model.data, model.data.circle
    full = [u.plus(arb(a), arb(t)) for u, a, t in zip(model.units, along.tolist(), across.tolist(), strict=True)]
    ways = [_jump(circle, full, along, model.sizes), _clamp(circle, full, along, model.sizes)]
    if [unit.place for unit in ways[0]] == [unit.place for unit in ways[1]]:
        ways = ways[:1]
    trials = [SparseModel(data, merged(circle, way)) for way in ways]
    length, blocked = 1.0, model.units
    if len(ways) == 2:
        length, blocked = _blocked(model, along, across)
        trials.append(SparseModel(data, blocked if length < _DEGENERATE else merged(circle, blocked)))
    best = min(trials, key=lambda trial: float(trial.value - model.value))
    if best.value < model.value - _SUFFICIENT * length * decrement * arb(0.5):
        return best
    if length < _DEGENERATE:  # a unit just freed would turn back into its datum: hold it there
        return trials[-1]
    while length > _SHORTEST:
        length *= 0.5
        shorter = [
            u.plus(arb(length * a), arb(length * t))
            for u, a, t in zip(model.units, along.tolist(), across.tolist(), strict=True)
        ]
        trial = SparseModel(data, merged(circle, _clamp(circle, shorter, length * along, model.sizes)))
        if trial.value < model.value - _SUFFICIENT * length * decrement * arb(0.5):
            return trial
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
        along, across, decrement = newton(model)
        if not np.isfinite(decrement):
            break
        residual = max(abs(float(v)) for v in model.level)
        turning = max((abs(float(v)) for v, free in zip(model.torque, model.arcs(), strict=True) if free), default=0.0)
        if max(residual, turning) <= solved:
            break
        found = _step(model, along, across, decrement)
        if found is None:
            break
        model = found
    return model
