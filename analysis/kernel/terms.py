"""Terms and propositions of the kernel: plain tuples, a parser for text, and capture-avoiding substitution.

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

import ast
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


# --- parsing -----------------------------------------------------------------------------------------------------

Macro = tuple[tuple[Term, ...], Term]
_COMPARE = {ast.Eq: "eq", ast.LtE: "le", ast.Lt: "lt", ast.NotEq: "ne"}
_MAX_TEXT = 20_000


class Signature:
    """The variables' kinds, and the abbreviations, that a text may use."""

    def __init__(self, kinds: Mapping[str, str] | None = None, let: Mapping[str, str] | None = None) -> None:
        self.kinds = dict(kinds or {})
        for name, kind in self.kinds.items():
            if kind not in ("R", "Z", "N"):
                raise Malformed(f"kind of {name} is {kind!r}; allowed are R, Z, N")
        self.macros: dict[str, Macro] = {}
        self._read: dict[str, Term] = {}  # the texts read so far; what they say does not change
        for head, body in (let or {}).items():
            node = _expression(head)
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords
            if not call and not isinstance(node, ast.Name):
                raise Malformed(f"{head} is not a name, or a name with parameters")
            name = node.func.id if call else node.id  # type: ignore[attr-defined]
            params = tuple(self.parse_node(a) for a in node.args) if call else ()  # type: ignore[attr-defined]
            if name in RESERVED or name in self.macros:
                raise Malformed(f"{name} has a meaning already")
            if any(p[0] != "var" for p in params) or len(set(params)) < len(params):
                raise Malformed(f"{head}: parameters must be different variables")
            self.macros[name] = (params, self.parse(body))
        self._read.clear()  # the bodies were read before all abbreviations stood

    def variable(self, name: str) -> Term:
        """Return the variable `name` with its declared kind (real if not declared)."""
        return ("var", name, self.kinds.get(name, "R"))

    def parse(self, text: str) -> Term:
        """Return the term or proposition that `text` states."""
        if not isinstance(text, str):
            raise Malformed(f"a statement is text, not {type(text).__name__}")
        if text not in self._read:
            try:
                t = self.parse_node(_expression(text))
                check(t)
            except RecursionError as err:
                raise Malformed("the text nests too deeply") from err
            self._read[text] = t
        return self._read[text]

    def parse_term(self, text: str) -> Term:
        """Return the number that `text` states."""
        t = self.parse(text)
        if t in (OO, MINUS_OO):
            raise Malformed(f"not a number: {text}")
        return t

    def parse_prop(self, text: str) -> Term:
        """Return the proposition that `text` states."""
        t = self.parse(text)
        if not is_prop(t):
            raise Malformed(f"not a proposition: {text}")
        return t

    def parse_node_text(self, text: str) -> Term:
        """Return a variable or a symbol with its parameters; abbreviations are not expanded."""
        plain = Signature(self.kinds)
        return plain.parse(text)

    def parse_node(self, node: ast.expr) -> Term:
        """Return the term of one node of Python's syntax tree."""
        if isinstance(node, ast.Constant):
            if isinstance(node.value, bool):
                return TRUE if node.value else FALSE
            if isinstance(node.value, int):
                return num(node.value)
            raise Malformed(f"{node.value!r} is not exact; write integers and fractions")
        if isinstance(node, ast.Name):
            if node.id == "oo":
                return OO
            if node.id == "pi":
                return ("fn", "pi")
            if node.id in self.macros:
                return self._expand(node.id, ())
            return self.variable(node.id)
        if isinstance(node, ast.UnaryOp):
            a = self.parse_node(node.operand)
            if isinstance(node.op, ast.Not):
                return ("not", a)
            if a == OO:
                return MINUS_OO
            if not isinstance(node.op, ast.USub):
                raise Malformed("the only signs are - and not")
            return num(-a[1]) if a[0] == "num" else ("mul", num(-1), a)
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.BoolOp):
            parts = tuple(self.parse_node(v) for v in node.values)
            return ("and" if isinstance(node.op, ast.And) else "or", *parts)
        if isinstance(node, ast.Call) and not node.keywords:
            return self._call(node)
        raise Malformed(f"not part of the language: {ast.unparse(node)}")

    def _arithmetic(self, node: ast.BinOp) -> Term:
        a, b = self.parse_node(node.left), self.parse_node(node.right)
        if isinstance(node.op, ast.Add):
            return ("add", a, b)
        if isinstance(node.op, ast.Sub):
            return sub(a, b)
        if isinstance(node.op, ast.Mult):
            return ("mul", a, b)
        if isinstance(node.op, ast.Div):
            if a[0] == "num" and b[0] == "num" and b[1] != 0:
                return num(a[1] / b[1])
            return ("mul", a, ("inv", b))
        if isinstance(node.op, ast.Pow):
            return ("pow", a, b)
        raise Malformed(f"not part of the language: {ast.unparse(node)}")

    def _comparison(self, node: ast.Compare) -> Term:
        sides = [self.parse_node(n) for n in (node.left, *node.comparators)]
        parts: list[Term] = []
        for op, a, b in zip(node.ops, sides, sides[1:], strict=False):
            if isinstance(op, ast.GtE | ast.Gt):
                parts.append(("le" if isinstance(op, ast.GtE) else "lt", b, a))
            elif type(op) in _COMPARE:
                parts.append((_COMPARE[type(op)], a, b))
            else:
                raise Malformed(f"not part of the language: {ast.unparse(node)}")
        return parts[0] if len(parts) == 1 else ("and", *parts)

    def _call(self, node: ast.Call) -> Term:
        if isinstance(node.func, ast.Subscript) and isinstance(node.func.value, ast.Name):
            names = node.func.slice.elts if isinstance(node.func.slice, ast.Tuple) else [node.func.slice]
            if node.func.value.id not in ("E", "L2") or not all(isinstance(n, ast.Name) for n in names):
                raise Malformed(f"not part of the language: {ast.unparse(node)}")
            if len(node.args) != 1:
                raise Malformed(f"one argument is allowed: {ast.unparse(node)}")
            return (node.func.value.id, tuple(n.id for n in names), self.parse_node(node.args[0]))  # type: ignore[attr-defined]
        if not isinstance(node.func, ast.Name):
            raise Malformed(f"not part of the language: {ast.unparse(node)}")
        name, args = node.func.id, [self.parse_node(a) for a in node.args]
        binders = {"Sum": ("sum", 4), "Series": ("series", 3), "Int": ("int", 4), "All": ("all", 2), "Ex": ("ex", 2)}
        if name in binders or name in PREDICATES:
            op, arity = binders.get(name, (name, PREDICATES.get(name, 0) + 1))
            if len(args) != arity or args[0][0] != "var":
                raise Malformed(f"{name} takes a variable and {arity - 1} further arguments")
            if op in ("sum", "series", "Summable") and args[0][2] not in "ZN":
                raise Malformed(f"the index {args[0][1]} of {name} must be declared an integer")
            if op in ("int", "Cont", "Integrable", "HasDeriv", "Lim") and args[0][2] != "R":
                raise Malformed(f"the variable {args[0][1]} of {name} must be real")
            if op == "HasDeriv":
                args.insert(1, args[0])
            return (op, *args)
        if name == "Imp" and len(args) >= 2:
            result = args[-1]
            for p in reversed(args[:-1]):
                result = ("imp", p, result)
            return result
        if name == "Iff" and len(args) == 2:
            return ("and", ("imp", args[0], args[1]), ("imp", args[1], args[0]))
        if name in self.macros:
            return self._expand(name, tuple(args))
        if name in FUNCTIONS and len(args) != FUNCTIONS[name]:
            raise Malformed(f"{name} takes {FUNCTIONS[name]} arguments, {len(args)} given")
        return ("fn", name, *args)

    def _expand(self, name: str, args: tuple[Term, ...]) -> Term:
        params, body = self.macros[name]
        if len(params) != len(args):
            raise Malformed(f"{name} takes {len(params)} arguments, {len(args)} given")
        return substitute(body, dict(zip(params, args, strict=True)))


@lru_cache(maxsize=4096)
def _expression(text: str) -> ast.expr:
    if len(text) > _MAX_TEXT:
        raise Malformed(f"the text has {len(text)} characters; {_MAX_TEXT} are allowed")
    if "#" in text:
        raise Malformed("a comment is not part of the language; what follows # would not be read")
    try:
        return ast.parse(" ".join(text.split()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as err:
        raise Malformed(f"cannot be read: {text[:200]!r}") from err


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
