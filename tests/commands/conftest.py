"""Runs the command line as a user does: the installed program, in a folder of its own, its output in a pipe."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

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
def refused(run: Run, tmp_path: Path) -> Callable[..., str]:
    """Runs the program on bad input, checks all that holds of every refusal, and returns its one line."""

    def contents() -> dict[str, bytes | None]:
        places = sorted(tmp_path.rglob("*"))
        return {str(place): place.read_bytes() if place.is_file() else None for place in places}

    def call(*arguments: str, stdin: bytes = b"") -> str:
        before = contents()
        ending = run(*arguments, stdin=stdin)
        assert ending.status == 2, ending
        assert ending.out == ""
        assert ending.err.startswith("lemmata: ")
        assert ending.err.count("\n") == 1
        assert ending.err.endswith("\n")
        assert "Traceback" not in ending.err
        assert contents() == before
        return ending.err

    return call
