"""Residuals as sums of two doubles: the correlation and the pull against balls, and the level that fits reach."""

from __future__ import annotations

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield import fit_wide_relu
from lemmata.numerics.meanfield.ball_dual import BallDual
from lemmata.numerics.meanfield.ball_newton import long_direction
from lemmata.numerics.meanfield.ball_refine import refine_in_balls
from lemmata.numerics.meanfield.circle import build_circle, correlation
from lemmata.numerics.meanfield.finite import solve_dual
from lemmata.numerics.meanfield.precise import PreciseCircle
from lemmata.numerics.meanfield.refine import refine

from .cases import problems

Array = NDArray[np.float64]


def _relative(exact: list[arb], found: Array) -> float:
    """Largest relative error, where the exact value is not 0."""
    return max(abs(float((e - arb(float(f))) / e)) if e != 0 else abs(f) for e, f in zip(exact, found, strict=True))


@given(problems(), st.integers(0, 2**32 - 1), st.floats(0.0, 20.0))
def test_distances_have_their_own_relative_precision(
    problem: tuple[Array, Array, float], seed: int, power: float
) -> None:
    """1 ∓ g, 1 − |v|² and dg/dφ to a few units in the last place, with |g| as near to 1 as 1e-20."""
    x = np.unique(problem[0])
    rng = np.random.default_rng(seed)
    circle, size = build_circle(x), len(x)
    dual = BallDual(x.tolist(), [1.0] * size, [0.0] * size, 1.0, 512)
    with ctx.workprec(512):
        r = [arb(float(v)) for v in rng.standard_normal(size)]
        ends = dual.values(r)[0]
        largest = max(ends, key=lambda g: float(abs(g)))
        scale = (1 - arb(10) ** -power) / abs(largest)
        high = np.array([float(scale * v) for v in r])
        low = np.array([float(scale * v - float(h)) for v, h in zip(r, high, strict=True)])
        exact = [arb(float(h)) + arb(float(v)) for h, v in zip(high, low, strict=True)]
        ends, vectors = dual.values(exact)
        field, g, turn = PreciseCircle(circle).correlation((high, low))
        # Sums of two doubles keep 31 digits of the largest term.
        terms = float(np.sum(np.abs(high) * np.hypot(1.0, x)))
        near = 1e-15 + 1e-29 * terms * 10.0**power
        assert _relative([1 - v for v in ends], field.below) < near
        assert _relative([1 + v for v in ends], field.above) < near
        assert g == pytest.approx([float(v) for v in ends], rel=1e-15, abs=1e-29 * terms)
        room = [float(1 - v * v - w * w) for v, w in vectors]
        assert field.room == pytest.approx(room, rel=1e-15, abs=1e-29 * terms * terms)
        for k, (v0, v1) in enumerate(vectors):
            for j in (0, 1):
                w, b = dual.unit[k + j]
                assert turn[k, j] == pytest.approx(float(v1 * w - v0 * b), rel=1e-15, abs=1e-29 * terms)
        c = rng.standard_normal(2 * size + 1)
        pull = [float(v) for v in dual.at_data([arb(float(v)) for v in c])]
        lever = float(np.sum(np.abs(c))) * float(np.max(np.hypot(1.0, x)))
        assert PreciseCircle(circle).values_at_data(c) == pytest.approx(pull, rel=1e-15, abs=1e-29 * lever)


@settings(max_examples=60)
@given(problems(most=16), st.floats(-2.0, 12.0))
def test_the_gap_bounds_the_error(problem: tuple[Array, Array, float], power: float) -> None:
    """Fitted values against those of Newton's method in 384 bits to 1e-30, with an enclosed gap of its own."""
    x, index = np.unique(problem[0], return_index=True)
    y, lam, beta, size = problem[1][index], problem[2], 10.0**power, len(x)
    circle, omega = build_circle(x), np.full(size, 1.0 / size)
    refined = refine(circle, omega, y, lam, beta, solve_dual(circle, omega, y / lam, beta * lam * lam))
    scale = float(np.sqrt(np.mean(y**2)))
    assert refined.solution.stop == "converged"
    assert refined.gap <= 0.5 * (1e-14 * scale) ** 2 * (1 + 1e-12)
    if scale == 0:
        assert not np.any(refined.fitted)
        return
    exact, gap = refine_in_balls(circle, omega, y, lam, beta, refined.solution.safe, 1e-30 * scale / lam)
    assert lam * np.sqrt(2 * gap) <= 1e-29 * scale
    error = float(np.sqrt(np.mean((refined.fitted - lam * exact.point.fitted) ** 2)))
    # The fitted values themselves are rounded to doubles.
    assert error <= np.sqrt(2 * refined.gap) + 2e-16 * (float(np.max(np.abs(refined.fitted))) + scale)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 60])
def test_long_direction_solves_its_equations(size: int) -> None:
    """The gradient moves by −gradient to first order: differences of the gradient in 384 bits."""
    rng = np.random.default_rng(size)
    x, omega = np.sort(rng.standard_normal(size)), rng.dirichlet(np.ones(size))
    r = 0.1 * rng.standard_normal(size)
    r *= 0.5 / float(np.max(np.hypot(*correlation(build_circle(x), r).vector.T)))
    with ctx.workprec(384):
        dual = BallDual(x.tolist(), omega.tolist(), rng.standard_normal(size).tolist(), 1.0, 384)
        at = dual.at(arb(7), [arb(float(v)) for v in r], second=True)
        assert at is not None
        step, h = long_direction(dual, arb(7), at), arb(2) ** -100
        ends = [dual.at(arb(7), [q + sign * h * s for q, s in zip(at.r, step, strict=True)]) for sign in (-1, 1)]
        for i in range(size):
            low, high = (end.gradient[i] if end is not None else arb("nan") for end in ends)
            assert float((high - low) / (2 * h)) == pytest.approx(-float(at.gradient[i]), rel=1e-12)


@pytest.mark.parametrize(("x_kind", "lam", "beta"), [
    ("clusters", 0.02, 1e2), ("clusters", 0.02, 1e8), ("spread", 1e-6, 1e2), ("spread", 1e-4, 1e8), ("huge", 0.02, 1e5),
    ("far", 0.02, 1e8), ("skew", 0.02, 1e5),
])  # fmt: skip
def test_five_thousand_hard_points(x_kind: str, lam: float, beta: float) -> None:
    rng = np.random.default_rng(5)
    x = rng.standard_normal(5000)
    y = np.sin(3 * x) + 0.1 * rng.standard_normal(5000)
    x = {
        "clusters": np.round(x, 1) + 1e-13 * rng.standard_normal(5000), "spread": x, "huge": 1e3 * x, "far": x + 1e4,
        "skew": np.exp(3 * x),
    }[x_kind]  # fmt: skip
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    assert fit.stop == "converged"
    assert fit.gap <= 0.5 * (1e-14) ** 2 * float(np.mean(y**2)) * (1 + 1e-12)


def test_out_of_reach_is_said() -> None:
    """Targets of 1e6 beside λ = 1 at β = 1e5, a temperature of 1e-17 of their size, are too stiff for many inputs."""
    rng = np.random.default_rng(5)
    x = rng.standard_normal(1100)
    fit = fit_wide_relu(x, 1e6 * rng.standard_normal(1100), lam=1.0, beta=1e5)
    assert fit.stop == "precision"
    assert fit.relative_gap > 1e-20
