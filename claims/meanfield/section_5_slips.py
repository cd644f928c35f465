"""Section 5: slips of notation, as printed (refuted where a statement can be read off) and as meant (proved)."""

from __future__ import annotations

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import section_5_slips as slips
from ..claim import Claim, Mutant, Refutation, Text

_COEFFICIENTS = (
    Text("The coefficients are not negative, and one is at least epsilon.",
         r"\gamma_1,\gamma_2\ge0,\ \max(\gamma_1,\gamma_2)\ge\varepsilon>0"),
)  # fmt: skip


def _sign() -> Refutation:
    meant = Statement("1+x**2-c**2 <= 0", {"least": f"{slips.LEAST_EIGENVALUE} <= 0"})
    printed = Statement("0 <= 1+x**2-c**2", {"least": f"{slips.LEAST_EIGENVALUE} <= 0"})
    inside, edge = {"x": "0", "c": "2"}, {"x": "0", "c": "1"}
    return Refutation(printed, inside, (("corrected", meant, inside), ("edge", printed, edge)))


def _letters() -> Refutation:
    goal = f"eps*min(d**2, 1) <= {slips.QUADRATIC}"
    printed = Statement(goal, {**slips.COEFFICIENTS, "either": "eps <= K1 or eps <= K2"})
    named = {"g1": "0", "g2": "0", "eps": "1", "d": "1", "K1": "1", "K2": "0"}
    corrected = slips.build_coefficients().statement
    return Refutation(printed, named, (("corrected", corrected, named), ("same", printed, {**named, "g1": "1"})))


def _interval() -> Refutation:
    # a pair with a^2 + b^2 < 1 lies in U, whatever the interval I and the least measure below its length
    printed = Statement("a < b", {"disc": "a**2+b**2 < 1"})
    pair = {"a": "1/2", "b": "0", "x": "0"}
    corrected = slips.build_pair().statement
    return Refutation(printed, pair, (("corrected", corrected, pair), ("sorted", printed, {"a": "0", "b": "1/2"})))


def _temperature() -> Refutation:
    z = "sqrt(2*pi/(beta*lam))**3".replace
    hyps = {"lam": "0 < lam", "beta": "0 < beta", "warmer": "beta < cold"}
    printed = Statement(f"{z('beta', 'beta')} <= {z('beta', 'cold')}", hyps)
    meant = Statement(f"{z('beta', 'cold')} <= {z('beta', 'beta')}", hyps)
    values = {"lam": "1", "beta": "1", "cold": "4"}
    half = Statement(f"{z('beta', 'beta')}/8 <= {z('beta', 'cold')}", hyps)
    return Refutation(printed, values, (("corrected", meant, values), ("eighth", half, {**values, "cold": "3"})))


def _offset() -> Refutation:
    # f(x) = x^2, that is A = 0 and B = 1, on (0, 1]: its root 0 is the critical point
    bound = {"bound": "All(x, Imp(0 < x, x <= 1, g1*x**2+g2 <= x**2))", "g1": "0 <= g1"}
    printed, corrected = Statement("0 < g2", bound), Statement("0 <= g2", bound)
    values = {"g1": "1", "g2": "0"}
    free = Statement("0 < g2", {"bound": "All(x, Imp(0 < x, x <= 1, g1*x**2+g2 <= 1+x**2))", "g1": "0 <= g1"})
    return Refutation(printed, values, (("corrected", corrected, values), ("free", free, {"g1": "1", "g2": "1"})))


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.sign-text-5.3.printed",
        title="sign of the polynomials on the cluster set",
        paper="jmlr", relation="as-printed", locator="p. 22, before Lemma 5.3", kind="counterexample",
        expected="refuted",
        statement=Text("Where the form has a non-positive eigenvalue, the polynomial is non-negative.",
                       r"\lambda_-\le0\ \Rightarrow\ f(x)\ge0"),
        hypotheses=(Text("The smaller eigenvalue of the form of (5.13).",
                         r"\lambda_-=\tfrac12\bigl(2+x^2-\sqrt{4c^2+x^4}\bigr)\le0,\ f=1+x^2-c^2"),),
        refutation=_sign,
        counterpart="mf.sign-text-5.3.corrected",
    ),
    Claim(
        id="mf.sign-text-5.3.corrected",
        title="sign of the polynomials on the cluster set",
        paper="jmlr", relation="corrected", locator="p. 22, before Lemma 5.3, and (4.6)", kind="inequality",
        expected="proved",
        statement=Text("The form has a non-positive eigenvalue exactly where the polynomial is non-positive.",
                       r"\lambda_-\le0\ \Leftrightarrow\ f(x)\le0"),
        hypotheses=(Text("The smaller eigenvalue of the form of (5.13).",
                         r"\lambda_-=\tfrac12\bigl(2+x^2-\sqrt{4c^2+x^4}\bigr),\ f=1+x^2-c^2"),),
        proof=slips.build_cluster_sign,
        mutants=(
            Mutant("printed", "sign", {"sign": "0 <= f"}, {"x": "0", "c": "2"}, prose="non-negative, as printed"),
            Mutant("strict", "strictness", {"sign": "f < 0"}, {"x": "0", "c": "1"}, prose="negative"),
        ),
        counterpart="mf.sign-text-5.3.printed",
    ),
    Claim(
        id="mf.K-vs-gamma.printed",
        title="whose coefficients keep (4.8) from 0",
        paper="jmlr", relation="as-printed", locator="p. 25", kind="counterexample", expected="refuted",
        statement=Text("A condition on coefficients K, which do not occur in (4.8), keeps the bound from 0.",
                       r"\gamma_1d^2+\gamma_2\ge\varepsilon\min(d^2,1)"),
        hypotheses=(Text("The condition is on the K as printed.", r"\gamma_i\ge0,\ \max(K_1,K_2)\ge\varepsilon>0"),),
        refutation=_letters,
        counterpart="mf.K-vs-gamma.corrected",
    ),
    Claim(
        id="mf.K-vs-gamma.corrected",
        title="whose coefficients keep (4.8) from 0",
        paper="jmlr", relation="corrected", locator="p. 25", kind="inequality", expected="proved",
        statement=Text("The condition on the gammas keeps the bound from 0 away from the critical point.",
                       r"\gamma_1d^2+\gamma_2\ge\varepsilon\min(d^2,1)"),
        hypotheses=_COEFFICIENTS,
        proof=slips.build_coefficients,
        mutants=(
            Mutant("letters", "hypothesis", {"one": "K1"},
                   {"g1": "0", "g2": "0", "eps": "1", "d": "1", "K1": "1"}, prose="a condition on another letter"),
        ),
        counterpart="mf.K-vs-gamma.printed",
    ),
    Claim(
        id="mf.pick-interval.printed",
        title="what is picked in U",
        paper="jmlr", relation="as-printed", locator="Lemma 5.4, p. 25", kind="counterexample", expected="refuted",
        statement=Text("The members of U are intervals (a, b), so that a < b.", r"(a,b)\in\mathcal U\Rightarrow a<b"),
        hypotheses=(Text("A pair of the open unit disc, on which the polynomial (5.19) is positive everywhere.",
                         r"a^2+b^2<1"),),
        refutation=_interval,
        counterpart="mf.pick-interval.corrected",
    ),
    Claim(
        id="mf.pick-interval.corrected",
        title="what is picked in U",
        paper="jmlr", relation="corrected", locator="Lemma 5.4, p. 25", kind="inequality", expected="proved",
        statement=Text("Its members are pairs, in either order: the open unit disc belongs to U.",
                       r"(1-a^2)x^2+2abx+1-b^2>0\quad(x\in\mathbb R)"),
        hypotheses=(Text("The pair lies in the disc.", r"a^2+b^2<1"),),
        proof=slips.build_pair,
        mutants=(
            Mutant("two", "constant", {"radius": "2"}, {"a": "0", "b": "1", "x": "0"}, prose="a larger disc"),
        ),
        counterpart="mf.pick-interval.printed",
    ),
    Claim(
        id="mf.beta-to-0.printed",
        title="where the partition function decays",
        paper="jmlr", relation="as-printed", locator="before Lemma 5.6, p. 26", kind="counterexample",
        expected="refuted",
        statement=Text("The partition function decays as beta tends to 0: a smaller beta has a smaller one.",
                       r"\beta<\beta'\ \Rightarrow\ Z(\beta)\le Z(\beta')"),
        hypotheses=(Text("Without residuals the partition function is a Gaussian integral.",
                         r"Z=(2\pi/(\beta\lambda))^{3/2}"),),
        refutation=_temperature,
        counterpart="mf.beta-to-0.corrected",
    ),
    Claim(
        id="mf.beta-to-0.corrected",
        title="where the partition function decays",
        paper="jmlr", relation="corrected", locator="before Lemma 5.6, p. 26", kind="inequality", expected="proved",
        statement=Text("As beta tends to 0 it exceeds every bound, for all data; what decays needs large beta.",
                       r"\beta\lambda K^2\le2\pi\ \Rightarrow\ Z\ge K^3"),
        hypotheses=(
            Text("The Gibbs density without truncation, for any data and residuals.", r"m=\tau=\infty"),
            Text("It is integrable.", r"|g|<\lambda,\ \beta,\lambda>0"),
            Text("Any size.", r"K>0"),
        ),
        proof=slips.build_cold_partition,
        mutants=(
            Mutant("twice", "constant", {"large": "2*K"}, {"beta": "1", "lam": "1", "M": "0", "K": "2"},
                   prose="twice the size"),
        ),
        counterpart="mf.beta-to-0.printed",
    ),
    Claim(
        id="mf.gamma2-zero.printed",
        title="sign of the offset",
        paper="jmlr", relation="as-printed", locator="p. 30, one line above \"If gamma_2 = 0\"",
        kind="counterexample", expected="refuted",
        statement=Text("The offset of (4.8) is positive.", r"\gamma_2>0"),
        hypotheses=(Text("The bound (4.8) of the polynomial with slope 0 and intercept 1, whose root is 0.",
                         r"\gamma_1x^2+\gamma_2\le x^2\quad(0<x\le1),\ \gamma_1\ge0"),),
        refutation=_offset,
        counterpart="mf.gamma2-zero.corrected",
    ),
    Claim(
        id="mf.gamma2-zero.corrected",
        title="sign of the offset",
        paper="jmlr", relation="corrected", locator="p. 30", kind="inequality", expected="proved",
        statement=Text("With a non-negative offset the bound is at least epsilon delta^2 outside of the extended set.",
                       r"\gamma_1d^2+\gamma_2\ge\varepsilon\delta^2"),
        hypotheses=(
            *_COEFFICIENTS,
            Text("Outside of the extension, or the offset is large.",
                 r"d\ge\delta\ \text{or}\ \gamma_2\ge\varepsilon,\ 0<\delta\le1"),
        ),
        proof=slips.build_offset,
        mutants=(
            Mutant("near", "hypothesis", {"distance": "delta/2 <= d"},
                   {"g1": "1", "g2": "0", "eps": "1", "delta": "1", "d": "1/2"}, prose="half as far from it"),
        ),
        counterpart="mf.gamma2-zero.printed",
    ),
)  # fmt: skip
