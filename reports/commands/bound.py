"""`lemmata bound`: the lowest risk any two-layer autoencoder with a given activation can have."""

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from .arguments import count, number
from .failure import EXPECTED, refusals
from .output import STANDARD_STREAM, require_apart, require_writable, write_json
from .terminal import show_line, show_table

_QUOTIENT = re.compile(r"(\d{1,18})/(\d{1,18})\Z")


def _rate(text: str) -> Fraction | float:
    """A decimal, or a quotient n/d, kept exactly."""
    match = _QUOTIENT.match(text)
    return Fraction(int(match[1]), int(match[2])) if match is not None and int(match[2]) else number(text)


def _rows(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    def number(value: float | None) -> str:
        return "–" if value is None else f"{value:.12g}"

    def enclosure(bounds: list[str] | None) -> str:
        return "" if bounds is None else f"  in [{bounds[0]}, {bounds[1]}]"

    rows = [("rate", number(record["rate"]))]
    if record["n"] is not None:
        rows += [("code length n", str(record["n"])), ("dimension d", str(record["d"]))]
    rows += [
        ("alpha", number(record["alpha"]) + enclosure(record["alpha_enclosure"])),
        ("lower bound, per coordinate", number(record["bound"]) + enclosure(record["bound_enclosure"])),
        ("sharpest proved bound at n, d", number(record["sharp_bound"])),
        ("Shannon's limit at as many bits", number(record["shannon"])),
    ]
    return rows


def bound(
    activation: Annotated[
        str,
        typer.Option(
            metavar="NAME|EXPR",
            help="sign, tanh, erf, relu, identity, quantizer:L, or an expression in x such as x**3.",
        ),
    ],
    rate: Annotated[
        Fraction | None, typer.Option(metavar="R", parser=_rate, help="Code length over dimension, as 0.5 or 2/3.")
    ] = None,
    n: Annotated[int | None, typer.Option("--n", metavar="N", parser=count, help="Code length; with --d.")] = None,
    d: Annotated[int | None, typer.Option("--d", metavar="D", parser=count, help="Dimension; with --n.")] = None,
    covariance: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Variances in a row or column, or a d by d matrix, as CSV.")
    ] = None,
    json: Annotated[str | None, typer.Option(metavar="FILE|-", help="Write the record as JSON.")] = None,
) -> int:
    """Bound the risk of every autoencoder with this activation from below."""
    if json is not None and json != STANDARD_STREAM:
        require_writable("--json", Path(json))
        require_apart([("--json", Path(json))], [("--covariance", covariance)] if covariance is not None else [])
    from ...numerics.autoencoder import bound_summary, read_covariance

    with refusals():
        spread = None if covariance is None else read_covariance(covariance)
        record = bound_summary(activation, rate=rate, n=n, d=d, covariance=spread).as_json()
        if json is not None:
            write_json(json, record)
    if json != STANDARD_STREAM:
        show_line(f"activation {record['activation']}", "bold")
        show_table(("quantity", "value"), _rows(record))
    return EXPECTED
