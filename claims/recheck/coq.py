"""Coq as another program: differences that vanish by `field`, comparisons of numbers by `interval`, and calculus.

Where Debian's coq with its interval library is installed, the lemmas of a claim are replayed in one run of coqtop,
which goes on after a lemma that fails.  A lemma counts where Coq's own kernel has taken its proof (Qed).
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from tempfile import TemporaryDirectory
from typing import TypeVar

from ...analysis.kernel.terms import Term
from . import coquelicot
from .shapes import factored, reciprocal_power, shape, spread, whole_power

Key = TypeVar("Key")

_SECONDS = 5  # for one lemma
_START = 30  # for the libraries
_NATIVE = {"sqrt": "sqrt", "exp": "exp", "log": "ln", "sin": "sin", "cos": "cos", "atan": "atan", "abs": "Rabs"}
_HEAD = """Require Import Reals Lra Psatz.
Open Scope R_scope.
Ltac nonzero := first [assumption | let H := fresh in intro H; match goal with G : _ <> 0 |- _ => apply G; nra end].
"""
_INTERVAL = "From Interval Require Import Tactic.\n"


class _NoForm(Exception):
    """The term has no text here."""


def _ask(script: str, seconds: float) -> str | None:
    with TemporaryDirectory() as folder:  # Coq leaves files of what it has found where it runs
        try:
            done = subprocess.run(
                ["coqtop", "-q", "-quiet"],
                input=script, capture_output=True, text=True, timeout=seconds, check=False, cwd=folder,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return None
    return done.stdout


@cache
def present() -> tuple[str, ...]:
    """Return which of "field", "interval" and "calculus" Coq offers here: the last two with their libraries."""
    if shutil.which("coqtop") is None:
        return ()
    samples = {
        "field": ("", "forall x : R, x + x = 2 * x. Proof. intros. field. Qed."),
        "interval": (_INTERVAL, "3 < PI. Proof. interval. Qed."),
        "calculus": (coquelicot.HEAD, "forall x : R, is_derive (fun x => (sin x)) x (cos x). Proof. slope. Qed."),
    }
    return tuple(
        name for name, (head, lemma) in samples.items()
        if (said := _ask(f"{_HEAD}{head}Lemma step : {lemma}\nCheck step.\n", _START)) and _taken("step", said)
    )  # fmt: skip


class _Writer:
    def __init__(self, closed: bool) -> None:
        self.closed = closed
        self.names: dict[Term, str] = {}
        self.inverted: dict[str, None] = {}

    def real(self, t: Term) -> str:
        op = t[0]
        if op == "num":
            return _number(t[1])
        if op in ("add", "mul"):
            return "(" + f" {'+' if op == 'add' else '*'} ".join(self.real(s) for s in t[1:]) + ")"
        if op == "inv":
            below = self.real(t[1])
            if t[1][0] != "num":
                self.inverted.setdefault(below)
            return f"(/ {below})"
        if (e := whole_power(t)) is not None:
            return self.real(reciprocal_power(t, e)) if e < 0 else f"({self.real(t[1])} ^ {e})"
        if self.closed:
            return self._function(t)
        whole = factored(spread(t))
        if whole != t:
            return self.real(whole)
        return self.names.setdefault(shape(t), f"u{len(self.names)}")

    def _function(self, t: Term) -> str:
        if t == ("fn", "pi"):
            return "PI"
        if t[0] == "fn" and t[1] in _NATIVE:
            return f"({_NATIVE[t[1]]} {self.real(t[2])})"
        raise _NoForm


def _number(c: Fraction) -> str:
    return f"({c.numerator})" if c.denominator == 1 else f"({c.numerator} / {c.denominator})"


def vanishing(difference: Term) -> str | None:
    """Return statement and proof that a difference is 0 where nothing that it divides by is, or None without a text.

    >>> x = ("var", "x", "R")
    >>> print(vanishing(("add", ("mul", x, ("inv", x)), ("num", Fraction(-1)))))
    forall u0 : R, u0 <> 0 -> ((u0 * (/ u0)) + (-1)) = 0. Proof. intros. timeout 5 (field; repeat split; nonzero). Qed.
    """
    writer = _Writer(closed=False)
    text = writer.real(difference)
    names = " ".join(writer.names.values())
    quantified = f"forall {names} : R, " if names else ""
    given = "".join(f"{d} <> 0 -> " for d in writer.inverted)
    split = "field; repeat split; nonzero" if given else "ring || field"
    return f"{quantified}{given}{text} = 0. Proof. intros. timeout {_SECONDS} ({split}). Qed."


def comparison(p: Term) -> str | None:
    """Return statement and proof of a comparison of numbers, or None where Coq has no such function."""
    relation = {"lt": "<", "le": "<="}.get(str(p[0]))
    if relation is None:
        return None
    writer = _Writer(closed=True)
    try:
        left, right = writer.real(p[1]), writer.real(p[2])
    except _NoForm:
        return None
    return f"{left} {relation} {right}. Proof. timeout {_SECONDS} (interval with (i_prec 100)). Qed."


def file(lemma: str) -> str:
    """Return a lemma of calculus, statement and proof, as a file that Coq compiles."""
    return f"{_HEAD}{coquelicot.HEAD}Lemma step : {lemma}\n"


def replay(lemmas: Mapping[Key, str], calculus: bool = False) -> frozenset[Key]:
    """Return the keys of the lemmas, each statement and proof, that Coq takes; `calculus` if they are of coquelicot.py.

    A lemma is taken where Coq's kernel has accepted its proof.
    """
    if not lemmas or ("calculus" if calculus else "field") not in present():
        return frozenset()
    names = {f"step_{k}": name for k, name in enumerate(lemmas)}
    texts = [f"Lemma {own} : {lemmas[name]}\nAbort.\n" for own, name in names.items()]
    head = coquelicot.HEAD if calculus else _INTERVAL if "interval" in present() else ""
    checks = [f"Check {own}.\n" for own in names]
    said = _ask("".join([_HEAD, head, *texts, *checks]), _START + 2 * _SECONDS * len(lemmas))
    return frozenset(name for own, name in names.items() if said is not None and _taken(own, said))


def _taken(own: str, said: str) -> bool:
    return any(line.strip() == own for line in said.splitlines())
