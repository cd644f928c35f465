"""The activation as everybody else sees it: a name or expression with its Hermite data, or refused with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import ArrayLike, NDArray

from .balls import exact
from .decimals import outward
from .domain import is_constant, letters, oddness_problem, proportional, reality_problem
from .errors import ActivationError, NumericalRangeError
from .expression import Expression, parse
from .models import ErfModel, Model, PolynomialModel, ReluModel, SignModel
from .moments import DivergentError, Moments, UnresolvedError, gaussian_moments
from .normal_form import polynomial_coefficients
from .quantizer import MAX_LEVELS, lloyd_max
from .series_models import ExpressionModel, StepModel

Array = NDArray[np.float64]
Ball = Any

NAMES = "sign, tanh, erf, relu, identity, quantizer:L or an expression in x"

_QUANTIZER = re.compile(r"quantizer:(\d{1,6})\Z")
_BARE = {"sign": "sign(x)", "tanh": "tanh(x)", "erf": "erf(x)", "identity": "x"}
_WIDEST_ALPHA = Fraction(1, 10**11)
_BITS = (64, 160, 320)
_PRECISION = 128


def _finite(values: Array, where: Array, name: str) -> Array:
    lost = ~np.isfinite(values) & np.isfinite(where)
    if np.any(lost):
        raise NumericalRangeError(f"{name} is not finite in double precision at t = {float(where[lost][0])!r}")
    return values


@dataclass(frozen=True, eq=False)
class Activation:
    """An activation σ with E σ(x)² < ∞ and c_1 = E xσ(x) ≠ 0, x ~ N(0, 1).

    name: as written. odd_problem: None if σ is certainly odd, else why not. letters: the number of values, if finite.
    first, second, excess: balls for c_1, E σ² and α = E σ²/c_1² − 1; model: the same σ in doubles. With the normalised
    Hermite coefficients c_ℓ and f(t) = Σ (c_ℓ/c_1)² t^ℓ, 1 + α = f(1).
    """

    name: str
    odd_problem: str | None
    letters: int | None
    first: Ball
    second: Ball
    excess: Ball
    model: Model

    @property
    def odd(self) -> bool:
        """Whether σ is certainly odd.

        >>> activation("tanh").odd, activation("relu").odd
        (True, False)
        """
        return self.odd_problem is None

    @property
    def c1(self) -> float:
        """The first Hermite coefficient c_1 = E xσ(x), to double precision.

        >>> activation("sign").c1
        0.7978845608028654
        """
        return float(self.first.mid())

    @property
    def alpha(self) -> float:
        """α = E σ²/c_1² − 1 ≥ 0, to double precision.

        >>> activation("identity").alpha
        0.0
        """
        return float(self.excess.mid())

    @property
    def alpha_enclosure(self) -> tuple[str, str]:
        """Decimal strings around α, rounded outward.

        >>> activation("x**3").alpha_enclosure  # E x⁶/(E x⁴)² − 1 = 15/9 − 1
        ('0.66666666666666666666', '0.66666666666666666667')
        """
        return outward(self.excess)

    @property
    def f_of_one(self) -> float:
        """f(1) = 1 + α.

        >>> round(activation("sign").f_of_one, 15)
        1.570796326794897
        """
        return 1.0 + self.alpha

    def __call__(self, x: ArrayLike) -> Array:
        """σ(x), entrywise; sign(0) = +1."""
        return self.model.evaluate(np.asarray(x, dtype=np.float64))

    def slope(self, x: ArrayLike) -> Array:
        """σ′(x) for training, entrywise; a smooth surrogate where σ is a step."""
        return self.model.differentiate(np.asarray(x, dtype=np.float64))

    def f(self, t: ArrayLike) -> Array:
        """f(t) = Σ (c_ℓ/c_1)² t^ℓ, entrywise, for |t| ≤ 1.

        Raises: NumericalRangeError where doubles, or a bounded number of values of σ, do not suffice.

        >>> round(float(activation("sign").f(1.0)), 12)
        1.570796326795
        """
        where = np.asarray(t, dtype=np.float64)
        return _finite(self.model.kernel.value(where), where, "f(t)")

    def f_prime(self, t: ArrayLike) -> Array:
        """f′(t), entrywise, for |t| ≤ 1; where f′(±1) is infinite, a large finite number. Raises: as f."""
        where = np.asarray(t, dtype=np.float64)
        return _finite(self.model.kernel.slope(where), where, "f′(t)")

    def series(self, degree: int) -> Array:
        """(c_ℓ/c_1)² for ℓ = 0 … degree, or for the lower degrees only where the rest is zero or was not computed.

        >>> activation("sign").series(3).round(6).tolist()
        [0.0, 1.0, 0.0, 0.166667]
        """
        return self.model.kernel.series(degree)

    def require_odd(self) -> None:
        """Raises ActivationError unless σ is certainly odd.

        >>> activation("relu").require_odd()  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        ActivationError: activation 'relu' refused: it is not odd: relu(1) = 1 but relu(-1) = 0, and the lower bound …
        """
        if self.odd_problem is not None:
            raise ActivationError(self.name, f"{self.odd_problem}, and the lower bound needs an odd activation")

    def __repr__(self) -> str:
        return f"Activation({self.name!r}, alpha={self.alpha:.12g})"


def _excess(first: Ball, second: Ball) -> Ball:
    """α = E σ²/c_1² − 1, which is never negative (Cauchy–Schwarz)."""
    ratio = second / (first * first) - 1
    return ratio if ratio.lower() >= 0 else arb(0).union(arb(ratio.upper()).nonnegative_part())


def _sign(name: str, level: Fraction) -> Activation:
    with ctx.workprec(_PRECISION):
        first = exact(level) * (2 / arb.pi()).sqrt()
        model = SignModel(float(level))
        return Activation(name, None, 2, first, exact(level**2), arb.pi() / 2 - 1, model)


def _erf(name: str, factor: Fraction, rate: Fraction) -> Activation:
    with ctx.workprec(_PRECISION):
        q = exact(2 * rate**2 / (1 + 2 * rate**2))
        first = exact(factor) * (2 * q / arb.pi()).sqrt() * (1 if rate > 0 else -1)
        second = exact(factor**2) * 2 / arb.pi() * q.asin()
        # α = arcsin(q)/q − 1 (derived in this project: erf is the mean of the sign under added Gaussian noise).
        return Activation(name, None, None, first, second, q.asin() / q - 1, ErfModel(float(factor), float(rate)))


def _relu() -> Activation:
    with ctx.workprec(_PRECISION):
        problem = "it is not odd: relu(1) = 1 but relu(-1) = 0"
        return Activation("relu", problem, None, arb(1) / 2, arb(1) / 2, arb(1), ReluModel())


def _quantizer(name: str, count: int) -> Activation:
    if count % 2 or not 2 <= count <= MAX_LEVELS:
        raise ActivationError(name, f"the number of levels must be even, from 2 to {MAX_LEVELS}")
    with ctx.workprec(_PRECISION):
        distortion = lloyd_max(count).distortion
        # Cell means as values: E xσ = E σ² = 1 − D, so α = D/(1 − D).
        return Activation(
            name, None, count, 1 - distortion, 1 - distortion, distortion / (1 - distortion), StepModel(count)
        )


def _moments_at(name: str, expression: Expression, odd: bool, bits: int) -> Moments:
    try:
        return gaussian_moments(expression, odd=odd, bits=bits)
    except DivergentError:
        raise ActivationError(name, "it is not square-integrable under the Gaussian: E σ(x)² = ∞") from None
    except UnresolvedError as problem:
        raise ActivationError(name, str(problem)) from None


def _checked_moments(name: str, expression: Expression, odd: bool) -> tuple[Ball, Ball, Ball]:
    """c_1, E σ² and α, at rising precision until α is known to 1e-11 of 1 + α."""
    for bits in _BITS:
        moments = _moments_at(name, expression, odd, bits)
        first, second = moments.first, moments.second
        if first.is_zero():
            raise ActivationError(name, "its first Hermite coefficient c_1 = E xσ(x) is zero")
        if first.contains(arb(0)):
            continue
        with ctx.workprec(2 * bits):
            excess = _excess(first, second)
            if excess.rad() <= exact(_WIDEST_ALPHA) * (1 + excess.mid()):
                return first, second, excess
    size = f"|c_1| < {float(abs(first).upper()):.1e}"
    raise ActivationError(name, f"its first Hermite coefficient c_1 = E xσ(x) is zero or too small: {size}")


def _polynomial(name: str, problem: str | None, coefficients: list[Fraction], expression: Expression) -> Activation:
    first, second, excess = _checked_moments(name, expression, False)
    return Activation(name, problem, None, first, second, excess, PolynomialModel(coefficients))


def _expression(name: str, text: str, need_odd: bool) -> Activation:
    expression = parse(text)
    if is_constant(expression):
        raise ActivationError(name, "it is constant")
    if (problem := reality_problem(expression)) is not None:
        raise ActivationError(name, problem)
    odd_problem = oddness_problem(expression)
    if need_odd and odd_problem is not None:
        raise ActivationError(name, f"{odd_problem}, and the lower bound needs an odd activation")
    coefficients = polynomial_coefficients(expression)
    if coefficients is not None:
        return _polynomial(name, odd_problem, coefficients, expression)
    if (found := proportional(expression, "sign")) is not None:
        return _sign(name, found[0] if found[1] > 0 else -found[0])
    if (found := proportional(expression, "erf")) is not None:
        return _erf(name, *found)
    odd = odd_problem is None
    first, second, excess = _checked_moments(name, expression, odd)
    model = ExpressionModel(expression, odd, float(first.mid()))
    return Activation(name, odd_problem, letters(expression), first, second, excess, model)


@lru_cache(maxsize=64)
def _activation(text: str, need_odd: bool) -> Activation:
    name = text.strip()
    if name == "relu":
        found = _relu()
        if need_odd:
            found.require_odd()
        return found
    if (match := _QUANTIZER.match(name)) is not None:
        return _quantizer(name, int(match[1]))
    if ":" in name:
        raise ActivationError(name, f"unknown name; allowed are {NAMES}")
    return _expression(name, _BARE.get(name, name), need_odd)


def activation(text: str | Activation, *, need_odd: bool = False) -> Activation:
    """Reads an activation and computes its Hermite data.

    sign (sign(0) = +1), tanh, erf (erf(x)), relu, identity, quantizer:L (the Lloyd–Max quantiser of N(0, 1) with an
    even number L of levels, cell means as values), or an expression in x.

    Arguments: text, the name or expression (an Activation is passed through); need_odd, refuse what is not certainly
    odd, before any integral is computed. Returns: Activation. Raises: ActivationError with the reason.

    >>> activation("quantizer:2").alpha_enclosure == activation("sign").alpha_enclosure
    True
    >>> activation("exp(x)", need_odd=True)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ActivationError: activation 'exp(x)' refused: it is not odd: σ(1) = 2.71828 but σ(-1) = 0.367879, and …
    """
    if isinstance(text, Activation):
        if need_odd:
            text.require_odd()
        return text
    if not isinstance(text, str):
        raise ActivationError(repr(text), f"it must be text; allowed are {NAMES}")
    return _activation(text, need_odd)
