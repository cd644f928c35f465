"""What people see: tables and colours on a terminal, plain text in a pipe, progress only where somebody watches."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from .failure import one_line

if TYPE_CHECKING:
    from rich.console import Console

_GAP = "  "


class Cell(str):
    """A table's entry with the style it has on a terminal; in a pipe it is its text alone.

    >>> Cell("proved", "green")
    'proved'
    """

    style: str

    def __new__(cls, text: str, style: str = "") -> "Cell":
        cell = super().__new__(cls, text)
        cell.style = style
        return cell


def _console() -> "Console":
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def plain_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table in columns as wide as their widest entry, two spaces apart, nothing cut.

    Arguments: one header a column, and rows of that many entries.

    >>> plain_table(["id", "verdict"], [["icml.bound", "proved"]])
    ['id          verdict', 'icml.bound  proved']
    """
    lines = [list(headers), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headers))]
    return [
        _GAP.join(f"{entry:<{width}}" for entry, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]


def show_table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: Sequence[str] = ()) -> None:
    """Prints a table: drawn and coloured on a terminal, `plain_table` in a pipe.

    Arguments: headers, rows of strings or `Cell`s, and the headers of columns aligned to the right on a terminal.

    >>> show_table(["side"], [["left"], ["right"]])
    side
    left
    right
    """
    console = _console()
    if not console.is_terminal:
        sys.stdout.writelines(line + "\n" for line in plain_table(headers, rows))
        return
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column, header in enumerate(headers):
        # Names stay whole, so that they can be copied; what is too long elsewhere is folded.
        justify: Literal["left", "right"] = "right" if header in numeric else "left"
        table.add_column(header, justify=justify, overflow="fold", no_wrap=column == 0)
    for row in rows:
        table.add_row(*(Text(entry, style=getattr(entry, "style", "")) for entry in row))
    console.print(table)


def show_line(text: str = "", style: str = "", *, indent: int = 0) -> None:
    """Prints one line: styled and wrapped at words on a terminal, whole in a pipe.

    Arguments: the text, its style on a terminal, and by how many spaces it is set in.

    >>> show_line("Statement", "bold", indent=2)
      Statement
    """
    console = _console()
    if not console.is_terminal:
        sys.stdout.write((" " * indent + text).rstrip() + "\n")
        return
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(Text(text, style=style), (0, 0, 0, indent), expand=False))


def show_note(text: str) -> None:
    """Prints one line on standard error: something to know that is not an error."""
    sys.stderr.write(f"note: {one_line(text)}\n")


def show_error(text: str) -> None:
    """Prints the one line on standard error that says why a command cannot do what it was asked."""
    sys.stderr.write(f"lemmata: {one_line(text)}\n")


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on standard error while claims run, or None where standard error is no terminal.

    The callback takes the name of what has just ended, how many have ended, and how many there are.

    >>> with progress_bar("checking") as report:
    ...     pass
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None)

        def report(name: str, done: int, total: int) -> None:
            bar.update(task, description=f"{label} {name}", completed=done, total=total)

        yield report


@contextmanager
def spinner(label: str) -> Iterator[None]:
    """A moving sign on standard error while work of unknown length runs, and only where that is a terminal.

    >>> with spinner("fitting"):
    ...     pass
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(label):
        yield
