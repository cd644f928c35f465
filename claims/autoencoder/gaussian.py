"""Claims on Gaussian expectations and Hermite coefficients."""

from __future__ import annotations

from ...analysis.gaussian.hermite import build_density, build_parity, build_recurrence
from ...analysis.gaussian.stein import build_stein
from ..claim import Claim, Mutant, Text

CLAIMS = (
    Claim(
        id="ae.stein",
        title="a Gaussian coordinate against an activation",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The correlation of the k-th coordinate with an activation of b.z is b_k times the activation's first "
            "Hermite coefficient.",
            r"\mathbb E[z_k\,\sigma(b\cdot z)] = b_k\,\mathbb E[z\,\sigma(z)]",
        ),
        hypotheses=(
            Text("b is a unit vector.", r"|b|=1"),
            Text("The activation is square integrable under the normal law.", r"\mathbb E\,\sigma(z)^2<\infty"),
        ),
        proof=build_stein,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"factor": "2"},
                {"k": "1", "d": "1", "b(m)": "1", "sigma(x)": "x"},
                prose="A factor 2 too many.",
            ),
            Mutant(
                "any length",
                "hypothesis",
                {"unit": "4"},
                {"k": "1", "d": "1", "b(m)": "2", "sigma(x)": "x**3"},
                prose="b has length 2.",
            ),
        ),
    ),
    Claim(
        id="ae.he-rec",
        title="derivative of Hermite polynomials",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The derivative of the Hermite polynomial of degree n + 1 is n + 1 times the one of degree n.",
            r"\mathrm{He}_{n+1}'(x)=(n+1)\,\mathrm{He}_n(x)",
        ),
        proof=build_recurrence,
        mutants=(Mutant("factor n", "constant", {"shift": "0"}, {"n": "1", "x": "1"}, prose="The factor n."),),
    ),
    Claim(
        id="ae.he-density",
        title="derivatives of the Gaussian density",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Up to its sign the n-th Hermite polynomial times the weight is an antiderivative of the next one.",
            r"\frac{d}{dx}\left(-\mathrm{He}_n(x)\,e^{-x^2/2}\right)=\mathrm{He}_{n+1}(x)\,e^{-x^2/2}",
        ),
        proof=build_density,
        mutants=(Mutant("sign", "sign", {"sign": ""}, {"n": "1", "x": "0"}, prose="Without the minus sign."),),
    ),
    Claim(
        id="ae.he-parity",
        title="parity of Hermite polynomials",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Hermite polynomials of even degree are even, those of odd degree are odd.",
            r"\mathrm{He}_{2k}(-x)=\mathrm{He}_{2k}(x),\qquad \mathrm{He}_{2k+1}(-x)=-\mathrm{He}_{2k+1}(x)",
        ),
        proof=build_parity,
        mutants=(
            Mutant("odd", "sign", {"even": "-"}, {"k": "1", "x": "2"}, prose="All odd."),
            Mutant("even", "sign", {"odd": ""}, {"k": "1", "x": "2"}, prose="All even."),
        ),
    ),
)
