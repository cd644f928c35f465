"""Records are read with every key checked, and summaries say what the measurements say."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lemmata.reports.bench import BenchmarkError, load, summarise
from lemmata.reports.bench.page import benchmark_page
from lemmata.reports.bench.results import Measurement, Reference, Results, read_results
from lemmata.reports.bench.summary import Spread, unpenalised
from lemmata.reports.generate import write_report


def _measured(contestant: str, points: int, repetition: int, seconds: float, **more: Any) -> Measurement:
    return Measurement(contestant, "limit", points, repetition, "ok", seconds=seconds, calls=1, **more)


@pytest.fixture
def results() -> Results:
    """Three rounds of ours at two sizes and of a peer at one, another that fails, a third that is not there."""
    found = Results(
        {"quick": False, "seconds": 600.0, "memory_gb": 4.0, "repetitions": 3},
        {"processor": "any", "versions": {"numpy": "2"}},
    )
    found.references = [Reference("limit", 10_000, "ok", None, 1.0, 2**20, 0.5, 1e-16, "certificate", None, 4)]
    for k, (small, large, theirs) in enumerate([(1.0, 100.0, 50.0), (2.0, 400.0, 60.0), (1.5, 150.0, 45.0)]):
        ours = {"closeness": (0.0, 1e-14), "excess": 0.0, "objective": 0.5, "memory": 100 * 2**20, "rms_to_data": 0.3}
        found.measurements += [
            _measured("exact", 10_000, k, small, **ours),
            _measured("sgd", 10_000, k, theirs, closeness=(0.01, 0.03), excess=0.125, memory=(200 + k) * 2**20),
            _measured("exact", 1_000_000, k, large, **ours),
        ]
    found.measurements += [
        Measurement("sgd", "limit", 1_000_000, 0, "timeout", "call: more than 600 s", memory=2**30),
        Measurement("clarabel", "limit", 10_000, 0, "not installed", "not installed: pip install 'lemmata[bench]'"),
        _measured("pwlf", 10_000, 0, 3.0, rms_to_data=0.1),
    ]
    found.complete = True
    return found


def _round(results: Results) -> Any:
    return json.loads(json.dumps(results.as_json(), allow_nan=False))


def test_a_record_survives_the_way_through_json(results: Results, tmp_path: Path) -> None:
    assert read_results(_round(results)) == results
    place = tmp_path / "results.json"
    place.write_text(json.dumps(results.as_json()), "utf-8")
    assert load(place) == results


def _set(*path: Any, value: Any) -> Callable[[Any], None]:
    def change(record: Any) -> None:
        for key in path[:-1]:
            record = record[key]
        record[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("format", value=2), "format is 2; allowed is 1"),
        (_set("plan", value=[]), "plan is"),
        (_set("complete", value=1), "complete is '1'"),
        (_set("measurements", value=None), "measurements is 'None'"),
        (_set("measurements", 0, value={}), r"measurements\[0\] is"),
        (_set("measurements", 1, "more", value=1), r"measurements\[1\] is"),
        (_set("measurements", 2, "points", value="many"), r"measurements\[2\].points is 'many'; allowed is int"),
        (_set("measurements", 2, "points", value=True), r"measurements\[2\].points is 'True'"),
        (_set("measurements", 0, "seconds", value=math.inf), r"measurements\[0\].seconds is 'inf'"),
        (_set("measurements", 0, "closeness", value=[1.0]), r"measurements\[0\].closeness is"),
        (_set("measurements", 0, "closeness", value=[1.0, "2"]), r"measurements\[0\].closeness is"),
        (_set("measurements", 0, "status", value="fine"), r"measurements\[0\].status is 'fine'; allowed are ok, "),
        (_set("references", 0, "radius", value="small"), r"references\[0\].radius is 'small'"),
    ],
)
def test_a_record_that_is_none_is_refused(results: Results, change: Callable[[Any], None], message: str) -> None:
    record = _round(results)
    change(record)
    with pytest.raises(BenchmarkError, match=message):
        read_results(record)


def test_a_file_that_is_no_record_is_refused_by_name(tmp_path: Path) -> None:
    place = tmp_path / "results.json"
    for text, message in (("[", "is not JSON"), ("[]", "no JSON object"), ('{"benchmark": "relu"}', "format is None")):
        place.write_text(text, "utf-8")
        with pytest.raises(BenchmarkError, match=f"results.json.*{message}"):
            load(place)


def test_ratios_pair_the_rounds(results: Results) -> None:
    summary = summarise(results)
    assert [(row.points, row.contestant) for row in summary.rows] == [
        (10_000, "exact"), (10_000, "sgd"), (10_000, "clarabel"), (10_000, "pwlf"),
        (1_000_000, "exact"), (1_000_000, "sgd"),
    ]  # fmt: skip
    ours, sgd, clarabel, _, _, late = summary.rows
    assert ours.seconds == Spread(1.5, 1.0, 2.0, 3)
    assert ours.slower is None
    assert sgd.slower == Spread(30.0, 30.0, 50.0, 3)  # 50/1, 60/2, 45/1.5
    assert sgd.farther == Spread(0.01 / 1e-14, 0.01 / 1e-14, 0.01 / 1e-14, 3)  # the least it can be
    assert sgd.closeness == Spread(0.03, 0.03, 0.03, 3)  # the most
    assert sgd.excess == Spread(0.125, 0.125, 0.125, 3)
    assert sgd.memory == 202 * 2**20
    assert (clarabel.status, clarabel.seconds) == ("not installed", None)
    assert (late.status, late.reason, late.seconds) == ("timeout", "call: more than 600 s", None)


def test_growth_is_the_exponent_between_the_ends(results: Results) -> None:
    (growth,) = summarise(results).growth
    exponents = sorted([1.0, math.log(200) / math.log(100), 1.0])
    assert growth.exponent == Spread(*(pytest.approx(exponents[k]) for k in (1, 0, 2)), 3)
    results.measurements = [m for m in results.measurements if m.points < 1_000_000]
    assert summarise(results).growth == ()


def test_the_unpenalised_fit_is_compared_in_its_distance_from_the_data_only(results: Results) -> None:
    (sentence,) = unpenalised(summarise(results))
    assert "distance from the data 0.1, ours 0.3" in sentence


def test_the_page_shows_what_was_measured(results: Results) -> None:
    page = benchmark_page(results)
    assert page == benchmark_page(read_results(_round(results)))
    assert [figure.name for figure in page.figures] == [
        "bench-limit-1-time", "bench-limit-2-closeness", "bench-limit-3-excess",
    ]  # fmt: skip
    (table,) = page.tables
    assert len(table.rows) == 5  # who is not installed has no row
    assert table.rows[1][:4] == ("PyTorch, SGD as in the paper", "10\u202f000", "50 (45 to 60)", "30 (30 to 50)")
    assert any("M = 1000000$: call: more than 600 s." in note for note in page.notes)
    assert any("M^p" in note for note in page.notes)
    assert not any("quick" in note or "not complete" in note for note in page.notes)
    results.plan["quick"] = True
    assert any("quick run" in note for note in benchmark_page(results).notes)


def test_the_report_has_the_page_only_with_results(results: Results, tmp_path: Path) -> None:
    record = {"claims": [{"id": "a", "verdict": "proved", "expected": "proved"}]}
    write_report(record, tmp_path / "without")
    write_report(record, tmp_path / "with", [results])
    write_report(record, tmp_path / "again", [results])
    assert not (tmp_path / "without" / "benchmark.html").exists()
    assert "benchmark" not in (tmp_path / "without" / "index.html").read_text("utf-8").lower()
    page = (tmp_path / "with" / "benchmark.html").read_text("utf-8")
    assert page.count("<svg class=") == 3
    assert "PyTorch, SGD as in the paper" in page
    assert 'href="benchmark.html"' in (tmp_path / "with" / "index.html").read_text("utf-8")
    provenance = json.loads((tmp_path / "with" / "provenance.json").read_text("utf-8"))
    assert provenance["benchmarks"]["relu"]["processor"] == "any"
    assert (tmp_path / "again" / "benchmark.html").read_text("utf-8") == page
