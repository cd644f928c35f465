"""What other programs say to the steps of a derivation that a test writes down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lemmata.analysis.kernel.derivation import replay
from lemmata.analysis.proof import Proof, Statement
from lemmata.claims import Claim, Mutant, Text
from lemmata.claims.recheck import coq, coquelicot
from lemmata.claims.recheck.answers import AGREES
from lemmata.claims.recheck.obligations import obligations
from lemmata.claims.recheck.opinion import Opinion, Rechecker, judge, proved
from lemmata.claims.recheck.solver import Solver

KINDS = "i,j,k,s:Z n,m,d,p:N"


def opinions(rechecker: Rechecker, goal: str, hyps: dict[str, str], steps: list[dict]) -> list[Opinion]:
    """Return what is said to each step."""
    proof = Proof(Statement(goal, hyps, KINDS), steps)
    claim = Claim(
        id="t.case", title="t", paper="t", relation="as-claimed", locator="t", kind="inequality", expected="proved",
        statement=Text("t"), proof=lambda: proof, mutants=(Mutant("m", "constant", {}),),
    )  # fmt: skip
    return rechecker.opinions(claim, {})


def hurried(statement: Statement, steps: list[dict]) -> Iterator[Opinion]:
    """Yield what is said to the steps, the last one first, where the programs have little time.

    What is wrong is not agreed with in any time; waiting for that takes long.
    """
    solver = Solver(0.3)
    try:
        with pytest.MonkeyPatch.context() as patch:
            for program in (coq, coquelicot):
                patch.setattr(program, "_SECONDS", 1)
            for o in reversed(obligations(Proof(statement, steps), {})):
                yield judge("t.case", o, solver, proved([o]))
    finally:
        solver.close()


def last_opinion(goal: str, hyps: dict[str, str], steps: list[dict]) -> Opinion:
    """Return what is said to the last step in little time."""
    return next(hurried(Statement(goal, hyps, KINDS), steps))


class Case:
    """A derivation whose last step is right, and replacements in its texts that make it wrong.

    What replaces "drop name" is the step without that premise.
    """

    def __init__(self, name: str, hyps: dict[str, str], steps: list[dict], *wrong: tuple[str, str]) -> None:
        self.name, self.hyps, self.steps, self.wrong = name, hyps, steps, wrong

    def check(self, rechecker: Rechecker) -> None:
        """The kernel and the other programs accept the steps, and none of them a wrong last one."""
        goal = self.steps[-1]["goal"]
        assert replay(Statement(goal, self.hyps, KINDS), self.steps).proved
        said = opinions(rechecker, goal, self.hyps, self.steps)
        assert [(o.step, o.answer, o.reason) for o in said if o.answer != AGREES] == []
        for old, new in self.wrong:
            last = _edited(self.steps[-1], old, new)
            assert last != self.steps[-1], f"{old} does not occur"
            steps = [*self.steps[:-1], last]
            assert not replay(Statement(last["goal"], self.hyps, KINDS), steps).proved, f"the kernel accepts {new}"
            assert last_opinion(last["goal"], self.hyps, steps).answer != AGREES, f"{old} -> {new}"


def _edited(raw: dict, old: str, new: str) -> dict:
    if old.startswith("drop "):
        return {**raw, "uses": [u for u in raw["uses"] if u != old[5:]]}
    return {k: v.replace(old, new) if isinstance(v, str) and k not in ("id", "rule") else v for k, v in raw.items()}
