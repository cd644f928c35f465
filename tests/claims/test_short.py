"""Claims in a few lines: proved by the kernel, refuted with a witness that was found, never proved when false."""

from fractions import Fraction
from typing import Any

import pytest

from lemmata.analysis.kernel.derivation import Statement, holds_at, refuted_by
from lemmata.analysis.proof import step
from lemmata.claims import BadClaim, Claim, Evidence, measured, state
from lemmata.claims.search import find_instance, find_witness, refutation_at
from lemmata.claims.verdict import Library, decide_claim


def record(claim: Claim) -> dict:
    return decide_claim(claim, Library({claim.id: claim}))


TRUE = [
    ("2*a*b <= a**2 + b**2", {}),
    ("x/x == 1", {"given": {"nonzero": "x != 0"}}),
    ("Int(x, 0, 1, exp(-x**2)) < 3/4", {}),
    ("x**4 == y**2 + 2*y*z + z**2", {"given": {"square": "x**2 == y + z"}}),
    ("E[z](z(1)**4) == 3", {}),
    ("HasDeriv(x, atan(x/a)/a, 1/(x**2 + a**2))", {"given": {"nonzero": "a != 0"}}),
    ("relu(x) + relu(-x) == abs(x)", {}),
    ("Sum(i, 1, n, (a(i) + b(i))**2) == Sum(i, 1, n, a(i)**2 + 2*a(i)*b(i) + b(i)**2)", {"declare": "i:Z n:N"}),
    ("All(x, Imp(1 <= x, x <= x**2))", {}),
]
FALSE = [
    ("2*a*b < a**2 + b**2", {}),
    ("x/x == 1", {}),
    ("sqrt(x**2) == x", {}),
    ("Int(x, 0, 1, exp(-x**2)) < 7/10", {}),
    ("E[z](z(1)**4) == 2", {}),
    ("Sum(i, 1, n, a(i)**2) == Sum(i, 1, n, a(i))**2", {"declare": "i:Z n:N"}),
    ("y**2 <= y", {"given": {"above": "1 <= y"}}),
    ("All(x, Imp(0 <= x, x <= x**2))", {}),
]


@pytest.mark.parametrize(("goal", "options"), TRUE)
def test_a_true_statement_is_proved_with_wrong_versions_of_its_own(goal, options):
    found = record(state("t", goal, **options))
    assert found["verdict"] == "proved", found["reason"]
    assert found["mutants"]
    assert all(m["rejected"] and m["false_at_witness"] for m in found["mutants"])


@pytest.mark.parametrize(("goal", "options"), FALSE)
def test_a_false_statement_is_refuted_by_values_that_were_found(goal, options):
    found = record(state("t", goal, **options))
    assert found["verdict"] == "refuted"
    assert found["expected"] == "proved"
    statement = Statement(goal, options.get("given", {}), options.get("declare", ""))
    assert refuted_by(statement, found["witness"]["values"])[0]
    assert {m["kind"] for m in found["mutants"]} == {"control"}


def test_a_derivation_of_steps_proves_its_own_goal_only():
    def ridge(goal="2*x*y <= c*x**2 + y**2/c"):
        square = "(c*x - y)**2/c"
        return state(
            "t.weighted", goal, given={"positive": "0 < c"},
            steps=[
                step("square", "identity", f"c*x**2 + y**2/c - 2*x*y == {square}", "positive"),
                step("sign", "sign", f"0 <= {square}", "positive"),
                step("goal", "arithmetic", "GOAL", "square", "sign"),
            ],
        )  # fmt: skip

    found = record(ridge())
    assert found["verdict"] == "proved"
    assert {m["failed_step"] for m in found["mutants"]} == {"goal"}
    assert record(ridge("3*x*y <= c*x**2 + y**2/c"))["verdict"] == "refuted"


def test_a_measurement_has_its_numbers_changed_in_turn():
    def spread(variance: float = 2.0, slope: Fraction = Fraction(0), seed: int = 3) -> list[Evidence]:
        return [
            measured("variance", 2.0, near=variance, within=0.1, why="exact", seed=seed),
            measured("slope", 0.0, near=float(slope), within=0.1, why="exact"),
        ]

    found = record(state("t.spread", check=spread, says="the variance is 2"))
    assert found["verdict"] == "supported"
    assert {m["id"] for m in found["mutants"]} == {"variance", "slope"}
    assert all(m["rejected"] for m in found["mutants"])

    def deaf(variance: float = 2.0) -> list[Evidence]:
        return [measured("variance", variance, near=variance, within=0.1, why="nothing")]

    assert record(state("t.deaf", check=deaf))["verdict"] == "undecided"


def test_what_cannot_be_checked_is_refused():
    with pytest.raises(BadClaim, match="give a goal"):
        state("t")
    with pytest.raises(BadClaim, match="false_at needs the goal"):
        state("t", check=list, false_at={"x": "1"})


def test_values_that_are_found_meet_hypotheses_that_are_equations():
    statement = Statement("0 < y", {"sum": "y == x + 1", "sign": "0 < x"})
    values = find_instance(statement)
    assert values is not None
    assert holds_at(statement, values) == ""
    assert find_instance(Statement("0 < y", {"never": "y < y"})) is None
    assert find_witness(Statement("0 <= x**2")) is None
    assert find_witness(Statement("not a statement (")) is None


def test_a_refutation_that_was_found_is_held_against_the_denied_statement():
    refutation = refutation_at(Statement("1 <= x"), {"x": "0"})
    for _, statement, values in refutation.controls:
        assert not refuted_by(statement, values)[0]


@pytest.mark.parametrize("name", ["", "my claim", "../a", "a.", 1.5, None])
def test_an_id_that_cannot_name_a_file_is_refused(name: Any) -> None:
    with pytest.raises(BadClaim, match="id"):
        state(name, "x**2 - 1 == (x - 1)*(x + 1)")


def test_a_goal_that_nests_too_deep_is_refused() -> None:
    with pytest.raises(BadClaim, match="nest too deep"):
        state("notes.deep", "x+" * 3000 + "x == 0")
