"""Certificates at β = ∞: exact truths enclosed, wrong starts never certified, digits that nest, degenerate contacts."""

from __future__ import annotations

import math
import pickle
import warnings
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from flint import arb, arb_mat, ctx, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield import MeanFieldInputError, NonUniquePredictorWarning, Unit, WideReluFit, fit_wide_relu
from lemmata.numerics.meanfield.active_contacts import Guess, constant_by_symmetry
from lemmata.numerics.meanfield.arc_proof import unproved
from lemmata.numerics.meanfield.balanced_split import strictly_inside
from lemmata.numerics.meanfield.certificate import Certificate, ExactRows, exact_doubles
from lemmata.numerics.meanfield.decimals import decimal_enclosure, decimal_number
from lemmata.numerics.meanfield.exact_problem import as_balls, exact_problem
from lemmata.numerics.meanfield.limit_certificate import still_open
from lemmata.numerics.meanfield.limit_solution import solve
from lemmata.numerics.meanfield.polar_newton import polar_newton
from lemmata.numerics.meanfield.reduced_system import Contact, ReducedSystem, start_vector
from lemmata.numerics.meanfield.surds import Roots

from .cases import RATIONAL_OBJECTIVE, RATIONAL_X, RATIONAL_Y, problems

Array = NDArray[np.float64]
Numbers = list[Fraction]


def _fit(x: Array, y: Array, lam: float, weight: Array | None = None) -> WideReluFit:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonUniquePredictorWarning)
        return fit_wide_relu(x, y, lam=lam, sample_weight=weight)


def _exact(x: Numbers, y: Numbers, lam: Fraction, digits: int = 15, weight: Numbers | None = None) -> Certificate:
    weight = [Fraction(1)] * len(x) if weight is None else weight
    doubles = (np.array([float(v) for v in column]) for column in (x, y, weight))
    places, targets, weights = doubles
    rows = ExactRows(tuple(x), tuple(y), tuple(weight), lam, None)
    return _fit(places, targets, float(lam), weights).certify(digits, exact=rows)


def _holds(pair: tuple[str, str], value: Fraction) -> bool:
    return Fraction(pair[0]) <= value <= Fraction(pair[1])


def _nested(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    return Fraction(outer[0]) <= Fraction(inner[0]) <= Fraction(inner[1]) <= Fraction(outer[1])


def _overlap(first: tuple[str, str], second: tuple[str, str]) -> bool:
    return max(Fraction(first[0]), Fraction(second[0])) <= min(Fraction(first[1]), Fraction(second[1]))


def _agree(first: Certificate, second: Certificate) -> bool:
    """Whether two certificates prove the same knots, objective and fitted values."""
    assert first.objective is not None
    assert second.objective is not None
    return (
        first.phase == second.phase
        and [(k.side, k.at_data_point) for k in first.knots] == [(k.side, k.at_data_point) for k in second.knots]
        and all(_overlap(a.location, b.location) for a, b in zip(first.knots, second.knots, strict=True))
        and _overlap(first.objective, second.objective)
        and all(_overlap(a, b) for a, b in zip(first.fitted, second.fitted, strict=True))
    )


# The three contacts of the rational instance with three knots: features of slope ±1 and the changes of slope.
_KNOTS = [(Fraction(-4, 3), "right", -1), (Fraction(-3, 4), "left", -1), (Fraction(4, 3), "right", 1)]


def _feature(x: Fraction, knot: Fraction, side: str) -> Fraction:
    return max(x - knot if side == "right" else knot - x, Fraction(0))


@pytest.mark.parametrize("digits", [1, 15, 300])
def test_the_rational_instance_with_three_knots(digits: int) -> None:
    proof = _exact(RATIONAL_X, RATIONAL_Y, Fraction(1, 10), digits)
    assert (proof.certified, proof.optimal, proof.unique) == (True, True, True)
    assert (proof.phase, proof.knot_count, proof.undecided) == ("unbalanced", 3, ())
    for knot, (place, side, change) in zip(proof.knots, _KNOTS, strict=True):
        assert _holds(knot.location, place)
        assert Fraction(knot.location[1]) - Fraction(knot.location[0]) <= Fraction(2, 10 ** (digits - 1))
        assert _holds(knot.slope_change, Fraction(change))
        assert knot.side == side
    assert [knot.at_data_point for knot in proof.knots] == [1, None, 2]
    assert proof.objective is not None
    assert _holds(proof.objective, RATIONAL_OBJECTIVE)


@pytest.mark.parametrize("kept", [kept for size in range(3) for kept in combinations(range(3), size)])
def test_contacts_of_weight_zero_are_decided_exactly(kept: tuple[int, ...]) -> None:
    """Without some of the units |g| = λ stays at all three knots, which no interval can tell from |g| < λ."""
    lost = [_KNOTS[k] for k in range(3) if k not in kept]
    y = [
        target - sum((change * _feature(x, knot, side) for knot, side, change in lost), Fraction(0))
        for x, target in zip(RATIONAL_X, RATIONAL_Y, strict=True)
    ]
    proof = _exact(RATIONAL_X, y, Fraction(1, 10))
    assert (proof.certified, proof.unique, proof.knot_count) == (True, True, len(kept))
    for knot, (place, side, change) in zip(proof.knots, [_KNOTS[k] for k in kept], strict=True):
        assert _holds(knot.location, place)
        assert _holds(knot.slope_change, Fraction(change))
        assert knot.side == side


@pytest.mark.parametrize(
    ("x", "y", "lam", "sides"),
    [
        # A touch at 0 that depends on the data to its right alone, with weight zero, and an irrational knot.
        ([4, 2, -2, -3, 5], [2, 1, -3, -2, -3], "1", ["left"]),
        # A knot at the datum 1/2, where the correlation with the datum −2 alone has slope zero, and an irrational one.
        (
            [Fraction(3, 2), Fraction(1, 2), 3, -2, Fraction(5, 2)],
            [-2, 0, 3, -3, 1],
            "0.01",
            ["right", "left", "right"],
        ),
    ],
)
def test_touches_are_decided_beside_irrational_knots(x: Numbers, y: Numbers, lam: str, sides: list[str]) -> None:
    proof = _exact([Fraction(v) for v in x], [Fraction(v) for v in y], Fraction(lam))
    assert (proof.certified, proof.unique) == (True, True)
    assert [knot.side for knot in proof.knots] == sides


def test_knots_short_of_a_contact_of_weight_zero() -> None:
    """A change of y by 10⁻³⁰ on either side of the degenerate problem: a knot that is not there, or one that is."""
    knot, side, change = _KNOTS[1]
    for weight, count in ((Fraction(-1, 10**30), 2), (Fraction(1, 10**30), 3)):
        y = [
            target - change * (1 - weight) * _feature(x, knot, side)
            for x, target in zip(RATIONAL_X, RATIONAL_Y, strict=True)
        ]
        proof = _exact(RATIONAL_X, y, Fraction(1, 10), 40)
        assert (proof.certified, proof.knot_count) == (True, count)


@pytest.mark.parametrize(
    ("x", "y", "lam", "fitted", "knots"),
    [
        ([-1, 1], [1, 1], "1", [0, 0], []),  # λ = λ_max
        ([-1, 1], [1, 1], "0.25", [Fraction(3, 4)] * 2, []),  # the constant unit alone
        ([0], [3], "1", [2], []),
        ([0, 5], [0, 0], "1", [0, 0], []),
        ([-2, 2], [1, 1], "2", [0, 0], []),
        ([Fraction(3, 4)], [1], "1", [Fraction(1, 5)], [Fraction(-4, 3)]),  # 1 − λ/√(1 + 9/16)
    ],
)
def test_small_problems_with_rational_answers(
    x: list[int], y: list[int], lam: str, fitted: Numbers, knots: Numbers
) -> None:
    proof = _exact([Fraction(v) for v in x], [Fraction(v) for v in y], Fraction(lam))
    assert (proof.certified, proof.unique) == (True, True)
    assert proof.phase == ("unbalanced" if knots else "trivial")
    assert all(_holds(pair, Fraction(value)) for pair, value in zip(proof.fitted, fitted, strict=True))
    assert all(_holds(knot.location, place) for knot, place in zip(proof.knots, knots, strict=True))


def test_no_weight_at_all_just_above_the_largest_useful_penalty() -> None:
    assert _exact([Fraction(-1), Fraction(1)], [Fraction(1)] * 2, 1 - Fraction(1, 10**40)).fitted[0][0] != "0"
    assert _exact([Fraction(-1), Fraction(1)], [Fraction(1)] * 2, 1 + Fraction(1, 10**40)).fitted[0] == ("0", "0")


def test_a_slope_of_zero_beside_a_knot_at_a_datum() -> None:
    proof = _exact([Fraction(-1), Fraction(1)], [Fraction(-1), Fraction(1)], Fraction(1, 10))
    assert proof.certified
    assert [(k.location, k.side, k.at_data_point) for k in proof.knots] == [
        (("-1", "-1"), "right", 0), (("1", "1"), "left", 1),
    ]  # fmt: skip


def _largest_correlation(x: Array, r: Array) -> float:
    angle = np.concatenate([np.linspace(-np.pi / 2, 3 * np.pi / 2, 2001), -np.arctan(x), np.pi - np.arctan(x)])
    return float(np.max(np.abs(np.maximum(np.outer(np.cos(angle), x) + np.sin(angle)[:, None], 0.0) @ r)))


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 2**32 - 1))
def test_what_is_proved_is_dual_feasible_and_has_no_gap(problem: tuple[Array, Array, float], seed: int) -> None:
    """r from the proved fitted values has |g| ≤ λ on a grid, and its dual value is the proved minimum: weak duality."""
    x, y, lam = problem
    weight = np.round(np.random.default_rng(seed).uniform(0.5, 2.0, len(x)), 2)
    proof = _fit(x, y, lam, weight).certify(40)
    assert (proof.certified, proof.unique) == (True, True)
    assert proof.knot_count == len(proof.knots)
    w = [Fraction(v) for v in weight.tolist()]
    total = sum(w)
    f = [(Fraction(pair[0]) + Fraction(pair[1])) / 2 for pair in proof.fitted]
    targets = [Fraction(v) for v in y.tolist()]
    r = [a * (b - c) / total for a, b, c in zip(w, f, targets, strict=True)]
    scale = lam * max(1.0, float(np.max(np.abs(x))))
    assert _largest_correlation(x, np.array([float(v) for v in r])) <= lam + 1e-13 * scale
    # Dual value of all rows, within-group variance included: −½ Σ r²/ω − Σ r y.
    value = -sum((a * a * total / b / 2 + a * c for a, b, c in zip(r, w, targets, strict=True)), Fraction(0))
    assert proof.objective is not None
    low, high = (Fraction(end) for end in proof.objective)
    slack = Fraction(1, 10**36) * (1 + max(abs(v) for v in targets)) ** 2
    assert low - slack <= value <= high + slack


@settings(max_examples=40, deadline=None)
@given(problems(), st.data())
def test_a_wrong_start_is_repaired_or_refused(problem: tuple[Array, Array, float], data: st.DataObject) -> None:
    x, y, lam = problem
    fit = _fit(x, y, lam)
    units = fit.units
    assert units is not None
    truth = fit.certify(12)
    assert truth.certified
    kind = data.draw(st.sampled_from(["moved", "dropped", "sign", "extra", "none", "scaled"]))
    rest, k = list(units), data.draw(st.integers(0, max(len(units) - 1, 0)))
    if kind in ("moved", "sign", "dropped", "scaled"):
        assume(units)
    if kind == "moved":
        rest[k] = Unit(units[k].phi + data.draw(st.sampled_from([1e-9, 1e-3, -0.1, 0.5])), units[k].c)
    elif kind == "sign":
        rest[k] = Unit(units[k].phi, -units[k].c)
    elif kind == "dropped":
        del rest[k]
    elif kind == "scaled":
        rest[k] = Unit(units[k].phi, 3.0 * units[k].c)
    elif kind == "extra":
        rest.append(Unit(data.draw(st.floats(-1.5, 4.7)), data.draw(st.sampled_from([-lam, lam]))))
    else:
        rest = []
    proof = replace(fit, units=tuple(rest)).certify(12)
    if proof.certified:
        assert _agree(proof, truth)
    else:
        assert proof.undecided
        assert (proof.optimal, proof.knots, proof.knot_count) == (False, (), None)


@settings(max_examples=30, deadline=None)
@given(problems(), st.floats(0.01, 0.5))
def test_a_fit_of_other_targets_proves_nothing_wrong(problem: tuple[Array, Array, float], change: float) -> None:
    x, y, lam = problem
    other = y.copy()
    other[0] += change
    wrong = replace(_fit(x, y, lam), _rows=_fit(x, other, lam)._rows)  # units and fitted values of y, rows of other
    proof, truth = wrong.certify(12), _fit(x, other, lam).certify(12)
    assert truth.certified
    assert not proof.certified or _agree(proof, truth)


@settings(max_examples=25, deadline=None)
@given(problems(6))
def test_more_digits_lie_inside_fewer(problem: tuple[Array, Array, float]) -> None:
    x, y, lam = problem
    fit = _fit(x, y, lam)
    few, many = fit.certify(4), fit.certify(60)
    assert few.objective is not None
    assert many.objective is not None
    assert _nested(many.objective, few.objective)
    assert all(_nested(a, b) for a, b in zip(many.fitted, few.fitted, strict=True))
    for a, b in zip(many.knots, few.knots, strict=True):
        assert _nested(a.location, b.location)
        assert _nested(a.slope_change, b.slope_change)
    points = [-7.25, 0.0, 0.3, 1e3]
    assert all(_nested(a, b) for a, b in zip(many.predict(points), few.predict(points), strict=True))
    for point, pair in zip(points, many.predict(points), strict=True):
        assert float(pair[0]) == pytest.approx(float(fit.predict([point])[0]), abs=1e-7 * (1 + abs(point)))
    assert pickle.loads(pickle.dumps(many)).predict(points) == many.predict(points)


def _signal(size: int, seed: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    x = rng.uniform(-2.0, 2.0, size)
    return x, np.sin(3 * x) + 0.1 * rng.normal(size=size)


def test_the_balanced_phase_with_many_rows() -> None:
    x, y = _signal(3000, 0)
    fit = _fit(x, y, 0.01)
    proof = fit.certify()
    assert (proof.certified, proof.phase, proof.unique) == (True, "balanced", True)
    assert all(knot.side == "both" for knot in proof.knots)
    assert [float(knot.location[0]) for knot in proof.knots] == pytest.approx([k.location for k in fit.knots], rel=1e-7)
    # A penalty apart by 10⁻¹² has another minimum, and the certificate of one is not that of the other.
    other = _fit(x, y, 0.01 * (1 + 1e-12)).certify()
    assert other.certified
    assert not _overlap(proof.knots[0].slope_change, other.knots[0].slope_change)


def test_permutation_and_split_weights_prove_the_same() -> None:
    x, y = _signal(12, 3)
    weight = np.arange(1.0, 13.0)
    proof = _fit(x, y, 0.02, weight).certify(30)
    order = np.random.default_rng(0).permutation(12)
    mixed = _fit(x[order], y[order], 0.02, weight[order]).certify(30)
    assert proof.knots != ()
    assert [k.location for k in mixed.knots] == [k.location for k in proof.knots]
    assert [mixed.fitted[k] for k in np.argsort(order)] == list(proof.fitted)
    halves = _fit(np.repeat(x, 2), np.repeat(y, 2), 0.02, np.repeat(weight / 2, 2)).certify(30)
    assert halves.objective == proof.objective
    dropped = _fit(np.append(x, 0.7), np.append(y, 55.0), 0.02, np.append(weight, 0.0)).certify(30)
    assert dropped.objective == proof.objective
    assert dropped.fitted[-1] == proof.predict([0.7])[0]


@pytest.mark.parametrize("digits", [0, -3, 1001, 2.5, True])
def test_digits_out_of_range(digits: int) -> None:
    with pytest.raises(MeanFieldInputError, match=r"digits is .* from 1 to 1000"):
        _fit(np.array([0.0, 1.0]), np.array([1.0, 0.0]), 0.1).certify(digits)


def test_exact_numbers_must_be_those_of_the_fit() -> None:
    fit = _fit(np.array([0.0, 1.0]), np.array([1.0, 0.5]), 0.1)
    rows = exact_doubles(fit)
    third = Fraction(1, 3)
    for wrong, name in (
        (replace(rows, x=(Fraction(0), third)), r"exact.x\[1\] is 1/3"),
        (replace(rows, y=(third, third)), r"exact.y\[0\]"),
        (replace(rows, weight=(Fraction(1),)), "exact.weight has 1 values"),
        (replace(rows, lam=third), "exact.lam is 1/3"),
        (replace(rows, beta=third), "exact.beta is 1/3"),
    ):
        with pytest.raises(MeanFieldInputError, match=name):
            fit.certify(exact=wrong)


# The parts on their own.


def test_a_constant_unit_needs_symmetry_of_problem_and_contacts() -> None:
    """On even data with a knot on one side alone Σ r x ≠ 0, and a unit put upright would not be stationary."""
    x, y = [Fraction(v) for v in (-3, -1, 1, 3)], [Fraction(v) for v in (5, 1, 1, 5)]
    even = exact_problem(ExactRows(tuple(x), tuple(y), (Fraction(1),) * 4, Fraction(1, 10), None))
    up = Contact("common", 0, 4, (fmpq(0), fmpq(1)), 1)
    one, other = Contact("right", 3, 4, (fmpq(1), fmpq(-1)), 1, 2), Contact("left", 0, 1, (fmpq(-1), fmpq(-1)), 1, 1)
    assert constant_by_symmetry(even, [up, one, other])
    assert not constant_by_symmetry(even, [up, one])
    odd = exact_problem(ExactRows(tuple(x), (*y[:3], Fraction(6)), (Fraction(1),) * 4, Fraction(1), None))
    assert not constant_by_symmetry(odd, [up])
    proved = _exact(x, y, Fraction(1, 10))
    assert (proved.certified, [knot.side for knot in proved.knots]) == (True, ["left", "right"])


def test_a_constant_unit_that_is_not_stationary_is_not_certified() -> None:
    x, y = [Fraction(v) for v in (-3, -1, 1, 3)], [Fraction(v) for v in (5, 1, 1, 5)]
    even = exact_problem(ExactRows(tuple(x), tuple(y), (Fraction(1),) * 4, Fraction(1, 10), None))
    up = Contact("common", 0, 4, (fmpq(0), fmpq(1)), 1)
    one = Contact("right", 3, 4, (fmpq(1), fmpq(-1)), 1, 2)
    guess = Guess((up, one), ((Fraction(0), Fraction(1)), (Fraction(1), Fraction(-1))))
    solution = solve(even, guess, 128, False)
    assert solution is not None
    assert "constant" in still_open(solution, False)[0].reason


def test_krawczyk_refuses_a_box_without_a_zero_and_dependent_features() -> None:
    rows = exact_doubles(_fit(np.array([-1.0, 0.0, 2.0]), np.array([1.0, 0.0, 2.0]), 0.1))
    with ctx.workprec(128):
        problem = exact_problem(rows)
        system = ReducedSystem(as_balls(problem), [Contact("common", 0, 3)])
        found = polar_newton(system, start_vector(system, [(Fraction(1), Fraction(1))]))
        assert found is not None
        solution, vanished = found
        assert vanished == (False,)
        assert system.prove(solution + arb_mat(2, 1, [1, 0])) is None
        proved = system.prove(solution)
        assert proved is not None
        assert all(v.contains(0) for v in system.gradient(proved).entries())
        twice = Contact("right", 2, 3, (fmpq(1), fmpq(0)), 1), Contact("right", 2, 3, (fmpq(2), fmpq(1)), 1)
        both = ReducedSystem(as_balls(problem), twice)
        assert both.prove(start_vector(both, [(Fraction(1), Fraction(1))] * 2)) is None


def test_the_arcs_refuse_residuals_that_are_slightly_too_large() -> None:
    """r on one datum x = 2 has max |g| = |r|√5, at the unit along (2, 1)."""
    rows = ExactRows((Fraction(2),), (Fraction(0),), (Fraction(1),), Fraction(1), None)
    with ctx.workprec(128):
        balls = as_balls(exact_problem(rows))
        edge = 1 / arb(5).sqrt()
        assert unproved(balls, [], [edge * (1 - arb(2) ** -80)], False) == []
        found = unproved(balls, [], [edge * (1 + arb(2) ** -80)], False)
        assert [(finding.inside, finding.violated) for finding in found] == [(True, True)]
        touching = unproved(balls, [], [edge], False)
        assert [finding.violated for finding in touching] == [False]


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=5), st.data())
def test_splits_are_proved_only_where_they_exist(kinks: list[tuple[int, int]], data: st.DataObject) -> None:
    """Shares drawn inside give a line that splits unless the kinks are parallel; a line out of reach never does."""
    u = [(arb(p), arb(q)) for p, q in kinks]
    shares = data.draw(st.lists(st.integers(1, 15), min_size=len(u), max_size=len(u)))
    p, q = (-sum(s * pair[k] for s, pair in zip(shares, kinks, strict=True)) for k in (0, 1))
    parallel = all(a * d == b * c for (a, b), (c, d) in combinations(kinks, 2))
    if any(pair == (0, 0) for pair in kinks) or parallel:
        assert not strictly_inside(u, (arb(p) / 16, arb(q) / 16))
    else:
        assert strictly_inside(u, (arb(p) / 16, arb(q) / 16))
    far = sum(abs(a) + abs(b) for a, b in kinks) + 1
    assert not strictly_inside(u, (arb(far), arb(0)))


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(-5, 5)), max_size=6))
def test_signs_of_sums_of_roots(terms: list[tuple[int, int]]) -> None:
    roots = Roots()
    total = roots.rational(fmpq(0))
    for value, factor in terms:
        total = roots.add(total, roots.root(fmpq(value)), fmpq(factor))
    plain = sum(factor * math.sqrt(value) for value, factor in terms)
    sign = roots.sign(total)
    if abs(plain) > 1e-9:
        assert sign == math.copysign(1, plain)
    squared = roots.multiply(total, total)
    assert roots.sign(squared) == abs(sign)
    assert roots.sign(roots.add(total, total, fmpq(-1))) == 0


@given(st.fractions(), st.integers(1, 40))
def test_decimals_hold_the_number(value: Fraction, digits: int) -> None:
    low, high = (Fraction(end) for end in decimal_number(value, digits))
    assert low <= value <= high
    assert high - low <= abs(value) * Fraction(1, 10 ** (digits - 1))
    with ctx.workprec(256):
        number = arb(fmpq(value.numerator, value.denominator))
        pair = decimal_enclosure(number, digits, Fraction(1))
        assert pair is not None
        assert _holds(pair, value)
        assert Fraction(pair[1]) - Fraction(pair[0]) <= abs(value) * Fraction(2, 10 ** (digits - 1))
        assert decimal_enclosure(number + arb(0, 1), 3, Fraction(1)) is None or abs(value) > 10


@pytest.mark.parametrize(("half", "count"), [("1.7320508075688772", 0), ("1.7320508075688773", 2)])
def test_a_face_in_doubles_is_none_in_the_decimals_written(half, count):
    """At x = ±√3 the constant unit and two knots cost the same; next to it, on either side, one of them is cheaper."""
    at = Fraction(half)
    rows = ExactRows((-at, at), (Fraction(2), Fraction(2)), (Fraction(1), Fraction(1)), Fraction(1, 2), None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonUniquePredictorWarning)
        fit = fit_wide_relu([-float(at), float(at)], [2.0, 2.0], lam=0.5)
    found = fit.certify(15, exact=rows)
    assert found.certified
    assert found.knot_count == count
    assert found.unique
