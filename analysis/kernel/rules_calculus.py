"""Rules of calculus: derivatives, continuity, limits and the fundamental theorem."""

from __future__ import annotations

from . import calculus
from .normal import Normalizer
from .printing import show
from .rules_arithmetic import combined, rewriting
from .sequents import Rejected, Step, not_free, require
from .supply import closed_range, drop, integrable, same, same_number, supplied
from .terms import OO, Term, free_vars, num, sub, substitute


def _fixed(step: Step) -> frozenset[Term]:
    """Return the variables of which the premises hold for one value only, since their hypotheses speak of it."""
    return frozenset().union(*(free_vars(h) for h in step.hyps()))


def derivative(step: Step) -> frozenset[Term]:
    """HasDeriv(x, F, f) from the table, its conditions supplied by the premises; combine as in identity."""
    goal = step.goal
    require(goal[0] == "HasDeriv", "the rule proves HasDeriv(x, F, f)")
    v, point, inner, stated = goal[1:]
    require(point[0] == "var", "a derivative is taken at a variable point")
    require(v == point or point not in free_vars(inner) | free_vars(stated), "the point occurs in the function")
    inner, stated = substitute(inner, {v: point}), substitute(stated, {v: point})
    facts = step.facts()
    found, conditions = calculus.derivative(inner, point, facts, _fixed(step))
    for c in conditions:
        require(supplied(c, facts), f"not supplied: {show(c)}")
    step.conditions.extend(conditions)
    n, _ = rewriting(step).frac(combined(step, sub(found, stated)))
    if n != 0:
        raise Rejected(f"the derivative is {show(Normalizer(facts).canonical(found))[:400]}")
    return step.hyps()


def continuous(step: Step) -> frozenset[Term]:
    """Cont(x, a, b, F) from the table, its conditions supplied by premises that hold for a <= x <= b."""
    goal = step.goal
    require(goal[0] == "Cont", "the rule proves Cont(x, a, b, F)")
    v, a, b, inner = goal[1:]
    require(v not in free_vars(a) | free_vars(b), "the variable occurs in the ends of its interval")
    facts = [p for p in step.facts() if p[0] != "Cont" or (same_number(p[2], a) and same_number(p[3], b))]
    conditions = calculus.continuity(inner, v, facts, _fixed(step))
    for c in conditions:
        require(supplied(c, facts), f"not supplied: {show(c)}")
    step.conditions.extend(conditions)
    hyps = drop(step.hyps(), closed_range(v, a, b))
    not_free(v, hyps)
    return hyps


def limit(step: Step) -> frozenset[Term]:
    """Lim(x, F, L): the limit of F as x -> +infinity, from a table."""
    goal = step.goal
    require(goal[0] == "Lim", "the rule proves Lim(x, F, L)")
    not_free(goal[1], step.hyps())
    found = calculus.limit(goal[2], goal[1], step.facts())
    n, _ = Normalizer(step.facts()).frac(sub(found, goal[3]))
    if n != 0:
        raise Rejected(f"the limit is {show(Normalizer(step.facts()).canonical(found))[:300]}")
    return step.hyps()


def fundamental_theorem(step: Step) -> frozenset[Term]:
    """Int(x, a, b, f) == F(b) - F(a) from HasDeriv on (a, b), continuity of F and f on [a, b], and a <= b.

    With b = oo: from HasDeriv for every x >= a, the limit of F, and one sign of f there or its integrability.
    Parameter: F.  The goal may also be the integrability of such an f.
    """
    goal = step.goal
    integral = goal[1] if goal[0] == "eq" else ("int", *goal[1:])
    require(goal[0] in ("eq", "Integrable"), "the rule proves the value or the convergence of an integral")
    v, a, b, f = integral[1:]
    require(v not in free_vars(a) | free_vars(b), "the variable occurs in the ends of its interval")
    primitive = step.term("F")
    derivatives = [p for p in step.premises if p.concl[0] == "HasDeriv"]
    require(len(derivatives) == 1, "one premise is the derivative of the antiderivative")
    rule = derivatives[0]
    require(same(rule.concl, ("HasDeriv", v, v, primitive, f)), "the premise is not the derivative that is needed")
    others = [p for p in step.premises if p is not rule]
    facts = [p.concl for p in others]
    if b == OO:
        require(a != ("-oo",), "the lower end is not a number")
        local: list[Term] = [("le", a, v)]
        limits = [p[3] for p in facts if p[0] == "Lim" and same(p, ("Lim", v, primitive, p[3]))]
        require(len(limits) == 1, "one premise is the limit of the antiderivative")
        signs = [("le", num(0), f), ("lt", num(0), f), ("le", f, num(0)), ("lt", f, num(0))]
        signed = [p for p in others if any(same(p.concl, q) for q in signs)]
        known = bool(signed) or integrable(integral, facts)
        require(known, "one premise is the sign of the integrand, or its integrability")
        top = limits[0]
    else:
        local, signed = [("lt", a, v), ("lt", v, b), ("le", a, v), ("le", v, b)], []
        require(supplied(("le", a, b), facts), "the ends of the integral are not in order")
        require(supplied(("Cont", v, a, b, primitive), facts), "the antiderivative is not known to be continuous")
        require(integrable(integral, facts), "the integrand is not known to be continuous")
        top = substitute(primitive, {v: b})
    hyps = drop(rule.hyps, local)
    not_free(v, hyps)
    rest: frozenset[Term] = frozenset()
    for p in others:  # what is assumed of v in (a, b) may be dropped only where it is said of every such v
        rest |= drop(p.hyps, local) if p in signed else p.hyps
    not_free(v, rest)
    if goal[0] == "eq":
        normal = Normalizer(p for p in facts if v not in free_vars(p))  # the others hold on the interval only
        n, _ = normal.frac(sub(sub(top, substitute(primitive, {v: a})), goal[2]))
        if n != 0:
            raise Rejected(f"the integral is {show(normal.canonical(sub(top, substitute(primitive, {v: a}))))[:300]}")
    return hyps | rest
