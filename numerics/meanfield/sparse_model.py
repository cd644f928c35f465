"""Finitely many units in long arithmetic: value, gradient and curvature of the loss at β = ∞, at no cost in M."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from flint import arb
from numpy.typing import NDArray

from .circle import Circle
from .segments import Segments
from .units import Units

Array = NDArray[np.float64]
Index = NDArray[np.intp]


def active_range(circle: Circle, place: int) -> tuple[int, int]:
    """The data low ≤ i < high on which a unit at a place of the circle is active."""
    size = circle.size
    return max(0, size - (place + 1) // 2), min(size, 2 * size - place // 2)


def in_arc(circle: Circle, place: int) -> bool:
    """Whether a place is an open arc rather than the direction of a datum."""
    return place % 2 == 1 or place == 2 * circle.size


def ends_of(circle: Circle, place: int) -> tuple[int, int]:
    """The breaks at the two ends of an arc."""
    return (circle.size - 1, circle.size + 1) if place == 2 * circle.size else (place // 2, place // 2 + 1)


def datum_of(circle: Circle, place: int) -> int:
    """The datum whose direction is the break at an even place."""
    half = place // 2
    return circle.size - 1 - half if half < circle.size else 2 * circle.size - half


def datum_direction(circle: Circle, place: int) -> tuple[arb, arb]:
    """Direction (1, −x)/√(1+x²) of the units that face right from a datum, (−1, x)/√(1+x²) of those that face left."""
    x = arb(float(circle.x[datum_of(circle, place)]))
    w = 1 / (1 + x * x).sqrt()
    w, b = w.mid(), (-x * w).mid()
    return (w, b) if place // 2 < circle.size else (-w, -b)


@dataclass(frozen=True)
class LongUnit:
    """A unit as its vector c·(w, b) with the sign of c and its place on the circle."""

    p: arb
    q: arb
    sign: int
    place: int

    @property
    def size(self) -> arb:
        """|c|."""
        return (self.p * self.p + self.q * self.q).sqrt().mid()

    def plus(self, along: arb, across: arb) -> LongUnit:
        """The unit moved by `along` in |c| and by `across` at right angles, anticlockwise."""
        size = self.size
        w, b = self.p / size, self.q / size  # times the sign of c, as is the step
        return LongUnit(
            (self.p + along * w - across * b).mid(), (self.q + along * b + across * w).mid(), self.sign, self.place
        )


def from_units(circle: Circle, units: Units) -> list[LongUnit]:
    """Units in long arithmetic, those at data exactly in the direction of the datum."""
    result = []
    for c, place, (w, b) in zip(units.c.tolist(), units.place.tolist(), units.direction.tolist(), strict=True):
        if not in_arc(circle, place):
            first, second = datum_direction(circle, place)
        else:
            length = (arb(w) * arb(w) + arb(b) * arb(b)).sqrt()
            first, second = arb(w) / length, arb(b) / length
        result.append(LongUnit((arb(c) * first).mid(), (arb(c) * second).mid(), 1 if c > 0 else -1, place))
    return result


def to_units(units: list[LongUnit]) -> Units:
    """Units rounded to doubles, in the order of the circle."""
    units = sorted(units, key=lambda unit: (unit.place, unit.sign))
    sizes = [unit.size for unit in units]
    vectors = [
        (float(unit.sign * unit.p / size), float(unit.sign * unit.q / size))
        for unit, size in zip(units, sizes, strict=True)
    ]
    direction = np.array(vectors).reshape(-1, 2)
    phi = np.arctan2(direction[:, 1], direction[:, 0])
    place = np.array([unit.place for unit in units], dtype=np.intp)
    phi = np.where(phi < -0.5 * np.pi, phi + 2.0 * np.pi, phi)
    c = np.array([unit.sign * float(size) for unit, size in zip(units, sizes, strict=True)])
    return Units(phi, c, place, direction)


class SparseModel:
    """f = Σ c_k (w_k x + b_k)₊ on the data: its lines, its residual sums, the loss and the loss's derivatives.

    boundaries: the data at which the lines change (S+1,); lines: slope and height about the reference on each of the S
    segments; value: ½ Σ ω(f − η)² + Σ|c|; level: g + sign c at each unit; torque: dg/dφ there. Here
    g(φ) = Σ r_i (x_i cos φ + sin φ)₊ and r = ω(f − η).
    """

    def __init__(self, data: Segments, units: list[LongUnit]) -> None:
        self.data, self.units = data, units
        circle, reference = data.circle, arb(data.reference)
        ranges = [active_range(circle, unit.place) for unit in units]
        self.boundaries = sorted({0, circle.size, *(end for pair in ranges for end in pair)})
        self.index = {boundary: s for s, boundary in enumerate(self.boundaries)}
        self.spans = [(self.index[low], self.index[high]) for low, high in ranges]
        count = len(self.boundaries) - 1
        slope, height = [arb(0)] * (count + 1), [arb(0)] * (count + 1)
        for unit, (low, high) in zip(units, self.spans, strict=True):
            shifted = unit.q + unit.p * reference
            slope[low], height[low] = slope[low] + unit.p, height[low] + shifted
            slope[high], height[high] = slope[high] - unit.p, height[high] - shifted
        self.lines: list[tuple[arb, arb]] = []
        a, h, loss = arb(0), arb(0), arb(0)
        turn, pull = [arb(0)], [arb(0)]  # Σ r d and Σ r over the data before each boundary
        for s in range(count):
            a, h = (a + slope[s]).mid(), (h + height[s]).mid()
            self.lines.append((a, h))
            w, x, xx, y, xy, yy = data.between(self.boundaries[s], self.boundaries[s + 1])
            first, total = a * xx + h * x - xy, a * x + h * w - y
            loss += a * (first - xy) + h * (total - y) + yy
            turn.append((turn[-1] + first).mid())
            pull.append((pull[-1] + total).mid())
        self.sizes = [unit.size for unit in units]
        self.value = (loss / 2 + sum(self.sizes, arb(0))).mid()
        self.level: list[arb] = []
        self.torque: list[arb] = []
        for unit, size, (low, high) in zip(units, self.sizes, self.spans, strict=True):
            w, b = unit.sign * unit.p / size, unit.sign * unit.q / size
            first, total = turn[high] - turn[low], pull[high] - pull[low]
            self.level.append((w * first + (b + w * reference) * total + unit.sign).mid())
            self.torque.append(((w - b * reference) * total - b * first).mid())

    def one_sided(self, k: int) -> tuple[float, float]:
        """dg/dφ clockwise and anticlockwise of a unit at a datum: they differ by the datum's own r √(1+x²)."""
        place = self.units[k].place
        datum = datum_of(self.data.circle, place)
        w, d, eta = self.data.datum(datum)
        s = int(np.searchsorted(self.boundaries, datum, side="right")) - 1
        slope, height = self.lines[s]
        own = float(w * (slope * d + height - eta)) * float(self.data.circle.norm[datum])
        torque = float(self.torque[k])
        return (torque, torque + own) if place // 2 < self.data.circle.size else (torque - own, torque)

    @property
    def residual(self) -> float:
        """The largest |g + sign c|, and |dg/dφ| of a unit inside an arc."""
        turning = [torque for torque, free in zip(self.torque, self.arcs(), strict=True) if free]
        return max((abs(float(v)) for v in self.level + turning), default=0.0)

    def arcs(self) -> NDArray[np.bool_]:
        """Which units lie inside arcs, free to turn."""
        return np.array([in_arc(self.data.circle, unit.place) for unit in self.units], dtype=bool)


def features(data: Segments, units: list[LongUnit]) -> tuple[Array, Array]:
    """Values and derivatives in φ of units as columns of 2S rows, whose inner products are those over the data.

    S segments lie between the breaks of these units; of c only the direction of the unit counts.
    """
    reference = arb(data.reference)
    ranges = np.array([active_range(data.circle, unit.place) for unit in units], dtype=np.intp).reshape(-1, 2)
    boundaries = np.unique(np.concatenate([ranges.ravel(), [0, data.circle.size]]))
    vectors = []
    for unit in units:
        size = unit.sign * unit.size
        w, b = unit.p / size, unit.q / size
        vectors.append((float(w), float(b), float(b + w * reference), float(w - b * reference)))
    w, b, height, turned = np.array(vectors).reshape(-1, 4).T
    segments = zip(boundaries[:-1].tolist(), boundaries[1:].tolist(), strict=True)
    mean, root, spread = np.array([data.rows(first, last) for first, last in segments]).T[:, :, None]
    start = boundaries[:-1, None]
    active = (start >= ranges[:, 0]) & (start < ranges[:, 1])
    value = np.concatenate([root * (w * mean + height) * active, spread * w * active])
    derivative = np.concatenate([root * (turned - b * mean) * active, -spread * b * active])
    return value, derivative


def long_features(data: Segments, units: list[LongUnit]) -> tuple[list[list[arb]], list[list[arb]]]:
    """The same columns in long arithmetic, as lists, times the signs of the weights."""
    reference = arb(data.reference)
    ranges = [active_range(data.circle, unit.place) for unit in units]
    boundaries = sorted({0, data.circle.size, *(end for pair in ranges for end in pair)})
    segments = list(pairwise(boundaries))
    rows = [data.long_rows(first, last) for first, last in segments]
    values, derivatives = [], []
    for unit, (low, high) in zip(units, ranges, strict=True):
        size = unit.size
        w, b = unit.p / size, unit.q / size
        height, turned = b + w * reference, w - b * reference
        value, derivative = [], []
        for (first, _), (mean, root, spread) in zip(segments, rows, strict=True):
            active = low <= first < high
            value += [root * (w * mean + height), spread * w] if active else [arb(0)] * 2
            derivative += [root * (turned - b * mean), -spread * b] if active else [arb(0)] * 2
        values.append(value)
        derivatives.append(derivative)
    return values, derivatives
