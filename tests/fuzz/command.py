"""The command line in this process, in a folder of its own, with what must hold of every way it ends."""

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from lemmata.reports.commands.main import main

from .judge import COUNTS, in_time, quiet


@dataclass(frozen=True)
class Ending:
    """Exit status, both outputs, and the files that are there now and were not, or have changed."""

    status: int
    out: str
    err: str
    written: Mapping[str, bytes]


def _files(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def lemmata(*arguments: str, files: Mapping[str, bytes] | None = None, stdin: bytes = b"") -> Ending:
    """Run a command on some files: it ends with 0, 1, 2 or 3; with 2 it says why in one line and writes nothing."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in (files or {}).items():
            (place / name).write_bytes(content)
        before = _files(place)
        os.chdir(place)
        try:
            with (
                contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), in_time(), quiet(),
                mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
            ):  # fmt: skip
                status = main(arguments)
        finally:
            os.chdir(here)
        after = _files(place)
    shown = []
    for stream in (out, err):
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        shown.append(buffer.getvalue().decode("utf-8"))
    written = {name: content for name, content in after.items() if before.get(name) != content}
    ending = Ending(status, shown[0], shown[1], written)
    assert status in (0, 1, 2, 3), ending
    assert set(before) <= set(after), "a file is gone"
    if status == 2:
        COUNTS["refused"] += 1
        assert ending.out == ""
        assert ending.err.startswith("lemmata: ")
        assert ending.err.endswith("\n")
        assert ending.err.count("\n") == 1, ending.err
        assert ending.written == {}
    else:
        COUNTS["valid"] += 1
        assert "Traceback" not in ending.err
    return ending
