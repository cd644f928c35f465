"""The predictor of the truncated problem (3.9)-(3.10): soft-plus or ReLU, weights and activation cut at m.

σ(x, θ) = a^m ((w^m x + b)_τ)^m with v^m = max(−m, min(m, v)) and the activation capped smoothly above m². For τ, m → ∞
it is the unit a (w x + b)₊ of the exact fit, with which the limits of Section 5 can be compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import root
from scipy.special import ndtr

from .arguments import count, number
from .data import column
from .errors import MeanFieldInputError

Array = NDArray[np.float64]

_MOST_POINTS = 8
_MOST_CELLS = 4000
_LEAST_ROOM = 15.0  # by how much the log density falls from its peak to the walls


@dataclass(frozen=True, eq=False)
class TruncatedFit:
    """residuals: r_i = (f(x_i) − y_i)/M (M,); fitted: f(x_i) (M,); gradient: largest error of the M equations."""

    residuals: Array
    fitted: Array
    gradient: float


def cap(value: Array, m: float) -> Array:
    """v up to m², above it m² + m²(1 − e^(−(v − m²)/m²)): slope 1 at m², |second derivative| ≤ 1/m², limit 2m² (p. 9).

    >>> cap(np.array([0.5, 1.0, 1e9]), 1.0).tolist()
    [0.5, 1.0, 2.0]
    """
    if math.isinf(m):
        return value
    over = np.maximum(value - m * m, 0.0)
    return np.minimum(value, m * m) - m * m * np.expm1(-over / (m * m))


def _features(x: Array, w: Array, b: Array, tau: float, m: float) -> Array:
    """The activation at the data (M, cells)."""
    before = np.clip(w, -m, m) * x[:, None] + b
    bent = np.maximum(before, 0.0) if math.isinf(tau) else np.logaddexp(0.0, tau * before) / tau
    return cap(bent, m)


def _output(pull: Array, lam: float, beta: float, m: float) -> tuple[Array, Array]:
    """log ∫ e^(−β(a^m S + λa²/2)) da up to a constant, and E a^m under this density, at S (cells,).

    Inside |a| ≤ m the integral is one of a Gaussian around −S/λ, outside it a^m = ±m does not depend on a.
    """
    if math.isinf(m):
        return 0.5 * beta * pull * pull / lam, -pull / lam
    rate = math.sqrt(beta * lam)
    up, down = rate * (m + pull / lam), rate * (-m + pull / lam)
    tail = float(ndtr(-m * rate))
    top = np.maximum(0.5 * beta * pull * pull / lam, beta * m * np.abs(pull))
    inside = np.exp(0.5 * beta * pull * pull / lam - top)
    low, high = tail * np.exp(beta * m * pull - top), tail * np.exp(-beta * m * pull - top)
    # Where both ends are above 0 their probabilities are near 1 and would cancel; the mirror image has the small ones.
    above = up + down > 0
    share = inside * np.where(above, ndtr(-down) - ndtr(-up), ndtr(up) - ndtr(down))
    edge = inside * (np.exp(-0.5 * up * up) - np.exp(-0.5 * down * down)) / math.sqrt(2.0 * math.pi)
    total = share + low + high
    mean = (-pull / lam * share - edge / rate + m * (high - low)) / total
    return top + np.log(total), mean


def truncated_fit(
    x: ArrayLike,
    y: ArrayLike,
    *,
    lam: float,
    beta: float,
    tau: float = math.inf,
    m: float = math.inf,
    half_width: float,
    cells: int = 500,
) -> TruncatedFit:
    """Minimise the free energy (3.5) with the units of (3.9)-(3.10), for a few data, by quadrature over (w, b).

    The minimiser is the Gibbs law of its own residuals r, which solve f(x_i; r) = y_i + M r_i; a is integrated in
    closed form, (w, b) by the midpoint rule on a box, whose error is of second order in the cells' width.

    Args:
        x, y: up to 8 rows (M,). lam: λ > 0. beta: β > 0, finite. tau: τ of the soft-plus, inf for the ReLU.
        m: of the truncations, inf for none. half_width: of the box in w and b. cells: along each axis.

    Returns: residuals and fitted values.
    Raises: MeanFieldInputError for an argument outside what is allowed, a box that cuts the law off, and where the
        equations are not solved.
    Source: JMLR 23(130), (3.7)-(3.10); the closed form in a is derived in this project.

    >>> fit = truncated_fit([0.0], [1.0], lam=1.0, beta=4.0, half_width=6.0, cells=200)
    >>> from lemmata.numerics.meanfield import fit_wide_relu
    >>> bool(abs(fit.fitted[0] - fit_wide_relu([0.0], [1.0], lam=1.0, beta=4.0).fitted[0]) < 1e-3)
    True
    """
    inputs = column("x", x)
    if not 1 <= len(inputs) <= _MOST_POINTS:
        raise MeanFieldInputError(f"x has {len(inputs)} rows; 1 to {_MOST_POINTS} are allowed")
    targets = column("y", y, len(inputs))
    lam, beta = number("lam", lam), number("beta", beta)
    tau, m = number("tau", tau, infinite=True), number("m", m, infinite=True)
    half_width, cells = number("half_width", half_width), count("cells", cells)
    if cells > _MOST_CELLS:
        raise MeanFieldInputError(f"cells is {cells}; at most {_MOST_CELLS} are allowed")
    centres = half_width * ((2.0 * np.arange(cells) + 1.0) / cells - 1.0)
    w, b = np.repeat(centres, cells), np.tile(centres, cells)
    wall = (np.abs(w) > half_width * (1 - 1.5 / cells)) | (np.abs(b) > half_width * (1 - 1.5 / cells))
    features = _features(inputs, w, b, tau, m)
    confined = 0.5 * beta * lam * (w * w + b * b)
    size = len(inputs)
    lost = 0.0

    def fitted(r: Array) -> Array:
        nonlocal lost
        log_weight, mean = _output(r @ features, lam, beta, m)
        log_weight = log_weight - confined
        log_weight -= np.max(log_weight)
        lost = float(-np.max(log_weight[wall]))
        weight = np.exp(log_weight)
        return np.asarray(features @ (weight * mean) / np.sum(weight))

    def equations(r: Array) -> Array:
        return fitted(r) - targets - size * r

    solved = root(equations, np.zeros(size), tol=1e-12)
    error = float(np.max(np.abs(equations(solved.x))))
    if not error < 1e-8:
        raise MeanFieldInputError(f"the equations are solved to {error:.1e} only; a smaller beta is needed")
    if lost < _LEAST_ROOM:
        raise MeanFieldInputError(f"half_width is {half_width}: the density at the walls is e^-{lost:.0f} of its peak")
    return TruncatedFit(solved.x, targets + size * solved.x, error)
