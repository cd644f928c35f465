"""The claim graph: layers, no overlaps, the right edges, and the same as text."""

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from lemmata.reports.graph import draw, settled
from lemmata.reports.layout import layered
from lemmata.reports.reading import read_record

NODES = [f"n{i}" for i in range(12)]
FORWARD = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11))
    .filter(lambda e: e[0] < e[1])
    .map(lambda e: (NODES[e[0]], NODES[e[1]])),
    unique=True,
    max_size=25,
)
ANY = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), unique=True, max_size=25)


def _record(rows: list[dict[str, Any]]) -> Any:
    return read_record({"claims": [{"verdict": "proved", "expected": "proved"} | r for r in rows]})


@given(FORWARD, st.lists(st.floats(10, 80), min_size=12, max_size=12))
def test_edges_run_forward_and_nodes_do_not_overlap(edges: list[tuple[str, str]], heights: list[float]) -> None:
    size = dict(zip(NODES, heights, strict=True))
    found = layered(NODES, edges, size=size.__getitem__, gap=12.0, thread=4.0)
    assert all(found.layer[a] < found.layer[b] for a, b in edges)
    for layer in range(found.layers):
        column = sorted((n for n in NODES if found.layer[n] == layer), key=found.y.__getitem__)
        for upper, lower in pairwise(column):
            assert found.y[lower] - size[lower] / 2 - (found.y[upper] + size[upper] / 2) >= 12.0 - 1e-6
    tops = [found.y[n] - size[n] / 2 for n in NODES]
    bottoms = [found.y[n] + size[n] / 2 for n in NODES]
    assert min(tops) >= -1e-6
    assert max(bottoms) <= found.height + 1e-6
    for (a, b), bends in found.through.items():
        assert [layer for layer, _ in bends] == list(range(found.layer[a] + 1, found.layer[b]))


@given(ANY)
def test_circles_are_drawn_too_and_settle_nothing(edges: list[tuple[str, str]]) -> None:
    found = layered(NODES, edges, size=lambda _: 30.0, gap=12.0, thread=4.0)
    assert set(found.y) == set(NODES)
    record = _record([{"id": n, "uses": [a for a, b in edges if b == n]} for n in NODES])
    drawing = draw(record, lambda c: f"claims/{c.id}.html")
    ET.fromstring(f"<svg>{drawing.body}</svg>")
    below: dict[str, set[str]] = {n: {a for a, b in edges if b == n} for n in NODES}
    for _ in NODES:
        below = {n: s | {x for m in s for x in below[m]} for n, s in below.items()}
    circular = {n for n in NODES if n in below[n]}
    assert settled(record) == {n for n in NODES if n not in circular and not below[n] & circular}


def test_every_use_is_an_edge_and_a_line_of_text() -> None:
    record = _record(
        [
            {"id": "a"}, {"id": "b", "uses": ["a"], "axioms": ["T"]}, {"id": "c", "uses": ["a", "b"], "axioms": ["T"]},
            {"id": "e.printed", "verdict": "refuted", "expected": "refuted"}, {"id": "e.corrected", "uses": ["c"]},
            {"id": "alone"}, {"id": "f", "uses": ["elsewhere"]},
        ]
    )  # fmt: skip
    drawing = draw(record, lambda c: f"claims/{c.id}.html")
    assert drawing.text == (
        ("a", (), (), ""), ("b", ("a",), ("T",), ""), ("c", ("a", "b"), (), ""),  # T came with b
        ("e.printed", (), (), "e.corrected"), ("e.corrected", ("c",), (), ""),
    )  # fmt: skip
    assert drawing.alone == 2
    assert drawing.body.count('class="ge"') == 4
    assert drawing.body.count('class="ge axe"') == 1
    assert drawing.body.count('class="ge fix"') == 1
    assert len(re.findall(r'href="claims/', drawing.body)) == 5


def test_a_claim_is_settled_with_everything_below_it() -> None:
    record = _record(
        [
            {"id": "a"}, {"id": "b", "uses": ["a"]}, {"id": "open", "verdict": "undecided"},
            {"id": "c", "uses": ["open"]},
            {"id": "d", "uses": ["missing"]}, {"id": "e", "fully_proved": False}, {"id": "r", "verdict": "refuted"},
        ]
    )  # fmt: skip
    assert settled(record) == {"a", "b", "r"}
    body = draw(record, lambda c: c.id).body
    assert re.search(r'<a class="gn v-proved" transform="translate\(\d+ \d+\)" href="b">', body)
    assert re.search(r'<a class="gn v-proved part" transform="translate\(\d+ \d+\)" href="c">', body)


def test_a_named_axiom_is_drawn_again_and_long_names_are_cut() -> None:
    step = {"id": "s", "kind": "axiom", "decided_by": "axiom:T", "uses": []}
    name = "x" * 60
    record = _record([{"id": "a", "axioms": ["T"]}, {"id": name, "uses": ["a"], "axioms": ["T"], "steps": [step]}])
    drawing = draw(record, lambda c: c.id)
    assert drawing.body.count('class="ge axe"') == 2
    assert f"<title>{name}: proved</title>" in drawing.body
    assert ">" + "x" * 26 + "…<" in drawing.body
