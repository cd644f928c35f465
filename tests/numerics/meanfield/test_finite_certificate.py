"""Certificates at finite β: enclosures against quadrature and an independent dual, in spite of a wrong start."""

from __future__ import annotations

import dataclasses
import math
import pickle
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.numerics.meanfield import MeanFieldInputError, WideReluFit, fit_wide_relu
from lemmata.numerics.meanfield.certificate import Certificate, ExactRows, exact_doubles
from lemmata.numerics.meanfield.finite_certificate import FiniteCertificate, certify_finite
from lemmata.numerics.meanfield.law import GibbsLaw
from lemmata.numerics.meanfield.quadrature import CircleQuadrature

from .cases import Array, problems

X, Y = [-2.0, -1.0, 0.25, 1.5], [1.0, -0.5, 0.5, 0.75]


def _certify(fit: WideReluFit, digits: int) -> FiniteCertificate:
    return certify_finite(exact_doubles(fit), fit, digits)


def _width(pair: tuple[str, str]) -> Fraction:
    return Fraction(pair[1]) - Fraction(pair[0])


def _inside(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    return Fraction(outer[0]) <= Fraction(inner[0]) <= Fraction(inner[1]) <= Fraction(outer[1])


def test_stationary_by_quadrature() -> None:
    """At the enclosed residuals r = ω(f − y) the Gibbs predictor, by quadrature to 55 digits, is f again.

    Nothing of the arc formula is used. By strong convexity a failure of stationarity by 1e-45 could hide no more than
    that in f; the free energy is compared with the dual value there.
    """
    lam, beta, x, y = 0.1, 1e3, [-1.0, 0.5], [1.0, -0.5]
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    certificate = _certify(fit, 50)
    assert certificate.certified
    with mpmath.workdps(55):
        middle = [(mpmath.mpf(low) + mpmath.mpf(high)) / 2 for low, high in certificate.fitted]
        r = [(f - mpmath.mpf(target)) / 2 for f, target in zip(middle, y, strict=True)]
        exact = CircleQuadrature(x, r, lam, beta, digits=55)
        tolerance = mpmath.mpf(10) ** -45
        for place, (low, high) in ((x[1], certificate.fitted[1]), (0.2, certificate.predict([0.2])[0])):
            value = exact.predict(place)
            assert mpmath.mpf(low) - tolerance <= value <= mpmath.mpf(high) + tolerance
        energy = -exact.log_partition() / beta - mpmath.fsum(v * v for v in r)
        energy -= mpmath.fsum(v * target for v, target in zip(r, y, strict=True))
        assert certificate.objective is not None
        low, high = (mpmath.mpf(end) for end in certificate.objective)
        assert low - tolerance <= energy <= high + tolerance


def test_slope_and_curvature_by_differences() -> None:
    fit = fit_wide_relu(X, Y, lam=0.05, beta=200.0)
    certificate = _certify(fit, 60)
    with mpmath.workdps(60):
        h = Fraction(1, 10**15)
        for place in (Fraction(-7), Fraction(-5, 4), Fraction(1), Fraction(9)):
            low, at, high = (
                (mpmath.mpf(a) + mpmath.mpf(b)) / 2 for a, b in certificate.predict([place - h, place, place + h])
            )
            step = mpmath.mpf(10) ** -15
            # Differences of a smooth function: error O(h²) = 1e-30 times its higher derivatives.
            slope, bent = certificate.slope([place])[0], certificate.curvature([place])[0]
            assert abs((high - low) / (2 * step) - mpmath.mpf(slope[0])) < mpmath.mpf(10) ** -26
            assert abs((high - 2 * at + low) / step**2 - mpmath.mpf(bent[0])) < mpmath.mpf(10) ** -24


@settings(max_examples=40, deadline=None)
@given(problems(6), st.floats(-2.0, 12.0), st.integers(1, 40))
def test_digits_and_nesting(problem: tuple[Array, Array, float], exponent: float, digits: int) -> None:
    x, y, lam = problem
    fit = fit_wide_relu(x, y, lam=lam, beta=10.0**exponent)
    coarse, fine = _certify(fit, digits), _certify(fit, digits + 15)
    assert coarse.certified
    assert fine.certified
    assert (coarse.optimal, coarse.unique, coarse.knots, coarse.knot_count, coarse.phase) == (
        True,
        True,
        (),
        None,
        None,
    )
    scale = Fraction(float(np.max(np.abs(y)))) or Fraction(1)
    points = [float(x[0]), float(x[-1]) + 0.3, -3.0]
    groups = [
        (coarse.fitted, fine.fitted),
        ((coarse.objective,), (fine.objective,)),
        *((getattr(coarse, name)(points), getattr(fine, name)(points)) for name in ("predict", "slope", "curvature")),
    ]
    for outer, inner in groups:
        for wide, narrow in zip(outer, inner, strict=True):
            assert wide is not None
            assert narrow is not None
            largest = max(abs(Fraction(wide[0])), abs(Fraction(wide[1])), Fraction(0))
            assert _width(wide) <= 2 * max(largest, scale) * Fraction(10) ** (1 - digits)
            assert _inside(narrow, wide)
    # The fit itself is right to rounding; with an enclosure of its error this is a check of the fit.
    assert fit.stop != "converged" or all(
        abs(Fraction(float(value)) - Fraction(low)) <= Fraction(1, 10**8) * scale + _width((low, high))
        for value, (low, high) in zip(fit.fitted, coarse.fitted, strict=True)
    )


def _tampered(fit: WideReluFit, move: Array) -> WideReluFit:
    law = fit._function
    assert isinstance(law, GibbsLaw)
    point = dataclasses.replace(law.point, r=law.point.r + move)
    return dataclasses.replace(fit, _function=GibbsLaw(law.circle, point, law.lam, law.beta))


@pytest.mark.parametrize("beta", [1.0, 1e3, 1e7, 1e12])
@pytest.mark.parametrize("size", [1e-12, 1e-6, 1e-3, 10.0])
def test_wrong_start(beta: float, size: float) -> None:
    """A moved residual changes nothing that is proved, be it so wrong that the way is taken again from r = 0."""
    fit = fit_wide_relu(X, Y, lam=0.05, beta=beta)
    right = _certify(fit, 30)
    wrong = _certify(_tampered(fit, size * np.array([1.0, -1.0, 0.5, 2.0])), 20)
    assert wrong.certified
    assert all(_inside(inner, outer) for inner, outer in zip(right.fitted, wrong.fitted, strict=True))
    assert right.objective is not None
    assert wrong.objective is not None
    assert _inside(right.objective, wrong.objective)


def test_another_problem_is_another_certificate() -> None:
    """The enclosures belong to the exact numbers: with other targets they are elsewhere, though the fit is the same."""
    fit = fit_wide_relu(X, Y, lam=0.05, beta=100.0)
    rows = exact_doubles(fit)
    moved = dataclasses.replace(rows, y=(rows.y[0] + Fraction(1, 10**25), *rows.y[1:]))
    first, second = certify_finite(rows, fit, 30), certify_finite(moved, fit, 30)
    assert Fraction(second.fitted[0][0]) > Fraction(first.fitted[0][1])


def test_without_targets_f_is_zero() -> None:
    fit = fit_wide_relu([0.0, 1.0], [0.0, 0.0], lam=0.3, beta=5.0)
    certificate = _certify(fit, 25)
    assert certificate.certified
    assert all(Fraction(low) <= 0 <= Fraction(high) for low, high in certificate.fitted)
    assert all(Fraction(low) <= 0 <= Fraction(high) for low, high in certificate.curvature([-1.0, 0.5]))
    energy = -1.5 / 5 * math.log(2 * math.pi / 1.5)
    assert certificate.objective is not None
    assert float(certificate.objective[0]) == pytest.approx(energy, rel=1e-14)


def test_ties_weights_and_dropped_rows() -> None:
    """Rows that share an input merge exactly, a row of weight 0 is only predicted; the order is that of the rows."""
    third = Fraction(1, 3)
    x = (Fraction(1), Fraction(0), Fraction(1), Fraction(7, 2))
    rows = ExactRows(x, (Fraction(0), Fraction(1), Fraction(3), Fraction(9)), (third, third, 2 * third, Fraction(0)),
                     Fraction(1, 10), Fraction(20))  # fmt: skip
    fit = fit_wide_relu([float(v) for v in x], [0.0, 1.0, 3.0, 9.0], lam=0.1, beta=20.0,
                        sample_weight=[float(v) for v in rows.weight])  # fmt: skip
    certificate = certify_finite(rows, fit, 20)
    merged = ExactRows((Fraction(0), Fraction(1)), (Fraction(1), Fraction(2)), (Fraction(1), Fraction(3)),
                       Fraction(1, 10), Fraction(20))  # fmt: skip
    other = certify_finite(merged, fit_wide_relu([0.0, 1.0], [1.0, 2.0], lam=0.1, beta=20.0, sample_weight=[1, 3]), 20)
    assert certificate.certified
    assert certificate.fitted[0] == certificate.fitted[2] == other.fitted[1]
    assert certificate.fitted[1] == other.fitted[0]
    assert certificate.fitted[3] == other.predict([3.5])[0]
    assert certificate.objective is not None
    assert other.objective is not None
    within = Fraction(3, 4) * 2 / 2  # weights 1 and 2 of 3 at targets 0 and 3: variance 2, share 3/4
    assert float(certificate.objective[0]) == pytest.approx(float(Fraction(other.objective[0]) + within), rel=1e-15)


def test_decimals_that_round_to_one_double() -> None:
    """Distinct inputs, though the fit has merged them as one double."""
    close = Fraction(1) + Fraction(1, 10**20)
    rows = ExactRows((Fraction(1), close, Fraction(2)), (Fraction(1), Fraction(1), Fraction(0)), (Fraction(1),) * 3,
                     Fraction(1, 10), Fraction(50))  # fmt: skip
    fit = fit_wide_relu([1.0, 1.0, 2.0], [1.0, 1.0, 0.0], lam=0.1, beta=50.0)
    certificate = certify_finite(rows, fit, 30)
    assert certificate.certified
    assert certificate.fitted[0] != certificate.fitted[1]
    assert float(certificate.fitted[0][0]) == pytest.approx(fit.fitted[0], rel=1e-12)


def test_many_inputs() -> None:
    rng = np.random.default_rng(3)
    x = rng.uniform(-2, 2, 600)
    y = np.sin(3 * x) + 0.1 * rng.standard_normal(600)
    fit = fit_wide_relu(x, y, lam=0.02, beta=1e4)
    certificate = _certify(fit, 15)
    assert certificate.certified
    low, high = (np.array([float(pair[k]) for pair in certificate.fitted]) for k in (0, 1))
    assert np.max(high - low) <= 2e-14
    assert fit.fitted == pytest.approx(low, abs=1e-9)


def test_digits_that_cannot_be_had() -> None:
    """Without Newton steps the certificate says why, and what it still encloses is right."""
    fit = fit_wide_relu(X, Y, lam=0.05, beta=1e3)
    wrong = _tampered(fit, 1e-6 * np.ones(4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lemmata.numerics.meanfield.finite_certificate._ITERATIONS", 0)
        poor = _certify(wrong, 15)
    assert not poor.certified
    assert poor.undecided[0].reason == "0 Newton steps do not suffice"
    right = _certify(fit, 30)
    assert all(_inside(inner, outer) for inner, outer in zip(right.fitted, poor.fitted, strict=True))
    assert all(_width(pair) > Fraction(1, 10**8) for pair in poor.fitted)


def test_bad_points() -> None:
    certificate = _certify(fit_wide_relu(X, Y, lam=0.05, beta=10.0), 8)
    with pytest.raises(MeanFieldInputError, match="inf"):
        certificate.slope([math.inf])
    empty = FiniteCertificate(False, None, (), None, False, None, None, (), (), 8)
    with pytest.raises(MeanFieldInputError, match="proves nothing"):
        empty.curvature([0.0])


def test_same_digits_whatever_was_asked_before() -> None:
    fit = fit_wide_relu(X, Y, lam=0.05, beta=10.0)
    certificate: Certificate = _certify(fit, 12)
    first = certificate.predict([0.1, 0.2])
    certificate.predict([1e6, 1e-9])
    assert certificate.predict([0.1, 0.2]) == first == _certify(fit, 12).predict([0.1, 0.2])


def test_a_copy_in_another_process_proves_the_same() -> None:
    fit = fit_wide_relu([*X, 1.5], [*Y, 1.0], lam=0.05, beta=200.0, sample_weight=[1.0, 1.0, 2.0, 1.0, 0.0])
    certificate = _certify(fit, 20)
    other = pickle.loads(pickle.dumps(certificate))
    assert (other.fitted, other.objective, other.residual) == (
        certificate.fitted, certificate.objective, certificate.residual,
    )  # fmt: skip
    for name in ("predict", "slope", "curvature"):
        assert getattr(other, name)([0.0, 3.7, -1.0]) == getattr(certificate, name)([0.0, 3.7, -1.0])


def test_another_temperature_is_not_that_of_the_fit() -> None:
    """A fit that claims another β or λ is proved for what it claims; exact numbers that differ are refused."""
    fit, right = (fit_wide_relu(X, Y, lam=0.05, beta=beta) for beta in (10.0, 1e3))
    claimed = dataclasses.replace(fit, beta=1e3)
    assert all(a[0] == b[0] for a, b in zip(claimed.certify(20).fitted, right.certify(20).fitted, strict=True))
    rows = exact_doubles(fit)
    for changed in (
        dataclasses.replace(rows, beta=Fraction(11)), dataclasses.replace(rows, lam=Fraction(1, 10)),
        dataclasses.replace(rows, y=(Fraction(2), *rows.y[1:])), dataclasses.replace(rows, beta=None),
        dataclasses.replace(rows, weight=(Fraction(1, 2), *rows.weight[1:])),
    ):  # fmt: skip
        with pytest.raises(MeanFieldInputError, match="exact"):
            fit.certify(5, exact=changed)


def test_numbers_that_no_double_holds() -> None:
    """A weight below zero or no penalty cannot be smuggled in as exact numbers that round to the fit's."""
    fit = fit_wide_relu(X, Y, lam=0.05, beta=10.0, sample_weight=[1.0, 1.0, 1.0, 0.0])
    rows = exact_doubles(fit)
    negative = dataclasses.replace(rows, weight=(*rows.weight[:3], -Fraction(1, 10**400)))
    with pytest.raises(MeanFieldInputError, match="weight"):
        fit.certify(5, exact=negative)
