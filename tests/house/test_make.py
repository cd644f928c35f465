"""The two commands: what they install, that a second run installs nothing, and what they end with."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Stands for Python and for every program in .venv/bin: it writes down how it was called. As `python -m venv` it makes
# a .venv of copies of itself; as `lemmata` it ends with the status the test asked for.
RECORDER = """#!/bin/sh
name=$(basename "$0")
echo "$name $*" >> calls
case "$name $*" in
*"-m venv "*)
    mkdir -p .venv/bin
    for program in python lemmata ruff mypy pytest sphinx-build; do cp "$0" ".venv/bin/$program"; done ;;
"lemmata check"*)
    echo '{}' > out/check.json
    exit "${CHECK_STATUS:-0}" ;;
esac
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with a space in its name that holds what make needs, and the recorder instead of Python."""
    place = tmp_path / "2 copies-of it"
    place.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, place)
    recorder = place / "recorder"
    recorder.write_text(RECORDER)
    recorder.chmod(recorder.stat().st_mode | stat.S_IXUSR)
    return place


def _make(house: Path, target: str, **environment: str) -> tuple[int, list[str]]:
    """Runs make and returns its status and the calls it made."""
    calls = house / "calls"
    calls.unlink(missing_ok=True)
    # What an outer make hands down would change how the inner one runs.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--silent", target, "PYTHON=./recorder"]
    done = subprocess.run(command, cwd=house, env={**clean, **environment}, capture_output=True, text=True)
    return done.returncode, calls.read_text().splitlines()


def _installs(calls: list[str]) -> list[str]:
    return [call for call in calls if re.search(r"-m (venv|pip)\b", call)]


def test_check_installs_checks_and_reports(house: Path) -> None:
    status, calls = _make(house, "check")
    assert status == 0
    assert any("--require-hashes" in call and "requirements.lock" in call for call in calls)
    assert any("--no-deps --no-build-isolation --editable ." in call for call in calls)
    assert not any("requirements-test.lock" in call for call in calls)
    assert calls[-2].startswith("lemmata check --json out/check.json")
    assert calls[-1].startswith("lemmata report --from out/check.json --out out/report")
    assert os.readlink(house / ".venv" / "editable" / "lemmata") == "../.."


def test_test_runs_every_tool(house: Path) -> None:
    status, calls = _make(house, "test")
    assert status == 0
    run = [call for call in calls if not call.startswith(("python", "recorder"))]
    assert [call.split()[0] for call in run] == ["ruff", "ruff", "mypy", "pytest"]
    assert all(f"-p lemmata.{floor}" in run[2] for floor in ("analysis", "numerics", "claims", "reports"))


def test_docs_are_built_strictly(house: Path) -> None:
    status, calls = _make(house, "docs")
    assert status == 0
    (build,) = [call for call in calls if call.startswith("sphinx-build")]
    assert build.endswith(" docs out/docs")
    assert {"--nitpicky", "--fail-on-warning", "--fresh-env"} <= set(build.split())


@pytest.mark.parametrize("target", ["check", "test", "docs"])
def test_a_second_run_installs_nothing(house: Path, target: str) -> None:
    assert _installs(_make(house, target)[1])
    assert _installs(_make(house, target)[1]) == []


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_installs_again(house: Path, changed: str) -> None:
    _make(house, "check")
    later = (house / ".venv" / "ready-check").stat().st_mtime + 10
    os.utime(house / changed, (later, later))
    assert _installs(_make(house, "check")[1])


def test_an_unexpected_verdict_is_reported_and_fails(house: Path) -> None:
    status, calls = _make(house, "check", CHECK_STATUS="1")
    assert status != 0
    assert calls[-1].startswith("lemmata report")


def test_ci_runs_make_test_with_its_own_profile() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "set -euo pipefail" in script
    assert script.rstrip().endswith("make test")
    assert "CI=" in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
