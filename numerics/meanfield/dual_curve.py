"""The dual curve: the correlation of the residuals with every unit on the circle, below λ but where the knots are."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..given import doubles
from .circle import Circle, Correlation, locate
from .contacts import local_maxima
from .errors import MeanFieldInputError

Array = NDArray[np.float64]

_TOUCHING = 1e-9  # relative distance from λ within which the curve of a solved limit touches
_QUARTER = math.sqrt(0.5)  # cos(Δ/2) of an arc of a right angle


@dataclass(frozen=True)
class Peak:
    """A local maximum of |g|: its angle φ in [−π/2, 3π/2), g there, and the knot −tan φ of the unit."""

    phi: float
    value: float

    @property
    def knot(self) -> float:
        """Where the unit bends, −tan φ; of a nearly constant unit far from all data.

        >>> round(Peak(math.pi / 4, 0.1).knot, 12)
        -1.0
        """
        return -math.tan(self.phi)


@dataclass(frozen=True, eq=False)
class DualCurve:
    """g(φ) = Σ r_i (x_i cos φ + sin φ)₊ at the residuals r_i = ω_i (f(x_i) − y_i) of a fit, ω the weights of sum 1.

    At β = ∞ the fit is optimal if and only if |g| ≤ λ, with g = −λ sign c at the units that it uses: a knot at t lies
    at the angle φ of (w, b) ∝ ±(1, −t). At finite β |g| < λ, and the angles have the density ∝ 1/(λ² − g²).

    Source: derived in this project from JMLR 23(130), (3.6).
    """

    lam: float
    _circle: Circle
    _field: Correlation

    def value(self, phi: ArrayLike) -> Array:
        """g(φ), elementwise; of period 2π.

        On an arc of the circle g = ⟨v, e⟩, which a short arc has from its ends without cancellation:
        g = (g₀ sin(Δ − ψ) + g₁ sin ψ)/sin Δ.

        Raises: MeanFieldInputError for an angle that is not finite.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([-1.0, 1.0], [1.0, 1.0], lam=0.1)  # the constant 0.9: residuals −1/20 each
        >>> fit.dual.value([-math.pi / 2, 0.0, math.pi / 2]).round(12).tolist()
        [0.0, -0.05, -0.1]
        """
        points = doubles("phi", phi, MeanFieldInputError)
        if not np.all(np.isfinite(points)):
            raise MeanFieldInputError("phi holds a value that is not finite; finite numbers are needed")
        flat, circle, ends = points.ravel(), self._circle, self._field.ends
        arc, angle, rest = locate(circle, flat)
        live = arc < 2 * circle.size
        g = np.zeros_like(flat)
        at, angle, rest, flat = arc[live], angle[live], rest[live], flat[live]
        sine = 2.0 * circle.half_sine[at] * circle.half_cosine[at]
        near = (ends[at] * np.sin(rest) + ends[at + 1] * np.sin(angle)) / sine
        vector = self._field.vector[at]
        wide = vector[:, 0] * np.cos(flat) + vector[:, 1] * np.sin(flat)
        g[live] = np.where(circle.half_cosine[at] < _QUARTER, wide, near)
        return self.lam * g.reshape(points.shape)

    @property
    def breaks(self) -> Array:
        """The angles at which units begin or cease to see a datum, where g has its kinks, ascending."""
        return np.delete(self._circle.phi, self._circle.size)  # without the middle of the common arcs

    @property
    def peaks(self) -> tuple[Peak, ...]:
        """Local maxima of |g|, by angle."""
        found = local_maxima(self._circle, self._field, 0.0)
        order = np.argsort(found.phi, kind="stable")
        return tuple(Peak(float(found.phi[k]), -self.lam * float(found.c[k])) for k in order)

    def touching(self, tolerance: float = _TOUCHING) -> tuple[Peak, ...]:
        """The peaks with |g| ≥ (1 − tolerance) λ: at β = ∞ the only directions in which a minimiser can have units.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit = fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=0.01)  # section 6 of the paper
        >>> [round(peak.knot, 9) for peak in fit.dual.touching()]
        [-0.1, 0.1]
        """
        return tuple(peak for peak in self.peaks if abs(peak.value) >= (1.0 - tolerance) * self.lam)
