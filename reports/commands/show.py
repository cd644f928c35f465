"""`lemmata show`: one claim, with its derivation step by step and what decided each step."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .checking import checked
from .failure import EXPECTED, refusals
from .listing import show_claims
from .terminal import Cell, show_line, show_note, show_table
from .verdicts import DIFFERS, verdict_cell

if TYPE_CHECKING:
    from ...claims.claim import Claim as Registered
    from ..record import Claim, Formal, Formula, Step

_NONE = "–"


def _show_heading(text: str) -> None:
    show_line()
    show_line(text, "bold")


def _show_formulas(heading: str, formulas: "Sequence[Formula]") -> None:
    _show_heading(heading)
    for formula in formulas:
        if formula.text:
            show_line(formula.text, indent=2)
        if formula.tex:
            show_line(formula.tex, "dim", indent=4)
    if not formulas:
        show_line(_NONE, indent=2)


def _show_head(claim: "Claim") -> None:
    show_line(f"{claim.id}: {claim.name}", "bold")
    show_line(", ".join(part for part in (claim.paper, claim.locator, claim.relation, claim.kind) if part))
    cell = verdict_cell(claim.verdict, differs=claim.differs)
    show_line(f"{cell}{', fully proved' if claim.fully_proved else ''} (expected: {claim.expected})", cell.style)
    if claim.reason:
        show_line(f"reason: {claim.reason}")


def _show_step(number: int, step: "Step") -> None:
    used = f", from {', '.join(step.uses)}" if step.uses else ""
    show_line(f"{number}. {step.id} ({step.kind}{used})", "bold", indent=2)
    if step.prose:
        show_line(step.prose, indent=5)
    if step.tex:
        show_line(step.tex, "dim", indent=5)
    for condition in step.conditions:
        show_line(f"condition: {condition.tex}, discharged by {condition.discharged_by}", indent=5)
    show_line(f"{step.result}, decided by {step.decided_by}", indent=5)


def _show_derivation(steps: "Sequence[Step]") -> None:
    _show_heading("Derivation")
    for number, step in enumerate(steps, start=1):
        _show_step(number, step)
    if not steps:
        show_line(_NONE, indent=2)


def _show_formal(formal: "Formal | None") -> None:
    if formal is None:
        return
    _show_heading("What the kernel decides")
    show_line(formal.goal, "dim", indent=2)
    for name, tex in formal.assumptions:
        show_line(f"{name}: {tex}", "dim", indent=2)
    for tex in formal.definitions:
        show_line(tex, "dim", indent=2)


def _show_evidence(claim: "Claim") -> None:
    if not claim.evidence:
        return
    _show_heading("Evidence")
    rows = [
        [entry.name, entry.value, f"[{entry.lower}, {entry.upper}]" if entry.lower else _NONE]
        + [part or _NONE for part in (entry.tolerance, entry.reason, entry.seed)]
        for entry in claim.evidence
    ]
    show_table(("name", "value", "enclosure", "tolerance", "reason", "seed"), rows)


def _show_mutants(claim: "Claim") -> None:
    _show_heading("Mutants")
    # A control of a refuted claim is no wrong version: it is a statement that the same check must leave standing.
    wrong = {True: Cell("rejected"), False: Cell("NOT REJECTED", DIFFERS), None: Cell(_NONE)}
    control = {True: Cell("stands"), False: Cell("REFUTED AS WELL", DIFFERS), None: Cell(_NONE)}
    rows = [
        [
            mutant.id,
            mutant.kind,
            (control if mutant.kind == "control" else wrong)[mutant.rejected],
            mutant.failed_step or _NONE,
            mutant.witness or _NONE,
        ]
        for mutant in claim.mutants
    ]
    if rows:
        show_table(("id", "kind", "outcome", "failed at", "witness"), rows)
    else:
        show_line(_NONE, indent=2)


def _show_names(heading: str, names: Sequence[str]) -> None:
    _show_heading(heading)
    for name in names or [_NONE]:
        show_line(name, indent=2)


def _direct(claim: "Registered | None", kind: str) -> list[str]:
    """The claims, or the axioms, that a claim's own derivation takes, in its order."""
    if claim is None or claim.proof is None:
        return []
    uses = [use for step in claim.proof().steps for use in step.get("uses", ()) if use.startswith(f"{kind}:")]
    return list(dict.fromkeys(use.removeprefix(f"{kind}:") for use in uses))


def show_uses(name: str, claims: "Mapping[str, Registered]") -> None:
    """Prints all that a claim rests on, each under what uses it, down to the axioms; nothing is opened twice.

    Arguments: the claim's id, and the registered claims by id.
    """
    _show_heading("Uses")
    opened: set[str] = set()

    def show_below(user: str, indent: int) -> None:
        opened.add(user)
        for used in _direct(claims.get(user), "claim"):
            title = f": {claims[used].title}" if used in claims else ""
            again = " (opened above)" if used in opened and _direct(claims.get(used), "claim") else ""
            show_line(f"{used}{title}{again}", indent=indent)
            if used not in opened:
                show_below(used, indent + 2)
        axioms = _direct(claims.get(user), "axiom")
        if axioms:
            show_line(f"axioms: {', '.join(axioms)}", "dim", indent=indent)

    show_below(name, 2)
    if not any(_direct(claims.get(name), kind) for kind in ("claim", "axiom")):
        show_line(_NONE, indent=2)


def _users(name: str, claims: "Iterable[Registered]") -> list[str]:
    """The claims whose derivation takes a step from this one, in the register's order."""
    return [
        claim.id
        for claim in claims
        if claim.proof is not None and any(f"claim:{name}" in step.get("uses", ()) for step in claim.proof().steps)
    ]


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help='The claim: its id, a number ("Theorem 1", "(4.9)", "Lemma 5.3") or words of its title;'
            " where several match, they are listed.",
        ),
    ],
    full: Annotated[bool, typer.Option("--full", help="Run its long simulation too.")] = False,
    claims: Annotated[Path | None, typer.Option(metavar="FILE.py", help="A file with claims of your own.")] = None,
) -> int:
    """Show a claim: statement, hypotheses, derivation, evidence, axioms, mutants, uses and users."""
    from ...claims.finding import find
    from ...claims.runner import all_claims

    with refusals():
        known = all_claims(claims)
    found = [] if name in known else find(name, known.values())
    if len(found) > 1:
        show_claims(found)
        show_note(f"{len(found)} claims match {name!r}; `lemmata show ID` shows one")
        return EXPECTED
    # Where nothing matches, the check refuses the name and says which ids are near it.
    run = checked([claim.id for claim in found] or [name], full=full, claims_file=claims)
    (claim,) = run.record.claims
    _show_head(claim)
    _show_formulas("Statement", [claim.statement])
    _show_formulas("Hypotheses", claim.hypotheses)
    _show_formal(claim.formal)
    _show_derivation(claim.steps)
    if claim.witness.text or claim.witness.tex:
        _show_formulas("Witness", [claim.witness])
    _show_evidence(claim)
    _show_names("Axioms", claim.axioms)
    _show_names("Oracles", claim.oracles)
    _show_mutants(claim)
    show_uses(claim.id, known)
    _show_names("Used by", _users(claim.id, known.values()))
    return EXPECTED
