"""β = ∞: exact answers, planted minimisers, an independent bound on a grid of angles, and the symmetries."""

from __future__ import annotations

import math
import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield import NonUniquePredictorWarning, WideReluFit, fit_wide_relu, two_point_solution
from lemmata.numerics.meanfield.circle import build_circle
from lemmata.numerics.meanfield.noiseless import solve_noiseless

from .cases import RATIONAL_OBJECTIVE, RATIONAL_X, RATIONAL_Y, features, grid_bounds, problems, three_knots

Array = NDArray[np.float64]


def _fit(x: Array, y: Array, lam: float, weight: Array | None = None) -> WideReluFit:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonUniquePredictorWarning)
        return fit_wide_relu(x, y, lam=lam, sample_weight=weight)


def _locations(fit: WideReluFit) -> list[float]:
    return [knot.location for knot in fit.knots]


def _from_units(fit: WideReluFit, x: Array) -> Array:
    assert fit.units is not None
    phi, c = np.array([(unit.phi, unit.c) for unit in fit.units]).reshape(-1, 2).T
    return features(x, phi) @ c


def test_rational_instance_with_three_knots() -> None:
    fit = fit_wide_relu([float(v) for v in RATIONAL_X], [float(v) for v in RATIONAL_Y], lam=0.1)
    assert _locations(fit) == pytest.approx([-4 / 3, -3 / 4, 4 / 3], abs=1e-14)
    assert [knot.side for knot in fit.knots] == ["right", "left", "right"]
    assert [knot.slope_change for knot in fit.knots] == pytest.approx([-1, -1, 1], rel=1e-13)
    assert fit.objective == pytest.approx(float(RATIONAL_OBJECTIVE), rel=1e-14)
    assert fit.relative_gap <= 1e-15
    assert (fit.face_dimension, fit.stop) == (0, "converged")


def test_planted_three_knots_on_the_other_side() -> None:
    planted = three_knots()
    fit = fit_wide_relu(planted.x, planted.y, lam=planted.lam)
    assert _locations(fit) == pytest.approx([-6, -1.5, 6], abs=1e-12)
    assert [knot.side for knot in fit.knots] == ["left", "right", "left"]
    assert fit.objective == pytest.approx(planted.objective, rel=1e-13)
    points = np.linspace(-30, 30, 61)
    assert fit.predict(points) == pytest.approx(planted.predict(points), abs=1e-11)


@given(st.floats(0.05, 50.0), st.floats(-3.0, 3.0), st.floats(1e-3, 3.0))
def test_two_points(xbar: float, ybar: float, lam: float) -> None:
    exact = two_point_solution(xbar, ybar, lam)
    if exact.regime != "zero" and abs(xbar - math.sqrt(3)) < 1e-6:
        return  # on the verge of the face; it has its own test
    fit = fit_wide_relu([-xbar, xbar], [ybar, ybar], lam=lam)
    assert _locations(fit) == pytest.approx(list(exact.knots), abs=1e-11 * max(1.0, xbar))
    assert [knot.slope_change for knot in fit.knots] == pytest.approx([exact.slope_change] * len(exact.knots), rel=1e-9)
    assert fit.objective == pytest.approx(exact.objective, rel=1e-12)
    assert fit.fitted == pytest.approx([exact.fitted] * 2, abs=1e-12)
    assert [knot.side for knot in fit.knots] == ["right", "left"][: len(exact.knots)]


def test_the_penalty_just_under_and_over_the_largest_useful_one() -> None:
    x, y = np.array([-1.0, 0.5, 2.0]), np.array([1.0, -1.0, 0.5])
    angles = np.concatenate([np.linspace(0, 2 * np.pi, 200001), -np.arctan(x), np.pi - np.arctan(x)])
    largest = np.max(np.abs(features(x, angles).T @ y)) / 3
    above = fit_wide_relu(x, y, lam=largest * (1 + 1e-6))
    assert (above.knots, above.units, above.gap) == ((), (), 0.0)
    assert above.objective == pytest.approx(0.5 * np.mean(y**2), rel=1e-15)
    assert above.fitted.tolist() == [0, 0, 0]
    below = fit_wide_relu(x, y, lam=largest * (1 - 1e-6))
    assert below.units is not None
    assert len(below.units) == 1


@pytest.mark.parametrize("x", [2.0, -0.25, 1e-12, -1e6, 0.0])
def test_one_point(x: float) -> None:
    """One unit of direction (x, 1)/√(1+x²): knot at −1/x, fitted value y − λ/(1+x²) …"""
    fit = fit_wide_relu([x, x, x], [1.0, 2.0, 6.0], lam=0.1)
    length = math.hypot(1.0, x)
    fitted = 3.0 - 0.1 / length**2 * length
    assert fit.fitted == pytest.approx([fitted] * 3, rel=1e-14)
    assert fit.objective == pytest.approx(0.5 * (0.1 / length) ** 2 + 0.1 * fitted / length + 7 / 3, rel=1e-14)
    assert _locations(fit) == pytest.approx([-1 / x] if x else [], rel=1e-14)
    if x:
        assert fit.knots[0].side == ("right" if x > 0 else "left")


def test_balanced_phase() -> None:
    """Targets that bend with a free affine part: Σ r = Σ r x = 0, and knots carried by units of both sides."""
    x = np.linspace(-2, 2, 41)
    y = np.sin(3 * x)
    fit = fit_wide_relu(x, y, lam=0.02)
    r = (fit.fitted - y) / 41
    assert abs(np.sum(r)) < 1e-12
    assert abs(np.sum(r * x)) < 1e-12
    assert fit.knots
    assert {knot.side for knot in fit.knots} == {"both"}
    assert fit.relative_gap < 1e-13


@settings(max_examples=150)
@given(problems())
def test_optimal_by_an_independent_bound(problem: tuple[Array, Array, float]) -> None:
    """The objective lies between the bounds of a grid of angles, and is that of the units returned."""
    x, y, lam = problem
    fit = _fit(x, y, lam)
    assert fit.units is not None
    error = _from_units(fit, x) - y
    primal = 0.5 * np.mean(error**2) + lam * sum(abs(unit.c) for unit in fit.units)
    scale = 0.5 * float(np.mean(y**2))
    assert fit.objective == pytest.approx(primal, rel=1e-9, abs=1e-12 * scale)
    assert 0 <= fit.gap <= 1e-9 * scale
    distinct, index = np.unique(x, return_inverse=True)
    omega = np.bincount(index) / len(x)
    means = np.bincount(index, y) / np.bincount(index)
    within = 0.5 * float(np.mean((y - means[index]) ** 2))
    if np.min(np.diff(distinct), initial=1.0) > 1e-6:
        low, high = grid_bounds(distinct, means, lam, omega, count=800)
        assert low - 1e-10 * scale <= fit.objective - within <= high + 1e-10 * scale
        assert high - low <= 1e-3 * scale  # the bounds say something


@settings(max_examples=150)
@given(problems())
def test_the_parts_of_a_fit_agree(problem: tuple[Array, Array, float]) -> None:
    x, y, lam = problem
    fit = _fit(x, y, lam)
    assert fit.affine is not None
    locations = _locations(fit)
    assert locations == sorted(locations)
    assert len(locations) <= len(np.unique(x)) + fit.face_dimension
    assert fit.affine.x0 < min([*locations, *x])
    low, high = min([*x, *locations[:1], -5.0]), max([*x, *locations[-1:], 5.0])
    if high - low > 1e6:
        return  # a knot so far out that its rounding shows in everything below
    points = np.linspace(low - 1, high + 1, 101)
    size = max(1e-300, float(np.max(np.abs(y)))) * (1 + np.max(np.abs(points)))
    shape = fit.affine.value + fit.affine.slope * (points - fit.affine.x0)
    slope = np.full(101, fit.affine.slope)
    for knot in fit.knots:
        shape += knot.slope_change * np.maximum(points - knot.location, 0)
        slope += knot.slope_change * (points >= knot.location)
    assert fit.predict(points) == pytest.approx(shape, abs=1e-9 * size)
    assert fit.slope(points) == pytest.approx(slope, abs=1e-9 * size)
    assert fit.predict(x) == pytest.approx(fit.fitted, abs=1e-13 * size)
    assert _from_units(fit, points) == pytest.approx(shape, abs=1e-9 * size)
    # At a knot the curvature is infinite, beside it zero.
    assert np.all(np.isinf(fit.curvature(locations)))
    between = np.setdiff1d(points, locations)
    assert np.all(fit.curvature(between) == 0)


@settings(max_examples=60)
@given(problems(), st.randoms(use_true_random=False), st.floats(0.01, 100.0))
def test_symmetries(problem: tuple[Array, Array, float], random: object, factor: float) -> None:
    x, y, lam = problem
    fit = _fit(x, y, lam)
    scale = 0.5 * float(np.mean(y**2))
    tolerance = 1e-9 * max(float(np.max(np.abs(y))), 1e-300)
    order = np.arange(len(x))
    random.shuffle(order)  # type: ignore[attr-defined]
    permuted = _fit(x[order], y[order], lam)
    assert permuted.fitted == pytest.approx(fit.fitted[order], abs=tolerance)
    mirrored = _fit(-x, y, lam)
    assert mirrored.objective == pytest.approx(fit.objective, rel=1e-11, abs=1e-12 * scale)
    assert mirrored.fitted == pytest.approx(fit.fitted, abs=tolerance)
    scaled = _fit(x, factor * y, factor * lam)
    assert scaled.objective == pytest.approx(factor**2 * fit.objective, rel=1e-11, abs=1e-12 * factor**2 * scale)
    assert scaled.fitted == pytest.approx(factor * fit.fitted, abs=factor * tolerance)
    split = _fit(np.append(x, x[0]), np.append(y, y[0]), lam, np.append(0.25, np.append(np.ones(len(x) - 1), 0.75)))
    assert split.objective == pytest.approx(fit.objective, rel=1e-11, abs=1e-12 * scale)
    dropped = _fit(np.append(x, 0.3), np.append(y, 9.0), lam, np.append(np.ones(len(x)), 0.0))
    assert dropped.fitted[:-1] == pytest.approx(fit.fitted, abs=tolerance)
    assert dropped.objective == pytest.approx(fit.objective, rel=1e-11, abs=1e-12 * scale)


@settings(max_examples=60)
@given(problems(most=25), st.randoms(use_true_random=False), st.integers(-30, 30))
def test_symmetries_of_knots(problem: tuple[Array, Array, float], random: object, power: int) -> None:
    """Knots keep under permutation, splitting and scaling by a power of 2, and are mirrored with x."""
    x, y, lam = problem
    fit = _fit(x, y, lam)
    if fit.face_dimension > 0:
        return
    scaled = _fit(x, 2.0**power * y, 2.0**power * lam)  # exact in floating point, and so are all results
    assert _locations(scaled) == _locations(fit)
    assert scaled.fitted.tolist() == (2.0**power * fit.fitted).tolist()
    order = np.arange(len(x))
    random.shuffle(order)  # type: ignore[attr-defined]
    close = 1e-7 * max(1.0, float(np.max(np.abs(x))), *(abs(t) for t in _locations(fit)))
    share = np.concatenate([[0.25], np.ones(len(x) - 1), [0.75]])
    others = [
        _fit(x[order], y[order], lam),
        _fit(np.append(x, x[0]), np.append(y, y[0]), lam, share),
    ]
    for other in others:
        assert _locations(other) == pytest.approx(_locations(fit), abs=close)
        assert [knot.side for knot in other.knots] == [knot.side for knot in fit.knots]
    mirrored = _fit(-x, y, lam)
    assert [-t for t in _locations(mirrored)][::-1] == pytest.approx(_locations(fit), abs=close)
    turned = {"left": "right", "right": "left", "both": "both"}
    assert [turned[knot.side] for knot in mirrored.knots][::-1] == [knot.side for knot in fit.knots]


@given(st.floats(0.25, 5.0), st.booleans())
def test_shifts_are_no_symmetry(size: float, down: bool) -> None:
    """Biases and constants cost: moving x or y along changes the objective, here always."""
    x, y, shift = np.array([-1.0, 0.0, 2.0]), np.array([1.0, 0.0, 1.5]), -size if down else size
    fit = fit_wide_relu(x, y, lam=0.05)
    assert abs(fit_wide_relu(x + shift, y, lam=0.05).objective / fit.objective - 1) > 1e-3
    assert abs(fit_wide_relu(x, y + shift, lam=0.05).objective / fit.objective - 1) > 1e-3


@given(problems(), problems(), st.floats(-1.0, 1.0))
def test_a_start_changes_nothing(
    problem: tuple[Array, Array, float], other: tuple[Array, Array, float], change: float
) -> None:
    """Started from the units of another λ, or of other targets, the solver comes to the same minimum."""
    x, y, lam = problem
    distinct = np.unique(x)
    circle, omega = build_circle(distinct), np.full(len(distinct), 1 / len(distinct))
    y, old = np.resize(y, len(distinct)), np.resize(other[1], len(distinct))
    cold = solve_noiseless(circle, omega, y, lam=lam)
    for start in (
        solve_noiseless(circle, omega, y, lam=lam * 10**change).units,
        solve_noiseless(circle, omega, old, lam=lam).units,
    ):
        warm = solve_noiseless(circle, omega, y, start, lam=lam)
        assert warm.objective == pytest.approx(cold.objective, rel=1e-14, abs=1e-300)
        assert warm.r == pytest.approx(cold.r, abs=1e-13 * (1 + float(np.max(np.abs(cold.r)))))
        assert warm.stop == "converged"


def test_values_whose_products_overflow() -> None:
    """Nothing overflows, or is called converged without being so, on inputs and targets that are far too large."""
    rng = np.random.default_rng(2)
    y = rng.standard_normal(6)
    fit = _fit(np.array([-1e100, -1.0, 0.0, 1e-100, 1.0, 1e100]), y, 1e-3)
    assert (fit.relative_gap <= 1e-12) == (fit.stop == "converged")
    assert math.isfinite(fit.gap)
    assert _fit(rng.standard_normal(6), 1e140 * y, 1e-5).relative_gap <= 1e-20


@pytest.mark.parametrize("spread", [0.1, 1.0, 100.0])
@pytest.mark.parametrize("lam", [1e-3, 1e-2, 0.3])
def test_two_hundred_points(spread: float, lam: float) -> None:
    rng = np.random.default_rng(11)
    x = spread * rng.uniform(-0.5, 0.5, 200)
    y = np.sin(6 * x / spread) + 0.3 * rng.standard_normal(200)
    fit = fit_wide_relu(x, y, lam=lam)
    assert fit.stop == "converged"
    assert fit.relative_gap <= 1e-12
    assert fit.face_dimension == 0


def test_knots_per_closed_interval() -> None:
    """At most three, and three only as two ends and one inside; at most M in all."""
    rng = np.random.default_rng(3)
    counts: dict[tuple[int, int], int] = {}
    for _ in range(250):
        size = int(rng.integers(2, 10))
        x = 4 * rng.standard_normal(size)
        fit = _fit(x, rng.standard_normal(size), 10 ** rng.uniform(-3, -0.5))
        places = np.array(_locations(fit))
        assert len(places) <= size
        ends = np.sort(x)
        for low, high in pairwise(ends):
            pattern = int(np.sum((places > low) & (places < high))), int(np.sum((places == low) | (places == high)))
            counts[pattern] = counts.get(pattern, 0) + 1
    assert set(counts) <= {(0, 0), (0, 1), (1, 0), (0, 2), (2, 0), (1, 1), (1, 2)}
    assert counts[(1, 0)] > 30
