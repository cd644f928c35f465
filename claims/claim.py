"""What a claim is: a statement with its place, its derivation or evidence, its mutants, and the verdict it expects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..analysis.kernel.derivation import Statement
from ..analysis.proof import Proof

VERDICTS = ("proved", "enclosed", "supported", "refuted", "undecided", "not run")
KINDS = ("identity", "inequality", "limit", "counterexample", "empirical", "cited")
RELATIONS = ("as-printed", "corrected", "sharper", "new", "as-claimed")
MUTANT_KINDS = ("sign", "constant", "strictness", "hypothesis", "swap", "control")


IDS = (
    "ids are 1 to 120 letters, digits, '.', '_' and '-', beginning with a letter or digit, without '..' and not ending "
    "in '.'"
)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


class BadClaim(ValueError):
    """A claim whose record is incomplete or inconsistent."""


def is_id(name: str) -> bool:
    """Whether a claim can have this id, which becomes the name of a file and part of an address.

    >>> is_id("mf.eq-6.4"), is_id("../mf"), is_id("my claim")
    (True, False, False)
    """
    return _ID.fullmatch(name) is not None and ".." not in name and not name.endswith(".")


@dataclass(frozen=True)
class Text:
    """A statement for the reader: prose and TeX (empty where prose alone says it)."""

    text: str
    tex: str = ""


@dataclass(frozen=True)
class Evidence:
    """One measured number, what it is held against, and why the tolerance is what it is.

    `passed` is computed by the check that made it; a mutant's evidence must contain a failure.
    """

    name: str
    value: str
    passed: bool
    enclosure: tuple[str, str] | None = None
    tolerance: str | None = None
    reason: str = ""
    seed: int | None = None


@dataclass(frozen=True)
class Mutant:
    """A wrong version of a claim.

    Arguments:
        id: short name, unique in the claim.
        kind: one of sign, constant, strictness, hypothesis, swap, control.
        change: keyword arguments for the claim's proof builder (or evidence function) that make the wrong version.
        witness: values at which the wrong version's hypotheses hold and its goal fails (empty for evidence mutants).
        witness_steps: steps that prove hypotheses which no evaluation decides at the witness.
        prose: what is wrong with it.
        weaken: hypotheses of the claim's statement, by name, as weaker propositions: the derivation that uses them must
            fail, and the witness shows that the theorem is false with these.
    """

    id: str
    kind: str
    change: Mapping[str, Any]
    witness: Mapping[str, str] = field(default_factory=dict)
    witness_steps: Sequence[Mapping[str, Any]] = ()
    prose: str = ""
    weaken: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refutation:
    """A printed statement, the values that make it false, and the controls that must survive the same check.

    Arguments:
        statement: the statement as printed.
        witness: values at which its hypotheses hold and its goal fails.
        controls: (id, statement, values): each must not be refuted; the corrected statement at the same witness, and
            the printed one at a neighbouring non-witness.
    """

    statement: Statement
    witness: Mapping[str, str]
    controls: Sequence[tuple[str, Statement, Mapping[str, str]]]


@dataclass(frozen=True)
class Claim:
    """One statement that gets a verdict.

    Arguments:
        id: the id of the catalogue, e.g. "mf.eq-6.4".
        title: a few words.
        paper: "jmlr", "icml", "icml24", "own", or a user's word.
        relation: "as-printed", "corrected", "sharper", "new", "as-claimed".
        locator: where it stands, e.g. "(6.4), p. 34".
        kind: "identity", "inequality", "limit", "counterexample", "empirical", "cited". A cited claim rests on a
            theorem from elsewhere that stands among its hypotheses: the step from it is checked, and the verdict is
            "undecided" all the same.
        expected: the verdict that `check` compares with.
        statement: prose and TeX.
        hypotheses: prose and TeX of each.
        proof: builder of the derivation; keyword arguments are the mutants' knobs.
        evidence: measures numbers; keyword arguments are the mutants' knobs.
        refutation: for a statement expected to be refuted.
        mutants: wrong versions that must be rejected.
        slow: run only by `check --full`.
        reason: required for undecided, not run, and a verdict weaker than the catalogue's.
        counterpart: the id of the corrected (or printed) twin of an erratum.
        enclosed: the evidence is rigorous balls, so that the verdict is "enclosed" rather than "supported".
    """

    id: str
    title: str
    paper: str
    relation: str
    locator: str
    kind: str
    expected: str
    statement: Text
    hypotheses: Sequence[Text] = ()
    proof: Callable[..., Proof] | None = None
    evidence: Callable[..., list[Evidence]] | None = None
    refutation: Callable[[], Refutation] | None = None
    mutants: Sequence[Mutant] = ()
    slow: bool = False
    reason: str = ""
    counterpart: str = ""
    enclosed: bool = False

    def __post_init__(self) -> None:
        """Refuse records that could not be checked."""
        for name in ("id", "title", "paper", "locator", "reason", "counterpart"):
            word: object = getattr(self, name)
            if not isinstance(word, str):
                raise BadClaim(f"the {name} of a claim is a {type(word).__name__}; text is needed")
        if not is_id(self.id):
            raise BadClaim(f"the id {self.id[:60]!r} is not allowed; {IDS}")
        for value, allowed, what in (
            (self.kind, KINDS, "kind"),
            (self.expected, VERDICTS, "expected verdict"),
            (self.relation, RELATIONS, "relation"),
        ):
            if value not in allowed:
                raise BadClaim(f"{self.id}: the {what} {str(value)[:60]!r} is not one of {', '.join(allowed)}")
        for m in self.mutants:
            if m.kind not in MUTANT_KINDS:
                raise BadClaim(f"{self.id}: the mutant kind {m.kind!r} is not one of {', '.join(MUTANT_KINDS)}")
            if m.weaken and self.proof is None:
                raise BadClaim(f"{self.id}: the mutant {m.id} weakens hypotheses, but there is no derivation")
        if not (self.proof or self.evidence or self.refutation):
            raise BadClaim(f"{self.id}: a claim needs a derivation, evidence or a refutation")
        if self.expected in ("undecided", "not run") and not self.reason:
            raise BadClaim(f"{self.id}: the expected verdict {self.expected!r} needs a reason")
        if not self.mutants and not self.refutation:
            raise BadClaim(f"{self.id}: a claim needs at least one mutant that its check rejects")
