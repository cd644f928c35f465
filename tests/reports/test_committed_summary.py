"""The committed summary is that of this register: every claim with its verdict and number of mutants, and no other.

`make summary` writes it from a check; that each verdict is the expected one is tested where the claims are checked.
"""

import re
from pathlib import Path

from lemmata.claims.register import register

ROW = re.compile(
    r"^\| `(?P<id>[^`]+)` \|.*\| (?P<verdict>[a-z ]+)(?: \(expected [a-z ]+\))? \| (?P<mutants>\d+/\d+) \|$"
)
COMMITTED = Path(__file__).resolve().parents[2] / "reports" / "SUMMARY.md"


def _rows() -> dict[str, tuple[str, str]]:
    found = [ROW.match(line) for line in COMMITTED.read_text("utf-8").splitlines()]
    return {row["id"]: (row["verdict"], row["mutants"]) for row in found if row}


def test_the_committed_summary_is_not_stale() -> None:
    expected = {}
    for claim in register().values():
        refuted = claim.refutation is not None
        count = len(claim.refutation().controls) if claim.refutation is not None else len(claim.mutants)
        idle = claim.slow and claim.proof is None and not refuted
        expected[claim.id] = ("not run", "0/0") if idle else (claim.expected, f"{count}/{count}")
    rows = _rows()
    stale = {name for name in {*rows, *expected} if rows.get(name) != expected.get(name)}
    assert not stale, f"`make summary` renews reports/SUMMARY.md; it differs in {', '.join(sorted(stale)[:5])}"
