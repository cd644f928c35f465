"""Joint stochastic descent on (A, B) with a straight-through slope for activations that are steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..activations import Activation
from .journal import Journal, Problem, State
from .objective import best_decoder_gain, decoder_gain
from .source import isotropic, make_source
from .tensors import NUMPY

Array = NDArray[np.float64]

BATCH = 256
_RATE = 0.5
_RECORDS = 100


def _descend(
    problem: Problem, state: State, journal: Journal, generator: np.random.Generator, rows: Array | None, decay: bool
) -> State:
    """All steps from a state on, on rows of data in place of z ~ N(0, I) where they are given."""
    sigma, arrays = problem.sigma, problem.arrays
    n, k = state.C.shape
    deviations = arrays.sums(np.sqrt(problem.variances))
    scale, steps = float(np.max(problem.variances)), problem.limit
    step_A = 1.0 / (max(n / k, 1.0) + sigma.alpha)
    if not state.A.shape[0]:
        state = replace(state, A=(state.C * deviations).T / sigma.f_of_one)
    while state.taken < steps:
        rate = _RATE * (1.0 - state.taken / steps) if decay else _RATE
        drawn = (
            generator.standard_normal((BATCH, k)) if rows is None else rows[generator.integers(len(rows), size=BATCH)]
        )
        z = arrays.sums(drawn)
        pre = z @ state.C.T
        host = arrays.numpy(pre)
        codes, slopes = arrays.sums(sigma(host) / sigma.c1), arrays.sums(sigma.slope(host) / sigma.c1)
        error = codes @ state.A.T - z * deviations
        recent = (*state.recent, float((error**2).sum() / BATCH))
        A = state.A - rate * step_A * (error.T @ codes / BATCH)
        C = state.C - rate / scale * (((error @ state.A) * slopes).T @ z / BATCH)
        C = C / (C**2).sum(1)[:, None] ** 0.5
        history = state.history
        if len(recent) * _RECORDS >= steps or state.taken == steps - 1:
            history, recent = (*history, float(np.mean(recent)) / problem.source.dimension), ()
        state = State(C, state.taken + 1, A, history=history, recent=recent)
        journal.note(state)
    return state


def straight_through_descent(
    problem: Problem, state: State, journal: Journal, generator: np.random.Generator, decay: bool = True
) -> State:
    """Minimises E|Dz − Aσ(Cz)/c_1|² over A (k×n) and C (n×k, unit rows) from fresh batches z ~ N(0, I).

    Each step descends the batch loss in A and C at once; where σ is a step, its slope is replaced by a smooth one on
    the way back (straight-through). Steps fall linearly to zero: without that, noise in A remains. The noise is the
    host's, so that every backend takes the same path up to rounding.

    Arguments: problem; state, the start; journal; generator; decay, whether the steps fall. Returns: the state at the
    end, whose history holds the mean batch losses over about a hundred stretches, the risk with the trained decoder,
    and that with the best decoder for the same C.
    """
    sigma, arrays = problem.sigma, problem.arrays
    state = _descend(problem, state, journal, generator, None, decay)
    # What is left after a decaying step is largely noise in the decoder: it is solved for once at the end.
    joint = decoder_gain(arrays.numpy(state.A), arrays.numpy(state.C), problem.variances, sigma)
    gain = best_decoder_gain(state.C, problem.variances, sigma, arrays).gain
    history = (*state.history, problem.risk(joint), problem.risk(gain))
    return replace(state, history=history, stop="iterations", gain=gain)


def descend_on_rows(
    rows: Array, C: Array, sigma: Activation, steps: int, generator: np.random.Generator, variances: Array | None = None
) -> Array:
    """The same on batches drawn from the rows of data, for the encoder that they are best coded with.

    Arguments: rows (N×k), whitened; C, the encoder to start from (n×k, unit rows); sigma; steps; generator; variances,
    D², by which the squared error counts a direction, None for all alike. Returns: C after training.

    >>> from ..activations import activation
    >>> rows = np.random.default_rng(0).standard_normal((100, 3))
    >>> descend_on_rows(rows, np.eye(3), activation("sign"), 5, np.random.default_rng(1)).shape
    (3, 3)
    """
    source = isotropic(C.shape[1]) if variances is None else make_source(variances)
    weights = np.ones(C.shape[1]) if variances is None else variances
    problem = Problem(sigma, source, weights, 0.0, steps, NUMPY)
    return np.asarray(_descend(problem, State(C), Journal(None, 1, None, NUMPY), generator, rows, True).C)
