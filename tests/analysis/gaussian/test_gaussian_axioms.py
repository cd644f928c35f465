"""The axioms on normals, Hermite polynomials and series, evaluated at their instances without the kernel."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from numpy.polynomial.hermite_e import hermeval

from lemmata.analysis.kernel.axioms import AXIOMS

_HALF, _WEIGHT = np.polynomial.legendre.leggauss(30)
NODES = np.concatenate([5.0 * (_HALF - 1.0), 5.0 * (_HALF + 1.0)])  # each half-line, up to 10
WEIGHTS = 5.0 * np.concatenate([_WEIGHT, _WEIGHT]) * np.exp(-(NODES**2) / 2) / math.sqrt(2 * math.pi)
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sqrt": np.sqrt, "exp": np.exp, "log": np.log, "asin": np.arcsin, "abs": np.abs,
    "sin": np.sin, "cos": np.cos,
    "relu": lambda x: np.maximum(x, 0.0), "delta": lambda i, j: float(i == j),
    "fact": lambda n: float(math.factorial(int(n))), "He": lambda n, x: hermeval(x, [0.0] * int(n) + [1.0]),
}  # fmt: skip
_TERMS = 60
_NAMES = (
    "factorial", "hermite-recurrence", "comparison-test", "even-and-odd-terms",
    "odd-terms-summable", "first-term", "rest-summable", "arcsine-series", "arcsine-at-one", "tensor-power",
    "gram-schmidt", "gaussian-mean", "gaussian-covariance", "gaussian-square-integrable", "odd-mean",
    "half-lines-square-integrable", "modulus-square-integrable", "affine-square-integrable",
    "gaussian-independence", "mean-central-limit", "gaussian-characteristic", "modulus-by-characteristic",
    "gaussian-rotation",
    "gaussian-direction-square-integrable", "gaussian-density", "hermite-integrable", "hermite-decay",
    "hermite-expansion", "hermite-bessel", "term-of-series", "idempotent-trace", "invariant-tensor",
)  # fmt: skip


class Evaluator:
    """Floating-point values of the language: sums and series added up, E by quadrature, Int by Gauss-Legendre."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.functions: dict[str, tuple[list[str], ast.expr]] = {}
        self.variables: dict[str, float] = {}
        for head, text in values.items():
            node = ast.parse(head, mode="eval").body
            if isinstance(node, ast.Call):
                assert isinstance(node.func, ast.Name)
                names = [a.id for a in node.args if isinstance(a, ast.Name)]
                self.functions[node.func.id] = (names, ast.parse(text, mode="eval").body)
            else:
                self.variables[head] = float(self(text))

    def __call__(self, text: str) -> Any:
        return self.value(ast.parse(" ".join(text.split()), mode="eval").body, dict(self.variables))

    def value(self, node: ast.expr, env: dict[str, Any]) -> Any:
        match node:
            case ast.Constant():
                return float(node.value)  # type: ignore[arg-type]
            case ast.Name(id="pi"):
                return math.pi
            case ast.Name(id="oo"):
                return math.inf
            case ast.Name():
                return env[node.id]
            case ast.UnaryOp():
                return -self.value(node.operand, env)
            case ast.BinOp():
                a, b = self.value(node.left, env), self.value(node.right, env)
                match node.op:
                    case ast.Add():
                        return a + b
                    case ast.Sub():
                        return a - b
                    case ast.Mult():
                        return a * b
                    case ast.Div():
                        return a / b
                    case _:
                        return a**b
            case ast.BoolOp():
                return all(self.value(v, env) for v in node.values)
            case ast.Compare():
                sides = [self.value(n, env) for n in (node.left, *node.comparators)]
                pairs = zip(node.ops, sides, sides[1:], strict=False)
                return all(_holds(op, a, b) for op, a, b in pairs)
            case ast.Call(func=ast.Subscript()):
                return self.expectation(node.args[0], env, square=node.func.value.id == "L2")  # type: ignore[attr-defined]
            case ast.Call(func=ast.Name()):
                return self.call(node.func.id, node.args, env)
        raise AssertionError(ast.dump(node))

    def expectation(self, body: ast.expr, env: dict[str, Any], square: bool) -> Any:
        # z(0) and z(4) stand alone wherever an "All" reaches them, so that they may share an axis
        outcome = {
            "z0": NODES[None, None, :],
            "z1": NODES[:, None, None],
            "z2": NODES[None, :, None],
            "z3": NODES[None, None, :],
            "z4": NODES[:, None, None],
        }
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.broadcast_to(self.value(body, {**env, **outcome}), (len(NODES),) * 3)
        mean = np.einsum("ijk,i,j,k->", values**2 if square else values, WEIGHTS, WEIGHTS, WEIGHTS)
        return bool(np.isfinite(mean)) if square else float(mean)

    def call(self, name: str, args: list[ast.expr], env: dict[str, Any]) -> Any:
        if name == "z":
            return env[f"z{int(self.value(args[0], env))}"]
        if name in ("Sum", "Series", "Summable"):
            assert isinstance(args[0], ast.Name)
            low = int(self.value(args[1], env))
            high = int(self.value(args[2], env)) if name == "Sum" else low + _TERMS
            terms = [self.value(args[-1], {**env, args[0].id: float(k)}) for k in range(low, high + 1)]
            return bool(abs(terms[-1]) < 1e-6) if name == "Summable" else sum(terms)
        if name in ("Int", "Integrable"):
            assert isinstance(args[0], ast.Name)
            s, w = np.polynomial.legendre.leggauss(400)
            s, w = 0.5 * (s + 1.0), 0.5 * w
            x, w = s / (1.0 - s), w / (1.0 - s) ** 2  # all of the half-line
            total = np.sum(w * self.value(args[3], {**env, args[0].id: x}))
            return float(total) if name == "Int" else bool(np.isfinite(total))
        if name == "Lim":
            assert isinstance(args[0], ast.Name)
            return abs(self.value(args[1], {**env, args[0].id: 30.0}) - self.value(args[2], env)) < 1e-12
        if name == "Imp":
            return not all(self.value(a, env) for a in args[:-1]) or self.value(args[-1], env)
        if name == "All":
            assert isinstance(args[0], ast.Name)
            points = (0.5, 1.0, 2.5) if args[0].id == "x" else range(4)
            return all(self.value(args[1], {**env, args[0].id: float(p)}) for p in points)
        if name in self.functions:
            names, body = self.functions[name]
            return self.value(body, {**env, **dict(zip(names, (self.value(a, env) for a in args), strict=True))})
        return _FUNCTIONS[name](*(self.value(a, env) for a in args))


def _holds(op: ast.cmpop, a: float, b: float) -> bool:
    close = bool(np.abs(a - b) <= 1e-7 * (1.0 + np.abs(a)))
    if isinstance(op, ast.Eq):
        return close
    return bool(a < b) if isinstance(op, ast.Lt) else bool(a <= b) or close


@pytest.mark.parametrize("name", _NAMES)
def test_instances_hold(name: str) -> None:
    axiom = AXIOMS[name]
    assert len(axiom.sanity) >= 2
    assert axiom.reference
    for values in axiom.sanity:
        evaluate = Evaluator(values)
        assert all(evaluate(h) for h in axiom.hyps)
        assert evaluate(axiom.concl)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("gaussian-rotation", ("sqrt(1 - r**2)", "sqrt(1 + r**2)")),
        ("gaussian-density", ("p(x) + q(x)", "p(x) - q(x)")),
        ("hermite-expansion", ("fact(l)", "1")),
        ("hermite-recurrence", ("(n + 1)*He(n, x)", "n*He(n, x)")),
        ("arcsine-series", ("(2*k + 1))", "(2*k + 2))")),
        ("gaussian-independence", ("z(2)", "z(1)")),
        ("gram-schmidt", ("*q(s, c, p))", ")")),
        ("tensor-power", ("**m", "**(m + 1)")),
        ("invariant-tensor", ("1/mu(h)", "1/mu(h + 1)")),
        ("mean-central-limit", ("abs(u(k))**3*E", "abs(u(k))**3/10*E")),
        ("even-and-odd-terms", ("s(2*k + 1)", "s(2*k + 2)")),
        ("gaussian-characteristic", ("exp(-t**2/2)", "exp(-t**2)")),
        ("modulus-by-characteristic", ("== 2/pi", "== 1/pi")),
    ],
)
def test_wrong_axioms_are_noticed(name: str, change: tuple[str, str]) -> None:
    """The evaluation above has the power to see a wrong sign, factor or index."""
    axiom = AXIOMS[name]
    assert change[0] in axiom.concl
    wrong = axiom.concl.replace(*change)
    assert not all(Evaluator(values)(wrong) for values in axiom.sanity)


def test_the_list_is_complete() -> None:
    """Every axiom on normals is evaluated here."""
    about_normals = {a.name for a in AXIOMS.values() if any("E[z]" in t or "L2[z]" in t for t in (a.concl, *a.hyps))}
    assert about_normals <= set(_NAMES)
