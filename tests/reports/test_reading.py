"""Reading a record: every malformed value is named with its place and what is allowed there."""

import contextlib
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.reports.reading import read_record
from lemmata.reports.record import VERDICTS, ReportError

LEAST = {"id": "a", "verdict": "proved", "expected": "proved"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (None, "the record is NoneType 'None'; allowed is an object"),
        ([], "the record is list"),
        ({}, "the record has no key 'claims'"),
        ({"claims": {}}, r"the record\.claims is \{\}; allowed is a list"),
        ({"claims": [3]}, r"claims\[0\] is int '3'; allowed is an object"),
        ({"claims": [{}]}, r"claims\[0\]\.id is missing; allowed is a non-empty string"),
        ({"claims": [LEAST | {"id": 3}]}, r"claims\[0\]\.id is 3; allowed"),
        ({"claims": [LEAST | {"verdict": "maybe"}]}, r"verdict is 'maybe'; allowed are proved, enclosed"),
        ({"claims": [{"id": "a", "verdict": "proved"}]}, r"expected is missing"),
        ({"claims": [LEAST, LEAST]}, "claim id 'a' repeats 'a'"),
        ({"claims": [LEAST, LEAST | {"id": "A"}]}, "claim id 'A' repeats 'a'"),
        ({"claims": [LEAST | {"steps": "x"}]}, r"steps is 'x'; allowed is a list"),
        ({"claims": [LEAST | {"steps": [1]}]}, r"steps\[0\] is int"),
        ({"claims": [LEAST | {"fully_proved": "yes"}]}, r"fully_proved is 'yes'; allowed are true, false and null"),
        ({"claims": [LEAST | {"mutants": [{"rejected": 1}]}]}, r"mutants\[0\]\.rejected is 1; allowed"),
        ({"claims": [LEAST | {"evidence": [{"enclosure": [1]}]}]}, r"enclosure is \[1\]; allowed is a pair"),
        ({"claims": [LEAST | {"evidence": [{"value": math.nan}]}]}, r"value is nan; numbers must be finite"),
        ({"claims": [LEAST | {"seconds": math.inf}]}, r"seconds is inf"),
        ({"claims": [LEAST | {"witness": {1: 2}}]}, "has the key 1; keys must be strings"),
        ({"claims": [LEAST | {"witness": {3, 4}}]}, "witness is a set; allowed are JSON values"),
        ({"claims": [LEAST], "figures": {"rate": 3}}, r"figures\.rate is int"),
        ({"claims": [LEAST], "axiom_details": []}, None),
        ({"claims": [LEAST], "axiom_details": [1]}, r"axiom_details is list"),
    ],
)
def test_malformed_records(record: Any, message: str | None) -> None:
    if message is None:
        assert read_record(record).claims
        return
    with pytest.raises(ReportError, match=message):
        read_record(record)
    assert issubclass(ReportError, ValueError)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../etc", "a/b", "a\\b", "a..b", ".hidden", "a ", "a\n", "a.", "ä", "-a", "a" * 121, "a\0b", "c:"],
)
def test_ids_that_are_no_file_names(name: str) -> None:
    with pytest.raises(ReportError, match=r"claims\[0\]\.id is"):
        read_record({"claims": [LEAST | {"id": name}]})


@given(st.dictionaries(st.sampled_from(["claims", "summary", "figures", "axiom_details", "title"]), JSON))
def test_any_json_is_read_or_refused(record: Any) -> None:
    with contextlib.suppress(ReportError):  # and no other error
        read_record(record)


@given(
    st.dictionaries(
        st.sampled_from(
            ["paper", "statement", "hypotheses", "steps", "mutants", "evidence", "witness", "uses", "axioms", "reason",
             "corrects", "corrected_by", "oracles", "locator", "relation", "title", "kind", "fully_proved"]
        ),
        JSON,
    )
)  # fmt: skip
def test_any_claim_is_read_or_refused(more: dict[str, Any]) -> None:
    with contextlib.suppress(ReportError):  # and no other error
        record = read_record({"claims": [LEAST | more, {"id": "b", "verdict": "refuted", "expected": "proved"}]})
        assert sorted(c.id for c in record.claims) == ["a", "b"]


def test_an_erratum_is_recognised_by_its_keys_or_its_ids() -> None:
    def pairs(*claims: dict[str, Any]) -> list[tuple[str, str]]:
        rows = [LEAST | c for c in claims]
        return [(p.printed.id, p.corrected.id) for p in read_record({"claims": rows}).pairs]

    assert pairs({"id": "x"}, {"id": "y", "corrects": "x"}) == [("x", "y")]
    assert pairs({"id": "y"}, {"id": "x", "corrected_by": ["y"]}) == [("x", "y")]
    twins = (
        {"id": "x", "relation": "as-printed", "counterpart": "y"},
        {"id": "y", "relation": "corrected", "counterpart": "x"},
    )
    assert pairs(*twins) == pairs(*twins[::-1]) == [("x", "y")]
    assert pairs({"id": "e.printed"}, {"id": "e.corrected"}) == [("e.printed", "e.corrected")]
    assert pairs({"id": "e.printed", "corrected_by": "z"}, {"id": "e.corrected"}, {"id": "z"}) == [("e.printed", "z")]
    assert pairs({"id": "x", "corrected_by": "missing"}) == []
    assert pairs({"id": "x", "corrected_by": "x"}) == []


def test_witnesses_are_read_in_the_language_of_the_kernel() -> None:
    def read(witness: Any) -> tuple[str, str]:
        found = read_record({"claims": [LEAST | {"witness": witness}]}).claims[0].witness
        return found.text, found.tex

    assert read({"values": {"lam": "1", "b(i,k)": "-1/2"}, "evaluates_to": "1/5 == 2/5"}) == (
        r"At $\lambda = 1$, $b_{i k} = \frac{-1}{2}$ it says", r"\frac{1}{5} = \frac{2}{5}",
    )  # fmt: skip
    assert read({"values": {"risk at n = 3": "0.1"}, "evaluates_to": "no formula at all"}) == (
        "At risk at n = 3 = 0.1 it says: no formula at all", "",
    )  # fmt: skip
    assert read("plain") == ("plain", "")
    assert read({"text": "at", "tex": "x"}) == ("at", "x")
    assert read({"x": "1", "y": [1, 2]}) == ("$x = 1$, y = 1, 2", "")


@given(st.permutations(["a", "b.printed", "c", "b.corrected", "d"]))
def test_a_correction_follows_its_printed_version_and_no_row_is_lost(names: list[str]) -> None:
    order = [c.id for c in read_record({"claims": [LEAST | {"id": n} for n in names]}).claims]
    assert order.index("b.corrected") == order.index("b.printed") + 1
    assert [n for n in order if n != "b.corrected"] == [n for n in names if n != "b.corrected"]


@given(st.lists(st.tuples(st.sampled_from(VERDICTS), st.sampled_from(VERDICTS)), max_size=12))
def test_counts_and_differences_come_from_the_rows(verdicts: list[tuple[str, str]]) -> None:
    rows = [{"id": f"c{i}", "verdict": v, "expected": e} for i, (v, e) in enumerate(verdicts)]
    record = read_record({"claims": rows, "summary": {"by_verdict": {"proved": len(rows) + 1}}})
    assert sum(record.counts.values()) == len(rows)
    assert {c.id for c in record.differing} == {r["id"] for r in rows if r["verdict"] not in (r["expected"], "not run")}
    assert any("proved" in said for said in record.disagreements)


@pytest.mark.parametrize(
    ("pair", "gap"),
    [
        (["0.1", "0.3"], "0.2"), (["-1", "1"], "2"), (["1/3", "1/3"], "0"), (["1e-30", "3e-30"], "2e-30"),
        (["0", "1e5"], "1e5"), (["2", "1"], ""), (["x", "1"], ""),
        (["0.1", "0.1000000000000000055511151231257827"], "5.6e-18"),
    ],
)  # fmt: skip
def test_the_width_of_an_enclosure(pair: list[str], gap: str) -> None:
    record = read_record({"claims": [LEAST | {"evidence": [{"name": "q", "enclosure": pair}]}]})
    assert record.claims[0].evidence[0].gap == gap


@given(st.fractions(), st.fractions())
def test_the_width_is_never_understated(one: Any, other: Any) -> None:
    lower, upper = sorted([one, other])
    record = read_record({"claims": [LEAST | {"evidence": [{"enclosure": [str(lower), str(upper)]}]}]})
    width = upper - lower
    shown = type(one)(record.claims[0].evidence[0].gap)
    assert width <= shown <= width * type(one)(111, 100)


def test_characters_that_no_page_can_hold_are_marked() -> None:
    record = read_record(
        {"claims": [LEAST | {"reason": "a\x00b\ud800c\x1b", "evidence": [{"enclosure": "[1 +/- 0.1]"}]}]}
    )
    assert record.claims[0].reason == "a\ufffdb\ufffdc\ufffd"
    assert record.claims[0].evidence[0].value == "[1 +/- 0.1]"
