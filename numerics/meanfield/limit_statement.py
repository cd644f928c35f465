"""What a proved solution at β = ∞ says: knots, objective and fitted values as decimals to the digits asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx, fmpq

from .active_contacts import Guess
from .certificate import CertifiedKnot
from .decimals import Enclosure, decimal_enclosure, decimal_number
from .exact_problem import ExactProblem
from .limit_solution import Solution, midpoints, solve
from .result import Side


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


def _size(problem: ExactProblem) -> Fraction:
    """The largest target, what a fitted value that may be zero is compared with."""
    largest = max(abs(y) for y in problem.y) or fmpq(1)
    return Fraction(int(largest.p), int(largest.q))


def state(solution: Solution, rows: Sequence[Fraction], digits: int) -> Statement | None:
    """The statement to so many digits; None where the balls are too wide for it.

    rows: the inputs of all rows (N,), for those of weight zero.
    """
    problem = solution.problem
    kinks = _kinks(solution)
    if kinks is None:
        return None
    spread = _spread(problem)
    size = _size(problem)
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


@dataclass(frozen=True, eq=False)
class _Predictor:
    """Enclosures of f at points: what the solution is solved from anew in another process, where balls cannot go."""

    problem: ExactProblem
    guess: Guess
    balanced: bool
    bits: int
    digits: int

    def _at(self, point: Fraction, scale: Fraction) -> Enclosure:
        bits = self.bits
        while True:
            found = self._solution(bits)
            with ctx.workprec(bits):
                pair = decimal_enclosure(found.at(point), self.digits, scale)
            if pair is not None:
                return pair
            bits *= 2

    def _solution(self, bits: int) -> Solution:
        cache: dict[int, Solution] = self.__dict__.setdefault("_cache", {})
        if bits not in cache:
            found = solve(self.problem, self.guess, bits, self.balanced)
            if found is None:
                raise ArithmeticError(f"the proof at {self.bits} bits does not repeat at {bits}")
            cache[bits] = found
        return cache[bits]

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_cache"}

    def __call__(self, points: tuple[Fraction, ...]) -> tuple[Enclosure, ...]:
        scale = _size(self.problem)
        return tuple(self._at(point, scale) for point in points)


def predictor(solution: Solution, digits: int) -> Callable[[tuple[Fraction, ...]], tuple[Enclosure, ...]]:
    """The function that encloses f at points, to so many digits."""
    with ctx.workprec(solution.bits):
        guess = midpoints(Guess(solution.contacts, ()), solution.vectors)
    return _Predictor(solution.problem, guess, solution.balanced, solution.bits, digits)
