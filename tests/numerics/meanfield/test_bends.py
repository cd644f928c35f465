"""Bends of the smooth predictor: where, how wide, and how they become the knots as β grows."""

from __future__ import annotations

import numpy as np
import pytest

from lemmata.numerics.meanfield import fit_wide_relu

X, Y = [-2.0, -1.0, 0.0, 1.0, 2.0], [1.0, 0.0, 0.5, -0.25, 1.0]


def test_bends_are_maxima_with_their_width() -> None:
    fit = fit_wide_relu(X, Y, lam=0.02, beta=300.0)
    grid = np.linspace(-8, 8, 400001)
    size = np.abs(fit.curvature(grid))
    inner = (size[1:-1] > size[:-2]) & (size[1:-1] >= size[2:])
    maxima = grid[1:-1][inner]
    turning = np.trapezoid(size, grid)
    assert fit.bends
    checked = 0
    for bend in fit.bends:
        if abs(bend.location) > 7:
            continue
        assert np.min(np.abs(maxima - bend.location)) < 1e-4
        # Walk down both sides to half the top, or to where |f″| rises again.
        top, at = abs(float(fit.curvature(bend.location))), int(np.argmin(np.abs(grid - bend.location)))
        edges = []
        for step in (-1, 1):
            k = at
            while 0 < k < len(grid) - 1 and size[k] > 0.5 * top and (abs(k - at) < 3 or size[k + step] <= size[k]):
                k += step
            edges.append(grid[k])
        if edges[0] > -8 and edges[1] < 8:
            assert edges[1] - edges[0] == pytest.approx(bend.width, abs=2e-4, rel=1e-3)
            checked += 1
    assert checked >= 2
    found = np.array([bend.location for bend in fit.bends])
    for place in maxima:  # every visible maximum is listed
        if size[np.searchsorted(grid, place)] * 0.1 > 1e-3 * turning:
            assert np.min(np.abs(found - place)) < 1e-4


def test_bends_tend_to_the_knots() -> None:
    """At β = 1e7 each knot has its bend, with its jump of slope; free knots are β^(−1/2) wide in the angle."""
    limit = fit_wide_relu(X, Y, lam=0.02)
    assert len(limit.knots) >= 2
    narrow, wide = (fit_wide_relu(X, Y, lam=0.02, beta=beta) for beta in (1e8, 1e6))
    for knot in limit.knots:
        near = min(narrow.bends, key=lambda bend: abs(bend.location - knot.location))
        assert near.location == pytest.approx(knot.location, abs=1e-3)
        assert near.slope_change == pytest.approx(knot.slope_change, rel=0.05)
        if knot.location in X:
            continue
        before = min(wide.bends, key=lambda bend: abs(bend.location - knot.location))
        assert before.width / near.width == pytest.approx(10.0, rel=0.05)


def test_two_point_width_law() -> None:
    """ε = 1/(2βλ c^(2/3) · 2c^(1/3)) = 1/(4βλc), width 2√(2(√2 − 1)ε) in the angle, for the two equal free knots."""
    beta, lam = 1e8, 0.1
    limit = fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=lam)
    assert limit.units is not None
    fit = fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=lam, beta=beta)
    epsilon = 1 / (4 * beta * lam * limit.units[0].c)
    for bend in fit.bends:
        angle = bend.width / (1 + bend.location**2)
        assert angle == pytest.approx(2 * np.sqrt(2 * (np.sqrt(2) - 1) * epsilon), rel=2e-3)


def test_no_bend_where_nothing_bends() -> None:
    assert fit_wide_relu([0.5, 1.0], [0.0, 0.0], lam=0.1, beta=10.0).bends == ()
    assert fit_wide_relu(X, Y, lam=0.02).bends == ()
