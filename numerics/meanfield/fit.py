"""Exact regression with the infinitely wide ReLU network: the public entry point and its result."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bends import find_bends
from .circle import build_circle
from .contacts import local_maxima
from .data import Grouped, column, group, weights
from .errors import MeanFieldInputError, NonUniquePredictorWarning
from .faces import entropic_selection, find_face
from .finite import solve_dual
from .law import GibbsLaw
from .noiseless import solve_noiseless
from .piecewise import PiecewiseLinear, affine_part, find_knots, piecewise_linear
from .refine import refine
from .result import Affine, Bend, Knot, Stop, Undecided, Unit

Array = NDArray[np.float64]
Selection = Literal["limit", "vertex"]

_LARGEST = 1e150  # inputs and targets beyond it have squares that overflow
_GOOD = 1e-12  # relative gap called converged
_MOVED = 1e-9  # change of the fitted values by a selection, relative to the largest target, beyond which it is doubted
_CONTACT = 1e-11  # distance of |g|/λ from 1 below which a direction counts as a contact


@dataclass(frozen=True, eq=False)
class WideReluFit:
    """The predictor of the infinitely wide ReLU network on given data, and what is known about it.

    lam, beta: as given; selection: which minimiser it is where there are several; knots: kinks of f (β = ∞), ascending;
    affine: f left of them; units: one minimising measure; fitted: f at the
    rows (N,); objective: ½R + λ Σ|c|, at finite β the free energy (3.5) with its additive constant; gap: primal minus
    dual value, an upper bound of objective − minimum; relative_gap: gap / max(|objective|, ½ mean y²);
    face_dimension: dimension of the set of minimising functions; selection_undecided; sparsest: whether it is known to
    have the fewest knots; stop, iterations: why and after how many steps the solver ended.
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
    face_dimension: int
    selection_undecided: tuple[Undecided, ...]
    sparsest: bool | None
    stop: Stop
    iterations: int
    _function: PiecewiseLinear | GibbsLaw = field(repr=False)

    @cached_property
    def bends(self) -> tuple[Bend, ...]:
        """Local maxima of |f″| at finite β, ascending, found when first asked for; none at β = ∞.

        >>> [round(bend.location, 3) for bend in fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=0.1, beta=1e5).bends]
        [-0.1, 0.1]
        """
        return find_bends(self._function) if isinstance(self._function, GibbsLaw) else ()

    def _at(self, x: ArrayLike, function: Callable[[Array], Array]) -> Array:
        points = np.asarray(x, dtype=np.float64)
        if not np.all(np.isfinite(points)):
            raise MeanFieldInputError("x holds a value that is not finite; finite numbers are needed")
        return function(points.ravel()).reshape(points.shape)

    def predict(self, x: ArrayLike) -> Array:
        """f(x), elementwise, anywhere on the line.

        >>> fit = fit_wide_relu([-1.0, 1.0], [1.0, 1.0], lam=0.1)
        >>> fit.predict([-5.0, 0.0, 5.0]).round(9).tolist()
        [0.9, 0.9, 0.9]
        """
        return self._at(x, lambda points: self._function.evaluate(points)[0])

    def slope(self, x: ArrayLike) -> Array:
        """f′(x), elementwise; at a knot the slope on its right.

        >>> fit_wide_relu([3.0], [1.0], lam=0.1).slope([-1.0, 1.0]).round(9).tolist()
        [0.0, 0.290513167]
        """
        return self._at(x, lambda points: self._function.evaluate(points)[1])

    def curvature(self, x: ArrayLike) -> Array:
        """f″(x), elementwise; at β = ∞ it is 0 off the knots, and ±inf at one.

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

        >>> fit = fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0)  # no correlation: a Gaussian of variance 1/(βλ)
        >>> round(float(fit.density(0.0, 0.0, 0.0)) + 1.5 * math.log(math.pi), 12)
        0.0
        """
        law = self._law()
        parts = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in (a, w, b)))
        return law.log_density(*parts)

    def sample(self, n: int, rng: np.random.Generator | int) -> Array:
        """Draw the weights (a, w, b) of n independent neurons from the stationary law, exactly; shape (n, 3).

        A network of width N is N draws: f(x) ≈ (1/N) Σ a (wx + b)₊.

        Raises: MeanFieldInputError at β = ∞ or for a negative n.

        >>> fit_wide_relu([0.0], [0.0], lam=1.0, beta=2.0).sample(4, 0).shape
        (4, 3)
        """
        law = self._law()
        if n < 0:
            raise MeanFieldInputError(f"n is {n}; a number of draws is at least 0")
        return law.sample(n, np.random.default_rng(rng))

    def as_json(self) -> dict[str, Any]:
        """The record of `lemmata knots --json`: plain numbers, strings, lists and dictionaries, strict JSON.

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


def _relative(gap: float, objective: float, mean_square: float) -> float:
    scale = max(abs(objective), 0.5 * mean_square)
    return gap / scale if scale > 0 else 0.0


def _positive(name: str, value: float, infinite: bool) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise MeanFieldInputError(f"{name} is {value!r}; a positive number is needed") from None
    if not number > 0 or (math.isinf(number) and not infinite):
        raise MeanFieldInputError(
            f"{name} is {number}; {'positive numbers' if infinite else 'positive, finite numbers'} are allowed"
        )
    return number


def _with_bridge(rows: Grouped) -> tuple[Array, Array, Array]:
    """Inputs, weights and targets with a break of weight 0 in a gap that spans more than a right angle."""
    angle = np.arctan(rows.x)
    wide = np.flatnonzero(np.diff(angle) > 0.5 * math.pi)
    at = wide + 1
    middle = np.tan(0.5 * (angle[wide] + angle[at])) if len(wide) else np.zeros(0)
    return np.insert(rows.x, at, middle), np.insert(rows.omega, at, 0.0), np.insert(rows.y, at, 0.0)


def _fit_finite(rows: Grouped, x: Array, lam: float, beta: float, selection: Selection) -> WideReluFit:
    places, omega, targets = _with_bridge(rows)
    circle = build_circle(places)
    found = solve_dual(circle, omega, targets / lam, beta * lam * lam)
    refined = refine(circle, omega, targets, lam, beta, found)
    solution = refined.solution
    law = GibbsLaw(circle, solution.point, lam, beta)
    constant = 0.5 * math.log(2.0 * math.pi) - 1.5 * (math.log(beta) + math.log(lam))
    objective = refined.dual - constant / beta + 0.5 * rows.within
    fitted = law.evaluate(x)[0]
    # At the data y + r/ω has the full precision of the dual solution.
    known = refined.fitted[omega > 0]
    at = np.minimum(np.searchsorted(rows.x, x), len(rows.x) - 1)
    fitted = np.where(rows.x[at] == x, known[at], fitted)
    gap = refined.gap
    return WideReluFit(
        lam=lam, beta=beta, selection=selection, knots=(), affine=None, units=None,
        fitted=fitted, objective=objective, gap=gap, relative_gap=_relative(gap, objective, rows.mean_square),
        face_dimension=0, selection_undecided=(), sparsest=None, stop=Stop(solution.stop),
        iterations=solution.iterations, _function=law,
    )  # fmt: skip


def _fit_limit(rows: Grouped, x: Array, lam: float, selection: Selection) -> WideReluFit:
    circle = build_circle(rows.x)
    solution = solve_noiseless(circle, rows.omega, rows.y / lam)
    units = solution.units
    contacts = local_maxima(circle, solution.field, 1.0 - _CONTACT)
    face = find_face(circle, units, contacts, rows.omega)
    undecided: tuple[Undecided, ...] = ()
    if face.functions > 0:
        if selection == "limit":
            units, open_contacts = entropic_selection(circle, face, rows.omega)
            stray = piecewise_linear(circle, solution.r, face.contacts.pick(open_contacts), lam)
            undecided = tuple(
                Undecided(
                    float(t), "right" if w > 0 else "left", "the fitted values leave this contact at a datum free"
                )
                for t, w in zip(stray.knot, stray.w, strict=True)
            )
        which = "the limit of beta to infinity" if selection == "limit" else "a vertex of the set"
        warnings.warn(
            f"the minimising functions form a set of dimension {face.functions}; this fit is {which}",
            NonUniquePredictorWarning,
            stacklevel=3,
        )
    function = piecewise_linear(circle, solution.r, units, lam)
    possible = piecewise_linear(circle, solution.r, face.contacts.pick(face.possible), lam)
    order = np.argsort(units.phi, kind="stable")
    gap = lam * lam * solution.gap
    objective = lam * lam * solution.objective + 0.5 * rows.within
    relative = _relative(gap, objective, rows.mean_square)
    solved = piecewise_linear(circle, solution.r, solution.units, lam).evaluate(rows.x)[0]
    moved = float(np.max(np.abs(function.evaluate(rows.x)[0] - solved)))
    stop = Stop.CONVERGED if relative <= _GOOD else Stop(solution.stop)
    if moved > _MOVED * float(np.max(np.abs(rows.y))):  # all minimisers have the same fitted values
        stop = Stop.PRECISION
    return WideReluFit(
        lam=lam, beta=math.inf, selection=selection, knots=find_knots(function, possible),
        affine=affine_part(circle, function), fitted=function.evaluate(x)[0],
        units=tuple(Unit(float(units.phi[k]), lam * float(units.c[k])) for k in order),
        objective=objective, gap=gap, relative_gap=relative,
        face_dimension=face.functions, selection_undecided=undecided, sparsest=None, stop=stop,
        iterations=solution.iterations, _function=function,
    )  # fmt: skip


def fit_wide_relu(
    x: ArrayLike,
    y: ArrayLike,
    *,
    lam: float,
    beta: float = math.inf,
    sample_weight: ArrayLike | None = None,
    selection: Selection = "limit",
) -> WideReluFit:
    """Fit the infinitely wide ReLU network exactly, at any inverse temperature, without training.

    At finite β it is the mean-field limit of noisy gradient descent: the minimiser ρ of the free energy
    F(ρ) = ½R + (λ/2) ∫|θ|² dρ − β⁻¹ H(ρ), f(x) = ∫ a (wx + b)₊ dρ, R = Σ w_i (f(x_i) − y_i)² / Σ w_i. At β = ∞ it is
    the minimiser of ½R + λ Σ|c_k| over f = Σ c_k (x cos φ_k + sin φ_k)₊, a piecewise linear function; where there is
    more than one, the limit of β → ∞ or, on request, one with few units, and a warning.

    Args: x, y: inputs and targets (N,), in any order, inputs may repeat; lam: ridge penalty λ > 0; beta: inverse
        temperature β > 0, inf for the limit; sample_weight: weights (N,) ≥ 0, a zero drops the row; selection: "limit"
        or "vertex".
    Returns: a `WideReluFit`.
    Raises: MeanFieldInputError (a ValueError) that names the value and what is allowed.
    Source: JMLR 23(130), (3.5) and (3.6); the solvers derived in this project.

    >>> fit = fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=0.01)  # section 6 of the paper
    >>> [(round(knot.location, 9), knot.side) for knot in fit.knots]
    [(-0.1, 'right'), (0.1, 'left')]
    """
    inputs = column("x", x)
    if len(inputs) == 0:
        raise MeanFieldInputError("x is empty; at least one row is needed")
    targets = column("y", y, len(inputs))
    weight = weights(sample_weight, len(inputs))
    penalty = _positive("lam", lam, infinite=False)
    temperature = _positive("beta", beta, infinite=True)
    if selection not in ("limit", "vertex"):
        raise MeanFieldInputError(f"selection is {selection!r}; 'limit' and 'vertex' are allowed")
    for name, values in (("x", inputs), ("y", targets)):
        far = np.flatnonzero(np.abs(values) > _LARGEST)
        if len(far):
            raise MeanFieldInputError(
                f"{name}[{far[0]}] is {values[far[0]]}, whose square leaves double precision; "
                f"values from {-_LARGEST} to {_LARGEST} are allowed"
            )
    rows = group(inputs, targets, weight)
    largest = float(np.max(np.abs(rows.y))) / penalty
    if not math.isfinite(largest * largest) or (rows.mean_square > 0 and 1.0 / max(largest, 1.0) == 0.0):
        raise MeanFieldInputError(
            f"lam is {penalty}, too small beside targets up to {np.max(np.abs(targets))} for double precision"
        )
    if math.isinf(temperature):
        return _fit_limit(rows, inputs, penalty, selection)
    b = temperature * penalty * penalty
    if not 1e-290 < b < 1e290:
        raise MeanFieldInputError(f"beta·lam² is {b}, outside double precision; change beta or the scale of y and lam")
    return _fit_finite(rows, inputs, penalty, temperature, selection)
