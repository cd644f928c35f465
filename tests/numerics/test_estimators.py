"""The scikit-learn estimators: their contract, the fit behind them, units of x and y, cross-validation."""

from __future__ import annotations

import math
import pickle
import warnings
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn import config_context
from sklearn.base import clone
from sklearn.compose import TransformedTargetRegressor
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.isotonic import IsotonicRegression
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from lemmata.numerics.estimators import WideReLURegressor, WideReLURegressorCV, one_feature, regressor
from lemmata.numerics.meanfield import MeanFieldInputError, NonUniquePredictorWarning, WideReluFit, fit_wide_relu
from lemmata.numerics.meanfield.certificate import Certificate, UndecidedContact

Array = NDArray[np.float64]

# Without pandas, or without an environment variable of scipy, scikit-learn cannot run these for any estimator.
ELSEWHERE = {"check_sample_weights_pandas_series", "check_regressor_data_not_an_array", "check_array_api_input"}
SMALL = {"n_lams": 2, "ratio": 0.01, "cv": 2}


def _wave(count: int = 60, seed: int = 0) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    x = rng.uniform(-3.0, 5.0, count)
    return x, np.sin(x) + 0.1 * rng.standard_normal(count)


def _outcomes(estimator: Any) -> dict[tuple[str, int], tuple[str, str]]:
    """Status and reason of every check; a check that runs twice is told apart by its count."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for result in check_estimator(estimator, on_skip=None, on_fail=None):
            count = sum(name == result["check_name"] for name, _ in found)
            found[result["check_name"], count] = result["status"], f"{result['exception']!r}"
    return found


def _passed(outcomes: dict[tuple[str, int], tuple[str, str]]) -> set[tuple[str, int]]:
    return {check for check, (status, _) in outcomes.items() if status == "passed"}


def _unlock(patch: pytest.MonkeyPatch, kind: type, *, one: bool, poor: bool = False) -> None:
    """Change an estimator's tags so that scikit-learn does not stop after its first check."""
    original = kind.__sklearn_tags__  # type: ignore[attr-defined]

    def changed(self: Any) -> Any:
        tags = original(self)
        tags.input_tags.two_d_array, tags.input_tags.one_d_array = True, one
        tags.regressor_tags.poor_score = poor
        return tags

    patch.setattr(kind, "__sklearn_tags__", changed)


BOTH = pytest.mark.parametrize("model", [WideReLURegressor(), WideReLURegressorCV(**SMALL)], ids=["fixed", "cv"])


@BOTH
def test_check_estimator_does_what_it_does_for_isotonic_regression(model: Any) -> None:
    with pytest.warns(SkipTestWarning):  # it says so for isotonic regression too
        check_estimator(model)
    ours, theirs = _outcomes(model), _outcomes(IsotonicRegression())
    assert {status for status, _ in ours.values()} == {"passed"}
    assert _passed(theirs) <= _passed(ours)


@BOTH
def test_every_check_on_an_array_of_one_dimension_that_isotonic_regression_passes(
    model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scikit-learn skips them for estimators of one feature; here they run."""
    for kind in (type(model), IsotonicRegression):
        _unlock(monkeypatch, kind, one=True)
    ours, theirs = _outcomes(model), _outcomes(IsotonicRegression())
    missing = _passed(theirs) - _passed(ours)
    assert {check: ours.get(check) for check in missing if not check[0].startswith("check_transformer")} == {}
    assert len(_passed(theirs)) > 30


@BOTH
def test_every_check_with_the_first_of_many_features(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole suite on matrices, the only change being that further features are ignored rather than refused."""
    _unlock(monkeypatch, type(model), one=False, poor=True)
    monkeypatch.setattr(one_feature, "_matrix", lambda X: X)
    monkeypatch.setattr(one_feature, "_column", lambda estimator, X: X[:, 0])
    outcomes = _outcomes(model)
    assert {check: why for check, why in outcomes.items() if why[0] != "passed" and check[0] not in ELSEWHERE} == {}
    assert len(outcomes) > 50


@settings(max_examples=30)
@given(
    unit=st.floats(1e-6, 1e6),
    origin=st.floats(-1e3, 1e3),
    size=st.floats(1e-6, 1e6),
    beta=st.sampled_from([math.inf, 1e3]),
    seed=st.integers(0, 9),
)
def test_units_and_origin_of_x_and_the_unit_of_y_change_nothing_else(
    unit: float, origin: float, size: float, beta: float, seed: int
) -> None:
    """(y, λ, β) → (sy, sλ, β/s²) with the default penalty, and x → origin·unit + unit·x."""
    x, y = _wave(12, seed)
    plain = WideReLURegressor(beta=beta).fit(x.reshape(-1, 1), y)
    other = WideReLURegressor(beta=beta / size**2).fit((unit * (origin + x)).reshape(-1, 1), size * y)
    points = np.linspace(-6.0, 8.0, 29)
    # The inputs lose the digits of the origin; slopes are of order 1.
    expected, found = plain.predict(points), other.predict(unit * (origin + points)) / size
    assert found == pytest.approx(expected, abs=1e-7)
    assert other.lam_ / size == pytest.approx(plain.lam_, rel=1e-9)
    if len(plain.knots_) == len(other.knots_):
        assert other.knots_ / unit - origin == pytest.approx(plain.knots_, rel=1e-6, abs=1e-6)


def test_it_is_the_fit_in_standardised_units_and_the_fit_itself_without() -> None:
    x, y = _wave()
    weight = np.arange(60.0) % 4
    mean = np.average(x, weights=weight)
    deviation = math.sqrt(np.average((x - mean) ** 2, weights=weight))
    points = np.linspace(-6.0, 8.0, 29)
    for standardize, offset, scale in ((True, mean, deviation), (False, 0.0, 1.0)):
        model = WideReLURegressor(lam=0.003, standardize=standardize).fit(x.reshape(-1, 1), y, sample_weight=weight)
        fit = fit_wide_relu((x - offset) / scale, y, lam=0.003, sample_weight=weight)
        assert model.predict(points.reshape(-1, 1)) == pytest.approx(fit.predict((points - offset) / scale), abs=1e-9)
        assert model.knots_ == pytest.approx([offset + scale * knot.location for knot in fit.knots], abs=1e-7)
        assert model.slope_changes_ == pytest.approx([knot.slope_change / scale for knot in fit.knots], abs=1e-7)
        assert model.objective_ == pytest.approx(fit.objective, rel=1e-9)
        assert 0 <= model.dual_gap_ == model.fit_.gap
        assert model.relative_gap_ <= 1e-12


def test_the_jumps_of_slope_are_those_of_the_prediction() -> None:
    x, y = _wave()
    model = WideReLURegressor(lam=0.003).fit(x.reshape(-1, 1), y)
    assert len(model.knots_) > 2
    for knot, jump in zip(model.knots_, model.slope_changes_, strict=True):
        near = knot + 1e-5 * np.array([-2.0, -1.0, 1.0, 2.0])
        left, right = np.diff(model.predict(near))[[0, 2]] / 1e-5
        assert right - left == pytest.approx(jump, abs=1e-8)


def test_without_standardising_the_origin_matters_and_with_it_it_does_not() -> None:
    x, y = _wave()
    for standardize, same in ((True, True), (False, False)):
        here, there = (
            WideReLURegressor(lam=0.01, standardize=standardize).fit((x + shift).reshape(-1, 1), y).predict(x + shift)
            for shift in (0.0, 4.0)
        )
        assert np.allclose(here, there, atol=1e-9) is same


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e5])
def test_a_knot_at_a_datum_is_at_its_very_number(scale: float) -> None:
    x = scale * (np.arange(8.0) / 7.0 + 0.1)
    model = WideReLURegressor(lam=1e-4).fit(x, np.array([0.0, 1.0, 0.0, 2.0, 1.0, 1.0, 3.0, 0.0]))
    assert sum(knot in x for knot in model.knots_) > 2


def test_one_row_and_equal_inputs() -> None:
    for x, y, weight in (([3.0], [2.0], None), ([3.0] * 3, [1.0, 2.0, 3.0], None), ([3.0, 9.0], [2.0, 5.0], [1, 0])):
        model = WideReLURegressor(lam=0.5).fit(np.reshape(x, (-1, 1)), y, sample_weight=weight)
        assert (model.x_offset_, model.x_scale_) == (3.0, 1.0)
        # All weight at z = 0, where a unit (z cos φ + sin φ)₊ is worth at most 1, as much as the constant unit.
        assert model.predict([[3.0]]) == pytest.approx([1.5], abs=1e-12)


def test_targets_of_zero_are_fitted_by_zero() -> None:
    for model in (WideReLURegressor(), WideReLURegressorCV(**SMALL)):
        assert model.fit(np.arange(6.0), np.zeros(6)).predict([[7.0]]).tolist() == [0.0]


def test_finite_temperature_has_bends_in_the_users_units() -> None:
    x, y = _wave()
    model = WideReLURegressor(lam=0.003, beta=1e6).fit(x.reshape(-1, 1), y)
    assert model.knots_.size == 0
    limit = WideReLURegressor(lam=0.003).fit(x.reshape(-1, 1), y)
    main = sorted(model.bends_, key=lambda bend: -abs(bend.slope_change))[:2]
    for bend in main:
        assert np.min(np.abs(limit.knots_ - bend.location)) < 0.1
        # Across half the width to both sides f′ changes by less than all of the turn and more than a third of it.
        around = bend.location + bend.width * np.array([-0.5 - 1e-4, -0.5 + 1e-4, 0.5 - 1e-4, 0.5 + 1e-4])
        slopes = np.diff(model.predict(around))[[0, 2]] / (2e-4 * bend.width)
        assert 1 / 3 < (slopes[1] - slopes[0]) / bend.slope_change < 1


@pytest.mark.parametrize(
    ("model", "problem"),
    [
        (WideReLURegressor(lam=0.0), "lam is 0.0"),
        (WideReLURegressor(lam=math.nan), "lam is nan"),
        (WideReLURegressor(lam="1e"), "lam is '1e'"),
        (WideReLURegressor(beta=-1.0), "beta is -1.0"),
        (WideReLURegressor(selection="first"), "selection is 'first'"),
        (WideReLURegressor(standardize="yes"), "standardize is 'yes'"),
        (WideReLURegressorCV(lams=[]), "lams is empty"),
        (WideReLURegressorCV(lams=[1.0, -2.0]), r"lams\[1\] is -2.0"),
        (WideReLURegressorCV(lams=[1.0, math.inf]), r"lams\[1\] is inf"),
        (WideReLURegressorCV(n_lams=0), "n_lams is 0"),
        (WideReLURegressorCV(ratio=2.0), "ratio is 2.0"),
        (WideReLURegressorCV(beta=0.0), "beta is 0.0"),
        (WideReLURegressorCV(beta=1.0, selection="first"), "selection is 'first'"),
        (WideReLURegressorCV(choice="least"), "choice is 'least'"),
        (WideReLURegressorCV(choice="one_se", cv=[(np.arange(9), np.arange(9, 20))]), "cv gives 1 fold"),
        (WideReLURegressorCV(choice=np.array(["best", "one_se"])), "choice is array"),
        (WideReLURegressorCV(cv=[]), "cv gives 0 folds; at least 1"),
        (WideReLURegressorCV(cv=[(np.arange(20), [])]), "cv leaves fold 0 without held-out rows"),
        (WideReLURegressorCV(scoring="r2", cv=[(np.arange(19), np.arange(19, 20))], n_lams=2), "the score at lam"),
    ],
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.UndefinedMetricWarning")
def test_bad_parameters_are_named(model: Any, problem: str) -> None:
    x, y = _wave(20)
    with pytest.raises(MeanFieldInputError, match=problem):
        model.fit(x.reshape(-1, 1), y)


@BOTH
def test_bad_rows_are_named(model: Any) -> None:
    x, y = _wave(20)
    column = x.reshape(-1, 1)
    for bad, problem in (
        (np.column_stack([x, x]), "2 features; .* takes exactly 1"),
        (np.where(column == column[3], math.nan, column), "NaN"),
        (1e200 * column, "x.0. is"),
        (column[:5], "inconsistent numbers of samples"),
    ):
        with pytest.raises(ValueError, match=problem):
            clone(model).fit(bad, y)
    for weight, problem in ((np.zeros(20), "all zero"), (-np.ones(20), "is -1.0"), (np.ones(3), "has 3 values")):
        with pytest.raises(MeanFieldInputError, match=problem):
            clone(model).fit(column, y, sample_weight=weight)
    with pytest.raises(NotFittedError):
        clone(model).predict(column)
    fitted = clone(model).fit(column, y)
    with pytest.raises(ValueError, match="2 features"):
        fitted.predict(np.column_stack([x, x]))
    with pytest.raises(MeanFieldInputError, match="too far"):
        clone(model).fit(1e-10 * column, y).predict([[1e305]])


def test_an_input_whose_weight_puts_it_too_far_is_named_as_the_user_wrote_it() -> None:
    """The mean is the heavy row's input and the deviation 1e-150 of the distance, so that z has no square."""
    for model in (WideReLURegressor(), WideReLURegressorCV(**SMALL)):
        with pytest.raises(MeanFieldInputError, match=r"X holds 7.5, too far"):
            model.fit([[1.0], [7.5], [1.0]], [0.0, 1.0, 2.0], sample_weight=[5.0, 1e-301, 5.0])


@BOTH
def test_a_fit_that_is_refused_leaves_the_former_one(model: Any) -> None:
    x, y = _wave(20)
    column = x.reshape(-1, 1)
    fitted = clone(model).fit(column, y)
    before, state = fitted.predict(column), set(vars(fitted))
    for bad in ({"selection": "first"}, {"beta": -1.0}):
        with pytest.raises(MeanFieldInputError):
            fitted.set_params(**bad).fit(1e3 + 7.0 * column, y)
        assert fitted.predict(column).tobytes() == before.tobytes()
        assert set(vars(fitted)) == state
        fitted.set_params(**model.get_params())


def test_a_fit_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*rows: Any, **options: Any) -> WideReluFit:
        return replace(fit_wide_relu(*rows, **options), objective=math.nan)

    monkeypatch.setattr(regressor, "fit_wide_relu", broken)
    x, y = _wave(20)
    model = WideReLURegressor(lam=0.1)
    with pytest.raises(MeanFieldInputError, match=r"lam = 0\.1 leaves double precision, its objective is nan"):
        model.fit(x, y)
    with pytest.raises(NotFittedError):
        model.predict(x)


@pytest.mark.parametrize("size", [2.0**-620, 2.0**-480, 2.0**480])
def test_the_default_penalty_is_in_the_unit_of_y_however_small_that_is(size: float) -> None:
    """Powers of two change no digit; 2^-620 has no square in double precision."""
    x, y = _wave(20)
    plain, other = WideReLURegressor().fit(x, y), WideReLURegressor().fit(x, size * y)
    assert other.lam_ == pytest.approx(size * plain.lam_, rel=1e-14)
    assert len(plain.knots_) > 2
    assert other.knots_ == pytest.approx(plain.knots_, abs=1e-9)
    assert other.predict(x) / size == pytest.approx(plain.predict(x), abs=1e-9)


def test_a_minimiser_that_is_not_unique_warns_once_whether_or_not_folds_do() -> None:
    x, y = np.array([-math.sqrt(3.0), math.sqrt(3.0)]), np.array([2.0, 2.0])
    for model in (
        WideReLURegressor(lam=0.1, standardize=False),
        WideReLURegressorCV(lams=[0.1], standardize=False, cv=[(np.arange(2), np.arange(2))] * 3),
    ):
        with pytest.warns(NonUniquePredictorWarning) as caught:
            model.fit(x, y)
        assert len(caught) == 1
        assert model.fit_.face_dimension == 1


@BOTH
@pytest.mark.parametrize("beta", [math.inf, 1e3])
def test_pickled_joblib_dumped_and_cloned(model: Any, beta: float, tmp_path: Path) -> None:
    x, y = _wave(20)
    fitted = clone(model).set_params(beta=beta).fit(x.reshape(-1, 1), y)
    expected = fitted.predict(x.reshape(-1, 1))
    joblib.dump(fitted, tmp_path / "model")
    for copy in (pickle.loads(pickle.dumps(fitted)), joblib.load(tmp_path / "model")):
        assert copy.predict(x.reshape(-1, 1)).tobytes() == expected.tobytes()
        assert copy.bends_ == fitted.bends_
    again = clone(fitted)
    assert not hasattr(again, "fit_")
    assert again.fit(x.reshape(-1, 1), y).predict(x.reshape(-1, 1)).tobytes() == expected.tobytes()


def test_in_a_pipeline_and_a_grid_search_with_weights() -> None:
    x, y = _wave()
    weight = np.arange(60.0) % 3 + 1.0
    column = x.reshape(-1, 1)
    pipe = make_pipeline(FunctionTransformer(np.exp), WideReLURegressor(lam=0.01))
    pipe.fit(column, y, widereluregressor__sample_weight=weight)
    direct = WideReLURegressor(lam=0.01).fit(np.exp(column), y, sample_weight=weight)
    assert pipe.predict(column).tobytes() == direct.predict(np.exp(column)).tobytes()
    search = GridSearchCV(WideReLURegressor(), {"lam": [1.0, 0.1, 0.01], "beta": [1e2, math.inf]}, cv=3)
    search.fit(column, y, sample_weight=weight)
    assert search.best_params_["lam"] < 1.0
    assert search.best_score_ > 0.5
    assert search.predict([[0.0]]).shape == (1,)


def test_weights_are_routed_where_they_are_requested() -> None:
    x, y = _wave()
    weight = np.where(x > 0, 1.0, 0.0)
    with config_context(enable_metadata_routing=True):
        inner = WideReLURegressor(lam=0.01).set_fit_request(sample_weight=True)
        pipe = make_pipeline(StandardScaler().set_fit_request(sample_weight=True), inner)
        pipe.fit(x.reshape(-1, 1), y, sample_weight=weight)
    alone = WideReLURegressor(lam=0.01).fit(x[x > 0], y[x > 0])
    assert pipe.predict(x.reshape(-1, 1)) == pytest.approx(alone.predict(x), abs=1e-9)


@pytest.mark.parametrize("beta", [math.inf, 1e3])
@pytest.mark.parametrize("standardize", [True, False])
def test_the_errors_of_the_folds_are_those_of_the_estimator_at_each_penalty(beta: float, standardize: bool) -> None:
    x, y = _wave(30)
    column, folds = x.reshape(-1, 1), KFold(3, shuffle=True, random_state=0)
    lams = [0.02, 0.2, 0.002]
    model = WideReLURegressorCV(lams=lams, beta=beta, standardize=standardize, cv=folds).fit(column, y)
    assert model.lams_.tolist() == sorted(lams, reverse=True)
    expected = [
        -cross_val_score(
            WideReLURegressor(lam=lam, beta=beta, standardize=standardize),
            column, y, cv=folds, scoring="neg_mean_squared_error",
        )
        for lam in model.lams_
    ]  # fmt: skip
    assert model.mse_path_ == pytest.approx(np.array(expected), rel=1e-7)
    assert model.lam_ == model.lams_[np.argmin(model.mse_path_.mean(axis=1))]
    alone = WideReLURegressor(lam=model.lam_, beta=beta, standardize=standardize).fit(column, y)
    assert model.predict(column) == pytest.approx(alone.predict(column), abs=1e-12)
    assert (model.score_path_ == -model.mse_path_).all()


def test_the_grid_starts_at_the_smallest_penalty_whose_fit_is_zero() -> None:
    x, y = _wave()
    model = WideReLURegressorCV(n_lams=7, ratio=0.01).fit(x, y)
    assert len(model.lams_) == 7
    assert model.lams_[-1] == pytest.approx(0.01 * model.lams_[0], rel=1e-12)
    for factor, zero in ((1.0 + 1e-9, True), (1.0 - 1e-6, False)):
        fitted = WideReLURegressor(lam=factor * model.lams_[0]).fit(x, y).predict(x)
        assert bool(np.all(fitted == 0)) is zero


def test_another_scoring_and_one_standard_error() -> None:
    x, y = _wave(40)
    folds = KFold(4, shuffle=True, random_state=1)
    by_r2 = WideReLURegressorCV(n_lams=6, ratio=1e-3, cv=folds, scoring="r2").fit(x, y)
    expected = [
        cross_val_score(WideReLURegressor(lam=lam), x.reshape(-1, 1), y, cv=folds, scoring="r2") for lam in by_r2.lams_
    ]
    assert by_r2.score_path_ == pytest.approx(np.array(expected), abs=1e-7)
    best = WideReLURegressorCV(n_lams=6, ratio=1e-3, cv=folds).fit(x, y)
    simple = WideReLURegressorCV(n_lams=6, ratio=1e-3, cv=folds, choice="one_se").fit(x, y)
    assert simple.lam_ > best.lam_
    mean = simple.mse_path_.mean(axis=1)
    k = int(np.argmin(mean))
    limit = mean[k] + simple.mse_path_[k].std(ddof=1) / 2.0  # √4 folds
    at = int(np.flatnonzero(simple.lams_ == simple.lam_)[0])
    assert mean[at] <= limit
    assert np.all(mean[:at] > limit)


def test_a_weight_of_two_is_a_row_twice_in_cross_validation() -> None:
    x, y = _wave(24)
    fold = np.arange(24) % 3
    weight = np.where(np.arange(24) % 5 == 0, 2.0, 1.0)
    twice = np.repeat(np.arange(24), weight.astype(int))
    kept = {"lams": [0.1, 0.01, 0.001]}
    splits = [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(3)]
    repeated = [(np.flatnonzero(fold[twice] != k), np.flatnonzero(fold[twice] == k)) for k in range(3)]
    for scoring in (None, "neg_mean_absolute_error"):
        weighted = WideReLURegressorCV(**kept, cv=splits, scoring=scoring).fit(x, y, sample_weight=weight)
        plain = WideReLURegressorCV(**kept, cv=repeated, scoring=scoring).fit(x[twice], y[twice])
        assert weighted.score_path_ == pytest.approx(plain.score_path_, rel=1e-7)
        assert weighted.lam_ == plain.lam_
        assert weighted.predict(x) == pytest.approx(plain.predict(x), abs=1e-9)


@pytest.mark.parametrize("unit", [1e308, 1e-300])
def test_the_unit_of_the_weights_does_not_matter_in_cross_validation(unit: float) -> None:
    x, y = _wave(24)
    weight = np.arange(24.0) % 3 / 3.0
    for scoring in (None, "neg_mean_absolute_error"):
        plain, other = (
            WideReLURegressorCV(n_lams=4, cv=3, scoring=scoring).fit(x, y, sample_weight=scale * weight)
            for scale in (1.0, unit)
        )
        assert other.score_path_ == pytest.approx(plain.score_path_, rel=1e-9)
        assert other.lam_ == pytest.approx(plain.lam_, rel=1e-12)


def test_a_scorer_that_takes_no_weights_is_named() -> None:
    x, y = _wave(12)
    model = WideReLURegressorCV(n_lams=2, cv=2, scoring=lambda model, X, y: float(np.mean(model.predict(X) < y)))
    assert model.fit(x, y).score_path_.shape == (2, 2)
    with pytest.raises(MeanFieldInputError, match="takes no sample_weight"):
        model.fit(x, y, sample_weight=np.ones(12))


def test_a_fold_without_weight_is_named() -> None:
    x, y = _wave(9)
    weight = np.where(np.arange(9) < 3, 0.0, 1.0)
    with pytest.raises(MeanFieldInputError, match="zero on all held-out rows of fold 0"):
        WideReLURegressorCV(cv=3).fit(x, y, sample_weight=weight)


@given(
    st.lists(
        st.tuples(
            st.floats(-1e9, 1e9) | st.sampled_from([0.0, 1.0, 1.0 + 2e-16, 1.0 + 1e-9, 7e8]),
            st.floats(-1e6, 1e6),
            st.sampled_from([0.0, 1e-6, 1.0, 3.0]),
        ),
        min_size=1,
        max_size=12,
    ).filter(lambda rows: any(weight > 0 for _, _, weight in rows)),
    st.booleans(),
)
@pytest.mark.filterwarnings("ignore::lemmata.numerics.meanfield.NonUniquePredictorWarning")
def test_any_table_is_fitted_and_knows_how_well(rows: list[tuple[float, float, float]], standardize: bool) -> None:
    """Tied, nearly tied, far apart, weightless: a finite fit whose objective is that of its predictions or more."""
    x, y, weight = (np.array(column) for column in zip(*rows, strict=True))
    model = WideReLURegressor(standardize=standardize).fit(x.reshape(-1, 1), y, sample_weight=weight)
    found = model.predict(x)
    assert np.all(np.isfinite(found))
    assert model.dual_gap_ >= 0
    half_loss = 0.5 * np.average((found - y) ** 2, weights=weight)
    at_zero = 0.5 * np.average(y**2, weights=weight)
    assert half_loss <= model.objective_ + 1e-9 * at_zero  # the penalty is what is left
    assert model.objective_ <= at_zero * (1.0 + 1e-12) + model.dual_gap_  # no worse than f = 0
    assert np.all(np.diff(model.knots_) > 0)
    assert len(model.knots_) == len(model.knot_sides_) == len(model.slope_changes_)


def _holds(pair: tuple[str, str], value: float, slack: float) -> bool:
    return float(pair[0]) - slack <= value <= float(pair[1]) + slack


@pytest.mark.parametrize(("origin", "unit"), [(0.0, 1.0), (1000.1, 0.3), (-7.0, 1e5)])
def test_a_certificate_is_in_the_users_units(origin: float, unit: float) -> None:
    """A proof encloses what was computed, at the digits that doubles have."""
    x, y = _wave(40)
    x = origin + unit * x
    weight = np.arange(40.0) % 3
    model = WideReLURegressor(lam=0.001).fit(x.reshape(-1, 1), y, sample_weight=weight)
    certificate = model.certify(digits=9)
    assert certificate.certified
    assert certificate.knot_count == len(model.knots_) > 3
    data = 0
    for knot, place, side, change in zip(
        certificate.knots, model.knots_, model.knot_sides_, model.slope_changes_, strict=True
    ):
        assert _holds(knot.location, place, 1e-8 * unit)
        assert float(knot.location[1]) - float(knot.location[0]) <= 1e-7 * max(unit, abs(place))
        assert knot.side == side
        assert _holds(knot.slope_change, change, 1e-6 * abs(change))
        if knot.at_data_point is not None:
            data += 1
            low, high = (Fraction(end) for end in knot.location)
            assert low <= Fraction(float(x[knot.at_data_point])) <= high
            assert place == x[knot.at_data_point]
    assert data > 0
    points = [float(origin + unit * t) for t in (-9.0, 0.0, 0.1, 20.0)]
    for pair, value in zip(certificate.predict(points), model.predict(points), strict=True):
        assert _holds(pair, value, 1e-8)
    for pair, value in zip(certificate.fitted, model.predict(x), strict=True):
        assert _holds(pair, value, 1e-8)
    assert certificate.objective is not None
    assert _holds(certificate.objective, model.objective_, 1e-12)


def test_a_certificate_at_finite_temperature_is_in_the_users_units() -> None:
    x, y = _wave(20)
    x = 1000.1 + 0.3 * x
    model = WideReLURegressor(lam=0.01, beta=1e3).fit(x.reshape(-1, 1), y)
    certificate = model.certify(digits=7)
    assert certificate.certified
    assert (certificate.knots, certificate.knot_count) == ((), None)
    for pair, value in zip(certificate.predict(x.tolist()), model.predict(x), strict=True):
        assert _holds(pair, value, 1e-9)
        assert float(pair[1]) - float(pair[0]) <= 1e-6


def test_a_planted_problem_without_standardising_is_certified_where_it_was_planted() -> None:
    """x = (−10/3, −4/3, 4/3, 10/3) moved and stretched by a change of units that standardising undoes exactly."""
    x = np.array([-5.0, -2.0, 2.0, 5.0])  # mean 0; in units of 3/2 the inputs of the planted problem
    y = np.array([-871 / 300, -7 / 300, -7 / 2, -7 / 3])
    model = WideReLURegressor(lam=0.1, standardize=False).fit((x / 1.5).reshape(-1, 1), y)
    certificate = model.certify(6)
    assert certificate.certified
    for knot, place in zip(certificate.knots, (-4 / 3, -3 / 4, 4 / 3), strict=True):
        assert _holds(knot.location, place, 1e-9)


def test_what_a_certificate_leaves_undecided_is_in_the_users_units(monkeypatch: pytest.MonkeyPatch) -> None:
    open_contacts = (UndecidedContact(0.5, "left", "a"), UndecidedContact(None, None, "b"))
    nothing = Certificate(False, None, (), None, False, None, None, (), open_contacts, 5)
    monkeypatch.setattr(WideReluFit, "certify", lambda self, digits, *, exact: nothing)
    found = WideReLURegressor(lam=0.1).fit([[10.0], [14.0]], [1.0, 2.0]).certify(5)  # mean 12, deviation 2
    assert found.undecided == (UndecidedContact(13.0, "left", "a"), open_contacts[1])
    with pytest.raises(MeanFieldInputError, match="proves nothing"):
        found.predict([0.0])


def test_targets_far_from_zero_through_a_transformed_target() -> None:
    x, y = _wave()
    model = TransformedTargetRegressor(WideReLURegressor(lam=0.01), transformer=StandardScaler())
    here, there = (model.fit(x.reshape(-1, 1), y + up).predict(x.reshape(-1, 1)) - up for up in (0.0, 1e3))
    assert there == pytest.approx(here, abs=1e-9)
    assert model.score(x.reshape(-1, 1), y + 1e3) > 0.9
