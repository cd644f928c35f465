"""Networks of finite width, trained with noise, come to the exact limit; the printed noise does not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lemmata.numerics.meanfield import MeanFieldInputError, fit_wide_relu, simulate_langevin, train_noisy_sgd

X, Y = [-2.0, -1.0, 0.0, 1.0, 2.0], [1.0, 0.0, 0.5, -0.25, 1.0]


def test_langevin_comes_to_the_exact_predictor() -> None:
    """1000 neurons averaged over 2000 correlated snapshots, step 0.1: error about 2e-3, bias of the step included."""
    exact = fit_wide_relu(X, Y, lam=0.05, beta=100.0)
    found = simulate_langevin(X, Y, lam=0.05, beta=100.0, neurons=1000, steps=4000, step=0.1, seed=1)
    assert found.stop == "steps"
    assert np.max(np.abs(found.mean_fitted - exact.fitted)) < 6e-3
    assert np.max(np.abs(found.fitted - exact.fitted)) < 5e-2
    assert found.predict(X) == pytest.approx(found.fitted, rel=1e-12)
    other = fit_wide_relu(X, Y, lam=0.05, beta=200.0)  # what noise of half the variance would come to
    assert np.max(np.abs(other.fitted - exact.fitted)) > 1.2e-2


def test_noisy_sgd_comes_to_the_exact_law() -> None:
    """Second moments of 2000 trained neurons against those of the exact sampler; a factor 2 in β would be 40 % off."""
    exact = fit_wide_relu(X, Y, lam=0.05, beta=30.0)
    found = train_noisy_sgd(X, Y, lam=0.05, beta=30.0, neurons=2000, steps=20000, step=0.01, seed=2)
    assert np.max(np.abs(found.mean_fitted - exact.fitted)) < 3e-2
    moments = np.mean(exact.sample(200_000, 1) ** 2, axis=0)
    assert np.mean(found.weights**2, axis=0) == pytest.approx(moments, rel=0.1)
    hotter = fit_wide_relu(X, Y, lam=0.05, beta=60.0)
    assert np.max(np.abs(np.mean(hotter.sample(200_000, 1) ** 2, axis=0) / moments - 1)) > 0.2


def test_stationary_variance_without_data() -> None:
    """With y = 0 at x = 0 and few correlations the weights w are Ornstein–Uhlenbeck: variance 1/(βλ) at small steps."""
    found = train_noisy_sgd([0.0], [0.0], lam=0.5, beta=4.0, neurons=20000, steps=400, step=0.02, seed=3)
    w = found.weights[:, 1]
    # w feels no datum at x = 0: w ← (1 − 2λs)w + √(4s/β) g has variance (4s/β)/(1 − (1 − 2λs)²).
    variance = (4 * 0.02 / 4.0) / (1 - (1 - 2 * 0.5 * 0.02) ** 2)
    assert np.var(w) == pytest.approx(variance, rel=4.5 * math.sqrt(2 / 20000))
    assert variance == pytest.approx(1 / (4.0 * 0.5), rel=0.02)


def test_the_same_seed_gives_the_same_network() -> None:
    first, second, third = (
        train_noisy_sgd(X, Y, lam=0.1, beta=10.0, neurons=5, steps=20, step=0.01, seed=seed) for seed in (1, 1, 2)
    )
    assert np.array_equal(first.weights, second.weights)
    assert not np.array_equal(first.weights, third.weights)
    assert first.seed == 1


def test_gradient_descent_without_noise_descends() -> None:
    before = simulate_langevin(X, Y, lam=0.01, beta=math.inf, neurons=200, steps=1, step=0.05, seed=0)
    after = simulate_langevin(X, Y, lam=0.01, beta=math.inf, neurons=200, steps=2000, step=0.05, seed=0)

    def objective(weights: np.ndarray, fitted: np.ndarray) -> float:  # type: ignore[type-arg]
        return float(0.5 * np.mean((fitted - Y) ** 2) + 0.005 * np.mean(np.sum(weights**2, axis=1)))

    exact = fit_wide_relu(X, Y, lam=0.01)
    assert objective(after.weights, after.fitted) < objective(before.weights, before.fitted)
    assert objective(after.weights, after.fitted) >= exact.objective - 1e-12  # no network is below the minimum


def test_divergence_is_said() -> None:
    found = simulate_langevin(X, Y, lam=0.1, beta=10.0, neurons=5, steps=500, step=50.0, seed=0)
    assert found.stop == "diverged"
    assert found.steps < 500


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lam": -0.1}, "lam is -0.1"), ({"lam": math.inf}, "lam is inf"),
        ({"beta": -1.0}, "beta is -1"), ({"step": math.inf}, "step is inf"),
        ({"neurons": 0}, "neurons is 0"), ({"steps": 0}, "steps is 0"), ({"spread": math.nan}, "spread is nan"),
        ({"sample_weight": [1.0, -1.0]}, "-1"),
    ],
)  # fmt: skip
def test_refusals(change: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {"lam": 0.1, "beta": 10.0, "neurons": 5, "steps": 5, "step": 0.1}
    with pytest.raises(MeanFieldInputError, match=message):
        simulate_langevin([0.0, 1.0], [0.0, 1.0], **{**arguments, **change})  # type: ignore[arg-type]


def test_no_penalty_and_no_noise_is_plain_gradient_descent() -> None:
    """λ = 0, β = ∞: gradient descent on the loss alone, which a wide network drives to zero."""
    for train in (simulate_langevin, train_noisy_sgd):
        first, last = (
            train(X, Y, lam=0.0, beta=math.inf, neurons=200, steps=steps, step=0.05, seed=0) for steps in (1, 4000)
        )
        assert np.mean((last.fitted - Y) ** 2) < 0.05 * np.mean((first.fitted - Y) ** 2)
