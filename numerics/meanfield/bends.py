"""Where the smooth predictor at finite temperature bends: local maxima of |f″|."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .contacts import local_maxima
from .law import GibbsLaw
from .result import Bend

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Curve = Callable[[Array], Array]

_PER_GAP = 12
_APART = 1e-12  # angle between neighbouring points of the grid
_AROUND = np.concatenate([-(2.0 ** -np.arange(0.0, 40.0)), [0.0], 2.0 ** -np.arange(0.0, 40.0)])
_GOLDEN = 0.5 * (np.sqrt(5.0) - 1.0)
_GOLDEN_STEPS = 50
_NEGLIGIBLE = 1e-6  # a bend is reported if it turns by at least this part of all turning


def _grid(law: GibbsLaw) -> Array:
    """Candidate points: between data evenly, and geometrically around every local maximum of |g|."""
    circle = law.circle
    edges = np.concatenate([[-0.5 * np.pi], np.arctan(circle.x), [0.5 * np.pi]])
    inner = edges[:-1, None] + np.diff(edges)[:, None] * (np.arange(1, _PER_GAP) / _PER_GAP)
    peaks = local_maxima(circle, law.point.field, 0.0).phi
    centre = np.arctan(-np.tan(peaks))
    spots = (centre[:, None] + 0.5 * np.pi * _AROUND).ravel()
    data = np.arctan(circle.x)
    others = np.unique(np.concatenate([inner.ravel(), centre, spots]))
    others = others[np.abs(others) < 0.5 * np.pi - 1e-6]
    # Points nearer than rounding would show maxima of their own.
    nearest = data[np.clip(np.searchsorted(data, others) - np.array([[1], [0]]), 0, len(data) - 1)]
    others = others[np.min(np.abs(others - nearest), axis=0) > _APART]
    others = others[np.diff(others, prepend=-np.pi) > _APART]
    return np.unique(np.concatenate([np.tan(others), circle.x]))


def _sharpen(size: Curve, low: Array, high: Array) -> Array:
    """Maximise |f″| inside each bracket by golden section."""
    for _ in range(_GOLDEN_STEPS):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        rising = size(left) < size(right)
        low, high = np.where(rising, left, low), np.where(rising, high, right)
    return np.asarray(0.5 * (low + high))


def _crossings(size: Curve, inside: Array, outside: Array, level: Array) -> Array:
    """Where |f″| falls through a level between a point above it and one below it, by bisection."""
    for _ in range(60):
        middle = 0.5 * (inside + outside)
        above = size(middle) > level
        inside, outside = np.where(above, middle, inside), np.where(above, outside, middle)
    return np.asarray(0.5 * (inside + outside))


def _half_levels(size: Curve, x: Array, grid: Array, top: Index, stop: Index, peak: Array, height: Array) -> Array:
    """Where |f″| is half its maximum on the way from each top to its stop on the grid; the stop if it stays above."""
    step = np.where(stop > top, 1, -1)
    at, level = top.copy(), 0.5 * height
    moving = at != stop
    while np.any(moving):
        moving &= grid[at + np.where(moving, step, 0)] > level
        at = np.where(moving, at + step, at)
        moving &= at != stop
    inside = np.where(at == top, peak, x[at])
    outside = x[np.where(at == stop, at, at + step)]
    return np.where(at == stop, x[stop], _crossings(size, inside, outside, level))


def find_bends(law: GibbsLaw) -> tuple[Bend, ...]:
    """Local maxima of |f″| on the whole line, ascending, each with its full width at half maximum and its turn.

    The turn is the change of f′ between the neighbouring minima of |f″|; maxima that turn by less than a millionth of
    all turning are left out. Half a width ends at the neighbouring minimum where that lies above half the maximum.
    """

    def size(points: Array) -> Array:
        return np.abs(law.curvature(points))

    x = _grid(law)
    slope, grid = law.evaluate(x)[1], size(x)
    inner = np.arange(1, len(x) - 1)
    top = inner[(grid[inner] > 0) & (grid[inner] >= grid[inner - 1]) & (grid[inner] > grid[inner + 1])]
    if len(top) == 0:
        return ()
    between = [int(a + np.argmin(grid[a : b + 1])) for a, b in pairwise(top)]
    left, right = np.array([0, *between]), np.array([*between, len(x) - 1])
    turn = slope[right] - slope[left]
    keep = np.abs(turn) > _NEGLIGIBLE * float(np.sum(np.abs(np.diff(slope))))
    top, left, right, turn = top[keep], left[keep], right[keep], turn[keep]
    peak = _sharpen(size, x[top - 1], x[top + 1])
    height = size(peak)
    coarse = height < grid[top]  # at a datum |f″| has a kink that golden section may straddle
    peak, height = np.where(coarse, x[top], peak), np.where(coarse, grid[top], height)
    start = _half_levels(size, x, grid, top, left, peak, height)
    stop = _half_levels(size, x, grid, top, right, peak, height)
    return tuple(Bend(float(t), float(b - a), float(d)) for t, a, b, d in zip(peak, start, stop, turn, strict=True))
