"""`lemmata bench`: refusals in one line, a small run from end to end, and the same file gone on with."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

KEYS = {"benchmark", "format", "complete", "plan", "references", "measurements", "provenance", "summary"}


def _strict(text: str) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not strict JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "Missing argument 'NAME'"),
        (("sort",), "'sort' is not a benchmark; allowed: relu"),
        (("relu", "--only", "adam"), "'adam' is not a contestant; allowed are exact, sgd, "),
        (("relu", "--max-points", "99"), "max-points is 99; numbers from 100 up are allowed"),
        (("relu", "--max-points", "-1"), "'-1' is not allowed"),
        (("relu", "--seconds", "0"), "'0' is not allowed; give a finite number greater than 0"),
        (("relu", "--seconds", "inf"), "'inf' is not allowed"),
        (("relu", "--memory", "much"), "'much' is not a number"),
        (("relu", "--json", "no-such-folder/a.json"), "the folder of 'no-such-folder/a.json' does not exist"),
        (("relu", "--resume", "no-such-folder/a.json"), "the folder of 'no-such-folder/a.json' does not exist"),
        (("relu", "--json", "a.json", "--resume", "a.json"), "is also"),
    ],
)
def test_bad_input_is_refused(refused: Callable[..., str], arguments: tuple[str, ...], reason: str) -> None:
    assert reason in refused("bench", *arguments)


def test_a_file_to_resume_that_is_none_is_refused(refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text('{"benchmark": "relu", "format": 9}', "utf-8")
    assert "format is 9; allowed is 1" in refused("bench", "relu", "--resume", "old.json")


def test_report_refuses_results_that_are_none(refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "check.json").write_text('{"claims": []}', "utf-8")
    (tmp_path / "bench.json").write_text("{", "utf-8")
    for name, reason in (("bench.json", "is not JSON"), ("none.json", "no such file")):
        assert reason in refused("report", "--from", "check.json", "--bench", name)


def test_a_small_run_gives_a_record_a_table_and_can_be_resumed(inside: Callable[..., Any], tmp_path: Path) -> None:
    small = (
        "bench",
        "relu",
        "--quick",
        "--max-points",
        "100",
        "--only",
        "exact",
        "--slow-rounds",
        "2",
        "--seconds",
        "60",
        "--resume",
        "kept.json",
    )
    first = inside(*small, "--json", "all.json")
    assert first.status == 0, first
    record = _strict((tmp_path / "all.json").read_text("utf-8"))
    assert set(record) == KEYS
    assert record["complete"] is True
    assert [(m["contestant"], m["setting"], m["repetition"]) for m in record["measurements"]] == [
        ("exact", setting, k) for k in (0, 1) for setting in ("limit", "noisy")
    ]
    for measurement in record["measurements"]:
        assert measurement["status"] == "ok"
        assert measurement["seconds"] > 0
        assert measurement["memory"] > 2**20
        low, high = measurement["closeness"]
        assert 0 <= low <= high < 1e-13
        assert measurement["detail"]["stop"] == "converged"
    assert {r["radius_from"] for r in record["references"]} == {"certificate"}
    assert all(r["radius"] < 1e-15 for r in record["references"])
    assert [row["contestant"] for row in record["summary"]["rows"]] == ["exact"] * 2
    assert "limit: lam 0.003, beta inf" in first.out
    assert "quick run" in first.out
    kept = (tmp_path / "kept.json").read_bytes()
    again = inside(*small, "--json", "-")
    assert (tmp_path / "kept.json").read_bytes() == kept  # nothing was left to measure
    assert _strict(again.out)["measurements"] == record["measurements"]
    (tmp_path / "check.json").write_text('{"claims": [], "figures": {}}', "utf-8")
    reported = inside("report", "--from", "check.json", "--bench", "kept.json")
    assert reported.status == 0, reported
    assert "lemmata, exact" in (tmp_path / "lemmata-report" / "benchmark.html").read_text("utf-8")
    other = inside("bench", "relu", "--quick", "--only", "exact", "--seconds", "60", "--resume", "kept.json")
    assert other.status == 2
    assert "plan.sizes of the results is [100] and of this run [100, 1000]" in other.err


def test_a_peer_that_is_not_installed_is_named_and_no_error(
    inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lemmata.reports.bench.contestants.find_spec", lambda module: None)
    ending = inside("bench", "relu", "--quick", "--only", "clarabel", "--only", "pwlf")
    assert (ending.status, ending.err) == (0, "")
    for title in ("clarabel (CVXPY with Clarabel)", "pwlf (pwlf, no penalty)"):
        assert f"{title}: not installed: pip install 'lemmata[bench]'\n" in ending.out


def test_an_interrupted_run_keeps_what_it_has(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    program = Path(sys.executable).parent / "lemmata"
    process = subprocess.Popen(
        [str(program), "bench", "relu", "--quick", "--only", "exact", "--resume", str(kept)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background would ignore it
    )  # fmt: skip
    deadline = time.monotonic() + 100
    while not kept.exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"lemmata: interrupted\n")
    record = _strict(kept.read_text("utf-8"))
    assert record["complete"] is False
    assert len(record["measurements"]) >= 1
