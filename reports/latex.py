r"""The report as one standalone LaTeX article that needs `amsmath` and `amssymb` alone.

TeX from a record is set as mathematics only where it is complete and made of commands known to be harmless and
available; anything else is printed as it was written, so that one bad formula cannot spoil the document.
"""

from __future__ import annotations

import re

from . import wording
from .latex_characters import MATH, character
from .mathml import lines as display_lines
from .mathml import map_inline, readable
from .record import Claim, Record
from .wording import outcome

_KNOWN = frozenset(
    re.findall(
        r"[A-Za-z]+",
        """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho
        varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi
        Omega infty partial nabla ell hbar Re Im aleph emptyset varnothing forall exists neg top bot
        frac dfrac tfrac binom dbinom tbinom sqrt sum prod int iint oint bigcup bigcap bigoplus bigotimes lim liminf
        limsup sup inf max min arg det dim ker deg gcd exp log ln sin cos tan cot sec csc sinh cosh tanh coth arcsin
        arccos arctan Pr le leq ge geq ne neq lt gt ll gg approx equiv sim simeq cong propto in notin ni subset
        subseteq supset supseteq cup cap setminus times cdot cdots ldots dots dotsc dotsb vdots ddots div pm mp ast star
        circ bullet otimes oplus odot wedge vee to mapsto rightarrow leftarrow Rightarrow Leftarrow Leftrightarrow
        leftrightarrow implies iff longrightarrow longmapsto hookrightarrow succeq preceq succ prec perp parallel mid
        nmid vert Vert lvert rvert lVert rVert langle rangle lfloor rfloor lceil rceil lbrace rbrace lbrack rbrack
        left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle
        hat widehat bar overline underline tilde widetilde vec dot ddot check acute grave breve overbrace underbrace
        overset underset stackrel substack boxed phantom not
        mathrm mathbf mathit mathsf mathtt mathbb mathcal mathfrak boldsymbol operatorname text textbf textit textrm
        textstyle displaystyle scriptstyle limits nolimits quad qquad prime dagger colon square blacksquare
        checkmark nearrow circlearrowright surd begin end pmod bmod therefore because lesssim gtrsim
        triangle angle complement trianglelefteq""",
    )
)
_ENVIRONMENTS = frozenset({"aligned", "gathered", "cases", "matrix", "pmatrix", "bmatrix", "vmatrix", "array", "split"})
_SYMBOLS = frozenset(",;:!|{}_%&# \\")


def plain(text: str) -> str:
    return "".join(character(letter) for letter in re.sub(r"\s+", " ", text))


def code(text: str) -> str:
    return r"\texttt{" + plain(text).replace(".", r".\allowbreak{}") + "}"


def _braces_match(tex: str) -> bool:
    depth = 0
    for found in re.finditer(r"\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth < 0:
            return False
    return depth == 0


def _mathematics(tex: str, display: bool = False) -> str | None:
    """The formula in commands of `amsmath`, or None where it is not certain to compile."""
    tex = re.sub(r"\\(begin|end)\{align(?:ed)?\*?\}", r"\\\1{aligned}", " ".join(tex.split()))
    tex = re.sub(r"\\(begin|end)\{gather(?:ed)?\*?\}", r"\\\1{gathered}", tex)
    tex = re.sub(r"(?<!\\)%", r"\\%", tex)
    for letter in set(tex):
        if not letter.isascii():
            if letter not in MATH:
                return None
            tex = tex.replace(letter, MATH[letter] + " ")
    bare = re.sub(r"\\.", "", tex)
    opened = re.findall(r"\\begin\{(\w+)\}", tex)
    if (
        not readable(tex, display)
        or not _braces_match(tex)
        or "^^" in tex
        or any(c in bare for c in "$#")
        or not set(re.findall(r"\\([A-Za-z]+)", tex)) <= _KNOWN
        or not set(re.findall(r"\\([^A-Za-z])", tex)) <= _SYMBOLS
        or sorted(opened) != sorted(re.findall(r"\\end\{(\w+)\}", tex))
        or not set(opened) <= _ENVIRONMENTS
        or len(re.findall(r"\\left(?![a-z])", tex)) != len(re.findall(r"\\right(?![a-z])", tex))
        or ("&" in bare and not opened)
        or any(re.search(r"(?<!\\)[_^&]", words) for words in re.findall(r"\\text\w*\{([^{}]*)\}", tex))
    ):
        return None
    return tex


def _inline_tex(tex: str) -> str:
    tex = tex.strip("$ ")
    found = _mathematics(tex)
    return code(tex) if found is None else f"${found}$"


def inline(text: str) -> str:
    return map_inline(text, plain=plain, tex=_inline_tex, code=code)


def display(tex: str) -> list[str]:
    parts = [_mathematics(part, display=True) for part in display_lines(tex)]
    if not parts:
        return []
    if any(part is None for part in parts):
        return [r"\begin{quote}", code(tex), r"\end{quote}"]
    return [r"\begin{gather*}", " \\\\\n".join(p for p in parts if p), r"\end{gather*}"]


def environment(name: str, items: list[str]) -> list[str]:
    # An item that begins with a bracket would be read as an option.
    items = [rf"\item {{}}{item}" for item in items]
    return [rf"\begin{{{name}}}", *items, rf"\end{{{name}}}"] if items else []


def _step(claim: Claim, index: int) -> str:
    step = claim.steps[index]
    how = wording.rule(step)
    head = rf"\textbf{{{inline(wording.heading(step))}.}} \emph{{{plain(how.name)}}}"
    lines = [head + ("." if how.decided else f", {plain(step.result)}.")]
    lines += [inline(wording.rest(step))] if wording.rest(step) else []
    lines += display(step.tex)
    for condition in step.conditions:
        tex = inline(condition.tex) if "$" in condition.tex else _inline_tex(condition.tex)
        lines += [
            f"Side condition: {tex}" + (f" by {inline(condition.discharged_by)}." if condition.discharged_by else ".")
        ]
    lines += [inline(wording.second(step))] if step.second else []
    return "\n".join(lines)


def _claim(claim: Claim) -> list[str]:
    locator = f" ({inline(claim.locator)})" if claim.locator else ""
    verdict = claim.verdict if not claim.differs else f"{claim.verdict}, expected {claim.expected}"
    lines = [rf"\subsection*{{{code(claim.id)}}}", rf"\textbf{{{verdict}}}{locator}.", ""]
    lines += [f"Reason: {inline(claim.reason)}", ""] if claim.reason else []
    lines += [inline(claim.statement.text)] if claim.statement.text else []
    lines += display(claim.statement.tex)
    hypotheses = [f"{inline(h.text)} {_inline_tex(h.tex) if h.tex else ''}".strip() for h in claim.hypotheses]
    lines += ["", r"\noindent Hypotheses:", *environment("enumerate", hypotheses)] if hypotheses else []
    lines += ["", rf"\noindent Witness: {inline(claim.witness.text)}"] if claim.witness.text else []
    lines += display(claim.witness.tex)
    steps = [_step(claim, i) for i in range(len(claim.steps))]
    lines += ["", r"\noindent Derivation:", *environment("enumerate", steps)] if steps else []
    lines += ["", rf"\noindent Axioms: {', '.join(plain(a) for a in claim.axioms)}."] if claim.axioms else []
    mutants = [
        f"{code(m.id)} ({plain(m.kind)}). {inline(m.prose)} Witness: {inline(m.witness) or 'none'}; {outcome(m)}."
        for m in claim.mutants
    ]
    lines += ["", r"\noindent Mutants:", *environment("itemize", mutants)] if mutants else []
    evidence = []
    for e in claim.evidence:
        pair = f" in [{plain(e.lower)}, {plain(e.upper)}]" if e.lower or e.upper else ""
        tolerance = f", tolerance {plain(e.tolerance)}" if e.tolerance else ""
        reason = f" ({inline(e.reason)})" if e.reason else ""
        evidence.append(f"{inline(e.name)}: {inline(e.value)}{pair}{tolerance}{reason}")
    lines += ["", r"\noindent Evidence:", *environment("itemize", evidence)] if evidence else []
    return [*lines, ""]


PREAMBLE = (
    r"\documentclass[11pt]{article}",
    r"\usepackage[T1]{fontenc}",
    r"\usepackage[utf8]{inputenc}",
    r"\usepackage{textcomp}",
    r"\usepackage{amsmath,amssymb}",
    r"\providecommand{\lt}{<}\providecommand{\gt}{>}",
    r"\allowdisplaybreaks\sloppy",
)
"""What a standalone document begins with."""


def latex(record: Record) -> str:
    """The whole report as a LaTeX article."""
    lines = [
        *PREAMBLE,
        rf"\title{{{plain(record.title or 'Verification report')}}}",
        r"\author{lemmata}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
    ]
    counts = ", ".join(f"{n} {v}" for v, n in record.counts.items() if n)
    lines += [rf"\noindent {len(record.claims)} claims: {counts or 'none'}."]
    differing = [f"{code(c.id)}: expected {c.expected}, obtained {c.verdict}." for c in record.differing]
    lines += ["", r"\noindent Not as expected:", *environment("itemize", differing)] if differing else []
    for paper, claims in record.papers:
        lines += ["", rf"\section*{{{plain(wording.paper_title(paper))}}}", plain(wording.paper_note(paper)), ""]
        for claim in claims:
            lines += _claim(claim)
    if record.axioms:
        entries = [f"{plain(a.name)}. {inline(a.reference)}" for a in record.axioms]
        lines += [r"\section*{Axioms}", *environment("itemize", entries)]
    return "\n".join([*lines, r"\end{document}"]) + "\n"
