"""The solution on given contacts: approximate, or in balls that are proved to hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb, arb_mat, ctx

from .active_contacts import Guess
from .arc_proof import Vector, residuals
from .decimals import ball, exact
from .exact_problem import BallProblem, ExactProblem, as_balls
from .polar_newton import polar_newton
from .reduced_system import Contact, ReducedSystem, start_vector


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


def approximate(problem: ExactProblem, guess: Guess) -> tuple[ReducedSystem, arb_mat, tuple[bool, ...]] | None:
    """Newton's method on the contacts from their vectors, and which weights vanish; None where it fails."""
    system = ReducedSystem(as_balls(problem), guess.contacts)
    if system.size == 0:
        return system, arb_mat(0, 1), ()
    found = polar_newton(system, start_vector(system, guess.vectors))
    return None if found is None else (system, *found)


def midpoints(guess: Guess, vectors: Sequence[tuple[arb, arb]]) -> Guess:
    """The contacts with the midpoints of balls as their vectors."""
    return replace(guess, vectors=tuple((exact(p.mid()), exact(q.mid())) for p, q in vectors))


def solve(problem: ExactProblem, guess: Guess, bits: int, balanced: bool) -> Solution | None:
    """The zero of the gradient on given contacts, proved to exist, at so many bits; None where it is not proved."""
    with ctx.workprec(bits):
        found = approximate(problem, guess)
        if found is None:
            return None
        system, z, _ = found
        box = system.prove(z)
        if box is None:
            return None
        balls, vectors = as_balls(problem), tuple(system.vectors(box))
        fitted, r = residuals(balls, guess.contacts, vectors)
        lengths = tuple(system.lengths(box))
        return Solution(problem, bits, balls, guess.contacts, vectors, lengths, tuple(fitted), tuple(r), balanced)
