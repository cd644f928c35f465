"""The Lloyd–Max quantiser of N(0, 1) with an even number of levels, enclosed.

The optimal L-level quantiser has thresholds half-way between neighbouring levels and levels at the cell means
(S. P. Lloyd, IEEE Trans. Inf. Theory 28 (1982) 129; J. Max, IRE Trans. 6 (1960) 7). For a log-concave density the two
conditions have one solution only (P. E. Fleischer, IEEE Int. Conv. Rec. 1964, 104; A. V. Trushkin, IEEE Trans. Inf.
Theory 28 (1982) 187), so a solution whose existence an interval Newton step proves is the optimum.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.special
from flint import arb, arb_mat, ctx

Ball = Any

MAX_LEVELS = 256
_PRECISION = 256
_STEPS = 60


@dataclass(frozen=True)
class LloydMax:
    """thresholds: the L/2 − 1 positive ones; levels: the L/2 positive ones; distortion: 1 − E s(x)²; all balls."""

    thresholds: tuple[Ball, ...]
    levels: tuple[Ball, ...]
    distortion: Ball


def _density(t: Ball) -> Ball:
    return (-t * t / 2).exp() / (2 * arb.pi()).sqrt()


def _cells(thresholds: list[Ball]) -> tuple[list[Ball], list[Ball], list[Ball]]:
    """Densities at 0 = t_0, t_1, …, ∞; cell probabilities; cell means (φ(t_{k−1}) − φ(t_k))/P_k."""
    densities = [_density(arb(0)), *(_density(t) for t in thresholds), arb(0)]
    root = arb(2).sqrt()
    upper = [arb(1), *((t / root).erfc() for t in thresholds), arb(0)]
    masses = [(a - b) / 2 for a, b in pairwise(upper)]
    means = [(densities[k] - densities[k + 1]) / mass for k, mass in enumerate(masses)]
    return densities, masses, means


def _residual_and_jacobian(thresholds: list[Ball]) -> tuple[Any, Any]:
    """F_k = 2t_k − y_k − y_{k+1} and its tridiagonal Jacobian, from ∂y/∂(upper end) = φ·(end − y)/P and its mirror."""
    m = len(thresholds)
    densities, masses, means = _cells(thresholds)
    upper = [densities[k + 1] * (thresholds[k] - means[k]) / masses[k] for k in range(m)]
    lower = [densities[k] * (means[k] - thresholds[k - 1]) / masses[k] for k in range(1, m + 1)]
    residual = arb_mat(m, 1, [2 * thresholds[k] - means[k] - means[k + 1] for k in range(m)])
    jacobian = arb_mat(m, m)
    for k in range(m):
        jacobian[k, k] = 2 - upper[k] - lower[k]
        if k > 0:
            jacobian[k, k - 1] = -lower[k - 1]
        if k + 1 < m:
            jacobian[k, k + 1] = -upper[k + 1]
    return residual, jacobian


def _start(levels: int) -> list[float]:
    """Lloyd's iteration in doubles from Panter and Dite's asymptotic rule (quantiles of N(0, 3))."""
    m = levels // 2
    t = np.sqrt(3.0) * scipy.special.ndtri(0.5 + np.arange(1, m) / levels)
    for _ in range(200):
        edges = np.concatenate([[0.0], t, [np.inf]])
        density = np.exp(-(edges**2) / 2) / np.sqrt(2 * np.pi)
        means = -np.diff(density) / -np.diff(scipy.special.ndtr(-edges))
        t = (means[:-1] + means[1:]) / 2
    return [float(v) for v in t]


def _middles(column: Any) -> list[Ball]:
    return [arb(column[k, 0].mid()) for k in range(column.nrows())]


def _newton(thresholds: list[Ball]) -> list[Ball]:
    """Newton's method on midpoints until it stops moving."""
    for _ in range(_STEPS):
        residual, jacobian = _residual_and_jacobian(thresholds)
        step = _middles(arb_mat(jacobian.mid()).solve(arb_mat(residual.mid())))
        thresholds = [arb((t - s).mid()) for t, s in zip(thresholds, step, strict=True)]
        if all(abs(s) < arb(2) ** (40 - _PRECISION) for s in step):
            return thresholds
    raise ArithmeticError("Newton's method for the Lloyd–Max conditions did not converge")


def _certified(thresholds: list[Ball]) -> list[Ball]:
    """Interval Newton: N(X) = m − J(X)⁻¹F(m) inside X proves one solution in X."""
    radius = arb(2) ** (80 - _PRECISION)
    around = [t + arb(0, radius) for t in thresholds]
    residual, _ = _residual_and_jacobian(thresholds)
    _, jacobian = _residual_and_jacobian(around)
    step = jacobian.solve(residual)
    enclosed = [t - step[k, 0] for k, t in enumerate(thresholds)]
    if not all(wide.contains_interior(tight) for wide, tight in zip(around, enclosed, strict=True)):
        raise ArithmeticError("the Lloyd–Max solution could not be certified")
    return enclosed


@lru_cache(maxsize=32)
def lloyd_max(levels: int) -> LloydMax:
    """The best quantiser of N(0, 1) with the given even number of levels, as certified balls.

    Arguments: levels, even, 2 … 256. Returns: LloydMax. Raises: ValueError for another number of levels.

    >>> float(lloyd_max(2).levels[0].mid())  # √(2/π)
    0.7978845608028654
    >>> round(float(lloyd_max(4).distortion.mid()), 8)
    0.11748185
    """
    if levels % 2 or not 2 <= levels <= MAX_LEVELS:
        raise ValueError(f"quantizer:{levels}: the number of levels must be even, from 2 to {MAX_LEVELS}")
    with ctx.workprec(_PRECISION):
        thresholds: list[Ball] = []
        if levels > 2:
            thresholds = _certified(_newton([arb(t) for t in _start(levels)]))
        _, masses, means = _cells(thresholds)
        # E x s = E s² because the levels are cell means; the two halves are mirror images.
        second = sum((2 * p * y * y for p, y in zip(masses, means, strict=True)), arb(0))
        return LloydMax(tuple(thresholds), tuple(means), 1 - second)
