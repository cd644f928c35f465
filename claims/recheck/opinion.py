"""The second opinion on a claim: what another program says to each step of its derivation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...analysis.kernel.terms import KernelError, Term, num
from ..claim import Claim
from . import coq
from .answers import AGREES, DISAGREES, OPEN
from .balls import holds
from .obligations import APART, BALANCED, FOLLOWS, GIVEN, NUMBERS, Obligation, obligations
from .smtlib import Script, Untold, entailment, vanishing
from .solver import Solver, require_solver

#: The part of a step that Coq has to prove with the library for calculus.
LEMMA = "lemma"
#: What a derivation raises whose texts or data the kernel refuses too.
UNREADABLE = (KernelError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
_AGAINST = "cvc5 has numbers for which the facts hold and the goal does not"


@dataclass(frozen=True)
class Opinion:
    """What a second program says to one step: its answer, which program it was, and why it could not decide."""

    step: str
    rule: str
    answer: str
    program: str | None
    reason: str


def scripts(claim_id: str, obligation: Obligation) -> Iterator[tuple[str, Script]]:
    """Yield the SMT-LIB texts of a step by their names.

    The first of a step that is not taken apart is whether its goal follows from its facts.
    """
    comment = f"{claim_id}, step {obligation.step} ({obligation.rule})"
    if obligation.rule not in APART:
        yield "goal", entailment(obligation.facts, obligation.goal, comment)
    yield from _balance(comment, obligation)
    for q in obligation.questions:
        yield q.name, entailment(q.facts, q.goal, f"{comment}: {q.name}")


def _balance(comment: str, obligation: Obligation) -> Iterator[tuple[str, Script]]:
    if obligation.balance is None:
        return
    if obligation.rule in APART:
        yield "difference", entailment(obligation.facts, ("eq", obligation.balance, num(0)), comment)
    script, inverted = vanishing(obligation.facts, obligation.balance, f"{comment}: the difference is 0")
    yield "balance", script
    for k, t in enumerate(inverted):
        nonzero: Term = ("ne", t, num(0))
        yield f"divisor-{k}", entailment(obligation.facts, nonzero, f"{comment}: a divisor is not 0")
    for k, p in enumerate(obligation.signs):
        yield f"sign-{k}", entailment(obligation.facts, p, f"{comment}: a sign")


def lemmas(found: Sequence[Obligation]) -> dict[tuple[str, str], str]:
    """Return what Coq is asked, by step and part: differences that vanish, comparisons of numbers, and calculus."""
    texts: dict[tuple[str, str], str | None] = {}
    for o in found:
        if o.balance is not None:
            texts[o.step, "balance"] = coq.vanishing(o.balance)
        if o.rule in NUMBERS:
            texts[o.step, "comparison"] = coq.comparison(o.goal)
        texts[o.step, LEMMA] = o.lemma
    return {key: text for key, text in texts.items() if text is not None}


def proved(found: Sequence[Obligation]) -> frozenset[tuple[str, str]]:
    """Return the steps and parts whose lemmas Coq takes."""
    asked = lemmas(found)
    taken = coq.replay({key: text for key, text in asked.items() if key[1] != LEMMA})
    return taken | coq.replay({key: text for key, text in asked.items() if key[1] == LEMMA}, calculus=True)


class _Judge:
    """Asks about one step; `taken` are the parts, by step and name, whose lemmas Coq has taken."""

    def __init__(self, claim_id: str, o: Obligation, solver: Solver, taken: frozenset[tuple[str, str]]) -> None:
        self.o, self.solver, self.comment = o, solver, f"{claim_id}, step {o.step} ({o.rule})"
        self._lemmas = {part for step, part in taken if step == o.step}
        self._by: dict[str, None] = {}

    def opinion(self, answer: str, reason: str = "") -> Opinion:
        program = " and ".join(sorted(self._by, reverse=True)) if answer != OPEN else None
        return Opinion(self.o.step, self.o.rule, answer, program, reason)

    def ask(self, script: Script) -> str:
        self._by["cvc5"] = None
        return self.solver.ask(script.text)

    def proved(self, part: str) -> bool:
        """Return whether Coq has proved a part."""
        if part in self._lemmas:
            self._by["Coq"] = None
        return part in self._lemmas

    def judged(self) -> Opinion:
        o = self.o
        if o.doubt:
            return self.opinion(OPEN, o.doubt)
        if o.rule in GIVEN:
            return Opinion(o.step, o.rule, AGREES, "none needed", "an assumption")
        if o.rule in NUMBERS:
            return self._number()
        if o.rule not in (*FOLLOWS, *BALANCED, *APART):
            return self.opinion(OPEN, f"steps of the kind {o.rule} are not exported")
        if o.lemma is not None and not self.proved(LEMMA):
            missing = "calculus" not in coq.present()
            return self.opinion(OPEN, "Coq with Coquelicot is not here" if missing else "Coq has not proved it")
        try:
            found = self._questions() or (self._whole() if o.rule not in APART else self._parts())
        except (Untold, RecursionError) as err:
            return self.opinion(OPEN, f"too long to export: {err}")
        return found if self._by else self.opinion(OPEN, "nothing was asked")

    def _number(self) -> Opinion:
        answer = holds(self.o.goal)
        if answer is not None:
            return Opinion(self.o.step, self.o.rule, AGREES if answer else DISAGREES, "mpmath", "")
        if self.proved("comparison"):
            return self.opinion(AGREES)
        return self.opinion(OPEN, "no closed form that mpmath's intervals evaluate")

    def _questions(self) -> Opinion | None:
        """Return None where all questions are answered, else the opinion."""
        for q in self.o.questions:
            script = entailment(q.facts, q.goal, f"{self.comment}: {q.name}")
            said = self.ask(script)
            if q.counts and said == "sat" and script.exact:
                return self.opinion(DISAGREES, _AGAINST)
            if said != "unsat":
                return self.opinion(OPEN, f"the part {q.name} is not decided")
        return None

    def _whole(self) -> Opinion:
        script = entailment(self.o.facts, self.o.goal, self.comment)
        said = self.ask(script)
        if said == "unsat":
            return self.opinion(AGREES)
        if said == "sat" and script.exact:
            return self.opinion(DISAGREES, _AGAINST)
        if self.o.balance is not None:
            return self._parts()
        return self.opinion(OPEN, "not decided in time" if said != "sat" else "rests on what the text leaves unknown")

    def _parts(self) -> Opinion:
        for name, script in _balance(self.comment, self.o):
            if name == "difference":
                if self.ask(script) == "unsat":
                    break
            elif not (name == "balance" and self.proved(name)) and self.ask(script) != "unsat":
                return self.opinion(OPEN, f"the part {name} is not decided")
        return self.opinion(AGREES)


def judge(
    claim_id: str, obligation: Obligation, solver: Solver, taken: frozenset[tuple[str, str]] = frozenset()
) -> Opinion:
    """Return the second opinion on one step; `taken` names the steps and parts whose lemmas Coq has taken."""
    return _Judge(claim_id, obligation, solver, taken).judged()


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
        except UNREADABLE as err:
            return [Opinion("derivation", "derivation", OPEN, None, f"it cannot be read: {err}")]
        taken = proved(found)
        return [judge(claim.id, o, self._solver, taken) for o in found]

    def close(self) -> None:
        """End the process that it asks."""
        self._solver.close()


def _obligations(claim: Claim, claims: Mapping[str, Claim]) -> list[Obligation]:
    return [] if claim.proof is None else obligations(claim.proof(), claims)


def texts(claim: Claim, claims: Mapping[str, Claim]) -> Iterator[tuple[str, str]]:
    """Yield the texts of a claim's steps by names of files, SMT-LIB and of calculus Coq's.

    Of what cannot be read or written there is none.
    """
    try:
        found = _obligations(claim, claims)
    except UNREADABLE:
        return
    for number, obligation in enumerate(found, 1):
        if obligation.doubt or obligation.rule not in (*FOLLOWS, *BALANCED, *APART):
            continue
        try:
            parts = dict(scripts(claim.id, obligation))
        except (Untold, RecursionError):
            continue
        name = f"{number:03d}-{''.join(c if c.isalnum() else '_' for c in obligation.step)}"
        for part, script in parts.items():
            yield f"{name}-{part}.smt2", script.text
        if obligation.lemma is not None:
            yield f"{name}-{LEMMA}.v", coq.file(obligation.lemma)
