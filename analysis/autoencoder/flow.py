"""The determinant of the Gram matrix along gradient flows on unit rows."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import EXAMPLE, HYPS, LET

DECLARE = "i,j,k,m,e,c:Z n,d,l,p:N"
RANGE = "1 <= i, i <= n, 1 <= j, j <= n"
#: The matrix K of the flow b_i' = kappa (sum_j K_ij b_j - lambda_i b_i) that keeps unit rows, and G' along it.
FLOW_LET = {
    "G(i,j)": LET["G(i,j)"],
    "lam(i)": "Sum(j, 1, n, K(i, j)*G(i, j))",
    "v(i,c)": "kappa*(Sum(j, 1, n, K(i, j)*b(j, c)) - lam(i)*b(i, c))",
    "dG(i,j)": "Sum(c, 1, d, v(i, c)*b(j, c) + b(i, c)*v(j, c))",
    "log_rate": "Sum(i, 1, n, Sum(j, 1, n, Y(i, j)*dG(i, j)))",
}
FLOW_HYPS = {
    "left": f"All(i, All(j, Imp({RANGE}, Sum(m, 1, n, Y(i, m)*G(m, j)) == delta(i, j))))",
    "right": f"All(i, All(j, Imp({RANGE}, Sum(m, 1, n, G(i, m)*Y(m, j)) == delta(i, j))))",
}
FLOW_EXAMPLE = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "Y(i,j)": "delta(i, j)"}
IN_RANGE = (
    step("i_lo", "assume", "1 <= i"),
    step("i_hi", "assume", "i <= n"),
    step("j_lo", "assume", "1 <= j"),
    step("j_hi", "assume", "j <= n"),
)
USED = ("i_lo", "i_hi", "j_lo", "j_hi")


def build_log_det(factor: str = "2") -> Proof:
    """Return the derivation of Tr[G^-1 G'] = 2 kappa (Tr K - sum_ij K_ij G_ij) along b_i' = kappa (K B - Lambda B)_i.

    Lambda_i = sum_j K_ij G_ij takes the part along b_i away, so that the rows stay unit vectors; G is invertible with
    inverse Y. By Jacobi's formula the left side is the derivative of log det G. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor 2.

    Returns:
        The derivation.

    Example:
        >>> build_log_det().statement.goal
        'log_rate == 2*kappa*(Sum(i, 1, n, K(i, i)) - Sum(i, 1, n, lam(i)))'
    """
    goal = f"log_rate == {factor}*kappa*(Sum(i, 1, n, K(i, i)) - Sum(i, 1, n, lam(i)))"
    steps: list[dict[str, Any]] = [
        *IN_RANGE,
        step(
            "right_ij",
            "apply",
            "Sum(m, 1, n, G(i, m)*Y(m, j)) == delta(i, j)",
            "right",
            *USED,
            at={"i": "i", "j": "j"},
        ),
        step(
            "left_ij", "apply", "Sum(m, 1, n, Y(i, m)*G(m, j)) == delta(i, j)", "left", *USED, at={"i": "i", "j": "j"}
        ),
    ]
    for side, picked, weight in (
        ("right", "Sum(m, 1, n, G(i, m)*Y(m, j))", "K(j, i)"),
        ("left", "Sum(m, 1, n, Y(i, m)*G(m, j))", "K(i, j)"),
    ):
        value = "K(i, i)"
        steps += [
            step(
                f"{side}_K",
                "identity",
                f"{weight}*{picked} == {weight}*delta(i, j)",
                f"{side}_ij",
                combine={f"{side}_ij": weight},
            ),
            step(
                f"{side}_j",
                "congruence",
                f"Sum(j, 1, n, {weight}*{picked}) == Sum(j, 1, n, {weight}*delta(i, j))",
                f"{side}_K",
            ),
            step(
                f"{side}_pick",
                "sums",
                f"Sum(j, 1, n, {weight}*delta(i, j)) == {value}",
                "i_lo",
                "i_hi",
                kind="delta",
                index="i",
                rest=weight,
            ),
            step(
                f"{side}_row",
                "identity",
                f"Sum(j, 1, n, {weight}*{picked}) == {value}",
                f"{side}_j",
                f"{side}_pick",
                combine={f"{side}_j": "1", f"{side}_pick": "1"},
            ),
            step(
                f"{side}_rows",
                "congruence",
                f"Sum(i, 1, n, Sum(j, 1, n, {weight}*{picked})) == Sum(i, 1, n, {value})",
                f"{side}_row",
            ),
        ]
    steps += [
        step(
            "left_ii",
            "apply",
            "Sum(m, 1, n, Y(i, m)*G(m, i)) == delta(i, i)",
            "left",
            "i_lo",
            "i_hi",
            at={"i": "i", "j": "i"},
        ),
        step(
            "right_ii",
            "apply",
            "Sum(m, 1, n, G(i, m)*Y(m, i)) == delta(i, i)",
            "right",
            "i_lo",
            "i_hi",
            at={"i": "i", "j": "i"},
        ),
        step(
            "lam_left",
            "identity",
            "lam(i)*Sum(m, 1, n, Y(i, m)*G(m, i)) == lam(i)",
            "left_ii",
            combine={"left_ii": "lam(i)"},
        ),
        step(
            "lam_right",
            "identity",
            "lam(i)*Sum(m, 1, n, G(i, m)*Y(m, i)) == lam(i)",
            "right_ii",
            combine={"right_ii": "lam(i)"},
        ),
        step(
            "lams_left",
            "congruence",
            "Sum(i, 1, n, lam(i)*Sum(m, 1, n, Y(i, m)*G(m, i))) == Sum(i, 1, n, lam(i))",
            "lam_left",
        ),
        step(
            "lams_right",
            "congruence",
            "Sum(i, 1, n, lam(i)*Sum(m, 1, n, G(i, m)*Y(m, i))) == Sum(i, 1, n, lam(i))",
            "lam_right",
        ),
        step(
            "goal",
            "identity",
            goal,
            "left_rows",
            "right_rows",
            "lams_left",
            "lams_right",
            combine={"left_rows": "kappa", "right_rows": "kappa", "lams_left": "-kappa", "lams_right": "-kappa"},
            prose="The trace of G^-1 G' in its four parts; G is symmetric.",
        ),
    ]
    example = {**FLOW_EXAMPLE, "K(i,j)": "0"}
    return Proof(Statement(goal, FLOW_HYPS, declare=DECLARE, let=FLOW_LET, inhabited=example), steps)


def build_tied_log_det(factor: str = "2") -> Proof:
    """Return the derivation of d/dt log det G = 2 kappa sum_{i != j} G_ij h'(G_ij) along the tied flow.

    For the decoder beta B^T the risk is a constant plus (beta^2/d) sum_{i != j} h(G_ij) (`ae.tied-risk`), so that its
    projected flow has K_ij = -h'(G_ij) off the diagonal and 0 on it, kappa = 2 beta^2/d. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor 2.

    Returns:
        The derivation.

    Example:
        >>> build_tied_log_det().statement.let["K(i,j)"]
        '-(1 - delta(i, j))*h(G(i, j))'
    """
    let = {"G(i,j)": LET["G(i,j)"], "K(i,j)": "-(1 - delta(i, j))*h(G(i, j))", **FLOW_LET}
    goal = f"log_rate == {factor}*kappa*Sum(i, 1, n, Sum(j, 1, n, (1 - delta(i, j))*G(i, j)*h(G(i, j))))"
    return _instance(goal, let, "kappa", {"h(x)": "x"})


def build_flow_log_det(factor: str = "2") -> Proof:
    """Return the derivation of d/dt log det G = 2 kappa Theta along the flow of the risk with the best decoder.

    Theta = sum_{i != j} G_ij (W_ij f'(G_ij) - X_ij), X = f(G)^-1, W = X G X: the gradient of Tr[G X] (`ae.grad`) gives
    K = X - W o f'(G) with the diagonal of f' set to 0. X and W may be any matrices here. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor 2.

    Returns:
        The derivation.

    Example:
        >>> build_flow_log_det().statement.let["K(i,j)"]
        'X(i, j) - (1 - delta(i, j))*W(i, j)*f(G(i, j))'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "K(i,j)": "X(i, j) - (1 - delta(i, j))*W(i, j)*f(G(i, j))",
        **FLOW_LET,
    }
    theta = "Sum(i, 1, n, Sum(j, 1, n, (1 - delta(i, j))*G(i, j)*(W(i, j)*f(G(i, j)) - X(i, j))))"
    goal = f"log_rate == {factor}*kappa*{theta}"
    return _instance(goal, let, "kappa", {"X(i,j)": "delta(i, j)", "W(i,j)": "0", "f(x)": "x"})


def _instance(goal: str, let: dict[str, str], kappa: str, example: dict[str, str]) -> Proof:
    """Return the derivation from `ae.log-det` for the matrix K among the abbreviations."""
    steps = [
        step(
            "general",
            "apply",
            f"log_rate == 2*{kappa}*(Sum(i, 1, n, K(i, i)) - Sum(i, 1, n, lam(i)))",
            "claim:ae.log-det",
            "left",
            "right",
            symbols={"K(i,j)": "K(i, j)"},
        ),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step(
            "pick",
            "sums",
            "Sum(j, 1, n, delta(i, j)*(K(i, j)*G(i, j))) == K(i, i)*G(i, i)",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest="K(i, j)*G(i, j)",
        ),
        step(
            "diagonal",
            "identity",
            "Sum(j, 1, n, delta(i, j)*(K(i, j)*G(i, j))) == K(i, i)",
            "pick",
            "row",
            combine={"pick": "1", "row": "K(i, i)"},
            prose="The diagonal of G is 1.",
        ),
        step(
            "diagonals",
            "congruence",
            "Sum(i, 1, n, Sum(j, 1, n, delta(i, j)*(K(i, j)*G(i, j)))) == Sum(i, 1, n, K(i, i))",
            "diagonal",
        ),
        step("goal", "identity", goal, "general", "diagonals", combine={"general": "1", "diagonals": f"-2*{kappa}"}),
    ]
    hyps = {"unit": HYPS["unit"], **FLOW_HYPS}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**FLOW_EXAMPLE, **example}), steps)
