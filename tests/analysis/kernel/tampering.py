"""Attacks from outside of a derivation's text: solvers that give up, libraries in circles, data that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from .judge import s

_NAMES = ("Real", "RealVal", "Bool", "BoolVal", "And", "Or", "Not", "Implies", "If", "sat", "unsat", "Z3Exception")
_TRUE = ("x**2 + y**2 >= 2*x*y", [s("a", "arithmetic", "x**2 + y**2 >= 2*x*y")])


@dataclass(frozen=True)
class Tampering:
    """An attack that is a function of the kernel; it returns whether the kernel fell for it, and what it said."""

    name: str
    reason: str
    attempt: Callable[[SimpleNamespace], tuple[bool, str]]


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    old = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, old)


def _solver(answer: str, reason: str = "") -> Callable[..., Any]:
    """Return a stand-in for z3's solvers that always gives one answer; "raise" raises as z3 does when it is stopped."""

    def make(z3: Any) -> Any:
        def check() -> Any:
            if answer == "raise":
                raise z3.Z3Exception(reason)
            return getattr(z3, answer)

        return SimpleNamespace(
            set=lambda *_: None, add=lambda *_: None, check=check, reason_unknown=lambda: reason,
            model=lambda: SimpleNamespace(eval=lambda v: v),
        )  # fmt: skip

    return make


def _with_solver(answer: str, reason: str = "") -> Callable[[SimpleNamespace], tuple[bool, str]]:
    def attempt(k: SimpleNamespace) -> tuple[bool, str]:
        z3, make = k.arith.z3, _solver(answer, reason)
        stand_in = SimpleNamespace(
            **{n: getattr(z3, n) for n in _NAMES},
            Solver=lambda: make(z3), SolverFor=lambda _: make(z3),
        )  # fmt: skip
        with _replaced(k.arith, "z3", stand_in):
            return replayed(k, *_TRUE)

    return attempt


def replayed(
    k: SimpleNamespace, goal: str, steps: list[Any], library: Any = None, **statement: Any
) -> tuple[bool, str]:
    """Return whether the steps prove the goal, and the reason."""
    stated = k.derivation.Statement(goal, **statement)
    outcome = k.derivation.replay(stated, steps, library) if library else k.derivation.replay(stated, steps)
    return outcome.proved, outcome.reason


def _impatient(k: SimpleNamespace) -> tuple[bool, str]:
    """Real arithmetic of degree 8 in one millisecond."""
    goal = "(x - y)**8 + (y - w)**8 + (w - x)**8 >= 2*(x - y)**3*(y - w)**3*(w - x)**2 - 1/1000"
    with _replaced(k.arith, "_TIMEOUT_MS", 1):
        return replayed(k, goal, [s("a", "arithmetic", goal)])


def _circle(k: SimpleNamespace) -> tuple[bool, str]:
    """Two claims, each proved from the other by a library that replays what it is asked for."""
    goals = {"first": "x == x + 1", "second": "x + 1 == x"}
    steps = {
        "first": [s("c", "apply", "x + 1 == x", "claim:second"), s("a", "arithmetic", "x == x + 1", "c")],
        "second": [s("c", "apply", "x == x + 1", "claim:first"), s("a", "arithmetic", "x + 1 == x", "c")],
    }

    def library(name: str) -> Any:
        statement = k.derivation.Statement(goals[name])
        if not k.derivation.replay(statement, steps[name], library).proved:
            return None
        return k.sequents.Sequent(frozenset(), k.derivation.closed(statement))

    return replayed(k, goals["first"], steps["first"], library)


def _itself(k: SimpleNamespace) -> tuple[bool, str]:
    """A claim that uses itself, asked of a library that knows what is being proved."""
    being_proved = {"claim"}
    sequent = k.sequents.Sequent(frozenset(), k.parsing.Signature().parse_prop("x == x + 1"))
    steps = [s("c", "apply", "x == x + 1", "claim:claim"), s("a", "identity", "x == x + 1", "c", combine={"c": "1"})]
    return replayed(k, "x == x + 1", steps, lambda name: None if name in being_proved else sequent)


class _Shifty(dict):  # type: ignore[type-arg]
    """A step whose list of uses is another at every reading."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.read = 0

    def items(self) -> Any:
        self.read += 1
        return super().items()

    def get(self, key: str, default: Any = None) -> Any:
        if key == "uses":
            self.read += 1
            return [] if self.read == 1 else ["idle"]
        return super().get(key, default)


def _shifty(k: SimpleNamespace) -> tuple[bool, str]:
    steps = [s("idle", "identity", "1 == 1"), _Shifty(s("a", "identity", "x == x"))]
    return replayed(k, "x == x", steps)


def _edited(k: SimpleNamespace) -> tuple[bool, str]:
    """An outcome said to be proved, handed in among the steps and as a claim."""
    true = k.derivation.replay(k.derivation.Statement("x == x"), [s("a", "identity", "x == x")])
    goal = "x == x + 1"
    by_step = replayed(k, goal, [true])
    by_claim = replayed(k, goal, [s("a", "apply", goal, "claim:c")], lambda _: true)
    return by_step[0] or by_claim[0], f"{by_step[1]}; {by_claim[1]}"


def _many_atoms(k: SimpleNamespace) -> tuple[bool, str]:
    """More unknowns than a normal form has room for."""
    goal = " + ".join(f"f({i})" for i in range(120)) + " == 0"
    return k.derivation.refuted_by(k.derivation.Statement(f"not {goal}"), {})


ATTACKS = [
    Tampering("a solver that answers unknown", "the solver gave no answer", _with_solver("unknown", "incomplete")),
    Tampering(
        "a solver that runs out of time", "the solver gave no answer (timeout", _with_solver("unknown", "timeout")
    ),
    Tampering("a solver that is stopped", "the solver gave no answer (canceled", _with_solver("raise", "canceled")),
    Tampering("a solver that finds a counter-model of a true statement", "do not entail", _with_solver("sat")),
    Tampering("a solver with a millisecond", "the solver gave no answer", _impatient),
    Tampering("two claims in a circle", "", _circle),
    Tampering("a claim that uses itself", "the claim claim is not proved", _itself),
    Tampering("a step that changes while it is read", "listed but not used: idle", _shifty),
    Tampering("an outcome for a step and for a theorem", "neither text, integer", _edited),
    Tampering("more unknowns than there is room for", "different atoms in one step", _many_atoms),
]
