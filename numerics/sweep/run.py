"""Running the points of a sweep: on processes of this machine, or on a Dask cluster; workers may die."""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import SweepError
from .spec import Specification
from .store import Store
from .tasks import TASKS

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]
_AHEAD = 4  # points that wait at each worker
_MOST_DEATHS = 3  # of all workers without a result between


@dataclass(frozen=True)
class SweepResult:
    """rows: one a point, in order, with parameters, results and error (None where there was none); path of the file;
    done: how many were run now, the others being there already; failed: how many rows have an error.
    """

    rows: tuple[Mapping[str, Any], ...]
    path: Path
    done: int
    failed: int


def run_point(task: str, point: int, values: Mapping[str, Any], loaded: Any) -> Row:
    """One row: what the task gives at the point, or the error that it ended with.

    >>> row = run_point("relu", 0, {"data": "sine:5", "lam": 100.0, "beta": math.inf, "seed": 0}, None)
    >>> row["knots"], row["error"]
    (0, None)
    """
    kind = TASKS[task]
    try:
        results = kind.run(values, loaded)
        bad = [n for n, v in results.items() if isinstance(v, float) and math.isnan(v)]
        if bad:
            raise ArithmeticError(f"{bad[0]} is not a number")
        error = None
    except Exception as problem:  # recorded with its point; the others go on
        results, error = dict.fromkeys(kind.results), f"{type(problem).__name__}: {problem}"
    return {"point": point, **values, **results, "error": error}


def _begin_worker() -> None:
    """One thread of linear algebra; and no life without the process that gives the work, however that ended."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


Work = tuple[int, dict[str, Any], Any]


def _on_processes(task: str, todo: list[Work], jobs: int) -> Iterator[Row]:
    """Rows as they are ready; where a worker dies the pool is made anew for what is left."""
    left = {work[0]: work for work in todo}
    deaths = 0
    while left:
        waiting = iter(list(left.values()))
        with ProcessPoolExecutor(jobs, initializer=_begin_worker) as pool:
            running: set[Future[Row]] = set()
            try:
                while True:
                    while len(running) < _AHEAD * jobs and (work := next(waiting, None)) is not None:
                        running.add(pool.submit(run_point, task, *work))
                    if not running:
                        break
                    ready, running = wait(running, return_when=FIRST_COMPLETED)
                    ended = [future for future in ready if future.exception() is None]
                    for future in ended:
                        row = future.result()
                        del left[row["point"]]
                        deaths = 0
                        yield row
                    for future in ready - set(ended):
                        future.result()  # a worker died: what it ended with
            except BrokenProcessPool as error:
                deaths += 1
                if deaths >= _MOST_DEATHS:
                    raise SweepError(
                        f"workers died {deaths} times without a result, at point {min(left)} or near; is memory short?"
                    ) from error
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def _on_cluster(task: str, todo: list[Work], scheduler: str) -> Iterator[Row]:
    """Rows as they are ready; the scheduler gives the work of a worker that has gone to another."""
    try:
        import distributed
    except ImportError as error:
        raise SweepError("a cluster needs Dask: pip install 'lemmata[sweep]'") from error
    dask: Any = distributed  # which declares types for some of its names only
    try:
        client = dask.Client(scheduler, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise SweepError(f"no Dask scheduler answers at {scheduler!r}; give one like tcp://host:8786") from error
    with client:
        workers = max(len(client.scheduler_info()["workers"]), 1)
        waiting = iter(todo)

        def submit() -> Any:
            work = next(waiting, None)
            return None if work is None else client.submit(run_point, task, *work, pure=False, retries=2)

        first = [f for f in (submit() for _ in range(_AHEAD * workers)) if f is not None]
        ready = dask.as_completed(first, loop=client.loop)
        for future in ready:
            row = future.result()
            future.release()
            following = submit()
            if following is not None:
                ready.add(following)
            yield row


def sweep(
    spec: Specification,
    out: Path,
    *,
    scheduler: str | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> SweepResult:
    """Run the points of a specification that the file lacks, and keep every result as it comes.

    Whatever ends the sweep, what was finished is in the file or its journal, and the same call goes on from there. The
    finished file depends on the specification and the data alone, not on the order or place of the runs.

    Args: spec; out: the Parquet file; scheduler: address of a Dask scheduler, None for processes on this machine; jobs:
        how many of these, by default one a core; progress: told (name, done, total) after every point.
    Returns: `SweepResult`.
    Raises: SweepError for a file of another sweep, a table that cannot be read, or workers that keep dying; OSError.
    """
    loaded = spec.loaded()
    with Store(out, spec, spec.fingerprint(loaded)) as store:
        todo: list[Work] = [
            (k, values, loaded.get(str(values.get("data"))))
            for k, values in enumerate(spec.points())
            if k not in store.rows
        ]
        total, done = spec.count, 0
        if todo:
            found = (
                _on_processes(spec.task, todo, jobs or os.cpu_count() or 1)
                if scheduler is None
                else _on_cluster(spec.task, todo, scheduler)
            )
            for row in found:
                store.add(row)
                done += 1
                if progress is not None:
                    progress(f"point {row['point']}", len(store.rows), total)
        rows = tuple(store.rows[k] for k in sorted(store.rows))
    return SweepResult(rows, out, done, sum(row["error"] is not None for row in rows))
