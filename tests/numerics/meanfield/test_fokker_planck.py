"""The PDE (3.4) on a grid: free energy never rises, mass and sign are kept, and it comes to the Gibbs law."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import kl_div, logsumexp

from lemmata.numerics.meanfield import MeanFieldInputError, fit_wide_relu, simulate_langevin, solve_fokker_planck
from lemmata.numerics.meanfield.data import group
from lemmata.numerics.meanfield.implicit_step import axis_step
from lemmata.numerics.meanfield.lines import bernoulli, bernoulli_slopes, solve_fluxes, solve_lines
from lemmata.numerics.meanfield.weight_grid import WeightGrid, weight_grid

Array = NDArray[np.float64]
X, Y = [-2.0, -1.0, 0.0, 1.0, 2.0], [1.0, 0.0, 0.5, -0.25, 1.0]
EPS = float(np.finfo(np.float64).eps)
rates = st.sampled_from([0.0, 1e-300, 1e-20, 1e30, 1e100]) | st.floats(0.0, 100.0)


def tridiagonal(up: Array, down: Array) -> Array:
    """I + L with what passes from cell to cell."""
    matrix = np.eye(len(up) + 1)
    for j in range(len(up)):
        matrix[j, j] += up[j]
        matrix[j + 1, j] -= up[j]
        matrix[j + 1, j + 1] += down[j]
        matrix[j, j + 1] -= down[j]
    return matrix


@given(st.lists(st.tuples(rates, rates), min_size=1, max_size=12), st.data())
@settings(max_examples=200)
def test_lines_keep_mass_and_sign_at_any_rates(pairs: list[tuple[float, float]], data: st.DataObject) -> None:
    up, down = np.array(pairs).T
    old = np.array(data.draw(st.lists(st.floats(1e-30, 1.0), min_size=len(up) + 1, max_size=len(up) + 1)))
    solved = solve_lines(up, down, old)
    assert np.all(solved >= 0)
    assert float(np.sum(solved)) == pytest.approx(float(np.sum(old)), rel=8 * len(old) * EPS)
    right = up * solved[:-1]
    flux = solve_fluxes(up, down, right)
    response = right - up * np.diff(flux, prepend=0.0) + down * np.diff(flux, append=0.0)
    largest = np.max(np.abs(flux))
    assert np.all(np.abs(response - flux) <= 1e-14 * (right + (1 + 3 * up + 3 * down) * largest))  # beside its terms
    if max(np.max(up), np.max(down)) < 1e3:
        assert solved == pytest.approx(np.linalg.solve(tridiagonal(up, down), old), rel=1e-9, abs=1e-12)


def test_rates_are_accurate_at_all_sizes() -> None:
    z = np.array([0.0, 1e-300, 1e-9, -1e-3, 0.0099, 0.0101, -0.5, 3.0, -40.0, 40.0, 690.0, -2000.0])
    up, down = bernoulli(z)
    exact = np.array([1.0 if t == 0 else t / math.expm1(t) if t < 700 else 0.0 for t in z])
    assert up == pytest.approx(exact, rel=4 * EPS)
    assert down == pytest.approx(np.array([1.0 if t == 0 else -t / math.expm1(-t) if t > -700 else 0.0 for t in z]))
    step = 1e-5
    slope, _ = bernoulli_slopes(z[:8], up[:8], down[:8])
    difference = (bernoulli(z[:8] + step)[0] - bernoulli(z[:8] - step)[0]) / (2 * step)
    assert slope == pytest.approx(difference, abs=1e-9)


@st.composite
def problems(draw: st.DrawFn) -> tuple[WeightGrid, Array]:
    """Rows tied, nearly tied or far apart, any penalty and temperature, and masses smooth, patchy or in one cell."""
    size = draw(st.integers(1, 4))
    point = st.floats(-5.0, 5.0) | st.sampled_from([0.0, 1.0, 1.0 + 1e-12, -100.0, 1e-8])
    x, y = (np.array(draw(st.lists(item, min_size=size, max_size=size))) for item in (point, st.floats(-4.0, 4.0)))
    weight = np.array(draw(st.lists(st.sampled_from([0.0, 1e-6, 1.0, 3.0]), min_size=size, max_size=size)))
    weight[0] = 1.0
    lam = draw(st.sampled_from([0.0, 1e-3]) | st.floats(0.01, 2.0))
    beta = draw(st.sampled_from([1e-2, 1.0, 1e3]) | st.floats(0.1, 100.0))
    sides = draw(st.tuples(*[st.floats(0.5, 5.0)] * 3))
    cells = draw(st.tuples(*[st.integers(2, 9)] * 3))
    grid = weight_grid(group(x, y, weight), lam, beta, sides, cells)
    kind = draw(st.sampled_from(["gaussian", "random", "patchy", "one cell"]))
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    if kind == "gaussian":
        return grid, grid.gaussian(draw(st.floats(0.3, 3.0)))
    mass = rng.exponential(size=cells) ** (1.0 if kind == "random" else 8.0)
    if kind == "patchy":
        mass *= rng.random(cells) < 0.3
    if kind == "one cell" or not np.any(mass):
        mass = np.zeros(cells)
        mass[tuple(rng.integers(cells))] = 1.0
    return grid, mass / np.sum(mass)


@given(problems(), st.integers(0, 2), st.sampled_from([1e-100, 1e-8, 1e-3, 0.1, 1.0, 10.0, 1e3, 1e8, 1e30, 1e100]))
@settings(max_examples=250)
def test_the_balance_of_free_energy_mass_and_sign_of_a_step(
    problem: tuple[WeightGrid, Array], axis: int, duration: float
) -> None:
    """F(old) − F(new) = dissipation + ½ Σ ω (f_old − f)² + β⁻¹ KL(old | new), each part ≥ 0, for any step solved."""
    grid, mass = problem
    step = axis_step(grid, axis, mass, duration)
    while step is None:  # as the public solver does
        duration /= 16
        step = axis_step(grid, axis, mass, duration)
    before, after = grid.free_energy(mass), grid.free_energy(step.mass)
    loss = 0.5 * float(np.sum(grid.rows.omega * (grid.values(mass) - grid.values(step.mass)) ** 2))
    relative = float(np.sum(np.where(mass > 0, kl_div(mass, step.mass), step.mass))) / grid.beta
    size = abs(before) + abs(after) + loss + relative + grid.rows.mean_square + 1 / grid.beta
    assert np.all(step.mass >= 0)
    assert float(np.sum(step.mass)) == pytest.approx(1.0, abs=2000 * EPS)
    assert after <= before + 1e-12 * size
    assert step.dissipation >= -1e-12 * size
    assert before - after == pytest.approx(step.dissipation + loss + relative, abs=1e-11 * size)


@given(problems(), st.sampled_from([1e-6, 0.1, 5.0, 1e4, 1e40]))
@settings(max_examples=40)
@example((weight_grid(group(np.array([1.0]), np.array([4.0]), np.ones(1)), 0.0, 1e3, (5.0,) * 3, (8,) * 3),) * 2, 1e40)
def test_the_free_energy_never_rises_along_a_run(problem: tuple[WeightGrid, Array], duration: float) -> None:
    grid, mass = problem
    initial = mass if isinstance(mass, np.ndarray) else grid.gaussian(1.0)
    rows, (a, w, b) = grid.rows, grid.widths
    sides = tuple(0.5 * n * h for n, h in zip(grid.shape, (a, w, b), strict=True))
    found = solve_fokker_planck(
        rows.x, rows.y, sample_weight=rows.omega, lam=grid.lam, beta=grid.beta, half_width=sides, cells=grid.shape,
        steps=6, step=duration, initial=initial,
    )  # fmt: skip
    size = np.max(np.abs(found.free_energy)) + rows.mean_square + 1 / grid.beta
    assert found.stop == "steps"
    assert np.all(np.diff(found.free_energy) <= 1e-12 * size)
    assert np.all(found.mass >= 0)
    assert found.mass_error <= 1e-12
    assert np.all(found.dissipation >= -1e-12 * size)


def gibbs(grid: WeightGrid) -> Array:
    """Values f of the Gibbs density on the grid, from the dual: the least β⁻¹ log Z(r) + Σ r²/(2ω) + Σ r y over r."""
    omega, y = grid.rows.omega, grid.rows.y

    def dual(r: Array) -> tuple[float, Array]:
        exponent = -grid.beta * grid.potential(r)
        top = np.max(exponent)
        total = np.exp(exponent - top)
        log_z = top + math.log(np.sum(total))
        value = log_z / grid.beta + np.sum(r * r / (2 * omega)) + np.sum(r * y)
        return float(value), -grid.values(total / np.sum(total)) + r / omega + y

    found = minimize(dual, np.zeros(len(y)), jac=True, method="BFGS", options={"gtol": 1e-12, "maxiter": 500})
    return np.asarray(found.x / omega + y)


@pytest.mark.parametrize(("step", "steps"), [(0.5, 400), (1e6, 40)])
def test_a_long_run_ends_at_the_gibbs_density_of_the_grid(step: float, steps: int) -> None:
    """Whatever the step; the gap bounds ½ Σ ω (f − f*)², and there are no fluxes left."""
    found = solve_fokker_planck(
        X, Y, lam=0.2, beta=20.0, half_width=2.5, cells=14, steps=steps, step=step, tolerance=1e-16
    )
    grid = weight_grid(group(np.array(X), np.array(Y), np.ones(5)), 0.2, 20.0, (2.5,) * 3, (14,) * 3)
    assert found.stop == "stationary"
    assert found.fitted == pytest.approx(gibbs(grid), abs=1e-7)
    for k in (1, 5, 10):
        early = solve_fokker_planck(X, Y, lam=0.2, beta=20.0, half_width=2.5, cells=14, steps=k, step=step)
        assert 0.5 * np.mean((early.fitted - found.fitted) ** 2) <= early.gap[-1] * (1 + 1e-9) + 1e-15
        assert early.free_energy[-1] - found.free_energy[-1] <= early.gap[-1] * (1 + 1e-9) + 1e-15
    assert np.sum(found.density) * found.volume == pytest.approx(1.0, rel=1e-12)
    assert found.predict(X) == pytest.approx(found.fitted, rel=1e-12)


def test_a_cold_law_far_from_rest_has_a_finite_gap() -> None:
    """Densities that differ by more than the range of doubles; the gap is F minus the dual value at the residuals."""
    found = solve_fokker_planck(X, Y, lam=0.2, beta=5e3, half_width=3.0, cells=10, steps=3, step=0.1)
    grid = weight_grid(group(np.array(X), np.array(Y), np.ones(5)), 0.2, 5e3, (3.0,) * 3, (10,) * 3)
    r = (found.fitted - np.array(Y)) / 5
    log_z = logsumexp(-5e3 * grid.potential(r)) + math.log(grid.volume)
    dual = -log_z / 5e3 - 2.5 * np.sum(r * r) - np.sum(r * np.array(Y))
    assert found.gap[-1] == pytest.approx(found.free_energy[-1] - dual, rel=1e-9)


def test_refinement_comes_to_the_exact_limit_in_second_order() -> None:
    """Errors of fitted values and free energy at rest on 10³, 20³ and 40³ cells fall by about 4 each time."""
    exact = fit_wide_relu(X, Y, lam=0.3, beta=10.0)
    values, energies = [], []
    for cells in (10, 20, 40):
        found = solve_fokker_planck(
            X, Y, lam=0.3, beta=10.0, half_width=3.6, cells=cells, steps=40, step=1e6, tolerance=1e-13
        )
        assert found.stop == "stationary"
        assert cells < 40 or found.wall < 1e-5
        values.append(float(np.sqrt(np.mean((found.fitted - exact.fitted) ** 2))))
        energies.append(abs(found.free_energy[-1] - exact.objective))
    orders = np.log2(np.array([values[:2], energies[:2]]) / np.array([values[1:], energies[1:]]))
    assert np.all(orders > 1.6), (values, energies)
    assert values[-1] < 2e-3
    assert energies[-1] < 1e-4


def test_the_density_moves_as_many_neurons_do() -> None:
    """At a time far from rest: 40 000 neurons from the same Gaussian, short steps; half the time would be far off."""
    time, options = 2.0, {"lam": 0.1, "beta": 20.0}
    flow = solve_fokker_planck(X, Y, half_width=3.0, cells=20, spread=0.7, steps=40, step=time / 40, **options)
    many = simulate_langevin(X, Y, neurons=40_000, steps=100, step=time / 100, spread=0.7, seed=1, **options)
    early = solve_fokker_planck(X, Y, half_width=3.0, cells=20, spread=0.7, steps=20, step=time / 40, **options)
    assert flow.time[-1] == pytest.approx(time)
    assert np.max(np.abs(flow.fitted - many.fitted)) < 1.5e-2
    assert np.max(np.abs(early.fitted - many.fitted)) > 6e-2


def test_shorter_steps_converge_in_first_order() -> None:
    options = {"lam": 0.1, "beta": 20.0, "half_width": 3.0, "cells": 8}
    fine = solve_fokker_planck(X, Y, steps=256, step=1 / 256, **options).fitted  # type: ignore[arg-type]
    errors = [
        np.max(np.abs(solve_fokker_planck(X, Y, steps=n, step=1 / n, **options).fitted - fine))  # type: ignore[arg-type]
        for n in (8, 16, 32)
    ]
    ratios = np.array(errors[:-1]) / errors[1:]
    assert np.all((ratios > 1.7) & (ratios < 2.6)), errors


def test_two_runs_in_a_row_are_one_run() -> None:
    options = {"lam": 0.1, "beta": 20.0, "half_width": (3.0, 2.0, 2.5), "cells": (9, 8, 7), "growth": 1.3}
    whole = solve_fokker_planck(X, Y, steps=9, step=0.1, **options)  # type: ignore[arg-type]
    first = solve_fokker_planck(X, Y, steps=4, step=0.1, **options)  # type: ignore[arg-type]
    second = solve_fokker_planck(X, Y, steps=5, step=first.step, initial=first.mass, **options)  # type: ignore[arg-type]
    assert whole.mass.tobytes() == second.mass.tobytes()
    assert whole.free_energy[4:].tolist() == second.free_energy.tolist()


@given(problems(), st.floats(1e-2, 1e6))
@settings(max_examples=20)
def test_parts_of_a_run_have_its_bytes_in_any_order_of_memory(
    problem: tuple[WeightGrid, Array], duration: float
) -> None:
    grid, initial = problem
    sides = tuple(0.5 * n * h for n, h in zip(grid.shape, grid.widths, strict=True))
    rows = {"x": grid.rows.x, "y": grid.rows.y, "sample_weight": grid.rows.omega, "half_width": sides}
    options = {**rows, "lam": grid.lam, "beta": grid.beta, "cells": grid.shape, "growth": 1.3}
    whole = solve_fokker_planck(steps=4, step=duration, initial=initial, **options)  # type: ignore[arg-type]
    first = solve_fokker_planck(steps=2, step=duration, initial=initial, **options)  # type: ignore[arg-type]
    for mass in (first.mass, np.asfortranarray(first.mass)):
        second = solve_fokker_planck(steps=2, step=first.step, initial=mass, **options)  # type: ignore[arg-type]
        assert whole.mass.tobytes() == second.mass.tobytes()
        for long, short in ((whole.free_energy, second.free_energy), (whole.gap, second.gap)):
            assert long[2:].tolist() == short.tolist()


def test_the_wall_is_the_mass_of_the_outermost_cells() -> None:
    rng, cells = np.random.default_rng(0), (5, 4, 6)
    initial = rng.exponential(size=cells)
    found = solve_fokker_planck(
        X, Y, lam=0.1, beta=20.0, half_width=2.0, cells=cells, steps=1, step=1e-9, initial=initial / np.sum(initial)
    )
    outermost = np.ones(cells, dtype=bool)
    outermost[1:-1, 1:-1, 1:-1] = False
    assert found.wall == pytest.approx(float(np.sum(found.mass[outermost])), rel=1e-12)
    assert found.wall < 0.95


def test_the_account_of_a_run() -> None:
    """Dissipation is the loss of free energy at short steps, below it at all; errors of mass and solver are shown."""
    calls: list[tuple[int, int]] = []
    options = {"lam": 0.1, "beta": 20.0, "half_width": 3.0, "cells": 8, "steps": 3}
    short = solve_fokker_planck(X, Y, step=1e-4, progress=lambda *at: calls.append(at), **options)  # type: ignore[arg-type]
    assert calls == [(1, 3), (2, 3), (3, 3)]
    assert short.time == pytest.approx([0.0, 1e-4, 2e-4, 3e-4])
    assert short.dissipation == pytest.approx(-np.diff(short.free_energy), rel=1e-2)
    long = solve_fokker_planck(X, Y, step=2.0, **options)  # type: ignore[arg-type]
    assert np.all((long.dissipation > 0) & (long.dissipation < -np.diff(long.free_energy)))
    assert 0 < long.solver_error <= 1e-12
    start = weight_grid(group(np.array(X), np.array(Y), np.ones(5)), 0.1, 20.0, (3.0,) * 3, (8,) * 3).gaussian(1.0)
    drift = abs(float(np.sum(long.mass)) - float(np.sum(start)))
    assert drift <= long.mass_error < 1e-13
    many = solve_fokker_planck(X, Y, step=2.0, **{**options, "steps": 30})  # type: ignore[arg-type]
    assert many.mass_error > 0


def test_a_step_that_cannot_be_solved_is_taken_shorter_and_the_times_show_it() -> None:
    """A cold problem on 27 cells: Newton's method does not come to rounding along the steps asked for."""
    options = {"lam": 0.0, "beta": 1e6, "half_width": 7.0, "cells": 3, "steps": 1}
    found = solve_fokker_planck([5.0], [4.0], step=1e15, **options)  # type: ignore[arg-type]
    shortenings = math.log(1e15 / found.time[1], 16)
    assert (found.stop, found.step) == ("steps", 1e15)
    assert shortenings == pytest.approx(round(shortenings), abs=1e-9)
    assert shortenings > 0.5
    again = solve_fokker_planck([5.0], [4.0], step=float(found.time[1]), **options)  # type: ignore[arg-type]
    assert again.mass.tobytes() == found.mass.tobytes()


def test_the_run_ends_where_no_step_can_be_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lemmata.numerics.meanfield.fokker_planck.axis_step", lambda *_: None)
    found = solve_fokker_planck(X, Y, lam=0.1, beta=20.0, half_width=3.0, cells=4, steps=9, step=1.0)
    assert found.stop == "unsolved"
    assert found.time.tolist() == [0.0]
    assert len(found.dissipation) == 0
    assert float(np.sum(found.mass)) == pytest.approx(1.0)


def test_rows_in_any_order_and_split_by_weight_are_one_problem() -> None:
    options = {"lam": 0.1, "beta": 20.0, "half_width": 3.0, "cells": 9, "steps": 5, "step": 1.0}
    once = solve_fokker_planck([2.0, -1.0], [1.0, 0.5], sample_weight=[2.0, 1.0], **options)  # type: ignore[arg-type]
    split = solve_fokker_planck([-1.0, 2.0, 2.0], [0.5, 0.0, 2.0], **options)  # type: ignore[arg-type]
    assert once.fitted[[1, 0, 0]] == pytest.approx(split.fitted, rel=1e-12)
    variance = 2 / 3  # of the targets 0 and 2 about their mean: a constant of the loss, half of it in the free energy
    assert split.free_energy == pytest.approx(once.free_energy + variance / 2, rel=1e-12)
    mirrored = solve_fokker_planck([-2.0, 1.0], [1.0, 0.5], sample_weight=[2.0, 1.0], **options)  # type: ignore[arg-type]
    assert mirrored.mass == pytest.approx(once.mass[:, ::-1], rel=1e-9)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lam": "a"}, "lam is 'a'"), ({"beta": math.inf}, "beta is inf"), ({"half_width": 0.0}, "half_width is 0"),
        ({"half_width": (1.0, 2.0)}, "a number or three"), ({"cells": 1}, "cells is 1"),
        ({"cells": 4.5}, "cells is 4.5"), ({"cells": (10**4,) * 3}, "cells is"), ({"steps": 0}, "steps is 0"),
        ({"step": 1e101}, "step is 1e"),
        ({"growth": 0.0}, "growth is 0"), ({"tolerance": -1.0}, "tolerance is -1"), ({"spread": 1e300}, "spread is"),
        ({"half_width": 1e-200}, "too small for any step"), ({"half_width": "2"}, "half_width is '2'"),
        ({"initial": "abc"}, "initial must be masses"), ({"progress": 3}, "progress is 3"),
        ({"initial": np.ones((2, 2, 2))}, "shape"), ({"initial": np.full((4, 4, 4), 1.0)}, "sum to 64"),
        ({"x": [1.0, math.nan]}, "finite"), ({"x": [1e120, 0.0]}, "smaller box"), ({"sample_weight": [0, 0]}, "zero"),
    ],
)  # fmt: skip
def test_refusals(change: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {"x": [0.0, 1.0], "y": [0.0, 1.0], "lam": 0.1, "beta": 10.0, "half_width": 2.0}
    arguments |= {"cells": 4, "steps": 2, "step": 1.0}
    with pytest.raises(MeanFieldInputError, match=message):
        solve_fokker_planck(**{**arguments, **change})  # type: ignore[arg-type]
