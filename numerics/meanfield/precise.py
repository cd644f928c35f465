"""The correlation and the pull of the units from residuals held as sums of two doubles.

In double precision 1 − |g| drowns in the rounding of g: at low temperature it is far smaller. Sums of residuals in
double-double arithmetic leave it, and 1 − |v|², with the relative precision of a double, in O(M) like everything else.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from . import double_double as dd
from .circle import Circle, Correlation
from .double_double import Pair

Array = NDArray[np.float64]


def _exact(values: Array) -> Pair:
    return values, np.zeros_like(values)


def _part(a: Pair, where: slice) -> Pair:
    return a[0][where], a[1][where]


def _distance(a: Pair, sign: float) -> Array:
    """1 − sign · a, rounded once."""
    return dd.add(_exact(np.ones_like(a[0])), (-sign * a[0], -sign * a[1]))[0]


class PreciseCircle:
    """The geometry of the inputs in double-double arithmetic, for sums of residuals that nearly cancel.

    circle: the same in doubles.
    """

    def __init__(self, circle: Circle) -> None:
        self.circle, x = circle, circle.x
        one = _exact(np.ones_like(x))
        self._step = dd.two_sum(x[1:], -x[:-1])
        self._norm = dd.square_root(dd.add(one, dd.two_product(x, x)))
        self._middle = self._half_way(x[:1], x[-1:])

    def _half_way(self, low: Array, high: Array) -> tuple[Pair, Pair]:
        """The middle of the common arcs, half way between the directions at the outermost inputs, (1,) each."""
        places, one = (_exact(low), _exact(high)), _exact(np.ones(1))
        norms = _part(self._norm, slice(0, 1)), _part(self._norm, slice(-1, None))
        if low[0] < 0.0 < high[0]:
            # Cosine and sine of the sum of the inputs' angles, in which nothing large cancels.
            size = dd.multiply(*norms)
            cosine = dd.divide(dd.add(one, dd.negative(dd.multiply(*places))), size)
            b = dd.square_root(dd.multiply(dd.add(one, cosine), _exact(np.full(1, 0.5))))
            return dd.divide(dd.divide(dd.two_sum(low, high), size), (2.0 * b[0], 2.0 * b[1])), b
        # The sum of two unit vectors halves their angle.
        w, b = (dd.add(*(dd.divide(part, norm) for part, norm in zip(ends, norms, strict=True)))
                for ends in (places, (one, one)))  # fmt: skip
        length = dd.square_root(dd.add(dd.multiply(w, w), dd.multiply(b, b)))
        return dd.divide(w, length), dd.divide(b, length)

    def _side(self, r: Pair, moment: Pair, back: bool) -> tuple[Pair, Pair, Pair, Array, Array]:
        """From the end at which g is 0: g at the data, v, 1 − |v|² and v × e at both ends of the arcs behind them."""
        order = slice(None, None, -1 if back else 1)
        r, moment, x = _part(r, order), _part(moment, order), self.circle.x[order]
        norm, step = _part(self._norm, order), _part(self._step, order)
        inner, first = dd.running_sum(r), dd.running_sum(moment)
        g = dd.divide(dd.running_sum(dd.multiply(step, _part(inner, slice(-1)))), _part(norm, slice(1, None)))
        g = np.append(0.0, g[0]), np.append(0.0, g[1])
        room = _distance(dd.add(dd.multiply(inner, inner), dd.multiply(first, first)), 1.0)
        turns = [
            dd.add(dd.multiply(first, _exact(place)), inner)[0] / size
            for place, size in ((x, norm[0]), (np.append(x[1:], 0.0), np.append(norm[0][1:], 1.0)))
        ]
        return g, first, inner, room, np.stack(turns)

    def correlation(self, r: Pair) -> tuple[Correlation, Array, Array]:
        """Evaluate g for residuals r = high + low, (M,) each.

        Returns: the correlation, its distances from ±1 with the relative precision of a double; g itself at the breaks
        (2M+1,), with that too; and dg/dφ = v × e at both ends of the arcs (2M, 2).
        """
        size = self.circle.size
        moment = dd.multiply(r, _exact(self.circle.x))
        left, first_left, inner_left, room_left, turn_left = self._side(r, moment, back=False)
        right, first, inner, room_right, turn_right = self._side(r, moment, back=True)
        all_first, all_inner = _part(first, slice(-1, None)), _part(inner, slice(-1, None))
        w, b = self._middle
        g = dd.add(dd.multiply(all_first, w), dd.multiply(all_inner, b))
        g = (
            np.concatenate([right[0], g[0], left[0][::-1]]),
            np.concatenate([right[1], g[1], left[1][::-1]]),
        )
        across = dd.add(dd.multiply(all_inner, w), dd.negative(dd.multiply(all_first, b)))[0]
        vector, turn = np.empty((2, 2 * size)), np.empty((2, 2 * size))
        for row, one, other in zip(vector, (first, inner), (first_left, inner_left), strict=True):
            row[:size], row[size], row[size + 1 :] = one[0], one[0][-1], other[0][-2::-1]
        # On the left an arc begins at the larger datum, and its direction is opposite.
        turn[:, :size] = turn_right
        turn[1, size - 1] = turn[0, size] = across[0]
        turn[1, size] = -turn_left[0, -1]
        turn[:, size + 1 :] = -turn_left[::-1, -2::-1]
        room = np.concatenate([room_right, room_right[-1:], room_left[-2::-1]])
        return Correlation(_distance(g, 1.0), _distance(g, -1.0), vector.T, room, turn[0] * turn[1] < 0), g[0], turn.T

    def values_at_data(self, c: Array) -> Array:
        """Σ c_k (x_i cos φ_k + sin φ_k)₊ over the breaks at the data (M,), rounded once."""
        size, back = self.circle.size, slice(None, None, -1)

        def summed(weights: Array, order: slice) -> Pair:
            """From the end at which no unit of the side is active."""
            norm, step = _part(self._norm, order), _part(self._step, order)
            slopes = dd.running_sum(dd.divide(_exact(weights[:-1]), _part(norm, slice(-1))))
            values = dd.running_sum(dd.multiply(step, slopes))
            return np.append(0.0, values[0])[order], np.append(0.0, values[1])[order]

        right, left = summed(c[:size][::-1], slice(None)), summed(c[size + 1 :], back)
        w, b = (dd.multiply(part, _exact(c[size : size + 1])) for part in self._middle)
        middle = dd.add(dd.multiply(_exact(self.circle.x), w), b)
        return dd.add(dd.add(right, left), middle)[0]
