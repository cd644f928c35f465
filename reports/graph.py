"""The claim graph: what each claim uses, as a drawing with links and as text.

Arrows run from what is used to what uses it.  Claims and axioms that nothing connects are not drawn; the text
version and the table of claims have them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from .layout import Edge, Layout, layered
from .record import VERDICTS, Claim, Record
from .wording import bare

_WIDTH, _HEIGHT, _GAP, _COLUMN, _MARGIN = 1000.0, 30.0, 12.0, 50.0, 6.0
_ICON, _LETTER = 42.0, 6.3  # room for the sign and the edges of a node, and for one letter of its name
_LONGEST = 27  # characters that fit a node


@dataclass(frozen=True)
class Drawing:
    """The body of the claim graph (SVG markup without the outer element), its size, and the same as lines of text."""

    body: str
    width: float
    height: float
    text: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...]
    alone: int


def _direct_axioms(claim: Claim, record: Record) -> tuple[str, ...]:
    """Axioms a claim brings in itself: those it names in a step, or that nothing it uses has brought in already."""
    by_id = {c.id: c for c in record.claims}
    inherited = {a for name in claim.uses if name in by_id for a in by_id[name].axioms}
    named = {bare(name) for step in claim.steps for name in (*step.uses, step.decided_by)}
    return tuple(a for a in claim.axioms if a in named or a not in inherited)


def settled(record: Record) -> frozenset[str]:
    """Ids of the claims that are decided, with everything below them."""
    by_id = {c.id: c for c in record.claims}
    known: dict[str, bool] = {}

    def visit(name: str) -> bool:
        if name not in known:
            known[name] = False  # also the answer for a circle of claims, which settles nothing
            claim = by_id.get(name)
            known[name] = (
                claim is not None
                and claim.verdict in ("proved", "refuted")
                and not (claim.verdict == "proved" and claim.fully_proved is False)
                and all(visit(u) for u in claim.uses)
            )
        return known[name]

    return frozenset(c.id for c in record.claims if visit(c.id))


def _components(nodes: Iterable[str], edges: Iterable[Edge]) -> list[list[str]]:
    nodes = list(nodes)
    root = {n: n for n in nodes}

    def find(node: str) -> str:
        while root[node] != node:
            node = root[node]
        return node

    for a, b in edges:
        root[find(b)] = find(a)
    groups: dict[str, list[str]] = {}
    for node in nodes:
        groups.setdefault(find(node), []).append(node)
    return sorted(groups.values(), key=len, reverse=True)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _n(value: float) -> str:
    return str(round(value))


def _definitions(node: float) -> str:
    """The box of each verdict with its sign, drawn once and used by every node."""
    size = f'width="{_n(node)}" height="{_n(_HEIGHT)}"'
    boxes = [
        f'<g id="n-{name}"><rect {size} rx="5"/><use href="#g-{name}" x="8" y="7.5" width="15" height="15"/></g>'
        for name in (v.replace(" ", "-") for v in VERDICTS)
    ]
    return f'<defs>{"".join(boxes)}<rect id="n-axiom" {size} rx="15"/></defs>'


class _Canvas:
    """Collects the markup of the components, placing them on shelves from the top down."""

    def __init__(self, record: Record, link: Callable[[Claim], str], node: float) -> None:
        self.claims = {c.id: c for c in record.claims}
        self.corrected = {p.printed.id: p.corrected.id for p in record.pairs}
        self.settled = settled(record)
        self.link = link
        self.lines: list[str] = []
        self.boxes: list[str] = []
        self.width = _WIDTH
        self.node = node
        self.x, self.y, self.shelf = _MARGIN, _MARGIN, 0.0

    def _claim(self, claim: Claim, x: float, y: float) -> None:
        part = "" if claim.id in self.settled else " part"
        glyph = claim.verdict.replace(" ", "-")
        self.boxes.append(
            f'<a class="gn v-{glyph}{part}" transform="translate({_n(x)} {_n(y)})" href="{escape(self.link(claim))}">'
            f'<title>{escape(claim.id)}: {claim.verdict}</title><use href="#n-{glyph}"/>'
            f'<text x="29" y="19">{escape(_short(claim.id))}</text></a>'
        )

    def _axiom(self, name: str, x: float, y: float) -> None:
        self.boxes.append(
            f'<a class="gn ax" transform="translate({_n(x)} {_n(y)})" href="axioms.html">'
            f'<title>{escape(name)}: axiom</title><use href="#n-axiom"/>'
            f'<text x="{_n(self.node / 2)}" y="19" text-anchor="middle">{escape(_short(name))}</text></a>'
        )

    def add(self, blocks: dict[str, list[str]], edges: list[Edge], of: dict[str, str]) -> None:
        """Draw one component: blocks of stacked nodes, edges between nodes, and the block each node is in."""
        between = list(dict.fromkeys((of[a], of[b]) for a, b in edges if of[a] != of[b]))

        def size(block: str) -> float:
            return len(blocks[block]) * _HEIGHT + (len(blocks[block]) - 1) * 2 * _GAP

        found = layered(list(blocks), between, size=size, gap=_GAP, thread=4.0)
        width = found.layers * (self.node + _COLUMN) - _COLUMN
        if self.x > _MARGIN and self.x + width > _WIDTH:
            self.x, self.y, self.shelf = _MARGIN, self.y + self.shelf + 2 * _GAP, 0.0
        self._draw(blocks, edges, of, found)
        self.width = max(self.width, self.x + width + _MARGIN)
        self.x += width + _COLUMN
        self.shelf = max(self.shelf, found.height)

    def _draw(self, blocks: dict[str, list[str]], edges: list[Edge], of: dict[str, str], found: Layout) -> None:
        place: dict[str, tuple[float, float]] = {}
        for block, nodes in blocks.items():
            stacked = len(nodes) * _HEIGHT + (len(nodes) - 1) * 2 * _GAP
            top = self.y + found.y[block] - stacked / 2
            for index, node in enumerate(nodes):
                place[node] = (
                    self.x + found.layer[block] * (self.node + _COLUMN),
                    top + index * (_HEIGHT + 2 * _GAP),
                )
        for used, user in edges:
            bends = found.through.get((of[used], of[user]), ())
            self._edge(place[used], place[user], bends, "ge axe" if used.startswith("†") else "ge")
        for node, (x, y) in place.items():
            if node.startswith("†"):
                self._axiom(node[1:], x, y)
            else:
                self._claim(self.claims[node], x, y)
            target = self.corrected.get(node)
            if target in place and place[target][0] == x:
                middle, ends = x + self.node / 2, (y, place[target][1] + _HEIGHT + 6)
                self.lines.append(
                    f'<path class="ge fix" d="M{_n(middle)} {_n(ends[0])}V{_n(ends[1])}"/>'
                    f'<text class="gl" x="{_n(middle + 8)}" y="{_n(sum(ends) / 2 + 1)}">corrected by</text>'
                )

    def _edge(
        self, start: tuple[float, float], end: tuple[float, float], bends: tuple[tuple[int, float], ...], kind: str
    ) -> None:
        x, y = start[0] + self.node, start[1] + _HEIGHT / 2
        path = [f"M{_n(x)} {_n(y)}"]
        stops = [(self.x + layer * (self.node + _COLUMN), self.y + height, self.node) for layer, height in bends]
        for stop_x, stop_y, run in [*stops, (end[0] - 3, end[1] + _HEIGHT / 2, 0.0)]:
            half = (x + stop_x) / 2
            path.append(f"C{_n(half)} {_n(y)} {_n(half)} {_n(stop_y)} {_n(stop_x)} {_n(stop_y)}")
            x, y = stop_x + run, stop_y
            if run:
                path.append(f"H{_n(x)}")
        self.lines.append(f'<path class="{kind}" d="{"".join(path)}"/>')


def draw(record: Record, link: Callable[[Claim], str]) -> Drawing:
    """Draw the claim graph of a record.

    Args:
        record: the run.
        link: address of a claim's page.

    Returns:
        SVG markup using the symbols `g-<verdict>` and classes, which the page must define, its size in CSS pixels, and
        lines (id, claims used, axioms brought in, id of its correction) for a text version.
    """
    ids = {c.id for c in record.claims}
    axioms = {c.id: _direct_axioms(c, record) for c in record.claims}
    corrected = {p.printed.id: p.corrected.id for p in record.pairs}
    edges: list[Edge] = [(u, c.id) for c in record.claims for u in c.uses if u in ids]
    edges += [(f"†{a}", c.id) for c in record.claims for a in axioms[c.id]]
    joined = {node for edge in edges for node in edge}
    joined |= {n for pair in corrected.items() if joined & set(pair) for n in pair}
    # One block holds a corrected record with its printed versions below it.
    of = {c.id: corrected.get(c.id, c.id) for c in record.claims if c.id in joined}
    of |= {node: node for node in joined if node.startswith("†")}
    blocks: dict[str, list[str]] = {}
    for node in sorted(joined, key=lambda n: (of[n] != n, n)):
        blocks.setdefault(of[node], []).append(node)
    order = [of[c.id] for c in record.claims if c.id in of] + sorted(n for n in joined if n.startswith("†"))
    longest = max((len(_short(n)) for n in joined), default=0)
    canvas = _Canvas(record, link, node=_ICON + _LETTER * longest)
    between = [(of[a], of[b]) for a, b in edges]
    for group in _components(dict.fromkeys(order), between):
        members = set(group)
        canvas.add({b: blocks[b] for b in group}, [e for e in edges if of[e[0]] in members], of)
    text = tuple(
        (c.id, tuple(u for u in c.uses if u in ids), axioms[c.id], corrected.get(c.id, ""))
        for c in record.claims
        if c.id in joined
    )
    height = canvas.y + canvas.shelf + _MARGIN
    parts = [_definitions(canvas.node), *canvas.lines, *canvas.boxes]
    return Drawing("".join(parts), canvas.width, height, text, len(ids - joined))
