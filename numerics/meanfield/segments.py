"""Sums over ranges of the data in long arithmetic: all that units know of the data between two neighbouring breaks.

Between neighbouring breaks of the units in use every unit is affine in x, so that the M terms of the loss there depend
on the units through six sums alone. A range's sums cost O(1) once those of the blocks of data have been formed in O(M).
"""

from __future__ import annotations

import numpy as np
from flint import arb
from numpy.typing import NDArray

from . import double_double as dd
from .circle import Circle

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Moments = tuple[arb, arb, arb, arb, arb, arb]

BITS = 320  # precision in which the sums over blocks are kept: their differences lose nothing that the blocks knew
_BLOCK = 32
_CHUNK = 1 << 9  # blocks summed at once


def _zero() -> Moments:
    return (arb(0),) * 6


def _plus(a: Moments, b: Moments) -> Moments:
    return tuple((u + v).mid() for u, v in zip(a, b, strict=True))


def _minus(a: Moments, b: Moments) -> Moments:
    return tuple((u - v).mid() for u, v in zip(a, b, strict=True))


def _shifted(sums: list[arb], shift: arb) -> Moments:
    """Sums about one point of the inputs, from those about a point that lies further by `shift`."""
    w, x, xx, y, xy, yy = sums
    return w, x + shift * w, xx + shift * (2 * x + shift * w), y, xy + shift * y, yy


class Segments:
    """The data of a problem, with their sums (Σω, Σωd, Σωd², Σωη, Σωdη, Σωη²) over any range of them.

    d = x − reference and η = y/λ, both kept as unevaluated sums of two doubles, so that neither the offset of the
    inputs nor the division by λ costs digits.
    """

    def __init__(self, circle: Circle, omega: Array, y: Array, lam: float) -> None:
        self.circle, self.omega = circle, omega
        self.reference = float(circle.x[circle.size // 2])
        self.offset = dd.two_sum(circle.x, np.full(circle.size, -self.reference))
        self.target = dd.divide((y, np.zeros_like(y)), (np.full(len(y), lam), np.zeros(len(y))))
        self._full = circle.size // _BLOCK
        self._known: dict[tuple[int, int], Moments] = {}
        self._inside: dict[int, list[Moments]] = {}
        self._prefix: list[Moments] | None = None

    def _block_sums(self, first: int, last: int) -> list[list[tuple[float, float]]]:
        """The six sums over each of some blocks, about the first input of the block, as pairs of doubles."""
        where = slice(first * _BLOCK, last * _BLOCK)

        def blocks(a: Array) -> Array:
            return a[where].reshape(-1, _BLOCK)

        x, omega = blocks(self.circle.x), blocks(self.omega)
        d = dd.two_sum(x, -x[:, :1])
        eta = blocks(self.target[0]), blocks(self.target[1])
        w = omega, np.zeros_like(omega)
        wx, wy = dd.multiply(w, d), dd.multiply(w, eta)
        terms = (w, wx, dd.multiply(wx, d), wy, dd.multiply(wx, eta), dd.multiply(wy, eta))
        sums = [dd.total(term) for term in terms]
        return [
            [(float(high[k]), float(low[k])) for high, low in sums] for k in range(len(x))
        ]  # fmt: skip

    def _blocks(self) -> list[Moments]:
        """Sums over the first 0, 1, 2, … blocks, about the reference."""
        if self._prefix is None:
            self._prefix = [_zero()]
            for first in range(0, self._full, _CHUNK):
                last = min(first + _CHUNK, self._full)
                for k, sums in enumerate(self._block_sums(first, last), start=first):
                    shift = arb(float(self.circle.x[k * _BLOCK])) - arb(self.reference)
                    block = _shifted([arb(high) + arb(low) for high, low in sums], shift)
                    self._prefix.append(_plus(self._prefix[-1], block))
        return self._prefix

    def datum(self, i: int) -> tuple[arb, arb, arb]:
        """ω, d and η of one datum, exactly."""
        d = arb(float(self.circle.x[i])) - arb(self.reference)
        return arb(float(self.omega[i])), d, arb(float(self.target[0][i])) + arb(float(self.target[1][i]))

    def _within(self, block: int) -> list[Moments]:
        """Sums over the first 0, 1, 2, … data of one block, about the reference."""
        if block not in self._inside:
            sums = [_zero()]
            for i in range(block * _BLOCK, min((block + 1) * _BLOCK, self.circle.size)):
                w, d, eta = self.datum(i)
                wx, wy = w * d, w * eta
                sums.append(_plus(sums[-1], (w, wx, wx * d, wy, wx * eta, wy * eta)))
            self._inside[block] = sums
        return self._inside[block]

    def _part(self, first: int, last: int) -> Moments:
        """The six sums over data of one block."""
        start = first // _BLOCK * _BLOCK
        sums = self._within(first // _BLOCK)
        return _minus(sums[last - start], sums[first - start])

    def between(self, first: int, last: int) -> Moments:
        """The six sums over the data first ≤ i < last."""
        key = first, last
        if key not in self._known:
            low, high = -(-first // _BLOCK), last // _BLOCK
            if (first, last) == (low * _BLOCK, high * _BLOCK):
                self._known[key] = _minus(self._blocks()[high], self._blocks()[low])
            elif first // _BLOCK == (last - 1) // _BLOCK:
                self._known[key] = self._part(first, last)
            else:
                ends = _plus(self.between(first, low * _BLOCK), self.between(high * _BLOCK, last))
                self._known[key] = _plus(ends, self.between(low * _BLOCK, high * _BLOCK))
        return self._known[key]

    def long_rows(self, first: int, last: int) -> tuple[arb, arb, arb]:
        """Mean m, √Σω and √Σω(d−m)² of a range: (√Σω (αm + β), α√Σω(d−m)²) has the norm of α d + β over it."""
        w, x, xx = self.between(first, last)[:3]
        mean = (x / w).mid()
        square = xx - x * mean
        return mean, w.sqrt().mid(), square.sqrt().mid() if last - first > 1 and square > 0 else arb(0)

    def rows(self, first: int, last: int) -> tuple[float, float, float]:
        """The same in doubles."""
        mean, root, spread = self.long_rows(first, last)
        return float(mean), float(root), float(spread)
