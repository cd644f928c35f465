"""`lemmata knots`: fits an infinitely wide ReLU network to a table of points and says where its knots are."""

import sys
import warnings
from collections.abc import Mapping
from math import inf, isfinite
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from .arguments import count, number
from .failure import EXPECTED, UNCERTIFIED, BadInput, is_ours, refusals
from .output import STANDARD_STREAM, require_apart, require_writable, write_json, write_whole
from .terminal import show_error, show_line, show_note, show_table, spinner


def _above_zero(text: str) -> float:
    value = number(text)
    if not value > 0:
        raise typer.BadParameter(f"{text!r} is not allowed; give a number greater than 0")
    return value


def _penalty(text: str) -> float:
    value = _above_zero(text)
    if not isfinite(value):
        raise typer.BadParameter(f"{text!r} is not allowed; give a finite number greater than 0")
    return value


def _which(text: str) -> Literal["limit", "vertex"]:
    if text == "limit":
        return "limit"
    if text == "vertex":
        return "vertex"
    raise typer.BadParameter(f"{text!r} is not allowed; give limit or vertex")


def _places(data: str, json: str | None, plot: Path | None) -> None:
    """Refuses every file that could not be written, before anything is computed."""
    from .fit_plot import require_format

    outputs = []
    if json is not None and json != STANDARD_STREAM:
        outputs.append(("--json", Path(json)))
    if plot is not None:
        require_format(plot)
        outputs.append(("--plot", plot))
    for option, target in outputs:
        require_writable(option, target)
    require_apart(outputs, [] if data == STANDARD_STREAM else [("the data", Path(data))])


def _show(record: Mapping[str, Any], stop: str) -> None:
    at_the_limit = record["beta"] == "inf"
    head = f"lam {record['lam']:g}, beta {'inf' if at_the_limit else format(record['beta'], 'g')}"
    show_line(f"{head}, {record['selection']} solution" if record["face_dimension"] else head, "bold")
    if record["knots"]:
        rows = [(f"{knot['location']:.12g}", knot["side"], f"{knot['slope_change']:+.12g}") for knot in record["knots"]]
        show_table(("knot at x", "side", "slope change"), rows, numeric=("knot at x", "slope change"))
    elif record["bends"]:
        rows = [
            (f"{bend['location']:.12g}", f"{bend['width']:.6g}", f"{bend['slope_change']:+.12g}")
            for bend in record["bends"]
        ]
        show_table(("bend at x", "width", "slope change"), rows, numeric=("bend at x", "width", "slope change"))
    else:
        show_line("no knots: the fitted function is affine" if at_the_limit else "no bends")
    gap = f"gap {record['gap']:.3g} (relative {record['relative_gap']:.3g})"
    show_line(f"objective {record['objective']:.15g}, {gap}")
    face = record["face_dimension"]
    if face is None:
        show_line("whether the fitted function is the only minimiser is undecided")
    elif face:
        show_line(f"not unique: the minimising functions form a set of dimension {face}")
    for contact in record["selection_undecided"]:
        show_line(f"undecided: the weight at {contact['location']:.12g}, {contact['side']}: {contact['reason']}")
    show_line(f"stop: {stop}")
    if record["stop"] != "converged":
        show_line(f"NOT CONVERGED: the objective may be off by {record['relative_gap']:.3g} of its size", "bold")


def _require_finite(record: Mapping[str, Any]) -> None:
    """Refuses a fit whose numbers left double precision: its record would be no JSON, and its text no answer."""
    for key in ("objective", "gap", "relative_gap", "fitted"):
        values = record[key] if isinstance(record[key], list) else [record[key]]
        for value in values:
            if not isfinite(value):
                raise BadInput(f"the fit leaves double precision ({key} is {value}); bring x, y and --lam nearer to 1")


def knots(
    data: Annotated[str, typer.Argument(metavar="DATA.csv|-", help="Columns x, y and optionally weight.")],
    lam: Annotated[float, typer.Option(metavar="L", parser=_penalty, help="Ridge penalty, greater than 0.")],
    beta: Annotated[
        float,
        typer.Option(metavar="B", parser=_above_zero, help="Inverse temperature, greater than 0; inf for the limit."),
    ] = inf,
    selection: Annotated[
        Literal["limit", "vertex"],
        typer.Option(metavar="limit|vertex", parser=_which, help="Which minimiser, where there are many."),
    ] = "limit",
    certify: Annotated[bool, typer.Option("--certify", help="Prove number and place of the knots.")] = False,
    digits: Annotated[int | None, typer.Option(metavar="D", parser=count, help="How many digits to certify.")] = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the fit: .svg, .png or .pdf.")] = None,
    json: Annotated[str | None, typer.Option(metavar="FILE|-", help="Write the record as JSON.")] = None,
) -> int:
    """Fit the exact infinitely wide ReLU network to data and find its knots."""
    if digits is not None and not certify:
        raise BadInput("--digits: allowed only with --certify")
    _places(data, json, plot)
    from ...numerics.data_file import read_data
    from ...numerics.meanfield import fit_wide_relu

    source = "standard input" if data == STANDARD_STREAM else repr(data)
    with warnings.catch_warnings(record=True) as notes:
        warnings.simplefilter("always")
        with refusals(source):
            table = read_data(sys.stdin.buffer if data == STANDARD_STREAM else Path(data))
        with refusals(), spinner("fitting"):
            fit = fit_wide_relu(table.x, table.y, lam=lam, beta=beta, sample_weight=table.weight, selection=selection)
    record = fit.as_json()
    _require_finite(record)
    if certify:
        record["certified"] = False
    drawing = None
    if plot is not None:
        from .fit_plot import picture

        drawing = picture(plot.suffix, table.x, table.y, table.weight, fit)
    with refusals():
        if plot is not None and drawing is not None:
            write_whole(plot, drawing)
        if json is not None:
            write_json(json, record)
    # Warnings of libraries are about the way there; what they mean for the result is in its gap.
    for note in dict.fromkeys(str(found.message) for found in notes if is_ours(found.category)):
        show_note(note)
    if json != STANDARD_STREAM:
        _show(record, fit.stop.sentence)
    if certify:
        show_error("--certify: this version cannot certify a fit yet; the fit itself is as above, uncertified")
        return UNCERTIFIED
    return EXPECTED
