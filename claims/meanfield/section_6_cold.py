"""Section 6.2: free energies at low temperature, of the smoothed two atoms and of linear networks."""

from __future__ import annotations

from ...analysis.meanfield import appendix_a_bounds as bounds
from ..claim import Claim, Mutant, Text


def _gaussian(rate: str) -> str:
    return f"exp(-{rate}*(a**2 + w**2 + b**2))/sqrt(pi/({rate}))**3"


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.6.2-lower",
        title="the entropy bound at low temperature",
        paper="jmlr", relation="as-printed", locator="p. 37", kind="inequality", expected="proved",
        statement=Text(
            "As printed; copied from its source it would have 3 log k, which is false.",
            r"F_\beta(\rho)\ge\tfrac12R+\tfrac\lambda4M-\tfrac1\beta(1+3\log8\pi)+\tfrac1\beta\log(\beta\lambda)",
        ),
        hypotheses=(
            Text("rho is a density with finite second moment and entropy, integrable over each of a, b, w in turn.",
                 r"\rho\ge0,\ \int\rho=1,\ \beta,\lambda>0"),
            Text("It is cold.", r"\beta\lambda\ge1"),
        ),
        proof=bounds.build_section_6_bound,
        mutants=(
            Mutant("three", "constant", {"log": "3*log(beta*lam)/beta"},
                   {"beta": "1", "lam": "1000", "risk": "0", "rho(a,w,b)": _gaussian("250")},
                   prose="3 log k, as in the source"),
        ),
    ),
)  # fmt: skip
