"""A lower bound of the free energy in the risk and the second moment: the sharp form of a lemma quoted in JMLR 23(130).

For every density F >= R/2 + (lambda/4) m2 - (3/(2 beta)) log(4 pi/(beta lambda)), by relative entropy to the Gaussian
of variance 2/(beta lambda), for which the part without R is an equality.  Derived in this project.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .free_energy import HYPS, INHABITED, LET, PARTS
from .gibbs import Steps
from .relative_entropy import integrable, part, relative_entropy

_C, _ROOT = "beta*lam/2", "sqrt(4*pi/(beta*lam))"
_GAUSS = {name: PARTS[name] for name in "ABC"} | {
    "G": f"exp(-({_C})*(a**2 + w**2 + b**2)/2)",
    "G1": f"{_ROOT}*exp(-({_C})*(w**2 + b**2)/2)",
    "G2": f"{_ROOT}**2*exp(-({_C})*w**2/2)",
    "G3": f"{_ROOT}**3",
}
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


def _gaussian_weight() -> Steps:
    """Over each of a, b, w the weight exp(-beta lambda |theta|^2/4) is Gaussian (steps "G0.", "G1.", "G2",
    "value0" ..)."""
    steps: Steps = [
        step("c", "sign", f"0 < {_C}", "beta", "lam"),
        step("factor", "identity", "Int(t,-oo,oo,k*f(t)) == k*Int(t,-oo,oo,f(t))"),
        step("If", "assume", "Integrable(t,-oo,oo,f(t))"),
        step("kf", "linear", "Integrable(t,-oo,oo,k*f(t))", "If"),
    ]
    for n, v in enumerate("abw"):
        g = f"exp(-({_C})*{v}**2/2)"
        scale = (f"exp(-({_C})*(w**2 + b**2)/2)", f"{_ROOT}*exp(-({_C})*w**2/2)", f"{_ROOT}**2")[n]
        put, symbols = {"k": scale}, {"f(t)": f"exp(-({_C})*t**2/2)"}
        whole = f"Int({v},-oo,oo,{part(_GAUSS, 'G', n)})"
        label = f"G{n}." if n < 2 else "G2"
        steps += [
            step(f"g{n}", "apply", f"Int({v},-oo,oo,{g}) == {_ROOT}", "axiom:gaussian-integral", "c", put={"c": _C}),
            step(f"i{n}", "apply", f"Integrable({v},-oo,oo,{g})", "axiom:gaussian-integrable", "c",
                 put={"c": _C, "p": "0"}),
            step(label, "apply", f"Integrable({v},-oo,oo,{part(_GAUSS, 'G', n)})", "kf", f"i{n}",
                 put=put, symbols=symbols),
            step(f"out{n}", "apply", f"{whole} == {scale}*Int({v},-oo,oo,{g})", "factor", put=put, symbols=symbols),
            step(f"value{n}", "identity", f"{whole} == {part(_GAUSS, 'G', n + 1)}", f"out{n}", f"g{n}",
                 combine={f"out{n}": "1", f"g{n}": scale}),
        ]  # fmt: skip
    return steps


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
        *_gaussian_weight(),
        step("root", "sign", f"0 < {_ROOT}", "beta", "lam"),
        step("Z", "sign", "0 < Z", "root"),
        *[s for s in body if s["id"] not in ("G0.", "G1.")],
        step("1/beta", "sign", "0 < 1/beta", "beta"),
        step("end", "certificate", goal, "KL", "1/beta", "beta", terms=[["1/beta", "KL"]]),
    ]
    inhabited = {"beta": "1", "lam": "1", "rho(a,w,b)": INHABITED["rho(a,w,b)"], "risk": "0"}
    return Proof(Statement(goal, MOMENT_HYPS, "", MOMENT_LET, inhabited), steps)
