"""The table of expected verdicts: complete, equal to the records, reasoned where weaker than what was found."""

import tomllib
from pathlib import Path

from lemmata.claims.register import register

TABLE = tomllib.loads((Path(__file__).resolve().parents[2] / "claims" / "expected.toml").read_text("utf-8"))


def row(name: str) -> str:
    """The catalogue's row of a claim: an erratum's two records belong to one."""
    return name.removesuffix(".printed").removesuffix(".corrected")


def test_the_table_and_the_records_agree():
    assert TABLE["expected"] == {claim.id: claim.expected for claim in register().values()}


def test_a_verdict_weaker_than_the_catalogues_finding_has_its_reason():
    weak = ("supported", "enclosed", "undecided", "not run")
    for claim in register().values():
        if TABLE["catalogue"].get(row(claim.id)) in ("true", "argued") and claim.expected in weak:
            assert claim.reason, claim.id


def test_an_erratum_of_the_catalogue_is_refuted_as_printed_and_proved_as_corrected():
    pairs = {row(name) for name in TABLE["expected"] if name.endswith(".printed")}
    assert len(pairs) >= 3
    for name in pairs:
        assert TABLE["expected"][f"{name}.printed"] == "refuted"
        assert TABLE["expected"][f"{name}.corrected"] == "proved"
        assert name in TABLE["catalogue"]
