"""The truncated problem against integrals over a taken numerically, and its limit against the exact fit."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from lemmata.numerics.meanfield import MeanFieldInputError, fit_wide_relu
from lemmata.numerics.meanfield.truncated import _output, cap, truncated_fit

LAM, BETA = 0.3, 7.0


@pytest.mark.parametrize("m", [0.5, 1.0, 4.0])
@pytest.mark.parametrize("pull", [-2.0, -0.1, 0.0, 0.7, 3.0])
def test_the_integral_over_a_is_that_of_quadrature(pull, m):
    def weight(a):
        return math.exp(-BETA * (min(max(a, -m), m) * pull + 0.5 * LAM * a * a))

    def integral(of):
        return sum(quad(of, *ends, epsabs=0, epsrel=1e-11)[0] for ends in ((-40, -m), (-m, 0), (0, m), (m, 40)))

    total = integral(weight)
    log_total, mean = _output(np.array([pull]), LAM, BETA, m)
    assert log_total[0] == pytest.approx(math.log(total) - 0.5 * math.log(2 * math.pi / (BETA * LAM)), abs=1e-9)
    clipped = integral(lambda a: min(max(a, -m), m) * weight(a)) / total
    assert mean[0] == pytest.approx(clipped, abs=1e-9)


def test_the_cap_is_the_identity_then_bends_by_at_most_the_printed_limits():
    m = 1.5
    v = np.linspace(0.0, 60.0, 60_001)
    capped, h = cap(v, m), v[1]
    assert np.array_equal(capped[v <= m * m], v[v <= m * m])
    assert np.max(np.abs(np.diff(capped, 2))) <= h * h / m**2 * (1 + 1e-6) + 1e-13
    assert np.all(np.diff(capped) >= 0)
    assert capped[-1] == pytest.approx(2 * m * m, rel=1e-9)


def test_without_truncation_it_is_the_exact_fit_to_second_order():
    x, y = [-1.0, 0.5], [1.0, -0.5]
    exact = fit_wide_relu(x, y, lam=0.4, beta=10.0).fitted
    errors = [
        np.max(np.abs(truncated_fit(x, y, lam=0.4, beta=10.0, half_width=7.0, cells=n).fitted - exact))
        for n in (75, 300)
    ]
    assert errors[1] < 2e-4
    assert errors[1] < errors[0] / 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"cells": 5000}, "at most 4000"),
        ({"half_width": 0.5}, "density at the walls"),
        ({"tau": 0.0}, "tau"),
        ({"m": -1.0}, "m is"),
        ({"x": np.zeros(9), "y": np.zeros(9)}, "1 to 8"),
    ],
)
def test_arguments_outside_what_is_allowed_are_refused(change, told):
    given = {"x": [0.0], "y": [1.0], "lam": 1.0, "beta": 4.0, "half_width": 6.0, "cells": 60} | change
    with pytest.raises(MeanFieldInputError, match=told):
        truncated_fit(given.pop("x"), given.pop("y"), **given)
