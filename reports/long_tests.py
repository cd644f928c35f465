"""What `make test-long` found, as committed: the parts, the file, and whether the code has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
STORED = Path(__file__).with_name("long_tests.json")
FORMAT = 1
_ALL = ("analysis/**/*.py", "numerics/**/*.py", "claims/**/*.py", "reports/**/*.py")


@dataclass(frozen=True)
class Part:
    """One part of the long tests.

    covers: the package's code that its result is about, as patterns from the package's folder; made_of: what runs it
    and is no part of the package, as patterns from the same folder of a source tree.
    """

    name: str
    title: str
    says: str
    covers: tuple[str, ...]
    made_of: tuple[str, ...]


PARTS = (
    Part(
        "mutation",
        "Mutation of the kernel",
        "Every rule of the kernel is broken in turn, in three ways: it accepts every step, it refuses every step, it "
        "forgets the hypotheses of its premises. Every check that it makes is switched off, and every question that it "
        "asks of itself is answered always yes and always no. The attacks and the valid uses of the test suite must "
        "notice each.",
        ("analysis/kernel/*.py",),
        ("tools/disable_kernel_checks.py", "tests/analysis/kernel/*.py"),
    ),
    Part(
        "fuzz",
        "Hostile and degenerate input",
        "Every public function and command gets numbers at and beyond the ends of double precision, wrong shapes and "
        "types, odd text, binary junk and files cut short. It must give a result whose invariants hold, or refuse in "
        "one line that names the value, and leave no file behind.",
        (
            "__init__.py", "analysis/*.py", "analysis/kernel/*.py", "numerics/**/*.py", "claims/*.py", "reports/*.py",
            "reports/commands/*.py",
        ),
        ("tests/fuzz/*.py",),
    ),
    Part(
        "determinism",
        "The same bytes",
        "All claims are checked twice, with other hash seeds and other numbers of processes: the record without its "
        "timings, versions and commit, every page of the report, and the summary are the same bytes.",
        ("__init__.py", *_ALL),
        ("tests/long/test_determinism.py", "tests/long/processes.py"),
    ),
    Part(
        "interruption",
        "Interruption at random moments",
        "Checks, reports, sweeps, benchmarks and trainings are killed at seeded random moments and started again: the "
        "end is the same, and no file is ever half written.",
        (
            "claims/runner.py", "numerics/sweep/*.py", "numerics/autoencoder/*.py", "numerics/meanfield/checkpoint.py",
            "reports/generate.py", "reports/bench/*.py", "reports/commands/*.py",
        ),
        ("tests/long/test_interruption.py", "tests/long/processes.py"),
    ),
    Part(
        "packages",
        "Packages",
        "The wheel and the source distribution are built and installed into empty environments, with the lowest and "
        "the highest versions of the dependencies that are allowed; there the doctor finds nothing to mend, and claims "
        "are checked, reported on, fitted and bounded with the same verdicts.",
        ("__init__.py", *_ALL),
        ("pyproject.toml", "tests/long/test_packages.py", "tests/long/processes.py"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class PartResult:
    """What one part came to.

    date: of the run; outcome: "passed" or "failed"; counts: by what was counted; facts: sentences; code, made_of:
    digests of what it covers and of what it is made of.
    """

    date: str
    outcome: str
    counts: Mapping[str, int]
    facts: tuple[str, ...]
    code: str
    made_of: str


class StoredError(ValueError):
    """The committed file cannot be read as results of long tests."""


def digest(patterns: tuple[str, ...]) -> str:
    """A digest of the names and the bytes of files of the package's folder.

    >>> digest(("reports/long_tests.py",)) == digest(("reports/long_tests.py", "reports/long_tests.p*"))
    True
    """
    found = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in PACKAGE.glob(pattern)}):
        content = path.read_bytes()
        found.update(f"{path.relative_to(PACKAGE).as_posix()} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def part(name: str) -> Part:
    """The part of that name.

    >>> part("fuzz").title
    'Hostile and degenerate input'
    """
    return next(part for part in PARTS if part.name == name)


def _result(name: str, written: Any) -> PartResult:
    try:
        return PartResult(
            written["date"], written["outcome"], dict(written["counts"]), tuple(written["facts"]), written["code"],
            written["made_of"],
        )  # fmt: skip
    except (TypeError, KeyError, ValueError) as error:
        raise StoredError(f"part {name!r} is not whole: {error!r}") from error


def stored(path: Path = STORED) -> dict[str, PartResult]:
    """The results by part, as committed; a part that has never run to its end has none.

    Raises: StoredError.

    >>> set(stored()) <= {part.name for part in PARTS}
    True
    """
    if not path.exists():
        return {}
    try:
        written = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise StoredError(f"{path.name} is not JSON: {error}") from error
    if not isinstance(written, dict) or written.get("format") != FORMAT or not isinstance(written.get("parts"), dict):
        raise StoredError(f"{path.name} is no file of results in format {FORMAT}")
    return {name: _result(name, content) for name, content in written["parts"].items()}


def is_stale(name: str, result: PartResult, *, source: bool = True) -> bool:
    """Whether what a part covers has changed since it ran.

    Args: name of the part; result; source: whether the tests themselves are looked at too, which an installed package
        does not hold.
    """
    about = part(name)
    return result.code != digest(about.covers) or (source and result.made_of != digest(about.made_of))


@dataclass(frozen=True)
class Shown:
    """One part as the report shows it: the state as `standing` has it, and what was found, empty where not run."""

    name: str
    title: str
    says: str
    state: str
    date: str
    counts: tuple[tuple[str, int], ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Trust:
    """What the long tests found, for the report: the score of the kernel's mutation in a sentence, and the parts."""

    score: str
    parts: tuple[Shown, ...]


def _shown(about: Part, result: PartResult | None) -> Shown:
    head = (about.name, about.title, about.says)
    if result is None:
        return Shown(*head, "not run", "", (), ())
    # An installed package holds no tests, and is to give the same report as a source tree.
    state = "stale" if is_stale(about.name, result, source=False) else result.outcome
    return Shown(*head, state, result.date, tuple(result.counts.items()), result.facts)


def _score(counts: Mapping[str, int]) -> str:
    tried, caught, equivalent, missed = (counts.get(n, 0) for n in ("changes", "caught", "equivalent", "missed"))
    told = f"Of {tried} changes that break the kernel, the test suite caught {caught}"
    others = [f"{missed} were missed"] if missed else ["none was missed"]
    others += [f"{equivalent} change no verdict, for reasons given"] if equivalent else []
    return f"{told}; {', '.join(others)}."


def found(path: Path = STORED) -> Trust | None:
    """What the long tests found, ready to be shown; None where none has run.

    Raises: StoredError.
    """
    results = stored(path)
    if not results:
        return None
    score = _score(results["mutation"].counts) if "mutation" in results else ""
    return Trust(score, tuple(_shown(about, results.get(about.name)) for about in PARTS))


def standing() -> dict[str, str]:
    """The state of every part: "passed", "failed", "stale" or "not run".

    >>> set(standing().values()) <= {"passed", "failed", "stale", "not run"}
    True
    """
    found = stored()
    return {
        about.name: "not run"
        if about.name not in found
        else "stale"
        if is_stale(about.name, found[about.name])
        else found[about.name].outcome
        for about in PARTS
    }


def sentence() -> str:
    """One line for the end of the tests: since when the results of `make test-long` hold, or which do not."""
    states = standing()
    wrong = {state: [n for n, s in states.items() if s == state] for state in ("failed", "stale", "not run")}
    told = [f"{', '.join(names)} {state}" for state, names in wrong.items() if names]
    if told:
        return f"make test-long: {'; '.join(told)}; run it and commit reports/{STORED.name}"
    return f"make test-long: passed on this code, {max(result.date for result in stored().values())}"
