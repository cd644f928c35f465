"""Rules under a binder: finite sums, series, integrals and expectations."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from .normal import Normalizer, plain, reciprocals
from .printing import show
from .sequents import Rejected, Sequent, Step, not_free, require
from .supply import drop, integrable, range_facts, same, same_number, supplied
from .terms import OO, Malformed, Term, free_vars, integer_term, mul, num, split, sub, substitute, symbols


def congruence(step: Step) -> frozenset[Term]:
    """From l == r for every value of the bound variable in its range conclude it of sums, series, integrals, E."""
    left, right = step.goal[1], step.goal[2]
    require(step.goal[0] == "eq", "one equation is carried under one binder")
    premise, *others = step.premises
    require(premise.concl[0] == "eq", "the premise is not an equation")
    if left[0] == "E" and right[0] == "E" and left[1] == right[1]:
        require(same_number(left[2], premise.concl[1]) and same_number(right[2], premise.concl[2]), "bodies differ")
        for h in premise.hyps:
            require(not random_symbols(h, set(left[1])), "a hypothesis speaks of one outcome only")
        return step.hyps()
    hyps = _under_binder(left, right, premise, [p.concl for p in others])
    return hyps.union(*(p.hyps for p in others))


def random_symbols(t: Term, names: set[str]) -> bool:
    """Return whether a random symbol occurs outside expectations, that is, as the value at one outcome."""
    if t[0] in ("E", "L2"):
        names = names - set(t[1])
    if t[0] == "fn" and t[1] in names:
        return True
    outside, inside = split(t)
    return any(random_symbols(s, names) for s in (*outside, *inside))


def _under_binder(left: Term, right: Term, premise: Sequent, facts: list[Term]) -> frozenset[Term]:
    """Return the hypotheses left when a relation proved for the bound variable's range is carried under the binder."""
    require(
        left[0] == right[0] and left[0] in ("sum", "series", "int"), "the two sides are not the same kind of binder"
    )
    v = left[1]
    bounds = slice(2, -1)
    require(all(same_number(a, b) for a, b in zip(left[bounds], right[bounds], strict=True)), "the ranges differ")
    require(v not in free_vars(right), "the bound variable occurs free on the other side")
    body = substitute(right[-1], {right[1]: v})
    require(same_number(left[-1], premise.concl[1]), f"the left body is not {show(premise.concl[1])[:200]}")
    require(same_number(body, premise.concl[2]), f"the right body is not {show(premise.concl[2])[:200]}")
    lo, hi = left[2], (left[3] if left[0] != "series" else OO)
    local = range_facts(v, lo, hi) if left[0] == "int" else [f for f in range_facts(v, lo, hi) if f[0] == "le"]
    hyps = drop(premise.hyps, local)
    not_free(v, hyps)
    if left[0] == "int" and len(hyps) < len(premise.hyps) and hi != OO and lo != ("-oo",):
        require(supplied(("le", lo, hi), facts), "the ends of the integral are not in order")
    return hyps


def monotone(step: Step) -> frozenset[Term]:
    """From l <= r on the range conclude the same of finite sums, and of absolutely convergent series and integrals.

    From 0 <= X conclude 0 <= E(X).
    """
    require(step.goal[0] == "le", "a monotone step proves an inequality")
    premise, *others = step.premises
    facts = [p.concl for p in others]
    require(premise.concl[0] == "le", "the premise is not an inequality")
    left, right = step.goal[1], step.goal[2]
    if left == num(0) and right[0] == "E":  # also where the expectation does not exist and counts as 0
        require(same(premise.concl, ("le", num(0), right[2])), "the premise is not the sign of the random variable")
        outcome = any(random_symbols(h, set(right[1])) for h in premise.hyps)
        require(not outcome, "a hypothesis speaks of one outcome only")
        return step.hyps()
    if left == num(0):
        left = (*right[:-1], num(0))
    if right == num(0):
        right = (*left[:-1], num(0))
    hyps = _under_binder(left, right, premise, facts)
    for side in (left, right):
        if side[0] == "series" and side[-1] != num(0):
            p = ("Summable", side[1], side[2], side[3])
            require(supplied(p, facts), f"not supplied: {show(p)}")
        if side[0] == "int" and side[-1] != num(0):
            require(integrable(side, facts), f"the integrand {show(side[-1])[:200]} is not known to be integrable")
    if left[0] == "int" and OO not in left[2:4] and ("-oo",) not in left[2:4]:
        require(supplied(("le", left[2], left[3]), facts), "the ends of the integral are not in order")
    return hyps.union(*(p.hyps for p in others))


def sums(step: Step) -> frozenset[Term]:
    """The last or first term of a sum split off, an empty sum, a sum with delta, the first term of a series."""
    require(step.goal[0] == "eq", "the rule proves an equation")
    t, facts = step.goal[1], step.facts()
    kind = step.params["kind"]
    wanted = "series" if kind == "series-first" else "sum"
    require(t[0] == wanted, f"the left side is not a {wanted}")
    if kind == "series-first":
        require(integer_term(t[2]), "the series does not start at an integer")
        require(supplied(("Summable", *t[1:]), facts), "the series is not known to converge absolutely")
        after: Term = ("add", substitute(t[3], {t[1]: t[2]}), ("series", t[1], ("add", t[2], num(1)), t[3]))
        require(same_number(after, step.goal[2]), "the right side is not first term plus rest")
        return step.hyps()
    v, lo, hi, body = t[1:]
    if kind == "last":
        require(supplied(("le", lo, hi), facts), "the range may be empty")
        expected: Term = ("add", ("sum", v, lo, sub(hi, num(1)), body), substitute(body, {v: hi}))
    elif kind == "first":
        require(supplied(("le", lo, hi), facts), "the range may be empty")
        expected = ("add", ("sum", v, ("add", lo, num(1)), hi, body), substitute(body, {v: lo}))
    elif kind == "empty":
        require(supplied(("lt", hi, lo), facts), "the range is not known to be empty")
        expected = num(0)
    elif kind == "delta":
        j = step.term("index")
        require(integer_term(j) and v not in free_vars(j), "the index is not an integer of its own")
        require(
            supplied(("le", lo, j), facts) and supplied(("le", j, hi), facts), "the index may lie outside the range"
        )
        rest = step.term("rest")
        require(same_number(body, mul(("fn", "delta", v, j), rest)), "the summand is not delta times the rest")
        expected = substitute(rest, {v: j})
    else:
        raise Malformed(f"unknown kind of sum step: {kind}")
    # integer ends: lo <= hi over the reals and over the integers agree only for integers
    require(integer_term(lo) and integer_term(hi), "the ends of the range are not integers")
    require(same_number(expected, step.goal[2]), f"the right side is not {show(expected)[:300]}")
    return step.hyps()


def linear(step: Step) -> frozenset[Term]:
    """A series, integral or expectation of a sum is the sum of the parts, each of which converges absolutely.

    The goal may also be that a series or an integral of such a sum converges absolutely.
    """
    if step.goal[0] in ("Summable", "Integrable"):
        _expand_binder(("series" if step.goal[0] == "Summable" else "int", *step.goal[1:]), step.facts())
        return step.hyps()
    require(step.goal[0] == "eq", "the rule proves an equation")
    t, facts = step.goal[1], step.facts()
    expanded = _expand_expectation(t, step) if t[0] == "E" else _expand_binder(t, facts)
    n, _ = Normalizer(facts).frac(sub(expanded, step.goal[2]))
    if n != 0:
        raise Rejected(f"the parts add up to {show(plain(expanded))[:600]}")
    return step.hyps()


def _expand_binder(t: Term, facts: list[Term]) -> Term:
    normal = Normalizer()
    n, d = normal.frac(t[-1])
    scale, divisors = reciprocals(normal, d)
    total: list[Term] = [num(0)]
    for c, factors in normal.monomials(n):
        fixed, ranges, inner = _unfold([*factors, *divisors], lambda a: t[1] in free_vars(a))
        part = (*t[:-1], mul(num(1), *inner))
        needed = {"series": "Summable", "int": "Integrable"}[t[0]]
        known = _instance_supplied((needed, *part[1:]), facts) or (t[0] == "int" and integrable(part, facts))
        require(known, f"not known to converge absolutely: {show(part)[:200]}")
        total.append(_summed(ranges, mul(num(c * scale), *fixed, part)))
    return ("add", *total)


def _unfold(
    factors: list[tuple[Term, int]], moves: Callable[[Term], bool]
) -> tuple[list[Term], list[Term], list[Term]]:
    """Split a product into fixed factors, the ranges of its finite sums and moving factors without such sums.

    The product is the sum over the ranges of all factors together.  A sum whose range moves stays one factor.
    """
    fixed: list[Term] = []
    ranges: list[Term] = []
    moving: list[Term] = []
    work = [a for a, e in factors for _ in range(e)]
    while work:
        a = work.pop(0)
        if not moves(a):
            fixed.append(a)
        elif a[0] == "sum" and not moves(a[2]) and not moves(a[3]):
            fresh = ("var", f"!{len(ranges)}", "Z")
            ranges.append((fresh, a[2], a[3]))
            body = substitute(a[4], {a[1]: fresh})
            work = [*(body[1:] if body[0] == "mul" else (body,)), *work]
        elif a[0] == "pow" and a[2][0] == "num" and a[2][1] > 0:
            work = [a[1]] * int(a[2][1]) + work
        elif a[0] == "mul":
            work = [*a[1:], *work]
        else:
            moving.append(a)
    return fixed, ranges, moving


def _summed(ranges: list[Term], t: Term) -> Term:
    for v, lo, hi in reversed(ranges):
        t = ("sum", v, lo, hi, t)
    return t


def _instance_supplied(p: Term, facts: list[Term]) -> bool:
    """Return whether a fact states p, or a fact All(i, ...) of integers has p as its instance at integer variables."""
    if supplied(p, facts):
        return True
    candidates = sorted((w for w in free_vars(p) if w[2] in "ZN"), key=str)
    for f in facts:
        bound, body = [], f
        while body[0] == "all" and body[1][2] == "Z":
            bound.append(body[1])
            body = body[2]
        if bound and body[0] == p[0]:
            for choice in product(candidates, repeat=len(bound)):
                if same(p, substitute(body, dict(zip(bound, choice, strict=True)))):
                    return True
    return False


def _expand_expectation(t: Term, step: Step) -> Term:
    names = set(t[1])
    square_integrable = [f for f in step.facts() if f[0] == "all" or f[0] == "L2"]
    normal = Normalizer()
    n, d = normal.frac(t[2])
    require(d == 1, "the body has a denominator")
    total: list[Term] = [num(0)]
    for c, factors in normal.monomials(n):
        fixed, ranges, leaves = _unfold(factors, lambda a: bool(symbols(a) & names))
        for a in leaves:
            require(_matches_l2(a, t[1], square_integrable), f"not known to be square integrable: {show(a)[:200]}")
        require(len(leaves) <= 2, "a product of more than two square-integrable variables")
        part: Term = mul(num(c), *fixed, ("E", t[1], mul(num(1), *leaves))) if leaves else mul(num(c), *fixed)
        total.append(_summed(ranges, part))
    return ("add", *total)


def _matches_l2(a: Term, names: tuple[str, ...], facts: list[Term]) -> bool:
    """Return whether some fact All(i, ..., L2(X)) has `a` as an instance at integer indices."""
    for f in facts:
        bound, body = [], f
        while body[0] == "all":
            bound.append(body[1])
            body = body[2]
        if body[0] != "L2" or body[1] != names or body[2][0] != "fn" or a[0] != "fn" or body[2][:2] != a[:2]:
            continue
        candidates = sorted((w for w in free_vars(a) if w[2] in "ZN"), key=str)
        direct = [x for x in a[2:] if integer_term(x)]
        choices = [[*direct, *candidates] if v[2] in "ZN" else list(a[2:]) for v in bound]
        for choice in product(*choices):
            if any(symbols(c) & set(names) for c in choice):
                continue  # a fact for every number says nothing of a random variable in its place
            if all(v[2] == "R" or (v[2] == "Z" and integer_term(c)) for v, c in zip(bound, choice, strict=True)):
                instance = substitute(body[2], dict(zip(bound, choice, strict=True)))
                if same_number(instance, a):
                    return True
    return False
