"""The fit at infinite inverse temperature: the noiseless problem solved, its face of minimisers, one of them chosen."""

from __future__ import annotations

import math
import warnings

import numpy as np

from .circle import build_circle
from .contacts import local_maxima
from .data import Grouped, Rows
from .errors import NonUniquePredictorWarning
from .faces import entropic_selection, find_face
from .noiseless import solve_noiseless
from .piecewise import affine_part, find_knots, piecewise_linear
from .result import Stop, Undecided, Unit
from .wide_fit import Selection, WideReluFit, relative_size

_GOOD = 1e-12  # relative gap called converged
_MOVED = 1e-9  # change of the fitted values by a selection, relative to the largest target, beyond which it is doubted
_CONTACT = 1e-11  # distance of |g|/λ from 1 below which a direction counts as a contact


def fit_limit(given: Rows, rows: Grouped, lam: float, selection: Selection) -> WideReluFit:
    """The fit at β = ∞: rows as given and grouped, ridge penalty lam, and which minimiser where there are several."""
    circle = build_circle(rows.x)
    solution = solve_noiseless(circle, rows.omega, rows.y / lam)
    units = solution.units
    contacts = local_maxima(circle, solution.field, 1.0 - _CONTACT)
    face = find_face(circle, units, contacts, rows.omega)
    undecided: tuple[Undecided, ...] = ()
    if face.functions > 0:
        if selection == "limit":
            units, open_contacts = entropic_selection(circle, face, rows.omega)
            stray = piecewise_linear(circle, solution.r, face.contacts.pick(open_contacts), lam)
            undecided = tuple(
                Undecided(
                    float(t), "right" if w > 0 else "left", "the fitted values leave this contact at a datum free"
                )
                for t, w in zip(stray.knot, stray.w, strict=True)
            )
        which = "the limit of beta to infinity" if selection == "limit" else "a vertex of the set"
        warnings.warn(
            f"the minimising functions form a set of dimension {face.functions}; this fit is {which}",
            NonUniquePredictorWarning,
            stacklevel=3,
        )
    function = piecewise_linear(circle, solution.r, units, lam)
    possible = piecewise_linear(circle, solution.r, face.contacts.pick(face.possible), lam)
    order = np.argsort(units.phi, kind="stable")
    gap = lam * lam * solution.gap
    objective = lam * lam * solution.objective + 0.5 * rows.within
    relative = relative_size(gap, objective, rows.mean_square)
    solved = piecewise_linear(circle, solution.r, solution.units, lam).evaluate(rows.x)[0]
    moved = float(np.max(np.abs(function.evaluate(rows.x)[0] - solved)))
    stop = Stop.CONVERGED if relative <= _GOOD else Stop(solution.stop)
    if moved > _MOVED * float(np.max(np.abs(rows.y))):  # all minimisers have the same fitted values
        stop = Stop.PRECISION
    return WideReluFit(
        lam=lam, beta=math.inf, selection=selection, knots=find_knots(function, possible),
        affine=affine_part(circle, function), fitted=function.evaluate(given.x)[0],
        units=tuple(Unit(float(units.phi[k]), lam * float(units.c[k])) for k in order),
        objective=objective, gap=gap, relative_gap=relative,
        face_dimension=face.functions, selection_undecided=undecided, sparsest=None, stop=stop,
        iterations=solution.iterations, _rows=given, _function=function,
    )  # fmt: skip
