"""Section 5: active units, size of the cluster set, bounded moments, and bounded integrands."""

from __future__ import annotations

from ...analysis.meanfield import cluster_measure
from ..claim import Claim, Mutant, Text

_DATA = Text("The point lies between the data i <= j and the data i > j, all in [-L, L].",
             r"x_i\le t\ (i\le j),\ t\le x_i\ (i>j),\ |t|,|x_i|\le L,\ 2L\le m")  # fmt: skip
_CAP = Text("The truncated activation is the ReLU up to m^2.", r"(h)_+^m=(h)_+\quad(h\le m^2)")

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.eq-5.12-relu",
        title="active units on a line through the cluster set",
        paper="jmlr", relation="as-printed", locator="(5.12), p. 22", kind="identity", expected="proved",
        statement=Text(
            "The units to the left vanish, and those to the right are linear.",
            r"\sum_iR_ia^m(w^mx_i+b)_+^m=\sum_{i>j}R_ia^m(wx_i+b)",
        ),
        hypotheses=(_DATA, _CAP, Text("The weights lie in the set of the proof.", r"0<w<m,\ b=-w^mt")),
        proof=cluster_measure.build_active,
        mutants=(
            Mutant("all", "constant", {"start": "j+2"}, {**cluster_measure.ONE, "w": "1", "b": "0", "al": "1"},
                   cluster_measure.setting_steps(), prose="one unit fewer"),
        ),
    ),
    Claim(
        id="mf.psi-split",
        title="the potential on either side",
        paper="jmlr", relation="as-printed", locator="p. 27", kind="identity", expected="proved",
        statement=Text(
            "On b = -w^m t the potential has the units to the right for w >= 0 and those to the left for w <= 0.",
            r"\sum_iR_ia^m(w^mx_i+b)_+^m=\sum_{i>j}R_ia^mw^m(x_i-t)\ (w\ge0),\quad"
            r"=\sum_{i\le j}R_ia^mw^m(x_i-t)\ (w\le0)",
        ),
        hypotheses=(_DATA, _CAP, Text("The truncated weight.", r"w^m=\max(-m,\min(m,w)),\ b=-w^mt")),
        proof=cluster_measure.build_sides,
        mutants=(
            Mutant("fewer", "constant", {"start": "j+2"}, {**cluster_measure.ONE, "w": "1", "al": "1"},
                   cluster_measure.setting_steps(), prose="one unit fewer"),
        ),
    ),
    Claim(
        id="mf.lemma-5.3-lamplus",
        title="bound on the larger eigenvalue",
        paper="jmlr", relation="sharper", locator="p. 23, with an explicit constant", kind="inequality",
        expected="proved",
        statement=Text(
            "The constant depends on the residuals alone.",
            r"\lambda\lambda_+\le\lambda(1+L^2)+2L\sum_{i>j}|R_i|,\quad"
            r"\lambda_+=\tfrac12\bigl(2+x^2+\sqrt{4c^2+x^4}\bigr),\ c=\tfrac1\lambda\sum_{i>j}R_i(x_i-x)",
        ),
        hypotheses=(Text("Data and point are bounded.", r"|x_i|,|x|\le L"), Text("Penalty.", r"\lambda>0")),
        proof=cluster_measure.build_largest,
        mutants=(
            Mutant("once", "constant", {"bound": "lam*(1+L**2)+L*Sum(i, j+1, M, abs(R(i)))"}, cluster_measure.LARGE,
                   cluster_measure.large_steps(), prose="half of the residuals"),
        ),
    ),
    Claim(
        id="mf.5.7-omega",
        title="the cluster set covers at most half of an interval",
        paper="jmlr", relation="sharper", locator="p. 28, with an explicit threshold", kind="inequality",
        expected="proved",
        statement=Text("It is exponentially small, and at most half of the interval once it is cold.",
                       r"|\Omega^j|\le K_1e^{-\beta K_2},\qquad|\Omega^j|\le\tfrac12|I_j|"),
        hypotheses=(
            Text("Lemma 5.3 and the large truncation.", r"|\Omega^j|\le\frac{K_1e^{\beta K_2}}{m^2},\ m>e^{\beta K_2}"),
            Text("Sufficiently large means", r"\beta K_2\ge\frac{2K_1}{|I_j|}"),
        ),
        proof=cluster_measure.build_half_left,
        mutants=(
            Mutant("warm", "hypothesis", {"threshold": "0"},
                   {"K1": "1", "beta": "1/2", "K2": "1", "m": "2", "len": "1/4", "size": "exp(1/2)/4"},
                   prose="at any temperature"),
        ),
    ),
    Claim(
        id="mf.eq-5.30",
        title="the second moment is bounded",
        paper="jmlr", relation="sharper", locator="(5.30), p. 29, and Lemma A.6, with an explicit constant",
        kind="inequality", expected="proved",
        statement=Text("A constant of the bounds on the free energy.",
                       r"M\le4\bigl(K_1+2K_2+\tfrac32\log4\pi\bigr)"),
        hypotheses=(
            Text("The lower bound of mf.lemma-10.2.corrected.",
                 r"F\ge\tfrac12R+\tfrac\lambda4M-\tfrac3{2\beta}\log\tfrac{4\pi}{\beta\lambda}"),
            Text("The upper bound (A.12).", r"F\le K_1\lambda+\tfrac{K_2}\beta(1-\log\lambda),\ K_2\ge0"),
            Text("Assumption A1 in explicit form.", r"\beta\lambda\ge1,\ \beta\lambda\ge-\log\lambda,\ R\ge0"),
        ),
        proof=cluster_measure.build_bounded_moment,
        mutants=(
            Mutant("without", "constant", {"constant": "4*K1"},
                   {"beta": "1", "lam": "1", "k": "1", "risk": "0", "K1": "0", "K2": "0", "m2": "1", "F": "0"},
                   prose="without the entropy"),
        ),
    ),
    Claim(
        id="mf.eq-5.37",
        title="the integrand of the curvature is bounded and continuous",
        paper="jmlr", relation="as-printed", locator="(5.36), (5.37), p. 32", kind="inequality", expected="proved",
        statement=Text(
            "The first integrand of (5.36), of which weak convergence then speaks by definition.",
            r"\Bigl|a^m(w^m)^2\tau\frac{e^{\tau u}}{(1+e^{\tau u})^2}\Bigr|\le\tfrac14m^3\tau,\quad u=w^mx+b,"
            r"\quad\text{continuous in }a,w,b",
        ),
        hypotheses=(Text("Truncation and scale are positive.", r"m,\tau>0,\ v^m=\max(-m,\min(m,v))"),),
        proof=cluster_measure.build_bounded_integrand,
        mutants=(
            Mutant("eighth", "constant", {"quarter": "1/8"},
                   {"m": "1", "tau": "1", "a": "1", "w": "1", "b": "0", "x": "0"}, prose="half of the bound"),
        ),
    ),
)  # fmt: skip
