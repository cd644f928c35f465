"""Steps to water-filling for a general covariance: known traces, partial traces, one degree's pseudo-inverse."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .powers import DECLARE, EXAMPLE, LET, TENSOR_LET, UNIT, tensor_norm

_TENSOR = "All(i, All(j, Sum(p, 1, N, k(i, p)*k(j, p)) == G(i, j)**h))"
_PLANE = {**EXAMPLE, "N": "1", "h": "0", "k(i,p)": "1"}


def build_known_traces(entry: str = "w(e, c)") -> Proof:
    """Return the derivation of Tr[M (W x I)] = Tr[W A C] for every matrix W, unit rows and every tensor power.

    M = sum_i (a_i x k_i)(b_i x k_i)^T, and |k_i| = 1. Derived in this project.

    Arguments:
        entry: knob of the mutant, the entry of W.

    Returns:
        The derivation.

    Example:
        >>> build_known_traces().statement.goal
        'traced == Sum(c, 1, d, Sum(e, 1, d, w(e, c)*Sum(i, 1, n, A(c, i)*b(i, e))))'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "part(i)": "Sum(c, 1, d, Sum(e, 1, d, Sum(p, 1, N, A(c, i)*k(i, p)*b(i, e)*k(i, p)*w(e, c))))",
        "traced": "Sum(i, 1, n, Sum(c, 1, d, Sum(e, 1, d, Sum(p, 1, N, A(c, i)*k(i, p)*b(i, e)*k(i, p)*w(e, c)))))",
        "plain(i)": "Sum(c, 1, d, Sum(e, 1, d, A(c, i)*b(i, e)*w(e, c)))",
    }
    goal = f"traced == Sum(c, 1, d, Sum(e, 1, d, {entry}*Sum(i, 1, n, A(c, i)*b(i, e))))"
    steps = [
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_h", "assume", "G(i, i)**h == 1"),
        step("one_next", "identity", "G(i, i)**(h + 1) == 1", "one_h", "row", combine={"one_h": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**h == 1", "one_0", "one_next", on="h", base="0"),
        step("tensor_ii", "apply", "Sum(p, 1, N, k(i, p)*k(i, p)) == G(i, i)**h", "tensor", at={"i": "i", "j": "i"}),
        step(
            "part",
            "identity",
            "part(i) == plain(i)",
            "tensor_ii",
            "one",
            combine={"tensor_ii": "plain(i)", "one": "plain(i)"},
        ),
        step("parts", "congruence", "traced == Sum(i, 1, n, plain(i))", "part"),
        step("goal", "identity", goal, "parts", combine={"parts": "1"}),
    ]
    hyps = {"unit": UNIT, "tensor": _TENSOR}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**_PLANE, "A(k,i)": "1"}), steps)


def build_partial_trace(most: str = "n") -> Proof:
    """Return the derivation: the partial trace S of a projector on span{b_i x k_i} is psd, Tr S <= n, and in the rows.

    S(c, e) = sum_s sum_p q(s, c, p) q(s, e, p) for n arrays q_s of length at most 1 in the span. What is orthogonal to
    all rows b_i is in S's kernel, so that rank S <= min(n, d). Derived in this project.

    Arguments:
        most: knob of the mutant, the bound on the trace.

    Returns:
        The derivation.

    Example:
        >>> build_partial_trace().statement.goal.split(" and ")[1]
        'Sum(c, 1, d, S(c, c)) <= n'
    """
    let = {
        "S(c,e)": "Sum(s, 1, n, Sum(p, 1, N, q(s, c, p)*q(s, e, p)))",
        "along(s,p)": "Sum(c, 1, d, x(c)*q(s, c, p))",
        "null(i)": "Sum(c, 1, d, b(i, c)*x(c))",
    }
    psd = "0 <= Sum(c, 1, d, Sum(e, 1, d, x(c)*x(e)*S(c, e)))"
    trace = f"Sum(c, 1, d, S(c, c)) <= {most}"
    orthogonal = "All(i, Imp(1 <= i, i <= n, null(i) == 0))"
    kernel = f"Imp({orthogonal}, Sum(e, 1, d, S(c, e)*x(e)) == 0)"
    goal = f"{psd} and {trace} and {kernel}"
    spanned = "Sum(i, 1, n, Z(s, i)*b(i, c)*k(i, p))"
    steps = [
        step("square", "sign", "0 <= along(s, p)**2"),
        step("square_p", "monotone", "0 <= Sum(p, 1, N, along(s, p)**2)", "square"),
        step("squares", "monotone", "0 <= Sum(s, 1, n, Sum(p, 1, N, along(s, p)**2))", "square_p"),
        step("psd", "certificate", psd, "squares", terms=[["squares"]]),
        step("s_lo", "assume", "1 <= s"),
        step("s_hi", "assume", "s <= n"),
        step(
            "short_s", "apply", "Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1", "short", "s_lo", "s_hi", at={"s": "s"}
        ),
        step(
            "lengths",
            "monotone",
            "Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2))) <= Sum(s, 1, n, 1)",
            "short_s",
        ),
        step("trace", "certificate", trace, "lengths", terms=[["lengths"]]),
        # the kernel
        step("free", "assume", orthogonal),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("free_i", "apply", "null(i) == 0", "free", "i_lo", "i_hi", at={"i": "i"}),
        step("none_i", "identity", "Z(s, i)*k(i, p)*null(i) == 0", "free_i", combine={"free_i": "Z(s, i)*k(i, p)"}),
        step("none", "congruence", "Sum(i, 1, n, Z(s, i)*k(i, p)*null(i)) == Sum(i, 1, n, 0)", "none_i"),
        step("span_c", "apply", f"q(s, c, p) == {spanned}", "span", at={"s": "s", "c": "c", "p": "p"}),
        step("span_x", "identity", f"x(c)*q(s, c, p) == x(c)*{spanned}", "span_c", combine={"span_c": "x(c)"}),
        step("along_sum", "congruence", f"along(s, p) == Sum(c, 1, d, x(c)*{spanned})", "span_x"),
        step("along", "identity", "along(s, p) == 0", "along_sum", "none", combine={"along_sum": "1", "none": "1"}),
        step("image_p", "identity", "q(s, c, p)*along(s, p) == 0", "along", combine={"along": "q(s, c, p)"}),
        step("image_s", "congruence", "Sum(p, 1, N, q(s, c, p)*along(s, p)) == Sum(p, 1, N, 0)", "image_p"),
        step(
            "image",
            "congruence",
            "Sum(s, 1, n, Sum(p, 1, N, q(s, c, p)*along(s, p))) == Sum(s, 1, n, Sum(p, 1, N, 0))",
            "image_s",
        ),
        step("kernel_c", "identity", "Sum(e, 1, d, S(c, e)*x(e)) == 0", "image", combine={"image": "1"}),
        step("kernel", "discharge", kernel, "kernel_c"),
        step("goal", "sign", goal, "psd", "trace", "kernel"),
    ]
    hyps = {
        "short": "All(s, Imp(1 <= s, s <= n, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1))",
        "span": f"All(s, All(c, All(p, q(s, c, p) == {spanned})))",
    }
    example = {
        "n": "1",
        "d": "1",
        "N": "1",
        "b(i,c)": "1",
        "k(i,p)": "1",
        "Z(s,i)": "1",
        "q(s,c,p)": "1",
        "x(c)": "1",
        "c": "1",
    }
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_pseudo_inverse(factor: str = "1") -> Proof:
    """Return the derivation of |M|^2 >= Tr[N S^+ N^T], N = AC, S the partial trace of the projector of M's degree.

    The pseudo-inverse enters as any X with S X = N^T: Tr[N X] is then Tr[N S^+ N^T]. The test matrix W = X^T gives
    0 <= |M - (W x I)P|^2 = |M|^2 - 2 Tr[WN] + Tr[W S W^T] = |M|^2 - Tr[NX]. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor of Tr[N X].

    Returns:
        The derivation.

    Example:
        >>> build_pseudo_inverse().statement.goal
        '1*Sum(c, 1, d, Sum(e, 1, d, N_(c, e)*X(e, c))) <= Q(h)'
    """
    let = {
        **LET,
        **TENSOR_LET,
        "S(c,e)": "Sum(s, 1, n, Sum(p, 1, N, q(s, c, p)*q(s, e, p)))",
        "N_(c,e)": "Sum(i, 1, n, A(c, i)*b(i, e))",
        "gap(s,c,p)": "(W(s, c, p) - Sum(e, 1, d, X(e, c)*q(s, e, p)))**2",
        "traced": "Sum(c, 1, d, Sum(e, 1, d, Sum(i, 1, n, A(c, i)*b(i, e))*X(e, c)))",
        "crossed": "Sum(i, 1, n, Sum(c, 1, d, Sum(e, 1, d, Sum(p, 1, N, A(c, i)*X(e, c)*k(i, p)*"
        "Sum(s, 1, n, R(i, s)*q(s, e, p))))))",
        "part(i)": "Sum(c, 1, d, Sum(e, 1, d, A(c, i)*X(e, c)*b(i, e)))",
        "quadratic": "Sum(c, 1, d, Sum(e, 1, d, X(e, c)*Sum(f, 1, d, S(e, f)*X(f, c))))",
        "projected_e": "Sum(s, 1, n, R(i, s)*q(s, e, p))",
    }
    goal = f"{factor}*Sum(c, 1, d, Sum(e, 1, d, N_(c, e)*X(e, c))) <= Q(h)"
    test = "A(c, i)*X(e, c)*k(i, p)"
    steps = [
        *(s for s in tensor_norm() if s["id"] not in ("tensor", "span", "short")),
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_h", "assume", "G(i, i)**h == 1"),
        step("one_next", "identity", "G(i, i)**(h + 1) == 1", "one_h", "row", combine={"one_h": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**h == 1", "one_0", "one_next", on="h", base="0"),
        step("tensor_ii", "apply", "Sum(p, 1, N, k(i, p)*k(i, p)) == G(i, i)**h", "tensor", at={"i": "i", "j": "i"}),
        step("e_lo", "assume", "1 <= e"),
        step("e_hi", "assume", "e <= d"),
        step(
            "span_iep",
            "apply",
            "v(i, e, p) == projected_e",
            "span",
            "i_lo",
            "i_hi",
            "e_lo",
            "e_hi",
            "p_lo",
            "p_hi",
            at={"i": "i", "c": "e", "p": "p"},
        ),
        step(
            "cross_p",
            "identity",
            f"{test}*projected_e == {test}*v(i, e, p)",
            "span_iep",
            combine={"span_iep": f"-{test}"},
        ),
        step(
            "cross_e", "congruence", f"Sum(p, 1, N, {test}*projected_e) == Sum(p, 1, N, {test}*v(i, e, p))", "cross_p"
        ),
        step(
            "cross_c",
            "congruence",
            f"Sum(e, 1, d, Sum(p, 1, N, {test}*projected_e)) == Sum(e, 1, d, Sum(p, 1, N, {test}*v(i, e, p)))",
            "cross_e",
        ),
        step(
            "cross_i",
            "congruence",
            f"Sum(c, 1, d, Sum(e, 1, d, Sum(p, 1, N, {test}*projected_e))) == "
            f"Sum(c, 1, d, Sum(e, 1, d, Sum(p, 1, N, {test}*v(i, e, p))))",
            "cross_c",
        ),
        step(
            "cross_unit",
            "identity",
            f"Sum(c, 1, d, Sum(e, 1, d, Sum(p, 1, N, {test}*projected_e))) == part(i)",
            "cross_i",
            "tensor_ii",
            "one",
            combine={"cross_i": "1", "tensor_ii": "part(i)", "one": "part(i)"},
        ),
        step("cross", "congruence", "crossed == Sum(i, 1, n, part(i))", "cross_unit"),
        step(
            "solved_ec",
            "apply",
            "Sum(f, 1, d, S(e, f)*X(f, c)) == N_(c, e)",
            "solved",
            "e_lo",
            "e_hi",
            "c_lo",
            "c_hi",
            at={"c": "c", "e": "e"},
        ),
        step(
            "solved_X",
            "identity",
            "X(e, c)*Sum(f, 1, d, S(e, f)*X(f, c)) == N_(c, e)*X(e, c)",
            "solved_ec",
            combine={"solved_ec": "X(e, c)"},
        ),
        step(
            "solved_c",
            "congruence",
            "Sum(e, 1, d, X(e, c)*Sum(f, 1, d, S(e, f)*X(f, c))) == Sum(e, 1, d, N_(c, e)*X(e, c))",
            "solved_X",
        ),
        step("quadratic", "congruence", "quadratic == traced", "solved_c"),
        step("square", "sign", "0 <= gap(s, c, p)"),
        step("square_p", "monotone", "0 <= Sum(p, 1, N, gap(s, c, p))", "square"),
        step("square_c", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p)))", "square_p"),
        step("squares", "monotone", "0 <= Sum(s, 1, n, Sum(c, 1, d, Sum(p, 1, N, gap(s, c, p))))", "square_c"),
        step(
            "goal",
            "certificate",
            goal,
            "squares",
            "norm",
            "cross",
            "quadratic",
            terms=[["squares"]],
            combine={"norm": "-1", "cross": "2", "quadratic": "-1"},
        ),
    ]
    span = "Sum(s, 1, n, R(i, s)*q(s, c, p))"
    hyps = {
        "unit": UNIT,
        "tensor": _TENSOR,
        "span": f"All(i, All(c, All(p, Imp(1 <= i, i <= n, 1 <= c, c <= d, 1 <= p, p <= N, v(i, c, p) == {span}))))",
        "solved": "All(c, All(e, Imp(1 <= e, e <= d, 1 <= c, c <= d, Sum(f, 1, d, S(e, f)*X(f, c)) == N_(c, e))))",
    }
    example = {
        "n": "1",
        "d": "1",
        "N": "1",
        "h": "1",
        "b(i,k)": "delta(k, 1)",
        "k(i,p)": "1",
        "q(s,c,p)": "1",
        "A(k,i)": "1",
        "X(e,c)": "1",
    }
    return Proof(Statement(goal, hyps, declare=f"f:Z {DECLARE}", let=let, inhabited=example), steps)
