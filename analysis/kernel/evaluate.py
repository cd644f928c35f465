"""Exact and ball evaluation of closed terms: rationals stay rationals, everything else is a rigorous Arb ball.

Integrals use Arb's rigorous quadrature on an integrand built here from the kernel's own term, with the analytic flag
honoured by every function that is not entire; a Python callable is never accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx, fmpq

from .calculus import continuity, derivative
from .improper import known_integrable, without_improper
from .moments import GAUSSIAN, closed_form, last_index, moment
from .normal import Normalizer, equal, plain
from .polynomials import with_few_atoms
from .terms import MINUS_OO, OO, KernelError, Term, free_vars, num, substitute, subterms

Ball = Any  # arb or acb

BITS = 128
_MAX_RANGE = 4096
_PIECES = 1024
_MAX_EVALUATIONS = 20_000
_INNER_PIECES = 32  # of an integral inside another


class NotEvaluable(KernelError):
    """The term has no value that can be computed exactly or enclosed here."""


def exact(t: Term) -> Fraction | None:
    """Return the closed term as a rational number, or None where its normal form is not one."""
    c = t if t[0] == "num" else plain(t)
    if c[0] != "num":
        simpler = closed_form(c)
        c = c if simpler == c else plain(simpler)
    return c[1] if c[0] == "num" else None


def ball(t: Term, bits: int = BITS) -> Ball:
    """Return a ball that contains the value of the closed term `t`."""
    with ctx.workprec(bits):
        return _real(t, {})


def _real(t: Term, env: dict[Term, Any]) -> Ball:
    value = _eval(t, env, False)
    return value.real if isinstance(value, acb) else value


def _number(q: Fraction) -> Ball:
    return arb(fmpq(q.numerator, q.denominator))


def _eval(t: Term, env: dict[Term, Any], analytic: bool) -> Ball:
    """Evaluate to arb, or to acb inside an integrand (where `analytic` asks for non-finite off the domain)."""
    op = t[0]
    if op == "num":
        return _number(t[1])
    if op == "var":
        return env[t] if t in env else _unknown(t)
    if op == "add":
        total = _eval(t[1], env, analytic)
        for s in t[2:]:
            total = total + _eval(s, env, analytic)
        return total
    if op == "mul":
        total = _eval(t[1], env, analytic)
        for s in t[2:]:
            total = total * _eval(s, env, analytic)
        return total
    if op == "inv":
        x = _eval(t[1], env, analytic)
        if not isinstance(x, acb) and x == 0:
            return arb(0)
        return 1 / x
    if op == "pow":
        e = exact(t[2])
        if e is None:
            return _unknown(t[2])
        x = _eval(t[1], env, analytic)
        return x ** int(e) if e >= 0 else _eval(("inv", ("pow", t[1], num(-e))), env, analytic)
    if op == "sum":
        return _finite_sum(t, env, analytic)
    if op == "int":
        return _integral(t, env)
    if op == "fn":
        return _function(t, env, analytic)
    return _unknown(t)


def _unknown(t: Term) -> Ball:
    raise NotEvaluable(f"no value is known for {t[1] if t[0] == 'var' else 'a ' + str(t[0])}")


def _finite_sum(t: Term, env: dict[Term, Any], analytic: bool) -> Ball:
    lo, hi = exact(t[2]), exact(t[3])
    if lo is None or hi is None or hi - lo > _MAX_RANGE:
        raise NotEvaluable("a sum whose range is not a short range of integers")
    total: Ball = arb(0)
    for k in range(-(-lo.numerator // lo.denominator), hi.numerator // hi.denominator + 1):
        total = total + _eval(substitute(t[4], {t[1]: num(k)}), env, analytic)
    return total


def _function(t: Term, env: dict[Term, Any], analytic: bool) -> Ball:
    name = t[1]
    if name == "pi":
        return arb.pi()
    xs = [_eval(a, env, analytic) for a in t[2:]]
    if any(isinstance(x, acb) for x in xs):
        return _complex_function(name, xs, analytic)
    if name in ("sqrt", "log"):
        x = xs[0]
        if name == "sqrt":
            return _real_root(x)
        if x > 0:
            return x.log()
        if x <= 0:
            return arb(0)
        raise NotEvaluable("log of a ball that straddles zero")
    simple: dict[str, Callable[..., Ball]] = {
        "exp": arb.exp, "sin": arb.sin, "cos": arb.cos, "atan": arb.atan, "erf": arb.erf, "abs": abs,
        "relu": lambda x: x.max(arb(0)), "max": lambda x, y: x.max(y), "min": lambda x, y: x.min(y),
    }  # fmt: skip
    if name in simple:
        return simple[name](*xs)
    if name == "asin" and -1 <= xs[0] <= 1:
        return xs[0].asin()
    if name == "atan2" and (xs[0] != 0 or xs[1] > 0):
        return arb.atan2(xs[0], xs[1])
    if name == "fact":
        k = exact(t[2])
        if k is not None and k.denominator == 1 and k >= 0:
            return arb(int(k)).gamma() * arb(int(k)) if k > 0 else arb(1)
    if name == "delta":
        if xs[0] == xs[1]:
            return arb(1)
        if xs[0] != xs[1]:
            return arb(0)
    raise NotEvaluable(f"{name} has no value at {', '.join(map(str, xs))}")


def _complex_function(name: str, xs: list[Ball], analytic: bool) -> Ball:
    """Return the analytic continuation of a real function at `x`, or an indeterminate ball where there is none."""
    x = acb(xs[0])
    if name in ("exp", "sin", "cos", "erf"):
        return getattr(x, name)()
    if name in ("sqrt", "log"):
        if x.real > 0:
            return getattr(x, name)()
        if name == "sqrt" and not analytic and x.imag == 0:  # on the real line, where sqrt is 0 left of 0
            return acb(_real_root(x.real))
        return acb(arb.nan())
    if name == "atan":
        return x.atan() if abs(x.imag) < 1 else acb(arb.nan())
    raise NotEvaluable(f"{name} is not analytic: split the integral at its kinks")


def _real_root(x: Ball) -> Ball:
    """Return the square root of a real ball, 0 left of 0."""
    if x >= 0:
        return x.sqrt()
    return arb(0) if x <= 0 else arb(0).union(x.abs_upper().sqrt())


def _integral(t: Term, env: dict[Term, Any]) -> Ball:
    if OO in t[2:4] or MINUS_OO in t[2:4]:
        closed = without_improper(t)
        if closed[0] == "int":
            raise NotEvaluable("an integral over an unbounded range: cut off the tail in a step of its own")
        return _real(closed, env)
    a, b = _real(t[2], env), _real(t[3], env)
    if any(_kinked(s, t[1]) for s in subterms(t[4])):
        return _riemann(t, env, a, b)

    def integrand(z: Ball, analytic: bool) -> Ball:
        try:
            return acb(_eval(t[4], {**env, t[1]: z}, bool(analytic)))
        except KernelError:  # Arb's quadrature must not see it: no enclosure here
            return acb(arb.nan())

    return acb.integral(integrand, acb(a), acb(b), eval_limit=_MAX_EVALUATIONS).real


def _kinked(s: Term, v: Term) -> bool:
    """Return whether the sub-term moves with v and has no continuation to complex v."""
    kink = s[0] == "fn" and s[1] in ("relu", "abs", "max", "min", "atan2")
    return (kink or s[0] == "int") and v in free_vars(s)


def _riemann(t: Term, env: dict[Term, Any], a: Ball, b: Ball) -> Ball:
    """Enclose the integral of a function with kinks: on each of many short intervals its values lie in one ball."""
    pieces = _PIECES if not env else _INNER_PIECES
    total, width = arb(0), (b - a) / pieces
    for k in range(pieces):
        piece = (a + k * width).union(a + (k + 1) * width)
        total = total + width * _eval(t[4], {**env, t[1]: piece}, False)
    return total


def compare(op: str, a: Term, b: Term, bits: int = BITS) -> bool | None:
    """Decide a closed comparison: exactly if both sides are rational, else by disjoint balls; None if neither can."""
    x, y = exact(a), exact(b)
    if x is not None and y is not None:
        return {"eq": x == y, "ne": x != y, "lt": x < y, "le": x <= y}[op]
    a, b = (closed_form(without_improper(plain(t))) for t in (a, b))
    if equal(a, b):
        return op in ("eq", "le")
    for precision in (bits, 4 * bits):
        try:
            u, v = ball(a, precision), ball(b, precision)
        except NotEvaluable:
            return None
        with ctx.workprec(precision):
            if u < v:
                return op in ("ne", "lt", "le")
            if u > v:
                return op == "ne"
    return None


@with_few_atoms
def decide(p: Term) -> bool | None:
    """Decide a closed proposition; quantifiers only over written finite ranges; None if undecided."""
    op = p[0]
    if op in ("true", "false"):
        return bool(op == "true")
    if op in ("eq", "le", "lt", "ne"):
        return compare(op, p[1], p[2])
    if op == "not":
        inner = decide(p[1])
        return None if inner is None else not inner
    if op in ("and", "or"):
        parts = [decide(q) for q in p[1:]]
        if (op == "or") in parts:
            return bool(op == "or")
        return None if None in parts else bool(op == "and")
    if op == "imp":
        return decide(("or", ("not", p[1]), p[2]))
    if op == "all":
        return _decide_all(p)
    if op == "HasDeriv":
        return _decide_derivative(p)
    if op == "Cont":
        return _decide_continuity(p)
    if op == "Integrable" and known_integrable(p):
        return True
    if op == "Summable" and last_index(("series", *p[1:])) is not None:
        return True
    if op == "L2" and p[1] == GAUSSIAN and moment(("E", p[1], p[2])) is not None:  # a polynomial has all moments
        return True
    return None


def _decide_derivative(p: Term) -> bool | None:
    """Decide HasDeriv at a point that is a number, by the table of derivatives and its conditions."""
    v, point, inner, stated = p[1:]
    if free_vars(point) or v in free_vars(point):
        return None
    for form in (inner, plain(inner)):
        try:
            found, conditions = derivative(form, v, [])
        except KernelError:
            continue
        if all(decide(substitute(c, {v: point})) is True for c in conditions):
            return compare("eq", substitute(found, {v: point}), substitute(stated, {v: point}))
    return None


def _decide_continuity(p: Term) -> bool | None:
    """Return True where the table shows that a function is continuous on the whole line."""
    try:
        conditions = continuity(p[4], p[1], [])
    except KernelError:
        return None
    return True if all(_decide_anywhere(c) for c in conditions) else None


def _decide_all(p: Term) -> bool | None:
    v, body = p[1], p[2]
    if v[2] == "R":
        return _decide_anywhere(body)
    lo, hi = _range(v, body)
    if lo is None or hi is None or hi - lo > _MAX_RANGE:
        while body[0] == "imp":  # what holds everywhere holds where the antecedents do
            body = body[2]
        return _decide_anywhere(body)
    values = [decide(substitute(body, {v: num(k)})) for k in range(lo, hi + 1)]
    if False in values:
        return False
    return None if None in values else True


def _decide_anywhere(p: Term) -> bool | None:
    """Return True where the shape of p shows that it holds for every value of its variables."""
    if p[0] in ("all", "imp"):
        return _decide_anywhere(p[2])
    if p[0] == "eq" and equal(*(closed_form(without_improper(plain(t))) for t in p[1:])):
        return True
    if p[0] in ("L2", "Integrable"):
        return decide(p)
    if p[0] in ("le", "lt"):
        n = Normalizer()
        top, bottom = n.frac(("add", p[2], ("mul", num(-1), p[1])))
        if n.known_positive(top * bottom) or (p[0] == "le" and n.known_nonnegative(top * bottom)):
            return True
    if p[0] in ("le", "lt", "ne"):
        return _on_the_line(p)
    return None


def _on_the_line(p: Term) -> bool | None:
    """Return True where the ball of the difference, every variable being any real number, shows the comparison."""
    if any(s[0] in ("int", "series", "E") for s in subterms(p)):
        return None
    env = {v: arb(0, float("inf")) for v in free_vars(p)}
    try:
        gap = _eval(p[2], env, False) - _eval(p[1], env, False)
    except NotEvaluable:
        return None
    return True if {"le": gap >= 0, "lt": gap > 0, "ne": gap > 0 or gap < 0}[p[0]] else None


def _range(v: Term, body: Term) -> tuple[int | None, int | None]:
    """Return the integers outside which the antecedents of `body` fail, as their comparisons with v show."""
    lo, hi = (0 if v[2] == "N" else None), None
    while body[0] in ("imp", "all"):
        if body[0] == "all" and body[1] == v:  # from here on v is another variable
            break
        if body[0] == "all":
            body = body[2]
            continue
        for c in body[1][1:] if body[1][0] == "and" else (body[1],):
            if c[0] == "le" and c[2] == v and (x := _closed(c[1])) is not None:
                lo = max(lo, -(-x.numerator // x.denominator)) if lo is not None else -(-x.numerator // x.denominator)
            if c[0] == "le" and c[1] == v and (x := _closed(c[2])) is not None:
                hi = min(hi, x.numerator // x.denominator) if hi is not None else x.numerator // x.denominator
        body = body[2]
    return lo, hi


def _closed(t: Term) -> Fraction | None:
    return None if free_vars(t) else exact(t)
