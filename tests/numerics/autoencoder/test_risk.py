"""The risk formula against simulation from the definition, and the decoder against perturbation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.autoencoder import activation, monte_carlo_risk, optimal_decoder, risk

from .cases import ODD, equispaced_lines, rounding

Array = NDArray[np.float64]

ALL = [*ODD, "relu", "x**2 + x", "atan(4*x)", "exp(x/2)", "sign(x) + x"]


def _covariance(kind: str, d: int, rng: np.random.Generator) -> Array | None:
    if kind == "identity":
        return None
    if kind == "variances":
        return np.exp(rng.uniform(-3.0, 1.0, d))
    root = rng.standard_normal((d, max(d - 1, 1)))
    return np.asarray(root @ root.T)


@pytest.mark.parametrize("kind", ["identity", "variances", "matrix of rank d - 1"])
@pytest.mark.parametrize("text", ALL)
def test_simulation_within_four_standard_errors(text: str, kind: str) -> None:
    rng = np.random.default_rng(len(text) * 7 + len(kind))
    n, d = int(rng.integers(1, 5)), int(rng.integers(2, 5))
    B = rng.standard_normal((n, d)) * np.exp(rng.uniform(-1.0, 0.0, (n, 1)))
    A, covariance = rng.standard_normal((d, n)) * 0.4, _covariance(kind, d, rng)
    simulated = monte_carlo_risk(A, B, text, 100_000, seed=5, covariance=covariance)
    assert abs(risk(A, B, text, covariance) - simulated.value) < 4.0 * simulated.standard_error


def test_the_formula_with_unit_rows() -> None:
    """1 + d⁻¹(Tr[AᵀA f(BBᵀ)] − 2 Tr[BA]) with the decoder divided by c_1."""
    rng = np.random.default_rng(2)
    for text in ODD:
        sigma = activation(text)
        B = rng.standard_normal((4, 3))
        B /= np.linalg.norm(B, axis=1, keepdims=True)
        A = rng.standard_normal((3, 4))
        F = sigma.f(B @ B.T)
        np.fill_diagonal(F, sigma.f_of_one)
        formula = 1.0 + (np.trace(A.T @ A @ F) - 2.0 * np.trace(B @ A)) / 3.0
        assert abs(risk(A / sigma.c1, B, text) - formula) < 1e-11 * (1.0 + formula)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(1, 5), st.sampled_from([*ODD, "relu"]))
def test_no_other_decoder_does_better(seed: int, n: int, d: int, text: str) -> None:
    rng = np.random.default_rng(seed)
    B = rng.standard_normal((n, d))
    covariance = rng.uniform(0.1, 3.0, d) if seed % 2 else None
    A = optimal_decoder(B, text, covariance)
    best = risk(A, B, text, covariance)
    for size in (1e-3, 0.1, 1.0):
        assert risk(A + size * rng.standard_normal(A.shape), B, text, covariance) >= best - 1e-10


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32), st.floats(-100, 100))
def test_row_lengths_do_not_matter_to_the_sign(seed: int, exponent: float) -> None:
    rng = np.random.default_rng(seed)
    B, A = rng.standard_normal((3, 4)), rng.standard_normal((4, 3))
    lengths = np.exp2(exponent * rng.uniform(0, 1, (3, 1)))
    assert abs(risk(A, B * lengths, "sign") - risk(A, B, "sign")) < 1e-10


def test_singular_moments_take_the_pseudo_inverse() -> None:
    # A cubic f has rank 4 in the plane: with more lines f(G) is singular, and a plain solve returned −18.
    for n in (5, 9, 40):
        B = equispaced_lines(n)
        value = risk(optimal_decoder(B, "x**3"), B, "x**3")
        assert abs(value - (1.0 - 1.0 / (1.0 + 0.75 * 2.0 / 3.0))) < 1e-12


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.sampled_from(ODD), st.floats(1e-17, 1e-1))
def test_equal_opposite_and_nearly_equal_rows_keep_the_risk_in_bounds(seed: int, text: str, distance: float) -> None:
    rng = np.random.default_rng(seed)
    B = rng.standard_normal((2, 3))
    near = B + distance * rng.standard_normal(B.shape)
    base = risk(optimal_decoder(B, text), B, text)
    doubled = np.concatenate([B, B[:1], -B[1:]])
    assert abs(risk(optimal_decoder(doubled, text), doubled, text) - base) < 1e-9
    more = np.concatenate([B, near])
    # Where the difference of two rows is cut off as rounding, the rows act as their mean, which moves by the distance.
    slack = 1e-9 + (distance if distance < 1e-5 else 0.0)
    A = optimal_decoder(more, text)
    slack += rounding(A, text)
    assert -slack <= risk(A, more, text) <= base + slack


def test_bad_input_is_named() -> None:
    A, B = np.eye(2), np.eye(2)
    with pytest.raises(ValueError, match="row 2 of B"):
        risk(A, np.array([[1.0, 0.0], [0.0, 0.0]]), "sign")
    with pytest.raises(ValueError, match="row 1 of B"):
        risk(A, B, "sign", np.array([[0.0, 0.0], [0.0, 1.0]]))
    with pytest.raises(ValueError, match=r"A has shape \(3, 2\)"):
        risk(np.ones((3, 2)), B, "sign")
    with pytest.raises(ValueError, match="must be a matrix"):
        risk(A, np.ones(2), "sign")
    with pytest.raises(ValueError, match="not finite"):
        risk(A, np.array([[1.0, np.nan], [0.0, 1.0]]), "sign")
    with pytest.raises(ValueError, match="covariance has dimension 3"):
        risk(A, B, "sign", [1.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="n_samples = 1"):
        monte_carlo_risk(A, B, "sign", 1, seed=0)
    with pytest.raises(ValueError, match="not symmetric"):
        risk(A, B, "sign", [[1.0, 0.5], [0.4, 1.0]])
    with pytest.raises(ValueError, match="not positive semidefinite"):
        risk(A, B, "sign", [[1.0, 2.0], [2.0, 1.0]])
    with pytest.raises(ValueError, match="variance 2 is 0"):
        risk(A, B, "sign", [1.0, 0.0])
