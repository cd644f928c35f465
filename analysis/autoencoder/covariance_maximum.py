"""Stationary shares are the maximum of water-filling; equal variances give the isotropic bound back."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


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
