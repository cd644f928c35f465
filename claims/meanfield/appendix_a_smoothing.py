"""Appendix A.2: the smoothed saw-teeth of (A.7), their function and their risk."""

from __future__ import annotations

from ...analysis.meanfield import smoothing
from ..claim import Claim, Mutant, Text

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.eq-A.8",
        title="exact minus smoothed saw-teeth",
        paper="jmlr", relation="as-printed", locator="(A.8), p. 51", kind="identity", expected="proved",
        statement=Text(
            "Once a is integrated, its mean being the atom's, the units weigh y/eps, -2y/eps, y/eps.",
            r"\sum_i\tfrac{y_i}\varepsilon(f_{1,i}-g_{1,i})-\sum_i\tfrac{2y_i}\varepsilon(f_{2,i}-g_{2,i})"
            r"+\sum_i\tfrac{y_i}\varepsilon(f_{3,i}-g_{3,i})",
        ),
        hypotheses=(
            Text("f are the units at the three atoms of a tooth, g their means under the smoothed law of (w, b); a is"
                 " independent and uniform of width s about the atom's.", r"s>0,\ M\ge1"),
        ),
        proof=smoothing.build_tooth_mean,
        mutants=(
            Mutant("three", "constant", {"middle": "3"},
                   {"M": "1", "s": "1", "y(i)": "1", "eps": "1", "f1(i)": "0", "f2(i)": "1", "f3(i)": "0",
                    "g1(i)": "0", "g2(i)": "0", "g3(i)": "0"},
                   prose="3 M y/eps for the middle atom"),
        ),
    ),
    Claim(
        id="mf.eq-A.9",
        title="Lipschitz functions and transport, the half that is used",
        paper="jmlr", relation="as-printed", locator="(A.9), p. 51, as an inequality on the plane", kind="inequality",
        expected="proved",
        statement=Text(
            "A K-Lipschitz mean differs by at most K times the mean distance under any coupling, hence by at most"
            " K W_1; (A.10) uses this half. Kantorovich and Rubinstein's theorem, that (A.9) is an equality, is cited"
            " by the paper and needed nowhere.",
            r"|\mathbb E f(X)-\mathbb E f(Y)|\le K\,\mathbb E|X-Y|",
        ),
        hypotheses=(
            Text("f has Lipschitz constant K in the Euclidean norm.", r"|f(p)-f(q)|\le K|p-q|"),
            Text("X and Y are points of the plane on one probability space; f(X), f(Y), |X - Y| are square"
                 " integrable."),
        ),
        proof=smoothing.build_coupling,
        mutants=(
            Mutant("one", "constant", {"constant": ""},
                   {"x(k)": "delta(k,1)", "y(k)": "0", "f(p,q)": "2*p", "K": "2"},
                   tuple(smoothing.coupling_helps("2*p", "2")), prose="without K"),
        ),
    ),
    Claim(
        id="mf.smoothed-feature",
        title="the mean of a unit under smoothed (w, b)",
        paper="own", relation="new", locator="derived in this project, for (A.10) and (A.11)", kind="inequality",
        expected="proved",
        statement=Text("It is within sqrt(2(1+x^2)) s of the unit at the centre.",
                       r"|\mathbb E\,\sigma(w+sz_1,b+sz_2)-\sigma(w,b)|\le\sqrt{2(1+x^2)}\,s"),
        hypotheses=(
            Text("The unit is the truncated one, and its activation has Lipschitz constant 1.",
                 r"\sigma(w,b)=(w^mx+b)_+^m,\ m\ge0"),
            Text("Its smoothed values are square integrable; they are bounded.", r"s>0"),
        ),
        proof=smoothing.build_smoothed_feature,
        mutants=(
            Mutant("steep", "hypothesis", {"change": "0"},
                   {"cap(p)": "10*p**2", "m": "1", "s": "1", "w": "0", "b": "0", "x": "0"},
                   prose="an activation of any slope"),
        ),
    ),
    Claim(
        id="mf.R-rho-tilde",
        title="the risk of the smoothed saw-teeth",
        paper="jmlr", relation="as-printed", locator="p. 52, with an explicit constant", kind="inequality",
        expected="proved",
        statement=Text(
            "It is at most of the order of the penalty.",
            r"R(\tilde\rho)\le K_4\lambda,\quad"
            r"K_4=\frac{32}{M\varepsilon^2}\sum_i(1+x_i^2)\Big(\sum_j|y_j|\Big)^2",
        ),
        hypotheses=(
            Text("The errors p, q, r of the units' means, by (A.8) and mf.smoothed-feature.",
                 r"|p_{ji}|,|q_{ji}|,|r_{ji}|\le\sqrt{2(1+x_i^2)}\,s"),
            Text("The scale.", r"s^2=\min(\lambda,\tfrac12),\ s,\varepsilon>0,\ M\ge1"),
        ),
        proof=smoothing.build_smoothed_risk,
        mutants=(
            Mutant("square", "constant", {"power": "lam**2"},
                   {"M": "1", "eps": "1", "s": "1/2", "lam": "1/4", "x(i)": "0", "y(i)": "1", "p(j,i)": "7/10",
                    "q(j,i)": "-7/10", "r(j,i)": "7/10"},
                   prose="the square of lambda"),
        ),
    ),
)  # fmt: skip
