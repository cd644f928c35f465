"""Errata of JMLR 23(130): each formula as printed, refuted by an exact witness, and as corrected, proved."""

from __future__ import annotations

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import errata, section_6
from ..claim import Claim, Mutant, Refutation, Text
from .hypotheses import WEAKER

_PAPER_DATA = {"X": "10", "Y": "2"}
_TWO = Text(r"The data are $(-X,Y)$ and $(X,Y)$ with $X,Y>0$; the paper has $X=10$, $Y=2$.", r"\bar x=X,\ \bar y=Y")


def _atoms(goal: str, y: str = "2") -> Statement:
    """Return a statement on the two atoms of (6.3), on the paper's data or with another height."""
    return Statement(goal, {"data": f"X == 10 and Y == {y}"}, section_6.DECLARE, section_6.TWO_ATOMS)


def _moment() -> Refutation:
    return Refutation(
        _atoms("moment == 2/5"),
        _PAPER_DATA,
        (
            ("corrected", _atoms("moment == 4/5"), _PAPER_DATA),
            ("other-data", _atoms("moment == 2/5", "1"), {"X": "10", "Y": "1"}),
        ),
    )


def _free_energy() -> Refutation:
    return Refutation(
        _atoms("F == lam/5"),
        {**_PAPER_DATA, "lam": "1"},
        (
            ("corrected", _atoms("F == 2*lam/5"), {**_PAPER_DATA, "lam": "1"}),
            ("no-penalty", _atoms("F == lam/5"), {**_PAPER_DATA, "lam": "0"}),
        ),
    )


def _chain() -> Refutation:
    goal = "3*lam/2 <= 2*lam-lam**2/2"
    return Refutation(
        Statement(goal, {"lam": "1 <= lam and lam <= 2"}),
        {"lam": "2"},
        (
            ("corrected", Statement(goal, {"lam": "0 <= lam and lam <= 1"}), {"lam": "2"}),
            ("at-one", Statement(goal, {"lam": "1 <= lam and lam <= 2"}), {"lam": "1"}),
        ),
    )


def _pair(goal: str, corrected: str, hyps: dict[str, str], let: dict[str, str], witness: dict[str, str],
          neighbour: dict[str, str]) -> Refutation:  # fmt: skip
    """Return a refutation with its two controls: the corrected goal at the witness, the printed one at a neighbour."""
    printed = Statement(goal, hyps, let=let)
    return Refutation(
        printed,
        witness,
        (("corrected", Statement(corrected, hyps, let=let), witness), ("neighbour", printed, neighbour)),
    )


def _second_order() -> Refutation:
    bound = "{}*(x-c)**2+abs(dP(c))*abs(x-c)+P(c) <= P(x)"
    at = {"a": "0", "b": "0", "c": "0", "x": "1"}
    return _pair(bound.format("ddP"), bound.format("ddP/2"), {"side": "0 <= dP(c)*(x-c)"}, errata.POLYNOMIAL, at,
                 {**at, "a": "1"})  # fmt: skip


def _lipschitz() -> Refutation:
    bound = "abs(relu(w*x+b)-relu(v*x+z)) <= {}*distance"
    at = {"x": "1", "w": "1", "b": "1", "v": "0", "z": "0"}
    return _pair(
        bound.format("max(abs(x),1)"), bound.format("sqrt(1+x**2)"), {}, errata.LIPSCHITZ, at, {**at, "b": "0"}
    )


def _width() -> Refutation:
    hyps = {"n1": "1 <= n1 and n1 <= K2", "n2": "1 <= n2 and n2 <= K2", "z1": "0 < z1", "z2": "0 < z2"}
    at = {"n1": "sqrt(2)", "n2": "sqrt(2)", "K2": "2", "z1": "1", "z2": "1"}
    return _pair("z1/n1+z2/n2 <= (z1+z2)/K2", "(z1+z2)/K2 <= z1/n1+z2/n2", hyps, {}, at, {**at, "K2": "sqrt(2)"})


def _tangent() -> Refutation:
    at = {"u": "0", "v": "1", "t": "0", "x": "1"}
    return _pair("y(x) == y(t)-v*(x-t)", "y(x) == y(t)+v*(x-t)", {}, {"y(x)": "u+v*x"}, at, {**at, "x": "0"})


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.M-rho-star.printed",
        title="the second moment of the two atoms, as printed",
        paper="jmlr",
        relation="as-printed",
        locator="p. 34, after (6.3)",
        kind="counterexample",
        expected="refuted",
        statement=Text(r"The two atoms of (6.3) have second moment $\tfrac25$.", r"M(\rho^*)=\tfrac25"),
        hypotheses=(_TWO,),
        refutation=_moment,
        counterpart="mf.M-rho-star.corrected",
    ),
    Claim(
        id="mf.M-rho-star.corrected",
        title="the second moment of the two atoms",
        paper="jmlr",
        relation="corrected",
        locator="p. 34, after (6.3)",
        kind="identity",
        expected="proved",
        statement=Text(
            r"The two atoms of (6.3) have second moment $4Y/X$, that is $\tfrac45$.",
            r"M(\rho^*)=4\bar y/\bar x=\tfrac45",
        ),
        hypotheses=(_TWO,),
        proof=section_6.build_moment,
        counterpart="mf.M-rho-star.printed",
        mutants=(Mutant("printed", "constant", {"value": "2*Y/X"}, _PAPER_DATA, prose="$2Y/X$, as printed"),),
    ),
    Claim(
        id="mf.eq-6.4.printed",
        title="the free energy of the two atoms, as printed",
        paper="jmlr",
        relation="as-printed",
        locator="(6.4), p. 34",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            r"The two atoms of (6.3) have free energy $\tfrac\lambda5$.", r"F_\infty(\rho^*)=\tfrac\lambda5"
        ),
        hypotheses=(_TWO,),
        refutation=_free_energy,
        counterpart="mf.eq-6.4.corrected",
    ),
    Claim(
        id="mf.eq-6.4.corrected",
        title="the free energy of the two atoms",
        paper="jmlr",
        relation="corrected",
        locator="(6.4), p. 34",
        kind="identity",
        expected="proved",
        statement=Text(
            r"The two atoms of (6.3) have free energy $2\lambda Y/X$, that is $\tfrac{2\lambda}5$.",
            r"F_\infty(\rho^*)=2\lambda\bar y/\bar x=\tfrac{2\lambda}5",
        ),
        hypotheses=(_TWO,),
        proof=section_6.build_free_energy,
        counterpart="mf.eq-6.4.printed",
        mutants=(Mutant("printed", "constant", {"value": "lam*Y/X"}, {**_PAPER_DATA, "lam": "1"}, prose="as printed"),),
    ),
    Claim(
        id="mf.eq-6.10.printed",
        title="the chain of inequalities, as printed",
        paper="jmlr",
        relation="as-printed",
        locator="(6.10), p. 35",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            r"$2\lambda-\tfrac{\lambda^2}2\ge\tfrac{3\lambda}2$ by $\lambda\ge1$.",
            r"2\lambda-\tfrac{\lambda^2}2\ge\tfrac{3\lambda}2",
        ),
        hypotheses=(Text("The penalty is at least 1, and at most 2 as the line before demands.", r"1\le\lambda\le2"),),
        refutation=_chain,
        counterpart="mf.eq-6.10.corrected",
    ),
    Claim(
        id="mf.eq-6.10.corrected",
        title="the chain of inequalities",
        paper="jmlr",
        relation="corrected",
        locator="(6.10), p. 35",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"For $0\le\lambda\le1$ each term of the chain is at least the next.",
            r"2\lambda-\tfrac{\lambda^2}2\ge\tfrac{3\lambda}2\ge\tfrac{2\lambda}5",
        ),
        hypotheses=(Text("The penalty lies between 0 and 1.", r"0\le\lambda\le1"),),
        proof=section_6.build_chain,
        counterpart="mf.eq-6.10.printed",
        mutants=(Mutant("printed", "hypothesis", {"limit": "2"}, {"lam": "2"}, prose=r"$\lambda$ up to 2"),),
    ),
    Claim(
        id="mf.alpha2.printed",
        title="the quadratic lower bound, as printed",
        paper="jmlr",
        relation="as-printed",
        locator="(5.21), p. 25 and p. 54",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            r"In the convex case (5.21) holds with $\alpha_2=P''(x_c)$.",
            r"P_2(x)\ge P_2''(x_c)d^2+|P_2'(x_c)|d+P_2(x_c),\ d=|x-x_c|",
        ),
        hypotheses=(Text("$x$ lies on the side of $x_c$ on which $P$ does not fall.", r"P_2'(x_c)(x-x_c)\ge0"),),
        refutation=_second_order,
        counterpart="mf.alpha2.corrected",
    ),
    Claim(
        id="mf.alpha2.corrected",
        title="the quadratic lower bound",
        paper="jmlr",
        relation="corrected",
        locator="(5.21), p. 25 and p. 54",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"In the convex case (5.21) holds with $\alpha_2=\tfrac12P''(x_c)$.",
            r"P_2(x)\ge\tfrac12P_2''(x_c)d^2+|P_2'(x_c)|d+P_2(x_c)",
        ),
        hypotheses=(Text("$x$ lies on the side of $x_c$ on which $P$ does not fall.", r"P_2'(x_c)(x-x_c)\ge0"),),
        proof=errata.build_second_order,
        counterpart="mf.alpha2.printed",
        mutants=(
            Mutant(
                "printed", "constant", {"factor": "1"}, {"a": "0", "b": "0", "c": "0", "x": "1"}, prose="as printed"
            ),
        ),
    ),
    Claim(
        id="mf.lip-const.printed",
        title="the Lipschitz constant of a feature, as printed",
        paper="jmlr",
        relation="as-printed",
        locator="p. 51",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            r"The map $(w,b)\mapsto(wx+b)_+$ has Lipschitz constant $\max(|x|,1)$.",
            r"|(wx+b)_+-(vx+z)_+|\le\max(|x|,1)\,|(w,b)-(v,z)|",
        ),
        refutation=_lipschitz,
        counterpart="mf.lip-const.corrected",
    ),
    Claim(
        id="mf.lip-const.corrected",
        title="the Lipschitz constant of a feature",
        paper="jmlr",
        relation="corrected",
        locator="p. 51",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"The map $(w,b)\mapsto\kappa(w^mx+b)$ has Lipschitz constant $\sqrt{1+x^2}$ for every $\kappa$ of"
            r" Lipschitz constant 1, $w^m$ being $w$ cut off at $-m$ and $m$.",
            r"|\kappa(w^mx+b)-\kappa(v^mx+z)|\le\sqrt{1+x^2}\,|(w,b)-(v,z)|",
        ),
        proof=errata.build_lipschitz,
        counterpart="mf.lip-const.printed",
        mutants=(
            Mutant(
                "printed",
                "constant",
                {"constant": "max(abs(x),1)"},
                {"cap(p)": "relu(p)", "m": "10", "x": "1", "w": "1", "b": "1", "v": "0", "z": "0"},
                tuple(errata.lipschitz_steps("relu(p)")),
                prose="as printed",
            ),
        ),
    ),
    Claim(
        id="mf.lemma-5.3-w.printed",
        title="the width in rotated coordinates, as printed",
        paper="jmlr",
        relation="as-printed",
        locator="p. 23, last line",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            r"With both norms between 1 and $K_2$, $w(z)\le(z_1+z_2)/K_2$.",
            r"\tfrac{z_1}{\|v_-\|}+\tfrac{z_2}{\|v_+\|}\le\tfrac{z_1+z_2}{K_2}",
        ),
        hypotheses=(Text("The norms lie between 1 and $K_2$; $z$ is positive.", r"1\le\|v_\pm\|\le K_2,\ z>0"),),
        refutation=_width,
        counterpart="mf.lemma-5.3-w.corrected",
    ),
    Claim(
        id="mf.lemma-5.3-w.corrected",
        title="the width in rotated coordinates",
        paper="jmlr",
        relation="corrected",
        locator="p. 23, last line",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"With both norms between 1 and $K_2$, $w(z)\ge(z_1+z_2)/K_2$, as (5.16) uses.",
            r"\tfrac{z_1}{\|v_-\|}+\tfrac{z_2}{\|v_+\|}\ge\tfrac{z_1+z_2}{K_2}",
        ),
        hypotheses=(Text("The norms lie between 1 and $K_2$; $z$ is positive.", r"1\le\|v_\pm\|\le K_2,\ z>0"),),
        proof=errata.build_width,
        counterpart="mf.lemma-5.3-w.printed",
        mutants=(
            *WEAKER["mf.lemma-5.3-w.corrected"],
            Mutant(
                "longer",
                "hypothesis",
                {"longest": "2*K2"},
                {"n1": "2", "n2": "1", "K2": "1", "z1": "1", "z2": "1"},
                prose="the first norm may be $2K_2$",
            ),
        ),
    ),
    Claim(
        id="mf.eq-4.8.corrected",
        title="the lower bound near a root",
        paper="jmlr",
        relation="corrected",
        locator="(4.8), p. 13, and Lemma 5.5, p. 26, which ask for a positive offset",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"On a segment outside the cluster set that ends in a root $x_c$ of $f^j$ no $\gamma_2>0$ serves in (4.8),"
            r" whatever $\gamma_1$: the bound holds with $\gamma_2\le0$ only.",
            r"\gamma_1(x-x_c)^2+\gamma_2\le f^j(x)\ \ (x\in I_j,\ f^j(x)>0)\ \Rightarrow\ \gamma_2\le0",
        ),
        hypotheses=(
            Text("The polynomial of (4.3) vanishes at the critical point.", r"f^j(x)=1+x^2-(Ax-B)^2,\ f^j(x_c)=0"),
            Text(
                "It is positive on a segment of the interval that ends there, so that Definition 4.1 assigns this"
                " critical point to all its points.",
                r"x_c+td\in I_j=[s,e],\ f^j(x_c+td)>0\quad(0<t\le1)",
            ),
            Text(r"$\gamma_1$ and $\gamma_2$ do not depend on $x$.", r"\gamma_1,\gamma_2\in\mathbb R"),
        ),
        proof=errata.build_no_offset,
        reason="the printed statement asserts that such numbers exist, so no single value refutes it: what is proved "
        "is that none does",
        mutants=(
            Mutant(
                "no-root",
                "hypothesis",
                {"root": "1"},
                {"A": "0", "B": "0", "c": "0", "d": "1", "s": "0", "e": "1", "g1": "1", "g2": "1"},
                tuple(errata.no_offset_steps("1", "0")),
                prose=r"the value of $f^j$ at the critical point is 1",
            ),
        ),
    ),
    Claim(
        id="mf.eq-A.2.minimiser",
        title="the lower bound by the whole risk fails at a minimiser",
        paper="jmlr",
        relation="corrected",
        locator="(A.2), p. 47, at zero temperature; the paper prints the coefficient 1 of the risk",
        kind="counterexample",
        expected="proved",
        statement=Text(
            r"For the one data point $(0,1)$ and $\tfrac12<\lambda<1$ the atom $a=b=\sqrt{1-\lambda}$, $w=0$ minimises"
            r" $F_\infty=\tfrac12R+\tfrac\lambda2M$ among all finite atomic measures, and $F_\infty$ is smaller there"
            r" than $R+\tfrac\lambda4M$: at $\lambda=\tfrac34$, $\tfrac{15}{32}<\tfrac{21}{32}$.",
            r"F_\infty(\rho^*)=\min_\rho F_\infty(\rho)<R(\rho^*)+\tfrac\lambda4M(\rho^*)",
        ),
        hypotheses=(
            Text(r"The penalty lies between one half and one.", r"\tfrac12<\lambda<1"),
            Text("The rivals are finite atomic measures with masses that are not negative.", r"p_k\ge0"),
        ),
        proof=errata.build_whole_risk,
        reason="minimality is a statement about every measure, so it is derived rather than evaluated at a witness",
        mutants=(
            Mutant(
                "third",
                "hypothesis",
                {"low": "1/4"},
                {"lam": "1/3", "K": "0"},
                prose=r"$\lambda>\tfrac14$ only",
            ),
        ),
    ),
    Claim(
        id="mf.eq-A.2.corrected",
        title="the lower bound by half of the risk, at zero temperature",
        paper="jmlr",
        relation="corrected",
        locator="(A.2), p. 47, at zero temperature and for finite atomic measures; the entropy term is not covered",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"At $\beta=\infty$ every finite atomic measure has $F_\infty\ge\tfrac12R+\tfrac\lambda4M$, as"
            r" $\tfrac\lambda4M\ge0$.",
            r"F_\infty(\rho)=\tfrac12R(\rho)+\tfrac\lambda2M(\rho)\ge\tfrac12R(\rho)+\tfrac\lambda4M(\rho)",
        ),
        hypotheses=(
            Text("The measure is finite and atomic, with masses that are not negative.", r"p_k\ge0"),
            Text("The penalty is not negative.", r"\lambda\ge0"),
        ),
        proof=errata.build_half_risk,
        mutants=(
            *WEAKER["mf.eq-A.2.corrected"],
            Mutant(
                "printed",
                "constant",
                {"risk": "1"},
                {
                    "M": "1",
                    "K": "1",
                    "x(i)": "0",
                    "y(i)": "1",
                    "p(k)": "1",
                    "a(k)": "1/2",
                    "w(k)": "0",
                    "b(k)": "1/2",
                    "lam": "3/4",
                },
                prose="as printed",
            ),
        ),
    ),
    Claim(
        id="mf.fn-sign.printed",
        title="the linear approximation, as printed",
        paper="jmlr",
        relation="as-printed",
        locator="p. 30, last line",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            r"$f_n(x)=y(t)-y'(t)(x-t)$ approximates $y$, so it reproduces an affine $y$.",
            r"f_n(x)=y(\tilde x)-y'(\tilde x)(x-\tilde x)",
        ),
        refutation=_tangent,
        counterpart="mf.fn-sign.corrected",
    ),
    Claim(
        id="mf.fn-sign.corrected",
        title="the linear approximation",
        paper="jmlr",
        relation="corrected",
        locator="p. 30, last line",
        kind="identity",
        expected="proved",
        statement=Text(
            r"$f_n(x)=y(t)+y'(t)(x-t)$ reproduces an affine $y$.", r"f_n(x)=y(\tilde x)+y'(\tilde x)(x-\tilde x)"
        ),
        proof=errata.build_tangent,
        counterpart="mf.fn-sign.printed",
        mutants=(
            Mutant("printed", "sign", {"sign": "-"}, {"u": "0", "v": "1", "t": "0", "x": "1"}, prose="as printed"),
        ),
    ),
)
