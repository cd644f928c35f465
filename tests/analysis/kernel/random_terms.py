"""Random terms, points and functions for the soundness tests, all from one seed, so that a failure is one number."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from lemmata.analysis.kernel.terms import num, substitute, var

from .values import NoValue, minus, plus, times, value

X, Y, N, M = var("x"), var("y"), var("n", "N"), var("m", "N")
INDICES = [var(name, "Z") for name in ("i", "j", "k", "l")]
SMOOTH = ("exp", "sin", "cos", "atan", "erf")
FUNCTIONS = ("sqrt", "abs", "relu", "log", *SMOOTH)
ALGEBRAIC = ("abs", "relu")


class Case:
    """One random example; every call draws something new from its seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.moving = True  # whether ends of sums may be outer indices
        self.rng = random.Random(seed)

    def __repr__(self) -> str:
        return f"Case({self.seed})"

    def fraction(self) -> Fraction:
        """Return a small rational number, often 0 or a sign."""
        choice = self.rng.random()
        if choice < 0.4:
            return Fraction(self.rng.choice([0, 1, -1, 2]))
        return Fraction(self.rng.randint(-6, 6), self.rng.randint(1, 4))

    def point(self) -> dict[Any, Fraction]:
        """Return values of x, y (rational) and n, m (whole numbers >= 0)."""
        whole = [Fraction(self.rng.randint(0, 3)) for _ in range(2)]
        return {X: self.fraction(), Y: self.fraction(), N: whole[0], M: whole[1]}

    def table(self) -> dict[str, Any]:
        """Return quadratic polynomials for the symbols f(x), g(x, y) and h(x), in no way symmetric."""
        return {name: self._polynomial() for name in ("f", "g", "h")}

    def _polynomial(self) -> Any:
        c = [Fraction(self.rng.randint(-5, 5), self.rng.randint(1, 3)) for _ in range(5)]

        def polynomial(*args: Any) -> Any:
            total: Any = c[0]
            for i, a in enumerate(args, start=1):
                total = plus(total, times(c[i % 5], a), times(c[(i + 2) % 5], Fraction(i), a, a))
            return total

        return polynomial

    def leaf(self, bound: tuple[Any, ...] = ()) -> Any:
        """Return a number or a variable; bound indices are likely."""
        if bound and self.rng.random() < 0.5:
            return self.rng.choice(bound)
        return num(self.fraction()) if self.rng.random() < 0.3 else self.rng.choice([X, Y, N, M])

    def exponent(self) -> Any:
        """Return an integer, or an integer built from n and m."""
        symbolic = [N, ("add", N, num(1)), ("add", ("mul", num(2), N), num(1)), ("add", N, ("mul", num(-1), M))]
        return self.rng.choice(symbolic) if self.rng.random() < 0.4 else num(self.rng.randint(-2, 4))

    def term(self, size: int, bound: tuple[Any, ...] = (), names: tuple[str, ...] = FUNCTIONS) -> Any:
        """Return a term of about `size` nodes in x, y, n, m, the bound indices, and the symbols f and g."""
        if size <= 1:
            return self.leaf(bound)
        kinds = {"add": 5, "mul": 5, "pow": 2, "inv": 1, "fn": 2 if names else 0, "two": 1, "symbol": 3,
                 "sum": 4 if size > 3 and len(bound) < len(INDICES) else 0}  # fmt: skip
        kind = self.rng.choices(list(kinds), list(kinds.values()))[0]
        if kind in ("add", "mul"):
            parts = self.rng.choice([2, 2, 3])
            return (kind, *(self.term((size - 1) // parts, bound, names) for _ in range(parts)))
        if kind == "pow":
            return ("pow", self.term(size - 2, bound, names), self.exponent())
        if kind == "inv":
            return ("inv", self.term(size - 1, bound, names))
        if kind == "fn":
            return ("fn", self.rng.choice(names), self.term(size - 1, bound, names))
        if kind == "two":
            name = self.rng.choice(["max", "min", "delta"])
            return ("fn", name, self.term(size // 2, bound, names), self.term(size // 2, bound, names))
        if kind == "symbol":
            if self.rng.random() < 0.5:
                return ("fn", "f", self.term(size - 1, bound, names))
            return ("fn", "g", self.term(size // 2, bound, names), self.term(size // 2, bound, names))
        return self.sum(size, bound, names)

    def sum(self, size: int, bound: tuple[Any, ...] = (), names: tuple[str, ...] = FUNCTIONS) -> Any:
        """Return a sum over a short range, whose ends may be numbers, n, m or outer indices."""
        outer = bound if self.moving else ()
        lows = [num(1), num(1), num(0), num(-1), M, num(Fraction(1, 2)), *outer]
        highs = [N, N, M, num(2), num(3), ("add", N, num(1)), *outer, *outer]
        index = INDICES[len(bound)]
        ends = self.rng.choice(lows), self.rng.choice(highs)
        return ("sum", index, *ends, self.term(size - 2, (*bound, index), names))

    def matrices(self, factors: int) -> Any:
        """Return a sum over up to four indices of a product of symbols, deltas and inner sums, as traces are."""
        count = self.rng.randint(2, 4)
        indices = INDICES[:count]
        body = []
        for _ in range(factors):
            a, b = self.rng.choice(indices), self.rng.choice(indices)
            inner = var("p", "Z")
            body.append(self.rng.choice([
                ("fn", "g", a, b), ("fn", "g", a, b), ("fn", "f", a), ("fn", "delta", a, b),
                ("pow", ("fn", "g", a, b), num(2)), X,
                ("fn", "f", ("sum", inner, num(1), N, ("fn", "g", a, inner))),
                ("sum", inner, num(1), N, ("mul", ("fn", "g", inner, a), ("fn", "g", b, inner))),
                ("fn", "abs", ("add", ("fn", "g", a, b), a)),
            ]))  # fmt: skip
        t: Any = ("mul", *body) if len(body) > 1 else body[0]
        for place, index in reversed(list(enumerate(indices))):
            high = self.rng.choice([N, N, N, M, num(2), *(indices[:place] if self.moving else ())])
            t = ("sum", index, num(1), high, t)
        return t

    def any_term(self, size: int = 12) -> Any:
        """Return a term of one of the kinds above."""
        choice = self.rng.random()
        if choice < 0.45:
            return self.term(self.rng.randint(2, size))
        return self.sum(self.rng.randint(4, size)) if choice < 0.7 else self.matrices(self.rng.randint(1, 3))

    def neighbour(self, t: Any) -> Any:
        """Return the term with one change: a variable, an index, a number or the end of a range is another."""
        places: list[tuple[Any, ...]] = []

        def walk(s: Any, path: tuple[int, ...]) -> None:
            if s[0] in ("num", "var"):
                places.append(path)
                return
            for i, r in enumerate(s):
                if isinstance(r, tuple) and not (s[0] == "sum" and i == 1) and not (s[0] == "pow" and i == 2):
                    walk(r, (*path, i))

        def put(s: Any, way: tuple[int, ...]) -> Any:
            if way:
                return (*s[: way[0]], put(s[way[0]], way[1:]), *s[way[0] + 1 :])
            others = [X, Y, N, M, *INDICES[:3]] if s[0] == "var" else [num(s[1] + 1), num(-s[1]), X]
            return self.rng.choice([o for o in others if o != s])

        walk(t, ())
        return put(t, self.rng.choice(places))

    def facts(self, env: Any, table: Any, count: int, size: int = 5, names: tuple[str, ...] = ALGEBRAIC) -> list[Any]:
        """Return comparisons of random terms that hold at the point, some of them about the variables alone."""
        found: list[Any] = []
        for _ in range(count):
            a = self.term(self.rng.randint(1, size), (), names) if self.rng.random() < 0.6 else self.rng.choice([X, Y])
            b = num(0) if self.rng.random() < 0.7 else self.term(self.rng.randint(1, 3), (), names)
            try:
                difference = minus(value(b, env, table), value(a, env, table))
            except (NoValue, OverflowError):
                continue
            if isinstance(difference, Fraction):
                if difference < 0:
                    a, b, difference = b, a, -difference
                found.append(
                    (self.rng.choice(["le", "lt", "ne"]) if difference else self.rng.choice(["le", "eq"]), a, b)
                )
        return found


_S, _T = var("s"), var("t")
#: Polynomials for the symbols, as terms: for what must be closed.
BODIES = {
    "f": ((_S,), ("add", ("pow", _S, num(2)), num(-1))),
    "g": ((_S, _T), ("add", _S, ("mul", num(2), _T), ("mul", _S, _T))),
}


def closed(t: Any, env: Any) -> Any:
    """Return the term with numbers for its variables and polynomials for its symbols."""
    return substitute(t, {v: num(q) for v, q in env.items()}, BODIES)
