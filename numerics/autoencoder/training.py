"""Training: row-normalised descent with the optimal decoder, L-BFGS, weight-tied descent, stochastic descent."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations import Activation, activation
from ..given import shown
from ..meanfield.array_backend import array_backend
from ..meanfield.checkpoint import fingerprint
from .arguments import whole
from .bounds import _checked_sizes, _checked_source, lower_bound
from .descent import gradient_descent, quasi_newton, tied_descent
from .journal import Journal, Problem, Progress, State
from .minimizer import normalised_rows
from .objective import tied_scale
from .risk import pseudo_solve
from .source import Source, isotropic
from .stochastic import straight_through_descent
from .tensors import kernel_matrices

Array = NDArray[np.float64]

_LIMITS = {"gd": 500, "lbfgs": 3000, "tied": 2000, "sgd": 4000}
_RUNNERS: dict[str, Callable[[Problem, State, Journal, np.random.Generator], State]] = {
    "gd": gradient_descent,
    "lbfgs": quasi_newton,
    "tied": tied_descent,
    "sgd": straight_through_descent,
}

METHODS = tuple(_RUNNERS)


@dataclass(frozen=True)
class TrainResult:
    """What training reached.

    A (d×n), B (n×d): the code x̂ = Aσ(Bx), with unit variances of Bx; risk: its E|x − x̂|²/d, exact; bound: the proved
    lower bound; gap: risk − bound; stop: "bound" (reached to rounding), "gradient" (it vanishes), "precision" (no step
    improves) or "iterations" (the limit); iterations; history: the risk at the start and after each iteration ("sgd":
    mean batch losses over a hundred stretches, then the risk before and after the decoder is solved for at the end);
    seed, method: as asked; restart: which start was the best, from 0.
    """

    A: Array
    B: Array
    risk: float
    bound: float
    gap: float
    stop: str
    iterations: int
    history: tuple[float, ...]
    seed: int
    method: str
    restart: int


def _decoder(problem: Problem, C: Array, tied: bool) -> Array:
    """The raw decoder in the coordinates of x: V D Cᵀ F⁺/c_1, or β V D Cᵀ/c_1."""
    k = problem.variances.size
    lifted = problem.source.vectors[:, :k] * np.sqrt(problem.variances)
    if tied:
        return np.asarray(lifted @ C.T * (tied_scale(C, problem.variances, problem.sigma) / problem.sigma.c1))
    F, _ = kernel_matrices(C, problem.sigma)
    return np.asarray(lifted @ pseudo_solve(F, C).T / problem.sigma.c1)


def _best_of(problem: Problem, n: int, method: str, restarts: int, seed: int, journal: Journal) -> State:
    """The best end of several Gaussian starts, each from its own child of the seed."""
    for child in np.random.SeedSequence(seed).spawn(restarts)[journal.restart :]:
        generator = np.random.default_rng(child)
        start = normalised_rows(generator.standard_normal((n, problem.variances.size)))
        state = journal.begun(generator) or State(problem.arrays.sums(start))
        journal.finish(_RUNNERS[method](problem, state, journal, generator))
    assert journal.best is not None
    return journal.best


def train(
    n: int,
    d: int,
    activation_: str | Activation,
    *,
    method: str = "gd",
    covariance: ArrayLike | Source | None = None,
    restarts: int = 1,
    seed: int = 0,
    max_iterations: int | None = None,
    backend: str = "numpy",
    device: str | None = None,
    progress: Progress | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    checkpoint_every: int = 100,
) -> TrainResult:
    """Trains x̂ = Aσ(Bx) for x ~ N(0, Σ) from Gaussian starts, on the exact population risk.

    "gd": gradient descent on the rows of B, renormalised after each step, with the optimal decoder; "lbfgs": L-BFGS on
    the product of spheres, same objective; "tied": descent with the weight-tied decoder; "sgd": joint stochastic
    descent on A and B from fresh samples, with a straight-through slope for step activations and a decaying step.

    Arguments: n units; d dimensions; activation_, odd; covariance, None for N(0, I_d), d variances or a d×d matrix;
    restarts, independent starts of which the best is returned; seed; max_iterations, by default 500, 3000, 2000 and
    4000 for the four methods; backend, device, "numpy", or "torch" with a device's name, which the extra lemmata[torch]
    installs; progress, called with (iterations done, the most there can be) after each, an exception from which ends
    the training; checkpoint, a file that the state is written to, whole or not at all, every checkpoint_every
    iterations ("lbfgs": 500 or more) and when the training is ended from outside: where it exists, the training goes on
    from it and takes the path that it would have taken. Returns: TrainResult, on the CPU the same bytes for the same
    arguments. Raises: ValueError, ActivationError, before any work; ValueError for a checkpoint of another training.

    >>> result = train(3, 6, "sign")
    >>> result.stop, bool(abs(result.gap) < 1e-12)
    ('bound', True)
    """
    _checked_sizes(n, d)
    if method not in METHODS:
        raise ValueError(f"method = {shown(method)}: allowed are {', '.join(METHODS)}")
    restarts, seed = whole("restarts", restarts), whole("seed", seed, least=0)
    limit = _LIMITS[method] if max_iterations is None else whole("max_iterations", max_iterations, least=0)
    arrays = array_backend(backend, device)
    journal = Journal(checkpoint, whole("checkpoint_every", checkpoint_every), progress, arrays)
    sigma = activation(activation_, need_odd=True)
    source = isotropic(d) if covariance is None else _checked_source(covariance, d)
    bound = lower_bound(sigma, n=n, d=d, covariance=None if covariance is None else source)
    variances = source.variances[source.variances > 0.0]
    problem = Problem(sigma, source, variances, bound, limit, arrays)
    journal.open(
        fingerprint(n, d, sigma.name, method, variances, source.vectors, restarts, seed, limit, backend, device),
        restarts,
        limit,
    )
    try:
        run = _best_of(problem, n, method, restarts, seed, journal)
    except BaseException:
        journal.keep()
        raise
    C = np.asarray(arrays.numpy(run.C), dtype=np.float64)
    B = (C / np.sqrt(variances)) @ source.vectors[:, : variances.size].T
    A = _decoder(problem, C, method == "tied")
    value = problem.risk(run.gain)
    return TrainResult(
        A, B, value, bound, value - bound, run.stop, run.taken, run.history, seed, method, journal.best_restart
    )
