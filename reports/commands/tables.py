"""Tables of points that a command reads, and what the project warns of on the way."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .failure import is_ours, refusals
from .output import STANDARD_STREAM

if TYPE_CHECKING:
    from ...numerics.data_file import DataTable


@contextmanager
def collected_notes() -> Iterator[list[str]]:
    """The project's own warnings while the body runs, each once, in the list when it is done.

    Warnings of libraries are about the way there; what they mean for the result is in its gap.

    >>> with collected_notes() as notes:
    ...     warnings.warn("of nobody", stacklevel=1)
    >>> notes
    []
    """
    notes: list[str] = []
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield notes
    notes.extend(dict.fromkeys(str(note.message) for note in found if is_ours(note.category)))


def source_of(data: str) -> str:
    """How messages name what was given as the data.

    >>> source_of("-"), source_of("points.csv")
    ('standard input', "'points.csv'")
    """
    return "standard input" if data == STANDARD_STREAM else repr(data)


def read_table(data: str) -> "DataTable":
    """The table in a file, or on standard input where the name is ``-``.

    Raises: BadInput for one that cannot be read, with line and column.
    """
    from ...numerics.data_file import read_data

    with refusals(source_of(data)):
        return read_data(sys.stdin.buffer if data == STANDARD_STREAM else Path(data))
