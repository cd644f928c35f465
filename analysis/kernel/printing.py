"""Terms and propositions as text."""

from __future__ import annotations

from .terms import RELATIONS, Term

_WORDS = {"eq": "==", "le": "<=", "lt": "<", "ne": "!=", "add": " + ", "mul": "*", "and": " and ", "or": " or "}


def show(t: Term) -> str:
    """Return a term as text, in the language that the parser reads."""
    op = t[0]
    if op == "num":
        return str(t[1])
    if op == "var":
        return str(t[1])
    if op in RELATIONS:
        return f"{show(t[1])} {_WORDS[op]} {show(t[2])}"
    if op in ("add", "mul", "and", "or"):
        simple = ("num", "var", "fn", "pow", "inv")
        return _WORDS[op].join(show(s) if s[0] in simple else f"({show(s)})" for s in t[1:])
    if op == "pow":
        return f"({show(t[1])})**({show(t[2])})"
    if op == "inv":
        return f"1/({show(t[1])})"
    if op == "fn":
        return f"{t[1]}({', '.join(show(s) for s in t[2:])})" if len(t) > 2 else str(t[1])
    if op == "not":
        return f"not ({show(t[1])})"
    if op in ("E", "L2"):
        return f"{op}[{', '.join(t[1])}]({show(t[2])})"
    if op in ("oo", "-oo", "true", "false"):
        return {"true": "True", "false": "False"}.get(op, str(op))
    name = {"imp": "Imp", "all": "All", "ex": "Ex", "sum": "Sum", "series": "Series", "int": "Int"}.get(op, str(op))
    args = (t[1], *t[3:]) if op == "HasDeriv" and t[1] == t[2] else t[1:]
    return f"{name}({', '.join(show(s) for s in args)})"
