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
Mask = NDArray[np.bool_]

_RANK = 1e-12  # singular values below this part of the largest count as zero
_MOVES = 1e-6  # change of a kink or of the affine part, per unit of weight moved along a face, that is one
_POSITIVE = 1e-9  # share of Σ|c| below which a weight counts as zero
_CAP = 1e-3  # share of Σ|c| beyond which a weight need not grow to be positive
_SAME_PLACE = 1e-9  # distance of two knots, relative to the spread of the inputs, below which they are one


@dataclass(frozen=True)
class Face:
    """Minimising measures: contacts (a superset of the units), which can carry weight, and the face's dimensions.

    contacts: directions with |g| = 1, their c a minimiser in the face's relative interior (the unit's own where it is
    unique); possible: which of them are positive in some minimiser; measures: dimension of the set of minimising
    measures; functions: dimension of the set of minimising functions.
    """

    contacts: Units
    possible: Mask
    measures: int
    functions: int


def null_space(matrix: Array) -> Array:
    """Orthonormal basis (K, D) of the vectors that matrix (N, K) sends to zero, up to a relative 1e-12."""
    if matrix.shape[1] == 0:
        return np.zeros((0, 0))
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


def same_knot(circle: Circle, t: Array) -> NDArray[np.intp]:
    """Number the distinct knots among locations t, in ascending order; nearer than rounding counts as the same."""
    spread = float(circle.x[-1] - circle.x[0])
    order = np.argsort(t, kind="stable")
    near = np.abs(np.diff(t[order])) <= _SAME_PLACE * spread + 1e-14 * np.abs(t[order])[1:]
    label = np.empty(len(t), dtype=np.intp)
    label[order] = np.concatenate([[0], np.cumsum(~near)]) if len(t) else []
    return label


def _function_map(circle: Circle, units: Units) -> Array:
    """Rows: the change of slope at each distinct knot (times √(1+t²)) and f's affine part left of them, per unit."""
    direction = directions(circle, units)
    w, b = direction.T
    bent = np.abs(w) > 0
    label = np.zeros(len(units), dtype=np.intp)
    label[bent] = same_knot(circle, -b[bent] / w[bent])
    rows = np.zeros((int(label.max(initial=0)) + 1, len(units)))
    rows[label, np.arange(len(units))] = bent
    return np.concatenate([rows, np.where(w > 0, 0.0, direction.T)])


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
