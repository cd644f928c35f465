"""Claims on minimisers of the risk."""

from __future__ import annotations

from ...analysis.autoencoder.minimiser import build_attained
from ..claim import Claim, Mutant, Text

_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_D = Text("There is at least one coordinate.", r"d\ge1")
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "sigma(x)": "x", "c1": "1"}

CLAIMS = (
    Claim(
        id="ae.attained",
        title="orthonormal rows attain the bound",
        paper="icml",
        relation="as-claimed",
        locator="abstract (minimisers of the population risk)",
        kind="identity",
        expected="proved",
        statement=Text(
            "With orthonormal rows (so that n <= d) and the normalised decoder B^T/(1 + alpha) the risk is exactly "
            "1 - r/(1 + alpha), the lower bound for odd activations.",
            r"BB^{\top}=I,\ A=\tfrac1{1+\alpha}B^{\top}\ \Rightarrow\ "
            r"\tfrac1d\,\mathbb E\,|x-\hat x|^2=1-\frac{r}{1+\alpha}",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _L2,
            _C1,
            Text("The rows are orthonormal.", r"BB^{\top}=I"),
            Text("The decoder is the right multiple of the transpose.", r"g\,(1+\alpha)=1"),
        ),
        proof=build_attained,
        mutants=(Mutant("twice", "constant", {"scale": "2"}, {**_ONE, "g": "2"}, prose="Twice that decoder."),),
    ),
)
