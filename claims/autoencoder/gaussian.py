"""Claims on Gaussian expectations and Hermite coefficients."""

from __future__ import annotations

from ...analysis.autoencoder.mehler import build_arcsine_law, build_mehler
from ...analysis.gaussian.arcsine import build_arcsine_bounds, build_arcsine_cosine, build_arcsine_split
from ...analysis.gaussian.hermite import build_density, build_parity, build_recurrence
from ...analysis.gaussian.sign import (
    EXAMPLE,
    EXAMPLE_STEPS,
    build_first_coefficient,
    build_sign_coefficient,
    build_sign_ratio,
    build_sign_series,
)
from ...analysis.gaussian.stein import build_stein
from ..claim import Claim, Mutant, Text

_UNITS = Text("u and v are unit vectors with inner product t.", r"|u|=|v|=1,\ u\cdot v=t")
_AXIS = {"d": "1", "u(k)": "1", "v(k)": "1"}
_SIGN = Text("sigma is the sign, with any value at 0.", r"\sigma(x)=1\ (x>0),\quad \sigma(x)=-1\ (x<0)")

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
    Claim(
        id="ae.sign-coefficient",
        title="Hermite coefficients of the sign",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The unnormalised Hermite coefficient of odd degree is the value at 0 of the polynomial one degree lower.",
            r"\mathbb E[\operatorname{sign}(z)\,\mathrm{He}_{2k+1}(z)]=\frac{2\,\mathrm{He}_{2k}(0)}{\sqrt{2\pi}}",
        ),
        hypotheses=(_SIGN,),
        proof=build_sign_coefficient,
        mutants=(
            Mutant(
                "one half-line",
                "constant",
                {"value": "He(2*k, 0)/sqrt(2*pi)"},
                {**EXAMPLE, "k": "0"},
                EXAMPLE_STEPS,
                prose="Half of it.",
            ),
        ),
    ),
    Claim(
        id="ae.c1-sign",
        title="first coefficient of the sign",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The first Hermite coefficient of the sign is the mean modulus of a standard normal.",
            r"\mathbb E[z\operatorname{sign}(z)]=\sqrt{2/\pi}",
        ),
        hypotheses=(_SIGN,),
        proof=build_first_coefficient,
        mutants=(Mutant("squared", "constant", {"value": "2/pi"}, EXAMPLE, EXAMPLE_STEPS, prose="Its square."),),
    ),
    Claim(
        id="ae.he-sign",
        title="coefficients of the sign to all orders",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            r"The numbers $q_k=\mathrm{He}_{2k}(0)^2/(2k+1)!$, by `ae.sign-coefficient` the $c_{2k+1}^2/c_1^2$ "
            "of the sign, satisfy the recursion of the arcsine's coefficients and equal them.",
            r"q_k=\frac{(2k)!}{4^k\,k!^2\,(2k+1)},\qquad \frac{q_{k+1}}{q_k}=\frac{(2k+1)^2}{(2k+2)(2k+3)}",
        ),
        proof=build_sign_ratio,
        mutants=(Mutant("not squared", "constant", {"top": "(2*k + 1)"}, {"k": "1"}, prose="2k + 1 not squared."),),
    ),
    Claim(
        id="ae.f-sign",
        title="the series of the sign is the arcsine",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For the sign the function f that enters the risk is the arcsine.",
            r"f(t)=\sum_{\ell}\left(\tfrac{c_\ell}{c_1}\right)^2t^{\ell}=\arcsin t,\qquad |t|\le1",
        ),
        hypotheses=(_SIGN, Text("t lies between -1 and 1.", r"|t|\le1")),
        proof=build_sign_series,
        mutants=(
            Mutant(
                "arccosine",
                "swap",
                {"function": "pi/2 - asin(t)"},
                {**EXAMPLE, "c1": "2/sqrt(2*pi)", "t": "0"},
                EXAMPLE_STEPS,
                prose="The arccosine in place of the arcsine.",
            ),
        ),
    ),
    Claim(
        id="ae.arcsine-split",
        title="the series of the arcsine converges",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The coefficients of the arcsine's series are summable, and the series starts with the variable itself.",
            r"\arcsin t=t+\sum_{p\ge0}a_{p+1}t^{2p+3},\qquad a_p=\frac{(2p)!}{4^p\,p!^2\,(2p+1)},\ \sum_pa_p<\infty",
        ),
        hypotheses=(Text("t lies between -1 and 1.", r"|t|\le1"),),
        proof=build_arcsine_split,
        mutants=(Mutant("constant term", "constant", {"first": "1 + t"}, {"t": "0"}, prose="A constant term."),),
    ),
    Claim(
        id="ae.arcsine-bounds",
        title="the arcsine between two polynomials",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Between 0 and 1 the arcsine lies above the first two terms of its series, by at most a multiple of the "
            "fifth power that is exact at 0 and 1.",
            r"x+\tfrac{x^3}6\le\arcsin x\le x+\tfrac{x^3}6+\left(\tfrac\pi2-\tfrac76\right)x^5",
        ),
        hypotheses=(Text("x lies between 0 and 1.", r"0\le x\le1"),),
        proof=build_arcsine_bounds,
        mutants=(
            Mutant("next term", "constant", {"fifth": "3/40"}, {"x": "1"}, prose="The next term alone, 3/40 x^5."),
            Mutant(
                "beyond 1",
                "hypothesis",
                {},
                {"x": "-1/2"},
                weaken={"x_lo": "-1 <= x"},
                prose="Negative x.",
            ),
        ),
    ),
    Claim(
        id="ae.arcsine-cosine",
        title="the arcsine of a cosine",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The angle between two directions and the arcsine of their cosine add up to a right angle.",
            r"\arcsin(\cos t)=\tfrac\pi2-t",
        ),
        hypotheses=(Text("t is an angle between two directions.", r"0\le t\le\pi"),),
        proof=build_arcsine_cosine,
        mutants=(
            Mutant("half", "constant", {"slope": "1/2"}, {"t": "1"}, prose="Half of t."),
            Mutant("beyond", "hypothesis", {}, {"t": "4"}, weaken={"t_hi": "t <= 2*pi"}, prose="t beyond pi."),
        ),
    ),
    Claim(
        id="ae.mehler",
        title="the correlation of an activation in two directions",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The correlation of an activation in two unit directions is the power series in their inner product whose "
            "coefficients are the squares of its normalised Hermite coefficients; it converges absolutely.",
            r"\mathbb E\,\sigma(u\cdot z)\,\sigma(v\cdot z)=\sum_{\ell\ge0}c_\ell^2\,t^\ell,\qquad "
            r"c_\ell=\mathbb E\,\sigma(z)\,h_\ell(z)",
        ),
        hypotheses=(
            _UNITS,
            Text("The activation is square integrable under the normal law.", r"\mathbb E\,\sigma(z)^2<\infty"),
        ),
        proof=build_mehler,
        mutants=(
            Mutant("first power", "constant", {"power": "1"}, {**_AXIS, "sigma(x)": "x**3"}, prose="c_l, not squared."),
            Mutant(
                "any length",
                "hypothesis",
                {"length": "4"},
                {**_AXIS, "u(k)": "2", "sigma(x)": "x**3"},
                prose="u has length 2.",
            ),
        ),
    ),
    Claim(
        id="ae.sign-law",
        title="the arcsine law",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The correlation of the signs of a Gaussian vector's components in two directions is an arcsine.",
            r"\mathbb E\,\operatorname{sign}(u\cdot z)\operatorname{sign}(v\cdot z)=\tfrac2\pi\arcsin t",
        ),
        hypotheses=(_UNITS, _SIGN),
        proof=build_arcsine_law,
        mutants=(
            Mutant(
                "arccosine",
                "swap",
                {"value": "pi/2 - asin(t)"},
                {**EXAMPLE, "d": "2", "u(k)": "delta(k, 1)", "v(k)": "delta(k, 2)"},
                EXAMPLE_STEPS,
                prose="The arccosine: at right angles the signs are uncorrelated.",
            ),
        ),
    ),
)
