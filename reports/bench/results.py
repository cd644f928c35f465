"""The record of a benchmark: what was planned, what was measured, on what; read with every key checked."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from .errors import BenchmarkError

FORMAT = 1
BENCHMARKS = ("relu", "autoencoder")
"""Names of the benchmarks there are."""

STATUSES = ("ok", "timeout", "memory", "crashed", "diverged", "not installed")
_LIBRARIES = ("lemmata", "numpy", "scipy", "scikit-learn", "torch", "cvxpy", "clarabel", "pwlf")


@dataclass(frozen=True)
class Reference:
    """What the answers at one size and setting are compared with.

    objective: of the reference at β = ∞, by the common rule; radius: root mean square distance of its fitted values
    from the exact limit, at most, and where that comes from; segments: of the piecewise linear limit; seconds: of the
    fit together with the certificate; uncertified_because: why there is no certificate, where one was tried.
    """

    setting: str
    points: int
    status: str
    reason: str | None
    seconds: float | None = None
    memory: int | None = None
    objective: float | None = None
    radius: float | None = None
    radius_from: str | None = None
    uncertified_because: str | None = None
    segments: int | None = None


@dataclass(frozen=True)
class Measurement:
    """One call of one contestant in a process of its own.

    status: one of `STATUSES`, with a reason unless "ok"; seconds, cpu_seconds: of one call, the median where `calls` is
    above 1; memory: peak of the process in bytes, memory_before: before the call; objective, rms_to_data: of the answer
    (½R + λ Σ|c| at β = ∞, √R); excess: objective minus the reference's; closeness: lower and upper bound of the root
    mean square distance of the fitted values from the exact limit, averaged_closeness: the same for values averaged
    over the second half of training; detail: what the contestant itself reports.
    """

    contestant: str
    setting: str
    points: int
    repetition: int
    status: str
    reason: str | None = None
    seconds: float | None = None
    cpu_seconds: float | None = None
    calls: int | None = None
    memory: int | None = None
    memory_before: int | None = None
    objective: float | None = None
    excess: float | None = None
    rms_to_data: float | None = None
    closeness: tuple[float, float] | None = None
    averaged_closeness: tuple[float, float] | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Results:
    """A record: plan, provenance, and what has been measured so far, in order."""

    plan: dict[str, Any]
    provenance: dict[str, Any]
    references: list[Reference] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    complete: bool = False
    benchmark: str = "relu"

    def as_json(self) -> dict[str, Any]:
        """Strict JSON: plain dictionaries, lists, numbers and words."""
        return {
            "benchmark": self.benchmark,
            "format": FORMAT,
            "complete": self.complete,
            "plan": self.plan,
            "references": [_plain(item) for item in self.references],
            "measurements": [_plain(item) for item in self.measurements],
            "provenance": self.provenance,
        }


def _plain(item: Reference | Measurement) -> dict[str, Any]:
    content = {part.name: getattr(item, part.name) for part in fields(item)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in content.items()}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc", "cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def provenance(started: str) -> dict[str, Any]:
    """What the figures depend on: versions (null: not installed), processor, threads; started is an ISO date and time.

    >>> sorted(provenance("2030-01-01"))
    ['cores', 'processor', 'python', 'started', 'system', 'threads', 'versions']
    """
    return {
        "started": started,
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _LIBRARIES},
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "threads": os.environ.get("OMP_NUM_THREADS"),
    }


def _is(value: Any, hint: str) -> bool:
    """Whether a value of JSON is of a field's type."""
    kinds = [kind.strip() for kind in hint.split("|")]
    if value is None:
        return "None" in kinds
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return (
        ("str" in kinds and isinstance(value, str))
        or ("int" in kinds and number and isinstance(value, int))
        or ("float" in kinds and number)
        or (
            "tuple[float, float]" in kinds
            and isinstance(value, list)
            and [_is(v, "float") for v in value] == [True] * 2
        )
        or ("Mapping[str, Any]" in kinds and isinstance(value, dict))
    )


def _read(kind: type[Any], item: Any, where: str) -> Any:
    if not isinstance(item, dict) or set(item) != {part.name for part in fields(kind)}:
        raise BenchmarkError(f"{where} is {str(item)[:60]!r}; allowed is an object with the keys of a {kind.__name__}")
    for part in fields(kind):
        if not _is(item[part.name], str(part.type)):
            raise BenchmarkError(f"{where}.{part.name} is {str(item[part.name])[:40]!r}; allowed is {part.type}")
    if item["status"] not in STATUSES:
        raise BenchmarkError(f"{where}.status is {item['status']!r}; allowed are {', '.join(STATUSES)}")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in item.items()})


def read_results(record: Any) -> Results:
    """A record from its decoded JSON, every key checked; keys that are derived from the others are not read.

    Raises: BenchmarkError naming the first value that is not allowed.

    >>> read_results({"benchmark": "sort"})
    Traceback (most recent call last):
    ...
    lemmata.reports.bench.errors.BenchmarkError: benchmark is 'sort'; allowed are relu, autoencoder
    """
    if not isinstance(record, dict):
        raise BenchmarkError("the record is no JSON object; allowed is what `lemmata bench NAME --json` writes")
    if record.get("benchmark") not in BENCHMARKS:
        raise BenchmarkError(f"benchmark is {record.get('benchmark')!r}; allowed are {', '.join(BENCHMARKS)}")
    if record.get("format") != FORMAT:
        raise BenchmarkError(f"format is {record.get('format')!r}; allowed is {FORMAT!r}")
    for key, kind in (
        ("plan", dict), ("provenance", dict), ("references", list), ("measurements", list), ("complete", bool),
    ):  # fmt: skip
        if not isinstance(record.get(key), kind):
            raise BenchmarkError(f"{key} is {str(record.get(key))[:40]!r}; allowed is a JSON {kind.__name__}")
    return Results(
        record["plan"],
        record["provenance"],
        [_read(Reference, item, f"references[{k}]") for k, item in enumerate(record["references"])],
        [_read(Measurement, item, f"measurements[{k}]") for k, item in enumerate(record["measurements"])],
        record["complete"],
        record["benchmark"],
    )


def load(path: Path) -> Results:
    """The record in a file.

    Raises: BenchmarkError for a file that is not such a record; OSError where it cannot be read.
    """
    try:
        record = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BenchmarkError(f"{str(path)!r} is not JSON: {error}") from error
    try:
        return read_results(record)
    except BenchmarkError as error:
        raise BenchmarkError(f"{str(path)!r}: {error}") from error
