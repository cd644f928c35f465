"""The letter to the authors: errata that the run confirmed and no others, as Markdown and as LaTeX that compiles."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from lemmata.claims.runner import run_check
from lemmata.reports.letter import letters
from lemmata.reports.reading import read_record

PAIR = ("mf.eq-6.10.printed", "mf.eq-6.10.corrected")


@pytest.fixture(scope="module")
def check() -> dict[str, Any]:
    return run_check([*PAIR, "mf.M-rho-star.printed", "mf.M-rho-star.corrected", "mf.eq-6.4.corrected"])


def test_a_letter_says_what_is_printed_where_it_fails_and_what_holds(check: dict[str, Any]) -> None:
    found = letters(read_record(check))
    assert set(found) == {"errata-letter-jmlr.md", "errata-letter-jmlr.tex"}
    text = found["errata-letter-jmlr.md"]
    assert "found 2 places" in text
    entry = text[text.index("(6.10), p. 35") :]
    assert r"It fails at $\lambda = 2$" in entry
    assert entry.index("As printed:") < entry.index("It fails at") < entry.index("What holds instead:")
    assert "used by `mf.eq-6.4.corrected`" in text
    assert not re.search(r"\n{3}", text)


@pytest.mark.parametrize(("which", "verdict"), [(0, "undecided"), (1, "undecided"), (1, "supported"), (0, "not run")])
def test_an_erratum_that_the_run_did_not_confirm_is_not_in_it(check: dict[str, Any], which: int, verdict: str) -> None:
    claims = [{**c, "verdict": verdict} if c["id"] == PAIR[which] else c for c in check["claims"]]
    text = letters(read_record({**check, "claims": claims}))["errata-letter-jmlr.md"]
    assert "found one place" in text
    assert "6.10" not in text
    assert letters(read_record({**check, "claims": [c for c in claims if c["id"] in PAIR]})) == {}


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX here: the letter is not compiled")
def test_the_letter_compiles(check: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "letter.tex").write_text(letters(read_record(check))["errata-letter-jmlr.tex"], "utf-8")
    done = subprocess.run(
        ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "letter.tex"], cwd=tmp_path, capture_output=True
    )
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-2000:]
