"""Claims on scale mixtures of Gaussians."""

from __future__ import annotations

from ...analysis.autoencoder.mixtures import (
    MIXTURE_EXAMPLE,
    build_mixture,
    build_scale,
    build_scale_at_most_one,
)
from ...analysis.autoencoder.sparse import SGN_STEPS
from ..claim import Claim, Mutant, Text

_SGN = Text("sgn is the sign, with any value at 0.", r"\operatorname{sgn}x=1\ (x>0),\ -1\ (x<0)")

CLAIMS = (
    Claim(
        id="ae.sm",
        title="the risk of sign codes under a random scale",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For x = t y with an independent scale t > 0 the sign code is the same, and at every decoder the gain "
            "shrinks by e^2, e = E t; so does that of the bound.",
            r"R_x(eA,B)=1-e^2\left(1-R_y(A,B)\right)",
        ),
        hypotheses=(
            _SGN,
            Text("Data have unit variances.", r"\mathbb E x_k^2=\mathbb E y_k^2=1"),
            Text("The scale is independent of y.", r"\mathbb E\,x_ks_i=e\,\mathbb E\,y_ks_i"),
        ),
        proof=build_mixture,
        mutants=(
            Mutant(
                "unscaled",
                "constant",
                {"scale": "1"},
                {**MIXTURE_EXAMPLE, "e": "-1", "x(k)": "-z(k)"},
                SGN_STEPS,
                prose="The same decoder A in place of eA; here x = -y.",
            ),
        ),
    ),
    Claim(
        id="ae.sm-e",
        title="how the scale shows in one direction",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "In every direction the mean modulus of the data is e times that of a standard normal.",
            r"e=\frac{\mathbb E\,|q\cdot x|}{\sqrt{2/\pi}},\qquad |q|=1",
        ),
        hypotheses=(
            _SGN,
            Text("q is a unit vector.", r"|q|=1"),
            Text("The scale is independent of y.", r"\mathbb E\,|q\cdot x|=e\,\mathbb E\,|q\cdot y|"),
        ),
        proof=build_scale,
        mutants=(
            Mutant(
                "squared",
                "constant",
                {"power": "2"},
                {
                    "d": "1",
                    "q(k)": "1",
                    "e": "1/2",
                    "modulus": "1/sqrt(2*pi)",
                    "sgn(x)": "abs(x)/x",
                    "t": "1",
                    "u": "1",
                },
                SGN_STEPS,
                prose="e^2 = E t^2 would be read off.",
            ),
        ),
    ),
    Claim(
        id="ae.sm-e1",
        title="no scale mixture lies below the Gaussian's bound",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "1 - e^2 is the variance of the scale: e^2 <= 1, with equality only for a constant scale, and the "
            "corrected bound is at least the Gaussian's.",
            r"1-e^2=\mathbb E\,(t-e)^2\ge0,\qquad g\le1-e^2(1-g)\ \ (g\le1)",
        ),
        hypotheses=(Text("The scale has a unit mean square and the mean e.", r"\mathbb E t^2=1,\ \mathbb E t=e"),),
        proof=build_scale_at_most_one,
        mutants=(
            Mutant(
                "half",
                "constant",
                {"spread": "1/2"},
                {"t(k)": "abs(z(k))", "e": "2/sqrt(2*pi)", "g": "0"},
                prose="Half the variance.",
            ),
        ),
    ),
)
