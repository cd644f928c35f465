"""A statement with its derivation, as plain data; one function builds both, so that mutants can be built too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .kernel.derivation import Statement


@dataclass(frozen=True)
class Proof:
    """A statement and the steps that derive it.

    Arguments:
        statement: what is claimed, as texts the kernel parses.
        steps: one mapping a step: id, rule, goal, uses, the rule's parameters, and prose for the reader.
    """

    statement: Statement
    steps: Sequence[Mapping[str, Any]]


def step(id: str, rule: str, goal: str, *uses: str, prose: str = "", **params: Any) -> dict[str, Any]:
    """Return one step of a derivation.

    Arguments:
        id: the name by which later steps use this one.
        rule: a rule of the kernel, or "assume".
        goal: the proposition that the step proves.
        uses: names of hypotheses and earlier steps, or "axiom:NAME" or "claim:ID" as the first use of "apply".
        prose: why, in a sentence for the reader.
        params: the rule's own parameters.

    Example:
        >>> step("square", "identity", "(a + b)**2 == a**2 + 2*a*b + b**2", prose="Expand.")["rule"]
        'identity'
    """
    return {"id": id, "rule": rule, "goal": goal, "uses": list(uses), "prose": prose, **params}
