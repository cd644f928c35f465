"""The benchmark as a page of the report: what was measured in words, figures and tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..figures import Figure, draw_figures
from .contestants import CONTESTANTS, EXACT
from .problem import SETTINGS
from .results import Results
from .summary import Row, Spread, Summary, summarise, unpenalised

_HEADERS = (
    "contestant", "points", "seconds", "its time / ours", "off by at most", "at least times ours", "excess", "memory",
)  # fmt: skip
_TITLES = {contestant.name: contestant.title for contestant in CONTESTANTS}
_LEAST = 1e-17  # smaller values, and differences lost in rounding, are drawn here: the axis is logarithmic


@dataclass(frozen=True)
class Table:
    """Rows of text under headers, with title and caption; `$TeX$` allowed in all."""

    title: str
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class BenchmarkPage:
    """What the page shows: an opening sentence, notes, drawn figures and tables."""

    lede: str
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]


def number_text(value: float) -> str:
    """Three digits, with a power of ten as mathematics.

    >>> number_text(1234567.0)
    '$1.23 \\\\times 10^{6}$'
    """
    text = f"{value:.3g}"
    if "e" not in text:
        return text.replace("-", "−")
    digits, _, exponent = text.partition("e")
    return rf"${digits} \times 10^{{{int(exponent)}}}$"


def ranged(spread: Spread | None) -> str:
    """A median with its range, which is left out where it would say nothing more.

    >>> ranged(Spread(2.0, 1.0, 3.0, 3)), ranged(None)
    ('2 (1 to 3)', '')
    """
    if spread is None:
        return ""
    middle, low, high = (number_text(value) for value in (spread.median, spread.low, spread.high))
    return middle if low == high else f"{middle} ({low} to {high})"


def _cells(row: Row) -> tuple[str, ...]:
    memory = "" if row.memory is None else f"{row.memory / 2**20:.0f} MiB"
    head = (_TITLES.get(row.contestant, row.contestant), f"{row.points:,}".replace(",", "\u202f"))
    if row.seconds is None:
        return (*head, row.status, "", "", "", "", memory)
    closeness, farther, excess = (
        "" if found is None else number_text(found.median) for found in (row.closeness, row.farther, row.excess)
    )
    return (*head, ranged(row.seconds), ranged(row.slower), closeness, farther, excess, memory)


def _line(rows: Sequence[Row], contestant: str, value: Callable[[Row], Spread | None]) -> dict[str, Any] | None:
    found = [(row, value(row)) for row in rows if row.contestant == contestant]
    there = [(row, spread) for row, spread in found if spread is not None]
    if not there:
        return None
    return {
        "style": list(_TITLES).index(contestant) if contestant in _TITLES else len(_TITLES),
        "label": _TITLES.get(contestant, contestant),
        "x": [float(row.points) for row, _ in there],
        "y": [max(spread.median, _LEAST) for _, spread in there],
        "low": [max(spread.low, _LEAST) for _, spread in there],
        "high": [max(spread.high, _LEAST) for _, spread in there],
    }


def _figure(
    rows: Sequence[Row], words: str, title: str, caption: str, label: str, value: Callable[[Row], Spread | None]
) -> dict[str, Any] | None:
    names = dict.fromkeys(row.contestant for row in rows)
    series = [line for line in (_line(rows, name, value) for name in names) if line is not None]
    if not series:
        return None
    return {
        "kind": "scaling", "title": title, "caption": f"{words}. {caption}", "x_label": "points M", "y_label": label,
        "series": series,
    }  # fmt: skip


def _in_words(setting: str) -> str:
    known = SETTINGS.get(setting)
    if known is None:
        return setting
    beta = r"\infty" if known.beta == float("inf") else f"{known.beta:g}"
    return rf"$\lambda = {known.lam:g}$, $\beta = {beta}$"


def _figures(summary: Summary, settings: Sequence[str]) -> tuple[Figure, ...]:
    found: dict[str, dict[str, Any] | None] = {}
    for setting in settings:
        rows, words = [row for row in summary.rows if row.setting == setting], _in_words(setting)
        found[f"bench-{setting}-1-time"] = _figure(
            rows, words, f"Time against the number of points, {setting}",
            "Median of the repetitions; the bars reach from the least to the greatest.",
            "seconds", lambda row: row.seconds,
        )  # fmt: skip
        found[f"bench-{setting}-2-closeness"] = _figure(
            rows, words, f"Distance from the exact limit, {setting}",
            "Root mean square difference of the fitted values, an upper bound; our own bound is that of the "
            "certificate, or of the duality gap where there is none.",
            "distance", lambda row: row.closeness if row.contestant != "pwlf" else None,
        )  # fmt: skip
        found[f"bench-{setting}-3-excess"] = _figure(
            [row for row in rows if row.contestant != EXACT], words, f"Objective reached minus ours, {setting}",
            "All evaluated by one rule; less than $10^{-17}$ is drawn as that.",
            "excess", lambda row: row.excess,
        )  # fmt: skip
    return draw_figures({name: data for name, data in found.items() if data is not None})


def _notes(results: Results, summary: Summary) -> tuple[str, ...]:
    plan, notes = results.plan, []
    if plan.get("quick"):
        notes.append("A quick run: training and sweeps are cut short, and its figures say nothing about the full ones.")
    elif not results.complete:
        notes.append("The run is not complete.")
    limits = f"{plan.get('seconds', 0):g} seconds and {plan.get('memory_gb', 0):g} GiB"
    notes.append(
        f"Each measurement ran in a process of its own within {limits}, imports and a first small call before the "
        f"clock started; {plan.get('repetitions')} rounds, the contestants one after the other in each. "
        r"Data: $x$ uniform on $(-2, 2)$, $y = \sin 3x + 0.1\,\varepsilon$."
    )
    notes += [
        rf"{growth.setting}: our time grows like $M^p$ from $10^4$ to $10^6$ points, $p$ = {ranged(growth.exponent)}."
        for growth in summary.growth
    ]
    notes += unpenalised(summary)
    ended = [row for row in summary.rows if row.status != "ok"]
    notes += [
        f"{_TITLES.get(row.contestant, row.contestant)}, {row.setting}, $M = {row.points}$: {row.reason or row.status}."
        for row in ended
    ]
    return tuple(notes)


def benchmark_page(results: Results) -> BenchmarkPage:
    """The page of a benchmark: the same for the same results.

    >>> benchmark_page(Results({"quick": True, "seconds": 3, "memory_gb": 4, "repetitions": 2}, {})).tables
    ()
    """
    summary = summarise(results)
    settings = list(dict.fromkeys(row.setting for row in summary.rows))
    tables = tuple(
        Table(
            f"{setting}: {_in_words(setting)}",
            "Medians, with the least and the greatest of the repetitions; excess: objective reached minus ours.",
            _HEADERS,
            tuple(_cells(row) for row in summary.rows if row.setting == setting and row.status != "not installed"),
        )
        for setting in settings
    )
    return BenchmarkPage(
        "The exact fit beside what one would use today: measured in one run on one machine, judged by one rule.",
        _notes(results, summary),
        _figures(summary, settings),
        tables,
    )


def benchmark_pages(benchmarks: Sequence[Results]) -> BenchmarkPage | None:
    """The page of several benchmarks, one after the other; None of none.

    >>> benchmark_pages(()) is None
    True
    """
    from .autoencoder.page import autoencoder_page

    pages = [(benchmark_page if item.benchmark == "relu" else autoencoder_page)(item) for item in benchmarks]
    if not pages:
        return None
    return BenchmarkPage(
        " ".join(page.lede for page in pages),
        tuple(note for page in pages for note in page.notes),
        tuple(figure for page in pages for figure in page.figures),
        tuple(table for page in pages for table in page.tables),
    )
