"""The sharper bounds in floating point: they hold, and are attained where they should be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.numerics.autoencoder.bounds import frame_bound, frame_moment, sphere_moments


def _rows(generator: np.random.Generator, n: int, d: int, spread: float) -> np.ndarray:
    rows = generator.standard_normal((n, d)) + spread * np.ones(d)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


@given(st.integers(1, 5), st.integers(0, 5), st.sampled_from([0.0, 1.0, 30.0]), st.integers(0, 2**32 - 1))
def test_the_cubic_degree_with_more_units_than_coordinates(d: int, more: int, spread: float, seed: int) -> None:
    generator = np.random.default_rng(seed)
    n = max(d + more, 2)
    B = _rows(generator, n, d, spread)
    A = generator.standard_normal((d, n)) + B.T * generator.uniform(0, 5)
    gain = (1.0 + (n / d - 1.0) ** 2 / (n - 1)) / n
    assert np.sum((A.T @ A) * (B @ B.T) ** 3) >= gain * np.trace(B @ A) ** 2 - 1e-10 * (1 + np.sum(A**2))
    if d >= 2 and n <= d * (d + 1) // 2:
        assert gain == pytest.approx(frame_moment(n, d), rel=1e-12)


@given(st.integers(1, 9), st.integers(1, 5), st.integers(0, 4), st.sampled_from([0.0, 3.0]), st.integers(0, 2**32 - 1))
def test_every_degree_is_bounded_by_the_sphere(n: int, d: int, h: int, spread: float, seed: int) -> None:
    generator = np.random.default_rng(seed)
    B = _rows(generator, n, d, spread)
    A = generator.standard_normal((d, n)) + B.T * generator.uniform(0, 5)
    moment = sphere_moments(d, h + 1)[h]
    form = np.sum((A.T @ A) * (B @ B.T) ** (2 * h + 1))
    assert form >= moment * np.trace(B @ A) ** 2 - 1e-10 * (1 + np.sum(A**2))


def _icosahedron() -> np.ndarray:
    phi = (1.0 + math.sqrt(5.0)) / 2.0
    rows = np.array([[0, 1, phi], [0, -1, phi], [1, phi, 0], [-1, phi, 0], [phi, 0, 1], [phi, 0, -1]])
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def _simplex(d: int) -> np.ndarray:
    centred = np.eye(d + 1) - 1.0 / (d + 1)
    rows = np.linalg.svd(centred)[2][:d]
    return np.asarray((rows / np.linalg.norm(rows, axis=0)).T)


@pytest.mark.parametrize("B", [_icosahedron(), _simplex(2), _simplex(5)], ids=["icosahedron", "triangle", "simplex"])
def test_equiangular_tight_frames_attain_the_cubic_bound(B: np.ndarray) -> None:
    n, d = B.shape
    weight = 0.7
    G = B @ B.T
    F = G + weight * G**3
    risk = 1.0 - np.trace(G @ np.linalg.inv(F)) / d
    assert risk == pytest.approx(frame_bound(n / d, weight, weight, n), abs=1e-13)


@pytest.mark.parametrize("d", [2, 3, 7])
def test_the_risk_of_the_simplex_with_the_sign(d: int) -> None:
    G = np.clip(_simplex(d) @ _simplex(d).T, -1.0, 1.0)
    np.fill_diagonal(G, 1.0)
    risk = 1.0 - np.trace(G @ np.linalg.inv(np.arcsin(G))) / d
    assert risk == pytest.approx(1.0 - (d + 1) / d / (math.pi / 2.0 + math.asin(1.0 / d)), abs=1e-13)
