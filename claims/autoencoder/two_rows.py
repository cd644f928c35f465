"""Claims on two sign units along the flow with the best decoder."""

from __future__ import annotations

from ...analysis.autoencoder.two_rows import (
    ORTHOGONAL,
    ORTHOGONAL_STEPS,
    SLANTED,
    SLANTED_STEPS,
    build_angle_ratio,
    build_arccosine,
    build_spread,
    build_two_rows,
)
from ..claim import Claim, Mutant, Text

_ACUTE = Text("The angle between the rows is acute.", r"0<g<1")

CLAIMS = (
    Claim(
        id="ae.arccosine",
        title="half a chord is shorter than half its arc",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text("For the arcsine, up to t = 1.", r"\sqrt{1-t^2}\le\frac\pi2-\arcsin t"),
        hypotheses=(Text("t is a cosine.", r"-1<t\le1"),),
        proof=build_arccosine,
        mutants=(
            Mutant("whole chord", "constant", {"chord": "2*sqrt(1 - t**2)"}, {"t": "0"}, prose="The whole chord."),
        ),
    ),
    Claim(
        id="ae.angle-ratio",
        title="the ratio of an angle and its complement",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "An angle, its complement and the tangents of their halves.",
            r"\frac{\pi/2+a}{\pi/2-a}\sqrt{\frac{1-g}{1+g}}<a+\sqrt{1+a^2},\qquad a=\arcsin g",
        ),
        hypotheses=(_ACUTE,),
        proof=build_angle_ratio,
        mutants=(Mutant("without a", "constant", {"lead": "0"}, {"g": "1/10"}, prose="The root alone."),),
    ),
    Claim(
        id="ae.arcsine-spread",
        title="what spreads two sign units",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The sum that drives the Gram determinant of two rows at an acute angle, divided by their inner product.",
            r"\frac1{\sqrt{1-g^2}}\left[\frac{1+g}{(\pi/2+a)^2}-\frac{1-g}{(\pi/2-a)^2}\right]"
            r"-\frac1{\pi/2+a}+\frac1{\pi/2-a}>0,\qquad a=\arcsin g",
        ),
        hypotheses=(_ACUTE,),
        proof=build_spread,
        mutants=(Mutant("first part", "constant", {"part": "0"}, {"g": "1/2"}, prose="The first part alone."),),
    ),
    Claim(
        id="ae.flow-arcsin-2",
        title="two sign units spread along the flow with the best decoder",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Two sign units that are neither orthogonal nor parallel, in any dimension: Theta of `ae.flow-dlog` is "
            "positive, so that their Gram determinant grows.",
            r"\Theta=\sum_{i\ne j}G_{ij}\left[(XGX)_{ij}f'(G_{ij})-X_{ij}\right]>0,\qquad "
            r"f=\arcsin,\ X=f(G)^{-1},\ n=2",
        ),
        hypotheses=(
            Text("The rows are unit vectors.", r"|b_i|=1"),
            Text("X inverts f(G).", r"f(G)\,X=I"),
            Text("The rows are neither orthogonal nor parallel.", r"0<|\langle b_1,b_2\rangle|<1"),
        ),
        proof=build_two_rows,
        mutants=(
            Mutant(
                "first part",
                "constant",
                {"part": "0"},
                SLANTED,
                SLANTED_STEPS,
                prose="Theta without X_ij.",
            ),
            Mutant(
                "orthogonal",
                "hypothesis",
                {},
                ORTHOGONAL,
                ORTHOGONAL_STEPS,
                prose="Orthogonal rows do not move.",
                weaken={"slanted": "g == g"},
            ),
        ),
    ),
)
