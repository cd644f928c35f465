"""Runs the command line as a user does: the installed program, in a folder of its own, its output in a pipe."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from lemmata.reports.commands.main import main

PROGRAM = Path(sys.executable).parent / "lemmata"


@dataclass(frozen=True)
class Ending:
    """How a run ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ending]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A function of the arguments, what comes in on standard input, and changes to the environment."""

    def call(*arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> Ending:
        done = subprocess.run(
            [str(PROGRAM), *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "OMP_NUM_THREADS": "1", **(environment or {})},
            timeout=300,
        )
        return Ending(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return call


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The same in this process, for tables of cases that would spend their time on starting the program."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, stdin: bytes = b"") -> Ending:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        status = main(arguments)
        shown = capsys.readouterr()
        return Ending(status, shown.out, shown.err)

    return call


def _contents(place: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(place.rglob("*"))}


@pytest.fixture(params=["inside"])
def refused(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., str]:
    """Runs the program on bad input, checks all that holds of every refusal, and returns its one line.

    In this process, unless a test asks for the installed program by the parameter ``run``.
    """
    start: Run = request.getfixturevalue(request.param)

    def call(*arguments: str, stdin: bytes = b"") -> str:
        before = _contents(tmp_path)
        ending = start(*arguments, stdin=stdin)
        assert ending.status == 2, ending
        assert ending.out == ""
        assert ending.err.startswith("lemmata: ")
        assert ending.err.count("\n") == 1
        assert ending.err.endswith("\n")
        assert "Traceback" not in ending.err
        assert _contents(tmp_path) == before
        return ending.err

    return call
