"""Section 5.3: the linear pieces of the predictor, and how they connect."""

from __future__ import annotations

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import linear_pieces as pieces
from ..claim import Claim, Mutant, Refutation, Text


def _meet() -> Refutation:
    """Two parallel pieces at distance kappa do not meet, however short the gap between them is."""
    pieces_at = {"order": "s < e", "close": "abs(u+v*s-(p+q*s)) <= kappa and abs(u+v*e-(p+q*e)) <= kappa"}
    below = "All(x, Imp(s <= x, x <= e, {} < {}))".format
    printed = Statement(f"not {below('u+v*x', 'p+q*x')} and not {below('p+q*x', 'u+v*x')}", pieces_at)
    parallel = {"s": "0", "e": "1/100", "u": "0", "v": "0", "p": "1/100", "q": "0", "kappa": "1/100"}
    corrected = pieces.build_connected().statement
    crossing = {**parallel, "s": "-1/100", "p": "0", "q": "1"}
    return Refutation(printed, parallel, (("corrected", corrected, pieces.ROOF), ("crossing", printed, crossing)))


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.ext-three",
        title="pieces of the extended cluster set",
        paper="jmlr", relation="as-printed", locator="p. 30", kind="inequality", expected="proved",
        statement=Text(
            "The extended cluster set and its complement have at most three pieces each: no seven points alternate.",
            r"t_1<\dots<t_7:\ \text{neither}\ t_1,t_3,t_5,t_7\in U\cup V,\ t_2,t_4,t_6\notin U\cup V"
            r"\ \text{nor reversed}",
        ),
        hypotheses=(
            Text("The extension for one polynomial is an interval (convex) or the complement of one (concave)."),
        ),
        proof=pieces.build_extended,
        mutants=(
            Mutant("two", "constant", {"intervals": 2},
                   {"k": "-1", "j": "1", "u(t)": "1-t**2", "v(t)": "t**2", "t1": "-2", "t2": "-1/2", "t3": "0",
                    "t4": "1/2", "t5": "2"}, pieces.extended_steps(), prose="at most two pieces"),
        ),
    ),
    Claim(
        id="mf.eq-5.33",
        title="the predictor outside of the extended cluster set",
        paper="jmlr", relation="sharper", locator="(5.33), p. 30, with explicit constants", kind="inequality",
        expected="proved",
        statement=Text(
            "The predictor is close to its tangent at any point of the same piece.",
            r"|y(x)-y(t)-y'(t)(x-t)|\le\frac{(h-l)^2}2K\Bigl(\frac1{m\lambda}"
            r"+\frac1{\varepsilon^2\delta^4\beta\lambda^{7/4}}\Bigr)",
        ),
        hypotheses=(
            Text("The predictor is twice continuously differentiable."),
            Text("Both points lie in a piece, on which the curvature has the bound of Theorem 1.",
                 r"l\le t,x\le h,\ |y''|\le K\Bigl(\frac1{m\lambda}+\frac1{\beta\lambda^{7/4}\bar C^2}\Bigr)"),
            Text("Outside of the extended set (mf.gamma2-zero.corrected).", r"\bar C\ge\varepsilon\delta^2"),
            Text("Parameters are positive.", r"m,\lambda,\beta,\varepsilon,\delta>0,\ K\ge0"),
        ),
        proof=pieces.build_taylor_remainder,
        mutants=(
            Mutant("square", "constant", {"power": "2"}, pieces.PARABOLA, pieces.parabola_steps(),
                   prose="the square of delta"),
        ),
    ),
    Claim(
        id="mf.eq-5.35",
        title="the predictor inside the extended cluster set",
        paper="jmlr", relation="sharper", locator="(5.34), (5.35), p. 31, with an explicit constant", kind="inequality",
        expected="proved",
        statement=Text("A Lipschitz predictor is as close to the piece as at the edge, up to the distance from it.",
                       r"|y(x)-f(x)|\le2C|x-x'|+|y(x')-f(x')|"),
        hypotheses=(Text("Predictor and piece have Lipschitz constant C."),),
        proof=pieces.build_lipschitz_extension,
        mutants=(
            Mutant("once", "constant", {"two": "1"}, pieces.OPPOSITE, pieces.opposite_steps(),
                   prose="the constant once"),
        ),
    ),
    Claim(
        id="mf.pieces-connect.printed",
        title="how the linear pieces connect",
        paper="jmlr", relation="as-printed", locator="p. 31, end of the proof of Theorem 2", kind="counterexample",
        expected="refuted",
        statement=Text("Neighbouring pieces that are close to each other across the gap meet inside it.",
                       r"\exists\,\hat x\in[s,e]:\ u+v\hat x=p+q\hat x"),
        hypotheses=(
            Text("The pieces are within kappa of each other at both ends of the gap.",
                 r"|(u-p)+(v-q)s|,\ |(u-p)+(v-q)e|\le\kappa"),
            Text("Two lines meet in the gap unless one stays below the other there."),
        ),
        refutation=_meet,
        counterpart="mf.pieces-connect.corrected",
    ),
    Claim(
        id="mf.pieces-connect.corrected",
        title="how the linear pieces connect",
        paper="jmlr", relation="corrected", locator="p. 31, end of the proof of Theorem 2", kind="inequality",
        expected="proved",
        statement=Text(
            "The chords of the predictor between points of neighbouring gaps connect and stay close to it: Theorem 2"
            " holds with one knot a gap.",
            r"h(p)=y(p),\ h(q)=y(q),\ |y(x)-h(x)|\le2\kappa,\quad h(x)=y(p)+\tfrac{y(q)-y(p)}{q-p}(x-p)",
        ),
        hypotheses=(
            Text("Between them the predictor is within kappa of an affine function, by (5.34) and (5.35).",
                 r"|y(t)-(u+vt)|\le\kappa\quad(p\le t\le q)"),
            Text("The point lies between.", r"p\le x\le q,\ p<q"),
        ),
        proof=pieces.build_connected,
        mutants=(
            Mutant("once", "constant", {"two": "1"}, pieces.ROOF, pieces.roof_steps(), prose="within kappa"),
        ),
        counterpart="mf.pieces-connect.printed",
    ),
)  # fmt: skip
