"""Claims on products of Hermite polynomials: growth, integrals over a half-line, orthogonality."""

from __future__ import annotations

from ...analysis.gaussian.orthogonality import (
    build_growth,
    build_orthogonality,
    build_products,
    build_reflection,
)
from ...analysis.gaussian.polynomial import build_polynomial, build_split
from ..claim import Claim, Mutant, Text

CLAIMS = (
    Claim(
        id="ae.he-growth",
        title="growth of Hermite polynomials",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "A Hermite polynomial is at most n! exp(n|x|) in modulus.",
            r"|\mathrm{He}_n(x)|\le n!\,e^{n|x|}",
        ),
        proof=build_growth,
        mutants=(
            Mutant("no factorial", "constant", {"scale": "1"}, {"n": "4", "x": "0"}, prose="He_4(0) = 3 exceeds 1."),
        ),
    ),
    Claim(
        id="ae.he-reflection",
        title="Hermite polynomials at -x",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The sign that a Hermite polynomial takes on at -x is that of its degree.",
            r"\mathrm{He}_n(-x)=(-1)^n\,\mathrm{He}_n(x)",
        ),
        proof=build_reflection,
        mutants=(Mutant("even", "sign", {"sign": "1"}, {"n": "1", "x": "1"}, prose="No sign."),),
    ),
    Claim(
        id="ae.he-products",
        title="integrals of products over a half-line",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The integrals of products of two Hermite polynomials with the weight converge absolutely and satisfy a "
            "recursion in both degrees.",
            r"J_{k,m}=\int_0^\infty\mathrm{He}_k\,\mathrm{He}_m\,e^{-x^2/2}\,dx,\qquad "
            r"J_{k+1,m+1}=(m+1)\,J_{k,m}+\mathrm{He}_k(0)\,\mathrm{He}_{m+1}(0)",
        ),
        proof=build_products,
        mutants=(
            Mutant("one less", "constant", {"factor": "m"}, {"k": "0", "m": "0"}, prose="m instead of m + 1."),
            Mutant("other degree", "swap", {"factor": "(k + 1)"}, {"k": "0", "m": "1"}, prose="k + 1 for m + 1."),
        ),
    ),
    Claim(
        id="ae.he-orth",
        title="orthogonality of Hermite polynomials",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Hermite polynomials of different degrees are uncorrelated under the standard normal law, and divided by "
            "the root of the factorial of the degree they are orthonormal.",
            r"\mathbb E\,\mathrm{He}_k(z)\,\mathrm{He}_m(z)=k!\,\delta_{km},\qquad "
            r"\mathbb E\,h_k(z)\,h_m(z)=\delta_{km},\quad h_k=\frac{\mathrm{He}_k}{\sqrt{k!}}",
        ),
        proof=build_orthogonality,
        mutants=(
            Mutant(
                "no factorial",
                "constant",
                {"value": "delta({k}, {m})"},
                {"k": "2", "m": "2"},
                prose="The mean square of He_2 is 2.",
            ),
            Mutant("all degrees", "constant", {"value": "fact({k})"}, {"k": "0", "m": "1"}, prose="Without the delta."),
            Mutant(
                "not divided",
                "constant",
                {"normalised": "fact(k)*delta(k, m)"},
                {"k": "2", "m": "2"},
                prose="k! for the normalised ones as well.",
            ),
        ),
    ),
    Claim(
        id="ae.he-split",
        title="expectations of sums of Hermite polynomials",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The expectation of a combination of two Hermite polynomials times a third is the combination of the two "
            "expectations, which all exist.",
            r"\mathbb E\,(a\,\mathrm{He}_k+b\,\mathrm{He}_n)\,\mathrm{He}_m = a\,\mathbb E\,\mathrm{He}_k\mathrm{He}_m"
            r"+b\,\mathbb E\,\mathrm{He}_n\mathrm{He}_m",
        ),
        proof=build_split,
        mutants=(
            Mutant(
                "one factor",
                "swap",
                {"second": "a"},
                {"a": "1", "b": "2", "k": "1", "n": "3", "m": "3"},
                prose="a for both.",
            ),
        ),
    ),
    Claim(
        id="ae.he-poly",
        title="an activation with two Hermite coefficients",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For the sum of the first and a multiple g of the third normalised Hermite polynomial the function f that "
            "enters the risk is a cubic, and alpha is the square of g.",
            r"\sigma=h_1+g\,h_3:\quad c_\ell=\delta_{\ell1}+g\,\delta_{\ell3},\qquad "
            r"f(t)=\sum_\ell\left(\tfrac{c_\ell}{c_1}\right)^2t^\ell=t+g^2t^3,\qquad \alpha=f(1)-1=g^2",
        ),
        proof=build_polynomial,
        mutants=(
            Mutant("not squared", "constant", {"power": "1"}, {"g": "2", "t": "1"}, prose="f(t) = t + g t^3."),
            Mutant(
                "not normalised",
                "constant",
                {"root": "1"},
                {"g": "1", "t": "1"},
                prose="He_3 in place of h_3: its coefficient is the root of 6.",
            ),
        ),
    ),
)
