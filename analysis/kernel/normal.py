"""Normal forms: every term as a quotient of polynomials (python-flint) over its non-arithmetical parts.

Two terms are equal when their normal forms are; the converse is not claimed, so a failure decides nothing.  A quotient
is cancelled only by what is known to be non-zero: each unknown 1/t stays an atom of its own, so x*(1/x) is not 1 until
x != 0 has been proved.  Sums over symbolic index ranges are multiplied out, split into connected products and brought
to one order of their bound indices, so that Tr[AB] = Tr[BA], transposition and renaming are equalities of normal forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from .index_sums import bound_name, sum_of_product, unique
from .polynomials import (
    MAX_TERMS,
    Factors,
    Frac,
    Poly,
    TooLarge,
    const,
    from_monomials,
    is_const,
    key,
    multiplied,
    raised,
    value,
    with_few_atoms,
)  # fmt: skip
from .reductions import Reducing
from .shapes import EXACT, conjuncts, exact_root
from .terms import (
    KernelError,
    Term,
    free_vars,
    integer_term,
    mul,
    natural_term,
    num,
    rebuild,
    split,
    sub,
    substitute,
    symbols,
)

_MAX_REPLACEMENTS = 400
_ONE = num(1)


class Normalizer(Reducing):
    """Normal forms in one context of known facts; atoms are numbered in the order in which they are met."""

    def __init__(self, facts: Iterable[Term] = ()) -> None:
        super().__init__()
        self.discharged: list[Term] = []  # conditions that were needed and known
        self.undischarged: list[Term] = []  # conditions that would have helped
        self.replacements = 0
        facts = tuple(facts)
        for _ in range(2):  # a fact may mention 1/t where t != 0 is a later fact
            for f in (c for g in facts for c in conjuncts(g)):
                if f[0] in ("lt", "le", "ne"):
                    n, d = self.frac(sub(f[2], f[1]))
                    if f[0] != "le":
                        self.nonzero.append(n * d)
                    if f[0] != "ne":
                        self.nonnegative.append(n * d)
                    self._told()
        self.discharged, self.undischarged = [], []
        self._found.clear()

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
            n, d = self._reduce(multiplied(n1, d2)), self._reduce(multiplied(d1, n2))
        if max(len(n), len(d)) > MAX_TERMS:
            raise TooLarge(f"a normal form has more than {MAX_TERMS} terms")
        return n, d

    def _frac(self, t: Term) -> Frac:
        op = t[0]
        if op == "num":
            return const(t[1]), const(1)
        if op == "var":
            return self.atom(t), const(1)
        if op in ("add", "mul"):
            return self._arithmetic(t)
        found = self._found.get(t)
        if found is None:
            found = self._found[t] = self._quotient(t)
        return found

    def _arithmetic(self, t: Term) -> Frac:
        n, d = self._frac(t[1])
        if t[0] == "add":
            for s in t[2:]:
                n2, d2 = self._frac(s)
                n, d = (n + n2, d) if d == d2 else (n * d2 + n2 * d, d * d2)
            return n, d
        for s in t[2:]:
            n2, d2 = self._frac(s)
            n, d = multiplied(n, n2), multiplied(d, d2)
        return n, d

    def _quotient(self, t: Term) -> Frac:
        op = t[0]
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

    def _power(self, base: Term, exponent: Term) -> Frac:
        e_num, e_den = self._frac(exponent)
        if is_const(e_num) and is_const(e_den):
            e = value(e_num) / value(e_den)  # an integer, as its shape shows
            n, d = self._frac(base)
            if e < 0:
                n, d = self._inverse(n, d)
            return raised(n, int(abs(e))), raised(d, int(abs(e)))
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
            top = multiplied(top, raised(factor, int(c)))
        return top, bottom

    def _power_atom(self, base: Term, exponent: Term, e_num: Poly) -> Frac:
        return self.atom(("pow", base, self.term(e_num) if integer_term(exponent) else exponent)), const(1)

    def _function(self, t: Term) -> Frac:
        name, args = t[1], tuple(self.canonical(a) for a in t[2:])
        t = ("fn", name, *args)
        if all(a[0] == "num" for a in args):
            exact = EXACT.get((name, tuple(a[1] for a in args)))
            if exact is not None:
                return const(exact), const(1)
            root = exact_root(t)
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

    # --- binders

    def _linear_binder(self, t: Term) -> Frac:
        """Normalise a series, integral or expectation: only factors common to the whole body move outside."""
        outside, inside = split(t)
        v = None if t[0] == "E" else bound_name(t)
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
        return from_monomials(self.monomials(p))

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


@lru_cache(maxsize=50_000)
@with_few_atoms
def plain(t: Term) -> Term:
    """Return the normal form of `t` without any facts."""
    return Normalizer().canonical(t)


@lru_cache(maxsize=50_000)
@with_few_atoms
def equal(a: Term, b: Term) -> bool:
    """Return whether the normal forms of a and b agree without any facts (True is a proof, False decides nothing)."""
    return Normalizer().equal(a, b)


@lru_cache(maxsize=20_000)
@with_few_atoms
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
    rest = from_monomials(kept)
    divisors: Factors = []
    lead = max(below, key=lambda m: key(tuple(sorted(m[1], key=lambda ae: key(ae[0])))))[0]
    content, below = content / lead, [(c / lead, f) for c, f in below]
    if len(below) == 1:  # a denominator that is a product: what does not move goes outside as well
        divisors = [(a, e) for a, e in below[0][1] if not moves(a)]
        below = [(Fraction(1), [(a, e) for a, e in below[0][1] if moves(a)])]
    if len(below) > 1 or below[0][1]:
        rest = ("mul", rest, ("inv", from_monomials(below)))
    if v is None and not any(moves(a) for a in inner.atoms):
        return content, common, divisors, None
    return content, common, divisors, rest


@lru_cache(maxsize=20_000)
@with_few_atoms
def _multiplied_out(t: Term) -> list[tuple[Fraction, list[tuple[Term, bool]]]]:
    """Return a finite sum as products: each a number and factors, with whether they are sums in canonical order."""
    v, lo, hi, body = t[1:]
    inner = Normalizer()
    fresh = unique(t)
    n, d = inner.frac(substitute(body, {v: fresh}))
    scale, below = reciprocals(inner, d)
    ranges = [(fresh, lo, hi)]
    return [sum_of_product(c * scale, [*f, *below], ranges, plain) for c, f in inner.monomials(n)]


def reciprocals(inner: Normalizer, d: Poly) -> tuple[Fraction, Factors]:
    """Return 1/d, for d known to be non-zero, as a number times reciprocals of atoms (of d where it is a sum)."""
    terms = inner.monomials(d)
    if len(terms) == 1:
        c, factors = terms[0]
        return 1 / c, [(("inv", a), e) for a, e in factors]
    return Fraction(1), [(("inv", inner.term(d)), 1)]
