"""The stationary law of the weights: its density, its sampler, and the predictor as their mean."""

from __future__ import annotations

import math
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import simpson

from lemmata.numerics.meanfield import MeanFieldInputError, WideReluFit, fit_wide_relu
from lemmata.numerics.meanfield.arcs import predictor_curvature
from lemmata.numerics.meanfield.certificate import exact_doubles
from lemmata.numerics.meanfield.finite_certificate import certify_finite
from lemmata.numerics.meanfield.quadrature import CircleQuadrature

from .cases import Array, problems

X, Y = [-2.0, -1.0, 0.25, 1.5], [1.0, -0.5, 0.5, 0.75]


def _fit(beta: float) -> WideReluFit:
    return fit_wide_relu(X, Y, lam=0.05, beta=beta)


def test_density_from_its_definition() -> None:
    """log ρ differs between any two points by −β times the potential, Σ r_i a (w x_i + b)₊ + ½λ|θ|²."""
    fit = _fit(30.0)
    r = (fit.fitted - Y) / 4
    rng = np.random.default_rng(0)
    a, w, b = rng.standard_normal((3, 500))
    potential = a * (np.maximum(np.outer(w, X) + b[:, None], 0) @ r) + 0.025 * (a * a + w * w + b * b)
    constant = fit.density(a, w, b) + 30.0 * potential
    assert constant == pytest.approx(constant[0], abs=1e-12)


def test_density_integrates_to_one() -> None:
    """Over a in closed form, over the radius in closed form, over the angle by a fine sum: not the arc formula."""
    fit = _fit(30.0)
    phi = np.linspace(-np.pi / 2, 3 * np.pi / 2, 400001)[:-1]
    w, b = np.cos(phi), np.sin(phi)
    beta, lam = 30.0, 0.05
    # On a ray, log ρ is a quadratic form in (a, R) without linear terms: three values determine it.
    origin = float(fit.density(0.0, 0.0, 0.0))
    g = -(fit.density(1.0, w, b) - origin + 0.5 * beta * lam * 2.0) / beta
    inner = math.sqrt(2 * math.pi / (beta * lam)) / (beta * lam - beta * g**2 / lam)
    assert np.mean(inner) * 2 * np.pi * math.exp(origin) == pytest.approx(1.0, rel=1e-8)


@pytest.mark.parametrize("beta", [0.1, 30.0, 1e5])
def test_sampler_against_the_density(beta: float) -> None:
    """The angle's law is the density's marginal: compare with its distribution function by a Kolmogorov–Smirnov test.

    Given the angle the potential is a quadratic form, so that R² and a have known laws, tested in the same way.
    """
    fit = _fit(beta)
    count = 20000
    theta = fit.sample(count, 5)
    a, w, b = theta.T
    lam = 0.05
    phi = np.linspace(-np.pi, np.pi, 2_000_001)
    origin = float(fit.density(0.0, 0.0, 0.0))

    def correlation(angle: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        return np.asarray(-(fit.density(1.0, np.cos(angle), np.sin(angle)) - origin + beta * lam) / beta)

    weight = 1.0 / (lam**2 - correlation(phi) ** 2)
    cumulative = np.concatenate([[0.0], np.cumsum(0.5 * (weight[1:] + weight[:-1]))])
    drawn = np.arctan2(b, w)
    uniform = np.interp(drawn, phi, cumulative / cumulative[-1])
    g = correlation(drawn)
    radius = np.hypot(w, b)
    exponential = 0.5 * beta * lam * radius**2 * (1 - (g / lam) ** 2)
    normal = (a + radius * g / lam) * math.sqrt(beta * lam)
    for sample, law in ((uniform, "uniform"), (exponential, "expon"), (normal, "norm")):
        # With a fixed seed this is deterministic; 20000 draws see a shift of 0.014 in distribution.
        assert stats.kstest(sample, law).pvalue > 1e-3
    assert abs(stats.spearmanr(uniform, exponential).statistic) < 0.03
    assert abs(stats.spearmanr(exponential, normal).statistic) < 0.03


def test_a_wide_network_of_draws_is_the_predictor() -> None:
    fit = _fit(1000.0)
    a, w, b = fit.sample(400_000, 1).T
    points = np.array([-3.0, -1.5, 0.0, 1.0, 4.0])
    values = a[:, None] * np.maximum(np.outer(w, points) + b[:, None], 0)
    error = np.mean(values, axis=0) - fit.predict(points)
    assert np.all(np.abs(error) < 4.5 * np.std(values, axis=0) / math.sqrt(len(a)))


def test_same_seed_same_draws() -> None:
    fit = _fit(30.0)
    assert np.array_equal(fit.sample(7, 3), fit.sample(7, np.random.default_rng(3)))
    assert fit.sample(0, 0).shape == (0, 3)


def test_no_law_at_zero_temperature() -> None:
    fit = fit_wide_relu(X, Y, lam=0.05)
    with pytest.raises(MeanFieldInputError, match="beta is inf"):
        fit.sample(3, 0)
    with pytest.raises(MeanFieldInputError, match="beta is inf"):
        fit.density(0.0, 0.0, 0.0)
    with pytest.raises(MeanFieldInputError, match="-1"):
        _fit(2.0).sample(-1, 0)


def test_far_away_and_between() -> None:
    """Value and slope are continuous across data and into the far field, where f″ vanishes like |x|⁻³ or faster."""
    fit = _fit(200.0)
    for x in [*X, -50.0, 60.0]:
        points = np.array([x - 1e-7, x, x + 1e-7])
        assert np.ptp(fit.predict(points)) < 1e-5
        assert np.ptp(fit.slope(points)) < 1e-5
        assert np.ptp(fit.curvature(points)) < 1e-3 * max(1.0, abs(float(fit.curvature(x))))
    for function, total in ((fit.curvature, fit.slope), (fit.slope, fit.predict)):
        whole = 0.0
        for low, high in pairwise([-6.0, *X, 6.0]):  # smooth between data; peaks near them need a fine grid
            grid = low + (high - low) * (1 - np.cos(np.linspace(0, np.pi, 20001))) / 2
            whole += simpson(function(grid), x=grid)
        assert whole == pytest.approx(float(total(6.0) - total(-6.0)), abs=1e-8)
    assert abs(float(fit.curvature(1e8))) < 1e-20
    assert np.isfinite(fit.predict([1e150, -1e150])).all()


def test_curvature_from_one_sided_sums() -> None:
    """The formula in P and Q, with Zs from the normalising constant of the density, at points everywhere."""
    lam, beta = 0.05, 200.0
    fit = _fit(beta)
    r = (fit.fitted - Y) / 4
    zs = math.exp(-float(fit.density(0.0, 0.0, 0.0))) * (beta * lam) ** 1.5 / math.sqrt(2 * math.pi) / lam**2
    for x in (-7.0, -2.0, -1.3, 0.1, 0.25, 1.2, 1.5, 3.0):
        p, q = float(r @ np.maximum(np.array(X) - x, 0)), float(r @ np.maximum(x - np.array(X), 0))
        assert predictor_curvature(x, p, q, lam, beta, zs) == pytest.approx(
            float(fit.curvature(x)), rel=1e-9, abs=1e-15
        )


@pytest.mark.parametrize(
    ("x", "y", "lam", "beta"),
    [
        ([1000.0, 1000.3, 999.8], [1e-9, -1e-9, 2e-9], 1e-9, 1.0),
        ([1000.0, 1000.3, 999.8], [1e-9, -1e-9, 2e-9], 1e-9, 1e5),
        ([1e4, 1e4 + 2.8e-5], [1.0, 2.0], 1e-4, 1.3),
        ([0.0, 1.3, -0.8], [1e-9, -1e-9, 2e-9], 1e-3, 1.0),
        ([-3e5, -1.0, 2.0, 1e6], [1.0, -1.0, 2.0, 0.5], 0.1, 50.0),
        ([0.0, 1.0, 3.0], [1e3, -2e3, 1e3], 1.0, 1e5),
        ([1.0], [1e6], 100.0, 1e4),
        (X, Y, 0.05, 1e-2),
        (X, Y, 0.05, 1e7),
    ],
)
def test_digits_against_enclosures(x: list[float], y: list[float], lam: float, beta: float) -> None:
    """Value, slope and curvature keep their digits where |g| is far below rounding, at offsets and next to contacts.

    Proved enclosures to 20 digits are the reference. Units that face right and left cancel in the predictor itself: an
    error counts by the largest value, or slope times the largest lever, among all points.
    """
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    proof = certify_finite(exact_doubles(fit), fit, 20)
    low, high = min(x), max(x)
    middle, reach = 0.5 * (low + high), 0.5 * (high - low) or 1.0
    points = [low, high, middle, middle + 0.3 * reach, low - 0.5 * reach, high + 0.1 * reach, high + 40 * reach]
    exact = {
        name: np.array([float(pair[0]) for pair in getattr(proof, name)([*points, 0.0, *x])])
        for name in ("predict", "slope", "curvature")
    }
    lever = 1e-14 * reach * float(np.max(np.abs(exact["slope"])))
    inner = 4e-12 * float(np.max(np.abs(exact["predict"][:3])))
    for name, allowed in (
        ("predict", inner + lever), ("slope", inner / reach + lever / reach),
        ("curvature", 4e-12 * float(np.max(np.abs(exact["curvature"])))),
    ):  # fmt: skip
        found = getattr(fit, name)([*points, 0.0, *x])
        assert found == pytest.approx(exact[name], rel=2e-12, abs=allowed), name


@pytest.mark.parametrize(
    ("x", "y", "lam", "beta"),
    [([-3e5, -1.0, 2.0, 1e6], [1.0, -1.0, 2.0, 0.5], 0.1, 50.0), ([1e60, -1e60, 3.0], [1.0, 2.0, 3.0], 1e-3, 1e3)],
)
def test_wide_inputs(x: list[float], y: list[float], lam: float, beta: float) -> None:
    """At, between and next to data all digits, though the parts of f cancel by the width of the inputs."""
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    proof = certify_finite(exact_doubles(fit), fit, 20)
    points = np.array([*x, 0.0, 1.0, 2.5, -1e5, 5e5, 0.5 * max(x), 1.2 * max(x)])
    for name in ("predict", "slope"):
        exact = np.array([float(low) for low, _ in getattr(proof, name)(points)])
        assert getattr(fit, name)(points) == pytest.approx(exact, rel=1e-12)
    assert fit.predict(x) == pytest.approx(fit.fitted, rel=1e-14)


def test_the_integral_itself() -> None:
    """f(x) = −(2/(β Zs)) ∫ g (x cos φ + sin φ)₊/(λ² − g²)² dφ by quadrature at enclosed residuals.

    Targets of 1e-9 at inputs around 1000: the predictor to ten digits and more, though |g| is 1e-21.
    """
    x, y, lam, beta = [999.8, 1000.0, 1000.3], [2e-9, 1e-9, -1e-9], 1e-9, 1.0
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    proof = certify_finite(exact_doubles(fit), fit, 60)
    with mpmath.workdps(30):
        r = [(mpmath.mpf(pair[0]) - mpmath.mpf(target)) / 3 for pair, target in zip(proof.fitted, y, strict=True)]
        exact = CircleQuadrature(x, r, lam, beta, digits=30)
        for place in (1000.1,):
            assert float(fit.predict(place)) == pytest.approx(float(exact.predict(place)), rel=1e-11)


def test_one_pass_over_the_data() -> None:
    """After the first call a point costs no pass: the same sums are used, and a point alone equals it among others."""
    fit = _fit(200.0)
    law = fit._law()
    many = fit.predict(np.linspace(-4, 4, 101))
    sums, weights = law._sums, law.weights
    assert float(fit.predict(-4.0)) == many[0]
    assert law._sums is sums
    assert law.weights is weights


@settings(max_examples=40, deadline=None)
@given(problems(), st.floats(-2.0, 10.0), st.floats(-3.0, 3.0))
def test_any_data_against_enclosures(problem: tuple[Array, Array, float], exponent: float, place: float) -> None:
    """Value and slope between and beyond any data, to 1e-10 of their sizes, against proved enclosures."""
    x, y, lam = problem
    fit = fit_wide_relu(x, y, lam=lam, beta=10.0**exponent)
    proof = certify_finite(exact_doubles(fit), fit, 16)
    reach = float(np.ptp(x)) or 1.0
    points = np.concatenate([x, [float(np.mean(x)) + place * reach, float(x[0]) + place * 0.1 * reach]])
    value, slope = (
        np.array([0.5 * (float(low) + float(high)) for low, high in getattr(proof, name)(points)])
        for name in ("predict", "slope")
    )
    steepest = float(np.max(np.abs(slope)))
    size = np.abs(value) + float(np.max(np.abs(value[: len(x)]))) + reach * steepest
    assert np.all(np.abs(fit.predict(points) - value) <= 1e-10 * size + 1e-300)
    assert np.all(np.abs(fit.slope(points) - slope) <= 1e-10 * (steepest + np.max(size) / reach) + 1e-300)
