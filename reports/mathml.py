"""TeX to native MathML, and prose with TeX in it to HTML.

`latex2mathml` does the parsing; it leaves signs, bars, primes and named functions as spaced infix operators, some
LaTeX as raw text and some of its output unescaped.  The tree is therefore rebuilt here with the elements and
attributes of MathML Core only, which also makes it safe to place in a page whatever the TeX came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html import escape
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert

from .breaking import broken
from .difference import mark_difference


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Characters standing in for `<`, `>`, `&` and for the start of an upright name while the TeX is converted.
_LT, _GT, _AMP, _NAME, _FUNCTION, _ITALIC = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
_BACK = str.maketrans({_LT: "<", _GT: ">", _AMP: "&"})
_LETTERS = frozenset("∞∂∇∅")  # symbols that stand where a letter could
_SIGNS = frozenset("−-+±∓")
_BRACKETS = frozenset("()[]{}")
_CLOSING = frozenset(")]}⟩⌋⌉!′″‴")
_BARS = frozenset("|‖∣∥")
_PRIMES = frozenset("′″‴⁗")
_FUNCTIONS = _words(
    "sin cos tan cot sinh cosh tanh arcsin arccos arctan log ln exp det dim ker sgn sign arg Tr tr diag rank"
)
_TAGS = _words(
    "math mrow mi mn mo mtext mspace msqrt mroot mfrac msub msup msubsup munder mover munderover mtable mtr mtd "
    "mstyle mpadded mphantom"
)
_ATTRIBUTES = _words(
    "width height depth stretchy fence form minsize maxsize movablelimits displaystyle scriptlevel linethickness "
    "accent accentunder lspace rspace"
)
_KEPT = 32_768  # conversions remembered; a report has a third of that
_INLINE = re.compile(r"(?<!\\)\$(.+?)(?<!\\)\$|`([^`]+)`", re.DOTALL)


class _Unreadable(Exception):
    """The converter could not read the TeX; it is then shown as it was written."""


def _strip_delimiters(tex: str) -> str:
    tex = tex.strip()
    for left, right in (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]")):
        if len(tex) > len(left) + len(right) and tex.startswith(left) and tex.endswith(right):
            return tex[len(left) : -len(right)].strip()
    return tex


def _prepare(tex: str) -> str:
    """Rewrite what the converter misreads into what it reads."""
    tex = tex.replace("<", _LT).replace(">", _GT).replace(r"\&", _AMP)
    if r"\text{" not in tex:
        tex = re.sub(r"(?<![\\A-Za-z])(True|False)(?![A-Za-z])", rf"\\text{{{_NAME}\1}}", tex)
    tex = re.sub(r"(?<!\\)%", r"\\%", tex)
    tex = re.sub(r"\\(math[a-z]+|boldsymbol)\s+([A-Za-z])", r"\\\1{\2}", tex)
    tex = re.sub(r"\\operatorname\*?\s*\{([^{}\\]*)\}", rf"\\text{{{_FUNCTION}\1}}", tex)
    tex = re.sub(r"\\(?:mathrm|mathop)\s*\{([^{}\\]*)\}", rf"\\text{{{_NAME}\1}}", tex)
    tex = re.sub(r"\\mathit\s*\{([A-Za-z]{2,})\}", rf"\\text{{{_ITALIC}\1}}", tex)
    return re.sub(r"\\(begin|end)\{(?:aligned|align|split|gathered|gather)\*?\}", r"\\\1{align*}", tex)


def _parse(tex: str, display: bool) -> ET.Element:
    try:
        xml = convert(_prepare(tex), display="block" if display else "inline")
    except Exception as error:  # the converter raises many kinds, among them plain IndexError
        raise _Unreadable(str(error)) from error
    xml = re.sub(r"&(?!#x?[0-9A-Fa-f]+;|[a-z]+;)", "&amp;", xml)
    try:
        root = ET.fromstring(xml)
    except ET.ParseError as error:
        raise _Unreadable(str(error)) from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.text = (element.text or "").translate(_BACK) if not len(element) else None
        element.tail = None
        if "\\" in (element.text or "") and element.tag != "mtext":
            raise _Unreadable(f"unknown command {element.text}")
    return root


def _is_operator(text: str) -> bool:
    """Whether the converter's identifier is a sign: a mathematical symbol, a bar, a prime or a separator."""
    if len(text) != 1 or text in _LETTERS:
        return False
    return unicodedata.category(text) == "Sm" or text in _BARS or text in _PRIMES or text in ":;⌊⌈⌋⌉"


def _arity_is_right(element: ET.Element) -> bool:
    two, three = ("mfrac", "mroot", "msub", "msup", "munder", "mover"), ("msubsup", "munderover")
    return len(element) == 2 if element.tag in two else len(element) == 3 if element.tag in three else True


def _clean(element: ET.Element) -> None:
    """Keep MathML Core only; turn boxes and alignments into classes the stylesheet knows."""
    if not _arity_is_right(element):
        raise _Unreadable(f"incomplete {element.tag}")
    classes = []
    if element.tag == "menclose":
        element.tag = "mrow"
        classes.append("box")
    elif element.tag not in _TAGS:
        element.tag = "mrow" if len(element) else "mtext"
    align = element.get("columnalign")
    variant = element.get("mathvariant")
    kept = {k: v for k, v in element.attrib.items() if k in _ATTRIBUTES and '"' not in v}
    if element.tag == "mi" and variant == "normal":
        kept["mathvariant"] = "normal"
    if variant and variant.startswith("bold"):
        classes.append("bold")
    if align in ("left", "right"):
        classes.append("l" if align == "left" else "r")
    element.attrib.clear()
    element.attrib.update(kept)
    if classes:
        element.set("class", " ".join(classes))
    text = element.text or ""
    if element.tag == "mtext" and text[:1] in (_NAME, _FUNCTION, _ITALIC):
        element.text = text[1:].replace("\xa0", "")
        element.tag = "mi"
        if len(element.text) == 1:
            element.set("mathvariant", "normal")
        if text[0] == _ITALIC:
            element.set("class", "it")
        elif text[0] == _FUNCTION or element.text in _FUNCTIONS:
            element.set("function", "yes")  # removed by _space
    elif element.tag == "mo" and text in _LETTERS:
        element.tag = "mi"
        element.attrib.clear()
    elif element.tag == "mi" and _is_operator(text):
        element.tag = "mo"
        if text == "~":
            element.text = "∼"
        if text in "⌊⌈⌋⌉":
            element.set("stretchy", "false")
    elif element.tag == "mo" and len(text) > 1 and text.isalpha() and text not in ("lim", "min", "max", "sup", "inf"):
        element.tag = "mi"
        element.set("function", "yes")
    elif element.tag == "mi" and text in _FUNCTIONS:
        element.set("function", "yes")
    for child in element:
        _clean(child)


def _hug(element: ET.Element, left: str = "0", right: str = "0") -> None:
    element.set("lspace", left)
    element.set("rspace", right)


def _core(element: ET.Element) -> ET.Element:
    """The base of a script, else the element itself: `)` in `)^2` still closes."""
    while element.tag in ("msup", "msub", "msubsup") and len(element):
        element = element[0]
    return element


def _pull_primes(element: ET.Element) -> None:
    """Set a prime beside its letter: as a superscript most fonts draw it too small and too high."""
    for position, child in enumerate(list(element)):
        _pull_primes(child)
        if child.tag == "msup" and child[1].tag == "mo" and (child[1].text or "") in _PRIMES:
            row = ET.Element("mrow")
            row.extend([child[0], child[1]])
            element[position] = row
            _hug(child[1], "0.02em", "0.05em")


def _space_bars(children: list[ET.Element]) -> None:
    bars = [_core(c) for c in children if _core(c).tag == "mo" and (_core(c).text or "") in _BARS]
    plain = [b for b in bars if "fence" not in b.attrib or b.get("fence") == "false"]
    for index, bar in enumerate(plain):
        if len(plain) == 1:  # a single bar separates: "given", "such that"
            _hug(bar, "0.28em", "0.28em")
            continue
        _hug(bar)
        bar.set("stretchy", "false")
        bar.set("form", "prefix" if index % 2 == 0 else "postfix")


def _gap(row: ET.Element, position: int) -> None:
    row.insert(position, ET.Element("mspace", {"width": "0.17em"}))


def _takes_gap(argument: ET.Element) -> bool:
    """An argument in brackets stands close to its function, any other one a thin space away."""
    while argument.tag == "mrow" and len(argument):
        argument = argument[0]
    return _core(argument).tag not in ("mo", "mspace")


def _space_row(element: ET.Element) -> None:
    children = list(element)
    _space_bars(children)
    before: ET.Element | None = None
    for position, child in enumerate(children):
        core = _core(child)
        text = core.text or ""
        if core.tag == "mo" and text in _SIGNS:
            last = None if before is None else _core(before)
            after_operator = last is not None and last.tag == "mo"
            closes = last is not None and ((last.text or "") in _CLOSING or last.get("form") == "postfix")
            if before is None or before.tag == "mspace" or (after_operator and not closes):
                core.set("form", "prefix")
                _hug(core)
        elif core.tag == "mo" and text == "/":
            core.set("stretchy", "false")
            _hug(core, "0.06em", "0.06em")
        elif core.tag == "mo" and (text == "!" or text in _PRIMES):
            _hug(core)
        elif core.get("function"):
            if before is not None and _core(before).tag not in ("mo", "mspace"):
                _gap(element, list(element).index(child))
            if position + 1 < len(children) and _takes_gap(children[position + 1]):
                _gap(element, list(element).index(child) + 1)
        before = child


def _space(element: ET.Element) -> None:
    if element.tag in ("mrow", "math", "msqrt", "mtd", "mstyle"):
        _space_row(element)
    if element.tag in ("msup", "msub", "msubsup"):
        for script in element[1:]:
            only = script[0] if script.tag == "mrow" and len(script) == 1 else script
            if only.tag == "mo":  # the dictionary would space a star, a plus or a transpose as infix
                _hug(only)
                if only.text == "*":
                    only.text = "∗"
    for child in list(element):
        _space(child)
    element.attrib.pop("function", None)


def _unwrap(element: ET.Element) -> None:
    """Drop the rows of one child that the converter adds around every braced group."""
    for position, child in enumerate(list(element)):
        _unwrap(child)
        if child.tag == "mrow" and len(child) == 1 and not child.attrib:
            element[position] = child[0]


def _is_low(element: ET.Element) -> bool:
    """Whether nothing in a row is taller than a letter with scripts, so that no bracket need grow."""
    low = ("mrow", "mi", "mn", "mo", "mspace", "mtext", "msub", "msup", "msubsup")
    return all(e.tag in low and e.get("class") != "box" for e in element.iter())


def _keep_low(element: ET.Element) -> None:
    """Brackets of a row that is not tall do not stretch: browsers set a stretched one with space around it."""
    for child in element:
        _keep_low(child)
    brackets = [e for e in element if e.tag == "mo" and (e.text or "") in _BRACKETS]
    if element.tag == "mrow" and brackets and _is_low(element):
        for bracket in brackets:
            bracket.attrib.clear()
            bracket.set("stretchy", "false")


def _tree(tex: str, display: bool = False) -> ET.Element:
    root = _parse(tex, display)
    _clean(root)
    _unwrap(root)
    _pull_primes(root)
    _space(root)
    _keep_low(root)
    root.attrib.clear()
    return root


def _written(tex: str) -> ET.Element:
    """What cannot be converted is shown as it was written, never dropped."""
    root = ET.Element("math")
    text = ET.SubElement(root, "mtext", {"class": "tex"})
    text.text = tex
    return root


def _serialise(root: ET.Element, tex: str, *, display: bool) -> str:
    # The source stands in alttext; `>` is escaped as well so that a naive search for tags finds none in it.
    root.attrib.clear()
    if display:
        root.set("display", "block")
    body = ET.tostring(root, encoding="unicode", short_empty_elements=False)
    return f'<math alttext="{escape(tex)}"' + body[len("<math") :]


@lru_cache(maxsize=_KEPT)
def _converted(tex: str, display: bool) -> str | None:
    """The formula as `<math>`, or None where it cannot be converted; the pages and the LaTeX ask for the same ones."""
    try:
        return _serialise(_tree(tex, display), tex, display=display)
    except _Unreadable:
        return None


def math(tex: str, display: bool = False) -> str:
    """One formula as a `<math>` element with its TeX source in `alttext`.

    Args:
        tex: TeX source, with or without its delimiters.
        display: set as a displayed formula.

    Returns:
        Well-formed MathML (Core elements only).  TeX that cannot be converted appears as written; empty TeX gives "".

    >>> math("x")
    '<math alttext="x"><mi>x</mi></math>'
    """
    tex = _strip_delimiters(tex)
    if not tex:
        return ""
    found = _converted(tex, display)
    return _serialise(_written(tex), tex, display=display) if found is None else found


def _group(formulas: list[str]) -> str:
    # Focusable, because a long formula scrolls sideways on a narrow screen.
    return '<div class="eq" tabindex="0" role="group" aria-label="Formula">' + "".join(formulas) + "</div>"


def readable(tex: str, display: bool = False) -> bool:
    r"""Whether the TeX could be converted, so that it is complete and every command in it is known.

    >>> readable(r"\frac12"), readable(r"\frac1"), readable(r"\mystery")
    (True, False, False)
    """
    return _converted(_strip_delimiters(tex), display) is not None


def lines(tex: str) -> list[str]:
    r"""The lines of a display: split at `\quad`, `\qquad` and `\\`, and where long before connectives and relations.

    >>> lines(r"a=b,\qquad c=d")
    ['a=b,', 'c=d']
    """
    tex = _strip_delimiters(tex)
    return broken(tex) if tex else []


def display(tex: str) -> str:
    r"""A displayed formula: one `<math>` for each of its lines, in a row that wraps.

    >>> display(r"a\qquad b").count("<math")
    2
    """
    parts = lines(tex)
    return _group([math(part, True) for part in parts]) if parts else ""


def display_pair(left: str, right: str) -> tuple[str, str]:
    r"""Two displayed formulas with the terms in which they differ marked by the class `chg`.

    Nothing is marked where more than two thirds of either side would be, since that shows no difference.

    >>> [side.count("chg") for side in display_pair("F=a+b", "F=a+c")]
    [1, 1]
    """
    left, right = _strip_delimiters(left), _strip_delimiters(right)
    try:
        trees = _tree(left, True), _tree(right, True)
    except _Unreadable:
        return display(left), display(right)
    if not mark_difference(*trees):
        return display(left), display(right)
    first, second = (_serialise(t, s, display=True) for t, s in zip(trees, (left, right), strict=True))
    return _group([first]), _group([second])


def map_inline(text: str, *, plain: Callable[[str], str], tex: Callable[[str], str], code: Callable[[str], str]) -> str:
    """Prose with `$TeX$` and backquoted code in it, each piece passed through its own function.

    >>> map_inline("so $x$", plain=str.upper, tex=lambda t: f"<{t}>", code=str)
    'SO <x>'
    """
    pieces, start = [], 0
    for found in _INLINE.finditer(text):
        pieces.append(plain(text[start : found.start()].replace(r"\$", "$")))
        formula, verbatim = found.groups()
        pieces.append(tex(formula) if formula is not None else code(verbatim))
        start = found.end()
    pieces.append(plain(text[start:].replace(r"\$", "$")))
    return "".join(pieces)


def inline(text: str) -> str:
    """Prose as HTML: `$TeX$` becomes MathML, backquotes become `<code>`, everything else is escaped.

    >>> inline("a < b, `c`")
    'a &lt; b, <code>c</code>'
    """
    found = map_inline(text, plain=escape, tex=math, code=lambda t: f"<code>{escape(t)}</code>")
    # A line must not break between a formula and the full stop after it.
    return re.sub(
        r"(<math\b(?:(?!</math>).)*</math>)([.,;:!?)\]]+)", r'<span class="nb">\1\2</span>', found, flags=re.DOTALL
    )
