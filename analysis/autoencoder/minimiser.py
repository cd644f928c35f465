"""Orthonormal rows attain the lower bound."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import DECLARE, EXAMPLE, HYPS, LET

ORTHONORMAL = "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, G(i, j) == delta(i, j))))"


def build_attained(scale: str = "1") -> Proof:
    """Return the derivation of R = 1 - r/(1 + alpha) for orthonormal rows and A = g B^T, g = 1/(1 + alpha).

    Orthonormal rows exist for n <= d; there this is the lower bound for odd activations, so the bound is attained. The
    value holds for every activation: the entries of F off the diagonal meet A^T A = g^2 I. Derived in this project.

    Arguments:
        scale: knob of the mutant, the value of g (1 + alpha).

    Returns:
        The derivation.

    Example:
        >>> build_attained().statement.goal
        'risk == 1 - n/d/(1 + alpha)'
    """
    let = {
        "A(k,i)": "g*b(i, k)",
        **LET,
        "alpha": "E[z](sigma(z(1))**2)/c1**2 - 1",
        "form": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*F(i, j)))",
        "term(i)": "Sum(j, 1, n, G(i, j)*F(i, j))",
        "sum_c": "Series(l, 0, (c(l)/c1)**2)",
    }
    goal = "risk == 1 - n/d/(1 + alpha)"
    steps = [
        step(
            "risk", "apply", "risk == 1 + (form - 2*trace)/d", "claim:ae.risk", *HYPS, symbols={"A(k,i)": "g*b(i, k)"}
        ),
        # the diagonal of F
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_l", "assume", "G(i, i)**l == 1"),
        step("one_next", "identity", "G(i, i)**(l + 1) == 1", "one_l", "row", combine={"one_l": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**l == 1", "one_0", "one_next", on="l", base="0"),
        step(
            "diagonal_l", "identity", "(c(l)/c1)**2*G(i, i)**l == (c(l)/c1)**2", "one", combine={"one": "(c(l)/c1)**2"}
        ),
        step("diagonal", "congruence", "F(i, i) == sum_c", "diagonal_l"),
        step(
            "expansion",
            "apply",
            "E[z](sigma(z(1))*sigma(z(1))) == Series(l, 0, E[z](sigma(z(1))*He(l, z(1)))"
            "*E[z](sigma(z(1))*He(l, z(1)))/fact(l)*Sum(k, 1, 1, 1)**l)",
            "axiom:hermite-expansion",
            "square_integrable",
            symbols={"s(x)": "sigma(x)", "t(x)": "sigma(x)", "u(k)": "1", "v(k)": "1"},
            put={"d": "1"},
        ),
        step(
            "energy",
            "identity",
            "F(i, i) == 1 + alpha",
            "diagonal",
            "expansion",
            "nonzero",
            combine={"diagonal": "1", "expansion": "-1/c1**2"},
            prose="The diagonal of F is E sigma^2/c_1^2.",
        ),
        # the trace form and the trace
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("j_lo", "assume", "1 <= j"),
        step("j_hi", "assume", "j <= n"),
        step(
            "entry",
            "apply",
            "G(i, j) == delta(i, j)",
            "orthonormal",
            "i_lo",
            "i_hi",
            "j_lo",
            "j_hi",
            at={"i": "i", "j": "j"},
        ),
        step("entry_F", "identity", "G(i, j)*F(i, j) == delta(i, j)*F(i, j)", "entry", combine={"entry": "F(i, j)"}),
        step("row_F", "congruence", "term(i) == Sum(j, 1, n, delta(i, j)*F(i, j))", "entry_F"),
        step(
            "picked",
            "sums",
            "Sum(j, 1, n, delta(i, j)*F(i, j)) == F(i, i)",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest="F(i, j)",
        ),
        step(
            "row_sum",
            "identity",
            "term(i) == 1 + alpha",
            "row_F",
            "picked",
            "energy",
            combine={"row_F": "1", "picked": "1", "energy": "1"},
            prose="Only the diagonal of F meets the orthonormal rows.",
        ),
        step("rows", "congruence", "Sum(i, 1, n, term(i)) == Sum(i, 1, n, 1 + alpha)", "row_sum"),
        step("traces", "congruence", "Sum(i, 1, n, G(i, i)) == Sum(i, 1, n, 1)", "row"),
        step("positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step(
            "value",
            "identity",
            "risk == 1 + (g**2*n*(1 + alpha) - 2*g*n)/d",
            "risk",
            "rows",
            "traces",
            "positive",
            combine={"risk": "1", "rows": "g**2/d", "traces": "-2*g/d"},
        ),
        step(
            "sum",
            "arithmetic",
            "1 + alpha != 0",
            "scale",
        ),
        step(
            "gain",
            "identity",
            "g == 1/(1 + alpha)",
            "scale",
            "sum",
            combine={"scale": "1/(1 + alpha)"},
        ),
        step(
            "goal",
            "identity",
            goal,
            "value",
            "gain",
            "scale",
            "sum",
            "positive",
            combine={"value": "1", "scale": "g*n/d", "gain": "-n/d"},
            prose="The best multiple of B^T.",
        ),
    ]
    hyps = {**HYPS, "orthonormal": ORTHONORMAL, "scale": f"g*(1 + alpha) == {scale}"}
    example = {k: v for k, v in EXAMPLE.items() if k != "A(k,i)"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**example, "g": "1/7"}), steps)
