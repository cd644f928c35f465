"""The fit at infinite inverse temperature: the noiseless problem solved, its face of minimisers, one of them chosen."""

from __future__ import annotations

import math
import warnings

import numpy as np

from .circle import Circle, build_circle
from .data import Grouped, Rows
from .dual_curve import DualCurve
from .errors import NonUniquePredictorWarning
from .faces import find_face, undecided_face
from .noiseless import NoiselessSolution, solve_noiseless
from .piecewise import affine_part, find_knots, piecewise_linear
from .result import Stop, Undecided, Unit
from .selection import choose_minimiser
from .wide_fit import Selection, WideReluFit, relative_size

_GOOD = 1e-12  # relative gap called converged
_MOVED = 1e-9  # change of the fitted values by a selection, relative to the largest target, beyond which it is none


def fit_limit(given: Rows, rows: Grouped, lam: float, selection: Selection) -> WideReluFit:
    """The fit at β = ∞: rows as given and grouped, ridge penalty lam, and which minimiser where there are several."""
    circle = build_circle(rows.x)
    fit = describe_limit(given, rows, circle, solve_noiseless(circle, rows.omega, rows.y, lam=lam), lam, selection)
    if fit.face_dimension:
        which = "the limit of beta to infinity" if selection == "limit" else "a vertex of the set"
        warnings.warn(
            f"the minimising functions form a set of dimension {fit.face_dimension}; this fit is {which}",
            NonUniquePredictorWarning,
            stacklevel=3,
        )
    return fit


def describe_limit(
    given: Rows, rows: Grouped, circle: Circle, solution: NoiselessSolution, lam: float, selection: Selection
) -> WideReluFit:
    """What is known about a solution of the noiseless problem in units where λ = 1: its face, the member chosen.

    All minimisers have the same fitted values, so that a choice that moves them shows contacts or null vectors that are
    none. Then, or where the gap is not closed and places with |g| = 1 mean nothing, the solver's units are the answer
    and the face stays undecided.
    """
    solved = piecewise_linear(circle, solution.r, solution.units, lam).evaluate(rows.x)[0]
    face = undecided_face(solution.units)
    if solution.relative_gap <= _GOOD:
        face = find_face(circle, solution.units, solution.contacts, rows.omega)
    choice = choose_minimiser(circle, solution.units, face, rows.omega, selection)
    function = piecewise_linear(circle, solution.r, choice.units, lam)
    moved = float(np.max(np.abs(function.evaluate(rows.x)[0] - solved)))
    if moved > _MOVED * float(np.max(np.abs(rows.y))):
        face = undecided_face(solution.units)
        choice = choose_minimiser(circle, solution.units, face, rows.omega, selection)
        function = piecewise_linear(circle, solution.r, choice.units, lam)
    units = choice.units
    stray = piecewise_linear(circle, solution.r, face.contacts.pick(choice.undecided), lam)
    undecided = tuple(
        Undecided(float(t), "right" if w > 0 else "left", "the fitted values leave this contact at a datum free")
        for t, w in zip(stray.knot, stray.w, strict=True)
    )
    possible = piecewise_linear(circle, solution.r, face.contacts.pick(face.possible), lam)
    order = np.argsort(units.phi, kind="stable")
    gap = lam * (lam * solution.gap)
    # Without units it is ½ mean y², which leaves the range of doubles in units of a very large λ.
    objective = lam * (lam * solution.objective) + 0.5 * rows.within if len(units) else 0.5 * rows.mean_square
    relative = relative_size(gap, objective, rows.mean_square)
    stop = Stop.CONVERGED if relative <= _GOOD else Stop(solution.stop)
    return WideReluFit(
        lam=lam, beta=math.inf, selection=selection, knots=find_knots(function, possible),
        affine=affine_part(circle, function), fitted=function.evaluate(given.x)[0],
        units=tuple(Unit(float(units.phi[k]), lam * float(units.c[k])) for k in order),
        objective=objective, gap=gap, relative_gap=relative,
        face_dimension=face.functions, selection_undecided=undecided, sparsest=choice.sparsest, stop=stop,
        iterations=solution.iterations, _rows=given, _function=function,
        dual=DualCurve(lam, circle, solution.field),
    )  # fmt: skip
