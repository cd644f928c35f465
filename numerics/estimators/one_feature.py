"""What the wide ReLU estimators share: one feature in the user's units, and the fit behind it in standardised ones."""

from __future__ import annotations

import math
import warnings
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import issparse
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from ..given import shown
from ..meanfield import Bend, MeanFieldInputError, NonUniquePredictorWarning, WideReluFit, fit_wide_relu
from ..meanfield.certificate import Certificate, CertifiedKnot, exact_doubles
from ..meanfield.circle import build_circle, correlation
from ..meanfield.contacts import largest
from ..meanfield.data import _LARGEST, Rows, check_rows, group
from ..meanfield.decimals import Enclosure, decimal_number
from ..meanfield.plot import plot_fit
from ..meanfield.wide_fit import Selection

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]


def _matrix(X: Any) -> Any:
    """X with one column where it is one-dimensional, as for scikit-learn's IsotonicRegression."""
    if issparse(X) or getattr(X, "ndim", 1) > 1:
        return X
    try:
        array = np.asarray(X)
    except ValueError:  # rows of different lengths, which scikit-learn refuses
        return X
    return array.reshape(-1, 1) if array.ndim == 1 else X


def _column(estimator: BaseEstimator, X: Array) -> Array:
    """The one feature of validated X."""
    if X.shape[1] != 1:
        raise MeanFieldInputError(f"X has {X.shape[1]} features; {type(estimator).__name__} takes exactly 1")
    return X[:, 0]


def offset_and_scale(rows: Rows) -> tuple[float, float]:
    """Weighted mean and standard deviation of the inputs; deviation 1 where all inputs are equal.

    >>> offset_and_scale(Rows(np.array([1.0, 3.0, 9.0]), np.zeros(3), np.array([1.0, 1.0, 0.0])))
    (2.0, 1.0)
    """
    used = rows.weight > 0
    x, weight = rows.x[used], rows.weight[used] / np.max(rows.weight)
    # From the first input, so that the mean of equal inputs is that input; in units of the largest deviation, so that
    # no square leaves double precision.
    mean = float(x[0] + np.average(x - x[0], weights=weight))
    reach = float(np.max(np.abs(x - mean)))
    if reach == 0.0:
        return mean, 1.0
    return mean, reach * math.sqrt(np.average(((x - mean) / reach) ** 2, weights=weight)) or 1.0


def largest_penalty(z: Array, rows: Rows) -> float:
    """λ_max = max_φ |Σ ω_i y_i (z_i cos φ + sin φ)₊|, from which on f = 0.

    >>> largest_penalty(np.array([-1.0, 1.0]), Rows(np.array([1.0, 3.0]), np.array([2e-200, 2e-200]), np.ones(2)))
    2e-200
    """
    merged = group(z, rows.y, rows.weight)
    size = float(np.max(np.abs(merged.y)))  # in units of which no square of a target leaves double precision
    if size == 0.0:
        return 0.0
    return size * largest(correlation(build_circle(merged.x), merged.omega * (merged.y / size)))


def standardised(x: Array, offset: float, scale: float, farthest: float = np.finfo(np.float64).max) -> Array:
    """z = (x − offset)/scale, or an error that names the input for which |z| exceeds the farthest allowed."""
    with np.errstate(over="ignore"):
        z = (x - offset) / scale
    far = np.flatnonzero(~(np.abs(z) <= farthest))
    if len(far):
        raise MeanFieldInputError(
            f"X holds {x[far[0]]}, too far for double precision from the inputs of the fit, whose mean is {offset} and "
            f"whose deviation is {scale}"
        )
    return np.asarray(z)


def standardised_rows(x: Array, offset: float, scale: float) -> Array:
    """z = (x − offset)/scale for the inputs of a fit, whose squares must stay in double precision."""
    return standardised(x, offset, scale, _LARGEST)


def _affine(pair: Enclosure, offset: Fraction, scale: Fraction, digits: int) -> Enclosure:
    """The enclosure offset + scale·pair, scale > 0, rounded outward."""
    low, high = (offset + scale * Fraction(end) for end in pair)
    return decimal_number(low, digits)[0], decimal_number(high, digits)[1]


class OneFeature(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """A fit f(x) = h((x − x_offset_)/x_scale_), h the wide ReLU fit in standardised units, described in the user's."""

    beta: float
    selection: Selection
    standardize: bool
    n_features_in_: int
    fit_: WideReluFit
    x_offset_: float
    x_scale_: float
    lam_: float
    knots_: Array
    knot_sides_: NDArray[np.str_]
    slope_changes_: Array

    def _checked(self, X: Any, y: Any, sample_weight: ArrayLike | None) -> tuple[Rows, float, float]:
        """The rows of a fit in the user's units, their offset and their scale.

        Nothing that `predict` uses is set before a fit is done: one that is refused or interrupted leaves the former.
        """
        if not isinstance(self.standardize, bool | np.bool_):
            raise MeanFieldInputError(f"standardize is {shown(self.standardize)}; True and False are allowed")
        X, y = validate_data(self, _matrix(X), y, dtype=np.float64, y_numeric=True)
        rows = check_rows(_column(self, X), y, sample_weight)
        return rows, *(offset_and_scale(rows) if self.standardize else (0.0, 1.0))

    def _keep(self, fit: WideReluFit, x: Array, offset: float, scale: float) -> None:
        """Store a fit in z and what it says in the user's units; x: the inputs (N,) behind its rows."""
        for name, value in (("objective", fit.objective), ("dual gap", fit.gap)):
            if not math.isfinite(value):
                raise MeanFieldInputError(
                    f"the fit at lam = {fit.lam} leaves double precision, its {name} is {value}; bring X, y and lam "
                    "nearer to 1"
                )
        self._x, self.x_offset_, self.x_scale_ = x, offset, scale
        self.fit_, self.lam_, self.n_iter_ = fit, fit.lam, fit.iterations
        self.dual_gap_, self.relative_gap_, self.objective_ = fit.gap, fit.relative_gap, fit.objective
        # A knot at a datum is at the user's own number for it, not at that number there and back.
        order = np.argsort(fit._rows.x, kind="stable")
        z = np.array([knot.location for knot in fit.knots], dtype=np.float64)
        at = order[np.minimum(np.searchsorted(fit._rows.x[order], z), len(order) - 1)]
        self.knots_ = np.where(fit._rows.x[at] == z, x[at], self.x_offset_ + self.x_scale_ * z)
        self.knot_sides_ = np.array([knot.side for knot in fit.knots], dtype="<U5")
        with np.errstate(over="ignore"):  # inputs nearer to each other than 1e-308 have slopes beyond every double
            self.slope_changes_ = np.array([knot.slope_change for knot in fit.knots], dtype=np.float64) / self.x_scale_

    @property
    def bends_(self) -> tuple[Bend, ...]:
        """At finite β the local maxima of |f″| in the user's units, found when first asked for; none at β = ∞.

        >>> from lemmata import WideReLURegressor
        >>> model = WideReLURegressor(lam=0.01, beta=1e6).fit([1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 1.0, 2.0])
        >>> round(max(model.bends_, key=lambda bend: bend.slope_change).location, 1)
        2.0
        """
        check_is_fitted(self, "fit_")
        return tuple(
            Bend(
                self.x_offset_ + self.x_scale_ * bend.location,
                self.x_scale_ * bend.width,
                bend.slope_change / self.x_scale_,
            )
            for bend in self.fit_.bends
        )

    def predict(self, X: ArrayLike) -> Array:
        """f at the rows of X.

        Args: X: inputs (N, 1) or (N,).
        Returns: predictions (N,).
        Raises: NotFittedError; ValueError for inputs that are not finite or more than one feature.

        >>> from lemmata import WideReLURegressor
        >>> WideReLURegressor(lam=0.5).fit([[1.0], [1.0]], [2.0, 4.0]).predict([[1.0]]).tolist()
        [2.5]
        """
        check_is_fitted(self, "fit_")
        x = _column(self, validate_data(self, _matrix(X), dtype=np.float64, reset=False))
        return self.fit_.predict(standardised(x, self.x_offset_, self.x_scale_))

    def certify(self, digits: int = 15) -> Certificate:
        """Prove what can be proved about the fit, in the user's units.

        The proof is about the problem in z_i = (x_i − x_offset_)/x_scale_ in exact arithmetic, x_i, y_i, weights and
        the two numbers being the doubles that they are, and not about its solution in double precision. Enclosures of
        knots are carried back to x exactly and rounded outward.

        Args: digits: significant digits of the enclosures in z, from 1 on.
        Returns: a `Certificate`; its `predict` takes x in the user's units.
        Raises: NotFittedError; MeanFieldInputError for digits that are not allowed.

        >>> from lemmata import WideReLURegressor
        >>> certificate = WideReLURegressor(lam=0.01).fit([1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 1.0, 2.0]).certify(digits=6)
        >>> certificate.certified, certificate.knot_count, certificate.knots[0].location
        (True, 1, ('1.98918', '1.98919'))
        """
        check_is_fitted(self, "fit_")
        offset, scale = Fraction(self.x_offset_), Fraction(self.x_scale_)
        fit, x = self.fit_, [Fraction(value) for value in self._x.tolist()]
        exact = tuple((value - offset) / scale for value in x)
        z, rows = np.array([float(value) for value in exact]), fit._rows
        if not np.array_equal(z, rows.x):  # each z was rounded twice; a proof starts from the nearest double
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", NonUniquePredictorWarning)  # `fit` has said so
                fit = fit_wide_relu(
                    z, rows.y, lam=fit.lam, beta=fit.beta, sample_weight=rows.weight, selection=fit.selection
                )
        found = fit.certify(digits, exact=replace(exact_doubles(fit), x=exact))
        knots = tuple(
            CertifiedKnot(
                _affine(knot.location, offset, scale, digits)
                if knot.at_data_point is None
                else decimal_number(x[knot.at_data_point], digits),
                knot.side,
                _affine(knot.slope_change, Fraction(0), 1 / scale, digits),
                knot.at_data_point,
            )
            for knot in found.knots
        )
        undecided = tuple(
            contact
            if contact.location is None
            else replace(contact, location=self.x_offset_ + self.x_scale_ * contact.location)
            for contact in found.undecided
        )
        inner = found._predict
        outer = None if inner is None else lambda points: inner(tuple((point - offset) / scale for point in points))
        return replace(found, knots=knots, undecided=undecided, _predict=outer)

    def plot(self, axes: Axes, X: ArrayLike | None = None, y: ArrayLike | None = None, **options: Any) -> Axes:
        """Draw the fit in the user's units; see `lemmata.numerics.meanfield.plot.plot_fit`.

        Args: axes: matplotlib axes; X, y: rows to draw, those of the fit if none are given; options: passed on, such as
            certificate=what `certify` returned.
        Returns: the axes.

        >>> from matplotlib.figure import Figure
        >>> from lemmata import WideReLURegressor
        >>> model = WideReLURegressor(lam=0.01).fit([1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 1.0, 2.0])
        >>> model.plot(Figure().add_subplot(), certificate=model.certify()).get_title(loc="left")[:33]
        'proved: 1 knot, optimal, unique, '
        """
        check_is_fitted(self, "fit_")
        points = None if X is None else np.asarray(X)
        if points is not None and points.ndim > 1:
            points = _column(self, points)
        return plot_fit(axes, self, points, y, **options)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        # One feature. Scikit-learn's tag for that, as on IsotonicRegression, is an array of one dimension.
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        return tags
