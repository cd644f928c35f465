"""When the work behind a page is done: at once, once for many changes, or in a process of its own."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from typing import Any

Work = Callable[[], None]
Done = Callable[[Any], None]
Later = Callable[[Work], None]
Background = Callable[[Callable[..., Any], tuple[Any, ...], Done], None]

_PAUSE = 15  # milliseconds in which the changes of a dragged point or slider gather


def at_once(work: Work) -> None:
    """Do the work now: what a test without a server does.

    >>> at_once(lambda: print("done"))
    done
    """
    work()


def in_the_same_process(job: Callable[..., Any], arguments: tuple[Any, ...], done: Done) -> None:
    """Do a job now and hand over its result: what a test without a server does.

    >>> in_the_same_process(max, (1, 2), print)
    2
    """
    done(job(*arguments))


def gathered(document: Any) -> Later:
    """Work that is done once for all changes within a few milliseconds, in a session of the server."""
    waiting: list[Work] = []

    def later(work: Work) -> None:
        def run() -> None:
            waiting.clear()
            work()

        if not waiting:
            waiting.append(run)
            document.add_timeout_callback(run, _PAUSE)

    return later


def _deaf() -> None:
    """The server, not its workers, hears Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Worker:
    """One process for long jobs, started with the first; the page stays quick, and an end ends it too."""

    def __init__(self) -> None:
        self._pool: Any = None

    def within(self, document: Any) -> Background:
        """A way to run jobs whose results come back to a session of the server."""

        def start(job: Callable[..., Any], arguments: tuple[Any, ...], done: Done) -> None:
            if self._pool is None:
                self._pool = multiprocessing.get_context("spawn").Pool(1, _deaf)

            def back(result: Any) -> None:
                document.add_next_tick_callback(lambda: done(result))

            self._pool.apply_async(job, arguments, callback=back, error_callback=back)

        return start

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()
