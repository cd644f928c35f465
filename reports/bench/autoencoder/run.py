"""Carrying out the benchmark `autoencoder`, with the order, limits and resuming of the other one."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..contestants import EXTRA, Contestant
from ..errors import BenchmarkError
from ..results import Measurement, Results
from ..run import Plan, pending, positive, rounds_of
from ..watch import Limits, run_worker
from .tasks import SETTINGS

Array = NDArray[np.float64]

OURS = "ours"
_TASKS = f"{__package__}.tasks"
_WORKER = f"{__package__}.worker"

CONTESTANTS = (
    Contestant(OURS, "lemmata, gradients by hand", f"{_TASKS}:ours", ("step", "train", "haar")),
    Contestant("autograd", "PyTorch, automatic differentiation", f"{_TASKS}:autograd", ("step", "train"), ("torch",)),
    Contestant("products", "products and one factorisation alone", f"{_TASKS}:products", ("step",)),
)
"""All contestants, in the order in which they run and are listed."""

_SIZES = (128, 250, 500, 1000, 2000, 4096)
_QUICK_SIZES, _QUICK_BUDGET = (128, 250), 45.0


def make_plan(
    *,
    quick: bool = False,
    max_points: int | None = None,
    seconds: float | None = None,
    memory: float = 4.0,
    rounds: int | None = None,
    slow_rounds: int | None = None,
    only: Sequence[str] = (),
) -> Plan:
    """The plan of a run: d = 128 … 2000, Haar codes to 4096, in three rounds, or a cut-down one.

    Args: quick; max_points: the largest d; seconds: limit of one call (default 600); memory: limit in GiB; rounds,
        slow_rounds: how often (default 3, quick 2), and how often what takes more than a minute (1); only: names of
        contestants, none for all.
    Raises: BenchmarkError naming the value and what is allowed.

    >>> make_plan(quick=True).sizes
    (128, 250)
    """
    known = tuple(contestant.name for contestant in CONTESTANTS)
    for name in only:
        if name not in known:
            raise BenchmarkError(f"{name!r} is not a contestant; allowed are {', '.join(known)}")
    sizes = tuple(d for d in (_QUICK_SIZES if quick else _SIZES) if max_points is None or d <= max_points)
    if not sizes:
        raise BenchmarkError(f"max-points is {max_points}; numbers from {_SIZES[0]} up are allowed")
    repetitions = rounds_of("rounds", rounds, 2 if quick else 3)
    return Plan(
        sizes=sizes, repetitions=repetitions, slow_seconds=60.0,
        slow_repetitions=min(repetitions, rounds_of("slow-rounds", slow_rounds, 1)),
        seconds=positive("seconds", 600.0 if seconds is None else seconds), memory_gb=positive("memory", memory),
        budget=_QUICK_BUDGET if quick else None, quick=quick, options={},
        contestants=tuple(name for name in known if not only or name in only),
    )  # fmt: skip


def _difference(values: Array | None, reference: Array | None) -> float | None:
    """The largest difference of two answers over the largest entry of the reference; they may be of unlike lengths."""
    if values is None or reference is None or values.shape[1:] != reference.shape[1:]:
        return None
    count = min(len(values), len(reference))
    return float(np.max(np.abs(values[:count] - reference[:count])) / np.max(np.abs(reference)))


def measure(
    plan: Plan,
    results: Results,
    *,
    save: Callable[[Results], None],
    progress: Callable[[Measurement], None] | None = None,
    contestants: Sequence[Contestant] = CONTESTANTS,
) -> Results:
    """Measure what the record lacks, and hand the record to `save` after every measurement.

    Args, returns: as for the other benchmark. `detail["difference"]` of automatic differentiation is the largest
        difference of its gradient (step) or of its risks along the run (train) from ours, relative to the largest.
    """
    limits = Limits(plan.seconds, int(plan.memory_gb * 2**30))
    latest: dict[tuple[str, int], Array | None] = {}
    begun = time.monotonic()
    for contestant, setting, d, repetition in pending(plan, results, contestants):
        if d > SETTINGS[setting].largest or (setting == "haar" and repetition > 0):
            continue
        if plan.budget is not None and time.monotonic() - begun > plan.budget:
            save(results)
            return results
        found = Measurement(contestant.name, setting, d, repetition, "not installed", EXTRA)
        if contestant.installed:
            task = {
                "entry": contestant.entry, "setting": setting, "points": d, "data_seed": plan.seed,
                "seed": repetition, "options": {}, "once": False,
            }  # fmt: skip
            outcome = run_worker(task, limits, _WORKER)
            detail = dict(outcome.result.get("detail", {}))
            if contestant.name == OURS:
                latest[setting, d] = outcome.fitted
            elif contestant.name != "products":
                detail["difference"] = _difference(outcome.fitted, latest.get((setting, d)))
            found = Measurement(
                contestant.name, setting, d, repetition, outcome.status, outcome.reason,
                outcome.result.get("seconds"), outcome.result.get("cpu_seconds"), outcome.result.get("calls"),
                outcome.peak, outcome.result.get("memory_before"), detail=detail,
            )  # fmt: skip
        results.measurements.append(found)
        save(results)
        if progress is not None:
            progress(found)
    results.complete = True
    save(results)
    return results
