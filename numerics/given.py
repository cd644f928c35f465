"""What users give: arrays of numbers, or an error of one line; and any value as it is shown in such a line."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LONGEST = 200
_KINDS = {"U": "text", "S": "text", "c": "complex numbers", "M": "dates", "m": "durations", "V": "records"}


def shown(value: object) -> str:
    """The value as Python writes it, on one line and cut where it is long.

    >>> shown(np.eye(2)), shown("a\\nb"), shown(10**400)
    ('array([[1., 0.], [0., 1.]])', "'a\\\\nb'", 'a whole number of 1329 bits')
    """
    if isinstance(value, int) and value.bit_length() > _LONGEST:
        return f"a whole number of {value.bit_length()} bits"
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # a whole number too long for Python to write, somewhere inside
        text = f"a {type(value).__name__} that cannot be written out"
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def doubles(name: str, values: Any, error: type[ValueError] = ValueError) -> NDArray[np.float64]:
    """A new array of the numbers, of any shape; not finite ones are let through.

    Text, of which NumPy would read digits, complex numbers, of which it would drop a part, dates and masked entries are
    no numbers.

    Arguments: name, for the message; values; error, what is raised. Raises: the error, in one line.

    >>> doubles("x", [1, 2.5]).tolist()
    [1.0, 2.5]
    >>> doubles("x", [1, "2"])
    Traceback (most recent call last):
    ValueError: x must be numbers: it holds text
    """
    try:
        with warnings.catch_warnings(), np.errstate(over="ignore"):
            warnings.simplefilter("error")  # NumPy only warns where it drops a part
            plain = np.asarray(values)
            if np.ma.is_masked(values):
                raise TypeError("it holds masked entries; leave those rows out")
            if plain.dtype.kind in _KINDS:
                raise TypeError(f"it holds {_KINDS[plain.dtype.kind]}")
            if plain.dtype.kind == "O" and any(isinstance(v, str | bytes) for v in plain.ravel()):
                raise TypeError("it holds text")
            return np.array(plain, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, Warning) as problem:
        raise error(f"{name} must be numbers: {' '.join(str(problem).split())}") from None
