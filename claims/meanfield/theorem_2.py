"""Section 4: Theorem 2 and Corollary 4.3, what they rest on, and what the paper says around them."""

from __future__ import annotations

from ...analysis.meanfield import chaos, section_4, theorem_2, theorem_2_gibbs, theorem_2_parts
from ..claim import Claim, Mutant, Text

_MEI = "S. Mei, A. Montanari and P.-M. Nguyen, PNAS 115 (2018) E7665-E7671, Theorem 3 and its version with noise"
POSITIVE = Text("Inverse temperature and penalty are positive.", r"\beta>0,\ \lambda>0")
INSIDE = Text(
    r"Assumed, not derived: on the whole circle $|g|$ is below $\lambda$ (the Gibbs density without truncation is"
    " integrable).",
    r"|g(\varphi)|<\lambda,\ g(\varphi)=\sum_ir_i(x_i\cos\varphi+\sin\varphi)_+",
)
CLUSTERS = Text(
    r"Three clusters, that may be empty or touch, cut the interval $[l,r]$ of $w=r-l$, inside $[-X,X]$, $1+X^2\le L^2$;"
    r" outside of them both cluster polynomials are at least $q^{-2}$, and each is at most $6X/q$ long (at most three"
    " by `mf.three-intervals-level`, as short by `mf.cluster-width`).",
    r"l\le u_1\le v_1\le u_2\le v_2\le u_3\le v_3\le r,\quad v_k-u_k\le\tfrac{6X}q,\quad q^8=\beta\lambda",
)
SLOPE = Text(r"The slope is bounded (by half the second moment, (5.32)).", r"|f'|\le S")
LEVEL = Text(
    r"The map has the predictor's slopes at $l$ and behind each cluster, and three knots.",
    r"p(t)=f(l)+f'(l)(t-l)+\sum_{k=1}^3(f'(v_k)-f'(v_{k-1}))(t-u_k)_+,\quad v_0=l",
)
_COLD = {
    **theorem_2_gibbs.INHABITED_2, "beta": "256", "lam": "1", "q": "2",
}  # fmt: skip
_COLD_STEPS = tuple(theorem_2_gibbs.no_data("2"))
BOUND = Text(
    f"Cited, not derived: {_MEI}, with probability at least $1-e^{{-z^2}}$, for neurons of three weights.",
    r"\text{error}\le Ke^{Kt}\sqrt{\tfrac1N\vee\varepsilon}\,"
    r"\bigl[\sqrt{3+\log(N(\tfrac t\varepsilon\vee1))}+z\bigr]",
)
_GIVEN = Text(r"Neurons, time, deviation and constant.", r"N\ge1,\ t,z,K\ge0")
CITED = (
    "rests on a theorem on stochastic gradient descent that is assumed in its original form; the step from it is"
    " checked"
)

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.three-intervals-level",
        title="the clusters of an interval are at most three intervals",
        paper="own", relation="new", locator="derived in this project, for Theorem 2, p. 15", kind="inequality",
        expected="proved",
        statement=Text(
            r"Where one of two cluster polynomials is at most $\delta$ there are at most three intervals: no seven"
            " points lie inside, outside, inside, ..., inside in turn.",
            r"\{t:f^j(t)\le\delta\ \text{or}\ f_j(t)\le\delta\}\ \text{is a union of at most 3 intervals}",
        ),
        hypotheses=(Text("Both are $1+t^2$ minus the square of a line.", r"f(t)=1+t^2-(A+Bt)^2,\ \delta\in\mathbb R"),),
        proof=section_4.build_level_intervals,
        mutants=(
            Mutant("two", "constant", {"intervals": 2},
                   {"d": "0", "Af": "0", "Bf": "2", "Ag": "1", "Bg": "0", "t1": "-1", "t2": "-1/2", "t3": "0",
                    "t4": "1/2", "t5": "1"}, prose="at most two intervals"),
        ),
    ),
    Claim(
        id="mf.cluster-width",
        title="a cluster is short",
        paper="own", relation="new", locator="derived in this project, for Theorem 2, p. 15", kind="inequality",
        expected="proved",
        statement=Text(
            r"An interval on which a cluster polynomial lies between 0 and $\delta$ is shorter than $6X\sqrt\delta$.",
            r"0\le P\le\delta\ \text{at}\ u,\tfrac{u+v}2,v\ \Rightarrow\ (v-u)^2<36X^2\delta",
        ),
        hypotheses=(
            Text(r"$P$ is a cluster polynomial, (5.19).", r"P(t)=1+t^2-(at-b)^2"),
            Text(r"The interval lies in $[-X,X]$.", r"-X\le u<v\le X,\ X\ge1,\ \delta>0"),
        ),
        proof=theorem_2.build_width,
        mutants=(
            Mutant("one", "constant", {"factor": "1"},
                   {"a": "0", "b": "1", "u": "-1/2", "v": "1/2", "X": "1", "delta": "1/4"}, prose=r"$X\sqrt\delta$"),
        ),
    ),
    Claim(
        id="mf.nearly-piecewise-linear",
        title="a function that bends only in short clusters is nearly piecewise linear",
        paper="own", relation="new", locator="derived in this project, for Theorem 2, p. 15", kind="inequality",
        expected="proved",
        statement=Text(
            r"Three knots, with the slopes of $y$ at the start and behind each cluster, come within"
            r" $\kappa(e-s)^2+6Sh$.",
            r"\Bigl|y(t)-y(s)-y'(s)(t-s)-\sum_{k=1}^3(y'(v_k)-y'(v_{k-1}))(t-u_k)_+\Bigr|\le\kappa(e-s)^2+6Sh",
        ),
        hypotheses=(
            Text("$y$ is twice differentiable with bounded slope.", r"|y'|\le S\ \text{on}\ [s,e]"),
            Text("Outside of three clusters of length at most $h$ it hardly bends.",
                 r"s\le u_1\le v_1\le\dots\le v_3\le e,\ v_k-u_k\le h,\ |y''|\le\kappa\ \text{between them}"),
        ),
        proof=theorem_2.build_piecewise,
        mutants=(
            Mutant("quarter", "constant", {"most": "kap*(e-s)**2/4+6*S*h"},
                   {"s": "0", "u1": "0", "v1": "0", "u2": "0", "v2": "0", "u3": "0", "v3": "0", "e": "1", "t": "1",
                    "h": "0", "S": "1", "kap": "1", "y(x)": "x**2/2", "dy(x)": "1*x", "ddy(x)": "1+0*x"},
                   tuple(theorem_2.parabola_steps()), prose=r"a quarter of $\kappa(e-s)^2$"),
        ),
    ),
    Claim(
        id="mf.thm-2",
        title="Theorem 2: the predictor is nearly piecewise linear",
        paper="jmlr", relation="sharper", locator="Theorem 2, p. 15, without truncation, on one prediction interval",
        kind="limit", expected="proved",
        statement=Text(
            r"The distance of the Gibbs predictor from a piecewise linear map with at most three knots in the interval"
            r" vanishes as $\beta\lambda$ grows, with explicit constants; $\beta\lambda^{7/4}\to\infty$ with bounded"
            r" $\lambda$ is a special case.",
            r"|f(t)-p(t)|\le\frac{2Lw^2}{\pi\sqrt{\beta\lambda}}+\frac{36SX}{(\beta\lambda)^{1/8}}",
        ),
        hypotheses=(POSITIVE, INSIDE, CLUSTERS, SLOPE, LEVEL),
        proof=theorem_2_gibbs.build_theorem,
        mutants=(
            Mutant("shifted", "constant", {"start": "fit(lo)+1"}, _COLD, _COLD_STEPS,
                   prose="a map that starts 1 higher"),
        ),
    ),
    Claim(
        id="mf.thm-informal",
        title="the informal theorem: piecewise linear in the cold limit, at most three knots an interval",
        paper="jmlr", relation="sharper",
        locator="Theorem (informal), p. 4, for the Gibbs predictor without truncation", kind="limit", expected="proved",
        statement=Text(
            r"For every $\varepsilon>0$ the predictor is within $\varepsilon$ of a piecewise linear map with three"
            " knots in the interval, once it is cold enough. Where three contacts of the limit can lie is"
            " `mf.def-4.2`; that three occur, `mf.three-attained`.",
            r"(\beta\lambda)^{1/8}\ge\max\bigl(1,(2Lw^2+36SX)/\varepsilon\bigr)\ \Rightarrow"
            r"\ |f(t)-p(t)|\le\varepsilon",
        ),
        hypotheses=(POSITIVE, INSIDE, CLUSTERS, SLOPE, LEVEL),
        proof=theorem_2_gibbs.build_informal,
        mutants=(
            Mutant("warm", "hypothesis", {"room": "0 <= q"}, {**_COLD, "eps": "-1"}, _COLD_STEPS,
                   prose="without the condition on the temperature"),
        ),
    ),
    Claim(
        id="mf.thm-2-coef",
        title="slopes and intercepts of the pieces",
        paper="jmlr", relation="as-claimed", locator="p. 15, after Theorem 2", kind="inequality", expected="proved",
        statement=Text(
            "Slope and intercept of the line through the predictor at $x$ are at most half the second moment.",
            r"f(x)=ux+v,\quad|u|,|v|\le\tfrac12\int|\theta|^2d\rho",
        ),
        hypotheses=(
            Text(r"A finite atomic measure; $s_k$ says which units are active at $x$.",
                 r"p_k\ge0,\ 0\le s_k\le1,\ (w_kx+b_k)_+=s_k(w_kx+b_k)"),
            Text("That the second moment is bounded in $(m,\\beta,\\lambda)$ is Lemma A.6."),
        ),
        proof=theorem_2_parts.build_coefficients,
        mutants=(
            Mutant("quarter", "constant", {"half": "1/4"},
                   {"K": "1", "p(k)": "1", "s(k)": "1", "a(k)": "1", "w(k)": "0", "b(k)": "1", "x": "0"},
                   tuple({**line, "goal": line["goal"].replace("1*0+1", "0*0+1")}
                         for line in theorem_2_parts.one_atom()), prose="a quarter of it"),
        ),
    ),
    Claim(
        id="mf.thm-2-unique",
        title="the noiseless minimiser is not unique",
        paper="jmlr", relation="new", locator="p. 15, after Theorem 2, which leaves it open", kind="counterexample",
        expected="proved",
        statement=Text(
            r"On the data $(-\sqrt3,Y)$, $(\sqrt3,Y)$ a pair of units and the constant unit both attain the minimum and"
            r" differ at 0. So the minimiser for $\beta=\infty$ is not unique; its fitted values are"
            r" (`mf.fitted-values-unique`).",
            r"J(c)=J(c')=\min J,\quad f_c(0)=\tfrac p2<p=f_{c'}(0)",
        ),
        hypotheses=(Text(r"The penalty leaves something to fit.", r"0<\lambda<Y"),),
        proof=theorem_2_parts.build_not_unique,
        reason="whether the limit of the Gibbs predictor is unique is another question, and is not decided here",
        mutants=(
            Mutant("none", "constant", {"share": "0"},
                   {"lam": "1/10", "Y": "2", "X": "sqrt(3)", "L": "1", "s(k)": "1", "t(k)": "0", "d(k)": "0"},
                   prose="no share of the pair: the same minimiser twice"),
        ),
    ),
    Claim(
        id="mf.eq-4.12",
        title="error of stochastic gradient descent at finite width",
        paper="jmlr", relation="as-printed", locator="(4.12), p. 17", kind="cited", expected="undecided",
        statement=Text(
            "The original bound, in which the dimension 3 stands for the 1, gives (4.12) with $C=2K$.",
            r"\text{error}\le Ce^{Ct}\sqrt{\tfrac1N\vee\varepsilon}\,"
            r"\bigl[\sqrt{1+\log(N(\tfrac t\varepsilon\vee1))}+z\bigr],\quad C=2K",
        ),
        hypotheses=(BOUND, _GIVEN),
        proof=chaos.build_error_term,
        reason=CITED,
        mutants=(
            Mutant("same", "constant", {"constant": "K"},
                   {"N": "1", "eps": "1", "t": "0", "z": "0", "K": "1", "err": "3/2"}, prose="$C=K$"),
        ),
    ),
    Claim(
        id="mf.cor-4.3",
        title="Corollary 4.3: networks trained by noisy gradient descent",
        paper="jmlr", relation="as-printed", locator="Corollary 4.3, p. 16", kind="cited", expected="undecided",
        statement=Text(
            r"The distance of $N$ neurons after $t/\varepsilon$ steps from the piecewise linear map is at most the sum"
            " of the errors of Theorem 2, of the flow at time $t$ and of (4.12).",
            r"|p(x)-\hat y_N(x)|\le\delta_1+\delta_2+Ce^{Ct}\sqrt{\tfrac1N\vee\varepsilon}\,"
            r"\bigl[\sqrt{1+\log(N(\tfrac t\varepsilon\vee1))}+z\bigr]",
        ),
        hypotheses=(
            Text("Theorem 2 (`mf.thm-2`), at a low temperature.", r"|p-y_{\rho^*}|\le\delta_1"),
            Text("Cited, not derived: the flow (3.4) converges to the minimiser, at a late time.",
                 r"|y_{\rho^*}-y_{\rho_t}|\le\delta_2"),
            BOUND, _GIVEN,
        ),
        proof=chaos.build_three_errors,
        reason=CITED,
        mutants=(
            Mutant("no-width", "hypothesis", {"total": "near+late"},
                   {"N": "1", "eps": "1", "t": "0", "z": "0", "K": "1", "limit": "0", "gibbs": "0", "flow": "0",
                    "net": "1", "near": "0", "late": "0"}, prose="without the error of finite width"),
        ),
    ),
)  # fmt: skip
