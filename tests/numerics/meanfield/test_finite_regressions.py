"""Finite β where double precision once gave out: contacts, offsets, small scales, against a dual solved in mpmath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath
import pytest

from lemmata.numerics.meanfield import MeanFieldInputError, fit_wide_relu

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


def _newton(reference: Reference, start: list[Any]) -> list[Any]:
    """Minimise Φ by damped Newton steps with difference derivatives, in steps far below every scale of the problem."""
    size = len(start)
    # From weak to full data term: r = 0 is feasible, and each temperature starts where the one before ended.
    full, r = reference.beta, start
    stage = min(full, 1 / reference.lam**2 * mpmath.mpf(10) ** -6)
    while True:
        reference.beta = stage
        for _ in range(60):
            h = mpmath.mpf(10) ** -34 * reference.lam / mpmath.hypot(1, max(map(abs, reference.x)))
            at = reference.value(r)
            gradient, hessian = mpmath.zeros(size, 1), mpmath.zeros(size, size)

            def moved(*which: tuple[int, int], r: list[Any] = r, h: Any = h) -> Any:
                return reference.value([v + h * sum(s for i, s in which if i == k) for k, v in enumerate(r)])

            for i in range(size):
                up, down = moved((i, 1)), moved((i, -1))
                gradient[i] = (up - down) / (2 * h)
                hessian[i, i] = (up - 2 * at + down) / h**2
                for j in range(i):
                    mixed = moved((i, 1), (j, 1)) - moved((i, 1), (j, -1)) - moved((i, -1), (j, 1))
                    hessian[i, j] = hessian[j, i] = (mixed + moved((i, -1), (j, -1))) / (4 * h**2)
            step = -mpmath.lu_solve(hessian, gradient)
            decrement = -(step.T * gradient)[0]
            length = mpmath.mpf(1)
            while True:
                trial = [v + length * s for v, s in zip(r, step, strict=True)]
                value = reference.value(trial)
                if value is not None and value <= at - length * decrement / 10 + mpmath.mpf(10) ** -60 * abs(at):
                    break
                length /= 2
            r = trial
            moved_by = max(abs(s) for s in step) / reference.omega
            ended = mpmath.mpf("1e-22") * max(map(abs, reference.y)) if stage == full else None
            if (ended is not None and moved_by < ended) or (ended is None and decrement * stage < 1e-3):
                break
        if stage == full:
            return r
        stage = min(full, 10 * stage)


@pytest.mark.parametrize(("x", "y", "lam", "beta"), CASES)
def test_objective_and_fitted_values(x: list[float], y: list[float], lam: float, beta: float) -> None:
    fit = fit_wide_relu(x, y, lam=lam, beta=beta)
    with mpmath.workdps(DIGITS):
        reference = Reference(x, y, lam, beta)
        r = _newton(reference, [mpmath.mpf(0)] * len(x))
        objective, fitted = float(-reference.value(r)), [float(v) for v in reference.fitted(r)]
    assert fit.stop == "converged"
    assert fit.objective == pytest.approx(objective, rel=1e-12)
    spread = max(y) - min(y) if len(y) > 1 else max(map(abs, y))
    assert fit.fitted == pytest.approx(fitted, rel=0, abs=1e-10 * spread)
    assert 0 <= fit.relative_gap < 1e-20


@pytest.mark.parametrize("name", ["x", "y"])
def test_values_whose_squares_overflow_are_refused(name: str) -> None:
    columns = {"x": [0.0, 1.0], "y": [0.0, 1.0], name: [0.0, 1e200]}
    with pytest.raises(MeanFieldInputError, match=rf"{name}\[1\] is 1e\+200, whose square leaves double precision"):
        fit_wide_relu(columns["x"], columns["y"], lam=1.0)
