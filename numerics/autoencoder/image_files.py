"""Images from files as they are published: MNIST's idx format, CIFAR-10's binary and pickled batches, or gzipped."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_IDX = b"\x00\x00\x08\x03"  # unsigned bytes, three dimensions
_LABELS = b"\x00\x00\x08\x01"
_PIXELS = 32 * 32 * 3
_ARRAY_PARTS = frozenset(
    {
        ("numpy.core.multiarray", "_reconstruct"),
        ("numpy._core.multiarray", "_reconstruct"),
        ("numpy", "ndarray"),
        ("numpy", "dtype"),
        ("_codecs", "encode"),
    }
)


class ImageFileError(ValueError):
    """A file holds no images that can be read; the message names it and what is allowed."""


class _ArraysOnly(pickle.Unpickler):
    """Reads arrays, text and numbers: a pickle that names anything else, which could run code, is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ARRAY_PARTS:
            raise pickle.UnpicklingError(f"it names {module}.{name}, and only numpy arrays are allowed")
        return super().find_class(module, name)


def _idx(content: bytes, path: Path) -> Array:
    count, height, width = (int.from_bytes(content[k : k + 4], "big") for k in (4, 8, 12))
    if len(content) != 16 + count * height * width or count * height * width == 0:
        raise ImageFileError(
            f"{path}: its header says {count} images of {height}×{width} bytes, but {max(len(content) - 16, 0)} bytes "
            "follow"
        )
    return np.frombuffer(content, np.uint8, offset=16).reshape(count, height * width).astype(np.float64)


def _pickled(content: bytes, path: Path) -> Array:
    try:
        batch = _ArraysOnly(io.BytesIO(content), encoding="bytes").load()
        data = np.asarray(batch[b"data"] if b"data" in batch else batch["data"])
    except Exception as error:  # damaged bytes make an unpickler raise about anything
        raise ImageFileError(f"{path}: no pickled CIFAR batch: {error}") from None
    if data.ndim != 2 or data.dtype != np.uint8 or data.shape[1] != _PIXELS or not len(data):
        raise ImageFileError(
            f"{path}: its data are of shape {data.shape} and type {data.dtype}; rows of {_PIXELS} bytes are allowed"
        )
    return data.astype(np.float64)


def read_images(path: str | os.PathLike[str]) -> Array:
    """Grey values or colours of images, a row for each, from 0 to 255.

    Arguments: path, of an idx file of MNIST's kind (images, such as train-images-idx3-ubyte), a CIFAR-10 batch in the
    binary version (data_batch_1.bin) or the pickled one (data_batch_1), each gzipped or not. Returns: (N×p).
    Raises: ImageFileError naming the file and what is allowed, also where there is none.

    >>> read_images("no-such-file")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ImageFileError: no-such-file: there is no such file; give the path of MNIST's images in idx format or …
    """
    place = Path(path)
    if not place.is_file():
        raise ImageFileError(
            f"{place}: there is no such file; give the path of MNIST's images in idx format or of a CIFAR-10 batch"
        )
    try:
        content = place.read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise ImageFileError(f"{place}: it cannot be read: {error}") from None
    if content[:4] == _IDX:
        return _idx(content, place)
    if content[:4] == _LABELS:
        raise ImageFileError(f"{place}: it holds labels; the file of the images is needed")
    if content[:1] == b"\x80":
        return _pickled(content, place)
    if content and len(content) % (1 + _PIXELS) == 0:
        rows = np.frombuffer(content, np.uint8).reshape(-1, 1 + _PIXELS)
        if int(rows[:, 0].max()) <= 9:  # the label
            return rows[:, 1:].astype(np.float64)
    raise ImageFileError(
        f"{place}: neither images in idx format nor a CIFAR-10 batch (rows of a label from 0 to 9 and {_PIXELS} bytes)"
    )
