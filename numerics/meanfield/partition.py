"""The angular partition function Zs(r) = ∫ dφ/(1 − g(φ)²) and its derivatives, arc by arc in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arcs import arc_function
from .circle import Circle, Correlation

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ArcDerivatives:
    """Per live arc the integral of 1/(1 − g²) and its derivatives in the end values (g₁, g₂) of g.

    integral (2M,), gradient (2M, 2), hessian (2M, 3) in the order 11, 12, 22.
    """

    integral: Array
    gradient: Array
    hessian: Array

    @property
    def weights(self) -> Array:
        """∂Zs/∂g at the breaks (2M+1,): ∫ 2g f/(1−g²)² = Σ weights f for every f that is a sinusoid on each arc."""
        ends = np.zeros(len(self.integral) + 1)
        ends[:-1] += self.gradient[:, 0]
        ends[1:] += self.gradient[:, 1]
        return ends


def arc_derivatives(half_sine: Array, half_cosine: Array, below: Array, above: Array, room: Array) -> ArcDerivatives:
    """Differentiate the arc integrals twice in the end values, where |g| < 1.

    For either sign D = cos(Δ/2) ∓ (g₁+g₂)/(2 cos(Δ/2)) and E = (1∓g₁)(1∓g₂), so that ∂D/∂g = ∓1/(2 cos(Δ/2)),
    ∂E/∂g₁ = ∓(1∓g₂), ∂²E/∂g₁∂g₂ = 1, and the other second derivatives vanish.

    Args: half_sine, half_cosine: of Δ/2 (N,); below, above: 1 − g and 1 + g at both ends (N, 2); room: 1 − |v|² (N,).
    Source: derived in this project.
    """
    u = half_sine * half_sine * room
    integral = np.zeros_like(u)
    gradient = np.zeros((len(u), 2))
    hessian = np.zeros((len(u), 3))
    for sign, ends in ((1.0, below), (-1.0, above)):
        first, second = ends[:, 0], ends[:, 1]
        d = (0.5 * (first + second) - half_sine * half_sine) / half_cosine
        f = arc_function(u, d, first * second)
        slope = -0.5 * sign / half_cosine
        e1, e2 = -sign * second, -sign * first
        integral += f.value
        gradient[:, 0] += f.in_e * e1 + f.in_d * slope
        gradient[:, 1] += f.in_e * e2 + f.in_d * slope
        hessian[:, 0] += (f.in_ee * e1 + 2.0 * f.in_ed * slope) * e1 + f.in_dd * slope * slope
        hessian[:, 1] += f.in_ee * e1 * e2 + f.in_ed * slope * (e1 + e2) + f.in_dd * slope * slope + f.in_e
        hessian[:, 2] += (f.in_ee * e2 + 2.0 * f.in_ed * slope) * e2 + f.in_dd * slope * slope
    return ArcDerivatives(half_sine * integral, half_sine[:, None] * gradient, half_sine[:, None] * hessian)


def circle_derivatives(circle: Circle, field: Correlation) -> ArcDerivatives:
    """`arc_derivatives` of all live arcs."""
    below = np.stack([field.below[:-1], field.below[1:]], axis=1)
    above = np.stack([field.above[:-1], field.above[1:]], axis=1)
    return arc_derivatives(circle.half_sine, circle.half_cosine, below, above, field.room)
