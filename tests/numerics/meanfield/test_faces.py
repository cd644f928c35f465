"""Where the minimiser is not unique: the face's dimension, and the member that the limit β → ∞ selects."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import nnls
from sympy import Matrix

from lemmata.numerics.meanfield import NonUniquePredictorWarning, fit_wide_relu
from lemmata.numerics.meanfield.circle import build_circle
from lemmata.numerics.meanfield.faces import data_rows, null_space
from lemmata.numerics.meanfield.selection import _fewest_groups, _to_vertex
from lemmata.numerics.meanfield.units import Units, columns

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


def test_the_selection_of_four_interior_knots_to_twelve_digits() -> None:
    """The stationary point of Σ|c|^(1/3) on the face, by Newton's method in 30 digits (mpmath), beside ours."""
    x, y = _four_interior_knots()
    with pytest.warns(NonUniquePredictorWarning, match="dimension 2"):
        fit = fit_wide_relu(x, y, lam=1.0)
    assert fit.units is not None
    weights = [unit.c for unit in fit.units]  # right −1/√3, right −2.4, the constant, left 2.4, left 1/√3
    assert weights == pytest.approx(
        [-1.764600630619990, -1.363092383548057, -1.103592070335159, -0.989134087441703, -0.979580828055090], abs=1e-12
    )
    assert (fit.selection_undecided, fit.sparsest) == ((), None)


def test_a_vertex_is_the_sparsest_minimiser() -> None:
    """Every function of the face has 2 to 4 knots: all units but the right-facing pair or the left-facing one fail."""
    x, y = _four_interior_knots()
    with pytest.warns(NonUniquePredictorWarning, match="vertex"):
        fit = fit_wide_relu(x, y, lam=1.0, selection="vertex")
    assert fit.units is not None
    assert len(fit.units) <= 3
    assert (fit.selection, fit.face_dimension, fit.sparsest) == ("vertex", 2, True)
    with pytest.warns(NonUniquePredictorWarning):
        limit = fit_wide_relu(x, y, lam=1.0)
    assert fit.fitted == pytest.approx(limit.fitted, abs=1e-12)
    assert fit.objective == pytest.approx(limit.objective, rel=1e-14)
    assert np.max(np.abs(fit.predict(np.linspace(-3, 3, 7)) - limit.predict(np.linspace(-3, 3, 7)))) > 1e-2
    # Independent enumeration: non-negative weights on each set of directions that give the fitted values.
    angles = np.array([unit.phi for unit in limit.units or ()])
    bent = np.abs(angles - np.pi / 2) > 0.1
    counts = []
    for size in range(6):
        for some in combinations(range(5), size):
            _, residual = nnls(-features(x, angles[list(some)]), fit.fitted) if size else (None, 1.0)
            if residual < 1e-9:
                counts.append(int(np.sum(bent[list(some)])))
    assert len(fit.knots) == min(counts) == 2


def test_the_sparsest_of_two_points_has_no_knot() -> None:
    with pytest.warns(NonUniquePredictorWarning, match="dimension 1"):
        fit = fit_wide_relu([-np.sqrt(3), np.sqrt(3)], [2.0, 2.0], lam=0.1, selection="vertex")
    assert (fit.knots, fit.sparsest) == ((), True)
    assert fit.predict([-9.0, 0.0, 9.0]) == pytest.approx([1.9] * 3, rel=1e-12)


def test_three_dependent_contacts_without_weight_are_no_face() -> None:
    """At λ = λ_max the three directions touch, and f = 0 is the only minimiser."""
    fit = fit_wide_relu([-np.sqrt(3), np.sqrt(3)], [2.0, 2.0], lam=2.0, selection="vertex")
    assert (fit.face_dimension, fit.knots, fit.sparsest) == (0, (), True)
    assert fit_wide_relu([-np.sqrt(3), np.sqrt(3)], [2.0, 2.0], lam=2.0).sparsest is None


def _fewest(matrix: list[list[int]], z: list[int], group: list[int]) -> int:
    """Fewest groups in the support of a vertex of {z ≥ 0, matrix z fixed}, in exact arithmetic over all bases."""
    exact = Matrix(matrix)
    target, best = exact * Matrix(z), len(z)
    for size in range(exact.rank() + 1):
        for some in combinations(range(len(z)), size):
            columns = exact[:, list(some)]
            if columns.rank() < size:
                continue
            joint = columns.row_join(target)
            if joint.rank() > size:
                continue
            weights = (columns.T * columns).LUsolve(columns.T * target) if size else Matrix(0, 1, [])
            if all(value >= 0 for value in weights):
                best = min(best, len({group[k] for k, v in zip(some, weights, strict=True) if v > 0} - {-1}))
    return best


def test_fewest_groups_against_all_bases() -> None:
    rng = np.random.default_rng(4)
    fewer = 0
    for _ in range(40):
        count = int(rng.integers(3, 7))
        matrix = rng.integers(0, 4, (int(rng.integers(1, 4)), count))
        z, group = rng.integers(0, 3, count), rng.integers(-1, 4, count)
        keep = (matrix.sum(axis=0) > 0) & (z >= 0)
        matrix, z = matrix[:, keep], z[keep]
        group = np.unique(np.append(group[keep], -1), return_inverse=True)[1][:-1] - 1  # 0, 1, … without a hole
        if not np.any(matrix @ z):
            continue
        point, complete = _fewest_groups(matrix.astype(float), z.astype(float), group)
        assert complete
        assert np.min(point) >= 0
        assert matrix @ point == pytest.approx(matrix @ z, rel=1e-10)
        used = len(set(group[point > 1e-9].tolist()) - {-1})
        assert used == _fewest(matrix.tolist(), z.tolist(), group.tolist())
        fewer += used < len(set(group[z > 0].tolist()) - {-1})
    assert fewer > 5


def test_a_vertex_has_independent_columns() -> None:
    rng = np.random.default_rng(6)
    for _ in range(50):
        rows, count = int(rng.integers(1, 5)), int(rng.integers(1, 12))
        matrix = rng.uniform(0, 1, (rows, count))
        z = rng.uniform(0, 1, count)
        vertex = _to_vertex(matrix, z)
        assert np.min(vertex) >= 0
        assert np.sum(vertex > 0) <= rows
        assert matrix @ vertex == pytest.approx(matrix @ z, rel=1e-12)


@pytest.mark.parametrize("size", [1, 2, 7, 40])
def test_panels_keep_all_inner_products(size: int) -> None:
    rng = np.random.default_rng(size)
    for offset in (0.0, 1.0, 1e4):
        x = np.sort(rng.standard_normal(size)) + offset
        omega = rng.dirichlet(np.ones(size))
        circle = build_circle(x)
        place = rng.integers(1, 4 * size, 6)
        place[np.abs(place - 2 * size) <= 1] = 2 * size
        start = np.where(place == 2 * size, size - 1, place // 2)
        share = np.where((place % 2 == 1) | (place == 2 * size), rng.uniform(0.1, 0.9, 6), 0.0)
        phi = circle.phi[start] + share * (circle.phi[start + 1] - circle.phi[start])
        units = Units(phi, np.ones(6), place)
        rows, dense = data_rows(circle, units, omega), np.sqrt(omega)[:, None] * columns(circle, units)[0]
        assert rows.T @ rows == pytest.approx(dense.T @ dense, rel=1e-14, abs=1e-15 * offset + 1e-14)


def test_a_face_of_many_data_takes_little_memory() -> None:
    """A full orthogonal factor of 10⁵ rows would take 80 GB."""
    rng = np.random.default_rng(2)
    size = 100_000
    circle = build_circle(np.sort(rng.standard_normal(size)))
    place = np.sort(rng.integers(1, 4 * size, 30)) | 1
    units = Units(circle.phi[place // 2] + 1e-9, np.ones(30), place)
    assert null_space(data_rows(circle, units, np.full(size, 1 / size))).shape == (30, 0)


def test_without_rows_every_vector_is_null() -> None:
    """A face whose contacts are all at data leaves no rows for those inside arcs."""
    assert null_space(np.zeros((0, 3))) == pytest.approx(np.eye(3))
    assert null_space(np.zeros((4, 0))).shape == (0, 0)


def test_random_data_have_a_unique_predictor() -> None:
    """The split between sides may be free (both), the function is not: no warning, which here would be an error."""
    rng = np.random.default_rng(8)
    both = 0
    for _ in range(70):
        size = int(rng.integers(2, 15))
        fit = fit_wide_relu(rng.standard_normal(size), rng.standard_normal(size), lam=10 ** rng.uniform(-3, -1))
        assert fit.face_dimension == 0
        both += any(knot.side == "both" for knot in fit.knots)
    assert both > 10


def test_a_contact_at_a_datum_with_slope_zero_counts_once():
    """The peak of |g| over the arc common to all units may point exactly at a datum; that is no second unit."""
    fit = fit_wide_relu([1.0, -1.0, 5.0], [-1.0, 2.0, 0.0], lam=0.1)
    assert fit.face_dimension == 0
    assert [round(knot.location, 12) for knot in fit.knots] == [-1.0, 1.0]
    assert fit.certify().unique
