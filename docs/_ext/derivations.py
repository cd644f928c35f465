"""Claims on the pages: their derivations, decided when the pages are built, and links to them.

A block `{claim}` holds ids, one a line; with `:open:` the derivations are unfolded. Code such as `mf.balance` in prose
becomes a link to the claim where some page shows it, and a public name such as `fit_wide_relu` one to the reference. A
block `{help}` holds a command, whose help it shows.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
from pathlib import Path
from typing import Any, ClassVar

from docstrings import HOMES
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from lemmata.claims.register import register
from lemmata.claims.runner import run_check
from lemmata.reports.commands.main import main
from lemmata.reports.embedded import claim_piece, piece_style, signs
from lemmata.reports.reading import read_record
from lemmata.reports.record import Record

_NAME = re.compile(r"(\w+)(\(.*)?$", re.DOTALL)


class claim_node(nodes.General, nodes.Element):
    """The place of a claim on a page, with its `name`, and whether its derivation is `opened`."""


class ClaimDirective(SphinxDirective):
    """The block `{claim}`."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"open": directives.flag}

    def run(self) -> list[nodes.Node]:
        names = [line.strip() for line in self.content if line.strip()]
        unknown = [name for name in names if name not in register()]
        if unknown or not names:
            raise self.error(f"no claim has the id {unknown[0]!r}" if unknown else "name at least one claim")
        shown = _shown(self.env)
        for name in names:
            if shown.setdefault(name, self.env.docname) != self.env.docname:
                raise self.error(f"{name} is shown on the page {shown[name]} already; link to it there")
        return [claim_node(name=name, opened="open" in self.options) for name in names]


class HelpDirective(SphinxDirective):
    """The block `{help}`."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        os.environ["COLUMNS"] = "96"
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            status = main([*self.content[0].split()[1:], "--help"])
        if status:
            raise self.error(f"{self.content[0]!r} has no help")
        text = "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())
        block = nodes.literal_block(text, text)
        block["language"] = "none"
        return [block]


def _shown(env: BuildEnvironment) -> dict[str, str]:
    """Claim -> the page that shows it."""
    if not hasattr(env, "lemmata_shown"):
        env.lemmata_shown = {}  # type: ignore[attr-defined]
    return env.lemmata_shown  # type: ignore[attr-defined,no-any-return]


def _purge(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    shown = _shown(env)
    for name in [name for name, there in shown.items() if there == page]:
        del shown[name]


def _decide(app: Sphinx, builder: Builder) -> None:
    """Decides every claim that is shown, in this build: no verdict is taken from an earlier one."""
    shown = sorted(_shown(app.env))
    record = read_record(run_check(shown, jobs=min(2, os.cpu_count() or 1)) if shown else {"claims": []})
    unexpected = [f"{c.id} is {c.verdict}, expected {c.expected}" for c in record.differing]
    if unexpected:
        raise ExtensionError("; ".join(unexpected))
    builder.lemmata_record = record  # type: ignore[attr-defined]


def _public_names(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Public name -> the page of the reference that has it, and the place there."""
    objects = app.env.domains.python_domain.objects
    full = {f"{home}.{name}": name for home in HOMES for name in importlib.import_module(home).__all__}
    return {full[name]: (entry.docname, entry.node_id) for name, entry in objects.items() if name in full}


def _target(
    text: str, claims: dict[str, tuple[str, str]], public: dict[str, tuple[str, str]]
) -> tuple[str, str] | None:
    """Page and place of what code in prose names."""
    called = _NAME.match(text)
    # A word such as `risk` or `train` may be something else; with a bracket it is the function.
    if called and (called[2] or "_" in called[1] or not called[1].islower()):
        return public.get(called[1])
    return claims.get(text)


def _links(app: Sphinx, tree: nodes.document, page: str) -> None:
    """Turns ids in the text into links to the claims that the pages show, and public names into links to them."""
    claims = {name: (there, f"claim-{name}") for name, there in _shown(app.env).items()}
    public = _public_names(app)
    for code in list(tree.findall(nodes.literal)):
        target = _target(code.astext(), claims, public)
        if target and not isinstance(code.parent, nodes.reference):
            there, place = target
            address = "#" + place if there == page else f"{app.builder.get_relative_uri(page, there)}#{place}"
            link = nodes.reference("", "", internal=True, refuri=address)
            code.replace_self(link)
            link += code


def _write(self, node: claim_node) -> None:  # type: ignore[no-untyped-def]
    record: Record = self.builder.lemmata_record
    shown, page = _shown(self.builder.env), self.builder.current_docname

    def link(name: str) -> str:
        there = shown.get(name)
        return f"{self.builder.get_relative_uri(page, there)}#claim-{name}" if there else ""

    if node is next(self.document.findall(claim_node)):
        self.body.append(signs())
    self.body.append(claim_piece(record, node["name"], link, opened=node["opened"]))
    raise nodes.SkipNode


def _style(app: Sphinx, config: Config) -> None:
    """Puts the report's rules for claims beside the pages' own stylesheet."""
    place = Path(app.outdir).parent / f"{Path(app.outdir).name}-style"
    place.mkdir(parents=True, exist_ok=True)
    (place / "claims.css").write_text(piece_style(), "utf-8")
    config.html_static_path.append(str(place))
    app.add_css_file("claims.css", priority=400)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the blocks, and what happens to them between reading and writing."""
    app.add_node(claim_node, html=(_write, None))
    app.add_directive("claim", ClaimDirective)
    app.add_directive("help", HelpDirective)
    app.connect("config-inited", _style)
    app.connect("env-purge-doc", _purge)
    app.connect("write-started", _decide)
    app.connect("doctree-resolved", _links)
    return {"parallel_read_safe": False, "parallel_write_safe": False}
