"""The check that every count passes: a whole number, numpy's kinds included, within its limits."""

from __future__ import annotations

from numbers import Integral

from ..given import shown


def whole(name: str, value: object, *, least: int = 1, most: int | None = None) -> int:
    """The value as an int.

    Arguments: name, for the message; value; least, most, the limits. Raises: ValueError naming the value and limits.

    >>> whole("n", 3)
    3
    >>> whole("n", 1.5)
    Traceback (most recent call last):
    ValueError: n = 1.5: it must be a whole number, 1 or more
    """
    if not isinstance(value, bool) and isinstance(value, Integral):
        number = int(value)
        if number >= least and (most is None or number <= most):
            return number
    limits = f", {least} or more" if most is None else f" from {least} to {most}"
    raise ValueError(f"{name} = {shown(value)}: it must be a whole number{limits}")
