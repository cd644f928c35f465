"""Many inputs: points that stand for groups, and a start that does not change where the solver ends."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lemmata.numerics.meanfield import fit_wide_relu, nested
from lemmata.numerics.meanfield.circle import build_circle
from lemmata.numerics.meanfield.finite import solve_dual
from lemmata.numerics.meanfield.nested import solve_nested, standing_for

Array = NDArray[np.float64]


def _data(size: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(0)
    x = np.sort(rng.uniform(-2, 2, size))
    return x, np.sin(3 * x) + 0.1 * rng.standard_normal(size)


def test_points_keep_the_loss_of_a_line_group_by_group() -> None:
    rng = np.random.default_rng(1)
    x, y = _data(20_000)
    x = np.sort(np.exp(2 * x))
    omega = rng.dirichlet(np.full(20_000, 0.1)) + 1e-12
    points = standing_for(x, omega, y)
    assert points is not None
    places, weights, targets = points
    assert np.all(np.diff(places) > 0)
    assert np.all(weights > 0)
    start = np.linspace(0, len(x), len(places) // 2 + 1).astype(int)[:-1]
    for power in range(4):
        whole = np.add.reduceat(omega * x**power, start)
        assert np.sum((weights * places**power).reshape(-1, 2), axis=1) == pytest.approx(whole, rel=1e-9)
    for power in range(2):
        whole = np.add.reduceat(omega * x**power * y, start)
        assert np.sum((weights * places**power * targets).reshape(-1, 2), axis=1) == pytest.approx(whole, rel=1e-6)
    ends = np.append(start[1:], len(x)) - 1
    assert np.all(places[::2] >= x[start] * (1 - 1e-12))
    assert np.all(places[1::2] <= x[ends] * (1 + 1e-12))


@pytest.mark.parametrize("beta", [1e-2, 1e2, 1e4, 1e8])
def test_the_same_end_in_fewer_steps(beta: float) -> None:
    x, y = _data(30_000)
    circle, omega, lam = build_circle(x), np.full(len(x), 1 / len(x)), 0.02
    cold = solve_dual(circle, omega, y / lam, beta * lam**2)
    warm = solve_nested(circle, omega, y / lam, beta * lam**2)
    assert cold.stop == warm.stop == "converged"
    assert warm.stage == beta * lam**2
    assert warm.iterations <= max(3, 0.8 * cold.iterations)
    # The last squared decrement is below 1e-12 in units of the temperature.
    error = float(np.sum((warm.point.r - cold.point.r) ** 2 / omega))
    assert error <= 1e-10 / (beta * lam**2)


def test_a_bad_start_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = _data(20_000)
    expected = fit_wide_relu(x, y, lam=0.02, beta=1e4)

    def misleading(x: Array, omega: Array, y: Array) -> tuple[Array, Array, Array] | None:
        points = standing_for(x, omega, y)
        return None if points is None else (points[0], points[1], -3.0 * points[2])

    monkeypatch.setattr(nested, "standing_for", misleading)
    fit = fit_wide_relu(x, y, lam=0.02, beta=1e4)
    assert fit.stop == "converged"
    assert fit.fitted == pytest.approx(expected.fitted, abs=1e-13)


def test_growth_with_the_number_of_inputs() -> None:
    """Steps on the full problem do not grow with M, and neither does the distance from rounding level."""
    steps = []
    for size in (20_000, 100_000):
        x, y = _data(size)
        fit = fit_wide_relu(x, y, lam=0.02, beta=1e2)
        assert fit.stop == "converged"
        assert fit.relative_gap < 1e-27
        steps.append(fit.iterations)
    assert steps[1] <= steps[0] + 2
