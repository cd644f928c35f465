"""Running a worker under limits of time and memory, both watched from outside, so that no library can evade them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_WORKER = f"{__package__}.worker"
_GIGABYTE = 2**30
_STEP = 0.02  # seconds between two looks
_HOPELESS = 2.0  # how far over the limit a call must be heading to be ended before it
_STARTUP = 300.0  # seconds for imports before the clock starts, and for judging the answer after it stops


@dataclass(frozen=True)
class Limits:
    """What a measurement may take.

    seconds: of one call (or of a series of short ones); memory: resident, in bytes, with everything imported; patience:
    seconds after which a call is ended that by its own account would take more than twice the limit.
    """

    seconds: float
    memory: int
    patience: float = 60.0

    @property
    def gigabytes(self) -> float:
        """The memory limit in units of 2³⁰ bytes."""
        return self.memory / _GIGABYTE


@dataclass(frozen=True)
class Outcome:
    """How a worker ended.

    status: "ok", "timeout", "memory", "crashed" or "diverged"; reason: a sentence unless ok; result: what the worker
    wrote, empty unless ok or diverged; peak: largest memory seen from outside, in bytes; fitted, averaged: its values.
    """

    status: str
    reason: str | None
    result: Mapping[str, Any]
    peak: int
    fitted: Array | None = None
    averaged: Array | None = None


def resident(process: int) -> int:
    """Memory that a process has resident now, in bytes; 0 if it has gone.

    >>> resident(os.getpid()) > 1_000_000
    True
    """
    try:
        pages = Path("/proc", str(process), "statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        pass
    if Path("/proc", "self").exists():
        return 0
    listed = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=False)
    return int(listed.stdout.strip() or 0) * 1024


@contextmanager
def _running(folder: Path, worker: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a session of its own, ended with everything that it has started when the block is left."""
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", worker, str(folder)],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _last_words(folder: Path) -> str:
    lines = (folder / "output").read_text("utf-8", errors="replace").split("\n")
    said = [line.strip() for line in lines if line.strip()]
    return said[-1][:200] if said else "it said nothing"


def _pace(folder: Path, spent: float) -> float:
    """Seconds that the call will have taken at its own pace so far; 0 where it has said nothing."""
    try:
        fraction = float((folder / "progress").read_text("ascii"))
    except FileNotFoundError:
        return 0.0
    return spent / fraction


def _watched(folder: Path, limits: Limits, worker: str) -> tuple[str, str | None, int]:
    """Status, reason and peak memory of a worker, awaited or ended."""
    peak = 0
    with _running(folder, worker) as process:
        begun, since = time.monotonic(), "imports"
        while process.poll() is None:
            peak = max(peak, resident(process.pid))
            if peak > limits.memory:
                return "memory", f"more than {limits.gigabytes:g} GiB", peak
            now = time.monotonic()
            if since == "imports" and (folder / "started").exists():
                begun, since = now, "call"
            if since == "call" and (folder / "finished").exists():
                begun, since = now, "judging"
            if now - begun > (limits.seconds if since == "call" else _STARTUP):
                return "timeout", f"{since}: more than {limits.seconds if since == 'call' else _STARTUP:g} s", peak
            if since == "call" and now - begun > limits.patience:
                pace = _pace(folder, now - begun)
                if pace > _HOPELESS * limits.seconds:
                    told = (
                        f"call: about {pace:.2g} s at its pace over {now - begun:.0f} s, more than {limits.seconds:g} s"
                    )
                    return "timeout", told, peak
            time.sleep(_STEP)
        if process.returncode < 0:
            return "crashed", f"ended by signal {-process.returncode}", peak
        if process.returncode > 0:
            return "crashed", _last_words(folder), peak
    return "ok", None, peak


def run_worker(task: Mapping[str, Any], limits: Limits, worker: str = _WORKER) -> Outcome:
    """Run one task in a process of its own and wait for it, at most as long as the limits allow.

    Args: task: `entry` ("module:function"), `setting`, `points`, `data_seed`, `seed`, `options`, `once` (whether one
        call is enough however short it is); limits; worker: the module to run.
    Returns: an `Outcome`; whatever the worker does, it is one.
    """
    with tempfile.TemporaryDirectory(prefix="lemmata-bench-") as name:
        folder = Path(name)
        (folder / "task.json").write_text(json.dumps(dict(task), allow_nan=False), "utf-8")
        status, reason, peak = _watched(folder, limits, worker)
        if status != "ok":
            return Outcome(status, reason, {}, peak)
        result = json.loads((folder / "result.json").read_text("utf-8"))
        values = {
            part: np.load(folder / f"{part}.npy") if (folder / f"{part}.npy").exists() else None
            for part in ("fitted", "averaged")
        }
        peak = max(peak, result["memory"])
        if not result["finite"]:
            return Outcome("diverged", "values that are not finite", result, peak, None, None)
        return Outcome("ok", None, result, peak, values["fitted"], values["averaged"])
