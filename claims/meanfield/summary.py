"""The abstract, one record a sentence: the roots from which `lemmata show` leads down to the axioms."""

from __future__ import annotations

from ...analysis.meanfield import abstract, theorem_2_gibbs
from ..claim import Claim, Mutant, Text
from .section_3_limits import COUNT, DENSITY, GIBBS, SHIFTED
from .theorem_1 import INSIDE, LARGE, POSITIVE, RANGE
from .theorem_2 import BOUND, CITED, CLUSTERS, LEVEL, SLOPE

_SENTENCE = "abstract, p. 1"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.abstract-1",
        title="noisy SGD ends near a piecewise linear map with at most three knots between two inputs",
        paper="jmlr", relation="as-printed", locator=f"{_SENTENCE}: the main result", kind="cited",
        expected="undecided",
        statement=Text(
            r"At a low temperature the trained network is within $\varepsilon$, plus the flow's distance $\delta$ from"
            " its limit, plus the error (4.12), of a piecewise linear map with three knots at most in the interval.",
            r"|p(t)-\hat y_N(t)|\le\varepsilon+\delta+Ce^{CT}\sqrt{\tfrac1N\vee\eta}\,"
            r"\bigl[\sqrt{1+\log(N(\tfrac T\eta\vee1))}+z\bigr]",
        ),
        hypotheses=(
            POSITIVE, INSIDE, CLUSTERS, SLOPE, LEVEL,
            Text("It is cold.", r"(\beta\lambda)^{1/8}\ge\max\bigl(1,(2Lw^2+36SX)/\varepsilon\bigr)"),
            Text("Cited, not derived: the flow (3.4) converges to the minimiser.", r"|f(t)-y_{\rho_T}(t)|\le\delta"),
            BOUND,
        ),
        proof=abstract.build_main_result,
        reason=CITED,
        mutants=(
            Mutant("no-width", "hypothesis", {"total": "eps+late"},
                   {**theorem_2_gibbs.INHABITED_2, "eps": "3", "N": "1", "T": "0", "z": "3", "K": "1", "eta": "1",
                    "flow": "0", "net": "4", "late": "0"}, tuple(theorem_2_gibbs.no_data()),
                   prose="without the error of finite width"),
        ),
    ),
    Claim(
        id="mf.abstract-2",
        title="wide networks follow a gradient flow",
        paper="jmlr", relation="as-printed", locator=f"{_SENTENCE}: the dynamics", kind="cited", expected="undecided",
        statement=Text(
            "As the number of neurons grows the error of the flow for noisy SGD vanishes.",
            r"\log\tfrac N\varepsilon\le\delta N,\ \varepsilon\log\tfrac N\varepsilon\le\delta\ \Rightarrow\ "
            r"\text{error}\le C(\sqrt{D+1}+\sqrt2)\sqrt\delta",
        ),
        hypotheses=(Text("Those of `mf.rho-hat-limit`, a cited theorem among them."),),
        proof=abstract.build_flow,
        reason=CITED,
        mutants=(
            Mutant("faster", "constant", {"scale": "delta"},
                   {"N": "100", "eps": "1/100", "D": "3", "C": "1", "delta": "1/10", "z": "sqrt(2*log(100))",
                    "err": "1/2"}, prose=r"$\delta$ instead of its root"),
        ),
    ),
    Claim(
        id="mf.abstract-3",
        title="the weights' limit law minimises a free energy, has the Gibbs form and is unique in what it fits",
        paper="jmlr", relation="sharper", locator=f"{_SENTENCE}: the limit law, without truncation",
        kind="inequality", expected="proved",
        statement=Text(
            "The Gibbs law of its own residuals has the least free energy, and what has no more fits the same values."
            " That the flow approaches it is cited (`mf.abstract-2`, `mf.cor-4.3`) and no part of this.",
            r"F(q)+\frac1{2M}\sum_i(f_i-h_i)^2\le F(\rho),\quad F(\rho)\le F(q)\Rightarrow f=h",
        ),
        hypotheses=(COUNT, DENSITY, GIBBS),
        proof=abstract.build_unique_gibbs,
        mutants=(Mutant("more", "constant", {"half": "10"}, SHIFTED, prose="ten times the squares"),),
    ),
    Claim(
        id="mf.abstract-4",
        title="the second derivative vanishes except at the places of knots",
        paper="jmlr", relation="sharper", locator=f"{_SENTENCE}: the key technical contribution, without truncation",
        kind="limit", expected="proved",
        statement=Text(
            r"Where both cluster polynomials are at least $\delta$ the curvature is at most $\varepsilon$, once"
            r" $\beta\lambda$ is large. Where one is at most $\delta$ there are at most three intervals, and an"
            r" interval on which one is between 0 and $\delta$ is shorter than $6X\sqrt\delta$.",
            r"\pi\beta\lambda\delta^2\varepsilon\ge2L\ \Rightarrow\ |f''(s)|\le\varepsilon",
        ),
        hypotheses=(
            POSITIVE, INSIDE, RANGE,
            Text(r"$s$ lies off the clusters.", r"\delta\le1+s^2-P^2/\lambda^2,\ \delta\le1+s^2-Q^2/\lambda^2"),
        ),
        proof=abstract.build_vanishing_curvature,
        mutants=(
            Mutant("cubed", "constant", {"square": "delta**4"},
                   {**LARGE, "beta": "1", "delta": "10", "eps": "22/62831"},
                   prose=r"$\delta^4$ instead of $\delta^2$"),
        ),
    ),
    Claim(
        id="mf.abstract-5",
        title="knots lie off the data",
        paper="jmlr", relation="sharper", locator=f"{_SENTENCE}: knots distinct from the data points",
        kind="counterexample", expected="proved",
        statement=Text(
            "On the data of Section 6 a minimiser has both its knots strictly inside the interval, left and right of"
            " 0. The paper shows it by simulation.",
            r"-10<t_1=-\tfrac1{10}<0<t_2=\tfrac1{10}<10",
        ),
        hypotheses=(Text("The penalty is positive and leaves something to fit.", r"0<\lambda<\sqrt{101}"),),
        proof=abstract.build_off_the_data,
        mutants=(
            Mutant("same", "swap", {"second": "kink(1)"},
                   {"lam": "1", "L": "1", "s(k)": "1", "t(k)": "0", "d(k)": "0"}, prose="the left knot right of 0"),
        ),
    ),
)  # fmt: skip
