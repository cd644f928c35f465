"""Reductions of polynomials in atoms: those that hold always, and replacements by proved equations."""

from __future__ import annotations

from abc import abstractmethod

from .known import Known
from .polynomials import Frac, Poly, TooLarge, const, fraction, monomial, multiplied, raised
from .terms import KernelError, Term, mul, num


class Reducing(Known):
    """Polynomials in atoms, reduced by what holds of some functions and by equations used from left to right."""

    def __init__(self) -> None:
        super().__init__()
        self._squares: dict[Term, Poly | None] = {}  # of atoms, as far as the facts and rewrites so far show them
        self._found: dict[Term, Frac] = {}  # quotients of terms, as far as these show them
        self.rewrites: dict[int, tuple[int, Frac]] = {}

    @abstractmethod
    def canonical(self, t: Term) -> Term:
        """Return the normal form of a term as a term."""

    def _told(self) -> None:
        """Forget what was found before a fact or an equation was told."""
        self._squares.clear()
        self._found.clear()

    # --- reductions that hold always

    def _reduce(self, p: Poly) -> Poly:
        """Apply sin^2 = 1 - cos^2, |t|^2 = t^2, sqrt(t)^2 = t if t >= 0, exp(a)exp(b) = exp(a+b), delta^2 = delta."""
        for _ in range(60):
            hit = self._reducible(p)
            if hit is None:
                return p
            p = hit
        raise TooLarge("a normal form does not settle")

    def _reducible(self, p: Poly) -> Poly | None:
        if not self._special:
            return None
        degrees = p.degrees()
        special = [i for i in self._special if degrees[i]]
        if not _crowded([degrees[i] for i in special]):
            return None
        result: Poly = None
        for exponents, c in zip(p.monoms(), p.coeffs(), strict=True):
            if _crowded([exponents[i] for i in special]):
                factors = [(i, int(e)) for i, e in enumerate(exponents[: len(self.atoms)]) if e]
                after = self._reduced(factors)
                if after is not None:
                    result = (p if result is None else result) + (after - monomial(exponents, 1)) * const(fraction(c))
        return result

    def _reduced(self, factors: list[tuple[int, int]]) -> Poly | None:
        """Return a product of powers of atoms after the reductions, or None where none applies."""
        generators = self.generators
        product_: Poly = const(1)
        changed = False
        exponentials = []
        for i, e in factors:
            a = self.atoms[i]
            if a[:2] == ("fn", "exp"):
                exponentials.append((a, e))
                continue
            square = self._square(a) if e >= 2 else None
            changed |= square is not None
            product_ = product_ * (
                generators[i] ** e if square is None else square ** (e // 2) * generators[i] ** (e % 2)
            )
        if len(exponentials) == 1 and exponentials[0][1] == 1:
            return product_ * self.atom(exponentials[0][0]) if changed else None
        if exponentials:
            total = self.canonical(("add", num(0), *(mul(num(e), a[2]) for a, e in exponentials)))
            return product_ * (const(1) if total == num(0) else self.atom(("fn", "exp", total)))
        return product_ if changed else None

    def _square(self, a: Term) -> Poly | None:
        """Return the square of an atom where it is a polynomial in others."""
        if a not in self._squares:
            self._squares[a] = self._square_of(a)
        return self._squares[a]

    def _square_of(self, a: Term) -> Poly | None:
        if a[0] == "pow" and a[1] == num(-1):
            return const(1)
        if a[0] != "fn":
            return None
        if a[1] == "sin":
            return const(1) - self.atom(("fn", "cos", a[2])) ** 2
        if a[1] == "delta":
            return self.atom(a)
        if a[1] in ("abs", "sqrt", "relu"):
            n, d = self._frac(a[2])
            if d != 1:
                return None
            if a[1] == "abs":
                return n * n
            if a[1] == "relu":
                return n * self.atom(a)
            if self.known_nonnegative(n):
                return n
        return None

    # --- rewriting by proved equations  atom^k == term

    def add_rewrite(self, left: Term, right: Term) -> None:
        """Use the proved equation left == right from left to right (a multiple of a power of an atom)."""
        n, d = self._frac(left)
        terms = self.monomials(n)
        if d != 1 or len(terms) != 1 or len(terms[0][1]) != 1:
            raise KernelError(f"the left side is not an atom or a power of one, so it cannot be replaced: {left}")
        scale, (a, e) = const(1 / terms[0][0]), terms[0][1][0]
        n, d = self._frac(right)
        self.rewrites[self._index[a]] = (e, (n * scale, d))
        self._told()

    def _rewrite(self, p: Poly) -> Frac | None:
        """Return p after one round of replacements, as a quotient, or None where none applies."""
        if not self.rewrites:
            return None
        top: Poly = const(0)
        bottom = const(1)
        changed = False
        for exps, c in zip(p.monoms(), p.coeffs(), strict=True):
            n, d = const(fraction(c)), const(1)
            for i, e in enumerate(int(e) for e in exps[: len(self.atoms)]):
                if not e:
                    continue
                rule = self.rewrites.get(i)
                times = e // rule[0] if rule else 0
                if rule and times:
                    changed = True
                    n, d = multiplied(n, raised(rule[1][0], times)), multiplied(d, raised(rule[1][1], times))
                    e -= times * rule[0]
                n = n * self.generators[i] ** e
            if d == bottom:
                top = top + n
            else:
                top, bottom = multiplied(top, d) + multiplied(n, bottom), multiplied(bottom, d)
        return (top, bottom) if changed else None


def _crowded(exponents: list[int]) -> bool:
    """Return whether a monomial has a special atom twice, or two of them, so that a reduction may apply."""
    return sum(map(int, exponents)) > 1
