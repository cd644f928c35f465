"""In the balanced phase: whether a straight line splits into units at given knots, with every share strictly inside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from flint import arb
from scipy.optimize import linprog

Vector = tuple[arb, arb]


def _shares(u: Sequence[Vector], line: Vector) -> tuple[list[float], int, int] | None:
    """Shares as far inside (0, 1) as possible with Σ θ_k u_k = −line, in doubles, and the two best determined."""
    rows = np.array([[float(v.mid()) for v in pair] for pair in u]).reshape(-1, 2).T
    size = np.linalg.norm(rows, axis=1)
    if len(u) < 2 or not np.all(np.isfinite(rows)) or np.any(size == 0):
        return None
    right = -np.array([float(v.mid()) for v in line]) / size
    count = rows.shape[1]
    lift = np.ones((count, 1))
    found = linprog(
        np.append(np.zeros(count), -1.0),
        A_eq=np.concatenate([rows / size[:, None], np.zeros((2, 1))], axis=1),
        b_eq=right,
        A_ub=np.block([[-np.eye(count), lift], [np.eye(count), lift]]),
        b_ub=np.concatenate([np.zeros(count), np.ones(count)]),
        bounds=[(None, None)] * count + [(None, 0.5)],
        method="highs",
    )
    if found.x is None:
        return None
    shares = found.x[:count]
    scaled = rows / size[:, None]
    minors = np.abs(np.outer(scaled[0], scaled[1]) - np.outer(scaled[1], scaled[0]))
    first, second = (int(k) for k in np.unravel_index(np.argmax(minors), minors.shape))
    return shares.tolist(), first, second


def strictly_inside(u: Sequence[Vector], line: Vector) -> bool:
    """Prove that shares 0 < θ_k < 1 exist with line = −Σ θ_k u_k, u_k = κ_k (1, −t_k) the kinks carried to the right.

    θ_k is the share of kink k that left-facing units carry: κ (t − x)₊ = κ (x − t)₊ − κ (x − t). All shares but two are
    fixed at doubles; the two solve a linear system in balls.

    Returns: True where it is proved; False where it is not, which does not prove the contrary.
    Source: derived in this project.

    >>> strictly_inside([(arb(1), arb(1)), (arb(1), arb(-1))], (arb(-1), arb(0)))
    True
    >>> strictly_inside([(arb(1), arb(1)), (arb(1), arb(-1))], (arb(-1), arb(2)))
    False
    """
    found = _shares(u, line)
    if found is None:
        return False
    shares, i, j = found
    right = [-line[0], -line[1]]
    for k, (p, q) in enumerate(u):
        if k not in (i, j):
            if not 0.0 < shares[k] < 1.0:
                return False
            right = [right[0] - shares[k] * p, right[1] - shares[k] * q]
    (a, b), (c, d) = u[i], u[j]
    minor = a * d - b * c
    if minor.contains(0):
        return False
    first, second = (right[0] * d - right[1] * c) / minor, (a * right[1] - b * right[0]) / minor
    return bool(0 < first < 1 and 0 < second < 1)
