"""Training: row-normalised descent with the optimal decoder, L-BFGS, weight-tied descent, stochastic descent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.optimize
from numpy.typing import ArrayLike, NDArray

from ..activations import Activation, activation
from .arguments import whole
from .bounds import _checked_sizes, _checked_source, lower_bound
from .minimizer import normalised_rows
from .objective import Evaluation, best_decoder_gain, decoder_gain, entrywise, gram, tied_gain, tied_scale
from .risk import pseudo_solve
from .source import Source, isotropic
from .stochastic import straight_through_descent

Array = NDArray[np.float64]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Objective = Callable[[Array, Array, Activation], Evaluation]

METHODS = ("gd", "lbfgs", "tied", "sgd")

_GAP_TOLERANCE = 2e-14  # relative to Tr D²/d: the bound is reached
_GRADIENT_TOLERANCE = 1e-11
_SHRINKS = 40
_LIMITS = {"gd": 500, "lbfgs": 3000, "tied": 2000, "sgd": 4000}


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


@dataclass(frozen=True)
class _Problem:
    """What one run needs: the source's k directions of positive variance, the activation, and the bound."""

    sigma: Activation
    source: Source
    variances: Array
    bound: float
    limit: int

    @property
    def dimension(self) -> int:
        return self.source.dimension

    def risk(self, gain: float) -> float:
        return (self.source.trace - gain) / self.dimension

    @property
    def scale(self) -> float:
        return self.source.trace / self.dimension

    def at_bound(self, gain: float) -> bool:
        return self.risk(gain) - self.bound <= _GAP_TOLERANCE * self.scale


@dataclass(frozen=True)
class _Run:
    C: Array
    gain: float
    stop: str
    iterations: int
    history: tuple[float, ...]


def _base_step(problem: _Problem) -> float:
    """(1 + α)³/(8α): half the stability limit of the linearised descent and its best step (derived in this project)."""
    alpha = max(problem.sigma.alpha, 1e-3)
    return float((1.0 + alpha) ** 3 / (8.0 * alpha) / np.mean(problem.variances))


def _descend(problem: _Problem, start: Array, objective: Objective) -> _Run:
    """C ← normalise(C + η ∇gain), η halved until the gain rises by Armijo's margin and allowed to grow again."""
    C, step = start, _base_step(problem)
    largest = 4.0 * step
    current = objective(C, problem.variances, problem.sigma)
    history = [problem.risk(current.gain)]
    stop = "iterations"
    for _ in range(problem.limit):
        size = float(np.sum(current.gradient**2))
        if problem.at_bound(current.gain):
            stop = "bound"
            break
        if np.sqrt(size) <= _GRADIENT_TOLERANCE * problem.source.trace:
            stop = "gradient"
            break
        for _ in range(_SHRINKS):
            trial_C = normalised_rows(C + step * current.gradient)
            trial = objective(trial_C, problem.variances, problem.sigma)
            if trial.gain >= current.gain + 1e-4 * step * size:
                break
            step /= 2.0
        else:
            stop = "precision"
            break
        C, current = trial_C, trial
        history.append(problem.risk(current.gain))
        step = min(1.5 * step, largest)
    return _Run(C, current.gain, stop, len(history) - 1, tuple(history))


def _gradient_descent(problem: _Problem, start: Array, generator: np.random.Generator) -> _Run:
    return _descend(problem, start, best_decoder_gain)


def _tied_descent(problem: _Problem, start: Array, generator: np.random.Generator) -> _Run:
    return _descend(problem, start, tied_gain)


def _lbfgs(problem: _Problem, start: Array, generator: np.random.Generator) -> _Run:
    """L-BFGS on −gain = d·R − Tr D² as a function of unnormalised rows (on R itself it stops early)."""
    latest = best_decoder_gain(start, problem.variances, problem.sigma)
    history = [problem.risk(latest.gain)]

    def negative(flat: Vector) -> tuple[float, Vector]:
        nonlocal latest
        V = flat.reshape(start.shape)
        norms = np.linalg.norm(V, axis=1, keepdims=True)
        latest = best_decoder_gain(V / norms, problem.variances, problem.sigma)
        return -latest.gain, (-latest.gradient / norms).ravel()

    def record(xk: Vector) -> None:
        history.append(problem.risk(latest.gain))  # an iteration ends at the point evaluated last

    result = scipy.optimize.minimize(
        negative,
        start.ravel(),
        jac=True,
        method="L-BFGS-B",
        callback=record,
        options={"maxiter": problem.limit, "maxfun": 3 * problem.limit, "ftol": 0.0, "gtol": 1e-12, "maxcor": 30},
    )
    C = normalised_rows(np.asarray(result.x).reshape(start.shape))
    gain = best_decoder_gain(C, problem.variances, problem.sigma).gain
    stop = "iterations" if result.nit >= problem.limit else "gradient" if result.status == 0 else "precision"
    stop = "bound" if problem.at_bound(gain) else stop
    return _Run(C, gain, stop, int(result.nit), tuple(history))


def _stochastic(problem: _Problem, start: Array, generator: np.random.Generator) -> _Run:
    A, C, history = straight_through_descent(start, problem.variances, problem.sigma, problem.limit, generator)
    # What is left after a decaying step is largely noise in the decoder: it is solved for once at the end.
    joint = decoder_gain(A, C, problem.variances, problem.sigma)
    gain = best_decoder_gain(C, problem.variances, problem.sigma).gain
    risks = (*(value / problem.dimension for value in history), problem.risk(joint))
    return _Run(C, gain, "iterations", problem.limit, (*risks, problem.risk(gain)))


_RUNNERS: dict[str, Callable[[_Problem, Array, np.random.Generator], _Run]] = {
    "gd": _gradient_descent,
    "lbfgs": _lbfgs,
    "tied": _tied_descent,
    "sgd": _stochastic,
}


def _decoder(problem: _Problem, C: Array, tied: bool) -> Array:
    """The raw decoder in the coordinates of x: V D Cᵀ F⁺/c_1, or β V D Cᵀ/c_1."""
    k = problem.variances.size
    lifted = problem.source.vectors[:, :k] * np.sqrt(problem.variances)
    if tied:
        return lifted @ C.T * (tied_scale(C, problem.variances, problem.sigma) / problem.sigma.c1)
    F, _ = entrywise(gram(C), problem.sigma)
    return np.asarray(lifted @ pseudo_solve(F, C).T / problem.sigma.c1)


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
) -> TrainResult:
    """Trains x̂ = Aσ(Bx) for x ~ N(0, Σ) from Gaussian starts, on the exact population risk.

    "gd": gradient descent on the rows of B, renormalised after each step, with the optimal decoder; "lbfgs": L-BFGS on
    the product of spheres, same objective; "tied": descent with the weight-tied decoder; "sgd": joint stochastic
    descent on A and B from fresh samples, with a straight-through slope for step activations and a decaying step.

    Arguments: n units; d dimensions; activation_, odd; covariance, None for N(0, I_d), d variances or a d×d matrix;
    restarts, independent starts of which the best is returned; seed; max_iterations, by default 500, 3000, 2000 and
    4000 for the four methods. Returns: TrainResult. Raises: ValueError, ActivationError.

    >>> result = train(3, 6, "sign")
    >>> result.stop, bool(abs(result.gap) < 1e-12)
    ('bound', True)
    """
    _checked_sizes(n, d)
    if method not in METHODS:
        raise ValueError(f"method = {method!r}: allowed are {', '.join(METHODS)}")
    restarts, seed = whole("restarts", restarts), whole("seed", seed, least=0)
    limit = _LIMITS[method] if max_iterations is None else whole("max_iterations", max_iterations, least=0)
    sigma = activation(activation_, need_odd=True)
    source = isotropic(d) if covariance is None else _checked_source(covariance, d)
    bound = lower_bound(sigma, n=n, d=d, covariance=None if covariance is None else source)
    variances = source.variances[source.variances > 0.0]
    problem = _Problem(sigma, source, variances, bound, limit)

    runs: list[_Run] = []
    for child in np.random.SeedSequence(seed).spawn(restarts):
        generator = np.random.default_rng(child)
        start = normalised_rows(generator.standard_normal((n, variances.size)))
        runs.append(_RUNNERS[method](problem, start, generator))
    index = max(range(restarts), key=lambda k: runs[k].gain)
    run = runs[index]
    B = (run.C / np.sqrt(variances)) @ source.vectors[:, : variances.size].T
    A = _decoder(problem, run.C, method == "tied")
    value = problem.risk(run.gain)
    gap = value - bound
    return TrainResult(A, B, value, bound, gap, run.stop, run.iterations, run.history, seed, method, index)
