"""What `lemmata knots` says about a fit on a terminal or in a pipe, and what of it is proved."""

from collections.abc import Mapping, Sequence
from typing import Any

from .terminal import show_line, show_table

_FEW = 3  # open contacts named in one line
_WRITTEN = "the decimals as written"


def show_fit(record: Mapping[str, Any], stop: str) -> None:
    """Prints knots or bends, objective and gap, how unique the solution is, and why the solver stopped.

    Arguments: the record of a fit, and the sentence for its stop reason.
    """
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


def _between(pair: Sequence[str]) -> str:
    return pair[0] if pair[0] == pair[1] else f"[{pair[0]}, {pair[1]}]"


def show_proof(certificate: Mapping[str, Any]) -> None:
    """Prints what a certificate proves of the data's decimals, as statements with enclosures.

    Arguments: the record of a certificate that proves everything asked.
    """
    count, finite = certificate["knot_count"], certificate["knot_count"] is None
    show_line(f"PROVED in interval arithmetic, with x, y, weight, lam and beta {_WRITTEN}:", "bold")
    if finite:
        show_line("the minimiser lies within the enclosures of the objective and of the fitted values")
    else:
        only = "the only minimiser" if certificate["unique"] else "a minimiser"
        knots = "no knot" if count == 0 else "1 knot" if count == 1 else f"{count} knots"
        phase = "" if certificate["phase"] == "trivial" else f" ({certificate['phase']} phase)"
        show_line(f"{only} of the objective has exactly {knots}{phase}")
    if certificate["knots"]:
        rows = [
            (
                _between(knot["location"]),
                knot["side"] if knot["at_data_point"] is None else f"{knot['side']}, at data row",
                _between(knot["slope_change"]),
            )
            for knot in certificate["knots"]
        ]
        show_table(("knot in", "side", "slope change in"), rows, numeric=("knot in", "slope change in"))
    show_line(f"objective in {_between(certificate['objective'])}")


def open_contacts(certificate: Mapping[str, Any]) -> str:
    """Why a certificate could not be given, in one line.

    >>> contact = {"location": 0.5, "side": "right", "reason": "it touches"}
    >>> open_contacts({"undecided": [contact] * 5})
    'at x = 0.5, right: it touches; at x = 0.5, right: it touches; at x = 0.5, right: it touches; and 2 more'
    """
    parts = []
    for contact in certificate["undecided"][:_FEW]:
        where = "" if contact["location"] is None else f"at x = {contact['location']:.12g}"
        place = ", ".join(part for part in (where, contact["side"] or "") if part)
        parts.append(f"{place}: {contact['reason']}" if place else contact["reason"])
    more = len(certificate["undecided"]) - _FEW
    return "; ".join([*parts, f"and {more} more"] if more > 0 else parts)
