"""The risk where every unit has an activation of its own, and where the encoder's rows have any length."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import DECLARE, EXAMPLE, HYPS, LET

_GRAM = "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*F(i, j)))"
_ROWS = {key: EXAMPLE[key] for key in ("n", "d", "b(i,k)", "A(k,i)")}


def _let(activation: str) -> dict[str, str]:
    """Return the abbreviations where unit i has the activation `activation` of x ("{}" stands for x)."""
    return {
        "u(i)": LET["u(i)"],
        "G(i,j)": LET["G(i,j)"],
        "c(l,i)": f"E[z]({activation.format('z(1)')}*He(l, z(1)))/sqrt(fact(l))",
        "F(i,j)": "Series(l, 0, c(l, i)*c(l, j)*G(i, j)**l)",
        "risk": f"E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, A(k, i)*{activation.format('u(i)')}))**2))/d",
        "traced": "Sum(i, 1, n, c(1, i)*Sum(k, 1, d, A(k, i)*b(i, k)))",
    }


def build_units(factor: str = "2", other: str = "c(l, j)") -> Proof:
    """Return the derivation of the risk for units tau_i(b_i.z) with unit rows b_i and any decoder A.

    For c_l(i) = E[tau_i h_l] it is 1 + (sum_ij (A^T A)_ij sum_l c_l(i) c_l(j) G_ij^l - 2 sum_i c_1(i) (BA)_ii)/d.
    Expand the square under the expectation; the cross terms are Stein's lemma, the quadratic ones Mehler's formula.
    Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor of the trace.
        other: knob of the mutant, the second coefficient in the series.

    Returns:
        The derivation.

    Example:
        >>> build_units().statement.goal.endswith(" - 2*traced)/d")
        True
    """
    let = {**_let("tau(i, {})"), "F(i,j)": f"Series(l, 0, c(l, i)*{other}*G(i, j)**l)"}
    goal = f"risk == 1 + ({_GRAM} - {factor}*traced)/d"
    square = "Sum(k, 1, d, (z(k) - Sum(i, 1, n, A(k, i)*tau(i, u(i))))**2)"
    cross, picked = "A(k, i)*E[z](z(k)*tau(i, u(i)))", "A(k, i)*(c(1, i)*b(i, k))"
    coded, gram = "A(k, i)*A(k, j)*E[z](tau(i, u(i))*tau(j, u(j)))", "A(k, i)*A(k, j)*F(i, j)"

    def summed(body: str, *indices: str) -> str:
        for v in indices:
            body = f"Sum({v}, 1, {'d' if v == 'k' else 'n'}, {body})"
        return body

    def carried(name: str, left: str, right: str, *indices: str) -> list[dict[str, Any]]:
        steps = [step(f"{name}_", "identity", f"{left} == {right}", name, combine={name: left.split("*E[")[0]})]
        for m in range(1, len(indices) + 1):
            sides = " == ".join(summed(side, *indices[:m]) for side in (left, right))
            steps.append(step(f"{name}_{indices[m - 1]}", "congruence", sides, steps[-1]["id"]))
        return steps

    steps = [
        step("row", "apply", "Sum(m, 1, d, b(i, m)**2) == 1", "unit", at={"i": "i"}),
        step("row_j", "apply", "Sum(m, 1, d, b(j, m)**2) == 1", "unit", at={"i": "j"}),
        step("unit_l2", "apply", "L2[z](tau(i, z(1)))", "square_integrable", at={"i": "i"}),
        step("unit_l2_j", "apply", "L2[z](tau(j, z(1)))", "square_integrable", at={"i": "j"}),
        step(
            "code_l2_i",
            "apply",
            "L2[z](tau(i, u(i)))",
            "axiom:gaussian-direction-square-integrable",
            *("row", "unit_l2"),
            symbols={"s(x)": "tau(i, x)", "u(k)": "b(i, k)"},
        ),
        step("code_l2", "generalize", "All(i, L2[z](tau(i, u(i))))", "code_l2_i"),
        step("data_l2_k", "apply", "L2[z](z(k))", "axiom:gaussian-square-integrable"),
        step("data_l2", "generalize", "All(k, L2[z](z(k)))", "data_l2_k"),
        step(
            "expand",
            "linear",
            f"E[z]({square}) == Sum(k, 1, d, E[z](z(k)*z(k))) - 2*{summed(cross, 'i', 'k')} "
            f"+ {summed(coded, 'j', 'i', 'k')}",
            *("code_l2", "data_l2"),
            prose="Expand the square; the expectation is linear.",
        ),
        step("variance", "apply", "E[z](z(k)*z(k)) == delta(k, k)", "axiom:gaussian-covariance", put={"l": "k"}),
        step("variances", "congruence", "Sum(k, 1, d, E[z](z(k)*z(k))) == Sum(k, 1, d, 1)", "variance"),
        step("k_lo", "assume", "1 <= k"),
        step("k_hi", "assume", "k <= d"),
        step(
            "stein",
            "apply",
            "E[z](z(k)*tau(i, u(i))) == b(i, k)*E[z](z(1)*tau(i, z(1)))",
            "claim:ae.stein",
            *("k_lo", "k_hi", "row", "unit_l2"),
            symbols={"b(m)": "b(i, m)", "sigma(x)": "tau(i, x)"},
            prose="Stein's lemma for the unit vector b_i.",
        ),
        *carried("stein", cross, picked, "i", "k"),
        step(
            "mehler",
            "apply",
            "E[z](tau(i, u(i))*tau(j, u(j))) == Series(l, 0, E[z](tau(i, z(1))*He(l, z(1)))"
            "*E[z](tau(j, z(1))*He(l, z(1)))/fact(l)*G(i, j)**l)",
            "axiom:hermite-expansion",
            *("row", "row_j", "unit_l2", "unit_l2_j"),
            symbols={"s(x)": "tau(i, x)", "t(x)": "tau(j, x)", "u(k)": "b(i, k)", "v(k)": "b(j, k)"},
            prose="Mehler's formula for the unit vectors b_i and b_j.",
        ),
        *carried("mehler", coded, gram, "j", "i", "k"),
        step(
            "moments",
            "identity",
            f"E[z]({square}) == d + {_GRAM} - {factor}*traced",
            *("expand", "variances", "stein_k", "mehler_k"),
            combine={"expand": "1", "variances": "1", "stein_k": "-2", "mehler_k": "1"},
            prose="Put the moments in and reorder the finite sums.",
        ),
        step("positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("goal", "identity", goal, "moments", "positive", combine={"moments": "1/d"}),
    ]
    hyps = {
        "dimension": HYPS["dimension"],
        "unit": HYPS["unit"],
        "square_integrable": "All(i, L2[z](tau(i, z(1))))",
    }
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**_ROWS, "tau(i,x)": "i*x**3 - x"}), steps)


def build_lengths(length: str = "s(i)", free: str = "sigma(s(i)*x) == sigma(x)") -> Proof:
    """Return the derivation of the risk for an encoder whose rows s_i b_i have any lengths, b_i being unit vectors.

    The unit i then has the activation sigma(s_i x): in place of c_l^2 stands c_l(s_i) c_l(s_j), with
    c_l(s) = E[sigma(s z) h_l(z)]. Where sigma(s_i x) = sigma(x), as for the sign and s_i > 0, the risk is that of the
    unit rows. Derived in this project.

    Arguments:
        length: knob of the mutant, the length in the coefficients.
        free: knob of the mutant, what is assumed of an activation that does not see lengths.

    Returns:
        The derivation.

    Example:
        >>> build_lengths().statement.let["c(l,i)"]
        'E[z](sigma(s(i)*z(1))*He(l, z(1)))/sqrt(fact(l))'
    """
    let = {
        "w(i)": "Sum(m, 1, d, s(i)*b(i, m)*z(m))",
        **_let("sigma(s(i)*{})"),
        "c(l,i)": f"E[z](sigma({length}*z(1))*He(l, z(1)))/sqrt(fact(l))",
        "risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, A(k, i)*sigma(w(i))))**2))/d",
        "unit_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, A(k, i)*sigma(u(i))))**2))/d",
    }
    formula = f"risk == 1 + ({_GRAM} - 2*traced)/d"
    assumed = f"All(i, All(x, {free}))"
    error = "(z(k) - Sum(i, 1, n, A(k, i)*sigma({}(i))))**2"
    long, short = error.format("w"), error.format("u")
    steps = [
        step(
            "formula",
            "apply",
            formula,
            "claim:ae.risk-units",
            *("dimension", "unit", "square_integrable"),
            symbols={"tau(i,x)": "sigma(s(i)*x)"},
            prose="Unit i has the activation sigma(s_i x).",
        ),
        step("free", "assume", assumed),
        step("code", "apply", "sigma(w(i)) == sigma(u(i))", "free", at={"i": "i", "x": "u(i)"}),
        step("part", "identity", "A(k, i)*sigma(w(i)) == A(k, i)*sigma(u(i))", "code", combine={"code": "A(k, i)"}),
        step("sum", "congruence", "Sum(i, 1, n, A(k, i)*sigma(w(i))) == Sum(i, 1, n, A(k, i)*sigma(u(i)))", "part"),
        step(
            "square",
            "identity",
            f"{long} == {short}",
            "sum",
            combine={"sum": "Sum(i, 1, n, A(k, i)*sigma(w(i))) + Sum(i, 1, n, A(k, i)*sigma(u(i))) - 2*z(k)"},
        ),
        step("squares", "congruence", f"Sum(k, 1, d, {long}) == Sum(k, 1, d, {short})", "square"),
        step("mean", "congruence", f"E[z](Sum(k, 1, d, {long})) == E[z](Sum(k, 1, d, {short}))", "squares"),
        step("same", "identity", "risk == unit_risk", "mean", combine={"mean": "1/d"}),
        step("freely", "discharge", f"Imp({assumed}, risk == unit_risk)", "same"),
        step("goal", "arithmetic", f"{formula} and Imp({assumed}, risk == unit_risk)", "formula", "freely"),
    ]
    hyps = {
        "dimension": HYPS["dimension"],
        "unit": HYPS["unit"],
        "square_integrable": "All(i, L2[z](sigma(s(i)*z(1))))",
    }
    example = {**_ROWS, "s(i)": "i", "sigma(x)": "x**3 - x"}
    goal = f"{formula} and Imp({assumed}, risk == unit_risk)"
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)
