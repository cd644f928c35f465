"""Section 5 and its sharper forms: the arc integral in closed form."""

from __future__ import annotations

import math

import mpmath

from ...analysis.meanfield import arc
from ...numerics.meanfield.arcs import arc_integral
from ..claim import Claim, Evidence, Mutant, Text

_OWN = "derived in this project (for Z after (3.6))"
_D = r"D=\lambda^2\cos\Delta-g_1g_2"
_U = r"u=\lambda^2(\lambda^2\sin^2\Delta-g_1^2-g_2^2+2g_1g_2\cos\Delta)"
_ARC = Text(
    "g is a sinusoid on an arc of angle Delta between 0 and pi, with end values g1 and g2.",
    rf"g(x)=A\cos x+B\sin x,\ 0<\Delta<\pi,\ {_D},\ {_U}",
)
_ENDS = Text("At both ends |g| is below lambda, and D is positive.", r"|g_1|<\lambda,\ |g_2|<\lambda,\ D>0")
_ABOVE = {"lam": "2", "A": "1", "B": "1/2", "Delta": "1"}
_BELOW = {"lam": "2", "A": "1", "B": "-2", "Delta": "1/2"}
_FLAT = {"lam": "5", "A": "3", "B": "4", "Delta": "1/4"}


def _quadrature(cases: tuple[tuple[float, float, float, float], ...]) -> list[Evidence]:
    """Compare the fast form of the arc integral with 30-digit quadrature of the sinusoid through the end values."""
    found = []
    for delta, g1, g2, lam in cases:
        with mpmath.workdps(30):
            b = (mpmath.mpf(g2) - mpmath.mpf(g1) * mpmath.cos(delta)) / mpmath.sin(delta)
            exact = mpmath.quad(
                lambda x, g1=g1, b=b, lam=lam: (
                    1 / (mpmath.mpf(lam) ** 2 - (g1 * mpmath.cos(x) + b * mpmath.sin(x)) ** 2)
                ),
                mpmath.linspace(0, delta, 9),
            )
            error = float(abs(arc_integral(delta, g1, g2, lam) / exact - 1))
        found.append(
            Evidence(
                f"relative error at Delta={delta}, g1={g1}, g2={g2}, lambda={lam}",
                f"{error:.1e}",
                error < 1e-13,
                tolerance="1e-13",
                reason="rounding of a double-precision closed form against quadrature at 30 digits",
            )
        )
    return found


def _above() -> list[Evidence]:
    return _quadrature(((1.0, 1.0, 0.9, 2.0), (2.5, -0.25, 0.5, 1.0), (1e-3, 0.3, 0.3, 0.7)))


def _below() -> list[Evidence]:
    return _quadrature(((0.5, 1.0, -0.08, 2.0), (0.1, 0.9, -0.9, 1.0), (1e-2, 0.0, 0.5, 0.7)))


def _flat() -> list[Evidence]:
    g2 = 3 * math.cos(0.25) + 4 * math.sin(0.25)
    return _quadrature(((0.25, 3.0, g2, 5.0),))


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.arc-discriminant",
        title="the two quantities an arc is read off",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text("D squared plus u is the product over the ends.", r"D^2+u=(\lambda^2-g_1^2)(\lambda^2-g_2^2)"),
        hypotheses=(_ARC,),
        proof=arc.build_discriminant,
        mutants=(
            Mutant("three", "constant", {"two": "3"}, _FLAT, prose="3 g1 g2 cos(Delta) in u"),
            Mutant("plus", "sign", {"minus": "+"}, _FLAT, prose="+ g1 g2 in D"),
        ),
    ),
    Claim(
        id="mf.arc-inside",
        title="an arc stays below lambda if its ends do",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            "|g| is below lambda on the whole arc if it is so at the ends, and D or u is positive.",
            r"|g(x)|<\lambda\quad(0\le x\le\Delta)",
        ),
        hypotheses=(
            _ARC,
            Text("Both ends are inside; D or u is positive.", r"|g_1|,|g_2|<\lambda,\ D>0\ \text{or}\ u>0"),
        ),
        proof=arc.build_inside,
        mutants=(
            Mutant(
                "ends-only",
                "hypothesis",
                {"condition": "0 < lam"},
                {"lam": "1", "A": "3/5", "B": "2", "Delta": "3", "x": "1"},
                prose="the ends alone do not bound the arc",
            ),
        ),
    ),
    Claim(
        id="mf.arc-above",
        title="arc integral where the amplitude is below lambda",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "For u > 0 the integral is an angle in the end values.",
            r"\int_0^\Delta\frac{dx}{\lambda^2-g(x)^2}=\sin\Delta\,\frac{\operatorname{atan2}(\sqrt u,D)}{\sqrt u}",
        ),
        hypotheses=(_ARC, Text("u is positive.", "u>0")),
        proof=arc.build_above,
        evidence=_above,
        mutants=(
            Mutant("plus", "sign", {"minus": "+"}, _ABOVE, prose="+ g1 g2 in D"),
            Mutant("three", "constant", {"two": "3"}, _ABOVE, prose="3 g1 g2 cos(Delta) in u"),
            Mutant("root", "constant", {"root": "2*u"}, _ABOVE, prose="the root of 2u"),
        ),
    ),
    Claim(
        id="mf.arc-below",
        title="arc integral where the amplitude is above lambda",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "For u < 0 the integral is an inverse hyperbolic tangent in the end values.",
            r"\int_0^\Delta\frac{dx}{\lambda^2-g(x)^2}=\frac{\sin\Delta}{2\sqrt{-u}}\log\frac{D+\sqrt{-u}}{D-\sqrt{-u}}",
        ),
        hypotheses=(_ARC, _ENDS, Text("u is negative.", "u<0")),
        proof=arc.build_below,
        evidence=_below,
        mutants=(
            Mutant("plus", "sign", {"minus": "+"}, _BELOW, prose="+ g1 g2 in D"),
            Mutant("three", "constant", {"two": "3"}, _BELOW, prose="3 g1 g2 cos(Delta) in u"),
            Mutant("half", "constant", {"half": "1"}, _BELOW, prose="without the factor 1/2"),
        ),
    ),
    Claim(
        id="mf.arc-flat",
        title="arc integral where the amplitude is lambda",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "For u = 0 the integral is rational in the end values and sines.",
            r"\int_0^\Delta\frac{dx}{\lambda^2-g(x)^2}=\frac{\sin\Delta}{D}",
        ),
        hypotheses=(_ARC, _ENDS, Text("u vanishes.", "u=0")),
        proof=arc.build_flat,
        evidence=_flat,
        mutants=(
            Mutant("plus", "sign", {"minus": "+"}, _FLAT, prose="+ g1 g2 in D"),
            Mutant("double", "constant", {"power": "2*D"}, _FLAT, prose="half as much"),
        ),
    ),
)
