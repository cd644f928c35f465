"""Closed forms on one arc of the circle of unit directions.

Between two neighbouring data directions the correlation g is one sinusoid, and 1/(1 − g²) = ½/(1 − g) + ½/(1 + g). On
an arc of angle Δ with end values g₁, g₂ and G = (g₁ + g₂)/(2 cos(Δ/2)) its value half way,

    ∫ ½ dφ/(1 ∓ g) = sin(Δ/2) Θ(u, D),   D = cos(Δ/2) ∓ G,   E = (1 ∓ g₁)(1 ∓ g₂),   u = E − D² = sin²(Δ/2)(1 − |v|²)

with Θ(u, D) = atan2(√u, D)/√u and |v| the sinusoid's amplitude. Splitting by sign keeps a contact g → 1 apart from a
contact g → −1, and E is known without cancellation, so that derivatives keep their digits next to contacts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Below this ratio |u|/D² the closed forms of the derivatives of Θ cancel, and the series is exact to rounding.
_SERIES_RATIO = 0.05
_SERIES_REST = 1e-21  # the first power of |u|/D² that is left out, two orders above which the second derivative ends


@dataclass(frozen=True)
class ArcFunction:
    """Θ as a function of E = D² + u and D, with first and second partial derivatives, elementwise over arcs."""

    value: Array
    in_e: Array
    in_d: Array
    in_ee: Array
    in_ed: Array
    in_dd: Array


def _near(u: Array, d: Array, e: Array) -> ArcFunction:
    """Horner's rule on atan(√z)/√z = Σ (−z)ⁿ/(2n+1), z = u/D², D > 0, with ∂Θ/∂D = −1/E at fixed u."""
    over = 1.0 / d
    square, inverse = over * over, 1.0 / e
    z = u * square
    largest = max(float(np.max(np.abs(z), initial=0.0)), 1e-300)
    f0, f1, f2 = np.zeros_like(z), np.zeros_like(z), np.zeros_like(z)
    for n in range(2 + math.ceil(math.log(_SERIES_REST) / math.log(largest)), -1, -1):
        f2 *= z
        f2 += 2.0 * f1
        f1 *= z
        f1 += f0
        f0 *= z
        f0 += (-1.0) ** n / (2 * n + 1)
    f0 *= over
    f1 *= over * square
    f2 *= over * (square * square)
    slope = 2.0 * d
    return ArcFunction(
        value=f0,
        in_e=f1,
        in_d=-inverse - slope * f1,
        in_ee=f2,
        in_ed=inverse * inverse - slope * f2,
        in_dd=slope * (slope * f2 - inverse * inverse) - 2.0 * f1,
    )


def _far(u: Array, d: Array, e: Array) -> ArcFunction:
    """Derivatives from 2u ∂Θ/∂E + Θ = D/E and u ∂Θ/∂D = DΘ − 1; no term is worse than the result as E → 0.

    For u < 0 (then D > 0) Θ = artanh(√−u/D)/√−u = log((D + √−u)/√E)/√−u.
    """
    root = np.sqrt(np.abs(u))
    theta = np.where(u > 0, np.arctan2(root, d), np.log((np.maximum(d, 0.0) + root) / np.sqrt(e))) / root
    in_e = (d / e - theta) / (2.0 * u)
    in_d = (d * theta - 1.0) / u
    return ArcFunction(
        value=theta,
        in_e=in_e,
        in_d=in_d,
        in_ee=-(d / (e * e) + 3.0 * in_e) / (2.0 * u),
        in_ed=(d * in_e - in_d) / u,
        in_dd=(theta + 3.0 * d * in_d) / u,
    )


def arc_function(u: Array, d: Array, e: Array) -> ArcFunction:
    """Evaluate Θ = atan2(√u, D)/√u and its derivatives in (E, D) at u = E − D², for arrays of arcs.

    Args: u, d, e: arrays of one shape; e > 0, and u = e − d² up to rounding, given apart because both are known
        without cancellation; d > 0 where u ≤ 0.
    Returns: an `ArcFunction` of arrays of that shape, not finite where a derivative is beyond double precision.
    Source: derived in this project.

    >>> one = np.array([1.0])
    >>> float(arc_function(one, one, 2 * one).value[0])  # arctan(1)
    0.7853981633974483
    """
    near = (d > 0) & (np.abs(u) < _SERIES_RATIO * d * d)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # second derivatives grow like E^(−5/2)
        if np.all(near):
            return _near(u, d, e)
        parts = [_near(u[near], d[near], e[near]), _far(u[~near], d[~near], e[~near])]
    joined = {}
    for item in fields(ArcFunction):
        whole = np.empty_like(u)
        whole[near], whole[~near] = (getattr(part, item.name) for part in parts)
        joined[item.name] = whole
    return ArcFunction(**joined)


def arc_integral(delta: float, g1: float, g2: float, lam: float) -> float:
    """Integrate 1/(λ² − g²) over one arc of angle Δ from the end values of the sinusoid g alone.

    The sum over both signs of sin(Δ/2) Θ(u, D)/λ² with g measured in units of λ; it equals
    sin Δ · Θ(U, λ² cos Δ − g₁g₂) with U = λ²(λ² sin²Δ − g₁² − g₂² + 2g₁g₂ cos Δ).

    Args: delta: angle, 0 < Δ < π; g1, g2: values of g at the ends; lam: ridge penalty λ, above |g| on the whole arc.
    Returns: the integral.
    Source: derived in this project.

    >>> round(arc_integral(0.5, 0.0, 0.0, 2.0), 15)  # g = 0 gives Δ/λ²
    0.125
    """
    sine, cosine = math.sin(0.5 * delta), math.cos(0.5 * delta)
    a, b = g1 / lam, g2 / lam
    middle = (a + b) / (2.0 * cosine)
    u = sine * sine - ((b - a) ** 2 + 4.0 * a * b * sine * sine) / (4.0 * cosine * cosine)
    d = np.array([cosine - middle, cosine + middle])
    e = np.array([(1.0 - a) * (1.0 - b), (1.0 + a) * (1.0 + b)])
    return sine * float(np.sum(arc_function(np.array([u, u]), d, e).value)) / (lam * lam)


def curvature_term(norm: Array, g: Array, room: Array) -> Array:
    """The share 2g/(√(1+x²)³ (1 − g²)²) of one side in the curvature, in units of λ, elementwise.

    norm: √(1+x²); g: the one-sided sum S(x)/(λ√(1+x²)); room: 1 − g², given apart because it is known without
    cancellation. Divided twice, so that no power of a large norm is formed.
    """
    return np.asarray(2.0 * g / (norm * room) / (norm * room) / norm)


def predictor_curvature(x: float, p: float, q: float, lam: float, beta: float, zs: float) -> float:
    """f″(x) = −(2/(β Zs)) Σ_{S ∈ {P, Q}} S/(λ²(1+x²) − S²)², from the one-sided sums at x.

    Args: x: point; p, q: P(x) = Σ_{x_i > x} r_i (x_i − x) and Q(x) = Σ_{x_i < x} r_i (x − x_i), below λ√(1+x²); lam,
        beta: λ and β; zs: Zs = ∫ dφ/(λ² − g²).
    Returns: the curvature of the predictor at finite temperature.
    Source: derived in this project.

    >>> predictor_curvature(0.0, 0.5, 0.0, 1.0, 2.0, 4.0)  # −(1/4)(1/2)/(3/4)²
    -0.2222222222222222
    """
    norm = math.hypot(1.0, x)
    g = np.array([p, q]) / (lam * norm)
    terms = curvature_term(np.full(2, norm), g, (1.0 - g) * (1.0 + g))
    return -float(np.sum(terms)) / (beta * zs * lam**3)
