"""The best decoder for a given encoder: complete the square in the decoder."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .risk import SQUARE_INTEGRABLE, code_moments
from .setting import DECLARE, EXAMPLE, HYPS, LET

_INVERSE = "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, Sum(m, 1, n, F(i, m)*X(m, j)) == delta(i, j))))"


def build_best_decoder(factor: str = "1", side: str = "X(i, j)") -> Proof:
    """Return the derivation of: every decoder's risk is at least 1 - Tr[G X]/d, and A* = B^T X^T has that risk.

    X is the inverse of F = f(G), F_ij = sum_l (c_l/c_1)^2 G_ij^l; the activation need not be odd. F is positive
    semidefinite because c_1^2 F is the matrix of second moments of the code, and R(A) - R(A*) is the square
    Tr[(A - A*) F (A - A*)^T]/d. Derived in this project.

    Arguments:
        factor: knob of the mutant, a factor of Tr[G X].
        side: knob of the mutant, what stands for X in the best decoder.

    Returns:
        The derivation.

    Example:
        >>> build_best_decoder().statement.goal
        'least <= risk and best_risk == least'
    """
    let = {
        **LET,
        "S(k,i)": f"Sum(j, 1, n, {side}*b(j, k))",
        "least": f"1 - {factor}*Sum(i, 1, n, Sum(j, 1, n, G(i, j)*X(i, j)))/d",
        "best_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(u(i))))**2))/d",
        "quadratic": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*F(i, j)))",
        "best_quadratic": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, S(k, i)*S(k, j))*F(i, j)))",
        "mixed": "Sum(k, 1, d, Sum(e, 1, n, A(k, e)*Sum(i, 1, n, S(k, i)*F(i, e))))",
        "best_trace": "Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))",
        "code": "Sum(i, 1, n, x(i)*sigma(u(i)))",
        "form": "Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*F(i, j)))",
        "D(k,i)": "A(k, i) - S(k, i)",
    }
    goal = "least <= risk and best_risk == least"
    setting = ("dimension", "unit", "square_integrable", "coefficient", "nonzero")
    moments = {s["id"]: s for s in code_moments()}
    steps = [
        step(
            "risk_A",
            "apply",
            "risk == 1 + (quadratic - 2*trace)/d",
            "claim:ae.risk",
            *setting,
            prose="The risk as Gaussian moments.",
        ),
        step(
            "risk_S",
            "apply",
            "best_risk == 1 + (best_quadratic - 2*best_trace)/d",
            "claim:ae.risk",
            *setting,
            symbols={"A(k,i)": "S(k, i)"},
        ),
        # F is positive semidefinite
        *(s for s in SQUARE_INTEGRABLE if not s["id"].startswith("data")),
        moments["row_j"],
        moments["mehler"],
        moments["gram"],
        step("square", "sign", "0 <= code**2"),
        step("mean_square", "monotone", "0 <= E[z](code**2)", "square"),
        step(
            "expand",
            "linear",
            "E[z](code**2) == Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*E[z](sigma(u(i))*sigma(u(j)))))",
            "code_l2",
        ),
        step(
            "gram_x",
            "identity",
            "x(i)*x(j)*E[z](sigma(u(i))*sigma(u(j))) == c1**2*x(i)*x(j)*F(i, j)",
            "gram",
            combine={"gram": "x(i)*x(j)"},
        ),
        step(
            "gram_xj",
            "congruence",
            "Sum(j, 1, n, x(i)*x(j)*E[z](sigma(u(i))*sigma(u(j)))) == Sum(j, 1, n, c1**2*x(i)*x(j)*F(i, j))",
            "gram_x",
        ),
        step(
            "gram_xi",
            "congruence",
            "Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*E[z](sigma(u(i))*sigma(u(j))))) == "
            "Sum(i, 1, n, Sum(j, 1, n, c1**2*x(i)*x(j)*F(i, j)))",
            "gram_xj",
        ),
        step(
            "scaled",
            "identity",
            "E[z](code**2) == c1**2*form",
            "expand",
            "gram_xi",
            combine={"expand": "1", "gram_xi": "1"},
        ),
        step(
            "psd",
            "certificate",
            "0 <= form",
            "mean_square",
            "scaled",
            "nonzero",
            terms=[["mean_square"]],
            times="c1**2",
            prose="x^T F x is the second moment of a combination of the code, divided by c_1^2.",
        ),
        step(
            "psd_k",
            "apply",
            "0 <= Sum(i, 1, n, Sum(j, 1, n, D(k, i)*D(k, j)*F(i, j)))",
            "psd",
            symbols={"x(i)": "D(k, i)"},
        ),
        step(
            "gap",
            "monotone",
            "0 <= Sum(k, 1, d, Sum(i, 1, n, Sum(j, 1, n, D(k, i)*D(k, j)*F(i, j))))",
            "psd_k",
            prose="The gap Tr[(A - A*) F (A - A*)^T] is not negative.",
        ),
        # the normal equations A* F = B^T
        step("e_lo", "assume", "1 <= e"),
        step("e_hi", "assume", "e <= n"),
        step("j_lo", "assume", "1 <= j"),
        step("j_hi", "assume", "j <= n"),
        step(
            "inverse_ej",
            "apply",
            "Sum(m, 1, n, F(e, m)*X(m, j)) == delta(e, j)",
            "inverse",
            "e_lo",
            "e_hi",
            "j_lo",
            "j_hi",
            at={"i": "e", "j": "j"},
        ),
        step(
            "inverse_b",
            "identity",
            "Sum(i, 1, n, F(e, i)*X(i, j))*b(j, k) == delta(e, j)*b(j, k)",
            "inverse_ej",
            combine={"inverse_ej": "b(j, k)"},
        ),
        step(
            "inverse_sum",
            "congruence",
            "Sum(j, 1, n, Sum(i, 1, n, F(e, i)*X(i, j))*b(j, k)) == Sum(j, 1, n, delta(e, j)*b(j, k))",
            "inverse_b",
        ),
        step(
            "picked",
            "sums",
            "Sum(j, 1, n, delta(e, j)*b(j, k)) == b(e, k)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="b(j, k)",
        ),
        step(
            "normal",
            "identity",
            "Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k)",
            "inverse_sum",
            "picked",
            combine={"inverse_sum": "1", "picked": "1"},
            prose="The normal equations A* F = B^T; F is symmetric.",
        ),
        step(
            "normal_A",
            "identity",
            "A(k, e)*Sum(i, 1, n, S(k, i)*F(i, e)) == A(k, e)*b(e, k)",
            "normal",
            combine={"normal": "A(k, e)"},
        ),
        step(
            "normal_Ae",
            "congruence",
            "Sum(e, 1, n, A(k, e)*Sum(i, 1, n, S(k, i)*F(i, e))) == Sum(e, 1, n, A(k, e)*b(e, k))",
            "normal_A",
        ),
        step("mixed", "congruence", "mixed == Sum(k, 1, d, Sum(e, 1, n, A(k, e)*b(e, k)))", "normal_Ae"),
        step(
            "best_mixed",
            "apply",
            "Sum(k, 1, d, Sum(e, 1, n, S(k, e)*Sum(i, 1, n, S(k, i)*F(i, e)))) == "
            "Sum(k, 1, d, Sum(e, 1, n, S(k, e)*b(e, k)))",
            "mixed",
            symbols={"A(k,i)": "S(k, i)"},
        ),
        # the square is complete
        step("positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step(
            "value",
            "identity",
            "best_risk == least",
            "risk_S",
            "best_mixed",
            "positive",
            combine={"risk_S": "1", "best_mixed": "1/d"},
            prose="The risk of A*.",
        ),
        step(
            "complete",
            "identity",
            "risk == least + Sum(k, 1, d, Sum(i, 1, n, Sum(j, 1, n, D(k, i)*D(k, j)*F(i, j))))/d",
            "risk_A",
            "mixed",
            "best_mixed",
            "positive",
            combine={"risk_A": "1", "mixed": "2/d", "best_mixed": "-1/d"},
            prose="Completing the square in A.",
        ),
        step(
            "above",
            "certificate",
            "least <= risk",
            "complete",
            "gap",
            "positive",
            terms=[["gap"]],
            times="d",
            combine={"complete": "d"},
        ),
        step("both", "arithmetic", goal, "above", "value"),
    ]
    hyps = {**HYPS, "inverse": _INVERSE}
    return Proof(
        Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**EXAMPLE, "X(i,j)": "delta(i,j)/7"}), steps
    )
