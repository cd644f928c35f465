"""The runner: verdicts recomputed, mutants tried, circles refused, forged records without effect."""

import dataclasses
import json
from pathlib import Path

import pytest

from lemmata.analysis.kernel.derivation import Statement, closed
from lemmata.analysis.kernel.sequents import Sequent
from lemmata.analysis.proof import Proof, step
from lemmata.claims.claim import BadClaim, Claim, Evidence, Mutant, Refutation, Text
from lemmata.claims.register import collect, load_file, register
from lemmata.claims.runner import UnknownClaim, run_check
from lemmata.claims.verdict import Library, decide_claim

USER = Path(__file__).with_name("user_claims.py")


def user(name: str) -> Claim:
    return load_file(USER)[name]


def verdict(claim: Claim, claims: dict[str, Claim] | None = None, full: bool = False) -> dict:
    return decide_claim(claim, Library(claims or {claim.id: claim}), full=full)


def test_a_users_file_is_run_and_its_three_kinds_of_verdict_are_found():
    result = run_check(claims_file=USER)
    assert [(r["id"], r["verdict"]) for r in result["claims"]] == [
        ("user.square", "proved"),
        ("user.root", "refuted"),
        ("user.wrong", "undecided"),
    ]
    assert result["summary"]["unexpected"] == []
    json.dumps(result, allow_nan=False)


def test_a_mutant_is_rejected_at_a_named_step_and_shown_false_by_its_witness():
    (mutant,) = verdict(user("user.square"))["mutants"]
    assert mutant["rejected"]
    assert mutant["failed_step"] == "expand"
    assert mutant["false_at_witness"] is not None


@pytest.mark.parametrize(
    ("change", "witness", "why"),
    [
        ({}, {"a": "1", "b": "1"}, "true at the witness"),
        ({"constant": "3"}, {"a": "0", "b": "1"}, "true at the witness"),
        ({"constant": "3"}, {"a": "1"}, "not decided"),
    ],
)
def test_a_mutant_that_is_not_shown_false_makes_the_claim_undecided(change, witness, why):
    claim = dataclasses.replace(user("user.square"), mutants=(Mutant("m", "constant", change, witness),))
    record = verdict(claim)
    assert record["verdict"] == "undecided"
    assert why in record["mutants"][0]["reason"]


def test_what_rests_on_a_cited_theorem_never_counts_as_proved():
    """Its step is checked, and its mutants are; neither it nor what uses it is fully proved."""
    cited = dataclasses.replace(user("user.square"), kind="cited", expected="undecided", reason="assumes a theorem")
    record = verdict(cited)
    assert record["verdict"] == "undecided"
    assert record["reason"] == "assumes a theorem"
    assert all(s["result"] == "proved" for s in record["steps"])
    assert all(m["rejected"] for m in record["mutants"])
    library = Library({cited.id: cited})
    assert library(cited.id) is not None
    assert not library.proved(cited.id)


class Trusting(Library):
    """Takes the claims that a derivation uses as proved: each is decided by its own check."""

    def __call__(self, name: str) -> Sequent:
        proof = register()[name].proof
        assert proof is not None
        return Sequent(frozenset(), closed(proof().statement), claims=frozenset({name}))


def test_the_mutants_of_cited_claims_are_rejected():
    """No verdict would tell: it is "undecided" either way."""
    claims = register()
    library = Trusting(claims)
    cited = [c for c in claims.values() if c.kind == "cited" and c.proof is not None]
    assert cited
    for claim in cited:
        record = decide_claim(claim, library)
        assert record["verdict"] == claim.expected == "undecided", claim.id
        assert record["reason"] == claim.reason, claim.id
        assert all(m["rejected"] for m in record["mutants"]), claim.id


def test_a_mutant_whose_text_is_broken_does_not_count_as_rejected():
    claim = dataclasses.replace(
        user("user.square"), mutants=(Mutant("m", "constant", {"constant": "0.5"}, {"a": "1", "b": "1"}),)
    )
    assert verdict(claim)["verdict"] == "undecided"


def test_a_claim_needs_a_mutant():
    with pytest.raises(BadClaim, match="at least one mutant"):
        dataclasses.replace(user("user.square"), mutants=())


def test_a_circle_of_claims_is_not_proved():
    def using(other: str):
        def build(**_):
            goal = "(a + b)**2 == a**2 + 2*a*b + b**2"
            steps = [step("s", "apply", goal, f"claim:{other}"), step("t", "identity", goal, "s", combine={"s": "1"})]
            return Proof(Statement(goal), steps)

        return build

    first = dataclasses.replace(
        user("user.square"), id="first", proof=using("second"), mutants=user("user.square").mutants
    )
    second = dataclasses.replace(first, id="second", proof=using("first"))
    claims = {"first": first, "second": second}
    library = Library(claims)
    assert decide_claim(first, library)["verdict"] == "undecided"
    assert decide_claim(second, library)["verdict"] == "undecided"
    honest = {"first": first, "second": dataclasses.replace(user("user.square"), id="second")}
    assert Library(honest)("first") is not None


def test_a_claim_that_uses_an_unproved_claim_is_not_proved():
    goal = "(a + b)**2 == a**2 + 2*a*b + b**2"
    leaning = Proof(Statement(goal), [step("s", "apply", goal, "claim:user.wrong")])
    claim = dataclasses.replace(user("user.square"), id="leaning", proof=lambda **_: leaning)
    record = verdict(claim, {**load_file(USER), "leaning": claim})
    assert record["verdict"] == "undecided"
    assert "not proved" in record["reason"]


def test_a_forged_memory_of_an_outcome_dies_with_its_run():
    library = Library({"user.wrong": user("user.wrong")})
    found = library.outcome("user.wrong")
    assert found is not None
    with pytest.raises(dataclasses.FrozenInstanceError):
        found[1].proved = True
    assert library("user.wrong") is None
    assert verdict(user("user.wrong"))["verdict"] == "undecided"


def test_an_edited_record_has_no_effect_on_the_next_run():
    first = run_check(["user.wrong"], claims_file=USER)
    first["claims"][0]["verdict"] = "proved"
    assert run_check(["user.wrong"], claims_file=USER)["claims"][0]["verdict"] == "undecided"


def test_a_refutation_whose_control_is_refuted_too_is_undecided():
    printed = Statement("sqrt(x**2) == x")
    claim = dataclasses.replace(
        user("user.root"), refutation=lambda: Refutation(printed, {"x": "-1"}, [("same", printed, {"x": "-2"})])
    )
    assert verdict(claim)["verdict"] == "undecided"
    bare = dataclasses.replace(user("user.root"), refutation=lambda: Refutation(printed, {"x": "-1"}, []))
    assert verdict(bare)["verdict"] == "undecided"


def measured(shift: float = 0.0) -> list[Evidence]:
    return [Evidence("error", str(shift), abs(shift) < 1e-3, tolerance="1e-3", reason="as drawn", seed=0)]


def empirical(**changes) -> Claim:
    fields = {
        "id": "e", "title": "t", "paper": "notes", "relation": "new", "locator": "-", "kind": "empirical",
        "expected": "supported", "statement": Text("measured"), "evidence": measured,
        "mutants": (Mutant("shifted", "constant", {"shift": 1.0}),),
    }  # fmt: skip
    return Claim(**{**fields, **changes})


def test_evidence_supports_and_its_mutant_must_fail():
    assert verdict(empirical())["verdict"] == "supported"
    assert verdict(empirical(enclosed=True))["verdict"] == "enclosed"
    blind = empirical(mutants=(Mutant("same", "constant", {"shift": 1e-9}),))
    assert verdict(blind)["verdict"] == "undecided"
    assert verdict(empirical(evidence=lambda shift=1.0: measured(shift)))["verdict"] == "undecided"


def test_a_slow_claim_is_not_run_without_full_and_never_passes_unseen():
    slow = empirical(slow=True)
    assert verdict(slow)["verdict"] == "not run"
    assert verdict(slow, full=True)["verdict"] == "supported"


def test_evidence_against_a_proof_is_reported():
    claim = dataclasses.replace(user("user.square"), evidence=lambda: measured(1.0))
    record = verdict(claim)
    assert record["verdict"] == "undecided"
    assert "disagrees" in record["reason"]


def test_unknown_ids_and_papers_are_named():
    with pytest.raises(UnknownClaim, match="no-such-claim"):
        run_check(["no-such-claim"])
    with pytest.raises(UnknownClaim, match="no-such-paper"):
        run_check(paper="no-such-paper")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x = 1", "no claims"),
        ("CLAIMS = ()", "no claims"),
        ("raise KeyError(3)", "KeyError"),
        ("CLAIMS = [1]", "not a Claim"),
        ("(", "SyntaxError"),
    ],
)
def test_a_bad_claims_file_is_refused(tmp_path, text, why):
    path = tmp_path / "bad.py"
    path.write_text(text)
    with pytest.raises(BadClaim, match=why):
        load_file(path)
    with pytest.raises(BadClaim, match="no such file"):
        load_file(tmp_path / "absent.py")


def test_ids_are_unique():
    class Module:
        CLAIMS = (user("user.root"), user("user.root"))

    with pytest.raises(BadClaim, match="twice"):
        collect([Module])


def test_two_processes_give_the_same_records():
    one = run_check(claims_file=USER, jobs=1)["claims"]
    two = run_check(claims_file=USER, jobs=2)["claims"]
    assert [{k: v for k, v in r.items() if k != "seconds"} for r in one] == [
        {k: v for k, v in r.items() if k != "seconds"} for r in two
    ]


def test_every_registered_claim_has_a_reader_friendly_record():
    for claim in register().values():
        assert claim.statement.text, claim.id
        assert claim.locator, claim.id
        assert claim.title, claim.id
        if claim.counterpart:
            assert register()[claim.counterpart].counterpart == claim.id
