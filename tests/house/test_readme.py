"""What the README tells a newcomer to type gives what it shows."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text("utf-8")
SESSIONS = re.findall(r"^```console\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def _commands(session: str) -> list[tuple[str, str]]:
    """The commands of a session, each with the output shown under it."""
    parts = re.split(r"^\$ (.*)\n", session, flags=re.MULTILINE)
    assert parts[0] == "", "a session begins with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _matches(shown: str, found: str) -> bool:
    """Whether the output is the one shown, where a line `...` stands for any lines and timings may differ."""
    timing = r"\b\d+\.\d+(?= s\b|\n|$)"
    if " s)" in shown or "seconds" in shown:
        shown, found = (re.sub(timing, "#", text) for text in (shown, found))
        shown, found = (re.sub(r" +", " ", text) for text in (shown, found))
    pattern = "".join(r"(?:.*\n)*?" if line == "...\n" else re.escape(line) for line in shown.splitlines(keepends=True))
    return re.fullmatch(pattern, found) is not None


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with what the examples read, as in a clone."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    return tmp_path


@pytest.mark.parametrize("session", SESSIONS)
def test_a_session_shows_what_happens(session: str, workplace: Path) -> None:
    # The programs of this environment, under the path a newcomer has after `make check`.
    for command, shown in _commands(session):
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=workplace,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, (command, done.stderr)
        assert _matches(shown, done.stdout), f"{command}\nshown:\n{shown}\nfound:\n{done.stdout}"


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_runs(program: str, workplace: Path) -> None:
    done = subprocess.run([sys.executable, "-c", program], cwd=workplace, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_there_are_examples_and_they_cover_the_three_uses() -> None:
    commands = [command for session in SESSIONS for command, _ in _commands(session)]
    for name in ("check", "knots", "bound"):
        assert any(f"lemmata {name} " in command for command in commands)


def test_the_comparison_can_fail() -> None:
    assert _matches("a\n...\nd\n", "a\nb\nc\nd\n")
    assert not _matches("a\n...\nd\n", "a\nb\nc\n")
    assert not _matches("1.25\n", "1.26\n")
    assert _matches("done (1.2 s)\n", "done (7.9 s)\n")
    assert not _matches("2 done (1.2 s)\n", "3 done (1.2 s)\n")


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", TEXT):
        place = target[0] or target[1]
        if not place.startswith("https://"):
            assert (ROOT / place).exists(), place


def test_the_commands_to_make_are_targets() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z]+)", TEXT))
    assert {"check", "test"} <= named <= targets
