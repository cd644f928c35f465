"""Claims on equispaced lines in the plane with activations of degree 3."""

from __future__ import annotations

from ...analysis.autoencoder.cubic_activation import build_cubic_series
from ...analysis.autoencoder.plane import RIGHT_ANGLE, RIGHT_ANGLE_STEPS, build_plane_optimum, build_turns
from ..claim import Claim, Mutant, Text

_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_CUBIC = Text("Only the degrees 1 and 3 occur.", r"\alpha=w_0=(c_3/c_1)^2")
_ACTIVATION = {"sigma(x)": "x**3 - 2*x", "c1": "1"}
_TWO_LINES = {**_ACTIVATION, "v": "6", "N": "2", "n": "1", "b(i,k)": "delta(k, 1)", "A(k,i)": "0"}

CLAIMS = (
    Claim(
        id="ae.cubic-series",
        title="the series of an activation of degree 3",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "If the second moment of an odd activation comes from its Hermite coefficients of degrees 1 and 3, the "
            "others vanish and f is a cubic polynomial.",
            r"w_{p+1}=\left(\tfrac{c_{2p+5}}{c_1}\right)^2=0,\qquad f(t)=t+w_0\,t^3",
        ),
        hypotheses=(_L2, _C1, _ODD, _CUBIC, Text("t is a correlation.", r"|t|\le1")),
        proof=build_cubic_series,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"coefficient": "2*w(0)"},
                {**_ACTIVATION, "t": "1/2", "p": "0"},
                prose="Twice the cubic term.",
            ),
        ),
    ),
    Claim(
        id="ae.turn-sums",
        title="cosines and sines of equal turns add up to 0",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The points at equal turns 2x around the circle that close up after N have their centre in the middle.",
            r"\sum_{i=1}^N\cos(2xi)=\sum_{i=1}^N\sin(2xi)=0",
        ),
        hypotheses=(Text("N turns close up, one does not.", r"\sin(Nx)=0\ne\sin x"),),
        proof=build_turns,
        mutants=(
            Mutant(
                "half turns",
                "constant",
                {"turns": "1"},
                RIGHT_ANGLE,
                RIGHT_ANGLE_STEPS,
                prose="Turns of x.",
            ),
        ),
    ),
    Claim(
        id="ae.d2-opt-cubic",
        title="equispaced lines are best in the plane for cubic activations",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For an odd activation without degrees above 3 no autoencoder of the plane, with any number n of units, "
            "encoder and decoder, has a lower risk than three or more equispaced lines.",
            r"f(t)=t+w\,t^3,\ d=2:\qquad R(A,B)\ \ge\ R_{\text{lines}}=1-\frac1{1+\frac34w},\qquad "
            r"y_i=\left(\cos\tfrac{\pi i}N,\ \sin\tfrac{\pi i}N\right)",
        ),
        hypotheses=(
            Text("The encoder's rows are unit vectors.", r"|b_i|=1"),
            _L2,
            _C1,
            _ODD,
            _CUBIC,
            Text("There are at least three lines.", r"N\ge3"),
        ),
        proof=build_plane_optimum,
        mutants=(
            Mutant("seven eighths", "constant", {"gain": "7*v/8"}, {**_TWO_LINES, "N": "4"}, prose="Another moment."),
            Mutant("two lines", "hypothesis", {}, _TWO_LINES, prose="Two lines.", weaken={"three": "2 <= N"}),
        ),
    ),
)
