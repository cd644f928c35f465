"""Steps to Theorem 1, and the integrals of Appendix A that it uses."""

from __future__ import annotations

from ...analysis.meanfield import theorem_1
from ..claim import Claim, Mutant, Text

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.thm-1-measure",
        title="size of the cluster set",
        paper="jmlr", relation="as-printed", locator="(4.11), p. 14, and p. 28", kind="inequality", expected="proved",
        statement=Text(
            "With an exponentially large truncation the bound of Lemma 5.3 gives (4.11) and an exponential rate.",
            r"|\Omega|\le\frac{K_1e^{\beta K_2}}{m^2}\ \Rightarrow\ "
            r"|\Omega|\le\frac{K_1}m,\ |\Omega|\le K_1e^{-\beta K_2}",
        ),
        hypotheses=(Text("The truncation is large.", r"m>e^{\beta K_2}"), Text("Constant of the lemma.", r"K_1\ge0")),
        proof=theorem_1.build_cluster_size,
        mutants=(
            Mutant("first", "constant", {"power": "1"},
                   {"K1": "1", "beta": "1", "K2": "1", "m": "4", "size": "exp(1)/4"},
                   prose="Lemma 5.3 with the first power of m"),
        ),
    ),
    Claim(
        id="mf.lemma-5.6",
        title="lower bound on the partition function",
        paper="jmlr", relation="sharper", locator="Lemma 5.6, p. 26", kind="inequality", expected="proved",
        statement=Text(
            "The partition function is at least that of the Gaussian, for all data.",
            r"Z\ge\Bigl(\frac{2\pi}{\beta\lambda}\Bigr)^{3/2}",
        ),
        hypotheses=(
            Text("The Gibbs density without truncation, for any data and residuals.", r"m=\tau=\infty"),
            Text("It is integrable.", r"|g|<\lambda,\ \beta,\lambda>0"),
        ),
        proof=theorem_1.build_partition_lower,
        mutants=(
            Mutant("square", "constant", {"power": "2"},
                   {"beta": "1", "lam": "100", "M": "0"}, prose="the square of the root"),
        ),
    ),
    Claim(
        id="mf.eq-A.11",
        title="distance of a Gaussian from its centre",
        paper="jmlr", relation="sharper", locator="(A.11), p. 52", kind="identity", expected="proved",
        statement=Text("The constant is 2.", r"W_2^2(\delta_\mu,N(\mu,s^2I_2))=\mathbb E|\theta-\mu|^2=2s^2"),
        hypotheses=(Text("The only coupling with a point is the product."),),
        proof=theorem_1.build_point_to_gaussian,
        mutants=(Mutant("one", "constant", {"two": "1"}, {"s": "1", "w": "0", "b": "0"}, prose="s^2"),),
    ),
    Claim(
        id="mf.eq-A.15",
        title="the Gaussian under the partition function",
        paper="jmlr", relation="as-printed", locator="(A.15), p. 53", kind="inequality", expected="proved",
        statement=Text(
            "The exponent is below a quadratic form, and each of its three integrals is Gaussian.",
            r"A|aw|+B|ab|+\tfrac\lambda2|\theta|^2\le\tfrac12\bigl[(2k+\lambda)a^2+(k+\lambda)(w^2+b^2)\bigr],\quad"
            r"\int e^{-\frac\beta2(2k+\lambda)a^2}da=\sqrt{\tfrac{2\pi}{\beta(2k+\lambda)}},\dots",
        ),
        hypotheses=(Text("The sums of the residuals are bounded.", r"0\le A,B\le k=K_2\sqrt\lambda"),),
        proof=theorem_1.build_gaussian_box,
        mutants=(
            Mutant("one", "constant", {"first": "1"},
                   {"beta": "1", "lam": "1", "k": "1", "A": "1", "B": "1", "a": "1", "w": "1", "b": "1"},
                   prose="k once in the rate of a"),
        ),
    ),
)  # fmt: skip
