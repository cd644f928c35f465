"""Data between neighbouring knots, two rows a panel: there every unit in use is affine, so that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .circle import Circle
from .units import Units, on_arc

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True)
class Panels:
    """Runs of data on which given units are affine, and an orthogonal compression of weighted rows to two a run.

    On a run of weight W, mean x̄ and spread V = Σ ω (x − x̄)², Σ ω (a + b (x − x̄))² = W a² + V b².
    cuts: first datum of each panel (S,); root_mass, root_spread: √W and √V; centre: x̄; first, last: run of panels on
    which each unit is active (K,); pivot: the datum of a unit on a break, 0 for others; pinned: whether it has one.
    """

    cuts: Index
    root_mass: Array
    centre: Array
    root_spread: Array
    first: Index
    last: Index
    pivot: Array
    pinned: NDArray[np.bool_]

    def rows(self, direction: Array) -> Array:
        """Values wx + b of directions (K, 2), each on the panels of its unit, compressed to (2S, K)."""
        panel = np.arange(len(self.centre))[:, None]
        active = (panel >= self.first) & (panel < self.last)
        w, b = direction.T
        level = w * (self.centre[:, None] - self.pivot) + np.where(self.pinned, 0.0, b)
        return np.concatenate(
            [
                np.where(active, self.root_mass[:, None] * level, 0.0),
                np.where(active, self.root_spread[:, None] * w, 0.0),
            ]
        )


def active_data(circle: Circle, units: Units) -> tuple[Index, Index]:
    """First datum on which each unit is active, and the one after the last (K,)."""
    size, place = circle.size, units.place
    return np.maximum(0, size - (place + 1) // 2), np.minimum(size, 2 * size - place // 2)


def build_panels(circle: Circle, omega: Array, units: Units) -> Panels:
    """Cut the data where a unit switches on or off, in O(M + K).

    >>> from .circle import build_circle
    >>> circle = build_circle(np.array([0.0, 1.0, 2.0, 3.0]))
    >>> right = Units(np.array([-np.pi / 4]), np.array([1.0]), np.array([3]))  # a right-facing unit, active from x = 2
    >>> panels = build_panels(circle, np.full(4, 0.25), right)
    >>> panels.cuts.tolist(), panels.centre.tolist()
    ([0, 2], [0.5, 2.5])
    """
    low, high = active_data(circle, units)
    ends = np.unique(np.concatenate([[0], low, high]))
    cuts = ends[ends < circle.size].astype(np.intp)
    count = np.diff(np.append(cuts, circle.size))
    mass = np.add.reduceat(omega, cuts)
    start = np.repeat(circle.x[cuts], count)  # differences from it keep their digits far from the origin
    centre = circle.x[cuts] + np.add.reduceat(omega * (circle.x - start), cuts) / mass
    spread = np.add.reduceat(omega * (circle.x - np.repeat(centre, count)) ** 2, cuts)
    place = units.place
    pinned = ~on_arc(circle, place)
    datum = np.where(place // 2 < circle.size, circle.size - 1 - place // 2, 2 * circle.size - place // 2)
    pivot = np.where(pinned, circle.x[np.where(pinned, datum, 0)], 0.0)
    first, last = np.searchsorted(cuts, low), np.searchsorted(cuts, high)
    return Panels(cuts, np.sqrt(mass), centre, np.sqrt(spread), first, last, pivot, pinned)
