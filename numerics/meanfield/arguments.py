"""Numbers and counts as arguments: checked, or an error that names the value and what is allowed."""

from __future__ import annotations

import math

import numpy as np

from .errors import MeanFieldInputError


def number(name: str, value: float, *, zero: bool = False, infinite: bool = False) -> float:
    """A positive number, if asked for also 0 or inf.

    >>> number("lam", 0, zero=True)
    0.0
    """
    try:
        result = float(value)
    except (TypeError, ValueError, OverflowError):
        result = math.nan
    if not (result >= 0 if zero else result > 0) or (math.isinf(result) and not infinite):
        allowed = "finite numbers from 0 up" if zero else "positive numbers" if infinite else "positive, finite numbers"
        raise MeanFieldInputError(f"{name} is {value!r}; {allowed}{' and inf' if infinite else ''} are allowed")
    return result


def count(name: str, value: int) -> int:
    """A whole number from 1 up.

    >>> count("steps", 3)
    3
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
        raise MeanFieldInputError(f"{name} is {value!r}; whole numbers from 1 up are allowed")
    return int(value)
