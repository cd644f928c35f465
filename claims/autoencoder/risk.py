"""Claims on the risk and the best decoder."""

from __future__ import annotations

from ...analysis.autoencoder.decoder import build_best_decoder
from ...analysis.autoencoder.risk import build_risk
from ..claim import Claim, Mutant, Text

_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_D = Text("There is at least one coordinate.", r"d\ge 1")
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "A(k,i)": "1"}

CLAIMS = (
    Claim(
        id="ae.risk",
        title="the risk as Gaussian moments",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The population risk per coordinate is a trace formula in the Gram matrix of the encoder's rows, for every "
            "activation, every encoder with unit rows, every decoder A/c_1 and all widths.",
            r"\tfrac1d\,\mathbb E\,|x-\tfrac1{c_1}A\sigma(Bx)|^2 = 1+\tfrac1d\left(\operatorname{Tr}[A^{\top}A\,F]"
            r"-2\operatorname{Tr}[BA]\right),\quad "
            r"F_{ij}=\sum_{\ell\ge0}\left(\tfrac{c_\ell}{c_1}\right)^2(b_i\cdot b_j)^{\ell}",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1),
        proof=build_risk,
        mutants=(
            Mutant(
                "one trace",
                "constant",
                {"factor": "1"},
                {**_ONE, "sigma(x)": "x", "c1": "1"},
                prose="Tr[BA] without its factor 2; a perfect linear code has risk 0.",
            ),
            Mutant(
                "first power",
                "constant",
                {"power": "1"},
                {**_ONE, "sigma(x)": "x**3", "c1": "3"},
                prose="c_l/c_1 instead of its square.",
            ),
        ),
    ),
    Claim(
        id="ae.best-dec",
        title="the best decoder",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For a given encoder whose matrix F is invertible no decoder has a risk below 1 - Tr[G F^-1]/d, and the "
            "normalised decoder B^T F^-1 attains it; the activation need not be odd.",
            r"\min_A R(A,B)=1-\tfrac1d\operatorname{Tr}[G F^{-1}],\qquad A^*=B^{\top}F^{-1},\quad G=BB^{\top}",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, Text("X is the inverse of F.", r"FX=I")),
        proof=build_best_decoder,
        mutants=(
            Mutant(
                "half the gain",
                "constant",
                {"factor": "1/2"},
                {**_ONE, "sigma(x)": "x", "c1": "1", "X(i,j)": "1"},
                prose="Half of Tr[G F^-1].",
            ),
            Mutant(
                "too long",
                "constant",
                {"side": "2*X(i, j)"},
                {**_ONE, "sigma(x)": "x", "c1": "1", "X(i,j)": "1"},
                prose="Twice the best decoder.",
            ),
        ),
    ),
)
