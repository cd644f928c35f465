"""Killed at seeded random moments and started again, everything ends as if it had run in one piece."""

import json
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .processes import PROGRAM, killed, moments, run
from .test_determinism import _bytes, _without_timings

pytestmark = pytest.mark.long
Record = Callable[[str, object], None]
CLAIMS = ("mf.eq-6.4.printed", "mf.eq-6.4.corrected", "ae.bound")
SPEC = """
task = "relu"
[axes]
data = "noise:40"
lam = {from = 0.001, to = 1, steps = 12, scale = "log"}
seed = [1, 2, 3, 4]
"""
TRAINING = """
import sys
from lemmata import train
result = train(24, 30, "sign", restarts=3, seed=5, method=sys.argv[1], max_iterations=150, checkpoint="state",
               checkpoint_every=1)
open("result", "wb").write(result.A.tobytes() + result.B.tobytes() + repr((result.history, result.restart)).encode())
"""


def _visible(place: Path) -> set[str]:
    """Names without those of temporary files, which a machine that goes down cannot take away."""
    return {path.name for path in place.iterdir() if not path.name.startswith(".")}


def _timed(work: Callable[[], object]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def _record(path: Path) -> Any:
    return _without_timings(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_check(number: int, tmp_path: Path, record_property: Record) -> None:
    command = [PROGRAM, "check", *CLAIMS, "--jobs", "2", "--json", "check.json"]
    longest = _timed(lambda: run(command, tmp_path))
    target, whole = tmp_path / "check.json", _record(tmp_path / "check.json")
    for k, after in enumerate(moments(1, 8, 1.1 * longest)):
        target.unlink(missing_ok=True)
        if k % 2:
            target.write_text("what was there before", "utf-8")
        status = killed(command, tmp_path, after, number)
        assert status in ((0, -number) if number == signal.SIGKILL else (0, 130, -number))
        if target.exists() and target.read_text("utf-8") != "what was there before":
            assert _record(target) == whole
        else:
            assert target.exists() is bool(k % 2)
        assert _visible(tmp_path) <= {"check.json"}
    run(command, tmp_path)
    assert _record(target) == whole
    record_property("interruptions", 8)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_report(number: int, tmp_path: Path, record_property: Record) -> None:
    run([PROGRAM, "check", *CLAIMS, "--json", "check.json"], tmp_path)
    command = [PROGRAM, "report", "--from", "check.json", "--out", "site"]
    longest = _timed(lambda: run(command, tmp_path))
    site, whole = tmp_path / "site", _bytes(tmp_path / "site")
    for k, after in enumerate(moments(2, 8, 1.1 * longest)):
        if k % 2:
            shutil.rmtree(site, ignore_errors=True)
        killed(command, tmp_path, after, number)
        assert not site.exists() or _bytes(site) == whole
        assert _visible(tmp_path) <= {"check.json", "site"}
    run(command, tmp_path)
    assert _bytes(site) == whole
    record_property("interruptions", 8)


def test_sweep(tmp_path: Path, record_property: Record) -> None:
    (tmp_path / "s.toml").write_text(SPEC, "utf-8")
    command = [PROGRAM, "sweep", "s.toml", "--jobs", "2", "--out", "s.parquet"]
    longest = _timed(lambda: run(command, tmp_path))
    whole = (tmp_path / "s.parquet").read_bytes()
    for round_ in range(2):
        (tmp_path / "s.parquet").unlink()
        for after in moments(3 + round_, 5, 0.8 * longest):
            killed(command, tmp_path, after, signal.SIGKILL)
        run(command, tmp_path)
        assert (tmp_path / "s.parquet").read_bytes() == whole
        assert _visible(tmp_path) == {"s.toml", "s.parquet"}
    record_property("interruptions", 10)


def test_bench(tmp_path: Path, record_property: Record) -> None:
    command = [
        PROGRAM,
        "bench",
        "relu",
        "--quick",
        "--max-points",
        "100",
        "--only",
        "exact",
        "--rounds",
        "2",
        "--resume",
        "b.json",
    ]
    longest = _timed(lambda: run(command, tmp_path))
    target = tmp_path / "b.json"

    def measured() -> list[Any]:
        found = json.loads(target.read_text("utf-8"))["measurements"]
        return sorted((m["contestant"], m["setting"], m["points"], m["repetition"], m["status"]) for m in found)

    whole = measured()
    target.unlink()
    for after in moments(5, 6, 0.8 * longest):
        before = measured() if target.exists() else []
        killed(command, tmp_path, after, signal.SIGKILL)
        if target.exists():
            assert set(before) <= set(measured()) <= set(whole)
    run(command, tmp_path)
    assert measured() == whole
    record_property("interruptions", 6)


@pytest.mark.parametrize("method", ["gd", "tied", "sgd"])
def test_training(method: str, tmp_path: Path, record_property: Record) -> None:
    (tmp_path / "training.py").write_text(TRAINING, "utf-8")
    command = [sys.executable, "training.py", method]
    longest = _timed(lambda: run(command, tmp_path))
    whole = (tmp_path / "result").read_bytes()
    for name in ("state", "result"):
        (tmp_path / name).unlink()
    for after in moments(6, 6, 0.8 * longest):
        killed(command, tmp_path, after, signal.SIGKILL)
    run(command, tmp_path)
    assert (tmp_path / "result").read_bytes() == whole
    record_property("interruptions", 6)
