"""Claims on a general covariance with more units than coordinates: the cubic degree makes water-filling sharper."""

from __future__ import annotations

from ...analysis.autoencoder.covariance_floor import build_covariance_floor
from ...analysis.autoencoder.cubic import (
    ONE_ARRAY,
    ONE_ARRAY_STEPS,
    build_bessel,
    build_third,
    build_weighted_cubic,
)
from ...analysis.autoencoder.water_filling_bound import COPIES, build_sharper_water_filling
from ..claim import Claim, Mutant, Text

_UNIT = Text("The rows of C = BD are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_COPIES = {"n": "2", "d": "1", "b(i,k)": "delta(k, 1)"}
_SIGMA = {"sigma(x)": "x**3 - 2*x", "c1": "1"}  # alpha = (c_3/c_1)^2 = 6
_FILLED = {**COPIES, **_SIGMA, "t(h)": "1", "o": "1", "e": "0"}
_HEIGHT = Text("The height of the tests.", r"H>0,\ H^2\ge y\sum_cv_c^4,\ H\le no^2,\ H\le ym,\ H^2<no^2ym")
_ENDS = Text("y is the number of coordinates, or of units.", r"y=d\ \text{or}\ y=n")

CLAIMS = (
    Claim(
        id="ae.bessel",
        title="Bessel's inequality",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The squares of an array's coordinates along orthogonal arrays add up to no more than its square.",
            r"\sum_s\langle Z,q_s\rangle^2\le|Z|^2",
        ),
        hypotheses=(Text("The arrays are orthogonal and not longer than 1.", r"\langle q_s,q_r\rangle=0,\ |q_s|\le1"),),
        proof=build_bessel,
        mutants=(Mutant("twice", "constant", {"factor": "2"}, ONE_ARRAY, ONE_ARRAY_STEPS, prose="Twice the sum."),),
    ),
    Claim(
        id="ae.wf-cubic",
        title="the cubic degree against two tests, a weight for each direction",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The cubic degree against t (w x I) on the span of the b_i x b_i, and u diag(w) times the projection of an "
            "array Y that has the product 1 with each of them.",
            r"2(t+u)\sum_cw_cN_{cc}\le\operatorname{Tr}[A^{\top}A\,G^{\circ3}]+t^2nx+2tuh+u^2y\sum_cw_c^2",
        ),
        hypotheses=(
            _UNIT,
            Text("The weights.", r"w_c^2\le x"),
            Text("The array.", r"\langle Y,b_i\otimes b_i\rangle=1,\ |Y|^2\le y"),
            Text("The product of the two tests is at most h.", r"h,y>0,\ y\sum_cw_c^4\le h^2"),
            Text("Both multiples have one sign.", r"tu\ge0"),
        ),
        proof=build_weighted_cubic,
        mutants=(
            Mutant(
                "one unit fewer",
                "constant",
                {"rank": "(n - 1)"},
                {
                    "n": "1",
                    "d": "1",
                    "b(i,k)": "delta(k, 1)",
                    "A(k,i)": "1",
                    "w(c)": "1",
                    "x": "1",
                    "Y(c,p)": "1",
                    "y": "1",
                    "h": "1",
                    "t": "1",
                    "u": "0",
                },
                prose="n - 1 in place of n.",
            ),
        ),
    ),
    Claim(
        id="ae.wf-third",
        title="what the cubic degree counts more",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The best multiples of both tests: the cubic degree counts g times as much as the others (`ae.wf-power`).",
            r"2g\sum_cw_cN_{cc}\le\operatorname{Tr}[A^{\top}A\,G^{\circ3}]+gnx,\qquad "
            r"g=1+\frac{(nx-h)^2}{nxym-h^2},\ m=\sum_cw_c^2",
        ),
        hypotheses=(
            _UNIT,
            Text("The weights.", r"w_c^2\le x"),
            _ENDS,
            Text("The height.", r"h,y>0,\ h^2\ge y\sum_cw_c^4,\ h\le nx,\ h\le ym,\ h^2<nxym"),
        ),
        proof=build_third,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"gain": "1 + 2*(n*x - h)**2/(n*x*y*squares - h**2)"},
                {**_COPIES, "A(k,i)": "1", "w(c)": "1", "x": "1", "y": "1", "h": "1"},
                prose="Twice the surplus: two equal rows have equality.",
            ),
        ),
    ),
    Claim(
        id="ae.wf-etf",
        title="water-filling with a larger noise",
        paper="own",
        relation="sharper",
        locator="derived in this project; the bound of ICML 2023 for a general covariance is `ae.wf`",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The water-filling bound holds with beta in place of alpha, for every odd activation, encoder and decoder: "
            "the cubic degree counts more than the others where the weights are not concentrated on few directions. "
            "With the least H this is sharper for every covariance if n > d and c_3 is not 0, and up to n = d where "
            "the sum of (v_c/o)^4 is below n; D = I gives `ae.bound-etf`.",
            r"\mathbb E\,|x-\hat x|^2\ge\operatorname{Tr}D^2-\sum_c\frac{D_c^2s_c}{\beta+s_c},\qquad "
            r"\beta=\alpha+\left(\frac{c_3}{c_1}\right)^2\frac{(no^2-H)^2}{no^2ym-H^2},\ "
            r"v_c=\min(o,D_c/\beta),\ m=\sum_cv_c^2",
        ),
        hypotheses=(
            _UNIT,
            _L2,
            _C1,
            _ODD,
            Text("The noise is positive.", r"\beta>0"),
            Text("Standard deviations.", r"D_c\ge0"),
            _ENDS,
            _HEIGHT,
            Text(
                "The shares are those of water-filling with beta (`ae.wf`).",
                r"s_c\ge0,\ \sum_cs_c=n,\quad D_c=o(\beta+s_c),\ e\le os_c\ (c\in T),\quad s_c=0,\ "
                r"D_c\le\beta o+e\ (c\notin T),\quad e\,(n-|T|)=0,\ o,e\ge0",
            ),
        ),
        proof=build_sharper_water_filling,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"gain": "1 + 2*(n*o**2 - H)**2/(n*o**2*y*squares - H**2)"},
                {**_FILLED, "beta": "18", "D(h)": "20", "A(k,i)": "10/7"},
                prose="Twice the surplus: two equal units on the line lie below it.",
            ),
            Mutant(
                "any height",
                "hypothesis",
                {},
                {**_FILLED, "H": "1/2", "beta": "96/7", "D(h)": "110/7", "A(k,i)": "55/49"},
                prose="A height below the least.",
                weaken={"fourth": "0 <= H"},
            ),
        ),
    ),
    Claim(
        id="ae.wf-floor",
        title="a floor for every covariance",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "With n >= d units the error is at least this multiple of (Tr D)^2, for every covariance D^2, odd "
            "activation, encoder and decoder.",
            r"\mathbb E\,|x-\hat x|^2\ge\frac{\beta\,(\operatorname{Tr}D)^2}{n+d\beta},\qquad "
            r"\beta=\alpha+\left(\frac{c_3}{c_1}\right)^2\frac{(r-1)^2}{n-1},\ r=\tfrac nd",
        ),
        hypotheses=(
            Text("There is at least one coordinate.", r"d\ge1"),
            Text("There are at least two units, and as many as coordinates.", r"n\ge2,\ n\ge d"),
            _UNIT,
            _L2,
            _C1,
            _ODD,
        ),
        proof=build_covariance_floor,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"noise": "2*w(0)*(n/d - 1)**2/(n - 1)"},
                {**_COPIES, **_SIGMA, "beta": "18", "D(k)": "14", "A(k,i)": "1"},
                prose="Twice the surplus: two equal units on the line lie below it.",
            ),
            Mutant(
                "fewer units",
                "hypothesis",
                {},
                {
                    **_SIGMA,
                    "n": "2",
                    "d": "3",
                    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*delta(k, 2)",
                    "beta": "20/3",
                    "D(k)": "1",
                    "A(k,i)": "delta(k, i)/7",
                },
                prose="Without n >= d: two orthonormal rows in space.",
                weaken={"wide": "0 <= n"},
            ),
        ),
    ),
)
