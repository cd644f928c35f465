"""Figures on logarithmic axes: text as text, one style for one contestant, and refusals of what cannot be drawn."""

import re
from typing import Any

import pytest

from lemmata.reports.figures import draw_figures
from lemmata.reports.record import ReportError

LINE = {"label": "ours", "x": [100.0, 1e6], "y": [1e-3, 10.0], "low": [5e-4, 9.0], "high": [2e-3, 20.0]}


def _drawn(**changes: Any) -> str:
    (figure,) = draw_figures({"time": {"kind": "scaling", "series": [LINE | changes]}})
    return figure.svg


def test_ticks_are_powers_of_ten_as_text() -> None:
    words = re.findall(r"<text[^>]*>([^<]*)<", _drawn())
    assert {"10²", "10⁶", "10⁻³", "10¹", "ours"} <= set(words)
    assert not any("$" in word for word in words)


def test_a_style_is_the_same_wherever_it_stands() -> None:
    other = LINE | {"label": "theirs", "style": 2}
    alone = _drawn(label="theirs", style=2)
    (both,) = draw_figures({"time": {"kind": "scaling", "series": [LINE, other]}})
    assert "var(--f3)" in alone
    assert "var(--f1)" not in alone
    assert {"var(--f1)", "var(--f3)"} <= set(re.findall(r"var\(--f\d\)", both.svg))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"y": [1e-3, 0.0]}, r"series\[0\] needs x, low, y and high"),
        ({"low": [-1.0, 1.0]}, r"series\[0\] needs"),
        ({"high": [1.0]}, r"series\[0\] needs"),
        ({"x": None}, r"series\[0\].x is None"),
        ({"style": -1}, r"style is -1"),
        ({"style": "bold"}, r"style is bold"),
    ],
)
def test_what_cannot_be_drawn_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ReportError, match=message):
        _drawn(**changes)


@pytest.mark.parametrize("series", [None, [], [1]])
def test_series_are_a_list_of_objects(series: Any) -> None:
    with pytest.raises(ReportError, match="allowed is a list of objects"):
        draw_figures({"time": {"kind": "scaling", "series": series}})
