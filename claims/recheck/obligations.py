"""What has to follow from what in each step of a derivation, read from the recorded text alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...analysis.kernel.axioms import AXIOMS
from ...analysis.kernel.derivation import axiom_sequent, closed
from ...analysis.kernel.terms import FUNCTIONS, Term, free_vars, mul, num, sub, substitute
from ...analysis.proof import Proof
from ..claim import Claim
from . import binders, calculus, logic
from .equations import less_multiples
from .shapes import shape
from .steps import Known, Question, Reading, Step, Unread, demand, natural, whole, without

#: Rules whose steps say that something follows from other statements in real arithmetic.
FOLLOWS = ("arithmetic", "sign", "apply")
#: Rules that show a difference to be 0, or a sum of products to be one.
BALANCED = ("identity", "certificate")
#: Steps about single numbers, evaluated by another program.
NUMBERS = ("enclosure",)
#: What an assumption needs: nothing.
GIVEN = ("assume",)

_READERS: dict[str, Callable[[Step], Reading]] = {
    "discharge": logic.discharge, "generalize": logic.generalize, "witness": logic.witness, "obtain": logic.obtain,
    "induction": logic.induction, "congruence": binders.congruence, "monotone": binders.monotone,
    "sums": binders.sums, "linear": binders.linear, "derivative": calculus.derivative,
    "continuous": calculus.continuous, "limit": calculus.limit,
    "fundamental-theorem": calculus.fundamental_theorem,
}  # fmt: skip
#: Rules whose steps are taken apart into questions that all have to be answered.
APART = (*_READERS, "introduce")


@dataclass(frozen=True)
class Obligation:
    """One step: what it uses and what it states, and the parts into which that is taken.

    facts: propositions; goal: proposition; balance: a difference that has to be 0 under the facts, or None; signs:
    propositions about the parts of the balance that have to follow too; questions: what has to follow besides; lemma:
    what Coq has to prove besides; doubt: why the step cannot be agreed with whatever the answers are, or "".
    """

    step: str
    rule: str
    facts: tuple[Term, ...]
    goal: Term
    balance: Term | None = None
    signs: tuple[Term, ...] = ()
    questions: tuple[Question, ...] = ()
    lemma: str | None = None
    doubt: str = ""


def obligations(proof: Proof, claims: Mapping[str, Claim]) -> list[Obligation]:
    """Return the steps of a derivation as obligations, in order."""
    signature = proof.statement.signature()
    table: dict[str, Known] = {}
    for name, text in proof.statement.hyps.items():
        h = signature.parse_prop(text)
        table[name] = Known(h, frozenset({h}))
    hypotheses = {shape(known.states) for known in table.values()}
    found, rests = [], frozenset[Term]()
    for raw in proof.steps:
        goal, uses = signature.parse_prop(raw["goal"]), [str(u) for u in raw.get("uses", ())]
        labels = [u for u in uses if u in table]
        step = Step(raw, goal, [table[u] for u in labels], labels, signature)
        obligation, rests = _obligation(step, str(raw["rule"]), claims)
        if obligation.step in table:
            obligation = replace(obligation, doubt="something else has the name of this step")
        found.append(obligation)
        table[obligation.step] = Known(goal, rests)
    if found and shape(found[-1].goal) != shape(signature.parse_prop(proof.statement.goal)):
        found[-1] = replace(found[-1], doubt="the last step does not state the goal")
    if found and any(shape(h) not in hypotheses for h in rests):
        found[-1] = replace(found[-1], doubt="the last step rests on an assumption that is no hypothesis")
    return found


def _obligation(step: Step, rule: str, claims: Mapping[str, Claim]) -> tuple[Obligation, frozenset[Term]]:
    name, goal = str(step.raw["id"]), step.goal
    if rule in GIVEN:
        return Obligation(name, rule, (), goal), frozenset({goal})
    if rule in NUMBERS:
        return Obligation(name, rule, (), goal), frozenset()
    try:
        if rule == "apply":
            return _applied(step, name, claims)
        if rule in APART:
            instance = _instance(step, _first(step, claims)) if rule == "introduce" else None
            reading = logic.introduce(step, instance) if instance is not None else _READERS[rule](step)
            return Obligation(
                name, rule, reading.facts, goal, reading.balance, (), reading.questions, reading.lemma, reading.doubt
            ), reading.rests
    except Unread as err:
        return Obligation(name, rule, step.facts(), goal, doubt=str(err)), step.rests()
    if rule == "identity":
        balance = less_multiples(step, sub(goal[1], goal[2]))
        return Obligation(name, rule, step.facts(), goal, balance), step.rests()
    if rule == "certificate":
        return _certificate(step, name), step.rests()
    return Obligation(name, rule, step.facts(), goal), step.rests()


def _certificate(step: Step, name: str) -> Obligation:
    goal, signature, facts = step.goal, step.signature, step.named()
    times = step.term("times") if "times" in step.raw else num(1)
    signs: list[Term] = [("lt", num(0), times)]
    products, strict = [], []
    for written in step.raw["terms"]:
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
    total = mul(times, sub(goal[2], goal[1]))
    for p in products:
        total = sub(total, p)
    return Obligation(name, "certificate", step.facts(), goal, less_multiples(step, total), tuple(signs))


# --- instances of statements, claims and axioms


def _first(step: Step, claims: Mapping[str, Claim]) -> Known:
    """Return what the first use states: an axiom, a claim, or an earlier statement."""
    name = str(step.raw["uses"][0])
    if name.startswith("axiom:"):
        axiom = AXIOMS[name[6:]]
        demand(
            bool(axiom.exists) == (step.raw["rule"] == "introduce"), "the axiom is used in another way than it states"
        )
        return Known(axiom_sequent(axiom)[0].concl, frozenset())
    if name.startswith("claim:"):
        proof = claims[name[6:]].proof
        assert proof is not None
        return Known(closed(proof().statement), frozenset())
    return step.premises[0]


def _applied(step: Step, name: str, claims: Mapping[str, Claim]) -> tuple[Obligation, frozenset[Term]]:
    first = _first(step, claims)
    others = step.premises[1:] if step.premises and first is step.premises[0] else step.premises
    instance = _instance(step, first)
    facts = tuple(p.states for p in others)
    given = frozenset(_put(step, first.states, h) for h in first.rests)
    rests = without(given, facts).union(*(p.rests for p in others))
    questions = []
    doubt = ""
    for v, t in (*_values(step, first.states), *_opening(step, first)):
        if v[2] != "R" and not whole(t):
            doubt = f"{v[1]} stands for integers, and what is put for it is not seen to be one"
        if v[2] == "N" and not natural(t):
            questions.append(Question(f"index-{v[1]}", facts, ("le", num(0), t)))
    return Obligation(name, "apply", (instance, *facts), step.goal, None, (), tuple(questions), None, doubt), rests


def _values(step: Step, p: Term) -> list[tuple[Term, Term]]:
    """Return the values that a step puts for the free variables of a statement."""
    free = {v[1]: v for v in free_vars(p)}
    values = []
    for name, text in step.raw.get("put", {}).items():
        kind = step.signature.kinds.get(name, "R")
        values.append((free.get(name, ("var", name, kind)), step.signature.parse_term(text)))
    return values


def _put(step: Step, p: Term, q: Term) -> Term:
    """Return `q` with the values put into it that the step writes down for the names in `p`."""
    functions: dict[str, Any] = {}
    for head, text in step.raw.get("symbols", {}).items():
        call = step.signature.parse_node_text(head)
        own = call[0] == "fn" and call[1] not in FUNCTIONS and all(a[0] == "var" for a in call[2:])
        demand(own and len(set(call[2:])) == len(call[2:]), f"{head} is no symbol with variables")
        functions[call[1]] = (call[2:], step.signature.parse_term(text))
    return substitute(q, dict(_values(step, p)), functions)


def _instance(step: Step, first: Known) -> Term:
    """Return the first premise with the written values put into it, its leading quantifiers removed."""
    at = {v: step.signature.parse_term(text) for v, text in step.raw.get("at", {}).items()}
    return _opened(_put(step, first.states, first.states), at)


def _opened(p: Term, at: Mapping[str, Term]) -> Term:
    if p[0] == "all" and p[1][1] in at:
        return _opened(substitute(p[2], {p[1]: at[p[1][1]]}), at)
    if p[0] == "imp":
        return ("imp", p[1], _opened(p[2], at))
    return p


def _opening(step: Step, first: Known) -> list[tuple[Term, Term]]:
    """Return the quantified variables that are opened, each with the value that it gets."""
    p, pairs = _put(step, first.states, first.states), []
    while p[0] in ("all", "imp"):
        if p[0] == "all" and p[1][1] in step.raw.get("at", {}):
            pairs.append((p[1], step.signature.parse_term(step.raw["at"][p[1][1]])))
        p = p[2]
    return pairs
