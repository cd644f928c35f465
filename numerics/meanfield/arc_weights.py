"""Weights on the ends of arcs with which integrals against the stationary law are sums over breaks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .arcs import arc_function
from .partition import arc_derivatives

Array = NDArray[np.float64]

_FAR = 0.7  # |g| at both ends below which no digits are lost in 1 − g²


def _whole(half_sine: Array, half_cosine: Array, ends: Array, room: Array) -> Array:
    """The gradient with both signs together, in which every term carries a factor g.

    With E = (1 − g₁²)(1 − g₂²), D = cos Δ − g₁g₂ and u = E − D² = sin²Δ (1 − |v|²) the integral is sin Δ · Θ(u, D), and
    ∂E/∂g₁ = −2g₁(1 − g₂²), ∂D/∂g₁ = −g₂.
    """
    sine, cosine = 2.0 * half_sine * half_cosine, (half_cosine - half_sine) * (half_cosine + half_sine)
    one, two = ends.T
    first, second = (1.0 - one) * (1.0 + one), (1.0 - two) * (1.0 + two)
    f = arc_function(sine * sine * room, cosine - one * two, first * second)
    low = -2.0 * one * second * f.in_e - two * f.in_d
    high = -2.0 * two * first * f.in_e - one * f.in_d
    return np.asarray(sine[:, None] * np.stack([low, high], axis=1))


def arc_weights(
    half_sine: Array,
    half_cosine: Array,
    ends: Array,
    below: Array,
    above: Array,
    room: Array,
    turn: Array | None = None,
) -> Array:
    """Weights c with ∫ 2g f/(1 − g²)² dφ = c₁ f₁ + c₂ f₂ on each arc, for every sinusoid f with end values f₁, f₂.

    They are the derivatives of ∫ dφ/(1 − g²) in the end values of g, here to their own relative precision: next to a
    contact |g| → 1 from 1 ∓ g, sign by sign, as in `partition`; elsewhere, where the signs would cancel down to g, from
    g itself.

    Args: half_sine, half_cosine: of half the arcs' angles Δ, Δ below two right angles (N,); ends: g at both ends
        (N, 2); below, above: 1 − g and 1 + g there (N, 2); room: 1 − |v|², v the sinusoid's vector (N,);
        turn: dg/dφ at both ends (N, 2), if known better than the end values tell.
    Returns: c (N, 2).
    Source: derived in this project.

    >>> tiny, half = np.array([[1e-30, 1e-30]]), np.array([5e-4])  # g = 1e-30 on an arc of 1e-3
    >>> c = arc_weights(np.sin(half), np.cos(half), tiny, 1 - tiny, 1 + tiny, np.ones(1))
    >>> [f"{weight:.6e}" for weight in c[0]]
    ['1.000000e-33', '1.000000e-33']
    """
    far = np.max(np.abs(ends), axis=1) < _FAR
    result = np.empty_like(ends)
    result[far] = _whole(half_sine[far], half_cosine[far], ends[far], room[far])
    near = ~far
    slopes = None if turn is None else turn[near]
    result[near] = arc_derivatives(
        half_sine[near], half_cosine[near], below[near], above[near], room[near], slopes
    ).gradient
    return result
