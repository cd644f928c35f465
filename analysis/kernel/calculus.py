"""Derivatives, continuity and limits from one fixed table, each with the conditions under which the entry holds."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .normal import Normalizer
from .terms import MINUS_OO, OO, KernelError, Term, add, free_vars, mul, num, sub, substitute

Conditions = list[Term]


class NotInTable(KernelError):
    """The table has no entry for this function, or no premise speaks of this symbol."""


def _fn(name: str, *args: Term) -> Term:
    return ("fn", name, *args)


def _inv(t: Term) -> Term:
    return ("inv", t)


def _lt(a: Term, b: Term) -> Term:
    return ("lt", a, b)


_ZERO, _ONE, _TWO, _MINUS = num(0), num(1), num(2), num(-1)


def _off_the_cut(y: Term, x: Term) -> Term:
    return ("or", _lt(_ZERO, y), _lt(_ZERO, x))


def _speaks_of_one(p: Term, i: Term, fixed: frozenset[Term]) -> bool:
    """Return whether the premise p is known for one value of the index i only."""
    return i in fixed and i in free_vars(p)


def derivative(t: Term, v: Term, premises: list[Term], fixed: frozenset[Term] = frozenset()) -> tuple[Term, Conditions]:
    """Return dt/dv and the conditions (at the point v) under which the table gives it.

    `premises` are proved HasDeriv propositions, at v or under All, that give derivatives of symbols the table lacks;
    `fixed` are the variables that may stand for one value only.
    """
    if v not in free_vars(t):
        return _ZERO, []
    for p in premises:
        if p[0] == "HasDeriv" and p[2] == v and _is_function_of(p[1], v, p[3:]) and substitute(p[3], {p[1]: v}) == t:
            return substitute(p[4], {p[1]: v}), []
    for p in premises:  # All(x, F == G): where a function is known to be another, that one is differentiated
        if p[0] != "all" or p[1][2] != "R" or p[2][0] != "eq" or not _is_function_of(p[1], v, p[2][1:]):
            continue
        if substitute(p[2][1], {p[1]: v}) == t:
            return derivative(substitute(p[2][2], {p[1]: v}), v, [q for q in premises if q != p], fixed)
    op = t[0]
    if op == "var":
        return _ONE, []
    if op in ("add", "mul"):
        parts = [derivative(s, v, premises, fixed) for s in t[1:]]
        conditions = [c for _, cs in parts for c in cs]
        if op == "add":
            return add(*(d for d, _ in parts)), conditions
        products = [mul(d, *(s for j, s in enumerate(t[1:]) if j != i)) for i, (d, _) in enumerate(parts)]
        return add(*products), conditions
    if op == "inv":
        d, cs = derivative(t[1], v, premises, fixed)
        return mul(_MINUS, d, ("pow", _inv(t[1]), _TWO)), [*cs, ("ne", t[1], _ZERO)]
    if op == "pow":
        return _power(t, v, premises, fixed)
    if op == "sum":
        if v in free_vars(t[2]) | free_vars(t[3]):
            raise NotInTable("a sum whose range moves with the variable")
        d, cs = derivative(t[4], v, [p for p in premises if not _speaks_of_one(p, t[1], fixed)], fixed)
        if any(t[1] in free_vars(c) for c in cs):
            cs = [("all", t[1], c) for c in cs]
        return ("sum", t[1], t[2], t[3], d), cs
    if op == "int":
        return _moving_ends(t, v, premises, fixed)
    if op == "fn":
        return _function(t, v, premises, fixed)
    raise NotInTable(f"the derivative of a {op} is not in the table")


def _moving_ends(t: Term, v: Term, premises: list[Term], fixed: frozenset[Term]) -> tuple[Term, Conditions]:
    """Return b' f(b) - a' f(a) for the integral of f from a to b, f continuous on the line and the same for every v."""
    w, lo, hi, body = t[1:]
    if v in free_vars(body) - {w} or {lo, hi} & {OO, MINUS_OO}:
        raise NotInTable("an integral whose integrand moves with the variable, or over an unbounded range")
    (d_lo, cs_lo), (d_hi, cs_hi) = derivative(lo, v, premises, fixed), derivative(hi, v, premises, fixed)
    value = sub(mul(d_hi, substitute(body, {w: hi})), mul(d_lo, substitute(body, {w: lo})))
    return value, [*cs_lo, *cs_hi, ("Cont", w, MINUS_OO, OO, body)]


def _is_function_of(bound: Term, v: Term, parts: tuple[Term, ...]) -> bool:
    """Return whether putting v for the bound variable leaves no other v, so that the parts become functions of v."""
    return bound == v or not any(v in free_vars(s) for s in parts)


def _power(t: Term, v: Term, premises: list[Term], fixed: frozenset[Term]) -> tuple[Term, Conditions]:
    base, e = t[1], t[2]  # the exponent is built from integers and so does not move with v
    d, cs = derivative(base, v, premises, fixed)
    if e[0] != "num":  # t^(e-1) is written t^e / t, which needs t != 0
        return mul(e, t, _inv(base), d), [*cs, ("ne", base, _ZERO)]
    k: Fraction = e[1]
    if k == 0:
        return _ZERO, cs
    if k < 0:
        cs = [*cs, ("ne", base, _ZERO)]
    return mul(num(k), ("pow", base, num(k - 1)), d), cs


def _function(t: Term, v: Term, premises: list[Term], fixed: frozenset[Term]) -> tuple[Term, Conditions]:
    name, args = t[1], t[2:]
    parts = [derivative(a, v, premises, fixed) for a in args]
    cs = [c for _, more in parts for c in more]
    if name == "atan2":
        (dy, _), (dx, _) = parts
        y, x = args
        norm = add(("pow", x, _TWO), ("pow", y, _TWO))
        return mul(sub(mul(x, dy), mul(y, dx)), _inv(norm)), [*cs, _off_the_cut(y, x)]
    table: dict[str, Callable[[Term], tuple[Term, Conditions]]] = {
        "sqrt": lambda a: (_inv(mul(_TWO, _fn("sqrt", a))), [_lt(_ZERO, a)]),
        "exp": lambda a: (_fn("exp", a), []),
        "log": lambda a: (_inv(a), [_lt(_ZERO, a)]),
        "sin": lambda a: (_fn("cos", a), []),
        "cos": lambda a: (mul(_MINUS, _fn("sin", a)), []),
        "atan": lambda a: (_inv(add(_ONE, ("pow", a, _TWO))), []),
        "asin": lambda a: (_inv(_fn("sqrt", sub(_ONE, ("pow", a, _TWO)))), [_lt(_MINUS, a), _lt(a, _ONE)]),
        "erf": lambda a: (
            mul(_TWO, _inv(_fn("sqrt", _fn("pi"))), _fn("exp", mul(_MINUS, ("pow", a, _TWO)))), []),
        "abs": lambda a: (mul(_fn("abs", a), _inv(a)), [("ne", a, _ZERO)]),
        "relu": lambda a: (mul(_fn("relu", a), _inv(a)), [("ne", a, _ZERO)]),
    }  # fmt: skip
    if name in table:
        outer, more = table[name](args[0])
        return mul(outer, parts[0][0]), [*cs, *more]
    moving = [i for i, a in enumerate(args) if v in free_vars(a)]
    if len(moving) == 1:
        for p in premises:  # All(x, HasDeriv(x, h(.., x, ..), d)) and the chain rule
            if p[0] != "all" or p[2][0] != "HasDeriv" or p[2][2] != p[1]:
                continue
            x = p[1]
            if not _is_function_of(p[2][1], x, p[2][3:]):
                continue
            inner, d = substitute(p[2][3], {p[2][1]: x}), substitute(p[2][4], {p[2][1]: x})
            if substitute(inner, {x: args[moving[0]]}) == t and inner[:2] == t[:2]:
                return mul(substitute(d, {x: args[moving[0]]}), parts[moving[0]][0]), cs
    raise NotInTable(f"no derivative of {name} is known")


def continuity(t: Term, v: Term, premises: list[Term], fixed: frozenset[Term] = frozenset()) -> Conditions:
    """Return conditions that, holding at every v of an interval, make v -> t continuous on it.

    `premises` are proved Cont propositions on that interval, for symbols the table lacks; `fixed` are the variables
    that may stand for one value only.
    """
    if v not in free_vars(t):
        return []
    if any(p[0] == "Cont" and _is_function_of(p[1], v, p[4:]) and substitute(p[4], {p[1]: v}) == t for p in premises):
        return []
    op = t[0]
    if op == "var":
        return []
    if op in ("add", "mul"):
        return [c for s in t[1:] for c in continuity(s, v, premises, fixed)]
    if op == "inv":
        return [*continuity(t[1], v, premises, fixed), ("ne", t[1], _ZERO)]
    if op == "pow" and v not in free_vars(t[2]):
        negative = t[2][0] == "num" and t[2][1] < 0
        return [*continuity(t[1], v, premises, fixed), *([("ne", t[1], _ZERO)] if negative or t[2][0] != "num" else [])]
    if op == "sum" and v not in free_vars(t[2]) | free_vars(t[3]):
        usable = [p for p in premises if not (_speaks_of_one(p, t[1], fixed) or _ends_move(p, t[1]))]
        cs = continuity(t[4], v, usable, fixed)
        return [("all", t[1], c) if t[1] in free_vars(c) else c for c in cs]
    if op == "fn":
        cs = [c for a in t[2:] for c in continuity(a, v, premises, fixed)]
        if t[1] in ("exp", "sin", "cos", "atan", "erf", "abs", "relu", "max", "min", "sqrt"):
            return cs
        if t[1] == "log":
            return [*cs, _lt(_ZERO, t[2])]
        if t[1] == "asin":
            return [*cs, ("le", _MINUS, t[2]), ("le", t[2], _ONE)]
        if t[1] == "atan2":
            return [*cs, _off_the_cut(t[2], t[3])]
    raise NotInTable(f"the continuity of {t[1] if op == 'fn' else op} is not in the table")


def _ends_move(p: Term, index: Term) -> bool:
    """Return whether a Cont premise speaks of an interval that differs from one value of the index to the next."""
    return p[0] == "Cont" and index in free_vars(p[2]) | free_vars(p[3])


def limit(t: Term, v: Term, facts: list[Term]) -> Term:
    """Return the limit of t as v -> +infinity, from a table of monomials in v, exp and atan."""
    normal = Normalizer(facts)
    n, d = normal.frac(t)
    if v in free_vars(normal.term(d)):
        raise NotInTable("a quotient whose denominator moves with the variable")
    total: list[Term] = []
    for c, factors in normal.monomials(n):
        moving = [(a, e) for a, e in factors if v in free_vars(a)]
        fixed = [a if e == 1 else ("pow", a, num(e)) for a, e in factors if v not in free_vars(a)]
        value = _limit_of_product(moving, v, facts)
        if value is not None:
            total.append(mul(num(c), *fixed, value))
    return ("mul", add(_ZERO, *total), _inv(normal.term(d)))


def _limit_of_product(moving: list[tuple[Term, int]], v: Term, facts: list[Term]) -> Term | None:
    """Return the limit of a product of powers of atoms that move with v; None where it is 0."""
    if not moving:
        return _ONE
    rest = [a for a in moving if not (a[0][0] == "fn" and a[0][1] == "exp")]
    exponentials = [a[0][2] for a in moving if a[0][0] == "fn" and a[0][1] == "exp"]
    powers_only = all(a in (v, _inv(v)) for a, _ in rest)
    if exponentials and powers_only and all(_to_minus_infinity(x, v, facts) for x in exponentials):
        return None  # v^m exp(-k v^j) -> 0
    if not exponentials and rest and all(a == _inv(v) for a, _ in rest):
        return None
    if len(moving) == 1 and moving[0][0][:2] == ("fn", "atan") and _to_infinity(moving[0][0][2], v, facts):
        return ("pow", mul(_fn("pi"), _inv(_TWO)), num(moving[0][1]))
    raise NotInTable("the limit is not in the table")


def _to_infinity(t: Term, v: Term, facts: list[Term]) -> bool:
    return _to_minus_infinity(mul(_MINUS, t), v, facts)


def _to_minus_infinity(t: Term, v: Term, facts: list[Term]) -> bool:
    """Return whether t is a polynomial in v whose leading coefficient is known to be negative."""
    normal = Normalizer(facts)
    n, d = normal.frac(t)
    if v in free_vars(normal.term(d)):
        return False
    by_degree: dict[int, list[Term]] = {}
    for c, factors in normal.monomials(n):
        if any(v in free_vars(a) and a != v for a, _ in factors):
            return False
        degree = sum(e for a, e in factors if a == v)
        by_degree.setdefault(degree, []).append(mul(num(c), *(("pow", a, num(e)) for a, e in factors if a != v)))
    top = max(by_degree, default=0)
    if top == 0:
        return False
    lead_n, lead_d = normal.frac(mul(_MINUS, add(*by_degree[top]), normal.term(d)))
    return normal.known_positive(lead_n * lead_d)
