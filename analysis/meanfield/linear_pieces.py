"""Proof of Theorem 2 of JMLR 23(130): linear pieces outside of the extended cluster set, and how they connect."""

from __future__ import annotations

from itertools import pairwise

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .critical_point import Steps

#: A set is {t: u(t) <= 0}; it is an interval (k = 1) or the complement of one (k = -1).
_SHAPE = (
    "All(p, All(t, All(q, Imp(p < t, t < q, Imp({k} == 1, {u}(p) <= 0, {u}(q) <= 0, {u}(t) <= 0)"
    " and Imp({k} == -1, 0 < {u}(p), 0 < {u}(q), 0 < {u}(t))))))"
).format


def build_extended(intervals: int = 3) -> Proof:
    """Derive p. 30: the union of two sets that are intervals or complements of one has <= 3 pieces, and so outside.

    So there are no seven points t1 < ... < t7 that alternate between the union and the rest, whichever comes first.
    The extension by delta of the part of the cluster set of one polynomial is an interval if that is convex, and the
    complement of an interval if it is concave.

    Arguments:
        intervals: the largest number of pieces; 3 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 30).

    Example:
        >>> sorted(build_extended().statement.hyps)
        ['first', 'first-kind', 'second', 'second-kind']
    """
    ts = [f"t{n}" for n in range(1, 2 * intervals + 2)]
    order = [f"{p} < {q}" for p, q in pairwise(ts)]

    def alternate(start: int) -> list[str]:
        inside = "(u({0}) <= 0 or v({0}) <= 0)".format
        outside = "(0 < u({0}) and 0 < v({0}))".format
        return [(inside if n % 2 == start else outside)(t) for n, t in enumerate(ts)]

    patterns = [f"Imp({', '.join([*order, *alternate(start)])}, False)" for start in (0, 1)]
    hyps = {
        "first": _SHAPE(u="u", k="k"), "first-kind": "k == 1 or k == -1",
        "second": _SHAPE(u="v", k="j"), "second-kind": "j == 1 or j == -1",
    }  # fmt: skip
    n = len(ts)
    triples = [
        (p, c, q) for p in range(n) for c in range(p + 1, n) for q in range(c + 1, n)
        if (q - p) % 2 == 0 and (c - p) % 2 == 1 and c in (p + 1, q - 1)
    ]  # fmt: skip
    steps: Steps = [step(f"order-{m}", "assume", text) for m, text in enumerate(order)]
    facts = []
    for name, kind, u in (("first", "k", "u"), ("second", "j", "v")):
        for p, c, q in triples:
            at = {"p": ts[p], "t": ts[c], "q": ts[q]}
            below, above = (f"{name}-{p}{c}{q}-{side}" for side in ("a", "b"))
            text = (
                f"Imp({kind} == 1, {u}({ts[p]}) <= 0, {u}({ts[q]}) <= 0, {u}({ts[c]}) <= 0)"
                f" and Imp({kind} == -1, 0 < {u}({ts[p]}), 0 < {u}({ts[q]}), 0 < {u}({ts[c]}))"
            )
            facts.append(f"{name}-{p}{c}{q}")
            steps += [
                step(below, "arithmetic", f"{ts[p]} < {ts[c]}", *(f"order-{m}" for m in range(p, c))),
                step(above, "arithmetic", f"{ts[c]} < {ts[q]}", *(f"order-{m}" for m in range(c, q))),
                step(facts[-1], "apply", text, name, below, above, at=at),
            ]
    for start in (0, 1):
        steps += [
            *[step(f"pattern-{start}-{m}", "assume", text) for m, text in enumerate(alternate(start))],
            step(f"absurd-{start}", "arithmetic", "False", *facts, "first-kind", "second-kind",
                 *(f"pattern-{start}-{m}" for m in range(n))),
            step(f"no-{start}", "discharge", patterns[start], f"absurd-{start}"),
        ]  # fmt: skip
    goal = " and ".join(patterns)
    steps.append(step("goal", "sign", goal, "no-0", "no-1"))
    inhabited = {"k": "-1", "j": "1", "u(t)": "1-t**2", "v(t)": "t**2"}
    return Proof(Statement(goal, hyps, "", {}, inhabited, extended_steps()), steps)


def extended_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove the shapes of |t| >= 1, the complement of an interval, and of the point 0.

    Returns:
        The steps for the hypotheses "first" and "second".

    Example:
        >>> extended_steps()[0]["for"]
        'first'
    """
    found: list[dict[str, object]] = []
    for name, k, u in (("first", "(-1)", "(1-{0}**2)"), ("second", "1", "({0}**2)")):
        body = (
            f"Imp(p < t, t < q, Imp({k} == 1, {u.format('p')} <= 0, {u.format('q')} <= 0, {u.format('t')} <= 0)"
            f" and Imp({k} == -1, 0 < {u.format('p')}, 0 < {u.format('q')}, 0 < {u.format('t')}))"
        )
        found += [
            {"for": name, **step(f"{name}-body", "arithmetic", body)},
            {"for": name, **step(f"{name}-all", "generalize", f"All(p, All(t, All(q, {body})))", f"{name}-body")},
        ]
    return tuple(found)


#: A function y with its first two derivatives.
SMOOTH = {
    "d1": "All(s, HasDeriv(s, y(s), y1(s)))", "d2": "All(s, HasDeriv(s, y1(s), y2(s)))",
    "c0": "All(p, All(q, Cont(s, p, q, y(s))))", "c1": "All(p, All(q, Cont(s, p, q, y1(s))))",
    "c2": "All(p, All(q, Cont(s, p, q, y2(s))))",
}  # fmt: skip
_REST = "y(x)-y(t)-y1(t)*(x-t)"


def _remainder(name: str, p: str, q: str, bend: str) -> Steps:
    """Taylor's remainder as an integral from p to q, and its bound; x = q where t <= x, x = p where x <= t."""
    sign, weight = ("", "(x-s)") if q == "x" else ("-", "(s-x)")
    primitive = f"({sign}(y(s)+(x-s)*y1(s)))"
    body = f"{weight}*y2(s)"
    cap, half = f"{weight}*{bend}", f"{bend}*({q}-{p})**2/2"
    quadratic = f"({sign}(-{bend}*(x-s)**2/2))"
    return [
        step(f"{name}-order", "assume", f"{p} <= {q}"),
        *[step(f"{name}-c{n}", "apply", f"Cont(s, {p}, {q}, {y}(s))", f"c{n}", at={"p": p, "q": q})
          for n, y in enumerate(("y", "y1", "y2"))],
        step(f"{name}-CF", "continuous", f"Cont(s, {p}, {q}, {primitive})", f"{name}-c0", f"{name}-c1"),
        step(f"{name}-Cf", "continuous", f"Cont(s, {p}, {q}, {body})", f"{name}-c2"),
        step(f"{name}-d", "derivative", f"HasDeriv(s, {primitive}, {body})", "d1", "d2"),
        step(f"{name}-int", "fundamental-theorem", f"Int(s, {p}, {q}, {body}) == {_REST}", f"{name}-d", f"{name}-CF",
             f"{name}-Cf", f"{name}-order", F=primitive, prose="Taylor's remainder as an integral."),
        step(f"{name}-Cc", "continuous", f"Cont(s, {p}, {q}, {cap})"),
        step(f"{name}-Cq", "continuous", f"Cont(s, {p}, {q}, {quadratic})"),
        step(f"{name}-dq", "derivative", f"HasDeriv(s, {quadratic}, {cap})"),
        step(f"{name}-cap", "fundamental-theorem", f"Int(s, {p}, {q}, {cap}) == {half}", f"{name}-dq", f"{name}-Cq",
             f"{name}-Cc", f"{name}-order", F=quadratic),
        step(f"{name}-p", "assume", f"{p} <= s"),
        step(f"{name}-q", "assume", f"s <= {q}"),
        step(f"{name}-lo", "arithmetic", "lo <= s", f"{name}-p", "place"),
        step(f"{name}-hi", "arithmetic", "s <= hi", f"{name}-q", "place"),
        step(f"{name}-bend", "apply", f"abs(y2(s)) <= {bend}", "bend", f"{name}-lo", f"{name}-hi", at={"s": "s"}),
        step(f"{name}-up", "arithmetic", f"y2(s) <= {bend}", f"{name}-bend"),
        step(f"{name}-down", "arithmetic", f"-y2(s) <= {bend}", f"{name}-bend"),
        step(f"{name}-weight", "arithmetic", f"0 <= {weight}", f"{name}-p", f"{name}-q"),
        step(f"{name}-up.", "certificate", f"{body} <= {cap}", f"{name}-up", f"{name}-weight",
             terms=[[f"{name}-up", f"{name}-weight"]]),
        step(f"{name}-down.", "certificate", f"-({body}) <= {cap}", f"{name}-down", f"{name}-weight",
             terms=[[f"{name}-down", f"{name}-weight"]]),
        step(f"{name}-C-", "continuous", f"Cont(s, {p}, {q}, -({body}))", f"{name}-c2"),
        step(f"{name}-mono", "monotone", f"Int(s, {p}, {q}, {body}) <= Int(s, {p}, {q}, {cap})", f"{name}-up.",
             f"{name}-Cf", f"{name}-Cc", f"{name}-order"),
        step(f"{name}-mono-", "monotone", f"Int(s, {p}, {q}, -({body})) <= Int(s, {p}, {q}, {cap})", f"{name}-down.",
             f"{name}-C-", f"{name}-Cc", f"{name}-order"),
        step(f"{name}-turn", "identity", f"Int(s, {p}, {q}, -({body})) == -Int(s, {p}, {q}, {body})"),
        step(f"{name}-size", "arithmetic", f"abs({_REST}) <= {half}", f"{name}-mono", f"{name}-mono-", f"{name}-turn",
             f"{name}-int", f"{name}-cap"),
    ]  # fmt: skip


def _rest() -> Steps:
    """Taylor's remainder at a curvature of at most B (step "size")."""
    goal = f"abs({_REST}) <= (hi-lo)**2/2*B"
    return [
        step("bend", "assume", "All(s, Imp(lo <= s, s <= hi, abs(y2(s)) <= B))"),
        step("B", "assume", "0 <= B"),
        *_remainder("up", "t", "x", "B"),
        *_remainder("down", "x", "t", "B"),
        step("long", "arithmetic", "(x-t)**2 <= (hi-lo)**2", "place"),
        step("longer", "certificate", "B*(x-t)**2/2 <= (hi-lo)**2/2*B", "long", "B", terms=[["c:1/2", "long", "B"]]),
        step("up", "arithmetic", goal, "up-size", "longer"),
        step("down", "arithmetic", goal, "down-size", "longer"),
        step("if-up", "discharge", f"Imp(t <= x, {goal})", "up"),
        step("if-down", "discharge", f"Imp(x <= t, {goal})", "down"),
        step("either", "arithmetic", "t <= x or x <= t"),
        step("size", "arithmetic", goal, "if-up", "if-down", "either"),
    ]  # fmt: skip


def build_taylor_remainder(power: str = "4") -> Proof:
    """Derive (5.33) with explicit constants: outside of the extended cluster set the predictor is almost linear.

    The curvature bound is that of Theorem 1, K (1/(m lambda) + 1/(beta lambda^(7/4) C^2)) with q = lambda^(1/4), and
    C >= eps delta^2 (mf.gamma2-zero.corrected) on an interval from lo to hi.

    Arguments:
        power: the power of delta; 4 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.33), with explicit constants).

    Example:
        >>> build_taylor_remainder().statement.goal[:20]
        'abs(y(x)-y(t)-y1(t)*'
    """
    bend = "(K*(1/(m*lam)+1/(beta*q**7*eps**2*delta**4)))"
    curvature = "K*(1/(m*lam)+1/(beta*q**7*C(s)**2))"
    goal = f"abs({_REST}) <= (hi-lo)**2/2*{bend.replace('delta**4', f'delta**{power}')}"
    hyps = {
        **SMOOTH,
        "place": "lo <= t and t <= hi and lo <= x and x <= hi",
        "curvature": f"All(s, Imp(lo <= s, s <= hi, abs(y2(s)) <= {curvature}))",
        "away": "All(s, Imp(lo <= s, s <= hi, eps*delta**2 <= C(s)))",
        "m": "0 < m", "lam": "0 < lam", "beta": "0 < beta", "q": "0 < q and q**4 == lam", "eps": "0 < eps",
        "delta": "0 < delta", "K": "0 <= K",
    }  # fmt: skip
    least = "(eps*delta**2)"
    steps = [
        step("s-lo", "assume", "lo <= s"),
        step("s-hi", "assume", "s <= hi"),
        step("C", "apply", f"{least} <= C(s)", "away", "s-lo", "s-hi", at={"s": "s"}),
        step("least", "sign", f"0 < {least}", "eps", "delta"),
        step("C>0", "arithmetic", "0 < C(s)", "C", "least"),
        step("q>0", "arithmetic", "0 < q", "q"),
        step("inverse", "certificate", f"1/C(s)**2 <= 1/{least}**2", "C", "C>0", "least", "eps", "delta",
             terms=[["C", "C>0"], ["C", "least"]], times=f"C(s)**2*{least}**2"),
        step("scale", "sign", "0 <= K/(beta*q**7)", "K", "beta", "q>0"),
        step("at", "apply", f"abs(y2(s)) <= {curvature}", "curvature", "s-lo", "s-hi", at={"s": "s"}),
        step("less", "certificate", f"{curvature} <= {bend}", "inverse", "scale", "C>0", "eps", "delta", "m", "lam",
             "beta", "q>0", terms=[["scale", "inverse"]]),
        step("chain", "arithmetic", "Imp(a <= b, b <= c, a <= c)"),
        step("bend'", "apply", f"abs(y2(s)) <= {bend}", "chain", "at", "less",
             put={"a": "abs(y2(s))", "b": curvature, "c": bend}),
        step("bend''", "discharge", f"Imp(lo <= s, s <= hi, abs(y2(s)) <= {bend})", "bend'"),
        step("bounded", "generalize", f"All(s, Imp(lo <= s, s <= hi, abs(y2(s)) <= {bend}))", "bend''"),
        step("bend>0", "sign", f"0 <= {bend}", "K", "m", "lam", "beta", "q>0", "eps", "delta"),
        *_rest(),
        step("end", "apply", f"abs({_REST}) <= (hi-lo)**2/2*{bend}", "size", "bounded", "bend>0", put={"B": bend}),
        step("goal", "sign", goal, "end"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", {}, PARABOLA, parabola_steps()), steps)


#: y = s^2 on [0, 1] with C = 1/4 and the least K for its curvature 2.
PARABOLA = {
    "y(s)": "s**2", "y1(s)": "2*s", "y2(s)": "2", "C(s)": "1/4", "lo": "0", "hi": "1", "t": "0", "x": "1",
    "m": "1000", "lam": "1", "beta": "1", "q": "1", "eps": "1", "delta": "1/2", "K": "2000/16001",
}  # fmt: skip


def parabola_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove that y = s^2 is twice differentiable, with curvature 2, and the bounds on it.

    Returns:
        The steps for the hypotheses with quantifiers.

    Example:
        >>> parabola_steps()[0]["goal"]
        'HasDeriv(s, s**2, 2*s)'
    """
    one = "Imp(0 <= s, s <= 1, abs(2) <= 2000/16001*(1/(1000*1)+1/(1*1**7*(1/4)**2)))"
    two = "Imp(0 <= s, s <= 1, 1*(1/2)**2 <= 1/4)"
    found = [
        ("d1", "derivative", "HasDeriv(s, s**2, 2*s)", "All(s, HasDeriv(s, s**2, 2*s))"),
        ("d2", "derivative", "HasDeriv(s, 2*s, 2)", "All(s, HasDeriv(s, 2*s, 2))"),
        ("c0", "continuous", "Cont(s, p, q, s**2)", "All(p, All(q, Cont(s, p, q, s**2)))"),
        ("c1", "continuous", "Cont(s, p, q, 2*s)", "All(p, All(q, Cont(s, p, q, 2*s)))"),
        ("c2", "continuous", "Cont(s, p, q, 2)", "All(p, All(q, Cont(s, p, q, 2)))"),
        ("curvature", "arithmetic", one, f"All(s, {one})"),
        ("away", "arithmetic", two, f"All(s, {two})"),
    ]
    return tuple(
        {"for": name, **line}
        for name, rule, text, whole in found
        for line in (step(f"{name}-one", rule, text), step(f"{name}-all", "generalize", whole, f"{name}-one"))
    )


def build_lipschitz_extension(two: str = "2") -> Proof:
    """Derive (5.35): inside the cluster the predictor is as close to a piece as at its edge, plus 2 C |x - x'|.

    Arguments:
        two: how often the Lipschitz constant C enters; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.35), with an explicit constant).

    Example:
        >>> sorted(build_lipschitz_extension().statement.hyps)
        ['f', 'y']
    """
    goal = f"abs(y(x)-f(x)) <= {two}*C*abs(x-z)+abs(y(z)-f(z))"
    lipschitz = "All(p, All(q, abs({0}(p)-{0}(q)) <= C*abs(p-q)))".format
    hyps = {"y": lipschitz("y"), "f": lipschitz("f")}
    steps = [
        step("y.", "apply", "abs(y(x)-y(z)) <= C*abs(x-z)", "y", at={"p": "x", "q": "z"}),
        step("f.", "apply", "abs(f(x)-f(z)) <= C*abs(x-z)", "f", at={"p": "x", "q": "z"}),
        step("lemma", "arithmetic", f"Imp(abs(a-b) <= d, abs(u-v) <= d, abs(a-u) <= {two}*d+abs(b-v))"),
        step("end", "apply", f"abs(y(x)-f(x)) <= {two}*(C*abs(x-z))+abs(y(z)-f(z))", "lemma", "y.", "f.",
             put={"a": "y(x)", "b": "y(z)", "u": "f(x)", "v": "f(z)", "d": "C*abs(x-z)"}),
        step("goal", "certificate", goal, "end", terms=[["end"]]),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", {}, OPPOSITE, opposite_steps()), steps)


#: y = p and f = -p, of Lipschitz constant 1, at the points 1 and 0.
OPPOSITE = {"y(p)": "p", "f(p)": "-p", "C": "1", "x": "1", "z": "0"}


def opposite_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove that y = p and f = -p have Lipschitz constant 1.

    Returns:
        The steps for the hypotheses "y" and "f".

    Example:
        >>> len(opposite_steps())
        4
    """
    found: list[dict[str, object]] = []
    for name, body in (("y", "abs(p-q) <= 1*abs(p-q)"), ("f", "abs(-p-(-q)) <= 1*abs(p-q)")):
        found += [
            {"for": name, **step(f"{name}-one", "arithmetic", body)},
            {"for": name, **step(f"{name}-all", "generalize", f"All(p, All(q, {body}))", f"{name}-one")},
        ]
    return tuple(found)


def build_connected(two: str = "2") -> Proof:
    """Derive p. 31 repaired: chords of the predictor between points of neighbouring clusters connect and stay close.

    If y is within kappa of some affine function on [p, q], p in one cluster and q in the next, as (5.34) and (5.35)
    show, then the chord h of y from p to q is within 2 kappa of y there.  Neighbouring chords share their values at p
    and q, so that they form a continuous function with one knot a cluster.

    Arguments:
        two: the factor of kappa; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 31, repaired).

    Example:
        >>> build_connected().statement.let["h(x)"]
        'y(p)+(y(q)-y(p))*(x-p)/(q-p)'
    """
    goal = f"h(p) == y(p) and h(q) == y(q) and abs(y(x)-h(x)) <= {two}*kappa"
    near = "abs(y({0})-(u+v*{0})) <= kappa".format
    hyps = {
        "order": "p < q", "x": "p <= x and x <= q",
        "near": f"All(t, Imp(p <= t, t <= q, {near('t')}))",
    }  # fmt: skip
    share = "((x-p)/(q-p))"
    steps = [
        step("d", "arithmetic", "0 < q-p", "order"),
        step("x-p", "arithmetic", "p <= x", "x"),
        step("x-q", "arithmetic", "x <= q", "x"),
        step("w0", "certificate", f"0 <= {share}", "x-p", "d", terms=[["x-p"]], times="q-p"),
        step("w1", "certificate", f"{share} <= 1", "x-q", "d", terms=[["x-q"]], times="q-p"),
        step("pp", "sign", "p <= p"),
        step("qq", "sign", "q <= q"),
        step("pq", "arithmetic", "p <= q", "order"),
        step("at-x", "apply", near("x"), "near", "x-p", "x-q", at={"t": "x"}),
        step("at-p", "apply", near("p"), "near", "pp", "pq", at={"t": "p"}),
        step("at-q", "apply", near("q"), "near", "pq", "qq", at={"t": "q"}),
        step("start", "identity", "h(p) == y(p)"),
        step("stop", "identity", "h(q) == y(q)", "d"),
        step("gap", "identity",
             f"y(x)-h(x) == (y(x)-(u+v*x))-(1-{share})*(y(p)-(u+v*p))-{share}*(y(q)-(u+v*q))", "d"),
        step("lemma", "arithmetic",
             "Imp(abs(a) <= k, abs(b) <= k, abs(c) <= k, 0 <= w, w <= 1, g == a-(1-w)*b-w*c, abs(g) <= 2*k)"),
        step("close", "apply", "abs(y(x)-h(x)) <= 2*kappa", "lemma", "at-x", "at-p", "at-q", "w0", "w1", "gap",
             put={"a": "y(x)-(u+v*x)", "b": "y(p)-(u+v*p)", "c": "y(q)-(u+v*q)", "w": share, "g": "y(x)-h(x)",
                  "k": "kappa"}),
        step("goal", "arithmetic", goal, "start", "stop", "close"),
    ]  # fmt: skip
    let = {"h(x)": "y(p)+(y(q)-y(p))*(x-p)/(q-p)"}
    return Proof(Statement(goal, hyps, "", let, ROOF, roof_steps()), steps)


#: y = |t| on [-1, 1], within 1/2 of the constant 1/2.
ROOF = {"y(t)": "abs(t)", "p": "-1", "q": "1", "x": "0", "u": "1/2", "v": "0", "kappa": "1/2"}


def roof_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove that |t| is within 1/2 of the constant 1/2 on [-1, 1].

    Returns:
        The steps for the hypothesis "near".

    Example:
        >>> len(roof_steps())
        2
    """
    body = "Imp(-1 <= t, t <= 1, abs(abs(t)-(1/2+0*t)) <= 1/2)"
    return (
        {"for": "near", **step("one", "arithmetic", body)},
        {"for": "near", **step("all", "generalize", f"All(t, {body})", "one")},
    )
