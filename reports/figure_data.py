"""The numbers that the figures of a report show, computed once by the run and carried in its record.

Everything is rounded to ten digits, so that the last bits of a machine's arithmetic do not change the record.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..numerics.autoencoder import lower_bound, train
from ..numerics.autoencoder.bounds import shannon_bound
from ..numerics.meanfield import fit_wide_relu, simulate_langevin
from .trained_figures import trained_figures

_DIGITS = 10
# Data whose limit has three knots between neighbouring points, the most there can be.
_X, _Y = (-10 / 3, -4 / 3, 4 / 3, 10 / 3), (-871 / 300, -7 / 300, -7 / 2, -7 / 3)
_LAM, _BETA, _NEURONS, _STEPS, _STEP = 0.1, 1e4, 300, 8000, 0.03
_GRID = np.linspace(-4.0, 4.0, 161)
_DIMENSION = 32
_WIDEST = 3  # times the dimension
_TRAINED = (4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 80, 96)


def _rounded(values: ArrayLike) -> list[float]:
    return [float(f"{v:.{_DIGITS}g}") for v in np.asarray(values, dtype=np.float64)]


def _rate(seed: int) -> dict[str, Any]:
    """Risk against rate for the sign: the bound 1 − r/(max(r, 1) + α), training on the exact risk, and Shannon's."""
    d = _DIMENSION
    widths = range(1, _WIDEST * d + 1)
    rates = [n / d for n in widths]
    results = [train(n, d, "sign", method="gd", seed=seed) for n in _TRAINED]
    return {
        "kind": "rate",
        "title": "Risk against rate for the sign",
        "activation": "sign",
        "caption": rf"Codes $\hat x = A\,\mathrm{{sign}}(Bx)$ of $x \sim N(0, I_{{{d}}})$ with $n$ units,"
        r" rate $r = n/d$. Line: no $A$, $B$ is below it; its corner is at $r = 1$. Circles: gradient descent on the"
        r" rows of $B$ with the optimal decoder, exact risk. Dashed: what any code of as many bits could"
        r" reach, $2^{-2r}$.",
        "seed": seed,
        "bound": {"rate": _rounded(rates), "risk": _rounded([lower_bound("sign", n=n, d=d) for n in widths])},
        "shannon": {"rate": _rounded(rates), "risk": _rounded([shannon_bound(r, 2) for r in rates])},
        "training": {"rate": _rounded([n / d for n in _TRAINED]), "risk": _rounded([r.risk for r in results])},
        "training_label": f"trained, d = {d}",
    }


def _predictor(seed: int) -> dict[str, Any]:
    """The exact limit with its knots, and a network of finite width after Langevin training on the same data."""
    fit = fit_wide_relu(_X, _Y, lam=_LAM)
    knots = [knot.location for knot in fit.knots]
    grid = np.unique(np.round(np.concatenate([_GRID, knots]), 9))
    network = simulate_langevin(
        _X, _Y, lam=_LAM, beta=_BETA, neurons=_NEURONS, steps=_STEPS, step=_STEP, seed=seed
    )  # fmt: skip
    exact, trained = fit.predict(grid), network.predict(grid)
    distance = float(np.max(np.abs(trained - exact)))
    return {
        "kind": "predictor",
        "title": "The predictor with its exact knots over the trained network",
        "caption": rf"Four data points, $\lambda = {_LAM:g}$. Line: the minimiser over all networks of infinite width,"
        rf" with {len(knots)} knots. Band: {_NEURONS} neurons after {_STEPS} steps of Langevin dynamics at"
        rf" $\beta = {_BETA:g}$, seed {seed}; in the picture the two are at most {distance:.2g} apart.",
        "seed": seed,
        "data": {"x": _rounded(_X), "y": _rounded(_Y)},
        "exact": {"x": _rounded(grid), "f": _rounded(exact)},
        "knots": {"x": _rounded(knots), "f": _rounded(fit.predict(knots))},
        "network": {"x": _rounded(grid), "f": _rounded(trained)},
        "network_label": f"trained network, {_NEURONS} neurons",
    }


def figure_data(seed: int = 0) -> dict[str, Any]:
    """Compute what the figures of a report show: the key `figures` of a check's record.

    Args:
        seed: of the training runs.

    Returns:
        `predictor`: data, exact limit, knots and trained network; `rate`: lower bound, training and, for the sign,
        Shannon's 2^{-2r}; `paper-…`: the panels of the paper's figures, from stored training; strict JSON, the same for
        the same seed, in a few seconds.

    >>> figure_data(0)["predictor"]["knots"]["x"]
    [-1.333333333, -0.75, 1.333333333]
    """
    return {"predictor": _predictor(seed), "rate": _rate(seed), **trained_figures()}
