"""α and the moments against 30-digit quadrature, closed forms and textbook values."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.numerics.activations import NumericalRangeError, activation
from lemmata.numerics.activations.decimals import outward
from lemmata.numerics.activations.expression import parse
from lemmata.numerics.activations.moments import UnresolvedError, gaussian_moments
from lemmata.numerics.activations.quantizer import lloyd_max

Function = Callable[[mpmath.mpf], mpmath.mpf]

# Text, the same function for mpmath on x > 0, and its kinks there.
QUADRATURE: list[tuple[str, Function, list[float]]] = [
    ("tanh", mpmath.tanh, []),
    ("erf", mpmath.erf, []),
    ("sin(2*x)", lambda x: mpmath.sin(2 * x), []),
    ("x/(1+x**2)", lambda x: x / (1 + x * x), []),
    ("atan(3*x)", lambda x: mpmath.atan(3 * x), []),
    ("sinh(x)", mpmath.sinh, []),
    ("x*abs(x)", lambda x: x * x, []),
    ("asinh(x)", mpmath.asinh, []),
    ("x*exp(-abs(x))", lambda x: x * mpmath.exp(-x), []),
    ("sign(x)*abs(x)**(1/3)", mpmath.cbrt, []),
    ("log(abs(x))*sign(x)", mpmath.log, []),
    ("x*log(1+x**2)", lambda x: x * mpmath.log(1 + x * x), []),
    ("x*exp(x**2/8)", lambda x: x * mpmath.exp(x * x / 8), []),
    ("x*abs(abs(x)-1)", lambda x: x * abs(x - 1), [1]),
    ("sign(x-1)+sign(x+1)", lambda x: mpmath.mpf(2 if x > 1 else 0), [1]),
    ("sin(x)**2/x", lambda x: mpmath.sin(x) ** 2 / x, []),
    ("(1-exp(-x))/(1+exp(-x))", lambda x: mpmath.tanh(x / 2), []),
    ("x*exp(-x**4)", lambda x: x * mpmath.exp(-(x**4)), []),
]


def _alpha_by_quadrature(function: Function, kinks: list[float]) -> mpmath.mpf:
    points = sorted({0, 0.5, 1, 2, 3, 5, 8, 12, 18, 30, *kinks})
    first = 2 * mpmath.quad(lambda x: x * function(x) * mpmath.npdf(x), points)
    second = 2 * mpmath.quad(lambda x: function(x) ** 2 * mpmath.npdf(x), points)
    return second / first**2 - 1


@pytest.mark.parametrize(("text", "function", "kinks"), QUADRATURE, ids=[row[0] for row in QUADRATURE])
def test_alpha_against_thirty_digit_quadrature(text: str, function: Function, kinks: list[float]) -> None:
    low, high = activation(text).alpha_enclosure
    assert Decimal(high) - Decimal(low) < Decimal("1e-12")
    with mpmath.workdps(30):
        value = _alpha_by_quadrature(function, kinks)
        # Branch points at 0 cost mpmath's rule some digits, none below 1e-13.
        assert mpmath.mpf(low) - mpmath.mpf("1e-13") <= value <= mpmath.mpf(high) + mpmath.mpf("1e-13")
        assert abs(activation(text).alpha - value) < 1e-12


CLOSED: list[tuple[str, Callable[[], mpmath.mpf]]] = [
    ("sign", lambda: mpmath.pi / 2 - 1),
    ("2*sign(-3*x)", lambda: mpmath.pi / 2 - 1),
    ("quantizer:2", lambda: mpmath.pi / 2 - 1),
    ("identity", lambda: mpmath.mpf(0)),
    ("x**3", lambda: mpmath.mpf(2) / 3),
    ("x + (x**3 - 3*x)/10", lambda: mpmath.mpf(6) / 100),
    ("erf(x/2)", lambda: 3 * mpmath.asin(mpmath.mpf(1) / 3) - 1),
    ("sin(2*x)", lambda: (1 - mpmath.exp(-8)) / 2 / (2 * mpmath.exp(-2)) ** 2 - 1),
    ("sinh(x)", lambda: (mpmath.exp(2) - 1) / 2 / mpmath.e - 1),
    ("x*abs(x)", lambda: 3 * mpmath.pi / 8 - 1),
    ("x*exp(x**2/8)", lambda: mpmath.sqrt(8) / (mpmath.mpf(4) / 3) ** 3 - 1),
]


@pytest.mark.parametrize(("text", "value"), CLOSED, ids=[row[0] for row in CLOSED])
def test_alpha_encloses_the_closed_form(text: str, value: Callable[[], mpmath.mpf]) -> None:
    low, high = activation(text).alpha_enclosure
    with mpmath.workdps(40):
        assert mpmath.mpf(low) - mpmath.mpf("1e-35") <= value() <= mpmath.mpf(high) + mpmath.mpf("1e-35")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.fractions(-9, 9, max_denominator=7), min_size=1, max_size=6))
def test_polynomial_moments_are_those_of_their_hermite_coefficients(odd: list[Fraction]) -> None:
    """E σ² and E xσ of Σ a_k x^{2k+1}, against Gauss–Hermite in exact rational arithmetic (moments by recursion)."""
    text = "+".join(f"({c.numerator}/{c.denominator})*x**{2 * k + 1}" for k, c in enumerate(odd))
    moments = gaussian_moments(parse(text), odd=True)
    even_moment = [Fraction(1)]
    for k in range(1, 13):
        even_moment.append(even_moment[-1] * (2 * k - 1))
    first = sum((c * even_moment[k + 1] for k, c in enumerate(odd)), Fraction(0))
    second = sum((a * b * even_moment[j + k + 1] for j, a in enumerate(odd) for k, b in enumerate(odd)), Fraction(0))
    with ctx.workprec(128):
        assert moments.first.contains(arb(first.numerator) / first.denominator)
        assert moments.second.contains(arb(second.numerator) / second.denominator)


@settings(deadline=None, max_examples=40)
@given(st.integers(-(10**30), 10**30), st.integers(1, 10**30), st.integers(1, 30))
def test_decimal_strings_are_rounded_outward(top: int, bottom: int, digits: int) -> None:
    with ctx.workprec(150):
        low, high = outward(arb(top) / bottom, digits)
    assert Fraction(low) <= Fraction(top, bottom) <= Fraction(high)


def test_a_function_too_rough_is_refused_not_guessed() -> None:
    for text in ("sin(x**9)", "asin(sin(x))"):
        with pytest.raises(UnresolvedError):
            gaussian_moments(parse(text), odd=True)


# J. Max (1960), table I, as far as printed there.
LLOYD_MAX = {2: 0.3634, 4: 0.1175, 6: 0.05798, 8: 0.03454, 16: 0.009497}


@pytest.mark.parametrize(("levels", "distortion"), LLOYD_MAX.items())
def test_lloyd_max_distortions(levels: int, distortion: float) -> None:
    best = lloyd_max(levels)
    assert abs(float(best.distortion.mid()) - distortion) <= 6e-4 * distortion
    with ctx.workprec(200):
        assert best.distortion.rad() < arb(10) ** -30


def test_four_levels_to_eight_digits() -> None:
    best = lloyd_max(4)
    assert abs(float(best.thresholds[0].mid()) - 0.98159882) < 1e-8
    assert [round(float(y.mid()), 8) for y in best.levels] == [0.45278003, 1.51041761]


@pytest.mark.parametrize("levels", [4, 10, 64])
def test_lloyd_max_conditions_hold_in_mpmath(levels: int) -> None:
    """Thresholds half-way between levels, levels at cell means, from mpmath's own normal distribution."""
    best = lloyd_max(levels)
    with mpmath.workdps(40):
        t = [mpmath.mpf(0), *(mpmath.mpf(v.mid().str(45, radius=False)) for v in best.thresholds), mpmath.inf]
        y = [mpmath.mpf(v.mid().str(45, radius=False)) for v in best.levels]
        for k, level in enumerate(y):
            mass = mpmath.ncdf(t[k + 1]) - mpmath.ncdf(t[k])
            assert abs((mpmath.npdf(t[k]) - mpmath.npdf(t[k + 1])) / mass - level) < mpmath.mpf("1e-35")
            if k:
                assert abs((y[k - 1] + level) / 2 - t[k]) < mpmath.mpf("1e-35")


def test_precision_rises_for_a_small_first_coefficient() -> None:
    low, high = activation("sin(12*x)").alpha_enclosure
    with mpmath.workdps(60):
        exact = (1 - mpmath.exp(-288)) / 2 / (12 * mpmath.exp(-72)) ** 2 - 1
        assert mpmath.mpf(low) <= exact <= mpmath.mpf(high)


def test_doubles_that_overflow_are_recomputed_or_refused() -> None:
    # exp(x³) overflows from x = 9 on, the quotient does not.
    steep = activation("x/(1 + exp(-x**3)) - x/2 + abs(x)/2 - abs(x)/(1 + exp(-abs(x)**3)) + x")
    assert steep(np.array([30.0, -30.0])).tolist() == [30.0, -30.0]
    # sinh(20x) needs values up to e^980.
    heavy = activation("sinh(20*x)")
    with pytest.raises(NumericalRangeError):
        heavy.f(0.5)
    with mpmath.workdps(30):
        exact = mpmath.sinh(400) / 400 - 1
        assert abs(heavy.alpha / exact - 1) < 1e-14
