"""Positivity of f(G): quadratic forms of an odd power series of the entries of a Gram matrix."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .series import entry_series
from .setting import EXAMPLE, HYPS, LET

DECLARE = "i,j,k,m,e,c:Z n,d,l,p:N"
ROWS = {k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}
WEIGHTS = {
    "dimension": "1 <= d",
    "unit": HYPS["unit"],
    "weights": "All(p, 0 <= w(p))",
    "summable": "Summable(p, 0, w(p))",
}
SIZES = {"G(i,j)": LET["G(i,j)"], "size(p)": "w(p)*(G(i, j)**p)**2"}
_TERM = "w(p)*G(i, j)**({})"


def series_form(degree: str) -> list[dict[str, Any]]:
    """Return the steps to 0 <= sum_ij x_i x_j sum_p w_p G_ij^degree ("psd")."""
    term = _TERM.format(degree)
    power = f"Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*G(i, j)**({degree})))"
    whole = f"Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*Series(p, 0, {term})))"
    return [
        *entry_series(),
        step(
            "one_form",
            "apply",
            f"0 <= Sum(c, 1, d, {power})",
            "claim:ae.gram-positive",
            symbols={"X(c,i)": "x(i)"},
            put={"h": degree},
            prose="Every power of the entries is the Gram matrix of tensor powers.",
        ),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("one_power", "certificate", f"0 <= {power}", "one_form", "d_positive", terms=[["one_form"]], times="d"),
        step("weighted", "certificate", f"0 <= w(p)*{power}", "w_p", "one_power", terms=[["w_p", "one_power"]]),
        step("forms", "linear", f"Summable(p, 0, w(p)*{power})", "sizes"),
        step("sum", "monotone", f"0 <= Series(p, 0, w(p)*{power})", "weighted", "forms"),
        step("swap", "linear", f"Series(p, 0, w(p)*{power}) == {whole}", "sizes"),
        step("psd", "certificate", f"0 <= {whole}", "sum", "swap", terms=[["sum"]], combine={"swap": "-1"}),
    ]


def build_psd(sign: str = "") -> Proof:
    """Return the derivation of x^T f(G) x >= 0 for f(t) = sum over p >= 0 of w_p t^(2p + 1) with w_p >= 0 summable.

    G is the Gram matrix of n unit rows in R^d and f is taken entry by entry. Each power of the entries is the Gram
    matrix of the tensor powers of the rows (Schur's product theorem), so that each degree's form is not negative.

    Arguments:
        sign: knob of the mutant, the sign of the coefficients.

    Returns:
        The derivation.

    Example:
        >>> build_psd().statement.goal
        '0 <= Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*Series(p, 0, w(p)*G(i, j)**(2*p + 1))))'
    """
    hyps = {**WEIGHTS, "weights": f"All(p, 0 <= {sign}w(p))"}
    goal = "0 <= Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*Series(p, 0, w(p)*G(i, j)**(2*p + 1))))"
    example = {**ROWS, "w(p)": f"{sign}delta(p, 0)"}
    return Proof(
        Statement(goal, hyps, declare=DECLARE, let=SIZES, inhabited=example),
        series_form("2*p + 1"),
    )


def build_above_gram(extra: str = "0") -> Proof:
    """Return the derivation of x^T G x <= x^T f(G) x for f(t) = t + sum over p >= 0 of w_p t^(2p + 3), w_p >= 0.

    The degrees from 3 on are positive semidefinite. The sharper f(G) >= G + alpha I is false off orthonormal rows.

    Arguments:
        extra: knob of the mutant, the multiple of the identity that is added to G.

    Returns:
        The derivation.

    Example:
        >>> build_above_gram().statement.let["f(i,j)"]
        'G(i, j) + Series(p, 0, w(p)*G(i, j)**(2*p + 3))'
    """
    let = {
        **SIZES,
        "f(i,j)": "G(i, j) + Series(p, 0, w(p)*G(i, j)**(2*p + 3))",
        "alpha": "Series(p, 0, w(p))",
    }
    linear, whole = (f"Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*{entry}))" for entry in ("G(i, j)", "f(i, j)"))
    goal = f"{linear} + {extra}*Sum(i, 1, n, x(i)**2) <= {whole}"
    steps = [*series_form("2*p + 3"), step("goal", "certificate", goal, "psd", terms=[["psd"]])]
    example = {**ROWS, "w(p)": "delta(p, 0)"}
    return Proof(Statement(goal, WEIGHTS, declare=DECLARE, let=let, inhabited=example), steps)


def build_fiedler(factor: str = "1") -> Proof:
    """Return the derivation of x^T (G o G^-1) x >= |x|^2 for an invertible Gram matrix, o the entrywise product.

    With the dual rows y_i = sum_j X_ij b_j, X = G^-1, and M = sum_i x_i b_i y_i^T the left side is |M|^2 and |x|^2 is
    Tr M^2; |M - M^T|^2 >= 0. M. Fiedler, Czech. Math. J. 11 (1961); the derivation is this project's.

    Arguments:
        factor: knob of the mutant, a factor of |x|^2.

    Returns:
        The derivation.

    Example:
        >>> build_fiedler().statement.goal
        '1*Sum(i, 1, n, x(i)**2) <= Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*G(i, j)*X(i, j)))'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "y(i,c)": "Sum(m, 1, n, X(i, m)*b(m, c))",
        "yb(i,j)": "Sum(m, 1, n, X(i, m)*G(m, j))",
        "yy(i,j)": "Sum(m, 1, n, X(i, m)*yb(j, m))",
        "M(c,e)": "Sum(i, 1, n, x(i)*b(i, c)*y(i, e))",
    }
    ranges = "1 <= e, e <= n, 1 <= c, c <= n"
    goal = f"{factor}*Sum(i, 1, n, x(i)**2) <= Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*G(i, j)*X(i, j)))"
    full, dual = "x(i)*x(j)*G(i, j)*yy(i, j)", "x(i)*x(j)*G(i, j)*X(i, j)"
    cross, picked = "x(i)*x(j)*yb(i, j)*yb(j, i)", "delta(i, j)*(x(i)*x(j))"
    bounds = ("i_lo", "i_hi", "j_lo", "j_hi")
    square = "(M(c, e) - M(e, c))**2"
    whole = f"Sum(c, 1, d, Sum(e, 1, d, {square}))"
    steps = [
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= n")
            for v in ("i", "j", "m")
            for end in ("lo", "hi")
        ),
        step(
            "dual_jm",
            "apply",
            "yb(j, m) == delta(j, m)",
            "inverse",
            "j_lo",
            "j_hi",
            "m_lo",
            "m_hi",
            at={"e": "j", "c": "m"},
        ),
        step(
            "dual_X", "identity", "X(i, m)*yb(j, m) == X(i, m)*delta(j, m)", "dual_jm", combine={"dual_jm": "X(i, m)"}
        ),
        step("duals", "congruence", "yy(i, j) == Sum(m, 1, n, X(i, m)*delta(j, m))", "dual_X"),
        step(
            "pick",
            "sums",
            "Sum(m, 1, n, X(i, m)*delta(j, m)) == X(i, j)",
            "j_lo",
            "j_hi",
            kind="delta",
            index="j",
            rest="X(i, m)",
        ),
        step(
            "entry",
            "identity",
            f"{full} == {dual}",
            "duals",
            "pick",
            combine={"duals": "x(i)*x(j)*G(i, j)", "pick": "x(i)*x(j)*G(i, j)"},
        ),
        step("entry_j", "congruence", f"Sum(j, 1, n, {full}) == Sum(j, 1, n, {dual})", "entry"),
        step(
            "norm",
            "congruence",
            f"Sum(i, 1, n, Sum(j, 1, n, {full})) == Sum(i, 1, n, Sum(j, 1, n, {dual}))",
            "entry_j",
            prose="The inner products of the dual rows are the entries of X.",
        ),
        step("dual_ij", "apply", "yb(i, j) == delta(i, j)", "inverse", *bounds, at={"e": "i", "c": "j"}),
        step(
            "dual_ji",
            "apply",
            "yb(j, i) == delta(j, i)",
            "inverse",
            "j_lo",
            "j_hi",
            "i_lo",
            "i_hi",
            at={"e": "j", "c": "i"},
        ),
        step(
            "cross",
            "identity",
            f"{cross} == {picked}",
            "dual_ij",
            "dual_ji",
            combine={"dual_ij": "x(i)*x(j)*yb(j, i)", "dual_ji": "x(i)*x(j)*delta(i, j)"},
        ),
        step("cross_j", "congruence", f"Sum(j, 1, n, {cross}) == Sum(j, 1, n, {picked})", "cross"),
        step(
            "pick_j",
            "sums",
            f"Sum(j, 1, n, {picked}) == x(i)*x(i)",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest="x(i)*x(j)",
        ),
        step(
            "row",
            "identity",
            f"Sum(j, 1, n, {cross}) == x(i)*x(i)",
            "cross_j",
            "pick_j",
            combine={"cross_j": "1", "pick_j": "1"},
        ),
        step(
            "trace",
            "congruence",
            f"Sum(i, 1, n, Sum(j, 1, n, {cross})) == Sum(i, 1, n, x(i)*x(i))",
            "row",
            prose="Tr M^2 = |x|^2.",
        ),
        step("square", "sign", f"0 <= {square}"),
        step("square_e", "monotone", f"0 <= Sum(e, 1, d, {square})", "square"),
        step("squares", "monotone", f"0 <= {whole}", "square_e"),
        step(
            "goal",
            "certificate",
            goal,
            "squares",
            "norm",
            "trace",
            terms=[["c:1/2", "squares"]],
            combine={"norm": "-1", "trace": "1"},
        ),
    ]
    hyps = {"inverse": f"All(e, All(c, Imp({ranges}, yb(e, c) == delta(e, c))))"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**ROWS, "X(i,j)": "delta(i, j)"}), steps)
