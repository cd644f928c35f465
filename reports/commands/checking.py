"""Running the check from a command: the same options, progress and refusals wherever a command needs one."""

import os
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from .failure import BadInput, refusals
from .outcome import Run, run_of
from .terminal import progress_bar

_NEAR_MATCHES = 8


def processors() -> int:
    """How many processors this process may use.

    >>> processors() >= 1
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def near_matches(name: str, known: Sequence[str]) -> list[str]:
    """Known names that `name` may have meant: those it begins, else those that contain it, else those spelt alike.

    Arguments: what was given, and the names there are.

    >>> near_matches("jmlr.lemma", ["jmlr.lemma_5", "icml.bound"])
    ['jmlr.lemma_5']
    >>> near_matches("icml.bonud", ["jmlr.lemma_5", "icml.bound"])
    ['icml.bound']
    """
    begun = [other for other in known if other.startswith(name)]
    containing = [other for other in known if name.lower() in other.lower()]
    return (begun or containing or get_close_matches(name, known, n=_NEAR_MATCHES))[:_NEAR_MATCHES]


def refuse_unknown(names: Sequence[str], known: Sequence[str]) -> None:
    """Refuses the first name that no claim has, and says which ones it may have meant.

    Raises: BadInput.

    >>> refuse_unknown(["icml"], ["icml.bound", "jmlr.lemma_5"])
    Traceback (most recent call last):
    ...
    lemmata.reports.commands.failure.BadInput: no claim 'icml'; near it: icml.bound
    """
    for name in names:
        if name not in known:
            near = near_matches(name, known)
            hint = f"near it: {', '.join(near)}" if near else "`lemmata list` names all claims"
            raise BadInput(f"no claim {name!r}; {hint}")


def checked(
    names: Sequence[str],
    *,
    paper: str | None = None,
    full: bool = False,
    jobs: int | None = None,
    claims_file: Path | None = None,
) -> Run:
    """Runs the check over the named claims, or over all, with a progress bar where somebody watches.

    Arguments: claim ids (none: all), a paper to narrow to, whether long simulations run, how many processes
    (default: the processors there are), and a file with the user's own claims.

    Returns: what it came to.

    Raises: BadInput for a claim, paper or file that cannot be used.
    """
    from ...claims.runner import register, run_check

    if claims_file is None:
        known = register()
        refuse_unknown(names, list(known))
        papers = sorted({claim.paper for claim in known.values()})
        if paper is not None and paper not in papers:
            raise BadInput(f"--paper: no paper {paper!r}; there are {', '.join(papers)}")
    elif not claims_file.is_file():
        raise BadInput(f"--claims: no file {str(claims_file)!r}")
    with refusals(), progress_bar("checking") as progress:
        json = run_check(
            list(names) or None,
            paper=paper,
            full=full,
            jobs=processors() if jobs is None else jobs,
            claims_file=claims_file,
            progress=progress,
        )
    run = run_of(json)
    if not run.record.claims:
        raise BadInput(f"no claim of paper {paper!r} is among those asked for")
    return run
