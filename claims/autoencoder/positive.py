"""Claims on the positivity of f(G) and on decoders where it is singular."""

from __future__ import annotations

from ...analysis.autoencoder.definite import (
    FIVE_ROWS,
    build_dominance,
    build_least_form,
    build_singular_iff,
    build_strict,
    five_rows_steps,
    halves_steps,
)
from ...analysis.autoencoder.positive import build_above_gram, build_fiedler, build_psd
from ..claim import Claim, Mutant, Text

_D = Text("There is at least one coordinate.", r"d\ge1")
_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_WEIGHTS = Text("The coefficients are not negative and summable.", r"w_p\ge0,\ \sum_p w_p<\infty")
_SLANTED = {  # two unit rows with inner product 3/5
    "n": "2",
    "d": "2",
    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*(3/5*delta(k, 1) + 4/5*delta(k, 2))",
    "w(p)": "delta(p, 0)",
}
_PARALLEL = {  # two equal rows on the line
    "n": "2",
    "d": "1",
    "b(i,k)": "1",
    "g": "1",
    "x(i)": "1 - 2*delta(i, 2)",
    "e": "1",
    "m": "2",
    "i": "1",
    "s": "1",
}
_APART = Text("No inner product of two different rows is larger than g in modulus.", r"|G_{ij}|\le g\ (i\ne j),\ g\ge0")

CLAIMS = (
    Claim(
        id="ae.psd",
        title="f(G) is positive semidefinite",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "An odd power series with coefficients that are not negative, taken entry by entry of the Gram matrix of "
            "unit rows, gives a positive semidefinite matrix, whatever their number and dimension.",
            r"x^{\top}f(G)\,x\ge0,\qquad f(t)=\sum_{p\ge0}w_p\,t^{2p+1}",
        ),
        hypotheses=(_D, _UNIT, _WEIGHTS),
        proof=build_psd,
        mutants=(
            Mutant(
                "negative",
                "sign",
                {"sign": "-"},
                {**_SLANTED, "w(p)": "-delta(p, 0)", "x(i)": "1"},
                prose="Coefficients that are not positive.",
            ),
        ),
    ),
    Claim(
        id="ae.F-ge-G",
        title="f(G) lies above G",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "In the order of symmetric matrices f(G) is at least G, but not at least G + alpha I.",
            r"x^{\top}G\,x\le x^{\top}f(G)\,x,\qquad f(t)=t+\sum_{p\ge0}w_p\,t^{2p+3}",
        ),
        hypotheses=(_D, _UNIT, _WEIGHTS),
        proof=build_above_gram,
        mutants=(
            Mutant(
                "plus alpha",
                "constant",
                {"extra": "alpha"},
                {**_SLANTED, "x(i)": "1 - 2*delta(i, 2)"},
                prose="G + alpha I: two rows at an acute angle lie below it in the direction (1, -1).",
            ),
        ),
    ),
    Claim(
        id="ae.fiedler",
        title="Fiedler's inequality",
        paper="own",
        relation="new",
        locator="a theorem of M. Fiedler (1961), derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The entrywise product of an invertible Gram matrix with its inverse is at least the identity.",
            r"x^{\top}\left(G\circ G^{-1}\right)x\ \ge\ |x|^2",
        ),
        hypotheses=(Text("X is the inverse of the Gram matrix.", r"XG=I"),),
        proof=build_fiedler,
        mutants=(
            Mutant(
                "twice",
                "constant",
                {"factor": "2"},
                {"n": "1", "d": "1", "b(i,k)": "1", "X(i,j)": "1", "x(i)": "1"},
                prose="Twice the identity.",
            ),
        ),
    ),
    Claim(
        id="ae.dominance",
        title="powers of a Gram matrix are diagonally dominant",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Entrywise powers of the Gram matrix of unit rows are bounded below by a multiple of the identity that the "
            "largest inner product of two rows tells.",
            r"x^{\top}G^{\circ l}x\ge\left(1-(n-1)g^l\right)|x|^2,\qquad|G_{ij}|\le g\ (i\ne j)",
        ),
        hypotheses=(_UNIT, _APART),
        proof=build_dominance,
        mutants=(
            Mutant(
                "fewer rows",
                "constant",
                {"others": "(n - 2)"},
                {**_SLANTED, "g": "3/5", "l": "1", "x(i)": "1 - 2*delta(i, 2)"},
                prose="n - 2 other rows.",
            ),
        ),
    ),
    Claim(
        id="ae.psd-bound",
        title="a lower bound on f(G)",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Every degree of the series bounds the least eigenvalue of f(G) from below, by what the largest inner "
            "product of two rows leaves.",
            r"x^{\top}f(G)\,x\ge w_q\left(1-(n-1)g^{2q+3}\right)|x|^2,\qquad|G_{ij}|\le g\ (i\ne j)",
        ),
        hypotheses=(_D, _UNIT, _WEIGHTS, _APART),
        proof=build_least_form,
        mutants=(
            Mutant(
                "a higher power",
                "constant",
                {"degree": "2*q + 40"},
                FIVE_ROWS,
                five_rows_steps(),
                prose="A far higher power of g.",
            ),
        ),
    ),
    Claim(
        id="ae.psd-strict",
        title="f(G) is positive definite",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "If infinitely many coefficients are positive and no two rows are equal or opposite, then f(G) is positive "
            "definite, whatever the number of rows and the dimension; so the best decoder is unique.",
            r"x\ne0\ \Longrightarrow\ x^{\top}f(G)\,x>0",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _WEIGHTS,
            _APART,
            Text("No two rows are equal or opposite.", r"g<1"),
            Text("Infinitely many coefficients are positive.", r"\forall h\ \exists q\ge h:\ w_q>0"),
        ),
        proof=build_strict,
        mutants=(
            Mutant(
                "parallel rows",
                "hypothesis",
                {},
                {"n": "2", "d": "1", "b(i,k)": "1", "g": "1", "w(p)": "(1/2)**p", "x(i)": "1 - 2*delta(i, 2)"},
                halves_steps(),
                weaken={"parallel": "g <= 1"},
                prose="Two equal rows.",
            ),
            Mutant(
                "a polynomial",
                "hypothesis",
                {},
                FIVE_ROWS,
                five_rows_steps(),
                weaken={"infinite": "0 < w(0)"},
                prose="A cubic, and five rows in the plane.",
            ),
        ),
    ),
    Claim(
        id="ae.psd-iff",
        title="when f(G) is singular with the sign",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For the sign, f(G) = arcsin(G) is positive definite if no two rows are equal or opposite; two such rows "
            "give equal or opposite rows of arcsin(G), which is singular then.",
            r"|G_{ij}|\le g<1\ (i\ne j)\ \Longrightarrow\ \arcsin(G)\succ0,\qquad b_e=s\,b_m,\ s=\pm1\ "
            r"\Longrightarrow\ \arcsin(G)_{ie}=s\arcsin(G)_{im}",
        ),
        hypotheses=(_D, _UNIT, _APART),
        proof=build_singular_iff,
        mutants=(
            Mutant("parallel rows", "hypothesis", {"apart": "g <= 1"}, _PARALLEL, prose="Rows that may be parallel."),
            Mutant("other sign", "sign", {"row": "-s"}, _PARALLEL, prose="The opposite sign."),
        ),
    ),
)
