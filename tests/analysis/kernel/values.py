"""An evaluator of the kernel's terms that shares nothing with the kernel: mpmath and fractions, on the plain tuples.

Rational values stay fractions; everything else is an mpmath number of DIGITS digits, and what is smaller than TINY in
modulus where only 0 or not 0 matters (1/t, delta, signs) counts as 0.  Functions are total, as the kernel says:
1/0 = 0, sqrt(t) = 0 and log(t) = 0 left of 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, factorial, floor
from typing import Any

import mpmath

DIGITS = 60
TINY = mpmath.mpf(10) ** -40
Number = Any  # Fraction or mpf
Symbols = Mapping[str, Callable[..., Number]]

mp = mpmath.mp.clone()
mp.dps = DIGITS


class NoValue(Exception):
    """The term has no value here that could be trusted: it is too large, or two of its parts are too close."""


def real(x: Number) -> Any:
    """Return a number as an mpmath number."""
    return mp.mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else x


def plus(*xs: Number) -> Number:
    """Return the sum, a fraction if all parts are."""
    return sum(xs, Fraction(0)) if all(isinstance(x, Fraction) for x in xs) else mp.fsum(real(x) for x in xs)


def times(*xs: Number) -> Number:
    """Return the product, a fraction if all factors are."""
    whole = all(isinstance(x, Fraction) for x in xs)
    result = Fraction(1) if whole else mp.mpf(1)
    for x in xs:
        result = result * (x if whole else real(x))
    return result


def minus(x: Number, y: Number) -> Number:
    """Return x - y."""
    return plus(x, -y)


def sign(x: Number) -> int:
    """Return -1, 0 or 1."""
    if isinstance(x, Fraction):
        return (x > 0) - (x < 0)
    return 0 if abs(x) < TINY else 1 if x > 0 else -1


def close(x: Number, y: Number) -> bool:
    """Return whether two values agree: exactly for fractions, to 35 digits otherwise."""
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x == y
    a, b = real(x), real(y)
    return bool(abs(a - b) <= mp.mpf(10) ** -35 * (1 + abs(a) + abs(b)))


def _inverse(x: Number) -> Number:
    return Fraction(0) if sign(x) == 0 else 1 / x


def _log(x: Number) -> Number:
    return mp.log(real(x)) if sign(x) > 0 else Fraction(0)


def _sqrt(x: Number) -> Number:
    return mp.sqrt(real(x)) if sign(x) > 0 else Fraction(0)


def _hermite(n: Number, x: Number) -> Number:
    if not isinstance(n, Fraction) or n.denominator != 1 or n < 0:
        return Fraction(0)
    below, here = Fraction(0), Fraction(1)
    for k in range(int(n)):
        below, here = here, minus(times(x, here), times(Fraction(k), below))
    return here


def _fact(n: Number) -> Number:
    whole = isinstance(n, Fraction) and n.denominator == 1 and n >= 0
    return Fraction(factorial(int(n))) if whole else Fraction(1)


def _atan2(y: Number, x: Number) -> Number:
    return Fraction(0) if sign(y) == sign(x) == 0 else mp.atan2(real(y), real(x))


def _exp(x: Number) -> Number:
    if abs(x) > 60:
        raise NoValue
    return mp.exp(real(x))


FUNCTIONS: dict[str, Callable[..., Number]] = {
    "sqrt": _sqrt, "exp": _exp, "log": _log, "pi": lambda: +mp.pi, "fact": _fact, "He": _hermite, "atan2": _atan2,
    "sin": lambda x: mp.sin(real(x)), "cos": lambda x: mp.cos(real(x)), "atan": lambda x: mp.atan(real(x)),
    "erf": lambda x: mp.erf(real(x)), "abs": abs, "relu": lambda x: x if sign(x) > 0 else Fraction(0),
    "asin": lambda x: mp.asin(real(x)) if sign(minus(Fraction(1), abs(x))) >= 0 else Fraction(0),
    "max": lambda x, y: x if sign(minus(x, y)) > 0 else y, "min": lambda x, y: x if sign(minus(x, y)) < 0 else y,
    "delta": lambda x, y: Fraction(sign(minus(x, y)) == 0),
}  # fmt: skip


def value(t: Any, env: Mapping[Any, Number], symbols: Symbols) -> Number:
    """Return the value of the term where its variables have the values `env`.

    Arguments:
        t: a term of the kernel without series and expectations; integrals over numbers are computed by quadrature.
        env: values of the free variables, by the variables themselves.
        symbols: the functions that are not built in, by name.

    Returns:
        A fraction or an mpmath number.

    Raises:
        NoValue: where the numbers grow too large to be trusted.
    """
    op = t[0]
    if op == "num":
        return t[1]
    if op == "var":
        return env[t]
    if op == "add":
        return _bounded(plus(*(value(s, env, symbols) for s in t[1:])))
    if op == "mul":
        result: Number = Fraction(1)
        for s in t[1:]:
            result = _bounded(times(result, value(s, env, symbols)))
        return result
    if op == "inv":
        return _bounded(_inverse(value(t[1], env, symbols)))
    if op == "pow":
        base, e = value(t[1], env, symbols), value(t[2], env, symbols)
        if not isinstance(e, Fraction) or e.denominator != 1 or abs(e) > 200:
            raise NoValue
        return _bounded(base ** int(e) if e >= 0 else _inverse(base) ** int(-e))
    if op == "fn":
        known = FUNCTIONS.get(t[1]) or symbols[t[1]]
        return _bounded(known(*(value(s, env, symbols) for s in t[2:])))
    if op == "sum":
        lo, hi = value(t[2], env, symbols), value(t[3], env, symbols)
        if not (isinstance(lo, Fraction) and isinstance(hi, Fraction)) or hi - lo > 60:
            raise NoValue
        ks = range(ceil(lo), floor(hi) + 1)
        return _bounded(plus(*(value(t[4], {**env, t[1]: Fraction(k)}, symbols) for k in ks)))
    if op == "int":
        return integral(
            lambda x: real(value(t[4], {**env, t[1]: x}, symbols)), *(_end(b, env, symbols) for b in t[2:4])
        )
    raise NoValue(op)


def _end(t: Any, env: Mapping[Any, Number], symbols: Symbols) -> Any:
    return {"oo": mp.inf, "-oo": -mp.inf}[t[0]] if t[0] in ("oo", "-oo") else real(value(t, env, symbols))


def integral(f: Callable[[Any], Any], a: Any, b: Any) -> Any:
    """Return the integral of f from a to b by quadrature, split at 0 and the integers near it, where kinks lie."""
    inner = [mp.mpf(k) for k in range(-4, 5) if min(a, b) < k < max(a, b)]
    points = [a, *(inner if a < b else inner[::-1]), b]
    return mp.quad(f, points)


def _bounded(x: Number) -> Number:
    if isinstance(x, Fraction):
        if abs(x.numerator) > 10**200 or x.denominator > 10**200:
            raise NoValue
    elif not mp.isfinite(x) or abs(x) > mp.mpf(10) ** 30 or 0 < abs(x) < mp.mpf(10) ** -30:
        raise NoValue
    return x


def holds(p: Any, env: Mapping[Any, Number], symbols: Symbols) -> bool:
    """Return whether a proposition of relations and connectives holds; raise NoValue where it is too close to call."""
    op = p[0]
    if op in ("eq", "ne", "le", "lt"):
        s = sign(minus(value(p[2], env, symbols), value(p[1], env, symbols)))
        return {"eq": s == 0, "ne": s != 0, "le": s >= 0, "lt": s > 0}[op]
    if op == "not":
        return not holds(p[1], env, symbols)
    if op == "and":
        return all(holds(q, env, symbols) for q in p[1:])
    if op == "or":
        return any(holds(q, env, symbols) for q in p[1:])
    if op == "imp":
        return not holds(p[1], env, symbols) or holds(p[2], env, symbols)
    raise NoValue(op)
