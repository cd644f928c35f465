"""Section 5: free energy at the Gibbs law, bounds on densities and tails, and the size of the cluster set."""

from __future__ import annotations

from ...analysis.meanfield import section_5_bounds as bounds
from ..claim import Claim, Mutant, Text

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.free-energy-at-gibbs",
        title="free energy at the Gibbs law",
        paper="jmlr", relation="as-printed", locator="p. 21 (F(rho) printed for F(rho*)), without truncation",
        kind="identity", expected="proved",
        statement=Text("In fitted values and targets.",
                       r"F(\rho^*)=-\tfrac1\beta\log Z-\tfrac1{2M}\sum_i\hat y_i^2+\tfrac1{2M}\sum_iy_i^2"),
        hypotheses=(
            Text("The Gibbs density of the residuals, which are those of the fitted values.",
                 r"\rho^*=\tfrac1Ze^{-\beta(\sum_ir_ia(wx_i+b)_++\frac\lambda2|\theta|^2)},\ Mr_i=\hat y_i-y_i"),
            Text("Density, second moment and units are integrable over each of a, b, w in turn; M >= 1, beta, Z > 0."),
        ),
        proof=bounds.build_free_energy_value,
        mutants=(
            Mutant("plus", "sign", {"sign": "+"}, bounds.ONE_DATUM, prose="fitted squares added"),
        ),
    ),
    Claim(
        id="mf.lemma-5.3",
        title="size of the cluster set",
        paper="jmlr", relation="sharper",
        locator="Lemma 5.3, (5.11), p. 22, from the bound (5.12)-(5.15), with an explicit constant",
        kind="inequality", expected="proved",
        statement=Text("It decreases with the square of the truncation.",
                       r"|\Omega^j|\le80K_2\sqrt{\tfrac{2K_1}\pi}(4\pi)^{3/2}\,\frac{e^{\beta(D+\frac12)}}{m^2}"),
        hypotheses=(
            Text("The lower bound (5.12)-(5.15) on the partition function.",
                 r"|\Omega^j|\,\frac1{K_2}\int_{(0,m/2)^2}z_1e^{-\frac{K_1\beta}2z_2^2}dz\le Z"),
            Text("Lemma 5.2, corrected.", r"Z\le e^{\beta D}\Bigl(\frac{4\pi}{\beta\lambda}\Bigr)^{3/2}"),
            Text("Assumption A1 in explicit form.",
                 r"\beta\lambda\ge1,\ m\sqrt{K_1\beta}\ge\tfrac{9}{50}\sqrt2,\ \beta,m,K_1,K_2>0"),
        ),
        proof=bounds.build_cluster_bound,
        mutants=(
            Mutant("cube", "constant", {"power": "3"},
                   {"beta": "1", "k": "1", "K1": "1", "K2": "1", "m": "10**6", "D": "0", "Z": "sqrt(4*pi)**3",
                    "size": "1/10**10"}, prose="the cube of the truncation"),
        ),
    ),
    Claim(
        id="mf.eq-5.38",
        title="the curvature of the network follows the flow",
        paper="jmlr", relation="as-printed", locator="(5.38), p. 32", kind="cited", expected="undecided",
        statement=Text(
            "The curvature is a bounded observable, whose error under the empirical law of the weights vanishes along"
            " the sequences of the text; with z^2 = 2 log N the exceptional probabilities are summable.",
            r"\Bigl|\tfrac1N\sum_i\partial_x^2\sigma^*(x,\theta_i)-\int\partial_x^2\sigma^*\rho_t\Bigr|"
            r"\le\Lambda C(\sqrt{D+1}+\sqrt2)\sqrt\delta,\quad|\partial_x^2\sigma^*|\le\Lambda",
        ),
        hypotheses=(
            Text(
                "Cited, not derived: S. Mei, A. Montanari and P.-M. Nguyen, PNAS 115 (2018) E7665-E7671, Theorem 3, at"
                " a fixed time, for observables of size and Lipschitz constant at most 1, with probability at least"
                " $1-e^{-z^2}$.",
                r"\text{error}\le C\sqrt{\tfrac1N\vee\varepsilon}\,\bigl[\sqrt{D+\log(N/\varepsilon)}+z\bigr]",
            ),
            Text("Size and Lipschitz constant of the observable are at most Lambda, so that its error is at most Lambda"
                 " times as large.", r"\Lambda\ge\tfrac14m^3\tau"),
            Text("The sequences.",
                 r"1\le\log\tfrac N\varepsilon\le\delta N,\ \varepsilon\log\tfrac N\varepsilon\le\delta"),
        ),
        proof=bounds.build_observable,
        mutants=(
            Mutant("faster", "constant", {"scale": "delta"},
                   {"N": "100", "eps": "1/100", "D": "3", "C": "1", "delta": "1/10", "z": "sqrt(2*log(100))",
                    "err": "1/2", "m": "1", "tau": "4", "Lam": "1", "gap": "1/2"},
                   prose="delta instead of its root"),
        ),
        reason="rests on a theorem on stochastic gradient descent that is assumed in its original form; the step from"
        " it is checked",
    ),
)  # fmt: skip
