"""Networks of finite width, trained with noise: noisy SGD (3.3) with its noise corrected, and Langevin dynamics."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..given import shown
from .arguments import count, number, points, progress_call
from .array_backend import ArrayBackend, BackendName, NoiseSource, Precision, array_backend, noise_source
from .checkpoint import fingerprint
from .data import column, weights
from .errors import MeanFieldInputError
from .network import BinnedInputs, network_values
from .noisy_run import NoisyRun, Progress, Rows, RunStop, TrainingHistory, take_steps

Array = NDArray[np.float64]

_POINTS_OF_HISTORY = 100
_MOST_NEURONS = np.iinfo(np.intp).max // 24  # three doubles each


@dataclass(frozen=True, eq=False)
class TrainedNetwork:
    """A network of N neurons after noisy training.

    weights: (a, w, b) of each neuron (N, 3); fitted: f at the rows now (M,); mean_fitted: its mean over the second half
    of the steps, in which the noise of single snapshots averages out, nan where the run ended before (M,);
    steps, step, seed: as run, the seed None where a generator was passed; stop: "steps" when all were taken, "diverged"
    when the weights left the range of numbers; history: loss and penalty along the run.
    """

    weights: Array
    fitted: Array
    mean_fitted: Array
    steps: int
    step: float
    seed: int | None
    stop: RunStop
    history: TrainingHistory

    def predict(self, x: ArrayLike) -> Array:
        """f(x) = (1/N) Σ a_j (w_j x + b_j)₊, elementwise, in O(N log K + K log K) for K points.

        Raises: MeanFieldInputError for points that are no finite numbers.

        >>> history = TrainingHistory(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
        >>> empty = np.zeros(0)
        >>> network = TrainedNetwork(np.array([[2.0, 1.0, 0.0]]), empty, empty, 0, 0.1, 0, "steps", history)
        >>> network.predict([[-1.0, 3.0]]).tolist()
        [[0.0, 6.0]]
        """
        at = points(x)
        distinct, place = np.unique(at.ravel(), return_inverse=True)
        if len(distinct) == 0:
            return np.zeros(at.shape)
        theta = np.ascontiguousarray(self.weights.T)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            values, _ = network_values(theta, BinnedInputs(distinct, array_backend()))
        return np.asarray(values[place].reshape(at.shape))


def _rows(x: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None) -> Rows:
    inputs = column("x", x)
    if len(inputs) == 0:
        raise MeanFieldInputError("x is empty; at least one row is needed")
    targets = column("y", y, len(inputs))
    weight = weights(sample_weight, len(inputs))
    weight = weight / np.max(weight)
    distinct, place = np.unique(inputs + 0.0, return_inverse=True)  # −0 and 0 are one input
    return Rows(inputs, targets, weight / float(np.sum(weight)), distinct, place)


@dataclass(frozen=True, eq=False)
class _Request:
    """The arguments of both trainers, as given."""

    x: ArrayLike
    y: ArrayLike
    lam: float
    beta: float
    neurons: int
    steps: int
    step: float
    sample_weight: ArrayLike | None
    spread: float
    seed: int | np.random.Generator
    backend: str
    device: str | None
    precision: str
    noise: str
    history_every: int | None
    average_every: int
    progress: Progress | None
    checkpoint: str | os.PathLike[str] | None
    checkpoint_every: int


def _place_of_checkpoint(checkpoint: str | os.PathLike[str] | None) -> Path | None:
    if checkpoint is None:
        return None
    try:
        path = Path(checkpoint)
    except TypeError:
        raise MeanFieldInputError(
            f"checkpoint is {shown(checkpoint)}; the name of a file, or None, is needed"
        ) from None
    if path.is_dir() or not path.parent.is_dir():
        raise MeanFieldInputError(f"checkpoint is {str(path)!r}; a file in a folder that exists is needed")
    return path


def _generator(seed: int | np.random.Generator) -> tuple[np.random.Generator, int | None]:
    if isinstance(seed, np.random.Generator):
        return seed, None
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise MeanFieldInputError(f"seed is {shown(seed)}; whole numbers from 0 up and numpy Generators are allowed")
    return np.random.default_rng(int(seed)), int(seed)


def _train(request: _Request, single: bool, drift: float) -> TrainedNetwork:
    """Check everything, then run from independent N(0, spread²) weights: drift −∇Ψ and noise 2/β per unit of time."""
    rows = _rows(request.x, request.y, request.sample_weight)
    lam = number("lam", request.lam, zero=True)
    beta = number("beta", request.beta, infinite=True)
    step = number("step", request.step)
    spread = number("spread", request.spread)
    progress_call(request.progress)
    neurons, steps = count("neurons", request.neurons), count("steps", request.steps)
    if neurons > _MOST_NEURONS:
        raise MeanFieldInputError(f"neurons is {neurons}; at most {_MOST_NEURONS} have an address in memory")
    every = request.history_every
    history_every = max(1, steps // _POINTS_OF_HISTORY) if every is None else count("history_every", every)
    average_every = count("average_every", request.average_every)
    checkpoint_every = count("checkpoint_every", request.checkpoint_every)
    checkpoint = _place_of_checkpoint(request.checkpoint)
    rng, seed = _generator(request.seed)
    arrays: ArrayBackend = array_backend(request.backend, request.device, request.precision)
    source = noise_source(request.noise, arrays, rng)
    rate = drift * step
    law = (single, rows.x, rows.y, rows.omega, lam, beta)
    path = (*law, neurons, steps, step, spread, seed, history_every, average_every)
    run = NoisyRun(
        rows=rows,
        lam=lam,
        rate=rate,
        noise=math.sqrt(2.0 * rate / beta),  # (3.3): √(4s/β) at rate 2s, where the paper prints √(2s/β)
        steps=steps,
        single=single,
        history_every=history_every,
        average_every=average_every,
        progress=request.progress,
        checkpoint=checkpoint,
        checkpoint_every=checkpoint_every,
        fingerprint=fingerprint(
            *path, type(rng.bit_generator).__name__, request.backend, request.device, request.precision, request.noise
        ),
    )
    found = take_steps(run, arrays, rng, source, lambda: spread * rng.standard_normal((neurons, 3)))
    fitted, mean = found.values[rows.place], found.mean[rows.place]
    return TrainedNetwork(found.weights, fitted, mean, found.steps, step, seed, found.stop, found.history)


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
    seed: int | np.random.Generator = 0,
    backend: BackendName = "numpy",
    device: str | None = None,
    precision: Precision = "float64",
    noise: NoiseSource = "host",
    history_every: int | None = None,
    average_every: int = 1,
    progress: Progress | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    checkpoint_every: int = 1000,
) -> TrainedNetwork:
    """Train by noisy stochastic gradient descent, one row a step, as in (3.3) but with the noise that (3.6) needs.

    θ ← (1 − 2λs)θ + 2s(ỹ − f(x̃)) ∇(a(wx̃ + b)₊) + √(4s/β) g. The drift is 2s times −∇Ψ, so that the noise of inverse
    temperature β has variance 2·2s/β; with the printed √(2s/β) the weights settle at inverse temperature 2β. A step
    costs O(N), and O(N log M + M) where f is taken at all rows: for the average in the second half, and the history.

    Args:
        x, y: rows (M,), in any order, inputs may repeat.
        lam: λ ≥ 0. beta: β > 0, inf for no noise.
        neurons: N. steps: how many. step: s > 0.
        sample_weight: probabilities of the rows, up to scale.
        spread: standard deviation of the initial weights.
        seed: a seed, or a generator to draw from.
        backend, device: "numpy", or "torch" with a device's name; the second needs the extra lemmata[torch].
        precision: of the weights, "float64" or "float32"; sums over neurons are float64.
        noise: "host" draws from the numpy generator, so that every backend takes the same path up to rounding (and up
            to the order of an accelerator's sums); "device" draws on the device, faster, another path.
        history_every: steps between points of the history, about 100 points unless given.
        average_every: steps between the values of f that mean_fitted averages, counted back from the last; neighbours
            are nearly equal, so that a long run loses little by taking few, and gains their cost.
        progress: called with (steps taken, steps) after each; an exception from it ends the run.
        checkpoint: a file that the state is written to, whole or not at all, every `checkpoint_every` steps and after
            the last; where it exists the run goes on from it and takes the path that it would have taken, a generator
            passed as the seed being put into the state stored.

    Returns:
        A `TrainedNetwork`, on the CPU the same bytes for the same arguments.

    Raises:
        MeanFieldInputError: an argument outside what is allowed, PyTorch or the device missing, a checkpoint of another
            run.

    Source: JMLR 23(130), (3.3), noise corrected.

    >>> train_noisy_sgd([0.0], [1.0], lam=0.1, beta=100.0, neurons=8, steps=10, step=0.1).weights.shape
    (8, 3)
    """
    request = _Request(
        x, y, lam, beta, neurons, steps, step, sample_weight, spread, seed, backend, device, precision, noise,
        history_every, average_every, progress, checkpoint, checkpoint_every,
    )  # fmt: skip
    return _train(request, single=True, drift=2.0)


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
    seed: int | np.random.Generator = 0,
    backend: BackendName = "numpy",
    device: str | None = None,
    precision: Precision = "float64",
    noise: NoiseSource = "host",
    history_every: int | None = None,
    average_every: int = 1,
    progress: Progress | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    checkpoint_every: int = 1000,
) -> TrainedNetwork:
    """Simulate dθ = −∇Ψ dt + √(2/β) dB for N interacting neurons by Euler's method, all rows in each step.

    Ψ(θ) = Σ r_i a (w x_i + b)₊ + ½λ|θ|² with r_i = ω_i (f(x_i) − y_i) of the network itself. As N grows its law follows
    (3.4), and its stationary law tends to that of (3.6) as the step shrinks as well. A step costs O(N log M + M), with
    no array of N×M numbers.

    Args, returns, raises: as `train_noisy_sgd`; step: the time step.
    Source: JMLR 23(130), (3.4).

    >>> simulate_langevin([0.0], [1.0], lam=0.1, beta=100.0, neurons=8, steps=10, step=0.1).stop
    'steps'
    """
    request = _Request(
        x, y, lam, beta, neurons, steps, step, sample_weight, spread, seed, backend, device, precision, noise,
        history_every, average_every, progress, checkpoint, checkpoint_every,
    )  # fmt: skip
    return _train(request, single=False, drift=1.0)
