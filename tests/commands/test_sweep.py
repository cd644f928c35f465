"""`lemmata sweep`: runs, goes on, draws, and refuses before any work."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEXT = 'task = "relu"\n[axes]\ndata = "noise:6"\nlam = [0.01, 1]\nbeta = [50, "inf"]\n'
DIAGRAM = '[diagram]\nx = "lam"\ny = "beta"\nvalue = "knots"\n'


def test_a_sweep_is_run_gone_on_with_and_drawn(inside: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(TEXT + DIAGRAM, "utf-8")
    first = inside("sweep", "s.toml", "--jobs", "1", "--plot", "s.svg")
    assert first.status == 0, first.err
    assert "4 points: 4 run now, 0 there already; results: s.parquet" in first.out
    drawn = (tmp_path / "s.svg").read_bytes()
    again = inside("sweep", "s.toml", "--jobs", "1", "--plot", "s.svg")
    assert "4 points: 0 run now, 4 there already" in again.out
    assert (tmp_path / "s.svg").read_bytes() == drawn


def test_a_failed_point_ends_with_status_1(inside: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(TEXT.replace("0.01", "-1"), "utf-8")
    ending = inside("sweep", "s.toml", "--jobs", "1")
    assert ending.status == 1
    assert "2 points ended with an error" in ending.out
    assert "point 0" in ending.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.toml",), "cannot be read"),
        (("s.toml", "--plot", "s.gif"), "'s.gif'"),
        (("s.toml", "--plot", "s.svg"), "no [diagram]"),
        (("s.toml", "--out", "s.toml"), "s.toml"),
        (("s.toml", "--out", "no/s.parquet"), "does not exist"),
        (("s.toml", "--jobs", "2", "--scheduler", "tcp://h:1"), "give one of them"),
    ],
)
def test_bad_requests_leave_nothing(
    arguments: tuple[str, ...], said: str, inside: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "s.toml").write_text(TEXT, "utf-8")
    ending = inside("sweep", *arguments)
    assert (ending.status, ending.out) == (2, "")
    assert said in ending.err
    assert [path.name for path in tmp_path.iterdir()] == ["s.toml"]
