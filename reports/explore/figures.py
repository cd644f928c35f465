"""Figures of the pages: as wide as the screen, with a name for those who do not see them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Any

from bokeh.layouts import column
from bokeh.models import Div, Range1d
from bokeh.plotting import figure

DATA, FIT, MARK, QUIET = "#1b1b1b", "#0a5fa8", "#c2410c", "#6b7280"

_TOOLS = "pan,wheel_zoom,box_zoom,reset,save"


def framed(plot: Any, title: str, text: str) -> Any:
    """A figure under a heading that wraps on a narrow screen, with a description for a screen reader.

    Its legend, if it has one, stands below, where it hides no point.
    """
    plot.html_attributes = {"role": "img", "aria-label": text}
    for legend in list(plot.legend):
        legend.ncols, legend.border_line_color, legend.label_text_font_size = 2, None, "12px"
        plot.add_layout(legend, "below")
    heading = Div(text=f"<h2 style='font-size: 1.05rem; margin: 0.6rem 0 0'>{escape(title)}</h2>")
    heading.sizing_mode = "stretch_width"
    return column(heading, plot, sizing_mode="stretch_width")


def point_range(values: Sequence[float]) -> tuple[float, float]:
    """The range that shows all values with room to drag them.

    >>> point_range([0.0, 2.0]), point_range([])
    ((-0.5, 2.5), (-1.25, 1.25))
    """
    low, high = (min(values), max(values)) if values else (-1.0, 1.0)
    if low == high:
        low, high = low - 1.0, high + 1.0
    room = 0.25 * (high - low) if values else 0.25
    return low - room, high + room


def _wide(**options: Any) -> Any:
    made = figure(
        height=320, sizing_mode="stretch_width", tools=_TOOLS, toolbar_location="above",
        active_scroll=None, output_backend="canvas", **options,
    )  # fmt: skip
    made.toolbar.logo = None
    return made


def plane_figure() -> Any:
    """A figure of y against x with ranges that stay while points are dragged."""
    return _wide(x_range=Range1d(), y_range=Range1d(), x_axis_label="x", y_axis_label="y")


def angle_figure(label: str, **options: Any) -> Any:
    """A figure over the angle φ of (w, b): units that face right left of π/2, those that face left right of it."""
    span = Range1d(-0.5 * math.pi, 1.5 * math.pi)
    made = _wide(x_range=span, x_axis_label="angle φ of (w, b)", y_axis_label=label, **options)
    made.xaxis.ticker = [0.5 * math.pi * k for k in range(-1, 4)]
    names = ("−π/2", "0", "π/2", "π", "3π/2")
    made.xaxis.major_label_overrides = {0.5 * math.pi * k: name for k, name in zip(range(-1, 4), names, strict=True)}
    return made


def rate_figure(most: float) -> Any:
    """A figure of the risk per coordinate against the rate."""
    ranges = {"x_range": Range1d(0.0, most), "y_range": Range1d(0.0, 1.02)}
    return _wide(**ranges, x_axis_label="rate n/d", y_axis_label="risk per coordinate")
