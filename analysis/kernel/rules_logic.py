"""Rules of logic: hypotheses discharged, statements generalised and applied, induction, and existence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .printing import show
from .sequents import Rejected, Step, not_free, premises, require
from .supply import drop, same, supplied
from .terms import FUNCTIONS, Term, check, free_vars, integer_term, natural_term, num, substitute, subterms, symbols


def discharge(step: Step) -> frozenset[Term]:
    """From H, P |- Q conclude H |- Imp(P, Q)."""
    (premise,) = premises(step, 1)
    hyps, goal = premise.hyps, step.goal
    local: list[Term] = []
    while not same(goal, premise.concl):
        require(goal[0] == "imp", "the premise's conclusion is not at the end of the implication")
        local.extend((goal[1], *(goal[1][1:] if goal[1][0] == "and" else ())))
        goal = goal[2]
    return drop(hyps, local)


def generalize(step: Step) -> frozenset[Term]:
    """From H |- P, where H does not speak of v, conclude H |- All(v, P)."""
    (premise,) = premises(step, 1)
    goal, bound = step.goal, []
    while goal[0] == "all" and not same(goal, premise.concl):
        bound.append(goal[1])
        goal = goal[2]
    require(same(goal, premise.concl), "the premise is not the body of the quantified statement")
    for v in bound:
        not_free(v, premise.hyps)
    return premise.hyps


def apply(step: Step) -> frozenset[Term]:
    """Instantiate the first premise (parameters: put for free variables, at for All, symbols for functions) and cut.

    Its antecedents and hypotheses that further premises state disappear; other hypotheses stay.
    """
    first, *others = step.premises
    facts = [p.concl for p in others]
    variables, functions = _instantiation(step, facts)
    concl = substitute(first.concl, variables, functions)
    hyps = frozenset(substitute(h, variables, functions) for h in first.hyps)
    for p in (concl, *hyps):
        check(p)
    at = {name: step.signature.parse_term(text) for name, text in step.params.get("at", {}).items()}
    while not same(concl, step.goal):
        if concl[0] == "all":
            check_kind(concl[1], at[concl[1][1]], facts)
            concl = substitute(concl[2], {concl[1]: at[concl[1][1]]})
        elif concl[0] == "imp":
            require(supplied(concl[1], facts), f"not supplied: {show(concl[1])}")
            concl = concl[2]
        elif concl[0] == "and" and any(same(c, step.goal) for c in concl[1:]):
            concl = step.goal
        else:
            raise Rejected(f"the instance reads {show(concl)[:400]}")
    kept = frozenset(h for h in hyps if not supplied(h, facts))
    return kept.union(*(p.hyps for p in others))


def _instantiation(step: Step, facts: list[Term]) -> tuple[dict[Term, Term], dict[str, Any]]:
    variables: dict[Term, Term] = {}
    own: Mapping[str, str] = step.params.get("kinds", {})
    for name, text in step.params.get("put", {}).items():
        v = ("var", name, own.get(name, step.signature.kinds.get(name, "R")))
        variables[v] = step.signature.parse_term(text)
        check_kind(v, variables[v], facts)
    functions: dict[str, Any] = {}
    for head, text in step.params.get("symbols", {}).items():
        call = step.signature.parse_node_text(head)  # the axiom's own symbol, whatever it abbreviates here
        schema = call[0] == "fn" and call[1] not in FUNCTIONS and all(a[0] == "var" for a in call[2:])
        require(schema and len(set(call[2:])) == len(call[2:]), f"{head} is not a symbol with variables")
        functions[call[1]] = (call[2:], step.signature.parse_term(text))
    return variables, functions


def check_kind(v: Term, t: Term, facts: list[Term]) -> None:
    if v[2] == "Z":
        require(integer_term(t), f"{v[1]} stands for integers, not for {show(t)}")
    if v[2] == "N":
        whole = natural_term(t) or (integer_term(t) and supplied(("le", num(0), t), facts))
        require(whole, f"{v[1]} stands for integers >= 0, not for {show(t)}")


def introduce(step: Step) -> frozenset[Term]:
    """From an axiom "there are p, q, ... with C" and C, H |- Q, where neither H nor Q speaks of p, q, ..., conclude Q.

    The first premise is the axiom (parameters: put and symbols, as in apply; what exists keeps its name), the second
    the sequent whose hypotheses C (or its conjuncts) disappear, the others supply the axiom's hypotheses.
    """
    first, use, *others = step.premises
    facts = [p.concl for p in others]
    names = set(step.params["exists"])
    variables, functions = _instantiation(step, facts)
    put = [*variables.values(), *(body for _, body in functions.values())]
    require(not any(_speaks(t, names) for t in put), "what exists occurs in what the axiom is applied to")
    require(not names & ({v[1] for v in variables} | set(functions)), "what exists cannot be chosen")
    concl = substitute(first.concl, variables, functions)
    while concl[0] == "imp":
        require(not _speaks(concl[1], names), "what exists occurs in a hypothesis of the axiom")
        require(supplied(concl[1], facts), f"not supplied: {show(concl[1])}")
        concl = concl[2]
    given = list(concl[1:]) if concl[0] == "and" else [concl]
    hyps = drop(use.hyps, given)
    require(not any(_speaks(h, names) for h in hyps | {step.goal}), "what exists occurs outside of what is told of it")
    require(same(step.goal, use.concl), "the goal is not what the second premise proves")
    return hyps.union(*(p.hyps for p in others))


def _speaks(t: Term, names: set[str]) -> bool:
    """Return whether a free variable or a symbol of one of these names occurs in t."""
    random = {name for s in subterms(t) if s[0] in ("E", "L2") for name in s[1]}
    return bool(names & ({v[1] for v in free_vars(t)} | symbols(t) | random))


def induction(step: Step) -> frozenset[Term]:
    """From P[base] and P[k], base <= k |- P[k+1] conclude base <= k |- P[k] (parameters: on, base)."""
    first, second = premises(step, 2)
    k, base = step.signature.variable(step.params["on"]), step.term("base")
    whole = {"Z": integer_term(base), "N": natural_term(base), "R": False}
    require(whole[k[2]], "induction runs over integers of the index's kind")
    require(k not in free_vars(base), "the base moves with the index")
    require(same(first.concl, substitute(step.goal, {k: base})), "the first premise is not the base case")
    following = substitute(step.goal, {k: ("add", k, num(1))})
    require(same(second.concl, following), "the second premise is not the step from k to k + 1")
    hyps = drop(second.hyps, [step.goal, ("le", base, k)])
    not_free(k, hyps)
    start: frozenset[Term] = frozenset()
    if not (k[2] == "N" and base == num(0)):
        start = frozenset({("le", base, k)})
    return hyps | first.hyps | start


def witness(step: Step) -> frozenset[Term]:
    """From P[t] conclude Ex(v, P) (parameter: value)."""
    (premise,) = premises(step, 1)
    require(step.goal[0] == "ex", "an instance shows an existence")
    t = step.term("value")
    check_kind(step.goal[1], t, [])
    instance = substitute(step.goal[2], {step.goal[1]: t})
    require(same(instance, premise.concl), "the premise is not the instance")
    return premise.hyps


def obtain(step: Step) -> frozenset[Term]:
    """From Ex(v, P) and P, H |- Q, where neither H nor Q speaks of v, conclude Q."""
    some, use = premises(step, 2)
    require(some.concl[0] == "ex", "the first premise is an existence")
    v = some.concl[1]
    hyps = drop(use.hyps, [some.concl[2]])
    not_free(v, hyps | {step.goal})
    require(same(step.goal, use.concl), "the goal is not what the second premise proves")
    return hyps | some.hyps
