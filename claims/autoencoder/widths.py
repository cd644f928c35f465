"""Claims on numbers of units, linear activations and the letter at 0; and on the matrix of one degree of the bound."""

from __future__ import annotations

from ...analysis.autoencoder.tensor_matrix import build_norm, build_rank, build_trace
from ...analysis.autoencoder.widths import build_copies, build_linear, build_more_units, build_three_letters
from ..claim import Claim, Mutant, Text

_D = Text("There is at least one coordinate.", r"d\ge1")
_N = Text("There is at least one unit.", r"n\ge1")
_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_TENSOR = Text("k_i has the inner products of the h-th tensor power of b_i.", r"\langle k_i,k_j\rangle=G_{ij}^h")
_M = r"M=\sum_i(a_i\otimes k_i)(b_i\otimes k_i)^{\top}"
_HALF = {  # one row of length 2 on the line, its first power
    "n": "1",
    "d": "1",
    "h": "1",
    "N": "1",
    "b(i,k)": "2*delta(k, 1)",
    "k(i,p)": "2*delta(p, 1)",
    "A(k,i)": "1",
}

CLAIMS = (
    Claim(
        id="ae.M-norm",
        title="the norm of one degree's matrix",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The matrix of the degree 2h + 1 has the trace form of that degree as its squared norm.",
            rf"|M|_F^2=\operatorname{{Tr}}[A^{{\top}}A\,G^{{\circ(2h+1)}}],\qquad {_M}",
        ),
        hypotheses=(_TENSOR,),
        proof=build_norm,
        mutants=(Mutant("even", "constant", {"power": "2*h"}, _HALF, prose="The even power below."),),
    ),
    Claim(
        id="ae.M-trace",
        title="the trace of one degree's matrix",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For unit rows every odd degree's matrix has the same trace.",
            rf"\operatorname{{Tr}}M=\operatorname{{Tr}}BA,\qquad {_M}",
        ),
        hypotheses=(_TENSOR, _UNIT),
        proof=build_trace,
        mutants=(Mutant("long rows", "hypothesis", {"unit": "4"}, _HALF, prose="Rows of length 2: 8 against 2."),),
    ),
    Claim(
        id="ae.M-rank",
        title="the rank of one degree's matrix",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The rows of one degree's matrix lie in the span of n tensors; an orthonormal family in that span has at "
            "most n members.",
            r"\langle y_s,y_r\rangle=\delta_{sr},\ y_s\in\operatorname{span}\{b_i\otimes k_i\}\ (s,r\le l)"
            r"\ \Longrightarrow\ l\le n",
        ),
        hypotheses=(Text("The family is orthonormal and lies in the span.", r"y_s=\sum_ix_{si}\,b_i\otimes k_i"),),
        proof=build_rank,
        mutants=(
            Mutant(
                "the dimension",
                "constant",
                {"width": "d"},
                {
                    "n": "2",
                    "d": "1",
                    "N": "2",
                    "l": "2",
                    "b(i,c)": "1",
                    "k(i,p)": "delta(i, p)",
                    "x(s,i)": "delta(s, i)",
                },
                prose="At most d, as for the linear degree.",
            ),
        ),
    ),
    Claim(
        id="ae.mono-n",
        title="more units do not hurt",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "A unit whose decoder column is 0 leaves the risk unchanged, for every source; so the least risk does not "
            "grow with the number of units.",
            r"R_{n+1}\big((A,0),B\big)=R_n(A,B)",
        ),
        proof=build_more_units,
        mutants=(
            Mutant(
                "column kept",
                "constant",
                {"column": "1"},
                {"n": "0", "d": "1", "A(k,i)": "1", "b(i,m)": "1", "sigma(x)": "x", "x(k)": "z(k)"},
                prose="The last column is kept.",
            ),
        ),
    ),
    Claim(
        id="ae.sign-rows",
        title="copies of a unit do not help",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "A row equal or opposite to another one can be merged into it: every decoder of the larger code has the "
            "risk of a decoder of the smaller one, for every source.",
            r"b_{n+1}=s\,b_j,\ s=\pm1:\qquad R_{n+1}(A,B)=R_n(A',B),\quad a'_j=a_j+s\,a_{n+1}",
        ),
        hypotheses=(
            Text("j is one of the first n units.", r"1\le j\le n"),
            Text("The last row is s times the j-th.", r"b_{n+1}=s\,b_j"),
            Text("The activation commutes with s (an odd one for s = -1).", r"\sigma(sx)=s\,\sigma(x)"),
        ),
        proof=build_copies,
        mutants=(
            Mutant(
                "not merged",
                "constant",
                {"merged": "0*s*A(k, n + 1)"},
                {"n": "1", "j": "1", "d": "1", "b(i,m)": "1", "s": "1", "sigma(x)": "x", "A(k,i)": "1", "x(k)": "z(k)"},
                prose="The last column is dropped.",
            ),
        ),
    ),
    Claim(
        id="ae.pca-note",
        title="linear activations: principal components",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For a linear activation the bound is what n principal components of an isotropic source leave.",
            r"\sigma(x)=ax:\qquad R\ge1-\min(r,1)",
        ),
        hypotheses=(_D, _N, _UNIT, _L2, _C1, Text("The activation is linear.", r"\sigma(x)=ax")),
        proof=build_linear,
        mutants=(
            Mutant(
                "half",
                "constant",
                {"value": "min(r, 1/2)"},
                {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "sigma(x)": "x", "c1": "1", "a": "1", "A(k,i)": "1"},
                prose="At most half of the variance.",
            ),
        ),
    ),
    Claim(
        id="ae.sign0",
        title="the letter at 0",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For a coordinate that is 0 with probability 1 - p and else plus or minus 1/sqrt(p), a sign with sign(0) "
            "= 0 "
            "is a code of three letters without loss; with sign(0) = 1 or -1 the risk is at least 1 - p.",
            r"\min_a\mathbb E\,(x-a\operatorname{sign}x)^2=\begin{cases}0&\operatorname{sign}(0)=0\\"
            r"1-p&\operatorname{sign}(0)=\pm1\end{cases}",
        ),
        hypotheses=(Text("p is a probability.", r"0<p<1"),),
        proof=build_three_letters,
        mutants=(
            Mutant("one letter", "constant", {"zero": "1"}, {"p": "1/2", "s": "1", "a": "1"}, prose="sign(0) = 1."),
        ),
    ),
)
