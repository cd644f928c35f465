"""Certificates at β = ∞: a proof of the number, side and place of all knots and of global optimality."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import arb, ctx

from .active_contacts import Guess, balanced_contacts, constant_by_symmetry, contacts_of, stay_in_place, with_violations
from .arc_proof import Finding, residuals, unproved
from .balanced_split import strictly_inside
from .certificate import Certificate, ExactRows, Phase, UndecidedContact
from .decimals import ball
from .exact_contacts import decided_exactly, with_rational_knots
from .exact_problem import ExactProblem, as_balls, exact_problem, nearest
from .face_vertices import independent_guesses
from .limit_solution import Solution, approximate, midpoints, solve
from .limit_statement import Statement, predictor, state
from .reduced_system import Contact, Kind
from .result import Side

if TYPE_CHECKING:
    from .wide_fit import WideReluFit

_BITS = 128
_MOST_BITS = 1024  # precision at which what is still open counts as undecided
_EXACT_BITS = 512  # precision from which exact arithmetic is tried where all knots seem rational
_REPAIRS = 24
_LATE_REPAIRS = 6  # at precisions beyond the first, where only contacts of tiny weight can be new
_BALANCED = 1e-6  # |Σ r| and |Σ r x|/max(1, |x|), relative to λ, below which the balanced phase is tried first


@dataclass(frozen=True, eq=False)
class _Proof:
    """A proved solution, and what it says."""

    solution: Solution
    statement: Statement


def _repaired(problem: ExactProblem, guess: Guess, balanced: bool, bits: int, most: int) -> Guess:
    """Contacts on which an approximate solution keeps every unit in its arc and violates |g| ≤ λ nowhere else."""
    seen = {frozenset(guess.contacts)}
    with ctx.workprec(bits):
        balls = as_balls(problem)
        for _ in range(most):
            found = approximate(problem, guess)
            if found is None:
                return guess
            system, z, vanished = found
            vectors = system.vectors(z)
            better = stay_in_place(problem, balls, guess, vectors, vanished)
            if better is None:
                guess = midpoints(guess, vectors)
                r = [value.mid() for value in residuals(balls, guess.contacts, vectors)[1]]
                findings = unproved(balls, guess.contacts, r, balanced)
                better = with_violations(problem, guess, findings, r)
            if better is None or frozenset(better.contacts) in seen:
                return guess
            guess = better
            seen.add(frozenset(guess.contacts))
    return guess


def _side(kind: Kind) -> Side | None:
    return "right" if kind == "right" else "left" if kind == "left" else None


def _place(problem: ExactProblem, contact: Contact, u: tuple[arb, arb]) -> float | None:
    if contact.datum is not None:
        return nearest(problem.x[contact.datum])
    at = -float(u[1].mid()) / float(u[0].mid()) if float(u[0].mid()) else math.inf
    return at if math.isfinite(at) else None


def _misplaced(solution: Solution) -> list[UndecidedContact]:
    """Contacts that are not proved to lie strictly in their arc with a weight of the sign they need."""
    x, result = solution.balls.x, []
    for k, (contact, u) in enumerate(zip(solution.contacts, solution.vectors, strict=True)):
        if contact.kind == "affine":
            continue
        sign, reason = solution.facing(k), ""
        if sign == 0 or (contact.direction is not None and sign != contact.sign):
            reason = "its weight is not proved to have the sign that its contact needs"
        elif contact.direction is None and contact.kind != "common":
            at = contact.start if contact.kind == "right" else contact.stop
            facing = sign if contact.kind == "right" else -sign
            low, high = ((u[0] * x[datum] + u[1]) * facing for datum in (at - 1, at))
            if not low < 0 < high:
                reason = "its knot is not proved to lie strictly between two data"
        if reason:
            result.append(UndecidedContact(_place(solution.problem, contact, u), _side(contact.kind), reason))
    return result


def _not_upright(solution: Solution) -> list[UndecidedContact]:
    """The constant unit, if it is in use and Σ r x = 0 is not known, so that the correlation might not point up."""
    problem = solution.problem
    upright = any(c.direction is not None and c.direction[0] == 0 and problem.size > 1 for c in solution.contacts)
    if not upright or constant_by_symmetry(problem, solution.contacts):
        return []
    return [UndecidedContact(None, None, "whether the unit common to all data is constant is undecided")]


def _described(solution: Solution, finding: Finding) -> UndecidedContact:
    """A place where |g| ≤ λ is not proved, with its location."""
    problem = solution.problem
    if not finding.inside:
        where = nearest(problem.x[finding.index])
    else:
        active = range(finding.index) if finding.kind == "left" else range(finding.index, problem.size)
        first = sum((solution.r[k] * solution.balls.x[k] for k in active), arb(0))
        total = sum((solution.r[k] for k in active), arb(0))
        where = -float(total.mid()) / float(first.mid()) if float(first.mid()) else math.inf
    if finding.violated:
        reason = "|g| exceeds λ here on the contacts found, and no set of contacts without that was found"
    else:
        reason = (
            f"|g| = λ to within {abs(finding.excess) / 2:.1e} λ: whether it touches, with weight zero, is undecided"
        )
    return UndecidedContact(where if math.isfinite(where) else None, _side(finding.kind), reason)


def still_open(solution: Solution, exactly: bool) -> list[UndecidedContact]:
    """What is not proved about a solution; nothing if it is the minimiser and the only one.

    exactly: all directions are rational guesses, which exact arithmetic has to confirm.
    """
    with ctx.workprec(solution.bits):
        result = _misplaced(solution)
        if not exactly:
            result += _not_upright(solution)
        if result:
            return result
        if solution.balanced:
            kinks = [u for c, u in zip(solution.contacts, solution.vectors, strict=True) if c.kind != "affine"]
            line = [u for c, u in zip(solution.contacts, solution.vectors, strict=True) if c.kind == "affine"]
            if not strictly_inside(kinks, line[0]):
                reason = "the free straight line is not proved to split into units at the knots"
                return [UndecidedContact(None, "both", reason)]
        found = unproved(solution.balls, solution.contacts, solution.r, solution.balanced)
        if exactly and decided_exactly(solution.problem, solution.contacts, solution.vectors, found):
            return []
        if exactly and not found:
            return [UndecidedContact(None, None, "the knots are near rational numbers, and not proved to be these")]
        return [_described(solution, finding) for finding in found]


def _rationalised(problem: ExactProblem, guess: Guess, bits: int) -> Guess | None:
    with ctx.workprec(bits):
        vectors = [(ball(p), ball(q)) for p, q in guess.vectors]
        contacts = with_rational_knots(problem, guess.contacts, vectors, bits)
    return None if contacts is None else Guess(contacts, guess.vectors)


class _Attempt:
    """Proofs in one phase with more and more bits, and what still stands in their way."""

    def __init__(self, rows: ExactRows, problem: ExactProblem, guess: Guess, balanced: bool, digits: int) -> None:
        self.rows, self.problem, self.guess, self.balanced, self.digits = rows, problem, guess, balanced, digits
        self.stuck = [UndecidedContact(None, None, "no solution was proved to exist on the contacts found")]

    def _stated(self, guess: Guess, bits: int, exactly: bool) -> _Proof | None:
        solution = solve(self.problem, guess, bits, self.balanced)
        if solution is None:
            return None
        found = still_open(solution, exactly)
        with ctx.workprec(bits):
            statement = None if found else state(solution, self.rows.x, self.digits)
            if not exactly:
                self.guess = midpoints(guess, solution.vectors)
                reason = "whether two knots are one, or a knot is one, is undecided"
                self.stuck = found or [UndecidedContact(None, None, reason)]
        return None if statement is None else _Proof(solution, statement)

    def proof(self, bits: int, again: bool) -> _Proof | None:
        """The proof at so many bits, None where there is none; again: the contacts are corrected at these bits too."""
        if again:
            self.guess = _repaired(self.problem, self.guess, self.balanced, bits, _LATE_REPAIRS)
        found = self._stated(self.guess, bits, False)
        if found is None and bits >= _EXACT_BITS:
            guess = _rationalised(self.problem, self.guess, bits)
            found = None if guess is None else self._stated(guess, bits, True)
        return found


def _phases(problem: ExactProblem, fit: WideReluFit) -> tuple[bool, bool]:
    """Whether the solution is in the balanced phase: the likelier answer first."""
    total = first = 0.0
    level, reach = nearest(problem.level), max(1.0, *(abs(nearest(v)) for v in (problem.x[0], problem.x[-1])))
    for x, weight, y, f in zip(fit._rows.x, fit._rows.weight, fit._rows.y, fit.fitted, strict=True):
        r = float(weight * (f - y))
        total, first = total + r, first + r * float(x)
    likely = max(abs(total), abs(first) / reach) <= _BALANCED * level
    return likely, not likely


def _dependent(problem: ExactProblem, guess: Guess) -> list[UndecidedContact]:
    """Contacts whose features are dependent, each as undecided."""
    reason = "|g| = λ at more contacts than have independent features: which of them carry weight is undecided"
    with ctx.workprec(_BITS):
        return [
            UndecidedContact(_place(problem, contact, (ball(p), ball(q))), _side(contact.kind), reason)
            for contact, (p, q) in zip(guess.contacts, guess.vectors, strict=True)
        ]


def _certificate(proof: _Proof, digits: int) -> Certificate:
    solution, statement = proof.solution, proof.statement
    phase: Phase = "trivial" if not statement.knots else "balanced" if solution.balanced else "unbalanced"
    return Certificate(
        True, phase, statement.knots, len(statement.knots), True, True, statement.objective, statement.fitted, (),
        digits, predictor(solution, digits),
    )  # fmt: skip


def certify_limit(rows: ExactRows, fit: WideReluFit, digits: int) -> Certificate:
    """Prove the minimiser at β = ∞ for exact rows, starting from a fit, which may be slightly wrong.

    The conditions of optimality in the vectors of the units alone are solved by interval Newton, which proves that a
    solution exists and that the units' features are independent; then |g| < λ is proved on the rest of the circle, so
    that the solution is optimal and no other function is. In the balanced phase, Σ r = Σ r x = 0, a straight line is
    free, and is proved to split into units at the knots.

    Args: rows: the exact numbers; fit: a `WideReluFit` of them at β = ∞; digits: of every enclosure.
    Returns: a `Certificate`; what is not proved is listed in `undecided`.
    Source: derived in this project; JMLR 23(130), (4.3)–(4.6) for the condition on the circle.
    """
    problem = exact_problem(rows)
    found = contacts_of(problem, fit.units or ())
    attempts = []
    for balanced in _phases(problem, fit):
        guess = balanced_contacts(problem, found) if balanced else found
        attempts.append(_Attempt(rows, problem, guess, balanced, digits))
    first = bits = max(_BITS, 64 + math.ceil(digits * math.log2(10.0)))
    for attempt in attempts:
        attempt.guess = _repaired(problem, attempt.guess, attempt.balanced, _BITS, _REPAIRS)
        proof = attempt.proof(first, False)
        if proof is not None:
            return _certificate(proof, digits)
    parts = independent_guesses(problem, found)
    if parts:
        attempts[0].stuck = _dependent(problem, found)
    for part in parts:
        better = _repaired(problem, part, False, _BITS, _LATE_REPAIRS)
        attempts.append(_Attempt(rows, problem, better, False, digits))
    while bits <= _MOST_BITS + 2 * first:
        bits *= 2
        for attempt in attempts:
            proof = attempt.proof(bits, True)
            if proof is not None:
                return _certificate(proof, digits)
    return Certificate(False, None, (), None, False, None, None, (), tuple(attempts[0].stuck), digits)
