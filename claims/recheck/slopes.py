"""Derivatives, written down to be proved: Coq decides whether they are what is claimed, so nothing here is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...analysis.kernel.terms import Term, free_vars, num, substitute
from .shapes import reciprocal_power, shape, whole_power
from .steps import Unread

#: 1/sqrt(pi), the constant in the derivative of erf.
ROOT: Term = ("inv", ("fn", "sqrt", ("fn", "pi")))
_KNOWN = frozenset(("sqrt", "exp", "log", "sin", "cos", "atan", "asin", "erf"))


@dataclass
class Slope:
    """The derivative of a function of `variable`, with the conditions under which it is that.

    written: the derivative, in which those of the functions that are `known` (by their shapes, with their derivatives)
    are variables of their own, listed in `assumed`.
    """

    variable: Term
    known: Mapping[Term, Term]
    written: Term = ()
    conditions: list[Term] = field(default_factory=list)
    assumed: dict[Term, Term] = field(default_factory=dict)

    def value(self) -> Term:
        """Return the derivative with the derivatives that are known put into it."""
        return substitute(self.written, {name: self.known[f] for f, name in self.assumed.items()})

    def of(self, t: Term) -> Term:
        """Return the derivative of a term, and note what it needs."""
        if self.variable not in free_vars(t):
            return num(0)
        if (key := shape(t)) in self.known:
            return self.assumed.setdefault(key, ("var", f"!{len(self.assumed)}", "R"))
        op = t[0]
        if op == "var":
            return num(1)
        if op in ("add", "mul"):
            parts = [(k, s) for k, s in enumerate(t[1:], 1) if self.variable in free_vars(s)]
            return (
                "add",
                *(self.of(s) if op == "add" else ("mul", *t[1:k], self.of(s), *t[k + 1 :]) for k, s in parts),
            )
        if op == "inv":
            self._given(("ne", t[1], num(0)))
            return ("mul", num(-1), self.of(t[1]), ("pow", t, num(2)))
        if (e := whole_power(t)) is not None:
            if e < 0:
                return self.of(reciprocal_power(t, e))
            return ("mul", num(e), ("pow", t[1], num(e - 1)), self.of(t[1])) if e else num(0)
        if op == "fn" and t[1] in _KNOWN:
            return ("mul", self._outer(t[1], t[2]), self.of(t[2]))
        raise Unread(f"no derivative of {t[1] if op == 'fn' else op} is written down")

    def _given(self, condition: Term) -> None:
        if condition not in self.conditions:
            self.conditions.append(condition)

    def _outer(self, name: str, a: Term) -> Term:
        square: Term = ("pow", a, num(2))
        if name in ("sqrt", "log"):
            self._given(("lt", num(0), a))
            return ("inv", a if name == "log" else ("mul", num(2), ("fn", "sqrt", a)))
        if name == "asin":
            rest: Term = ("add", num(1), ("mul", num(-1), square))
            self._given(("lt", num(0), rest))
            return ("inv", ("fn", "sqrt", rest))
        return {
            "exp": ("fn", "exp", a),
            "sin": ("fn", "cos", a),
            "cos": ("mul", num(-1), ("fn", "sin", a)),
            "atan": ("inv", ("add", num(1), square)),
            "erf": ("mul", num(2), ROOT, ("fn", "exp", ("mul", num(-1), square))),
        }[name]


def slope(t: Term, v: Term, known: Mapping[Term, Term]) -> Slope:
    """Return the derivative of a term by a variable.

    Arguments:
        t: the term.
        v: the variable.
        known: by their shapes, functions whose derivatives are known, with these.

    Returns:
        The derivative with its conditions.

    Raises:
        Unread: for a function whose derivative is not written down here.
    """
    found = Slope(v, known)
    found.written = found.of(t)
    return found
