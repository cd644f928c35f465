"""Proved digits at finite temperature: enclosures of the fitted values, of the free energy and of the predictor.

The dual Φ has Hessian at least 1/ω, whatever the residuals: a ball that encloses its gradient at any point bounds the
distance from there to the minimiser. Newton's method only has to make that ball small; nothing that it does is trusted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np
from flint import arb, ctx, fmpq
from numpy.typing import NDArray

from .ball_dual import BallDual, BallPoint
from .ball_newton import long_direction
from .certificate import Certificate, ExactRows, UndecidedContact
from .data import group
from .decimals import Enclosure, decimal_enclosure, exact
from .errors import MeanFieldInputError
from .exact_problem import ExactProblem, exact_problem, rational
from .law import GibbsLaw
from .wide_fit import WideReluFit

Array = NDArray[np.float64]

_BITS = 96  # beyond those of the digits, to start with
_MORE_BITS = 32  # times those to start with, the most
_ITERATIONS = 200
_CLOSE = 1e-3  # squared Newton decrement, in units of the temperature, below which full steps converge quadratically
_FACTOR = 100  # between neighbouring temperatures of a continuation
_STAGE_END = 1e-3  # squared decrement, in the same units, that ends a stage before the last
_SHORTEST = 2.0**-40  # fraction of a Newton step at which the search for a better point gives up
_TIGHTER = 2.0**-20  # between an error bound that leaves an enclosure too wide and the next
_MOST_TIGHTER = 60


class _Stuck(Exception):
    """Why no better point can be found."""


@dataclass(frozen=True)
class _Breaks:
    """Places at which the circle is cut: inputs with their weights and targets, and places without weight."""

    x: list[fmpq]
    weight: list[fmpq]
    y: list[fmpq]
    datum: list[int]  # index of the input, −1 where there is none


def _breaks(problem: ExactProblem, extra: Sequence[fmpq]) -> _Breaks:
    """The inputs with further places and, in gaps that span more than a right angle, a place about half way."""
    datum = {x: k for k, x in enumerate(problem.x)}
    places = sorted({*problem.x, *extra})
    angles = np.arctan([float(x) for x in places])
    bridges = [fmpq(*math.tan(0.5 * (a + b)).as_integer_ratio()) for a, b in pairwise(angles) if b - a > 0.5 * math.pi]
    places = sorted({*places, *bridges})
    index = [datum.get(x, -1) for x in places]
    zero = fmpq(0)
    return _Breaks(
        places,
        [problem.w[k] / problem.total if k >= 0 else zero for k in index],
        [problem.y[k] if k >= 0 else zero for k in index],
        index,
    )


@dataclass(frozen=True)
class _Answer:
    """Predictor, slope and curvature at places, as balls."""

    value: list[arb]
    slope: list[arb]
    curvature: list[arb]


class _Solution:
    """Residuals, exact numbers, with a proved bound of their distance to the minimiser of Φ; it can be made smaller.

    In units where λ = 1, B = βλ²: error bounds √(Σ (r − r*)²/ω).
    """

    def __init__(self, problem: ExactProblem, lam: fmpq, beta: fmpq, start: tuple[Array, Array], bits: int) -> None:
        self.problem, self.lam, self.beta, self._most_bits = problem, lam, beta, _MORE_BITS * bits
        self._breaks, (high, low) = _breaks(problem, ()), start
        self._set_precision(bits)
        with ctx.workprec(bits):
            self._r = [arb(high[k]) + arb(low[k]) if k >= 0 else arb(0) for k in self._breaks.datum]
        point = self._at(self._r)
        self._point = self._from_zero() if point is None else point

    @classmethod
    def restored(
        cls, problem: ExactProblem, lam: fmpq, beta: fmpq, residuals: Sequence[fmpq], bits: int, most_bits: int
    ) -> _Solution:
        """The solution at residuals of another, exact numbers, at its precision; the bound is proved again."""
        self = cls.__new__(cls)
        self.problem, self.lam, self.beta, self._most_bits = problem, lam, beta, most_bits
        self._breaks = _breaks(problem, ())
        self._set_precision(bits)
        with ctx.workprec(bits):
            self._r = [arb(r) for r in residuals]
        point = self._at(self._r)
        if point is None:
            raise MeanFieldInputError("this certificate's residuals are not feasible: it has been changed")
        self._point = point
        return self

    @property
    def state(self) -> tuple[tuple[fmpq, ...], int, int]:
        """What `restored` takes: residuals, which are exact, bits and the most bits."""
        return tuple(rational(exact(r)) for r in self._r), self.bits, self._most_bits

    def _set_precision(self, bits: int) -> None:
        self.bits = bits
        with ctx.workprec(bits):
            self._b = arb(self.beta) * arb(self.lam) ** 2
        self._dual = self._ball_dual(self._breaks)

    def _ball_dual(self, breaks: _Breaks) -> BallDual:
        with ctx.workprec(self.bits):
            x, weight, y = ([arb(v) for v in part] for part in (breaks.x, breaks.weight, breaks.y))
            return BallDual(x, weight, y, arb(self.lam), self.bits)

    def _at(self, r: list[arb]) -> BallPoint | None:
        return self._dual.at(self._b, r, second=True)

    def _from_zero(self) -> BallPoint:
        """A point that is surely feasible, near the minimiser: by continuation in B from r = 0."""
        full, largest = self._b, max(abs(arb(y) / arb(self.lam)) for y in self._breaks.y)
        stage, self._r = min(full, (1 / (1 + largest) ** 2).mid()), [arb(0)] * self._dual.size
        while True:
            self._b = stage
            point = self._at(self._r)
            if point is None:
                raise _Stuck(f"the circle of directions cannot be resolved with {self.bits} bits")
            if stage is full:
                return point
            self._point = point
            for _ in range(_ITERATIONS):
                if not self._improve(_STAGE_END):
                    break
            stage = min(full, (_FACTOR * stage).mid())

    @property
    def error(self) -> arb:
        """Proved: √(Σ (r − r*)²/ω) ≤ √(Σ ω (∂Φ)²), by strong convexity."""
        with ctx.workprec(self.bits):
            return (2 * self._point.gap).upper().sqrt().upper()

    def _improve(self, end: float = 0.0) -> bool:
        """One Newton step, shortened until the gradient is surely smaller or the value surely lower; whether it is.

        None is made where its squared decrement, in units of the temperature, is below end.
        """
        at, length = self._point, 1.0
        try:
            step = long_direction(self._dual, self._b, at)
        except ZeroDivisionError:
            return False
        decrease = -sum((s * g for s, g in zip(step, at.gradient, strict=True)), arb(0))
        if decrease * self._b < end:
            return False
        while length > _SHORTEST:
            trial = [(q + length * s).mid() for q, s in zip(self._r, step, strict=True)]
            point = self._at(trial)
            lower = point is not None and point.value < at.value - length * decrease / 8
            if point is not None and (lower or point.gap < at.gap / 4):
                self._r, self._point = trial, point
                return True
            if decrease * self._b < _CLOSE:
                return False
            length *= 0.5
        return False

    def reduce_error(self, target: arb) -> None:
        """Newton steps, in higher precision where rounding rules, until error ≤ target. Raises _Stuck."""
        for _ in range(_ITERATIONS):
            with ctx.workprec(self.bits):
                if self.error <= target:
                    return
                # A gradient that is mostly its own radius calls for more bits, and so does a step that does not help.
                rounding = not self._point.gap.rad() < self._point.gap.mid() / 8
                moved = not rounding and self._improve()
            if not moved:
                if 2 * self.bits > self._most_bits:
                    raise _Stuck(f"Newton's method makes no progress with {self.bits} bits")
                self._set_precision(2 * self.bits)
                point = self._at(self._r)
                assert point is not None  # with fewer bits it was feasible already
                self._point = point
        raise _Stuck(f"{_ITERATIONS} Newton steps do not suffice")

    def fitted(self) -> list[arb]:
        """f at the distinct inputs: y + λ r/ω, known to λ·error/√ω."""
        with ctx.workprec(self.bits):
            lam, error, result = arb(self.lam), self.error, [arb(0)] * self.problem.size
            for k, r, w, y in zip(self._breaks.datum, self._r, self._dual.weight, self._breaks.y, strict=True):
                if k >= 0:
                    result[k] = arb(y) + lam * (r / w + arb(0, (error / w.sqrt()).upper()))
            return result

    def objective(self) -> arb:
        """The minimum of the free energy (3.5): −λ² min Φ with its constants, as Φ(r) − gap ≤ min Φ ≤ Φ(r)."""
        with ctx.workprec(self.bits):
            lam, beta, half_gap = arb(self.lam), arb(self.beta), (self._point.gap / 2).upper()
            least = self._point.value - half_gap + arb(0, half_gap)
            constant = (2 * arb.pi()).log() / 2 - 3 * (beta * lam).log() / 2
            return -lam * lam * least - constant / beta + arb(self.problem.within / self.problem.total) / 2

    def at_places(self, places: Sequence[fmpq]) -> _Answer | None:
        """Predictor, slope and curvature by a circle cut there too, at balls that hold r*; None if those are too wide.

        With breaks k, f(x) = −(1/(B Zs)) Σ c_k (x cos φ_k + sin φ_k)₊, its slope is the same sum of cos φ_k over the
        arcs active at x, and f″(x) = −(2/(B Zs)) Σ S/((1+x²) − S²)²; times λ.
        """
        breaks = _breaks(self.problem, places)
        dual = self._ball_dual(breaks)
        with ctx.workprec(self.bits):
            known = dict(zip(self._breaks.x, self._r, strict=True))
            error = self.error
            r = [
                known.get(x, arb(0)) + arb(0, (error * w.sqrt()).upper())
                for x, w in zip(breaks.x, dual.weight, strict=True)
            ]
            point = dual.at(self._b, r)
            if point is None:
                return None
            scale = -arb(self.lam) / (self._b * point.zs)
            slopes = [arb(0)]
            for (_, low, high), ((w0, _), (w1, _)) in zip(point.arcs, pairwise(dual.unit), strict=True):
                slopes.append(slopes[-1] + low * w0 + high * w1)
            where, size = {x: j for j, x in enumerate(breaks.x)}, dual.size
            answer = _Answer([], [], [])
            for place in places:
                j = where[place]
                right, left = size - 1 - j, 2 * size - j
                bent = sum((2 * g / (1 - g * g) ** 2 for g in (point.ends[right], point.ends[left])), arb(0))
                answer.value.append(scale * point.pull[j])
                answer.slope.append(scale * (slopes[left] - slopes[right]))
                answer.curvature.append(scale * bent / dual.norm[j] ** 3)
            return answer


@dataclass(frozen=True)
class FiniteCertificate(Certificate):
    """What is proved about a fit at finite temperature: enclosures of f and, beyond `Certificate`, of f′ and f″.

    residual: a proved upper bound, as a decimal, of √(Σ ω (f − f*)²), f being the values at the centre of the proof.
    """

    residual: str | None = None
    _enclose: Callable[[tuple[Fraction, ...], str], tuple[Enclosure, ...]] | None = field(default=None, repr=False)

    def _function(self, points: Iterable[float | Fraction], which: str) -> tuple[Enclosure, ...]:
        exact = []
        for point in points:
            if not math.isfinite(point):
                raise MeanFieldInputError(f"points holds {point}; finite numbers are allowed")
            exact.append(Fraction(point))
        if self._enclose is None:
            raise MeanFieldInputError("this certificate proves nothing about f; only a certified fit encloses f")
        return self._enclose(tuple(exact), which)

    def slope(self, points: Iterable[float | Fraction]) -> tuple[Enclosure, ...]:
        """Enclosures of f′ at points, anywhere on the line; a float stands for the exact double.

        Raises: MeanFieldInputError for a point that is not finite, or where nothing is proved about f.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> certificate = fit_wide_relu([-1.0, 1.0], [1.0, 1.0], lam=0.125, beta=50.0).certify(5)
        >>> certificate.slope([0.0, 1.0])
        (('-0.0001', '0.0001'), ('0.032280', '0.032281'))
        """
        return self._function(points, "slope")

    def curvature(self, points: Iterable[float | Fraction]) -> tuple[Enclosure, ...]:
        """Enclosures of f″ at points, anywhere on the line; a float stands for the exact double.

        Raises: MeanFieldInputError for a point that is not finite, or where nothing is proved about f.

        >>> from lemmata.numerics.meanfield import fit_wide_relu
        >>> fit_wide_relu([-1.0, 1.0], [1.0, 1.0], lam=0.125, beta=50.0).certify(5).curvature([0.0])
        (('0.038414', '0.038415'),)
        """
        return self._function(points, "curvature")


def _start(problem: ExactProblem, fit: WideReluFit) -> tuple[Array, Array]:
    """Residuals of the fit in units of λ at the exact inputs, sums of two doubles; from f where the fit has others."""
    law = fit._function
    assert isinstance(law, GibbsLaw)
    rows = group(fit._rows.x, fit._rows.y, fit._rows.weight)
    if len(rows.x) == problem.size:
        own = np.searchsorted(law.circle.x, rows.x)
        return law.point.r[own], law.point.low[own]
    x, y, w = (np.array([float(v) for v in part]) for part in (problem.x, problem.y, problem.w))
    return w / float(problem.total) * (law.evaluate(x)[0] - y) / law.lam, np.zeros_like(x)


def _widest(value: arb, digits: int, scale: Fraction) -> Enclosure | None:
    """The enclosure to as many of the digits as the ball has."""
    pairs = (decimal_enclosure(value, most, scale) for most in range(digits, 0, -1))
    return next((pair for pair in pairs if pair is not None), None)


def _scale(problem: ExactProblem) -> Fraction:
    """What numbers that may be zero are compared with: the largest target, 1 where all are zero."""
    largest = max(abs(y) for y in problem.y)
    return Fraction(int(largest.p), int(largest.q)) if largest > 0 else Fraction(1)


def _enclose(
    solution: _Solution, values: Callable[[], list[arb] | None], digits: int, scale: Fraction
) -> tuple[tuple[Enclosure, ...] | None, str | None]:
    """Enclosures to so many digits, the error bound made smaller until they have them, or to fewer with the reason."""
    reason = None
    for attempt in range(_MOST_TIGHTER + 1):
        balls = values()
        with ctx.workprec(solution.bits):
            pairs = None if balls is None else [decimal_enclosure(ball, digits, scale) for ball in balls]
            if pairs is not None and None not in pairs:
                return tuple(pair for pair in pairs if pair is not None), None
            if attempt == _MOST_TIGHTER or reason is not None:
                break
            try:
                solution.reduce_error((solution.error * _TIGHTER).mid())
            except _Stuck as stuck:
                reason = str(stuck)
    with ctx.workprec(solution.bits):
        fewer = None if balls is None else [_widest(ball, digits, scale) for ball in balls]
    known = None if fewer is None or None in fewer else tuple(pair for pair in fewer if pair is not None)
    return known, reason or "the number is too small beside the targets for so many digits"


@dataclass(frozen=True)
class _AtPoints:
    """The function behind `FiniteCertificate`: every call starts from the same solution and gives the same digits.

    It is kept as what the solution was built from, exact numbers: a copy in another process computes the same balls.
    """

    problem: ExactProblem
    lam: fmpq
    beta: fmpq
    residuals: tuple[fmpq, ...]
    bits: int
    most_bits: int
    digits: int
    scale: Fraction

    def __reduce__(self) -> tuple[Callable[..., _AtPoints], tuple[object, ...]]:
        # The numbers of the ball library do not pickle; fractions do.
        p = self.problem
        lists = [tuple(map(_fraction, part)) for part in (p.x, p.w, p.y, self.residuals)]
        rest = [_fraction(part) for part in (p.within, p.total, p.level, self.lam, self.beta)]
        return _at_points, (
            lists,
            rest,
            (p.first, p.place, p.even),
            (self.bits, self.most_bits, self.digits),
            self.scale,
        )

    @cached_property
    def _solution(self) -> _Solution:
        return _Solution.restored(self.problem, self.lam, self.beta, self.residuals, self.bits, self.most_bits)

    def value(self, points: tuple[Fraction, ...]) -> tuple[Enclosure, ...]:
        """Enclosures of f."""
        return self(points, "value")

    def __call__(self, points: tuple[Fraction, ...], which: str) -> tuple[Enclosure, ...]:
        """Enclosures of f, f′ or f″: "value", "slope" or "curvature"."""
        own, places = copy(self._solution), [rational(point) for point in points]

        def values() -> list[arb] | None:
            answer = own.at_places(places)
            return None if answer is None else getattr(answer, which)

        pairs, reason = _enclose(own, values, self.digits, self.scale)
        if pairs is None:
            raise MeanFieldInputError(f"no digit of f is proved at these points: {reason}")
        return pairs


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _at_points(
    lists: list[tuple[Fraction, ...]], rest: list[Fraction],
    order: tuple[tuple[int, ...], tuple[int | None, ...], bool], precision: tuple[int, int, int], scale: Fraction,
) -> _AtPoints:  # fmt: skip
    """What `_AtPoints.__reduce__` took apart."""
    x, w, y, residuals = (tuple(map(rational, part)) for part in lists)
    within, total, level, lam, beta = map(rational, rest)
    problem = ExactProblem(x, w, y, within, total, level, *order)
    return _AtPoints(problem, lam, beta, residuals, *precision, scale)


def certify_finite(rows: ExactRows, fit: WideReluFit, digits: int) -> FiniteCertificate:
    """Enclose the minimiser of the free energy (3.5) at finite β, in ball arithmetic of as many bits as it takes.

    In units where λ = 1, B = βλ² and r = ω(f − y)/λ the dual Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y/λ has Hessian at
    least 1/ω, so that at any r with |g| < 1

        Σ (r − r*)²/ω ≤ Σ ω (∂Φ)²  and  0 ≤ Φ(r) − Φ(r*) ≤ ½ Σ ω (∂Φ)².

    The predictor anywhere is evaluated at balls that hold r*.

    Args: rows: the problem in exact numbers, beta not None; fit: of the same numbers rounded, where Newton's method
        starts; digits: significant digits of every enclosure, of the largest target where a number may be zero.
    Returns: a `FiniteCertificate`; where the digits cannot be reached it is not certified, says why, and holds as many
        digits as are proved.
    Source: JMLR 23(130), (3.5), (3.6); the dual and the bounds derived in this project.

    >>> from lemmata.numerics.meanfield import fit_wide_relu
    >>> fit_wide_relu([0.0], [1.0], lam=0.5, beta=2.0).certify(20).fitted
    (('0.66966849267410876706', '0.66966849267410876707'),)
    """
    assert rows.beta is not None
    problem = exact_problem(rows)
    scale = _scale(problem)
    # Next to contacts 1 − |g| is as small as λ/|y|, far from them g is as small as |y|/λ.
    size = scale / rows.lam
    bits, reasons = _BITS + math.ceil(3.4 * digits), []
    bits += 4 * abs(size.numerator.bit_length() - size.denominator.bit_length())
    try:
        solution = _Solution(problem, rational(rows.lam), rational(rows.beta), _start(problem, fit), bits)
    except _Stuck as stuck:
        return FiniteCertificate(
            False, None, (), None, False, None, None, (), (UndecidedContact(None, None, str(stuck)),), digits
        )
    with ctx.workprec(bits):
        target = arb(rational(scale / rows.lam)) * arb(10) ** (-digits) * arb(min(problem.w) / problem.total).sqrt() / 8
        try:
            solution.reduce_error(target)
        except _Stuck as stuck:
            reasons.append(str(stuck))
    index = {x: k for k, x in enumerate(problem.x)}
    energy_scale = scale * scale / 2 + 1 / rows.beta
    objective, reason = _enclose(solution, lambda: [solution.objective()], digits, energy_scale)
    reasons += [] if reason is None else [reason]
    known, reason = _enclose(solution, solution.fitted, digits, scale)
    reasons += [] if reason is None else [reason]
    predict = _AtPoints(problem, solution.lam, solution.beta, *solution.state, digits, scale)
    dropped = tuple(x for x, w in zip(rows.x, rows.weight, strict=True) if w == 0)
    fitted: tuple[Enclosure, ...] = ()
    if known is not None:
        places = [rational(x) for x in rows.x]
        others = dict(zip(dropped, predict(dropped, "value"), strict=True)) if dropped else {}
        fitted = tuple(
            known[index[place]] if place in index else others[x] for x, place in zip(rows.x, places, strict=True)
        )
    with ctx.workprec(solution.bits):
        residual = decimal_enclosure(arb(solution.lam) * solution.error, 3, Fraction(1))
    return FiniteCertificate(
        certified=not reasons, phase=None, knots=(), knot_count=None, optimal=True, unique=True,
        objective=None if objective is None else objective[0], fitted=fitted,
        undecided=tuple(UndecidedContact(None, None, reason) for reason in dict.fromkeys(reasons)), digits=digits,
        _predict=predict.value, residual=None if residual is None else residual[1],
        _enclose=predict,
    )  # fmt: skip
