"""Finitely many units as a function of x: knots merged by location, value, slope and curvature anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .circle import Circle
from .faces import directions, same_knot
from .result import Affine, Knot, Side
from .units import Units

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_FAR = 1e307  # knots beyond have no doubles beside them, where f would be evaluated
_CONSTANT = 1e-11  # slope of a common unit, and part of the terms cancelling in Σ r x, that counts as rounding


@dataclass(frozen=True)
class PiecewiseLinear:
    """f(x) = Σ c_k (w_k x + b_k)₊ with the knots t_k = −b_k/w_k merged by location; t_k = ±inf for a constant unit.

    centre: a point among the data; f is kept by its slope on each piece and its value at the point nearest to centre.
    """

    w: Array
    b: Array
    c: Array
    knot: Array
    centre: float = 0.0

    @cached_property
    def _pieces(self) -> tuple[Array, Array, Array, Array]:
        """Knots, ascending (S,), and for the pieces between them a point of each, f there and the slope (S + 1,)."""
        knots = np.unique(self.knot[np.isfinite(self.knot)])
        ends = np.concatenate([[-np.inf], knots, [np.inf]])
        anchor = np.clip(self.centre, ends[:-1], ends[1:])
        right = self.w > 0
        active = np.where(right, self.knot <= ends[:-1, None], self.knot >= ends[1:, None]) | (self.w == 0)
        weight = np.where(active, self.c, 0.0)
        value = np.sum(weight * (anchor[:, None] * self.w + self.b), axis=1)
        return knots, anchor, value, weight @ self.w

    def evaluate(self, x: Array) -> tuple[Array, Array]:
        """f and its slope, from the right at a knot, at points x (N,), in O(log K) each."""
        knots, anchor, value, slope = self._pieces
        piece = np.searchsorted(knots, x, side="right")
        return value[piece] + slope[piece] * (x - anchor[piece]), slope[piece]

    def curvature(self, x: Array) -> Array:
        """0, or ±inf at a knot."""
        knots, _, _, slope = self._pieces
        ends = np.append(knots, np.inf)
        piece = np.searchsorted(knots, x)
        jump = np.where(x == ends[piece], np.append(np.diff(slope), 0.0)[piece], 0.0)
        return np.asarray(np.where(jump != 0, np.copysign(np.inf, jump), 0.0))


def _constant(circle: Circle, r: Array, units: Units) -> Mask:
    """Which units are the constant one: common to all data, along (Σ r x, Σ r), with a slope that rounding explains."""
    common = units.place == 2 * circle.size
    along, noise = float(np.sum(r * circle.x)), _CONSTANT * float(np.sum(np.abs(r * circle.x)))
    reach = max(1.0, float(np.max(np.abs(circle.x))))
    return np.asarray(common & (abs(along) <= noise) & (np.abs(units.direction[:, 0]) * reach <= _CONSTANT))


def piecewise_linear(circle: Circle, r: Array, units: Units, scale: float) -> PiecewiseLinear:
    """The function of the units, their weights multiplied by scale."""
    constant = _constant(circle, r, units)
    direction = directions(circle, units)
    direction[constant] = (0.0, 1.0)
    w, b = direction.T
    knot = np.full(len(units), np.inf)
    bent = ~constant
    at_break = units.place % 2 == 0
    datum = np.where(
        units.place // 2 < circle.size, circle.size - 1 - units.place // 2, 2 * circle.size - units.place // 2
    )
    at_datum = bent & at_break & (units.place != 2 * circle.size)
    bent &= np.abs(w) * _FAR > np.abs(b)
    # A right-facing unit whose knot is none is active from −inf on, a left-facing one up to inf.
    knot[w > 0] = -np.inf
    knot[bent] = -b[bent] / w[bent]
    knot[at_datum] = circle.x[datum[at_datum]]
    label = same_knot(circle, units.place[bent], knot[bent])
    merged = knot[bent].copy()
    for k in range(int(label.max(initial=-1)) + 1):
        group = label == k
        exact = group & at_datum[bent]
        merged[group] = merged[exact][0] if np.any(exact) else np.mean(merged[group])
    knot[bent] = merged
    # +inf makes the constant unit, w = 0, active everywhere.
    return PiecewiseLinear(w, b, scale * units.c, knot, float(circle.x[circle.size // 2]))


def find_knots(function: PiecewiseLinear, possible: PiecewiseLinear) -> tuple[Knot, ...]:
    """Kinks of a function, ascending; the side is of all units that some minimiser uses there (possible)."""
    knots = []
    for location in np.unique(function.knot[np.isfinite(function.knot)]):
        here = function.knot == location
        change = float(np.sum(function.c[here] * np.abs(function.w[here])))
        size = float(np.sum(np.abs(function.c[here] * function.w[here])))
        if abs(change) <= 1e-12 * size:
            continue
        sides = set(np.sign(function.w[here])) | set(np.sign(possible.w[possible.knot == location]))
        side: Side = "both" if len(sides) == 2 else "right" if 1.0 in sides else "left"
        knots.append(Knot(float(location), side, change))
    return tuple(knots)


def affine_part(circle: Circle, function: PiecewiseLinear) -> Affine:
    """The straight piece left of all knots and data."""
    finite = function.knot[np.isfinite(function.knot)]
    leftmost = float(min(circle.x[0], np.min(finite, initial=np.inf)))
    x0 = leftmost - max(1.0, 1e-6 * abs(leftmost))
    value, slope = function.evaluate(np.array([x0]))
    return Affine(x0, float(value[0]), float(slope[0]))
