"""What must hold of every call with whatever input: a result, or a refusal of the documented kind, in bounded time."""

import os
import signal
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings

from lemmata.reports.commands.failure import is_deliberate, is_ours

Result = TypeVar("Result")

TIMES = int(os.environ.get("LEMMATA_FUZZ", "1"))  # as many examples as in `make test`
SECONDS = 30.0  # of the processor for one call, after which it counts as hanging
COUNTS: Counter[str] = Counter()  # what became of the calls of this run


class Refused:
    """In place of a result where the input was refused."""


REFUSED = Refused()


class Hangs(BaseException):
    """A call took too long."""


def fuzzed(examples: int) -> settings:
    """So many examples in `make test`, and a multiple of them in the long tests."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=examples * TIMES, suppress_health_check=checks)


def _stop(*_: object) -> None:
    raise Hangs


@contextmanager
def in_time() -> Iterator[None]:
    """A limit of processor time, so that a loaded machine does not count."""
    previous = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


@contextmanager
def quiet() -> Iterator[None]:
    """Warnings of this project are part of the answer; one from a library stays an error."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    strange = [w for w in caught if not is_ours(w.category)]
    assert not strange, f"a library warns: {strange[0].category.__name__}: {strange[0].message}"


def _is_sklearn(error: BaseException) -> bool:
    """Whether scikit-learn itself refuses what its estimators are given."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and str(trace.tb_frame.f_globals["__name__"]).startswith("sklearn.")


def answer(call: Callable[[], Result], *, estimator: bool = False) -> Result | Refused:
    """The result of a call, or REFUSED where it was refused by a ValueError that this project raises itself.

    Anything else that ends the call is a defect and stays an error of the test.
    """
    try:
        with in_time(), quiet():
            found = call()
    except (ValueError, TypeError) as error:
        if estimator and _is_sklearn(error):
            COUNTS["refused"] += 1
            return REFUSED
        if not (isinstance(error, ValueError) and is_deliberate(error)):
            raise
        text = str(error)
        assert text, "a refusal without a reason"
        assert "\n" not in text, f"a refusal of more than one line: {text!r}"
        assert len(text) < 2000, f"a refusal of {len(text)} characters"
        COUNTS["refused"] += 1
        return REFUSED
    COUNTS["valid"] += 1
    return found


def seen(value: Any) -> bool:
    """Whether there is a result to look at."""
    return value is not REFUSED
