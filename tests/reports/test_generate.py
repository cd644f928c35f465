"""Writing a report: the same bytes for the same record, all of it or nothing, and no file of others lost."""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from lemmata.reports import generate
from lemmata.reports.generate import write_report
from lemmata.reports.record import ReportError


def _bytes(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_same_record_same_bytes(check_json: dict[str, Any], tmp_path: Path) -> None:
    first = write_report(copy.deepcopy(check_json), tmp_path / "first").parent
    second = write_report(json.loads(json.dumps(check_json)), tmp_path / "elsewhere" / "second").parent
    assert _bytes(first) == _bytes(second)
    expected = {"index.html", "errata.html", "axioms.html", "figures.html", "report.md", "report.tex", "SUMMARY.md"}
    assert expected | {"provenance.json", "claim-graph.svg", "figure-rate.svg"} <= set(_bytes(first))


def test_only_the_provenance_depends_on_timings_versions_and_commit(check_json: dict[str, Any], tmp_path: Path) -> None:
    before = _bytes(write_report(check_json, tmp_path / "a").parent)
    for claim in check_json["claims"]:
        claim["seconds"] *= 3
    check_json["summary"] |= {"seconds": 99.5, "commit": "f" * 40, "versions": {"python": "4.0"}}
    after = _bytes(write_report(check_json, tmp_path / "b").parent)
    assert {name for name in before if before[name] != after[name]} == {"provenance.json"}


def test_writing_again_replaces_every_page(check_json: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "report"
    write_report(check_json, out)
    check_json["claims"] = [c for c in check_json["claims"] if c["id"] != "mf.sec6"]
    write_report(check_json, out)
    assert not (out / "claims" / "mf.sec6.html").exists()
    assert (out / "claims" / "mf.thm-2.html").exists()
    assert _names(tmp_path) == ["report"]


def test_files_of_others_are_kept(check_json: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "report"
    (out / "notes").mkdir(parents=True)
    (out / "run.json").write_text("{}", encoding="utf-8")
    (out / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    write_report(check_json, out)
    write_report(check_json, out)
    assert (out / "run.json").read_text(encoding="utf-8") == "{}"
    assert (out / "notes" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (out / "index.html").exists()


@pytest.mark.parametrize("name", ["index.html", "claims", "claims/mf.sec6.html", "claims/mf.sec6.html/inside"])
def test_a_foreign_file_where_a_page_must_go_is_not_overwritten(
    check_json: dict[str, Any], tmp_path: Path, name: str
) -> None:
    out = tmp_path / "site"
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_text("not a report", encoding="utf-8")
    with pytest.raises(ReportError, match=r"which no report wrote; allowed is"):
        write_report(check_json, out)
    assert _bytes(out) == {name: b"not a report"}
    assert _names(tmp_path) == ["site"]


def test_a_failed_run_leaves_the_old_report(
    check_json: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report"
    write_report(check_json, out)
    before = _bytes(out)
    original, written = Path.write_text, []

    def failing(self: Path, *args: Any, **kwargs: Any) -> int:
        written.append(self)
        if len(written) == 9:
            raise OSError(28, "No space left on device")
        return original(self, *args, **kwargs)

    check_json["title"] = "Another title"
    monkeypatch.setattr(Path, "write_text", failing)
    with pytest.raises(OSError, match="No space left"):
        write_report(check_json, out)
    assert len(written) == 9
    assert _bytes(out) == before
    assert _names(tmp_path) == ["report"]


def test_a_failed_move_puts_the_old_report_back(
    check_json: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report"
    write_report(check_json, out)
    before = _bytes(out)
    original, moves = Path.rename, []

    def failing(self: Path, target: Path) -> Path:
        moves.append(self)
        if len(moves) == 2:
            raise OSError(13, "Permission denied")
        return original(self, target)

    check_json["title"] = "Another title"
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="Permission denied"):
        write_report(check_json, out)
    assert _bytes(out) == before
    assert _names(tmp_path) == ["report"]


def test_a_bad_record_writes_nothing(check_json: dict[str, Any], tmp_path: Path) -> None:
    check_json["claims"][3]["verdict"] = "true"
    with pytest.raises(ReportError, match=r"claims\[3\]\.verdict is 'true'; allowed are proved, "):
        write_report(check_json, tmp_path / "deep" / "report")
    assert _names(tmp_path) == []


def test_bad_figures_write_nothing(check_json: dict[str, Any], tmp_path: Path) -> None:
    check_json["figures"]["rate"]["bound"]["risk"].pop()
    with pytest.raises(ReportError, match=r"figures\.rate\.bound has 30 values of 'rate' and 29 of 'risk'"):
        write_report(check_json, tmp_path / "report")
    assert _names(tmp_path) == []


def test_the_target_must_be_a_folder_that_can_be_replaced(
    check_json: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ReportError, match="is a file; allowed is a folder"):
        write_report(check_json, tmp_path / "file")
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    for out in (Path("."), Path(".."), inside):
        with pytest.raises(ReportError, match="is or contains the current folder"):
            write_report(check_json, out)
    assert write_report(check_json, Path("new")).is_file()  # a relative path is fine


def test_a_link_to_a_report_stays_a_link(check_json: dict[str, Any], tmp_path: Path) -> None:
    write_report(check_json, tmp_path / "real")
    (tmp_path / "latest").symlink_to(tmp_path / "real", target_is_directory=True)
    check_json["title"] = "Another title"
    write_report(check_json, tmp_path / "latest")
    assert (tmp_path / "latest").is_symlink()
    assert "Another title" in (tmp_path / "real" / "index.html").read_text(encoding="utf-8")


def test_the_provenance_lists_the_files(report: Path) -> None:
    content = json.loads((report / "provenance.json").read_text(encoding="utf-8"))
    assert content["files"] == sorted(_bytes(report))
    assert content["run"]["seed"] == 20221130
    assert len(content["record_sha256"]) == 64
    assert generate.write_report.__doc__


def test_pages_can_be_mailed_one_by_one(report: Path, tmp_path: Path) -> None:
    page = tmp_path / "alone.html"
    shutil.copy(report / "claims" / "mf.sec6.html", page)
    content = page.read_text(encoding="utf-8")
    assert "<style>" in content
    assert 'id="g-proved"' in content


class Killed(BaseException):
    """What no handler of errors sees, like a process that is killed."""


@pytest.mark.parametrize("last", [1, 2, 3, 4])
def test_the_next_run_finishes_what_a_killed_one_left(
    check_json: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    out = tmp_path / "report"
    (out / "notes").mkdir(parents=True)
    for name in ("run.json", "notes/mine.txt"):
        (out / name).write_text(name, encoding="utf-8")
    write_report(check_json, out)
    whole = _bytes(out)
    original, moves = Path.rename, []

    def dying(self: Path, target: Path) -> Path:
        moves.append(self)
        if len(moves) > last:
            raise Killed
        return original(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", dying)
        if last < 4:  # two moves of folders, and one of either file
            with pytest.raises(Killed):
                write_report(check_json, out)
        else:
            write_report(check_json, out)
    write_report(check_json, out)
    assert _bytes(out) == whole
    assert _names(tmp_path) == ["report"]
