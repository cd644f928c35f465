"""Which minimiser to return where there are several: the limit β → ∞, or a vertex with few knots."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from .circle import Circle
from .faces import Face, data_rows, directions, null_space, same_knot
from .units import Units, on_arc

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Mask = NDArray[np.bool_]

_POSITIVE = 1e-9  # share of Σ|c| below which a weight counts as zero
_CONSTANT = 1e-11  # slope of a common unit, times the largest input, that counts as none
_SOLVED, _REFUTED = 1e-11, 1e-8  # relative residuals of a set of knots that is enough and of one that is not
_SETS = 4000  # sets of knots tried at most
_BARRIERS = 10.0 ** -np.arange(2.0, 15.0)


@dataclass(frozen=True)
class Choice:
    """A minimiser: its units, a mask over the face's contacts of those left undecided, whether it is the sparsest."""

    units: Units
    undecided: Mask
    sparsest: bool | None


def entropic_selection(circle: Circle, face: Face, omega: Array) -> tuple[Units, Mask]:
    """Pick the minimiser that the limit β → ∞ selects: it maximises Σ|c|^{1/3} over the contacts inside arcs.

    A contact at a datum's direction is not in the sum and takes what the fitted values leave. Where they leave it free,
    it is undecided.

    Returns: the units, and a mask over face.contacts of those left undecided.
    Source: derived in this project; Newton's method with a logarithmic barrier on the contacts at data.
    """
    some = face.contacts.pick(face.possible)
    sign = np.sign(some.c)
    basis = null_space(data_rows(circle, some, omega) * sign)
    free = on_arc(circle, some.place)
    stray = null_space(basis[free]) if basis.shape[1] else np.zeros((0, 0))
    undecided = np.zeros(len(face.possible), dtype=bool)
    undecided[np.flatnonzero(face.possible)[np.any(np.abs(basis @ stray) > _POSITIVE, axis=1)]] = True
    z = np.abs(some.c)
    total = float(np.sum(z))

    def value(point: Array, barrier: float) -> float:
        if np.min(point) <= 0:
            return -np.inf
        return float(np.sum(np.cbrt(point[free] / total)) + barrier * np.sum(np.log(point[~free] / total)))

    for barrier in _BARRIERS if not np.all(free) else _BARRIERS[-1:]:
        for _ in range(60):
            share = z / total
            slope = np.where(free, share ** (-2.0 / 3.0) / 3.0, barrier / share) / total
            curve = np.where(free, share ** (-5.0 / 3.0) * (2.0 / 9.0), barrier / share**2) / total**2
            gradient = basis.T @ slope
            hessian = (basis.T * curve) @ basis
            step = basis @ np.linalg.lstsq(hessian, gradient, rcond=None)[0]
            rise = float(step @ slope)
            length = 1.0
            while (
                length > 1e-10 and value(z + length * step, barrier) < value(z, barrier) + 0.1 * length * rise - 1e-14
            ):
                length *= 0.5
            if length <= 1e-10:
                break
            z = z + length * step
            if rise < 1e-24:
                break
    return Units(some.phi, sign * z, some.place, some.direction), undecided


def _to_vertex(matrix: Array, z: Array) -> Array:
    """A vertex of {z ≥ 0, matrix z fixed} from any of its points: along null vectors until their support is gone."""
    z = np.where(z > _POSITIVE * np.sum(z), z, 0.0)
    while True:
        used = np.flatnonzero(z)
        basis = null_space(matrix[:, used])
        if basis.shape[1] == 0:
            return z
        step = basis[:, 0] if np.min(basis[:, 0]) < 0 else -basis[:, 0]
        falling = np.flatnonzero(step < 0)
        ratio = z[used][falling] / -step[falling]
        z[used] = np.maximum(z[used] + np.min(ratio) * step, 0.0)
        z[used[falling[np.argmin(ratio)]]] = 0.0


def _fewest_groups(matrix: Array, z: Array, group: Index) -> tuple[Array, bool]:
    """A point of {z ≥ 0, matrix z fixed} that uses the fewest groups, and whether all smaller sets were refuted.

    Groups are numbered from 0; columns of group −1 are free of charge. Sets of groups are tried in the order of their
    size, those in it that no solution can miss always included, each by non-negative least squares: a residual below
    10⁻¹¹ of the target is a solution, one above 10⁻⁸ is none, and one between leaves the question open.
    """
    scale = np.linalg.norm(matrix, axis=0)
    scaled, target = matrix / scale, matrix @ z
    length = float(np.linalg.norm(target))
    count = int(np.max(group, initial=-1)) + 1
    clear = True

    def solve(groups: Iterable[int]) -> Array | None:
        nonlocal clear
        columns = np.flatnonzero((group < 0) | np.isin(group, list(groups)))
        if len(columns) == 0:
            return None
        weights, residual = nnls(scaled[:, columns], target)
        clear = clear and not _SOLVED * length < residual < _REFUTED * length
        if residual > _SOLVED * length:
            return None
        found = np.zeros(len(z))
        found[columns] = weights / scale[columns]
        return found

    everything = set(range(count))
    needed = [g for g in range(count) if solve(everything - {g}) is None]
    optional = sorted(everything - set(needed))
    if sum(math.comb(len(optional), k) for k in range(len(optional))) > _SETS:
        return z, False
    for size in range(len(optional)):
        for some in combinations(optional, size):
            found = solve([*needed, *some])
            if found is not None:
                return found, clear
    return z, clear


def _knot_groups(circle: Circle, units: Units) -> Index:
    """Number the knots of units by location; −1 for the constant unit, which has none."""
    w, b = directions(circle, units).T
    group = np.full(len(units), -1, dtype=np.intp)
    reach = max(1.0, float(np.max(np.abs(circle.x))))
    bent = (units.place != 2 * circle.size) | (np.abs(w) * reach > _CONSTANT)
    group[bent] = same_knot(circle, units.place[bent], -b[bent] / w[bent])
    return group


def choose_minimiser(
    circle: Circle, units: Units, face: Face, omega: Array, selection: Literal["limit", "vertex"]
) -> Choice:
    """The minimiser asked for, given one (units) and the face of all.

    "limit": that of β → ∞. "vertex": independent units, hence at most M, with the fewest knots there are if the sets of
    knots can be enumerated; a single minimising function is the sparsest. Only a vertex is called so. Where it is not
    known how many there are, the units stay as they are.
    """
    undecided = np.zeros(len(face.possible), dtype=bool)
    if face.functions is None:
        return Choice(units, undecided, None)
    if face.functions > 0 and selection == "limit":
        return Choice(*entropic_selection(circle, face, omega), None)
    if selection == "limit":
        return Choice(units, undecided, None)
    if face.measures == 0:
        return Choice(units, undecided, True)
    some = face.contacts.pick(face.possible)
    sign, matrix = np.sign(some.c), data_rows(circle, some, omega)
    signed, z, sparsest = matrix * sign, np.abs(some.c), True
    if face.functions > 0:
        z, sparsest = _fewest_groups(signed, z, _knot_groups(circle, some))
    vertex = _to_vertex(signed, z)
    return Choice(some.reweighted(sign * vertex), undecided, True if sparsest else None)
