"""How an expression grows: e(x) = x^p · exp(q_1 x + … + q_K x^K) · m(x) for all x ≥ T, with a ball for m.

Such an enclosure of a whole half-line bounds the tail of a Gaussian integral, or shows that the integral diverges.
With 1/x for x the same rules describe a singularity at 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from flint import arb

from .balls import NotRealError, exact, integer_power, real
from .expression import MINUS_ONE, Call, Expression, Number, Power, Product, Sum, Variable, X, multiply
from .normal_form import polynomial_coefficients
from .rates import DEGREE, FLAT, Rates

Ball = Any

_LOG_POWER = Fraction(1, 16)  # log x ≤ x^ε/(eε) for x ≥ 1


class UnknownGrowthError(ArithmeticError):
    """No enclosure of this form was found from this T on (a larger T may help)."""


@dataclass(frozen=True)
class Growth:
    """rates(x) · m(x) for x ≥ start: factor = a ball that contains every m(x)."""

    rates: Rates
    factor: Ball
    start: int


def _supremum(rates: Rates, start: int) -> Ball:
    """sup over x ≥ start of a function with rates ≤ 0, its value at start, once it is seen to fall from there."""
    if not rates.falls_from(start):
        raise UnknownGrowthError
    return rates.size(start)


def _span(low: Ball, high: Ball) -> Ball:
    return arb(low).union(arb(high))


def _range(growth: Growth) -> Ball:
    """The values taken, for rates ≤ 0."""
    if growth.rates == FLAT:
        return growth.factor
    return growth.factor * _span(arb(0), _supremum(growth.rates, growth.start))


def _sum(left: Growth, right: Growth) -> Growth:
    if left.rates < right.rates:
        left, right = right, left
    ratio = _range(Growth(right.rates + left.rates.scaled(Fraction(-1)), right.factor, right.start))
    return Growth(left.rates, left.factor + ratio, left.start)


def _raised(base: Growth, exponent: Fraction) -> Growth:
    m = base.factor
    if exponent.denominator == 1:
        value = integer_power(m, int(exponent))
    elif m > 0:
        value = m ** exact(exponent)
    elif exponent > 0:
        value = _span(arb(0), arb(m.upper()).nonnegative_part() ** exact(exponent))
    else:
        raise UnknownGrowthError
    return Growth(base.rates.scaled(exponent), value, base.start)


def _logarithm(u: Growth) -> Growth:
    """log u = Σ q_k x^k + p·log x + log m."""
    if not u.factor > 0:
        raise UnknownGrowthError
    start, constant, degree = u.start, u.factor.log(), u.rates.degree
    if u.rates == FLAT:
        return Growth(FLAT, constant, start)
    if degree == 0:
        m = exact(u.rates.power / _LOG_POWER) * _span(arb(0), arb(-1).exp()) + constant * _span(arb(0), arb(1))
        return Growth(Rates.of({}, _LOG_POWER), m, start)

    def shrunk(by: int) -> Ball:
        return _span(arb(0), 1 / arb(start) ** by)  # x^−by

    # log x/x^k falls from 3 on, and start ≥ 3.
    m = exact(u.rates.power) * arb(start).log() * shrunk(degree) + constant * shrunk(degree)
    for k in range(1, degree):
        m = m + exact(u.rates.exponent(k)) * shrunk(degree - k)
    return Growth(Rates.of({}, Fraction(degree)), m + exact(u.rates.exponent(degree)), start)


def _rational_upper(ball: Ball) -> Fraction:
    """A short rational above the ball."""
    if not ball.is_finite():
        raise UnknownGrowthError
    return Fraction(int((ball.upper() * 1024).ceil().unique_fmpz()), 1024)


def _added_terms(expression: Expression) -> list[Expression]:
    if isinstance(expression, Sum):
        return _added_terms(expression.left) + _added_terms(expression.right)
    return [expression]


def _exp_of_term(term: Expression, start: int) -> Growth:
    coefficients = polynomial_coefficients(term)
    if coefficients is not None and len(coefficients) <= DEGREE + 1:
        return Growth(Rates.of(dict(enumerate(coefficients))), exact(coefficients[0]).exp(), start)
    match term:
        case Product(Number(q), Call("log", inner)) | Product(Call("log", inner), Number(q)):
            return _raised(growth(inner, start), q)
    u = growth(term, start)
    if u.rates <= FLAT:
        return Growth(FLAT, _range(u).exp(), start)
    if u.factor <= 0:
        return Growth(FLAT, _span(arb(0), arb(1)), start)
    degree = ceil(u.rates.power)
    if u.rates.degree > 0 or degree > DEGREE:
        raise UnknownGrowthError
    # u ≤ top·x^p ≤ (top·start^(p−k))·x^k with k = ⌈p⌉
    slower = Rates.of({}, u.rates.power - degree)
    rate = _rational_upper(exact(_rational_upper(u.factor)) * slower.size(start))
    return Growth(Rates.of({degree: rate}), _span(arb(0), arb(1)), start)


def _exponential(u: Expression, start: int) -> Growth:
    terms = [u] if polynomial_coefficients(u) is not None else _added_terms(u)
    total = Growth(FLAT, arb(1), start)
    for term in terms:
        factor = _exp_of_term(term, start)
        total = Growth(total.rates + factor.rates, total.factor * factor.factor, start)
    return total


# f′ of the odd functions, for f(u)/u = f′(ξ) with ξ between 0 and u.
_SLOPE: dict[str, Expression | None] = {
    "sin": Call("cos", X),
    "tan": Power(Call("cos", X), Fraction(-2)),
    "asin": Power(Sum(Number(Fraction(1)), Product(MINUS_ONE, Power(X, Fraction(2)))), Fraction(-1, 2)),
    "atan": Power(Sum(Number(Fraction(1)), Power(X, Fraction(2))), Fraction(-1)),
    "asinh": Power(Sum(Number(Fraction(1)), Power(X, Fraction(2))), Fraction(-1, 2)),
    "atanh": Power(Sum(Number(Fraction(1)), Product(MINUS_ONE, Power(X, Fraction(2)))), Fraction(-1)),
    "tanh": Power(Call("cosh", X), Fraction(-2)),
    "erf": None,
}


def _small(name: str, u: Growth) -> Growth:
    """An odd function of something that tends to 0."""
    span = _span(arb(0), arb(1)) * _range(u)
    slope = _SLOPE[name]
    rate = 2 / arb.pi().sqrt() * (-span * span).exp() if slope is None else real(slope, span)
    return Growth(u.rates, u.factor * rate, u.start)


_SATURATING = frozenset(["tanh", "atan", "erf", "sign"])


def _large(name: str, u: Growth) -> Growth:
    """A function of something that may grow."""
    if name in _SATURATING:
        limit = arb.pi() / 2 if name == "atan" else arb(1)
        if u.factor > 0 or u.factor < 0:
            least = abs(u.factor).lower() / _supremum(u.rates.scaled(Fraction(-1)), u.start)
            value = _span(real(Call(name, X), arb(arb(least).lower())), limit)
            return Growth(FLAT, value if u.factor > 0 else -value, u.start)
        return Growth(FLAT, _span(-limit, limit), u.start)
    if name in ("sin", "cos"):
        return Growth(FLAT, arb(0, 1), u.start)
    if name in ("asinh", "acosh"):  # |asinh u| and acosh u ≤ log(1 + 2|u|)
        one = Growth(FLAT, arb(1), u.start)
        bound = _logarithm(_sum(one, Growth(u.rates, 2 * abs(u.factor).nonnegative_part(), u.start)))
        top = arb(abs(bound.factor).upper())
        return Growth(bound.rates, _span(-top, top), u.start)
    raise UnknownGrowthError


def _called(name: str, argument: Expression, start: int) -> Growth:
    if name == "exp":
        return _exponential(argument, start)
    if name in ("sinh", "cosh"):
        half = Growth(FLAT, arb(1) / 2, start)
        rising, falling = _exponential(argument, start), _exponential(multiply(MINUS_ONE, argument), start)
        sign = arb(-1) if name == "sinh" else arb(1)
        both = _sum(rising, Growth(falling.rates, sign * falling.factor, start))
        return Growth(both.rates, both.factor * half.factor, start)
    u = growth(argument, start)
    if name == "abs":
        return Growth(u.rates, abs(u.factor), start)
    if name == "sqrt":
        return _raised(u, Fraction(1, 2))
    if name == "log":
        return _logarithm(u)
    if u.rates > FLAT:
        return _large(name, u)
    if u.rates < FLAT and name in _SLOPE:
        return _small(name, u)
    return Growth(FLAT, real(Call(name, X), _range(u)), start)


def growth(expression: Expression, start: int) -> Growth:
    """Encloses the expression on the whole half-line x ≥ start.

    Arguments: expression, real there; start, an integer ≥ 3. Returns: rates and factor. Raises: UnknownGrowthError.

    >>> from .expression import parse
    >>> rates = growth(parse("x*exp(x**2/8 - x)"), 10).rates
    >>> str(rates.exponent(2)), str(rates.exponent(1)), str(rates.power)
    ('1/8', '-1', '1')
    """
    try:
        match expression:
            case Number(value):
                result = Growth(FLAT, exact(value), start)
            case Variable():
                result = Growth(Rates.of({}, Fraction(1)), arb(1), start)
            case Sum(left, right):
                result = _sum(growth(left, start), growth(right, start))
            case Product(left, right):
                u, v = growth(left, start), growth(right, start)
                result = Growth(u.rates + v.rates, u.factor * v.factor, start)
            case Power(base, exponent):
                result = _raised(growth(base, start), exponent)
            case Call(name, argument):
                result = _called(name, argument, start)
    except NotRealError:
        raise UnknownGrowthError from None
    if not result.factor.is_finite():
        raise UnknownGrowthError
    return result
