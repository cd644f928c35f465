"""Definition 4.1 and Figures 3 to 5 of JMLR 23(130): critical points, and sign patterns of the cluster polynomials."""

from __future__ import annotations

from collections.abc import Mapping

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .errata import POLYNOMIAL
from .gibbs import Steps
from .knots import BELOW, DECLARE, INHABITED, INTERVAL, LET, contact, flat
from .three_attained import table

_P = {"P(x)": POLYNOMIAL["P(x)"]}
#: f^j with coefficients a, b and f_j with al, be.
LETTERS = {"up(x)": "1+x**2-(a*x-b)**2", "down(x)": "1+x**2-(al*x-be)**2"}


def build_letters(slope: str = "a", height: str = "b") -> Proof:
    """Derive Definition 4.1 with its letters put right: a convex f^j is least at its own stationary point c.

    Arguments:
        slope: the slope of the line in the polynomial that is stationary at c; a (that of f^j) in the true statement.
        height: its other coefficient.

    Returns:
        The statement and its derivation (JMLR 23(130), Definition 4.1, corrected).

    Example:
        >>> build_letters().statement.hyps["stationary"]
        '(1-a**2)*c+a*b == 0'
    """
    statement = Statement(
        "up(c) <= up(x)",
        {"convex": "a**2 < 1", "stationary": f"(1-{slope}**2)*c+{slope}*{height} == 0"},
        let=LETTERS,
        inhabited={"a": "0", "b": "0", "al": "0", "be": "0", "c": "0", "x": "0"},
    )
    steps = [
        step("taylor", "identity", "up(x) == up(c)+(1-a**2)*(x-c)**2", "stationary", combine={"stationary": "2*(x-c)"},
             prose="The slope of f^j vanishes at the critical point."),
        step("room", "arithmetic", "0 <= 1-a**2", "convex"),
        step("goal", "certificate", statement.goal, "taylor", "room", terms=[["room", "sq:x-c"]],
             combine={"taylor": "1"}),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_tie(vertex: str = "(1-a**2)*x+a*b == 0") -> Proof:
    """Derive what a tie of Definition 4.1 is: two different roots at the same distance only where x is the vertex.

    There P is symmetric about x, so that both roots see the same polynomial.

    Arguments:
        vertex: where the tie occurs.

    Returns:
        The statement and its derivation (JMLR 23(130), Definition 4.1, corrected).

    Example:
        >>> sorted(build_tie().statement.hyps)
        ['equal', 'other', 'root', 'two']
    """
    statement = Statement(
        f"{vertex} and P(x+h) == P(x-h)",
        {"root": "P(r) == 0", "other": "P(q) == 0", "two": "r != q", "equal": "abs(x-r) == abs(x-q)"},
        let=_P,
        inhabited={"a": "5/4", "b": "0", "r": "4/3", "q": "-4/3", "x": "0"},
    )
    steps = [
        step("middle-lemma", "arithmetic", "Imp(r != q, abs(x-r) == abs(x-q), r+q == 2*x)"),
        step("middle", "apply", "r+q == 2*x", "middle-lemma", "two", "equal"),
        step("apart", "arithmetic", "r-q != 0", "two"),
        step("sum", "identity", "(1-a**2)*(r+q)+2*a*b == 0", "root", "other", "apart",
             combine={"root": "1/(r-q)", "other": "-1/(r-q)"}, prose="The sum of the two roots."),
        step("vertex", "identity", "(1-a**2)*x+a*b == 0", "sum", "middle",
             combine={"sum": "1/2", "middle": "-(1-a**2)/2"}),
        step("symmetric", "identity", "P(x+h) == P(x-h)", "vertex", combine={"vertex": "4*h"}),
        step("goal", "arithmetic", statement.goal, "vertex", "symmetric"),
    ]  # fmt: skip
    return Proof(statement, steps)


#: The six panels of Figure 4 by exact examples: P's coefficients, the interval, x, the critical point, and the root.
_PANELS: tuple[Mapping[str, str], ...] = (
    {"a": "1/2", "b": "0", "s": "-1", "e": "1", "x": "-1/2", "c": "0"},  # convex, no root, minimum inside
    {"a": "1/2", "b": "-1/2", "s": "-1", "e": "0", "x": "-1/2", "c": "0"},  # convex, no root, minimum to the right
    {"a": "0", "b": "5/4", "s": "0", "e": "2", "x": "1", "c": "3/4", "root": "3/4"},  # convex, x beyond both roots
    {"a": "5/4", "b": "0", "s": "-2", "e": "1", "x": "-1/2", "c": "-4/3", "root": "-4/3"},  # concave, root inside
    {"a": "5/4", "b": "0", "s": "-1/2", "e": "1", "x": "1/2", "c": "1", "root": "4/3"},  # concave, root outside
    {"a": "0", "b": "5/4", "s": "-2", "e": "1", "x": "-1", "c": "-3/4", "root": "-3/4"},  # convex, x before both
)


def build_positions(first: str = "0") -> Proof:
    """Derive the six panels of Figure 4 on exact examples: that c is the critical point of x by Definition 4.1.

    Without real roots c minimises P on the interval; otherwise it is the point of the interval next to the root that is
    next to x.  In each panel x lies in the interval, and P is positive there; t stands for any rival.

    Arguments:
        first: the critical point of panel (a); 0 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Figure 4, p. 12).

    Example:
        >>> len(build_positions().steps)
        17
    """
    parts: list[str] = []
    for n, panel in enumerate(_PANELS):
        at = {**panel, "c": first} if n == 0 else dict(panel)
        inside = f"{at['s']} <= t and t <= {at['e']}"
        poly = "((1-({a})**2)*({v})**2+2*({a})*({b})*({v})+1-({b})**2)"
        here, rival, best = (poly.format(v=v, **at) for v in (at["x"], "t", at["c"]))
        within = (
            f"{at['s']} <= {at['x']} and {at['x']} <= {at['e']} and {at['s']} <= {at['c']} and {at['c']} <= {at['e']}"
        )
        if "root" in at:
            zero, away = poly.format(v=at["root"], **at), f"abs(({at['c']})-({at['root']}))"
            parts += [
                f"{zero} == 0 and 0 < {here} and {within}",
                f"Imp({rival} == 0, abs(({at['x']})-({at['root']})) <= abs(({at['x']})-t))",
                f"Imp({inside}, {away} <= abs(t-({at['root']})))",
            ]
        else:
            parts += [f"0 < {rival} and {within}", f"Imp({inside}, {best} <= {rival})"]
    goal = " and ".join(f"({part})" for part in parts)
    steps = [step(f"part{n}", "arithmetic", part) for n, part in enumerate(parts)]
    steps.append(step("goal", "arithmetic", goal, *(f"part{n}" for n in range(len(parts)))))
    return Proof(Statement(goal), steps)


_X4 = ("-2", "-1", "1", "2")
#: Residuals (lambda = 1) of three configurations of f^2, f_2 on [-1, 1]: three, one and two intervals.
_FIGURE_3 = {
    "a": ("5/4", "-5/4", "-3", "3/2"),
    "b": ("0", "0", "-5/4", "5/4"),
    "c": ("707/500", "-101/50", "-101/50", "707/500"),
}


def build_configurations(square: str = "9/16") -> Proof:
    """Derive three configurations of Figure 3 on exact residuals, on the interval [-1, 1] between four data points.

    (a) f^j concave and f_j convex: three intervals, f^j <= 0 where t^2 >= 4/5 and f_j <= 0 where t^2 <= 9/16;
    (b) f^j convex, f_j positive: one interval, t^2 <= 9/16; (c) both convex: two intervals apart from each other.

    Arguments:
        square: the square of the ends of the middle interval of (a).

    Returns:
        The statement and its derivation (JMLR 23(130), Figure 3, p. 11).

    Example:
        >>> build_configurations().statement.goal[:17]
        'Iff(upa(t)<=0 or '
    """
    let = {"x(i)": table("i", _X4)}
    for name, residuals in _FIGURE_3.items():
        let[f"r{name}(i)"] = table("i", residuals)
        let[f"up{name}(t)"] = f"1+t**2-(Sum(i,3,4,r{name}(i)*(x(i)-t)))**2"
        let[f"down{name}(t)"] = f"1+t**2-(Sum(i,1,2,r{name}(i)*(t-x(i))))**2"
    parts = [
        f"Iff(upa(t)<=0 or downa(t)<=0, 4/5<=t**2 or t**2<={square})",
        "Iff(upb(t)<=0 or downb(t)<=0, t**2<=9/16)",
        "upc(3/4)<0 and downc(-3/4)<0 and 0<upc(1) and 0<downc(-1)",
        "Imp(-1<=t,t<=1/4, 0<upc(t))",
        "Imp(-1/4<=t,t<=1, 0<downc(t))",
    ]
    goal = " and ".join(f"({part})" if n > 2 else part for n, part in enumerate(parts))
    values = {
        "upa(t)": "1-5/4*t**2", "downa(t)": "t**2-9/16", "upb(t)": "t**2-9/16", "downb(t)": "1+t**2",
        "upc(t)": "1+t**2-(101/500*(4+3*t))**2", "downc(t)": "1+t**2-(101/500*(4-3*t))**2",
    }  # fmt: skip
    steps: Steps = [step(f"is-{name[:-3]}", "identity", f"{name} == {text}") for name, text in values.items()]
    at = {"upc": ("3/4", "1"), "downc": ("-3/4", "-1")}
    steps += [
        step(f"at{name}{k}", "identity", f"{name}({t}) == {values[f'{name}(t)'].replace('t', f'({t})')}")
        for name, ts in at.items()
        for k, t in enumerate(ts)
    ]
    needs = [("is-upa", "is-downa"), ("is-upb", "is-downb"), ("atupc0", "atdownc0", "atupc1", "atdownc1"),
             ("is-upc",), ("is-downc",)]  # fmt: skip
    steps += [step(f"part{n}", "arithmetic", part, *needs[n]) for n, part in enumerate(parts)]
    steps.append(step("goal", "arithmetic", goal, *(f"part{n}" for n in range(len(parts)))))
    return Proof(Statement(goal, {}, "i:Z", let), steps)


def _below_witness() -> Steps:
    return [*flat("right"), *flat("left")]


def build_figure_5c(last: str = "e") -> Proof:
    """Derive that two knots inside an interval and a third at its right end are impossible, as Figure 5c says.

    Arguments:
        last: the third contact; e in the true statement, t2 where nothing is known beyond the two.

    Returns:
        The statement and its derivation (JMLR 23(130), Figure 5c, p. 14-15); it uses mf.knots-three.

    Example:
        >>> build_figure_5c().statement.goal.startswith("Imp(s<t1,t1<t2,t2<e")
        True
    """
    points = ("t1", "t2", last)
    goal = f"Imp(s<t1,t1<t2,t2<e, {', '.join(map(contact, points))}, False)"
    statement = Statement(goal, {**INTERVAL, **BELOW}, DECLARE, LET, INHABITED, _below_witness())
    order = "s<=t1,t1<t2,t2<t3,t3<=e".replace("t3", last)
    used = f"Imp({order}, {', '.join(map(contact, points))}, {_three_ends('t1', 't2', last)})"
    steps = [
        step("three", "apply", used, "claim:mf.knots-three", *INTERVAL, *BELOW, put={"t3": last}),
        step("goal", "arithmetic", goal, "three", prose="Of three contacts the first is the left end."),
    ]
    return Proof(statement, steps)


def _three_ends(t1: str, t2: str, t3: str) -> str:
    def case(o: str, other: str) -> str:
        return (
            f"(side({o},{t1})**2==roof({t1}) and side({o},{t3})**2==roof({t3})"
            f" and side({o},{t1})*side({o},{t3}) < 0 and side({other},{t2})**2==roof({t2}))"
        )

    return f"{t1}==s and {t3}==e and s<{t2} and {t2}<e and ({case('1', '-1')} or {case('-1', '1')})"


def build_admissible(first: str = "t1==s") -> Proof:
    """Derive Definition 4.2 for the contacts of a dual point: at most three, and three only as end, inner point, end.

    Arguments:
        first: where the first of three contacts lies; t1==s in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Definition 4.2, p. 14); it uses mf.knots-at-most-three and
        mf.knots-three.

    Example:
        >>> build_admissible().statement.hyps["lam"]
        '0 < lam'
    """
    three = "s<=t1,t1<t2,t2<t3,t3<=e, " + ", ".join(map(contact, ("t1", "t2", "t3")))
    four = "s<=t1,t1<t2,t2<t3,t3<t4,t4<=e, " + ", ".join(map(contact, ("t1", "t2", "t3", "t4")))
    goal = f"Imp({four}, False) and Imp({three}, {first} and t3==e and s<t2 and t2<e)"
    statement = Statement(goal, {**INTERVAL, **BELOW}, DECLARE, LET, INHABITED, _below_witness())
    given = (*INTERVAL, *BELOW)
    steps = [
        step("four", "apply", f"Imp({four}, False)", "claim:mf.knots-at-most-three", *given),
        step("three", "apply", f"Imp({three}, {_three_ends('t1', 't2', 't3')})", "claim:mf.knots-three", *given),
        step("goal", "arithmetic", goal, "four", "three"),
    ]
    return Proof(statement, steps)
