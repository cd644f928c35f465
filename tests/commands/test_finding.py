"""`show` and `list` find a claim by its place in the paper: one is shown, several are listed, none is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from lemmata.claims.finding import find
from lemmata.claims.register import register


def test_one_match_is_shown(inside: Callable[..., Any]) -> None:
    (claim,) = find("Lemma 5.6", register().values())
    assert inside("show", "Lemma 5.6").out == inside("show", claim.id).out
    assert inside("show", "Lemma 5.6").out.startswith(f"{claim.id}: ")


def test_several_matches_are_listed_by_both(inside: Callable[..., Any]) -> None:
    shown, listed = inside("show", "Definition 4.2"), inside("list", "Definition 4.2")
    claims = find("Definition 4.2", register().values())
    assert len(claims) > 1
    assert shown.status == listed.status == 0
    assert shown.out == listed.out
    assert [line.split()[0] for line in listed.out.splitlines()[1:]] == [claim.id for claim in claims]
    assert f"{len(claims)} claims match" in shown.err


def test_a_paper_narrows_the_list(inside: Callable[..., Any]) -> None:
    ids = {line.split()[0] for line in inside("list", "Theorem 1", "--paper", "own").out.splitlines()[1:]}
    assert ids == {claim.id for claim in find("Theorem 1", register().values()) if claim.paper == "own"}
    assert ids


@pytest.mark.parametrize(
    "arguments", [("show", "Theorem 77"), ("list", "Theorem 77"), ("list", "()", "--paper", "own")]
)
def test_no_match_is_refused(refused: Callable[..., str], arguments: tuple[str, ...]) -> None:
    assert arguments[1] in refused(*arguments)
