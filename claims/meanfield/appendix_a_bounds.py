"""Appendix A.1 and A.2: free energies above and below the minimum, and the risk and moment of the minimiser."""

from __future__ import annotations

import numpy as np

from ...analysis.meanfield import appendix_a_bounds as bounds
from ...analysis.meanfield import risk_square
from ...numerics.meanfield import fit_wide_relu
from ..claim import Claim, Evidence, Mutant, Text

_DENSITY = Text(
    "rho is a density with finite second moment and entropy, integrable over each of a, b, w in turn.",
    r"\rho\ge0,\ \int\rho=1,\ \beta,\lambda>0",
)
_LEAST = Text(
    "rho is not above the smoothed saw-teeth, by (A.12).",
    r"F(\rho)\le K_6\lambda+\tfrac{K_5}\beta(1-\log\lambda)",
)
_COLD = Text("It is cold enough.", r"\beta\lambda\ge1,\ \beta\ge-\tfrac1\lambda\log\lambda,\ K_5\ge0")


def _gaussian(rate: str) -> str:
    return f"exp(-{rate}*(a**2 + w**2 + b**2))/sqrt(pi/({rate}))**3"


def _measured_risk(power: float = 2.0) -> list[Evidence]:
    """Hold the fitted risk on four data points against lambda^2 M sum C_i^2, lambda from 0.3 to 1e-6."""
    x, y = np.array([-1.0, 0.0, 1.0, 2.0]), np.array([1.0, -0.5, 0.5, 1.0])
    size = np.sqrt(1 + (x - 1) ** 2) + 2 * np.sqrt(1 + x**2) + np.sqrt(1 + (x + 1) ** 2)
    shares = []
    for lam in (0.3, 1e-2, 1e-4, 1e-6):
        for beta in (2.0 / lam, 1e4 / lam):
            fit = fit_wide_relu(x, y, lam=lam, beta=beta)
            shares.append(float(np.mean((fit.fitted - y) ** 2)) / (lam**power * len(x) * float(np.sum(size**2))))
    return [
        Evidence("largest share of the bound", f"{max(shares):.4f}", max(shares) <= 1.0,
                 reason="an independent solver, eight pairs of penalty and temperature; M sum C_i^2 is generous"),
    ]  # fmt: skip


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.eq-A.3",
        title="the free energy of the standard Gaussian",
        paper="jmlr", relation="as-printed", locator="(A.3), p. 47, with explicit constants", kind="inequality",
        expected="proved",
        statement=Text(
            "It is at most a constant that depends on the data only; the first inequality needs beta away from 1.",
            r"F(N(0,I))\le K_1+K_1\lambda-\tfrac{K_1}\beta\le K_1(1+C_2),"
            r"\quad K_1=\tfrac32+\tfrac{C_1}{2(C_1-1)}\tfrac1M\sum_iy_i^2",
        ),
        hypotheses=(Text("Temperature and penalty are bounded.", r"\beta\ge C_1>1,\ 0\le\lambda\le C_2,\ M\ge1"),),
        proof=bounds.build_standard_energy,
        mutants=(
            Mutant("warm", "hypothesis", {"limit": "0 < C1"},
                   {"C1": "1/2", "beta": "10", "lam": "1", "C2": "1", "M": "1", "y(i)": "5"},
                   prose="any positive bound on beta"),
        ),
    ),
    Claim(
        id="mf.lemma-A.2-1",
        title="the second moment of the minimiser, first bound",
        paper="jmlr", relation="as-printed", locator="Lemma A.2, 1, p. 46, with an explicit constant",
        kind="inequality", expected="proved",
        statement=Text("It is at most a constant over the penalty.",
                       r"M(\rho)\le\tfrac1\lambda\big(4K_2+\tfrac6{C_1}\log4\pi\big)"),
        hypotheses=(
            _DENSITY,
            Text("rho is not above the standard Gaussian, by (A.3).", r"F(\rho)\le K_2,\ R\ge0"),
            Text("Temperature is bounded.", r"\beta\lambda\ge1,\ \beta\ge C_1>0"),
        ),
        proof=bounds.build_moment_over_penalty,
        mutants=(
            Mutant("constant", "constant", {"over": ""},
                   {"beta": "1000", "lam": "1/1000", "risk": "0", "K2": "0", "C1": "1000",
                    "rho(a,w,b)": _gaussian("1/4")},
                   prose="without 1/lambda"),
        ),
    ),
    Claim(
        id="mf.eq-A.12",
        title="the free energy of the smoothed saw-teeth",
        paper="jmlr", relation="as-printed", locator="(A.12), p. 52, with an explicit constant", kind="inequality",
        expected="proved",
        statement=Text("It is of the order of the penalty.",
                       r"F(\tilde\rho)\le\tfrac{K_4+K}2\lambda+\tfrac{K_5}\beta(1-\log\lambda)"),
        hypotheses=(
            Text("Risk (mf.R-rho-tilde), second moment and entropy (mf.H-rho-tilde) of the smoothed saw-teeth.",
                 r"R\le K_4\lambda,\ M\le K,\ H\ge K_5(-1+\log\lambda)"),
            Text("Inverse temperature and penalty are positive.", r"\beta,\lambda>0"),
        ),
        proof=bounds.build_test_energy,
        mutants=(
            Mutant("plus", "sign", {"log": "(1+log(lam))"},
                   {"beta": "1", "lam": "1/4", "risk": "0", "K4": "0", "m2": "0", "K": "0", "K5": "1",
                    "H": "log(1/4)-1"},
                   prose="+ log lambda"),
        ),
    ),
    Claim(
        id="mf.lemma-A.5",
        title="the risk of the minimiser",
        paper="jmlr", relation="as-printed",
        locator="Lemma A.5, (A.14), p. 50, with an explicit constant",
        kind="inequality",
        expected="proved",
        statement=Text("It is at most of the order of the penalty (sharper: mf.risk-square).",
                       r"R(\rho)\le(2K_6+4K_5+3\log4\pi)\lambda"),
        hypotheses=(_DENSITY, _LEAST, _COLD),
        proof=bounds.build_risk_linear,
        mutants=(
            Mutant("cube", "constant", {"constant": "(2*K6+4*K5+3*log(4*pi))*lam**2"},
                   {"beta": "100", "lam": "1/10", "risk": "9/50", "K5": "0", "K6": "1", "rho(a,w,b)": _gaussian("5")},
                   prose="the third power of lambda"),
        ),
    ),
    Claim(
        id="mf.risk-square",
        title="the risk of the minimiser is of the order of the square of the penalty",
        paper="own", relation="sharper", locator="derived in this project, for Lemma A.5", kind="inequality",
        expected="proved",
        statement=Text(
            "For every temperature, penalty and targets, without truncation: the partition function is finite only if"
            " no direction correlates with the residuals beyond the penalty.",
            r"R=M\sum_ir_i^2\le\lambda^2M\sum_iC_i^2,\quad C_i=\tfrac1\varepsilon\big(\sqrt{1+(x_i-\varepsilon)^2}"
            r"+2\sqrt{1+x_i^2}+\sqrt{1+(x_i+\varepsilon)^2}\big)",
        ),
        hypotheses=(
            Text("The residuals are those of a finite partition function (mf.gibbs-divergent).",
                 r"\Big|\sum_jr_j(wx_j+b)_+\Big|\le\lambda\sqrt{w^2+b^2}"),
            Text("Different inputs are at least eps apart.", r"|x_i-x_j|\ge\varepsilon>0\ (i\ne j)"),
        ),
        proof=risk_square.build_risk_square,
        evidence=_measured_risk,
        mutants=(
            Mutant("fourth", "constant", {"factor": "lam**2"},
                   {"M": "1", "eps": "1", "lam": "1/10", "x(j)": "0", "r(j)": "1/10"},
                   tuple(risk_square.inside_helps("1/10")), prose="the fourth power of lambda"),
            Mutant("measured", "constant", {"power": 2.5}, prose="the power 5/2, in the measurement"),
        ),
    ),
    Claim(
        id="mf.lemma-A.6",
        title="the second moment of the minimiser",
        paper="jmlr", relation="as-printed", locator="Lemma A.6, p. 52, with an explicit constant", kind="inequality",
        expected="proved",
        statement=Text(
            "It is bounded whatever the penalty; both conditions on beta are used, where the proof names beta > C1 and"
            " lambda < C2 only.",
            r"M(\rho)\le4K_6+8K_5+6\log4\pi",
        ),
        hypotheses=(_DENSITY, _LEAST, _COLD, Text("The risk is not negative.", r"R\ge0")),
        proof=bounds.build_moment_bounded,
        mutants=(
            Mutant("penalty", "constant", {"constant": "(4*K6+8*K5+6*log(4*pi))*lam"},
                   {"beta": "1000", "lam": "1/100", "risk": "0", "K5": "0", "K6": "3/4",
                    "rho(a,w,b)": _gaussian("1")},
                   prose="times lambda"),
        ),
    ),
)  # fmt: skip
