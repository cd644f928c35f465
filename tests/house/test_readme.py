"""What the README tells a newcomer to type gives what it shows."""

import math
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


NUMBER = re.compile(r"(?<![\w.-])[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w-])")


def _matches(shown: str, found: str, *, timed: bool = False) -> bool:
    """Whether the output is the one shown: the same words, and numbers that differ by rounding at most.

    Columns may be wider; a line `...` stands for any lines; in timed output, numbers with a decimal point are timings.
    """

    def words(text: str) -> str:
        return re.sub(r" +", " ", NUMBER.sub("#", text))

    pattern = "".join(
        r"(?:.*\n)*?" if line == "...\n" else re.escape(words(line)) for line in shown.splitlines(keepends=True)
    )
    if re.fullmatch(pattern, words(found)) is None:
        return False
    if "...\n" in shown:
        return True
    pairs = zip(NUMBER.findall(shown), NUMBER.findall(found), strict=True)
    return all(
        (timed and "." in ours) or math.isclose(float(ours), float(theirs), rel_tol=1e-9, abs_tol=1e-12)
        for ours, theirs in pairs
    )


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
        assert _matches(shown, done.stdout, timed=" check " in command), (
            f"{command}\nshown:\n{shown}\nfound:\n{done.stdout}"
        )


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
    assert _matches("gap 2.1e-17\n", "gap 7e-18\n")
    assert not _matches("gap 2.1e-17\n", "gap 2.1e-7\n")
    assert _matches("2 done (1.2 s)\n", "2 done (7.9 s)\n", timed=True)
    assert not _matches("2 done (1.2 s)\n", "3 done (1.2 s)\n", timed=True)
    assert not _matches("proved\n", "refuted\n")


def test_the_picture_is_the_one_its_session_draws(workplace: Path) -> None:
    """Up to rounding in the coordinates: the committed picture is not from another version."""
    (command,) = {c for session in SESSIONS for c, _ in _commands(session) if "--plot" in c}
    subprocess.run(["sh", "-c", command], cwd=workplace, check=True, capture_output=True)
    drawn = (workplace / command.split()[-1]).read_text("utf-8")
    committed = (ROOT / "docs" / "images" / "knots.svg").read_text("utf-8")
    number = r"-?\d+\.\d+"
    assert re.sub(number, "#", drawn) == re.sub(number, "#", committed)
    assert [float(n) for n in re.findall(number, drawn)] == pytest.approx(
        [float(n) for n in re.findall(number, committed)], abs=0.05
    )


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", TEXT):
        place = target[0] or target[1]
        if not place.startswith("https://"):
            assert (ROOT / place).exists(), place


def test_the_commands_to_make_are_targets() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z]+)", TEXT))
    assert {"check", "test"} <= named <= targets
