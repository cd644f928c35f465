"""SymPy proposes, the kernel disposes."""

import pytest
import sympy

from lemmata.analysis import finder
from lemmata.analysis.kernel.derivation import Statement, replay
from lemmata.analysis.kernel.terms import KernelError
from lemmata.analysis.proof import step


@pytest.mark.parametrize(
    ("integrand", "hyps"),
    [
        ("x*exp(-c*x**2/2)", {"c": "0 < c"}),
        ("cos(x)*sin(x)", {}),
        ("1/(1 + x**2)", {}),
        ("x**3 - 2*x + 1/2", {}),
        ("1/x", {"x": "0 < x"}),
    ],
)
def test_an_antiderivative_is_one_that_the_kernel_differentiates_back(integrand, hyps):
    found = finder.antiderivative(integrand, "x", hyps)
    assert found is not None
    goal = f"HasDeriv(x, {found}, {integrand})"
    assert replay(Statement(goal, hyps), [step("d", "derivative", goal, *hyps)]).proved


@pytest.mark.parametrize("integrand", ["1/(x - c)**2", "1/x", "1/(x - c)"])
def test_an_antiderivative_across_a_pole_is_not_returned(integrand):
    assert finder.antiderivative(integrand, "x") is None


def test_a_wrong_proposal_is_dropped(monkeypatch):
    monkeypatch.setattr(sympy, "integrate", lambda f, x: sympy.Symbol("x", real=True) ** 2)
    assert finder.antiderivative("x", "x") is None


def test_multipliers_that_the_kernel_confirms():
    equations = {"unit": "s**2 + c**2 == 1", "k": "k**2 == l**2 - a**2 - b**2"}
    goal = "(l**2 - a**2)*(l**2 - (a*c + b*s)**2) == (l*s*k)**2 + (l**2*c - a*(a*c + b*s))**2"
    found = finder.multipliers(goal, equations)
    assert found is not None
    assert replay(Statement(goal, equations), [step("i", "identity", goal, *found, combine=found)]).proved


def test_no_multipliers_for_a_false_or_underivable_equation():
    assert finder.multipliers("x == 1", {"e": "x**2 == 1"}) is None
    with pytest.raises(KernelError):
        finder.multipliers("x <= 1", {})
