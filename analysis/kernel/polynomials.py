"""Polynomials over atoms (python-flint), their limits of size, and their text as terms."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from .terms import KernelError, Term, mul, num

Poly = Any  # fmpq_mpoly: python-flint ships no types
Frac = tuple[Poly, Poly]
Factors = list[tuple[Term, int]]

ATOMS = 96
MAX_TERMS = 20_000
_MAX_EXPONENT = 64
_MAX_BITS = 100_000
_CTX = fmpq_mpoly_ctx.get([f"g{i}" for i in range(ATOMS)], Ordering.lex)
GENS = _CTX.gens()


class TooLarge(KernelError):
    """The normal form outgrew its limits; decides nothing."""


@lru_cache(maxsize=200_000)
def key(t: Term) -> str:
    """Return a text that orders terms the same way in every run."""
    return repr(t)


@lru_cache(maxsize=4096)
def const(value: Fraction | int) -> Poly:
    """Return a constant polynomial."""
    value = Fraction(value)
    return _CTX.constant(fmpq(value.numerator, value.denominator))


def fraction(c: Any) -> Fraction:
    return Fraction(int(c.p), int(c.q))


def is_const(p: Poly) -> bool:
    """Return whether the polynomial is a number."""
    return bool(p.is_constant())


def value(p: Poly) -> Fraction:
    """Return the number that a constant polynomial is."""
    return fraction(p.leading_coefficient()) if p != 0 else Fraction(0)


def multiplied(p: Poly, q: Poly) -> Poly:
    """Return p q, unless it would have very many terms."""
    if len(p) * len(q) > 10 * MAX_TERMS:
        raise TooLarge(f"a product of {len(p)} by {len(q)} terms")
    return p * q


def raised(p: Poly, e: int) -> Poly:
    """Return p^e, unless it would have very many terms or very long coefficients."""
    if e > _MAX_EXPONENT or (len(p) > 1 and comb(len(p) + e - 1, e) > 10 * MAX_TERMS):
        raise TooLarge(f"the power {e} of {len(p)} terms")
    if e * max((int(c.p).bit_length() + int(c.q).bit_length() for c in p.coeffs()), default=0) > _MAX_BITS:
        raise TooLarge(f"the power {e} of a long number")
    return p**e


def from_monomials(terms: list[tuple[Fraction, Factors]]) -> Term:
    parts = []
    for c, factors in terms:
        fs: list[Term] = [a if e == 1 else ("pow", a, num(e)) for a, e in sorted(factors, key=lambda ae: key(ae[0]))]
        if not fs:
            parts.append(num(c))
        else:
            parts.append(mul(*([num(c)] if c != 1 else []), *fs))
    parts.sort(key=key)
    return num(0) if not parts else parts[0] if len(parts) == 1 else ("add", *parts)
