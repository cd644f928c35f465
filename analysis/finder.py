"""SymPy as an untrusted finder: what it proposes is returned only after the kernel has checked it.

An antiderivative is accepted when the kernel differentiates it back under the stated hypotheses, and multipliers when
the identity rule confirms the combination; a wrong or conditional proposal is dropped, never believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy

from .kernel.derivation import Statement, replay
from .kernel.parsing import Signature
from .kernel.terms import Malformed, Term
from .proof import step

_TO_SYMPY: dict[str, Any] = {
    "sqrt": sympy.sqrt, "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos, "atan": sympy.atan,
    "asin": sympy.asin, "erf": sympy.erf, "atan2": sympy.atan2, "abs": sympy.Abs,
}  # fmt: skip
_FROM_SYMPY = {
    sympy.exp: "exp", sympy.log: "log", sympy.sin: "sin", sympy.cos: "cos", sympy.atan: "atan", sympy.asin: "asin",
    sympy.erf: "erf", sympy.atan2: "atan2", sympy.Abs: "abs",
}  # fmt: skip


def _to_sympy(t: Term) -> Any:
    op = t[0]
    if op == "num":
        return sympy.Rational(t[1].numerator, t[1].denominator)
    if op == "var":
        return sympy.Symbol(t[1], real=True)
    if op in ("add", "mul"):
        return (sympy.Add if op == "add" else sympy.Mul)(*(_to_sympy(s) for s in t[1:]))
    if op == "inv":
        return 1 / _to_sympy(t[1])
    if op == "pow":
        return _to_sympy(t[1]) ** _to_sympy(t[2])
    if op == "fn" and t[1] == "pi":
        return sympy.pi
    if op == "fn" and t[1] in _TO_SYMPY:
        return _TO_SYMPY[t[1]](*(_to_sympy(s) for s in t[2:]))
    raise Malformed(f"SymPy is not asked about {op}")


def _from_sympy(e: Any) -> str | None:
    """Return SymPy's expression in the kernel's language, or None where it has no counterpart."""
    if e.is_Rational:
        return f"({Fraction(int(e.p), int(e.q))})"
    if e.is_Symbol:
        return str(e)
    if e == sympy.pi:
        return "pi"
    if e == sympy.E:
        return "exp(1)"
    parts = [_from_sympy(a) for a in e.args]
    if None in parts:
        return None
    texts = [p for p in parts if p is not None]
    if e.is_Add or e.is_Mul:
        return "(" + (" + " if e.is_Add else "*").join(texts) + ")"
    if e.is_Pow:
        return _power(e, texts)
    name = _FROM_SYMPY.get(e.func)
    return f"{name}({', '.join(texts)})" if name else None


def _power(e: Any, texts: list[str]) -> str | None:
    if e.exp.is_Integer and abs(int(e.exp)) <= 64:
        return f"{texts[0]}**({int(e.exp)})"
    if e.exp.is_Rational and e.exp.q == 2 and abs(int(e.exp.p)) <= 64:
        return f"sqrt({texts[0]})**({int(e.exp.p)})"
    return None


def antiderivative(integrand: str, variable: str, hyps: Mapping[str, str] | None = None) -> str | None:
    """Return F with dF/dx = f, found by SymPy and checked by the kernel.

    The kernel differentiates SymPy's proposal under the hypotheses; what it cannot confirm is not returned.

    Args:
        integrand: f in the kernel's language.
        variable: x.
        hyps: named propositions under which the derivative is taken, e.g. where a denominator is not zero.

    Returns:
        F in the kernel's language, or None if nothing was found that the kernel confirms.

    Raises:
        KernelError: if the integrand cannot be read.

    Source:
        derived in this project.

    >>> antiderivative("x*exp(-c*x**2/2)", "x", {"c": "0 < c"})
    '((-1)*c**(-1)*exp(((-1/2)*c*x**(2))))'
    >>> antiderivative("1/(x - c)**2", "x") is None  # SymPy's answer needs x != c
    True
    """
    hyps = dict(hyps or {})
    found = sympy.integrate(_to_sympy(Signature().parse(integrand)), sympy.Symbol(variable, real=True))
    text = _from_sympy(sympy.piecewise_fold(found).args[0][0] if isinstance(found, sympy.Piecewise) else found)
    if text is None:
        return None
    goal = f"HasDeriv({variable}, {text}, {integrand})"
    outcome = replay(Statement(goal, hyps), [step("differentiate", "derivative", goal, *hyps)])
    return text if outcome.proved else None


def multipliers(goal: str, equations: Mapping[str, str]) -> dict[str, str] | None:
    """Return multipliers m_k with l - r = Σ m_k (l_k - r_k), found by polynomial division and checked by the kernel.

    They are what the identity rule takes as `combine`.

    Args:
        goal: the equation l == r, polynomial in its variables.
        equations: named polynomial equations l_k == r_k.

    Returns:
        The multipliers by name in the kernel's language, or None if none were found that the kernel confirms.

    Raises:
        KernelError: if a text cannot be read as a polynomial equation.

    Source:
        derived in this project.

    >>> multipliers("x**4 == y**2 + 2*y*z + z**2", {"e": "x**2 == y + z"})
    {'e': '(y + z + x**(2))'}
    """
    signature = Signature()
    parsed = {name: signature.parse_prop(text) for name, text in {**equations, "": goal}.items()}
    if any(p[0] != "eq" for p in parsed.values()):
        raise Malformed("multipliers are looked for among equations")
    sides = {name: sympy.expand(_to_sympy(p[1]) - _to_sympy(p[2])) for name, p in parsed.items()}
    symbols = sorted(set().union(*(s.free_symbols for s in sides.values())), key=str)
    target, names = sides.pop(""), list(equations)
    quotients, rest = sympy.reduced(target, [sides[n] for n in names], *symbols)
    texts = [_from_sympy(sympy.expand(q)) for q in quotients]
    if rest != 0 or None in texts:
        return None
    combine = {n: t for n, t in zip(names, texts, strict=True) if t is not None and t != "(0)"}
    proof = [step("combine", "identity", goal, *combine, combine=combine)]
    statement = Statement(goal, {n: equations[n] for n in combine})
    return combine if replay(statement, proof).proved else None
