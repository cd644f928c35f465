"""Regular simplices, and a decoder that is best where f(G) is singular."""

from __future__ import annotations

from typing import Any

from ..gaussian.sign import EXAMPLE as SIGN_EXAMPLE
from ..gaussian.sign import EXAMPLE_STEPS, SIGN, sign_setting
from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_LET, odd_form, weights
from .series import ODD
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


def build_singular(value: str = "least") -> Proof:
    """Return the derivation: for any generalised inverse P of f(G), F P F = F, the decoder B^T P is best.

    Its risk is 1 - Tr[G P]/d. f(G) >= G (`ae.F-ge-G`) puts the rows of B^T into the row space of f(G):
    for y = e_j - P F e_j, y^T F y = 0 and so |B^T y|^2 = y^T G y <= 0. Derived in this project.

    Arguments:
        value: knob of the mutant, the least risk.

    Returns:
        The derivation.

    Example:
        >>> build_singular().statement.goal
        'least <= risk and best_risk == least'
    """
    let = {
        **BOUND_LET,
        "S(k,i)": "Sum(m, 1, n, P(m, i)*b(m, k))",
        "best_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(u(i))))**2))/d",
        "least": "1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d",
        "y(i)": "delta(i, e) - Sum(m, 1, n, P(i, m)*F(m, e))",
        "By(k)": "Sum(i, 1, n, y(i)*b(i, k))",
    }
    goal = f"{value} <= risk and best_risk == {value}"
    inverse = "Sum(m, 1, n, Sum(g, 1, n, F(i, m)*P(m, g)*F(g, j)))"
    ranges = (("i", "n"), ("e", "n"), ("k", "d"))
    term = "y(i)*y(j)*{}(i, j)"
    both = "Sum(i, 1, n, Sum(j, 1, n, " + term + "))"
    steps: list[dict[str, Any]] = [
        *weights(),
        *odd_form_entries(),
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
            for v, top in ranges
            for end in ("lo", "hi")
        ),
        step(
            "inverse_ie",
            "apply",
            inverse.replace("j)", "e)") + " == F(i, e)",
            "inverse",
            "i_lo",
            "i_hi",
            "e_lo",
            "e_hi",
            at={"i": "i", "j": "e"},
        ),
        step(
            "pick",
            "sums",
            "Sum(j, 1, n, delta(j, e)*F(i, j)) == F(i, e)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="F(i, j)",
        ),
        step(
            "kernel",
            "identity",
            "y(i)*Sum(j, 1, n, F(i, j)*y(j)) == 0",
            "inverse_ie",
            "pick",
            combine={"inverse_ie": "-y(i)", "pick": "y(i)"},
            prose="F y = 0.",
        ),
        step("kernels", "congruence", "Sum(i, 1, n, y(i)*Sum(j, 1, n, F(i, j)*y(j))) == Sum(i, 1, n, 0)", "kernel"),
        step(
            "entry", "identity", f"{term.format('F')} == {term.format('f')}", "odd_ij", combine={"odd_ij": "y(i)*y(j)"}
        ),
        step("entry_j", "congruence", f"Sum(j, 1, n, {term.format('F')}) == Sum(j, 1, n, {term.format('f')})", "entry"),
        step("entries", "congruence", f"{both.format('F')} == {both.format('f')}", "entry_j"),
        step(
            "beyond",
            "apply",
            f"{both.format('G')} + 0*Sum(i, 1, n, y(i)**2) <= {both.format('f')}",
            "claim:ae.F-ge-G",
            "dimension",
            "unit",
            "weights",
            "summable",
            symbols={"x(i)": "y(i)", "w(p)": "w(p)"},
        ),
        step(
            "small",
            "certificate",
            "Sum(k, 1, d, By(k)**2) <= 0",
            "beyond",
            "entries",
            "kernels",
            terms=[["beyond"]],
            combine={"entries": "1", "kernels": "-1"},
            prose="|B^T y|^2 = y^T G y <= y^T F y = 0.",
        ),
        step("others", "certificate", "0 <= (1 - delta(t, k))*By(t)**2", terms=[["sq:1 - delta(t, k)", "sq:By(t)"]]),
        step("others_sum", "monotone", "0 <= Sum(t, 1, d, (1 - delta(t, k))*By(t)**2)", "others"),
        step(
            "pick_k",
            "sums",
            "Sum(t, 1, d, delta(t, k)*By(t)**2) == By(k)**2",
            "k_lo",
            "k_hi",
            kind="delta",
            index="k",
            rest="By(t)**2",
        ),
        step(
            "square",
            "certificate",
            "By(k)**2 <= 0",
            "small",
            "others_sum",
            "pick_k",
            terms=[["small"], ["others_sum"]],
            combine={"pick_k": "1"},
        ),
        step("x_square", "assume", "x**2 <= 0"),
        step("x_zero", "arithmetic", "x == 0", "x_square"),
        step("x_if", "discharge", "Imp(x**2 <= 0, x == 0)", "x_zero"),
        step("zero", "apply", "By(k) == 0", "x_if", "square", put={"x": "By(k)"}),
        step(
            "pick_b",
            "sums",
            "Sum(i, 1, n, delta(i, e)*b(i, k)) == b(e, k)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="b(i, k)",
        ),
        step(
            "normal",
            "identity",
            "Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k)",
            "zero",
            "pick_b",
            combine={"zero": "-1", "pick_b": "1"},
            prose="The normal equations.",
        ),
        step(
            "normal_if",
            "discharge",
            "Imp(1 <= k, k <= d, 1 <= e, e <= n, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))",
            "normal",
        ),
        step(
            "equations",
            "generalize",
            "All(k, All(e, Imp(1 <= k, k <= d, 1 <= e, e <= n, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))))",
            "normal_if",
        ),
        step(
            "best",
            "apply",
            "least <= risk and best_risk == least",
            "claim:ae.normal-equations",
            *_SETTING,
            "equations",
            symbols={"S(k,i)": "S(k, i)"},
        ),
        step("goal", "sign", goal, "best"),
    ]
    hyps = {
        **HYPS,
        "odd": ODD,
        "inverse": f"All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, {inverse} == F(i, j))))",
    }
    example = {**EXAMPLE, "P(i,j)": "delta(i, j)/7"}
    return Proof(Statement(goal, hyps, declare="i,j,k,m,e,g,t:Z n,d,l,p:N", let=let, inhabited=example), steps)


def odd_form_entries() -> list[dict[str, Any]]:
    """Return the steps of the odd series up to F_ij = f_ij ("odd_ij")."""
    return [s for s in odd_form() if s["id"] not in ("odd_A", "odd_j", "odd_form")]
