"""Steps to Theorem 1, and the integrals of Appendix A that it uses."""

from __future__ import annotations

from ...analysis.meanfield import rate, theorem_1
from ..claim import Claim, Mutant, Text
from .hypotheses import WEAKER

POSITIVE = Text("Inverse temperature and penalty are positive.", r"\beta>0,\ \lambda>0")
INSIDE = Text(
    r"Assumed, not derived: on the whole circle $|g|$ is below $\lambda$ (the Gibbs density without truncation is"
    " integrable).",
    r"|g(\varphi)|<\lambda,\ g(\varphi)=\sum_ir_i(x_i\cos\varphi+\sin\varphi)_+",
)
RANGE = Text("The point lies in a bounded range.", r"1+s^2\le L^2")
LARGE = {"lam": "2", "M": "1", "r(i)": "19/10", "x(i)": "0", "s": "-10", "L": "11"}
# One datum at 1 and the place -1, where its correlation peaks at 7/5 sqrt(2), just below lambda = 2.
_PEAK = {"lam": "2", "beta": "1", "M": "1", "r(i)": "7/5", "x(i)": "1", "s": "-1", "L": "3/2", "k": "2"}
_PEAK_INSIDE = tuple(
    {"for": "inside", **line}
    for line in (
        {"id": "point", "rule": "arithmetic", "goal": "(7/5*relu(1*cos(phi) + sin(phi)))**2 < 2**2", "uses": []},
        {
            "id": "all",
            "rule": "generalize",
            "goal": "All(phi, (7/5*relu(1*cos(phi) + sin(phi)))**2 < 2**2)",
            "uses": ["point"],
        },
    )
)

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.eq-4.7",
        title="measure of the cluster set of an interval",
        paper="jmlr", relation="as-printed",
        locator="(4.7), p. 12, for the sets (4.2)",
        kind="inequality", expected="proved",
        statement=Text(
            "The bounds of Lemma 5.3 on its two parts give (4.7) with $C=K_2+2K_1$.",
            r"|\Omega^j|,|\Omega_j|\le\frac{K_1e^{\beta K_2}}{m^2}\ \Rightarrow\ "
            r"|\overline\Omega_j|\le|\Omega^j|+|\Omega_j|\le\frac{e^{C\beta}}{m^2}",
        ),
        hypotheses=(
            Text("A1 with $C_1\\ge1$.", r"\beta\ge1,\ m>0"),
            Text("Lemma 5.3, assumed here.", r"|\Omega^j|,|\Omega_j|\le K_1e^{\beta K_2}/m^2,\ K_1\ge0"),
        ),
        proof=rate.build_cluster_measure,
        mutants=(
            Mutant("same", "constant", {"constant": "K2"},
                   {"m": "1", "beta": "1", "K1": "10", "K2": "0", "up": "10", "down": "10"}, prose="$C=K_2$"),
        ),
    ),
    Claim(
        id="mf.thm-1-rate",
        title=r"Theorem 1 at $m=\infty$: the rate",
        paper="jmlr", relation="sharper", locator="Theorem 1, (4.9), p. 13, without truncation", kind="inequality",
        expected="proved",
        statement=Text(
            r"Where both cluster polynomials are at least $\bar C$ the curvature is at most of order"
            r" $1/(\beta\lambda\bar C^2)$. For $\lambda\le k^4$ the printed rate follows, its term $1/(m\lambda)$"
            r" being 0 at $m=\infty$.",
            r"|f''(s)|\le\frac{2L}{\pi\beta\lambda\bar C^2}\le\frac{2Lk^3}{\pi\beta\lambda^{7/4}\bar C^2}",
        ),
        hypotheses=(
            POSITIVE, INSIDE, RANGE,
            Text(r"$\bar C$ bounds both from below, as (4.10) does by (4.8).",
                 r"0<\bar C\le1+s^2-P^2/\lambda^2,\ \bar C\le1+s^2-Q^2/\lambda^2"),
            Text("The penalty is bounded (A1).", r"\lambda\le k^4,\ k\ge0"),
        ),
        proof=rate.build_rate,
        mutants=(
            Mutant("beta", "constant", {"rate": "beta**2"}, {**LARGE, "beta": "10", "C": "10", "k": "2"},
                   prose=r"$\beta^2$ instead of $\beta$"),
            Mutant("first-power", "constant", {"square": "C"}, {**_PEAK, "C": "1/25"}, _PEAK_INSIDE,
                   prose=r"$\bar C$ instead of $\bar C^2$"),
        ),
    ),
    Claim(
        id="mf.thm-1-growth",
        title="growth of the curvature near the cluster set",
        paper="jmlr", relation="sharper", locator="p. 14, after Theorem 1, without truncation", kind="inequality",
        expected="proved",
        statement=Text(
            r"Where both cluster polynomials are at least $\varepsilon d^2$, $d$ a distance, the curvature is at most"
            " of order $d^{-4}$, whatever the temperature. Near a root $c$ a cluster polynomial is at most of order"
            " $d=|x-c|$, and near a double root it is a multiple of $d^2$.",
            r"|f''(s)|\le\frac{2L}{\pi\beta\lambda\varepsilon^2d^4};\quad P_2(c)=0\Rightarrow"
            r"|P_2(x)|\le(2X(1+a^2)+2|ab|)\,d,\quad P_2'(c)=0\Rightarrow P_2(x)=(1-a^2)d^2",
        ),
        hypotheses=(
            POSITIVE, INSIDE, RANGE,
            Text("The cluster polynomials at the distance $d$.",
                 r"\varepsilon d^2\le1+s^2-P^2/\lambda^2,\ \varepsilon d^2\le1+s^2-Q^2/\lambda^2,\ \varepsilon,d>0"),
            Text("$P_2$ is a cluster polynomial, (5.19), with a root $c$.",
                 r"P_2(x)=1+x^2-(ax-b)^2,\ P_2(c)=0,\ |x|,|c|\le X"),
        ),
        proof=rate.build_growth,
        mutants=(
            Mutant("cube", "constant", {"power": "d**3"},
                   {**{n: v for n, v in _PEAK.items() if n != "k"}, "eps": "16", "d": "1/20", "a": "0", "b": "1",
                    "c": "0", "x": "0", "X": "1"}, _PEAK_INSIDE, prose="$d^{-3}$"),
        ),
    ),
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
            *WEAKER["mf.thm-1-measure"],
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
