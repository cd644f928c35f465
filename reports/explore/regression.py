"""The page of the regression: points to drag, λ and β, and at once the exact fit, its dual curve and its law."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
from bokeh.layouts import column, row
from bokeh.models import (
    Button,
    Checkbox,
    ColumnDataSource,
    CustomJS,
    DataTable,
    Div,
    HoverTool,
    NumberFormatter,
    PointDrawTool,
    Select,
    Slider,
    TableColumn,
    TextInput,
)
from numpy.typing import NDArray

from ...numerics.meanfield import DualCurve, MeanFieldInputError, WideReluFit, fit_wide_relu
from .figures import DATA, FIT, MARK, QUIET, angle_figure, framed, plane_figure, point_range
from .jobs import prove
from .later import Background, Later, at_once, in_the_same_process

POINTS = ([-2.0, -1.2, -0.5, 0.1, 0.8, 1.6, 2.3], [1.1, 0.4, 0.1, 0.6, 1.2, 1.4, 0.6])

_GRID = 361
_HIGH = 0.9  # share of λ from which a peak of |g| is one of the density
_NEAREST, _AROUND = 1e-9, 40  # distance of the angle next to such a peak, and how many are on either side
_DIGITS = "0.0000000000"
# While a point is dragged the browser keeps the change to itself; this sends it at once.
_SEND = "points.setv({data: points.data}, {check_eq: false})"


def _angles(dual: DualCurve) -> NDArray[np.float64]:
    """Angles at which g and the density are drawn: even ones, kinks, peaks, and ever closer ones to high peaks.

    The density is highest where |g| is nearest to λ, and at low temperature far narrower than a grid.
    """
    low, high = -0.5 * math.pi, 1.5 * math.pi
    even = np.linspace(low, high, 2 * _GRID)
    steep = np.array([peak.phi for peak in dual.peaks if abs(peak.value) > _HIGH * dual.lam])
    near = np.geomspace(_NEAREST, even[1] - even[0], _AROUND)
    around = (steep[:, None] + np.concatenate([-near, near])).ravel()
    angles = np.concatenate([even, dual.breaks, [peak.phi for peak in dual.peaks], around])
    return np.unique(angles[(angles >= low) & (angles <= high)])


def _number(name: str, text: str) -> float:
    """The number that is typed.

    >>> _number("λ", " 1e-2 ")
    0.01
    """
    try:
        return float(text)
    except ValueError:
        raise MeanFieldInputError(f"{name} is {text[:40]!r}; a number above 0 is needed") from None


class RegressionPage:
    """Models of the page and what they do; all numbers come from `fit_wide_relu`.

    x, y, weight: the points to start from; later: how the work after a change is called; background: how a proof is.

    >>> page = RegressionPage([-10.0, 10.0], [2.0, 2.0])
    >>> page.lam.value = -2.0
    >>> [round(float(t), 9) for t in page.knots.data["location"]]
    [-0.1, 0.1]
    """

    def __init__(
        self,
        x: Sequence[float] = POINTS[0],
        y: Sequence[float] = POINTS[1],
        weight: Sequence[float] | None = None,
        later: Later = at_once,
        background: Background = in_the_same_process,
    ) -> None:
        self._later, self._background, self._version = later, background, 0
        weights = [1.0] * len(x) if weight is None else list(weight)
        self.points = ColumnDataSource({"x": list(x), "y": list(y), "weight": weights}, name="points")
        self.curve = ColumnDataSource({"x": [], "f": []}, name="curve")
        self.knots = ColumnDataSource({key: [] for key in ("location", "f", "side", "slope_change")}, name="knots")
        self.dual = ColumnDataSource({"phi": [], "g": []}, name="dual")
        self.limits = ColumnDataSource({"phi": [], "g": []}, name="limits")
        self.touching = ColumnDataSource({"phi": [], "g": [], "knot": []}, name="touching")
        self.density = ColumnDataSource({"phi": [], "density": []}, name="density")
        self.atoms = ColumnDataSource({"phi": [], "c": [], "zero": []}, name="atoms")
        self.lam = Slider(start=-6.0, end=2.0, step=0.02, value=-2.0, title="log₁₀ λ (ridge penalty)", name="lam")
        self.beta = Slider(start=-1.0, end=9.0, step=0.05, value=4.0, title="log₁₀ β (inverse temperature)")
        self.lam_text = TextInput(title="λ, as typed", value=repr(10.0**self.lam.value), name="lam_text")
        self.beta_text = TextInput(title="β, as typed", value=repr(10.0**self.beta.value), name="beta_text")
        self._echo = False  # while a slider follows what was typed
        self.limit = Checkbox(label="β = ∞ (the limit of zero temperature)", active=True, name="limit")
        self.selection = Select(title="Where there are many minimisers", value="limit", options=["limit", "vertex"])
        self.certify = Button(label="Prove the knots of this fit", button_type="primary", name="certify")
        self.delete = Button(label="Delete the selected points", name="delete")
        self.message = Div(text="", name="message", html_attributes={"role": "status", "aria-live": "polite"})
        self.proof = Div(text="", name="proof", html_attributes={"role": "status", "aria-live": "polite"})
        self.fit: WideReluFit | None = None
        self.root = self._layout(x, y)
        self.points.on_change("data", self._changed)
        for slider, text in ((self.lam, self.lam_text), (self.beta, self.beta_text)):
            self._pair(slider, text)
        for model, key in ((self.limit, "active"), (self.selection, "value")):
            model.on_change(key, self._changed)
        self.certify.on_click(self._prove)
        self.delete.on_click(self._delete)
        self.update()

    def _layout(self, x: Sequence[float], y: Sequence[float]) -> Any:
        self._range = point_range(x), point_range(y)
        plane = plane_figure()
        plane.x_range.start, plane.x_range.end = self._range[0]
        plane.y_range.start, plane.y_range.end = self._range[1]
        plane.line("x", "f", source=self.curve, color=FIT, line_width=2.5, legend_label="exact fit")
        plane.scatter("location", "f", source=self.knots, marker="diamond", size=14, color=MARK, legend_label="knots")
        dots = plane.scatter("x", "y", source=self.points, size=11, color=DATA, legend_label="data")
        draw = PointDrawTool(renderers=[dots], empty_value=1.0)
        plane.add_tools(draw)
        plane.toolbar.active_drag = plane.toolbar.active_tap = draw
        plane.js_on_event("pan", CustomJS(args={"points": self.points}, code=_SEND))
        dual = angle_figure("g")
        dual.line("phi", "g", source=self.dual, color=FIT, line_width=2)
        dual.multi_line("phi", "g", source=self.limits, color=QUIET, line_dash="dashed", line_width=1.5)
        marks = dual.scatter("phi", "g", source=self.touching, marker="diamond", size=13, color=MARK)
        dual.add_tools(HoverTool(renderers=[marks], tooltips=[("angle", "@phi"), ("knot at x", "@knot")]))
        smooth = angle_figure("p(φ)", y_axis_type="log")
        smooth.line("phi", "density", source=self.density, color=FIT, line_width=2)
        peaked = angle_figure("c")
        peaked.segment("phi", "zero", "phi", "c", source=self.atoms, color=FIT, line_width=3)
        peaked.scatter("phi", "c", source=self.atoms, color=FIT, size=9)
        number = NumberFormatter(format=_DIGITS)
        columns = [
            TableColumn(field="location", title="knot at x", formatter=number),
            TableColumn(field="side", title="side of the units"),
            TableColumn(field="slope_change", title="change of slope", formatter=number),
        ]
        table = DataTable(
            source=self.knots, columns=columns, height=190, sizing_mode="stretch_width", index_position=None
        )
        wide = {"sizing_mode": "stretch_width"}
        typed = row(self.lam_text, self.beta_text, **wide)
        self.lam_text.sizing_mode = self.beta_text.sizing_mode = "stretch_width"
        controls = column(
            self.lam, self.beta, typed, self.limit, self.selection, self.delete, self.certify, **wide
        )  # fmt: skip
        for model in (self.lam, self.beta, self.limit, self.selection, self.delete, self.certify):
            model.sizing_mode = "stretch_width"
        self._smooth_part = framed(
            smooth, "Law of the weights: density of the angle", "Density of the angle of the weights, logarithmic"
        )
        self._peaked_part = framed(
            peaked, "Law of the weights in the limit: atoms", "Weights c of the units over their angles"
        )
        how = "Data and exact fit: drag a point, click to add one, select and press Backspace to delete"
        touch = "Dual curve g(φ): a knot can only be where it touches ±λ"
        figures = column(
            framed(plane, how, "Data points, the exact fit and its knots"), table,
            framed(dual, touch, "Dual curve over the angle of the unit, between minus and plus lambda"),
            self._smooth_part, self._peaked_part, **wide,
        )  # fmt: skip
        return column(row(self.message, **wide), controls, self.proof, figures, **wide)

    def _changed(self, attribute: str, old: object, new: object) -> None:
        self._later(self.update)

    def _pair(self, slider: Slider, text: TextInput) -> None:
        """Let the text say what the slider shows, and the slider follow a number that is typed, as far as it goes."""

        def moved(attribute: str, old: object, new: float) -> None:
            if not self._echo:
                text.value = repr(10.0**new)

        def typed(attribute: str, old: object, new: str) -> None:
            self._echo = True
            try:
                slider.value = min(max(math.log10(float(new)), slider.start), slider.end)
            except (ValueError, OverflowError):  # no positive number: the fit says so
                pass
            finally:
                self._echo = False
            self._later(self.update)

        slider.on_change("value", moved)
        text.on_change("value", typed)

    def _delete(self) -> None:
        """What Backspace does, for screens without a keyboard."""
        gone = set(self.points.selected.indices)
        self.points.selected.indices = []
        if gone:
            data = self.points.data
            self.points.data = {
                key: [value for k, value in enumerate(values) if k not in gone] for key, values in data.items()
            }

    def _rows(self) -> tuple[list[float], list[float], list[float]]:
        data = self.points.data
        weight = [1.0 if value is None else float(value) for value in data["weight"]]
        return [float(v) for v in data["x"]], [float(v) for v in data["y"]], weight

    @property
    def penalty(self) -> float:
        """λ."""
        return _number("λ", self.lam_text.value)

    @property
    def temperature(self) -> float:
        """β."""
        return math.inf if self.limit.active else _number("β", self.beta_text.value)

    def update(self) -> None:
        """Fit what the page shows now, and show the fit, or the sentence that says why there is none."""
        self._version += 1
        self.proof.text = ""
        self.beta.disabled = self.beta_text.disabled = bool(self.limit.active)
        x, y, weight = self._rows()
        notes: list[str] = []
        try:
            if not x:
                raise MeanFieldInputError("there are no points; click in the plot to add one")
            with warnings.catch_warnings(record=True) as found:
                warnings.simplefilter("always")
                self.fit = fit_wide_relu(
                    x, y, lam=self.penalty, beta=self.temperature, sample_weight=weight, selection=self.selection.value
                )
            notes = [str(note.message) for note in found if issubclass(note.category, UserWarning)]
        except MeanFieldInputError as error:
            self.fit = None
            self.message.text = f"No fit: {escape(str(error))}."
        self.certify.disabled = self.fit is None
        self._show(self.fit)
        if self.fit is not None:
            self.message.text = escape(" ".join(self._sentences(self.fit, x, notes)))

    def _sentences(self, fit: WideReluFit, x: Sequence[float], notes: Sequence[str]) -> list[str]:
        at = "∞" if math.isinf(fit.beta) else f"{fit.beta:.4g}"
        said = [
            f"λ = {fit.lam:.4g}, β = {at}: objective {fit.objective:.12g}, gap {fit.gap:.2g};",
            f"{fit.stop.sentence}.",
        ]
        if fit.units == () and any(y != 0 for y in self.points.data["y"]):
            largest = max((abs(peak.value) for peak in fit.dual.peaks), default=0.0)
            said.append(f"The fit is 0, as it is from λ_max = {largest:.6g} on.")
        if len(x) == 1:
            said.append("There is one point: a single unit fits it.")
        if len(set(x)) < len(x):
            said.append("Some points share their x; what counts there is the mean of their y.")
        return said + [f"Note: {note}." for note in notes]

    def _show(self, fit: WideReluFit | None) -> None:
        (low, high), span = self._range[0], self._range[0][1] - self._range[0][0]
        knots = () if fit is None else fit.knots
        places = np.array([knot.location for knot in knots], dtype=np.float64)
        self._smooth_part.visible = fit is not None and math.isfinite(fit.beta)
        self._peaked_part.visible = not self._smooth_part.visible
        if fit is None:
            for source in (self.curve, self.knots, self.dual, self.limits, self.touching, self.density, self.atoms):
                source.data = {key: [] for key in source.data}
            return
        inside = places[(places > low - span) & (places < high + span)]
        grid = np.unique(np.concatenate([np.linspace(low - span, high + span, _GRID), inside]))
        self.curve.data = {"x": grid, "f": fit.predict(grid)}
        self.knots.data = {
            "location": places, "f": fit.predict(places), "side": [knot.side for knot in knots],
            "slope_change": [knot.slope_change for knot in knots],
        }  # fmt: skip
        ends = (-0.5 * math.pi, 1.5 * math.pi)
        phi = _angles(fit.dual)
        self.dual.data = {"phi": phi, "g": fit.dual.value(phi)}
        self.limits.data = {"phi": [list(ends)] * 2, "g": [[fit.lam] * 2, [-fit.lam] * 2]}
        peaks = fit.dual.touching()
        self.touching.data = {
            "phi": [peak.phi for peak in peaks], "g": [peak.value for peak in peaks], "knot": [p.knot for p in peaks],
        }  # fmt: skip
        smooth = math.isfinite(fit.beta)
        shown = phi if smooth else phi[:0]
        self.density.data = {"phi": shown, "density": fit.marginals.angle.density(phi) if smooth else shown}
        units = fit.units or ()
        self.atoms.data = {"phi": [u.phi for u in units], "c": [u.c for u in units], "zero": [0.0] * len(units)}

    def _prove(self) -> None:
        if self.fit is None:
            return
        version = self._version
        self.proof.text = "Proving…"

        def done(result: Any) -> None:
            if version == self._version:  # else the fit that it is about has gone
                text = f"Not proved: {result}." if isinstance(result, BaseException) else str(result)
                self.proof.text = escape(text).replace("\n", "<br>")

        self._background(prove, (*self._rows(), self.fit.lam, self.fit.beta, self.selection.value), done)
