"""Docstrings of the house, which are plain text with backquotes, as reStructuredText that Sphinx shows well.

`name` becomes a link where the reference has that name, bars and stars are no markup, and an inline list of arguments
or fields, "Args: x, y: inputs (N,); lam: penalty λ > 0.", becomes a list. Private fields stay out of signatures.
"""

from __future__ import annotations

import importlib
import re

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

HOMES = (
    "lemmata.numerics.meanfield",
    "lemmata.numerics.autoencoder",
    "lemmata.numerics.estimators",
    "lemmata.numerics.sweep",
    "lemmata.claims",
)
_SECTION = re.compile(r"(Args|Arguments|Attributes|Returns|Return|Raises|Source|Yields): +(\S.*)", re.DOTALL)
_INNER = re.compile(r"(?<=[.;)]) +(?=(?:Args|Arguments|Attributes|Returns|Raises|Source): )")
_ITEM = re.compile(r"((?:\*{0,2}\w+)(?:, \*{0,2}\w+)*)(?:: +|, )(.*)", re.DOTALL)
_NAMED = re.compile(r"(\w+(?:, \w+)*): ")
_CODE = re.compile(r"(``.+?``|`[^`]+`)", re.DOTALL)


def _names() -> dict[str, str]:
    """Public name -> its role and full name."""
    found = {}
    for home in HOMES:
        module = importlib.import_module(home)
        found |= {name: f":py:obj:`~{home}.{name}`" for name in module.__all__}
    return found


def _marked(text: str, names: dict[str, str]) -> str:
    """Plain text with backquotes as reStructuredText."""
    parts = _CODE.split(text)
    for index, part in enumerate(parts):
        if index % 2:
            inner = part.strip("`")
            parts[index] = names.get(inner, f"``{inner}``")
        else:
            plain = re.sub(r"([\\|]|\*(?! ))", r"\\\1", part)
            parts[index] = re.sub(r"(?<=\w)_(?!\w)", r"\\_", plain)
    # Markup ends at a blank or a sign; a letter that follows needs an empty escape between.
    return re.sub(r"(``[^`]+``|:py:obj:`[^`]+`)(?=[\w′²])", r"\1\\ ", "".join(parts))


def _split(text: str, sign: str = ";") -> list[str]:
    """The parts between signs that stand outside brackets."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == sign and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    return [part for part in [*parts, text[start:].strip()] if part]


def _items(text: str, names: dict[str, str], *, named: bool = False) -> list[str]:
    """What stands between semicolons, as a list; a part that begins with names and a colon shows them as code.

    Where every item is named, a part without a name belongs to the one before it, and a sentence may begin an item.
    """
    text = " ".join(text.split()).removesuffix(".")
    parts: list[str] = []
    for part in _split(re.sub(r"\. (?=\w+(?:, \w+)*: )", "; ", text) if named else text):
        if named and parts and not _NAMED.match(part):
            parts[-1] += f"; {part}"
        else:
            parts.append(part)
    lines = []
    for part in parts:
        item = _ITEM.fullmatch(part)
        told = f"{', '.join(f'``{n}``' for n in item[1].split(', '))}: {_marked(item[2], names)}" if item else ""
        lines.append(f"* {told or _marked(part, names)}")
    return [*lines, ""]


def _section(text: str, names: dict[str, str]) -> list[str]:
    """An inline section, such as "Args: x, y: inputs; lam: penalty."."""
    found = _SECTION.fullmatch(text)
    assert found is not None
    head = {"Args": "Arguments", "Return": "Returns"}.get(found[1], found[1])
    if head not in ("Arguments", "Attributes"):
        return [f"**{head}.** {_marked(' '.join(found[2].split()), names)}", ""]
    return [f"**{head}.**", "", *_items(found[2], names)]


def _lists_fields(paragraph: str, fields: frozenset[str]) -> bool:
    """Whether a paragraph tells of fields, "lam, beta: as given; gap: primal minus dual value"."""
    found = _NAMED.match(paragraph)
    return found is not None and fields.issuperset(found[1].split(", "))


def as_restructured(lines: list[str], names: dict[str, str], fields: frozenset[str] = frozenset()) -> list[str]:
    """Return the lines of a docstring as reStructuredText; examples stay as they are.

    Arguments:
        lines: of the docstring.
        names: what the reference calls the names that become links.
        fields: of the class, where it is one.

    >>> as_restructured(["The jump |f'| of `fit`."], {})
    ["The jump \\\\|f'\\\\| of ``fit``."]
    """
    out: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.lstrip().startswith(">>>"):
            if out and out[-1].strip():
                out.append("")
            while index < len(lines) and lines[index].strip():
                out.append(lines[index])
                index += 1
        elif _SECTION.match(line):
            block = [line]
            while index + 1 < len(lines) and lines[index + 1].strip() and not _SECTION.match(lines[index + 1]):
                index += 1
                block.append(lines[index])
            if out and out[-1].strip():
                out.append("")
            for part in _INNER.split("\n".join(block)):
                out += _section(part, names)
            index += 1
        else:
            end = index
            while (
                end < len(lines)
                and lines[end].strip()
                and not lines[end].lstrip().startswith(">>>")
                and not (end > index and _SECTION.match(lines[end]))
            ):
                end += 1
            # A paragraph at a time, since code may run over the end of a line.
            paragraph = "\n".join(lines[index:end])
            if _lists_fields(paragraph, fields):
                out += _items(paragraph, names, named=True)
            else:
                out += _marked(paragraph, names).split("\n")
            index = max(end, index + 1)
    return out


def _process(app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    fields = frozenset(dir(obj)) | frozenset(getattr(obj, "__annotations__", ())) if what == "class" else frozenset()
    lines[:] = as_restructured(lines, app.lemmata_names, fields)  # type: ignore[attr-defined]


_LIKE = re.compile(
    r"~?[\w.]*_Buffer \| .*?_SupportsArray\[.*?\]\] \| .*?_NestedSequence\[complex \| bytes \| str\]", re.DOTALL
)
_DOUBLES = re.compile(
    r"~?(?:numpy\.)?ndarray\[(?:tuple\[~?(?:typing\.)?Any, \.\.\.\]|~?(?:typing\.)?Any), "
    r"~?(?:numpy\.)?dtype\[~?(?:numpy\.)?float64\]\]"
)


def _short(text: str | None) -> str | None:
    """A signature with the names of array types in the place of what they stand for."""
    return text and _DOUBLES.sub("Array", _LIKE.sub("ArrayLike", text))


def _public(
    app: Sphinx, what: str, name: str, obj: object, options: object, signature: str | None, returned: str | None
) -> tuple[str | None, str | None]:
    if what == "class" and signature and " -> " not in signature:
        kept = [part for part in _split(signature[1:-1], ",") if not part.startswith("_")]
        signature = f"({', '.join(kept)})"
    return _short(signature), _short(returned)


def _properties(app: Sphinx, tree: nodes.document) -> None:
    """The types of properties, which are no signatures."""
    for node in tree.findall(addnodes.desc_annotation):
        text = node.astext()
        short = _short(text)
        if short is not None and short != text:
            node.children = [nodes.Text(short)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what happens to a docstring, before the sections of Google's style are read."""
    app.lemmata_names = _names()  # type: ignore[attr-defined]
    app.connect("autodoc-process-docstring", _process, priority=400)
    app.connect("autodoc-process-signature", _public)
    app.connect("doctree-read", _properties)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
