"""Layered layout of a directed graph: longest-path layers, barycentre sweeps, isotonic placement.

The classical four phases (Sugiyama, Tagawa, Toda 1981): every node goes one layer right of what it depends on, an
edge over several layers gets a placeholder in each, layers are sorted to reduce crossings, and nodes are pulled
towards their neighbours without changing that order.  Deterministic: ties keep the order in which nodes were given.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[str, str]
_Key = Hashable

_SWEEPS = 12
_PULLS = 24


@dataclass(frozen=True)
class Layout:
    """Layer and vertical centre of each node, and for each edge the heights at which it crosses the layers between."""

    layer: Mapping[str, int]
    y: Mapping[str, float]
    through: Mapping[Edge, tuple[tuple[int, float], ...]]
    height: float

    @property
    def layers(self) -> int:
        """Number of layers."""
        return 1 + max(self.layer.values(), default=-1)


def _longest_path(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    below: dict[str, list[str]] = {n: [] for n in nodes}
    above: dict[str, list[str]] = {n: [] for n in nodes}
    for used, user in edges:
        below[user].append(used)
        above[used].append(user)
    layer: dict[str, int] = {}
    open_: set[str] = set()

    def visit(node: str) -> int:
        if node in layer:
            return layer[node]
        open_.add(node)  # an edge back to an open node would close a circle; it is drawn, but does not move a layer
        found = 1 + max((visit(n) for n in below[node] if n not in open_), default=-1)
        open_.discard(node)
        layer[node] = found
        return found

    for node in nodes:
        visit(node)
    for node in nodes:  # a source stands right before its first user, which shortens its edges
        if not below[node] and above[node]:
            layer[node] = max(0, min(layer[n] for n in above[node]) - 1)
    return layer


def _isotonic(wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Positions nearest to the wanted ones in squares, each at least `gaps[i]` after the one before.

    Substituting z_i = y_i - sum of the gaps up to i makes the constraint z monotone: isotonic regression, solved by
    pooling adjacent violators.
    """
    offset, total = [], 0.0
    for gap in gaps:
        total += gap
        offset.append(total)
    pools: list[list[float]] = []  # [sum, count]
    for value, shift in zip(wanted, offset, strict=True):
        pools.append([value - shift, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            last = pools.pop()
            pools[-1][0] += last[0]
            pools[-1][1] += last[1]
    flat = [total / count for total, count in pools for _ in range(int(count))]
    return [z + shift for z, shift in zip(flat, offset, strict=True)]


def _sorted_layers(
    rows: list[list[_Key]], left: Mapping[_Key, list[_Key]], right: Mapping[_Key, list[_Key]]
) -> list[list[_Key]]:
    def crossings(found: list[list[_Key]]) -> int:
        count = 0
        for row, following in pairwise(found):
            place = {k: i for i, k in enumerate(following)}
            ends = [sorted(place[n] for n in right[k] if n in place) for k in row]
            count += sum(
                1 for i, upper in enumerate(ends) for lower in ends[i + 1 :] for u in upper for w in lower if u > w
            )
        return count

    def sweep(order: range, towards: Mapping[_Key, list[_Key]]) -> None:
        for index in order:
            place = {k: i for row in rows for i, k in enumerate(row)}

            def barycentre(key: _Key, place: Mapping[_Key, int] = place) -> float:
                near = [place[n] for n in towards[key] if n in place]
                return sum(near) / len(near) if near else float(place[key])

            rows[index].sort(key=barycentre)

    best, fewest = [list(r) for r in rows], crossings(rows)
    for _ in range(_SWEEPS):
        sweep(range(1, len(rows)), left)
        sweep(range(len(rows) - 2, -1, -1), right)
        now = crossings(rows)
        if now < fewest:
            best, fewest = [list(r) for r in rows], now
    return best


def layered(
    nodes: Sequence[str], edges: Sequence[Edge], *, size: Callable[[str], float], gap: float, thread: float
) -> Layout:
    """Place a directed graph in layers from left to right.

    Args:
        nodes: names, in the order that breaks ties.
        edges: pairs (used, user); both ends must be among the nodes.
        size: height of a node.
        gap: vertical distance between neighbours of one layer.
        thread: height reserved for an edge that crosses a layer.

    Returns:
        Layers counted from 0 and vertical centres, the topmost node beginning at 0.

    >>> layered(["a", "b"], [("a", "b")], size=lambda _: 10.0, gap=2.0, thread=4.0).layer
    {'a': 0, 'b': 1}
    """
    layer = _longest_path(nodes, edges)
    rows: list[list[_Key]] = [[] for _ in range(1 + max(layer.values(), default=-1))]
    left: dict[_Key, list[_Key]] = {n: [] for n in nodes}
    right: dict[_Key, list[_Key]] = {n: [] for n in nodes}
    for node in nodes:
        rows[layer[node]].append(node)
    chains: dict[Edge, list[_Key]] = {}
    for used, user in edges:
        chain: list[_Key] = [used]
        for between in range(layer[used] + 1, layer[user]):
            placeholder = (used, user, between)
            rows[between].append(placeholder)
            left[placeholder], right[placeholder] = [], []
            chain.append(placeholder)
        chain.append(user)
        chains[used, user] = chain
        for a, b in pairwise(chain):
            right[a].append(b)
            left[b].append(a)
    rows = _sorted_layers(rows, left, right)

    def height(key: _Key) -> float:
        return size(key) if isinstance(key, str) else thread

    y: dict[_Key, float] = {}
    gaps: list[list[float]] = []
    for row in rows:
        spaces = [0.0, *((height(a) + height(b)) / 2 + gap for a, b in pairwise(row))]
        gaps.append(spaces)
        total = 0.0
        for key, space in zip(row, spaces, strict=True):
            total += space
            y[key] = total
    for _ in range(_PULLS):
        for row, spaces in zip(rows, gaps, strict=True):
            near = [[y[n] for n in left[k] + right[k]] for k in row]
            wanted = [sum(n) / len(n) if n else y[k] for k, n in zip(row, near, strict=True)]
            y.update(zip(row, _isotonic(wanted, spaces), strict=True))
    top = min((y[k] - height(k) / 2 for k in y), default=0.0)
    bottom = max((y[k] + height(k) / 2 for k in y), default=0.0)
    return Layout(
        layer=layer,
        y={n: y[n] - top for n in nodes},
        through={
            edge: tuple((layer[edge[0]] + i, y[k] - top) for i, k in enumerate(chain[1:-1], 1))
            for edge, chain in chains.items()
        },
        height=bottom - top,
    )
