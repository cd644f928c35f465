"""The two reduced objectives of training and their gradients, by hand.

Coordinates: x = V D z with z standard normal, C = B V D with unit rows, so that Cz = Bx has unit variances. G = CCᵀ,
F = f(G), N = C D² Cᵀ. All gradients are projected on the tangent spaces of the rows' spheres.

    best decoder:  d·R = Tr D² − Φ,            Φ = Tr[N F⁺]
    tied decoder:  d·R = Tr D² − (Tr N)²/Tr[NF], decoder β D Cᵀ with β = Tr N/Tr[NF]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from ..activations import Activation
from .risk import pseudo_solve, snapped

Array = NDArray[np.float64]

_WELL_CONDITIONED = 1e-10


@dataclass(frozen=True)
class Evaluation:
    """gain: Tr D² − d·R; gradient: of the gain, in the tangent space (n×k)."""

    gain: float
    gradient: Array


def gram(C: Array) -> Array:
    """CCᵀ, entries at rounding distance of ±1 set to it and the diagonal exactly one.

    >>> gram(np.array([[0.6, 0.8]])).tolist()
    [[1.0]]
    """
    return snapped(C @ C.T)


def entrywise(G: Array, sigma: Activation) -> tuple[Array, Array]:
    """f(G) with its diagonal exactly f(1), and f′(G) with zero diagonal.

    The diagonal of G does not move on unit rows, so f′(1), infinite for the sign, plays no part.

    >>> from ..activations import activation
    >>> entrywise(np.eye(2), activation("sign"))[1].tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    F, slope = sigma.f(G), sigma.f_prime(G)
    np.fill_diagonal(F, sigma.f_of_one)
    np.fill_diagonal(slope, 0.0)
    return F, slope


def project(C: Array, direction: Array) -> Array:
    """The tangential part: each row without its component along the row of C.

    >>> project(np.array([[1.0, 0.0]]), np.array([[2.0, 3.0]])).tolist()
    [[0.0, 3.0]]
    """
    return np.asarray(direction - np.sum(C * direction, axis=1, keepdims=True) * C)


def _solved(F: Array, C: Array) -> Array:
    """F⁺C by Cholesky's factors where F is well conditioned, else by the pseudo-inverse."""
    try:
        factor = scipy.linalg.cho_factor(F, lower=True, check_finite=False)
    except np.linalg.LinAlgError:
        return pseudo_solve(F, C)
    pivots = np.diag(factor[0])
    if float(np.min(pivots)) ** 2 < _WELL_CONDITIONED * float(np.max(pivots)) ** 2:
        return pseudo_solve(F, C)
    return np.asarray(scipy.linalg.cho_solve(factor, C, check_finite=False))


def best_decoder_gain(C: Array, variances: Array, sigma: Activation) -> Evaluation:
    """Φ = Tr[C D² Cᵀ F⁺] and its gradient 2(S D² − (S D² Sᵀ ∘ f′(G)) C), S = F⁺C.

    From dF⁻¹ = −F⁻¹ dF F⁻¹ and dF = f′(G) ∘ (dC Cᵀ + C dCᵀ) (derived in this project).

    Arguments: C (n×k), unit rows; variances, D² (k); sigma. Returns: Evaluation.

    >>> from ..activations import activation
    >>> round(best_decoder_gain(np.eye(2), np.ones(2), activation("sign")).gain, 6)  # n/f(1)
    1.27324
    """
    F, slope = entrywise(gram(C), sigma)
    S = _solved(F, C)
    weighted = S * variances
    gradient = 2.0 * (weighted - ((weighted @ S.T) * slope) @ C)
    return Evaluation(float(np.sum(C * weighted)), project(C, gradient))


def tied_gain(C: Array, variances: Array, sigma: Activation) -> Evaluation:
    """(Tr N)²/Tr[NF], the gain of the best weight-tied decoder, and its gradient.

    d Tr N = 2 Tr[C D² dCᵀ], d Tr[NF] = 2 Tr[(F C D² + (N ∘ f′(G)) C) dCᵀ] (derived in this project). For D = I it
    falls in Σ_{i≠j} G_ij f(G_ij), the energy of the tied flow.

    Arguments and returns: as best_decoder_gain.

    >>> from ..activations import activation
    >>> round(tied_gain(np.eye(2), np.ones(2), activation("sign")).gain, 6)
    1.27324
    """
    F, slope = entrywise(gram(C), sigma)
    weighted = C * variances
    N = weighted @ C.T
    a, b = float(np.trace(N)), float(np.sum(N * F))
    da = 2.0 * weighted
    db = 2.0 * (F @ weighted + (N * slope) @ C)
    return Evaluation(a * a / b, project(C, 2.0 * a / b * da - (a / b) ** 2 * db))


def decoder_gain(A: Array, C: Array, variances: Array, sigma: Activation) -> float:
    """2 Tr[C D A] − Tr[AᵀA F], the gain of a given decoder A (k×n), c_1 divided out.

    >>> from ..activations import activation
    >>> decoder_gain(np.eye(2), np.eye(2), np.ones(2), activation("identity"))
    2.0
    """
    F, _ = entrywise(gram(C), sigma)
    return float(2.0 * np.sum((C * np.sqrt(variances)).T * A) - np.sum((A @ F) * A))


def tied_scale(C: Array, variances: Array, sigma: Activation) -> float:
    """β = Tr N/Tr[NF], the best factor of the tied decoder β D Cᵀ.

    >>> from ..activations import activation
    >>> round(tied_scale(np.eye(2), np.ones(2), activation("sign")), 6)  # 1/f(1)
    0.63662
    """
    F, _ = entrywise(gram(C), sigma)
    N = (C * variances) @ C.T
    return float(np.trace(N) / np.sum(N * F))
