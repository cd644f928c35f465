"""Claims on how fast the tied flow ends."""

from __future__ import annotations

from ...analysis.autoencoder.flow import FLOW_EXAMPLE
from ...analysis.autoencoder.tied_landscape import COPIES, build_tied_critical, copies_steps
from ...analysis.autoencoder.tied_rate import (
    STILL,
    build_least_eigenvalue,
    build_log_parabola,
    build_spectral_gap,
    build_tied_exponential,
    build_tied_rate,
    still_steps,
)
from ..claim import Claim, Mutant, Text

_SPECTRUM = {"n": "2", "lam(i)": "delta(i, 1)/2 + delta(i, 2)*3/2"}  # two rows at 60 degrees
_ORTHONORMAL = {**FLOW_EXAMPLE, "w(p)": "delta(p, 0)", "kappa": "1", "i": "1", "j": "1"}
_FLOW = (
    Text("There is at least one row.", r"n\ge1"),
    Text("kappa and the time are not negative.", r"\kappa\ge0,\ T\ge0"),
    Text("The eigenvalues add up to n.", r"\operatorname{Tr}G(t)=n"),
    Text(
        "L = -log det G is continuous and falls at least as fast as along the tied flow (`ae.tied-logdet`, "
        "`ae.tied-ge`), at a continuous rate.",
        r"\dot L=-D,\ D\ge4\kappa|G-I|_F^2",
    ),
)

CLAIMS = (
    Claim(
        id="ae.log-parabola",
        title="the logarithm above a parabola",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The excess of x - 1 over log x is at most a multiple of the square.",
            r"x-1-\log x\le\frac{(x-1)^2}{2m}\qquad(x\ge m)",
        ),
        hypotheses=(Text("m is positive, at most 1 and at most x.", r"0<m\le1,\ m\le x"),),
        proof=build_log_parabola,
        mutants=(
            Mutant(
                "a quarter", "constant", {"factor": "1/(4*m)"}, {"m": "1/2", "x": "1/2"}, prose="Half of the multiple."
            ),
        ),
    ),
    Claim(
        id="ae.tied-least",
        title="the least eigenvalue and the determinant",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "No eigenvalue of the Gram matrix of unit rows is smaller than exp(-1 - L), where L = -log det G.",
            r"\lambda_{\min}\ge e^{-1-L},\qquad L=-\log\det G",
        ),
        hypotheses=(Text("The eigenvalues are positive and add up to n.", r"\lambda_i>0,\ \operatorname{Tr}G=n"),),
        proof=build_least_eigenvalue,
        mutants=(
            Mutant(
                "no 1", "constant", {"shift": "0"}, {**_SPECTRUM, "e": "1"}, prose="exp(-L) in place of exp(-1 - L)."
            ),
        ),
    ),
    Claim(
        id="ae.tied-gap",
        title="the distance from the identity and the determinant",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The squared distance of the Gram matrix of unit rows from the identity is at least a multiple of "
            "L = -log det G.",
            r"|G-I|_F^2\ge2\lambda_{\min}L,\qquad L=-\log\det G",
        ),
        hypotheses=(
            Text("There is at least one row.", r"n\ge1"),
            Text("The eigenvalues add up to n.", r"\operatorname{Tr}G=n"),
            Text("m is positive and at most every eigenvalue.", r"0<m\le\lambda_i"),
        ),
        proof=build_spectral_gap,
        mutants=(Mutant("four", "constant", {"factor": "4"}, {**_SPECTRUM, "m": "1/2"}, prose="The factor 4."),),
    ),
    Claim(
        id="ae.tied-rate",
        title="the tied flow converges exponentially",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "While no eigenvalue of the Gram matrix is smaller than m, L = -log det G falls exponentially at the "
            "rate 8 kappa m; as the rows become orthonormal, m tends to 1.",
            r"L(T)\le L(0)\,e^{-8\kappa mT},\qquad L=-\log\det G,\ \kappa=2\beta^2/d",
        ),
        hypotheses=(
            *_FLOW,
            Text("m is positive and at most every eigenvalue at every time.", r"0<m\le\lambda_i(t)"),
        ),
        proof=build_tied_rate,
        mutants=(
            Mutant(
                "half",
                "constant",
                {"start": "L(0)/2"},
                {**STILL, "m": "1/2"},
                still_steps(),
                prose="From half of L(0).",
            ),
        ),
    ),
    Claim(
        id="ae.tied-exp",
        title="an explicit exponential rate for the tied flow",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "From every full-rank start the tied flow converges to orthonormal rows exponentially, at a rate that "
            "the start tells.",
            r"L(T)\le L(0)\,\exp\left(-8\kappa\,e^{-1-L(0)}\,T\right),\qquad L=-\log\det G,\ \kappa=2\beta^2/d",
        ),
        hypotheses=(
            *_FLOW,
            Text("The Gram matrix is positive definite.", r"\lambda_i(t)>0"),
        ),
        proof=build_tied_exponential,
        mutants=(Mutant("half", "constant", {"start": "L(0)/2"}, STILL, still_steps(), prose="From half of L(0)."),),
    ),
    Claim(
        id="ae.tied-critical",
        title="independent stationary rows of tied codes are orthonormal",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Linearly independent unit rows at which the gradient of the tied risk has no component along the spheres "
            "are orthonormal: among independent rows (n <= d) the risk of tied codes has no stationary point but its "
            "minimisers.",
            r"\dot b_i=0\ (i=1,\dots,n)\ \Longrightarrow\ BB^{\top}=I",
        ),
        hypotheses=(
            Text("The encoder's rows are unit vectors.", r"|b_i|=1"),
            Text("G is invertible: the rows are independent.", r"YG=GY=I"),
            Text("f is odd with coefficients that are not negative.", r"f(t)=t+\sum_pw_pt^{2p+3},\ w_p\ge0"),
            Text("Its series converges with its slope at the correlations of different rows.", r"|G_{ij}|<1\ (i\ne j)"),
            Text("The factor of the flow is not 0.", r"\kappa\ne0"),
            Text("No row moves along the tied flow.", r"\dot b_i=0"),
        ),
        proof=build_tied_critical,
        mutants=(
            Mutant("half", "constant", {"off": "delta(i, j)/2"}, _ORTHONORMAL, prose="Half of the identity."),
            Mutant(
                "dependent rows",
                "hypothesis",
                {},
                COPIES,
                copies_steps(),
                weaken={"left": "0 == 0", "right": "0 == 0"},
                prose="Rows that depend on each other: two copies of a basis.",
            ),
        ),
    ),
)
