"""Running the check from a command: the same options, progress and refusals wherever a command needs one."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .failure import INTERRUPTED, BadInput, refusals
from .outcome import Run, run_of
from .terminal import progress_bar


def processors() -> int:
    """How many processors this process may use.

    >>> processors() >= 1
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _interruption_reaches_workers() -> Iterator[None]:
    """While claims run, an interruption ends the processes that run them, silently, and then this one as usual.

    What is raised while a process is being forked, in one of the callbacks that follow, is lost; so it is raised again
    a second later, until it is heard.
    """
    import multiprocessing

    ours, repeats = os.getpid(), hasattr(signal, "setitimer")

    def stop(number: int, frame: object) -> None:
        if os.getpid() != ours:
            os._exit(INTERRUPTED)  # a worker, which has nothing to clean up and nobody to tell
        if repeats:
            signal.setitimer(signal.ITIMER_REAL, 1.0)
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise KeyboardInterrupt

    numbers = (signal.SIGINT, signal.SIGALRM) if repeats else (signal.SIGINT,)
    previous = [signal.signal(number, stop) for number in numbers]
    try:
        yield
    finally:
        if repeats:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
        for number, handler in zip(numbers, previous, strict=True):
            signal.signal(number, handler)


def checked(
    names: Sequence[str],
    *,
    paper: str | None = None,
    full: bool = False,
    jobs: int | None = None,
    claims_file: Path | None = None,
    recheck: bool = False,
) -> Run:
    """Runs the check over the named claims, or over all, with a progress bar where somebody watches.

    Arguments: claim ids (none: all), a paper to narrow to, whether long simulations run, how many processes
    (default: the processors there are), a file with the user's own claims, and whether other programs are asked
    about every step.

    Returns: what it came to.

    Raises: BadInput for a claim, paper or file that cannot be used.
    """
    from ...claims.runner import run_check

    with refusals(), _interruption_reaches_workers(), progress_bar("checking") as progress:
        json = run_check(
            list(names) or None,
            paper=paper,
            full=full,
            jobs=processors() if jobs is None else jobs,
            claims_file=claims_file,
            progress=progress,
            recheck=recheck,
        )
        run = run_of(json)
    if not run.record.claims:
        # A check of nothing would end as if all were well.
        reason = f"none asked for belongs to the paper {paper!r}" if paper is not None else "none is registered"
        raise BadInput(f"no claim to check: {reason}")
    return run
