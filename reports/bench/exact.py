"""This project's fit as a contestant, and the reference that every contestant's values are compared with."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ...numerics.meanfield import NonUniquePredictorWarning, WideReluFit, fit_wide_relu
from ...numerics.meanfield.decimals import Enclosure
from .problem import Answer, Network, Problem

Array = NDArray[np.float64]

_DIGITS = 17  # an enclosure this narrow says how far a double is off


def _fit(problem: Problem) -> WideReluFit:
    with warnings.catch_warnings():
        # Of several minimisers any has the same fitted values, which are all that is compared.
        warnings.simplefilter("ignore", NonUniquePredictorWarning)
        return fit_wide_relu(problem.x, problem.y, lam=problem.setting.lam, beta=problem.setting.beta)


def _network(fit: WideReluFit) -> Network | None:
    if fit.units is None:
        return None
    phi = np.array([unit.phi for unit in fit.units])
    return Network(np.cos(phi), np.sin(phi), np.array([unit.c for unit in fit.units]))


def exact(problem: Problem) -> Answer:
    """The fit of this project.

    >>> from .problem import SETTINGS, make_data
    >>> exact(Problem(*make_data(50, 0), SETTINGS["limit"])).detail["stop"]
    'converged'
    """
    fit = _fit(problem)
    detail: dict[str, float | str | bool | None] = {
        "stop": fit.stop.value,
        "iterations": fit.iterations,
        "knots": len(fit.knots),
        "relative_gap": fit.relative_gap,
        "own_objective": fit.objective,
    }
    return Answer(_network(fit), fit.fitted, None, detail)


def gap_radius(gap: float) -> float:
    """How far the fitted values can be from the optimal ones, root mean square, for a gap of primal and dual value.

    The primal objective contains ½ (1/M) Σ (f(x_i) − y_i)², so that a gap γ leaves ½ rms² ≤ γ; at finite β the dual is
    M-strongly convex in r, which with γ = |∇|²/(2M) and f = y + M r is the same statement.

    Source: derived in this project.

    >>> gap_radius(2.0)
    2.0
    """
    return math.sqrt(2.0 * max(gap, 0.0))


def _enclosed(pairs: Sequence[Enclosure]) -> tuple[Array, float]:
    """Doubles nearest the middles of enclosures, and the root mean square of how far these can be from the truth."""
    centre, total = np.empty(len(pairs)), 0.0
    for k, (low, high) in enumerate((Fraction(low), Fraction(high)) for low, high in pairs):
        centre[k] = float((low + high) / 2)
        exact_centre = Fraction(float(centre[k]))
        total += float(max(high - exact_centre, exact_centre - low)) ** 2
    return centre, math.sqrt(total / len(pairs)) * (1.0 + 1e-9)  # the last bits of the sum, rounded outward


def reference(problem: Problem) -> Answer:
    """The values that closeness is measured from, with a radius: root mean square distance from the exact limit.

    `detail["radius_from"]` says where it comes from: "certificate", a rigorous enclosure (option `certify` not 0), or
    "gap", the duality gap in double precision and the rounding of the values.

    >>> from .problem import SETTINGS, make_data
    >>> answer = reference(Problem(*make_data(50, 0), SETTINGS["noisy"], options={"certify": 0}))
    >>> answer.detail["radius_from"], answer.detail["radius"] < 1e-9
    ('gap', True)
    """
    fit = _fit(problem)
    inside = sum(problem.x.min() < knot.location < problem.x.max() for knot in fit.knots)
    fitted, source = fit.fitted, "gap"
    radius = gap_radius(fit.gap) + float(np.finfo(np.float64).eps * np.max(np.abs(fitted)))
    undecided = None
    if problem.options["certify"]:
        proof = fit.certify(_DIGITS)
        if proof.fitted:
            fitted, radius = _enclosed(proof.fitted)
            source = "certificate"
        else:
            undecided = "; ".join(contact.reason for contact in proof.undecided)
    detail: dict[str, float | str | bool | None] = {
        "radius": radius,
        "radius_from": source,
        "uncertified_because": undecided,
        "segments": int(inside) + 1 if math.isinf(problem.setting.beta) else None,
        "stop": fit.stop.value,
    }
    return Answer(_network(fit), fitted, None, detail)
