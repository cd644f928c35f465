"""The errata of a paper as a letter to its authors, in Markdown and LaTeX.

It says what is printed where, at which values it fails, and what holds instead.

Only an erratum whose printed version was refuted and whose corrected version was proved in the run is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import latex, markdown, wording
from .record import Claim, Formula, Pair, Record

_LONGEST = 160  # letters of TeX in what a statement says at a witness


@dataclass(frozen=True)
class _Style:
    """How a format sets running text, words as they are, a file's name, and a formula by itself."""

    inline: Callable[[str], str]
    plain: Callable[[str], str]
    code: Callable[[str], str]
    display: Callable[[str], list[str]]


_MARKDOWN = _Style(
    markdown.inline, markdown.plain, lambda text: f"`{text}`", lambda tex: ["", f"${markdown.formula(tex)}$", ""]
)
_LATEX = _Style(latex.inline, latex.plain, latex.code, latex.display)


def confirmed(record: Record) -> tuple[tuple[str, tuple[Pair, ...]], ...]:
    """The papers with errata that the run confirmed, and these, in the order of the register.

    Args:
        record: a run.

    Returns:
        Pairs (paper, errata); a paper without any is left out.
    """
    found = [p for p in record.pairs if p.printed.verdict == "refuted" and p.corrected.verdict == "proved"]
    papers = dict.fromkeys(p.printed.paper for p in found)
    return tuple((name, tuple(p for p in found if p.printed.paper == name)) for name in papers)


def _opening(paper: str, errata: tuple[Pair, ...]) -> str:
    count = "one place" if len(errata) == 1 else f"{len(errata)} places"
    return (
        f"a machine check of “{wording.paper_title(paper)}”, statement by statement, found {count} where the text, "
        "read as it is printed, is false. Each comes with values at which it fails, decided in exact or rigorous "
        "interval arithmetic, and with a corrected form of which every step was checked; what that form takes from the "
        "literature is named. Most are slips of a constant or a sign. Whether one matters further on is answered "
        "by the claims that use its corrected form."
    )


def _failure(witness: Formula, style: _Style) -> list[str]:
    """The values, and what the printed statement says there where that is short enough to be looked at."""
    values = witness.text.removeprefix("At ").removesuffix(" it says")
    shown = witness.tex if 0 < len(witness.tex) <= _LONGEST else ""
    if not values:
        return []
    return _said("It fails at", Formula(values + (", where it says" if shown else "."), shown), style)


def _said(lead: str, said: Formula, style: _Style) -> list[str]:
    lines = [f"{lead} {style.inline(said.text)}".rstrip()]
    return lines + (style.display(said.tex) if said.tex else [])


def _rests(claim: Claim, style: _Style) -> str:
    if not claim.axioms and not claim.oracles:
        return "The proof uses no theorem from elsewhere."
    names = ", ".join(style.plain(name.replace("-", " ")) for name in claim.axioms)
    parts = [f"It rests on: {names}."] if names else []
    if claim.oracles:
        parts.append("An inequality between polynomials in it was decided by the solver Z3.")
    return " ".join(parts)


def _entry(pair: Pair, record: Record, style: _Style) -> list[str]:
    printed, corrected = pair.printed, pair.corrected
    lines = [*_said("As printed:", printed.statement, style), ""]
    lines += [*_failure(printed.witness, style), ""]
    lines += [*_said("What holds instead:", corrected.statement, style), ""]
    for hypothesis in corrected.hypotheses:
        lines += [*_said("Given:", hypothesis, style), ""]
    lines += [_rests(corrected, style), ""]
    users = sorted({u for c in (printed, corrected) for u in record.used_by.get(c.id, ())} - {printed.id, corrected.id})
    if users:
        lines += [f"The corrected form is used by {', '.join(style.code(u) for u in users)}.", ""]
    lines += [f"Checked as {style.code(printed.id)} and {style.code(corrected.id)}.", ""]
    return lines


def _heading(number: int, pair: Pair, style: _Style) -> str:
    name = pair.corrected.name if pair.corrected.name != pair.corrected.id else pair.printed.name
    return f"{number}. {style.inline(pair.printed.locator)}: {style.inline(name)}"


def _as_markdown(paper: str, errata: tuple[Pair, ...], record: Record) -> str:
    style = _MARKDOWN
    lines = [f"# Errata: {style.plain(wording.paper_title(paper))}", ""]
    lines += [style.plain(wording.paper_note(paper)), ""] if wording.paper_note(paper) else []
    lines += ["Dear authors,", "", style.plain(_opening(paper, errata)), ""]
    for number, pair in enumerate(errata, 1):
        lines += [f"## {_heading(number, pair, style)}", "", *_entry(pair, record, style)]
    lines += ["Each pair is decided anew by `lemmata check ID ID`; `lemmata show ID` prints the derivation."]
    # Formulas bring their own blank lines; one is enough.
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _as_latex(paper: str, errata: tuple[Pair, ...], record: Record) -> str:
    style = _LATEX
    note = wording.paper_note(paper)
    lines = [
        *latex.PREAMBLE,
        rf"\title{{Errata: {style.plain(wording.paper_title(paper))}}}",
        rf"\author{{{style.plain(note)}}}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
        r"\noindent Dear authors,",
        "",
        rf"\noindent {style.plain(_opening(paper, errata))}",
    ]
    for number, pair in enumerate(errata, 1):
        lines += ["", rf"\subsection*{{{_heading(number, pair, style)}}}", *_entry(pair, record, style)]
    lines += [
        r"\medskip\noindent Each pair is decided anew by \texttt{lemmata check ID ID};",
        r"\texttt{lemmata show ID} prints the derivation.",
        r"\end{document}",
    ]
    return "\n".join(lines) + "\n"


def letters(record: Record) -> dict[str, str]:
    """The letters of a run: files errata-letter-PAPER.md and .tex with their content; none for a paper without errata.

    Args:
        record: a run.

    Returns:
        Content by file name.
    """
    found = {}
    for paper, errata in confirmed(record):
        stem = "errata-letter-" + "".join(c if c.isalnum() else "-" for c in paper)
        found[f"{stem}.md"] = _as_markdown(paper, errata, record)
        found[f"{stem}.tex"] = _as_latex(paper, errata, record)
    return found
