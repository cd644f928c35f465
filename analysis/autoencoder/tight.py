"""Best decoders from the normal equations, and those of tight frames."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .decoder import build_best_decoder
from .setting import DECLARE, EXAMPLE, HYPS, LET

_KE = "1 <= k, k <= d, 1 <= e, e <= n"
NORMAL = f"All(k, All(e, Imp({_KE}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))))"
SETTING = ("dimension", "unit", "square_integrable", "coefficient", "nonzero")


def build_normal(factor: str = "1") -> Proof:
    """Return the derivation: a decoder S with S f(G) = B^T is best, and its risk is 1 - Tr[BS]/d.

    f(G) need not be invertible, nor the activation odd. As for `ae.best-dec` the square is completed; only the normal
    equations are used. Derived in this project.

    Arguments:
        factor: knob of the mutant, a factor of Tr[BS].

    Returns:
        The derivation.

    Example:
        >>> build_normal().statement.goal
        'least <= risk and best_risk == least'
    """
    best = build_best_decoder()
    let = {k: v for k, v in best.statement.let.items() if k != "S(k,i)"}
    let = {**let, "best_trace": "Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))"}
    let["least"] = f"1 - {factor}*Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d"
    without = ("e_lo", "e_hi", "j_lo", "j_hi", "inverse_ej", "inverse_b", "inverse_sum", "picked")
    steps: list[dict[str, Any]] = []
    for s in best.steps:
        if s["id"] == "normal":
            steps += [
                *(
                    step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
                    for v, top in (("k", "d"), ("e", "n"))
                    for end in ("lo", "hi")
                ),
                step(
                    "normal",
                    "apply",
                    "Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k)",
                    "equations",
                    "k_lo",
                    "k_hi",
                    "e_lo",
                    "e_hi",
                    at={"k": "k", "e": "e"},
                    prose="The normal equations.",
                ),
            ]
        elif s["id"] not in without:
            steps.append(dict(s))
    hyps = {**HYPS, "equations": NORMAL}
    example = {**EXAMPLE, "S(k,i)": "delta(k, i)/7"}
    return Proof(Statement(best.statement.goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


#: n unit rows in R^d, all at the angle of the cosine +-gamma, with B^T B = (n/d) I.
FRAME = {
    "equiangular": "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, "
    "(1 - delta(i, j))*(G(i, j) - gamma)*(G(i, j) + gamma) == 0)))",
    "tight": "All(k, All(m, Imp(1 <= k, k <= d, 1 <= m, m <= d, Sum(i, 1, n, b(i, k)*b(i, m)) == n/d*delta(k, m))))",
}


def build_linear_gram(value: str = "(x + y*n/d)") -> Proof:
    """Return the derivation: if f(G) = x I + y G and B^T B = (n/d) I, the best decoder is B^T/(x + y n/d).

    Its risk is 1 - (n/d)/(x + y n/d). Derived in this project.

    Arguments:
        value: knob of the mutant, the eigenvalue of f(G) on the range of B.

    Returns:
        The derivation.

    Example:
        >>> build_linear_gram().statement.goal.startswith("1 - n/d/(x + y*n/d) <= risk")
        True
    """
    let = {
        **LET,
        "S(k,i)": f"b(i, k)/{value}",
        "best_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(u(i))))**2))/d",
    }
    least = f"1 - n/d/{value}"
    goal = f"{least} <= risk and best_risk == {least}"
    steps = [
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
            for v, top in (("i", "n"), ("k", "d"), ("e", "n"), ("m", "d"))
            for end in ("lo", "hi")
        ),
        step(
            "entry",
            "apply",
            "F(i, e) == x*delta(i, e) + y*G(i, e)",
            "linear",
            "i_lo",
            "i_hi",
            "e_lo",
            "e_hi",
            at={"i": "i", "j": "e"},
        ),
        step(
            "entry_b",
            "identity",
            "b(i, k)*F(i, e) == b(i, k)*(x*delta(i, e) + y*G(i, e))",
            "entry",
            combine={"entry": "b(i, k)"},
        ),
        step(
            "entries",
            "congruence",
            "Sum(i, 1, n, b(i, k)*F(i, e)) == Sum(i, 1, n, b(i, k)*(x*delta(i, e) + y*G(i, e)))",
            "entry_b",
        ),
        step(
            "pick",
            "sums",
            "Sum(i, 1, n, delta(i, e)*b(i, k)) == b(e, k)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="b(i, k)",
        ),
        step(
            "tight_km",
            "apply",
            "Sum(i, 1, n, b(i, k)*b(i, m)) == n/d*delta(k, m)",
            "tight",
            "k_lo",
            "k_hi",
            "m_lo",
            "m_hi",
            at={"k": "k", "m": "m"},
        ),
        step(
            "tight_b",
            "identity",
            "b(e, m)*Sum(i, 1, n, b(i, k)*b(i, m)) == n/d*delta(k, m)*b(e, m)",
            "tight_km",
            combine={"tight_km": "b(e, m)"},
        ),
        step(
            "tight_m",
            "congruence",
            "Sum(m, 1, d, b(e, m)*Sum(i, 1, n, b(i, k)*b(i, m))) == Sum(m, 1, d, n/d*delta(k, m)*b(e, m))",
            "tight_b",
        ),
        step(
            "pick_k",
            "sums",
            "Sum(m, 1, d, delta(k, m)*b(e, m)) == b(e, k)",
            "k_lo",
            "k_hi",
            kind="delta",
            index="k",
            rest="b(e, m)",
        ),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step(
            "normal",
            "identity",
            "Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k)",
            "entries",
            "pick",
            "tight_m",
            "pick_k",
            "value",
            "d_positive",
            combine={
                "entries": f"1/{value}",
                "pick": f"x/{value}",
                "tight_m": f"y/{value}",
                "pick_k": f"y*n/d/{value}",
            },
            prose="B^T f(G) = (x + y n/d) B^T.",
        ),
        step("normal_if", "discharge", f"Imp({_KE}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))", "normal"),
        step(
            "equations",
            "generalize",
            f"All(k, All(e, Imp({_KE}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))))",
            "normal_if",
        ),
        step(
            "best",
            "apply",
            "1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d <= risk and "
            "best_risk == 1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d",
            "claim:ae.normal-equations",
            *SETTING,
            "equations",
            symbols={"S(k,i)": "S(k, i)"},
        ),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("rows", "congruence", "Sum(i, 1, n, G(i, i)) == Sum(i, 1, n, 1)", "row"),
        step(
            "gain",
            "identity",
            f"1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d == {least}",
            "rows",
            "value",
            "d_positive",
            combine={"rows": f"-1/(d*{value})"},
        ),
        step("low", "sign", "1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d <= risk", "best"),
        step("attained", "sign", "best_risk == 1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d", "best"),
        step("low_value", "certificate", f"{least} <= risk", "low", "gain", terms=[["low"]], combine={"gain": "1"}),
        step(
            "attained_value",
            "identity",
            f"best_risk == {least}",
            "attained",
            "gain",
            combine={"attained": "1", "gain": "1"},
        ),
        step("goal", "sign", goal, "low_value", "attained_value"),
    ]
    hyps = {
        **HYPS,
        "tight": FRAME["tight"],
        "linear": "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, F(i, j) == x*delta(i, j) + y*G(i, j))))",
        "value": f"{value} != 0",
    }
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**EXAMPLE, "x": "6", "y": "1"}), steps)
