"""What a fit returns: knots, units, bends, and why the solver stopped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Side = Literal["left", "right", "both"]


class Stop(StrEnum):
    """Why the solver stopped; `sentence` says what that means for the result."""

    CONVERGED = "converged"
    PRECISION = "precision"
    ITERATIONS = "iterations"

    @property
    def sentence(self) -> str:
        """The same for people.

        >>> Stop.CONVERGED.sentence
        'converged: the gap is at the level of rounding'
        """
        return {
            Stop.CONVERGED: "converged: the gap is at the level of rounding",
            Stop.PRECISION: "precision: rounding stops progress here; the gap bounds the error",
            Stop.ITERATIONS: "iterations: the limit of steps was reached; the gap bounds the error",
        }[self]


@dataclass(frozen=True)
class Knot:
    """A kink of f at location t: side of the units that carry it, and the jump of f′ there."""

    location: float
    side: Side
    slope_change: float


@dataclass(frozen=True)
class Unit:
    """A unit c (x cos φ + sin φ)₊ of a minimising measure, φ in [−π/2, 3π/2)."""

    phi: float
    c: float


@dataclass(frozen=True)
class Affine:
    """f(x) = value + slope (x − x0) left of all knots, x0 among these points."""

    x0: float
    value: float
    slope: float


@dataclass(frozen=True)
class Bend:
    """A local maximum of |f″| at a location, its full width at half maximum, and the change of f′ across it."""

    location: float
    width: float
    slope_change: float


@dataclass(frozen=True)
class Undecided:
    """A contact whose weight in the limit β → ∞ is not decided, and why."""

    location: float
    side: Side
    reason: str
