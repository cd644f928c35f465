"""Lower bounds on the risk of every two-layer autoencoder with an odd activation, and Shannon's value beside them.

Every scalar formula is a function of its own, so that it can be held against its symbolic form.
"""

from __future__ import annotations

import math
from contextlib import suppress

import numpy as np
import scipy.special
from numpy.typing import ArrayLike, NDArray

from ..activations import Activation, NumericalRangeError, activation
from ..activations.quadrature import gauss_panels
from .arguments import whole
from .source import Source, make_source
from .water_filling import covariance_floor, cubic_noise, directions_gain, water_filling

Array = NDArray[np.float64]

_LONGEST_SERIES = 200_000


def rate_bound(rate: float, alpha: float) -> float:
    """1 − r/(max(r, 1) + α): below the risk of every A, B at every n, d with n/d = r (derived in this project).

    >>> round(rate_bound(1.0, math.pi / 2 - 1), 4)
    0.3634
    """
    # 1 − r/(m + α) without cancellation: (m − r + α)/(m + α).
    top = max(rate, 1.0)
    return (top - rate + alpha) / (top + alpha)


def frame_bound(rate: float, alpha: float, cubic: float, n: int) -> float:
    """1 − r/(r + α + q(r−1)²/(n−1)), q = (c_3/c_1)², for n > d (derived in this project; tight for cubic f at
    equiangular tight frames).

    >>> frame_bound(1.5, 0.5, 0.5, 3) > rate_bound(1.5, 0.5)
    True
    """
    surplus = alpha + cubic * (rate - 1.0) ** 2 / (n - 1)
    return surplus / (rate + surplus)


def sphere_bound(d: int, mu: float) -> float:
    """1 − 1/(dμ), μ = E[t f(t)], t a coordinate of a uniform unit vector of R^d; for every n (derived in this project).

    >>> sphere_bound(2, 2 / math.pi) == 1 - math.pi / 4  # sign, d = 2
    True
    """
    return 1.0 - 1.0 / (d * mu)


def sign_sphere_bound(d: int) -> float:
    """The sphere bound of the sign: 1 − (E|x|)²/d, E|x| = √2 Γ((d+1)/2)/Γ(d/2) (derived in this project).

    >>> round(sign_sphere_bound(2), 6) == round(1 - math.pi / 4, 6)
    True
    """
    log_norm = scipy.special.gammaln((d + 1) / 2.0) - scipy.special.gammaln(d / 2.0)
    return 1.0 - 2.0 / d * math.exp(2.0 * float(log_norm))


def sphere_moments(d: int, count: int) -> Array:
    """E t^{ℓ+1} for ℓ = 1, 3, 5, …: ℓ!!/(d(d+2)…(d+ℓ−1)), count of them.

    >>> sphere_moments(3, 2).round(6).tolist()
    [0.333333, 0.2]
    """
    odd = np.arange(1.0, 2.0 * count, 2.0)
    return np.asarray(np.cumprod(np.concatenate([[1.0 / d], (odd[:-1] + 2.0) / (d + odd[:-1] + 1.0)])))


def frame_moment(n: int, d: int) -> float:
    """φ_k(1) = 1/d² + (1 − 1/d)²/(k − 1), k = min(n, d(d+1)/2): the cubic term's least |M_3|²/τ² for n > d ≥ 2.

    >>> frame_moment(3, 2)
    0.375
    """
    k = min(n, d * (d + 1) // 2)
    return 1.0 / d**2 + (1.0 - 1.0 / d) ** 2 / (k - 1)


def _sphere_mean(sigma: Activation, d: int) -> float:
    """μ = E[t f(t)], t = sin θ with density ∝ cos^{d−2} θ, by a composite Gauss rule; d ≥ 2."""
    reach = min(math.pi / 2.0, 14.0 / math.sqrt(d))
    theta, weights = gauss_panels(np.linspace(0.0, reach, 65))
    with np.errstate(under="ignore"):
        density = np.exp((d - 2) * np.log(np.cos(theta)))
    t = np.sin(theta)
    return float(np.sum(weights * density * t * sigma.f(t)) / np.sum(weights * density))


def _combined_sum(sigma: Activation, n: int, d: int) -> tuple[float, bool]:
    """Σ_ℓ (c_ℓ/c_1)² e_ℓ with e_1 = 1/min(n, d), e_3 = φ_k(1), e_ℓ = max(1/n, E t^{ℓ+1}).

    The series is written as f(1)/n plus the excess of the e_ℓ over 1/n; leaving out excesses keeps the bound true.
    Returns also whether none was left out.
    """
    moments = sphere_moments(d, _series_length(n, d))
    squares = sigma.series(2 * moments.size)[1::2]
    excess = np.maximum(moments - 1.0 / n, 0.0)
    excess[0] = 1.0 / min(n, d) - 1.0 / n
    if n > d >= 2 and excess.size > 1:
        excess[1] = max(frame_moment(n, d), moments[1]) - 1.0 / n
    size = min(squares.size, excess.size)
    complete = not np.any(excess[size:]) and moments[-1] <= 1.0 / n
    return sigma.f_of_one / n + float(squares[:size] @ excess[:size]), bool(complete)


def _series_length(n: int, d: int) -> int:
    """How many odd degrees have E t^{ℓ+1} > 1/n, within limits; at least two."""
    if d == 1:
        return 2
    length = 2
    while length < _LONGEST_SERIES and sphere_moments(d, length)[-1] > 1.0 / n:
        length *= 2
    return length


def _checked_sizes(n: int, d: int) -> None:
    for name, value in (("n", n), ("d", d)):
        whole(name, value)


def _checked_source(covariance: ArrayLike | Source, d: int) -> Source:
    source = make_source(covariance)
    if source.dimension != d:
        raise ValueError(f"d = {d}, but the covariance has dimension {source.dimension}")
    return source


def lower_bound(
    activation_: str | Activation, *, n: int, d: int, covariance: ArrayLike | Source | None = None
) -> float:
    """A lower bound on E|x − Aσ(Bx)|²/d over every A, B: 1 − r/(max(r, 1) + α), or water-filling with a covariance.

    Arguments: activation_, odd; n units; d dimensions; covariance, None for N(0, I_d), d variances, or a d×d matrix.
    Returns: the bound, per coordinate. Raises: ActivationError if not certainly odd; ValueError.

    >>> round(lower_bound("sign", n=50, d=100), 6) == round(1 - 1 / math.pi, 6)
    True
    """
    _checked_sizes(n, d)
    sigma = activation(activation_, need_odd=True)
    if covariance is not None:
        return water_filling(sigma, n=n, covariance=_checked_source(covariance, d)).bound
    return rate_bound(n / d, sigma.alpha)


def _sharper_water_filling(sigma: Activation, n: int, source: Source) -> float:
    bound = water_filling(sigma, n=n, covariance=source).bound
    with suppress(NumericalRangeError):
        weights = sigma.series(3)
        given = source.deviations, sigma.alpha, float(weights[3]) if weights.size > 3 else 0.0, n
        gain, _, _ = directions_gain(source.deviations, cubic_noise(*given), n)
        bound = max(bound, (source.trace - gain) / source.dimension)
        if n >= max(source.dimension, 2):
            bound = max(bound, covariance_floor(*given) / source.dimension)
    return bound


def sharp_bound(
    activation_: str | Activation, *, n: int, d: int, covariance: ArrayLike | Source | None = None
) -> float:
    """The best lower bound proved at this n and d: the rate bound for n ≤ d, and sharper for n > d.

    The largest of 1 − r/(max(r, 1) + α), 1 − 1/(dμ) and the degree-by-degree combination 1 − 1/(d Σ (c_ℓ/c_1)² e_ℓ),
    which contains the frame bound (derived in this project). With a covariance it is water-filling with the larger
    noise that the cubic degree allows. Of these, the ones whose Hermite coefficients or f(t) cannot be had in
    double precision, or at bounded cost, are left out; the first never is.

    Arguments, returns and errors: as lower_bound.

    >>> sharp_bound("sign", n=3, d=2) > lower_bound("sign", n=3, d=2)
    True
    """
    _checked_sizes(n, d)
    sigma = activation(activation_, need_odd=True)
    if covariance is not None:
        return _sharper_water_filling(sigma, n, _checked_source(covariance, d))
    if n <= d:
        return rate_bound(n / d, sigma.alpha)
    if d == 1:
        return rate_bound(1.0, sigma.alpha)  # every e_ℓ is 1
    candidates = [rate_bound(n / d, sigma.alpha)]
    with suppress(NumericalRangeError):  # without Hermite coefficients, or f near 1, what remains is a bound still
        combined, complete = _combined_sum(sigma, n, d)
        candidates.append(1.0 - 1.0 / (d * combined))
        if not complete:  # else e_ℓ ≥ E t^{ℓ+1} makes the combination at least as good
            candidates.append(sphere_bound(d, _sphere_mean(sigma, d)))
    return float(max(value for value in candidates if math.isfinite(value)))


def shannon_bound(rate: float, letters: int) -> float:
    """2^{−2 r log₂ L}: the distortion–rate function of N(0, 1) at r·log₂ L bits per coordinate.

    >>> shannon_bound(1.0, 2)
    0.25
    """
    return math.pow(letters, -2.0 * rate)


def shannon_bound_for(variances: Array, bits: float) -> float:
    """Reverse water-filling: d⁻¹ Σ min(θ, λ_i) with Σ ½ log₂(λ_i/θ)_+ = bits, for independent Gaussian directions.

    Arguments: variances λ_i ≥ 0, descending; bits > 0 in all. Returns: distortion per coordinate.

    >>> shannon_bound_for(np.array([1.0, 1.0]), 2.0)
    0.25
    """
    positive = variances[variances > 0.0]
    logs = np.cumsum(np.log2(positive))
    count = np.arange(1, positive.size + 1)
    log_level = (logs - 2.0 * bits) / count
    # With k directions above water, θ_k < λ_k holds up to the right k and fails beyond it.
    k = max(int(np.count_nonzero(np.log2(positive) > log_level)), 1)
    with np.errstate(under="ignore"):
        level = 2.0 ** log_level[k - 1]
    return float((k * level + np.sum(positive[k:])) / variances.size)
