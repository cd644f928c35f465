"""Where the minimiser is not unique: the face's dimension, and the member that the limit β → ∞ selects."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lemmata.numerics.meanfield import NonUniquePredictorWarning, fit_wide_relu

from .cases import features

Array = NDArray[np.float64]


def _four_interior_knots() -> tuple[Array, Array]:
    """λ = 1, five contacts of one sign, three independent on the data: a two-dimensional face of functions."""
    b = 5.0
    a = (np.sqrt(3) * (1 + b * b) - 4 * b) / (b * b - 3)
    p = 2 / (1 + b * b)
    x, r = np.array([-b, -a, a, b]), np.array([p, 0.5 - p, 0.5 - p, p])
    phi = np.array([np.arctan(2.4), np.pi / 6, np.pi / 2, 5 * np.pi / 6, np.pi - np.arctan(2.4)])
    return x, features(x, phi) @ -np.array([1, 2, 1, 0.7, 1.5]) - 4 * r


def test_two_points_at_root_three() -> None:
    """β → ∞ gives the two facing units and the constant one equal weights."""
    with pytest.warns(NonUniquePredictorWarning, match="dimension 1"):
        fit = fit_wide_relu([-np.sqrt(3), np.sqrt(3)], [2.0, 2.0], lam=0.1)
    assert fit.face_dimension == 1
    assert fit.units is not None
    assert [unit.c for unit in fit.units] == pytest.approx([1.9 / 3] * 3, rel=1e-9)
    assert fit.predict(0.0) == pytest.approx(1.9 * 2 / 3, rel=1e-9)
    assert fit.selection_undecided == ()


@pytest.mark.parametrize("factor", [1 - 1e-7, 1 + 1e-7])
def test_nearly_a_face_is_none(factor: float) -> None:
    """A contact missed by 1e-7 is no contact: no warning, and the two-point answer of its regime."""
    fit = fit_wide_relu([-np.sqrt(3) * factor, np.sqrt(3) * factor], [2.0, 2.0], lam=0.1)
    assert fit.face_dimension == 0
    assert len(fit.knots) == (2 if factor > 1 else 0)


def test_the_limit_of_gibbs_predictors_is_selected() -> None:
    x, y = _four_interior_knots()
    with pytest.warns(NonUniquePredictorWarning, match="dimension 2"):
        fit = fit_wide_relu(x, y, lam=1.0)
    assert fit.units is not None
    found = {round(unit.phi, 6): unit.c for unit in fit.units}
    angles = [np.arctan(2.4), np.pi / 6, np.pi / 2, 5 * np.pi / 6, np.pi - np.arctan(2.4)]
    values = np.array([found[round(float(angle), 6)] for angle in angles])
    # Σ|c|^(1/3) is stationary along the face: its gradient is orthogonal to what the data do not see.
    unseen = np.linalg.svd(features(x, np.array(angles)))[2][3:]
    assert unseen @ np.abs(values) ** (-2 / 3) == pytest.approx([0, 0], abs=1e-9)
    points = np.array([-8.0, -5.0, -1.5, 0.0, 1.5, 6.0, 8.0])
    errors = [
        float(np.max(np.abs(fit_wide_relu(x, y, lam=1.0, beta=beta).predict(points) - fit.predict(points))))
        for beta in (1e4, 1e5, 1e6)
    ]
    assert errors[2] < 3e-7
    assert errors[1] / errors[2] == pytest.approx(10, rel=0.05)  # the error falls like 1/β


def test_a_vertex_on_request() -> None:
    x, y = _four_interior_knots()
    with pytest.warns(NonUniquePredictorWarning, match="vertex"):
        fit = fit_wide_relu(x, y, lam=1.0, selection="vertex")
    assert fit.units is not None
    assert len(fit.units) <= 3
    assert (fit.selection, fit.face_dimension) == ("vertex", 2)
    with pytest.warns(NonUniquePredictorWarning):
        limit = fit_wide_relu(x, y, lam=1.0)
    assert fit.fitted == pytest.approx(limit.fitted, abs=1e-12)
    assert fit.objective == pytest.approx(limit.objective, rel=1e-14)
    assert np.max(np.abs(fit.predict(np.linspace(-3, 3, 7)) - limit.predict(np.linspace(-3, 3, 7)))) > 1e-2


def test_random_data_have_a_unique_predictor() -> None:
    """The split between sides may be free (both), the function is not: no warning, which here would be an error."""
    rng = np.random.default_rng(8)
    both = 0
    for _ in range(200):
        size = int(rng.integers(2, 15))
        fit = fit_wide_relu(rng.standard_normal(size), rng.standard_normal(size), lam=10 ** rng.uniform(-3, -1))
        assert fit.face_dimension == 0
        both += any(knot.side == "both" for knot in fit.knots)
    assert both > 20
