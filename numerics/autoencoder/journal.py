"""What one training run is given, where it stands, and the journal through which it can be watched and resumed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..activations import Activation
from ..given import shown
from ..meanfield.array_backend import ArrayBackend, Tensor, generator_state, restore_generator
from ..meanfield.checkpoint import load, save
from .source import Source

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]

_GAP_TOLERANCE = 2e-14  # relative to Tr D²/d: the bound is reached


@dataclass(frozen=True, eq=False)
class Problem:
    """What every run needs: the source's k directions of positive variance, the activation, the bound, the limit."""

    sigma: Activation
    source: Source
    variances: Array
    bound: float
    limit: int
    arrays: ArrayBackend

    def risk(self, gain: float) -> float:
        """(Tr D² − gain)/d."""
        return (self.source.trace - gain) / self.source.dimension

    def at_bound(self, gain: float) -> bool:
        """Whether the bound is reached to rounding."""
        return self.risk(gain) - self.bound <= _GAP_TOLERANCE * self.source.trace / self.source.dimension


@dataclass(frozen=True, eq=False)
class State:
    """A run between two iterations: C (n×k), how many are done, and what its method carries along.

    A: the decoder of joint descent (k×n), else empty; step: the step to try next; history; recent: losses that are
    still to be averaged; stop: why the run ended, empty while it goes on; gain: at the end.
    """

    C: Tensor
    taken: int = 0
    A: Tensor = field(default_factory=lambda: np.zeros((0, 0)))
    step: float = 0.0
    history: tuple[float, ...] = ()
    recent: tuple[float, ...] = ()
    stop: str = ""
    gain: float = float("nan")


_FIELDS = ("C", "taken", "A", "step", "history", "recent", "stop", "gain")
_STORED = frozenset({f"{part}.{name}" for part in ("now", "best") for name in _FIELDS} | {"restart", "best", "rng"})


def _place(checkpoint: str | os.PathLike[str] | None) -> Path | None:
    if checkpoint is None:
        return None
    try:
        path = Path(checkpoint)
    except TypeError:
        raise ValueError(f"checkpoint = {shown(checkpoint)}: it must be the name of a file, or None") from None
    if path.is_dir() or not path.parent.is_dir():
        raise ValueError(f"checkpoint = {str(path)!r}: it must be a file in a folder that exists")
    return path


class Journal:
    """Tells of every iteration, and keeps the runs of several starts in a file: the best so far and the one in hand.

    An iteration counts once its state is noted. Whatever ends the training from outside, an exception of the progress
    function or the user's interruption, the state noted last is in the file.
    """

    def __init__(
        self,
        checkpoint: str | os.PathLike[str] | None,
        every: int,
        progress: Progress | None,
        arrays: ArrayBackend,
    ) -> None:
        if progress is not None and not callable(progress):
            raise ValueError(f"progress = {shown(progress)}: it must be a function of two numbers, or None")
        self._path, self._every, self._progress, self._arrays = _place(checkpoint), every, progress, arrays
        self._fingerprint, self._limit, self._most, self._kept = "", 0, 0, 0
        self._generator = np.random.default_rng(0)
        self._rng = ""
        self._now: State | None = None
        self.best: State | None = None
        self.best_restart = self.restart = 0

    def open(self, fingerprint: str, restarts: int, limit: int) -> None:
        """Reads the file, where there is one, of a run with this fingerprint."""
        self._fingerprint, self._limit, self._most = fingerprint, limit, restarts * limit
        kept = None if self._path is None else load(self._path, fingerprint, _STORED)
        if kept is not None:
            self.restart, self.best_restart = int(kept["restart"]), int(kept["best"])
            self._rng, self._now, self.best = str(kept["rng"]), self._read(kept, "now"), self._read(kept, "best")

    def _read(self, kept: dict[str, NDArray[Any]], part: str) -> State | None:
        if not kept[f"{part}.C"].size:
            return None
        values = {name: kept[f"{part}.{name}"] for name in _FIELDS}
        return State(
            self._arrays.sums(values["C"]),
            int(values["taken"]),
            self._arrays.sums(values["A"]),
            float(values["step"]),
            tuple(values["history"].tolist()),
            tuple(values["recent"].tolist()),
            str(values["stop"]),
            float(values["gain"]),
        )

    def _written(self, state: State | None, part: str) -> dict[str, NDArray[Any]]:
        state = State(np.zeros((0, 0))) if state is None else state
        values = {name: getattr(state, name) for name in _FIELDS}
        host = {
            name: v if isinstance(v, np.ndarray) else self._arrays.numpy(v)
            for name, v in values.items()
            if name in "CA"
        }
        return {f"{part}.{name}": np.asarray(value) for name, value in (values | host).items()}

    def begun(self, generator: np.random.Generator) -> State | None:
        """The state at which the present start was left, its generator restored, or None."""
        self._generator, self._kept = generator, 0 if self._now is None else self._now.taken
        if self._now is not None:
            restore_generator(generator, self._rng)
        return self._now

    def note(self, state: State, told: bool = False) -> None:
        """One more iteration is done; told: whether `tell` has said so already."""
        self._now, self._rng = state, generator_state(self._generator)
        if state.taken - self._kept >= self._every:
            self.keep()
        if not told:
            self.tell(state.taken)

    def tell(self, taken: int) -> None:
        """Calls the progress function with the iterations done and the most that there can be, over all starts."""
        if self._progress is not None:
            self._progress(self.restart * self._limit + taken, self._most)

    def finish(self, state: State) -> None:
        """The present start has come to its end: the better of it and the best before is kept."""
        if self.best is None or state.gain > self.best.gain:
            self.best, self.best_restart = state, self.restart
        self.restart, self._now = self.restart + 1, None
        self.keep()

    def keep(self) -> None:
        """Writes the file, whole or not at all."""
        if self._path is None or (self._now is None and self.best is None):
            return
        self._kept = 0 if self._now is None else self._now.taken
        content = {**self._written(self._now, "now"), **self._written(self.best, "best")}
        content |= {"restart": np.array(self.restart), "best": np.array(self.best_restart), "rng": np.array(self._rng)}
        save(self._path, self._fingerprint, content)
