"""Expressions in one real variable x: their terms, and the reader that admits a whitelist and nothing else.

Text goes through Python's own parser (`ast.parse`) to a syntax tree and from there, node by node, into the terms below;
nothing is ever evaluated by Python or by a computer algebra system. Numbers are exact rationals.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .errors import ActivationError

MAX_LENGTH = 400
MAX_DEPTH = 40
MAX_NODES = 200
MAX_EXPONENT = 64
MAX_DEGREE = 100
MAX_NUMBER_BITS = 900

FUNCTIONS = [
    "exp",
    "log",
    "sqrt",
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "tanh",
    "asin",
    "acos",
    "atan",
    "asinh",
    "acosh",
    "atanh",
    "erf",
    "abs",
    "sign",
]  # every elementary function an expression may call

_CHARACTERS = re.compile(r"[0-9A-Za-z_.+\-*/(), \t\n\r]*\Z")
_NUMBER = re.compile(r"(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\Z")


@dataclass(frozen=True, slots=True)
class Number:
    """An exact rational constant."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Variable:
    """The variable x."""


@dataclass(frozen=True, slots=True)
class Sum:
    """left + right."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Product:
    """left · right."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Power:
    """base ** exponent with an exact rational exponent; real only where the principal power is."""

    base: Expression
    exponent: Fraction


@dataclass(frozen=True, slots=True)
class Call:
    """One of the elementary functions, applied."""

    name: str
    argument: Expression


Expression = Number | Variable | Sum | Product | Power | Call

X = Variable()
ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
MINUS_ONE = Number(Fraction(-1))


class _Refusal(Exception):
    """Carries a reason from the depths of the reader to its surface."""


def children(expression: Expression) -> tuple[Expression, ...]:
    """The immediate subterms of a term.

    >>> children(Sum(X, ONE))
    (Variable(), Number(value=Fraction(1, 1)))
    """
    match expression:
        case Sum(left, right) | Product(left, right):
            return (left, right)
        case Power(base, _):
            return (base,)
        case Call(_, argument):
            return (argument,)
        case _:
            return ()


def subterms(expression: Expression) -> Iterator[Expression]:
    """Every subterm, innermost first and the term itself last.

    >>> sum(1 for _ in subterms(Product(X, X)))
    3
    """
    for child in children(expression):
        yield from subterms(child)
    yield expression


def depends_on_x(expression: Expression) -> bool:
    """Whether the variable occurs.

    >>> depends_on_x(Power(X, Fraction(2))), depends_on_x(ONE)
    (True, False)
    """
    return any(isinstance(term, Variable) for term in subterms(expression))


def substitute(expression: Expression, inner: Expression) -> Expression:
    """The term with `inner` in place of x.

    >>> substitute(Call("sin", X), Product(MINUS_ONE, X)) == Call("sin", Product(MINUS_ONE, X))
    True
    """
    match expression:
        case Variable():
            return inner
        case Sum(left, right):
            return add(substitute(left, inner), substitute(right, inner))
        case Product(left, right):
            return multiply(substitute(left, inner), substitute(right, inner))
        case Power(base, exponent):
            return power(substitute(base, inner), exponent)
        case Call(name, argument):
            return Call(name, substitute(argument, inner))
        case _:
            return expression


def _checked(value: Fraction) -> Number:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_NUMBER_BITS:
        raise _Refusal(f"it contains a number of more than {MAX_NUMBER_BITS} bits")
    return Number(value)


def add(left: Expression, right: Expression) -> Expression:
    """left + right, with constants folded and zero dropped.

    >>> add(ONE, ONE)
    Number(value=Fraction(2, 1))
    """
    if isinstance(left, Number) and isinstance(right, Number):
        return _checked(left.value + right.value)
    if left == ZERO:
        return right
    if right == ZERO:
        return left
    return Sum(left, right)


def multiply(left: Expression, right: Expression) -> Expression:
    """left · right, with constants folded and one dropped (0·u stays: u might be undefined somewhere).

    >>> multiply(ONE, X)
    Variable()
    """
    if isinstance(left, Number) and isinstance(right, Number):
        return _checked(left.value * right.value)
    if left == ONE:
        return right
    if right == ONE:
        return left
    return Product(left, right)


def power(base: Expression, exponent: Fraction) -> Expression:
    """base ** exponent, folded where base is a number and the exponent an integer.

    >>> power(Number(Fraction(2)), Fraction(-1))
    Number(value=Fraction(1, 2))
    """
    if abs(exponent.numerator) > MAX_EXPONENT or exponent.denominator > MAX_EXPONENT:
        raise _Refusal(f"the exponent {exponent} is too large: numerator and denominator may be at most {MAX_EXPONENT}")
    if exponent == 1:
        return base
    if isinstance(base, Number) and exponent.denominator == 1:
        if base.value == 0 and exponent <= 0:
            raise _Refusal("it divides by zero" if exponent < 0 else "0**0 is not defined here")
        bits = max(base.value.numerator.bit_length(), base.value.denominator.bit_length())
        if bits * abs(exponent) > 2 * MAX_NUMBER_BITS:
            raise _Refusal(f"it contains a number of more than {MAX_NUMBER_BITS} bits")
        return _checked(base.value ** int(exponent))
    return Power(base, exponent)


def _degree(expression: Expression) -> Fraction:
    """An upper bound on how deep powers are stacked: the degree, where the term is a polynomial."""
    match expression:
        case Variable():
            return Fraction(1)
        case Sum(left, right):
            return max(_degree(left), _degree(right))
        case Product(left, right):
            return _degree(left) + _degree(right)
        case Power(base, exponent):
            return _degree(base) * abs(exponent)
        case Call(_, argument):
            return _degree(argument)
        case _:
            return Fraction(0)


class _Reader:
    """Turns a Python syntax tree into terms, or refuses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes = 0

    def read(self, node: ast.expr, depth: int = 0) -> Expression:
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise _Refusal(f"it is nested more than {MAX_DEPTH} deep")
        if self.nodes > MAX_NODES:
            raise _Refusal(f"it has more than {MAX_NODES} terms")
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name(id="x"):
                return X
            case ast.Name(id=name):
                hint = " (a function needs its argument, as in sin(x))" if name in FUNCTIONS else ""
                raise _Refusal(f"unknown name {name!r}: the only variable is x{hint}")
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return multiply(MINUS_ONE, self.read(operand, depth + 1))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand, depth + 1)
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(self.read(left, depth + 1), op, self.read(right, depth + 1))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(name, args, depth)
            case _:
                allowed = "numbers, x, + - * / **, brackets and " + " ".join(FUNCTIONS)
                raise _Refusal(f"it contains something other than {allowed}")

    def _number(self, node: ast.Constant) -> Number:
        # The literal as written, not the double that Python makes of it: 0.1 is one tenth.
        literal = ast.get_source_segment(self.text, node) or ""
        if type(node.value) not in (int, float) or not _NUMBER.match(literal):
            raise _Refusal(f"{literal[:40]!r} is not a decimal number")
        return _checked(Fraction(literal))

    @staticmethod
    def _binary(left: Expression, op: ast.operator, right: Expression) -> Expression:
        match op:
            case ast.Add():
                return add(left, right)
            case ast.Sub():
                return add(left, multiply(MINUS_ONE, right))
            case ast.Mult():
                return multiply(left, right)
            case ast.Div():
                return multiply(left, power(right, Fraction(-1)))
            case ast.Pow() if isinstance(right, Number):
                return power(left, right.value)
            case ast.Pow():
                # u**v = exp(v·log u): real for u > 0 only, which the domain check sees.
                return Call("exp", multiply(right, Call("log", left)))
            case _:
                raise _Refusal("the operators are + - * / **")

    def _call(self, name: str, args: list[ast.expr], depth: int) -> Expression:
        if name not in FUNCTIONS:
            raise _Refusal(f"unknown function {name!r}: allowed are {' '.join(FUNCTIONS)}")
        if len(args) != 1 or isinstance(args[0], ast.Starred):
            raise _Refusal(f"{name} takes exactly one argument")
        return Call(name, self.read(args[0], depth + 1))


def parse(text: str) -> Expression:
    """Reads an expression in x.

    Admitted: decimal numbers, x, + − * / **, brackets, and exp log sqrt sin cos tan sinh cosh tanh asin acos atan
    asinh acosh atanh erf abs sign. A power with a rational exponent is the principal one, real only for a base ≥ 0:
    x**(1/3) is therefore not real at x = −1, and the odd cube root is written sign(x)*abs(x)**(1/3).

    Arguments: text, at most 400 characters, 40 levels, 200 terms, degree 100, exponents with terms ≤ 64.
    Returns: the term. Raises: ActivationError with the reason.

    >>> parse("2*x") == Product(Number(Fraction(2)), X)
    True
    """
    if len(text) > MAX_LENGTH:
        raise ActivationError(text, f"it is {len(text)} characters long; at most {MAX_LENGTH} are read")
    stripped = text.strip()
    if not stripped:
        raise ActivationError(text, "it is empty")
    if not _CHARACTERS.match(stripped):
        bad = next(c for c in stripped if not _CHARACTERS.match(c))
        hint = "; a power is written **" if bad in "^²³" else ""
        raise ActivationError(text, f"the character {bad!r} does not occur in an expression{hint}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(stripped, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ActivationError(text, "it is not a well-formed expression") from None
    try:
        expression = _Reader(stripped).read(tree.body)
    except _Refusal as refusal:
        raise ActivationError(text, str(refusal)) from None
    except RecursionError:
        raise ActivationError(text, "it is nested too deep") from None
    if (degree := _degree(expression)) > MAX_DEGREE:
        raise ActivationError(text, f"its powers stack up to degree {degree}; at most {MAX_DEGREE} is read")
    return expression
