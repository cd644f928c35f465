"""The proof that |g| ≤ λ on the whole circle, with equality only at given contacts, arc by arc.

On an arc between neighbouring directions of data g(φ) = ⟨v, (cos φ, sin φ)⟩ with v = (Σ r_i x_i, Σ r_i) over the data
active there. It stays below λ in absolute value if |v| < λ; at |v| = λ, where the arc has a contact of its own, it
does so elsewhere on the arc; and a g without a peak inside the arc is bounded by its values at the ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flint import arb

from .exact_problem import BallProblem
from .reduced_system import Contact, Kind

Vector = tuple[arb, arb]


@dataclass(frozen=True)
class Finding:
    """A place where |g| < λ was not proved: violated, where |g| > λ is proved, or open.

    inside: whether the place is an open arc; then index is the first ("right", "common") or one past the last ("left")
    datum active there, else the datum itself. sign: of g there, 0 if unknown; excess: (g/λ)² − 1, roughly.
    """

    kind: Kind
    inside: bool
    index: int
    violated: bool
    sign: int
    excess: float


def residuals(
    balls: BallProblem, contacts: Sequence[Contact], vectors: Sequence[Vector]
) -> tuple[list[arb], list[arb]]:
    """f at the data (M,) and r_i = w_i (f(x_i) − y_i) (M,) for contacts with vectors u."""
    zero = arb(0)
    slope, height = {0: zero}, {0: zero}
    for contact, (p, q) in zip(contacts, vectors, strict=True):
        slope[contact.start] = slope.get(contact.start, zero) + p
        height[contact.start] = height.get(contact.start, zero) + q
        slope[contact.stop] = slope.get(contact.stop, zero) - p
        height[contact.stop] = height.get(contact.stop, zero) - q
    fitted: list[arb] = []
    a = h = zero
    ends = sorted({*slope, len(balls.x)})
    for start, stop in zip(ends, [*ends[1:], len(balls.x)], strict=True):
        a, h = a + slope.get(start, zero), h + height.get(start, zero)
        fitted += [a * x + h for x in balls.x[start:stop]]
    return fitted, [w * (f - y) for w, f, y in zip(balls.w, fitted, balls.y, strict=True)]


def _sign(value: arb) -> int:
    """The sign of a ball, 0 where it holds zero."""
    return 1 if value > 0 else -1 if value < 0 else 0


class _Checker:
    """Collects what is not proved, with the contacts that may have |g| = λ."""

    def __init__(self, balls: BallProblem, contacts: Iterable[Contact]) -> None:
        self.x, self.level, self.square = balls.x, balls.level, balls.level * balls.level
        self.inner = {(c.kind, c.stop if c.kind == "left" else c.start) for c in contacts if c.datum is None}
        self.pinned = {(c.kind, c.datum) for c in contacts if c.datum is not None}
        self.findings: list[Finding] = []
        self.seen: set[tuple[Kind, int]] = set()

    def end(self, kind: Kind, datum: int, value: arb) -> None:
        """g·√(1+x²) at a datum, for one side."""
        if (kind, datum) in self.pinned or (kind, datum) in self.seen:
            return
        self.seen.add((kind, datum))
        x = self.x[datum]
        square, bound = value * value, self.square * (1 + x * x)
        if not square < bound:
            excess = float((square / bound - 1).mid())
            self.findings.append(Finding(kind, False, datum, bool(square > bound), _sign(value), excess))

    def arc(self, kind: Kind, index: int, v: Vector, low: int | None, high: int | None, flip: bool = False) -> None:
        """An arc between the directions of two data; flip: their tangents count with opposite orientation.

        Without data at its ends it is half the circle, so that g peaks inside.
        """
        square = v[0] * v[0] + v[1] * v[1]
        if square < self.square or (kind, index) in self.inner:
            return
        turn = -1
        if low is not None and high is not None:
            first, last = _sign(v[0] * self.x[low] + v[1]), _sign(v[0] * self.x[high] + v[1])
            turn = -first * last if flip else first * last
        if turn <= 0:
            excess = float((square / self.square - 1).mid())
            violated = turn < 0 and bool(square > self.square)
            self.findings.append(Finding(kind, True, index, violated, 0, excess))
        if low is not None and high is not None:
            sides: tuple[Kind, Kind] = ("right", "left") if flip else (kind, kind)
            for side, datum in zip(sides, (low, high), strict=True):
                value = v[0] - self.x[datum] * v[1]
                self.end(side, datum, value if side == "right" else -value)


def unproved(balls: BallProblem, contacts: Sequence[Contact], r: Sequence[arb], balanced: bool) -> list[Finding]:
    """Where |g| < λ is not proved, for residuals r (M,) at which g = ±λ at the contacts.

    balanced: Σ r = Σ r x = 0 is known, so that both sides have the same g and there is nothing on the common arc.

    Returns: findings, none if |g| ≤ λ everywhere with equality exactly at the contacts.
    Source: derived in this project; JMLR 23(130), (4.3)–(4.6) is the condition.
    """
    check = _Checker(balls, contacts)
    last = len(r) - 1
    first = total = arb(0)
    for k in range(last, 0, -1):
        first, total = first + r[k] * balls.x[k], total + r[k]
        check.arc("right", k, (first, total), k - 1, k)
    if balanced:
        return check.findings
    common = (first + r[0] * balls.x[0], total + r[0])
    first = total = arb(0)
    for k in range(last):
        first, total = first + r[k] * balls.x[k], total + r[k]
        check.arc("left", k + 1, (first, total), k, k + 1)
    low, high = (0, last) if last > 0 else (None, None)
    check.arc("common", 0, common, low, high, flip=True)
    return check.findings
