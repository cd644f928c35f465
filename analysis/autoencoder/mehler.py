"""The correlation of an activation in two directions: Mehler's series, and the arcsine law of the sign."""

from __future__ import annotations

from typing import Any

from ..gaussian.sign import EXAMPLE, EXAMPLE_STEPS, SIGN
from ..kernel.derivation import Statement
from ..proof import Proof, step
from .series import convergence

_DECLARE = "k:Z d,l,p:N"
_LET = {
    "U": "Sum(k, 1, d, u(k)*z(k))",
    "V": "Sum(k, 1, d, v(k)*z(k))",
    "t": "Sum(k, 1, d, u(k)*v(k))",
    "c(l)": "E[z](sigma(z(1))*He(l, z(1)))/sqrt(fact(l))",
}
_UNITS = {"unit_u": "Sum(k, 1, d, u(k)**2) == 1", "unit_v": "Sum(k, 1, d, v(k)**2) == 1"}
_PLANE = {"d": "2", "u(k)": "delta(k, 1)", "v(k)": "3/5*delta(k, 1) + 4/5*delta(k, 2)"}
_SQUARE_INTEGRABLE = {"square_integrable": "L2[z](sigma(z(1)))"}


def _angle() -> list[dict[str, Any]]:
    """Return the steps to -1 <= t <= 1 ("below", "above"): the inner product of unit vectors, by 0 <= |u -+ v|^2."""
    half = {"unit_u": "-1/2", "unit_v": "-1/2"}
    return [
        step("minus_k", "sign", "0 <= (u(k) - v(k))**2"),
        step("minus", "monotone", "0 <= Sum(k, 1, d, (u(k) - v(k))**2)", "minus_k"),
        step("plus_k", "sign", "0 <= (u(k) + v(k))**2"),
        step("plus", "monotone", "0 <= Sum(k, 1, d, (u(k) + v(k))**2)", "plus_k"),
        step("above", "certificate", "t <= 1", "minus", *_UNITS, terms=[["c:1/2", "minus"]], combine=half),
        step(
            "below",
            "certificate",
            "-1 <= t",
            "plus",
            *_UNITS,
            terms=[["c:1/2", "plus"]],
            combine=half,
            prose="The inner product of unit vectors lies between -1 and 1.",
        ),
    ]


def build_mehler(power: str = "2", length: str = "1") -> Proof:
    """Return the derivation of E sigma(u.z) sigma(v.z) = sum_l c_l^2 t^l for unit vectors with inner product t.

    Mehler's formula in the normalised coefficients c_l = E sigma h_l, with the convergence of the series: |t| <= 1 for
    unit vectors, and the c_l^2 are summable. Derived in this project.

    Arguments:
        power: knob of the mutant, the power of c_l.
        length: knob of the mutant, the squared length of u.

    Returns:
        The derivation.

    Example:
        >>> build_mehler().statement.goal
        'Summable(l, 0, c(l)**2*t**l) and E[z](sigma(U)*sigma(V)) == Series(l, 0, c(l)**2*t**l)'
    """
    value = f"E[z](sigma(U)*sigma(V)) == Series(l, 0, c(l)**{power}*t**l)"
    goal = f"Summable(l, 0, c(l)**2*t**l) and {value}"
    steps = [
        *_angle(),
        *convergence(),
        step(
            "value",
            "apply",
            value,
            "axiom:hermite-expansion",
            *("unit_u", "unit_v", "square_integrable"),
            symbols={"s(x)": "sigma(x)", "t(x)": "sigma(x)", "u(k)": "u(k)", "v(k)": "v(k)"},
        ),
        step("goal", "arithmetic", goal, "terms", "value"),
    ]
    hyps = {**_UNITS, "unit_u": f"Sum(k, 1, d, u(k)**2) == {length}", **_SQUARE_INTEGRABLE}
    let = {**_LET, "size(l)": "c(l)**2", "term(l)": "c(l)**2*t**l"}
    return Proof(Statement(goal, hyps, declare=_DECLARE, let=let, inhabited={**_PLANE, "sigma(x)": "x**3 - x"}), steps)


def build_arcsine_law(value: str = "asin(t)") -> Proof:
    """Return the derivation of E sign(u.z) sign(v.z) = (2/pi) arcsin t for unit vectors with inner product t.

    Mehler's series, whose coefficients are c_1^2 = 2/pi times those of the arcsine. Derived in this project.

    Arguments:
        value: knob of the mutant, the function of t.

    Returns:
        The derivation.

    Example:
        >>> build_arcsine_law().statement.goal
        'E[z](sigma(U)*sigma(V)) == 2/pi*(asin(t))'
    """
    goal = f"E[z](sigma(U)*sigma(V)) == 2/pi*({value})"
    steps = [
        *_angle(),
        step(
            "square_integrable",
            "apply",
            "L2[z](sigma(z(1)))",
            "axiom:half-lines-square-integrable",
            *SIGN,
            symbols={"s(x)": "sigma(x)"},
            put={"a": "1", "b": "-1"},
        ),
        step(
            "mehler",
            "apply",
            "E[z](sigma(U)*sigma(V)) == Series(l, 0, c(l)**2*t**l)",
            "claim:ae.mehler",
            *("unit_u", "unit_v", "square_integrable"),
        ),
        step("first", "apply", "E[z](z(1)*sigma(z(1))) == sqrt(2/pi)", "claim:ae.c1-sign", *SIGN),
        step("c1", "identity", "sqrt(2/pi) == E[z](z(1)*sigma(z(1)))", "first", combine={"first": "-1"}),
        step(
            "series",
            "apply",
            "Series(l, 0, (c(l)/sqrt(2/pi))**2*t**l) == asin(t)",
            "claim:ae.f-sign",
            *(*SIGN, "c1", "below", "above"),
            put={"c1": "sqrt(2/pi)", "t": "t"},
            prose="Over the first coefficient the series is the arcsine.",
        ),
        step("root", "arithmetic", "sqrt(2/pi)**2 == 2/pi"),
        step(
            "goal",
            "identity",
            goal,
            *("mehler", "series", "root"),
            combine={"mehler": "1", "series": "2/pi"},
            prose="The first coefficient of the sign is the root of 2/pi.",
        ),
    ]
    return Proof(
        Statement(
            goal,
            {**_UNITS, **SIGN},
            declare=_DECLARE,
            let=_LET,
            inhabited={**_PLANE, **EXAMPLE},
            inhabited_steps=EXAMPLE_STEPS,
        ),
        steps,
    )
