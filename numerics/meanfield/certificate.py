"""What is proved about a fit: the numbers it is proved for, the result, and where each kind of proof is found."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from ..given import shown
from .decimals import Enclosure
from .errors import MeanFieldInputError
from .result import Side

if TYPE_CHECKING:
    from .wide_fit import WideReluFit

Phase = Literal["unbalanced", "balanced", "trivial"]

MOST_DIGITS = 1000


@dataclass(frozen=True)
class ExactRows:
    """The problem that a certificate is about, in exact numbers.

    x, y, weight: (N,) in the order of the fit's rows, weight ≥ 0; lam > 0; beta > 0, None for β = ∞.
    """

    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]
    weight: tuple[Fraction, ...]
    lam: Fraction
    beta: Fraction | None


@dataclass(frozen=True)
class CertifiedKnot:
    """A knot that f is proved to have: enclosures of its location and of the jump of f′ there.

    side: of the units that carry it; at_data_point: the first row, in the order given, whose x it is exactly, or None.
    """

    location: Enclosure
    side: Side
    slope_change: Enclosure
    at_data_point: int | None


@dataclass(frozen=True)
class UndecidedContact:
    """What stands in the way of a proof: a contact |g| = λ (its location, None for a constant unit or no contact)."""

    location: float | None
    side: Side | None
    reason: str


@dataclass(frozen=True)
class Certificate:
    """What is proved about the minimiser, by interval arithmetic; every enclosure is a pair of decimals.

    certified: whether everything that was asked is proved; phase: of the problem at β = ∞, None at finite β; knots,
    knot_count: all knots of f at β = ∞, ascending; empty and None at finite β; optimal: whether the minimiser is proved
    to be enclosed by the rest; unique: whether f is proved the only minimiser (None: undecided); objective: encloses
    the minimum; fitted: enclose the minimiser at the rows (N,); undecided: what was not proved; digits: as asked.
    objective is None and fitted empty where nothing is proved about them.
    """

    certified: bool
    phase: Phase | None
    knots: tuple[CertifiedKnot, ...]
    knot_count: int | None
    optimal: bool
    unique: bool | None
    objective: Enclosure | None
    fitted: tuple[Enclosure, ...]
    undecided: tuple[UndecidedContact, ...]
    digits: int
    _predict: Callable[[tuple[Fraction, ...]], tuple[Enclosure, ...]] | None = field(default=None, repr=False)

    def predict(self, points: Iterable[float | Fraction]) -> tuple[Enclosure, ...]:
        """Enclosures of f at points, anywhere on the line; a float stands for the exact double.

        Raises: MeanFieldInputError for a point that is not finite, or where nothing is proved about f.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit_wide_relu([-1.0, 1.0], [1.0, 1.0], lam=0.125).certify(5).predict([0.0, 7.0])
        (('0.87500', '0.87500'), ('0.87500', '0.87500'))
        """
        exact = []
        for point in points:
            if not math.isfinite(point):
                raise MeanFieldInputError(f"points holds {point}; finite numbers are allowed")
            exact.append(Fraction(point))
        if self._predict is None:
            raise MeanFieldInputError("this certificate proves nothing about f; only a certified fit encloses f")
        return self._predict(tuple(exact))

    def as_json(self) -> dict[str, Any]:
        """The "certificate" of `lemmata knots --json`: plain strings, numbers, lists and dictionaries, strict JSON."""
        return {
            "phase": self.phase,
            "knots": [
                {
                    "location": list(knot.location),
                    "side": knot.side,
                    "slope_change": list(knot.slope_change),
                    "at_data_point": knot.at_data_point,
                }
                for knot in self.knots
            ],
            "knot_count": self.knot_count,
            "optimal": self.optimal,
            "unique": self.unique,
            "objective": None if self.objective is None else list(self.objective),
            "fitted": [list(pair) for pair in self.fitted],
            "undecided": [dict(vars(contact)) for contact in self.undecided],
        }


def exact_doubles(fit: WideReluFit) -> ExactRows:
    """The numbers of a fit as the doubles they are."""
    rows = fit._rows
    return ExactRows(
        tuple(Fraction(v) for v in rows.x.tolist()),
        tuple(Fraction(v) for v in rows.y.tolist()),
        tuple(Fraction(v) for v in rows.weight.tolist()),
        Fraction(fit.lam),
        None if math.isinf(fit.beta) else Fraction(fit.beta),
    )


def _require_same(exact: ExactRows, fit: WideReluFit) -> None:
    """Refuse exact numbers that are not those of the fit, to double precision."""
    rows = fit._rows
    for name, values, doubles in (
        ("x", exact.x, rows.x),
        ("y", exact.y, rows.y),
        ("weight", exact.weight, rows.weight),
    ):
        if len(values) != len(doubles):
            raise MeanFieldInputError(f"exact.{name} has {len(values)} values; one for each of {len(doubles)} rows")
        for k, (value, double) in enumerate(zip(values, doubles.tolist(), strict=True)):
            if float(value) != double:
                raise MeanFieldInputError(f"exact.{name}[{k}] is {value}; a number that rounds to {double!r} is needed")
            if name == "weight" and value < 0:  # it may round to −0
                raise MeanFieldInputError(f"exact.weight[{k}] is below 0; weights are at least 0")
    if float(exact.lam) != fit.lam:
        raise MeanFieldInputError(f"exact.lam is {exact.lam}; a number that rounds to {fit.lam!r} is needed")
    if (math.inf if exact.beta is None else float(exact.beta)) != fit.beta:
        raise MeanFieldInputError(f"exact.beta is {exact.beta}; a number that rounds to {fit.beta!r} is needed")


def certify(fit: WideReluFit, digits: int, exact: ExactRows | None) -> Certificate:
    """Prove what can be proved about a fit; see `WideReluFit.certify`."""
    if isinstance(digits, bool) or not isinstance(digits, int) or not 1 <= digits <= MOST_DIGITS:
        raise MeanFieldInputError(f"digits is {shown(digits)}; whole numbers from 1 to {MOST_DIGITS} are allowed")
    if exact is not None:
        _require_same(exact, fit)
    rows = exact_doubles(fit) if exact is None else exact
    if math.isinf(fit.beta):
        from .limit_certificate import certify_limit

        return certify_limit(rows, fit, digits)
    from .finite_certificate import certify_finite

    return certify_finite(rows, fit, digits)
