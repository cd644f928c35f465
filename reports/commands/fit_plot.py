"""The file of a picture of a wide ReLU regression, the same bytes for the same fit."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .failure import BadInput

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ...numerics.meanfield import WideReluFit

FORMATS = (".svg", ".png", ".pdf")
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


def drawn(suffix: str, draw: Callable[["Axes"], object]) -> bytes:
    """The bytes of a picture: one of `FORMATS`, and what draws it on axes; the same for the same drawing."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.2, 4.2), layout="constrained")
        FigureCanvasAgg(figure)
        draw(figure.add_subplot())
        stream = io.BytesIO()
        figure.savefig(stream, format=suffix.lower().lstrip("."), dpi=150, metadata=_METADATA[suffix.lower()])
    return stream.getvalue()


def picture(
    suffix: str,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    weight: NDArray[np.float64],
    fit: "WideReluFit",
    certificate: Mapping[str, Any] | None = None,
) -> bytes:
    """The bytes of a picture of the fit, the same for the same fit.

    Arguments: one of `FORMATS`; inputs, targets and weights of one length, in the user's units; the fit; the record of
    its certificate, if there is one.

    Raises: BadInput for values too large to be drawn.
    """
    from ...numerics.meanfield import MeanFieldInputError
    from ...numerics.meanfield.plot import plot_fit

    try:
        return drawn(suffix, lambda axes: plot_fit(axes, fit, x, y, weight, certificate=certificate))
    except MeanFieldInputError as error:
        raise BadInput(f"--plot: {error}") from None
