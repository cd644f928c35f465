"""The best codes that can be written down: exact for n ≤ d, nearly tight and nearly equiangular frames beyond."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..activations import Activation, activation
from .arguments import whole
from .bounds import _checked_sizes
from .risk import optimal_decoder

Array = NDArray[np.float64]

ROUNDS = 30


def haar_matrix(n: int, generator: np.random.Generator) -> Array:
    """An n×n orthogonal matrix with Haar's distribution (QR of a Gaussian matrix, signs of the diagonal fixed).

    >>> q = haar_matrix(3, np.random.default_rng(0))
    >>> bool(np.allclose(q @ q.T, np.eye(3)))
    True
    """
    q, r = np.linalg.qr(generator.standard_normal((n, n)))
    return np.asarray(q * np.where(np.diag(r) >= 0.0, 1.0, -1.0))


def normalised_rows(B: Array) -> Array:
    """The matrix with rows of length one.

    >>> normalised_rows(np.array([[3.0, 4.0]])).tolist()
    [[0.6, 0.8]]
    """
    return np.asarray(B / np.linalg.norm(B, axis=1, keepdims=True))


def tight_frame(B: Array, rounds: int = ROUNDS) -> Array:
    """Alternates the polar factor (nearest tight frame) and row normalisation.

    Arguments: B (n×d), n ≥ d. Returns: a matrix with unit rows, close to a tight frame.

    >>> frame = tight_frame(np.random.default_rng(0).standard_normal((6, 3)))
    >>> bool(np.allclose(frame.T @ frame, 2 * np.eye(3), atol=1e-3))
    True
    """
    for _ in range(rounds):
        left, _, right = np.linalg.svd(B, full_matrices=False)
        B = normalised_rows(left @ right)
    return B


def minimizer(n: int, d: int, activation_: str | Activation, seed: int = 0) -> tuple[Array, Array]:
    """A code of least known risk for N(0, I_d).

    n ≤ d: orthonormal rows and A = Bᵀ c_1/E σ², the global minimum, unique up to rotation of R^d, permutation and signs
    of the units (derived in this project; the paper's abstract states the characterisation). n > d: no code attains
    the rate bound; the first d columns of an n×n Haar matrix, thirty rounds of polar factor and row normalisation, and
    the optimal decoder, approach it like 1/d.

    Arguments: n units; d dimensions; activation_, odd; seed. Returns: (A, B) of shapes (d×n) and (n×d), A the raw
    decoder of x̂ = Aσ(Bx).

    >>> A, B = minimizer(2, 3, "sign")
    >>> bool(np.allclose(B @ B.T, np.eye(2)))
    True
    """
    _checked_sizes(n, d)
    sigma = activation(activation_, need_odd=True)
    generator = np.random.default_rng(whole("seed", seed, least=0))
    if n <= d:
        B = haar_matrix(d, generator)[:n]
        # Normalised decoder Bᵀ/f(1), raw Bᵀ/(c_1 f(1)).
        return B.T / (sigma.c1 * sigma.f_of_one), B
    B = tight_frame(normalised_rows(haar_matrix(n, generator)[:, :d]))
    return optimal_decoder(B, sigma), B
