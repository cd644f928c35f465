"""The pages of a report: self-contained HTML with native MathML and inline SVG, and no script."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from . import mathml, wording
from .figures import Figure
from .graph import Drawing, draw
from .record import VERDICTS, Claim, Pair, Record

if TYPE_CHECKING:
    from .bench.page import BenchmarkPage
    from .long_tests import Trust

TEMPLATES = Path(__file__).parent / "templates"
_TITLE = "Two papers on two-layer networks, checked line by line"
_PAGES = (
    ("All claims", "index.html"),
    ("Errata", "errata.html"),
    ("Axioms", "axioms.html"),
    ("Figures", "figures.html"),
    ("Provenance", "index.html#provenance"),
)
_BENCHMARK = ("Benchmark", "benchmark.html")
_TRUST = ("Trust", "trust.html")


@dataclass(frozen=True)
class _Notice:
    head: str
    body: str


@dataclass(frozen=True)
class _Anchor:
    anchor: str
    number: int


def _slug(verdict: str) -> str:
    return verdict.replace(" ", "-")


@cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["inline"] = lambda text: Markup(mathml.inline(text))
    env.filters["math"] = lambda tex: Markup(mathml.math(tex))
    env.filters["display"] = lambda tex: Markup(mathml.display(tex))
    env.filters["formula"] = lambda tex: Markup(mathml.inline(tex) if "$" in tex else mathml.math(tex))
    env.filters["number"] = lambda text: Markup(mathml.inline(wording.number(text)))
    env.tests["plain_name"] = lambda text: re.fullmatch(r"[\w.-]+", text) is not None
    env.globals.update(
        rule=wording.rule,
        heading=wording.heading,
        rest=wording.rest,
        second=wording.second,
        paper_title=wording.paper_title,
        paper_note=wording.paper_note,
        short_tex=wording.short_tex,
        bare=wording.bare,
    )
    return env


def _style(*names: str) -> Markup:
    """The stylesheets of a page; the one of the index is itself a template, with one filter rule for each tile."""
    env = environment()
    filters = [*(_slug(v) for v in VERDICTS), "differs"]
    return Markup("\n".join(Markup(env.get_template(n).render(filters=filters)) for n in names))


@cache
def symbols() -> Markup:
    return Markup((TEMPLATES / "symbols.svg").read_text(encoding="utf-8"))


def _anchor(claim: Claim, number: int) -> str:
    """Where a step stands on the page of its claim."""
    return f"s{number}"


def step_anchor(claim: Claim | None, name: str, anchor: Callable[[Claim, int], str] = _anchor) -> _Anchor | None:
    """Where the step of a claim stands that is named by its id."""
    if claim is not None:
        for number, step in enumerate(claim.steps, 1):
            if step.id == name:
                return _Anchor(anchor(claim, number), number)
    return None


def _notices(record: Record) -> list[_Notice]:
    notices = []
    if record.disagreements:
        said = "; ".join(record.disagreements)
        notices.append(_Notice("The record disagrees with itself:", f"{said}. These pages follow the rows."))
    not_run = record.counts["not run"]
    if not record.claims:
        notices.append(_Notice("Empty run.", "The record holds no claim."))
    elif not_run:
        notices.append(_Notice("Partial run.", f"{not_run} of {len(record.claims)} claims were not run."))
    return notices


def _state(record: Record) -> str:
    words = [f"{len(record.differing)} unexpected"] if record.differing else []
    words += ["inconsistent record"] if record.disagreements else []
    words += ["partial"] if record.counts["not run"] or not record.claims else []
    return ", ".join(words)


def _tiles(record: Record) -> list[dict[str, Any]]:
    tiles = [{"slug": _slug(v), "name": v, "count": n, "note": wording.NOTES[v]} for v, n in record.counts.items()]
    differing = {"slug": "differs", "name": "unexpected", "count": len(record.differing)}
    return [*tiles, differing | {"note": "obtained ≠ expected"}]


def _affected(pair: Pair, record: Record) -> list[tuple[Claim, str]]:
    """Claims that use either record of an erratum, with the word for the one they use."""
    by_id = {c.id: c for c in record.claims}
    found: dict[str, list[str]] = {}
    for claim, word in ((pair.printed, "as printed"), (pair.corrected, "as corrected")):
        for name in record.used_by[claim.id]:
            if name not in (pair.printed.id, pair.corrected.id):
                found.setdefault(name, []).append(word)
    return [(by_id[name], " and ".join(words)) for name, words in found.items()]


class _Site:
    """Everything the pages of one report share."""

    def __init__(
        self,
        record: Record,
        figures: Sequence[Figure],
        drawing: Drawing,
        benchmark: BenchmarkPage | None,
        trust: Trust | None,
    ) -> None:
        more = [*([_BENCHMARK] if benchmark else []), *([_TRUST] if trust else [])]
        known = {c.id for c in record.claims}
        self.record = record
        every = [m for c in record.claims for m in c.mutants]
        mutants, controls = [m for m in every if not m.control], [m for m in every if m.control]
        self.common: dict[str, Any] = {
            "record": record,
            "figures": figures,
            "benchmark": benchmark,
            "trust": trust,
            "second_opinions": wording.second_opinions(record),
            "pages": (*_PAGES[:-1], *more, _PAGES[-1]),
            "drawing": drawing,
            "title": record.title or _TITLE,
            "symbols": symbols(),
            "notices": _notices(record),
            "state": _state(record),
            "axiom_anchors": {a.name: f"a{i}" for i, a in enumerate(record.axioms, 1)},
            "axiom_of": {a.name: a for a in record.axioms},
            "erratum_of": {c.id: f"errata/{p.printed.id}.html" for p in record.pairs for c in (p.printed, p.corrected)},
            "link": lambda name: f"claims/{name}.html" if name in known else "",
            "anchor": _anchor,
            "step_anchor": step_anchor,
            "ran": len(record.claims) - record.counts["not run"],
            "good": bool(
                len(record.claims) > record.counts["not run"]
                and not (record.differing or record.passed_mutants or record.disagreements)
            ),
            "mutants": {
                "recorded": len(mutants),
                "rejected": sum(m.rejected is True for m in mutants),
                "controls": len(controls),
                "standing": sum(m.rejected is True for m in controls),
            },
            "tiles": _tiles(record),
            "legend": [v for v, n in record.counts.items() if n],
        }

    def page(self, template: str, css: Markup, *, root: str = "", current: str = "", **values: Any) -> str:
        here = values.get("c")
        context = {
            **self.common,
            "css": css,
            "root": root,
            "current": current,
            "narrow": template not in ("index.html", "claim.html"),
            "page_of": lambda claim: "" if claim is here else f"{root}claims/{claim.id}.html",
            **values,
        }
        return environment().get_template(template).render(context)


def standalone_graph(drawing: Drawing) -> str:
    """The claim graph as a file of its own, with its symbols and both colour schemes inside."""
    css = _style("base.css", "index.css")
    # Only what styles a graph: the colours and the rules for its parts.
    kept = [
        line
        for line in str(css).replace(":root{", "svg{").splitlines()
        if line.startswith(("svg{", " --", "@media (prefers-color-scheme", ".gn", ".ge", ".v-", "symbol"))
    ]
    size = f'width="{drawing.width:.0f}" height="{drawing.height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {drawing.width:.0f} {drawing.height:.0f}" '
        'role="group" aria-labelledby="graph-t"><title id="graph-t">Claim graph: arrows point from what is used to '
        f"what uses it</title><style>{chr(10).join(kept)}</style><defs>{symbols()}</defs>{drawing.body}</svg>\n"
    )


def standalone_figure(figure: Figure) -> str:
    """A figure as a file of its own, with both colour schemes inside."""
    lines = str(_style("base.css")).replace(":root{", "svg{").splitlines()
    kept = [line for line in lines if line.startswith(("svg{", " --", "@media (prefers-color-scheme"))]
    head, body = figure.svg.split(">", 1)
    return f"{head}><style>{chr(10).join(kept)}text{{font-family:var(--serif)}}</style>{body}\n"


def render_pages(
    record: Record,
    figures: Sequence[Figure],
    benchmark: BenchmarkPage | None = None,
    trust: Trust | None = None,
) -> Mapping[str, str]:
    """Render every page of a report.

    Args:
        record: the run.
        figures: its figures, already drawn.
        benchmark: the results of a benchmark, ready to be shown, for a page of their own.
        trust: what the long tests found, for a page of its own.

    Returns:
        Path within the report -> content, for the index, one page for each claim and each erratum pair, the errata,
        axioms and figures pages, and the drawings as files of their own.
    """
    drawing = draw(record, lambda claim: f"claims/{claim.id}.html")
    site = _Site(record, figures, drawing, benchmark, trust)
    index, page = _style("base.css", "index.css"), _style("base.css", "page.css")
    files = {"index.html": site.page("index.html", index, current="index.html")}
    more = [*([_BENCHMARK[1]] if benchmark else []), *([_TRUST[1]] if trust else [])]
    for name in ("errata.html", "axioms.html", "figures.html", *more):
        files[name] = site.page(name, page, current=name)
    for claim in record.claims:
        files[f"claims/{claim.id}.html"] = site.page("claim.html", page, root="../", c=claim)
    for pair in record.pairs:
        printed, corrected = pair.printed, pair.corrected
        files[f"errata/{printed.id}.html"] = site.page(
            "erratum.html",
            page,
            root="../",
            current="errata.html",
            p=printed,
            q=corrected,
            formulas=mathml.display_pair(printed.statement.tex, corrected.statement.tex),
            affected=_affected(pair, record),
        )
    files["claim-graph.svg"] = standalone_graph(drawing)
    drawn = [*figures, *(benchmark.figures if benchmark else ())]
    files |= {f"figure-{figure.name}.svg": standalone_figure(figure) for figure in drawn}
    return files
