"""More errata of Sections 3 to 6: what is printed, refuted, and what holds instead, proved."""

from __future__ import annotations

from dataclasses import replace

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import errata_5
from ..claim import Claim, Mutant, Refutation, Text
from .hypotheses import WEAKER

_LEMMA_52 = Statement(f"{errata_5.LOG_Z_AT_ZERO} <= 1+3*log(8*pi/k)", {"k": "0 < k"})
_SCALE = Statement("exp(C*beta)/exp(c*beta)**2 <= 1", {"beta": "0 < beta", "c": "0 < c"})


def _partition() -> Refutation:
    corrected = Statement(f"{errata_5.LOG_Z_AT_ZERO} <= 3/2*log(4*pi/k)", {"k": "0 < k"})
    return Refutation(
        _LEMMA_52, {"k": "1000"}, (("corrected", corrected, {"k": "1000"}), ("warm", _LEMMA_52, {"k": "100"}))
    )


def _scale() -> Refutation:
    slow = {"C": "1", "c": "1/4", "beta": "1"}
    enough = replace(_SCALE, hyps={**_SCALE.hyps, "enough": "C <= 2*c"})
    return Refutation(_SCALE, slow, (("corrected", enough, {**slow, "c": "1/2"}), ("fast", _SCALE, {**slow, "c": "1"})))


def _convexity() -> Refutation:
    n = "((p+q)/2)"
    printed = Statement(f"-{n}*log({n}) <= -p*log(p)/2-q*log(q)/2", {"p": "0 < p", "q": "0 < q"})
    values = {"p": "1", "q": "3"}
    corrected = errata_5.build_entropy_mixture().statement
    return Refutation(printed, values, (("corrected", corrected, values), ("equal", printed, {"p": "2", "q": "2"})))


def _cold() -> Refutation:
    law = {
        "lam": "0 < lam", "beta": "0 < beta", "moment": "m2 == 4/5+3/beta",
        "entropy": "H == log(2)/2+3/2*(log(2*pi)+1-log(beta))",
    }  # fmt: skip
    free = "lam/2*m2-H/beta"
    printed = Statement(f"{free} <= lam/5+1/1000", law)
    corrected = Statement(f"{free} <= 2*lam/5+1/1000", law)
    values = {
        "lam": "1/2", "beta": "10**8", "m2": "4/5+3/10**8", "H": "log(2)/2+3/2*(log(2*pi)+1-log(10**8))",
    }  # fmt: skip
    half = Statement(f"({free})/2 <= lam/5+1/1000", law)
    return Refutation(printed, values, (("corrected", corrected, values), ("half", half, values)))


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.lemma-5.2.printed",
        title="upper bound on the partition function",
        paper="jmlr", relation="as-printed", locator="Lemma 5.2, p. 20, with the constant of its proof",
        kind="counterexample", expected="refuted",
        statement=Text(
            "With the proof's constant, at targets 0, where Z is a Gaussian integral.",
            r"\log Z=\tfrac32\log\frac{2\pi}{\beta\lambda}\le1+3\log\frac{8\pi}{\beta\lambda}",
        ),
        hypotheses=(Text("k stands for beta lambda.", r"k=\beta\lambda>0"),),
        refutation=_partition,
        counterpart="mf.lemma-5.2.corrected",
    ),
    Claim(
        id="mf.lemma-5.2.corrected",
        title="upper bound on the partition function",
        paper="jmlr", relation="corrected", locator="Lemma 5.2, p. 20", kind="inequality", expected="proved",
        statement=Text(
            "The logarithm of the partition function is bounded by the data and the Gaussian term.",
            r"\log Z\le\frac\beta{2M}\sum_iy_i^2+\tfrac32\log\frac{4\pi}{\beta\lambda}",
        ),
        hypotheses=(
            Text("The free energy at the Gibbs law (p. 21).",
                 r"F=-\tfrac1\beta\log Z-\tfrac1{2M}\sum_i\hat y_i^2+\tfrac1{2M}\sum_iy_i^2"),
            Text("The lower bound of mf.lemma-10.2.corrected.",
                 r"F\ge\tfrac12R+\tfrac\lambda4M_2-\tfrac3{2\beta}\log\tfrac{4\pi}{\beta\lambda}"),
            Text("Risk and second moment are not negative.", r"\tfrac12R+\tfrac\lambda4M_2\ge0"),
        ),
        proof=errata_5.build_partition_bound,
        mutants=(
            *WEAKER["mf.lemma-5.2.corrected"],
            Mutant("printed", "constant", {"tail": "1+3*log(8*pi/k)"},
                   {"beta": "1", "k": "1000", "fit": "0", "data": "0", "risk": "0", "lam": "1000", "m2": "3/1000",
                    "logZ": "3/2*log(2*pi/1000)", "F": "-3/2*log(2*pi/1000)"},
                   prose="the tail as printed"),
        ),
        counterpart="mf.lemma-5.2.printed",
    ),
    Claim(
        id="mf.relu-m-C4.corrected",
        title="smoothness of the truncated ReLU",
        paper="jmlr", relation="corrected", locator="p. 9", kind="inequality", expected="proved",
        statement=Text(
            "No truncation that is the ReLU up to m^2 is differentiable at 0; p. 9 asks for four derivatives.",
            r"\nexists d,\delta>0:\ |T(h)-dh|\le\tfrac14|h|\ \text{for all}\ |h|\le\delta",
        ),
        hypotheses=(Text("The truncation is the ReLU up to m^2.", r"T(h)=(h)_+,\ h\le m^2"),
                    Text("The neighbourhood is small.", r"0<\delta\le m^2")),
        proof=errata_5.build_kink,
        mutants=(
            Mutant("line", "swap", {"side": "h"}, {"delta": "1", "m": "1", "cap(h)": "h", "d": "1"},
                   ({"for": "cap", "id": "same", "rule": "identity", "goal": "h == h", "uses": []},
                    {"for": "cap", "id": "as", "rule": "discharge", "goal": "Imp(h <= 1**2, h == h)", "uses": ["same"]},
                    {"for": "cap", "id": "all", "rule": "generalize", "goal": "All(h, Imp(h <= 1**2, h == h))",
                     "uses": ["as"]}),
                   prose="a straight line instead of the ReLU"),
        ),
    ),
    Claim(
        id="mf.4.7-consequence.printed",
        title="how fast the truncation must grow",
        paper="jmlr", relation="as-printed", locator="p. 13", kind="counterexample", expected="refuted",
        statement=Text("With m = e^(c beta), any c > 0, the bound (4.7) stays bounded.",
                       r"\frac{e^{C\beta}}{m^2}\le1,\quad m=e^{c\beta}"),
        hypotheses=(Text("The exponent is positive.", r"c,\beta>0"),),
        refutation=_scale,
        counterpart="mf.4.7-consequence.corrected",
    ),
    Claim(
        id="mf.4.7-consequence.corrected",
        title="how fast the truncation must grow",
        paper="jmlr", relation="corrected", locator="p. 13", kind="inequality", expected="proved",
        statement=Text("The bound (4.7) vanishes for 2c above C, and grows for c = C/4.",
                       r"2c\ge C+\varepsilon\Rightarrow\frac{e^{C\beta}}{e^{2c\beta}}\le e^{-\varepsilon\beta},\qquad"
                       r"\frac{e^{C\beta}}{e^{2(C/4)\beta}}=e^{C\beta/2}"),
        hypotheses=(Text("The inverse temperature is positive.", r"\beta>0"),),
        proof=errata_5.build_exponential_scale,
        mutants=(
            Mutant("half", "constant", {"exponent": "c/2"}, {"beta": "1", "C": "1", "eps": "1", "c": "1"},
                   prose="half the exponent"),
        ),
        counterpart="mf.4.7-consequence.printed",
    ),
    Claim(
        id="mf.eq-5.17-set.corrected",
        title="the set of units that face left",
        paper="jmlr", relation="corrected", locator="p. 24", kind="inequality", expected="proved",
        statement=Text("With w in R_+, as printed, the set is empty; with w in R_- it is not.",
                       r"\{w>0:-m<w<0\}=\emptyset,\qquad\{w<0:-m<w\}\ne\emptyset"),
        hypotheses=(Text("The truncation is positive.", r"m>0"),),
        proof=errata_5.build_left_set,
        mutants=(Mutant("left", "sign", {"printed": "v < 0"}, {"m": "1", "v": "-1/2"}, prose="w in R_- called empty"),),
    ),
    Claim(
        id="mf.eq-5.32",
        title="slope of the predictor",
        paper="jmlr", relation="as-printed", locator="(5.31), (5.32), p. 29", kind="inequality", expected="proved",
        statement=Text("The slope is at most half the second moment.",
                       r"\Bigl|\int aw\,1\{wx+b>0\}\,d\rho\Bigr|\le\tfrac12\int|\theta|^2d\rho"),
        hypotheses=(Text("A finite atomic measure; s is the indicator of active units.", r"p_k\ge0,\ 0\le s_k\le1"),),
        proof=errata_5.build_pair_bound,
        mutants=(
            Mutant("quarter", "constant", {"half": "1/4"},
                   {"K": "1", "p(k)": "1", "s(k)": "1", "a(k)": "1", "w(k)": "1", "b(k)": "0"},
                   tuple({"for": n, **line} for n, c in (("p", "0 <= 1"), ("active", "0 <= 1 and 1 <= 1"))
                         for line in (
                             {"id": f"{n}0", "rule": "arithmetic", "goal": c, "uses": []},
                             {"id": f"{n}1", "rule": "generalize", "goal": f"All(k, {c})", "uses": [f"{n}0"]})),
                   prose="a quarter of it"),
        ),
    ),
    Claim(
        id="mf.entropy-convex.printed",
        title="entropy of a mixture",
        paper="jmlr", relation="as-printed", locator="p. 37", kind="counterexample", expected="refuted",
        statement=Text("The differential entropy is convex, pointwise.",
                       r"h(\tfrac{p+q}2)\le\tfrac12h(p)+\tfrac12h(q)"),
        hypotheses=(Text("h(t) = -t log t at two values of densities.", r"p,q>0"),),
        refutation=_convexity,
        counterpart="mf.entropy-convex.corrected",
    ),
    Claim(
        id="mf.entropy-convex.corrected",
        title="entropy of a mixture",
        paper="jmlr", relation="corrected", locator="p. 37", kind="inequality", expected="proved",
        statement=Text(
            "It is concave, and mixing two laws adds at most log 2, pointwise.",
            r"\tfrac12h(p)+\tfrac12h(q)\le h(\tfrac{p+q}2)\le\tfrac12h(p)+\tfrac12h(q)+\log2\cdot\tfrac{p+q}2",
        ),
        hypotheses=(Text("h(t) = -t log t at two values of densities.", r"p,q>0"),),
        proof=errata_5.build_entropy_mixture,
        mutants=(
            Mutant("half", "constant", {"gain": "log(2)/2"}, {"p": "1", "q": "1/1000"}, prose="half of log 2"),
        ),
        counterpart="mf.entropy-convex.printed",
    ),
    Claim(
        id="mf.eq-6.13.printed",
        title="free energy of the smoothed two atoms",
        paper="jmlr", relation="as-printed", locator="(6.13), p. 36", kind="counterexample", expected="refuted",
        statement=Text("The limsup is at most lambda/5, so that it is below lambda/5 + 1/1000 when it is cold.",
                       r"F_\beta(\rho^*_\beta)\le\tfrac\lambda5+\tfrac1{1000}"),
        hypotheses=(
            Text("Second moment and an admissible entropy of the mixture; the risk is dropped.",
                 r"M=\tfrac45+\tfrac3\beta,\ H=\tfrac12\log2+\tfrac32\log\tfrac{2\pi e}\beta"),
        ),
        refutation=_cold,
        counterpart="mf.eq-6.13.corrected",
    ),
    Claim(
        id="mf.eq-6.13.corrected",
        title="free energy of the smoothed two atoms",
        paper="jmlr", relation="corrected",
        locator="(6.13), p. 36, for the free energy (6.11)",
        kind="inequality", expected="proved",
        statement=Text(
            "It tends to 2 lambda/5.",
            r"\tfrac{2\lambda}5-\tfrac{\log2}\beta\le F_\beta(\rho^*_\beta)"
            r"\le\tfrac12R+\tfrac{2\lambda}5+\tfrac{3\lambda-3s}{2\beta},\quad s=\log\tfrac{2\pi e}\beta",
        ),
        hypotheses=(
            Text("Second moment of the mixture.", r"M=\tfrac45+\tfrac3\beta"),
            Text("Its entropy, from mf.entropy-convex.corrected.", r"\tfrac32s\le H\le\tfrac32s+\log2"),
            Text("It is cold, and the risk is not negative.", r"s\le0,\ R\ge0,\ \beta,\lambda>0"),
        ),
        proof=errata_5.build_cold_limit,
        mutants=(
            Mutant("printed", "constant", {"level": "lam/5"},
                   {"lam": "1", "beta": "1000", "risk": "0", "m2": "803/1000", "s": "0", "H": "0"},
                   prose="lambda/5"),
        ),
        counterpart="mf.eq-6.13.printed",
    ),
)  # fmt: skip
