"""A lower bound of the free energy in the risk and the second moment: the sharp form of a lemma quoted in JMLR 23(130).

For every density F >= R/2 + (lambda/4) m2 - (3/(2 beta)) log(4 pi/(beta lambda)), by relative entropy to the Gaussian
of variance 2/(beta lambda), for which the part without R is an equality.  Derived in this project.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .free_energy import HYPS, INHABITED, LET, PARTS
from .iterate import gaussian_parts, gaussian_weight
from .relative_entropy import integrable, relative_entropy

_C, _ROOT = "beta*lam/2", "sqrt(4*pi/(beta*lam))"
_GAUSS = {name: PARTS[name] for name in "ABC"} | gaussian_parts(_C, _ROOT)
#: A density with finite second moment and entropy, against the Gaussian of variance 2/(beta lambda).
MOMENT_LET = {
    "Z": _GAUSS["G3"],
    "mass": LET["mass"],
    "entropy": LET["entropy"],
    "m2": LET["m2"],
    "F": "risk/2 + lam/2*m2 + entropy/beta",
}
MOMENT_HYPS = {
    "beta": "0 < beta",
    "lam": "0 < lam",
    "rho": HYPS["rho"],
    "mass": HYPS["mass"],
    **{f"{name}{level}": integrable(_GAUSS, name, level) for name in "ABC" for level in range(3)},
}


def build_moment_bound(log: str = "log(sqrt(4*pi/(beta*lam))**3)") -> Proof:
    """Return the proof of F >= R/2 + (lambda/4) m2 - (3/(2 beta)) log(4 pi/(beta lambda)) for every density.

    Arguments:
        log: the logarithm that is divided by beta.

    Example:
        >>> build_moment_bound().statement.goal[-4:]
        '<= F'
    """
    goal = f"risk/2 + lam/4*m2 - ({log})/beta <= F"
    body = relative_entropy(_GAUSS, f"({_C})*(a**2 + w**2 + b**2)/2", "beta*lam/4*m2")
    steps = [
        step("c", "sign", f"0 < {_C}", "beta", "lam"),
        *gaussian_weight(_C, _ROOT, _GAUSS),
        step("root", "sign", f"0 < {_ROOT}", "beta", "lam"),
        step("Z", "sign", "0 < Z", "root"),
        *[s for s in body if s["id"] not in ("G0.", "G1.")],
        step("1/beta", "sign", "0 < 1/beta", "beta"),
        step("end", "certificate", goal, "KL", "1/beta", "beta", terms=[["1/beta", "KL"]]),
    ]
    inhabited = {"beta": "1", "lam": "1", "rho(a,w,b)": INHABITED["rho(a,w,b)"], "risk": "0"}
    return Proof(Statement(goal, MOMENT_HYPS, "", MOMENT_LET, inhabited), steps)
