"""The panels of the paper's figures, the kinks of a network, and a cut-down training of each."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.numerics.meanfield import MeanFieldInputError, fit_wide_relu
from lemmata.numerics.meanfield.network_kinks import network_kinks
from lemmata.numerics.meanfield.paper_figures import PANELS, panel, train_panel


@pytest.mark.parametrize("of", PANELS, ids=lambda p: p.name)
def test_a_drawn_curve_spans_its_panel_and_its_data(of):
    x, f = of.drawn
    assert np.all(np.diff(x) > 0)
    assert (x[0], x[-1]) == (of.low, of.high)
    assert of.low < min(of.x)
    assert max(of.x) < of.high
    if of.lam == 0 and of.temperature == 0:  # the paper: zero loss
        assert np.max(np.abs(np.interp(of.x, x, f) - of.y)) < 0.03


def test_the_drawn_curve_with_a_penalty_and_no_noise_is_the_exact_limit():
    of = panel("8c")
    x, f = of.drawn
    at = np.linspace(of.low, of.high, 501)
    distance = np.abs(fit_wide_relu(of.x, of.y, lam=of.lam).predict(at) - np.interp(at, x, f))
    assert np.max(distance) < 0.015  # the line is drawn 0.012 wide; measured 0.0110


@pytest.mark.parametrize("name", ["1a", "6b", "8c"])
def test_training_lowers_the_loss(name):
    history = train_panel(panel(name), epochs=400).history
    assert history.loss[-1] < 0.5 * history.loss[0]


def test_another_panel_is_refused():
    with pytest.raises(MeanFieldInputError, match="7d"):
        panel("7d")


places = st.lists(st.floats(-5, 5), min_size=1, max_size=4, unique_by=lambda t: round(t))


@settings(max_examples=30, deadline=None)
@given(places, st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_bundles_of_neurons_are_kinks_where_they_are(where, copies, seed):
    rng = np.random.default_rng(seed)
    where = [round(t) + 0.25 * (t - round(t)) for t in where]
    change = rng.choice([-1.0, 1.0], len(where)) * rng.uniform(1, 2, len(where))
    n = copies * len(where)
    weights = []
    for t, jump in zip(where, change, strict=True):
        for _ in range(copies):
            w = rng.choice([-1.0, 1.0]) * rng.uniform(0.5, 2)
            weights.append([jump * n / copies / abs(w), w, -w * t])
    found = network_kinks(rng.permutation(weights), low=-6, high=6, width=0.1, least=0.5)
    assert [k.location for k in found] == pytest.approx(sorted(where), abs=1e-9)
    order = np.argsort(where)
    assert [k.slope_change for k in found] == pytest.approx(change[order].tolist(), rel=1e-9)


def test_weights_that_are_none_are_refused():
    for weights, told in (([[1.0, 2.0]], "shape"), ([[1.0, np.nan, 0.0]], "finite")):
        with pytest.raises(MeanFieldInputError, match=told):
            network_kinks(weights, low=0.0, high=1.0, width=0.1, least=0.1)
    with pytest.raises(MeanFieldInputError, match="low"):
        network_kinks([[1.0, 1.0, 0.0]], low=1.0, high=1.0, width=0.1, least=0.1)
