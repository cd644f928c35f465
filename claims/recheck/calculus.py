"""Steps of calculus, read anew: derivatives, continuity, limits, and the fundamental theorem."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ...analysis.kernel.terms import MINUS_OO, OO, Term, free_vars, num, rebuild, split, sub, substitute
from . import coquelicot
from .binders import converges
from .equations import less_multiples, rewritten
from .shapes import named, polynomial, reciprocal_power, shape, whole_power
from .slopes import slope
from .steps import Known, Question, Reading, Step, Unread, arbitrary, demand, same, without

_ZERO = num(0)


# --- derivatives


def derivative(step: Step) -> Reading:
    """HasDeriv(x, F, f): Coq proves what the derivative of F is, and f has to be equal to that."""
    demand(step.goal[0] == "HasDeriv", "a derivative is needed")
    v, point, inner, stated = step.goal[1:]
    demand(point == v, "the derivative is not at the variable itself")
    facts = step.facts()
    known = {shape(f): d for f, d in _functions(facts, v, "HasDeriv")}
    if shape(inner) not in known:
        inner = rewritten(inner, dict(_functions(facts, v, "eq")))
    found = slope(inner, v, known)
    questions = tuple(Question(f"condition-{k}", facts, p) for k, p in enumerate(found.conditions))
    balance = less_multiples(step, sub(found.value(), stated))
    return Reading(step.rests(), questions, facts, balance, coquelicot.derivative(inner, found))


def _functions(facts: Sequence[Term], v: Term, op: str) -> Iterator[tuple[Term, Term]]:
    """Yield what facts say of functions of v: their derivatives at v (HasDeriv), or what they are everywhere (eq)."""
    for f in facts:
        at, p = (f[1], f[2]) if f[0] == "all" else (v, f)
        if p[0] != op or (op == "HasDeriv" and p[2] != at) or (op == "eq" and f[0] != "all") or at[2] != "R":
            continue
        bound, parts = (p[1], p[3:]) if op == "HasDeriv" else (at, p[1:])
        if not any(w != bound and w in free_vars(s) for w in (at, v) for s in parts):
            left, right = (substitute(s, {bound: v}) for s in parts)
            yield left, right


# --- continuity


def continuous(step: Step) -> Reading:
    """Cont(x, a, b, F): Coq proves that F is continuous where its divisors are not 0 and the like; cvc5 these."""
    demand(step.goal[0] == "Cont", "a continuity is needed")
    v, a, b, inner = step.goal[1:]
    arbitrary(v, [a, b])
    hyps = without(step.rests(), [("le", a, v), ("le", v, b)])
    arbitrary(v, hyps)
    facts = step.facts()
    spoken = free_vars(a).union(free_vars(b), *(free_vars(h) for h in step.rests()))
    inner = _apart(inner, spoken)
    indices = _indices(inner)
    functions = {}
    for p in facts:
        if p[0] == "Cont" and shape(p[2]) == shape(a) and shape(p[3]) == shape(b) and v not in free_vars(p):
            f = substitute(p[4], {p[1]: v})
            functions[shape(f)] = sorted(indices & free_vars(f))
    conditions = {p: sorted(indices & free_vars(p)) for p in _conditions(inner, v, functions)}
    questions = tuple(Question(f"condition-{k}", facts, p) for k, p in enumerate(conditions))
    try:
        lemma = coquelicot.continuity(inner, v, [(i, p) for p, i in conditions.items()], functions)
    except Unread as err:
        return Reading(hyps, doubt=str(err))
    return Reading(hyps, questions, lemma=lemma)


def _apart(t: Term, spoken: Collection[Term]) -> Term:
    """Return `t` with new names for the indices of sums of which something is known: that is not known of each."""
    outside, inside = split(t)
    if t[0] == "sum" and t[1] in spoken:
        own: Term = ("var", f"{t[1][1]}!", t[1][2])
        return _apart(("sum", own, t[2], t[3], substitute(t[4], {t[1]: own})), spoken)
    out, ins = (tuple(_apart(s, spoken) for s in part) for part in (outside, inside))
    return rebuild(t, out, ins) if out or ins else t


def _indices(t: Term) -> set[Term]:
    outside, inside = split(t)
    return {t[1] for _ in range(t[0] == "sum")}.union(*(_indices(s) for s in (*outside, *inside)))


def _conditions(t: Term, v: Term, continuous: Collection[Term]) -> Iterator[Term]:
    """Yield what has to hold where `t` is to be continuous, given that some functions are."""
    if v not in free_vars(t) or shape(t) in continuous:
        return
    e = whole_power(t)
    if e is not None and e < 0:
        t = reciprocal_power(t, e)
    outside, inside = split(t)
    for s in (*outside, *inside):
        yield from _conditions(s, v, continuous)
    if t[0] == "inv":
        yield ("ne", t[1], _ZERO)
    if t[:2] == ("fn", "log"):
        yield ("lt", _ZERO, t[2])
    if t[:2] == ("fn", "asin"):
        yield ("lt", _ZERO, ("add", num(1), ("mul", num(-1), ("pow", t[2], num(2)))))


# --- limits


def limit(step: Step) -> Reading:
    """Lim(x, F, L) as x grows, of products of powers of x with exp of what falls below every bound, and of atan."""
    demand(step.goal[0] == "Lim", "a limit is needed")
    _, v, inner, stated = step.goal
    arbitrary(v, [*step.rests(), stated])
    facts = tuple(p for p in step.facts() if v not in free_vars(p))
    total: list[Term] = [_ZERO]
    signs: list[Term] = []
    for m, c in polynomial(named(inner)).items():
        moving = {a: e for a, e in m if v in free_vars(a)}
        value = _limit(moving, v, signs) if moving else num(1)
        total.append(("mul", num(c), value, *(("pow", a, num(e)) for a, e in m if a not in moving)))
    questions = tuple(Question(f"sign-{k}", facts, p) for k, p in enumerate(dict.fromkeys(signs)))
    return Reading(step.rests(), questions, facts, sub(("add", *total), stated))


def _limit(powers: Mapping[Term, int], v: Term, signs: list[Term]) -> Term:
    """Return the limit of a product of powers that move with v, and note which signs it takes for granted."""
    exponents, rest = [], []
    for a, e in powers.items():
        base, sign = (a[1], -1) if a[0] == "inv" else (a, 1)
        if base[:2] == ("fn", "exp"):
            exponents.append(("mul", num(sign * e), base[2]))
        else:
            rest.append(a)
    if exponents and all(a in (v, ("inv", v)) for a in rest):
        signs.append(("lt", _leading(("add", *exponents), v), _ZERO))  # exp falls faster than any power grows
        return _ZERO
    if not exponents and all(a == ("inv", v) for a in rest):
        return _ZERO
    ((a, e), *more) = powers.items()
    demand(not more and a[:2] == ("fn", "atan"), "the limit is of no kind that is known here")
    signs.append(("lt", _ZERO, _leading(a[2], v)))
    return ("pow", ("mul", ("fn", "pi"), ("inv", num(2))), num(e))


def _leading(t: Term, v: Term) -> Term:
    """Return the leading coefficient of a polynomial in v that is not constant."""
    degrees: dict[int, list[Term]] = {}
    for m, c in polynomial(named(t)).items():
        degree = dict(m).get(v, 0)
        rest = [(a, e) for a, e in m if a != v]
        demand(not any(v in free_vars(a) for a, _ in rest), "an argument is no polynomial in the variable")
        degrees.setdefault(degree, []).append(("mul", num(c), *(("pow", a, num(e)) for a, e in rest)))
    top = max(degrees, default=0)
    demand(top > 0, "an argument does not move with the variable")
    return ("add", *degrees[top])


# --- the fundamental theorem


def fundamental_theorem(step: Step) -> Reading:
    """An integral as the difference of an antiderivative at its ends, or its convergence."""
    goal = step.goal
    demand(goal[0] in ("eq", "Integrable"), "an integral is needed")
    t = goal[1] if goal[0] == "eq" else ("int", *goal[1:])
    demand(t[0] == "int" and t[2] != MINUS_OO, "the left side is no integral from a number on")
    v, a, b, f = t[1:]
    arbitrary(v, [a, b])
    primitive = step.term("F")
    slopes = [p for p in step.premises if p.states[0] == "HasDeriv"]
    demand(len(slopes) == 1, "one premise has to be a derivative")
    others = [p for p in step.premises if p is not slopes[0]]
    bound, point, stated, derived = slopes[0].states[1:]
    demand(bound == v == point, "the derivative is by another variable")
    questions = [same("antiderivative", (stated, primitive), (derived, f))]
    if b == OO:
        inside: list[Term] = [("le", a, v)]
        signed = [p for p in others if _signed(p.states, f)]
        others = [p for p in others if p not in signed]
        top = _limit_of(primitive, v, others)
    else:
        inside, signed = [(r, *pair) for r in ("le", "lt") for pair in ((a, v), (v, b))], []
        top = substitute(primitive, {v: b})
    facts = tuple(p.states for p in others if v not in free_vars(p.states))
    if b != OO:
        questions.append(Question("order", facts, ("le", a, b)))
        questions.append(Question("continuous", facts, ("Cont", v, a, b, primitive)))
    if not signed:
        questions.append(Question("converges", facts, converges(t)))
    inner = without(slopes[0].rests.union(*(p.rests for p in signed)), inside)
    rests = inner.union(*(p.rests for p in others))
    arbitrary(v, rests)
    balance = None if goal[0] == "Integrable" else sub(sub(top, substitute(primitive, {v: a})), goal[2])
    return Reading(rests, tuple(questions), facts, balance)


def _signed(p: Term, f: Term) -> bool:
    """Return whether a statement is that the integrand has one sign."""
    if p[0] not in ("le", "lt"):
        return False
    return (p[1] == _ZERO and shape(p[2]) == shape(f)) or (p[2] == _ZERO and shape(p[1]) == shape(f))


def _limit_of(primitive: Term, v: Term, premises: Sequence[Known]) -> Term:
    for p in premises:
        if p.states[0] == "Lim" and shape(("Lim", v, primitive, p.states[3])) == shape(p.states):
            value: Term = p.states[3]
            return value
    raise Unread("no premise is the limit of the antiderivative")
