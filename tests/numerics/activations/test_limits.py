"""Where doubles, or a bounded amount of work, do not reach f(t): an error that says so, never nan and never minutes."""

from __future__ import annotations

import time

import numpy as np
import pytest

from lemmata.numerics.activations import NumericalRangeError, activation
from lemmata.numerics.autoencoder import bound_summary, lower_bound, optimal_decoder, risk, sharp_bound, train

UNBOUNDED = ["sign(x)*abs(x)**(-1/4)", "sign(x)*log(abs(x))"]
OSCILLATING = ["sin(x**3)", "x*(1+cos(30*x))"]

CLOSE = np.array([[1.0, 0.0], [0.96, 0.28]])


@pytest.mark.parametrize("text", UNBOUNDED)
def test_unbounded_activations_are_refused_near_one(text: str) -> None:
    sigma = activation(text)
    assert np.all(np.isfinite(sigma.f([-0.84, 0.0, 0.5])))
    for call in (
        lambda: sigma.f([0.5, 0.9]),
        lambda: sigma.f_prime(-0.9),
        lambda: risk(np.eye(2), CLOSE, text),
        lambda: risk(np.eye(2), 2.0 * CLOSE, text),
        lambda: optimal_decoder(CLOSE, text),
        lambda: train(12, 2, text),
    ):
        with pytest.raises(NumericalRangeError, match="unbounded at a point"):
            call()


@pytest.mark.parametrize("text", [*UNBOUNDED, *OSCILLATING])
@pytest.mark.parametrize(("n", "d"), [(9, 3), (4, 2), (1000, 2)])
def test_sharp_bound_falls_back_on_what_is_finite(text: str, n: int, d: int) -> None:
    start = time.process_time()
    least, value = lower_bound(text, n=n, d=d), bound_summary(text, n=n, d=d).sharp_bound
    assert value is not None
    assert least * (1 - 1e-15) <= value < 1.0
    assert sharp_bound(text, n=n, d=d) == pytest.approx(value, rel=1e-14)
    assert time.process_time() - start < 60.0  # without the limit it is minutes; with it, seconds


def test_a_row_that_overflows_inside_the_activation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # Balls know the sine of 1e308, but take as long for each point as doubles for a thousand.
    monkeypatch.setattr("lemmata.numerics.activations.series_models._MOST_LOST", 100)
    with pytest.raises(NumericalRangeError, match=r"row 1 of B: .* overflows in double precision in too many places"):
        optimal_decoder([[1.7e308]], "sin(2*x)")


@pytest.mark.parametrize("text", OSCILLATING)
def test_fast_oscillation_is_refused(text: str) -> None:
    sigma = activation(text)
    assert np.all(np.isfinite(sigma.f([-0.5, 0.5])))
    start = time.process_time()
    with pytest.raises(NumericalRangeError, match="oscillates too fast"):
        sigma.f([0.5, 0.9])
    assert time.process_time() - start < 30.0
