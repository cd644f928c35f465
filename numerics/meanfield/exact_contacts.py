"""Contacts decided exactly: where all knots are rational, the weights are combinations of square roots.

Ball arithmetic cannot tell |g| = λ from |g| < λ. On contacts of rational direction the conditions are linear in the
weights with coefficients from the data and right-hand sides λ√(w² + b²), so that g is a combination of square roots of
rationals anywhere at a datum, and a sign that balls leave open is decided by exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flint import arb, arb_mat, fmpq, fmpq_mat

from .active_contacts import constant_by_symmetry
from .arc_proof import Finding
from .decimals import exact
from .exact_problem import ExactProblem, rational
from .reduced_system import Contact
from .surds import Roots, Surd

Vector = tuple[arb, arb]
SurdVector = tuple[Surd, Surd]

_MOST = 4000  # distinct inputs up to which sums of exact numbers are formed


@dataclass(frozen=True, eq=False)
class Touch:
    """A place where |g| = λ exactly and no unit is used: the range of its features and their direction, in balls."""

    start: int
    stop: int
    direction: Vector


def _rational_direction(problem: ExactProblem, contact: Contact, u: Vector, bits: int) -> Contact | None:
    """A contact inside an arc with its knot put to a short rational number inside it; None where there is none."""
    w, b = exact(u[0].mid()), exact(u[1].mid())
    if contact.kind == "common" and abs(w) < abs(b) / 2 ** (bits // 2):
        return replace(contact, direction=(fmpq(0), fmpq(1)), sign=1 if b > 0 else -1)
    near = (-b / w).limit_denominator(2 ** (bits // 8))
    if abs(near + b / w) * 2 ** (bits // 2) > 1:
        return None
    place, x = rational(near), problem.x
    if contact.kind == "common":
        facing, inside = (1, True) if place < x[0] else (-1, place > x[-1])
    else:
        at = contact.start if contact.kind == "right" else contact.stop
        facing, inside = 1 if contact.kind == "right" else -1, x[at - 1] < place < x[at]
    sign = facing if w > 0 else -facing
    return replace(contact, direction=(fmpq(facing), -facing * place), sign=sign) if inside else None


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return max(first[0], second[0]) < min(first[1], second[1])


def _linked(contacts: Sequence[Contact], start: int, stop: int) -> tuple[Contact, ...]:
    """The contacts on which the residuals of the data [start, stop) depend: those that overlap it, or one of those."""
    found: list[Contact] = []
    ranges = [(start, stop)]
    while ranges:
        here = ranges.pop()
        fresh = [c for c in contacts if c not in found and _overlap((c.start, c.stop), here)]
        found += fresh
        ranges += [(c.start, c.stop) for c in fresh]
    return tuple(contact for contact in contacts if contact in found)


def _known(contact: Contact) -> bool:
    return contact.kind == "affine" or contact.direction is not None


def with_rational_knots(
    problem: ExactProblem, contacts: Sequence[Contact], vectors: Sequence[Vector], bits: int
) -> tuple[Contact, ...] | None:
    """The contacts with knots put to the rational numbers that they seem to be; None where the problem is too large.

    A ratio that agrees with a fraction of a denominator far shorter than its digits is put to it, which
    `decided_exactly` then confirms or refutes; so it is only where all contacts that overlap it have such a knot too.
    """
    if problem.size > _MOST:
        return None
    guess = {
        contact: contact if _known(contact) else _rational_direction(problem, contact, u, bits)
        for contact, u in zip(contacts, vectors, strict=True)
    }
    result = []
    for contact in contacts:
        found = guess[contact]
        linked = _linked(contacts, contact.start, contact.stop)
        result.append(contact if found is None or any(guess[other] is None for other in linked) else found)
    return tuple(result)


def moments(problem: ExactProblem) -> list[list[fmpq]]:
    """Σw, Σwx, Σwx², Σwy and Σwxy over the first k data, k = 0 … M."""
    sums = [[fmpq(0)] * 5]
    for x, w, y in zip(problem.x, problem.w, problem.y, strict=True):
        terms = w, w * x, w * x * x, w * y, w * x * y
        sums.append([a + b for a, b in zip(sums[-1], terms, strict=True)])
    return sums


def between(sums: Sequence[Sequence[fmpq]], start: int, stop: int) -> list[fmpq]:
    """The same over the data [start, stop), 0 where there are none."""
    return [b - a for a, b in zip(sums[start], sums[max(start, stop)], strict=True)]


def _range(problem: ExactProblem, finding: Finding) -> tuple[int, int]:
    """The data active at a place."""
    if finding.kind == "left":
        return 0, finding.index
    return finding.index if finding.inside else finding.index + 1, problem.size


class ExactSolution:
    """The weights on contacts of rational direction that make g = ∓λ there, as combinations of square roots."""

    def __init__(self, problem: ExactProblem, contacts: Sequence[Contact]) -> None:
        self.problem, self.contacts, self.roots = problem, tuple(contacts), Roots()
        self.sums = moments(problem)
        self.columns = [(c, p, q) for c in self.contacts for p, q in c.basis]
        self.weights = self._solve()

    def _solve(self) -> list[Surd]:
        size = len(self.columns)
        right: list[Surd] = []
        matrix = fmpq_mat(size, size)
        for i, (contact, p, q) in enumerate(self.columns):
            own = between(self.sums, contact.start, contact.stop)
            value = self.roots.rational(own[4] * p + own[3] * q)
            if contact.kind != "affine":
                value = self.roots.add(value, self.roots.root(p * p + q * q), -contact.sign * self.problem.level)
            right.append(value)
            for j, (other, a, b) in enumerate(self.columns):
                m = between(self.sums, max(contact.start, other.start), min(contact.stop, other.stop))
                matrix[i, j] = m[2] * (p * a) + m[1] * (p * b + q * a) + m[0] * (q * b)
        count = len(self.roots.table)
        if size == 0:
            return []
        columns = fmpq_mat(size, count, [value.get(k, fmpq(0)) for value in right for k in range(count)])
        found = matrix.solve(columns)
        return [{k: found[i, k] for k in range(count) if found[i, k] != 0} for i in range(size)]

    def correlation(self, start: int, stop: int) -> SurdVector:
        """(Σ r x, Σ r) over the data [start, stop)."""
        own = between(self.sums, start, stop)
        first, total = self.roots.rational(-own[4]), self.roots.rational(-own[3])
        for (contact, p, q), weight in zip(self.columns, self.weights, strict=True):
            m = between(self.sums, max(start, contact.start), min(stop, contact.stop))
            first = self.roots.add(first, weight, m[2] * p + m[1] * q)
            total = self.roots.add(total, weight, m[1] * p + m[0] * q)
        return first, total

    def _along(self, v: SurdVector, a: fmpq, b: fmpq) -> Surd:
        return self.roots.add(self.roots.add({}, v[0], a), v[1], b)

    def _excess(self, first: Surd, second: Surd, bound: fmpq) -> int:
        """The sign of first² + second² − bound."""
        squares = self.roots.add(self.roots.multiply(first, first), self.roots.multiply(second, second))
        return self.roots.sign(self.roots.add(squares, self.roots.rational(-bound)))

    def stationary(self) -> bool:
        """Whether g′ = 0 at the contacts inside arcs, so that |g| peaks there."""
        inside = (c for c in self.contacts if c.kind != "affine" and c.datum is None)
        for contact in inside:
            assert contact.direction is not None
            w, b = contact.direction
            if self.roots.sign(self._along(self.correlation(contact.start, contact.stop), b, -w)) != 0:
                return False
        return True

    def _inside(self, finding: Finding) -> Touch | bool:
        start, stop = _range(self.problem, finding)
        v = self.correlation(start, stop)
        excess = self._excess(*v, self.problem.level**2)
        if excess < 0:
            return True
        low, high = (0, self.problem.size - 1) if finding.kind == "common" else (finding.index - 1, finding.index)
        peaks = low == high
        if not peaks:
            turn = [self.roots.sign(self._along(v, self.problem.x[k], fmpq(1))) for k in (low, high)]
            peaks = turn[0] * turn[1] > 0 if finding.kind == "common" else turn[0] * turn[1] < 0
        if not peaks:
            return True  # |g| on the arc is largest at an end, which is examined by itself
        return excess == 0 and Touch(start, stop, (self.roots.ball(v[0]), self.roots.ball(v[1])))

    def _at_datum(self, finding: Finding) -> Touch | bool:
        x = self.problem.x[finding.index]
        start, stop = _range(self.problem, finding)
        facing = -1 if finding.kind == "left" else 1
        value = self._along(self.correlation(start, stop), fmpq(1), -x)
        excess = self._excess(value, {}, self.problem.level**2 * (1 + x * x))
        return excess < 0 or (excess == 0 and Touch(start, stop, (arb(facing), arb(-facing * x))))

    def decide(self, finding: Finding) -> Touch | bool:
        """Whether |g| < λ at a place left open, or else where it touches λ; False where |g| > λ."""
        return self._inside(finding) if finding.inside else self._at_datum(finding)


def _independent(
    problem: ExactProblem, contacts: Sequence[Contact], vectors: Sequence[Vector], touches: Sequence[Touch]
) -> bool:
    """Prove that the features of all contacts and touches are linearly independent on the data."""
    features: list[tuple[int, int, Vector]] = []
    for contact, u in zip(contacts, vectors, strict=True):
        pairs = [(arb(p), arb(q)) for p, q in contact.basis] if _known(contact) else [u]
        features += [(contact.start, contact.stop, pair) for pair in pairs]
    features += [(touch.start, touch.stop, touch.direction) for touch in touches]
    sums = moments(problem)
    gram = arb_mat(len(features), len(features))
    for i, (start, stop, (p, q)) in enumerate(features):
        for j, (first, last, (a, b)) in enumerate(features):
            m = between(sums, max(start, first), min(stop, last))
            gram[i, j] = m[2] * (p * a) + m[1] * (p * b + q * a) + m[0] * (q * b)
    return not gram.det().contains(0)


def decided_exactly(
    problem: ExactProblem, contacts: Sequence[Contact], vectors: Sequence[Vector], findings: Sequence[Finding]
) -> bool:
    """Prove that |g| ≤ λ at the places left open, that g′ = 0 at the rational knots, and that f is the only minimiser.

    Args: contacts, vectors: of a solution proved in balls; findings: where these leave |g| ≤ λ open.
    Returns: True where all of it is proved; False where exact arithmetic refutes some of it, or does not reach it.
    Source: derived in this project.
    """
    solutions: dict[tuple[Contact, ...], ExactSolution] = {}

    def solution(start: int, stop: int) -> ExactSolution | None:
        linked = _linked(contacts, start, stop)
        if not all(_known(contact) for contact in linked):
            return None
        if linked not in solutions:
            solutions[linked] = ExactSolution(problem, linked)
        return solutions[linked]

    try:
        for contact in contacts:
            found = solution(contact.start, contact.stop)
            upright = contact.kind == "common" and contact.direction == (fmpq(0), fmpq(1))
            if upright and constant_by_symmetry(problem, contacts):
                continue
            if found is None and contact.direction is not None and contact.datum is None:
                return False
            if found is not None and not found.stationary():
                return False
        touches = []
        for finding in findings:
            found = solution(*_range(problem, finding))
            decided = found is not None and found.decide(finding)
            if decided is False:
                return False
            if isinstance(decided, Touch):
                touches.append(decided)
    except ZeroDivisionError:
        return False
    return not touches or _independent(problem, contacts, vectors, touches)
