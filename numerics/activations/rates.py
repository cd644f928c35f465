"""Rates of growth x^p · exp(q_1 x + q_2 x² + … + q_K x^K), ordered by which of two is larger in the end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

from .balls import exact

Ball = Any

DEGREE = 12


@dataclass(frozen=True, order=True)
class Rates:
    """exponents: (q_K, …, q_1), power: p. The order is lexicographic: the faster growth is the larger.

    >>> Rates.of({2: Fraction(-1)}) < Rates.of({}, Fraction(-3)) < Rates.of({1: Fraction(1)}, Fraction(-9))
    True
    """

    exponents: tuple[Fraction, ...]
    power: Fraction

    @staticmethod
    def of(exponents: dict[int, Fraction], power: Fraction = Fraction(0)) -> Rates:
        """From the non-zero q_k by degree, and p."""
        return Rates(tuple(exponents.get(k, Fraction(0)) for k in range(DEGREE, 0, -1)), power)

    def __add__(self, other: Rates) -> Rates:
        return Rates(
            tuple(a + b for a, b in zip(self.exponents, other.exponents, strict=True)), self.power + other.power
        )

    def scaled(self, by: Fraction) -> Rates:
        """The rates of the by-th power."""
        return Rates(tuple(by * q for q in self.exponents), by * self.power)

    def exponent(self, degree: int) -> Fraction:
        """q_degree."""
        return self.exponents[DEGREE - degree]

    @property
    def degree(self) -> int:
        """The largest k with q_k ≠ 0; 0 if there is none."""
        return next((k for k in range(DEGREE, 0, -1) if self.exponent(k)), 0)

    def size(self, x: int) -> Ball:
        """The value at an integer x ≥ 1, as a ball.

        >>> bool(Rates.of({}, Fraction(2)).size(3) == 9)
        True
        """
        total = sum((self.exponent(k) * x**k for k in range(1, self.degree + 1)), Fraction(0))
        return exact(Fraction(x)) ** exact(self.power) * exact(total).exp()

    def _slope_from(self, start: int, lift: int) -> list[Fraction]:
        """Taylor coefficients at start of x^lift·(Σ k q_k x^{k−1}), lowest first."""
        shifted = [Fraction(0)] * (self.degree + lift)
        for k in range(1, self.degree + 1):
            weight = k * self.exponent(k)
            for j in range(k + lift):
                shifted[j] += weight * comb(k - 1 + lift, j) * start ** (k - 1 + lift - j)
        return shifted

    def falls_from(self, start: int) -> bool:
        """Whether p + Σ k q_k x^k ≤ 0, x times the derivative of the logarithm, is certain for all x ≥ start.

        >>> Rates.of({2: Fraction(-1), 1: Fraction(4)}).falls_from(2), Rates.of({1: Fraction(1)}).falls_from(2)
        (True, False)
        """
        slope = self._slope_from(start, 1) or [Fraction(0)]
        return slope[0] + self.power <= 0 and all(a <= 0 for a in slope[1:])

    def least_fall(self, start: int) -> Fraction | None:
        """A number s > 0 with (log)′ ≤ −s for all x ≥ start, if one is certain.

        >>> str(Rates.of({2: Fraction(-1, 2)}).least_fall(8))
        '8'
        """
        slope = self._slope_from(start, 0)
        if not slope or any(a > 0 for a in slope[1:]):
            return None
        fall = -(slope[0] + max(self.power, Fraction(0)) / start)
        return fall if fall > 0 else None


FLAT = Rates.of({})
