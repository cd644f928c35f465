"""The numbers of the figures: true to the numerics, strict JSON, quick, and the same for the same seed."""

import json
import math
from typing import Any

import numpy as np
import pytest

from lemmata.reports.figure_data import figure_data
from lemmata.reports.figures import draw_figures


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    """The data of one seed, as they come back from a record."""
    found: dict[str, Any] = json.loads(json.dumps(figure_data(3), allow_nan=False))
    return found


def test_same_seed_same_numbers(data: dict[str, Any]) -> None:
    assert json.loads(json.dumps(figure_data(3))) == data


def test_the_bound_is_below_training_and_above_shannon(data: dict[str, Any]) -> None:
    rate = data["rate"]
    bound = dict(zip(rate["bound"]["rate"], rate["bound"]["risk"], strict=True))
    alpha = math.pi / 2 - 1  # sign: 1 + alpha = pi/2
    for r, value in bound.items():
        assert value == pytest.approx(1 - r / (max(r, 1) + alpha), rel=1e-9)
    for r, risk in zip(rate["training"]["rate"], rate["training"]["risk"], strict=True):
        # Up to the rounding of the record; at most n = d training reaches the bound.
        assert -1e-9 <= risk - bound[r] <= (1e-9 if r <= 1 else 0.01)
    for r, risk in zip(rate["shannon"]["rate"], rate["shannon"]["risk"], strict=True):
        assert risk == pytest.approx(2 ** (-2 * r), rel=1e-9)
        assert risk < bound[r]


def test_the_limit_is_straight_between_its_knots_and_the_network_is_near(data: dict[str, Any]) -> None:
    predictor = data["predictor"]
    assert predictor["knots"]["x"] == pytest.approx([-4 / 3, -3 / 4, 4 / 3], abs=1e-9)  # exact, known in rationals
    x, f = np.array(predictor["exact"]["x"]), np.array(predictor["exact"]["f"])
    bends = np.abs(np.diff(np.diff(f) / np.diff(x))) > 1e-6
    assert x[1:-1][bends] == pytest.approx(predictor["knots"]["x"], abs=1e-9)
    assert np.max(np.abs(np.array(predictor["network"]["f"]) - f)) < 0.02


def test_they_can_be_drawn(data: dict[str, Any]) -> None:
    predictor, rate = (f for f in draw_figures(data) if f.name in ("predictor", "rate"))
    assert "3 knots at −1.333, −0.75, 1.333" in predictor.description
    assert "Shannon's distortion-rate curve lies below the bound" in rate.description
    assert max(len(predictor.svg), len(rate.svg)) < 25_000
