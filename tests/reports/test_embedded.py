"""Claims as pieces of somebody else's page."""

import re
from typing import Any

import pytest

from lemmata.reports.embedded import claim_piece, palette, piece_style, signs
from lemmata.reports.reading import read_record


def _claim(name: str, **more: Any) -> dict[str, Any]:
    steps = [
        {"id": "first", "kind": "assume", "tex": "0<a", "prose": "", "uses": [], "result": "proved"},
        {"id": "goal", "kind": "sign", "tex": "0<a^2", "prose": "Square.", "uses": ["first"], "result": "proved"},
    ]
    told = {"statement": {"text": "A square.", "tex": "0<a^2"}, "relation": "new", "locator": "(1)", "steps": steps}
    return {"id": name, "verdict": "proved", "expected": "proved", "title": "a square", **told, **more}


def _piece(*claims: dict[str, Any], **options: Any) -> str:
    return claim_piece(read_record({"claims": list(claims)}), claims[0]["id"], lambda name: f"#{name}", **options)


def test_a_piece_has_the_verdict_and_every_step_and_no_script() -> None:
    piece = _piece(_claim("own.square"))
    assert 'class="v v-proved"' in piece
    assert re.findall(r'<li id="([^"]+)"', piece) == ["claim-own.square-s1", "claim-own.square-s2"]
    assert 'href="#claim-own.square-s1"' in piece
    assert "<math" in piece
    assert "<script" not in piece


def test_a_piece_says_where_a_verdict_is_not_the_expected_one() -> None:
    assert "Expected proved, obtained undecided." in _piece(_claim("own.open", verdict="undecided", reason="No rule."))


def test_the_derivation_is_folded_unless_asked_for() -> None:
    assert "<details>" in _piece(_claim("own.square"))
    assert "<details open>" in _piece(_claim("own.square"), opened=True)


def test_what_is_used_is_a_link() -> None:
    assert 'href="#own.other"' in _piece(_claim("own.square", uses=["own.other"]), _claim("own.other"))


def test_the_style_covers_the_signs_of_every_verdict_and_lays_out_no_page() -> None:
    style = piece_style()
    for verdict in ("proved", "enclosed", "supported", "refuted", "undecided", "not-run"):
        assert f".v-{verdict}{{" in style.replace(",.v-differs", "")
        assert f'id="g-{verdict}"' in signs()
    assert not re.search(r"^(body|html|a|h1|:root)\b", style, re.MULTILINE)


def test_the_palette_has_two_schemes() -> None:
    light, dark = palette("light"), palette("dark")
    assert light["proved"] != dark["proved"]
    with pytest.raises(ValueError, match="'sepia'"):
        palette("sepia")
