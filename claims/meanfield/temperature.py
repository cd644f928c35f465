"""The limit of vanishing temperature: which minimiser it selects, how sharp knots are, how the energy converges."""

from __future__ import annotations

import itertools
import math
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ...analysis.meanfield import four_knots, temperature
from ...analysis.meanfield.three_attained import table
from ...numerics.meanfield import WideReluFit, fit_wide_relu
from ..claim import Claim, Evidence, Mutant, Text

Array = NDArray[np.float64]

_OWN = "derived in this project"
_WIDTH = 2.0 * math.sqrt(2.0 * (math.sqrt(2.0) - 1.0))  # of a free knot, in units of sqrt(eps)
_DECADES = (1e3, 1e4, 1e5, 1e6, 1e7, 1e8)
_REASON = "an asymptotic law: its expansion is derived to leading order on paper, and measured over six decades"


@cache
def _pair(beta: float) -> WideReluFit:
    """The paper's two points at lambda = 1/2: two free knots, at -1/10 and 1/10."""
    return fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=0.5, beta=beta)


@cache
def _three(beta: float) -> WideReluFit:
    """Three knots in one interval: at both data points and, free, at -3/4; lambda = 1/10."""
    x = [-10 / 3, -4 / 3, 4 / 3, 10 / 3]
    return fit_wide_relu(x, [-871 / 300, -7 / 300, -7 / 2, -7 / 3], lam=0.1, beta=beta)


def _angular_width(fit: WideReluFit, location: float) -> float:
    """Full width at half maximum of the curvature at the bend nearest to a place, as an angle."""
    bend = min(fit.bends, key=lambda b: abs(b.location - location))
    return bend.width / (1.0 + bend.location**2)


def _slope(widths: list[float]) -> float:
    """The exponent of beta between the last two decades."""
    return math.log10(widths[-1] / widths[-2])


def _free_knot(power: float = -0.5, factor: float = 1.0) -> list[Evidence]:
    """Width of the two free knots against the law, from the weights of the fit at beta = infinity."""
    units = _pair(math.inf).units or ()
    size = sum(abs(u.c) ** (1 / 3) for u in units)
    weight = abs(units[0].c)
    widths = [_angular_width(_pair(beta), 0.1) for beta in _DECADES]
    law = [factor * _WIDTH / math.sqrt(2.0 * b * 0.5 * weight ** (2 / 3) * size) for b in _DECADES]
    errors = [abs(w / p - 1.0) for w, p in zip(widths, law, strict=True)]
    slope = _slope(widths)
    return [
        Evidence("exponent of beta from 1e7 to 1e8", f"{slope:.6f}", abs(slope - power) < 1e-4, tolerance="1e-4",
                 reason="the corrections are of the relative order 1/beta"),
        Evidence("relative error of the law, beta = 1e3 to 1e8", ", ".join(f"{e:.1e}" for e in errors),
                 errors[-1] < 1e-6 and errors[0] < 0.1, tolerance="1e-6 at 1e8",
                 reason="widths of |f''| from the closed-form predictor; weights from the solver at beta = infinity"),
    ]  # fmt: skip


def _data_knot(power: float = -1.5, factor: float = 1.0) -> list[Evidence]:
    """Width of the two knots at data points beside a free knot against the law."""
    lam, x = 0.1, np.array([-10 / 3, -4 / 3, 4 / 3, 10 / 3])
    r = lam * np.array([4 / 5, -7 / 5, 25 / 12, -5 / 6])  # the exact residuals of mf.three-attained
    units = {round(-math.tan(u.phi), 6): u for u in _three(math.inf).units or ()}
    free = abs(units[-0.75].c)
    evidence = []
    for location in (-4 / 3, 4 / 3):
        unit = units[round(location, 6)]
        values, slopes = x * math.cos(unit.phi) + math.sin(unit.phi), math.cos(unit.phi) - x * math.sin(unit.phi)
        sides = []
        for sign in (1.0, -1.0):
            active = (values > 1e-9) | ((np.abs(values) < 1e-9) & (sign * slopes > 0))
            sides.append(abs(float(np.sum((r * slopes)[active]))) / lam)
        spread = sum(1.0 / s for s in sides)
        errors, widths = [], []
        for beta in _DECADES:
            circle = math.pi / (math.sqrt(2.0) * lam**2) * math.sqrt(2.0 * beta * lam) * math.sqrt(free)
            eps = spread / (2.0 * lam**3 * beta * circle * abs(unit.c))
            widths.append(_angular_width(_three(beta), location))
            errors.append(abs(widths[-1] / (factor * (math.sqrt(2.0) - 1.0) * eps * spread) - 1.0))
        slope = _slope(widths)
        evidence += [
            Evidence(f"exponent of beta at {location:.4f} from 1e7 to 1e8", f"{slope:.5f}", abs(slope - power) < 0.01,
                     tolerance="0.01", reason="the corrections fall like a root of 1/beta"),
            Evidence(f"relative error of the law at {location:.4f}", ", ".join(f"{e:.1e}" for e in errors),
                     errors[-1] < 0.01 and all(b < a for a, b in itertools.pairwise(errors)),
                     tolerance="0.01 at 1e8, falling", reason="residuals exact, weights from the solver"),
        ]  # fmt: skip
    return evidence


def _free_energy(log: float = 1.0, shift: float = 0.0) -> list[Evidence]:
    """beta (F_beta - F_inf) against log beta and its constant on the paper's two points."""
    limit = _pair(math.inf)
    size = sum(abs(u.c) ** (1 / 3) for u in limit.units or ())
    constant = math.log(0.5) - 1.5 * math.log(size) - math.log(math.pi * math.sqrt(2.0 * math.pi)) - 0.5 + shift
    errors = [
        abs(beta * (_pair(beta).objective - limit.objective) - log * math.log(beta) - constant) for beta in _DECADES
    ]
    within = all(e < 1.0 / b + 1e-6 for e, b in zip(errors, _DECADES, strict=True))
    return [
        Evidence("error of log beta + constant, beta = 1e3 to 1e8", ", ".join(f"{e:.1e}" for e in errors), within,
                 tolerance="1/beta + 1e-6",
                 reason="the next term is of the order 1/beta; 1e-6 is rounding of F, 1e-15, times beta, 1e8"),
    ]  # fmt: skip


@cache
def _face() -> tuple[Array, Array, Array, Array]:
    """Four data whose minimisers form a two-dimensional face: inputs, directions, one choice of weights, targets."""
    b = 5.0
    a = (math.sqrt(3.0) * (1.0 + b * b) - 4.0 * b) / (b * b - 3.0)
    x, p = np.array([-b, -a, a, b]), 2.0 / (1.0 + b * b)
    places = ((-2.4, 1.0), (-1.0 / math.sqrt(3.0), 1.0), (1.0 / math.sqrt(3.0), -1.0), (2.4, -1.0))
    units = [np.array([side, -side * t]) / math.hypot(1.0, t) for t, side in places]
    directions = np.array([*units[:2], [0.0, 1.0], *units[2:]])
    weights = -np.array([1.0, 2.0, 1.0, 0.7, 1.5])
    features = np.maximum(np.outer(x, directions[:, 0]) + directions[:, 1], 0.0)
    return x, directions, weights, features @ weights - 4.0 * np.array([p, 0.5 - p, 0.5 - p, p])


def _selected(power: float) -> Array:
    """Weights with the given fitted values that maximise sum |c|^power, by a general optimiser."""
    x, directions, weights, _ = _face()
    features = np.maximum(np.outer(x, directions[:, 0]) + directions[:, 1], 0.0)
    free = np.linalg.svd(features)[2][3:].T  # of rank 3

    def loss(t: Array) -> float:
        return -float(np.sum(np.maximum(-weights + free @ t, 1e-12) ** power))

    found = minimize(loss, np.zeros(free.shape[1]), method="BFGS", options={"gtol": 1e-12})
    return np.asarray(weights - free @ found.x)


def _selection(power: float = 1 / 3) -> list[Evidence]:
    """The predictor at finite temperature against that of the selected minimiser."""
    x, directions, _, y = _face()
    points = np.array([-3.0, -1.5, -0.5, 0.0, 0.5, 1.5, 3.0])
    limit = np.maximum(np.outer(points, directions[:, 0]) + directions[:, 1], 0.0) @ _selected(power)
    rows = []
    for beta in (1e3, 1e4, 1e5, 1e6):
        distance = float(np.max(np.abs(fit_wide_relu(x, y, lam=1.0, beta=beta).predict(points) - limit)))
        rows.append(Evidence(f"beta times the distance at beta = {beta:.0e}", f"{distance * beta:.4f}",
                             distance * beta < 1.0, tolerance="1",
                             reason="seven points; the distance itself falls by a thousand"))  # fmt: skip
    return rows


# With C1 = 1/2 > 0 the weights moved by 1/5 along the even direction cost less and fit as well.
_BETTER = {
    "C1": "1/2", "C2": "-1", "C3": "-1", "C4": "-1", "C5": "-1", "s": "0", "t": "0", "L": "5",
    "p(k)": table("k", [w for w, _ in four_knots.UNITS]), "q(k)": table("k", [b for _, b in four_knots.UNITS]),
    "d(k)": table("k", [f"{c}+1/5*{e}" for c, e in zip(("1/2", "-1", "-1", "-1", "-1"), four_knots.EVEN, strict=True)]),
}  # fmt: skip

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.four-knot-face",
        title="a two-dimensional face of minimisers",
        paper="own", relation="new", locator=f"{_OWN}; p. 15 leaves uniqueness open", kind="counterexample",
        expected="proved",
        statement=Text(
            r"On the data $-5,-a,a,5$ with $a=\tfrac{13\sqrt3-10}{11}$ all weights $c=C+s\,e+t\,o\le0$ of five units,"
            r" knots $\mp\tfrac{12}5$, $\mp\tfrac1{\sqrt3}$ and the constant, minimise $J$ for the targets of C at"
            r" $\lambda=1$; f(0) moves with s, so that the noiseless minimiser is not unique.",
            r"J(c)\le J(d)\ \forall d,\qquad f(0)=f_C(0)+\tfrac s2(1-\sqrt3a),\quad\sqrt3a>1",
        ),
        hypotheses=(
            Text("No weight is positive; e and o are the even and the odd change that no datum sees.", r"c_k\le0"),
            Text("The rival is any finite sum of units of unit direction.", r"p_k^2+q_k^2=1"),
        ),
        proof=four_knots.build_four_knots,
        mutants=(Mutant("any", "hypothesis", {"level": "1"}, _BETTER, prose="positive weights too"),),
    ),
    Claim(
        id="mf.selection-optimal",
        title="the selection rule has one solution",
        paper="own", relation="new", locator=f"{_OWN}; p. 15 leaves uniqueness open", kind="inequality",
        expected="proved",
        statement=Text(
            r"Among weights with the same fitted values at most one makes $|c_k|^{-2/3}$ a combination of the data's"
            r" features (Lagrange's condition), and it alone maximises $\sum_k|c_k|^{1/3}$: with $u_k=|c_k|^{1/3}$ and"
            r" $v_k$ for any other.",
            r"\sum_ku_k-\sum_kv_k=\sum_k\frac{(v_k-u_k)^2(v_k+2u_k)}{3u_k^2}\ge0",
        ),
        hypotheses=(
            Text("The weights u^3 satisfy Lagrange's condition; those of v^3 have the same fitted values.",
                 r"u_k^{-2}=\sum_i\mu_i\varphi_{ik},\ \sum_k\varphi_{ik}(v_k^3-u_k^3)=0,\ u_k>0,\ v_k\ge0"),
        ),
        proof=temperature.build_selection,
        mutants=(
            Mutant("root", "constant", {"rate": "1/u(k)"},
                   {"K": "3", "M": "1", "mu(i)": "1", "phi(i,k)": "1-1/2*delta(k,3)", "u(k)": "1+delta(k,3)",
                    "v(k)": "17/21*delta(k,1)+37/21*delta(k,2)"},
                   prose=r"$|c_k|^{-1/3}$, the condition of another power"),
        ),
    ),
    Claim(
        id="mf.selection",
        title="the limit of vanishing temperature selects one minimiser",
        paper="own", relation="new", locator=f"{_OWN}; p. 15 leaves uniqueness open", kind="empirical",
        expected="supported",
        statement=Text(
            r"Where the noiseless minimisers form a face of different functions, the predictor tends, at the rate"
            r" $1/\beta$, to the minimiser that maximises $\sum_k|c_k|^{1/3}$ over the free contacts; on four data with"
            " five contacts of one sign and rank 3.",
            r"\lim_{\beta\to\infty}f_\beta=\sum_kc_k(w_kx+b_k)_+,\quad c=\arg\max\sum_k|c_k|^{1/3}",
        ),
        evidence=_selection,
        mutants=(
            Mutant("half", "constant", {"power": 1 / 2}, prose=r"the rule $\sum_k|c_k|^{1/2}$"),
            Mutant("quarter", "constant", {"power": 1 / 4}, prose=r"the rule $\sum_k|c_k|^{1/4}$"),
        ),
        reason=f"{_REASON}; that the rule has one solution is proved (mf.selection-optimal)",
    ),
    Claim(
        id="mf.free-knot-weights",
        title="the margins at free contacts from their weights",
        paper="own", relation="new", locator=_OWN, kind="identity", expected="proved",
        statement=Text(
            "The leading order of the weights of free contacts is solved for their margins.",
            r"|c_k|=\frac{\varepsilon_k^{-3/2}}{2\beta\lambda\sum_j\varepsilon_j^{-1/2}}\ (\forall k)\ \Rightarrow\ "
            r"\varepsilon_k=\frac1{2\beta\lambda|c_k|^{2/3}\sum_j|c_j|^{1/3}}",
        ),
        hypotheses=(
            Text(r"$s_k=\varepsilon_k^{-1/2}$, $u_k=|c_k|^{1/3}$, and q is a cube root.",
                 r"u_k^3\,2\beta\lambda\textstyle\sum_js_j=s_k^3,\ q^3=2\beta\lambda\sum_js_j,\ u_k,s_k,q>0"),
        ),
        proof=temperature.build_free_knot,
        mutants=(
            Mutant("three", "constant", {"two": "3"},
                   {"K": "1", "k": "1", "u(k)": "1", "s(k)": "1", "q": "1", "beta": "1", "lam": "1/2"},
                   prose="3 beta lambda"),
        ),
    ),
    Claim(
        id="mf.law-free-knot",
        title="how sharp a free knot is",
        paper="own", relation="new", locator=_OWN, kind="empirical", expected="supported",
        statement=Text(
            "The curvature about a knot inside an interval has, as an angle, the full width at half maximum",
            r"2\sqrt{2(\sqrt2-1)\varepsilon_k}\sim\beta^{-1/2},\quad"
            r"\varepsilon_k=\frac1{2\beta\lambda|c_k|^{2/3}\sum_{j\ \mathrm{free}}|c_j|^{1/3}}",
        ),
        evidence=_free_knot,
        mutants=(
            Mutant("whole", "constant", {"power": -1.0}, prose="the exponent -1"),
            Mutant("tenth", "constant", {"factor": 1.1}, prose="a constant larger by a tenth"),
        ),
        reason=f"{_REASON}; the algebra of the law is proved (mf.free-knot-weights)",
    ),
    Claim(
        id="mf.law-data-knot",
        title="how sharp a knot at a data point is",
        paper="own", relation="new", locator=_OWN, kind="empirical", expected="supported",
        statement=Text(
            "Beside a free knot the curvature about a knot at a data point, where |g|/lambda has one-sided slopes"
            " s+ and s-, has the full width at half maximum",
            r"(\sqrt2-1)\varepsilon\Big(\frac1{s_+}+\frac1{s_-}\Big)\sim\beta^{-3/2},\quad\varepsilon="
            r"\frac{1/s_++1/s_-}{2\lambda^3\beta Z|c|},\quad"
            r"Z=\frac\pi{\sqrt2\lambda^2}\sum_{j\ \mathrm{free}}\varepsilon_j^{-1/2}",
        ),
        evidence=_data_knot,
        mutants=(
            Mutant("whole", "constant", {"power": -1.0}, prose="the exponent -1"),
            Mutant("tenth", "constant", {"factor": 1.1}, prose="a constant larger by a tenth"),
        ),
        reason=_REASON,
    ),
    Claim(
        id="mf.law-free-energy",
        title="how fast the free energy converges",
        paper="own", relation="new", locator=_OWN, kind="empirical", expected="supported",
        statement=Text(
            "With at least one free contact the constant of (log beta)/beta is 1, and the next term is known as well.",
            r"F_\beta=F_\infty+\frac1\beta\Big(\log\beta+\log\lambda-\tfrac32\log\sum_{k\ \mathrm{free}}|c_k|^{1/3}"
            r"-\log(\pi\sqrt{2\pi})-\tfrac12\Big)+o\Big(\frac1\beta\Big)",
        ),
        evidence=_free_energy,
        mutants=(
            Mutant("three-halves", "constant", {"log": 1.5}, prose="3/2 as the constant of (log beta)/beta"),
            Mutant("shift", "constant", {"shift": 0.01}, prose="a next term larger by 1/100"),
        ),
        reason=_REASON,
    ),
)  # fmt: skip
