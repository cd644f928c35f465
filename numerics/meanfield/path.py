"""The regularisation path at β = ∞: the noiseless fit at every penalty from the largest useful one down."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from flint import ctx
from numpy.typing import ArrayLike, NDArray

from ..given import shown
from .arguments import points
from .breakpoints import Breakpoint, find_breakpoints
from .circle import Circle, build_circle, correlation
from .contacts import largest
from .data import Grouped, Rows, check_penalty, check_rows, column, group, positive
from .errors import MeanFieldInputError
from .homotopy import Data
from .limit_fit import describe_limit
from .noiseless import NoiselessSolution, solve_noiseless
from .scan import scan
from .segments import BITS, Segments
from .sparse_model import SparseModel
from .units import Units
from .wide_fit import Selection, WideReluFit

Array = NDArray[np.float64]

_MOST = 10**6  # penalties of a grid: each keeps a fit of all rows


@dataclass(frozen=True, eq=False)
class _Problem:
    """Rows as given and grouped, their circle, and which minimiser is wanted."""

    given: Rows
    rows: Grouped
    circle: Circle
    selection: Selection

    def solve(self, lam: float, start: Units | None) -> NoiselessSolution:
        """The noiseless problem at λ from units (weights in the scale of y) of a neighbouring one."""
        scaled = None if start is None else Units(start.phi, start.c / lam, start.place, start.direction)
        return solve_noiseless(self.circle, self.rows.omega, self.rows.y, start=scaled, lam=lam)

    def fit(self, lam: float, start: Units | None) -> tuple[WideReluFit, Units]:
        """The fit at λ, and its units with weights in the scale of y."""
        check_penalty(self.rows, lam)
        solution = self.solve(lam, start)
        found = solution.units
        fit = describe_limit(self.given, self.rows, self.circle, solution, lam, self.selection)
        return fit, Units(found.phi, lam * found.c, found.place, found.direction)


@dataclass(frozen=True, eq=False)
class WideReluPath:
    """Noiseless fits of the infinitely wide ReLU network along the penalty λ, the largest first.

    lams: penalties, descending (L,); fits: a `WideReluFit` each, with its own duality gap; lam_max: the λ from which
    on f = 0. The minimum of ½R + λ Σ|c| is concave and increasing in λ, with derivative Σ|c|; R increases with λ, Σ|c|
    decreases.
    """

    lams: Array
    fits: tuple[WideReluFit, ...]
    lam_max: float
    _units: tuple[Units, ...] = field(repr=False)
    _problem: _Problem = field(repr=False)

    @cached_property
    def knot_count(self) -> NDArray[np.intp]:
        """Number of kinks of f at each λ (L,)."""
        return np.array([len(fit.knots) for fit in self.fits], dtype=np.intp)

    @cached_property
    def residual(self) -> Array:
        """R = Σ w_i (f(x_i) − y_i)² / Σ w_i at each λ (L,)."""
        given = self._problem.given
        share = given.weight / np.max(given.weight)
        return np.array([np.sum(share * (fit.fitted - given.y) ** 2) / np.sum(share) for fit in self.fits])

    @cached_property
    def path_norm(self) -> Array:
        """Σ|c| at each λ (L,), the least cost of the function per unit of λ."""
        return np.array([float(np.sum(np.abs(units.c))) for units in self._units])

    @cached_property
    def _followed(self) -> tuple[tuple[Breakpoint, ...], tuple[tuple[float, float], ...]]:
        rows = self._problem.rows
        return find_breakpoints(
            Data(self._problem.circle, rows.omega, rows.y), float(self.lams[-1]), self._problem.solve
        )

    @property
    def breakpoints(self) -> tuple[Breakpoint, ...]:
        """All λ from λ_max to the smallest of lams at which the set of knots changes, descending, and what happens.

        Between them the knots move smoothly. Found when first asked for, by following the active set: each is where a
        margin of optimality of the active set above it vanishes, and its error says how far off the one below puts it.
        A change that is undone within a step of 5 % in λ can be missed.

        >>> path = wide_relu_path([-10.0, 10.0], [2.0, 2.0], n_lams=2)
        >>> [(round(point.lam, 9), [event.kind for event in point.events]) for point in path.breakpoints]
        [(10.049875621, ['enters', 'enters'])]
        """
        return self._followed[0]

    @property
    def unresolved(self) -> tuple[tuple[float, float], ...]:
        """Intervals (lower, upper) of λ on which the active set could not be followed; () if it always was.

        Below 1e-14 of λ_max, where residuals are the rounding of the targets, it is not tried.
        """
        return self._followed[1]

    def at(self, lam: float) -> WideReluFit:
        """The fit at any λ > 0, started from the nearest one of the path that is no smaller.

        Raises: MeanFieldInputError for a λ that is not positive and finite.

        >>> path = wide_relu_path([-1.0, 1.0], [1.0, 1.0], n_lams=3)
        >>> path.at(0.25).predict([0.0]).round(12).tolist()
        [0.75]
        """
        penalty = positive("lam", lam, infinite=False)
        nearest = int(np.searchsorted(-self.lams, -penalty, side="right")) - 1
        return self._problem.fit(penalty, self._units[nearest] if nearest >= 0 else None)[0]

    def predict(self, x: ArrayLike) -> Array:
        """f(x) at every λ, shape (L, *x.shape).

        >>> path = wide_relu_path([-1.0, 1.0], [1.0, 1.0], lams=[0.5, 0.1])
        >>> path.predict([0.0, 3.0]).round(12).tolist()
        [[0.5, 0.5], [0.9, 0.9]]
        """
        at = points(x)
        return np.array([fit.predict(at) for fit in self.fits]).reshape(len(self.fits), *at.shape)


def largest_penalty(circle: Circle, omega: Array, y: Array) -> float:
    """The least double λ ≥ max_φ |Σ ω_i y_i (x_i cos φ + sin φ)₊|, up to an ulp or two: f = 0 from there on.

    The maximum in doubles, raised until long arithmetic finds no |g| above it.

    >>> from .circle import build_circle
    >>> largest_penalty(build_circle(np.array([-1.0, 1.0])), np.array([0.5, 0.5]), np.array([2.0, 2.0]))
    2.0
    """
    lam = largest(correlation(circle, omega * y))
    before, ctx.prec = ctx.prec, BITS
    try:
        while lam > 0:
            excess = scan(SparseModel(Segments(circle, omega, y, lam), [])).largest
            if excess <= 0:
                break
            lam = math.nextafter(lam * (1.0 + excess), math.inf)
    finally:
        ctx.prec = before
    return lam


def penalty_grid(lam_max: float, n_lams: int, ratio: float) -> Array:
    """λ_max down to ratio·λ_max in equal ratios."""
    if isinstance(n_lams, bool) or not isinstance(n_lams, int | np.integer) or n_lams < 1:
        raise MeanFieldInputError(f"n_lams is {shown(n_lams)}; a whole number of at least 1 is needed")
    if n_lams > _MOST:
        raise MeanFieldInputError(f"n_lams is {n_lams}; at most {_MOST} are allowed")
    share = positive("ratio", ratio, infinite=False)
    if not share < 1:
        raise MeanFieldInputError(f"ratio is {ratio}; numbers between 0 and 1 are allowed")
    if lam_max == 0:
        raise MeanFieldInputError("y is 0 at every input, so that f = 0 for every lam; give lams to have a path")
    return np.asarray(lam_max * share ** np.linspace(0.0, 1.0, int(n_lams)))


def wide_relu_path(
    x: ArrayLike,
    y: ArrayLike,
    *,
    lams: ArrayLike | None = None,
    n_lams: int = 100,
    ratio: float = 1e-3,
    sample_weight: ArrayLike | None = None,
    selection: Selection = "limit",
) -> WideReluPath:
    """Fit the noiseless infinitely wide ReLU network along its penalty λ, each fit started from the one before.

    The minimisers of ½R + λ Σ|c| over f = Σ c_k (x cos φ_k + sin φ_k)₊, from λ_max = max_φ |Σ ω_i y_i (x_i cos φ +
    sin φ)₊| down, ω_i = w_i / Σw: f = 0 if and only if λ ≥ λ_max.

    Args: x, y: inputs and targets (N,); lams: penalties > 0 in any order, or None for n_lams from λ_max to ratio·λ_max
        in equal ratios; sample_weight: weights (N,) ≥ 0; selection: "limit" or "vertex", where a minimiser is not
        unique.
    Returns: a `WideReluPath`, the largest penalty first.
    Raises: MeanFieldInputError (a ValueError) that names the value and what is allowed; also for targets that are 0 at
        every input (their weighted means where inputs repeat) unless lams are given, for then λ_max = 0.
    Source: derived in this project.

    >>> path = wide_relu_path([-10.0, 10.0], [2.0, 2.0], n_lams=3, ratio=0.01)
    >>> path.lams.round(9).tolist(), path.knot_count.tolist()
    ([10.049875621, 1.004987562, 0.100498756], [0, 2, 2])
    """
    given = check_rows(x, y, sample_weight)
    if selection not in ("limit", "vertex"):
        raise MeanFieldInputError(f"selection is {shown(selection)}; 'limit' and 'vertex' are allowed")
    rows = group(given.x, given.y, given.weight)
    circle = build_circle(rows.x)
    lam_max = largest_penalty(circle, rows.omega, rows.y)
    if lams is None:
        penalties = penalty_grid(lam_max, n_lams, ratio)
    else:
        penalties = column("lams", lams)
        if len(penalties) == 0:
            raise MeanFieldInputError("lams is empty; at least one penalty is needed")
        wrong = np.flatnonzero(penalties <= 0)
        if len(wrong):
            raise MeanFieldInputError(f"lams[{wrong[0]}] is {penalties[wrong[0]]}; positive numbers are allowed")
        penalties = np.sort(penalties)[::-1].copy()
    check_penalty(rows, float(penalties[-1]))
    problem = _Problem(given, rows, circle, selection)
    fits, units = [], []
    start: Units | None = None
    for lam in penalties.tolist():
        fit, start = problem.fit(lam, start)
        fits.append(fit)
        units.append(start)
    return WideReluPath(penalties, tuple(fits), lam_max, tuple(units), problem)
