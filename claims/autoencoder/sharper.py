"""Claims on lower bounds at finite width and dimension, sharper than the limit, and where they are attained."""

from __future__ import annotations

from ...analysis.autoencoder.cubic import build_cubic_term
from ...analysis.autoencoder.degrees import build_bound_etf, build_degrees, build_one_more, build_trace_degrees
from ...analysis.autoencoder.designs import (
    TWO_LINES,
    build_design,
    build_design_pairs,
    build_split,
    build_tied_best,
    build_width,
    two_lines_steps,
)
from ...analysis.autoencoder.sphere import LINE, build_bound_combined, build_bound_sphere, build_sphere_term
from ..claim import Claim, Mutant, Text

_D = Text("There is at least one coordinate.", r"d\ge1")
_TWO = Text("There are at least two units.", r"n\ge2")
_WIDE = Text("There are at least as many units as coordinates.", r"n\ge d")
_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_LINE = {"n": "3", "d": "1", "b(i,k)": "delta(k, 1)", "A(k,i)": "1"}  # three equal rows on the line
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_WEIGHTS = Text("The coefficients are not negative and summable.", r"w_p\ge0,\ \sum_p w_p<\infty")
_GAINS = Text("The gains lie between 0 and 1.", r"0\le g_p\le1")
_DEGREES = Text(
    "They bound the degrees for this encoder and decoder.",
    r"v\,\tau^2\le\operatorname{Tr}[A^{\top}A\,G],\ g_p\,\tau^2\le\operatorname{Tr}[A^{\top}A\,G^{\circ(2p+3)}]",
)
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)"}
_CUBIC = {**_ONE, "sigma(x)": "x**3 - 2*x", "c1": "1", "A(k,i)": "1/7"}
_MOMENTS = Text(
    "mu_h is the mean of t^(2h + 2), t a coordinate of a uniform unit vector: it is 1/d for h = 0, and the recursion "
    "holds.",
    r"\mu_0=\frac1d,\qquad\mu_{h+1}=\mu_h\,\frac{2h+3}{d+2h+2}",
)

_UNITS = Text("There is at least one unit.", r"n\ge1")
_BEST = Text("beta is the best multiple.", r"\beta\,n\,s=1,\ s=\tfrac1{n^2}\sum_{ij}G_{ij}f(G_{ij})")
_DESIGN = Text(
    "The pairs of rows have the even moments of the sphere up to the order 2L + 2, as those of a spherical design.",
    r"\sum_{ij}G_{ij}^{2h+2}=n^2\mu_h\ (h\le L)",
)

CLAIMS = (
    Claim(
        id="ae.cubic-term",
        title="the cubic degree with more units than coordinates",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "With n >= d units the cubic degree contributes more than the squared trace over n, for every decoder.",
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ3}]\ge(\operatorname{Tr}BA)^2\,\frac1n"
            r"\left(1+\frac{(r-1)^2}{n-1}\right)",
        ),
        hypotheses=(_D, _TWO, _WIDE, _UNIT),
        proof=build_cubic_term,
        mutants=(
            Mutant("n - 2", "constant", {"last": "(n - 2)"}, _LINE, prose="Divided by n - 2."),
            Mutant(
                "fewer units",
                "hypothesis",
                {"wide": "0 <= n"},
                {
                    "n": "2",
                    "d": "3",
                    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*delta(k, 2)",
                    "A(k,i)": "delta(k, i)",
                },
                prose="Without n >= d: two orthonormal rows in space.",
            ),
        ),
    ),
    Claim(
        id="ae.trace-degrees",
        title="degrees of the trace form, each with its own gain",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Lower bounds on the single degrees of the trace form add up.",
            r"\operatorname{Tr}[A^{\top}A\,f(G)]\ge\tau^2\Big(v+\sum_{p\ge0}w_p\,g_p\Big),\qquad "
            r"\tau=\operatorname{Tr}BA",
        ),
        hypotheses=(_UNIT, _WEIGHTS, _GAINS, _DEGREES),
        proof=build_trace_degrees,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"gain": "2*w(p)*g(p)"},
                {**_ONE, "w(p)": "delta(p, 0)", "A(k,i)": "1", "v": "1", "g(p)": "1"},
                prose="Twice the gain.",
            ),
        ),
    ),
    Claim(
        id="ae.bound-degrees",
        title="the bound on the risk from gains of the degrees",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Lower bounds on the degrees of the trace form give a lower bound on the risk of this autoencoder.",
            r"R\ge1-\frac1{d\,s},\qquad s=v+\sum_{p\ge0}\left(\tfrac{c_{2p+3}}{c_1}\right)^2g_p",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, _ODD, Text("v is positive.", "v>0"), _GAINS, _DEGREES),
        proof=build_degrees,
        mutants=(
            Mutant(
                "smaller gain",
                "constant",
                {"factor": "9/10"},
                {**_CUBIC, "v": "1", "g(p)": "1"},
                prose="0.9 of the gain.",
            ),
        ),
    ),
    Claim(
        id="ae.one-gain",
        title="a gain of the first degree only",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "A series whose weights have one common gain, and the first a further one.",
            r"\sum_{p\ge0}w_p\,(x+y\,0^p)=x\sum_{p\ge0}w_p+y\,w_0",
        ),
        hypotheses=(_WEIGHTS,),
        proof=build_one_more,
        mutants=(
            Mutant(
                "second",
                "constant",
                {"value": "w(1)"},
                {"w(p)": "delta(p, 0)", "x": "1", "y": "1"},
                prose="The second weight.",
            ),
        ),
    ),
    Claim(
        id="ae.bound-etf",
        title="a sharper bound at every finite dimension",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "With more units than coordinates the limit is missed by an amount that depends on the cubic coefficient, "
            "for every encoder and decoder.",
            r"R\ \ge\ 1-\frac{r}{r+\alpha+\left(\frac{c_3}{c_1}\right)^2\frac{(r-1)^2}{n-1}},\qquad r=\tfrac nd\ge1",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, _ODD, _TWO, _WIDE),
        proof=build_bound_etf,
        mutants=(
            Mutant(
                "n - 2",
                "constant",
                {"last": "(n - 2)"},
                {**_LINE, "sigma(x)": "x**3 - 2*x", "c1": "1", "A(k,i)": "1/21"},
                prose="Divided by n - 2: three equal rows on the line lie below it.",
            ),
        ),
    ),
    Claim(
        id="ae.sphere-term",
        title="one odd degree against rotation-invariant tensors",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Every odd degree of the trace form is at least the squared trace times a moment of the sphere, whatever "
            "the "
            "number of units.",
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ(2h+1)}]\ge\mu_h\,(\operatorname{Tr}BA)^2",
        ),
        hypotheses=(_D, _UNIT, _MOMENTS),
        proof=build_sphere_term,
        mutants=(Mutant("twice", "constant", {"gain": "2*mu(h)"}, {**LINE, "h": "1", "A(k,i)": "1"}, prose="Twice."),),
    ),
    Claim(
        id="ae.bound-sphere",
        title="what no number of units recovers",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "A lower bound on the risk of every autoencoder with an odd activation that does not depend on the number "
            "of units.",
            r"R\ \ge\ 1-\frac1{d\,\mu},\qquad \mu=\mathbb E[t f(t)]=\sum_{h\ge0}"
            r"\left(\tfrac{c_{2h+1}}{c_1}\right)^2\mu_h",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, _ODD, _MOMENTS),
        proof=build_bound_sphere,
        mutants=(
            Mutant(
                "half the gain",
                "constant",
                {"factor": "1/2"},
                {**LINE, "sigma(x)": "x", "c1": "1", "A(k,i)": "1"},
                prose="Half of the gain: one linear unit on the line has risk 0.",
            ),
        ),
    ),
    Claim(
        id="ae.bound-comb",
        title="both sharper bounds in one",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Each degree with the larger of what the number of units and what the dimension allow.",
            r"R\ge1-\frac1{d\,s},\quad s=\frac1d+\sum_{p\ge0}\left(\tfrac{c_{2p+3}}{c_1}\right)^2"
            r"\max\left(\frac1n+0^p\,\frac{(r-1)^2}{n(n-1)},\ \mu_{p+1}\right)",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, _ODD, _TWO, _WIDE, _MOMENTS),
        proof=build_bound_combined,
        mutants=(
            Mutant(
                "n - 3",
                "constant",
                {"last": "(n - 3)"},
                {**LINE, "n": "4", "sigma(x)": "x**3 - 2*x", "c1": "1", "A(k,i)": "1/28"},
                prose="Divided by n - 3: four equal rows on the line lie below it.",
            ),
        ),
    ),
    Claim(
        id="ae.series-split",
        title="the first terms of a series and the others",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "An absolutely convergent series is the sum of its first L terms and of the others, which converge too.",
            r"\sum_{p\ge0}s_p=\sum_{q=0}^{L-1}s_q+\sum_{p\ge0}s_{p+L}",
        ),
        hypotheses=(Text("The series converges absolutely.", r"\sum_p|s_p|<\infty"),),
        proof=build_split,
        mutants=(
            Mutant("one twice", "constant", {"top": "L"}, {"L": "0", "s(p)": "delta(p, 0)"}, prose="One term twice."),
        ),
    ),
    Claim(
        id="ae.tied-best",
        title="the risk of the best tied decoder",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "With the multiple of B^T that minimises the parabola of `ae.tied-risk` the risk depends on the rows "
            "through one mean over their pairs.",
            r"A=\frac{B^{\top}}{n\,s},\quad s=\frac1{n^2}\sum_{ij}G_{ij}f(G_{ij}):\qquad R=1-\frac1{d\,s}",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _L2,
            _C1,
            Text("There is at least one unit.", r"n\ge1"),
            Text("beta is the best multiple.", r"\beta\,n\,s=1"),
        ),
        proof=build_tied_best,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"gain": "2"},
                {**LINE, "sigma(x)": "x", "c1": "1", "beta": "1"},
                prose="Twice the gain.",
            ),
        ),
    ),
    Claim(
        id="ae.design-pairs",
        title="the pairs of a spherical design",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For the rows of a spherical design the mean of t f(t) over their pairs is that of the sphere, up to the "
            "degrees that the design does not reach.",
            r"\frac1d\le\frac1{n^2}\sum_{ij}G_{ij}f(G_{ij})\le\mu_0+\sum_{p\ge0}w_p\mu_{p+1}+\sum_{p\ge L}w_p",
        ),
        hypotheses=(_D, _UNIT, _MOMENTS, _WEIGHTS, _DESIGN),
        proof=build_design_pairs,
        mutants=(
            Mutant(
                "no tail",
                "constant",
                {"tail": "0"},
                {**TWO_LINES, "w(p)": "delta(p, 0)"},
                two_lines_steps(),
                prose="Two orthogonal lines without the tail.",
            ),
        ),
    ),
    Claim(
        id="ae.inf-width",
        title="the least risk of wide codes",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "A code whose rows are a spherical design is close to what no number of units gets below: the remainder of "
            "the series from the degree 2L + 3 on. As designs of every strength exist in every dimension (Seymour and "
            "Zaslavsky 1984), the least risk tends to this level as the number of units grows.",
            r"R\ge1-\frac1{d\,\mu},\qquad R_{\text{design}}\le1-\frac1{d\left(\mu+\sum_{p\ge L}w_p\right)},\qquad "
            r"\mu=\mathbb E[tf(t)],\ w_p=\left(\tfrac{c_{2p+3}}{c_1}\right)^2",
        ),
        hypotheses=(_D, _UNIT, _L2, _C1, _ODD, _UNITS, _MOMENTS, _BEST, _DESIGN),
        proof=build_width,
        mutants=(
            Mutant(
                "no tail",
                "constant",
                {"tail": "0"},
                {**TWO_LINES, "sigma(x)": "x**3 - 2*x", "c1": "1", "beta": "1/7", "A(k,i)": "0"},
                two_lines_steps(),
                prose="Two orthogonal lines without the tail.",
            ),
        ),
    ),
    Claim(
        id="ae.design",
        title="spherical designs are optimal for polynomials",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For an odd polynomial of degree 2L + 1 in place of f, a spherical design of strength 2L + 2 with a "
            "multiple of B^T as the decoder has the least risk of all codes, with any number of units.",
            r"\min_{n,A,B}R=1-\frac1{d\,\mu},\qquad\mu=\sum_{h\le L}\left(\tfrac{c_{2h+1}}{c_1}\right)^2\mu_h",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _L2,
            _C1,
            _ODD,
            _UNITS,
            _MOMENTS,
            _BEST,
            _DESIGN,
            Text("The series ends with the degree 2L + 1.", r"c_{2p+3}=0\ (p\ge L)"),
        ),
        proof=build_design,
        mutants=(
            Mutant(
                "one degree more",
                "hypothesis",
                {"first": "(L + 1)"},
                {**TWO_LINES, "sigma(x)": "x**3 - 2*x", "c1": "1", "beta": "1/7", "A(k,i)": "0"},
                two_lines_steps(),
                prose="One degree more than the design reaches.",
            ),
        ),
    ),
)
