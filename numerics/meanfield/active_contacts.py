"""Which contacts a solution has: read off a fit's units, and corrected where an exact solution contradicts them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from flint import arb, ctx, fmpq
from numpy.typing import NDArray

from .arc_proof import Finding
from .decimals import exact
from .exact_problem import BallProblem, ExactProblem, nearest
from .reduced_system import Contact, Kind
from .result import Unit

Array = NDArray[np.float64]
Pair = tuple[Fraction, Fraction]

_ON_DATUM = 4e-15  # angle to the direction of a datum, in radians, below which a unit is taken to sit on it
_UPRIGHT = 1e-7  # slope of a unit common to all data below which it may be the constant one
_FRESH = 1e-12  # size of a unit that joins, relative to the largest one in use


@dataclass(frozen=True)
class Guess:
    """Contacts, and a vector u = c·(w, b) for each to start from."""

    contacts: tuple[Contact, ...]
    vectors: tuple[Pair, ...]


def fixed_direction(problem: ExactProblem, contact: Contact) -> Contact | None:
    """The contact with its direction filled in where that follows from the data alone; None if it cannot exist.

    Where one datum x alone is active the correlation vector is a multiple of (x, 1), and the knot is at −1/x. On the
    arc common to all units it points straight up if the problem is even.
    """
    x, last = problem.x, problem.size - 1
    if contact.kind == "affine" or contact.datum is not None:
        return contact
    if last == 0:
        return replace(contact, direction=(x[0], fmpq(1)))
    if contact.kind == "right" and contact.start == last:
        return replace(contact, direction=(x[last], fmpq(1))) if x[last] > 0 and x[last - 1] * x[last] < -1 else None
    if contact.kind == "left" and contact.stop == 1:
        return replace(contact, direction=(x[0], fmpq(1))) if x[0] < 0 and x[1] * x[0] < -1 else None
    return contact


def constant_by_symmetry(problem: ExactProblem, contacts: Sequence[Contact]) -> bool:
    """Whether x ↦ −x maps the problem and the contacts to themselves, so that Σ r x = 0 at a regular solution on them.

    The reduced objective is convex, and strictly so at a regular solution, so that its mirror image is no other one.
    """
    last = problem.size - 1

    def mirrored(contact: Contact) -> Contact:
        turned = None if contact.direction is None else (-contact.direction[0], contact.direction[1])
        kind: Kind = "left" if contact.kind == "right" else "right" if contact.kind == "left" else contact.kind
        datum = None if contact.datum is None else last - contact.datum
        return Contact(kind, last + 1 - contact.stop, last + 1 - contact.start, turned, contact.sign, datum)

    return problem.even and {mirrored(contact) for contact in contacts} == set(contacts)


def pinned(problem: ExactProblem, side: str, datum: int, sign: int) -> Contact | None:
    """The contact of units with their knot at a datum; None where they would see no datum."""
    x, last = problem.x[datum], problem.size - 1
    if side == "right":
        if datum == last:
            return None
        return Contact("right", datum + 1, problem.size, (fmpq(1), -x), sign, datum)
    return None if datum == 0 else Contact("left", 0, datum, (fmpq(-1), x), sign, datum)


def _as_pair(p: float, q: float) -> Pair:
    return Fraction(p), Fraction(q)


def _located(problem: ExactProblem, breaks: Array, unit: Unit) -> Contact | None:
    """The contact at which a unit sits; None for one that no datum sees."""
    size, sign = problem.size, int(np.sign(unit.c))
    position = int(np.searchsorted(breaks, unit.phi))
    near = min((k for k in (position - 1, position) if 0 <= k < 2 * size), key=lambda k: abs(breaks[k] - unit.phi))
    if abs(breaks[near] - unit.phi) <= _ON_DATUM:
        return pinned(problem, "right" if near < size else "left", size - 1 - near % size, sign)
    if not 0 < position < 2 * size:
        return None
    if position == size:
        upright = problem.even and abs(math.cos(unit.phi)) <= _UPRIGHT
        common = Contact("common", 0, size, (fmpq(0), fmpq(1)) if upright else None, sign)
        return common if upright else fixed_direction(problem, common)
    if position < size:
        found = fixed_direction(problem, Contact("right", size - position, size, None, sign))
        return found or pinned(problem, "right", size - position - 1, sign)
    found = fixed_direction(problem, Contact("left", 0, 2 * size - position, None, sign))
    return found or pinned(problem, "left", 2 * size - position, sign)


def _merged(entries: Sequence[tuple[Contact, Pair]]) -> Guess:
    """One entry a contact, vectors added; contacts of weights that cancel drop out."""
    total: dict[Contact, Pair] = {}
    for contact, (p, q) in entries:
        key = replace(contact, sign=0)
        a, b = total.get(key, (Fraction(0), Fraction(0)))
        total[key] = a + p, b + q
    contacts, vectors = [], []
    for key, (p, q) in total.items():
        along = 0
        if key.direction is not None and key.kind != "affine":
            w, b = (Fraction(int(v.p), int(v.q)) for v in key.direction)
            along = (p * w + q * b > 0) - (p * w + q * b < 0)
        if p != 0 or q != 0 or key.kind == "affine":
            contacts.append(replace(key, sign=along))
            vectors.append((p, q))
    return Guess(tuple(contacts), tuple(vectors))


def contacts_of(problem: ExactProblem, units: Sequence[Unit]) -> Guess:
    """The contacts of the unbalanced phase at which units sit, and their vectors."""
    angle = np.arctan(np.array([nearest(v) for v in problem.x]))
    breaks = np.concatenate([-angle[::-1], math.pi - angle[::-1]])
    entries = []
    for unit in units:
        contact = _located(problem, breaks, unit)
        if contact is not None:
            entries.append((contact, _as_pair(unit.c * math.cos(unit.phi), unit.c * math.sin(unit.phi))))
    return _merged(entries)


def _balanced_direction(problem: ExactProblem, contact: Contact) -> Contact:
    """The same knot in the balanced phase: one datum alone on either side of it fixes its place."""
    if contact.datum is not None:
        return contact
    if contact.start == problem.size - 1:
        return replace(contact, direction=(problem.x[-1], fmpq(1)))
    return replace(contact, direction=(-problem.x[0], fmpq(-1)) if contact.start == 1 else None)


def balanced_contacts(problem: ExactProblem, guess: Guess) -> Guess:
    """The same in the balanced phase, where all knots are carried to the right and a straight line is free.

    A left-facing unit u on x < t is the straight line u together with the right-facing unit −u on x > t.
    """
    line = Contact("affine", 0, problem.size)
    entries: list[tuple[Contact, Pair]] = [(line, (Fraction(0), Fraction(0)))]
    for contact, (p, q) in zip(guess.contacts, guess.vectors, strict=True):
        if contact.kind == "right":
            entries.append((_balanced_direction(problem, contact), (p, q)))
            continue
        entries.append((line, (p, q)))
        if contact.kind == "common":
            continue
        direction = None if contact.direction is None else (-contact.direction[0], -contact.direction[1])
        mirrored = Contact(
            "right", contact.stop if contact.datum is None else contact.datum + 1, problem.size, direction, 0,
            contact.datum,
        )  # fmt: skip
        if mirrored.start < problem.size:
            entries.append((_balanced_direction(problem, mirrored), (-p, -q)))
    return _merged(entries)


def _crossed(problem: ExactProblem, balls: BallProblem, contact: Contact, u: tuple[arb, arb]) -> Contact | None:
    """The contact where a unit stops that has left its arc, None if it is inside."""
    last = problem.size - 1
    middle = (u[0].mid(), u[1].mid())

    def value(datum: int) -> arb:
        return (middle[0] * balls.x[datum] + middle[1]).mid()

    if contact.kind == "common":
        ends = value(0), value(last)
        if ends[0] * ends[1] > 0 or last == 0:
            return None
        rising = abs(ends[0]) < abs(ends[1])
        sign = 1 if ends[int(rising)] > 0 else -1
        return pinned(problem, "right", 0, sign) if rising else pinned(problem, "left", last, sign)
    sign = 1 if (middle[0] > 0) == (contact.kind == "right") else -1
    low, high = (contact.start - 1, contact.start) if contact.kind == "right" else (contact.stop - 1, contact.stop)
    facing = sign if contact.kind == "right" else -sign
    if value(high) * facing <= 0:
        return pinned(problem, contact.kind, high, sign) or pinned(problem, contact.kind, low, sign)
    if value(low) * facing >= 0:
        return pinned(problem, contact.kind, low, sign) or pinned(problem, contact.kind, high, sign)
    return None


def stay_in_place(
    problem: ExactProblem,
    balls: BallProblem,
    guess: Guess,
    vectors: Sequence[tuple[arb, arb]],
    vanished: Sequence[bool],
) -> Guess | None:
    """Contacts corrected by a solution on them: those of vanished weight go, units that left their arc stop at its end.

    Returns: None where nothing contradicts the contacts.
    """
    changed = False
    entries: list[tuple[Contact, Pair]] = []
    for contact, u, gone in zip(guess.contacts, vectors, vanished, strict=True):
        changed = changed or gone
        if gone:
            continue
        stop = None
        if contact.kind != "affine" and contact.direction is None:
            stop = _crossed(problem, balls, contact, u)
            changed = changed or stop is not None
        entries.append((stop or contact, (exact(u[0].mid()), exact(u[1].mid()))))
    return _merged(entries) if changed else None


def _joining(problem: ExactProblem, guess: Guess, finding: Finding, size: float, v: Pair) -> Guess | None:
    """The contacts with one added where |g| > λ, in place of one pinned to an end of its arc."""
    entries = list(zip(guess.contacts, guess.vectors, strict=True))
    if not finding.inside:
        side = "right" if finding.kind == "right" else "left"
        fresh = pinned(problem, side, finding.index, -finding.sign)
        if fresh is None or fresh.direction is None:
            return None
        w, b = (nearest(entry) for entry in fresh.direction)
        length = -finding.sign * size / math.hypot(w, b)
        return _merged([*entries, (fresh, _as_pair(length * w, length * b))])
    index = finding.index
    start, stop = (0, index) if finding.kind == "left" else (index, problem.size)
    inner = fixed_direction(problem, Contact(finding.kind, start, stop))
    if inner is None:
        return None
    if problem.even and finding.kind == "common" and problem.size > 1:
        inner = replace(inner, direction=(fmpq(0), fmpq(1)))
    ends = {"right": (("right", index - 1), ("right", index)), "left": (("left", index - 1), ("left", index))}.get(
        finding.kind, (("right", 0), ("left", problem.size - 1))
    )
    for k, (contact, pair) in enumerate(entries):
        if (contact.kind, contact.datum) in ends:
            return _merged([*entries[:k], (inner, pair), *entries[k + 1 :]])
    length = math.hypot(float(v[0]), float(v[1]))
    return _merged([*entries, (inner, _as_pair(-size * float(v[0]) / length, -size * float(v[1]) / length))])


def with_violations(problem: ExactProblem, guess: Guess, findings: Sequence[Finding], r: Sequence[arb]) -> Guess | None:
    """Contacts with one added at the place where |g| exceeds λ most; None where it does nowhere, to half the precision.

    r: the residuals (M,) at which the findings were made.
    """
    over = [finding for finding in findings if finding.violated and finding.excess > 0.5 ** (ctx.prec // 2)]
    if not over:
        return None
    worst = max(over, key=lambda finding: finding.excess)
    active = range(problem.size)
    if worst.inside:
        active = range(worst.index) if worst.kind == "left" else range(worst.index, problem.size)
    x = [nearest(problem.x[k]) for k in active]
    v = (sum(float(r[k].mid()) * t for k, t in zip(active, x, strict=True)), sum(float(r[k].mid()) for k in active))
    largest = max((math.hypot(float(p), float(q)) for p, q in guess.vectors), default=0.0)
    scale = max(abs(nearest(y)) for y in problem.y)
    return _joining(problem, guess, worst, _FRESH * (largest or scale), _as_pair(*v))
