"""A run goes round the contestants, gives up on those that fail, and goes on where it stopped."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lemmata.reports.bench import BenchmarkError, load, make_plan, measure
from lemmata.reports.bench.contestants import CONTESTANTS, Contestant
from lemmata.reports.bench.results import Results, read_results
from lemmata.reports.bench.run import Plan, begin
from lemmata.reports.bench.watch import resident

Planner = Callable[..., Plan]
Maker = Callable[..., Contestant]
TRUTH = "fake_contestants:truth"


def _measure(plan: Plan, contestants: list[Contestant], reference: str = TRUTH) -> Results:
    return measure(plan, begin(plan), save=lambda record: None, contestants=contestants, reference=reference)


def test_rounds_are_interleaved_and_closeness_is_a_pair(fakes: Path, plan: Planner, fake: Maker) -> None:
    contestants = [fake("good", ("limit", "noisy")), fake("die")]
    found = _measure(plan(contestants, sizes=(100, 200), repetitions=2), contestants)
    assert found.complete
    order = [(m.repetition, m.points, m.contestant, m.setting) for m in found.measurements]
    once = [(k, m, "good", s) for k in (0, 1) for m in (100, 200) for s in ("limit", "noisy")]
    assert order == [*once[:2], (0, 100, "die", "limit"), *once[2:]]
    good = found.measurements[0]
    assert good.closeness == pytest.approx((1.5, 2.5))  # 2 off a reference that is known to within 0.5
    assert good.averaged_closeness == pytest.approx((0.0, 0.75))
    assert good.detail["segments"] == 3  # as the reference found
    assert {(r.setting, r.points) for r in found.references} == {(s, m) for s in ("limit", "noisy") for m in (100, 200)}
    seeds = {line.split()[3] for line in fakes.read_text("utf-8").splitlines()}
    assert seeds == {"0", "1"}


def test_who_fails_is_not_tried_again_there_or_at_more_points(fakes: Path, plan: Planner, fake: Maker) -> None:
    contestants = [fake("crash"), fake("brief")]
    found = _measure(plan(contestants, sizes=(100, 200), repetitions=2), contestants)
    assert found.complete
    crashes = [m for m in found.measurements if m.contestant == "crash"]
    assert [(m.points, m.status, m.seconds, m.closeness) for m in crashes] == [(100, "crashed", None, None)]
    assert len([m for m in found.measurements if m.contestant == "brief"]) == 4
    assert fakes.read_text("utf-8").count("crash") == 1


def test_an_absent_peer_is_named_and_left_out(fakes: Path, plan: Planner, fake: Maker) -> None:
    contestants = [fake("brief"), fake("good", modules=("no_such_peer",))]
    found = _measure(plan(contestants, repetitions=2), contestants)
    absent = [m for m in found.measurements if m.contestant == "good"]
    assert [(m.status, m.reason) for m in absent] == [("not installed", "not installed: pip install 'lemmata[bench]'")]
    assert not fakes.exists()


def test_a_slow_contestant_sits_out_the_later_rounds(fakes: Path, plan: Planner, fake: Maker) -> None:
    contestants = [fake("good"), fake("brief")]
    found = _measure(plan(contestants, repetitions=3, slow_seconds=0.1, slow_repetitions=1), contestants)
    assert [m.repetition for m in found.measurements if m.contestant == "good"] == [0]
    assert [m.repetition for m in found.measurements if m.contestant == "brief"] == [0, 1, 2]


def test_a_reference_without_certificate_says_why(fakes: Path, plan: Planner, fake: Maker) -> None:
    contestants = [fake("brief")]
    found = _measure(plan(contestants), contestants, "fake_contestants:uncertified")
    (reference,) = found.references
    assert (reference.status, reference.radius, reference.radius_from) == ("ok", 0.5, "gap")
    assert reference.uncertified_because == "crashed: RuntimeError: no certificate here"


def test_a_broken_reference_leaves_closeness_unknown(fakes: Path, plan: Planner, fake: Maker) -> None:
    contestants = [fake("brief"), fake("good")]
    found = _measure(plan(contestants), contestants, "fake_contestants:die")
    assert found.references[0].status == "crashed"
    assert [(m.status, m.closeness) for m in found.measurements] == [("ok", None), ("crashed", None)]
    assert found.measurements[1].reason == "KeyError: 'segments'"  # which only a reference knows


def test_a_budget_ends_the_run_unfinished(fakes: Path, plan: Planner, fake: Maker) -> None:
    contestants = [fake("brief")]
    found = _measure(plan(contestants, sizes=(100, 200), budget=1e-9), contestants)
    assert not found.complete
    assert found.measurements == []


PROGRAM = """
import json, sys
from dataclasses import replace
from pathlib import Path
from lemmata.reports.bench import make_plan, measure
from lemmata.reports.bench.contestants import Contestant
from lemmata.reports.bench.run import begin
place = Path(sys.argv[1])
who = [Contestant("good", "good", "fake_contestants:good", ("limit",)),
       Contestant("slow", "slow", "fake_contestants:slow", ("limit",))]
plan = replace(make_plan(contestants=who), sizes=(100, 200), repetitions=1, seconds=float(sys.argv[2]), memory_gb=1.0)
def save(record):
    place.with_suffix(".new").write_text(json.dumps(record.as_json()))
    place.with_suffix(".new").replace(place)
measure(plan, begin(plan), save=save, contestants=who, reference="fake_contestants:truth")
"""


def test_a_killed_run_goes_on_where_it_stopped(fakes: Path, tmp_path: Path, plan: Planner, fake: Maker) -> None:
    place = tmp_path / "results.json"
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(place), "300"])
    deadline = time.monotonic() + 60
    while not (fakes.exists() and "slow" in fakes.read_text("utf-8")):  # the second one is in its call
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = load(place)
    assert [(m.contestant, m.points) for m in kept.measurements] == [("good", 100)]
    assert not kept.complete
    first = kept.measurements[0]
    contestants = [fake("good"), fake("brief")]
    plan_now = replace(plan(contestants, sizes=(100, 200), seconds=300.0, memory_gb=1.0), contestants=("good", "slow"))
    resumed = begin(plan_now, kept)
    contestants[1] = replace(contestants[1], name="slow")  # quick this time
    measure(plan_now, resumed, save=lambda record: None, contestants=contestants, reference=TRUTH)
    assert resumed.complete
    assert resumed.measurements[0] == first
    assert [(m.contestant, m.points) for m in resumed.measurements] == [
        (name, m) for m in (100, 200) for name in ("good", "slow")
    ]
    assert [line for line in fakes.read_text("utf-8").splitlines() if line.startswith("good")] == [
        "good limit 100 0", "good limit 200 0",
    ]  # fmt: skip


def test_a_worker_does_not_outlive_the_run(fakes: Path, tmp_path: Path) -> None:
    place = tmp_path / "results.json"
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(place), "300"])
    deadline = time.monotonic() + 60
    while not (fakes.exists() and "slow" in fakes.read_text("utf-8")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    children = Path("/proc", str(process.pid), "task", str(process.pid), "children")
    if not children.exists():
        process.kill()
        process.wait()
        pytest.skip("the system does not list the children of a process")
    (worker,) = children.read_text("ascii").split()
    process.kill()
    process.wait()
    while resident(int(worker)):  # nothing is, of a process that has ended
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_record_is_resumed_only_as_it_was_begun(plan: Planner, fake: Maker) -> None:
    ours = plan([fake("brief")])
    record = begin(ours)
    assert begin(ours, read_results(json.loads(json.dumps(record.as_json())))).as_json() == record.as_json()
    with pytest.raises(BenchmarkError, match=r"plan.seconds of the results is 60.0 and of this run 2.0"):
        begin(replace(ours, seconds=2.0), record)
    with pytest.raises(BenchmarkError, match=r"plan.quick of the results is False and of this run True"):
        begin(replace(ours, quick=True), record)
    record.provenance["processor"] = "another"
    with pytest.raises(BenchmarkError, match=r"provenance.processor of the results is 'another'"):
        begin(ours, record)


def test_a_finished_run_is_gone_on_with_for_more_rounds(fakes: Path, plan: Planner, fake: Maker) -> None:
    who = [fake("brief")]
    record = _measure(plan(who), who)
    kept = list(record.measurements)
    more = plan(who, repetitions=3)
    resumed = begin(more, read_results(json.loads(json.dumps(record.as_json()))))
    assert not resumed.complete
    measure(more, resumed, save=lambda record: None, contestants=who, reference=TRUTH)
    assert resumed.complete
    assert resumed.plan == more.as_json()
    assert resumed.measurements[: len(kept)] == kept
    assert [(m.repetition, m.status) for m in resumed.measurements] == [(0, "ok"), (1, "ok"), (2, "ok")]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"rounds": 0}, "rounds is 0; numbers from 1 up"),
        ({"slow_rounds": -1}, "slow-rounds is -1; numbers from 1 up"),
        ({"only": ["sgd", "adam"]}, "'adam' is not a contestant; allowed are exact, sgd, "),
        ({"max_points": 99}, "max-points is 99; numbers from 100 up"),
        ({"seconds": 0.0}, "seconds is 0; positive"),
        ({"seconds": float("inf")}, "seconds is inf"),
        ({"memory": -1.0}, "memory is -1"),
    ],
)
def test_bad_limits_are_refused(request_: dict[str, object], message: str) -> None:
    with pytest.raises(BenchmarkError, match=message):
        make_plan(**request_)  # type: ignore[arg-type]


def test_the_contestants_are_found_where_they_are_said_to_be() -> None:
    import importlib

    for contestant in CONTESTANTS:
        module, _, name = contestant.entry.partition(":")
        assert callable(getattr(importlib.import_module(module), name))
    assert len({c.name for c in CONTESTANTS}) == len(CONTESTANTS)
