"""Files appear whole or not at all, JSON is strict, and what cannot be written is refused beforehand."""

import json
import math
import os
import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.numerics.autoencoder import activation, bound_summary
from lemmata.reports.commands.failure import BadInput, explain_os_error, one_line, refusals
from lemmata.reports.commands.output import json_text, require_apart, require_writable, write_json, write_whole
from lemmata.reports.commands.terminal import plain_table


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_returns_what_went_in(record: object) -> None:
    assert json.loads(json_text(record)) == record


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_numbers_json_cannot_hold_are_refused_before_writing(number: float, tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    with pytest.raises(ValueError, match="JSON"):
        write_json(str(target), {"value": [number]})
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def fail(source: str, place: Path) -> None:
        assert Path(source).read_bytes() == b"new"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert [place.name for place in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_bytes() == b"old"


def test_an_existing_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_whole(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert target.read_bytes() == b"new"


def test_a_new_file_has_the_permissions_the_user_asks_for(tmp_path: Path) -> None:
    ordinary, ours = tmp_path / "ordinary", tmp_path / "ours"
    ordinary.write_bytes(b"")
    write_whole(ours, b"")
    assert ours.stat().st_mode == ordinary.stat().st_mode


def test_a_symbolic_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "a.txt", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    null = Path(os.devnull)
    require_writable("--json", null)
    write_whole(null, b"gone")
    assert null.is_char_device()


def test_targets_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for target, reason in ((tmp_path, "folder"), (tmp_path / "none" / "a", "exist"), (tmp_path / "file" / "a", "file")):
        with pytest.raises(BadInput, match=reason):
            require_writable("--json", target)


def test_an_output_never_overwrites_an_input_or_another_output(tmp_path: Path) -> None:
    data = tmp_path / "a.csv"
    link = tmp_path / "link.csv"
    link.symlink_to(data)
    require_apart([("--json", tmp_path / "a.json"), ("--plot", tmp_path / "a.svg")], [("the data", data)])
    for other in (data, link, tmp_path / "." / "a.csv"):
        with pytest.raises(BadInput, match="the data"):
            require_apart([("--json", other)], [("the data", data)])
    with pytest.raises(BadInput, match="--json"):
        require_apart([("--json", data), ("--plot", data)])


@given(st.text())
def test_a_message_is_one_printable_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line.isprintable()


def test_what_a_library_refuses_is_a_defect_and_not_bad_input() -> None:
    for refused in (lambda: np.zeros(2) + np.zeros(3), lambda: math.sqrt(-1), lambda: np.linalg.cholesky(-np.eye(2))):
        with pytest.raises(ValueError, match=r"broadcast|domain|definite") as caught, refusals():
            refused()
        assert not isinstance(caught.value, BadInput)


def test_what_the_project_raises_is_bad_input() -> None:
    with pytest.raises(BadInput, match="'no-such-activation'"), refusals():
        activation("no-such-activation")
    with pytest.raises(BadInput, match="rate = 0"), refusals():
        bound_summary("sign", rate=0)


def test_system_errors_name_the_file() -> None:
    assert explain_os_error(PermissionError(13, "Permission denied", "a.csv")) == "'a.csv': permission denied"
    assert explain_os_error(OSError("no number")) == "no number"


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(st.from_regex(r"[a-z]{0,9}", fullmatch=True), min_size=n, max_size=n), min_size=1)
    )
)
def test_a_plain_table_loses_nothing_and_lines_up(rows: list[list[str]]) -> None:
    headers = [f"h{column}" for column in range(len(rows[0]))]
    lines = plain_table(headers, rows)
    starts = [lines[0].index(header) for header in headers]
    for row, line in zip(rows, lines[1:], strict=True):
        for start, entry in zip(starts, row, strict=True):
            assert line[start : start + len(entry)] == entry
        assert line.split() == [entry for entry in row if entry]
