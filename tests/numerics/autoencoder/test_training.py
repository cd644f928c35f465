"""Gradients by the slope of the Taylor error; training against bounds, exact codes and the linearised rate."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.autoencoder import activation, lower_bound, risk, sharp_bound, train
from lemmata.numerics.autoencoder.minimizer import normalised_rows, tight_frame
from lemmata.numerics.autoencoder.objective import best_decoder_gain, project, tied_gain

from .cases import simplex, switched_gram

Array = NDArray[np.float64]

GRADIENTS = ["sign", "tanh", "x**3", "quantizer:4", "atan(3*x)", "sin(2*x)"]


@pytest.mark.parametrize("objective", [best_decoder_gain, tied_gain])
@pytest.mark.parametrize("text", GRADIENTS)
@pytest.mark.parametrize(("n", "k", "isotropic"), [(3, 5, True), (6, 4, True), (3, 4, False), (5, 3, False)])
def test_taylor_error_has_slope_two(objective, text: str, n: int, k: int, isotropic: bool) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(n * 10 + k)
    sigma, variances = activation(text), np.ones(k) if isotropic else rng.uniform(0.2, 3.0, k)
    C = normalised_rows(rng.standard_normal((n, k)))
    V = project(C, rng.standard_normal((n, k)))
    V /= np.linalg.norm(V)
    start = objective(C, variances, sigma)
    slope = float(np.sum(start.gradient * V))
    steps = 10.0 ** np.linspace(-2.0, -3.5, 7)
    errors = [abs(objective(normalised_rows(C + h * V), variances, sigma).gain - start.gain - h * slope) for h in steps]
    fitted = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert abs(fitted - 2.0) < 0.1
    assert abs(np.sum(start.gradient * C, axis=1)).max() < 1e-12  # tangent


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 2**31),
    st.integers(1, 7),
    st.integers(0, 6),
    st.sampled_from(["sign", "tanh", "x**3", "quantizer:4", "sin(2*x)"]),
    st.sampled_from(["gd", "lbfgs", "tied"]),
)
def test_training_reaches_the_bound_for_n_at_most_d(seed: int, n: int, more: int, text: str, method: str) -> None:
    result = train(n, n + more, text, method=method, seed=seed)
    assert abs(result.gap) < 1e-10
    assert result.stop in ("bound", "gradient", "precision")
    assert abs(risk(result.A, result.B, text) - result.risk) < 1e-12
    # The minimiser is unique modulo rotation of R^d, order and signs of the units.
    assert np.allclose(switched_gram(result.B), switched_gram(np.eye(n)), atol=1e-4)


def test_training_at_a_hundred_dimensions() -> None:
    for n in (50, 100):
        result = train(n, 100, "sign", seed=3)
        assert result.stop == "bound"
        assert result.iterations <= 40
        assert abs(result.gap) < 1e-12
        assert all(b <= a + 1e-15 for a, b in zip(result.history, result.history[1:], strict=False))


def test_linearised_rate_of_gradient_descent() -> None:
    """One step at η = 1 multiplies small off-diagonals of G by 1 − 8ηα/(1+α)³."""
    sigma, rng = activation("sign"), np.random.default_rng(0)
    n, eta = 6, 1.0
    C = normalised_rows(np.eye(n) + 1e-4 * rng.standard_normal((n, n)))
    moved = normalised_rows(C + eta * best_decoder_gain(C, np.ones(n), sigma).gradient)
    off = ~np.eye(n, dtype=bool)
    before, after = (C @ C.T)[off], (moved @ moved.T)[off]
    factor = 1.0 - 8.0 * eta * sigma.alpha / (1.0 + sigma.alpha) ** 3
    assert np.max(np.abs(after - factor * before)) < 1e-2 * np.max(np.abs(before))


@pytest.mark.parametrize("d", [2, 3, 4])
def test_training_finds_the_simplex(d: int) -> None:
    result = train(d + 1, d, "sign", method="lbfgs", restarts=3, seed=1)
    exact = 1.0 - (d + 1) / d / (math.pi / 2 + math.asin(1.0 / d))
    assert abs(result.risk - exact) < 1e-10
    assert np.allclose(switched_gram(result.B), switched_gram(simplex(d)), atol=1e-4)


def test_beyond_d_the_gap_follows_the_law() -> None:
    """d·gap ≈ (c_3/c_1)²/(r+α)² d⁻¹ Σ_{i≠j} G_ij⁴ · d at the code found, and near .0112 for r = 1.5."""
    n, d = 75, 50
    result = train(n, d, "sign", method="lbfgs", seed=2)
    G = result.B @ result.B.T
    fourth = float(np.sum(G**4) - np.sum(np.diag(G) ** 4))
    law = fourth / 6.0 / (1.5 + math.pi / 2 - 1) ** 2 / d
    assert result.gap == pytest.approx(law, rel=0.05)
    assert 50 * result.gap == pytest.approx(0.0112, rel=0.05)
    assert result.risk >= sharp_bound("sign", n=n, d=d)
    assert np.allclose(result.B.T @ result.B, 1.5 * np.eye(d), atol=1e-2)


@pytest.mark.parametrize("method", ["gd", "lbfgs", "tied"])
def test_general_covariance(method: str) -> None:
    covariance = np.diag([3.0, 2.0, 2.0, 0.5]) + 0.3
    result = train(3, 4, "sign", method=method, covariance=covariance, seed=0)
    assert abs(risk(result.A, result.B, "sign", covariance) - result.risk) < 1e-12
    assert 0.0 <= result.gap < 0.05
    assert np.allclose(np.einsum("ij,jk,ik->i", result.B, covariance, result.B), 1.0)


def test_equal_leading_variances_are_attained() -> None:
    result = train(2, 4, "sign", covariance=[3.0, 3.0, 1.0, 0.5], restarts=3, seed=0, method="lbfgs")
    assert abs(result.gap) < 1e-9


def test_directions_without_variance_are_left_out() -> None:
    covariance = np.diag([1.0, 1.0, 0.0])
    result = train(2, 3, "sign", covariance=covariance, seed=0)
    assert result.B[:, 2].tolist() == [0.0, 0.0]
    assert abs(result.gap) < 1e-10


def test_singular_moments_in_training() -> None:
    result = train(7, 2, "x**3", seed=0)
    assert abs(result.risk - sharp_bound("x**3", n=7, d=2)) < 1e-12


@pytest.mark.parametrize(("n", "limit"), [(10, 2e-3), (30, 4e-3)])
def test_stochastic_training_comes_close(n: int, limit: float) -> None:
    result = train(n, 20, "sign", method="sgd", seed=0, max_iterations=1500)
    assert result.iterations == 1500
    assert 0.0 < result.gap < limit
    assert result.history[0] > result.history[-2] > result.bound
    # Solving for the decoder at the end removes part of what is left.
    assert result.risk < result.history[-2] - 0.2 * result.gap


def test_smooth_activations_train_stochastically_too() -> None:
    result = train(5, 10, "tanh", method="sgd", seed=0, max_iterations=1000)
    assert 0.0 < result.gap < 1e-2


def test_the_better_of_several_starts_is_returned() -> None:
    single = [train(5, 3, "sign", method="lbfgs", seed=s).risk for s in range(3)]
    several = train(5, 3, "sign", method="lbfgs", restarts=6, seed=0)
    assert several.risk <= single[0] + 1e-12
    assert 0 <= several.restart < 6


def test_same_inputs_same_bytes() -> None:
    for method in ("gd", "sgd"):
        first, second = (train(4, 6, "sign", method=method, seed=9, max_iterations=60) for _ in range(2))
        assert first.A.tobytes() == second.A.tobytes()
        assert first.history == second.history


def test_limit_zero_returns_the_start() -> None:
    result = train(3, 5, "sign", seed=0, max_iterations=0)
    assert (result.stop, result.iterations) == ("iterations", 0)
    assert result.gap > 0


def test_tight_frames() -> None:
    frame = tight_frame(normalised_rows(np.random.default_rng(0).standard_normal((30, 12))), rounds=60)
    assert np.allclose(frame.T @ frame, 2.5 * np.eye(12), atol=1e-3)


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match="method = 'adam'"):
        train(1, 1, "sign", method="adam")
    with pytest.raises(ValueError, match="restarts = 0"):
        train(1, 1, "sign", restarts=0)
    with pytest.raises(ValueError, match="max_iterations = -1"):
        train(1, 1, "sign", max_iterations=-1)
    with pytest.raises(ValueError, match="not odd"):
        train(1, 1, "relu")
    assert lower_bound("sign", n=1, d=1) == train(1, 1, "sign").bound
