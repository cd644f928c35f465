"""The stored training of the paper's figures: complete, true to one begun anew, and what the report says of it."""

import json
import math
import re

import numpy as np
import pytest

from lemmata.numerics.meanfield.paper_figures import panel, train_panel
from lemmata.reports import trained_figures
from lemmata.reports.figures import draw_figures
from lemmata.reports.trained_figures import RUNS, Run, grid, stored_runs, train_all

FIGURES = trained_figures.trained_figures()


def stored(run):
    (found,) = (
        entry
        for entry in stored_runs()["runs"]
        if Run(entry["panel"], entry["neurons"], entry["seed"]) == run
    )  # fmt: skip
    return found


def test_every_run_is_stored_and_came_to_its_end():
    assert [Run(e["panel"], e["neurons"], e["seed"]) for e in stored_runs()["runs"]] == list(RUNS)
    for entry in stored_runs()["runs"]:
        assert entry["stop"] == "steps"
        assert entry["epochs"] == 50_000
        assert len(entry["f"]) == len(grid(panel(entry["panel"])))


@pytest.mark.parametrize("name", ["6b", "7b", "8c"])
def test_training_begun_anew_takes_the_stored_path(name):
    early = stored(Run(name, 500, 0))["early"]
    again = train_panel(panel(name), epochs=early["epochs"])
    assert again.history.loss[-1] == pytest.approx(early["loss"], rel=2e-5)


def test_a_run_in_two_parts_writes_the_same_file(tmp_path, monkeypatch):
    monkeypatch.setattr(trained_figures, "RUNS", (Run("6b", 20, 0),))
    for name in ("first", "second"):
        (tmp_path / "states").mkdir(exist_ok=True)
        train_all(tmp_path / name, tmp_path / "states", epochs=100)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_the_caption_says_the_distances_of_what_is_drawn(name):
    figure = FIGURES[name]
    x, network = np.array(figure["network"]["x"]), np.array(figure["network"]["f"])
    limit = np.interp(x, figure["exact"]["x"], figure["exact"]["f"])
    told = float(re.search(r"trained to limit ([\d.e+-]+?),", figure["caption"])[1])
    assert np.max(np.abs(network - limit)) == pytest.approx(told, rel=0.06)
    assert all(math.isfinite(v) for v in figure["drawn"]["f"])


def test_they_can_be_drawn_and_stay_small():
    json.dumps(FIGURES, allow_nan=False)
    for figure in draw_figures(FIGURES):
        assert len(figure.svg) < 25_000
        assert "as drawn in the paper" in figure.svg
