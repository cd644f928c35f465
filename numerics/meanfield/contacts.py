"""Where |g| is locally largest on the circle: the directions in which a unit would pay, and the contacts |g| = λ."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .circle import Circle, Correlation
from .units import Units

Array = NDArray[np.float64]


def _amplitude(field: Correlation) -> Array:
    return np.asarray(np.hypot(field.vector[:, 0], field.vector[:, 1]))


def largest(field: Correlation) -> float:
    """The largest |g| on the circle."""
    return float(np.max(np.concatenate([np.abs(field.ends), np.where(field.inside, _amplitude(field), 0.0)])))


def local_maxima(circle: Circle, field: Correlation, threshold: float) -> Units:
    """Local maxima of |g| above a threshold, inside arcs and at data, each as a unit of weight −g, in O(M).

    Inside an arc |g| peaks where v points, at |v|; at a datum where |g| falls to both sides. The two arcs common to all
    units count as one.
    """
    size = circle.size
    normal = np.stack([-circle.unit[:, 1], circle.unit[:, 0]], axis=1)
    leaving = np.sum(field.vector * normal[:-1], axis=1)
    arriving = np.sum(field.vector * normal[1:], axis=1)
    leaving[size], arriving[size - 1] = leaving[size - 1], arriving[size]
    amplitude = _amplitude(field)
    one = np.arange(2 * size) != size
    arcs = np.flatnonzero(one & (leaving * arriving < 0) & (amplitude > threshold))
    sign = np.sign(leaving[arcs])
    direction = field.vector[arcs] * sign[:, None]
    start = circle.phi[arcs]
    turn = np.arctan2(direction[:, 1], direction[:, 0]) - start
    turn = np.maximum((turn + math.pi) % (2.0 * math.pi) - math.pi, 0.0)
    inner = Units(start + turn, -sign * amplitude[arcs], np.where(arcs == size - 1, 2 * size, 2 * arcs + 1))
    ends = field.ends
    side = np.sign(ends[1:-1])
    peak = (side * leaving[1:] <= 0) & (side * arriving[:-1] >= 0) & (np.abs(ends[1:-1]) > threshold)
    peak[size - 1] = False  # the middle of the common arc is no datum
    breaks = np.flatnonzero(peak) + 1
    return inner.join(Units(circle.phi[breaks], -ends[breaks], 2 * breaks))
