"""Claims on weight-tied decoders and frames."""

from __future__ import annotations

from ...analysis.autoencoder.frames import build_tied_limit, build_tied_risk, build_welch
from ..claim import Claim, Mutant, Text

_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_D = Text("There is at least one coordinate.", r"d\ge1")

CLAIMS = (
    Claim(
        id="ae.tied-risk",
        title="the risk of a tied decoder",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For the decoder beta B^T the risk is a sum of h(t) = t f(t) over the entries of the Gram matrix.",
            r"R=1-2\beta r+\frac{\beta^2}{d}\sum_{i,j}G_{ij}\,f(G_{ij})",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1),
        proof=build_tied_risk,
        mutants=(
            Mutant(
                "one trace",
                "constant",
                {"factor": "1"},
                {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "sigma(x)": "x", "c1": "1", "beta": "1"},
                prose="Tr[BA] without its factor 2.",
            ),
        ),
    ),
    Claim(
        id="ae.tied-risklimit",
        title="the limit of the tied flow",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "At orthonormal rows the tied risk is the bound plus a square; it is the bound for one multiple only.",
            r"1-2\beta r+\beta^2r(1+\alpha)=1-\frac{r}{1+\alpha}+r(1+\alpha)\left(\beta-\frac1{1+\alpha}\right)^2",
        ),
        hypotheses=(Text("The rate is positive.", r"r>0"), Text("So is 1 + alpha.", r"1+\alpha>0")),
        proof=build_tied_limit,
        mutants=(
            Mutant(
                "beta = 1", "constant", {"best": "1"}, {"r": "1", "alpha": "1", "beta": "1"}, prose="The plain B^T."
            ),
        ),
    ),
    Claim(
        id="ae.welch",
        title="Welch inequalities",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "More unit rows than coordinates cannot be orthogonal: lower bounds on the off-diagonal squares and fourth "
            "powers of the Gram matrix.",
            r"\sum_{i\ne j}G_{ij}^2\ge n(r-1),\qquad \sum_{i\ne j}G_{ij}^4\ge\frac{n(r-1)^2}{n-1}",
        ),
        hypotheses=(
            _D,
            Text("There are at least two rows.", r"n\ge2"),
            Text("The rate is at least 1.", r"n\ge d"),
            _UNIT,
        ),
        proof=build_welch,
        mutants=(
            Mutant(
                "n - 2",
                "constant",
                {"last": "(n - 2)"},
                {"n": "3", "d": "1", "b(i,k)": "delta(k, 1)"},
                prose="Divided by n - 2.",
            ),
        ),
    ),
)
