"""Water-filling: the shares that the software computes meet the conditions that the claim proves to be the maximum."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.analysis.autoencoder.covariance_maximum import build_maximum
from lemmata.analysis.autoencoder.water_filling_bound import build_water_filling
from lemmata.analysis.kernel.derivation import holds_at, instance, replay
from lemmata.analysis.kernel.evaluate import decide
from lemmata.claims.register import register
from lemmata.claims.verdict import Library
from lemmata.numerics.autoencoder import activation, optimal_decoder, risk, water_filling

DEVIATIONS = st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=7)


@settings(deadline=None, max_examples=100)
@given(DEVIATIONS, st.integers(1, 9), st.sampled_from(["sign", "tanh", "x**3"]))
def test_the_shares_are_stationary(deviations: list[float], n: int, name: str) -> None:
    found = water_filling(name, n=n, covariance=np.array(deviations) ** 2)
    alpha, D, s = activation(name).alpha, np.sort(deviations)[::-1], found.shares
    o = 1.0 / found.level
    inside = np.arange(D.size) < found.active
    e = max(0.0, float(np.max(D[~inside] - alpha * o, initial=0.0)))
    close = 1e-9 * float(D[0]) * (1.0 + n)
    assert float(np.sum(s)) == pytest.approx(n, rel=1e-9)
    assert np.all(s >= -close)
    assert D[inside] == pytest.approx(o * (alpha + s[inside]), rel=1e-9)
    assert np.all(s[~inside] == 0.0)
    if e > close:  # a direction that would pay is left out only where all n are in use
        assert found.active == n
        assert np.all(o * s[inside] >= e - close)
    gained = float(np.sum(D[inside] ** 2 * s[inside] / (alpha + s[inside])))
    assert gained == pytest.approx(found.gain, rel=1e-9)


@settings(deadline=None, max_examples=60)
@given(DEVIATIONS, st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_no_code_lies_below(deviations: list[float], n: int, seed: int) -> None:
    variances = np.array(deviations) ** 2
    B = np.random.default_rng(seed).standard_normal((n, variances.size)) / np.array(deviations)
    bound = water_filling("sign", n=n, covariance=variances).bound
    error = risk(optimal_decoder(B, "sign", covariance=variances), B, "sign", covariance=variances)
    assert error >= bound - 1e-9 * float(np.mean(variances))


def test_a_direction_may_be_left_out_by_the_rank() -> None:
    """Two units and three equal directions: e > 0, which the conditions allow, and no other shares gain more."""
    values = {
        "n": "2", "d": "3", "alpha": "1", "D(h)": "2", "s(h)": "delta(h, 1) + delta(h, 2)",
        "t(h)": "delta(h, 1) + delta(h, 2)", "o": "1", "e": "1", "S(h)": "delta(h, 1)/2 + 3*delta(h, 3)/2",
        "T(h)": "delta(h, 1) + delta(h, 3)",
    }  # fmt: skip
    statement = build_maximum().statement
    assert holds_at(statement, values) == ""
    assert decide(instance(statement.signature().parse_prop(statement.goal), statement.signature(), values)) is True
    unlimited = {**values, "S(h)": "2/3", "T(h)": "1"}
    assert "few" in holds_at(statement, unlimited)


@pytest.mark.parametrize("dropped", ["odd", "total", "rank", "curved"])
def test_the_bound_needs_each_hypothesis(dropped: str) -> None:
    proof = build_water_filling()
    hyps = {k: v for k, v in proof.statement.hyps.items() if k != dropped}
    statement = type(proof.statement)(proof.statement.goal, hyps, proof.statement.declare, proof.statement.let)
    assert not replay(statement, proof.steps, Library(register())).proved


def test_the_level_is_the_inverse_of_the_software_level() -> None:
    found = water_filling("x**3", n=1, covariance=[4.0])
    assert Fraction(found.shares[0]).limit_denominator(10**6) == 1
    assert (activation("x**3").alpha + 1.0) / found.level == pytest.approx(2.0)
