"""f, f′ and the mixed moments: closed forms, unrelated quadratures, and each model against another of the same σ."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from lemmata.numerics.activations import activation
from lemmata.numerics.activations.expression import parse
from lemmata.numerics.activations.models import ErfModel, Model, PolynomialModel, SignModel
from lemmata.numerics.activations.normal_form import polynomial_coefficients
from lemmata.numerics.activations.quadrature import Features, bivariate_moment
from lemmata.numerics.activations.series_models import ExpressionModel, StepModel

Array = NDArray[np.float64]

T = np.array([-1.0, -0.999, -0.9, -0.6, -0.1, 0.0, 1e-9, 0.3, 0.5, 0.84, 0.86, 0.95, 0.9999, 1.0])

# E σ(u)σ(v) in closed form.
CLOSED: list[tuple[str, Callable[[Array], Array], float]] = [
    ("sign", lambda t: 2 / np.pi * np.arcsin(t), 1e-14),
    ("erf", lambda t: 2 / np.pi * np.arcsin(2 * t / 3), 1e-14),
    ("x*abs(x)", lambda t: 2 / np.pi * ((1 + 2 * t**2) * np.arcsin(t) + 3 * t * np.sqrt(1 - t**2)), 1e-12),
    ("sign(x)+x", lambda t: 2 / np.pi * np.arcsin(t) + 2 * np.sqrt(2 / np.pi) * t + t, 1e-12),
    ("sin(2*x)", lambda t: np.exp(-4.0) * np.sinh(4 * t), 1e-13),
    ("sinh(x)", lambda t: np.e * np.sinh(t), 1e-13),
    ("x**3", lambda t: 9 * t + 6 * t**3, 1e-13),
    ("quantizer:2", lambda t: (2 / np.pi) ** 2 * np.arcsin(t), 1e-13),
    ("relu", lambda t: (np.sqrt(1 - t**2) + t * (np.pi - np.arccos(t))) / (2 * np.pi), 1e-14),
    ("abs(x) + x", lambda t: 2 * (np.sqrt(1 - t**2) + t * (np.pi - np.arccos(t))) / np.pi, 1e-12),
    ("sin(x) + x", lambda t: np.exp(-1.0) * np.sinh(t) + 2 * np.exp(-0.5) * t + t, 1e-13),
]


@pytest.mark.parametrize(("text", "moment", "tolerance"), CLOSED, ids=[row[0] for row in CLOSED])
def test_f_is_the_normalised_moment(text: str, moment: Callable[[Array], Array], tolerance: float) -> None:
    sigma = activation(text)
    np.testing.assert_allclose(sigma.c1**2 * sigma.f(T), moment(T), rtol=0, atol=tolerance * sigma.c1**2 * 10)


@pytest.mark.parametrize(
    "text", ["sign", "tanh", "erf", "relu", "x**3", "x*abs(x)", "quantizer:4", "atan(9*x)", "x**2+x"]
)
def test_f_prime_is_the_derivative_of_f(text: str) -> None:
    sigma, h = activation(text), 1e-6
    t = np.array([-0.97, -0.851, -0.5, -0.1, 0.2, 0.7, 0.849, 0.9, 0.99])
    difference = (sigma.f(t + h) - sigma.f(t - h)) / (2 * h)
    np.testing.assert_allclose(sigma.f_prime(t), difference, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("text", ["tanh", "quantizer:4", "quantizer:16", "atan(3*x)", "x/(1+x**2)", "x*abs(abs(x)-1)"])
def test_f_is_odd_starts_like_t_and_ends_at_one_plus_alpha(text: str) -> None:
    sigma = activation(text)
    np.testing.assert_allclose(sigma.f(-T), -sigma.f(T), atol=1e-15)
    assert abs(float(sigma.f(1e-6)) / 1e-6 - 1.0) < 1e-10
    assert abs(float(sigma.f(1.0)) - sigma.f_of_one) < 2e-12
    assert np.all(np.diff(sigma.f(np.linspace(-1, 1, 101))) > 0)


@pytest.mark.parametrize("t", [0.2, 0.849, 0.851, 0.97, 0.999])
def test_series_and_cap_agree_with_nested_quadrature(t: float) -> None:
    for text in ("atan(3*x)", "quantizer:6", "x*abs(abs(x)-1)"):
        sigma = activation(text)
        kinks = {"quantizer:6": getattr(sigma.model, "thresholds", None), "x*abs(abs(x)-1)": np.array([-1.0, 0.0, 1.0])}
        points = kinks.get(text)
        places = np.linspace(-2.0, 2.0, 33) if points is None else points
        value = bivariate_moment(sigma, Features(places, places), 9.5, t)
        assert abs(sigma.c1**2 * float(sigma.f(t)) - value) < 1e-12


def test_branch_points_keep_seven_digits_up_to_the_end() -> None:
    sigma = activation("sign(x)*abs(x)**(1/3)")
    t = np.array([0.5, 0.84, 0.86, 0.95, 1.0])
    samples = np.random.default_rng(3).standard_normal((2, 400_000))
    for value in t[:-1]:
        u, v = samples[0], value * samples[0] + np.sqrt(1 - value**2) * samples[1]
        product = sigma(u) * sigma(v)
        error = 4 * np.std(product) / np.sqrt(product.size)
        assert abs(sigma.c1**2 * float(sigma.f(value)) - np.mean(product)) < error
    assert abs(float(sigma.f(1.0)) - sigma.f_of_one) < 1e-6


RHO = np.array([[1.0, 0.3, -0.9], [0.3, 1.0, 0.1], [-0.9, 0.1, 1.0]])
SCALES = np.array([0.5, 1.0, 1.7])

PAIRS: list[tuple[Model, Model]] = [
    (SignModel(), ExpressionModel(parse("sign(x)"), True)),
    (ErfModel(2.0, 0.7), ExpressionModel(parse("2*erf(0.7*x)"), True)),
    (PolynomialModel(polynomial_coefficients(parse("x**3+x")) or []), ExpressionModel(parse("x**3+x"), True)),
    (PolynomialModel(polynomial_coefficients(parse("x**2+x")) or []), ExpressionModel(parse("x**2+x"), False)),
]


@pytest.mark.parametrize(("closed", "generic"), PAIRS)
@pytest.mark.parametrize("scales", [np.ones(3), SCALES], ids=["unit", "mixed"])
def test_closed_models_agree_with_the_generic_one(closed: Model, generic: Model, scales: Array) -> None:
    np.testing.assert_allclose(closed.first(scales), generic.first(scales), rtol=1e-12)
    np.testing.assert_allclose(closed.second(scales), generic.second(scales), rtol=1e-12)
    np.testing.assert_allclose(closed.mixed(RHO, scales), generic.mixed(RHO, scales), rtol=1e-11, atol=1e-12)


def test_the_quantiser_at_other_scales() -> None:
    model = StepModel(4)
    mixed = model.mixed(RHO, SCALES)
    for i, j in ((0, 1), (0, 2), (1, 2)):
        places = Features(model.thresholds, model.thresholds)
        value = bivariate_moment(model.evaluate, places, 19.0, float(RHO[i, j]), (float(SCALES[i]), float(SCALES[j])))
        assert abs(mixed[i, j] - value) < 1e-11


def test_series_of_the_arcsine() -> None:
    series = activation("sign").series(401)
    t = 0.7
    assert abs(np.polynomial.polynomial.polyval(t, series) - np.arcsin(t)) < 1e-14
    relu = activation("relu").series(200)
    assert abs(np.polynomial.polynomial.polyval(0.4, relu) - float(activation("relu").f(0.4))) < 1e-14
