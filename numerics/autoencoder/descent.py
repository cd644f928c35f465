"""Deterministic training on the exact risk: row-normalised descent, and L-BFGS on the product of spheres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

from .journal import Journal, Problem, State
from .objective import Evaluation, best_decoder_gain, tied_gain

Array = NDArray[np.float64]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Objective = Callable[..., Evaluation]

_GRADIENT_TOLERANCE = 1e-11
_SHRINKS = 40
_MEMORY = 30
_STRETCH = 500  # iterations of L-BFGS between two states from which it can go on


def _base_step(problem: Problem) -> float:
    """(1 + α)³/(8α): half the stability limit of the linearised descent and its best step (derived in this project)."""
    alpha = max(problem.sigma.alpha, 1e-3)
    return float((1.0 + alpha) ** 3 / (8.0 * alpha) / np.mean(problem.variances))


def gradient_descent_with(objective: Objective, problem: Problem, state: State, journal: Journal) -> State:
    """C ← normalise(C + η ∇gain), η halved until the gain rises by Armijo's margin and allowed to grow again."""

    def at(C: Array) -> Evaluation:
        return objective(C, problem.variances, problem.sigma, problem.arrays)

    current, largest = at(state.C), 4.0 * _base_step(problem)
    if not state.history:
        state = replace(state, step=_base_step(problem), history=(problem.risk(current.gain),))
    while True:
        if problem.at_bound(current.gain):
            return replace(state, stop="bound", gain=current.gain)
        if state.taken >= problem.limit:
            return replace(state, stop="iterations", gain=current.gain)
        size, step = float((current.gradient**2).sum()), state.step
        if np.sqrt(size) <= _GRADIENT_TOLERANCE * problem.source.trace:
            return replace(state, stop="gradient", gain=current.gain)
        for _ in range(_SHRINKS):
            moved = state.C + step * current.gradient
            moved /= (moved**2).sum(1)[:, None] ** 0.5
            trial = at(moved)
            if trial.gain >= current.gain + 1e-4 * step * size:
                break
            step /= 2.0
        else:
            return replace(state, stop="precision", gain=current.gain)
        current = trial
        history = (*state.history, problem.risk(current.gain))
        state = State(moved, state.taken + 1, step=min(1.5 * step, largest), history=history)
        journal.note(state)


def gradient_descent(problem: Problem, state: State, journal: Journal, generator: np.random.Generator) -> State:
    """Descent with the best decoder from a state to its end."""
    return gradient_descent_with(best_decoder_gain, problem, state, journal)


def tied_descent(problem: Problem, state: State, journal: Journal, generator: np.random.Generator) -> State:
    """Descent with the best weight-tied decoder from a state to its end."""
    return gradient_descent_with(tied_gain, problem, state, journal)


def quasi_newton(problem: Problem, state: State, journal: Journal, generator: np.random.Generator) -> State:
    """L-BFGS on −gain = d·R − Tr D² as a function of unnormalised rows (on R itself it stops early).

    Every few hundred iterations it forgets its pairs, so that a run resumed there takes the path of one in a piece.
    """
    arrays, shape = problem.arrays, tuple(state.C.shape)
    latest = best_decoder_gain(state.C, problem.variances, problem.sigma, arrays)
    if not state.history:
        state = replace(state, history=(problem.risk(latest.gain),))

    def negative(flat: Vector) -> tuple[float, Vector]:
        nonlocal latest
        V = flat.reshape(shape)
        norms = np.linalg.norm(V, axis=1, keepdims=True)
        latest = best_decoder_gain(arrays.sums(V / norms), problem.variances, problem.sigma, arrays)
        return -latest.gain, (-arrays.numpy(latest.gradient) / norms).ravel()

    def record(intermediate_result: scipy.optimize.OptimizeResult) -> None:
        history.append(problem.risk(latest.gain))  # an iteration ends at the point evaluated last
        journal.tell(len(history) - 1)

    while not state.stop and state.taken < problem.limit:
        history = list(state.history)
        stretch = min(_STRETCH, problem.limit - state.taken)
        result = scipy.optimize.minimize(
            negative, np.asarray(arrays.numpy(state.C), dtype=np.float64).ravel(), jac=True, method="L-BFGS-B",
            callback=record,
            options={"maxiter": stretch, "maxfun": 3 * stretch, "ftol": 0.0, "gtol": 1e-12, "maxcor": _MEMORY},
        )  # fmt: skip
        V = np.asarray(result.x).reshape(shape)
        C = arrays.sums(V / np.linalg.norm(V, axis=1, keepdims=True))
        taken = state.taken + int(result.nit)
        gain = best_decoder_gain(C, problem.variances, problem.sigma, arrays).gain
        stop = "bound" if problem.at_bound(gain) else ""
        if not stop and result.nit < stretch:
            stop = "gradient" if result.status == 0 else "precision"
        state = State(C, taken, history=tuple(history), stop=stop, gain=gain)
        journal.note(state, told=True)
    gain = best_decoder_gain(state.C, problem.variances, problem.sigma, arrays).gain
    return replace(state, stop=state.stop or "iterations", gain=gain)
