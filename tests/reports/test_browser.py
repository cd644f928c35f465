"""Pages in a real browser: nothing sticks out of a phone's screen, formulas are drawn, the filter works unscripted."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
PROBE = """
const found = {};
for (const frame of document.querySelectorAll("iframe")) {
  const page = frame.contentDocument, root = page.documentElement, width = root.clientWidth;
  const box = e => e.getBoundingClientRect();
  const scrolls = e => e !== page.body && (
    page.defaultView.getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
  const wide = [...page.body.querySelectorAll("*")].filter(e =>
    box(e).right > width + 1 && box(e).width > 0 && !scrolls(e.parentElement) && !e.closest("svg"));
  const math = [...page.querySelectorAll("math")].filter(e => e.checkVisibility());
  const shown = () => [...page.querySelectorAll(".row")].filter(e => box(e).height > 0).length;
  found[frame.title] = {
    width, scroll: root.scrollWidth, wide: wide.slice(0, 5).map(e => e.outerHTML.slice(0, 120)),
    math: math.length,
    undrawn: math.filter(e => box(e).height < 4 || box(e).width < 2).map(e => e.outerHTML.slice(0, 120)),
    glyphs: [...page.querySelectorAll(".v svg")].filter(e => box(e).width > 8).length, filters: {},
    background: page.defaultView.getComputedStyle(page.body).backgroundColor,
  };
  const filters = found[frame.title].filters;
  for (const radio of page.querySelectorAll(".tile input")) {
    radio.checked = true;
    filters[radio.id] = [shown(), Number(radio.parentElement.querySelector("b").textContent)];
  }
}
const out = document.createElement("pre");
out.id = "found";
out.textContent = JSON.stringify(found);
document.body.append(out);
"""
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: layout and drawing are not looked at")


def _look(report: Path, folder: Path, *options: str) -> dict[str, Any]:
    """Open every page at a phone's and a desk's width in frames of one document and measure it."""
    frames = [
        f'<iframe title="{width} {path.relative_to(report).as_posix()}" width="{width}" height="800" '
        f'srcdoc="{html.escape(path.read_text(encoding="utf-8"))}"></iframe>'
        for path in sorted(report.rglob("*.html"))
        for width in (390, 1280)
    ]
    probe = folder / "probe.html"
    content = f"<!doctype html><meta charset=utf-8><body>{''.join(frames)}<script>onload = () => {{{PROBE}}};</script>"
    probe.write_text(content, encoding="utf-8")
    assert CHROMIUM is not None
    ending = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run", f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=20000", "--window-size=1400,900", *options, "--dump-dom", probe.as_uri(),
        ],
        capture_output=True, timeout=100, check=True,
    )  # fmt: skip
    dumped = ending.stdout.decode("utf-8")
    found = re.search(r'<pre id="found">(.*?)</pre>', dumped, re.DOTALL)
    assert found, dumped[-2000:]
    measured: dict[str, Any] = json.loads(html.unescape(found.group(1)))
    assert len(measured) == len(frames)
    return measured


def test_every_page_at_two_widths(report: Path, tmp_path: Path) -> None:
    (tmp_path / "browser").mkdir()
    measured = _look(report, tmp_path / "browser")
    assert {name: page["wide"] for name, page in measured.items() if page["scroll"] > page["width"]} == {}
    assert {name: page["wide"] for name, page in measured.items() if page["wide"]} == {}
    assert {name: page["undrawn"] for name, page in measured.items() if page["undrawn"]} == {}
    assert measured["390 index.html"]["math"] > 10
    assert measured["390 index.html"]["glyphs"] == 15
    for width in (390, 1280):
        filters = measured[f"{width} index.html"]["filters"]
        assert len(filters) == 8
        for name, (shown, stated) in filters.items():
            assert shown == stated, f"{name} at {width}"


def test_the_dark_scheme_is_dark(report: Path, tmp_path: Path) -> None:
    for name in ("browser", "index"):
        (tmp_path / name).mkdir()
    shutil.copy(report / "index.html", tmp_path / "index")
    dark = _look(tmp_path / "index", tmp_path / "browser", "--blink-settings=preferredColorScheme=0")
    assert dark["390 index.html"]["background"] == "rgb(25, 27, 32)"
