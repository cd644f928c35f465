"""Marking the terms in which two formulas differ, on their MathML trees."""

from __future__ import annotations

from difflib import SequenceMatcher
from xml.etree import ElementTree as ET

_SMALL_FRACTION = 6  # letters, figures and signs


def _leaves(element: ET.Element) -> int:
    return sum(1 for e in element.iter() if len(e) == 0 and e.tag != "mspace")


def _mark(element: ET.Element, first: int, last: int) -> int:
    """Wrap children first..last-1 of a row in one marked row; returns the number of leaves marked."""
    run = list(element)[first:last]
    row = ET.Element("mrow", {"class": "chg"})
    for child in run:
        element.remove(child)
        row.append(child)
    element.insert(first, row)
    return _leaves(row)


def _comparable(a: ET.Element, b: ET.Element) -> bool:
    """Whether to look for the difference inside two elements; a small fraction is clearer marked as a whole."""
    same = a.tag == b.tag and len(a) == len(b) > 0 and a.attrib == b.attrib
    return same and not (a.tag == "mfrac" and max(_leaves(a), _leaves(b)) <= _SMALL_FRACTION)


def _compare(left: ET.Element, right: ET.Element) -> tuple[int, int]:
    """Mark in both trees the smallest runs that differ; returns how many leaves were marked in each."""
    marked = [0, 0]
    keys = [[ET.tostring(c, encoding="unicode") for c in tree] for tree in (left, right)]
    opcodes = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    rows = left.tag in ("mrow", "math", "msqrt", "mtd", "mstyle")
    for kind, a0, a1, b0, b1 in reversed(opcodes):
        if kind == "equal":
            continue
        one_each = a1 - a0 == b1 - b0 == 1
        a, b = (left[a0], right[b0]) if one_each else (None, None)
        if a is not None and b is not None and _comparable(a, b):
            found = _compare(a, b)
            marked[0] += found[0]
            marked[1] += found[1]
        elif rows or one_each:
            marked[0] += _mark(left, a0, a1) if a1 > a0 else 0
            marked[1] += _mark(right, b0, b1) if b1 > b0 else 0
    return marked[0], marked[1]


def mark_difference(left: ET.Element, right: ET.Element) -> bool:
    """Wrap in each tree the runs that the other does not have in rows of the class `chg`.

    Args:
        left, right: MathML trees, changed in place.

    Returns:
        Whether the marks show something: some term is marked, and at most two thirds of either formula.
    """
    sizes = _leaves(left), _leaves(right)
    marked = _compare(left, right)
    return any(marked) and all(3 * m <= 2 * s for m, s in zip(marked, sizes, strict=True))
