"""Codes whose risk is known exactly, and the sources the tests draw from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lemmata.numerics.activations import activation

Array = NDArray[np.float64]

ODD = ["sign", "tanh", "erf", "x**3", "sin(2*x)", "quantizer:4", "x*abs(x)", "identity", "x + (x**3 - 3*x)/3"]


def rounding(A: Array, text: str) -> float:
    """What rounding may do to Tr[AᵀA E σσᵀ]/d: nearly parallel rows have decoders of size 1e4, which cancel."""
    second = float(activation(text).second.mid())
    return float(64.0 * np.finfo(np.float64).eps * A.shape[1] * np.sum(A * A) * second)


def simplex(d: int) -> Array:
    """The d + 1 vertices of a regular simplex in R^d, unit length: inner products −1/d."""
    centred = np.eye(d + 1) - 1.0 / (d + 1)
    basis = np.linalg.svd(centred)[2][:d]
    rows = centred @ basis.T
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def equispaced_lines(n: int) -> Array:
    """n lines in the plane at angles kπ/n."""
    angles = np.pi * np.arange(n) / n
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def icosahedron() -> Array:
    """The six diagonals of the icosahedron in R³: equiangular at 1/√5, a tight frame."""
    g = (1.0 + np.sqrt(5.0)) / 2.0
    rows = np.array([[0, 1, g], [0, 1, -g], [1, g, 0], [1, -g, 0], [g, 0, 1], [-g, 0, 1]])
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def switched_gram(B: Array) -> Array:
    """The Gram matrix of unit rows modulo rotation, order and signs: |G| with each row sorted, rows sorted."""
    G = np.sort(np.abs(B @ B.T), axis=1)
    return np.asarray(G[np.lexsort(G.T[::-1])])
