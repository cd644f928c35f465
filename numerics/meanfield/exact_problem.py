"""The noiseless problem in exact numbers: rows merged by input, and the same as balls of any precision."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq

from .certificate import ExactRows


def rational(value: Fraction) -> fmpq:
    """The same number in the form that the ball library computes with."""
    return fmpq(value.numerator, value.denominator)


def nearest(value: fmpq) -> float:
    """The double nearest to a rational number."""
    return int(value.p) / int(value.q)


@dataclass(frozen=True, eq=False)
class ExactProblem:
    """Minimise ½ Σ w_i (f(x_i) − y_i)² + level Σ|c_k|: the noiseless problem times the total weight W, level = λW.

    x: inputs, ascending and distinct (M,); w: their weights, positive; y: weighted means of their targets; within:
    Σ over rows of weight·(target − mean)², so that the objective of the rows is (minimum + ½ within)/W; total: W;
    first: the first row at each input (M,); place: the input of each row (N,), None for rows of weight zero; even:
    whether x ↦ −x maps the problem to itself.
    """

    x: tuple[fmpq, ...]
    w: tuple[fmpq, ...]
    y: tuple[fmpq, ...]
    within: fmpq
    total: fmpq
    level: fmpq
    first: tuple[int, ...]
    place: tuple[int | None, ...]
    even: bool

    @property
    def size(self) -> int:
        """Number M of distinct inputs."""
        return len(self.x)


@dataclass(frozen=True, eq=False)
class BallProblem:
    """The numbers of an `ExactProblem` as balls of the current precision."""

    x: tuple[arb, ...]
    w: tuple[arb, ...]
    y: tuple[arb, ...]
    level: arb


def exact_problem(rows: ExactRows) -> ExactProblem:
    """Merge rows of equal input, exactly; rows of weight zero drop out.

    >>> two, one = Fraction(2), Fraction(1)
    >>> merged = exact_problem(ExactRows((two, one, two), (two, one, one), (one, one, one), one, None))
    >>> merged.x, merged.y, merged.within
    ((1, 2), (1, 3/2), 1/2)
    """
    used = [k for k, weight in enumerate(rows.weight) if weight > 0]
    numbers = {k: (rational(rows.x[k]), rational(rows.weight[k]), rational(rows.y[k])) for k in used}
    used.sort(key=lambda k: numbers[k][0])
    groups: list[list[int]] = []
    for k in used:
        if groups and numbers[groups[-1][0]][0] == numbers[k][0]:
            groups[-1].append(k)
        else:
            groups.append([k])
    x, w, y, within = [], [], [], fmpq(0)
    for group in groups:
        point, weight, target = numbers[group[0]]
        if len(group) > 1:
            weight = sum((numbers[k][1] for k in group), fmpq(0))
            target = sum((numbers[k][1] * numbers[k][2] for k in group), fmpq(0)) / weight
            within += sum((numbers[k][1] * (numbers[k][2] - target) ** 2 for k in group), fmpq(0))
        x.append(point)
        w.append(weight)
        y.append(target)
    total = sum(w, fmpq(0))
    mirrored = zip(x, w, y, reversed(x), reversed(w), reversed(y), strict=True)
    even = all(a == -d and b == e and c == f for a, b, c, d, e, f in mirrored)
    first = tuple(min(group) for group in groups)
    at = {k: index for index, group in enumerate(groups) for k in group}
    place = tuple(at.get(k) for k in range(len(rows.x)))
    return ExactProblem(tuple(x), tuple(w), tuple(y), within, total, rational(rows.lam) * total, first, place, even)


def as_balls(problem: ExactProblem) -> BallProblem:
    """The problem's numbers as balls, each as narrow as the current precision allows."""
    x, w, y = (tuple(arb(v) for v in part) for part in (problem.x, problem.w, problem.y))
    return BallProblem(x, w, y, arb(problem.level))
