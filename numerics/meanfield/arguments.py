"""Numbers and counts as arguments: checked, or an error that names the value and what is allowed."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..given import doubles, shown
from .errors import MeanFieldInputError


def number(name: str, value: float, *, zero: bool = False, infinite: bool = False) -> float:
    """A positive number, if asked for also 0 or inf.

    >>> number("lam", 0, zero=True)
    0.0
    """
    try:
        # float() would read text, and True as 1
        result = math.nan if isinstance(value, str | bytes | bool | np.bool_) else float(value)
    except (TypeError, ValueError, OverflowError):
        result = math.nan
    if not (result >= 0 if zero else result > 0) or (math.isinf(result) and not infinite):
        allowed = "finite numbers from 0 up" if zero else "positive numbers" if infinite else "positive, finite numbers"
        raise MeanFieldInputError(f"{name} is {shown(value)}; {allowed}{' and inf' if infinite else ''} are allowed")
    return result


def count(name: str, value: int) -> int:
    """A whole number from 1 up.

    >>> count("steps", 3)
    3
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
        raise MeanFieldInputError(f"{name} is {shown(value)}; whole numbers from 1 up are allowed")
    return int(value)


def points(x: ArrayLike) -> NDArray[np.float64]:
    """Points of any shape, all finite, or an error.

    >>> points([[1, 2]]).shape
    (1, 2)
    """
    array = doubles("x", x, MeanFieldInputError)
    if not np.all(np.isfinite(array)):
        raise MeanFieldInputError("x holds a value that is not finite; finite numbers are needed")
    return array


def progress_call(progress: Callable[[int, int], None] | None) -> None:
    """Refuse what cannot be called before a run starts, not after its first step."""
    if progress is not None and not callable(progress):
        raise MeanFieldInputError(f"progress is {shown(progress)}; a function of two numbers, or None, is needed")
