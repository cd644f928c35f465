"""Claims on a general covariance: the water-filling bound and each of its steps."""

from __future__ import annotations

from ...analysis.autoencoder.covariance import build_known_traces, build_partial_trace, build_pseudo_inverse
from ...analysis.autoencoder.covariance_maximum import build_isotropic, build_maximum
from ...analysis.autoencoder.covariance_value import (
    ALIGNED_EXAMPLE,
    CONVEX_EXAMPLE,
    build_aligned,
    build_attained_covariance,
    build_best_product,
    build_inverse_convex,
)
from ...analysis.autoencoder.water_filling import build_linear_degree, build_weighted_power
from ...analysis.autoencoder.water_filling_bound import build_water_filling, build_weighted_series
from ..claim import Claim, Mutant, Text

_UNIT = Text("The rows of C = BD are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_CURVED = Text("The activation is not linear.", r"\alpha>0")
_WEIGHTS = Text("The coefficients are not negative and summable.", r"w_p\ge0,\ a=\sum_p w_p<\infty")
_TENSORS = Text("k_i are tensor powers of the rows.", r"k_i\cdot k_j=G_{ij}^h")
_TEST = Text("The tests of the linear degree.", r"y\ge0,\ yt_c\le x_c,\ g_c^2\le x_c+y(1-t_c)")
_KKT = Text(
    "Shares s are stationary: inside a set of directions D = o(alpha + s), outside s = 0 and D <= alpha o + e, where "
    "0 <= e <= o s inside, and e = 0 unless the set has n elements.",
    r"\sum_cs_c=n,\quad D_c=o(\alpha+s_c),\ e\le os_c\ (c\in T),\quad s_c=0,\ D_c\le\alpha o+e\ (c\notin T),\quad "
    r"e\,(n-|T|)=0",
)
_SIGMA = {"sigma(x)": "x**3 - 2*x", "c1": "1"}
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)"}
_ARRAY = {**_ONE, "N": "1", "k(i,p)": "1", "q(s,c,p)": "1", "A(k,i)": "1"}
_LINE = {"w(p)": "delta(p, 0)", "g(c)": "0", "x(c)": "0", "y": "0", "t(c)": "0", "v(c)": "1", "u": "1"}
_SHARES = {"alpha": "1", "D(h)": "2", "s(h)": "1", "t(h)": "1", "o": "1", "e": "0", "S(h)": "1", "T(h)": "1"}

CLAIMS = (
    Claim(
        id="ae.wf-known",
        title="traces that every degree knows",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "In every odd degree the trace of M against W x I is that of WAC, for every matrix W.",
            r"\operatorname{Tr}[M_\ell(W\otimes I)]=\operatorname{Tr}[WAC]",
        ),
        hypotheses=(_UNIT, _TENSORS),
        proof=build_known_traces,
        mutants=(
            Mutant(
                "transposed",
                "swap",
                {"entry": "w(c, e)"},
                {
                    "n": "1",
                    "d": "2",
                    "b(i,k)": "delta(k, 1)",
                    "N": "1",
                    "h": "0",
                    "k(i,p)": "1",
                    "A(k,i)": "delta(k, 2)",
                    "w(e,c)": "delta(e, 1)*delta(c, 2)",
                },
                prose="W transposed.",
            ),
        ),
    ),
    Claim(
        id="ae.wf-S",
        title="the partial trace of a degree's projector",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The partial trace S of a projector on span{b_i x k_i} is positive semidefinite, has a trace of at most n "
            "and vanishes on what is orthogonal to the rows.",
            r"S\succeq0,\qquad\operatorname{Tr}S\le n,\qquad Cx=0\Rightarrow Sx=0",
        ),
        hypotheses=(
            Text("n arrays of length at most 1.", r"|q_s|\le1"),
            Text("They lie in the span.", r"q_s=\sum_iZ_{si}\,b_i\otimes k_i"),
        ),
        proof=build_partial_trace,
        mutants=(
            Mutant(
                "trace d",
                "constant",
                {"most": "d"},
                {
                    "n": "2",
                    "d": "1",
                    "N": "2",
                    "b(i,c)": "1",
                    "k(i,p)": "delta(i, p)",
                    "Z(s,i)": "delta(s, i)",
                    "q(s,c,p)": "delta(s, 1)*delta(p, 1) + delta(s, 2)*delta(p, 2)",
                    "x(c)": "1",
                    "c": "1",
                },
                prose="A trace of at most d, with two orthogonal tensors over one row.",
            ),
        ),
    ),
    Claim(
        id="ae.wf-pt",
        title="one degree against a test matrix",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Each odd degree's form is at least Tr[N S^+ N^T], N = AC, S the partial trace of its projector.",
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ\ell}]\ge\operatorname{Tr}[NS^{+}N^{\top}]=\operatorname{Tr}[NX],\ "
            r"SX=N^{\top}",
        ),
        hypotheses=(
            _UNIT,
            _TENSORS,
            Text("q is an orthonormal basis of the tensors' span."),
            Text("X solves SX = N^T.", r"SX=N^{\top}"),
        ),
        proof=build_pseudo_inverse,
        mutants=(
            Mutant("twice", "constant", {"factor": "2"}, {**_ARRAY, "h": "1", "X(e,c)": "1"}, prose="Twice the trace."),
        ),
    ),
    Claim(
        id="ae.wf-conv",
        title="the inverse is convex over degrees",
        paper="own",
        relation="new",
        locator="operator convexity of the inverse (R. Bhatia, Matrix Analysis, chapter V); derived here without it",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The form of the inverse of a mean is at most the mean of the forms of the inverses, also for singular "
            "matrices.",
            r"\alpha\,v\cdot S^{+}v\le\sum_lw_l\,v\cdot S_l^{+}v,\qquad \alpha S=\sum_lw_lS_l",
        ),
        hypotheses=(
            Text("Weights.", r"w_l\ge0,\ \sum_lw_l=\alpha"),
            Text("The matrices are positive semidefinite.", r"S_l=Q_lQ_l^{\top}"),
            Text("The inverses enter as solutions.", r"S_ly_l=v,\ Sx=v"),
        ),
        proof=build_inverse_convex,
        mutants=(Mutant("concave", "swap", {"sign": ">="}, CONVEX_EXAMPLE, prose="The other direction."),),
    ),
    Claim(
        id="ae.wf-min",
        title="the best product of decoder and encoder",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For a given S the best N = AC is D S (S + alpha)^-1, and Tr D^2 - Tr[D^2 S (S + alpha)^-1] is left; "
            "in the eigenbasis of S the difference is a sum of squares.",
            r"\min_N\ |D|^2-2\operatorname{Tr}DN+|N|^2+\alpha\operatorname{Tr}[NS^{-1}N^{\top}]"
            r"=|D|^2-\operatorname{Tr}[D^2S(S+\alpha)^{-1}]",
        ),
        hypotheses=(
            Text("alpha is not negative.", r"\alpha\ge0"),
            Text("S is positive definite on the rows' span.", r"s_e>0"),
        ),
        proof=build_best_product,
        mutants=(
            Mutant(
                "twice alpha",
                "constant",
                {"factor": "2"},
                {"d": "1", "alpha": "1", "s(e)": "1", "D(c,e)": "1", "X(c,e)": "1/2"},
                prose="2 alpha below.",
            ),
        ),
    ),
    Claim(
        id="ae.wf-vn",
        title="the best shares lie along the axes of the covariance",
        paper="own",
        relation="new",
        locator="von Neumann's trace inequality (Horn and Johnson, Matrix Analysis, 7.4.1); derived here without it",
        kind="inequality",
        expected="proved",
        statement=Text(
            "A bilinear form of two falling sequences with doubly stochastic weights is at most that of equal indices; "
            "for P = O o O this is Tr[D^2 S (S + alpha)^-1] over all axes of S.",
            r"\sum_{ce}P_{ce}D_cT_e\le\sum_cD_cT_c",
        ),
        hypotheses=(
            Text("Both sequences fall.", r"D_{k+1}\le D_k,\ T_{k+1}\le T_k"),
            Text("P is doubly stochastic.", r"P_{ce}\ge0,\ \sum_eP_{ce}=\sum_cP_{ce}=1"),
        ),
        proof=build_aligned,
        mutants=(
            Mutant(
                "rising",
                "swap",
                {"order": "D(k) <= D(k + 1)"},
                {**ALIGNED_EXAMPLE, "D(k)": "k"},
                prose="One of them rises.",
            ),
        ),
    ),
    Claim(
        id="ae.wf-power",
        title="one odd degree, a weight for each direction",
        paper="own",
        relation="sharper",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "In every odd degree the trace of N against weights of modulus at most sqrt(y) is bounded by the form and "
            "by n y; equal weights give the bound by the rank.",
            r"2\sum_cw_cN_{cc}\le\operatorname{Tr}[A^{\top}A\,G^{\circ\ell}]+ny,\qquad w_c^2\le y",
        ),
        hypotheses=(_UNIT, Text("The weights.", r"w_c^2\le y")),
        proof=build_weighted_power,
        mutants=(
            Mutant(
                "half",
                "constant",
                {"most": "y/2"},
                {**_ONE, "w(c)": "1", "y": "1", "A(k,i)": "1", "h": "1"},
                prose="Half of n y.",
            ),
        ),
    ),
    Claim(
        id="ae.wf-linear",
        title="the linear degree, with the rank of the rows",
        paper="own",
        relation="sharper",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The linear degree against tests g_c, of which only n directions count in full.",
            r"2\sum_cg_cN_{cc}\le|N|^2+\sum_cx_c+y\Bigl(n-\sum_ct_c\Bigr)",
        ),
        hypotheses=(_TEST,),
        proof=build_linear_degree,
        mutants=(
            Mutant(
                "one row fewer",
                "constant",
                {"rank": "(n - 1)"},
                {
                    "n": "1",
                    "d": "2",
                    "b(i,k)": "delta(k, 1)",
                    "g(c)": "1",
                    "x(c)": "0",
                    "t(c)": "0",
                    "y": "1",
                    "A(k,i)": "delta(k, 1)",
                },
                prose="n - 1 in place of n.",
            ),
        ),
    ),
    Claim(
        id="ae.wf-series",
        title="all degrees against test matrices",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The trace form of an odd series against one test for the linear degree and another for all higher ones, "
            "of which the cubic one may count more.",
            r"2\sum_c(g_c+bv_c)N_{cc}\le\operatorname{Tr}[A^{\top}A\,f(G)]+\sum_cx_c+y\Bigl(n-\sum_ct_c\Bigr)+bnu,\ "
            r"b=a+w_0(g-1)",
        ),
        hypotheses=(
            _UNIT,
            _WEIGHTS,
            _TEST,
            Text("The tests of the higher degrees.", r"v_c^2\le u"),
            Text(
                "The factor of the cubic degree; 1 holds always (`ae.wf-power`).",
                r"2g\sum_cv_cN_{cc}\le\operatorname{Tr}[A^{\top}A\,G^{\circ3}]+gnu",
            ),
        ),
        proof=build_weighted_series,
        mutants=(
            Mutant(
                "twice a",
                "constant",
                {"noise": "(2*a)"},
                {**_ONE, **_LINE, "g(c)": "1", "x(c)": "1", "t(c)": "1", "A(k,i)": "1", "gain": "1"},
                prose="2a in place of b.",
            ),
        ),
    ),
    Claim(
        id="ae.wf",
        title="the water-filling bound",
        paper="icml",
        relation="sharper",
        locator="abstract (fundamental limits); general covariance, finite n and d, derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For Gaussian data with standard deviations D_c, any odd activation that is not linear, every encoder, "
            "decoder, n and d, the error is at least Tr D^2 less what water-filling shares of n gain, of which at most "
            "min(n, d) are active.",
            r"\mathbb E\,|x-\hat x|^2\ \ge\ \operatorname{Tr}D^2-\sum_c\frac{D_c^2s_c}{\alpha+s_c}",
        ),
        hypotheses=(
            _UNIT,
            _L2,
            _C1,
            _ODD,
            _CURVED,
            Text("Standard deviations.", r"D_c\ge0"),
            Text("Levels.", r"o,e\ge0"),
            Text("Shares.", r"s_c\ge0"),
            _KKT,
        ),
        proof=build_water_filling,
        mutants=(
            Mutant(
                "half the gain",
                "constant",
                {"gain": "1/2"},
                {**_ONE, **_SIGMA, "D(c)": "7", "s(c)": "1", "t(c)": "1", "o": "1", "e": "0", "A(k,i)": "1"},
                prose="Half of it: one unit is better.",
            ),
        ),
    ),
    Claim(
        id="ae.wf-max",
        title="stationary shares are the maximum",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "No shares of n on at most n directions gain more than the stationary ones of the bound.",
            r"\sum_c\frac{D_c^2S_c}{\alpha+S_c}\le\sum_c\frac{D_c^2s_c}{\alpha+s_c}",
        ),
        hypotheses=(
            _CURVED,
            Text("Standard deviations.", r"D_c\ge0"),
            _KKT,
            Text("Other shares, at most n of them active.", r"S_c\ge0,\ \sum_cS_c=n"),
        ),
        proof=build_maximum,
        mutants=(
            Mutant("twice", "constant", {"factor": "2"}, {"n": "1", "d": "1", **_SHARES}, prose="Twice the gain."),
        ),
    ),
    Claim(
        id="ae.wf-iso",
        title="water-filling of equal variances",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For D = I water-filling gives the isotropic bound back.",
            r"\frac1d\left(d-\frac{m\,s}{\alpha+s}\right)=1-\frac r{\max(r,1)+\alpha},\qquad s=\tfrac nm,\ m=\min(n,d)",
        ),
        hypotheses=(Text("Sizes and alpha.", r"n,d>0,\ \alpha\ge0"),),
        proof=build_isotropic,
        mutants=(
            Mutant("r", "constant", {"width": "r"}, {"n": "1", "d": "2", "alpha": "1"}, prose="r for max(r, 1)."),
        ),
    ),
    Claim(
        id="ae.wf-attain",
        title="where water-filling is attained",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Orthonormal rows in one eigenspace attain Tr D^2 - n delta^2/(1 + alpha): the water-filling bound if the "
            "n largest standard deviations are equal.",
            r"\mathbb E\,|x-\hat x|^2=\operatorname{Tr}D^2-\frac{n\delta^2}{1+\alpha},\qquad Db_i=\delta b_i",
        ),
        hypotheses=(
            _UNIT,
            _L2,
            _C1,
            Text("The rows are orthonormal.", r"b_i\cdot b_j=\delta_{ij}"),
            Text("They lie in one eigenspace.", r"Db_i=\delta b_i"),
            Text("The decoder's factor.", r"g(1+\alpha)=1"),
        ),
        proof=build_attained_covariance,
        mutants=(
            Mutant(
                "twice the decoder",
                "constant",
                {"scale": "2"},
                {"n": "1", "d": "2", "b(i,k)": "delta(k, 1)", **_SIGMA, "D(k)": "3 - k", "delta_": "2", "g": "2/7"},
                prose="g = 2/(1 + alpha).",
            ),
        ),
    ),
)
