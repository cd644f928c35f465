"""Claims on data on which no row beats Gaussian data."""

from __future__ import annotations

from ...analysis.autoencoder.gaussian_cap import (
    NORMAL,
    build_cap,
    build_haar_best,
    normal_steps,
    one_row_steps,
)
from ...analysis.autoencoder.universality import UNIVERSAL_EXAMPLE
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
            "than of Gaussian data, whatever the number of coordinates. Sparse signs up to p = 1/3 are such data "
            "(`ae.sp-characteristic`).",
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
    Claim(
        id="ae.sp-haar-best",
        title="up to p = 1/3 nothing orthonormal beats Haar rows",
        paper="icml24",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "If no coordinate's characteristic function is below the normal one, as for sparse signs up to p = 1/3 "
            "(`ae.sp-characteristic`), no sign code with orthonormal rows and a multiple of B^T as the decoder has a "
            "risk below the Gaussian limit, which Haar rows approach (`ae.univ-rate`).",
            r"R\ge1-\frac{2r}\pi,\qquad BB^{\top}=I,\ s=\operatorname{sign}(Bx),\ \hat x=c\,B^{\top}s",
        ),
        hypotheses=(
            Text("There is at least one coordinate.", r"d>0"),
            Text("The rows are orthonormal.", r"BB^{\top}=I"),
            Text("The coordinates have unit variances.", r"\mathbb E\,x_k^2=1"),
            Text("Data and code are square integrable.", r"\mathbb E\,x_k^2,\ \mathbb E\,s_i^2<\infty"),
            Text("The code is +-1.", r"\mathbb E\,s_i^2=1"),
            Text("sgn is the sign, with any value at 0.", r"\operatorname{sgn}(x)=1\ (x>0),\ -1\ (x<0)"),
            Text("The decoder's factor is not negative.", r"c\ge0"),
            Text("The coordinates are symmetric and independent, functions of independent normals.", r"x_k=f_k(z_k)"),
            Text(
                "C_i is the product of the characteristic functions along b_i.",
                r"C_{i,0}=1,\ C_{i,k+1}(t)=C_{i,k}(t)\,\mathbb E\cos(t\,b_{i,k+1}x_{k+1})",
            ),
            Text("None of them is below the normal one.", r"\mathbb E\cos(t\,x_k)\ge e^{-t^2/2}"),
        ),
        proof=build_haar_best,
        mutants=(
            Mutant(
                "half the risk",
                "constant",
                {"value": "1/2"},
                {**UNIVERSAL_EXAMPLE, "C(i,k,t)": "exp(-k*t**2/2)", "c": "2/sqrt(2*pi)"},
                one_row_steps(),
                prose="A risk of one half: one normal coordinate has 1 - 2/pi.",
            ),
        ),
    ),
)
