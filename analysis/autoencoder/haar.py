"""Rows of an orthogonal matrix: up to rate 1 they attain the bound at every dimension."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .minimiser import ORTHONORMAL
from .setting import DECLARE, EXAMPLE, HYPS, LET


def build_haar_attained(scale: str = "1", width: str = "d") -> Proof:
    """Return the derivation: the first n <= d rows of any d x d orthogonal matrix attain 1 - r/(1 + alpha), at every d.

    In particular those of a Haar matrix do, exactly and with probability 1; only beyond rate 1 is anything asymptotic.
    Derived in this project.

    Arguments:
        scale: knob of the mutant, the value of g (1 + alpha) in the decoder g B^T.
        width: knob of the mutant, the largest number of rows.

    Returns:
        The derivation.

    Example:
        >>> build_haar_attained().statement.goal
        'risk == 1 - n/d/(1 + alpha)'
    """
    let = {"A(k,i)": "g*b(i, k)", **LET, "alpha": "E[z](sigma(z(1))**2)/c1**2 - 1"}
    goal = "risk == 1 - n/d/(1 + alpha)"
    steps = [
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("j_lo", "assume", "1 <= j"),
        step("j_hi", "assume", "j <= n"),
        step("i_in", "arithmetic", "i <= d", "i_hi", "narrow"),
        step("j_in", "arithmetic", "j <= d", "j_hi", "narrow"),
        step(
            "entry",
            "apply",
            "G(i, j) == delta(i, j)",
            "orthogonal",
            "i_lo",
            "i_in",
            "j_lo",
            "j_in",
            at={"i": "i", "j": "j"},
        ),
        step("entry_if", "discharge", "Imp(1 <= i, i <= n, 1 <= j, j <= n, G(i, j) == delta(i, j))", "entry"),
        step("rows", "generalize", ORTHONORMAL, "entry_if", prose="The first n rows are orthonormal."),
        step("goal", "apply", goal, "claim:ae.attained", *HYPS, "rows", "scale"),
    ]
    hyps = {
        **HYPS,
        "orthogonal": "All(i, All(j, Imp(1 <= i, i <= d, 1 <= j, j <= d, G(i, j) == delta(i, j))))",
        "narrow": f"n <= {width}",
        "scale": f"g*(1 + alpha) == {scale}",
    }
    example = {k: v for k, v in EXAMPLE.items() if k != "A(k,i)"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**example, "g": "1/7"}), steps)
