"""The sentences of the abstract of ICML 2023: only the abstract is used, the derivations are this project's own."""

from __future__ import annotations

from ...analysis.autoencoder.abstract import build_achieved, build_compression, build_features, build_minimisers
from ...analysis.autoencoder.tied_flow import FALLING, FALLING_STEPS
from ...analysis.gaussian.sign import EXAMPLE_STEPS
from ..claim import Claim, Mutant, Text

_D = Text("There is at least one coordinate.", r"d\ge1")
_N = Text("There is at least one unit.", r"n\ge1")
_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_ACTIVE = Text("It is not linear: some coefficient of odd degree from 3 on is not 0.", r"c_{2q+3}\ne0")
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "A(k,i)": "1/7", "c1": "1", "q": "0"}
_CUBIC = {**_ONE, "sigma(x)": "x**3 - 2*x", "k": "1", "e": "1", "g": "1"}
_FLOW = {**{k: v for k, v in FALLING.items() if k != "kappa(t)"}, "kappa": "1/4", "r": "1/2", "alpha": "1/3"}

CLAIMS = (
    Claim(
        id="ae.abstract-1",
        title="the minimisers of the population risk are characterised: the least value",
        paper="icml",
        relation="as-claimed",
        locator="abstract, sentence on minimisers (the paper's own proof was not at hand; derived in this project)",
        kind="inequality",
        expected="proved",
        statement=Text(
            "No autoencoder with an odd activation has a risk below the limit, and with more units than coordinates "
            "none "
            "attains it.",
            r"R\ge1-\frac{r}{\max(r,1)+\alpha},\qquad n>d\ \Longrightarrow\ R\ne1-\frac{r}{r+\alpha}",
        ),
        hypotheses=(_D, _N, _UNIT, _L2, _C1, _ODD, _ACTIVE),
        proof=build_minimisers,
        mutants=(
            Mutant("sum of both", "constant", {"width": "(r + 1)"}, _CUBIC, prose="r + 1 in place of max(r, 1)."),
        ),
    ),
    Claim(
        id="ae.abstract-2",
        title="the minimisers are achieved by gradient methods",
        paper="icml",
        relation="as-claimed",
        locator="abstract, sentence on gradient methods (derived in this project, for the tied flow)",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Up to rate 1 the gradient flow with a tied decoder comes to orthonormal rows, and there the multiple "
            "1/(1 + alpha), and no other, has the limit as its risk.",
            r"\min_{t\le T}|G-I|_F^2\le\frac{-\log\det G(0)}{4\kappa T},\qquad "
            r"R=1-\frac r{1+\alpha}+r(1+\alpha)\left(\beta-\tfrac1{1+\alpha}\right)^2",
        ),
        hypotheses=(
            Text("kappa is not negative.", r"\kappa\ge0"),
            Text(
                "L = -log det G falls at least at the rate of `ae.tied-logdet` and `ae.tied-ge`.",
                r"-L'\ge4\kappa|G-I|^2",
            ),
            Text("m bounds the squared distance of G from I from below up to the time T.", r"m\le|G-I|^2"),
            Text("The determinant is at most 1 (Hadamard).", r"L(T)\ge0"),
            Text("The rate and 1 + alpha are positive.", r"r>0,\ 1+\alpha>0"),
        ),
        proof=build_achieved,
        mutants=(
            Mutant("eight", "constant", {"factor": "8"}, {**_FLOW, "beta": "1"}, FALLING_STEPS, prose="Twice as fast."),
        ),
    ),
    Claim(
        id="ae.abstract-3",
        title="the structure of the minimisers",
        paper="icml",
        relation="as-claimed",
        locator="abstract, sentence on the structure and the features (derived in this project)",
        kind="identity",
        expected="proved",
        statement=Text(
            "The value 1 - r/(1 + alpha) is the risk of orthonormal rows with the decoder B^T/(1 + alpha), and of no "
            "other "
            "autoencoder.",
            r"R=1-\frac r{1+\alpha}\iff BB^{\top}=I,\ A=\frac{B^{\top}}{1+\alpha}",
        ),
        hypotheses=(_D, _N, _UNIT, _L2, _C1, _ODD, _ACTIVE),
        proof=build_features,
        mutants=(
            Mutant(
                "twice the decoder",
                "constant",
                {"scale": "2"},
                {**_CUBIC, "s": "2/7"},
                prose="Twice the multiple of B^T.",
            ),
        ),
    ),
    Claim(
        id="ae.abstract-4",
        title="the limit of compressing Gaussian sources with the sign",
        paper="icml",
        relation="as-claimed",
        locator="abstract, sentence on the sign (derived in this project)",
        kind="inequality",
        expected="proved",
        statement=Text(
            "With one bit per unit no shallow autoencoder has a risk below this limit, which is 1 - 2r/pi up to rate "
            "1.",
            r"R\ge1-\frac{r}{\max(r,1)+\pi/2-1},\qquad r\le1\ \Longrightarrow\ R\ge1-\frac{2r}\pi",
        ),
        hypotheses=(
            _D,
            _N,
            _UNIT,
            Text("sigma is the sign, with any value at 0.", r"\sigma(x)=1\ (x>0),\quad \sigma(x)=-1\ (x<0)"),
        ),
        proof=build_compression,
        mutants=(
            Mutant(
                "half of pi/2",
                "constant",
                {"shift": "pi/4"},
                {**_ONE, "sigma(x)": "abs(x)/x", "c1": "2/sqrt(2*pi)", "A(k,i)": "2/pi"},
                EXAMPLE_STEPS,
                prose="pi/4 in place of pi/2 - 1: one unit is better.",
            ),
        ),
    ),
)
