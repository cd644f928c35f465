"""`show` and `list` find a claim by its place in the paper: one is shown, several are listed, none is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from lemmata.claims.finding import find
from lemmata.claims.register import register
from lemmata.reports.commands.show import show_uses


def test_one_match_is_shown(inside: Callable[..., Any]) -> None:
    claim = register()["mf.chord"]
    assert find(claim.title, register().values()) == [claim]
    shown = inside("show", claim.title.upper())
    assert shown.out == inside("show", claim.id).out
    assert shown.out.startswith(f"{claim.id}: ")


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


def test_show_leads_through_what_a_claim_uses_down_to_the_axioms(capsys: pytest.CaptureFixture[str]) -> None:
    """Each used claim stands under what uses it, is opened once, and ends in the axioms that it takes."""
    show_uses("mf.thm-2", register())
    lines = capsys.readouterr().out.splitlines()
    assert "Uses" in lines
    depth = {line.strip().split(":")[0]: len(line) - len(line.lstrip()) for line in reversed(lines)}
    assert depth["mf.thm-1-rate"] == 2
    assert depth["mf.curvature-bound"] == 4
    assert depth["mf.curvature"] == 6
    assert any(line.strip().startswith("axioms: ") and "polar-coordinates" in line for line in lines)
    twice = [line for line in lines if line.strip().startswith("mf.curvature:")]
    assert [line.endswith("(opened above)") for line in twice] == [False, True]


def test_what_uses_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show_uses("mf.three-intervals", register())
    assert capsys.readouterr().out.split() == ["Uses", "–"]
