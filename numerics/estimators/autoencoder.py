"""The two-layer autoencoder as a scikit-learn transformer: rows to short codes and back."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

from ..activations import Activation, activation
from ..autoencoder.arguments import whole
from ..autoencoder.bounds import lower_bound
from ..autoencoder.minimizer import minimizer
from ..autoencoder.risk import optimal_decoder
from ..autoencoder.rows import descend_on_rows, fitted_decoder
from ..autoencoder.training import train
from ..autoencoder.whitening import Whitening, fit_whitening
from ..given import shown

Array = NDArray[np.float64]

_DECODERS = ("fitted", "gaussian")
_ITERATIONS = 300  # of L-BFGS on the code for a covariance


class TwoLayerAutoencoder(ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Codes σ(B(x − mean)) of n units, and the linear decoder x̂ = mean + A·code: one bit a unit for the sign.

    The encoder is the one that is best for Gaussian rows of the data's covariance: with whiten=True random orthonormal
    rows (beyond as many units as directions, a nearly tight frame) where the covariance is I, with False the code that
    L-BFGS finds for the covariance itself. No autoencoder of this kind has less error on Gaussian rows than
    `lower_bound_`; other rows can have more or less.

    Args:
        n_units: n; None: as many as there are directions.
        activation: an odd activation, "sign", "tanh", "quantizer:4" or an expression in x.
        whiten: whether the squared error counts every direction alike, in units of its standard deviation, or in the
            units of the data.
        min_variance: with whiten=True, directions of less than this part of the mean variance are left out.
        decoder: "fitted": least squares on the rows of the fit; "gaussian": the best one for Gaussian rows.
        training_steps: straight-through descent on the rows of the fit, from the Gaussian code; 0: untrained.
        packed: for two-letter codes, whether `transform` gives bytes of eight units each, 1 for the larger letter.
        random_state: a seed, a RandomState, or None.

    Attributes:
        encoder_: B (n×p); decoder_: A (p×n); mean_ (p,); n_units_; n_directions_: kept.
        lower_bound_: of the mean squared error of Gaussian rows, relative to their variance, both as whiten says.
        n_features_in_, feature_names_in_: as everywhere in scikit-learn.

    Source: ICML 2023 (abstract); water-filling for a covariance derived in this project.

    >>> X = np.random.default_rng(0).standard_normal((500, 6))
    >>> model = TwoLayerAutoencoder(n_units=3, random_state=0).fit(X)
    >>> model.transform(X).shape, model.inverse_transform(model.transform(X)).shape
    ((500, 3), (500, 6))
    >>> round(model.lower_bound_, 4), abs(1 - model.score(X) - model.lower_bound_) < 0.03
    (0.6817, True)
    """

    def __init__(
        self,
        n_units: int | None = None,
        *,
        activation: str = "sign",
        whiten: bool = True,
        min_variance: float = 1e-2,
        decoder: str = "fitted",
        training_steps: int = 0,
        packed: bool = False,
        random_state: Any = None,
    ) -> None:
        self.n_units = n_units
        self.activation = activation
        self.whiten = whiten
        self.min_variance = min_variance
        self.decoder = decoder
        self.training_steps = training_steps
        self.packed = packed
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        if self.packed:
            tags.transformer_tags.preserves_dtype = []
        return tags

    def _checked(self) -> tuple[Activation, int | None, int]:
        """The activation, the number of units if given, and the number of training steps."""
        for name in ("whiten", "packed"):
            if not isinstance(getattr(self, name), bool | np.bool_):
                raise ValueError(f"{name} = {shown(getattr(self, name))}: it must be True or False")
        if self.decoder not in _DECODERS:
            raise ValueError(f"decoder = {shown(self.decoder)}: allowed are {', '.join(_DECODERS)}")
        least: object = self.min_variance
        if isinstance(least, bool) or not isinstance(least, float | int | np.floating) or not 0.0 <= least < 1.0:
            raise ValueError(f"min_variance = {shown(least)}: it must be a number from 0 up to, but less than, 1")
        sigma = activation(self.activation, need_odd=True)
        if self.packed and sigma.letters != 2:
            raise ValueError(f"packed = True with activation {sigma.name!r}: only codes of two letters can be packed")
        units = None if self.n_units is None else whole("n_units", self.n_units)
        return sigma, units, whole("training_steps", self.training_steps, least=0)

    def _seed(self) -> int:
        if isinstance(self.random_state, int | np.integer):
            return whole("random_state", self.random_state, least=0)
        return int(check_random_state(self.random_state).randint(2**31 - 1))

    def _encoder(self, sigma: Activation, n: int, white: Whitening, seed: int) -> tuple[Array, float]:
        """C (n×k, unit rows) for whitened Gaussian rows, and the bound of the relative error."""
        k = white.shares.size
        if self.whiten:
            return minimizer(n, k, sigma, seed)[1], lower_bound(sigma, n=n, d=k)
        found = train(
            n, k, sigma, method="lbfgs", covariance=white.shares, seed=seed, max_iterations=_ITERATIONS
        )  # the mean variance is one, so that the bound is relative
        return np.asarray(found.B * np.sqrt(white.shares)), found.bound

    def fit(self, X: ArrayLike, y: object = None) -> Self:
        """Fit whitening, encoder and decoder.

        Args: X: rows (N, p), N ≥ 2; y: ignored.
        Returns: the estimator.
        Raises: ValueError that names the value and what is allowed.
        """
        sigma, units, steps = self._checked()
        rows = validate_data(self, X, dtype=np.float64, ensure_min_samples=2)
        white = fit_whitening(rows, self.min_variance if self.whiten else 0.0)
        z = white.apply(rows)
        n, seed = white.shares.size if units is None else units, self._seed()
        C, bound = self._encoder(sigma, n, white, seed)
        if steps:
            C = descend_on_rows(z, C, sigma, steps, np.random.default_rng(seed), None if self.whiten else white.shares)
        # Least squares in whitened coordinates and in the data's are one problem: the decoder is linear.
        fitted = self.decoder == "fitted"
        back = (fitted_decoder(sigma(z @ C.T), z) if fitted else optimal_decoder(C, sigma)).T
        self._white, self._name = white, sigma.name  # an activation itself holds balls, which cannot be pickled
        self.mean_, self.encoder_, self.decoder_ = white.mean, C @ white.basis.T, (back @ white.inverse).T
        self.n_units_, self.n_directions_, self.lower_bound_ = n, white.shares.size, float(bound)
        self._packed, self._whitened = bool(self.packed), bool(self.whiten)
        return self

    @property
    def _n_features_out(self) -> int:
        return -(-self.n_units_ // 8) if self._packed else self.n_units_

    def _rows(self, X: ArrayLike) -> Array:
        check_is_fitted(self)
        return np.asarray(validate_data(self, X, dtype=np.float64, reset=False))

    def _codes(self, rows: Array) -> Array:
        return activation(self._name)((rows - self.mean_) @ self.encoder_.T)

    def transform(self, X: ArrayLike) -> NDArray[Any]:
        """Codes of rows.

        Args: X (N, p).
        Returns: σ(B(x − mean)) (N, n), or, packed, bytes (N, ⌈n/8⌉), the first unit in the highest bit.
        Raises: ValueError for rows that do not fit, NotFittedError.
        """
        codes = self._codes(self._rows(X))
        return np.packbits(codes > 0.0, axis=1) if self._packed else codes

    def inverse_transform(self, X: ArrayLike) -> Array:
        """Rows of codes.

        Args: X: what `transform` returns.
        Returns: x̂ = mean + A·code (N, p).
        Raises: ValueError for codes of another width, or bytes where packed codes are meant and others are given.
        """
        check_is_fitted(self)
        codes = np.asarray(check_array(X, dtype=None if self._packed else np.float64))
        if codes.shape[1] != self._n_features_out:
            raise ValueError(f"X has {codes.shape[1]} columns, but the codes of this fit have {self._n_features_out}")
        if self._packed:
            if codes.dtype != np.uint8:
                raise ValueError(f"X has entries of type {codes.dtype}: packed codes are bytes, of type uint8")
            letter = float(activation(self._name)(np.ones(1))[0])
            codes = abs(letter) * (2.0 * np.unpackbits(codes, axis=1, count=self.n_units_) - 1.0)
        return np.asarray(self.mean_ + codes @ self.decoder_.T)

    def score(self, X: ArrayLike, y: object = None) -> float:
        """The part of the variance that comes back: 1 − Σ|x − x̂|²/Σ|x − mean|², in the units that whiten says.

        On Gaussian rows of the fit's covariance it is at most 1 − `lower_bound_`, up to the chance of the sample.

        Args: X (N, p); y: ignored.
        Returns: at most 1; 0 for the mean alone.
        """
        rows = self._rows(X)
        wrong, spread = rows - (self.mean_ + self._codes(rows) @ self.decoder_.T), rows - self.mean_
        if self._whitened:
            wrong, spread = wrong @ self._white.basis, spread @ self._white.basis
        size = float(np.max(np.abs(spread)))  # in units of which no square leaves double precision
        if size == 0.0:
            raise ValueError("X has no distance from the mean of the fit, so no part of it can come back")
        return 1.0 - float(np.sum((wrong / size) ** 2)) / float(np.sum((spread / size) ** 2))
