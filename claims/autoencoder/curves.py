"""Claims on the shape of the bound, on quantisers, and on codes that attain or beat it."""

from __future__ import annotations

from ...analysis.autoencoder.curves import build_convex
from ...analysis.autoencoder.haar import build_haar_attained
from ...analysis.autoencoder.pairs import build_relu_pairs
from ...analysis.autoencoder.quantisers import build_levels, build_lloyd, build_rate_one
from ...analysis.autoencoder.thresholds import build_floor_law, build_lloyd_values, build_units
from ..claim import Claim, Mutant, Text

_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_D = Text("There is at least one coordinate.", r"d\ge1")

CLAIMS = (
    Claim(
        id="ae.b-convex",
        title="the bound is convex in the rate, with a kink at 1",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The bound is convex in the rate and concave in alpha; at rate 1 its slope jumps from -1/(1 + alpha) to "
            "-alpha/(1 + alpha)^2.",
            r"1-\frac{r}{\max(r,1)+\alpha}\ \text{convex in } r,\ \text{concave in } \alpha,\quad "
            r"-\frac1{1+\alpha}<-\frac{\alpha}{(1+\alpha)^2}",
        ),
        hypotheses=(
            Text("Rates are positive, alphas are not negative.", r"r_1,r_2>0,\ \alpha,\alpha_2\ge0"),
            Text("A mixture of the two.", r"0\le t\le1"),
        ),
        proof=build_convex,
        mutants=(
            Mutant(
                "smooth",
                "constant",
                {"slope": "1"},
                {"r1": "1/2", "r2": "2", "alpha": "1", "alpha2": "1", "t": "1/2"},
                prose="The slope -alpha/(1 + alpha) after the kink: at alpha = 1 there would be none.",
            ),
        ),
    ),
    Claim(
        id="ae.q-lloyd",
        title="cell means lose least",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Among all codes with given cells, 1 + alpha is at least 1/(1 - D), D the distortion with cell means for "
            "values; and a point is nearest to the value on its side of the middle of two.",
            r"1+\alpha=\frac{\mathbb E s^2}{(\mathbb E\,xs)^2}\ \ge\ \frac1{1-D},\qquad D=1-\sum_k p_km_k^2",
        ),
        hypotheses=(
            Text("The cells' probabilities are not negative.", r"p_k\ge0"),
            Text("Code and data correlate.", r"\sum_k p_km_kv_k\ne0"),
        ),
        proof=build_lloyd,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"factor": "2"},
                {"n": "2", "p(k)": "1/2", "m(k)": "(2*k - 3)/2", "v(k)": "2*k - 3", "u": "0", "w": "1", "x": "0"},
                prose="Twice the value: two cells with means of -1/2 and 1/2 have exactly 1/(1 - D).",
            ),
        ),
    ),
    Claim(
        id="ae.q-r1",
        title="the bound of a quantiser at rate 1",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "At rate 1 the bound for a quantiser with cell means for values is its own distortion.",
            r"1-\frac1{1+\alpha}=D,\qquad D=\mathbb E\,(z-\sigma(z))^2",
        ),
        hypotheses=(_L2, Text("What cell means give.", r"\mathbb E[z\,\sigma(z)]=\mathbb E\,\sigma(z)^2\neq0")),
        proof=build_rate_one,
        mutants=(
            Mutant(
                "alpha",
                "constant",
                {"value": "D/(1 - D)"},
                {"sigma(x)": "2/sqrt(2*pi)*abs(x)/x", "D": "1 - 2/pi"},
                prose="alpha itself in place of D.",
            ),
        ),
    ),
    Claim(
        id="ae.q-min-all",
        title="the sign is best with two levels only",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Over all activations the least alpha is 0, that of the identity. Three levels, thresholds at +-0.612, "
            "already have a smaller alpha than the sign, which is what two levels give.",
            r"\alpha_3(t)=\tfrac{\pi}{2}\,e^{t^2}\left(1-\operatorname{erf}\tfrac{t}{\sqrt2}\right)-1,\qquad "
            r"\alpha_3(0.612)<\alpha_3(0)=\tfrac{\pi}{2}-1",
        ),
        hypotheses=(Text("The outer level is not 0.", r"v\ne0"),),
        proof=build_levels,
        mutants=(Mutant("three times", "constant", {"three": "3"}, {"v": "1"}, prose="Three times the value."),),
    ),
    Claim(
        id="ae.haar-le1",
        title="rows of orthogonal matrices up to rate 1",
        paper="icml",
        relation="as-claimed",
        locator="abstract (minimisers of the population risk)",
        kind="identity",
        expected="proved",
        statement=Text(
            "Up to rate 1 the first n rows of every orthogonal matrix, hence of almost every Haar matrix, attain the "
            "bound exactly, at every dimension.",
            r"R\left(\tfrac{B^{\top}}{1+\alpha},B\right)=1-\frac{r}{1+\alpha},\qquad n\le d",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _L2,
            _C1,
            Text("All d rows are orthonormal.", r"b_i\cdot b_j=\delta_{ij}\ (i,j\le d)"),
            Text("The rate is at most 1.", r"n\le d"),
            Text("The decoder's factor.", r"g(1+\alpha)=1"),
        ),
        proof=build_haar_attained,
        mutants=(
            Mutant(
                "twice the decoder",
                "constant",
                {"scale": "2"},
                {
                    "n": "2",
                    "d": "2",
                    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*delta(k, 2)",
                    "sigma(x)": "x**3 - 2*x",
                    "c1": "1",
                    "g": "2/7",
                },
                prose="g = 2/(1 + alpha).",
            ),
        ),
    ),
    Claim(
        id="ae.relu-2d",
        title="ReLU units in pairs",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "With d + K ReLU units, K coordinates coded by opposite pairs, the others by single units with a decoder "
            "bias, the risk is (1 - K/d)(1 - 1/(1 + alpha)); with 2d units it is 0, which no odd activation but the "
            "linear ones can reach.",
            r"R=\left(1-\tfrac Kd\right)\left(1-\tfrac1{1+\alpha}\right),\qquad 1+\alpha=2-\tfrac2\pi",
        ),
        hypotheses=(_D,),
        proof=build_relu_pairs,
        mutants=(
            Mutant("twice K", "constant", {"share": "2"}, {"d": "2", "K": "1"}, prose="A pair saves two shares."),
        ),
    ),
    Claim(
        id="ae.q-values",
        title="thresholds of three and four levels",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Lloyd and Max's conditions change sign between 0.61200 and 0.61201 for three levels, and between 0.98159 "
            "and 0.98160 for four.",
            r"2t=\frac{\varphi(t)}{1-\Phi(t)}:\ t\in(0.61200,0.61201),\qquad 2t=\frac{\varphi(0)-\varphi(t)}"
            r"{\Phi(t)-\frac12}+\frac{\varphi(t)}{1-\Phi(t)}:\ t\in(0.98159,0.98160)",
        ),
        proof=build_lloyd_values,
        mutants=(
            Mutant(
                "0.6130",
                "constant",
                {"low": "61300/100000", "high": "61301/100000"},
                {"t": "0"},
                prose="0.6130 for three levels.",
            ),
        ),
    ),
    Claim(
        id="ae.gap-floor",
        title="how fast the limit can be approached",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Beyond rate 1 the gap to the bound is at least of order 1/d, for every encoder and decoder: d times the "
            "gap is at least (c_3/c_1)^2 (r - 1)^2/((r + alpha)(r + alpha + e)), where e tends to 0.",
            r"d\cdot\text{gap}\ \ge\ \frac{(c_3/c_1)^2(r-1)^2}{(r+\alpha)(r+\alpha+e)},\qquad "
            r"e=\left(\tfrac{c_3}{c_1}\right)^2\frac{(r-1)^2}{n-1}",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _L2,
            _C1,
            Text("The activation is odd.", r"\sigma(-x)=-\sigma(x)\ (x>0)"),
            Text("There are at least two units.", r"n\ge2"),
            Text("There are at least as many units as coordinates.", r"n\ge d"),
        ),
        proof=build_floor_law,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"count": "(2*n)"},
                {"n": "3", "d": "1", "b(i,k)": "delta(k, 1)", "sigma(x)": "x**3 - 2*x", "c1": "1", "A(k,i)": "1/21"},
                prose="Twice as much: three equal rows on the line have exactly n/(n - 1) times it.",
            ),
        ),
    ),
    Claim(
        id="ae.b-units",
        title="where the sphere's floor overtakes the rate bound",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "A floor F on the risk exceeds the rate bound iff n > alpha d (1 - F)/F. For the sign that of the sphere "
            "does from 5 units on in the plane and from 10 on in space.",
            r"\frac{\alpha}{r+\alpha}<F\iff n>\frac{\alpha d(1-F)}{F}",
        ),
        hypotheses=(Text("Sizes, alpha and floor are positive.", r"n,d,\alpha,F>0"),),
        proof=build_units,
        mutants=(
            Mutant(
                "at d^2",
                "constant",
                {"units": "d**2"},
                {"d": "4", "n": "17", "alpha": "4", "F": "1/5"},
                prose="Already from d^2 units on.",
            ),
        ),
    ),
)
