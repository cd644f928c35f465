"""Sections 4 and 5: the curvature of the predictor exactly, and Theorem 1 at m = infinity with a sharper rate."""

from __future__ import annotations

from typing import Any

import mpmath

from ...analysis.meanfield import curvature, sharper
from ..claim import Claim, Evidence, Mutant, Text
from .hypotheses import WEAKER

_OWN = "derived in this project (for y'' in (5.4), p. 19)"
_G = r"g(\varphi)=\sum_i r_i(x_i\cos\varphi+\sin\varphi)_+"
_INSIDE = Text(
    r"Assumed, not derived: on the whole circle $|g|$ is below $\lambda$.",
    rf"|g(\varphi)|<\lambda,\ {_G}",
)
_POSITIVE = Text("Inverse temperature and penalty are positive.", r"\beta>0,\ \lambda>0")
_SIDES = Text(
    r"$P$ and $Q$ are the sums over the data to the right and to the left of $s$.",
    r"P(s)=\sum_i r_i(x_i-s)_+,\ Q(s)=\sum_i r_i(s-x_i)_+",
)
_UV = Text(
    r"$U$ and $V$ are integrals over the arc on which a unit is active at $s$.",
    r"U,V=\int_{-\arctan s}^{\pi-\arctan s}\frac{g\,(\cos\varphi,\ \sin\varphi)}{(\lambda^2-g^2)^2}\,d\varphi",
)
_ONE = {"lam": "3", "M": "1", "r(i)": "1", "x(i)": "1"}
_LARGE = {"lam": "2", "beta": "1", "M": "1", "r(i)": "19/10", "x(i)": "0", "s": "-10"}

_DATA = ("-1", "0", "1", "2")
_RESIDUALS = ("0.02", "-0.03", "0.025", "-0.01")
_LAMBDA, _BETA = "0.1", "1000"


def _second_difference() -> list[Evidence]:
    """Hold the closed curvature against a second difference of the predictor by 30-digit quadrature on the circle."""
    found = []
    with mpmath.workdps(30):
        x, r = [mpmath.mpf(v) for v in _DATA], [mpmath.mpf(v) for v in _RESIDUALS]
        lam, beta, step = mpmath.mpf(_LAMBDA), mpmath.mpf(_BETA), mpmath.mpf(10) ** -6
        pairs = list(zip(r, x, strict=True))

        def g(phi: Any) -> Any:
            return sum(ri * max(0, xi * mpmath.cos(phi) + mpmath.sin(phi)) for ri, xi in pairs)

        def circle(body: Any, *kinks: Any) -> Any:
            ends = [0, 2 * mpmath.pi]
            for t in (*x, *kinks):
                ends += [(-mpmath.atan(t)) % (2 * mpmath.pi), (mpmath.pi - mpmath.atan(t)) % (2 * mpmath.pi)]
            return mpmath.quad(body, sorted(ends))

        zs = circle(lambda phi: 1 / (lam**2 - g(phi) ** 2))

        def f(s: Any) -> Any:
            def body(phi: Any) -> Any:
                value = g(phi)
                return value * max(0, s * mpmath.cos(phi) + mpmath.sin(phi)) / (lam**2 - value**2) ** 2

            return -2 / (beta * zs) * circle(body, s)

        for text in ("-0.53", "1.7"):
            s = mpmath.mpf(text)
            sides = [sum(ri * max(0, sign * (xi - s)) for ri, xi in pairs) for sign in (1, -1)]
            closed = -2 / (beta * zs) * sum(v / (lam**2 * (1 + s**2) - v**2) ** 2 for v in sides)
            difference = (f(s + step) - 2 * f(s) + f(s - step)) / step**2
            error = float(abs(difference / closed - 1))
            found.append(
                Evidence(
                    f"relative error of the second difference at s={text}",
                    f"{error:.1e}",
                    error < 1e-7,
                    tolerance="1e-7",
                    reason="step 1e-6 leaves a truncation error near 1e-11 and a rounding error near 1e-15",
                )
            )
    return found


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.predictor-arc",
        title="the predictor on the active arc",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "The integral of the predictor runs over the arc on which the unit is active.",
            r"\int_0^{2\pi}\frac{g(\varphi)(s\cos\varphi+\sin\varphi)_+}{(\lambda^2-g(\varphi)^2)^2}\,d\varphi=s\,U(s)+V(s)",
        ),
        hypotheses=(_INSIDE, _UV),
        proof=curvature.build_arc,
        mutants=(Mutant("sign", "sign", {"sign": "-"}, {**_ONE, "s": "1"}, prose="minus $V$"),),
    ),
    Claim(
        id="mf.predictor-slope",
        title="the slope of the predictor",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text("What the moving ends contribute to the slope cancels.", r"\frac{d}{ds}(s\,U(s)+V(s))=U(s)"),
        hypotheses=(_INSIDE, _UV),
        proof=curvature.build_slope,
        mutants=(Mutant("double", "constant", {"slope": "2*U"}, {**_ONE, "s": "1"}, prose="twice the slope"),),
    ),
    Claim(
        id="mf.arc-slope",
        title="the slope of $U$ at the ends of the active arc",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "$U$ changes by the values of its integrand at the two moving ends.",
            r"U'(s)=\sum_{S\in\{P,Q\}}\frac{S(s)}{(\lambda^2(1+s^2)-S(s)^2)^2}",
        ),
        hypotheses=(_INSIDE, _UV, _SIDES),
        proof=curvature.build_curvature,
        mutants=(
            Mutant("double", "constant", {"first": "2*P"}, {**_ONE, "s": "0"}, prose="$P$ counted twice"),
            Mutant("sign", "sign", {"second": "-Q"}, {**_ONE, "s": "2"}, prose="$Q$ with the opposite sign"),
        ),
    ),
    Claim(
        id="mf.curvature",
        title="the curvature of the predictor",
        paper="own",
        relation="sharper",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "The mean $f(s)$ of $a(ws+b)_+$ under the Gibbs density is twice differentiable, with",
            r"f''(s)=-\frac{2}{\beta Z_s}\sum_{S\in\{P,Q\}}\frac{S(s)}{(\lambda^2(1+s^2)-S(s)^2)^2},"
            r"\quad Z_s=\int_0^{2\pi}\frac{d\varphi}{\lambda^2-g(\varphi)^2}",
        ),
        hypotheses=(_POSITIVE, _INSIDE, _SIDES),
        proof=sharper.build_second_derivative,
        evidence=_second_difference,
        mutants=(
            Mutant(
                "double",
                "constant",
                {"bend": "2*P/dP**2 + Q/dQ**2"},
                {**_ONE, "beta": "1", "s": "0"},
                prose="$P$ counted twice",
            ),
            Mutant(
                "sign",
                "sign",
                {"bend": "P/dP**2 - Q/dQ**2"},
                {**_ONE, "beta": "1", "s": "2"},
                prose="$Q$ with the opposite sign",
            ),
        ),
    ),
    Claim(
        id="mf.curvature-bound",
        title=r"Theorem 1 at $m=\infty$ with the rate $1/(\beta\lambda)$",
        paper="own",
        relation="sharper",
        locator="sharper than (4.9), p. 13, at infinite truncation and under the assumption below",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"The mean $f(s)$ of $a(ws+b)_+$ under the Gibbs density is twice differentiable, and its second derivative"
            r" is at most of order $1/(\beta\lambda)$, with an explicit constant, as long as $|g|<\lambda$ on the"
            r" circle.",
            r"|f''(s)|\le\frac{\sqrt{1+s^2}}{\pi\beta\lambda}\left(\frac1{f_P(s)^2}+\frac1{f_Q(s)^2}\right),"
            r"\quad f_S=1+s^2-S^2/\lambda^2",
        ),
        hypotheses=(_POSITIVE, _INSIDE, _SIDES),
        proof=sharper.build_bound,
        mutants=(
            *WEAKER["mf.curvature-bound"],
            Mutant("third", "constant", {"constant": "1/(3*pi*beta*lam)"}, _LARGE, prose="a third of the bound"),
            Mutant("root", "constant", {"root": "1"}, _LARGE, prose="without the growth in $s$"),
        ),
    ),
)
