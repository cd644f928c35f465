"""A statement with its derivation, as plain data; one function builds both, so that mutants can be built too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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

    def weakened(self, hypotheses: Mapping[str, str]) -> Proof:
        """Return the same derivation of the statement with some hypotheses replaced by weaker ones.

        Arguments:
            hypotheses: by name, the propositions that take the place of the stated ones.

        Returns:
            The proof; its steps are the same, so that one that needs the hypothesis fails.

        Raises:
            KeyError: for a name that no hypothesis has.

        Example:
            >>> proof = Proof(Statement("0 < a**2", {"a": "a != 0"}), [step("goal", "sign", "0 < a**2", "a")])
            >>> proof.weakened({"a": "a == a"}).statement.hyps
            {'a': 'a == a'}
        """
        unknown = [name for name in hypotheses if name not in self.statement.hyps]
        if unknown:
            raise KeyError(f"no hypothesis is called {unknown[0]!r}; there are {', '.join(self.statement.hyps)}")
        return Proof(replace(self.statement, hyps={**self.statement.hyps, **hypotheses}), self.steps)


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
