"""A small non-negative lasso whose columns may be dependent."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr_delete, solve_triangular

Array = NDArray[np.float64]

_DEPENDENT = 1e-13  # relative distance of a column from the span of others below which it counts as dependent
_OPTIMAL = 1e-14  # reduced gradient, relative to its terms, below which no column is worth adding
_STALLED = 1e-15  # relative decrease of the objective below which an entering column has brought nothing


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


class _Basis:
    """Independent columns in use and their QR factorisation, updated as columns come and go."""

    def __init__(self, columns: Array, norms: Array) -> None:
        self.columns, self.norms = columns, norms
        self.used: list[int] = []
        self.q, self.r = np.zeros((len(columns), 0)), np.zeros((0, 0))

    def extend(self, wanted: list[int]) -> list[int]:
        """Take the longest independent start of the wanted columns at once; return the others."""
        some = wanted[: len(self.columns)]
        q, r = np.linalg.qr(self.columns[:, some])
        dependent = np.flatnonzero(np.abs(np.diag(r)) <= _DEPENDENT * self.norms[some])
        count = int(dependent[0]) if len(dependent) else len(some)
        self.q, self.r, self.used[:] = q[:, :count], r[:count, :count], some[:count]
        return wanted[count:]

    def append(self, column: int) -> bool:
        """Add a column, unless it depends on those in use."""
        rest, shadow = self.columns[:, column], np.zeros(len(self.used))
        for _ in range(2):  # twice is enough to be orthogonal to rounding
            part = self.q.T @ rest
            rest, shadow = rest - self.q @ part, shadow + part
        length = float(np.linalg.norm(rest))
        if len(self.used) == len(self.columns) or length <= _DEPENDENT * self.norms[column]:
            return False
        self.q = np.column_stack([self.q, rest / length])
        self.r = np.block([[self.r, shadow[:, None]], [np.zeros((1, len(self.used))), np.array([[length]])]])
        self.used.append(column)
        return True

    def keep(self, z: Array) -> None:
        """Leave out the columns of weight 0."""
        for k in range(len(self.used) - 1, -1, -1):
            if z[self.used[k]] <= 0:
                if len(self.used) == 1:
                    self.q, self.r = self.q[:, :0], self.r[:0, :0]
                else:
                    q, r = qr_delete(self.q, self.r, k, which="col")
                    left = len(self.used) - 1  # a square q comes back square
                    self.q, self.r = np.asarray(q[:, :left], dtype=np.float64), np.asarray(r[:left], dtype=np.float64)
                del self.used[k]

    def mixture(self, column: int) -> Array:
        """Coefficients of a dependent column in those in use."""
        return np.asarray(solve_triangular(self.r, self.q.T @ self.columns[:, column]))

    def best(self, gradient: Array, change: Array) -> Array:
        """Changes of the weights in use at which the gradient vanishes, the others changed as given: RᵀRδ = −∇ − …"""
        fixed = change.copy()
        fixed[self.used] = 0.0
        slack = solve_triangular(self.r, gradient[self.used], trans="T")
        return -np.asarray(solve_triangular(self.r, self.q.T @ (self.columns @ fixed) + slack))


def nonnegative_lasso(columns: Array, gradient: Array, start: Array) -> Array:
    """Minimise ½|columns (z − start)|² + gradient·(z − start) over z ≥ 0 by an active set of independent columns.

    With gradient = columnsᵀ(columns start − target) + 1 it is the lasso ½|target − columns z|² + Σ z; the gradient is
    an argument because it may be known to more digits than the target leaves. Lawson and Hanson's method with one more
    kind of step: a column that depends on those in use enters by moving along their null vector, on which the objective
    is linear, until one of them leaves.

    Args: columns (N, K), gradient at start (K,), start: a feasible z (K,).
    Returns: z (K,), at most rank(columns) entries positive.
    Source: C. Lawson and R. Hanson, Solving Least Squares Problems, chapter 23; the null step derived in this project.

    >>> nonnegative_lasso(np.eye(2), np.array([-2.0, 0.5]), np.zeros(2)).tolist()
    [2.0, 0.0]
    """
    count = columns.shape[1]
    z = start.copy()
    norms = np.linalg.norm(columns, axis=0)
    basis = _Basis(columns, norms)
    used = basis.used
    refused: list[int] = []
    last, lowest = -1, math.inf
    waiting = basis.extend([int(k) for k in np.argsort(-start, kind="stable") if start[k] > 0])
    fresh = bool(used) and not waiting  # weights of the columns in use not yet those that fit best
    for _ in range(50 * (count + 1)):
        if not fresh:
            if waiting:
                entering = waiting.pop(0)
            else:
                moved = columns @ (z - start)
                gain = -gradient - columns.T @ moved
                gain -= _OPTIMAL * (norms * float(np.linalg.norm(moved)) + np.abs(gradient))
                gain[[*used, *refused]] = -np.inf
                gain[norms == 0] = -np.inf
                entering = int(np.argmax(gain))
                if gain[entering] <= 0:
                    break
                value = 0.5 * float(moved @ moved) + float(gradient @ (z - start))
                if value >= lowest - _STALLED * abs(lowest):  # exchanges that gain by rounding alone could cycle
                    refused.append(last)
                last, lowest = entering, min(value, lowest)
            if not basis.append(entering):
                null = np.zeros(count)
                null[used] = -basis.mixture(entering)
                null[entering] = 1.0
                slope = float(gradient @ null)
                if z[entering] == 0.0 and slope >= 0:  # rounding alone made it look worth adding
                    refused.append(entering)
                    continue
                if slope > 0:  # the exchange would cost: empty the column instead
                    null = -null
                z, blocked = _to_bound(z, null, np.inf)
                if not blocked:
                    break
                basis.keep(z)
                if z[entering] > 0 and not basis.append(entering):
                    break  # still dependent to rounding
        if waiting:
            continue
        fresh = False
        while used:
            change = np.zeros(count)
            change[used] = basis.best(gradient, z - start) - (z - start)[used]
            z, blocked = _to_bound(z, change, 1.0)
            if not blocked:
                break
            basis.keep(z)
        basis.keep(z)
    return z
