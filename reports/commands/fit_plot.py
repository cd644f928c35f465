"""A picture of a wide ReLU regression: the data, the fitted function and its knots."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .failure import BadInput

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ...numerics.meanfield import WideReluFit

FORMATS = (".svg", ".png", ".pdf")
_MARGIN = 0.08
_GRID = 1201
_LARGEST = 1e100
# Matplotlib would otherwise write the date and random identifiers; with these the same fit gives the same bytes.
_METADATA: dict[str, dict[str, None]] = {
    ".svg": {"Date": None},
    ".png": {"Software": None},
    ".pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "lemmata",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "axes.unicode_minus": True,
}


def require_format(target: Path) -> None:
    """Refuses a picture whose suffix names no format.

    Raises: BadInput.

    >>> require_format(Path("fit.gif"))
    Traceback (most recent call last):
    ...
    lemmata.reports.commands.failure.BadInput: --plot: 'fit.gif' should end in one of .svg, .png, .pdf
    """
    if target.suffix.lower() not in FORMATS:
        raise BadInput(f"--plot: {str(target)!r} should end in one of {', '.join(FORMATS)}")


def _span(x: NDArray[np.float64], knots: NDArray[np.float64]) -> tuple[float, float]:
    """The data's range with a margin; knots far outside it would squeeze the data into a point, and stay out."""
    low, high = float(x.min()), float(x.max())
    width = high - low or max(abs(low), 1.0)
    near = knots[(knots > low - width / 2) & (knots < high + width / 2)]
    low, high = min([low, *near]), max([high, *near])
    return low - _MARGIN * width, high + _MARGIN * width


def draw_fit(
    axes: "Axes", x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64], fit: "WideReluFit"
) -> "Axes":
    """Draws data, fitted function and knots into axes and returns them.

    Arguments: matplotlib axes; inputs, targets and weights of one length, in the user's units; the fit. A point's
    area is proportional to its weight.
    """
    knots = np.array([knot["location"] for knot in fit.as_json()["knots"]], dtype=np.float64)
    low, high = _span(x, knots)
    grid = np.unique(np.concatenate([np.linspace(low, high, _GRID), knots[(knots > low) & (knots < high)]]))
    axes.plot(grid, fit.predict(grid), color="#1f4e79", linewidth=1.8, zorder=2, label="exact fit")
    axes.scatter(x, y, s=28 * weight / weight.max(), color="#c8541b", zorder=3, label="data")
    inside = knots[(knots >= low) & (knots <= high)]
    if inside.size:
        axes.plot(
            inside, fit.predict(inside), linestyle="none", marker="D", markersize=6.5, zorder=4,
            markerfacecolor="white", markeredgecolor="#1f4e79", markeredgewidth=1.4, label="knots",
        )  # fmt: skip
    axes.set_xlim(low, high)
    axes.set_xlabel("x")
    axes.set_ylabel("y")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    return axes


def picture(
    suffix: str, x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64], fit: "WideReluFit"
) -> bytes:
    """The bytes of a picture of the fit, the same for the same fit.

    Arguments: one of `FORMATS`; data and fit as in `draw_fit`.

    Raises: BadInput for values too large to be drawn.
    """
    largest = max(float(np.max(np.abs(values))) for values in (x, y, fit.fitted))
    if largest > _LARGEST:
        raise BadInput(f"--plot: a value of size {largest:g} cannot be drawn; sizes up to {_LARGEST:g} are allowed")
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.2, 4.2), layout="constrained")
        FigureCanvasAgg(figure)
        draw_fit(figure.add_subplot(), x, y, weight, fit)
        stream = io.BytesIO()
        figure.savefig(stream, format=suffix.lower().lstrip("."), dpi=150, metadata=_METADATA[suffix.lower()])
    return stream.getvalue()
