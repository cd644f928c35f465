"""Gaussian integrals of one and two variables in doubles, on meshes that adapt to kinks, jumps and sharp bends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Function = Callable[[Array], Array]

ORDER = 16
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(ORDER)
_COARSE = 0.25  # widest panel: resolves Hermite functions up to degree ~300
_NARROWEST = 2.0**-48
_WINDOW = 8.5  # standard deviations kept of a Gaussian kernel


def _interpolation_to_halves() -> Array:
    """Values at the Gauss nodes of both halves of a panel from those at its own Gauss nodes."""
    barycentric = np.array([1.0 / np.prod(x - np.delete(_NODES, k)) for k, x in enumerate(_NODES)])
    targets = np.concatenate([(_NODES - 1.0) / 2.0, (_NODES + 1.0) / 2.0])
    terms = barycentric / (targets[:, None] - _NODES[None, :])
    return np.asarray(terms / terms.sum(axis=1, keepdims=True))


_TO_HALVES = _interpolation_to_halves()


@dataclass(frozen=True)
class Mesh:
    """Gauss–Legendre nodes and weights on [−T, T], and the points where the function bends sharply."""

    nodes: Array
    weights: Array
    features: Array


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


def _features(edges: Array) -> Array:
    """Ends of the panels that had to be refined; clusters narrower than 1e-6 (kinks, jumps) become one point."""
    widths = np.diff(edges)
    narrow = widths < 0.99 * _COARSE
    points = np.unique(np.concatenate([edges[:-1][narrow], edges[1:][narrow]]))
    if points.size == 0:
        return points
    sharp = np.concatenate([edges[:-1][widths < 1e-6], edges[1:][widths < 1e-6]])
    if sharp.size:
        near = np.min(np.abs(points[:, None] - np.unique(sharp)[None, :]), axis=1) < 0.3
        clusters = np.split(np.unique(sharp), np.flatnonzero(np.diff(np.unique(sharp)) > 1e-5) + 1)
        points = np.concatenate([points[~near], [float(np.mean(c)) for c in clusters]])
    return np.unique(points)


def adaptive_mesh(function: Function, reach: float) -> Mesh:
    """A mesh on [−reach, reach] on which σ(x)√φ(x) is resolved to rounding, kinks and jumps included.

    Arguments: function, vectorised; reach, the half-length. Returns: Mesh.

    >>> mesh = adaptive_mesh(np.abs, 12.0)
    >>> density = np.exp(-mesh.nodes**2 / 2) / np.sqrt(2 * np.pi)
    >>> bool(abs(np.sum(mesh.weights * density * np.abs(mesh.nodes)) - np.sqrt(2 / np.pi)) < 1e-14)
    True
    """
    edges = np.linspace(-reach, reach, 2 * int(np.ceil(reach / _COARSE)) + 1)
    low, high = edges[:-1], edges[1:]
    done_low: list[Array] = []
    done_high: list[Array] = []
    scale = 0.0
    while low.size:
        middle = (low + high) / 2.0
        whole, _ = gauss_panels(np.stack([low, high], axis=-1))
        halves, _ = gauss_panels(np.stack([low, middle, high], axis=-1))
        coarse, fine = function(whole) * _root_density(whole), function(halves) * _root_density(halves)
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
    return Mesh(nodes, weights, _features(edges))


def hermite_coefficients(function: Function, mesh: Mesh, degree: int) -> Array:
    """c_ℓ = E σ(x) h_ℓ(x) for ℓ = 0 … degree, h_ℓ the normalised Hermite polynomials.

    By h_{ℓ+1} = (x h_ℓ − √ℓ h_{ℓ−1})/√(ℓ+1), carried out on h_ℓ√φ, which stays bounded.

    >>> square = hermite_coefficients(lambda x: x * x, adaptive_mesh(lambda x: x * x, 12.0), 2)
    >>> np.round(square, 12).tolist()  # x² = 1 + √2 h_2
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
    function: Function, features: Array, reach: float, t: float, scales: tuple[float, float] = (1.0, 1.0)
) -> float:
    """E σ(s₁u)σ(s₂v) for standard Gaussians u, v with correlation t, |t| < 1, by two nested composite rules.

    Arguments: function; features, its kinks and sharp bends; reach, of |u|; t; scales (s₁, s₂), positive.

    >>> value = bivariate_moment(np.sign, np.array([0.0]), 9.0, 0.9)
    >>> bool(abs(value - 2 / np.pi * np.arcsin(0.9)) < 1e-13)
    True
    """
    s1, s2 = scales
    c = float(np.sqrt((1.0 - t) * (1.0 + t)))
    kernel = np.linspace(-_WINDOW, _WINDOW, 2 * int(_WINDOW) + 1)
    layers = (features[:, None] / (s2 * t) + c / abs(t) * kernel[None, :]) if t != 0.0 else np.empty(0)
    coarse = np.linspace(-reach, reach, 2 * int(np.ceil(reach / _COARSE)) + 1)
    u, weight = gauss_panels(_merged(coarse, features / s1, layers, low=-reach, high=reach))
    total = 0.0
    for part in np.array_split(np.arange(u.size), max(1, u.size // 256)):
        centre = t * u[part]
        breaks = (features[None, :] / s2 - centre[:, None]) / c
        edges = np.concatenate([np.broadcast_to(kernel, (part.size, kernel.size)), breaks], axis=1)
        g, inner = gauss_panels(np.sort(np.clip(edges, -_WINDOW, _WINDOW), axis=1))
        density = np.exp(-g * g / 2.0) / np.sqrt(2.0 * np.pi)
        mean = np.sum(inner * density * function(s2 * (centre[:, None] + c * g)), axis=1)
        total += float(np.sum(weight[part] * _root_density(u[part]) ** 2 * function(s1 * u[part]) * mean))
    return total
