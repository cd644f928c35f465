"""Strategies of hostile and degenerate input: ends of double precision, wrong shapes and types, odd text, junk."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

EDGES = (
    0.0, -0.0, 1.0, -1.0, 0.1, 1 / 3, 5e-324, -5e-324, 2.2e-308, 1e-300, 1e-160, 1e-150, 1e-77, 1e-16, 1.0 + 2**-52,
    1e16, 1e77, 1e149, 1e150, 1e155, 1e300, -1e300, 1.7976931348623157e308, float("inf"), -float("inf"), float("nan"),
)  # fmt: skip
FINITE = tuple(v for v in EDGES if abs(v) < float("inf"))
NOT_NUMBERS: tuple[Any, ...] = (
    None, True, "", "1", "nan", "１", "\x00", "a\nb", b"1", 1j, [], [1.0], (), {}, object, 10**400, -(10**4000),
    Decimal("1e-400"), Decimal("NaN"), Fraction(1, 3), np.float16(1.0), np.longdouble("1e4000"), np.array(1.0),
    np.array([1.0]), np.array([[1.0, 2.0], [3.0, 4.0]]), np.datetime64("2020-01-01"), np.ma.masked, range(3), slice(1),
)  # fmt: skip
ODD_TEXT = st.text(max_size=20) | st.sampled_from(
    ("", " ", "\n", "\x00", "\x1b[31m", "\u202e", "ﬁ", "𝕩", "x\u0301", "'", '"', "\\", "../..", "~", "-", "--", "%s")
)  # fmt: skip


def numbers(finite: bool = False) -> st.SearchStrategy[float]:
    """Doubles, with many at the ends of what they can hold."""
    return st.sampled_from(FINITE if finite else EDGES) | st.floats(allow_nan=not finite, allow_infinity=not finite)


def tame() -> st.SearchStrategy[float]:
    """Numbers near 1 with few digits, among which ties are frequent."""
    return st.sampled_from((-2.0, -1.0, -0.5, 0.0, 0.25, 1.0, 3.0)) | st.floats(-2, 2).map(lambda v: round(v, 3))


def scalars() -> st.SearchStrategy[Any]:
    """What might be given where a number is wanted."""
    return numbers() | st.sampled_from(NOT_NUMBERS) | st.integers()


def counts(most: int = 6) -> st.SearchStrategy[Any]:
    """What might be given where a whole number is wanted; valid ones are small."""
    odd = st.sampled_from((True, 1.0, 2.5, np.int8(2), np.uint64(3), np.float64(2)))
    return st.integers(-1, most) | odd | scalars().filter(lambda v: type(v) is not int or abs(v) <= most)


@st.composite
def columns(draw: st.DrawFn, size: int | None = None, finite: bool = False) -> Any:
    """A sequence of numbers, in one of the forms in which people hold them."""
    length = draw(st.integers(0, 5)) if size is None else size
    values = draw(st.lists(numbers(finite) | tame(), min_size=length, max_size=length))
    form = draw(st.sampled_from(("list", "tuple", "array", "object", "reversed view", "float32")))
    if form == "float32":
        with np.errstate(over="ignore"):
            return np.array(values, dtype=np.float32)
    return {
        "list": values,
        "tuple": tuple(values),
        "array": np.array(values),
        "object": np.array(values, dtype=object),
        "reversed view": np.array(values)[::-1],
    }[form]


def arrays() -> st.SearchStrategy[Any]:
    """What might be given where an array is wanted: any shape and any type."""
    shapes = st.lists(st.integers(0, 3), max_size=3).map(tuple)
    types = st.sampled_from(("f8", "f4", "f2", "i8", "u1", "?", "c16", "O", "U3", "S3", "M8[s]", "m8[s]", "V8"))

    def filled(pair: tuple[tuple[int, ...], str]) -> Any:
        return np.ones(pair[0]).astype(pair[1]) if pair[1] not in ("V8",) else np.zeros(pair[0], "V8")

    ragged = st.lists(st.lists(tame(), max_size=2), max_size=3)
    nested = st.recursive(scalars(), lambda inner: st.lists(inner, max_size=3), max_leaves=6)
    return st.tuples(shapes, types).map(filled) | ragged | nested | scalars()


def matrices(rows: int, width: int, finite: bool = True) -> st.SearchStrategy[Any]:
    """Matrices of a given shape, tame, or with entries at the ends of double precision."""
    size = rows * width
    entries = st.lists(tame(), min_size=size, max_size=size) | st.lists(
        numbers(finite) | tame(), min_size=size, max_size=size
    )
    return entries.map(lambda values: np.array(values).reshape(rows, width))


# --- expressions

_LEAVES = ("x", "x", "x", "0", "1", "2", "0.5", "1e-9", "1e9", "3.0", "-x", "(x)", "y", "e", "pi", "1j", "True", "0x1")
_FUNCTIONS = (
    "sin",
    "tanh",
    "exp",
    "log",
    "sqrt",
    "abs",
    "sign",
    "erf",
    "asin",
    "acosh",
    "atanh",
    "tan",
    "cosh",
    "eval",
)
_ODD = (
    "", " ", "x" * 500, "(" * 90 + "x" + ")" * 90, "-" * 80 + "x", "x**" * 20 + "x", "9" * 400, "x**1e9", "x**-64",
    "2**2**2**2**2", "0**0", "1/0*x", "x.real", "x[0]", "lambda: x", "__import__('os')", "x if x else x", "x\n+1",
    "x;x", "x:=1", "ｘ", "sin x", "quantizer:", "quantizer:0", "quantizer:2", "quantizer:3", "quantizer:99999999999",
    "quantizer:4\n", "Sign", "tanh", "erf", "relu", "identity", "sign", "sin(x)(x)", "sin(x, x)", "sin(*x)", "f'{x}'",
    "'x'", "...", "x @ x", "x // 2", "not x", "~x", "x < 1", "[x]", "1e999*x", "1e-999*x", "x*1_0", "0777*x",
    "sign(sin(1/x))", "exp(x**2/4)*x", "exp(x**2/5)*x", "sinh(x**3)", "x**63", "x/(1+x**2)", "log(abs(x))*x", "1/x",
    "abs(x)**(-1/3)*sign(x)", "tan(x)", "sign(x)*sqrt(abs(x))", "asin(tanh(x))", "atanh(x)", "x**3 - 3*x",
)  # fmt: skip


def expressions() -> st.SearchStrategy[str]:
    """Activations: well formed ones of the whitelist, near misses, and text that is none."""

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        binary = st.tuples(inner, st.sampled_from(("+", "-", "*", "/", "**", "//", "%", " ")), inner)
        called = st.tuples(st.sampled_from(_FUNCTIONS), inner)
        return binary.map(lambda t: f"({t[0]}{t[1]}{t[2]})") | called.map(lambda t: f"{t[0]}({t[1]})")

    return st.recursive(st.sampled_from(_LEAVES), grown, max_leaves=5) | st.sampled_from(_ODD) | ODD_TEXT


def odd_activations() -> st.SearchStrategy[str]:
    """Activations that are valid, for calls that are about something else."""
    return st.sampled_from(("sign", "tanh", "erf", "identity", "quantizer:4", "x**3", "x + 1e-9*x**3", "sin(2*x)"))


# --- files


def junk() -> st.SearchStrategy[bytes]:
    """Bytes that are no file of any kind."""
    odd = (
        b"",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
        b"{",
        b"[" * 3000,
        b"\n" * 9,
        b'"',
    )
    return st.binary(max_size=60) | st.sampled_from(odd)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A good file cut short, with bytes put in, taken out or changed."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(content)))
        kind = draw(st.sampled_from(("cut", "put", "take", "change")))
        if kind == "cut":
            del content[at:]
        elif kind == "put":
            content[at:at] = draw(junk() | ODD_TEXT.map(lambda t: t.encode("utf-8", "surrogatepass")))
        elif kind == "take":
            del content[at : at + draw(st.integers(1, 9))]
        elif at < len(content):
            content[at] = draw(st.integers(0, 255))
    return bytes(content)
