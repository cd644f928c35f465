"""The cubic degree of the bound where there are more units than coordinates: two test tensors at once."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import EXAMPLE, HYPS, LET

DECLARE = "i,j,k,m,e,c,p,s,r:Z n,d:N"
#: One array of length 1 among zeros, and the steps that show the hypotheses of Bessel's inequality for it.
ONE_ARRAY = {"n": "1", "d": "1", "N": "1", "q(s,c,p)": "delta(s, 1)", "Z(c,p)": "1"}
ONE_ARRAY_STEPS = (
    {**step("short_s", "arithmetic", "delta(s, 1)**2 <= 1"), "for": "short"},
    {**step("short_all", "generalize", "All(s, delta(s, 1)**2 <= 1)", "short_s"), "for": "short"},
    {**step("pair_sr", "arithmetic", "delta(s, 1)*delta(r, 1) == delta(s, r)*delta(s, 1)**2"), "for": "orthogonal"},
    {**step("pairs", "generalize", "All(s, All(r, delta(s, 1)*delta(r, 1) == delta(s, r)*delta(s, 1)**2))", "pair_sr"),
     "for": "orthogonal"},
)  # fmt: skip
_ORTHONORMAL = {
    "short": "All(s, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1)",
    "orthogonal": "All(s, All(r, inner(s, r) == delta(s, r)*inner(s, s)))",
}


def build_bessel(factor: str = "1") -> Proof:
    """Return the derivation of Bessel's inequality: sum_s <Z, q_s>^2 <= |Z|^2 for orthogonal arrays q_s, |q_s| <= 1.

    The square of the distance of Z from its projection is not negative.

    Arguments:
        factor: knob of the mutant, a factor of the sum.

    Returns:
        The derivation.

    Example:
        >>> build_bessel().statement.goal
        '1*Sum(s, 1, n, zeta(s)**2) <= Sum(c, 1, d, Sum(p, 1, N, Z(c, p)**2))'
    """
    let = {
        "inner(s,r)": "Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)*q(r, c, p)))",
        "zeta(s)": "Sum(c, 1, d, Sum(p, 1, N, Z(c, p)*q(s, c, p)))",
        "rest(c,p)": "(Z(c, p) - Sum(s, 1, n, zeta(s)*q(s, c, p)))**2",
    }
    goal = f"{factor}*Sum(s, 1, n, zeta(s)**2) <= Sum(c, 1, d, Sum(p, 1, N, Z(c, p)**2))"
    pair, picked = "zeta(s)*zeta(r)*inner(s, r)", "delta(s, r)*zeta(s)*zeta(r)*inner(s, s)"
    own = "Sum(s, 1, n, zeta(s)**2*inner(s, s))"
    steps = [
        step("short_s", "apply", "inner(s, s) <= 1", "short", at={"s": "s"}),
        step("short_z", "certificate", "zeta(s)**2*inner(s, s) <= zeta(s)**2", "short_s",
             terms=[["short_s", "sq:zeta(s)"]]),
        step("shorts", "monotone", f"{own} <= Sum(s, 1, n, zeta(s)**2)", "short_z"),
        step("pair_sr", "apply", "inner(s, r) == delta(s, r)*inner(s, s)", "orthogonal", at={"s": "s", "r": "r"}),
        step("crossed", "identity", f"{pair} == {picked}", "pair_sr", combine={"pair_sr": "zeta(s)*zeta(r)"}),
        step("crossed_r", "congruence", f"Sum(r, 1, n, {pair}) == Sum(r, 1, n, {picked})", "crossed"),
        step("crossed_s", "congruence",
             f"Sum(s, 1, n, Sum(r, 1, n, {pair})) == Sum(s, 1, n, Sum(r, 1, n, {picked}))", "crossed_r"),
        step("rest", "sign", "0 <= rest(c, p)"),
        step("rest_p", "monotone", "0 <= Sum(p, 1, N, rest(c, p))", "rest"),
        step("rests", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, N, rest(c, p)))", "rest_p"),
        step("value", "identity", "Sum(c, 1, d, Sum(p, 1, N, rest(c, p))) == "
             f"Sum(c, 1, d, Sum(p, 1, N, Z(c, p)**2)) - 2*Sum(s, 1, n, zeta(s)**2) + {own}",
             "crossed_s", combine={"crossed_s": "1"}),
        step("goal", "certificate", goal, "rests", "value", "shorts", terms=[["rests"], ["shorts"]],
             combine={"value": "-1"}),
    ]  # fmt: skip
    statement = Statement(
        goal, _ORTHONORMAL, declare="c,p,s,r:Z n,d,N:N", let=let, inhabited=ONE_ARRAY, inhabited_steps=ONE_ARRAY_STEPS
    )
    return Proof(statement, steps)


def _norm() -> list[dict[str, Any]]:
    """Return the steps from a basis q of the b_i x b_i ("span", "short", "orthogonal", assumed) to |M|^2 ("norm")."""
    projected = "Sum(s, 1, n, R(i, s)*q(s, c, p))"
    return [
        step("span", "assume",
             f"All(i, All(c, All(p, Imp(1 <= i, i <= n, 1 <= c, c <= d, 1 <= p, p <= d, v(i, c, p) == {projected}))))"),
        *(step(name, "assume", text.replace("N", "d")) for name, text in _ORTHONORMAL.items()),
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
            for v, top in (("i", "n"), ("c", "d"), ("p", "d")) for end in ("lo", "hi")
        ),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("span_icp", "apply", f"v(i, c, p) == {projected}", "span",
             *("i_lo", "i_hi", "c_lo", "c_hi", "p_lo", "p_hi"), at={"i": "i", "c": "c", "p": "p"}),
        step("coordinate", "identity", f"v(j, c, p)*{projected} == v(j, c, p)*v(i, c, p)", "span_icp",
             combine={"span_icp": "-v(j, c, p)"}),
        step("coordinate_p", "congruence",
             f"Sum(p, 1, d, v(j, c, p)*{projected}) == Sum(p, 1, d, v(j, c, p)*v(i, c, p))", "coordinate"),
        step("coordinate_c", "congruence",
             f"Sum(c, 1, d, Sum(p, 1, d, v(j, c, p)*{projected})) == Sum(c, 1, d, Sum(p, 1, d, v(j, c, p)*v(i, c, p)))",
             "coordinate_p"),
        step("norm_ij", "identity", "Sum(s, 1, n, R(i, s)*R(j, s))*AA(i, j)*G(i, j) == AA(i, j)*G(i, j)**3",
             "coordinate_c", combine={"coordinate_c": "AA(i, j)*G(i, j)"}),
        step("norm_j", "congruence",
             "Sum(j, 1, n, Sum(s, 1, n, R(i, s)*R(j, s))*AA(i, j)*G(i, j)) == Sum(j, 1, n, AA(i, j)*G(i, j)**3)",
             "norm_ij"),
        step("norm", "congruence", "gram == cubic", "norm_j", prose="The squared norm of M."),
    ]  # fmt: skip


def build_weighted_cubic(rank: str = "n") -> Proof:
    """Return the derivation of 2 (t + u) sum_c w_c N_cc <= Tr[A^T A G^(3)] + t^2 n x + 2 t u h + u^2 y sum_c w_c^2.

    For weights w_c^2 <= x, t and u of one sign, and an array Y with <Y, b_i x b_i> = 1 and |Y|^2 <= y, such as the
    identity with y = d; y sum_c w_c^4 <= h^2. With M = sum_i (a_i x b_i)(b_i x b_i)^T, an orthonormal basis q_s of the
    span of the b_i x b_i and omega_s = <Y, q_s>, 0 <= sum_s |M q_s - t (w x I) q_s - u omega_s diag(w)|^2, where
    sum_s omega_s^2 <= y and sum_s omega_s <q_s, diag(w^2)> <= h by Bessel's inequality. Derived in this project.

    Arguments:
        rank: knob of the mutant, the number of units.

    Returns:
        The derivation.

    Example:
        >>> build_weighted_cubic().statement.goal
        '2*(t + u)*weighted <= cubic + t**2*n*x + 2*t*u*h + u**2*y*Sum(c, 1, d, w(c)**2)'
    """
    projected = "Sum(s, 1, n, R(i, s)*q(s, c, p))"
    let = {
        "G(i,j)": LET["G(i,j)"],
        "weighted": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*w(k)*b(i, k)))",
        "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
        "cubic": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**3))",
        "v(i,c,p)": "b(i, c)*b(i, p)",
        "R(i,s)": "Sum(e, 1, d, Sum(r, 1, d, v(i, e, r)*q(s, e, r)))",
        "W(s,c,p)": "Sum(i, 1, n, R(i, s)*A(c, i)*b(i, p))",
        "inner(s,r)": "Sum(c, 1, d, Sum(p, 1, d, q(s, c, p)*q(r, c, p)))",
        "omega(s)": "Sum(c, 1, d, Sum(p, 1, d, Y(c, p)*q(s, c, p)))",
        "eta(s)": "Sum(c, 1, d, Sum(p, 1, d, delta(c, p)*w(c)**2*q(s, c, p)))",
        "gap(s,c,p)": "(W(s, c, p) - t*w(c)*q(s, c, p) - u*omega(s)*w(c)*delta(c, p))**2",
        "gram": "Sum(i, 1, n, Sum(j, 1, n, Sum(s, 1, n, R(i, s)*R(j, s))*AA(i, j)*G(i, j)))",
        "mixed": f"Sum(i, 1, n, Sum(c, 1, d, Sum(p, 1, d, A(c, i)*w(c)*b(i, p)*{projected})))",
        "ba(i)": "Sum(k, 1, d, A(k, i)*w(k)*b(i, k))",
        "overlap": "Sum(i, 1, n, Sum(s, 1, n, R(i, s)*omega(s))*ba(i))",
        "lengths": "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, d, w(c)**2*q(s, c, p)**2)))",
        "Omega": "Sum(s, 1, n, omega(s)**2)",
        "Eta": "Sum(s, 1, n, eta(s)**2)",
        "both": "Sum(s, 1, n, omega(s)*eta(s))",
    }
    goal = f"2*(t + u)*weighted <= cubic + t**2*{rank}*x + 2*t*u*h + u**2*y*Sum(c, 1, d, w(c)**2)"
    test = "A(c, i)*w(c)*b(i, p)"
    steps = [
        *_norm(),
        # Tr[(w x I) M], and <M, diag(w) Y>
        step("trace_icp", "identity", f"{test}*{projected} == {test}*v(i, c, p)", "span_icp",
             combine={"span_icp": f"-{test}"}),
        step("trace_ic", "congruence", f"Sum(p, 1, d, {test}*{projected}) == Sum(p, 1, d, {test}*v(i, c, p))",
             "trace_icp"),
        step("trace_i", "congruence",
             f"Sum(c, 1, d, Sum(p, 1, d, {test}*{projected})) == Sum(c, 1, d, Sum(p, 1, d, {test}*v(i, c, p)))",
             "trace_ic"),
        step("trace_unit", "identity", f"Sum(c, 1, d, Sum(p, 1, d, {test}*{projected})) == ba(i)", "trace_i", "row",
             combine={"trace_i": "1", "row": "ba(i)"}),
        step("trace", "congruence", "mixed == weighted", "trace_unit", prose="The weighted trace of M."),
        step("Y_icp", "identity", f"Y(c, p)*{projected} == Y(c, p)*v(i, c, p)", "span_icp",
             combine={"span_icp": "-Y(c, p)"}),
        step("Y_ic", "congruence", f"Sum(p, 1, d, Y(c, p)*{projected}) == Sum(p, 1, d, Y(c, p)*v(i, c, p))", "Y_icp"),
        step("Y_i", "congruence",
             f"Sum(c, 1, d, Sum(p, 1, d, Y(c, p)*{projected})) == Sum(c, 1, d, Sum(p, 1, d, Y(c, p)*v(i, c, p)))",
             "Y_ic"),
        step("one_i", "apply", "Sum(c, 1, d, Sum(p, 1, d, Y(c, p)*b(i, c)*b(i, p))) == 1", "reference",
             "i_lo", "i_hi", at={"i": "i"}),
        step("overlap_i", "identity", "Sum(s, 1, n, R(i, s)*omega(s))*ba(i) == ba(i)", "Y_i", "one_i",
             combine={"Y_i": "ba(i)", "one_i": "ba(i)"}, prose="<Y, b_i x b_i> = 1."),
        step("overlap", "congruence", "overlap == weighted", "overlap_i"),
        # Bessel's inequality, twice
        step("omegas", "apply", "1*Omega <= Sum(c, 1, d, Sum(p, 1, d, Y(c, p)**2))", "claim:ae.bessel",
             "short", "orthogonal", symbols={"Z(c,p)": "Y(c, p)"}, put={"N": "d"}),
        step("omega", "certificate", "Omega <= y", "omegas", "size", terms=[["omegas"], ["size"]]),
        step("etas", "apply", "1*Eta <= Sum(c, 1, d, Sum(p, 1, d, (delta(c, p)*w(c)**2)**2))", "claim:ae.bessel",
             "short", "orthogonal", symbols={"Z(c,p)": "delta(c, p)*w(c)**2"}, put={"N": "d"}),
        step("eta", "certificate", "Eta <= Sum(c, 1, d, w(c)**4)", "etas", terms=[["etas"]]),
        step("apart_s", "sign", "0 <= (h*omega(s) - y*eta(s))**2"),
        step("apart", "monotone", "0 <= Sum(s, 1, n, (h*omega(s) - y*eta(s))**2)", "apart_s"),
        step("product", "certificate", "both <= h", "apart", "omega", "eta", "fourth", "positive", "height",
             times="2*h*y",
             terms=[["apart"], ["omega", "sq:h"], ["eta", "sq:y"], ["fourth", "positive"]],
             prose="The inequality of Cauchy and Schwarz."),
        # the square
        step("square", "sign", "0 <= gap(s, c, p)"),
        step("square_p", "monotone", "0 <= Sum(p, 1, d, gap(s, c, p))", "square"),
        step("square_c", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, d, gap(s, c, p)))", "square_p"),
        step("squares", "monotone", "0 <= Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, d, gap(s, c, p))))", "square_c"),
        step("expand", "identity",
             "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, d, gap(s, c, p)))) == "
             "cubic - 2*(t + u)*weighted + t**2*lengths + 2*t*u*both + u**2*Omega*Sum(c, 1, d, w(c)**2)",
             "norm", "trace", "overlap", combine={"norm": "1", "trace": "-2*t", "overlap": "-2*u"}),
        step("weight_c", "apply", "w(c)**2 <= x", "weights", "c_lo", "c_hi", at={"c": "c"}),
        step("long_p", "certificate", "w(c)**2*q(s, c, p)**2 <= x*q(s, c, p)**2", "weight_c",
             terms=[["weight_c", "sq:q(s, c, p)"]]),
        step("long_c", "monotone", "Sum(p, 1, d, w(c)**2*q(s, c, p)**2) <= Sum(p, 1, d, x*q(s, c, p)**2)", "long_p"),
        step("long_s", "monotone",
             "Sum(c, 1, d, Sum(p, 1, d, w(c)**2*q(s, c, p)**2)) <= Sum(c, 1, d, Sum(p, 1, d, x*q(s, c, p)**2))",
             "long_c"),
        step("short_s", "apply", "Sum(c, 1, d, Sum(p, 1, d, q(s, c, p)**2)) <= 1", "short", at={"s": "s"}),
        step("length_s", "certificate", "Sum(c, 1, d, Sum(p, 1, d, w(c)**2*q(s, c, p)**2)) <= x", "long_s", "short_s",
             "level", terms=[["long_s"], ["level", "short_s"]]),
        step("rank", "monotone", "lengths <= Sum(s, 1, n, x)", "length_s"),
        step("bounded", "certificate", goal, "squares", "expand", "rank", "product", "omega", "same_sign",
             terms=[["squares"], ["rank", "sq:t"], ["c:2", "same_sign", "product"],
                    ["omega", "sq:u", "c:Sum(c, 1, d, w(c)**2)"]],
             combine={"expand": "-1"}),
        step("goal", "introduce", goal, "axiom:gram-schmidt", "bounded", put={"N": "d"},
             symbols={"v(i,c,p)": "b(i, c)*b(i, p)"}),
    ]  # fmt: skip
    hyps = {
        "unit": HYPS["unit"],
        "weights": "All(c, Imp(1 <= c, c <= d, w(c)**2 <= x))",
        "level": "0 <= x",
        "reference": "All(i, Imp(1 <= i, i <= n, Sum(c, 1, d, Sum(p, 1, d, Y(c, p)*b(i, c)*b(i, p))) == 1))",
        "size": "Sum(c, 1, d, Sum(p, 1, d, Y(c, p)**2)) <= y",
        "positive": "0 < y",
        "height": "0 < h",
        "fourth": "y*Sum(c, 1, d, w(c)**4) <= h**2",
        "same_sign": "0 <= t*u",
    }
    example = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "w(c)": "1", "x": "1", "Y(c,p)": "delta(c, p)",
               "y": "2", "h": "2", "t": "1", "u": "1"}  # fmt: skip
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_third(gain: str = "1 + (n*x - h)**2/(n*x*y*squares - h**2)") -> Proof:
    """Return the derivation of 2 g sum_c w_c N_cc <= Tr[A^T A G^(3)] + g n x, g = 1 + (n x - h)^2/(n x y m - h^2).

    For weights w_c^2 <= x, m = sum_c w_c^2, h^2 >= y sum_c w_c^4, with y = d or y = n: `ae.wf-cubic` at the best t and
    u. For y = n the array Y is the projector on the span of the rows. g = 1 is `ae.wf-power`. Derived in this project.

    Arguments:
        gain: knob of the mutant, the factor g.

    Returns:
        The derivation.

    Example:
        >>> build_third().statement.hyps["ends"]
        'y == d or y == n'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "weighted": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*w(k)*b(i, k)))",
        "cubic": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)**3))",
        "squares": "Sum(c, 1, d, w(c)**2)",
        "divisor": "n*x*y*squares - h**2",
        "P(c,p)": "Sum(s, 1, n, q(s, c, 1)*q(s, p, 1))",
        "R(i,s)": "Sum(e, 1, d, b(i, e)*q(s, e, 1))",
        "inner(s,r)": "Sum(c, 1, d, q(s, c, 1)*q(r, c, 1))",
        "projected": "Sum(s, 1, n, R(i, s)*q(s, c, 1))",
    }
    goal = f"2*({gain})*weighted <= cubic + ({gain})*n*x"
    t, u = "(n*x*(y*squares - h)/(divisor))", "(n*x*(n*x - h)/(divisor))"
    best = f"2*({t} + {u})*weighted <= cubic + {t}**2*n*x + 2*{t}*{u}*h + {u}**2*y*squares"
    reference = "Sum(c, 1, d, Sum(p, 1, d, {}*b(i, c)*b(i, p))) == 1"
    size = "Sum(c, 1, d, Sum(p, 1, d, {}**2)) <= y"
    given = ("unit", "weights", "level")
    rest = ("positive", "height", "fourth", "same_sign")
    steps: list[dict[str, Any]] = [
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("c_lo", "assume", "1 <= c"),
        step("c_hi", "assume", "c <= d"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("n_sign", "sign", "0 <= n"),
        step("t_sign", "certificate", f"0 <= {t}", "wide", "gap", "level", "n_sign", times="divisor",
             terms=[["n_sign", "level", "wide"]]),
        step("u_sign", "certificate", f"0 <= {u}", "narrow", "gap", "level", "n_sign", times="divisor",
             terms=[["n_sign", "level", "narrow"]]),
        step("same_sign", "certificate", f"0 <= {t}*{u}", "t_sign", "u_sign", terms=[["t_sign", "u_sign"]]),
        # y = d: the identity
        step("case_d", "assume", "y == d"),
        step("one_d", "identity", reference.format("delta(c, p)"), "row", combine={"row": "1"}),
        step("size_d", "certificate", size.format("delta(c, p)"), "case_d", terms=[], combine={"case_d": "1"}),
        # y = n: the projector on the rows' span
        step("case_n", "assume", "y == n"),
        step("span", "assume",
             "All(i, All(c, All(p, Imp(1 <= i, i <= n, 1 <= c, c <= d, 1 <= p, p <= 1, "
             "b(i, c) == Sum(s, 1, n, R(i, s)*q(s, c, p))))))"),
        step("short", "assume", "All(s, Sum(c, 1, d, Sum(p, 1, 1, q(s, c, p)**2)) <= 1)"),
        step("orthogonal", "assume",
             "All(s, All(r, Sum(c, 1, d, Sum(p, 1, 1, q(s, c, p)*q(r, c, p))) == "
             "delta(s, r)*Sum(c, 1, d, Sum(p, 1, 1, q(s, c, p)**2))))"),
        step("one_one", "sign", "1 <= 1"),
        step("span_ic", "apply", "b(i, c) == projected", "span", "i_lo", "i_hi", "c_lo", "c_hi", "one_one",
             at={"i": "i", "c": "c", "p": "1"}),
        step("span_b", "identity", "b(i, c)*projected == b(i, c)**2", "span_ic", combine={"span_ic": "-b(i, c)"}),
        step("span_sum", "congruence", "Sum(c, 1, d, b(i, c)*projected) == Sum(c, 1, d, b(i, c)**2)", "span_b"),
        step("one_n", "identity", reference.format("P(c, p)"), "span_sum", "row",
             combine={"span_sum": "1", "row": "1"}),
        step("short_s", "apply", "inner(s, s) <= 1", "short", at={"s": "s"}),
        step("length", "sign", "0 <= inner(s, s)"),
        step("square_s", "certificate", "inner(s, s)**2 <= 1", "short_s", "length",
             terms=[["short_s", "length"], ["short_s"]]),
        step("square_sum", "monotone", "Sum(s, 1, n, inner(s, s)**2) <= Sum(s, 1, n, 1)", "square_s"),
        step("pair", "apply", "inner(s, r) == delta(s, r)*inner(s, s)", "orthogonal", at={"s": "s", "r": "r"}),
        step("pair_square", "identity", "inner(s, r)**2 == delta(s, r)*inner(s, s)**2", "pair",
             combine={"pair": "inner(s, r) + delta(s, r)*inner(s, s)"}),
        step("pair_r", "congruence",
             "Sum(r, 1, n, inner(s, r)**2) == Sum(r, 1, n, delta(s, r)*inner(s, s)**2)", "pair_square"),
        step("pairs", "congruence", "Sum(s, 1, n, Sum(r, 1, n, inner(s, r)**2)) == "
             "Sum(s, 1, n, Sum(r, 1, n, delta(s, r)*inner(s, s)**2))", "pair_r"),
        step("size_n", "certificate", size.format("P(c, p)"), "case_n", "pairs", "square_sum",
             terms=[["square_sum"]], combine={"case_n": "1", "pairs": "-1"}),
        # either
        *(
            entry
            for end, array in (("d", "delta(c, p)"), ("n", "P(c, p)"))
            for entry in (
                step(f"one_{end}_if", "discharge", f"Imp(1 <= i, i <= n, {reference.format(array)})", f"one_{end}"),
                step(f"reference_{end}", "generalize", f"All(i, Imp(1 <= i, i <= n, {reference.format(array)}))",
                     f"one_{end}_if"),
                step(f"best_{end}", "apply", best, "claim:ae.wf-cubic", *given, f"reference_{end}", f"size_{end}",
                     *rest, symbols={"w(c)": "w(c)", "Y(c,p)": array}, put={"t": t, "u": u}),
                step(f"if_{end}", "discharge", f"Imp(y == {end}, {best})", f"best_{end}"),
            )
        ),
        step("basis", "introduce", f"Imp(y == n, {best})", "axiom:gram-schmidt", "if_n", put={"N": "1"},
             symbols={"v(i,c,p)": "b(i, c)"}),
        step("m_ends", "assume", "z == m or z == l"),
        step("m_first", "assume", "Imp(z == m, f <= g)"),
        step("m_second", "assume", "Imp(z == l, f <= g)"),
        step("m_either", "arithmetic", "f <= g", "m_ends", "m_first", "m_second"),
        step("m_if", "discharge", "Imp(z == m or z == l, Imp(z == m, f <= g), Imp(z == l, f <= g), f <= g)",
             "m_either"),
        step("best", "apply", best, "m_if", "ends", "if_d", "basis",
             put={"z": "y", "m": "d", "l": "n", "f": best.split(" <= ")[0], "g": best.split(" <= ")[1]}),
        step("goal", "certificate", goal, "best", "gap", terms=[["best"]]),
    ]  # fmt: skip
    hyps = {
        "unit": HYPS["unit"],
        "weights": "All(c, Imp(1 <= c, c <= d, w(c)**2 <= x))",
        "level": "0 <= x",
        "ends": "y == d or y == n",
        "positive": "0 < y",
        "height": "0 < h",
        "fourth": "y*Sum(c, 1, d, w(c)**4) <= h**2",
        "narrow": "h <= n*x",
        "wide": "h <= y*squares",
        "gap": "0 < divisor",
    }
    example = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "w(c)": "1", "x": "2", "y": "2", "h": "3"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_cubic_term(last: str = "(n - 1)", wide: str = "d <= n") -> Proof:
    """Return the derivation of tau^2 (1/n + (r - 1)^2/(n (n - 1))) <= Tr[A^T A G^(3)] for n >= d unit rows, r = n/d.

    `ae.wf-cubic` with equal weights 1 and the identity, whose square is d: 2 (t + u) tau <= Tr[A^T A G^(3)] + t^2 n +
    2 t u d + u^2 d^2. The best t and u are multiples of tau that are not negative for n >= d. Derived in this project
    (tau^2/n is `ae.cs-rank`).

    Arguments:
        last: knob of the mutant, the divisor n - 1.
        wide: knob of the mutant, the hypothesis on n and d.

    Returns:
        The derivation.

    Example:
        >>> build_cubic_term().statement.goal
        'trace**2*(1/n + (n/d - 1)**2/(n*(n - 1))) <= cubic'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "trace": LET["trace"],
        "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
        "cubic": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**3))",
    }
    goal = f"trace**2*(1/n + (n/d - 1)**2/(n*{last})) <= cubic"
    T, U = f"(d - 1)/(d*{last})", f"(n - d)/(d**2*{last})"
    t, u = f"trace*({T})", f"trace*({U})"
    steps = [
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "two", terms=[["c:1", "two"], ["c:2"]]),
        step("last", "certificate", f"0 < {last}", "two", terms=[["c:1", "two"], ["c:1"]]),
        step("weight", "sign", "1**2 <= 1"),
        step("weights", "generalize", "All(c, 1**2 <= 1)", "weight"),
        step("level", "sign", "0 <= 1"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one", "identity", "Sum(c, 1, d, Sum(p, 1, d, delta(c, p)*b(i, c)*b(i, p))) == 1", "row",
             combine={"row": "1"}),
        step("one_if", "discharge",
             "Imp(1 <= i, i <= n, Sum(c, 1, d, Sum(p, 1, d, delta(c, p)*b(i, c)*b(i, p))) == 1)", "one"),
        step("reference", "generalize",
             "All(i, Imp(1 <= i, i <= n, Sum(c, 1, d, Sum(p, 1, d, delta(c, p)*b(i, c)*b(i, p))) == 1))", "one_if"),
        step("size", "sign", "Sum(c, 1, d, Sum(p, 1, d, delta(c, p)**2)) <= d"),
        step("fourth", "sign", "d*Sum(c, 1, d, 1**4) <= d**2"),
        step("t_sign", "certificate", f"0 <= {T}", "dimension", "d_positive", "last", times=f"d*{last}",
             terms=[["dimension"]]),
        step("u_sign", "certificate", f"0 <= {U}", "wide", "d_positive", "last", times=f"d**2*{last}",
             terms=[["wide"]]),
        step("same_sign", "certificate", f"0 <= {t}*({u})", "t_sign", "u_sign",
             terms=[["t_sign", "u_sign", "sq:trace"]]),
        step("best", "apply",
             f"2*({t} + {u})*Sum(i, 1, n, Sum(k, 1, d, A(k, i)*1*b(i, k))) <= "
             f"cubic + ({t})**2*n*1 + 2*({t})*({u})*d + ({u})**2*d*Sum(c, 1, d, 1**2)",
             "claim:ae.wf-cubic", "unit", "weights", "level", "reference", "size", "d_positive", "fourth", "same_sign",
             symbols={"w(c)": "1", "Y(c,p)": "delta(c, p)"}, put={"x": "1", "y": "d", "h": "d", "t": t, "u": u}),
        step("goal", "certificate", goal, "best", "d_positive", "n_positive", "last", terms=[["best"]]),
    ]  # fmt: skip
    hyps = {"dimension": "1 <= d", "two": "2 <= n", "wide": wide, "unit": HYPS["unit"]}
    example = {k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)
