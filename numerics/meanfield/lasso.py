"""A small non-negative lasso whose columns may be dependent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_DEPENDENT = 1e-11  # relative distance of a column from the span of others below which it counts as dependent
_OPTIMAL = 1e-14  # reduced gradient, relative to the data, below which no column is worth adding


def _to_bound(z: Array, change: Array, limit: float) -> tuple[Array, bool]:
    """Move z by change·limit, or less: until the first entry reaches 0, which is then exactly 0."""
    falling = np.flatnonzero(change < 0)
    if len(falling) == 0:
        return z + limit * change, False
    ratios = -z[falling] / change[falling]
    first = int(np.argmin(ratios))
    if ratios[first] >= limit:
        return np.maximum(z + limit * change, 0.0), False
    moved = np.maximum(z + max(float(ratios[first]), 0.0) * change, 0.0)
    moved[falling[first]] = 0.0
    return moved, True


def nonnegative_lasso(columns: Array, target: Array, start: Array) -> Array:
    """Minimise ½|target − columns z|² + Σ z over z ≥ 0 by an active set, leaving the columns in use independent.

    Lawson and Hanson's method with one more kind of step: a column that depends on those in use enters by moving along
    their null vector, on which the objective is linear, until one of them leaves.

    Args: columns (N, K), target (N,), start: a feasible z (K,).
    Returns: z (K,), at most rank(columns) entries positive.
    Source: C. Lawson and R. Hanson, Solving Least Squares Problems, chapter 23; the null step derived in this project.

    >>> nonnegative_lasso(np.eye(2), np.array([3.0, 0.5]), np.zeros(2)).tolist()
    [2.0, 0.0]
    """
    count = columns.shape[1]
    z = start.copy()
    norms = np.linalg.norm(columns, axis=0)
    scale = float(np.max(norms)) * float(np.linalg.norm(target)) + 1.0
    used: list[int] = []
    refused: list[int] = []
    waiting = [int(k) for k in np.argsort(-start) if start[k] > 0]
    for _ in range(50 * (count + 1)):
        if waiting:
            entering = waiting.pop(0)
        else:
            gain = columns.T @ (target - columns @ z) - 1.0
            gain[[*used, *refused]] = -np.inf
            gain[norms == 0] = -np.inf
            entering = int(np.argmax(gain))
            if gain[entering] <= _OPTIMAL * scale:
                break
        q, r = np.linalg.qr(columns[:, used])
        shadow = q.T @ columns[:, entering]
        rest = columns[:, entering] - q @ shadow
        if len(used) == len(target) or np.linalg.norm(rest) <= _DEPENDENT * norms[entering]:
            mixture = np.linalg.solve(r, shadow)
            null = np.zeros(count)
            null[used] = -mixture
            null[entering] = 1.0
            if z[entering] == 0.0 and np.sum(null) >= 0:  # rounding alone made it look worth adding
                refused.append(entering)
                continue
            if np.sum(null) > 0:  # the exchange would cost: empty the column instead
                null = -null
            z, blocked = _to_bound(z, null, np.inf)
            if not blocked:
                break
            used = [k for k in [*used, entering] if z[k] > 0]
        else:
            used.append(entering)
        if waiting:
            continue
        while used:
            q, r = np.linalg.qr(columns[:, used])  # normal equations Rᵀ R z = Kᵀ target − 1
            wanted = np.linalg.solve(r, q.T @ target - np.linalg.solve(r.T, np.ones(len(used))))
            change = np.zeros(count)
            change[used] = wanted - z[used]
            z, blocked = _to_bound(z, change, 1.0)
            if not blocked:
                break
            used = [k for k in used if z[k] > 0]
        used = [k for k in used if z[k] > 0]
    return z
