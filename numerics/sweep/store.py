"""Results on disk: a Parquet file beside a journal that takes each result as it comes, so that no moment loses any.

A result is a line of the journal, flushed to the disk before the next is waited for. Now and then the journal is
merged into the Parquet file, which appears whole or not at all; a crash between the two leaves rows in both, which are
the same.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from .errors import SweepError
from .spec import Specification

_FINGERPRINT = b"lemmata.sweep"
_MERGE_EVERY = 1000  # results
_LOCK_TRIES, _LOCK_WAIT = 20, 0.1  # seconds


def _arrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise SweepError("sweeps need pyarrow: pip install 'lemmata[sweep]'") from error
    return pyarrow


class Store:
    """The rows of one sweep, by the number of their point.

    Args: path: the Parquet file; spec; fingerprint: of the sweep.
    Raises: SweepError where the file is of another sweep, is no file of a sweep, or is in use.
    """

    def __init__(self, path: Path, spec: Specification, fingerprint: str) -> None:
        self._arrow = _arrow()
        self._path, self._spec, self._fingerprint = path, spec, fingerprint
        self._journal_path = path.with_name(path.name + ".journal")
        self.rows: dict[int, dict[str, Any]] = {}
        self._unmerged = 0
        self._read_table()
        try:
            self._journal = self._journal_path.open("a+b")
        except OSError as error:
            raise SweepError(f"{str(self._journal_path)!r} cannot be written: {error.strerror}") from error
        self._lock()
        self._read_journal()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Merge what there is and give the file back, whatever happened."""
        if kind is None or self.rows:
            self.merge()
        self._journal.close()
        if not self._unmerged:
            self._journal_path.unlink(missing_ok=True)

    def _lock(self) -> None:
        """Take the journal for this process; workers of a process that was killed hold it for a moment still."""
        for attempt in range(_LOCK_TRIES):
            try:
                fcntl.flock(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except OSError as error:
                if attempt + 1 == _LOCK_TRIES:
                    self._journal.close()
                    raise SweepError(
                        f"{str(self._path)!r} is being written by another sweep; wait for it, or give another --out"
                    ) from error
                time.sleep(_LOCK_WAIT)

    def _schema(self) -> Any:
        types = {int: self._arrow.int64(), float: self._arrow.float64(), str: self._arrow.string()}
        task = self._spec.kind
        columns = [("point", int), *((name, task.type_of(name)) for name in self._spec.axes), *task.results.items()]
        fields = [self._arrow.field(name, types[kind]) for name, kind in (*columns, ("error", str))]
        return self._arrow.schema(fields, metadata={_FINGERPRINT: self._fingerprint.encode()})

    def _read_table(self) -> None:
        if not self._path.exists():
            return
        try:
            table = self._arrow.parquet.read_table(self._path)
        except (OSError, self._arrow.ArrowException) as error:
            raise SweepError(f"{str(self._path)!r} is no Parquet file; name one of this sweep, or a new one") from error
        if (table.schema.metadata or {}).get(_FINGERPRINT) != self._fingerprint.encode():
            raise SweepError(
                f"{str(self._path)!r} holds the results of another sweep, or of other data; name another file"
            )
        self.rows = {row["point"]: row for row in table.to_pylist()}

    def _read_journal(self) -> None:
        """Whole lines of this sweep; a line that a crash cut short is dropped, and with it the file's end."""
        self._journal.seek(0)
        kept = 0
        for line in self._journal:
            try:
                entry = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                entry = None
            if entry is None:
                break
            if entry.get("sweep") != self._fingerprint:
                raise SweepError(
                    f"{str(self._journal_path)!r} holds results of another sweep; move it, or give another --out"
                )
            row = self._numbers(entry["row"])
            self.rows[row["point"]] = row
            self._unmerged += 1
            kept += len(line)
        self._journal.truncate(kept)
        self._journal.seek(kept)

    def _numbers(self, row: dict[str, Any]) -> dict[str, Any]:
        """Infinities stand as words in the journal, which is strict JSON."""
        kinds = {**{n: self._spec.kind.type_of(n) for n in self._spec.axes}, **self._spec.kind.results}
        return {n: float(v) if kinds.get(n) is float and isinstance(v, str) else v for n, v in row.items()}

    def add(self, row: Mapping[str, Any]) -> None:
        """Keep a result: on the disk when this returns."""
        plain = {
            n: repr(v) if isinstance(v, float) and v in (float("inf"), -float("inf")) else v for n, v in row.items()
        }
        line = json.dumps({"sweep": self._fingerprint, "row": plain}, allow_nan=False) + "\n"
        self._journal.write(line.encode())
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self.rows[row["point"]] = dict(row)
        self._unmerged += 1
        if self._unmerged >= max(_MERGE_EVERY, len(self.rows) // 10):
            self.merge()

    def merge(self) -> None:
        """Write all rows as one Parquet file, in the order of their points, and empty the journal."""
        rows = [self.rows[point] for point in sorted(self.rows)]
        partial = self._path.with_name(f".{self._path.name}.partial")
        with partial.open("wb") as file:
            self._arrow.parquet.write_table(self._arrow.Table.from_pylist(rows, schema=self._schema()), file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._path)
        self._journal.seek(0)
        self._journal.truncate(0)
        self._unmerged = 0
