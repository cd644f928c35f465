"""Sections 6 to 9: remarks on the example, the simulations and the open questions."""

from __future__ import annotations

from ...analysis.meanfield import abstract, truncation
from ...numerics.meanfield import fit_wide_relu
from ..claim import Claim, Evidence, Mutant, Text


def _knots_of_section_6(knots: int = 2) -> list[Evidence]:
    """Count the knots of the minimiser on the data of Section 6, over the penalties that leave something to fit."""
    found = []
    for lam in (0.001, 0.03, 0.3, 1.0, 3.0, 9.0):
        fit = fit_wide_relu([-10.0, 10.0], [2.0, 2.0], lam=lam)
        count = sum(-10.0 < k.location < 10.0 for k in fit.knots)
        found.append(
            Evidence(f"knots at lambda = {lam:g}", str(count), count == knots,
                     reason="for lambda < sqrt(101) both kinks carry weight, -1/10 and 1/10")
        )  # fmt: skip
    return found


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.unbounded-in.corrected",
        title="in what a unit is unbounded",
        paper="jmlr", relation="corrected", locator="p. 36, after (6.13)", kind="inequality", expected="proved",
        statement=Text(
            "On the range of the data a unit is bounded in $x$; it is unbounded in its weights, which is what weak"
            " convergence needs.",
            r"|a(wx+b)_+|\le|a|(10|w|+|b|)\ (|x|\le10),\qquad\forall C\,\exists r:\ |r(0\cdot x+1)_+|>C",
        ),
        hypotheses=(Text("The data of Section 6.", r"|x|\le10"),),
        proof=truncation.build_unbounded,
        reason="printed is that the unit is unbounded in x; no value of x refutes that, the bound for all of them does",
        mutants=(
            Mutant("nine", "constant", {"bound": "9*abs(w)+abs(b)"}, {"a": "1", "w": "1", "b": "0", "x": "10"},
                   prose="$9|w|+|b|$"),
        ),
    ),
    Claim(
        id="mf.sec9-xref",
        title="which simulations show one and two knots",
        paper="jmlr", relation="as-printed", locator="Section 9, p. 41", kind="empirical", expected="supported",
        statement=Text(
            "The example of Section 6 shows two knots at every penalty, never one: the simulations that suggest one and"
            " two knots are those of Section 7."
        ),
        hypotheses=(Text(r"Data $(-10,2)$, $(10,2)$, $\lambda$ from $0.001$ to 9; by `mf.two-point-only-pair` no other"
                         " knots are possible."),),
        evidence=_knots_of_section_6,
        reason="a reference to another section is no statement to prove; what is checked is the number of knots",
        mutants=(Mutant("one", "constant", {"knots": 1}, prose="one knot"),),
    ),
    Claim(
        id="mf.sec9-tight",
        title="the bound of three knots is tight",
        paper="jmlr", relation="new", locator="Section 9, p. 41, which leaves it open", kind="counterexample",
        expected="proved",
        statement=Text(
            r"On $x=(-\tfrac{10}3,-\tfrac43,\tfrac43,\tfrac{10}3)$ with $\lambda=\tfrac1{10}$ a minimiser has three"
            " different knots of non-zero weight between two neighbouring data points, ends included.",
            r"J(c)=\min J=\tfrac{21997}{36000},\quad x_2\le t_1<t_2<t_3\le x_3,\ c_1,c_2,c_3\ne0",
        ),
        proof=abstract.build_tight,
        mutants=(
            Mutant("inside", "strictness", {"last": "kink(3)<x(3)"}, {"L": "1", "p(k)": "1", "q(k)": "0"},
                   prose="all three before the right end"),
        ),
    ),
)  # fmt: skip
