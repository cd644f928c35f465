"""The closed form on one arc of the circle of directions in ball arithmetic: what `partition` computes, enclosed."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from flint import arb

Ball = Any  # flint.arb

_SERIES_RATIO = 2.0**-16  # |u|/D² below which the closed forms of the derivatives of Θ cancel


@lru_cache(maxsize=64)
def _coefficients(terms: int, bits: int) -> tuple[Ball, ...]:
    """(−1)ⁿ/(2n+1) for n = terms, …, 0, at the working precision bits."""
    return tuple(arb((-1) ** n) / (2 * n + 1) for n in range(terms, -1, -1))


def _series(u: Ball, d: Ball, bits: int) -> tuple[Ball, Ball, Ball]:
    """Θ, ∂Θ/∂u and ∂²Θ/∂u² for |u| < D²/2¹⁶ from atan(√z)/√z = Σ (−z)ⁿ/(2n+1), z = u/D², remainders enclosed.

    After the term N the derivatives of order 0, 1, 2 have remainders below |z|^(N+1), |z|^N and (N+1)|z|^(N−1).
    """
    square = d * d
    z = u / square
    size = abs(z).upper()
    ratio = max(float(size), 1e-300)
    terms = max(2, math.ceil(bits / -math.log2(ratio)))
    f0, f1, f2 = arb(0), arb(0), arb(0)
    for coefficient in _coefficients(terms, bits):
        f2 = f2 * z + 2 * f1
        f1 = f1 * z + f0
        f0 = f0 * z + coefficient
    rest = size ** (terms - 1)
    f2 += arb(0, (terms + 1) * rest)
    f1 += arb(0, rest * size)
    f0 += arb(0, rest * size * size)
    cube = square * d
    return f0 / d, f1 / cube, f2 / (cube * square)


def _theta(u: Ball, d: Ball, e: Ball, second: bool, bits: int) -> tuple[Ball, ...]:
    """Θ, ∂Θ/∂E, ∂Θ/∂D and, if asked for, the derivatives EE, ED, DD, by the formulas of `arcs`."""
    if d > 0 and abs(u) < _SERIES_RATIO * (d * d):
        theta, in_u, in_uu = _series(u, d, bits)
        inverse = 1 / e
        in_d = -inverse - 2 * d * in_u
        if not second:
            return theta, in_u, in_d
        square = inverse * inverse
        return theta, in_u, in_d, in_uu, square - 2 * d * in_uu, 4 * d * d * in_uu - 2 * in_u - 2 * d * square
    root = abs(u).sqrt()
    theta = (arb.atan2(root, d) if u > 0 else ((d + root) / e.sqrt()).log()) / root
    in_e = (d / e - theta) / (2 * u)
    in_d = (d * theta - 1) / u
    if not second:
        return theta, in_e, in_d
    return theta, in_e, in_d, -(d / (e * e) + 3 * in_e) / (2 * u), (d * in_e - in_d) / u, (theta + 3 * d * in_d) / u


def arc_ball(sine: Ball, cosine: Ball, g1: Ball, g2: Ball, room: Ball, bits: int, second: bool) -> tuple[Ball, ...]:
    """Enclose the integral of 1/(1 − g²) over one arc and its derivatives in the end values of the sinusoid g.

    For either sign D = cos(Δ/2) ∓ (g₁+g₂)/(2 cos(Δ/2)), E = (1∓g₁)(1∓g₂), and the integral is sin(Δ/2) Σ Θ(E − D², D).

    Args: sine, cosine: of Δ/2, half the arc's angle; g1, g2: values at its ends; room: 1 − |v|², v the sinusoid's
        vector; all of them balls, |g| < 1 on the arc; bits: the working precision, which is set by the caller; second:
        whether second derivatives are wanted.
    Returns: (integral, ∂₁, ∂₂) or (integral, ∂₁, ∂₂, ∂₁₁, ∂₁₂, ∂₂₂). Not finite where bits are too few.
    Source: derived in this project.

    >>> half = arb("0.25")
    >>> value, first, _ = arc_ball(half.sin(), half.cos(), arb(0), arb(0), arb(1), 53, second=False)
    >>> bool(value.overlaps(arb("0.5"))), bool(first.contains(0))  # g = 0 gives Δ
    (True, True)
    """
    u = sine * sine * room
    low = -1 / (2 * cosine)
    total: list[Ball] = []
    for sign in (1, -1):
        first, other = (1 - g1, 1 - g2) if sign == 1 else (1 + g1, 1 + g2)
        d = ((first + other) / 2 - sine * sine) / cosine
        slope, e1, e2 = (low, -other, -first) if sign == 1 else (-low, other, first)
        value, in_e, in_d, *more = _theta(u, d, first * other, second, bits)
        bend = in_d * slope
        terms = [value, in_e * e1 + bend, in_e * e2 + bend]
        if second:
            ee, ed, dd = more
            ed, dd = ed * slope, dd * slope * slope
            terms += [
                (ee * e1 + 2 * ed) * e1 + dd,
                ee * e1 * e2 + ed * (e1 + e2) + dd + in_e,
                (ee * e2 + 2 * ed) * e2 + dd,
            ]
        total = [old + new for old, new in zip(total, terms, strict=True)] if total else terms
    return tuple(sine * part for part in total)
