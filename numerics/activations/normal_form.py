"""Exact normal form: a quotient of polynomials in x and in the function values that occur.

sin(2x), exp(x), … are indeterminates ("atoms") named by their function and the normal form of their argument. An
argument is first brought to a positive leading coefficient by the parity of the function (sin(−u) = −sin u,
cos(−u) = cos u, exp(−u) = 1/exp u). Two expressions with the same normal form are equal wherever both are defined; the
converse fails (the atoms satisfy relations that are not used), so that "different" is never concluded here.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from .expression import MINUS_ONE, Call, Expression, Number, Power, Product, Sum, Variable, X, substitute, subterms

ODD_FUNCTIONS = frozenset(["sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh", "erf", "sign"])
EVEN_FUNCTIONS = frozenset(["cos", "cosh", "abs"])
MAX_TERMS = 1500

Polynomial = Any  # flint.fmpq_mpoly


class TooLargeError(Exception):
    """The normal form would have too many terms; nothing is concluded."""


class _Quotients:
    """Quotients (numerator, denominator) over one ring that has room for every atom of one expression."""

    def __init__(self, room: int) -> None:
        names = ["x", *(f"a{i}" for i in range(room))]
        self.ring = fmpq_mpoly_ctx.get(names, Ordering.lex)
        self.generators = self.ring.gens()
        self.atoms: dict[tuple[str, str, str], Polynomial] = {}
        self.one = self.ring.constant(1)

    def constant(self, value: Fraction) -> Polynomial:
        return self.ring.constant(fmpq(value.numerator, value.denominator))

    def atom(self, name: str, argument: tuple[Polynomial, Polynomial]) -> Polynomial:
        key = (name, str(argument[0]), str(argument[1]))
        if key not in self.atoms:
            self.atoms[key] = self.generators[1 + len(self.atoms)]
        return self.atoms[key]

    def reduced(self, top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
        if max(len(top), len(bottom)) > MAX_TERMS:
            raise TooLargeError
        common = top.gcd(bottom)
        top, bottom = top / common, bottom / common
        lead = self.ring.constant(bottom.leading_coefficient())
        return top / lead, bottom / lead

    def powered(self, base: Polynomial, n: int) -> Polynomial:
        if comb(len(base) + n - 1, n) > MAX_TERMS:  # number of terms of a generic n-th power
            raise TooLargeError
        return base**n

    def form(self, expression: Expression) -> tuple[Polynomial, Polynomial]:
        match expression:
            case Number(value):
                return self.constant(value), self.one
            case Variable():
                return self.generators[0], self.one
            case Sum(left, right):
                (p, q), (r, s) = self.form(left), self.form(right)
                self._affordable(p, s), self._affordable(r, q), self._affordable(q, s)
                return self.reduced(p * s + r * q, q * s)
            case Product(left, right):
                (p, q), (r, s) = self.form(left), self.form(right)
                self._affordable(p, r), self._affordable(q, s)
                return self.reduced(p * r, q * s)
            case Power(base, exponent) if exponent.denominator == 1:
                p, q = self.form(base)
                n = abs(int(exponent))
                top, bottom = self.powered(p, n), self.powered(q, n)
                if exponent < 0:
                    if p == 0:
                        raise ZeroDivisionError
                    top, bottom = bottom, top
                return self.reduced(top, bottom)
            case Power(base, exponent):
                return self.atom(f"**{exponent}", self.form(base)), self.one
            case Call(name, argument):
                return self._call(name, *self.form(argument))

    @staticmethod
    def _affordable(left: Polynomial, right: Polynomial) -> None:
        if len(left) * len(right) > MAX_TERMS:
            raise TooLargeError

    def _call(self, name: str, top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
        negated = top != 0 and top.leading_coefficient() < 0
        if negated and name in ODD_FUNCTIONS:
            return -self.atom(name, (-top, bottom)), self.one
        if negated and name in EVEN_FUNCTIONS:
            return self.atom(name, (-top, bottom)), self.one
        if negated and name == "exp":
            return self.one, self.atom(name, (-top, bottom))
        return self.atom(name, (top, bottom)), self.one


def _room(expression: Expression) -> int:
    return sum(1 for term in subterms(expression) if isinstance(term, Call | Power))


def mirrored(expression: Expression) -> Expression:
    """σ(−x) as an expression.

    >>> mirrored(X) == Product(MINUS_ONE, X)
    True
    """
    return substitute(expression, Product(MINUS_ONE, X))


def is_certainly_zero(expression: Expression) -> bool:
    """Whether the normal form vanishes: the expression is then zero wherever it is defined. False decides nothing.

    >>> from .expression import parse
    >>> is_certainly_zero(parse("(exp(x) - exp(-x)) + (exp(-x) - exp(x))"))
    True
    """
    try:
        return bool(_Quotients(_room(expression)).form(expression)[0] == 0)
    except (TooLargeError, ZeroDivisionError):
        return False


def is_certainly_odd(expression: Expression) -> bool:
    """Whether σ(x) + σ(−x) has normal form zero: σ is then odd wherever defined, off the zeros of a sign's argument.

    >>> from .expression import parse
    >>> is_certainly_odd(parse("(1 - exp(-x))/(1 + exp(-x))")), is_certainly_odd(parse("exp(x)"))
    (True, False)
    """
    return is_certainly_zero(Sum(expression, mirrored(expression)))


def polynomial_coefficients(expression: Expression) -> list[Fraction] | None:
    """Exact coefficients, constant term first, if the normal form is a polynomial in x alone; else None.

    >>> from .expression import parse
    >>> [str(c) for c in polynomial_coefficients(parse("x*(x**2 - 3)/2"))]
    ['0', '-3/2', '0', '1/2']
    >>> polynomial_coefficients(parse("sin(x)")) is None
    True
    """
    try:
        top, bottom = _Quotients(_room(expression)).form(expression)
    except (TooLargeError, ZeroDivisionError):
        return None
    if not bottom.is_constant() or any(top.degrees()[1:]):
        return None
    coefficients = [Fraction(0)] * (max(0, int(top.degrees()[0])) + 1)
    for monomial, value in top.to_dict().items():
        coefficients[int(monomial[0])] = Fraction(int(value.p), int(value.q))
    return coefficients
