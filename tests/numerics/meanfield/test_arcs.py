"""The arc formula and its derivatives against quadrature and differentiation to many digits."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.numerics.meanfield.arcs import arc_function, arc_integral
from lemmata.numerics.meanfield.partition import arc_derivatives


def _theta(e: Any, d: Any) -> Any:
    """Θ at 50 digits from its definition, by analytic continuation where u = E − D² is negative."""
    root = mpmath.sqrt(mpmath.mpc(e - d * d))
    if abs(root) < mpmath.mpf(10) ** -20:
        return 1 / d
    value = mpmath.atan(root / d) / root if d > 0 else (mpmath.pi + mpmath.atan(root / d)) / root
    return mpmath.re(value)


_RATIOS = ["1e-9", "0.3", "0.96", "1", "1.0000001", "1.04", "1.06", "40", "1e8"]
_CASES = [(d, ratio) for d in ("1.3", "0.4", "1e-3", "1e-7") for ratio in _RATIOS]
_CASES += [(d, ratio) for d in ("-0.2", "-0.9") for ratio in ("1.06", "40", "1e8")]  # D < 0 needs u > 0


@pytest.mark.parametrize(("d", "ratio"), _CASES)
def test_theta_and_derivatives(d: str, ratio: str) -> None:
    """At E = ratio · D², on both sides of where the series takes over and next to a contact, E → 0."""
    with mpmath.workdps(50):
        dd = mpmath.mpf(d)
        e = mpmath.mpf(ratio) * dd * dd
        d_float, e_float = float(dd), float(e)
        dd, e = mpmath.mpf(d_float), mpmath.mpf(e_float)
        u = np.array([float(e - dd * dd)])
        h = [mpmath.mpf(10) ** -12 * v for v in (e, abs(dd))]
        expected = {
            "value": _theta(e, dd),
            "in_e": mpmath.diff(lambda s: _theta(s, dd), e, h=h[0]),
            "in_d": mpmath.diff(lambda s: _theta(e, s), dd, h=h[1]),
            "in_ee": mpmath.diff(lambda s: _theta(s, dd), e, 2, h=h[0]),
            "in_dd": mpmath.diff(lambda s: _theta(e, s), dd, 2, h=h[1]),
            "in_ed": mpmath.diff(lambda s: mpmath.diff(lambda t: _theta(s, t), dd, h=h[1]), e, h=h[0]),
        }
    found = arc_function(u, np.array([d_float]), np.array([e_float]))
    for name, exact in expected.items():
        # Second derivatives divide by u three times, next to the radius of the series by 0.05³.
        assert getattr(found, name)[0] == pytest.approx(float(exact), rel=3e-12 if name != "value" else 2e-15), name


@given(st.floats(1e-6, 3.1), st.floats(-0.999, 0.999), st.floats(-math.pi, math.pi), st.sampled_from([0.1, 1.0, 7.0]))
def test_integral_against_quadrature(delta: float, amplitude: float, shift: float, lam: float) -> None:
    def g(phi: Any) -> Any:
        return lam * amplitude * mpmath.cos(phi - shift)

    exact = mpmath.quad(lambda phi: 1 / (lam * lam - g(phi) ** 2), mpmath.linspace(0, delta, 9))
    ends = float(g(0)), float(g(delta))
    # The end values determine the sinusoid up to rounding over sin Δ, and 1/(λ² − |g|²) magnifies what is left.
    tolerance = 1e-14 / ((1 - amplitude**2) * math.sin(delta)) + 1e-12
    assert arc_integral(delta, *ends, lam) == pytest.approx(float(exact), rel=tolerance)


def test_full_angle_form() -> None:
    """The half-angle sum is sin Δ Θ(u, D) with u = λ²(λ² sin²Δ − g₁² − g₂² + 2g₁g₂ cos Δ), D = λ² cos Δ − g₁g₂."""
    delta, g1, g2, lam = 1.1, 0.4, -0.7, 1.3
    u = lam**2 * (lam**2 * math.sin(delta) ** 2 - g1**2 - g2**2 + 2 * g1 * g2 * math.cos(delta))
    d = lam**2 * math.cos(delta) - g1 * g2
    assert u > 0
    assert arc_integral(delta, g1, g2, lam) == pytest.approx(
        math.sin(delta) * math.atan2(math.sqrt(u), d) / math.sqrt(u), rel=1e-14
    )


@given(st.floats(0.01, 1.5), st.floats(1e-9, 1.0), st.floats(1e-9, 1.0), st.sampled_from([(1, 1), (1, -1), (-1, 1)]))
def test_derivatives_in_the_end_values(delta: float, n1: float, n2: float, signs: tuple[int, int]) -> None:
    """Gradient and Hessian next to contacts 1 − |g| = n, against differentiation at 40 digits."""
    with mpmath.workdps(40):
        width = mpmath.mpf(delta)
        sine, cosine = mpmath.sin(width / 2), mpmath.cos(width / 2)

        def integral(g1: Any, g2: Any) -> Any:
            middle = (g1 + g2) / (2 * cosine)
            return sine * sum(_theta((1 - k * g1) * (1 - k * g2), cosine - k * middle) for k in (1, -1))

        ends = [s * (1 - mpmath.mpf(n)) for s, n in zip(signs, (n1, n2), strict=True)]
        amplitude = (ends[0] ** 2 + ends[1] ** 2 - 2 * ends[0] * ends[1] * mpmath.cos(width)) / mpmath.sin(width) ** 2
        slope = [(ends[1] - ends[0] * mpmath.cos(width)), (ends[1] * mpmath.cos(width) - ends[0])]
        if slope[0] * slope[1] <= 0 and amplitude >= 1:
            return  # |g| reaches 1 inside the arc: the integral diverges
        room = 1 - amplitude
        steps = [mpmath.mpf(10) ** -8 * n for n in (n1, n2)]
        gradient = [
            mpmath.diff(lambda a: integral(a, ends[1]), ends[0], h=steps[0]),
            mpmath.diff(lambda b: integral(ends[0], b), ends[1], h=steps[1]),
        ]
        hessian = [
            mpmath.diff(lambda a: integral(a, ends[1]), ends[0], 2, h=steps[0]),
            mpmath.diff(lambda b: integral(ends[0], b), ends[1], 2, h=steps[1]),
        ]
    below = np.array([[float(1 - v) for v in ends]])
    above = np.array([[float(1 + v) for v in ends]])
    found = arc_derivatives(np.array([float(sine)]), np.array([float(cosine)]), below, above, np.array([float(room)]))
    close = 1e-9 if abs(room) > 1e-6 else 1e-4  # 1 − |v|² itself is rounded to 1e-16, relative to room
    assert found.gradient[0] == pytest.approx([float(v) for v in gradient], rel=close, abs=1e-12)
    assert found.hessian[0, [0, 2]] == pytest.approx([float(v) for v in hessian], rel=close, abs=1e-10)
