"""Lemmas 5.4 and 5.5 of JMLR 23(130): lower bounds of a cluster polynomial in the distance of the critical point."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .critical_point import LET, NO_ROOT, POINT, ROOT, SMALL, Steps

_NONE, _ONE = (f"({' and '.join(f'({p})' for p in parts.values())})" for parts in (NO_ROOT, ROOT))
#: Definition 4.1: c is the minimiser on the interval of a polynomial without roots, or comes from the nearest root r.
CRITICAL = {"critical": f"{_NONE} or {_ONE}"}


def _parts(name: str, texts: dict[str, str]) -> Steps:
    return [step(f"{name}-{key}", "assume", text) for key, text in texts.items()]


def _both(goal: str) -> Steps:
    """The goal in either case of Definition 4.1 (steps "none" and "one" must be there)."""
    return [
        step("if-none", "discharge", f"Imp({_NONE}, {goal})", "none"),
        step("if-one", "discharge", f"Imp({_ONE}, {goal})", "one"),
    ]


def _share(p: str, q: str) -> str:
    """Return the share t of the way from c to x at which t p + t^2 q is negative, for p < 0 <= q."""
    return f"(-{p}/({q}-{p}))"


AT = {"a": "0", "b": "0", "l": "0", "e": "1", "x": "1", "r": "0", "c": "0"}


def critical_steps(name: str = "critical") -> tuple[dict[str, object], ...]:
    """Return steps that prove at a = b = 0, where P is 1 + t^2, that 0 is the critical point of 1 in [0, 1].

    Arguments:
        name: the hypothesis that they are for.

    Returns:
        The steps.

    Example:
        >>> critical_steps()[0]["id"]
        'one-plus'
    """
    p = "(1-0**2)*{0}**2+2*0*0*{0}+1-0**2".format
    least = f"Imp(0 <= t, t <= 1, {p('0')} <= {p('t')})"
    near = f"Imp({p('t')} == 0, (1-0)**2 <= (1-t)**2)"
    none = f"(All(t, {p('t')} != 0) and (0 <= 0 and 0 <= 1) and All(t, {least}))"
    one = f"(({p('0')} == 0) and All(t, {near}) and 0 == max(0, min(1, 0)))"
    steps = [
        step("one-plus", "arithmetic", f"{p('t')} != 0"),
        step("rootless", "generalize", f"All(t, {p('t')} != 0)", "one-plus"),
        step("in", "arithmetic", "0 <= 0 and 0 <= 1"),
        step("least'", "arithmetic", least),
        step("least", "generalize", f"All(t, {least})", "least'"),
        step("whole", "arithmetic", f"{none} or {one}", "rootless", "in", "least"),
    ]
    return tuple({"for": name, **s} for s in steps)


def build_convex_side(sign: str = "0 <= ") -> Proof:
    """Derive p. 54: P'(c)(x - c) >= 0 for P'' >= 0, by what the critical point c is.

    A nearest root: with the other root q, P'(c) = D ((c - r) + (c - q)).  A minimiser: a smaller value would be taken
    between c and x.

    Arguments:
        sign: what is said of the product; "0 <= " in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 54).

    Example:
        >>> build_convex_side().statement.hyps["convex"]
        '0 <= D'
    """
    goal = f"{sign}dP(c)*(x-c)"
    other, share, there = "(-2*a*b/D-r)", _share("p", "q"), _share("(dP(c)*(x-c))", "(D*(x-c)**2)")
    at = {"p": "dP(c)*(x-c)", "q": "D*(x-c)**2"}
    point = f"(c+{there}*(x-c))"
    steps = [
        *_parts("one", ROOT),
        step("curved", "assume", "0 < D"),
        step("vieta", "identity", f"P({other}) == 0", "curved", "one-root", combine={"one-root": "1"}),
        step("far", "apply", f"(x-r)**2 <= (x-{other})**2", "one-nearest", "vieta", at={"t": other}),
        step("factor", "identity", f"P(x) == D*(x-r)*(x-{other})", "curved", "one-root", combine={"one-root": "1"}),
        step("slope", "identity", f"dP(c) == D*((c-r)+(c-{other}))", "curved"),
        step("lemma", "arithmetic",
             "Imp(l <= x and x <= e, 0 < p, p == d*(x-r)*(x-q), s == d*((c-r)+(c-q)), 0 < d, (x-r)**2 <= (x-q)**2,"
             f" c == max(l, min(e, r)), {sign}s*(x-c))"),
        step("quadratic", "apply", goal, "lemma", "place", "outside", "factor", "slope", "curved", "far",
             "one-critical", put={"p": "P(x)", "s": "dP(c)", "d": "D", "q": other}),
        step("if-quadratic", "discharge", f"Imp(0 < D, {goal})", "quadratic"),
        step("flat", "assume", "D == 0"),
        step("flat-x", "identity", "P(x) == 2*a*b*(x-r)", "flat", "one-root",
             combine={"flat": "x**2-r**2", "one-root": "1"}),
        step("flat-slope", "identity", "dP(c) == 2*a*b", "flat", combine={"flat": "2*c"}),
        step("flat-lemma", "arithmetic",
             f"Imp(l <= x and x <= e, 0 < p, p == k*(x-r), s == k, c == max(l, min(e, r)), {sign}s*(x-c))"),
        step("linear", "apply", goal, "flat-lemma", "place", "outside", "flat-x", "flat-slope", "one-critical",
             put={"p": "P(x)", "s": "dP(c)", "k": "2*a*b"}),
        step("if-linear", "discharge", f"Imp(D == 0, {goal})", "linear"),
        step("one", "arithmetic", goal, "convex", "if-quadratic", "if-linear"),
        *[q for q in _parts("none", NO_ROOT) if q["id"] != "none-rootless"],
        step("down", "assume", "p < 0"),
        step("up", "assume", "0 <= q"),
        step("size", "arithmetic", "0 < q-p", "down", "up"),
        step("share-0", "certificate", f"0 <= {share}", "down", "size", terms=[["down"]], times="q-p"),
        step("share-1", "certificate", f"{share} <= 1", "up", "size", terms=[["up"]], times="q-p"),
        step("fall", "identity", f"{share}*p+{share}**2*q == p**3/(q-p)**2", "size"),
        step("size2", "certificate", "0 < (q-p)**2", "size", terms=[["size", "size"]]),
        step("cube", "certificate", "p**3/(q-p)**2 < 0", "down", "size", "size2", terms=[["down", "down", "down"]],
             times="(q-p)**2"),
        step("fall-2", "arithmetic", f"{share}*p+{share}**2*q < 0", "fall", "cube"),
        step("falls", "discharge", f"Imp(p < 0, 0 <= q, {share}*p+{share}**2*q < 0)", "fall-2"),
        step("starts", "discharge", f"Imp(p < 0, 0 <= q, 0 <= {share})", "share-0"),
        step("ends", "discharge", f"Imp(p < 0, 0 <= q, {share} <= 1)", "share-1"),
        step("descent", "assume", "dP(c)*(x-c) < 0"),
        step("bend", "certificate", "0 <= D*(x-c)**2", "convex", terms=[["convex", "sq:x-c"]]),
        step("T0", "apply", f"0 <= {there}", "starts", "descent", "bend", put=at),
        step("T1", "apply", f"{there} <= 1", "ends", "descent", "bend", put=at),
        step("between", "arithmetic",
             "Imp(l <= x and x <= e, l <= c and c <= e, 0 <= t, t <= 1, l <= c+t*(x-c) and c+t*(x-c) <= e)"),
        step("there", "apply", f"l <= {point} and {point} <= e", "between", "place", "none-inside", "T0", "T1",
             put={"t": there}),
        step("there-l", "arithmetic", f"l <= {point}", "there"),
        step("there-e", "arithmetic", f"{point} <= e", "there"),
        step("least", "apply", f"P(c) <= P({point})", "none-least", "there-l", "there-e", at={"t": point}),
        step("taylor", "identity", "P(c+t*(x-c)) == P(c)+t*(dP(c)*(x-c))+t**2*(D*(x-c)**2)"),
        step("value", "apply",
             f"P({point}) == P(c)+{there}*(dP(c)*(x-c))+{there}**2*(D*(x-c)**2)", "taylor",
             put={"t": there}),
        step("less", "apply", f"{there}*(dP(c)*(x-c))+{there}**2*(D*(x-c)**2) < 0", "falls", "descent",
             "bend", put=at),
        step("clash-lemma", "arithmetic", "Imp(u <= v, v == u+s+z, s+z < 0, False)"),
        step("clash", "apply", "False", "clash-lemma", "least", "value", "less",
             put={"u": "P(c)", "v": f"P({point})", "s": f"{there}*(dP(c)*(x-c))",
                  "z": f"{there}**2*(D*(x-c)**2)"}),
        step("no-descent", "discharge", "Imp(dP(c)*(x-c) < 0, False)", "clash"),
        step("none", "arithmetic", goal, "no-descent"),
        *_both(goal),
        step("goal", "arithmetic", goal, "critical", "if-none", "if-one"),
    ]  # fmt: skip
    hyps = {**POINT, **CRITICAL, "convex": "0 <= D"}
    return Proof(Statement(goal, hyps, "", LET, AT, critical_steps()), steps)


#: The interval lies in [-L, L] and holds a point z outside of the cluster set at distance C/2 or more from c, as it
#: does when the part outside has length C: no interval of length below C covers it.
ROOM = {"left": "-L <= l", "right": "e <= L", "C": "0 < C", "far": "l <= z and z <= e and 0 <= P(z)",
        "apart": "C <= 2*abs(z-c)"}  # fmt: skip
EPS = f"min({SMALL}/2, {SMALL}*C**2/(8*(1+4*L)))"
ROOM_AT = {**AT, "L": "1", "C": "1", "z": "1"}


def bound(values: tuple[str, str, str], eps: str) -> str:
    """Return that P(x) is at least p2 (x - c)^2 + p1 |x - c| + p0 with p2, p1, p0 >= 0, one of them at least eps.

    Arguments:
        values: p2, p1 and p0.
        eps: the least value of one of them.

    Returns:
        The text of the proposition.

    Example:
        >>> bound(("0", "1", "2"), "1/2")[:7]
        '0 <= 0 '
    """
    p2, p1, p0 = values
    return (
        f"0 <= {p2} and 0 <= {p1} and 0 <= {p0} and {p2}*(x-c)**2+{p1}*abs(x-c)+{p0} <= P(x)"
        f" and ({eps} <= {p2} or {eps} <= {p1} or {eps} <= {p0})"
    )


CONVEX, CONCAVE = ("D", "abs(dP(c))", "P(c)"), ("0", "abs(dP(c))/2", "P(c)")


def _inside() -> Steps:
    """The critical point lies in the interval (steps "c-in", "L")."""
    here = "l <= c and c <= e"
    return [
        step("none-inside", "assume", NO_ROOT["inside"]),
        step("one-critical", "assume", ROOT["critical"]),
        step("c-in-lemma", "arithmetic", f"Imp(l <= x and x <= e, c == max(l, min(e, r)), {here})"),
        step("c-in-one", "apply", here, "c-in-lemma", "place", "one-critical"),
        step("c-if-none", "discharge", f"Imp({_NONE}, {here})", "none-inside"),
        step("c-if-one", "discharge", f"Imp({_ONE}, {here})", "c-in-one"),
        step("c-in", "arithmetic", here, "critical", "c-if-none", "c-if-one"),
        step("L", "arithmetic", "0 <= L", "left", "right", "place"),
    ]


def _preliminaries(s: str) -> Steps:
    """P(c) >= 0, and one of |P(c)|, |P'(c)|, |P''| is at least s (steps "P", "some")."""
    one = [f"one-{name}" for name in ROOT]
    return [
        *_inside(),
        step("none-rootless", "assume", NO_ROOT["rootless"]),
        step("one-root", "assume", ROOT["root"]),
        step("one-nearest", "assume", ROOT["nearest"]),
        step("P-one", "apply", "0 <= P(c)", "claim:mf.P2xc-nonneg", "place", "outside", *one),
        step("P-none'", "apply", "0 < P(c)", "claim:mf.P2xc-positive", "none-rootless"),
        step("P-none", "arithmetic", "0 <= P(c)", "P-none'"),
        step("P-if-none", "discharge", f"Imp({_NONE}, 0 <= P(c))", "P-none"),
        step("P-if-one", "discharge", f"Imp({_ONE}, 0 <= P(c))", "P-one"),
        step("P", "arithmetic", "0 <= P(c)", "critical", "P-if-none", "P-if-one"),
        step("size", "arithmetic", "abs(c) <= L", "left", "right", "c-in"),
        step("some", "apply", f"{s} <= abs(P(c)) or {s} <= abs(dP(c)) or {s} <= abs(2*D)",
             "claim:mf.coef-not-all-small", "L", "size"),
        step("1+L", "arithmetic", "0 < 1+L", "L"),
        step("s>0", "sign", f"0 < {s}", "L", "1+L"),
    ]  # fmt: skip


def _constants(eps: str, s: str) -> Steps:
    """The constant is at most s/2 and s C^2/(8 (1 + 4 L)) (steps "eps-1", "eps-2")."""
    return [
        step("min-1", "arithmetic", f"{EPS} <= {s}/2"),
        step("room", "sign", "0 < 8*(1+4*L)", "L"),
        step("min-2", "arithmetic", f"{EPS} <= {s}*C**2/(8*(1+4*L))"),
        step("eps-1", "arithmetic", f"{eps} <= {s}/2", "min-1"),
        step("eps-2'", "arithmetic", f"{eps} <= {s}*C**2/(8*(1+4*L))", "min-2"),
        step("eps-2", "certificate", f"({eps})*(8*(1+4*L)) <= {s}*C**2", "eps-2'", "room", terms=[["eps-2'", "room"]]),
    ]


def _convex(eps: str, s: str) -> Steps:
    one = f"{eps} <= D or {eps} <= abs(dP(c)) or {eps} <= P(c)"
    return [
        step("convex", "assume", "0 <= D"),
        step("side", "apply", "0 <= dP(c)*(x-c)", "claim:mf.A3-convex-sign", "place", "outside", "critical", "convex"),
        step("growth", "apply", "D*(x-c)**2+abs(dP(c))*abs(x-c)+P(c) <= P(x)", "claim:mf.alpha2.corrected", "side"),
        step("slope", "sign", "0 <= abs(dP(c))"),
        step("convex-lemma", "arithmetic",
             "Imp(E <= s/2, 0 < s, 0 <= d, 0 <= p, s <= abs(p) or s <= v or s <= abs(2*d),"
             " E <= d or E <= v or E <= p)"),
        step("convex-one", "apply", one, "convex-lemma", "eps-1", "s>0", "convex", "P", "some",
             put={"E": eps, "s": s, "d": "D", "p": "P(c)", "v": "abs(dP(c))"}),
        step("convex-bound", "sign", bound(CONVEX, eps), "convex", "slope", "P", "growth", "convex-one"),
        step("if-convex", "discharge", f"Imp(0 <= D, {bound(CONVEX, eps)})", "convex-bound"),
    ]  # fmt: skip


def _concave_sides() -> Steps:
    """For P'' < 0 the slope at c and at x points from c to x (steps "side-c", "side-x")."""
    other = "(-2*a*b/D-r)"
    both = "0 <= dP(x)*(x-c) and 0 <= dP(c)*(x-c)"
    return [
        step("concave", "assume", "D < 0"),
        step("everywhere", "generalize", "All(x, 0 < P(x))", "positive"),
        step("kinds", "apply", "a**2 < 1 or (a**2 == 1 and b == 0)", "claim:mf.def-4.1-multiple", "everywhere"),
        step("none-sides", "arithmetic", both, "kinds", "concave", prose="A concave polynomial has roots."),
        step("sides-if-none", "discharge", f"Imp({_NONE}, {both})", "none-sides"),
        step("curved", "arithmetic", "D != 0", "concave"),
        step("vieta", "identity", f"P({other}) == 0", "curved", "one-root", combine={"one-root": "1"}),
        step("nearer", "apply", f"(x-r)**2 <= (x-{other})**2", "one-nearest", "vieta", at={"t": other}),
        step("factor", "identity", f"P(x) == D*(x-r)*(x-{other})", "curved", "one-root", combine={"one-root": "1"}),
        step("slope-c", "identity", f"dP(c) == D*((c-r)+(c-{other}))", "curved"),
        step("slope-x", "identity", f"dP(x) == D*((x-r)+(x-{other}))", "curved"),
        step("sides-lemma", "arithmetic",
             "Imp(l <= x and x <= e, 0 < p, p == d*(x-r)*(x-q), d < 0, (x-r)**2 <= (x-q)**2, c == max(l, min(e, r)),"
             " 0 <= d*((x-r)+(x-q))*(x-c) and 0 <= d*((c-r)+(c-q))*(x-c))"),
        step("one-sides'", "apply",
             f"0 <= D*((x-r)+(x-{other}))*(x-c) and 0 <= D*((c-r)+(c-{other}))*(x-c)", "sides-lemma", "place",
             "outside", "factor", "concave", "nearer", "one-critical", put={"p": "P(x)", "d": "D", "q": other}),
        step("one-x", "arithmetic", f"0 <= D*((x-r)+(x-{other}))*(x-c)", "one-sides'"),
        step("one-c", "arithmetic", f"0 <= D*((c-r)+(c-{other}))*(x-c)", "one-sides'"),
        step("one-side-x", "certificate", "0 <= dP(x)*(x-c)", "one-x", "slope-x", terms=[["one-x"]],
             combine={"slope-x": "x-c"}),
        step("one-side-c", "certificate", "0 <= dP(c)*(x-c)", "one-c", "slope-c", terms=[["one-c"]],
             combine={"slope-c": "x-c"}),
        step("one-sides", "sign", both, "one-side-x", "one-side-c"),
        step("sides-if-one", "discharge", f"Imp({_ONE}, {both})", "one-sides"),
        step("sides", "arithmetic", both, "critical", "sides-if-none", "sides-if-one"),
        step("side-x", "arithmetic", "0 <= dP(x)*(x-c)", "sides"),
        step("side-c", "arithmetic", "0 <= dP(c)*(x-c)", "sides"),
    ]  # fmt: skip


def _concave(eps: str, s: str) -> Steps:
    one = f"{eps} <= 0 or {eps} <= abs(dP(c))/2 or {eps} <= P(c)"
    far = f"{s}*C**2/8 <= abs(dP(c))*(2*L)+P(c)"
    return [
        *_concave_sides(),
        step("product-lemma", "arithmetic", "Imp(0 <= u*v, abs(u)*abs(v) == u*v)"),
        step("product", "apply", "abs(dP(c))*abs(x-c) == dP(c)*(x-c)", "product-lemma", "side-c",
             put={"u": "dP(c)", "v": "x-c"}),
        step("chord", "certificate", "0*(x-c)**2+abs(dP(c))/2*abs(x-c)+P(c) <= P(x)", "side-x", "product",
             terms=[["c:1/2", "side-x"]], combine={"product": "-1/2"}, prose="The chord to the vertex."),
        step("far-z", "arithmetic", "0 <= P(z)", "far"),
        step("abs-z", "identity", "abs(z-c) == abs(z-c)"),
        step("A.18", "apply", "-1/2*(2*(1-a**2))*abs(z-c)**2 <= abs(dP(c))*abs(z-c)+P(c)", "claim:mf.eq-A.17-18",
             "far-z", "abs-z", put={"D": "abs(z-c)"}),
        step("A.18'", "certificate", "-D*abs(z-c)**2 <= abs(dP(c))*abs(z-c)+P(c)", "A.18", terms=[["A.18"]]),
        step("length", "arithmetic", "abs(z-c) <= 2*L", "far", "c-in", "left", "right"),
        step("v>0", "sign", "0 <= abs(dP(c))"),
        step("u2", "arithmetic", "Imp(0 < C, C <= 2*u, C**2/4 <= u**2)"),
        step("z2", "apply", "C**2/4 <= abs(z-c)**2", "u2", "C", "apart", put={"u": "abs(z-c)"}),
        step("vu", "certificate", "abs(dP(c))*abs(z-c) <= abs(dP(c))*(2*L)", "v>0", "length",
             terms=[["v>0", "length"]]),
        step("steep", "assume", f"{s} <= -2*D"),
        step("-D", "arithmetic", "0 <= -D", "concave"),
        step("steep-1", "certificate", f"{s}/2*(C**2/4) <= -D*(C**2/4)", "steep", terms=[["c:1/8", "steep", "sq:C"]]),
        step("steep-2", "certificate", "-D*(C**2/4) <= -D*abs(z-c)**2", "-D", "z2", terms=[["-D", "z2"]]),
        step("steep-3", "certificate", far, "steep-1", "steep-2", "A.18'", "vu",
             terms=[["steep-1"], ["steep-2"], ["A.18'"], ["vu"]]),
        step("if-steep", "discharge", f"Imp({s} <= -2*D, {far})", "steep-3"),
        step("concave-lemma", "arithmetic",
             "Imp(E <= s/2, 0 < s, d < 0, 0 <= p, 0 <= L, s <= abs(p) or s <= v or s <= abs(2*d),"
             " Imp(s <= -2*d, k/8 <= v*(2*L)+p), E*(8*(1+4*L)) <= k, E <= 0 or E <= v/2 or E <= p)"),
        step("concave-one", "apply", one, "concave-lemma", "eps-1", "s>0", "concave", "P", "L", "some", "if-steep",
             "eps-2", put={"E": eps, "s": s, "d": "D", "p": "P(c)", "v": "abs(dP(c))", "k": f"{s}*C**2"}),
        step("half", "sign", "0 <= abs(dP(c))/2"),
        step("zero", "sign", "0 <= 0"),
        step("concave-bound", "sign", bound(CONCAVE, eps), "zero", "half", "P", "chord", "concave-one"),
        step("if-concave", "discharge", f"Imp(D < 0, {bound(CONCAVE, eps)})", "concave-bound"),
    ]  # fmt: skip


def build_lower_bound(eps: str = EPS) -> Proof:
    """Derive Lemma 5.4: P(x) >= p2 (x-c)^2 + p1 |x-c| + p0 with p2, p1, p0 >= 0, one at least an explicit constant.

    Convex: the expansion about c, with p2 = P''/2.  Concave: the chord to the vertex, with p1 = |P'(c)|/2, and (A.18)
    at a far point of the interval.

    Arguments:
        eps: the constant; min(s/2, s C^2/(8 (1 + 4 L))) with s = 1/(2 (1 + L)^2) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma 5.4, with an explicit constant); it uses
        mf.A3-convex-sign, mf.P2xc-nonneg, mf.P2xc-positive and mf.coef-not-all-small.

    Example:
        >>> sorted(build_lower_bound().statement.hyps)
        ['C', 'apart', 'critical', 'far', 'left', 'outside', 'place', 'right']
    """
    goal = f"Imp(0 <= D, {bound(CONVEX, eps)}) and Imp(D < 0, {bound(CONCAVE, eps)})"
    hyps = {**POINT, **CRITICAL, **ROOM}
    steps = [
        *_preliminaries(SMALL),
        *_constants(eps, SMALL),
        *_convex(eps, SMALL),
        step("positive", "apply", "0 < P(x)", "claim:mf.P2xc-positive", "none-rootless", put={"c": "x"}),
        *_concave(eps, SMALL),
        step("goal", "sign", goal, "if-convex", "if-concave"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", LET, ROOM_AT, critical_steps()), steps)


def build_quadratic_bound(eps: str = f"{EPS}/(1+2*L)") -> Proof:
    """Derive Lemma 5.5 corrected: P(x) >= g1 (x - c)^2 + g2 with g1, g2 >= 0, one at least an explicit constant.

    From Lemma 5.4 with g1 = p2 + p1/(1 + 2 L), since |x - c| <= 2 L, and g2 = p0 = P(c).

    Arguments:
        eps: the constant; that of Lemma 5.4 over 1 + 2 L in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma 5.5, corrected: gamma > 0 is printed); it uses
        mf.lemma-5.4.

    Example:
        >>> build_quadratic_bound().statement.goal[:12]
        'Imp(0 <= D, '
    """
    hyps = {**POINT, **CRITICAL, **ROOM}

    def growth(values: tuple[str, str, str]) -> str:
        p2, p1, p0 = values
        g1 = f"({p2}+{p1}/(1+2*L))"
        return f"0 <= {g1} and 0 <= {p0} and {g1}*(x-c)**2+{p0} <= P(x) and ({eps} <= {g1} or {eps} <= {p0})"

    goal = f"Imp(0 <= D, {growth(CONVEX)}) and Imp(D < 0, {growth(CONCAVE)})"
    whole = f"Imp(0 <= D, {bound(CONVEX, EPS)}) and Imp(D < 0, {bound(CONCAVE, EPS)})"
    lemma = (
        "Imp(0 < w, w*(1+2*L) == 1, 0 <= h, h <= 2*L, 0 <= L, 0 < E, 0 <= p2 and 0 <= p1 and 0 <= p0 and"
        " p2*h**2+p1*h+p0 <= p and (E <= p2 or E <= p1 or E <= p0),"
        " 0 <= p2+p1*w and 0 <= p0 and (p2+p1*w)*h**2+p0 <= p and (E*w <= p2+p1*w or E*w <= p0))"
    )
    w = "(1/(1+2*L))"
    steps = [
        *_inside(),
        step("whole", "apply", whole, "claim:mf.lemma-5.4", *hyps),
        step("1+2L", "sign", "0 < 1+2*L", "L"),
        step("w", "sign", f"0 < {w}", "1+2L"),
        step("unit", "identity", f"{w}*(1+2*L) == 1", "1+2L"),
        step("h", "sign", "0 <= abs(x-c)"),
        step("distance", "arithmetic", "abs(x-c) <= 2*L", "place", "c-in", "left", "right"),
        step("1+L", "arithmetic", "0 < 1+L", "L"),
        step("s>0", "sign", f"0 < {SMALL}", "L", "1+L"),
        step("C2>0", "sign", f"0 < {SMALL}*C**2/(8*(1+4*L))", "L", "1+L", "C"),
        step("eps>0", "arithmetic", f"0 < {EPS}", "s>0", "C2>0"),
        step("lemma", "arithmetic", lemma, prose="Linear growth is quadratic growth on a bounded interval."),
        step("square", "arithmetic", "abs(u)**2 == u**2"),
        step("square'", "apply", "abs(x-c)**2 == (x-c)**2", "square", put={"u": "x-c"}),
    ]  # fmt: skip
    for name, case, values in (("convex", "0 <= D", CONVEX), ("concave", "D < 0", CONCAVE)):
        p2, p1, p0 = values
        g1 = f"({p2}+{p1}*{w})"
        either = f"({EPS}*{w} <= {g1} or {EPS}*{w} <= {p0})"
        steps += [
            step(name, "assume", case),
            step(f"{name}-given'", "arithmetic", bound(values, EPS), "whole", name),
            step(f"{name}-parts", "arithmetic",
                 f"0 <= {p2} and 0 <= {p1} and 0 <= {p0} and {p2}*abs(x-c)**2+{p1}*abs(x-c)+{p0} <= P(x)"
                 f" and ({EPS} <= {p2} or {EPS} <= {p1} or {EPS} <= {p0})", f"{name}-given'", "square'"),
            step(f"{name}-all", "apply",
                 f"0 <= {g1} and 0 <= {p0} and {g1}*abs(x-c)**2+{p0} <= P(x) and {either}",
                 "lemma", "w", "unit", "h", "distance", "L", "eps>0", f"{name}-parts",
                 put={"w": w, "h": "abs(x-c)", "E": EPS, "p2": p2, "p1": p1, "p0": p0, "p": "P(x)"}),
            step(f"{name}-end", "arithmetic", growth(values), f"{name}-all", "square'"),
            step(f"if-{name}", "discharge", f"Imp({case}, {growth(values)})", f"{name}-end"),
        ]  # fmt: skip
    steps.append(step("goal", "sign", goal, "if-convex", "if-concave"))
    return Proof(Statement(goal, hyps, "", LET, ROOM_AT, critical_steps()), steps)


def build_bounded_pairs(span: str = "C") -> Proof:
    """Derive that U of (5.20) is bounded: |a| <= 2 sqrt(1 + L^2)/C and |b| <= sqrt(1 + L^2) (1 + 2 L/C).

    At two points u, v of [-L, L] at distance C or more |a u - b| and |a v - b| are at most sqrt(1 + L^2).

    Arguments:
        span: the distance of the points at least; C in the true statement.

    Returns:
        The statement and its derivation (implicit on p. 25 of JMLR 23(130), with explicit constants).

    Example:
        >>> build_bounded_pairs().statement.hyps["apart"]
        'C <= v-u'
    """
    goal = "abs(a) <= 2*sqrt(1+L**2)/C and abs(b) <= sqrt(1+L**2)*(1+2*L/C)"
    hyps = {
        "C": "0 < C", "apart": f"{span} <= v-u", "u": "abs(u) <= L and 0 <= P(u)", "v": "abs(v) <= L and 0 <= P(v)",
    }  # fmt: skip
    steps = [
        step("inside", "sign", "0 <= 1+L**2"),
        step("root", "sign", "0 <= sqrt(1+L**2)"),
        step("root2", "identity", "sqrt(1+L**2)**2 == 1+L**2", "inside"),
        step("lemma", "arithmetic",
             "Imp(abs(x) <= L and 0 <= (1-a**2)*x**2+2*a*b*x+1-b**2, 0 <= s, s**2 == 1+L**2, abs(a*x-b) <= s)"),
        *[step(f"at-{x}", "apply", f"abs(a*{x}-b) <= sqrt(1+L**2)", "lemma", x, "root", "root2",
               put={"x": x, "s": "sqrt(1+L**2)"}) for x in "uv"],
        step("slope-lemma", "arithmetic",
             "Imp(abs(a*u-b) <= s, abs(a*v-b) <= s, C <= v-u, 0 < C, abs(a)*C <= 2*s)"),
        step("slope'", "apply", "abs(a)*C <= 2*sqrt(1+L**2)", "slope-lemma", "at-u", "at-v", "apart", "C",
             put={"s": "sqrt(1+L**2)"}),
        step("slope", "certificate", "abs(a) <= 2*sqrt(1+L**2)/C", "slope'", "C", terms=[["slope'"]], times="C"),
        step("L", "arithmetic", "0 <= L", "u"),
        step("u'", "arithmetic", "abs(u) <= L", "u"),
        step("offset-lemma", "arithmetic", "Imp(abs(a*u-b) <= s, abs(u) <= L, abs(b) <= s+L*abs(a))"),
        step("offset'", "apply", "abs(b) <= sqrt(1+L**2)+L*abs(a)", "offset-lemma", "at-u", "u'",
             put={"s": "sqrt(1+L**2)"}),
        step("more", "certificate", "L*abs(a) <= L*(2*sqrt(1+L**2)/C)", "L", "slope", "C", terms=[["L", "slope"]]),
        step("offset", "certificate", "abs(b) <= sqrt(1+L**2)*(1+2*L/C)", "offset'", "more", "C",
             terms=[["offset'"], ["more"]]),
        step("goal", "sign", goal, "slope", "offset"),
    ]  # fmt: skip
    inhabited = {"a": "0", "b": "0", "C": "1", "u": "0", "v": "1", "L": "1"}
    return Proof(Statement(goal, hyps, "", LET, inhabited), steps)
