"""Certificates at β = ∞: a proof of the number, side and place of all knots and of global optimality."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import arb, ctx

from .active_contacts import Guess, balanced_contacts, contacts_of, stay_in_place, with_violations
from .arc_proof import Finding, residuals, unproved
from .balanced_split import strictly_inside
from .certificate import Certificate, ExactRows, Phase, UndecidedContact
from .decimals import ball
from .exact_contacts import ExactSolution, with_rational_knots
from .exact_problem import ExactProblem, as_balls, exact_problem, nearest
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
_BALANCED = 1e-6  # |Σ r| and |Σ r x|/max(1, |x|), relative to λ, below which the balanced phase is tried first


@dataclass(frozen=True, eq=False)
class _Outcome:
    """A proved solution and its statement, or what stands in the way of one."""

    solution: Solution | None
    statement: Statement | None
    open: tuple[UndecidedContact, ...]


def _repaired(problem: ExactProblem, guess: Guess, balanced: bool, bits: int) -> Guess:
    """Contacts on which an approximate solution keeps every unit in its arc and violates |g| ≤ λ nowhere else."""
    seen = {frozenset(guess.contacts)}
    with ctx.workprec(bits):
        balls = as_balls(problem)
        for _ in range(_REPAIRS):
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


def _decided_exactly(solution: Solution, findings: Sequence[Finding]) -> bool:
    """Whether exact arithmetic shows |g| ≤ λ where balls leave it open, and that no other function is a minimiser."""
    try:
        found = ExactSolution(solution.problem, solution.contacts)
    except ZeroDivisionError:
        return False
    touches = found.touches(findings) if found.stationary() else None
    return touches is not None and found.independent(touches)


def _open(solution: Solution, exactly: bool) -> list[UndecidedContact]:
    """What is not proved about a solution; nothing if it is the minimiser and the only one.

    exactly: all directions are rational guesses, which exact arithmetic has to confirm.
    """
    with ctx.workprec(solution.bits):
        result = _misplaced(solution)
        if result:
            return result
        if solution.balanced:
            kinks = [u for c, u in zip(solution.contacts, solution.vectors, strict=True) if c.kind != "affine"]
            line = [u for c, u in zip(solution.contacts, solution.vectors, strict=True) if c.kind == "affine"]
            if not strictly_inside(kinks, line[0]):
                reason = "the free straight line is not proved to split into units at the knots"
                return [UndecidedContact(None, "both", reason)]
        found = unproved(solution.balls, solution.contacts, solution.r, solution.balanced)
        if exactly and _decided_exactly(solution, found):
            return []
        if exactly and not found:
            return [UndecidedContact(None, None, "the knots are near rational numbers, and not proved to be these")]
        return [_described(solution, finding) for finding in found]


def _rationalised(problem: ExactProblem, guess: Guess, bits: int) -> Guess | None:
    with ctx.workprec(bits):
        vectors = [(ball(p), ball(q)) for p, q in guess.vectors]
        contacts = with_rational_knots(problem, guess.contacts, vectors, bits)
    return None if contacts is None else Guess(contacts, guess.vectors)


def _attempt(problem: ExactProblem, guess: Guess, balanced: bool, rows: ExactRows, digits: int) -> _Outcome:
    """Prove a solution on given contacts, and state it, with as many bits as that takes."""
    bits = max(_BITS, 64 + math.ceil(digits * math.log2(10.0)))
    most = _MOST_BITS + 4 * bits
    exactly = False
    stuck: tuple[UndecidedContact, ...] = (
        UndecidedContact(None, None, "no solution was proved to exist on the contacts found"),
    )
    while bits <= most:
        solution = solve(problem, guess, bits, balanced)
        if solution is not None:
            with ctx.workprec(bits):
                guess = midpoints(guess, solution.vectors)
            stuck = tuple(_open(solution, exactly))
            if not stuck:
                with ctx.workprec(bits):
                    statement = state(solution, rows.x, digits)
                if statement is not None:
                    return _Outcome(solution, statement, ())
                stuck = (UndecidedContact(None, None, "whether two knots are one, or a knot is one, is undecided"),)
            if bits >= _EXACT_BITS and not exactly:
                rational_guess = _rationalised(problem, guess, bits)
                if rational_guess is not None:
                    guess, exactly = rational_guess, True
                    continue
        bits *= 2
        if not exactly and bits <= most:
            guess = _repaired(problem, guess, balanced, bits)
    return _Outcome(None, None, stuck)


def _phases(problem: ExactProblem, fit: WideReluFit) -> tuple[bool, bool]:
    """Whether the solution is in the balanced phase: the likelier answer first."""
    total = first = 0.0
    level, reach = nearest(problem.level), max(1.0, *(abs(nearest(v)) for v in (problem.x[0], problem.x[-1])))
    for x, weight, y, f in zip(fit._rows.x, fit._rows.weight, fit._rows.y, fit.fitted, strict=True):
        r = float(weight * (f - y))
        total, first = total + r, first + r * float(x)
    likely = max(abs(total), abs(first) / reach) <= _BALANCED * level
    return likely, not likely


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
    outcome = None
    for balanced in _phases(problem, fit):
        guess = balanced_contacts(problem, found) if balanced else found
        guess = _repaired(problem, guess, balanced, _BITS)
        latest = _attempt(problem, guess, balanced, rows, digits)
        outcome = latest if outcome is None or latest.statement is not None else outcome
        if outcome.statement is not None:
            break
    assert outcome is not None
    solution, statement = outcome.solution, outcome.statement
    if solution is None or statement is None:
        return Certificate(False, None, (), None, False, None, None, (), outcome.open, digits)
    phase: Phase = "trivial" if not statement.knots else "balanced" if solution.balanced else "unbalanced"
    return Certificate(
        True, phase, statement.knots, len(statement.knots), True, True, statement.objective, statement.fitted, (),
        digits, predictor(solution, digits),
    )  # fmt: skip
