"""The Newton direction of the finite-temperature dual in O(M), by one banded factorisation over condensed inputs.

The Hessian in r is 1/ω + VᵀTV/(B Zs) − aaᵀ/B with V: r ↦ g at the breaks, T tridiagonal, a = ∇ log Zs. With inputs in
cells, N interpolating between their nodes, ρ = Nᵀr, its second differences of P and Q at the nodes are ρ, with
multipliers μ and ν that are the pulls of the two sides on the nodes:

    T P − Dᵀμ = 0,   D P + W(μ + ν) = NᵀΩb,   D′Q + W(μ + ν) = NᵀΩb,   T′Q − D′ᵀν = 0,   W = NᵀΩN,

and r = ω(b − N(μ + ν)). Four unknowns a node make a symmetric system of half band width 5. The two arcs on which all
units are active and the rank-one term follow by a 3×3 capacitance matrix.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dgbtrf, dgbtrs

from .cells import Cells, choose_cells
from .circle import Circle, values_at_data
from .partition import ArcDerivatives

Array = NDArray[np.float64]

_STATES = 4
_P, _MU, _NU, _Q = range(_STATES)  # in the order that makes the band narrow
_BAND = 5
_SCALINGS = 4  # rounds of symmetric equilibration


class _Symmetric:
    """A symmetric matrix of half band width 5 over nodes with four unknowns each, in LAPACK's layout."""

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


class _Condensed:
    """Factorisation of 1/ω + VᵀTV without the two arcs common to all units."""

    def __init__(self, circle: Circle, omega: Array, hessian: Array) -> None:
        size, norm = circle.size, circle.norm
        # By gap, in ascending order of the inputs; on the circle both sides run from the largest input down.
        right, left = hessian[: size - 1][::-1, ::-1], hessian[size + 1 :][::-1, ::-1]
        one = 1.0 / norm
        stiff = (right + left) * np.stack([one[:-1] ** 2, 2.0 * one[:-1] * one[1:], one[1:] ** 2], axis=1)
        self._cells = choose_cells(circle, omega, np.sum(np.abs(stiff), axis=1))
        self._omega = omega
        system = _Symmetric(len(self._cells.nodes))
        _fill(system, self._cells, np.diff(circle.x[self._cells.nodes]), self._cells.mass(omega), [
            self._cells.stiffness(norm, *side.T) for side in (right, left)
        ])  # fmt: skip
        self._scale = system.equilibrate()
        self._factor, self._pivots, status = dgbtrf(system.band, _BAND, _BAND, overwrite_ab=True)
        if status != 0:
            raise np.linalg.LinAlgError("the banded system is singular")

    def solve(self, b: Array) -> Array:
        """The inverse times the columns of b (M, C)."""
        weighted = self._omega[:, None] * b
        gathered = self._cells.gather(weighted)
        right = np.zeros((len(self._scale), b.shape[1]), order="F")
        right[_STATES + _MU :: _STATES] = -gathered[1:]
        right[_NU:-_STATES:_STATES] = -gathered[:-1]
        right *= self._scale[:, None]
        solution, _ = dgbtrs(self._factor, _BAND, _BAND, right, self._pivots, overwrite_b=True)
        solution *= self._scale[:, None]
        pulled = self._cells.spread(solution[_MU::_STATES] + solution[_NU::_STATES])
        return np.asarray(weighted - self._omega[:, None] * pulled)


def _fill(
    system: _Symmetric, cells: Cells, step: Array, mass: tuple[Array, Array], sides: list[tuple[Array, Array]]
) -> None:
    """Write the equations, those of D with both signs turned so that the matrix is symmetric.

    P at the last node, Q at the first, and the multipliers at the nodes that a side does not reach are 0.
    """
    last, over = system.count - 1, 1.0 / step
    inner = over[:-1] + over[1:]
    for state in range(_STATES):
        system.put(state, state, 0, 1.0)
    if last == 0:
        return
    (right, right_off), (left, left_off) = sides
    system.put(_P, _P, 0, right[:-1])
    system.put(_P, _P, 1, right_off[:-1])
    system.put(_Q, _Q, 0, left[1:], begin=1)
    system.put(_Q, _Q, 1, left_off[1:], begin=1)
    # D P at nodes 1 … last, D′Q at nodes 0 … last − 1.
    system.put(_P, _MU, 1, -over)
    system.put(_P, _MU, 0, inner, begin=1)
    system.put(_MU, _P, 1, -over[1:-1], begin=1)
    system.put(_NU, _Q, 1, -over)
    system.put(_NU, _Q, 0, inner, begin=1)
    system.put(_Q, _NU, 1, -over[1:-1], begin=1)
    diagonal, off = mass
    system.put(_MU, _MU, 0, -diagonal[1:], begin=1)
    system.put(_MU, _MU, 1, -off[1:], begin=1)
    system.put(_NU, _NU, 0, -diagonal[:-1])
    system.put(_NU, _NU, 1, -off[:-1])
    system.put(_MU, _NU, 0, -diagonal[1:-1], begin=1)
    system.put(_MU, _NU, 1, -off[1:-1], begin=1)
    system.put(_NU, _MU, 1, -off)


def newton_direction(circle: Circle, omega: Array, b: float, zs: float, arcs: ArcDerivatives, gradient: Array) -> Array:
    """Solve Hessian · step = −gradient for Φ(r) = log Zs(r)/B + ½ Σ r²/ω + Σ r y, in O(M).

    Args: circle; omega: weights (M,), a zero keeps r there; b: B > 0; zs: Zs; arcs: its derivatives; gradient (M,).
    Returns: the step in r (M,). Raises numpy.linalg.LinAlgError if rounding has made the system singular.
    Source: derived in this project.
    """
    size = circle.size
    hessian = arcs.hessian / (b * zs)
    # The common arcs join (first on the right, middle, last on the left), all linear in (Σ r x, Σ r).
    half_sine, half_cosine = circle.half_sine[size], circle.half_cosine[size]
    sine, cosine = 2.0 * half_sine * half_cosine, (half_cosine - half_sine) * (half_cosine + half_sine)
    ends = np.array([[cosine, -sine], [1.0, 0.0], [cosine, sine]])
    one, two = hessian[size - 1], hessian[size]
    joint = np.array([[one[0], one[1], 0.0], [one[1], one[2] + two[0], two[1]], [0.0, two[1], two[2]]])
    w, c = circle.unit[size]
    log_gradient = values_at_data(circle, arcs.weights) / zs
    border = np.stack([w * circle.x + c, w - c * circle.x, log_gradient], axis=1)
    core = np.zeros((3, 3))
    core[:2, :2] = ends.T @ joint @ ends
    core[2, 2] = -1.0 / b
    solved = _Condensed(circle, omega, hessian).solve(np.column_stack([-gradient, border]))
    plain, reach = solved[:, 0], solved[:, 1:]
    capacitance = np.eye(3) + core @ (border.T @ reach)
    return np.asarray(plain - reach @ np.linalg.solve(capacitance, core @ (border.T @ plain)))
