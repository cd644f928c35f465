"""The autoencoder as a transformer: scikit-learn's checks, bytes, bounds on Gaussian rows, and clear refusals."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from lemmata.numerics.autoencoder import lower_bound, water_filling
from lemmata.numerics.estimators import TwoLayerAutoencoder

Array = NDArray[np.float64]


def _gaussian(count: int, seed: int = 0) -> Array:
    rng = np.random.default_rng(seed)
    mixing = rng.standard_normal((8, 8)) * np.linspace(2.0, 0.2, 8)
    return np.asarray(rng.standard_normal((count, 8)) @ mixing + 5.0)


@pytest.mark.parametrize(
    "model",
    [
        TwoLayerAutoencoder(),
        TwoLayerAutoencoder(2, whiten=False, decoder="gaussian", training_steps=3),
        TwoLayerAutoencoder(activation="tanh", min_variance=0.0),
        TwoLayerAutoencoder(packed=True, random_state=1),
    ],
    ids=["plain", "raw", "tanh", "packed"],
)
def test_scikit_learn_accepts_it(model: TwoLayerAutoencoder) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SkipTestWarning)  # of checks that need an environment variable of scipy
        check_estimator(model)


@pytest.mark.parametrize("n", [3, 8, 12])
@pytest.mark.parametrize("decoder", ["fitted", "gaussian"])
def test_gaussian_rows_come_as_close_as_the_bound_says(n: int, decoder: str) -> None:
    X = _gaussian(20_000)
    model = TwoLayerAutoencoder(n, decoder=decoder, min_variance=0.0, random_state=0).fit(X)
    assert model.lower_bound_ == lower_bound("sign", n=n, d=8)
    best = 1.0 - model.lower_bound_
    # Attained for n ≤ d; the frame for n > d is 1/d off. The sample of 20 000 rows moves a mean by about 0.005.
    assert best - (0.01 if n <= 8 else 0.03) < model.score(X) < best + 0.01


def test_a_covariance_is_coded_in_the_units_of_the_data() -> None:
    X = _gaussian(20_000)
    model = TwoLayerAutoencoder(6, whiten=False, random_state=0).fit(X)
    covariance = np.cov(X.T, bias=True)
    assert model.lower_bound_ == pytest.approx(
        8 * water_filling("sign", n=6, covariance=covariance).bound / np.trace(covariance), rel=1e-9
    )
    error = np.sum((X - model.inverse_transform(model.transform(X))) ** 2)
    assert model.score(X) == pytest.approx(1.0 - error / np.sum((X - X.mean(axis=0)) ** 2))
    assert model.lower_bound_ - 0.01 < 1.0 - model.score(X) < model.lower_bound_ + 0.05
    whitened = TwoLayerAutoencoder(6, random_state=0).fit(X)
    error_of_whitened = np.sum((X - whitened.inverse_transform(whitened.transform(X))) ** 2)
    assert error < 0.8 * error_of_whitened  # which spends its units on directions that hardly vary


def test_bytes_are_the_same_codes() -> None:
    X = _gaussian(50)
    plain = TwoLayerAutoencoder(11, activation="-2*sign(x)", random_state=3).fit(X)
    packed = TwoLayerAutoencoder(11, activation="-2*sign(x)", random_state=3, packed=True).fit(X)
    codes, short = plain.transform(X), packed.transform(X)
    assert (short.dtype, short.shape) == (np.uint8, (50, 2))
    assert np.array_equal(np.unpackbits(short, axis=1)[:, :11], codes > 0)
    np.testing.assert_array_equal(packed.inverse_transform(short), plain.inverse_transform(codes))
    assert packed.score(X) == plain.score(X)
    assert len(packed.get_feature_names_out()) == 2
    assert len(plain.get_feature_names_out()) == 11


def test_training_on_the_rows_helps_where_they_are_not_gaussian() -> None:
    rng = np.random.default_rng(0)
    X = rng.choice([-1.0, 1.0], (4000, 6))  # which six axis-parallel units code without loss
    untrained = TwoLayerAutoencoder(random_state=0).fit(X)
    trained = TwoLayerAutoencoder(random_state=0, training_steps=1500).fit(X)
    assert untrained.score(X) < 0.75
    assert trained.score(X) > untrained.score(X) + 0.1
    assert trained.score(X) > 1.0 - trained.lower_bound_  # a bound for Gaussian rows is none for these


def test_it_can_be_pickled_piped_and_repeated() -> None:
    X = _gaussian(60)
    model = TwoLayerAutoencoder(5, random_state=2).fit(X)
    again = pickle.loads(pickle.dumps(model))
    assert again.transform(X).tobytes() == model.transform(X).tobytes()
    assert TwoLayerAutoencoder(5, random_state=2).fit(X).decoder_.tobytes() == model.decoder_.tobytes()
    piped = make_pipeline(StandardScaler(), TwoLayerAutoencoder(5, random_state=2)).fit(X)
    assert piped.inverse_transform(piped.transform(X)).shape == X.shape


def test_directions_without_variance_are_left_out() -> None:
    X = np.column_stack([_gaussian(40)[:, :2], np.full(40, 3.0)])
    model = TwoLayerAutoencoder(random_state=0).fit(X)
    assert (model.n_units_, model.n_directions_) == (2, 2)
    np.testing.assert_allclose(model.inverse_transform(model.transform(X))[:, 2], 3.0)
    huge = TwoLayerAutoencoder(random_state=0).fit(1e200 * X)
    assert huge.n_directions_ == 2
    assert huge.score(1e200 * X) == pytest.approx(model.score(X), rel=1e-9)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_units": 0}, "n_units = 0"),
        ({"n_units": 2.5}, "n_units = 2.5"),
        ({"activation": "relu"}, "not odd"),
        ({"activation": "tanh", "packed": True}, "two letters"),
        ({"packed": 1}, "packed = 1"),
        ({"whiten": None}, "whiten = None"),
        ({"decoder": "best"}, "decoder = 'best'"),
        ({"min_variance": 1.0}, "min_variance = 1.0"),
        ({"min_variance": "small"}, "min_variance = 'small'"),
        ({"training_steps": -1}, "training_steps = -1"),
        ({"random_state": -1}, "random_state = -1"),
    ],
)
def test_bad_parameters_are_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TwoLayerAutoencoder(**options).fit(_gaussian(10))


def test_bad_rows_are_named() -> None:
    with pytest.raises(ValueError, match="no variance"):
        TwoLayerAutoencoder().fit(np.ones((4, 3)))
    with pytest.raises(NotFittedError):
        TwoLayerAutoencoder().transform(np.ones((4, 3)))
    model = TwoLayerAutoencoder(9, packed=True, random_state=0).fit(_gaussian(20))
    with pytest.raises(ValueError, match="type float64: packed codes are bytes"):
        model.inverse_transform(np.ones((1, 2)))
    with pytest.raises(ValueError, match="X has 3 columns, but the codes of this fit have 2"):
        model.inverse_transform(np.ones((1, 3), dtype=np.uint8))
    with pytest.raises(ValueError, match="no distance"):
        model.score(np.tile(model.mean_, (2, 1)))
