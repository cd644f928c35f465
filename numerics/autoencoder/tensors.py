"""f, f′ and the linear algebra of training on the arrays of a backend, numpy's or PyTorch's, with few n×n temporaries.

f and f′ are applied to a few rows at a time, in place, so that their temporaries stay in the cache of a CPU.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from ..activations import Activation
from ..activations.kernels import ArcsineKernel, PolynomialKernel
from ..meanfield.array_backend import ArrayBackend, Tensor, array_backend
from .risk import pseudo_solve, snap

NUMPY = array_backend()
_BLOCK = 1 << 16  # entries treated at once on a CPU
_WELL_CONDITIONED = 1e-10


def rows_at_once(columns: int, arrays: ArrayBackend) -> int:
    """How many rows of a matrix to treat at once: all on an accelerator.

    >>> rows_at_once(1 << 14, NUMPY)
    4
    """
    entries = _BLOCK if arrays.device is None or arrays.device.type == "cpu" else 1 << 62
    return max(entries // columns, 1)


def _pair(t: Tensor, sigma: Activation, arrays: ArrayBackend) -> tuple[Tensor, Tensor]:
    """f(t) and f′(t): on the device where there is a closed form, else on the host."""
    kernel = sigma.model.kernel
    if arrays.device is None:
        return sigma.f(t), sigma.f_prime(t)
    if isinstance(kernel, ArcsineKernel | PolynomialKernel):
        return kernel.value(t, arrays.xp), kernel.slope(t, arrays.xp)
    host = arrays.numpy(t)
    return arrays.sums(sigma.f(host)), arrays.sums(sigma.f_prime(host))


def kernel_matrices(C: Tensor, sigma: Activation, arrays: ArrayBackend = NUMPY) -> tuple[Tensor, Tensor]:
    """F = f(CCᵀ) with its diagonal exactly f(1), and f′(CCᵀ) with zero diagonal.

    Correlations within rounding of ±1 count as ±1. The diagonal of CCᵀ does not move on unit rows, so f′(1), infinite
    for the sign, plays no part.

    Arguments: C (n×k), unit rows; sigma; arrays. Returns: F, f′, each n×n.

    >>> from ..activations import activation
    >>> F, slope = kernel_matrices(np.eye(2), activation("sign"))
    >>> F.round(4).tolist(), slope.tolist()
    ([[1.5708, 0.0], [0.0, 1.5708]], [[0.0, 1.0], [1.0, 0.0]])
    """
    F = C @ C.T
    slope = arrays.xp.empty_like(F)
    n = F.shape[0]
    step = rows_at_once(n, arrays)
    for start in range(0, n, step):
        stop = min(start + step, n)
        block = F[start:stop, start:]
        snap(block, arrays.xp)
        value, derivative = _pair(block, sigma, arrays)
        for matrix, found in ((F, value), (slope, derivative)):
            matrix[start:stop, start:] = found
            matrix[stop:, start:stop] = found[:, stop - start :].T  # symmetric: f is computed for one half only
    _set_diagonal(F, sigma.f_of_one)
    _set_diagonal(slope, 0.0)
    return F, slope


def _set_diagonal(matrix: Tensor, value: float) -> None:
    if isinstance(matrix, np.ndarray):
        np.fill_diagonal(matrix, value)
    else:
        matrix.fill_diagonal_(value)


def _host_solve(F: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """F⁻¹·right by Cholesky's factors written over one triangle of F, which is mended from the other if that fails."""
    # The transposed view has the order of LAPACK's arrays: nothing is copied, and F's upper triangle is left alone.
    factor, info = scipy.linalg.lapack.dpotrf(F.T, lower=0, clean=0, overwrite_a=1)
    pivots = np.diag(factor)
    if info == 0 and float(np.min(pivots)) ** 2 >= _WELL_CONDITIONED * float(np.max(pivots)) ** 2:
        solution, _ = scipy.linalg.lapack.dpotrs(factor, right, lower=0)
        return np.asarray(solution)
    return None


def _device_solve(F: Tensor, right: Tensor, xp: Any) -> Tensor | None:
    factor, info = xp.linalg.cholesky_ex(F)
    if int(info) == 0:
        pivots = xp.diagonal(factor)
        if float(pivots.min()) ** 2 >= _WELL_CONDITIONED * float(pivots.max()) ** 2:
            return xp.cholesky_solve(right, factor)
    return None


def solved(F: Tensor, right: Tensor, diagonal: float, arrays: ArrayBackend = NUMPY) -> Tensor:
    """F⁺·right for F = f(G), by Cholesky's factors where F is well conditioned, else by the pseudo-inverse.

    Arguments: F (n×n), symmetric, overwritten; right (n×k); diagonal, f(1), the diagonal of F. Returns: (n×k).

    >>> solved(2.0 * np.eye(2), np.ones((2, 1)), 2.0).round(12).tolist()
    [[0.5], [0.5]]
    """
    if arrays.device is not None:
        found = _device_solve(F, right, arrays.xp)
        return arrays.sums(pseudo_solve(arrays.numpy(F), arrays.numpy(right))) if found is None else found
    found = _host_solve(F, right)
    if found is not None:
        return found
    mended = np.triu(F, 1)
    mended += mended.T
    np.fill_diagonal(mended, diagonal)
    return pseudo_solve(mended, right)


def inner(left: Tensor, right: Tensor) -> float:
    """Σ left·right without a temporary of their size.

    >>> inner(np.ones((2, 2)), 2.0 * np.ones((2, 2)))
    8.0
    """
    return float(left.reshape(-1) @ right.reshape(-1))
