"""The scikit-learn estimators under hostile input: a fit that predicts, or a refusal, scikit-learn's own included."""

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lemmata import WideReLURegressor, WideReLURegressorCV
from lemmata.numerics.estimators import TwoLayerAutoencoder

from . import hostile
from .judge import answer, fuzzed, seen

FLAGS = st.booleans() | hostile.scalars()


def _rows(data: st.DataObject, width: int) -> Any:
    """Rows with some columns: mostly usable ones, else anything."""
    size = data.draw(st.integers(1, 6))
    return data.draw(hostile.matrices(size, width) | hostile.arrays())


@fuzzed(10)
@given(st.data())
def test_the_regressor(data: st.DataObject) -> None:
    model = WideReLURegressor(
        lam=data.draw(st.none() | st.just(0.1) | hostile.scalars()),
        beta=data.draw(st.just(math.inf) | hostile.scalars()),
        standardize=data.draw(FLAGS),
    )
    X = _rows(data, 1)
    y = data.draw(hostile.columns(len(X) if isinstance(X, np.ndarray) and X.ndim else 2) | hostile.arrays())
    weight = data.draw(st.none() | hostile.columns())
    if seen(answer(lambda: model.fit(X, y, weight), estimator=True)):
        assert math.isfinite(model.objective_)
        assert model.dual_gap_ >= 0.0
        assert np.all(np.isfinite(model.predict(np.asarray(X, dtype=float))))
        at = _rows(data, 1)
        found = answer(lambda: model.predict(at), estimator=True)
        if seen(found):
            assert found.shape == (len(at),)


@fuzzed(2)
@given(st.data())
def test_the_regressor_that_chooses_its_penalty(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 8))
    model = WideReLURegressorCV(
        n_lams=data.draw(st.integers(1, 3) | hostile.counts(3)),
        cv=data.draw(st.integers(2, 3) | hostile.counts(3)),
        choice=data.draw(st.sampled_from(("best", "one_se")) | hostile.scalars()),
    )
    X, y = data.draw(hostile.matrices(size, 1)), data.draw(hostile.columns(size))
    if seen(answer(lambda: model.fit(X, y), estimator=True)):
        assert model.lam_ > 0.0
        assert np.all(np.isfinite(model.predict(X)))


@fuzzed(8)
@given(st.data())
def test_the_autoencoder(data: st.DataObject) -> None:
    model = TwoLayerAutoencoder(
        n_units=data.draw(st.none() | st.integers(1, 4) | hostile.counts(4)),
        activation=data.draw(hostile.odd_activations() | hostile.scalars()),
        whiten=data.draw(FLAGS),
        min_variance=data.draw(st.just(0.01) | hostile.scalars()),
        decoder=data.draw(st.sampled_from(("fitted", "gaussian")) | hostile.scalars()),
        training_steps=data.draw(st.just(0) | hostile.counts(2)),
        packed=data.draw(st.just(False) | FLAGS),
        random_state=data.draw(st.just(0) | hostile.scalars()),
    )
    X = _rows(data, 3)
    if seen(answer(lambda: model.fit(X), estimator=True)):
        codes = answer(lambda: model.transform(X), estimator=True)
        assert seen(codes)
        assert np.all(np.isfinite(model.inverse_transform(codes)))
        assert 0.0 <= model.lower_bound_ <= 1.0 + 1e-12
        back = data.draw(hostile.arrays())
        answer(lambda: model.inverse_transform(back), estimator=True)
