"""Every Python block of the documentation runs, those of one page one after the other, and prints what it shows."""

import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
# A block that begins with a comment that names a file is that file, for the sessions.
BLOCK = re.compile(r"^```python\n(?!# [\w-]+\.py\n)(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?")


def _alike(shown: str, printed: str) -> bool:
    """The same words, and numbers that differ in the last digits shown at most: libraries' releases differ there."""
    pairs = zip(NUMBER.findall(shown), NUMBER.findall(printed), strict=False)
    return re.sub(r"\s+", " ", NUMBER.sub("#", shown)) == re.sub(r"\s+", " ", NUMBER.sub("#", printed)) and all(
        math.isclose(float(ours), float(theirs), rel_tol=2e-3, abs_tol=0.02) for ours, theirs in pairs
    )


def test_there_are_pages_with_programs() -> None:
    assert any(BLOCK.search(page.read_text("utf-8")) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_the_programs_of_a_page_run(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for program, shown in BLOCK.findall(page.read_text("utf-8")):
        exec(compile(program, str(page), "exec"), names)
        printed = capsys.readouterr().out
        if shown or printed:
            assert _alike(shown, printed), f"shown:\n{shown}\nprinted:\n{printed}"
    if "CLAIMS" in names:
        from lemmata.claims.verdict import Library, decide_claim

        claims = {claim.id: claim for claim in names["CLAIMS"]}  # type: ignore[attr-defined]
        for claim in claims.values():
            assert decide_claim(claim, Library(claims))["verdict"] == claim.expected


def test_the_comparison_can_fail() -> None:
    assert _alike("a  1.25 b\n", "a 1.2501 b\n")
    assert not _alike("a 1.25 b\n", "a 1.35 b\n")
    assert not _alike("a 1.25 b\n", "c 1.25 b\n")
    assert not _alike("a 1 2\n", "a 1\n")
