"""An expression in ball arithmetic: on the real line, and on complex discs with the analytic flag.

An integrator that uses Cauchy estimates is right only if its integrand reports where it is not analytic. The
integrands are therefore built here from the terms themselves, every function with its branch cuts; a ball that meets
a cut, a kink or a pole gives a non-finite ball, never a value.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx, fmpq

from .expression import Call, Expression, Number, Power, Product, Sum

_POINT_PRECISION = 160

Ball = Any  # flint.arb or flint.acb: the library carries no types


class NotRealError(ArithmeticError):
    """The expression is certainly not real (or not defined) at an argument."""


def exact(value: Fraction) -> Ball:
    """A rational as a ball at the working precision.

    >>> exact(Fraction(1, 2)) == arb(1) / 2
    True
    """
    return arb(fmpq(value.numerator, value.denominator))


def integer_power(u: Ball, n: int) -> Ball:
    """u**n by squaring: arb's own power gives up on a ball that contains zero.

    >>> integer_power(arb(0, 1), 2).is_finite()
    True
    """
    if n < 0:
        return 1 / integer_power(u, -n)
    result, square = arb(1), u
    while n:
        if n & 1:
            result = result * square
        square, n = square * square, n >> 1
    return result


def _clamped(u: Ball, low: Ball | None, high: Ball | None, what: str) -> Ball:
    """u within [low, high], where the domain check has shown that the true value lies there."""
    if (low is not None and u < low) or (high is not None and u > high):
        raise NotRealError(what)
    if not u.is_finite():
        return u
    lower = u.lower() if low is None or u.lower() > low else low
    upper = u.upper() if high is None or u.upper() < high else high
    return arb(lower).union(arb(upper))


def _real_sign(u: Ball) -> Ball:
    if u >= 0:
        return arb(1)
    return arb(-1) if u < 0 else arb(0, 1)


def _real_power(u: Ball, exponent: Fraction) -> Ball:
    if exponent.denominator == 1:
        if exponent < 0 and u.is_zero():
            raise NotRealError("division by zero")
        return integer_power(u, int(exponent))
    u = _clamped(u, arb(0), None, f"a negative number to the power {exponent}")
    if exponent < 0 and u.is_zero():
        raise NotRealError("division by zero")
    if u > 0:
        return u ** exact(exponent)
    if exponent < 0 or not u.is_finite():
        return arb.nan()
    return arb(0).union(arb(u.upper()) ** exact(exponent))  # monotone on [0, upper]


def _real_log(u: Ball) -> Ball:
    if u <= 0:
        raise NotRealError("the logarithm of a number ≤ 0")
    return u.log() if u > 0 else arb.nan()


def _real_atanh(u: Ball) -> Ball:
    if abs(u) >= 1:
        raise NotRealError("atanh outside (−1, 1)")
    return u.atanh() if abs(u) < 1 else arb.nan()


def _real_sqrt(u: Ball) -> Ball:
    u = _clamped(u, arb(0), None, "the square root of a negative number")
    if u > 0 or not u.is_finite():
        return u.sqrt()
    return arb(0).union(arb(u.upper()).sqrt())


def _monotone(function: Callable[[Ball], Ball], u: Ball) -> Ball:
    """A monotone function through its end values: exact branch points inside do no harm."""
    if not u.is_finite():
        return arb.nan()
    return function(arb(u.lower())).union(function(arb(u.upper())))


def _safe_asin(u: Ball) -> Ball:
    # After clamping, an end may still exceed 1 by rounding: asin is ±π/2 there.
    if u >= 1:
        return arb.pi() / 2
    return -arb.pi() / 2 if u <= -1 else u.asin()


def _real_asin(u: Ball) -> Ball:
    return _monotone(_safe_asin, _clamped(u, arb(-1), arb(1), "asin or acos outside [−1, 1]"))


def _real_acosh(u: Ball) -> Ball:
    u = _clamped(u, arb(1), None, "acosh of a number < 1")
    return _monotone(lambda v: arb(0) if v <= 1 else v.acosh(), u)


_REAL: dict[str, Callable[[Ball], Ball]] = {
    "exp": lambda u: u.exp(),
    "log": _real_log,
    "sqrt": _real_sqrt,
    "sin": lambda u: u.sin(),
    "cos": lambda u: u.cos(),
    "tan": lambda u: u.tan(),
    "sinh": lambda u: _monotone(lambda v: v.sinh(), u),
    "cosh": lambda u: u.cosh(),
    "tanh": lambda u: _monotone(lambda v: v.tanh(), u),
    "asin": _real_asin,
    "acos": lambda u: arb.pi() / 2 - _real_asin(u),
    "atan": lambda u: _monotone(lambda v: v.atan(), u),
    "asinh": lambda u: _monotone(lambda v: v.asinh(), u),
    "acosh": _real_acosh,
    "atanh": _real_atanh,
    "erf": lambda u: _monotone(lambda v: v.erf(), u),
    "abs": abs,
    "sign": _real_sign,
}


def real(expression: Expression, x: Ball) -> Ball:
    """Encloses the expression over a real ball x.

    At an exact x outside the domain it raises NotRealError. Over a wide ball it assumes that the expression is real on
    all of it (which the domain check establishes) and then stays finite across kinks and ends of domains.

    >>> from .expression import parse
    >>> bool(real(parse("x**2"), arb(3)) == 9)
    True
    """
    match expression:
        case Number(value):
            return exact(value)
        case Sum(left, right):
            return real(left, x) + real(right, x)
        case Product(left, right):
            return real(left, x) * real(right, x)
        case Power(base, exponent):
            return _real_power(real(base, x), exponent)
        case Call(name, argument):
            return _REAL[name](real(argument, x))
        case _:
            return x


def point_value(expression: Expression, x: float) -> float:
    """The value at one double, rounded; nan where it is not real or undefined, ±inf beyond the range of doubles.

    >>> from .expression import parse
    >>> point_value(parse("(exp(x**3) - 1)/(exp(x**3) + 1)"), 20.0)
    1.0
    """
    with ctx.workprec(_POINT_PRECISION):
        try:
            value = real(expression, arb(x))
        except NotRealError:
            return float("nan")
        return float(value.mid()) if value.is_finite() else float("nan")


def _centred(function: Callable[[Ball], Ball], slope: Callable[[Ball], Ball]) -> Callable[[Ball], Ball]:
    """f(m) + f′(ball)·(ball − m), m its centre: much tighter than formulas in logarithms on a wide ball."""

    def evaluate(u: Ball) -> Ball:
        middle = acb(u.real.mid(), u.imag.mid())
        narrow = function(middle) + slope(u) * (u - middle)
        return narrow if narrow.is_finite() else function(u)

    return evaluate


def _off_outer_cuts(u: Ball) -> bool:
    """u keeps clear of (−∞, −1] and [1, ∞), the cuts of asin, acos and atanh."""
    return not u.imag.contains(arb(0)) or bool(u.real > -1 and u.real < 1)


def _off_lower_cut(u: Ball) -> bool:
    """u keeps clear of (−∞, 1], the cut of acosh."""
    return not u.imag.contains(arb(0)) or bool(u.real > 1)


def _off_imaginary_cut(u: Ball) -> bool:
    """u keeps clear of ±i[1, ∞), the cuts of atan and asinh."""
    return not u.real.contains(arb(0)) or bool(u.imag > -1 and u.imag < 1)


def _guarded(function: Callable[[Ball], Ball], clear: Callable[[Ball], bool]) -> Callable[[Ball], Ball]:
    return lambda u: function(u) if u.is_finite() and clear(u) else acb(arb.nan())


_ANALYTIC: dict[str, Callable[[Ball], Ball]] = {
    "exp": lambda u: u.exp(),
    "log": lambda u: u.log(analytic=True),
    "sqrt": lambda u: u.sqrt(analytic=True),
    "sin": lambda u: u.sin(),
    "cos": lambda u: u.cos(),
    "tan": lambda u: u.tan(),
    "sinh": lambda u: u.sinh(),
    "cosh": lambda u: u.cosh(),
    "tanh": lambda u: u.tanh(),
    "asin": _guarded(_centred(lambda u: u.asin(), lambda u: 1 / (1 - u * u).sqrt()), _off_outer_cuts),
    "acos": _guarded(_centred(lambda u: u.acos(), lambda u: -1 / (1 - u * u).sqrt()), _off_outer_cuts),
    "atan": _guarded(lambda u: u.atan(), _off_imaginary_cut),
    "asinh": _guarded(_centred(lambda u: u.asinh(), lambda u: 1 / (1 + u * u).sqrt()), _off_imaginary_cut),
    "acosh": _guarded(lambda u: u.acosh(), _off_lower_cut),
    "atanh": _guarded(_centred(lambda u: u.atanh(), lambda u: 1 / (1 - u * u)), _off_outer_cuts),
    "erf": lambda u: u.erf(),
    "abs": lambda u: u.real_abs(analytic=True),
    "sign": lambda u: u.real_sgn(analytic=True),
}


def analytic(expression: Expression, z: Ball) -> Ball:
    """Encloses the analytic continuation over a complex ball z; not finite unless analytic on all of it.

    >>> from .expression import parse
    >>> analytic(parse("abs(x)"), acb(arb(0, 1))).is_finite()
    False
    """
    match expression:
        case Number(value):
            return acb(exact(value))
        case Sum(left, right):
            return analytic(left, z) + analytic(right, z)
        case Product(left, right):
            return analytic(left, z) * analytic(right, z)
        case Power(base, exponent):
            u = analytic(base, z)
            if exponent.denominator == 1:
                return integer_power(u, int(exponent))
            return u.pow(acb(exact(exponent)), analytic=True)
        case Call(name, argument):
            return _ANALYTIC[name](analytic(argument, z))
        case _:
            return z
