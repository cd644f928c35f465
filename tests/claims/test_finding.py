"""Claims are found by the paper's numbers, by nothing that only looks like them, and by words of their titles."""

from dataclasses import replace

import pytest

from lemmata.claims.finding import find
from lemmata.claims.register import register

CLAIM = replace(next(iter(register().values())), title="knots of a minimiser")


def found(text: str, locator: str) -> bool:
    return bool(find(text, [replace(CLAIM, locator=locator)]))


@pytest.mark.parametrize(
    ("text", "locator"),
    [
        ("Lemma 5.3", "(5.11), Lemma 5.3, p. 21"),
        ("lemma  5.3", "Lemma 5.3, p. 23"),
        ("(3.5)", "(3.4)-(3.6), p. 8"),
        ("(A.17)", "(A.17), (A.18), p. 54"),
        ("Theorem 1", "Theorem 1"),
        ("Knots of a", "p. 1"),
    ],
)
def test_whole_words_and_ranges_are_found(text: str, locator: str) -> None:
    assert found(text, locator)


@pytest.mark.parametrize(
    ("text", "locator"),
    [
        ("Lemma 5.3", "Lemma 5.31"),
        ("Theorem 1", "Theorem 10"),
        ("Lemma 5", "Lemma 5.3"),
        ("5.3", "Lemma 15.3"),
        ("(3.7)", "(3.4)-(3.6), p. 8"),
        ("(4.9)", "(14.9)"),
        ("knot", "p. 1"),
        ("()", "()"),
        ("", "p. 1"),
    ],
)
def test_what_only_looks_like_it_is_not(text: str, locator: str) -> None:
    assert not found(text, locator)
