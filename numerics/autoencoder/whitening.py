"""Whitening: the coordinates in which data have mean zero and covariance I."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_RANK = 1e-12  # of the largest eigenvalue: what rounding leaves of a direction without variance


@dataclass(frozen=True, eq=False)
class Whitening:
    """z = (x − mean)·basis and x = mean + z·inverse, exact up to the directions left out.

    mean (p,); basis (p×k); inverse (k×p); shares (k,): variances of the kept directions, descending, in units of their
    mean.
    """

    mean: Array
    basis: Array
    inverse: Array
    shares: Array

    def apply(self, x: Array) -> Array:
        """z (N×k) of rows x (N×p).

        >>> rows = np.array([[0.0], [2.0]])
        >>> fit_whitening(rows).apply(rows).ravel().tolist()
        [-1.0, 1.0]
        """
        return np.asarray((x - self.mean) @ self.basis)

    def undo(self, z: Array) -> Array:
        """x (N×p) of rows z (N×k).

        >>> rows = np.array([[0.0], [2.0]])
        >>> fit_whitening(rows).undo(np.array([[1.0]])).tolist()
        [[2.0]]
        """
        return np.asarray(self.mean + z @ self.inverse)


def fit_whitening(x: Array, least: float = 0.0) -> Whitening:
    """Whitening by the eigenvectors of the covariance of the rows.

    Arguments: x (N×p); least: directions of less than this part of the mean eigenvalue are left out, and those without
    variance always. Returns: Whitening. Raises: ValueError where nothing varies.

    >>> fit_whitening(np.array([[0.0, 5.0], [2.0, 5.0]])).shares.tolist()
    [1.0]
    """
    mean = np.mean(x, axis=0)
    size = float(np.max(np.abs(x - mean), initial=0.0)) or 1.0  # in units of which no square leaves double precision
    centred = (x - mean) / size
    if x.shape[0] > x.shape[1]:
        ascending, columns = np.linalg.eigh(centred.T @ centred / x.shape[0])
        eigenvalues, vectors = np.maximum(ascending[::-1], 0.0), columns.T[::-1]
    else:
        _, values, vectors = np.linalg.svd(centred, full_matrices=False)
        eigenvalues = values**2 / x.shape[0]
    mean_value = float(np.sum(eigenvalues)) / x.shape[1]
    kept = eigenvalues > max(_RANK * float(eigenvalues[0]), least * mean_value)
    if not np.any(kept) or eigenvalues[0] == 0.0:
        raise ValueError("X has no variance: at least two different rows are needed")
    deviations = size * np.sqrt(eigenvalues[kept])
    vectors = vectors[kept] * np.where(vectors[kept].sum(axis=1) < 0.0, -1.0, 1.0)[:, None]  # one sign on every machine
    shares = eigenvalues[kept] / np.mean(eigenvalues[kept])
    return Whitening(mean, vectors.T / deviations, vectors * deviations[:, None], shares)
