"""The lower bound for a general covariance, degree by degree: a test matrix in place of one number.

x = Dz with standard deviations D_c, and C = BD has the unit rows b_i. N = AC. For one odd degree, M = sum_i
(a_i x k_i)(b_i x k_i)^T with k_i a tensor power of b_i, and Q(h) = |M|^2 = Tr[A^T A G^(2h+1)].
"""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .powers import DECLARE, EXAMPLE, LET, TENSOR_LET, UNIT, tensor_norm

_IN = [
    step("i_lo", "assume", "1 <= i"),
    step("i_hi", "assume", "i <= n"),
    step("c_lo", "assume", "1 <= c"),
    step("c_hi", "assume", "c <= d"),
]


def build_weighted_power(most: str = "y") -> Proof:
    """Return the derivation of 2 sum_c w_c N_cc <= Tr[A^T A G^(l)] + n y for odd l and weights with w_c^2 <= y.

    As for one number t in place of the weights, 0 <= sum_s |M q_s - (w x I) q_s|^2, where the last square is at most
    y |q_s|^2 <= y. Derived in this project.

    Arguments:
        most: knob of the mutant, what is added for each unit.

    Returns:
        The derivation.

    Example:
        >>> build_weighted_power().statement.goal
        '2*weighted <= Q(h) + n*(y)'
    """
    let = {
        **LET,
        **TENSOR_LET,
        "weighted": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*w(k)*b(i, k)))",
        "gap(s,c,p)": "(W(s, c, p) - w(c)*q(s, c, p))**2",
        "projected": "Sum(s, 1, n, R(i, s)*q(s, c, p))",
        "mixed": "Sum(i, 1, n, Sum(c, 1, d, Sum(p, 1, N, A(c, i)*w(c)*k(i, p)*projected)))",
        "lengths": "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, w(c)**2*q(s, c, p)**2)))",
    }
    goal = f"2*weighted <= Q(h) + n*({most})"
    bounded = f"2*weighted <= Q(h) + n*({most})"
    steps = [
        *tensor_norm(),
        # Tr[(w x I) M]
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_h", "assume", "G(i, i)**h == 1"),
        step("one_next", "identity", "G(i, i)**(h + 1) == 1", "one_h", "row", combine={"one_h": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**h == 1", "one_0", "one_next", on="h", base="0"),
        step("tensor_ii", "apply", "Sum(p, 1, N, k(i, p)*k(i, p)) == G(i, i)**h", "tensor", at={"i": "i", "j": "i"}),
        step(
            "trace_icp",
            "identity",
            "A(c, i)*w(c)*k(i, p)*projected == A(c, i)*w(c)*k(i, p)*v(i, c, p)",
            "span_icp",
            combine={"span_icp": "-A(c, i)*w(c)*k(i, p)"},
        ),
        step(
            "trace_ic",
            "congruence",
            "Sum(p, 1, N, A(c, i)*w(c)*k(i, p)*projected) == Sum(p, 1, N, A(c, i)*w(c)*k(i, p)*v(i, c, p))",
            "trace_icp",
        ),
        step(
            "trace_i",
            "congruence",
            "Sum(c, 1, d, Sum(p, 1, N, A(c, i)*w(c)*k(i, p)*projected)) == "
            "Sum(c, 1, d, Sum(p, 1, N, A(c, i)*w(c)*k(i, p)*v(i, c, p)))",
            "trace_ic",
        ),
        step(
            "trace_unit",
            "identity",
            "Sum(c, 1, d, Sum(p, 1, N, A(c, i)*w(c)*k(i, p)*projected)) == Sum(k, 1, d, A(k, i)*w(k)*b(i, k))",
            "trace_i",
            "tensor_ii",
            "one",
            combine={
                "trace_i": "1",
                "tensor_ii": "Sum(k, 1, d, A(k, i)*w(k)*b(i, k))",
                "one": "Sum(k, 1, d, A(k, i)*w(k)*b(i, k))",
            },
        ),
        step("trace", "congruence", "mixed == weighted", "trace_unit", prose="The weighted trace of M."),
        # the square
        step("square", "sign", "0 <= gap(s, c, p)"),
        step("square_p", "monotone", "0 <= Sum(p, 1, N, gap(s, c, p))", "square"),
        step("square_c", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p)))", "square_p"),
        step("squares", "monotone", "0 <= Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p))))", "square_c"),
        step(
            "expand",
            "identity",
            "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p)))) == Q(h) - 2*weighted + lengths",
            "norm",
            "trace",
            combine={"norm": "1", "trace": "-2"},
        ),
        step("weight_c", "apply", "w(c)**2 <= y", "weights", "c_lo", "c_hi", at={"c": "c"}),
        step(
            "long_p",
            "certificate",
            "w(c)**2*q(s, c, p)**2 <= y*q(s, c, p)**2",
            "weight_c",
            terms=[["weight_c", "sq:q(s, c, p)"]],
        ),
        step("long_c", "monotone", "Sum(p, 1, N, w(c)**2*q(s, c, p)**2) <= Sum(p, 1, N, y*q(s, c, p)**2)", "long_p"),
        step(
            "long_s",
            "monotone",
            "Sum(c, 1, d, Sum(p, 1, N, w(c)**2*q(s, c, p)**2)) <= Sum(c, 1, d, Sum(p, 1, N, y*q(s, c, p)**2))",
            "long_c",
        ),
        step("short_s", "apply", "Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1", "short", at={"s": "s"}),
        step(
            "length_s",
            "certificate",
            f"Sum(c, 1, d, Sum(p, 1, N, w(c)**2*q(s, c, p)**2)) <= {most}",
            "long_s",
            "short_s",
            "level",
            terms=[["long_s"], ["level", "short_s"]],
        ),
        step(
            "rank",
            "monotone",
            f"lengths <= Sum(s, 1, n, {most})",
            "length_s",
            prose="The basis has at most n elements.",
        ),
        step(
            "bounded",
            "certificate",
            bounded,
            "squares",
            "expand",
            "rank",
            terms=[["squares"], ["rank"]],
            combine={"expand": "-1"},
        ),
        step(
            "with_basis", "introduce", bounded, "axiom:gram-schmidt", "bounded", symbols={"v(i,c,p)": "b(i, c)*k(i, p)"}
        ),
        step("bound", "introduce", bounded, "axiom:tensor-power", "with_basis", put={"m": "h"}),
    ]
    hyps = {"unit": UNIT, "weights": "All(c, Imp(1 <= c, c <= d, w(c)**2 <= y))", "level": "0 <= y"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**EXAMPLE, "w(c)": "1", "y": "1"}), steps)


_PLANE_LET = {
    **{k: LET[k] for k in ("G(i,j)",)},
    "P(c)": "Sum(s, 1, n, q(s, c, 1)**2)",
    "R(i,s)": "Sum(e, 1, d, b(i, e)*q(s, e, 1))",
    "W(s,c)": "Sum(i, 1, n, R(i, s)*A(c, i))",
    "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
    "Q": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)))",
    "projected": "Sum(s, 1, n, R(i, s)*q(s, c, 1))",
    "length(s)": "Sum(c, 1, d, q(s, c, 1)**2)",
    "pair(s,t)": "Sum(c, 1, d, q(s, c, 1)*q(t, c, 1))",
}


def _projector() -> list[dict[str, Any]]:
    """Return the steps, from an orthonormal basis q of the rows b_i, to its projector's diagonal p.

    0 <= p_c ("low"), p_c <= 1 ("high"), sum_c p_c <= n ("rank"), and |AC|^2 in the basis ("norm"); the basis ("span",
    "short", "orthogonal") is assumed.
    """
    rest = "(delta(c, e) - Sum(s, 1, n, q(s, c, 1)*q(s, e, 1)))"
    inner = "Sum(s, 1, n, Sum(t, 1, n, q(s, c, 1)*q(t, c, 1)*Sum(e, 1, d, q(s, e, 1)*q(t, e, 1))))"
    return [
        step(
            "span",
            "assume",
            "All(i, All(c, All(p, Imp(1 <= i, i <= n, 1 <= c, c <= d, 1 <= p, p <= 1, "
            "b(i, c) == Sum(s, 1, n, R(i, s)*q(s, c, p))))))",
        ),
        step("short", "assume", "All(s, Sum(c, 1, d, Sum(p, 1, 1, q(s, c, p)**2)) <= 1)"),
        step(
            "orthogonal",
            "assume",
            "All(s, All(t, Sum(c, 1, d, Sum(p, 1, 1, q(s, c, p)*q(t, c, p))) == "
            "delta(s, t)*Sum(c, 1, d, Sum(p, 1, 1, q(s, c, p)**2))))",
        ),
        *_IN,
        step("one_one", "sign", "1 <= 1"),
        step(
            "span_ic",
            "apply",
            "b(i, c) == projected",
            "span",
            "i_lo",
            "i_hi",
            "c_lo",
            "c_hi",
            "one_one",
            at={"i": "i", "c": "c", "p": "1"},
        ),
        # the inner products of the coordinates
        step(
            "coordinate", "identity", "b(j, c)*projected == b(j, c)*b(i, c)", "span_ic", combine={"span_ic": "-b(j, c)"}
        ),
        step(
            "coordinate_c",
            "congruence",
            "Sum(c, 1, d, b(j, c)*projected) == Sum(c, 1, d, b(j, c)*b(i, c))",
            "coordinate",
        ),
        step(
            "coordinates",
            "identity",
            "Sum(s, 1, n, R(i, s)*R(j, s)) == G(i, j)",
            "coordinate_c",
            combine={"coordinate_c": "1"},
        ),
        step(
            "norm_ij",
            "identity",
            "AA(i, j)*Sum(s, 1, n, R(i, s)*R(j, s)) == AA(i, j)*G(i, j)",
            "coordinates",
            combine={"coordinates": "AA(i, j)"},
        ),
        step(
            "norm_j",
            "congruence",
            "Sum(j, 1, n, AA(i, j)*Sum(s, 1, n, R(i, s)*R(j, s))) == Sum(j, 1, n, AA(i, j)*G(i, j))",
            "norm_ij",
        ),
        step("norm", "congruence", "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*Sum(s, 1, n, R(i, s)*R(j, s)))) == Q", "norm_j"),
        # the diagonal of the projector
        step("low_s", "sign", "0 <= q(s, c, 1)**2"),
        step("low", "monotone", "0 <= P(c)", "low_s"),
        step("short_s", "apply", "Sum(c, 1, d, Sum(p, 1, 1, q(s, c, p)**2)) <= 1", "short", at={"s": "s"}),
        step("rank", "monotone", "Sum(s, 1, n, length(s)) <= Sum(s, 1, n, 1)", "short_s"),
        step("bessel_e", "sign", f"0 <= {rest}**2"),
        step("bessel", "monotone", f"0 <= Sum(e, 1, d, {rest}**2)", "bessel_e"),
        step("axis", "sums", "Sum(e, 1, d, delta(c, e)**2) == 1", "c_lo", "c_hi", kind="delta", index="c", rest="1"),
        step(
            "axis_q",
            "sums",
            "Sum(e, 1, d, delta(c, e)*Sum(s, 1, n, q(s, c, 1)*q(s, e, 1))) == Sum(s, 1, n, q(s, c, 1)*q(s, c, 1))",
            "c_lo",
            "c_hi",
            kind="delta",
            index="c",
            rest="Sum(s, 1, n, q(s, c, 1)*q(s, e, 1))",
        ),
        step("s_lo", "assume", "1 <= s"),
        step("s_hi", "assume", "s <= n"),
        step(
            "pair_st",
            "apply",
            "pair(s, t) == delta(s, t)*length(s)",
            "orthogonal",
            at={"s": "s", "t": "t"},
        ),
        step(
            "pair_q",
            "identity",
            "q(s, c, 1)*q(t, c, 1)*Sum(e, 1, d, q(s, e, 1)*q(t, e, 1)) == delta(s, t)*q(s, c, 1)*q(t, c, 1)*length(s)",
            "pair_st",
            combine={"pair_st": "q(s, c, 1)*q(t, c, 1)"},
        ),
        step(
            "pair_t",
            "congruence",
            "Sum(t, 1, n, q(s, c, 1)*q(t, c, 1)*Sum(e, 1, d, q(s, e, 1)*q(t, e, 1))) == "
            "Sum(t, 1, n, delta(s, t)*q(s, c, 1)*q(t, c, 1)*length(s))",
            "pair_q",
        ),
        step(
            "pick",
            "sums",
            "Sum(t, 1, n, delta(s, t)*q(s, c, 1)*q(t, c, 1)*length(s)) == q(s, c, 1)*q(s, c, 1)*length(s)",
            "s_lo",
            "s_hi",
            kind="delta",
            index="s",
            rest="q(s, c, 1)*q(t, c, 1)*length(s)",
        ),
        step(
            "pair_s",
            "certificate",
            "Sum(t, 1, n, q(s, c, 1)*q(t, c, 1)*Sum(e, 1, d, q(s, e, 1)*q(t, e, 1))) <= q(s, c, 1)**2",
            "pair_t",
            "pick",
            "short_s",
            terms=[["short_s", "sq:q(s, c, 1)"]],
            combine={"pair_t": "-1", "pick": "-1"},
        ),
        step("pairs", "monotone", f"{inner} <= P(c)", "pair_s"),
        step(
            "high",
            "certificate",
            "P(c) <= 1",
            "bessel",
            "axis",
            "axis_q",
            "pairs",
            terms=[["bessel"], ["pairs"]],
            combine={"axis": "-1", "axis_q": "2"},
            prose="Bessel's inequality for the c-th axis.",
        ),
    ]


def build_linear_degree(rank: str = "n") -> Proof:
    """Return the derivation of 2 sum_c g_c N_cc <= |N|^2 + sum_c x_c + y (n - sum_c t_c) in the linear degree.

    For y >= 0, y t_c <= x_c and g_c^2 <= x_c + y (1 - t_c). With P the projector on the rows' span, N = NP, so that
    0 <= |N - gP|^2 = |N|^2 - 2 sum g_c N_cc + sum g_c^2 P_cc; and g_c^2 p <= x_c + y (p - t_c) for all p from 0 to 1,
    where P_cc lies, and sum P_cc <= n. With y = 0, x = g^2 this is |N - g|^2 >= 0; y > 0 tells that N has at most n
    rows' rank. Derived in this project.

    Arguments:
        rank: knob of the mutant, the number of rows.

    Returns:
        The derivation.

    Example:
        >>> build_linear_degree().statement.goal
        '2*weighted <= Q + Sum(c, 1, d, x(c)) + y*(n - Sum(c, 1, d, t(c)))'
    """
    let = {
        **_PLANE_LET,
        "weighted": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*g(k)*b(i, k)))",
        "gap(s,c)": "(W(s, c) - g(c)*q(s, c, 1))**2",
        "mixed": "Sum(i, 1, n, Sum(c, 1, d, A(c, i)*g(c)*projected))",
    }
    goal = f"2*weighted <= Q + Sum(c, 1, d, x(c)) + y*({rank} - Sum(c, 1, d, t(c)))"
    steps = [
        *_projector(),
        step(
            "trace_c",
            "identity",
            "A(c, i)*g(c)*projected == A(c, i)*g(c)*b(i, c)",
            "span_ic",
            combine={"span_ic": "-A(c, i)*g(c)"},
        ),
        step(
            "trace_i",
            "congruence",
            "Sum(c, 1, d, A(c, i)*g(c)*projected) == Sum(c, 1, d, A(c, i)*g(c)*b(i, c))",
            "trace_c",
        ),
        step("trace", "congruence", "mixed == weighted", "trace_i"),
        step("square", "sign", "0 <= gap(s, c)"),
        step("square_c", "monotone", "0 <= Sum(c, 1, d, gap(s, c))", "square"),
        step("squares", "monotone", "0 <= Sum(s, 1, n, Sum(c, 1, d, gap(s, c)))", "square_c"),
        step(
            "expand",
            "identity",
            "Sum(s, 1, n, Sum(c, 1, d, gap(s, c))) == Q - 2*weighted + Sum(c, 1, d, g(c)**2*P(c))",
            "norm",
            "trace",
            combine={"norm": "1", "trace": "-2"},
        ),
        step("none", "apply", "y*t(c) <= x(c)", "kept", "c_lo", "c_hi", at={"c": "c"}),
        step("all", "apply", "g(c)**2 <= x(c) + y*(1 - t(c))", "covered", "c_lo", "c_hi", at={"c": "c"}),
        step(
            "share",
            "certificate",
            "g(c)**2*P(c) <= x(c) + y*(P(c) - t(c))",
            "none",
            "all",
            "low",
            "high",
            terms=[["low", "all"], ["high", "none"]],
            prose="Linear in p, and so between its ends.",
        ),
        step("shares", "monotone", "Sum(c, 1, d, g(c)**2*P(c)) <= Sum(c, 1, d, x(c) + y*(P(c) - t(c)))", "share"),
        step(
            "bounded",
            "certificate",
            goal,
            "squares",
            "expand",
            "shares",
            "rank",
            "level",
            terms=[["squares"], ["shares"], ["level", "rank"]],
            combine={"expand": "-1"},
        ),
        step(
            "bound", "introduce", goal, "axiom:gram-schmidt", "bounded", symbols={"v(i,c,p)": "b(i, c)"}, put={"N": "1"}
        ),
    ]
    hyps = {
        "level": "0 <= y",
        "kept": "All(c, Imp(1 <= c, c <= d, y*t(c) <= x(c)))",
        "covered": "All(c, Imp(1 <= c, c <= d, g(c)**2 <= x(c) + y*(1 - t(c))))",
    }
    example = {**EXAMPLE, "g(c)": "1", "x(c)": "1", "y": "0", "t(c)": "1"}
    return Proof(Statement(goal, hyps, declare="i,j,k,e,c,s,t,p:Z n,d,N:N", let=let, inhabited=example), steps)
