"""Wheel and source distribution, installed into empty environments with the lowest and the highest versions allowed."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .processes import run
from .test_determinism import _without_timings

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
MADE = shutil.ignore_patterns(".*", "build", "dist", "out", "__pycache__", "*.egg-info")
LEAST = 12  # claims that are checked in every environment


def _uv() -> str:
    beside = Path(sys.executable).parent / "uv"
    found = os.environ.get("UV") or shutil.which("uv") or (str(beside) if beside.exists() else None)
    if found is None:
        pytest.skip("uv is not installed, which chooses the lowest versions")
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution of a copy of the source, and the lowest requirements."""
    uv, place = _uv(), tmp_path_factory.mktemp("dist")
    shutil.copytree(ROOT, place / "source", ignore=MADE)
    run([uv, "build", "--quiet", "--out-dir", place / "dist", place / "source"], place)
    lowest = ["--resolution", "lowest-direct", "--python-version", "3.11", "--output-file", place / "lowest.txt"]
    run([uv, "pip", "compile", "--quiet", "--extra", "sweep", *lowest, place / "source" / "pyproject.toml"], place)
    return place


def _installed(built: Path, place: Path, *what: str) -> Path:
    """The programs of a new environment with these requirements."""
    uv = _uv()
    run([uv, "venv", "--quiet", "--python", sys.executable, place / "venv"], place)
    run([uv, "pip", "install", "--quiet", "--python", place / "venv", *what], place)
    return place / "venv" / "bin"


def _claims() -> list[str]:
    """A dozen claims and more, from all over the register, that are quickly checked."""
    from lemmata.claims.register import register

    quick = [claim.id for claim in register().values() if not claim.slow and claim.evidence is None]
    return quick[:: max(1, len(quick) // (2 * LEAST))][: 2 * LEAST]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the check of these claims comes to in this environment."""
    place = tmp_path_factory.mktemp("here")
    run([Path(sys.executable).parent / "lemmata", "check", *_claims(), "--json", "check.json"], place)
    return _verdicts(place / "check.json")


def _verdicts(path: Path) -> str:
    record = _without_timings(json.loads(path.read_text("utf-8")))
    kept = ("id", "verdict", "expected", "fully_proved", "axioms", "oracles")
    return json.dumps([{name: claim[name] for name in kept} for claim in record["claims"]], indent=1)


@pytest.mark.parametrize(("archive", "versions"), [("whl", "lowest"), ("whl", "highest"), ("tar.gz", "highest")])
def test_an_installed_package_works(
    archive: str, versions: str, built: Path, here: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    (package,) = (built / "dist").glob(f"lemmata-*.{archive}")
    limits = ["-r", str(built / "lowest.txt")] if versions == "lowest" else []
    programs = _installed(built, tmp_path, f"lemmata[sweep] @ {package.as_uri()}", *limits)
    place = tmp_path / "work"
    place.mkdir()
    lemmata = programs / "lemmata"
    found = json.loads(run([lemmata, "doctor", "--json", "-"], place))
    assert found["well"] is True
    states = {finding["name"]: finding["state"] for finding in found["findings"]}
    assert states["kernel"] == states["fit"] == states["pyarrow"] == "ok"
    assert states["pytest"] == "absent"
    shown = run([lemmata, "doctor"], place)
    assert "this installation is whole" in shown
    assert re.search(r"optional and not installed: .*torch", shown)
    names = _claims()
    assert len(names) >= LEAST
    run([lemmata, "check", *names, "--json", "check.json"], place)
    assert _verdicts(place / "check.json") == here
    run([lemmata, "report", "--from", "check.json", "--out", "site"], place)
    assert (place / "site" / "index.html").exists()
    shutil.copy(ROOT / "docs" / "examples" / "points.csv", place)
    knots = ["knots", "points.csv", "--lam", "0.003", "--certify", "--plot", "knots.svg", "--json", "-"]
    fit = json.loads(run([lemmata, *knots], place))
    assert fit["certified"] is True
    assert fit["certificate"]["knot_count"] == 3
    bound = json.loads(run([lemmata, "bound", "--activation", "sign", "--n", "32", "--d", "64", "--json", "-"], place))
    assert abs(bound["bound"] - 0.681690113816) < 1e-12
    (place / "s.toml").write_text('task = "relu"\n[axes]\ndata = "noise:5"\nlam = [0.1, 1]\n', "utf-8")
    run([lemmata, "sweep", "s.toml", "--jobs", "1"], place)
    record_property("environments", 1)
    record_property("claims in each", len(names) if (archive, versions) == ("whl", "lowest") else 0)


def test_the_doctor_says_what_is_missing(built: Path, tmp_path: Path) -> None:
    (package,) = (built / "dist").glob("lemmata-*.whl")
    programs = _installed(built, tmp_path, str(package))
    for name in ("jinja2", "z3-solver"):
        run([_uv(), "pip", "uninstall", "--quiet", "--python", tmp_path / "venv", name], tmp_path)
    done = subprocess.run([programs / "lemmata", "doctor"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done
    assert re.search(r"^jinja2 +missing", done.stdout, re.MULTILINE)
    assert re.search(r"^z3-solver +missing", done.stdout, re.MULTILINE)
    assert "to mend: z3-solver, jinja2" in done.stdout.replace("\n", " ")
    assert "Traceback" not in done.stderr
