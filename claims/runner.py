"""Run claims and put their records together: the JSON of `lemmata check`."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..analysis.kernel.terms import KernelError
from .claim import BadClaim, Claim
from .recheck.answers import tally
from .register import load_file, register
from .verdict import Library, Record, axiom_details, blank, decide_claim

if TYPE_CHECKING:
    from .recheck.opinion import Opinion, Rechecker

SEED = 0
Progress = Callable[[str, int, int], None]
_VERSIONS = ("lemmata", "sympy", "mpmath", "python-flint", "z3-solver", "numpy", "scipy", "scikit-learn")


class UnknownClaim(BadClaim):
    """An id that no claim has."""


def _select(claims: Mapping[str, Claim], ids: Sequence[str] | None, paper: str | None) -> list[Claim]:
    if ids:
        unknown = [i for i in ids if i not in claims]
        if unknown:
            near = [c for c in claims if unknown[0] in c or c.startswith(unknown[0].split("-")[0])][:5]
            hint = f"; near it: {', '.join(near)}" if near else "; `lemmata list` prints all"
            raise UnknownClaim(f"no claim has the id {unknown[0]!r}{hint}")
        chosen = [claims[i] for i in dict.fromkeys(ids)]
    else:
        chosen = list(claims.values())
    if paper is not None:
        papers = sorted({c.paper for c in claims.values()})
        if paper not in papers:
            raise UnknownClaim(f"no claim belongs to the paper {paper!r}; there are {', '.join(papers)}")
        chosen = [c for c in chosen if c.paper == paper]
    return chosen


_worker_claims: dict[str, Claim] = {}
_worker_library: Library | None = None


def _start_worker(claims_file: str | None) -> None:
    global _worker_library
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _worker_claims.update(all_claims(Path(claims_file) if claims_file else None))
    _worker_library = Library(_worker_claims)


def _work(ids: Sequence[str], full: bool, rechecker: Rechecker | None) -> list[Record]:
    assert _worker_library is not None
    return _decided([_worker_claims[i] for i in ids], _worker_claims, _worker_library, full, rechecker, None)


def _decided(
    chosen: Sequence[Claim],
    claims: Mapping[str, Claim],
    library: Library,
    full: bool,
    rechecker: Rechecker | None,
    begin: Callable[[int, Claim], None] | None,
) -> list[Record]:
    """Return the records of claims, one after the other, with the second opinions where they are asked for."""
    records = []
    for k, claim in enumerate(chosen):
        if begin is not None:
            begin(k, claim)
        record = _guarded(claim, library, full)
        if rechecker is not None:
            _enter(record, rechecker.opinions(claim, claims))
        records.append(record)
    if rechecker is not None:
        rechecker.close()
    return records


def _enter(record: Record, opinions: Sequence[Opinion]) -> None:
    """Put each step's second opinion beside the kernel's decision."""
    told = {o.step: {"answer": o.answer, "program": o.program, "reason": o.reason} for o in opinions}
    for row in record["steps"]:
        row["second_opinion"] = told.get(str(row["id"]))


def _batches(chosen: Sequence[Claim]) -> list[list[str]]:
    """Put claims whose derivations stand in one module together: they use each other, and a process remembers those.

    A measurement is a batch of its own, and comes first, then the batches with most to check: a long batch that is
    begun last keeps one process busy while the others have nothing to do.
    """
    measured: list[list[str]] = []
    groups: dict[str, list[Claim]] = {}
    for claim in chosen:
        if claim.proof is None and claim.evidence is not None:
            measured.append([claim.id])
        else:
            groups.setdefault(getattr(claim.proof, "__module__", "refutations"), []).append(claim)
    largest_first = sorted(groups.values(), key=lambda group: -sum(1 + len(c.mutants) for c in group))
    return measured + [[c.id for c in group] for group in largest_first]


def _guarded(claim: Claim, library: Library, full: bool) -> Record:
    """Return the claim's record; a check that breaks is undecided with what went wrong, and the others still run."""
    try:
        return decide_claim(claim, library, full=full)
    except (KernelError, ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as err:
        return {**blank(claim), "reason": f"the check stopped: {type(err).__name__}: {err}"}


def all_claims(claims_file: Path | None) -> dict[str, Claim]:
    """Return the claims of the project, and of a user's file, by id.

    Arguments:
        claims_file: the user's Python file, if any.

    Raises:
        BadClaim: for a file that cannot be read, or an id in it that the project has.

    Example:
        >>> "ae.bound" in all_claims(None)
        True
    """
    claims = dict(register())
    if claims_file is not None:
        for name, claim in load_file(claims_file).items():
            if name in claims:
                raise BadClaim(f"{claims_file}: the id {name} belongs to a claim of the project")
            claims[name] = claim
    return claims


def _run(
    chosen: Sequence[Claim],
    claims_file: Path | None,
    full: bool,
    jobs: int,
    progress: Progress | None,
    library: Library,
    claims: Mapping[str, Claim],
    rechecker: Rechecker | None,
) -> list[Record]:
    total = len(chosen)
    if jobs <= 1 or total <= 1:

        def begin(k: int, claim: Claim) -> None:
            if progress:
                progress(claim.id, k, total)

        return _decided(chosen, claims, library, full, rechecker, begin)
    with ProcessPoolExecutor(
        jobs, initializer=_start_worker, initargs=(str(claims_file) if claims_file else None,)
    ) as pool:
        batches = _batches(chosen)
        futures: list[Future[list[Record]]] = [pool.submit(_work, ids, full, rechecker) for ids in batches]
        try:
            found: dict[str, Record] = {}
            for ids, future in zip(batches, futures, strict=True):
                if progress:
                    progress(ids[0], len(found), total)
                found |= {r["id"]: r for r in future.result()}
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [found[c.id] for c in chosen]


def _commit() -> str | None:
    here = Path(__file__).resolve().parents[1]
    try:
        done = subprocess.run(
            ["git", "-C", str(here), "rev-parse", "HEAD"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _VERSIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _mark_fully_proved(records: list[Record], library: Library) -> None:
    """A claim is fully proved when it and everything that it uses, directly or not, is proved."""
    verdicts = {r["id"]: r["verdict"] for r in records}

    def holds(name: str) -> bool:
        return verdicts[name] == "proved" if name in verdicts else library.proved(name)

    for r in records:
        r["fully_proved"] = r["verdict"] == "proved" and all(holds(u) for u in r["uses"])


def _rechecker() -> Rechecker:
    from .recheck.opinion import Rechecker  # here, since most runs ask nobody

    return Rechecker()


def run_check(
    ids: Sequence[str] | None = None,
    *,
    paper: str | None = None,
    full: bool = False,
    jobs: int = 1,
    claims_file: Path | None = None,
    progress: Progress | None = None,
    recheck: bool = False,
) -> dict[str, Any]:
    """Decide claims and return the JSON of `lemmata check` (a dictionary with "claims", "summary", "axiom_details").

    Arguments:
        ids: the claims to run, all if None or empty (with a claims file: those of the file).
        paper: only claims of this paper.
        full: also run long simulations.
        jobs: number of processes.
        claims_file: a user's Python file with further claims.
        progress: called with (id, number done, total) before each claim's result is waited for.
        recheck: also ask other programs about every step; their answers stand beside the kernel's, as
            "second_opinion" of each step, and are counted in the summary.

    Returns:
        The check's JSON; every verdict is recomputed in this call.

    Raises:
        UnknownClaim: for an id or paper that no claim has.
        BadClaim: for a claims file that cannot be read.
        NoSolver: for a second opinion without cvc5.

    Example:
        >>> run_check(["mf.eq-6.4.printed"])["claims"][0]["verdict"]
        'refuted'
    """
    start = time.perf_counter()
    claims = all_claims(claims_file)
    if claims_file is not None and not ids and paper is None:
        ids = list(load_file(claims_file))
    chosen = _select(claims, ids, paper)
    library = Library(claims)
    rechecker = _rechecker() if recheck else None
    records = _run(chosen, claims_file, full, jobs, progress, library, claims, rechecker)
    _mark_fully_proved(records, library)
    by_verdict: dict[str, int] = {}
    for r in records:
        by_verdict[r["verdict"]] = by_verdict.get(r["verdict"], 0) + 1
    expected_not_run = [r["id"] for r in records if r["verdict"] == "not run"]
    return {
        "claims": records,
        "axiom_details": axiom_details({a for r in records for a in r["axioms"]}),
        "summary": {
            "by_verdict": by_verdict,
            **({"second_opinion": tally(records)} if recheck else {}),
            "unexpected": [r["id"] for r in records if r["verdict"] not in (r["expected"], "not run")],
            "not_run": expected_not_run,
            "versions": _versions(),
            "seed": SEED,
            "commit": _commit(),
            "seconds": round(time.perf_counter() - start, 3),
        },
    }
