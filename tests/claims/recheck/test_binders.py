"""Steps under sums, series, integrals and expectations: what is right is agreed with, and nothing that is wrong."""

import pytest

from lemmata.analysis.proof import step
from lemmata.claims.recheck.answers import AGREES

from .second import Case, last_opinion

_LO, _HI = step("lo", "assume", "1 <= i"), step("hi", "assume", "i <= n")
_TERM = {"f": "All(i, Imp(1 <= i, i <= n, f(i) <= g(i)))", "e": "All(i, Imp(1 <= i, i <= n, f(i) == g(i)))"}
_LESS = step("less", "apply", "f(i) <= g(i)", "f", "lo", "hi", at={"i": "i"})
_SAME = step("same", "apply", "f(i) == g(i)", "e", "lo", "hi", at={"i": "i"})
_RANGE = {"range": "1 <= m", "inside": "1 <= k and k <= m"}
_SIZES = {
    "f": "Summable(k, 0, f(k))", "g": "All(i, Summable(k, 0, g(i, k)))", "F": "Integrable(x, 0, oo, F(x))",
    "G": "Cont(x, 0, 1, G(x))", "X": "L2[X](X(1))", "Y": "All(i, L2[X](Y(i, X(2))))", "d": "Integrable(x, 0, 1, H(x))",
}  # fmt: skip

CASES = [
    Case(
        "congruence of a sum", _TERM,
        [_LO, _HI, _SAME, step("sum", "congruence", "Sum(i, 1, n, c*f(i)) == Sum(k, 1, n, c*g(k))", "scaled")],
        ("c*g", "2*g"), ("Sum(k, 1, n, c*g(k))", "Sum(k, 1, m, c*g(k))"), ("Sum(i, 1", "Sum(i, 0"),
        ("g(k)", "g(k + 1)"),
    ),
    Case(
        "congruence of an integral", {"h": "All(x, F(x) == G(x))"},
        [step("at", "apply", "F(x) == G(x)", "h", at={"x": "x"}),
         step("int", "congruence", "Int(x, a, b, F(x)) == Int(t, a, b, G(t))", "at")],
        ("G(t)", "F(t)*G(t)"), ("a, b, G", "a, c, G"), ("Int(t, a, b, G(t))", "Int(t, b, a, G(t))"),
    ),
    Case(
        "congruence of an expectation", {"h": "All(x, F(x) == G(x))"},
        [step("at", "apply", "F(z(1)) == G(z(1))", "h", at={"x": "z(1)"}),
         step("mean", "congruence", "E[z](F(z(1))) == E[z](G(z(1)))", "at")],
        ("G(z(1))", "G(z(2))"), ("E[z](G(z(1)))", "E[y](G(z(1)))"),
    ),
    Case(
        "monotone", _TERM,
        [_LO, _HI, _LESS, step("sum", "monotone", "Sum(i, 1, n, f(i)) <= Sum(i, 1, n, g(i))", "less")],
        ("Sum(i, 1, n, f(i)) <= Sum(i, 1, n, g(i))", "Sum(i, 1, n, g(i)) <= Sum(i, 1, n, f(i))"), ("n, g", "n + 1, g"),
        ("f(i)", "f(i) + 1"),
    ),
    Case(
        "monotone in a series", {"f": "Summable(k, 0, f(k))", "at": "All(k, 0 <= f(k))"},
        [step("one", "apply", "0 <= f(k)", "at", at={"k": "k"}),
         step("sum", "monotone", "0 <= Series(k, 0, f(k))", "one", "f")],
        ("drop f", ""), ("0 <= Series(k, 0, f(k))", "Series(k, 0, f(k)) <= 0"), ("Series(k, 0", "Series(k, 1"),
    ),
    Case(
        "monotone in an integral", {"G": "Cont(x, a, b, G(x))", "at": "All(x, 0 <= G(x))", "order": "a <= b"},
        [step("one", "apply", "0 <= G(x)", "at", at={"x": "x"}),
         step("int", "monotone", "0 <= Int(x, a, b, G(x))", "one", "G", "order")],
        ("drop G", ""), ("drop order", ""), ("a, b", "b, a"), ("G(x)", "-G(x)"),
    ),
    Case(
        "the sign of an expectation", {},
        [step("one", "sign", "0 <= z(1)**2"), step("E", "monotone", "0 <= E[z](z(1)**2)", "one")],
        ("z(1)**2", "z(1)"), ("z(1)**2", "z(1)**2 - 1"),
    ),
    Case(
        "the last term", _RANGE,
        [step("s", "sums", "Sum(i, 1, m, f(i)) == Sum(i, 1, m - 1, f(i)) + f(m)", "range", kind="last")],
        ("+ f(m)", "- f(m)"), ("+ f(m)", "+ f(m - 1)"), ("m - 1, f", "m, f"), ("drop range", ""),
    ),
    Case(
        "the first term", _RANGE,
        [step("s", "sums", "Sum(i, 1, m, f(i)) == Sum(i, 2, m, f(i)) + f(1)", "range", kind="first")],
        ("f(1)", "f(2)"), ("Sum(i, 2", "Sum(i, 1"), ("drop range", ""),
    ),
    Case(
        "an empty sum", {"h": "k < i"}, [step("s", "sums", "Sum(j, i, k, f(j)) == 0", "h", kind="empty")],
        ("== 0", "== 1"), ("drop h", ""), ("Sum(j, i, k", "Sum(j, k, i"),
    ),
    Case(
        "a delta", _RANGE,
        [step("s", "sums", "Sum(i, 1, m, delta(i, k)*f(i)) == f(k)", "inside", kind="delta", index="k", rest="f(i)")],
        ("== f(k)", "== f(i)"), ("f(i)", "f(i)**2"), ("drop inside", ""), ("1, m,", "2, m,"),
    ),
    Case(
        "the first term of a series", {"f": "Summable(k, 0, f(k))"},
        [step("s", "sums", "Series(k, 0, f(k)) == f(0) + Series(k, 1, f(k))", "f", kind="series-first")],
        ("f(0)", "f(1)"), ("Series(k, 1", "Series(k, 0"), ("drop f", ""),
    ),
    Case(
        "linear in a series", _SIZES,
        [step("s", "linear", "Series(k, 0, 2*f(k) - Sum(i, 1, n, c(i)*g(i, k))) == "
              "2*Series(k, 0, f(k)) - Sum(i, 1, n, c(i)*Series(k, 0, g(i, k)))", "f", "g")],
        ("== 2", "== 3"), ("- Sum(i, 1, n, c(i)*Series", "+ Sum(i, 1, n, c(i)*Series"), ("drop f", ""), ("drop g", ""),
        ("c(i)*Series(k, 0, g(i, k))", "c(i)*Series(k, 1, g(i, k))"),
    ),
    Case(
        "linear in an integral", _SIZES,
        [step("s", "linear", "Int(x, 0, 1, a*G(x) + H(x)) == a*Int(x, 0, 1, G(x)) + Int(x, 0, 1, H(x))", "G", "d")],
        ("== a", "== b"), ("drop G", ""), ("drop d", ""), ("+ Int", "- Int"),
    ),
    Case(
        "linear in an expectation", _SIZES,
        [step("s", "linear", "E[X](X(1)*Sum(i, 1, n, a(i)*Y(i, X(2))) + b) == "
              "Sum(i, 1, n, a(i)*E[X](X(1)*Y(i, X(2)))) + b", "X", "Y")],
        ("X(2)))) + b", "X(2)))) + 2*b"), ("drop X", ""), ("drop Y", ""), ("a(i)*E", "E"),
    ),
    Case(
        "convergence of a sum", _SIZES, [step("s", "linear", "Summable(k, 0, 2*f(k) + g(i, k))", "f", "g")],
        ("drop f", ""), ("Summable(k, 0", "Summable(k, -1"), ("2*f(k)", "f(k)**2"),
    ),
]  # fmt: skip
CASES[0].steps.insert(3, step("scaled", "arithmetic", "c*f(i) == c*g(i)", "same"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_right_step_under_a_binder_is_agreed_with_and_no_wrong_one(rechecker, case):
    case.check(rechecker)


SCOPES = {
    "a term known for one index only": (
        {"f": "f(i) == 0"}, [step("s", "congruence", "Sum(i, 1, n, f(i)) == Sum(i, 1, n, 0)", "f")],
    ),
    "one outcome": (
        {"z": "0 <= z(1)"}, [step("s", "monotone", "0 <= E[z](z(1))", "z")],
    ),
    "ends in reverse order": (
        {}, [step("lo", "assume", "a < x"), step("hi", "assume", "x < b"),
             step("in", "arithmetic", "a < b", "lo", "hi"),
             step("one", "arithmetic", "abs(b - a) == b - a", "in"),
             step("s", "congruence", "Int(x, a, b, abs(b - a)) == Int(x, a, b, b - a)", "one")],
    ),
    "a bound variable that stands on the other side": (
        {}, [step("one", "identity", "f(x) == f(x)"),
             step("s", "congruence", "Int(x, 0, 1, f(x)) == Int(t, 0, 1, f(x))", "one")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SCOPES)
def test_what_is_carried_under_a_binder_holds_for_its_whole_range(rechecker, name):
    hyps, steps = SCOPES[name]
    assert last_opinion(steps[-1]["goal"], hyps, steps).answer != AGREES
