"""Rational combinations of square roots of rational numbers, with an exact sign."""

from __future__ import annotations

import math
from collections.abc import Mapping

from flint import arb, ctx, fmpq

Surd = Mapping[int, fmpq]  # coefficient of each root, by its number in a table; zero coefficients left out


def _root(value: fmpq) -> fmpq | None:
    """The square root of a rational number ≥ 0 where it is rational."""
    p, q = int(value.p), int(value.q)
    a, b = math.isqrt(p), math.isqrt(q)
    return fmpq(a, b) if a * a == p and b * b == q else None


class Roots:
    """A table of positive rationals no two of which have a rational ratio of square roots.

    Their square roots are linearly independent over the rationals, so that a combination vanishes only where all of
    its coefficients do.

    Source: A. S. Besicovitch, J. London Math. Soc. 15 (1940) 3–6, for the independence.

    >>> roots = Roots()
    >>> sum_of_two = roots.add(roots.root(fmpq(2)), roots.root(fmpq(8)))  # √2 + √8 = √18
    >>> roots.sign(roots.add(sum_of_two, roots.root(fmpq(18)), fmpq(-1)))
    0
    """

    def __init__(self) -> None:
        self.table = [fmpq(1)]

    def rational(self, value: fmpq) -> Surd:
        """A rational number."""
        return {0: value} if value != 0 else {}

    def root(self, value: fmpq) -> Surd:
        """√value for a rational value > 0."""
        for k, known in enumerate(self.table):
            ratio = _root(value / known)
            if ratio is not None:
                return {k: ratio}
        self.table.append(value)
        return {len(self.table) - 1: fmpq(1)}

    def add(self, first: Surd, second: Surd, factor: fmpq | None = None) -> Surd:
        """first + factor·second, factor 1 unless given."""
        result = dict(first)
        for k, value in second.items():
            result[k] = result.get(k, fmpq(0)) + (value if factor is None else factor * value)
        return {k: value for k, value in result.items() if value != 0}

    def multiply(self, first: Surd, second: Surd) -> Surd:
        """first·second."""
        result: Surd = {}
        for i, a in first.items():
            for j, b in second.items():
                result = self.add(result, self.root(self.table[i] * self.table[j]), a * b)
        return result

    def ball(self, value: Surd) -> arb:
        """A ball that holds the number, at the current precision."""
        return sum((arb(c) * arb(self.table[k]).sqrt() for k, c in value.items()), arb(0))

    def sign(self, value: Surd) -> int:
        """−1, 0 or 1."""
        if not value:
            return 0
        bits = 64
        while True:
            with ctx.workprec(bits):
                found = self.ball(value)
                if not found.contains(0):
                    return 1 if found > 0 else -1
            bits *= 2
