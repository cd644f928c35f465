"""Which minimiser to return where there are several: the limit β → ∞, or a vertex with few knots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .circle import Circle
from .faces import Face, null_space
from .units import Units, columns, on_arc

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_POSITIVE = 1e-9  # share of Σ|c| below which a weight counts as zero
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
    basis = null_space(np.sqrt(omega)[:, None] * columns(circle, some)[0] * sign)
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


def choose_minimiser(
    circle: Circle, units: Units, face: Face, omega: Array, selection: Literal["limit", "vertex"]
) -> Choice:
    """The minimiser asked for, given one (units) and the face of all."""
    if face.functions > 0 and selection == "limit":
        return Choice(*entropic_selection(circle, face, omega), None)
    return Choice(units, np.zeros(len(face.possible), dtype=bool), None)
