"""A claim file is also a test file: pytest runs each of its claims and fails where a verdict is not the expected one.

Files named claims_*.py or *_claims.py with a tuple CLAIMS at their top are collected; test_*.py are left to pytest.
`--lemmata-full` runs the long simulations too, which are skipped otherwise.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ..verdict import Library

PATTERNS = ("claims_*.py", "*_claims.py")


class DifferentVerdict(Exception):
    """A claim's verdict is not the one it expects."""


def states_claims(path: Path) -> bool:
    """Return whether a file is named like a claim file and sets CLAIMS at its top.

    Arguments:
        path: the file.

    Example:
        >>> states_claims(Path("notes.txt"))
        False
    """
    if path.match("test_*.py") or not any(path.match(pattern) for pattern in PATTERNS):
        return False
    try:
        body = ast.parse(path.read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return False
    targets = [t for node in body if isinstance(node, ast.Assign) for t in node.targets]
    targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    return any(isinstance(t, ast.Name) and t.id == "CLAIMS" for t in targets)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --lemmata-full."""
    parser.getgroup("lemmata").addoption(
        "--lemmata-full", action="store_true", help="run the long simulations of claim files too"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ClaimFile | None:
    """Collect claim files."""
    return ClaimFile.from_parent(parent, path=file_path) if states_claims(file_path) else None


class ClaimFile(pytest.File):
    """A file of claims; those may use each other and the project's."""

    def collect(self) -> Iterator[ClaimItem]:
        """Yield one test a claim."""
        from ..register import load_file, register
        from ..verdict import Library

        claims = load_file(self.path)
        library = Library({**register(), **claims})
        for name in claims:
            yield ClaimItem.from_parent(self, name=name, library=library, claim=claims[name])


class ClaimItem(pytest.Item):
    """One claim: passed where its verdict is the expected one."""

    def __init__(self, *, library: Library, claim: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._library, self._claim = library, claim

    def runtest(self) -> None:
        """Decide the claim."""
        from ..verdict import decide_claim

        full = bool(self.config.getoption("--lemmata-full"))
        record = decide_claim(self._claim, self._library, full=full)
        if record["verdict"] == "not run":
            pytest.skip(record["reason"])
        if record["verdict"] != self._claim.expected:
            witness = record["witness"]
            shown = f"; false at {witness['values']}" if witness else ""
            raise DifferentVerdict(
                f"{record['verdict']}, expected {self._claim.expected}: {record['reason'] or 'no reason given'}{shown}"
            )

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Say the verdict in one line; what else went wrong keeps its traceback."""
        if isinstance(excinfo.value, DifferentVerdict):
            return f"{self.name}: {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Name the claim by its id."""
        return self.path, None, self.name
