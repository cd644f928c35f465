"""Sections 1 to 3: the objective, its step, its first variation, and the truncated activations."""

from __future__ import annotations

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import setting
from ...analysis.meanfield.errata import lipschitz_steps
from ..claim import Claim, Mutant, Refutation, Text

_LOWER = Statement("relu(x)-1/tau <= v", {"tau": "0 < tau", "v": "v <= 2*m**2"})
_CUT = Statement("min(relu(x),2*m**2)-1/tau <= v", {"tau": "0 < tau", "v": "v <= 2*m**2"})


def _lower_side() -> Refutation:
    far = {"tau": "1", "m": "2", "x": "100", "v": "8"}
    near = {"tau": "1", "m": "2", "x": "5", "v": "8"}
    return Refutation(_LOWER, far, (("corrected", _CUT, far), ("near", _LOWER, near)))


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.eq-1.1",
        title="the free energy of the introduction",
        paper="jmlr", relation="as-printed", locator="(1.1), p. 3", kind="identity", expected="proved",
        statement=Text(
            "(1.1) is the free energy (3.5).",
            r"\tfrac12R+\tfrac\lambda2M+\beta^{-1}\int\rho\log\rho=\tfrac12R+\tfrac\lambda2M-\beta^{-1}H(\rho)",
        ),
        proof=setting.build_entropy_sign,
        mutants=(
            Mutant("minus", "sign", {"sign": "-"}, {"risk": "0", "lam": "0", "m": "0", "beta": "1",
                   "rho(t)": "exp(-t**2/2)"}, prose="minus the integral of rho log rho"),
        ),
    ),
    Claim(
        id="mf.eq-3.2",
        title="the objective of gradient descent",
        paper="jmlr", relation="as-printed",
        locator="(3.2), p. 6, for the network (3.1)",
        kind="identity", expected="proved",
        statement=Text(
            "The objective is twice the noiseless free energy of the empirical measure.",
            r"\frac1M\sum_i(y_i-f(x_i))^2+\frac\lambda N\sum_k|\theta_k|^2"
            r"=2\Bigl(\tfrac12R+\tfrac\lambda2M(\hat\rho)\Bigr)",
        ),
        proof=setting.build_objective,
        mutants=(
            Mutant("half", "constant", {"factor": "lam/(2*N)"},
                   {"M": "1", "N": "1", "lam": "1", "y(i)": "0", "f(i)": "0", "q(k)": "1"},
                   prose="half the penalty"),
        ),
    ),
    Claim(
        id="mf.eq-3.3-drift",
        title="drift of the update (3.3)",
        paper="jmlr", relation="as-printed", locator="(3.3), p. 6", kind="identity", expected="proved",
        statement=Text(
            "N times the gradient step on one row's objective has the drift of (3.3), weight by weight.",
            r"-N\partial_t\Bigl[(y-f)^2+\tfrac\lambda N|\theta|^2\Bigr]=2(y-f)u'(t)-2\lambda t,"
            r"\quad f=\text{rest}+\tfrac1Nu(t)",
        ),
        hypotheses=(
            Text("t is one weight of one neuron, the unit u is differentiable in it.", r"u=a(wx+b)_+"),
            Text("There is a neuron.", r"N\ne0"),
        ),
        proof=setting.build_drift,
        mutants=(
            Mutant("one", "constant", {"two": "1"},
                   {"N": "1", "u(t)": "t", "du(t)": "1", "t": "1", "y": "0", "rest": "0", "lam": "0", "others": "0"},
                   ({"for": "unit", "id": "slope", "rule": "derivative", "goal": "HasDeriv(t, t, 1)", "uses": []},),
                   prose="factor 1 instead of 2"),
        ),
    ),
    Claim(
        id="mf.psi-first-variation",
        title="the potential is the first variation",
        paper="jmlr", relation="as-printed", locator="(3.4), p. 7", kind="identity", expected="proved",
        statement=Text(
            "Along (1-t)rho + t nu the noiseless free energy has the derivative given by the potential.",
            r"\frac{d}{dt}\Big|_0\Bigl[\tfrac12R+\tfrac\lambda2M\Bigr]=\int\Psi\,d(\nu-\rho),\quad"
            r"\Psi=\sum_iR_i\sigma_i+\tfrac\lambda2|\theta|^2,\ R_i=\tfrac1M(f_i-y_i)",
        ),
        hypotheses=(Text("f and g are the fitted values of the two laws, m and n their second moments."),),
        proof=setting.build_first_variation,
        mutants=(
            Mutant("half", "constant", {"scale": "1/(2*M)"},
                   {"M": "1", "f(i)": "1", "g(i)": "2", "y(i)": "0", "lam": "0", "m": "0", "n": "0", "t": "0"},
                   prose="residuals over 2M"),
        ),
    ),
    Claim(
        id="mf.vm-lip",
        title="truncation of a weight",
        paper="jmlr", relation="as-printed", locator="p. 8", kind="inequality", expected="proved",
        statement=Text(
            "The truncation is bounded by m and has Lipschitz constant 1.", r"|v^m|\le m,\quad|v^m-w^m|\le|v-w|"
        ),
        hypotheses=(Text("The bound is not negative.", r"m\ge0"),),
        proof=setting.build_clip,
        mutants=(
            Mutant("half", "constant", {"rate": "1/2"}, {"m": "1", "v": "1", "w": "0"}, prose="Lipschitz constant 1/2"),
        ),
    ),
    Claim(
        id="mf.phi-m-feasible",
        title="room for the smooth truncation",
        paper="jmlr", relation="as-printed", locator="p. 9", kind="inequality", expected="proved",
        statement=Text(
            "Braking at 1/m^2 from slope 1 at m^2 ends at 2m^2 with a gain of m^2/2, below the limit 2m^2.",
            r"q(x)=m^2+(x-m^2)-\tfrac{(x-m^2)^2}{2m^2}:\ q''=-\tfrac1{m^2},\ q'(2m^2)=0,\ q(2m^2)"
            r"=m^2+\tfrac{m^2}2\le2m^2",
        ),
        hypotheses=(Text("m is positive.", r"m>0"),),
        proof=setting.build_braking,
        mutants=(
            Mutant("whole", "constant", {"gain": "m**2"}, {"m": "1", "x": "1"}, prose="a gain of m^2"),
        ),
    ),
    Claim(
        id="mf.softplus-m-glue",
        title="where the soft-plus may be cut",
        paper="jmlr", relation="as-printed", locator="(3.7), p. 9", kind="inequality", expected="proved",
        statement=Text(
            "At the cut the second derivative of the soft-plus is at most 1/m^2.",
            r"\frac{\tau(e^{\tau m^2}-1)}{e^{2\tau m^2}}\le\frac1{m^2}",
        ),
        hypotheses=(Text("Scale and bound are positive.", r"\tau,m>0"),),
        proof=setting.build_gluing_slope,
        mutants=(
            Mutant("fourth", "constant", {"bound": "1/(8*m**2)"}, {"tau": "1", "m": "1"}, prose="an eighth of it"),
        ),
    ),
    Claim(
        id="mf.eq-3.8.printed",
        title="lower side of the truncated sandwich",
        paper="jmlr", relation="as-printed", locator="(3.8), p. 9", kind="counterexample", expected="refuted",
        statement=Text("The truncated soft-plus stays above the ReLU less 1/tau.",
                       r"(x)_+-\tfrac1\tau\le(x)_\tau^m"),
        hypotheses=(Text("v, the truncated soft-plus at x, is at most its limit 2m^2.", r"v\le2m^2"),),
        refutation=_lower_side,
        counterpart="mf.eq-3.8.corrected",
    ),
    Claim(
        id="mf.eq-3.8.corrected",
        title="lower side of the truncated sandwich",
        paper="jmlr", relation="corrected", locator="(3.8), p. 9", kind="inequality", expected="proved",
        statement=Text(
            "The truncated soft-plus stays above the truncated ReLU less 1/tau.",
            r"(x)_+^m-\tfrac1\tau\le(x)_\tau^m\le(x)_++\tfrac1\tau",
        ),
        hypotheses=(
            Text("Both are one truncation applied to the ReLU and to the soft-plus.",
                 r"(x)_+^m=T((x)_+),\ (x)_\tau^m=T((x)_\tau)"),
            Text("The truncation has Lipschitz constant 1 and does not enlarge.", r"|T(p)-T(q)|\le|p-q|,\ T(p)\le p"),
            Text("The scale is positive.", r"\tau>0"),
        ),
        proof=setting.build_truncated_sandwich,
        mutants=(
            Mutant("half", "constant", {"width": "1/2"}, {"tau": "1", "x": "0", "cap(p)": "1*(p)"},
                   (*lipschitz_steps("1*(p)"),
                    {"for": "below", "id": "same", "rule": "arithmetic", "goal": "1*(p) <= p", "uses": []},
                    {"for": "below", "id": "all-same", "rule": "generalize", "goal": "All(p, 1*(p) <= p)",
                     "uses": ["same"]}),
                   prose="1/(2 tau) on both sides: the distance at 0 is log(2)/tau"),
        ),
        counterpart="mf.eq-3.8.printed",
    ),
    Claim(
        id="mf.eq-3.8.none",
        title="no truncation meets (3.8)",
        paper="own", relation="sharper", locator="(3.8), p. 9", kind="inequality", expected="proved",
        statement=Text(
            "Whatever bounded truncation is chosen, the printed lower side fails at B + 2/tau.",
            r"T\le B\ \Rightarrow\ (x)_+-\tfrac1\tau>T(x)\ \text{at}\ x=B+\tfrac2\tau",
        ),
        hypotheses=(Text("The truncated activation is bounded above.", r"T(x)\le B"),
                    Text("The scale is positive.", r"\tau>0")),
        proof=setting.build_no_lower_side,
        mutants=(
            Mutant("at", "constant", {"power": "1"}, {"tau": "1", "B": "0", "cap(x)": "0"},
                   ({"for": "bounded", "id": "zero", "rule": "arithmetic", "goal": "0 <= 0", "uses": []},
                    {"for": "bounded", "id": "all", "rule": "generalize", "goal": "All(x, 0 <= 0)", "uses": ["zero"]}),
                   prose="already at B + 1/tau"),
        ),
    ),
    Claim(
        id="mf.R-rho0.corrected",
        title="risk at the start of the flow",
        paper="jmlr", relation="corrected", locator="p. 32", kind="inequality", expected="proved",
        statement=Text(
            "The risk at the start grows like the square of the second moment; no bound C M + C' holds.",
            r"(f-y)^2\le\tfrac12L^2M^2+2y^2,\qquad\exists s:\ (s^2-1)^2>C\cdot2s^2+C'",
        ),
        hypotheses=(
            Text("Fitted values are bounded by the second moment.", r"|f|\le\tfrac12LM,\ L^2\ge1+x^2"),
            Text("One neuron at (s,0,s) has f = s^2, M = 2s^2; C and C' are any constants.", r"C,C'\ge0"),
        ),
        proof=setting.build_risk_square,
        mutants=(
            Mutant("first", "constant", {"power": "m"},
                   {"f": "50", "L": "1", "m": "100", "y": "0", "C": "0", "E": "0"},
                   prose="the first power of the second moment"),
        ),
    ),
)  # fmt: skip
