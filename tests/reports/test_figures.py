"""Figures: drawn from the record alone, text as text, colours of the page, the same bytes every time."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from lemmata.reports.figures import draw_figures
from lemmata.reports.record import ReportError


def _words(svg: str) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg).iter() if e.tag.endswith("}text")]


def test_text_is_text_and_colours_are_variables(check_json: dict[str, Any]) -> None:
    predictor, rate = draw_figures(check_json["figures"])
    assert {"exact limit", "its knots", "data", "trained network"} <= set(_words(predictor.svg))
    assert {"lower bound", "Shannon, 2⁻²ʳ", "trained", "rate r = n/d"} <= set(_words(rate.svg))
    for figure in (predictor, rate):
        assert not re.findall(r"#[0-9a-fA-F]{6}", figure.svg)
        assert {"--ink", "--mut", "--rule", "--f1", "--f2"} <= set(re.findall(r"var\((--\w+)\)", figure.svg))
        assert not re.findall(r"font-family|https?://(?!www\.w3\.org)|<style", figure.svg)
        assert figure.description


def test_a_figure_does_not_depend_on_the_others_or_on_what_was_drawn_before(check_json: dict[str, Any]) -> None:
    both = draw_figures(check_json["figures"])
    alone = draw_figures({"rate": check_json["figures"]["rate"]})
    assert both[1] == alone[0]
    ids = [re.findall(r'\bid="([^"]+)"', f.svg) for f in both]
    assert not set(ids[0]) & set(ids[1])


def test_knots_and_points_stand_where_the_record_says(check_json: dict[str, Any]) -> None:
    data = check_json["figures"]["predictor"]
    (before,) = draw_figures({"predictor": data})
    data["knots"]["x"][1] = 1.5
    (after,) = draw_figures({"predictor": data})
    assert before.svg != after.svg
    assert "2 knots at −1, 1," in before.description
    assert "2 knots at −1, 1.5," in after.description


def test_the_excess_over_the_bound_is_stated_from_the_data() -> None:
    data = {
        "bound": {"rate": [0.0, 1.0, 2.0], "risk": [1.0, 0.5, 0.25]},
        "training": {"rate": [1.0, 2.0], "risk": [0.51, 0.3]},
    }
    (figure,) = draw_figures({"rate": data})
    assert "2 trained codes, between 0.01 and 0.05 above it." in figure.description
    assert "Shannon, 2⁻²ʳ" not in _words(figure.svg)
    (below,) = draw_figures({"rate": data | {"shannon": {"rate": [1.0, 2.0], "risk": [0.25, 0.0625]}}})
    (above,) = draw_figures({"rate": data | {"shannon": {"rate": [1.0, 2.0], "risk": [0.25, 0.3]}}})
    assert "lies below the bound" in below.description
    assert "lies below the bound" not in above.description


def _drop(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda data: data.pop(key)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_drop("exact"), r"figures\.predictor\.exact is None; allowed is an object"),
        (lambda d: d["exact"]["x"].append(1.0), r"has 5 values of 'x' and 4 of 'f'"),
        (lambda d: d["exact"].update(x="abc"), r"exact\.x is abc; allowed is a list of numbers"),
        (lambda d: d["exact"].update(x=[1, True, 2, 3]), r"exact\.x is .*; allowed is a list of numbers"),
        (lambda d: d["exact"].update(x=[1.0, float("nan"), 2.0, 3.0]), "not finite"),
        (lambda d: d["exact"].update(x=[0.0] * 5000), "has 5000 numbers; allowed are at most"),
        (lambda d: d.update(kind="pie"), r"has the kind 'pie'; allowed are predictor, rate"),
    ],
)
def test_bad_data_are_named(check_json: dict[str, Any], spoil: Callable[[dict[str, Any]], None], message: str) -> None:
    data = check_json["figures"]["predictor"]
    spoil(data)
    with pytest.raises(ReportError, match=message):
        draw_figures({"predictor": data})


def test_a_name_that_is_no_file_name_is_refused(check_json: dict[str, Any]) -> None:
    with pytest.raises(ReportError, match=r"has the name '\.\./x'"):
        draw_figures({"../x": check_json["figures"]["rate"] | {"kind": "rate"}})
