"""The second opinion on a claim: what another program says to each step of its derivation."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...analysis.kernel.terms import KernelError, Term, num
from ..claim import Claim
from . import coq
from .balls import holds
from .obligations import BALANCED, FOLLOWS, GIVEN, NUMBERS, Obligation, obligations
from .smtlib import Script, Untold, entailment, vanishing
from .solver import Solver, require_solver

AGREES, DISAGREES, OPEN = "agrees", "disagrees", "undecided"


@dataclass(frozen=True)
class Opinion:
    """What a second program says to one step: its answer, which program it was, and why it could not decide."""

    step: str
    rule: str
    answer: str
    program: str | None
    reason: str


def scripts(claim_id: str, obligation: Obligation) -> Iterator[tuple[str, Script]]:
    """Yield the SMT-LIB texts of a step by their names, the first being whether its goal follows from its facts."""
    comment = f"{claim_id}, step {obligation.step} ({obligation.rule})"
    yield "goal", entailment(obligation.facts, obligation.goal, comment)
    if obligation.balance is None:
        return
    script, inverted = vanishing(obligation.facts, obligation.balance, f"{comment}: the difference is 0")
    yield "balance", script
    for k, t in enumerate(inverted):
        nonzero: Term = ("ne", t, num(0))
        yield f"divisor-{k}", entailment(obligation.facts, nonzero, f"{comment}: a divisor is not 0")
    for k, p in enumerate(obligation.signs):
        yield f"sign-{k}", entailment(obligation.facts, p, f"{comment}: a sign")


def _arithmetic(claim_id: str, obligation: Obligation, solver: Solver, balanced: bool) -> Opinion:
    def opinion(answer: str, reason: str = "") -> Opinion:
        program = None if answer == OPEN else "cvc5 and Coq" if answer == AGREES and balanced else "cvc5"
        return Opinion(obligation.step, obligation.rule, answer, program, reason)

    parts = scripts(claim_id, obligation)
    _, whole = next(parts)
    said = solver.ask(whole.text)
    if said == "unsat":
        return opinion(AGREES)
    if said == "sat" and whole.exact:
        return opinion(DISAGREES, "cvc5 has numbers for which the facts hold and the goal does not")
    if obligation.balance is None:
        return opinion(OPEN, "not decided in time" if said != "sat" else "rests on what the text leaves unknown")
    for name, script in parts:
        if not (name == "balance" and balanced) and solver.ask(script.text) != "unsat":
            return opinion(OPEN, f"the part {name} is not decided")
    return opinion(AGREES)


def lemmas(found: Sequence[Obligation]) -> dict[str, str]:
    """Return what Coq is asked, by step: differences that have to vanish and comparisons of numbers."""
    texts = {
        o.step: coq.vanishing(o.balance) if o.balance is not None else coq.comparison(o.goal)
        for o in found
        if o.rule in (*BALANCED, *NUMBERS)
    }
    return {step: text for step, text in texts.items() if text is not None}


def judge(claim_id: str, obligation: Obligation, solver: Solver, taken: frozenset[str] = frozenset()) -> Opinion:
    """Return the second opinion on one step; `taken` names the steps whose lemma Coq has taken."""
    step, rule = obligation.step, obligation.rule
    if rule in GIVEN:
        return Opinion(step, rule, AGREES, "none needed", "an assumption")
    if rule in NUMBERS:
        answer = holds(obligation.goal)
        if answer is not None:
            return Opinion(step, rule, AGREES if answer else DISAGREES, "mpmath", "")
        if step in taken:
            return Opinion(step, rule, AGREES, "Coq", "")
        return Opinion(step, rule, OPEN, None, "no closed form that mpmath's intervals evaluate")
    if rule not in (*FOLLOWS, *BALANCED):
        return Opinion(step, rule, OPEN, None, f"steps of the kind {rule} are not exported")
    try:
        return _arithmetic(claim_id, obligation, solver, step in taken)
    except Untold as err:
        return Opinion(step, rule, OPEN, None, f"too long to export: {err}")


class Rechecker:
    """Asks the second programs about claims, and writes the texts that it asks with where a folder is given.

    Arguments:
        asks: whether to ask; else the texts are only written.
        folder: where to write them, a folder a claim.

    Raises:
        NoSolver: if it is to ask and cvc5 is not installed.
    """

    def __init__(self, *, asks: bool, folder: Path | None = None) -> None:
        if asks:
            require_solver()
        self._asks, self._folder = asks, folder
        self._solver = Solver()

    def opinions(self, claim: Claim, claims: Mapping[str, Claim]) -> list[Opinion]:
        """Return the second opinion on every step of a claim's derivation; none for a claim without one."""
        if claim.proof is None:
            return []
        try:
            found = obligations(claim.proof(), claims)
        except KernelError as err:
            return [Opinion("derivation", "derivation", OPEN, None, f"it cannot be read: {err}")]
        if self._folder is not None:
            _export(self._folder / claim.id, claim.id, found)
        if not self._asks:
            return []
        taken = coq.replay(lemmas(found))
        return [judge(claim.id, o, self._solver, taken) for o in found]

    def close(self) -> None:
        """End the process that it asks."""
        self._solver.close()


def _export(folder: Path, claim_id: str, found: Sequence[Obligation]) -> None:
    for number, obligation in enumerate(found, 1):
        if obligation.rule not in (*FOLLOWS, *BALANCED):
            continue
        try:
            texts = dict(scripts(claim_id, obligation))
        except Untold:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        for part, script in texts.items():
            step = "".join(c if c.isalnum() else "_" for c in obligation.step)
            _write(folder / f"{number:03d}-{step}-{part}.smt2", script.text)


def _write(target: Path, text: str) -> None:
    part = target.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, target)


def tally(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return how many steps other programs agree with, disagree with and could not decide, in all and by kind.

    >>> tally([{"steps": [{"kind": "sign", "second_opinion": {"answer": "agrees", "program": "cvc5", "reason": ""}}]}])
    {'agrees': 1, 'disagrees': 0, 'undecided': 0, 'by_kind': {'sign': {'agrees': 1, 'disagrees': 0, 'undecided': 0}}}
    """
    kinds: dict[str, dict[str, int]] = {}
    for record in records:
        for row in record["steps"]:
            if row.get("second_opinion"):
                counts = kinds.setdefault(row["kind"], dict.fromkeys((AGREES, DISAGREES, OPEN), 0))
                counts[row["second_opinion"]["answer"]] += 1
    total = {a: sum(c[a] for c in kinds.values()) for a in (AGREES, DISAGREES, OPEN)}
    return {**total, "by_kind": dict(sorted(kinds.items()))}
