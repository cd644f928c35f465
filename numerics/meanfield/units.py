"""Finitely many units on the circle of directions, and how they move on it without leaving their arcs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .circle import Circle

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Mask = NDArray[np.bool_]

_NEAR = 1e-6  # distance of two knots, relative to the interval of the data around them, at which they may well be one

_ANGLE = 64 * float(np.finfo(float).eps)  # rounding of an angle read off sums over the data


@dataclass(frozen=True)
class Units:
    """Units in use: angles phi (K,), signed weights c (K,) and place (K,), in the order of the circle.

    Break k is place 2k and arc k is place 2k + 1, except that the two arcs common to all units, with the break between
    them, are the single arc 2M. direction: (cos φ, sin φ) (K, 2), from φ unless given; far from the origin its two
    entries locate a knot better than the angle does.
    """

    phi: Array
    c: Array
    place: Index
    direction: Array = field(default_factory=lambda: np.zeros((0, 2)))

    def __post_init__(self) -> None:
        if len(self.direction) != len(self.phi):
            object.__setattr__(self, "direction", np.stack([np.cos(self.phi), np.sin(self.phi)], axis=1))

    def __len__(self) -> int:
        return len(self.c)

    def pick(self, keep: Index | Mask) -> Units:
        """The units at the given positions."""
        return Units(self.phi[keep], self.c[keep], self.place[keep], self.direction[keep])

    def join(self, other: Units) -> Units:
        """These units followed by others."""
        return Units(*(np.concatenate(pair) for pair in zip(self._parts(), other._parts(), strict=True)))

    def reweighted(self, c: Array) -> Units:
        """The same directions with other weights, those of weight 0 left out."""
        return Units(self.phi, c, self.place, self.direction).pick(c != 0)

    def _parts(self) -> tuple[Array, Array, Index, Array]:
        return self.phi, self.c, self.place, self.direction


def no_units() -> Units:
    """The empty set of units."""
    return Units(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.intp))


def on_arc(circle: Circle, place: Index) -> Mask:
    """Whether a place is an open arc rather than the direction of a datum."""
    return np.asarray((place % 2 == 1) | (place == 2 * circle.size))


def arc_breaks(circle: Circle, place: Index) -> tuple[Index, Index]:
    """Breaks at the two ends of each arc."""
    common = place == 2 * circle.size
    return np.where(common, circle.size - 1, place // 2), np.where(common, circle.size + 1, place // 2 + 1)


def columns(circle: Circle, units: Units) -> tuple[Array, Array]:
    """Values (x cos φ + sin φ)₊ at the data and their derivatives in φ, each (M, K)."""
    size, place = circle.size, units.place
    arc = on_arc(circle, place)
    direction = units.direction.T.copy()
    direction[:, ~arc] = circle.unit[place[~arc] // 2].T
    datum = np.arange(size)[:, None]
    active = (datum >= size - (place + 1) // 2) & (datum < 2 * size - place // 2)
    x = circle.x[:, None]
    return np.where(active, x * direction[0] + direction[1], 0.0), np.where(
        active, direction[0] - x * direction[1], 0.0
    )


def mates(circle: Circle, units: Units) -> list[tuple[int, int]]:
    """Pairs (right, left) of units of one sign inside one interval of the data whose knots are near each other."""
    at = {int(p): k for k, p in enumerate(units.place)}
    pairs = []
    for place, k in at.items():
        other = at.get(place + 2 * circle.size + 2, -1)
        if place % 2 == 0 or other < 0 or np.signbit(units.c[k]) != np.signbit(units.c[other]):
            continue
        knots = -units.direction[[k, other], 1] / units.direction[[k, other], 0]
        above = circle.size - 1 - place // 2  # the datum above the knots
        rounding = _ANGLE * (1.0 + float(knots[0]) ** 2)  # a small turn moves a knot far from the origin by much
        if abs(knots[0] - knots[1]) <= _NEAR * float(circle.x[above] - circle.x[above - 1]) + rounding:
            pairs.append((k, other))
    return pairs


def runs(circle: Circle, places: Index) -> list[tuple[list[int], int]]:
    """Split ascending places into runs that lie in one closed arc, each with the place of their vector sum."""
    common = 2 * circle.size
    groups: list[tuple[list[int], int]] = []
    arc = -1
    for index, place in enumerate(int(p) for p in places):
        members, start = groups[-1] if groups else ([], -9)
        if members and (place == start or place <= (arc + 2 if arc == common else arc + 1)):
            groups[-1] = ([*members, index], start if place == start else arc)
            continue
        inside = place % 2 == 1 or place == common
        arc = place if inside else common if place == common - 2 else place + 1
        groups.append(([index], place))
    return groups
