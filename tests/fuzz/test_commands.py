"""The command line and the files it reads under hostile input: an answer, or one line and exit status 2."""

import json
import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from . import hostile
from .command import Ending, lemmata
from .judge import fuzzed

TABLE = b"x,y,weight\n-1,1,1\n0,0.5,2\n0,1e-3,0\n2,-1.25,1\n"
COVARIANCE = b"# a matrix\n2, 0.5, 0\n0.5, 1, 1e-3\n0, 1e-3, 1e2\n"
SPEC = b"""task = "relu"
[axes]
data = "noise:3"
lam = {from = 0.1, to = 1, steps = 2, scale = "log"}
[diagram]
x = "lam"
y = "beta"
value = "knots"
"""
CLAIMS = b'from lemmata.claims import state\nCLAIMS = (state("notes.amgm", "2*a*b <= a**2 + b**2"),)\n'
RECORD = json.dumps(
    {
        "claims": [
            {
                "id": "a", "verdict": "proved", "expected": "proved", "paper": "jmlr", "axioms": ["T"], "uses": ["b"],
                "statement": {"text": "A $x$.", "tex": "x^2"}, "hypotheses": [{"text": "H", "tex": "0 < x"}],
                "steps": [{"id": "s", "kind": "identity", "tex": "x = x", "uses": [], "result": "proved"}],
                "mutants": [{"id": "m", "kind": "sign", "witness": {"x": "1"}, "failed_step": "s", "rejected": True}],
                "evidence": [{"name": "e", "value": 1.5, "enclosure": ["1", "2"], "tolerance": 0.5, "reason": "r"}],
                "seconds": 0.5,
            },
            {"id": "b", "verdict": "refuted", "expected": "refuted", "witness": {"values": {"x": "1"}}},
        ],
        "summary": {"by_verdict": {"proved": 1, "refuted": 1}, "unexpected": [], "not_run": [], "seed": 1},
        "figures": {},
    }
).encode()  # fmt: skip
WORDS = st.sampled_from(("0.1", "1", "inf", "1e-3", "1e400", "0x1", "1_0", "１", "-1", ""))
NUMBERS = hostile.numbers().map(repr) | WORDS | hostile.ODD_TEXT
CELLS = st.sampled_from(
    (
        b"1e999", b"-1e999", b"1e-999", b"-1", b"0", b"nan", b"inf", b"1e308", b"1e-320", b"9" * 5000, b"\xd9\xa1",
        b"1e99999999999", b"[]", b"{}", b"null", b'"1"',
    )
) | NUMBERS.map(lambda text: text.encode("utf-8", "surrogatepass"))  # fmt: skip


def strict(text: str) -> Any:
    """The JSON of an answer, which holds no NaN and no Infinity."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


@st.composite
def numbered(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with one of its ones replaced by another number, however far from it, or by what is none."""
    parts = whole.split(b"1")
    at = draw(st.integers(1, max(1, len(parts) - 1)))
    return b"1".join(parts[:at]) + draw(CELLS) + b"1".join(parts[at:])


def files(whole: bytes) -> st.SearchStrategy[bytes]:
    """A good file, a damaged one, one with an odd number, or no such file at all."""
    return st.just(whole) | hostile.damaged(whole) | numbered(whole) | hostile.junk()


@fuzzed(8)
@given(
    files(TABLE),
    NUMBERS,
    st.just("inf") | NUMBERS,
    st.lists(
        st.sampled_from(
            (["--certify"], ["--selection", "vertex"], ["--certify", "--digits", "3"], ["--plot", "p.svg"])
        ),
        max_size=1,
    ),
)
def test_knots(table: bytes, lam: str, beta: str, more: list[list[str]]) -> None:
    options = [word for words in more for word in words]
    ending = lemmata(
        "knots", "data.csv", "--lam", lam, "--beta", beta, "--json", "fit.json", *options, files={"data.csv": table}
    )
    if ending.status in (0, 3):
        fit = strict(ending.written["fit.json"].decode())
        assert fit["gap"] >= 0
        assert math.isfinite(fit["objective"])
        assert fit["certified"] is (ending.status == 0 if "--certify" in options else None)


@fuzzed(4)
@given(files(TABLE))
def test_knots_of_a_table_at_a_good_penalty(table: bytes) -> None:
    lemmata("knots", "-", "--lam", "0.1", "--json", "-", stdin=table)


@fuzzed(10)
@given(
    hostile.odd_activations() | hostile.expressions(), st.sampled_from(("--rate", "--n", "--d", "--covariance")),
    NUMBERS | st.integers(-2, 9).map(str), st.none() | files(COVARIANCE),
)  # fmt: skip
def test_bound(name: str, option: str, value: str, covariance: bytes | None) -> None:
    sizes = {"--rate": [], "--n": ["--d", "3"], "--d": ["--n", "2"], "--covariance": ["--rate", "1"]}[option]
    arguments = ["bound", f"--activation={name}", f"{option}={value}", *sizes, "--json", "-"]
    held = {} if covariance is None else {"c.csv": covariance}
    if covariance is not None and option != "--covariance":
        arguments += ["--covariance", "c.csv"]
    _bounded(lemmata(*arguments, files=held))


@fuzzed(8)
@given(files(COVARIANCE))
def test_bound_with_a_covariance(covariance: bytes) -> None:
    _bounded(
        lemmata("bound", "--activation=sign", "--n=2", "--covariance=c.csv", "--json=-", files={"c.csv": covariance})
    )


def _bounded(ending: Ending) -> None:
    if ending.status == 0:
        found = strict(ending.out)
        low, high = map(float, found["bound_enclosure"])
        assert low <= high
        assert low <= found["bound"] + 1e-9 * abs(low)
        assert found["bound"] <= high + 1e-9 * abs(high)
        assert found["alpha"] >= 0


@fuzzed(3)
@given(files(RECORD))
def test_report(record: bytes) -> None:
    ending = lemmata("report", "--from", "check.json", "--out", "site", files={"check.json": record})
    if ending.status != 2:
        assert "site/index.html" in ending.written
        assert all(name.startswith("site/") for name in ending.written)


@fuzzed(2)
@given(files(CLAIMS).filter(lambda content: b"import" in content or len(content) < 40))
def test_check_of_claims_in_a_file(claims: bytes) -> None:
    ending = lemmata(
        "check", "notes.amgm", "--jobs", "1", "--claims", "notes.py", "--json", "-", files={"notes.py": claims}
    )
    if ending.status != 2:
        strict(ending.out)


@fuzzed(6)
@given(files(SPEC))
def test_sweep(spec: bytes) -> None:
    lemmata("sweep", "s.toml", "--jobs", "1", "--out", "s.parquet", files={"s.toml": spec})


@fuzzed(12)
@given(
    st.sampled_from(("check", "list", "show", "report", "knots", "bound", "sweep", "bench", "new-claim", "doctor", "")),
    st.lists(hostile.ODD_TEXT | st.sampled_from(("--json", "--jobs", "-", "--out", "(4.9)")), min_size=1, max_size=3),
)  # fmt: skip
def test_any_words(command: str, words: list[str]) -> None:
    # A check or report of everything, the benchmark and the doctor take long and are no refusals.
    harmless = [word for word in words if "\x00" not in word]
    if command in ("check", "report", "bench", "doctor"):
        harmless = ["--frobnicate", *harmless]
    lemmata(*([command] if command else []), *harmless)
