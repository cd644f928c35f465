"""Inputs gathered in cells on which the one-sided sums are nearly straight: the nodes of a condensed Newton system.

P(x) = Σ_{x_i > x} r_i (x_i − x) is linear between data. Let N interpolate linearly between chosen nodes X_k. Then P at
the nodes depends on r only through ρ = Nᵀr, which keeps the sums Σ r and Σ r x of every cell, and P between them is
N P(X) up to the kinks inside the cell. For a step s they are at most δ/4 Σ|s_i| ≤ δ/4 (w Σ s_i²/ω_i)^½ high, δ being
the width of the cell and w the weight inside, so that Σ T (P − N P)² ≤ (δ² w T/16) Σ s²/ω: relative to the Hessian,
which is at least 1/ω, a cell may be taken as one while δ² w T/16 is small. The same holds on the left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .circle import Circle

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_CONDENSED = 1e-10  # δ² w T/16 up to which a cell is taken as one: its root bounds the relative error of a direction


@dataclass(frozen=True)
class Cells:
    """K nodes among M inputs and linear interpolation N (M, K) between them.

    nodes: their indices, the first and the last input among them (K,); share: of the node at the right end of its cell
    in every input (M,), 0 at the last one; cell: index of the node at the left (M,).
    """

    nodes: Index
    share: Array
    cell: Index

    def gather(self, values: Array) -> Array:
        """Nᵀ values: (M,) or (M, C) → (K,) or (K, C)."""
        share = self.share.reshape((-1,) + (1,) * (values.ndim - 1))
        right = share * values
        total = np.zeros((len(self.nodes), *values.shape[1:]))
        if len(self.nodes) > 1:
            start = self.nodes[:-1]
            total[:-1] = np.add.reduceat((values - right)[:-1], start, axis=0)
            total[1:] += np.add.reduceat(right[:-1], start, axis=0)
        total[-1] += values[-1]
        return total

    def spread(self, values: Array) -> Array:
        """N values: (K,) or (K, C) → (M,) or (M, C)."""
        share = self.share.reshape((-1,) + (1,) * (values.ndim - 1))
        rise = np.diff(values, axis=0, append=values[-1:])
        return np.asarray(values[self.cell] + share * rise[self.cell])

    def mass(self, omega: Array) -> tuple[Array, Array]:
        """Diagonal (K,) and off-diagonal (K−1,) of the tridiagonal matrix Nᵀ diag(ω) N."""
        diagonal, off = np.zeros(len(self.nodes)), np.zeros(0)
        if len(self.nodes) > 1:
            start, t, w = self.nodes[:-1], self.share[:-1], omega[:-1]
            off = np.add.reduceat(w * t * (1.0 - t), start)
            diagonal[:-1] = np.add.reduceat(w * (1.0 - t) ** 2, start)
            diagonal[1:] += np.add.reduceat(w * t * t, start)
        diagonal[-1] += omega[-1]
        return diagonal, off

    def stiffness(self, norm: Array, sides: tuple[Array, Array]) -> list[tuple[Array, Array]]:
        """Diagonal (K,) and off-diagonal (K−1,) of Nᵀ T N in P, from second derivatives in g = P/√(1+x²) gap by gap.

        sides: each with rows (j, j), (j, j+1), (j+1, j+1) of the integral over the arc between x_j and x_{j+1}
        (3, M−1).
        """
        count = len(self.nodes)
        result = [(np.zeros(count), np.zeros(count - 1)) for _ in sides]
        if count > 1:
            start, one = self.nodes[:-1], 1.0 / norm
            end = self.share[1:].copy()
            end[self.nodes[1:] - 1] = 1.0  # the end of a cell's last gap is its right node
            near = (1.0 - self.share[:-1]) * one[:-1], self.share[:-1] * one[:-1]
            far = (1.0 - end) * one[1:], end * one[1:]
            for i, j in ((0, 0), (0, 1), (1, 1)):
                first, cross, last = near[i] * near[j], near[i] * far[j] + near[j] * far[i], far[i] * far[j]
                for (diagonal, off), (low, mixed, high) in zip(result, sides, strict=True):
                    total = np.add.reduceat(low * first + mixed * cross + high * last, start)
                    into = off if i != j else diagonal[i : count - 1 + i]
                    into += total
        return result


def choose_cells(circle: Circle, omega: Array, stiffness: Array) -> Cells:
    """Halve cells until δ² w T/16 is small for each.

    Args: circle: geometry of M inputs; omega: weights (M,); stiffness: T of both sides between neighbours, a bound of
        the second derivatives in P there (M−1,).
    Source: derived in this project.

    >>> from lemmata.numerics.meanfield.circle import build_circle
    >>> choose_cells(build_circle(np.linspace(0, 1, 9)), np.full(9, 1 / 9), np.full(8, 1e-12)).nodes.tolist()
    [0, 8]
    """
    x, last = circle.x, circle.size - 1
    weight = np.concatenate([[0.0], np.cumsum(omega)])
    pull = np.concatenate([[0.0], np.cumsum(stiffness)])
    nodes = np.unique(np.array([0, last]))
    while True:
        low, high = nodes[:-1], nodes[1:]
        inside = weight[high] - weight[low + 1]
        size = (x[high] - x[low]) ** 2 * inside * (pull[high] - pull[low])
        split = (size > 16.0 * _CONDENSED) & (high - low > 1)
        if not np.any(split):
            break
        # At the middle of the cell's width, so that close inputs stay together.
        low, high = low[split], high[split]
        middle = np.searchsorted(x, 0.5 * x[low] + 0.5 * x[high])
        nodes = np.sort(np.concatenate([nodes, np.clip(middle, low + 1, high - 1)]))
    cell = np.repeat(np.arange(len(nodes)), np.diff(nodes, append=circle.size))
    width = np.diff(x[nodes], append=np.inf)
    return Cells(nodes, (x - x[nodes][cell]) / width[cell], cell)
