"""Rigorous Gaussian moments of an expression: E σ, E xσ and E σ² for x ~ N(0, 1), as balls.

Each half-line is integrated on its own: a bounded part by Arb's adaptive integrator over the project's own integrands,
the tail by its growth, a singularity at 0 by the growth in 1/x. A diverging integral is recognised, never returned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from flint import acb, arb, ctx

from .balls import NotRealError, analytic, exact, real
from .errors import NumericalRangeError
from .expression import Expression, Power, X, substitute
from .floats import evaluate
from .growth import Growth, UnknownGrowthError, growth
from .normal_form import mirrored, polynomial_coefficients
from .rates import Rates
from .signs import on_positive_x

Ball = Any

BITS = 64  # tails and integration errors stay below 2^−BITS
_GUARD_BITS = 64
_STARTS = (8, 12, 16, 20, 28, 40, 56, 80, 120, 200, 400)
_DEPTHS = (16, 64, 128, 256, 512, 1024)
_EVALUATIONS, _CELLS = 20_000, 2_000  # a unit interval that needs more (at 64 bits) is given up


class DivergentError(ArithmeticError):
    """The second moment is infinite, certainly."""


class UnresolvedError(ArithmeticError):
    """A moment could not be enclosed, for the reason given."""


@dataclass(frozen=True)
class Moments:
    """Balls for E σ(x), E xσ(x) and E σ(x)², x ~ N(0, 1)."""

    mean: Ball
    first: Ball
    second: Ball


def _density(z: Ball) -> Ball:
    return (-z * z / 2).exp() / (2 * arb.pi()).sqrt()


def _tail(rates: Rates, factor: Ball, start: int) -> Ball:
    """∫_start^∞ rates(x)·m dx with |m| ≤ |factor|: an upper bound; infinite integrals raise."""
    top = arb(abs(factor).upper())
    if rates >= Rates.of({}, Fraction(-1)):
        if factor > 0 or factor < 0:
            raise DivergentError
        raise UnknownGrowthError
    if rates.degree == 0:
        return top * exact(Fraction(start)) ** exact(rates.power + 1) / exact(-rates.power - 1)
    fall = rates.least_fall(start)
    if fall is None:
        raise UnknownGrowthError
    return top * rates.size(start) / exact(fall)


def _tail_bounds(g: Growth) -> tuple[Ball, Ball, Ball]:
    """Bounds for the parts of |E σ|, |E xσ|, E σ² beyond the start, from φ(x) = e^{−x²/2}/√(2π)."""
    gaussian, density = 1 / (2 * arb.pi()).sqrt(), Rates.of({2: Fraction(-1, 2)})
    return (
        _tail(g.rates + density, g.factor * gaussian, g.start),
        _tail(g.rates + density + Rates.of({}, Fraction(1)), g.factor * gaussian, g.start),
        _tail(g.rates.scaled(Fraction(2)) + density, g.factor * g.factor * gaussian, g.start),
    )


def _origin_bounds(g: Growth) -> tuple[Ball, Ball, Ball]:
    """The same for the parts below δ = 1/start, from the growth in y = 1/x and φ ≤ 1/√(2π)."""
    gaussian = 1 / (2 * arb.pi()).sqrt()
    return (
        _tail(g.rates + Rates.of({}, Fraction(-2)), g.factor * gaussian, g.start),
        _tail(g.rates + Rates.of({}, Fraction(-3)), g.factor * gaussian, g.start),
        _tail(g.rates.scaled(Fraction(2)) + Rates.of({}, Fraction(-2)), g.factor * g.factor * gaussian, g.start),
    )


def _small_enough(bits: int, *bounds: Ball) -> bool:
    limit = arb(2) ** -bits
    return all(bound < limit for bound in bounds)


def _finite(expression: Expression, low: Ball, high: Ball) -> bool:
    try:
        return bool(real(expression, low.union(high)).is_finite())
    except NotRealError:
        return False


def _where_infinite(expression: Expression, low: Ball, high: Ball) -> str:
    """Follows the half without a finite ball down to a point."""
    for _ in range(60):
        middle = arb(((low + high) / 2).mid())
        low, high = (middle, high) if _finite(expression, low, middle) else (low, middle)
    return f"{float(low.mid()):.6g}"


def _pole(expression: Expression) -> str | None:
    """A place in (0, 8) around which no finite ball is found, if any."""
    for k in range(1, 8 * 256):
        low, high = arb(k) / 256, arb(k + 1) / 256
        if not _finite(expression, low, high):
            return _where_infinite(expression, low, high)
    return None


def _infinity_tail(expression: Expression, bits: int) -> tuple[int, tuple[Ball, Ball, Ball]]:
    """T and bounds for the parts of |E σ|, |E xσ|, E σ² beyond T."""
    known = False
    for start in _STARTS:
        try:
            g = growth(expression, start)
            known = True
            bounds = _tail_bounds(g)
        except UnknownGrowthError:
            continue
        if _small_enough(bits, *bounds):
            return start, bounds
    if not known and (where := _pole(expression)) is not None:
        raise UnresolvedError(f"it is unbounded or undefined near |x| = {where}")
    why = "its tail is too heavy to integrate" if known else "its growth for large |x| is not covered by the rules"
    raise UnresolvedError(f"it could not be shown to be square-integrable under the Gaussian: {why}")


def _origin_tail(expression: Expression, bits: int) -> tuple[int, tuple[Ball, Ball, Ball]]:
    """A depth k and bounds for the parts below δ = 2^−k, where the expression has no finite ball around 0.

    With y = 1/x, ∫_0^δ g(x) dx = ∫_{1/δ}^∞ g(1/y) y^−2 dy.
    """
    inverse = on_positive_x(substitute(expression, Power(X, Fraction(-1))))
    for depth in _DEPTHS:
        try:
            bounds = _origin_bounds(growth(inverse, 2**depth))
        except UnknownGrowthError:
            continue
        if _small_enough(bits, *bounds):
            return depth, bounds
    raise UnresolvedError("it could not be shown to be square-integrable near x = 0")


def _integrand(expression: Expression, weight: Callable[[Ball, Ball], Ball]) -> Callable[[Ball, bool], Ball]:
    def evaluate(z: Ball, must_be_analytic: bool) -> Ball:
        try:
            if must_be_analytic or not z.imag.is_zero():
                value = analytic(expression, z)
            else:
                value = acb(real(expression, z.real))
        except NotRealError:
            return acb(arb.nan())
        return weight(z, value) * _density(z)

    return evaluate


def _cell(integrand: Callable[[Ball, bool], Ball], low: Ball, high: Ball, bits: int) -> Ball:
    tolerance = arb(2) ** -(bits + 6)
    value = acb.integral(
        integrand,
        low,
        high,
        rel_tol=tolerance,
        abs_tol=tolerance,
        eval_limit=_EVALUATIONS * bits // BITS,
        depth_limit=_CELLS * bits // BITS,
        use_heap=True,
    )
    return value.real


_WEIGHTS: tuple[Callable[[Ball, Ball], Ball], ...] = (
    lambda z, value: value,
    lambda z, value: z * value,
    lambda z, value: value * value,
)


def _cells(stop: int, singular_bits: int | None) -> list[tuple[Ball, Ball]]:
    points = [arb(k) for k in range(stop + 1)]
    if singular_bits is not None:
        points[:1] = [arb(2) ** -k for k in range(singular_bits, 0, -1)]
    return list(pairwise(points))


def _half_line(expression: Expression, bits: int) -> tuple[Ball, Ball, Ball]:
    """∫_0^∞ of σφ, xσφ and σ²φ."""
    stop, tails = _infinity_tail(expression, bits)
    totals = [arb(0, bound.upper()) for bound in tails]
    depth = None
    if not _finite(expression, arb(0), arb(2) ** -20):
        depth, near = _origin_tail(expression, bits)
        totals = [total + arb(0, bound.upper()) for total, bound in zip(totals, near, strict=True)]
    widest = arb(2) ** -(bits * 2 // 3)
    for low, high in _cells(stop, depth):
        for k, weight in enumerate(_WEIGHTS):
            part = _cell(_integrand(expression, weight), low, high, bits)
            if not part.is_finite():
                where = _where_infinite(expression, low, high)
                raise UnresolvedError(f"it is unbounded or undefined near |x| = {where}")
            if part.rad() > widest * (1 + abs(part.mid())):
                where = f"{float(low.mid()):.6g} < |x| < {float(high.mid()):.6g}"
                why = f"it oscillates or bends too sharply in {where}"
                raise UnresolvedError(f"its moments could not be enclosed: {why}")
            totals[k] = totals[k] + part
    return totals[0], totals[1], totals[2]


def _double_factorial_moment(power: int) -> int:
    """E x^power for x ~ N(0, 1): (power − 1)!! for an even power, 0 for an odd one."""
    if power % 2:
        return 0
    value = 1
    for k in range(1, power, 2):
        value *= k
    return value


def polynomial_moments(coefficients: list[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """E σ, E xσ, E σ² of a polynomial, exactly, from E x^{2k} = (2k − 1)!!.

    >>> [str(m) for m in polynomial_moments([Fraction(0), Fraction(0), Fraction(0), Fraction(1)])]
    ['0', '3', '15']
    """
    mean = sum((c * _double_factorial_moment(k) for k, c in enumerate(coefficients)), Fraction(0))
    first = sum((c * _double_factorial_moment(k + 1) for k, c in enumerate(coefficients)), Fraction(0))
    second = sum(
        (
            a * b * _double_factorial_moment(j + k)
            for j, a in enumerate(coefficients)
            for k, b in enumerate(coefficients)
        ),
        Fraction(0),
    )
    return mean, first, second


def gaussian_moments(expression: Expression, *, odd: bool, bits: int = BITS) -> Moments:
    """E σ(x), E xσ(x), E σ(x)² for x ~ N(0, 1), each within a ball.

    Arguments: expression, real for almost every x; odd, whether it is known to be odd (then one half-line serves);
    bits, the accuracy asked for, absolute 2^−bits. Returns: Moments; polynomials exactly up to rounding.
    Raises: DivergentError if E σ² = ∞; UnresolvedError if no such enclosure was reached.

    >>> from .expression import parse
    >>> moments = gaussian_moments(parse("x**3"), odd=True)
    >>> bool(moments.first == 3), bool(moments.second == 15)
    (True, True)
    """
    with ctx.workprec(bits + _GUARD_BITS):
        coefficients = polynomial_coefficients(expression)
        if coefficients is not None:
            mean, first, second = polynomial_moments(coefficients)
            return Moments(exact(mean), exact(first), exact(second))
        right = _half_line(on_positive_x(expression), bits)
        if odd:
            return Moments(arb(0), 2 * right[1], 2 * right[2])
        left = _half_line(on_positive_x(mirrored(expression)), bits)
        return Moments(right[0] + left[0], right[1] - left[1], right[2] + left[2])


def _rough_second(expression: Expression) -> float:
    """E σ² to a digit or so, from |x| < 6: the size against which a tail is negligible."""
    x = np.linspace(-6.0, 6.0, 1200)
    with np.errstate(all="ignore"):
        values = evaluate(expression, x) ** 2 * np.exp(-x * x / 2.0)
    finite = values[np.isfinite(values)]
    return float(np.mean(finite)) if finite.size else 0.0


def numerical_range(expression: Expression) -> int:
    """An integer T such that |x| > T contributes less than about 1e-17 of E σ².

    Arguments: expression, square-integrable under the Gaussian. Raises: NumericalRangeError.

    >>> from .expression import parse
    >>> numerical_range(parse("tanh(x)"))
    9
    """
    with ctx.workprec(_GUARD_BITS + 64):
        limit = arb(1e-17 * max(_rough_second(expression), 1e-300))
        halves = [on_positive_x(half) for half in (expression, mirrored(expression))]
        for start in [*range(6, 40), *range(40, 400, 4)]:
            try:
                if all(bool(_tail_bounds(growth(half, start))[2] < limit) for half in halves):
                    return int(start)
            except UnknownGrowthError:
                continue
    raise NumericalRangeError("the tail of the activation is too heavy for double precision")
