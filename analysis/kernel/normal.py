"""Normal forms: every term as a quotient of polynomials (python-flint) over its non-arithmetical parts.

Two terms are equal when their normal forms are; the converse is not claimed, so a failure decides nothing.  A quotient
is cancelled only by what is known to be non-zero: each unknown 1/t stays an atom of its own, so x*(1/x) is not 1 until
x != 0 has been proved.  Sums over symbolic index ranges are multiplied out, split into connected products and brought
to one order of their bound indices, so that Tr[AB] = Tr[BA], transposition and renaming are equalities of normal forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import permutations, product
from math import ceil, comb, floor, isqrt
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from .terms import (
    TERM_BINDERS,
    KernelError,
    Term,
    alpha,
    free_vars,
    integer_term,
    mul,
    natural_term,
    num,
    rebuild,
    split,
    sub,
    substitute,
    subterms,
    symbols,
    var,
)  # fmt: skip

Poly = Any  # fmpq_mpoly: python-flint ships no types
Frac = tuple[Poly, Poly]
Factors = list[tuple[Term, int]]

_ATOMS = 96
_MAX_TERMS = 20_000
_MAX_EXPONENT = 64
_MAX_REPLACEMENTS = 400
_MAX_BITS = 100_000
_CTX = fmpq_mpoly_ctx.get([f"g{i}" for i in range(_ATOMS)], Ordering.lex)
_GENS = _CTX.gens()
_ONE = num(1)


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


def _fraction(c: Any) -> Fraction:
    return Fraction(int(c.p), int(c.q))


def is_const(p: Poly) -> bool:
    """Return whether the polynomial is a number."""
    return bool(p.is_constant())


def value(p: Poly) -> Fraction:
    """Return the number that a constant polynomial is."""
    return _fraction(p.leading_coefficient()) if p != 0 else Fraction(0)


class Normalizer:
    """Normal forms in one context of known facts; atoms are numbered in the order in which they are met."""

    def __init__(self, facts: Iterable[Term] = ()) -> None:
        self.atoms: list[Term] = []
        self._index: dict[Term, int] = {}
        self._special: list[int] = []  # the numbers of the atoms that reductions are about
        self.nonzero: list[Poly] = []
        self.nonnegative: list[Poly] = []
        self._factors: dict[int, list[Poly]] = {}  # of the polynomials in nonzero, by their places there
        self._squares: dict[Term, Poly | None] = {}  # of atoms, as far as the facts and rewrites so far show them
        self.discharged: list[Term] = []  # conditions that were needed and known
        self.undischarged: list[Term] = []  # conditions that would have helped
        self.rewrites: dict[int, tuple[int, Frac]] = {}
        self.replacements = 0
        facts = tuple(facts)
        for _ in range(2):  # a fact may mention 1/t where t != 0 is a later fact
            for f in (c for g in facts for c in _conjuncts(g)):
                if f[0] in ("lt", "le", "ne"):
                    n, d = self.frac(sub(f[2], f[1]))
                    if f[0] != "le":
                        self.nonzero.append(n * d)
                    if f[0] != "ne":
                        self.nonnegative.append(n * d)
                    self._squares.clear()
        self.discharged, self.undischarged = [], []

    # --- atoms

    def atom(self, t: Term) -> Poly:
        """Return the generator that stands for the atom `t` (already in canonical form)."""
        i = self._index.get(t)
        if i is None:
            i = len(self.atoms)
            if i >= _ATOMS:
                raise TooLarge(f"more than {_ATOMS} different atoms in one step")
            self._index[t] = i
            self.atoms.append(t)
            if _special(t):
                self._special.append(i)
        return _GENS[i]

    def monomials(self, p: Poly) -> list[tuple[Fraction, Factors]]:
        """Return the polynomial as (coefficient, [(atom, exponent), ...]) pairs."""
        out = []
        for exps, c in p.to_dict().items():
            out.append((_fraction(c), [(self.atoms[i], int(e)) for i, e in enumerate(exps[: len(self.atoms)]) if e]))
        return out

    # --- signs that the shape or a fact shows

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
        if _nonnegative_atom(a):
            return True
        g = self.atom(a)
        return any(rest == 0 and is_const(quotient) and value(quotient) > 0
                   for quotient, rest in (divmod(q, g) for q in self.nonnegative))  # fmt: skip

    def _atom_nonzero(self, a: Term) -> bool:
        if _positive_atom(a) or (a[:2] == ("fn", "sqrt") and self._positive_term(a[2])):
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

    # --- normal form

    def frac(self, t: Term) -> Frac:
        """Return (numerator, denominator) of `t`; the denominator is known to be non-zero."""
        n, d = self._frac(t)
        n, d = self._reduce(n), self._reduce(d)
        for _ in range(40):
            again = self._rewrite(n), self._rewrite(d)
            if again[0] is None and again[1] is None:
                break
            self.replacements += 1
            if self.replacements > _MAX_REPLACEMENTS:
                raise TooLarge("replacing by equations does not come to an end")
            (n1, n2), (d1, d2) = again[0] or (n, const(1)), again[1] or (d, const(1))
            n, d = self._reduce(_times(n1, d2)), self._reduce(_times(d1, n2))
        if max(len(n), len(d)) > _MAX_TERMS:
            raise TooLarge(f"a normal form has more than {_MAX_TERMS} terms")
        return n, d

    def _frac(self, t: Term) -> Frac:
        op = t[0]
        if op == "num":
            return const(t[1]), const(1)
        if op == "add":
            n, d = self._frac(t[1])
            for s in t[2:]:
                n2, d2 = self._frac(s)
                n, d = (n + n2, d) if d == d2 else (n * d2 + n2 * d, d * d2)
            return n, d
        if op == "mul":
            n, d = self._frac(t[1])
            for s in t[2:]:
                n2, d2 = self._frac(s)
                n, d = _times(n, n2), _times(d, d2)
            return n, d
        if op == "inv":
            return self._inverse(*self._frac(t[1]))
        if op == "pow":
            return self._power(t[1], t[2])
        if op == "sum":
            return self._sum(t)
        if op in ("series", "int", "E"):
            return self._linear_binder(t)
        if op == "fn":
            return self._function(t)
        if op == "var":
            return self.atom(t), const(1)
        raise KernelError(f"{op} is not a number")

    def _lead(self, p: Poly) -> Fraction:
        """Return the coefficient of one monomial, chosen by its text and not by the order in which atoms were met."""
        return max(self.monomials(p), key=lambda m: key(tuple(sorted(m[1], key=lambda ae: key(ae[0])))))[0]

    def _inverse(self, n: Poly, d: Poly) -> Frac:
        n = self._reduce(n)
        if n == 0:
            return const(0), const(1)
        if is_const(n):
            return d * const(1 / value(n)), const(1)
        known, rest = self._strip_nonzero(n)
        if not is_const(known):
            self.discharged.append(("ne", self.term(known), num(0)))
        top, bottom = d, known
        if is_const(rest):
            return top * const(1 / value(rest)), bottom
        terms = self.monomials(rest)
        if len(terms) == 1:  # 1/(c a^k b) = (1/c) (1/a)^k (1/b), also where a factor vanishes
            c, factors = terms[0]
            for a, e in factors:
                n1, d1 = self._inverse_atom(a)
                top, bottom = top * n1**e, bottom * d1**e
            return top * const(1 / c), bottom
        lead = self._lead(rest)
        rest = rest * const(1 / lead)
        inverse = self.atom(("inv", self.term(rest)))
        self.undischarged.append(("ne", self.term(rest), num(0)))
        return top * inverse * const(1 / lead), bottom

    def _inverse_atom(self, a: Term) -> Frac:
        if a[0] == "fn" and a[1] == "exp":
            return self._frac(("fn", "exp", mul(num(-1), a[2])))
        if a[0] == "inv":  # 1/(1/t) = t, also at t = 0
            return self._frac(a[1])
        if self._atom_nonzero(a):
            return const(1), self.atom(a)
        self.undischarged.append(("ne", a, num(0)))
        return self.atom(("inv", a)), const(1)

    def _positive_term(self, t: Term) -> bool:
        n, d = self._frac(t)
        return self.known_positive(n * d)

    def _power(self, base: Term, exponent: Term) -> Frac:
        e_num, e_den = self._frac(exponent)
        if is_const(e_num) and is_const(e_den):
            e = value(e_num) / value(e_den)  # an integer, as its shape shows
            n, d = self._frac(base)
            if e < 0:
                n, d = self._inverse(n, d)
            return _raise(n, int(abs(e))), _raise(d, int(abs(e)))
        n, d = self._frac(base)
        if d != 1 or (len(n) > 1 and not natural_term(exponent)):
            return self._power_atom(self.term_frac(n, d), exponent, e_num)
        if is_const(n) and value(n) == 1:
            return const(1), const(1)
        parts = self.monomials(e_num)
        simple = e_den == 1 and all(
            c.denominator == 1 and c > 0 and (not f or (len(f) == 1 and f[0][1] == 1 and f[0][0][0] == "var"
                                                          and f[0][0][2] == "N")) for c, f in parts)  # fmt: skip
        if not simple:  # t^(a + b) = t^a t^b needs a, b >= 0 (0^0 = 1)
            return self._power_atom(self.term(n), exponent, e_num)
        top, bottom = const(1), const(1)
        for c, f in parts:
            factor = self.atom(("pow", self.term(n), f[0][0])) if f else n
            top = _times(top, _raise(factor, int(c)))
        return top, bottom

    def _power_atom(self, base: Term, exponent: Term, e_num: Poly) -> Frac:
        return self.atom(("pow", base, self.term(e_num) if integer_term(exponent) else exponent)), const(1)

    def _function(self, t: Term) -> Frac:
        name, args = t[1], tuple(self.canonical(a) for a in t[2:])
        t = ("fn", name, *args)
        if all(a[0] == "num" for a in args):
            exact = _EXACT.get((name, tuple(a[1] for a in args)))
            if exact is not None:
                return const(exact), const(1)
            root = _exact_root(t)
            if root is not None:
                return const(root), const(1)
        if name == "delta":
            a, b = sorted(args, key=key)
            if a == b:
                return const(1), const(1)
            if a[0] == "num" and b[0] == "num":
                return const(int(a[1] == b[1])), const(1)
            return self.atom(("fn", "delta", a, b)), const(1)
        if name == "exp":
            return self._exponential(args[0])
        if name == "log":
            apart = self._logarithm(args[0])
            if apart is not None:
                return apart
        if name == "He" and args[0][0] == "num" and args[0][1].denominator == 1 and 0 <= args[0][1] <= 40:
            return self._hermite(int(args[0][1]), args[1])
        if name in ("sin", "cos", "atan", "asin", "erf", "abs") and args:
            n, d = self._frac(args[0])
            if n != 0 and self._lead(n) * self._lead(d) < 0:
                flipped = self.atom(("fn", name, self.term_frac(-n, d)))
                return (flipped if name in ("cos", "abs") else -flipped), const(1)
        if name == "fact" and args[0][0] == "num" and args[0][1].denominator == 1 and 0 <= args[0][1] <= 60:
            product_ = 1
            for k in range(2, int(args[0][1]) + 1):
                product_ *= k
            return const(product_), const(1)
        return self.atom(t), const(1)

    def _logarithm(self, arg: Term) -> Frac | None:
        """Return log(exp(t) c) = t + log(c) for a c that is known to be positive."""
        n, d = self._frac(arg)
        terms = self.monomials(n)
        exponents = [a[2] for a, e in terms[0][1] if a[:2] == ("fn", "exp") and e == 1] if len(terms) == 1 else []
        if len(exponents) != 1:
            return None
        scale = divmod(n, self.atom(("fn", "exp", exponents[0])))[0]
        if not self.known_positive(scale * d):
            return None
        return self._frac(("add", exponents[0], ("fn", "log", self.term_frac(scale, d))))

    def _hermite(self, n: int, x: Term) -> Frac:
        """Return He_n(x) by He_0 = 1, He_1 = x, He_{n+1} = x He_n - n He_{n-1}."""
        top, bottom = self._frac(x)
        below, here = const(0), const(1)  # He_{k-1} and He_k, times bottom^(k-1) and bottom^k
        for k in range(n):
            below, here = here, top * here - const(k) * below * bottom**2
        return here, bottom**n

    def _exponential(self, arg: Term) -> Frac:
        return self.atom(("fn", "exp", arg)), const(1)

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
        for exponents, c in p.to_dict().items():
            if _crowded([exponents[i] for i in special]):
                factors = [(i, int(e)) for i, e in enumerate(exponents[: len(self.atoms)]) if e]
                after = self._reduced(factors)
                if after is not None:
                    before: Poly = const(1)
                    for i, e in factors:
                        before = before * _GENS[i] ** e
                    result = (p if result is None else result) + (after - before) * const(_fraction(c))
        return result

    def _reduced(self, factors: list[tuple[int, int]]) -> Poly | None:
        """Return a product of powers of atoms after the reductions, or None where none applies."""
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
            product_ = product_ * (_GENS[i] ** e if square is None else square ** (e // 2) * _GENS[i] ** (e % 2))
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
        self._squares.clear()

    def _rewrite(self, p: Poly) -> Frac | None:
        """Return p after one round of replacements, as a quotient, or None where none applies."""
        if not self.rewrites:
            return None
        top: Poly = const(0)
        bottom = const(1)
        changed = False
        for exps, c in p.to_dict().items():
            n, d = const(_fraction(c)), const(1)
            for i, e in enumerate(int(e) for e in exps[: len(self.atoms)]):
                if not e:
                    continue
                rule = self.rewrites.get(i)
                times = e // rule[0] if rule else 0
                if rule and times:
                    changed = True
                    n, d = _times(n, _raise(rule[1][0], times)), _times(d, _raise(rule[1][1], times))
                    e -= times * rule[0]
                n = n * _GENS[i] ** e
            if d == bottom:
                top = top + n
            else:
                top, bottom = _times(top, d) + _times(n, bottom), _times(bottom, d)
        return (top, bottom) if changed else None

    # --- binders

    def _linear_binder(self, t: Term) -> Frac:
        """Normalise a series, integral or expectation: only factors common to the whole body move outside."""
        outside, inside = split(t)
        v = None if t[0] == "E" else _bound_name(t)
        names = t[1] if t[0] == "E" else ()
        parts = _taken_apart(inside[0] if v is None else substitute(inside[0], {t[1]: v}), v, names)
        if parts is None:
            return const(0), const(1)
        content, common, divisors, rest = parts
        if rest is None:  # a probability measure: E of a constant is the constant
            return self._frac(inside[0])
        ends = tuple(o if o in (("oo",), ("-oo",)) else self.canonical(o) for o in outside)
        top, bottom = self.atom(rebuild(t, ends, (rest,), v)) * const(content), const(1)
        for a, e in common:
            n1, d1 = self._frac(a)
            top, bottom = top * n1**e, bottom * d1**e
        for a, e in divisors:
            n1, d1 = self._inverse(*self._frac(a))
            top, bottom = top * n1**e, bottom * d1**e
        return top, bottom

    def _sum(self, t: Term) -> Frac:
        """Multiply a finite sum out, split it into connected parts and put each in canonical order."""
        v, lo, hi = t[1], self.canonical(t[2]), self.canonical(t[3])
        if lo[0] == "num" and hi[0] == "num" and hi[1] - lo[1] <= 64:
            values = range(ceil(lo[1]), floor(hi[1]) + 1)
            return self._frac(("add", num(0), *(substitute(t[4], {v: num(k)}) for k in values)))
        top, bottom = const(0), const(1)
        for c, factors in _multiplied_out(("sum", v, lo, hi, t[4])):
            n1, d1 = const(c), const(1)
            for a, known in factors:
                n2, d2 = (self.atom(a), const(1)) if known else self._frac(a)
                n1, d1 = n1 * n2, d1 * d2
            top, bottom = (top + n1, bottom) if d1 == bottom else (top * d1 + n1 * bottom, bottom * d1)
        return top, bottom

    # --- back to terms

    def term(self, p: Poly) -> Term:
        """Return the polynomial as a term, in an order that does not depend on how atoms were met."""
        return _from_monomials(self.monomials(p))

    def term_frac(self, n: Poly, d: Poly) -> Term:
        """Return the quotient as a term in lowest terms."""
        if d != 1:
            g = n.gcd(d)
            n, d = divmod(n, g)[0], divmod(d, g)[0]
            lead = self._lead(d)
            n, d = n * const(1 / lead), d * const(1 / lead)
        top = self.term(n)
        if d == 1:
            return top
        return ("inv", self.term(d)) if top == _ONE else ("mul", top, ("inv", self.term(d)))

    def canonical(self, t: Term) -> Term:
        """Return the normal form of `t` as a term."""
        if t[0] in ("num", "oo", "-oo"):
            return t
        return self.term_frac(*self.frac(t))

    def equal(self, a: Term, b: Term) -> bool:
        """Return whether the normal forms of a and b agree (True is a proof, False decides nothing)."""
        n, _ = self.frac(sub(a, b))
        return bool(n == 0)


_EXACT: dict[tuple[str, tuple[Fraction, ...]], Fraction] = {
    (name, (Fraction(x),)): Fraction(y)
    for name, x, y in [
        ("sqrt", 0, 0), ("sqrt", 1, 1), ("exp", 0, 1), ("log", 1, 0), ("sin", 0, 0), ("cos", 0, 1), ("atan", 0, 0),
        ("asin", 0, 0), ("erf", 0, 0),
    ]
}  # fmt: skip


def _exact_root(t: Term) -> Fraction | None:
    """Return abs, relu, max, min of numbers, and square roots of squares of rationals."""
    xs = [a[1] for a in t[2:]]
    if t[1] == "sqrt":
        if xs[0] < 0:
            return Fraction(0)
        p, q = (_isqrt(xs[0].numerator), _isqrt(xs[0].denominator))
        return Fraction(p, q) if p is not None and q is not None else None
    rules: dict[str, Callable[..., Fraction]] = {
        "abs": abs, "relu": lambda x: max(x, Fraction(0)), "max": max, "min": min}  # fmt: skip
    return rules[t[1]](*xs) if t[1] in rules else None


def _isqrt(n: int) -> int | None:
    return isqrt(n) if isqrt(n) ** 2 == n else None


def _conjuncts(p: Term) -> list[Term]:
    return [c for q in p[1:] for c in _conjuncts(q)] if p[0] == "and" else [p]


def _nonnegative_atom(a: Term) -> bool:
    if a[0] == "fn":
        return a[1] in ("sqrt", "abs", "relu", "delta") or _positive_atom(a)
    if a[0] == "var":
        return bool(a[2] == "N")
    if a[0] == "inv":  # the argument of an inverse atom is canonical
        return _nonnegative_term(a[1])
    if a[0] == "pow":
        return _nonnegative_term(a[1])
    if a[0] == "int" and (a[2], a[3]) != (("-oo",), ("oo",)):
        return False  # the ends of the integral may be in reverse order
    return a[0] in ("sum", "series", "int") and _nonnegative_term(a[-1])


def _nonnegative_term(t: Term) -> bool:
    """Return whether the shape of `t` shows t >= 0 wherever its variables lie."""
    if t[0] == "num":
        return bool(t[1] >= 0)
    if t[0] in ("add", "mul"):
        return all(_nonnegative_term(s) for s in t[1:])
    if t[0] == "pow" and t[2][0] == "num":
        return t[2][1] % 2 == 0 or _nonnegative_term(t[1])
    return _nonnegative_atom(t)


def _positive_atom(a: Term) -> bool:
    if a[0] == "fn" and a[1] in ("exp", "pi", "fact"):
        return True
    if a[0] == "pow":  # c^k with a number c > 0
        return bool(a[1][0] == "num" and a[1][1] > 0)
    return bool(a[0] == "fn" and a[1] == "sqrt" and a[2][0] == "num" and a[2][1] > 0)


def _crowded(exponents: list[int]) -> bool:
    """Return whether a monomial has a special atom twice, or two of them, so that a reduction may apply."""
    return sum(map(int, exponents)) > 1


def _special(a: Term) -> bool:
    return (a[0] == "fn" and a[1] in ("sin", "delta", "abs", "sqrt", "relu", "exp")) or (
        a[0] == "pow" and a[1] == num(-1)
    )


def _from_monomials(terms: list[tuple[Fraction, Factors]]) -> Term:
    parts = []
    for c, factors in terms:
        fs: list[Term] = [a if e == 1 else ("pow", a, num(e)) for a, e in sorted(factors, key=lambda ae: key(ae[0]))]
        if not fs:
            parts.append(num(c))
        else:
            parts.append(mul(*([num(c)] if c != 1 else []), *fs))
    parts.sort(key=key)
    return num(0) if not parts else parts[0] if len(parts) == 1 else ("add", *parts)


def _times(p: Poly, q: Poly) -> Poly:
    """Return p q, unless it would have very many terms."""
    if len(p) * len(q) > 10 * _MAX_TERMS:
        raise TooLarge(f"a product of {len(p)} by {len(q)} terms")
    return p * q


def _raise(p: Poly, e: int) -> Poly:
    """Return p^e, unless it would have very many terms or very long coefficients."""
    if e > _MAX_EXPONENT or (len(p) > 1 and comb(len(p) + e - 1, e) > 10 * _MAX_TERMS):
        raise TooLarge(f"the power {e} of {len(p)} terms")
    if e * max((int(c.p).bit_length() + int(c.q).bit_length() for c in p.coeffs()), default=0) > _MAX_BITS:
        raise TooLarge(f"the power {e} of a long number")
    return p**e


def _bound_name(t: Term) -> Term:
    """Return the variable that the normal form of `t` binds: the first @k that is not free inside `t`."""
    taken = {w[1] for s in split(t)[1] for w in free_vars(s) if w != t[1]}
    k = 0
    while f"@{k}" in taken:
        k += 1
    return ("var", f"@{k}", t[1][2])


@lru_cache(maxsize=50_000)
def _plain(t: Term) -> Term:
    """Return the normal form of `t` without any facts."""
    return Normalizer().canonical(t)


def _unique(*ts: Term) -> Term:
    """Return an integer variable that occurs in none of the terms, bound or free."""
    taken = {s[1] for t in ts for s in subterms(t) if s[0] == "var"}
    taken |= {s[1][1] for t in ts for s in subterms(t) if s[0] in TERM_BINDERS}
    k = 0
    while f"#{k}" in taken:
        k += 1
    return var(f"#{k}", "Z")


@lru_cache(maxsize=20_000)
def _taken_apart(
    body: Term, v: Term | None, names: tuple[str, ...]
) -> tuple[Fraction, Factors, Factors, Term | None] | None:
    """Write the body under a binder as content * common / divisors * rest, where only the rest moves; None if it is 0.

    It moves with the variable v or, under an expectation, with the symbols `names`; the rest is None where none of it
    does.
    """
    inner = Normalizer()

    def moves(a: Term) -> bool:
        return (v in free_vars(a)) if v is not None else not symbols(a).isdisjoint(names)

    n, d = inner.frac(body)
    if d != 1:
        g = n.gcd(d)
        n, d = divmod(n, g)[0], divmod(d, g)[0]
    terms, below = inner.monomials(n), inner.monomials(d)
    if not terms:
        return None
    shared = [a for a, _ in terms[0][1] if not moves(a) and all(a in dict(f) for _, f in terms)]
    common = [(a, min(dict(f)[a] for _, f in terms)) for a in shared]
    cut = dict(common)
    content = sorted(terms, key=lambda m: key(tuple(m[1])))[0][0]
    kept = [(c / content, [(a, e - cut.get(a, 0)) for a, e in f if e - cut.get(a, 0)]) for c, f in terms]
    rest = _from_monomials(kept)
    divisors: Factors = []
    lead = max(below, key=lambda m: key(tuple(sorted(m[1], key=lambda ae: key(ae[0])))))[0]
    content, below = content / lead, [(c / lead, f) for c, f in below]
    if len(below) == 1:  # a denominator that is a product: what does not move goes outside as well
        divisors = [(a, e) for a, e in below[0][1] if not moves(a)]
        below = [(Fraction(1), [(a, e) for a, e in below[0][1] if moves(a)])]
    if len(below) > 1 or below[0][1]:
        rest = ("mul", rest, ("inv", _from_monomials(below)))
    if v is None and not any(moves(a) for a in inner.atoms):
        return content, common, divisors, None
    return content, common, divisors, rest


@lru_cache(maxsize=20_000)
def _multiplied_out(t: Term) -> list[tuple[Fraction, list[tuple[Term, bool]]]]:
    """Return a finite sum as products: each a number and factors, with whether they are sums in canonical order."""
    v, lo, hi, body = t[1:]
    inner = Normalizer()
    fresh = _unique(t)
    n, d = inner.frac(substitute(body, {v: fresh}))
    scale, below = reciprocals(inner, d)
    return [_sum_of_product(c * scale, [*factors, *below], [(fresh, lo, hi)]) for c, factors in inner.monomials(n)]


def _sum_of_product(
    c: Fraction, factors: Factors, ranges: list[tuple[Term, Term, Term]]
) -> tuple[Fraction, list[tuple[Term, bool]]]:
    work = [a for a, e in factors for _ in range(e)]
    flat: list[Term] = []
    while work:  # nested sums over the bound indices become further indices of the same product
        a = work.pop()
        if a[0] == "sum" and any(r[0] in free_vars(a) for r in ranges):
            w = _unique(a, *(x for r in ranges for x in r), *flat, *work)
            ranges = [*ranges, (w, a[2], a[3])]
            body = substitute(a[4], {a[1]: w})
            work.extend(body[1:] if body[0] == "mul" else (body,))
        elif a[0] == "pow" and a[2][0] == "num":
            work.extend([a[1]] * int(a[2][1]))
        elif a[0] == "num":
            c *= a[1]
        elif a[0] == "mul":
            work.extend(a[1:])
        else:
            flat.append(a)
    ranges, flat = _contract(ranges, flat)
    outside, components = _components(ranges, flat)
    done = [(a, False) for a in outside]
    for rs, fs in components:
        count = _count(*rs[0]) if not fs and len(rs) == 1 else None
        done.append((_ordered(rs, fs or [_ONE]), True) if count is None else (count, False))
    return c, done


def _contract(
    ranges: list[tuple[Term, Term, Term]], flat: list[Term]
) -> tuple[list[tuple[Term, Term, Term]], list[Term]]:
    """Sum out delta(i, j) where i and j are bound over the same range."""
    for a in flat:
        if a[0] == "fn" and a[1] == "delta":
            by_var = {r[0]: r for r in ranges}
            p, q = a[2], a[3]
            if p in by_var and q in by_var and by_var[p][1:] == by_var[q][1:]:
                rest = list(flat)
                rest.remove(a)
                keep = [(w, substitute(lo, {p: q}), substitute(hi, {p: q})) for w, lo, hi in ranges if w != p]
                done: list[Term] = []
                for s in rest:
                    s = _plain(substitute(s, {p: q}))
                    done.extend(s[1:] if s[0] == "mul" else (s,))
                return _contract(keep, done)
    return ranges, flat


def _components(ranges: list[tuple[Term, Term, Term]], flat: list[Term]) -> tuple[list[Term], list[tuple[Any, Any]]]:
    """Split a summed product into factors without bound indices and connected parts."""
    bound = [r[0] for r in ranges]
    group = {v: i for i, v in enumerate(bound)}

    def join(vs: list[Term]) -> None:
        for v in vs[1:]:
            old, new = group[v], group[vs[0]]
            for w in bound:
                if group[w] == old:
                    group[w] = new

    used = [(a, [v for v in bound if v in free_vars(a)]) for a in flat]
    for _, vs in used:
        join(vs)
    for v, lo, hi in ranges:  # a range that depends on another index ties the two together
        join([v, *(w for w in bound if w in free_vars(lo) | free_vars(hi))])
    outside = [a for a, vs in used if not vs]
    parts = []
    for g in sorted(set(group.values())):
        rs = [r for r in ranges if group[r[0]] == g]
        parts.append((rs, [a for a, vs in used if vs and group[vs[0]] == g]))
    return outside, parts


def _count(v: Term, lo: Term, hi: Term) -> Term | None:
    """Return the number of integers from lo to hi where the shape shows it."""
    if lo == num(1) and natural_term(hi):
        return hi
    if lo == num(0) and natural_term(hi):
        return ("add", hi, num(1))
    return None


def _ordered(ranges: list[tuple[Term, Term, Term]], factors: list[Term]) -> Term:
    """Return the nested sum whose bound indices stand in the order that makes its text smallest."""
    groups: dict[str, list[tuple[Term, Term, Term]]] = {}
    mark = var("%", "Z")
    blank = {r[0]: var("%%", "Z") for r in ranges}
    taken = {w[1] for t in (*factors, *(b for r in ranges for b in r[1:])) for w in free_vars(t)}
    free = [f"${i}" for i in range(len(ranges) + len(taken)) if f"${i}" not in taken]  # no free variable is captured
    for r in ranges:  # only indices that look alike need be tried in both orders
        shape = sorted(key(alpha(substitute(f, {**blank, r[0]: mark}))) for f in factors if r[0] in free_vars(f))
        groups.setdefault(key((substitute(r[1], blank), substitute(r[2], blank))) + repr(shape), []).append(r)
    forms: dict[str, Term] = {}
    ordered_groups = [groups[k] for k in sorted(groups)]
    total = 1
    for g in ordered_groups:
        for k in range(2, len(g) + 1):
            total *= k
    if total > 5040:
        raise TooLarge("too many interchangeable summation indices")
    for choice in product(*(permutations(g) for g in ordered_groups)):
        order = _innermost_first([r for g in choice for r in g])
        names = {r[0]: var(free[i], "Z") for i, r in enumerate(order)}
        renamed = sorted((_plain(substitute(f, names)) for f in factors), key=key)
        rs = [(names[v], substitute(lo, names), substitute(hi, names)) for v, lo, hi in order]
        body: Term = mul(*_powers(renamed))
        for v, lo, hi in rs:
            body = ("sum", v, lo, hi, body)
        forms[key((tuple(rs), tuple(renamed)))] = body
    return forms[min(forms)]


def reciprocals(inner: Normalizer, d: Poly) -> tuple[Fraction, Factors]:
    """Return 1/d, for d known to be non-zero, as a number times reciprocals of atoms (of d where it is a sum)."""
    terms = inner.monomials(d)
    if len(terms) == 1:
        c, factors = terms[0]
        return 1 / c, [(("inv", a), e) for a, e in factors]
    return Fraction(1), [(("inv", inner.term(d)), 1)]


def _innermost_first(ranges: list[tuple[Term, Term, Term]]) -> list[tuple[Term, Term, Term]]:
    """Return the ranges in the given order, except that an index comes after the indices whose ranges depend on it."""
    left, done = list(ranges), []
    while left:
        # there is one: the ranges come from nested sums, none of which sees an index inside it
        r = next(r for r in left if not any(r[0] in free_vars(s[1]) | free_vars(s[2]) for s in left))
        left.remove(r)
        done.append(r)
    return done


def _powers(factors: list[Term]) -> list[Term]:
    out: list[Term] = []
    for f in dict.fromkeys(factors):
        k = factors.count(f)
        out.append(f if k == 1 else ("pow", f, num(k)))
    return out


__all__ = ["Frac", "Normalizer", "Poly", "TooLarge", "const", "is_const", "key", "value"]
