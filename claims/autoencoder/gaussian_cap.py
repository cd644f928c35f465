"""Claims on data on which no row beats Gaussian data."""

from __future__ import annotations

from ...analysis.autoencoder.gaussian_cap import NORMAL, build_cap, normal_steps
from ...analysis.gaussian.three_valued import build_characteristic, build_third
from ..claim import Claim, Mutant, Text

CLAIMS = (
    Claim(
        id="ae.cosine-third",
        title="a third of the cosine above a Gaussian",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The characteristic function of signs that are 0 with probability 2/3 is nowhere below the normal one.",
            r"e^{-v^2/6}\le1-\tfrac13(1-\cos v)",
        ),
        hypotheses=(Text("v is not negative.", r"v\ge0"),),
        proof=build_third,
        mutants=(Mutant("0.4", "constant", {"share": "2/5"}, {"v": "1"}, prose="0.4 in place of 1/3."),),
    ),
    Claim(
        id="ae.sp-characteristic",
        title="sparse signs have a characteristic function above the normal one",
        paper="icml24",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Signs that are 0 with a probability of at least 2/3, scaled to variance 1, have a characteristic function "
            "that is nowhere below the normal one; with a smaller probability of 0 it is below it near 0.",
            r"e^{-t^2/2}\le1-p+p\cos\frac t{\sqrt p}",
        ),
        hypotheses=(Text("p is the probability of a sign.", r"0<p\le\tfrac13"),),
        proof=build_characteristic,
        mutants=(Mutant("up to 0.4", "hypothesis", {"most": "2/5"}, {"p": "2/5", "t": "1/2"}, prose="p up to 0.4."),),
    ),
    Claim(
        id="ae.sp-gaussian-cap",
        title="no row of such data beats Gaussian data",
        paper="icml24",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "If no coordinate's characteristic function is below the normal one, no unit row has a larger mean modulus "
            "than of Gaussian data, whatever the number of coordinates. So sign codes with orthonormal rows (`ae.sp- "
            "orth`) have a risk of at least 1 - 2/pi on such data: for sparse signs up to p = 1/3 (`ae.sp- "
            "characteristic`) nothing orthogonal beats Haar rows.",
            r"\mathbb E\,|u\cdot x|\le\sqrt{2/\pi},\qquad|u|=1",
        ),
        hypotheses=(
            Text("u is a unit vector.", r"|u|=1"),
            Text("The coordinates have finite variances.", r"\mathbb E\,x_k^2<\infty"),
            Text("They are symmetric and independent, functions of independent normals.", r"x_k=f_k(z_k)"),
            Text(
                "C is the product of the characteristic functions along u.",
                r"C_0=1,\ C_{k+1}(t)=C_k(t)\,\mathbb E\cos(t\,u_{k+1}x_{k+1})",
            ),
            Text("None of them is below the normal one.", r"\mathbb E\cos(t\,x_k)\ge e^{-t^2/2}"),
        ),
        proof=build_cap,
        mutants=(
            Mutant("less", "constant", {"cap": "3/4"}, NORMAL, normal_steps(), prose="3/4 in place of sqrt(2/pi)."),
        ),
    ),
)
