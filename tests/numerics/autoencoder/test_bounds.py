"""The lower bounds: never violated, attained where the theory says, and their formulas at known points."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
import scipy.optimize
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.autoencoder import (
    ActivationError,
    activation,
    lower_bound,
    minimizer,
    optimal_decoder,
    risk,
    sharp_bound,
    train,
    water_filling,
)
from lemmata.numerics.autoencoder.bounds import (
    frame_bound,
    frame_moment,
    rate_bound,
    shannon_bound,
    shannon_bound_for,
    sign_sphere_bound,
    sphere_bound,
    sphere_moments,
)
from lemmata.numerics.autoencoder.water_filling import covariance_floor, directions_gain

from .cases import ODD, equispaced_lines, icosahedron, rounding, simplex, switched_gram

Array = NDArray[np.float64]

SIZES = st.tuples(st.integers(1, 8), st.integers(1, 5))


def _rows(rng: np.random.Generator, n: int, d: int, shape: str) -> Array:
    B = rng.standard_normal((n, d))
    if shape == "repeated":
        B = B[rng.integers(0, n, n)]
    elif shape == "nearly parallel":
        B = B[:1] + 1e-4 * B
    elif shape == "axes":
        B = np.eye(d)[rng.integers(0, d, n)]
    elif shape == "orthogonal blocks":
        B = np.concatenate([np.linalg.qr(rng.standard_normal((d, d)))[0] for _ in range(-(-n // d))])[:n]
    return np.asarray(B / np.linalg.norm(B, axis=1, keepdims=True))


SHAPES = st.sampled_from(["gaussian", "repeated", "nearly parallel", "axes", "orthogonal blocks"])


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 2**32), SIZES, st.sampled_from(ODD), SHAPES)
def test_no_code_is_below_the_sharp_bound(seed: int, size: tuple[int, int], text: str, shape: str) -> None:
    (n, d), rng = size, np.random.default_rng(seed)
    B = _rows(rng, n, d, shape)
    sharp, rate = sharp_bound(text, n=n, d=d), lower_bound(text, n=n, d=d)
    assert rate - 1e-15 <= sharp
    A = optimal_decoder(B, text)
    assert risk(A, B, text) >= sharp - 1e-12 - rounding(A, text)
    assert risk(rng.standard_normal((d, n)) / n, B, text) >= sharp - 1e-10


@settings(deadline=None, max_examples=200)
@given(
    st.integers(0, 2**32),
    SIZES,
    st.sampled_from(ODD),
    SHAPES,
    st.sampled_from(["wide", "tied", "low rank", "matrix"]),
)
def test_no_code_is_below_water_filling(seed: int, size: tuple[int, int], text: str, shape: str, kind: str) -> None:
    (n, d), rng = size, np.random.default_rng(seed)
    covariance: Array = np.exp(rng.uniform(-8.0, 3.0, d)) if kind == "wide" else np.repeat(rng.uniform(1, 2), d)
    if kind in ("low rank", "matrix"):
        root = rng.standard_normal((d, d if kind == "matrix" else max(d // 2, 1)))
        covariance = np.asarray(root @ root.T)
    # The theorem is for unit variances of Bx.
    B = _rows(rng, n, d, shape)
    full = covariance if covariance.ndim == 2 else np.diag(covariance)
    spread = np.sqrt(np.einsum("ij,jk,ik->i", B, full, B))
    assume(bool(np.all(spread > 1e-4 * np.sqrt(np.trace(full)))))
    B = B / spread[:, None]
    bound, sharp = (f(text, n=n, d=d, covariance=covariance) for f in (lower_bound, sharp_bound))
    A, scale = optimal_decoder(B, text, covariance), float(np.trace(full)) / d
    assert bound <= sharp
    assert risk(A, B, text, covariance) >= sharp - 1e-10 * scale - rounding(A, text)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 9), st.integers(0, 9), st.sampled_from(ODD))
def test_constructed_code_attains_the_bound_for_n_at_most_d(seed: int, n: int, more: int, text: str) -> None:
    d = n + more
    A, B = minimizer(n, d, text, seed=seed)
    assert A.shape == (d, n)
    assert np.allclose(B @ B.T, np.eye(n), atol=1e-13)
    assert abs(risk(A, B, text) - lower_bound(text, n=n, d=d)) < 1e-12
    # Modulo rotation, order and signs there is one minimiser.
    assert np.allclose(switched_gram(B), switched_gram(minimizer(n, d, text, seed=seed + 1)[1]), atol=1e-13)


def test_sign_values() -> None:
    assert abs(rate_bound(0.5, math.pi / 2 - 1) - (1 - 1 / math.pi)) < 1e-15
    assert abs(rate_bound(2.0, math.pi / 2 - 1) - (1 - 2 / (1 + math.pi / 2))) < 1e-15


@settings(deadline=None)
@given(st.floats(1e-3, 1e3), st.floats(0, 1e3), st.floats(0, 10))
def test_the_bound_as_a_function(rate: float, alpha: float, step: float) -> None:
    value = rate_bound(rate, alpha)
    assert 0.0 <= value < 1.0
    assert rate_bound(rate + step, alpha) <= value + 1e-15
    assert rate_bound(rate, alpha + step) >= value - 1e-15
    assert abs(value - (1.0 - rate / (max(rate, 1.0) + alpha))) < 1e-13


# Exact risks of particular codes.
@pytest.mark.parametrize("d", [2, 3, 7, 20])
@pytest.mark.parametrize("text", ["sign", "tanh", "x**3"])
def test_simplex(d: int, text: str) -> None:
    sigma, B = activation(text), simplex(d)
    value = risk(optimal_decoder(B, text), B, text)
    exact = 1.0 - (d + 1) / d / (sigma.f_of_one + float(sigma.f(1.0 / d)))
    assert abs(value - exact) < 1e-13
    bound = sharp_bound(text, n=d + 1, d=d)
    assert bound <= value + 1e-14
    if text == "x**3":  # f is cubic: equality at an equiangular tight frame
        assert abs(value - bound) < 1e-14
    if text == "sign":  # the gap is of order d⁻⁵
        x, rate = 1.0 / d, (d + 1) / d
        assert value - bound <= rate * (math.asin(x) - x - x**3 / 6) / (math.pi / 2 + x) ** 2 + 1e-15


@pytest.mark.parametrize("n", [2, 3, 5, 8, 40])
def test_equispaced_lines(n: int) -> None:
    B = equispaced_lines(n)
    value = risk(optimal_decoder(B, "sign"), B, "sign")
    assert abs(value - (1.0 - n**2 * math.sin(math.pi / (2 * n)) ** 2 / math.pi)) < 1e-12
    assert sharp_bound("sign", n=n, d=2) <= value + 1e-14
    if n >= 3:  # a spherical design for cubic f: the sphere bound, for every n
        cubic = risk(optimal_decoder(B, "x**3"), B, "x**3")
        assert abs(cubic - sharp_bound("x**3", n=n, d=2)) < 1e-13


def test_icosahedron() -> None:
    B, sigma = icosahedron(), activation("sign")
    gamma = 1.0 / math.sqrt(5.0)
    value = risk(optimal_decoder(B, "sign"), B, "sign")
    assert abs(value - (1.0 - 2.0 / (sigma.f_of_one + float(sigma.f(gamma)) / gamma))) < 1e-14
    text = "x + (x**3 - 3*x)/6"  # f = t + a t³ with a = 6·(1/6)²
    cubic = risk(optimal_decoder(B, text), B, text)
    assert abs(cubic - (1.0 - 1.0 / (1.0 + 0.6 / 6.0))) < 1e-13
    for n in (6, 7, 30):  # optimal among all n
        assert abs(sharp_bound(text, n=n, d=3) - cubic) < 1e-13


def test_sphere_bound_of_the_sign() -> None:
    assert abs(sign_sphere_bound(2) - (1 - math.pi / 4)) < 1e-15
    assert abs(sign_sphere_bound(3) - (1 - 8 / (3 * math.pi))) < 1e-15
    for d in (2, 3, 5, 40):
        assert abs(sharp_bound("sign", n=10**7, d=d) - max(sign_sphere_bound(d), 0)) < 1e-6
    mu = 2.0 / math.pi
    assert abs(sphere_bound(2, mu) - sign_sphere_bound(2)) < 1e-15


def test_sphere_moments_are_those_of_a_uniform_unit_vector() -> None:
    for d in (1, 2, 3, 7):
        with mpmath.workdps(25):
            half = mpmath.mpf(d - 1) / 2
            exact = [mpmath.beta(k + 0.5, half) / mpmath.beta(0.5, half) if d > 1 else 1 for k in (1, 2, 3)]
        np.testing.assert_allclose(sphere_moments(d, 3), np.array([float(v) for v in exact]), rtol=1e-14)


def test_frame_moment_and_sphere_moment_meet() -> None:
    for d in (2, 3, 6):
        n = d * (d + 1) // 2
        assert abs(frame_moment(n, d) - sphere_moments(d, 2)[1]) < 1e-15
        assert frame_moment(n + 5, d) == frame_moment(n, d)


def test_frame_bound_is_part_of_the_sharp_bound() -> None:
    sigma = activation("sign")
    for n, d in ((3, 2), (6, 5), (20, 10), (100, 60)):
        single = frame_bound(n / d, sigma.alpha, 1.0 / 6.0, n)
        assert rate_bound(n / d, sigma.alpha) < single <= sharp_bound(sigma, n=n, d=d) + 1e-15
        assert sharp_bound(sigma, n=n, d=d, covariance=np.ones(d)) == pytest.approx(single, rel=1e-13)


def test_a_covariance_has_a_larger_noise_beyond_d() -> None:
    sigma, rng = activation("sign"), np.random.default_rng(0)
    for n, d in ((3, 2), (5, 2), (9, 6)):
        variances = np.sort(rng.uniform(0.2, 2.0, d))[::-1]
        found = train(n, d, sigma, method="lbfgs", covariance=variances, restarts=2).risk
        least, sharp = (f(sigma, n=n, d=d, covariance=variances) for f in (lower_bound, sharp_bound))
        assert least < sharp < found
        assert sharp >= covariance_floor(np.sqrt(variances), sigma.alpha, 1.0 / 6.0, n) / d


def test_codes_beyond_d_are_close_to_the_bound() -> None:
    for n, d in ((60, 40), (80, 40)):
        A, B = minimizer(n, d, "sign", seed=4)
        gap = risk(A, B, "sign") - lower_bound("sign", n=n, d=d)
        # 3(c_3/c_1)²(r−1)²/(r+α)² is what remains of d·gap after the frame is tight; half as much again at d = 40.
        rate, alpha = n / d, math.pi / 2 - 1
        assert 0.0 < d * gap < 1.5 * 0.5 * (rate - 1) ** 2 / (rate + alpha) ** 2
        assert gap >= sharp_bound("sign", n=n, d=d) - lower_bound("sign", n=n, d=d)


# Oddness is needed.
def test_relu_pairs_break_the_formula() -> None:
    B = np.array([[1.0], [-1.0]])
    assert abs(risk(np.array([[1.0, -1.0]]), B, "relu")) < 1e-15
    assert rate_bound(2.0, activation("relu").alpha) == pytest.approx(1 / 3)
    with pytest.raises(ActivationError, match="not odd"):
        lower_bound("relu", n=2, d=1)


def test_even_part_breaks_the_formula() -> None:
    # h_1 + c h_2 with c² = 2 is x + x² − 1; rows at inner product −.99.
    g = -0.99
    B = np.array([[1.0, 0.0], [g, math.sqrt(1 - g * g)]])
    value = risk(optimal_decoder(B, "x + x**2 - 1"), B, "x + x**2 - 1")
    assert abs(value - 171617 / 337467) < 1e-13
    assert value < rate_bound(1.0, 2.0) == pytest.approx(2 / 3)


# Water-filling.
def test_water_filling_keeps_the_limit_on_the_number_of_directions() -> None:
    result = water_filling("sign", n=2, covariance=np.ones(4))
    assert abs(4 * result.bound - (4 - 2 / (math.pi / 2))) < 1e-14
    assert result.active == 2
    assert round(4 * result.bound, 4) == 2.7268


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.floats(1e-6, 1e3), min_size=1, max_size=8),
    st.sampled_from([0.0, 1e-9, 0.01, 0.5707963267948966, 5.0]),
    st.integers(1, 10),
)
def test_water_filling_against_its_dual(variances: list[float], alpha: float, n: int) -> None:
    """Weak duality from both sides: a feasible s reaches the value, and min over ν of the Lagrangian meets it."""
    D = np.sqrt(np.sort(np.array(variances))[::-1])
    gain, active, level = directions_gain(D, alpha, n)
    top = D[: min(n, D.size)]
    shares = np.zeros(top.size)
    shares[:active] = D[:active] * level - alpha
    assert np.all(shares >= -1e-9)
    assert np.sum(shares) == pytest.approx(n, rel=1e-9)
    with np.errstate(invalid="ignore"):
        reached = np.where(shares > 0, top**2 * shares / (alpha + shares), 0.0)
    assert float(np.sum(reached)) == pytest.approx(gain, rel=1e-9)
    if alpha > 0:

        def dual(log_nu: float) -> float:
            nu = math.exp(log_nu)
            s = np.maximum(top * math.sqrt(alpha / nu) - alpha, 0.0)
            return float(np.sum(top**2 * s / (alpha + s) - nu * s)) + nu * n

        nu = alpha / level**2
        assert dual(math.log(nu)) == pytest.approx(gain, rel=1e-7, abs=1e-12)


def test_water_filling_against_a_general_optimiser() -> None:
    D, alpha, n = np.array([2.0, 1.5, 1.0, 0.2]), 0.57, 3

    def loss(s: Array) -> float:
        return -float(np.sum(D[:3] ** 2 * s / (alpha + s)))

    constraint = {"type": "eq", "fun": lambda s: float(np.sum(s)) - n}
    found = scipy.optimize.minimize(
        loss, np.ones(3), bounds=[(0, None)] * 3, constraints=constraint, method="SLSQP", options={"ftol": 1e-14}
    )
    assert -float(found.fun) == pytest.approx(directions_gain(D, alpha, n)[0], rel=1e-7)


def test_equal_variances_give_the_rate_bound() -> None:
    for n, d in ((1, 3), (3, 3), (7, 3)):
        isotropic = lower_bound("tanh", n=n, d=d, covariance=np.full(d, 2.0))
        assert isotropic == pytest.approx(2.0 * lower_bound("tanh", n=n, d=d), rel=1e-14)


# Shannon.
@pytest.mark.parametrize("text", ["sign", "quantizer:4", "quantizer:8", "quantizer:32"])
def test_the_bound_is_above_shannons(text: str) -> None:
    sigma = activation(text)
    assert sigma.letters is not None
    for rate in np.linspace(0.05, 8.0, 160):
        assert rate_bound(float(rate), sigma.alpha) >= shannon_bound(float(rate), sigma.letters)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(1e-4, 1e4), min_size=1, max_size=8), st.floats(0.01, 30))
def test_reverse_water_filling(variances: list[float], bits: float) -> None:
    ordered = np.sort(np.array(variances))[::-1]
    value = shannon_bound_for(ordered, bits)

    def spent(log_level: float) -> float:
        return float(np.sum(np.maximum(np.log2(ordered) - log_level, 0.0))) / 2.0 - bits

    level = scipy.optimize.brentq(spent, -200.0, float(np.log2(ordered[0])), xtol=1e-13)
    assert value == pytest.approx(float(np.mean(np.minimum(ordered, 2.0**level))), rel=1e-9)


def test_bad_sizes_are_named() -> None:
    with pytest.raises(ValueError, match="n = 0"):
        lower_bound("sign", n=0, d=2)
    with pytest.raises(ValueError, match=r"d = 2\.5"):
        lower_bound("sign", n=1, d=2.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="covariance has dimension 2"):
        lower_bound("sign", n=1, d=3, covariance=[1.0, 2.0])
    with pytest.raises(ValueError, match="n = 0"):
        water_filling("sign", n=0, covariance=[1.0])
    with pytest.raises(ValueError, match=r"shape \(0,\)"):
        water_filling("sign", n=1, covariance=[])
