"""Numbers on the command line: read with a message that names the value and what is allowed."""

import typer


def number(text: str) -> float:
    """A number as Python writes it, ``inf`` included.

    Arguments: what the user typed. Its range is the business of the function it is meant for.

    Raises: typer.BadParameter.

    >>> number("1e-3"), number("inf")
    (0.001, inf)
    >>> number("1_0")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    typer...BadParameter: '1_0' is not a number; allowed are decimals such as 0.5, 1e-3
    >>> number("1/3")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    typer...BadParameter: '1/3' is not a number; allowed are decimals such as 0.5, 1e-3
    """
    written = str(text)  # a default arrives as the number that it is
    try:
        if "_" in written or not written.isascii():  # float() takes digits of every script, and underscores
            raise ValueError(written)
        return float(written)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a number; allowed are decimals such as 0.5, 1e-3") from error


def count(text: str) -> int:
    """A whole number, 1 or more.

    Arguments: what the user typed.

    Raises: typer.BadParameter.

    >>> count("12")
    12
    >>> count("0")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    typer...BadParameter: '0' is not allowed; give a whole number, 1 or more
    """
    # int() also takes signs, underscores and spaces, which nobody means here.
    if not (text.isascii() and text.isdigit() and len(text) <= 18 and int(text) >= 1):
        raise typer.BadParameter(f"{text!r} is not allowed; give a whole number, 1 or more")
    return int(text)
