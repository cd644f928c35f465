"""Sequents, the steps that lead from some to another, and the refusal of a step.

A sequent is a set of hypotheses and a conclusion; its free variables and symbols stand for anything of their kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .parsing import Signature
from .terms import KernelError, Term, free_vars


class Rejected(KernelError):
    """The rule does not allow the step; the message is the mathematical reason."""


@dataclass(frozen=True)
class Sequent:
    """Hypotheses, conclusion, and what the proof so far was given (axioms) or told (oracles, other claims)."""

    hyps: frozenset[Term]
    concl: Term
    axioms: frozenset[str] = frozenset()
    oracles: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()


@dataclass
class Step:
    """What a rule sees: the goal, the premises in the order listed, the parameters, and how to read text."""

    goal: Term
    premises: list[Sequent]
    params: Mapping[str, Any]
    signature: Signature
    labels: list[str] = field(default_factory=list)
    oracles: set[str] = field(default_factory=set)
    conditions: list[Term] = field(default_factory=list)

    def facts(self) -> list[Term]:
        """Return the conclusions of the premises."""
        return [p.concl for p in self.premises]

    def hyps(self) -> frozenset[Term]:
        """Return the hypotheses of all premises together."""
        return frozenset().union(*(p.hyps for p in self.premises))

    def by_label(self) -> dict[str, Term]:
        """Return the conclusions of the premises by the names under which the step uses them."""
        return {k: p.concl for k, p in zip(self.labels, self.premises, strict=True)}

    def term(self, name: str) -> Term:
        """Return a parameter that is a number."""
        return self.signature.parse_term(self.params[name])


def require(condition: bool, reason: str) -> None:
    if not condition:
        raise Rejected(reason)


def premises(step: Step, count: int) -> list[Sequent]:
    """Return the premises; one more than the rule has would be a step that nothing consumes."""
    require(len(step.premises) == count, f"the rule has {count} premises, not {len(step.premises)}")
    return step.premises


def not_free(v: Term, hyps: frozenset[Term]) -> None:
    require(all(v not in free_vars(h) for h in hyps), f"{v[1]} is not arbitrary: a hypothesis speaks of it")
