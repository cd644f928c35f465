"""The cubic degree of the bound where there are more units than coordinates: two test tensors at once."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import EXAMPLE, HYPS, LET

DECLARE = "i,j,k,m,e,c,p,s,r:Z n,d:N"


def build_cubic_term(last: str = "(n - 1)", wide: str = "d <= n") -> Proof:
    """Return the derivation of tau^2 (1/n + (r - 1)^2/(n (n - 1))) <= Tr[A^T A G^(3)] for n >= d unit rows, r = n/d.

    With M = sum_i (a_i x b_i)(b_i x b_i)^T and an orthonormal basis q_1, ..., q_n of the span of the b_i x b_i let
    omega_s = <I, q_s>. Then 0 <= sum_s |M q_s - t q_s - u omega_s I|^2 = |M|^2 - 2 (t + u) tau + t^2 n
    + (2 t u + d u^2) sum_s omega_s^2, because sum_s omega_s <b_i x b_i, q_s> = |b_i|^2; by Bessel's inequality
    sum_s omega_s^2 <= |I|^2 = d. The best t and u are not negative for n >= d. Derived in this project (tau^2/n is
    `ae.cs-rank`).

    Arguments:
        last: knob of the mutant, the divisor n - 1.
        wide: knob of the mutant, the hypothesis on n and d.

    Returns:
        The derivation.

    Example:
        >>> build_cubic_term().statement.goal
        'trace**2*(1/n + (n/d - 1)**2/(n*(n - 1))) <= cubic'
    """
    projected = "Sum(s, 1, n, R(i, s)*q(s, c, p))"
    let = {
        "G(i,j)": LET["G(i,j)"],
        "trace": LET["trace"],
        "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
        "cubic": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**3))",
        "v(i,c,p)": "b(i, c)*b(i, p)",
        "R(i,s)": "Sum(e, 1, d, Sum(r, 1, d, v(i, e, r)*q(s, e, r)))",
        "W(s,c,p)": "Sum(i, 1, n, R(i, s)*A(c, i)*b(i, p))",
        "omega(s)": "Sum(e, 1, d, q(s, e, e))",
        "Omega": "Sum(s, 1, n, omega(s)**2)",
        "inner(s,r)": "Sum(c, 1, d, Sum(p, 1, d, q(s, c, p)*q(r, c, p)))",
        "lengths": "Sum(s, 1, n, inner(s, s))",
        "gap(s,c,p)": "(W(s, c, p) - t*q(s, c, p) - u*omega(s)*delta(c, p))**2",
        "rest(c,p)": "(delta(c, p) - Sum(s, 1, n, omega(s)*q(s, c, p)))**2",
        "gram": "Sum(i, 1, n, Sum(j, 1, n, Sum(s, 1, n, R(i, s)*R(j, s))*AA(i, j)*G(i, j)))",
        "mixed": f"Sum(i, 1, n, Sum(c, 1, d, Sum(p, 1, d, A(c, i)*b(i, p)*{projected})))",
        "ba(i)": "Sum(k, 1, d, A(k, i)*b(i, k))",
        "overlap": "Sum(i, 1, n, Sum(s, 1, n, R(i, s)*omega(s))*ba(i))",
    }
    goal = f"trace**2*(1/n + (n/d - 1)**2/(n*{last})) <= cubic"
    form = "2*({t} + {u})*trace - ({t})**2*n - (2*({t})*({u}) + d*({u})**2)*d <= cubic"
    bounded = form.format(t="t", u="u")
    t, u = f"(d - 1)/(d*{last})", f"(n - d)/(d**2*{last})"
    best_t, best_u = f"trace*{t}", f"trace*{u}"
    steps = [
        step(
            "span",
            "assume",
            f"All(i, All(c, All(p, Imp(1 <= i, i <= n, 1 <= c, c <= d, 1 <= p, p <= d, v(i, c, p) == {projected}))))",
        ),
        step("short", "assume", "All(s, Sum(c, 1, d, Sum(p, 1, d, q(s, c, p)**2)) <= 1)"),
        step("orthogonal", "assume", "All(s, All(r, inner(s, r) == delta(s, r)*inner(s, s)))"),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("c_lo", "assume", "1 <= c"),
        step("c_hi", "assume", "c <= d"),
        step("p_lo", "assume", "1 <= p"),
        step("p_hi", "assume", "p <= d"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step(
            "span_icp",
            "apply",
            f"v(i, c, p) == {projected}",
            "span",
            *("i_lo", "i_hi", "c_lo", "c_hi", "p_lo", "p_hi"),
            at={"i": "i", "c": "c", "p": "p"},
        ),
        # |M|^2
        step(
            "coordinate",
            "identity",
            f"v(j, c, p)*{projected} == v(j, c, p)*v(i, c, p)",
            "span_icp",
            combine={"span_icp": "-v(j, c, p)"},
        ),
        step(
            "coordinate_p",
            "congruence",
            f"Sum(p, 1, d, v(j, c, p)*{projected}) == Sum(p, 1, d, v(j, c, p)*v(i, c, p))",
            "coordinate",
        ),
        step(
            "coordinate_c",
            "congruence",
            f"Sum(c, 1, d, Sum(p, 1, d, v(j, c, p)*{projected})) == Sum(c, 1, d, Sum(p, 1, d, v(j, c, p)*v(i, c, p)))",
            "coordinate_p",
        ),
        step(
            "norm_ij",
            "identity",
            "Sum(s, 1, n, R(i, s)*R(j, s))*AA(i, j)*G(i, j) == AA(i, j)*G(i, j)**3",
            "coordinate_c",
            combine={"coordinate_c": "AA(i, j)*G(i, j)"},
        ),
        step(
            "norm_j",
            "congruence",
            "Sum(j, 1, n, Sum(s, 1, n, R(i, s)*R(j, s))*AA(i, j)*G(i, j)) == Sum(j, 1, n, AA(i, j)*G(i, j)**3)",
            "norm_ij",
        ),
        step("norm", "congruence", "gram == cubic", "norm_j", prose="The squared norm of M."),
        # Tr M, twice
        step(
            "trace_icp",
            "identity",
            f"A(c, i)*b(i, p)*{projected} == A(c, i)*b(i, p)*v(i, c, p)",
            "span_icp",
            combine={"span_icp": "-A(c, i)*b(i, p)"},
        ),
        step(
            "trace_ic",
            "congruence",
            f"Sum(p, 1, d, A(c, i)*b(i, p)*{projected}) == Sum(p, 1, d, A(c, i)*b(i, p)*v(i, c, p))",
            "trace_icp",
        ),
        step(
            "trace_i",
            "congruence",
            f"Sum(c, 1, d, Sum(p, 1, d, A(c, i)*b(i, p)*{projected})) == "
            "Sum(c, 1, d, Sum(p, 1, d, A(c, i)*b(i, p)*v(i, c, p)))",
            "trace_ic",
        ),
        step(
            "trace_unit",
            "identity",
            f"Sum(c, 1, d, Sum(p, 1, d, A(c, i)*b(i, p)*{projected})) == ba(i)",
            "trace_i",
            "row",
            combine={"trace_i": "1", "row": "ba(i)"},
        ),
        step("trace", "congruence", "mixed == trace", "trace_unit", prose="The trace of M."),
        step(
            "span_icc",
            "apply",
            "v(i, c, c) == Sum(s, 1, n, R(i, s)*q(s, c, c))",
            "span",
            *("i_lo", "i_hi", "c_lo", "c_hi"),
            at={"i": "i", "c": "c", "p": "c"},
        ),
        step(
            "diagonal",
            "congruence",
            "Sum(c, 1, d, v(i, c, c)) == Sum(c, 1, d, Sum(s, 1, n, R(i, s)*q(s, c, c)))",
            "span_icc",
        ),
        step(
            "unit_overlap",
            "identity",
            "Sum(s, 1, n, R(i, s)*omega(s))*ba(i) == ba(i)",
            "diagonal",
            "row",
            combine={"diagonal": "-ba(i)", "row": "ba(i)"},
            prose="The identity's projection on b_i x b_i is |b_i|^2.",
        ),
        step("overlap", "congruence", "overlap == trace", "unit_overlap"),
        # Bessel: Omega <= d
        step("short_s", "apply", "inner(s, s) <= 1", "short", at={"s": "s"}),
        step(
            "short_w",
            "certificate",
            "omega(s)**2*inner(s, s) <= omega(s)**2",
            "short_s",
            terms=[["short_s", "sq:omega(s)"]],
        ),
        step("short_sum", "monotone", "Sum(s, 1, n, omega(s)**2*inner(s, s)) <= Omega", "short_w"),
        step("orthogonal_sr", "apply", "inner(s, r) == delta(s, r)*inner(s, s)", "orthogonal", at={"s": "s", "r": "r"}),
        step(
            "crossed",
            "identity",
            "omega(s)*omega(r)*inner(s, r) == delta(s, r)*omega(s)*omega(r)*inner(s, s)",
            "orthogonal_sr",
            combine={"orthogonal_sr": "omega(s)*omega(r)"},
        ),
        step(
            "crossed_r",
            "congruence",
            "Sum(r, 1, n, omega(s)*omega(r)*inner(s, r)) == Sum(r, 1, n, delta(s, r)*omega(s)*omega(r)*inner(s, s))",
            "crossed",
        ),
        step(
            "crossed_s",
            "congruence",
            "Sum(s, 1, n, Sum(r, 1, n, omega(s)*omega(r)*inner(s, r))) == "
            "Sum(s, 1, n, Sum(r, 1, n, delta(s, r)*omega(s)*omega(r)*inner(s, s)))",
            "crossed_r",
        ),
        step("rest", "sign", "0 <= rest(c, p)"),
        step("rest_p", "monotone", "0 <= Sum(p, 1, d, rest(c, p))", "rest"),
        step("rests", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, d, rest(c, p)))", "rest_p"),
        step(
            "rest_value",
            "identity",
            "Sum(c, 1, d, Sum(p, 1, d, rest(c, p))) == d - 2*Omega + Sum(s, 1, n, omega(s)**2*inner(s, s))",
            "crossed_s",
            combine={"crossed_s": "1"},
        ),
        step(
            "bessel",
            "certificate",
            "Omega <= d",
            "rests",
            "rest_value",
            "short_sum",
            terms=[["rests"], ["short_sum"]],
            combine={"rest_value": "-1"},
            prose="Bessel's inequality for the identity, whose squared norm is d.",
        ),
        # the square
        step("square", "sign", "0 <= gap(s, c, p)"),
        step("square_p", "monotone", "0 <= Sum(p, 1, d, gap(s, c, p))", "square"),
        step("square_c", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, d, gap(s, c, p)))", "square_p"),
        step("squares", "monotone", "0 <= Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, d, gap(s, c, p))))", "square_c"),
        step(
            "expand",
            "identity",
            "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, d, gap(s, c, p)))) == "
            "cubic - 2*(t + u)*trace + t**2*lengths + (2*t*u + d*u**2)*Omega",
            "norm",
            "trace",
            "overlap",
            combine={"norm": "1", "trace": "-2*t", "overlap": "-2*u"},
        ),
        step("rank", "monotone", "lengths <= Sum(s, 1, n, 1)", "short_s"),
        step("same_sign", "assume", "0 <= u*(2*t + d*u)"),
        step(
            "bounded",
            "certificate",
            bounded,
            "squares",
            "expand",
            "rank",
            "bessel",
            "same_sign",
            terms=[["squares"], ["rank", "sq:t"], ["same_sign", "bessel"]],
            combine={"expand": "-1"},
            prose="For multiples t and u of one sign the squares give a lower bound on |M|^2.",
        ),
        step("implied", "discharge", f"Imp(0 <= u*(2*t + d*u), {bounded})", "bounded"),
        step(
            "with_basis",
            "introduce",
            f"Imp(0 <= u*(2*t + d*u), {bounded})",
            "axiom:gram-schmidt",
            "implied",
            put={"N": "d"},
            symbols={"v(i,c,p)": "b(i, c)*b(i, p)"},
        ),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "two", terms=[["c:1", "two"], ["c:2"]]),
        step("last", "certificate", f"0 < {last}", "two", terms=[["c:1", "two"], ["c:1"]]),
        step(
            "t_sign",
            "certificate",
            f"0 <= {t}",
            "dimension",
            "d_positive",
            "last",
            times=f"d*{last}",
            terms=[["dimension"]],
        ),
        step(
            "u_sign", "certificate", f"0 <= {u}", "wide", "d_positive", "last", times=f"d**2*{last}", terms=[["wide"]]
        ),
        step(
            "best_sign",
            "certificate",
            f"0 <= ({best_u})*(2*({best_t}) + d*({best_u}))",
            "t_sign",
            "u_sign",
            "d_positive",
            terms=[["c:2", "t_sign", "u_sign", "sq:trace"], ["c:d", "u_sign", "u_sign", "sq:trace"]],
        ),
        step(
            "best",
            "apply",
            form.format(t=best_t, u=best_u),
            "with_basis",
            "best_sign",
            put={"t": best_t, "u": best_u},
        ),
        step("bound", "certificate", goal, "best", "d_positive", "n_positive", "last", terms=[["best"]]),
    ]
    hyps = {"dimension": "1 <= d", "two": "2 <= n", "wide": wide, "unit": HYPS["unit"]}
    example = {k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)
