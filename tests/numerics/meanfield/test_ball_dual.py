"""The dual in ball arithmetic against quadrature, against itself at more bits, and its refusals."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield.ball_dual import BallDual
from lemmata.numerics.meanfield.quadrature import CircleQuadrature

from .cases import problems

Array = NDArray[np.float64]


def test_value_and_gradient_against_quadrature() -> None:
    """Φ and the predictor of the Gibbs law, at a break without weight too, by quadrature alone."""
    x, r, y = [-2.0, -1.0, 0.25, 1.5], [0.125, -0.25, 0.0, 0.0625], [1.0, -0.5, 0.0, 0.75]
    omega, b = [0.25, 0.5, 0.0, 0.25], 40.0
    point = BallDual(x, omega, y, 1.0, 128).at(arb(b), [arb(v) for v in r])
    assert point is not None
    exact = CircleQuadrature(x, r, 1.0, b, digits=20)
    assert float(point.zs) == pytest.approx(float(exact.zs), rel=1e-14)
    quadratic = sum(0.5 * q * q / w + q * t for q, w, t in zip(r, omega, y, strict=True) if w)
    assert float(point.value) == pytest.approx(float(mpmath.log(exact.zs)) / b + quadratic, rel=1e-14)
    for k in range(4):
        shift = r[k] / omega[k] if omega[k] else 0.0
        assert float(point.gradient[k]) == pytest.approx(shift + y[k] - float(exact.predict(x[k])), rel=1e-12)


@settings(max_examples=40)
@given(problems(), st.floats(-2.0, 6.0), st.integers(0, 2**32 - 1))
def test_more_bits_give_balls_inside_which_overlap(
    problem: tuple[Array, Array, float], power: float, seed: int
) -> None:
    """Enclosures at 128 and 512 bits of all first and second derivatives meet, up to |g| within 1e-12 of 1."""
    x, y, lam = problem
    x = np.unique(x)
    rng = np.random.default_rng(seed)
    r = rng.standard_normal(len(x)) / np.hypot(1.0, x)
    omega, b = np.full(len(x), 1.0 / len(x)), arb(10.0**power)
    coarse, fine = (BallDual(x.tolist(), omega.tolist(), y[: len(x)].tolist(), lam, bits) for bits in (128, 512))
    ends, vectors = fine.values([arb(float(v)) for v in r])
    most = max([float(abs(g).upper()) for g in ends] + [float((v * v + w * w).sqrt().upper()) for v, w in vectors])
    at = [arb(float(v)) for v in r * ((1.0 - 10.0 ** -rng.uniform(1, 12)) / most)]
    found, exact = coarse.at(b, at, second=True), fine.at(b, at, second=True)
    assert found is not None
    assert exact is not None
    with ctx.workprec(512):
        pairs = [(found.value, exact.value), (found.gap, exact.gap), *zip(found.gradient, exact.gradient, strict=True)]
        for one, two in zip(found.arcs, exact.arcs, strict=True):
            pairs += zip(one, two, strict=True)
        assert all(one.overlaps(two) for one, two in pairs)
    assert all(float(g.rad()) < 1e-20 * (1.0 + abs(float(g))) for g in exact.gradient)


@pytest.mark.parametrize("r", [[0.9, 0.0, 0.9], [1.0, 0.0, 0.0], [-0.4, -0.4, -0.4]])
def test_no_point_where_the_correlation_reaches_one(r: list[float]) -> None:
    dual = BallDual([-1.0, 0.0, 1.0], [0.25, 0.5, 0.25], [0.0, 0.0, 0.0], 1.0, 128)
    assert dual.at(arb(1), [arb(v) for v in r]) is None


def test_second_derivatives_are_differences_of_first() -> None:
    x, y, omega = [-1.0, 0.5, 2.0], [1.0, -1.0, 0.5], [0.5, 0.25, 0.25]
    dual, r = BallDual(x, omega, y, 1.0, 256), [arb(0.1), arb(-0.2), arb(0.15)]
    with ctx.workprec(256):
        h = arb(2) ** -70
        low, high = (dual.at(arb(3), [r[0], r[1] + s * h, r[2]]) for s in (-1, 1))
        middle = dual.at(arb(3), r, second=True)
        assert low is not None
        assert high is not None
        assert middle is not None
        move = dual.values([arb(0), arb(1), arb(0)])[0]
        for k, arc in enumerate(middle.arcs):
            for row, (left, right) in enumerate(((arc[3], arc[4]), (arc[4], arc[5]))):
                slope = (high.arcs[k][1 + row] - low.arcs[k][1 + row]) / (2 * h)
                assert float(slope) == pytest.approx(float(left * move[k] + right * move[k + 1]), rel=1e-12, abs=1e-30)
