"""The arcsine between two polynomials of the fifth degree."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .sign import EXAMPLE_STEPS

_SIGN = {"sigma(x)": "abs(x)/x"}


def _coefficient(p: str) -> str:
    return f"fact(2*({p}))/(4**({p})*fact({p})**2*(2*({p}) + 1))"


_FIRST = _coefficient("p")


def _summable() -> list[dict[str, Any]]:
    """Return the steps to a convergent sum of the arcsine's coefficients ("coefficients").

    Up to the factor 2/pi they are the squared Hermite coefficients of the sign, which Bessel's inequality sums.
    """
    mean = "E[z](abs(z(1))/z(1)*He({}, z(1)))"
    square = f"{mean.format('2*p + 1')}**2/fact(2*p + 1)"
    facts = ("p4", "n4")
    return [
        *({k: v for k, v in s.items() if k != "for"} for s in EXAMPLE_STEPS),
        step(
            "sign",
            "apply",
            "L2[z](abs(z(1))/z(1))",
            "axiom:half-lines-square-integrable",
            *facts,
            symbols={"s(x)": "abs(x)/x"},
            put={"a": "1", "b": "-1"},
        ),
        step(
            "bessel",
            "apply",
            f"Summable(l, 0, {mean.format('l')}**2/fact(l))",
            "axiom:hermite-bessel",
            "sign",
            symbols={"s(x)": "abs(x)/x"},
            prose="The squared Hermite coefficients of the sign are summable.",
        ),
        step(
            "bessel_odd",
            "apply",
            f"Summable(p, 0, {square})",
            "axiom:odd-terms-summable",
            "bessel",
            symbols={"s(l)": f"{mean.format('l')}**2/fact(l)"},
        ),
        step("scaled", "linear", f"Summable(p, 0, pi/2*({square}))", "bessel_odd"),
        step(
            "degree",
            "apply",
            f"{mean.format('2*p + 1')} == 2*He(2*p, 0)/sqrt(2*pi)",
            "claim:ae.sign-coefficient",
            *facts,
            symbols=_SIGN,
            put={"k": "p"},
        ),
        step("ratio", "apply", f"He(2*p, 0)**2/fact(2*p + 1) == {_FIRST}", "claim:ae.he-sign", put={"k": "p"}),
        step(
            "term",
            "identity",
            f"pi/2*({square}) == {_FIRST}",
            "degree",
            "ratio",
            combine={"ratio": "1"},
            prose="They are those of the arcsine, up to a factor.",
        ),
        step(
            "low",
            "certificate",
            f"-(pi/2*({square})) <= {_FIRST}",
            "term",
            terms=[["c:2*" + _FIRST]],
            combine={"term": "1"},
        ),
        step("lows", "generalize", f"All(p, -(pi/2*({square})) <= {_FIRST})", "low"),
        step("high", "certificate", f"{_FIRST} <= pi/2*({square})", "term", terms=[], combine={"term": "1"}),
        step("highs", "generalize", f"All(p, {_FIRST} <= pi/2*({square}))", "high"),
        step(
            "coefficients",
            "apply",
            f"Summable(p, 0, {_FIRST})",
            "axiom:comparison-test",
            "scaled",
            "lows",
            "highs",
            symbols={"s(p)": _FIRST, "t(p)": f"pi/2*({square})"},
        ),
    ]


def build_arcsine_bounds(fifth: str = "pi/2 - 7/6") -> Proof:
    """Return the derivation of x + x^3/6 <= arcsin x <= x + x^3/6 + (pi/2 - 7/6) x^5 for 0 <= x <= 1.

    The series has positive coefficients; those from the fifth degree on add up to pi/2 - 1 - 1/6, and their powers are
    at most x^5. Equality on the right at 0 and 1. Derived in this project.

    Arguments:
        fifth: knob of the mutant, the factor of x^5.

    Returns:
        The derivation.

    Example:
        >>> build_arcsine_bounds().statement.goal.split(" and ")[0]
        'x + x**3/6 <= asin(x)'
    """
    goal = f"x + x**3/6 <= asin(x) and asin(x) <= x + x**3/6 + ({fifth})*x**5"

    def rest(n: int, factor: str = "") -> str:
        return f"{_coefficient(f'p + {n}')}{factor and '*' + factor.replace('p', f'(p + {n})')}"

    power = "x**(2*p + 1)"
    series = f"Series(p, 0, {_FIRST}*{power})"
    steps = [
        *_summable(),
        step("even_0", "sign", "0 <= x**(2*0) and x**(2*0) <= 1"),
        step("even_p", "assume", "0 <= x**(2*p) and x**(2*p) <= 1"),
        step("even_lo", "sign", "0 <= x**(2*p)", "even_p"),
        step("even_hi", "sign", "x**(2*p) <= 1", "even_p"),
        step("next_lo", "certificate", "0 <= x**(2*(p + 1))", "even_lo", terms=[["even_lo", "sq:x"]]),
        step(
            "next_hi",
            "certificate",
            "x**(2*(p + 1)) <= 1",
            "even_hi",
            "x_lo",
            "x_hi",
            terms=[["even_hi", "sq:x"], ["x_hi"], ["x_lo", "x_hi"]],
        ),
        step("even_next", "sign", "0 <= x**(2*(p + 1)) and x**(2*(p + 1)) <= 1", "next_lo", "next_hi"),
        step("even", "induction", "0 <= x**(2*p) and x**(2*p) <= 1", "even_0", "even_next", on="p", base="0"),
        step("even_low", "sign", "0 <= x**(2*p)", "even"),
        step("even_high", "sign", "x**(2*p) <= 1", "even"),
        # the whole series converges
        step(
            "power_lo",
            "certificate",
            f"-{_FIRST} <= {_FIRST}*{power}",
            "even_low",
            "x_lo",
            terms=[["c:" + _FIRST, "even_low", "x_lo"], ["c:" + _FIRST]],
        ),
        step(
            "power_hi",
            "certificate",
            f"{_FIRST}*{power} <= {_FIRST}",
            "even_low",
            "even_high",
            "x_hi",
            terms=[["c:" + _FIRST, "even_high"], ["c:" + _FIRST, "even_low", "x_hi"]],
        ),
        step("powers_lo", "generalize", f"All(p, -{_FIRST} <= {_FIRST}*{power})", "power_lo"),
        step("powers_hi", "generalize", f"All(p, {_FIRST}*{power} <= {_FIRST})", "power_hi"),
        step(
            "converges",
            "apply",
            f"Summable(p, 0, {_FIRST}*{power})",
            "axiom:comparison-test",
            "coefficients",
            "powers_lo",
            "powers_hi",
            symbols={"s(p)": f"{_FIRST}*{power}", "t(p)": _FIRST},
        ),
    ]
    for name, summable, factor in (("x", "converges", power), ("one", "coefficients", "")):
        terms = [f"{_FIRST}*{power}" if factor else _FIRST, rest(1, factor)]
        source = summable
        for k, term in enumerate(terms):
            following = rest(k + 1, factor)
            first = {0: "x" if factor else "1", 1: "1/6*x**3" if factor else "1/6"}[k]
            steps += [
                step(
                    f"{name}_{k}",
                    "apply",
                    f"Series(p, 0, {term}) == {first} + Series(p, 0, {following})",
                    "axiom:first-term",
                    source,
                    symbols={"s(p)": term},
                ),
                step(
                    f"{name}_rest_{k}",
                    "apply",
                    f"Summable(p, 0, {following})",
                    "axiom:rest-summable",
                    source,
                    symbols={"s(p)": term},
                ),
            ]
            source = f"{name}_rest_{k}"
    a2 = _coefficient("p + 2")
    steps += [
        step("arcsine", "apply", f"asin(x) == {series}", "axiom:arcsine-series", "x_above", "x_hi", put={"t": "x"}),
        step("one_above", "sign", "-1 <= 1"),
        step("one_below", "sign", "1 <= 1"),
        step("at_one", "apply", f"asin(1) == Series(p, 0, {_FIRST}*1**(2*p + 1))", "axiom:arcsine-series", "one_above",
             "one_below", put={"t": "1"}),
        step("quarter", "apply", "asin(1) == pi/2", "axiom:arcsine-at-one"),
        step("tail_lo", "certificate", f"0 <= {rest(2, power)}", "even_low", "x_lo",
             terms=[["c:" + a2, "even_low", "x_lo", "sq:x**2"]]),
        step("tail_hi", "certificate", f"{rest(2, power)} <= x**5*{a2}", "even_high", "x_lo",
             terms=[["c:" + a2, "even_high", "x_lo", "sq:x**2"]]),
        step("tails_lo", "monotone", f"0 <= Series(p, 0, {rest(2, power)})", "tail_lo", "x_rest_1"),
        step("tail_scaled", "linear", f"Summable(p, 0, x**5*{a2})", "one_rest_1"),
        step("tails_hi", "monotone", f"Series(p, 0, {rest(2, power)}) <= Series(p, 0, x**5*{a2})", "tail_hi",
             "x_rest_1", "tail_scaled"),
        step("tails_out", "linear", f"Series(p, 0, x**5*{a2}) == x**5*Series(p, 0, {a2})", "one_rest_1"),
        step("below", "certificate", "x + x**3/6 <= asin(x)", "tails_lo", "arcsine", "x_0", "x_1", terms=[["tails_lo"]],
             combine={"arcsine": "1", "x_0": "1", "x_1": "1"}),
        step("above", "certificate", f"asin(x) <= x + x**3/6 + ({fifth})*x**5", "tails_hi", "arcsine", "x_0", "x_1",
             "tails_out", "at_one", "quarter", "one_0", "one_1", terms=[["tails_hi"]],
             combine={"arcsine": "-1", "x_0": "-1", "x_1": "-1", "tails_out": "-1", "at_one": "x**5",
                      "quarter": "-x**5", "one_0": "x**5", "one_1": "x**5"},
             prose="What the coefficients from the fifth degree on add up to, times x^5."),
        step("goal", "sign", goal, "below", "above"),
    ]  # fmt: skip
    steps.insert(0, step("x_above", "certificate", "-1 <= x", "x_lo", terms=[["x_lo"], ["c:1"]]))
    return Proof(
        Statement(goal, {"x_lo": "0 <= x", "x_hi": "x <= 1"}, declare="p,l,k:N", inhabited={"x": "1/2"}), steps
    )


def build_arcsine_cosine(slope: str = "1") -> Proof:
    """Return the derivation of arcsin(cos t) = pi/2 - t for 0 <= t <= pi.

    The derivative is -sin t/sqrt(1 - cos^2 t) = -1 inside. Derived in this project.

    Arguments:
        slope: knob of the mutant, the factor of t.

    Returns:
        The derivation.

    Example:
        >>> build_arcsine_cosine().statement.goal
        'asin(cos(t)) == pi/2 - 1*t'
    """
    goal = f"asin(cos(t)) == pi/2 - {slope}*t"
    steps = [
        step("u_lo", "assume", "0 < u"),
        step("u_hi", "assume", "u < t"),
        step("u_pi", "certificate", "u < pi", "u_hi", "t_hi", terms=[["u_hi"], ["t_hi"]]),
        step("sine", "apply", "0 < sin(u)", "axiom:sine-positive", "u_lo", "u_pi", put={"t": "u"}),
        step("above", "arithmetic", "-1 < cos(u)", "sine"),
        step("below", "arithmetic", "cos(u) < 1", "sine"),
        step("root", "arithmetic", "sqrt(1 - cos(u)**2) == sin(u)", "sine", prose="The sine is positive."),
        step("root_sign", "arithmetic", "0 < sqrt(1 - cos(u)**2)", "root", "sine"),
        step("slope", "derivative", "HasDeriv(u, asin(cos(u)), -1)", "above", "below", "root", "root_sign",
             combine={"root": "1/sqrt(1 - cos(u)**2)"}),
        step("least", "certificate", "-1 <= cos(u)", terms=[["c:1/2", "sq:cos(u) + 1"], ["c:1/2", "sq:sin(u)"]]),
        step("most", "certificate", "cos(u) <= 1", terms=[["c:1/2", "sq:cos(u) - 1"], ["c:1/2", "sq:sin(u)"]]),
        step("continuous", "continuous", "Cont(u, 0, t, asin(cos(u)))", "least", "most"),
        step("constant", "continuous", "Cont(u, 0, t, -1)"),
        step("area", "fundamental-theorem", "Int(u, 0, t, -1) == asin(cos(t)) - asin(cos(0))", "slope", "continuous",
             "constant", "t_lo", F="asin(cos(u))"),
        step("line", "derivative", "HasDeriv(u, -u, -1)"),
        step("line_continuous", "continuous", "Cont(u, 0, t, -u)"),
        step("length", "fundamental-theorem", "Int(u, 0, t, -1) == -t", "line", "line_continuous", "constant", "t_lo",
             F="-u"),
        step("quarter", "apply", "asin(1) == pi/2", "axiom:arcsine-at-one"),
        step("goal", "identity", goal, "area", "length", "quarter",
             combine={"area": "-1", "length": "1", "quarter": "1"}),
    ]  # fmt: skip
    return Proof(Statement(goal, {"t_lo": "0 <= t", "t_hi": "t <= pi"}, inhabited={"t": "1"}), steps)
