"""Joint stochastic descent on (A, B) with a straight-through slope for activations that are steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..activations import Activation
from ..meanfield.array_backend import ArrayBackend, Tensor
from .journal import Journal, Problem, State
from .objective import best_decoder_gain, decoder_gain
from .tensors import NUMPY

Array = NDArray[np.float64]

BATCH = 256
RATE = 0.5
_RECORDS = 100


def straight_through(
    A: Tensor, C: Tensor, z: Tensor, deviations: Tensor, sigma: Activation, arrays: ArrayBackend = NUMPY
) -> tuple[float, Tensor, Tensor]:
    """The mean of |Dz − Aσ(Cz)/c_1|² over a batch, and half its gradients in A and C, σ′ a smooth slope for steps.

    Arguments: A (k×n); C (n×k); z (N×k); deviations, D (k); sigma; arrays. Returns: loss, (k×n), (n×k).

    >>> from ..activations import activation
    >>> one = np.ones((1, 1))
    >>> straight_through(0.5 * one, one, 2.0 * one, np.ones(1), activation("identity"))
    (1.0, array([[-2.]]), array([[-1.]]))
    """
    pre = z @ C.T
    host = arrays.numpy(pre)
    codes, slopes = arrays.sums(sigma(host) / sigma.c1), arrays.sums(sigma.slope(host) / sigma.c1)
    error = codes @ A.T - z * deviations
    size = z.shape[0]
    return float((error**2).sum()) / size, error.T @ codes / size, ((error @ A) * slopes).T @ z / size


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
    n, k = state.C.shape
    deviations = arrays.sums(np.sqrt(problem.variances))
    scale, steps = float(np.max(problem.variances)), problem.limit
    step_A = 1.0 / (max(n / k, 1.0) + sigma.alpha)
    if not state.A.shape[0]:
        state = replace(state, A=(state.C * deviations).T / sigma.f_of_one)
    while state.taken < steps:
        rate = RATE * (1.0 - state.taken / steps) if decay else RATE
        z = arrays.sums(generator.standard_normal((BATCH, k)))
        loss, gradient_A, gradient_C = straight_through(state.A, state.C, z, deviations, sigma, arrays)
        C = state.C - rate / scale * gradient_C
        C = C / (C**2).sum(1)[:, None] ** 0.5
        history, recent = state.history, (*state.recent, loss)
        if len(recent) * _RECORDS >= steps or state.taken == steps - 1:
            history, recent = (*history, float(np.mean(recent)) / problem.source.dimension), ()
        state = State(C, state.taken + 1, state.A - rate * step_A * gradient_A, history=history, recent=recent)
        journal.note(state)
    # What is left after a decaying step is largely noise in the decoder: it is solved for once at the end.
    joint = decoder_gain(arrays.numpy(state.A), arrays.numpy(state.C), problem.variances, sigma)
    gain = best_decoder_gain(state.C, problem.variances, sigma, arrays).gain
    history = (*state.history, problem.risk(joint), problem.risk(gain))
    return replace(state, history=history, stop="iterations", gain=gain)
