"""Regular simplices of sign units: their risk, and how close to optimal they are."""

from __future__ import annotations

from ..gaussian.sign import EXAMPLE as SIGN_EXAMPLE
from ..gaussian.sign import EXAMPLE_STEPS, SIGN, sign_setting
from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_LET
from .setting import DECLARE, EXAMPLE, HYPS, LET
from .tight import FRAME

_SETTING = ("dimension", "unit", "square_integrable", "coefficient", "nonzero")


def build_simplex(angle: str = "asin(1/d)") -> Proof:
    """Return the derivation of the least risk 1 - r/(pi/2 + arcsin(1/d)) of d + 1 sign units at equal angles, r = n/d.

    The rows of a regular simplex: G_ij = +-1/d off the diagonal, a tight frame; (r - 1)/gamma = 1. Derived in this
    project.

    Arguments:
        angle: knob of the mutant, what is added to pi/2.

    Returns:
        The derivation.

    Example:
        >>> build_simplex().statement.goal.startswith("1 - n/d/(pi/2 + asin(1/d)) <= risk")
        True
    """
    divisor = "pi/2 + (n/d - 1)*(asin(1/d)/(1/d))"
    let = {
        **LET,
        "S(k,i)": f"b(i, k)/({divisor})",
        "best_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(u(i))))**2))/d",
    }
    value = f"1 - n/d/(pi/2 + {angle})"
    goal = f"{value} <= risk and best_risk == {value}"
    series = "Series(k, 0, fact(2*k)/(4**k*fact(k)**2*(2*k + 1))*(1/d)**(2*k + 1))".replace("k", "p")
    steps = [
        *sign_setting(),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("gamma", "sign", "0 < 1/d", "d_positive"),
        step("gamma_low", "certificate", "-1 <= 1/d", "gamma", terms=[["gamma"], ["c:1"]]),
        step("gamma_high", "certificate", "1/d <= 1", "dimension", "d_positive", times="d", terms=[["dimension"]]),
        step("low", "sign", "-1 <= 1"),
        step("high", "sign", "1 <= 1"),
        step(
            "f_one",
            "apply",
            "Series(l, 0, (c(l)/c1)**2*1**l) == asin(1)",
            "claim:ae.f-sign",
            "positive",
            "negative",
            "coefficient",
            "low",
            "high",
            put={"t": "1"},
        ),
        step("quarter", "apply", "asin(1) == pi/2", "axiom:arcsine-at-one"),
        step(
            "one",
            "identity",
            "pi/2 == Series(l, 0, (c(l)/c1)**2*1**l)",
            "f_one",
            "quarter",
            combine={"f_one": "-1", "quarter": "-1"},
        ),
        step(
            "f_gamma",
            "apply",
            "Series(l, 0, (c(l)/c1)**2*(1/d)**l) == asin(1/d)",
            "claim:ae.f-sign",
            "positive",
            "negative",
            "coefficient",
            "gamma_low",
            "gamma_high",
            put={"t": "1/d"},
        ),
        step(
            "at_gamma",
            "identity",
            "asin(1/d) == Series(l, 0, (c(l)/c1)**2*(1/d)**l)",
            "f_gamma",
            combine={"f_gamma": "-1"},
        ),
        step(
            "arcsine",
            "apply",
            f"asin(1/d) == {series}",
            "axiom:arcsine-series",
            "gamma_low",
            "gamma_high",
            put={"t": "1/d"},
        ),
        step("terms", "sign", f"0 <= {series}", "gamma"),
        step("angle", "certificate", "0 <= asin(1/d)", "terms", "arcsine", terms=[["terms"]], combine={"arcsine": "1"}),
        step("same", "identity", f"{divisor} == pi/2 + asin(1/d)", "size", "d_positive", combine={"size": "asin(1/d)"}),
        step(
            "positive_divisor",
            "certificate",
            f"0 < {divisor}",
            "angle",
            "same",
            terms=[["c:pi/2"], ["angle"]],
            combine={"same": "1"},
        ),
        step("divisor", "arithmetic", f"{divisor} != 0", "positive_divisor"),
        step(
            "frame",
            "apply",
            f"1 - n/d/({divisor}) <= risk and best_risk == 1 - n/d/({divisor})",
            "claim:ae.etf-risk",
            *_SETTING,
            "odd",
            "gamma",
            "gamma_high",
            "equiangular",
            "tight",
            "one",
            "at_gamma",
            "divisor",
            put={"gamma": "1/d", "f1": "pi/2", "fg": "asin(1/d)"},
            prose="An equiangular tight frame.",
        ),
        step("whole", "certificate", "0 < pi/2 + asin(1/d)", "angle", terms=[["c:pi/2"], ["angle"]]),
        step(
            "value",
            "identity",
            f"1 - n/d/({divisor}) == {value}",
            "same",
            "whole",
            "positive_divisor",
            "d_positive",
            combine={"same": f"n/d/(({divisor})*(pi/2 + asin(1/d)))"},
        ),
        step("least", "sign", f"1 - n/d/({divisor}) <= risk", "frame"),
        step("attained", "sign", f"best_risk == 1 - n/d/({divisor})", "frame"),
        step(
            "least_value",
            "certificate",
            f"{value} <= risk",
            "least",
            "value",
            terms=[["least"]],
            combine={"value": "1"},
        ),
        step(
            "attained_value",
            "identity",
            f"best_risk == {value}",
            "attained",
            "value",
            combine={"attained": "1", "value": "1"},
        ),
        step("goal", "sign", goal, "least_value", "attained_value"),
    ]
    hyps = {
        **{k: HYPS[k] for k in ("dimension", "unit", "coefficient")},
        **SIGN,
        "size": "n == d + 1",
        **{k: v.replace("gamma", "1/d") for k, v in FRAME.items()},
    }
    example = {**EXAMPLE, **SIGN_EXAMPLE, "n": "2", "d": "1", "b(i,k)": "delta(k, 1)", "c1": "2/sqrt(2*pi)"}
    return Proof(
        Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example, inhabited_steps=EXAMPLE_STEPS), steps
    )


def build_near_optimal(order: str = "x**3/6") -> Proof:
    """Return the derivation: with the sign, no d + 1 units are better than the simplex by more than a fifth-order term.

    For every encoder and decoder of n = d + 1 sign units R >= 1 - r/(pi/2 + x + x^3/6), x = 1/d (`ae.bound-etf` with
    (c_3/c_1)^2 = 1/6); the simplex has 1 - r/(pi/2 + arcsin x) (`ae.simplex`), and arcsin x - x - x^3/6 is of order
    x^5. Derived in this project.

    Arguments:
        order: knob of the mutant, what is added to pi/2 + x.

    Returns:
        The derivation.

    Example:
        >>> build_near_optimal().statement.goal
        '1 - r/(pi/2 + 1/d + (1/d)**3/6) <= risk'
    """
    goal = f"1 - r/(pi/2 + 1/d + {order.replace('x', '(1/d)')}) <= risk"
    value = "2*He(2*1, 0)/sqrt(2*pi)"
    third = "E[z](sigma(z(1))*He(2*1 + 1, z(1)))"
    steps = [
        *sign_setting(),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("two", "certificate", "2 <= n", "size", "dimension", terms=[["dimension"]], combine={"size": "1"}),
        step("wide", "certificate", "d <= n", "size", terms=[["c:1"]], combine={"size": "1"}),
        step(
            "general",
            "apply",
            "1 - r/(r + alpha + w(0)*(r - 1)**2/(n - 1)) <= risk",
            "claim:ae.bound-etf",
            *("dimension", "unit", "square_integrable", "coefficient", "nonzero", "odd", "two", "wide"),
        ),
        step(
            "degree_3",
            "apply",
            f"{third} == {value}",
            "claim:ae.sign-coefficient",
            "positive",
            "negative",
            put={"k": "1"},
        ),
        step(
            "cubic",
            "identity",
            "w(0) == 1/6",
            "degree_3",
            "c1",
            "nonzero",
            combine={"degree_3": f"({third} + {value})/(6*c1**2)"},
        ),
        step("low", "sign", "-1 <= 1"),
        step("high", "sign", "1 <= 1"),
        step(
            "f_one",
            "apply",
            "Series(l, 0, (c(l)/c1)**2*1**l) == asin(1)",
            "claim:ae.f-sign",
            "positive",
            "negative",
            "coefficient",
            "low",
            "high",
            put={"t": "1"},
        ),
        step("quarter", "apply", "asin(1) == pi/2", "axiom:arcsine-at-one"),
        step(
            "expansion",
            "apply",
            "E[z](sigma(z(1))*sigma(z(1))) == Series(l, 0, E[z](sigma(z(1))*He(l, z(1)))"
            "*E[z](sigma(z(1))*He(l, z(1)))/fact(l)*Sum(k, 1, 1, 1)**l)",
            "axiom:hermite-expansion",
            "square_integrable",
            symbols={"s(x)": "sigma(x)", "t(x)": "sigma(x)", "u(k)": "1", "v(k)": "1"},
            put={"d": "1"},
        ),
        step(
            "alpha",
            "identity",
            "alpha == pi/2 - 1",
            "expansion",
            "f_one",
            "quarter",
            "nonzero",
            combine={"expansion": "1/c1**2", "f_one": "1", "quarter": "1"},
        ),
        # for any numbers
        step("t_is", "assume", "t == pi/2 - 1"),
        step("s_is", "assume", "s == 1/6"),
        step("n_is", "assume", "n == d + 1"),
        step("last", "certificate", "0 < n - 1", "n_is", "d_positive", terms=[["d_positive"]], combine={"n_is": "1"}),
        step(
            "sum",
            "identity",
            f"n/d + t + s*(n/d - 1)**2/(n - 1) == pi/2 + 1/d + {order.replace('x', '(1/d)')}",
            "t_is",
            "s_is",
            "n_is",
            "last",
            "d_positive",
        ),
        step(
            "sum_if",
            "discharge",
            "Imp(t == pi/2 - 1, s == 1/6, n == d + 1, "
            f"n/d + t + s*(n/d - 1)**2/(n - 1) == pi/2 + 1/d + {order.replace('x', '(1/d)')})",
            "sum",
        ),
        step(
            "total",
            "apply",
            f"r + alpha + w(0)*(r - 1)**2/(n - 1) == pi/2 + 1/d + {order.replace('x', '(1/d)')}",
            "sum_if",
            "alpha",
            "cubic",
            "size",
            put={"t": "alpha", "s": "w(0)"},
        ),
        step("same", "assume", "x == y"),
        step("quotient", "arithmetic", "z/x == z/y", "same"),
        step("quotient_if", "discharge", "Imp(x == y, z/x == z/y)", "quotient"),
        step(
            "quotients",
            "apply",
            "r/(r + alpha + w(0)*(r - 1)**2/(n - 1)) == " + f"r/(pi/2 + 1/d + {order.replace('x', '(1/d)')})",
            "quotient_if",
            "total",
            put={
                "x": "r + alpha + w(0)*(r - 1)**2/(n - 1)",
                "y": f"pi/2 + 1/d + {order.replace('x', '(1/d)')}",
                "z": "r",
            },
        ),
        step("goal", "certificate", goal, "general", "quotients", terms=[["general"]], combine={"quotients": "-1"}),
    ]
    hyps = {**{k: HYPS[k] for k in ("dimension", "unit", "coefficient")}, **SIGN, "size": "n == d + 1"}
    example = {**EXAMPLE, **SIGN_EXAMPLE, "n": "2", "d": "1", "b(i,k)": "delta(k, 1)", "c1": "2/sqrt(2*pi)"}
    return Proof(
        Statement(goal, hyps, declare=DECLARE, let=BOUND_LET, inhabited=example, inhabited_steps=EXAMPLE_STEPS), steps
    )
