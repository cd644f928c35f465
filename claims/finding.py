"""Claims by what a reader has at hand: a number of the paper ("Theorem 1", "(4.9)") or words of a title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .claim import Claim

_RANGE = re.compile(r"\(([A-Z]|\d+)\.(\d+)\)\s*(?:-|–|to)\s*\(\1\.(\d+)\)")


def _written_out(locator: str) -> str:
    """Return the locator with each range of equations, as (3.4)-(3.6), as all its numbers."""

    def numbers(match: re.Match[str]) -> str:
        section, first, last = match[1], int(match[2]), int(match[3])
        return ", ".join(f"({section}.{n})" for n in range(first, last + 1))

    return _RANGE.sub(numbers, locator)


def find(text: str, claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims whose locator or title contains the text as whole words, in their order.

    Lemma 5.3 is found neither in "Lemma 5.31" nor in "Lemma 15.3"; capitals and white space make no difference.

    Arguments:
        text: a number of the paper, or words.
        claims: the claims to look through.

    Returns:
        Those that match, none for a text without letters and digits.

    Example:
        >>> from lemmata.claims.register import register
        >>> [claim.id for claim in find("Chord to the vertex", register().values())]
        ['mf.chord']
    """
    words = " ".join(text.split())
    if not re.search(r"\w", words):
        return []
    pattern = re.compile(rf"(?<!\w)(?<!\w\.){re.escape(words)}(?!\w)(?!\.\w)", re.IGNORECASE)
    return [claim for claim in claims if any(pattern.search(t) for t in (_written_out(claim.locator), claim.title))]
