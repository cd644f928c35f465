"""Errata of Appendix A: what is printed, refuted, and what holds instead, proved."""

from __future__ import annotations

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import appendix_a_bounds as bounds
from ...analysis.meanfield.moment_bound import MOMENT_HYPS, MOMENT_LET
from ..claim import Claim, Mutant, Refutation, Text


def _gibbs(k: str, half: str) -> dict[str, str]:
    """The minimiser for zero targets, N(0, I/k), at beta = 1."""
    return {
        "beta": "1", "lam": k, "risk": "0", "rho(a,w,b)": f"exp(-{half}*(a**2 + w**2 + b**2))/sqrt(pi/({half}))**3",
    }  # fmt: skip


_COLD, _WARM = _gibbs("1000", "500"), _gibbs("50", "25")


def _risk() -> Refutation:
    step = "risk/2 <= F+({})/beta".format
    printed = Statement(step("1+3*log(8*pi/(beta*lam))"), MOMENT_HYPS, let=MOMENT_LET)
    corrected = Statement(step("3/2*log(4*pi/(beta*lam))"), MOMENT_HYPS, let=MOMENT_LET)
    return Refutation(printed, _COLD, (("corrected", corrected, _COLD), ("warm", printed, _WARM)))


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.eq-A.13.printed",
        title="the risk from the free energy",
        paper="jmlr", relation="as-printed", locator="the step to (A.13), p. 52", kind="counterexample",
        expected="refuted",
        statement=Text(
            "The entropy bound as quoted turns F <= U into R/2 <= U plus its constant; for zero targets the minimiser"
            " itself, N(0, I/k), violates it when k is large.",
            r"\tfrac12R(\rho)\le F(\rho)+\tfrac1\beta\Big(1+3\log\frac{8\pi}{\beta\lambda}\Big)",
        ),
        hypotheses=(Text("rho is a density with finite second moment and entropy."),),
        refutation=_risk,
        counterpart="mf.eq-A.13.corrected",
    ),
    Claim(
        id="mf.eq-A.13.corrected",
        title="the risk from the free energy",
        paper="jmlr", relation="corrected", locator="(A.13), p. 52", kind="inequality", expected="proved",
        statement=Text(
            "With the sharp entropy bound.",
            r"\tfrac12R(\rho)\le K_6\lambda+\tfrac{K_5}\beta(1-\log\lambda)"
            r"+\tfrac3{2\beta}\log\frac{4\pi}{\beta\lambda}",
        ),
        hypotheses=(
            Text("rho is a density with finite second moment and entropy, integrable over each of a, b, w in turn.",
                 r"\rho\ge0,\ \int\rho=1,\ \beta,\lambda>0"),
            Text("rho is not above the smoothed saw-teeth, by (A.12).",
                 r"F(\rho)\le K_6\lambda+\tfrac{K_5}\beta(1-\log\lambda)"),
        ),
        proof=bounds.build_risk_above,
        mutants=(
            Mutant("printed", "constant", {"constant": "1+3*log(8*pi/(beta*lam))"},
                   {**_COLD, "K5": "0", "K6": "761/100000"}, prose="the constant as printed"),
        ),
        counterpart="mf.eq-A.13.printed",
    ),
)  # fmt: skip
