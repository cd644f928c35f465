"""Problems with known answers, independent routes to the optimum, and the data the property tests draw."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog, nnls

from lemmata.claims.testing.strategies import problems as problems

Array = NDArray[np.float64]

# The rational instance with three knots in one closed interval, λ = 1/10.
RATIONAL_X = [Fraction(-10, 3), Fraction(-4, 3), Fraction(4, 3), Fraction(10, 3)]
RATIONAL_Y = [Fraction(-871, 300), Fraction(-7, 300), Fraction(-7, 2), Fraction(-7, 3)]
RATIONAL_OBJECTIVE = Fraction(21997, 36000)


@dataclass(frozen=True)
class Planted:
    """Data built from a known minimiser: units (φ, c), dual r, so that knots and objective are known."""

    x: Array
    y: Array
    lam: float
    phi: Array
    c: Array
    objective: float

    @property
    def knots(self) -> Array:
        """Locations of the kinks, ascending."""
        return np.sort(-np.tan(self.phi))

    def predict(self, x: Array) -> Array:
        """The minimiser."""
        return features(x, self.phi) @ self.c


def features(x: Array, phi: Array) -> Array:
    """(x cos φ + sin φ)₊ for all x and φ."""
    return np.maximum(np.outer(x, np.cos(phi)) + np.sin(phi), 0.0)


def right(t: float) -> float:
    """Angle of the right-facing unit with its knot at t."""
    return float(-np.arctan(t))


def left(t: float) -> float:
    """Angle of the left-facing unit with its knot at t."""
    return float(np.pi - np.arctan(t))


def plant(x: Array, r: Array, lam: float, phi: Array, c: Array) -> Planted:
    """y = f − r/ω for f = Σ c (x cos φ + sin φ)₊: optimal if |g| ≤ λ, with g = −λ sign c at the units."""
    y = features(x, phi) @ c - len(x) * r
    return Planted(x, y, lam, phi, c, float(0.5 * len(x) * r @ r + lam * np.sum(np.abs(c))))


def three_knots() -> Planted:
    """Left-facing contacts of opposite sign at ±6 and a right-facing one at −3/2 between, found by a linear program."""
    x = np.array([-16.0, -11.0, -6.0, 6.0, 11.0, 16.0])
    angles = np.linspace(-np.pi / 2, 3 * np.pi / 2, 4001)
    at = np.array([left(-6.0), right(-1.5), left(6.0)])
    signs = np.array([1.0, 1.0, -1.0])
    tangent = np.where(x > -1.5, np.cos(at[1]) - x * np.sin(at[1]), 0.0)  # dg/dφ = 0 at the contact inside
    equal = np.column_stack([np.concatenate([features(x, at).T, [tangent]]), np.zeros(4)])
    # Away from the contacts |g| ≤ 1 − s·distance², with s as large as possible: no other contact, |g| ≤ 1 everywhere.
    room = np.minimum(np.min((angles[:, None] - at) ** 2, axis=1), 1e-2)[:, None]
    grid = features(x, angles).T
    found = linprog(
        np.array([0.0] * 6 + [-1.0]), A_ub=np.block([[grid, room], [-grid, room]]), b_ub=np.ones(2 * len(angles)),
        A_eq=equal, b_eq=np.append(signs, 0.0), bounds=(None, None),
    )  # fmt: skip
    assert found.status == 0
    assert found.x[-1] > 1e-3
    return plant(x, found.x[:6], 1.0, at, -signs * np.array([0.7, 0.4, 1.1]))


def grid_bounds(x: Array, y: Array, lam: float, omega: Array, count: int = 4000) -> tuple[float, float]:
    """Lower and upper bound of the noiseless minimum from a grid of angles, by least-distance programming.

    The dual on the grid, min |s|² with s = (r + ωy)/√ω, subject to |g| ≤ λ there, is solved by one non-negative least
    squares problem (Lawson and Hanson, chapter 23). It bounds the minimum from above, for the grid's units are units;
    scaled until |g| ≤ λ everywhere it bounds the minimum from below.
    """
    angles = np.concatenate(
        [np.linspace(-np.pi / 2, 3 * np.pi / 2, count), -np.arctan(x), np.pi - np.arctan(x), [np.pi / 2]]
    )
    root = np.sqrt(omega)
    matrix = features(x, angles).T
    rows = np.concatenate([-matrix, matrix]) * root  # G s ≥ h
    bound = np.concatenate([-matrix, matrix]) @ (omega * y) - lam
    system = np.concatenate([rows.T, [bound]])
    target = np.zeros(len(x) + 1)
    target[-1] = 1.0
    weights, _ = nnls(system, target, maxiter=100 * len(bound))
    rest = system @ weights - target
    s = -rest[:-1] / rest[-1]
    r = root * s - omega * y

    def dual(r: Array) -> float:
        return float(-0.5 * np.sum(r * r / omega) - r @ y)

    fine = np.concatenate([np.linspace(-np.pi / 2, 3 * np.pi / 2, 40 * count), angles])
    largest = float(np.max(np.abs(features(x, fine).T @ r)))
    slack = 1.0 + 1e-8  # |g| between neighbouring fine angles exceeds the larger by at most spacing²/8
    return dual(r / max(1.0, largest * slack / lam)), dual(r)
