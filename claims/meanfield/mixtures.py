"""Sections 6.2 and A.2: entropies of the smoothed measures."""

from __future__ import annotations

from ...analysis.meanfield import mixture
from ..claim import Claim, Mutant, Text

_DENSITIES = Text(
    "q_i are densities; q_i log q_i and the mixture's entropy are integrable over each of a, b, w in turn.",
    r"q_i\ge0,\ p_i\ge0,\ \sum_{i\le M}p_i=1",
)
_ONE = {**mixture.INHABITED}

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.entropy-mixture",
        title="the differential entropy is concave",
        paper="own", relation="new", locator="derived in this project, for pp. 37 and 52", kind="inequality",
        expected="proved",
        statement=Text("For every finite mixture of densities on the weights, also where they vanish.",
                       r"H\big(\textstyle\sum_ip_iq_i\big)\ge\sum_ip_iH(q_i)"),
        hypotheses=(_DENSITIES,),
        proof=mixture.build_entropy_mixture,
        mutants=(Mutant("twice", "constant", {"share": "2*p(i)*h(i)"}, _ONE, prose="twice the average"),),
    ),
    Claim(
        id="mf.H-lower",
        title="the entropy of the smoothed two atoms",
        paper="jmlr", relation="as-printed", locator="p. 37, with C = 3/2", kind="inequality", expected="proved",
        statement=Text("A mixture of laws that have the entropy of N(., I/beta) has at least that entropy.",
                       r"H(\rho^*_\beta)\ge\tfrac32\log\frac{2\pi e}\beta"),
        hypotheses=(
            _DENSITIES,
            Text("Each component has at least this entropy, as N(mu, I/beta) has by (A.1) (mf.eq-A.1).",
                 r"H(q_i)\ge\tfrac32\big(\log\tfrac{2\pi}\beta+1\big)"),
        ),
        proof=mixture.build_gaussian_mixture,
        mutants=(Mutant("three", "constant", {"factor": "3"}, {**_ONE, "beta": "2"}, prose="3 log"),),
    ),
    Claim(
        id="mf.H-rho-tilde",
        title="the entropy of the smoothed saw-teeth",
        paper="jmlr", relation="as-printed", locator="p. 52, with K5 = 3/2", kind="inequality", expected="proved",
        statement=Text(
            "For penalties up to 9; K5 must be at least 3/2 as the penalty vanishes, so that a bound on the penalty is"
            " needed here.",
            r"H(\tilde\rho)\ge\tfrac32(-1+\log\lambda)\quad(0<\lambda\le9)",
        ),
        hypotheses=(
            _DENSITIES,
            Text("Each component is a uniform law of width s (mf.U-var) times N(., s^2 I_2).",
                 r"H(q_i)\ge\log s+\log(2\pi s^2)+1,\ s^2=\min(\lambda,\tfrac12)"),
        ),
        proof=mixture.build_smoothed_entropy,
        mutants=(
            Mutant("thousand", "hypothesis", {"top": "1000"},
                   {"M": "1", "p(i)": "1", "s": "sqrt(1/2)", "lam": "1000",
                    "q(i,a,w,b)": "exp(-3*(a**2+w**2+b**2)/2)/sqrt(2*pi/3)**3"},
                   prose="penalties up to 1000"),
        ),
    ),
)  # fmt: skip
