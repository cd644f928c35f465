"""The tied flow: how fast its rows become orthonormal, and where it stands still."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .flow import DECLARE, FLOW_LET, IN_RANGE, RANGE, USED
from .setting import EXAMPLE, HYPS, LET


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
        *IN_RANGE,
        step("summable_ij", "apply", "Summable(p, 0, higher(i, j))", "summable", *USED, at={"i": "i", "j": "j"}),
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
        "summable": f"All(i, All(j, Imp({RANGE}, Summable(p, 0, higher(i, j)))))",
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


def build_stuck(pairs: str = "h(G(i, j)) == 0 or b(j, c) == G(i, j)*b(i, c)") -> Proof:
    """Return the derivation: rows that are pairwise equal, opposite or orthogonal do not move along the tied flow.

    Off the diagonal K_ij = -h'(G_ij) with h'(0) = 0, and b_j = G_ij b_i for equal or opposite rows. Two copies of a
    basis are such rows (n = 2d), so for n > d the tied flow need not reach an equiangular frame. Derived in this
    project.

    Arguments:
        pairs: knob of the mutant, what holds for each pair of rows.

    Returns:
        The derivation.

    Example:
        >>> build_stuck().statement.goal
        'Imp(1 <= i, i <= n, 1 <= c, c <= d, v(i, c) == 0)'
    """
    let = {"G(i,j)": LET["G(i,j)"], "K(i,j)": "-(1 - delta(i, j))*h(G(i, j))", **FLOW_LET}
    goal = "Imp(1 <= i, i <= n, 1 <= c, c <= d, v(i, c) == 0)"
    step_j = "K(i, j)*(b(j, c) - G(i, j)*b(i, c))"
    names = (("i", "n"), ("j", "n"), ("c", "d"))
    steps = [
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
            for v, top in names
            for end in ("lo", "hi")
        ),
        step(
            "pair",
            "apply",
            pairs,
            "pairs",
            *(f"{v}_{end}" for v, _ in names for end in ("lo", "hi")),
            at={"i": "i", "j": "j", "c": "c"},
        ),
        step("product", "arithmetic", "h(G(i, j))*(b(j, c) - G(i, j)*b(i, c)) == 0", "pair"),
        step("term", "identity", f"{step_j} == 0", "product", combine={"product": "-(1 - delta(i, j))"}),
        step("terms", "congruence", f"Sum(j, 1, n, {step_j}) == Sum(j, 1, n, 0)", "term"),
        step("still", "identity", "v(i, c) == 0", "terms", combine={"terms": "kappa"}, prose="No row moves."),
        step("goal", "discharge", goal, "still"),
    ]
    ranges = "1 <= i, i <= n, 1 <= j, j <= n, 1 <= c, c <= d"
    hyps = {"pairs": f"All(i, All(j, All(c, Imp({ranges}, {pairs}))))"}
    copies = "delta(k, 1)*(delta(i, 1) + delta(i, 3)) + delta(k, 2)*(1 - delta(i, 1) - delta(i, 3))"
    example = {"n": "4", "d": "2", "b(i,k)": copies, "h(x)": "2*x + 6*x**5"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)
