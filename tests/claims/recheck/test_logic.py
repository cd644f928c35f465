"""Steps of logic: what is right is agreed with, and nothing that is wrong, the bookkeeping of assumptions included."""

import pytest

from lemmata.analysis.proof import step
from lemmata.claims.recheck.answers import AGREES, DISAGREES

from .second import Case, last_opinion, opinions

_SQUARE = step("square", "sign", "0 <= x**2")
_GIVEN = step("given", "assume", "1 <= x")
_LARGE = step("large", "arithmetic", "1 <= x**2", "given")
_EX = {"some": "Ex(t, a < t)"}

CASES = [
    Case(
        "discharge", {}, [_GIVEN, _LARGE, step("all", "discharge", "Imp(1 <= x, 1 <= x**2)", "large")],
        ("1 <= x**2", "2 <= x**2"), ("Imp(1 <= x,", "Imp(0 <= x,"),
    ),
    Case(
        "discharge of a conjunction", {},
        [_GIVEN, _LARGE, step("all", "discharge", "Imp(1 <= x and y == 0, 1 <= x**2)", "large")],
        ("1 <= x and", "0 <= x and"),
    ),
    Case(
        "generalize", {"f": "All(t, 0 <= f(t))"},
        [step("at", "apply", "0 <= f(2*x)", "f", at={"t": "2*x"}),
         step("all", "generalize", "All(x, 0 <= f(2*x))", "at")],
        ("0 <=", "0 <"), ("f(2*x)", "f(3*x)"),
    ),
    Case(
        "witness", {"a": "0 < a"},
        [step("here", "arithmetic", "a < 2*a", "a"), step("some", "witness", "Ex(t, a < t)", "here", value="2*a")],
        ("2*a", "a"), ("a < t", "a + 1 < t"),
    ),
    Case(
        "obtain", _EX,
        [step("t", "assume", "a < t"), step("here", "arithmetic", "a - 1 < t - 1", "t"),
         step("moved", "witness", "Ex(r, a - 1 < r)", "here", value="t - 1"),
         step("end", "obtain", "Ex(r, a - 1 < r)", "some", "moved")],
        ("a - 1", "a"),
    ),
    Case(
        "induction", {},
        [step("base", "identity", "Sum(i, 1, 0, 2*i) == 0*(0 + 1)"),
         step("k", "assume", "Sum(i, 1, n, 2*i) == n*(n + 1)"),
         step("last", "sums", "Sum(i, 1, n + 1, 2*i) == Sum(i, 1, n + 1 - 1, 2*i) + 2*(n + 1)", "one", kind="last"),
         step("next", "identity", "Sum(i, 1, n + 1, 2*i) == (n + 1)*(n + 1 + 1)", "last", "k"),
         step("all", "induction", "Sum(i, 1, n, 2*i) == n*(n + 1)", "base", "next", on="n", base="0")],
        ("n*(n + 1)", "n*(n + 2)"), ("0", "1"), ("n", "m"),
    ),
]  # fmt: skip
CASES[-1].steps.insert(2, step("one", "sign", "1 <= n + 1"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_right_step_of_logic_is_agreed_with_and_no_wrong_one(rechecker, case):
    case.check(rechecker)


def test_a_wrong_end_of_an_implication_is_disagreed_with(rechecker):
    steps = [_GIVEN, _LARGE, step("all", "discharge", "Imp(1 <= x, 2 <= x**2)", "large")]
    assert last_opinion("Imp(1 <= x, 2 <= x**2)", {}, steps).answer == DISAGREES


SCOPES = {
    "a variable of which something is assumed": [
        _GIVEN, step("all", "generalize", "All(x, 1 <= x)", "given"),
    ],
    "what is obtained and spoken of": [
        step("t", "assume", "a < t"), step("end", "obtain", "a < t", "some", "t"),
    ],
    "an induction whose step assumes more of the index": [
        step("base", "arithmetic", "0 <= 2"), step("k", "assume", "n <= 2"), step("more", "assume", "n + 1 <= 2"),
        step("all", "induction", "n <= 2", "base", "more", on="n", base="0"),
    ],
    "an assumption that is left": [_GIVEN, step("end", "arithmetic", "0 <= x", "given")],
    "one that is discharged but not assumed": [
        _GIVEN, step("end", "discharge", "Imp(0 <= x, 1 <= x)", "given"),
    ],
    "integers put for what is not one": [
        step("all", "arithmetic", "All(m, m*(m + 1) == m**2 + m)"),
        step("end", "apply", "1 <= 2", "all", at={"m": "a"}),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", SCOPES)
def test_assumptions_are_counted_anew(rechecker, name):
    steps = SCOPES[name]
    assert last_opinion(steps[-1]["goal"], _EX, steps).answer != AGREES


def test_a_derivation_of_something_else_is_not_agreed_with(rechecker):
    last = last_opinion("0 <= x**4", {}, [_SQUARE])
    assert (last.answer, last.reason) == ("undecided", "the last step does not state the goal")


def test_a_function_cannot_be_put_in_place_of_a_built_in_one(rechecker):
    steps = [step("root", "identity", "sqrt(1) == 1"), step("end", "apply", "4 == 1", "root", symbols={"sqrt(x)": "4"})]
    assert last_opinion("4 == 1", {}, steps).answer != AGREES


def test_what_an_axiom_says_of_something_is_not_said_of_everything(rechecker):
    steps = [step("end", "apply", "x <= 1", "axiom:archimedean", put={"h": "1"})]
    assert last_opinion("x <= 1", {}, steps).answer != AGREES


def test_two_steps_of_one_name_are_not_agreed_with(rechecker):
    steps = [step("s", "identity", "x == x"), step("s", "identity", "y == y")]
    assert last_opinion("y == y", {}, steps).answer != AGREES


def test_a_derivation_that_cannot_be_read_says_so(rechecker):
    (said,) = opinions(rechecker, "x == x", {}, [step("s", "induction", "x == x")])
    assert said.answer == "undecided"
