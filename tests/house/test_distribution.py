"""What is handed to others: the lock files, the wheel, and files free of anything that holds on one machine only."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock")
NOT_SOURCE = {".git", ".venv", "build", "dist", "out", "__pycache__", ".cache", ".hypothesis", "node_modules"}
TEXT = {".py", ".md", ".toml", ".cff", ".lock", ".css", ".html", ".j2", ".svg", ".csv", ".json", ".tex", ""}

# An absolute path of two or more parts, other than the few that every Unix has.
ABSOLUTE = re.compile(r"""(?:^|(?<=[\s"'=(\[`:,]))/(?!dev/|bin/|usr/bin/env\b)[A-Za-z]{3,}/[\w.-]+""", re.MULTILINE)


def _is_made(name: str) -> bool:
    """Whether a folder is something a run leaves behind rather than source."""
    return name in NOT_SOURCE or name.startswith(".venv-") or name.endswith((".egg-info", "_cache"))


def _skipped(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if _is_made(name)}


def _source_files() -> list[Path]:
    found = []
    for place in sorted(ROOT.iterdir()):
        if _is_made(place.name):
            continue
        found += [place] if place.is_file() else [path for path in sorted(place.rglob("*")) if path.is_file()]
    return [path for path in found if "__pycache__" not in path.parts]


def _pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    pins = {}
    for line in text.splitlines():
        match = re.fullmatch(r"([a-z0-9-]+)==([\w.+!]+)(?: ; [^#]+?)?((?: +--hash=sha256:[0-9a-f]{64})+) *", line)
        assert match, f"{lock}: {line[:60]!r} is not a pinned version with hashes"
        pins[match[1]] = match[2]
    return pins


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_version_by_hash_and_names_no_source(lock: str) -> None:
    assert len(_pins(lock)) > 20  # _pins refuses every line that is not a pin with hashes


def test_the_locks_agree_and_cover_the_declared_dependencies() -> None:
    run, test = (_pins(lock) for lock in LOCKS)
    assert run.items() <= test.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    declared = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    extras = project["project"]["optional-dependencies"]
    for pins, requirements in ((run, declared), (test, extras["test"]), (test, extras["docs"])):
        for requirement in requirements:
            name, floor = requirement.split(",")[0].split(">=")
            pinned = tuple(int(part) for part in re.findall(r"\d+", pins[name]))
            assert pinned >= tuple(int(part) for part in floor.split(".")), requirement


def test_no_file_names_a_place_on_one_machine() -> None:
    found = []
    for path in _source_files():
        if path.suffix in TEXT:
            text = path.read_text("utf-8")
            found += [f"{path.relative_to(ROOT)}: {match}" for match in ABSOLUTE.findall(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("open('" + "/home" + "/me/data.csv')", True),
        ("cd " + "/srv" + "/project", True),
        ("#!/usr/bin/env bash", False),
        ("x 2>/dev/null", False),
        ("and/or/neither, n/d, https://example.org/a/b", False),
    ],
)
def test_the_search_for_such_places_finds_them(text: str, found: bool) -> None:
    assert bool(ABSOLUTE.search(text)) is found


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel, built from a copy of the source without any network, was installed."""
    place = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, place / "source", ignore=_skipped)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = [
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        str(place),
        str(place / "source"),
    ]
    subprocess.run([*pip, *build], check=True, capture_output=True, text=True)
    (wheel,) = place.glob("lemmata-*.whl")
    target = ["install", "--no-deps", "--no-index", "--target", str(place / "site"), str(wheel)]
    subprocess.run([*pip, *target], check=True, capture_output=True, text=True)
    return place / "site"


def test_the_source_distribution_holds_what_builds_and_tests_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "source", ignore=_skipped)
    program = "import setuptools.build_meta as b; b.build_sdist('..')"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path / "source", check=True, capture_output=True)
    (archive,) = tmp_path.glob("lemmata-*.tar.gz")
    with tarfile.open(archive) as held:
        names = {name.partition("/")[2] for name in held.getnames()}
    for folder in ("docs", "tests", "tools"):
        assert {p.relative_to(ROOT).as_posix() for p in _source_files() if p.is_relative_to(ROOT / folder)} <= names
    assert {"Makefile", "README.md", *LOCKS} <= names


def test_the_wheel_holds_every_module_and_nothing_else(installed: Path) -> None:
    floors = [ROOT / floor for floor in ("analysis", "numerics", "claims", "reports")]
    modules = {path.relative_to(ROOT) for floor in floors for path in floor.rglob("*.py")}
    shipped = {path.relative_to(installed / "lemmata") for path in (installed / "lemmata").rglob("*.py")}
    assert shipped == modules | {Path("__init__.py")}
    assert (installed / "lemmata" / "py.typed").is_file()
    templates = {path.relative_to(ROOT) for path in (ROOT / "reports" / "templates").rglob("*") if path.is_file()}
    assert all((installed / "lemmata" / path).is_file() for path in templates)


def test_the_wheel_is_imported_from_elsewhere(installed: Path, tmp_path: Path) -> None:
    program = f"""
import sys, pkgutil, importlib
sys.path.insert(0, {str(installed)!r})
import lemmata
assert lemmata.__file__.startswith({str(installed)!r}), lemmata.__file__
for found in pkgutil.walk_packages(lemmata.__path__, "lemmata."):
    importlib.import_module(found.name)
for name in lemmata.__all__:
    getattr(lemmata, name)
from lemmata.reports.commands.main import main
sys.exit(main(["--version"]))
"""
    result = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(r"lemmata \d+\.\d+\.\d+\n", result.stdout)
