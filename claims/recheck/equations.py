"""Equations among the facts of a step: those whose multiples the step subtracts, those by which it replaces."""

from __future__ import annotations

from collections.abc import Mapping

from ...analysis.kernel.terms import Term, mul, rebuild, split, sub
from .steps import Step


def less_multiples(step: Step, difference: Term) -> Term:
    """Return a difference less the written multiples of equations, and with others put into it."""
    facts, multiples = step.named(), step.raw.get("combine", {})
    for label, multiplier in multiples.items():
        equation = facts[label]
        factor = step.signature.parse_term(multiplier)
        difference = sub(difference, mul(factor, sub(equation[1], equation[2])))
    known = {
        f[1]: f[2] for label, f in facts.items() if f[0] == "eq" and label not in multiples and f[1][0] in ("fn", "var")
    }
    return rewritten(difference, known)


def rewritten(t: Term, known: Mapping[Term, Term]) -> Term:
    """Return `t` with terms replaced, once, outside of binders."""
    if t in known:
        return known[t]
    outside, inside = split(t)
    return rebuild(t, tuple(rewritten(s, known) for s in outside), inside) if outside else t
