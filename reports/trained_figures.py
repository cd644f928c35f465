"""The trained networks of Figures 1, 6b, 7 and 8: runs of many minutes, kept as numbers, and what they come to.

The file holds of each run the network's values on a grid, its kinks and its settings. Limits, distances and everything
that is said of them are computed anew from it.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from ..numerics.meanfield.network_kinks import network_kinks
from ..numerics.meanfield.paper_figures import EPOCHS, PANELS, Panel, panel, train_panel
from ..numerics.meanfield.training import TrainedNetwork

STORED = Path(__file__).with_name("trained_figures.json")
_POINTS = 201  # of the grid over the range drawn
_DIGITS = 6
_KINK_WIDTH = 0.02  # of the range drawn, within which changes of slope count as one kink
_KINK_LEAST = 0.05  # of the largest difference of slopes of the data's chords, from which on a change counts


@dataclass(frozen=True)
class Run:
    """One training: a panel's name, how many neurons, and the seed."""

    panel: str
    neurons: int
    seed: int

    @property
    def label(self) -> str:
        """Name of the run, and of its checkpoint.

        >>> Run("8c", 500, 0).label
        '8c-500-0'
        """
        return f"{self.panel}-{self.neurons}-{self.seed}"


RUNS = (
    *(Run(p.name, p.neurons, 0) for p in PANELS),
    *(Run("7c", neurons, 0) for neurons in (1000, 2000, 5000)),
    *(Run(name, panel(name).neurons, 1) for name in ("6b", "7c", "8c")),
)


def grid(of: Panel) -> list[float]:
    """Points over the range that a panel draws, the data among them.

    >>> len(grid(panel("6b")))
    201
    """
    even = np.round(np.linspace(of.low, of.high, _POINTS), 6)
    return [float(v) for v in np.unique(np.concatenate([even, of.x]))]


def _rounded(values: Any) -> list[float]:
    return [float(f"{v:.{_DIGITS}g}") for v in np.asarray(values, dtype=np.float64)]


def _content(run: Run, of: Panel, network: TrainedNetwork, epochs: int) -> dict[str, Any]:
    chords = np.diff(of.y) / np.diff(of.x)
    scale = max(float(np.ptp(chords)), float(np.max(np.abs(chords))), 0.1)
    kinks = network_kinks(
        network.weights,
        low=of.low,
        high=of.high,
        width=_KINK_WIDTH * (of.high - of.low),
        least=_KINK_LEAST * scale,
    )
    return {
        "panel": run.panel,
        "neurons": run.neurons,
        "seed": run.seed,
        "lam": of.lam,
        "temperature": of.temperature,
        "step": of.step,
        "epochs": epochs,
        "stop": network.stop,
        "loss": float(f"{network.history.loss[-1]:.{_DIGITS}g}"),
        "f": _rounded(network.predict(grid(of))),
        "mean_fitted": _rounded(network.mean_fitted),
        "kinks": [_rounded([k.location, k.slope_change]) for k in kinks],
    }


def train_all(
    out: Path, checkpoints: Path, *, epochs: int = EPOCHS, progress: Callable[[int, str], None] | None = None
) -> None:
    """Train every run, or take up where its checkpoint is, and write the file.

    Args:
        out: the file. checkpoints: a folder for the states of the runs. epochs: of each.
        progress: called with (number, label) before each run.
    """
    runs = []
    for number, run in enumerate(RUNS):
        if progress is not None:
            progress(number, run.label)
        of = panel(run.panel)
        network = train_panel(
            of, seed=run.seed, neurons=run.neurons, epochs=epochs, checkpoint=checkpoints / f"{run.label}.npz"
        )
        runs.append(_content(run, of, network, epochs))
    lines = ",\n".join(json.dumps(entry, separators=(",", ":"), allow_nan=False) for entry in runs)
    versions = {"python": platform.python_version(), "numpy": version("numpy"), "lemmata": version("lemmata")}
    text = f'{{"versions":{json.dumps(versions)},\n"runs":[\n{lines}\n]}}\n'
    partial = out.with_name(out.name + ".partial")
    partial.write_text(text, "utf-8")
    partial.replace(out)
