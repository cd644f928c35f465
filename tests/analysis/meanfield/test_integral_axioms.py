"""The axioms on integrals and angles, evaluated at their instances without the kernel."""

import ast

import mpmath
import pytest

from lemmata.analysis.kernel.axioms import AXIOMS

NAMES = (
    "gaussian-integral", "translation", "gaussian-integrable", "odd-integrand", "gaussian-second-moment",
    "even-integrand", "even-integrable", "polar-coordinates", "period", "additivity", "mean-value-inequality",
    "exponential-tangent",
    "sine-positive", "sine-nonnegative", "sine-of-sum", "cosine-of-sum", "sine-at-pi", "cosine-at-pi",
    "cosine-of-arctangent",
    "sine-of-arctangent", "atan2-positive-axis", "affine-substitution", "affine-integrable", "half-lines",
    "half-line-integrable", "dominated-integrable", "dominated-convergence", "squeeze",
)  # fmt: skip
POINTS = (-2.3, -0.7, 0.0, 0.4, 1.9)
CUT = 9  # beyond it the Gaussians of the instances are below 1e-17


def integral(f, a, b):
    ends = [max(a, -CUT), min(b, CUT)]
    inner = [p for p in (-3, 0, 3) if ends[0] < p < ends[1]] if ends[0] < ends[1] else []
    return mpmath.quad(f, [ends[0], *inner, ends[1]], maxdegree=5)


class Lambdas(ast.NodeTransformer):
    """Bound variables become parameters: Int(x, a, b, f) is Int(lambda x: f, a, b), All(x, p) is All(lambda x: p)."""

    def visit_Call(self, node):
        self.generic_visit(node)
        name = node.func.id
        if name == "HasDeriv":  # at the point that the quantifier around it gives
            (x, f, slope), parameters = node.args, ast.arguments([], [ast.arg(node.args[0].id)], None, [], [], None, [])
            node.args = [x, ast.Lambda(parameters, f), slope]
        if name in ("Int", "All", "Integrable", "Cont", "Lim"):
            bound, *rest = node.args
            body = rest.pop(0 if name == "Lim" else -1)
            parameters = ast.arguments([], [ast.arg(bound.id)], None, [], [], None, [])
            node.args = [ast.Lambda(parameters, body), *rest]
        return node

    def visit_Compare(self, node):
        self.generic_visit(node)
        words = {ast.Eq: "eq", ast.NotEq: "ne", ast.LtE: "le", ast.Lt: "lt"}
        call = ast.Name(words[type(node.ops[0])], ast.Load())
        return ast.Call(call, [node.left, node.comparators[0]], [])


def compiled(text):
    tree = ast.fix_missing_locations(Lambdas().visit(ast.parse(" ".join(text.split()), mode="eval")))
    return compile(tree, text, "eval")


def same(a, b):
    return abs(a - b) < 1e-8 * (1 + abs(a))


def names(values):
    """Return what the words of the language mean at the instance."""
    found = {
        "pi": mpmath.pi, "oo": mpmath.inf, "sqrt": mpmath.sqrt, "exp": mpmath.exp, "sin": mpmath.sin, "cos": mpmath.cos,
        "atan": mpmath.atan, "atan2": mpmath.atan2, "abs": abs, "Int": integral, "eq": same,
        "ne": lambda a, b: not same(a, b), "le": lambda a, b: a <= b + 1e-9, "lt": lambda a, b: a < b,
        "Imp": lambda *parts: parts[-1] or not all(parts[:-1]),
        "HasDeriv": lambda x, f, slope: abs((f(x + 1e-6) - f(x - 1e-6)) / 2e-6 - slope) < 1e-6,
        "All": lambda p: all(p(mpmath.mpf(x)) for x in POINTS),
        "Lim": lambda f, value: same(value, f(mpmath.mpf(40))),
        # absolute integrability: the tail beyond the cut is a small part
        "Integrable": lambda f, a, b: integral(lambda x: abs(f(x)), a, b) < mpmath.inf and abs(f(CUT)) < 1e-12,
        # continuity: values close by differ little, wherever looked at
        "Cont": lambda f, a, b: all(abs(f(x + 1e-7) - f(x)) < 1e-5 for x in POINTS if a <= x <= b),
    }  # fmt: skip
    for head, text in values.items():
        if "(" in head:
            name, parameters = head.rstrip(")").split("(")
            found[name] = eval(f"lambda {parameters}: {text}", found)
        else:
            found[head] = eval(f"mpf(1)*({text})", {"mpf": mpmath.mpf, "pi": mpmath.pi})
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("k", [0, 1])
def test_the_instances_hold(name, k):
    axiom = AXIOMS[name]
    table = names(axiom.sanity[k])
    for text in (*axiom.hyps, axiom.concl):
        assert eval(compiled(text), table), text


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("gaussian-integral", ("2*pi/c", "pi/c")), ("gaussian-second-moment", ("/c)/c", "/c)")),
        ("even-integrand", ("2*Int", "Int")), ("polar-coordinates", ("R*h(R, phi)", "h(R, phi)")),
        ("period", ("a + T", "a + T/2")), ("sine-of-sum", ("+ cos", "- cos")),
        ("cosine-of-arctangent", ("1 + t**2", "1 + t")), ("additivity", ("b, c, f", "a, c, f")),
        ("affine-substitution", ("/abs(c)", "/c")), ("half-lines", ("f(-x)", "f(x)")),
        ("dominated-convergence", ("g(x)", "2*g(x)")), ("squeeze", (", l)", ", l + 1)")),
        ("mean-value-inequality", ("b - a)", "b - a)/2")),
    ],
)  # fmt: skip
def test_wrong_versions_fail(name, change):
    axiom = AXIOMS[name]
    wrong = compiled(axiom.concl.replace(*change))
    assert axiom.concl.replace(*change) != axiom.concl
    assert not all(eval(wrong, names(values)) for values in axiom.sanity)
