"""Rows of every length, and counts that are none: the right number, or one error that names what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from lemmata.numerics.activations import NumericalRangeError
from lemmata.numerics.autoencoder import (
    lower_bound,
    minimizer,
    monte_carlo_risk,
    optimal_decoder,
    risk,
    train,
    water_filling,
)

Array = NDArray[np.float64]

B: Array = np.array([[1.0, 0.0], [0.6, 0.8]])


@pytest.mark.parametrize("length", [1e-300, 1e-200, 1e-3, 7.0, 1e200, 1e300])
@pytest.mark.parametrize("covariance", [None, [[2.0, 1.0], [1.0, 3.0]]])
def test_the_sign_has_no_scale(length: float, covariance: list[list[float]] | None) -> None:
    rows = B * np.array([[length], [1.0]])
    expected = risk(0.5 * np.eye(2), B, "sign", covariance)
    assert risk(0.5 * np.eye(2), rows, "sign", covariance) == pytest.approx(expected, rel=1e-14)
    decoder = optimal_decoder(B, "sign", covariance)
    np.testing.assert_allclose(optimal_decoder(rows, "sign", covariance), decoder, rtol=1e-13)
    sampled = monte_carlo_risk(0.5 * np.eye(2), rows, "sign", 100, 0, covariance).value
    assert sampled == pytest.approx(monte_carlo_risk(0.5 * np.eye(2), B, "sign", 100, 0, covariance).value, rel=1e-13)


@pytest.mark.parametrize("text", ["erf", "tanh"])
def test_long_rows_make_a_sign(text: str) -> None:
    assert risk(0.5 * np.eye(2), 1e200 * B, text) == pytest.approx(risk(0.5 * np.eye(2), B, "sign"), rel=1e-13)


def test_short_rows_make_the_quantizer_a_sign() -> None:
    decoder = optimal_decoder(1e-5 * B, "quantizer:4")
    assert risk(decoder, 1e-5 * B, "quantizer:4") == pytest.approx(
        risk(optimal_decoder(B, "sign"), B, "sign"), abs=1e-5
    )


@pytest.mark.parametrize("length", [2**0.5 * (1 + 1e-9), 1.5, 2.0, 1e5, 1e200])
def test_a_length_at_which_the_moment_diverges_is_named(length: float) -> None:
    rows = B * np.array([[1.0], [length]])
    for call in (lambda: risk(np.eye(2), rows, "x*exp(x**2/8)"), lambda: optimal_decoder(rows, "x*exp(x**2/8)")):
        with pytest.raises(ValueError, match=r"row 2 of B: b·x has standard deviation .* is infinite"):
            call()


def test_a_length_below_the_divergence_is_integrated() -> None:
    # E s²z² exp(s²z²/4) = s²(1 − s²/2)^(−3/2), E sz² exp(s²z²/8) = s(1 − s²/4)^(−3/2).
    s, a = 1.3, 0.1
    exact = 1.0 - 2.0 * a * s * (1 - s**2 / 4) ** -1.5 + a * a * s**2 * (1 - s**2 / 2) ** -1.5
    assert risk(np.array([[a]]), np.array([[s]]), "x*exp(x**2/8)") == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("text", ["identity", "x**3", "relu", "sign(x)+x"])
def test_lengths_beyond_doubles_are_named(text: str) -> None:
    with pytest.raises(NumericalRangeError, match=r"row 1 of B: b·x has standard deviation 1e[+]200"):
        risk(np.eye(2), 1e200 * B, text)


@pytest.mark.parametrize("text", ["sign", "tanh"])
def test_a_row_that_carries_nothing_is_refused_everywhere(text: str) -> None:
    rows = np.array([[1.0, 0.0], [0.0, 0.0]])
    for call in (
        lambda: risk(np.eye(2), rows, text),
        lambda: optimal_decoder(rows, text),
        lambda: monte_carlo_risk(np.eye(2), rows, text, 10, 0),
        lambda: monte_carlo_risk(np.eye(2), np.eye(2), text, 10, 0, covariance=[[1.0, 0.0], [0.0, 0.0]]),
    ):
        with pytest.raises(ValueError, match="row 2 of B: b·x has variance zero"):
            call()


@pytest.mark.parametrize("value", [1.5, "x", 0.0, -1, True, np.float64(2.0), float("nan"), [1], 1e3])
def test_counts_that_are_no_counts(value: object) -> None:
    bad: dict[str, Callable[[], object]] = {
        "n": lambda: train(value, 2, "sign"),  # type: ignore[arg-type]
        "n ": lambda: lower_bound("sign", n=value, d=2),  # type: ignore[arg-type]
        "n  ": lambda: water_filling("sign", n=value, covariance=[1.0]),  # type: ignore[arg-type]
        "d": lambda: minimizer(2, value, "sign"),  # type: ignore[arg-type]
        "restarts": lambda: train(2, 2, "sign", restarts=value),  # type: ignore[arg-type]
        "max_iterations": lambda: train(2, 2, "sign", max_iterations=value),  # type: ignore[arg-type]
        "seed": lambda: train(2, 2, "sign", seed=value),  # type: ignore[arg-type]
        "n_samples": lambda: monte_carlo_risk(np.eye(2), np.eye(2), "sign", value, 0),  # type: ignore[arg-type]
    }
    for name, call in bad.items():
        with pytest.raises(ValueError, match=f"^{name.strip()} = .*it must be a whole number"):
            call()
