"""Odd activations without degrees above 3: their series is a cubic polynomial."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, DECLARE, second_moment, weights
from .setting import EXAMPLE

#: An activation of the degrees 1 and 3: alpha is the weight (c_3/c_1)^2 of degree 3 alone.
CUBIC = "alpha == w(0)"
#: What the activation has to be for `ae.cubic-series`.
CUBIC_HYPS = ("square_integrable", "coefficient", "nonzero", "odd", "cubic")


def build_cubic_series(coefficient: str = "w(0)") -> Proof:
    """Return the derivation: if alpha = w_0 = (c_3/c_1)^2 for an odd activation, the other w are 0, f(t) = t + w_0 t^3.

    alpha is the sum of the w_p >= 0 (Parseval), so that the others vanish; |t| <= 1. Derived in this project.

    Arguments:
        coefficient: knob of the mutant, the coefficient of t^3.

    Returns:
        The derivation.

    Example:
        >>> build_cubic_series().statement.goal
        'w(p + 1) == 0 and Series(l, 0, (c(l)/c1)**2*t**l) == t + w(0)*t**3'
    """
    odd = "Series(p, 0, (c(2*p + 1)/c1)**2*t**(2*p + 1))"
    value = f"Series(l, 0, (c(l)/c1)**2*t**l) == t + {coefficient}*t**3"
    goal = f"w(p + 1) == 0 and {value}"
    given = ("square_integrable", "coefficient", "nonzero", "odd", "low", "high")
    steps = [
        *weights(),
        *second_moment(),
        step(
            "first_w",
            "apply",
            "a == w(0) + Series(p, 0, w(p + 1))",
            "axiom:first-term",
            "summable",
            symbols={"s(p)": "w(p)"},
        ),
        step(
            "rest",
            "apply",
            "Summable(p, 0, w(p + 1))",
            "axiom:rest-summable",
            "summable",
            symbols={"s(p)": "w(p)"},
        ),
        step("w_next", "apply", "0 <= w(p + 1)", "weights", at={"p": "p + 1"}),
        step("w_nexts", "generalize", "All(p, 0 <= w(p + 1))", "w_next"),
        step(
            "term_p",
            "apply",
            "w(p + 1) <= Series(p, 0, w(p + 1))",
            "axiom:term-of-series",
            "rest",
            "w_nexts",
            symbols={"s(p)": "w(p + 1)"},
            put={"q": "p"},
        ),
        step(
            "w_small",
            "certificate",
            "w(p + 1) <= 0",
            *("term_p", "first_w", "alpha", "cubic"),
            terms=[["term_p"]],
            combine={"first_w": "1", "alpha": "1", "cubic": "-1"},
            prose="No weight is larger than the sum of all but the first, which is 0.",
        ),
        step("v_small", "assume", "x <= 0"),
        step("v_sign", "assume", "0 <= x"),
        step("v_zero", "arithmetic", "x == 0", "v_small", "v_sign"),
        step("v_if", "discharge", "Imp(x <= 0, 0 <= x, x == 0)", "v_zero"),
        step("zero_p", "apply", "w(p + 1) == 0", "v_if", "w_small", "w_next", put={"x": "w(p + 1)"}),
        step("term_0", "identity", "w(0)*t**(2*0 + 3) == w(0)*(0 + t**3*0**0)"),
        step(
            "term_next",
            "identity",
            "w(p + 1)*t**(2*(p + 1) + 3) == w(p + 1)*(0 + t**3*0**(p + 1))",
            "zero_p",
            combine={"zero_p": "t**(2*p + 5)"},
        ),
        step("term", "induction", "w(p)*t**(2*p + 3) == w(p)*(0 + t**3*0**p)", "term_0", "term_next", on="p", base="0"),
        step("terms", "congruence", "Series(p, 0, w(p)*t**(2*p + 3)) == Series(p, 0, w(p)*(0 + t**3*0**p))", "term"),
        step(
            "sum",
            "apply",
            "Series(p, 0, w(p)*(0 + t**3*0**p)) == 0*a + t**3*w(0)",
            "claim:ae.one-gain",
            "weights",
            "summable",
            put={"x": "0", "y": "t**3"},
            symbols={"w(p)": "w(p)"},
        ),
        step("odd_all", "apply", f"Series(l, 0, (c(l)/c1)**2*t**l) == {odd}", "claim:ae.odd-series", *given),
        step("odd_rest", "apply", f"{odd} == t + Series(p, 0, w(p)*t**(2*p + 3))", "claim:ae.odd-series", *given),
        step(
            "value",
            "identity",
            value,
            *("odd_all", "odd_rest", "terms", "sum"),
            combine={"odd_all": "1", "odd_rest": "1", "terms": "1", "sum": "1"},
        ),
        step("goal", "sign", goal, "zero_p", "value"),
    ]
    hyps = {
        **{k: BOUND_HYPS[k] for k in CUBIC_HYPS if k != "cubic"},
        "cubic": CUBIC,
        "low": "-1 <= t",
        "high": "t <= 1",
    }
    example = {k: EXAMPLE[k] for k in ("sigma(x)", "c1")} | {"t": "1/2", "p": "0"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=BOUND_LET, inhabited=example), steps)
