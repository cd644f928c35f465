"""Equal shapes of terms, told without the kernel's normal forms: flat sums and products, names of bound variables.

What the second program is not told about, a sum or an expectation say, becomes an unknown number.  Two such terms are
the same unknown only where these shapes show them equal, so that a shape too coarse would be a false agreement: each
rewriting here holds for all real numbers, with 1/0 = 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from ...analysis.kernel.terms import Term, binder, free_vars, num, rebuild, split, substitute, symbols
from .finite_sums import connected, flattened, ordered

Monomial = tuple[tuple[Term, int], ...]
_MAX_TERMS = 300
_MAX_POWER = 12  # of a sum that is multiplied out
_MAX_WRITTEN = 40  # of a power that is written as one
_EXACT = {
    (name, Fraction(x)): y
    for name, x, y in [
        ("sqrt", 0, 0), ("sqrt", 1, 1), ("log", 1, 0), ("sin", 0, 0), ("cos", 0, 1), ("atan", 0, 0), ("asin", 0, 0),
        ("erf", 0, 0), ("abs", 0, 0), ("relu", 0, 0), ("fact", 0, 1), ("fact", 1, 1),
    ]
}  # fmt: skip
_NONNEGATIVE = ("sqrt", "exp", "abs", "relu", "fact", "pi", "delta")
_NUMBERS = ("num", "var", "fn", "add", "mul", "pow", "inv", "sum", "series", "int", "E")


@lru_cache(maxsize=200_000)
def shape(t: Term) -> Term:
    """Return a term that equals `t`, the same for sums and products in another order and bound variables renamed."""
    return _inner(named(t))


def named(t: Term) -> Term:
    """Return `t` with each bound variable named by how many binders stand inside its own.

    Finite sums, which are taken apart, and other binders are counted apart from each other.
    """
    return _named(t)[0]


@lru_cache(maxsize=200_000)
def _named(t: Term) -> tuple[Term, int, int]:
    outside, inside = split(t)
    if not outside and not inside:
        return t, 0, 0
    around, within = [_named(s) for s in outside], [_named(s) for s in inside]
    sums, others = max((s[1] for s in within), default=0), max((s[2] for s in within), default=0)
    parts, v = tuple(s[0] for s in within), binder(t)
    own: Term | None = None
    if v is not None:
        own = ("var", f"${sums}" if t[0] == "sum" else f"%{others}", v[2])
        parts = tuple(substitute(s, {v: own}) for s in parts)
        sums, others = sums + (t[0] == "sum"), others + (t[0] != "sum")
    whole = rebuild(t, tuple(s[0] for s in around), parts, own)
    return whole, max([sums, *(s[1] for s in around)]), max([others, *(s[2] for s in around)])


@lru_cache(maxsize=200_000)
def _inner(t: Term) -> Term:
    return _term(polynomial(t)) if t[0] in _NUMBERS else _rebuilt(t)


def _rebuilt(t: Term) -> Term:
    """Return `t` with equal parts written alike."""
    outside, inside = split(t)
    if not outside and not inside:
        return t
    return rebuild(t, tuple(_inner(s) for s in outside), tuple(_inner(s) for s in inside), binder(t))


def _term(p: Mapping[Monomial, Fraction]) -> Term:
    if not p:
        return num(0)
    monomials = sorted(p, key=lambda m: [(_order(a), e) for a, e in m])
    return ("add", *(("mul", num(p[m]), *(("pow", a, num(e)) for a, e in m)) for m in monomials))


@lru_cache(maxsize=50_000)
def _order(t: Term) -> str:
    return repr(t)


def _times(a: Mapping[Monomial, Fraction], b: Mapping[Monomial, Fraction]) -> dict[Monomial, Fraction]:
    result: dict[Monomial, Fraction] = {}
    for m, c in a.items():
        for n, d in b.items():
            powers = dict(m)
            for atom, e in n:
                powers[atom] = powers.get(atom, 0) + e
            squares = [(atom, e // 2) for atom, e in powers.items() if e > 1 and _square(atom) is not None]
            whole: Mapping[Monomial, Fraction] = {
                _monomial({**powers, **{x: powers[x] % 2 for x, _ in squares}}): c * d
            }
            for atom, e in squares:
                whole = _times(whole, polynomial(("pow", _square(atom), num(e))))
            for key, value in whole.items():
                result[key] = result.get(key, Fraction(0)) + value
    return {m: c for m, c in result.items() if c}


def _square(a: Term) -> Term | None:
    """Return the square of a modulus or of a root of what is evidently >= 0, or of one over such; else None."""
    if a[0] == "inv":
        below = _square(a[1])
        return None if below is None else ("inv", below)
    if a[:2] == ("fn", "abs"):
        return ("pow", a[2], num(2))
    return a[2] if a[:2] == ("fn", "sqrt") and _nonnegative(polynomial(a[2])) else None


def _nonnegative(p: Mapping[Monomial, Fraction]) -> bool:
    return all(c > 0 and all(e % 2 == 0 or _no_sign(a) for a, e in m) for m, c in p.items())


def _no_sign(a: Term) -> bool:
    if a[0] == "inv":
        return _nonnegative(polynomial(a[1]))
    return (a[0] == "fn" and a[1] in _NONNEGATIVE) or (a[0] == "var" and a[2] == "N")


def _monomial(powers: Mapping[Term, int]) -> Monomial:
    """Return a product of powers in one order, an exponential times its reciprocal being 1."""
    left = dict(powers)
    for a in powers:
        below: Term = ("inv", a)
        if a[:2] == ("fn", "exp") and below in powers:
            both = min(left[a], left[below])
            left[a], left[below] = left[a] - both, left[below] - both
    return tuple(sorted(((a, e) for a, e in left.items() if e), key=lambda power: _order(power[0])))


@lru_cache(maxsize=200_000)
def polynomial(t: Term) -> Mapping[Monomial, Fraction]:
    """Return a number as a polynomial in what cannot be taken apart: monomials with their coefficients."""
    op = t[0]
    if op == "num":
        return {(): t[1]} if t[1] else {}
    if op == "add":
        total: dict[Monomial, Fraction] = {}
        for s in t[1:]:
            for m, c in polynomial(s).items():
                total[m] = total.get(m, Fraction(0)) + c
        return {m: c for m, c in total.items() if c}
    if op == "mul":
        product: dict[Monomial, Fraction] = {(): Fraction(1)}
        for s in t[1:]:
            factor = polynomial(s)
            if len(product) * len(factor) > _MAX_TERMS:
                return {((("mul", *(_inner(s) for s in t[1:])), 1),): Fraction(1)}
            product = _times(product, factor)
        return product
    if (e := whole_power(t)) is not None and e < 0:
        return polynomial(reciprocal_power(t, e))
    if e is not None and (e <= _MAX_POWER or len(polynomial(t[1])) == 1):
        base = polynomial(t[1])
        power: dict[Monomial, Fraction] = {(): Fraction(1)}
        for _ in range(e):
            if len(power) * len(base) > _MAX_TERMS:
                return {((("pow", _inner(t[1]), t[2]), 1),): Fraction(1)}
            power = _times(power, base)
        return power
    if op == "inv":
        base = polynomial(t[1])
        if len(base) != 1:
            return {((("inv", _term(base)), 1),): Fraction(1)} if base else {}
        ((m, c),) = base.items()  # 1/(c a b) = (1/c)(1/a)(1/b), also where a or b is 0
        above = polynomial(("mul", *(("pow", a[1], num(e)) for a, e in m if a[0] == "inv")))
        return _times({_monomial({("inv", a): e for a, e in m if a[0] != "inv"}): 1 / c}, above)
    if op == "pow" and (symbolic := _power(t[1], polynomial(t[2]))) is not None:
        return symbolic
    if op == "fn" and (value := _value(t)) is not None:
        return value
    if op == "sum" and t[1] not in free_vars(t[2]) | free_vars(t[3]):
        return _summed(t)
    if op in ("series", "int", "E"):
        return _common(t)
    return {((_rebuilt(t), 1),): Fraction(1)}


def _common(t: Term) -> Mapping[Monomial, Fraction]:
    """Return a series, an integral or an expectation with the factors in front that its whole body has in common."""
    head = tuple(s if k < 2 else _inner(s) for k, s in enumerate(t[:-1]))
    monomials = polynomial(t[-1])
    if len(monomials) != 1:
        return {((((*head, _term(monomials)), 1),)): Fraction(1)} if monomials else {}
    ((m, c),) = monomials.items()
    inside = {a: e for a, e in m if (symbols(a) & set(t[1]) if t[0] == "E" else t[1] in free_vars(a))}
    powers = {a: e for a, e in m if a not in inside}
    if inside or t[0] != "E":  # the expectation of a constant is the constant
        powers[(*head, _term({_monomial(inside): Fraction(1)}))] = 1
    return {_monomial(powers): c}


def _power(base: Term, exponent: Mapping[Monomial, Fraction]) -> dict[Monomial, Fraction] | None:
    """Return a power, split by a**(m + n) == a**m*a**n and (a*b)**n == a**n*b**n; None for exponents below 0."""
    below = polynomial(base)
    if not _natural(exponent) or not below or exponent.get((), 0) > _MAX_POWER:
        return None
    ((m, c),) = below.items() if len(below) == 1 else [(((_term(below), 1),), Fraction(1))]
    factors = [*m, (num(c), 1)] if c != 1 else m
    result: dict[Monomial, Fraction] = {(): Fraction(1)}
    for n, times in exponent.items():
        if n:
            whole = {_monomial({("pow", a, _term({n: Fraction(1)})): e * int(times) for a, e in factors}): Fraction(1)}
            result = _times(result, whole)
        else:
            result = _times(result, polynomial(("pow", base, num(times))))
    return result


def _value(t: Term) -> Mapping[Monomial, Fraction] | None:
    """Return what a function is at 0, 1 or a sum, where that is a number or a product of its values."""
    if t[1] == "exp":
        parts = polynomial(t[2])
        if len(parts) > _MAX_POWER or any(abs(c.numerator) > _MAX_POWER for c in parts.values()):
            return None
        powers: dict[Term, int] = {}
        for m, c in parts.items():  # exp(p/q*m) is the p-th power of exp(m/q)
            root: Term = ("fn", "exp", _term({m: Fraction(1, c.denominator)}))
            powers[root if c > 0 else ("inv", root)] = abs(c.numerator)
        return {_monomial(powers): Fraction(1)}
    argument = polynomial(t[2]) if len(t) == 3 else {(): Fraction(-1)}
    known = None if argument.keys() - {()} else _EXACT.get((t[1], argument.get((), Fraction(0))))
    return None if known is None else polynomial(num(known))


def _summed(t: Term) -> Mapping[Monomial, Fraction]:
    """Return a finite sum as a polynomial in sums of products: it is linear, and sums in it can be exchanged."""
    if (written := _written_out(t)) is not None:
        return polynomial(("add", *written))
    index = (t[1], _inner(t[2]), _inner(t[3]))
    total: dict[Monomial, Fraction] = {}
    for m, c in polynomial(t[4]).items():
        summed: dict[Monomial, Fraction] = {(): c}
        for ranges, factors in connected(*flattened(index, dict(m), _product)):
            part = _counted(*ranges[0][1:]) if len(ranges) == 1 and not factors else None
            if part is None:
                whole = [ordered(ranges, factors, _inner)] if ranges else factors
                part = {_monomial(Counter(whole)): Fraction(1)}
            summed = _times(summed, part)
        for n, d in summed.items():
            total[n] = total.get(n, Fraction(0)) + d
    return {m: c for m, c in total.items() if c}


def _written_out(t: Term) -> list[Term] | None:
    """Return the terms of a sum from one number to another not far from it, or None."""
    ends = [polynomial(end) for end in t[2:4]]
    if any(p.keys() - {()} for p in ends):
        return None
    lo, hi = (p.get((), Fraction(0)) for p in ends)
    if lo.denominator != 1 or hi.denominator != 1 or hi - lo >= _MAX_POWER:
        return None
    return [substitute(t[4], {t[1]: num(k)}) for k in range(int(lo), int(hi) + 1)]


def _counted(lo: Term, hi: Term) -> Mapping[Monomial, Fraction] | None:
    """Return how many terms a sum from 0 or 1 to a natural number has, or None for other ends."""
    first, last = polynomial(lo), polynomial(hi)
    if not _natural(last) or first not in ({}, {(): 1}):
        return None
    return last if first else polynomial(("add", hi, num(1)))


def _natural(p: Mapping[Monomial, Fraction]) -> bool:
    return all(c > 0 and c.denominator == 1 and all(a[0] == "var" and a[2] == "N" for a, _ in m) for m, c in p.items())


def _product(t: Term) -> dict[Term, int] | None:
    """Return the powers whose product `t` is, or None."""
    monomials = polynomial(t)
    return dict(next(iter(monomials))) if list(monomials.values()) == [1] else None


def whole_power(t: Term) -> int | None:
    """Return the exponent of a power that is a moderate whole number, else None."""
    whole = t[0] == "pow" and t[2][0] == "num" and t[2][1].denominator == 1 and abs(t[2][1]) <= _MAX_WRITTEN
    return int(t[2][1]) if whole else None


def reciprocal_power(t: Term, e: int) -> Term:
    """Return the power of `t`, whose exponent e is negative, as one over a power."""
    return ("inv", ("pow", t[1], num(-e)))


def spread(t: Term) -> Term:
    """Return a sum as a combination of sums of single products, and constant factors of other binders in front.

    A term of which nothing can be taken apart is returned as it is.

    A finite sum is linear whatever its terms are; of an integral, a series or an expectation, which may not converge,
    only a factor common to the whole leaves.
    """
    value = t[0] == "fn" and t[1] != "exp" and not polynomial(t).keys() - {()}
    if value or t[0] in ("sum", "series", "int", "E") or (t[0] == "pow" and t[2][0] != "num"):
        monomials = polynomial(named(t))
        single = [[(a[0], e) for a, e in m] for m, c in monomials.items() if c == 1]
        return t if len(monomials) == 1 and single == [[(t[0], 1)]] else _term(monomials)
    return t


def factored(t: Term) -> Term:
    """Return an exponential of a sum as a product, another term as it is."""
    if t[:2] != ("fn", "exp"):
        return t
    whole = _term(polynomial(named(t)))
    return t if whole == _term({((("fn", "exp", _inner(named(t[2]))), 1),): Fraction(1)}) else whole
