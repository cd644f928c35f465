"""The dual at finite temperature with residuals held as sums of two doubles: Newton's method to rounding level."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from . import double_double as dd
from .arc_weights import arc_weights
from .circle import Circle, Correlation
from .double_double import Pair
from .finite import Dual, DualPoint
from .partition import circle_derivatives
from .precise import PreciseCircle

Array = NDArray[np.float64]

_FAR = 0.5  # |g| everywhere below which the two signs of the arc formula cancel down to g


class PreciseDual(Dual):
    """Φ as in `Dual`, for targets y/λ and residuals in double-double arithmetic.

    The distances 1 ∓ g, 1 − |v|² and the fitted values y + r/ω then have the relative precision of a double, and with
    them the gradient, whatever the temperature.

    Args: circle; omega: weights (M,); y: targets (M,), not divided; lam: ridge penalty λ.
    """

    margin = 1e-24

    def __init__(self, circle: Circle, omega: Array, y: Array, lam: float) -> None:
        self._targets = dd.divide((y, np.zeros_like(y)), (np.full_like(y, lam), np.zeros_like(y)))
        super().__init__(circle, omega, self._targets[0])
        self._precise = PreciseCircle(circle)
        self._weight = np.where(omega > 0, omega, 1.0), np.zeros_like(omega)

    def start(self, b: float, r: Array, low: Array) -> DualPoint | None:
        """The point at r + low; None where |g| reaches 1."""
        return self._at(b, dd.two_sum(r, low))

    def moved(self, b: float, at: DualPoint, step: Array) -> DualPoint | None:
        """The point at r + step; None where |g| reaches 1."""
        return self._at(b, dd.add((at.r, at.low), (step, np.zeros_like(step))))

    def shift(self, r: Pair) -> Pair:
        """r/ω; 0 where there is no datum, for r is 0 there."""
        return dd.divide(r, self._weight)

    def _whole(self, field: Correlation, ends: Array) -> Array:
        """The arcs' gradient where |g| is small, to its own precision: both signs together."""

        def pairs(values: Array) -> Array:
            return np.stack([values[:-1], values[1:]], axis=1)

        sine, cosine = self.circle.half_sine, self.circle.half_cosine
        return arc_weights(sine, cosine, pairs(ends), pairs(field.below), pairs(field.above), field.room)

    def _at(self, b: float, r: Pair) -> DualPoint | None:
        field, ends, turn = self._precise.correlation(r)
        if not field.feasible:
            return None
        arcs = circle_derivatives(self.circle, field, turn)
        if np.all(np.abs(ends) < _FAR):
            arcs = replace(arcs, gradient=self._whole(field, ends))
        zs = self.circle.dead + float(np.sum(arcs.integral))
        if not 0.0 < zs < math.inf:  # too near a contact for double precision
            return None
        shift, pull = self.shift(r), self._precise.values_at_data(arcs.weights)
        fitted = dd.add(shift, self._targets)[0]
        half = dd.add((0.5 * shift[0], 0.5 * shift[1]), self._targets)
        value = math.log(zs) / b + float(dd.total(dd.multiply(r, half))[0])
        return DualPoint(r[0], field, arcs, zs, value, pull / (b * zs) + fitted, fitted, pull, r[1])
