"""Section 3: limits and shapes of the truncated activations, the Gibbs minimiser, and what is cited of the dynamics."""

from __future__ import annotations

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import chaos, gibbs_minimum, truncation
from ..claim import Claim, Mutant, Refutation, Text

_MEI = "S. Mei, A. Montanari and P.-M. Nguyen, PNAS 115 (2018) E7665-E7671"
DENSITY = Text(
    r"$\rho$ is any density for which $\rho$, $\rho\log\rho$, $|\theta|^2\rho$, the units at the data against $\rho$"
    r" and the Gibbs weight are integrable one variable at a time; $F$ is its free energy (3.5), $f_i$ what it fits.",
    r"F(\rho)=\frac1{2M}\sum_i(f_i-y_i)^2+\frac\lambda2\int|\theta|^2\rho+\frac1\beta\int\rho\log\rho",
)
GIBBS = Text(
    r"$q$ is the Gibbs density (3.6) of its own residuals: $Mr_i=h_i-y_i$, $h_i$ its fitted values; no truncation. That"
    r" there is such a $q$ is not derived here.",
    r"q=e^{-\beta(\sum_ir_ia(wx_i+b)_++\frac\lambda2|\theta|^2)}/Z,\quad Mr_i=h_i-y_i",
)
COUNT = Text("There is at least one data point; the temperature is positive.", r"M\ge1,\ \beta>0")
_SAME = {
    "beta": "1", "lam": "1", "M": "1", "x(i)": "0", "y(i)": "0", "r(i)": "0",
    "q(a,w,b)": "exp(-(a**2 + w**2 + b**2)/2)/sqrt(2*pi)**3",
}  # fmt: skip
# Beside the law without data, a law of mean 1 in a: it fits the datum at 0 differently.
SHIFTED = {**_SAME, "rho(a,w,b)": "exp(-((a - 1)**2 + w**2 + b**2)/2)/sqrt(2*pi)**3"}


def _range() -> Refutation:
    used = {"used": "m**2 < x", "m": "0 < m"}
    at = {"m": "1/2", "x": "1/3"}
    return Refutation(
        Statement("m < x", used), at,
        (("corrected", Statement("m < x", {**used, "m": "1 <= m"}), at), ("neighbour", Statement("m < x", used),
         {"m": "1/2", "x": "1"})),
    )  # fmt: skip


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.rho-hat-limit",
        title="the empirical law of the weights follows the flow",
        paper="jmlr", relation="as-printed", locator="p. 7, before (3.4)", kind="cited", expected="undecided",
        statement=Text(
            r"Along $N/\log(N/\varepsilon_N)\to\infty$ and $\varepsilon_N\log(N/\varepsilon_N)\to0$ the error of a"
            r" bounded Lipschitz observable vanishes; with $z^2=2\log N$ the exceptional probabilities are summable.",
            r"\log\tfrac N\varepsilon\le\delta N,\ \varepsilon\log\tfrac N\varepsilon\le\delta\ \Rightarrow\ "
            r"\text{error}\le C(\sqrt{D+1}+\sqrt2)\sqrt\delta,\quad e^{-z^2}=N^{-2}",
        ),
        hypotheses=(
            Text(f"Cited, not derived: {_MEI}, Theorem 3, at a fixed time, with probability at least $1-e^{{-z^2}}$.",
                 r"\text{error}\le C\sqrt{\tfrac1N\vee\varepsilon}\,\bigl[\sqrt{D+\log(N/\varepsilon)}+z\bigr]"),
            Text(r"$N\ge1$ neurons of dimension $D$, step $\varepsilon\le1$ with $\log(N/\varepsilon)\ge1$.",
                 r"0\le\log N\le\log\tfrac N\varepsilon"),
        ),
        proof=chaos.build_empirical_limit,
        mutants=(
            Mutant("faster", "constant", {"scale": "delta"},
                   {"N": "100", "eps": "1/100", "D": "3", "C": "1", "delta": "1/10",
                    "z": "sqrt(2*log(100))", "err": "1/2"}, prose=r"$\delta$ instead of its root"),
        ),
        reason="rests on a theorem on stochastic gradient descent that is assumed in its original form; the step from"
        " it is checked",
    ),
    Claim(
        id="mf.laplacian-type.corrected",
        title="the Laplacian in the flow",
        paper="jmlr", relation="corrected", locator="p. 7, after (3.4)", kind="identity", expected="proved",
        statement=Text(
            r"The Laplacian acts on a real function: each coordinate's part of the right side of (3.4) is a number, and"
            " it vanishes at the Gibbs law (3.6), which is stationary.",
            r"\partial_t(\rho\,\partial_t\Psi)+\beta^{-1}\partial_t^2\rho=0,\quad\rho=e^{-\beta\Psi}/Z,\quad"
            r" \Delta f=\sum_j\partial_j^2f,\ f:\mathbb R^D\to\mathbb R",
        ),
        hypotheses=(Text("$t$ is one weight; the potential is twice differentiable in it.", r"\beta>0"),),
        proof=truncation.build_laplacian,
        reason="the printed type, a function from R^D to R^D, is no statement that values could refute",
        mutants=(
            Mutant("twice", "constant", {"temperature": "2/beta"},
                   {"beta": "1", "Z": "1", "psi(t)": "t**2/2", "dpsi(t)": "t", "ddpsi(t)": "1", "t": "0"},
                   tuple(truncation.build_laplacian().statement.inhabited_steps), prose="twice the temperature"),
        ),
    ),
    Claim(
        id="mf.gibbs-surplus",
        title="the free energy above its dual",
        paper="own", relation="new", locator="derived in this project from (3.5)-(3.6), p. 8", kind="inequality",
        expected="proved",
        statement=Text(
            r"For every $r$ the free energy of every density exceeds the dual at $r$ by a mean square at least.",
            r"F(\rho)\ge-\Big(\frac1\beta\log Z(r)+\frac M2\sum_ir_i^2+\sum_ir_iy_i\Big)"
            r"+\frac1{2M}\sum_i(f_i-y_i-Mr_i)^2",
        ),
        hypotheses=(COUNT, DENSITY, Text("The Gibbs weight of $r$ has a positive, finite integral.", r"0<Z(r)")),
        proof=gibbs_minimum.build_surplus,
        mutants=(
            Mutant("twice", "constant", {"half": "1/M"},
                   {"beta": "1", "lam": "4", "M": "1", "x(i)": "0", "y(i)": "1", "r(i)": "0",
                    "rho(a,w,b)": "exp(-2*(a**2 + w**2 + b**2))/sqrt(pi/2)**3"}, prose="twice the mean square"),
        ),
    ),
    Claim(
        id="mf.eq-3.6",
        title="the minimiser has the Gibbs form",
        paper="jmlr", relation="sharper", locator="(3.6), p. 8, without truncation", kind="inequality",
        expected="proved",
        statement=Text(
            "The Gibbs density of its own residuals has the least free energy, by a mean square of the difference of"
            " fitted values less than any other.",
            r"F(q)+\frac1{2M}\sum_i(f_i-h_i)^2\le F(\rho)",
        ),
        hypotheses=(COUNT, DENSITY, GIBBS),
        proof=gibbs_minimum.build_minimiser,
        mutants=(
            Mutant("more", "constant", {"half": "10"},
                   SHIFTED, prose="ten times the squares"),
        ),
    ),
    Claim(
        id="mf.eq-3.5-min",
        title="the minimiser of the free energy is unique in what it fits",
        paper="jmlr", relation="sharper", locator="after (3.5), p. 8, without truncation", kind="identity",
        expected="proved",
        statement=Text(
            "A density with no more free energy than the Gibbs law of its own residuals has the same fitted values."
            " That a minimiser exists, and that the flow (3.4) converges to it, is cited by the paper"
            f" ({_MEI}, Lemmas 10.2-10.4 and the theorem on the noisy flow) and not derived here.",
            r"F(\rho)\le F(q)\ \Rightarrow\ f_j=h_j\quad(1\le j\le M)",
        ),
        hypotheses=(COUNT, DENSITY, GIBBS),
        proof=gibbs_minimum.build_unique,
        mutants=(
            Mutant("dearer", "hypothesis", {"rival": "F <= Fq+10"},
                   {**SHIFTED, "j": "1"},
                   prose="it may cost 10 more"),
        ),
    ),
    Claim(
        id="mf.softplus-limit",
        title="the soft-plus tends to the ReLU",
        paper="jmlr", relation="sharper", locator="p. 8", kind="limit", expected="proved",
        statement=Text(r"Within $\varepsilon$ of the ReLU, everywhere, once $\tau\ge1/\varepsilon$.",
                       r"\Bigl|\tfrac1\tau\log(1+e^{\tau x})-(x)_+\Bigr|\le\varepsilon"),
        hypotheses=(Text("The scale is large.", r"\tau\ge1/\varepsilon,\ \varepsilon>0"),),
        proof=truncation.build_softplus_limit,
        mutants=(
            Mutant("small", "swap", {"cold": "tau <= 1/eps"}, {"eps": "1/10", "tau": "1", "x": "0"},
                   prose=r"$\tau\to0$"),
        ),
    ),
    Claim(
        id="mf.phi-m-range.printed",
        title="where the smooth truncation is bounded, as printed",
        paper="jmlr", relation="as-printed", locator="p. 9", kind="counterexample", expected="refuted",
        statement=Text(r"The bound on $\varphi_m''$ asked for $x>m$ holds wherever $\varphi_m$ is used.",
                       r"x>m^2\Rightarrow x>m"),
        hypotheses=(Text(r"$\varphi_m$ is used for $x>m^2$.", r"m>0,\ x>m^2"),),
        refutation=_range,
        counterpart="mf.phi-m-range.corrected",
    ),
    Claim(
        id="mf.phi-m-range.corrected",
        title="where the smooth truncation is bounded",
        paper="jmlr", relation="corrected", locator="p. 9", kind="inequality", expected="proved",
        statement=Text(
            r"For $m\ge1$ it does; $x>m^2$ is meant, as for $\varphi_{\tau,m}$ in (3.7).", r"x>m^2\Rightarrow x>m"
        ),
        hypotheses=(Text(r"$m$ is at least 1.", r"m\ge1,\ x>m^2"),),
        proof=truncation.build_range,
        counterpart="mf.phi-m-range.printed",
        mutants=(Mutant("half", "hypothesis", {"least": "1/2"}, {"m": "1/2", "x": "1/3"}, prose=r"$m\ge\tfrac12$"),),
    ),
    Claim(
        id="mf.phi-m-values",
        title="value and slope where the truncation begins",
        paper="jmlr", relation="as-printed", locator="p. 9", kind="identity", expected="proved",
        statement=Text(
            r"Differentiable gluing at $m^2$ leaves no choice of value and slope.",
            r"\varphi_m(m^2)=m^2,\quad\varphi_m'(m^2)=1",
        ),
        hypotheses=(
            Text(r"$T$ is the truncated ReLU: $x$ up to $q=m^2$ (for $x\ge0$), $\varphi$ beyond.",
                 r"T(x)=x\ (0\le x\le q),\ T(x)=\varphi(x)\ (x>q)"),
            Text(r"$T$ is differentiable at $q$, and $\varphi$ from the right with slope $p$, to second order.",
                 r"|T(q+h)-T(q)-dh|\le Kh^2\ (|h|\le\delta),\ |\varphi(q+h)-\varphi(q)-ph|\le Kh^2\ (0\le h\le\delta)"),
        ),
        proof=truncation.build_gluing,
        mutants=(
            Mutant("flat", "constant", {"slope": "0"},
                   {"q": "1", "delta": "1", "K": "0", "d": "1", "p": "1", "T(x)": "x*1", "phi(x)": "x*1"},
                   tuple(truncation.build_gluing().statement.inhabited_steps), prose="slope 0"),
        ),
    ),
    Claim(
        id="mf.eq-3.9-3.10",
        title="the Gibbs densities of the truncated problems",
        paper="jmlr", relation="as-printed", locator="(3.9), (3.10), p. 10", kind="identity", expected="proved",
        statement=Text(
            "With the rescaled errors the Gibbs law (3.6) reads as printed, its partition function included.",
            r"\frac{e^{-\beta\Psi_\lambda}}{\int e^{-\beta\Psi_\lambda}}="
            r"\frac{e^{-\beta[\sum_iR_i\sigma_i+\frac\lambda2|\theta|^2]}}"
            r"{\int e^{-\beta[\sum_iR_i\sigma_i+\frac\lambda2|\theta|^2]}},\quad R_i=-\tfrac1M(y_i-f_i)",
        ),
        hypotheses=(Text(r"$\sigma_i$ is the activation at $x_i$, whatever its truncation."),),
        proof=truncation.build_gibbs_exponents,
        mutants=(
            Mutant("twice", "constant", {"residual": "-(y(i)-f(i))/M**2"},
                   {"M": "2", "y(i)": "0", "f(i)": "1", "beta": "1", "lam": "1", "s(i,a,w,b)": "a", "a": "0", "w": "0",
                    "b": "0"}, prose="$R_i/M$"),
        ),
    ),
)  # fmt: skip
