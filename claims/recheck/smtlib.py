"""Obligations as SMT-LIB 2 text over the reals: declarations, facts, and the negation of what should follow.

Written from the terms alone.  Functions that are piecewise rational are defined; of others a few true facts are told;
sums, integrals and expectations are unknown numbers, and quantified statements unknown truths.  What follows in this
reading follows in the kernel's, so that "unsat" is an agreement.  "sat" says something only if nothing was left
unknown, which `exact` tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...analysis.kernel.terms import RELATIONS, Term
from .shapes import factored, reciprocal_power, shape, spread, whole_power

_MAX_TEXT = 200_000


class Untold(Exception):
    """The statement has no text of a size that makes sense."""


@dataclass(frozen=True)
class Script:
    """SMT-LIB text that is unsatisfiable where the goal follows, and whether it leaves nothing out."""

    text: str
    exact: bool


def _number(c: Fraction) -> str:
    whole = str(abs(c.numerator)) + ".0"
    text = whole if c.denominator == 1 else f"(/ {whole} {c.denominator}.0)"
    return f"(- {text})" if c < 0 else text


def _nary(op: str, parts: Sequence[str], empty: str) -> str:
    if not parts:
        return empty
    return parts[0] if len(parts) == 1 else f"({op} {' '.join(parts)})"


class Writer:
    """Names of the unknowns met so far, what is told of them, and what was inverted in quotients."""

    def __init__(self) -> None:
        self.exact = True
        self.inverted: dict[Term, None] = {}
        self._names: dict[Term, str] = {}
        self._told: list[str] = []
        self._letters: dict[Term, str] = {}

    # --- numbers

    def real(self, t: Term) -> str:
        """Return the text of a number."""
        op = t[0]
        if op == "num":
            return _number(t[1])
        if op == "add":
            return _nary("+", [self.real(s) for s in t[1:]], "0.0")
        if op == "mul":
            return _nary("*", [self.real(s) for s in t[1:]], "1.0")
        if (e := whole_power(t)) is not None:
            return self.real(reciprocal_power(t, e)) if e < 0 else _nary("*", [self.real(t[1])] * e, "1.0")
        return self._unknown(t)

    def _unknown(self, t: Term) -> str:
        whole = spread(t)
        if whole != t:
            return self.real(whole)
        key = shape(t)
        if key not in self._names:
            self._names[key] = f"u{len(self._names)}"
            self._tell(t, self._names[key])
        return self._names[key]

    def _tell(self, t: Term, v: str) -> None:
        """Record what holds of the unknown number `v` that stands for `t`, whatever its arguments are."""
        if t[0] == "var":
            if t[2] != "R":
                self.exact = False  # that it is an integer is not told
            if t[2] == "N":
                self._told.append(f"(<= 0.0 {v})")
            return
        if t[0] == "inv":
            a = self.real(t[1])
            self._told.append(f"(ite (= {a} 0.0) (= {v} 0.0) (= (* {a} {v}) 1.0))")
            return
        name = t[1] if t[0] == "fn" else ""
        arguments = [self.real(s) for s in t[2:]] if name in _DEFINED or name in _BOUNDED else []
        if name in _DEFINED:
            self._told.append(_DEFINED[name](v, *arguments))
            return
        self.exact = False
        if name in _BOUNDED:
            self._told.append(_BOUNDED[name](v, *arguments))
        if name == "sin":
            c = self._unknown(("fn", "cos", t[2]))
            self._told.append(f"(= (+ (* {v} {v}) (* {c} {c})) 1.0)")
        if t[0] == "pow" and t[1][0] == "num" and t[1][1] > 0:
            self._told.append(f"(< 0.0 {v})")

    # --- quotients

    def quotient(self, t: Term) -> tuple[str, Counter[Term]]:
        """Return numerator and denominators of `t`, whose value it has where nothing in `inverted` is 0.

        The numerator of a denominator is what the text divides by.
        """
        op = t[0]
        if op == "inv":
            if t[1][0] == "num":
                return (_number(1 / t[1][1]) if t[1][1] else "0.0"), Counter()
            self.inverted.setdefault(t[1])
            return self._product(self.quotient(t[1])[1]), Counter({t[1]: 1})
        if op == "mul":
            parts = [self.quotient(s) for s in t[1:]]
            return _nary("*", [p for p, _ in parts], "1.0"), sum((d for _, d in parts), Counter())
        if op == "add":
            parts = [self.quotient(s) for s in t[1:]]
            common: Counter[Term] = Counter()
            for _, d in parts:
                common |= d
            tops = [_nary("*", [p, self._product(common - d)], "1.0") for p, d in parts]
            return _nary("+", tops, "0.0"), common
        if (e := whole_power(t)) is not None:
            if e < 0:
                return self.quotient(reciprocal_power(t, e))
            top, below = self.quotient(t[1])
            return _nary("*", [top] * e, "1.0"), Counter({s: n * e for s, n in below.items()})
        whole = factored(spread(t))
        if whole != t:
            return self.quotient(whole)
        return self.real(t), Counter()

    def _product(self, below: Counter[Term]) -> str:
        return _nary("*", [self.quotient(s)[0] for s in sorted(below.elements(), key=repr)], "1.0")

    # --- propositions

    def prop(self, p: Term) -> str:
        """Return the text of a proposition."""
        op = p[0]
        if op in RELATIONS:
            a, b = self.real(p[1]), self.real(p[2])
            return {"eq": f"(= {a} {b})", "ne": f"(not (= {a} {b}))", "lt": f"(< {a} {b})", "le": f"(<= {a} {b})"}[op]
        if op == "not":
            return f"(not {self.prop(p[1])})"
        if op == "imp":
            return f"(=> {self.prop(p[1])} {self.prop(p[2])})"
        if op in ("and", "or"):
            return _nary(op, [self.prop(q) for q in p[1:]], "true")
        if op in ("true", "false"):
            return str(op)
        self.exact = False
        return self._letters.setdefault(shape(p), f"p{len(self._letters)}")

    # --- scripts

    def script(self, facts: Sequence[str], negation: str, comment: str) -> Script:
        """Return the whole text: unsatisfiable where the facts exclude the negation."""
        lines = [f"; {line}" for line in comment.splitlines()]
        lines += ["(set-logic QF_NRA)"]
        lines += [f"(declare-const {v} Real)" for v in self._names.values()]
        lines += [f"(declare-const {v} Bool)" for v in self._letters.values()]
        lines += [f"(assert {f})" for f in [*self._told, *facts, negation]]
        lines += ["(check-sat)", ""]
        text = "\n".join(lines)
        if len(text) > _MAX_TEXT:
            raise Untold(f"{len(text)} characters")
        return Script(text, self.exact)


_DEFINED: dict[str, Callable[..., str]] = {
    "sqrt": lambda v, a: f"(and (<= 0.0 {v}) (ite (<= 0.0 {a}) (= (* {v} {v}) {a}) (= {v} 0.0)))",
    "abs": lambda v, a: f"(= {v} (ite (<= 0.0 {a}) {a} (- {a})))",
    "relu": lambda v, a: f"(= {v} (ite (<= 0.0 {a}) {a} 0.0))",
    "max": lambda v, a, b: f"(= {v} (ite (<= {b} {a}) {a} {b}))",
    "min": lambda v, a, b: f"(= {v} (ite (<= {a} {b}) {a} {b}))",
    "delta": lambda v, a, b: f"(= {v} (ite (= {a} {b}) 1.0 0.0))",
}
_BOUNDED: dict[str, Callable[..., str]] = {
    "exp": lambda v, a: f"(and (< 0.0 {v}) (<= (+ 1.0 {a}) {v}))",
    "sin": lambda v, a: f"(and (<= (- 1.0) {v}) (<= {v} 1.0))",
    "cos": lambda v, a: f"(and (<= (- 1.0) {v}) (<= {v} 1.0))",
    "erf": lambda v, a: f"(and (< (- 1.0) {v}) (< {v} 1.0))",
    "pi": lambda v: f"(and (< 3.14159265 {v}) (< {v} 3.14159266))",
    "fact": lambda v, a: f"(<= 1.0 {v})",
}


def entailment(facts: Sequence[Term], goal: Term, comment: str = "") -> Script:
    """Return the script that asks whether the facts entail the goal.

    >>> x, zero = ("var", "x", "R"), ("num", Fraction(0))
    >>> "(assert (not (<= 0.0 (* u0 u0))))" in entailment([], ("le", zero, ("pow", x, ("num", Fraction(2))))).text
    True
    """
    writer = Writer()
    return writer.script([writer.prop(f) for f in facts], f"(not {writer.prop(goal)})", comment)


def vanishing(facts: Sequence[Term], difference: Term, comment: str = "") -> tuple[Script, list[Term]]:
    """Return the script that asks whether a difference is 0, with denominators cleared, and what must not be 0."""
    writer = Writer()
    top, _ = writer.quotient(difference)
    told = [writer.prop(f) for f in facts]
    return writer.script(told, f"(not (= {top} 0.0))", comment), list(writer.inverted)
