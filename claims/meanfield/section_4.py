"""Sections 3.2 and 4 and the tent of Appendix A: activation, cluster polynomials, intervals."""

from __future__ import annotations

from ...analysis.meanfield import section_4, softplus
from ..claim import Claim, Mutant, Text

_POLYNOMIALS = Text(
    r"The cluster polynomials are $1+t^2$ minus the square of a one-sided sum of the residuals $R_i$ over $\lambda$.",
    r"f^j(t)=1+t^2-\Big(\sum_{i>j}\tfrac{R_i}\lambda(x_i-t)\Big)^2,\quad"
    r" f_j(t)=1+t^2-\Big(\sum_{i\le j}\tfrac{R_i}\lambda(t-x_i)\Big)^2",
)

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.sandwich",
        title="soft-plus beside ReLU",
        paper="jmlr",
        relation="as-printed",
        locator="p. 9",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"The soft-plus lies within $1/\tau$ of the ReLU for every $\tau>0$, and never below it.",
            r"(x)_+-\tfrac1\tau\le(x)_+\le\tfrac1\tau\log(1+e^{\tau x})\le(x)_++\tfrac1\tau",
        ),
        hypotheses=(Text(r"$\tau$ is positive; the paper has $\tau\ge1$.", r"\tau>0"),),
        proof=softplus.build_sandwich,
        mutants=(
            Mutant("half", "constant", {"above": "1/2"}, {"tau": "1", "x": "0"}, prose=r"$(x)_++\tfrac1{2\tau}$ above"),
        ),
    ),
    Claim(
        id="mf.sawtooth",
        title="the tent of three atoms",
        paper="jmlr",
        relation="as-printed",
        locator="(A.6), p. 50",
        kind="identity",
        expected="proved",
        statement=Text(
            r"Three atoms of mass $\tfrac13$ realise the tent of height $y$ and half-width $h$ at $x_0$, zero outside.",
            r"\tfrac yh\big[(t-x_0+h)_+-2(t-x_0)_++(t-x_0-h)_+\big]=y\,\big(1-\tfrac{|t-x_0|}h\big)_+",
        ),
        hypotheses=(Text("The half-width is positive.", "h>0"),),
        proof=softplus.build_tent,
        mutants=(
            Mutant(
                "three",
                "constant",
                {"middle": "3"},
                {"h": "1", "y": "1", "x0": "0", "t": "1/2"},
                prose="$-3y/h$ for the middle atom",
            ),
        ),
    ),
    Claim(
        id="mf.cov-degenerate",
        title="where the covariance is positive definite",
        paper="jmlr",
        relation="as-printed",
        locator="(4.3) and p. 12",
        kind="identity",
        expected="proved",
        statement=Text(
            "The form $u^2+2cuv+(1+x^2)v^2$ is positive away from 0 exactly where $1+x^2-c^2>0$.",
            r"\begin{pmatrix}1&c\\c&1+x^2\end{pmatrix}\succ0\iff1+x^2-c^2>0",
        ),
        proof=section_4.build_degenerate,
        mutants=(
            Mutant(
                "closed",
                "strictness",
                {"sign": "<="},
                {"x": "0", "c": "1", "u": "1", "v": "-1"},
                prose=r"$1+x^2-c^2\ge0$",
            ),
        ),
    ),
    Claim(
        id="mf.f-continuous",
        title="cluster polynomials agree at data points",
        paper="jmlr",
        relation="as-printed",
        locator="implicit in (4.3), p. 11",
        kind="identity",
        expected="proved",
        statement=Text(
            "At the data point between two intervals the polynomials of both agree.",
            r"f^j(x_{j+1})=f^{j+1}(x_{j+1}),\quad f_j(x_{j+1})=f_{j+1}(x_{j+1})",
        ),
        hypotheses=(_POLYNOMIALS, Text("Both intervals exist.", r"0\le j<M")),
        proof=section_4.build_continuous,
        mutants=(
            Mutant(
                "one-more",
                "constant",
                {"start": "j"},
                {"j": "1", "M": "2", "x(i)": "i", "r(i)": "1", "lam": "1"},
                prose="the sum from $i=j$",
            ),
        ),
    ),
    Claim(
        id="mf.empty-sums",
        title="the outermost polynomials",
        paper="jmlr",
        relation="as-printed",
        locator="(4.4), p. 11",
        kind="identity",
        expected="proved",
        statement=Text("$f^M$ and $f_0$ have empty sums and are $1+t^2$.", r"f^M(t)=f_0(t)=1+t^2"),
        hypotheses=(_POLYNOMIALS,),
        proof=section_4.build_empty,
        mutants=(
            Mutant(
                "one",
                "swap",
                {"first": "1"},
                {"M": "1", "x(i)": "0", "r(i)": "1", "lam": "1", "t": "1"},
                prose="$f_1$ instead of $f_0$",
            ),
        ),
    ),
    Claim(
        id="mf.three-intervals",
        title="the cluster set of an interval is at most three intervals",
        paper="jmlr",
        relation="as-printed",
        locator="(4.5), (4.6), p. 12",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Where one of two cluster polynomials is not positive there are at most three intervals:"
            " no seven points lie"
            " inside, outside, inside, ..., inside in turn.",
            r"\{t:f^j(t)\le0\ \text{or}\ f_j(t)\le0\}\ \text{is a union of at most 3 intervals}",
        ),
        hypotheses=(Text("Both are $1+t^2$ minus the square of a line.", r"f(t)=1+t^2-(A+Bt)^2"),),
        proof=section_4.build_three_intervals,
        mutants=(
            Mutant(
                "two",
                "constant",
                {"intervals": 2},
                {
                    "Af": "0",
                    "Bf": "2",
                    "Ag": "1",
                    "Bg": "0",
                    "t1": "-1",
                    "t2": "-1/2",
                    "t3": "0",
                    "t4": "1/2",
                    "t5": "1",
                },
                prose="at most two intervals",
            ),
        ),
    ),
)
