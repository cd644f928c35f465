"""Strict reading of tables: what is accepted, what is passed over with a note, and errors with line and column."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.numerics.data_file import DataFileError, DataFileNote, DataTable, read_data


def _read(text: str | bytes) -> DataTable:
    return read_data(io.BytesIO(text.encode() if isinstance(text, str) else text))


def test_everything_that_is_allowed() -> None:
    text = '\ufeff# measured\n\n weight , y,"x" \r\n2,1e-3,-4\n\n   # not a row\n0,+.5,6.\r0.5,"7",0\n'
    table = _read(text)
    assert table.x.tolist() == [-4, 6, 0]
    assert table.y.tolist() == [1e-3, 0.5, 7]
    assert table.weight.tolist() == [2, 0, 0.5]
    assert table.notes == ()
    assert table.decimals == (("-4", "1e-3", "2"), ("6.", "+.5", "0"), ("0", "7", "0.5"))


def test_other_columns_are_ignored_with_a_note() -> None:
    with pytest.warns(DataFileNote, match="'name' is ignored"):
        table = _read('name,x,y\n"Smith, J. ""x""",1,2\n,3,4\n')
    assert table.x.tolist() == [1, 3]
    assert table.weight.tolist() == [1, 1]
    assert len(table.notes) == 1


def test_a_path_is_read_like_a_stream(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_bytes(b"x,y\n1,2\n")
    assert read_data(tmp_path / "points.csv").y.tolist() == [2]
    with pytest.raises(FileNotFoundError):
        read_data(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "the table is empty"),
        (b"# nothing\n\n", "the table is empty"),
        (b"x,y\n", "no row"),
        (b"x,z\n1,2\n", "line 1: no column y"),
        (b"\n1,2\n", "line 2: no column x"),
        (b"X,Y\n1,2\n", "line 1: no column x"),
        (b"x,x,y\n1,2,3\n", "line 1: column x appears 2 times"),
        (b"x,y\n1,2\n3\n", "line 3: 1 cells; the header has 2"),
        (b"x,y\n1,2,3\n", "line 2: 3 cells; the header has 2"),
        (b"x,y\n1,\n", r"line 2, column 2 \(y\): empty"),
        (b"x,y\n1,two\n", r"line 2, column 2 \(y\): 'two'"),
        (b"y,x\n1,nan\n", r"line 2, column 2 \(x\): 'nan' is not a finite decimal number"),
        (b"x,y\n1,-inf\n", "'-inf'"),
        (b"x,y\n1,1_000\n", "'1_000'"),
        (b"x,y\n1,0x10\n", "'0x10'"),
        ("x,y\n1,٣\n".encode(), "not a finite decimal"),
        (b"x,y\n1,1e999\n", "'1e999' is beyond double precision"),
        (b"x,y,weight\n1,2,-1\n", r"line 2, column 3 \(weight\): '-1' is negative"),
        (b"x,y,weight\n1,2,0\n3,4,0\n", r"column 3 \(weight\): all weights are zero"),
        (b'x,y\n1,"2\n', "line 2, column 2: .* stray double quote"),
        (b'x,y\n1,2"3"\n', "line 2, column 2: .* stray double quote"),
        (b"x,y\n1,2\n\xff,3\n", "line 3: byte 0xff is not UTF-8"),
        ("x,y\n1,2\n".encode("utf-16-le"), "line 1: a zero byte"),
        (b"x;y\n1;2\n", "no column x"),
    ],
)
def test_refused(text: bytes, message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        _read(text)


@given(st.lists(st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 2), min_size=1, max_size=9))
def test_doubles_survive_the_round_trip(rows: list[tuple[float, float]]) -> None:
    table = _read("x,y\n" + "".join(f"{x!r},{y!r}\n" for x, y in rows))
    assert np.array_equal(np.stack([table.x, table.y], axis=1), np.array(rows))


@given(st.binary(max_size=60))
def test_any_bytes_give_a_table_or_one_error(content: bytes) -> None:
    try:
        table = _read(b"x,y\n" + content)
    except DataFileError:
        return
    assert len(table.x) == len(table.y) == len(table.weight) >= 1
    assert np.all(np.isfinite(table.x))


def test_the_decimals_as_written_are_exact_numbers() -> None:
    table = _read("x,y,weight\n0.1,-1.50e-3,1\n6.,+.5,0\n1e-400,12345678901234567890.5,2e0\n")
    x, y, weight = table.exact()
    assert x == (Fraction(1, 10), Fraction(6), Fraction(1, 10**400))
    assert y == (Fraction(-3, 2000), Fraction(1, 2), Fraction(24691357802469135781, 2))
    assert weight == (1, 0, 2)
    assert table.x[2] == 0


def test_a_number_too_small_to_write_out() -> None:
    table = _read("x,y\n0e-99999999,1\n1,1e-99999999\n")
    with pytest.raises(DataFileError, match="'1e-99999999' is too small to be used exactly"):
        table.exact()
