"""Balls as decimal strings, rounded outward."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Any

from flint import ctx

Ball = Any


def _dyadic(end: Ball) -> Fraction:
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _rounded(value: Fraction, digits: int, rounding: str) -> str:
    context = Context(prec=digits, rounding=rounding, Emax=10**6, Emin=-(10**6))
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{quotient:f}" if -20 < quotient.adjusted() < 20 else str(quotient)


def outward(ball: Ball, digits: int = 20) -> tuple[str, str]:
    """Decimal strings (lo, hi) with lo ≤ every point of the ball ≤ hi.

    Arguments: ball, finite; digits, significant ones to keep. Returns: the two strings.

    >>> from flint import arb
    >>> outward(arb(1) / 4, 5)
    ('0.25', '0.25')
    """
    if not ball.is_finite():
        raise ValueError("a ball that is not finite has no decimal enclosure")
    with ctx.workprec(256):  # the ends are themselves rounded, to the working precision
        low, high = _dyadic(ball.lower()), _dyadic(ball.upper())
    return _rounded(low, digits, ROUND_FLOOR), _rounded(high, digits, ROUND_CEILING)
