"""Sums of two doubles, sums over ranges of the data, the loss they give, and the lasso, against exact fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield import double_double as dd
from lemmata.numerics.meanfield.circle import build_circle
from lemmata.numerics.meanfield.lasso import nonnegative_lasso
from lemmata.numerics.meanfield.scan import scan
from lemmata.numerics.meanfield.segments import BITS, Segments
from lemmata.numerics.meanfield.slide import slide
from lemmata.numerics.meanfield.sparse_model import LongUnit, SparseModel, from_units
from lemmata.numerics.meanfield.units import Units

from .cases import features

Array = NDArray[np.float64]

moderate = st.floats(-1e60, 1e60, allow_subnormal=False).filter(lambda v: v == 0 or abs(v) > 1e-60)


def _exact(pair: dd.Pair, k: int = 0) -> Fraction:
    return Fraction(float(pair[0][k])) + Fraction(float(pair[1][k]))


def _pair(value: float, rest: float) -> dd.Pair:
    return dd.two_sum(np.array([value]), np.array([value * rest * 2.0**-53]))


@given(moderate, st.floats(-1, 1), moderate, st.floats(-1, 1))
def test_arithmetic_on_sums_of_two_doubles(a: float, c: float, b: float, d: float) -> None:
    p, q = _pair(a, c), _pair(b, d)
    x, y = _exact(p), _exact(q)
    unit = Fraction(2) ** -100
    assert abs(_exact(dd.add(p, q)) - (x + y)) <= unit * abs(x + y) + Fraction(2) ** -204 * (abs(x) + abs(y))
    assert abs(_exact(dd.multiply(p, q)) - x * y) <= unit * abs(x * y) + Fraction(1e-300)
    if y:
        assert abs(_exact(dd.divide(p, q)) - x / y) <= unit * abs(x / y) + Fraction(1e-300)
    if x > 0:
        root = _exact(dd.square_root(p))
        assert abs(root * root - x) <= unit * x
    assert _exact(dd.two_product(np.array([a]), np.array([b]))) == Fraction(a) * Fraction(b) or abs(a * b) < 1e-270


@given(st.lists(st.tuples(moderate, st.floats(-1, 1)), min_size=1, max_size=70))
def test_sums_of_sums_of_two_doubles(terms: list[tuple[float, float]]) -> None:
    pairs = [_pair(*term) for term in terms]
    a = np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])
    exact, size = Fraction(0), Fraction(0)
    running = dd.running_sum(a)
    for k, pair in enumerate(pairs):
        exact, size = exact + _exact(pair), size + abs(_exact(pair))
        assert abs(_exact(running, k) - exact) <= Fraction(2) ** -94 * size
    high, low = dd.total(a)
    assert abs(Fraction(float(high)) + Fraction(float(low)) - exact) <= Fraction(2) ** -94 * size


def test_running_sums_go_on_across_parts() -> None:
    values = np.random.default_rng(5).standard_normal(40000)
    high, low = dd.running_sum((values, np.zeros(40000)))
    for k in (16383, 16384, 32768, 39999):
        assert abs(Fraction(float(high[k])) + Fraction(float(low[k])) - sum(map(Fraction, values[: k + 1]))) < 1e-28


def _problem(seed: int, size: int, offset: float, spread: float) -> tuple[Array, Array, Array]:
    rng = np.random.default_rng(seed)
    x = np.unique(offset + spread * rng.standard_normal(size))
    omega = rng.random(len(x)) + 1e-3
    return x, omega / np.sum(omega), rng.standard_normal(len(x))


@settings(max_examples=25)
@given(st.integers(0, 1000), st.integers(1, 260), st.sampled_from([0.0, 1.0, 1e5]), st.sampled_from([1e-6, 1.0, 1e6]))
def test_range_sums(seed: int, size: int, offset: float, spread: float) -> None:
    """The six sums over a range have the relative precision of its own terms, whatever lies outside it."""
    x, omega, y = _problem(seed, size, offset, spread)
    lam = 0.3
    before, ctx.prec = ctx.prec, BITS
    try:
        data = Segments(build_circle(x), omega, y, lam)
        rng = np.random.default_rng(seed + 1)
        first, last = sorted(rng.integers(0, len(x) + 1, 2).tolist())
        sums = data.between(first, last)
        rows = range(first, last)
        w = [Fraction(float(v)) for v in omega]
        d = [Fraction(float(v)) - Fraction(data.reference) for v in x]
        eta = [Fraction(float(v)) / Fraction(lam) for v in y]
        factors = [(1, 1), (d, 1), (d, d), (eta, 1), (d, eta), (eta, eta)]
        for found, (u, v) in zip(sums, factors, strict=True):
            parts = [w[i] * (u if u == 1 else u[i]) * (v if v == 1 else v[i]) for i in rows]
            exact, size_of = sum(parts, Fraction(0)), sum((abs(p) for p in parts), Fraction(0))
            error = abs(found - arb(fmpq(exact.numerator, exact.denominator)))
            assert error <= arb(fmpq(size_of.numerator, size_of.denominator)) * arb(2) ** -90
    finally:
        ctx.prec = before


@settings(max_examples=25)
@given(st.integers(0, 1000), st.integers(2, 120), st.sampled_from([0.0, 3.0, -40.0]))
def test_loss_and_gradient_by_segments(seed: int, size: int, offset: float) -> None:
    """Value, g and g′ of units anywhere agree with sums over all data, and the scan's g with both."""
    x, omega, y = _problem(seed, size, offset, 2.0)
    rng = np.random.default_rng(seed + 1)
    circle = build_circle(x)
    knots = rng.uniform(x[0] - 0.5, x[-1] + 0.5, 4)
    phi = np.where(rng.random(4) < 0.5, -np.arctan(knots), np.pi - np.arctan(knots))
    c = rng.standard_normal(4)
    place = []
    for angle in phi:
        arc = int(np.searchsorted(circle.phi, angle)) - 1
        place.append(2 * len(x) if arc in (len(x) - 1, len(x)) else 2 * arc + 1)
    if min(place) < 0 or max(place) >= 4 * len(x):
        return  # a unit that no datum sees
    before, ctx.prec = ctx.prec, BITS
    try:
        model = SparseModel(Segments(circle, omega, y, 0.5), from_units(circle, Units(phi, c, np.array(place))))
        values = features(x, phi)
        r = omega * (values @ c - y / 0.5)
        size_of = float(np.abs(r) @ np.hypot(1, x)) + 1
        assert float(model.value) == pytest.approx(0.5 * np.sum(r * r / omega) + np.sum(np.abs(c)), rel=1e-12)
        g = values.T @ r
        assert [float(v) for v in model.level] == pytest.approx(g + np.sign(c), abs=1e-13 * size_of)
        active = values > 0
        slope = (active * (np.cos(phi) - np.outer(x, np.sin(phi)))).T @ r
        assert [float(v) for v in model.torque] == pytest.approx(slope, abs=1e-12 * size_of)
        found = scan(model)
        assert found.r == pytest.approx(r, abs=1e-13 * size_of)
        angles = np.concatenate([np.linspace(-np.pi / 2, 1.5 * np.pi, 20001), -np.arctan(x), np.pi - np.arctan(x)])
        grid = float(np.max(np.abs(features(x, angles).T @ r)))
        if grid > 1 + 1e-6:
            assert grid - 1 <= found.largest + 1e-12 * size_of
            assert found.largest <= grid - 1 + 1e-6 * size_of  # the grid's spacing squared, times |g″|
    finally:
        ctx.prec = before


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 9), st.booleans())
def test_lasso_with_dependent_columns(seed: int, rows: int, count: int, repeated: bool) -> None:
    """Non-negative, optimal, and with independent columns in use."""
    rng = np.random.default_rng(seed)
    columns = rng.standard_normal((rows, count))
    if repeated and count > 2:
        columns[:, -1] = columns[:, 0] + columns[:, 1]
    target, start = 3.0 * rng.standard_normal(rows), np.maximum(rng.standard_normal(count), 0.0)
    z = nonnegative_lasso(columns, columns.T @ (columns @ start - target) + 1.0, start)
    gradient = columns.T @ (columns @ z - target) + 1.0
    size = 1e-9 * (1 + np.max(np.abs(columns)) * np.max(np.abs(target)))
    assert np.min(z) >= 0
    assert np.min(gradient) >= -size
    assert np.max(np.abs(gradient[z > 0]), initial=0.0) <= size
    assert np.linalg.matrix_rank(columns[:, z > 0]) == np.sum(z > 0)


def test_a_unit_slides_over_many_data_at_once() -> None:
    """From a knot at −1.9 to the best one, with more than a thousand data between."""
    x = np.linspace(-2.0, 2.0, 4001)
    y = np.maximum(x - 0.30005, 0.0)
    circle = build_circle(x)
    angle = -np.arctan(-1.90005)
    arc = int(np.searchsorted(circle.phi, angle)) - 1
    start = Units(np.array([angle]), np.array([50.0]), np.array([2 * arc + 1]))
    before, ctx.prec = ctx.prec, BITS
    try:
        data = Segments(circle, np.full(4001, 1 / 4001), y, 1e-3)
        model = slide(data, from_units(circle, start), 12, 1e-25)
        unit: LongUnit = model.units[0]
        knot = -unit.q / unit.p
        assert len(model.units) == 1
        assert model.residual <= 1e-25
        assert abs(float(knot) - 0.3) < 0.02
    finally:
        ctx.prec = before
