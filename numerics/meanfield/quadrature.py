"""The finite-temperature problem by quadrature alone, to many digits: an independent second route to the closed forms.

Nothing here uses the arc formula: integrals over the circle are done numerically, split at the data's directions and at
the peaks of |g|, near which the integrands are steep.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import mpmath


@dataclass(frozen=True)
class CircleQuadrature:
    """Integrals against 1/(λ² − g²)ᵏ for given residuals r, g(φ) = Σ r_i (x_i cos φ + sin φ)₊, |g| < λ.

    x, r: sequences of equal length; lam: ridge penalty λ; beta: inverse temperature β; digits: working precision.
    Source: JMLR 23(130), (3.5) and (3.6), after the Gaussian integral over a and the radial one.
    """

    x: Sequence[float]
    r: Sequence[Any]
    lam: float
    beta: float
    digits: int = 30

    def _correlation(self, phi: Any) -> Any:
        c, s = mpmath.cos(phi), mpmath.sin(phi)
        return mpmath.fsum(r * max(x * c + s, 0) for x, r in zip(self.x, self.r, strict=True))

    def _nodes(self, extra: Sequence[float] = ()) -> list[Any]:
        """Directions of the data, of further points, and the peaks of |g| with geometric steps around them."""
        cuts = set()
        for x in [*self.x, *extra]:
            right = -mpmath.atan(x)
            cuts.update({right, right + mpmath.pi})
        base = sorted({(c + mpmath.pi / 2) % (2 * mpmath.pi) - mpmath.pi / 2 for c in cuts})
        base.append(base[0] + 2 * mpmath.pi)
        nodes = list(base)
        for low, high in pairwise(base):
            middle = (low + high) / 2
            active = [
                (x, r) for x, r in zip(self.x, self.r, strict=True) if x * mpmath.cos(middle) + mpmath.sin(middle) > 0
            ]
            s1 = mpmath.fsum(x * r for x, r in active)
            s0 = mpmath.fsum(r for _, r in active)
            centres = [low, high]
            if s0 or s1:
                peak = mpmath.atan2(s0, s1)
                centres += [peak + k * mpmath.pi for k in range(-2, 4) if low < peak + k * mpmath.pi < high]
            for centre in centres:
                nodes.append(centre)
                nodes += [centre + sign * mpmath.mpf(8) ** -k for k in range(1, 9) for sign in (-1, 1)]
            nodes = [n for n in nodes if base[0] <= n <= base[-1]]
        return sorted(set(nodes))

    def integrate(self, power: int, factor: Callable[[Any], Any], extra: Sequence[float] = ()) -> Any:
        """∫ factor(φ)/(λ² − g²) dφ for power 1, ∫ factor(φ) g(φ)/(λ² − g²)² dφ for power 2."""
        with mpmath.workdps(self.digits):
            lam = mpmath.mpf(self.lam)

            def integrand(phi: Any) -> Any:
                g = self._correlation(phi)
                return factor(phi) * (g if power == 2 else 1) / (lam * lam - g * g) ** power

            return mpmath.quad(integrand, self._nodes(extra))

    @cached_property
    def zs(self) -> Any:
        """Zs(r) = ∫ dφ/(λ² − g²)."""
        return self.integrate(1, lambda phi: 1)

    def log_partition(self) -> Any:
        """log Z, Z = √(2π/(βλ)) (λ/β) Zs."""
        with mpmath.workdps(self.digits):
            beta, lam = mpmath.mpf(self.beta), mpmath.mpf(self.lam)
            return mpmath.log(mpmath.sqrt(2 * mpmath.pi / (beta * lam)) * lam / beta * self.zs)

    def predict(self, x: float) -> Any:
        """f(x) = −(2/(β Zs)) ∫ g(φ) (x cos φ + sin φ)₊/(λ² − g²)² dφ."""
        with mpmath.workdps(self.digits):
            point = mpmath.mpf(x)
            inner = self.integrate(2, lambda phi: max(point * mpmath.cos(phi) + mpmath.sin(phi), 0), [x])
            return -2 * inner / (self.beta * self.zs)

    def curvature(self, x: float, step: float = 1e-4) -> Any:
        """f″(x) by a central second difference of `predict`, error O(step²); needs f″ smooth around x."""
        with mpmath.workdps(self.digits):
            h = mpmath.mpf(step)
            return (self.predict(x + h) - 2 * self.predict(mpmath.mpf(x)) + self.predict(x - h)) / (h * h)
