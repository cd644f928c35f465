"""The two reduced objectives of training and their gradients, by hand.

Coordinates: x = V D z with z standard normal, C = B V D with unit rows, so that Cz = Bx has unit variances. G = CCᵀ,
F = f(G), N = C D² Cᵀ. All gradients are projected on the tangent spaces of the rows' spheres.

    best decoder:  d·R = Tr D² − Φ,            Φ = Tr[N F⁺]
    tied decoder:  d·R = Tr D² − (Tr N)²/Tr[NF], decoder β D Cᵀ with β = Tr N/Tr[NF]

Matrices are numpy's or, with the backend, PyTorch's; the variances D² stay numpy's.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..activations import Activation
from ..meanfield.array_backend import ArrayBackend, Tensor
from .tensors import NUMPY, inner, kernel_matrices, solved

Array = NDArray[np.float64]


class Evaluation:
    """gain: Tr D² − d·R; gradient: of the gain, in the tangent space (n×k), computed when first asked for.

    A trial step that is rejected costs no gradient; once there is one, the n×n matrices that it came from are let go.
    """

    def __init__(self, gain: float, compute: Callable[[], Tensor]) -> None:
        self.gain = gain
        self._compute: Callable[[], Tensor] | None = compute
        self._gradient: Tensor = None

    @property
    def gradient(self) -> Tensor:
        """∇ gain (n×k)."""
        if self._compute is not None:
            self._gradient, self._compute = self._compute(), None
        return self._gradient


def project(C: Tensor, direction: Tensor) -> Tensor:
    """The tangential part: each row without its component along the row of C.

    >>> project(np.array([[1.0, 0.0]]), np.array([[2.0, 3.0]])).tolist()
    [[0.0, 3.0]]
    """
    return direction - (C * direction).sum(1)[:, None] * C


def best_decoder_gain(C: Tensor, variances: Array, sigma: Activation, arrays: ArrayBackend = NUMPY) -> Evaluation:
    """Φ = Tr[C D² Cᵀ F⁺] and its gradient 2(S D² − (S D² Sᵀ ∘ f′(G)) C), S = F⁺C.

    From dF⁻¹ = −F⁻¹ dF F⁻¹ and dF = f′(G) ∘ (dC Cᵀ + C dCᵀ) (derived in this project). With its gradient it costs the
    products CCᵀ, TTᵀ and (·)C, one Cholesky factorisation and its two triangular solves, and holds two n×n matrices.

    Arguments: C (n×k), unit rows; variances, D² (k); sigma; arrays. Returns: Evaluation.

    >>> from ..activations import activation
    >>> round(best_decoder_gain(np.eye(2), np.ones(2), activation("sign")).gain, 6)  # n/f(1)
    1.27324
    """
    deviations = arrays.sums(np.sqrt(variances))
    F, slope = kernel_matrices(C, sigma, arrays)
    T = solved(F, C * deviations, sigma.f_of_one, arrays)  # S D
    del F

    def gradient() -> Tensor:
        weights = T @ T.T
        weights *= slope
        return project(C, 2.0 * (T * deviations - weights @ C))

    return Evaluation(float(((C * deviations) * T).sum()), gradient)


def tied_gain(C: Tensor, variances: Array, sigma: Activation, arrays: ArrayBackend = NUMPY) -> Evaluation:
    """(Tr N)²/Tr[NF], the gain of the best weight-tied decoder, and its gradient.

    d Tr N = 2 Tr[C D² dCᵀ], d Tr[NF] = 2 Tr[(F C D² + (N ∘ f′(G)) C) dCᵀ] (derived in this project). For D = I it
    falls in Σ_{i≠j} G_ij f(G_ij), the energy of the tied flow.

    Arguments and returns: as best_decoder_gain.

    >>> from ..activations import activation
    >>> round(tied_gain(np.eye(2), np.ones(2), activation("sign")).gain, 6)
    1.27324
    """
    deviations = arrays.sums(np.sqrt(variances))
    F, slope = kernel_matrices(C, sigma, arrays)
    scaled = C * deviations
    N = scaled @ scaled.T
    a, b = float((scaled * scaled).sum()), inner(N, F)

    def gradient() -> Tensor:
        weighted = scaled * deviations
        slope.__imul__(N)
        return project(C, 2.0 * a / b * 2.0 * weighted - (a / b) ** 2 * 2.0 * (F @ weighted + slope @ C))

    return Evaluation(a * a / b, gradient)


def decoder_gain(A: Array, C: Array, variances: Array, sigma: Activation) -> float:
    """2 Tr[C D A] − Tr[AᵀA F], the gain of a given decoder A (k×n), c_1 divided out.

    >>> from ..activations import activation
    >>> decoder_gain(np.eye(2), np.eye(2), np.ones(2), activation("identity"))
    2.0
    """
    F, _ = kernel_matrices(C, sigma)
    return float(2.0 * np.sum((C * np.sqrt(variances)).T * A) - np.sum((A @ F) * A))


def tied_scale(C: Array, variances: Array, sigma: Activation) -> float:
    """β = Tr N/Tr[NF], the best factor of the tied decoder β D Cᵀ.

    >>> from ..activations import activation
    >>> round(tied_scale(np.eye(2), np.ones(2), activation("sign")), 6)  # 1/f(1)
    0.63662
    """
    F, _ = kernel_matrices(C, sigma)
    N = (C * variances) @ C.T
    return float(np.trace(N) / inner(N, F))
