"""When the inequalities of the lower bound are equalities."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .powers import DECLARE, EXAMPLE, LET, UNIT
from .series import build_trace_bound


def build_stationary(width: str = "n") -> Proof:
    """Return the derivation: where Tr[A^T A G^(l)] = tau^2/n, sum_i G_ie^l a_i = (tau/n) b_e for every row e.

    l = 2h + 1 and tau = Tr[BA]. For every array D and every real s the inequality holds at A + sD, so that the parabola
    2 s L + s^2 C in s has no negative value; hence L = 0, and L is linear in D. Derived in this project.

    Arguments:
        width: knob of the mutant, the divisor of tau.

    Returns:
        The derivation.

    Example:
        >>> build_stationary().statement.goal
        'Sum(i, 1, n, G(i, e)**(2*h + 1)*A(k, i)) == trace/(n)*b(e, k)'
    """
    let = {
        **LET,
        "P(i,j)": "Sum(k, 1, d, b(i, k)*b(j, k))**(2*h + 1)",
        "form": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*P(i, j)))",
        "D_form": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, D(k, i)*D(k, j))*P(i, j)))",
        "D_trace": "Sum(i, 1, n, Sum(k, 1, d, D(k, i)*b(i, k)))",
        "moved": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, (A(k, i) + a*D(k, i))*(A(k, j) + a*D(k, j)))*P(i, j)))",
        "moved_trace": "Sum(i, 1, n, Sum(k, 1, d, (A(k, i) + a*D(k, i))*b(i, k)))",
        "slope(c,j)": f"Sum(i, 1, n, P(i, j)*A(c, i)) - trace/({width})*b(j, c)",
        "L": "Sum(j, 1, n, Sum(c, 1, d, D(c, j)*slope(c, j)))",
        "C": "(D_form - D_trace**2/n)",
    }
    goal = f"Sum(i, 1, n, G(i, e)**(2*h + 1)*A(k, i)) == trace/({width})*b(e, k)"
    rank = ("units", "unit")
    steps = [
        # a parabola without negative values has no linear part
        step("parabola", "assume", "All(a, 0 <= 2*a*x + a**2*y)"),
        step("curved", "assume", "0 <= y"),
        step("lowest", "apply", "0 <= 2*(-x/(y + 1))*x + (-x/(y + 1))**2*y", "parabola", at={"a": "-x/(y + 1)"}),
        step("slope_2", "certificate", "x**2*(y + 2) <= 0", "lowest", "curved", terms=[["lowest", "sq:y + 1"]]),
        step("slope_1", "arithmetic", "x == 0", "slope_2", "curved"),
        step("slope_y", "discharge", "Imp(0 <= y, x == 0)", "slope_1"),
        step(
            "no_slope",
            "discharge",
            "Imp(All(a, 0 <= 2*a*x + a**2*y), 0 <= y, x == 0)",
            "slope_y",
            prose="A parabola through 0 without negative values has no linear part.",
        ),
        # the parabola of the inequality
        step("n_positive", "certificate", "0 < n", "units", terms=[["c:1", "units"], ["c:1"]]),
        step(
            "moved",
            "apply",
            "moved_trace**2/n <= moved",
            "claim:ae.cs-rank",
            *rank,
            symbols={"A(k,i)": "A(k, i) + a*D(k, i)"},
        ),
        step(
            "along",
            "certificate",
            "0 <= 2*a*L + a**2*C",
            "moved",
            "equal",
            "n_positive",
            terms=[["moved"]],
            combine={"equal": "-1"},
            prose="The inequality at A + sD, with equality at s = 0.",
        ),
        step("every_s", "generalize", "All(a, 0 <= 2*a*L + a**2*C)", "along"),
        step("at_D", "apply", "D_trace**2/n <= D_form", "claim:ae.cs-rank", *rank, symbols={"A(k,i)": "D(k, i)"}),
        step("curvature", "certificate", "0 <= C", "at_D", terms=[["at_D"]]),
        step("stationary", "apply", "L == 0", "no_slope", "every_s", "curvature", put={"x": "L", "y": "C"}),
        # one entry of D
        step(
            "entry",
            "apply",
            "Sum(j, 1, n, Sum(c, 1, d, delta(c, k)*delta(j, e)*slope(c, j))) == 0",
            "stationary",
            symbols={"D(c,j)": "delta(c, k)*delta(j, e)"},
        ),
        step(
            "pick_c",
            "sums",
            "Sum(c, 1, d, delta(c, k)*delta(j, e)*slope(c, j)) == delta(j, e)*slope(k, j)",
            "k_lo",
            "k_hi",
            kind="delta",
            index="k",
            rest="delta(j, e)*slope(c, j)",
        ),
        step(
            "pick_cj",
            "congruence",
            "Sum(j, 1, n, Sum(c, 1, d, delta(c, k)*delta(j, e)*slope(c, j))) == Sum(j, 1, n, delta(j, e)*slope(k, j))",
            "pick_c",
        ),
        step(
            "pick_j",
            "sums",
            "Sum(j, 1, n, delta(j, e)*slope(k, j)) == slope(k, e)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="slope(k, j)",
        ),
        step(
            "goal",
            "identity",
            goal,
            "entry",
            "pick_cj",
            "pick_j",
            combine={"entry": "1", "pick_cj": "-1", "pick_j": "-1"},
            prose="Move one entry of A alone.",
        ),
    ]
    hyps = {
        "units": "1 <= n",
        "unit": UNIT,
        "equal": "form == trace**2/n",
        "k_lo": "1 <= k",
        "k_hi": "k <= d",
        "e_lo": "1 <= e",
        "e_hi": "e <= n",
    }
    example = {**EXAMPLE, "h": "1", "A(k,i)": "delta(k, i)", "k": "1", "e": "1"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_trace_equality(width: str = "n", active: str = "0 < w(q)") -> Proof:
    """Return the derivation: equality in Tr[A^T A f(G)] >= tau^2 (1/N + alpha/n) is one in degree 1 and where w_q > 0.

    The sum of the excesses of all degrees is 0 and none is negative. Derived in this project.

    Arguments:
        width: "n" or "d", the number N by which the linear degree is divided.
        active: knob of the mutant, the hypothesis on w_q.

    Returns:
        The derivation.

    Example:
        >>> build_trace_equality().statement.goal
        'linear == trace**2/n and Q(q) == trace**2/n'
    """
    base = build_trace_bound(width)
    level = "trace**2/n"
    first = f"trace**2/{width}"
    goal = f"linear == {first} and Q(q) == {level}"
    steps = [
        *base.steps[:-1],
        step("excess_p", "certificate", f"0 <= w(p)*(Q(p) - {level})", "w_p", "degree", terms=[["w_p", "degree"]]),
        step("excess", "generalize", f"All(p, 0 <= w(p)*(Q(p) - {level}))", "excess_p"),
        step("excesses", "linear", f"Summable(p, 0, w(p)*(Q(p) - {level}))", "sizes", "summable"),
        step("total", "linear", f"Series(p, 0, w(p)*(Q(p) - {level})) == higher - alpha*{level}", "sizes", "summable"),
        step(
            "term",
            "apply",
            f"w(q)*(Q(q) - {level}) <= Series(p, 0, w(p)*(Q(p) - {level}))",
            "axiom:term-of-series",
            "excesses",
            "excess",
            symbols={"s(p)": f"w(p)*(Q(p) - {level})"},
        ),
        step(
            "small",
            "certificate",
            f"w(q)*(Q(q) - {level}) <= 0",
            "term",
            "total",
            "equal",
            "first",
            terms=[["term"], ["first"]],
            combine={"total": "-1", "equal": "-1"},
            prose="The excesses of all degrees add up to 0.",
        ),
        step("degree_q", "apply", f"{level} <= Q(q)", "degree", put={"p": "q"}),
        step("upper_q", "certificate", f"Q(q) <= {level}", "small", "active", terms=[["small"]], times="w(q)"),
        step(
            "upper",
            "certificate",
            f"linear <= {first}",
            "sum",
            "swap",
            "equal",
            terms=[["sum"]],
            combine={"swap": "-1", "equal": "-1"},
        ),
        step("squeeze_lo", "assume", "x <= y"),
        step("squeeze_hi", "assume", "y <= x"),
        step("squeeze_eq", "arithmetic", "x == y", "squeeze_lo", "squeeze_hi"),
        step("squeeze", "discharge", "Imp(x <= y, y <= x, x == y)", "squeeze_eq"),
        step("equal_1", "apply", f"linear == {first}", "squeeze", "upper", "first", put={"x": "linear", "y": first}),
        step("equal_q", "apply", f"Q(q) == {level}", "squeeze", "upper_q", "degree_q", put={"x": "Q(q)", "y": level}),
        step("goal", "arithmetic", goal, "equal_1", "equal_q"),
    ]
    hyps = {
        **base.statement.hyps,
        "equal": f"Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j))) == trace**2*(1/{width} + alpha/n)",
        "active": active,
    }
    example = {**base.statement.inhabited, "A(k,i)": "delta(k, i)", "q": "0"}
    declare = base.statement.declare.replace("n,d,", "n,d,q,")
    return Proof(Statement(goal, hyps, declare=declare, let=base.statement.let, inhabited=example), steps)
