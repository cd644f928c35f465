"""The picture of a fit: data, fitted function, knots with their sides or bends with their widths, and what is proved.

It draws with the methods of the axes it is given and imports no drawing library, so that a fit costs none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .data import Rows, check_rows
from .errors import MeanFieldInputError
from .result import Bend, Knot
from .wide_fit import WideReluFit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

# Blue and orange of unequal lightness stay apart for every kind of colour vision and in grey print.
_LINE, _DATA, _INK = "#1f4e79", "#c8541b", "#222222"
# The marker points to where the units of a knot are active: the side is read from the shape, not from a colour.
_MARKERS = {
    "left": ("<", "knot, units active to its left"),
    "right": (">", "knot, units active to its right"),
    "both": ("D", "knot, both sides"),
}
_MARGIN = 0.08
_GRID = 1201
_FEW = 60  # points up to which each is drawn above the line
_DENSE = 2000  # points beyond which they are an image inside the page
_LARGEST = 1e100
_ROUNDING = 1e-6  # of an objective's size: other fits differ by more, and a fit that ended early says so by its gap
_SLACK = (
    1e-9  # distance of a computed knot from its proved interval, relative to the width, that is put down to rounding
)


class FittedEstimator(Protocol):
    """What a picture needs of an estimator: its fit in z, and the same in the user's x = x_offset_ + x_scale_ z."""

    fit_: WideReluFit
    x_offset_: float
    x_scale_: float
    knots_: Array
    knot_sides_: NDArray[np.str_]
    slope_changes_: Array

    @property
    def bends_(self) -> tuple[Bend, ...]:
        """Local maxima of |f″| at finite temperature."""
        ...

    def predict(self, X: ArrayLike) -> Array:
        """f at the rows of X (N, 1)."""
        ...


@dataclass(frozen=True)
class _Subject:
    """What is drawn, in one unit of x: the function, its knots or bends, and the rows behind it."""

    predict: Callable[[Array], Array]
    knots: tuple[Knot, ...]
    bends: tuple[Bend, ...]
    rows: Rows


def _subject(fit: WideReluFit | FittedEstimator) -> _Subject:
    if isinstance(fit, WideReluFit):
        return _Subject(fit.predict, fit.knots, fit.bends, fit._rows)
    if not isinstance(getattr(fit, "fit_", None), WideReluFit):
        raise MeanFieldInputError(
            f"fit is of type {type(fit).__name__}; a WideReluFit or a fitted WideReLURegressor can be drawn"
        )
    knots = zip(fit.knots_.tolist(), fit.knot_sides_.tolist(), fit.slope_changes_.tolist(), strict=True)
    rows = fit.fit_._rows
    return _Subject(
        lambda x: fit.predict(x.reshape(-1, 1)),
        tuple(Knot(*knot) for knot in knots),
        fit.bends_,
        Rows(fit.x_offset_ + fit.x_scale_ * rows.x, rows.y, rows.weight),
    )


def _span(x: Array, marks: Array) -> tuple[float, float]:
    """The data's range with a margin; marks far outside it would squeeze the data into a point, and stay out."""
    low, high = float(x.min()), float(x.max())
    width = high - low or max(abs(low), 1.0)
    near = marks[(marks > low - width / 2) & (marks < high + width / 2)]
    low, high = min([low, *near]), max([high, *near])
    return low - _MARGIN * width, high + _MARGIN * width


def _draw_data(axes: Axes, rows: Rows) -> None:
    """Points whose area is proportional to their weight: few above the line, many below it, small and pale."""
    count = len(rows.x)
    size, alpha = (28, 0.9) if count <= _FEW else (16, 0.5) if count <= _DENSE else (6, 0.3)
    area = rows.weight / float(np.max(rows.weight))
    axes.scatter(
        rows.x, rows.y, s=size if np.all(area == 1.0) else size * area, color=_DATA, alpha=alpha, linewidths=0,
        zorder=3 if count <= _FEW else 1, rasterized=count > _DENSE,
    )  # fmt: skip
    axes.scatter([], [], s=28, color=_DATA, linewidths=0, label="data")  # as large in the legend as one point by itself


def _draw_knots(axes: Axes, predict: Callable[[Array], Array], knots: Sequence[Knot], proved: Sequence[bool]) -> None:
    """One marker a knot, by its side; filled where its place is proved, open where it is computed."""
    for side, (marker, name) in _MARKERS.items():
        for filled in (True, False):
            chosen = [k.location for k, sure in zip(knots, proved, strict=True) if k.side == side and sure is filled]
            if chosen:
                where = np.array(chosen)
                axes.plot(
                    where, predict(where), linestyle="none", marker=marker, markersize=8, zorder=4,
                    markerfacecolor=_LINE if filled else "white", markeredgecolor=_LINE, markeredgewidth=1.4,
                    label=f"{name}, proved" if filled else name,
                )  # fmt: skip


def _draw_bends(axes: Axes, predict: Callable[[Array], Array], bends: Sequence[Bend]) -> None:
    """A bar over the full width at half maximum of |f″|, with a cap at each end and a circle at the maximum."""
    if bends:
        where = np.array([bend.location for bend in bends])
        axes.errorbar(
            where, predict(where), xerr=[0.5 * bend.width for bend in bends], fmt="o", color=_LINE, markersize=6,
            markerfacecolor="white", markeredgewidth=1.4, elinewidth=1.2, capsize=4, zorder=4,
            label="bend, with its width",
        )  # fmt: skip


def _add_legend(axes: Axes) -> None:
    """A legend in two columns above everything drawn, so that it hides no knot."""
    lines = (len(axes.get_legend_handles_labels()[1]) + 1) // 2
    room = 0.04 + 0.065 * lines
    bottom, top = axes.get_ylim()
    axes.set_ylim(bottom, top + (top - bottom) * room / (1.0 - room))
    axes.legend(frameon=False, loc="upper left", ncols=2, fontsize="small", borderaxespad=0.2)


def _holds(interval: Mapping[str, Any], knot: Knot, slack: float) -> bool:
    """Whether a proved interval holds a knot, up to the rounding of the computed place."""
    low, high = (float(end) for end in interval["location"])
    return low - slack <= knot.location <= high + slack


def _require_same(record: Mapping[str, Any], fit: WideReluFit) -> None:
    """Refuse a proof about another fit: its optimum is not where this fit, its gap and rounding allow it to be."""
    if not record["optimal"] or record["objective"] is None:
        return
    low, high = (float(end) for end in record["objective"])
    shares = fit._rows.weight / np.max(fit._rows.weight)
    size = max(abs(fit.objective), 0.5 * float(np.average(fit._rows.y**2, weights=shares)))
    slack = _ROUNDING * size
    if not low - slack <= fit.objective <= high + fit.gap + slack:
        raise MeanFieldInputError(
            f"certificate is of another fit: it proves an objective in [{low:.9g}, {high:.9g}], and the fit's is "
            f"{fit.objective:.9g}"
        )


def _within(pair: Sequence[str]) -> str:
    """An enclosure as its middle and, where its ends differ, half its width, both to a few digits."""
    low, high = (Fraction(end) for end in pair)
    half = float(high - low) / 2
    return f"{float((low + high) / 2):.6g}" + (f" ± {half:.1g}" if half > 0 else "")


def _proof(record: Mapping[str, Any]) -> str:
    """What a certificate proves, in one line."""
    if not record["optimal"]:
        open_contacts = len(record["undecided"])
        return "not proved" + (
            f": {open_contacts} contact{'s' * (open_contacts > 1)} undecided" if open_contacts else ""
        )
    said = ["optimal"]
    if record["knot_count"] is not None:
        said.insert(0, f"{record['knot_count']} knot{'s' * (record['knot_count'] != 1)}")
    if record["unique"]:
        said.append("unique")
    if record["knot_count"] is None and record["fitted"]:
        error = max(float(Fraction(high) - Fraction(low)) for low, high in record["fitted"])
        said.append(f"fitted values known to {error:.1g}")
    elif record["objective"] is not None:
        said.append(f"objective {_within(record['objective'])}")
    return "proved: " + ", ".join(said)


def plot_fit(
    axes: Axes,
    fit: WideReluFit | FittedEstimator,
    x: ArrayLike | None = None,
    y: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    *,
    certificate: Any = None,
    legend: bool = True,
) -> Axes:
    """Draw data, fitted function and knots into matplotlib axes.

    A knot is a triangle that points to where its units are active, a diamond where both sides share it; it is filled
    where a certificate proves its place, with the proved interval behind it, and open otherwise. At finite β every
    bend has a bar over its full width at half maximum. A knot farther than half the data's range outside it is counted
    in the legend and not drawn. What the certificate proves stands in a line above the axes.

    Args: axes: matplotlib axes; fit: a `WideReluFit` or a fitted
        `WideReLURegressor`, whose x is the user's; x, y, sample_weight:
        the rows to draw, each (N,), those of the fit if none are given, a point's area being proportional to its
        weight; certificate: what `certify` returned, in the same unit of x, or its record; legend: whether to add one.
    Returns: the axes.
    Raises: MeanFieldInputError where only one of x and y is given or weights without them, for rows that are not
        allowed in a fit or are too large to be drawn, and for a certificate of another fit.

    >>> from matplotlib.figure import Figure
    >>> from lemmata.numerics.meanfield import fit_wide_relu
    >>> axes = plot_fit(Figure().add_subplot(), fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=0.01))
    >>> axes.get_legend_handles_labels()[1]
    ['data', 'fit', 'knot, units active to its left', 'knot, units active to its right']
    """
    if (x is None) != (y is None):
        raise MeanFieldInputError(f"{'x' if x is None else 'y'} is missing; give both x and y, or neither")
    if x is None and sample_weight is not None:
        raise MeanFieldInputError("sample_weight is given without x and y; give all three, or none to draw the fit's")
    subject = _subject(fit)
    rows = subject.rows if x is None or y is None else check_rows(x, y, sample_weight)
    for name, values in (("x", rows.x), ("y", rows.y)):
        far = np.argmax(np.abs(values))
        if abs(values[far]) > _LARGEST:
            raise MeanFieldInputError(f"{name} holds {values[far]:g}; sizes up to {_LARGEST:g} can be drawn")
    record = certificate if certificate is None or isinstance(certificate, Mapping) else certificate.as_json()
    if record is not None:
        _require_same(record, fit if isinstance(fit, WideReluFit) else fit.fit_)
    marks: list[Knot | Bend] = [*subject.knots, *subject.bends]
    places = np.array([mark.location for mark in marks], dtype=np.float64)
    low, high = _span(rows.x, places)
    knots = [knot for knot in subject.knots if low <= knot.location <= high]
    bends = [bend for bend in subject.bends if low <= bend.location <= high]
    intervals = [] if record is None or not record["optimal"] else record["knots"]
    slack = _SLACK * (high - low)
    proved = [any(_holds(interval, knot, slack) for interval in intervals) for knot in knots]

    inside = places[(places > low) & (places < high)]
    grid = np.unique(np.concatenate([np.linspace(low, high, _GRID), inside]))
    _draw_data(axes, rows)
    axes.plot(grid, subject.predict(grid), color=_LINE, linewidth=1.8, zorder=2, label="fit")
    for interval in intervals:
        start, stop = (float(end) for end in interval["location"])
        if low <= start and stop <= high:
            axes.axvspan(start, stop, color=_LINE, alpha=0.25, linewidth=0.8, zorder=0)
    _draw_knots(axes, subject.predict, knots, proved)
    _draw_bends(axes, subject.predict, bends)
    outside = len(marks) - len(knots) - len(bends)
    if outside:
        axes.plot([], [], linestyle="none", label=f"{outside} more outside this range")
    if record is not None:
        open_contacts = [float(c["location"]) for c in record["undecided"] if c["location"] is not None]
        for k, place in enumerate(place for place in open_contacts if low <= place <= high):
            axes.axvline(
                place, color=_INK, linewidth=1.2, linestyle=(0, (1, 2)), zorder=0, label="undecided" if k == 0 else None
            )
        axes.set_title(_proof(record), loc="left", fontsize="small", color=_INK)
    axes.set_xlim(low, high)
    axes.set_xlabel("x")
    axes.set_ylabel("y")
    axes.spines[["top", "right"]].set_visible(False)
    if legend:
        _add_legend(axes)
    return axes
