"""A decoder that is best where f(G) is singular."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_LET, odd_form, weights
from .series import ODD
from .setting import EXAMPLE, HYPS

_SETTING = ("dimension", "unit", "square_integrable", "coefficient", "nonzero")


def build_singular(value: str = "least") -> Proof:
    """Return the derivation: for any generalised inverse P of f(G), F P F = F, the decoder B^T P is best.

    Its risk is 1 - Tr[G P]/d. f(G) >= G (`ae.F-ge-G`) puts the rows of B^T into the row space of f(G):
    for y = e_j - P F e_j, y^T F y = 0 and so |B^T y|^2 = y^T G y <= 0. Derived in this project.

    Arguments:
        value: knob of the mutant, the least risk.

    Returns:
        The derivation.

    Example:
        >>> build_singular().statement.goal
        'least <= risk and best_risk == least'
    """
    let = {
        **BOUND_LET,
        "S(k,i)": "Sum(m, 1, n, P(m, i)*b(m, k))",
        "best_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(u(i))))**2))/d",
        "least": "1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d",
        "y(i)": "delta(i, e) - Sum(m, 1, n, P(i, m)*F(m, e))",
        "By(k)": "Sum(i, 1, n, y(i)*b(i, k))",
    }
    goal = f"{value} <= risk and best_risk == {value}"
    inverse = "Sum(m, 1, n, Sum(g, 1, n, F(i, m)*P(m, g)*F(g, j)))"
    ranges = (("i", "n"), ("e", "n"), ("k", "d"))
    term = "y(i)*y(j)*{}(i, j)"
    both = "Sum(i, 1, n, Sum(j, 1, n, " + term + "))"
    steps: list[dict[str, Any]] = [
        *weights(),
        *odd_form_entries(),
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
            for v, top in ranges
            for end in ("lo", "hi")
        ),
        step(
            "inverse_ie",
            "apply",
            inverse.replace("j)", "e)") + " == F(i, e)",
            "inverse",
            "i_lo",
            "i_hi",
            "e_lo",
            "e_hi",
            at={"i": "i", "j": "e"},
        ),
        step(
            "pick",
            "sums",
            "Sum(j, 1, n, delta(j, e)*F(i, j)) == F(i, e)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="F(i, j)",
        ),
        step(
            "kernel",
            "identity",
            "y(i)*Sum(j, 1, n, F(i, j)*y(j)) == 0",
            "inverse_ie",
            "pick",
            combine={"inverse_ie": "-y(i)", "pick": "y(i)"},
            prose="F y = 0.",
        ),
        step("kernels", "congruence", "Sum(i, 1, n, y(i)*Sum(j, 1, n, F(i, j)*y(j))) == Sum(i, 1, n, 0)", "kernel"),
        step(
            "entry", "identity", f"{term.format('F')} == {term.format('f')}", "odd_ij", combine={"odd_ij": "y(i)*y(j)"}
        ),
        step("entry_j", "congruence", f"Sum(j, 1, n, {term.format('F')}) == Sum(j, 1, n, {term.format('f')})", "entry"),
        step("entries", "congruence", f"{both.format('F')} == {both.format('f')}", "entry_j"),
        step(
            "beyond",
            "apply",
            f"{both.format('G')} + 0*Sum(i, 1, n, y(i)**2) <= {both.format('f')}",
            "claim:ae.F-ge-G",
            "dimension",
            "unit",
            "weights",
            "summable",
            symbols={"x(i)": "y(i)", "w(p)": "w(p)"},
        ),
        step(
            "small",
            "certificate",
            "Sum(k, 1, d, By(k)**2) <= 0",
            "beyond",
            "entries",
            "kernels",
            terms=[["beyond"]],
            combine={"entries": "1", "kernels": "-1"},
            prose="|B^T y|^2 = y^T G y <= y^T F y = 0.",
        ),
        step("others", "certificate", "0 <= (1 - delta(t, k))*By(t)**2", terms=[["sq:1 - delta(t, k)", "sq:By(t)"]]),
        step("others_sum", "monotone", "0 <= Sum(t, 1, d, (1 - delta(t, k))*By(t)**2)", "others"),
        step(
            "pick_k",
            "sums",
            "Sum(t, 1, d, delta(t, k)*By(t)**2) == By(k)**2",
            "k_lo",
            "k_hi",
            kind="delta",
            index="k",
            rest="By(t)**2",
        ),
        step(
            "square",
            "certificate",
            "By(k)**2 <= 0",
            "small",
            "others_sum",
            "pick_k",
            terms=[["small"], ["others_sum"]],
            combine={"pick_k": "1"},
        ),
        step("x_square", "assume", "x**2 <= 0"),
        step("x_zero", "arithmetic", "x == 0", "x_square"),
        step("x_if", "discharge", "Imp(x**2 <= 0, x == 0)", "x_zero"),
        step("zero", "apply", "By(k) == 0", "x_if", "square", put={"x": "By(k)"}),
        step(
            "pick_b",
            "sums",
            "Sum(i, 1, n, delta(i, e)*b(i, k)) == b(e, k)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="b(i, k)",
        ),
        step(
            "normal",
            "identity",
            "Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k)",
            "zero",
            "pick_b",
            combine={"zero": "-1", "pick_b": "1"},
            prose="The normal equations.",
        ),
        step(
            "normal_if",
            "discharge",
            "Imp(1 <= k, k <= d, 1 <= e, e <= n, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))",
            "normal",
        ),
        step(
            "equations",
            "generalize",
            "All(k, All(e, Imp(1 <= k, k <= d, 1 <= e, e <= n, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))))",
            "normal_if",
        ),
        step(
            "best",
            "apply",
            "least <= risk and best_risk == least",
            "claim:ae.normal-equations",
            *_SETTING,
            "equations",
            symbols={"S(k,i)": "S(k, i)"},
        ),
        step("goal", "sign", goal, "best"),
    ]
    hyps = {
        **HYPS,
        "odd": ODD,
        "inverse": f"All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, {inverse} == F(i, j))))",
    }
    example = {**EXAMPLE, "P(i,j)": "delta(i, j)/7"}
    return Proof(Statement(goal, hyps, declare="i,j,k,m,e,g,t:Z n,d,l,p:N", let=let, inhabited=example), steps)


def odd_form_entries() -> list[dict[str, Any]]:
    """Return the steps of the odd series up to F_ij = f_ij ("odd_ij")."""
    return [s for s in odd_form() if s["id"] not in ("odd_A", "odd_j", "odd_form")]
