"""Every numbered equation and statement of JMLR 23(130) leads to a claim, as `lemmata show "(4.9)"` does."""

import pytest

from lemmata.claims.finding import find
from lemmata.claims.register import register

EQUATIONS = [
    f"({section}.{number})"
    for section, numbers in (
        ("1", [1]), ("3", range(1, 11)), ("4", range(1, 13)), ("5", range(1, 39)), ("6", range(1, 19)),
        ("A", range(1, 19)),
    )
    for number in numbers
]  # fmt: skip
STATEMENTS = [
    "Theorem 1", "Theorem 2", "Definition 4.1", "Definition 4.2", "Corollary 4.3",
    *(f"Lemma 5.{k}" for k in range(1, 8)), *(f"Lemma A.{k}" for k in range(1, 7)),
]  # fmt: skip


@pytest.mark.parametrize("place", [*EQUATIONS, *STATEMENTS])
def test_a_numbered_statement_is_found(place: str) -> None:
    assert find(place, register().values())


def test_a_number_that_the_paper_does_not_have_is_not_found() -> None:
    assert not find("(4.13)", register().values())
    assert not find("Lemma 5.8", register().values())
