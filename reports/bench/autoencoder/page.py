"""The benchmark `autoencoder` summed up: rows for the record and the terminal, and its part of the report's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from ...figures import draw_figures
from ..page import BenchmarkPage, Table, number_text, ranged
from ..results import Measurement, Results
from ..summary import Spread, ratio, spread
from .run import CONTESTANTS, OURS
from .tasks import SETTINGS

TITLES = {contestant.name: contestant.title for contestant in CONTESTANTS}
_BUSY = 0.8  # the part of its time for which a call has the processor on a machine of its own is nearly one
_HEADERS = ("contestant", "dimension d", "seconds", "its time / ours", "CPU time / ours", "differs by", "memory")


@dataclass(frozen=True)
class Row:
    """One contestant at one size and setting, over its repetitions; None where not measured.

    slower: its time over ours, by repetition, cpu_slower: the same of processor time, which other work on the machine
    disturbs less; difference: the largest from ours, relative; call_memory: peak beyond what the process held before
    the call, in n×n matrices of doubles; detail: of the last repetition.
    """

    setting: str
    contestant: str
    points: int
    status: str
    reason: str | None
    seconds: Spread | None
    slower: Spread | None
    cpu_slower: Spread | None
    difference: float | None
    memory: int | None
    call_matrices: float | None
    detail: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, words and dictionaries."""
        return {name: v.as_json() if isinstance(v, Spread) else v for name, v in vars(self).items()}


def _matrices(found: Measurement) -> float | None:
    size = found.detail.get("matrix_bytes")
    if not size or found.memory is None or found.memory_before is None:
        return None
    return (found.memory - found.memory_before) / float(size)


def _row(setting: str, contestant: str, points: int, here: Sequence[Measurement]) -> Row:
    theirs = [m for m in here if m.contestant == contestant]
    ours = {m.repetition: m for m in here if m.contestant == OURS and m.status == "ok"}
    failed = [m for m in theirs if m.status != "ok"]
    good = [m for m in theirs if m.status == "ok"]
    pairs = [(m, ours[m.repetition]) for m in good if m.repetition in ours and contestant != OURS]
    differences = [float(m.detail["difference"]) for m in good if m.detail.get("difference") is not None]
    matrices = [value for value in map(_matrices, good) if value is not None]
    return Row(
        setting, contestant, points, failed[0].status if failed else "ok", failed[0].reason if failed else None,
        spread(m.seconds for m in good),
        spread(ratio(m.seconds, o.seconds) for m, o in pairs),
        spread(ratio(m.cpu_seconds, o.cpu_seconds) for m, o in pairs),
        max(differences, default=None),
        max((m.memory for m in theirs if m.memory is not None), default=None),
        float(median(matrices)) if matrices else None,
        dict(good[-1].detail) if good else {},
    )  # fmt: skip


def summarise(results: Results) -> tuple[Row, ...]:
    """One row for each setting, size and contestant, in that order.

    >>> summarise(Results({}, {}, benchmark="autoencoder"))
    ()
    """
    keys = dict.fromkeys((m.setting, m.points, m.contestant) for m in results.measurements)
    order, settings = list(TITLES), list(SETTINGS)
    return tuple(
        _row(
            setting,
            contestant,
            points,
            [m for m in results.measurements if (m.setting, m.points) == (setting, points)],
        )
        for setting, points, contestant in sorted(keys, key=lambda k: (settings.index(k[0]), k[1], order.index(k[2])))
    )


def _cells(row: Row) -> tuple[str, ...]:
    head = (TITLES[row.contestant], str(row.points))
    if row.seconds is None:
        return (*head, row.status, "", "", "", "")
    memory = "" if row.memory is None else f"{row.memory / 2**20:.0f} MiB"
    differs = "" if row.difference is None else number_text(row.difference)
    return (*head, ranged(row.seconds), ranged(row.slower), ranged(row.cpu_slower), differs, memory)


def _notes(results: Results, rows: Sequence[Row]) -> tuple[str, ...]:
    notes = []
    if results.plan.get("quick"):
        notes.append("A quick run at small sizes.")
    elif not results.complete:
        notes.append("The run on autoencoders is not complete.")
    notes.append(
        "Autoencoders with the sign, each measurement in a process of its own on "
        f"{results.provenance.get('threads') or 'all'} thread(s)."
    )
    shares = spread(ratio(m.cpu_seconds, m.seconds) for m in results.measurements)
    if shares is not None and shares.median < _BUSY:
        notes.append(
            f"The machine did other work meanwhile: a call had the processor for {shares.median:.0%} of its time, and "
            "its time in seconds is longer than it need be by as much; ratios of the processor's time say more."
        )
    notes += [
        rf"Haar code at $d$ = {row.points}: $d$ times the gap is {number_text(row.detail['d_gap'])}, the law of large "
        rf"$d$ says {number_text(row.detail['law'])}."
        for row in rows
        if row.setting == "haar" and "d_gap" in row.detail
    ]
    notes += [
        rf"A gradient at $d$ = {row.points} adds {row.call_matrices:.1f} matrices of $n \times n$ to the memory, "
        f"{TITLES[row.contestant]}."
        for row in rows
        if row.setting == "step" and row.call_matrices is not None and row.points >= 1000
    ]
    notes += [
        f"{TITLES[row.contestant]}, {row.setting}, $d = {row.points}$: {row.reason or row.status}."
        for row in rows
        if row.status not in ("ok", "not installed")
    ]
    return tuple(notes)


def autoencoder_page(results: Results) -> BenchmarkPage:
    """The page of this benchmark: the same for the same results.

    >>> autoencoder_page(Results({"quick": True}, {}, benchmark="autoencoder")).tables
    ()
    """
    rows = summarise(results)
    figures = {}
    for setting in ("step", "train"):
        series = []
        for style, name in enumerate(TITLES):
            there = [(r.points, r.seconds) for r in rows if (r.setting, r.contestant) == (setting, name)]
            timed = [(points, found) for points, found in there if found is not None]
            if timed:
                series.append(
                    {
                        "style": style, "label": TITLES[name], "x": [float(points) for points, _ in timed],
                        "y": [s.median for _, s in timed], "low": [s.low for _, s in timed],
                        "high": [s.high for _, s in timed],
                    }
                )  # fmt: skip
        if series:
            figures[f"bench-autoencoder-{setting}"] = {
                "kind": "scaling", "title": f"Time against the dimension, {setting}",
                "caption": f"{SETTINGS[setting].text}. Median; the bars reach from the least to the greatest.",
                "x_label": "dimension d", "y_label": "seconds", "series": series,
            }  # fmt: skip
    tables = tuple(
        Table(
            f"autoencoder, {setting}: {SETTINGS[setting].text}",
            "Medians, with the least and the greatest of the repetitions; differs by: largest difference from ours, "
            "relative to the largest entry.",
            _HEADERS,
            tuple(_cells(row) for row in rows if row.setting == setting and row.status != "not installed"),
        )
        for setting in dict.fromkeys(row.setting for row in rows)
    )
    return BenchmarkPage(
        "Gradients by hand beside automatic differentiation, and beside their matrix products alone.",
        _notes(results, rows),
        draw_figures(figures),
        tables,
    )
