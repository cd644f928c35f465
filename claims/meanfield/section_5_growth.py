"""Section 5 and Appendix A.3: growth of the cluster polynomials away from the critical point."""

from __future__ import annotations

from ...analysis.meanfield import critical_point, polynomial_bound
from ..claim import Claim, Mutant, Text

_PLACE = Text("The point lies in the interval, outside of the cluster set.", r"l\le x\le e,\ P(x)>0")
_ROOT = Text("The critical point is the projection of the root nearest to the point (Definition 4.1).",
             r"P(r)=0,\ |x-r|=\min_{P(t)=0}|x-t|,\ c=\max(l,\min(e,r))")  # fmt: skip
_CRITICAL = Text(
    "The critical point (Definition 4.1): the minimiser on the interval if there is no root, else as projection.",
    r"c=\arg\min_{[l,e]}P\ \text{or}\ c=\max(l,\min(e,r)),\ P(r)=0,\ |x-r|=\min_{P(t)=0}|x-t|",
)
_ROOM = (
    Text("The interval is bounded.", r"-L\le l,\ e\le L"),
    Text("Outside of the cluster set it has length C at least, so a point at distance C/2 of the critical point.",
         r"z\in[l,e],\ P(z)\ge0,\ |z-c|\ge\tfrac C2>0"),
)  # fmt: skip
_EPS = r"\varepsilon=\min\Bigl(\frac s2,\frac{s\,C^2}{8(1+4L)}\Bigr),\ s=\frac1{2(1+L)^2}"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.A3-side",
        title="the point lies between the critical point and the vertex",
        paper="jmlr", relation="as-printed", locator="p. 54", kind="inequality", expected="proved",
        statement=Text("For a concave polynomial with vertex v.", r"c<v\ \Rightarrow\ c\le x\le v"),
        hypotheses=(_PLACE, _ROOT, Text("Concave, with vertex v.", r"P''<0,\ P'(v)=0")),
        proof=critical_point.build_side,
        mutants=(
            Mutant("beyond", "hypothesis", {"vertex": "c < v+1"},
                   {"a": "5/4", "b": "0", "l": "-1", "e": "1/2", "x": "1/2", "r": "4/3", "c": "1/2", "v": "0"},
                   (
                       {"for": "nearest", "id": "near", "rule": "arithmetic", "uses": [],
                        "goal": "Imp((1-(5/4)**2)*t**2+2*(5/4)*0*t+1-0**2 == 0, (1/2-4/3)**2 <= (1/2-t)**2)"},
                       {"for": "nearest", "id": "all", "rule": "generalize", "uses": ["near"],
                        "goal": "All(t, Imp((1-(5/4)**2)*t**2+2*(5/4)*0*t+1-0**2 == 0, (1/2-4/3)**2 <= (1/2-t)**2))"},
                   ),
                   prose="also where the critical point is on the other side"),
        ),
    ),
    Claim(
        id="mf.P2xc-nonneg",
        title="the polynomial at the critical point",
        paper="jmlr", relation="as-printed", locator="p. 53", kind="inequality", expected="proved",
        statement=Text("Where the polynomial has a root it is not negative at the critical point.", r"P(c)\ge0"),
        hypotheses=(_PLACE, _ROOT),
        proof=critical_point.build_nonnegative_root,
        mutants=(
            Mutant("strict", "strictness", {"sign": "0 <"}, critical_point.ROOT_AT, critical_point.ROOT_STEPS,
                   prose="positive"),
        ),
    ),
    Claim(
        id="mf.P2xc-positive",
        title="the polynomial at the critical point, without roots",
        paper="jmlr", relation="sharper", locator="p. 53", kind="inequality", expected="proved",
        statement=Text("A polynomial without roots is positive on the line, so also at its critical point.", r"P(c)>0"),
        hypotheses=(Text("The polynomial has no root.", r"P(t)\ne0\quad(t\in\mathbb R)"),),
        proof=critical_point.build_nonnegative_least,
        mutants=(
            Mutant("one", "constant", {"sign": "1 <"}, critical_point.NO_ROOT_AT, critical_point.NO_ROOT_STEPS[:2],
                   prose="above 1"),
        ),
    ),
    Claim(
        id="mf.coef-not-all-small",
        title="the coefficients of the expansion are not all small",
        paper="jmlr", relation="sharper", locator="p. 53", kind="inequality", expected="proved",
        statement=Text("One of the three is at least an explicit constant, for all coefficients.",
                       r"\max(|P(c)|,|P'(c)|,|P''|)\ge\frac1{2(1+L)^2}"),
        hypotheses=(Text("The critical point is bounded.", r"|c|\le L"),),
        proof=critical_point.build_not_all_small,
        mutants=(
            Mutant("two", "constant", {"floor": "(2/(1+L)**2)"}, {"L": "0", "c": "0", "a": "1", "b": "0"},
                   prose="four times the constant"),
        ),
    ),
    Claim(
        id="mf.A3-convex-sign",
        title="slope at the critical point, convex case",
        paper="jmlr", relation="as-printed", locator="p. 54", kind="inequality", expected="proved",
        statement=Text("A convex polynomial rises from the critical point to the point.", r"P'(c)(x-c)\ge0"),
        hypotheses=(_PLACE, _CRITICAL, Text("The polynomial is convex.", r"P''\ge0")),
        proof=polynomial_bound.build_convex_side,
        mutants=(
            Mutant("strict", "strictness", {"sign": "0 < "}, polynomial_bound.AT, polynomial_bound.critical_steps(),
                   prose="strictly"),
        ),
    ),
    Claim(
        id="mf.lemma-5.4",
        title="lower bound of the polynomial",
        paper="jmlr", relation="sharper", locator="Lemma 5.4, (5.21), p. 25, and Appendix A.3", kind="inequality",
        expected="proved",
        statement=Text(
            "The bound of Lemma 5.4 with an explicit constant.",
            r"P(x)\ge\alpha_2|x-c|^2+\alpha_1|x-c|+\alpha_0,\ \alpha_i\ge0,\ \max_i\alpha_i\ge\varepsilon,\quad" + _EPS,
        ),
        hypotheses=(_PLACE, _CRITICAL, *_ROOM),
        proof=polynomial_bound.build_lower_bound,
        mutants=(
            Mutant("two", "constant", {"eps": "2"}, polynomial_bound.ROOM_AT, polynomial_bound.critical_steps(),
                   prose="the constant 2"),
        ),
    ),
    Claim(
        id="mf.lemma-5.5",
        title="growth of the polynomial outside of the cluster set",
        paper="jmlr", relation="corrected",
        locator="Lemma 5.5, (5.22), (5.23), p. 26; positive coefficients are printed",
        kind="inequality", expected="proved",
        statement=Text(
            "Quadratic growth with coefficients that are not negative, one of them at least an explicit constant.",
            r"P(x)\ge\gamma_1(x-c)^2+\gamma_2,\ \gamma_1,\gamma_2\ge0,\ \max(\gamma_1,\gamma_2)\ge"
            r"\frac{\varepsilon}{1+2L},\quad" + _EPS,
        ),
        hypotheses=(_PLACE, _CRITICAL, *_ROOM),
        proof=polynomial_bound.build_quadratic_bound,
        mutants=(
            Mutant("two", "constant", {"eps": "2"}, polynomial_bound.ROOM_AT, polynomial_bound.critical_steps(),
                   prose="the constant 2"),
        ),
    ),
    Claim(
        id="mf.U-bounded",
        title="the admissible pairs are bounded",
        paper="jmlr", relation="sharper",
        locator="(5.20), p. 25, implicit in Lemma 5.4",
        kind="inequality", expected="proved",
        statement=Text("Slope and intercept are bounded by the length outside of the cluster set.",
                       r"|a|\le\frac{2\sqrt{1+L^2}}C,\qquad|b|\le\sqrt{1+L^2}\Bigl(1+\frac{2L}C\Bigr)"),
        hypotheses=(
            Text("Two points outside of the cluster set, at distance C or more.",
                 r"P(u),P(v)\ge0,\ |u|,|v|\le L,\ v-u\ge C>0"),
        ),
        proof=polynomial_bound.build_bounded_pairs,
        mutants=(
            Mutant("close", "hypothesis", {"span": "C/4"},
                   {"a": "4", "b": "0", "C": "1", "u": "-1/8", "v": "1/8", "L": "1"}, prose="closer points"),
        ),
    ),
)  # fmt: skip
