"""The value of water-filling: convexity over degrees, the best N, aligned axes, the maximum, where it is attained."""

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
        >>> build_best_product().statement.goal.count("Sum")
        6
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


def build_maximum(factor: str = "1") -> Proof:
    """Return the derivation: no other shares gain more than stationary ones, sum D^2 s/(alpha + s), min(n, d) active.

    For each direction and any test v, g = D - alpha v: D^2 S/(alpha + S) <= g^2 + alpha v^2 S, by Cauchy-Schwarz. With
    v = min(o, D/alpha), as in the bound, the sum over shares S with sum n and at most n of them active is at most the
    stationary value: the conditions used in the bound do name the maximum. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor of the competitor's gain.

    Returns:
        The derivation.

    Example:
        >>> build_maximum().statement.goal
        '1*Sum(h, 1, d, D(h)**2*S(h)/(alpha + S(h))) <= Sum(h, 1, d, D(h)**2*s(h)/(alpha + s(h)))'
    """
    goal = f"{factor}*Sum(h, 1, d, D(h)**2*S(h)/(alpha + S(h))) <= Sum(h, 1, d, D(h)**2*s(h)/(alpha + s(h)))"
    case = "t(h) == 1 and D(h) == o*(alpha + s(h)) and e <= o*s(h) or t(h) == 0 and s(h) == 0 and D(h) <= alpha*o + e"
    other = "T(h) == 1 or T(h) == 0 and S(h) == 0"
    one = "D(h)**2*S(h)/(alpha + S(h)) <= o**2*s(h)**2 + e**2*(T(h) - t(h)) + alpha*o**2*S(h)"
    active = "D(h)**2*S(h)/(alpha + S(h)) <= (D(h) - alpha*v)**2 + alpha*v**2*S(h)"
    worth = "D(h)**2*s(h)/(alpha + s(h)) == o**2*s(h)*(alpha + s(h))"
    steps = [
        step("h_lo", "assume", "1 <= h"),
        step("h_hi", "assume", "h <= d"),
        step("s_h", "apply", "0 <= s(h)", "shares", at={"h": "h"}),
        step("S_h", "apply", "0 <= S(h)", "others", at={"h": "h"}),
        step("D_h", "apply", "0 <= D(h)", "deviations", at={"h": "h"}),
        step("case", "apply", case, "stationary", "h_lo", "h_hi", at={"h": "h"}),
        step("other", "apply", other, "active", "h_lo", "h_hi", at={"h": "h"}),
        step("sum_S", "arithmetic", "0 < alpha + S(h)", "curved", "S_h"),
        step(
            "tested",
            "certificate",
            active,
            "curved",
            "sum_S",
            times="alpha + S(h)",
            terms=[["c:alpha", "sq:D(h) - alpha*v - v*S(h)"]],
        ),
        # an active direction of the stationary shares: v = o
        step("inside", "assume", "t(h) == 1 and D(h) == o*(alpha + s(h)) and e <= o*s(h)"),
        step("product", "certificate", "0 <= o*s(h)", "level", "s_h", terms=[["level", "s_h"]]),
        step("at_o", "apply", active.replace("v", "o"), "tested", put={"v": "o"}),
        step("g_in", "arithmetic", "D(h) - alpha*o == o*s(h)", "inside"),
        step(
            "gain_in",
            "identity",
            "(D(h) - alpha*o)**2 == o**2*s(h)**2",
            "g_in",
            combine={"g_in": "D(h) - alpha*o + o*s(h)"},
        ),
        step("edge_in", "arithmetic", "e**2 <= (o*s(h))**2", "inside", "edge", "product"),
        step("in_active", "arithmetic", f"Imp(T(h) == 1, {one})", "inside", "at_o", "gain_in"),
        step("zero_S", "assume", "S(h) == 0"),
        step("zero_gain", "identity", "D(h)**2*S(h)/(alpha + S(h)) == 0", "zero_S"),
        step("in_idle", "arithmetic", f"Imp(T(h) == 0, {one})", "inside", "zero_gain", "zero_S", "edge_in"),
        step("in_idle_if", "discharge", f"Imp(S(h) == 0, Imp(T(h) == 0, {one}))", "in_idle"),
        step("one_in", "arithmetic", one, "other", "in_active", "in_idle_if"),
        step("if_in", "discharge", f"Imp(t(h) == 1 and D(h) == o*(alpha + s(h)) and e <= o*s(h), {one})", "one_in"),
        # an idle one: v = min(o, D/alpha)
        step("outside", "assume", "t(h) == 0 and s(h) == 0 and D(h) <= alpha*o + e"),
        step("low", "assume", "D(h) <= alpha*o"),
        step("at_D", "apply", active.replace("v", "(D(h)/alpha)"), "tested", put={"v": "D(h)/alpha"}),
        step("flat", "identity", "(D(h) - alpha*(D(h)/alpha))**2 == 0", "curved"),
        step("below", "arithmetic", "D(h)/alpha <= o", "low", "curved"),
        step("ratio", "arithmetic", "0 <= D(h)/alpha", "D_h", "curved"),
        step(
            "ratio_square",
            "certificate",
            "(D(h)/alpha)**2 <= o**2",
            "below",
            "ratio",
            "level",
            terms=[["below", "level"], ["below", "ratio"]],
        ),
        step(
            "weighed",
            "certificate",
            "alpha*(D(h)/alpha)**2*S(h) <= alpha*o**2*S(h)",
            "ratio_square",
            "S_h",
            "curved",
            terms=[["c:alpha", "S_h", "ratio_square"]],
        ),
        step("T_sign", "arithmetic", "0 <= T(h)", "other"),
        step("edge_T", "certificate", "0 <= e**2*T(h)", "T_sign", terms=[["T_sign", "sq:e"]]),
        step("out_low", "arithmetic", one, "outside", "at_D", "flat", "weighed", "edge_T"),
        step("if_low", "discharge", f"Imp(D(h) <= alpha*o, {one})", "out_low"),
        step("high", "assume", "alpha*o <= D(h)"),
        step("gap_low", "arithmetic", "0 <= D(h) - alpha*o", "high"),
        step("gap_high", "arithmetic", "D(h) - alpha*o <= e", "outside"),
        step(
            "gap",
            "certificate",
            "(D(h) - alpha*o)**2 <= e**2",
            "gap_low",
            "gap_high",
            "edge",
            terms=[["gap_high", "edge"], ["gap_high", "gap_low"]],
        ),
        step("out_high_active", "arithmetic", f"Imp(T(h) == 1, {one})", "outside", "at_o", "gap"),
        step("out_high_idle", "arithmetic", f"Imp(T(h) == 0, {one})", "outside", "zero_gain", "zero_S"),
        step("out_high_idle_if", "discharge", f"Imp(S(h) == 0, Imp(T(h) == 0, {one}))", "out_high_idle"),
        step("out_high", "arithmetic", one, "other", "out_high_active", "out_high_idle_if"),
        step("if_high", "discharge", f"Imp(alpha*o <= D(h), {one})", "out_high"),
        step("one_out", "arithmetic", one, "if_low", "if_high"),
        step("if_out", "discharge", f"Imp(t(h) == 0 and s(h) == 0 and D(h) <= alpha*o + e, {one})", "one_out"),
        step("one", "arithmetic", one, "case", "if_in", "if_out"),
        step(
            "sum",
            "monotone",
            "Sum(h, 1, d, D(h)**2*S(h)/(alpha + S(h))) <= "
            "Sum(h, 1, d, o**2*s(h)**2 + e**2*(T(h) - t(h)) + alpha*o**2*S(h))",
            "one",
        ),
        step("sum_s", "arithmetic", "0 < alpha + s(h)", "curved", "s_h"),
        step("worth_in", "identity", worth.replace("D(h)", "(o*(alpha + s(h)))"), "sum_s"),
        step("worth_h", "arithmetic", worth, "case", "worth_in", "sum_s"),
        step(
            "worth",
            "congruence",
            "Sum(h, 1, d, D(h)**2*s(h)/(alpha + s(h))) == Sum(h, 1, d, o**2*s(h)*(alpha + s(h)))",
            "worth_h",
        ),
        step("edge_square", "sign", "0 <= e**2"),
        step(
            "goal",
            "certificate",
            goal,
            "sum",
            "worth",
            "total",
            "others_total",
            "rank",
            "few",
            "edge_square",
            terms=[["sum"], ["edge_square", "few"]],
            combine={"worth": "1", "total": "alpha*o**2", "others_total": "-alpha*o**2", "rank": "-e"},
        ),
    ]
    hyps = {
        "curved": "0 < alpha",
        "deviations": "All(h, 0 <= D(h))",
        "level": "0 <= o",
        "edge": "0 <= e",
        "shares": "All(h, 0 <= s(h))",
        "total": "Sum(h, 1, d, s(h)) == n",
        "stationary": f"All(h, Imp(1 <= h, h <= d, {case}))",
        "rank": "e*(n - Sum(h, 1, d, t(h))) == 0",
        "others": "All(h, 0 <= S(h))",
        "others_total": "Sum(h, 1, d, S(h)) == n",
        "active": f"All(h, Imp(1 <= h, h <= d, {other}))",
        "few": "Sum(h, 1, d, T(h)) <= n",
    }
    example = {
        "n": "1",
        "d": "1",
        "alpha": "1",
        "D(h)": "2",
        "s(h)": "1",
        "t(h)": "1",
        "o": "1",
        "e": "0",
        "S(h)": "1",
        "T(h)": "1",
    }
    return Proof(Statement(goal, hyps, declare="h:Z n,d:N", inhabited=example), steps)


def build_isotropic(width: str = "max(r, 1)") -> Proof:
    """Return the derivation: for D = I water-filling is the bound 1 - r/(max(r, 1) + alpha) again.

    n is shared equally by m = min(n, d) directions. Derived in this project.

    Arguments:
        width: knob of the mutant, what stands for max(r, 1).

    Returns:
        The derivation.

    Example:
        >>> build_isotropic().statement.goal
        '(d - m*share/(alpha + share))/d == 1 - r/(max(r, 1) + alpha)'
    """
    let = {"m": "min(n, d)", "share": "(n/min(n, d))", "r": "n/d"}
    goal = f"(d - m*share/(alpha + share))/d == 1 - r/({width} + alpha)"
    steps = [
        step("r", "sign", "0 < n/d", "dimension", "units"),
        step("narrow", "assume", "n <= d"),
        step("m_low", "arithmetic", "m == n", "narrow"),
        step("r_low", "arithmetic", f"{width} == 1", "narrow", "dimension"),
        step("sum_low", "arithmetic", "0 < alpha + 1", "curved"),
        step("low_rate", "arithmetic", f"r/({width} + alpha) == r/(1 + alpha)", "r_low", "sum_low"),
        step("low_gain", "arithmetic", "m*share/(alpha + share) == n/(alpha + 1)", "m_low", "units", "sum_low"),
        step(
            "low",
            "identity",
            goal,
            "low_gain",
            "low_rate",
            "dimension",
            "sum_low",
            combine={"low_gain": "-1/d", "low_rate": "1"},
        ),
        step("if_low", "discharge", f"Imp(n <= d, {goal})", "low"),
        step("wide", "assume", "d <= n"),
        step("m_high", "arithmetic", "m == d", "wide"),
        step("r_high", "arithmetic", f"{width} == r", "wide", "dimension"),
        step(
            "sum_high",
            "certificate",
            "0 < alpha*d + n",
            "curved",
            "dimension",
            "units",
            terms=[["curved", "dimension"], ["units"]],
        ),
        step("high_rate", "arithmetic", f"r/({width} + alpha) == r/(r + alpha)", "r_high", "r", "curved"),
        step(
            "high_gain",
            "arithmetic",
            "m*share/(alpha + share) == n/(alpha + n/d)",
            "m_high",
            "dimension",
            "r",
            "curved",
        ),
        step(
            "high",
            "identity",
            goal,
            "high_gain",
            "high_rate",
            "dimension",
            "sum_high",
            combine={"high_gain": "-1/d", "high_rate": "1"},
        ),
        step("if_high", "discharge", f"Imp(d <= n, {goal})", "high"),
        step("goal", "arithmetic", goal, "if_low", "if_high"),
    ]
    hyps = {"dimension": "0 < d", "units": "0 < n", "curved": "0 <= alpha"}
    return Proof(Statement(goal, hyps, declare="n,d:N", let=let, inhabited={"n": "1", "d": "2", "alpha": "1"}), steps)


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
