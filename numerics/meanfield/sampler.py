"""Exact draws from the stationary law of the weights: no chain, no rejection, any number of neurons."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arcs import arc_function
from .circle import Circle, Correlation

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True)
class Directions:
    """Directions drawn on the circle: arc (N,), angle from its beginning and to its end, 1 − g² there, each (N,).

    On the dead arc, whose index is 2M, 1 − g² = 1.
    """

    arc: Index
    angle: Array
    rest: Array
    product: Array


@dataclass(frozen=True)
class Branches:
    """The law of the angle as a mixture: 1/(1 − g²) = ½/(1 − g) + ½/(1 + g) arc by arc, and the dead arc.

    With E = (1 ∓ g₁)(1 ∓ g₂), D = cos(Δ/2) ∓ (g₁+g₂)/(2 cos(Δ/2)) and u = E − D², for both signs: theta: Θ(u, D)
    (2, 2M); distance: D (2, 2M); ends: 1 ∓ g at both ends (2, 2M, 2); u (2M,); mass: unnormalised probabilities of the
    4M branches and of the dead arc (4M+1,).
    """

    circle: Circle
    theta: Array
    distance: Array
    ends: Array
    u: Array
    mass: Array

    def at(self, sign: Index, arc: Index, fraction: Array) -> tuple[Array, Array, Array]:
        """Angle from the arc's beginning, angle to its end and 1 − g² where a branch has a fraction of its mass behind.

        The mass up to an angle is again a Θ: with s = √u Θ·fraction the vector (cos(h), sin(h)) of the half angle h is
        proportional to first + second·e^(iΔ/2), first = cos s − D sin s/√u, second = (1 ∓ g₁) sin s/√u, and 1 ∓ g is a
        quadratic form in (first, second). Hyperbolic functions for u < 0. Beyond the middle the same from the other
        end, where first would cancel.
        """
        circle = self.circle
        theta, d, (low, high) = self.theta[sign, arc], self.distance[sign, arc], self.ends[sign, arc].T
        u, sine, cosine = self.u[arc], circle.half_sine[arc], circle.half_cosine[arc]
        root = np.sqrt(np.abs(u))
        bounded = u > 0

        def functions(share: Array) -> tuple[Array, Array]:
            area = root * theta * share
            hyperbolic = np.where(bounded, 0.0, area)
            odd = np.where(bounded, np.sin(area), np.sinh(hyperbolic))
            odd = np.where(root == 0.0, theta * share, odd / np.where(root == 0.0, 1.0, root))
            return np.where(bounded, np.cos(area), np.cosh(hyperbolic)), odd

        even, odd = functions(fraction)
        even_rest, odd_rest = functions(1.0 - fraction)
        first, second = even - d * odd, low * odd
        first_rest, second_rest = even_rest - d * odd_rest, high * odd_rest
        late = fraction > 0.5
        ahead = np.where(late, second_rest, first)
        along = np.where(late, first_rest, second)
        square = (along * sine) ** 2 + (ahead + along * cosine) ** 2
        near = (ahead * ahead * low + 2.0 * ahead * along * d + along * along * high) / square
        angle = 2.0 * np.arctan2(along * sine, ahead + along * cosine)
        rest = 2.0 * np.arctan2(ahead * sine, along + ahead * cosine)
        return angle, rest, near * (2.0 - near)


def build_branches(circle: Circle, field: Correlation) -> Branches:
    """The mixture for a correlation on a circle, O(M)."""
    sine, cosine, u = circle.half_sine, circle.half_cosine, circle.half_sine**2 * field.room
    thetas, distances, ends = [], [], []
    for near in (field.below, field.above):
        d = (0.5 * (near[:-1] + near[1:]) - sine * sine) / cosine
        ends.append(np.stack([near[:-1], near[1:]], axis=1))
        distances.append(d)
        thetas.append(arc_function(u, d, near[:-1] * near[1:]).value)
    mass = np.concatenate([sine * thetas[0], sine * thetas[1], [circle.dead]])
    return Branches(circle, np.stack(thetas), np.stack(distances), np.stack(ends), u, mass)


def draw_directions(branches: Branches, n: int, rng: np.random.Generator) -> Directions:
    """Draw n directions with density ∝ 1/(1 − g²): a branch by its mass, then its distribution function inverted."""
    arcs = len(branches.u)
    cumulative = np.cumsum(branches.mass)
    pick = np.searchsorted(cumulative, rng.random(n) * cumulative[-1], side="right")
    pick = np.minimum(pick, 2 * arcs)
    fraction = rng.random(n)
    dead = pick == 2 * arcs
    sign, arc = np.where(dead, 0, pick // arcs), np.where(dead, 0, pick % arcs)
    angle, rest, product = branches.at(sign, arc, fraction)
    whole = branches.circle.dead
    return Directions(
        np.where(dead, arcs, arc),
        np.where(dead, whole * fraction, angle),
        np.where(dead, whole * (1.0 - fraction), rest),
        np.where(dead, 1.0, product),
    )


def unit_vectors(circle: Circle, drawn: Directions) -> tuple[Array, Array]:
    """(cos φ, sin φ): the arc's first direction turned by the angle, so that short arcs keep their digits."""
    w, b = circle.unit[np.minimum(drawn.arc, 2 * circle.size)].T
    cosine, sine = np.cos(drawn.angle), np.sin(drawn.angle)
    return w * cosine - b * sine, b * cosine + w * sine


def draw_weights(w: Array, b: Array, g: Array, product: Array, rate: float, rng: np.random.Generator) -> Array:
    """Weights (a, w, b) of shape (N, 3) at directions (w, b) with g and 1 − g² there; rate = βλ.

    Given the direction R²/2 ~ Exp(βλ(1 − g²)), and given R also a ~ N(−Rg, 1/(βλ)).
    """
    radius = np.sqrt(2.0 * rng.exponential(size=len(g)) / (rate * product))
    a = -radius * g + rng.standard_normal(len(g)) / math.sqrt(rate)
    return np.stack([a, radius * w, radius * b], axis=1)
