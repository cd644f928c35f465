"""The estimator at one penalty."""

from __future__ import annotations

import math
from typing import Self

from numpy.typing import ArrayLike

from ..meanfield import fit_wide_relu
from ..meanfield.wide_fit import Selection
from .one_feature import OneFeature, largest_penalty, standardised_rows

_SHARE = 0.01  # the penalty where none is given, as a part of the smallest one with f = 0


class WideReLURegressor(OneFeature):
    """Regression of one feature with the infinitely wide ReLU network, solved exactly instead of trained.

    With z = (x − mean)/deviation, at β = ∞ it minimises ½ Σ w_i (f(z_i) − y_i)² / Σ w_i + λ Σ|c_k| over
    f = Σ c_k (z cos φ_k + sin φ_k)₊, a continuous piecewise linear function; at finite β the free energy (3.5) of the
    network that noisy gradient descent trains, a smooth function.

    Standardising is part of the model, not a convenience: a change of slope by 1 at t costs λ√(1 + t²), so that other
    origins and units of x are other problems, with another fit. With standardize=True the fit does not depend on the
    unit and the origin of x; with False x is used as it is. The targets are used as they are: λ has their unit, and a
    constant is a unit that costs |constant|, so that f is drawn towards 0 and not towards the mean. For targets far
    from 0 use scikit-learn's `TransformedTargetRegressor` with a `StandardScaler`.

    Args:
        lam: ridge penalty λ > 0, in the unit of y; None: a hundredth of λ_max, the smallest penalty with f = 0.
        beta: inverse temperature β > 0; inf: the limit. The problem is the same for (y, λ, β) and (sy, sλ, β/s²).
        selection: where more than one function minimises at β = ∞, "limit": the limit of β → ∞, "vertex": one with few
            units; `NonUniquePredictorWarning` says that this is so.
        standardize: whether to centre and scale x by its weighted mean and standard deviation.

    Attributes:
        knots_: kinks of f at β = ∞ in the user's units, ascending (K,); knot_sides_: of the units that carry them,
            "left", "right" or "both" (K,); slope_changes_: jumps of f′ there (K,). bends_: at finite β the local maxima
            of |f″|, with their widths.
        lam_: the penalty used; objective_: the value at the fit; dual_gap_: an upper bound of its distance from the
            minimum; relative_gap_: the same beside the objective; n_iter_: steps of the solver.
        x_offset_, x_scale_: mean and deviation, 0 and 1 without standardising; fit_: the `WideReluFit` in z.
        n_features_in_: 1; feature_names_in_: where X has names.

    Source: JMLR 23(130), (3.5); the solvers derived in this project.

    >>> model = WideReLURegressor(lam=0.01).fit([[1.0], [2.0], [3.0], [4.0]], [0.0, 0.0, 1.0, 2.0])
    >>> model.knots_.round(6).tolist(), model.knot_sides_.tolist(), model.dual_gap_ < 1e-12
    ([1.989183], ['right'], True)
    >>> model.predict([[0.0], [5.0]]).round(6).tolist()
    [0.0, 2.962094]
    """

    def __init__(
        self,
        lam: float | None = None,
        *,
        beta: float = math.inf,
        selection: Selection = "limit",
        standardize: bool = True,
    ) -> None:
        self.lam = lam
        self.beta = beta
        self.selection = selection
        self.standardize = standardize

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit the network.

        Args: X: inputs (N, 1) or (N,), in any order, repeated or not; y: targets (N,); sample_weight: weights
            (N,) ≥ 0; a zero drops the row.
        Returns: the estimator.
        Raises: ValueError that names the value and what is allowed.
        """
        rows, offset, scale = self._checked(X, y, sample_weight)
        z = standardised_rows(rows.x, offset, scale)
        lam = _SHARE * largest_penalty(z, rows) or 1.0 if self.lam is None else self.lam
        fit = fit_wide_relu(z, rows.y, lam=lam, beta=self.beta, sample_weight=rows.weight, selection=self.selection)
        self._keep(fit, rows.x, offset, scale)
        return self
