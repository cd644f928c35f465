"""Reads a covariance from a text file: variances on one line or in one column, or a square matrix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from .source import ASYMMETRY, Rows, Source, make_source

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\Z")


class CovarianceFileError(ValueError):
    """The file cannot be used; the message names the file, the line and the column."""


@dataclass(frozen=True)
class _Entry:
    text: str
    value: Fraction
    line: int
    column: int


def _entry(path: Path, text: str, line: int, column: int) -> _Entry:
    if not _DECIMAL.match(text):
        shown = text if text else "an empty field"
        raise CovarianceFileError(f"{path}, line {line}, column {column}: {shown!r} is not a decimal number")
    return _Entry(text, Fraction(text), line, column)


def _read_line(path: Path, text: str, line: int) -> list[_Entry]:
    """The numbers of one line, separated by commas or by blanks; columns are counted in characters, from 1."""
    if "," in text:
        entries, position = [], 1
        for field in text.split(","):
            stripped = field.strip()
            column = position + (len(field) - len(field.lstrip()) if stripped else 0)
            entries.append(_entry(path, stripped, line, column))
            position += len(field) + 1
        return entries
    return [_entry(path, match[0], line, match.start() + 1) for match in re.finditer(r"\S+", text)]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise CovarianceFileError(f"{path}: it cannot be read: {problem.strerror or problem}") from None
    except UnicodeDecodeError as problem:
        raise CovarianceFileError(f"{path}: byte {problem.start + 1} is not UTF-8") from None


def _rows(path: Path) -> list[list[_Entry]]:
    rows = []
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            rows.append(_read_line(path, line, number))
    if not rows:
        raise CovarianceFileError(f"{path}: it contains no numbers")
    return rows


def _variances(path: Path, entries: list[_Entry]) -> Source:
    for entry in entries:
        if entry.value <= 0:
            raise CovarianceFileError(
                f"{path}, line {entry.line}, column {entry.column}: variance {float(entry.value):g} must be positive"
            )
    return _source(path, [[entry.value for entry in entries]])


def _source(path: Path, rows: list[list[Fraction]]) -> Source:
    exact: Rows = tuple(tuple(row) for row in rows)
    try:
        values = np.array([[float(v) for v in row] for row in rows])
        return make_source(values[0] if len(rows) == 1 else values, exact)
    except OverflowError:
        raise CovarianceFileError(f"{path}: a number is too large") from None
    except ValueError as problem:
        raise CovarianceFileError(f"{path}: {problem}") from None


def _check_square(path: Path, rows: list[list[_Entry]]) -> None:
    d = len(rows)
    for row in rows:
        if len(row) != d:
            last = row[-1]
            raise CovarianceFileError(
                f"{path}, line {last.line}, column {last.column}: this row has {len(row)} numbers, but there are {d} "
                "rows: the file must hold one row or column of variances, or a square matrix"
            )


def _check_symmetric(path: Path, rows: list[list[_Entry]]) -> None:
    """Symmetric up to rounding: a product such as Q diag Qᵀ in doubles rarely is to the last digit."""
    allowed = Fraction(ASYMMETRY) * max(abs(entry.value) for row in rows for entry in row)
    for i, row in enumerate(rows):
        if row[i].value < 0:
            raise CovarianceFileError(
                f"{path}, line {row[i].line}, column {row[i].column}: variance {float(row[i].value):g} is negative"
            )
        for j in range(i):
            if abs(row[j].value - rows[j][i].value) > allowed:
                other = rows[j][i]
                raise CovarianceFileError(
                    f"{path}, line {row[j].line}, column {row[j].column}: {row[j].text} differs from its "
                    f"mirror {other.text} (line {other.line}, column {other.column}): the matrix must be symmetric "
                    f"up to {ASYMMETRY:g} of its largest entry"
                )


def read_covariance(path: str | Path) -> Source:
    """Reads a covariance: one row or one column of positive numbers are variances, d rows of d a symmetric matrix.

    Numbers are decimals separated by commas or blanks and are kept exactly; blank lines and lines that start with #
    are skipped; a byte-order mark is allowed. A matrix must be positive semidefinite, and symmetric up to
    1e-12 of its largest entry; its symmetric part (Σ + Σᵀ)/2 is used.

    Arguments: path. Returns: Source. Raises: CovarianceFileError naming line and column.

    >>> import tempfile, os
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     name = os.path.join(folder, "variances.csv")
    ...     with open(name, "w") as file:
    ...         _ = file.write("# variances\\n1, 4, 9\\n")
    ...     read_covariance(name).variances.tolist()
    [9.0, 4.0, 1.0]
    """
    where = Path(path)
    rows = _rows(where)
    if len(rows) == 1:
        return _variances(where, rows[0])
    if all(len(row) == 1 for row in rows):
        return _variances(where, [row[0] for row in rows])
    _check_square(where, rows)
    _check_symmetric(where, rows)
    d = range(len(rows))
    return _source(where, [[(rows[i][j].value + rows[j][i].value) / 2 for j in d] for i in d])
