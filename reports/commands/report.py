"""`lemmata report`: the pages of a check, from its JSON or from a check run first."""

import json as json_format
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from .checking import checked
from .failure import EXPECTED, UNEXPECTED, BadInput, explain_os_error, refusals
from .outcome import Run, run_of
from .output import STANDARD_STREAM, require_folder
from .terminal import show_line, spinner
from .verdicts import DIFFERS, summary_lines

_DEFAULT_FOLDER = Path("lemmata-report")
_BENCH = Path(__file__).parents[1] / "bench"  # where the results that come with this version are, if any do


def _read(source: str) -> str:
    try:
        data = sys.stdin.buffer.read() if source == STANDARD_STREAM else Path(source).read_bytes()
    except OSError as error:
        raise BadInput(f"--from: {explain_os_error(error)}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"--from: {source!r} is not UTF-8 text (byte {error.start})") from error


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _record(source: str) -> dict[str, Any]:
    text = _read(source)
    try:
        record = json_format.loads(text, parse_constant=_refuse_constant)
    except json_format.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadInput(f"--from: {source!r} is not JSON: {error.msg} at {place}") from error
    except ValueError as error:
        raise BadInput(f"--from: {source!r}: {error}") from error
    except RecursionError as error:
        raise BadInput(f"--from: {source!r} is not the record of `lemmata check`: it nests too deep") from error
    if not isinstance(record, dict):
        raise BadInput(f"--from: {source!r} is not the record of `lemmata check`: it is no JSON object")
    return record


def _with_figures(run: Run) -> dict[str, Any]:
    """The record with the numbers of the report's figures, computed here unless it brings them along."""
    if "figures" in run.json:
        return run.json
    from ..figure_data import figure_data

    seed = (run.json.get("summary") or {}).get("seed")
    with spinner("computing the figures"):
        return {**run.json, "figures": figure_data(seed if isinstance(seed, int) else 0)}


def report(
    source: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="The JSON of a check; without it the check runs first.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write.")] = _DEFAULT_FOLDER,
    bench: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="The JSON of a benchmark to show, may be given again; by default those of this version, if any.",
        ),
    ] = None,
) -> int:
    """Write the report as HTML, Markdown and LaTeX; exit 1 where a verdict is not the expected one."""
    require_folder("--out", out)
    from ..bench.results import BENCHMARKS, load
    from ..generate import write_report
    from ..long_tests import found

    shown = bench or [path for path in (_BENCH / f"{name}.json" for name in BENCHMARKS) if path.exists()]
    with refusals("--bench"):
        measured = [load(path) for path in shown]
    with refusals():
        run = checked(()) if source is None else run_of(_record(source))
        index = write_report(_with_figures(run), out, measured, found())
    # A check that ran before has said this already, unless something is wrong.
    for line in summary_lines(run) if source is None or run.unexpected else ():
        show_line(line, line.style)
    for sentence in run.record.disagreements:
        show_line(f"the record contradicts itself: {sentence}", DIFFERS)
    show_line(f"report: {out / index.name}")
    return UNEXPECTED if run.unexpected or run.record.disagreements else EXPECTED
