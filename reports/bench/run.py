"""Carrying out a benchmark: the next measurement follows from what is recorded, so that a run can stop anywhere.

The repetitions go round: every contestant at every size once, then again, so that a machine that warms up or is shared
treats all alike. A contestant that fails at a size is not tried there again nor at a larger one.
"""

from __future__ import annotations

import datetime
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .contestants import CONTESTANTS, EXTRA, REFERENCE, Contestant
from .errors import BenchmarkError
from .results import Measurement, Reference, Results, provenance
from .watch import Limits, Outcome, run_worker

Array = NDArray[np.float64]

_SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
_FULL = {"grid": 1000, "neurons": 500, "epochs": 50_000, "step": 0.02, "sweeps": 1_000_000, "certify": 1}
_QUICK = {**_FULL, "epochs": 30, "sweeps": 5_000}
_REFERENCE_SECONDS = 30.0  # which a certificate gets at least; it is nobody's time
_ROUNDS = {"repetitions", "slow_repetitions"}
_QUICK_SIZES, _QUICK_SECONDS, _QUICK_BUDGET = (100, 1_000), 3.0, 45.0


@dataclass(frozen=True)
class Plan:
    """What is measured.

    sizes: numbers M of points, ascending; repetitions: rounds, of which a contestant whose first call took more than
    slow_seconds takes part in slow_repetitions only; seconds, memory_gb: limits of one measurement; budget: seconds
    after which nothing new is started, None for no limit; quick: whether sizes and epochs are cut down; options: of the
    contestants; contestants: their names; seed: of the data, the repetition being the seed of what is random beyond.
    """

    sizes: tuple[int, ...]
    repetitions: int
    slow_seconds: float
    slow_repetitions: int
    seconds: float
    memory_gb: float
    budget: float | None
    quick: bool
    options: Mapping[str, float]
    contestants: tuple[str, ...]
    seed: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, lists and words."""
        content = asdict(self)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in content.items()}


def positive(name: str, value: float) -> float:
    """A positive, finite number, or an error.

    >>> positive("seconds", 3)
    3.0
    """
    if not (math.isfinite(value) and value > 0):
        raise BenchmarkError(f"{name} is {value:g}; positive, finite numbers are allowed")
    return float(value)


def rounds_of(name: str, value: int | None, default: int) -> int:
    """A number of rounds, or the default; an error where it is less than 1.

    >>> rounds_of("rounds", None, 5)
    5
    """
    if value is not None and value < 1:
        raise BenchmarkError(f"{name} is {value}; numbers from 1 up are allowed")
    return default if value is None else value


def make_plan(
    *,
    quick: bool = False,
    max_points: int | None = None,
    seconds: float | None = None,
    memory: float = 4.0,
    rounds: int | None = None,
    slow_rounds: int | None = None,
    only: Sequence[str] = (),
    contestants: Sequence[Contestant] = CONTESTANTS,
) -> Plan:
    """The plan of a run: M = 10² … 10⁶ in five rounds, or a cut-down one that takes less than a minute.

    Args: quick; max_points: the largest M; seconds: limit of one call (default 600, quick 3); memory: limit in GiB;
        rounds: how often everything is measured (default 5, quick 2); slow_rounds: how often what took more than a
        minute (default 3, quick 1), or `rounds` where that is less; only: names of contestants, none for all;
        contestants: who can take part.
    Raises: BenchmarkError naming the value and what is allowed.

    >>> make_plan(quick=True).sizes, make_plan(max_points=20_000).sizes
    ((100, 1000), (100, 1000, 10000))
    """
    known = tuple(contestant.name for contestant in contestants)
    for name in only:
        if name not in known:
            raise BenchmarkError(f"{name!r} is not a contestant; allowed are {', '.join(known)}")
    sizes = tuple(m for m in (_QUICK_SIZES if quick else _SIZES) if max_points is None or m <= max_points)
    if not sizes:
        raise BenchmarkError(f"max-points is {max_points}; numbers from {_SIZES[0]} up are allowed")
    limit = (_QUICK_SECONDS if quick else 600.0) if seconds is None else seconds
    repetitions = rounds_of("rounds", rounds, 2 if quick else 5)
    slow = min(repetitions, rounds_of("slow-rounds", slow_rounds, 1 if quick else 3))
    return Plan(
        sizes=sizes, repetitions=repetitions, slow_seconds=0.5 if quick else 60.0,
        slow_repetitions=slow, seconds=positive("seconds", limit),
        memory_gb=positive("memory", memory), budget=_QUICK_BUDGET if quick else None, quick=quick,
        options=_QUICK if quick else _FULL,
        contestants=tuple(name for name in known if not only or name in only),
    )  # fmt: skip


def begin(plan: Plan, resumed: Results | None = None, benchmark: str = "relu") -> Results:
    """An empty record of a plan, or the one to go on with, if plan and machine are the same.

    The numbers of rounds may differ: they say how often something is measured, not how, and the new ones count.

    Raises: BenchmarkError where they are not, naming the first difference.
    """
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    fresh = Results(plan.as_json(), provenance(now), benchmark=benchmark)
    if resumed is None:
        return fresh
    if resumed.benchmark != benchmark:
        raise BenchmarkError(f"the results are of the benchmark {resumed.benchmark}; those of {benchmark} are allowed")
    for kind, ours, theirs in (
        ("plan", fresh.plan, resumed.plan),
        ("provenance", {**fresh.provenance, "started": ""}, {**resumed.provenance, "started": ""}),
    ):
        for key in sorted({*ours, *theirs} - _ROUNDS):
            if ours.get(key) != theirs.get(key):
                raise BenchmarkError(
                    f"{kind}.{key} of the results is {theirs.get(key)!r} and of this run {ours.get(key)!r}; "
                    "a run can only be resumed as it was begun, on the same machine with the same versions"
                )
    resumed.plan.update({key: fresh.plan[key] for key in _ROUNDS})
    resumed.complete = False
    return resumed


def _failed(results: Results, contestant: str, setting: str, points: int) -> bool:
    """Whether the contestant has failed at this size or a smaller one."""
    return any(
        (m.contestant, m.setting) == (contestant, setting) and m.points <= points and m.status != "ok"
        for m in results.measurements
    )


def _rounds(plan: Plan, results: Results, contestant: str, setting: str, points: int) -> int:
    first = [
        m.seconds
        for m in results.measurements
        if (m.contestant, m.setting, m.points) == (contestant, setting, points) and m.seconds is not None
    ]
    return plan.slow_repetitions if first and first[0] > plan.slow_seconds else plan.repetitions


def pending(
    plan: Plan, results: Results, contestants: Sequence[Contestant]
) -> Iterator[tuple[Contestant, str, int, int]]:
    """What is still to measure, in order: contestant, setting, points, repetition; the record may grow meanwhile."""
    done = {(m.contestant, m.setting, m.points, m.repetition) for m in results.measurements}
    for repetition in range(plan.repetitions):
        for points in plan.sizes:
            for contestant in contestants:
                for setting in contestant.settings if contestant.name in plan.contestants else ():
                    if (contestant.name, setting, points, repetition) in done:
                        continue
                    if _failed(results, contestant.name, setting, points):
                        continue
                    if repetition < _rounds(plan, results, contestant.name, setting, points):
                        yield contestant, setting, points, repetition


class _References:
    """References by setting and size, computed when first needed; only their figures are in the record."""

    def __init__(self, plan: Plan, results: Results, entry: str) -> None:
        self._plan, self._results, self._entry = plan, results, entry
        self.limits = Limits(plan.seconds, int(plan.memory_gb * 2**30))
        self._own_limits = replace(self.limits, seconds=max(plan.seconds, _REFERENCE_SECONDS))
        self._values: dict[tuple[str, int], tuple[Reference, Array | None]] = {}

    def _run(self, setting: str, points: int, certify: float) -> Outcome:
        options = {**self._plan.options, "certify": certify}
        task = {
            "entry": self._entry, "setting": setting, "points": points, "data_seed": self._plan.seed, "seed": 0,
            "options": options, "once": True,
        }  # fmt: skip
        return run_worker(task, self._own_limits)

    def at(self, setting: str, points: int) -> tuple[Reference, Array | None]:
        """The reference and its fitted values (M,), None where it could not be computed."""
        key = (setting, points)
        if key not in self._values:
            known = [r for r in self._results.references if (r.setting, r.points) == key]
            # A certificate that the record says cannot be had within the limits is not tried again.
            certify = 0.0 if known and known[0].radius_from != "certificate" else float(self._plan.options["certify"])
            outcome = self._run(setting, points, certify)
            reason = None
            if certify and outcome.status != "ok":
                reason = f"{outcome.status}: {outcome.reason}"
                outcome = self._run(setting, points, 0.0)
            detail = dict(outcome.result.get("detail", {}))
            found = Reference(
                setting, points, outcome.status, outcome.reason, outcome.result.get("seconds"), outcome.peak,
                outcome.result.get("objective"), detail.get("radius"), detail.get("radius_from"),
                reason or detail.get("uncertified_because"), detail.get("segments"),
            )  # fmt: skip
            if not known:
                self._results.references.append(found)
            self._values[key] = (known[0] if known else found, outcome.fitted)
        return self._values[key]


def _distance(values: Array | None, reference: Reference, exact: Array | None) -> tuple[float, float] | None:
    """Bounds of the root mean square distance from the exact limit, given the distance from the reference."""
    if values is None or exact is None or reference.radius is None:
        return None
    between = math.sqrt(float(np.mean((values - exact) ** 2)))
    return max(between - reference.radius, 0.0), between + reference.radius


def _measured(
    plan: Plan, references: _References, contestant: Contestant, setting: str, points: int, repetition: int
) -> Measurement:
    """Run one contestant once and compare its answer with the reference."""
    if not contestant.installed:
        return Measurement(contestant.name, setting, points, repetition, "not installed", EXTRA)
    reference, exact = references.at(setting, points)
    known = {} if reference.segments is None else {"segments": reference.segments}
    task = {
        "entry": contestant.entry, "setting": setting, "points": points, "data_seed": plan.seed, "seed": repetition,
        "options": {**plan.options, **known}, "once": False,
    }  # fmt: skip
    outcome = run_worker(task, references.limits)
    result = outcome.result
    objective = result.get("objective")
    excess = None if objective is None or reference.objective is None else objective - reference.objective
    return Measurement(
        contestant.name, setting, points, repetition, outcome.status, outcome.reason,
        result.get("seconds"), result.get("cpu_seconds"), result.get("calls"),
        outcome.peak, result.get("memory_before"),
        objective, excess, result.get("rms_to_data"),
        _distance(outcome.fitted, reference, exact), _distance(outcome.averaged, reference, exact),
        result.get("detail", {}),
    )  # fmt: skip


def measure(
    plan: Plan,
    results: Results,
    *,
    save: Callable[[Results], None],
    progress: Callable[[Measurement], None] | None = None,
    contestants: Sequence[Contestant] = CONTESTANTS,
    reference: str = REFERENCE,
) -> Results:
    """Measure what the record lacks, and hand the record to `save` after every measurement.

    Args: plan; results: a record of this plan from `begin`, changed in place; save: keeps the record, for instance in a
        file; progress: told of every measurement; contestants, reference: who is measured, and the entry that gives the
        values which closeness is measured from.
    Returns: the record; `complete` unless the plan's budget of time ran out.
    """
    references = _References(plan, results, reference)
    begun = time.monotonic()
    for contestant, setting, points, repetition in pending(plan, results, contestants):
        if plan.budget is not None and time.monotonic() - begun > plan.budget:
            save(results)
            return results
        found = _measured(plan, references, contestant, setting, points, repetition)
        results.measurements.append(found)
        save(results)
        if progress is not None:
            progress(found)
    results.complete = True
    save(results)
    return results
