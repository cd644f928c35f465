"""How a record is put into words: names of papers, glyphs of rules, headings of steps, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .record import Claim, Mutant, Record, Step

_PAPERS = {
    "jmlr": (
        "Mean-field analysis of piecewise linear solutions for wide ReLU networks",
        "Shevchenko, Kungurtsev, Mondelli · JMLR 23(130), 2022",
    ),
    "icml": (
        "Fundamental limits of two-layer autoencoders, and achieving them with gradient methods",
        "Shevchenko, Kögler, Hassani, Mondelli · ICML 2023",
    ),
    "icml24": (
        "Compression of structured data with autoencoders: provable benefit of nonlinearities and depth",
        "Kögler, Shevchenko, Hassani, Mondelli · ICML 2024",
    ),
    "own": ("Results of this project", "Derived here, not stated in the papers"),
}

NOTES = {
    "proved": "every step decided",
    "enclosed": "rigorous balls",
    "supported": "statistics, seeded",
    "refuted": "exact witness",
    "undecided": "never read as false",
    "not run": "neither pass nor fail",
}
"""What each verdict means, in three words."""

# Rule of the kernel -> sign, word, whether the step is taken rather than decided here.
_RULES = {
    "identity": ("=", "identity", False),
    "arithmetic": ("⇒", "real arithmetic", False),
    "sign": ("±", "sign", False),
    "certificate": ("≥", "certificate", False),
    "discharge": ("→", "discharge", False),
    "generalize": ("∀", "generalisation", False),
    "apply": ("↦", "instance", False),
    "induction": ("n+1", "induction", False),
    "witness": ("∃", "witness", False),
    "obtain": ("∃", "choice", False),
    "congruence": ("≡", "congruence", False),
    "monotone": ("≤", "monotonicity", False),
    "sums": ("Σ", "sums", False),
    "linear": ("𝔼", "linearity", False),
    "derivative": ("∂", "derivative", False),
    "continuous": ("∼", "continuity", False),
    "limit": ("∞", "limit", False),
    "fundamental-theorem": ("∫", "antiderivative", False),
    "antiderivative": ("∫", "antiderivative", False),
    "enclosure": ("[ ]", "enclosure", False),
    "implication": ("⇒", "implication", False),
    "impossible": ("⊥", "impossible", False),
    "coefficients": ("Σ", "coefficients", False),
    "counterexample": ("✕", "counterexample", False),
    "assume": ("⊢", "assumption", True),
    "axiom": ("†", "axiom", True),
    "claim": ("↗", "claim", True),
}
_OPEN = re.compile(r"(undecided|unknown|not\b|failed|false|no\b|open|timeout|error|out of time)", re.IGNORECASE)
_PLAIN = frozenset({"proved", "decided", "holds", "true", "yes", "ok", "verified", "refuted", "taken", "unsatisfiable"})
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SENTENCE = re.compile(r"((?:[^.$`]|\$[^$]*\$|`[^`]*`|\.(?!\s|$))+)\.?(?:\s+(.*))?", re.DOTALL)
_LONGEST_HEADING = 110


@dataclass(frozen=True)
class Rule:
    """What decided a step: a sign and a word for it, its particulars, and whether the step stands."""

    glyph: str
    name: str
    detail: str
    soft: bool
    decided: bool
    note: str


def rule(step: Step) -> Rule:
    """What decided a step, from its kind and the rule recorded with it."""
    decided = not _OPEN.match(step.result)
    note = "" if step.result.lower() in _PLAIN else step.result
    for key in (step.kind, step.decided_by):
        if key in _RULES:
            glyph, name, soft = _RULES[key]
            said = step.decided_by in (key, name) or _RULES.get(step.decided_by, ("", "", False))[1] == name
            return Rule(glyph, name, "" if said else step.decided_by, soft, decided, note)
    name = step.kind or step.decided_by or "rule not recorded"
    return Rule("·", name, step.decided_by if step.kind else "", False, decided, note)


def outcome(mutant: Mutant) -> str:
    """How a mutant or a control ended, in a word or two."""
    if mutant.rejected is None:
        return "not recorded"
    if mutant.control:
        return "stands" if mutant.rejected else "refuted too"
    return "rejected" if mutant.rejected else "passed"


def _split(step: Step) -> tuple[str, str]:
    found = _SENTENCE.fullmatch(step.prose.strip())
    if found and len(found.group(1)) <= _LONGEST_HEADING:
        return found.group(1), found.group(2) or ""
    words = re.sub(r"[-_]+", " ", step.id)
    return (f"Step {words}" if len(words) < 4 else words[0].upper() + words[1:]), step.prose


def heading(step: Step) -> str:
    """The first sentence of a step's prose, or its id in words where that is too long."""
    return _split(step)[0]


def rest(step: Step) -> str:
    """The prose of a step that its heading has not said."""
    return _split(step)[1]


def bare(name: str) -> str:
    """A reference without the word for what it refers to: `axiom:x` and `claim:x` are x.

    >>> bare("axiom:gaussian-integral"), bare("step-1")
    ('gaussian-integral', 'step-1')
    """
    return re.sub(r"^(?:axiom|claim):", "", name)


def paper_title(paper: str) -> str:
    """The title of a paper that the register knows by a short name, else the name."""
    return _PAPERS.get(paper, (paper, ""))[0]


def paper_note(paper: str) -> str:
    """Authors and place of a paper, "" for a user's own source."""
    return _PAPERS.get(paper, ("", ""))[1]


def number(text: str) -> str:
    """A number as people write it: a true minus sign, and a power of ten with its exponent raised.

    >>> number("-1e-12"), number("0.75"), number("2.5e+3")
    ('−10⁻¹²', '0.75', '2.5·10³')
    """
    found = re.fullmatch(r"(-?)(\d+(?:\.\d+)?(?:/\d+)?)(?:[eE]\+?(-?)0*(\d+))?", text)
    if not found:
        return text
    sign, mantissa, minus, exponent = found.groups()
    sign = "−" if sign else ""
    if exponent is None:
        return sign + mantissa
    power = "10" + (minus + exponent).translate(_SUPERSCRIPTS)
    return sign + (power if mantissa in ("1", "1.0") else f"{mantissa}·{power}")


def short_tex(claim: Claim) -> str:
    """The displayed formula of a statement where it is short and its name has no formula yet, else ""."""
    tex = claim.statement.tex
    crowded = "$" in claim.name or "\\begin" in tex or "\\\\" in tex or "quad" in tex
    return "" if crowded or len(tex) > 60 else tex


def second(step: Step) -> str:
    """What another program said to a step, as a sentence; "" where none was asked.

    >>> from .record import SecondOpinion
    >>> second(Step("1", "sign", "", "", (), (), "sign", "proved", SecondOpinion("agrees", "cvc5", "")))
    'Second opinion: cvc5 agrees.'
    """
    if step.second is None:
        return ""
    if step.second.answer == "undecided":
        return f"Second opinion: none, {step.second.reason}."
    reason = f": {step.second.reason}" if step.second.reason else ""
    program = step.second.program or "none"
    verb = step.second.answer.removesuffix("s") if " and " in program else step.second.answer
    return f"Second opinion: {program} {verb}{reason}."


def second_opinions(record: Record) -> str:
    """How many steps another program agrees with, as a sentence; "" where none was asked."""
    said = record.second_opinions
    if not any(said.values()):
        return ""
    return (
        f"Other programs were asked about {sum(said.values())} steps: they agree with {said['agrees']}, "
        f"disagree with {said['disagrees']}, and could not decide {said['undecided']}."
    )
