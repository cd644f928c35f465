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


@pytest.mark.parametrize(
    "text",
    [
        "abstract", "Theorem (informal)", "Theorem 1", "Theorem 2", "Corollary 4.3", "Definition 4.1", "Definition 4.2",
        "(1.1)", "(3.2)", "(3.3)", "(3.4)", "(3.5)", "(3.6)", "(3.7)", "(3.8)", "(3.9)", "(3.10)", "(4.3)", "(4.4)",
        "(4.5)", "(4.6)", "(4.7)", "(4.8)", "(4.9)", "(4.11)", "(4.12)", "Figure 3", "Figure 4", "Figure 5c",
        "Section 9",
    ],
)  # fmt: skip
def test_the_numbered_statements_of_the_first_sections_are_found(text: str) -> None:
    assert [claim.id for claim in find(text, register().values()) if claim.paper == "jmlr"]


def test_the_abstract_is_the_root_of_the_claims() -> None:
    """Its records use the theorems, and no claim uses them."""
    claims = register()
    used = {
        claim.id: {use[6:] for line in claim.proof().steps for use in line["uses"] if use.startswith("claim:")}
        for claim in claims.values()
        if claim.proof is not None
    }
    roots = [name for name in claims if name.startswith("mf.abstract-")]
    assert len(roots) == 5
    assert all(used[name] for name in roots)
    assert not {name for uses in used.values() for name in uses} & set(roots)
    reached, todo = set(), list(roots)
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo.extend(used.get(name, ()))
    assert {"mf.thm-1-rate", "mf.thm-2", "mf.cor-4.3", "mf.eq-3.6", "mf.curvature-bound"} <= reached
