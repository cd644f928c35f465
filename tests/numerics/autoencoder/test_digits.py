"""Gaussian-optimal codes on real images."""

from __future__ import annotations

import pytest

from lemmata.numerics.autoencoder import digits_experiment


def test_untrained_codes_on_digits() -> None:
    result = digits_experiment("sign", seed=0)
    assert result.training_images + result.held_out_images == 1797
    assert 0.97 < result.scale < 1.0  # a scale mixture, close to Gaussian
    for row in result.rows:
        assert row.corrected_bound is not None
        # Claimed: within 1–6 % of the bound, and within 1 % of the corrected one (on the images that set the scale).
        assert row.bound < row.untrained_training < 1.06 * row.bound
        assert abs(row.untrained_training / row.corrected_bound - 1.0) < 0.01
        # Held out: the whitening was fitted elsewhere, which costs up to two per cent more.
        assert row.bound < row.untrained < 1.08 * row.bound
        assert abs(row.refitted - row.untrained) < 0.03 * row.untrained


def test_other_activations_have_no_corrected_bound() -> None:
    (row,) = digits_experiment("tanh", rates=(0.5,)).rows
    assert row.corrected_bound is None
    assert row.bound < row.untrained < 1.08 * row.bound


def test_bad_rates_are_named() -> None:
    with pytest.raises(ValueError, match="rates"):
        digits_experiment(rates=())
    with pytest.raises(ValueError, match="rates"):
        digits_experiment(rates=(0.5, -1.0))
