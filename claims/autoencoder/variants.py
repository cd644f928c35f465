"""Claims on the bound as a function, and on variants of the risk."""

from __future__ import annotations

from ...analysis.autoencoder.rates import build_monotone, build_shannon
from ...analysis.autoencoder.variants import (
    ORTHOGONAL_EXAMPLE,
    build_covariance,
    build_decoder_bias,
    build_orthogonal_code,
)
from ..claim import Claim, Mutant, Text

_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_LINEAR = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "sigma(x)": "x", "A(k,i)": "2"}

CLAIMS = (
    Claim(
        id="ae.b-mono",
        title="the bound as a function of rate and alpha",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The bound falls in the rate, rises in alpha, and lies above 0 and at most at 1.",
            r"0<1-\frac{r}{\max(r,1)+\alpha}\le1,\ \text{falling in } r,\ \text{rising in } \alpha",
        ),
        hypotheses=(Text("Rates and alpha are positive and in order.", r"0<r_1\le r_2,\ 0<\alpha\le\beta"),),
        proof=build_monotone,
        mutants=(
            Mutant(
                "rising",
                "swap",
                {"order": "r2 <= r1"},
                {"r1": "1", "r2": "1/2", "alpha": "1", "beta": "1"},
                prose="Rising in the rate.",
            ),
        ),
    ),
    Claim(
        id="ae.shannon",
        title="the limit for the sign against Shannon's",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "At every positive rate the sign's limit lies strictly above the distortion-rate function 2^(-2r).",
            r"2^{-2r}<1-\frac{r}{\max(r,1)+\pi/2-1}",
        ),
        hypotheses=(Text("The rate is positive.", r"r>0"),),
        proof=build_shannon,
        mutants=(
            Mutant("half the exponent", "constant", {"bits": "1"}, {"r": "1"}, prose="2^(-r), which is 1/2 at rate 1."),
        ),
    ),
    Claim(
        id="ae.risk-cov",
        title="the risk with a general covariance",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For Gaussian data with standard deviations s_k and unit rows of C = BD the error is a trace formula.",
            r"\mathbb E\,|x-\hat x|^2=\operatorname{Tr}D^2-2\operatorname{Tr}[CDA]"
            r"+\operatorname{Tr}[A^{\top}A\,f(CC^{\top})]",
        ),
        hypotheses=(_UNIT, _L2, _C1),
        proof=build_covariance,
        mutants=(
            Mutant(
                "one trace", "constant", {"factor": "1"}, {**_LINEAR, "c1": "1", "s(k)": "2"}, prose="Tr[CDA] once."
            ),
        ),
    ),
    Claim(
        id="ae.bias-dec",
        title="a decoder bias does not help",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "With an odd activation a decoder bias v adds |v|^2 to the squared error.",
            r"\mathbb E\,|x-\hat x-v|^2=\mathbb E\,|x-\hat x|^2+|v|^2",
        ),
        hypotheses=(_UNIT, _L2, _ODD),
        proof=build_decoder_bias,
        mutants=(Mutant("helps", "sign", {"gain": "-"}, {**_LINEAR, "v(k)": "1"}, prose="It subtracts |v|^2."),),
    ),
    Claim(
        id="ae.sp-orth",
        title="orthogonal one-bit codes of isotropic data",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For any data with unit variances, a code with unit mean squares and a decoder cO, O orthogonal, the risk "
            "is a parabola in c, without cross terms of the code.",
            r"R=1-2cT+c^2,\qquad T=\tfrac1d\,\mathbb E\,x^{\top}O\,s",
        ),
        hypotheses=(
            Text("O is orthogonal.", r"O^{\top}O=I"),
            Text("Data and code have unit mean squares.", r"\mathbb E\,x_k^2=\mathbb E\,s_i^2=1"),
        ),
        proof=build_orthogonal_code,
        mutants=(
            Mutant(
                "one T",
                "constant",
                {"factor": "1"},
                {**ORTHOGONAL_EXAMPLE, "d": "1", "c": "1"},
                prose="T without factor 2.",
            ),
        ),
    ),
)
