"""Claims on the lower bound: each odd degree, the sum over degrees, and the bound itself."""

from __future__ import annotations

from ...analysis.autoencoder.powers import build_dimension_term, build_min_tau, build_power_term
from ..claim import Claim, Mutant, Text

_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_TWO = {
    "n": "2",
    "d": "2",
    "h": "1",
    "A(k,i)": "delta(k, i)",
    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*delta(k, 2)",
}

CLAIMS = (
    Claim(
        id="ae.cs-rank",
        title="one odd degree of the bound",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For unit rows and every odd power l of the Gram matrix's entries the quadratic form in the decoder is at "
            "least the squared trace divided by the number of units.",
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ\ell}]\ \ge\ \frac{(\operatorname{Tr}BA)^2}{n},\qquad \ell=2h+1",
        ),
        hypotheses=(Text("There is at least one unit.", r"n\ge1"), _UNIT),
        proof=build_power_term,
        mutants=(
            Mutant("smaller rank", "constant", {"width": "n - 1"}, _TWO, prose="Divided by n - 1."),
            Mutant(
                "even power",
                "hypothesis",
                {"power": "2*h"},
                {**_TWO, "d": "1", "A(k,i)": "1 - 2*delta(i, 2)", "b(i,k)": "delta(k, 1)*(1 - 2*delta(i, 2))"},
                prose="An even power: two opposite rows see the same square.",
            ),
            Mutant(
                "short rows",
                "hypothesis",
                {"unit": "1/4"},
                {"n": "1", "d": "1", "h": "1", "A(k,i)": "1", "b(i,k)": "delta(k, 1)/2"},
                prose="Rows of length 1/2.",
            ),
        ),
    ),
    Claim(
        id="ae.cs-dim",
        title="the linear degree of the bound",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "In the linear degree the squared trace may also be divided by the dimension.",
            r"\operatorname{Tr}[A^{\top}A\,G]\ \ge\ \frac{(\operatorname{Tr}BA)^2}{d}",
        ),
        hypotheses=(Text("There is at least one coordinate.", r"d\ge1"),),
        proof=build_dimension_term,
        mutants=(Mutant("smaller", "constant", {"width": "d - 1"}, _TWO, prose="Divided by d - 1."),),
    ),
    Claim(
        id="ae.min-tau",
        title="the best trace",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "A parabola in the trace has the value 1 - 1/(ds) at its minimum.",
            r"\min_\tau\ 1+\tfrac1d\left(s\tau^2-2\tau\right)=1-\frac1{ds}",
        ),
        hypotheses=(Text("Both numbers are positive.", r"d,s>0"),),
        proof=build_min_tau,
        mutants=(
            Mutant("twice", "constant", {"factor": "2"}, {"d": "1", "s": "1", "tau": "1"}, prose="Twice the gain."),
        ),
    ),
)
