"""Terms and propositions of the kernel: plain tuples, and capture-avoiding substitution.

A term is a nested tuple whose first entry names its shape:

    ("num", Number)                       a rational number
    ("var", name, kind)                   kind "R" real, "Z" integer, "N" integer >= 0
    ("fn", name, arg, ...)                a built-in function, or one about which only the hypotheses speak
    ("add", t, ...) ("mul", t, ...) ("pow", t, t) ("inv", t)
    ("sum", var, lo, hi, body)            finite sum over the integers lo <= var <= hi
    ("series", var, lo, body)             sum over the integers var >= lo
    ("int", var, lo, hi, body)            integral; the ends may be ("oo",) or ("-oo",)
    ("E", names, body)                    expectation over the random symbols `names`

and propositions are ("eq"|"le"|"lt"|"ne", t, t), ("and"|"or", p, ...), ("not", p), ("imp", p, q), ("all"|"ex", var, p),
("true",), ("false",), and the analytic predicates of :data:`PREDICATES`.

Functions are total, so that no rule needs a notion of "undefined": 1/0 = 0, sqrt(t) = 0 for t < 0, log(t) = 0 for
t <= 0, asin(t) = 0 outside [-1, 1], atan2(0, 0) = 0, fact(t) = 1 and He(t, x) = 0 unless t is an integer >= 0, and an
integral, series or expectation that does not converge absolutely is 0.  Every rule is sound for this reading; in
particular cancelling t in t*(1/t) needs a proof of t != 0.  He(n, t) is the probabilists' Hermite polynomial.  An
integral from a to b < a is minus the one from b to a; Cont(x, a, b, F) speaks of a <= x <= b and so says nothing if
b < a.  Symbols are any functions of real numbers; outside E[x] the symbol x is one outcome, inside it is summed over.
A bound variable's name has no meaning; an abbreviation (let) is text, so the variables of its body that are not its
parameters are those of the place where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

Term = tuple[Any, ...]

#: Built-in functions and their number of arguments.
FUNCTIONS = {
    "sqrt": 1, "exp": 1, "log": 1, "sin": 1, "cos": 1, "atan": 1, "asin": 1, "atan2": 2, "erf": 1,
    "abs": 1, "relu": 1, "max": 2, "min": 2, "delta": 2, "fact": 1, "pi": 0, "He": 2,
}  # fmt: skip

#: Analytic predicates: name -> (binds its first argument, number of further arguments).
#: HasDeriv(x, F, f): x -> F is differentiable at x with derivative f; kept as ("HasDeriv", x, point, F, f), where x is
#: bound in F and f.
#: Cont(x, a, b, F): x -> F is continuous on the closed interval from a to b.
#: Integrable(x, a, b, f), Summable(k, lo, t): absolutely.  Lim(x, F, L): F -> L as x -> +infinity.
#: L2(names, X): the random variable X is square integrable.
PREDICATES = {"HasDeriv": 2, "Cont": 3, "Integrable": 3, "Summable": 2, "Lim": 2}

RELATIONS = ("eq", "le", "lt", "ne")
#: Words of the language that no abbreviation may redefine.
RESERVED = frozenset((*FUNCTIONS, *PREDICATES, "Sum", "Series", "Int", "All", "Ex", "Imp", "Iff", "E", "L2", "oo"))
TERM_BINDERS = {"sum": 2, "series": 1, "int": 2}  # number of bounds between the variable and the body
_LEAVES = frozenset(("num", "oo", "-oo", "true", "false"))
_BINDING = frozenset((*TERM_BINDERS, *PREDICATES, "all", "ex", "E", "L2"))
OO: Term = ("oo",)
MINUS_OO: Term = ("-oo",)
TRUE: Term = ("true",)
FALSE: Term = ("false",)


class KernelError(Exception):
    """A step, statement or term that the kernel does not accept."""


class Malformed(KernelError):
    """Text that is not a term or proposition of the kernel; never counts as a mathematical reason."""


class Number(Fraction):
    """A rational number inside a term: equal to the fraction, with a hash that is computed once.

    Terms are looked up all the time, and the hash of a term asks for those of its numbers.
    """

    __slots__ = ("_hash",)

    def __hash__(self) -> int:  # type: ignore[override]
        """Return the hash of the fraction."""
        try:
            return self._hash
        except AttributeError:
            self._hash: int = super().__hash__()
            return self._hash

    def __eq__(self, other: object) -> bool:
        """Return whether the other is the same number."""
        if type(other) is Number:
            return self is other or (self.numerator == other.numerator and self.denominator == other.denominator)
        return super().__eq__(other)

    def __repr__(self) -> str:
        """Return the fraction's text, by which terms are ordered."""
        return f"Fraction({self.numerator}, {self.denominator})"


_NUMBERS: dict[tuple[int, int], Number] = {}
_MAX_NUMBERS = 100_000


def rational(value: int | Fraction) -> Number:
    """Return the number as it stands in terms; the same object for the same number, as far as there is room."""
    if type(value) is Number:
        return value
    pair = value.numerator, value.denominator
    found = _NUMBERS.get(pair)
    if found is None:
        if len(_NUMBERS) >= _MAX_NUMBERS:
            _NUMBERS.clear()
        found = _NUMBERS[pair] = Number(*pair)
    return found


def num(value: int | Fraction) -> Term:
    """Return the rational number `value` as a term."""
    return ("num", rational(value))


def var(name: str, kind: str = "R") -> Term:
    """Return the variable `name` of the given kind."""
    return ("var", name, kind)


def add(*ts: Term) -> Term:
    """Return the sum of the terms."""
    return ts[0] if len(ts) == 1 else ("add", *ts)


def mul(*ts: Term) -> Term:
    """Return the product of the terms."""
    return ts[0] if len(ts) == 1 else ("mul", *ts)


def sub(a: Term, b: Term) -> Term:
    """Return a - b."""
    return ("add", a, ("mul", num(-1), b))


def binder(t: Term) -> Term | None:
    """Return the variable that `t` binds, or None."""
    if t[0] in ("sum", "series", "int", "all", "ex") or t[0] in PREDICATES:
        return t[1]  # type: ignore[no-any-return]
    return None


def split(t: Term) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return the sub-terms of `t` outside and inside the scope of the variable or names that it binds."""
    op = t[0]
    if op in TERM_BINDERS:
        k = TERM_BINDERS[op]
        return t[2 : 2 + k], t[2 + k :]
    if op in ("all", "ex"):
        return (), t[2:]
    if op == "Cont" or op == "Integrable":
        return t[2:4], t[4:]
    if op == "Summable":
        return t[2:3], t[3:]
    if op == "HasDeriv":
        return t[2:3], t[3:]
    if op == "Lim":  # the limit stands outside the variable's scope
        return t[3:], t[2:3]
    if op in ("E", "L2"):
        return (), t[2:]
    if op in ("num", "var", "oo", "-oo", "true", "false"):
        return (), ()
    if op == "fn":
        return t[2:], ()
    return t[1:], ()


def rebuild(t: Term, outside: tuple[Term, ...], inside: tuple[Term, ...], bound: Any = None) -> Term:
    """Return `t` with its sub-terms (and bound variable) replaced; the inverse of :func:`split`."""
    op = t[0]
    if op in TERM_BINDERS or op in ("all", "ex", "Cont", "Integrable", "Summable", "HasDeriv"):
        return (op, t[1] if bound is None else bound, *outside, *inside)
    if op == "Lim":
        return (op, t[1] if bound is None else bound, inside[0], outside[0])
    if op in ("E", "L2"):
        return (op, t[1], *inside)
    if op in ("num", "var", "oo", "-oo", "true", "false"):
        return t
    if op == "fn":
        return ("fn", t[1], *outside)
    return (op, *outside)


@lru_cache(maxsize=100_000)
def free_vars(t: Term) -> frozenset[Term]:
    """Return the free variables of `t`."""
    if t[0] == "var":
        return frozenset((t,))
    outside, inside = split(t)
    inner = frozenset().union(*(free_vars(s) for s in inside)) if inside else frozenset()
    v = binder(t)
    if v is not None:
        inner -= {v}
    return inner.union(*(free_vars(s) for s in outside)) if outside else inner


@lru_cache(maxsize=100_000)
def symbols(t: Term) -> frozenset[str]:
    """Return the names of the functions in `t` that are not built in."""
    found = frozenset((t[1],)) if t[0] == "fn" and t[1] not in FUNCTIONS else frozenset()
    outside, inside = split(t)
    return found.union(*(symbols(s) for s in (*outside, *inside)))


def subterms(t: Term) -> Iterator[Term]:
    """Yield `t` and all terms inside it."""
    yield t
    outside, inside = split(t)
    for s in (*outside, *inside):
        yield from subterms(s)


def _fresh(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    return name


def substitute(
    t: Term, variables: Mapping[Term, Term], functions: Mapping[str, tuple[tuple[Term, ...], Term]] | None = None
) -> Term:
    """Return `t` with variables replaced by terms and function symbols by (parameters, body), avoiding capture."""
    if not functions:
        return _put(t, variables) if variables else t
    op = t[0]
    if op == "var":
        return variables.get(t, t)
    if op in _LEAVES:
        return t
    if op in _BINDING:
        return _under_binder(t, variables, functions)
    first = 2 if op == "fn" else 1
    parts = tuple(substitute(s, variables, functions) for s in t[first:])
    if op == "fn" and t[1] in functions:
        params, body = functions[t[1]]
        if len(params) != len(parts):
            raise Malformed(f"{t[1]} takes {len(params)} arguments, {len(parts)} given")
        return substitute(body, dict(zip(params, parts, strict=True)))
    return (*t[:first], *parts)


def _put(t: Term, variables: Mapping[Term, Term]) -> Term:
    """Return `t` with variables replaced; what substitute does most of the time, in few operations."""
    op = t[0]
    if op == "var":
        return variables.get(t, t)
    if op in _LEAVES:
        return t
    if op in _BINDING:
        return _under_binder(t, variables, {})
    if op == "fn":
        return ("fn", t[1], *[_put(s, variables) for s in t[2:]])
    return (op, *[_put(s, variables) for s in t[1:]])


def _under_binder(
    t: Term, variables: Mapping[Term, Term], functions: Mapping[str, tuple[tuple[Term, ...], Term]]
) -> Term:
    outside, inside = split(t)
    out = tuple(substitute(s, variables, functions) for s in outside)
    if t[0] in ("E", "L2"):
        if any(name in functions for name in t[1]):
            raise Malformed("a random symbol cannot be replaced inside an expectation")
        incoming = [*variables.values(), *(body for _, body in functions.values())]
        if any(symbols(s) & set(t[1]) for s in incoming):
            raise Malformed("a term with a random symbol cannot be moved into an expectation")
        return rebuild(t, out, tuple(substitute(s, variables, functions) for s in inside))
    v = t[1]
    vs = {k: s for k, s in variables.items() if k != v}
    live = frozenset().union(*(free_vars(s) for s in inside))
    incoming_free: set[str] = set()
    for k, s in vs.items():
        if k in live:
            incoming_free |= {w[1] for w in free_vars(s)}
    for params, body in functions.values():
        incoming_free |= {w[1] for w in free_vars(body) - set(params)}
    bound = v
    if v[1] in incoming_free:
        name = _fresh(v[1], incoming_free | {w[1] for w in live})
        bound = ("var", name, v[2])
        vs[v] = bound
    return rebuild(t, out, tuple(substitute(s, vs, functions) for s in inside), bound)


@lru_cache(maxsize=100_000)
def alpha(t: Term, depth: int = 0) -> Term:
    """Return `t` with bound variables renamed by depth, so that equal terms up to renaming become identical."""
    outside, inside = split(t)
    out = tuple(alpha(s, depth) for s in outside)
    v = binder(t)
    if v is None:
        return rebuild(t, out, tuple(alpha(s, depth) for s in inside))
    name: Term = ("var", f"@{depth}", v[2])
    renamed = tuple(alpha(substitute(s, {v: name}), depth + 1) for s in inside)
    return rebuild(t, out, renamed, name)


def check(t: Term) -> None:
    """Refuse a term or proposition that has no meaning; parsing and substitution of symbols end here.

    Numbers stand where numbers are meant and propositions where these are; oo stands only at the upper end of an
    integral (or of an interval), -oo at the lower; an exponent is an integer; an index of kind N starts at 0 or above.
    """
    op = t[0]
    if op == "pow" and not integer_term(t[2]):
        raise Malformed("an exponent is an integer or built from integer variables; use sqrt for roots")
    if op in ("sum", "series", "Summable") and t[1][2] == "N" and not natural_term(t[2]):
        raise Malformed(f"{t[1][1]} is declared >= 0 but its range may start below 0")
    outside, inside = split(t)
    for i, s in enumerate((*outside, *inside)):
        if op in ("int", "Cont", "Integrable") and s == (MINUS_OO, OO, None)[i]:
            continue
        if s in (OO, MINUS_OO):
            raise Malformed("oo stands only at the upper end of an integral, and -oo at the lower")
        if is_prop(s) != (op in ("and", "or", "not", "imp", "all", "ex")):
            raise Malformed(f"a {'number' if is_prop(s) else 'proposition'} is needed in a {op}")
        check(s)


def is_prop(t: Term) -> bool:
    """Return whether `t` is a proposition (rather than a number)."""
    return t[0] in RELATIONS or t[0] in PREDICATES or t[0] in (
        "and", "or", "not", "imp", "all", "ex", "true", "false", "L2")  # fmt: skip


def integer_term(t: Term) -> bool:
    """Return whether `t` is an integer for every value of its variables."""
    if t[0] == "num":
        return bool(t[1].denominator == 1)
    if t[0] == "var":
        return t[2] in ("Z", "N")
    if t[0] in ("add", "mul"):
        return all(integer_term(s) for s in t[1:])
    return t[0] == "pow" and integer_term(t[1]) and natural_term(t[2])


def natural_term(t: Term) -> bool:
    """Return whether `t` is an integer >= 0 for every value of its variables, as its shape shows."""
    if t[0] == "num":
        return bool(t[1].denominator == 1 and t[1] >= 0)
    if t[0] == "var":
        return bool(t[2] == "N")
    return t[0] in ("add", "mul") and all(natural_term(s) for s in t[1:])
