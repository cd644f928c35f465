"""All claims checked twice, under other hash seeds and numbers of processes: the same bytes, timings apart."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .processes import PROGRAM, run

pytestmark = pytest.mark.long
EXEMPT = {"seconds", "commit", "versions"}
RUNS = (("1", "1"), ("4242", "2"))  # hash seed, processes


def _without_timings(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_timings(v) for name, v in value.items() if name not in EXEMPT}
    return [_without_timings(v) for v in value] if isinstance(value, list) else value


def _bytes(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if name != "provenance.json"}


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders, each with a check of all claims and the report of it."""
    places = []
    for seed, jobs in RUNS:
        place = tmp_path_factory.mktemp(f"seed-{seed}")
        environment = {"PYTHONHASHSEED": seed}
        run([PROGRAM, "check", "--jobs", jobs, "--json", "check.json"], place, environment=environment)
        run([PROGRAM, "report", "--from", "check.json", "--out", "report"], place, environment=environment)
        places.append(place)
    return places


def test_the_record_is_the_same(twice: list[Path], record_property: Callable[[str, object], None]) -> None:
    records = [_without_timings(json.loads((place / "check.json").read_text("utf-8"))) for place in twice]
    texts = [json.dumps(record, ensure_ascii=False, indent=1) for record in records]
    assert texts[0] == texts[1]
    record_property("claims", len(records[0]["claims"]))


def test_every_file_of_the_report_is_the_same(
    twice: list[Path], record_property: Callable[[str, object], None]
) -> None:
    first, second = (_bytes(place / "report") for place in twice)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert "SUMMARY.md" in first
    record_property("files of the report", len(first))


def test_the_comparison_can_fail() -> None:
    assert _without_timings({"a": [{"seconds": 1, "b": 2}]}) == {"a": [{"b": 2}]}
    assert _without_timings({"a": 1}) != _without_timings({"a": 2})
