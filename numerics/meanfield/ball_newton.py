"""The Newton direction of the finite-temperature dual in long arithmetic, O(M): for contacts beyond double precision.

With P, Q the one-sided sums of a step s and D_P, D_Q their second divided differences, D_P P = s at all data but the
first and D_Q Q = s at all but the last, with multipliers μ and ν. Without the arcs common to all units the equations

    T_P P − D_Pᵀ μ = 0,   D_P P + ω(μ + ν) = ω c,   D_Q Q + ω(μ + ν) = ω c,   T_Q Q − D_Qᵀ ν = 0,   s = ω(c − μ − ν)

give s = (1/ω + Σ VᵀTV)⁻¹ c. They couple neighbours only and are eliminated datum by datum; T is positive, so that every
pivot is quasi-definite. Common arcs and the rank-one term follow by a 3×3 capacitance matrix, as in `newton`.
"""

from __future__ import annotations

from typing import Any

from flint import arb, arb_mat, ctx

from .ball_dual import BallDual, BallPoint

Ball = Any  # flint.arb

_SIZE = 4  # unknowns a datum: P, μ, ν, Q


def _tridiagonal(dual: BallDual, point: BallPoint, over: Ball, leftward: bool) -> tuple[list[Ball], list[Ball]]:
    """Diagonal (M) and off-diagonal (M−1) of T on one side, the second derivatives of Zs in P or Q times over."""
    size, norm = dual.size, dual.norm
    diagonal, beside = [arb(0)] * size, []
    for j in range(size - 1):
        h11, h12, h22 = point.arcs[(2 * size - 1 if leftward else size - 2) - j][3:]  # first end: x_{j+1}
        diagonal[j] += (h22 * over / (norm[j] * norm[j])).mid()
        diagonal[j + 1] += (h11 * over / (norm[j + 1] * norm[j + 1])).mid()
        beside.append((h12 * over / (norm[j] * norm[j + 1])).mid())
    return diagonal, beside


def _blocks(dual: BallDual, point: BallPoint, over: Ball) -> tuple[list[arb_mat], list[arb_mat]]:
    """The 4×4 blocks on the diagonal (M) and those beside it (M−1), which are the same above and below."""
    size, zero, one = dual.size, arb(0), arb(1)
    (right, right_beside), (left, left_beside) = (_tridiagonal(dual, point, over, side) for side in (False, True))
    slope = [(1 / step).mid() for step in dual.step]
    diagonal, beside = [], []
    for j, w in enumerate(dual.weight):
        w = w.mid()
        first, last = j == 0, j == size - 1
        bend = -((zero if first else slope[j - 1]) + (zero if last else slope[j]))
        # P is 0 at the last datum and Q at the first; there and where a constraint is missing a row says so.
        diagonal.append(arb_mat([
            [one, zero, zero, zero] if last else [right[j], zero if first else -bend, zero, zero],
            [zero, one, zero, zero] if first else [bend, w, zero if last else w, zero],
            [zero, zero, one, zero] if last else [zero, zero if first else w, w, bend],
            [zero, zero, zero, one] if first else [zero, zero, zero if last else -bend, left[j]],
        ]))  # fmt: skip
        if not last:
            s = slope[j]
            beside.append(arb_mat([
                [right_beside[j], -s, zero, zero], [s, zero, zero, zero],
                [zero, zero, zero, s], [zero, zero, -s, left_beside[j]],
            ]))  # fmt: skip
    return diagonal, beside


def _solve(dual: BallDual, point: BallPoint, over: Ball, columns: list[list[Ball]]) -> list[list[Ball]]:
    """(1/ω + Σ VᵀTV)⁻¹ times each column (M), by block elimination."""
    size, count, zero = dual.size, len(columns), arb(0)
    diagonal, beside = _blocks(dual, point, over)
    weight = [w.mid() for w in dual.weight]
    none = arb_mat(_SIZE, _SIZE)
    passed: list[tuple[arb_mat, arb_mat]] = []
    for j in range(size):
        source = [(weight[j] * column[j]).mid() for column in columns]
        empty = [zero] * count
        right = arb_mat([empty, empty if j == 0 else source, empty if j == size - 1 else source, empty])
        pivot, upper = diagonal[j], beside[j] if j < size - 1 else none
        if j > 0:
            # Rows that only say that an unknown is 0 take nothing from their neighbours.
            lower = beside[j - 1].tolist()
            lower = [[zero] * _SIZE if j == size - 1 and row in (0, 2) else values for row, values in enumerate(lower)]
            below = arb_mat(lower)
            pivot, right = (pivot - below * passed[-1][0]).mid(), (right - below * passed[-1][1]).mid()
        if j == 0 and size > 1:
            upper = arb_mat([[zero] * _SIZE if row in (1, 3) else list(v) for row, v in enumerate(upper.tolist())])
        both = [[*a, *b] for a, b in zip(upper.tolist(), right.tolist(), strict=True)]
        table = pivot.solve(arb_mat(both), algorithm="approx").mid().tolist()
        passed.append((arb_mat([row[:_SIZE] for row in table]), arb_mat([row[_SIZE:] for row in table])))
    result: list[list[Ball]] = [[] for _ in columns]
    after = arb_mat(_SIZE, count)
    for j in reversed(range(size)):
        onward, given = passed[j]
        after = (given - onward * after).mid()
        for k, column in enumerate(columns):
            result[k].append((weight[j] * (column[j] - after[1, k] - after[2, k])).mid())
    return [column[::-1] for column in result]


def long_direction(dual: BallDual, b: Ball, point: BallPoint) -> list[Ball]:
    """Solve Hessian · step = −gradient for Φ in the working precision of the dual, without a bound of the error.

    The Hessian is 1/ω + VᵀTV/(B Zs) − aaᵀ/B, a = ∇ log Zs.

    Args: dual; b: B; point: the dual evaluated with second derivatives.
    Returns: the step in r (M), exact numbers. Raises ZeroDivisionError if rounding has made a pivot singular.
    Source: derived in this project.

    >>> dual = BallDual([0.0, 1.0], [0.5, 0.5], [0.25, 0.5], 0.5, 128)
    >>> r = [arb("-0.0625"), arb("-0.0625")]
    >>> step = long_direction(dual, arb(10), dual.at(arb(10), r, second=True))
    >>> moved = dual.at(arb(10), [old + new for old, new in zip(r, step)])
    >>> bool(moved.gap < dual.at(arb(10), r).gap / 10)
    True
    """
    with ctx.workprec(dual.bits):
        size, over = dual.size, (1 / (b * point.zs)).mid()
        border = [[x.mid() for x in dual.x], [arb(1)] * size, [(p / point.zs).mid() for p in point.pull]]
        core = [[arb(0)] * 3 for _ in range(3)]
        for arc in (size - 1, size):
            h11, h12, h22 = point.arcs[arc][3:]
            (w0, b0), (w1, b1) = dual.unit[arc], dual.unit[arc + 1]
            turn = arb_mat([[w0, b0], [w1, b1]])
            part = turn.transpose() * arb_mat([[h11, h12], [h12, h22]]) * turn
            for i in range(2):
                for j in range(2):
                    core[i][j] += part[i, j] * over
        core[2][2] = -1 / b
        plain, *reach = _solve(dual, point, over, [[-g.mid() for g in point.gradient], *border])

        def onto(column: list[Ball]) -> list[Ball]:
            return [sum((u * v for u, v in zip(row, column, strict=True)), arb(0)) for row in border]

        capacity = arb_mat(core).mid()
        columns = arb_mat([onto(column) for column in reach]).transpose()
        system = (arb_mat(3, 3, [int(i == j) for i in range(3) for j in range(3)]) + capacity * columns).mid()
        right = (capacity * arb_mat([[v] for v in onto(plain)])).mid()
        share = system.solve(right, algorithm="approx").mid()
        return [(p - sum((reach[k][i] * share[k, 0] for k in range(3)), arb(0))).mid() for i, p in enumerate(plain)]
