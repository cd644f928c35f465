"""The Newton direction of the finite-temperature dual in O(M), by one banded factorisation over condensed inputs.

The Hessian in r is 1/ω + VᵀTV/(B Zs) − aaᵀ/B with V: r ↦ g at the breaks, T tridiagonal, a = ∇ log Zs. With inputs in
cells, N interpolating between their nodes, ρ = Nᵀr and W = NᵀΩN, the one-sided sums at the nodes and their slopes obey

    P_j − P_{j+1} = h_j σ_j,   σ_{j−1} − σ_j = ρ_j,   Q_{j+1} − Q_j = h_j τ_j,   τ_j − τ_{j−1} = ρ_j,

with multipliers α, μ, γ, ν. Eight unknowns a node make a symmetric system of half band width 9, in which no difference
of neighbours is divided by their distance; r itself is ω(b + N(μ + ν)). The two arcs on which all units are active and
the rank-one term follow by a 3×3 capacitance matrix.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dgbtrf, dgbtrs

from .cells import Cells, choose_cells
from .circle import Circle, values_at_data
from .partition import ArcDerivatives

Array = NDArray[np.float64]

_STATES = 8
_P, _MU, _NU, _Q, _ALPHA, _SIGMA, _TAU, _GAMMA = range(_STATES)  # in the order that makes the band narrow
_BAND = 9
_SCALINGS = 4  # rounds of symmetric equilibration


class _Symmetric:
    """A symmetric matrix over nodes with eight unknowns each, in LAPACK's layout of a band."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.band = np.zeros((3 * _BAND + 1, _STATES * count), order="F")

    def put(self, row: int, column: int, apart: int, values: Array | float, begin: int = 0) -> None:
        """Set (row of node k, column of node k + apart) and its mirror image to values, k = begin, begin + 1, …"""
        length = len(values) if isinstance(values, np.ndarray) else self.count - apart - begin
        offset = row - column - _STATES * apart
        for at, node, state in ((2 * _BAND + offset, begin + apart, column), (2 * _BAND - offset, begin, row)):
            first = _STATES * node + state
            self.band[at, first : first + _STATES * length : _STATES] = values

    def equilibrate(self) -> Array:
        """Scale rows and columns alike until their largest entries are near 1; the factors."""
        factors = np.ones(self.band.shape[1])
        inner = self.band[_BAND:]
        for _ in range(_SCALINGS):
            largest = np.max(np.abs(inner), axis=0)
            scale = 1.0 / np.sqrt(np.where(largest > 0, largest, 1.0))
            inner *= scale
            padded = np.pad(scale, _BAND)
            for offset in range(2 * _BAND + 1):
                inner[offset] *= padded[offset : offset + len(scale)]
            factors *= scale
        return factors


def _fill(system: _Symmetric, step: Array, mass: tuple[Array, Array], sides: list[tuple[Array, Array]]) -> None:
    """Write the stationarity of each state beside the equation that its multiplier belongs to.

    P is 0 at the last node, Q at the first; μ has no equation there at the first, ν at the last; gaps have one less.
    """
    last = system.count - 1
    for state in range(_STATES):
        system.put(state, state, 0, 1.0)
    if last == 0:
        return
    (right, right_off), (left, left_off) = sides
    for state in (_ALPHA, _SIGMA, _TAU, _GAMMA):
        system.put(state, state, 0, np.zeros(last))
    # T P + α_j − α_{j−1} = 0 and its transpose, T′Q + γ_{j−1} − γ_j = 0 likewise.
    system.put(_P, _P, 0, right[:-1])
    system.put(_P, _P, 1, right_off[:-1])
    system.put(_P, _ALPHA, 0, np.ones(last))
    system.put(_ALPHA, _P, 1, np.full(last - 1, -1.0))
    system.put(_Q, _Q, 0, left[1:], begin=1)
    system.put(_Q, _Q, 1, left_off[1:], begin=1)
    system.put(_GAMMA, _Q, 1, np.ones(last))
    system.put(_Q, _GAMMA, 0, np.full(last - 1, -1.0), begin=1)
    # −h_j α_j + μ_{j+1} − μ_j = 0, −h_j γ_j + ν_j − ν_{j+1} = 0.
    system.put(_SIGMA, _ALPHA, 0, -step)
    system.put(_SIGMA, _MU, 1, np.ones(last))
    system.put(_SIGMA, _MU, 0, np.full(last - 1, -1.0), begin=1)
    system.put(_TAU, _GAMMA, 0, -step)
    system.put(_TAU, _NU, 0, np.ones(last))
    system.put(_TAU, _NU, 1, np.full(last - 1, -1.0))
    diagonal, off = mass
    system.put(_MU, _MU, 0, -diagonal[1:], begin=1)
    system.put(_MU, _MU, 1, -off[1:], begin=1)
    system.put(_NU, _NU, 0, -diagonal[:-1])
    system.put(_NU, _NU, 1, -off[:-1])
    system.put(_MU, _NU, 0, -diagonal[1:-1], begin=1)
    system.put(_MU, _NU, 1, -off[1:-1], begin=1)
    system.put(_NU, _MU, 1, -off)


def _pulls(cells: Cells, step: Array, mass: tuple[Array, Array], sides: list[tuple[Array, Array]], b: Array) -> Array:
    """−(μ + ν) at the nodes (K, C) for right hand sides NᵀΩb (K, C), without the arcs common to all units."""
    system = _Symmetric(len(cells.nodes))
    _fill(system, step, mass, sides)
    scale = system.equilibrate()[:, None]
    right = np.zeros((len(scale), b.shape[1]), order="F")
    right[_STATES + _MU :: _STATES] = b[1:]
    right[_NU:-_STATES:_STATES] = b[:-1]
    right *= scale
    factor, pivots, status = dgbtrf(system.band, _BAND, _BAND, overwrite_ab=True)
    if status != 0:
        raise np.linalg.LinAlgError("the banded system is singular")
    solution, _ = dgbtrs(factor, _BAND, _BAND, right, pivots, overwrite_b=True)
    solution *= scale
    return np.asarray(-solution[_MU::_STATES] - solution[_NU::_STATES])


def newton_direction(circle: Circle, omega: Array, b: float, zs: float, arcs: ArcDerivatives, gradient: Array) -> Array:
    """Solve Hessian · step = −gradient for Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y, in O(M).

    The error of the step in the norm of 1/ω is at most about 1e-5 of its size, for the cells, besides rounding.

    Args: circle; omega: weights (M,), a zero keeps r there; b: B > 0; zs: Zs; arcs: its derivatives; gradient (M,).
    Returns: the step in r (M,). Raises numpy.linalg.LinAlgError if rounding has made the system singular.
    Source: derived in this project.
    """
    size, over = circle.size, 1.0 / (b * zs)
    # By gap, in ascending order of the inputs; on the circle both sides run from the largest input down.
    hessian = arcs.hessian.T
    right, left = hessian[::-1, : size - 1][:, ::-1], hessian[::-1, size + 1 :][:, ::-1]
    one = 1.0 / circle.norm
    low, mixed, high = (np.abs(one_side) + np.abs(other) for one_side, other in zip(right, left, strict=True))
    cells = choose_cells(
        circle, omega, over * (low * one[:-1] ** 2 + 2.0 * mixed * one[:-1] * one[1:] + high * one[1:] ** 2)
    )
    x, (diagonal, off) = circle.x[cells.nodes], cells.mass(omega)
    sides = [(over * main, over * beside) for main, beside in cells.stiffness(circle.norm, (right, left))]
    # The common arcs join (first on the right, middle, last on the left), all linear in (Σ r x, Σ r).
    half_sine, half_cosine = circle.half_sine[size], circle.half_cosine[size]
    sine, cosine = 2.0 * half_sine * half_cosine, (half_cosine - half_sine) * (half_cosine + half_sine)
    ends = np.array([[cosine, -sine], [1.0, 0.0], [cosine, sine]])
    before, after = over * hessian[:, size - 1], over * hessian[:, size]
    joint = np.array(
        [[before[0], before[1], 0.0], [before[1], before[2] + after[0], after[1]], [0.0, after[1], after[2]]]
    )
    core = np.zeros((3, 3))
    core[:2, :2] = ends.T @ joint @ ends
    core[2, 2] = -1.0 / b
    w, c = circle.unit[size]
    # Of ∇ log Zs, too, the values at the nodes are enough.
    border = np.stack([w * x + c, w - c * x, (values_at_data(circle, arcs.weights) / zs)[cells.nodes]], axis=1)

    def weigh(values: Array) -> Array:
        """W values."""
        total = diagonal[:, None] * values
        total[:-1] += off[:, None] * values[1:]
        total[1:] += off[:, None] * values[:-1]
        return total

    # m = A(h − Wm) for the right hand sides h without the border, A the Hessian of both sides in ρ.
    given = np.column_stack([cells.gather(-omega * gradient), weigh(border)])
    pulls = _pulls(cells, np.diff(x), (diagonal, off), sides, given)
    reach = border.T @ (given - weigh(pulls))
    share = np.linalg.solve(np.eye(3) + core @ reach[:, 1:], core @ reach[:, 0])
    pull = pulls[:, 0] + (border - pulls[:, 1:]) @ share
    return np.asarray(-omega * (gradient + cells.spread(pull)))
