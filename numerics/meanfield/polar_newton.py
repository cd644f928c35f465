"""Newton's method on the weights and directions of units, which stays regular where a weight goes through zero."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, arb_mat, ctx

from .decimals import exact
from .reduced_system import ReducedSystem

Vector = tuple[arb, arb]

_STEPS = 60
_HALVINGS = 30
_ROUNDING = 1e-9  # weight, relative to the largest unknown, whose sign may be rounding


def _largest(column: arb_mat) -> arb:
    """The largest entry's size, as a number."""
    return max((abs(v).mid() for v in column.entries()), key=lambda v: exact(v) if v.is_finite() else 0, default=arb(0))


def _scale(system: ReducedSystem, z: arb_mat) -> arb:
    """The size of the largest unknown, or of the largest that one of them alone would have without a penalty."""
    alone = [abs(system.right[k, 0] / system.matrix[k, k]).mid() for k in range(system.size)]
    return max([_largest(z), *(v for v in alone if v.is_finite())], key=exact)


@dataclass(frozen=True, eq=False)
class _State:
    """Unknowns z (n, 1) in midpoints, with u = c·e, |e| = 1, for each free contact: c and e by its first unknown."""

    system: ReducedSystem
    z: arb_mat
    weight: dict[int, arb]
    direction: dict[int, Vector]

    def conditions(self) -> arb_mat:
        """⟨v, e⟩ + level and ⟨v, e′⟩ at the free contacts, v the part of G z − h; the gradient's entries elsewhere."""
        field = self.system.matrix * self.z - self.system.right
        result = field + self.system.flat
        for k, (w, b) in self.direction.items():
            p, q = field[k, 0], field[k + 1, 0]
            result[k, 0], result[k + 1, 0] = p * w + q * b + self.system.level, q * w - p * b
        return result

    def jacobian(self) -> arb_mat:
        """Their derivatives in the weights and angles of the free contacts, and in the other unknowns."""
        field = self.system.matrix * self.z - self.system.right
        size = self.system.size
        one = [int(i == j) for i in range(size) for j in range(size)]
        turn, rows = arb_mat(size, size, one), arb_mat(size, size, one)
        for k, (w, b) in self.direction.items():
            c = self.weight[k]
            turn[k, k], turn[k + 1, k], turn[k, k + 1], turn[k + 1, k + 1] = w, b, -c * b, c * w
            rows[k, k], rows[k, k + 1], rows[k + 1, k], rows[k + 1, k + 1] = w, b, -b, w
        result = rows * self.system.matrix * turn
        for k, (w, b) in self.direction.items():
            p, q = field[k, 0], field[k + 1, 0]
            result[k, k + 1] += q * w - p * b
            result[k + 1, k + 1] -= p * w + q * b
        return result.mid()

    def moved(self, step: arb_mat) -> _State:
        """The state after a step in those unknowns."""
        z, weight, direction = self.z + step, {}, {}
        for k, (w, b) in self.direction.items():
            turn = step[k + 1, 0]
            length = (1 + turn * turn).sqrt()
            e = ((w - turn * b) / length).mid(), ((b + turn * w) / length).mid()
            weight[k], direction[k] = (self.weight[k] + step[k, 0]).mid(), e
            z[k, 0], z[k + 1, 0] = weight[k] * e[0], weight[k] * e[1]
        return _State(self.system, z.mid(), weight, direction)

    def vanished(self) -> tuple[bool, ...]:
        """Whether the weight of each contact is zero, to half the precision, or has turned to the other sign."""
        least = _scale(self.system, self.z) * arb(2) ** (-ctx.prec // 2)
        result = []
        for contact, k in zip(self.system.contacts, self.system.offset, strict=True):
            if contact.kind == "affine":
                result.append(False)
            else:
                weight = self.z[k, 0] * contact.sign if contact.direction is not None else self.weight[k]
                result.append(not weight > least)
        return tuple(result)


def _start(system: ReducedSystem, z: arb_mat) -> _State:
    """The state at z; a weight at the level of rounding takes the sign that the correlation asks for."""
    field, scale = system.matrix * z - system.right, _scale(system, z) * _ROUNDING
    weight, direction = {}, {}
    for k in system.free:
        p, q = z[k, 0], z[k + 1, 0]
        length = (p * p + q * q).sqrt()
        w, b = (p / length).mid(), (q / length).mid()
        weight[k], direction[k] = length.mid(), (w, b)
        if length < scale and field[k, 0] * w + field[k + 1, 0] * b > 0:
            weight[k], direction[k] = -length.mid(), (-w, -b)
    return _State(system, z.mid(), weight, direction)


def polar_newton(system: ReducedSystem, z: arb_mat) -> tuple[arb_mat, tuple[bool, ...]] | None:
    """Solve the conditions of a reduced system from z, in the weight c and the angle of each u = c e(φ).

    The conditions at a free contact are ⟨v, e⟩ = −level and ⟨v, e′⟩ = 0, v the part of G z − h of its range. Unlike
    the gradient in u they are regular at c = 0: a unit that does not belong shows by a weight that turns negative.
    Steps are halved while the conditions get worse.

    Args: system; z: unknowns to start from (n, 1), every u ≠ 0.
    Returns: the unknowns at the current precision, and whether each contact's weight is zero to half the precision or
        below; None where a step is not defined.
    Source: derived in this project.
    """
    state = _start(system, z)
    size, small = _largest(state.conditions()), arb(2) ** (-ctx.prec // 2 - 8)
    for _ in range(_STEPS):
        try:
            step = state.jacobian().solve(state.conditions().mid()).mid()
        except ZeroDivisionError:
            return None
        if not all(v.is_finite() for v in step.entries()):
            return None
        done = all(
            bool(abs(v) <= small * (1 if k - 1 in state.direction else _scale(system, state.z)))
            for k, v in enumerate(step.entries())
        )
        length = arb(1)
        for _ in range(1 if done else _HALVINGS):
            trial = state.moved(step * (-length))
            trial_size = _largest(trial.conditions())
            if trial_size < size:
                state, size = trial, trial_size
                break
            length = length / 2
        else:
            break
        if done:
            break
    return state.z, state.vanished()
