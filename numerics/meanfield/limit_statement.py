"""What a proved solution at β = ∞ says: knots, objective and fitted values as decimals to the digits asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx, fmpq

from .arc_proof import Vector
from .certificate import CertifiedKnot
from .decimals import Enclosure, ball, decimal_enclosure, decimal_number
from .exact_problem import BallProblem, ExactProblem
from .reduced_system import Contact
from .result import Side


@dataclass(frozen=True, eq=False)
class Solution:
    """Contacts with vectors u = c·(w, b) in balls that hold the minimiser, and what follows at the data.

    balls: the problem at bits of precision; lengths: |c|; fitted, r: f and w(f − y) at the distinct inputs (M,).
    """

    problem: ExactProblem
    bits: int
    balls: BallProblem
    contacts: tuple[Contact, ...]
    vectors: tuple[Vector, ...]
    lengths: tuple[arb, ...]
    fitted: tuple[arb, ...]
    r: tuple[arb, ...]
    balanced: bool

    def facing(self, k: int) -> int:
        """The sign of c of contact k, 0 where it is not certain."""
        contact, (p, q) = self.contacts[k], self.vectors[k]
        if contact.kind == "common":
            ends = p * self.balls.x[0] + q, p * self.balls.x[-1] + q
            return 1 if ends[0] > 0 and ends[1] > 0 else -1 if ends[0] < 0 and ends[1] < 0 else 0
        value = -p if contact.kind == "left" else p
        return 1 if value > 0 else -1 if value < 0 else 0

    @property
    def objective(self) -> arb:
        """The minimum: ½R + λ Σ|c| of the rows."""
        terms = zip(self.r, self.fitted, self.balls.y, strict=True)
        loss = sum((r * (f - y) for r, f, y in terms), arb(0)) + arb(self.problem.within)
        return (loss / 2 + self.balls.level * sum(self.lengths, arb(0))) / arb(self.problem.total)

    def at(self, point: Fraction) -> arb:
        """f at a point: the sum of sign(c)·(sign(c) u·(x, 1))₊."""
        x, total = ball(point), arb(0)
        for k, (contact, (p, q)) in enumerate(zip(self.contacts, self.vectors, strict=True)):
            value = p * x + q
            if contact.kind != "affine":
                sign = self.facing(k)
                value = sign * (sign * value).max(arb(0))
            total += value
        return total


@dataclass(frozen=True, eq=False)
class Statement:
    """Everything about a solution that a certificate prints."""

    knots: tuple[CertifiedKnot, ...]
    objective: Enclosure
    fitted: tuple[Enclosure, ...]


@dataclass(frozen=True, eq=False)
class _Kink:
    place: arb
    exact: fmpq | None
    side: Side
    change: arb
    datum: int | None


def _kinks(solution: Solution) -> list[_Kink] | None:
    """The kinks of f, ascending; None where their order or number is not certain at this precision."""
    found: dict[int, _Kink] = {}
    for k, (contact, (p, q)) in enumerate(zip(solution.contacts, solution.vectors, strict=True)):
        direction = contact.direction
        if contact.kind == "affine" or (direction is not None and direction[0] == 0):
            continue
        if p.contains(0):
            return None  # whether it bends at all
        side: Side = "both" if solution.balanced else "right" if p * solution.facing(k) > 0 else "left"
        change = p if solution.balanced or side == "right" else -p
        exact = None if direction is None else -direction[1] / direction[0]
        found[k] = _Kink(-q / p if exact is None else arb(exact), exact, side, change, contact.datum)
    merged: list[_Kink] = []
    for kink in sorted(found.values(), key=lambda item: float(item.place.mid())):
        last = merged[-1] if merged else None
        if last is None or last.place < kink.place:
            merged.append(kink)
        elif last.exact is not None and last.exact == kink.exact:
            merged[-1] = _Kink(kink.place, kink.exact, "both", last.change + kink.change, kink.datum)
        else:
            return None
    return None if any(kink.change.contains(0) for kink in merged) else merged


def _spread(problem: ExactProblem) -> Fraction:
    width = problem.x[-1] - problem.x[0] or abs(problem.x[0]) or fmpq(1)
    return Fraction(int(width.p), int(width.q))


def state(solution: Solution, rows: Sequence[Fraction], digits: int) -> Statement | None:
    """The statement to so many digits; None where the balls are too wide for it.

    rows: the inputs of all rows (N,), for those of weight zero.
    """
    problem = solution.problem
    kinks = _kinks(solution)
    if kinks is None:
        return None
    spread = _spread(problem)
    largest = max((abs(y) for y in problem.y), default=fmpq(0)) or fmpq(1)
    size = Fraction(int(largest.p), int(largest.q))
    knots = []
    for kink in kinks:
        if kink.exact is not None:
            location: Enclosure | None = decimal_number(Fraction(int(kink.exact.p), int(kink.exact.q)), digits)
        else:
            location = decimal_enclosure(kink.place, digits, spread)
        change = decimal_enclosure(kink.change, digits, Fraction(1))
        if location is None or change is None:
            return None
        row = None if kink.datum is None else problem.first[kink.datum]
        knots.append(CertifiedKnot(location, kink.side, change, row))
    objective = decimal_enclosure(solution.objective, digits, size * size)
    at_data = []
    for value in solution.fitted:
        pair = decimal_enclosure(value, digits, size)
        if pair is None:
            return None
        at_data.append(pair)
    fitted = []
    for x, place in zip(rows, problem.place, strict=True):
        pair = at_data[place] if place is not None else decimal_enclosure(solution.at(x), digits, size)
        if pair is None:
            return None
        fitted.append(pair)
    return None if objective is None else Statement(tuple(knots), objective, tuple(fitted))


def predictor(
    solution: Solution, refined: Callable[[int], Solution | None], digits: int
) -> Callable[[tuple[Fraction, ...]], tuple[Enclosure, ...]]:
    """The enclosures of f at points, at the precision that the digits take there."""
    largest = max((abs(y) for y in solution.problem.y), default=fmpq(0)) or fmpq(1)
    scale = Fraction(int(largest.p), int(largest.q))

    def predict(points: tuple[Fraction, ...]) -> tuple[Enclosure, ...]:
        result = []
        for point in points:
            current: Solution | None = solution
            pair = None
            while current is not None and pair is None:
                with ctx.workprec(current.bits):
                    pair = decimal_enclosure(current.at(point), digits, scale)
                if pair is None:
                    current = refined(2 * current.bits)
            assert pair is not None  # a proof at one precision stands at any higher one
            result.append(pair)
        return tuple(result)

    return predict
