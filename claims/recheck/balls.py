"""Comparisons between numbers, evaluated by mpmath's interval arithmetic: another program than the kernel's balls."""

from __future__ import annotations

from typing import Any

from mpmath import iv

from ...analysis.kernel.terms import Term

_DIGITS = 40


class _NoForm(Exception):
    """The term has no value here."""


def holds(p: Term) -> bool | None:
    """Return whether a comparison of numbers is true, or None where intervals do not decide it.

    >>> from lemmata.analysis.kernel.parsing import Signature
    >>> holds(Signature().parse_prop("3 < pi")), holds(Signature().parse_prop("pi < sqrt(9)"))
    (True, False)
    """
    if p[0] not in ("lt", "le", "ne", "eq"):
        return None
    before, iv.dps = iv.dps, _DIGITS
    try:
        difference = _value(p[2]) - _value(p[1])
    except _NoForm:
        return None
    finally:
        iv.dps = before
    relation = str(p[0])
    if difference.a > 0:
        return relation != "eq"
    if difference.b < 0:
        return relation == "ne"
    return None


def _value(t: Term) -> Any:
    op = t[0]
    if op == "num":
        return iv.mpf(t[1].numerator) / iv.mpf(t[1].denominator)
    if op in ("add", "mul"):
        total = iv.mpf(0 if op == "add" else 1)
        for s in t[1:]:
            total = total + _value(s) if op == "add" else total * _value(s)
        return total
    if op == "inv":
        below = _value(t[1])
        if below.a <= 0 <= below.b:
            raise _NoForm
        return 1 / below
    if op == "pow" and t[2][0] == "num":
        return _power(_value(t[1]), t[2][1])
    if op == "fn":
        return _function(t[1], [_value(s) for s in t[2:]])
    raise _NoForm


def _power(base: Any, e: Any) -> Any:
    if e.denominator != 1 or abs(e) > 10_000:
        raise _NoForm
    if e < 0 and base.a <= 0 <= base.b:
        raise _NoForm
    return base ** int(e)


def _function(name: str, x: list[Any]) -> Any:
    if name == "pi":
        return iv.pi
    if name in ("exp", "sin", "cos"):
        return getattr(iv, name)(x[0])
    if name == "sqrt" and x[0].a >= 0:
        return iv.sqrt(x[0])
    if name == "log" and x[0].a > 0:
        return iv.log(x[0])
    if name == "abs":
        return abs(x[0])
    raise _NoForm
