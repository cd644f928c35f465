"""How an expression grows: e(x) = x^p · exp(b·x + c·x²) · m(x) for all x ≥ T, with a ball for m.

Such an enclosure of a whole half-line bounds the tail of a Gaussian integral, or shows that the integral diverges.
With 1/x for x the same rules describe a singularity at 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from .balls import NotRealError, exact, integer_power, real
from .expression import MINUS_ONE, Call, Expression, Number, Power, Product, Sum, Variable, X, multiply
from .normal_form import polynomial_coefficients

Ball = Any
Rates = tuple[Fraction, Fraction, Fraction]  # (c, b, p), compared lexicographically: the faster growth is the larger

_NONE: Rates = (Fraction(0), Fraction(0), Fraction(0))
_LOG_POWER = Fraction(1, 16)  # log x ≤ x^ε/(eε) for x ≥ 1


class UnknownGrowthError(ArithmeticError):
    """No enclosure of this form was found from this T on (a larger T may help)."""


@dataclass(frozen=True)
class Growth:
    """x^p · exp(b·x + c·x²) · m for x ≥ start: rates = (c, b, p), factor = a ball that contains every m(x)."""

    rates: Rates
    factor: Ball
    start: int


def _scaled(rates: Rates, by: Fraction) -> Rates:
    return (rates[0] * by, rates[1] * by, rates[2] * by)


def _plus(left: Rates, right: Rates) -> Rates:
    return (left[0] + right[0], left[1] + right[1], left[2] + right[2])


def _minus(left: Rates, right: Rates) -> Rates:
    return _plus(left, _scaled(right, Fraction(-1)))


def size(rates: Rates, x: int) -> Ball:
    """x^p · exp(b·x + c·x²) at an integer x ≥ 1.

    >>> bool(size((Fraction(0), Fraction(0), Fraction(2)), 3) == 9)
    True
    """
    c, b, p = rates
    return exact(Fraction(x)) ** exact(p) * exact(b * x + c * x * x).exp()


def _supremum(rates: Rates, start: int) -> Ball:
    """sup over x ≥ start of a function with rates ≤ 0, its value at start, once it is seen to decrease from there."""
    c, b, p = rates
    # x·(log)′ = p + b·x + 2c·x² ≤ 0 at start, with a derivative ≤ 0 from there on.
    if p + b * start + 2 * c * start * start > 0 or b + 4 * c * start > 0 or c > 0:
        raise UnknownGrowthError
    return size(rates, start)


def _span(low: Ball, high: Ball) -> Ball:
    return arb(low).union(arb(high))


def _range(growth: Growth) -> Ball:
    """The values taken, for rates ≤ 0."""
    if growth.rates == _NONE:
        return growth.factor
    return growth.factor * _span(arb(0), _supremum(growth.rates, growth.start))


def _sum(left: Growth, right: Growth) -> Growth:
    if left.rates < right.rates:
        left, right = right, left
    ratio = _range(Growth(_minus(right.rates, left.rates), right.factor, right.start))
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
    return Growth(_scaled(base.rates, exponent), value, base.start)


def _logarithm(u: Growth) -> Growth:
    """log u = c·x² + b·x + p·log x + log m."""
    if not u.factor > 0:
        raise UnknownGrowthError
    (c, b, p), start, constant = u.rates, u.start, u.factor.log()
    if u.rates == _NONE:
        return Growth(_NONE, constant, start)
    shrink = _span(arb(0), 1 / arb(start))
    log_start = arb(start).log()  # log x/x and log x/x² decrease from 3 on, and start ≥ 3
    if c != 0:
        m = exact(c) + exact(b) * shrink + exact(p) * _span(arb(0), log_start) * shrink**2 + constant * shrink**2
        return Growth((Fraction(0), Fraction(0), Fraction(2)), m, start)
    if b != 0:
        m = exact(b) + exact(p) * _span(arb(0), log_start) * shrink + constant * shrink
        return Growth((Fraction(0), Fraction(0), Fraction(1)), m, start)
    m = exact(p / _LOG_POWER) * _span(arb(0), arb(-1).exp()) + constant * _span(arb(0), arb(1))
    return Growth((Fraction(0), Fraction(0), _LOG_POWER), m, start)


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
    if coefficients is not None and len(coefficients) <= 3:
        a, b, c = (*coefficients, Fraction(0), Fraction(0))[:3]
        return Growth((c, b, Fraction(0)), exact(a).exp(), start)
    match term:
        case Product(Number(q), Call("log", inner)) | Product(Call("log", inner), Number(q)):
            return _raised(growth(inner, start), q)
    u = growth(term, start)
    if u.rates <= _NONE:
        return Growth(_NONE, _range(u).exp(), start)
    if u.factor <= 0:
        return Growth(_NONE, _span(arb(0), arb(1)), start)
    c, b, p = u.rates
    top = _rational_upper(u.factor)
    one = _span(arb(0), arb(1))
    if c == 0 and b == 0 and p <= 1:  # u ≤ top·x^p ≤ (top·start^(p−1))·x
        rate = _rational_upper(exact(top) * size((c, b, p - 1), start))
        return Growth((Fraction(0), rate, Fraction(0)), one, start)
    if c == 0 and b == 0 and p <= 2:
        rate = _rational_upper(exact(top) * size((c, b, p - 2), start))
        return Growth((rate, Fraction(0), Fraction(0)), one, start)
    raise UnknownGrowthError


def _leading_order(u: Expression) -> Expression | None:
    """A polynomial exponent of degree > 2 with negative leading coefficient."""
    coefficients = polynomial_coefficients(u)
    return u if coefficients is not None and len(coefficients) > 3 and coefficients[-1] < 0 else None


def _exponential(u: Expression, start: int) -> Growth:
    if _leading_order(u) is not None:
        v = growth(u, start)
        if v.factor < 0:  # u = −|m|·x^p with p > 2, so u ≤ −|m|·start^(p−2)·x²
            slow = exact(Fraction(start)) ** exact(v.rates[2] - 2) * (-v.factor)
            rate = -_rational_upper(-slow)
            return Growth((-max(rate, Fraction(0)), Fraction(0), Fraction(0)), _span(arb(0), arb(1)), start)
        raise UnknownGrowthError
    coefficients = polynomial_coefficients(u)
    if coefficients is not None:
        return _exp_of_term(u, start)
    total = Growth(_NONE, arb(1), start)
    for term in _added_terms(u):
        factor = _exp_of_term(term, start)
        total = Growth(_plus(total.rates, factor.rates), total.factor * factor.factor, start)
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
    rate = 2 / arb.pi().sqrt() * (-(span**2)).exp() if slope is None else real(slope, span)
    return Growth(u.rates, u.factor * rate, u.start)


_SATURATING = frozenset(["tanh", "atan", "erf", "sign"])


def _large(name: str, u: Growth) -> Growth:
    """A function of something that may grow."""
    if name in _SATURATING:
        limit = arb.pi() / 2 if name == "atan" else arb(1)
        if u.factor > 0 or u.factor < 0:
            least = abs(u.factor).lower() / _supremum(_scaled(u.rates, Fraction(-1)), u.start)
            value = _span(real(Call(name, X), arb(arb(least).lower())), limit)
            return Growth(_NONE, value if u.factor > 0 else -value, u.start)
        return Growth(_NONE, _span(-limit, limit), u.start)
    if name in ("sin", "cos"):
        return Growth(_NONE, arb(0, 1), u.start)
    if name in ("asinh", "acosh"):  # |asinh u| and acosh u ≤ log(1 + 2|u|)
        one = Growth(_NONE, arb(1), u.start)
        bound = _logarithm(_sum(one, Growth(u.rates, 2 * abs(u.factor).nonnegative_part(), u.start)))
        top = arb(abs(bound.factor).upper())
        return Growth(bound.rates, _span(-top, top), u.start)
    raise UnknownGrowthError


def _called(name: str, argument: Expression, start: int) -> Growth:
    if name == "exp":
        return _exponential(argument, start)
    if name in ("sinh", "cosh"):
        half = Growth(_NONE, arb(1) / 2, start)
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
    if u.rates > _NONE:
        return _large(name, u)
    if u.rates < _NONE and name in _SLOPE:
        return _small(name, u)
    return Growth(_NONE, real(Call(name, X), _range(u)), start)


def growth(expression: Expression, start: int) -> Growth:
    """Encloses the expression on the whole half-line x ≥ start.

    Arguments: expression, real there; start, an integer ≥ 3. Returns: rates and factor. Raises: UnknownGrowthError.

    >>> from .expression import parse
    >>> [str(r) for r in growth(parse("x*exp(x**2/8 - x)"), 10).rates]
    ['1/8', '-1', '1']
    """
    try:
        match expression:
            case Number(value):
                result = Growth(_NONE, exact(value), start)
            case Variable():
                result = Growth((Fraction(0), Fraction(0), Fraction(1)), arb(1), start)
            case Sum(left, right):
                result = _sum(growth(left, start), growth(right, start))
            case Product(left, right):
                u, v = growth(left, start), growth(right, start)
                result = Growth(_plus(u.rates, v.rates), u.factor * v.factor, start)
            case Power(base, exponent):
                result = _raised(growth(base, start), exponent)
            case Call(name, argument):
                result = _called(name, argument, start)
    except NotRealError:
        raise UnknownGrowthError from None
    if not result.factor.is_finite():
        raise UnknownGrowthError
    return result
