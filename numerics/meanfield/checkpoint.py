"""The state of a long simulation on disk: written whole or not at all, and read back only by the run that wrote it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import MeanFieldInputError

_FINGERPRINT = "fingerprint"


def fingerprint(*parts: object) -> str:
    """A digest of everything that decides a run's path; arrays count by their bytes.

    >>> fingerprint("sgd", 0.1) == fingerprint("sgd", 0.1), fingerprint("sgd", 0.1) == fingerprint("sgd", 0.2)
    (True, False)
    """
    digest = hashlib.sha256()
    for part in parts:
        text = part.tobytes() if isinstance(part, np.ndarray) else repr(part).encode()
        digest.update(str(len(text)).encode() + b":" + text)
    return digest.hexdigest()


def save(path: Path, run: str, state: dict[str, NDArray[Any]]) -> None:
    """Write a state beside its place and move it there, so that a reader finds the last whole one."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        np.savez(file, **{_FINGERPRINT: np.array(run)}, **state)  # type: ignore[arg-type]
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def load(path: Path, run: str, names: frozenset[str]) -> dict[str, NDArray[Any]] | None:
    """The stored state, of which the names are given, None where there is no file.

    Raises: MeanFieldInputError for a file that cannot be read, that is no checkpoint, or one of a run with other
            arguments.
    """
    if not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            state = {name: stored[name] for name in stored.files}
        found = str(state.pop(_FINGERPRINT))
    except (OSError, MemoryError) as error:
        raise MeanFieldInputError(f"checkpoint is {str(path)!r}, which cannot be read: {error}") from None
    except Exception:  # damaged bytes make zip and array readers raise about anything
        found = ""
    if not found or state.keys() != names:
        raise MeanFieldInputError(f"checkpoint is {str(path)!r}, which holds no state of a run; give another") from None
    if found != run:
        raise MeanFieldInputError(
            f"checkpoint is {str(path)!r}, of a run with other arguments; the same arguments or another file are needed"
        )
    return state
