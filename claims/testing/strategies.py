"""Hypothesis strategies of the domain: data on a line, encoders with unit rows, Gram matrices, covariances.

They need the package `hypothesis`, which is in the extra `testing`.
"""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Array = NDArray[np.float64]

_NUMBER = st.floats(-1.0, 1.0, allow_subnormal=False).map(lambda v: round(v, 6))
_KINDS = ("plain", "tied", "nearly tied", "tiny", "huge", "far")


def _values(draw: st.DrawFn, size: int) -> Array:
    return np.array(draw(st.lists(_NUMBER, min_size=size, max_size=size)))


@st.composite
def data_sets(draw: st.DrawFn, most: int = 10) -> tuple[Array, Array]:
    """Return rows in any order: inputs spread, tied, nearly tied, tiny, huge or far from the origin, and targets.

    Arguments:
        most: the largest number M of rows; the least is 1.

    Returns:
        A strategy of pairs x (M,), y (M,) of finite numbers.

    Example:
        >>> from hypothesis import find
        >>> x, y = find(data_sets(), lambda data: len(data[0]) == 2)
        >>> x.shape, y.shape
        ((2,), (2,))
    """
    size = draw(st.integers(1, most))
    x = _values(draw, size)
    kind = draw(st.sampled_from(_KINDS))
    if kind == "tied":
        x = np.round(2.0 * x)
    elif kind == "nearly tied":
        x = np.round(2.0 * x) + 1e-9 * np.round(3.0 * x)
    else:
        x = {"plain": x, "tiny": 1e-3 * x, "huge": 1e3 * x, "far": x + 100.0}[kind]
    return x, _values(draw, size)


@st.composite
def problems(draw: st.DrawFn, most: int = 10) -> tuple[Array, Array, float]:
    """Return data of `data_sets` with a ridge penalty between 1e-3 and 10^0.5.

    Arguments:
        most: the largest number of rows.

    Returns:
        A strategy of triples x (M,), y (M,), penalty.

    Example:
        >>> from hypothesis import find
        >>> find(problems(), lambda problem: problem[2] >= 1.0)[2]
        1.0
    """
    x, y = draw(data_sets(most))
    return x, y, 10.0 ** draw(st.floats(-3.0, 0.5))


@st.composite
def unit_row_matrices(draw: st.DrawFn, most_rows: int = 6, most_columns: int = 6) -> Array:
    """Return encoders B whose rows have length one: spread, repeated up to sign, or nearly parallel.

    Arguments:
        most_rows: the largest number n of rows.
        most_columns: the largest number d of columns.

    Returns:
        A strategy of matrices (n, d) with |b_i| = 1.

    Example:
        >>> from hypothesis import find
        >>> find(unit_row_matrices(), lambda B: B.shape == (1, 1))
        array([[1.]])
    """
    n, d = draw(st.integers(1, most_rows)), draw(st.integers(1, most_columns))
    rows = _values(draw, n * d).reshape(n, d)
    rows[np.linalg.norm(rows, axis=1) < 1e-3, 0] = 1.0
    kind = draw(st.sampled_from(("spread", "repeated", "nearly parallel")))
    if kind == "repeated":
        rows = rows[draw(st.lists(st.integers(0, n - 1), min_size=n, max_size=n))]
        rows = rows * np.array(draw(st.lists(st.sampled_from((1.0, -1.0)), min_size=n, max_size=n)))[:, None]
    elif kind == "nearly parallel":
        rows = rows[:1] + 1e-6 * rows
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


@st.composite
def gram_matrices(draw: st.DrawFn, most: int = 6) -> Array:
    """Return Gram matrices of unit vectors: symmetric, positive semidefinite, ones on the diagonal.

    Arguments:
        most: the largest number n of vectors.

    Returns:
        A strategy of matrices (n, n).

    Example:
        >>> from hypothesis import find
        >>> find(gram_matrices(), lambda G: len(G) == 1)
        array([[1.]])
    """
    rows = draw(unit_row_matrices(most, most))
    gram = rows @ rows.T
    np.fill_diagonal(gram, 1.0)
    return np.asarray((gram + gram.T) / 2.0)


@st.composite
def covariances(draw: st.DrawFn, most: int = 6) -> Array:
    """Return variances of independent coordinates, from equal ones to a spread of six powers of ten.

    Arguments:
        most: the largest dimension d.

    Returns:
        A strategy of positive vectors (d,).

    Example:
        >>> from hypothesis import find
        >>> find(covariances(), lambda v: len(v) == 2)
        array([1., 1.])
    """
    d = draw(st.integers(1, most))
    return np.asarray(10.0 ** (3.0 * _values(draw, d)))
