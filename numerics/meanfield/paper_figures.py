"""The panels of Figures 1, 6, 7 and 8 of JMLR 23(130): their data and settings, the curves drawn there, training runs.

The data of Figure 6b are (6.2). Those of the others and all curves were read off the vector graphics of the article:
the markers stand at numbers with one digit, and a curve is the polyline that the file holds, in units of its axes.
"""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .errors import MeanFieldInputError
from .noisy_run import Progress
from .training import TrainedNetwork, train_noisy_sgd

Array = NDArray[np.float64]

EPOCHS = 50_000  # "the total number of training epochs required for SGD to converge is roughly 5·10⁴", p. 38
_AVERAGE_EVERY = 100
_DRAWN = Path(__file__).with_name("paper_curves.json")

_VALLEY = ((-5.0, 4.0), (-4.0, 1.0), (4.0, 1.0), (5.0, 4.0))
_TWO_POINTS = ((-10.0, 2.0), (10.0, 2.0))
_SEVEN = ((2.0, -1.0), (3.0, -2.0), (4.0, -1.0), (5.0, -1.0), (6.0, -2.0), (7.0, -1.0), (8.0, 1.0))
_STEPS = tuple(
    (float(f"{start + 0.1 * k:.1f}"), height)
    for start, height in ((1.0, 0.0), (2.0, 1.0), (3.0, 0.0))
    for k in range(4)
)


@dataclass(frozen=True)
class Panel:
    """A panel of a figure.

    name: figure and letter; data: pairs (x, y); neurons: N; lam: λ; temperature: β⁻¹ as the paper gives it, for the
    noise √(2s/β) printed in (3.3); low, high: the range drawn; note: what was assumed beyond the paper's settings.
    """

    name: str
    data: tuple[tuple[float, float], ...]
    neurons: int
    lam: float
    temperature: float
    low: float
    high: float
    note: str = ""

    @property
    def x(self) -> list[float]:
        """Inputs (M,)."""
        return [x for x, _ in self.data]

    @property
    def y(self) -> list[float]:
        """Targets (M,)."""
        return [y for _, y in self.data]

    @property
    def beta(self) -> float:
        """Inverse temperature of the law that the printed noise leads to: 2β, inf without noise.

        >>> panel("8a").beta
        200.0
        """
        return 2.0 / self.temperature if self.temperature > 0 else math.inf

    @property
    def step(self) -> float:
        """s = 1/N in (3.3): a step of length 1 down the gradient of (3.2), in which a neuron has the weight 1/N.

        >>> panel("7c").step
        0.002
        """
        return 1.0 / self.neurons

    @property
    def drawn(self) -> tuple[Array, Array]:
        """Vertices (x, f) of the polyline that the paper draws, (K,) each."""
        vertices = np.array(_curves()[self.name])
        return vertices[:, 0], vertices[:, 1]


@cache
def _curves() -> dict[str, list[list[float]]]:
    found: dict[str, list[list[float]]] = json.loads(_DRAWN.read_text("utf-8"))["curves"]
    return found


PANELS = (
    Panel("1a", _VALLEY, 1000, 0.0, 0.0, -5.4, 5.5),
    Panel("1b", _SEVEN, 1000, 0.0, 0.0, 1.6, 8.5),
    Panel("1c", _SEVEN, 1000, 0.003, 0.0, 1.6, 8.5, "λ is not given; the only positive one named is taken"),
    Panel("6b", _TWO_POINTS, 500, 0.0, 0.0, -13.0, 13.0),
    Panel("7a", _SEVEN, 500, 0.0, 0.005, 1.6, 8.5),
    Panel("7b", _SEVEN, 500, 0.0, 0.0001, 1.6, 8.5),
    Panel("7c", _SEVEN, 500, 0.0, 0.0, 1.6, 8.5),
    Panel("8a", _STEPS, 500, 0.003, 0.01, 0.9, 3.4),
    Panel("8b", _STEPS, 500, 0.0, 0.001, 0.9, 3.4),
    Panel("8c", _STEPS, 500, 0.003, 0.0, 0.9, 3.4),
    Panel("8d", _STEPS, 500, 0.0, 0.0, 0.9, 3.4),
)


def panel(name: str) -> Panel:
    """The panel of a name, "1a" to "8d".

    Raises: MeanFieldInputError for another name.

    >>> panel("6b").data
    ((-10.0, 2.0), (10.0, 2.0))
    """
    for found in PANELS:
        if found.name == name:
            return found
    raise MeanFieldInputError(f"name is {name!r}; {', '.join(p.name for p in PANELS)} are allowed")


def train_panel(
    of: Panel,
    *,
    seed: int = 0,
    neurons: int | None = None,
    epochs: int = EPOCHS,
    progress: Progress | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
) -> TrainedNetwork:
    """Train a panel's network as the paper says: noisy SGD (3.3) of one row a step, with its printed noise.

    An epoch is as many steps as there are rows. The initial weights are N(0, 1), which the paper leaves open.

    Args:
        of: the panel. seed: of the run. neurons: another N at the panel's own s, so that time passes alike.
        epochs: how many. progress, checkpoint: as in `train_noisy_sgd`.

    Returns: the network after training.
    Source: JMLR 23(130), Sections 1, 6 and 7; digits of the data in Figures 1a and 8 from the drawing.

    >>> train_panel(panel("6b"), epochs=5).weights.shape
    (500, 3)
    """
    return train_noisy_sgd(
        of.x,
        of.y,
        lam=of.lam,
        beta=of.beta,
        neurons=of.neurons if neurons is None else neurons,
        steps=epochs * len(of.data),
        step=of.step,
        seed=seed,
        average_every=_AVERAGE_EVERY,
        progress=progress,
        checkpoint=checkpoint,
        checkpoint_every=10_000,
    )
