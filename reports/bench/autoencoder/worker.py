"""One measurement in a process of its own, as `lemmata.reports.bench.worker` does it for the other benchmark."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from ..worker import end_with_parent, loaded, peak_memory, timed
from .tasks import Found, start

_WARM = 24


def work(folder: Path) -> None:
    """Carry out the task of a folder and leave its results there."""
    task = json.loads((folder / "task.json").read_text("utf-8"))
    contestant, setting = loaded(task["entry"]), task["setting"]
    contestant(setting, start(setting, _WARM, 0))
    C = start(setting, task["points"], task["data_seed"])
    result: dict[str, Any] = {"memory_before": peak_memory()}
    (folder / "started").touch()
    found: Found
    found, timing = timed(lambda: contestant(setting, C), task["once"])
    (folder / "finished").touch()
    result |= timing | {
        "memory": peak_memory(),
        "finite": bool(np.all(np.isfinite(found.values))),
        "detail": {**found.detail, "matrix_bytes": 8 * C.shape[0] ** 2},
    }
    np.save(folder / "fitted.npy", found.values)
    (folder / "result.json").write_text(json.dumps(result, allow_nan=False), "utf-8")


if __name__ == "__main__":
    end_with_parent()
    work(Path(sys.argv[1]))
