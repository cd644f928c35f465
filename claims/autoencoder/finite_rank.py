"""Claims on the rank of f(G) for polynomial activations."""

from __future__ import annotations

from ...analysis.autoencoder.cubic_rank import build_cubic_rank, build_symmetric_count
from ...analysis.autoencoder.finite_rank import build_factor_rank, build_plane_rank
from ..claim import Claim, Mutant, Text

_ORTHONORMAL = Text(
    "l rows of a matrix X F are orthonormal, which is what a rank of at least l gives.", "XF(XF)^{\\top}=I_l"
)
_INVERSE = Text("X is the inverse of F.", "FX=I")
#: Four rows in the plane whose f(G) is a multiple of the identity but for two pairs of entries, and its inverse.
_FOUR = {
    "n": "4",
    "l": "4",
    "a(m)": "delta(m, 1) - 25/16*delta(m, 3)",
    "b(i,k)": "delta(k, 1)*(delta(i, 1) + 3/5*delta(i, 3) + 4/5*delta(i, 4)) "
    "+ delta(k, 2)*(delta(i, 2) + 4/5*delta(i, 3) - 3/5*delta(i, 4))",
    "X(i,j)": "-25/11*delta(i, j) - 35/33*(delta(i, 1)*delta(j, 3) + delta(i, 3)*delta(j, 1) "
    "- delta(i, 2)*delta(j, 4) - delta(i, 4)*delta(j, 2))",
}
#: Five rows of several lengths whose f(G) for f(t) = t + t^3 is invertible, and its inverse.
_FIVE = {
    "n": "5",
    "l": "5",
    "a(m)": "delta(m, 1) + delta(m, 3)",
    "b(i,k)": "delta(k, 1)*(delta(i, 1) + 2*delta(i, 2) + delta(i, 5)) "
    "+ delta(k, 2)*(delta(i, 3) + 2*delta(i, 4) + delta(i, 5))",
    "X(i,j)": "1/6*(delta(i, 1) + delta(i, 3) - delta(i, 5))*(delta(j, 1) + delta(j, 3) - delta(j, 5)) "
    "+ 17/9*(delta(i, 1)*delta(j, 1) + delta(i, 3)*delta(j, 3)) "
    "+ 1/18*(delta(i, 2)*delta(j, 2) + delta(i, 4)*delta(j, 4)) "
    "- 5/18*(delta(i, 1)*delta(j, 2) + delta(i, 2)*delta(j, 1) + delta(i, 3)*delta(j, 4) + delta(i, 4)*delta(j, 3))",
}

CLAIMS = (
    Claim(
        id="ae.factor-rank",
        title="the rank of a sum of matrices of rank one",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "A matrix that is the sum of N matrices of rank one has rank at most N.",
            r"F_{ij}=\sum_{s\le N}\varphi_s(i)\,\psi_s(j)\ \Rightarrow\ l\le N",
        ),
        hypotheses=(Text("F is the sum of N matrices of rank one.", r"F=\sum_s\varphi_s\psi_s^{\top}"), _ORTHONORMAL),
        proof=build_factor_rank,
        mutants=(
            Mutant(
                "one less",
                "constant",
                {"width": "N - 1"},
                {"n": "1", "N": "1", "l": "1", "F(i,j)": "1", "phi(s,i)": "1", "psi(s,j)": "1", "X(s,k)": "1"},
                prose="A matrix of rank one.",
            ),
            Mutant(
                "the diagonal only",
                "hypothesis",
                {},
                weaken={"factor": "All(i, Imp(1 <= i, i <= n, F(i, i) == Sum(s, 1, N, phi(s, i)*psi(s, i))))"},
                witness={
                    "n": "2",
                    "N": "1",
                    "l": "2",
                    "F(i,j)": "delta(i, j)",
                    "X(s,k)": "delta(s, k)",
                    "phi(s,i)": "1",
                    "psi(s,j)": "1",
                },
                prose="The identity of size 2 has the diagonal of a matrix of rank one.",
            ),
        ),
    ),
    Claim(
        id="ae.sing-dim",
        title="the rank of f(G) for polynomials, in the plane",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For unit rows in the plane f(G) has rank at most 4 if f is an odd cubic, and at most 6 if it is an odd "
            "polynomial of degree 5, however many rows there are: so f(G) is singular for more than 4, or 6, rows.",
            r"f(t)=a_1t+a_3t^3+a_5t^5:\quad l\le6,\qquad a_5=0\ \Rightarrow\ l\le4",
        ),
        hypotheses=(Text("The rows are unit vectors in the plane.", r"|b_i|=1,\ d=2"), _ORTHONORMAL),
        proof=build_plane_rank,
        mutants=(
            Mutant("three", "constant", {"cubic": "3"}, _FOUR, prose="Four rows whose f(G) is invertible."),
            Mutant(
                "any length",
                "hypothesis",
                {},
                weaken={"unit": "All(i, Imp(1 <= i, i <= n, 0 < b(i, 1)**2 + b(i, 2)**2))"},
                witness=_FIVE,
                prose="Five rows of several lengths whose f(G) is invertible.",
            ),
        ),
    ),
    Claim(
        id="ae.symmetric-count",
        title="how many symmetric tensors of order 3 are independent",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Symmetric tensors of order 3 in d dimensions with an invertible Gram matrix are at most d(d+1)(d+2)/6.",
            r"FX=I,\ F_{ij}=\langle T_i,T_j\rangle\ \Rightarrow\ n\le\tfrac{d(d+1)(d+2)}6",
        ),
        hypotheses=(
            Text("The tensors are symmetric: the order of the first two indices, or the last two, plays no role."),
            _INVERSE,
        ),
        proof=build_symmetric_count,
        mutants=(
            Mutant(
                "one less",
                "constant",
                {"bound": "d*(d + 1)*(d + 2) - 6"},
                {"n": "1", "d": "1", "T(i,c,e,g)": "1", "X(i,j)": "1"},
                prose="One less, in one dimension.",
            ),
            Mutant(
                "the last two indices",
                "hypothesis",
                {},
                weaken={"first": "n == n"},
                witness={
                    "n": "5",
                    "d": "2",
                    "T(i,c,e,g)": "delta(i, c + 2*(e + g) - 4)",
                    "X(i,j)": "delta(i, j)*(1 - (delta(i, 3) + delta(i, 4))/2)",
                },
                prose="Five tensors in the plane that are symmetric in the last two indices only.",
            ),
        ),
    ),
    Claim(
        id="ae.sing-cubic",
        title="for how many rows f(G) of a cubic is singular",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For an odd cubic f with coefficients that are not negative f(G) has an inverse for at most d(d+1)(d+2)/6 "
            "unit rows, as many as a cubic form has coefficients; with more rows it is singular.",
            r"f(t)=wt+at^3,\ w,a\ge0,\ f(G)X=I\ \Rightarrow\ n\le\tfrac{d(d+1)(d+2)}6",
        ),
        hypotheses=(
            Text("The rows are unit vectors.", r"|b_i|=1"),
            Text("The coefficients are not negative.", r"w,a\ge0"),
            _INVERSE,
        ),
        proof=build_cubic_rank,
        mutants=(
            Mutant(
                "one less",
                "constant",
                {"bound": "d*(d + 1)*(d + 2) - 6"},
                {"n": "1", "d": "1", "b(i,m)": "1", "w": "1", "a": "1", "X(i,j)": "1/2"},
                prose="One less, in one dimension.",
            ),
            Mutant(
                "any length",
                "hypothesis",
                {},
                weaken={"unit": "All(i, 0 < Sum(m, 1, d, b(i, m)**2))"},
                witness={
                    "n": "2",
                    "d": "1",
                    "b(i,m)": "1 + delta(i, 2)",
                    "w": "1",
                    "a": "1",
                    "X(i,j)": "17/9*delta(i, 1)*delta(j, 1) + 1/18*delta(i, 2)*delta(j, 2) "
                    "- 5/18*(delta(i, 1)*delta(j, 2) + delta(i, 2)*delta(j, 1))",
                },
                prose="Two rows of lengths 1 and 2 on a line.",
            ),
        ),
    ),
)
