"""Appendix A.1: the truncated Gibbs densities, and their limit as the smoothing of the units vanishes."""

from __future__ import annotations

from ...analysis.meanfield import compactness, smooth_limit, truncated
from ...analysis.proof import step
from ..claim import Claim, Mutant, Text

_UNITS = Text(
    r"The truncated units are bounded, in any form: $|a^m|\le m$, $0\le(\cdot)_+^m\le2m^2$.",
    r"\Psi(\theta)=\sum_iR_ia^m(w^mx_i+b)_+^m+\tfrac\lambda2|\theta|^2",
)
_LOUD = {"beta": "1", "lam": "1", "m": "2", "M": "1", "x(i)": "0", "cut(a)": "2", "cap(t)": "8"}
_LOUD_STEPS = tuple(truncated.unit_helps("2", "2", "8"))
_NORM = "(a**2 + w**2 + b**2)"
_NEAR = f"abs({_NORM}/2-({_NORM}/2+1)) <= 1"
_APART = {"beta": "1", "d": "1", "V(a,w,b)": f"{_NORM}/2", "W(a,w,b)": f"{_NORM}/2+1"}
_APART_STEPS = (
    {"for": "near", **step("near-0", "arithmetic", _NEAR)},
    {"for": "near", **step("near-all", "generalize", f"All(a, All(w, All(b, {_NEAR})))", "near-0")},
)
_POTENTIALS = Text(
    "V and W are potentials whose Gibbs weights are integrable over each of a, b, w in turn.", r"|V-W|\le d,\ \beta>0"
)


def _constant(name: str, text: str) -> list[dict[str, object]]:
    return [
        {"for": name, **step(f"{name}-0", "arithmetic", text)},
        {"for": name, **step(f"{name}-all", "generalize", f"All(v, {text})", f"{name}-0")},
    ]


_SMOOTH_STEPS = (
    *_constant("cut", "abs(0) <= 1"), *_constant("smooth", "abs(1-0) <= 1"),
    *_constant("size", "0 <= 2 and 2 <= 2*1**2"), *_constant("soft", "abs(2-2) <= 1"),
    {"for": "lipschitz", **step("lipschitz-0", "arithmetic", "abs(2-2) <= abs(u-v)")},
    {"for": "lipschitz", **step("lipschitz-all", "generalize", "All(u, All(v, abs(2-2) <= abs(u-v)))", "lipschitz-0")},
)  # fmt: skip
_RELU_STEPS = tuple(
    {"for": "cap", **line}
    for line in (
        step("same", "identity", "relu(t) == relu(t)"),
        step("if", "discharge", "Imp(t <= 310**2, relu(t) == relu(t))", "same"),
        step("all", "generalize", "All(t, Imp(t <= 310**2, relu(t) == relu(t)))", "if"),
    )
)

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.lemma-A.1",
        title="bounded entropy is uniform integrability",
        paper="jmlr", relation="as-printed", locator="Lemma A.1, p. 46, the first step with a rate", kind="inequality",
        expected="proved",
        statement=Text(
            "Where a density exceeds K it has mass at most C/log K, uniformly; with mf.lemma-A.1-tight this is what the"
            " Dunford-Pettis theorem, cited by the paper and not derived here, turns into a weakly convergent"
            " subsequence. The rest of the lemma is mf.lsc-M.",
            r"\int_{\{\rho>K\}}\rho\,d\theta\le\frac C{\log K}",
        ),
        hypotheses=(
            Text("The truncated entropy is bounded.", r"\int\max\{\rho\log\rho,0\}\,d\theta\le C,\ K>1"),
            Text("Both integrands are integrable over each of a, b, w in turn."),
        ),
        proof=compactness.build_uniformly_integrable,
        mutants=(
            Mutant("minus", "sign", {"bound": "-C/log(K)"}, {"K": "2", "C": "1", "rho(a,w,b)": "0", "part(a,w,b)": "0"},
                   tuple(compactness.part_helps("(2 < 0 and 0 == 0) or 0 == 0")), prose="-C/log K"),
        ),
    ),
    Claim(
        id="mf.lemma-A.1-tight",
        title="bounded second moments are tight",
        paper="jmlr", relation="as-printed", locator="Lemma A.1, p. 46, implicit", kind="inequality", expected="proved",
        statement=Text("No mass escapes; without the moment bound it can.",
                       r"\int_{\{|\theta|>r\}}\rho\,d\theta\le\frac C{r^2}"),
        hypotheses=(
            Text("The second moment is bounded.", r"M(\rho)\le C,\ \rho\ge0,\ r>0"),
            Text("Both integrands are integrable over each of a, b, w in turn."),
        ),
        proof=compactness.build_tight,
        mutants=(
            Mutant("minus", "sign", {"power": "(-r**2)"}, {"r": "1", "C": "1", "rho(a,w,b)": "0", "part(a,w,b)": "0"},
                   tuple(compactness.part_helps("(1**2 < (a**2 + w**2 + b**2) and 0 == 0) or 0 == 0")),
                   prose="-C/r^2"),
        ),
    ),
    Claim(
        id="mf.eq-A.4",
        title="the partition function from below",
        paper="jmlr", relation="as-printed", locator="(A.4), p. 47, with explicit constants", kind="inequality",
        expected="proved",
        statement=Text("Bounded units change the Gaussian integral by a bounded factor.",
                       r"Z\ge e^{-2\beta m^3\sum_i|R_i|}\Big(\frac{2\pi}{\beta\lambda}\Big)^{3/2}"),
        hypotheses=(
            _UNITS,
            Text("The Gibbs weight is integrable over each of a, b, w in turn.", r"\beta,\lambda>0,\ m\ge0"),
        ),
        proof=truncated.build_partition_below,
        mutants=(
            Mutant("square", "constant", {"power": "m**2"}, {**_LOUD, "r(i)": "1"}, _LOUD_STEPS,
                   prose="2 m^2 for the bound of a unit"),
        ),
    ),
    Claim(
        id="mf.eq-A.5",
        title="the Gibbs density from above",
        paper="jmlr", relation="as-printed", locator="(A.5), p. 47, with an explicit constant", kind="inequality",
        expected="proved",
        statement=Text("At every theta the unnormalised density is below a Gaussian.",
                       r"e^{-\beta\Psi(\theta)}\le K_7e^{-\frac{\beta\lambda}2|\theta|^2},"
                       r"\quad K_7=e^{2\beta m^3\sum_i|R_i|}"),
        hypotheses=(_UNITS, Text("Signs.", r"\beta>0,\ m\ge0")),
        proof=truncated.build_density_above,
        mutants=(
            Mutant("square", "constant", {"power": "m**2"},
                   {**_LOUD, "r(i)": "-1", "a": "0", "w": "0", "b": "0"}, _LOUD_STEPS,
                   prose="2 m^2 for the bound of a unit"),
        ),
    ),
    Claim(
        id="mf.trunc-entropy",
        title="the truncated entropy",
        paper="jmlr", relation="as-printed", locator="p. 47", kind="inequality", expected="proved",
        statement=Text("It is at most D log D times the volume of the ball on which the Gaussian bound exceeds 1.",
                       r"\int\max\{\rho\log\rho,0\}\,d\theta\le\mathrm{vol}(\Omega)\,D\log D,"
                       r"\quad\Omega=\{\tfrac k2|\theta|^2\le\log D\}"),
        hypotheses=(
            Text("The density is below a Gaussian, by (A.4) and (A.5).",
                 r"0\le\rho\le De^{-\frac k2|\theta|^2},\ D\ge1,\ k>0"),
            Text("vol is the integral of any non-negative function that is 1 on the ball; both integrands are"
                 " integrable over each of a, b, w in turn."),
        ),
        proof=truncated.build_truncated_entropy,
        mutants=(
            Mutant("small", "hypothesis", {"least": "0 < D"},
                   {"D": "1/2", "k": "1", "rho(a,w,b)": "0", "ind(a,w,b)": f"exp(-{_NORM})"},
                   tuple(truncated.entropy_helps("1/2")), prose="any D > 0"),
        ),
    ),
    Claim(
        id="mf.lemma-A.2-3",
        title="smooth units beside sharp ones",
        paper="jmlr", relation="sharper", locator="Lemma A.2, 3, p. 48, the term A1, with a rate", kind="inequality",
        expected="proved",
        statement=Text(
            "At every theta a smooth unit is within a multiple of d of the sharp one, so that A1 vanishes with d for"
            " any laws, without domination. A2 is weak convergence tested on a bounded continuous function.",
            r"|a^{\tau,m}(w^{\tau,m}x+b)_\tau^m-a^m(w^mx+b)_+^m|\le d\,(2m^2+m+m|x|)",
        ),
        hypotheses=(
            Text("The truncations are bounded, and the smooth ones are within d of the sharp ones (1/tau for the"
                 " soft-plus, mf.eq-3.8.corrected; the paper asks for pointwise convergence only).",
                 r"|v^m|\le m,\ 0\le(t)_\tau^m\le2m^2,\ |v^{\tau,m}-v^m|,|(t)_\tau^m-(t)_+^m|\le d"),
            Text("The truncated ReLU has Lipschitz constant 1.", r"|(s)_+^m-(t)_+^m|\le|s-t|"),
        ),
        proof=smooth_limit.build_smooth_units,
        mutants=(
            Mutant("flat", "constant", {"rate": "(m+m*abs(x))"},
                   {"m": "1", "d": "1", "x": "0", "a": "0", "w": "0", "b": "0", "cut(v)": "0", "scut(v)": "1",
                    "cap(v)": "2", "scap(v)": "2"},
                   _SMOOTH_STEPS, prose="without 2 m^2"),
        ),
    ),
    Claim(
        id="mf.lemma-A.3",
        title="smooth and sharp free energies",
        paper="jmlr", relation="sharper", locator="Lemma A.3, p. 48, with a rate", kind="inequality", expected="proved",
        statement=Text(
            "They differ by a multiple of the distance D of the fitted values, which mf.lemma-A.2-3 bounds.",
            r"|F^{\tau,m}(\rho)-F^m(\rho)|\le D\Big(2m^3+\frac1M\sum_i|y_i|\Big)",
        ),
        hypotheses=(
            Text("Fitted values of the smooth and of the sharp units; second moment and entropy are the same.",
                 r"|f^{\tau}_i|,|f_i|\le2m^3,\ |f^\tau_i-f_i|\le D,\ M\ge1"),
        ),
        proof=smooth_limit.build_free_energies,
        mutants=(
            Mutant("half", "constant", {"constant": "(2*m**3*M+2*Sum(i,1,M,abs(y(i))))"},
                   {"M": "1", "m": "1", "u(i)": "2", "v(i)": "1", "D": "1", "y(i)": "0", "lam": "1", "beta": "1",
                    "m2": "0", "H": "0"},
                   prose="half of the first constant"),
        ),
    ),
    Claim(
        id="mf.partition-near",
        title="near potentials have near partition functions",
        paper="own", relation="new", locator="derived in this project, for Lemma A.4", kind="inequality",
        expected="proved",
        statement=Text("Their ratio is at most exp(beta d).",
                       r"\int e^{-\beta V}\,d\theta\le e^{\beta d}\int e^{-\beta W}\,d\theta"),
        hypotheses=(_POTENTIALS,),
        proof=smooth_limit.build_partition_near,
        mutants=(Mutant("one", "constant", {"factor": "1"}, _APART, _APART_STEPS, prose="the factor 1"),),
    ),
    Claim(
        id="mf.lemma-A.4-minimiser",
        title="the limit of minimisers minimises",
        paper="jmlr", relation="as-printed", locator="Lemma A.4, p. 49, first half", kind="limit", expected="proved",
        statement=Text(
            "A weak limit of minimisers of the smooth free energies has no more free energy than the sharp minimiser,"
            " which is unique (cited), so that the two agree.",
            r"F^m(\rho_m)\le\liminf_\tau F^{\tau,m}(\rho^*_{\tau,m})\le\lim_\tau F^{\tau,m}(\rho^*_m)=F^m(\rho^*_m)",
        ),
        hypotheses=(
            Text("Lemma A.2, 3: the liminf is at least F(rho_m).", r"F^{\tau,m}(\rho^*_{\tau,m})\ge F^m(\rho_m)-e"),
            Text("Minimality.", r"F^{\tau,m}(\rho^*_{\tau,m})\le F^{\tau,m}(\rho^*_m)"),
            Text("Lemma A.3.", r"F^{\tau,m}(\rho^*_m)\le F^m(\rho^*_m)+e\quad(\tau\ge T(e))"),
        ),
        proof=smooth_limit.build_limit_minimiser,
        mutants=(
            Mutant("turned", "swap", {"middle": "G(t) <= P(t)"}, {"Fm": "1", "Fs": "0", "P(t)": "1", "G(t)": "0"},
                   tuple(smooth_limit.limit_helps("1-e <= 1", "0 <= 1", "0 <= 0+e")), prose="minimality turned round"),
        ),
    ),
    Claim(
        id="mf.lemma-A.4",
        title="smooth and sharp Gibbs densities",
        paper="jmlr", relation="sharper", locator="Lemma A.4, p. 49, second half, with a rate", kind="inequality",
        expected="proved",
        statement=Text(
            "Gibbs densities of potentials within d are within the factor exp(2 beta d) of one another at every theta;"
            " as tau grows d vanishes, by mf.lemma-A.2-3 and the limit of the residuals.",
            r"\frac{e^{-\beta V(\theta)}}{Z_V}\le e^{2\beta d}\,\frac{e^{-\beta W(\theta)}}{Z_W}",
        ),
        hypotheses=(_POTENTIALS, Text("Both partition functions are positive.", r"Z_V,Z_W>0")),
        proof=smooth_limit.build_density_near,
        mutants=(
            Mutant("minus", "sign", {"factor": "exp(-2*beta*d)"}, {**_APART, "a": "0", "w": "0", "b": "0"},
                   _APART_STEPS, prose="exp(-2 beta d)"),
        ),
    ),
    Claim(
        id="mf.m-suffices",
        title="no atom of the saw-teeth is truncated",
        paper="jmlr", relation="as-printed", locator="pp. 50, 51", kind="inequality", expected="proved",
        statement=Text(
            "For m above the printed bound the truncations act as the identity on the atoms of every saw-tooth, at"
            " every x between the data, and on the weights a of the smoothed law.",
            r"a^m(w^mx+b)_+^m=a(wx+b)_+,\quad m>\frac{6M|y_i|}\varepsilon+3|x_M|+3|x_1|+2",
        ),
        hypotheses=(
            Text("x and x_i lie between the data; the teeth are narrower than half a gap.",
                 r"x_1\le x,x_i\le x_M,\ 0<\varepsilon\le\tfrac12(x_M-x_1)"),
            Text("The truncated ReLU is the ReLU up to m^2; a weight of the smoothed law is within 1/2.",
                 r"(t)_+^m=(t)_+\ (t\le m^2),\ |u|\le\tfrac12"),
        ),
        proof=truncated.build_no_truncation,
        mutants=(
            Mutant("three", "constant", {"room": "3*abs(q)+3*abs(xM)+3*abs(x1)+2"},
                   {"m": "310", "x": "1", "x1": "-1", "xM": "1", "xi": "0", "eps": "1/2", "q": "100", "u": "0",
                    "cap(t)": "relu(t)"},
                   _RELU_STEPS, prose="3 M |y|/eps"),
        ),
    ),
)  # fmt: skip
