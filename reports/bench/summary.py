"""What the measurements come to: medians with their range, ratios to our fit, and how its time grows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from .contestants import EXACT
from .results import Measurement, Results

GROWTH_FROM, GROWTH_TO = 10_000, 1_000_000
"""Sizes between which the growth of time is measured."""


@dataclass(frozen=True)
class Spread:
    """Median, least and largest of n values."""

    median: float
    low: float
    high: float
    n: int

    def as_json(self) -> dict[str, Any]:
        """The same by name."""
        return {"median": self.median, "min": self.low, "max": self.high, "n": self.n}


@dataclass(frozen=True)
class Row:
    """One contestant at one size and setting, over its repetitions.

    status: "ok", or how it failed, with the reason; seconds; slower: its time over ours, repetition by repetition;
    farther: lower bound of its distance from the exact limit over the upper bound of ours; closeness: the distance;
    averaged: the same for values averaged over training; excess: objective minus the reference's; memory: peak in
    bytes; rms_to_data. None where not measured.
    """

    setting: str
    contestant: str
    points: int
    status: str
    reason: str | None
    seconds: Spread | None
    slower: Spread | None
    closeness: Spread | None
    averaged: Spread | None
    farther: Spread | None
    excess: Spread | None
    rms_to_data: Spread | None
    memory: int | None

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, words and dictionaries."""
        return {name: v.as_json() if isinstance(v, Spread) else v for name, v in vars(self).items()}


@dataclass(frozen=True)
class Growth:
    """Exponent p of time ~ M^p between two sizes, in one setting, repetition by repetition."""

    setting: str
    exponent: Spread

    def as_json(self) -> dict[str, Any]:
        """The same by name."""
        return {"setting": self.setting, "from": GROWTH_FROM, "to": GROWTH_TO, **self.exponent.as_json()}


@dataclass(frozen=True)
class Summary:
    """Rows in the order of the record, and the growth of our time where both ends were measured."""

    rows: tuple[Row, ...]
    growth: tuple[Growth, ...]

    def as_json(self) -> dict[str, Any]:
        """The key `summary` of a record."""
        return {"rows": [row.as_json() for row in self.rows], "growth": [item.as_json() for item in self.growth]}


def spread(values: Iterable[float | None]) -> Spread | None:
    """Median and range of the values that are there; None of none.

    >>> spread([3.0, None, 1.0])
    Spread(median=2.0, low=1.0, high=3.0, n=2)
    """
    there = [value for value in values if value is not None]
    return Spread(float(median(there)), min(there), max(there), len(there)) if there else None


def ratio(above: float | None, below: float | None) -> float | None:
    """Their ratio, None where there is none in double precision.

    >>> ratio(3.0, 2.0), ratio(1.0, None)
    (1.5, None)
    """
    if above is None or not below:
        return None
    found = above / below
    return found if math.isfinite(found) else None


def _row(
    setting: str, contestant: str, points: int, ours: dict[int, Measurement], theirs: Sequence[Measurement]
) -> Row:
    failed = [m for m in theirs if m.status != "ok"]
    good = [m for m in theirs if m.status == "ok"]
    pairs = [(m, ours[m.repetition]) for m in good if m.repetition in ours]
    compared = pairs if contestant != EXACT else []
    return Row(
        setting, contestant, points, failed[0].status if failed else "ok", failed[0].reason if failed else None,
        seconds=spread(m.seconds for m in good),
        slower=spread(ratio(m.seconds, o.seconds) for m, o in compared),
        closeness=spread(m.closeness[1] if m.closeness else None for m in good),
        averaged=spread(m.averaged_closeness[1] if m.averaged_closeness else None for m in good),
        farther=spread(
            ratio(m.closeness[0], o.closeness[1]) if m.closeness and o.closeness else None for m, o in compared
        ),
        excess=spread(m.excess for m in good),
        rms_to_data=spread(m.rms_to_data for m in good),
        memory=max((m.memory for m in theirs if m.memory is not None), default=None),
    )  # fmt: skip


def _growth(setting: str, ours: Sequence[Measurement]) -> Growth | None:
    ends = [{m.repetition: m.seconds for m in ours if m.points == size} for size in (GROWTH_FROM, GROWTH_TO)]
    exponents = [
        math.log(last / first) / math.log(GROWTH_TO / GROWTH_FROM)
        for first, last in ((ends[0][k], ends[1][k]) for k in sorted(ends[0].keys() & ends[1].keys()))
        if first and last
    ]
    found = spread(exponents)
    return Growth(setting, found) if found is not None else None


def summarise(results: Results) -> Summary:
    """Summarise a record.

    Ratios pair the repetitions, in which the contestants ran one after the other: a machine that slows down slows
    both. `farther` is a lower bound: our distance from the exact limit is known only to be below its bound.

    Returns: a `Summary`, the same for the same record.
    """
    keys = list(dict.fromkeys((m.setting, m.points, m.contestant) for m in results.measurements))
    order = {name: k for k, name in enumerate(dict.fromkeys(key[2] for key in keys))}
    settings = list(dict.fromkeys(key[0] for key in keys))
    rows = []
    for setting, points, contestant in sorted(keys, key=lambda k: (settings.index(k[0]), k[1], order[k[2]])):
        here = [m for m in results.measurements if (m.setting, m.points) == (setting, points)]
        ours = {m.repetition: m for m in here if m.contestant == EXACT and m.status == "ok"}
        rows.append(_row(setting, contestant, points, ours, [m for m in here if m.contestant == contestant]))
    fits = [m for m in results.measurements if m.contestant == EXACT and m.status == "ok"]
    growth = [_growth(setting, [m for m in fits if m.setting == setting]) for setting in settings]
    return Summary(tuple(rows), tuple(item for item in growth if item is not None))


def unpenalised(summary: Summary) -> tuple[str, ...]:
    """Sentences on pwlf, which solves another problem and can only be compared in the distance from the data.

    >>> unpenalised(Summary((), ()))
    ()
    """
    found = {(row.setting, row.contestant, row.points): row.rms_to_data for row in summary.rows}
    sentences = []
    for (setting, contestant, points), theirs in found.items():
        ours = found.get((setting, EXACT, points))
        if contestant == "pwlf" and theirs is not None and ours is not None:
            sentences.append(
                f"pwlf at M = {points}, least squares without penalty and so another problem: root mean square "
                f"distance from the data {theirs.median:.4g}, ours {ours.median:.4g}."
            )
    return tuple(sentences)
