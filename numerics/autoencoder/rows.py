"""Codes trained on the rows of data, which need not be Gaussian, and decoders fitted to them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..activations import Activation
from .minimizer import normalised_rows
from .stochastic import BATCH, RATE, straight_through

Array = NDArray[np.float64]

_LOOK = 100  # steps between two looks at how correlated the codes are
_FARTHEST = 0.1  # that a row of C may move in one step: batches of heavy-tailed rows would throw it anywhere


def fitted_decoder(codes: Array, rows: Array) -> Array:
    """The decoder (k×n) with the least squared error from codes (N×n) to rows (N×k).

    >>> fitted_decoder(np.array([[1.0], [-1.0]]), np.array([[2.0], [-2.0]])).round(12).tolist()
    [[2.0]]
    """
    return np.asarray(np.linalg.lstsq(codes, rows, rcond=None)[0].T)


def _stable_step(codes: Array, least: float) -> float:
    """A step for A: descent on it is stable below 2/λ, λ the largest eigenvalue of the codes' second moments."""
    largest = float(np.linalg.norm(codes, 2)) ** 2 / codes.shape[0]
    return 1.0 / (largest if largest > least else least)


def descend_on_rows(
    rows: Array, C: Array, sigma: Activation, steps: int, generator: np.random.Generator, variances: Array | None = None
) -> Array:
    """Joint straight-through descent on batches drawn from rows of data, for the encoder that codes them best.

    As for Gaussian rows, with a step in A that suits codes as correlated as these are, and short moves of C.

    Arguments: rows (N×k), whitened; C, the encoder to start from (n×k, unit rows); sigma; steps; generator; variances,
    D², by which the squared error counts a direction, None for all alike. Returns: C after training.

    >>> from ..activations import activation
    >>> rows = np.random.default_rng(0).standard_normal((100, 3))
    >>> descend_on_rows(rows, np.eye(3), activation("sign"), 5, np.random.default_rng(1)).shape
    (3, 3)
    """
    n, k = C.shape
    deviations = np.ones(k) if variances is None else np.sqrt(variances)
    scale, least = float(np.max(deviations)) ** 2, max(n / k, 1.0) + sigma.alpha
    A = fitted_decoder(sigma(rows @ C.T) / sigma.c1, rows * deviations)
    for taken in range(steps):
        if taken % _LOOK == 0:
            step_A = _stable_step(sigma(rows @ C.T) / sigma.c1, least)
        rate = RATE * (1.0 - taken / steps)
        z = rows[generator.integers(len(rows), size=BATCH)]
        _, gradient_A, gradient_C = straight_through(A, C, z, deviations, sigma)
        move = rate / scale * gradient_C
        move *= np.minimum(1.0, _FARTHEST / np.maximum(np.linalg.norm(move, axis=1, keepdims=True), _FARTHEST))
        A, C = A - rate * step_A * gradient_A, normalised_rows(C - move)
    return C
