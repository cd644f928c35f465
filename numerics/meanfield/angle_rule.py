"""Quadrature over the angle of the stationary law: means of functions that next to contacts have many scales."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .law import GibbsLaw
from .sampler import Branches

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_SPREAD = 4.0  # ratio of the values of 1 − g² on a panel, at most
_DEEPEST = 48  # halvings that a branch may need for that
_ORDER = 16  # Gauss–Legendre nodes on a panel
_FLAT, _SHORT, _FLAT_ORDER = 1.001, 1e-3, 4  # ratio on, and half the angle of, an arc for which fewer nodes do
_BLOCK = 2**21  # entries of a table of points and nodes, at most


@dataclass(frozen=True)
class AngleRule:
    """The law of the angle as a quadrature rule: g, k = 1 − g² and the probability of each node (K,)."""

    g: Array
    k: Array
    mass: Array

    def expect(self, points: Array, function: Callable[[Array, AngleRule], Array]) -> Array:
        """Mean over the nodes of a function of points (n, 1) and nodes, for points of any shape, block by block."""
        flat, result = points.ravel(), np.empty(points.size)
        block = max(1, _BLOCK // len(self.mass))
        for start in range(0, len(flat), block):
            part = flat[start : start + block, None]
            result[start : start + block] = function(part, self) @ self.mass
        return result.reshape(points.shape)


@dataclass(frozen=True)
class _Panels:
    """Parts of branches: sign, arc, fractions of the branch at both ends, ratio of the values of 1 − g², each (N,)."""

    sign: Index
    arc: Index
    low: Array
    high: Array
    spread: Array

    def where(self, which: NDArray[np.bool_]) -> _Panels:
        return _Panels(self.sign[which], self.arc[which], self.low[which], self.high[which], self.spread[which])


def _panels(branches: Branches) -> _Panels:
    """Parts of the branches on which 1 − g² varies little.

    In its own distribution function a branch is flat next to a contact, but 1 − g² still runs through all its scales.
    """
    sign, arc = (part.ravel() for part in np.indices((2, len(branches.u))))
    low, high = np.zeros(len(arc)), np.ones(len(arc))
    finished: list[_Panels] = []
    for depth in range(_DEEPEST + 1):
        middle = 0.5 * (low + high)
        k = np.stack([branches.at(sign, arc, at)[2] for at in (low, middle, high)])
        panels = _Panels(sign, arc, low, high, np.max(k, axis=0) / np.min(k, axis=0))
        wide = (panels.spread > _SPREAD) & (depth < _DEEPEST)
        finished.append(panels.where(~wide))
        sign, arc = np.tile(sign[wide], 2), np.tile(arc[wide], 2)
        low, high = np.append(low[wide], middle[wide]), np.append(middle[wide], high[wide])
    return _Panels(
        np.concatenate([part.sign for part in finished]),
        np.concatenate([part.arc for part in finished]),
        np.concatenate([part.low for part in finished]),
        np.concatenate([part.high for part in finished]),
        np.concatenate([part.spread for part in finished]),
    )


def angle_rule(law: GibbsLaw, share: int) -> AngleRule:
    """The rule for the law of the angle: Gauss–Legendre on panels of the branches, exact probabilities of the branches.

    Args: law; share: 1 for the full order, 2 for half of it, whose difference is an estimate of the error.
    Source: derived in this project.

    >>> from lemmata.numerics.meanfield import fit_wide_relu
    >>> rule = angle_rule(fit_wide_relu([0.0, 1.0], [1.0, -1.0], lam=0.1, beta=50.0)._law(), 1)
    >>> round(float(np.sum(rule.mass)), 12)
    1.0
    """
    branches, arcs = law.branches, 2 * law.circle.size
    panels, parts = _panels(branches), []
    flat = (panels.spread < _FLAT) & (law.circle.half_sine[panels.arc] < _SHORT)
    for group, order in ((panels.where(flat), _FLAT_ORDER // share), (panels.where(~flat), _ORDER // share)):
        root, weight = np.polynomial.legendre.leggauss(order)
        sign, arc = np.repeat(group.sign, order), np.repeat(group.arc, order)
        half = 0.5 * (group.high - group.low)[:, None]
        fraction = (group.low[:, None] + half * (root + 1.0)).ravel()
        angle, rest, k = branches.at(sign, arc, fraction)
        mass = branches.mass[sign * arcs + arc] * (half * weight).ravel()
        parts.append((law.cut(arc, angle, rest).g, k, mass))
    parts.append((np.zeros(1), np.ones(1), branches.mass[-1:]))
    g, k, mass = (np.concatenate(part) for part in zip(*parts, strict=True))
    return AngleRule(g, k, mass / np.sum(mass))
