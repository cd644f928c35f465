"""Where the knots of a noiseless minimiser can lie: contacts of the residuals' correlation between two data points.

A unit with kink t facing right is (x - t)_+ / sqrt(1 + t^2), one facing left is (t - x)_+ / sqrt(1 + t^2).  So with
r_i = (f(x_i) - y_i)/M the condition |g| <= lambda reads P(t)^2 <= lambda^2 (1 + t^2) for P(t) = sum_i r_i (x_i - t)_+
and the same for Q(t) = sum_i r_i (t - x_i)_+, and a unit of non-zero weight sits where one of the two is an equality: a
contact.
"""

from __future__ import annotations

from itertools import pairwise

from ..kernel.derivation import Statement
from ..proof import Proof, step

DECLARE = "i,j,k,l,k1,k2,k3,k4:Z M,K,L:N"

#: side(o, t): P(t) for o = 1, Q(t) for o = -1; roof(t) = lambda^2 (1 + t^2).
LET = {
    "side(o,t)": "Sum(i,1,M,r(i)*relu(o*(x(i)-t)))",
    "roof(t)": "lam**2*(1+t**2)",
}
#: Hypotheses on the interval: no data point strictly inside.
INTERVAL = {
    "lam": "0 < lam",
    "gap": "All(i,Imp(1<=i,i<=M, x(i)<=s or e<=x(i)))",
}
#: A place where the hypotheses hold: two data points with residuals 0.
INHABITED = {"lam": "1", "s": "0", "e": "1", "M": "2", "x(i)": "i-1", "r(i)": "0", "o": "1"}


def build_sides(power: str = "1") -> Proof:
    """Derive g on the circle as P and Q in the kink t = -tan(phi).

    Arguments:
        power: the exponent of the square root in the denominator; 1 in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_sides().statement.hyps
        {'facing': 'cos(phi) != 0'}
    """
    t = "(-sin(phi)/cos(phi))"
    root = f"sqrt(1+{t}**2)"
    statement = Statement(
        goal=f"(0<cos(phi) and g(phi)=={t_side('1', t)}/{root}**{power})"
        f" or (cos(phi)<0 and g(phi)=={t_side('-1', t)}/{root}**{power})",
        hyps={"facing": "cos(phi) != 0"},
        declare=DECLARE,
        let={**LET, "g(phi)": "Sum(i,1,M,r(i)*relu(x(i)*cos(phi)+sin(phi)))"},
        inhabited={"phi": "0"},
    )

    def one(name: str, fact: str, o: str) -> list[dict[str, object]]:
        c = f"({o}*cos(phi))"
        right = f"{c}*relu({o}*(x(i)-{t}))"
        return [
            step(name, "assume", fact),
            step(f"{name}-size", "sign", f"0 < {c}", name),
            step(f"{name}-unit", "arithmetic", f"relu(x(i)*cos(phi)+sin(phi)) == {right}", f"{name}-size",
                 prose="relu(c z) = c relu(z) for c > 0."),
            step(f"{name}-term", "identity", f"r(i)*relu(x(i)*cos(phi)+sin(phi)) == r(i)*{right}", f"{name}-unit"),
            step(f"{name}-sum", "congruence", f"g(phi) == Sum(i,1,M,r(i)*{right})", f"{name}-term"),
            step(f"{name}-length", "identity", f"1+{t}**2 == 1/{c}**2", f"{name}-size"),
            step(f"{name}-root", "arithmetic", f"{c}*{root} == 1", f"{name}-length", f"{name}-size"),
            step(f"{name}-long", "arithmetic", f"0 < {root}", f"{name}-root", f"{name}-size"),
            step(f"{name}-g", "identity", f"g(phi) == {t_side(o, t)}/{root}**{power}", f"{name}-sum", f"{name}-root",
                 f"{name}-long", combine={f"{name}-sum": "1", f"{name}-root": f"{t_side(o, t)}/{root}"}),
            step(f"{name}-case", "arithmetic", f"{fact} and g(phi) == {t_side(o, t)}/{root}**{power}", name,
                 f"{name}-g"),
            step(f"{name}-given", "discharge", f"Imp({fact}, {fact} and g(phi) == {t_side(o, t)}/{root}**{power})",
                 f"{name}-case"),
        ]  # fmt: skip

    steps = [
        *one("right", "0<cos(phi)", "1"),
        *one("left", "cos(phi)<0", "(-1)"),
        step("goal", "arithmetic", statement.goal, "right-given", "left-given", "facing"),
    ]
    return Proof(statement, steps)


def t_side(o: str, t: str) -> str:
    """Return the text of P or Q at a kink.

    Arguments:
        o: 1 for a unit facing right, -1 for one facing left.
        t: the kink.

    Returns:
        The abbreviation, as the kernel reads it.

    Example:
        >>> t_side("1", "t")
        'side(1,t)'
    """
    return f"side({o},{t})"


def build_linear(middle: str = "t") -> Proof:
    """Derive that P and Q are straight lines between two points with no data point strictly between them.

    Arguments:
        middle: the abscissa in the weights of the chord; t in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_linear().statement.goal
        'Imp(s<=t,t<=e, (e-s)*side(o,t) == (e-t)*side(o,s)+(t-s)*side(o,e))'
    """
    chord = "(e-{m})*{s}+({m}-s)*{e}"
    sums = chord.format(m=middle, s="side(o,s)", e="side(o,e)")
    parts = chord.format(m=middle, s="relu(o*(x(i)-s))", e="relu(o*(x(i)-e))")
    statement = Statement(
        goal=f"Imp(s<=t,t<=e, (e-s)*side(o,t) == {sums})",
        hyps={"gap": INTERVAL["gap"]},
        declare=DECLARE,
        let=LET,
        inhabited=INHABITED,
    )
    steps = [
        step("first", "assume", "1<=i"),
        step("last", "assume", "i<=M"),
        step("after", "assume", "s<=t"),
        step("before", "assume", "t<=e"),
        step("outside", "apply", "x(i)<=s or e<=x(i)", "gap", "first", "last", at={"i": "i"}),
        step("one", "arithmetic", f"(e-s)*relu(o*(x(i)-t)) == {parts}", "outside", "after", "before",
             prose="Each feature has its kink at a data point, so it is straight in between."),
        step("term", "identity", f"r(i)*((e-s)*relu(o*(x(i)-t))) == r(i)*({parts})", "one", combine={"one": "r(i)"}),
        step("sum", "congruence", f"Sum(i,1,M,r(i)*((e-s)*relu(o*(x(i)-t)))) == Sum(i,1,M,r(i)*({parts}))", "term"),
        step("both", "identity", f"(e-s)*side(o,t) == {sums}", "sum", combine={"sum": "1"}),
        step("goal", "discharge", statement.goal, "both"),
    ]  # fmt: skip
    return Proof(statement, steps)


_A, _B = "((e*side(o,s)-s*side(o,e))/(e-s))", "((side(o,e)-side(o,s))/(e-s))"
_UNDER = "All(t,Imp(s<=t,t<=e, side(o,t)**2 <= roof(t)))"


def _on_line(name: str, t: str, *within: str) -> list[dict[str, object]]:
    """Return steps that write side(o,t) as a line in t."""
    return [
        step(f"{name}-chord", "apply", f"(e-s)*side(o,{t}) == (e-({t}))*side(o,s)+({t}-s)*side(o,e)",
             "claim:mf.side-linear", "gap", *within, put={"t": t}),
        step(f"{name}-line", "identity", f"side(o,{t}) == {_A}+{_B}*({t})", f"{name}-chord", "wide",
             combine={f"{name}-chord": "1/(e-s)"}),
    ]  # fmt: skip


def _under(name: str, t: str, *within: str) -> list[dict[str, object]]:
    return [
        *_on_line(name, t, *within),
        step(f"{name}-roof", "apply", f"side(o,{t})**2 <= roof({t})", "under", *within, at={"t": t}),
        step(f"{name}-under", "arithmetic", f"0 <= roof({t})-({_A}+{_B}*({t}))**2", f"{name}-roof", f"{name}-line"),
    ]  # fmt: skip


def build_two_contacts(below: str = "<") -> Proof:
    """Derive that two contacts of one side are the two ends of the interval, and of opposite sign.

    On the interval the side is a line al + be t and h = lambda^2 (1 + t^2) - (al + be t)^2 >= 0 is a quadratic that
    vanishes at both contacts p < q, so h = (lambda^2 - be^2)(t - p)(t - q).  Its value half-way forces lambda^2 <
    be^2, its values at the ends then p = s and q = e.  Were the signs equal, the chord would leave the region under
    the convex roof.

    Arguments:
        below: how the product of the two values compares with zero; < in the true statement.

    Returns:
        The statement and its derivation (derived in this project); it uses mf.side-linear.

    Example:
        >>> build_two_contacts().statement.goal.endswith("side(o,p)*side(o,q) < 0)")
        True
    """
    statement = Statement(
        goal="Imp(s<=p,p<q,q<=e, side(o,p)**2==roof(p), side(o,q)**2==roof(q),"
        f" p==s and q==e and side(o,p)*side(o,q) {below} 0)",
        hyps={**INTERVAL, "under": _UNDER},
        declare=DECLARE,
        let=LET,
        inhabited=INHABITED,
        inhabited_steps=flat("under"),
    )
    height = "lam**2*(1+({t})**2)-(al+be*({t}))**2"
    real = {"al": _A, "be": _B}
    steps = [
        step("p0", "assume", f"{height.format(t='p')} == 0"),
        step("q0", "assume", f"{height.format(t='q')} == 0"),
        step("apart", "assume", "p < q"),
        step("distance", "arithmetic", "0 < q-p", "apart"),
        step("factors", "identity", f"{height.format(t='t')} == (lam**2-be**2)*(t-p)*(t-q)", "p0", "q0", "distance",
             combine={"p0": "-(t-q)/(q-p)", "q0": "(t-p)/(q-p)"}, prose="A quadratic with two known zeros."),
        step("half", "assume", f"0 <= {height.format(t='(p+q)/2')}"),
        step("half-factors", "apply", f"{height.format(t='(p+q)/2')} == (lam**2-be**2)*((p+q)/2-p)*((p+q)/2-q)",
             "factors", put={"t": "(p+q)/2"}),
        step("steep", "arithmetic", "lam**2 <= be**2", "half", "half-factors", "apart"),
        step("never-flat", "arithmetic", "lam**2 < be**2", "steep", "p0", "q0", "apart", "lam",
             prose="Equality would make the quadratic vanish everywhere, which needs lambda = 0."),
        step("from-s", "assume", "s <= p"),
        step("at-s", "assume", f"0 <= {height.format(t='s')}"),
        step("s-factors", "apply", f"{height.format(t='s')} == (lam**2-be**2)*(s-p)*(s-q)", "factors", put={"t": "s"}),
        step("left", "arithmetic", "p == s", "at-s", "s-factors", "never-flat", "from-s", "apart"),
        step("to-e", "assume", "q <= e"),
        step("at-e", "assume", f"0 <= {height.format(t='e')}"),
        step("e-factors", "apply", f"{height.format(t='e')} == (lam**2-be**2)*(e-p)*(e-q)", "factors", put={"t": "e"}),
        step("right", "arithmetic", "q == e", "at-e", "e-factors", "never-flat", "to-e", "apart"),
        step("product", "arithmetic", "(al+be*p)*(al+be*q) <= lam**2*(1+p*q)", "half", "p0", "q0"),
        step("larger", "identity", "((al+be*p)*(al+be*q))**2 == lam**4*((1+p*q)**2+(q-p)**2)", "p0", "q0",
             combine={"p0": "-(al+be*q)**2", "q0": "-lam**2*(1+p**2)"}),
        step("square", "sign", "0 < lam**4*(q-p)**2", "lam", "distance"),
        step("opposite-lemma", "arithmetic", "Imp(U <= lam**2*V, U**2 == lam**4*V**2+W, 0 < W, U < 0)", "lam"),
        step("split", "identity", "((al+be*p)*(al+be*q))**2 == lam**4*(1+p*q)**2+lam**4*(q-p)**2", "larger",
             combine={"larger": "1"}),
        step("opposite", "apply", "(al+be*p)*(al+be*q) < 0", "opposite-lemma", "product", "split", "square",
             put={"U": "(al+be*p)*(al+be*q)", "V": "1+p*q", "W": "lam**4*(q-p)**2"}),
        # the real line, with the side's own values
        step("order", "arithmetic", "s < e", "from-s", "apart", "to-e"),
        step("wide", "arithmetic", "0 < e-s", "order"),
        step("p-contact", "assume", "side(o,p)**2==roof(p)"),
        step("q-contact", "assume", "side(o,q)**2==roof(q)"),
        step("s-end", "arithmetic", "s<=s", prose="The left end."),
        step("s-inside", "arithmetic", "s<=e", "order"),
        step("e-end", "arithmetic", "e<=e"),
        step("p-inside", "arithmetic", "p<=e", "apart", "to-e"),
        step("q-inside", "arithmetic", "s<=q", "apart", "from-s"),
        step("m-after", "arithmetic", "s<=(p+q)/2", "apart", "from-s"),
        step("m-before", "arithmetic", "(p+q)/2<=e", "apart", "to-e"),
        *_on_line("p", "p", "from-s", "p-inside"),
        *_on_line("q", "q", "q-inside", "to-e"),
        *_under("m", "(p+q)/2", "m-after", "m-before"),
        *_under("s", "s", "s-end", "s-inside"),
        *_under("e", "e", "s-inside", "e-end"),
        step("p-zero", "arithmetic", f"{_put(height.format(t='p'), real)} == 0", "p-contact", "p-line"),
        step("q-zero", "arithmetic", f"{_put(height.format(t='q'), real)} == 0", "q-contact", "q-line"),
        step("p-is-s", "apply", "p == s", "left", "p-zero", "q-zero", "apart", "m-under", "lam", "from-s", "s-under",
             put=real),
        step("q-is-e", "apply", "q == e", "right", "p-zero", "q-zero", "apart", "m-under", "lam", "to-e", "e-under",
             put=real),
        step("signs", "apply", f"({_A}+{_B}*p)*({_A}+{_B}*q) < 0", "opposite", "p-zero", "q-zero", "apart", "m-under",
             "lam", put=real),
        step("opposite-signs", "arithmetic", "side(o,p)*side(o,q) < 0", "signs", "p-line", "q-line"),
        step("both", "arithmetic", f"p==s and q==e and side(o,p)*side(o,q) {below} 0", "p-is-s", "q-is-e",
             "opposite-signs"),
        step("goal", "discharge", statement.goal, "both"),
    ]  # fmt: skip
    return Proof(statement, steps)


def _put(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def flat(hypothesis: str) -> list[dict[str, object]]:
    """Return steps that prove, at the flat witness (all r_i zero), that a side lies under the roof.

    Arguments:
        hypothesis: the name of the hypothesis.

    Returns:
        The steps.

    Example:
        >>> flat("right")[-1]["id"]
        'all'
    """
    return [
        {"for": hypothesis, **line}
        for line in (
            step("body", "sign", "0 <= 1+t**2"),
            step("given", "discharge", "Imp(0<=t,t<=1, 0 <= 1+t**2)", "body"),
            step("all", "generalize", "All(t,Imp(0<=t,t<=1, 0 <= 1+t**2))", "given"),
        )
    ]


#: Both sides lie under the root.
BELOW = {
    "right": "All(t,Imp(s<=t,t<=e, side(1,t)**2 <= roof(t)))",
    "left": "All(t,Imp(s<=t,t<=e, side(-1,t)**2 <= roof(t)))",
}
_SIDES = {"right": "1", "left": "-1"}


def contact(t: str) -> str:
    """Return the text that says that a unit of one side or the other may sit at the kink t.

    Arguments:
        t: the kink.

    Returns:
        P(t)^2 = lambda^2 (1 + t^2) or Q(t)^2 = lambda^2 (1 + t^2).

    Example:
        >>> contact("t1")
        '(side(1,t1)**2==roof(t1) or side(-1,t1)**2==roof(t1))'
    """
    return f"(side(1,{t})**2==roof({t}) or side(-1,{t})**2==roof({t}))"


def _pair(o: str, p: str, q: str, ends: str) -> str:
    return (
        f"Imp(s<={p},{p}<{q},{q}<=e, side({o},{p})**2==roof({p}), side({o},{q})**2==roof({q}),"
        f" {ends} and side({o},{p})*side({o},{q}) < 0)"
    )


def _pairs(points: list[str]) -> list[dict[str, object]]:
    """Return steps: of two contacts of one side, the first is s and the second e, with opposite signs."""
    return [
        step(f"{name}-{p}-{q}", "apply", _pair(o, p, q, f"{p}==s and {q}==e"), "claim:mf.knots-two-contacts",
             "lam", "gap", name, put={"o": o, "p": p, "q": q})
        for name, o in _SIDES.items()
        for a, p in enumerate(points)
        for q in points[a + 1 :]
    ]  # fmt: skip


def _order(points: list[str]) -> str:
    return ",".join([f"s<={points[0]}", *(f"{p}<{q}" for p, q in pairwise(points)), f"{points[-1]}<=e"])


def build_at_most_three(points: int = 4) -> Proof:
    """Derive that four different points of a closed interval without inner data cannot all be contacts.

    Arguments:
        points: how many points are too many; 4 in the true statement.

    Returns:
        The statement and its derivation (derived in this project; Definition 4.2 of JMLR 23(130) allows three knots);
        it uses mf.knots-two-contacts.

    Example:
        >>> build_at_most_three().statement.goal.endswith("side(-1,t4)**2==roof(t4)), False)")
        True
    """
    ts = [f"t{n}" for n in range(1, points + 1)]
    statement = Statement(
        goal=f"Imp({_order(ts)}, {', '.join(map(contact, ts))}, False)",
        hyps={**INTERVAL, **BELOW},
        declare=DECLARE,
        let=LET,
        inhabited=INHABITED,
        inhabited_steps=[*flat("right"), *flat("left")],
    )
    pairs = _pairs(ts)
    steps = [
        *pairs,
        step("goal", "arithmetic", statement.goal, *(str(p["id"]) for p in pairs),
             prose="Each side has at most two contacts, and two only at the ends; four points are too many."),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_three(middle: str = "or") -> Proof:
    """Derive the only way to three contacts: both ends of one side, of opposite signs, and an inner one of the other.

    Arguments:
        middle: the word between the parts of the conclusion.

    Returns:
        The statement and its derivation (derived in this project; Definition 4.2 of JMLR 23(130)); it uses
        mf.knots-two-contacts.

    Example:
        >>> build_three().statement.hyps["gap"]
        'All(i,Imp(1<=i,i<=M, x(i)<=s or e<=x(i)))'
    """
    ts = ["t1", "t2", "t3"]

    def case(o: str, other: str) -> str:
        return (
            f"(side({o},t1)**2==roof(t1) and side({o},t3)**2==roof(t3) and side({o},t1)*side({o},t3) < 0"
            f" and side({other},t2)**2==roof(t2))"
        )

    ends = "t1==s and t3==e and s<t2 and t2<e"
    statement = Statement(
        goal=f"Imp({_order(ts)}, {', '.join(map(contact, ts))},"
        f" {ends} and ({case('1', '-1')} {middle} {case('-1', '1')}))",
        hyps={**INTERVAL, **BELOW},
        declare=DECLARE,
        let=LET,
        inhabited=INHABITED,
        inhabited_steps=[*flat("right"), *flat("left")],
    )
    pairs = _pairs(ts)
    steps = [
        *pairs,
        step("goal", "arithmetic", statement.goal, *(str(p["id"]) for p in pairs)),
    ]
    return Proof(statement, steps)
