"""TeX to MathML: well-formed, safe, spaced as mathematics, and never silent about what it cannot read."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lemmata.reports.mathml import display, display_pair, inline, lines, math, readable

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=40)
TOKENS = st.lists(
    st.sampled_from(
        ["x", "y_1", "^2", "{", "}", r"\frac", "1", "2", "-", "+", "=", "<", "&", r"\\", "|", "'", "(", ")", r"\left(",
         r"\right)", r"\sqrt", r"\text{a<b}", r"\begin{matrix}", r"\end{matrix}", "%", "#", "$", r"\lambda", r"\sin",
         " ", r"\mathrm{d}", "_", "λ", "≤", r"\quad", r"\boxed", r"\href{javascript:a}{b}", r"\,", "!", "/",
         r"\sum", r"\limits"]
    ),
    max_size=14,
).map("".join)  # fmt: skip
CORE = frozenset(
    re.findall(
        r"\w+",
        "math mrow mi mn mo mtext mspace msqrt mroot mfrac msub msup msubsup munder mover munderover mtable mtr mtd "
        "mstyle mpadded mphantom",
    )
)


def _tree(formula: str) -> ET.Element:
    return ET.fromstring(formula)


@given(TEXT | TOKENS)
@example(r"\text{<script>}")
@example("a & b < c > d")
@example(r"\frac{1")
@example("a_b_c")
def test_any_tex_gives_well_formed_core_mathml_with_its_source(tex: str) -> None:
    formula = math(tex, True)
    if not formula:
        assert not tex.strip("$ \n") or not tex.strip()
        return
    tree = _tree(formula)
    assert {e.tag for e in tree.iter()} <= CORE
    assert not [k for e in tree.iter() for k in e.attrib if k in ("href", "style", "id") or k.startswith("on")]
    source = tree.get("alttext")
    assert source is not None
    assert source.strip() in tex or source in tex.strip()
    arity = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
    assert all(len(e) == arity[e.tag] for e in tree.iter() if e.tag in arity)


@given(TEXT | TOKENS)
def test_prose_keeps_its_words(text: str) -> None:
    class Words(HTMLParser):
        found = ""

        def handle_data(self, data: str) -> None:
            self.found += data

    words = Words(convert_charrefs=True)
    words.feed(inline(text.replace("$", "").replace("`", "")))
    words.close()
    assert words.found == text.replace("$", "").replace("`", "")


@given(TOKENS, TOKENS)
def test_marking_a_difference_loses_nothing(left: str, right: str) -> None:
    for side, tex in zip(display_pair(left, right), (left, right), strict=True):
        plain = re.sub(r'</?mrow(?: class="chg")?>', "", "".join(math(part, True) for part in lines(tex)))
        shown = re.sub(r'</?mrow(?: class="chg")?>', "", "".join(re.findall(r"<math.*?</math>", side)))
        if shown != plain:  # a marked formula is one element, an unmarked one may be several
            assert "".join(_tree(math(tex, True)).itertext()) == "".join(
                _tree(re.findall("<math.*</math>", side)[0]).itertext()
            )


@pytest.mark.parametrize(
    "tex", ["-x", "(-x)", "a=-b", r"\frac{-1}{2}", "2^{-r}", r"\exp(-\beta)", r"\left(-1\right)", "[-1,1]"]
)
def test_a_sign_without_left_operand_is_a_prefix(tex: str) -> None:
    signs = [e for e in _tree(math(tex)).iter("mo") if e.text == "−"]
    assert [(e.get("form"), e.get("lspace"), e.get("rspace")) for e in signs] == [("prefix", "0", "0")]


@pytest.mark.parametrize("tex", ["a-b", "(a)-b", "|a|-b", "a^2-b", "n!-1", "f'-g", r"\left(a\right)-b", r"\|x\|^2-1"])
def test_a_sign_between_operands_is_infix(tex: str) -> None:
    signs = [e for e in _tree(math(tex)).iter("mo") if e.text == "−"]
    assert [e.get("form") for e in signs] == [None]


def test_bars_hug_what_they_enclose_and_separate_where_single() -> None:
    bars = [e for e in _tree(math("|a|+|b|")).iter("mo") if e.text == "|"]
    assert [e.get("form") for e in bars] == ["prefix", "postfix", "prefix", "postfix"]
    assert all(e.get("lspace") == e.get("rspace") == "0" and e.get("stretchy") == "false" for e in bars)
    (bar,) = [e for e in _tree(math("E[x | y]")).iter("mo") if e.text == "|"]
    assert bar.get("lspace") == "0.28em"


def test_primes_slashes_functions_and_names() -> None:
    tree = _tree(math("f''(x)/2"))
    assert [e.text for e in tree.iter("mo")] == ["″", "(", ")", "/"]
    assert not list(tree.iter("msup"))
    slash = next(e for e in tree.iter("mo") if e.text == "/")
    assert (slash.get("lspace"), slash.get("rspace")) == ("0.06em", "0.06em")
    assert [e.text for e in _tree(math(r"\operatorname{Tr}(A)\sin x")).iter("mi")] == ["Tr", "A", "sin", "x"]
    assert len(list(_tree(math(r"\sin x")).iter("mspace"))) == 1
    assert not list(_tree(math(r"\sin(x)")).iter("mspace"))
    (d,) = [e for e in _tree(math(r"\mathrm{d}x")).iter("mi") if e.text == "d"]
    assert d.get("mathvariant") == "normal"
    assert [e.text for e in _tree(math(r"\mathrm{sign}")).iter("mi")] == ["sign"]


def test_limits_stand_above_and_below_in_displays_only() -> None:
    tex = r"\sum_{i=1}^n a_i"
    assert len(list(_tree(math(tex, True)).iter("munderover"))) == 1
    assert len(list(_tree(math(tex)).iter("munderover"))) == 0


@pytest.mark.parametrize("tex", [r"\mathbb E x", r"\mathbb{E}x", r"\mathbb   E x"])
def test_an_alphabet_takes_one_letter_without_braces(tex: str) -> None:
    assert [e.text for e in _tree(math(tex)).iter("mi")] == ["𝔼", "x"]


def test_unicode_relations_are_operators() -> None:
    assert [(e.tag, e.text) for e in _tree(math("λ ≤ 1"))[0]] == [("mi", "λ"), ("mo", "≤"), ("mn", "1")]


@pytest.mark.parametrize("tex", [r"\mystery{x}", r"\frac{1", "a_b_c", "x^"])
def test_unreadable_tex_is_shown_as_written(tex: str) -> None:
    assert not readable(tex)
    assert "".join(_tree(math(tex)).itertext()) == tex


def test_delimiters_are_no_part_of_a_formula() -> None:
    assert math("$x$") == math(r"\(x\)") == math(r"\[x\]") == math("x")
    assert math("") == math("  ") == display("") == ""


def test_displays_are_split_outside_brackets_only() -> None:
    assert lines(r"a \quad b \\ c") == ["a", "b", "c"]
    assert lines(r"\left\{ a \quad b \right\}") == [r"\left\{ a \quad b \right\}"]
    assert lines(r"\begin{cases} a \\ b \end{cases}") == [r"\begin{cases} a \\ b \end{cases}"]
    assert display(r"a \qquad b").count("<math") == 2


def test_long_displays_are_broken_before_connectives_and_relations_and_lose_nothing() -> None:
    a, b, c = (rf"\mathit{{side}}\left({n}, t_{{1}} + t_{{2}} = 0\right)^{{2}} = y_{{1}} + y_{{2}}" for n in (1, 2, 3))
    long = rf"{a} \;\Rightarrow\; {b} \;\wedge\; {c}"
    assert lines(long) == [a, rf"\;\Rightarrow\; {b}", rf"\;\wedge\; {c}"]
    sums = " + ".join(f"x_{{{i}}}" for i in range(30))
    assert lines(rf"\left|{sums}\right| \le {sums} < 1") == [rf"\left|{sums}\right|", rf"\le {sums}", "< 1"]
    assert lines(rf"f({sums} = {sums})") == [rf"f({sums} = {sums})"]
    assert lines(r"x \leftarrow y \quad z") == [r"x \leftarrow y", "z"]


@given(TOKENS.filter(lambda tex: "$" not in tex))
def test_breaking_keeps_everything_but_the_breaks(tex: str) -> None:
    def without_breaks(text: str) -> str:
        return re.sub(r"\\qquad(?![A-Za-z])|\\quad(?![A-Za-z])|\\\\|\s", "", text)

    assert without_breaks(" ".join(lines(tex * 3))) == without_breaks(tex * 3)


def test_brackets_grow_only_where_something_is_tall() -> None:
    low = [e.attrib for e in _tree(math(r"\left(t_1^2\right)")).iter("mo")]
    assert low == [{"stretchy": "false"}, {"stretchy": "false"}]
    tall = [e.attrib for e in _tree(math(r"\left(\frac{a}{b}\right)")).iter("mo")]
    assert [a["stretchy"] for a in tall] == ["true", "true"]


def test_only_the_changed_term_is_marked() -> None:
    left, right = display_pair(
        r"F = \frac{\lambda}{2} M = \frac{\lambda}{5}", r"F = \frac{\lambda}{2} M = \frac{2\lambda}{5}"
    )
    mark = re.compile(r'<mrow class="chg">(.*?)</mrow>(?=</mrow></math>)')
    assert mark.findall(left) == ["<mfrac><mi>λ</mi><mn>5</mn></mfrac>"]
    assert mark.findall(right) == ["<mfrac><mrow><mn>2</mn><mi>λ</mi></mrow><mn>5</mn></mfrac>"]
    assert "chg" not in "".join(display_pair("x + y", r"\sum_i a_i b_i"))
    assert "chg" not in "".join(display_pair("x + y", "x + y"))


def test_symbols_are_operators_and_infinity_is_not() -> None:
    kinds = [(e.tag, e.text) for e in _tree(math(r"x \sim y \pm \infty - 1 \setminus \partial z"))[0]]
    assert kinds == [
        ("mi", "x"), ("mo", "∼"), ("mi", "y"), ("mo", "±"), ("mi", "∞"), ("mo", "−"), ("mn", "1"), ("mo", "⧵"),
        ("mi", "∂"), ("mi", "z"),
    ]  # fmt: skip


def test_a_full_stop_stays_with_its_formula() -> None:
    assert inline("at $x$, and $y$ is") == f'at <span class="nb">{math("x")},</span> and {math("y")} is'


def test_dollars_and_backquotes() -> None:
    assert inline(r"costs \$5 & $x$ in `a<b`") == f"costs $5 &amp; {math('x')} in <code>a&lt;b</code>"
    assert inline("one $ alone") == "one $ alone"
