"""The explicit inequalities that the derivations prove, against matrices, trained flows and floating point."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
import scipy.integrate
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.autoencoder import (
    SparseSource,
    activation,
    lower_bound,
    mean_modulus,
    optimal_decoder,
    risk,
)
from lemmata.numerics.autoencoder.bounds import sphere_moments
from lemmata.numerics.autoencoder.minimizer import haar_matrix, normalised_rows, tight_frame

from .cases import ODD, equispaced_lines, icosahedron, simplex

Array = NDArray[np.float64]


def _tied_risk(B: Array, text: str) -> float:
    """The risk of the best multiple of B^T, `ae.tied-best`, evaluated as the risk of that decoder."""
    sigma, G = activation(text), np.clip(B @ B.T, -1.0, 1.0)
    np.fill_diagonal(G, 1.0)
    energy = float(np.mean(G * sigma.f(G)))
    return float(risk(B.T / (len(B) * energy * sigma.c1), B, text))


def _coherence(B: Array) -> float:
    G = np.abs(B @ B.T)
    np.fill_diagonal(G, 0.0)
    return float(np.max(G))


def _mutually_unbiased(d: int) -> Array:
    """Two orthonormal bases of R^d whose inner products are 1/√d, d a power of 2."""
    hadamard = np.array([[1.0]])
    while len(hadamard) < d:
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    return np.concatenate([np.eye(d), hadamard / math.sqrt(d)])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32), st.integers(1, 8), st.integers(0, 8), st.sampled_from(ODD))
def test_tight_frames_are_within_their_coherence_of_the_bound(seed: int, d: int, more: int, text: str) -> None:
    """`ae.inf-attain`, for frames that are tight to rounding."""
    n = d + more
    B = tight_frame(normalised_rows(haar_matrix(n, np.random.default_rng(seed))[:, :d]), 400)
    assume(float(np.max(np.abs(B.T @ B - n / d * np.eye(d)))) < 1e-12)
    alpha, r, value = activation(text).alpha, n / d, _tied_risk(B, text)
    assert lower_bound(text, n=n, d=d) - 1e-12 <= value
    assert value <= 1.0 - r / (r + alpha + (r - 1.0) * alpha * _coherence(B) ** 2) + 1e-11


@pytest.mark.parametrize("text", ["sign", "tanh", "x**3"])
@pytest.mark.parametrize("d", [2, 16, 256])
def test_unbiased_bases_approach_the_bound_at_rate_2(d: int, text: str) -> None:
    """`ae.inf-attain` along mutually unbiased bases: the gap is at most of order 1/d."""
    alpha = activation(text).alpha
    gap = _tied_risk(_mutually_unbiased(d), text) - lower_bound(text, n=2 * d, d=d)
    assert -1e-12 <= gap <= 2.0 * alpha / (2.0 + alpha) ** 2 / d


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(1, 5), st.integers(0, 5))
def test_every_degree_bounds_the_least_eigenvalue(seed: int, n: int, d: int, q: int) -> None:
    """`ae.psd-bound` with the arcsine's coefficients."""
    B = normalised_rows(np.random.default_rng(seed).standard_normal((n, d)))
    G = np.clip(B @ B.T, -1.0, 1.0)
    np.fill_diagonal(G, 1.0)
    p = q + 1
    weight = math.comb(2 * p, p) / 4**p / (2 * p + 1)
    least = float(np.linalg.eigvalsh(np.arcsin(G))[0])
    assert least >= weight * (1.0 - (n - 1) * _coherence(B) ** (2 * q + 3)) - 1e-12


@pytest.mark.parametrize(("B", "strength"), [(equispaced_lines(n), n - 2) for n in (2, 3, 5, 9)] + [(icosahedron(), 1)])
@pytest.mark.parametrize("text", ["sign", "x + (x**3 - 3*x)/3"])
def test_designs_are_close_to_what_the_dimension_allows(B: Array, strength: int, text: str) -> None:
    """`ae.inf-width`: n equispaced lines have the circle's moments up to the order 2n - 2, the icosahedron up to 4."""
    d = B.shape[1]
    moments = sphere_moments(d, strength + 1)
    for h in range(strength + 1):
        assert math.isclose(float(np.mean((B @ B.T) ** (2 * h + 2))), moments[h], rel_tol=1e-12)
    sigma = activation(text)
    if text == "sign":
        known = sum(math.comb(2 * p, p) / 4**p / (2 * p + 1) for p in range(strength + 1))
    else:
        known = 1.0 + (sigma.alpha if strength else 0.0)  # t + alpha t^3
    tail = sigma.f_of_one - known
    if d == 2:
        mean = scipy.integrate.quad(lambda x: math.cos(x) * float(sigma.f(math.cos(x))), 0.0, math.pi)[0] / math.pi
    else:  # a coordinate of a uniform point of the sphere is uniform
        mean = scipy.integrate.quad(lambda t: t * float(sigma.f(t)), 0.0, 1.0)[0]
    floor, value = 1.0 - 1.0 / (d * mean), _tied_risk(B, text)
    assert floor - 1e-9 <= value <= 1.0 - 1.0 / (d * (mean + tail)) + 1e-9
    if tail < 1e-15:
        assert math.isclose(value, floor, abs_tol=1e-9)  # `ae.design`


@pytest.mark.parametrize("n", [1, 2, 3, 10, 1000])
def test_lines_reach_the_limit_of_the_plane(n: int) -> None:
    """`ae.d2-lines` and `ae.d2-limit`."""
    value = 1.0 - n**2 * math.sin(math.pi / (2 * n)) ** 2 / math.pi
    assert -1e-14 <= value - (1.0 - math.pi / 4.0) <= math.pi**3 / (48.0 * n**2) + 1e-14
    if n <= 10:
        B = equispaced_lines(n)
        assert math.isclose(risk(optimal_decoder(B, "sign"), B, "sign"), value, rel_tol=1e-12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(1e-3, 1.0), min_size=1, max_size=9), st.floats(-4.0, 4.0), st.randoms())
def test_the_angles_between_lines_tell_the_risk(shares: list[float], first: float, rng: random.Random) -> None:
    """`ae.plane-risk` and `ae.d2-opt`, for lines in any order and directions along them."""
    gaps = np.pi * np.array(shares) / sum(shares)
    angles = (
        first + np.concatenate([[0.0], np.cumsum(gaps[:-1])]) + np.pi * np.array([rng.random() < 0.5 for _ in gaps])
    )
    angles = np.array(rng.sample(list(angles), len(angles)))
    B, n = np.stack([np.cos(angles), np.sin(angles)], axis=1), len(angles)
    value = risk(optimal_decoder(B, "sign"), B, "sign")
    assert math.isclose(value, 1.0 - 0.5 * float(np.sum((1.0 - np.cos(gaps)) / gaps)), rel_tol=1e-9)
    assert value >= 1.0 - n**2 * math.sin(math.pi / (2 * n)) ** 2 / math.pi - 1e-9


@settings(deadline=None, max_examples=80)
@given(st.lists(st.floats(-1.0, 1.0), min_size=1, max_size=7), st.floats(0.0, 1.0), st.floats(0.01, 1 / 3))
def test_no_row_of_very_sparse_signs_beats_a_normal(row: list[float], dither: float, p: float) -> None:
    """`ae.sp-gaussian-cap` with `ae.sp-characteristic`; one step beyond p = 1/3 a row does."""
    norm = math.sqrt(sum(a * a for a in row) + dither * dither)
    assume(norm > 1e-3)
    found = mean_modulus([a / norm for a in row], SparseSource(p), dither / norm)
    assert found <= math.sqrt(2.0 / math.pi) + 1e-12
    assert mean_modulus([0.3], SparseSource(0.36), math.sqrt(0.91)) > math.sqrt(2.0 / math.pi) + 1e-6


@pytest.mark.parametrize("d", [1, 2, 3, 10, 100])
def test_the_gap_of_the_simplex(d: int) -> None:
    """`ae.simplex-rate`."""
    x = 1.0 / d
    gap = (1.0 + x) * (math.asin(x) - x) / ((math.pi / 2 + x) * (math.pi / 2 + math.asin(x)))
    scaled = d**3 * gap * 3.0 * math.pi**2 / 2.0
    assert 1.0 - 2.0 / (5.0 * d) - 1e-8 <= scaled <= 1.0 + (3.0 * math.pi - 7.0) / d**2 + 1e-8
    if d <= 10:
        B = simplex(d)
        found = risk(optimal_decoder(B, "sign"), B, "sign") - lower_bound("sign", n=d + 1, d=d)
        assert math.isclose(found, gap, abs_tol=1e-14)


def _along_the_flow(B: Array, kappa: float, time: float, steps: int) -> list[float]:
    """L = -log det G along the tied flow of the sign, by classical Runge-Kutta steps."""

    def velocity(B: Array) -> Array:
        G = np.clip(B @ B.T, -1.0, 1.0)
        np.fill_diagonal(G, 0.0)
        slope = np.arcsin(G) + G / np.sqrt(1.0 - G**2)  # h'(t), h(t) = t arcsin t
        force = -slope @ B
        return kappa * (force - np.sum(force * B, axis=1, keepdims=True) * B)

    found, h = [], time / steps
    for _ in range(steps + 1):
        found.append(-float(np.linalg.slogdet(B @ B.T)[1]))
        k1 = velocity(B)
        k2 = velocity(B + h / 2 * k1)
        k3 = velocity(B + h / 2 * k2)
        k4 = velocity(B + h * k3)
        B = normalised_rows(B + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4))
    return found


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.integers(2, 5), st.integers(0, 3), st.floats(0.1, 2.0))
def test_the_tied_flow_falls_at_least_as_fast_as_told(seed: int, n: int, more: int, kappa: float) -> None:
    """`ae.tied-exp`, within the error of the steps."""
    B = normalised_rows(np.random.default_rng(seed).standard_normal((n, n + more)))
    assume(_coherence(B) < 0.9)
    time, steps = 1.0 / kappa, 400
    L = np.array(_along_the_flow(B, kappa, time, steps))
    t = np.linspace(0.0, time, steps + 1)
    assert np.all(np.diff(L) <= 1e-12)
    assert np.all(L[0] * np.exp(-8.0 * kappa * math.exp(-1.0 - L[0]) * t) * (1.0 + 1e-6) + 1e-12 >= L)
