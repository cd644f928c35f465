"""Arrays of unevaluated sums hi + lo of two doubles, about 31 decimal digits, in vectorised arithmetic.

Each number is a pair of arrays with |lo| at most half a unit in the last place of hi. Every operation is exact up to a
relative error of a few 2⁻¹⁰⁴; there is no assumption on the hardware beyond IEEE rounding to nearest.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Pair = tuple[Array, Array]

_SPLITTER = 134217729.0  # 2²⁷ + 1
_PART = 1 << 14


def _renormalised(high: Array, low: Array) -> Pair:
    total = high + low
    return total, low - (total - high)


def _halves(a: Array) -> Pair:
    scaled = _SPLITTER * a
    high = scaled - (scaled - a)
    return high, a - high


def two_sum(a: Array, b: Array) -> Pair:
    """a + b exactly, as its rounding and the error of that."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def two_product(a: Array, b: Array) -> Pair:
    """a·b exactly, as its rounding and the error of that (T. J. Dekker, Numer. Math. 18, 1971)."""
    product = a * b
    (a1, a2), (b1, b2) = _halves(a), _halves(b)
    return product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2


def add(a: Pair, b: Pair) -> Pair:
    """a + b."""
    high, error = two_sum(a[0], b[0])
    low, rest = two_sum(a[1], b[1])
    high, error = _renormalised(high, error + low)
    return _renormalised(high, error + rest)


def negative(a: Pair) -> Pair:
    """−a."""
    return -a[0], -a[1]


def multiply(a: Pair, b: Pair) -> Pair:
    """a·b."""
    high, error = two_product(a[0], b[0])
    return _renormalised(high, error + (a[0] * b[1] + a[1] * b[0]))


def divide(a: Pair, b: Pair) -> Pair:
    """a/b, by one step of long division more than the digits need."""
    first = a[0] / b[0]
    rest = add(a, negative(multiply((first, np.zeros_like(first)), b)))
    second = rest[0] / b[0]
    rest = add(rest, negative(multiply((second, np.zeros_like(second)), b)))
    high, low = _renormalised(first, second)
    return _renormalised(high, low + rest[0] / b[0])


def square_root(a: Pair) -> Pair:
    """√a for a > 0, by Newton's method from the double root.

    >>> high, low = square_root((np.array([2.0]), np.array([0.0])))
    >>> float(low[0])  # √2 = 1.4142135623730951 − 9.667…e-17
    -9.667293313452912e-17
    """
    root = np.sqrt(a[0])
    rest = add(a, negative(two_product(root, root)))
    return _renormalised(root, rest[0] / (2.0 * root))


def parts(size: int) -> Iterator[slice]:
    """Consecutive ranges, each short enough for the processor's cache."""
    return (slice(first, min(first + _PART, size)) for first in range(0, size, _PART))


def running_sum(a: Pair) -> Pair:
    """Partial sums a₀, a₀ + a₁, …: the errors of the double partial sums are known exactly and summed beside them."""
    high, low = np.empty_like(a[0]), np.empty_like(a[1])
    carry, carried = 0.0, 0.0
    for part in parts(len(high)):
        sums = np.cumsum(np.concatenate([[carry], a[0][part]]))
        before, after = sums[:-1], sums[1:]
        step = after - before
        error = (before - (after - step)) + (a[0][part] - step) + a[1][part]
        errors = np.cumsum(np.concatenate([[carried], error]))[1:]
        high[part], low[part] = two_sum(after, errors)
        carry, carried = float(after[-1]), float(errors[-1])
    return high, low


def total(a: Pair) -> Pair:
    """Sum along the last axis, in pairs of neighbours."""
    while a[0].shape[-1] > 1:
        size = a[0].shape[-1]
        half = size // 2
        folded = add((a[0][..., :half], a[1][..., :half]), (a[0][..., half : 2 * half], a[1][..., half : 2 * half]))
        if size % 2:
            high, low = (np.concatenate([f, part[..., -1:]], axis=-1) for f, part in zip(folded, a, strict=True))
            folded = high, low
        a = folded
    return a[0][..., 0], a[1][..., 0]
