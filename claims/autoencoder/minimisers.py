"""Claims on minimisers of the risk."""

from __future__ import annotations

from functools import partial

from ...analysis.autoencoder.equality import build_stationary, build_trace_equality
from ...analysis.autoencoder.incompatible import build_incompatible
from ...analysis.autoencoder.minimiser import build_attained, build_only_minimisers
from ...analysis.autoencoder.never import build_never
from ...analysis.autoencoder.rigidity import build_rigidity
from ...analysis.autoencoder.tensor import build_gram_positive, build_tensor_term
from ...analysis.autoencoder.tensor_equality import build_tensor_stationary
from ..claim import Claim, Mutant, Text

_UNIT = Text("The encoder's rows are unit vectors.", r"|b_i|=1")
_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_C1 = Text("Its first Hermite coefficient is not 0.", r"c_1=\mathbb E[z\,\sigma(z)]\neq 0")
_D = Text("There is at least one coordinate.", r"d\ge1")
_ONE = {"n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "sigma(x)": "x", "c1": "1"}

_N = Text("There is at least one unit.", r"n\ge1")
_ODD = Text("The activation is odd (its value at 0 plays no role).", r"\sigma(-x)=-\sigma(x)\ (x>0)")
_ACTIVE = Text("It is not linear: some coefficient of higher degree is not 0.", r"c_{2q+3}\ne0")
_TWO_ROWS = {"n": "2", "d": "2", "k": "1", "g": "1", "e": "2"}
#: Two rows at an angle and the dual basis as decoder: optimal for linear activations.
_DUAL = {
    **_TWO_ROWS,
    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*(3/5*delta(k, 1) + 4/5*delta(k, 2))",
    "A(k,i)": "(1 - delta(i, 2))*(delta(k, 1) - 3/4*delta(k, 2)) + delta(i, 2)*5/4*delta(k, 2)",
}
_ORTHONORMAL = {
    **_TWO_ROWS,
    "h": "1",
    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*delta(k, 2)",
    "A(k,i)": "delta(k, i)",
    "e": "1",
}

CLAIMS = (
    Claim(
        id="ae.attained",
        title="orthonormal rows attain the bound",
        paper="icml",
        relation="as-claimed",
        locator="abstract (minimisers of the population risk)",
        kind="identity",
        expected="proved",
        statement=Text(
            "With orthonormal rows (so that n <= d) and the normalised decoder B^T/(1 + alpha) the risk is exactly "
            "1 - r/(1 + alpha), the lower bound for odd activations.",
            r"BB^{\top}=I,\ A=\tfrac1{1+\alpha}B^{\top}\ \Rightarrow\ "
            r"\tfrac1d\,\mathbb E\,|x-\hat x|^2=1-\frac{r}{1+\alpha}",
        ),
        hypotheses=(
            _D,
            _UNIT,
            _L2,
            _C1,
            Text("The rows are orthonormal.", r"BB^{\top}=I"),
            Text("The decoder is the right multiple of the transpose.", r"g\,(1+\alpha)=1"),
        ),
        proof=build_attained,
        mutants=(Mutant("twice", "constant", {"scale": "2"}, {**_ONE, "g": "2"}, prose="Twice that decoder."),),
    ),
    Claim(
        id="ae.cs-equality",
        title="equality in one degree",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "A decoder with equality in one odd degree of the bound is stationary there.",
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ\ell}]=\frac{\tau^2}{n}\ \Rightarrow\ "
            r"\sum_iG_{ie}^{\ell}\,a_i=\frac{\tau}{n}\,b_e",
        ),
        hypotheses=(_N, _UNIT, Text("Equality holds.", r"\operatorname{Tr}[A^{\top}A\,G^{\circ\ell}]=\tau^2/n")),
        proof=build_stationary,
        mutants=(Mutant("n + 1", "constant", {"width": "n + 1"}, _ORTHONORMAL, prose="Divided by n + 1."),),
    ),
    Claim(
        id="ae.trace-equality",
        title="equality in all degrees that occur",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Equality in the sum over the degrees is equality in degree 1 and in every degree with a positive weight.",
            r"\operatorname{Tr}[A^{\top}A\,f(G)]=\tau^2\,\tfrac{1+\alpha}{n},\ w_q>0\ \Rightarrow\ "
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ\ell}]=\tfrac{\tau^2}{n},\ \ell=1,\,2q+3",
        ),
        hypotheses=(_N, _UNIT, Text("The degree occurs.", r"w_q>0")),
        proof=build_trace_equality,
        mutants=(
            Mutant(
                "absent degree",
                "hypothesis",
                {"active": "0 <= w(q)"},
                {**_DUAL, "w(p)": "0", "q": "0"},
                prose="A degree with weight 0.",
            ),
        ),
    ),
    Claim(
        id="ae.rigidity",
        title="two degrees determine the minimiser",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Stationarity in degree 1 and in one higher odd degree, Tr BA = nt and t not 0, forces orthogonal rows "
            "and the decoder t B^T.",
            r"\sum_iG_{ie}a_i=\sum_iG_{ie}^{2h+1}a_i=t\,b_e\ \Rightarrow\ G=I,\ A=t\,B^{\top}",
        ),
        hypotheses=(
            _UNIT,
            Text("The trace is that of a decoder with K = BA of full rank.", r"\operatorname{Tr}BA=nt,\ t\ne0"),
            Text("The higher degree is at least 3.", r"h\ge1"),
        ),
        proof=build_rigidity,
        mutants=(
            Mutant(
                "degree 1 twice",
                "hypothesis",
                {"order": "0 <= h"},
                {**_DUAL, "h": "0", "t": "1"},
                prose="Only degree 1: the dual basis of any independent rows.",
            ),
        ),
    ),
    Claim(
        id="ae.tight-le1",
        title="only orthonormal rows attain the bound",
        paper="icml",
        relation="as-claimed",
        locator="abstract (minimisers of the population risk)",
        kind="identity",
        expected="proved",
        statement=Text(
            "If an odd activation is not linear, a code attains 1 - r/(1 + alpha) only with orthonormal rows and the "
            "normalised decoder B^T/(1 + alpha); with ae.attained this characterises the minimisers for n <= d.",
            r"R=1-\frac{r}{1+\alpha}\ \Rightarrow\ b_g\cdot b_e=0\ (g\ne e),\quad A=\tfrac1{1+\alpha}B^{\top}",
        ),
        hypotheses=(_D, _N, _UNIT, _L2, _C1, _ODD, _ACTIVE),
        proof=build_only_minimisers,
        mutants=(
            Mutant(
                "linear",
                "hypothesis",
                {"active": "c(2*q + 3) == 0"},
                {**_DUAL, "sigma(x)": "x", "c1": "1", "q": "0"},
                prose="A linear activation: every basis with its dual attains the bound.",
            ),
        ),
    ),
    Claim(
        id="ae.gram-positive",
        title="powers of a Gram matrix",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "Entrywise powers of a Gram matrix are positive semidefinite.",
            r"\sum_{i,j}\langle x_i,x_j\rangle\,G_{ij}^{h}\ge0",
        ),
        proof=build_gram_positive,
        mutants=(
            Mutant(
                "negative",
                "sign",
                {"sign": "-"},
                {"n": "1", "d": "1", "h": "1", "b(i,k)": "1", "X(c,i)": "1"},
                prose="The opposite sign.",
            ),
        ),
    ),
    Claim(
        id="ae.cs-tensor",
        title="one odd degree of the bound among tensors",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The bound of one odd degree holds for decoders whose values are any combinations of the tensors k_g.",
            r"\sum_{i,j}\langle y_i,y_j\rangle\,G_{ij}^{h+1}\ge"
            r"\frac1n\Bigl(\sum_i\langle y_i,b_i\otimes k_i\rangle\Bigr)^2",
        ),
        hypotheses=(_N,),
        proof=build_tensor_term,
        mutants=(
            Mutant(
                "smaller rank",
                "constant",
                {"width": "n - 1"},
                {**_ORTHONORMAL, "Y(c,i,g)": "delta(c, i)*delta(i, g)"},
                prose="Divided by n - 1.",
            ),
        ),
    ),
    Claim(
        id="ae.tensor-equality",
        title="equality in one degree, among tensors",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "A decoder with equality in one odd degree of the bound is stationary there among all tensors.",
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ(2h+1)}]=\frac{\tau^2}{n}\ \Rightarrow\ "
            r"\sum_iG_{ie}^{h+1}G_{ig}^{h}\,a_i=\frac{\tau}{n}\,G_{eg}^{h}\,b_e",
        ),
        hypotheses=(_N, _UNIT, Text("Equality holds.", r"\operatorname{Tr}[A^{\top}A\,G^{\circ\ell}]=\tau^2/n")),
        proof=build_tensor_stationary,
        mutants=(Mutant("n + 1", "constant", {"width": "n + 1"}, _ORTHONORMAL, prose="Divided by n + 1."),),
    ),
    Claim(
        id="ae.trace-equality-gt1",
        title="equality in all degrees that occur, more units than coordinates",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Equality in the sum over the degrees is equality in degree 1, with d, and in every higher one, with n.",
            r"\operatorname{Tr}[A^{\top}A\,f(G)]=\tau^2\left(\tfrac1d+\tfrac{\alpha}n\right),\ w_q>0\ \Rightarrow\ "
            r"\operatorname{Tr}[A^{\top}A\,G]=\tfrac{\tau^2}d,\ "
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ(2q+3)}]=\tfrac{\tau^2}n",
        ),
        hypotheses=(_D, _N, _UNIT, Text("The degree occurs.", r"w_q>0")),
        proof=partial(build_trace_equality, "d"),
        mutants=(
            Mutant(
                "absent degree",
                "hypothesis",
                {"active": "0 <= w(q)"},
                {**_DUAL, "w(p)": "0", "q": "0"},
                prose="A degree with weight 0.",
            ),
        ),
    ),
    Claim(
        id="ae.incompatible",
        title="two equalities that exclude each other",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "Equality in degree 1 with d and in a higher odd degree with n is possible for n = d only.",
            r"\operatorname{Tr}[A^{\top}A\,G]=\tfrac{\tau^2}d,\ "
            r"\operatorname{Tr}[A^{\top}A\,G^{\circ(2h+1)}]=\tfrac{\tau^2}n,"
            r"\ \tau\ne0\ \Rightarrow\ n=d",
        ),
        hypotheses=(_D, _N, _UNIT, Text("The higher degree is at least 3.", r"h\ge1")),
        proof=build_incompatible,
        mutants=(
            Mutant(
                "no trace",
                "hypothesis",
                {"nonzero": "trace == trace"},
                {"n": "2", "d": "1", "h": "1", "b(i,k)": "delta(k, 1)", "A(k,i)": "0"},
                prose="No decoder at all.",
            ),
        ),
    ),
    Claim(
        id="ae.never",
        title="more units than coordinates: the bound is not attained",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "If an odd activation is not linear, a code with risk 1 - r/(r + alpha) has n = d; for n > d no encoder "
            "and decoder attain the bound.",
            r"R=1-\frac{r}{r+\alpha}\ \Rightarrow\ n=d",
        ),
        hypotheses=(_D, _N, _UNIT, _L2, _C1, _ODD, _ACTIVE),
        proof=build_never,
        mutants=(
            Mutant(
                "linear",
                "hypothesis",
                {"active": "c(2*q + 3) == 0"},
                {
                    "n": "2",
                    "d": "1",
                    "b(i,k)": "delta(k, 1)",
                    "A(k,i)": "1/2",
                    "sigma(x)": "x",
                    "c1": "1",
                    "q": "0",
                },
                prose="A linear activation: two equal units reconstruct the data.",
            ),
        ),
    ),
)
