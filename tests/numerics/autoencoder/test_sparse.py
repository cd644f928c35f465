"""One-bit codes of sparse data: exact mean moduli against enumeration and simulation, codes that are orthogonal."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.analysis.autoencoder.sparse_codes import build_cascade_value
from lemmata.analysis.kernel.derivation import instance
from lemmata.analysis.kernel.evaluate import decide
from lemmata.numerics.autoencoder.sparse import (
    LAWS,
    SparseSource,
    best_dither,
    cascade_coefficients,
    identity_risk,
    mean_modulus,
    row_moduli,
)
from lemmata.numerics.autoencoder.sparse_codes import (
    OrthogonalCode,
    anticommuting,
    cascade,
    dithered_identity,
    identity_code,
    quarter_turns,
)

PROBABILITIES = st.floats(1e-6, 1.0)


def _enumerated(a: np.ndarray, p: float) -> float:
    total = 0.0
    for signs in itertools.product((-1, 0, 1), repeat=a.size):
        mass = math.prod(p / 2 if s else 1.0 - p for s in signs)
        total += mass * abs(float(np.dot(a, signs))) / math.sqrt(p)
    return total


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(-10.0, 10.0), min_size=1, max_size=5), PROBABILITIES)
def test_all_sums_of_signs_are_added_up(coefficients: list[float], p: float) -> None:
    expected = _enumerated(np.array(coefficients), p)
    assert mean_modulus(coefficients, SparseSource(p)) == pytest.approx(expected, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize(("a", "dither"), [(1.0, 0.0), (0.6, 0.8), (0.99, math.sqrt(1 - 0.99**2)), (0.0, 1.0)])
def test_mean_moduli_are_those_of_samples(law: str, a: float, dither: float) -> None:
    source = SparseSource(0.4, law)
    generator = np.random.default_rng(5)
    x, g = source.sample(400_000, 1, generator)[:, 0], generator.standard_normal(400_000)
    values = np.abs(a * x + dither * g)
    error = float(np.std(values)) / math.sqrt(values.size)
    assert abs(mean_modulus([a], source, dither) - float(np.mean(values))) < 5 * error + 1e-12


@pytest.mark.parametrize("law", LAWS)
def test_moments_of_the_laws(law: str) -> None:
    z = SparseSource(1.0, law).sample(1_000_000, 1, np.random.default_rng(1))
    m, fourth = LAWS[law]
    assert float(np.mean(z**2)) == pytest.approx(1.0, abs=0.01)
    assert float(np.mean(np.abs(z))) == pytest.approx(m, abs=0.005)
    assert float(np.mean(z**4)) == pytest.approx(fourth, rel=0.05)
    assert mean_modulus([1.0], SparseSource(0.3, law)) == pytest.approx(math.sqrt(0.3) * m, rel=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from([1, 2, 4, 8]), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_anticommuting_terms_make_orthogonal_codes(terms: int, blocks: int, seed: int) -> None:
    P = anticommuting(terms * blocks, terms)
    for i, j in itertools.product(range(terms), repeat=2):
        assert np.array_equal(P[i] @ P[j].T + P[j] @ P[i].T, 2.0 * (i == j) * np.eye(terms * blocks))
        assert set(np.unique(P[i])) <= {-1.0, 0.0, 1.0}
    a = np.random.default_rng(seed).standard_normal(terms)
    OrthogonalCode(sum(x * Q for x, Q in zip(a / np.linalg.norm(a), P, strict=True)), 1.0)  # refuses others


@settings(deadline=None, max_examples=30)
@given(st.floats(0.5, 1.0), st.integers(1, 8))
def test_the_cascade_reaches_what_the_claim_says(p: float, terms: int) -> None:
    source = SparseSource(p)
    expected = 1.0 - (1.0 - (1.0 - p) ** (2 * terms)) / (2.0 - p)
    assert cascade(8, source, terms).risk(source) == pytest.approx(expected, abs=1e-12)
    assert 1.0 - mean_modulus(cascade_coefficients(p, terms), source) ** 2 == pytest.approx(expected, abs=1e-12)


def test_the_claim_and_the_numbers_are_one_formula() -> None:
    statement = build_cascade_value().statement
    value = {"q": "2/5", "K": "3", "k": "1", "m": "1", "y": "1", "w": "0"}
    assert decide(instance(statement.signature().parse_prop(statement.goal), statement.signature(), value)) is True
    assert cascade(4, SparseSource(0.6), 4).risk(SparseSource(0.6)) == pytest.approx(
        1 - 1 / 1.4 + 0.4**8 / 1.4, abs=1e-13
    )


def test_below_one_half_the_first_coordinate_does_not_decide() -> None:
    source = SparseSource(0.4)
    formula = 1.0 - (1.0 - 0.6**16) / 1.6
    assert abs(cascade(8, source).risk(source) - formula) > 1e-3


@pytest.mark.parametrize("p", [0.5, 0.8])
def test_decoded_samples_have_the_exact_risk(p: float) -> None:
    source = SparseSource(p)
    code = cascade(8, source)
    x = source.sample(50_000, 8, np.random.default_rng(3))
    losses = np.mean((x - code.decode(code.encode(x))) ** 2, axis=1)
    error = float(np.std(losses)) / math.sqrt(losses.size)
    assert abs(float(np.mean(losses)) - code.risk(source)) < 5 * error


def test_dithered_rows_are_orthogonal_and_their_moduli_approach_the_limit() -> None:
    source = SparseSource(0.6)
    best = best_dither(source)
    Q = quarter_turns(8, np.random.default_rng(0))
    B = dithered_identity(best.a, Q)
    OrthogonalCode(B, 1.0)
    assert float(np.mean(row_moduli(B, source))) == pytest.approx(best.modulus, abs=0.02)
    assert best.risk < identity_risk(source)
    assert best.risk > identity_risk(source, "plus")


@pytest.mark.parametrize(
    ("p", "law", "positive"),
    [(0.33, "rademacher", False), (0.34, "rademacher", True), (0.59, "uniform", False), (0.61, "uniform", True),
     (0.9, "gaussian", False), (1.0, "laplace", False)],
)  # fmt: skip
def test_a_dither_helps_where_the_kurtosis_is_negative(p: float, law: str, positive: bool) -> None:
    source = SparseSource(p, law)
    assert (source.kurtosis < 0.0) == positive
    assert (best_dither(source).a > 0.01) == positive


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: SparseSource(0.0), "p = 0.0"),
        (lambda: SparseSource(0.5, "cauchy"), "cauchy"),
        (lambda: mean_modulus([1.0, 2.0], SparseSource(0.5, "uniform")), "one coefficient"),
        (lambda: mean_modulus(np.random.default_rng(0).random(30), SparseSource(0.5)), "too many sums"),
        (lambda: mean_modulus([1.0], SparseSource(0.5), -1.0), "dither = -1.0"),
        (lambda: identity_risk(SparseSource(0.5), "minus"), "minus"),
        (lambda: anticommuting(6, 4), "multiple of 4"),
        (lambda: anticommuting(8, 9), "terms = 9"),
        (lambda: quarter_turns(3), "d = 3"),
        (lambda: dithered_identity(1.5, np.zeros((2, 2))), "a = 1.5"),
        (lambda: dithered_identity(0.5, np.eye(2)), "antisymmetric"),
        (lambda: OrthogonalCode(np.ones((2, 2)), 1.0), "not orthogonal"),
        (lambda: identity_code(2, SparseSource(0.5)).encode([[1.0]]), "2 columns"),
    ],
)
def test_bad_input_is_named(call, told: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=told):
        call()


@pytest.mark.parametrize("dither", [5e-324, 1e-229, 1e-12])
def test_a_dither_too_small_to_see_changes_nothing(dither: float) -> None:
    assert mean_modulus([1.0, 0.25], SparseSource(0.5), dither) == pytest.approx(
        mean_modulus([1.0, 0.25], SparseSource(0.5)), rel=1e-11
    )
