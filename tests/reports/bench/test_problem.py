"""The common rule agrees with the fit's own objective, and the peers solve the problem that they are said to solve."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lemmata.numerics.meanfield import fit_wide_relu
from lemmata.reports.bench import BenchmarkError
from lemmata.reports.bench.exact import _enclosed, exact, gap_radius, reference
from lemmata.reports.bench.peers import _features, _reduced, lasso, lasso_tight
from lemmata.reports.bench.problem import (
    SETTINGS,
    Answer,
    Network,
    Problem,
    Setting,
    judge,
    live_grid,
    make_data,
    network_values,
)

COARSE = st.integers(-40, 40).map(lambda k: k / 8)  # ties and near neighbours are common


@given(
    rows=st.lists(st.tuples(COARSE, COARSE), min_size=1, max_size=12),
    lam=st.floats(1e-3, 10.0),
    scale=st.sampled_from([1e-3, 1.0, 1e3]),
)
@settings(max_examples=60)
def test_the_common_rule_gives_the_objective_of_the_fit(
    rows: list[tuple[float, float]], lam: float, scale: float
) -> None:
    x, y = np.array(rows).T
    setting = Setting("limit", lam * scale, math.inf)
    problem = Problem(x, scale * y, setting)
    answer = exact(problem)
    verdict = judge(answer, problem)
    own = answer.detail["own_objective"]
    assert isinstance(own, float)
    half_mean_square = 0.5 * float(np.mean(problem.y**2))
    assert verdict.objective == pytest.approx(own, rel=1e-11, abs=1e-12 * half_mean_square)


@given(
    units=arrays(np.float64, (3, 5), elements=st.floats(-9, 9)),
    x=arrays(np.float64, 7, elements=st.floats(-9, 9)),
)
def test_a_network_is_evaluated_unit_by_unit(units: np.ndarray, x: np.ndarray) -> None:
    w, b, c = units
    expected = [sum(c[k] * max(w[k] * t + b[k], 0.0) for k in range(5)) for t in x]
    assert network_values(Network(w, b, c), x) == pytest.approx(expected, abs=1e-10)


def test_more_rows_than_a_block_are_evaluated_alike() -> None:
    x = np.linspace(-3, 3, 10_001)
    network = Network(np.array([1.0, -1.0]), np.array([0.5, 0.25]), np.array([2.0, -3.0]))
    assert network_values(network, x) == pytest.approx(2 * np.maximum(x + 0.5, 0) - 3 * np.maximum(0.25 - x, 0))


def test_at_finite_temperature_a_network_has_no_objective() -> None:
    problem = Problem(*make_data(30, 0), SETTINGS["noisy"])
    assert judge(Answer(Network(np.ones(1), np.zeros(1), np.ones(1))), problem).objective is None


def test_an_answer_without_values_is_refused() -> None:
    problem = Problem(*make_data(30, 0), SETTINGS["limit"])
    for answer in (Answer(), Answer(fitted=np.zeros(29))):
        with pytest.raises(BenchmarkError, match="one value for each point"):
            judge(answer, problem)


def test_the_data_depend_on_seed_and_size_alone() -> None:
    assert np.array_equal(make_data(50, 1), make_data(50, 1))
    assert not np.array_equal(make_data(50, 1), make_data(50, 2))


def test_every_unit_of_the_grid_sees_a_point() -> None:
    x = np.array([-2.0, 0.5, 1.5])
    w, b = live_grid(x, 500)
    assert np.hypot(w, b) == pytest.approx(1.0)
    assert np.all(np.max(np.multiply.outer(w, x) + b[:, None], axis=1) > 0)


@given(seed=st.integers(0, 1000), points=st.integers(1, 90), size=st.integers(1, 8), tied=st.booleans())
@settings(max_examples=40)
def test_the_reduced_problem_is_the_same_problem(seed: int, points: int, size: int, tied: bool) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal(points), rng.standard_normal(points)
    x = np.round(x) if tied else x  # fewer distinct points than columns: a singular matrix
    w, b = rng.standard_normal((2, size))
    factor, image, rest = _reduced(x, y, w, b)
    matrix = _features(x, w, b)
    assert matrix == pytest.approx(np.array([np.maximum(t * w + b, 0.0) for t in x]))
    assert len(factor) == min(points, size)
    for weights in rng.standard_normal((3, size)):
        reduced = float(np.sum((factor @ weights - image) ** 2)) + rest
        assert reduced == pytest.approx(float(np.sum((matrix @ weights - y) ** 2)), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("points", [30, 250])  # fewer and more than there are knots in the grids
def test_a_finer_grid_comes_nearer_to_the_exact_limit_and_never_below_it(points: int) -> None:
    x, y = make_data(points, 3)
    best = judge(exact(Problem(x, y, SETTINGS["limit"])), Problem(x, y, SETTINGS["limit"])).objective
    assert best is not None

    def excess(grid: int, solver: Callable[[Problem], Answer]) -> float:
        problem = Problem(x, y, SETTINGS["limit"], options={"grid": grid, "sweeps": 30_000})
        reached = judge(solver(problem), problem).objective
        assert reached is not None
        return reached - best

    coarse, fine = excess(49, lasso_tight), excess(99, lasso_tight)  # the finer grid holds the coarser one
    assert 0 < fine < coarse < best
    assert excess(49, lasso) >= coarse - 1e-14


@pytest.mark.parametrize("setting", ["limit", "noisy"])
def test_a_certified_reference_lies_where_the_gap_says(setting: str) -> None:
    x, y = make_data(60, 2)
    certified, plain = (reference(Problem(x, y, SETTINGS[setting], options={"certify": k})) for k in (1, 0))
    assert (certified.detail["radius_from"], plain.detail["radius_from"]) == ("certificate", "gap")
    radius, wider = certified.detail["radius"], plain.detail["radius"]
    assert isinstance(radius, float)
    assert isinstance(wider, float)
    assert 0 < radius < 2.0**-52
    assert certified.fitted is not None
    assert plain.fitted is not None
    assert float(np.sqrt(np.mean((certified.fitted - plain.fitted) ** 2))) <= radius + wider


def test_an_enclosure_is_covered_by_its_middle_and_radius() -> None:
    pairs = [("0.1", "0.3"), ("-2", "-2"), ("1e-30", "3e-30")]
    centre, radius = _enclosed(pairs)
    assert centre.tolist() == [0.2, -2.0, 2e-30]
    assert radius >= math.sqrt(0.01 / 3)
    assert radius == pytest.approx(math.sqrt(0.01 / 3))
    assert _enclosed([("0.1", "0.1")])[1] > 0  # a decimal that is no double


@pytest.mark.parametrize("setting", ["limit", "noisy"])
def test_the_radius_covers_a_fit_that_stopped_early(setting: str) -> None:
    """The bound from the gap holds for a worse answer: here the exact fit of slightly different targets."""
    known = SETTINGS[setting]
    x, y = make_data(60, 1)
    right = fit_wide_relu(x, y, lam=known.lam, beta=known.beta)
    answer = reference(Problem(x, y, known, options={"certify": 0}))
    assert answer.fitted is not None
    distance = float(np.sqrt(np.mean((answer.fitted - right.fitted) ** 2)))
    radius = answer.detail["radius"]
    assert isinstance(radius, float)
    assert distance <= radius < 1e-6
    if setting == "limit":
        wrong = judge(lasso(Problem(x, y, known, options={"grid": 200, "sweeps": 2000})), Problem(x, y, known))
        assert wrong.objective is not None
        gap = wrong.objective - right.objective + right.gap
        assert float(np.sqrt(np.mean((wrong.fitted - right.fitted) ** 2))) <= gap_radius(gap)
