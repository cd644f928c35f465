"""The regularisation path and the symmetries of the noiseless problem: results of this project."""

from __future__ import annotations

from ...analysis.meanfield import penalty_path
from ..claim import Claim, Mutant, Text

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.path-monotone",
        title="risk and norm along the path",
        paper="own", relation="new", locator="derived in this project from (6.1)", kind="inequality",
        expected="proved",
        statement=Text(
            "As the penalty grows the risk of the minimiser does not fall and its norm does not rise.",
            r"\lambda_1<\lambda_2\ \Rightarrow\ R_1\le R_2,\quad\sum|c|_2\le\sum|c|_1",
        ),
        hypotheses=(
            Text("Each is optimal for its own penalty.",
                 r"\tfrac12R_j+\lambda_j\|c\|_j\le\tfrac12R_k+\lambda_j\|c\|_k"),
            Text("The penalties are positive.", r"0<\lambda_1<\lambda_2"),
        ),
        proof=penalty_path.build_monotone,
        mutants=(
            Mutant("swapped", "swap", {"order": "lam2 < lam1"},
                   {"lam1": "2", "lam2": "1", "risk1": "1", "risk2": "0", "norm1": "0", "norm2": "1/3"},
                   prose="the penalties exchanged"),
        ),
    ),
    Claim(
        id="mf.path-concave",
        title="minimal value along the path",
        paper="own", relation="new", locator="derived in this project from (6.1)", kind="inequality",
        expected="proved",
        statement=Text(
            "The minimal value is a concave function of the penalty.",
            r"v(t\lambda_2+(1-t)\lambda_1)\ge t\,v(\lambda_2)+(1-t)v(\lambda_1)",
        ),
        hypotheses=(
            Text("v is at most the value of every function.", r"v(\lambda)\le\tfrac12R+\lambda\|c\|,\ 0\le t\le1"),
        ),
        proof=penalty_path.build_concave,
        mutants=(
            Mutant("one", "constant", {"weight": "1"},
                   {"t": "1", "value1": "1", "value2": "1", "risk": "2", "norm": "0", "lam1": "1", "lam2": "1"},
                   prose="full weight on both"),
        ),
    ),
    Claim(
        id="mf.symmetries",
        title="symmetries of the noiseless problem",
        paper="own", relation="new", locator="derived in this project from (6.1)", kind="identity",
        expected="proved",
        statement=Text(
            "Scaling y, the penalty and the weights by s scales the objective by s^2; mirroring x changes nothing.",
            r"J(sy,s\lambda,sc)=s^2J(y,\lambda,c),\qquad J(-x;-w,b,c)=J(x;w,b,c)",
        ),
        hypotheses=(Text("The scale is positive.", r"s>0"),),
        proof=penalty_path.build_scaling,
        mutants=(
            Mutant("first", "constant", {"power": "1"},
                   {"s": "2", "M": "1", "K": "1", "lam": "1", "x(i)": "0", "y(i)": "1", "c(k)": "0", "w(k)": "0",
                    "b(k)": "0"},
                   prose="the first power of s"),
        ),
    ),
)  # fmt: skip
