"""Condensed inputs: what the nodes keep, and what the Newton direction loses by them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield.cells import choose_cells
from lemmata.numerics.meanfield.circle import Circle, build_circle, correlation, values_at_breaks, values_at_data
from lemmata.numerics.meanfield.newton import newton_direction
from lemmata.numerics.meanfield.partition import circle_derivatives

Array = NDArray[np.float64]


def _inputs(rng: np.random.Generator, size: int) -> Array:
    """Distinct inputs, some of them in clusters down to the spacing of doubles."""
    x = rng.standard_normal(size)
    tied = rng.random(size) < 0.5
    x[tied] = np.round(x[tied], 1) + 10.0 ** -rng.uniform(3, 16) * rng.standard_normal(int(np.sum(tied)))
    return np.unique(x)


def _one_sided(circle: Circle, r: Array) -> tuple[Array, Array]:
    """P and Q at the data."""
    values, size = values_at_breaks(circle, r), circle.size
    return values[:size][::-1] * circle.norm, values[size + 1 :][::-1] * circle.norm


@given(st.integers(0, 2**32 - 1), st.integers(2, 200), st.floats(-4.0, 14.0))
def test_nodes_keep_one_sided_sums(seed: int, size: int, power: float) -> None:
    """P and Q at the nodes follow from ρ = Nᵀr, and Nᵀ is the transpose of N."""
    rng = np.random.default_rng(seed)
    circle = build_circle(_inputs(rng, size))
    omega = rng.dirichlet(np.ones(circle.size))
    cells = choose_cells(circle, omega, 10.0**power * rng.random(circle.size - 1))
    r = rng.standard_normal(circle.size)
    coarse = build_circle(circle.x[cells.nodes])
    for whole, few in zip(_one_sided(circle, r), _one_sided(coarse, cells.gather(r)), strict=True):
        assert few == pytest.approx(whole[cells.nodes], abs=1e-11 * size)
    values = rng.standard_normal(len(cells.nodes))
    assert cells.gather(r) @ values == pytest.approx(r @ cells.spread(values), abs=1e-10 * size)
    diagonal, off = cells.mass(omega)
    weighed = diagonal * values
    weighed[:-1] += off * values[1:]
    weighed[1:] += off * values[:-1]
    assert weighed == pytest.approx(cells.gather(omega * cells.spread(values)), abs=1e-12)


def _hessian(circle: Circle, omega: Array, b: float, r: Array) -> tuple[Array, float]:
    """1/ω + VᵀTV/(B Zs) − aaᵀ/B, formed densely."""
    arcs = circle_derivatives(circle, correlation(circle, r))
    zs = circle.dead + float(np.sum(arcs.integral))
    v = np.maximum(np.outer(circle.unit[:, 0], circle.x) + circle.unit[:, 1:], 0.0)
    v[0, -1] = v[-1, 0] = 0.0
    t = np.zeros((len(v), len(v)))
    k = np.arange(len(v) - 1)
    np.add.at(t, (k, k), arcs.hessian[:, 0])
    np.add.at(t, (k, k + 1), arcs.hessian[:, 1])
    np.add.at(t, (k + 1, k), arcs.hessian[:, 1])
    np.add.at(t, (k + 1, k + 1), arcs.hessian[:, 2])
    a = values_at_data(circle, arcs.weights) / zs
    return np.diag(1.0 / omega) + v.T @ t @ v / (b * zs) - np.outer(a, a) / b, zs


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(2, 150), st.floats(-3.0, 6.0), st.floats(0.0, 4.0))
def test_direction_against_a_dense_solve(seed: int, size: int, power: float, near: float) -> None:
    """In the norm of 1/ω the direction is off by 1e-4 of its size at most, with |g| up to 1 − 1e-4."""
    rng = np.random.default_rng(seed)
    circle = build_circle(_inputs(rng, size))
    omega, b = rng.dirichlet(np.ones(circle.size)) + 1e-9, 10.0**power
    r = omega * rng.standard_normal(circle.size)
    field = correlation(circle, r)
    largest = max(float(np.max(np.abs(field.ends))), float(np.max(np.hypot(*field.vector.T))))
    r *= (1.0 - 0.5 * 10.0**-near) / largest
    hessian, zs = _hessian(circle, omega, b, r)
    gradient = rng.standard_normal(circle.size)
    arcs = circle_derivatives(circle, correlation(circle, r))
    found = newton_direction(circle, omega, b, zs, arcs, gradient)
    root = np.sqrt(omega)
    exact = -root * np.linalg.solve(root[:, None] * hessian * root, root * gradient)
    error = float(np.linalg.norm((found - exact) / root))
    assert error <= 1e-4 * float(np.linalg.norm(exact / root))


def test_few_nodes_whatever_the_number_of_inputs() -> None:
    counts = []
    for size in (10_000, 100_000):
        circle = build_circle(np.linspace(-2.0, 2.0, size))
        r = np.sin(3 * circle.x) / size
        arcs = circle_derivatives(circle, correlation(circle, r))
        low, mixed, high = np.abs(arcs.hessian[: size - 1]).T
        counts.append(len(choose_cells(circle, np.full(size, 1.0 / size), low + 2 * mixed + high).nodes))
    assert max(counts) < 1000
    assert counts[1] < 1.1 * counts[0]
