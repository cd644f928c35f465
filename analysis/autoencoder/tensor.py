"""One odd degree of the bound for decoders with values among tensors."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step

DECLARE = "i,j,k,m,e,g,c,p,s,r:Z n,d,h,N:N"
G = "Sum(k, 1, d, b(i, k)*b(j, k))"


def build_gram_positive(sign: str = "") -> Proof:
    """Return the derivation of sum_c sum_ij X(c, i) X(c, j) G_ij^h >= 0: tensor powers have a positive Gram matrix.

    Arguments:
        sign: knob of the mutant, the sign of the form.

    Returns:
        The derivation.

    Example:
        >>> build_gram_positive().statement.goal
        '0 <= Sum(c, 1, d, Sum(i, 1, n, Sum(j, 1, n, X(c, i)*X(c, j)*G(i, j)**h)))'
    """
    let = {"G(i,j)": G, "part(c,p)": "Sum(i, 1, n, X(c, i)*k(i, p))"}
    form = "Sum(c, 1, d, Sum(i, 1, n, Sum(j, 1, n, X(c, i)*X(c, j)*{})))"
    goal = f"0 <= {sign}{form.format('G(i, j)**h')}"
    inner = "Sum(p, 1, N, k(i, p)*k(j, p))"
    steps = [
        step("tensor", "assume", f"All(i, All(j, {inner} == G(i, j)**h))"),
        step("square", "sign", "0 <= part(c, p)**2"),
        step("square_p", "monotone", "0 <= Sum(p, 1, N, part(c, p)**2)", "square"),
        step("squares", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, N, part(c, p)**2))", "square_p"),
        step("tensor_ij", "apply", f"{inner} == G(i, j)**h", "tensor", at={"i": "i", "j": "j"}),
        step(
            "entry",
            "identity",
            f"X(c, i)*X(c, j)*{inner} == X(c, i)*X(c, j)*G(i, j)**h",
            "tensor_ij",
            combine={"tensor_ij": "X(c, i)*X(c, j)"},
        ),
        step(
            "row",
            "congruence",
            f"Sum(j, 1, n, X(c, i)*X(c, j)*{inner}) == Sum(j, 1, n, X(c, i)*X(c, j)*G(i, j)**h)",
            "entry",
        ),
        step(
            "rows",
            "congruence",
            f"Sum(i, 1, n, Sum(j, 1, n, X(c, i)*X(c, j)*{inner})) == "
            "Sum(i, 1, n, Sum(j, 1, n, X(c, i)*X(c, j)*G(i, j)**h))",
            "row",
        ),
        step("all", "congruence", f"{form.format(inner)} == {form.format('G(i, j)**h')}", "rows"),
        step("with_tensor", "certificate", goal, "squares", "all", terms=[["squares"]], combine={"all": "-1"}),
        step("goal", "introduce", goal, "axiom:tensor-power", "with_tensor", put={"m": "h"}),
    ]
    return Proof(Statement(goal, declare=DECLARE, let=let), steps)


_TENSOR_LET = {
    "G(i,j)": G,
    "tau": "Sum(i, 1, n, Sum(g, 1, n, Sum(c, 1, d, Y(c, i, g)*b(i, c))*G(i, g)**h))",
    "Q": "Sum(i, 1, n, Sum(j, 1, n, Sum(g, 1, n, Sum(e, 1, n, "
    "Sum(c, 1, d, Y(c, i, g)*Y(c, j, e))*G(g, e)**h*G(i, j)**(h + 1)))))",
}


def build_tensor_term(width: str = "n") -> Proof:
    """Return the derivation of tau^2/n <= Q where a_i x k_i is replaced by any y_i = sum_g Y(., i, g) x k_g.

    k_i is the h-th tensor power of b_i, tau = sum_i <y_i, b_i x k_i>, Q = sum_ij <y_i, y_j> G_ij^(h+1). As in the case
    Y(c, i, g) = A(c, i) delta(i, g), with an orthonormal basis of the b_i x k_i. Derived in this project.

    Arguments:
        width: knob of the mutant, the bound on the rank.

    Returns:
        The derivation.

    Example:
        >>> build_tensor_term().statement.goal
        'tau**2/(n) <= Q'
    """
    let = {
        **_TENSOR_LET,
        "v(i,c,p)": "b(i, c)*k(i, p)",
        "R(i,s)": "Sum(e, 1, d, Sum(r, 1, N, v(i, e, r)*q(s, e, r)))",
        "W(s,c,p)": "Sum(i, 1, n, Sum(g, 1, n, R(i, s)*Y(c, i, g)*k(g, p)))",
        "lengths": "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)))",
        "gap(s,c,p)": "(W(s, c, p) - t*q(s, c, p))**2",
        "RR(i,j)": "Sum(s, 1, n, R(i, s)*R(j, s))",
        "YY(i,j,g,e)": "Sum(c, 1, d, Y(c, i, g)*Y(c, j, e))",
        "kk(g,e)": "Sum(p, 1, N, k(g, p)*k(e, p))",
        "mine(i,j,g,e)": "RR(i, j)*YY(i, j, g, e)*kk(g, e)",
        "term(i,j,g,e)": "YY(i, j, g, e)*G(g, e)**h*G(i, j)**(h + 1)",
        "projected": "Sum(s, 1, n, R(i, s)*q(s, c, p))",
    }
    goal = f"tau**2/({width}) <= Q"
    steps = [
        step("tensor", "assume", "All(i, All(j, kk(i, j) == G(i, j)**h))"),
        step(
            "span",
            "assume",
            "All(i, All(c, All(p, Imp(1 <= i, i <= n, 1 <= c, c <= d, 1 <= p, p <= N, v(i, c, p) == projected))))",
        ),
        step("short", "assume", "All(s, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1)"),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("c_lo", "assume", "1 <= c"),
        step("c_hi", "assume", "c <= d"),
        step("p_lo", "assume", "1 <= p"),
        step("p_hi", "assume", "p <= N"),
        step("tensor_ij", "apply", "kk(i, j) == G(i, j)**h", "tensor", at={"i": "i", "j": "j"}),
        step("tensor_ge", "apply", "kk(g, e) == G(g, e)**h", "tensor", at={"i": "g", "j": "e"}),
        step("tensor_ig", "apply", "kk(i, g) == G(i, g)**h", "tensor", at={"i": "i", "j": "g"}),
        step(
            "span_icp",
            "apply",
            "v(i, c, p) == projected",
            "span",
            "i_lo",
            "i_hi",
            "c_lo",
            "c_hi",
            "p_lo",
            "p_hi",
            at={"i": "i", "c": "c", "p": "p"},
        ),
        step(
            "coordinate",
            "identity",
            "v(j, c, p)*projected == v(j, c, p)*v(i, c, p)",
            "span_icp",
            combine={"span_icp": "-v(j, c, p)"},
        ),
        step(
            "coordinate_p",
            "congruence",
            "Sum(p, 1, N, v(j, c, p)*projected) == Sum(p, 1, N, v(j, c, p)*v(i, c, p))",
            "coordinate",
        ),
        step(
            "coordinate_c",
            "congruence",
            "Sum(c, 1, d, Sum(p, 1, N, v(j, c, p)*projected)) == Sum(c, 1, d, Sum(p, 1, N, v(j, c, p)*v(i, c, p)))",
            "coordinate_p",
        ),
        step(
            "coordinates",
            "identity",
            "RR(i, j) == G(i, j)**h*G(i, j)",
            "coordinate_c",
            "tensor_ij",
            combine={"coordinate_c": "1", "tensor_ij": "G(i, j)"},
        ),
        step(
            "norm_ijge",
            "identity",
            "mine(i, j, g, e) == term(i, j, g, e)",
            "coordinates",
            "tensor_ge",
            combine={"coordinates": "YY(i, j, g, e)*kk(g, e)", "tensor_ge": "YY(i, j, g, e)*G(i, j)**(h + 1)"},
        ),
        step("norm_e", "congruence", "Sum(e, 1, n, mine(i, j, g, e)) == Sum(e, 1, n, term(i, j, g, e))", "norm_ijge"),
        step(
            "norm_g",
            "congruence",
            "Sum(g, 1, n, Sum(e, 1, n, mine(i, j, g, e))) == Sum(g, 1, n, Sum(e, 1, n, term(i, j, g, e)))",
            "norm_e",
        ),
        step(
            "norm_j",
            "congruence",
            "Sum(j, 1, n, Sum(g, 1, n, Sum(e, 1, n, mine(i, j, g, e)))) == "
            "Sum(j, 1, n, Sum(g, 1, n, Sum(e, 1, n, term(i, j, g, e))))",
            "norm_g",
        ),
        step(
            "norm",
            "congruence",
            "Sum(i, 1, n, Sum(j, 1, n, Sum(g, 1, n, Sum(e, 1, n, mine(i, j, g, e))))) == Q",
            "norm_j",
            prose="The squared norm of sum_i y_i (b_i x k_i)^T.",
        ),
        step(
            "trace_gicp",
            "identity",
            "Y(c, i, g)*k(g, p)*projected == Y(c, i, g)*k(g, p)*v(i, c, p)",
            "span_icp",
            combine={"span_icp": "-Y(c, i, g)*k(g, p)"},
        ),
        step(
            "trace_gic",
            "congruence",
            "Sum(p, 1, N, Y(c, i, g)*k(g, p)*projected) == Sum(p, 1, N, Y(c, i, g)*k(g, p)*v(i, c, p))",
            "trace_gicp",
        ),
        step(
            "trace_gi",
            "congruence",
            "Sum(c, 1, d, Sum(p, 1, N, Y(c, i, g)*k(g, p)*projected)) == "
            "Sum(c, 1, d, Sum(p, 1, N, Y(c, i, g)*k(g, p)*v(i, c, p)))",
            "trace_gic",
        ),
        step(
            "trace_ig",
            "identity",
            "Sum(c, 1, d, Sum(p, 1, N, Y(c, i, g)*k(g, p)*projected)) == Sum(c, 1, d, Y(c, i, g)*b(i, c))*G(i, g)**h",
            "trace_gi",
            "tensor_ig",
            combine={"trace_gi": "1", "tensor_ig": "Sum(c, 1, d, Y(c, i, g)*b(i, c))"},
        ),
        step(
            "trace_i",
            "congruence",
            "Sum(g, 1, n, Sum(c, 1, d, Sum(p, 1, N, Y(c, i, g)*k(g, p)*projected))) == "
            "Sum(g, 1, n, Sum(c, 1, d, Y(c, i, g)*b(i, c))*G(i, g)**h)",
            "trace_ig",
        ),
        step(
            "trace",
            "congruence",
            "Sum(i, 1, n, Sum(g, 1, n, Sum(c, 1, d, Sum(p, 1, N, Y(c, i, g)*k(g, p)*projected)))) == tau",
            "trace_i",
            prose="Its trace.",
        ),
        step("square", "sign", "0 <= gap(s, c, p)"),
        step("square_p", "monotone", "0 <= Sum(p, 1, N, gap(s, c, p))", "square"),
        step("square_c", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p)))", "square_p"),
        step("squares", "monotone", "0 <= Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p))))", "square_c"),
        step(
            "expand",
            "identity",
            "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p)))) == Q - 2*t*tau + t**2*lengths",
            "norm",
            "trace",
            combine={"norm": "1", "trace": "-2*t"},
        ),
        step("short_s", "apply", "Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1", "short", at={"s": "s"}),
        step("rank", "monotone", "lengths <= Sum(s, 1, n, 1)", "short_s"),
        step(
            "bounded",
            "certificate",
            f"2*t*tau - ({width})*t**2 <= Q",
            "squares",
            "expand",
            "rank",
            terms=[["squares"], ["rank", "sq:t"]],
            combine={"expand": "-1"},
        ),
        step(
            "with_basis",
            "introduce",
            f"2*t*tau - ({width})*t**2 <= Q",
            "axiom:gram-schmidt",
            "bounded",
            symbols={"v(i,c,p)": "b(i, c)*k(i, p)"},
        ),
        step(
            "for_every_t",
            "introduce",
            f"2*t*tau - ({width})*t**2 <= Q",
            "axiom:tensor-power",
            "with_basis",
            put={"m": "h"},
        ),
        step("positive", "certificate", f"0 < {width}", "units", terms=[["c:1", "units"], ["c:1"]]),
        step(
            "best_t",
            "apply",
            f"2*(tau/({width}))*tau - ({width})*(tau/({width}))**2 <= Q",
            "for_every_t",
            put={"t": f"tau/({width})"},
        ),
        step("bound", "certificate", goal, "best_t", "positive", terms=[["best_t"]]),
    ]
    return Proof(Statement(goal, {"units": "1 <= n"}, declare=DECLARE, let=let, inhabited={"n": "2"}), steps)
