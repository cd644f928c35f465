"""The record of a check as objects: claims, steps, mutants, evidence, erratum pairs, and counts taken from the rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VERDICTS = ("proved", "enclosed", "supported", "refuted", "undecided", "not run")
"""Every verdict a claim can have, in the order in which reports list them."""

ANSWERS = ("agrees", "disagrees", "undecided")
"""What another program can say to a step."""


class ReportError(ValueError):
    """The record cannot be reported on, or the report cannot be put where it was asked for."""


@dataclass(frozen=True)
class Formula:
    """A sentence (with `$TeX$` in it where needed) and a displayed formula; either may be empty."""

    text: str = ""
    tex: str = ""


@dataclass(frozen=True)
class Condition:
    """A side condition of a step and what discharges it."""

    tex: str
    discharged_by: str


@dataclass(frozen=True)
class SecondOpinion:
    """What another program said to a step: "agrees", "disagrees" or "undecided", and why the last."""

    answer: str
    program: str
    reason: str


@dataclass(frozen=True)
class Step:
    """One checked step of a derivation; `second` is None where no other program was asked."""

    id: str
    kind: str
    tex: str
    prose: str
    uses: tuple[str, ...]
    conditions: tuple[Condition, ...]
    decided_by: str
    result: str
    second: SecondOpinion | None = None


@dataclass(frozen=True)
class Mutant:
    """A wrong version of a claim, with the witness of its falsity; `rejected` is None where that is not recorded.

    `at_witness` is the TeX of what the wrong version says there, `reason` why the check stopped.

    A control is the opposite: a statement that the check of a refuted claim must leave standing.
    """

    id: str
    kind: str
    prose: str
    witness: str
    at_witness: str
    reason: str
    failed_step: str
    rejected: bool | None

    @property
    def control(self) -> bool:
        """Whether this must survive the check instead of failing it."""
        return self.kind == "control"


@dataclass(frozen=True)
class Evidence:
    """A number with its enclosing pair, or its tolerance and the reason for it."""

    name: str
    value: str
    lower: str
    upper: str
    gap: str
    tolerance: str
    reason: str
    seed: str
    passed: bool | None


@dataclass(frozen=True)
class Formal:
    """What the kernel decides, word for word: TeX of the goal, of the named assumptions and of the abbreviations."""

    goal: str
    declare: str
    assumptions: tuple[tuple[str, str], ...]
    definitions: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """One record of the register as a run left it."""

    id: str
    paper: str
    relation: str
    locator: str
    kind: str
    title: str
    verdict: str
    expected: str
    fully_proved: bool | None
    axioms: tuple[str, ...]
    oracles: tuple[str, ...]
    uses: tuple[str, ...]
    mutants: tuple[Mutant, ...]
    evidence: tuple[Evidence, ...]
    statement: Formula
    hypotheses: tuple[Formula, ...]
    unused_hypotheses: tuple[str, ...]
    formal: Formal | None
    steps: tuple[Step, ...]
    witness: Formula
    reason: str
    corrects: str
    corrected_by: str

    @property
    def differs(self) -> bool:
        """Whether a verdict was reached and is not the expected one."""
        return self.verdict not in ("not run", self.expected)

    @property
    def rejected(self) -> int:
        """How many mutants ended as they must: rejected, or standing in the case of a control."""
        return sum(m.rejected is True for m in self.mutants)

    @property
    def name(self) -> str:
        """The title, else the first sentence of the statement, else the id."""
        if self.title:
            # A title that opens with a word opens with a capital; one that opens with a symbol stays as it is.
            return self.title[0].upper() + self.title[1:] if re.match(r"[a-z]{2,}\b|a ", self.title) else self.title
        sentence = re.match(r"(?:[^.$]|\$[^$]*\$|\.(?=\S))+", self.statement.text)
        return sentence.group().strip() if sentence else self.id


@dataclass(frozen=True)
class Pair:
    """An erratum: the record as printed and the record as corrected."""

    printed: Claim
    corrected: Claim


@dataclass(frozen=True)
class Axiom:
    """A cited theorem that verdicts rest on, and the claims resting on it."""

    name: str
    hypotheses_tex: tuple[str, ...]
    statement_tex: str
    prose: str
    reference: str
    used_by: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """A whole run: rows in the order of the record, corrected errata moved next to their printed versions."""

    title: str
    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...]
    axioms: tuple[Axiom, ...]
    figures: Mapping[str, Mapping[str, Any]]
    used_by: Mapping[str, tuple[str, ...]]
    disagreements: tuple[str, ...]
    seed: str
    provenance: Mapping[str, Any]

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows by verdict, every verdict named."""
        found = Counter(c.verdict for c in self.claims)
        return {v: found[v] for v in VERDICTS}

    @property
    def second_opinions(self) -> dict[str, int]:
        """Number of steps by what another program said to them; all 0 where none was asked."""
        found = Counter(s.second.answer for c in self.claims for s in c.steps if s.second is not None)
        return {answer: found[answer] for answer in ANSWERS}

    @property
    def differing(self) -> tuple[Claim, ...]:
        """Rows whose verdict is not the expected one."""
        return tuple(c for c in self.claims if c.differs)

    @property
    def passed_mutants(self) -> tuple[tuple[Claim, Mutant], ...]:
        """Mutants that the check let pass, and controls that it did not: each is a hole in a check."""
        return tuple((c, m) for c in self.claims for m in c.mutants if m.rejected is False)

    @property
    def lone_corrections(self) -> tuple[Claim, ...]:
        """Corrected statements that have no record as printed: it asserts existence, say, and no value refutes that."""
        paired = {c.id for p in self.pairs for c in (p.printed, p.corrected)}
        return tuple(c for c in self.claims if c.relation == "corrected" and c.id not in paired)

    @property
    def papers(self) -> tuple[tuple[str, tuple[Claim, ...]], ...]:
        """Rows grouped by paper, in order of first appearance."""
        names = dict.fromkeys(c.paper for c in self.claims)
        return tuple((n, tuple(c for c in self.claims if c.paper == n)) for n in names)
