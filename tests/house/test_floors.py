"""The house stands: imports go down the floors only, and the package list is the folders."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("analysis", "numerics", "claims", "reports")
MODULES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def _package_of(path: Path) -> tuple[str, ...]:
    """The package a module's relative imports start from, counted from the root."""
    return path.relative_to(ROOT).parent.parts


def imported_modules(source: str, package: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every module a source text imports: ("project", path from the root) or ("outside", absolute name).

    A name taken from a package may itself be a module, so each is reported as one too.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield "outside", tuple(alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            named = tuple(node.module.split(".")) if node.module else ()
            if node.level == 0:
                yield "outside", named
                continue
            up = node.level - 1
            assert up <= len(package), "a relative import leaves the package"
            base = package[: len(package) - up] + named
            for alias in node.names:
                yield "project", (*base, alias.name)


def violations(source: str, package: tuple[str, ...]) -> list[str]:
    """What a module's imports break, as sentences; empty where nothing."""
    own = FLOORS.index(package[0])
    kernel = package[:2] == ("analysis", "kernel")
    found = []
    for kind, name in imported_modules(source, package):
        dotted = ".".join(name)
        if kind == "project":
            if name[0] in FLOORS and FLOORS.index(name[0]) > own:
                found.append(f"imports {dotted}, a floor above its own")
            if kernel and name[:2] != ("analysis", "kernel"):
                found.append(f"the kernel imports {dotted} of the project")
            continue
        if name[0] == "lemmata":
            found.append(f"imports {dotted} by its absolute name")
        if package[0] == "analysis" and name[0] in {"numpy", "scipy", "sklearn", "matplotlib", "torch"}:
            found.append(f"analysis imports {dotted}")
        if kernel and name[0] not in {*sys.stdlib_module_names, "flint", "z3"}:
            found.append(f"the kernel trusts {dotted}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_only(path: Path) -> None:
    assert violations(path.read_text("utf-8"), _package_of(path)) == []


@pytest.mark.parametrize(
    ("package", "source", "broken"),
    [
        (("numerics",), "from ..claims import Claim", True),
        (("numerics",), "from .. import claims", True),
        (("numerics",), "def f():\n    from ..claims.runner import run_check", True),
        (("numerics", "meanfield"), "from ...analysis.meanfield import arcs", False),
        (("claims",), "from ..numerics import data_file", False),
        (("claims",), "import lemmata.analysis", True),
        (("claims",), "from lemmata import analysis", True),
        (("analysis", "gaussian"), "import numpy as np", True),
        (("analysis", "gaussian"), "from numpy.linalg import eigh", True),
        (("analysis", "gaussian"), "from ..kernel import steps", False),
        (("analysis", "kernel"), "from ..gaussian import hermite", True),
        (("analysis", "kernel"), "from .terms import Term", False),
        (("analysis", "kernel"), "import sympy", True),
        (("analysis", "kernel"), "import flint, fractions", False),
        (("reports", "commands"), "from ...claims.runner import register", False),
        (("analysis",), "from .. import __version__", False),
    ],
)
def test_the_floor_test_can_fail(package: tuple[str, ...], source: str, broken: bool) -> None:
    assert bool(violations(source, package)) is broken


def test_an_import_out_of_the_package_is_refused() -> None:
    with pytest.raises(AssertionError, match="leaves the package"):
        violations("from ... import something", ("numerics",))


def _folders_with_code() -> set[str]:
    folders = {path.parent for floor in FLOORS for path in (ROOT / floor).rglob("*.py")}
    return {"lemmata", *("lemmata." + ".".join(folder.relative_to(ROOT).parts) for folder in folders)}


def test_the_package_list_is_the_folders() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    assert set(settings["packages"]) == _folders_with_code()
    expected = {name: name.partition(".")[2].replace(".", "/") or "." for name in settings["packages"]}
    assert settings["package-dir"] == expected


def test_every_folder_is_a_package_with_a_docstring() -> None:
    for path in (ROOT / "__init__.py", *(path for path in MODULES)):
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), f"{path.relative_to(ROOT)} does not say what it is"
    folders = {path.parent for path in MODULES}
    assert all((folder / "__init__.py").is_file() for folder in folders)
