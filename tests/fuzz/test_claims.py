"""Claims of a user's own, out of any text: a verdict, or a refusal; what is false is never called proved."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lemmata.claims import state
from lemmata.claims.verdict import Library, decide_claim

from . import hostile
from .judge import answer, fuzzed, seen

_LEAVES = ("x", "y", "n", "0", "1", "-1", "1/2", "2", "pi", "a_1", "x_", "1.5", "1e3", "True", "i", "exp", "λ")
_OPERATORS = ("+", "-", "*", "/", "**", "//", "<", "<=", "==", "!=", " and ", " or ", ",")
_CALLS = ("exp", "log", "sqrt", "abs", "sin", "E", "Sum", "Int", "All", "Imp", "not ", "Max", "f", "lambda x: ")
_GOALS = (
    "2*a*b <= a**2 + b**2", "sqrt(x**2) == x", "x == x", "0 < 1", "1 < 0", "Sum(i, 1, n, i) == n*(n + 1)/2",
    "Int(x, 0, 1, x) == 1/2", "All(x, 0 <= x**2)", "Imp(0 < x, 0 < 2*x)", "x/x == 1", "1/0 == 1/0", "0**0 == 1",
    "exp(10**9) < 1", "2**(10**9) < 0", "Int(x, 0, 1, 1/x) < 1", "log(-1) == 0", "Sum(i, 1, 10**9, i) < 0",
)  # fmt: skip


def goals() -> st.SearchStrategy[str]:
    """Statements of the kernel's language, near misses of it, and text that is none."""

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        binary = st.tuples(inner, st.sampled_from(_OPERATORS), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})")
        return binary | st.tuples(st.sampled_from(_CALLS), inner).map(lambda t: f"{t[0]}({t[1]})")

    grammar = st.recursive(st.sampled_from(_LEAVES), grown, max_leaves=6)
    relations = st.tuples(grammar, st.sampled_from((" == ", " <= ", " < ", " != ")), grammar).map("".join)
    deep = st.sampled_from(("(" * 300 + "x" + ")" * 300 + " == x", "-" * 2000 + "x == x", "x+" * 3000 + "x == 0"))
    return st.sampled_from(_GOALS) | relations | hostile.ODD_TEXT | deep


def mappings() -> st.SearchStrategy[Any]:
    """Hypotheses, values and abbreviations by name."""
    names = st.sampled_from(("h", "x", "y", "f(u)", "", "a b", "λ", "1"))
    return st.dictionaries(names, goals() | st.sampled_from(_LEAVES), max_size=2)


def _is_false_at_small_numbers(goal: str) -> bool:
    """Whether plain arithmetic on a few numbers contradicts a statement that Python can read as well."""
    if any(word in goal for word in ("Sum", "Int", "All", "Imp", "E(", "10**9")):
        return False
    for x, y, n in ((0.5, -1.5, 2), (2.0, 3.0, 1), (-1.0, 0.25, 3)):
        names = {"x": x, "y": y, "n": n, "a": x, "b": y, "pi": 3.141592653589793, "sqrt": lambda v: v**0.5, "abs": abs}
        try:
            if eval(goal, {"__builtins__": {}}, names) is False:
                return True
        except Exception:
            return False
    return False


@fuzzed(5)
@given(
    goals(),
    st.just({}) | mappings(),
    st.just("") | hostile.ODD_TEXT | st.sampled_from(("n:N", "x:Z", "n:Q")),
    st.none() | mappings(),
)
def test_a_claim_of_any_text(goal: str, given_: dict[str, str], declare: str, false_at: dict[str, str] | None) -> None:
    claim = answer(lambda: state("notes.claim", goal, given=given_, declare=declare, false_at=false_at))
    if seen(claim):
        record = answer(lambda: decide_claim(claim, Library({claim.id: claim})))
        assert seen(record)
        assert record["verdict"] in ("proved", "enclosed", "refuted", "undecided")
        if record["verdict"] == "proved" and not given_:
            assert not _is_false_at_small_numbers(goal)


@fuzzed(8)
@given(
    st.dictionaries(
        st.sampled_from(("id", "paper", "title", "says", "locator", "expected")), hostile.scalars(), max_size=3
    )
)
def test_a_claim_with_odd_descriptions(options: dict[str, Any]) -> None:
    name = options.pop("id", "notes.claim")
    claim = answer(lambda: state(name, "x**2 - 1 == (x - 1)*(x + 1)", **options))
    if seen(claim):
        assert isinstance(claim.id, str)
