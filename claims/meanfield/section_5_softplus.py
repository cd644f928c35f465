"""Section 5: Lemma 5.1, from the soft-plus activation to the integral (5.4)."""

from __future__ import annotations

from ...analysis.meanfield import delta_limit
from ...analysis.meanfield import softplus_limit as softplus
from ..claim import Claim, Mutant, Text

_FINITE = Text("Both integrands are integrable over each of a, b, w in turn.")

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.changevar-5.1",
        title="the change of variables in Lemma 5.1",
        paper="jmlr", relation="as-printed", locator="p. 19", kind="identity", expected="proved",
        statement=Text(
            "The factor tau of the second derivative cancels, for any kernel K and density.",
            r"\int a^\tau(w^\tau)^2\,\tau K(\tau(w^\tau x+b))\,\rho(a,w,b)\,db\,da\,dw"
            r"=\int a^\tau(w^\tau)^2K(y)\,\rho\bigl(a,w,\tfrac y\tau-w^\tau x\bigr)\,dy\,da\,dw",
        ),
        hypotheses=(Text("The scale is positive.", r"\tau>0"),),
        proof=softplus.build_rescaled_line,
        mutants=(
            Mutant("without", "constant", {"scale": "1"},
                   {"tau": "2", "x": "0", "al(a)": "1", "v(w)": "w", "K(y)": "1",
                    "rho(a,w,b)": "exp(-(a**2+w**2+b**2)/2)"}, prose="without the factor"),
        ),
    ),
    Claim(
        id="mf.eq-5.9",
        title="curvature beyond the truncation",
        paper="jmlr", relation="as-printed", locator="(5.9), p. 20", kind="inequality", expected="proved",
        statement=Text("For every scale of the soft-plus, so also in the limit.",
                       r"\Bigl|\int a^m(w^m)^2h\,\rho\Bigr|\le\frac1m\int w^2\rho,\quad h=\phi''(w^mx+b)"),
        hypotheses=(
            Text("Truncations, and the second derivative beyond them.",
                 r"|a^m|\le m,\ (w^m)^2\le w^2,\ |h|\le\tfrac1{m^2},\ \rho\ge0,\ m>0"),
            _FINITE,
        ),
        proof=softplus.build_tail_term,
        mutants=(
            Mutant("square", "constant", {"share": "1/m**2"}, softplus.FLAT, softplus.flat_steps(), prose="1/m^2"),
        ),
    ),
    Claim(
        id="mf.eq-5.10",
        title="the tail by the second moment",
        paper="jmlr", relation="as-printed", locator="(5.10), p. 20", kind="inequality", expected="proved",
        statement=Text("With the constant of mf.eq-5.30 for C/lambda it is at most C/m.",
                       r"\frac1m\int w^2\rho\le\frac C{m\lambda}"),
        hypotheses=(
            Text("The second moment (Lemma A.2).", r"\int|\theta|^2\rho\le\frac C\lambda,\ \rho\ge0,\ m,\lambda>0"),
            _FINITE,
        ),
        proof=softplus.build_tail_moment,
        mutants=(
            Mutant("eighth", "constant", {"bound": "C/(8*m*lam)"}, softplus.GAUSSIAN, softplus.gaussian_steps(),
                   prose="an eighth of it"),
        ),
    ),
    Claim(
        id="mf.eq-5.7",
        title="Gaussian bound on the Gibbs density",
        paper="jmlr", relation="sharper", locator="(5.7), p. 19, with an explicit constant", kind="inequality",
        expected="proved",
        statement=Text(
            "The constant depends on the truncation, the temperature and the residuals.",
            r"\rho(\theta)\le e^{4\beta m^3\sum_i|r_i|}\Bigl(\frac{\beta\lambda}{2\pi}\Bigr)^{3/2}"
            r"e^{-\frac{\beta\lambda}2|\theta|^2}",
        ),
        hypotheses=(
            Text("The Gibbs density of truncated units.",
                 r"\rho=\tfrac1Ze^{-\beta(\sum_ir_iu_i(\theta)+\frac\lambda2|\theta|^2)},"
                 r"\ |u_i|\le2m^3,\ \beta,\lambda>0"),
            Text("Its weight is integrable over each of a, b, w in turn."),
        ),
        proof=softplus.build_density_bound,
        mutants=(
            Mutant("minus", "sign", {"twice": "-1"}, {**softplus.STILL, "a": "0", "w": "0", "b": "0"},
                   softplus.still_steps(), prose="a constant that decreases with the residuals"),
        ),
    ),
    Claim(
        id="mf.lemma-5.1",
        title="convergence to the integral over a line",
        paper="jmlr", relation="as-printed", locator="Lemma 5.1, (5.5)-(5.8), p. 18", kind="limit", expected="proved",
        statement=Text(
            "The first part of the curvature tends to (5.4) as the soft-plus sharpens, the kernel has mass 1, and the"
            " second part is at most C/(m lambda): that is how far from (5.4) the curvature is in the limit.",
            r"\int\!\int\!\int f_\tau\,dy\,da\,dw\to\int\!\int g\,da\,dw,\quad"
            r"\Bigl|y''_\tau-\int\!\int g\Bigr|\le\frac C{m\lambda}+\Bigl|\int\!\int\!\int f_\tau-\int\!\int g\Bigr|",
        ),
        hypotheses=(
            Text("The integrands of mf.changevar-5.1 converge at every point; the paper takes this from Lemma A.4.",
                 r"f_\tau(a,w,y)\to g(a,w)\,\frac{e^y}{(1+e^y)^2},\ g=a^m(w^m)^2\rho^*_m(a,w,-w^mx)"),
            Text("They are dominated (mf.eq-5.7) and integrable over each of y, a, w in turn.",
                 r"|f_\tau|\le B\,\frac{e^y}{(1+e^y)^2}\,e^{-\frac k2(a^2+w^2)},\ k=\beta\lambda>0"),
            Text("The second part, by mf.eq-5.9 and mf.eq-5.10.",
                 r"|y''_\tau-\int\!\int\!\int f_\tau|\le\frac C{m\lambda}"),
        ),
        proof=delta_limit.build_delta_limit,
        mutants=(
            Mutant("half", "constant", {"tail": "C/(2*m*lam)"}, delta_limit.NONE, delta_limit.none_steps(),
                   prose="half of the distance"),
        ),
    ),
)  # fmt: skip
