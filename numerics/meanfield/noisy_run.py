"""The loop of a noisy training run: steps, averages, history and checkpoints, on any array backend."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .array_backend import ArrayBackend, Noise, Tensor, generator_state, restore_generator
from .checkpoint import load, save
from .network import Active, BinnedInputs, network_values

Array = NDArray[np.float64]
RunStop = Literal["steps", "diverged"]
Progress = Callable[[int, int], None]

_STORED = frozenset(("theta", "size", "taken", "counted", "total", "history", "rng", "noise"))
_TOO_LARGE = 1e200  # weights whose squares sum to more have diverged


@dataclass(frozen=True, eq=False)
class TrainingHistory:
    """The parts of the free energy (3.5) that a network shows, along a run.

    step: steps taken (K,); loss: ½ Σ ω_i (f(x_i) − y_i)² (K,); penalty: (λ/2) mean |θ|² (K,).
    """

    step: NDArray[np.int64]
    loss: Array
    penalty: Array


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a run: x, y and probabilities omega (n,), the distinct inputs (M,) and where each row's is (n,)."""

    x: Array
    y: Array
    omega: Array
    distinct: Array
    place: NDArray[np.intp]

    def residuals(self, values: Array) -> Array:
        """r = Σ ω_i (f − y_i) over the rows of each distinct input (M,), from f there (M,)."""
        weighted = self.omega * (values[self.place] - self.y)
        return np.bincount(self.place, weighted, len(self.distinct)).astype(np.float64, copy=False)


@dataclass(frozen=True, eq=False)
class NoisyRun:
    """What a run does: θ ← θ − rate ∇Ψ + noise g for a number of steps, Ψ of all rows or of one drawn row.

    watch: history every so many steps, progress after every step; average: of f over every so many steps of the second
    half; keep: a file, and a number of steps between writes.
    """

    rows: Rows
    lam: float
    rate: float
    noise: float
    steps: int
    single: bool
    history_every: int
    average_every: int
    progress: Progress | None
    checkpoint: Path | None
    checkpoint_every: int
    fingerprint: str


@dataclass(eq=False)
class _State:
    """What decides the rest of a run: weights (3, N), steps taken, the average so far, and the history."""

    theta: Tensor
    size: float
    taken: int = 0
    counted: int = 0
    total: Array = field(default_factory=lambda: np.zeros(0))
    history: list[tuple[int, float, float]] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Outcome:
    """Weights (N, 3), f at the distinct inputs now and on average (M,), steps taken, why the run ended, history."""

    weights: Array
    values: Array
    mean: Array
    steps: int
    stop: RunStop
    history: TrainingHistory


class _Loop:
    def __init__(self, run: NoisyRun, arrays: ArrayBackend, rng: np.random.Generator, noise: Noise) -> None:
        self.run, self.arrays, self.rng, self.source = run, arrays, rng, noise
        self.inputs = BinnedInputs(run.rows.distinct, arrays)
        self.share = np.cumsum(run.rows.omega) / np.sum(run.rows.omega)

    def _moved(self, theta: Tensor, part: slice, gradient: tuple[Tensor, ...]) -> float:
        """Take the step of one block of neurons in place; Σ|θ|² after it."""
        run, xp = self.run, self.arrays.xp
        draw = self.source.draw(gradient[0].shape[0]) if run.noise > 0 else None
        size = 0.0
        for row, slope in enumerate(gradient):
            weight = theta[row, part]
            weight -= run.rate * (slope + run.lam * weight)  # (3.3) with rate = 2s; (3.4) by Euler's method
            if draw is not None:
                weight += run.noise * draw[row]
            size += float(xp.sum(weight * weight, dtype=xp.float64))
        return size

    def _all_rows(self, theta: Tensor, values: Array, blocks: list[Active]) -> float:
        """A step down the potential Ψ(θ) = Σ r_i a (w x_i + b)₊ + ½λ|θ|² of all rows."""
        pull = self.inputs.pull(self.arrays.sums(self.run.rows.residuals(values)))
        size, start = 0.0, 0
        for active in blocks:
            part = slice(start, start + active.bin.shape[0])
            a, w, _ = theta[:, part]
            size += self._moved(theta, part, self.inputs.gradient(active, pull, a, w))
            start = part.stop
        return size

    def _one_row(self, theta: Tensor) -> float:
        """The same for one row, i with probability ω_i, as in (3.3): no bins are needed, O(N)."""
        rows, xp, neurons = self.run.rows, self.arrays.xp, theta.shape[1]
        row = min(int(np.searchsorted(self.share, self.rng.random(), side="right")), len(self.share) - 1)
        x, y = float(rows.x[row]), float(rows.y[row])
        parts = [slice(start, start + self.arrays.block) for start in range(0, neurons, self.arrays.block)]
        hidden, value = [], 0.0
        for part in parts:
            a, w, b = theta[:, part]
            before = w * x + b
            hidden.append(before * (before > 0))
            value += float(xp.sum(self.arrays.widen(a * hidden[-1])))
        r = value / neurons - y
        size = 0.0
        for part, above in zip(parts, hidden, strict=True):
            slope = theta[0, part] * (above > 0) * r
            size += self._moved(theta, part, (above * r, slope * x, slope))
        return size

    def _store(self, state: _State) -> None:
        if self.run.checkpoint is None:
            return
        content: dict[str, NDArray[Any]] = {
            "theta": self.arrays.numpy(state.theta),
            "size": np.array(state.size),
            "taken": np.array(state.taken),
            "counted": np.array(state.counted),
            "total": state.total,
            "history": np.array(state.history, dtype=np.float64).reshape(-1, 3),
            "rng": np.array(generator_state(self.rng)),
            "noise": np.array(self.source.state()),
        }
        save(self.run.checkpoint, self.run.fingerprint, content)

    def _begun(self, start: Callable[[], Array]) -> _State:
        """The stored state, or the beginning."""
        kept = None if self.run.checkpoint is None else load(self.run.checkpoint, self.run.fingerprint, _STORED)
        if kept is None:
            theta = np.ascontiguousarray(np.asarray(start(), dtype=self.arrays.precision).T)
            state = _State(self.arrays.weights(theta), float(np.sum(theta * theta, dtype=np.float64)))
            state.total = np.zeros(self.inputs.size)
            return state
        restore_generator(self.rng, str(kept["rng"]))
        self.source.restore(str(kept["noise"]))
        history = [(int(row[0]), float(row[1]), float(row[2])) for row in kept["history"]]
        return _State(
            self.arrays.weights(kept["theta"]),
            float(kept["size"]),
            int(kept["taken"]),
            int(kept["counted"]),
            kept["total"],
            history,
        )

    def _note(self, state: _State, values: Array) -> None:
        """Add a point to the history."""
        rows = self.run.rows
        with np.errstate(over="ignore", invalid="ignore"):
            loss = 0.5 * float(np.sum(rows.omega * (values[rows.place] - rows.y) ** 2))
        penalty = 0.5 * self.run.lam * state.size / state.theta.shape[1]
        state.history.append((state.taken, loss, penalty))

    def outcome(self, start: Callable[[], Array]) -> Outcome:
        run, state = self.run, self._begun(start)
        while True:
            last = state.taken == run.steps or not state.size < _TOO_LARGE
            noted = last or state.taken % run.history_every == 0
            second_half = 2 * state.taken > run.steps and state.size < _TOO_LARGE
            averaged = second_half and (run.steps - state.taken) % run.average_every == 0
            blocks: list[Active] = []
            if averaged or noted or not run.single:
                computed, blocks = network_values(state.theta, self.inputs)
                values = self.arrays.numpy(computed)
            if noted:
                self._note(state, values)
            if averaged:
                state.total, state.counted = state.total + values, state.counted + 1
            if last:
                break
            state.size = self._one_row(state.theta) if run.single else self._all_rows(state.theta, values, blocks)
            state.taken += 1
            if state.taken % run.checkpoint_every == 0 or state.taken == run.steps:
                self._store(state)
            if run.progress is not None:
                run.progress(state.taken, run.steps)
        mean = state.total / state.counted if state.counted else np.full(self.inputs.size, math.nan)
        step, loss, penalty = np.array(state.history, dtype=np.float64).T.copy()
        return Outcome(
            np.ascontiguousarray(self.arrays.numpy(state.theta).T, dtype=np.float64),
            values,
            mean,
            state.taken,
            "steps" if state.size < _TOO_LARGE else "diverged",
            TrainingHistory(step.astype(np.int64), loss, penalty),
        )


def take_steps(
    run: NoisyRun, arrays: ArrayBackend, rng: np.random.Generator, noise: Noise, start: Callable[[], Array]
) -> Outcome:
    """Run from the weights that start() returns (N, 3), or from the checkpoint where there is one."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # what overflows is said to have diverged
        return _Loop(run, arrays, rng, noise).outcome(start)
