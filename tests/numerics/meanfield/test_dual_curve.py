"""The dual curve against the sum that it stands for, the law of the angle, and the units of the fit."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lemmata.numerics.meanfield import MeanFieldInputError, fit_wide_relu

X, Y, W = [-2.0, -1.0, 0.25, 1.5, 1.5], [1.0, -0.5, 0.5, 0.75, 1.0], [1.0, 2.0, 0.5, 1.0, 1.0]
LAM = 0.05
PHI = np.linspace(-0.5 * math.pi, 1.5 * math.pi, 501)


@pytest.mark.parametrize("beta", [30.0, 1e4, math.inf])
@pytest.mark.parametrize("x", [X, [-4e3, -1.0, 0.5, 2e3, 3e3]], ids=["near", "wide"])
def test_the_curve_is_the_sum_over_the_data(beta: float, x: list[float]) -> None:
    fit = fit_wide_relu(x, Y, lam=LAM, beta=beta, sample_weight=W)
    share = np.array(W) / sum(W)
    r = share * (fit.fitted - Y)
    units = np.maximum(np.outer(np.cos(PHI), x) + np.sin(PHI)[:, None], 0.0)
    # The fitted values carry the rounding of a fit; next to inputs of thousands it counts for as much.
    assert fit.dual.value(PHI) == pytest.approx(units @ r, abs=1e-12 * max(np.abs(x)))
    assert np.max(np.abs(fit.dual.value(PHI))) <= LAM * (1 + 1e-12)
    largest = max(abs(peak.value) for peak in fit.dual.peaks)
    assert largest >= np.max(np.abs(fit.dual.value(PHI))) * (1 - 1e-12)


def test_units_of_the_limit_are_where_the_curve_touches() -> None:
    fit = fit_wide_relu(X, Y, lam=LAM, sample_weight=W)
    assert fit.units is not None
    assert [peak.value for peak in fit.dual.touching()] == pytest.approx(
        [-LAM * math.copysign(1.0, unit.c) for unit in fit.units], rel=1e-9
    )
    assert [peak.phi for peak in fit.dual.touching()] == pytest.approx([unit.phi for unit in fit.units], abs=1e-9)
    knots = {round(knot.location, 9) for knot in fit.knots}
    assert knots
    assert knots <= {round(peak.knot, 9) for peak in fit.dual.touching()}
    assert not fit_wide_relu(X, Y, lam=LAM, beta=30.0).dual.touching()


@pytest.mark.parametrize("beta", [30.0, 1e4])
def test_the_law_of_the_angle_is_the_curve(beta: float) -> None:
    fit = fit_wide_relu(X, Y, lam=LAM, beta=beta, sample_weight=W)
    product = fit.marginals.angle.density(PHI) * (1.0 - (fit.dual.value(PHI) / LAM) ** 2)
    assert product == pytest.approx(np.full(len(PHI), product[0]), rel=1e-8)


def test_an_angle_that_is_no_number_is_refused() -> None:
    with pytest.raises(MeanFieldInputError, match="phi"):
        fit_wide_relu(X, Y, lam=LAM).dual.value([0.0, math.nan])
