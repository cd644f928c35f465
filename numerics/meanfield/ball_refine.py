"""The finite-temperature dual in 384 bits or more: Newton's method where sums of two doubles keep too few digits."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from .ball_dual import BallDual, BallPoint
from .ball_newton import long_direction
from .circle import Circle, Correlation
from .finite import STAGE_END, DualPoint, DualSolution, Safe, Stop
from .partition import ArcDerivatives

Array = NDArray[np.float64]
Ball = Any  # flint.arb

_BITS = 384  # at inputs and targets of moderate size
_FACTOR = 100  # between neighbouring temperatures
_ITERATIONS = 80  # at each temperature
_SHORTEST = 2.0**-60  # fraction of a Newton step at which the line search gives up


def _floats(values: list[Ball]) -> Array:
    return np.array([float(value) for value in values])


def working_bits(circle: Circle, y: Array, lam: float, least: int) -> int:
    """Bits with which nothing is lost at inputs and targets of any size, least at moderate ones.

    1 + x² keeps its 1; next to contacts 1 − |g| is as small as λ/|y|; far from them g itself is as small as |y|/λ.
    """
    largest = float(np.max(np.abs(y))) / lam
    sizes = math.hypot(1.0, float(np.max(np.abs(circle.x)))), largest if largest > 0 else 1.0
    return least + 4 * sum(math.ceil(abs(math.log2(size))) for size in sizes)


def _minimise(dual: BallDual, b: Ball, at: BallPoint, target: float | None) -> tuple[BallPoint, Stop, int]:
    """Damped Newton steps at one temperature, on the last one until √(2·gap) ≤ target."""
    best = at
    for iteration in range(1, _ITERATIONS + 1):
        if target is not None and 2 * best.gap.upper() <= arb(target) ** 2:
            return best, "converged", iteration
        try:
            step = long_direction(dual, b, at)
        except ZeroDivisionError:
            return best, "precision", iteration
        decrement = -sum((s * g for s, g in zip(step, at.gradient, strict=True)), arb(0))
        if target is None and decrement * b < STAGE_END:
            return at, "converged", iteration
        trial, length = None, 1.0
        while length > _SHORTEST:
            moved = [(q + length * s).mid() for q, s in zip(at.r, step, strict=True)]
            trial = dual.at(b, moved, second=True)
            if trial is not None and trial.value <= at.value - 0.1 * length * decrement:
                break
            trial, length = None, 0.5 * length
        if trial is None:
            return best, "precision", iteration
        at = trial
        if at.gap < best.gap:
            best = at
    return best, "iterations", _ITERATIONS


def _rounded(dual: BallDual, at: BallPoint) -> DualPoint:
    """The point in doubles, residuals as sums of two."""
    below, above = (_floats([1 - sign * g for g in at.ends]) for sign in (1, -1))
    vector = np.array([[float(v0), float(v1)] for v0, v1 in at.vectors])
    table = np.array([[float(value) for value in arc] for arc in at.arcs])
    r = _floats(at.r)
    low = _floats([q - float(high) for q, high in zip(at.r, r, strict=True)])
    fitted = [t + s for t, s in zip(dual.y, dual.shift(at.r), strict=True)]
    return DualPoint(
        r, Correlation(below, above, vector, _floats(at.rooms), np.array(at.inside)),
        ArcDerivatives(table[:, 0], table[:, 1:3], table[:, 3:]), float(at.zs), float(at.value), _floats(at.gradient),
        _floats(fitted), _floats(at.pull), low,
    )  # fmt: skip


def refine_in_balls(
    circle: Circle, omega: Array, y: Array, lam: float, beta: float, safe: Safe, target: float
) -> tuple[DualSolution, float]:
    """Continue from a safe point until √(2·gap) ≤ target, in units of λ, in O(M) a step.

    Args: circle; omega: weights (M,), zero where a break carries no datum; y: targets (M,); lam; beta; safe: a B and
        residuals with |g| clearly below 1; target: what bounds the fitted values' error, in units of λ.
    Returns: the solution, rounded, and its gap, rounded up; stop is "precision" or "iterations" short of the target.
    Source: derived in this project.

    >>> from lemmata.numerics.meanfield.circle import build_circle
    >>> circle, omega, y = build_circle(np.array([0.0, 1.0])), np.array([0.5, 0.5]), np.array([1.0, 2.0])
    >>> found, gap = refine_in_balls(circle, omega, y, 0.1, 10.0, Safe(0.01, np.zeros(2), np.zeros(2)), 1e-30)
    >>> found.stop, gap < 1e-60
    ('converged', True)
    """
    bits = working_bits(circle, y, lam, _BITS)
    with ctx.workprec(bits):
        dual = BallDual(circle.x.tolist(), omega.tolist(), y.tolist(), lam, bits)
        last = arb(beta) * arb(lam) * arb(lam)
        stage, total = min(arb(safe.stage), last), 0
        at = dual.at(
            stage, [arb(r) + arb(low) for r, low in zip(safe.r.tolist(), safe.low.tolist(), strict=True)], True
        )
        if at is None:  # rounding: r = 0 always has |g| < 1
            at = dual.at(stage, [arb(0)] * dual.size, second=True)
        while True:
            final = bool(stage >= last)
            assert at is not None  # whether |g| < 1 does not depend on the temperature
            at, stop, taken = _minimise(dual, stage, at, target if final else None)
            total += taken
            if final or stop != "converged":
                at = dual.at(last, at.r, second=True)
                assert at is not None
                return DualSolution(_rounded(dual, at), stop, total, float(stage), safe), float(at.gap.upper())
            stage = min(stage * _FACTOR, last)
            at = dual.at(stage, at.r, second=True)
