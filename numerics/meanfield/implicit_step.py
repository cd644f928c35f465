"""One fully implicit step of the PDE (3.4) along one axis of the weights, its interaction at the new density."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .lines import bernoulli, bernoulli_slopes, solve_fluxes, solve_lines
from .weight_grid import WeightGrid

Array = NDArray[np.float64]

_ITERATIONS = 40
_ACCEPTED = 1e-12  # error of the new network's values at which its residuals count as found, relative
_ROUNDING = 1e-15  # and at which no further iteration can help
_SHORTEST = 1e-4  # of a Newton step tried


@dataclass(frozen=True, eq=False)
class AxisStep:
    """New masses, F's loss through the fluxes during the step, and what is left of the equation for the residuals."""

    mass: Array
    dissipation: float
    error: float


class _Axis:
    """Lines of cells along one axis: masses as (n, rest, rest), potential differences between neighbours."""

    def __init__(self, grid: WeightGrid, axis: int, mass: Array, duration: float) -> None:
        self.grid, self.axis = grid, axis
        self.width = grid.widths[axis]
        self.old = np.ascontiguousarray(np.moveaxis(mass, axis, 0))
        self.scale = duration / (grid.beta * self.width**2)
        centre = grid.centres[axis]
        self.confined = (grid.lam * self.width * 0.5 * (centre[1:] + centre[:-1]))[:, None, None]

    def tilt(self, surface: Array) -> Array:
        """Differences of a g(w, b) along the axis, from g at the centres (…, n_w, n_b)."""
        a = self.grid.centres[0]
        if self.axis == 0:
            return self.width * surface[..., None, :, :]
        steps = np.diff(surface, axis=self.axis - 3 + surface.ndim)
        steps = steps if self.axis == 1 else np.swapaxes(steps, -1, -2)
        return np.asarray(a[:, None] * steps[..., :, None, :])

    def differences(self, r: Array) -> Array:
        """Ψ of the next cell minus Ψ of this one."""
        return self.tilt(self.grid.correlation(r)) + self.confined

    def back(self, lines: Array) -> Array:
        """Masses as (n_a, n_w, n_b)."""
        return np.moveaxis(lines, 0, self.axis)


class _Trial:
    """The new masses that fixed residuals lead to, and by how much these are not the residuals of those."""

    def __init__(self, axis: _Axis, r: Array) -> None:
        self.axis, self.r = axis, r
        self.difference = axis.differences(r)
        self.z = axis.grid.beta * self.difference
        self.up, self.down = bernoulli(self.z)
        self.passed = axis.scale * self.up, axis.scale * self.down  # (3.4): drift and diffusion in one flux
        self.lines = solve_lines(*self.passed, axis.old)
        self.mass = axis.back(self.lines)
        self.values = axis.grid.values(self.mass)
        self.mismatch = r - axis.grid.residuals(self.values)
        omega = axis.grid.rows.omega
        self.error = math.sqrt(float(np.sum(self.mismatch**2 / omega)))

    def jacobian(self) -> Array:
        """Derivative of the mismatch in the residuals, I − ω ∂f/∂r (M, M).

        (I + L) p = old gives (I + L) ∂p = −∂L p; ∂L p is the difference of the fluxes' derivatives
        β(B′(z) p_j + B′(−z) p_{j+1}) times that of the potential difference. Along a the latter is a feature's value,
        constant on each line, so that one solve does for all data.
        """
        axis, grid = self.axis, self.axis.grid
        omega, size = grid.rows.omega, len(grid.rows.omega)
        slope_up, slope_down = bernoulli_slopes(self.z, self.up, self.down)
        flux = axis.scale * grid.beta * (slope_up * self.lines[:-1] + slope_down * self.lines[1:])
        a = grid.centres[0]
        if axis.axis == 0:
            moved = self._response((flux * axis.width)[:, None])
            weight = np.tensordot(a, moved[:, 0], 1)
            pulled = np.tensordot(grid.features * weight, grid.features, ((1, 2), (1, 2)))
            return np.asarray(np.eye(size) - omega[:, None] * pulled)
        tilts = np.moveaxis(axis.tilt(grid.features), 0, 1)
        moved = np.tensordot(self._response(flux[:, None] * tilts), a, ((2,), (0,)))  # (n, M, rest)
        features = grid.features if axis.axis == 1 else np.swapaxes(grid.features, 1, 2)
        pulled = np.tensordot(features, moved, ((1, 2), (0, 2)))
        return np.asarray(np.eye(size) - omega[:, None] * pulled)

    def _response(self, flux: Array) -> Array:
        """∂p for derivatives of the fluxes at fixed masses (n − 1, M, …)."""
        through = solve_fluxes(self.passed[0][:, None], self.passed[1][:, None], flux)
        return -np.diff(through, axis=0, prepend=0.0, append=0.0)

    def dissipation(self) -> float:
        """Σ flux (ξ_j − ξ_{j+1}) over the step, ξ = Ψ + β⁻¹ log p; each term is at least 0, and 0 where p is.

        Where rates are large their two terms cancel, and the flux is what the cells so far have lost.
        """
        up, down = self.passed
        p, q = self.lines[:-1], self.lines[1:]
        lost = np.cumsum(self.axis.old[:-1] - p, axis=0)
        flux = np.where(up + down < 1.0, up * p - down * q, lost)
        both = (p > 0) & (q > 0)
        drop = np.log(np.where(both, p, 1.0)) - np.log(np.where(both, q, 1.0))
        return float(np.sum(np.where(both, flux * (drop / self.axis.grid.beta - self.difference), 0.0)))


def axis_step(grid: WeightGrid, axis: int, mass: Array, duration: float) -> AxisStep | None:
    """Take an implicit step along one axis: p + τ div J(p; Ψ_p) = old, all at the new masses p.

    J_j = β⁻¹h⁻²(B(βδ_j) p_j − B(−βδ_j) p_{j+1}), δ_j the difference of Ψ to the next cell: the Scharfetter–Gummel flux,
    0 exactly where p_{j+1}/p_j = exp(−βδ_j). Ψ depends on p through the residuals r (M,) alone, and for given r the
    equations are linear and one line of cells after the other. So Newton's method runs in the M unknowns r.

    Args: grid; axis: 0, 1, 2 for a, w, b; mass: of the cells, summing to 1; duration: τ.
    Returns: the step, or None where Newton's method does not come to rounding; a shorter step is then needed.
    Source: JMLR 23(130), (3.4), along one axis; discretised in this project.
    """
    lines = _Axis(grid, axis, mass, duration)
    trial = _Trial(lines, grid.residuals(grid.values(mass)))
    moments = np.tensordot(np.abs(grid.centres[0]), mass, 1)
    reach = np.tensordot(grid.features, moments, 2)
    scale = math.sqrt(float(np.sum(grid.rows.omega * reach**2)) + grid.rows.mean_square)
    for _ in range(_ITERATIONS):
        if trial.error <= _ROUNDING * scale:
            break
        try:
            direction = np.linalg.solve(trial.jacobian(), -trial.mismatch)
        except np.linalg.LinAlgError:
            return None
        length, before = 1.0, trial
        while length >= _SHORTEST:
            trial = _Trial(lines, before.r + length * direction)
            if trial.error < before.error:
                break
            length *= 0.5
        if not trial.error < 0.5 * before.error:  # rounding, or no way on
            trial = trial if trial.error < before.error else before
            if trial.error <= _ACCEPTED * scale:
                break
            if length < _SHORTEST:
                return None
    if not trial.error <= _ACCEPTED * scale:
        return None
    return AxisStep(trial.mass, trial.dissipation(), trial.error / scale if scale > 0 else 0.0)
