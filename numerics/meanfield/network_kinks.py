"""Where a network of finite width bends: places around which its slope changes much within a short stretch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arguments import number
from .errors import MeanFieldInputError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Kink:
    """location: mean place of the slope's change, weighted by its size; slope_change: f′ after minus f′ before."""

    location: float
    slope_change: float


def _changes(weights: ArrayLike) -> tuple[Array, Array]:
    """Places −b/w in ascending order and the changes a|w|/N of f′ there, of the neurons that have a place."""
    theta = np.asarray(weights, dtype=np.float64)
    if theta.ndim != 2 or theta.shape[1] != 3 or len(theta) == 0:
        raise MeanFieldInputError(f"weights have the shape {theta.shape}; (N, 3) is needed, N at least 1")
    if not np.all(np.isfinite(theta)):
        raise MeanFieldInputError("weights hold a number that is not finite")
    a, w, b = theta[theta[:, 1] != 0].T
    with np.errstate(over="ignore"):
        place = 0.0 - b / w  # never −0
    order = np.argsort(place, kind="stable")
    return place[order], (a * np.abs(w) / len(theta))[order]


def network_kinks(weights: ArrayLike, *, low: float, high: float, width: float, least: float) -> tuple[Kink, ...]:
    """The kinks of f(x) = (1/N) Σ a_j (w_j x + b_j)₊ between low and high.

    f′ jumps by a_j |w_j|/N at −b_j/w_j. A window of the given width slides over these places; the one with the largest
    change of slope in size is taken as a kink, those within a width of it are passed over, and so on while the change
    is at least `least`.

    Args: weights (N, 3); low < high; width > 0: of what counts as one kink; least > 0: smallest change of slope.
    Returns: the kinks in ascending order.
    Raises: MeanFieldInputError for weights of another shape, and an argument outside what is allowed.

    >>> network_kinks([[2.0, 1.0, 0.0], [2.0, 1.0, -3.0]], low=-1.0, high=4.0, width=0.1, least=0.5)
    (Kink(location=0.0, slope_change=1.0), Kink(location=3.0, slope_change=1.0))
    """
    if not low < high:
        raise MeanFieldInputError(f"low is {low} and high {high}; low < high is needed")
    width, least = number("width", width), number("least", least)
    place, change = _changes(weights)
    inside = (place >= low) & (place <= high)
    place, change = place[inside], change[inside]
    total = np.concatenate([[0.0], np.cumsum(change)])
    size = np.concatenate([[0.0], np.cumsum(np.abs(change))])
    moment = np.concatenate([[0.0], np.cumsum(np.abs(change) * place)])
    last = np.searchsorted(place, place + width, side="right")
    first = np.arange(len(place))
    window = total[last] - total[first]
    left = np.ones(len(place), dtype=bool)
    found = []
    while np.any(left):
        k = int(np.argmax(np.where(left, np.abs(window), -1.0)))
        if abs(window[k]) < least:
            break
        left &= np.abs(place - place[k]) > width
        mass = size[last[k]] - size[k]
        found.append(Kink(float((moment[last[k]] - moment[k]) / mass), float(window[k])))
    return tuple(sorted(found, key=lambda kink: kink.location))
