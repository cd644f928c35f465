"""The phase diagram of a sweep: one result over two axes, drawn on given axes with no drawing library imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .errors import SweepError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]


def grid(rows: Sequence[Mapping[str, Any]], diagram: tuple[str, str, str]) -> tuple[list[Any], list[Any], Array]:
    """Means of a result over what the two axes leave open.

    Args: rows of a sweep; names of the axis to the right, the axis upwards, and the result.
    Returns: values of the two axes in the order of the sweep, and means (upwards, right), NaN where there is no result.
    Raises: SweepError where no row has the result.

    >>> rows = [{"a": 1, "b": 5, "v": 2.0}, {"a": 1, "b": 5, "v": 4.0}, {"a": 2, "b": 5, "v": None}]
    >>> grid(rows, ("a", "b", "v"))
    ([1, 2], [5], array([[ 3., nan]]))
    """
    across, up, value = diagram
    columns, lines = list(dict.fromkeys(r[across] for r in rows)), list(dict.fromkeys(r[up] for r in rows))
    total, count = np.zeros((len(lines), len(columns))), np.zeros((len(lines), len(columns)))
    for row in rows:
        if row[value] is not None:
            place = lines.index(row[up]), columns.index(row[across])
            total[place] += row[value]
            count[place] += 1
    if not count.any():
        raise SweepError(f"no point of the sweep has a value of {value}; nothing can be drawn")
    return columns, lines, np.where(count > 0, total / np.maximum(count, 1.0), np.nan)


def _label(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def draw_diagram(axes: Axes, rows: Sequence[Mapping[str, Any]], diagram: tuple[str, str, str]) -> None:
    """Draw a phase diagram: a cell for each pair of values, its shade and number the mean result there.

    Args: Matplotlib axes; rows of a sweep; names as in `grid`.
    Raises: SweepError where no row has the result.
    """
    columns, lines, means = grid(rows, diagram)
    shown = axes.imshow(means, origin="lower", aspect="auto", cmap="cividis")
    axes.set_xticks(range(len(columns)), [_label(v) for v in columns], rotation=45 if len(columns) > 8 else 0)
    axes.set_yticks(range(len(lines)), [_label(v) for v in lines])
    axes.set_xlabel(diagram[0])
    axes.set_ylabel(diagram[1])
    if means.size <= 200:
        low, high = float(np.nanmin(means)), float(np.nanmax(means))
        for (line, column), mean in np.ndenumerate(means):
            if not np.isnan(mean):
                dark = mean < (low + high) / 2.0 or low == high
                axes.text(column, line, f"{mean:.3g}", ha="center", va="center", color="white" if dark else "black")
    axes.figure.colorbar(shown, ax=axes, label=diagram[2])
