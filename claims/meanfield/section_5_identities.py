"""Sections 3 and 5: identities of the paper, and two errata with an integral or a law behind them."""

from __future__ import annotations

from dataclasses import replace

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import identities, moment_bound
from ..claim import Claim, Mutant, Refutation, Text

_CLUSTER = {"A": "2", "B": "3", "x": "1"}
_LAST = {"k": "1", "C": "1", "x": "0"}
_NOISE = {"s": "1/4", "lam": "1", "beta": "1"}


def _gaussian(rate: str) -> str:
    return f"exp(-{rate}*(a**2 + w**2 + b**2))/sqrt(pi/({rate}))**3"


# The density N(0, (2/(beta lambda)) I), for which the sharp bound is an equality.
_COLD = {"beta": "1", "lam": "1000", "risk": "0", "rho(a,w,b)": _gaussian("250")}
_WARM = {"beta": "1", "lam": "50", "risk": "0", "rho(a,w,b)": _gaussian("25/2")}


def _last_integral() -> Refutation:
    printed, corrected = (
        identities.build_last_integral("2*sqrt(2*pi)").statement,
        identities.build_last_integral().statement,
    )
    half = replace(printed, goal=printed.goal.replace("abs(w)", "abs(w)/4"))
    return Refutation(printed, _LAST, (("corrected", corrected, _LAST), ("quarter", half, _LAST)))


def _noise() -> Refutation:
    printed, corrected = identities.build_noise("2*s/beta").statement, identities.build_noise().statement
    return Refutation(
        printed,
        {**_NOISE, "v": "2/3"},
        (("corrected", corrected, {**_NOISE, "v": "4/3"}), ("not-stationary", printed, {**_NOISE, "v": "4/3"})),
    )


def _entropy() -> Refutation:
    printed: Statement = moment_bound.build_moment_bound("1 + 3*log(8*pi/(beta*lam))").statement
    corrected = moment_bound.build_moment_bound().statement
    return Refutation(printed, _COLD, (("corrected", corrected, _COLD), ("warm", printed, _WARM)))


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.R-rescaled",
        title="the risk in rescaled residuals",
        paper="jmlr",
        relation="as-printed",
        locator="p. 10",
        kind="identity",
        expected="proved",
        statement=Text("The risk is M times the sum of squares.", r"R=M\sum_iR_i^2,\quad R_i=\frac{f(x_i)-y_i}M"),
        hypotheses=(Text("There is at least one datum.", r"M\ge1"),),
        proof=identities.build_rescaled,
        mutants=(
            Mutant(
                "mean", "constant", {"scale": "1/M"}, {"M": "2", "f(i)": "1", "y(i)": "0"}, prose="1/M before the sum"
            ),
        ),
    ),
    Claim(
        id="mf.eq-3.3-noise.printed",
        title="noise of the update (3.3)",
        paper="jmlr",
        relation="as-printed",
        locator="(3.3) with (3.4), (3.6), pp. 6-8",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            "Noise of variance 2s/beta a step makes (3.3) sample the Gibbs law (3.6).",
            r"v=(1-2s\lambda)^2v+\frac{2s}\beta\ \Rightarrow\ v(1-s\lambda)=\frac1{\beta\lambda}",
        ),
        hypotheses=(Text("Without data; v is the stationary variance of a weight."),),
        refutation=_noise,
        counterpart="mf.eq-3.3-noise.corrected",
    ),
    Claim(
        id="mf.eq-3.3-noise.corrected",
        title="noise of the update (3.3)",
        paper="jmlr",
        relation="corrected",
        locator="(3.3) with (3.4), (3.6), pp. 6-8",
        kind="identity",
        expected="proved",
        statement=Text(
            "Noise of variance 4s/beta a step makes (3.3) sample the Gibbs law (3.6), up to a factor that tends to 1.",
            r"v=(1-2s\lambda)^2v+\frac{4s}\beta\ \Rightarrow\ v(1-s\lambda)=\frac1{\beta\lambda}",
        ),
        hypotheses=(
            Text("Without data; v is the stationary variance of a weight."),
            Text("Step size, penalty and inverse temperature are positive.", r"s,\lambda,\beta>0"),
        ),
        proof=identities.build_noise,
        mutants=(
            Mutant("printed", "constant", {"noise": "2*s/beta"}, {**_NOISE, "v": "2/3"}, prose="the noise as printed"),
        ),
        counterpart="mf.eq-3.3-noise.printed",
    ),
    Claim(
        id="mf.softplus-d2",
        title="second derivative of the soft-plus unit",
        paper="jmlr",
        relation="as-printed",
        locator="p. 19",
        kind="identity",
        expected="proved",
        statement=Text(
            "The soft-plus unit is twice differentiable in x.",
            r"\frac{d^2}{dx^2}\frac1\tau\log(1+e^{\tau u})=w^2\tau\frac{e^{\tau u}}{(1+e^{\tau u})^2},\quad u=wx+b",
        ),
        hypotheses=(Text("The scale is not 0.", r"\tau\ne0"),),
        proof=identities.build_softplus,
        mutants=(
            Mutant(
                "power",
                "constant",
                {"power": "1"},
                {"tau": "1", "w": "1", "b": "0", "x": "0"},
                prose="the first power below",
            ),
        ),
    ),
    Claim(
        id="mf.kernel-mass",
        title="the kernel that tends to a delta has mass 1",
        paper="jmlr",
        relation="as-printed",
        locator="p. 20",
        kind="inequality",
        expected="proved",
        statement=Text(
            "All but an exponentially small part of the mass 1 lies in [-T, T].",
            r"1-2e^{-T}\le\int_{-T}^T\frac{e^y}{(1+e^y)^2}\,dy\le1",
        ),
        hypotheses=(Text("T is not negative.", r"T\ge0"),),
        proof=identities.build_kernel_mass,
        mutants=(
            Mutant("half", "constant", {"mass": "1/2"}, {"T": "3"}, prose="mass 1/2"),
            Mutant("faster", "constant", {"loss": "exp(-T)/2"}, {"T": "1"}, prose="a smaller tail"),
        ),
    ),
    Claim(
        id="mf.lemma-10.2.printed",
        title="entropy bound quoted as Lemma 10.2",
        paper="jmlr",
        relation="as-printed",
        locator="p. 21, used in (A.2), (A.13) and Section 6.2",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            "For every density.",
            r"F(\rho)\ge\tfrac12R+\tfrac\lambda4M(\rho)-\tfrac1\beta\Big(1+3\log\frac{8\pi}{\beta\lambda}\Big)",
        ),
        hypotheses=(Text("rho is a density with finite second moment and entropy."),),
        refutation=_entropy,
        counterpart="mf.lemma-10.2.corrected",
    ),
    Claim(
        id="mf.lemma-10.2.corrected",
        title="entropy bound in sharp form",
        paper="jmlr",
        relation="corrected",
        locator="p. 21, used in (A.2), (A.13) and Section 6.2",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For every density.",
            r"F(\rho)\ge\tfrac12R+\tfrac\lambda4M(\rho)-\tfrac1\beta\log\Big(\frac{4\pi}{\beta\lambda}\Big)^{3/2}",
        ),
        hypotheses=(
            Text("rho is a density on the weights (a, w, b).", r"\rho\ge0,\ \int\rho=1"),
            Text("rho, its second moment and rho log rho are integrable over each of a, b, w in turn."),
            Text("Inverse temperature and penalty are positive.", r"\beta>0,\ \lambda>0"),
        ),
        proof=moment_bound.build_moment_bound,
        mutants=(
            Mutant("printed", "constant", {"log": "1 + 3*log(8*pi/(beta*lam))"}, _COLD, prose="the bound as printed"),
            Mutant("two", "constant", {"log": "log(sqrt(2*pi/(beta*lam))**3)"}, _COLD, prose="2 pi instead of 4 pi"),
        ),
        counterpart="mf.lemma-10.2.printed",
    ),
    Claim(
        id="mf.eq-5.13",
        title="the exponent on the line b = -w x",
        paper="jmlr",
        relation="as-printed",
        locator="(5.13), p. 22",
        kind="identity",
        expected="proved",
        statement=Text(
            "On b = -w x the exponent of the active units is a quadratic form, and db = -w dx.",
            r"-\frac{\beta\lambda}2\big(2aw\,c+a^2+w^2(1+x^2)\big),\quad c=\frac1\lambda\sum_{i>j}R_i(x_i-x)",
        ),
        hypotheses=(Text("The penalty is positive.", r"\lambda>0"),),
        proof=identities.build_exponent,
        mutants=(
            Mutant(
                "linear",
                "constant",
                {"square": "1 + x"},
                {"lam": "1", "beta": "1", "M": "1", "j": "1", "a": "0", "w": "1", "x": "2", "R(i)": "0", "x(i)": "0"},
                prose="x instead of its square",
            ),
        ),
    ),
    Claim(
        id="mf.lemma-5.3-eig",
        title="eigenvalues in Lemma 5.3",
        paper="jmlr",
        relation="as-printed",
        locator="Lemma 5.3, p. 23",
        kind="identity",
        expected="proved",
        statement=Text(
            "Both eigenvalues with their orthogonal eigenvectors.",
            r"\lambda_\mp=\tfrac12\big(2+x^2\mp\sqrt{4c^2+x^4}\big),"
            r"\ v_\mp=\Big(-\frac{x^2\pm\sqrt{4c^2+x^4}}{2c},1\Big)",
        ),
        hypotheses=(
            Text("The matrix has an off-diagonal entry c that is not 0.", r"\begin{pmatrix}1&c\\c&1+x^2\end{pmatrix}"),
        ),
        proof=identities.build_eigen,
        mutants=(
            Mutant(
                "swapped", "swap", {"sign": "+"}, {"c": "1", "x": "1"}, prose="both eigenvectors with one eigenvalue"
            ),
            Mutant("two", "constant", {"four": "2"}, {"c": "1", "x": "1"}, prose="2 c^2 under the root"),
        ),
    ),
    Claim(
        id="mf.eq-5.19-form",
        title="the cluster polynomial",
        paper="jmlr",
        relation="as-printed",
        locator="(5.19), p. 25",
        kind="identity",
        expected="proved",
        statement=Text("The polynomial in powers of x.", r"1+x^2-(B-Ax)^2=(1-A^2)x^2+2ABx+1-B^2"),
        proof=identities.build_cluster_form,
        mutants=(Mutant("cross", "sign", {"cross": "-"}, _CLUSTER, prose="the linear term with the opposite sign"),),
    ),
    Claim(
        id="mf.eq-5.26",
        title="completing the square in a",
        paper="jmlr",
        relation="as-printed",
        locator="(5.26), p. 27",
        kind="identity",
        expected="proved",
        statement=Text("With v the truncated w.", r"-2avc+a^2+w^2+v^2x^2=(a-cv)^2+w^2+v^2(x^2-c^2)"),
        proof=identities.build_square,
        mutants=(
            Mutant(
                "sign",
                "sign",
                {"sign": "+"},
                {"a": "1", "v": "1", "c": "1", "w": "0", "x": "0"},
                prose="a + c v squared",
            ),
        ),
    ),
    Claim(
        id="mf.eq-5.29-integral.printed",
        title="the last integral on p. 28",
        paper="jmlr",
        relation="as-printed",
        locator="after (5.29), p. 28",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            "The integral after (5.29), with k = beta lambda.",
            r"2\sqrt{2\pi}\int\Big(|w|\sqrt{\tfrac{1+x^2}k}+\tfrac1k\Big)w^2e^{-kCw^2/2}\,dw"
            r"=\frac{4\pi}{k\,(kC)^{3/2}}+2\sqrt{2\pi}\,\frac{\sqrt{(1+x^2)/k}}{(kC)^2}",
        ),
        hypotheses=(Text("k and C are positive.", r"k>0,\ C>0"),),
        refutation=_last_integral,
        counterpart="mf.eq-5.29-integral.corrected",
    ),
    Claim(
        id="mf.eq-5.29-integral.corrected",
        title="the last integral on p. 28",
        paper="jmlr",
        relation="corrected",
        locator="after (5.29), p. 28",
        kind="identity",
        expected="proved",
        statement=Text(
            "The integral after (5.29), with k = beta lambda: the second constant is four times as large.",
            r"2\sqrt{2\pi}\int\Big(|w|\sqrt{\tfrac{1+x^2}k}+\tfrac1k\Big)w^2e^{-kCw^2/2}\,dw"
            r"=\frac{4\pi}{k\,(kC)^{3/2}}+8\sqrt{2\pi}\,\frac{\sqrt{(1+x^2)/k}}{(kC)^2}",
        ),
        hypotheses=(Text("k and C are positive.", r"k>0,\ C>0"),),
        proof=identities.build_last_integral,
        mutants=(Mutant("printed", "constant", {"second": "2*sqrt(2*pi)"}, _LAST, prose="the constant as printed"),),
        counterpart="mf.eq-5.29-integral.printed",
    ),
)
