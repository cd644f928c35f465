"""What a check came to: its JSON, the same as objects, and every claim that did not come out as expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ..record import Claim, Record


class Run(NamedTuple):
    """One check.

    `json` is what `lemmata check --json` writes; `record` the same, validated and as objects; `unexpected` maps the
    id of each claim that did not come out as expected, in the record's order, to one sentence saying why.
    """

    json: dict[str, Any]
    record: Record
    unexpected: Mapping[str, str]


def _complaint(claim: Claim, listed: bool) -> str | None:
    if claim.differs:
        return f"{claim.id} is {claim.verdict}, expected {claim.expected}"
    passed = [mutant.id for mutant in claim.mutants if mutant.rejected is False]
    if passed:
        return f"{claim.id} is {claim.verdict}, but lets the mutant {', '.join(passed)} pass"
    contradicted = [step.id for step in claim.steps if step.second is not None and step.second.answer == "disagrees"]
    if contradicted:
        return f"{claim.id} is {claim.verdict}, but another program disagrees with the step {', '.join(contradicted)}"
    if listed:
        return f"{claim.id} is {claim.verdict} as expected, yet the check lists it: {claim.reason or 'no reason given'}"
    return None


def run_of(json: dict[str, Any]) -> Run:
    """The outcome of a check from its JSON: what its rows say, and what its summary adds against itself.

    Arguments: the record as decoded JSON.

    Raises: ReportError, a ValueError, naming the first value that is not allowed.

    >>> row = {"id": "icml.bound", "verdict": "proved", "expected": "proved"}
    >>> dict(run_of({"claims": [row], "summary": {"unexpected": []}}).unexpected)
    {}
    >>> row["mutants"] = [{"id": "sign", "rejected": False}]
    >>> dict(run_of({"claims": [row], "summary": {"unexpected": []}}).unexpected)
    {'icml.bound': 'icml.bound is proved, but lets the mutant sign pass'}
    """
    from ..reading import read_record

    record = read_record(json)
    # What is not a list of ids is a disagreement of the record with itself, and named as such.
    listed = (json.get("summary") or {}).get("unexpected")
    names = listed if isinstance(listed, list) else []
    complaints = {claim.id: _complaint(claim, claim.id in names) for claim in record.claims}
    return Run(json, record, {name: text for name, text in complaints.items() if text is not None})
