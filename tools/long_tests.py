"""Run the long tests and write what they found to reports/long_tests.json, which is committed and shown in the report.

    python tools/long_tests.py [--only PART]... [--again] [--out FILE]

A part whose stored result is about the code as it is, and passed, is not run again unless --again asks for it; the file
is written after every part. Interrupted, the program goes on where it was: with the part in hand, and in the mutation
of the kernel with the check in hand. The exit status is 0 if every part asked for has passed on this code.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import disable_kernel_checks

from lemmata.reports.commands.output import write_json
from lemmata.reports.long_tests import FORMAT, PARTS, STORED, Part, PartResult, digest, is_stale, stored

ROOT = Path(__file__).resolve().parents[1]
JOURNAL = ROOT / "out" / "long"
_VERSIONS = ("numpy", "scipy", "python-flint", "z3-solver", "scikit-learn", "hypothesis")
_FUZZ = "40"  # times as many examples as in `make test`

Found = tuple[str, dict[str, int], list[str]]  # outcome, counts, sentences


# --- mutation


def _journal(about: Part) -> Path:
    """Where results of single checks are kept: another file for every state of the kernel and its attacks."""
    JOURNAL.mkdir(parents=True, exist_ok=True)
    return JOURNAL / f"mutation-{digest((*about.covers, *about.made_of))[:16]}.jsonl"


def mutation(about: Part) -> Found:
    """Switch off every check of the kernel that no earlier, interrupted run has tried."""
    place = _journal(about)
    lines = place.read_text("utf-8").splitlines(keepends=True) if place.exists() else []
    kept = [json.loads(line) for line in lines if line.endswith("\n")]  # a line that a crash cut short is dropped
    place.write_text("".join(json.dumps(entry) + "\n" for entry in kept), "utf-8")
    known = {(e["place"], e["text"]): e for e in kept}

    def keep(result: disable_kernel_checks.Result) -> None:
        entry = {"place": result.check.place, "text": result.check.text, "module": result.check.module,
                 "by": result.by, "what": result.what}  # fmt: skip
        known[entry["place"], entry["text"]] = entry
        with place.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(entry) + "\n")

    disable_kernel_checks.run(report=keep, skip=lambda check: (check.place, check.text) in known)
    entries = list(known.values())
    equivalent = [e for e in entries if e["by"] == "equivalent"]
    missed = [e for e in entries if e["by"] == "survives"]
    modules = Counter(e["module"] for e in entries)
    counts = {
        "changes": len(entries),
        "of which rules broken": sum(e["text"].startswith("the rule ") for e in entries),
        "caught": len(entries) - len(equivalent) - len(missed),
        "equivalent": len(equivalent),
        "missed": len(missed),
    }
    facts = [f"{module}.py: {n} changes" for module, n in sorted(modules.items())]
    facts += [f"Equivalent: {e['text']}, since {e['what']}." for e in equivalent]
    facts += [f"Missed: {e['place']}: {e['text']}" for e in missed]
    return ("failed" if missed else "passed"), counts, facts


# --- parts that are tests


def _tested(*arguments: str, **environment: str) -> Found:
    """Run tests in a process of their own and read what they came to."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        # The properties of single tests, such as how often something was interrupted, are part of this family only.
        family = ("-o", "junit_family=xunit1")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *family]
        command += arguments
        subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
        if not report.exists():
            return "failed", {}, ["The tests could not be started."]
        (suite,) = ElementTree.parse(report).getroot().iter("testsuite")
    wrong = sum(int(suite.get(name, "0")) for name in ("errors", "failures"))
    skipped = [node.get("message", "") for node in suite.iter("skipped")]
    counts = {"tests": int(suite.get("tests", "0")) - len(skipped), "failed": wrong}
    facts = []
    for node in suite.iter("property"):
        name, value = node.get("name", ""), node.get("value", "")
        if value.isdigit():
            counts[name] = counts.get(name, 0) + int(value)
        else:
            facts.append(value)
    facts += [f"Failed: {case.get('name')}" for case in suite.iter("testcase") if case.find("failure") is not None]
    facts += [f"Skipped: {reason}" for reason in skipped]
    return ("passed" if counts["tests"] and not wrong and not skipped else "failed"), counts, facts


def _long(about: Part) -> Found:
    return _tested(f"tests/long/test_{about.name}.py", "-m", "long")


def _fuzz(about: Part) -> Found:
    return _tested("tests/fuzz", LEMMATA_FUZZ=_FUZZ)


RUNNERS: dict[str, Callable[[Part], Found]] = {
    "mutation": mutation,
    "fuzz": _fuzz,
    "determinism": _long,
    "interruption": _long,
    "packages": _long,
}


# --- the file


def _as_json(result: PartResult) -> dict[str, Any]:
    return {**vars(result), "facts": list(result.facts)}


def _write(place: Path, name: str, result: PartResult, seconds: float) -> None:
    """Put one part's result into the file, which keeps those of the others."""
    old = json.loads(place.read_text("utf-8"))["parts"] if place.exists() else {}
    versions = {"python": platform.python_version(), **{n: version(n) for n in _VERSIONS}}
    new = {**_as_json(result), "seconds": round(seconds), "versions": versions}
    parts = {about.name: {**old, name: new}[about.name] for about in PARTS if about.name in {**old, name: new}}
    write_json(str(place), {"format": FORMAT, "parts": parts})


def _run(about: Part, place: Path) -> str:
    code, made_of, start = digest(about.covers), digest(about.made_of), time.monotonic()
    outcome, counts, facts = RUNNERS[about.name](about)
    if (code, made_of) != (digest(about.covers), digest(about.made_of)):
        print(f"{about.name}: the code changed while it ran; nothing is kept", file=sys.stderr)
        return "stale"
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    result = PartResult(today, outcome, counts, tuple(facts), code, made_of)
    _write(place, about.name, result, time.monotonic() - start)
    return outcome


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is asked for and not known yet; return 1 where a part has not passed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    names = [about.name for about in PARTS]
    parser.add_argument("--only", action="append", choices=names, help="run this part; may be given again")
    parser.add_argument("--again", action="store_true", help="run also what has passed on this code")
    parser.add_argument("--out", type=Path, default=STORED, help="the file of results")
    options = parser.parse_args(argv)
    outcomes = {}
    for about in PARTS:
        if options.only and about.name not in options.only:
            continue
        known = stored(options.out).get(about.name)
        if known is not None and known.outcome == "passed" and not options.again and not is_stale(about.name, known):
            outcomes[about.name] = "passed"
            print(f"{about.name}: passed on this code already, {known.date}", flush=True)
            continue
        print(f"{about.name}: running", flush=True)
        outcomes[about.name] = _run(about, options.out)
        print(f"{about.name}: {outcomes[about.name]}", flush=True)
    return 0 if all(outcome == "passed" for outcome in outcomes.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
