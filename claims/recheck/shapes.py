"""Equal shapes of terms, told without the kernel's normal forms: flat sums and products, names of bound variables.

What the second program is not told about, a sum or an expectation say, becomes an unknown number.  Two such terms are
the same unknown only where these shapes show them equal, so that a shape too coarse would be a false agreement: each
rewriting here holds for all real numbers, with 1/0 = 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from ...analysis.kernel.terms import Term, alpha, free_vars, num, rebuild, split, symbols

Monomial = tuple[tuple[Term, int], ...]
_MAX_TERMS = 300
_MAX_POWER = 12  # of a sum that is multiplied out
_MAX_WRITTEN = 40  # of a power that is written as one
_NUMBERS = ("num", "var", "fn", "add", "mul", "pow", "inv", "sum", "series", "int", "E")


@lru_cache(maxsize=200_000)
def shape(t: Term) -> Term:
    """Return a term that equals `t`, the same for sums and products in another order and bound variables renamed."""
    return _inner(alpha(t))


def _inner(t: Term) -> Term:
    return _term(_polynomial(t)) if t[0] in _NUMBERS else _rebuilt(t)


def _rebuilt(t: Term) -> Term:
    """Return `t` with equal parts written alike."""
    outside, inside = split(t)
    if not outside and not inside:
        return t
    return rebuild(t, tuple(_inner(s) for s in outside), tuple(_inner(s) for s in inside), _bound(t))


def _bound(t: Term) -> Term | None:
    return t[1] if t[0] in ("sum", "series", "int", "all", "ex") else None


def _term(p: Mapping[Monomial, Fraction]) -> Term:
    if not p:
        return num(0)
    parts = [("mul", num(c), *(("pow", a, num(e)) for a, e in m)) for m, c in sorted(p.items(), key=repr)]
    return ("add", *parts)


def _times(a: Mapping[Monomial, Fraction], b: Mapping[Monomial, Fraction]) -> dict[Monomial, Fraction]:
    result: dict[Monomial, Fraction] = {}
    for m, c in a.items():
        for n, d in b.items():
            powers = dict(m)
            for atom, e in n:
                powers[atom] = powers.get(atom, 0) + e
            key = tuple(sorted(powers.items(), key=repr))
            result[key] = result.get(key, Fraction(0)) + c * d
    return {m: c for m, c in result.items() if c}


def _polynomial(t: Term) -> dict[Monomial, Fraction]:
    op = t[0]
    if op == "num":
        return {(): t[1]} if t[1] else {}
    if op == "add":
        total: dict[Monomial, Fraction] = {}
        for s in t[1:]:
            for m, c in _polynomial(s).items():
                total[m] = total.get(m, Fraction(0)) + c
        return {m: c for m, c in total.items() if c}
    if op == "mul":
        product: dict[Monomial, Fraction] = {(): Fraction(1)}
        for s in t[1:]:
            factor = _polynomial(s)
            if len(product) * len(factor) > _MAX_TERMS:
                return {((("mul", *(_inner(s) for s in t[1:])), 1),): Fraction(1)}
            product = _times(product, factor)
        return product
    if (e := whole_power(t)) is not None and 0 <= e <= _MAX_POWER:
        base = _polynomial(t[1])
        power: dict[Monomial, Fraction] = {(): Fraction(1)}
        for _ in range(e):
            if len(power) * len(base) > _MAX_TERMS:
                return {((("pow", _inner(t[1]), t[2]), 1),): Fraction(1)}
            power = _times(power, base)
        return power
    if op == "inv":
        base = _polynomial(t[1])
        if len(base) == 1:  # 1/(c a b) = (1/c)(1/a)(1/b), also where a or b is 0
            ((m, c),) = base.items()
            return {tuple(sorted(((_reciprocal(a), e) for a, e in m), key=repr)): 1 / c}
        return {((("inv", _term(base)), 1),): Fraction(1)} if base else {}
    return {((_rebuilt(t), 1),): Fraction(1)}


def whole_power(t: Term) -> int | None:
    """Return the exponent of a power that is a moderate whole number, else None."""
    whole = t[0] == "pow" and t[2][0] == "num" and t[2][1].denominator == 1 and abs(t[2][1]) <= _MAX_WRITTEN
    return int(t[2][1]) if whole else None


def reciprocal_power(t: Term, e: int) -> Term:
    """Return the power of `t`, whose exponent e is negative, as one over a power."""
    return ("inv", ("pow", t[1], num(-e)))


def _reciprocal(a: Term) -> Term:
    return a[1] if a[0] == "inv" else ("inv", a)


def spread(t: Term) -> Term:
    """Return a sum as a combination of sums of single products, and constant factors of other binders in front.

    A term of which nothing can be taken apart is returned as it is.

    A finite sum is linear whatever its terms are; of an integral, a series or an expectation, which may not converge,
    only a factor common to the whole leaves.
    """
    if t[0] not in ("sum", "series", "int", "E"):
        return t
    head, body = t[:-1], t[-1]
    monomials = _polynomial(alpha(body))
    if t[0] != "sum" and len(monomials) != 1:
        return t
    if len(monomials) == 1:
        ((m, c),) = monomials.items()
        if c == 1 and all(_bound_in(t, a) for a, _ in m) and (m or _counted((*head, num(1)))[0] == t[0]):
            return t
    parts = []
    for m, c in monomials.items():
        outside = [(a, e) for a, e in m if not _bound_in(t, a)]
        inside = [(a, e) for a, e in m if _bound_in(t, a)]
        inner = ("mul", num(1), *(("pow", a, num(e)) for a, e in inside)) if inside else num(1)
        parts.append(("mul", num(c), *(("pow", a, num(e)) for a, e in outside), _counted((*head, inner))))
    return ("add", num(0), *parts)


def _counted(t: Term) -> Term:
    """The number of terms, where a sum of ones runs from 1 to what is known to be a natural number."""
    natural = t[0] == "sum" and ((t[3][0] == "var" and t[3][2] == "N") or (t[3][0] == "num" and t[3][1] >= 0))
    return t[3] if natural and t[4] == num(1) and t[2] == num(1) else t


def _bound_in(t: Term, a: Term) -> bool:
    return bool(symbols(a) & set(t[1])) if t[0] == "E" else t[1] in free_vars(a)
