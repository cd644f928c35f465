"""Every registered claim gets the verdict that it expects, and rejects its mutants."""

import pytest

from lemmata.claims.register import register
from lemmata.claims.verdict import Library, decide_claim

# With 1/0 = 0 the chord's identity holds for a straight line too, which has no vertex that it could speak of.
IDLE = {"mf.chord": ["curved"]}
GROUPS: dict[str, list[str]] = {}
for claim in register().values():
    source = claim.proof or claim.refutation or claim.evidence
    GROUPS.setdefault(getattr(source, "__module__", "other"), []).append(claim.id)


@pytest.mark.parametrize("group", sorted(GROUPS), ids=lambda name: name.removeprefix("lemmata."))
def test_the_claims_of_a_module_are_as_expected(group: str) -> None:
    library = Library(register())
    for name in GROUPS[group]:
        claim = register()[name]
        record = decide_claim(claim, library)
        allowed = (claim.expected, "not run") if claim.slow else (claim.expected,)
        assert record["verdict"] in allowed, (name, record["reason"])
        if record["verdict"] != "not run":
            assert record["mutants"], name
            assert all(m["rejected"] for m in record["mutants"]), name
            assert record["unused_hypotheses"] == IDLE.get(name, []), name
            assert all(e["passed"] for e in record["evidence"]), name


def test_there_is_enough_of_both_papers_and_most_of_it_is_proved() -> None:
    claims = list(register().values())
    assert len(claims) >= 30
    assert sum(c.expected == "proved" for c in claims) >= 15
    assert {"jmlr", "icml"} <= {c.paper for c in claims}
