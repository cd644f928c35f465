"""One claim of a run as a piece of a page that somebody else lays out: what the documentation shows of a derivation."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from .html import TEMPLATES, environment, step_anchor, symbols
from .record import Claim, Record

# The first class, element or id of the report's rules that a piece needs; what lays out whole pages stays behind.
_PARTS = re.compile(
    r"\.(v|tag|nb|ok|no|rule|scroll|facts|badges|statement|lab|hyp|steps|by|side-c|eq)\b(?!-card)"
    r"|(math|mtext|mrow|mi|mtd)\b(?=[\[.{])|(dl|ul)\.formal"
)


def _anchor(claim: Claim, number: int) -> str:
    return f"claim-{claim.id}-s{number}"


def claim_piece(record: Record, name: str, link: Callable[[str], str], *, opened: bool = False) -> str:
    """Return a claim of a run as HTML: statement, hypotheses, derivation step by step, mutants, axioms and verdict.

    Arguments:
        record: the run.
        name: the claim's id.
        link: the address of another claim's piece, "" where it has none.
        opened: whether the derivation is unfolded.

    Returns:
        An element `<div class="claim">` with native MathML and no script, from the templates of the report.

    Raises:
        KeyError: if the run has no such claim.

    Example:
        >>> from lemmata.claims.runner import run_check
        >>> from lemmata.reports.reading import read_record
        >>> record = read_record(run_check(["mf.eq-6.4.printed"]))
        >>> "refuted" in claim_piece(record, "mf.eq-6.4.printed", lambda name: "")
        True
    """
    claim = {c.id: c for c in record.claims}[name]
    return (
        environment()
        .get_template("embedded.html")
        .render(
            c=claim,
            open=opened,
            root="",
            link=link,
            anchor=_anchor,
            step_anchor=partial(step_anchor, anchor=_anchor),
            page_of=lambda claim: "",
            axiom_anchors={},
            axiom_of={a.name: a for a in record.axioms},
        )
    )


def signs() -> str:
    """Return the signs of the verdicts as an invisible SVG, which a page with claims needs once."""
    return f'<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>{symbols()}</defs></svg>'


def palette(scheme: str) -> dict[str, str]:
    """Return the report's colours and fonts by name, for the scheme "light" or "dark".

    Raises:
        ValueError: for another scheme.

    Example:
        >>> sorted(set(palette("dark")) - set(palette("light")))
        []
    """
    blocks = dict(zip(("light", "dark"), re.findall(r":root\{(.*?)\}", _base(), re.DOTALL)[:2], strict=True))
    if scheme not in blocks:
        raise ValueError(f"the scheme is {scheme!r}; 'light' and 'dark' are allowed")
    return {name: value.strip() for name, value in re.findall(r"--([\w-]+):([^;]+)", blocks[scheme])}


def _base() -> str:
    return (TEMPLATES / "base.css").read_text("utf-8")


def piece_style() -> str:
    """Return the rules of the report's stylesheets that pieces need; colours are left to the page."""
    sheets = _base() + (TEMPLATES / "page.css").read_text("utf-8")
    return "\n".join(line for line in sheets.splitlines() if _PARTS.match(line)) + "\n"
