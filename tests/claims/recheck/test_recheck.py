"""The second opinion: what it agrees with is true, what is false it says so, and it can be told apart from silence."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from lemmata.analysis.kernel.parsing import Signature
from lemmata.analysis.kernel.terms import num
from lemmata.analysis.proof import Proof, Statement, step
from lemmata.claims import Claim, Mutant, Text
from lemmata.claims.recheck import coq
from lemmata.claims.recheck.answers import AGREES, DISAGREES, OPEN, tally
from lemmata.claims.recheck.balls import holds
from lemmata.claims.recheck.obligations import Obligation, obligations
from lemmata.claims.recheck.opinion import Opinion, Rechecker, judge, scripts
from lemmata.claims.recheck.shapes import shape, spread
from lemmata.claims.recheck.smtlib import entailment
from lemmata.claims.recheck.solver import Solver
from lemmata.claims.register import register
from lemmata.reports.commands.main import main
from lemmata.reports.markdown import markdown
from lemmata.reports.reading import read_record


def read(text: str, declare: str = "i,k:Z n:N"):
    kinds = {}
    for item in declare.split():
        names, _, kind = item.partition(":")
        kinds.update(dict.fromkeys(names.split(","), kind))
    return Signature(kinds, {}).parse(text)


@pytest.fixture(scope="module")
def solver():
    pytest.importorskip("cvc5")
    solver = Solver()
    yield solver
    solver.close()


def obligation(goal: str, *facts: str, rule: str = "arithmetic") -> Obligation:
    return Obligation("s", rule, tuple(read(f) for f in facts), read(goal))


@pytest.mark.parametrize(
    ("goal", "facts"),
    [
        ("2*a*b <= a**2 + b**2", ()),
        ("x/x == 1", ("x != 0",)),
        ("sqrt(x)*sqrt(x) == x", ("0 <= x",)),
        ("abs(x) == max(x, -x)", ()),
        ("1/x == 0", ("x == 0",)),
        ("x*Sum(k, 1, n, a(k)) == Sum(k, 1, n, x*a(k))", ()),
        ("Sum(i, 1, n, a(i) + 2) == Sum(k, 1, n, a(k)) + 2*n", ()),
        ("f(x + y) == f(y + x)", ()),
        ("0 < t", ("Imp(All(x, p(x) == 0), 0 < t)", "All(y, p(y) == 0)")),
    ],
)
def test_what_follows_is_agreed_with(solver, goal, facts):
    assert judge("t", obligation(goal, *facts), solver).answer == AGREES


@pytest.mark.parametrize(
    ("goal", "facts"),
    [
        ("2*a*b <= a**2 + b**2 - 1", ()),
        ("x/x == 1", ()),
        ("sqrt(x)*sqrt(x) == x", ()),
        ("sqrt(x**2) == x", ()),
        ("max(x, y) < x + 1", ("x <= y",)),
    ],
)
def test_what_does_not_follow_is_disagreed_with(solver, goal, facts):
    assert judge("t", obligation(goal, *facts), solver).answer == DISAGREES


@pytest.mark.parametrize("goal", ["0 <= f(x)", "Sum(k, 1, n, a(k)) == 0", "exp(x) <= 1 + x", "0 < 1/2 - n"])
def test_what_the_text_leaves_unknown_is_neither(solver, goal):
    assert judge("t", obligation(goal), solver).answer == OPEN


def test_the_steps_of_claims_are_agreed_with_and_their_mutants_are_not(solver):
    claims = register()
    for name in ("mf.cluster-width", "mf.eq-6.4.corrected"):
        opinions = [judge(name, o, solver) for o in obligations(claims[name].proof(), claims)]
        asked = [o for o in opinions if o.rule in ("arithmetic", "sign", "certificate", "apply")]
        assert asked
        assert not [o for o in opinions if o.answer == DISAGREES]
        assert sum(o.answer == AGREES for o in asked) > 0.9 * len(asked)
    found = obligations(claims["mf.cluster-width"].proof(), claims)
    wrong = next(o for o in found if o.step == "c")
    halved = replace(wrong, goal=read("-1/18 <= c and c <= 1/18"))
    assert judge("t", halved, solver).answer == DISAGREES


def forged(goal: str) -> Claim:
    proof = Proof(Statement(goal, {}), [step("only", "arithmetic", goal)])
    return Claim(
        id="t.forged", title="t", paper="t", relation="as-claimed", locator="t", kind="inequality", expected="proved",
        statement=Text("t"), proof=lambda: proof, mutants=(Mutant("m", "constant", {}),),
    )  # fmt: skip


def test_a_false_step_is_caught_whatever_the_kernel_says():
    pytest.importorskip("cvc5")
    rechecker = Rechecker()
    try:
        (opinion,) = rechecker.opinions(forged("a*b <= a**2 + b**2 - 1"), {})
    finally:
        rechecker.close()
    assert (opinion.answer, opinion.program) == (DISAGREES, "cvc5")
    row = {"kind": "arithmetic", "second_opinion": {"answer": opinion.answer, "program": "cvc5", "reason": ""}}
    assert tally([{"steps": [row, {"kind": "sign", "second_opinion": None}]}])["disagrees"] == 1


def test_a_certificate_rests_on_its_difference_and_on_its_signs():
    steps = [step("s", "certificate", "2*a*b <= a**2 + b**2", terms=[["sq:a - b"]])]
    (found,) = obligations(Proof(Statement("2*a*b <= a**2 + b**2", {}), steps), {})
    names = [name for name, _ in scripts("t", found)]
    assert names[:2] == ["goal", "balance"]
    assert any(name.startswith("sign") for name in names)


def test_shapes_tell_equal_terms_apart_from_different_ones():
    assert shape(read("Sum(i, 1, n, a(i)*(x + 1))")) == shape(read("Sum(k, 1, n, (1 + x)*a(k))"))
    assert shape(read("f(x/(y*2))")) == shape(read("f(1/2*x/y)"))
    for a, b in (("f(x)", "f(y)"), ("x/x", "1"), ("sqrt(x**2)", "x"), ("E[z](z(1))", "E[z](z(2))")):
        assert shape(read(a)) != shape(read(b))
    assert spread(read("Int(x, 0, 1, x + y)"))[0] == "int"  # of an integral that may not converge nothing is split off


def test_a_text_is_whole_and_the_same_every_time():
    o = obligation("x*x >= 0", "y == 2*x")
    text = entailment(o.facts, o.goal).text
    assert text == entailment(o.facts, o.goal).text
    assert text.startswith("(set-logic QF_NRA)")
    assert text.endswith("(check-sat)\n")


def test_intervals_decide_what_they_enclose_and_nothing_else():
    assert holds(read("1/3 < sqrt(2) - 1")) is True
    assert holds(read("exp(1) < 2718/1000")) is False
    assert holds(read("sqrt(2)**2 == 2")) is None
    assert holds(("lt", num(Fraction(0)), read("E[z](z(1)**2)"))) is None


def test_coq_takes_what_is_true_and_nothing_else():
    if not coq.present():
        pytest.skip("Coq is not installed")
    lemmas = {
        "square": coq.vanishing(read("(a + b)**2 - a**2 - 2*a*b - b**2")),
        "wrong": coq.vanishing(read("(a + b)**2 - a**2 - a*b - b**2")),
        "quotient": coq.vanishing(read("x/(x + 1) + 1/(x + 1) - 1")),
        "sum": coq.vanishing(read("Sum(k, 1, n, 2*a(k)) - 2*Sum(i, 1, n, a(i))")),
        "cancelled": coq.vanishing(read("x/x - 2")),
    }
    assert coq.replay({k: v for k, v in lemmas.items() if v is not None}) == {"square", "quotient", "sum"}
    if "interval" in coq.present():
        numbers = {"pi": coq.comparison(read("3 < pi")), "false": coq.comparison(read("pi < 3"))}
        assert coq.replay({k: v for k, v in numbers.items() if v is not None}) == {"pi"}
    assert coq.comparison(read("0 < E[z](z(1)**2)")) is None


def test_the_command_reports_and_exports(tmp_path, capsys):
    pytest.importorskip("cvc5")
    record, folder = tmp_path / "record.json", tmp_path / "texts"
    names = ["mf.eq-6.4.corrected", "--recheck", "--export", str(folder), "--json", str(record), "--jobs", "1"]
    assert main(["check", *names]) == 0
    assert "second opinion on" in capsys.readouterr().out
    counts = json.loads(record.read_text())["summary"]["second_opinion"]
    assert counts["disagrees"] == 0
    assert counts["agrees"] > 0
    texts = sorted((folder / "mf.eq-6.4.corrected").iterdir())
    assert texts
    assert all(t.suffix == ".smt2" for t in texts)
    report = markdown(read_record(json.loads(record.read_text())))
    assert "Other programs were asked" in report
    assert "Second opinion: cvc5 agrees" in report


def test_a_disagreement_ends_the_check_with_status_one(capsys, monkeypatch):
    pytest.importorskip("cvc5")
    first = str(register()["mf.eq-6.4.corrected"].proof().steps[0]["id"])
    said = [Opinion(first, "identity", DISAGREES, "cvc5", "")]
    monkeypatch.setattr(Rechecker, "opinions", lambda self, claim, claims: said)
    assert main(["check", "mf.eq-6.4.corrected", "--recheck", "--jobs", "1"]) == 1
    assert f"another program disagrees with the step {first}" in capsys.readouterr().out


def test_without_the_solver_one_line_says_so(monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["check", "mf.eq-6.4.corrected", "--recheck"]) == 2
    assert "lemmata[recheck]" in capsys.readouterr().err
