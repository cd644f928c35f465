"""How a command fails: bad input is one line on standard error, never a traceback."""

import dis
from collections.abc import Iterator
from contextlib import contextmanager

EXPECTED = 0
UNEXPECTED = 1
BAD_INPUT = 2
UNCERTIFIED = 3
DEFECT = 70
INTERRUPTED = 130
BROKEN_PIPE = 141


class BadInput(ValueError):
    """What the user gave cannot be used; the message is one line naming the value and what is allowed.

    >>> raise BadInput("--out: 'notes.txt' is a file, not a folder")
    Traceback (most recent call last):
    ...
    lemmata.reports.commands.failure.BadInput: --out: 'notes.txt' is a file, not a folder
    """


def one_line(text: str) -> str:
    r"""Text with every run of white space made one space and what a terminal would act on written as an escape.

    Arguments: any text, for instance an exception's message with the user's value in it.

    >>> one_line("lam must be > 0,\n  got \x1b[31m0")
    'lam must be > 0, got \\x1b[31m0'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in " ".join(text.split()))


def explain_os_error(error: OSError) -> str:
    """What the operating system refused, and for which file, without the error number.

    >>> explain_os_error(FileNotFoundError(2, "No such file or directory", "data.csv"))
    "'data.csv': no such file or directory"
    """
    reason = error.strerror or str(error) or type(error).__name__
    reason = reason[:1].lower() + reason[1:]
    return f"{error.filename!r}: {reason}" if error.filename is not None else reason


def is_ours(kind: type) -> bool:
    """Whether this project defines a class, for instance a warning's.

    >>> is_ours(BadInput), is_ours(RuntimeWarning)
    (True, False)
    """
    return kind.__module__.partition(".")[0] == __name__.partition(".")[0]


def is_deliberate(error: ValueError) -> bool:
    """Whether a `raise` statement of this project raised it; what a library refuses of ours is a defect.

    >>> try:
    ...     int("one")
    ... except ValueError as error:
    ...     is_deliberate(error)
    False
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return False
    instruction = dis.opname[trace.tb_frame.f_code.co_code[trace.tb_lasti]]
    home = str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0]
    return instruction == "RAISE_VARARGS" and home == __name__.partition(".")[0]


@contextmanager
def refusals(source: str = "") -> Iterator[None]:
    """Turns what the project's own functions raise on bad input, and what the system refuses, into `BadInput`.

    Only a ValueError that this project itself raises counts as bad input: one out of a library is a defect of ours
    and keeps its traceback.

    Arguments: the file or option that a refusal is about, where its message does not say so itself.

    Raises: BadInput.

    >>> with refusals():
    ...     raise FileNotFoundError(2, "No such file or directory", "data.csv")
    Traceback (most recent call last):
    ...
    lemmata.reports.commands.failure.BadInput: 'data.csv': no such file or directory
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BadInput(explain_os_error(error)) from error
    except ValueError as error:
        if not is_deliberate(error):
            raise
        raise BadInput(f"{source}: {error}" if source else str(error)) from error
