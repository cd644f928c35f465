"""The matrix M = sum_i (a_i x k_i)(b_i x k_i)^T of one odd degree, k_i = b_i^(x h): norm, trace, rank."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import EXAMPLE, HYPS, LET

DECLARE = "i,j,k,m,e,c,p,s,r,t,o:Z n,d,h,N,l:N"
_LET = {
    "G(i,j)": LET["G(i,j)"],
    "trace": LET["trace"],
    "kk(i,j)": "Sum(p, 1, N, k(i, p)*k(j, p))",
    "M(c,p,e,o)": "Sum(i, 1, n, A(c, i)*k(i, p)*b(i, e)*k(i, o))",
    "AA(i,j)": "Sum(c, 1, d, A(c, i)*A(c, j))",
}
_TENSOR = "All(i, All(j, kk(i, j) == G(i, j)**h))"
_EXAMPLE = {
    **{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")},
    "h": "1",
    "N": "2",
    "k(i,p)": "(1 - delta(i, 2))*delta(p, 1) + delta(i, 2)*delta(p, 2)",
}


def build_norm(power: str = "2*h + 1") -> Proof:
    """Return the derivation of |M|^2 = Tr[A^T A G^(2h+1)].

    Arguments:
        power: knob of the mutant, the power of the entries of G.

    Returns:
        The derivation.

    Example:
        >>> build_norm().statement.goal.endswith("AA(i, j)*G(i, j)**(2*h + 1)))")
        True
    """
    norm = "Sum(c, 1, d, Sum(p, 1, N, Sum(e, 1, d, Sum(o, 1, N, M(c, p, e, o)**2))))"
    goal = f"{norm} == Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**({power})))"
    left, right = "AA(i, j)*G(i, j)*kk(i, j)*kk(i, j)", f"AA(i, j)*G(i, j)**({power})"
    steps = [
        step("tensor_ij", "apply", "kk(i, j) == G(i, j)**h", "tensor", at={"i": "i", "j": "j"}),
        step(
            "entry",
            "identity",
            f"{left} == {right}",
            "tensor_ij",
            combine={"tensor_ij": "AA(i, j)*G(i, j)*(kk(i, j) + G(i, j)**h)"},
            prose="The inner products of simple tensors multiply.",
        ),
        step("entry_j", "congruence", f"Sum(j, 1, n, {left}) == Sum(j, 1, n, {right})", "entry"),
        step(
            "entries",
            "congruence",
            f"Sum(i, 1, n, Sum(j, 1, n, {left})) == Sum(i, 1, n, Sum(j, 1, n, {right}))",
            "entry_j",
        ),
        step("goal", "identity", goal, "entries", combine={"entries": "1"}),
    ]
    return Proof(Statement(goal, {"tensor": _TENSOR}, declare=DECLARE, let=_LET, inhabited=_EXAMPLE), steps)


def build_trace(unit: str = "1") -> Proof:
    """Return the derivation of Tr M = Tr[BA] for unit rows, whatever the degree.

    Arguments:
        unit: knob of the mutant, the squared length of the rows.

    Returns:
        The derivation.

    Example:
        >>> build_trace().statement.goal
        'Sum(c, 1, d, Sum(p, 1, N, M(c, p, c, p))) == trace'
    """
    goal = "Sum(c, 1, d, Sum(p, 1, N, M(c, p, c, p))) == trace"
    ba = "Sum(k, 1, d, A(k, i)*b(i, k))"
    steps = [
        step("tensor_ii", "apply", "kk(i, i) == G(i, i)**h", "tensor", at={"i": "i", "j": "i"}),
        step("row", "apply", f"G(i, i) == {unit}", "unit", at={"i": "i"}),
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("one_h", "assume", "G(i, i)**h == 1"),
        step("one_next", "identity", "G(i, i)**(h + 1) == 1", "one_h", "row", combine={"one_h": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**h == 1", "one_0", "one_next", on="h", base="0"),
        step(
            "entry",
            "identity",
            f"{ba}*kk(i, i) == {ba}",
            "tensor_ii",
            "one",
            combine={"tensor_ii": ba, "one": ba},
            prose="The tensor powers of unit vectors are unit vectors.",
        ),
        step("entries", "congruence", f"Sum(i, 1, n, {ba}*kk(i, i)) == Sum(i, 1, n, {ba})", "entry"),
        step("goal", "identity", goal, "entries", combine={"entries": "1"}),
    ]
    hyps = {"tensor": _TENSOR, "unit": HYPS["unit"].replace("== 1", f"== {unit}")}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=_LET, inhabited=_EXAMPLE), steps)


def build_rank(width: str = "n") -> Proof:
    """Return the derivation of l <= n for every orthonormal family y_1, ..., y_l in the span of n arrays b_i x k_i.

    The rows of M lie in that span, so that its rank is at most n. With an orthonormal basis q_1, ..., q_n of the span
    l = sum_s |y_s|^2 = sum_t sum_s <y_s, q_t>^2 <= sum_t |q_t|^2 <= n (Bessel). Derived in this project.

    Arguments:
        width: knob of the mutant, the bound.

    Returns:
        The derivation.

    Example:
        >>> build_rank().statement.goal
        'l <= n'
    """
    projected = "Sum(t, 1, n, R(i, t)*q(t, c, p))"
    let = {
        "v(i,c,p)": "b(i, c)*k(i, p)",
        "y(s,c,p)": "Sum(i, 1, n, x(s, i)*b(i, c)*k(i, p))",
        "yy(s,r)": "Sum(c, 1, d, Sum(p, 1, N, y(s, c, p)*y(r, c, p)))",
        "R(i,t)": "Sum(e, 1, d, Sum(r, 1, N, v(i, e, r)*q(t, e, r)))",
        "Y(s,t)": "Sum(e, 1, d, Sum(r, 1, N, y(s, e, r)*q(t, e, r)))",
        "gg(t)": "Sum(c, 1, d, Sum(p, 1, N, q(t, c, p)**2))",
        "gap(t,c,p)": "(q(t, c, p) - Sum(s, 1, l, Y(s, t)*y(s, c, p)))**2",
    }
    cross, picked = "Y(s, t)*Y(r, t)*yy(s, r)", "delta(s, r)*Y(s, t)*Y(r, t)"
    steps = [
        step(
            "span",
            "assume",
            f"All(i, All(c, All(p, Imp(1 <= i, i <= n, 1 <= c, c <= d, 1 <= p, p <= N, v(i, c, p) == {projected}))))",
        ),
        step("short", "assume", "All(s, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1)"),
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
            for v, top in (("i", "n"), ("c", "d"), ("p", "N"), ("s", "l"), ("r", "l"))
            for end in ("lo", "hi")
        ),
        step(
            "span_icp",
            "apply",
            f"v(i, c, p) == {projected}",
            "span",
            *("i_lo", "i_hi", "c_lo", "c_hi", "p_lo", "p_hi"),
            at={"i": "i", "c": "c", "p": "p"},
        ),
        step(
            "part_i",
            "identity",
            f"y(s, c, p)*x(s, i)*{projected} == y(s, c, p)*x(s, i)*v(i, c, p)",
            "span_icp",
            combine={"span_icp": "-y(s, c, p)*x(s, i)"},
        ),
        step(
            "part",
            "congruence",
            f"Sum(i, 1, n, y(s, c, p)*x(s, i)*{projected}) == Sum(i, 1, n, y(s, c, p)*x(s, i)*v(i, c, p))",
            "part_i",
        ),
        step(
            "part_p",
            "congruence",
            f"Sum(p, 1, N, Sum(i, 1, n, y(s, c, p)*x(s, i)*{projected})) == "
            "Sum(p, 1, N, Sum(i, 1, n, y(s, c, p)*x(s, i)*v(i, c, p)))",
            "part",
        ),
        step(
            "part_c",
            "congruence",
            f"Sum(c, 1, d, Sum(p, 1, N, Sum(i, 1, n, y(s, c, p)*x(s, i)*{projected}))) == "
            "Sum(c, 1, d, Sum(p, 1, N, Sum(i, 1, n, y(s, c, p)*x(s, i)*v(i, c, p))))",
            "part_p",
        ),
        step("yy_ss", "apply", "yy(s, s) == delta(s, s)", "orthonormal", "s_lo", "s_hi", at={"s": "s", "r": "s"}),
        step(
            "length",
            "identity",
            "Sum(t, 1, n, Y(s, t)**2) == 1",
            "part_c",
            "yy_ss",
            combine={"part_c": "1", "yy_ss": "1"},
            prose="A vector of the span has all its length along the basis.",
        ),
        step("lengths", "congruence", "Sum(s, 1, l, Sum(t, 1, n, Y(s, t)**2)) == Sum(s, 1, l, 1)", "length"),
        step(
            "yy_sr",
            "apply",
            "yy(s, r) == delta(s, r)",
            "orthonormal",
            *("s_lo", "s_hi", "r_lo", "r_hi"),
            at={"s": "s", "r": "r"},
        ),
        step("cross", "identity", f"{cross} == {picked}", "yy_sr", combine={"yy_sr": "Y(s, t)*Y(r, t)"}),
        step("cross_r", "congruence", f"Sum(r, 1, l, {cross}) == Sum(r, 1, l, {picked})", "cross"),
        step(
            "cross_s",
            "congruence",
            f"Sum(s, 1, l, Sum(r, 1, l, {cross})) == Sum(s, 1, l, Sum(r, 1, l, {picked}))",
            "cross_r",
        ),
        step("square", "sign", "0 <= gap(t, c, p)"),
        step("square_p", "monotone", "0 <= Sum(p, 1, N, gap(t, c, p))", "square"),
        step("squares", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, N, gap(t, c, p)))", "square_p"),
        step(
            "expand",
            "identity",
            "Sum(c, 1, d, Sum(p, 1, N, gap(t, c, p))) == gg(t) - Sum(s, 1, l, Y(s, t)**2)",
            "cross_s",
            combine={"cross_s": "1"},
        ),
        step("short_t", "apply", "gg(t) <= 1", "short", at={"s": "t"}),
        step(
            "bessel",
            "certificate",
            "Sum(s, 1, l, Y(s, t)**2) <= 1",
            "squares",
            "expand",
            "short_t",
            terms=[["squares"], ["short_t"]],
            combine={"expand": "-1"},
            prose="Bessel's inequality.",
        ),
        step("bessels", "monotone", "Sum(t, 1, n, Sum(s, 1, l, Y(s, t)**2)) <= Sum(t, 1, n, 1)", "bessel"),
        step(
            "bounded",
            "certificate",
            f"l <= {width}",
            "bessels",
            "lengths",
            terms=[["bessels"]],
            combine={"lengths": "1"},
        ),
        step("goal", "introduce", f"l <= {width}", "axiom:gram-schmidt", "bounded", symbols={"v(i,c,p)": "v(i, c, p)"}),
    ]
    hyps = {"orthonormal": "All(s, All(r, Imp(1 <= s, s <= l, 1 <= r, r <= l, yy(s, r) == delta(s, r))))"}
    example = {"n": "1", "d": "1", "N": "1", "l": "1", "b(i,c)": "1", "k(i,p)": "1", "x(s,i)": "1"}
    return Proof(Statement(f"l <= {width}", hyps, declare=DECLARE, let=let, inhabited=example), steps)
