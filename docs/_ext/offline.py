"""Pages that need no network: formulas as MathML, and a build that fails where a page would load something remote."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from lemmata.reports import mathml

_REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)
_LOADED = {"src", "srcset", "poster", "data", "background"}
_logger = logging.getLogger(__name__)


class _Loads(HTMLParser):
    """What a page loads by itself, as opposed to what it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        loaded = [values[name] for name in _LOADED if name in values]
        rel = values.get("rel", "").split()
        if (tag == "link" and not {"canonical", "search", "next", "prev"} & set(rel)) or tag in ("use", "image"):
            loaded.append(values.get("href", ""))
        self.found += [value for value in loaded if _REMOTE.match(value)]
        self.found += _IN_STYLE.findall(values.get("style", ""))


def remote_loads(name: str, text: str) -> list[str]:
    """Return the addresses on the network from which a built file loads something.

    Arguments:
        name: the file's name, of which the ending counts: .html or .css.
        text: its content.

    Example:
        >>> remote_loads("a.html", '<a href="https://x.org">x</a><script src="//x.org/y.js"></script>')
        ['//x.org/y.js']
    """
    if not name.endswith(".html"):
        return _IN_STYLE.findall(text)
    reader = _Loads()
    reader.feed(text)
    return reader.found + [
        a for style in re.findall(r"<style.*?</style>", text, re.S) for a in _IN_STYLE.findall(style)
    ]


def _check(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.format != "html":
        return
    files = [path for path in sorted(Path(app.outdir).rglob("*")) if path.suffix in (".html", ".css")]
    found = [f"{path.name} loads {a}" for path in files for a in remote_loads(path.name, path.read_text("utf-8"))]
    if found:
        raise ExtensionError("; ".join(found))


def _warn(node: nodes.Element) -> None:
    if not mathml.readable(node.astext()):
        _logger.warning("no MathML for the formula %s", node.astext(), location=node)


def _inline(self, node: nodes.math) -> None:  # type: ignore[no-untyped-def]
    _warn(node)
    self.body.append(mathml.math(node.astext()))
    raise nodes.SkipNode


def _block(self, node: nodes.math_block) -> None:  # type: ignore[no-untyped-def]
    _warn(node)
    self.body.append(mathml.display(node.astext()))
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer "mathml" and the check at the end of a build."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    app.connect("build-finished", _check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
