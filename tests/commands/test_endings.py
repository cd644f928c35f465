"""Every way a command ends has its exit status, and bad usage is one line."""

import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lemmata import __version__
from lemmata.reports.commands import main
from lemmata.reports.commands.failure import BadInput


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("frobnicate",), "frobnicate"),
        (("--frobnicate",), "--frobnicate"),
        (("knots",), "DATA.csv"),
        (("knots", "a.csv"), "--lam"),
        (("knots", "a.csv", "--lam", "abc"), "'abc'"),
        (("knots", "a.csv", "--lam", "1", "--beta", "cold"), "'cold'"),
        (("knots", "a.csv", "--lam"), "--lam"),
        (("knots", "a.csv", "b.csv", "--lam", "1"), "b.csv"),
        (("knots", "a.csv", "--lam", "1", "--digits", "0", "--certify"), "'0'"),
        (("knots", "a.csv", "--lam", "1", "--digits", "9"), "--certify"),
        (("knots", "a.csv", "--lam", "1", "--plot", "fit.gif"), ".svg, .png, .pdf"),
        (("knots", "a.csv", "--lam", "1", "--plot", "no/fit.svg"), "no/fit.svg"),
        (("knots", "a.csv", "--lam", "1", "--json", "a.csv"), "is also the data"),
        (("knots", "a.csv", "--lam", "1", "--json", "b.svg", "--plot", "b.svg"), "is also --json"),
        (("check", "--jobs", "0"), "'0'"),
        (("check", "--jobs", "two"), "'two'"),
        (("check", "--json", "no/check.json"), "no/check.json"),
        (("check", "--json", "."), "folder"),
        (("bound",), "--activation"),
        (("bound", "--activation", "sign", "--n", "2.5", "--d", "3"), "'2.5'"),
        (("bound", "--activation", "sign", "--rate", "1", "--json", "no/b.json"), "no/b.json"),
        (("show",), "ID"),
        (("list", "extra"), "extra"),
    ],
)
def test_bad_usage_is_one_line(refused: Callable[..., str], arguments: tuple[str, ...], reason: str) -> None:
    assert reason in refused(*arguments)


def test_a_value_with_line_breaks_and_controls_stays_on_one_line(refused: Callable[..., str]) -> None:
    assert r"\x1b" in refused("knots", "a.csv", "--lam", "1\n2\x1b[31m")


def test_help_costs_little_and_needs_no_numerical_library(run: Callable[..., Any]) -> None:
    began = time.perf_counter()
    ending = run("--help")
    assert time.perf_counter() - began < 2.0  # measured 0.15 s on an idle machine; this one is shared
    assert ending.status == 0
    assert all(name in ending.out for name in ("check", "list", "show", "report", "knots", "bound"))
    program = "import sys; from lemmata.reports.commands.main import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"numpy", "scipy", "sympy", "matplotlib", "flint", "z3", "sklearn"}


def test_version_and_bare_command(run: Callable[..., Any]) -> None:
    assert run("--version").out == f"lemmata {__version__}\n"
    bare = run()
    assert bare.status == 0
    assert bare.out.startswith("Usage: lemmata")


def _raise(error: BaseException) -> Callable[..., int]:
    def command(*arguments: object, **options: object) -> int:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (BadInput("--x: no"), 2, "lemmata: --x: no\n"),
        (KeyboardInterrupt(), 130, "lemmata: interrupted\n"),
        (EOFError(), 130, "lemmata: interrupted\n"),
    ],
)
def test_endings(
    error: BaseException, status: int, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lemmata.claims.register.register", _raise(error))
    assert main.main(["list"]) == status
    captured = capsys.readouterr()
    assert captured.err.lstrip("\n") == line
    assert captured.out == ""


def test_a_defect_keeps_its_traceback_and_is_not_taken_for_a_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lemmata.claims.register.register", _raise(ZeroDivisionError("division by zero")))
    assert main.main(["list"]) == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error(run: Callable[..., Any], tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "lemmata"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([str(program), "list"], stdout=writer, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    os.close(writer)
    assert done.returncode == 141
    assert done.stderr == ""


def on_a_terminal(*arguments: str, environment: dict[str, str] | None = None) -> tuple[int, str]:
    """Runs the program with a terminal as its output and returns its status and what the terminal received."""
    program = Path(sys.executable).parent / "lemmata"
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [str(program), *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **(environment or {})},
    )
    os.close(theirs)
    received = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux reports the closed other side of a terminal this way
            break
        if not part:
            break
        received += part
    os.close(ours)
    return process.wait(), received.decode("utf-8")


def test_colours_on_a_terminal_only(run: Callable[..., Any]) -> None:
    status, shown = on_a_terminal("list")
    assert status == 0
    assert "\x1b[" in shown
    plain = run("list")
    assert plain.status == 0
    assert "\x1b[" not in plain.out
    assert plain.err == ""


def test_no_colour_where_the_user_wants_none() -> None:
    status, shown = on_a_terminal("list", environment={"NO_COLOR": "1", "TERM": "dumb"})
    assert status == 0
    assert "\x1b[3" not in shown
