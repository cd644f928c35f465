"""What an attack on the kernel is, and how a kernel is tried with one.

The kernel is handed in, so that the same attacks can be made on a copy of it in which one check is switched off.
Attacks are plain data; `accepts` says whether the kernel fell for one, and what it answered.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

MODULES = (
    "terms", "parsing", "printing", "polynomials", "shapes", "index_sums", "known", "reductions", "normal", "calculus",
    "improper", "moments", "evaluate", "arith", "sequents", "supply", "rules_arithmetic", "rules_logic",
    "rules_binders", "rules_calculus", "rules", "axioms", "derivation",
)  # fmt: skip


def kernel() -> SimpleNamespace:
    """Return the modules of the installed kernel by name."""
    return SimpleNamespace(**{m: importlib.import_module(f"lemmata.analysis.kernel.{m}") for m in MODULES})


def s(id: str, rule: str, goal: str, *uses: str, **params: Any) -> dict[str, Any]:
    """Return one step of a derivation."""
    return {"id": id, "rule": rule, "goal": goal, "uses": list(uses), **params}


@dataclass(frozen=True)
class Attack:
    """A derivation that must not be accepted.

    Arguments:
        name: what is tried.
        reason: words that the kernel's answer contains.
        goal: the goal, false or not to be had this way.
        steps: the derivation.
        hyps: named hypotheses.
        declare: kinds of variables.
        let: abbreviations.
        axioms: further axioms of the kernel's axiom file, as arguments of its dataclass.
        library: what the claims are that a derivation may use: statements (as goal texts) or other objects.
    """

    name: str
    reason: str
    goal: str
    steps: tuple[Any, ...] | list[Any]
    hyps: Mapping[str, str] = field(default_factory=dict)
    declare: str = ""
    let: Mapping[str, str] = field(default_factory=dict)
    axioms: tuple[Mapping[str, Any], ...] = ()
    library: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Witness:
    """Values that must not refute a true statement, or must not pass for a point where all hypotheses hold.

    Arguments:
        name: what is tried.
        reason: words that the kernel's answer contains.
        values: the values written for variables and symbols.
        goal: the goal that is not to be refuted; empty where the point is to be rejected as one of the hypotheses.
        hyps: the hypotheses.
        declare: kinds of variables.
        let: abbreviations.
        steps: steps that prove hypotheses at the point.
    """

    name: str
    reason: str
    values: Mapping[str, str]
    goal: str = ""
    hyps: Mapping[str, str] = field(default_factory=dict)
    declare: str = ""
    let: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Any, ...] = ()


@contextmanager
def _more_axioms(k: SimpleNamespace, axioms: tuple[Mapping[str, Any], ...]) -> Iterator[None]:
    names = [a["name"] for a in axioms]
    k.axioms.AXIOMS.update({a["name"]: k.axioms.Axiom(prose="", reference="", **a) for a in axioms})
    try:
        yield
    finally:
        for name in names:
            del k.axioms.AXIOMS[name]


def _library(k: SimpleNamespace, attack: Attack) -> Any:
    def look_up(name: str) -> Any:
        found = attack.library.get(name)
        if not isinstance(found, str):
            return found
        return k.sequents.Sequent(
            frozenset(), k.derivation.Statement(found, declare=attack.declare).signature().parse(found)
        )

    return look_up


def accepts(k: SimpleNamespace, attack: Any) -> tuple[bool, str]:
    """Return whether the kernel accepts the attack, and what it says; an exception that it lets escape is an answer."""
    try:
        if hasattr(attack, "attempt"):  # a function of the kernel
            return attack.attempt(k)  # type: ignore[no-any-return]
        if isinstance(attack, Attack):
            statement = k.derivation.Statement(attack.goal, dict(attack.hyps), attack.declare, dict(attack.let))
            with _more_axioms(k, attack.axioms):
                outcome = k.derivation.replay(statement, list(attack.steps), _library(k, attack))
            return outcome.proved, outcome.reason
        goal = attack.goal or "True"
        statement = k.derivation.Statement(
            goal, dict(attack.hyps), attack.declare, dict(attack.let), attack.values, attack.steps
        )
        if attack.goal:
            return k.derivation.refuted_by(statement, attack.values, attack.steps)
        told = k.derivation.inhabited(statement)
        return not told, told
    except Exception as err:
        return False, f"crash: {type(err).__name__}: {err}"
