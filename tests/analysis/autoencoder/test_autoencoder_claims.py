"""Every claim of the autoencoder side gets its expected verdict, and its statements hold in floating point."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.analysis.autoencoder.bound import build_both, build_bound
from lemmata.analysis.autoencoder.powers import build_power_term
from lemmata.analysis.kernel.derivation import instance, replay
from lemmata.analysis.kernel.evaluate import decide
from lemmata.analysis.kernel.parsing import Signature
from lemmata.claims.register import register
from lemmata.claims.verdict import Library
from lemmata.numerics.activations import activation

CLAIMS = {name: claim for name, claim in register().items() if name.startswith("ae.")}
PROVED = [name for name, claim in CLAIMS.items() if claim.expected == "proved"]


@cache
def library() -> Library:
    return Library(register())


@pytest.mark.parametrize("name", PROVED)
def test_no_step_can_be_left_out(name: str) -> None:
    proof = CLAIMS[name].proof()  # type: ignore[misc]
    for missing in (0, len(proof.steps) // 2):
        steps = [s for i, s in enumerate(proof.steps) if i != missing]
        assert not replay(proof.statement, steps, library()).proved


@pytest.mark.parametrize(
    "dropped", ["odd", "unit", "nonzero", "units", "dimension", "square_integrable", "coefficient"]
)
def test_the_bound_needs_each_hypothesis(dropped: str) -> None:
    proof = build_bound("gt1")
    hyps = {k: v for k, v in proof.statement.hyps.items() if k != dropped}
    statement = type(proof.statement)(proof.statement.goal, hyps, proof.statement.declare, proof.statement.let)
    assert not replay(statement, proof.steps, library()).proved


def test_the_bound_is_about_every_width() -> None:
    statement = build_both().statement
    kinds = statement.signature().kinds
    assert (kinds["n"], kinds["d"]) == ("N", "N")
    assert statement.hyps["units"] == "1 <= n"
    assert statement.hyps["dimension"] == "1 <= d"


def _unit_rows(generator: np.random.Generator, n: int, d: int, spread: float) -> np.ndarray:
    rows = generator.standard_normal((n, d)) + spread * np.ones(d)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(
    st.integers(1, 7),
    st.integers(1, 5),
    st.integers(0, 4),
    st.sampled_from([0.0, 1.0, 30.0]),
    st.integers(0, 2**32 - 1),
)
def test_one_degree_of_the_bound(n: int, d: int, h: int, spread: float, seed: int) -> None:
    generator = np.random.default_rng(seed)
    B = _unit_rows(generator, n, d, spread)
    A = generator.standard_normal((d, n)) + B.T * generator.uniform(0, 5)
    G = B @ B.T
    form = np.sum((A.T @ A) * G ** (2 * h + 1))
    assert form >= np.trace(B @ A) ** 2 / n - 1e-10 * (1 + np.sum(A**2))
    assert np.sum((A.T @ A) * G) >= np.trace(B @ A) ** 2 / d - 1e-10 * (1 + np.sum(A**2))


@given(
    st.sampled_from(["sign", "tanh", "x**3", "x**3 - 2*x", "sin(2*x)"]),
    st.integers(1, 7),
    st.integers(1, 5),
    st.sampled_from([0.0, 1.0, 30.0]),
    st.integers(0, 2**32 - 1),
)
def test_the_bound_holds_for_random_codes(name: str, n: int, d: int, spread: float, seed: int) -> None:
    generator = np.random.default_rng(seed)
    sigma = activation(name)
    B = _unit_rows(generator, n, d, spread)
    G = np.clip(B @ B.T, -1.0, 1.0)
    np.fill_diagonal(G, 1.0)
    A = np.linalg.pinv(np.asarray(sigma.f(G)), rcond=1e-9, hermitian=True) @ B  # the best decoder, transposed
    risk = 1.0 + (np.sum((A @ A.T) * np.asarray(sigma.f(G))) - 2.0 * np.sum(A * B)) / d
    rate = n / d
    assert risk >= 1.0 - rate / (max(rate, 1.0) + sigma.alpha) - 1e-7


def test_orthonormal_rows_attain_the_bound() -> None:
    for name in ("sign", "tanh", "x**3"):
        sigma = activation(name)
        n, d = 3, 5
        B, A = np.eye(n, d), np.eye(d, n) / sigma.f_of_one
        F = np.asarray(sigma.f(B @ B.T))
        risk = 1.0 + (np.sum((A.T @ A) * F) - 2.0 * np.trace(B @ A)) / d
        assert abs(risk - (1.0 - n / d / sigma.f_of_one)) < 1e-12


def _neighbours() -> Iterator[tuple[dict[str, str], bool]]:
    opposite = {
        "n": "2",
        "d": "1",
        "h": "1",
        "A(k,i)": "1 - 2*delta(i, 2)",
        "b(i,k)": "delta(k, 1)*(1 - 2*delta(i, 2))",
    }
    yield opposite, True
    yield {**opposite, "A(k,i)": "1"}, True
    yield {**opposite, "h": "0"}, True
    yield {**opposite, "d": "1", "n": "2", "b(i,k)": "delta(k, 1)/4", "A(k,i)": "1"}, False  # rows that are too short


@pytest.mark.parametrize(("values", "expected"), list(_neighbours()))
def test_the_kernel_evaluates_the_statement(values: dict[str, str], expected: bool) -> None:
    statement = build_power_term().statement
    signature: Signature = statement.signature()
    assert decide(instance(signature.parse_prop(statement.goal), signature, values)) is expected
