"""What is swept over: a TOML file with a task and its axes, read strictly."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .errors import SweepError
from .tasks import TASKS, Task

MOST_POINTS = 10_000_000
_RANGE = {"from", "to", "steps", "scale"}


@dataclass(frozen=True)
class Specification:
    """A task, its axes in the order in which they are written, and the folder that names of files start from.

    axes: values by parameter, those that are not written having their default alone; diagram: x, y and value of the
    phase diagram, or None.
    """

    task: str
    axes: Mapping[str, tuple[Any, ...]]
    diagram: tuple[str, str, str] | None
    folder: Path

    @property
    def kind(self) -> Task:
        """The task itself."""
        return TASKS[self.task]

    @property
    def count(self) -> int:
        """Number of points."""
        return math.prod(len(values) for values in self.axes.values())

    def points(self) -> Iterator[dict[str, Any]]:
        """Every combination of the axes' values; the last axis moves fastest."""
        for values in itertools.product(*self.axes.values()):
            yield dict(zip(self.axes, values, strict=True))

    def loaded(self) -> dict[str, Any]:
        """What the points need from files, by the name of the value that asks for it."""
        found = {}
        for name in self.axes.get("data", ()):
            found[str(name)] = self.kind.load({"data": name}, self.folder)
        return found

    def fingerprint(self, loaded: Mapping[str, Any]) -> str:
        """A digest of everything that the results depend on: task, axes, and the content of files."""
        digest = hashlib.sha256(json.dumps([self.task, {k: list(map(repr, v)) for k, v in self.axes.items()}]).encode())
        for name, content in loaded.items():
            digest.update(name.encode())
            for part in content if content is not None else ():
                digest.update(b"-" if part is None else np.ascontiguousarray(part).tobytes())
        return digest.hexdigest()


def _number(name: str, value: Any) -> float:
    if value == "inf":
        return math.inf
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise SweepError(f'{name} is {value!r}; numbers and "inf" are allowed')
    return float(value)


def _typed(name: str, value: Any, kind: type) -> Any:
    if kind is float:
        return _number(name, value)
    if kind is int and isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise SweepError(f"{name} is {value!r}; {'whole numbers' if kind is int else 'words'} are allowed")
    return value


def _spaced(name: str, table: Mapping[str, Any]) -> list[float]:
    """from, to, steps, and scale "linear" or "log"."""
    if not {"from", "to", "steps"} <= set(table) <= _RANGE:
        raise SweepError(f"{name} has the keys {', '.join(table)}; from, to, steps and, if you like, scale are allowed")
    low, high = _number(f"{name}.from", table["from"]), _number(f"{name}.to", table["to"])
    steps, scale = _typed(f"{name}.steps", table["steps"], int), table.get("scale", "linear")
    if not (1 <= steps <= MOST_POINTS and math.isfinite(low) and math.isfinite(high)):
        raise SweepError(
            f"{name} goes from {low:g} to {high:g} in {steps} steps; finite ends and steps from 1 are allowed"
        )
    if scale == "linear":
        return [float(v) for v in np.linspace(low, high, steps)]
    if scale != "log":
        raise SweepError(f'{name}.scale is {scale!r}; "linear" and "log" are allowed')
    if not (low > 0 and high > 0):
        raise SweepError(f"{name} goes from {low:g} to {high:g}; on a logarithmic scale both are positive")
    # Rounded, so that ends and whole powers are the numbers that were written.
    return [float(f"{v:.12g}") for v in np.geomspace(low, high, steps)]


def _axis(name: str, written: Any, task: Task) -> tuple[Any, ...]:
    values = (
        _spaced(name, written) if isinstance(written, dict) else written if isinstance(written, list) else [written]
    )
    found = tuple(_typed(name, value, task.type_of(name)) for value in values)
    if not found:
        raise SweepError(f"{name} has no values; at least one is needed")
    if len(set(found)) < len(found):
        raise SweepError(f"{name} has a value twice: {next(v for v in found if found.count(v) > 1)!r}")
    return found


def _diagram(written: Any, axes: Mapping[str, tuple[Any, ...]], task: Task) -> tuple[str, str, str] | None:
    if written is None:
        return None
    if not isinstance(written, dict) or set(written) != {"x", "y", "value"}:
        raise SweepError("diagram is not allowed as it is; it has x, y and value")
    for key in ("x", "y"):
        if written[key] not in axes:
            raise SweepError(f"diagram.{key} is {written[key]!r}; allowed are the axes {', '.join(axes)}")
    numbers = [name for name, kind in task.results.items() if kind is not str]
    if written["value"] not in numbers:
        raise SweepError(f"diagram.value is {written['value']!r}; allowed are {', '.join(numbers)}")
    if written["x"] == written["y"]:
        raise SweepError(f"diagram.x and diagram.y are both {written['x']!r}; two axes are needed")
    return written["x"], written["y"], written["value"]


def read_specification(path: Path) -> Specification:
    """Read a sweep's TOML file.

    Args: path.
    Returns: the specification; files that it names are looked for beside it.
    Raises: SweepError naming the first value that is not allowed, or that the file cannot be read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "s.toml")
    ...     _ = path.write_text('task = "relu"\\n[axes]\\nlam = {from = 0.01, to = 1, steps = 3, scale = "log"}\\n')
    ...     read_specification(path).axes["lam"]
    (0.01, 0.1, 1.0)
    """
    try:
        written = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SweepError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise SweepError(f"{str(path)!r} is no TOML file: {error}") from error
    unknown = sorted(set(written) - {"task", "axes", "diagram"})
    if unknown:
        raise SweepError(f"{unknown[0]!r} is not a key of a sweep; task, axes and diagram are allowed")
    name = written.get("task")
    if not isinstance(name, str) or name not in TASKS:
        raise SweepError(f"task is {name!r}; allowed are {', '.join(TASKS)}")
    task, axes = TASKS[name], written.get("axes")
    if not isinstance(axes, dict):
        raise SweepError("axes is missing; it gives the values of each parameter")
    for parameter in axes:
        if parameter not in task.parameters:
            raise SweepError(f"{parameter!r} is no parameter of {name}; allowed are {', '.join(task.parameters)}")
    found = {parameter: _axis(parameter, values, task) for parameter, values in axes.items()}
    for parameter, default in task.parameters.items():
        if parameter not in found:
            if isinstance(default, type):
                raise SweepError(f"{parameter} is missing; {name} needs it")
            found[parameter] = (default,)
    spec = Specification(name, found, _diagram(written.get("diagram"), found, task), path.parent)
    if spec.count > MOST_POINTS:
        raise SweepError(f"the sweep has {spec.count} points; at most {MOST_POINTS} are allowed")
    return spec
