"""Networks of finite width, trained with noise: noisy SGD (3.3) with its noise corrected, and Langevin dynamics."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .data import column, weights
from .errors import MeanFieldInputError

Array = NDArray[np.float64]

_TOO_LARGE = 1e100  # weights beyond this have diverged


@dataclass(frozen=True, eq=False)
class TrainedNetwork:
    """A network of N neurons after noisy training.

    weights: (a, w, b) of each neuron (N, 3); fitted: f at the rows now (M,); mean_fitted: its mean over the second half
    of the steps, in which the noise of single snapshots averages out (M,); steps, step, seed: as run; stop: "steps"
    when all were taken, "diverged" when the weights left the range of numbers.
    """

    weights: Array
    fitted: Array
    mean_fitted: Array
    steps: int
    step: float
    seed: int
    stop: Literal["steps", "diverged"]

    def predict(self, x: ArrayLike) -> Array:
        """f(x) = (1/N) Σ a_j (w_j x + b_j)₊, elementwise."""
        points = np.asarray(x, dtype=np.float64)
        return np.asarray(_predict(self.weights, points.ravel()).reshape(points.shape))


@dataclass(frozen=True)
class _Run:
    x: Array
    y: Array
    omega: Array
    lam: float
    beta: float
    neurons: int
    steps: int
    step: float
    spread: float
    seed: int


def _predict(theta: Array, x: Array) -> Array:
    hidden = np.maximum(theta[:, 1:2] * x + theta[:, 2:3], 0.0)
    return np.asarray(theta[:, 0] @ hidden / len(theta))


def _potential_gradient(theta: Array, x: Array, r: Array, lam: float) -> Array:
    """∇Ψ for Ψ(θ) = Σ r_i a (w x_i + b)₊ + ½λ|θ|², per neuron (N, 3)."""
    before = theta[:, 1:2] * x + theta[:, 2:3]
    active = np.where(before > 0, r, 0.0)
    slope = active @ x
    return np.stack([(before * active).sum(axis=1), theta[:, 0] * slope, theta[:, 0] * active.sum(axis=1)], axis=1) + (
        lam * theta
    )


def _checked(
    x: ArrayLike,
    y: ArrayLike,
    sample_weight: ArrayLike | None,
    run: dict[str, float],
    neurons: int,
    steps: int,
    seed: int,
) -> _Run:
    inputs = column("x", x)
    if len(inputs) == 0:
        raise MeanFieldInputError("x is empty; at least one row is needed")
    targets = column("y", y, len(inputs))
    weight = weights(sample_weight, len(inputs))
    for name, value in run.items():
        low = value >= 0 if name == "lam" else value > 0
        if not low or (math.isinf(value) and name != "beta"):
            allowed = {"lam": "finite numbers from 0 up", "beta": "positive numbers and inf"}
            raise MeanFieldInputError(f"{name} is {value}; {allowed.get(name, 'positive, finite numbers')} are allowed")
    for name, count in (("neurons", neurons), ("steps", steps)):
        if count < 1:
            raise MeanFieldInputError(f"{name} is {count}; at least 1 is needed")
    omega = weight / float(np.sum(weight))
    return _Run(inputs, targets, omega, run["lam"], run["beta"], neurons, steps, run["step"], run["spread"], seed)


def _train(run: _Run, single: bool, rate: float, noise: float) -> TrainedNetwork:
    """θ ← θ − rate·∇Ψ + noise·g from independent N(0, spread²) weights; Ψ of one drawn row, or of all."""
    rng = np.random.default_rng(run.seed)
    theta = run.spread * rng.standard_normal((run.neurons, 3))
    total, counted, taken = np.zeros(len(run.x)), 0, 0
    stop: Literal["steps", "diverged"] = "steps"
    share = np.cumsum(run.omega) / np.sum(run.omega)
    for taken in range(1, run.steps + 1):
        if single:  # (3.3): row k with probability ω_k
            k = min(int(np.searchsorted(share, rng.random(), side="right")), len(share) - 1)
            x, y, omega = run.x[k : k + 1], run.y[k : k + 1], np.ones(1)
        else:
            x, y, omega = run.x, run.y, run.omega
        r = omega * (_predict(theta, x) - y)
        theta = theta - rate * _potential_gradient(theta, x, r, run.lam)
        if noise > 0:
            theta = theta + noise * rng.standard_normal(theta.shape)
        if not np.max(np.abs(theta)) < _TOO_LARGE:
            stop = "diverged"
            break
        if 2 * taken > run.steps:
            total, counted = total + _predict(theta, run.x), counted + 1
    mean = total / counted if counted else np.full(len(run.x), np.nan)
    return TrainedNetwork(theta, _predict(theta, run.x), mean, taken, run.step, run.seed, stop)


def train_noisy_sgd(
    x: ArrayLike,
    y: ArrayLike,
    *,
    lam: float,
    beta: float,
    neurons: int,
    steps: int,
    step: float,
    sample_weight: ArrayLike | None = None,
    spread: float = 1.0,
    seed: int = 0,
) -> TrainedNetwork:
    """Train by noisy stochastic gradient descent, one row a step, as in (3.3) but with the noise that (3.6) needs.

    θ ← (1 − 2λs)θ + 2s(ỹ − f(x̃)) ∇(a(wx̃ + b)₊) + √(4s/β) g. The drift is 2s times −∇Ψ, so that the noise of inverse
    temperature β has variance 2·2s/β; with the printed √(2s/β) the weights settle at inverse temperature 2β.

    Args: x, y: rows (M,); lam: λ ≥ 0; beta: β > 0, inf for no noise; neurons: N; steps; step: s > 0; sample_weight:
        probabilities of the rows, up to scale; spread: standard deviation of the initial weights; seed.
    Returns: a `TrainedNetwork`, the same for the same arguments.
    Raises: MeanFieldInputError.
    Source: JMLR 23(130), (3.3), noise corrected.

    >>> train_noisy_sgd([0.0], [1.0], lam=0.1, beta=100.0, neurons=8, steps=10, step=0.1).weights.shape
    (8, 3)
    """
    run = _checked(
        x, y, sample_weight, {"lam": lam, "beta": beta, "step": step, "spread": spread}, neurons, steps, seed
    )
    return _train(run, True, 2.0 * step, math.sqrt(4.0 * step / beta))


def simulate_langevin(
    x: ArrayLike,
    y: ArrayLike,
    *,
    lam: float,
    beta: float,
    neurons: int,
    steps: int,
    step: float,
    sample_weight: ArrayLike | None = None,
    spread: float = 1.0,
    seed: int = 0,
) -> TrainedNetwork:
    """Simulate dθ = −∇Ψ dt + √(2/β) dB for N interacting neurons by Euler's method, all rows in each step.

    Its stationary law tends to that of (3.6) as N grows and the step shrinks.

    Args, returns, raises: as `train_noisy_sgd`; step: the time step.
    Source: JMLR 23(130), (3.4).

    >>> simulate_langevin([0.0], [1.0], lam=0.1, beta=100.0, neurons=8, steps=10, step=0.1).stop
    'steps'
    """
    run = _checked(
        x, y, sample_weight, {"lam": lam, "beta": beta, "step": step, "spread": spread}, neurons, steps, seed
    )
    return _train(run, False, step, math.sqrt(2.0 * step / beta))
