"""Section 6 and Appendix A: explicit densities, and the lower bound on the cluster polynomials."""

from __future__ import annotations

from ...analysis.meanfield import appendix_a, densities
from ..claim import Claim, Mutant, Text

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.def-4.1-multiple",
        title="the critical point is unique",
        paper="jmlr", relation="sharper", locator="Definition 4.1, p. 13", kind="inequality", expected="proved",
        statement=Text(
            "A cluster polynomial without roots is strictly convex or constant.",
            r"\forall x:\ 1+x^2-(ax-b)^2>0\ \Rightarrow\ a^2<1\ \text{or}\ (a^2=1,\ b=0)",
        ),
        proof=appendix_a.build_no_root_argmin,
        mutants=(
            Mutant("other", "swap", {"corner": "b == 1"}, {"a": "1", "b": "0"},
                   ({"for": "positive", "id": "here", "rule": "arithmetic",
                     "goal": "0 < (1-1**2)*x**2+2*1*0*x+1-0**2", "uses": []},
                    {"for": "positive", "id": "all", "rule": "generalize",
                     "goal": "All(x, 0 < (1-1**2)*x**2+2*1*0*x+1-0**2)", "uses": ["here"]}),
                   prose="the constant one at b = 1"),
        ),
    ),
    Claim(
        id="mf.eq-A.16",
        title="Taylor's form of the cluster polynomial",
        paper="jmlr", relation="as-printed", locator="(A.16), p. 53", kind="identity", expected="proved",
        statement=Text("The polynomial about its critical point.", r"P(x)=\tfrac12P''(x-x_c)^2+P'(x_c)(x-x_c)+P(x_c)"),
        proof=appendix_a.build_taylor,
        mutants=(
            Mutant("whole", "constant", {"half": "1"}, {"a": "0", "b": "0", "x": "1", "c": "0"}, prose="without 1/2"),
        ),
    ),
    Claim(
        id="mf.eq-A.17-18",
        title="the concave case",
        paper="jmlr", relation="as-printed", locator="(A.17), (A.18), p. 54", kind="inequality", expected="proved",
        statement=Text("Where the polynomial is not negative at distance D from the critical point.",
                       r"|P'(x_c)|D+P(x_c)\ge-\tfrac12P''D^2"),
        hypotheses=(Text("z lies outside the cluster set.", r"P(z)\ge0,\ |z-x_c|=D"),),
        proof=appendix_a.build_concave_step,
        mutants=(
            Mutant("signed", "sign", {"absolute": "dP(c)"},
                   {"a": "2", "b": "0", "c": "1/2", "z": "0", "D": "1/2"}, prose="without the modulus"),
        ),
    ),
    Claim(
        id="mf.chord",
        title="the chord to the vertex",
        paper="jmlr", relation="as-printed", locator="p. 55", kind="identity", expected="proved",
        statement=Text("It has half the slope at the critical point.", r"P(v)-P(x_c)=\tfrac12P'(x_c)(v-x_c)"),
        hypotheses=(Text("v is the vertex of a parabola.", r"P''\ne0,\ P'(v)=0"),),
        proof=appendix_a.build_chord,
        mutants=(
            Mutant("whole", "constant", {"half": "1"}, {"a": "0", "b": "0", "v": "0", "c": "1"},
                   prose="the whole slope"),
        ),
    ),
    Claim(
        id="mf.ball-r",
        title="support of the two atoms",
        paper="jmlr", relation="as-printed", locator="p. 36", kind="inequality", expected="proved",
        statement=Text("The atoms of (6.3) lie in every ball of radius above 2 sqrt(y/x).",
                       r"r>\sqrt{4\bar y/\bar x}\ \Rightarrow\ 2s^2<r^2,\quad s^2=2\bar y/\bar x"),
        hypotheses=(Text("The datum is positive.", r"\bar x,\bar y>0"),),
        proof=appendix_a.build_support_radius,
        mutants=(
            Mutant("printed-moment", "constant", {"radius": "2*y/x"}, {"x": "10", "y": "2", "s": "sqrt(2/5)",
                   "r": "7/10"}, prose="the radius that M = 2/5 would give"),
        ),
    ),
    Claim(
        id="mf.sawtooth-disjoint",
        title="the saw-teeth do not overlap",
        paper="jmlr", relation="as-printed", locator="p. 50", kind="inequality", expected="proved",
        statement=Text("Teeth narrower than half the gap are never positive together.",
                       r"\varepsilon<\tfrac12|x_i-x_j|\ \Rightarrow\ T_i(x)=0\ \text{or}\ T_j(x)=0"),
        hypotheses=(Text("The tooth at u is max(0, 1 - |x-u|/eps).", r"\varepsilon>0"),),
        proof=appendix_a.build_disjoint_teeth,
        mutants=(
            Mutant("gap", "constant", {"width": "gap"}, {"eps": "3/4", "gap": "1", "u": "0", "v": "1", "x": "1/2"},
                   prose="narrower than the gap"),
        ),
    ),
    Claim(
        id="mf.U-var",
        title="the uniform law of (A.7)",
        paper="jmlr", relation="as-printed", locator="(A.7), p. 51", kind="identity", expected="proved",
        statement=Text("Variance s^2/12 means width s; the entropy is log s.",
                       r"\int_{-s/2}^{s/2}\tfrac{t^2}s\,dt=\tfrac{s^2}{12},\qquad H=\log s"),
        hypotheses=(Text("The width is positive.", r"s>0"),),
        proof=densities.build_uniform,
        mutants=(Mutant("square", "constant", {"width": "s**2"}, {"s": "2"}, prose="width s^2"),),
    ),
    Claim(
        id="mf.eq-A.1",
        title="moments of a Gaussian",
        paper="jmlr", relation="as-printed", locator="(A.1), p. 46", kind="identity", expected="proved",
        statement=Text("Second moment and entropy of N(0, s^2 I_3); the paper has s = 1.",
                       r"M=3s^2,\qquad H=\tfrac32\log(2\pi s^2)+\tfrac32"),
        proof=densities.build_standard_moments,
        mutants=(Mutant("one", "constant", {"dimension": "1"}, {"s": "1"}, prose="second moment s^2"),),
    ),
)  # fmt: skip
