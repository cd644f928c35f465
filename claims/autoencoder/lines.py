"""Claims on equispaced lines in the plane."""

from __future__ import annotations

from ...analysis.autoencoder.lines import (
    HALF_TURN,
    ONE_LINE,
    build_lines,
    build_wave_sum,
    half_turn_steps,
    one_line_steps,
)
from ...analysis.autoencoder.lines_limit import build_lines_limit, build_sine_bounds
from ..claim import Claim, Mutant, Text

_SIGN = Text("sigma is the sign, with any value at 0.", r"\sigma(x)=1\ (x>0),\quad \sigma(x)=-1\ (x<0)")
CLAIMS = (
    Claim(
        id="ae.wave-sum",
        title="waves along equispaced lines",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "A wave that turns by t from one index to the next and changes its sign after n steps is an eigenvector of "
            "the matrix n t/2 - t |i - e|.",
            r"\sum_{i=1}^nC_i\left(\tfrac{nt}2-t|i-e|\right)=\frac t{1-c}\,C_e",
        ),
        hypotheses=(
            Text("C and S turn by an angle of cosine c and sine s.", r"C_{i+1}=cC_i-sS_i,\ S_{i+1}=cS_i+sC_i"),
            Text("c and s are a cosine and a sine, and the angle is not 0.", r"c^2+s^2=1,\ c<1"),
            Text("They change their signs after n steps.", r"C_n=-C_0,\ S_n=-S_0"),
            Text("e is one of the indices.", r"0\le e\le n"),
        ),
        proof=build_wave_sum,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"value": "2*t/(1 - c)"},
                HALF_TURN,
                half_turn_steps(),
                prose="Twice the eigenvalue.",
            ),
        ),
    ),
    Claim(
        id="ae.d2-lines",
        title="the risk of equispaced lines",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "n sign units along equispaced lines of the plane have this least risk over all decoders; a multiple of "
            "B^T has it.",
            r"d=2:\qquad\min_AR=1-\frac{n^2}\pi\sin^2\frac\pi{2n}",
        ),
        hypotheses=(
            Text("There is at least one unit.", r"n\ge1"),
            Text("The rows lie along equispaced lines.", r"b_i=\left(\cos\tfrac{i\pi}n,\sin\tfrac{i\pi}n\right)"),
            Text("c_1 is the first Hermite coefficient.", r"c_1=\mathbb E[z\,\sigma(z)]"),
            _SIGN,
        ),
        proof=build_lines,
        mutants=(
            Mutant(
                "plus",
                "sign",
                {"square": "(-sin(pi/(2*n))**2)"},
                {**ONE_LINE, "A(k,i)": "0"},
                one_line_steps(),
                prose="The sine's square added.",
            ),
        ),
    ),
    Claim(
        id="ae.sine-bounds",
        title="the sine between two polynomials",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text("The sine of x >= 0 lies between x - x^3/6 and x.", r"x-\tfrac{x^3}6\le\sin x\le x"),
        hypotheses=(Text("x is not negative.", r"x\ge0"),),
        proof=build_sine_bounds,
        mutants=(
            Mutant("a seventh", "constant", {"cubic": "1/7"}, {"x": "1/2"}, prose="A seventh of the cube."),
            Mutant("below 0", "hypothesis", {}, {"x": "-1"}, weaken={"x_lo": "-1 <= x"}, prose="Negative x."),
        ),
    ),
    Claim(
        id="ae.d2-limit",
        title="how fast equispaced lines reach what the plane allows",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The least risk of n sign units along equispaced lines (`ae.d2-lines`) falls to 1 - pi/4, which no number "
            "of units in the plane gets below, with an excess of order n^-2.",
            r"0\le1-\frac{n^2}\pi\sin^2\frac\pi{2n}-\left(1-\frac\pi4\right)\le\frac{\pi^3}{48n^2}",
        ),
        hypotheses=(Text("There is at least one unit.", r"n\ge1"),),
        proof=build_lines_limit,
        mutants=(Mutant("half", "constant", {"rate": "pi**3/(96*n**2)"}, {"n": "2"}, prose="Half the excess."),),
    ),
)
