"""Every Python block of the documentation runs, those of one page one after the other."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_there_are_pages_with_programs() -> None:
    assert any(BLOCK.search(page.read_text("utf-8")) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_the_programs_of_a_page_run(page: Path) -> None:
    names: dict[str, object] = {}
    for program in BLOCK.findall(page.read_text("utf-8")):
        exec(compile(program, str(page), "exec"), names)
    if "CLAIMS" in names:
        from lemmata.claims.verdict import Library, decide_claim

        claims = {claim.id: claim for claim in names["CLAIMS"]}  # type: ignore[attr-defined]
        for claim in claims.values():
            assert decide_claim(claim, Library(claims))["verdict"] == claim.expected
