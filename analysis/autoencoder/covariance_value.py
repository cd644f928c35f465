"""The value of water-filling: convexity over degrees, the best N, aligned axes, where the bound is attained."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .minimiser import ORTHONORMAL, build_attained
from .setting import DECLARE, EXAMPLE, HYPS


def build_inverse_convex(sign: str = "<=") -> Proof:
    """Return the derivation of alpha v.(S^+ v) <= sum_l w_l v.(S_l^+ v), alpha S = sum_l w_l S_l, w_l >= 0.

    S_l = Q_l Q_l^T, and the inverses enter as any solutions S_l x_l = v, S x = v. From 0 <= |Q_l^T (x_l - x)|^2 =
    v.x_l - 2 v.x + x.S_l x, summed with the weights: the quadratic forms of inverses are suprema of linear functions of
    S. (R. Bhatia, Matrix Analysis, chapter V, for operator convexity of the inverse.) Derived in this project.

    Arguments:
        sign: knob of the mutant, the direction.

    Returns:
        The derivation.

    Example:
        >>> build_inverse_convex().statement.goal
        'alpha*Sum(e, 1, d, v(e)*x(e)) <= Sum(l, 1, L, w(l)*Sum(e, 1, d, v(e)*y(l, e)))'
    """
    let = {
        "S(l,e,f)": "Sum(p, 1, N, q(l, e, p)*q(l, f, p))",
        "gap(l,p)": "Sum(e, 1, d, q(l, e, p)*(y(l, e) - x(e)))**2",
        "own(l)": "Sum(e, 1, d, v(e)*y(l, e))",
        "common": "Sum(e, 1, d, v(e)*x(e))",
        "form(l)": "Sum(e, 1, d, Sum(f, 1, d, x(e)*x(f)*S(l, e, f)))",
    }
    goal = f"alpha*Sum(e, 1, d, v(e)*x(e)) {sign} Sum(l, 1, L, w(l)*Sum(e, 1, d, v(e)*y(l, e)))"
    steps = [
        step("e_lo", "assume", "1 <= e"),
        step("e_hi", "assume", "e <= d"),
        step("l_lo", "assume", "1 <= l"),
        step("l_hi", "assume", "l <= L"),
        step(
            "own_e",
            "apply",
            "Sum(f, 1, d, S(l, e, f)*y(l, f)) == v(e)",
            "solved",
            "l_lo",
            "l_hi",
            "e_lo",
            "e_hi",
            at={"l": "l", "e": "e"},
        ),
        step(
            "own_y",
            "identity",
            "y(l, e)*Sum(f, 1, d, S(l, e, f)*y(l, f)) == v(e)*y(l, e)",
            "own_e",
            combine={"own_e": "y(l, e)"},
        ),
        step("own", "congruence", "Sum(e, 1, d, y(l, e)*Sum(f, 1, d, S(l, e, f)*y(l, f))) == own(l)", "own_y"),
        step(
            "mixed_x",
            "identity",
            "x(e)*Sum(f, 1, d, S(l, e, f)*y(l, f)) == v(e)*x(e)",
            "own_e",
            combine={"own_e": "x(e)"},
        ),
        step("mixed", "congruence", "Sum(e, 1, d, x(e)*Sum(f, 1, d, S(l, e, f)*y(l, f))) == common", "mixed_x"),
        step("square", "sign", "0 <= gap(l, p)"),
        step("squares", "monotone", "0 <= Sum(p, 1, N, gap(l, p))", "square"),
        step(
            "linear",
            "certificate",
            "2*common - form(l) <= own(l)",
            "squares",
            "own",
            "mixed",
            terms=[["squares"]],
            combine={"own": "-1", "mixed": "2"},
        ),
        step("w_l", "apply", "0 <= w(l)", "weights", at={"l": "l"}),
        step(
            "weighted",
            "certificate",
            "w(l)*(2*common - form(l)) <= w(l)*own(l)",
            "w_l",
            "linear",
            terms=[["w_l", "linear"]],
        ),
        step("sum", "monotone", "Sum(l, 1, L, w(l)*(2*common - form(l))) <= Sum(l, 1, L, w(l)*own(l))", "weighted"),
        # sum_l w_l x.S_l x = alpha x.v
        step(
            "mean_e",
            "apply",
            "Sum(f, 1, d, Sum(l, 1, L, w(l)*S(l, e, f))*x(f)) == alpha*v(e)",
            "mean",
            "e_lo",
            "e_hi",
            at={"e": "e"},
        ),
        step(
            "mean_x",
            "identity",
            "x(e)*Sum(f, 1, d, Sum(l, 1, L, w(l)*S(l, e, f))*x(f)) == alpha*v(e)*x(e)",
            "mean_e",
            combine={"mean_e": "x(e)"},
        ),
        step(
            "form",
            "congruence",
            "Sum(e, 1, d, x(e)*Sum(f, 1, d, Sum(l, 1, L, w(l)*S(l, e, f))*x(f))) == Sum(e, 1, d, alpha*v(e)*x(e))",
            "mean_x",
        ),
        step(
            "goal",
            "certificate",
            goal,
            "sum",
            "form",
            "total",
            terms=[["sum"]],
            combine={"form": "-1", "total": "2*common"},
        ),
    ]
    hyps = {
        "weights": "All(l, 0 <= w(l))",
        "total": "Sum(l, 1, L, w(l)) == alpha",
        "solved": "All(l, All(e, Imp(1 <= l, l <= L, 1 <= e, e <= d, Sum(f, 1, d, S(l, e, f)*y(l, f)) == v(e))))",
        "mean": "All(e, Imp(1 <= e, e <= d, Sum(f, 1, d, Sum(l, 1, L, w(l)*S(l, e, f))*x(f)) == alpha*v(e)))",
    }
    return Proof(Statement(goal, hyps, declare="l,e,f,p:Z d,L,N:N", let=let, inhabited=CONVEX_EXAMPLE), steps)


#: S_1 = 1 and S_2 = 4 in one dimension, with their mean 5/2.
CONVEX_EXAMPLE = {
    "d": "1",
    "L": "2",
    "N": "1",
    "w(l)": "1",
    "alpha": "2",
    "q(l,e,p)": "l",
    "v(e)": "1",
    "y(l,e)": "1/l**2",
    "x(e)": "2/5",
}


def build_best_product(factor: str = "1") -> Proof:
    """Return the derivation of the least |D|^2 - 2 Tr DN + |N|^2 + alpha Tr[N S^-1 N^T], |D|^2 - Tr[D^2 S/(S + alpha)].

    In the eigenbasis of S, with eigenvalues s_e > 0 and D any matrix there: the difference is a sum of squares, zero at
    N = D S (S + alpha)^-1. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor of alpha in the denominator.

    Returns:
        The derivation.

    Example:
        >>> build_best_product().statement.goal.split(" and ")[0]
        'value == least + Sum(c, 1, d, Sum(e, 1, d, gap(c, e)))'
    """
    let = {
        "value": "Sum(c, 1, d, Sum(e, 1, d, D(c, e)**2 - 2*D(c, e)*X(c, e) + (1 + alpha/s(e))*X(c, e)**2))",
        "gain(c,e)": f"D(c, e)**2*s(e)/(s(e) + {factor}*alpha)",
        "gap(c,e)": "(1 + alpha/s(e))*(X(c, e) - D(c, e)*s(e)/(s(e) + alpha))**2",
        "least": f"Sum(c, 1, d, Sum(e, 1, d, D(c, e)**2 - D(c, e)**2*s(e)/(s(e) + {factor}*alpha)))",
    }
    goal = "value == least + Sum(c, 1, d, Sum(e, 1, d, gap(c, e)))"
    goal += " and 0 <= Sum(c, 1, d, Sum(e, 1, d, gap(c, e)))"
    one = "D(c, e)**2 - 2*D(c, e)*X(c, e) + (1 + alpha/s(e))*X(c, e)**2"
    steps = [
        step("s_e", "apply", "0 < s(e)", "spectrum", at={"e": "e"}),
        step("sum_e", "arithmetic", "0 < s(e) + alpha", "s_e", "curved"),
        step("entry", "identity", f"{one} == D(c, e)**2 - gain(c, e) + gap(c, e)", "s_e", "sum_e"),
        step("row", "congruence", f"Sum(e, 1, d, {one}) == Sum(e, 1, d, D(c, e)**2 - gain(c, e) + gap(c, e))", "entry"),
        step("rows", "congruence", "value == Sum(c, 1, d, Sum(e, 1, d, D(c, e)**2 - gain(c, e) + gap(c, e)))", "row"),
        step("equation", "identity", goal.split(" and ")[0], "rows", combine={"rows": "1"}),
        step("factor", "arithmetic", "0 <= 1 + alpha/s(e)", "s_e", "curved"),
        step(
            "square",
            "certificate",
            "0 <= gap(c, e)",
            "factor",
            terms=[["factor", "sq:X(c, e) - D(c, e)*s(e)/(s(e) + alpha)"]],
        ),
        step("square_e", "monotone", "0 <= Sum(e, 1, d, gap(c, e))", "square"),
        step("squares", "monotone", "0 <= Sum(c, 1, d, Sum(e, 1, d, gap(c, e)))", "square_e"),
        step("goal", "sign", goal, "equation", "squares"),
    ]
    hyps = {"curved": "0 <= alpha", "spectrum": "All(e, 0 < s(e))"}
    example = {"d": "1", "alpha": "1", "s(e)": "1", "D(c,e)": "1", "X(c,e)": "1/2"}
    return Proof(Statement(goal, hyps, declare="c,e:Z d:N", let=let, inhabited=example), steps)


def build_aligned(order: str = "D(k + 1) <= D(k)") -> Proof:
    """Return the derivation of sum_ce P_ce D_c T_e <= sum_c D_c T_c for falling D and T and doubly stochastic P.

    For Tr[D^2 S/(S + alpha)] with P_ce = O_ce^2, O orthogonal between the two eigenbases, this says that the best S has
    the axes of D. Weak duality: with V_e = -sum_{k<e} D_k (T_k - T_{k+1}), D_c (T_e - T_c) <= V_e - V_c.
    (R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., Theorem 8.7.6 and section 7.4.1, von Neumann's trace
    inequality.) Derived in this project.

    Arguments:
        order: knob of the mutant, the order of the first sequence.

    Returns:
        The derivation.

    Example:
        >>> build_aligned().statement.goal
        'Sum(c, 1, d, Sum(e, 1, d, P(c, e)*D(c)*T(e))) <= Sum(c, 1, d, D(c)*T(c))'
    """
    goal = "Sum(c, 1, d, Sum(e, 1, d, P(c, e)*D(c)*T(e))) <= Sum(c, 1, d, D(c)*T(c))"
    let = {"V(e)": "-Sum(k, 1, e - 1, D(k)*(T(k) - T(k + 1)))"}
    up, down = "D(j)*(T(j + {0}) - T(j)) <= V(j + {0}) - V(j)", "D(j + {0})*(T(j) - T(j + {0})) <= V(j) - V(j + {0})"
    one = "D(c)*(T(e) - T(c)) <= V(e) - V(c)"
    drop = "D(k)*(T(k) - T(k + 1))"
    steps = [
        step("j", "assume", "1 <= j"),
        step("jm", "arithmetic", "1 <= j + m", "j"),
        step("D_m", "apply", "D(j + m + 1) <= D(j + m)", "falls_D", "jm", at={"k": "j + m"}),
        step("T_m", "apply", "T(j + m + 1) <= T(j + m)", "falls_T", "jm", at={"k": "j + m"}),
        step("later_D_0", "sign", "D(j + 0) <= D(j)"),
        step("later_D_m", "assume", "D(j + m) <= D(j)"),
        step("later_D_next", "arithmetic", "D(j + (m + 1)) <= D(j)", "later_D_m", "D_m"),
        step("later_D", "induction", "D(j + m) <= D(j)", "later_D_0", "later_D_next", on="m", base="0"),
        step("later_T_0", "sign", "T(j + 0) <= T(j)"),
        step("later_T_m", "assume", "T(j + m) <= T(j)"),
        step("later_T_next", "arithmetic", "T(j + (m + 1)) <= T(j)", "later_T_m", "T_m"),
        step("later_T", "induction", "T(j + m) <= T(j)", "later_T_0", "later_T_next", on="m", base="0"),
        step("later_T_1", "apply", "T(j + (m + 1)) <= T(j)", "later_T", put={"m": "m + 1"}),
        step(
            "split",
            "sums",
            f"Sum(k, 1, j + m, {drop}) == Sum(k, 1, j + m - 1, {drop}) + D(j + m)*(T(j + m) - T(j + m + 1))",
            "jm",
            kind="last",
        ),
        step("up_0", "sign", up.format("0")),
        step("up_m", "assume", up.format("m")),
        step(
            "up_next",
            "certificate",
            up.format("(m + 1)"),
            "up_m",
            "later_D",
            "T_m",
            "split",
            terms=[["up_m"], ["later_D", "T_m"]],
            combine={"split": "-1"},
        ),
        step("up", "induction", up.format("m"), "up_0", "up_next", on="m", base="0"),
        step("down_0", "sign", down.format("0")),
        step("down_m", "assume", down.format("m")),
        step(
            "down_next",
            "certificate",
            down.format("(m + 1)"),
            "down_m",
            "D_m",
            "later_T_1",
            "split",
            terms=[["down_m"], ["D_m", "later_T_1"]],
            combine={"split": "1"},
        ),
        step("down", "induction", down.format("m"), "down_0", "down_next", on="m", base="0"),
        # any two indices
        step("c_lo", "assume", "1 <= c"),
        step("e_lo", "assume", "1 <= e"),
        step("c_first", "assume", "c <= e"),
        step("ahead", "arithmetic", "0 <= e - c", "c_first"),
        step("one_up", "apply", one, "up", "c_lo", "ahead", put={"j": "c", "m": "e - c"}),
        step("if_up", "discharge", f"Imp(c <= e, {one})", "one_up"),
        step("e_first", "assume", "e <= c"),
        step("behind", "arithmetic", "0 <= c - e", "e_first"),
        step("one_down", "apply", one, "down", "e_lo", "behind", put={"j": "e", "m": "c - e"}),
        step("if_down", "discharge", f"Imp(e <= c, {one})", "one_down"),
        step("one", "arithmetic", one, "if_up", "if_down", prose="V is feasible for the dual transport problem."),
        step("c_hi", "assume", "c <= d"),
        step("e_hi", "assume", "e <= d"),
        step("P_ce", "apply", "0 <= P(c, e)", "weights", "c_lo", "c_hi", "e_lo", "e_hi", at={"c": "c", "e": "e"}),
        step(
            "weighted",
            "certificate",
            "P(c, e)*(D(c)*(T(e) - T(c))) <= P(c, e)*(V(e) - V(c))",
            "P_ce",
            "one",
            terms=[["P_ce", "one"]],
        ),
        step(
            "row",
            "monotone",
            "Sum(e, 1, d, P(c, e)*(D(c)*(T(e) - T(c)))) <= Sum(e, 1, d, P(c, e)*(V(e) - V(c)))",
            "weighted",
        ),
        step(
            "all",
            "monotone",
            "Sum(c, 1, d, Sum(e, 1, d, P(c, e)*(D(c)*(T(e) - T(c))))) <= "
            "Sum(c, 1, d, Sum(e, 1, d, P(c, e)*(V(e) - V(c))))",
            "row",
        ),
        step("row_c", "apply", "Sum(e, 1, d, P(c, e)) == 1", "rows", "c_lo", "c_hi", at={"c": "c"}),
        step("row_f", "identity", "F(c)*Sum(e, 1, d, P(c, e)) == F(c)", "row_c", combine={"row_c": "F(c)"}),
        step("rows_F", "congruence", "Sum(c, 1, d, F(c)*Sum(e, 1, d, P(c, e))) == Sum(c, 1, d, F(c))", "row_f"),
        step("column_e", "apply", "Sum(c, 1, d, P(c, e)) == 1", "columns", "e_lo", "e_hi", at={"e": "e"}),
        step("column_f", "identity", "V(e)*Sum(c, 1, d, P(c, e)) == V(e)", "column_e", combine={"column_e": "V(e)"}),
        step("columns_V", "congruence", "Sum(e, 1, d, V(e)*Sum(c, 1, d, P(c, e))) == Sum(e, 1, d, V(e))", "column_f"),
        step(
            "rows_V",
            "apply",
            "Sum(c, 1, d, V(c)*Sum(e, 1, d, P(c, e))) == Sum(c, 1, d, V(c))",
            "rows_F",
            symbols={"F(c)": "V(c)"},
        ),
        step(
            "rows_D",
            "apply",
            "Sum(c, 1, d, D(c)*T(c)*Sum(e, 1, d, P(c, e))) == Sum(c, 1, d, D(c)*T(c))",
            "rows_F",
            symbols={"F(c)": "D(c)*T(c)"},
        ),
        step(
            "goal",
            "certificate",
            goal,
            "all",
            "rows_V",
            "rows_D",
            "columns_V",
            terms=[["all"]],
            combine={"rows_D": "-1", "columns_V": "-1", "rows_V": "1"},
        ),
    ]
    hyps = {
        "falls_D": f"All(k, Imp(1 <= k, {order}))",
        "falls_T": "All(k, Imp(1 <= k, T(k + 1) <= T(k)))",
        "weights": "All(c, All(e, Imp(1 <= c, c <= d, 1 <= e, e <= d, 0 <= P(c, e))))",
        "rows": "All(c, Imp(1 <= c, c <= d, Sum(e, 1, d, P(c, e)) == 1))",
        "columns": "All(e, Imp(1 <= e, e <= d, Sum(c, 1, d, P(c, e)) == 1))",
    }
    return Proof(Statement(goal, hyps, declare="c,e,j,k:Z d,m:N", let=let, inhabited=ALIGNED_EXAMPLE), steps)


#: Two axes exchanged, with falling sequences.
ALIGNED_EXAMPLE = {"d": "2", "D(k)": "-k", "T(k)": "-k", "P(c,e)": "1 - delta(c, e)"}


def build_attained_covariance(scale: str = "1") -> Proof:
    """Return the derivation of E|x - x_hat|^2 = Tr D^2 - n delta^2/(1 + alpha) for orthonormal rows in an eigenspace.

    Rows with D b_i = delta b_i and the decoder A = delta g B^T, g = 1/(1 + alpha). Where n <= d and the n largest
    standard deviations are equal to delta this is the water-filling bound, with shares of 1 for them. Derived in this
    project.

    Arguments:
        scale: knob of the mutant, the value of g (1 + alpha).

    Returns:
        The derivation.

    Example:
        >>> build_attained_covariance().statement.goal
        'E[z](square) == variances - n*delta_**2/(1 + alpha)'
    """
    inner = {
        "one_0",
        "row",
        "one_l",
        "one_next",
        "one",
        "diagonal_l",
        "diagonal",
        "expansion",
        "energy",
        "i_lo",
        "i_hi",
        "j_lo",
        "j_hi",
        "entry",
        "entry_F",
        "row_F",
        "picked",
        "row_sum",
        "rows",
        "traces",
    }
    base = build_attained()
    let = {
        **{k: v for k, v in base.statement.let.items() if k not in ("A(k,i)", "form", "risk", "trace", "r")},
        "square": "Sum(k, 1, d, (D(k)*z(k) - Sum(i, 1, n, delta_*g*b(i, k)/c1*sigma(u(i))))**2)",
        "variances": "Sum(k, 1, d, D(k)**2)",
        "crossed": "Sum(i, 1, n, Sum(k, 1, d, delta_*g*b(i, k)*D(k)*b(i, k)))",
        "form": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, delta_*g*b(i, k)*delta_*g*b(j, k))*F(i, j)))",
    }
    goal = "E[z](square) == variances - n*delta_**2/(1 + alpha)"
    steps = [
        step(
            "risk",
            "apply",
            "E[z](square) == variances - 2*crossed + form",
            "claim:ae.risk-cov",
            "unit",
            "square_integrable",
            "coefficient",
            "nonzero",
            symbols={"s(k)": "D(k)", "A(k,i)": "delta_*g*b(i, k)"},
        ),
        *(s for s in base.steps if s["id"] in inner),
        step("k_lo", "assume", "1 <= k"),
        step("k_hi", "assume", "k <= d"),
        step(
            "eigen_ik",
            "apply",
            "D(k)*b(i, k) == delta_*b(i, k)",
            "eigen",
            "i_lo",
            "i_hi",
            "k_lo",
            "k_hi",
            at={"i": "i", "k": "k"},
        ),
        step(
            "eigen_b",
            "identity",
            "delta_*g*b(i, k)*D(k)*b(i, k) == delta_**2*g*b(i, k)*b(i, k)",
            "eigen_ik",
            combine={"eigen_ik": "delta_*g*b(i, k)"},
        ),
        step(
            "eigen_k",
            "congruence",
            "Sum(k, 1, d, delta_*g*b(i, k)*D(k)*b(i, k)) == Sum(k, 1, d, delta_**2*g*b(i, k)*b(i, k))",
            "eigen_b",
        ),
        step("crossed", "congruence", "crossed == Sum(i, 1, n, Sum(k, 1, d, delta_**2*g*b(i, k)*b(i, k)))", "eigen_k"),
        step("sum", "arithmetic", "1 + alpha != 0", "scale"),
        step("gain", "identity", "g == 1/(1 + alpha)", "scale", "sum", combine={"scale": "1/(1 + alpha)"}),
        step(
            "goal",
            "identity",
            goal,
            "risk",
            "crossed",
            "rows",
            "traces",
            "scale",
            "sum",
            "gain",
            combine={
                "risk": "1",
                "crossed": "-2",
                "rows": "delta_**2*g**2",
                "traces": "-2*delta_**2*g",
                "scale": "delta_**2*g*n",
                "gain": "-delta_**2*n",
            },
        ),
    ]
    hyps = {
        **{k: v for k, v in HYPS.items() if k != "dimension"},
        "orthonormal": ORTHONORMAL,
        "eigen": "All(i, All(k, Imp(1 <= i, i <= n, 1 <= k, k <= d, D(k)*b(i, k) == delta_*b(i, k))))",
        "scale": f"g*(1 + alpha) == {scale}",
    }
    example = {k: v for k, v in EXAMPLE.items() if k != "A(k,i)"}
    example |= {"n": "1", "b(i,k)": "delta(k, 1)", "D(k)": "3 - k", "delta_": "2", "g": "1/7"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)
