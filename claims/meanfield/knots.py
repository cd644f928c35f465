"""Sections 4 and 9: the noiseless problem, its optimality conditions, and where the knots of a minimiser lie."""

from __future__ import annotations

import itertools
import warnings
from fractions import Fraction

import numpy as np

from ...analysis.meanfield import (
    balance,
    knots,
    minimiser_knots,
    optimality,
    three_attained,
    three_length,
    three_witness,
)
from ...numerics.meanfield import NonUniquePredictorWarning, fit_wide_relu
from ..claim import Claim, Evidence, Mutant, Text
from .hypotheses import WEAKER

_OWN = "derived in this project"
_NEURONS = Text(
    "A finite atomic measure of neurons: masses $p_k$, outer weights $a_k$, lengths $R_k$, directions $(w_k,b_k)$.",
    r"\theta_k=(a_k,R_kw_k,R_kb_k),\quad w_k^2+b_k^2=1,\quad R_k\ge0,\ p_k\ge0",
)
_J = r"J(c)=\frac1{2M}\sum_i(f(x_i)-y_i)^2+\lambda\sum_k|c_k|"
_UNITS = Text(
    "$f$ is a finite sum of units of unit direction; $M$, $K$ and the data are arbitrary.",
    rf"f(x)=\sum_{{k\le K}}c_k(w_kx+b_k)_+,\quad {_J}",
)
_G = r"g(w,b)=\sum_i\tfrac{f(x_i)-y_i}{M}(wx_i+b)_+"
_FEASIBLE = Text(
    r"On the circle the correlation $g$ of the residuals is at most $\lambda$.", rf"|g|\le\lambda,\quad {_G}"
)
_CONTACT = Text(r"At each unit $g$ opposes the weight with the value $\lambda$.", r"c_kg(w_k,b_k)=-\lambda|c_k|")
_GAP = Text(
    r"No data point lies strictly between $s$ and $e$; $\lambda$ is positive.",
    r"x_i\le s\ \text{or}\ x_i\ge e,\quad\lambda>0",
)
_SIDES = Text(
    r"$P$ and $Q$ are the one-sided sums of the dual point $r$, at most $\lambda\sqrt{1+t^2}$ on the interval.",
    r"P(t)=\sum_ir_i(x_i-t)_+,\ Q(t)=\sum_ir_i(t-x_i)_+,\quad P^2,Q^2\le\lambda^2(1+t^2)",
)
_MINIMAL = Text(
    "$f$ is a minimiser: no added unit and no change of a weight lowers $J$.", r"J(c)\le J(c+\varepsilon\delta)"
)

# One data point (0, 1) without any unit, lambda = 1: zero is a minimiser, and |g| = lambda at the constant unit.
_ZERO = {"M": "1", "K": "0", "x(i)": "0", "y(i)": "1", "lam": "1", "v": "0", "z": "1"}
_ZERO_STEPS = tuple(optimality.no_unit_helps("1/2 <= (eps*relu(z)-1)**2/2+abs(eps)"))
_NOTHING = tuple(optimality.feasible_at("abs(0) <= 0"))
_RIVAL = {"M": "1", "K": "0", "x(i)": "0", "y(i)": "0", "lam": "0"}
_NEURON = {
    "M": "1", "K": "1", "x(i)": "0", "y(i)": "1", "lam": "1", "w(k)": "0", "b(k)": "1", "R(k)": "1", "a(k)": "1",
    "p(k)": "1",
}  # fmt: skip
_THREE = {**three_witness.DUAL, "t1": "-4/3", "t2": "-3/4", "t3": "4/3"}
_THREE_STEPS = (*three_witness.under("right", "1"), *three_witness.under("left", "-1"))

_SEED = 20


def _fit_three() -> list[Evidence]:
    """Solve the data set with three knots in floating point: knots and objective."""
    fit = fit_wide_relu([float(Fraction(v)) for v in three_attained.X], [float(Fraction(v)) for v in three_attained.Y],
                        lam=0.1)  # fmt: skip
    knot_error = max(abs(k.location - t) for k, t in zip(fit.knots, (-4 / 3, -3 / 4, 4 / 3), strict=True))
    error = abs(fit.objective - 21997 / 36000)
    return [
        Evidence("error of the three fitted knots", f"{knot_error:.1e}", knot_error < 1e-9, tolerance="1e-9",
                 reason="the solver works in double precision on a problem of condition near 1"),
        Evidence("error of the fitted objective", f"{error:.1e}", error < 1e-12, tolerance="1e-12",
                 reason="rounding of a sum of four squares and three weights"),
    ]  # fmt: skip


def _fit_random() -> list[Evidence]:
    """Count the knots of each closed interval in random problems of 3 to 8 points."""
    rng = np.random.default_rng(_SEED)
    most, problems = 0, 60
    for _ in range(problems):
        x = np.sort(3.0 * rng.normal(size=int(rng.integers(3, 9))))
        y = 2.0 * rng.normal(size=len(x))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NonUniquePredictorWarning)
            fit = fit_wide_relu(x, y, lam=float(rng.choice([0.01, 0.05, 0.2])), selection="vertex")
        places = np.array([k.location for k in fit.knots])
        ends = [-np.inf, *x, np.inf]
        most = max(
            most, *(int(np.sum((places >= a - 1e-9) & (places <= b + 1e-9))) for a, b in itertools.pairwise(ends))
        )
    return [
        Evidence(f"most knots in a closed interval, {problems} random problems", str(most), 1 <= most <= 3,
                 reason="an independent floating-point solver; three is rare and four never seen", seed=_SEED),
    ]  # fmt: skip


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.balance",
        title=r"the penalty of neurons is at least $\lambda\sum_k|c_k|$",
        paper="own",
        relation="new",
        locator=f"{_OWN}, from (6.1)",
        kind="inequality",
        expected="proved",
        statement=Text(
            r"Half the $L^2$ penalty of any neurons is at least $\lambda\sum_k|c_k|$, with"
            " the same predictor.",
            r"\tfrac12R(\rho)+\tfrac\lambda2M(\rho)\ge J(c),\quad c_k=p_ka_kR_k",
        ),
        hypotheses=(_NEURONS,),
        proof=balance.build_reduction,
        mutants=(
            *WEAKER["mf.balance"],
            Mutant("twice", "constant", {"factor": "2"}, _NEURON, prose="2 J(c) as the lower bound"),
        ),
    ),
    Claim(
        id="mf.balance-attained",
        title="balanced neurons attain it",
        paper="own",
        relation="new",
        locator=f"{_OWN}, from (6.1)",
        kind="identity",
        expected="proved",
        statement=Text(
            "With $p_ka_k^2=p_kR_k^2=|c_k|$ the free energy of the neurons is $J(c)$.",
            r"\tfrac12R(\rho)+\tfrac\lambda2M(\rho)=J(c)",
        ),
        hypotheses=(_NEURONS, Text("The two layers are balanced.", r"|c_k|=p_kR_k^2,\ p_ka_k^2=p_kR_k^2")),
        proof=balance.build_attained,
        mutants=(Mutant("unbalanced", "hypothesis", {"ratio": "2"}, {**_NEURON, "a(k)": "2"}, prose="|a_k| = 2 R_k"),),
    ),
    Claim(
        id="mf.optimality-bound",
        title="at a minimiser |g| <= lambda",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            r"If no added unit lowers $J$, the correlation with every unit is at most $\lambda$.", r"|g|\le\lambda"
        ),
        hypotheses=(
            _UNITS,
            Text("No unit, added with any weight, lowers $J$.", r"J(c)\le J(c+\varepsilon\delta_{(v,z)})"),
        ),
        proof=optimality.build_adding_a_unit,
        mutants=(
            *WEAKER["mf.optimality-bound"],
            Mutant("half", "constant", {"bound": "lam/2"}, _ZERO, _ZERO_STEPS, prose="|g| <= lambda/2"),
        ),
    ),
    Claim(
        id="mf.optimality-contact",
        title="at a minimiser every unit is a contact",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            r"If no change of one weight lowers $J$, $g$ opposes each weight with the value $\lambda$.", _CONTACT.tex
        ),
        hypotheses=(_UNITS, Text("No change of one weight lowers $J$.", r"J(c)\le J(c+\varepsilon e_l)")),
        proof=optimality.build_changing_a_weight,
        mutants=(
            *WEAKER["mf.optimality-contact"],
            Mutant(
                "same-sign",
                "sign",
                {"sign": ""},
                {**optimality.ONE_POINT, "l": "1"},
                tuple(optimality.no_weight_helps()),
                prose="c g = + lambda |c|",
            ),
        ),
    ),
    Claim(
        id="mf.weak-duality",
        title="weak duality of the noiseless problem",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            "Every dual point that is feasible on the circle bounds $J$ from below, for every finite sum of units.",
            r"J(c)\ge-\tfrac M2|r|^2-\sum_ir_iy_i+\tfrac1{2M}|f-y-Mr|^2",
        ),
        hypotheses=(_UNITS, Text("$r$ is feasible.", r"\Big|\sum_ir_i(vx_i+z)_+\Big|\le\lambda\ (v^2+z^2=1)")),
        proof=optimality.build_weak_duality,
        mutants=(
            *WEAKER["mf.weak-duality"],
            Mutant(
                "plus",
                "sign",
                {"sign": "+"},
                {**_ZERO, "r(i)": "1"},
                tuple(optimality.feasible_at("abs(relu(z)) <= 1")),
                prose="+ r.y in the dual",
            ),
        ),
    ),
    Claim(
        id="mf.optimality-support",
        title="every unit of a minimiser is a contact of any dual optimum",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "If a feasible dual point has the same value, each unit of non-zero weight is a contact of it.",
            r"c_l\sum_ir_i(w_lx_i+b_l)_+=-\lambda|c_l|",
        ),
        hypotheses=(
            _UNITS,
            Text("$r$ is feasible and has the value of $f$.", r"J(c)\le-\tfrac M2|r|^2-\sum_ir_iy_i"),
        ),
        proof=optimality.build_support,
        mutants=(
            *WEAKER["mf.optimality-support"],
            Mutant(
                "same-sign",
                "sign",
                {"sign": ""},
                {**optimality.ONE_POINT, "r(i)": "-1", "l": "1"},
                tuple(optimality.feasible_at("abs(-relu(z)) <= 1")),
                prose="c g = + lambda |c|",
            ),
        ),
    ),
    Claim(
        id="mf.optimality-sufficient",
        title="feasibility and contact make a minimiser",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            r"A finite sum of units with $|g|\le\lambda$ and contact at each unit costs no more than"
            " any other, h, and less by"
            " the mean square of the difference of the fitted values.",
            r"J(c)+\tfrac1{2M}\sum_i(h(x_i)-f(x_i))^2\le J(d)",
        ),
        hypotheses=(_UNITS, _FEASIBLE, _CONTACT),
        proof=optimality.build_sufficient,
        mutants=(
            *WEAKER["mf.optimality-sufficient"],
            Mutant(
                "twice",
                "constant",
                {"square": "2"},
                {**_RIVAL, "L": "1", "d(k)": "1", "p(k)": "0", "q(k)": "1"},
                _NOTHING,
                prose="twice the square as the surplus",
            ),
        ),
    ),
    Claim(
        id="mf.fitted-values-unique",
        title="all minimisers have the same fitted values",
        paper="own",
        relation="new",
        locator=f"{_OWN}; p. 15 leaves uniqueness open",
        kind="identity",
        expected="proved",
        statement=Text("A second minimiser agrees with $f$ at every data point.", r"h(x_i)=f(x_i)"),
        hypotheses=(_UNITS, _FEASIBLE, _CONTACT, Text("$h$ costs no more.", r"J(d)\le J(c)")),
        proof=optimality.build_fitted_values_unique,
        mutants=(
            *WEAKER["mf.fitted-values-unique"],
            Mutant(
                "dearer",
                "hypothesis",
                {"rival": "Jd <= J+1"},
                {**_RIVAL, "L": "1", "d(k)": "1", "p(k)": "0", "q(k)": "1", "j": "1"},
                _NOTHING,
                prose="h may cost one unit more",
            ),
        ),
    ),
    Claim(
        id="mf.sides",
        title="the correlation in the kink",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            r"In the kink $t=-\tan\varphi$, $g$ is $P/\sqrt{1+t^2}$ where units face right, $Q/\sqrt{1+t^2}$"
            " where they face left.",
            r"g(\varphi)=\frac{P(t)}{\sqrt{1+t^2}}\ (\cos\varphi>0),\quad \frac{Q(t)}{\sqrt{1+t^2}}\ (\cos\varphi<0)",
        ),
        hypotheses=(Text(r"$\varphi$ is not vertical.", r"\cos\varphi\ne0"),),
        proof=knots.build_sides,
        mutants=(
            Mutant(
                "power",
                "constant",
                {"power": "2"},
                {"phi": "pi/4", "M": "1", "r(i)": "1", "x(i)": "0"},
                prose="1 + t^2 without its root",
            ),
        ),
    ),
    Claim(
        id="mf.side-linear",
        title="P and Q are straight between data points",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            "Between $s$ and $e$ each one-sided sum is the chord of its end values.", r"(e-s)P(t)=(e-t)P(s)+(t-s)P(e)"
        ),
        hypotheses=(_GAP,),
        proof=knots.build_linear,
        mutants=(
            *WEAKER["mf.side-linear"],
            Mutant(
                "twice",
                "constant",
                {"middle": "(2*t)"},
                {"s": "0", "e": "1", "M": "1", "x(i)": "1", "r(i)": "1", "o": "1", "t": "1/2"},
                prose="the chord read at 2 t",
            ),
        ),
    ),
    Claim(
        id="mf.knots-two-contacts",
        title="two contacts of one side are the ends, of opposite signs",
        paper="own",
        relation="new",
        locator=f"{_OWN}; Definition 4.2",
        kind="inequality",
        expected="proved",
        statement=Text(
            "If one side meets the root at $p<q$, then $p$ and $q$ are the ends and the side changes sign.",
            r"P(p)^2=\lambda^2(1+p^2),\ P(q)^2=\lambda^2(1+q^2)\Rightarrow p=s,\ q=e,\ P(p)P(q)<0",
        ),
        hypotheses=(_GAP, _SIDES),
        proof=knots.build_two_contacts,
        mutants=(
            *WEAKER["mf.knots-two-contacts"],
            Mutant(
                "same-sign",
                "sign",
                {"below": ">"},
                {**three_witness.DUAL, "o": "1", "p": "-4/3", "q": "4/3"},
                tuple(three_witness.under("under", "1")),
                prose="two contacts of equal signs",
            ),
        ),
    ),
    Claim(
        id="mf.knots-at-most-three",
        title="at most three contacts in a closed interval",
        paper="own",
        relation="sharper",
        locator=f"{_OWN}; Definition 4.2, p. 14",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Four different points of a closed interval without inner data are not all contacts.",
            r"s\le t_1<t_2<t_3<t_4\le e\Rightarrow\text{some }t_j\text{ is no contact}",
        ),
        hypotheses=(_GAP, _SIDES),
        proof=knots.build_at_most_three,
        mutants=(
            *WEAKER["mf.knots-at-most-three"],
            Mutant("two", "constant", {"points": 3}, _THREE, _THREE_STEPS, prose="three contacts are too many"),
        ),
    ),
    Claim(
        id="mf.knots-three",
        title="the only way to three contacts",
        paper="own",
        relation="sharper",
        locator=f"{_OWN}; Definition 4.2, p. 14",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Three contacts are both ends, of one side and of opposite signs, and an inner point of the other side.",
            r"t_1=s,\ t_3=e,\quad P(s)P(e)<0,\ Q(t_2)^2=\lambda^2(1+t_2^2)\ \text{or}\ P\leftrightarrow Q",
        ),
        hypotheses=(_GAP, _SIDES),
        proof=knots.build_three,
        mutants=(
            *WEAKER["mf.knots-three"],
            Mutant("both", "swap", {"middle": "and"}, _THREE, _THREE_STEPS, prose="both sides touch at the ends"),
        ),
    ),
    Claim(
        id="mf.three-knots-length",
        title="three contacts need a long interval",
        paper="own",
        relation="sharper",
        locator=f"{_OWN}; sharper than Definition 4.2",
        kind="inequality",
        expected="proved",
        statement=Text(
            "If one side meets the root at both ends, with opposite signs, and the other side"
            " inside, the interval is longer"
            " than 2/sqrt(3).",
            r"\sqrt{1+s^2}+\sqrt{1+e^2}<2(e-s),\quad e-s>\tfrac2{\sqrt3}",
        ),
        hypotheses=(_GAP, _SIDES, Text("The constant unit is feasible.", r"\Big|\sum_ir_i\Big|\le\lambda")),
        proof=three_length.build_length,
        mutants=(
            *WEAKER["mf.three-knots-length"],
            Mutant(
                "once",
                "constant",
                {"bound": "1"},
                {**three_witness.DUAL, "q": "-3/4"},
                tuple(three_witness.under("left", "-1")),
                prose="the sum of the roots below e - s",
            ),
        ),
    ),
    Claim(
        id="mf.minimiser-knots",
        title="at most three knots of a noiseless minimiser in a closed interval",
        paper="own",
        relation="sharper",
        locator=f"{_OWN}, for the noiseless problem; Theorem 2 of the paper concerns the limit of Gibbs minimisers",
        kind="inequality",
        expected="proved",
        statement=Text(
            "No four units of non-zero weight of a minimiser of the noiseless problem have different kinks in a closed"
            " interval without inner data.",
            r"s\le t_{k_1}<t_{k_2}<t_{k_3}<t_{k_4}\le e\ \text{is impossible},\quad t_k=-b_k/w_k",
        ),
        hypotheses=(_UNITS, _MINIMAL, _GAP),
        proof=minimiser_knots.build_minimiser_knots,
        evidence=_fit_random,
        mutants=(
            *WEAKER["mf.minimiser-knots"],
            Mutant(
                "two",
                "constant",
                {"units": 3},
                three_witness.MINIMISER,
                tuple(three_witness.minimal_steps()),
                prose="no three units",
            ),
        ),
    ),
    Claim(
        id="mf.three-attained",
        title="three knots in one interval are attained",
        paper="own",
        relation="new",
        locator="N4; p. 41 leaves it open",
        kind="counterexample",
        expected="proved",
        statement=Text(
            r"For $x=(-\tfrac{10}3,-\tfrac43,\tfrac43,\tfrac{10}3)$,"
            r" $y=(-\tfrac{871}{300},-\tfrac7{300},-\tfrac72,-\tfrac73)$ and $\lambda=\tfrac1{10}$ the function"
            r" $-(x+\tfrac43)_++(x-\tfrac43)_+-(-\tfrac34-x)_+$ is a minimiser: three knots in the closed interval"
            r" from $-\tfrac43$ to $\tfrac43$.",
            r"\min J=\tfrac{21997}{36000},\quad t=-\tfrac43,-\tfrac34,\tfrac43",
        ),
        proof=three_attained.build_three_attained,
        evidence=_fit_three,
        mutants=(
            Mutant(
                "value",
                "constant",
                {"value": "22/36"},
                {"L": "1", "p(k)": "1", "q(k)": "0"},
                prose="the minimum rounded up to 22/36",
            ),
        ),
    ),
    Claim(
        id="mf.three-only",
        title="the three units are the only ones",
        paper="own",
        relation="new",
        locator="N4",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Every unit of non-zero weight of every minimiser of this problem is one of the three:"
            " all have three knots at"
            " most, at the same places.",
            r"J(d)\le\tfrac{21997}{36000},\ d_l\ne0\Rightarrow"
            r"(p_l,q_l)\in\{(\tfrac35,\tfrac45),(-\tfrac45,-\tfrac35),(\tfrac35,-\tfrac45)\}",
        ),
        proof=three_attained.build_three_only,
        mutants=(
            Mutant(
                "dearer",
                "hypothesis",
                {"value": "2"},
                {"L": "1", "l": "1", "d(k)": "-1", "p(k)": "0", "q(k)": "1"},
                prose="networks that cost up to 2",
            ),
        ),
    ),
)
