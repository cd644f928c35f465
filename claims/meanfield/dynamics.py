"""Sections 3 and 5: from N neurons to infinitely many, the law of their weights, the PDE, and τ, m → ∞."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import kolmogi

from ...numerics.meanfield import WideReluFit, fit_wide_relu, simulate_langevin, solve_fokker_planck
from ...numerics.meanfield.truncated import truncated_fit
from ..claim import Claim, Evidence, Mutant, Text

Array = NDArray[np.float64]

_X, _Y, _LAM, _BETA = [-2.0, -1.0, 0.0, 1.0, 2.5], [0.5, -1.0, 0.3, 1.0, -0.5], 0.1, 20.0
_WIDTHS, _RUNS, _RATE_STEPS, _RATE_STEP = (64, 128, 256, 512, 1024), 40, 1000, 0.05
_LAW_NEURONS, _LAW_STEPS, _LAW_STEP, _LEVEL, _TRIALS = 1000, 2500, 0.02, 0.01, 25
_CURVE = ([-1.0, 0.0, 1.0], [1.0, -0.5, 0.5], 0.2, 50.0)
_BOX, _TAU_CELLS, _M_CELLS = 8.0, 400, 250
_TAUS, _MS = (5.0, 10.0, 20.0, 40.0), (1.0, 1.5, 2.0, 2.5)


@cache
def _exact(factor: float = 1.0) -> WideReluFit:
    return fit_wide_relu(_X, _Y, lam=_LAM, beta=factor * _BETA)


@cache
def _squares(neurons: int) -> tuple[float, ...]:
    """Mean squared distance of the network's values from the exact limit at the end of each run."""
    fitted = _exact().fitted
    return tuple(
        float(np.mean((simulate_langevin(
            _X, _Y, lam=_LAM, beta=_BETA, neurons=neurons, steps=_RATE_STEPS, step=_RATE_STEP, seed=seed,
            history_every=_RATE_STEPS, average_every=_RATE_STEPS,
        ).fitted - fitted) ** 2))
        for seed in range(_RUNS)
    )  # fmt: skip


def rate_in_n(exponent: float = -0.5) -> list[Evidence]:
    """Fit the exponent of the distance in N by weighted least squares, with a 99% confidence interval."""
    log_n = np.log(np.array(_WIDTHS, dtype=np.float64))
    squares = np.array([_squares(n) for n in _WIDTHS])
    mean = np.mean(squares, axis=1)
    spread = np.std(squares, axis=1, ddof=1) / (2.0 * mean * math.sqrt(_RUNS))  # of log √mean
    weight = spread**-2
    centred = log_n - np.sum(weight * log_n) / np.sum(weight)
    slope = float(np.sum(weight * centred * 0.5 * np.log(mean)) / np.sum(weight * centred**2))
    half = 2.576 / math.sqrt(float(np.sum(weight * centred**2)))
    return [
        Evidence(
            "exponent of the distance in N",
            f"{slope:.3f} ± {half:.3f}",
            abs(slope - exponent) < half,
            enclosure=(f"{slope - half:.4f}", f"{slope + half:.4f}"),
            reason=f"99% confidence, {_RUNS} runs of {_RATE_STEPS} Langevin steps for each N in {_WIDTHS}",
            seed=0,
        ),
        Evidence(
            "half of the interval's length",
            f"{half:.3f}",
            half < 0.15,
            tolerance="0.15",
            reason="so that exponents 0 and -1 are more than eight standard errors away",
        ),
    ]


@cache
def _trained() -> Array:
    network = simulate_langevin(
        _X, _Y, lam=_LAM, beta=_BETA, neurons=_LAW_NEURONS, steps=_LAW_STEPS, step=_LAW_STEP, seed=0,
        average_every=_LAW_STEPS,
    )  # fmt: skip
    return network.weights


def _distances(weights: Array, law: WideReluFit) -> dict[str, float]:
    """Kolmogorov's √N sup |F_N − F| for the angle of (w, b), its length and a."""
    a, w, b = weights.T
    angle = np.mod(np.arctan2(b, w) + 0.5 * math.pi, 2.0 * math.pi) - 0.5 * math.pi
    samples: dict[str, tuple[Array, Callable[[Array], Array]]] = {
        "angle": (angle, law.marginals.angle.cdf),
        "length": (np.hypot(w, b), law.marginals.radius.cdf),
        "a": (a, law.marginals.output.cdf),
    }
    n = len(weights)
    found = {}
    for name, (values, cdf) in samples.items():
        below = cdf(np.sort(values))
        steps = np.arange(n) / n
        found[name] = math.sqrt(n) * float(max(np.max(below - steps), np.max(steps + 1.0 / n - below)))
    return found


@cache
def _rejected(critical: float) -> int:
    """How many samples of the law at twice the inverse temperature the test rejects."""
    rng, other, law = np.random.default_rng(0), _exact(2.0), _exact()
    return sum(max(_distances(other.sample(_LAW_NEURONS, rng), law).values()) > critical for _ in range(_TRIALS))


def law_of_weights(factor: float = 1.0) -> list[Evidence]:
    """Test the trained weights against the exact law at factor times the inverse temperature."""
    law, critical = _exact(factor), float(kolmogi(_LEVEL / 3))
    found = _distances(_trained(), law)
    rejected = _rejected(critical)
    return [
        *(
            Evidence(
                f"Kolmogorov's statistic of the {name}",
                f"{value:.3f}",
                value < critical,
                tolerance=f"{critical:.3f}",
                reason=f"level {_LEVEL:g} for the three together, {_LAW_NEURONS} neurons",
                seed=0,
            )
            for name, value in found.items()
        ),
        Evidence(
            "power against twice the inverse temperature",
            f"{rejected / _TRIALS:.2f}",
            rejected == _TRIALS,
            tolerance="1",
            reason=f"share of {_TRIALS} samples of that law that the test rejects",
            seed=0,
        ),
    ]


@dataclass(frozen=True)
class _Path:
    """Along the flow: F, its part without the entropy, what the fluxes dissipate a step, and the last network."""

    free_energy: Array
    energy: Array
    dissipation: Array
    fitted: Array


@cache
def _flow() -> _Path:
    x, y, lam = _X[1:4], np.array(_Y[1:4]), 0.2
    free: list[float] = []
    energy: list[float] = []
    dissipation: list[float] = []
    going, step = None, 0.02
    for _ in range(30):
        flow = solve_fokker_planck(
            x, y, lam=lam, beta=10.0, half_width=3.5, cells=16, steps=1, step=step, growth=1.25, spread=0.4,
            initial=going,
        )  # fmt: skip
        going, step = flow.mass, flow.step
        a, w, b = np.meshgrid(*flow.centres, indexing="ij")
        penalty = 0.5 * lam * float(np.sum(flow.mass * (a * a + w * w + b * b)))
        free += [float(flow.free_energy[0]), float(flow.free_energy[-1])] if not free else [float(flow.free_energy[-1])]
        energy.append(0.5 * float(np.mean((flow.fitted - y) ** 2)) + penalty)
        dissipation.append(float(flow.dissipation[0]))
    return _Path(np.array(free), np.array(energy), np.array(dissipation), flow.fitted)


def pde_free_energy(entropy: bool = True) -> list[Evidence]:
    """Follow F, or its part without entropy, along the solution of (3.4) from a concentrated law."""
    path = _flow()
    rise = float(np.max(np.diff(path.free_energy if entropy else path.energy)))
    surplus = float(np.min(-np.diff(path.free_energy) - path.dissipation))
    exact = fit_wide_relu(_X[1:4], _Y[1:4], lam=0.2, beta=10.0)
    distance = float(np.max(np.abs(path.fitted - exact.fitted)))
    return [
        Evidence("largest change in a step", f"{rise:.2e}", rise <= 1e-13, tolerance="1e-13",
                 reason="rounding; the scheme's free energy falls for every length of step"),
        Evidence("least surplus of the drop over what the fluxes dissipate", f"{surplus:.1e}", surplus >= -1e-12,
                 tolerance="-1e-12", reason="F_old - F is the dissipation and two terms that are not negative"),
        Evidence("distance of the last network from the exact limit", f"{distance:.1e}", distance < 0.01,
                 tolerance="0.01", reason="error of second order in cells of width 0.44"),
    ]  # fmt: skip


@cache
def _residuals(tau: float, m: float, cells: int) -> tuple[float, ...]:
    x, y, lam, beta = _CURVE
    fit = truncated_fit(x, y, lam=lam, beta=beta, tau=tau, m=m, half_width=_BOX, cells=cells)
    return tuple(float(r) for r in fit.residuals)


def _exact_residuals(factor: float) -> Array:
    x, y, lam, beta = _CURVE
    return np.asarray((fit_wide_relu(x, y, lam=lam, beta=factor * beta).fitted - np.array(y)) / len(y))


def _errors(pairs: list[tuple[float, float]], cells: int, factor: float) -> Array:
    """Largest distance of the residuals at pairs (τ, m) from the exact limit's."""
    exact = _exact_residuals(factor)
    return np.array([np.max(np.abs(np.array(_residuals(*pair, cells)) - exact)) for pair in pairs])


def _quadrature(cells: int) -> Evidence:
    distance = float(_errors([(math.inf, math.inf)], cells, 1.0)[0])
    return Evidence(
        "distance of the quadrature without truncation from the exact fit",
        f"{distance:.1e}",
        distance < 2e-4,
        tolerance="2e-4",
        reason=f"midpoint rule, cells of width {2 * _BOX / cells:g}, of second order at the kinks",
    )


def tau_limit(factor: float = 1.0) -> list[Evidence]:
    """Let τ grow at m = ∞ and compare with the limit at factor times the inverse temperature."""
    errors = _errors([(tau, math.inf) for tau in _TAUS], _TAU_CELLS, factor)
    orders = np.log2(errors[:-1] / errors[1:])
    return [
        Evidence(f"largest error of the residuals at τ = {', '.join(f'{t:g}' for t in _TAUS)}",
                 ", ".join(f"{e:.1e}" for e in errors), bool(np.all(np.diff(errors) < 0)), reason="falls at each τ"),
        Evidence("orders from each τ to the next", ", ".join(f"{o:.2f}" for o in orders),
                 bool(np.all(np.diff(orders) > 0) and 1.6 < orders[-1] < 2.0), tolerance="rising, the last 1.6 to 2",
                 reason="2 in the limit: the soft-plus exceeds the ReLU by an integral of π²/(6τ²) around its kink"),
        _quadrature(_TAU_CELLS),
    ]  # fmt: skip


def m_limit(factor: float = 1.0) -> list[Evidence]:
    """Let m grow at τ = ∞ and compare with the limit at factor times the inverse temperature."""
    errors = _errors([(math.inf, m) for m in _MS], _M_CELLS, factor)
    falls = errors[1:] / errors[:-1]
    return [
        Evidence(f"largest error of the residuals at m = {', '.join(f'{m:g}' for m in _MS)}",
                 ", ".join(f"{e:.1e}" for e in errors), bool(np.max(falls) < 0.35), tolerance="0.35",
                 reason="each is below this part of the one before, as with an exponential; (4.9) has 1/m"),
        _quadrature(_M_CELLS),
    ]  # fmt: skip


_TWICE = {"factor": 2.0}
_DATA = Text("Five points, λ = 0.1, β = 20; Euler steps of Langevin dynamics from N(0, 1).")
_THREE = Text("Three points, λ = 0.2, β = 50; the activation capped as on p. 9.")

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.rate-in-N",
        title="distance of N neurons from the limit",
        paper="jmlr", relation="as-claimed", locator="(4.12), p. 17", kind="empirical", expected="supported",
        statement=Text(
            r"The distance of the network of $N$ neurons from the exact limit falls like $N^{-1/2}$.",
            r"\Bigl(\mathbb E\,\tfrac1M\sum_i(f_N(x_i)-f(x_i))^2\Bigr)^{1/2}\sim N^{-1/2}",
        ),
        hypotheses=(_DATA,),
        evidence=rate_in_n,
        mutants=(
            Mutant("one", "constant", {"exponent": -1.0},
                   prose="the rate 1/N; the test rejects it with probability above 0.999: 8 standard errors away"),
            Mutant("none", "constant", {"exponent": 0.0}, prose="a distance that stays; likewise"),
        ),
        slow=True,
        reason="a long simulation; run with --full",
    ),
    Claim(
        id="mf.law-of-weights",
        title="law of the trained weights",
        paper="jmlr", relation="as-claimed", locator="(3.6), p. 8", kind="empirical", expected="supported",
        statement=Text("Trained neurons follow the Gibbs law: angle and length of (w, b), and a."),
        hypotheses=(_DATA,),
        evidence=law_of_weights,
        mutants=(
            Mutant("twice-the-inverse-temperature", "constant", _TWICE,
                   prose="the law at 2 beta, where the printed noise leads; the power is among the evidence"),
        ),
    ),
    Claim(
        id="mf.pde-free-energy",
        title="the free energy falls along the PDE",
        paper="jmlr", relation="as-claimed", locator="(3.4)-(3.6), p. 7-8", kind="empirical", expected="supported",
        statement=Text(
            "Along the solution of (3.4) the free energy (3.5) never rises, and it ends at the Gibbs law.",
            r"\tfrac{d}{dt}F(\rho_t)\le0,\quad f_{\rho_t}\to f_{\rho^*}",
        ),
        hypotheses=(Text("Three points, λ = 0.2, β = 10; a finite-volume solution from a concentrated law."),),
        evidence=pde_free_energy,
        mutants=(
            Mutant("without-entropy", "constant", {"entropy": False},
                   prose="risk and penalty alone: they rise as the law spreads, for certain, as nothing is random"),
        ),
    ),
    Claim(
        id="mf.tau-limit",
        title="soft-plus of growing scale",
        paper="jmlr", relation="as-claimed", locator="Lemma A.4, p. 49", kind="empirical", expected="supported",
        statement=Text("The minimiser for the soft-plus tends to that for the ReLU, to an order in 1/τ rising to 2."),
        hypotheses=(_THREE,),
        evidence=tau_limit,
        mutants=(
            Mutant("twice-the-inverse-temperature", "constant", _TWICE,
                   prose="the limit at 2 beta: the error stays, for certain, as nothing is random"),
        ),
    ),
    Claim(
        id="mf.m-limit",
        title="truncation of growing range",
        paper="jmlr", relation="sharper", locator="(3.9)-(3.10), p. 10, and (4.9)", kind="empirical",
        expected="supported",
        statement=Text("The minimiser of the truncated problem tends to that without, faster than 1/m."),
        hypotheses=(_THREE,),
        evidence=m_limit,
        mutants=(
            Mutant("twice-the-inverse-temperature", "constant", _TWICE,
                   prose="the limit at 2 beta: the error stays, for certain, as nothing is random"),
        ),
    ),
)  # fmt: skip
