"""Integrals over the line and the half-line of polynomials times Gaussians, in closed form, for witnesses.

The integral of v^p exp(A v^2 + B v + C) with a rational A < 0 is elementary: over the line complete the square; for
B = 0 over the line or from 0 it is a value of the gamma function at half-integers.  Over the line the functions
relu(v) and abs(v) split the integral at v = 0.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from .normal import Normalizer, plain
from .terms import MINUS_OO, OO, Term, free_vars, mul, num, rebuild, split, substitute, subterms

_ZERO = num(0)


def _coefficients(q: Term, v: Term) -> dict[int, Term] | None:
    """Return q as a polynomial in v of degree at most 2, or None if it is none."""
    normal = Normalizer()
    n, d = normal.frac(q)
    below = normal.term(d)
    if v in free_vars(below):
        return None
    found: dict[int, list[Term]] = {}
    for c, factors in normal.monomials(n):
        degree = sum(e for a, e in factors if a == v)
        rest: list[Term] = [("pow", a, num(e)) for a, e in factors if a != v]
        if degree > 2 or any(v in free_vars(a) for a in rest):
            return None
        found.setdefault(degree, []).append(mul(num(c), *rest, ("inv", below)))
    return {k: normal.canonical(("add", _ZERO, *ts)) for k, ts in found.items()}


def _half_line_moment(p: int, rate: Fraction) -> Term:
    """Return the integral of v^p exp(-rate v^2) over v >= 0, which is Gamma((p+1)/2) / (2 rate^((p+1)/2))."""
    m = p // 2
    if p % 2:
        return num(Fraction(factorial(m)) / (2 * rate ** (m + 1)))
    gamma = num(Fraction(factorial(p), 4**m * factorial(m)))  # Gamma(m + 1/2) / sqrt(pi)
    return mul(gamma, ("fn", "sqrt", mul(("fn", "pi"), num(1 / rate))), num(1 / (2 * rate**m)))


def _term(power: int, q: Term, v: Term, from_zero: bool) -> Term | None:
    coefficients = _coefficients(q, v)
    if coefficients is None:
        return None
    a, b, c = (coefficients.get(k, _ZERO) for k in (2, 1, 0))
    if a[0] != "num" or a[1] >= 0:
        return None
    rate = -a[1]
    if b == _ZERO:
        if not from_zero and power % 2:
            return _ZERO
        return mul(num(1 if from_zero else 2), _half_line_moment(power, rate), ("fn", "exp", c))
    if from_zero:
        return None
    peak: Term = ("fn", "exp", ("add", c, mul(("pow", b, num(2)), num(1 / (4 * rate)))))
    mean, spread = mul(b, num(1 / (2 * rate))), 1 / (2 * rate)
    below, here = _ZERO, num(1)  # E v^(k-1) and E v^k for a Gaussian v; E v^(k+1) = mean E v^k + k spread E v^(k-1)
    for k in range(power):
        below, here = here, ("add", mul(mean, here), mul(num(k * spread), below))
    return mul(here, ("fn", "sqrt", mul(("fn", "pi"), num(1 / rate))), peak)


def _put(t: Term, values: dict[Term, Term]) -> Term:
    """Return `t` with whole sub-terms replaced."""
    if t in values:
        return values[t]
    return tuple(_put(s, values) if isinstance(s, tuple) else s for s in t)


def _halves(v: Term, body: Term) -> tuple[Term, Term] | None:
    """Return the integrand at v and at -v for v > 0, if it has a kink at 0."""
    body = plain(body)
    kinks: list[Term] = [("fn", "relu", v), ("fn", "abs", v)]
    if not any(k in subterms(body) for k in kinks):
        return None
    at, below = ("var", "~", "R"), mul(num(-1), ("var", "~", "R"))  # a name that no text can write
    right, left = _put(body, {kinks[0]: at, kinks[1]: at, v: at}), _put(body, {kinks[0]: _ZERO, kinks[1]: at, v: below})
    return substitute(right, {at: v}), substitute(left, {at: v})


def _integral(t: Term) -> Term | None:
    v, lo, hi, body = t[1:]
    if hi != OO or lo not in (MINUS_OO, _ZERO):
        return None
    halves = _halves(v, body) if lo == MINUS_OO else None
    if halves is not None:
        sides = [_integral(("int", v, _ZERO, OO, half)) for half in halves]
        return None if None in sides else ("add", *sides)
    normal = Normalizer()
    n, d = normal.frac(body)
    below = normal.term(d)
    if v in free_vars(below):
        return None
    total: list[Term] = [_ZERO]
    for c, factors in normal.monomials(n):
        exponents = [a[2] for a, e in factors if a[:2] == ("fn", "exp") and e == 1]
        power = sum(e for a, e in factors if a == v)
        rest: list[Term] = [("pow", a, num(e)) for a, e in factors if a != v and a[:2] != ("fn", "exp")]
        if len(exponents) != 1 or any(v in free_vars(a) for a in rest):
            return None
        value = _term(power, exponents[0], v, lo == _ZERO)
        if value is None:
            return None
        total.append(mul(num(c), *rest, value, ("inv", below)))
    return ("add", *total)


def without_improper(t: Term) -> Term:
    """Return `t` with every unbounded integral that this module knows replaced by its value.

    Arguments:
        t: a term.

    Returns:
        A term of the same value; unbounded integrals of other integrands are left as they are.
    """
    outside, inside = split(t)
    t = rebuild(t, tuple(without_improper(s) for s in outside), tuple(without_improper(s) for s in inside))
    value = _integral(t) if t[0] == "int" else None
    return t if value is None else value


def known_integrable(p: Term) -> bool:
    """Return whether this module knows the value of an unbounded integral, which then converges absolutely.

    Arguments:
        p: Integrable(v, a, b, f); other variables of f may have any value.

    Returns:
        True if the integral is known to converge.
    """
    return _integral(("int", *p[1:4], without_improper(p[4]))) is not None
