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


def _split(t: str) -> tuple[str, str, str]:
    """Return that the coefficients and the terms from the third degree on are summable, and the series at t."""
    following = _coefficient("p + 1")
    terms = f"{following}*{t}**(2*p + 3)"
    return (
        f"Summable(p, 0, {following})",
        f"Summable(p, 0, {terms})",
        f"asin({t}) == {t} + Series(p, 0, {terms})",
    )


def build_arcsine_split(first: str = "t") -> Proof:
    """Return the derivation of arcsin t = t + sum over p >= 0 of a_{p+1} t^(2p + 3) for |t| <= 1.

    a_p = (2p)!/(4^p p!^2 (2p + 1)) are the coefficients of the arcsine's series, which are summable. Derived in this
    project.

    Arguments:
        first: knob of the mutant, the first term.

    Returns:
        The derivation.

    Example:
        >>> build_arcsine_split().statement.goal.startswith("Summable(p, 0, fact(2*(p + 1))")
        True
    """
    power = "t**(2*p + 1)"
    coefficients, terms, value = _split("t")
    goal = f"{coefficients} and {terms} and {value.replace('== t +', f'== {first} +')}"
    steps = [
        *_summable(),
        step("square", "certificate", "t**2 <= 1", "below", "above", terms=[["below", "above"]]),
        step("even_0", "sign", "0 <= t**(2*0) and t**(2*0) <= 1"),
        step("even_p", "assume", "0 <= t**(2*p) and t**(2*p) <= 1"),
        step("even_p_lo", "sign", "0 <= t**(2*p)", "even_p"),
        step("even_p_hi", "sign", "t**(2*p) <= 1", "even_p"),
        step("next_lo", "certificate", "0 <= t**(2*(p + 1))", "even_p_lo", terms=[["even_p_lo", "sq:t"]]),
        step("next_hi", "certificate", "t**(2*(p + 1)) <= 1", "even_p_hi", "square",
             terms=[["even_p_hi", "sq:t"], ["square"]]),
        step("even_next", "sign", "0 <= t**(2*(p + 1)) and t**(2*(p + 1)) <= 1", "next_lo", "next_hi"),
        step("even", "induction", "0 <= t**(2*p) and t**(2*p) <= 1", "even_0", "even_next", on="p", base="0"),
        step("even_lo", "sign", "0 <= t**(2*p)", "even"),
        step("even_hi", "sign", "t**(2*p) <= 1", "even"),
        step("term_lo", "certificate", f"-{_FIRST} <= {_FIRST}*{power}", "even_lo", "even_hi", "below",
             terms=[["c:" + _FIRST, "even_hi"], ["c:" + _FIRST, "even_lo", "below"]]),
        step("term_hi", "certificate", f"{_FIRST}*{power} <= {_FIRST}", "even_lo", "even_hi", "above",
             terms=[["c:" + _FIRST, "even_hi"], ["c:" + _FIRST, "even_lo", "above"]]),
        step("terms_lo", "generalize", f"All(p, -{_FIRST} <= {_FIRST}*{power})", "term_lo"),
        step("terms_hi", "generalize", f"All(p, {_FIRST}*{power} <= {_FIRST})", "term_hi"),
        step("converges", "apply", f"Summable(p, 0, {_FIRST}*{power})", "axiom:comparison-test", "coefficients",
             "terms_lo", "terms_hi", symbols={"s(p)": f"{_FIRST}*{power}", "t(p)": _FIRST}),
        step("series", "apply", f"asin(t) == Series(p, 0, {_FIRST}*{power})", "axiom:arcsine-series", "below", "above"),
        step("rest", "apply", coefficients, "axiom:rest-summable", "coefficients", symbols={"s(p)": _FIRST}),
        step("rest_terms", "apply", terms, "axiom:rest-summable", "converges", symbols={"s(p)": f"{_FIRST}*{power}"}),
        step("first", "apply", f"Series(p, 0, {_FIRST}*{power}) == t + {value.split(' + ', 1)[1]}", "axiom:first-term",
             "converges", symbols={"s(p)": f"{_FIRST}*{power}"}),
        step("value", "identity", goal.split(" and ")[2], "series", "first", combine={"series": "1", "first": "1"}),
        step("goal", "sign", goal, "rest", "rest_terms", "value"),
    ]  # fmt: skip
    hyps = {"below": "-1 <= t", "above": "t <= 1"}
    return Proof(Statement(goal, hyps, declare="p,l,k:N", inhabited={"t": "1/2"}), steps)


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
    second, third = _coefficient("p + 1"), _coefficient("p + 2")
    power = "x**(2*p + 5)"
    steps = [
        step("x_above", "certificate", "-1 <= x", "x_lo", terms=[["x_lo"], ["c:1"]]),
        step("one_above", "sign", "-1 <= 1"),
        step("one_below", "sign", "1 <= 1"),
    ]
    for name, t, uses, term, rest, value in (
        ("x", "x", ("x_above", "x_hi"), f"{second}*x**(2*p + 3)", f"{third}*{power}", "1/6*x**3"),
        ("one", "1", ("one_above", "one_below"), second, third, "1/6"),
    ):
        parts = _split(t)
        source = parts[1] if t == "x" else parts[0]
        steps += [
            step(f"{name}_split", "apply", " and ".join(parts), "claim:ae.arcsine-split", *uses, put={"t": t}),
            step(f"{name}_sum", "sign", source, f"{name}_split"),
            step(f"{name}_value", "sign", parts[2], f"{name}_split"),
            step(f"{name}_first", "apply", f"Series(p, 0, {term}) == {value} + Series(p, 0, {rest})",
                 "axiom:first-term", f"{name}_sum", symbols={"s(p)": term}),
            step(f"{name}_rest", "apply", f"Summable(p, 0, {rest})", "axiom:rest-summable", f"{name}_sum",
                 symbols={"s(p)": term}),
        ]  # fmt: skip
    steps += [
        step("quarter", "apply", "asin(1) == pi/2", "axiom:arcsine-at-one"),
        step("power_0", "sign", "0 <= x**(2*0) and x**(2*0) <= 1"),
        step("power_p", "assume", "0 <= x**(2*p) and x**(2*p) <= 1"),
        step("power_p_lo", "sign", "0 <= x**(2*p)", "power_p"),
        step("power_p_hi", "sign", "x**(2*p) <= 1", "power_p"),
        step("next_lo", "certificate", "0 <= x**(2*(p + 1))", "power_p_lo", terms=[["power_p_lo", "sq:x"]]),
        step("next_hi", "certificate", "x**(2*(p + 1)) <= 1", "power_p_hi", "x_lo", "x_hi",
             terms=[["power_p_hi", "sq:x"], ["x_hi"], ["x_lo", "x_hi"]]),
        step("power_next", "sign", "0 <= x**(2*(p + 1)) and x**(2*(p + 1)) <= 1", "next_lo", "next_hi"),
        step("power", "induction", "0 <= x**(2*p) and x**(2*p) <= 1", "power_0", "power_next", on="p", base="0"),
        step("power_lo", "sign", "0 <= x**(2*p)", "power"),
        step("power_hi", "sign", "x**(2*p) <= 1", "power"),
        step("tail_lo", "certificate", f"0 <= {third}*{power}", "power_lo", "x_lo",
             terms=[["c:" + third, "power_lo", "x_lo", "sq:x**2"]]),
        step("tail_hi", "certificate", f"{third}*{power} <= x**5*{third}", "power_hi", "x_lo",
             terms=[["c:" + third, "power_hi", "x_lo", "sq:x**2"]]),
        step("tails_lo", "monotone", f"0 <= Series(p, 0, {third}*{power})", "tail_lo", "x_rest"),
        step("tail_scaled", "linear", f"Summable(p, 0, x**5*{third})", "one_rest"),
        step("tails_hi", "monotone", f"Series(p, 0, {third}*{power}) <= Series(p, 0, x**5*{third})", "tail_hi",
             "x_rest", "tail_scaled"),
        step("tails_out", "linear", f"Series(p, 0, x**5*{third}) == x**5*Series(p, 0, {third})", "one_rest"),
        step("below", "certificate", "x + x**3/6 <= asin(x)", "tails_lo", "x_value", "x_first", terms=[["tails_lo"]],
             combine={"x_value": "1", "x_first": "1"}),
        step("above", "certificate", f"asin(x) <= x + x**3/6 + ({fifth})*x**5", "tails_hi", "x_value", "x_first",
             "tails_out", "one_value", "quarter", "one_first", terms=[["tails_hi"]],
             combine={"x_value": "-1", "x_first": "-1", "tails_out": "-1", "one_value": "x**5", "quarter": "-x**5",
                      "one_first": "x**5"},
             prose="What the coefficients from the fifth degree on add up to, times x^5."),
        step("goal", "sign", goal, "below", "above"),
    ]  # fmt: skip
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
