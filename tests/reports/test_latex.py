"""The LaTeX article and the Markdown: balanced, escaped, compiled where a TeX is at hand."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lemmata.reports.generate import write_report
from lemmata.reports.latex import latex
from lemmata.reports.markdown import markdown, summary
from lemmata.reports.reading import read_record

LEAST = {"id": "a", "verdict": "proved", "expected": "proved"}
PIECES = st.lists(
    st.sampled_from(
        ["x", "{", "}", "$", "%", "#", "&", "_", "^", "~", "\\", r"\input{/etc/passwd}", r"\frac12", r"\end{document}",
         "^^M", r"\begin{aligned}", r"\end{aligned}", r"\left(", r"\right)", "λ", "‖", "日", "ą", "\n\n", " ",
         "`", "[", "]", r"\def\x{", "<"]
    ),
    max_size=10,
).map("".join)  # fmt: skip
TEXT = st.text(max_size=30) | PIECES


def _article(**claim: Any) -> str:
    return latex(read_record({"claims": [LEAST | claim]}))


def _balanced(source: str) -> None:
    depth, opened, dollars = 0, [], 0
    for token in re.finditer(r"\\(begin|end)\{([\w*]+)\}|\\.|[{}$%]", source, re.DOTALL):
        word = token.group()
        if token.group(1) == "begin":
            opened.append(token.group(2))
        elif token.group(1) == "end":
            assert opened.pop() == token.group(2)
        elif word in "{}":
            depth += 1 if word == "{" else -1
            assert depth >= 0
        elif word == "$":
            dollars += 1
        elif word == "%":
            pytest.fail("an unescaped comment sign")
    assert (depth, opened, dollars % 2) == (0, [], 0)


@given(TEXT, TEXT)
@example(r"\end{document}", r"\end{document}")
@example("$x", "x$")
@example("a^^Mb", "a^^Mb")
def test_any_text_gives_a_balanced_article_of_known_commands(text: str, tex: str) -> None:
    source = _article(
        statement={"text": text, "tex": tex}, hypotheses=[{"text": text, "tex": tex}], witness=text, reason=text,
        locator=text, steps=[{"prose": text, "tex": tex, "conditions": [{"tex": tex, "discharged_by": text}]}],
        mutants=[{"id": text, "kind": text, "witness": text, "rejected": True}],
        evidence=[{"name": text, "value": text}], axioms=[text], paper=text or "own",
    )  # fmt: skip
    _balanced(source)
    assert source.count(r"\end{document}") == 1
    assert not re.search(r"\\(?:input|def|write|include|catcode|csname)\b", source)
    assert "^^" not in source
    body = source[source.index(r"\begin{document}") :]
    assert not re.search(r"\n\s*\n", "".join(re.findall(r"\\begin\{gather\*\}.*?\\end\{gather\*\}", body, re.DOTALL)))


def test_formulas_are_set_and_unreadable_ones_are_quoted() -> None:
    source = _article(
        statement={"text": "So $a \\le b$.", "tex": r"x = \frac{1}{2} \qquad y > 0"}, witness=r"$\mystery{1}$"
    )
    assert r"So $a \le b$." in source
    assert "\\begin{gather*}\nx = \\frac{1}{2} \\\\\ny > 0\n\\end{gather*}" in source
    assert r"\texttt{\textbackslash{}mystery\{1\}}" in source


def test_characters() -> None:
    assert (
        r"\ensuremath{\lambda} \ensuremath{\le} 1, 10\ensuremath{^{-}}\ensuremath{^{1}}, Kögler, [U+65E5]"
        in _article(reason="λ ≤ 1, 10⁻¹, Kögler, 日")
    )


@pytest.mark.skipif(
    shutil.which("pdflatex") is None, reason="no pdflatex here: balance is tested above, compiling is not"
)
def test_the_article_compiles(report: Path, tmp_path: Path) -> None:
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "-draftmode"]
    ending = subprocess.run(
        [*command, str(report / "report.tex")], cwd=tmp_path, capture_output=True, timeout=120, check=False
    )
    assert ending.returncode == 0, ending.stdout.decode("utf-8", "replace")[-3000:]


def _columns(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line))


def test_markdown_tables_keep_their_columns_whatever_is_in_them(check_json: dict[str, Any]) -> None:
    for claim in check_json["claims"]:
        claim["locator"] += " a|b `c|d` $|x|$ \n new line"
    record = read_record(check_json)
    for source in (markdown(record), summary(record)):
        tables = re.findall(r"(?:^\|.*\n)+", source, re.MULTILINE)
        assert tables
        for table in tables:
            assert len({_columns(line) for line in table.splitlines()}) == 1, table
        assert "<script" not in re.sub(r"`[^`\n]*`", "", source)  # code spans show it as it is


def test_the_summary_names_what_matters(report: Path) -> None:
    source = (report / "SUMMARY.md").read_text(encoding="utf-8")
    assert "15 claims, 14 run, 1 with another verdict than expected." in source
    assert "- `ae.water-filling`: expected proved, obtained undecided" in source
    assert "Not run, neither pass nor fail: `ae.slow`." in source
    assert "| proved | 9 |" in source
    assert "Bredies, Pikkarainen 2013" in source


def test_the_markdown_has_every_claim_and_step(report: Path, tmp_path: Path) -> None:
    source = (report / "report.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^### `", source, re.MULTILINE)) == 15
    assert r"$$(a-b)(a+b) = a^2 - b^2$$" in source
    assert "1. **Expand the product** (= identity)" in source
    assert write_report({"claims": []}, tmp_path / "empty").is_file()
