"""Writing a report: everything is built beside the target and put in place in one move.

A run that fails leaves the report that was there as it was, and files in the folder that no report wrote are kept.
What a run that was killed between two moves had set aside, the next run puts back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .bench.page import benchmark_pages
from .bench.results import Results
from .figures import draw_figures
from .html import render_pages
from .latex import latex
from .letter import letters
from .long_tests import Trust
from .markdown import markdown, summary
from .reading import read_record
from .record import Record, ReportError

_PROVENANCE = "provenance.json"
_GENERATOR = "lemmata report"


def _provenance(
    record: Record, check: Mapping[str, Any], files: Mapping[str, str], benchmarks: Sequence[Results]
) -> str:
    canonical = json.dumps(check, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    content = {
        "generator": _GENERATOR,
        "record_sha256": hashlib.sha256(canonical.encode("ascii")).hexdigest(),
        "run": dict(record.provenance),
        "files": sorted([*files, _PROVENANCE]),
    }
    if benchmarks:
        content["benchmarks"] = {item.benchmark: item.provenance for item in benchmarks}
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=True, allow_nan=False) + "\n"


def _own_files(out: Path) -> frozenset[str] | None:
    """Paths that the report now in the folder consists of; None where there is no report."""
    try:
        content = json.loads((out / _PROVENANCE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict) or content.get("generator") != _GENERATOR:
        return None
    listed = content.get("files")
    return frozenset(f for f in listed if isinstance(f, str)) if isinstance(listed, list) else frozenset()


def _foreign(out: Path, files: Mapping[str, str]) -> list[Path]:
    """Files in the folder that no report wrote, relative to it; refuses if one stands where a page must go."""
    own = _own_files(out)
    found = [p.relative_to(out) for p in sorted(out.rglob("*")) if not p.is_dir() or p.is_symlink()]
    foreign = [p for p in found if own is None or p.as_posix() not in own]
    occupied = {p.as_posix() for p in foreign}
    for name in files:
        ancestors = {a.as_posix() for a in Path(name).parents}
        clash = sorted(occupied & ({name} | ancestors))
        if clash or (out / name).is_dir():
            raise ReportError(
                f"{out} holds {clash[0] if clash else name}, which no report wrote; allowed is a folder that is new, "
                "empty, or holds an earlier report"
            )
    return foreign


def _checked_target(out: Path) -> Path:
    out = Path(os.path.abspath(out))  # not resolved yet: a link to nowhere is to be named as it was given
    if out.is_symlink():
        out = out.resolve()
    if out.exists() and not out.is_dir():
        raise ReportError(f"{out} is a file; allowed is a folder")
    here = Path.cwd()
    if out == here or out in here.parents:
        raise ReportError(
            f"{out} is or contains the current folder; allowed is a folder that can be replaced as a whole"
        )
    return out


def _aside(out: Path) -> Path:
    """Where what was in the folder waits while a new report takes its place."""
    return out.with_name(f".{out.name}.before-report")


def _moved(foreign: Iterable[Path], old: Path, out: Path) -> None:
    for path in foreign:
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (old / path).rename(target)


def _recover(out: Path) -> None:
    """Finish what a run left that was killed while it put its report in place."""
    old = _aside(out)
    if not old.is_dir():
        return
    if out.exists():  # the new report stands; the files that no report wrote still have to follow
        _moved((p for p in _foreign(old, {}) if not (out / p).exists()), old, out)
        shutil.rmtree(old)
    else:
        old.rename(out)


def _put_in_place(built: Path, out: Path, foreign: list[Path]) -> None:
    if not out.exists():
        built.rename(out)
        return
    old = _aside(out)
    out.rename(old)
    try:
        built.rename(out)
    except OSError:
        old.rename(out)
        raise
    _moved(foreign, old, out)
    shutil.rmtree(old)


def write_report(
    check_json: dict[str, Any], out: Path, benchmarks: Sequence[Results] = (), trust: Trust | None = None
) -> Path:
    """Write the report of a check as HTML, Markdown and LaTeX, with its summary and provenance.

    Args:
        check_json: the decoded JSON of `lemmata check`, with optional `title`, `axiom_details` and `figures`.
        out: folder to write; its parents are made.  An earlier report in it is replaced as a whole, other files in
            it are kept.
        benchmarks: results of `lemmata bench`, which get a page of their own in the HTML report.
        trust: what the long tests of this version found, which gets a page too.

    Returns:
        Path of the index page.  The same record gives the same bytes in every file.

    Raises:
        ReportError: for a record that is not one of `lemmata check` (before anything is written), and for a folder
            that is a file, holds the current folder, or holds foreign files where pages must go.
        OSError: where the folder cannot be written; what was in it stays as it was.

    >>> import tempfile
    >>> record = {"claims": [{"id": "a", "verdict": "proved", "expected": "proved"}]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_report(record, Path(folder) / "report").name
    'index.html'
    """
    record = read_record(check_json)
    page = benchmark_pages(benchmarks)
    files = dict(render_pages(record, draw_figures(record.figures), page, trust))
    files |= {"report.md": markdown(record), "report.tex": latex(record), "SUMMARY.md": summary(record)}
    files |= letters(record)
    files[_PROVENANCE] = _provenance(record, check_json, files, benchmarks)
    out = _checked_target(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    _recover(out)
    foreign = _foreign(out, files) if out.exists() else []
    built = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        built.chmod(0o755)  # a temporary folder is private, a report is not
        for name, content in files.items():
            path = built / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
        _put_in_place(built, out, foreign)
    finally:
        shutil.rmtree(built, ignore_errors=True)
    return out / "index.html"
