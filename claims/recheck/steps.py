"""What the reading of one step sees and what it says: statements that stand, questions to ask, assumptions that stay.

A statement stands under assumptions: hypotheses, and what `assume` steps bring in.  They are counted here anew, since
whether a variable is arbitrary rests on them.  Of two assumptions it is only known that they are the same where their
shapes show it, so that one may be kept that the kernel has discharged, but none is lost that it keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...analysis.kernel.parsing import Signature
from ...analysis.kernel.terms import Term, free_vars
from .shapes import shape


class Unread(Exception):
    """The step is not of a form that the reading knows; the message says why."""


@dataclass(frozen=True)
class Known:
    """A statement that stands, and the assumptions that it rests on."""

    states: Term
    rests: frozenset[Term]


@dataclass(frozen=True)
class Question:
    """Something that has to follow from facts; `counts` if numbers against it are numbers against the step."""

    name: str
    facts: tuple[Term, ...]
    goal: Term
    counts: bool = False


@dataclass(frozen=True)
class Step:
    """A recorded step: its texts, its goal, what it uses in the order listed, and how its texts are read."""

    raw: Mapping[str, Any]
    goal: Term
    premises: Sequence[Known]
    labels: Sequence[str]
    signature: Signature

    def facts(self) -> tuple[Term, ...]:
        """Return what the premises state."""
        return tuple(p.states for p in self.premises)

    def named(self) -> dict[str, Term]:
        """Return what the premises state by the names under which the step uses them."""
        return dict(zip(self.labels, self.facts(), strict=True))

    def rests(self) -> frozenset[Term]:
        """Return the assumptions of all premises together."""
        return frozenset().union(*(p.rests for p in self.premises))

    def term(self, name: str) -> Term:
        """Return a number that the step's texts give under this name."""
        if name not in self.raw:
            raise Unread(f"the step does not say what {name} is")
        return self.signature.parse_term(str(self.raw[name]))


@dataclass(frozen=True)
class Reading:
    """What has to be asked about a step, and what its statement rests on.

    questions: what has to follow; balance: a difference that has to be 0 under the facts; lemma: what Coq has to prove;
    doubt: why the step cannot be agreed with, or "".
    """

    rests: frozenset[Term]
    questions: tuple[Question, ...] = ()
    facts: tuple[Term, ...] = ()
    balance: Term | None = None
    lemma: str | None = None
    doubt: str = ""


def conjuncts(p: Term) -> list[Term]:
    """Return a proposition and, of a conjunction, its parts, however deep."""
    return [p, *(r for q in p[1:] for r in conjuncts(q))] if p[0] == "and" else [p]


def without(rests: frozenset[Term], given: Iterable[Term]) -> frozenset[Term]:
    """Return the assumptions other than the given ones and their conjuncts."""
    gone = {shape(q) for p in given for q in conjuncts(p)}
    return frozenset(h for h in rests if shape(h) not in gone)


def arbitrary(v: Term, rests: Iterable[Term]) -> None:
    """Raise where an assumption, or another term, speaks of a variable that has to be arbitrary."""
    if any(v in free_vars(h) for h in rests):
        raise Unread(f"{v[1]} is not known to be arbitrary")


def demand(condition: bool, reason: str) -> None:
    """Raise where the step is not of the form that is read."""
    if not condition:
        raise Unread(reason)


def same(name: str, *pairs: tuple[Term, Term]) -> Question:
    """Return the question whether terms are equal in pairs, whatever is known."""
    return Question(name, (), ("and", *(("eq", a, b) for a, b in pairs), ("true",)))


def both_ways(name: str, p: Term, q: Term, counts: bool = False) -> tuple[Question, Question]:
    """Return the questions whether two propositions say the same; the first is whether `p` implies `q`."""
    return Question(name, (p,), q, counts), Question(f"{name}-back", (q,), p)


def whole(t: Term) -> bool:
    """Return whether the shape of a term shows an integer.

    >>> n, x, half = ("var", "n", "N"), ("var", "x", "R"), Signature().parse("1/2")
    >>> whole(("add", n, ("mul", n, n))), whole(("mul", half, n)), whole(x)
    (True, False, False)
    """
    if t[0] == "pow":
        return whole(t[1]) and natural(t[2])
    if t[0] in ("add", "mul"):
        return all(whole(s) for s in t[1:])
    return bool(t[0] == "num" and t[1].denominator == 1) or bool(t[0] == "var" and t[2] in ("Z", "N"))


def natural(t: Term) -> bool:
    """Return whether the shape of a term shows an integer >= 0."""
    if t[0] in ("add", "mul", "pow"):
        return all(natural(s) for s in t[1:])
    return bool(t[0] == "num" and t[1].denominator == 1 and t[1] >= 0) or bool(t[0] == "var" and t[2] == "N")
