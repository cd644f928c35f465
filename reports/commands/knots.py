"""`lemmata knots`: fits an infinitely wide ReLU network to a table of points and says where its knots are."""

import sys
from collections.abc import Mapping
from math import inf, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from .arguments import count, number
from .failure import EXPECTED, UNCERTIFIED, BadInput, refusals
from .fit_text import open_contacts, show_fit, show_proof
from .output import STANDARD_STREAM, require_apart, require_writable, write_json, write_whole
from .tables import collected_notes, read_table, source_of
from .terminal import show_error, show_note, spinner

if TYPE_CHECKING:
    from ...numerics.data_file import DataTable
    from ...numerics.meanfield.certificate import ExactRows

_DIGITS = 15


class _Written(float):
    """A number from the command line that remembers how it was written."""

    text: str


def _text_of(value: float) -> str:
    return value.text if isinstance(value, _Written) else repr(value)


def _above_zero(text: str) -> float:
    value = _Written(number(text))
    if not value > 0:
        raise typer.BadParameter(f"{text!r} is not allowed; give a number greater than 0")
    value.text = text
    return value


def _digits(text: str) -> int:
    from ...numerics.meanfield.certificate import MOST_DIGITS

    value = count(text)
    if value > MOST_DIGITS:
        raise typer.BadParameter(f"{text!r} is not allowed; give a whole number from 1 to {MOST_DIGITS}")
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

    for name, given in (("the data", data), ("--json", json)):
        if given == "":
            raise BadInput(f"{name}: '' is not allowed; name a file, or - for the standard stream")
    outputs = []
    if json is not None and json != STANDARD_STREAM:
        outputs.append(("--json", Path(json)))
    if plot is not None:
        require_format(plot)
        outputs.append(("--plot", plot))
    for option, target in outputs:
        require_writable(option, target)
    require_apart(outputs, [] if data == STANDARD_STREAM else [("the data", Path(data))])


def _exact(table: "DataTable", lam: float, beta: float) -> "ExactRows":
    """The problem in the numbers that were written, not the doubles nearest to them."""
    from ...numerics.data_file import exact_decimal
    from ...numerics.meanfield.certificate import ExactRows

    temperature = exact_decimal(_text_of(beta)) if isfinite(beta) else None
    return ExactRows(*table.exact(), exact_decimal(_text_of(lam)), temperature)


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
    digits: Annotated[
        int | None, typer.Option(metavar="D", parser=_digits, help="How many digits to certify; 15 unless told.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the fit: .svg, .png or .pdf.")] = None,
    json: Annotated[str | None, typer.Option(metavar="FILE|-", help="Write the record as JSON.")] = None,
) -> int:
    """Fit the exact infinitely wide ReLU network to data and find its knots."""
    if digits is not None and not certify:
        raise BadInput("--digits: allowed only with --certify")
    _places(data, json, plot)
    from ...numerics.meanfield import fit_wide_relu

    with collected_notes() as notes:
        table = read_table(data)
        with refusals(), spinner("fitting"):
            fit = fit_wide_relu(table.x, table.y, lam=lam, beta=beta, sample_weight=table.weight, selection=selection)
    record = fit.as_json()
    _require_finite(record)
    if certify:
        with refusals(source_of(data)):
            exact = _exact(table, lam, beta)
        with refusals(), spinner("proving"):
            certificate = fit.certify(digits or _DIGITS, exact=exact)
        record["certified"], record["certificate"] = certificate.certified, certificate.as_json()
    drawing = None
    if plot is not None:
        from .fit_plot import picture

        drawing = picture(plot.suffix, table.x, table.y, table.weight, fit, record["certificate"])
    with refusals():
        if plot is not None and drawing is not None:
            write_whole(plot, drawing)
        if json is not None:
            write_json(json, record)
    for note in notes:
        show_note(note)
    if json != STANDARD_STREAM:
        with refusals():  # a full disk behind standard output is no defect
            show_fit(record, fit.stop.sentence)
            if record["certified"]:
                show_proof(record["certificate"])
            sys.stdout.flush()
    if record["certified"] is False:
        show_error(f"--certify: not proved: {open_contacts(record['certificate'])}")
        return UNCERTIFIED
    return EXPECTED
