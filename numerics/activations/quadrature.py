"""Gaussian integrals of one and two variables in doubles, on meshes that adapt to kinks, jumps and sharp bends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import NumericalRangeError

Array = NDArray[np.float64]
Function = Callable[[Array], Array]

ORDER = 16
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(ORDER)
_COARSE = 0.25  # widest panel: resolves Hermite functions up to degree ~300
_NARROWEST = 2.0**-48
_MOST_PANELS = 20_000
_MOST_WORK = 30_000_000  # values of the function in one bivariate moment
_TOO_ROUGH = "the activation oscillates too fast, or is too rough, for f(t) near |t| = 1 in double precision"
_WINDOW = 8.5  # standard deviations kept of a Gaussian kernel


def _interpolation_to_halves() -> Array:
    """Values at the Gauss nodes of both halves of a panel from those at its own Gauss nodes."""
    barycentric = np.array([1.0 / np.prod(x - np.delete(_NODES, k)) for k, x in enumerate(_NODES)])
    targets = np.concatenate([(_NODES - 1.0) / 2.0, (_NODES + 1.0) / 2.0])
    terms = barycentric / (targets[:, None] - _NODES[None, :])
    return np.asarray(terms / terms.sum(axis=1, keepdims=True))


_TO_HALVES = _interpolation_to_halves()


@dataclass(frozen=True)
class Features:
    """Where a function is not smooth at unit scale.

    breaks: panel ends that resolve it (a kink or jump is one break, a sharp bend or a branch point a ladder of them);
    centres: one point for each group of breaks; has_branch: a branch point such as that of |x|^(1/3) is among them.
    """

    breaks: Array
    centres: Array
    has_branch: bool = False

    def scaled(self, by: float) -> Features:
        """The same features with every place multiplied."""
        return Features(self.breaks * by, self.centres * by, self.has_branch)


@dataclass
class Work:
    """Values of the function that may still be computed: the time limit of an integral, in a unit no machine changes.

    >>> work = Work(10)
    >>> work.spend(8)
    >>> work.spend(8)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    NumericalRangeError: the activation oscillates too fast, ...
    """

    left: float = _MOST_WORK

    def require(self, values: float) -> None:
        """Raises NumericalRangeError unless so many values may still be computed."""
        if values > self.left:
            raise NumericalRangeError(_TOO_ROUGH)

    def spend(self, values: float) -> None:
        """Takes so many values off; raises NumericalRangeError where they are not left."""
        self.require(values)
        self.left -= values


@dataclass(frozen=True)
class Mesh:
    """Gauss–Legendre nodes and weights on an interval about [−T, T], and the features met."""

    nodes: Array
    weights: Array
    features: Features


def gauss_panels(edges: Array) -> tuple[Array, Array]:
    """Nodes and weights of a composite rule on the panels between sorted edges (along the last axis).

    >>> nodes, weights = gauss_panels(np.array([0.0, 0.5, 1.0]))
    >>> round(float(np.sum(weights * nodes**3)), 15)
    0.25
    """
    centre, half = (edges[..., 1:] + edges[..., :-1]) / 2.0, np.diff(edges) / 2.0
    nodes = centre[..., None] + half[..., None] * _NODES
    weights = half[..., None] * _WEIGHTS
    return nodes.reshape(*edges.shape[:-1], -1), weights.reshape(*edges.shape[:-1], -1)


def _root_density(x: Array) -> Array:
    return np.asarray(np.exp(-x * x / 4.0) / (2.0 * np.pi) ** 0.25)


def _groups(points: Array, gap: float) -> list[Array]:
    return np.split(points, np.flatnonzero(np.diff(points) > gap) + 1) if points.size else []


def _smooth_on(function: Function, low: float, high: float) -> bool:
    """Whether one panel resolves the function."""
    whole, _ = gauss_panels(np.array([low, high]))
    halves, _ = gauss_panels(np.array([low, (low + high) / 2.0, high]))
    fine = function(halves)
    return bool(np.max(np.abs(_TO_HALVES @ function(whole) - fine)) <= 1e-10 * np.max(np.abs(fine), initial=1e-300))


def _ladder(function: Function, point: float) -> Array:
    """Breaks for a point that bisection closed in on: itself, with a geometric ladder on a side that is not smooth."""
    steps = 0.25 ** np.arange(1.0, 25.0)
    parts = [np.array([point])]
    for side in (-1.0, 1.0):
        near, far = sorted((point + side * 2.0**-40, point + side * 2.0**-8))
        if not _smooth_on(function, near, far):
            parts.append(point + side * steps)
    return np.concatenate(parts)


def _features(function: Function, edges: Array) -> Features:
    widths, middles = np.diff(edges), (edges[1:] + edges[:-1]) / 2.0

    def narrowest(low: float, high: float) -> float:
        inside = np.flatnonzero((middles >= low) & (middles <= high))
        return float(middles[inside[np.argmin(widths[inside])]])

    sharp = np.unique(np.concatenate([edges[:-1][widths < 1e-6], edges[1:][widths < 1e-6]]))
    points = [narrowest(group[0], group[-1]) for group in _groups(sharp, 1e-5)]
    narrow = widths < 0.6 * _COARSE
    breaks = np.unique(np.concatenate([edges[:-1][narrow], edges[1:][narrow]]))
    for point in points:
        breaks = breaks[np.abs(breaks - point) > 0.3]
    bends = [narrowest(group[0], group[-1]) for group in _groups(breaks, 0.3) if group.size > 1]
    ladders = [_ladder(function, p) for p in points]
    breaks = np.unique(np.concatenate([breaks, *ladders]))
    return Features(breaks, np.unique(np.array(points + bends)), any(ladder.size > 1 for ladder in ladders))


def adaptive_mesh(function: Function, reach: float) -> Mesh:
    """A mesh on [−reach, reach] on which σ(x)√φ(x) is resolved to rounding, kinks and jumps included.

    Arguments: function, vectorised; reach, the half-length. Returns: Mesh. Raises: NumericalRangeError
    where the function is not finite, or too rough.

    >>> mesh = adaptive_mesh(np.abs, 12.0)
    >>> density = np.exp(-mesh.nodes**2 / 2) / np.sqrt(2 * np.pi)
    >>> bool(abs(np.sum(mesh.weights * density * np.abs(mesh.nodes)) - np.sqrt(2 / np.pi)) < 1e-14)
    True
    """
    # Ends that are no round numbers: a kink at a panel's end would pass unnoticed.
    edges = np.linspace(-1.0037 * reach, 1.0011 * reach, 2 * int(np.ceil(1.005 * reach / _COARSE)) + 2)
    low, high = edges[:-1], edges[1:]
    done_low: list[Array] = []
    done_high: list[Array] = []
    scale = 0.0
    while low.size:
        if low.size > _MOST_PANELS:
            raise NumericalRangeError("the activation is too rough to integrate in double precision")
        middle = (low + high) / 2.0
        whole, _ = gauss_panels(np.stack([low, high], axis=-1))
        halves, _ = gauss_panels(np.stack([low, middle, high], axis=-1))
        with np.errstate(over="ignore", invalid="ignore"):
            coarse, fine = function(whole) * _root_density(whole), function(halves) * _root_density(halves)
        if not (np.all(np.isfinite(fine)) and np.all(np.isfinite(coarse))):
            raise NumericalRangeError("the activation overflows in double precision where it still matters")
        scale = max(scale, float(np.max(np.abs(fine), initial=0.0)))
        error = np.max(np.abs(coarse @ _TO_HALVES.T - fine), axis=1)
        width = high - low
        good = (error <= 2e-14 * scale) | (error * width <= 1e-16 * scale) | (width < _NARROWEST)
        done_low.append(low[good])
        done_high.append(high[good])
        low, middle, high = low[~good], middle[~good], high[~good]
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
    edges = np.unique(np.concatenate([*done_low, *done_high]))
    nodes, weights = gauss_panels(edges)
    return Mesh(nodes, weights, _features(function, edges))


def second_moment(function: Function, mesh: Mesh) -> float:
    """E σ(x)², x ~ N(0, 1), as the sum of squares of σ√φ.

    >>> round(second_moment(np.sin, adaptive_mesh(np.sin, 9.0)), 12)  # (1 − e⁻²)/2
    0.432332358382
    """
    return float(np.sum(mesh.weights * (function(mesh.nodes) * _root_density(mesh.nodes)) ** 2))


def hermite_coefficients(function: Function, mesh: Mesh, degree: int) -> Array:
    """c_ℓ = E σ(x) h_ℓ(x) for ℓ = 0 … degree, h_ℓ the normalised Hermite polynomials.

    By h_{ℓ+1} = (x h_ℓ − √ℓ h_{ℓ−1})/√(ℓ+1), carried out on h_ℓ√φ, which stays bounded.

    >>> square = hermite_coefficients(lambda x: x * x, adaptive_mesh(lambda x: x * x, 12.0), 2)
    >>> np.abs(np.round(square, 12)).tolist()  # x² = 1 + √2 h_2
    [1.0, 0.0, 1.414213562373]
    """
    x = mesh.nodes
    root = _root_density(x)
    weighted = mesh.weights * root * function(x)
    previous, current = np.zeros_like(x), root
    coefficients = np.empty(degree + 1)
    for k in range(degree + 1):
        coefficients[k] = weighted @ current
        previous, current = current, (x * current - np.sqrt(k) * previous) / np.sqrt(k + 1.0)
    return coefficients


def _merged(*parts: Array, low: float, high: float) -> Array:
    points = np.concatenate([np.asarray(p, dtype=np.float64).ravel() for p in parts] + [np.array([low, high])])
    return np.unique(np.clip(points, low, high))


def bivariate_moment(
    function: Function,
    features: Features,
    reach: float,
    t: float,
    scales: tuple[float, float] = (1.0, 1.0),
    work: Work | None = None,
) -> float:
    """E σ(s₁u)σ(s₂v) for standard Gaussians u, v with correlation t, |t| < 1, by two nested composite rules.

    Arguments: function; features, where it is not smooth; reach, of |u|; t; scales (s₁, s₂), positive;
    work, what it may cost. Raises: NumericalRangeError where that is not enough, or the function is unbounded.

    >>> value = bivariate_moment(np.sign, Features(np.zeros(1), np.zeros(1)), 9.0, 0.9)
    >>> bool(abs(value - 2 / np.pi * np.arcsin(0.9)) < 1e-13)
    True
    """
    s1, s2 = scales
    c = float(np.sqrt((1.0 - t) * (1.0 + t)))
    kernel = np.linspace(-_WINDOW, _WINDOW, 2 * int(_WINDOW) + 1)
    # The inner mean is smooth at the width c around the image of every feature.
    layers = (features.centres[:, None] / s2 + c * kernel[None, :]) / t if t != 0.0 else np.empty(0)
    image = features.breaks / (s2 * t) if t != 0.0 else np.empty(0)
    coarse = np.linspace(-reach, reach, 2 * int(np.ceil(reach / _COARSE)) + 1)
    u, weight = gauss_panels(_merged(coarse, features.breaks / s1, image, layers, low=-reach, high=reach))
    places, total, work = features.breaks / s2, 0.0, Work() if work is None else work
    for part in np.array_split(np.arange(u.size), max(1, u.size // 128)):
        centre = t * u[part]
        near = (places > centre.min() - c * _WINDOW) & (places < centre.max() + c * _WINDOW)
        work.spend(part.size * ORDER * (kernel.size + int(np.count_nonzero(near))))
        breaks = (places[None, near] - centre[:, None]) / c
        edges = np.concatenate([np.broadcast_to(kernel, (part.size, kernel.size)), breaks], axis=1)
        g, inner = gauss_panels(np.sort(np.clip(edges, -_WINDOW, _WINDOW), axis=1))
        density = np.exp(-g * g / 2.0) / np.sqrt(2.0 * np.pi)
        with np.errstate(over="ignore", invalid="ignore"):
            mean = np.sum(inner * density * function(s2 * (centre[:, None] + c * g)), axis=1)
            total += float(np.sum(weight[part] * _root_density(u[part]) ** 2 * function(s1 * u[part]) * mean))
        if not np.isfinite(total):
            raise NumericalRangeError(
                "the activation is unbounded at a point, so that f(t) near |t| = 1 is out of reach in double precision"
            )
    return total
