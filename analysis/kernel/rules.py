"""The rules of inference: each takes proved sequents and a stated goal, and either accepts the goal or raises.

Rules never guess: what is to be proved is written in the step, and a rule only checks that it follows.
"""

from __future__ import annotations

from collections.abc import Callable

from .rules_arithmetic import arithmetic, certificate, enclosure, identity, sign
from .rules_binders import congruence, linear, monotone, sums
from .rules_calculus import continuous, derivative, fundamental_theorem, limit
from .rules_logic import apply, discharge, generalize, induction, introduce, obtain, witness
from .sequents import Step
from .terms import Term

RULES: dict[str, Callable[[Step], frozenset[Term]]] = {
    "identity": identity, "arithmetic": arithmetic, "sign": sign, "certificate": certificate, "discharge": discharge,
    "generalize": generalize, "apply": apply, "introduce": introduce, "induction": induction, "witness": witness,
    "obtain": obtain,
    "congruence": congruence, "monotone": monotone, "sums": sums, "linear": linear, "derivative": derivative,
    "continuous": continuous, "limit": limit, "fundamental-theorem": fundamental_theorem, "enclosure": enclosure,
}  # fmt: skip
