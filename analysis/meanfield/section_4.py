"""Section 4 of JMLR 23(130): the cluster polynomials, where they are positive, and how often they change sign."""

from __future__ import annotations

from itertools import pairwise

from ..kernel.derivation import Statement
from ..proof import Proof, step

#: f^j and f_j of (4.3)-(4.6): 1 + t^2 minus the square of a one-sided sum of the scaled residuals r(i)/lambda.
_CLUSTER = {
    "up(j,t)": "1+t**2-(Sum(i,j+1,M,r(i)*(x(i)-t))/lam)**2",
    "down(j,t)": "1+t**2-(Sum(i,1,j,r(i)*(t-x(i)))/lam)**2",
}
_DECLARE = "i,j,k:Z M:N"


def build_degenerate(sign: str = "<") -> Proof:
    """Derive p. 12: the matrix [[1, c], [c, 1 + x^2]] is positive definite exactly where f = 1 + x^2 - c^2 > 0.

    Arguments:
        sign: how 0 compares with f in the antecedent; < in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 12).

    Example:
        >>> [line["rule"] for line in build_degenerate().steps][-1]
        'arithmetic'
    """
    form, f = "u**2+2*c*u*v+(1+x**2)*v**2", "1+x**2-c**2"
    definite = f"All(u,All(v,Imp(u!=0 or v!=0, 0 < {form})))"
    statement = Statement(goal=f"Imp(0 {sign} {f}, u!=0 or v!=0, 0 < {form}) and Imp({definite}, 0 < {f})")
    steps = [
        step("f", "assume", f"0 {sign} {f}"),
        step("some", "assume", "u!=0 or v!=0"),
        step("square", "identity", f"{form} == (u+c*v)**2+({f})*v**2"),
        step("sum", "assume", "a == d**2+h*v**2"),
        step("h", "assume", f"0 {sign} h"),
        step("either", "assume", "d != 0 or v != 0"),
        step("positive", "arithmetic", "0 < a", "sum", "h", "either"),
        step("shift", "arithmetic", "u+c*v != 0 or v != 0", "some"),
        step("definite", "apply", f"0 < {form}", "positive", "square", "f", "shift",
             put={"a": form, "d": "u+c*v", "h": f}),
        step("if-f", "discharge", f"Imp(0 {sign} {f}, u!=0 or v!=0, 0 < {form})", "definite"),
        step("all", "assume", definite),
        step("one", "enclosure", "1 != 0"),
        step("at", "apply", "0 < (-c)**2+2*c*(-c)*1+(1+x**2)*1**2", "all", "one", at={"u": "-c", "v": "1"}),
        step("value", "certificate", f"0 < {f}", "at", terms=[["at"]]),
        step("only-if", "discharge", f"Imp({definite}, 0 < {f})", "value"),
        step("goal", "arithmetic", statement.goal, "if-f", "only-if"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_continuous(start: str = "j+1") -> Proof:
    """Derive that f^j and f_j agree with f^(j+1) and f_(j+1) at the data point x_(j+1) that separates their intervals.

    Arguments:
        start: the first index of the sum in f^j; j+1 in the true statement.

    Returns:
        The statement and its derivation (implicit on p. 11 of JMLR 23(130)).

    Example:
        >>> build_continuous().statement.hyps
        {'first': '0 <= j', 'last': 'j+1 <= M'}
    """
    at = "x(j+1)"
    first = f"1+{at}**2-(Sum(i,{start},M,r(i)*(x(i)-{at}))/lam)**2"
    statement = Statement(
        goal=f"{first} == up(j+1,{at}) and down(j,{at}) == down(j+1,{at})",
        hyps={"first": "0 <= j", "last": "j+1 <= M"},
        declare=_DECLARE, let=_CLUSTER, inhabited={"j": "1", "M": "3"},
    )  # fmt: skip
    right, left = f"r(i)*(x(i)-{at})", f"r(i)*({at}-x(i))"
    steps = [
        step("index", "arithmetic", "1 <= j+1", "first"),
        step("drop-first", "sums", f"Sum(i,{start},M,{right}) == Sum(i,j+2,M,{right})+r(j+1)*(x(j+1)-{at})", "last",
             kind="first"),
        step("drop-last", "sums", f"Sum(i,1,j+1,{left}) == Sum(i,1,j,{left})+r(j+1)*({at}-x(j+1))", "index",
             kind="last"),
        step("up", "identity", f"{first} == up(j+1,{at})", "drop-first",
             combine={"drop-first": f"-(Sum(i,{start},M,{right})+Sum(i,j+2,M,{right}))/lam**2"}),
        step("down", "identity", f"down(j,{at}) == down(j+1,{at})", "drop-last",
             combine={"drop-last": f"(Sum(i,1,j,{left})+Sum(i,1,j+1,{left}))/lam**2"}),
        step("goal", "arithmetic", statement.goal, "up", "down"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_empty(first: str = "0") -> Proof:
    """Derive p. 11: f^M = f_0 = 1 + t^2, the sums being empty.

    Arguments:
        first: the lower index in f_0; 0 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 11).

    Example:
        >>> build_empty().statement.goal
        'up(M,t) == 1+t**2 and down(0,t) == 1+t**2'
    """
    statement = Statement(goal=f"up(M,t) == 1+t**2 and down({first},t) == 1+t**2", declare=_DECLARE, let=_CLUSTER)
    steps = [
        step("past", "sign", "M < M+1"),
        step("none-above", "sums", "Sum(i,M+1,M,r(i)*(x(i)-t)) == 0", "past", kind="empty"),
        step("up", "identity", "up(M,t) == 1+t**2", "none-above",
             combine={"none-above": "-Sum(i,M+1,M,r(i)*(x(i)-t))/lam**2"}),
        step("down", "identity", f"down({first},t) == 1+t**2"),
        step("goal", "arithmetic", statement.goal, "up", "down"),
    ]  # fmt: skip
    return Proof(statement, steps)


def _signs(at_u: str, at_c: str, at_v: str, square: str) -> str:
    """Return what the signs at two points say between them: convex (square <= 1) and concave (square >= 1)."""
    return f"Imp({at_u}<=0,{at_v}<=0,{square}<=1,{at_c}<=0) and Imp(0<{at_u},0<{at_v},1<={square},0<{at_c})"


def build_three_intervals(intervals: int = 3, level: str = "0") -> Proof:
    """Derive p. 12: where f <= d or g <= d, for two cluster polynomials, there are at most three intervals.

    On p. 12 d is 0.  Each is 1 + t^2 - (A + B t)^2.  If B^2 <= 1 it is convex and at most d on one interval; if
    B^2 >= 1 it is concave and above d on one interval.  So no seven points t1 < ... < t7 alternate: inside, outside,
    ..., inside.

    Arguments:
        intervals: the largest number of intervals; 3 in the true statement.
        level: the level d, below which the intervals are counted.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 12).

    Example:
        >>> len(build_three_intervals().statement.hyps)
        0
    """
    ts = [f"t{n}" for n in range(1, 2 * intervals + 2)]
    order = [f"{p}<{q}" for p, q in pairwise(ts)]
    inside = [f"f({t})<=0 or g({t})<=0" for t in ts[::2]]
    outside = [f"0<f({t}) and 0<g({t})" for t in ts[1::2]]
    statement = Statement(
        goal=f"Imp({','.join([*order, *inside, *outside])},False)",
        let={"f(t)": f"1+t**2-(Af+Bf*t)**2-({level})", "g(t)": f"1+t**2-(Ag+Bg*t)**2-({level})"},
    )
    at_u, at_c, at_v = (f"(1+{t}**2-(A+B*{t})**2-({level}))" for t in "ucv")
    # a convex one is non-positive at only one odd point, a concave one nowhere between the first and the last
    # even point
    triples = [(1, 2, 5), (1, 4, 5), (2, 3, 4), (0, 1, 2), (0, 1, 4)]
    points = [(name, ts[u], ts[c], ts[v]) for u, c, v in triples if v < len(ts) for name in "fg"]
    opaque = {f"{name}({t})": f"{name}{t}" for name in "fg" for t in ts} | {"Bf**2": "bf", "Bg**2": "bg"}

    def hide(text: str) -> str:
        for shown, letter in opaque.items():
            text = text.replace(shown, letter)
        return text

    facts = [_signs(f"{n}({u})", f"{n}({c})", f"{n}({v})", f"B{n}**2") for n, u, c, v in points]
    steps = [
        step("chord", "identity", f"{at_c}*(v-u) == (v-c)*{at_u}+(c-u)*{at_v}-(1-B**2)*(v-u)*(v-c)*(c-u)",
             prose="A quadratic against its chord."),
        step("lemma", "arithmetic",
             f"Imp(u<c,c<v, Q*(v-u) == (v-c)*P+(c-u)*R-(1-L)*(v-u)*(v-c)*(c-u), {_signs('P', 'Q', 'R', 'L')})"),
        step("sorted-1", "assume", "u<c"),
        step("sorted-2", "assume", "c<v"),
        step("both", "apply", _signs(at_u, at_c, at_v, "B**2"), "lemma", "sorted-1", "sorted-2", "chord",
             put={"P": at_u, "Q": at_c, "R": at_v, "L": "B**2"}),
        *[step(f"order-{n}", "assume", order[n]) for n in range(max(ts.index(v) for *_, v in points))],
        *[line for k, (n, u, c, v) in enumerate(points) for line in (
            step(f"left-{k}", "arithmetic", f"{u}<{c}", *(f"order-{m}" for m in range(ts.index(u), ts.index(c)))),
            step(f"right-{k}", "arithmetic", f"{c}<{v}", *(f"order-{m}" for m in range(ts.index(c), ts.index(v)))),
            step(f"signs-{k}", "apply", facts[k], "both", f"left-{k}", f"right-{k}",
                 put={"u": u, "c": c, "v": v, "A": f"A{n}", "B": f"B{n}"}),
        )],
        *[step(f"inside-{n}", "assume", text) for n, text in enumerate(inside)],
        *[step(f"outside-{n}", "assume", text) for n, text in enumerate(outside)],
        step("count", "arithmetic", hide(f"Imp({','.join([*facts, *inside, *outside])},False)")),
        step("absurd", "apply", "False", "count", *(f"signs-{k}" for k in range(len(facts))),
             *(f"inside-{n}" for n in range(len(inside))), *(f"outside-{n}" for n in range(len(outside))),
             put={letter: shown for shown, letter in opaque.items()}),
        step("goal", "discharge", statement.goal, "absurd"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_level_intervals(intervals: int = 3) -> Proof:
    """Derive that where f <= d or g <= d, for two cluster polynomials and any d, there are at most three intervals.

    Arguments:
        intervals: the largest number of intervals; 3 in the true statement.

    Returns:
        The statement and its derivation (derived in this project, for Theorem 2 of JMLR 23(130)).

    Example:
        >>> build_level_intervals().statement.let["f(t)"]
        '1+t**2-(Af+Bf*t)**2-(d)'
    """
    return build_three_intervals(intervals, "d")
