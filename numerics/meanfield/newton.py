"""The Newton direction of the finite-temperature dual in O(M), by one banded factorisation.

The Hessian in r is 1/ω + VᵀTV/(B Zs) − aaᵀ/B with V: r ↦ g at the breaks, T tridiagonal, a = ∇ log Zs. Second
differences of P and of Q are r, so that the unknowns (g on the right at x_i, its multiplier μ_i, g on the left at x_i,
its multiplier ν_i), interleaved datum by datum, obey a system of half band width 5; r itself is ω(b − μ − ν). The two
arcs on which all units are active and the rank-one term follow by a 3×3 capacitance matrix.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_banded

from .circle import Circle, values_at_data
from .partition import ArcDerivatives

Array = NDArray[np.float64]

_BAND = 5
_SCALINGS = 4  # rounds of row and column equilibration


def _second_difference(step: Array) -> tuple[Array, Array, Array]:
    """Weights of p at x_{i−1}, x_i, x_{i+1} in the jump of its slope at x_i; p ends at 0 and stays there."""
    inverse = 1.0 / step
    before = np.concatenate([[0.0], inverse])
    after = np.concatenate([inverse, [0.0]])
    return before, -before - after, after


def _entries(circle: Circle, omega: Array, hessian: Array) -> tuple[NDArray[np.intp], NDArray[np.intp], Array]:
    """Rows, columns and values of the banded system, in the order (g right, μ, g left, ν) datum by datum."""
    size, norm = circle.size, circle.norm
    before, here, after = _second_difference(np.diff(circle.x))
    index = 4 * np.arange(size)
    rows: list[NDArray[np.intp]] = []
    columns: list[NDArray[np.intp]] = []
    values: list[Array] = []

    def put(row: NDArray[np.intp], column: NDArray[np.intp], value: Array, keep: NDArray[np.bool_]) -> None:
        rows.append(row[keep])
        columns.append(column[keep])
        values.append(np.broadcast_to(value, row.shape)[keep])

    last, first = index == index[-1], index == 0
    # On the right g vanishes at the last datum and the first carries no equation; on the left it is the reverse.
    arcs = hessian[: size - 1][::-1], hessian[size + 1 :][::-1]
    for offset, fixed, free, blocks in ((0, last, first, arcs[0]), (2, first, last, arcs[1])):
        g, mu = index + offset, index + offset + 1
        diagonal = np.zeros(size)
        diagonal[1:] += blocks[:, 0]  # an arc begins at the larger datum
        diagonal[:-1] += blocks[:, 2]
        put(g, g, np.where(fixed, 1.0, diagonal), np.ones(size, dtype=bool))
        between = ~(fixed[:-1] | fixed[1:])
        put(g[:-1], g[1:], blocks[:, 1], between)
        put(g[1:], g[:-1], blocks[:, 1], between)
        # T g − Cᵀμ = 0 and C g + ω(μ + ν) = ω b, with C the second difference of √(1+x²) g.
        for shift, weight in ((-1, before), (0, here), (1, after)):
            eq = np.arange(max(0, -shift), size - max(0, shift))
            unknown = eq + shift
            keep = ~free[eq] & ~fixed[unknown]
            value = weight[eq] * norm[unknown]
            put(mu[eq], g[unknown], value, keep)
            put(g[unknown], mu[eq], -value, keep)
        put(mu, mu, np.where(free, 1.0, omega), np.ones(size, dtype=bool))
        put(mu, index + (3 - offset), omega, ~free)
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(values)


def _solve(circle: Circle, omega: Array, hessian: Array, b: Array) -> Array:
    """Solve (1/ω + VᵀTV) r = b for the columns of b (M, K), without the two arcs common to all units."""
    size = circle.size
    rows, columns, values = _entries(circle, omega, hessian)
    row_scale, column_scale = np.ones(4 * size), np.ones(4 * size)
    for _ in range(_SCALINGS):
        magnitude = np.abs(row_scale[rows] * values * column_scale[columns])
        for scale, at in ((row_scale, rows), (column_scale, columns)):
            largest = np.zeros(4 * size)
            np.maximum.at(largest, at, magnitude)
            scale /= np.sqrt(np.where(largest > 0, largest, 1.0))
    band = np.zeros((2 * _BAND + 1, 4 * size))
    np.add.at(band, (_BAND + rows - columns, columns), row_scale[rows] * values * column_scale[columns])
    right = np.zeros((4 * size, b.shape[1]))
    right[5::4] = (omega[:, None] * b)[1:]
    right[3:-1:4] = (omega[:, None] * b)[:-1]
    solution = column_scale[:, None] * solve_banded(
        (_BAND, _BAND), band, row_scale[:, None] * right, check_finite=False
    )
    return np.asarray(omega[:, None] * (b - solution[1::4] - solution[3::4]))


def newton_direction(circle: Circle, omega: Array, b: float, zs: float, arcs: ArcDerivatives, gradient: Array) -> Array:
    """Solve Hessian · step = −gradient for Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y, in O(M).

    Args: circle; omega: weights (M,), a zero keeps r there; b: B > 0; zs: Zs; arcs: its derivatives; gradient (M,).
    Returns: the step in r (M,). Raises numpy.linalg.LinAlgError if rounding has made the system singular.
    Source: derived in this project.
    """
    size = circle.size
    hessian = arcs.hessian / (b * zs)
    # The common arcs join (first on the right, middle, last on the left), all linear in (Σ r x, Σ r).
    sine = 2.0 * circle.half_sine[size] * circle.half_cosine[size]
    cosine = math.sqrt(1.0 - sine * sine)
    ends = np.array([[cosine, -sine], [1.0, 0.0], [cosine, sine]])
    one, two = hessian[size - 1], hessian[size]
    joint = np.array([[one[0], one[1], 0.0], [one[1], one[2] + two[0], two[1]], [0.0, two[1], two[2]]])
    w, c = circle.unit[size]
    log_gradient = values_at_data(circle, arcs.weights) / zs
    border = np.stack([w * circle.x + c, w - c * circle.x, log_gradient], axis=1)
    core = np.zeros((3, 3))
    core[:2, :2] = ends.T @ joint @ ends
    core[2, 2] = -1.0 / b
    solved = _solve(circle, omega, hessian, np.column_stack([-gradient, border]))
    plain, reach = solved[:, 0], solved[:, 1:]
    capacitance = np.eye(3) + core @ (border.T @ reach)
    return plain - reach @ np.linalg.solve(capacitance, core @ (border.T @ plain))
