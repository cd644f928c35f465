"""`lemmata doctor`: whether this installation is whole, and what is missing for what."""

import importlib.util
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from .failure import EXPECTED, UNEXPECTED
from .output import STANDARD_STREAM, require_writable, write_json
from .terminal import Cell, show_line, show_table

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_STYLES = {"ok": "green", "missing": "red", "too old": "red", "broken": "red", "absent": "yellow"}
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:>=\s*([0-9][0-9.]*))?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state (ok, missing, too old, broken; absent where optional), and what it is for."""

    name: str
    state: str
    found: str
    use: str

    @property
    def well(self) -> bool:
        """Whether nothing that is needed is wrong with it."""
        return self.state in ("ok", "absent")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _package(requirement: str) -> Finding | None:
    """What a requirement of the installed package asks for, held against what is installed."""
    text, _, marker = requirement.partition(";")
    extra = _EXTRA.search(marker)
    parsed = _REQUIREMENT.match(text)
    if parsed is None:
        return None
    name, least = parsed[1], parsed[2] or "0"
    use = f"pip install 'lemmata[{extra[1]}]'" if extra else "required"
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, "absent" if extra else "missing", "", use)
    old = _numbers(found) < _numbers(least)
    return Finding(name, "too old" if old else "ok", f"{found}, at least {least} is needed" if old else found, use)


def _packages() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, requires

    try:
        wanted = requires("lemmata") or []
    except PackageNotFoundError:
        yield Finding("lemmata", "missing", "not installed as a package", "required: pip install lemmata")
        return
    seen = set()
    for requirement in wanted:
        found = _package(requirement)
        if found is not None and found.name not in seen:
            seen.add(found.name)
            yield found


def _kernel() -> str:
    """A proof by exact arithmetic, one by the solver and one by balls go through, and a false one does not."""
    from ...analysis.kernel.derivation import Statement, replay
    from ...analysis.proof import step

    for goal, rule, holds in (
        ("(a + b)**2 == a**2 + 2*a*b + b**2", "identity", True),
        ("(a + b)**2 == a**2 + 3*a*b + b**2", "identity", False),
        ("2*a*b <= a**2 + b**2", "arithmetic", True),
        ("Int(x, 0, 1, exp(-x**2)) < 3/4", "enclosure", True),
        ("Int(x, 0, 1, exp(-x**2)) < 7/10", "enclosure", False),
    ):
        if replay(Statement(goal), [step("goal", rule, goal)]).proved != holds:
            raise RuntimeError(f"{goal} is {'not ' if holds else ''}proved")
    return "proves what is true and not what is false"


def _fit() -> str:
    from ...numerics.meanfield import fit_wide_relu

    fit = fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=1.0)
    if abs(fit.objective - (4.0 / 101.0**0.5 - 2.0 / 101.0)) > 1e-12:
        raise RuntimeError(f"the objective of the two-point problem is {fit.objective!r}")
    return "the two-point problem to 1e-12"


def _folder() -> str:
    with tempfile.NamedTemporaryFile() as stream:
        stream.write(b"x")
    return tempfile.gettempdir()


def _tried(name: str, use: str, work: Callable[[], str]) -> Finding:
    try:
        return Finding(name, "ok", work(), use)
    except Exception as error:  # whatever is wrong is what the user asked to see
        return Finding(name, "broken", f"{type(error).__name__}: {error}", use)


def examine() -> list[Finding]:
    """Look at Python, packages, kernel, solver, folder for files, browser and accelerator.

    >>> [finding.name for finding in examine()][0]
    'python'
    """
    python = ".".join(map(str, sys.version_info[:3]))
    found = [Finding("python", "ok" if sys.version_info >= (3, 11) else "too old", python, "required")]
    found += _packages()
    found.append(_tried("kernel", "every verdict", _kernel))
    found.append(_tried("fit", "lemmata knots", _fit))
    found.append(_tried("temporary folder", "reports, files written whole", _folder))
    browser = next((path for path in map(shutil.which, _BROWSERS) if path), None)
    found.append(Finding("browser", "ok" if browser else "absent", browser or "", "tests that look at pages"))
    if importlib.util.find_spec("torch") is not None:
        found.append(_tried("accelerator", "training of large networks", _accelerator))
    threads = os.environ.get("OMP_NUM_THREADS", "not set")
    found.append(Finding("OMP_NUM_THREADS", "ok", threads, "threads of linear algebra"))
    return found


def _accelerator() -> str:
    import torch

    return (
        str(torch.cuda.get_device_name(0)) if torch.cuda.is_available() else "none: PyTorch computes on the processor"
    )


def doctor(
    json: Annotated[str | None, typer.Option(metavar="FILE|-", help="Write what was found as JSON.")] = None,
) -> int:
    """Say whether this installation is whole and what is missing for what; exit 1 where something needed is."""
    if json is not None and json != STANDARD_STREAM:
        require_writable("--json", Path(json))
    findings = examine()
    ill = [finding for finding in findings if not finding.well]
    if json is not None:
        write_json(json, {"well": not ill, "findings": [vars(finding) for finding in findings]})
    if json != STANDARD_STREAM:
        rows = [(f.name, Cell(f.state, _STYLES[f.state]), f.found, f.use) for f in findings]
        show_table(("what", "state", "found", "for"), rows)
        absent = [f.name for f in findings if f.state == "absent"]
        show_line("this installation is whole" if not ill else f"to mend: {', '.join(f.name for f in ill)}")
        if absent:
            show_line(f"optional and not installed: {', '.join(absent)}")
    return UNEXPECTED if ill else EXPECTED
