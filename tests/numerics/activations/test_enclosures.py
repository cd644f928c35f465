"""Balls contain the values they stand for: on intervals, on half-lines, on complex discs, near kinks and cuts."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from flint import acb, arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.numerics.activations.balls import NotRealError, analytic, exact, real
from lemmata.numerics.activations.expression import parse
from lemmata.numerics.activations.growth import UnknownGrowthError, growth
from lemmata.numerics.activations.normal_form import is_certainly_odd, is_certainly_zero
from lemmata.numerics.activations.rates import Rates
from lemmata.numerics.activations.signs import on_positive_x, possible_signs

FUNCTIONS = ["exp", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "erf", "abs", "sign"]

_NAMES = st.sampled_from(FUNCTIONS)


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.builds("({}{}{})".format, inner, st.sampled_from("+-*"), inner)
    return (
        binary | st.builds("{}({})".format, _NAMES, inner) | st.builds("({})**{}".format, inner, st.sampled_from("23"))
    )


EXPRESSIONS = st.recursive(st.sampled_from(["x", "x", "2", "0.5", "abs(x)**(1/3)", "1/(1+x**2)"]), _grow, max_leaves=5)
POINTS = st.fractions(-4, 4, max_denominator=50)


@settings(deadline=None, max_examples=200)
@given(EXPRESSIONS, POINTS, st.fractions(0, 1, max_denominator=20), st.fractions(-1, 1, max_denominator=9))
def test_a_wide_ball_contains_the_values_inside(text: str, centre: Fraction, radius: Fraction, place: Fraction) -> None:
    expression = parse(text)
    with ctx.workprec(100):
        wide = real(expression, arb(0, 1) * exact(radius) + exact(centre))
        inside = real(expression, exact(centre + place * radius))
        if wide.is_finite():
            assert wide.overlaps(inside)
            assert inside.rad() < 1e-10 * (1 + abs(inside.mid()))
            assert wide.contains(inside.mid())


@settings(deadline=None, max_examples=200)
@given(EXPRESSIONS, POINTS, st.fractions(Fraction(1, 50), 1, max_denominator=50), st.integers(0, 7))
def test_a_finite_disc_is_one_of_analyticity(text: str, centre: Fraction, radius: Fraction, direction: int) -> None:
    """Where the disc's ball is finite it contains the point values, and the real function agrees with them."""
    expression = parse(text)
    with ctx.workprec(100):
        disc = acb(exact(centre) + arb(0, 1) * exact(radius), arb(0, 1) * exact(radius))
        whole = analytic(expression, disc)
        if not whole.is_finite():
            return
        turn = (acb(0, direction) * arb.pi() / 4).exp() * exact(radius) * exact(Fraction(9, 10))
        assert whole.overlaps(analytic(expression, acb(exact(centre)) + turn))
        assert whole.overlaps(acb(real(expression, exact(centre))))


@pytest.mark.parametrize(
    "text",
    ["abs(x)", "sign(x)", "sqrt(x**2)", "abs(x)**(1/3)", "1/x", "log(x**2)", "tan(x*2)", "asin(x+1)", "acosh(1+x**2)"],
)
def test_no_disc_around_a_kink_pole_or_cut_is_finite(text: str) -> None:
    centre = {"tan(x*2)": arb.pi() / 4}.get(text, arb(0))
    with ctx.workprec(100):
        disc = acb(centre + arb(0, 1) / 8, arb(0, 1) / 8)
        assert not analytic(parse(text), disc).is_finite()


@pytest.mark.parametrize("text", ["asinh(x)", "atan(x)", "atanh(x/3)", "asin(x/3)", "acos(x/3)"])
def test_cuts_off_the_real_line(text: str) -> None:
    with ctx.workprec(100):
        assert analytic(parse(text), acb(arb(0, 1) / 2, arb(0, 1) / 2)).is_finite()
        assert not analytic(parse(text), acb(arb(0, 1) * 4, arb(0, 1) * 4)).is_finite()


GROWING = [
    "x*exp(x**2/8 - x)",
    "tanh(x)",
    "x/(1+x**2)",
    "sinh(x)*cos(x)",
    "log(1+x**2)*x",
    "exp(-x**4)*x",
    "asinh(x)",
    "(exp(x**3)-1)/(exp(x**3)+1)",
    "x**(1/3)*atan(x)",
    "sqrt(1+x**4)",
    "exp(sqrt(x))",
    "log(x)",
    "x**x",
    "exp(x*tanh(x))",
    "log(1+exp(x**2))",
    "acosh(2+x)",
    "sin(1/x)*x**3",
    "exp(1/x)-1",
]


@pytest.mark.parametrize("text", GROWING)
@pytest.mark.parametrize("start", [12, 40])
def test_growth_encloses_the_function_beyond_its_start(text: str, start: int) -> None:
    expression = parse(text)
    with ctx.workprec(200):
        try:
            found = growth(expression, start)
        except UnknownGrowthError:
            assert text == "x**x"  # faster than any exp(polynomial with fixed degree) the rules know
            return
        for x in (start, start + 1, 2 * start, 10 * start):
            value = real(expression, arb(x))
            assert (found.rates.size(x) * found.factor).overlaps(value)
            assert found.factor.is_finite()


@settings(deadline=None, max_examples=100)
@given(
    st.dictionaries(st.integers(1, 4), st.fractions(-3, 3, max_denominator=4), max_size=3),
    st.fractions(-3, 3, max_denominator=4),
    st.integers(3, 9),
)
def test_rates_that_fall_do_fall(exponents: dict[int, Fraction], power: Fraction, start: int) -> None:
    rates = Rates.of(exponents, power)
    values = [rates.size(start + k) for k in range(12)]
    if rates.falls_from(start):
        assert all(not later > earlier for earlier, later in pairwise(values))
    fall = rates.least_fall(start)
    if fall is not None:
        bound = values[0] * (-exact(fall)).exp()
        assert not values[1] > bound * (1 + arb("1e-10"))


@settings(deadline=None, max_examples=200)
@given(EXPRESSIONS, st.fractions(Fraction(1, 50), 5, max_denominator=50))
def test_rules_of_sign_and_the_half_line(text: str, x: Fraction) -> None:
    expression = parse(text)
    with ctx.workprec(100):
        at_x, simpler = real(expression, exact(x)), real(on_positive_x(expression), exact(x))
        assert at_x.overlaps(simpler)
        signs = possible_signs(expression, positive_x=True)
        if at_x > 0:
            assert 1 in signs
        if at_x < 0:
            assert -1 in signs


@settings(deadline=None, max_examples=200)
@given(EXPRESSIONS, EXPRESSIONS, POINTS)
def test_normal_form_proves_only_what_is_true(left: str, right: str, x: Fraction) -> None:
    difference = parse(f"({left}) - ({right})")
    with ctx.workprec(150):
        value = real(difference, exact(x))
        if is_certainly_zero(difference):
            assert value.contains(arb(0))
        expression = parse(left)
        if is_certainly_odd(expression) and "sign" not in left:
            assert (real(expression, exact(x)) + real(expression, exact(-x))).contains(arb(0))


def test_identities_the_normal_form_finds() -> None:
    for text in (
        "(x+1)**3 - x**3 - 3*x**2 - 3*x - 1",
        "sin(-x) + sin(x)",
        "exp(-x)*exp(x) - 1",
        "1/(1+exp(-x)) - exp(x)/(1+exp(x))",
        "cos(1-x) - cos(x-1)",
        "x/(x**2+x) - 1/(x+1)",
    ):
        assert is_certainly_zero(parse(text)), text
    assert not is_certainly_zero(parse("sin(x)**2 + cos(x)**2 - 1"))  # true, but not by these rules


def test_points_outside_the_domain() -> None:
    for text in ("sqrt(x)", "log(x)", "x**(1/2)", "asin(x-2)", "acosh(x)", "atanh(x)", "1/(x+1)"):
        with pytest.raises(NotRealError):
            real(parse(text), arb(-1))
