"""The Newton direction of the finite-temperature dual in long arithmetic, O(M): the equations of `newton`, no cells.

Where T is far stiffer than 1/ω, r = ω(b − μ − ν) is a small difference, of which double precision may keep no digit.
"""

from __future__ import annotations

from typing import Any

from flint import arb, arb_mat

from .ball_dual import BallDual, BallPoint

Ball = Any  # flint.arb

_STATES = 4
_P, _MU, _NU, _Q = range(_STATES)  # per datum
_BAND = 5


def _eliminate(rows: list[list[Ball]], right: list[list[Ball]]) -> list[list[Ball]]:
    """Solve a banded system by elimination with partial pivoting, without radii.

    rows: row i holds columns i − 5 … i + 5; right: right hand sides, row by row.
    Raises: ZeroDivisionError where the matrix is singular.
    """
    size, width, zero = len(rows), 2 * _BAND + 1, arb(0)
    # Rows in reach of the current column, each from that column on.
    active = [
        ([*row[_BAND - i :], *[zero] * (_BAND - i)], value)
        for i, (row, value) in enumerate(zip(rows[:_BAND], right, strict=False))
    ]
    done = []
    for column in range(size):
        if column + _BAND < size:
            active.append((rows[column + _BAND], right[column + _BAND]))
        best = 0
        for i in range(1, len(active)):
            if abs(active[i][0][0]) > abs(active[best][0][0]):
                best = i
        head, value = active.pop(best)
        if head[0] == 0:
            raise ZeroDivisionError("the banded system is singular")
        following = []
        for row, other in active:
            if row[0] == 0:
                following.append(([*row[1:], zero], other))
                continue
            factor = (row[0] / head[0]).mid()
            rest = [a if b == 0 else (a - factor * b).mid() for a, b in zip(row[1:], head[1:], strict=True)]
            following.append(([*rest, zero], [(a - factor * b).mid() for a, b in zip(other, value, strict=True)]))
        active = following
        done.append((head, value))
    solution: list[list[Ball]] = [[]] * size
    for column in reversed(range(size)):
        head, total = done[column]
        for entry, known in zip(head[1:], solution[column + 1 : column + width], strict=False):
            if entry != 0:
                total = [a - entry * b for a, b in zip(total, known, strict=True)]
        solution[column] = [(a / head[0]).mid() for a in total]
    return solution


def _equations(dual: BallDual, at: BallPoint, over: Ball) -> list[list[Ball]]:
    """The rows of the system; P at the last datum, Q at the first, and the multipliers out of reach are 0."""
    size, zero = dual.size, arb(0)
    rows = [[zero] * (2 * _BAND + 1) for _ in range(_STATES * size)]

    def put(datum: int, state: int, other: int, its: int, value: Ball) -> None:
        row, column = _STATES * datum + state, _STATES * other + its
        rows[row][_BAND + column - row] += value.mid()
        if row != column:
            rows[column][_BAND + row - column] += value.mid()

    last = size - 1
    for datum, state in ((last, _P), (0, _MU), (last, _NU), (0, _Q)):
        put(datum, state, datum, state, arb(1))
    for j, step in enumerate(dual.step):
        low, high = over / dual.norm[j], 1 / dual.norm[j + 1]
        ends = {j: low / dual.norm[j], j + 1: over * high * high}
        for arc, state, out in ((last - 1 - j, _P, last), (2 * size - 1 - j, _Q, 0)):
            _, _, _, second, mixed, first = at.arcs[arc]  # from the larger datum to the smaller
            for datum, value in ((j, first), (j + 1, second)):
                if datum != out:
                    put(datum, state, datum, state, ends[datum] * value)
            if out not in (j, j + 1):
                put(j, state, j + 1, state, low * high * mixed)
        inverse = 1 / step
        # D P = ρ at all data but the first, D′Q = ρ at all but the last.
        for state, multiplier, out in ((_P, _MU, last), (_Q, _NU, 0)):
            silent = last - out
            for datum in (j, j + 1):
                for other in (j, j + 1):
                    if datum != silent and other != out:
                        put(datum, multiplier, other, state, inverse if datum == other else -inverse)
    for j, weight in enumerate(dual.weight):
        if j > 0:
            put(j, _MU, j, _MU, -weight)
        if j < last:
            put(j, _NU, j, _NU, -weight)
        if 0 < j < last:
            put(j, _MU, j, _NU, -weight)
    return rows


def long_direction(dual: BallDual, b: Ball, at: BallPoint) -> list[Ball]:
    """Solve Hessian · step = −gradient at the working precision, which the caller sets; as `newton_direction`.

    Args: dual: the problem; b: B; at: a point with second derivatives. Returns: the step in r (M), without radii.
    Raises: ZeroDivisionError where the system is singular. Source: derived in this project.
    """
    size, over = dual.size, 1 / (b * at.zs)
    half_sine, half_cosine = dual.sine[size], dual.cosine[size]
    sine, cosine = 2 * half_sine * half_cosine, (half_cosine - half_sine) * (half_cosine + half_sine)
    (_, _, _, one, two, three), (_, _, _, four, five, six) = at.arcs[size - 1], at.arcs[size]
    joint = over * arb_mat([[one, two, 0], [two, three + four, five], [0, five, six]])
    ends = arb_mat([[cosine, -sine, 0], [1, 0, 0], [cosine, sine, 0]])
    core = ends.transpose() * joint * ends
    core[2, 2] = -1 / b
    w, c = dual.middle
    border = [[w * x + c, w - c * x, pull / at.zs] for x, pull in zip(dual.x, at.pull, strict=True)]
    given = [
        [(-weight * slope).mid(), *((weight * entry).mid() for entry in row)]
        for weight, slope, row in zip(dual.weight, at.gradient, border, strict=True)
    ]
    nothing = [arb(0)] * 4
    right = []
    for j, row in enumerate(given):
        turned = [-value for value in row]
        right += [nothing, turned if j > 0 else nothing, turned if j < size - 1 else nothing, nothing]
    solution = _eliminate(_equations(dual, at, over), right)
    pulls = [
        [mu + nu for mu, nu in zip(solution[_STATES * j + _MU], solution[_STATES * j + _NU], strict=True)]
        for j in range(size)
    ]
    reach = arb_mat(border).transpose() * arb_mat(
        [
            [h - weight * m for h, m in zip(row, known, strict=True)]
            for row, known, weight in zip(given, pulls, dual.weight, strict=True)
        ]
    )
    core_reach = core * reach
    matrix = arb_mat([[core_reach[i, j + 1].mid() + (i == j) for j in range(3)] for i in range(3)])
    share = matrix.solve(arb_mat([[core_reach[i, 0].mid()] for i in range(3)]), algorithm="approx")
    step = []
    for weight, slope, row, known in zip(dual.weight, at.gradient, border, pulls, strict=True):
        pull = known[0] + sum(
            ((u - m) * share[k, 0] for k, (u, m) in enumerate(zip(row, known[1:], strict=True))), arb(0)
        )
        step.append((-weight * (slope + pull)).mid())
    return step
