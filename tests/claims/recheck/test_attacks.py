"""The other programs do not fall for what the kernel is attacked with, by their own reading of it."""

import pytest

from lemmata.analysis.kernel.derivation import Statement
from lemmata.claims.recheck.answers import AGREES
from lemmata.claims.recheck.obligations import APART
from lemmata.claims.recheck.opinion import UNREADABLE

from ...analysis.kernel import attacks_assumptions, attacks_calculus, attacks_logic, attacks_sums
from ...analysis.kernel.judge import Attack
from .second import hurried

ATTACKS = [
    a
    for module in (attacks_logic, attacks_sums, attacks_calculus, attacks_assumptions)
    for a in module.ATTACKS
    if isinstance(a, Attack) and not a.axioms and not a.library and any(s.get("rule") in APART for s in a.steps)
]
#: Derivations of something true that the kernel refuses for what they have too much of.
TRUE = ("two limits, one idle",)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_no_attack_is_agreed_with(attack):
    pytest.importorskip("cvc5")
    statement = Statement(attack.goal, dict(attack.hyps), attack.declare, dict(attack.let))
    try:
        agreed = all(o.answer == AGREES for o in hurried(statement, list(attack.steps)))
    except UNREADABLE:
        agreed = False  # a derivation that the kernel cannot read either
    assert not agreed or attack.name in TRUE  # what is true may be agreed with, given Coq and time
