"""One piece of the regularisation path: a fixed active set followed in λ, and where it ceases to be optimal.

An active set is a list of directions, each on a datum or free in an arc, with the signs of their weights. While it is
the optimal one, weights and angles solve a small smooth system in λ; and it is the optimal one where a list of margins
is positive, for the problem is convex. In the balanced phase, Σ r = Σ r x = 0, units that face right and left share
their knots: there the unknowns are the kinks of f and a free affine part, and one more margin says that the kinks can
be split between the sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .circle import Circle, Correlation, correlation
from .contacts import local_maxima
from .faces import directions
from .panels import build_panels
from .units import Units, arc_breaks, on_arc

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Kind = Literal["weight", "low", "high", "before", "after", "contact", "sides"]

_NEWTON = 25
_SMALL = 1e-15  # relative step at which Newton's method has nothing left to do
_QUADRATIC = 1e-6  # relative step after which the method must converge quadratically or has met rounding
_ACCEPTED = 1e-9  # relative step at rounding that still counts as a solution
_FITTED = 1e-11  # and its effect on the fitted values, where neighbouring units share their weight as rounding likes
_LEAST = 4  # margins kept, the least ones
_HALF = 0.5  # |g|/λ of a contact that is far from one
_TURN = 0.5  # angle of a step beyond which the solution has been lost


@dataclass(frozen=True)
class Data:
    """Distinct inputs as a circle, weights that sum to 1, and targets (M,)."""

    circle: Circle
    omega: Array
    y: Array


@dataclass(frozen=True)
class State:
    """Directions (K, 2), weights (K,) and the free affine part (slope, value at the centre of the data) at one λ."""

    direction: Array
    c: Array
    affine: Array


@dataclass(frozen=True)
class Margin:
    """How far an active set is from the end of its validity, and what would end it.

    kind: "weight" (unit `index` falls to 0), "low" or "high" (it reaches that end of its arc), "before" or "after" (it
    leaves its datum to that side of the circle), "contact" (a direction phi at place `index` joins with that sign),
    "sides" (the balanced phase ends).
    """

    value: float
    kind: Kind
    index: int = -1
    phi: float = 0.0
    sign: float = 0.0


def balanced_units(circle: Circle, units: Units) -> Units:
    """Units that share a knot as one that faces right, of the sum of their weights, in the order of the circle."""
    facing_left = units.place > 2 * circle.size
    place = np.where(facing_left, units.place - 2 * circle.size - 2, units.place)
    direction = np.where(facing_left[:, None], -1.0, 1.0) * directions(circle, units)
    kept, first, label = np.unique(place, return_index=True, return_inverse=True)
    c = np.bincount(label, units.c, minlength=len(kept)).astype(np.float64)
    direction = direction[first]
    return Units(np.arctan2(direction[:, 1], direction[:, 0]), c, kept.astype(np.intp), direction)


class Piece:
    """An active set: its places and signs, and the system that its weights and angles solve at any λ.

    In the balanced phase units are those of `balanced_units`.
    """

    def __init__(self, data: Data, units: Units, balanced: bool) -> None:
        order = np.argsort(units.place, kind="stable")
        units = units.pick(order)
        self.data, self.balanced = data, balanced
        self.place, self.sign = units.place, np.sign(units.c)
        self.arc = on_arc(data.circle, units.place)
        self._free, self._fixed = np.flatnonzero(self.arc), np.flatnonzero(~self.arc)
        self._low, self._high = arc_breaks(data.circle, self.place[self._free])
        self._width = np.minimum(1.0, data.circle.phi[self._high] - data.circle.phi[self._low])
        self._panels = build_panels(data.circle, data.omega, units)
        cuts, mass = self._panels.cuts, self._panels.root_mass**2
        self._count = np.diff(np.append(cuts, data.circle.size))
        self._away = data.circle.x - np.repeat(self._panels.centre, self._count)
        level = np.add.reduceat(data.omega * data.y, cuts) / mass
        rest = data.y - np.repeat(level, self._count)
        tilt = np.add.reduceat(data.omega * self._away * rest, cuts) / np.maximum(self._panels.root_spread, 1e-300)
        self._target = np.concatenate([self._panels.root_mass * level, tilt])
        self._length = float(np.linalg.norm(self._target))
        self.centre = float(np.sum(data.omega * data.circle.x))
        zero = np.zeros_like(cuts, dtype=np.float64)
        line = np.concatenate([self._panels.root_mass * (self._panels.centre - self.centre), self._panels.root_spread])
        self._line = np.stack([line, np.concatenate([self._panels.root_mass, zero])], axis=1)
        if not balanced:
            self._line = self._line[:, :0]

    def start(self, units: Units) -> State:
        """The state of units, those that the active set was built from, with the affine part that fits best."""
        units = units.pick(np.argsort(units.place, kind="stable"))
        direction = directions(self.data.circle, units)
        rest = self._target - self._panels.rows(direction) @ units.c
        affine = np.linalg.lstsq(self._line, rest, rcond=None)[0] if self.balanced else np.zeros(0)
        return State(direction, units.c, affine)

    def solve(self, state: State, lam: float) -> State | None:
        """The weights and angles at λ by Newton's method from those nearby; None where it fails.

        The equations are g = −λ sign c at every unit, g′ = 0 at those inside arcs, and in the balanced phase
        Σ r = Σ r x = 0.
        """
        free, count = self._free, len(self.sign)
        last = np.inf
        for _ in range(_NEWTON):
            value = self._panels.rows(state.direction)
            turned = np.stack([-state.direction[:, 1], state.direction[:, 0]], axis=1)
            moving = self._panels.rows(np.where(self.arc[:, None], turned, 0.0))[:, free]
            error = value @ state.c + self._line @ state.affine - self._target
            unknown = np.concatenate([value, moving * state.c[free], self._line], axis=1)
            tests = np.concatenate([value, moving, self._line], axis=1)
            matrix = tests.T @ unknown
            slope, level = moving.T @ error, value.T @ error
            turns = count + np.arange(len(free))
            matrix[free, turns] += slope
            matrix[turns, turns] -= level[free]
            right = -np.concatenate([level + lam * self.sign, slope, self._line.T @ error])
            norms = np.concatenate([np.linalg.norm(part, axis=0) for part in (value, moving, self._line)])
            norms[turns] = np.hypot(norms[turns], norms[free])
            if not np.all(norms > 0):
                return None
            try:
                step = np.linalg.solve(matrix / norms[:, None] / norms, right / norms) / norms
            except np.linalg.LinAlgError:
                return None
            turn = step[count : count + len(free)]
            effect = np.concatenate([step[:count], turn * state.c[free], step[count + len(free) :]]) * norms
            size = float(np.max(np.abs(effect), initial=0.0)) / self._length
            if not size < np.inf or np.max(np.abs(turn), initial=0.0) > _TURN:
                return None
            if last <= _QUADRATIC and size >= 0.25 * last:  # rounding
                fitted = unknown @ step
                good = last <= _ACCEPTED or float(np.linalg.norm(fitted)) <= _FITTED * self._length
                return state if good else None
            direction = state.direction.copy()
            cosine, sine = np.cos(turn)[:, None], np.sin(turn)[:, None]
            direction[free] = direction[free] * cosine + turned[free] * sine
            state = State(direction, state.c + step[:count], state.affine + step[count + len(free) :])
            last = size
            if size <= _SMALL:
                break
        return state if last <= _ACCEPTED else None

    def field(self, state: State, lam: float) -> Correlation:
        """g/λ at a state."""
        panels = self._panels
        value = self._panels.rows(state.direction) @ state.c + self._line @ state.affine
        level, tilt = np.split(value, 2)
        slope = np.divide(tilt, panels.root_spread, out=np.zeros_like(tilt), where=panels.root_spread > 0)
        f = np.repeat(level / panels.root_mass, self._count) + np.repeat(slope, self._count) * self._away
        return correlation(self.data.circle, self.data.omega * (f - self.data.y) / lam)

    def margins(self, state: State, lam: float, standing: frozenset[int] = frozenset()) -> list[Margin]:
        """The least of all that must be positive for the active set to be optimal at λ, ascending.

        standing: places of contacts that carry no weight and are known to stay at |g| = λ.
        """
        circle, field = self.data.circle, self.field(state, lam)
        total = float(np.sum(np.abs(state.c)))
        free, fixed = self._free, self._fixed
        low, high = circle.unit[self._low], circle.unit[self._high]
        at = self.place[fixed] // 2
        tangent = np.stack([-circle.unit[at, 1], circle.unit[at, 0]], axis=1)
        w, b = state.direction[free].T
        sign = self.sign[fixed]  # g has the sign −c, and |g| falls to both sides of a datum
        parts: dict[Kind, tuple[Array, Index]] = {
            "weight": (self.sign * state.c / total, np.arange(len(self.sign))),
            "low": ((low[:, 0] * b - low[:, 1] * w) / self._width, free),
            "high": (-(high[:, 0] * b - high[:, 1] * w) / self._width, free),
            "before": (-sign * np.sum(field.vector[at - 1] * tangent, axis=1), fixed),
            "after": (sign * np.sum(field.vector[at] * tangent, axis=1), fixed),
        }
        found = []
        for kind, (value, index) in parts.items():
            least = np.argsort(value, kind="stable")[:_LEAST]
            found += [Margin(float(value[k]), kind, int(index[k])) for k in least]
        others = local_maxima(circle, field, _HALF)
        if self.balanced:
            others = others.pick(others.place < 2 * circle.size - 1)
        others = others.pick(~np.isin(others.place, [*self.place.tolist(), *standing]))
        if len(others):
            k = int(np.argmax(np.abs(others.c)))
            contact = float(others.phi[k]), float(np.sign(others.c[k]))
            found.append(Margin(1.0 - abs(float(others.c[k])), "contact", int(others.place[k]), *contact))
        if self.balanced:
            found.append(Margin(self._sides(state) / total, "sides"))
        return sorted(found, key=lambda margin: margin.value)[:_LEAST]

    def _sides(self, state: State) -> float:
        """How far inside Σ [0, 1] c_k (w_k, b_k) the negative of the free affine part lies; negative outside.

        A share of c_k given to the side that faces left costs nothing and adds the same share of c_k (w_k x + b_k).
        """
        pulls = state.c[:, None] * np.stack(
            [state.direction[:, 0], state.direction[:, 1] + self.centre * state.direction[:, 0]], axis=1
        )
        lengths = np.linalg.norm(pulls, axis=1, keepdims=True)
        normals = np.stack([-pulls[:, 1], pulls[:, 0]], axis=1) / np.where(lengths > 0, lengths, 1.0)
        normals = np.concatenate([normals, -normals])
        return float(np.min(np.sum(np.maximum(normals @ pulls.T, 0.0), axis=1) + normals @ state.affine))
