"""The language in which statements are written, read into the kernel's own terms by Python's parser.

Nothing is evaluated: a text becomes a syntax tree, and the tree becomes a term, or is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache

from .terms import (
    FALSE,
    FUNCTIONS,
    MINUS_OO,
    OO,
    PREDICATES,
    RESERVED,
    TRUE,
    Malformed,
    Term,
    check,
    is_prop,
    num,
    sub,
    substitute,
)

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
