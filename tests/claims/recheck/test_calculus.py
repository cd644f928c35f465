"""Steps of calculus: what is right is agreed with where Coq has its library, and nothing that is wrong."""

import pytest

from lemmata.analysis.kernel.parsing import Signature
from lemmata.analysis.proof import step
from lemmata.claims.recheck import coq, coquelicot
from lemmata.claims.recheck.answers import AGREES
from lemmata.claims.recheck.opinion import texts
from lemmata.claims.recheck.slopes import Slope, slope
from lemmata.claims.recheck.steps import Unread
from lemmata.claims.register import register

from .second import Case, last_opinion

X = ("var", "x", "R")
_GAUSS = "-exp(-c*x**2/2)/c"
_SLOPE = step("slope", "derivative", f"HasDeriv(x, {_GAUSS}, x*exp(-c*x**2/2))", "c")
_DECAY = step("decay", "limit", f"Lim(x, {_GAUSS}, 0)", "c")
_C = {"c": "0 < c"}
_ORDER = {"order": "1 <= b"}

CASES = [
    Case(
        "derivative", _C, [_SLOPE],
        ("x*exp", "2*x*exp"), ("-exp", "exp"), ("drop c", ""), ("c*x**2/2", "c*x/2"),
    ),
    Case(
        "derivative of roots and logarithms", {"x": "0 < x"},
        [step("slope", "derivative", "HasDeriv(x, log(x) + sqrt(x) + atan(x) + erf(x), "
              "1/x + 1/(2*sqrt(x)) + 1/(1 + x**2) + 2*exp(-x**2)/sqrt(pi))", "x")],
        ("1/x", "1/x**2"), ("(2*sqrt(x))", "sqrt(x)"), ("drop x", ""), ("1 + x**2", "1 - x**2"), ("2*exp", "exp"),
    ),
    Case(
        "derivative of what is known", {"f": "All(t, HasDeriv(t, f(t), g(t)))", "h": "HasDeriv(x, h(x), 3)"},
        [step("slope", "derivative", "HasDeriv(x, f(x)*h(x), g(x)*h(x) + 3*f(x))", "f", "h")],
        ("+ 3", "+ 2"), ("drop f", ""), ("drop h", ""), ("g(x)*h(x)", "g(x)"),
    ),
    Case(
        "derivative with an equation put into it", {"a": "abs(x) == x"},
        [step("slope", "derivative", "HasDeriv(x, x**3/3, abs(x)**2)", "a")],
        ("abs(x)**2", "abs(x)"),
    ),
    Case(
        "continuity", {"d": "All(x, 0 < Sum(i, 1, n, c(i)*relu(x)))", "g": "Cont(x, a, b, g(x))"},
        [step("at", "apply", "0 < Sum(i, 1, n, c(i)*relu(x))", "d", at={"x": "x"}),
         step("ok", "continuous", "Cont(x, a, b, g(x)*exp(x)/Sum(i, 1, n, c(i)*relu(x)) + abs(sin(x)))", "g", "at")],
        ("drop g", ""), ("drop at", ""), ("Cont(x, a, b", "Cont(x, a, c"), ("g(x)", "h(x)"), ("c(i)*relu", "relu"),
    ),
    Case(
        "continuity of a logarithm", {}, [step("in", "assume", "1 <= x"), step("pos", "arithmetic", "0 < x", "in"),
        step("ok", "continuous", "Cont(x, 1, b, log(x))", "pos")],
        ("Cont(x, 1", "Cont(x, 0"), ("drop pos", ""), ("log(x)", "log(x - 1)"),
    ),
    Case(
        "limit", _C, [step("ok", "limit", "Lim(x, (x**2 + x)*exp(-c*x**2/2) + 3/x + atan(c*x) + b, pi/2 + b)", "c")],
        ("pi/2", "pi"), ("drop c", ""), ("exp(-c", "exp(c"), ("3/x", "3*x"), ("+ b, ", "+ 2*b, "),
    ),
    Case(
        "fundamental theorem on the half-line", _C,
        [_SLOPE, _DECAY, step("in", "assume", "0 <= x"), step("e", "sign", "0 <= exp(-c*x**2/2)"),
         step("sign", "arithmetic", "0 <= x*exp(-c*x**2/2)", "in", "e"),
         step("ok", "fundamental-theorem", "Int(x, 0, oo, x*exp(-c*x**2/2)) == 1/c", "slope", "decay", "sign", "c",
              F=_GAUSS)],
        ("== 1/c", "== 1/c**2"), ("== 1/c", "== -1/c"), ("Int(x, 0", "Int(x, -1"), ("drop sign", ""),
        ("drop decay", ""), ("-exp", "exp"), ("x*exp", "exp"),
    ),
    Case(
        "fundamental theorem on an interval", _ORDER,
        [step("in", "assume", "1 <= x"), step("pos", "arithmetic", "0 < x", "in"),
         step("slope", "derivative", "HasDeriv(x, log(x), 1/x)", "pos"),
         step("F", "continuous", "Cont(x, 1, b, log(x))", "pos"), step("f", "continuous", "Cont(x, 1, b, 1/x)", "pos"),
         step("ok", "fundamental-theorem", "Int(x, 1, b, 1/x) == log(b)", "slope", "F", "f", "order", F="log(x)")],
        ("== log(b)", "== log(b) + 1"), ("== log(b)", "== -log(b)"), ("drop F", ""), ("drop f", ""), ("drop order", ""),
        ("Int(x, 1", "Int(x, 1/2"), ("log(x)", "log(2*x)"),
    ),
    Case(
        "convergence by the fundamental theorem", _C,
        [_SLOPE, _DECAY, step("in", "assume", "0 <= x"), step("e", "sign", "0 <= exp(-c*x**2/2)"),
         step("sign", "arithmetic", "0 <= x*exp(-c*x**2/2)", "in", "e"),
         step("ok", "fundamental-theorem", "Integrable(x, 0, oo, x*exp(-c*x**2/2))", "slope", "decay", "sign",
              F=_GAUSS)],
        ("Integrable(x, 0", "Integrable(x, -1"), ("drop sign", ""), ("drop decay", ""), ("x*exp", "exp"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_right_step_of_calculus_is_agreed_with_and_no_wrong_one(rechecker, case):
    if "calculus" not in coq.present() and any(s["rule"] in ("derivative", "continuous") for s in case.steps):
        pytest.skip("Coq with Coquelicot is not installed")
    case.check(rechecker)


def test_an_antiderivative_known_at_one_point_gives_no_integral(rechecker):
    hyps = {"slope": "HasDeriv(x, f(x), g(x))", "F": "Cont(t, 0, 1, f(t))", "g": "Cont(t, 0, 1, g(t))"}
    steps = [step("ok", "fundamental-theorem", "Int(x, 0, 1, g(x)) == f(1) - f(0)", "slope", "F", "g", F="f(x)")]
    assert last_opinion(steps[-1]["goal"], hyps, steps).answer != AGREES


def test_a_wrong_derivative_is_not_proved():
    if "calculus" not in coq.present():
        pytest.skip("Coq with Coquelicot is not installed")
    t = Signature().parse("x*exp(x) + asin(x)")
    right, wrong = slope(t, X, {}), slope(t, X, {})
    wrong.written = ("add", wrong.written, X)
    unconditional = Slope(X, {}, right.written)
    asked = {
        name: coquelicot.derivative(t, s) for name, s in (("right", right), ("wrong", wrong), ("bare", unconditional))
    }
    assert coq.replay(asked, calculus=True) == {"right"}


def test_lemmas_of_calculus_are_exported():
    claims = register()
    files = {name: text for name, text in texts(claims["mf.kernel-mass"], claims) if name.endswith("-lemma.v")}
    assert len(files) == 3
    assert all("Require Import Coquelicot" in text and "Lemma step : forall" in text for text in files.values())


def test_what_has_no_text_is_refused():
    for text in ("f(x)", "Int(t, 0, x, t)", "atan2(x, 1)", "Sum(i, 1, n, f(i, x))"):
        with pytest.raises(Unread):
            slope(Signature({"i": "Z", "n": "N"}).parse(text), X, {})
        with pytest.raises(Unread):
            coquelicot.continuity(Signature({"i": "Z", "n": "N"}).parse(text), X, [], {})
