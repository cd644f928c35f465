"""The report as Markdown, and the summary that is committed beside the code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import wording
from .mathml import map_inline
from .record import Claim, Record

_SPECIAL = re.compile(r"([\\`*_\[\]|#~])")


def plain(text: str) -> str:
    text = _SPECIAL.sub(r"\\\1", " ".join(text.split()) if text.strip() else text and " ")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _keep_ends(text: str) -> str:
    """Escaped prose; the blanks at its ends are kept, because formulas stand next to them."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return left + plain(text.strip()) + right if text.strip() else left


def formula(tex: str) -> str:
    # A bar would end a table cell, and `<` would open a tag in renderers without mathematics.
    tex = tex.replace(r"\|", r"\Vert ").replace("|", r"\vert ").replace("<", r"\lt ").replace(">", r"\gt ")
    return f"${' '.join(tex.split())}$"


def _code(text: str) -> str:
    return "`" + " ".join(text.replace("`", "'").split()) + "`"


def _cell_code(text: str) -> str:
    return _code(text.replace("|", "¦"))


def inline(text: str) -> str:
    return map_inline(text, plain=_keep_ends, tex=formula, code=_cell_code)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    lines = [head, tuple("---" for _ in head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines] + [""]


def _verdict(claim: Claim) -> str:
    if claim.verdict == "not run":
        return f"not run (expected {claim.expected})"
    return f"**{claim.verdict}, expected {claim.expected}**" if claim.differs else claim.verdict


def _statement(claim: Claim) -> str:
    name = inline(claim.name) if claim.name != claim.id else ""
    tex = wording.short_tex(claim)
    return f"{name} {formula(tex)}".strip() if tex else name


def _standing(record: Record) -> list[str]:
    ran = len(record.claims) - record.counts["not run"]
    lines = [f"{len(record.claims)} claims, {ran} run, {len(record.differing)} with another verdict than expected."]
    lines += [f"- `{c.id}`: expected {c.expected}, obtained {c.verdict}" for c in record.differing]
    lines += [f"- `{c.id}`: mutant or control {_code(m.id)} ended wrongly" for c, m in record.passed_mutants]
    lines += [f"- {plain(said)}" for said in record.disagreements]
    idle = [f"`{c.id}`" for c in record.claims if c.verdict == "not run"]
    if idle:
        lines += ["", f"Not run, neither pass nor fail: {', '.join(idle)}."]
    if said := wording.second_opinions(record):
        lines += ["", said]
    counts = [(v, str(n), wording.NOTES[v]) for v, n in record.counts.items()]
    return [*lines, "", *_table(("Verdict", "Claims", "Meaning"), counts)]


def _register(record: Record) -> list[str]:
    lines = []
    for paper, claims in record.papers:
        lines += [f"## {plain(wording.paper_title(paper))}", ""]
        note = wording.paper_note(paper)
        lines += [plain(note), ""] if note else []
        rows = [
            (
                f"`{c.id}`",
                _statement(c),
                inline(c.locator),
                _verdict(c),
                f"{c.rejected}/{len(c.mutants)}",
            )
            for c in claims
        ]
        lines += _table(("Claim", "Statement", "Where", "Verdict", "Mutants rejected"), rows)
    return lines


def _axioms(record: Record) -> list[str]:
    if not record.axioms:
        return []
    rows = [(plain(a.name), inline(a.reference), str(len(a.used_by))) for a in record.axioms]
    return ["## Axioms", "", *_table(("Theorem", "Reference", "Claims resting on it"), rows)]


def _claim(claim: Claim) -> list[str]:
    lines = [f"### `{claim.id}`", "", f"Verdict: {_verdict(claim)}.", ""]
    if claim.reason:
        lines += [f"Reason: {inline(claim.reason)}", ""]
    lines += [inline(claim.statement.text), ""] if claim.statement.text else []
    lines += [f"${formula(claim.statement.tex)}$", ""] if claim.statement.tex else []
    for number, hypothesis in enumerate(claim.hypotheses, 1):
        tex = f" {formula(hypothesis.tex)}" if hypothesis.tex else ""
        lines += [f"- H{number}: {inline(hypothesis.text)}{tex}"]
    lines += [""] if claim.hypotheses else []
    if claim.witness.text:
        lines += [f"Witness: {inline(claim.witness.text)}", ""]
    lines += [f"${formula(claim.witness.tex)}$", ""] if claim.witness.tex else []
    for number, step in enumerate(claim.steps, 1):
        how = wording.rule(step)
        decided = f"{how.glyph} {how.name}" + ("" if how.decided else f", {step.result}")
        lines += [f"{number}. **{inline(wording.heading(step))}** ({plain(decided)})"]
        lines += [f"   {inline(wording.rest(step))}"] if wording.rest(step) else []
        lines += ["", f"   ${formula(step.tex)}$", ""] if step.tex else []
        lines += [
            f"   Side condition: {inline(c.tex) if '$' in c.tex else formula(c.tex)}"
            + (f" by {inline(c.discharged_by)}" if c.discharged_by else "")
            for c in step.conditions
        ]
        lines += [f"   {inline(wording.second(step))}"] if step.second else []
    lines += [""] if claim.steps else []
    if claim.axioms:
        lines += [f"Axioms: {', '.join(plain(a) for a in claim.axioms)}.", ""]
    if claim.mutants:
        rows = [
            (_cell_code(m.id), inline(m.prose), plain(m.kind), inline(m.witness), wording.outcome(m))
            for m in claim.mutants
        ]
        lines += _table(("Mutant", "What is wrong", "Kind", "Witness", "Outcome"), rows)
    if claim.evidence:
        evidence = [
            tuple(inline(t) for t in (e.name, e.value, e.lower, e.upper, e.gap, e.tolerance, e.reason))
            for e in claim.evidence
        ]
        lines += _table(("Quantity", "Value", "Lower", "Upper", "Gap", "Tolerance", "Reason"), evidence)
    return lines


def summary(record: Record) -> str:
    """The state of the register on one page: verdicts, what differs, what was not run, and the axioms."""
    title = record.title or "Summary of the checked claims"
    lines = [f"# {plain(title)}", "", *_standing(record), *_register(record), *_axioms(record)]
    return "\n".join(lines).rstrip() + "\n"


def markdown(record: Record) -> str:
    """The whole report as Markdown, formulas between dollar signs."""
    title = record.title or "Verification report"
    lines = [f"# {plain(title)}", "", *_standing(record), *_register(record), *_axioms(record), "## Derivations", ""]
    for claim in record.claims:
        lines += _claim(claim)
    return "\n".join(lines).rstrip() + "\n"
