"""Section 5: inequalities inside the proofs of Lemmas 5.3, 5.5 and 5.7."""

from __future__ import annotations

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import densities, lemma_5_steps
from ..claim import Claim, Mutant, Refutation, Text
from .hypotheses import WEAKER

_ABOVE = Statement("1 < abs(c)", {"cluster": "1+x**2-c**2 <= 0"})


def _above_one() -> Refutation:
    edge = {"x": "0", "c": "-1"}
    corrected = lemma_5_steps.build_root_above_one().statement
    return Refutation(_ABOVE, edge, (("corrected", corrected, edge), ("inside", _ABOVE, {"x": "0", "c": "2"})))


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.lemma-5.3-norm",
        title="length of the eigenvectors",
        paper="jmlr", relation="sharper", locator="p. 23", kind="inequality", expected="proved",
        statement=Text(
            "On the cluster set both eigenvectors have a norm of at least 1, and the upper bound is explicit.",
            r"1\le|v_-|^2\le1+(1+x^2)^2,\qquad1\le|v_+|^2\le2",
        ),
        hypotheses=(Text("x lies in the cluster set.", r"c^2\ge1+x^2"),),
        proof=lemma_5_steps.build_eigenvector_norms,
        mutants=(
            *WEAKER["mf.lemma-5.3-norm"],
            Mutant("one", "constant", {"minus": "1"}, {"x": "1", "c": "sqrt(2)"}, prose="1 for the first too"),
        ),
    ),
    Claim(
        id="mf.lemma-5.3-c1.printed",
        title="size of the sum on the cluster set",
        paper="jmlr", relation="as-printed", locator="p. 23", kind="counterexample", expected="refuted",
        statement=Text("On the cluster set |c| > 1.", r"|c|>1"),
        hypotheses=(Text("x lies in the cluster set.", r"1+x^2-c^2\le0"),),
        refutation=_above_one,
        counterpart="mf.lemma-5.3-c1.corrected",
    ),
    Claim(
        id="mf.lemma-5.3-c1.corrected",
        title="size of the sum on the cluster set",
        paper="jmlr", relation="corrected", locator="p. 23", kind="inequality", expected="proved",
        statement=Text("On the cluster set |c| >= 1.", r"|c|\ge1"),
        hypotheses=(Text("x lies in the cluster set.", r"1+x^2-c^2\le0"),),
        proof=lemma_5_steps.build_root_above_one,
        mutants=(
            *WEAKER["mf.lemma-5.3-c1.corrected"],
            Mutant("strict", "strictness", {"sign": "<"}, {"x": "0", "c": "-1"}, prose="strictly"),
        ),
        counterpart="mf.lemma-5.3-c1.printed",
    ),
    Claim(
        id="mf.lemma-5.3-box",
        title="the box in the eigenbasis",
        paper="jmlr", relation="as-printed", locator="p. 23", kind="inequality", expected="proved",
        statement=Text(
            "The box stays inside the domain of integration.",
            r"z\in(0,\tfrac m2]^2\ \Rightarrow\ 0<w(z)\le m,\ |a(z)|\le m",
        ),
        hypotheses=(
            Text("w(z) = z_1 k_1 + z_2 k_2 with the inverse norms.", r"0<k_1,k_2\le1"),
            Text("a(z) = z_1 p + z_2 q with coordinates of unit vectors.", r"|p|,|q|\le1"),
        ),
        proof=lemma_5_steps.build_box,
        mutants=(
            *WEAKER["mf.lemma-5.3-box"],
            Mutant("whole", "constant", {"side": "m"},
                   {"z1": "2", "z2": "2", "m": "2", "k1": "1", "k2": "1", "p": "0", "q": "0"},
                   prose="a box of side m"),
        ),
    ),
    Claim(
        id="mf.eq-5.16",
        title="the integral over the box",
        paper="jmlr", relation="as-printed", locator="(5.16), p. 24", kind="identity", expected="proved",
        statement=Text(
            "The integral over the box in closed form.",
            r"\int_{(0,m/2)^2}z_1e^{-\frac k2z_2^2}dz"
            r"=\frac{m^2}8\sqrt{\frac\pi{2k}}\operatorname{erf}\frac{m\sqrt k}{2\sqrt2}",
        ),
        hypotheses=(Text("Side and rate are positive; k is K_1 beta in the paper.", r"m,k>0"),),
        proof=densities.build_box_integral,
        mutants=(
            *WEAKER["mf.eq-5.16"],
            Mutant("quarter", "constant", {"eighth": "1/4"}, {"m": "1", "k": "1"}, prose="m^2/4"),
        ),
    ),
    Claim(
        id="mf.erf-1-10",
        title="the error function from 9/100 on",
        paper="jmlr", relation="sharper", locator="p. 24", kind="inequality", expected="proved",
        statement=Text("Sufficiently large means at least 9/100.",
                       r"t\ge\tfrac9{100}\Rightarrow\operatorname{erf}t\ge\tfrac1{10}"),
        hypotheses=(Text("The argument is large enough.", r"t\ge\tfrac9{100}"),),
        proof=densities.build_erf_tenth,
        mutants=(Mutant("one", "constant", {"tenth": "1"}, {"t": "1"}, prose="1 instead of 1/10"),),
    ),
    Claim(
        id="mf.eq-5.17-change",
        title="units that face left",
        paper="jmlr", relation="as-printed", locator="p. 24, (5.17)", kind="identity", expected="proved",
        statement=Text(
            "The change (a,w,b) to (-a,-w,wx) gives the exponent of (5.13) with the lower sum.",
            r"-\beta\Psi(-a,-w,wx)=-\tfrac{\beta\lambda}2\bigl[-2aw\,c_j+a^2+w^2(1+x^2)\bigr],\quad"
            r"c_j=\tfrac1\lambda\sum_{i\le j}R_i(x-x_i)",
        ),
        hypotheses=(Text("The penalty is positive.", r"\lambda>0"),),
        proof=lemma_5_steps.build_mirror,
        mutants=(
            Mutant("kept", "sign", {"first": "a"},
                   {"lam": "1", "beta": "1", "j": "1", "r(i)": "1", "x(i)": "0", "x": "1", "a": "1", "w": "1"},
                   prose="a keeps its sign"),
        ),
    ),
    Claim(
        id="mf.lemma-5.5-step",
        title="from linear to quadratic growth",
        paper="jmlr", relation="as-printed", locator="p. 26", kind="inequality", expected="proved",
        statement=Text("Linear growth is quadratic growth on a bounded interval.",
                       r"\alpha_1d\ge\frac{\alpha_1}{|I|}d^2"),
        hypotheses=(Text("The distance is at most the length.", r"0\le d\le|I|,\ \alpha_1\ge0"),),
        proof=lemma_5_steps.build_linear_to_square,
        mutants=(
            Mutant("times", "constant", {"factor": "a1*L"}, {"a1": "1", "d": "2", "L": "2"}, prose="times the length"),
        ),
    ),
    Claim(
        id="mf.eq-5.27",
        title="the exponent outside the cluster set",
        paper="jmlr", relation="as-printed", locator="(5.27), p. 28", kind="inequality", expected="proved",
        statement=Text("The exponent is bounded by the distance to the cluster set.",
                       r"w^2+v^2(x^2-c^2)\ge w^2-v^2(1-\bar C)"),
        hypotheses=(Text("v is the truncated w; outside the cluster set.", r"1+x^2-c^2\ge\bar C"),),
        proof=lemma_5_steps.build_exponent_bound,
        mutants=(
            Mutant("twice", "constant", {"share": "2*C"}, {"C": "1", "x": "0", "c": "0", "v": "1", "w": "0"},
                   prose="twice the constant"),
        ),
    ),
    Claim(
        id="mf.eq-5.29",
        title="the truncation removed",
        paper="jmlr", relation="as-printed", locator="(5.29), p. 28", kind="inequality", expected="proved",
        statement=Text("Both inequalities of the step.",
                       r"w^2-v^2(1-\bar C)\ge\bar Cw^2,\qquad\sqrt{p+q}\le\sqrt p+\sqrt q"),
        hypotheses=(Text("v is the truncated w.", r"v^2\le w^2,\ \bar C\le1,\ p,q\ge0"),),
        proof=lemma_5_steps.build_truncation_out,
        mutants=(
            Mutant("any", "hypothesis", {"cap": "2"}, {"C": "2", "v": "0", "w": "1", "p": "1", "q": "1"},
                   prose="without C <= 1"),
        ),
    ),
)  # fmt: skip
