"""Is the expression real for every x, odd, constant? Decided by rules and balls, or said to be undecided."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb, ctx

from .balls import NotRealError, exact, real
from .expression import (
    MINUS_ONE,
    ONE,
    Call,
    Expression,
    Number,
    Power,
    Product,
    Sum,
    add,
    depends_on_x,
    multiply,
    power,
    subterms,
)
from .growth import UnknownGrowthError, growth
from .normal_form import is_certainly_odd, is_certainly_zero, mirrored, polynomial_coefficients
from .signs import NEGATIVE, on_positive_x, possible_signs, within_unit_ball

Ball = Any

_PRECISION = 128
_WITNESSES = [
    Fraction(s * p, q) for p, q in ((1, 1), (1, 2), (2, 1), (3, 1), (1, 10), (7, 3), (10, 1)) for s in (1, -1)
]
_REACH = 16
_DEPTH = 12


def _required_nonnegative(term: Expression) -> list[Expression]:
    """What has to be ≥ 0 for the outermost operation of the term to be real (almost everywhere)."""
    match term:
        case Power(base, exponent) if exponent.denominator != 1:
            return [base]
        case Call("sqrt" | "log", argument):
            return [argument]
        case Call("asin" | "acos" | "atanh", argument) if not within_unit_ball(argument):
            return [Sum(ONE, argument), Sum(ONE, Product(MINUS_ONE, argument))]
        case Call("acosh", argument):
            return [Sum(argument, MINUS_ONE)]
        case _:
            return []


def _nonnegative_on(expression: Expression, low: Ball, high: Ball, depth: int) -> bool:
    if real(expression, low.union(high)) >= 0:
        return True
    if depth == 0:
        return False
    middle = arb(((low + high) / 2).mid())
    return _nonnegative_on(expression, low, middle, depth - 1) and _nonnegative_on(expression, middle, high, depth - 1)


def _nonnegative_for_positive_x(expression: Expression) -> bool:
    simpler = on_positive_x(expression)
    if NEGATIVE not in possible_signs(simpler, positive_x=True):
        return True
    try:
        if not growth(simpler, _REACH).factor >= 0:
            return False
        return all(_nonnegative_on(simpler, arb(k), arb(k + 1), _DEPTH) for k in range(_REACH))
    except (UnknownGrowthError, NotRealError):
        return False


def _shown(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def reality_problem(expression: Expression) -> str | None:
    """None if the expression is real for almost every x; else why not, or why that could not be shown.

    >>> from .expression import parse
    >>> reality_problem(parse("sqrt(x)"))
    'it is not real at x = -1: the square root of a negative number'
    >>> reality_problem(parse("sqrt(1 + x**2)*x")) is None
    True
    """
    with ctx.workprec(_PRECISION):
        for x in _WITNESSES:
            try:
                real(expression, exact(x))
            except NotRealError as problem:
                if "division by zero" not in str(problem):  # a single pole is no interval of non-real values
                    return f"it is not real at x = {_shown(x)}: {problem}"
        for term in subterms(expression):
            for required in _required_nonnegative(term):
                for half in (required, mirrored(required)):
                    if not _nonnegative_for_positive_x(half):
                        name = term.name if isinstance(term, Call) else "a power with a fractional exponent"
                        return (
                            f"it could not be shown to be real for every x: the argument of {name} may leave its domain"
                        )
    return None


def is_constant(expression: Expression) -> bool:
    """Whether it is certainly constant.

    >>> from .expression import parse
    >>> is_constant(parse("3 - 1")), is_constant(parse("x - x + 2")), is_constant(parse("sin(x)"))
    (True, True, False)
    """
    if not depends_on_x(expression) or is_certainly_zero(expression):
        return True
    coefficients = polynomial_coefficients(expression)
    return coefficients is not None and len(coefficients) == 1


def _value_text(ball: Ball) -> str:
    return f"{float(ball.mid()):.6g}"


def oddness_problem(expression: Expression) -> str | None:
    """None if σ(−x) = −σ(x) is certain; a witness if it is certainly false; else that it could not be decided.

    Accepting rests on the exact normal form; refusing on a ball for σ(x) + σ(−x) that excludes zero at one exact x.

    >>> from .expression import parse
    >>> oddness_problem(parse("exp(x)"))
    'it is not odd: σ(1) = 2.71828 but σ(-1) = 0.367879'
    >>> oddness_problem(parse("x*abs(x)")) is None
    True
    """
    if is_certainly_odd(expression):
        return None
    with ctx.workprec(_PRECISION):
        for x in _WITNESSES[::2]:
            try:
                right, left = real(expression, exact(x)), real(expression, exact(-x))
            except NotRealError:
                continue
            total = right + left
            if total > 0 or total < 0:
                return f"it is not odd: σ({_shown(x)}) = {_value_text(right)} but σ({_shown(-x)}) = {_value_text(left)}"
    return "its oddness could not be decided: no rule proves σ(-x) = -σ(x) and no x was found where it fails"


def proportional(expression: Expression, name: str) -> tuple[Fraction, Fraction] | None:
    """(a, k) if the expression is written a·name(k·x) up to the order of its factors; else None.

    >>> from .expression import parse
    >>> [str(v) for v in proportional(parse("erf(x/2)*3"), "erf")]
    ['3', '1/2']
    """
    factor = Fraction(1)
    while isinstance(expression, Product):
        if isinstance(expression.left, Number):
            factor, expression = factor * expression.left.value, expression.right
        elif isinstance(expression.right, Number):
            factor, expression = factor * expression.right.value, expression.left
        else:
            return None
    if not isinstance(expression, Call) or expression.name != name:
        return None
    inner = polynomial_coefficients(expression.argument)
    if inner is None or len(inner) != 2 or inner[0] != 0 or factor == 0:
        return None
    return factor, inner[1]


def _fixed_signs(expression: Expression, x: Fraction) -> Expression:
    """The term with every sign(k·x + c) replaced by its value at x."""
    match expression:
        case Call("sign", argument):
            coefficients = polynomial_coefficients(argument) or []
            at_x = sum((c * x**k for k, c in enumerate(coefficients)), Fraction(0))
            return ONE if at_x >= 0 else MINUS_ONE
        case Sum(left, right):
            return add(_fixed_signs(left, x), _fixed_signs(right, x))
        case Product(left, right):
            return multiply(_fixed_signs(left, x), _fixed_signs(right, x))
        case Power(base, exponent):
            return power(_fixed_signs(base, x), exponent)
        case Call(name, argument):
            return Call(name, _fixed_signs(argument, x))
        case _:
            return expression


def letters(expression: Expression) -> int | None:
    """How many values a combination of signs sign(k·x + c) takes, exactly; None for anything else.

    >>> from .expression import parse
    >>> letters(parse("sign(x)")), letters(parse("sign(x-1) + sign(x+1)")), letters(parse("sin(x)"))
    (2, 3, None)
    """
    thresholds: set[Fraction] = set()
    for term in subterms(expression):
        if isinstance(term, Call) and term.name == "sign":
            line = polynomial_coefficients(term.argument)
            if line is None or len(line) != 2:
                return None
            thresholds.add(-line[0] / line[1])
    if not thresholds:
        return None
    ends = [min(thresholds) - 1, *sorted(thresholds), max(thresholds) + 1]
    values: set[Fraction] = set()
    for low, high in pairwise(ends):
        coefficients = polynomial_coefficients(_fixed_signs(expression, (low + high) / 2))
        if coefficients is None or len(coefficients) != 1:
            return None
        values.add(coefficients[0])
    return len(values)
