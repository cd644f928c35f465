"""Contacts decided exactly: where all knots are rational, the weights are combinations of square roots.

Ball arithmetic cannot tell |g| = λ from |g| < λ. On contacts of rational direction the conditions are linear in the
weights with coefficients from the data and right-hand sides λ√(w² + b²), so that g is a combination of square roots of
rationals anywhere at a datum, and a sign that balls leave open is decided by exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flint import arb, arb_mat, fmpq, fmpq_mat

from .active_contacts import pinned
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


def with_rational_knots(
    problem: ExactProblem, contacts: Sequence[Contact], vectors: Sequence[Vector], bits: int
) -> tuple[Contact, ...] | None:
    """The contacts with every knot put to the rational number that it seems to be; None if one seems to be none.

    A ratio that agrees with a fraction of a denominator far shorter than its digits is put to it, which
    `ExactSolution.stationary` then confirms or refutes.
    """
    if problem.size > _MOST:
        return None
    result = []
    for contact, u in zip(contacts, vectors, strict=True):
        if contact.kind != "affine" and contact.direction is None:
            found = _rational_direction(problem, contact, u, bits)
            if found is None:
                return None
            result.append(found)
        else:
            result.append(contact)
    return tuple(result)


class ExactSolution:
    """The weights on contacts of rational direction that make g = ∓λ there, as combinations of square roots."""

    def __init__(self, problem: ExactProblem, contacts: Sequence[Contact]) -> None:
        self.problem, self.contacts, self.roots = problem, tuple(contacts), Roots()
        self.sums = [[fmpq(0)] * 5]
        for x, w, y in zip(problem.x, problem.w, problem.y, strict=True):
            terms = w, w * x, w * x * x, w * y, w * x * y
            self.sums.append([a + b for a, b in zip(self.sums[-1], terms, strict=True)])
        self.columns = [(c, p, q) for c in self.contacts for p, q in c.basis]
        self.weights = self._solve()

    def _between(self, start: int, stop: int) -> list[fmpq]:
        return [b - a for a, b in zip(self.sums[start], self.sums[max(start, stop)], strict=True)]

    def _solve(self) -> list[Surd]:
        size = len(self.columns)
        right: list[Surd] = []
        matrix = fmpq_mat(size, size)
        for i, (contact, p, q) in enumerate(self.columns):
            own = self._between(contact.start, contact.stop)
            value = self.roots.rational(own[4] * p + own[3] * q)
            if contact.kind != "affine":
                value = self.roots.add(value, self.roots.root(p * p + q * q), -contact.sign * self.problem.level)
            right.append(value)
            for j, (other, a, b) in enumerate(self.columns):
                m = self._between(max(contact.start, other.start), min(contact.stop, other.stop))
                matrix[i, j] = m[2] * (p * a) + m[1] * (p * b + q * a) + m[0] * (q * b)
        count = len(self.roots.table)
        if size == 0:
            return []
        columns = fmpq_mat(size, count, [value.get(k, fmpq(0)) for value in right for k in range(count)])
        found = matrix.solve(columns)
        return [{k: found[i, k] for k in range(count) if found[i, k] != 0} for i in range(size)]

    def correlation(self, start: int, stop: int) -> SurdVector:
        """(Σ r x, Σ r) over the data [start, stop)."""
        own = self._between(start, stop)
        first, total = self.roots.rational(-own[4]), self.roots.rational(-own[3])
        for (contact, p, q), weight in zip(self.columns, self.weights, strict=True):
            m = self._between(max(start, contact.start), min(stop, contact.stop))
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
        start, stop = (0, finding.index) if finding.kind == "left" else (finding.index, self.problem.size)
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
        contact = pinned(self.problem, finding.kind, finding.index, 0)
        if contact is None or contact.direction is None:
            return True
        value = self._along(self.correlation(contact.start, contact.stop), fmpq(1), -x)
        excess = self._excess(value, {}, self.problem.level**2 * (1 + x * x))
        w, b = contact.direction
        return excess < 0 or (excess == 0 and Touch(contact.start, contact.stop, (arb(w), arb(b))))

    def touches(self, findings: Sequence[Finding]) -> list[Touch] | None:
        """Where |g| = λ exactly among the places left open; None where |g| > λ at one of them."""
        result = []
        for finding in findings:
            decided = self._inside(finding) if finding.inside else self._at_datum(finding)
            if decided is False:
                return None
            if isinstance(decided, Touch):
                result.append(decided)
        return result

    def independent(self, touches: Sequence[Touch]) -> bool:
        """Prove that the features of all contacts and touches are linearly independent on the data."""
        features = [(c.start, c.stop, (arb(p), arb(q))) for c, p, q in self.columns]
        features += [(touch.start, touch.stop, touch.direction) for touch in touches]
        gram = arb_mat(len(features), len(features))
        for i, (start, stop, (p, q)) in enumerate(features):
            for j, (first, last, (a, b)) in enumerate(features):
                m = self._between(max(start, first), min(stop, last))
                gram[i, j] = m[2] * (p * a) + m[1] * (p * b + q * a) + m[0] * (q * b)
        return not features or not gram.det().contains(0)
