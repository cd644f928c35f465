"""Joint stochastic descent on (A, B) with a straight-through slope for activations that are steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..activations import Activation
from .minimizer import normalised_rows

Array = NDArray[np.float64]

BATCH = 256
_RATE = 0.5
_RECORDS = 100


def straight_through_descent(
    C: Array, variances: Array, sigma: Activation, steps: int, generator: np.random.Generator
) -> tuple[Array, Array, list[float]]:
    """Minimises E|Dz − Aσ(Cz)/c_1|² over A (k×n) and C (n×k, unit rows) from fresh batches z ~ N(0, I).

    Each step descends the batch loss in A and C at once; where σ is a step, its slope is replaced by a smooth one on
    the way back (straight-through). Steps fall linearly to zero: without that, noise in A remains.

    Arguments: C, the start; variances, D²; sigma; steps; generator. Returns: A, C and the mean batch losses over about
    a hundred stretches.

    >>> from ..activations import activation
    >>> start = normalised_rows(np.random.default_rng(0).standard_normal((2, 4)))
    >>> A, C, losses = straight_through_descent(start, np.ones(4), activation("sign"), 50, np.random.default_rng(1))
    >>> A.shape, C.shape
    ((4, 2), (2, 4))
    """
    n, k = C.shape
    deviations = np.sqrt(variances)
    A = (C * deviations).T / sigma.f_of_one
    scale = float(np.max(variances))
    losses: list[float] = []
    recent: list[float] = []
    for step in range(steps):
        rate = _RATE * (1.0 - step / steps)
        z = generator.standard_normal((BATCH, k))
        inner = z @ C.T
        codes = sigma(inner) / sigma.c1
        error = codes @ A.T - z * deviations
        recent.append(float(np.mean(np.sum(error**2, axis=1))))
        gradient_A = error.T @ codes / BATCH
        gradient_C = ((error @ A) * sigma.slope(inner) / sigma.c1).T @ z / BATCH
        A = A - rate / (max(n / k, 1.0) + sigma.alpha) * gradient_A
        C = normalised_rows(C - rate / scale * gradient_C)
        if len(recent) * _RECORDS >= steps or step == steps - 1:
            losses.append(float(np.mean(recent)))
            recent = []
    return A, C, losses
