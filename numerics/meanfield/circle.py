"""The circle of unit directions (w, b), cut at the data: where which units are active, and the correlation on it.

A unit x ↦ (wx + b)₊ with w² + b² = 1 sits at the angle φ of (w, b) and, for w ≠ 0, has its knot at t = −b/w. Going
round from the direction (1, −x_M)/√(1+x_M²), the units that face right switch on datum after datum from the largest,
then all are active, then those that face left switch off from the largest. The arc on which every unit is active is cut
at its middle, so that it is no longer than two right angles even if all inputs coincide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True)
class Circle:
    """Directions and arcs of M distinct, ascending inputs; 2M + 1 breaks bound 2M live arcs.

    x: inputs (M,); norm: √(1+x²) (M,); phi: angles of the breaks, ascending (2M+1,); unit: (cos φ, sin φ) (2M+1, 2);
    half_sine, half_cosine: sin(Δ/2) and cos(Δ/2) of the arcs' angles Δ (2M,); dead: angle of the arc without units.
    """

    x: Array
    norm: Array
    phi: Array
    unit: Array
    half_sine: Array
    half_cosine: Array
    dead: float

    @property
    def size(self) -> int:
        """Number M of distinct inputs."""
        return len(self.x)


@dataclass(frozen=True)
class Correlation:
    """The function g(φ) = Σ r_i (x_i cos φ + sin φ)₊ for one residual vector r, with its distance from ±1.

    below, above: 1 − g and 1 + g at the breaks (2M+1,); vector: v with g = ⟨v, e⟩ on each arc (2M, 2); room: 1 − |v|²
    (2M,); inside: whether ±v points strictly into the arc, so that |g| peaks there at |v| (2M,).
    The distances are carried beside g because at low temperature they are far below the rounding of g itself.
    """

    below: Array
    above: Array
    vector: Array
    room: Array
    inside: NDArray[np.bool_]

    @property
    def ends(self) -> Array:
        """Values of g at the breaks (2M+1,)."""
        return np.where(self.below < self.above, 1.0 - self.below, self.above - 1.0)

    @property
    def margin(self) -> float:
        """The least of 1 − |g| at the breaks and 1 − |v|² at peaks between them; positive where |g| < 1 everywhere."""
        return float(min(self.below.min(), self.above.min(), self.room[self.inside].min(initial=1.0)))

    @property
    def feasible(self) -> bool:
        """Whether |g| < 1 on the whole circle."""
        return self.margin > 0


def turned(first: float, last: float) -> float:
    """arctan a + arctan b, twice the angle by which the middle of the common arcs is turned from the constant unit.

    Of inputs on both sides of 0 it is arctan((a + b)/(1 − ab)), in which nothing cancels but a + b.

    >>> round(turned(-3e5, 1e6) / (1 / 3e5 - 1 / 1e6), 9)  # the reciprocals, to third order
    1.0
    """
    if first < 0.0 < last:
        low, high = math.hypot(1.0, first), math.hypot(1.0, last)
        return math.atan2((first + last) / low / high, 1.0 / low / high - (first / low) * (last / high))
    return math.atan(first) + math.atan(last)


def build_circle(x: Array) -> Circle:
    """Cut the circle of directions at ascending, distinct inputs x of shape (M,), M ≥ 1.

    >>> build_circle(np.array([0.0])).dead / math.pi
    1.0
    """
    norm = np.hypot(1.0, x)
    angle = np.arctan(x)
    middle = 0.5 * math.pi - 0.5 * float(angle[0] + angle[-1])
    first, last = float(x[0]), float(x[-1])
    # π/2 − arctan x = atan2(1, x): what is left of two right angles keeps its digits where the inputs are wide.
    quarter = 0.25 * (math.atan2(1.0, last) + math.atan2(1.0, -first))
    half = 0.5 * turned(first, last)
    right = np.stack([1.0 / norm, -x / norm])[:, ::-1]
    sine = (np.diff(x) / norm[:-1] / norm[1:])[::-1]
    cosine = np.sum(right[:, :-1] * right[:, 1:], axis=0)
    # Of cos(Δ/2) and sin(Δ/2) the larger by its square, the other by sin Δ: neither loses digits, none divides by 0.
    larger = np.sqrt(0.5 + 0.5 * np.abs(cosine))
    smaller = 0.5 * sine / larger
    half_cosine, half_sine = np.where(cosine < 0, (smaller, larger), (larger, smaller))
    return Circle(
        x=x,
        norm=norm,
        phi=np.concatenate([-angle[::-1], [middle], math.pi - angle[::-1]]),
        unit=np.concatenate([right, [[math.sin(half)], [math.cos(half)]], -right], axis=1).T,
        half_sine=np.concatenate([half_sine, [math.sin(quarter)] * 2, half_sine]),
        half_cosine=np.concatenate([half_cosine, [math.cos(quarter)] * 2, half_cosine]),
        dead=4.0 * quarter,
    )


def locate(circle: Circle, phi: Array) -> tuple[Index, Array, Array]:
    """Arcs in which angles (N,) lie, 2M for the dead one, with the angles from their beginnings and to their ends."""
    breaks = circle.phi
    turned = breaks[0] + np.mod(phi - breaks[0], 2.0 * math.pi)
    arc = np.clip(np.searchsorted(breaks, turned, side="right") - 1, 0, 2 * circle.size)
    after = np.append(breaks[1:], breaks[0] + 2.0 * math.pi)
    return arc, turned - breaks[arc], np.maximum(after[arc] - turned, 0.0)


def values_at_breaks(circle: Circle, r: Array) -> Array:
    """Evaluate Σ r_i (x_i cos φ + sin φ)₊ at the breaks, (M,) → (2M+1,), in O(M).

    At a datum it is P(x)/√(1+x²) or Q(x)/√(1+x²) with P(x) = Σ_{x_i > x} r_i (x_i − x) and
    Q(x) = Σ_{x_i < x} r_i (x − x_i), summed interval by interval so that the offset of the inputs costs no digits.
    """
    size, step = circle.size, np.diff(circle.x)
    values = np.zeros(2 * size + 1)
    # From the largest input down on the right, and up from the smallest, which stands last, on the left.
    np.cumsum(step[::-1] * np.cumsum(r[:0:-1]), out=values[1:size])
    np.cumsum(step * np.cumsum(r[:-1]), out=values[size + 1 : -1][::-1])
    values[:size] /= circle.norm[::-1]
    values[size + 1 :] /= circle.norm[::-1]
    w, b = circle.unit[size]
    values[size] = np.sum((w * circle.x + b) * r)
    return values


def values_at_data(circle: Circle, c: Array) -> Array:
    """Evaluate Σ c_k (x_i cos φ_k + sin φ_k)₊ over the breaks at the data: the transpose of `values_at_breaks`."""
    size, step = circle.size, np.diff(circle.x)
    right = (c[:size][::-1] / circle.norm)[:-1]
    left = (c[size + 1 :][::-1] / circle.norm)[1:]
    upward = np.concatenate([[0.0], np.cumsum(step * np.cumsum(right))])
    downward = np.concatenate([np.cumsum((step * np.cumsum(left[::-1])[::-1])[::-1])[::-1], [0.0]])
    w, b = circle.unit[size]
    return np.asarray(upward + downward + float(c[size]) * (w * circle.x + b))


def _vectors(circle: Circle, r: Array) -> Array:
    """v on each arc: the sum of r_i (x_i, 1) over the data active there."""
    size = circle.size
    vector = np.empty((2, 2 * size)).T
    for k, terms in enumerate((r * circle.x, r)):
        vector[:size, k] = np.cumsum(terms[::-1])
        vector[size, k] = vector[size - 1, k]
        vector[size + 1 :, k] = np.cumsum(terms)[:-1][::-1]
    return vector


def _inside(circle: Circle, vector: Array) -> NDArray[np.bool_]:
    (first, second), (w, b) = vector.T, circle.unit.T
    leaving = second * w[:-1] - first * b[:-1]
    arriving = second * w[1:] - first * b[1:]
    return np.asarray(leaving * arriving < 0)


def correlation(circle: Circle, r: Array) -> Correlation:
    """Evaluate g(φ) = Σ r_i (x_i cos φ + sin φ)₊ on every arc, for residuals r of shape (M,), in O(M).

    >>> field = correlation(build_circle(np.array([0.0, 1.0])), np.array([0.5, -0.5]))
    >>> field.ends.round(3).tolist()  # 0 and P(0) on the right, the middle of the common arc, Q(1) and 0 on the left
    [0.0, -0.5, -0.191, 0.354, 0.0]
    """
    ends, vector = values_at_breaks(circle, r), _vectors(circle, r)
    room = 1.0 - (vector[:, 0] ** 2 + vector[:, 1] ** 2)
    return Correlation(1.0 - ends, 1.0 + ends, vector, room, _inside(circle, vector))


def advance(circle: Circle, field: Correlation, step: Array) -> Correlation:
    """Correlation for r + step, with the distances from ±1 updated rather than formed anew.

    A step's effect on them is known to its own relative precision, so that they keep their digits as steps shrink.
    """
    ends, move = values_at_breaks(circle, step), _vectors(circle, step)
    vector = field.vector + move
    both = (field.vector + vector) * move
    room = field.room - (both[:, 0] + both[:, 1])
    return Correlation(field.below - ends, field.above + ends, vector, room, _inside(circle, vector))


def peaks(field: Correlation) -> Array:
    """Largest |g| on each closed arc (2M,)."""
    ends = np.abs(field.ends)
    amplitude = np.hypot(field.vector[:, 0], field.vector[:, 1])
    return np.maximum(np.maximum(ends[:-1], ends[1:]), np.where(field.inside, amplitude, 0.0))
