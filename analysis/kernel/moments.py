"""Closed forms that witnesses need: moments of independent standard normals z(1), z(2), ..., and series that end.

E[z](...) stands for the expectation over independent standard normal z(k).  A moment of a polynomial in z(k), |z(k)|,
relu(c z(k)) and |z(k)|/z(k) is a number; E[z](p(z(k)) He(l, z(k))) = 0 for l > deg p, because He_l is orthogonal to
lower degrees, so that a series whose every term has such a factor, or a factor delta(l, number), is a finite sum.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from .normal import Normalizer, plain, reciprocals
from .terms import Term, free_vars, mul, num, rebuild, split, substitute, symbols

GAUSSIAN = ("z",)
_MAX_DEGREE = 40


def closed_form(t: Term) -> Term:
    """Return `t` with the moments and series that have one replaced by their closed forms; the rest is kept."""
    outside, inside = split(t)
    if not outside and not inside:
        return t
    out = tuple(closed_form(s) for s in outside)
    if t[0] == "sum":  # its index has values only after the sum is written out
        whole = plain(rebuild(t, out, inside))
        return whole if whole[0] == "sum" else closed_form(whole)
    if t[0] == "series":
        t = rebuild(t, out, inside)
        last = last_index(t)
        if last is None:
            return t
        whole = ("sum", ("var", t[1][1], "Z"), t[2], num(last), substitute(t[3], {t[1]: ("var", t[1][1], "Z")}))
        return closed_form(plain(whole))
    if t[0] == "E":
        value = moment(t)
        return t if value is None else value
    return rebuild(t, out, tuple(closed_form(s) for s in inside))


def last_index(series: Term) -> int | None:
    """Return an index behind which all terms of the series vanish, or None where the shape shows none."""
    v, lo, body = series[1:]
    normal = Normalizer()
    n, _ = normal.frac(body)
    if lo[0] != "num":
        return None
    last = int(lo[1]) - 1
    for _, factors in normal.monomials(n):
        ends = [e for a, _ in factors if (e := _last_of_factor(a, v)) is not None]
        if not ends:
            return None
        last = max(last, min(ends))
    return last


def _last_of_factor(a: Term, v: Term) -> int | None:
    if a[:2] == ("fn", "delta") and v in a[2:]:
        other = a[3] if a[2] == v else a[2]
        return int(other[1]) if other[0] == "num" and other[1].denominator == 1 else None
    if a[0] == "pow" and a[1] == num(0) and (line := _line(a[2], v)) is not None:  # 0^(a v + c), a v + c > 0
        return floor(-line[1] / line[0])
    if a[0] != "E" or a[1] != GAUSSIAN:
        return None
    normal = Normalizer()
    n, d = normal.frac(a[2])
    if d != 1:
        return None
    degree = -1
    for _, factors in normal.monomials(n):
        hermite = [b for b, e in factors if b[:2] == ("fn", "He") and v in free_vars(b[2]) and e == 1]
        line = _line(hermite[0][2], v) if len(hermite) == 1 else None
        if line is None:
            return None
        x = hermite[0][3]
        rest = [(b, e) for b, e in factors if b != hermite[0]]
        if x[:2] != ("fn", "z") or any(symbols(b) or v in free_vars(b) for b, _ in rest if b != x):
            return None
        slope, start = line
        degree = max(degree, floor((sum(e for b, e in rest if b == x) - start) / slope))
    return degree


def _line(t: Term, v: Term) -> tuple[Fraction, Fraction] | None:
    """Return (a, c) where t = a v + c with numbers a > 0 and c, else None."""
    normal = Normalizer()
    n, d = normal.frac(t)
    slope, start = Fraction(0), Fraction(0)
    for c, factors in normal.monomials(n):
        if factors == [(v, 1)]:
            slope = c
        elif not factors:
            start = c
        else:
            return None
    whole = slope.denominator == start.denominator == 1  # He_n is known for integers n only
    return (slope, start) if d == 1 and slope > 0 and whole else None


def moment(t: Term) -> Term | None:
    """Return E[z] of a polynomial in z(k), |z(k)|, relu(c z(k)) and |z(k)|/z(k) as a closed term, or None."""
    if t[1] != GAUSSIAN:
        return None
    normal = Normalizer()
    n, d = normal.frac(t[2])
    scale, below = reciprocals(normal, d)
    total: list[Term] = [num(0)]
    met: set[Term] = set()
    for c, above in normal.monomials(n):
        factors = [*above, *below]
        powers: dict[Term, list[int]] = {}  # z(k): exponents of z(k), relu(c z(k)), relu(-c z(k)), |z(k)|, 1/z(k)
        outer: list[Term] = [num(c * scale)]
        for a, e in factors:
            if "z" not in symbols(a):
                outer.append(("pow", a, num(e)))
                continue
            stretch, x, slot = _variable(a)
            if x is None or e > _MAX_DEGREE:
                return None
            met.add(x)
            powers.setdefault(x, [0, 0, 0, 0, 0])[slot] += e
            outer.append(num(stretch**e))
        for power, right, left, modulus, inverse in powers.values():
            degree, odd = power + right + left + modulus - inverse, (power - inverse) % 2
            if degree < 0:  # z(k) is not 0 almost surely, but the moment may be infinite
                return None
            halves = [num((-1) ** odd)] if right == 0 else []  # z(k) < 0
            halves += [num(1)] if left == 0 else []  # z(k) > 0
            outer.append(mul(("add", num(0), *halves), _half_moment(degree)))
        total.append(mul(*outer))
    if len(met) > 1 and any(x[2][0] != "num" for x in met):  # are z(i) and z(j) one variable or two?
        return None
    return ("add", *total)


def _variable(a: Term) -> tuple[Fraction, Term | None, int]:
    """Return (scale, z(k), slot) for z(k), relu(c z(k)) with c > 0, with c < 0, |z(k)|, 1/z(k): slots in this order."""
    if a[:2] == ("fn", "z") and len(a) == 3:
        return Fraction(1), a, 0
    if a[:2] == ("fn", "abs") or a[0] == "inv":
        x = a[2] if a[0] == "fn" else a[1]
        if x[:2] == ("fn", "z") and len(x) == 3:
            return Fraction(1), x, 3 if a[0] == "fn" else 4
        return Fraction(0), None, 0
    if a[:2] == ("fn", "relu"):
        normal = Normalizer()
        n, d = normal.frac(a[2])
        terms = normal.monomials(n)
        if d == 1 and len(terms) == 1 and len(terms[0][1]) == 1 and terms[0][1][0][1] == 1:
            c, x = terms[0][0], terms[0][1][0][0]
            if x[:2] == ("fn", "z") and len(x) == 3:
                return abs(c), x, 1 if c > 0 else 2
    return Fraction(0), None, 0


def _double_factorial(m: int) -> int:
    value = 1
    while m > 1:
        value, m = value * m, m - 2
    return value


def _half_moment(m: int) -> Term:
    """Return the integral of x^m over x > 0 against the standard normal density."""
    if m % 2 == 0:
        return num(Fraction(_double_factorial(m - 1), 2))
    return mul(num(_double_factorial(m - 1)), ("inv", ("fn", "sqrt", mul(num(2), ("fn", "pi")))))
