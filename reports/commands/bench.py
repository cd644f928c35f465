"""`lemmata bench`: this project's code beside what one would use today, on this machine, in one run."""

import sys
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .arguments import count, number
from .failure import EXPECTED, BadInput, refusals
from .output import STANDARD_STREAM, require_apart, require_writable, write_json
from .terminal import show_line, show_note, show_table

if TYPE_CHECKING:
    from ..bench.results import Measurement, Results
    from ..bench.summary import Row, Spread


def _positive(text: str) -> float:
    value = number(text)
    if not (isfinite(value) and value > 0):
        raise typer.BadParameter(f"{text!r} is not allowed; give a finite number greater than 0")
    return value


def _range(spread: "Spread | None") -> str:
    """A median with its range; the range is left out where it would say nothing more."""
    if spread is None:
        return ""
    middle, low, high = (f"{value:.3g}" for value in (spread.median, spread.low, spread.high))
    return middle if low == high else f"{middle} [{low}, {high}]"


def _cells(row: "Row") -> tuple[str, ...]:
    head = (f"{row.points:.0e}".replace("e+0", "e"), row.contestant)
    memory = "" if row.memory is None else f"{row.memory / 2**20:.0f}"
    if row.seconds is None:
        return (*head, row.status, "", "", "", "", memory)
    closeness = f"{row.closeness.median:.2g}" if row.closeness else ""
    farther = f"{row.farther.median:.2g}" if row.farther else ""
    excess = f"{row.excess.median:.2g}" if row.excess else ""
    return (*head, _range(row.seconds), _range(row.slower), closeness, farther, excess, memory)


def _show(results: "Results") -> None:
    from ..bench.contestants import CONTESTANTS
    from ..bench.problem import SETTINGS
    from ..bench.summary import summarise, unpenalised

    summary = summarise(results)
    headers = ("M", "contestant", "seconds", "/ ours", "off by", "/ ours", "excess", "MiB")
    for setting in dict.fromkeys(row.setting for row in summary.rows):
        known = SETTINGS[setting]
        show_line(f"{setting}: lam {known.lam:g}, beta {known.beta:g}", "bold")
        rows = [row for row in summary.rows if row.setting == setting]
        show_table(headers, [_cells(row) for row in rows if row.status != "not installed"], numeric=headers[2:])
    show_line("off by: root mean square distance of the fitted values from the exact limit, an upper bound;")
    show_line("excess: objective reached minus ours; / ours: ratios, by repetition")
    for growth in summary.growth:
        show_line(f"{growth.setting}: time grows like M^p from 1e4 to 1e6 with p = {_range(growth.exponent)}")
    for sentence in unpenalised(summary):
        show_line(sentence)
    titles = {contestant.name: contestant.title for contestant in CONTESTANTS}
    for name, reason in dict.fromkeys((r.contestant, r.reason) for r in summary.rows if r.status == "not installed"):
        show_line(f"{name} ({titles.get(name, name)}): {reason}")
    for row in summary.rows:
        if row.status not in ("ok", "not installed"):
            show_line(f"{row.contestant}, {row.setting}, M = {row.points}: {row.status} ({row.reason})")
    if results.plan.get("quick"):
        show_line("quick run: training and sweeps are cut short; these figures say nothing about the full ones")


def _show_autoencoder(results: "Results") -> None:
    from ..bench.autoencoder.page import TITLES, summarise
    from ..bench.autoencoder.tasks import SETTINGS

    rows = summarise(results)
    headers = ("d", "contestant", "seconds", "/ ours", "CPU / ours", "differs by", "MiB")
    for setting in dict.fromkeys(row.setting for row in rows):
        show_line(f"{setting}: {SETTINGS[setting].text}", "bold")
        cells = [
            (
                str(row.points),
                row.contestant,
                _range(row.seconds) or row.status,
                _range(row.slower),
                _range(row.cpu_slower),
                "" if row.difference is None else f"{row.difference:.1e}",
                "" if row.memory is None else f"{row.memory / 2**20:.0f}",
            )
            for row in rows
            if row.setting == setting and row.status != "not installed"
        ]
        show_table(headers, cells, numeric=headers[2:])
    for row in rows:
        if "d_gap" in row.detail:
            show_line(f"Haar code, d = {row.points}: d gap {row.detail['d_gap']:.4f}, law {row.detail['law']:.4f}")
        if row.status not in ("ok", "not installed"):
            show_line(f"{row.contestant}, {row.setting}, d = {row.points}: {row.status} ({row.reason})")
    for name, reason in dict.fromkeys((r.contestant, r.reason) for r in rows if r.status == "not installed"):
        show_line(f"{name} ({TITLES[name]}): {reason}")
    show_line("/ ours: ratios, by repetition; differs by: largest difference from ours over the largest entry")


def _tell(found: "Measurement") -> None:
    """One line of progress on standard error where somebody watches."""
    if sys.stderr.isatty():
        took = f"{found.seconds:.3g} s" if found.seconds is not None else found.status
        show_note(f"{found.contestant}, {found.setting}, size {found.points}, round {found.repetition + 1}: {took}")


def _outputs(json: str | None, resume: Path | None) -> None:
    outputs = [("--json", Path(json))] if json is not None and json != STANDARD_STREAM else []
    outputs += [("--resume", resume)] if resume is not None else []
    for option, target in outputs:
        require_writable(option, target)
    require_apart(outputs)


def bench(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The benchmark: relu or autoencoder.")],
    json: Annotated[str | None, typer.Option(metavar="FILE|-", help="Write the results as JSON.")] = None,
    resume: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep results in FILE as they come, and go on from what it holds."),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A cut-down run of less than a minute.")] = False,
    max_points: Annotated[
        int | None,
        typer.Option(
            metavar="M", parser=count, help="The largest number of points or dimensions; at least 100 or 128."
        ),
    ] = None,
    seconds: Annotated[
        float | None, typer.Option(metavar="S", parser=_positive, help="Limit of one measurement; 600.")
    ] = None,
    memory: Annotated[float, typer.Option(metavar="GB", parser=_positive, help="Its limit of memory in GiB.")] = 4.0,
    rounds: Annotated[
        int | None, typer.Option(metavar="N", parser=count, help="How often everything is measured; 5.")
    ] = None,
    slow_rounds: Annotated[
        int | None, typer.Option(metavar="N", parser=count, help="How often what takes more than a minute; 3.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Measure this contestant; may be given again.")
    ] = None,
) -> int:
    """Measure time, memory and closeness beside peers; those that are not installed are named and left out."""
    from ..bench import BENCHMARKS, load, make_plan, measure, summarise
    from ..bench.autoencoder import page as autoencoder_page
    from ..bench.autoencoder import run as autoencoder_run
    from ..bench.run import begin

    if name not in BENCHMARKS:
        raise BadInput(f"{name!r} is not a benchmark; allowed: {', '.join(BENCHMARKS)}")
    _outputs(json, resume)
    with refusals():
        planned = make_plan if name == "relu" else autoencoder_run.make_plan
        plan = planned(
            quick=quick, max_points=max_points, seconds=seconds, memory=memory, rounds=rounds,
            slow_rounds=slow_rounds, only=only or (),
        )  # fmt: skip
        results = begin(plan, load(resume) if resume is not None and resume.exists() else None, name)

    def save(record: "Results") -> None:
        if resume is not None:
            write_json(str(resume), record.as_json())

    with refusals():
        if name == "relu":
            measure(plan, results, save=save, progress=_tell)
            summary: dict[str, Any] = summarise(results).as_json()
        else:
            autoencoder_run.measure(plan, results, save=save, progress=_tell)
            summary = {"rows": [row.as_json() for row in autoencoder_page.summarise(results)]}
        if json is not None:
            write_json(json, {**results.as_json(), "summary": summary})
    if not results.complete:
        show_note("the time for a quick run was used up; some measurements are missing")
    if json != STANDARD_STREAM:
        (_show if name == "relu" else _show_autoencoder)(results)
    return EXPECTED
