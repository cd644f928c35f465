"""E|b·x| for rows with many entries, from the characteristic function.

E|W| = (2/π) ∫_0^∞ (1 − φ(u))/u² du with φ the characteristic function of W = Σ b_i x_i, a product over the coordinates.
The tail beyond U is 2/(πU) up to (2/π) ∫_U^∞ φ/u² du, at most 2/(πU) times the largest |φ| there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .sparse import SparseSource

Array = NDArray[np.float64]

_DECAYED = 1e-5
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(600)


def _characteristic(source: SparseSource, u: Array) -> Array:
    v = u / np.sqrt(source.p)
    inner = {
        "rademacher": lambda: np.cos(v),
        "uniform": lambda: np.sinc(np.sqrt(3.0) * v / np.pi),
        "gaussian": lambda: np.exp(-0.5 * v * v),
        "laplace": lambda: 1.0 / (1.0 + 0.5 * v * v),
    }[source.law]()
    return np.asarray(1.0 - source.p + source.p * inner)


def dense_modulus(row: ArrayLike, source: SparseSource, cut: float = 40.0) -> float:
    """E|b·x| for a row of many entries, to about 1e-5 of its length.

    Arguments: row, b; source; cut, the end of the integral. Returns: the expectation. Raises: ValueError where φ has
    not decayed at the cut, as for a row with a large entry and no small ones.

    >>> round(dense_modulus(np.full(400, 0.05), SparseSource(1.0, "gaussian")), 8)  # √(2/π)
    0.79788456
    """
    b = np.asarray(row, dtype=np.float64)
    scale = float(np.linalg.norm(b))
    u = 0.5 * cut * (_NODES + 1.0)
    phi = np.prod(_characteristic(source, np.outer(u, b / scale)), axis=1)
    last = float(np.max(np.abs(phi[u > 0.8 * cut])))
    if not last < _DECAYED * cut:
        raise ValueError(f"the characteristic function is still {last:.1e} at {cut:g}: the row has too few entries")
    body = float(0.5 * cut * _WEIGHTS @ ((1.0 - phi) / u**2))
    return scale * 2.0 / np.pi * (body + 1.0 / cut)
