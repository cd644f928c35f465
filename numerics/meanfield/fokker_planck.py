"""The law of infinitely many neurons in time: a finite-volume solution of the PDE (3.4) that keeps its structure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..given import shown
from .arguments import count, number, points, progress_call
from .data import check_rows, group
from .errors import MeanFieldInputError
from .implicit_step import AxisStep, axis_step
from .noisy_run import Progress
from .weight_grid import WeightGrid, weight_grid

Array = NDArray[np.float64]
FlowStop = Literal["steps", "stationary", "unsolved"]

_LONGEST_STEP, _SHORTEST_STEP = 1e100, 1e-100
_LARGEST_RATE = 1e120  # of exchange between cells in a step; beyond it products leave double precision
_SHORTENED, _SHORTENINGS = 1 / 16, 60
_MOST_CELLS = 10**8
_MASS_ERROR = 1e-9  # of given initial masses
_WIDEST = 1e6  # initial law, in widths of a cell, whose masses keep their digits


@dataclass(frozen=True, eq=False)
class DensityFlow:
    """A density on cells of the weights, carried along (3.4).

    mass: of the cells (n_a, n_w, n_b); centres: of the cells along a, w, b; volume: of a cell; time, free_energy, gap:
    at the start and after each step (K + 1,), the gap β⁻¹ KL(ρ | Gibbs law at its residuals) an upper bound of the free
    energy minus its least value on this grid; dissipation: through the fluxes, one a step (K,); mass_error: largest
    |Σ mass − its start| on the way; solver_error: largest error of the network's values in the implicit equations,
    relative; wall: mass in the outermost cells, which tells whether the box is large enough; fitted: f at the rows
    (N,); step: what the next step's length would be; stop: "steps" when all were taken, "stationary" when the gap came
    to the tolerance, "unsolved" when no step, however short, could be solved.
    """

    mass: Array
    centres: tuple[Array, Array, Array]
    volume: float
    time: Array
    free_energy: Array
    gap: Array
    dissipation: Array
    mass_error: float
    solver_error: float
    wall: float
    fitted: Array
    step: float
    stop: FlowStop

    @property
    def density(self) -> Array:
        """ρ on the cells (n_a, n_w, n_b)."""
        return self.mass / self.volume

    def predict(self, x: ArrayLike) -> Array:
        """f(x) = ∫ a (w x + b)₊ dρ, elementwise, in O(n_w n_b) a point after one pass over the cells.

        Raises: MeanFieldInputError for points that are no finite numbers.

        >>> flow = solve_fokker_planck([0.0], [1.0], lam=0.1, beta=50.0, half_width=3.0, cells=16, steps=20, step=1e3)
        >>> bool(abs(flow.predict(0.0) - flow.fitted[0]) < 1e-12)
        True
        """
        at = points(x)
        a, w, b = self.centres
        return _predict(np.tensordot(a, self.mass, 1), w, b, at.ravel()).reshape(at.shape)


def _predict(moment: Array, w: Array, b: Array, x: Array) -> Array:
    """Σ moment (w x + b)₊ at the points x (K,), moment = Σ_a a mass (n_w, n_b)."""
    return np.array([np.sum(moment * np.maximum(w[:, None] * point + b, 0.0)) for point in x])


def _sides(half_width: float | tuple[float, float, float]) -> tuple[float, float, float]:
    sides = half_width if isinstance(half_width, tuple | list) else (half_width,) * 3
    if len(sides) != 3:
        raise MeanFieldInputError(f"half_width is {shown(half_width)}; a number or three, for a, w and b, are allowed")
    a, w, b = (number("half_width", side) for side in sides)
    return a, w, b


def _counts(cells: int | tuple[int, int, int]) -> tuple[int, int, int]:
    counts = cells if isinstance(cells, tuple | list) else (cells,) * 3
    whole = all(isinstance(n, int | np.integer) and not isinstance(n, bool) and n >= 2 for n in counts)
    if len(counts) != 3 or not whole or math.prod(counts) > _MOST_CELLS:
        raise MeanFieldInputError(
            f"cells is {shown(cells)}; a whole number from 2 up or three, for a, w and b, of at most {_MOST_CELLS} "
            "cells in all are allowed"
        )
    a, w, b = (int(n) for n in counts)
    return a, w, b


def _start(grid: WeightGrid, initial: ArrayLike | None, spread: float) -> Array:
    if initial is None:
        if spread > _WIDEST * min(grid.widths):
            raise MeanFieldInputError(
                f"spread is {spread}; at most {_WIDEST:g} widths of a cell, {grid.widths}, are allowed"
            )
        return grid.gaussian(spread)
    try:
        mass = np.array(initial, dtype=np.float64, order="C")
    except (TypeError, ValueError, OverflowError) as error:
        raise MeanFieldInputError(f"initial must be masses of {grid.shape} cells: {error}") from None
    if mass.shape != grid.shape:
        raise MeanFieldInputError(f"initial has shape {mass.shape}; masses of {grid.shape} cells are needed")
    if not np.all(mass >= 0) or not abs(float(np.sum(mass)) - 1.0) <= _MASS_ERROR:
        raise MeanFieldInputError(
            f"initial has masses from {np.min(mass)} that sum to {np.sum(mass)}; masses ≥ 0 with sum 1 are needed"
        )
    return mass


def _split_step(grid: WeightGrid, mass: Array, duration: float) -> list[AxisStep] | None:
    """One implicit step along each axis in turn; None where one of them cannot be solved."""
    steps: list[AxisStep] = []
    for axis in range(3):
        step = axis_step(grid, axis, mass, duration)
        if step is None:
            return None
        steps.append(step)
        mass = step.mass
    return steps


def _wall(mass: Array) -> float:
    inner = mass[1:-1]
    return float(np.sum(mass[[0, -1]]) + np.sum(inner[:, [0, -1]]) + np.sum(inner[:, 1:-1, [0, -1]]))


def solve_fokker_planck(
    x: ArrayLike,
    y: ArrayLike,
    *,
    lam: float,
    beta: float,
    half_width: float | tuple[float, float, float],
    steps: int,
    step: float,
    cells: int | tuple[int, int, int] = 40,
    growth: float = 1.0,
    tolerance: float = 0.0,
    initial: ArrayLike | None = None,
    spread: float = 1.0,
    sample_weight: ArrayLike | None = None,
    progress: Progress | None = None,
) -> DensityFlow:
    """Solve ∂ρ/∂t = ∇·(ρ∇Ψ(·; ρ)) + β⁻¹Δρ, the law of infinitely many neurons under Langevin noise, for few data.

    Ψ(a, w, b; ρ) = Σ r_i a (w x_i + b)₊ + ½λ|θ|², r_i = ω_i (f(x_i) − y_i), f(x) = ∫ a (w x + b)₊ dρ, on the box
    |a| ≤ A, |w| ≤ W, |b| ≤ B with no flux through its walls. A step of length τ goes along a, w and b in turn; along
    each it is fully implicit, with masses p of the cells after it in the fluxes and in Ψ:

        p + τ div J(p) = p_old,  J between neighbours = β⁻¹h⁻²(B(βδ) p − B(−βδ) p'),  δ = Ψ' − Ψ,  B(z) = z/(eᶻ − 1).

    * The discrete free energy F of (3.5) falls, whatever τ, up to rounding: f is a sum over the cells and known to
      1e-12 of ∫ |a| (w x + b)₊ dρ, which exceeds f by far where inputs are huge. F is convex in p with gradient
      ξ = Ψ_p + β⁻¹ log p up to a constant, and exactly

        F(p_old) − F(p) = Σ ξ (p_old − p) + ½ Σ ω_i (f_old − f)² + β⁻¹ KL(p_old | p),

        Σ ξ (p_old − p) = τ Σ ξ div J = τ Σ J (ξ − ξ') ≥ 0,

      since B(−z) = eᶻ B(z) gives J the sign of log p − log p' − βδ = β(ξ − ξ'). The argument takes any set of pairs of
      neighbours, so that it holds along each axis.
    * Masses stay ≥ 0 and keep their sum to rounding: for given r the matrix has columns with sum 1 and no positive
      number off its diagonal, and is solved without subtraction.
    * At rest all J vanish, so that ξ is constant: the density is the Gibbs density of its own residuals on the grid,
      which is unique, for any τ. As the grid is refined its network tends to that of `fit_wide_relu`.

    The splitting and the implicit step are of first order in τ, the grid of second order in the widths.

    Args:
        x, y: rows (N,), sample_weight: their weights; M distinct inputs cost M solves an iteration.
        lam: λ ≥ 0. beta: finite β > 0.
        half_width: A = W = B, or (A, W, B); a few times the spread of the law, see the result's wall.
        steps, step, growth: how many steps; the first τ, from 1e-100 to 1e100; its factor from step to step. A step
            whose equations are not solved to rounding is taken shorter, by a power of 16, as the times then show.
        cells: along each axis, or three numbers.
        tolerance: end when the gap is at most this; 0 takes all steps.
        initial: masses of the cells with sum 1, as in a result's mass, to go on from it; else N(0, spread²).
        progress: called with (steps taken, steps) after each.

    Returns:
        A `DensityFlow`, the same bytes for the same arguments; n steps, and k more from its mass and step, take the
        path of n + k.

    Raises:
        MeanFieldInputError: an argument outside what is allowed.

    Source: JMLR 23(130), (3.4), (3.5); discretisation derived in this project, after Scharfetter and Gummel.

    >>> flow = solve_fokker_planck([0.0], [1.0], lam=0.5, beta=4.0, half_width=3.0, cells=12, steps=30, step=1e3)
    >>> bool(flow.gap[-1] < 1e-12), bool(np.all(np.diff(flow.free_energy) < 1e-14))
    (True, True)
    """
    rows = check_rows(x, y, sample_weight)
    lam, beta, spread = number("lam", lam, zero=True), number("beta", beta), number("spread", spread)
    step, growth, tolerance = number("step", step), number("growth", growth), number("tolerance", tolerance, zero=True)
    steps = count("steps", steps)
    progress_call(progress)
    if not _SHORTEST_STEP <= step <= _LONGEST_STEP:
        raise MeanFieldInputError(f"step is {step}; numbers from {_SHORTEST_STEP} to {_LONGEST_STEP} are allowed")
    grid = weight_grid(group(rows.x, rows.y, rows.weight), lam, beta, _sides(half_width), _counts(cells))
    longest = _LARGEST_RATE * beta * min(grid.widths) ** 2
    if longest < _SHORTEST_STEP:
        raise MeanFieldInputError(
            f"half_width is {half_width} and beta {beta}: cells of widths {grid.widths} are too small for any step; "
            "a larger box or beta, or fewer cells, are needed"
        )
    if not step <= longest:
        raise MeanFieldInputError(f"step is {step}; at most {longest:.3g} is allowed with these cells and this beta")
    mass = _start(grid, initial, spread)
    begin = float(np.sum(mass))
    time, energy, gaps, dissipation = [0.0], [grid.free_energy(mass)], [grid.gap(mass)], [0.0]
    mass_error = solver_error = 0.0
    stop: FlowStop = "steps"
    for taken in range(1, steps + 1):
        if gaps[-1] <= tolerance and tolerance > 0:
            stop = "stationary"
            break
        length, parts = step, None
        for _ in range(_SHORTENINGS):
            parts = _split_step(grid, mass, length)
            if parts is not None:
                break
            length *= _SHORTENED
        if parts is None:
            stop = "unsolved"
            break
        # In one order of memory, on which the last bits of sums depend: a run in two parts starts from this one.
        mass = np.ascontiguousarray(parts[-1].mass)
        time.append(time[-1] + length)
        energy.append(grid.free_energy(mass))
        gaps.append(grid.gap(mass))
        dissipation.append(sum(part.dissipation for part in parts))
        mass_error = max(mass_error, abs(float(np.sum(mass)) - begin))
        solver_error = max(solver_error, *(part.error for part in parts))
        step = min(max(step * growth, _SHORTEST_STEP), _LONGEST_STEP, longest)
        if progress is not None:
            progress(taken, steps)
    a, w, b = grid.centres
    inputs, place = np.unique(rows.x, return_inverse=True)
    return DensityFlow(
        mass,
        grid.centres,
        grid.volume,
        np.array(time),
        np.array(energy),
        np.array(gaps),
        np.array(dissipation[1:]),
        mass_error,
        solver_error,
        _wall(mass),
        _predict(np.tensordot(a, mass, 1), w, b, inputs)[place],
        step,
        stop,
    )
