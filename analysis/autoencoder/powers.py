"""One odd degree of the lower bound: Cauchy-Schwarz against a projector in the space of tensors."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

DECLARE = "i,j,k,m,e,c,p,s,r:Z n,d,h,N:N"
LET = {
    "G(i,j)": "Sum(k, 1, d, b(i, k)*b(j, k))",
    "trace": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*b(i, k)))",
    "Q(h)": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)**(2*h + 1)))",
}
#: Arrays b_i x k_i, their coordinates R in the basis q, M q_s, and the squared norm of M.
TENSOR_LET = {
    "v(i,c,p)": "b(i, c)*k(i, p)",
    "R(i,s)": "Sum(e, 1, d, Sum(r, 1, N, v(i, e, r)*q(s, e, r)))",
    "W(s,c,p)": "Sum(i, 1, n, R(i, s)*A(c, i)*k(i, p))",
    "gram": "Sum(i, 1, n, Sum(j, 1, n, Sum(s, 1, n, R(i, s)*R(j, s))*Sum(k, 1, d, A(k, i)*A(k, j))"
    "*Sum(p, 1, N, k(i, p)*k(j, p))))",
}
UNIT = "All(i, Sum(m, 1, d, b(i, m)**2) == 1)"
EXAMPLE = {"n": "2", "d": "2", "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*delta(k, 2)"}


def tensor_norm() -> list[dict[str, Any]]:
    """Return the steps, from a basis q of the tensors b_i x k_i, to the squared norm Q(h) of M ("norm").

    Tensors k_i with the inner products G_ij^h ("tensor") and the basis ("span", "short") are assumptions.
    """
    projected = "Sum(s, 1, n, R(i, s)*q(s, c, p))"
    return [
        # the tensors and the basis
        step("tensor", "assume", "All(i, All(j, Sum(p, 1, N, k(i, p)*k(j, p)) == G(i, j)**h))"),
        step(
            "span",
            "assume",
            f"All(i, All(c, All(p, Imp(1 <= i, i <= n, 1 <= c, c <= d, 1 <= p, p <= N, v(i, c, p) == {projected}))))",
        ),
        step("short", "assume", "All(s, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1)"),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("c_lo", "assume", "1 <= c"),
        step("c_hi", "assume", "c <= d"),
        step("p_lo", "assume", "1 <= p"),
        step("p_hi", "assume", "p <= N"),
        step("tensor_ij", "apply", "Sum(p, 1, N, k(i, p)*k(j, p)) == G(i, j)**h", "tensor", at={"i": "i", "j": "j"}),
        step(
            "span_icp",
            "apply",
            f"v(i, c, p) == {projected}",
            "span",
            "i_lo",
            "i_hi",
            "c_lo",
            "c_hi",
            "p_lo",
            "p_hi",
            at={"i": "i", "c": "c", "p": "p"},
        ),
        # the inner products of the coordinates R(i, .) are those of the tensors
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
            f"Sum(p, 1, N, v(j, c, p)*{projected}) == Sum(p, 1, N, v(j, c, p)*v(i, c, p))",
            "coordinate",
        ),
        step(
            "coordinate_c",
            "congruence",
            f"Sum(c, 1, d, Sum(p, 1, N, v(j, c, p)*{projected})) == Sum(c, 1, d, Sum(p, 1, N, v(j, c, p)*v(i, c, p)))",
            "coordinate_p",
        ),
        step(
            "coordinates",
            "identity",
            "Sum(s, 1, n, R(i, s)*R(j, s)) == G(i, j)**h*G(i, j)",
            "coordinate_c",
            "tensor_ij",
            combine={"coordinate_c": "1", "tensor_ij": "G(i, j)"},
            prose="The coordinates of b_i x k_i in the basis have the inner products of these tensors.",
        ),
        # |M|^2
        step(
            "norm_ij",
            "identity",
            "Sum(s, 1, n, R(i, s)*R(j, s))*Sum(k, 1, d, A(k, i)*A(k, j))*Sum(p, 1, N, k(i, p)*k(j, p)) == "
            "Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)**(2*h + 1)",
            "coordinates",
            "tensor_ij",
            combine={
                "coordinates": "Sum(k, 1, d, A(k, i)*A(k, j))*Sum(p, 1, N, k(i, p)*k(j, p))",
                "tensor_ij": "Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)**h*G(i, j)",
            },
        ),
        step(
            "norm_j",
            "congruence",
            "Sum(j, 1, n, Sum(s, 1, n, R(i, s)*R(j, s))*Sum(k, 1, d, A(k, i)*A(k, j))"
            "*Sum(p, 1, N, k(i, p)*k(j, p))) == Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)**(2*h + 1))",
            "norm_ij",
        ),
        step("norm", "congruence", "gram == Q(h)", "norm_j", prose="The squared norm of M."),
    ]


def build_power_term(width: str = "n", power: str = "2*h + 1", unit: str = "1") -> Proof:
    """Return the derivation of Tr[BA]^2/n <= Tr[A^T A G^(l)] for every odd power l = 2h + 1 of the entries of G.

    With k_i the h-th tensor power of b_i let M = sum_i (a_i x k_i)(b_i x k_i)^T, let q_1, ..., q_n be an orthonormal
    basis of the span of the b_i x k_i (filled up with zeros). Then |M|^2 = Tr[A^T A G^(l)], Tr M = Tr[BA], and
    0 <= sum_s |M q_s - t q_s|^2 <= |M|^2 - 2 t Tr M + t^2 n for every t. Derived in this project.

    Arguments:
        width: knob of the mutant, the bound on the rank.
        power: knob of the mutant, the power of the entries of G.
        unit: knob of the mutant, the squared length of the rows.

    Returns:
        The derivation.

    Example:
        >>> build_power_term().statement.goal
        'trace**2/(n) <= Q(h)'
    """
    let = {
        **LET,
        "Q(h)": f"Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)**({power})))",
        **TENSOR_LET,
        "lengths": "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)))",
        "gap(s,c,p)": "(W(s, c, p) - t*q(s, c, p))**2",
        "mixed": "Sum(i, 1, n, Sum(c, 1, d, Sum(p, 1, N, A(c, i)*k(i, p)*Sum(s, 1, n, R(i, s)*q(s, c, p)))))",
    }
    goal = f"trace**2/({width}) <= Q(h)"
    projected = "Sum(s, 1, n, R(i, s)*q(s, c, p))"
    steps = [
        *tensor_norm(),
        # Tr M
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_h", "assume", "G(i, i)**h == 1"),
        step("one_next", "identity", "G(i, i)**(h + 1) == 1", "one_h", "row", combine={"one_h": "G(i, i)", "row": "1"}),
        step(
            "one",
            "induction",
            "G(i, i)**h == 1",
            "one_0",
            "one_next",
            on="h",
            base="0",
            prose="The tensor powers of unit vectors are unit vectors.",
        ),
        step("tensor_ii", "apply", "Sum(p, 1, N, k(i, p)*k(i, p)) == G(i, i)**h", "tensor", at={"i": "i", "j": "i"}),
        step(
            "trace_icp",
            "identity",
            f"A(c, i)*k(i, p)*{projected} == A(c, i)*k(i, p)*v(i, c, p)",
            "span_icp",
            combine={"span_icp": "-A(c, i)*k(i, p)"},
        ),
        step(
            "trace_ic",
            "congruence",
            f"Sum(p, 1, N, A(c, i)*k(i, p)*{projected}) == Sum(p, 1, N, A(c, i)*k(i, p)*v(i, c, p))",
            "trace_icp",
        ),
        step(
            "trace_i",
            "congruence",
            f"Sum(c, 1, d, Sum(p, 1, N, A(c, i)*k(i, p)*{projected})) == "
            "Sum(c, 1, d, Sum(p, 1, N, A(c, i)*k(i, p)*v(i, c, p)))",
            "trace_ic",
        ),
        step(
            "trace_unit",
            "identity",
            f"Sum(c, 1, d, Sum(p, 1, N, A(c, i)*k(i, p)*{projected})) == Sum(k, 1, d, A(k, i)*b(i, k))",
            "trace_i",
            "tensor_ii",
            "one",
            combine={
                "trace_i": "1",
                "tensor_ii": "Sum(k, 1, d, A(k, i)*b(i, k))",
                "one": "Sum(k, 1, d, A(k, i)*b(i, k))",
            },
        ),
        step("trace", "congruence", "mixed == trace", "trace_unit", prose="The trace of M."),
        # the square
        step("square", "sign", "0 <= gap(s, c, p)"),
        step("square_p", "monotone", "0 <= Sum(p, 1, N, gap(s, c, p))", "square"),
        step("square_c", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p)))", "square_p"),
        step("squares", "monotone", "0 <= Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p))))", "square_c"),
        step(
            "expand",
            "identity",
            "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p)))) == Q(h) - 2*t*trace + t**2*lengths",
            "norm",
            "trace",
            combine={"norm": "1", "trace": "-2*t"},
        ),
        step("short_s", "apply", "Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1", "short", at={"s": "s"}),
        step("rank", "monotone", "lengths <= Sum(s, 1, n, 1)", "short_s", prose="The basis has at most n elements."),
        step(
            "bounded",
            "certificate",
            f"2*t*trace - ({width})*t**2 <= Q(h)",
            "squares",
            "expand",
            "rank",
            terms=[["squares"], ["rank", "sq:t"]],
            combine={"expand": "-1"},
            prose="The sum of the squares |M q_s - t q_s|^2 is not negative.",
        ),
        step(
            "with_basis",
            "introduce",
            f"2*t*trace - ({width})*t**2 <= Q(h)",
            "axiom:gram-schmidt",
            "bounded",
            symbols={"v(i,c,p)": "b(i, c)*k(i, p)"},
        ),
        step(
            "for_every_t",
            "introduce",
            f"2*t*trace - ({width})*t**2 <= Q(h)",
            "axiom:tensor-power",
            "with_basis",
            put={"m": "h"},
        ),
        step("positive", "certificate", f"0 < {width}", "units", terms=[["c:1", "units"], ["c:1"]]),
        step(
            "best_t",
            "apply",
            f"2*(trace/({width}))*trace - ({width})*(trace/({width}))**2 <= Q(h)",
            "for_every_t",
            put={"t": f"trace/({width})"},
        ),
        step("bound", "certificate", goal, "best_t", "positive", terms=[["best_t"]], prose="The best t is Tr[BA]/n."),
    ]
    hyps = {"units": "1 <= n", "unit": f"All(i, Sum(m, 1, d, b(i, m)**2) == {unit})"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=EXAMPLE), steps)


def build_dimension_term(width: str = "d") -> Proof:
    """Return the derivation of Tr[BA]^2/d <= Tr[A^T A G]: Cauchy-Schwarz for AB against the identity of R^d.

    0 <= |AB - t I|^2 = Tr[A^T A G] - 2 t Tr[BA] + t^2 d for every t. Rows of any length. Derived in this project.

    Arguments:
        width: knob of the mutant, the dimension.

    Returns:
        The derivation.

    Example:
        >>> build_dimension_term().statement.goal.startswith("trace**2/(d) <= Sum(")
        True
    """
    let = {
        **LET,
        "quadratic": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)))",
        "gap(k,e)": "(Sum(i, 1, n, A(k, i)*b(i, e)) - t*delta(k, e))**2",
    }
    goal = f"trace**2/({width}) <= Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)))"
    steps = [
        step("square", "sign", "0 <= gap(k, e)"),
        step("square_e", "monotone", "0 <= Sum(e, 1, d, gap(k, e))", "square"),
        step("squares", "monotone", "0 <= Sum(k, 1, d, Sum(e, 1, d, gap(k, e)))", "square_e"),
        step(
            "expand",
            "identity",
            "Sum(k, 1, d, Sum(e, 1, d, gap(k, e))) == quadratic - 2*t*trace + d*t**2",
            prose="The squared norm of AB - t I.",
        ),
        step(
            "for_every_t",
            "certificate",
            f"2*t*trace - ({width})*t**2 <= quadratic",
            "squares",
            "expand",
            terms=[["squares"]],
            combine={"expand": "-1"},
        ),
        step("positive", "certificate", f"0 < {width}", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step(
            "best_t",
            "apply",
            f"2*(trace/({width}))*trace - ({width})*(trace/({width}))**2 <= quadratic",
            "for_every_t",
            put={"t": f"trace/({width})"},
        ),
        step("bound", "certificate", goal, "best_t", "positive", terms=[["best_t"]], prose="The best t is Tr[BA]/d."),
    ]
    return Proof(Statement(goal, {"dimension": "1 <= d"}, declare=DECLARE, let=let, inhabited={"d": "2"}), steps)


def build_min_tau(factor: str = "1") -> Proof:
    """Return the derivation of min over tau of 1 + (s tau^2 - 2 tau)/d = 1 - 1/(d s), attained at tau = 1/s.

    Arguments:
        factor: knob of the mutant, a factor of 1/(d s).

    Returns:
        The derivation.

    Example:
        >>> [s["rule"] for s in build_min_tau().steps]
        ['certificate', 'identity', 'arithmetic']
    """
    value = f"1 - {factor}/(d*s)"
    least, attained = f"{value} <= 1 + (s*tau**2 - 2*tau)/d", f"1 + (s*(1/s)**2 - 2*(1/s))/d == {value}"
    steps = [
        step(
            "least",
            "certificate",
            least,
            "dimension",
            "slope",
            terms=[["sq:s*tau - 1"]],
            times="d*s",
            prose="Complete the square in tau.",
        ),
        step("attained", "identity", attained, "dimension", "slope"),
        step("both", "arithmetic", f"{least} and {attained}", "least", "attained"),
    ]
    hyps = {"dimension": "0 < d", "slope": "0 < s"}
    return Proof(Statement(f"{least} and {attained}", hyps, inhabited={"d": "1", "s": "1"}), steps)
