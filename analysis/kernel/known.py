"""What is known of the atoms of a normal form, and of polynomials in them: signs that shapes or facts show."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction

from .polynomials import ATOMS, Factors, Frac, Outgrown, Poly, TooLarge, const, fraction, generators, is_const, value
from .shapes import nonnegative_atom, positive_atom
from .terms import Term, num


class Known(ABC):
    """Atoms, numbered in the order in which they are met, and the polynomials known to be non-zero or non-negative."""

    def __init__(self) -> None:
        self.generators = generators()
        self.atoms: list[Term] = []
        self._index: dict[Term, int] = {}
        self._special: list[int] = []  # the numbers of the atoms that reductions are about
        self.nonzero: list[Poly] = []
        self.nonnegative: list[Poly] = []
        self._factors: dict[int, list[Poly]] = {}  # of the polynomials in nonzero, by their places there

    @abstractmethod
    def _frac(self, t: Term) -> Frac:
        """Return a term as a quotient of polynomials."""

    def atom(self, t: Term) -> Poly:
        """Return the generator that stands for the atom `t` (already in canonical form)."""
        i = self._index.get(t)
        if i is None:
            i = len(self.atoms)
            if i >= ATOMS:
                raise TooLarge(f"more than {ATOMS} different atoms in one step")
            if i >= len(self.generators):
                raise Outgrown
            self._index[t] = i
            self.atoms.append(t)
            if _special(t):
                self._special.append(i)
        return self.generators[i]

    def monomials(self, p: Poly) -> list[tuple[Fraction, Factors]]:
        """Return the polynomial as (coefficient, [(atom, exponent), ...]) pairs."""
        atoms = self.atoms
        out = []
        for exps, c in zip(p.monoms(), p.coeffs(), strict=True):
            out.append((fraction(c), [(a, int(e)) for a, e in zip(atoms, exps, strict=False) if e]))
        return out

    def _evident(self, p: Poly) -> tuple[bool, bool]:
        """Return (p >= 0, p > 0) as far as coefficients, even powers and non-negative atoms show it."""
        nonneg, positive = True, False
        for c, factors in self.monomials(p):
            if c < 0 or any(e % 2 and not self._atom_nonnegative(a) for a, e in factors):
                nonneg = False
                break
            positive |= all(self._atom_nonzero(a) for a, _ in factors)
        return nonneg, nonneg and positive

    def _atom_nonnegative(self, a: Term) -> bool:
        if nonnegative_atom(a):
            return True
        g = self.atom(a)
        return any(rest == 0 and is_const(quotient) and value(quotient) > 0
                   for quotient, rest in (divmod(q, g) for q in self.nonnegative))  # fmt: skip

    def _atom_nonzero(self, a: Term) -> bool:
        if positive_atom(a) or (a[:2] == ("fn", "sqrt") and self._positive_term(a[2])):
            return True
        if a[0] == "inv":  # 1/t = 0 only where t = 0
            n, _ = self._frac(a[1])
            return self.known_nonzero(n)
        g = self.atom(a)
        return any(divmod(q, g)[1] == 0 for q in self.nonzero if q != 0)

    def known_nonnegative(self, p: Poly) -> bool:
        """Return whether p >= 0 follows from its shape or, up to a positive factor, from a fact."""
        if self._evident(p)[0]:
            return True
        for q in self.nonnegative:
            quotient, rest = divmod(p, q) if q != 0 else (p, p)
            if rest == 0 and quotient != 0 and self._evident(quotient)[0]:
                return True
        return False

    def known_positive(self, p: Poly) -> bool:
        """Return whether p > 0 follows from its shape or from the facts."""
        return self._evident(p)[1] or (self.known_nonnegative(p) and self.known_nonzero(p))

    def known_nonzero(self, p: Poly) -> bool:
        """Return whether p != 0 follows from its shape or from the facts."""
        return p != 0 and is_const(self._strip_nonzero(p)[1])

    def _strip_nonzero(self, p: Poly) -> tuple[Poly, Poly]:
        """Return (known, rest) with p = known * rest, where known is a product of quantities known to be non-zero."""
        known = const(1)
        if p == 0:
            return known, p
        if self._evident(p)[1] or self._evident(-p)[1]:
            return p, const(1)
        for i, q in enumerate(self.nonzero):
            if is_const(q):
                continue
            if i not in self._factors:
                self._factors[i] = [q, *(f for f, _ in q.factor()[1])]
            for factor in self._factors[i]:  # a factor of a non-zero product is not zero
                while not is_const(p):
                    quotient, rest = divmod(p, factor)
                    if rest != 0:
                        break
                    known, p = known * factor, quotient
        if self._evident(p)[1] or self._evident(-p)[1]:
            return known * p, const(1)
        return known, p

    def _positive_term(self, t: Term) -> bool:
        n, d = self._frac(t)
        return self.known_positive(n * d)


def _special(a: Term) -> bool:
    return (a[0] == "fn" and a[1] in ("sin", "delta", "abs", "sqrt", "relu", "exp")) or (
        a[0] == "pow" and a[1] == num(-1)
    )
