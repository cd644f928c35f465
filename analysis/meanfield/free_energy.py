"""The free energy (3.5) of JMLR 23(130) and its dual in M variables: weak duality, and equality at the Gibbs law.

For a density rho on the weights (a, w, b) it is F = (1/(2M)) sum_i (f_i - y_i)^2 + (lambda/2) m2 - H/beta, with f_i
the mean of a (w x_i + b)_+, m2 the mean of a^2 + w^2 + b^2 and -H the integral of rho log rho.  Relative entropy to the
Gibbs density of any r is not negative, and the rest is a square: F is at least the dual at r.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps
from .relative_entropy import instances, integrable, over, relative_entropy, symbol, whole

DECLARE = "i:Z M:N"
#: The energy of a neuron (a, w, b) in the Gibbs weight of r.
ENERGY = "(a*Sum(i, 1, M, r(i)*relu(w*x(i) + b)) + lam*(a**2 + w**2 + b**2)/2)"
# What is integrated: A the density, B its entropy, C second moment, K the units at the data, G the Gibbs weight.
PARTS = {
    "A": "rho(a,w,b)",
    "B": "rho(a,w,b)*log(rho(a,w,b))",
    "C": "(a**2 + w**2 + b**2)*rho(a,w,b)",
    "K": "a*relu(w*x(i) + b)*rho(a,w,b)",
    "G": f"exp(-beta*{ENERGY})",
}


LET = {
    "Z": over(PARTS["G"], 3),
    "mass": over(PARTS["A"], 3),
    "entropy": over(PARTS["B"], 3),
    "m2": over(PARTS["C"], 3),
    "f(i)": over(PARTS["K"], 3),
    "F": "1/(2*M)*Sum(i, 1, M, (f(i) - y(i))**2) + lam/2*m2 + entropy/beta",
}
HYPS = {
    "beta": "0 < beta",
    "M": "1 <= M",
    "rho": "All(a, All(w, All(b, 0 <= rho(a,w,b))))",
    "mass": "mass == 1",
    "Z": "0 < Z",
    **{f"{name}{level}": integrable(PARTS, name, level) for name in PARTS for level in range(3)},
}
INHABITED = {
    "beta": "1", "lam": "1", "M": "1", "x(i)": "0", "y(i)": "1", "r(i)": "1/2",
    "rho(a,w,b)": "exp(-(a**2 + w**2 + b**2)/2)/sqrt(2*pi)**3",
}  # fmt: skip


def build_weak_duality(quadratic: str = "M/2", log: str = "log(Z)/beta") -> Proof:
    """Return the proof of F(rho) >= -(log(Z(r))/beta + (M/2)|r|^2 + sum_i r_i y_i) for every density rho and every r.

    Arguments:
        quadratic: factor of |r|^2.
        log: the part with the partition function.

    Example:
        >>> build_weak_duality().statement.goal[-4:]
        '<= F'
    """
    goal = f"-({log} + ({quadratic})*Sum(i, 1, M, r(i)**2) + Sum(i, 1, M, r(i)*y(i))) <= F"
    steps = [
        *relative_entropy(PARTS, f"beta*{ENERGY}", "beta*Sum(i, 1, M, r(i)*f(i)) + beta*lam/2*m2"),
        step("sq", "sign", "0 <= (f(i) - y(i) - M*r(i))**2"),
        step("squares", "monotone", "0 <= Sum(i, 1, M, (f(i) - y(i) - M*r(i))**2)", "sq"),
        step("1/beta", "sign", "0 < 1/beta", "beta"),
        step("M>0", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("1/M", "sign", "0 < 1/(2*M)", "M>0"),
        step("end", "certificate", goal, "KL", "squares", "1/beta", "1/M", "beta", "M>0",
             terms=[["1/beta", "KL"], ["1/M", "squares"]]),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, LET, INHABITED), steps)


def _entropy_by_parts() -> Steps:
    """The Gibbs density's entropy is linear in its moments (step "entropy")."""
    names = "ACK"
    linear = "-beta*Sum(i, 1, M, r(i)*({K})) - beta*lam/2*({C}) - log(Z)*({A})"
    body = linear.format(**{name: symbol(name) for name in names})
    apart = linear.format(**{name: f"Int(t,-oo,oo,{symbol(name)})" for name in names})
    levels = [linear.format(**{name: over(PARTS[name], n) for name in names}) for n in range(4)]
    steps: Steps = [
        *[step(f"I{name}", "assume", whole(name)) for name in names],
        step("apart", "linear", f"Int(t,-oo,oo,{body}) == {apart}", *[f"I{name}" for name in names]),
        step("e0", "identity", f"{PARTS['B']} == {levels[0]}", "exp"),
    ]
    for n, v in enumerate("abw"):
        here, facts, symbols = instances(names, n, PARTS)
        total, left = f"Int({v},-oo,oo,{levels[n]})", over(PARTS["B"], n + 1)
        steps += [
            *here,
            step(f"under{n}", "congruence", f"{left} == {total}", f"e{n}"),
            step(f"apart{n}", "apply", f"{total} == {levels[n + 1]}", "apart", *facts, symbols=symbols),
            step(f"e{n + 1}", "identity", f"{left} == {levels[n + 1]}", f"under{n}", f"apart{n}",
                 combine={f"under{n}": "1", f"apart{n}": "1"}),
        ]  # fmt: skip
    return steps


def build_equality(quadratic: str = "M/2", log: str = "log(Z)/beta") -> Proof:
    """Return the proof that F equals the dual at r if rho is the Gibbs density of r and M r_i = f_i - y_i.

    Arguments:
        quadratic: factor of |r|^2.
        log: the part with the partition function.

    Example:
        >>> build_equality().statement.goal[:4]
        'F =='
    """
    goal = f"F == -({log} + ({quadratic})*Sum(i, 1, M, r(i)**2) + Sum(i, 1, M, r(i)*y(i)))"
    gibbs = f"rho(a,w,b) == {PARTS['G']}/Z"
    hyps = {k: v for k, v in HYPS.items() if k[0] not in "BG" and k not in ("rho", "mass")}
    hyps |= {
        "gibbs": f"All(a, All(w, All(b, {gibbs})))",
        "stationary": "All(i, Imp(1 <= i, i <= M, M*r(i) == f(i) - y(i)))",
    }
    masses = [over(PARTS["A"], n) for n in range(4)]
    weights = [over(f"{PARTS['G']}/Z", n) for n in range(4)]
    steps = [
        step("at", "apply", gibbs, "gibbs", at={"a": "a", "w": "w", "b": "b"}),
        *[step(f"mass{n}", "congruence", f"{masses[n]} == {weights[n]}",
        f"mass{n - 1}" if n > 1 else "at") for n in (1, 2, 3)],
        step("mass", "identity", "mass == 1", "mass3", "Z"),
        step("logZ", "apply", "exp(log(Z)) == Z", "axiom:logarithm", "Z", put={"t": "Z"}),
        step("1/Z", "identity", "exp(-log(Z)) == 1/Z", "logZ", "Z", combine={"logZ": "-exp(-log(Z))/Z"}),
        step("exp", "identity", f"rho(a,w,b) == exp(-beta*{ENERGY} - log(Z))", "at", "1/Z",
             combine={"at": "1", "1/Z": f"-{PARTS['G']}"}),
        *_entropy_by_parts(),
        step("i1", "assume", "1 <= i"),
        step("iM", "assume", "i <= M"),
        step("st", "apply", "M*r(i) == f(i) - y(i)", "stationary", "i1", "iM", at={"i": "i"}),
        step("sq", "identity", "(f(i) - y(i))**2 == (M*r(i))**2", "st", combine={"st": "-(f(i) - y(i) + M*r(i))"}),
        step("rf", "identity", "r(i)*f(i) == r(i)*(M*r(i) + y(i))", "st", combine={"st": "-r(i)"}),
        step("sqs", "congruence", "Sum(i, 1, M, (f(i) - y(i))**2) == Sum(i, 1, M, (M*r(i))**2)", "sq"),
        step("rfs", "congruence", "Sum(i, 1, M, r(i)*f(i)) == Sum(i, 1, M, r(i)*(M*r(i) + y(i)))", "rf"),
        step("M>0", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("end", "identity", goal, "e3", "mass", "sqs", "rfs", "M>0", "beta",
             combine={"e3": "1/beta", "sqs": "1/(2*M)", "rfs": "-1", "mass": "-log(Z)/beta"}),
    ]  # fmt: skip
    inhabited = {**INHABITED, "r(i)": "0", "y(i)": "0"}
    return Proof(Statement(goal, hyps, DECLARE, LET, inhabited), steps)
