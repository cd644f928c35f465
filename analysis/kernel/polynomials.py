"""Polynomials over atoms (python-flint), their limits of size, and their text as terms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, wraps
from math import comb
from typing import Any, ParamSpec, TypeVar

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from .terms import KernelError, Term, mul, num, rational

P = ParamSpec("P")
R = TypeVar("R")

Poly = Any  # fmpq_mpoly: python-flint ships no types
Frac = tuple[Poly, Poly]
Factors = list[tuple[Term, int]]

ATOMS = 96
MAX_TERMS = 20_000
_MAX_EXPONENT = 64
_MAX_BITS = 100_000
_MAX_CONSTANTS = 4096
_FEW = (16, 32)  # an operation with 96 generators takes ten times as long, and few steps have that many atoms


class Outgrown(Exception):
    """There are more atoms than the polynomials have room for: the work begins again with more room."""


class _Room:
    """Polynomials in a number of generators, and the constants among them that were asked for."""

    def __init__(self, size: int) -> None:
        self.context = fmpq_mpoly_ctx.get([f"g{i}" for i in range(size)], Ordering.lex)
        self.generators = self.context.gens()
        self.constants: dict[int | Fraction, Poly] = {}


_ROOMS = [_Room(size) for size in (*_FEW, ATOMS)]
_room = _ROOMS[-1]


def with_few_atoms(work: Callable[P, R]) -> Callable[P, R]:
    """Let a function that takes and returns terms, and no polynomials, try with few generators first.

    The order of the generators is the same, and so is the result; where there are too few the function starts anew.
    """

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        global _room
        before = _room
        try:
            for _room in _ROOMS[:-1]:
                try:
                    return work(*args, **kwargs)
                except Outgrown:
                    continue
            _room = _ROOMS[-1]
            return work(*args, **kwargs)
        finally:
            _room = before

    return run


class TooLarge(KernelError):
    """The normal form outgrew its limits; decides nothing."""


@lru_cache(maxsize=200_000)
def key(t: Term) -> str:
    """Return a text that orders terms the same way in every run."""
    return repr(t)


def generators() -> tuple[Poly, ...]:
    """Return the generators that there is room for."""
    return _room.generators  # type: ignore[no-any-return]


def const(value: Fraction | int) -> Poly:
    """Return a constant polynomial."""
    found = _room.constants.get(value)
    if found is None:
        if len(_room.constants) >= _MAX_CONSTANTS:
            _room.constants.clear()
        found = _room.context.constant(fmpq(value.numerator, value.denominator))
        _room.constants[value] = found
    return found


def monomial(exponents: tuple[int, ...], c: Any) -> Poly:
    """Return the polynomial of one term."""
    return _room.context.from_dict({exponents: c})


def fraction(c: Any) -> Fraction:
    """Return a coefficient as a fraction."""
    return rational(int(c.p)) if c.q == 1 else rational(Fraction(int(c.p), int(c.q)))


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
