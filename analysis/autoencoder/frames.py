"""Weight-tied decoders and the frame inequalities of unit rows."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import DECLARE, EXAMPLE, HYPS, LET


def build_tied_risk(factor: str = "2") -> Proof:
    """Return the derivation of R = 1 - 2 beta r + (beta^2/d) sum_ij G_ij F_ij for the tied decoder A = beta B^T.

    With h(t) = t f(t) the sum is n f(1) plus the sum of h(G_ij) over i != j. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor of beta r.

    Returns:
        The derivation.

    Example:
        >>> build_tied_risk().statement.goal.startswith("risk == 1 - 2*beta*n/d")
        True
    """
    let = {"A(k,i)": "beta*b(i, k)", **LET, "form": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*F(i, j)))"}
    goal = f"risk == 1 - {factor}*beta*n/d + beta**2/d*Sum(i, 1, n, Sum(j, 1, n, G(i, j)*F(i, j)))"
    steps = [
        step(
            "risk",
            "apply",
            "risk == 1 + (form - 2*trace)/d",
            "claim:ae.risk",
            *HYPS,
            symbols={"A(k,i)": "beta*b(i, k)"},
        ),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("rows", "congruence", "Sum(i, 1, n, G(i, i)) == Sum(i, 1, n, 1)", "row", prose="Tr[BA] = beta n."),
        step("positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("goal", "identity", goal, "risk", "rows", "positive", combine={"risk": "1", "rows": "-2*beta/d"}),
    ]
    example = {k: v for k, v in EXAMPLE.items() if k != "A(k,i)"}
    return Proof(Statement(goal, HYPS, declare=DECLARE, let=let, inhabited={**example, "beta": "1/3"}), steps)


def build_tied_limit(best: str = "1/(1 + alpha)") -> Proof:
    """Return the derivation of the tied risk at orthonormal rows: the bound plus r (1 + alpha)(beta - 1/(1 + alpha))^2.

    So the limit of the tied flow is the bound for beta = 1/(1 + alpha) and for no other multiple.

    Arguments:
        best: knob of the mutant, the best multiple.

    Returns:
        The derivation.

    Example:
        >>> [s["rule"] for s in build_tied_limit().steps]
        ['identity', 'arithmetic', 'arithmetic']
    """
    risk, bound = "(1 - 2*beta*r + beta**2*r*(1 + alpha))", "(1 - r/(1 + alpha))"
    gap = f"{risk} == {bound} + r*(1 + alpha)*(beta - {best})**2"
    only = f"Iff({risk} == {bound}, beta == {best})"
    steps = [
        step("gap", "identity", gap, "alpha", prose="Complete the square in beta."),
        step("only", "arithmetic", only, "gap", "alpha", "rate"),
        step("goal", "arithmetic", f"{gap} and {only}", "gap", "only"),
    ]
    hyps = {"rate": "0 < r", "alpha": "0 < 1 + alpha"}
    return Proof(Statement(f"{gap} and {only}", hyps, inhabited={"r": "1/2", "alpha": "1/3"}), steps)


def build_welch(last: str = "(n - 1)") -> Proof:
    """Return the derivation of the Welch inequalities for n unit rows in R^d, of order 2 and 4.

    sum_ij G_ij^2 >= n^2/d (Cauchy-Schwarz for B^T B against the identity of R^d), hence sum over i != j of G_ij^2 is at
    least n (r - 1), and of G_ij^4 at least n (r - 1)^2/(n - 1). L. R. Welch, IEEE Trans. Inf. Theory 20 (1974).

    Arguments:
        last: knob of the mutant, the divisor n - 1.

    Returns:
        The derivation.

    Example:
        >>> build_welch().statement.goal.count("<=")
        2
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "off(i,j)": "1 - delta(i, j)",
        "second": "Sum(i, 1, n, Sum(j, 1, n, (1 - delta(i, j))*G(i, j)**2))",
        "fourth": "Sum(i, 1, n, Sum(j, 1, n, (1 - delta(i, j))*G(i, j)**4))",
        "level": "(n/d - 1)/(n - 1)",
        "gap(i,j)": "(1 - delta(i, j))*(G(i, j)**2 - level)**2",
    }
    one, two = "n*(n/d - 1) <= second", f"n*(n/d - 1)**2/{last} <= fourth"
    steps = [
        step(
            "frame",
            "apply",
            "Sum(i, 1, n, Sum(k, 1, d, b(i, k)*b(i, k)))**2/d <= "
            "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, b(i, k)*b(j, k))*G(i, j)))",
            "claim:ae.cs-dim",
            "dimension",
            symbols={"A(k,i)": "b(i, k)"},
            prose="|B^T B|^2 >= (Tr B^T B)^2/d.",
        ),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("row_2", "identity", "G(i, i)**2 == 1", "row", combine={"row": "G(i, i) + 1"}),
        step("rows", "congruence", "Sum(i, 1, n, G(i, i)) == Sum(i, 1, n, 1)", "row"),
        step("rows_2", "congruence", "Sum(i, 1, n, G(i, i)**2) == Sum(i, 1, n, 1)", "row_2"),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step(
            "pick",
            "sums",
            "Sum(j, 1, n, delta(i, j)*G(i, j)**2) == G(i, i)**2",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest="G(i, j)**2",
        ),
        step(
            "picked",
            "congruence",
            "Sum(i, 1, n, Sum(j, 1, n, delta(i, j)*G(i, j)**2)) == Sum(i, 1, n, G(i, i)**2)",
            "pick",
        ),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step(
            "second",
            "certificate",
            one,
            "frame",
            "rows",
            "rows_2",
            "picked",
            "d_positive",
            terms=[["frame"]],
            combine={"rows": "(Sum(i, 1, n, G(i, i)) + n)/d", "rows_2": "-1", "picked": "-1"},
            prose="The diagonal contributes n.",
        ),
        step("off", "arithmetic", "0 <= 1 - delta(i, j)"),
        step("gap_ij", "certificate", "0 <= gap(i, j)", "off", terms=[["off", "sq:G(i, j)**2 - level"]]),
        step("gap_j", "monotone", "0 <= Sum(j, 1, n, gap(i, j))", "gap_ij"),
        step("gap", "monotone", "0 <= Sum(i, 1, n, Sum(j, 1, n, gap(i, j)))", "gap_j"),
        step("n_positive", "certificate", "0 < n - 1", "two_rows", terms=[["c:1", "two_rows"], ["c:1"]]),
        step(
            "level",
            "certificate",
            "0 <= level",
            "wide",
            "n_positive",
            "d_positive",
            times="d*(n - 1)",
            terms=[["wide"]],
        ),
        step(
            "fourth",
            "certificate",
            two,
            "gap",
            "second",
            "level",
            "n_positive",
            "d_positive",
            terms=[["gap"], ["c:2", "level", "second"]],
            prose="Variance of the G_ij^2 about their least mean.",
        ),
        step("goal", "arithmetic", f"{one} and {two}", "second", "fourth"),
    ]
    hyps = {"dimension": "1 <= d", "two_rows": "2 <= n", "wide": "d <= n", "unit": HYPS["unit"]}
    example = {k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}
    return Proof(Statement(f"{one} and {two}", hyps, declare=DECLARE, let=let, inhabited=example), steps)
