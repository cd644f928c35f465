"""One pass over the data at given lines: residuals, and every local maximum of |g| near or above 1, in O(M).

Residuals and their partial sums are unevaluated sums of two doubles. Far from the origin, or for knots on close data,
|g| differs from 1 by less than a double can tell at directions that are no contact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flint import arb
from numpy.typing import NDArray

from . import double_double as dd
from .double_double import Array, Pair
from .segments import Segments
from .sparse_model import LongUnit, SparseModel, datum_direction, in_arc

Index = NDArray[np.intp]
Mask = NDArray[np.bool_]

_HALF = 0.5  # |v| ≥ 1 needs an entry above it
_NEAR = 1e-6  # distance of |g| from 1 below which it is formed in more than double precision
_DOUBLE = 2.0**-48  # rounding of |g| in doubles, relative to the terms that cancel in it
_PAIRED = 2.0**-100  # the same for sums of two doubles


@dataclass(frozen=True)
class Peaks:
    """Local maxima of |g| in the order of the circle: place, |g| − 1, the sign of −g, and v of the arc if inside one.

    excursion numbers the stretches of the circle's breaks between which |g| exceeds 1.
    """

    place: Index
    excess: Array
    sign: Array
    vector: tuple[Pair, Pair]
    excursion: Index

    def __len__(self) -> int:
        return len(self.place)

    def pick(self, keep: Index | Mask) -> Peaks:
        """The peaks at the given positions."""
        (a, b), (c, d) = self.vector
        return Peaks(
            self.place[keep], self.excess[keep], self.sign[keep], ((a[keep], b[keep]), (c[keep], d[keep])),
            self.excursion[keep],
        )  # fmt: skip

    def units(self, data: Segments) -> list[LongUnit]:
        """A unit of weight ±1 at each peak."""
        result = []
        (v0, v1), (s0, s1) = self.vector
        for k, place in enumerate(self.place.tolist()):
            sign = int(self.sign[k])
            if not in_arc(data.circle, place):
                w, b = datum_direction(data.circle, place)
                result.append(LongUnit(sign * w, sign * b, sign, place))
            else:  # ±v with the sign of −g is the unit's vector −g e up to its length
                p, q = -(arb(v0[k]) + arb(v1[k])), -(arb(s0[k]) + arb(s1[k]))
                size = (p * p + q * q).sqrt()
                result.append(LongUnit((p / size).mid(), (q / size).mid(), sign, place))
        return result


@dataclass(frozen=True)
class Scan:
    """r = ω(f − η) rounded to doubles (M,), Σ r²/ω, peaks of |g|, and the rounding of |g| in this pass."""

    r: Array
    square: float
    peaks: Peaks
    noise: float

    @property
    def largest(self) -> float:
        """The largest |g| − 1, or 0 where none is above."""
        return max(0.0, float(np.max(self.peaks.excess, initial=0.0)))


def _pairs(values: list[arb]) -> Pair:
    high = [float(v) for v in values]
    return np.array(high), np.array([float(v - arb(h)) for v, h in zip(values, high, strict=True)])


def _at(a: Pair, index: Index | slice) -> Pair:
    return a[0][index], a[1][index]


def _exact(a: Array) -> Pair:
    return a, np.zeros_like(a)


def _turn(v: Pair, s: Pair, x: Array) -> Array:
    """The sign of V x + S, which is that of dg/dφ at the direction of x for right-facing units."""
    power = np.ldexp(1.0, -np.maximum(np.frexp(x)[1], 0))  # of 2: exact, and large inputs overflow nothing
    return np.asarray(np.sign(dd.add(dd.multiply(v, _exact(x * power)), (s[0] * power, s[1] * power))[0]))


class _Side:
    """Sums over the data that the units of one side see: those with i ≥ j (right) or i < j (left), j = 0 … M."""

    def __init__(self, data: Segments, r: Pair, rd: Pair, right: bool) -> None:
        zero = np.zeros(1)

        def sums(a: Pair) -> Pair:
            if right:
                high, low = dd.running_sum((a[0][::-1], a[1][::-1]))
                return np.concatenate([high[::-1], zero]), np.concatenate([low[::-1], zero])
            high, low = dd.running_sum(a)
            return np.concatenate([zero, high]), np.concatenate([zero, low])

        self.data, self.right = data, right
        self.s, self.sd = sums(r), sums(rd)

    def vector(self, j: Index) -> tuple[Pair, Pair]:
        """v = (Σ r x, Σ r) on arc j."""
        s = _at(self.s, j)
        return dd.add(_at(self.sd, j), dd.multiply(s, _exact(np.full(len(j), self.data.reference)))), s

    def _doubles(self, part: slice) -> tuple[Array, Array, Array, Array]:
        """V and S of arcs in doubles, and the sizes of the terms in V and S."""
        s, sd = self.s[0][part], self.sd[0][part]
        far = self.data.reference * s
        return sd + far, s, np.abs(sd) + np.abs(far), np.abs(s)

    def _turns(self, ends: Array, part: slice) -> Array:
        """The sign of V x + S from doubles, 0 where their rounding makes it doubtful."""
        v, s, size, own = self._doubles(part)
        norm = np.hypot(1.0, ends)
        b, w = ends / norm, 1.0 / norm
        tilt = v * b + s * w
        return np.where(np.abs(tilt) > _DOUBLE * (size * np.abs(b) + own * w), np.sign(tilt), 0.0)

    def at_data(self) -> tuple[Array, Index]:
        """g at the directions of the data in doubles, and where |g| may peak near or above 1."""
        size = self.data.circle.size
        g, found = np.empty(size), []
        for part in dd.parts(size):
            d, norm, x = self.data.offset[0][part], self.data.circle.norm[part], self.data.circle.x[part]
            other = slice(part.start + 1, part.stop + 1)
            beyond, own = (other, part) if self.right else (part, other)
            s, sd = self.s[0][beyond], self.sd[0][beyond]
            g[part] = (sd - d * s) / norm
            near = np.abs(g[part]) > 1.0 - _NEAR - _DOUBLE * (np.abs(sd) + np.abs(d * s)) / norm
            sign = np.where(np.abs(g[part]) > 0.5, np.sign(g[part]), 0.0)
            before, after = (beyond, own) if self.right else (own, beyond)
            near &= (sign * self._turns(x, before) >= 0) & (sign * self._turns(x, after) <= 0)
            found.append(part.start + np.flatnonzero(near))
        return (g if self.right else -g), np.concatenate(found)

    def data_peaks(self, j: Index) -> tuple[Index, Array, Array]:
        """Those of some data at which |g| peaks, g's sign and |g| − 1 there."""
        x = self.data.circle.x[j]
        beyond, own = (j + 1, j) if self.right else (j, j + 1)  # without the datum itself, and with it
        d = _at(self.data.offset, j)
        value = dd.add(_at(self.sd, beyond), dd.negative(dd.multiply(d, _at(self.s, beyond))))
        sign = np.sign(value[0])
        # Anticlockwise, right-facing units gain the datum here and left-facing ones, whose g is −value, lose it.
        before, after = (beyond, own) if self.right else (own, beyond)
        arriving, leaving = _turn(*self.vector(before), x), _turn(*self.vector(after), x)
        peak = (sign * arriving >= 0) & (sign * leaving <= 0)
        norm = dd.square_root(dd.add(dd.two_product(x, x), _exact(np.ones_like(x))))
        excess = dd.add((np.abs(value[0]), np.sign(value[0]) * value[1]), dd.negative(norm))[0] / norm[0]
        return j[peak], (sign if self.right else -sign)[peak], excess[peak]

    def _likely_arcs(self) -> Index:
        """Arcs j between the data j − 1 and j inside which |g| may peak near or above 1, as far as doubles can tell."""
        x, found = self.data.circle.x, []
        for part in dd.parts(self.data.circle.size - 1):
            here = slice(part.start + 1, part.stop + 1)
            v, s, size, own = self._doubles(here)
            near = np.maximum(np.abs(v), np.abs(s)) + _DOUBLE * (size + own) > _HALF
            near &= self._turns(x[here], here) * self._turns(x[part], here) <= 0
            found.append(here.start + np.flatnonzero(near))
        return np.concatenate([np.zeros(0, dtype=np.intp), *found])

    def arc_peaks(self) -> tuple[Index, Array, Array, tuple[Pair, Pair]]:
        """Arcs inside which |g| peaks near or above 1, g's sign, |g| − 1 and v there."""
        x, j = self.data.circle.x, self._likely_arcs()
        vector = self.vector(j)
        leaving, arriving = _turn(*vector, x[j]), _turn(*vector, x[j - 1])
        inside = (leaving * arriving < 0) & (_excess(vector) > -_NEAR)
        sign = np.sign(leaving) * (1.0 if self.right else -1.0)
        (a, b), (c, d) = vector
        kept = (a[inside], b[inside]), (c[inside], d[inside])
        return j[inside], sign[inside], _excess(kept), kept


def _excess(vector: tuple[Pair, Pair]) -> Array:
    """|v| − 1 = (|v|² − 1)/(1 + |v|)."""
    size = np.maximum(np.abs(vector[0][0]), np.abs(vector[1][0]))
    power = np.ldexp(1.0, -np.maximum(np.frexp(size)[1], 0))
    v, s = ((high * power, low * power) for high, low in vector)
    square = dd.add(dd.multiply(v, v), dd.multiply(s, s))
    excess = dd.add(square, _exact(-power * power))[0]
    return np.asarray(excess / (power + np.sqrt(square[0])) / power)


def _residuals(model: SparseModel) -> tuple[Pair, Pair, float, float]:
    """r = ω(f − η) and r d, Σ r²/ω, and the rounding of Σ r (xw + b) for units of length 1."""
    data, boundaries = model.data, np.array(model.boundaries)
    slope, height = (_pairs([line[k] for line in model.lines]) for k in (0, 1))
    size = data.circle.size
    r, rd = (np.empty(size), np.empty(size)), (np.empty(size), np.empty(size))
    square, noise = 0.0, 0.0
    for part in dd.parts(size):
        lengths = np.diff(np.clip(boundaries, part.start, part.stop))
        a, h = ((np.repeat(line[0], lengths), np.repeat(line[1], lengths)) for line in (slope, height))
        d, eta = _at(data.offset, part), _at(data.target, part)
        omega, norm = data.omega[part], data.circle.norm[part]
        error = dd.add(dd.add(dd.multiply(a, d), h), dd.negative(eta))
        r[0][part], r[1][part] = dd.multiply(_exact(omega), error)
        rd[0][part], rd[1][part] = dd.multiply(_at(r, part), d)
        square += float(np.sum(r[0][part] * error[0]))
        terms = omega * (np.abs(a[0] * d[0]) + np.abs(h[0]) + np.abs(eta[0]))
        noise += _PAIRED * float(np.sum((terms + np.sqrt(size) * np.abs(r[0][part])) * norm))
    return r, rd, square, noise


def scan(model: SparseModel) -> Scan:
    """Residuals of a model's lines and the local maxima of |g| above 1 − 1e-6, inside arcs and at data.

    Right-facing units with the knot t have g = P(t)/√(1+t²), P(t) = Σ_{x_i > t} r_i (x_i − t); inside an arc |g| peaks
    where v = (Σ r x, Σ r) points, at |v|; at a datum where |g| falls to both sides. Doubles tell where that may be.
    """
    data = model.data
    x, size = data.circle.x, data.circle.size
    r, rd, square, noise = _residuals(model)
    found: list[tuple[Index, Array, Array, tuple[Pair, Pair]]] = []
    ends = np.zeros(2 * size + 1)
    for right in (True, False):
        side = _Side(data, r, rd, right)
        last = size - 1 if right else 2 * size  # number of the break at datum 0
        ends[last - size + 1 : last + 1], likely = side.at_data()
        j, sign, excess = side.data_peaks(likely)
        nothing = _exact(np.zeros(len(j)))
        found.append((2 * (last - j), sign, excess, (nothing, nothing)))
        j, sign, excess, vector = side.arc_peaks()
        found.append((2 * (last - j) + 1, sign, excess, vector))
        if right:  # the arc common to all units, from the direction of x_1 facing right to that of x_M facing left
            vector = side.vector(np.zeros(1, dtype=np.intp))
            leaving, arriving = _turn(*vector, x[:1]), -_turn(*vector, x[-1:])
            if leaving[0] * arriving[0] < 0 and _excess(vector)[0] > -_NEAR:
                found.append((np.array([2 * size]), np.sign(leaving), _excess(vector), vector))
            w, b = data.circle.unit[size]
            ends[size] = w * vector[0][0][0] + b * vector[1][0][0]
        ends[last - size + 1 : last + 1] = ends[last - size + 1 : last + 1][::-1].copy()
    place, sign, excess = (np.concatenate([part[k] for part in found]) for k in range(3))
    first, second = (
        (np.concatenate([part[3][k][0] for part in found]), np.concatenate([part[3][k][1] for part in found]))
        for k in range(2)
    )
    order = np.argsort(place, kind="stable")
    excursion = np.cumsum(np.abs(ends) <= 1.0)[place // 2]
    return Scan(r[0], square, Peaks(place, excess, -sign, (first, second), excursion).pick(order), noise)
