"""Claims on best decoders and on equiangular tight frames."""

from __future__ import annotations

from ...analysis.autoencoder.tight import build_frame_risk, build_linear_gram, build_normal
from ..claim import Claim, Mutant, Text

_D = Text("There is at least one coordinate.", r"d\ge1")
_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_TIGHT = Text("The rows form a tight frame.", r"B^{\top}B=rI,\ r=n/d")
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "sigma(x)": "x**3 - 2*x", "c1": "1", "A(k,i)": "1/7"}

CLAIMS = (
    Claim(
        id="ae.normal-equations",
        title="the normal equations suffice",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "A decoder that solves the normal equations is best for its encoder, whether f(G) is invertible or not, "
            "for "
            "every activation.",
            r"S\,f(G)=B^{\top}\ \Longrightarrow\ R(A,B)\ge R(S,B)=1-\tfrac1d\operatorname{Tr}[BS]",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, Text("S solves the normal equations.", r"S\,f(G)=B^{\top}")),
        proof=build_normal,
        mutants=(
            Mutant("twice", "constant", {"factor": "2"}, {**_ONE, "S(k,i)": "delta(k, i)/7"}, prose="Twice the gain."),
        ),
    ),
    Claim(
        id="ae.linear-gram",
        title="the best decoder of a tight frame whose f(G) is linear in G",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "If f(G) is a combination of I and G on a tight frame, a multiple of B^T is the best decoder.",
            r"f(G)=xI+yG,\ B^{\top}B=rI\ \Longrightarrow\ \min_AR=1-\frac{r}{x+yr}",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, _TIGHT, Text("f(G) is x I + y G.", r"f(G)=xI+yG,\ x+yr\ne0")),
        proof=build_linear_gram,
        mutants=(
            Mutant(
                "without the rate",
                "constant",
                {"value": "(x + y)"},
                {**_ONE, "n": "2", "A(k,i)": "1/14", "x": "0", "y": "7"},
                prose="x + y in place of x + y r: two equal rows on the line.",
            ),
        ),
    ),
    Claim(
        id="ae.etf-risk",
        title="the risk of equiangular tight frames",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The least risk of an equiangular tight frame over all decoders, and the decoder that has it.",
            r"\min_AR=1-\frac{r}{f(1)+(r-1)\,f(\gamma)/\gamma},\qquad A=\frac{B^{\top}}{f(1)+(r-1)f(\gamma)/\gamma}",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _L2,
            _C1,
            _ODD,
            Text("All angles between rows are equal.", r"G_{ij}=\pm\gamma\ (i\ne j),\ 0<\gamma\le1"),
            _TIGHT,
            Text("f is the series of the activation.", r"f(t)=\sum_\ell(c_\ell/c_1)^2t^\ell"),
            Text("The divisor is not 0.", r"f(1)+(r-1)f(\gamma)/\gamma\ne0"),
        ),
        proof=build_frame_risk,
        mutants=(
            Mutant(
                "f(gamma)",
                "constant",
                {"slope": "2*fg/gamma"},
                {**_ONE, "n": "2", "A(k,i)": "1/14", "gamma": "1", "f1": "7", "fg": "7"},
                prose="Twice the slope: two equal rows on the line.",
            ),
        ),
    ),
)
