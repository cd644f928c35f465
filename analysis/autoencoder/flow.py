"""The determinant of the Gram matrix along gradient flows on unit rows, and what its growth implies."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import EXAMPLE, HYPS, LET

DECLARE = "i,j,k,m,e,c:Z n,d,l,p:N"
_RANGE = "1 <= i, i <= n, 1 <= j, j <= n"
#: The matrix K of the flow b_i' = kappa (sum_j K_ij b_j - lambda_i b_i) that keeps unit rows, and G' along it.
FLOW_LET = {
    "G(i,j)": LET["G(i,j)"],
    "lam(i)": "Sum(j, 1, n, K(i, j)*G(i, j))",
    "v(i,c)": "kappa*(Sum(j, 1, n, K(i, j)*b(j, c)) - lam(i)*b(i, c))",
    "dG(i,j)": "Sum(c, 1, d, v(i, c)*b(j, c) + b(i, c)*v(j, c))",
    "log_rate": "Sum(i, 1, n, Sum(j, 1, n, Y(i, j)*dG(i, j)))",
}
FLOW_HYPS = {
    "left": f"All(i, All(j, Imp({_RANGE}, Sum(m, 1, n, Y(i, m)*G(m, j)) == delta(i, j))))",
    "right": f"All(i, All(j, Imp({_RANGE}, Sum(m, 1, n, G(i, m)*Y(m, j)) == delta(i, j))))",
}
FLOW_EXAMPLE = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "Y(i,j)": "delta(i, j)"}
_IN_RANGE = (
    step("i_lo", "assume", "1 <= i"),
    step("i_hi", "assume", "i <= n"),
    step("j_lo", "assume", "1 <= j"),
    step("j_hi", "assume", "j <= n"),
)
_USED = ("i_lo", "i_hi", "j_lo", "j_hi")


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
        *_IN_RANGE,
        step(
            "right_ij",
            "apply",
            "Sum(m, 1, n, G(i, m)*Y(m, j)) == delta(i, j)",
            "right",
            *_USED,
            at={"i": "i", "j": "j"},
        ),
        step(
            "left_ij", "apply", "Sum(m, 1, n, Y(i, m)*G(m, j)) == delta(i, j)", "left", *_USED, at={"i": "i", "j": "j"}
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


def build_tied_growth(factor: str = "2") -> Proof:
    """Return the derivation of sum_{i != j} G_ij h'(G_ij) >= 2 |G - I|^2 for h(t) = t f(t) and unit rows.

    With f(t) = t + sum_p w_p t^(2p + 3), t h'(t) = 2 t^2 + sum_p (2p + 4) w_p t^(2p + 4): even
    powers. So log det G of `ae.tied-logdet` grows at least at the rate 4 kappa |G - I|^2. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor 2.

    Returns:
        The derivation.

    Example:
        >>> build_tied_growth().statement.goal
        '2*Sum(i, 1, n, Sum(j, 1, n, (G(i, j) - delta(i, j))**2)) <= growth'
    """
    square = "Sum(i, 1, n, Sum(j, 1, n, (G(i, j) - delta(i, j))**2))"
    off = "Sum(i, 1, n, Sum(j, 1, n, (1 - delta(i, j))*G(i, j)**2))"
    let = {
        "G(i,j)": LET["G(i,j)"],
        "higher(i,j)": "(1 - delta(i, j))*(2*p + 4)*w(p)*G(i, j)**(2*p + 4)",
        "entry(i,j)": "(1 - delta(i, j))*2*G(i, j)**2 + Series(p, 0, higher(i, j))",
        "growth": "Sum(i, 1, n, Sum(j, 1, n, entry(i, j)))",
    }
    goal = f"{factor}*{square} <= growth"
    steps = [
        step("w_p", "apply", "0 <= w(p)", "weights", at={"p": "p"}),
        *_IN_RANGE,
        step("summable_ij", "apply", "Summable(p, 0, higher(i, j))", "summable", *_USED, at={"i": "i", "j": "j"}),
        step("even", "sign", "0 <= (G(i, j)**(p + 2))**2"),
        step("off_sign", "certificate", "0 <= 1 - delta(i, j)", terms=[["sq:1 - delta(i, j)"]]),
        step("p_sign", "sign", "0 <= 2*p + 4"),
        step(
            "term",
            "certificate",
            "0 <= higher(i, j)",
            "w_p",
            "even",
            "off_sign",
            "p_sign",
            terms=[["off_sign", "p_sign", "w_p", "even"]],
        ),
        step("series", "monotone", "0 <= Series(p, 0, higher(i, j))", "term", "summable_ij"),
        step("above", "certificate", "(1 - delta(i, j))*2*G(i, j)**2 <= entry(i, j)", "series", terms=[["series"]]),
        step(
            "above_j", "monotone", "Sum(j, 1, n, (1 - delta(i, j))*2*G(i, j)**2) <= Sum(j, 1, n, entry(i, j))", "above"
        ),
        step(
            "above_i",
            "monotone",
            "Sum(i, 1, n, Sum(j, 1, n, (1 - delta(i, j))*2*G(i, j)**2)) <= growth",
            "above_j",
            prose="The higher degrees contribute even powers.",
        ),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step(
            "pick",
            "sums",
            "Sum(j, 1, n, delta(i, j)*(G(i, j) - 1)**2) == (G(i, i) - 1)**2",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest="(G(i, j) - 1)**2",
        ),
        step(
            "picked",
            "identity",
            "Sum(j, 1, n, delta(i, j)*(G(i, j) - 1)**2) == 0",
            "pick",
            "row",
            combine={"pick": "1", "row": "G(i, i) - 1"},
        ),
        step(
            "diagonal",
            "congruence",
            "Sum(i, 1, n, Sum(j, 1, n, delta(i, j)*(G(i, j) - 1)**2)) == Sum(i, 1, n, 0)",
            "picked",
        ),
        step(
            "split",
            "identity",
            f"{square} == {off}",
            "diagonal",
            combine={"diagonal": "1"},
            prose="The diagonal of G - I is 0.",
        ),
        step("goal", "certificate", goal, "above_i", "split", terms=[["above_i"]], combine={"split": "-2"}),
    ]
    hyps = {
        "unit": HYPS["unit"],
        "weights": "All(p, 0 <= w(p))",
        "summable": f"All(i, All(j, Imp({_RANGE}, Summable(p, 0, higher(i, j)))))",
    }
    example = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "w(p)": "delta(p, 0)"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_tied_time(factor: str = "4") -> Proof:
    """Return the derivation of 4 m (integral of kappa over [0, T]) <= L(0) where m bounds |G - I|^2 below on [0, T].

    L = -log det G has L' = -D with D >= 4 kappa S, S = |G - I|^2 (`ae.tied-logdet`, `ae.tied-ge`), for any positive
    kappa = 2 beta^2/d that may change with time, and L(T) >= 0 by Hadamard's inequality; integrate. Derived in this
    project.

    Arguments:
        factor: knob of the mutant, the factor 4.

    Returns:
        The derivation.

    Example:
        >>> build_tied_time().statement.goal
        '4*m*Int(t, 0, T, kappa(t)) <= L(0)'
    """
    goal = f"{factor}*m*Int(t, 0, T, kappa(t)) <= L(0)"
    within = "0 <= t, t <= T"
    steps = [
        step("derivative_t", "apply", "HasDeriv(t, L(t), -D(t))", "derivative", at={"t": "t"}),
        step("continuous_mD", "continuous", "Cont(t, 0, T, -D(t))", "continuous_D"),
        step(
            "area",
            "fundamental-theorem",
            "Int(t, 0, T, -D(t)) == L(T) - L(0)",
            "derivative_t",
            "continuous_L",
            "continuous_mD",
            "time",
            F="L(t)",
        ),
        step("t_lo", "assume", "0 <= t"),
        step("t_hi", "assume", "t <= T"),
        step("fast", "apply", "4*kappa(t)*S(t) <= D(t)", "decay", "t_lo", "t_hi", at={"t": "t"}),
        step("far", "apply", "m <= S(t)", "least", "t_lo", "t_hi", at={"t": "t"}),
        step("kappa_t", "apply", "0 <= kappa(t)", "kappa", "t_lo", "t_hi", at={"t": "t"}),
        step(
            "rate",
            "certificate",
            "-D(t) <= -4*m*kappa(t)",
            "fast",
            "far",
            "kappa_t",
            terms=[["fast"], ["c:4", "kappa_t", "far"]],
        ),
        step("continuous_mk", "continuous", "Cont(t, 0, T, -4*m*kappa(t))", "continuous_kappa"),
        step(
            "compare",
            "monotone",
            "Int(t, 0, T, -D(t)) <= Int(t, 0, T, -4*m*kappa(t))",
            "rate",
            "continuous_mD",
            "continuous_mk",
            "time",
        ),
        step(
            "factor", "linear", "Int(t, 0, T, -4*m*kappa(t)) == -4*m*Int(t, 0, T, kappa(t))", "continuous_kappa", "time"
        ),
        step(
            "goal",
            "certificate",
            goal,
            "compare",
            "area",
            "factor",
            "hadamard",
            terms=[["compare"], ["hadamard"]],
            combine={"area": "1", "factor": "-1"},
        ),
    ]
    hyps = {
        "time": "0 <= T",
        "kappa": f"All(t, Imp({within}, 0 <= kappa(t)))",
        "continuous_kappa": "Cont(t, 0, T, kappa(t))",
        "derivative": "All(t, HasDeriv(t, L(t), -D(t)))",
        "continuous_L": "Cont(t, 0, T, L(t))",
        "continuous_D": "Cont(t, 0, T, D(t))",
        "decay": f"All(t, Imp({within}, 4*kappa(t)*S(t) <= D(t)))",
        "least": f"All(t, Imp({within}, m <= S(t)))",
        "hadamard": "0 <= L(T)",
    }
    return Proof(Statement(goal, hyps, "", {}, FALLING, FALLING_STEPS), steps)


#: L falls from 1 to 0 in the time 1 at the least speed that is allowed.
FALLING = {"T": "1", "m": "1", "kappa(t)": "1/4", "L(t)": "1 - t", "D(t)": "1", "S(t)": "1"}
FALLING_STEPS = (
    {"for": "derivative", **step("slope", "derivative", "HasDeriv(t, 1 - t, -1)")},
    {"for": "derivative", **step("slopes", "generalize", "All(t, HasDeriv(t, 1 - t, -1))", "slope")},
)


def build_tied_convergence(factor: str = "4") -> Proof:
    """Return the derivation of 4 kappa m T <= L(0) for a fixed kappa: |G - I|^2 gets below L(0)/(4 kappa T) by time T.

    So every full-rank start converges to orthonormal rows along the tied flow (n <= d), at least at the rate 1/T.

    Arguments:
        factor: knob of the mutant, the factor 4.

    Returns:
        The derivation.

    Example:
        >>> build_tied_convergence().statement.goal
        '4*kappa*m*T <= L(0)'
    """
    general = build_tied_time().statement.hyps
    hyps = {k: v.replace("kappa(t)", "kappa") for k, v in general.items() if k not in ("kappa", "continuous_kappa")}
    hyps["sign"] = "0 <= kappa"
    goal = f"{factor}*kappa*m*T <= L(0)"
    steps = [
        step("kappa_t", "discharge", "Imp(0 <= t, t <= T, 0 <= kappa)", "sign"),
        step("kappas", "generalize", "All(t, Imp(0 <= t, t <= T, 0 <= kappa))", "kappa_t"),
        step("constant", "continuous", "Cont(t, 0, T, kappa)"),
        step(
            "general",
            "apply",
            "4*m*Int(t, 0, T, kappa) <= L(0)",
            "claim:ae.tied-anybeta",
            "kappas",
            "constant",
            *(k for k in hyps if k != "sign"),
            symbols={"kappa(t)": "kappa"},
        ),
        step("slope", "derivative", "HasDeriv(t, kappa*t, kappa)"),
        step("line", "continuous", "Cont(t, 0, T, kappa*t)"),
        step(
            "area",
            "fundamental-theorem",
            "Int(t, 0, T, kappa) == kappa*T",
            "slope",
            "line",
            "constant",
            "time",
            F="kappa*t",
        ),
        step("goal", "certificate", goal, "general", "area", terms=[["general"]], combine={"area": "4*m"}),
    ]
    example = {k: v for k, v in FALLING.items() if k != "kappa(t)"} | {"kappa": "1/4"}
    return Proof(Statement(goal, hyps, "", {}, example, FALLING_STEPS), steps)
