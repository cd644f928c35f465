"""The file of a sweep: every bad value is named with what is allowed, before any work."""

import math
from pathlib import Path

import pytest

from lemmata.numerics.sweep import SweepError, read_specification

GOOD = 'task = "relu"\n[axes]\nlam = 0.1\n'


def _read(tmp_path: Path, text: str):
    path = tmp_path / "s.toml"
    path.write_text(text, "utf-8")
    return read_specification(path)


def test_points_are_all_combinations_with_the_defaults(tmp_path: Path) -> None:
    spec = _read(tmp_path, 'task = "relu"\n[axes]\nlam = [0.1, 1]\nbeta = [10, "inf"]\n')
    assert spec.count == 4
    assert [(p["lam"], p["beta"]) for p in spec.points()] == [(0.1, 10), (0.1, math.inf), (1.0, 10), (1.0, math.inf)]
    assert all(p["data"] == "sine:50" and p["seed"] == 0 for p in spec.points())


def test_ranges_end_where_they_are_said_to(tmp_path: Path) -> None:
    text = 'task="autoencoder"\n[axes]\nd={from=8,to=24,steps=3}\nrate={from=0.25,to=1,steps=3,scale="log"}\n'
    spec = _read(tmp_path, text)
    assert spec.axes["d"] == (8, 16, 24)
    assert spec.axes["rate"] == (0.25, 0.5, 1.0)
    assert all(isinstance(d, int) for d in spec.axes["d"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("task = 3\n[axes]\n", "task is 3; allowed are relu"),
        ("[axes]\n", "task is None"),
        ('task = "relu"\n', "axes is missing"),
        ('task = "relu"\n[axes]\n', "lam is missing"),
        (GOOD + "alpha = 1\n", "'alpha' is no parameter of relu"),
        (GOOD + "beta = [true]\n", "beta is True"),
        (GOOD + "beta = [nan]\n", "beta is nan"),
        (GOOD + "beta = []\n", "beta has no values"),
        (GOOD + "beta = [1, 1.0]\n", "beta has a value twice"),
        (GOOD + "seed = [0.5]\n", "seed is 0.5; whole numbers"),
        (GOOD + "beta = {from = 1, to = 2}\n", "from, to, steps"),
        (GOOD + 'beta = {from = 0, to = 2, steps = 2, scale = "log"}\n', "both are positive"),
        (GOOD + "beta = {from = 1, to = 2, steps = 0}\n", "0 steps"),
        (GOOD + "beta = {from = 1, to = 2, steps = 99999999}\n", "steps from 1"),
        ("size = 1\n" + GOOD, "'size' is not a key"),
        (GOOD + '[diagram]\nx = "lam"\ny = "beta"\n', "x, y and value"),
        (GOOD + '[diagram]\nx = "lam"\ny = "lam"\nvalue = "knots"\n', "two axes"),
        (GOOD + '[diagram]\nx = "lam"\ny = "beta"\nvalue = "stop"\n', "diagram.value is 'stop'"),
        (GOOD + '[diagram]\nx = "mu"\ny = "beta"\nvalue = "knots"\n', "diagram.x is 'mu'"),
        ("task = [", "no TOML file"),
    ],
)
def test_what_cannot_be_swept_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SweepError) as refused:
        _read(tmp_path, text)
    assert said in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SweepError, match="cannot be read: No such file"):
        read_specification(tmp_path / "none.toml")
