"""Marginals of the stationary law against the joint density, by quadrature, and the sampler against both."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from lemmata.analysis.kernel.evaluate import ball
from lemmata.analysis.kernel.parsing import Signature
from lemmata.analysis.kernel.terms import num, substitute, var
from lemmata.analysis.meanfield.gibbs import LET
from lemmata.numerics.meanfield import MeanFieldInputError, WideReluFit, fit_wide_relu

from .cases import Array, problems

X, Y = [-2.0, -1.0, 0.25, 1.5], [1.0, -0.5, 0.5, 0.75]
LAM = 0.05


def _fit(beta: float) -> WideReluFit:
    return fit_wide_relu(X, Y, lam=LAM, beta=beta)


def _over_a(fit: WideReluFit, w: Array, b: Array) -> Array:
    """∫ ρ(a, w, b) da: log ρ is quadratic in a with known curvature, so that two values of it fix the Gaussian."""
    rate = fit.beta * fit.lam
    at, up = fit.density(0.0, w, b), fit.density(1.0, w, b)
    slope = up - at + 0.5 * rate
    return np.exp(at + 0.5 * slope**2 / rate) * math.sqrt(2 * math.pi / rate)


@pytest.mark.parametrize("beta", [0.5, 30.0, 1e4])
def test_input_weights_from_the_joint_density(beta: float) -> None:
    fit, rng = _fit(beta), np.random.default_rng(1)
    w, b = rng.standard_normal((2, 300)) / math.sqrt(beta * LAM)
    expected = np.log(_over_a(fit, w, b))
    # log ρ itself is of this size, and rounding of 1 − g² counts in units of βλR².
    assert fit.marginals.input.log_density(w, b) == pytest.approx(expected, abs=1e-11 * (10 + np.max(abs(expected))))


@pytest.mark.parametrize("beta", [0.5, 30.0, 1e4])
def test_angle_radius_and_knot_from_the_input_weights(beta: float) -> None:
    """Polar coordinates and (w, t): one-dimensional quadratures of the joint density of (w, b)."""
    fit = _fit(beta)
    law, size = fit.marginals, 1 / math.sqrt(beta * LAM)
    for phi in (-1.5, -0.3, 0.9, 1.6, 2.2, 3.9, 4.6):
        g = law.given_angle(phi)
        reach = 12 * size / math.sqrt(g.k)
        value, _ = quad(
            lambda r, at=phi: r * math.exp(float(law.input.log_density(r * math.cos(at), r * math.sin(at)))),
            0, reach, epsabs=0, epsrel=1e-11, limit=200,
        )  # fmt: skip
        assert float(law.angle.density(phi)) == pytest.approx(value, rel=1e-9)
    for t in (-7.0, -1.4, 0.0, 0.25, 5.0):
        value, _ = quad(
            lambda w, at=t: abs(w) * math.exp(float(law.input.log_density(w, -w * at))),
            -60 * size, 60 * size, epsabs=0, epsrel=1e-10, limit=400, points=[0.0],
        )  # fmt: skip
        assert float(law.knot.density(t)) == pytest.approx(value, rel=1e-8)
    breaks = sorted([-math.pi / 2, *(-math.atan(x) for x in X), *(math.pi - math.atan(x) for x in X), 1.5 * math.pi])
    for r in (0.3 * size, size, 3 * size):
        value = 0.0
        for low, high in pairwise(breaks):  # the density is smooth between the data
            value += quad(
                lambda at, length=r: length * math.exp(float(
                    law.input.log_density(length * math.cos(at), length * math.sin(at)))),
                low, high, epsabs=0, epsrel=1e-10, limit=400,
            )[0]  # fmt: skip
        assert float(law.radius.density(r)) == pytest.approx(value, rel=1e-8)


@pytest.mark.parametrize("beta", [0.5, 30.0, 1e4])
def test_output_weight_from_the_joint_density(beta: float) -> None:
    """Given φ, R ρ(a, R cos φ, R sin φ) integrated over R; then over φ against its own angular density."""
    fit = _fit(beta)
    law, size = fit.marginals, 1 / math.sqrt(beta * LAM)
    for phi in (-0.3, 1.6, 3.9):
        given = law.given_angle(phi)
        for a in (-2 * size, 0.0, 0.7 * size):
            value, _ = quad(
                lambda r, v=a, at=phi: r * math.exp(float(fit.density(v, r * math.cos(at), r * math.sin(at)))),
                0, 60 * size, epsabs=0, epsrel=1e-11, limit=400,
            )  # fmt: skip
            assert float(given.output_density(a) * law.angle.density(phi)) == pytest.approx(value, rel=1e-9)
            joint = np.exp(given.log_density(a, size)) * law.angle.density(phi)
            point = fit.density(a, size * math.cos(phi), size * math.sin(phi))
            assert float(joint) == pytest.approx(size * math.exp(float(point)), rel=1e-9)
    breaks = sorted([-math.pi / 2, *(-math.atan(x) for x in X), *(math.pi - math.atan(x) for x in X), 1.5 * math.pi])
    for a in (-1.5 * size, 0.4 * size):
        value = 0.0
        for low, high in pairwise(breaks):
            value += quad(
                lambda at, v=a: float(law.angle.density(at) * law.given_angle(at).output_density(v)),
                low, high, epsabs=0, epsrel=1e-10, limit=400,
            )[0]  # fmt: skip
        assert float(law.output.density(a)) == pytest.approx(value, rel=1e-8)


def test_distribution_functions_by_quadrature_of_densities() -> None:
    """∫ density = cdf between points, and 1 over everything."""
    beta = 1e4
    law, size = _fit(beta).marginals, 1 / math.sqrt(beta * LAM)
    breaks = sorted([-math.pi / 2, *(-math.atan(x) for x in X), *(math.pi - math.atan(x) for x in X), 1.5 * math.pi])
    reach = 60 * math.sqrt(law.radius.second_moment)
    cases = [
        (law.angle, breaks), (law.knot, [-mpmath.inf, -9.0, *X, 9.0, mpmath.inf]),
        (law.radius, [0.0, size, 4 * size, reach]), (law.output, [-reach, -size, size, reach]),
    ]  # fmt: skip
    for marginal, nodes in cases:
        total = mpmath.mpf(0)
        for low, high in pairwise(nodes):
            parts = [low, high] if mpmath.isinf(low) or mpmath.isinf(high) else mpmath.linspace(low, high, 5)
            share = mpmath.quad(lambda v, m=marginal: mpmath.mpf(float(m.density(float(v)))), parts)
            expected = float(marginal.cdf(float(high)) - marginal.cdf(float(low)))
            assert float(share) == pytest.approx(expected, abs=2e-9)
            total += share
        assert float(total) == pytest.approx(1.0, abs=2e-8)
    assert float(law.angle.cdf(-5.0)) == 0.0
    assert float(law.angle.cdf(5.0)) == 1.0


def test_moments_and_stated_errors() -> None:
    for beta in (0.5, 30.0, 1e4, 1e7):
        law, size = _fit(beta).marginals, 1 / math.sqrt(beta * LAM)
        assert law.radius.error < 1e-8
        assert law.output.error < 1e-8
        # Closed second moments against the rule for the mixture, and quadrature of the density where easy.
        rule = law.radius._rule
        assert float(np.sum(rule.mass * 2 / rule.k)) / (beta * LAM) == pytest.approx(law.radius.second_moment, rel=1e-6)
        if beta <= 30.0:
            for marginal, low, high in ((law.radius, 0.0, 40 * size), (law.output, -40 * size, 40 * size)):
                for power, moment in ((1, marginal.mean), (2, marginal.second_moment)):
                    value, _ = quad(
                        lambda v, m=marginal, p=power: v**p * float(m.density(v)), low, high, points=[0.0], limit=400,
                        epsrel=1e-9, epsabs=1e-12 * size**power,
                    )  # fmt: skip
                    assert moment == pytest.approx(value, rel=1e-7, abs=1e-9 * size**power)


def test_virial() -> None:
    """Scaling a and (w, b): E a² + E aS/λ = E R² + E aS/λ = … — with E aS = Σ r f both second moments follow from f."""
    for beta in (0.5, 30.0, 1e4, 1e7):
        fit = _fit(beta)
        coupled = float(np.sum((fit.fitted - Y) / 4 * fit.fitted)) / LAM
        assert fit.marginals.output.second_moment + coupled == pytest.approx(1 / (beta * LAM), rel=1e-8, abs=1e-12)
        assert fit.marginals.radius.second_moment + coupled == pytest.approx(2 / (beta * LAM), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("beta", [0.1, 30.0, 1e5])
def test_sampler_against_every_marginal(beta: float) -> None:
    """Kolmogorov–Smirnov with 8000 draws: a distribution function that is off by 0.028 anywhere fails (p < 1e-5)."""
    fit, count = _fit(beta), 8_000
    a, w, b = fit.sample(count, 11).T
    law = fit.marginals
    phi = np.arctan2(b, w)
    phi = np.where(phi < -0.5 * math.pi, phi + 2 * math.pi, phi)
    for drawn, marginal in ((phi, law.angle), (np.hypot(w, b), law.radius), (a, law.output), (-b / w, law.knot)):
        assert stats.kstest(marginal.cdf(drawn), "uniform").pvalue > 1e-3, type(marginal).__name__


@pytest.mark.parametrize("beta", [30.0, 1e5])
def test_sampler_against_the_joint_density_of_the_input_weights(beta: float) -> None:
    """χ² over 24 sectors of equal probability times 8 rings of equal probability given the angle.

    With 40000 draws a cell of probability 1/192 that is off by a third adds 23 to χ², whose limit is 262.
    """
    fit, count = _fit(beta), 40_000
    a, w, b = fit.sample(count, 12).T
    law = fit.marginals
    phi = np.arctan2(b, w)
    sector = np.minimum((24 * law.angle.cdf(np.where(phi < -0.5 * math.pi, phi + 2 * math.pi, phi))).astype(int), 23)
    # log of (s/Zs) e^(−skR²/2) and of its value at R = 0 give skR²/2 from the joint density alone.
    depth = law.input.log_density(0.0, 0.0) - law.input.log_density(w, b)
    ring = np.minimum((8 * -np.expm1(-depth)).astype(int), 7)
    observed = np.bincount(8 * sector + ring, minlength=192)
    assert stats.chisquare(observed).pvalue > 1e-3
    # Given (w, b), a is Gaussian with the mean that maximises the joint density.
    rate = beta * LAM
    mean = (fit.density(1.0, w, b) - fit.density(0.0, w, b)) / rate + 0.5
    assert stats.kstest((a - mean) * math.sqrt(rate), "norm").pvalue > 1e-3


@pytest.mark.parametrize("beta", [2.0, 1e3])
def test_rotated_projections(beta: float) -> None:
    """cos θ·a + sin θ·(w cos ψ + b sin ψ): its distribution function from an independent numerical mixture over φ, R.

    Given φ and R the projection is Gaussian; the mixture is a product rule in the angle and in the Rayleigh quantile.
    """
    fit = _fit(beta)
    law, rate = fit.marginals, beta * LAM
    a, w, b = fit.sample(20_000, 13).T
    grid = np.linspace(-0.5 * math.pi, 1.5 * math.pi, 4001)
    middle = 0.5 * (grid[1:] + grid[:-1])
    mass = np.diff(law.angle.cdf(grid))
    given = [law.given_angle(float(at)) for at in middle[mass > 1e-12]]
    middle, mass = middle[mass > 1e-12], mass[mass > 1e-12]
    g, k = np.array([part.g for part in given])[:, None], np.array([part.k for part in given])[:, None]
    levels = (np.arange(40) + 0.5) / 40
    radius = np.sqrt(-2 * np.log1p(-levels) / (rate * k))
    for theta, psi in ((0.4, 1.0), (1.2, -0.7), (2.3, 0.2)):
        along = radius * np.cos(middle[:, None] - psi)
        centre = -math.cos(theta) * radius * g + math.sin(theta) * along
        width = abs(math.cos(theta)) / math.sqrt(rate)
        drawn = np.sort(math.cos(theta) * a + math.sin(theta) * (w * math.cos(psi) + b * math.sin(psi)))
        places = drawn[::400]
        expected = [float(np.mean(stats.norm.cdf((v - centre) / width), axis=1) @ mass) for v in places]
        empirical = np.searchsorted(drawn, places, side="right") / len(drawn)
        # 20000 draws: standard error at most 0.0035; the rule's 40 levels of R are off by less than 0.003.
        assert np.max(np.abs(expected - empirical)) < 0.0145


def test_mean_unit_is_the_predictor() -> None:
    for beta in (1.0, 1e3, 1e6):
        fit = _fit(beta)
        a, w, b = fit.sample(200_000, 14).T
        points = np.array([-30.0, -2.0, -1.5, 0.0, 0.25, 1.0, 4.0])
        values = a[:, None] * np.maximum(np.outer(w, points) + b[:, None], 0)
        error = np.mean(values, axis=0) - fit.predict(points)
        assert np.all(np.abs(error) < 4.0 * np.std(values, axis=0) / math.sqrt(len(a)))


@settings(max_examples=20, deadline=None)
@given(problems(), st.floats(-2.0, 11.0), st.integers(0, 2**32 - 1))
def test_any_data(problem: tuple[Array, Array, float], exponent: float, seed: int) -> None:
    """Draws are finite and uniform in their own distribution functions, which rise from 0 to 1."""
    x, y, lam = problem
    fit = fit_wide_relu(x, y, lam=lam, beta=10.0**exponent)
    law = fit.marginals
    a, w, b = fit.sample(500, seed).T
    assert np.all(np.isfinite([a, w, b]))
    phi = np.arctan2(b, w)
    phi = np.where(phi < -0.5 * math.pi, phi + 2 * math.pi, phi)
    for drawn, marginal in ((phi, law.angle), (np.hypot(w, b), law.radius), (a, law.output)):
        share = marginal.cdf(np.sort(drawn))
        assert np.all((share >= 0) & (share <= 1))
        assert np.all(np.diff(share) >= -1e-9)
        assert stats.kstest(share, "uniform").pvalue > 1e-8  # of 60 tests here, 1e-6 in all
    assert np.all(np.isfinite(fit.density(a, w, b)))


def test_density_is_the_symbolic_one() -> None:
    """The density, what is left of it after the integral over a, and the radial one, from their texts in analysis.

    The data enter as polynomials in the index that interpolate them.
    """
    beta, lam = 30, 0.125
    x, y = [-2.0, -1.0, 0.25, 1.5], [1.0, -0.5, 0.5, 0.75]
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    r = [float(v) for v in (fit.fitted - y) / 4]

    def through(values: list[float]) -> str:
        terms = []
        for j, value in enumerate(values, 1):
            others = [i for i in range(1, 5) if i != j]
            below = math.prod(j - i for i in others)
            top = "*".join(f"(i - {i})" for i in others)
            numerator, denominator = value.as_integer_ratio()
            terms.append(f"({numerator}/{denominator})*{top}/({below})")
        return " + ".join(terms)

    parser = Signature({"i": "Z", "M": "N"}, {"x(i)": through(x), "r(i)": through(r), **LET})

    def value(text: str, **numbers: float) -> float:
        put = {var(name): num(Fraction(at)) for name, at in {**numbers, "beta": beta, "lam": lam}.items()}
        put[var("M", "N")] = num(4)
        return float(ball(substitute(parser.parse_term(text), put)))

    z = math.exp(fit._law().log_partition())
    for a, w, b in ((0.5, 1.0, 0.25), (-1.0, -0.75, 0.5), (0.125, 0.5, -2.0), (2.0, 0.25, 1.0)):
        assert float(np.exp(fit.density(a, w, b))) == pytest.approx(
            value("density(a,w,b)", a=a, w=w, b=b) / z, rel=1e-10
        )
        plane = value("plane(w,b)", w=w, b=b) * math.sqrt(2 * math.pi / (beta * lam)) / z
        assert math.exp(float(fit.marginals.input.log_density(w, b))) == pytest.approx(plane, rel=1e-10)
    for phi in (-0.25, 1.0, 2.5):
        given = fit.marginals.given_angle(phi)
        assert given.g * lam == pytest.approx(value("g(phi)", phi=phi), rel=1e-10)
        assert given.rate * given.k == pytest.approx(value("rate(phi)", phi=phi), rel=1e-10)
        assert 1 - float(given.radius_cdf(0.5)) == pytest.approx(value("polar(R,phi)", R=0.5, phi=phi), rel=1e-10)


def test_no_marginals_at_zero_temperature_and_bad_values() -> None:
    with pytest.raises(MeanFieldInputError, match="beta is inf"):
        _ = fit_wide_relu(X, Y, lam=LAM).marginals
    law = _fit(1.0).marginals
    with pytest.raises(MeanFieldInputError, match="phi is inf"):
        law.given_angle(math.inf)
    with pytest.raises(MeanFieldInputError, match="radius holds nan"):
        law.radius.cdf([1.0, math.nan])
    assert law.knot.density([math.inf, -math.inf]).tolist() == [0.0, 0.0]
    assert law.knot.cdf([-math.inf, math.inf]).tolist() == [0.0, 1.0]
