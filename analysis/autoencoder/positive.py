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
