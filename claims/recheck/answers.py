"""What a second program can say to a step, and the count of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

AGREES, DISAGREES, OPEN = "agrees", "disagrees", "undecided"


def tally(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return how many steps other programs agree with, disagree with and could not decide, in all and by kind.

    >>> tally([{"steps": [{"kind": "sign", "second_opinion": {"answer": "agrees", "program": "cvc5", "reason": ""}}]}])
    {'agrees': 1, 'disagrees': 0, 'undecided': 0, 'by_kind': {'sign': {'agrees': 1, 'disagrees': 0, 'undecided': 0}}}
    """
    kinds: dict[str, dict[str, int]] = {}
    for record in records:
        for row in record["steps"]:
            if row.get("second_opinion"):
                counts = kinds.setdefault(row["kind"], dict.fromkeys((AGREES, DISAGREES, OPEN), 0))
                counts[row["second_opinion"]["answer"]] += 1
    total = {a: sum(c[a] for c in kinds.values()) for a in (AGREES, DISAGREES, OPEN)}
    return {**total, "by_kind": dict(sorted(kinds.items()))}
