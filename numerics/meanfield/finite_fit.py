"""The fit at finite inverse temperature: the dual problem solved, and the law that it gives."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .circle import build_circle
from .data import Grouped, Rows
from .dual_curve import DualCurve
from .law import GibbsLaw
from .nested import solve_nested
from .refine import refine
from .result import Stop
from .wide_fit import Selection, WideReluFit, relative_size

Array = NDArray[np.float64]


def _with_bridge(rows: Grouped) -> tuple[Array, Array, Array]:
    """Inputs, weights and targets with a break of weight 0 in a gap that spans more than a right angle."""
    angle = np.arctan(rows.x)
    wide = np.flatnonzero(np.diff(angle) > 0.5 * math.pi)
    at = wide + 1
    middle = np.tan(0.5 * (angle[wide] + angle[at])) if len(wide) else np.zeros(0)
    return np.insert(rows.x, at, middle), np.insert(rows.omega, at, 0.0), np.insert(rows.y, at, 0.0)


def fit_finite(given: Rows, rows: Grouped, lam: float, beta: float, selection: Selection) -> WideReluFit:
    """The fit at inverse temperature beta: rows as given and grouped, ridge penalty lam; selection is only noted."""
    places, omega, targets = _with_bridge(rows)
    circle = build_circle(places)
    # Newton's method ends where a step has left double precision; the gap says where it got.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        found = solve_nested(circle, omega, targets / lam, beta * lam * lam)
        refined = refine(circle, omega, targets, lam, beta, found)
    solution = refined.solution
    law = GibbsLaw(circle, solution.point, lam, beta)
    constant = 0.5 * math.log(2.0 * math.pi) - 1.5 * (math.log(beta) + math.log(lam))
    objective = refined.dual - constant / beta + 0.5 * rows.within
    # At the data y + r/ω has the full precision of the dual solution; rows of weight zero have no r.
    at = np.minimum(np.searchsorted(rows.x, given.x), len(rows.x) - 1)
    fitted, apart = refined.fitted[omega > 0][at], rows.x[at] != given.x
    fitted[apart] = law.evaluate(given.x[apart])[0]
    gap = refined.gap
    return WideReluFit(
        lam=lam, beta=beta, selection=selection, knots=(), affine=None, units=None,
        fitted=fitted, objective=objective, gap=gap, relative_gap=relative_size(gap, objective, rows.mean_square),
        face_dimension=0, selection_undecided=(), sparsest=None, stop=Stop(solution.stop),
        iterations=solution.iterations, _rows=given, _function=law,
        dual=DualCurve(lam, circle, solution.point.field),
    )  # fmt: skip
