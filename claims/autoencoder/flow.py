"""Claims on gradient flows: the determinant of the Gram matrix, and training with the best decoder."""

from __future__ import annotations

from ...analysis.autoencoder.flow import build_flow_log_det, build_log_det, build_tied_log_det
from ...analysis.autoencoder.flow_counterexample import growing, three_rows
from ...analysis.autoencoder.gradient import build_gradient, build_linear_step, build_no_diagonal, build_second_order
from ...analysis.autoencoder.tied_flow import (
    FALLING,
    FALLING_STEPS,
    build_stuck,
    build_tied_convergence,
    build_tied_growth,
    build_tied_time,
)
from ..claim import Claim, Mutant, Refutation, Text

_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_INVERSE = Text("The Gram matrix has the inverse Y.", r"YG=GY=I")
_SLANTED = {  # two unit rows with inner product 3/5, and the inverse of their Gram matrix
    "n": "2",
    "d": "2",
    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*(3/5*delta(k, 1) + 4/5*delta(k, 2))",
    "Y(i,j)": "25/16*delta(i, j) - 15/16*(1 - delta(i, j))",
    "kappa": "1",
}
_FLOW = (
    Text("L is minus the logarithm of the determinant, D the speed at which it falls.", r"L=-\log\det G,\ D=-L'"),
    Text("It falls at least at the rate of `ae.tied-logdet` and `ae.tied-ge`.", r"D\ge4\kappa\,S,\ S=|G-I|^2"),
    Text("m bounds S from below up to the time T.", r"m\le S(t),\ 0\le t\le T"),
    Text("The determinant is at most 1 (Hadamard).", r"L(T)\ge0"),
)
_WITNESS = three_rows("99/100", "92/100", "96/100", "30")


def _falling() -> Refutation:
    return Refutation(
        growing(),
        _WITNESS,
        (
            ("the tied flow", growing("tied"), _WITNESS),
            ("a linear activation", growing(), three_rows("99/100", "92/100", "96/100", "0")),
            ("wider angles", growing(), three_rows("1/2", "1/3", "1/4", "30")),
        ),
    )


CLAIMS = (
    Claim(
        id="ae.log-det",
        title="the determinant along a flow of unit rows",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For rows that move by a linear combination of all rows, less the part along themselves, the logarithm of "
            "the Gram determinant moves by a sum over the Gram matrix.",
            r"\operatorname{Tr}[G^{-1}\dot G]=2\kappa\Big(\operatorname{Tr}K-\sum_{i,j}K_{ij}G_{ij}\Big),\qquad "
            r"\dot b_i=\kappa\Big(\sum_jK_{ij}b_j-\lambda_ib_i\Big)",
        ),
        hypotheses=(_INVERSE,),
        proof=build_log_det,
        mutants=(
            Mutant(
                "once",
                "constant",
                {"factor": "1"},
                {**_SLANTED, "K(i,j)": "1 - delta(i, j)"},
                prose="Without the factor 2.",
            ),
        ),
    ),
    Claim(
        id="ae.tied-logdet",
        title="the determinant along the tied flow",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Along the projected gradient flow of the risk with a tied decoder.",
            r"\frac{d}{dt}\log\det G=2\kappa\sum_{i\ne j}G_{ij}\,h'(G_{ij}),\qquad h(t)=t f(t),\ \kappa=2\beta^2/d",
        ),
        hypotheses=(_UNIT, _INVERSE),
        proof=build_tied_log_det,
        mutants=(Mutant("four", "constant", {"factor": "4"}, {**_SLANTED, "h(x)": "2*x"}, prose="The factor 4."),),
    ),
    Claim(
        id="ae.flow-dlog",
        title="the determinant along the flow with the best decoder",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Along the projected gradient flow with the best decoder log det G moves with the sign of Theta.",
            r"\frac{d}{dt}\log\det G=2\kappa\,\Theta,\qquad "
            r"\Theta=\sum_{i\ne j}G_{ij}\left[(XGX)_{ij}f'(G_{ij})-X_{ij}\right],\ X=f(G)^{-1}",
        ),
        hypotheses=(_UNIT, _INVERSE),
        proof=build_flow_log_det,
        mutants=(
            Mutant(
                "once",
                "constant",
                {"factor": "1"},
                {**_SLANTED, "X(i,j)": "1", "W(i,j)": "3", "f(x)": "1"},
                prose="Without the factor 2.",
            ),
        ),
    ),
    Claim(
        id="ae.tied-ge",
        title="the determinant grows",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The sum that drives log det G along the tied flow is at least twice the squared distance of G from I.",
            r"\sum_{i\ne j}G_{ij}\,h'(G_{ij})\ \ge\ 2\,|G-I|_F^2,\qquad th'(t)=2t^2+\sum_{p\ge0}(2p+4)\,w_p\,t^{2p+4}",
        ),
        hypotheses=(
            _UNIT,
            Text("The coefficients are not negative.", r"w_p\ge0"),
            Text("The series converges off the diagonal.", r"\sum_p(2p+4)\,w_p\,G_{ij}^{2p+4}<\infty\ (i\ne j)"),
        ),
        proof=build_tied_growth,
        mutants=(
            Mutant(
                "four",
                "constant",
                {"factor": "4"},
                {**{k: _SLANTED[k] for k in ("n", "d", "b(i,k)")}, "w(p)": "0*delta(p, 0)"},
                prose="Twice as much: a linear activation has equality at 2.",
            ),
        ),
    ),
    Claim(
        id="ae.tied-anybeta",
        title="the tied flow with a multiple that changes",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For any decoder beta(t) B^T the rows come near to orthonormal ones in the time of the integral of kappa.",
            r"4\,m\int_0^T\kappa\,dt\ \le\ L(0),\qquad m\le\min_{[0,T]}|G-I|^2,\ L=-\log\det G",
        ),
        hypotheses=(Text("kappa is continuous and not negative.", r"\kappa(t)\ge0"), *_FLOW),
        proof=build_tied_time,
        mutants=(Mutant("eight", "constant", {"factor": "8"}, FALLING, FALLING_STEPS, prose="Twice as fast."),),
    ),
    Claim(
        id="ae.tied-conv",
        title="the tied flow converges to orthonormal rows",
        paper="icml",
        relation="as-claimed",
        locator="abstract (achieved by gradient methods)",
        kind="inequality",
        expected="proved",
        statement=Text(
            "With n <= d and a start of full rank the tied flow comes near to orthonormal rows, at the rate 1/T.",
            r"\min_{t\le T}|G-I|_F^2\ \le\ \frac{-\log\det G(0)}{4\kappa T}",
        ),
        hypotheses=(Text("kappa is not negative.", r"\kappa\ge0"), *_FLOW),
        proof=build_tied_convergence,
        mutants=(
            Mutant(
                "eight",
                "constant",
                {"factor": "8"},
                {**{k: v for k, v in FALLING.items() if k != "kappa(t)"}, "kappa": "1/4"},
                FALLING_STEPS,
                prose="Twice as fast.",
            ),
        ),
    ),
    Claim(
        id="ae.grad",
        title="the gradient of the risk with the best decoder",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "With the best decoder the risk is 1 - Tr[G X]/d, X the inverse of F = f(G); the gradient of that trace.",
            r"\nabla_B\operatorname{Tr}[GX]=2\left(X-(XGX)\circ f'(G)\right)B,\qquad \operatorname{diag}f'(G):=0",
        ),
        hypotheses=(
            Text("X is symmetric and inverts F.", r"X=X^{\top},\ XF=I"),
            Text("The differential of the inverse obeys the product rule.", r"dF\,X+F\,dX=0"),
        ),
        proof=build_gradient,
        mutants=(
            Mutant(
                "once",
                "constant",
                {"factor": "1"},
                {
                    "n": "2",
                    "d": "2",
                    "b(i,k)": "delta(i, k)",
                    "v(i,c)": "delta(i, 1)*delta(c, 2)",
                    "F(i,j)": "delta(i, j) + 1/2*(1 - delta(i, j))",
                    "Y(i,j)": "2/3*delta(i, j) - 1/3*(1 - delta(i, j))",
                    "s(x)": "1",
                    "dX(i,j)": "16/9*delta(i, j) - 20/9*(1 - delta(i, j))",
                },
                prose="Without the factor 2.",
            ),
        ),
    ),
    Claim(
        id="ae.arcsin-diag",
        title="the infinite slope of the arcsine plays no role",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Unit rows keep the diagonal of the Gram matrix, so that the diagonal of f' may be set to 0.",
            r"\sum_{i,j}Y_{ij}\,f'(G_{ij})\,dG_{ij}=\sum_{i\ne j}Y_{ij}\,f'(G_{ij})\,dG_{ij}",
        ),
        hypotheses=(Text("The rows move at right angles to themselves.", r"\langle b_i,db_i\rangle=0"),),
        proof=build_no_diagonal,
        mutants=(
            Mutant(
                "any motion",
                "hypothesis",
                {"tangent": "1"},
                {"n": "1", "d": "1", "b(i,k)": "1", "v(i,c)": "1", "Y(i,j)": "1", "s(x)": "1"},
                prose="Rows that become longer.",
            ),
        ),
    ),
    Claim(
        id="ae.normrows",
        title="bringing rows back to length 1",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "After a step v along the sphere a row's length differs from 1 in second order only.",
            r"|b+v|^2=1+|v|^2,\qquad 1-\tfrac12|v|^2\le\frac1{|b+v|}\le1",
        ),
        hypotheses=(Text("b is a unit vector and v orthogonal to it.", r"|b|=1,\ \langle b,v\rangle=0"),),
        proof=build_second_order,
        mutants=(
            Mutant(
                "a quarter",
                "constant",
                {"power": "4"},
                {"d": "2", "b(c)": "delta(c, 1)", "v(c)": "delta(c, 2)"},
                prose="A quarter of |v|^2.",
            ),
        ),
    ),
    Claim(
        id="ae.gd-lin",
        title="gradient descent near orthonormal rows",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For G = I + S near orthonormal rows one step of size eta multiplies an eigenvalue s of S by 1 - 8 eta c "
            "up "
            "to order s^2; c s^2 is its second-order term in the trace that the step increases.",
            r"\frac{1+s}{f+s}=\frac1f+\frac{(f-1)s}{f^2}-c\,s^2+O(s^3),\quad (1-4c\eta s)^2(1+s)=1+(1-8c\eta)s+O(s^2),"
            r"\quad c=\frac{\alpha}{(1+\alpha)^3},\ f=1+\alpha",
        ),
        hypotheses=(Text("f(1) = 1 + alpha is positive, and so is f(1) + s.", r"f>0,\ f+s\ne0"),),
        proof=build_linear_step,
        mutants=(
            Mutant("four", "constant", {"rate": "4"}, {"f": "3/2", "s": "1/10", "eta": "1"}, prose="Half the rate."),
        ),
    ),
    Claim(
        id="ae.flow-poly",
        title="the determinant along the flow with the best decoder, for every odd activation",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            "The Gram determinant grows along the flow with the best decoder for every odd activation. False: for "
            "f(t) = t + 30 t^9 and three rows with inner products 0.99, 0.92 and 0.96 it falls, Theta = -0.2947.",
            r"\Theta=\sum_{i\ne j}G_{ij}\left[(XGX)_{ij}f'(G_{ij})-X_{ij}\right]\ge0,\qquad X=f(G)^{-1}",
        ),
        refutation=_falling,
    ),
    Claim(
        id="ae.tied-gt1",
        title="critical points of the tied flow that are no equiangular frames",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Rows that are pairwise equal, opposite or orthogonal, such as two copies of a basis, do not move along "
            "the "
            "tied flow; so for n > d it need not reach a minimiser.",
            r"G_{ij}\in\{0,1,-1\}\ \Longrightarrow\ \dot b_i=0",
        ),
        hypotheses=(
            Text(
                "Each two rows are orthogonal, where h' vanishes, or multiples.",
                r"h'(G_{ij})=0\ \text{or}\ b_j=G_{ij}b_i",
            ),
        ),
        proof=build_stuck,
        mutants=(
            Mutant(
                "any rows",
                "hypothesis",
                {"pairs": "h(G(i, j)) == 0 or b(j, c) == b(j, c)"},
                {
                    **{k: _SLANTED[k] for k in ("n", "d", "b(i,k)", "kappa")},
                    "h(x)": "2*x + 6*x**5",
                    "i": "1",
                    "c": "2",
                },
                prose="Any rows: two at an acute angle move apart.",
            ),
        ),
    ),
)
