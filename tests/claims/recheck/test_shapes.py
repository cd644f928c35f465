"""Shapes say the same as their terms: values at random points, and examples of what is told equal and what is not."""

import pytest

from lemmata.claims.recheck.shapes import factored, named, shape, spread

from ...analysis.kernel.random_terms import Case
from ...analysis.kernel.values import NoValue, close, value
from .test_recheck import read

SEEDS = 500


@pytest.mark.parametrize("rewritten", [shape, spread, factored, named], ids=lambda f: f.__name__)
def test_a_shape_has_the_value_of_its_term(rewritten):
    compared = 0
    for seed in range(SEEDS):
        case = Case(seed)
        t, env, table = case.any_term(14), case.point(), case.table()
        try:
            left, right = value(t, env, table), value(rewritten(t), env, table)
        except (NoValue, OverflowError):
            continue
        assert close(left, right), case
        compared += 1
    assert compared > SEEDS // 2


def test_a_shape_is_its_own_shape():
    for seed in range(SEEDS):
        t = shape(Case(seed).any_term(14))
        assert shape(t) == t, seed


EQUAL = [
    ("Sum(i, 1, n, Sum(k, 1, m, f(i)*g(i, k)))", "Sum(k, 1, m, Sum(i, 1, n, g(i, k)*f(i)))"),
    ("Sum(i, 1, n, f(i))*Sum(k, 1, m, h(k))", "Sum(i, 1, n, Sum(k, 1, m, f(i)*h(k)))"),
    ("Sum(i, 1, n, f(i))**2", "Sum(i, 1, n, Sum(k, 1, n, f(i)*f(k)))"),
    ("Sum(i, 1, n, x*(f(i) + 1))", "x*Sum(k, 1, n, f(k)) + n*x"),
    ("Sum(i, 1, n, Sum(k, 1, i, f(k)*h(i)))", "Sum(k, 1, n, Sum(i, 1, k, h(k)*f(i)))"),
    ("Sum(i, 1, 3, f(i))", "f(1) + f(2) + f(3)"),
    ("Series(k, 0, f(k)*Sum(i, 1, 1, h(i)))", "Series(i, 0, h(1)*f(i))"),
    ("x**(2*n + 1)", "x*(x**n)**2"),
    ("(x*y)**n", "y**n*x**n"),
    ("exp(x - y)*exp(y)", "exp(x)"),
    ("exp(0) + sin(0) + log(1)", "1"),
    ("1/(1/(x + y))", "y + x"),
]
DIFFERENT = [
    ("Sum(i, 1, n, f(i)*f(i))", "Sum(i, 1, n, f(i))**2"),
    ("Sum(i, 1, n, Sum(k, 1, i, f(k)))", "Sum(i, 1, n, Sum(k, i, n, f(k)))"),
    ("Sum(i, 1, n, Sum(k, 1, m, g(i, k)))", "Sum(i, 1, m, Sum(k, 1, n, g(i, k)))"),
    ("Sum(i, 1, n, Sum(k, 1, n, g(i, k)*g(k, i)))", "Sum(i, 1, n, Sum(k, 1, n, g(i, k)**2))"),
    ("Int(x, 0, 1, f(x) + g(x, x))", "Int(x, 0, 1, f(x)) + Int(x, 0, 1, g(x, x))"),
    ("x**k*x", "x**(k + 1)"),  # where k = -1 and x = 0 the second is 1
    ("exp(x*y)", "exp(x)*exp(y)"),
    ("sqrt(x)**2", "x"),
    ("x/x", "1"),
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_terms_have_one_shape(left, right):
    declare = "i,k:Z n,m:N"
    assert shape(read(left, declare)) == shape(read(right, declare))


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_terms_have_different_shapes(left, right):
    declare = "i,k:Z n,m:N"
    assert shape(read(left, declare)) != shape(read(right, declare))
