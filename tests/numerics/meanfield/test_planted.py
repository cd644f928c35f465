"""Problems built from a known minimiser, of any size and scale: y = f − r/ω with |g| ≤ λ touching where f has units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield import WideReluFit, fit_wide_relu
from lemmata.numerics.meanfield.circle import build_circle, correlation
from lemmata.numerics.meanfield.contacts import local_maxima

from .cases import features, left, right, three_knots

Array = NDArray[np.float64]


@dataclass(frozen=True)
class _Large:
    x: Array
    y: Array
    fitted: Array
    objective: float


def _with_more_data(size: int, seed: int) -> _Large:
    """The planted problem with three knots between −6 and 6, among `size` more data outside, with residuals of theirs.

    The residuals at the new data are small and are moved, at the six old ones, so that g and g′ stay as they are at
    the three contacts; elsewhere |g| stays below 1, which is checked.
    """
    base, rng = three_knots(), np.random.default_rng(seed)
    x = np.concatenate([base.x, rng.uniform(6.0, 20.0, size) * np.where(rng.random(size) < 0.5, -1.0, 1.0)])
    old = (base.predict(base.x) - base.y) / 6.0
    r = np.concatenate([old, 1e-3 * rng.uniform(-1.0, 1.0, size) / max(size, 1)])
    at = np.array([left(-6.0), right(-1.5), left(6.0)])
    rows = np.column_stack([features(x, at), np.where(x > -1.5, np.cos(at[1]) - x * np.sin(at[1]), 0.0)]).T
    miss = rows[:, 6:] @ r[6:]
    r[:6] -= np.linalg.lstsq(rows[:, :6], miss, rcond=None)[0]
    order = np.argsort(x)
    circle = build_circle(x[order])
    peaks = local_maxima(circle, correlation(circle, r[order]), 1.0 - 1e-6)
    assert np.sort(peaks.phi) == pytest.approx(np.sort(at), abs=1e-9)
    assert np.abs(peaks.c) == pytest.approx(1.0, abs=1e-12)
    fitted = base.predict(x)
    count = len(x)
    objective = 0.5 * count * float(r @ r) + float(np.sum(np.abs(base.c)))
    return _Large(x, fitted - count * r, fitted, objective)


@pytest.mark.parametrize("size", [0, 20, 1000, 100_000])
@pytest.mark.parametrize("mirrored", [False, True])
def test_three_knots_in_one_interval(size: int, mirrored: bool) -> None:
    problem, turn = _with_more_data(size, size), -1.0 if mirrored else 1.0
    for scale in (1.0,) if size == 100_000 else (1e-6, 1.0, 1e6):
        fit = fit_wide_relu(turn * problem.x, scale * problem.y, lam=scale)
        expected = [-6.0, -1.5, 6.0] if not mirrored else [-6.0, 1.5, 6.0]
        assert [knot.location for knot in fit.knots] == pytest.approx(expected, abs=1e-9)
        assert fit.knots[0].location == -6.0
        assert fit.knots[2].location == 6.0
        assert [knot.side for knot in fit.knots] == (["left", "right", "left"], ["right", "left", "right"])[mirrored]
        assert fit.fitted == pytest.approx(scale * problem.fitted, abs=1e-10 * scale)
        assert fit.objective == pytest.approx(scale**2 * problem.objective, rel=1e-11)
        assert (fit.stop, fit.face_dimension) == ("converged", 0)
        assert fit.relative_gap <= 1e-20


@settings(max_examples=60)
@given(
    st.integers(0, 10**6), st.integers(1, 300), st.sampled_from([0.0, 1.0, -100.0, 1e4]), st.floats(-6.0, 6.0),
    st.floats(-6.0, 6.0), st.floats(-3.0, 3.0),
)  # fmt: skip
def test_one_unit_at_any_scale(
    seed: int, size: int, offset: float, log_spread: float, log_scale: float, log_weight: float
) -> None:
    """Any r has its largest |g| at one place: with r scaled so that it is λ there, f has its only unit there."""
    rng = np.random.default_rng(seed)
    x = np.unique(10**log_spread * (offset + rng.standard_normal(size)))
    omega = 0.1 + rng.random(len(x))
    omega /= np.sum(omega)
    circle = build_circle(x)
    r = omega * rng.standard_normal(len(x))
    peaks = local_maxima(circle, correlation(circle, r), 0.0)
    first, *others = np.sort(np.abs(peaks.c))[::-1]
    if others and others[0] > (1 - 1e-6) * first:
        return
    top = peaks.pick(np.array([int(np.argmax(np.abs(peaks.c)))]))
    lam = 10**log_scale
    weight = 10**log_weight * lam
    r *= lam / first
    w, b = top.direction[0]
    if top.place[0] % 2 == 0 and top.place[0] != 2 * len(x):
        w, b = circle.unit[top.place[0] // 2]
    fitted = weight * float(np.sign(top.c[0])) * np.maximum(w * x + b, 0.0)
    y = fitted - r / omega
    fit: WideReluFit = fit_wide_relu(x, y, lam=lam, sample_weight=omega)
    assert fit.units is not None
    assert fit.objective == pytest.approx(0.5 * float(np.sum(r * r / omega)) + lam * weight, rel=1e-9)
    rounding = 1e-9 * (weight * (1 + np.max(np.abs(x))) + np.max(np.abs(y)))
    assert fit.fitted == pytest.approx(fitted, abs=rounding)
    assert fit.stop == "converged"


@pytest.mark.parametrize("wrong", ["moved knot", "larger weight", "another target"])
def test_a_wrong_plant_is_not_the_minimiser(wrong: str) -> None:
    """The comparison above can fail: the same data with one thing changed have another minimiser."""
    problem = _with_more_data(50, 3)
    y = problem.y.copy()
    if wrong == "moved knot":
        y += 0.1 * (np.maximum(problem.x + 1.4, 0.0) - np.maximum(problem.x + 1.5, 0.0))
    elif wrong == "larger weight":
        y *= 1.01
    else:
        y[0] += 0.1
    fit = fit_wide_relu(problem.x, y, lam=1.0)
    assert np.max(np.abs(fit.fitted - problem.fitted)) > 1e-6
    assert abs(fit.objective - problem.objective) > 1e-6
