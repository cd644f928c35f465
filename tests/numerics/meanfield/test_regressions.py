"""β = ∞ where a defect was once found: inputs far from 0, the balanced phase, small penalties and the largest."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield import NonUniquePredictorWarning, WideReluFit, fit_wide_relu
from lemmata.numerics.meanfield.circle import build_circle
from lemmata.numerics.meanfield.noiseless import solve_noiseless

from .cases import features

Array = NDArray[np.float64]

_EPS = float(np.finfo(float).eps)


def _assert_consistent(fit: WideReluFit, x: Array, y: Array, lam: float) -> None:
    """Units, function, fitted values and objective tell one story, to the rounding of the angles."""
    assert fit.units is not None
    phi, c = np.array([(unit.phi, unit.c) for unit in fit.units]).reshape(-1, 2).T
    rounding = 64 * _EPS * (float(np.sum(np.abs(c))) * (1 + np.max(np.abs(x))) + float(np.max(np.abs(y))))
    assert fit.fitted == pytest.approx(features(x, phi) @ c, abs=rounding)
    assert fit.predict(x) == pytest.approx(fit.fitted, abs=rounding)
    error = fit.fitted - y
    objective = 0.5 * float(np.mean(error**2)) + lam * float(np.sum(np.abs(c)))
    assert fit.objective == pytest.approx(objective, rel=1e-12, abs=rounding * (float(np.mean(np.abs(error))) + lam))
    assert fit.gap >= 0
    assert (fit.relative_gap <= 1e-12) == (fit.stop == "converged")


def test_one_knot_of_the_balanced_phase_is_one() -> None:
    """Its right- and left-facing units were located apart, by more than the tolerance that merges them."""
    x = np.array([4.77, 4.54, 4.52, 5.31, 5.41, 5.11, 5.23, 5.04])
    y = np.array([-1.3, -0.6, 0, -2.3, -0.2, -1.2, -0.7, -0.5])
    fit = fit_wide_relu(x, y, lam=1e-5)
    assert fit.face_dimension == 0
    assert [knot.location for knot in fit.knots] == pytest.approx([4.58451367429, 5.04, 5.11, 5.23, 5.31], abs=1e-10)
    assert {knot.side for knot in fit.knots} == {"both"}


def test_random_problems_have_one_knot_at_a_place() -> None:
    rng = np.random.default_rng(12)
    for _ in range(60):
        size, offset = int(rng.integers(30, 120)), float(rng.choice([0.0, 1.0, 5.0, 50.0]))
        z = rng.standard_normal(size)
        x, y, lam = offset + z, np.sin(3 * z) + 0.3 * rng.standard_normal(size), 10 ** rng.uniform(-4.5, -0.5)
        fit = fit_wide_relu(x, y, lam=lam)  # a warning of several minimisers would be an error
        assert np.min(np.diff([knot.location for knot in fit.knots]), initial=1.0) > 1e-6 * np.ptp(x)
        assert fit.stop == "converged"
        _assert_consistent(fit, x, y, lam)


def test_the_slope_of_a_common_unit_far_from_the_origin_counts() -> None:
    x, y = np.array([1000.66, 1000.64, 999.23]), np.array([2.1, -1.1, -0.1])
    fit = fit_wide_relu(x, y, lam=1e-5)
    assert fit.face_dimension == 0
    _assert_consistent(fit, x, y, 1e-5)
    assert fit.fitted[2] == pytest.approx(-0.1, abs=1e-6)
    x = np.array([999.9209366004434, 999.9209366009532, 999.9999139579612])
    y = np.array([0.05302158, 1.43523628, -0.23306693])
    fit = fit_wide_relu(x, y, lam=4.277204294413067e-06)
    assert fit.fitted == pytest.approx([0.6629, 0.6629, -0.0706], abs=1e-4)
    assert len(fit.knots) == 2
    assert fit.knots[1].location == pytest.approx(1282.15, abs=0.1)
    _assert_consistent(fit, x, y, 4.277204294413067e-06)


@settings(max_examples=150)
@given(
    st.sampled_from([0.0, 1.0, 10.0, 100.0, 1e3, 1e4]),
    st.lists(st.tuples(st.floats(-1, 1), st.floats(-3, 3)), min_size=1, max_size=8),
    st.floats(-6.0, -0.5),
)
@example(1e3, [(0.66, 2.1), (0.64, -1.1), (-0.77, -0.1)], -5.0)
def test_the_parts_agree_at_any_offset(offset: float, rows: list[tuple[float, float]], exponent: float) -> None:
    x, y = np.array(rows).round(6).T
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonUniquePredictorWarning)
        fit = fit_wide_relu(offset + x, y, lam=10**exponent)
    _assert_consistent(fit, offset + x, y, 10**exponent)


@pytest.mark.parametrize("below", [1e-6, 1e-9, 1e-12])
def test_just_below_the_largest_useful_penalty(below: float) -> None:
    """At λ = λ_max (1 − δ) one unit has entered, of a weight proportional to δ, whose square is the gap without it."""
    x, y = np.array([-1.0, 0.5, 2.0]), np.array([1.0, -1.0, 0.5])
    # −Σ y (x cos φ + sin φ)₊ / 3 over right- and left-facing units at the data, common ones and interior peaks.
    angles = np.concatenate([np.linspace(0, 2 * np.pi, 200001), -np.arctan(x), np.pi - np.arctan(x)])
    largest = float(np.max(np.abs(features(x, angles).T @ y))) / 3
    exact = fit_wide_relu(x, y, lam=largest * (1 - 1e-3))
    assert len(exact.knots) == 1
    peak = exact.knots[0].location
    right = np.maximum(x - peak, 0) @ y / np.hypot(1, peak) / 3
    left = np.maximum(peak - x, 0) @ y / np.hypot(1, peak) / 3
    largest = float(max(abs(right), abs(left)))
    fit = fit_wide_relu(x, y, lam=largest * (1 - below))
    assert len(fit.knots) == 1
    assert fit.knots[0].slope_change == pytest.approx(exact.knots[0].slope_change * below / 1e-3, rel=1e-3)
    assert fit_wide_relu(x, y, lam=largest * (1 + 1e-14)).knots == ()


def test_many_knots_at_a_small_penalty_take_no_exchanges_without_end() -> None:
    """Exchanges of dependent columns that gain by rounding alone once cycled until the limit of steps."""
    rng = np.random.default_rng([1, 0])
    x = 1 + 3 * rng.standard_normal(110)
    y = 5 + np.cumsum(rng.standard_normal(110))
    fit = fit_wide_relu(x, y, lam=4e-5)
    assert fit.stop == "converged"
    assert len(fit.knots) > 30
    _assert_consistent(fit, x, y, 4e-5)


@pytest.mark.parametrize(
    ("index", "knots"),
    [(1, 2), (22, 9), (34, 4), (41, 8), (43, 7), (64, 11), (96, 3), (131, 2), (175, 4), (239, 4), (268, 3)],
)
def test_small_penalties_far_from_the_origin(index: int, knots: int) -> None:
    """False faces, and two knots for one: |g| differs from 1 by less than 1e-12 all along arcs that have no contact.

    The numbers of knots are those that interval arithmetic has proved.
    """
    rng = np.random.default_rng([6, index])
    rng.uniform()
    offset = float(rng.choice([0, 1, 10, 100, 1000]))
    rng.uniform()
    lam = 10 ** rng.uniform(-6, -4.7)
    size = int(10 ** rng.uniform(np.log10(3), np.log10(60)))
    z = rng.standard_normal(size) * 10 ** rng.uniform(-1, 1)
    x = np.sort(offset + z)
    y = np.sin(3 * x) + 10 ** rng.uniform(-2, 0.3) * rng.standard_normal(size)
    fit = fit_wide_relu(x, y, lam=lam)
    assert (len(fit.knots), fit.face_dimension, fit.stop) == (knots, 0, "converged")
    assert fit.relative_gap <= 1e-20
    _assert_consistent(fit, x, y, lam)


def test_random_problems_of_every_kind_converge_to_many_digits() -> None:
    """Slides that stalled, shrank a unit for ever or left a unit out."""
    for seed in range(120):
        rng = np.random.default_rng([1, seed])
        size, offset = int(10 ** rng.uniform(0.5, 2)), float(rng.choice([0.0, 1.0, 100.0, 1000.0]))
        z = rng.standard_normal(size) * 10 ** rng.uniform(-1, 1)
        if seed % 3 == 0:
            z = np.round(3 * z) + 1e-9 * np.round(4 * rng.standard_normal(size))
        y = np.sin(3 * z) + 10 ** rng.uniform(-2, 0.3) * rng.standard_normal(size)
        circle = build_circle(np.unique(offset + z))
        omega = np.full(circle.size, 1 / circle.size)
        solution = solve_noiseless(circle, omega, y[: circle.size], lam=10 ** rng.uniform(-6, -0.5))
        assert solution.stop == "converged"
        assert solution.relative_gap <= 1e-22


@pytest.mark.parametrize("selection", ["limit", "vertex"])
@pytest.mark.parametrize(
    ("x", "y"),
    [([1e-100, 1.0, 1e100], [1.0, 2.0, 3.0]), ([-1e-100, 1.0, 1e100, -1e100], [1.0, 2.0, 3.0, 4.0])],
)
def test_where_the_gap_stays_open_the_face_is_undecided(x: list[float], y: list[float], selection: str) -> None:
    """Inputs over 200 orders of magnitude: places where |g| is 1 for a wrong g say nothing about other minimisers."""
    fit = fit_wide_relu(x, y, lam=0.1, selection="vertex" if selection == "vertex" else "limit")
    assert fit.stop == "precision"
    assert fit.relative_gap > 1e-3
    assert (fit.face_dimension, fit.sparsest) == (None, None)
    assert (fit.as_json()["face_dimension"], fit.as_json()["sparsest"]) == (None, None)


@pytest.mark.parametrize("power", [8, 20, 100, 149])
def test_arcs_of_nearly_two_right_angles(power: int) -> None:
    """Inputs of both signs, so wide that the cosine of half an arc's angle rounded to 0: −x̄ and x̄ as in section 6."""
    far = 10.0**power
    circle = build_circle(np.array([-far, far]))
    assert circle.half_cosine[[0, -1]] == pytest.approx([1 / far] * 2, rel=1e-15)
    assert circle.half_sine[[0, -1]] == pytest.approx([1.0] * 2, rel=1e-15)
    fit = fit_wide_relu([-far, far], [2.0, 2.0], lam=0.01)
    assert fit.fitted == pytest.approx([2.0, 2.0], rel=1e-7)
    assert fit.stop == "converged"


@pytest.mark.parametrize("x", [[5e-324], [-5e-324, 1e-310], [-1e-308, 1e-308], [1e-308, 3e-308], [5e-324, 1e-320, 3.0]])
def test_inputs_below_the_normal_range(x: list[float]) -> None:
    """Knots −1/x overflowed; where they do, f is the constant in every double."""
    fit = fit_wide_relu(x, np.arange(1.0, len(x) + 1), lam=0.1)
    assert fit.affine is not None
    assert np.all(np.isfinite([fit.affine.x0, fit.affine.value, fit.affine.slope]))
    assert np.all(np.isfinite([knot.location for knot in fit.knots]))
    assert fit.stop == "converged"
    assert np.all(np.isfinite(fit.predict([-1e150, -1.0, 0.0, 1.0, 1e150])))
    if max(x) < 1.0:
        assert fit.knots == ()
        assert fit.fitted == pytest.approx([np.mean(np.arange(1.0, len(x) + 1)) - 0.1] * len(x), rel=1e-12)


@pytest.mark.parametrize("far", [1e6, 1e8, 1e9])
def test_an_outlier_leaves_the_knots_of_the_others_apart(far: float) -> None:
    """Knots 0.1 apart became one where the inputs were 10⁹ wide, and f was off by more than the largest target."""
    near = np.linspace(0.0, 1.0, 30)
    x, y = np.append(near, far), np.append(np.sin(9 * near), 1.0)
    fit = fit_wide_relu(x, y, lam=1e-3)
    assert fit.units is not None
    nearer = fit_wide_relu(np.append(near, 100.0), y, lam=1e-3)  # what the far point asks for hardly depends on where
    assert len(nearer.knots) == 4
    assert [knot.location for knot in fit.knots] == pytest.approx([knot.location for knot in nearer.knots], abs=1e-5)
    objective = 0.5 * float(np.mean((fit.fitted - y) ** 2)) + 1e-3 * sum(abs(unit.c) for unit in fit.units)
    assert objective == pytest.approx(fit.objective, rel=1e-5)


@pytest.mark.parametrize("step", [1e-6, 1e-9, 1e-10, 1e-12])
def test_knots_at_nearly_tied_inputs_stay_apart(step: float) -> None:
    x, y = np.append(step * np.arange(4), 1.0), np.array([0.0, 1.0, -1.0, 0.0, 1.0])
    lam = 1e-3 * step
    fit = fit_wide_relu(x, y, lam=lam)
    assert fit.units is not None
    assert [knot.location for knot in fit.knots] == x[1:4].tolist()
    assert fit.fitted == pytest.approx(y, abs=0.1)
    objective = 0.5 * float(np.mean((fit.fitted - y) ** 2)) + lam * sum(abs(unit.c) for unit in fit.units)
    assert objective == pytest.approx(fit.objective, rel=1e-9)


def test_a_mate_far_from_the_origin_is_read_to_the_rounding_of_its_angle() -> None:
    """A balanced knot at offset 10⁴ was found 4e-7 apart on its two sides, which made one function a face of them."""
    rng = np.random.default_rng(0)
    for k in range(8):  # the last of the problems in which it was found
        size, offset = int(rng.integers(5, 30)), float(rng.choice([0, 1e2, 1e4, 1e6]))
        spread = 10 ** rng.uniform(-2, 2)
        z = spread * rng.standard_normal(size)
        if k % 3 == 0:
            z = np.round(3 * rng.standard_normal(size))
            z = z + 10 ** rng.uniform(-11, -6) * np.round(4 * rng.standard_normal(size))
        x = np.unique(offset + z)
        y = np.sin(3 * (x - offset) / spread) + 0.3 * rng.standard_normal(len(x))
        lam = 10 ** rng.uniform(-7, -1) * spread
    fit = fit_wide_relu(x, y, lam=lam)
    assert offset == 1e4
    assert fit.stop == "converged"
    assert fit.face_dimension == 0
    assert fit.knots[-1].side == "both"
    assert np.min(np.diff([knot.location for knot in fit.knots])) > 1e-5
