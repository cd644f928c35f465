"""The pages of a report: well-formed, closed in themselves, true to the record, and safe."""

import html
import posixpath
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from lemmata.reports.generate import write_report

FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
Reader = Callable[[str], Any]


def _pages(report: Path) -> dict[str, str]:
    found = {p.relative_to(report).as_posix(): p.read_text(encoding="utf-8") for p in sorted(report.rglob("*.html"))}
    assert len(found) == 4 + 15 + 2  # index, errata, axioms, figures; claims; erratum pairs
    return found


def _rows(page: Any) -> list[set[str]]:
    return [set(a.get("class", "").split()) for tag, a in page.elements if tag == "tr" and "row" in a.get("class", "")]


def test_every_page_is_well_formed_with_unique_ids(report: Path, read_page: Reader) -> None:
    for name, content in _pages(report).items():
        page = read_page(content)
        assert not {k: n for k, n in Counter(page.ids).items() if n > 1}, name
        referred = {a[key] for tag, a in page.elements for key in ("aria-labelledby", "aria-describedby") if key in a}
        assert {i for r in referred for i in r.split()} <= set(page.ids), name


def test_every_link_leads_somewhere(report: Path, read_page: Reader) -> None:
    pages = {name: read_page(content) for name, content in _pages(report).items()}
    links = 0
    for name, page in pages.items():
        for link in page.links:
            path, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
            assert (report / target).is_file(), f"{name} links to {link}"
            if anchor and target in pages:
                assert anchor in pages[target].ids, f"{name} links to {link}"
            links += 1
    assert links > 200


def test_nothing_runs_and_nothing_is_loaded(report: Path, read_page: Reader) -> None:
    for name, content in _pages(report).items():
        page = read_page(content)
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "iframe", "object", "embed", "link", "img", "base", "form"}, name
        for tag, attributes in page.elements:
            assert not [a for a in attributes if a.startswith("on")], f"{name}: <{tag}>"
            for key, value in attributes.items():
                if not key.startswith("xmlns") and key != "alttext":
                    assert not re.match(r"\s*(https?:|//|data:|javascript:|file:|/)", value), f"{name}: {key}={value}"
        style = "".join(re.findall(r"<style>(.*?)</style>", content, re.DOTALL))
        assert "@import" not in style
        assert not re.findall(r"url\((?!#)", content), name


def test_hostile_strings_are_shown_and_stay_text(report: Path, read_page: Reader, hostile: str) -> None:
    page = read_page((report / "claims" / "user.hostile.html").read_text(encoding="utf-8"))
    text = re.sub(r"\s+", " ", "".join(page.text))
    assert text.count(hostile) >= 10
    assert "49" not in text  # the template language in the string was not evaluated
    assert "alert(1)" in text  # unreadable TeX is shown as it was written


def test_pages_carry_no_timing_version_or_commit(report: Path) -> None:
    for path in [*report.rglob("*.html"), *report.rglob("*.svg"), *report.rglob("*.md"), report / "report.tex"]:
        content = path.read_text(encoding="utf-8")
        for secret in ("0.0123", "12.345", "3.11.99", "2.77.1", "0123abcd", "matplotlib", str(report)):
            assert secret not in content, f"{path.name}: {secret}"
        assert not re.search(r"\b20[2-9]\d-\d\d-\d\d\b", content), path.name
    provenance = (report / "provenance.json").read_text(encoding="utf-8")
    assert all(fact in provenance for fact in ("0.0123456", "12.3456789", "3.11.99", "0123abcd4567"))


def test_counts_are_those_of_the_rows(report: Path, read_page: Reader) -> None:
    content = (report / "index.html").read_text(encoding="utf-8")
    page = read_page(content)
    rows = _rows(page)
    tiles = dict(re.findall(r'id="f-([a-z-]+)"[^>]*><b>(\d+)</b>', content))
    assert set(tiles) == {"all", "proved", "enclosed", "supported", "refuted", "undecided", "not-run", "differs"}
    assert int(tiles.pop("all")) == len(rows) == 15
    for name, count in tiles.items():
        assert int(count) == sum(f"is-{name}" in row for row in rows), name
        assert int(count) > 0, name
        assert f"body:has(#f-{name}:checked) .row:not(.is-{name})" in content


def test_a_differing_row_is_marked_and_named(report: Path) -> None:
    content = (report / "index.html").read_text(encoding="utf-8")
    assert '<tr class="row is-undecided is-differs" role="row" id="c.ae.water-filling">' in content
    status = content[content.index('class="status"') : content.index("<fieldset")]
    assert "13 of 14 verdicts are the expected ones; 1 is not." in status
    assert "ae.water-filling</code></a> was expected proved and came out undecided." in status
    assert "14 of 14 mutants rejected, 1 of 1 control standing." in status
    assert "ae.slow" in status  # not run: named, neither pass nor fail
    assert "Partial run." in content
    assert (
        "<title>Two papers on two-layer networks, checked line by line · lemmata report (1 unexpected, partial)"
        in content
    )


def test_a_mutant_that_passed_is_named(check_json: dict[str, Any], tmp_path: Path) -> None:
    check_json["claims"][0]["mutants"][0]["rejected"] = False
    content = write_report(check_json, tmp_path / "r").read_text(encoding="utf-8")
    assert "1 mutant or control ended wrongly:" in content
    assert "mutants rejected" not in content[content.index('class="status"') : content.index("<fieldset")]
    assert "✕ passed" in (tmp_path / "r" / "claims" / "mf.eq-5.13.html").read_text(encoding="utf-8")


def test_a_summary_at_odds_with_its_rows_is_not_believed(check_json: dict[str, Any], tmp_path: Path) -> None:
    check_json["summary"]["unexpected"] = []
    check_json["summary"]["by_verdict"]["proved"] = 10
    content = write_report(check_json, tmp_path / "r").read_text(encoding="utf-8")
    assert "The record disagrees with itself:" in content
    assert "the summary counts 10 proved, the rows 9" in content
    assert "differ in ae.water-filling" in content


def test_a_good_run_says_so(check_json: dict[str, Any], tmp_path: Path) -> None:
    check_json["claims"] = check_json["claims"][:3]
    del check_json["summary"]
    content = write_report(check_json, tmp_path / "r").read_text(encoding="utf-8")
    assert "All 3 verdicts are the expected ones." in content
    assert "3 of 3 mutants rejected." in content
    assert 'class="status good"' in content
    assert 'class="strip"' not in content
    assert 'id="f-refuted" disabled' in content


def test_an_erratum_is_two_neighbouring_rows_and_one_page(report: Path) -> None:
    index = (report / "index.html").read_text(encoding="utf-8")
    order = re.findall(r'id="c\.([^"]+)"', index)
    for printed, corrected in (("mf.eq-6.4.printed", "mf.eq-6.4.corrected"), ("ae.eq-7.printed", "ae.eq-7.corrected")):
        assert order.index(corrected) == order.index(printed) + 1
    page = (report / "errata" / "mf.eq-6.4.printed.html").read_text(encoding="utf-8")
    cards = re.findall(r'<section class="side-card.*?</section>', page, re.DOTALL)
    marked = [re.findall(r'<mrow class="chg">(.*?)</mrow>', card, re.DOTALL) for card in cards]
    assert [len(m) for m in marked] == [1, 1]  # the changed term, and only it
    assert "<mn>2</mn>" in marked[1][0]
    assert "<mn>2</mn>" not in marked[0][0]
    assert r'<math alttext="\lambda = 1">' in page  # the witness
    assert r'<math alttext="\frac{2}{5} = \frac{1}{5}" display="block">' in page  # and what is said there
    assert "✓ stands" in page  # the control
    assert "mf.sec6" in page  # what rests on it


def test_formulas_are_mathml_with_their_source(report: Path) -> None:
    formulas = 0
    for name, content in _pages(report).items():
        for formula in FORMULA.findall(content):
            tree = ET.fromstring(formula)
            assert tree.get("alttext"), name
            assert "".join(tree.itertext()).strip(), f"{name}: empty formula {tree.get('alttext')}"
            formulas += 1
    assert formulas > 60
    claim = (report / "claims" / "mf.knots.at-most-three.html").read_text(encoding="utf-8")
    assert 'alttext="' + html.escape(r"\#\{t : f'\ \text{jumps at}\ t\} \le 3") in claim


def test_drawings_have_a_name_and_a_description(report: Path, read_page: Reader) -> None:
    page = read_page((report / "figures.html").read_text(encoding="utf-8"))
    plots = [a for tag, a in page.elements if tag == "svg" and a.get("class") == "plot"]
    assert len(plots) == 2
    assert all(a["role"] == "img" and a["aria-labelledby"] for a in plots)
    text = "".join(page.text)
    assert "exact piecewise linear limit with 2 knots at −1, 1" in text
    for path in report.glob("*.svg"):
        tree = ET.parse(path).getroot()
        assert tree.tag == "{http://www.w3.org/2000/svg}svg"
        assert "".join(tree.itertext()).strip()


def test_steps_say_what_decided_them(report: Path, read_page: Reader) -> None:
    content = (report / "claims" / "mf.knots.at-most-three.html").read_text(encoding="utf-8")
    assert re.findall(r'<span class="rule[^"]*"><b aria-hidden="true">(.)</b>([a-z ]+)</span>', content) == [
        ("=", "identity"), ("⇒", "real arithmetic"), ("↗", "claim"), ("†", "axiom"),
    ]  # fmt: skip
    assert '<a href="../claims/mf.contact-set.html"><code>mf.contact-set</code></a>' in content
    assert (
        'Uses <a href="../claims/mf.contact-set.html"><code>mf.contact-set</code></a>, <a href="#s1">step 1</a>.'
        in content
    )
    assert (
        'by</span> <a href="#s1">step 1</a>, <code>positive</code>' in content
    )  # a side condition and what discharges it
    assert "Side conditions" in content
    open_step = (report / "claims" / "ae.water-filling.html").read_text(encoding="utf-8")
    assert '<li id="s1" class="open">' in open_step
    assert "The solver ran out of time at step 1." in open_step


def test_numbers_come_in_pairs(report: Path) -> None:
    content = (report / "claims" / "mf.knots.at-most-three.html").read_text(encoding="utf-8")
    row = re.search(r"<tr[^>]*><th[^>]*>interior knot.*?</tr>", content, re.DOTALL)
    assert row is not None
    cells = [html.unescape(c) for c in re.findall(r"<td[^>]*>(.*?)</td>", row.group())]
    assert cells == ["−0.75", "−0.7500000000000003", "−0.7499999999999997", "6·10⁻¹⁶", "10⁻¹²"]
    assert "interval Newton at 128 bits" in row.group()


def test_pages_are_small(report: Path) -> None:
    for path in report.rglob("*.html"):
        assert path.stat().st_size < 64_000, path.name
    for path in report.glob("*.svg"):
        assert path.stat().st_size < 25_000, path.name


@pytest.mark.parametrize(
    "missing", ["statement", "steps", "mutants", "hypotheses", "evidence", "axioms", "uses", "paper"]
)
def test_optional_keys_may_be_missing(
    check_json: dict[str, Any], tmp_path: Path, read_page: Reader, missing: str
) -> None:
    for claim in check_json["claims"]:
        claim.pop(missing)
    for key in ("figures", "axiom_details", "summary"):
        check_json.pop(key)
    write_report(check_json, tmp_path / "r")
    for path in (tmp_path / "r").rglob("*.html"):
        read_page(path.read_text(encoding="utf-8"))


def test_the_least_record_and_the_empty_one(tmp_path: Path, read_page: Reader) -> None:
    least = {"claims": [{"id": "a", "verdict": "proved", "expected": "proved"}]}
    assert "The verdict is the expected one." in write_report(least, tmp_path / "r").read_text(encoding="utf-8")
    content = write_report({"claims": []}, tmp_path / "r").read_text(encoding="utf-8")
    assert "Empty run." in content
    assert "No claim was run." in content
    read_page(content)


def test_a_correction_without_a_record_as_printed_is_on_the_page_of_errata(tmp_path: Path) -> None:
    alone = {"id": "mf.alone", "verdict": "proved", "expected": "proved", "relation": "corrected",
             "locator": "p. 32", "statement": {"text": "No such constant exists."}}  # fmt: skip
    plain = {"id": "mf.plain", "verdict": "proved", "expected": "proved", "relation": "as-printed"}
    write_report({"claims": [alone, plain]}, tmp_path / "report")
    page = (tmp_path / "report" / "errata.html").read_text(encoding="utf-8")
    section = page[page.index('id="alone"') :]
    assert "No such constant exists." in section
    assert 'href="claims/mf.alone.html"' in section
    assert "mf.plain" not in section
