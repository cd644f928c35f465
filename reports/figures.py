"""The figures of a report: SVG with text as text, colours as CSS variables, and the same bytes every time.

Matplotlib draws with stand-in colours, which are then replaced by variables of the page; a figure inlined in a page
therefore follows its light or dark scheme.  Nothing is computed here: the data come from the record of the run.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from .record import ReportError

# Stand-in colour -> variable of the stylesheet. Line style differs as well as colour wherever two lines meet.
_INK, _MUT, _GRID, _FIRST, _SECOND, _THIRD = "#010101", "#020202", "#030303", "#040404", "#050505", "#060606"
_VARIABLES = {_INK: "--ink", _MUT: "--mut", _GRID: "--rule", _FIRST: "--f1", _SECOND: "--f2", _THIRD: "--f3"}
_WIDTH, _HEIGHT = 7.2, 3.5  # inches at 72 per inch
_MOST_POINTS = 4000


@dataclass(frozen=True)
class Figure:
    """A drawn figure: inline SVG, what it shows in a sentence for those who cannot see it, title and caption."""

    name: str
    title: str
    caption: str
    description: str
    svg: str


def _numbers(data: Mapping[str, Any], key: str, where: str) -> list[float]:
    found = data.get(key)
    if not isinstance(found, list) or not all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in found):
        raise ReportError(f"figures.{where}.{key} is {str(found)[:40]}; allowed is a list of numbers")
    if len(found) > _MOST_POINTS:
        raise ReportError(f"figures.{where}.{key} has {len(found)} numbers; allowed are at most {_MOST_POINTS}")
    values = [float(v) for v in found]
    if not all(math.isfinite(v) for v in values):
        raise ReportError(f"figures.{where}.{key} has a number that is not finite")
    return values


def _curve(data: Any, x: str, y: str, where: str) -> tuple[list[float], list[float]]:
    if not isinstance(data, Mapping):
        raise ReportError(f"figures.{where} is {str(data)[:40]}; allowed is an object with {x!r} and {y!r}")
    xs, ys = _numbers(data, x, where), _numbers(data, y, where)
    if len(xs) != len(ys):
        raise ReportError(f"figures.{where} has {len(xs)} values of {x!r} and {len(ys)} of {y!r}; allowed are as many")
    return xs, ys


def _axes(labels: tuple[str, str]) -> tuple[Any, Any]:
    from matplotlib.figure import Figure as Canvas

    figure = Canvas(figsize=(_WIDTH, _HEIGHT), dpi=72, layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(_MUT)
    axes.tick_params(colors=_MUT, labelsize=10.5, width=0.7, length=3.5)
    axes.set_xlabel(labels[0], color=_INK, fontsize=11)
    axes.set_ylabel(labels[1], color=_INK, fontsize=11)
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    return figure, axes


def _legend(axes: Any, **where: Any) -> None:
    axes.legend(frameon=False, fontsize=10.5, labelcolor=_INK, handlelength=2.6, **where)


def _svg(figure: Any, name: str, title: str, description: str) -> str:
    target = io.StringIO()
    figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None, "Type": None, "Format": None})
    text = target.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>|font-family: [^;\"]*;?", "", text, flags=re.DOTALL)
    text = text.replace("xlink:href", "href")
    text = re.sub(r'\s+id="((?:figure|axes|patch|text|line2d|legend|xtick|ytick|matplotlib|PathC)[^"]*)"', "", text)
    text = re.sub(r"(\d+\.\d{2})\d+", r"\1", text)
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, f"var({variable})")
    text = re.sub(r"\s*\n\s*", " ", text).replace("> <", "><")
    head = (
        f'<svg class="plot" role="img" aria-labelledby="{name}-t {name}-d" xmlns="http://www.w3.org/2000/svg"'
        f' viewBox="0 0 {_WIDTH * 72:.0f} {_HEIGHT * 72:.0f}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
    )
    return head + text[text.index(">") + 1 :].strip()


def _listed(values: Sequence[float], most: int = 6) -> str:
    shown = ", ".join(f"{v:.4g}" for v in values[:most]).replace("-", "−")
    return shown + (f" and {len(values) - most} more" if len(values) > most else "")


def _predictor(name: str, data: Mapping[str, Any]) -> Figure:
    exact = _curve(data.get("exact"), "x", "f", f"{name}.exact")
    points = _curve(data.get("data"), "x", "y", f"{name}.data")
    knots = _curve(data.get("knots"), "x", "f", f"{name}.knots")
    network = _curve(data.get("network"), "x", "f", f"{name}.network") if data.get("network") is not None else None
    smooth = _curve(data.get("smooth"), "x", "f", f"{name}.smooth") if data.get("smooth") is not None else None
    drawn = _curve(data.get("drawn"), "x", "f", f"{name}.drawn") if data.get("drawn") is not None else None
    figure, axes = _axes(("x", "f(x)"))
    for knot in knots[0]:
        axes.axvline(knot, color=_GRID, linewidth=1, zorder=0)
    if network is not None:
        label = str(data.get("network_label") or "trained network")
        axes.plot(*network, color=_SECOND, linewidth=3.2, alpha=0.75, label=label)
    if smooth is not None:
        label = str(data.get("smooth_label") or "predictor at finite temperature")
        axes.plot(*smooth, color=_THIRD, linewidth=1.4, linestyle=(0, (4, 2)), label=label)
    axes.plot(*exact, color=_FIRST, linewidth=1.7, label=str(data.get("exact_label") or "exact limit"))
    if drawn is not None:
        axes.plot(*drawn, color=_INK, linewidth=1.1, linestyle=(0, (1, 2)), label="as drawn in the paper")
    axes.plot(*knots, color=_FIRST, linestyle="none", marker="D", markersize=7, fillstyle="none", label="its knots")
    axes.plot(*points, color=_INK, linestyle="none", marker="o", markersize=6, label="data")
    _legend(axes, loc="best")
    title = str(data.get("title") or "The predictor with its exact knots over the trained network")
    description = (
        f"{len(points[0])} data points and the exact piecewise linear limit with {len(knots[0])} knots"
        + (f" at {_listed(knots[0])}" if knots[0] else "")
        + (", drawn over the output of the trained network." if network is not None else ".")
    )
    return Figure(name, title, str(data.get("caption") or ""), description, _svg(figure, name, title, description))


def _rate(name: str, data: Mapping[str, Any]) -> Figure:
    bound = _curve(data.get("bound"), "rate", "risk", f"{name}.bound")
    training = _curve(data.get("training"), "rate", "risk", f"{name}.training")
    shannon = _curve(data.get("shannon"), "rate", "risk", f"{name}.shannon") if data.get("shannon") else None
    figure, axes = _axes(("rate r = n/d", "risk per coordinate"))
    axes.axvline(1.0, color=_GRID, linewidth=1, zorder=0)
    axes.plot(*bound, color=_FIRST, linewidth=1.9, label="lower bound")
    if shannon is not None:
        # A minus sign and superscripts as characters: the text stays text in the SVG.
        axes.plot(*shannon, color=_THIRD, linewidth=1.5, linestyle=(0, (4, 2)), label="Shannon, 2⁻²ʳ")
    label = str(data.get("training_label") or "trained")
    axes.plot(*training, color=_SECOND, linestyle="none", marker="o", markersize=6.5, fillstyle="none", label=label)
    axes.set_ylim(bottom=0.0)
    _legend(axes, loc="upper right")
    title = str(data.get("title") or f"Risk against rate, {data.get('activation') or 'one activation'}")
    excess = [r - b for r, b in zip(training[1], _interpolated(training[0], *bound), strict=True)]
    description = f"The lower bound on the risk against the rate, and {len(training[0])} trained codes"
    description += f", between {min(excess):.2g} and {max(excess):.2g} above it" if excess else ""
    if shannon is not None:
        below = all(s <= b for s, b in zip(shannon[1], _interpolated(shannon[0], *bound), strict=True))
        description += "; Shannon's distortion-rate curve " + ("lies below the bound" if below else "is drawn dashed")
    description += "."
    return Figure(name, title, str(data.get("caption") or ""), description, _svg(figure, name, title, description))


def _interpolated(at: Sequence[float], xs: Sequence[float], ys: Sequence[float]) -> list[float]:
    from numpy import interp

    return [float(v) for v in interp(at, xs, ys)]


def _power(value: float, position: int) -> str:
    """A tick at a power of ten, with the exponent in superior figures, which stay text in the SVG."""
    exponent = round(math.log10(value))
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _band(data: Mapping[str, Any], where: str) -> tuple[list[float], ...]:
    """x, low, y and high of one line, positive and equally many."""
    columns = tuple(_numbers(data, key, where) for key in ("x", "low", "y", "high"))
    if len({len(column) for column in columns}) > 1 or any(v <= 0 for column in columns for v in column):
        raise ReportError(f"figures.{where} needs x, low, y and high: equally many numbers greater than 0")
    return columns


def _scaling(name: str, data: Mapping[str, Any]) -> Figure:
    series = data.get("series")
    if not isinstance(series, list) or not series or not all(isinstance(s, Mapping) for s in series):
        raise ReportError(f"figures.{name}.series is {str(series)[:40]}; allowed is a list of objects, one at least")
    figure, axes = _axes((str(data.get("x_label") or "x"), str(data.get("y_label") or "y")))
    axes.set_xscale("log")
    axes.set_yscale("log")
    said = []
    for k, line in enumerate(series):
        where, label = f"{name}.series[{k}]", str(line.get("label") or f"line {k + 1}")
        xs, low, ys, high = _band(line, where)
        style = line.get("style", k)
        if not isinstance(style, int) or isinstance(style, bool) or style < 0:
            raise ReportError(f"figures.{where}.style is {str(style)[:40]}; allowed is a whole number from 0")
        colour, marker = _LINES[style % len(_LINES)], _MARKERS[style % len(_MARKERS)]
        axes.plot(
            xs, ys, color=colour, marker=marker, markersize=5.5, fillstyle="full" if style == 0 else "none",
            linewidth=2.2 if style == 0 else 1.2, linestyle="-" if style == 0 else (0, (4, 1 + style // len(_LINES))),
            label=label,
        )  # fmt: skip
        for x, bottom, top in zip(xs, low, high, strict=True):
            axes.plot([x, x], [bottom, top], color=colour, linewidth=1.0)
        said.append(f"{label}: {_listed(ys)} at {_listed(xs)}")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(_power)
        axis.set_minor_formatter(lambda value, position: "")
    axes.tick_params(which="minor", length=0)
    _legend(axes, loc="center left", bbox_to_anchor=(1.0, 0.5))
    title, description = str(data.get("title") or "Growth"), "; ".join(said) + "."
    return Figure(name, title, str(data.get("caption") or ""), description, _svg(figure, name, title, description))


_LINES = (_FIRST, _SECOND, _THIRD, _INK)
_MARKERS = ("o", "s", "^", "D", "v", "P", "X")
_DRAWERS = {"predictor": _predictor, "rate": _rate, "scaling": _scaling}


def draw_figures(figures: Mapping[str, Mapping[str, Any]]) -> tuple[Figure, ...]:
    """Draw the figures of a record.

    Args:
        figures: by name; each has `kind` (`"predictor"`, `"rate"` or `"scaling"`, else its name counts as the kind).
            predictor: curves `exact`, `knots`, optional `network`, `smooth` and `drawn` as {"x": [...], "f": [...]},
            `data` as {"x", "y"}; rate: `bound`, `training` and optional `shannon` as {"rate": [...], "risk": [...]};
            scaling, on two logarithmic axes: `series`, each {"label", "x", "y", "low", "high"} with positive numbers
            and an optional `style`, 0 for the one that stands out.  `title`,
            `caption` and the labels are optional strings.

    Returns:
        The figures in order of name.

    Raises:
        ReportError: for a kind that is not known, or curves that are not equally long lists of finite numbers.

    >>> draw_figures({})
    ()
    """
    if not figures:
        return ()
    import matplotlib as mpl

    drawn = []
    for name in sorted(figures):
        kind = figures[name].get("kind", name)
        if kind not in _DRAWERS:
            raise ReportError(f"figures.{name} has the kind {kind!r}; allowed are {', '.join(_DRAWERS)}")
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", name):
            raise ReportError(f"figures has the name {name[:40]!r}; allowed are small letters, digits and '-'")
        # The salt fixes the ids of markers and clip paths, and the name in it keeps those of two figures apart.
        settings = {"svg.fonttype": "none", "svg.hashsalt": f"lemmata-{name}", "text.parse_math": False}
        with mpl.rc_context(settings):
            drawn.append(_DRAWERS[kind](name, figures[name]))
    return tuple(drawn)
