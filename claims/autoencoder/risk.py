"""Claims on the risk and the best decoder."""

from __future__ import annotations

import numpy as np

from ...analysis.autoencoder.decoder import build_best_decoder
from ...analysis.autoencoder.risk import build_risk
from ...analysis.autoencoder.units import build_lengths, build_units
from ...numerics.activations import activation
from ...numerics.autoencoder import monte_carlo_risk
from ..claim import Claim, Evidence, Mutant, Text

_SAMPLES = 40_000
_DEVIATIONS = 4.5


def measure_risk(traces: float = 2.0) -> list[Evidence]:
    """Return simulations of the squared error of random autoencoders against the trace formula.

    Arguments:
        traces: knob of the mutant, the factor of Tr[BA].

    Returns:
        One entry for each activation and size.

    Example:
        >>> all(e.passed for e in measure_risk())
        True
    """
    found = []
    for name, n, d in (("sign", 6, 4), ("tanh", 3, 5), ("x**3", 4, 4)):
        sigma = activation(name)
        generator = np.random.default_rng(n)
        B = generator.standard_normal((n, d))
        B /= np.linalg.norm(B, axis=1, keepdims=True)
        A = B.T / 2 + generator.standard_normal((d, n)) / 4
        F = np.asarray(sigma.f(np.clip(B @ B.T, -1.0, 1.0)))
        formula = 1.0 + (np.sum((A.T @ A) * F) - traces * np.trace(B @ A)) / d
        simulated = monte_carlo_risk(A / sigma.c1, B, sigma, _SAMPLES, seed=n)
        score = (simulated.value - formula) / simulated.standard_error
        found.append(
            Evidence(
                f"{name}, n = {n}, d = {d}",
                f"{simulated.value:.5f} simulated, {formula:.5f} by the formula: {score:.2f} standard errors",
                abs(score) <= _DEVIATIONS,
                tolerance=f"{_DEVIATIONS:g} standard errors",
                reason="a normal variable exceeds 4.5 standard deviations with probability 7e-6; 40000 samples",
                seed=n,
            )
        )
    return found


_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_D = Text("There is at least one coordinate.", r"d\ge 1")
_UNITS_L2 = Text("Each unit is square integrable under the normal law.", r"\mathbb E\,\tau_i(z)^2<\infty")
_LINE = {"d": "1", "b(i,k)": "delta(k, 1)", "A(k,i)": "1"}
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "A(k,i)": "1"}

CLAIMS = (
    Claim(
        id="ae.risk",
        title="the risk as Gaussian moments",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The population risk per coordinate is a trace formula in the Gram matrix of the encoder's rows, for every "
            "activation, every encoder with unit rows, every decoder A/c_1 and all widths.",
            r"\tfrac1d\,\mathbb E\,|x-\tfrac1{c_1}A\sigma(Bx)|^2 = 1+\tfrac1d\left(\operatorname{Tr}[A^{\top}A\,F]"
            r"-2\operatorname{Tr}[BA]\right),\quad "
            r"F_{ij}=\sum_{\ell\ge0}\left(\tfrac{c_\ell}{c_1}\right)^2(b_i\cdot b_j)^{\ell}",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1),
        proof=build_risk,
        evidence=measure_risk,
        mutants=(
            Mutant(
                "one trace",
                "constant",
                {"factor": "1"},
                {**_ONE, "sigma(x)": "x", "c1": "1"},
                prose="Tr[BA] without its factor 2; a perfect linear code has risk 0.",
            ),
            Mutant(
                "first power",
                "constant",
                {"power": "1"},
                {**_ONE, "sigma(x)": "x**3", "c1": "3"},
                prose="c_l/c_1 instead of its square.",
            ),
            Mutant("one trace, simulated", "constant", {"traces": 1.0}, prose="Tr[BA] once, against the simulation."),
        ),
    ),
    Claim(
        id="ae.best-dec",
        title="the best decoder",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For a given encoder whose matrix F is invertible no decoder has a risk below 1 - Tr[G F^-1]/d, and the "
            "normalised decoder B^T F^-1 attains it; the activation need not be odd.",
            r"\min_A R(A,B)=1-\tfrac1d\operatorname{Tr}[G F^{-1}],\qquad A^*=B^{\top}F^{-1},\quad G=BB^{\top}",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, Text("X is the inverse of F.", r"FX=I")),
        proof=build_best_decoder,
        mutants=(
            Mutant(
                "half the gain",
                "constant",
                {"factor": "1/2"},
                {**_ONE, "sigma(x)": "x", "c1": "1", "X(i,j)": "1"},
                prose="Half of Tr[G F^-1].",
            ),
            Mutant(
                "too long",
                "constant",
                {"side": "2*X(i, j)"},
                {**_ONE, "sigma(x)": "x", "c1": "1", "X(i,j)": "1"},
                prose="Twice the best decoder.",
            ),
        ),
    ),
    Claim(
        id="ae.risk-units",
        title="the risk where each unit has its activation",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Units may have different activations: the risk is the trace formula in the products of their normalised "
            "Hermite coefficients, for every decoder A.",
            r"\tfrac1d\,\mathbb E\,\Big|x-\sum_ia_i\tau_i(b_i\cdot x)\Big|^2=1+\tfrac1d\left(\sum_{ij}(A^{\top}A)_{ij}"
            r"\sum_{\ell}c_\ell^{(i)}c_\ell^{(j)}(b_i\cdot b_j)^\ell-2\sum_ic_1^{(i)}\,a_i\cdot b_i\right)",
        ),
        hypotheses=(_D, _UNIT, _UNITS_L2),
        proof=build_units,
        mutants=(
            Mutant(
                "one trace", "constant", {"factor": "1"}, {**_LINE, "n": "1", "tau(i,x)": "x"}, prose="No factor 2."
            ),
            Mutant(
                "one unit's coefficients",
                "swap",
                {"other": "c(l, i)"},
                {**_LINE, "n": "2", "tau(i,x)": "i*x"},
                prose="The squares of one unit's coefficients.",
            ),
        ),
    ),
    Claim(
        id="ae.risk-nonunit",
        title="rows of any length",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Where the encoder's rows are s_i times unit vectors, products of Hermite coefficients at the two lengths "
            "stand in place of the squares. For an activation that does not see the lengths, as the sign for positive "
            "ones, rows may be brought to length 1 freely.",
            r"f(G_{ij})\to\sum_\ell c_\ell(s_i)\,c_\ell(s_j)\,(b_i\cdot b_j)^\ell,\qquad "
            r"c_\ell(s)=\mathbb E\,\sigma(sz)\,h_\ell(z);\qquad "
            r"\sigma(s_ix)=\sigma(x)\ \Rightarrow\ R(A,(s_ib_i)_i)=R(A,B)",
        ),
        hypotheses=(
            _D,
            _UNIT,
            Text("The activation is square integrable at every length.", r"\mathbb E\,\sigma(s_iz)^2<\infty"),
        ),
        proof=build_lengths,
        mutants=(
            Mutant(
                "coefficients at length 1",
                "constant",
                {"length": "1"},
                {**_LINE, "n": "1", "s(i)": "2", "sigma(x)": "x**3 - 3*x"},
                prose="The coefficients of sigma itself.",
            ),
            Mutant(
                "odd only",
                "hypothesis",
                {"free": "sigma(-x) == -sigma(x)"},
                {**_LINE, "n": "1", "s(i)": "2", "sigma(x)": "x"},
                prose="Any odd activation: the identity sees the length.",
            ),
        ),
    ),
)
