"""Rows of data as the problem sees them: distinct inputs, ascending, with weights that sum to 1."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..given import doubles, shown
from .errors import MeanFieldInputError

Array = NDArray[np.float64]


_LARGEST_PENALTY = 1e300  # beyond it the product with 2²⁷ + 1 that splits a double overflows
_LARGEST = 1e150  # inputs and targets beyond it have squares that overflow


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows as given, checked: inputs, targets and weights, each (N,)."""

    x: Array
    y: Array
    weight: Array


@dataclass(frozen=True)
class Grouped:
    """Rows merged by input: x ascending and distinct (M,), omega weights (M,), y weighted means (M,).

    within: weighted variance inside the groups, a constant of the loss; mean_square: weighted mean of the targets'
    squares. Rows of weight zero are in none of these.
    """

    x: Array
    omega: Array
    y: Array
    within: float
    mean_square: float


def column(name: str, values: ArrayLike, length: int | None = None) -> Array:
    """A one-dimensional array of finite numbers, or an error that names the offending value."""
    array = doubles(name, values, MeanFieldInputError)
    if array.ndim != 1:
        raise MeanFieldInputError(f"{name} has shape {array.shape}; a one-dimensional sequence is needed")
    if length is not None and len(array) != length:
        raise MeanFieldInputError(f"{name} has {len(array)} values but x has {length}; one a row is needed")
    bad = np.flatnonzero(~np.isfinite(array))
    if len(bad):
        raise MeanFieldInputError(f"{name}[{bad[0]}] is {array[bad[0]]}; finite numbers are needed")
    return array


def weights(values: ArrayLike | None, length: int) -> Array:
    """Sample weights, one a row: nonnegative, finite, not all zero; 1 each where none are given."""
    if values is None:
        return np.ones(length)
    array = column("sample_weight", values, length)
    bad = np.flatnonzero(array < 0)
    if len(bad):
        raise MeanFieldInputError(f"sample_weight[{bad[0]}] is {array[bad[0]]}; weights are at least 0")
    if not np.any(array > 0):
        raise MeanFieldInputError("sample_weight is all zero; at least one row needs a positive weight")
    return array


def group(x: Array, y: Array, weight: Array) -> Grouped:
    """Merge rows that share an input, for the loss Σ w_i (f(x_i) − y_i)² / Σ w_i.

    The loss of a group is its weight times ((f − ȳ)² + variance), ȳ its weighted mean.

    >>> rows = group(np.array([1.0, 0.0, 1.0]), np.array([2.0, 5.0, 4.0]), np.ones(3))
    >>> rows.x.tolist(), rows.y.tolist(), round(rows.within, 12)
    ([0.0, 1.0], [5.0, 3.0], 0.666666666667)
    """
    used = weight > 0
    x, y = x[used] + 0.0, y[used]  # −0 and 0 are one input
    omega = weight[used] / np.max(weight)
    omega = omega / np.sum(omega)
    used = omega > 0
    x, y, omega = x[used], y[used], omega[used]
    distinct, index = np.unique(x, return_inverse=True)
    total = np.bincount(index, omega).astype(np.float64)
    # Deviations from the group's first value keep a constant group exactly constant.
    first = np.empty(len(distinct))
    first[index[::-1]] = y[::-1]
    mean = first + np.bincount(index, omega * (y - first[index])) / total
    deviation = y - mean[index]
    return Grouped(distinct, total, mean, float(np.sum(omega * deviation**2)), float(np.sum(omega * y * y)))


def check_rows(x: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None) -> Rows:
    """The rows of a fit, or an error that names the first value that is not allowed."""
    inputs = column("x", x)
    if len(inputs) == 0:
        raise MeanFieldInputError("x is empty; at least one row is needed")
    targets = column("y", y, len(inputs))
    weight = weights(sample_weight, len(inputs))
    for name, values in (("x", inputs), ("y", targets)):
        far = np.flatnonzero(np.abs(values) > _LARGEST)
        if len(far):
            raise MeanFieldInputError(
                f"{name}[{far[0]}] is {values[far[0]]}, whose square leaves double precision; "
                f"values from {-_LARGEST} to {_LARGEST} are allowed"
            )
    return Rows(inputs, targets, weight)


def check_penalty(rows: Grouped, lam: float) -> None:
    """Refuse a ridge penalty so small that y/λ leaves double precision, or so large that λ cannot be split in two."""
    if lam > _LARGEST_PENALTY:
        raise MeanFieldInputError(f"lam is {lam}; positive numbers up to {_LARGEST_PENALTY} are allowed")
    largest = float(np.max(np.abs(rows.y))) / lam
    if not math.isfinite(largest * largest) or (rows.mean_square > 0 and 1.0 / max(largest, 1.0) == 0.0):
        raise MeanFieldInputError(
            f"lam is {lam}, too small beside targets up to {np.max(np.abs(rows.y))} for double precision"
        )


def positive(name: str, value: float, infinite: bool) -> float:
    """A positive number, or an error that names the argument."""
    try:
        if isinstance(value, str | bytes | bool | np.bool_):  # float() would read text, and True as 1
            raise TypeError
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise MeanFieldInputError(f"{name} is {shown(value)}; a positive number is needed") from None
    if not number > 0 or (math.isinf(number) and not infinite):
        raise MeanFieldInputError(
            f"{name} is {number}; {'positive numbers' if infinite else 'positive, finite numbers'} are allowed"
        )
    return number
