"""The Newton direction of the finite-temperature dual in O(M), by one banded factorisation.

The Hessian in r is 1/ω + VᵀTV/(B Zs) − aaᵀ/B with V: r ↦ g at the breaks, T tridiagonal, a = ∇ log Zs. On the right,
P at x_j and its slope −σ_j above it obey P_j = P_{j+1} + h_j σ_j and σ_{j−1} = σ_j + r_j; on the left Q and its slope τ
likewise. These states with their multipliers, eight a datum, obey a system of half band width 10 in which no difference
of neighbouring values is divided by their distance, so that inputs may nearly coincide; r itself is ω(b − μ − ν). The
two arcs on which all units are active and the rank-one term follow by a 3×3 capacitance matrix.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dgbtrf, dgbtrs

from .circle import Circle, values_at_data
from .partition import ArcDerivatives

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Mask = NDArray[np.bool_]

_STATES = (
    8  # right: g, σ, α, μ; left: g, τ, γ, ν, where α and γ belong to the equations of P and Q, μ and ν to the slopes
)
_BAND = 10
_SCALINGS = 3  # rounds of row and column equilibration


class _Entries:
    """Rows, columns and values of a sparse matrix, collected."""

    def __init__(self) -> None:
        self._rows: list[Index] = []
        self._columns: list[Index] = []
        self._values: list[Array] = []

    def put(self, row: Index, column: Index, value: Array | float) -> None:
        """Add value at (row, column), elementwise."""
        self._rows.append(row)
        self._columns.append(column)
        self._values.append(np.broadcast_to(np.asarray(value, dtype=np.float64), row.shape))

    def arrays(self) -> tuple[Index, Index, Array]:
        """All that was added."""
        return np.concatenate(self._rows), np.concatenate(self._columns), np.concatenate(self._values)


def _side(entries: _Entries, circle: Circle, omega: Array, blocks: Array, leftward: bool) -> None:
    """Equations of one side. In the order away from the end at which g is 0, both sides are the same.

    With k counting from that end, state k + 1 of g follows from slope k: g_{k+1} norm_{k+1} = g_k norm_k + h_k s_k, and
    s_k = s_{k−1} + r_k. Stationarity: (T g)_k + norm_k (α_{k−1} − α_k) = 0 with α_k on the first, −h_k α_k + μ_{k+1} −
    μ_k = 0 with μ_k on the second, r_k = ω_k (b_k − μ_k − ν_k).
    """
    size = circle.size
    datum = np.arange(size) if leftward else np.arange(size)[::-1]
    base = _STATES * datum + (4 if leftward else 0)
    g, s, alpha, mu = base, base + 1, base + 2, base + 3
    other = _STATES * datum + (7 if not leftward else 3)
    norm, weight = circle.norm[datum], omega[datum]
    step = np.diff(circle.x) if leftward else np.diff(circle.x)[::-1]
    # The arcs in this order, each with the derivatives at the end nearer to where g is 0 first.
    near, mixed, far = (blocks[::-1, 2], blocks[::-1, 1], blocks[::-1, 0]) if leftward else blocks.T
    gaps = np.arange(size - 1)
    entries.put(g[:1], g[:1], 1.0)
    entries.put(s[-1:], s[-1:], 1.0)
    entries.put(alpha[-1:], alpha[-1:], 1.0)
    entries.put(mu[-1:], mu[-1:], 1.0)
    inner = gaps[1:]
    # Stationarity in g at k ≥ 1.
    entries.put(g[1:], g[1:], far + np.concatenate([near[1:], [0.0]]))
    entries.put(g[inner], g[inner + 1], mixed[inner])
    entries.put(g[inner + 1], g[inner], mixed[inner])
    entries.put(g[1:], alpha[:-1], norm[1:])
    entries.put(g[inner], alpha[inner], -norm[inner])
    # Stationarity in the slope.
    entries.put(s[gaps], alpha[gaps], -step)
    entries.put(s[gaps], mu[gaps], -1.0)
    entries.put(s[gaps[:-1]], mu[gaps[:-1] + 1], 1.0)
    # The two state equations; g is 0 at the end itself.
    entries.put(alpha[gaps], g[gaps + 1], norm[1:])
    entries.put(alpha[inner], g[inner], -norm[inner])
    entries.put(alpha[gaps], s[gaps], -step)
    entries.put(mu[gaps], s[gaps], 1.0)
    entries.put(mu[inner], s[inner - 1], -1.0)
    entries.put(mu[gaps], mu[gaps], weight[:-1])
    entries.put(mu[gaps], other[gaps], weight[:-1])


class _Band:
    """Factorisation of 1/ω + VᵀTV without the two arcs common to all units."""

    def __init__(self, circle: Circle, omega: Array, hessian: Array) -> None:
        size = circle.size
        self._omega, unknowns = omega[:, None], _STATES * size
        entries = _Entries()
        _side(entries, circle, omega, hessian[: size - 1], leftward=False)
        _side(entries, circle, omega, hessian[size + 1 :], leftward=True)
        rows, columns, values = entries.arrays()
        self._rows, self._columns = np.ones(unknowns), np.ones(unknowns)
        for _ in range(_SCALINGS):
            magnitude = np.abs(self._rows[rows] * values * self._columns[columns])
            for scale, at in ((self._rows, rows), (self._columns, columns)):
                largest = np.zeros(unknowns)
                np.maximum.at(largest, at, magnitude)
                scale /= np.sqrt(np.where(largest > 0, largest, 1.0))
        band = np.zeros((3 * _BAND + 1, unknowns), order="F")
        np.add.at(band, (2 * _BAND + rows - columns, columns), self._rows[rows] * values * self._columns[columns])
        self._factor, self._pivots, status = dgbtrf(band, _BAND, _BAND, overwrite_ab=True)
        if status != 0:
            raise np.linalg.LinAlgError("the banded system is singular")

    def solve(self, b: Array) -> Array:
        """The inverse times the columns of b (M, K)."""
        right = np.zeros((len(self._rows), b.shape[1]), order="F")
        right[_STATES + 3 :: _STATES] = (self._omega * b)[1:]  # μ of all data but the first
        right[7:-1:_STATES] = (self._omega * b)[:-1]  # ν of all data but the last
        right *= self._rows[:, None]
        solution, _ = dgbtrs(self._factor, _BAND, _BAND, right, self._pivots, overwrite_b=True)
        solution = self._columns[:, None] * solution
        return np.asarray(self._omega * (b - solution[3::_STATES] - solution[7::_STATES]))


def newton_direction(circle: Circle, omega: Array, b: float, zs: float, arcs: ArcDerivatives, gradient: Array) -> Array:
    """Solve Hessian · step = −gradient for Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y, in O(M).

    Args: circle; omega: weights (M,), a zero keeps r there; b: B > 0; zs: Zs; arcs: its derivatives; gradient (M,).
    Returns: the step in r (M,). Raises numpy.linalg.LinAlgError if rounding has made the system singular.
    Source: derived in this project.
    """
    size = circle.size
    hessian = arcs.hessian / (b * zs)
    # The common arcs join (first on the right, middle, last on the left), all linear in (Σ r x, Σ r).
    half_sine, half_cosine = circle.half_sine[size], circle.half_cosine[size]
    sine, cosine = 2.0 * half_sine * half_cosine, (half_cosine - half_sine) * (half_cosine + half_sine)
    ends = np.array([[cosine, -sine], [1.0, 0.0], [cosine, sine]])
    one, two = hessian[size - 1], hessian[size]
    joint = np.array([[one[0], one[1], 0.0], [one[1], one[2] + two[0], two[1]], [0.0, two[1], two[2]]])
    w, c = circle.unit[size]
    log_gradient = values_at_data(circle, arcs.weights) / zs
    border = np.stack([w * circle.x + c, w - c * circle.x, log_gradient], axis=1)
    core = np.zeros((3, 3))
    core[:2, :2] = ends.T @ joint @ ends
    core[2, 2] = -1.0 / b
    solved = _Band(circle, omega, hessian).solve(np.column_stack([-gradient, border]))
    plain, reach = solved[:, 0], solved[:, 1:]
    capacitance = np.eye(3) + core @ (border.T @ reach)
    return np.asarray(plain - reach @ np.linalg.solve(capacitance, core @ (border.T @ plain)))
