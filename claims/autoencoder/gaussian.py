"""Claims on Gaussian expectations and Hermite coefficients."""

from __future__ import annotations

from ...analysis.gaussian.stein import build_stein
from ..claim import Claim, Mutant, Text

CLAIMS = (
    Claim(
        id="ae.stein",
        title="a Gaussian coordinate against an activation",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The correlation of the k-th coordinate with an activation of b.z is b_k times the activation's first "
            "Hermite coefficient.",
            r"\mathbb E[z_k\,\sigma(b\cdot z)] = b_k\,\mathbb E[z\,\sigma(z)]",
        ),
        hypotheses=(
            Text("b is a unit vector.", r"|b|=1"),
            Text("The activation is square integrable under the normal law.", r"\mathbb E\,\sigma(z)^2<\infty"),
        ),
        proof=build_stein,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"factor": "2"},
                {"k": "1", "d": "1", "b(m)": "1", "sigma(x)": "x"},
                prose="A factor 2 too many.",
            ),
            Mutant(
                "any length",
                "hypothesis",
                {"unit": "4"},
                {"k": "1", "d": "1", "b(m)": "2", "sigma(x)": "x**3"},
                prose="b has length 2.",
            ),
        ),
    ),
)
