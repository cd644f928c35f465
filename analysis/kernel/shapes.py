"""What the shape of an atom shows: its sign, its value at a number, and whether reductions are about it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt

from .terms import Term

EXACT: dict[tuple[str, tuple[Fraction, ...]], Fraction] = {
    (name, (Fraction(x),)): Fraction(y)
    for name, x, y in [
        ("sqrt", 0, 0), ("sqrt", 1, 1), ("exp", 0, 1), ("log", 1, 0), ("sin", 0, 0), ("cos", 0, 1), ("atan", 0, 0),
        ("asin", 0, 0), ("erf", 0, 0),
    ]
}  # fmt: skip


def exact_root(t: Term) -> Fraction | None:
    """Return abs, relu, max, min of numbers, and square roots of squares of rationals."""
    xs = [a[1] for a in t[2:]]
    if t[1] == "sqrt":
        if xs[0] < 0:
            return Fraction(0)
        p, q = (_isqrt(xs[0].numerator), _isqrt(xs[0].denominator))
        return Fraction(p, q) if p is not None and q is not None else None
    rules: dict[str, Callable[..., Fraction]] = {
        "abs": abs, "relu": lambda x: max(x, Fraction(0)), "max": max, "min": min}  # fmt: skip
    return rules[t[1]](*xs) if t[1] in rules else None


def _isqrt(n: int) -> int | None:
    return isqrt(n) if isqrt(n) ** 2 == n else None


def conjuncts(p: Term) -> list[Term]:
    return [c for q in p[1:] for c in conjuncts(q)] if p[0] == "and" else [p]


def nonnegative_atom(a: Term) -> bool:
    if a[0] == "fn":
        return a[1] in ("sqrt", "abs", "relu", "delta") or positive_atom(a)
    if a[0] == "var":
        return bool(a[2] == "N")
    if a[0] == "inv":  # the argument of an inverse atom is canonical
        return _nonnegative_term(a[1])
    if a[0] == "pow":
        return _nonnegative_term(a[1])
    if a[0] == "int" and (a[2], a[3]) != (("-oo",), ("oo",)):
        return False  # the ends of the integral may be in reverse order
    return a[0] in ("sum", "series", "int") and _nonnegative_term(a[-1])


def _nonnegative_term(t: Term) -> bool:
    """Return whether the shape of `t` shows t >= 0 wherever its variables lie."""
    if t[0] == "num":
        return bool(t[1] >= 0)
    if t[0] in ("add", "mul"):
        return all(_nonnegative_term(s) for s in t[1:])
    if t[0] == "pow" and t[2][0] == "num":
        return t[2][1] % 2 == 0 or _nonnegative_term(t[1])
    return nonnegative_atom(t)


def positive_atom(a: Term) -> bool:
    if a[0] == "fn" and a[1] in ("exp", "pi", "fact"):
        return True
    if a[0] == "pow":  # c^k with a number c > 0
        return bool(a[1][0] == "num" and a[1][1] > 0)
    return bool(a[0] == "fn" and a[1] == "sqrt" and a[2][0] == "num" and a[2][1] > 0)
