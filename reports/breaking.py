"""Breaking displayed formulas into lines that fit a page, and a telephone."""

from __future__ import annotations

import re
from functools import lru_cache

_LINE = 60  # letters of a formula that fit a line beside the record
_BREAKS = r"\\qquad(?![A-Za-z])|\\quad(?![A-Za-z])|\\\\"
_CONNECTIVES = r"(?:\\[;,]\s*)?\\(?:Rightarrow|Leftrightarrow|wedge|vee|implies|iff)(?![A-Za-z])"
_RELATIONS = r"(?:\\(?:le|ge|leq|geq|lt|gt|approx)(?![A-Za-z])|[=<>])"


def _pieces(tex: str, at: str, keep: bool) -> list[str]:
    """Split TeX at a pattern outside braces, fences and environments; `keep` leaves the match with what follows."""
    pieces, depth, start = [], 0, 0
    brackets = r"(?P<open>\\?\{|[(\[]|\\(?:begin|left)(?![A-Za-z]))|(?P<close>\\?\}|[)\]]|\\(?:end|right)(?![A-Za-z]))"
    for token in re.finditer(rf"(?P<at>{at})|{brackets}|\\[A-Za-z]+|\\.", tex, re.DOTALL):
        if token.group("open"):
            depth += 1
        elif token.group("close"):
            depth -= 1
        elif token.group("at") and depth == 0:
            pieces.append(tex[start : token.start()])
            start = token.start() if keep else token.end()
    pieces.append(tex[start:])
    return [p.strip() for p in pieces if p.strip()]


def _length(tex: str) -> int:
    """Roughly how wide a formula is, in letters: an operator is as wide as three of them with the space around it."""
    text = re.sub(rf"{_CONNECTIVES}|{_RELATIONS}|[+-]", "xxx", tex)
    text = re.sub(r"\\(?:left|right|mathit|mathrm|text)(?![A-Za-z])|\\[,;:! ]", "", text)
    return len(re.sub(r"[{}^_\\\s]", "", re.sub(r"\\[A-Za-z]+", "x", text)))


def _joined(pieces: list[str]) -> list[str]:
    """Neighbouring pieces put together again as far as they fit one line."""
    found = pieces[:1]
    for piece in pieces[1:]:
        if _length(found[-1]) + _length(piece) <= _LINE:
            found[-1] += " " + piece
        else:
            found.append(piece)
    return found


def _fitted(part: str, patterns: tuple[str, ...]) -> list[str]:
    """A long part broken before its connectives, and before its relations where that is not enough."""
    if _length(part) <= _LINE or not patterns:
        return [part]
    pieces = _pieces(part, patterns[0], keep=True)
    return _joined([smaller for piece in pieces for smaller in _fitted(piece, patterns[1:])])


@lru_cache(maxsize=16_384)
def _broken(tex: str) -> tuple[str, ...]:
    parts = _pieces(tex, _BREAKS, keep=False)
    return tuple(line for part in parts for line in _fitted(part, (_CONNECTIVES, _RELATIONS))) or (tex,)


def broken(tex: str) -> list[str]:
    r"""The lines of a displayed formula.

    Args:
        tex: TeX without its delimiters.

    Returns:
        Complete formulas: split at `\quad`, `\qquad` and `\\`, and where a line is long before `\Rightarrow`, `\wedge`
        and the like, then before relations; never inside brackets, fences or environments.

    >>> broken(r"a=b,\qquad c=d")
    ['a=b,', 'c=d']
    """
    return list(_broken(tex))
