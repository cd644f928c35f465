"""An expression in floating point, vectorised, with its derivative."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.special
from numpy.typing import NDArray

from .expression import Call, Expression, Number, Power, Product, Sum

Array = NDArray[np.float64]


def sign(x: Array) -> Array:
    """The sign with sign(0) = +1 (numpy's own has a third letter, 0).

    >>> sign(np.array([-2.0, 0.0, 3.0])).tolist()
    [-1.0, 1.0, 1.0]
    """
    return np.where(np.asarray(x) >= 0.0, 1.0, -1.0)


_VALUE: dict[str, Callable[[Array], Array]] = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "asin": lambda u: np.arcsin(np.clip(u, -1.0, 1.0)),
    "acos": lambda u: np.arccos(np.clip(u, -1.0, 1.0)),
    "atan": np.arctan,
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "atanh": np.arctanh,
    "erf": scipy.special.erf,
    "abs": np.abs,
    "sign": sign,
}

# Derivatives of the functions as functions of (argument u, value v); sign′ = 0 almost everywhere.
_SLOPE: dict[str, Callable[[Array, Array], Array]] = {
    "exp": lambda u, v: v,
    "log": lambda u, v: 1.0 / u,
    "sqrt": lambda u, v: 0.5 / v,
    "sin": lambda u, v: np.cos(u),
    "cos": lambda u, v: -np.sin(u),
    "tan": lambda u, v: 1.0 + v * v,
    "sinh": lambda u, v: np.cosh(u),
    "cosh": lambda u, v: np.sinh(u),
    "tanh": lambda u, v: 1.0 - v * v,
    "asin": lambda u, v: 1.0 / np.sqrt(1.0 - u * u),
    "acos": lambda u, v: -1.0 / np.sqrt(1.0 - u * u),
    "atan": lambda u, v: 1.0 / (1.0 + u * u),
    "asinh": lambda u, v: 1.0 / np.sqrt(1.0 + u * u),
    "acosh": lambda u, v: 1.0 / np.sqrt(u * u - 1.0),
    "atanh": lambda u, v: 1.0 / (1.0 - u * u),
    "erf": lambda u, v: 2.0 / np.sqrt(np.pi) * np.exp(-u * u),
    "abs": lambda u, v: sign(u),
    "sign": lambda u, v: np.zeros_like(u),
}


def _power(base: Array, exponent: float) -> Array:
    if exponent == int(exponent):
        return np.asarray(base ** int(exponent) if exponent >= 0 else 1.0 / base ** int(-exponent))
    return np.asarray(np.power(base, exponent))


def _value(expression: Expression, x: Array) -> Array:
    match expression:
        case Number(value):
            return np.full_like(x, float(value))
        case Sum(left, right):
            return _value(left, x) + _value(right, x)
        case Product(left, right):
            return _value(left, x) * _value(right, x)
        case Power(base, exponent):
            return _power(_value(base, x), float(exponent))
        case Call(name, argument):
            return np.asarray(_VALUE[name](_value(argument, x)))
        case _:
            return x


def _dual(expression: Expression, x: Array) -> tuple[Array, Array]:
    """Value and derivative by forward differentiation."""
    match expression:
        case Number(value):
            return np.full_like(x, float(value)), np.zeros_like(x)
        case Sum(left, right):
            (u, du), (v, dv) = _dual(left, x), _dual(right, x)
            return u + v, du + dv
        case Product(left, right):
            (u, du), (v, dv) = _dual(left, x), _dual(right, x)
            return u * v, u * dv + v * du
        case Power(base, exponent):
            u, du = _dual(base, x)
            p = float(exponent)
            return _power(u, p), p * _power(u, p - 1.0) * du
        case Call(name, argument):
            u, du = _dual(argument, x)
            v = np.asarray(_VALUE[name](u))
            return v, _SLOPE[name](u, v) * du
        case _:
            return x, np.ones_like(x)


def evaluate(expression: Expression, x: Array) -> Array:
    """The expression at every entry of x; nan where it is not real, and sign(0) = +1.

    Arguments: expression, a term; x, any array of doubles. Returns: an array of x's shape.

    >>> from .expression import parse
    >>> evaluate(parse("x*abs(x)"), np.array([-2.0, 3.0])).tolist()
    [-4.0, 9.0]
    """
    with np.errstate(all="ignore"):
        return _value(expression, np.asarray(x, dtype=np.float64))


def differentiate(expression: Expression, x: Array) -> Array:
    """The derivative almost everywhere, at every entry of x (zero for sign).

    >>> from .expression import parse
    >>> differentiate(parse("x**3"), np.array([2.0])).tolist()
    [12.0]
    """
    with np.errstate(all="ignore"):
        return _dual(expression, np.asarray(x, dtype=np.float64))[1]
