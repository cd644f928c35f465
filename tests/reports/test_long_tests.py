"""The committed results of the long tests: whole, shown in the report, and stale once what they are about changes.

Whether they are stale now is no failure: the end of every run of the tests says so.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from lemmata.reports import long_tests
from lemmata.reports.generate import write_report
from lemmata.reports.long_tests import PARTS, StoredError, found, sentence, standing, stored

ROOT = Path(__file__).resolve().parents[2]


def test_the_committed_file_is_whole_and_honest() -> None:
    results = stored()
    for name, result in results.items():
        assert name in {part.name for part in PARTS}
        assert result.outcome in ("passed", "failed")
        assert result.counts.get("failed", 0) == 0 or result.outcome == "failed"
        assert len(result.code) == len(result.made_of) == 64
    if "mutation" in results:
        counts = results["mutation"].counts
        assert counts["changes"] == counts["caught"] + counts["equivalent"] + counts["missed"] > 300
        assert counts["of which rules broken"] % 3 == 0 < counts["of which rules broken"]
        assert (counts["missed"] == 0) is (results["mutation"].outcome == "passed")


def test_every_part_covers_files_that_are_there() -> None:
    for part in PARTS:
        for pattern in (*part.covers, *part.made_of):
            assert list(ROOT.glob(pattern)), f"{part.name}: {pattern}"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package with results for its code as it is."""
    for pattern in {pattern for part in PARTS for pattern in (*part.covers, *part.made_of)}:
        for path in ROOT.glob(pattern):
            target = tmp_path / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"code\n")
    monkeypatch.setattr(long_tests, "PACKAGE", tmp_path)
    file = tmp_path / "results.json"
    monkeypatch.setattr(long_tests, "STORED", file)
    monkeypatch.setattr(long_tests.stored, "__defaults__", (file,))
    counts = {"changes": 3, "caught": 2, "equivalent": 1, "missed": 0}
    parts = {
        part.name: {
            "date": "2026-01-02", "outcome": "passed", "counts": counts, "facts": ["<b>"],
            "code": long_tests.digest(part.covers), "made_of": long_tests.digest(part.made_of),
        }
        for part in PARTS
    }  # fmt: skip
    file.write_text(json.dumps({"format": 1, "parts": parts}), "utf-8")
    return tmp_path


def test_a_change_makes_stale_what_it_touches_and_nothing_else(copy: Path) -> None:
    assert sentence() == "make test-long: passed on this code, 2026-01-02"
    (copy / "numerics" / "meanfield" / "fit.py").write_bytes(b"other code\n")
    assert standing() == {
        "mutation": "passed", "fuzz": "stale", "determinism": "stale", "interruption": "passed", "packages": "stale",
    }  # fmt: skip
    assert "fuzz, determinism, packages stale; run it" in sentence()
    (copy / "analysis" / "kernel" / "rules.py").unlink()
    assert standing()["mutation"] == "stale"
    (copy / "tests" / "fuzz" / "judge.py").write_bytes(b"other test\n")
    trust = found(copy / "results.json")
    assert trust is not None
    assert trust.parts[0].state == "stale"


def _change(file: Path, change: Any) -> None:
    content = json.loads(file.read_text("utf-8"))
    change(content)
    file.write_text(json.dumps(content), "utf-8")


def test_what_has_not_run_or_failed_is_said(copy: Path) -> None:
    _change(copy / "results.json", lambda c: (c["parts"].pop("fuzz"), c["parts"]["packages"].update(outcome="failed")))
    assert sentence().startswith("make test-long: packages failed; fuzz not run; run it")
    (copy / "results.json").unlink()
    assert found(copy / "results.json") is None
    assert set(standing().values()) == {"not run"}


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 2, "parts": {}}', '{"format": 1, "parts": {"fuzz": {}}}'])
def test_a_file_that_is_none_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(content, "utf-8")
    with pytest.raises(StoredError):
        stored(tmp_path / "r.json")


def test_the_report_shows_it(copy: Path, check_json: dict[str, Any], tmp_path: Path) -> None:
    trust = found(copy / "results.json")
    out = write_report(check_json, tmp_path / "report", trust=trust).parent
    page = (out / "trust.html").read_text("utf-8")
    assert page.count(': <span class="ok">passed</span>') == len(PARTS)
    assert "Of 3 changes that break the kernel, the test suite caught 2; none was missed, 1 change no verdict" in page
    assert "&lt;b&gt;" in page
    assert 'href="trust.html"' in (out / "index.html").read_text("utf-8")
    shutil.rmtree(out)
    write_report(check_json, tmp_path / "report")
    assert not (out / "trust.html").exists()
    assert "trust.html" not in (out / "index.html").read_text("utf-8")
