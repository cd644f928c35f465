"""The fitted network: what it predicts, what is known about it, and how to write it down."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..given import doubles
from .arguments import points
from .bends import find_bends
from .certificate import Certificate, ExactRows, certify
from .data import Rows
from .dual_curve import DualCurve
from .errors import MeanFieldInputError
from .law import GibbsLaw
from .marginals import Marginals
from .piecewise import PiecewiseLinear
from .result import Affine, Bend, Knot, Stop, Undecided, Unit

Array = NDArray[np.float64]
Selection = Literal["limit", "vertex"]


def relative_size(gap: float, objective: float, mean_square: float) -> float:
    """The gap beside the larger of |objective| and half the mean square of the targets; 0 where both vanish."""
    scale = max(abs(objective), 0.5 * mean_square)
    return gap / scale if scale > 0 else 0.0


@dataclass(frozen=True, eq=False)
class WideReluFit:
    """The predictor of the infinitely wide ReLU network on given data, and what is known about it.

    lam, beta: as given; selection: which minimiser it is where there are several; knots: kinks of f (β = ∞), ascending;
    affine: f left of them; units: one minimising measure; fitted: f at the
    rows (N,); objective: ½R + λ Σ|c|, at finite β the free energy (3.5) with its additive constant; gap: primal minus
    dual value, an upper bound of objective − minimum; relative_gap: gap / max(|objective|, ½ mean y²);
    face_dimension: dimension of the set of minimising functions, None if undecided; selection_undecided; sparsest: True
    if it is a vertex known to have the fewest knots, else None; stop, iterations: why and after how many steps the
    solver ended; dual: the correlation g of the residuals with every unit, |g| ≤ λ.
    """

    lam: float
    beta: float
    selection: Selection
    knots: tuple[Knot, ...]
    affine: Affine | None
    units: tuple[Unit, ...] | None
    fitted: Array
    objective: float
    gap: float
    relative_gap: float
    face_dimension: int | None
    selection_undecided: tuple[Undecided, ...]
    sparsest: bool | None
    stop: Stop
    iterations: int
    dual: DualCurve = field(repr=False)
    _rows: Rows = field(repr=False)
    _function: PiecewiseLinear | GibbsLaw = field(repr=False)

    @cached_property
    def bends(self) -> tuple[Bend, ...]:
        """Local maxima of |f″| at finite β, ascending, found when first asked for; none at β = ∞.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> [round(bend.location, 3) for bend in fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=0.1, beta=1e5).bends]
        [-0.1, 0.1]
        """
        return find_bends(self._function) if isinstance(self._function, GibbsLaw) else ()

    def _at(self, x: ArrayLike, function: Callable[[Array], Array]) -> Array:
        at = points(x)
        return function(at.ravel()).reshape(at.shape)

    def predict(self, x: ArrayLike) -> Array:
        """f(x), elementwise, anywhere on the line.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([-1.0, 1.0], [1.0, 1.0], lam=0.1)
        >>> fit.predict([-5.0, 0.0, 5.0]).round(9).tolist()
        [0.9, 0.9, 0.9]
        """
        return self._at(x, lambda points: self._function.evaluate(points)[0])

    def slope(self, x: ArrayLike) -> Array:
        """f′(x), elementwise; at a knot the slope on its right.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit_wide_relu([3.0], [1.0], lam=0.1).slope([-1.0, 1.0]).round(9).tolist()
        [0.0, 0.290513167]
        """
        return self._at(x, lambda points: self._function.evaluate(points)[1])

    def curvature(self, x: ArrayLike) -> Array:
        """f″(x), elementwise; at β = ∞ it is 0 off the knots, and ±inf at one.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit_wide_relu([3.0], [1.0], lam=0.1).curvature([0.0]).tolist()
        [0.0]
        """
        return self._at(x, self._function.curvature)

    def _law(self) -> GibbsLaw:
        if not isinstance(self._function, GibbsLaw):
            raise MeanFieldInputError("beta is inf: the weights have a density only at finite beta")
        return self._function

    def density(self, a: ArrayLike, w: ArrayLike, b: ArrayLike) -> Array:
        """log ρ(a, w, b), the logarithm of the density of the stationary law of the weights (3.6), elementwise.

        Raises: MeanFieldInputError at β = ∞.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0)  # no correlation: a Gaussian of variance 1/(βλ)
        >>> round(float(fit.density(0.0, 0.0, 0.0)) + 1.5 * math.log(math.pi), 12)
        0.0
        """
        law = self._law()
        parts = [doubles(name, v, MeanFieldInputError) for name, v in (("a", a), ("w", w), ("b", b))]
        try:
            together = np.broadcast_arrays(*parts)
        except ValueError:
            shapes = ", ".join(str(part.shape) for part in parts)
            raise MeanFieldInputError(f"a, w and b have shapes {shapes}; shapes that fit together are needed") from None
        return law.log_density(*together)

    def sample(self, n: int, rng: np.random.Generator | int) -> Array:
        """Draw the weights (a, w, b) of n independent neurons from the stationary law, exactly; shape (n, 3).

        A network of width N is N draws: f(x) ≈ (1/N) Σ a (wx + b)₊.

        Raises: MeanFieldInputError at β = ∞ or for a negative n.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0).sample(4, 0).shape
        (4, 3)
        """
        law = self._law()
        if n < 0:
            raise MeanFieldInputError(f"n is {n}; a number of draws is at least 0")
        return law.sample(n, np.random.default_rng(rng))

    @property
    def marginals(self) -> Marginals:
        """Marginals of the stationary law of the weights, by angle and length of (w, b), by a, by the knot −b/w.

        Raises: MeanFieldInputError at β = ∞.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([-1.0, 1.0], [1.0, 1.0], lam=0.1, beta=100.0)
        >>> round(float(fit.marginals.knot.cdf(0.0)), 12)  # the data are symmetric
        0.5
        """
        return Marginals(self._law())

    def certify(self, digits: int = 15, *, exact: ExactRows | None = None) -> Certificate:
        """Prove, in ball arithmetic, what the minimiser is, to so many digits.

        β = ∞: the number, side and place of all knots, global optimality, uniqueness, the objective and the fitted
        values. Finite β: enclosures of the fitted values, the objective and the predictor anywhere.

        Args: digits: of every enclosure, 1 to 1000; exact: the numbers that the fit's doubles stand for, for instance
            decimals as written; without it the proof is about the doubles themselves.
        Returns: a `Certificate`; where something is not proved, `certified` is False and `undecided` says what.
        Raises: MeanFieldInputError for other digits, or exact numbers that are not the fit's.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> proof = fit_wide_relu([-2.0, 2.0], [2.0, 2.0], lam=0.125).certify(6)
        >>> proof.certified, [knot.location for knot in proof.knots]
        (True, [('-0.5', '-0.5'), ('0.5', '0.5')])
        """
        return certify(self, digits, exact)

    def as_json(self) -> dict[str, Any]:
        """The record of `lemmata knots --json`: plain numbers, strings, lists and dictionaries, strict JSON.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit_wide_relu([0.0], [2.0], lam=0.5).as_json()["knots"]
        []
        """

        def plain(items: tuple[Any, ...]) -> list[dict[str, Any]]:
            return [dict(vars(item)) for item in items]

        return {
            "lam": self.lam,
            "beta": "inf" if math.isinf(self.beta) else self.beta,
            "selection": self.selection,
            "knots": plain(self.knots),
            "affine": None if self.affine is None else dict(vars(self.affine)),
            "units": None if self.units is None else plain(self.units),
            "bends": plain(self.bends),
            "fitted": self.fitted.tolist(),
            "objective": self.objective,
            "gap": self.gap,
            "relative_gap": self.relative_gap,
            "face_dimension": self.face_dimension,
            "selection_undecided": plain(self.selection_undecided),
            "sparsest": self.sparsest,
            "stop": self.stop.value,
            "certified": None,
            "certificate": None,
        }
