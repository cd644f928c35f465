"""No attack on the kernel is accepted, each is answered for the stated reason; every valid use still is accepted."""

import pytest

from . import (
    attacks_arithmetic,
    attacks_assumptions,
    attacks_calculus,
    attacks_examiner,
    attacks_logic,
    attacks_replay,
    attacks_sums,
    attacks_witnesses,
    examples,
    tampering,
)
from .judge import accepts, kernel

KERNEL = kernel()
ATTACKS = [
    a
    for module in (
        attacks_arithmetic, attacks_logic, attacks_sums, attacks_calculus, attacks_replay, attacks_witnesses,
        attacks_examiner, attacks_assumptions, tampering,
    )
    for a in module.ATTACKS
]  # fmt: skip
EXAMPLES = [*examples.PROVED, *examples.REFUTED, *examples.INHABITED]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_the_kernel_does_not_fall_for(attack):
    accepted, answer = accepts(KERNEL, attack)
    assert not accepted
    assert attack.reason in answer


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_the_kernel_accepts(example):
    accepted, answer = accepts(KERNEL, example)
    assert accepted, answer


def test_attacks_have_different_names():
    names = [a.name for a in (*ATTACKS, *EXAMPLES)]
    assert len(names) == len(set(names)) >= 80
