"""The second opinion on a claim: what another program says to each step of its derivation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...analysis.kernel.terms import KernelError, Term, num
from ..claim import Claim
from . import coq
from .answers import AGREES, DISAGREES, OPEN
from .balls import holds
from .obligations import BALANCED, FOLLOWS, GIVEN, NUMBERS, Obligation, obligations
from .smtlib import Script, Untold, entailment, vanishing
from .solver import Solver, require_solver


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
    """Asks the second programs about claims.

    Raises:
        NoSolver: if cvc5 is not installed.
    """

    def __init__(self) -> None:
        require_solver()
        self._solver = Solver()

    def opinions(self, claim: Claim, claims: Mapping[str, Claim]) -> list[Opinion]:
        """Return the second opinion on every step of a claim's derivation; none for a claim without one."""
        try:
            found = _obligations(claim, claims)
        except KernelError as err:
            return [Opinion("derivation", "derivation", OPEN, None, f"it cannot be read: {err}")]
        taken = coq.replay(lemmas(found))
        return [judge(claim.id, o, self._solver, taken) for o in found]

    def close(self) -> None:
        """End the process that it asks."""
        self._solver.close()


def _obligations(claim: Claim, claims: Mapping[str, Claim]) -> list[Obligation]:
    return [] if claim.proof is None else obligations(claim.proof(), claims)


def texts(claim: Claim, claims: Mapping[str, Claim]) -> Iterator[tuple[str, str]]:
    """Yield the SMT-LIB texts of a claim's steps by names of files; of what cannot be read or written there is none."""
    try:
        found = _obligations(claim, claims)
    except KernelError:
        return
    for number, obligation in enumerate(found, 1):
        if obligation.rule not in (*FOLLOWS, *BALANCED):
            continue
        try:
            parts = dict(scripts(claim.id, obligation))
        except Untold:
            continue
        step = "".join(c if c.isalnum() else "_" for c in obligation.step)
        for part, script in parts.items():
            yield f"{number:03d}-{step}-{part}.smt2", script.text
