"""A box of cells in the weights (a, w, b): the network of their masses, its free energy, its gap to equilibrium."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import kl_div, logsumexp, ndtr, xlogy

from .data import Grouped
from .errors import MeanFieldInputError

Array = NDArray[np.float64]

_SMALLEST = 1e-280  # masses whose quotients may leave double precision
_STEEPEST = 1e80  # a potential beyond it, times the inverse temperature, is refused


@dataclass(frozen=True, eq=False)
class WeightGrid:
    """Cells of a box |a| ≤ A, |w| ≤ W, |b| ≤ B, and the problem on it.

    centres: of the cells along a, w and b; widths: of the cells; rows: the data; lam, beta; features: (w x_i + b)₊ at
    the centres (M, n_w, n_b).
    """

    centres: tuple[Array, Array, Array]
    widths: tuple[float, float, float]
    rows: Grouped
    lam: float
    beta: float
    features: Array

    @property
    def shape(self) -> tuple[int, int, int]:
        """Cells along a, w and b."""
        a, w, b = self.centres
        return len(a), len(w), len(b)

    @property
    def volume(self) -> float:
        """Of a cell."""
        return math.prod(self.widths)

    def values(self, mass: Array) -> Array:
        """f(x_i) = ∫ a (w x_i + b)₊ dρ at the distinct inputs (M,)."""
        moment = np.tensordot(self.centres[0], mass, 1)
        return np.asarray(np.tensordot(self.features, moment, 2))

    def residuals(self, values: Array) -> Array:
        """r_i = ω_i (f(x_i) − y_i)."""
        return self.rows.omega * (values - self.rows.y)

    def correlation(self, r: Array) -> Array:
        """g(w, b) = Σ r_i (w x_i + b)₊ at the centres (n_w, n_b)."""
        return np.asarray(np.tensordot(r, self.features, 1))

    def potential(self, r: Array) -> Array:
        """Ψ = a g(w, b) + ½λ|θ|² at the centres."""
        a, w, b = self.centres
        squares = a[:, None, None] ** 2 + w[:, None] ** 2 + b**2
        return np.asarray(a[:, None, None] * self.correlation(r) + 0.5 * self.lam * squares)

    def free_energy(self, mass: Array) -> float:
        """(3.5) of the density mass/volume: ½ Σ ω_i (f(x_i) − y_i)² + ½λ ∫ |θ|² dρ + β⁻¹ ∫ ρ log ρ."""
        a, w, b = self.centres
        loss = float(np.sum(self.rows.omega * (self.values(mass) - self.rows.y) ** 2)) + self.rows.within
        across = np.sum(mass, axis=0)
        squares = a**2 @ np.sum(mass, axis=(1, 2)) + w**2 @ np.sum(across, axis=1) + b**2 @ np.sum(across, axis=0)
        entropy = float(np.sum(xlogy(mass, mass))) - math.log(self.volume) * float(np.sum(mass))
        return 0.5 * loss + 0.5 * self.lam * float(squares) + entropy / self.beta

    def gap(self, mass: Array) -> float:
        """β⁻¹ KL(ρ | Gibbs law at the residuals of ρ): F minus the dual value there, at least F − min F on this grid.

        With the dual value −β⁻¹ log Z(r) − ½ Σ r_i²/ω_i − Σ r_i y_i and r_i = ω_i (f_i − y_i) the quadratic terms
        complete to ∫Ψ dρ, which leaves the relative entropy.
        Source: derived in this project.
        """
        exponent = -self.beta * self.potential(self.residuals(self.values(mass)))  # (3.6)
        logarithm = exponent - logsumexp(exponent)
        gibbs = np.exp(logarithm)
        # Where the Gibbs law is below the range of doubles, its logarithm is not.
        far = gibbs < _SMALLEST
        terms = np.where(far, xlogy(mass, mass) - mass * logarithm - mass, kl_div(mass, np.where(far, 1.0, gibbs)))
        return max(float(np.sum(terms)), 0.0) / self.beta

    def gaussian(self, spread: float) -> Array:
        """Masses of N(0, spread²) weights, given that they are in the box."""
        sides = []
        for centre, width in zip(self.centres, self.widths, strict=True):
            # The tail of the nearer side keeps its digits.
            inner, outer = np.abs(centre) - 0.5 * width, np.abs(centre) + 0.5 * width
            side = ndtr(-inner / spread) - ndtr(-outer / spread)
            sides.append(side / np.sum(side))
        return np.asarray(sides[0][:, None, None] * sides[1][:, None] * sides[2])


def weight_grid(
    rows: Grouped, lam: float, beta: float, half_width: tuple[float, float, float], cells: tuple[int, int, int]
) -> WeightGrid:
    """Divide the box into equal cells."""
    widths = tuple(2.0 * side / count for side, count in zip(half_width, cells, strict=True))
    a, w, b = (width * (np.arange(n, dtype=np.float64) + 0.5 * (1 - n)) for width, n in zip(widths, cells, strict=True))
    with np.errstate(over="ignore"):
        features = np.maximum(rows.x[:, None, None] * w[:, None] + b, 0.0)
        largest = float(np.max(a) * np.max(features))
        steepest = beta * (
            largest * (largest + float(np.max(np.abs(rows.y)))) + lam * float(np.sum(np.square(half_width)))
        )
    if not steepest < _STEEPEST:
        raise MeanFieldInputError(
            f"half_width is {half_width}: at its corners, with these x, y, lam and beta {beta}, the potential leaves "
            "double precision; a smaller box is needed"
        )
    return WeightGrid((a, w, b), (widths[0], widths[1], widths[2]), rows, lam, beta, features)
