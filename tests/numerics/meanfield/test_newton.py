"""The banded Newton direction against a dense solve with the Hessian from differences of the gradient."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lemmata.numerics.meanfield.circle import advance, build_circle, correlation, values_at_breaks, values_at_data
from lemmata.numerics.meanfield.finite import solve_dual
from lemmata.numerics.meanfield.newton import newton_direction
from lemmata.numerics.meanfield.partition import circle_derivatives

Array = NDArray[np.float64]


def _gradient(x: Array, omega: Array, b: float, r: Array) -> Array:
    circle = build_circle(x)
    arcs = circle_derivatives(circle, correlation(circle, r))
    zs = circle.dead + float(np.sum(arcs.integral))
    return values_at_data(circle, arcs.weights) / (b * zs) + r / omega


@pytest.mark.parametrize("size", [1, 2, 3, 4, 9, 30])
@pytest.mark.parametrize("b", [1e-2, 1.0, 50.0])
def test_against_a_dense_solve(size: int, b: float) -> None:
    rng = np.random.default_rng(size)
    x, omega = np.sort(rng.standard_normal(size)), rng.dirichlet(np.ones(size))
    r = 0.2 * rng.standard_normal(size) / size
    step = 1e-5
    hessian = np.array(
        [
            (_gradient(x, omega, b, r + step * unit) - _gradient(x, omega, b, r - step * unit)) / (2 * step)
            for unit in np.eye(size)
        ]
    )
    circle = build_circle(x)
    arcs = circle_derivatives(circle, correlation(circle, r))
    target = rng.standard_normal(size)
    found = newton_direction(circle, omega, b, circle.dead + float(np.sum(arcs.integral)), arcs, target)
    # Differences are off by step² times the fourth derivative and by 1e-16/step.
    assert found == pytest.approx(-np.linalg.solve(hessian, target), rel=1e-6, abs=1e-7 * float(np.max(np.abs(found))))


def test_newton_converges_in_few_steps() -> None:
    """Quadratic convergence: 7 temperatures of about 5 steps each, which a wrong Hessian does not give."""
    rng = np.random.default_rng(0)
    x = np.sort(rng.uniform(-1, 1, 100))
    y = np.sin(3 * x) + 0.1 * rng.standard_normal(100)
    solution = solve_dual(build_circle(x), np.full(100, 0.01), y / 0.02, 1e7 * 0.02**2)
    assert solution.stop == "converged"
    assert solution.iterations <= 50


def test_a_row_of_weight_zero_is_only_a_break() -> None:
    rng = np.random.default_rng(1)
    x = np.sort(rng.standard_normal(6))
    y = rng.standard_normal(6)
    with_break, kept = np.full(6, 0.2), np.arange(6) != 2
    with_break[2], y[2] = 0.0, 0.0
    found = solve_dual(build_circle(x), with_break, y / 0.1, 10.0).point.r
    plain = solve_dual(build_circle(x[kept]), np.full(5, 0.2), y[kept] / 0.1, 10.0).point.r
    assert found[2] == 0.0
    assert found[kept] == pytest.approx(plain, rel=1e-10)


def test_sums_against_their_definitions() -> None:
    rng = np.random.default_rng(2)
    x, r = np.sort(5 * rng.standard_normal(7)), rng.standard_normal(7)
    circle = build_circle(x)
    features = np.maximum(np.outer(circle.unit[:, 0], x) + circle.unit[:, 1:], 0.0)
    assert values_at_breaks(circle, r) == pytest.approx(features @ r, abs=1e-13)
    c = rng.standard_normal(15)
    assert values_at_data(circle, c) == pytest.approx(features.T @ c, abs=1e-13)
    middle = 0.5 * (circle.phi[1:] + circle.phi[:-1])
    values = np.maximum(np.outer(np.cos(middle), x) + np.sin(middle)[:, None], 0.0) @ r
    field = correlation(circle, r)
    assert np.sum(field.vector * np.stack([np.cos(middle), np.sin(middle)], axis=1), axis=1) == pytest.approx(values)


def test_small_steps_keep_the_digits_of_small_distances() -> None:
    """1 − g after a step is exact relative to itself, far below the rounding of g."""
    circle = build_circle(np.array([1.0]))
    r = np.array([(1 - 2.0**-40) / np.sqrt(2)])
    field = correlation(circle, r)
    moved = advance(circle, field, np.array([2.0**-62]))
    gained = field.below[1] - moved.below[1]
    assert gained == pytest.approx(2.0**-62 * np.sqrt(2), rel=1e-3)
    assert float(r[0]) + 2.0**-62 == float(r[0])
