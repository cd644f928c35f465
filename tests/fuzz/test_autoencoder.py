"""Risks, bounds, codes and training under hostile input: numbers that hold together, or a refusal."""

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lemmata import lower_bound, minimizer, optimal_decoder, risk, sharp_bound, train, water_filling
from lemmata.numerics.autoencoder import activation, bound_summary
from lemmata.numerics.autoencoder.training import METHODS

from . import hostile
from .judge import answer, fuzzed, seen

SOURCES = st.none() | hostile.arrays() | hostile.columns(2) | hostile.matrices(2, 2)
NAMES = hostile.odd_activations() | hostile.scalars()


@fuzzed(15)
@given(hostile.expressions(), st.booleans())
def test_an_activation_is_read_or_refused(text: str, need_odd: bool) -> None:
    found = answer(lambda: activation(text, need_odd=need_odd))
    if seen(found):
        assert math.isfinite(found.c1)
        assert found.c1 != 0.0
        assert 0.0 <= found.alpha < math.inf
        low, high = map(float, found.alpha_enclosure)
        assert low <= found.alpha <= high or math.isclose(low, found.alpha) or math.isclose(high, found.alpha)


@fuzzed(15)
@given(NAMES, hostile.counts(), hostile.counts(), SOURCES)
def test_bounds(name: Any, n: Any, d: Any, source: Any) -> None:
    values = [answer(lambda f=f: f(name, n=n, d=d, covariance=source)) for f in (lower_bound, sharp_bound)]
    assert seen(values[0]) == seen(values[1])
    if seen(values[0]):
        mean = 1.0 if source is None else float(np.mean(np.linalg.eigvalsh(_as_matrix(source))))
        low, sharp = (float(v) for v in values)  # type: ignore[arg-type]
        assert -1e-12 * mean <= low <= sharp + 1e-12 * mean
        assert sharp <= mean * (1 + 1e-12)
        summary = answer(lambda: bound_summary(name, n=n, d=d, covariance=source))
        if seen(summary):
            assert math.isclose(float(summary.bound), low, rel_tol=1e-9, abs_tol=1e-12 * mean)


def _as_matrix(source: Any) -> np.ndarray[Any, Any]:
    values = np.asarray(source, dtype=np.float64)
    return np.diag(values) if values.ndim == 1 else values


@fuzzed(12)
@given(NAMES, hostile.counts(), SOURCES)
def test_water_filling(name: Any, n: Any, source: Any) -> None:
    found = answer(lambda: water_filling(name, n=n, covariance=source))
    if seen(found):
        variances = np.linalg.eigvalsh(_as_matrix(source))
        size = float(np.sum(np.abs(variances)))
        assert found.gain >= -1e-12 * size
        assert found.gain <= size * (1 + 1e-9)
        assert 1 <= found.active <= len(variances)
        assert np.all(np.isfinite(found.shares))
        assert np.isclose(float(np.sum(found.shares)), n, rtol=1e-6)


@fuzzed(12)
@given(st.data())
def test_risk_and_decoder(data: st.DataObject) -> None:
    n, d = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    B = data.draw(hostile.matrices(n, d) | hostile.arrays())
    A = data.draw(hostile.matrices(d, n) | hostile.arrays())
    source = data.draw(st.none() | hostile.columns(d).map(list) | hostile.matrices(d, d) | hostile.arrays())
    name = data.draw(NAMES)
    value = answer(lambda: risk(A, B, name, source))
    if seen(value):
        assert math.isfinite(value)
    best = answer(lambda: optimal_decoder(B, name, source))
    if seen(best):
        assert best.shape == (np.shape(B)[1], np.shape(B)[0])
        assert np.all(np.isfinite(best))
        least = answer(lambda: risk(best, B, name, source))
        if seen(least) and source is None:
            assert -1e-9 <= least <= 1.0 + 1e-9
            if seen(value):
                assert least <= value + 1e-9 * (1.0 + abs(value))


@fuzzed(8)
@given(hostile.counts(), hostile.counts(), NAMES, st.just(0) | hostile.scalars())
def test_a_code_of_least_risk(n: Any, d: Any, name: Any, seed: Any) -> None:
    found = answer(lambda: minimizer(n, d, name, seed))
    if seen(found):
        A, B = found
        assert (A.shape, B.shape) == ((d, n), (n, d))
        value, bound = risk(A, B, name), lower_bound(name, n=n, d=d)
        assert value >= bound - 1e-9
        if n <= d:
            assert math.isclose(value, bound, rel_tol=1e-6, abs_tol=1e-9)


@fuzzed(8)
@given(st.data())
def test_training(data: st.DataObject) -> None:
    n, d = data.draw(hostile.counts(3)), data.draw(hostile.counts(3))
    options: dict[str, Any] = {
        "method": data.draw(st.sampled_from(METHODS) | hostile.scalars()),
        "covariance": data.draw(SOURCES),
        "restarts": data.draw(st.just(1) | hostile.counts(2)),
        "seed": data.draw(st.just(0) | hostile.scalars()),
        "max_iterations": data.draw(st.integers(0, 3) | hostile.counts(3)),
        "progress": data.draw(st.none() | hostile.scalars()),
        "checkpoint_every": data.draw(st.just(1) | hostile.scalars()),
    }
    name = data.draw(NAMES)
    # None stands for the default, thousands of iterations, which are not this test's business.
    if options["max_iterations"] is None:
        options["max_iterations"] = 1
    result = answer(lambda: train(n, d, name, **options))
    if seen(result):
        assert (result.A.shape, result.B.shape) == ((d, n), (n, d))
        assert np.all(np.isfinite(result.A))
        assert np.all(np.isfinite(result.B))
        scale = max(abs(result.bound), abs(result.risk), 1e-300)
        assert result.gap >= -1e-8 * scale, "the risk is below the bound"
        assert all(math.isfinite(v) for v in result.history)
