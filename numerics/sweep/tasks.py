"""What a sweep can run at a point: its parameters with their defaults, its results, and the function between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .errors import SweepError

Value = float | int | str | None
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """A kind of run.

    parameters: default by name, of the type that the parameter has, or the type itself where there is no default;
    results: type by name; run: results at given parameters; load: what a run needs that a worker elsewhere may not
    have, such as the content of a file, read once before the sweep.
    """

    parameters: Mapping[str, Any]
    results: Mapping[str, type]
    run: Callable[[Values, Any], dict[str, Value]]
    load: Callable[[Values, Path], Any]

    def type_of(self, name: str) -> type:
        """The type of a parameter."""
        default = self.parameters[name]
        return default if isinstance(default, type) else type(default)


# --- data on a line


def _drawn(name: str, seed: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], None]:
    """sine:M, x uniform on (−2, 2), y = sin 3x + 0.1 ε; noise:M, y standard normal."""
    kind, _, count = name.partition(":")
    rng = np.random.default_rng([seed, int(count)])
    x = rng.uniform(-2.0, 2.0, int(count))
    y = np.sin(3.0 * x) + 0.1 * rng.standard_normal(len(x)) if kind == "sine" else rng.standard_normal(len(x))
    return x, y, None


def _is_drawn(name: str) -> bool:
    kind, colon, count = name.partition(":")
    return bool(colon) and kind in ("sine", "noise") and count.isdecimal() and 0 < int(count) <= 10_000_000


def _load_relu(values: Values, folder: Path) -> Any:
    name = str(values["data"])
    if _is_drawn(name):
        return None
    from ..data_file import DataFileError, read_data

    path = folder / name
    try:
        table = read_data(path)
    except (OSError, DataFileError) as error:
        raise SweepError(f"data {name!r}: {error}; allowed are a table, sine:M and noise:M") from error
    return table.x, table.y, table.weight


def _run_relu(values: Values, loaded: Any) -> dict[str, Value]:
    from ..meanfield import fit_wide_relu

    x, y, weight = loaded if loaded is not None else _drawn(str(values["data"]), int(values["seed"]))
    fit = fit_wide_relu(x, y, lam=values["lam"], beta=values["beta"], sample_weight=weight)
    rows = np.ones(len(x)) if weight is None else np.asarray(weight)
    risk = float(np.average((fit.fitted - np.asarray(y)) ** 2, weights=rows))
    norm = None if fit.units is None else float(sum(abs(unit.c) for unit in fit.units))
    return {
        "points": len(x), "knots": len(fit.knots), "bends": len(fit.bends), "risk": risk, "path_norm": norm,
        "objective": fit.objective, "relative_gap": fit.relative_gap, "face_dimension": fit.face_dimension,
        "stop": str(fit.stop),
    }  # fmt: skip


# --- autoencoders


def _nothing(values: Values, folder: Path) -> None:
    return None


def _units(values: Values) -> int:
    d = int(values["d"])
    n: int = round(values["rate"] * d)
    if n < 1 or abs(n - values["rate"] * d) > 1e-9 * d:
        raise SweepError(f"rate {values['rate']:g} times d = {d} is no whole number of units from 1 up")
    return n


def _run_autoencoder(values: Values, loaded: Any) -> dict[str, Value]:
    from ..autoencoder import bound_summary, train

    n, d = _units(values), int(values["d"])
    known = bound_summary(values["activation"], n=n, d=d)
    shannon = known.shannon
    if values["method"] == "none":
        return {"n": n, "bound": float(known.bound), "shannon": shannon, "risk": None, "gap": None,
                "iterations": 0, "stop": "not trained"}  # fmt: skip
    found = train(n, d, values["activation"], method=values["method"], seed=int(values["seed"]))
    return {"n": n, "bound": found.bound, "shannon": shannon, "risk": found.risk, "gap": found.gap,
            "iterations": found.iterations, "stop": found.stop}  # fmt: skip


def _run_sparse(values: Values, loaded: Any) -> dict[str, Value]:
    from .sparse_codes import run_sparse

    for name, least in (("d", 1), ("steps", 0), ("samples", 16)):
        if values[name] < least:
            raise SweepError(f"{name} is {values[name]}; whole numbers from {least} up are allowed")
    return run_sparse(values, _units(values))


TASKS: Mapping[str, Task] = {
    "relu": Task(
        {"data": "sine:50", "lam": float, "beta": float("inf"), "seed": 0},
        {"points": int, "knots": int, "bends": int, "risk": float, "path_norm": float, "objective": float,
         "relative_gap": float, "face_dimension": int, "stop": str},
        _run_relu, _load_relu,
    ),
    "autoencoder": Task(
        {"activation": "sign", "rate": float, "d": int, "method": "gd", "seed": 0},
        {"n": int, "bound": float, "shannon": float, "risk": float, "gap": float, "iterations": int, "stop": str},
        _run_autoencoder, _nothing,
    ),
    "sparse": Task(
        {"p": float, "rate": float, "d": 16, "law": "rademacher", "steps": 0, "samples": 20000, "seed": 0},
        {"n": int, "bound": float, "identity": float, "dithered": float, "cascade": float, "best": float, "code": str,
         "advantage": float, "trained": float},
        _run_sparse, _nothing,
    ),
}  # fmt: skip
"""The tasks by name: `relu`, the exact fit of data on a line; `autoencoder`, a trained code beside its bound;
`sparse`, codes of sparse data beside the Gaussian bound."""
