"""Which signs an expression can take, by rules alone; and its simplification on a half-line x > 0."""

from __future__ import annotations

from itertools import product

from .expression import MINUS_ONE, ONE, Call, Expression, Number, Power, Product, Sum, Variable, add, multiply, power

NEGATIVE, ZERO_SIGN, POSITIVE = -1, 0, 1
Signs = frozenset[int]

_ANY: Signs = frozenset({NEGATIVE, ZERO_SIGN, POSITIVE})
_SAME_SIGN = frozenset(["sinh", "tanh", "asin", "atan", "asinh", "atanh", "erf"])  # increasing, zero at zero
_UNIT_BALL = frozenset(["sin", "cos", "tanh", "erf", "sign"])  # |f(u)| ≤ 1 for every real u


def _sum(left: Signs, right: Signs) -> Signs:
    signs: set[int] = set()
    for a, b in product(left, right):
        signs |= _ANY if a * b < 0 else {a or b}
    return frozenset(signs)


def _call(name: str, argument: Signs) -> Signs:
    if name in _SAME_SIGN:
        return argument
    if name in ("exp", "cosh"):
        return frozenset({POSITIVE})
    if name == "abs":
        return frozenset(abs(s) for s in argument)
    if name == "sqrt":
        return frozenset(s for s in argument if s >= 0) or _ANY
    if name == "sign":
        return frozenset(POSITIVE if s >= 0 else NEGATIVE for s in argument)
    if name in ("acos", "acosh"):
        return frozenset({ZERO_SIGN, POSITIVE})
    return _ANY


def possible_signs(expression: Expression, *, positive_x: bool = False) -> Signs:
    """A set that contains the sign of the expression at every x where it is real (every x > 0 if positive_x).

    >>> from .expression import parse
    >>> sorted(possible_signs(parse("1 + x**2"))), sorted(possible_signs(parse("abs(x)")))
    ([1], [0, 1])
    """
    match expression:
        case Number(value):
            return frozenset({(value > 0) - (value < 0)})
        case Variable():
            return frozenset({POSITIVE}) if positive_x else _ANY
        case Sum(left, right):
            return _sum(possible_signs(left, positive_x=positive_x), possible_signs(right, positive_x=positive_x))
        case Product(left, right):
            a = possible_signs(left, positive_x=positive_x)
            if left == right:
                return frozenset(s * s for s in a)
            return frozenset(s * t for s, t in product(a, possible_signs(right, positive_x=positive_x)))
        case Power(base, exponent):
            a = possible_signs(base, positive_x=positive_x)
            if exponent == 0:
                return frozenset({POSITIVE})
            if exponent.denominator == 1:
                return frozenset(s ** abs(int(exponent)) for s in a)
            return frozenset(s for s in a if s >= 0) or _ANY
        case Call(name, argument):
            return _call(name, possible_signs(argument, positive_x=positive_x))


def within_unit_ball(expression: Expression) -> bool:
    """Whether |u| ≤ 1 follows from the outermost function alone.

    >>> from .expression import parse
    >>> within_unit_ball(parse("sin(x**3)")), within_unit_ball(parse("x"))
    (True, False)
    """
    match expression:
        case Number(value):
            return abs(value) <= 1
        case Call(name, _):
            return name in _UNIT_BALL
        case Product(left, right):
            return within_unit_ball(left) and within_unit_ball(right)
        case Power(base, exponent):
            return exponent >= 0 and within_unit_ball(base)
        case _:
            return False


def on_positive_x(expression: Expression) -> Expression:
    """The same function on x > 0, with every |u| and sign(u) removed whose argument has a known sign there.

    >>> from .expression import parse, X
    >>> on_positive_x(parse("abs(x)")) == X
    True
    """
    match expression:
        case Sum(left, right):
            return add(on_positive_x(left), on_positive_x(right))
        case Product(left, right):
            return multiply(on_positive_x(left), on_positive_x(right))
        case Power(base, exponent):
            return power(on_positive_x(base), exponent)
        case Call("abs" | "sign" as name, argument):
            inner = on_positive_x(argument)
            signs = possible_signs(inner, positive_x=True)
            if NEGATIVE not in signs:
                return inner if name == "abs" else ONE
            if signs == frozenset({NEGATIVE}):
                return multiply(MINUS_ONE, inner) if name == "abs" else MINUS_ONE
            return Call(name, inner)
        case Call(name, argument):
            return Call(name, on_positive_x(argument))
        case _:
            return expression
