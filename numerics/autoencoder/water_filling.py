"""The lower bound for a general covariance: water-filling over the principal directions.

    d·R ≥ Tr D² − max { Σ D_i² s_i/(α + s_i) : s_i ≥ 0, Σ s_i = n, at most min(n, d) of them non-zero }

for every A, B, finite n, d and every odd activation (derived in this project). The maximum is over the min(n, d)
largest D_i; stationarity D_i² α/(α + s_i)² = ν gives s_i = (D_i w − α)_+ with w = √(α/ν), and with k active directions
Σ s_i = n gives w = (n + kα)/Σ_{i≤k} D_i and the value Σ_{i≤k} D_i² − α (Σ_{i≤k} D_i)²/(n + kα).

The cubic degree makes it sharper: the bound holds with a larger β in place of α (claim ae.wf-etf).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.optimize
from flint import arb
from numpy.typing import ArrayLike, NDArray

from ..activations import Activation, activation
from .arguments import whole
from .source import Source, make_source

Array = NDArray[np.float64]
Ball = Any

_BELOW = (0.0, 1e-15, 1e-14, 1e-13, 1e-12)


@dataclass(frozen=True)
class WaterFilling:
    """bound: of the risk per coordinate; gain: Tr D² − d·bound; shares: s_i along the eigenvectors (descending D_i).

    active: the number of directions with s_i > 0; level: w of s_i = (D_i w − α)_+.
    """

    bound: float
    gain: float
    shares: Array
    active: int
    level: float


def directions_gain(deviations: Array, alpha: float, n: int) -> tuple[float, int, float]:
    """The maximum of Σ D_i² s_i/(α + s_i), the number of active directions and the level w.

    Arguments: deviations, D_i ≥ 0 in descending order; alpha; n ≥ 1. Returns: (maximum, active, level).

    >>> directions_gain(np.ones(2), 1.0, 2)
    (1.0, 2, 2.0)
    """
    top = deviations[: min(n, deviations.size)]
    count = np.arange(1, top.size + 1)
    first, second = np.cumsum(top), np.cumsum(top**2)
    # Direction k is active iff D_k w_k > α, a condition that holds up to some k and fails from there on.
    active = int(np.count_nonzero(top * (n + count * alpha) > alpha * first))
    k = max(active, 1) - 1
    level = (n + count[k] * alpha) / first[k]
    return float(second[k] - alpha * first[k] ** 2 / (n + count[k] * alpha)), k + 1, float(level)


def _cubic_surplus(shape: Array, noise: float, n: int) -> float:
    """(n − h)²/(y (n m₂ − m₄)) with m_j = Σ p_i^j, p_i = min(1, D_i w/β), y = min(n, d), h² = y m₄; 0 for h ≥ n."""
    _, _, level = directions_gain(shape, noise, n)
    p = np.minimum(shape * level, noise) / noise
    size, second, fourth = min(n, shape.size), float(np.sum(p**2)), float(np.sum(p**4))
    height = float(np.sqrt(size * fourth))
    return (n - height) ** 2 / (size * (n * second - fourth)) if height < n else 0.0


def cubic_noise(deviations: Array, alpha: float, cubic: float, n: int) -> float:
    """The noise β ≥ α with which the water-filling bound holds as well, by the cubic degree (claim ae.wf-etf).

    β = α + (c_3/c_1)² (n − h)²/(y (n m₂ − m₄)), where m₂, m₄ and h depend on β. Any β that is at most the right side at
    itself will do, because h may be larger.

    Arguments: deviations, D_i ≥ 0 in descending order; alpha; cubic, (c_3/c_1)²; n ≥ 1. Returns: β.

    >>> round(cubic_noise(np.array([14.0]), 6.0, 6.0, 2), 9)  # two units on the line
    12.0
    """
    if not (n > 1 and alpha > 0.0 and cubic > 0.0 and deviations[0] > 0.0):
        return alpha
    shape = deviations / deviations[0]

    def missing(noise: float) -> float:
        return alpha + cubic * _cubic_surplus(shape, noise, n) - noise

    if missing(alpha) <= 0.0:
        return alpha
    top = alpha + cubic * n * (n / (n - 1))  # the surplus is below n²/(n − 1)
    root = float(scipy.optimize.brentq(missing, alpha, top, xtol=1e-300))
    for part in _BELOW:  # a root that is rounded up would not do
        if missing(root * (1.0 - part)) >= 0.0:
            return max(root * (1.0 - part), alpha)
    return alpha


def covariance_floor(deviations: Array, alpha: float, cubic: float, n: int) -> float:
    """β (Σ D_i)²/(n + dβ) ≤ d·R with β = α + (c_3/c_1)² (r−1)²/(n−1), for n ≥ d, n ≥ 2 (claim ae.wf-floor).

    With all directions active it is the water-filling bound with the noise of :func:`cubic_noise`; else the larger of
    the two may be either.

    Arguments: as for cubic_noise. Returns: the bound on d·R.

    >>> round(covariance_floor(np.array([14.0]), 6.0, 6.0, 2), 9)
    168.0
    """
    d = deviations.size
    noise = alpha + cubic * (n / d - 1.0) ** 2 / (n - 1)
    return float(noise * np.sum(deviations) ** 2 / (n + d * noise))


def enclosed_gain(variances: list[Ball], alpha: Ball, n: int) -> Ball:
    """The same maximum in balls, over every number of active directions that cannot be excluded.

    Arguments: variances, balls in descending order; alpha, a ball ≥ 0; n ≥ 1.

    >>> bool(enclosed_gain([arb(1), arb(1)], arb(1), 2) == 1)
    True
    """
    first, second, result = arb(0), arb(0), None
    for k, variance in enumerate(variances[: min(n, len(variances))], start=1):
        deviation = variance.sqrt() if variance > 0 else arb(0).union(arb(variance.upper()).nonnegative_part().sqrt())
        first, second = first + deviation, second + variance
        surplus = deviation * (n + k * alpha) - alpha * first
        if surplus <= 0:
            break
        value = second - alpha * first * first / (n + k * alpha)
        result = value if result is None or surplus > 0 else result.union(value)
    return arb(0) if result is None else result


def water_filling(activation_: str | Activation, *, n: int, covariance: ArrayLike | Source) -> WaterFilling:
    """The water-filling lower bound R ≥ (Tr D² − max Σ D_i² s_i/(α + s_i))/d on E|x − x̂|²/d.

    Arguments: activation_, odd; n, the number of units; covariance, variances (d) or a matrix (d×d).
    Returns: WaterFilling. Raises: ActivationError, ValueError.

    >>> result = water_filling("sign", n=2, covariance=[1.0, 1.0, 1.0, 1.0])
    >>> round(4 * result.bound, 4)
    2.7268
    """
    sigma, source = activation(activation_, need_odd=True), make_source(covariance)
    n = whole("n", n)
    gain, active, level = directions_gain(source.deviations, sigma.alpha, n)
    shares = np.zeros(source.dimension)
    shares[:active] = source.deviations[:active] * level - sigma.alpha
    return WaterFilling((source.trace - gain) / source.dimension, gain, shares, active, level)
