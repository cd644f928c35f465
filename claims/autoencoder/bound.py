"""Claims on the lower bound: each odd degree, the sum over degrees, and the bound itself."""

from __future__ import annotations

from functools import partial

from ...analysis.autoencoder.bound import build_both, build_bound, build_sign_bound
from ...analysis.autoencoder.powers import build_dimension_term, build_min_tau, build_power_term
from ...analysis.autoencoder.series import build_odd_series, build_trace_bound
from ...analysis.gaussian.sign import EXAMPLE_STEPS
from ..claim import Claim, Mutant, Text

_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_N = Text("There is at least one unit.", r"n\ge1")
_D = Text("There is at least one coordinate.", r"d\ge1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_WEIGHTS = Text("The coefficients are not negative and summable.", r"w_p\ge0,\ \alpha=\sum_p w_p<\infty")
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)"}
_CUBIC = {**_ONE, "sigma(x)": "x**3 - 2*x", "c1": "1", "A(k,i)": "1/7"}
_TWO = {
    "n": "2",
    "d": "2",
    "h": "1",
    "A(k,i)": "delta(k, i)",
    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*delta(k, 2)",
}

CLAIMS = (
    Claim(
        id="ae.cs-rank",
        title="one odd degree of the bound",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For unit rows and every odd power l of the Gram matrix's entries the quadratic form in the decoder is at "
            "least the squared trace divided by the number of units.",
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ\ell}]\ \ge\ \frac{(\operatorname{Tr}BA)^2}{n},\qquad \ell=2h+1",
        ),
        hypotheses=(Text("There is at least one unit.", r"n\ge1"), _UNIT),
        proof=build_power_term,
        mutants=(
            Mutant("smaller rank", "constant", {"width": "n - 1"}, _TWO, prose="Divided by n - 1."),
            Mutant(
                "even power",
                "hypothesis",
                {"power": "2*h"},
                {**_TWO, "d": "1", "A(k,i)": "1 - 2*delta(i, 2)", "b(i,k)": "delta(k, 1)*(1 - 2*delta(i, 2))"},
                prose="An even power: two opposite rows see the same square.",
            ),
            Mutant(
                "short rows",
                "hypothesis",
                {"unit": "1/4"},
                {"n": "1", "d": "1", "h": "1", "A(k,i)": "1", "b(i,k)": "delta(k, 1)/2"},
                prose="Rows of length 1/2.",
            ),
        ),
    ),
    Claim(
        id="ae.cs-dim",
        title="the linear degree of the bound",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "In the linear degree the squared trace may also be divided by the dimension.",
            r"\operatorname{Tr}[A^{\top}A\,G]\ \ge\ \frac{(\operatorname{Tr}BA)^2}{d}",
        ),
        hypotheses=(Text("There is at least one coordinate.", r"d\ge1"),),
        proof=build_dimension_term,
        mutants=(Mutant("smaller", "constant", {"width": "d - 1"}, _TWO, prose="Divided by d - 1."),),
    ),
    Claim(
        id="ae.min-tau",
        title="the best trace",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "A parabola in the trace has the value 1 - 1/(ds) at its minimum.",
            r"\min_\tau\ 1+\tfrac1d\left(s\tau^2-2\tau\right)=1-\frac1{ds}",
        ),
        hypotheses=(Text("Both numbers are positive.", r"d,s>0"),),
        proof=build_min_tau,
        mutants=(
            Mutant("twice", "constant", {"factor": "2"}, {"d": "1", "s": "1", "tau": "1"}, prose="Twice the gain."),
        ),
    ),
    Claim(
        id="ae.odd-series",
        title="the series of an odd activation",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For an odd activation the series f has odd powers only, the first with coefficient 1.",
            r"f(t)=\sum_{\ell\ge0}\left(\tfrac{c_\ell}{c_1}\right)^2t^{\ell}"
            r"=t+\sum_{p\ge0}\left(\tfrac{c_{2p+3}}{c_1}\right)^2t^{2p+3}",
        ),
        hypotheses=(_L2, _C1, _ODD, Text("t lies between -1 and 1.", r"|t|\le1")),
        proof=build_odd_series,
        mutants=(
            Mutant(
                "from degree 5",
                "constant",
                {"parity": "2*p + 3"},
                {"sigma(x)": "x**3 - 2*x", "c1": "1", "t": "1"},
                prose="Degree 1 left out.",
            ),
            Mutant(
                "odd up to a constant",
                "hypothesis",
                {"shift": "2"},
                {"sigma(x)": "x + 1", "c1": "1", "t": "1"},
                prose="An activation whose mean is not 0.",
            ),
        ),
    ),
    Claim(
        id="ae.trace-le1",
        title="all degrees, at most as many units as coordinates",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The trace form of an odd power series is at least the squared trace times (1 + alpha)/n.",
            r"\operatorname{Tr}[A^{\top}A\,f(G)]\ge(\operatorname{Tr}BA)^2\,\frac{1+\alpha}{n},\qquad "
            r"f(t)=t+\sum_{p\ge0}w_p\,t^{2p+3}",
        ),
        hypotheses=(_N, _UNIT, _WEIGHTS),
        proof=partial(build_trace_bound, "n"),
        mutants=(
            Mutant("twice alpha", "constant", {"gain": "2*alpha"}, {**_ONE, "w(p)": "delta(p, 0)", "A(k,i)": "1"}),
        ),
    ),
    Claim(
        id="ae.trace-gt1",
        title="all degrees, more units than coordinates",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The trace form of an odd power series is at least the squared trace times 1/d + alpha/n.",
            r"\operatorname{Tr}[A^{\top}A\,f(G)]\ge(\operatorname{Tr}BA)^2\left(\frac1d+\frac{\alpha}{n}\right)",
        ),
        hypotheses=(_D, _N, _UNIT, _WEIGHTS),
        proof=partial(build_trace_bound, "d"),
        mutants=(
            Mutant("twice alpha", "constant", {"gain": "2*alpha"}, {**_ONE, "w(p)": "delta(p, 0)", "A(k,i)": "1"}),
        ),
    ),
    Claim(
        id="ae.bound-le1",
        title="the lower bound, rate at most 1",
        paper="icml",
        relation="as-claimed",
        locator="abstract (minimisers of the population risk)",
        kind="inequality",
        expected="proved",
        statement=Text(
            "No autoencoder with an odd activation has a risk below 1 - r/(1 + alpha), whatever encoder, decoder and "
            "widths; this is the limit for r = n/d <= 1.",
            r"\tfrac1d\,\mathbb E\,|x-\hat x|^2\ \ge\ 1-\frac{r}{1+\alpha},\quad "
            r"1+\alpha=\frac{\mathbb E\,\sigma^2}{c_1^2}",
        ),
        hypotheses=(_D, _N, _UNIT, _L2, _C1, _ODD),
        proof=partial(build_bound, "le1"),
        mutants=(
            Mutant(
                "smaller gain", "constant", {"gain": "9/10"}, _CUBIC, prose="0.9 r in place of r: one unit is better."
            ),
        ),
    ),
    Claim(
        id="ae.bound-gt1",
        title="the lower bound, rate above 1",
        paper="icml",
        relation="as-claimed",
        locator="abstract (minimisers of the population risk)",
        kind="inequality",
        expected="proved",
        statement=Text(
            "No autoencoder with an odd activation has a risk below 1 - r/(r + alpha), whatever encoder, decoder and "
            "widths; this is the limit for r = n/d > 1.",
            r"\tfrac1d\,\mathbb E\,|x-\hat x|^2\ \ge\ 1-\frac{r}{r+\alpha}",
        ),
        hypotheses=(_D, _N, _UNIT, _L2, _C1, _ODD),
        proof=partial(build_bound, "gt1"),
        mutants=(
            Mutant(
                "smaller gain", "constant", {"gain": "9/10"}, _CUBIC, prose="0.9 r in place of r: one unit is better."
            ),
        ),
    ),
    Claim(
        id="ae.bound",
        title="the fundamental limit",
        paper="icml",
        relation="as-claimed",
        locator="abstract (fundamental limits)",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Every autoencoder with an odd activation, unit rows and any decoder has at least the risk "
            "1 - r/(max(r, 1) + alpha), for every n and d.",
            r"\tfrac1d\,\mathbb E\,|x-\hat x|^2\ \ge\ 1-\frac{r}{\max(r,1)+\alpha}",
        ),
        hypotheses=(_D, _N, _UNIT, _L2, _C1, _ODD),
        proof=build_both,
        mutants=(
            Mutant(
                "sum of both",
                "constant",
                {"width": "(r + 1)"},
                _CUBIC,
                prose="r + 1 in place of max(r, 1).",
            ),
        ),
    ),
    Claim(
        id="ae.bound-sign",
        title="the fundamental limit for the sign",
        paper="icml",
        relation="as-claimed",
        locator="abstract (compression of Gaussian sources with the sign)",
        kind="inequality",
        expected="proved",
        statement=Text(
            "With one bit per unit no shallow autoencoder has a risk below 1 - r/(max(r, 1) + pi/2 - 1); this is "
            "1 - 2r/pi up to rate 1.",
            r"\tfrac1d\,\mathbb E\,|x-\hat x|^2\ \ge\ 1-\frac{r}{\max(r,1)+\pi/2-1}",
        ),
        hypotheses=(
            _D,
            _N,
            _UNIT,
            Text("sigma is the sign, with any value at 0.", r"\sigma(x)=1\ (x>0),\quad \sigma(x)=-1\ (x<0)"),
        ),
        proof=build_sign_bound,
        mutants=(
            Mutant(
                "half of pi/2",
                "constant",
                {"shift": "pi/4"},
                {**_ONE, "sigma(x)": "abs(x)/x", "c1": "2/sqrt(2*pi)", "A(k,i)": "2/pi"},
                EXAMPLE_STEPS,
                prose="pi/4 in place of pi/2 - 1: one unit is better.",
            ),
        ),
    ),
)
