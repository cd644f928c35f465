"""What a command leaves behind: strict JSON, and files that appear whole or not at all."""

import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .failure import BadInput

STANDARD_STREAM = "-"


def json_text(record: object) -> str:
    r"""Strict JSON with a final newline: no NaN and no Infinity, keys in the record's own order.

    Raises: ValueError for a number JSON cannot hold.

    >>> json_text({"beta": "inf", "knots": []})
    '{\n  "beta": "inf",\n  "knots": []\n}\n'
    """
    return json.dumps(record, allow_nan=False, ensure_ascii=False, indent=2) + "\n"


def _same_place(first: Path, second: Path) -> bool:
    return first.resolve() == second.resolve()


def require_writable(option: str, target: Path) -> None:
    """Refuses a target that cannot be written, before any work is done and without touching it.

    Arguments: the option's name for the message, and the file it names.

    Raises: BadInput where the target is a folder, its folder does not exist, or permission is missing.

    >>> require_writable("--json", Path("no-such-folder/fit.json"))
    Traceback (most recent call last):
    ...
    lemmata.reports.commands.failure.BadInput: --json: the folder of 'no-such-folder/fit.json' does not exist
    """
    place = target.resolve()
    if place.is_dir():
        raise BadInput(f"{option}: {str(target)!r} is a folder; name a file")
    if not place.parent.exists():
        raise BadInput(f"{option}: the folder of {str(target)!r} does not exist")
    if not place.parent.is_dir():
        raise BadInput(f"{option}: {str(place.parent)!r} is a file, not a folder")
    guarded = place if place.exists() else place.parent
    if not os.access(guarded, os.W_OK) or (_is_replaceable(place) and not os.access(place.parent, os.W_OK)):
        raise BadInput(f"{option}: no permission to write {str(target)!r}")


def require_folder(option: str, target: Path) -> None:
    """Refuses a folder that cannot be there or be made, before any work is done and without touching it.

    Arguments: the option's name for the message, and the folder it names.

    Raises: BadInput where it, or a folder above it, is a file.

    >>> require_folder("--out", Path("site"))
    """
    nearest = next((place for place in (target, *target.parents) if place.exists()), None)
    if nearest is not None and not nearest.is_dir():
        raise BadInput(f"{option}: {str(nearest)!r} is a file, not a folder")


def require_apart(outputs: Iterable[tuple[str, Path]], inputs: Iterable[tuple[str, Path]] = ()) -> None:
    """Refuses an output that would overwrite an input or another output of the same command.

    Arguments: pairs of a name for the message and a file, outputs first.

    Raises: BadInput naming both.

    >>> require_apart([("--json", Path("a.csv"))], [("DATA", Path("./a.csv"))])
    Traceback (most recent call last):
    ...
    lemmata.reports.commands.failure.BadInput: --json: 'a.csv' is also DATA; name another file
    """
    taken = list(inputs)
    for option, target in outputs:
        for other, place in taken:
            if _same_place(target, place):
                raise BadInput(f"{option}: {str(target)!r} is also {other}; name another file")
        taken.append((option, target))


def _is_replaceable(place: Path) -> bool:
    """A pipe or a device is written to; only a regular file, or nothing yet, is replaced."""
    return not place.exists() or stat.S_ISREG(place.stat().st_mode)


def _mode_of(place: Path) -> int:
    if place.exists():
        return stat.S_IMODE(place.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_whole(target: Path, content: bytes) -> None:
    """Writes a file so that nobody ever sees half of it: a temporary file beside it, then one rename.

    A symbolic link is followed, an existing file keeps its permissions, and a pipe or device is written directly.

    Arguments: the file, and all its bytes.

    Raises: OSError, with the target as it was before.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "a.txt"), b"whole")
    ...     [place.name for place in Path(folder).iterdir()]
    ['a.txt']
    """
    place = target.resolve()
    if not _is_replaceable(place):
        place.write_bytes(content)
        return
    descriptor, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _mode_of(place))
        os.replace(name, place)
    except BaseException:
        os.unlink(name)
        raise


def write_json(target: str, record: object) -> None:
    """Writes a record as strict JSON to a file, or to standard output where the target is ``-``.

    Raises: OSError; ValueError for a number JSON cannot hold, before anything is written.

    >>> write_json("-", {"n": None})
    {
      "n": null
    }
    """
    text = json_text(record)
    if target == STANDARD_STREAM:
        sys.stdout.write(text)
    else:
        write_whole(Path(target), text.encode("utf-8"))
