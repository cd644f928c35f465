"""What `lemmata bound` reports: α and the lower bound with enclosures, the sharpest bound, and Shannon's value."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Any

from flint import arb, ctx, fmpq
from numpy.typing import ArrayLike

from ..activations import Activation, activation
from ..activations.decimals import outward
from ..given import shown
from .arguments import whole
from .bounds import shannon_bound, shannon_bound_for, sharp_bound
from .source import Source, enclosed_variances, make_source
from .water_filling import enclosed_gain

Ball = Any
Rate = str | float | Fraction

_PRECISION = 192
_LARGEST = 10**9
_NEARLY_WHOLE = Fraction(1, 10**9)
_LONGEST_TEXT = re.compile(r"[^eE]{1,60}([eE][+-]?\d{1,4})?\Z")  # longer exponents would fill the memory with digits


@dataclass(frozen=True)
class BoundSummary:
    """The lower bound on E|x − Aσ(Bx)|²/d, per coordinate, for one activation and rate.

    n, d: None where only a rate was given. alpha_enclosure, bound_enclosure: decimal strings rounded outward.
    sharp_bound: the best bound proved at this n and d; None without them. shannon: the distortion–rate value at
    n·log₂ L bits for a code of L letters; None where the code has no finite alphabet.
    """

    activation: str
    n: int | None
    d: int | None
    rate: float
    alpha: float
    alpha_enclosure: tuple[str, str]
    bound: float
    bound_enclosure: tuple[str, str]
    sharp_bound: float | None
    shannon: float | None

    def as_json(self) -> dict[str, Any]:
        """The record as strict JSON values, keys in their fixed order.

        >>> list(bound_summary("sign", rate=1).as_json())[:4]
        ['activation', 'n', 'd', 'rate']
        """
        return {
            "activation": self.activation,
            "n": self.n,
            "d": self.d,
            "rate": self.rate,
            "alpha": self.alpha,
            "alpha_enclosure": list(self.alpha_enclosure),
            "bound": self.bound,
            "bound_enclosure": list(self.bound_enclosure),
            "sharp_bound": self.sharp_bound,
            "shannon": self.shannon,
        }


@dataclass(frozen=True)
class _Size:
    n: int | None
    d: int | None
    rate: Fraction


def _exact_rate(rate: object) -> Fraction:
    try:
        if isinstance(rate, bool) or (isinstance(rate, str) and not _LONGEST_TEXT.match(rate)):
            raise TypeError
        if isinstance(rate, Rational | str):
            value = Fraction(int(rate)) if isinstance(rate, Integral) else Fraction(rate)
        elif isinstance(rate, Real):
            # A double stands for the shortest decimal that denotes it: 0.1 is one tenth.
            value = Fraction(str(rate))
        else:
            raise TypeError
    except (ValueError, TypeError, ZeroDivisionError, OverflowError):
        raise ValueError(f"rate = {shown(rate)}: it must be a positive number") from None
    if not Fraction(1, _LARGEST) <= value <= _LARGEST:
        raise ValueError(f"rate = {rate}: it must lie between 1e-9 and 1e9")
    return value


def _size(rate: Rate | None, n: int | None, d: int | None, source: Source | None) -> _Size:
    if source is not None:
        if d is not None and whole("d", d, most=_LARGEST) != source.dimension:
            raise ValueError(f"d = {d}, but the covariance has dimension {source.dimension}")
        d = source.dimension
    if rate is not None:
        if n is not None or (d is not None and source is None):
            raise ValueError("give either a rate or n and d, not both")
        exact = _exact_rate(rate)
        if d is None:
            return _Size(None, None, exact)
        # A double, or a decimal cut short, stands for the quotient n/d next to it: 0.6666666666666666 is 2/3.
        units = round(exact * d)
        if units < 1 or abs(exact * d - units) > _NEARLY_WHOLE:
            raise ValueError(
                f"rate = {rate}: with d = {d} the number of units rate·d = {float(exact * d):g} is not whole: "
                "choose another rate, or give --n"
            )
        return _Size(units, d, Fraction(units, d))
    if n is None or d is None:
        raise ValueError("give a rate, or n and d (n alone with a covariance)")
    units, dimension = whole("n", n, most=_LARGEST), whole("d", d, most=_LARGEST)
    return _Size(units, dimension, Fraction(units, dimension))


def rate_bound_ball(rate: Fraction, alpha: Ball) -> Ball:
    """1 − r/(max(r, 1) + α) in balls.

    >>> bool(rate_bound_ball(Fraction(1, 2), arb(1)) == arb(3) / 4)
    True
    """
    top = max(rate, Fraction(1))
    difference = top - rate
    return (arb(fmpq(difference.numerator, difference.denominator)) + alpha) / (
        arb(fmpq(top.numerator, top.denominator)) + alpha
    )


def _bound_ball(size: _Size, sigma: Activation, source: Source | None) -> Ball:
    with ctx.workprec(_PRECISION):
        if source is None or size.n is None:
            return rate_bound_ball(size.rate, sigma.excess)
        variances = enclosed_variances(source)
        gain = enclosed_gain(variances, sigma.excess, size.n)
        total = sum(variances, arb(0))
        return ((total - gain) / source.dimension).nonnegative_part()


def _shannon(size: _Size, sigma: Activation, source: Source | None) -> float | None:
    if sigma.letters is None:
        return None
    if source is None or size.n is None:
        return shannon_bound(float(size.rate), sigma.letters)
    return shannon_bound_for(source.variances, size.n * math.log2(sigma.letters))


def bound_summary(
    activation_text: str,
    *,
    rate: Rate | None = None,
    n: int | None = None,
    d: int | None = None,
    covariance: ArrayLike | Source | None = None,
) -> BoundSummary:
    """The lower bound for an activation at a rate r = n/d, or at n and d, for N(0, I) or a given covariance.

    1 − r/(max(r, 1) + α), or water-filling with a covariance; both in balls (derived in this project).

    Arguments: activation_text, odd; rate (a number, or its decimal text), or n and d; covariance, d variances, a d×d
    matrix, or what read_covariance returns, and then rate·d must be whole (to 1e-9) or n given. Returns: BoundSummary.
    Raises: ActivationError; ValueError naming the value and what is allowed.

    >>> summary = bound_summary("sign", rate="1")
    >>> round(summary.bound, 12), summary.shannon
    (0.363380227632, 0.25)
    """
    source = None if covariance is None else make_source(covariance)
    size = _size(rate, n, d, source)
    sigma = activation(activation_text, need_odd=True)
    ball = _bound_ball(size, sigma, source)
    sharp = None
    if size.n is not None and size.d is not None:
        # Never reported below the enclosed bound, from which it may differ by rounding.
        sharp = max(sharp_bound(sigma, n=size.n, d=size.d, covariance=source), float(ball.mid()))
    return BoundSummary(
        activation=sigma.name,
        n=size.n,
        d=size.d,
        rate=float(size.rate),
        alpha=sigma.alpha,
        alpha_enclosure=sigma.alpha_enclosure,
        bound=float(ball.mid()),
        bound_enclosure=outward(ball),
        sharp_bound=sharp,
        shannon=_shannon(size, sigma, source),
    )
