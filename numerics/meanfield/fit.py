"""Exact regression with the infinitely wide ReLU network: the public entry point."""

from __future__ import annotations

import math

from numpy.typing import ArrayLike

from ..given import shown
from .data import check_penalty, check_rows, group, positive
from .errors import MeanFieldInputError
from .finite_fit import fit_finite
from .limit_fit import fit_limit
from .wide_fit import Selection, WideReluFit


def fit_wide_relu(
    x: ArrayLike,
    y: ArrayLike,
    *,
    lam: float,
    beta: float = math.inf,
    sample_weight: ArrayLike | None = None,
    selection: Selection = "limit",
) -> WideReluFit:
    """Fit the infinitely wide ReLU network exactly, at any inverse temperature, without training.

    At finite β it is the mean-field limit of noisy gradient descent: the minimiser ρ of the free energy
    F(ρ) = ½R + (λ/2) ∫|θ|² dρ − β⁻¹ H(ρ), f(x) = ∫ a (wx + b)₊ dρ, R = Σ w_i (f(x_i) − y_i)² / Σ w_i. At β = ∞ it is
    the minimiser of ½R + λ Σ|c_k| over f = Σ c_k (x cos φ_k + sin φ_k)₊, a piecewise linear function; where there is
    more than one, the limit of β → ∞ or, on request, one with few units, and a warning.

    Args: x, y: inputs and targets (N,), in any order, inputs may repeat; lam: ridge penalty λ > 0; beta: inverse
        temperature β > 0, inf for the limit; sample_weight: weights (N,) ≥ 0, a zero drops the row; selection: "limit"
        or "vertex".
    Returns: a `WideReluFit`.
    Raises: MeanFieldInputError (a ValueError) that names the value and what is allowed.
    Source: JMLR 23(130), (3.5) and (3.6); the solvers derived in this project.

    >>> fit = fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=0.01)  # section 6 of the paper
    >>> [(round(knot.location, 9), knot.side) for knot in fit.knots]
    [(-0.1, 'right'), (0.1, 'left')]
    """
    given = check_rows(x, y, sample_weight)
    penalty = positive("lam", lam, infinite=False)
    temperature = positive("beta", beta, infinite=True)
    if not isinstance(selection, str) or selection not in ("limit", "vertex"):
        raise MeanFieldInputError(f"selection is {shown(selection)}; 'limit' and 'vertex' are allowed")
    rows = group(given.x, given.y, given.weight)
    check_penalty(rows, penalty)
    if math.isinf(temperature):
        return fit_limit(given, rows, penalty, selection)
    b = temperature * penalty * penalty
    if not 1e-150 < b < 1e150:
        raise MeanFieldInputError(f"beta·lam² is {b}, outside double precision; change beta or the scale of y and lam")
    return fit_finite(given, rows, penalty, temperature, selection)
