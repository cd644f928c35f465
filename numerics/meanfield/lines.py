"""Drift and diffusion along lines of cells, implicit: Scharfetter–Gummel rates, and solvers without subtraction."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_LARGEST_EXPONENT = 700.0
_SERIES = 1e-2  # below it B′ is taken from its power series, whose next term is below 1e-14


def bernoulli(z: Array) -> tuple[Array, Array]:
    """B(z) = z/(eᶻ − 1) and B(−z) = B(z) + z, both without cancellation.

    >>> up, down = bernoulli(np.array([0.0, 1.0]))
    >>> up.round(6).tolist(), down.round(6).tolist()
    ([1.0, 0.581977], [1.0, 1.581977])
    """
    size = np.abs(z)
    small = np.divide(size, np.expm1(np.minimum(size, _LARGEST_EXPONENT)), out=np.ones_like(size), where=size > 0)
    large = small + size
    return np.where(z > 0, small, large), np.where(z > 0, large, small)


def bernoulli_slopes(z: Array, up: Array, down: Array) -> tuple[Array, Array]:
    """B′(z) = B(z)(1 − B(−z))/z and B′(−z), given B(z) and B(−z); they add up to −1.

    >>> z = np.array([0.0, 2.0])
    >>> [slope.round(6).tolist() for slope in bernoulli_slopes(z, *bernoulli(z))]
    [[-0.5, -0.205513], [-0.5, -0.794487]]
    """
    near = np.abs(z) < _SERIES
    series = -0.5 + z / 6.0 - z**3 / 180.0
    slope = np.divide(up * (1.0 - down), z, out=series, where=~near)
    return slope, -1.0 - slope


def solve_lines(up: Array, down: Array, right: Array) -> Array:
    """Solve (I + L) p = right, where L takes from each cell what passes to its two neighbours.

    up[j] passes from cell j to j + 1 and down[j] back, both ≥ 0: the columns of I + L sum to 1. Elimination from the
    first cell keeps this form if the column sums e are carried along rather than the diagonal,
        e_{j+1} = 1 + down_j e_j/(e_j + up_j),
    so that nothing is ever subtracted. For right ≥ 0 each p_j is ≥ 0 and, like Σ p = Σ right, right to rounding
    relative to itself, however large the rates are.

    Args: up, down: (n − 1, …); right: (n, …), shapes that broadcast after the first axis.
    Returns: p (n, …).
    Source: derived in this project, after the Grassmann–Taksar–Heyman elimination for Markov chains.

    >>> solve_lines(np.array([1e30]), np.array([3e30]), np.array([0.5, 0.5])).round(12).tolist()
    [0.75, 0.25]
    """
    cells = len(right)
    pivots = np.empty((cells, *up.shape[1:]))
    solved = np.array(right)
    rest = np.ones(up.shape[1:])
    for j in range(cells - 1):
        pivots[j] = rest + up[j]
        solved[j + 1] += solved[j] * (up[j] / pivots[j])
        rest = 1.0 + down[j] * (rest / pivots[j])
    pivots[-1] = rest
    solved[-1] /= pivots[-1]
    for j in range(cells - 2, -1, -1):
        solved[j] = (solved[j] + down[j] * solved[j + 1]) / pivots[j]
    return solved


def solve_fluxes(up: Array, down: Array, right: Array) -> Array:
    """Solve (1 + up_j + down_j) q_j − up_j q_{j−1} − down_j q_{j+1} = right_j for fluxes q between neighbouring cells.

    This is how the fluxes up_j p_j − down_j p_{j+1} of an implicit step answer to changes of the rates that at fixed
    masses would change them by right: then p moves by −div q, which moves them by the other terms. Solved for p
    instead, right would be lost in rounding where the rates are large. Pivots are sums of positive numbers: with
    s_0 = 1 + up_0 they are s_j + down_j, and s_{j+1} = 1 + up_{j+1} s_j/(s_j + down_j).

    Args: up, down, right: (n − 1, …), shapes that broadcast after the first axis, right of the full shape.
    Returns: q (n − 1, …).
    Source: derived in this project.

    >>> solve_fluxes(np.array([1e30]), np.array([3e30]), np.array([-1e30])).tolist()
    [-0.25]
    """
    edges = len(up)
    pivots = np.empty(up.shape)
    solved = np.array(right)
    rest = 1.0 + up[0]
    for j in range(edges):
        if j > 0:
            solved[j] += solved[j - 1] * (up[j] / pivots[j - 1])
            rest = 1.0 + up[j] * (rest / pivots[j - 1])
        pivots[j] = rest + down[j]
    solved[-1] /= pivots[-1]
    for j in range(edges - 2, -1, -1):
        solved[j] = (solved[j] + down[j] * solved[j + 1]) / pivots[j]
    return solved
