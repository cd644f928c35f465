"""The estimator that chooses its penalty by cross-validation along the regularisation path."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.metrics import check_scoring
from sklearn.model_selection import check_cv

from ..given import shown
from ..meanfield import MeanFieldInputError, NonUniquePredictorWarning, WideReluFit, fit_wide_relu
from ..meanfield.data import Rows, column, positive
from ..meanfield.path import penalty_grid, wide_relu_path
from ..meanfield.wide_fit import Selection
from .one_feature import OneFeature, largest_penalty, offset_and_scale, standardised, standardised_rows
from .regressor import WideReLURegressor

Array = NDArray[np.float64]


class WideReLURegressorCV(OneFeature):
    """`WideReLURegressor` with the penalty λ chosen by cross-validation along the regularisation path.

    Every fold standardises x by its own training rows, so that the errors are those of `WideReLURegressor` at each λ.
    A fold counts with the weight of its held-out rows, as for scikit-learn's `LassoCV`.

    Args:
        lams: penalties > 0 in any order, or None for n_lams of them from λ_max of all rows, the smallest with f = 0,
            down to ratio·λ_max in equal ratios.
        n_lams, ratio: the grid where lams is None; 0 < ratio < 1.
        beta, selection, standardize: as for `WideReLURegressor`; at finite β every penalty is fitted by itself.
        cv: number of folds, in the order of the rows, or a splitter or splits of scikit-learn; None: 5.
        scoring: what to maximise, a name or a scorer of scikit-learn; None: minus the mean squared error.
        choice: "best": the penalty of the best mean score; "one_se": the largest penalty whose mean score is no more
            than one standard error of the best one's folds below it.

    A scorer is given the held-out weights where there are weights, and must take them.

    Attributes: those of `WideReLURegressor`, of the fit to all rows at lam_, and
        lams_: penalties, descending (L,); mse_path_: mean squared error of held-out rows (L, folds); score_path_: what
        was maximised (L, folds).

    Source: derived in this project; one standard error: Breiman, Friedman, Olshen and Stone, Classification and
        Regression Trees (1984), section 3.4.3.

    >>> x = np.linspace(-3.0, 3.0, 41)
    >>> model = WideReLURegressorCV(n_lams=20).fit(x.reshape(-1, 1), np.abs(x))
    >>> len(model.knots_), model.mse_path_.shape
    (2, (20, 5))
    """

    def __init__(
        self,
        *,
        lams: ArrayLike | None = None,
        n_lams: int = 100,
        ratio: float = 1e-4,
        beta: float = math.inf,
        selection: Selection = "limit",
        standardize: bool = True,
        cv: Any = 5,
        scoring: Any = None,
        choice: Literal["best", "one_se"] = "best",
    ) -> None:
        self.lams = lams
        self.n_lams = n_lams
        self.ratio = ratio
        self.beta = beta
        self.selection = selection
        self.standardize = standardize
        self.cv = cv
        self.scoring = scoring
        self.choice = choice

    def _penalties(self, z: Array, rows: Rows) -> Array:
        """The grid of λ, descending."""
        if self.lams is None:
            return penalty_grid(largest_penalty(z, rows) or 1.0, self.n_lams, self.ratio)
        given = column("lams", self.lams)
        if len(given) == 0:
            raise MeanFieldInputError("lams is empty; at least one penalty is needed")
        for k, lam in enumerate(given.tolist()):
            positive(f"lams[{k}]", lam, infinite=False)
        return np.sort(given)[::-1].copy()

    def _splits(self, rows: Rows) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """Positions of the training and of the held-out rows of every fold, checked."""
        splits = list(check_cv(self.cv).split(rows.x.reshape(-1, 1), rows.y))
        if len(splits) < (2 if self.choice == "one_se" else 1):
            wanted = "choice='one_se' needs at least 2" if splits else "at least 1 is needed"
            raise MeanFieldInputError(f"cv gives {len(splits)} fold{'s' * (len(splits) != 1)}; {wanted}")
        for number, sides in enumerate(splits):
            for side, name in zip(sides, ("training", "held-out"), strict=True):
                weight = rows.weight[side]
                if len(weight) == 0:
                    raise MeanFieldInputError(f"cv leaves fold {number} without {name} rows; at least 1 is needed")
                if not np.any(weight > 0):
                    raise MeanFieldInputError(f"sample_weight is zero on all {name} rows of fold {number}")
        return splits

    def _fits(self, lams: Array, z: Array, rows: Rows) -> Iterable[WideReluFit]:
        """The fit of some rows at every λ."""
        if math.isinf(float(self.beta)):
            path = wide_relu_path(
                z, rows.y, lams=lams, sample_weight=rows.weight, selection=self.selection
            )  # fmt: skip
            return path.fits
        return (
            fit_wide_relu(
                z, rows.y, lam=lam, beta=self.beta, sample_weight=rows.weight, selection=self.selection
            )
            for lam in lams.tolist()
        )  # fmt: skip

    def _fold(
        self, lams: Array, train: Rows, test: Rows, scorer: Any, weighted: bool
    ) -> tuple[list[float], list[float]]:
        """Mean squared error and score on the held-out rows at every λ."""
        offset, scale = offset_and_scale(train) if self.standardize else (0.0, 1.0)
        place = standardised(test.x, offset, scale)
        errors, scores = [], []
        for fit in self._fits(lams, standardised_rows(train.x, offset, scale), train):
            error = float(np.average((fit.predict(place) - test.y) ** 2, weights=test.weight))
            errors.append(error)
            if scorer is None:
                scores.append(-error)
                continue
            model = WideReLURegressor(lam=fit.lam, beta=self.beta, selection=self.selection)
            model.n_features_in_ = 1
            model._keep(fit, train.x, offset, scale)
            options = {"sample_weight": test.weight} if weighted else {}
            try:
                scores.append(float(scorer(model, test.x.reshape(-1, 1), test.y, **options)))
            except TypeError as error:
                if not weighted or "sample_weight" not in str(error):
                    raise
                raise MeanFieldInputError(
                    f"scoring is {shown(self.scoring)}, which takes no sample_weight; choose one that does, or give no "
                    "weights"
                ) from error
        return errors, scores

    def _chosen(self, scores: Array, weight: Array) -> int:
        """Position of the chosen λ; scores (L, folds); weight: of the folds."""
        mean = np.average(scores, axis=1, weights=weight)
        best = int(np.argmax(mean))
        if self.choice == "best":
            return best
        error = float(np.std(scores[best], ddof=1)) / math.sqrt(len(weight))
        return int(np.argmax(mean >= mean[best] - error))

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Choose the penalty and fit all rows with it.

        Args: X: inputs (N, 1) or (N,); y: targets (N,); sample_weight: weights (N,) ≥ 0, of training and of errors.
        Returns: the estimator.
        Raises: ValueError that names the value and what is allowed; also where a fold has no weight on one of its
            sides, or a score is not a number.
        """
        if not isinstance(self.choice, str) or self.choice not in ("best", "one_se"):
            raise MeanFieldInputError(f"choice is {shown(self.choice)}; 'best' and 'one_se' are allowed")
        positive("beta", self.beta, infinite=True)
        rows, offset, scale = self._checked(X, y, sample_weight)
        z = standardised_rows(rows.x, offset, scale)
        lams = self._penalties(z, rows)
        share = rows.weight / np.max(rows.weight)  # sums of weights near the end of double precision would overflow
        splits = self._splits(Rows(rows.x, rows.y, share))
        scorer = None if self.scoring is None else check_scoring(self, scoring=self.scoring)
        found = []
        with warnings.catch_warnings():
            # What is not unique on a fold says nothing about the fit that is returned.
            warnings.simplefilter("ignore", NonUniquePredictorWarning)
            for sides in splits:
                train, test = (Rows(rows.x[side], rows.y[side], share[side]) for side in sides)
                found.append(self._fold(lams, train, test, scorer, sample_weight is not None))
        errors, scores = (np.array(part).T for part in zip(*found, strict=True))
        bad = np.argwhere(~np.isfinite(scores))
        if len(bad):
            k, fold = bad[0]
            raise MeanFieldInputError(
                f"the score at lam = {lams[k]} in fold {fold} is {scores[k, fold]}; "
                "finite scores are needed: choose another scoring or cv"
            )
        lam = float(lams[self._chosen(scores, np.array([np.sum(share[test]) for _, test in splits]))])
        fit = fit_wide_relu(z, rows.y, lam=lam, beta=self.beta, sample_weight=rows.weight, selection=self.selection)
        self._keep(fit, rows.x, offset, scale)
        self.lams_, self.mse_path_, self.score_path_ = lams, errors, scores
        return self
