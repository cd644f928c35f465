"""Where the smooth predictor at finite temperature bends: local maxima of |f″|."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from .contacts import local_maxima
from .law import GibbsLaw
from .result import Bend

Array = NDArray[np.float64]
Curve = Callable[[Array], tuple[Array, Array]]  # slope and curvature

_PER_GAP = 12
_AROUND = np.concatenate([-(2.0 ** -np.arange(0.0, 40.0)), [0.0], 2.0 ** -np.arange(0.0, 40.0)])
_NEGLIGIBLE = 1e-6  # a bend is reported if it turns by at least this part of all turning


def _grid(law: GibbsLaw) -> Array:
    """Angles of candidate points: between data evenly, and geometrically around every local maximum of |g|."""
    circle = law.circle
    edges = np.concatenate([[-0.5 * np.pi], np.arctan(circle.x), [0.5 * np.pi]])
    inner = edges[:-1, None] + np.diff(edges)[:, None] * (np.arange(1, _PER_GAP) / _PER_GAP)
    peaks = local_maxima(circle, law.point.field, 0.0).phi
    centre = np.arctan(-np.tan(peaks))
    spots = (centre[:, None] + 0.5 * np.pi * _AROUND).ravel()
    whole = np.unique(np.concatenate([inner.ravel(), np.arctan(circle.x), centre, spots]))
    return np.asarray(whole[np.abs(whole) < 0.5 * np.pi - 1e-6])


def _half_width(curve: Curve, x: Array, size: Array, at: int, end: int, top: float, peak: float) -> float:
    """Where |f″| falls to half its maximum on the way from grid index at towards end, by bisection; or at the end."""
    step = 1 if end > at else -1
    k = at
    while k != end and size[k + step] > 0.5 * top:
        k += step
    if k == end:
        return float(x[end])
    high, low = (peak if k == at else float(x[k])), float(x[k + step])
    for _ in range(80):
        middle = 0.5 * (high + low)
        if abs(float(curve(np.array([middle]))[1][0])) > 0.5 * top:
            high = middle
        else:
            low = middle
    return 0.5 * (high + low)


def find_bends(law: GibbsLaw) -> tuple[Bend, ...]:
    """Local maxima of |f″| on the whole line, ascending, each with its full width at half maximum and its turn.

    The turn is the change of f′ between the neighbouring minima of |f″|; maxima that turn by less than a millionth of
    all turning are left out.
    """

    def curve(points: Array) -> tuple[Array, Array]:
        _, slope, curvature = law.evaluate(points)
        return slope, curvature

    x = np.unique(np.tan(_grid(law)))
    slope, curvature = curve(x)
    size = np.abs(curvature)
    inner = np.arange(1, len(x) - 1)
    top = inner[(size[inner] > 0) & (size[inner] >= size[inner - 1]) & (size[inner] > size[inner + 1])]
    valleys = [0, *(int(a + np.argmin(size[a : b + 1])) for a, b in pairwise(top)), len(x) - 1]
    total = float(np.sum(np.abs(np.diff(slope))))
    bends = []
    for k, left, right in zip(top, valleys[:-1], valleys[1:], strict=True):
        turn = float(slope[right] - slope[left])
        if abs(turn) <= _NEGLIGIBLE * total:
            continue
        low, high = float(x[k - 1]), float(x[k + 1])
        found = minimize_scalar(
            lambda t: -abs(float(curve(np.array([t]))[1][0])), bounds=(low, high), method="bounded",
            options={"xatol": 1e-10 * (high - low)},
        )  # fmt: skip
        peak, best = (float(found.x), -float(found.fun)) if -found.fun > size[k] else (float(x[k]), float(size[k]))
        start = _half_width(curve, x, size, int(k), left, best, peak)
        stop = _half_width(curve, x, size, int(k), right, best, peak)
        bends.append(Bend(peak, stop - start, turn))
    return tuple(bends)
