"""What the README and the pages tell a newcomer to type gives what they show.

A block `console` is a session: each line after `$` is a command, with its output under it. A block that begins with a
comment that names a file is that file. The blocks of a page are taken in their order, in one folder.
"""

import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(
    r"^```(?:console\n(.*?)|(?:python|text)\n# ([\w-]+\.(?:py|csv))\n(.*?))^```$", re.MULTILINE | re.DOTALL
)
PAGES = {
    path.relative_to(ROOT).as_posix(): BLOCK.findall(path.read_text("utf-8"))
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
}
SHOWN = {page: blocks for page, blocks in PAGES.items() if any(session for session, _, _ in blocks)}


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


@pytest.mark.parametrize("page", SHOWN)
def test_a_page_shows_what_happens(page: str, workplace: Path) -> None:
    # The programs of this environment, under the path a newcomer has after `make check`.
    for session, name, content in SHOWN[page]:
        if name:
            (workplace / name).write_text(f"# {name}\n{content}", "utf-8")
        for command, shown in _commands(session) if session else ():
            done = subprocess.run(
                ["sh", "-c", command],
                cwd=workplace,
                env={**os.environ, "OMP_NUM_THREADS": "1"},
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, (command, done.stderr)
            assert _matches(shown, done.stdout, timed=" check " in command or " report " in command), (
                f"{command}\nshown:\n{shown}\nfound:\n{done.stdout}"
            )


def test_there_are_examples_and_they_cover_the_three_uses() -> None:
    for page in ("README.md", "docs/tutorial.md"):
        commands = [command for session, _, _ in SHOWN[page] if session for command, _ in _commands(session)]
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
    (command,) = {c for session, _, _ in SHOWN["README.md"] if session for c, _ in _commands(session) if "--plot" in c}
    subprocess.run(["sh", "-c", command], cwd=workplace, check=True, capture_output=True)
    drawn = (workplace / command.split()[-1]).read_text("utf-8")
    committed = (ROOT / "docs" / "images" / "knots.svg").read_text("utf-8")
    number = r"-?\d+\.\d+"
    assert re.sub(number, "#", drawn) == re.sub(number, "#", committed)
    assert [float(n) for n in re.findall(number, drawn)] == pytest.approx(
        [float(n) for n in re.findall(number, committed)], abs=0.05
    )
