"""Optimality of finitely many units with the residuals eliminated, and the proof that a solution exists.

A unit is a vector u = c·(w, b) that contributes u·(x, 1) on a range of consecutive data. Restricted to given ranges the
objective ½ Σ w_i (f(x_i) − y_i)² + level Σ|u_k| is a smooth convex function of the vectors, and its gradient vanishes
where every u_k ≠ 0 points against the correlation vector of its range. All features are affine on a range, so that the
moments of the data between the ends of ranges determine the gradient: the cost is O(M) for these and O(K³) after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flint import arb, arb_mat, ctx, fmpq

from .decimals import exact
from .exact_problem import BallProblem

_INFLATIONS = 12

Kind = Literal["right", "left", "common", "affine"]


@dataclass(frozen=True)
class Contact:
    """A direction with |g| = λ: the side on which its units act, and the data [start, stop) at which they are active.

    kind: "right" or "left" for units with their knot inside the data's range, "common" for units active at all data,
    "affine" for a straight line that costs nothing (the balanced phase). direction: (w, b) where it is known exactly,
    so that only the weight is unknown; sign: of that weight. datum: the input to which the knot is pinned, if any.
    """

    kind: Kind
    start: int
    stop: int
    direction: tuple[fmpq, fmpq] | None = None
    sign: int = 0
    datum: int | None = None

    @property
    def basis(self) -> list[tuple[fmpq, fmpq]]:
        """Affine functions (p, q), x ↦ px + q, whose multiples the contact adds on its range."""
        return [(fmpq(1), fmpq(0)), (fmpq(0), fmpq(1))] if self.direction is None else [self.direction]


def _radius(value: arb) -> arb:
    return arb(0, abs(value).upper())


class ReducedSystem:
    """The gradient G z − h + level·n(z) of the reduced objective in the unknowns z (n,) of all contacts.

    n is u/|u| for a free contact, sign·√(w² + b²) for one of known direction, 0 for the straight line.
    """

    def __init__(self, balls: BallProblem, contacts: Sequence[Contact]) -> None:
        self.contacts = tuple(contacts)
        self.level = balls.level
        self.offset, count = [], 0
        for contact in self.contacts:
            self.offset.append(count)
            count += len(contact.basis)
        self.size = count
        self._moments(balls)
        self.flat = arb_mat(count, 1)  # the part of the gradient that does not depend on z, besides −h
        for contact, k in zip(self.contacts, self.offset, strict=True):
            if contact.direction is not None:
                w, b = contact.direction
                self.flat[k, 0] = contact.sign * self.level * arb(w * w + b * b).sqrt()

    def _moments(self, balls: BallProblem) -> None:
        ends = sorted({end for contact in self.contacts for end in (contact.start, contact.stop)})
        sums = dict.fromkeys(ends, (arb(0),) * 5)
        s0 = s1 = s2 = t0 = t1 = arb(0)
        place = 0
        for end in ends:
            for k in range(place, end):
                x, w = balls.x[k], balls.w[k]
                wx, wy = w * x, w * balls.y[k]
                s0, s1, s2, t0, t1 = s0 + w, s1 + wx, s2 + wx * x, t0 + wy, t1 + wy * x
            place = end
            sums[end] = (s0, s1, s2, t0, t1)

        def between(start: int, stop: int) -> list[arb]:
            return [b - a for a, b in zip(sums[start], sums[stop], strict=True)]

        rows = [(c, p, q) for c in self.contacts for p, q in c.basis]
        self.matrix, self.right = arb_mat(self.size, self.size), arb_mat(self.size, 1)
        for i, (first, p, q) in enumerate(rows):
            own = between(first.start, first.stop)
            self.right[i, 0] = own[4] * p + own[3] * q
            for j in range(i + 1):
                other, a, b = rows[j]
                start, stop = max(first.start, other.start), min(first.stop, other.stop)
                if start < stop:
                    m0, m1, m2 = between(start, stop)[:3]
                    self.matrix[i, j] = m2 * (p * a) + m1 * (p * b + q * a) + m0 * (q * b)
                    self.matrix[j, i] = self.matrix[i, j]

    @property
    def free(self) -> list[int]:
        """The first unknown of each contact of unknown direction."""
        pairs = zip(self.contacts, self.offset, strict=True)
        return [k for contact, k in pairs if contact.direction is None and contact.kind != "affine"]

    def gradient(self, z: arb_mat) -> arb_mat:
        """The gradient at z (n, 1)."""
        result = self.matrix * z - self.right + self.flat
        for k in self.free:
            p, q = z[k, 0], z[k + 1, 0]
            share = self.level / (p * p + q * q).sqrt()
            result[k, 0] += p * share
            result[k + 1, 0] += q * share
        return result

    def jacobian(self, z: arb_mat) -> arb_mat:
        """The Hessian of the reduced objective at z: G, and level (I − u uᵀ/|u|²)/|u| on each free contact."""
        result = self.matrix + arb_mat(self.size, self.size)
        for k in self.free:
            p, q = z[k, 0], z[k + 1, 0]
            square = p * p + q * q
            share = self.level / (square * square.sqrt())
            result[k, k] += share * q * q
            result[k + 1, k + 1] += share * p * p
            result[k, k + 1] -= share * p * q
            result[k + 1, k] -= share * p * q
        return result

    def prove(self, middle: arb_mat) -> arb_mat | None:
        """Krawczyk's test around an approximate zero: a box that holds exactly one zero of the gradient, or None.

        With C ≈ J⁻¹ and a box X about m, K = m − C F(m) + (I − C J(X))(X − m) inside the interior of X proves it, and
        that J is regular on X.

        Source: R. Krawczyk, Computing 4 (1969) 187–201; S. M. Rump's ε-inflation.
        """
        if self.size == 0:
            return middle
        try:
            inverse = self.jacobian(middle).mid().inv().mid()
        except ZeroDivisionError:
            return None
        shift = inverse * self.gradient(middle)
        if not all(shift[k, 0].is_finite() for k in range(self.size)):
            return None
        tiny = arb(2) ** (-ctx.prec + 4)
        one = arb_mat(self.size, self.size, [int(i == j) for i in range(self.size) for j in range(self.size)])
        width = [2 * abs(shift[k, 0]).upper() + tiny * abs(middle[k, 0]) for k in range(self.size)]
        for _ in range(_INFLATIONS):
            box = arb_mat(self.size, 1, [_radius(v) for v in width])
            image = (one - inverse * self.jacobian(middle + box)) * box - shift
            reach = [abs(image[k, 0]).upper() for k in range(self.size)]
            if all(r < box_width.lower() for r, box_width in zip(reach, width, strict=True)):
                return middle + image
            if not all(r.is_finite() for r in reach):
                return None
            width = [2 * max(r, v.upper(), key=exact) for r, v in zip(reach, width, strict=True)]
        return None

    def vectors(self, z: arb_mat) -> list[tuple[arb, arb]]:
        """u of every contact."""
        result = []
        for contact, k in zip(self.contacts, self.offset, strict=True):
            if contact.direction is None:
                result.append((z[k, 0], z[k + 1, 0]))
            else:
                result.append((z[k, 0] * contact.direction[0], z[k, 0] * contact.direction[1]))
        return result

    def lengths(self, z: arb_mat) -> list[arb]:
        """|c| = |u| of every contact; 0 for the straight line."""
        result = []
        for contact, (p, q) in zip(self.contacts, self.vectors(z), strict=True):
            result.append(arb(0) if contact.kind == "affine" else (p * p + q * q).sqrt())
        return result


def start_vector(system: ReducedSystem, guess: Sequence[tuple[Fraction, Fraction]]) -> arb_mat:
    """The unknowns whose contacts have the given vectors u, those of known direction projected onto it."""
    entries = []
    for contact, (p, q) in zip(system.contacts, guess, strict=True):
        a, b = (arb(fmpq(v.numerator, v.denominator)) for v in (p, q))
        if contact.direction is None:
            entries += [a, b]
        else:
            w, h = contact.direction
            entries.append((a * w + b * h) / (w * w + h * h))
    return arb_mat(system.size, 1, entries)
