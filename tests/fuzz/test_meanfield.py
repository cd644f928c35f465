"""Exact regression under hostile input: a fit whose numbers hold together, or a refusal."""

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lemmata import fit_wide_relu
from lemmata.numerics.meanfield import WideReluFit

from . import hostile
from .judge import answer, fuzzed, seen

SELECTIONS = st.sampled_from(("limit", "vertex"))


def holds_together(fit: WideReluFit, rows: int) -> None:
    """What is true of every fit."""
    assert math.isfinite(fit.objective)
    assert math.isfinite(fit.gap)
    assert fit.gap >= 0.0, "the dual value exceeds the primal one"
    assert 0.0 <= fit.relative_gap < math.inf
    assert fit.fitted.shape == (rows,)
    assert np.all(np.isfinite(fit.fitted))
    places = [knot.location for knot in fit.knots]
    assert places == sorted(set(places))
    assert all(math.isfinite(knot.location) and knot.slope_change != 0 for knot in fit.knots)
    assert fit.face_dimension is None or fit.face_dimension >= 0
    if math.isinf(fit.beta):
        assert fit.affine is not None
        assert fit.units is not None
    else:
        assert fit.knots == ()
        assert fit.face_dimension == 0


@fuzzed(12)
@given(
    st.one_of(hostile.arrays(), hostile.columns()), st.one_of(hostile.arrays(), hostile.columns()),
    hostile.scalars(), st.just(math.inf) | hostile.scalars(), st.none() | hostile.columns() | hostile.arrays(),
    SELECTIONS | hostile.scalars(),
)  # fmt: skip
def test_a_fit_of_anything(x: Any, y: Any, lam: Any, beta: Any, weight: Any, selection: Any) -> None:
    fit = answer(lambda: fit_wide_relu(x, y, lam=lam, beta=beta, sample_weight=weight, selection=selection))
    if seen(fit):
        holds_together(fit, len(x))


@fuzzed(10)
@given(st.data())
def test_a_fit_of_numbers_at_the_ends_of_double_precision(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 5))
    x, y = (data.draw(hostile.columns(size, finite=True)) for _ in range(2))
    weight = data.draw(st.none() | hostile.columns(size, finite=True).map(np.abs))
    lam = data.draw(hostile.numbers(finite=True).map(abs))
    fit = answer(lambda: fit_wide_relu(x, y, lam=lam, sample_weight=weight, selection=data.draw(SELECTIONS)))
    if seen(fit):
        holds_together(fit, size)
        at = data.draw(hostile.columns(finite=True))
        predicted = answer(lambda: fit.predict(at))
        if seen(predicted):
            assert predicted.shape == (len(at),)


@fuzzed(4)
@given(st.data())
def test_a_fit_at_finite_temperature(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 4))
    x, y = (data.draw(hostile.columns(size, finite=True)) for _ in range(2))
    lam, beta = (data.draw(hostile.tame().map(abs) | hostile.numbers(finite=True).map(abs)) for _ in range(2))
    fit = answer(lambda: fit_wide_relu(x, y, lam=lam, beta=beta))
    if seen(fit):
        holds_together(fit, size)


@fuzzed(8)
@given(st.data())
def test_questions_to_a_fit(data: st.DataObject) -> None:
    beta = data.draw(st.sampled_from((math.inf, 1e4)))
    fit = fit_wide_relu([-1.0, 0.0, 2.0], [1.0, 0.0, 2.0], lam=0.05, beta=beta)
    given_ = data.draw(hostile.arrays() | hostile.columns() | hostile.scalars())
    for question in (fit.predict, fit.slope, fit.curvature, fit.certify):
        found = answer(lambda question=question: question(given_))
        if seen(found) and isinstance(found, np.ndarray):
            assert found.shape == np.shape(given_)


@fuzzed(3)
@given(st.data())
def test_a_certificate_does_not_contradict_the_fit(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 3))
    x, y = (data.draw(st.lists(hostile.tame(), min_size=size, max_size=size)) for _ in range(2))
    fit = answer(lambda: fit_wide_relu(x, y, lam=data.draw(hostile.tame().map(abs))))
    if seen(fit):
        proof = answer(lambda: fit.certify(digits=6))
        if seen(proof) and proof.objective is not None:
            low, high = map(float, proof.objective)
            assert low - 1e-5 * abs(low) <= fit.objective + 1e-12
            assert fit.objective - fit.gap <= high + 1e-5 * abs(high) + 1e-12
