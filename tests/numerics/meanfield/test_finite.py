"""Finite β: the closed forms against quadrature to 15 digits, stationarity, limits, symmetries and precision."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield import MeanFieldInputError, WideReluFit, fit_wide_relu
from lemmata.numerics.meanfield.quadrature import CircleQuadrature

from .cases import problems

Array = NDArray[np.float64]

X, Y = [-2.0, -1.0, 0.25, 1.5], [1.0, -0.5, 0.5, 0.75]
X3, Y3 = X[1:], Y[1:]  # quadrature costs as the square of their number


def _quadrature(fit: WideReluFit, x: list[float], y: list[float], lam: float, beta: float) -> CircleQuadrature:
    r = [(mpmath.mpf(float(f)) - mpmath.mpf(t)) / len(x) for f, t in zip(fit.fitted, y, strict=True)]
    return CircleQuadrature(x, r, lam, beta, digits=15)


@pytest.mark.parametrize(("lam", "beta"), [(0.05, 0.01), (0.05, 40.0), (0.02, 1e5), (1.0, 3.0)])
def test_against_quadrature(lam: float, beta: float) -> None:
    """The Gibbs law of the returned residuals has the returned predictor and free energy, by quadrature alone.

    Strong convexity then bounds the error of the fitted values by the residual of stationarity at the data, here below
    1e-10: |f − f*| ≤ |f(x_i) − y_i − M r_i|. That r is a rounded f − y moves the predictor by 1e-16 times β or
    1/(βλ²), whichever is larger.
    """
    fit = fit_wide_relu(X3, Y3, lam=lam, beta=beta)
    exact = _quadrature(fit, X3, Y3, lam, beta)
    assert float(exact.predict(X3[1])) == pytest.approx(fit.fitted[1], abs=1e-10)
    assert float(exact.predict(0.7)) == pytest.approx(float(fit.predict(0.7)), abs=1e-10)
    r = np.array([float(v) for v in exact.r])
    energy = -float(exact.log_partition()) / beta - 0.5 * len(X3) * r @ r - r @ np.array(Y3)
    assert fit.objective == pytest.approx(energy, rel=1e-12)


def test_curvature_and_slope_against_quadrature() -> None:
    fit = fit_wide_relu(X3, Y3, lam=0.05, beta=40.0)
    exact = CircleQuadrature(X3, (np.array(fit.fitted) - Y3) / 3, 0.05, 40.0, digits=15)
    step = 1e-3
    for x in (0.9,):
        low, middle, high = (exact.predict(x + k * step) for k in (-1, 0, 1))
        # Central differences: error step²/6 and step²/12 times third and fourth derivatives of order one.
        assert float((high - low) / (2 * step)) == pytest.approx(float(fit.slope(x)), abs=1e-6)
        assert float((high - 2 * middle + low) / step**2) == pytest.approx(float(fit.curvature(x)), abs=1e-6)


def test_one_point_without_correlation() -> None:
    """y = 0: the weights are Gaussian of variance 1/(βλ), f = 0, and F = −(3/(2β)) log(2π/(βλ))."""
    fit = fit_wide_relu([0.7], [0.0], lam=0.3, beta=5.0)
    assert fit.fitted.tolist() == [0.0]
    assert fit.objective == pytest.approx(-1.5 / 5 * math.log(2 * math.pi / 1.5), rel=1e-14)


def test_ties_enter_through_mean_and_variance() -> None:
    fit = fit_wide_relu([1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 3.0, 3.0], lam=0.1, beta=20.0)
    merged = fit_wide_relu([0.0, 1.0], [1.0, 2.0], lam=0.1, beta=20.0, sample_weight=[1.0, 3.0])
    assert fit.fitted == pytest.approx(merged.fitted[[1, 0, 1, 1]], rel=1e-14)
    assert fit.objective == pytest.approx(merged.objective + 0.5 * 0.75 * 2.0, rel=1e-14)


@settings(max_examples=80)
@given(problems(), st.floats(-2.0, 5.0))
def test_stationary_and_converged(problem: tuple[Array, Array, float], exponent: float) -> None:
    """The predictor at the data, integrated arc by arc, is the dual's y + r/ω; the gap is what separates them."""
    x, y, lam = problem
    fit = fit_wide_relu(x, y, lam=lam, beta=10.0**exponent)
    scale = float(np.max(np.abs(y))) + 1e-300
    assert fit.stop == "converged"
    assert 0 <= fit.gap <= 1e-27 * scale**2
    # Sums over arcs lose what large positive and negative weights of units cancel.
    assert fit.predict(x) == pytest.approx(fit.fitted, abs=1e-8 * scale)
    assert fit.knots == ()
    assert (fit.units, fit.affine, fit.face_dimension) == (None, None, 0)


@settings(max_examples=30)
@given(problems(), st.floats(-1.0, 5.0), st.floats(0.1, 10.0))
def test_symmetries(problem: tuple[Array, Array, float], exponent: float, factor: float) -> None:
    x, y, lam = problem
    beta = 10.0**exponent
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    near = 1e-10 * (float(np.max(np.abs(y))) + 1e-300)
    energy = 1e-10 * (0.5 * float(np.mean(y**2)) + abs(fit.objective)) + 1e-12 / beta
    mirrored = fit_wide_relu(-x, y, lam=lam, beta=beta)
    assert mirrored.fitted == pytest.approx(fit.fitted, abs=near)
    assert mirrored.objective == pytest.approx(fit.objective, abs=energy)
    negated = fit_wide_relu(x[::-1], -y[::-1], lam=lam, beta=beta)
    assert negated.fitted == pytest.approx(-fit.fitted[::-1], abs=near)
    # f → sf by scaling a alone changes |θ|², but (y, λ, β) → (sy, sλ, β/s²) keeps βλ·y: θ → √s θ.
    scaled = fit_wide_relu(x, factor * y, lam=factor * lam, beta=beta / factor**2)
    assert scaled.fitted == pytest.approx(factor * fit.fitted, abs=factor * near)
    # The entropy of √s θ is larger by (3/2) log s.
    shift = 1.5 * math.log(factor) * factor**2 / beta
    assert scaled.objective == pytest.approx(factor**2 * fit.objective - shift, abs=factor**2 * energy + 1e-12)
    split = fit_wide_relu(
        np.append(x, x[0]), np.append(y, y[0]), lam=lam, beta=beta,
        sample_weight=np.append(0.25, np.append(np.ones(len(x) - 1), 0.75)),
    )  # fmt: skip
    assert split.fitted[:-1] == pytest.approx(fit.fitted, abs=near)
    assert split.objective == pytest.approx(fit.objective, abs=energy)


@pytest.mark.parametrize("spread", [0.1, 1.0, 100.0])
@pytest.mark.parametrize("beta", [1e-2, 1.0, 1e3, 1e5, 1e7])
def test_two_hundred_points(spread: float, beta: float) -> None:
    rng = np.random.default_rng(4)
    x = spread * rng.uniform(-0.5, 0.5, 200)
    y = np.sin(6 * x / spread) + 0.2 * rng.standard_normal(200)
    fit = fit_wide_relu(x, y, lam=0.01, beta=beta)
    assert fit.stop == "converged"
    assert fit.gap < 1e-28
    assert fit.predict(x) == pytest.approx(fit.fitted, abs=1e-8)


def test_the_limit_of_low_temperature() -> None:
    """f and F at β → ∞ go to the noiseless minimiser; F − F(∞) like log β/β."""
    limit = fit_wide_relu(X, Y, lam=0.05)
    previous = math.inf
    for beta in (1e3, 1e5, 1e7, 1e9):
        fit = fit_wide_relu(X, Y, lam=0.05, beta=beta)
        error = float(np.max(np.abs(fit.fitted - limit.fitted)))
        assert error < 20 * math.log(beta) / beta
        assert error < previous
        assert abs(fit.objective - limit.objective) < 20 * math.log(beta) / beta
        previous = error


def test_high_and_low_temperature_objectives_bracket() -> None:
    """The reported gap is primal minus dual: any other residuals give a dual value no larger than the objective."""
    lam, beta = 0.05, 40.0
    fit = fit_wide_relu(X, Y, lam=lam, beta=beta)
    rng = np.random.default_rng(0)
    r = (fit.fitted - Y) / 4
    for size in (1e-3, 1e-2):
        other = r + size * rng.standard_normal(4) / 4
        exact = CircleQuadrature(X, [float(v) for v in other], lam, beta, digits=15)
        dual = -float(exact.log_partition()) / beta - 2 * other @ other - other @ np.array(Y)
        assert dual < fit.objective


def test_free_energy_of_a_draw() -> None:
    """F = ½R + (λ/2) E|θ|² + E log ρ/β with its sign and constant, all of it averages over draws from ρ."""
    lam, beta = 0.05, 40.0
    fit = fit_wide_relu(X, Y, lam=lam, beta=beta)
    theta = fit.sample(200_000, 7)
    a, w, b = theta.T
    units = a[:, None] * np.maximum(np.outer(w, X) + b[:, None], 0.0)
    local = 0.5 * lam * np.sum(theta**2, axis=1) + fit.density(a, w, b) / beta
    residual = np.mean(units, axis=0) - Y
    # To first order the loss moves by residual · (unit − mean)/M a draw; 4.5 standard errors.
    error = np.std(local + units @ residual / 4) / math.sqrt(len(a))
    assert abs(0.5 * np.mean(residual**2) + np.mean(local) - fit.objective) < 4.5 * error
    assert 4.5 * error < 0.01 * abs(fit.objective)


WIDE = [
    ([1e150, -1e150], [1.0, 2.0], 1e-3, 1e3),
    ([1e20, -1e20], [1.0, 2.0], 1e-3, 1e3),
    ([-1e150, 1e150, 3.0], [1.0, 2.0, 3.0], 1e-3, 1e3),
    ([0.0, 1e-320], [1.0, 1e140], 1e-3, 1e3),
    ([0.0, 1.0], [1e100, 2.0], 0.1, 10.0),
    ([0.0, 1.0], [1e-150, 2e-150], 0.1, 10.0),
    ([1e150], [1.0], 0.1, 10.0),
]


@pytest.mark.parametrize(("x", "y", "lam", "beta"), WIDE)
def test_inputs_and_targets_of_any_size(x: list[float], y: list[float], lam: float, beta: float) -> None:
    """Nothing overflows on the way, and the answer has its digits."""
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    assert fit.stop == "converged"
    assert 0 <= fit.relative_gap < 1e-25
    assert np.all(np.isfinite([*fit.predict([*x, 0.0, 1.0]), *fit.curvature([0.0, 1.0])]))
    if max(y) < 10:  # beyond, the least fitted value has fewer digits than the largest
        proof = fit.certify(12)
        assert proof.certified
        assert fit.fitted == pytest.approx([float(low) for low, _ in proof.fitted], rel=1e-11)


def test_small_targets_are_a_linear_problem() -> None:
    tiny, small = (fit_wide_relu([0.0, 1.0], [s, 2 * s], lam=0.1, beta=10.0).fitted / s for s in (1e-150, 1e-9))
    assert tiny == pytest.approx(small, rel=1e-12)


@pytest.mark.parametrize("beta", [1e-280, 1e280])
def test_temperatures_beyond_doubles(beta: float) -> None:
    with pytest.raises(MeanFieldInputError, match=r"beta·lam² is .*outside double precision"):
        fit_wide_relu(X, Y, lam=1.0, beta=beta)


def test_weights_of_very_different_size() -> None:
    fit = fit_wide_relu(X, Y, lam=0.05, beta=1e4, sample_weight=[1.0, 1e-9, 1.0, 1e6])
    assert fit.stop == "converged"
    assert fit.fitted[3] == pytest.approx(0.75, abs=0.1)
    assert fit.predict(X) == pytest.approx(fit.fitted, abs=1e-8)
