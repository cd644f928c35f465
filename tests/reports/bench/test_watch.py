"""A worker ends in time and within memory, and whatever it does, its end is recorded with the reason."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lemmata.reports.bench.problem import make_data
from lemmata.reports.bench.watch import Limits, Outcome, run_worker

pytestmark = pytest.mark.usefixtures("fakes")
MEMORY = 300 * 2**20


def _run(name: str, seconds: float = 60.0, patience: float = 60.0, **changes: Any) -> Outcome:
    task = {
        "entry": f"fake_contestants:{name}", "setting": "limit", "points": 100, "data_seed": 0, "seed": 5,
        "options": {"segments": 3, "epochs": 7}, "once": False, **changes,
    }  # fmt: skip
    return run_worker(task, Limits(seconds, MEMORY, patience))


def test_an_answer_comes_back_with_time_memory_and_values() -> None:
    outcome = _run("good")
    assert (outcome.status, outcome.reason) == ("ok", None)
    x, _ = make_data(100, 0)
    assert outcome.fitted == pytest.approx(np.sin(3 * x) + 2.0)
    assert outcome.averaged == pytest.approx(np.sin(3 * x) - 0.25)
    assert 0.11 <= outcome.result["seconds"] < 10.0
    assert outcome.result["cpu_seconds"] < 0.1  # it slept
    assert outcome.result["calls"] == 1
    assert outcome.peak >= outcome.result["memory"] >= outcome.result["memory_before"] > 10 * 2**20
    assert outcome.result["detail"] == {"segments": 3, "epochs": 7}


def test_a_short_call_is_repeated_unless_once_is_enough() -> None:
    assert _run("brief").result["calls"] == 25
    assert _run("brief", once=True).result["calls"] == 1


def test_a_call_that_will_not_end_in_time_by_its_own_account_is_not_waited_for() -> None:
    outcome = _run("plodding", seconds=20.0, patience=0.5)
    assert outcome.status == "timeout"
    assert outcome.reason is not None
    assert "at its pace" in outcome.reason
    assert "more than 20 s" in outcome.reason
    assert _run("steady", seconds=20.0, patience=0.5).status == "ok"


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("slow", "timeout", "call: more than 1 s"),
        ("hog", "memory", "more than 0.292969 GiB"),
        ("crash", "crashed", "ArithmeticError: the matrix is singular"),
        ("die", "crashed", "ended by signal 6"),
        ("diverge", "diverged", "values that are not finite"),
        ("short", "crashed", "one value for each point"),
        ("nobody", "crashed", "has no attribute 'nobody'"),
    ],
)
def test_every_bad_end_is_an_outcome(name: str, status: str, reason: str) -> None:
    outcome = _run(name, 1.0 if name == "slow" else 60.0)
    assert outcome.status == status
    assert outcome.reason is not None
    assert reason in outcome.reason
    assert outcome.fitted is None


def test_the_hog_was_stopped_before_it_had_all(tmp_path: Path) -> None:
    outcome = _run("hog")
    assert MEMORY < outcome.peak < MEMORY + 300 * 2**20
