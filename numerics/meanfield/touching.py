"""The contacts |g| = 1 of a solution, up to the rounding of the data: where other minimisers can have units."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .scan import Peaks, Scan
from .segments import Segments
from .sparse_model import LongUnit, SparseModel, active_range, features

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_EPS = float(np.finfo(float).eps)
_ULPS = 8.0  # roundings of each number of the data that a contact may take to be one
_MOST = 512  # peaks examined, those nearest to |g| = 1
_RANK = 1e-13  # singular values below this part of the largest count as zero


def _lines(data: Segments, units: list[LongUnit], boundaries: Index) -> tuple[Array, Array]:
    """Slope and height about the reference of units on segments, and of their derivatives in φ: each (S, 2K)."""
    ranges = np.array([active_range(data.circle, unit.place) for unit in units], dtype=np.intp).reshape(-1, 2)
    vectors = np.array([(float(u.p / u.size), float(u.q / u.size)) for u in units]).reshape(-1, 2)
    w, b = (vectors * np.array([unit.sign for unit in units], dtype=np.float64)[:, None]).T
    start = boundaries[:-1, None]
    active = (start >= ranges[:, 0]) & (start < ranges[:, 1])
    slope = np.concatenate([active * w, active * -b], axis=1)
    height = np.concatenate([active * (b + w * data.reference), active * (w - b * data.reference)], axis=1)
    return slope, height


def _sums(values: Array, boundaries: Index) -> Array:
    return np.asarray(np.add.reduceat(values, boundaries[:-1]))


def _tolerance(model: SparseModel, found: Scan, peaks: Peaks) -> Array:
    """By how much rounding of inputs, targets and weights can move 1 − |g| at peaks.

    With ρ the part of a peak's unit that the units in use, and their turning, do not span, 1 − |g| there is fixed by
    their conditions up to ±⟨r, ρ⟩. A change of x_i changes that by r_i ρ′(x_i) δx_i, a change of f − η by ω ρ.
    """
    data = model.data
    new = peaks.units(data)
    both = [*model.units, *new]
    known, free = len(model.units), model.arcs()
    ranges = [end for unit in both for end in active_range(data.circle, unit.place)]
    boundaries = np.unique(np.array([0, data.circle.size, *ranges], dtype=np.intp))
    value, derivative = features(data, both)
    basis = np.concatenate([value[:, :known], derivative[:, :known][:, free]], axis=1)
    norms = np.linalg.norm(basis, axis=0)
    scale = np.where(norms > _RANK * np.max(norms, initial=0.0), 1.0 / np.maximum(norms, 1e-300), 0.0)
    share = scale[:, None] * np.linalg.lstsq(basis * scale, value[:, known:], rcond=_RANK)[0]
    slopes, heights = _lines(data, both, boundaries)
    count = len(both)
    used = np.concatenate([np.arange(known), count + np.flatnonzero(free)])
    slope = slopes[:, known:count] - slopes[:, used] @ share
    height = heights[:, known:count] - heights[:, used] @ share
    x, d, r = data.circle.x, data.offset[0], found.r
    first, last = d[boundaries[:-1], None], d[boundaries[1:] - 1, None]
    size = np.maximum(np.abs(slope * first + height), np.abs(slope * last + height))
    steep = np.array([float(line[0]) for line in model.lines])
    steep = np.repeat(np.abs(steep), np.diff(model.boundaries))
    terms = data.omega * (np.abs(data.target[0]) + steep * np.abs(x)) + np.abs(r)
    moved = np.abs(slope) * _sums(np.abs(r * x), boundaries)[:, None] + size * _sums(terms, boundaries)[:, None]
    return np.asarray(_ULPS * _EPS * np.sum(moved, axis=0) + found.noise)


def find_contacts(model: SparseModel, found: Scan) -> list[LongUnit]:
    """Directions with |g| = 1 for data as near the given ones as rounding is, each as a unit of weight ±1.

    Far from the origin or between close data |g| differs from 1 by far less than its own rounding would allow at
    places that are no contacts; how the data's rounding moves it is another matter, and decides here.
    """
    taken = {unit.place for unit in model.units}
    peaks = found.peaks.pick(np.array([int(place) not in taken for place in found.peaks.place], dtype=bool))
    peaks = peaks.pick(np.sort(np.argsort(-peaks.excess, kind="stable")[:_MOST]))
    if len(peaks) == 0:
        return []
    return peaks.pick(peaks.excess >= -_tolerance(model, found, peaks)).units(model.data)
