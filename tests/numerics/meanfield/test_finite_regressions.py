"""Finite β where double precision once gave out: contacts, offsets, small scales, against a dual in mpmath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath
import pytest

from lemmata.numerics.meanfield import MeanFieldInputError, fit_wide_relu
from lemmata.numerics.meanfield.certificate import exact_doubles
from lemmata.numerics.meanfield.finite_certificate import certify_finite

DIGITS = 110


class Reference:
    """Φ(r) = log(Zs)/β + ½ Σ r²/ω + Σ r y in residuals r, arcs by their antiderivative.

    On an arc with g = A cos(φ − θ) the substitution t = tan(φ − θ) gives ∫ dφ/(λ² − g²) = ∫ dt/(λ² − A² + λ²t²), an
    arctangent (A < λ) or an area tangent in t; derivatives come from differences.
    """

    def __init__(self, x: Sequence[float], y: Sequence[float], lam: float, beta: float) -> None:
        self.x, self.y = [mpmath.mpf(v) for v in x], [mpmath.mpf(v) for v in y]
        self.lam, self.beta, self.omega = mpmath.mpf(lam), mpmath.mpf(beta), 1 / mpmath.mpf(len(x))
        half = mpmath.pi / 2
        cuts = {-mpmath.atan(v) for v in self.x} | {mpmath.pi - mpmath.atan(v) for v in self.x} | {half, -half}
        cuts = sorted(cuts)
        self.arcs = list(zip(cuts, [*cuts[1:], cuts[0] + 2 * mpmath.pi], strict=True))

    def zs(self, r: Sequence[Any]) -> Any:
        """∫ dφ/(λ² − g²), None where |g| reaches λ."""
        total = mpmath.mpf(0)
        for low, high in self.arcs:
            middle = (low + high) / 2
            live = [(a, q) for a, q in zip(self.x, r, strict=True) if a * mpmath.cos(middle) + mpmath.sin(middle) > 0]
            p, q = mpmath.fsum(a * s for a, s in live), mpmath.fsum(s for _, s in live)
            size, theta = mpmath.hypot(p, q), mpmath.atan2(q, p)
            room = self.lam**2 - size**2
            ends = [abs(size * mpmath.cos(phi - theta)) for phi in (low, high)]
            peak = mpmath.ceil((low - theta) / mpmath.pi) * mpmath.pi + theta <= high
            if max(ends) >= self.lam or (peak and room <= 0):
                return None
            cosines = mpmath.cos(low - theta) * mpmath.cos(high - theta)
            sines = mpmath.sin(low - theta) * mpmath.sin(high - theta)
            root = self.lam * mpmath.sqrt(abs(room))
            across, along = root * mpmath.sin(high - low), room * cosines + self.lam**2 * sines
            total += (mpmath.atan2(across, along) if room > 0 else mpmath.atanh(across / along)) / root
        return total

    def value(self, r: Sequence[Any]) -> Any:
        """Φ, None outside its domain."""
        zs = self.zs(r)
        if zs is None or zs <= 0:
            return None
        constant = mpmath.log(2 * mpmath.pi) / 2 - mpmath.mpf(3) / 2 * mpmath.log(self.beta * self.lam)
        quadratic = mpmath.fsum(s * (s / self.omega / 2 + t) for s, t in zip(r, self.y, strict=True))
        return (mpmath.log(zs * self.lam**2) + constant) / self.beta + quadratic

    def fitted(self, r: Sequence[Any]) -> list[Any]:
        """y + r/ω."""
        return [t + s / self.omega for s, t in zip(r, self.y, strict=True)]


CASES = [
    ([0.0, 1.0, 3.0], [1e3, -2e3, 1e3], 1.0, 1e5),
    ([0.0, 1.0], [1e6, 2e6], 100.0, 1e5),
    ([-1.0, 0.0, 2.0], [1e6, -1e6, 5e5], 1e4, 1.0),
    ([1.0], [1e6], 100.0, 1e4),
    ([1e4, 1e4 + 2.8e-5], [1.0, 2.0], 1e-4, 1.3),
    ([1000.0, 1000.3, 999.8], [1e-9, -1e-9, 2e-9], 1e-9, 1.0),
    ([1000.0, 1000.3, 999.8], [1e-9, -1e-9, 2e-9], 1e-9, 100.0),
    ([1000.0, 1000.3, 999.8], [1e-9, -1e-9, 2e-9], 1e-9, 1e5),
    ([1000.0, 1000.3, 999.8], [1e-6, -1e-6, 2e-6], 1e-7, 10.0),
    ([0.0, 1.3, -0.8], [1e-9, -1e-9, 2e-9], 1e-3, 1.0),
    ([0.0], [1e6], 1e-3, 1e3),
]


def _distance(reference: Reference, r: Sequence[Any]) -> Any:
    """√(Σ ω (∂Φ)²) by differences: Φ has Hessian at least 1/ω, so that no fitted value in its norm is further off."""
    h = mpmath.mpf(10) ** -(DIGITS // 3) * reference.lam / mpmath.hypot(1, max(map(abs, reference.x)))
    total = mpmath.mpf(0)
    for i in range(len(r)):
        up, down = ([v + (s * h if k == i else 0) for k, v in enumerate(r)] for s in (1, -1))
        total += reference.omega * ((reference.value(up) - reference.value(down)) / (2 * h)) ** 2
    return mpmath.sqrt(total)


@pytest.mark.parametrize(("x", "y", "lam", "beta"), CASES)
def test_objective_and_fitted_values(x: list[float], y: list[float], lam: float, beta: float) -> None:
    """Values to 40 digits are guessed by the certificate; that they are right is told by the reference alone."""
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    guess = certify_finite(exact_doubles(fit), fit, 40).fitted
    largest = max(map(abs, y))
    with mpmath.workdps(DIGITS):
        reference = Reference(x, y, lam, beta)
        right = [(mpmath.mpf(low) + mpmath.mpf(high)) / 2 for low, high in guess]
        r = [(f - target) * reference.omega for f, target in zip(right, reference.y, strict=True)]
        assert _distance(reference, r) < 1e-13 * largest
        # Some other residuals are told apart from these.
        assert _distance(reference, [v * (1 - mpmath.mpf(10) ** -9) for v in r]) > 1e-11 * largest
        objective, fitted = float(-reference.value(r)), [float(v) for v in right]
    assert fit.stop == "converged"
    assert fit.objective == pytest.approx(objective, rel=1e-12)
    spread = max(y) - min(y) if len(y) > 1 else largest
    assert fit.fitted == pytest.approx(fitted, rel=0, abs=1e-12 * spread)
    assert 0 <= fit.relative_gap < 1e-20


@pytest.mark.parametrize("name", ["x", "y"])
def test_values_whose_squares_overflow_are_refused(name: str) -> None:
    columns = {"x": [0.0, 1.0], "y": [0.0, 1.0], name: [0.0, 1e200]}
    with pytest.raises(MeanFieldInputError, match=rf"{name}\[1\] is 1e\+200, whose square leaves double precision"):
        fit_wide_relu(columns["x"], columns["y"], lam=1.0)
