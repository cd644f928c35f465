"""Claims on sign codes in the plane, whatever the angles between their lines."""

from __future__ import annotations

from ...analysis.autoencoder.plane_best import (
    build_gain_tangent,
    build_plane_best,
    build_plane_critical,
    build_sine_tangent,
    critical_steps,
)
from ...analysis.autoencoder.plane_gaps import (
    HALF_TURN,
    build_fold_inverse,
    build_fold_norm,
    build_in_order,
    half_turn_steps,
)
from ...analysis.autoencoder.plane_risk import ONE_LINE, build_plane_risk, one_line_steps
from ..claim import Claim, Mutant, Text

_ORDER = Text("The numbers grow from one index to the next.", r"\theta_i<\theta_{i+1}")
_TURN = Text("After n steps the same lines come again, half a turn later.", r"\theta_{i+n}=\theta_i+\pi")
_FLIP = Text("h changes its sign after n steps.", r"h_{i+n}=-h_i")
_E = Text("e is one of the indices.", r"1\le e\le n")
_N = Text("There is at least one unit.", r"n\ge1")
_ROWS = Text("The rows are the directions of these angles.", r"b_i=(\cos\theta_i,\sin\theta_i)")
_C1 = Text("c_1 is the first Hermite coefficient.", r"c_1=\mathbb E[z\,\sigma(z)]")
_SIGN = Text("sigma is the sign, with any value at 0.", r"\sigma(x)=1\ (x>0),\quad \sigma(x)=-1\ (x<0)")

CLAIMS = (
    Claim(
        id="ae.in-order",
        title="numbers in order",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text("What grows from one index to the next is in order.", r"\theta_i\le\theta_{i+p}\quad(p\ge0)"),
        hypotheses=(_ORDER,),
        proof=build_in_order,
        mutants=(
            Mutant(
                "before", "constant", {"later": "i - p"}, {"th(i)": "i", "i": "1", "p": "1"}, prose="An earlier one."
            ),
        ),
    ),
    Claim(
        id="ae.fold-inverse",
        title="the inverse of f(G) for lines in the plane",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The matrix of the angles between lines has an inverse that is tridiagonal but for its corners: half the "
            "differences of neighbouring slopes.",
            r"\sum_{i=1}^n\frac{v_{i-1}-v_i}2\left(\tfrac\pi2-|\theta_i-\theta_e|\right)=h_e,\qquad "
            r"v_i=\frac{h_{i+1}-h_i}{\theta_{i+1}-\theta_i}",
        ),
        hypotheses=(_ORDER, _TURN, _FLIP, _E),
        proof=build_fold_inverse,
        mutants=(
            Mutant("not halved", "constant", {"half": "1"}, HALF_TURN, half_turn_steps(), prose="Without the half."),
        ),
    ),
    Claim(
        id="ae.fold-norm",
        title="the quadratic form of that inverse",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The quadratic form of the inverse is the sum of the squares of the differences over the angles between "
            "neighbours.",
            r"\sum_{i=1}^n\frac{v_{i-1}-v_i}2\,h_i=\frac12\sum_{i=1}^n\frac{(h_{i+1}-h_i)^2}{\theta_{i+1}-\theta_i}",
        ),
        hypotheses=(_ORDER, _TURN, _FLIP),
        proof=build_fold_norm,
        mutants=(
            Mutant("whole", "constant", {"factor": "1"}, HALF_TURN, half_turn_steps(), prose="Without the half."),
        ),
    ),
    Claim(
        id="ae.plane-risk",
        title="the least risk of every sign code in the plane",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The least risk over all decoders depends on the angles between neighbouring lines alone. Up to order, "
            "signs and copies of rows these are all sign codes in the plane.",
            r"d=2:\qquad\min_AR=1-\frac12\sum_{i=1}^n\frac{1-\cos t_i}{t_i},\qquad t_i=\theta_{i+1}-\theta_i,\ "
            r"\sum_it_i=\pi",
        ),
        hypotheses=(_ORDER, _TURN, _ROWS, _C1, _SIGN),
        proof=build_plane_risk,
        mutants=(
            Mutant(
                "added",
                "sign",
                {"share": "(-1/2)"},
                {**ONE_LINE, "A(k,i)": "0"},
                one_line_steps(),
                prose="The sum added.",
            ),
        ),
    ),
    Claim(
        id="ae.sine-tangent",
        title="the sine below its tangents",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text("The sine is concave from 0 to pi.", r"\sin b\le\sin a+\cos a\,(b-a)"),
        hypotheses=(Text("Both angles lie between 0 and pi.", r"0\le a,b\le\pi"),),
        proof=build_sine_tangent,
        mutants=(
            Mutant("no slope", "constant", {"slope": "0"}, {"a": "1", "b": "3/2"}, prose="A level line."),
            Mutant("below 0", "hypothesis", {}, {"a": "1", "b": "-4"}, weaken={"b_lo": "-4 <= b"}, prose="Negative b."),
        ),
    ),
    Claim(
        id="ae.gain-tangent",
        title="what an angle between lines gains is concave",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The gain of an angle between neighbouring lines lies below its tangents.",
            r"g(x)\le g(y)+g'(y)(x-y),\qquad g(x)=\frac{1-\cos x}x",
        ),
        hypotheses=(Text("Both angles lie between 0 and pi.", r"0<x,y\le\pi"),),
        proof=build_gain_tangent,
        mutants=(Mutant("no slope", "constant", {"slope": "0"}, {"x": "2", "y": "1"}, prose="A level line."),),
    ),
    Claim(
        id="ae.d2-opt",
        title="equispaced lines are best in the plane",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "No code of n sign units in the plane, with any decoder, is better than n equispaced lines "
            "(`ae.d2-lines`): the gain of the angles is concave. Up to order, signs and copies of rows these are all "
            "codes; fewer lines are not better.",
            r"d=2:\qquad R\ge1-\frac{n^2}\pi\sin^2\frac\pi{2n}",
        ),
        hypotheses=(_N, _ORDER, _TURN, _ROWS, _C1, _SIGN),
        proof=build_plane_best,
        mutants=(
            Mutant(
                "added",
                "sign",
                {"square": "(-sin(pi/(2*n))**2)"},
                {**ONE_LINE, "A(k,i)": "0"},
                one_line_steps(),
                prose="The sine's square added.",
            ),
        ),
    ),
    Claim(
        id="ae.d2-critical",
        title="no other stationary codes in the plane",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Where turning no single line lowers the least risk of n sign units in the plane, that risk is the least "
            "of all codes of n units: gradient methods with the best decoder have no other place to stop.",
            r"g'(t_1)=\dots=g'(t_n)\ \Longrightarrow\ \min_AR=1-\frac{n^2}\pi\sin^2\frac\pi{2n},\qquad "
            r"g(x)=\frac{1-\cos x}x",
        ),
        hypotheses=(
            _N,
            _ORDER,
            _TURN,
            _ROWS,
            _C1,
            _SIGN,
            Text(
                "The gradient vanishes: for every line it is half the difference of g' at the angles beside it "
                "(`ae.plane-risk`).",
                r"g'(t_i)=q",
            ),
        ),
        proof=build_plane_critical,
        mutants=(
            Mutant(
                "added",
                "sign",
                {"square": "(-sin(pi/(2*n))**2)"},
                {**ONE_LINE, "A(k,i)": "0", "q": "-2/pi**2"},
                [*one_line_steps(), *critical_steps()],
                prose="The sine's square added.",
            ),
        ),
    ),
)
