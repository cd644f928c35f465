"""The set of minimisers at β = ∞: contacts |g| = λ and the dimension of the face."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from .circle import Circle
from .panels import build_panels
from .units import Units, mates, on_arc

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Mask = NDArray[np.bool_]

_RANK = 1e-12  # singular values below this part of the largest count as zero
_MOVES = 1e-6  # change of a kink or of the affine part, per unit of weight moved along a face, that is one
_POSITIVE = 1e-9  # share of Σ|c| below which a weight counts as zero
_CAP = 1e-3  # share of Σ|c| beyond which a weight need not grow to be positive
_FAR = 1e307  # knots beyond are none
_SAME_PLACE = 1e-9  # distance of two knots, relative to the interval of the data around them, below which they are one
_ULPS = 8.0  # roundings of a knot's location within which it may be another


@dataclass(frozen=True)
class Face:
    """Minimising measures: contacts (a superset of the units), which can carry weight, and the face's dimensions.

    contacts: directions with |g| = 1, their c a minimiser in the face's relative interior (the unit's own where it is
    unique); possible: which of them are positive in some minimiser; measures: dimension of the set of minimising
    measures; functions: dimension of the set of minimising functions, None where it is not decided.
    """

    contacts: Units
    possible: Mask
    measures: int
    functions: int | None


def undecided_face(units: Units) -> Face:
    """What is known where the contacts are not: the units in use, and no dimension."""
    return Face(units, units.c != 0, 0, None)


def null_space(matrix: Array) -> Array:
    """Orthonormal basis (K, D) of the vectors that matrix (N, K) sends to zero, up to a relative 1e-12."""
    if min(matrix.shape) == 0:  # no column, or no row that a vector could violate
        return np.eye(matrix.shape[1])
    scale = np.maximum(np.linalg.norm(matrix, axis=0), 1e-300)
    scaled = matrix / scale
    if len(scaled) > matrix.shape[1]:
        scaled = np.linalg.qr(scaled, mode="r")
    _, values, right = np.linalg.svd(scaled, full_matrices=True)
    rank = int(np.sum(values > _RANK * values[0]))
    basis = right[rank:].T / scale[:, None]
    return np.asarray(np.linalg.qr(basis)[0]) if basis.shape[1] else basis


def directions(circle: Circle, units: Units) -> Array:
    """(w, b) of each unit (K, 2), exactly that of the datum for units on a break."""
    result = units.direction.copy()
    at_break = ~on_arc(circle, units.place)
    result[at_break] = circle.unit[units.place[at_break] // 2]
    return result


def data_rows(circle: Circle, units: Units, omega: Array) -> Array:
    """√ω times the units' values at the data, with the same null space and norms, in at most 2(2K + 1) rows."""
    return build_panels(circle, omega, units).rows(directions(circle, units))


def same_knot(circle: Circle, place: Index, t: Array) -> Index:
    """Number the distinct knots of units at places of the circle, located at t, in ascending order.

    Two are one at the same datum, or inside the same interval of the data and nearer to each other than a part of its
    length; one inside an interval is at its end if it is as near to that. Knots with data between them are never one,
    however wide the inputs are beside their distance.

    >>> from .circle import build_circle
    >>> circle = build_circle(np.array([0.0, 1e-12, 1.0]))
    >>> same_knot(circle, np.array([3, 4, 11, 7]), np.array([7e-13, 0.0, 7e-13, 0.5])).tolist()
    [1, 0, 1, 2]
    """
    if len(t) < 2:
        return np.zeros(len(t), dtype=np.intp)
    size, x, half = circle.size, circle.x, place // 2
    facing = half < size
    below = np.where(facing, size - 1 - half, 2 * size - half)  # data below a knot; of a unit at a datum, that datum
    common = place == 2 * size
    below = np.where(common, np.where(t < x[0], 0, size), below)
    at_datum = ~on_arc(circle, place)
    low, high = np.clip(below - 1, 0, size - 1), np.clip(below, 0, size - 1)
    near = _SAME_PLACE * (x[high] - x[low]) + _ULPS * np.spacing(np.abs(t))
    to_low, to_high = np.abs(t - x[low]), np.abs(t - x[high])
    end = np.where(to_low < to_high, low, high)
    at_end = at_datum | (np.minimum(to_low, to_high) <= near)
    position = np.where(at_end, 2 * np.where(at_datum, below, end) + 1, 2 * below)
    order = np.lexsort((t, position))
    same = np.diff(position[order]) == 0
    same &= at_end[order][1:] | (np.diff(t[order]) <= near[order][1:])
    label = np.empty(len(t), dtype=np.intp)
    label[order] = np.concatenate([[0], np.cumsum(~same)])
    return label


def _function_map(circle: Circle, units: Units) -> Array:
    """Rows: the change of slope at each distinct knot (times √(1+t²)) and f's affine part left of them, per unit."""
    direction = directions(circle, units)
    w, b = direction.T
    bent = np.abs(w) * _FAR > np.abs(b)
    label = np.zeros(len(units), dtype=np.intp)
    label[bent] = same_knot(circle, units.place[bent], -b[bent] / w[bent])
    rows = np.zeros((int(label.max(initial=0)) + 1, len(units)))
    rows[label, np.arange(len(units))] = bent
    return np.concatenate([rows, np.where(bent & (w > 0), 0.0, direction.T)])


def _positive_somewhere(z: Array, basis: Array) -> tuple[Mask, Array]:
    """Which weights are positive somewhere on {z + basis·t ≥ 0}, and a point of it where all of those are.

    A linear program makes many of the others positive at once, Σ min(z, cap) as large as possible; when none can be
    made so, the support is the largest.
    """
    total, size = float(np.sum(z)), basis.shape[1]
    share = z / total
    points, positive = [share], share > _POSITIVE
    while not np.all(positive):
        rest = np.flatnonzero(~positive)
        lift = np.zeros((len(z), len(rest)))
        lift[rest, np.arange(len(rest))] = 1.0
        found = linprog(
            np.concatenate([np.zeros(size), -np.ones(len(rest))]),
            A_ub=np.concatenate([-basis, lift], axis=1),
            b_ub=share,
            bounds=[(None, None)] * size + [(0.0, _CAP)] * len(rest),
            method="highs",
        )
        point = share if found.x is None else np.maximum(share + basis @ found.x[:size], 0.0)
        if not np.any(point[rest] > _POSITIVE):
            break
        points.append(point)
        positive = positive | (point > _POSITIVE)
    return positive, total * np.mean(points, axis=0)


def _aligned(circle: Circle, contacts: Units, known: int) -> Units:
    """Contacts opposite to one of the known first units put exactly opposite to it.

    In the balanced phase P = Q, so that both sides touch at one place; a contact is read off less precisely than a
    unit in use is known.
    """
    direction = contacts.direction.copy()
    for pair in mates(circle, contacts):
        for one, other in (pair, pair[::-1]):
            if one < known <= other:
                direction[other] = -direction[one]
    return Units(contacts.phi, contacts.c, contacts.place, direction)


def find_face(circle: Circle, units: Units, contacts: Units, omega: Array) -> Face:
    """Describe all minimisers, given one (units) and all other directions with |g| = 1 (contacts, weights ignored).

    Every minimiser has the same fitted values and lives on the contacts with the signs of −g, so that the minimisers
    are a polytope {z ≥ 0, K z fixed}; its affine hull is a null space.
    """
    known = set(units.place.tolist())
    other = contacts.pick(np.array([int(p) not in known for p in contacts.place], dtype=bool))
    everything = _aligned(circle, units.join(Units(other.phi, np.copysign(0.0, other.c), other.place)), len(units))
    sign = np.concatenate([np.sign(units.c), np.sign(other.c)])
    z = np.abs(everything.c)
    possible = z > 0
    matrix = data_rows(circle, everything, omega) * sign
    basis = null_space(matrix)
    if basis.shape[1] == 0 or not np.any(possible):  # f = 0 has the cost 0, which no other measure has
        return Face(everything, possible, 0, 0)
    possible, inner = _positive_somewhere(z, basis)
    basis = null_space(matrix[:, possible])
    if basis.shape[1] == 0:
        return Face(everything, possible, 0, 0)
    change = (_function_map(circle, everything) * sign)[:, possible] @ basis
    functions = int(np.sum(np.linalg.svd(change, compute_uv=False) > _MOVES))
    c = np.where(possible, inner, 0.0) * sign
    return Face(Units(everything.phi, c, everything.place, everything.direction), possible, basis.shape[1], functions)
