"""Section 6.2: free energies at low temperature, of the smoothed two atoms and of linear networks."""

from __future__ import annotations

from math import erf, exp, pi, sqrt

from ...analysis.meanfield import appendix_a_bounds as bounds
from ...analysis.meanfield import cold_limits, section_6, smoothed_atoms
from ..claim import Claim, Evidence, Mutant, Text


def _gaussian(rate: str) -> str:
    return f"exp(-{rate}*(a**2 + w**2 + b**2))/sqrt(pi/({rate}))**3"


def _positive_mean(m: float, r: float) -> float:
    """E(m + r z)_+ for a standard normal z: m Phi(m/r) + r phi(m/r)."""
    t = m / r
    return m * (1.0 + erf(t / sqrt(2.0))) / 2.0 + r * exp(-t * t / 2.0) / sqrt(2.0 * pi)


def _smoothed_unit(power: float = 0.5) -> list[Evidence]:
    """Hold the closed form of the smoothed unit against the bound over six decades of temperature."""
    worst, least = 0.0, 1.0
    for decade in range(7):
        beta = 10.0**decade
        shares = []
        for s, w, b, x in ((1.0, 1.0, 0.0, 0.0), (0.5, -2.0, 1.0, 3.0), (-3.0, 0.4, -0.1, 1.0), (2.0, 0.0, 0.0, -10.0)):
            r = sqrt((1.0 + x * x) / beta)
            moved = abs(s) * abs(_positive_mean(w * x + b, r) - max(w * x + b, 0.0))
            shares.append(moved / (abs(s) * sqrt(1.0 + x * x) * beta**-power))
        worst, least = max(worst, *shares), min(least, max(shares))
    return [
        Evidence("largest share of the bound, beta = 1 to 1e6", f"{worst:.4f}", worst <= 1.0,
                 reason="closed form m Phi(m/r) + r phi(m/r); the share at a kink is 1/sqrt(2 pi) = 0.3989"),
        Evidence("least over the temperatures of the largest share", f"{least:.4f}", least > 0.35,
                 reason="the bound has the right power: a larger one would leave no share"),
    ]  # fmt: skip


def _smoothed_pair(level: float = 1.0) -> list[Evidence]:
    """Hold the smoothed two atoms on the paper's data against (Y/X)|x| at beta = 1e2, 1e4, 1e6."""
    s, rows = sqrt(2.0 * 2.0 / 10.0), []
    for beta in (1e2, 1e4, 1e6):
        worst = 0.0
        for x in (-10.0, -1.0, 0.0, 0.5, 10.0):
            r = sqrt((1.0 + x * x) / beta)
            y = s * (_positive_mean(s * x, r) + _positive_mean(-s * x, r)) / 2.0
            worst = max(worst, abs(y - level * abs(x) / 5.0) / (s * r))
        rows.append(Evidence(f"distance over its bound at beta = {beta:.0e}", f"{worst:.4f}", worst <= 1.0,
                             reason="closed form; at the knot the share is 1/sqrt(2 pi) = 0.3989"))  # fmt: skip
    return rows


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.smoothed-unit",
        title="a smoothed atom's unit",
        paper="own", relation="new", locator="derived in this project, for (6.12)", kind="inequality",
        expected="proved",
        statement=Text("Smoothing an atom by N(0, I/beta) moves its unit by at most |s| sqrt((1+q^2)/beta).",
                       r"\big|\mathbb E\,(s+\tfrac{z_1}{\sqrt\beta})\big((w+\tfrac{z_2}{\sqrt\beta})q+b"
                       r"+\tfrac{z_3}{\sqrt\beta}\big)_+-s(wq+b)_+\big|\le|s|\sqrt{\tfrac{1+q^2}\beta}"),
        hypotheses=(Text("Inverse temperature is positive; z are independent standard normals.", r"\beta>0"),),
        proof=smoothed_atoms.build_smoothed_unit,
        evidence=_smoothed_unit,
        mutants=(
            Mutant("rate", "constant", {"rate": "sqrt(1+q**2)/beta"},
                   {"beta": "16", "s": "1", "w": "0", "b": "0", "q": "0"}, prose="the rate 1/beta"),
            Mutant("measured", "constant", {"power": 1.0}, prose="the rate 1/beta, in the measurement"),
        ),
    ),
    Claim(
        id="mf.eq-6.12",
        title="the smoothed two atoms converge to f*",
        paper="jmlr", relation="as-printed", locator="(6.12), p. 36, with a rate", kind="limit", expected="proved",
        statement=Text(
            "At every point, with an explicit rate: within e as soon as beta e^2 >= (2Y/X)(1+q^2).",
            r"\Big|y_\beta(q)-\frac{\bar y}{\bar x}|q|\Big|\le\sqrt{\frac{2\bar y}{\bar x}}"
            r"\sqrt{\frac{1+q^2}\beta}\to0",
        ),
        hypotheses=(Text("The data are (-X, Y) and (X, Y).", r"\bar x=X>0,\ \bar y=Y>0,\ \beta>0"),),
        proof=smoothed_atoms.build_smoothed_pair,
        evidence=_smoothed_pair,
        mutants=(Mutant("half", "constant", {"level": 0.5}, prose="the limit |x|/10"),),
    ),
    Claim(
        id="mf.6.2-lower",
        title="the entropy bound at low temperature",
        paper="jmlr", relation="as-printed", locator="p. 37", kind="inequality", expected="proved",
        statement=Text(
            "As printed; copied from its source it would have 3 log k, which is false.",
            r"F_\beta(\rho)\ge\tfrac12R+\tfrac\lambda4M-\tfrac1\beta(1+3\log8\pi)+\tfrac1\beta\log(\beta\lambda)",
        ),
        hypotheses=(
            Text("rho is a density with finite second moment and entropy, integrable over each of a, b, w in turn.",
                 r"\rho\ge0,\ \int\rho=1,\ \beta,\lambda>0"),
            Text("It is cold.", r"\beta\lambda\ge1"),
        ),
        proof=bounds.build_section_6_bound,
        mutants=(
            Mutant("three", "constant", {"log": "3*log(beta*lam)/beta"},
                   {"beta": "1", "lam": "1000", "risk": "0", "rho(a,w,b)": _gaussian("250")},
                   prose="3 log k, as in the source"),
        ),
    ),
    Claim(
        id="mf.lsc-M",
        title="the second moment is lower semicontinuous",
        paper="jmlr", relation="as-printed", locator="p. 37 and Lemma A.1", kind="limit", expected="proved",
        statement=Text(
            "Under weak convergence no second moment is lost in the limit: l is any value to which the second moments"
            " come down again and again.",
            r"M(\rho)\le\liminf_{t\to\infty}M(\rho_t)",
        ),
        hypotheses=(
            Text("Weak convergence, tested on a bounded continuous function.",
                 r"\int\min(|\theta|^2,K)\,d\rho_t\to\int\min(|\theta|^2,K)\,d\rho"),
            Text("Truncation lowers the moment; by monotone convergence it exhausts that of the limit.",
                 r"\int\min(|\theta|^2,K)\,d\rho\to M(\rho)\quad(K\to\infty)"),
        ),
        proof=cold_limits.build_moment_semicontinuous,
        mutants=(
            Mutant("turned", "swap", {"least": "V(t) <= C(t,K)"},
                   {"V(t)": "0", "C(t,K)": "1", "c(K)": "1", "v": "1", "l": "0"},
                   (*cold_limits.moment_helps("0", "1", "1", "1", turned=True), *cold_limits.often_helps("0", "0")),
                   prose="truncation that raises the moment"),
        ),
    ),
    Claim(
        id="mf.eq-6.17",
        title="the free energy at low temperature, from below",
        paper="jmlr", relation="as-printed", locator="(6.17), p. 37", kind="limit", expected="proved",
        statement=Text(
            "The entropy costs nothing in the limit: l is any value to which the free energies come down again and"
            " again.",
            r"\liminf_{\beta\to\infty}F_\beta(\rho_\beta)\ge\tfrac12R(\rho)+\tfrac\lambda4M(\rho)",
        ),
        hypotheses=(
            Text("At every inverse temperature the entropy bound holds, by mf.6.2-lower.",
                 r"F_\beta\ge\tfrac12R+\tfrac\lambda4M-\tfrac1\beta(1+3\log8\pi)+\tfrac1\beta\log(\beta\lambda)"),
            Text("The risks converge by (6.14), and the second moment is lower semicontinuous (mf.lsc-M).",
                 r"\liminf R(\rho_\beta)\ge R(\rho),\ \liminf M(\rho_\beta)\ge M(\rho),\ \lambda>0"),
        ),
        proof=cold_limits.build_cold_energy,
        mutants=(
            Mutant("half", "constant", {"share": "lam/2"},
                   {"lam": "1", "R": "0", "v": "10", "S(t)": "0", "V(t)": "10", "G(t)": "0/2+1/4*10+1",
                    "l": "0/2+1/4*10+1"},
                   tuple(cold_limits.energy_helps("0", "10")), prose="half of the penalty"),
        ),
    ),
    Claim(
        id="mf.eq-6.15",
        title="a linear limit costs more",
        paper="jmlr", relation="as-printed", locator="(6.14), (6.15), p. 36, for finite atomic limits", kind="limit",
        expected="proved",
        statement=Text(
            "Also above 2 lambda/5, which is the free energy of the two atoms and what the conclusion needs: at low"
            " temperature no minimiser has a linear limit between the data.",
            r"\liminf_{\beta\to\infty}F_\beta(\rho_\beta)\ge\tfrac{7\lambda}8>\tfrac{2\lambda}5>\tfrac\lambda5",
        ),
        hypotheses=(
            Text("The limit measure is finite and atomic, and its network is linear between the two data points.",
                 r"f(q)=mq+n\ (|q|\le X),\ p_k\ge0"),
            Text("The penalty is positive and at most 1.", r"0<\lambda\le1,\ \bar y=2"),
            Text("As for (6.17): entropy bound, convergence of the risk, lower semicontinuity of the moment."),
        ),
        proof=cold_limits.build_linear_cold,
        mutants=(
            Mutant("four", "constant", {"level": "4*lam"},
                   {**section_6.ZERO, "S(t)": "4", "V(t)": "1", "G(t)": "4/2+1/4*1+1", "l": "4/2+1/4*1+1"},
                   (*section_6.ZERO_STEPS, *cold_limits.energy_helps("4", "1")), prose="4 lambda"),
        ),
    ),
)  # fmt: skip
