"""What has to follow from what in each step of a derivation, read from the recorded text alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...analysis.kernel.axioms import AXIOMS
from ...analysis.kernel.derivation import axiom_sequent, closed
from ...analysis.kernel.parsing import Signature
from ...analysis.kernel.terms import Term, free_vars, mul, num, rebuild, split, sub, substitute
from ...analysis.proof import Proof
from ..claim import Claim

#: Rules whose steps say that something follows from other statements in real arithmetic.
FOLLOWS = ("arithmetic", "sign", "apply")
#: Rules that show a difference to be 0, or a sum of products to be one.
BALANCED = ("identity", "certificate")
#: Steps about single numbers, evaluated by another program.
NUMBERS = ("enclosure",)
#: What an assumption needs: nothing.
GIVEN = ("assume",)


@dataclass(frozen=True)
class Obligation:
    """One step: what it uses and what it states, and for certificates the products that make up the difference.

    facts: propositions; goal: proposition; balance: a difference that has to be 0, or None; signs: propositions about
    the parts of the balance that have to follow too.
    """

    step: str
    rule: str
    facts: tuple[Term, ...]
    goal: Term
    balance: Term | None = None
    signs: tuple[Term, ...] = ()


def obligations(proof: Proof, claims: Mapping[str, Claim]) -> list[Obligation]:
    """Return the steps of a derivation as obligations, in order."""
    signature = proof.statement.signature()
    table: dict[str, Term] = {name: signature.parse_prop(text) for name, text in proof.statement.hyps.items()}
    found = []
    for raw in proof.steps:
        goal = signature.parse_prop(raw["goal"])
        found.append(_obligation(raw, goal, signature, table, claims))
        table[str(raw["id"])] = goal
    return found


def _obligation(
    raw: Mapping[str, Any], goal: Term, signature: Signature, table: Mapping[str, Term], claims: Mapping[str, Claim]
) -> Obligation:
    step, rule, uses = str(raw["id"]), str(raw["rule"]), [str(u) for u in raw.get("uses", ())]
    if rule == "apply":
        first = _instance(raw, uses[0], goal, signature, table, claims)
        return Obligation(step, rule, (first, *(table[u] for u in uses[1:])), goal)
    facts = {u: table[u] for u in uses if u in table}
    if rule == "identity":
        balance = _less_multiples(raw, sub(goal[1], goal[2]), signature, facts)
        return Obligation(step, rule, tuple(facts.values()), goal, balance)
    if rule == "certificate":
        return _certificate(raw, step, goal, signature, facts)
    return Obligation(step, rule, tuple(facts.values()), goal)


def _less_multiples(raw: Mapping[str, Any], t: Term, signature: Signature, facts: Mapping[str, Term]) -> Term:
    for label, multiplier in raw.get("combine", {}).items():
        equation = facts[label]
        t = sub(t, mul(signature.parse_term(multiplier), sub(equation[1], equation[2])))
    used = raw.get("combine", {})
    known = {
        f[1]: f[2] for label, f in facts.items() if f[0] == "eq" and label not in used and f[1][0] in ("fn", "var")
    }
    return _replaced(t, known)


def _replaced(t: Term, known: Mapping[Term, Term]) -> Term:
    """Return `t` with the left sides of equations replaced, once, outside of binders."""
    if t in known:
        return known[t]
    outside, inside = split(t)
    return rebuild(t, tuple(_replaced(s, known) for s in outside), inside) if outside else t


def _certificate(
    raw: Mapping[str, Any], step: str, goal: Term, signature: Signature, facts: Mapping[str, Term]
) -> Obligation:
    times = signature.parse_term(raw["times"]) if "times" in raw else num(1)
    signs: list[Term] = [("lt", num(0), times)]
    products, strict = [], []
    for written in raw["terms"]:
        factors = []
        for item in written:
            if item.startswith("sq:"):
                factors.append(("pow", signature.parse_term(item[3:]), num(2)))
            elif item.startswith("c:"):
                factors.append(signature.parse_term(item[2:]))
            else:
                fact = facts[item]
                factors.append(sub(fact[2], fact[1]))
        signs += [("le", num(0), f) for f in factors if f[0] != "pow"]
        products.append(mul(num(1), *factors))
        strict.append(("and", *(("lt", num(0), f) for f in factors), ("true",)))
    if goal[0] == "lt":
        signs.append(("or", *strict, ("false",)))
    whole = mul(times, sub(goal[2], goal[1]))
    for p in products:
        whole = sub(whole, p)
    return Obligation(
        step, "certificate", tuple(facts.values()), goal, _less_multiples(raw, whole, signature, facts), tuple(signs)
    )


def _instance(
    raw: Mapping[str, Any], name: str, goal: Term, signature: Signature, table: Mapping[str, Term],
    claims: Mapping[str, Claim],
) -> Term:  # fmt: skip
    """Return the first premise with the written values put into it, its leading quantifiers removed."""
    if name.startswith("axiom:"):
        whole = axiom_sequent(AXIOMS[name[6:]])[0].concl
    elif name.startswith("claim:"):
        proof = claims[name[6:]].proof
        assert proof is not None
        whole = closed(proof().statement)
    else:
        whole = table[name]
    kinds = {v[1]: v for v in free_vars(whole)}
    values = {
        kinds.get(v, ("var", v, signature.kinds.get(v, "R"))): signature.parse_term(text)
        for v, text in raw.get("put", {}).items()
    }
    functions = {}
    for head, text in raw.get("symbols", {}).items():
        call = signature.parse_node_text(head)
        functions[call[1]] = (call[2:], signature.parse_term(text))
    p = substitute(whole, values, functions)
    at = {v: signature.parse_term(text) for v, text in raw.get("at", {}).items()}
    return _opened(p, at)


def _opened(p: Term, at: Mapping[str, Term]) -> Term:
    if p[0] == "all" and p[1][1] in at:
        return _opened(substitute(p[2], {p[1]: at[p[1][1]]}), at)
    if p[0] == "imp":
        return ("imp", p[1], _opened(p[2], at))
    return p
