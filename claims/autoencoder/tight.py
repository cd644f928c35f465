"""Claims on best decoders and on equiangular tight frames."""

from __future__ import annotations

from ...analysis.autoencoder.equiangular import build_frame_risk
from ...analysis.autoencoder.incoherent import build_attained, build_tight_pairs
from ...analysis.autoencoder.optimal import build_cubic_optimum
from ...analysis.autoencoder.simplex import build_near_optimal, build_simplex
from ...analysis.autoencoder.simplex_rate import build_simplex_rate
from ...analysis.autoencoder.singular import build_singular
from ...analysis.autoencoder.tied_frames import build_even_moments, build_tied_optimum
from ...analysis.autoencoder.tight import build_linear_gram, build_normal
from ...analysis.gaussian.sign import EXAMPLE_STEPS
from ..claim import Claim, Mutant, Text

_D = Text("There is at least one coordinate.", r"d\ge1")
_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_TIGHT = Text("The rows form a tight frame.", r"B^{\top}B=rI,\ r=n/d")
_WEIGHTS = Text("The coefficients are not negative and summable.", r"w_p\ge0,\ \sum_p w_p<\infty")
_APART = Text("No inner product of two different rows is larger than g in modulus.", r"|G_{ij}|\le|g|\ (i\ne j)")
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "sigma(x)": "x**3 - 2*x", "c1": "1", "A(k,i)": "1/7"}
_TWO = {"n": "2", "d": "1", "b(i,k)": "1", "a": "1", "m": "0"}

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
                "twice the slope",
                "constant",
                {"slope": "2*fg/gamma"},
                {**_ONE, "n": "2", "A(k,i)": "1/14", "gamma": "1", "f1": "7", "fg": "7"},
                prose="Twice the slope: two equal rows on the line.",
            ),
        ),
    ),
    Claim(
        id="ae.simplex",
        title="the risk of the regular simplex with the sign",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "d + 1 sign units at equal angles have this least risk over all decoders, and a multiple of B^T has it.",
            r"n=d+1:\qquad \min_AR=1-\frac{r}{\pi/2+\arcsin(1/d)}",
        ),
        hypotheses=(
            _D,
            _UNIT,
            Text("sigma is the sign, with any value at 0.", r"\sigma(x)=1\ (x>0),\quad \sigma(x)=-1\ (x<0)"),
            Text("There is one unit more than coordinates.", r"n=d+1"),
            Text("The rows form a regular simplex (up to signs).", r"G_{ij}=\pm\tfrac1d\ (i\ne j),\ B^{\top}B=rI"),
        ),
        proof=build_simplex,
        mutants=(
            Mutant(
                "another angle",
                "constant",
                {"angle": "asin(1/n)"},
                {**_ONE, "n": "2", "sigma(x)": "abs(x)/x", "c1": "2/sqrt(2*pi)", "A(k,i)": "0"},
                EXAMPLE_STEPS,
                prose="arcsin(1/n) in place of arcsin(1/d).",
            ),
        ),
    ),
    Claim(
        id="ae.simplex-rate",
        title="how fast simplices approach the bound",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="limit",
        expected="proved",
        statement=Text(
            "The gap between the risk of the regular simplex of d + 1 sign units (`ae.simplex`) and the rate bound is "
            "of order d^-3, between explicit bounds for every d.",
            r"d^3\left(R-R_{\text{bound}}\right)\to\frac2{3\pi^2},\qquad 1-\frac2{5d}\le\tfrac{3\pi^2}2d^3"
            r"\left(R-R_{\text{bound}}\right)\le1+\frac{3\pi-7}{d^2}",
        ),
        hypotheses=(_D,),
        proof=build_simplex_rate,
        mutants=(Mutant("a quarter", "constant", {"law": "1/(6*pi**2)"}, {"d": "7"}, prose="The limit 1/(6 pi^2)."),),
    ),
    Claim(
        id="ae.best-dec-sing",
        title="the best decoder where f(G) is singular",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For an odd activation B^T P is a best decoder for every generalised inverse P of f(G), such as the "
            "pseudo-inverse, however singular f(G) is.",
            r"f(G)\,P\,f(G)=f(G)\ \Longrightarrow\ R(A,B)\ge R(B^{\top}P,B)=1-\tfrac1d\operatorname{Tr}[GP]",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, _ODD, Text("P is a generalised inverse.", r"f(G)\,P\,f(G)=f(G)")),
        proof=build_singular,
        mutants=(
            Mutant(
                "smaller",
                "constant",
                {"value": "(least - 1/10)"},
                {**_ONE, "n": "2", "P(i,j)": "delta(i, 1)*delta(j, 1)/7", "A(k,i)": "delta(i, 1)/7"},
                prose="A tenth less, at two equal rows on the line.",
            ),
        ),
    ),
    Claim(
        id="ae.simplex-opt-cubic",
        title="for cubic activations equiangular tight frames are optimal",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For an odd activation without degrees above 3 no autoencoder of n >= d units has a lower risk than an "
            "equiangular tight frame of that size (the simplex for n = d + 1), whatever its encoder and decoder.",
            r"f(t)=t+w\,t^3:\qquad R(A,B)\ge R_{\text{frame}},\qquad (n-1)\,\gamma^2=r-1",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _L2,
            _C1,
            _ODD,
            Text("There are at least two units, and as many as coordinates.", r"n\ge2,\ n\ge d"),
            Text("Only the degrees 1 and 3 occur.", r"\alpha=(c_3/c_1)^2"),
            Text("The frame has unit rows at equal angles.", r"|y_i|=1,\ \langle y_i,y_j\rangle=\pm\gamma"),
            Text("It is tight.", r"\sum_iy_iy_i^{\top}=rI"),
            Text("f is the series of the activation.", r"f(t)=\sum_\ell(c_\ell/c_1)^2t^\ell"),
            Text("The divisor of the frame's risk is not 0.", r"f(1)+(r-1)f(\gamma)/\gamma\ne0"),
        ),
        proof=build_cubic_optimum,
        mutants=(
            Mutant(
                "another angle",
                "constant",
                {"last": "n"},
                {**_ONE, "n": "2", "y(i,k)": "delta(k, 1)", "gamma": "1", "f1": "7", "fg": "7"},
                prose="n gamma^2 = r - 1.",
            ),
        ),
    ),
    Claim(
        id="ae.simplex-near",
        title="the simplex is nearly optimal for the sign",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "No d + 1 sign units have a risk below this, for any encoder and decoder; the simplex (`ae.simplex`) has "
            "arcsin(1/d) in place of the first two terms of its series, so that at most a term of order d^-5 is lost.",
            r"n=d+1:\qquad R\ge1-\frac{r}{\pi/2+x+x^3/6},\qquad x=\tfrac1d",
        ),
        hypotheses=(
            _D,
            _UNIT,
            Text("sigma is the sign, with any value at 0.", r"\sigma(x)=1\ (x>0),\quad \sigma(x)=-1\ (x<0)"),
            Text("There is one unit more than coordinates.", r"n=d+1"),
        ),
        proof=build_near_optimal,
        mutants=(
            Mutant(
                "x^3",
                "constant",
                {"order": "x**3"},
                {**_ONE, "n": "2", "sigma(x)": "abs(x)/x", "c1": "2/sqrt(2*pi)", "A(k,i)": "1/pi"},
                EXAMPLE_STEPS,
                prose="x^3 in place of x^3/6: two equal units on the line lie below it.",
            ),
        ),
    ),
    Claim(
        id="ae.welch-even",
        title="the Welch inequalities of all even orders",
        paper="own",
        relation="new",
        locator="derived in this project; order 2 is L. R. Welch, IEEE Trans. Inf. Theory 20 (1974) 397",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For at least as many units as coordinates the mean of every even power of the G_ij, i != j, is at least "
            "what an equiangular tight frame has.",
            r"\sum_{i\ne j}G_{ij}^{2m+2}\ge n(n-1)\,a^{m+1},\qquad a=\frac{n/d-1}{n-1}",
        ),
        hypotheses=(_D, _UNIT, Text("There are two units at least, and as many as coordinates.", r"n\ge\max(2,d)")),
        proof=build_even_moments,
        mutants=(Mutant("all pairs", "constant", {"least": "n**2"}, _TWO, prose="n^2 in place of n (n - 1)."),),
    ),
    Claim(
        id="ae.etf-tied",
        title="tight frames are best among tied decoders",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For the decoder beta B^T, any beta, and every odd polynomial f with non-negative coefficients the part of "
            "the risk that depends on the rows (`ae.tied-risk`) is least for an equiangular tight frame, where one "
            "exists.",
            r"\sum_{i\ne j}h(G_{ij})\ge n(n-1)\,h(\sqrt a),\qquad h(t)=t\,f(t)=\sum_{q\le L}c_q\,t^{2q+2}",
        ),
        hypotheses=(
            _D,
            _UNIT,
            Text("There are two units at least, and as many as coordinates.", r"n\ge\max(2,d)"),
            Text("The squared level of an equiangular tight frame.", r"a=\frac{n/d-1}{n-1}"),
            Text("The coefficients are not negative.", r"c_q\ge0"),
        ),
        proof=build_tied_optimum,
        reason="for polynomials of every degree; the step to series of infinitely many terms is not derived",
        mutants=(
            Mutant(
                "all pairs",
                "constant",
                {"pairs": "n**2"},
                {**_TWO, "L": "1", "c(q)": "1"},
                prose="n^2 in place of n (n - 1).",
            ),
        ),
    ),
    Claim(
        id="ae.tight-pairs",
        title="the pairs of a tight frame",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For a tight frame the sum of t f(t) over the pairs of rows lies between those of the linear degree and of "
            "orthogonal rows, up to the square of the largest inner product.",
            r"\frac{n^2}d\le\sum_{ij}G_{ij}f(G_{ij})\le n(1+\alpha)+n(r-1)(1+\alpha g^2),\qquad\alpha=\sum_pw_p",
        ),
        hypotheses=(_D, _UNIT, _WEIGHTS, _TIGHT, _APART),
        proof=build_tight_pairs,
        mutants=(
            Mutant(
                "no excess",
                "constant",
                {"off": "1"},
                {"n": "2", "d": "1", "b(i,k)": "delta(k, 1)", "g": "1", "w(p)": "delta(p, 0)"},
                prose="Without the term in g: two equal rows on the line.",
            ),
        ),
    ),
    Claim(
        id="ae.inf-attain",
        title="tight frames of small inner products approach the bound",
        paper="icml",
        relation="sharper",
        locator="abstract, the limit beyond rate 1",
        kind="inequality",
        expected="proved",
        statement=Text(
            "At every rate r >= 1 a tight frame with a multiple of B^T as the decoder is within a multiple of the "
            "square of its largest inner product of the rate bound. So the bound is the infimum at a fixed rate: along "
            "Haar frames made tight, mutually unbiased bases or equiangular frames the inner products vanish as the "
            "dimension grows.",
            r"1-\frac r{r+\alpha}\le R\le1-\frac r{r+\alpha+(r-1)\,\alpha\,g^2},\qquad|G_{ij}|\le g\ (i\ne j)",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _L2,
            _C1,
            _ODD,
            Text("There are at least as many units as coordinates.", r"n\ge d"),
            _TIGHT,
            _APART,
            Text("beta is the best multiple.", r"\beta\,n\,s=1,\ s=\tfrac1{n^2}\sum_{ij}G_{ij}f(G_{ij})"),
        ),
        proof=build_attained,
        mutants=(
            Mutant(
                "no excess",
                "constant",
                {"excess": "0"},
                {**_ONE, "n": "2", "sigma(x)": "x**3 - 2*x", "c1": "1", "g": "1", "beta": "1/14", "A(k,i)": "1/14"},
                prose="Without the term in g: two equal rows on the line.",
            ),
        ),
    ),
)
