"""The trained networks of Figures 1, 6b, 7 and 8: runs of many minutes, kept as numbers, and what they come to.

The file holds of each run the network's values on a grid, its kinks and its settings, and the loss after a hundredth of
it, which is quickly computed again. Limits, distances and everything that is said of them are computed anew.
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

from ..numerics.meanfield import fit_wide_relu
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
    Run("7c", 2000, 0),
    Run("8c", 2000, 0),
)


def grid(of: Panel) -> list[float]:
    """Points over the range that a panel draws, the data among them.

    >>> {0.0, *panel("6b").x} <= set(grid(panel("6b")))
    True
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
        "early": {"epochs": epochs // 100, "loss": float(f"{network.history.loss[1]:.{_DIGITS}g}")},
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


_LEAST_PENALTY = 1e-6  # stands for the limit λ → 0⁺, whose knots it has to about that much


def _limit_name(of: Panel) -> str:
    if of.lam == 0:
        return "limit λ → 0⁺ of the exact fit"
    return "exact limit" if of.temperature == 0 else "exact limit of no noise"


def _listed(values: Any) -> str:
    found = [f"{v:.3g}" for v in values]
    return ", ".join(found) if found else "none"


def _caption(entry: dict[str, Any], of: Panel, network: Any, at: Any) -> tuple[str, list[float]]:
    """What agrees and what does not, in numbers, and the knots of the limit in the range drawn."""
    fit = fit_wide_relu(of.x, of.y, lam=of.lam or _LEAST_PENALTY)
    knots = [k.location for k in fit.knots if of.low <= k.location <= of.high]
    beyond = len(fit.knots) - len(knots)
    drawn = np.interp(at, *of.drawn)
    limit = fit.predict(at)
    noise = rf"$\beta^{{-1}} = {of.temperature:g}$" if of.temperature else "no noise"
    told = [
        rf"Figure {of.name} of the paper: $N = {entry['neurons']}$, $\lambda = {of.lam:g}$, {noise}, seed "
        f"{entry['seed']}, {entry['epochs']} epochs; {of.note}." if of.note else
        rf"Figure {of.name} of the paper: $N = {entry['neurons']}$, $\lambda = {of.lam:g}$, {noise}, seed "
        f"{entry['seed']}, {entry['epochs']} epochs.",
        f"Knots of the limit: {_listed(knots)}" + (f", and {beyond} outside." if beyond else "."),
        f"Kinks of the trained network: {_listed([k[0] for k in entry['kinks']])}; half its mean square misfit: "
        f"{entry['loss']:.2g}.",
        f"Largest distances: trained to limit {np.max(np.abs(network - limit)):.2g}, drawn to trained "
        f"{np.max(np.abs(drawn - network)):.2g}, drawn to limit {np.max(np.abs(drawn - limit)):.2g}.",
    ]  # fmt: skip
    if of.lam == 0:
        told.append("Without a penalty training need not reach this limit; it is drawn as a reference.")
    elif of.temperature > 0:
        gibbs = fit_wide_relu(of.x, of.y, lam=of.lam, beta=of.beta).predict(at)
        told.append(
            f"The exact predictor at the temperature of the noise is {np.max(np.abs(network - gibbs)):.2g} from the "
            f"trained network and {np.max(np.abs(drawn - gibbs)):.2g} from the curve drawn."
        )
    return " ".join(told), knots


def _figure(entry: dict[str, Any]) -> dict[str, Any]:
    of = panel(entry["panel"])
    at = np.array(grid(of))
    network = np.array(entry["f"])
    caption, knots = _caption(entry, of, network, at)
    fit = fit_wide_relu(of.x, of.y, lam=of.lam or _LEAST_PENALTY)
    corners = np.unique([of.low, *knots, of.high])
    figure: dict[str, Any] = {
        "kind": "predictor",
        "title": f"Figure {of.name} redrawn",
        "caption": caption,
        "seed": entry["seed"],
        "data": {"x": of.x, "y": of.y},
        "exact": {"x": _rounded(corners), "f": _rounded(fit.predict(corners))},
        "exact_label": _limit_name(of),
        "knots": {"x": _rounded(knots), "f": _rounded(fit.predict(knots))},
        "network": {"x": _rounded(at), "f": _rounded(network)},
        "network_label": f"trained, N = {entry['neurons']}",
        "drawn": {"x": _rounded(of.drawn[0]), "f": _rounded(of.drawn[1])},
    }
    if of.lam > 0 and of.temperature > 0:
        gibbs = fit_wide_relu(of.x, of.y, lam=of.lam, beta=of.beta)
        figure["smooth"] = {"x": _rounded(at[::2]), "f": _rounded(gibbs.predict(at[::2]))}
        figure["smooth_label"] = "exact, at this temperature"
    return figure


def stored_runs() -> dict[str, Any]:
    """The committed file: `versions` of the programs that trained, and `runs`.

    >>> sorted(stored_runs())
    ['runs', 'versions']
    """
    found: dict[str, Any] = json.loads(STORED.read_text("utf-8"))
    return found


def trained_figures() -> dict[str, Any]:
    """The figures' data for a report: each panel's limit over its trained network, with the curve that the paper draws.

    >>> trained_figures()["paper-8c"]["title"]
    'Figure 8c redrawn'
    """
    return {
        f"paper-{entry['panel']}": _figure(entry)
        for entry in stored_runs()["runs"]
        if entry["seed"] == 0 and entry["neurons"] == panel(entry["panel"]).neurons
    }
