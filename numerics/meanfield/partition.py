"""The angular partition function Zs(r) = ∫ dφ/(1 − g(φ)²) and its derivatives, arc by arc in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arcs import arc_function
from .circle import Circle, Correlation

Array = NDArray[np.float64]

_BLOCK = 8192  # arcs differentiated together


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


@np.errstate(over="ignore", invalid="ignore")  # second derivatives may leave double precision next to contacts
def arc_derivatives(
    half_sine: Array, half_cosine: Array, below: Array, above: Array, room: Array, turn: Array | None = None
) -> ArcDerivatives:
    """Differentiate the arc integrals twice in the end values, where |g| < 1.

    For either sign D = cos(Δ/2) ∓ (g₁+g₂)/(2 cos(Δ/2)) and E = (1∓g₁)(1∓g₂), so that ∂D/∂g = ∓1/(2 cos(Δ/2)),
    ∂E/∂g₁ = ∓(1∓g₂), ∂²E/∂g₁∂g₂ = 1, and the other second derivatives vanish; in second derivatives of the integral
    the two signs of a product cancel.

    D is also (1∓g₁) cos(Δ/2) ∓ g₁′ sin(Δ/2), and likewise at the other end with the other sign: this keeps its digits
    where g touches ±1 near one end of a long arc, if the derivatives g′ = dg/dφ are known to their own precision.

    Args: half_sine, half_cosine: of Δ/2 (N,); below, above: 1 − g and 1 + g at both ends (N, 2); room: 1 − |v|² (N,);
        turn: g′ at both ends (N, 2), if known better than the end values tell.
    Source: derived in this project.
    """
    square, low = half_sine * half_sine, 0.5 / half_cosine
    u = square * room
    integral, gradient, hessian = np.zeros_like(u), np.zeros((2, len(u))), np.zeros((3, len(u)))
    for sign, ends in ((1.0, below), (-1.0, above)):
        first, second = ends.T
        if turn is None:
            d = (0.5 * (first + second) - square) * (2.0 * low)
        else:
            near, slope = np.where(first < second, (first, -turn[:, 0]), (second, turn[:, 1]))
            d = near * half_cosine + sign * slope * half_sine
        f = arc_function(u, d, first * second)
        bend, flat = f.in_ed * low, f.in_dd * (low * low)
        integral += f.value
        drop = f.in_d * low
        gradient[0] -= sign * (f.in_e * second + drop)
        gradient[1] -= sign * (f.in_e * first + drop)
        hessian[0] += (f.in_ee * second + 2.0 * bend) * second + flat
        hessian[1] += f.in_ee * (first * second) + bend * (first + second) + flat + f.in_e
        hessian[2] += (f.in_ee * first + 2.0 * bend) * first + flat
    return ArcDerivatives(half_sine * integral, (half_sine * gradient).T, (half_sine * hessian).T)


def circle_derivatives(circle: Circle, field: Correlation, turn: Array | None = None) -> ArcDerivatives:
    """`arc_derivatives` of all live arcs, a few thousand at a time, which stay in the processor's caches."""
    arcs = 2 * circle.size
    integral, gradient, hessian = np.empty(arcs), np.empty((2, arcs)), np.empty((3, arcs))
    for start in range(0, arcs, _BLOCK):
        here, ends = slice(start, min(start + _BLOCK, arcs)), slice(start, min(start + _BLOCK, arcs) + 1)
        below, above = (np.stack([near[ends][:-1], near[ends][1:]], axis=1) for near in (field.below, field.above))
        part = arc_derivatives(
            circle.half_sine[here], circle.half_cosine[here], below, above, field.room[here],
            None if turn is None else turn[here],
        )  # fmt: skip
        integral[here], gradient[:, here], hessian[:, here] = part.integral, part.gradient.T, part.hessian.T
    return ArcDerivatives(integral, gradient.T, hessian.T)
