"""Appendix A.3 and Lemmas 5.4, 5.5 of JMLR 23(130): growth of the cluster polynomials away from a critical point.

P(x) = 1 + x^2 - (a x - b)^2 on an interval from l to e.  The critical point c of an x with P(x) > 0 (Definition 4.1) is
the minimiser of P on the interval if P has no root, else the point of the interval nearest to the root nearest to x.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

Steps = list[Mapping[str, Any]]

LET = {
    "P(x)": "(1-a**2)*x**2+2*a*b*x+1-b**2",
    "dP(x)": "(2*(1-a**2)*x+2*a*b)",
    "D": "(1-a**2)",
}
#: x is a point of the interval at which P is positive.
POINT = {"place": "l <= x and x <= e", "outside": "0 < P(x)"}
#: r is the root that is nearest to x, and c its projection on the interval.
ROOT = {
    "root": "P(r) == 0",
    "nearest": "All(t, Imp(P(t) == 0, (x-r)**2 <= (x-t)**2))",
    "critical": "c == max(l, min(e, r))",
}
#: P has no root, and c minimises it on the interval.
NO_ROOT = {
    "rootless": "All(t, P(t) != 0)",
    "inside": "l <= c and c <= e",
    "least": "All(t, Imp(l <= t, t <= e, P(c) <= P(t)))",
}
ROOT_AT = {"a": "0", "b": "1", "l": "0", "e": "1", "x": "1", "r": "0", "c": "0"}
ROOT_STEPS = (
    {"for": "nearest", **step("zero", "arithmetic", "Imp((1-0**2)*t**2+2*0*1*t+1-1**2 == 0, (1-0)**2 <= (1-t)**2)")},
    {"for": "nearest", **step("all", "generalize",
     "All(t, Imp((1-0**2)*t**2+2*0*1*t+1-1**2 == 0, (1-0)**2 <= (1-t)**2))", "zero")},
)  # fmt: skip
NO_ROOT_AT = {"a": "0", "b": "0", "l": "0", "e": "1", "x": "1", "c": "0"}
NO_ROOT_STEPS = (
    {"for": "rootless", **step("one", "arithmetic", "(1-0**2)*t**2+2*0*0*t+1-0**2 != 0")},
    {"for": "rootless", **step("all", "generalize", "All(t, (1-0**2)*t**2+2*0*0*t+1-0**2 != 0)", "one")},
    {"for": "least", **step("square", "arithmetic", "Imp(0 <= t, t <= 1, (1-0**2)*0**2+2*0*0*0+1-0**2 <="
                            " (1-0**2)*t**2+2*0*0*t+1-0**2)")},
    {"for": "least", **step("whole", "generalize", "All(t, Imp(0 <= t, t <= 1, (1-0**2)*0**2+2*0*0*0+1-0**2 <="
                            " (1-0**2)*t**2+2*0*0*t+1-0**2))", "square")},
)  # fmt: skip


def _other_root() -> Steps:
    """Where P is quadratic its other root is -2ab/D - r, not nearer to x than r (steps "far" and "factor")."""
    other = "(-2*a*b/D-r)"
    return [
        step("curved", "assume", "D != 0"),
        step("vieta", "identity", f"P({other}) == 0", "curved", "root", combine={"root": "1"},
             prose="The other root of a quadratic."),
        step("far", "apply", f"(x-r)**2 <= (x-{other})**2", "nearest", "vieta", at={"t": other}),
        step("factor", "identity", f"P(x) == D*(x-r)*(x-{other})", "curved", "root", combine={"root": "1"}),
    ]  # fmt: skip


def build_side(vertex: str = "c < v") -> Proof:
    """Derive p. 54: for a concave P with vertex v, c < v implies c <= x <= v.

    Arguments:
        vertex: where the critical point lies; c < v in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 54).

    Example:
        >>> build_side().statement.goal
        'c <= x and x <= v'
    """
    goal = "c <= x and x <= v"
    hyps = {**POINT, **ROOT, "concave": "D < 0", "top": "dP(v) == 0", "left": vertex}
    other = "(-2*a*b/D-r)"
    steps = [
        step("curved", "arithmetic", "D != 0", "concave"),
        *[s for s in _other_root() if s["id"] != "curved"],
        step("mirror", "identity", f"{other} == 2*v-r", "curved", "top", combine={"top": "-1/D"}),
        step("factor'", "identity", "P(x) == D*(x-r)*(x-(2*v-r))", "factor", "mirror",
             combine={"factor": "1", "mirror": "-D*(x-r)"}),
        step("far'", "arithmetic", "(x-r)**2 <= (x-(2*v-r))**2", "far", "mirror"),
        step("lemma", "arithmetic",
             f"Imp(l <= x and x <= e, 0 < p, p == d*(x-r)*(x-(2*v-r)), d < 0, (x-r)**2 <= (x-(2*v-r))**2,"
             f" c == max(l, min(e, r)), {vertex}, {goal})"),
        step("goal", "apply", goal, "lemma", "place", "outside", "factor'", "concave", "far'", "critical", "left",
             put={"p": "P(x)", "d": "D"}),
    ]  # fmt: skip
    inhabited = {"a": "5/4", "b": "0", "l": "-1", "e": "1", "x": "-1/2", "r": "-4/3", "c": "-1", "v": "0"}
    poly = "(1-(5/4)**2)*t**2+2*(5/4)*0*t+1-0**2"
    near = f"Imp({poly} == 0, (-1/2-(-4/3))**2 <= (-1/2-t)**2)"
    inhabited_steps = (
        {"for": "nearest", **step("near", "arithmetic", near)},
        {"for": "nearest", **step("all", "generalize", f"All(t, {near})", "near")},
    )
    return Proof(Statement(goal, hyps, "", LET, inhabited, inhabited_steps), steps)


_FLAT = "Imp(D == 0, {0})"


def _by_case(text: str) -> Steps:
    """P is quadratic or of degree one."""
    return [
        step("quadratic", "discharge", f"Imp(D != 0, {text})", "in-quadratic"),
        step("linear", "discharge", f"Imp(D == 0, {text})", "in-linear"),
        step("case", "arithmetic", text, "quadratic", "linear"),
    ]


def build_nonnegative_root(sign: str = "0 <=") -> Proof:
    """Derive p. 53, P(c) >= 0, where P has a root: no root lies between x and c, except c itself.

    Arguments:
        sign: how P(c) compares with 0; "0 <=" in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 53).

    Example:
        >>> build_nonnegative_root().statement.goal
        '0 <= P(c)'
    """
    goal = f"{sign} P(c)"
    other = "(-2*a*b/D-r)"
    hyps = {**POINT, **ROOT}
    steps = [
        *_other_root(),
        step("factor-c", "identity", f"P(c) == D*(c-r)*(c-{other})", "curved", "root", combine={"root": "1"}),
        step("lemma", "arithmetic",
             "Imp(l <= x and x <= e, 0 < p, p == d*(x-r)*(x-q), s == d*(c-r)*(c-q), (x-r)**2 <= (x-q)**2,"
             f" c == max(l, min(e, r)), {sign} s)"),
        step("in-quadratic", "apply", goal, "lemma", "place", "outside", "factor", "factor-c", "far", "critical",
             put={"p": "P(x)", "s": "P(c)", "d": "D", "q": other}),
        step("flat", "assume", "D == 0"),
        step("flat-x", "identity", "P(x) == 2*a*b*(x-r)", "flat", "root",
             combine={"flat": "x**2-r**2", "root": "1"}),
        step("flat-c", "identity", "P(c) == 2*a*b*(c-r)", "flat", "root",
             combine={"flat": "c**2-r**2", "root": "1"}),
        step("flat-lemma", "arithmetic",
             "Imp(l <= x and x <= e, 0 < p, p == k*(x-r), s == k*(c-r), c == max(l, min(e, r))"
             f", {sign} s)"),
        step("in-linear", "apply", goal, "flat-lemma", "place", "outside", "flat-x", "flat-c", "critical",
             put={"p": "P(x)", "s": "P(c)", "k": "2*a*b"}),
        *_by_case(goal)[:2],
        step("goal", "arithmetic", goal, "quadratic", "linear"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", LET, ROOT_AT, ROOT_STEPS), steps)


def build_nonnegative_least(sign: str = "0 <") -> Proof:
    """Derive p. 53, P(c) >= 0, where P has no root: it is positive on the whole line.

    With a^2 + b^2 < 1 it is a sum of squares; otherwise it has a root, or a^2 = 1 and b = 0 and P is 1.

    Arguments:
        sign: how P(c) compares with 0; "0 <" in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 53, sharper).

    Example:
        >>> build_nonnegative_least().statement.goal
        '0 < P(c)'
    """
    goal = f"{sign} P(c)"
    steep, level = "((a*b+sqrt(a**2+b**2-1))/(a**2-1))", "((b**2-1)/(2*a*b))"
    steps = [
        step("wide", "assume", "1 <= a**2+b**2"),
        step("not-one", "assume", "a**2 != 1"),
        step("under", "arithmetic", "0 <= a**2+b**2-1 and a**2-1 != 0", "wide", "not-one"),
        step("steep-zero", "identity", f"P({steep}) == 0", "under"),
        step("steep-not", "apply", f"P({steep}) != 0", "rootless", at={"t": steep}),
        step("steep-no", "arithmetic", "False", "steep-zero", "steep-not"),
        step("no-quadratic", "discharge", "Imp(1 <= a**2+b**2, a**2 != 1, False)", "steep-no"),
        step("one", "assume", "a**2 == 1"),
        step("off", "assume", "b != 0"),
        step("a", "arithmetic", "a != 0", "one"),
        step("line", "identity", f"P({level}) == (1-a**2)*{level}**2", "a", "off"),
        step("level-zero", "identity", f"P({level}) == 0", "line", "one",
             combine={"line": "1", "one": f"-{level}**2"}),
        step("level-not", "apply", f"P({level}) != 0", "rootless", at={"t": level}),
        step("level-no", "arithmetic", "False", "level-zero", "level-not"),
        step("no-line", "discharge", "Imp(a**2 == 1, b != 0, False)", "level-no"),
        step("kinds", "arithmetic", "a**2+b**2 < 1 or (a**2 == 1 and b == 0)", "no-quadratic", "no-line"),
        step("disc", "assume", "a**2+b**2 < 1"),
        step("room", "arithmetic", "0 < 1-(a**2+b**2)", "disc"),
        step("roof", "sign", "0 < 1+c**2"),
        step("round", "certificate", "0 < P(c)", "room", "roof", terms=[["room", "roof"], ["sq:a+b*c"]]),
        step("in-disc", "discharge", "Imp(a**2+b**2 < 1, 0 < P(c))", "round"),
        step("corner", "assume", "a**2 == 1 and b == 0"),
        step("corner-a", "arithmetic", "a**2 == 1", "corner"),
        step("corner-b", "arithmetic", "b == 0", "corner"),
        step("constant", "identity", "P(c) == 1", "corner-a", "corner-b",
             combine={"corner-a": "-c**2", "corner-b": "2*a*c-b"}),
        step("constant'", "arithmetic", "0 < P(c)", "constant"),
        step("at-corner", "discharge", "Imp(a**2 == 1 and b == 0, 0 < P(c))", "constant'"),
        step("goal", "arithmetic", goal, "kinds", "in-disc", "at-corner"),
    ]  # fmt: skip
    statement = Statement(goal, {"rootless": NO_ROOT["rootless"]}, "", LET, NO_ROOT_AT, NO_ROOT_STEPS[:2])
    return Proof(statement, steps)


#: No coefficient of the expansion (A.16) about a point of [-L, L] can be small at once.
SMALL = "(1/(2*(1+L)**2))"


def build_not_all_small(floor: str = SMALL) -> Proof:
    """Derive p. 53: of |P(c)|, |P'(c)| and |P''| one is at least 1/(2 (1 + L)^2), for all a, b and |c| <= L.

    Arguments:
        floor: the constant; 1/(2 (1 + L)^2) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 53, with an explicit constant).

    Example:
        >>> build_not_all_small().statement.hyps
        {'L': '0 <= L', 'c': 'abs(c) <= L'}
    """
    goal = f"{floor} <= abs(P(c)) or {floor} <= abs(dP(c)) or {floor} <= abs(2*D)"
    q = "(1/(1+L)**2)"
    steps = [
        step("1+L", "arithmetic", "0 < 1+L", "L"),
        step("q", "sign", f"0 < {q}", "L", "1+L"),
        step("unit", "identity", f"{q}*(1+L)**2 == 1", "1+L"),
        step("floor", "identity", f"{floor} == {floor.replace('1/(2*(1+L)**2)', '1/2*' + q)}", "1+L"),
        step("small-P", "assume", "abs(p) < q/2"),
        step("small-dP", "assume", "abs(s) < q/2"),
        step("small-D", "assume", "abs(2*d) < q/2"),
        step("l0", "assume", "0 <= L"),
        step("q0", "assume", "0 < q"),
        step("u", "assume", "q*(1+L)**2 == 1"),
        step("ck", "assume", "abs(c) <= L"),
        step("q1", "arithmetic", "q <= 1", "u", "q0", "l0"),
        step("s-def", "assume", "s == 2*d*c+2*v"),
        step("p-def", "assume", "p == d*c**2+2*v*c+1-B"),
        step("v-def", "assume", "v**2 == (1-d)*B"),
        step("B0", "assume", "0 <= B"),
        step("dc", "arithmetic", "abs(2*d*c) <= q/2*L", "small-D", "ck", "l0", "q0"),
        step("v", "arithmetic", "abs(2*v) <= q/2*(1+L)", "s-def", "small-dP", "dc"),
        step("v2", "arithmetic", "4*v**2 <= q/4", "v", "u", "q0", "l0"),
        step("B", "arithmetic", "B <= q/8", "v2", "v-def", "small-D", "q1", "q0", "B0"),
        step("lin", "arithmetic", "-(q/2*(1+L)*L) <= 2*v*c", "v", "ck", "l0", "q0"),
        step("quad-lemma", "arithmetic", "Imp(abs(c) <= L, c**2 <= L**2)"),
        step("c2", "apply", "c**2 <= L**2", "quad-lemma", "ck"),
        step("quad", "arithmetic", "-(q/4*L**2) <= d*c**2", "small-D", "c2", "q0"),
        step("no", "arithmetic", "False", "p-def", "small-P", "B", "lin", "quad", "u", "q1", "q0", "l0"),
    ]  # fmt: skip
    names = ["small-P", "small-dP", "small-D", "l0", "q0", "u", "ck", "s-def", "p-def", "v-def", "B0"]
    goals = {s["id"]: s["goal"] for s in steps}
    steps += [
        step("lemma", "discharge", f"Imp({', '.join(goals[n] for n in names)}, False)", "no"),
        step("s=", "identity", "dP(c) == 2*D*c+2*(a*b)"),
        step("p=", "identity", "P(c) == D*c**2+2*(a*b)*c+1-b**2"),
        step("v=", "identity", "(a*b)**2 == (1-D)*b**2"),
        step("B=", "sign", "0 <= b**2"),
        step("a-P", "assume", f"abs(P(c)) < {q}/2"),
        step("a-dP", "assume", f"abs(dP(c)) < {q}/2"),
        step("a-D", "assume", f"abs(2*D) < {q}/2"),
        step("absurd", "apply", "False", "lemma", "a-P", "a-dP", "a-D", "L", "q", "unit", "c", "s=", "p=", "v=", "B=",
             put={"p": "P(c)", "s": "dP(c)", "d": "D", "q": q, "v": "a*b", "B": "b**2"}),
        step("contra", "discharge",
             f"Imp(abs(P(c)) < {q}/2, abs(dP(c)) < {q}/2, abs(2*D) < {q}/2, False)", "absurd"),
        step("logic", "arithmetic", "Imp(f == k/2, Imp(u < k/2, v < k/2, w < k/2, False), f <= u or f <= v or f <= w)"),
        step("goal", "apply", goal, "logic", "floor", "contra",
             put={"f": floor, "k": q, "u": "abs(P(c))", "v": "abs(dP(c))", "w": "abs(2*D)"}),
    ]  # fmt: skip
    hyps = {"L": "0 <= L", "c": "abs(c) <= L"}
    return Proof(Statement(goal, hyps, "", LET, {"L": "1", "c": "0"}), steps)
