"""Errata of JMLR 23(130): each formula as printed, refuted by an exact witness, and as corrected, proved."""

from __future__ import annotations

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import section_6
from ..claim import Claim, Mutant, Refutation, Text

_PAPER_DATA = {"X": "10", "Y": "2"}
_TWO = Text("The data are (-X, Y) and (X, Y) with X, Y > 0; the paper has X = 10, Y = 2.", r"\bar x=X,\ \bar y=Y")


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


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.M-rho-star.printed",
        title="the second moment of the two atoms, as printed",
        paper="jmlr",
        relation="as-printed",
        locator="p. 34, after (6.3)",
        kind="counterexample",
        expected="refuted",
        statement=Text("The two atoms of (6.3) have second moment 2/5.", r"M(\rho^*)=\tfrac25"),
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
            "The two atoms of (6.3) have second moment 4 Y/X, that is 4/5.", r"M(\rho^*)=4\bar y/\bar x=\tfrac45"
        ),
        hypotheses=(_TWO,),
        proof=section_6.build_moment,
        counterpart="mf.M-rho-star.printed",
        mutants=(Mutant("printed", "constant", {"value": "2*Y/X"}, _PAPER_DATA, prose="2 Y/X, as printed"),),
    ),
    Claim(
        id="mf.eq-6.4.printed",
        title="the free energy of the two atoms, as printed",
        paper="jmlr",
        relation="as-printed",
        locator="(6.4), p. 34",
        kind="counterexample",
        expected="refuted",
        statement=Text("The two atoms of (6.3) have free energy lambda/5.", r"F_\infty(\rho^*)=\tfrac\lambda5"),
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
            "The two atoms of (6.3) have free energy 2 lambda Y/X, that is 2 lambda/5.",
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
            "2 lambda - lambda^2/2 >= 3 lambda/2 by lambda >= 1.", r"2\lambda-\tfrac{\lambda^2}2\ge\tfrac{3\lambda}2"
        ),
        hypotheses=(Text("lambda is at least 1, and at most 2 as the line before demands.", r"1\le\lambda\le2"),),
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
            "2 lambda - lambda^2/2 >= 3 lambda/2 >= 2 lambda/5 for 0 <= lambda <= 1.",
            r"2\lambda-\tfrac{\lambda^2}2\ge\tfrac{3\lambda}2\ge\tfrac{2\lambda}5",
        ),
        hypotheses=(Text("lambda lies between 0 and 1.", r"0\le\lambda\le1"),),
        proof=section_6.build_chain,
        counterpart="mf.eq-6.10.printed",
        mutants=(Mutant("printed", "hypothesis", {"limit": "2"}, {"lam": "2"}, prose="lambda up to 2"),),
    ),
)
