"""The values of λ at which the knots of the regularisation path change, one after the other, and what happens there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from .circle import correlation
from .contacts import largest, local_maxima
from .faces import data_rows, null_space
from .homotopy import Data, Margin, Piece, State, balanced_units
from .noiseless import NoiselessSolution
from .units import Units, no_units

Array = NDArray[np.float64]
Solver = Callable[[float, Units], NoiselessSolution]
Kind = Literal["enters", "leaves", "reaches", "departs", "crosses", "merges", "splits", "balances", "unbalances"]

_STEP = 0.05  # relative step in λ at which margins are looked at, at most
_FIRST = 1e-4  # and at least, to begin with, where breakpoints are near each other
_SHORTEST = 1e-7  # relative step below which the system is given up
_SPENT = 1e-9  # a margin that has vanished, up to the width to which its breakpoint is known
_SKIP, _FARTHEST = 1e-3, 0.5  # parts of λ passed over where the path is lost: at first, doubled if still lost, at most
_LOCATED = 1e-13  # relative width to which a breakpoint is enclosed
_BELOW = (1e-8, 1e-7, 1e-9, 1e-6, 1e-5, 1e-4)  # relative distances below a breakpoint at which to look for what follows
_AGREED = 1e-10  # relative difference of a breakpoint seen from above and from below that is none
_DOUBTFUL = 1e-9  # and one beyond which others may hide in it
_FLOOR = 1e-14  # part of λ_max below which the walk ends: residuals of that size are the rounding of the targets
_BALANCED = 1e-9  # |(Σ r x, Σ r)|/λ below which it counts as 0
_CONSTANT = 1e-11  # slope of a unit common to all data that rounding explains: it has no knot
_NEAR = 1e-5  # distance, relative to the spread of the inputs, at which knots above and below a breakpoint may be one
_STANDING = 1e-12  # distance of |g|/λ from 1 at which a contact without weight is taken to stay one


@dataclass(frozen=True)
class PathEvent:
    """What happens to a knot of f as λ falls through a breakpoint.

    kind: it "enters", "leaves", "reaches" a datum and stays there, "departs" from one, "crosses" one; it "merges" with
    another or "splits" from it; at a change of phase f "balances", Σ r = Σ r x = 0 from there on, or "unbalances".
    location: of the knot there, None for a change of phase; datum: index of the datum concerned among the distinct
    inputs, ascending, or None.
    """

    kind: Kind
    location: float | None
    datum: int | None


@dataclass(frozen=True)
class Breakpoint:
    """A λ at which the set of knots changes, and how, as λ falls.

    error: difference of two determinations, one from the active set above and one from that below; inf where the
    latter was not found. Where it is more than rounding, there may be others within it, and the interval is listed as
    unresolved. knots_above, knots_below: number of knots of f on either side.
    """

    lam: float
    error: float
    events: tuple[PathEvent, ...]
    knots_above: int
    knots_below: int


@dataclass(frozen=True)
class _Held:
    """A knot: twice the index of its datum or, inside an interval, of the datum on its left, plus 1; sign; place."""

    cell: int
    sign: float
    location: float


def _held(active: Active | None) -> list[_Held]:
    if active is None:
        return []
    piece, state = active.piece, active.state
    x = piece.data.circle.x
    size, reach = len(x), float(np.max(np.abs(x)))
    found: list[_Held] = []
    for place, sign, (w, b) in zip(piece.place.tolist(), piece.sign.tolist(), state.direction.tolist(), strict=True):
        cell = -1 if place == 2 * size else 2 * size - 2 - place if place < 2 * size else 4 * size - place
        if cell < 0 and abs(w) * max(reach, 1.0) <= _CONSTANT:
            continue
        held = _Held(cell, sign, float(x[cell // 2]) if cell % 2 == 0 else -b / w)
        if cell % 2 == 1 or held not in found:  # both sides at a datum are one knot
            found.append(held)
    return found


def _changes(before: list[_Held], after: list[_Held], phases: tuple[bool, bool], x: Array) -> tuple[PathEvent, ...]:
    """Events that lead from one list of knots to the other; phases: whether each is balanced; x: the inputs."""
    spread, around = float(np.ptp(x)), 2 * len(x)

    def rest(some: list[_Held], others: list[_Held]) -> list[_Held]:
        known, left = Counter((held.cell, held.sign) for held in others), []
        for held in some:
            known[held.cell, held.sign] -= 1
            if known[held.cell, held.sign] < 0:
                left.append(held)
        return left

    def near(held: _Held, others: list[_Held], cells: int, distance: float) -> list[_Held]:
        # Outside of the data is one cell, −1: it lies beside the first datum and the last.
        apart = [abs(other.cell - held.cell) for other in others]
        close = [min(steps, around - steps) <= cells for steps in apart]
        some = [other for other, good in zip(others, close, strict=True) if good and other.sign == held.sign]
        return [other for other in some if abs(other.location - held.location) <= distance]

    gone, new = rest(before, after), rest(after, before)
    events = []
    if phases[0] != phases[1]:
        events.append(PathEvent("balances" if phases[1] else "unbalances", None, None))
    for held in list(gone):
        moved = near(held, new, 2, _NEAR * spread)
        if moved:
            other = min(moved, key=lambda item: abs(item.location - held.location))
            gone.remove(held)
            new.remove(other)
            crossed = 2 * int(np.argmin(np.abs(x - held.location)))
            datum = next(c // 2 for c in (held.cell, other.cell, crossed) if c % 2 == 0)
            kind: Kind = "reaches" if other.cell % 2 == 0 else "departs" if held.cell % 2 == 0 else "crosses"
            events.append(PathEvent(kind, (other if kind == "reaches" else held).location, datum))
    for held in gone:
        joins = bool(near(held, after, 1, _NEAR * spread))
        events.append(PathEvent("merges" if joins else "leaves", held.location, _datum(held)))
    for held in new:
        parts = bool(near(held, before, 1, _NEAR * spread))
        events.append(PathEvent("splits" if parts else "enters", held.location, _datum(held)))
    return tuple(events)


def _datum(held: _Held) -> int | None:
    return held.cell // 2 if held.cell % 2 == 0 else None


def _switched(piece: Piece, state: State, margin: Margin) -> Units | None:
    """The active set that follows when a margin is spent, or None where that is not plain."""
    circle = piece.data.circle
    size, k = circle.size, margin.index
    place, c, direction = piece.place.copy(), state.c.copy(), state.direction.copy()
    if margin.kind == "weight":
        keep = np.arange(len(c)) != k
        place, c, direction = place[keep], c[keep], direction[keep]
    elif margin.kind in ("low", "high"):
        reached = [size - 1, size + 1] if place[k] == 2 * size else [place[k] // 2, place[k] // 2 + 1]
        end = int(reached[margin.kind == "high"])
        if end in (0, 2 * size):
            return None
        place[k], direction[k] = 2 * end, circle.unit[end]
    elif margin.kind in ("before", "after"):
        place[k] += -1 if margin.kind == "before" else 1
        if abs(place[k] - 2 * size) == 1:
            if piece.balanced:
                return None
            place[k] = 2 * size
    elif margin.kind == "contact":
        place = np.append(place, margin.index)
        c = np.append(c, 1e-12 * margin.sign * np.sum(np.abs(c)))
        direction = np.append(direction, [[np.cos(margin.phi), np.sin(margin.phi)]], axis=0)
    else:
        return None
    return Units(np.arctan2(direction[:, 1], direction[:, 0]), c, place, direction) if len(c) else None


@dataclass(frozen=True)
class Active:
    """An active set with its state at λ, the places of contacts that carry no weight and stay, its least margins."""

    piece: Piece
    lam: float
    state: State
    standing: frozenset[int]
    margins: list[Margin]

    @property
    def least(self) -> float:
        """Positive where the set is optimal."""
        return self.margins[0].value

    def units(self) -> Units:
        """Its units (in the balanced phase those that face right)."""
        direction = self.state.direction
        return Units(np.arctan2(direction[:, 1], direction[:, 0]), self.state.c, self.piece.place, direction)

    def at(self, lam: float) -> Active | None:
        """The same set at another λ; None where the system could not be solved."""
        return _active(self.piece, self.state, lam, self.standing)


def _active(piece: Piece, start: State, lam: float, standing: frozenset[int]) -> Active | None:
    state = piece.solve(start, lam)
    return None if state is None else Active(piece, lam, state, standing, piece.margins(state, lam, standing))


class _Follower:
    """Walks down the path, from active set to active set."""

    def __init__(self, data: Data, solve: Solver) -> None:
        self.data, self.solve = data, solve

    def _optimal(self, units: Units, balanced: bool, lam: float) -> Active | None:
        """The active set of units with its state at λ, if it is optimal there."""
        if len(units) < (2 if balanced else 1):
            return None
        piece = Piece(self.data, units, balanced)
        state = piece.solve(piece.start(units), lam)
        if state is None or np.any(np.sign(state.c) != piece.sign):
            return None
        standing = self._standing(piece, state, lam)
        found = Active(piece, lam, state, standing, piece.margins(state, lam, standing))
        return found if found.least > 0 else None

    def _standing(self, piece: Piece, state: State, lam: float) -> frozenset[int]:
        """Places of contacts without weight that stay ones, for the data cannot tell them from the units in use."""
        near = local_maxima(self.data.circle, piece.field(state, lam), 1.0 - _STANDING)
        known, found = set(piece.place.tolist()), set()
        units = Active(piece, lam, state, frozenset(), []).units()
        for k, place in enumerate(near.place.tolist()):
            if place not in known:
                both = units.join(near.pick(np.array([k])))
                if null_space(data_rows(self.data.circle, both, self.data.omega)).shape[1] > 0:
                    found.add(place)
        return frozenset(found)

    def valid(self, units: Units, balanced: bool, lam: float) -> Active | None:
        """The same, as one of the balanced phase wherever it is one."""
        found = self._optimal(units, balanced, lam)
        if found is None or balanced:
            return found
        common = float(np.hypot(*found.piece.field(found.state, lam).vector[self.data.circle.size]))
        if common > _BALANCED:
            return found
        return self._optimal(balanced_units(self.data.circle, found.units()), True, lam) or found

    def switched(self, above: Active, ended: list[Margin], lam: float) -> Active | None:
        """The active set at λ that follows one whose margins have ended, by the first single change that is optimal."""
        for margin in ended:
            units = _switched(above.piece, above.state, margin)
            found = None if units is None else self.valid(units, above.piece.balanced, lam)
            if found is not None:
                return found
        return None

    def solved(self, lam: float, start: Units) -> Active | None:
        """The active set at λ as the solver finds it."""
        solution = self.solve(lam, start)
        units = Units(solution.units.phi, lam * solution.units.c, solution.units.place, solution.units.direction)
        common = float(np.hypot(*solution.field.vector[self.data.circle.size]))
        knots = balanced_units(self.data.circle, units.pick(units.place != 2 * self.data.circle.size))
        if common <= _BALANCED:
            return self._optimal(knots, True, lam) or self._optimal(units, False, lam)
        return self.valid(units, False, lam)


def _end(first: Active, second: Active) -> Active | None:
    """An active set where its least margin changes its sign, given it at two λ; None where it does not, or is lost."""
    known = {first.lam: first, second.lam: second}

    def least(lam: float) -> float:
        if lam not in known:
            found = known[min(known, key=lambda other: abs(other - lam))].at(lam)  # from the nearest: fewest steps
            if found is None:
                raise ArithmeticError
            known[lam] = found
        return known[lam].least

    if np.sign(first.least) == np.sign(second.least):
        return None
    try:
        end = float(brentq(least, min(known), max(known), xtol=_LOCATED * first.lam))
        least(end)
    except ArithmeticError:
        return None
    return known[end]


def _next(
    follower: _Follower, above: Active | None, ended: list[Margin], star: float, lowest: float
) -> tuple[float, Active, Active] | None:
    """The active set below a breakpoint: how far off it puts that, itself where it ends upwards and where optimal.

    Where its upper end is not found, the first is the second.
    """
    best: tuple[float, Active, Active] | None = None
    for delta in _BELOW:
        lam = star * (1.0 - delta)
        if lam <= lowest:
            break
        found = None
        if above is not None:
            found = follower.switched(above, ended, lam)
        if found is None:
            found = follower.solved(lam, no_units() if above is None else above.units())
        if found is None:
            continue
        beyond = found.at(star * (1.0 + 8.0 * delta))
        upper = None if beyond is None else _end(found, beyond)
        error = np.inf if upper is None else abs(upper.lam - star)
        if best is None or error < best[0]:
            best = error, upper or found, found
        if error <= _AGREED * star:
            break
    return best


def _spent(margins: list[Margin]) -> list[Margin]:
    """Those that vanish at a breakpoint, new contacts last: a unit that leaves its place makes a contact beside it.

    The least one is always of them: it has changed its sign, however steep it is.
    """
    some = [margin for k, margin in enumerate(margins) if k == 0 or abs(margin.value) <= _SPENT]
    return sorted(some, key=lambda margin: margin.kind == "contact")


def _down(active: Active, width: float, lowest: float) -> tuple[Active, list[Margin]] | None:
    """An active set where it ends, and the margins that end it; None if it does not end.

    Without such margins the set was lost there.
    width: relative step at which margins are looked at first; it doubles up to 5 %.
    """
    while active.lam > lowest:
        step = active.at(max(active.lam * (1.0 - width), lowest))
        if step is not None and step.least > 0:
            active, width = step, min(2.0 * width, _STEP)
        elif step is not None:
            end = _end(active, step)
            return (active, []) if end is None else (end, _spent(end.margins))
        elif width > _SHORTEST:
            width *= 0.5
        else:
            return active, []
    return None


def find_breakpoints(
    data: Data, lowest: float, solve: Solver
) -> tuple[tuple[Breakpoint, ...], tuple[tuple[float, float], ...]]:
    """All breakpoints from λ_max down to a lowest λ, and the intervals of λ on which the path could not be followed.

    An active set optimal at one λ is followed down, by Newton's method on its conditions, to the λ at which one of its
    margins vanishes. The next differs by one unit or place; where no such change is optimal just below, as at a change
    of phase, the solver is asked. Followed upwards the new set gives the same λ again, or its error.

    Args: data: distinct inputs, weights, targets; lowest: λ > 0; solve: the noiseless problem at a λ, from units with
        weights in the scale of y.
    Returns: breakpoints, descending, and (lower, upper) of each interval that was passed over.
    Source: derived in this project.
    """
    follower = _Follower(data, solve)
    given = lowest
    star = largest(correlation(data.circle, data.omega * data.y))
    above: Active | None = None
    ended: list[Margin] = []
    before: tuple[list[_Held], bool] | None = ([], False)  # knots above and whether they balance; None if not known
    found: list[Breakpoint] = []
    lost: list[tuple[float, float]] = []
    lowest = max(lowest, _FLOOR * star)
    width, skip = _STEP, _SKIP
    while star > lowest:
        following = _next(follower, above, ended, star, lowest)
        if following is None:
            if star * (1.0 - max(_BELOW)) <= lowest:  # nothing but rounding is left
                break
            below = max(star * (1.0 - skip), lowest)
            high = lost.pop()[1] if lost and lost[-1][0] == star else star
            lost.append((below, high))
            star, above, ended, before, skip = below, None, [], None, min(2.0 * skip, _FARTHEST)
            continue
        error, end, active = following
        skip = _SKIP
        if error > _DOUBTFUL * star and before is not None:
            lost.append((min(star, end.lam), max(star, end.lam)))
        if before is not None:
            held, there = _held(active), _held(end)  # knots may be fast: those that stay are near only at its very λ
            after = there if len(there) == len(held) else held, active.piece.balanced
            events = _changes(before[0], after[0], (before[1], after[1]), data.circle.x)
            if events:
                found.append(Breakpoint(star, float(error), events, len(before[0]), len(after[0])))
        step = _down(active, width, lowest)
        if step is None:
            break
        above, ended = step
        width = min(max(2.0 * (1.0 - above.lam / star), _FIRST), _STEP)
        star = above.lam
        before = _held(above), above.piece.balanced
    if given < lowest:
        lost.append((given, lowest))
    return tuple(found), tuple(lost)
