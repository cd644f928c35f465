"""One measurement in a process of its own: `python -m lemmata.reports.bench.worker FOLDER`.

The folder holds `task.json`. The process makes the data, imports and warms up the contestant on a few points, marks the
start by creating `started`, calls it, marks the end by `finished`, and leaves `result.json` and the fitted values.
Nothing but the call is timed; whoever started it watches time and memory from outside.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from .problem import SETTINGS, Answer, Problem, judge, make_data

Found = TypeVar("Found")

_SHORT, _ENOUGH = 0.1, 0.3  # a call shorter than the first is repeated until the second is spent, in seconds,
_MOST_CALLS = 25  # or until it has run so often
_WARM_POINTS = 24
_TOLD_EVERY = 1.0  # seconds between two words of progress
_WARM_OPTIONS = {"epochs": 1, "segments": 2, "grid": 40, "certify": 0}


def peak_memory() -> int:
    """Largest memory that this process has had resident so far, in bytes.

    >>> peak_memory() > 1_000_000
    True
    """
    try:
        status = Path("/proc", "self", "status").read_text("ascii")
    except OSError:
        # Elsewhere the system's own count, which may include the process that started this one.
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def end_with_parent() -> None:
    """Ends this process when the one that started it has gone, so that nothing is left running by itself."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _teller(place: Path) -> Callable[[float], None]:
    """Leave the fraction that is done in a file, whole at any moment, at most once a second."""
    last = time.monotonic()

    def tell(fraction: float) -> None:
        nonlocal last
        if time.monotonic() - last > _TOLD_EVERY:
            last = time.monotonic()
            draft = place.with_suffix(".draft")
            draft.write_text(repr(fraction), "ascii")
            draft.replace(place)

    return tell


def timed(call: Callable[[], Found], once: bool) -> tuple[Found, dict[str, Any]]:
    """What a call returns, with the median of its time over as many calls as a short one needs, one if once.

    >>> timed(lambda: 3, once=True)[0]
    3
    """
    walls: list[float] = []
    cpu = time.process_time()
    while not walls or (not once and walls[0] < _SHORT and sum(walls) < _ENOUGH and len(walls) < _MOST_CALLS):
        start = time.perf_counter()
        answer = call()
        walls.append(time.perf_counter() - start)
    spent = (time.process_time() - cpu) / len(walls)
    return answer, {"seconds": float(np.median(walls)), "cpu_seconds": spent, "calls": len(walls)}


def loaded(entry: str) -> Callable[..., Any]:
    """The function that "module:function" names.

    >>> loaded("math:sqrt")(4.0)
    2.0
    """
    module, _, name = entry.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def work(folder: Path) -> None:
    """Carry out the task of a folder and leave its results there."""
    task = json.loads((folder / "task.json").read_text("utf-8"))
    setting, options = SETTINGS[task["setting"]], task["options"]
    contestant: Callable[[Problem], Answer] = loaded(task["entry"])
    x, y = make_data(task["points"], task["data_seed"])
    warm = Problem(*make_data(_WARM_POINTS, task["data_seed"]), setting, 0, {**options, **_WARM_OPTIONS})
    contestant(warm)
    problem = Problem(x, y, setting, task["seed"], options, _teller(folder / "progress"))
    result: dict[str, Any] = {"memory_before": peak_memory()}
    (folder / "started").touch()
    answer, timing = timed(lambda: contestant(problem), task["once"])
    result |= timing | {"memory": peak_memory()}
    (folder / "finished").touch()
    verdict = judge(answer, problem)
    finite = bool(np.all(np.isfinite(verdict.fitted)))
    result |= {
        "finite": finite,
        "objective": verdict.objective if finite else None,
        "rms_to_data": verdict.rms_to_data if finite else None,
        "detail": dict(answer.detail),
    }
    np.save(folder / "fitted.npy", verdict.fitted)
    if answer.averaged is not None:
        np.save(folder / "averaged.npy", answer.averaged)
    (folder / "result.json").write_text(json.dumps(result, allow_nan=False), "utf-8")


if __name__ == "__main__":
    end_with_parent()
    work(Path(sys.argv[1]))
