"""Balls written down as pairs of decimals, rounded outward to a number of digits."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from flint import arb, fmpq

Enclosure = tuple[str, str]


def ball(value: Fraction) -> arb:
    """The ball of a rational number at the current precision; exact where the number is a short binary fraction."""
    return arb(fmpq(value.numerator, value.denominator))


def exact(value: arb) -> Fraction:
    """The number that an exact ball holds."""
    mantissa, exponent = (int(part) for part in value.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def _written(count: int, place: int) -> str:
    """count·10^place as a decimal."""
    return str(Decimal((int(count < 0), tuple(int(digit) for digit in str(abs(count))), place)))


def _leading(size: Fraction) -> int:
    """The decimal exponent e with 10^e ≤ size < 10^(e+1)."""
    e = math.floor((size.numerator.bit_length() - size.denominator.bit_length()) * math.log10(2.0))
    while Fraction(10) ** e > size:
        e -= 1
    while Fraction(10) ** (e + 1) <= size:
        e += 1
    return e


def decimal_number(value: Fraction, digits: int) -> Enclosure:
    """A rational number as a pair of decimals of so many significant digits: equal where that is exact.

    >>> decimal_number(Fraction(-1, 4), 5), decimal_number(Fraction(1, 3), 5)
    (('-0.25', '-0.25'), ('0.33333', '0.33334'))
    """
    if value == 0:
        return "0", "0"
    place = _leading(abs(value)) - digits + 1
    count = value / Fraction(10) ** place
    if count.denominator > 1:
        return _written(math.floor(count), place), _written(math.ceil(count), place)
    whole = count.numerator
    while whole % 10 == 0:
        whole, place = whole // 10, place + 1
    return (_written(whole * 10**place, 0),) * 2 if place > 0 else (_written(whole, place),) * 2


def _scaled(mantissa: int, exponent: int, place: int, up: bool) -> int:
    """mantissa·2^exponent/10^place, rounded down or up to a whole number."""
    above = mantissa << max(exponent, 0)
    below = 1 << max(-exponent, 0)
    if place >= 0:
        below *= 10**place
    else:
        above *= 10**-place
    return -(-above // below) if up else above // below


def _size(mantissa: int, exponent: int) -> int:
    """The decimal exponent e with 10^e ≤ |mantissa|·2^exponent < 10^(e+1)."""
    e = math.floor((mantissa.bit_length() - 1 + exponent) * math.log10(2.0))
    while _scaled(abs(mantissa), exponent, e + 1, False) >= 1:
        e += 1
    while _scaled(abs(mantissa), exponent, e, False) < 1:
        e -= 1
    return e


def decimal_enclosure(value: arb, digits: int, scale: Fraction) -> Enclosure | None:
    """The lower and upper end of a ball as decimals, rounded outward to digits of its size.

    The last digit has the place 10^(e − digits + 1), with 10^e the leading place of the number's size or, where the
    ball holds zero, of scale > 0. Places of fewer digits are coarser, so that an enclosure to more digits lies inside
    one to fewer.

    Args: value: a ball; digits ≥ 1; scale: what a number that may be zero is compared with.
    Returns: a pair of decimal strings, or None where the ball is too wide for so many digits (more than two units of
        the last place).

    >>> decimal_enclosure(arb(2).sqrt(), 5, Fraction(1)), decimal_enclosure(arb(0, 1e-3), 5, Fraction(1))
    (('1.4142', '1.4143'), None)
    """
    if not value.is_finite():
        return None
    low, low_exponent = (int(part) for part in value.lower().man_exp())
    high, high_exponent = (int(part) for part in value.upper().man_exp())
    if low == high == 0:
        return "0", "0"
    if low * high > 0:
        leading = _size(low, low_exponent) if low > 0 else _size(high, high_exponent)
    else:
        leading = _leading(scale)
    place = leading - digits + 1
    lower, upper = _scaled(low, low_exponent, place, False), _scaled(high, high_exponent, place, True)
    return (_written(lower, place), _written(upper, place)) if upper - lower <= 2 else None
