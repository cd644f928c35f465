"""Section 3: the Gibbs density (3.6) at m = tau = infinity, integrated down to the circle of unit directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...analysis.meanfield import gibbs, predictor
from ..claim import Claim, Mutant, Text

_OWN = "derived in this project from (3.6), p. 8"
_G = r"g(\varphi)=\sum_i r_i(x_i\cos\varphi+\sin\varphi)_+"
_DENSITY = Text(
    r"The unnormalised Gibbs density of a neuron $(a,w,b)$, for any $M$, data $x$ and residuals $r$.",
    r"e^{-\beta\left(a\,S(w,b)+\frac{\lambda}{2}(a^2+w^2+b^2)\right)},\ S(w,b)=\sum_{i=1}^M r_i(wx_i+b)_+",
)
_POSITIVE = Text("Inverse temperature and penalty are positive.", r"\beta>0,\ \lambda>0")
_INSIDE = Text(
    r"Assumed, not derived: on the whole circle $|g|$ is below $\lambda$.",
    rf"|g(\varphi)|<\lambda,\ {_G}",
)
_GIVEN = (_DENSITY, _POSITIVE, _INSIDE)

# One datum at 0 with residual 1: S(w, b) = (b)_+, so that both sides can be computed.
_ONE = {"beta": "1", "lam": "2", "M": "1", "r(i)": "1", "x(i)": "0", "s": "0"}
_ONE_INSIDE: tuple[Mapping[str, Any], ...] = (
    {
        "for": "inside",
        "id": "point",
        "rule": "arithmetic",
        "goal": "Sum(i,1,1,1*relu(0*cos(phi) + sin(phi)))**2 < 2**2",
        "uses": [],
    },
    {
        "for": "inside",
        "id": "all",
        "rule": "generalize",
        "goal": "All(phi, Sum(i,1,1,1*relu(0*cos(phi) + sin(phi)))**2 < 2**2)",
        "uses": ["point"],
    },
)
_EDGE = {"beta": "1", "lam": "1", "M": "1", "phi": "0", "x(i)": "1", "T": "1"}

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.gibbs-partition",
        title="the partition function on the circle",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "The partition function is a Gaussian factor times one integral over the circle.",
            r"Z=\sqrt{\frac{2\pi}{\beta\lambda}}\,\frac{\lambda}{\beta}\int_0^{2\pi}\frac{d\varphi}{\lambda^2-g(\varphi)^2}",
        ),
        hypotheses=_GIVEN,
        proof=gibbs.build_partition,
        mutants=(
            Mutant("factor", "constant", {"factor": "1/beta"}, _ONE, _ONE_INSIDE, r"without the factor $\lambda$"),
            Mutant("root", "constant", {"root": "pi/(beta*lam)"}, _ONE, _ONE_INSIDE, r"$\pi$ instead of $2\pi$"),
        ),
    ),
    Claim(
        id="mf.circle-lower",
        title="the circle integral from below",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            "The integral over the circle is least without data.",
            r"\int_0^{2\pi}\frac{d\varphi}{\lambda^2-g(\varphi)^2}\ge\frac{2\pi}{\lambda^2}",
        ),
        hypotheses=(Text("The penalty is positive.", r"\lambda>0"), _INSIDE),
        proof=gibbs.build_lower,
        mutants=(Mutant("three", "constant", {"bound": "3*pi/lam**2"}, {"lam": "2", "M": "0"}, prose=r"$3\pi$"),),
    ),
    Claim(
        id="mf.gibbs-divergent",
        title=r"the radial integral where $|g|$ reaches $\lambda$",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            r"In a direction with $|g|\ge\lambda$ the radial integral exceeds every bound: up to $T$ it is at least"
            r" $\tfrac12T^2$. Only this one direction is treated; nothing is said of the integral over the circle.",
            r"\int_0^T R\,e^{-\beta(\lambda-g^2/\lambda)R^2/2}\,dR\ge\tfrac12T^2\quad(T\ge0)",
        ),
        hypotheses=(
            _POSITIVE,
            Text(
                r"In the direction $\varphi$ the size of $g$ is at least $\lambda$.", rf"|g(\varphi)|\ge\lambda,\ {_G}"
            ),
        ),
        proof=gibbs.build_divergent,
        mutants=(
            Mutant(
                "double", "constant", {"half": "1"}, {**_EDGE, "r(i)": "1"}, prose=r"$T^2$ instead of $\tfrac12T^2$"
            ),
            Mutant(
                "weaker",
                "hypothesis",
                {"condition": "lam**2 <= 4*g(phi)**2"},
                {**_EDGE, "r(i)": "1/2"},
                prose=r"$|g|\ge\tfrac\lambda2$",
            ),
        ),
    ),
    Claim(
        id="mf.gibbs-moment",
        title="the unnormalised predictor on the circle",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "The integral of $a(ws+b)_+$ against the unnormalised density equals",
            r"-\sqrt{\frac{2\pi}{\beta\lambda}}\,\frac{2\lambda}{\beta^2}"
            r"\int_0^{2\pi}\frac{g(\varphi)(s\cos\varphi+\sin\varphi)_+}{(\lambda^2-g(\varphi)^2)^2}\,d\varphi",
        ),
        hypotheses=_GIVEN,
        proof=predictor.build_moment,
        mutants=(
            Mutant("half", "constant", {"factor": "lam/beta**2"}, _ONE, _ONE_INSIDE, "without the factor 2"),
            Mutant("sign", "sign", {"sign": ""}, _ONE, _ONE_INSIDE, "with the opposite sign"),
        ),
    ),
    Claim(
        id="mf.gibbs-predictor",
        title="the predictor in closed form",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "The predictor is a quotient of two integrals over the circle.",
            r"f(s)=-\frac{2}{\beta Z_s}\int_0^{2\pi}\frac{g(\varphi)(s\cos\varphi+\sin\varphi)_+}"
            r"{(\lambda^2-g(\varphi)^2)^2}\,d\varphi,\quad Z_s=\int_0^{2\pi}\frac{d\varphi}{\lambda^2-g(\varphi)^2}",
        ),
        hypotheses=_GIVEN,
        proof=predictor.build_predictor,
        mutants=(
            Mutant("half", "constant", {"factor": "1/beta"}, _ONE, _ONE_INSIDE, "without the factor 2"),
            Mutant("sign", "sign", {"sign": ""}, _ONE, _ONE_INSIDE, "with the opposite sign"),
        ),
    ),
)
