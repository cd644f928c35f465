"""Section 4: critical points (Definition 4.1), sign patterns (Figures 3 and 4), admissible knots (Definition 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import definition_4, three_witness
from ..claim import Claim, Mutant, Refutation, Text

_POLYNOMIAL = Text(r"$P$ is a cluster polynomial, (5.19).", r"P(x)=1+x^2-(ax-b)^2")
_SIDES = Text(
    r"$P$ and $Q$ are the one-sided sums of a dual point, at most $\lambda\sqrt{1+t^2}$ between the neighbouring data"
    r" points $s<e$; a contact is a $t$ where one of them is equal: a point to which cluster sets shrink.",
    r"P(t)=\sum_ir_i(x_i-t)_+,\ Q(t)=\sum_ir_i(t-x_i)_+,\quad P^2,Q^2\le\lambda^2(1+t^2)",
)
_THREE = {**three_witness.DUAL, "t1": "-4/3", "t2": "-3/4", "t3": "4/3"}
_THREE_STEPS = (*three_witness.under("right", "1"), *three_witness.under("left", "-1"))


def _letters() -> Refutation:
    """The printed reading takes the minimiser of f_j where f^j is to be bounded."""
    hyps = {
        "rootless": "a**2+b**2 < 1", "rootless'": "al**2+be**2 < 1",
        "c": "s <= c and c <= e", "x": "s <= x and x <= e",
    }  # fmt: skip
    printed = {**hyps, "minimiser": "(1-al**2)*c+al*be == 0"}
    own = {**hyps, "minimiser": "(1-a**2)*c+a*b == 0"}
    at = {"a": "1/2", "b": "1/2", "al": "0", "be": "0", "s": "-1", "e": "1", "c": "0", "x": "-1/3"}
    let, goal = definition_4.LETTERS, "up(c) <= up(x)"
    return Refutation(
        Statement(goal, printed, let=let),
        at,
        (
            ("corrected", Statement(goal, own, let=let), {**at, "c": "-1/3", "x": "0"}),
            ("neighbour", Statement(goal, printed, let=let), {**at, "x": "1"}),
        ),
    )


def _tie() -> Refutation:
    """The printed definition speaks of the nearest root."""
    let = {"P(x)": "(1-a**2)*x**2+2*a*b*x+1-b**2"}
    hyps = {"root": "P(r) == 0", "other": "P(q) == 0", "outside": "0 < P(x)", "nearest": "abs(x-r) <= abs(x-q)",
            "nearest'": "abs(x-q) <= abs(x-r)"}  # fmt: skip
    printed, corrected = (Statement(goal, hyps, let=let) for goal in ("r == q", "r == q or (1-a**2)*x+a*b == 0"))
    at = {"a": "5/4", "b": "0", "x": "0", "r": "4/3", "q": "-4/3"}
    return Refutation(printed, at, (("corrected", corrected, at), ("neighbour", printed, {**at, "q": "4/3"})))


def _under(hypothesis: str, o: str) -> list[Mapping[str, Any]]:
    """Steps: on the two points at -12/5 and 12/5 one side touches the root once and stays below it."""
    body = f"(5/13*relu({o}*(-12/5-t))+5/13*relu({o}*(12/5-t)))**2 <= 1+t**2"
    lines = (
        {"id": "after", "rule": "assume", "goal": "-12/5<=t", "uses": []},
        {"id": "before", "rule": "assume", "goal": "t<=12/5", "uses": []},
        {"id": "body", "rule": "arithmetic", "goal": body, "uses": ["after", "before"]},
        {"id": "given", "rule": "discharge", "goal": f"Imp(-12/5<=t,t<=12/5, {body})", "uses": ["body"]},
        {"id": "all", "rule": "generalize", "goal": f"All(t,Imp(-12/5<=t,t<=12/5, {body}))", "uses": ["given"]},
    )
    return [{"for": hypothesis, **line} for line in lines]


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.def-4.1-letters.printed",
        title="the critical point, with the letters as printed",
        paper="jmlr", relation="as-printed", locator="Definition 4.1, p. 13", kind="counterexample", expected="refuted",
        statement=Text(
            "The critical point of $f^j$ is read off $f_j$: where neither has a root, $f^j$ is least on the interval"
            " where $f_j$ is.",
            r"f^j(x_c)\le f^j(x)\ (x\in I_j),\quad x_c=\arg\min_{I_j}f_j",
        ),
        hypotheses=(
            Text("Neither polynomial has a real root.", r"A^2+B^2<1"),
            Text("The minimiser of $f_j$ lies in the interval.", r"(1-A_j^2)x_c+A_jB_j=0,\ x_c\in I_j"),
        ),
        refutation=_letters,
        counterpart="mf.def-4.1-letters.corrected",
    ),
    Claim(
        id="mf.def-4.1-letters.corrected",
        title="the critical point, with its letters put right",
        paper="jmlr", relation="corrected", locator="Definition 4.1, p. 13", kind="inequality", expected="proved",
        statement=Text(
            "A convex $f^j$ is least at its own stationary point: $f^j$ stands where $f_j$ is printed.",
            r"f^j(x_c)\le f^j(x),\quad x_c=\arg\min f^j",
        ),
        hypotheses=(
            Text("$f^j$ is strictly convex, and stationary at the critical point.",
                 r"(A^j)^2<1,\ (1-(A^j)^2)x_c+A^jB^j=0"),
        ),
        proof=definition_4.build_letters,
        counterpart="mf.def-4.1-letters.printed",
        mutants=(
            Mutant("printed", "swap", {"slope": "al", "height": "be"},
                   {"a": "1/2", "b": "1/2", "al": "0", "be": "0", "c": "0", "x": "-1/3"}, prose="as printed"),
        ),
    ),
    Claim(
        id="mf.def-4.1-tie.printed",
        title="the nearest root, as printed",
        paper="jmlr", relation="as-printed", locator="Definition 4.1, p. 13", kind="counterexample", expected="refuted",
        statement=Text("Outside the cluster set the root next to $x$ is unique.",
                       r"|x-r|=|x-q|\Rightarrow r=q"),
        hypotheses=(_POLYNOMIAL, Text("Both roots are next to $x$.", r"P(r)=P(q)=0,\ |x-r|=|x-q|,\ P(x)>0")),
        refutation=_tie,
        counterpart="mf.def-4.1-tie.corrected",
    ),
    Claim(
        id="mf.def-4.1-tie.corrected",
        title="two nearest roots",
        paper="jmlr", relation="corrected", locator="Definition 4.1, p. 13", kind="identity", expected="proved",
        statement=Text(
            "Two different roots are equally near only where $x$ is the vertex, and $P$ is symmetric about it:"
            " whichever root is taken, $P$ looks the same from it.",
            r"(1-a^2)x+ab=0,\quad P(x+h)=P(x-h)",
        ),
        hypotheses=(_POLYNOMIAL, Text("Two roots, equally near.", r"P(r)=P(q)=0,\ r\ne q,\ |x-r|=|x-q|")),
        proof=definition_4.build_tie,
        counterpart="mf.def-4.1-tie.printed",
        mutants=(
            Mutant("never", "strictness", {"vertex": "0 < x"},
                   {"a": "5/4", "b": "0", "r": "4/3", "q": "-4/3", "x": "0", "h": "1"}, prose="no tie at 0"),
        ),
    ),
    Claim(
        id="mf.fig-3",
        title="three configurations of the cluster polynomials",
        paper="jmlr", relation="as-claimed", locator="Figure 3, p. 11", kind="counterexample", expected="proved",
        statement=Text(
            r"On $[-1,1]$ between the data $-2,-1,1,2$ residuals (with $\lambda=1$) give a cluster set of three"
            " intervals ($f^j$ concave, $f_j$ convex), of one ($f_j>0$), and of two that lie apart (both convex).",
            r"\{f^j\le0\}\cup\{f_j\le0\}=\{t^2\ge\tfrac45\}\cup\{t^2\le\tfrac9{16}\};\ \{t^2\le\tfrac9{16}\};\quad"
            r" f^j>0\ (t\le\tfrac14),\ f_j>0\ (t\ge-\tfrac14),\ f^j(\tfrac34)<0,\ f_j(-\tfrac34)<0",
        ),
        hypotheses=(
            Text(r"The residuals are $(\tfrac54,-\tfrac54,-3,\tfrac32)$, $(0,0,-\tfrac54,\tfrac54)$ and"
                 r" $(\tfrac{707}{500},-\tfrac{101}{50},-\tfrac{101}{50},\tfrac{707}{500})$."),
        ),
        proof=definition_4.build_configurations,
        mutants=(Mutant("wider", "constant", {"square": "1"}, {"t": "4/5"}, prose=r"$f_j\le0$ where $t^2\le1$"),),
    ),
    Claim(
        id="mf.fig-4",
        title="six positions of the critical point",
        paper="jmlr", relation="as-claimed", locator="Figure 4, p. 12", kind="counterexample", expected="proved",
        statement=Text(
            "Each panel by an exact example: convex without roots and least inside, or at the right end; convex beyond"
            " both roots, or before both; concave with the root inside, or beyond the right end.",
            r"(a,b,I,x,x_c):\ (\tfrac12,0,[-1,1],-\tfrac12,0),\ (\tfrac12,-\tfrac12,[-1,0],-\tfrac12,0),\ "
            r"(0,\tfrac54,[0,2],1,\tfrac34),\ (\tfrac54,0,[-2,1],-\tfrac12,-\tfrac43),\ "
            r"(\tfrac54,0,[-\tfrac12,1],\tfrac12,1),\ (0,\tfrac54,[-2,1],-1,-\tfrac34)",
        ),
        hypotheses=(_POLYNOMIAL,),
        proof=definition_4.build_positions,
        mutants=(Mutant("aside", "constant", {"first": "1/2"}, {"t": "0"}, prose=r"$x_c=\tfrac12$ in panel (a)"),),
    ),
    Claim(
        id="mf.fig-5c",
        title="two inner knots exclude one at the right end",
        paper="jmlr", relation="as-claimed", locator="Figure 5c, p. 14-15", kind="inequality", expected="proved",
        statement=Text(
            "Two contacts strictly inside an interval and a third at its right end are impossible.",
            r"s<t_1<t_2<e\ \Rightarrow\ t_1,t_2,e\ \text{are not all contacts}",
        ),
        hypotheses=(_SIDES,),
        proof=definition_4.build_figure_5c,
        mutants=(
            Mutant("two", "hypothesis", {"last": "t2"},
                   {"lam": "1", "s": "-12/5", "e": "12/5", "M": "2", "x(i)": "12/5*(2*i-3)", "r(i)": "5/13",
                    "t1": "-5/12", "t2": "5/12"},
                   (*_under("right", "1"), *_under("left", "-1")), prose="two inner contacts are impossible"),
        ),
    ),
    Claim(
        id="mf.def-4.2",
        title="knots of an admissible piecewise linear solution",
        paper="jmlr", relation="as-claimed", locator="Definition 4.2, p. 14", kind="inequality", expected="proved",
        statement=Text(
            "The contacts of a dual point, the only places where cluster sets can shrink to, are as Definition 4.2"
            " demands: at most three in a closed interval, and three only as both ends and an inner point.",
            r"s\le t_1<t_2<t_3\le e\Rightarrow t_1=s<t_2<t_3=e;\quad\text{never four}",
        ),
        hypotheses=(_SIDES,),
        proof=definition_4.build_admissible,
        mutants=(
            Mutant("inside", "swap", {"first": "s<t1"}, {**_THREE, "t4": "4/3"}, _THREE_STEPS,
                   prose="three inside or at the right end"),
        ),
    ),
)  # fmt: skip
