"""Tables of points: strict reading of DATA.csv, with errors that give line and column."""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

_BYTE_ORDER_MARK = "\ufeff"
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_NAMES = ("x", "y", "weight")
_SMALLEST = -2000  # decimal exponent below which a number other than 0 is too long to be written out


class DataFileError(ValueError):
    """A table cannot be read; the message gives the line, the column where there is one, and what is allowed."""


class DataFileNote(UserWarning):
    """Something in a table was passed over, harmlessly."""


def exact_decimal(text: str) -> Fraction:
    """The rational number that a finite decimal is.

    Raises: DataFileError for a number other than 0 below 10^−2000, whose fraction would fill the memory.

    >>> exact_decimal("-1.5e-3")
    Fraction(-3, 2000)
    """
    number = Decimal(text)
    if number and number.adjusted() < _SMALLEST:
        raise DataFileError(f"{text!r} is too small to be used exactly; 0 and sizes from 1e{_SMALLEST} are allowed")
    return Fraction(number)


@dataclass(frozen=True, eq=False)
class DataTable:
    """The rows of a table in its order: x, y and weight (N,), weight 1 where the table has none.

    notes: what was ignored; decimals: the numbers as written, (x, y, weight) a row, for exact use.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    weight: NDArray[np.float64]
    notes: tuple[str, ...]
    decimals: tuple[tuple[str, str, str], ...]

    def exact(self) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...], tuple[Fraction, ...]]:
        """The columns x, y and weight as the rational numbers that their decimals are.

        Raises: DataFileError for a number other than 0 below 10^−2000.

        >>> import io
        >>> read_data(io.BytesIO(b"x,y\\n0.1,3\\n")).exact()
        ((Fraction(1, 10),), (Fraction(3, 1),), (Fraction(1, 1),))
        """
        x, y, weight = (tuple(exact_decimal(text) for text in part) for part in zip(*self.decimals, strict=True))
        return x, y, weight


def _text(source: Path | BinaryIO) -> str:
    data = source.read_bytes() if isinstance(source, Path) else source.read()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DataFileError(
            f"line {line}: byte {data[error.start]:#04x} is not UTF-8; the table must be UTF-8 text"
        ) from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise DataFileError(f"line {line}: a zero byte; the table must be UTF-8 text")
    return text.removeprefix(_BYTE_ORDER_MARK)


def _cells(line: str, number: int) -> list[str]:
    """Split a line at commas; a cell may stand in double quotes, doubled inside."""
    cells, rest = [], line
    while True:
        quoted = re.match(r'\s*"((?:[^"]|"")*)"\s*(,|$)', rest)
        if quoted is not None:
            cells.append(quoted[1].replace('""', '"').strip())
            end, more = quoted.end(), quoted[2] == ","
        else:
            comma = rest.find(",")
            end, more = (len(rest), False) if comma < 0 else (comma + 1, True)
            cell = rest[: comma if comma >= 0 else None].strip()
            if '"' in cell:
                raise DataFileError(f"line {number}, column {len(cells) + 1}: {cell!r} has a stray double quote")
            cells.append(cell)
        rest = rest[end:]
        if not more:
            return cells


def _header(cells: list[str], number: int) -> tuple[dict[str, int], list[str]]:
    """Where x, y and weight are, and the names of the other columns."""
    place = {}
    for name in _NAMES:
        at = [k for k, cell in enumerate(cells) if cell == name]
        if len(at) > 1:
            raise DataFileError(f"line {number}: column {name} appears {len(at)} times; once is allowed")
        if at:
            place[name] = at[0]
        elif name != "weight":
            found = ", ".join(repr(cell) for cell in cells)
            raise DataFileError(
                f"line {number}: no column {name} in the header ({found}); columns x and y are required"
            )
    return place, [cell for cell in cells if cell not in _NAMES]


def _number(cell: str, name: str, line: int, column: int) -> float:
    where = f"line {line}, column {column} ({name})"
    if not cell:
        raise DataFileError(f"{where}: empty; a number is needed")
    if _NUMBER.fullmatch(cell) is None:
        raise DataFileError(f"{where}: {cell!r} is not a finite decimal number")
    value = float(cell)
    if math.isinf(value):
        raise DataFileError(f"{where}: {cell!r} is beyond double precision")
    if name == "weight" and value < 0:
        raise DataFileError(f"{where}: {cell!r} is negative; weights are at least 0")
    return value


def read_data(source: Path | BinaryIO) -> DataTable:
    """Read a table of points: UTF-8, comma-separated, with a header that names x, y and perhaps weight.

    A byte-order mark is fine. Blank lines and lines that begin with # are skipped; other columns are ignored with a
    note, which is also issued as a `DataFileNote`. Rows may come in any order and x may repeat.

    Args: source: a path, or an open binary stream.
    Returns: a `DataTable`.
    Raises: DataFileError (a ValueError) with line and column; OSError if the file cannot be read.

    >>> import io
    >>> table = read_data(io.BytesIO(b"y,x\\n1,2\\n# a remark\\n3,4\\n"))
    >>> table.x.tolist(), table.y.tolist(), table.weight.tolist()
    ([2.0, 4.0], [1.0, 3.0], [1.0, 1.0])
    """
    text = _text(source)
    lines = [
        (n, line) for n, line in enumerate(re.split(r"\r\n|\n|\r", text), 1) if line.strip() and line.lstrip()[0] != "#"
    ]
    if not lines:
        raise DataFileError("the table is empty; a header that names columns x and y is required")
    number, first = lines[0]
    names = _cells(first, number)
    place, others = _header(names, number)
    numbers: list[tuple[float, float, float]] = []
    decimals: list[tuple[str, str, str]] = []
    for number, line in lines[1:]:
        cells = _cells(line, number)
        if len(cells) != len(names):
            raise DataFileError(
                f"line {number}: {len(cells)} cells; the header has {len(names)}, and every row needs as many"
            )
        written = tuple(cells[place[name]] if name in place else "1" for name in _NAMES)
        row = tuple(
            _number(cell, name, number, place.get(name, -1) + 1) for cell, name in zip(written, _NAMES, strict=True)
        )
        numbers.append((row[0], row[1], row[2]))
        decimals.append((written[0], written[1], written[2]))
    if not numbers:
        raise DataFileError("the table has a header but no row; at least one is needed")
    x, y, weight = np.array(numbers).T
    if not np.any(weight > 0):
        raise DataFileError(
            f"column {place['weight'] + 1} (weight): all weights are zero; one row needs a positive weight"
        )
    notes = tuple(f"column {name!r} is ignored; columns x, y and weight are read" for name in others)
    for note in notes:
        warnings.warn(note, DataFileNote, stacklevel=2)
    return DataTable(x.copy(), y.copy(), weight.copy(), notes, tuple(decimals))
