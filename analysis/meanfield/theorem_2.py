"""Theorem 2 of JMLR 23(130) on one interval: a predictor that bends only in short clusters is nearly piecewise linear.

Let y be twice differentiable with slope at most S, and let [u1, v1], [u2, v2], [u3, v3] be intervals of length at most
h outside of which |y''| <= kappa.  Then the piecewise linear map with the three knots u1, u2, u3 whose slopes are those
of y at the start and behind each cluster lies within kappa w^2 + 6 S h of y, w being the length of the interval.  For
the Gibbs predictor kappa comes from Theorem 1 (with both cluster polynomials at least delta) and h from the width of a
cluster: 6 X sqrt(delta) bounds the length of an interval where 0 <= P <= delta.
"""

from __future__ import annotations

from itertools import pairwise

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .errata import POLYNOMIAL
from .gibbs import Steps

_P = {"P(x)": POLYNOMIAL["P(x)"]}


def build_width(factor: str = "36") -> Proof:
    """Derive that an interval on which 0 <= P <= delta, P a cluster polynomial, has squared length < 36 X^2 delta.

    Otherwise second and first differences make 1 - a^2 and a b small, and then 1 - b^2 too, which contradicts one
    another.  Only the two ends and the middle are used; X >= 1 bounds them.

    Arguments:
        factor: the constant; 36 in the true statement.

    Returns:
        The statement and its derivation (derived in this project; what Lemma 5.5 is for in Theorem 2).

    Example:
        >>> build_width().statement.goal
        '(v-u)**2 < 36*X**2*delta'
    """
    goal = f"(v-u)**2 < {factor}*X**2*delta"
    middle = "P((u+v)/2)"
    statement = Statement(
        goal,
        {
            "order": "u < v", "X": "1 <= X", "u": "-X <= u", "v": "v <= X", "delta": "0 < delta",
            "first": "0 <= P(u) and P(u) <= delta", "last": "0 <= P(v) and P(v) <= delta",
            "middle": f"0 <= {middle} and {middle} <= delta",
        },
        let=_P,
        inhabited={"u": "0", "v": "1/10", "X": "1", "delta": "1", "a": "1", "b": "1/2"},
    )  # fmt: skip
    # P(t) = c t^2 + d t + k with c = 1 - a^2, d = 2 a b, k = 1 - b^2, so that (1 - c)(1 - k) = d^2/4
    shape = "c*t**2+d*t+k"
    real = {"c": "1-a**2", "d": "2*a*b", "k": "1-b**2"}
    steps = [
        step("long", "assume", f"{factor}*X**2*delta <= h**2"),
        step("h", "assume", "0 < h"),
        step("hX", "assume", "h <= 2*X"),
        step("X1", "assume", "1 <= X"),
        step("D", "assume", "0 < delta"),
        # second difference: |c| h^2 <= 4 delta, so |c| <= 1/9
        step("bend", "assume", "-4*delta <= c*h**2 and c*h**2 <= 4*delta"),
        step("small", "arithmetic", "36*delta <= h**2", "long", "X1", "D"),
        step("c", "arithmetic", "-1/9 <= c and c <= 1/9", "bend", "small", "h"),
        # first difference: |c z + d| h <= delta for z = u + v, |z| <= 2 X, so |d| <= 5 X/18 / X^2-ish
        step("tilt", "assume", "-delta <= (c*z+d)*h and (c*z+d)*h <= delta"),
        step("z", "assume", "-2*X <= z and z <= 2*X"),
        step("tilt'", "arithmetic", "-1/18 <= (c*z+d)*X and (c*z+d)*X <= 1/18", "tilt", "long", "h", "hX", "X1", "D"),
        step("c'", "arithmetic", "-1/9 <= c*X**2 and c*X**2 <= 1/9", "bend", "long", "h", "X1", "D"),
        step("cz", "arithmetic", "-2/9 <= c*X*z and c*X*z <= 2/9", "c'", "z", "X1"),
        step("dX", "arithmetic", "-5/18 <= d*X and d*X <= 5/18", "tilt'", "cz"),
        step("d", "arithmetic", "-5/18 <= d and d <= 5/18", "dX", "X1"),
        # value: |c t^2 + d t + k| <= delta <= 1/9, so |k| <= 1/2
        step("t", "assume", "-X <= t and t <= X"),
        step("value", "assume", f"0 <= {shape} and {shape} <= delta"),
        step("low", "arithmetic", "delta <= 1/9", "long", "h", "hX", "X1"),
        step("ct", "arithmetic", "-1/9 <= c*t**2 and c*t**2 <= 1/9", "c'", "t"),
        step("dt", "arithmetic", "-5/18 <= d*t and d*t <= 5/18", "dX", "t", "X1"),
        step("k", "arithmetic", "-1/2 <= k and k <= 1/2", "value", "low", "ct", "dt"),
        step("link", "assume", "(1-c)*(1-k) == d**2/4"),
        step("no", "arithmetic", "False", "link", "c", "d", "k"),
        # the polynomial itself
        step("far", "assume", f"{factor}*X**2*delta <= (v-u)**2"),
        step("h0", "arithmetic", "0 < v-u", "order"),
        step("h2", "arithmetic", "v-u <= 2*X", "u", "v"),
        step("z0", "arithmetic", "-2*X <= u+v and u+v <= 2*X", "u", "v", "order"),
        step("t0", "arithmetic", "-X <= u and u <= X", "u", "v", "order"),
        step("second", "identity", f"2*(P(u)+P(v)-2*{middle}) == (1-a**2)*(v-u)**2"),
        step("bend-lemma", "arithmetic", "Imp(0 <= p and p <= D, 0 <= q and q <= D, 0 <= r and r <= D,"
             " 2*(p+q-2*r) == y, -4*D <= y and y <= 4*D)"),
        step("bend0", "apply", "-4*delta <= (1-a**2)*(v-u)**2 and (1-a**2)*(v-u)**2 <= 4*delta", "bend-lemma", "first",
             "last", "middle", "second",
             put={"p": "P(u)", "q": "P(v)", "r": middle, "D": "delta", "y": "(1-a**2)*(v-u)**2"}),
        step("slope", "identity", "P(v)-P(u) == ((1-a**2)*(u+v)+2*a*b)*(v-u)"),
        step("tilt-lemma", "arithmetic",
             "Imp(0 <= p and p <= D, 0 <= q and q <= D, q-p == y, -D <= y and y <= D)"),
        step("tilt0", "apply", "-delta <= ((1-a**2)*(u+v)+2*a*b)*(v-u) and ((1-a**2)*(u+v)+2*a*b)*(v-u) <= delta",
             "tilt-lemma", "first", "last", "slope",
             put={"p": "P(u)", "q": "P(v)", "D": "delta", "y": "((1-a**2)*(u+v)+2*a*b)*(v-u)"}),
        step("start", "identity", "P(u) == (1-a**2)*u**2+2*a*b*u+(1-b**2)"),
        step("value-lemma", "arithmetic", "Imp(0 <= p and p <= D, p == y, 0 <= y and y <= D)"),
        step("value0", "apply", "0 <= (1-a**2)*u**2+2*a*b*u+(1-b**2) and (1-a**2)*u**2+2*a*b*u+(1-b**2) <= delta",
             "value-lemma", "first", "start",
             put={"p": "P(u)", "D": "delta", "y": "(1-a**2)*u**2+2*a*b*u+(1-b**2)"}),
        step("link0", "identity", "(1-(1-a**2))*(1-(1-b**2)) == (2*a*b)**2/4"),
        step("absurd", "apply", "False", "no", "far", "h0", "h2", "X", "delta", "bend0", "tilt0", "z0", "t0", "value0",
             "link0", put={**real, "h": "v-u", "z": "u+v", "t": "u"}),
        step("not-far", "discharge", f"Imp({factor}*X**2*delta <= (v-u)**2, False)", "absurd"),
        step("goal", "arithmetic", goal, "not-far"),
    ]  # fmt: skip
    return Proof(statement, steps)


_KNOTS = ("u1", "u2", "u3")
_MAP = "(y(s)+dy(s)*(t-s)+(dy(v1)-dy(s))*relu(t-u1)+(dy(v2)-dy(v1))*relu(t-u2)+(dy(v3)-dy(v2))*relu(t-u3))"


def _near(a: str, b: str, body: str) -> str:
    return f"All(x, Imp({a}<=x, x<={b}, {body}))"


def _chord() -> Steps:
    """If |y' - m| <= c on [a, b], y changes over its part before t by m times the length, up to c (b - a) ("chord")."""
    clipped = "abs((y(min(b,t))-m*min(b,t))-(y(min(a,t))-m*min(a,t))) <= c*(b-a)"
    inner = "abs((y(q)-m*q)-(y(a)-m*a)) <= c*(q-a)"
    return [
        step("ab", "assume", "a <= b"),
        step("close", "assume", _near("a", "b", "abs(dy(x)-m) <= c")),
        step("a-a", "arithmetic", "a <= a"),
        step("at-a", "apply", "abs(dy(a)-m) <= c", "close", "a-a", "ab", at={"x": "a"}),
        step("c>=0", "arithmetic", "0 <= c", "at-a"),
        step("aq", "assume", "a <= q"),
        step("qb", "assume", "q <= b"),
        step("ax", "assume", "a <= x"),
        step("xq", "assume", "x <= q"),
        step("xb", "arithmetic", "x <= b", "xq", "qb"),
        step("inside", "apply", "abs(dy(x)-m) <= c", "close", "ax", "xb", at={"x": "x"}),
        step("inside'", "discharge", "Imp(a<=x, x<=q, abs(dy(x)-m) <= c)", "inside"),
        step("inside.", "generalize", _near("a", "q", "abs(dy(x)-m) <= c"), "inside'"),
        step("tilted", "derivative", "HasDeriv(x, y(x)-m*x, dy(x)-m)", "y"),
        step("tilted.", "generalize", "All(x, HasDeriv(x, y(x)-m*x, dy(x)-m))", "tilted"),
        step(
            "part",
            "apply",
            inner,
            "axiom:mean-value-inequality",
            "aq",
            "tilted.",
            "inside.",
            put={"b": "q"},
            symbols={"f(x)": "y(x)-m*x", "g(x)": "dy(x)-m"},
        ),
        step("grow", "certificate", "c*(q-a) <= c*(b-a)", "c>=0", "qb", terms=[["c>=0", "qb"]]),
        step("whole", "arithmetic", "abs((y(q)-m*q)-(y(a)-m*a)) <= c*(b-a)", "part", "grow"),
        step("whole'", "discharge", "Imp(a<=q, q<=b, abs((y(q)-m*q)-(y(a)-m*a)) <= c*(b-a))", "whole"),
        # t before a: nothing; otherwise q = min(b, t)
        step("before", "assume", "t <= a"),
        step("min-a", "arithmetic", "min(a,t) == t", "before"),
        step("min-b", "arithmetic", "min(b,t) == t", "before", "ab"),
        step("none", "identity", "(y(min(b,t))-m*min(b,t))-(y(min(a,t))-m*min(a,t)) == 0", "min-a", "min-b"),
        step("room", "certificate", "0 <= c*(b-a)", "c>=0", "ab", terms=[["c>=0", "ab"]]),
        step("zero-lemma", "arithmetic", "Imp(z == 0, 0 <= w, abs(z) <= w)"),
        step(
            "empty",
            "apply",
            clipped,
            "zero-lemma",
            "none",
            "room",
            put={"z": "(y(min(b,t))-m*min(b,t))-(y(min(a,t))-m*min(a,t))", "w": "c*(b-a)"},
        ),
        step("empty'", "discharge", f"Imp(t<=a, {clipped})", "empty"),
        step("after", "assume", "a <= t"),
        step("amin", "arithmetic", "a <= min(b,t)", "after", "ab"),
        step("minb", "arithmetic", "min(b,t) <= b"),
        step("min-a2", "arithmetic", "min(a,t) == a", "after"),
        step(
            "some",
            "apply",
            "abs((y(min(b,t))-m*min(b,t))-(y(a)-m*a)) <= c*(b-a)",
            "whole'",
            "amin",
            "minb",
            put={"q": "min(b,t)"},
        ),
        step("moved", "identity", "y(min(a,t))-m*min(a,t) == y(a)-m*a", "min-a2"),
        step("move-lemma", "arithmetic", "Imp(p == r, abs(z-r) <= w, abs(z-p) <= w)"),
        step(
            "full",
            "apply",
            clipped,
            "move-lemma",
            "moved",
            "some",
            put={"p": "y(min(a,t))-m*min(a,t)", "r": "y(a)-m*a", "z": "y(min(b,t))-m*min(b,t)", "w": "c*(b-a)"},
        ),
        step("full'", "discharge", f"Imp(a<=t, {clipped})", "full"),
        step("side", "arithmetic", "t <= a or a <= t"),
        step("cases", "arithmetic", "Imp(t <= a or a <= t, Imp(t <= a, z <= w), Imp(a <= t, z <= w), z <= w)"),
        step(
            "chord",
            "apply",
            clipped,
            "cases",
            "side",
            "empty'",
            "full'",
            put={"z": "abs((y(min(b,t))-m*min(b,t))-(y(min(a,t))-m*min(a,t)))", "w": "c*(b-a)"},
        ),
    ]


def _gap() -> Steps:
    """If |y''| <= kap on [a, b], b - a <= w, then |y' - y'(a)| <= kap w there (step "gap")."""
    return [
        step("gap-ab", "assume", "a <= b"),
        step("flat", "assume", _near("a", "b", "abs(ddy(x)) <= kap")),
        step("gap-w", "assume", "b-a <= w"),
        step("gap-aa", "arithmetic", "a <= a"),
        step("gap-at", "apply", "abs(ddy(a)) <= kap", "flat", "gap-aa", "gap-ab", at={"x": "a"}),
        step("kap0", "arithmetic", "0 <= kap", "gap-at"),
        step("gap-ap", "assume", "a <= p"),
        step("gap-pb", "assume", "p <= b"),
        step("gap-ax", "assume", "a <= x"),
        step("gap-xp", "assume", "x <= p"),
        step("gap-xb", "arithmetic", "x <= b", "gap-xp", "gap-pb"),
        step("gap-in", "apply", "abs(ddy(x)) <= kap", "flat", "gap-ax", "gap-xb", at={"x": "x"}),
        step("gap-in'", "discharge", "Imp(a<=x, x<=p, abs(ddy(x)) <= kap)", "gap-in"),
        step("gap-in.", "generalize", _near("a", "p", "abs(ddy(x)) <= kap"), "gap-in'"),
        step("gap-part", "apply", "abs(dy(p)-dy(a)) <= kap*(p-a)", "axiom:mean-value-inequality", "gap-ap", "dy",
             "gap-in.", put={"b": "p", "c": "kap"}, symbols={"f(x)": "dy(x)", "g(x)": "ddy(x)"}),
        step("gap-grow", "certificate", "kap*(p-a) <= kap*w", "kap0", "gap-pb", "gap-w",
             terms=[["kap0", "gap-pb"], ["kap0", "gap-w"]]),
        step("gap-most", "arithmetic", "abs(dy(p)-dy(a)) <= kap*w", "gap-part", "gap-grow"),
        step("gap'", "discharge", "Imp(a<=p, p<=b, abs(dy(p)-dy(a)) <= kap*w)", "gap-most"),
        step("gap", "generalize", "All(p, Imp(a<=p, p<=b, abs(dy(p)-dy(a)) <= kap*w))", "gap'"),
    ]  # fmt: skip


def _cluster() -> Steps:
    """On a part [a, b] of [s, e] every slope is within 2 S of the one at b (step "cluster")."""
    return [
        step("cl-ab", "assume", "a <= b"),
        step("cl-sa", "assume", "s <= a"),
        step("cl-be", "assume", "b <= e"),
        step("cl-ap", "assume", "a <= p"),
        step("cl-pb", "assume", "p <= b"),
        *[step(f"cl-{n}", "arithmetic", text, "cl-ab", "cl-sa", "cl-be", "cl-ap", "cl-pb")
          for n, text in enumerate(("s <= p", "p <= e", "s <= b"))],
        step("cl-p", "apply", "abs(dy(p)) <= S", "slope", "cl-0", "cl-1", at={"x": "p"}),
        step("cl-b", "apply", "abs(dy(b)) <= S", "slope", "cl-2", "cl-be", at={"x": "b"}),
        step("cl-two", "arithmetic", "abs(dy(p)-dy(b)) <= 2*S", "cl-p", "cl-b"),
        step("cluster'", "discharge", "Imp(a<=p, p<=b, abs(dy(p)-dy(b)) <= 2*S)", "cl-two"),
        step("cluster", "generalize", "All(p, Imp(a<=p, p<=b, abs(dy(p)-dy(b)) <= 2*S))", "cluster'"),
    ]  # fmt: skip


def build_piecewise(most: str = "kap*(e-s)**2+6*S*h") -> Proof:
    """Derive that y lies within kap (e - s)^2 + 6 S h of a piecewise linear map with three knots.

    Arguments:
        most: the distance.

    Returns:
        The statement and its derivation (JMLR 23(130), Theorem 2, on one interval).

    Example:
        >>> sorted(build_piecewise().statement.hyps)[:4]
        ['dy', 'gap0', 'gap1', 'gap2']
    """
    points = ("s", "u1", "v1", "u2", "v2", "u3", "v3", "e")
    order = [f"{p} <= {q}" for p, q in pairwise(points)]
    gaps = [("s", "u1"), ("v1", "u2"), ("v2", "u3"), ("v3", "e")]
    clusters = [("u1", "v1"), ("u2", "v2"), ("u3", "v3")]
    statement = Statement(
        f"abs(y(t)-{_MAP}) <= {most}",
        {
            "y": "All(x, HasDeriv(x, y(x), dy(x)))", "dy": "All(x, HasDeriv(x, dy(x), ddy(x)))",
            "slope": _near("s", "e", "abs(dy(x)) <= S"),
            "order": " and ".join(order),
            "short": " and ".join(f"{v}-{u} <= h" for u, v in clusters),
            **{f"gap{n}": _near(a, b, "abs(ddy(x)) <= kap") for n, (a, b) in enumerate(gaps)},
            "t": "s <= t and t <= e",
        },
        inhabited={**dict.fromkeys(points, "0"), "t": "0", "h": "0", "S": "0", "kap": "0", "y(x)": "0*x",
                   "dy(x)": "0*x", "ddy(x)": "0*x"},
        inhabited_steps=_constant_witness(gaps),
    )  # fmt: skip
    facts = {f"o{n}": text for n, text in enumerate(order)}
    steps: Steps = [*_chord(), *_gap(), *_cluster()]
    steps += [step(label, "arithmetic", text, "order") for label, text in facts.items()]
    steps += [step(f"h{n}", "arithmetic", f"{v}-{u} <= h", "short") for n, (u, v) in enumerate(clusters)]
    pieces = []
    for n, (a, b) in enumerate(gaps):
        near = f"All(p, Imp({a}<=p, p<={b}, abs(dy(p)-dy({a})) <= kap*(e-s)))"
        steps += [
            step(f"g{n}-w", "arithmetic", f"{b}-{a} <= e-s", *facts),
            step(f"g{n}", "apply", near, "gap", f"o{2 * n}", f"gap{n}", f"g{n}-w", put={"a": a, "b": b, "w": "e-s"}),
        ]
        pieces.append((f"g{n}", f"o{2 * n}", a, b, f"dy({a})", "kap*(e-s)"))
    for n, (a, b) in enumerate(clusters):
        near = f"All(p, Imp({a}<=p, p<={b}, abs(dy(p)-dy({b})) <= 2*S))"
        steps += [
            step(f"k{n}-s", "arithmetic", f"s <= {a}", *facts),
            step(f"k{n}-e", "arithmetic", f"{b} <= e", *facts),
            step(f"k{n}", "apply", near, "cluster", f"o{2 * n + 1}", f"k{n}-s", f"k{n}-e", put={"a": a, "b": b}),
        ]
        pieces.append((f"k{n}", f"o{2 * n + 1}", a, b, f"dy({b})", "2*S"))
    changes = []
    for label, ordered, a, b, m, c in pieces:
        change = f"((y(min({b},t))-{m}*min({b},t))-(y(min({a},t))-{m}*min({a},t)))"
        steps.append(
            step(f"{label}-y", "apply", f"abs({change}) <= {c}*({b}-{a})", "chord", ordered, label,
                 put={"a": a, "b": b, "m": m, "c": c})
        )  # fmt: skip
        changes.append((label, change, f"{c}*({b}-{a})"))
    total = "+".join(change for _, change, _ in changes)
    letters = {f"z{n}": change for n, (_, change, _) in enumerate(changes)}
    bounds = {f"w{n}": bound for n, (*_, bound) in enumerate(changes)}
    given = ", ".join(f"abs(z{n}) <= w{n}" for n in range(len(changes)))
    steps += [
        step("sum-lemma", "arithmetic", f"Imp({given}, abs({'+'.join(letters)}) <= {'+'.join(bounds)})"),
        step("sum", "apply", f"abs({total}) <= {'+'.join(bounds.values())}", "sum-lemma",
             *(f"{label}-y" for label, *_ in changes), put={**letters, **bounds}),
        step("t0", "arithmetic", "s <= t", "t"),
        step("t1", "arithmetic", "t <= e", "t"),
        step("min-s", "arithmetic", "min(s,t) == s", "t0"),
        step("min-e", "arithmetic", "min(e,t) == t", "t1"),
        *[step(f"relu-{u}", "arithmetic", f"relu(t-{u}) == t-min({u},t)") for u in _KNOTS],
        step("map", "identity", f"y(t)-{_MAP} == {total}", "min-s", "min-e", *(f"relu-{u}" for u in _KNOTS)),
        step("s-s", "arithmetic", "s <= s"),
        step("s-e", "arithmetic", "s <= e", *facts),
        step("at-s", "apply", "abs(dy(s)) <= S", "slope", "s-s", "s-e", at={"x": "s"}),
        step("S0", "arithmetic", "0 <= S", "at-s"),
        step("kap-at", "apply", "abs(ddy(s)) <= kap", "gap0", "s-s", "o0", at={"x": "s"}),
        step("kap", "arithmetic", "0 <= kap", "kap-at"),
        step("lengths", "certificate", f"{'+'.join(bounds.values())} <= {most}", "S0", "kap", "s-e", "h0", "h1", "h2",
             *facts, terms=[*[["c:2", "S0", f"h{n}"] for n in range(3)],
                            *[["kap", "s-e", f"o{n}"] for n in (1, 3, 5)]]),
        step("same-lemma", "arithmetic", "Imp(z == q, abs(q) <= w, w <= r, abs(z) <= r)"),
        step("goal", "apply", statement.goal, "same-lemma", "map", "sum", "lengths",
             put={"z": f"y(t)-{_MAP}", "q": total, "w": "+".join(bounds.values()), "r": most}),
    ]  # fmt: skip
    return Proof(statement, steps)


def _constant_witness(gaps: list[tuple[str, str]]) -> Steps:
    """Steps: the zero function on the interval that is one point satisfies the hypotheses."""
    shown: Steps = []
    for name in ("y", "dy"):
        shown += [
            {"for": name, **step("d", "derivative", "HasDeriv(x, 0*x, 0*x)")},
            {"for": name, **step("all", "generalize", "All(x, HasDeriv(x, 0*x, 0*x))", "d")},
        ]
    for name in ("slope", *(f"gap{n}" for n in range(len(gaps)))):
        shown += [
            {"for": name, **step("body", "arithmetic", "abs(0*x) <= 0")},
            {"for": name, **step("imp", "discharge", "Imp(0<=x, x<=0, abs(0*x) <= 0)", "body")},
            {"for": name, **step("all", "generalize", "All(x, Imp(0<=x, x<=0, abs(0*x) <= 0))", "imp")},
        ]
    return shown


def parabola_steps() -> Steps:
    """Return steps that prove, for y = x^2/2 on [0, 1] without clusters, the hypotheses of :func:`build_piecewise`.

    Returns:
        The steps for "y", "dy", "slope" and "gap0" to "gap3".

    Example:
        >>> parabola_steps()[-1]["for"]
        'gap3'
    """
    shown: Steps = []
    for name, function, slope in (("y", "x**2/2", "1*x"), ("dy", "1*x", "1+0*x")):
        shown += [
            {"for": name, **step("d", "derivative", f"HasDeriv(x, {function}, {slope})")},
            {"for": name, **step("all", "generalize", f"All(x, HasDeriv(x, {function}, {slope}))", "d")},
        ]
    for name, end, body in (
        ("slope", "1", "abs(1*x) <= 1"),
        *((f"gap{n}", "0", "abs(1+0*x) <= 1") for n in range(3)),
        ("gap3", "1", "abs(1+0*x) <= 1"),
    ):
        shown += [
            {"for": name, **step("a", "assume", "0<=x")},
            {"for": name, **step("b", "assume", f"x<={end}")},
            {"for": name, **step("body", "arithmetic", body, "a", "b")},
            {"for": name, **step("imp", "discharge", f"Imp(0<=x, x<={end}, {body})", "body")},
            {"for": name, **step("all", "generalize", f"All(x, Imp(0<=x, x<={end}, {body}))", "imp")},
        ]
    return shown
