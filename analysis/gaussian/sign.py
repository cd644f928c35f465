"""Hermite coefficients of the sign to all orders, and its series, the arcsine."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

DECLARE = "k,l,p:N"
#: The sign; its value at 0 is anything.
SIGN = {"positive": "All(x, Imp(0 < x, sigma(x) == 1))", "negative": "All(x, Imp(x < 0, sigma(x) == -1))"}
EXAMPLE = {"sigma(x)": "abs(x)/x"}
#: That |x|/x is such a function, where it stands for sigma.
EXAMPLE_STEPS = (
    {"for": "positive", **step("p0", "assume", "0 < x")},
    {"for": "positive", **step("p1", "arithmetic", "abs(x) == x", "p0")},
    {"for": "positive", **step("p2", "identity", "abs(x)/x == 1", "p1", "p0")},
    {"for": "positive", **step("p3", "discharge", "Imp(0 < x, abs(x)/x == 1)", "p2")},
    {"for": "positive", **step("p4", "generalize", "All(x, Imp(0 < x, abs(x)/x == 1))", "p3")},
    {"for": "negative", **step("n0", "assume", "x < 0")},
    {"for": "negative", **step("n1", "arithmetic", "abs(x) == -x", "n0")},
    {"for": "negative", **step("n2", "identity", "abs(x)/x == -1", "n1", "n0")},
    {"for": "negative", **step("n3", "discharge", "Imp(x < 0, abs(x)/x == -1)", "n2")},
    {"for": "negative", **step("n4", "generalize", "All(x, Imp(x < 0, abs(x)/x == -1))", "n3")},
)


def build_sign_coefficient(value: str = "2*He(2*k, 0)/sqrt(2*pi)") -> Proof:
    """Return the derivation of E[sign(z) He_{2k+1}(z)] = 2 He_{2k}(0)/sqrt(2 pi) for every k.

    On both half-lines the integrand is He_{2k+1}(x) exp(-x^2/2), whose antiderivative is -He_{2k}(x) exp(-x^2/2).
    Derived in this project.

    Arguments:
        value: knob of the mutant, the value.

    Returns:
        The derivation.

    Example:
        >>> build_sign_coefficient().statement.goal
        'E[z](sigma(z(1))*He(2*k + 1, z(1))) == 2*He(2*k, 0)/sqrt(2*pi)'
    """
    he, gauss = "He(2*k + 1, x)", "exp(-x**2/2)"
    goal = f"E[z](sigma(z(1))*He(2*k + 1, z(1))) == {value}"
    steps = [
        step("x_positive", "assume", "0 < x"),
        step("right_value", "apply", "sigma(x) == 1", "positive", "x_positive", at={"x": "x"}),
        step("right_x", "identity", f"sigma(x)*{he} == {he}", "right_value"),
        step("right_pos", "discharge", f"Imp(0 < x, sigma(x)*{he} == {he})", "right_x"),
        step("right", "generalize", f"All(x, Imp(0 < x, sigma(x)*{he} == {he}))", "right_pos"),
        step("left_side", "sign", "-x < 0", "x_positive"),
        step("left_value", "apply", "sigma(-x) == -1", "negative", "left_side", at={"x": "-x"}),
        step("odd", "apply", f"He(2*k + 1, -x) == -{he}", "claim:ae.he-parity"),
        step("left_x", "identity", f"sigma(-x)*He(2*k + 1, -x) == {he}", "left_value", "odd"),
        step("left_pos", "discharge", f"Imp(0 < x, sigma(-x)*He(2*k + 1, -x) == {he})", "left_x"),
        step("left", "generalize", f"All(x, Imp(0 < x, sigma(-x)*He(2*k + 1, -x) == {he}))", "left_pos"),
        step(
            "integrable",
            "apply",
            f"Integrable(x, 0, oo, {he}*{gauss})",
            "axiom:hermite-integrable",
            put={"n": "2*k + 1"},
        ),
        step(
            "density",
            "apply",
            f"E[z](sigma(z(1))*He(2*k + 1, z(1))) == Int(x, 0, oo, ({he} + {he})*{gauss})/sqrt(2*pi)",
            "axiom:gaussian-density",
            "right",
            "left",
            "integrable",
            symbols={"s(x)": f"sigma(x)*{he}", "p(x)": he, "q(x)": he},
            prose="Both half-lines give the same integrand.",
        ),
        step(
            "slope", "apply", f"HasDeriv(x, -He(2*k, x)*{gauss}, {he}*{gauss})", "claim:ae.he-density", put={"n": "2*k"}
        ),
        step("decay", "apply", f"Lim(x, -1*He(2*k, x)*{gauss}, 0)", "axiom:hermite-decay", put={"n": "2*k", "c": "-1"}),
        step(
            "integral",
            "fundamental-theorem",
            f"Int(x, 0, oo, {he}*{gauss}) == He(2*k, 0)",
            "slope",
            "decay",
            "integrable",
            F=f"-He(2*k, x)*{gauss}",
            prose="The antiderivative from 0 to infinity.",
        ),
        step("goal", "identity", goal, "density", "integral", combine={"density": "1", "integral": "2/sqrt(2*pi)"}),
    ]
    return Proof(Statement(goal, SIGN, declare=DECLARE, inhabited=EXAMPLE, inhabited_steps=EXAMPLE_STEPS), steps)


def build_first_coefficient(value: str = "sqrt(2/pi)") -> Proof:
    """Return the derivation of E[z sign(z)] = E|z| = sqrt(2/pi).

    Arguments:
        value: knob of the mutant, the value.

    Returns:
        The derivation.

    Example:
        >>> build_first_coefficient().statement.goal
        'E[z](z(1)*sigma(z(1))) == sqrt(2/pi)'
    """
    goal = f"E[z](z(1)*sigma(z(1))) == {value}"
    steps = [
        step(
            "general",
            "apply",
            "E[z](sigma(z(1))*He(2*0 + 1, z(1))) == 2*He(2*0, 0)/sqrt(2*pi)",
            "claim:ae.sign-coefficient",
            "positive",
            "negative",
            put={"k": "0"},
            prose="Degree 1: He_1 = x, He_0 = 1.",
        ),
        step("roots", "arithmetic", f"2/sqrt(2*pi) == {value}"),
        step("goal", "identity", goal, "general", "roots", combine={"general": "1", "roots": "1"}),
    ]
    return Proof(Statement(goal, SIGN, declare=DECLARE, inhabited=EXAMPLE, inhabited_steps=EXAMPLE_STEPS), steps)


def build_sign_ratio(top: str = "(2*k + 1)**2") -> Proof:
    """Return the derivation of recursion and closed form of (c_{2k+1}/c_1)^2 = He_{2k}(0)^2/(2k+1)! for the sign.

    The ratio of neighbours is (2k+1)^2/((2k+2)(2k+3)), by He_{2k+2}(0) = -(2k+1) He_{2k}(0); hence the closed form
    (2k)!/(4^k k!^2 (2k+1)), the coefficients of the arcsine. Derived in this project.

    Arguments:
        top: knob of the mutant, the numerator of the ratio.

    Returns:
        The derivation.

    Example:
        >>> build_sign_ratio().statement.goal
        'ratio(k + 1) == ratio(k)*(2*k + 1)**2/((2*k + 2)*(2*k + 3)) and ratio(k) == arcsine(k)'
    """
    let = {"ratio(k)": "He(2*k, 0)**2/fact(2*k + 1)", "arcsine(k)": "fact(2*k)/(4**k*fact(k)**2*(2*k + 1))"}
    recursion = f"ratio(k + 1) == ratio(k)*{top}/((2*k + 2)*(2*k + 3))"
    closed = "ratio(k) == arcsine(k)"
    steps = [
        step(
            "at_zero",
            "apply",
            "He(2*k + 2, 0) == 0*He(2*k + 1, 0) - (2*k + 1)*He(2*k, 0)",
            "axiom:hermite-recurrence",
            put={"n": "2*k", "x": "0"},
        ),
        step("fact_1", "apply", "fact(2*k + 1) == (2*k + 1)*fact(2*k)", "axiom:factorial", put={"n": "2*k"}),
        step("fact_2", "apply", "fact(2*k + 2) == (2*k + 2)*fact(2*k + 1)", "axiom:factorial", put={"n": "2*k + 1"}),
        step("fact_3", "apply", "fact(2*k + 3) == (2*k + 3)*fact(2*k + 2)", "axiom:factorial", put={"n": "2*k + 2"}),
        step("fact_k", "apply", "fact(k + 1) == (k + 1)*fact(k)", "axiom:factorial", put={"n": "k"}),
        step("recursion", "identity", recursion, "at_zero", "fact_2", "fact_3"),
        step("base", "identity", "ratio(0) == arcsine(0)"),
        step("hypothesis", "assume", closed),
        step(
            "next",
            "identity",
            "ratio(k + 1) == arcsine(k + 1)",
            "recursion",
            "hypothesis",
            "fact_1",
            "fact_2",
            "fact_k",
            combine={"recursion": "1", "hypothesis": "(2*k + 1)**2/((2*k + 2)*(2*k + 3))"},
        ),
        step("closed", "induction", closed, "base", "next", on="k", base="0"),
        step("goal", "arithmetic", f"{recursion} and {closed}", "recursion", "closed"),
    ]
    return Proof(Statement(f"{recursion} and {closed}", declare=DECLARE, let=let), steps)


def sign_setting() -> list[dict[str, Any]]:
    """Return the steps to "square_integrable", "nonzero" and "odd" for the sign, from "coefficient" and its values."""
    return [
        step(
            "square_integrable",
            "apply",
            "L2[z](sigma(z(1)))",
            "axiom:half-lines-square-integrable",
            "positive",
            "negative",
            symbols={"s(x)": "sigma(x)"},
            put={"a": "1", "b": "-1"},
        ),
        step(
            "degree_1",
            "apply",
            "E[z](sigma(z(1))*He(2*0 + 1, z(1))) == 2*He(2*0, 0)/sqrt(2*pi)",
            "claim:ae.sign-coefficient",
            "positive",
            "negative",
            put={"k": "0"},
        ),
        step(
            "c1",
            "identity",
            "c1 == 2/sqrt(2*pi)",
            "coefficient",
            "degree_1",
            combine={"coefficient": "1", "degree_1": "1"},
            prose="The first coefficient.",
        ),
        step("c1_value", "sign", "0 < 2/sqrt(2*pi)"),
        step("c1_positive", "certificate", "0 < c1", "c1", "c1_value", terms=[["c1_value"]]),
        step("nonzero", "sign", "c1 != 0", "c1_positive"),
        step("x_positive", "assume", "0 < x"),
        step("right", "apply", "sigma(x) == 1", "positive", "x_positive", at={"x": "x"}),
        step("minus_x", "sign", "-x < 0", "x_positive"),
        step("left", "apply", "sigma(-x) == -1", "negative", "minus_x", at={"x": "-x"}),
        step("odd_x", "identity", "sigma(-x) == -sigma(x)", "right", "left"),
        step("odd_pos", "discharge", "Imp(0 < x, sigma(-x) == -sigma(x))", "odd_x"),
        step("odd", "generalize", "All(x, Imp(0 < x, sigma(-x) == -sigma(x)))", "odd_pos"),
    ]


def build_sign_series(function: str = "asin(t)") -> Proof:
    """Return the derivation of f = arcsin for the sign: sum_l (c_l/c_1)^2 t^l = arcsin(t) for |t| <= 1.

    The coefficients are those of the arcsine, degree by degree; at t = 1 and -1 the series is Abel's limit. The sign's
    value at 0 is anything. Derived in this project.

    Arguments:
        function: knob of the mutant, the function on the right.

    Returns:
        The derivation.

    Example:
        >>> build_sign_series().statement.goal
        'Series(l, 0, (c(l)/c1)**2*t**l) == asin(t)'
    """
    let = {"c(l)": "E[z](sigma(z(1))*He(l, z(1)))/sqrt(fact(l))", "arcsine(k)": "fact(2*k)/(4**k*fact(k)**2*(2*k + 1))"}
    goal = f"Series(l, 0, (c(l)/c1)**2*t**l) == {function}"
    steps = [
        *sign_setting(),
        step(
            "odd_series",
            "apply",
            "Series(l, 0, (c(l)/c1)**2*t**l) == Series(p, 0, (c(2*p + 1)/c1)**2*t**(2*p + 1))",
            "claim:ae.odd-series",
            "square_integrable",
            "coefficient",
            "nonzero",
            "odd",
            "below",
            "above",
            prose="The sign is odd: only odd degrees.",
        ),
        step(
            "degree",
            "apply",
            "E[z](sigma(z(1))*He(2*p + 1, z(1))) == 2*He(2*p, 0)/sqrt(2*pi)",
            "claim:ae.sign-coefficient",
            "positive",
            "negative",
            put={"k": "p"},
        ),
        step("ratio", "apply", "He(2*p, 0)**2/fact(2*p + 1) == arcsine(p)", "claim:ae.he-sign", put={"k": "p"}),
        step(
            "term",
            "identity",
            "(c(2*p + 1)/c1)**2*t**(2*p + 1) == arcsine(p)*t**(2*p + 1)",
            "degree",
            "c1",
            "nonzero",
            "ratio",
            combine={"ratio": "t**(2*p + 1)"},
            prose="Each coefficient is that of the arcsine.",
        ),
        step(
            "terms",
            "congruence",
            "Series(p, 0, (c(2*p + 1)/c1)**2*t**(2*p + 1)) == Series(p, 0, arcsine(p)*t**(2*p + 1))",
            "term",
        ),
        step(
            "arcsine",
            "apply",
            "asin(t) == Series(p, 0, arcsine(p)*t**(2*p + 1))",
            "axiom:arcsine-series",
            "below",
            "above",
        ),
        step(
            "goal",
            "identity",
            goal,
            "odd_series",
            "terms",
            "arcsine",
            combine={"odd_series": "1", "terms": "1", "arcsine": "-1"},
        ),
    ]
    hyps = {**SIGN, "coefficient": "c1 == E[z](z(1)*sigma(z(1)))", "below": "-1 <= t", "above": "t <= 1"}
    example = {**EXAMPLE, "c1": "2/sqrt(2*pi)", "t": "1/2"}
    return Proof(
        Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example, inhabited_steps=EXAMPLE_STEPS), steps
    )
