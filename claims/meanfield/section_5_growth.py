"""Section 5 and Appendix A.3: growth of the cluster polynomials away from the critical point."""

from __future__ import annotations

from ...analysis.meanfield import critical_point
from ..claim import Claim, Mutant, Text

_PLACE = Text("The point lies in the interval, outside of the cluster set.", r"l\le x\le e,\ P(x)>0")
_ROOT = Text("The critical point is the projection of the root nearest to the point (Definition 4.1).",
             r"P(r)=0,\ |x-r|=\min_{P(t)=0}|x-t|,\ c=\max(l,\min(e,r))")  # fmt: skip

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
)  # fmt: skip
