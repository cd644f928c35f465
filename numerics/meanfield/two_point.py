"""The two-point problem of section 6, solved exactly for every distance, target and penalty."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from .errors import MeanFieldInputError


@dataclass(frozen=True)
class TwoPointSolution:
    """The noiseless minimiser for data (−x̄, ȳ), (x̄, ȳ): common fitted value, objective, kinks, and the regime.

    regime: "knots" (x̄ > √3, one right-facing knot at −1/x̄ and one left-facing at 1/x̄), "constant" (x̄ < √3), "face"
    (x̄ = √3, every mixture of the two) or "zero" (the penalty exceeds what the data pay for). slope_change: at either
    knot; on the face that of the limit β → ∞, which gives the three units equal weights.
    """

    fitted: float
    objective: float
    knots: tuple[float, ...]
    slope_change: float
    regime: Literal["knots", "constant", "face", "zero"]


def two_point_solution(xbar: float, ybar: float, lam: float) -> TwoPointSolution:
    """Solve min ½R + λ Σ|c| on the data (−x̄, ȳ), (x̄, ȳ).

    A unit of fitted value costs κ = min(1, 2/√(1+x̄²)): the constant unit against two facing units of norm √(1+x̄²).
    Hence p = (|ȳ| − κλ)₊ sign ȳ, and the objective is ½(κλ)² + κλ|p|, or ½ȳ² if p = 0.

    Args: xbar > 0, ybar: the data; lam: ridge penalty λ > 0.
    Returns: a `TwoPointSolution`.
    Raises: MeanFieldInputError for xbar or lam that are not positive.
    Source: JMLR 23(130), section 6; solution derived in this project (the paper's own candidate is not the minimiser).

    >>> two_point_solution(10.0, 2.0, 0.1).knots
    (-0.1, 0.1)
    >>> two_point_solution(1.0, 2.0, 0.5).fitted
    1.5
    """
    for name, value in (("xbar", xbar), ("lam", lam)):
        if not 0 < value < math.inf:
            raise MeanFieldInputError(f"{name} is {value}; positive, finite numbers are allowed")
    length = math.hypot(1.0, xbar)
    cost = lam * min(1.0, 2.0 / length)
    size = max(abs(ybar) - cost, 0.0)
    if size == 0.0:
        return TwoPointSolution(0.0, 0.5 * ybar * ybar, (), 0.0, "zero")
    fitted = math.copysign(size, ybar)
    objective = 0.5 * cost * cost + cost * size
    if xbar * xbar < 3.0 and not math.isclose(xbar, math.sqrt(3.0), rel_tol=1e-15):
        return TwoPointSolution(fitted, objective, (), 0.0, "constant")
    # A facing unit of weight c has value c·length at its datum and slope c·x̄/length.
    if math.isclose(xbar, math.sqrt(3.0), rel_tol=1e-15):
        change = fitted / 3.0 * xbar / length
        return TwoPointSolution(fitted, objective, (-1.0 / xbar, 1.0 / xbar), change, "face")
    return TwoPointSolution(fitted, objective, (-1.0 / xbar, 1.0 / xbar), fitted * xbar / length**2, "knots")
