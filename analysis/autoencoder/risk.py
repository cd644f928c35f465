"""The risk of a two-layer autoencoder as Gaussian moments."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import DECLARE, EXAMPLE, HYPS, LET

SQUARE_INTEGRABLE = [
    step("row", "apply", "Sum(m, 1, d, b(i, m)**2) == 1", "unit", at={"i": "i"}),
    step(
        "code_l2_i",
        "apply",
        "L2[z](sigma(u(i)))",
        "axiom:gaussian-direction-square-integrable",
        "row",
        "square_integrable",
        symbols={"s(x)": "sigma(x)", "u(k)": "b(i, k)"},
    ),
    step(
        "code_l2",
        "generalize",
        "All(i, L2[z](sigma(u(i))))",
        "code_l2_i",
        prose="b_i.z is standard normal because b_i is a unit vector, so each unit of the code is square integrable.",
    ),
    step("data_l2_k", "apply", "L2[z](z(k))", "axiom:gaussian-square-integrable"),
    step("data_l2", "generalize", "All(k, L2[z](z(k)))", "data_l2_k"),
]


def code_moments() -> list[dict[str, Any]]:
    """Return the steps to E[z_k sigma(u_i)] = c_1 b_ik ("cross") and E[sigma(u_i) sigma(u_j)] = c_1^2 F_ij ("gram").

    They use the hypotheses of the setting, and "row" (which SQUARE_INTEGRABLE proves); "cross" assumes 1 <= k <= d.
    """
    return [
        step("k_lo", "assume", "1 <= k"),
        step("k_hi", "assume", "k <= d"),
        step(
            "stein",
            "apply",
            "E[z](z(k)*sigma(u(i))) == b(i, k)*E[z](z(1)*sigma(z(1)))",
            "claim:ae.stein",
            "k_lo",
            "k_hi",
            "row",
            "square_integrable",
            symbols={"b(m)": "b(i, m)"},
            prose="Stein's lemma for the unit vector b_i.",
        ),
        step("cross", "identity", "E[z](z(k)*sigma(u(i))) == c1*b(i, k)", "stein", "coefficient"),
        step("row_j", "apply", "Sum(m, 1, d, b(j, m)**2) == 1", "unit", at={"i": "j"}),
        step(
            "mehler",
            "apply",
            "E[z](sigma(u(i))*sigma(u(j))) == Series(l, 0, E[z](sigma(z(1))*He(l, z(1)))"
            "*E[z](sigma(z(1))*He(l, z(1)))/fact(l)*G(i, j)**l)",
            "axiom:hermite-expansion",
            "row",
            "row_j",
            "square_integrable",
            symbols={"s(x)": "sigma(x)", "t(x)": "sigma(x)", "u(k)": "b(i, k)", "v(k)": "b(j, k)"},
            prose="Mehler's formula for the unit vectors b_i and b_j.",
        ),
        step("gram", "identity", "E[z](sigma(u(i))*sigma(u(j))) == c1**2*F(i, j)", "mehler", "nonzero"),
    ]


def build_risk(factor: str = "2", power: str = "2") -> Proof:
    """Return the derivation of R = 1 + (Tr[A^T A F] - 2 Tr[BA])/d from the definition of the risk.

    Here F_ij = sum_l (c_l/c_1)^2 G_ij^l for every activation (odd or not), A is the normalised decoder, n and d are any
    widths. The case of `ae.risk-units` where all units have one activation. Derived in this project for the setting of
    ICML 2023.

    Arguments:
        factor: knob of the mutant, the factor of Tr[BA].
        power: knob of the mutant, the power of c_l/c_1 in F.

    Returns:
        The derivation.

    Example:
        >>> build_risk().statement.goal.startswith("risk == 1 + (")
        True
    """
    let = {**LET, "F(i,j)": f"Series(l, 0, (c(l)/c1)**{power}*G(i, j)**l)"}
    gram = "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*F(i, j)))"
    goal = f"risk == 1 + ({gram} - {factor}*trace)/d"
    divided = "Sum(k, 1, d, A(k, i)/c1*(A(k, j)/c1))*Series(l, 0, c(l)**2*G(i, j)**l)"
    steps = [
        step("each_l2", "generalize", "All(i, L2[z](sigma(z(1))))", "square_integrable"),
        step(
            "units",
            "apply",
            f"risk == 1 + (Sum(i, 1, n, Sum(j, 1, n, {divided})) "
            "- 2*Sum(i, 1, n, c(1)*Sum(k, 1, d, A(k, i)/c1*b(i, k))))/d",
            "claim:ae.risk-units",
            *("dimension", "unit", "each_l2"),
            symbols={"tau(i,x)": "sigma(x)", "A(k,i)": "A(k, i)/c1"},
            prose="All units have one activation, and the decoder is A/c_1.",
        ),
        step("positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step(
            "risk",
            "identity",
            goal,
            *("units", "coefficient", "nonzero", "positive"),
            combine={"units": "1", "coefficient": "2*trace/(c1*d)"},
            prose="Divide by c_1.",
        ),
    ]
    return Proof(Statement(goal, HYPS, declare=DECLARE, let=let, inhabited=EXAMPLE), steps)
