"""The regularisation path: equal to separate fits, monotone, its value function's derivative, and its breakpoints."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield import (
    MeanFieldInputError,
    NonUniquePredictorWarning,
    WideReluFit,
    fit_wide_relu,
    two_point_solution,
    wide_relu_path,
)

from .cases import features, problems

Array = NDArray[np.float64]


def _cold(x: Array, y: Array, lam: float, weight: Array | None = None) -> WideReluFit:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonUniquePredictorWarning)
        return fit_wide_relu(x, y, lam=lam, sample_weight=weight)


@settings(max_examples=15)
@given(problems(), st.integers(0, 2**32 - 1))
def test_equals_separate_fits_and_is_monotone(problem: tuple[Array, Array, float], seed: int) -> None:
    x, y, _ = problem
    weight = np.random.default_rng(seed).uniform(0.1, 1.0, len(x))
    assume(np.max(np.abs(y)) > 1e-3)
    lam_max = np.max(np.abs(_dense_correlation(x, y, weight)))
    assume(lam_max > 1e-6)
    path = wide_relu_path(x, y, n_lams=8, ratio=1e-3, sample_weight=weight)
    assert path.lam_max == pytest.approx(lam_max, rel=1e-6)
    assert path.knot_count.tolist() == [len(fit.knots) for fit in path.fits]
    share = weight / np.sum(weight)
    bound = []
    for lam, fit in zip(path.lams, path.fits, strict=True):
        cold = _cold(x, y, float(lam), weight)
        # ½|f − f*|² ≤ gap, by the strong convexity of the loss in the fitted values.
        apart = np.sqrt(2 * max(fit.gap, 0.0)) + np.sqrt(2 * max(cold.gap, 0.0)) + 1e-9 * np.max(np.abs(y))
        assert np.sqrt(np.sum(share * (fit.fitted - cold.fitted) ** 2)) <= apart
        assert abs(fit.objective - cold.objective) <= fit.gap + cold.gap + 1e-12 * np.sum(share * y**2)
        bound.append(fit.gap)
    scale = float(np.sum(share * y**2))
    slack = 4 * np.sqrt(np.array(bound) * scale) + 1e-12 * scale
    assert np.all(np.diff(path.residual) <= slack[1:] + slack[:-1])
    assert np.all(path.lams[1:] * np.diff(path.path_norm) >= -slack[1:] - slack[:-1])
    objective = np.array([fit.objective for fit in path.fits])
    assert np.all(np.diff(objective) <= np.array(bound[:-1]) + 1e-13 * scale)


def _dense_correlation(x: Array, y: Array, weight: Array) -> Array:
    """Σ ω y (x cos φ + sin φ)₊ on a fine grid of angles, the data's directions and the peaks of every arc."""
    angles = np.concatenate([np.linspace(0, 2 * np.pi, 4001), -np.arctan(x), np.pi - np.arctan(x)])
    share = weight / np.sum(weight) * y
    active = features(x, angles) > 0
    peak = np.arctan2(share @ active, (share * x) @ active)
    return features(x, np.concatenate([angles, peak, peak + np.pi])).T @ share


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1), st.integers(2, 40), st.floats(0.01, 0.9))
def test_the_value_function_has_the_path_norm_as_derivative(seed: int, size: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal(size), rng.standard_normal(size)
    lam_max = wide_relu_path(x, y, n_lams=1).lam_max
    lam, step = share * lam_max, 1e-4 * share * lam_max
    path = wide_relu_path(x, y, lams=[lam - step, lam, lam + step])
    value = np.array([fit.objective for fit in path.fits])
    norm = path.path_norm
    # Concave, so that a difference quotient lies between the derivatives Σ|c| at its two ends.
    rounding = 1e-13 * float(np.mean(y**2)) / step
    slopes = np.diff(value) / np.diff(path.lams)
    assert np.all(norm[:-1] - rounding <= slopes)
    assert np.all(slopes <= norm[1:] + rounding)


def test_two_points_along_the_path() -> None:
    path = wide_relu_path([-10.0, 10.0], [2.0, 2.0], n_lams=20)
    assert path.lam_max == pytest.approx(np.sqrt(101), rel=1e-15)
    for lam, fit in zip(path.lams, path.fits, strict=True):
        exact = two_point_solution(10.0, 2.0, float(lam))
        assert fit.objective == pytest.approx(exact.objective, rel=1e-12)
        assert fit.fitted == pytest.approx([exact.fitted] * 2, abs=1e-12)
    assert path.predict([[0.0], [3.0]]).shape == (20, 2, 1)
    assert path.predict(3.0) == pytest.approx(np.array([fit.predict(3.0) for fit in path.fits]), abs=1e-15)


def test_one_row_and_all_rows_tied() -> None:
    """One unit along (3, 1)/√10: c √10 = y − λ/√10, so that λ_max = √10·y."""
    for x, y in (([3.0], [1.0]), ([3.0, 3.0, 3.0], [0.0, 1.0, 2.0])):
        path = wide_relu_path(x, y, n_lams=5)
        assert path.lam_max == pytest.approx(np.sqrt(10), rel=1e-15)
        assert path.predict(3.0) == pytest.approx(1 - path.lams / path.lam_max, abs=1e-14)
        assert path.residual == pytest.approx((path.lams / path.lam_max) ** 2 + np.var(y), rel=1e-12)


def test_at_any_penalty() -> None:
    rng = np.random.default_rng(5)
    x, y = rng.standard_normal((2, 30))
    path = wide_relu_path(x, y, n_lams=10)
    for lam in (2 * path.lam_max, path.lam_max, 0.3 * path.lam_max, 0.9e-3 * path.lam_max):
        fit, cold = path.at(lam), fit_wide_relu(x, y, lam=lam)
        assert fit.fitted == pytest.approx(cold.fitted, abs=1e-11)
        assert fit.lam == lam
    assert path.at(path.lam_max).knots == ()
    with pytest.raises(MeanFieldInputError, match="lam is -1"):
        path.at(-1.0)


def test_penalties_given_come_sorted() -> None:
    path = wide_relu_path([0.0, 1.0], [1.0, -1.0], lams=[0.01, 0.1, 0.05])
    assert path.lams.tolist() == [0.1, 0.05, 0.01]
    assert [fit.lam for fit in path.fits] == [0.1, 0.05, 0.01]


def test_targets_of_zero() -> None:
    with pytest.raises(MeanFieldInputError, match="y is 0 at every input"):
        wide_relu_path([0.0, 1.0, 1.0], [0.0, 1.0, -1.0])
    path = wide_relu_path([0.0, 1.0], [0.0, 0.0], lams=[1.0, 0.5])
    assert path.lam_max == 0
    assert path.knot_count.tolist() == [0, 0]
    assert path.predict(2.0).tolist() == [0, 0]


def test_predictions_at_what_is_no_number_are_refused() -> None:
    path = wide_relu_path([0.0, 1.0], [1.0, 2.0], lams=[0.5])
    for x in ("a", ["a"], [float("nan")]):
        with pytest.raises(MeanFieldInputError, match="x "):
            path.predict(x)  # type: ignore[arg-type]
    assert path.predict([]).shape == (1, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"lams": []}, "lams is empty"),
        ({"lams": [1.0, 0.0]}, r"lams\[1\] is 0.0"),
        ({"lams": [1.0, float("nan")]}, r"lams\[1\] is nan"),
        ({"n_lams": 0}, "n_lams is 0"),
        ({"n_lams": 2.5}, "n_lams is 2.5"),
        ({"n_lams": 10**12}, "n_lams is 1000000000000; at most 1000000"),
        ({"ratio": 1.0}, "ratio is 1.0"),
        ({"ratio": -1.0}, "ratio is -1.0"),
        ({"selection": "best"}, "selection is 'best'"),
        ({"sample_weight": [1.0]}, "sample_weight has 1 values"),
    ],
)
def test_bad_arguments(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(MeanFieldInputError, match=message):
        wide_relu_path([0.0, 1.0], [1.0, 2.0], **arguments)  # type: ignore[arg-type]
