"""Section 6: the two-point data set, as the paper argues on it, and solved exactly."""

from __future__ import annotations

from math import hypot, sqrt

from ...analysis.meanfield import section_6, two_point
from ...numerics.meanfield import fit_wide_relu
from ..claim import Claim, Evidence, Mutant, Text
from .hypotheses import WEAKER

_OWN = "derived in this project, for Section 6"
_TWO = Text(r"The data are $(-X,Y)$ and $(X,Y)$ with $X,Y>0$; the paper has $X=10$, $Y=2$.", r"\bar x=X,\ \bar y=Y")
_LINEAR = Text(
    "The measure is finite and atomic, and its network is linear between the two data points.",
    r"f(q)=\sum_kp_ka_k(w_kq+b_k)_+=mq+n\quad(|q|\le X)",
)
_MASSES = Text("The masses of the atoms are not negative.", r"p_k\ge0")
_LAM = Text("The penalty is not negative.", r"\lambda\ge0")
_KAP = r"\kappa=\min\big(1,\tfrac2{\sqrt{1+X^2}}\big),\ p=(Y-\lambda\kappa)_+"
_LEAST = r"\tfrac12(Y-p)^2+\lambda\kappa p"
_UNITS = Text(
    "The networks are finite sums of units whose directions have length one.",
    r"J=\tfrac14\sum_{i\le2}(f(x_i)-y_i)^2+\lambda\sum_k|c_k|,\quad f(x)=\sum_kc_k(w_kx+b_k)_+,\ w_k^2+b_k^2=1",
)
_POSITIVE = Text(r"The penalty and $Y$ are positive.", r"\lambda>0,\ Y>0")

_DATA = {"X": "10", "Y": "2", "lam": "1"}
_ZERO, _ZERO_STEPS = section_6.ZERO, tuple(section_6.ZERO_STEPS)
_RIVAL = {"L": "1", "s(k)": "1", "t(k)": "0", "d(k)": "0"}
# S = 13/5 at X = 12/5, S = 5/4 at X = 3/4
_PAIR = {
    "lam": "1/10", "X": "12/5", "Y": "2", "K": "2", "w(k)": "(3-2*k)*12/13", "b(k)": "5/13", "c(k)": "125/169",
}  # fmt: skip


def _fit(distances: tuple[float, ...], knots: bool) -> list[Evidence]:
    """Solve the two-point problem in floating point and compare objective, fitted value and knots with the formulas."""
    worst = place = 0.0
    counts = set()
    for x in distances:
        for lam in (0.1, 1.0, 1.9):
            fit = fit_wide_relu([-x, x], [2.0, 2.0], lam=lam)
            cost = lam * min(1.0, 2.0 / hypot(1.0, x))
            p = max(2.0 - cost, 0.0)
            worst = max(worst, abs(fit.objective - ((2.0 - p) ** 2 / 2 + cost * p)), abs(float(fit.fitted[0]) - p))
            counts.add(len(fit.knots))
            place = max([place, *(abs(abs(k.location) * x - 1.0) for k in fit.knots)])
    return [
        Evidence(f"error of objective and fitted value, X in {distances}", f"{worst:.1e}", worst < 1e-12,
                 tolerance="1e-12", reason="an independent solver in double precision"),
        Evidence("numbers of knots", str(sorted(counts)), counts == {2 if knots else 0},
                 reason="two knots in this regime" if knots else "no knot in this regime"),
        Evidence("relative error of the knots at -1/X and 1/X", f"{place:.1e}", place < 1e-9, tolerance="1e-9",
                 reason="an independent solver in double precision"),
    ]  # fmt: skip


def _fit_pair() -> list[Evidence]:
    return _fit((1.8, 2.0, 10.0, 50.0), True)


def _fit_constant() -> list[Evidence]:
    return _fit((0.1, 0.5, 1.0, 1.7), False)


def _fit_paper() -> list[Evidence]:
    fit = fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=1.0)
    value = 4 / sqrt(101) - 2 / 101
    error = abs(fit.objective - value)
    return [
        Evidence("objective at lambda = 1", f"{fit.objective:.12f}", error < 1e-12, tolerance="1e-12",
                 reason=f"the formula gives {value:.12f}; 2/5 would be the paper's two atoms"),
    ]  # fmt: skip


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.eq-6.3",
        title="the two atoms interpolate",
        paper="jmlr",
        relation="as-printed",
        locator="(6.3), p. 34, on the data (6.2)",
        kind="identity",
        expected="proved",
        statement=Text(
            r"The two atoms of (6.3) realise $\tfrac YX|x|$; their risk is zero.",
            r"f^*(x)=\tfrac{\bar y}{\bar x}|x|,\ R=0",
        ),
        hypotheses=(_TWO,),
        proof=section_6.build_interpolant,
        mutants=(Mutant("twice", "constant", {"scale": "2"}, {**_DATA, "q": "1"}, prose=r"$2\tfrac YX|x|$"),),
    ),
    Claim(
        id="mf.eq-6.7",
        title="the middle of a linear network",
        paper="jmlr",
        relation="as-printed",
        locator="(6.7), p. 34, for the network (6.5) of a finite atomic measure",
        kind="identity",
        expected="proved",
        statement=Text(
            r"For finite atomic measures: a network linear between the data has"
            r" $f(0)=Y+\tfrac{\varepsilon_1+\varepsilon_2}2$, which is the mean of $a(b)_+$.",
            r"f(0)=\bar y+\tfrac{\varepsilon_1+\varepsilon_2}2=\sum_kp_ka_k(b_k)_+",
        ),
        hypotheses=(_TWO, _LINEAR),
        proof=section_6.build_middle,
        mutants=(Mutant("minus", "sign", {"sign": "-"}, _ZERO, _ZERO_STEPS, prose=r"$\varepsilon_1-\varepsilon_2$"),),
    ),
    Claim(
        id="mf.eq-6.8",
        title="a linear network through zero",
        paper="jmlr",
        relation="as-printed",
        locator="(6.8), p. 35, for finite atomic measures",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"For finite atomic measures: a network linear between the data with $f(0)=0$ has $F_\infty\ge\tfrac12R$"
            r" and $\tfrac12R\ge\tfrac12Y^2$, which is 2.",
            r"F_\infty\ge\tfrac12R\ge\tfrac{\bar y^2}2",
        ),
        hypotheses=(_TWO, _LINEAR, _MASSES, _LAM, Text(r"$f$ vanishes at 0.", "f(0)=0")),
        proof=section_6.build_zero_middle,
        mutants=(Mutant("twice", "constant", {"bound": "Y**2"}, _ZERO, _ZERO_STEPS, prose=r"$Y^2$ as the bound"),),
    ),
    Claim(
        id="mf.cs-f0",
        title="Cauchy-Schwarz for the middle",
        paper="jmlr",
        relation="as-printed",
        locator="p. 35, for finite atomic measures",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"For finite atomic measures: $f(0)^2$ is at most $\mathbb E[a^2]\,\mathbb E[(b)_+^2]$, and the second"
            r" moment is at least $2|f(0)|$.",
            r"f(0)^2\le\mathbb E[a^2]\,\mathbb E[(b)_+^2],\quad M\ge2|f(0)|",
        ),
        hypotheses=(
            Text("The measure is finite and atomic.", r"f(0)=\sum_kp_ka_k(b_k)_+"),
            _MASSES,
        ),
        proof=section_6.build_cauchy_schwarz,
        mutants=(
            Mutant(
                "four",
                "constant",
                {"factor": "4"},
                {"K": "1", "p(k)": "1", "a(k)": "1", "w(k)": "0", "b(k)": "1"},
                prose=r"$M\ge4|f(0)|$",
            ),
        ),
    ),
    Claim(
        id="mf.eq-6.9",
        title="the bound on linear networks",
        paper="jmlr",
        relation="as-printed",
        locator="(6.9), p. 35, for finite atomic measures",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"For finite atomic measures: a network linear between the data has"
            r" $F_\infty\ge\tfrac12\varepsilon^2+\lambda|Y+\varepsilon|$, where"
            r" $\varepsilon=\tfrac12(\varepsilon_1+\varepsilon_2)$.",
            r"F_\infty\ge\tfrac12\varepsilon^2+\lambda|\bar y+\varepsilon|",
        ),
        hypotheses=(_TWO, _LINEAR, _MASSES, _LAM),
        proof=section_6.build_linear_bound,
        mutants=(
            Mutant(
                "square", "constant", {"square": "e**2"}, _ZERO, _ZERO_STEPS, prose=r"$\varepsilon^2$ without the half"
            ),
        ),
    ),
    Claim(
        id="mf.6.9-min",
        title="the minimum of the bound",
        paper="jmlr",
        relation="as-printed",
        locator="p. 35",
        kind="identity",
        expected="proved",
        statement=Text(
            r"For $0\le\lambda\le2$ the least value is $2\lambda-\tfrac{\lambda^2}2$, reached at"
            r" $\varepsilon=-\lambda$.",
            r"\min_\varepsilon\tfrac12\varepsilon^2+\lambda|2+\varepsilon|=2\lambda-\tfrac{\lambda^2}2",
        ),
        hypotheses=(Text("The penalty lies between 0 and 2.", r"0\le\lambda\le2"),),
        proof=section_6.build_minimum,
        mutants=(Mutant("three", "hypothesis", {"top": "3"}, {"lam": "3", "e": "-2"}, prose=r"$\lambda$ up to 3"),),
    ),
    Claim(
        id="mf.eq-6.6",
        title="no minimiser is linear between the data",
        paper="jmlr",
        relation="corrected",
        locator="(6.6), (6.10), p. 35, for finite atomic measures",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"For finite atomic measures and $0<\lambda\le1$: every network linear between the data has"
            r" $F_\infty\ge\tfrac{3\lambda}2$, above $\tfrac{2\lambda}5=F_\infty(\rho^*)$.",
            r"F_\infty\ge\tfrac{3\lambda}2>\tfrac{2\lambda}5=F_\infty(\rho^*)",
        ),
        hypotheses=(
            _TWO,
            _LINEAR,
            _MASSES,
            Text(r"The penalty is positive and at most 1; $\bar y=2$.", r"0<\lambda\le1,\ \bar y=2"),
        ),
        proof=section_6.build_not_linear,
        mutants=(
            *WEAKER["mf.eq-6.6"],
            Mutant(
                "four", "hypothesis", {"limit": "4"}, {**_ZERO, "lam": "4"}, _ZERO_STEPS, prose=r"$\lambda$ up to 4"
            ),
        ),
    ),
    Claim(
        id="mf.eq-6.18",
        title="the low-temperature bound for linear networks",
        paper="jmlr",
        relation="as-printed",
        locator="(6.18), p. 38, for finite atomic measures",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"For finite atomic measures and $0<\lambda\le1$: a network linear between the data has"
            r" $\tfrac12R+\tfrac\lambda4M\ge\lambda-\tfrac{\lambda^2}8\ge\tfrac{7\lambda}8>\tfrac\lambda5$, as printed;"
            r" also $\tfrac{7\lambda}8>\tfrac{2\lambda}5$, which is not printed and is what"
            r" $F_\infty(\rho^*)=\tfrac{2\lambda}5$ asks for.",
            r"\tfrac12R(\rho)+\tfrac\lambda4M(\rho)\ge\lambda-\tfrac{\lambda^2}8\ge\tfrac{7\lambda}8"
            r">\tfrac{2\lambda}5>\tfrac\lambda5",
        ),
        hypotheses=(
            _TWO,
            _LINEAR,
            _MASSES,
            Text(r"The penalty is positive and at most 1; $\bar y=2$.", r"0<\lambda\le1,\ \bar y=2"),
        ),
        proof=section_6.build_low_temperature,
        mutants=(
            Mutant("quarter", "constant", {"cut": "4"}, {**_ZERO, "lam": "1"}, _ZERO_STEPS, prose=r"$\lambda^2/4$"),
        ),
    ),
    Claim(
        id="mf.tail-6.16",
        title="features are bounded by the second moment",
        paper="jmlr",
        relation="as-printed",
        locator="(6.16), p. 37",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"On $|x|\le10$ the constant $\tfrac{11}2$ serves.",
            r"|aw||x|+|ab|\le\tfrac{11}2(a^2+b^2+w^2)\quad(|x|\le10)",
        ),
        hypotheses=(Text(r"$x$ lies between the data.", r"|x|\le10"),),
        proof=section_6.build_tail,
        mutants=(
            Mutant("one", "constant", {"constant": "1"}, {"a": "1", "w": "1", "b": "0", "x": "10"}, prose=r"$C=1$"),
        ),
    ),
    Claim(
        id="mf.two-point-lower",
        title="the two-point problem: the lower bound",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            r"Every finite sum of units on the circle has $J\ge\tfrac12(Y-p)^2+\lambda\kappa p$, for every $X,Y>0$ and"
            r" $\lambda>0$.",
            rf"J\ge{_LEAST},\quad{_KAP}",
        ),
        hypotheses=(_TWO, _UNITS, _POSITIVE),
        proof=two_point.build_lower,
        mutants=(Mutant("three", "constant", {"share": "3"}, _PAIR, prose=r"$\kappa=\min(1,3/S)$, $S=\sqrt{1+X^2}$"),),
    ),
    Claim(
        id="mf.two-point-pair",
        title=r"the two-point problem: two knots for $X\ge\sqrt3$",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            r"For $X\ge\sqrt3$ two units of weight $p/S$, $S=\sqrt{1+X^2}$, with knots at $-\tfrac1X$ and $\tfrac1X$,"
            r" flat between, attain the minimum.",
            rf"\min J={_LEAST},\quad t=\mp\tfrac1X,\quad{_KAP}",
        ),
        hypotheses=(_TWO, _UNITS, _POSITIVE, Text(r"$X$ is at least $\sqrt3$.", r"X\ge\sqrt3")),
        proof=two_point.build_pair,
        evidence=_fit_pair,
        mutants=(
            Mutant(
                "narrow",
                "hypothesis",
                {"side": ">="},
                {**_RIVAL, "lam": "1/10", "X": "3/4", "Y": "2"},
                prose=r"the pair for $X\le\sqrt3$",
            ),
        ),
    ),
    Claim(
        id="mf.two-point-constant",
        title=r"the two-point problem: no knot for $X\le\sqrt3$",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            r"For $X\le\sqrt3$ the constant unit of weight $p$ attains the minimum.", rf"\min J={_LEAST},\ f\equiv p"
        ),
        hypotheses=(_TWO, _UNITS, _POSITIVE, Text(r"$X$ is at most $\sqrt3$.", r"X\le\sqrt3")),
        proof=two_point.build_constant,
        evidence=_fit_constant,
        mutants=(
            Mutant(
                "wide",
                "hypothesis",
                {"side": ">="},
                {**_RIVAL, "lam": "1/10", "X": "12/5", "Y": "2"},
                prose=r"the constant for $X\ge\sqrt3$",
            ),
        ),
    ),
    Claim(
        id="mf.two-point-face",
        title=r"the two-point problem: $X=\sqrt3$ has a segment of minimisers",
        paper="own",
        relation="new",
        locator=f"{_OWN}; p. 15 leaves uniqueness open",
        kind="identity",
        expected="proved",
        statement=Text(
            r"At $X=\sqrt3$ the pair with share $a$ of the output and the constant unit with the rest attain the"
            r" minimum for every $a\in[0,1]$; $f(0)=p(1-\tfrac a2)$ differs, so the noiseless minimiser is not unique"
            r" when $p>0$.",
            rf"\min J={_LEAST},\quad f(0)=p(1-\tfrac a2),\ 0\le a\le1",
        ),
        hypotheses=(_TWO, _UNITS, _POSITIVE, Text(r"$X$ is $\sqrt3$.", r"X=\sqrt3")),
        proof=two_point.build_face,
        mutants=(
            Mutant(
                "wide",
                "hypothesis",
                {"side": ">="},
                {**_RIVAL, "lam": "1/10", "X": "12/5", "Y": "2", "a": "0"},
                prose=r"every $X\ge\sqrt3$",
            ),
        ),
    ),
    Claim(
        id="mf.two-point-only-pair",
        title=r"the two-point problem: no other knots for $X>\sqrt3$",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            r"For $X>\sqrt3$ and $p>0$ every unit of non-zero weight of every minimiser has its kink at $-\tfrac1X$ or"
            r" $\tfrac1X$.",
            r"J(c)=\min J,\ c_l\ne0\Rightarrow(w_l,b_l)=\big(\pm\tfrac XS,\tfrac1S\big)",
        ),
        hypotheses=(_TWO, _UNITS, _POSITIVE, Text(r"$X$ exceeds $\sqrt3$, and $p>0$.", r"X>\sqrt3,\ \lambda\kappa<Y")),
        proof=two_point.build_only_pair,
        mutants=(
            Mutant(
                "any",
                "hypothesis",
                {"third": "0"},
                {"lam": "1", "X": "3/4", "Y": "2", "K": "1", "w(k)": "0", "b(k)": "1", "c(k)": "1", "l": "1"},
                prose=r"every $X>0$",
            ),
        ),
    ),
    Claim(
        id="mf.sec6-min",
        title="the paper's data: minimum and knots",
        paper="own",
        relation="sharper",
        locator="N3; Section 6, p. 34",
        kind="identity",
        expected="proved",
        statement=Text(
            r"On $(-10,2)$, $(10,2)$ the minimum of $J$ over finite sums of units on the circle is"
            r" $\tfrac{4\lambda}{\sqrt{101}}-\tfrac{2\lambda^2}{101}$, attained with knots at $-\tfrac1{10}$ and"
            r" $\tfrac1{10}$. It lies below $\tfrac{2\lambda}5$, the free energy of the two atoms of (6.3). Neurons"
            r" have $F_\infty\ge J$, with equality where balanced (`mf.balance`, `mf.balance-attained`), so the two"
            r" atoms do not minimise $F_\infty$ either.",
            r"\min J=\tfrac{4\lambda}{\sqrt{101}}-\tfrac{2\lambda^2}{101}<\tfrac{2\lambda}5",
        ),
        hypotheses=(
            Text(r"The penalty is positive and below $\sqrt{101}$.", r"0<\lambda<\sqrt{101}"),
            _UNITS,
        ),
        proof=two_point.build_paper_case,
        evidence=_fit_paper,
        mutants=(
            Mutant(
                "printed",
                "constant",
                {"value": "lam/5"},
                {**_RIVAL, "lam": "1"},
                prose=r"$\tfrac\lambda5$ as the minimum",
            ),
            Mutant(
                "plus",
                "sign",
                {"value": "4*lam/sqrt(101)+2*lam**2/101"},
                {**_RIVAL, "lam": "1"},
                prose=r"$+\tfrac{2\lambda^2}{101}$",
            ),
        ),
    ),
)
