"""The free energy (3.5) of JMLR 23(130) and its dual in M variables: weak duality, and equality at the Gibbs law.

For a density rho on the weights (a, w, b) it is F = (1/(2M)) sum_i (f_i - y_i)^2 + (lambda/2) m2 - H/beta, with f_i
the mean of a (w x_i + b)_+, m2 the mean of a^2 + w^2 + b^2 and -H the integral of rho log rho.  Relative entropy to the
Gibbs density of any r is not negative, and the rest is a square: F is at least the dual at r.
"""

from __future__ import annotations

import re

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps

DECLARE = "i:Z M:N"
_V = "(a*Sum(i, 1, M, r(i)*relu(w*x(i) + b)) + lam*(a**2 + w**2 + b**2)/2)"
# What is integrated: A the density, B its entropy, C second moment, K the units at the data, G the Gibbs weight.
PARTS = {
    "A": "rho(a,w,b)",
    "B": "rho(a,w,b)*log(rho(a,w,b))",
    "C": "(a**2 + w**2 + b**2)*rho(a,w,b)",
    "K": "a*relu(w*x(i) + b)*rho(a,w,b)",
    "G": f"exp(-beta*{_V})",
}


def _over(body: str, levels: int) -> str:
    """Return the integral over the first so many of a, b, w."""
    for v in ("a", "b", "w")[:levels]:
        body = f"Int({v},-oo,oo,{body})"
    return body


LET = {
    "Z": _over(PARTS["G"], 3),
    "mass": _over(PARTS["A"], 3),
    "entropy": _over(PARTS["B"], 3),
    "m2": _over(PARTS["C"], 3),
    "f(i)": _over(PARTS["K"], 3),
    "F": "1/(2*M)*Sum(i, 1, M, (f(i) - y(i))**2) + lam/2*m2 + entropy/beta",
}
_QUANTIFIED = (("w", "b"), ("w",), ())


def _integrable(name: str, level: int, outer: bool = True) -> str:
    body = f"Integrable({'abw'[level]},-oo,oo,{_over(PARTS[name], level)})"
    body = f"All(i, {body})" if name == "K" else body
    for v in reversed(_QUANTIFIED[level] if outer else ()):
        body = f"All({v}, {body})"
    return body


HYPS = {
    "beta": "0 < beta",
    "M": "1 <= M",
    "rho": "All(a, All(w, All(b, 0 <= rho(a,w,b))))",
    "mass": "mass == 1",
    "Z": "0 < Z",
    **{f"{name}{level}": _integrable(name, level) for name in PARTS for level in range(3)},
}
INHABITED = {
    "beta": "1", "lam": "1", "M": "1", "x(i)": "0", "y(i)": "1", "r(i)": "1/2",
    "rho(a,w,b)": "exp(-(a**2 + w**2 + b**2)/2)/sqrt(2*pi)**3",
}  # fmt: skip


def _at_a_point() -> Steps:
    """q log q + (v + c - 1) q + exp(-c - v) >= 0 for q >= 0, the tangent of the exponential (step "pointwise")."""
    goal = "0 <= q*log(q) + (v + c - 1)*q + exp(-c - v)"
    t = "-c - v - log(q)"
    return [
        step("q>0", "assume", "0 < q"),
        step("log", "apply", "exp(log(q)) == q", "axiom:logarithm", "q>0", put={"t": "q"}),
        step("tangent", "apply", f"1 + ({t}) <= exp({t})", "axiom:exponential-tangent", put={"t": t}),
        step("q exp", "identity", f"q*exp({t}) == exp(-c - v)", "log", combine={"log": f"-exp({t})"}),
        step("inside", "certificate", goal, "q>0", "tangent", "q exp", terms=[["q>0", "tangent"]],
             combine={"q exp": "-1"}),
        step("inside'", "discharge", f"Imp(0 < q, {goal})", "inside"),
        step("q=0", "assume", "q == 0"),
        step("exp>0", "sign", "0 < exp(-c - v)"),
        step("edge", "arithmetic", goal, "q=0", "exp>0"),
        step("edge'", "discharge", f"Imp(q == 0, {goal})", "edge"),
        step("q>=0", "assume", "0 <= q"),
        step("pointwise", "arithmetic", goal, "q>=0", "inside'", "edge'"),
    ]  # fmt: skip


def _combination(a: str, b: str, c: str, k: str, g: str) -> str:
    return f"{b} + beta*Sum(i, 1, M, r(i)*({k})) + beta*lam/2*({c}) + (log(Z) - 1)*({a}) + exp(-log(Z))*({g})"


def _of(level: int) -> str:
    return _combination(*(_over(PARTS[name], level) for name in "ABCKG"))


def _lemma() -> Steps:
    """The integral of the combination is the combination of the integrals (steps "finite" and "apart")."""
    body = _combination("A(t)", "B(t)", "C(t)", "K(i,t)", "G(t)")
    apart = _combination(*(f"Int(t,-oo,oo,{p})" for p in ("A(t)", "B(t)", "C(t)", "K(i,t)", "G(t)")))
    given = [step(f"I{p}", "assume", f"Integrable(t,-oo,oo,{p}(t))") for p in "ABCG"]
    return [
        *given,
        step("IK", "assume", "All(i, Integrable(t,-oo,oo,K(i,t)))"),
        step("finite", "linear", f"Integrable(t,-oo,oo,{body})", "IA", "IB", "IC", "IG", "IK"),
        step("apart", "linear", f"Int(t,-oo,oo,{body}) == {apart}", "IA", "IB", "IC", "IG", "IK"),
    ]


def _level(level: int) -> Steps:
    """Integrate the combination over one more of a, b, w (step "positive{level + 1}")."""
    v, at = "abw"[level], {u: u for u in _QUANTIFIED[level]}
    facts = [f"{name}{level}." if at else f"{name}{level}" for name in PARTS]
    symbols = {f"{name}({'i,' if name == 'K' else ''}t)": _over(PARTS[name], level) for name in PARTS}
    symbols = {head: _renamed(text, v) for head, text in symbols.items()}
    here = [
        step(f"{name}{level}.", "apply", _integrable(name, level, outer=False), f"{name}{level}", at=at)
        for name in PARTS
    ]
    return [
        *(here if at else []),
        step(f"finite{level}", "apply", f"Integrable({v},-oo,oo,{_of(level)})", "finite", *facts, symbols=symbols),
        step(f"apart{level}", "apply", f"Int({v},-oo,oo,{_of(level)}) == {_of(level + 1)}", "apart",
             *facts, symbols=symbols),
        step(f"mono{level}", "monotone", f"0 <= Int({v},-oo,oo,{_of(level)})", f"positive{level}", f"finite{level}"),
        step(f"positive{level + 1}", "certificate", f"0 <= {_of(level + 1)}", f"mono{level}", f"apart{level}",
             terms=[[f"mono{level}"]], combine={f"apart{level}": "-1"}),
    ]  # fmt: skip


def _renamed(text: str, v: str) -> str:
    """Return the text with t for the variable that is integrated next."""
    return re.sub(rf"\b{v}\b", "t", text)


def _relative_entropy() -> Steps:
    """The relative entropy to the Gibbs density of r is not negative (step "KL")."""
    return [
        *_at_a_point(),
        step("rho.", "apply", "0 <= rho(a,w,b)", "rho", at={"a": "a", "w": "w", "b": "b"}),
        step("positive0", "apply", f"0 <= {_of(0)}", "pointwise", "rho.",
             put={"q": "rho(a,w,b)", "v": f"beta*{_V}", "c": "log(Z)"}),
        *_lemma(),
        *_level(0),
        *_level(1),
        *_level(2),
        step("logZ", "apply", "exp(log(Z)) == Z", "axiom:logarithm", "Z", put={"t": "Z"}),
        step("1/Z", "identity", "exp(-log(Z))*Z == 1", "logZ", combine={"logZ": "-exp(-log(Z))"}),
        step("KL", "certificate", "0 <= entropy + beta*Sum(i, 1, M, r(i)*f(i)) + beta*lam/2*m2 + log(Z)",
             "positive3", "mass",
             "1/Z", terms=[["positive3"]], combine={"mass": "1 - log(Z)", "1/Z": "-1"}),
    ]  # fmt: skip


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
        *_relative_entropy(),
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
    linear = "-beta*Sum(i, 1, M, r(i)*({k})) - beta*lam/2*({c}) - log(Z)*({a})"
    body = linear.format(a="A(t)", c="C(t)", k="K(i,t)")
    apart = linear.format(**{p.lower(): f"Int(t,-oo,oo,{p}({'i,' if p == 'K' else ''}t))" for p in names})
    levels = [linear.format(**{p.lower(): _over(PARTS[p], n) for p in names}) for n in range(4)]
    steps = [
        step("IA", "assume", "Integrable(t,-oo,oo,A(t))"),
        step("IC", "assume", "Integrable(t,-oo,oo,C(t))"),
        step("IK", "assume", "All(i, Integrable(t,-oo,oo,K(i,t)))"),
        step("apart", "linear", f"Int(t,-oo,oo,{body}) == {apart}", "IA", "IC", "IK"),
        step("e0", "identity", f"{PARTS['B']} == {levels[0]}", "exp"),
    ]
    for n, v in enumerate("abw"):
        at = {u: u for u in _QUANTIFIED[n]}
        facts = [f"{p}{n}." if at else f"{p}{n}" for p in names]
        symbols = {f"{p}({'i,' if p == 'K' else ''}t)": _renamed(_over(PARTS[p], n), v) for p in names}
        for p in names if at else "":
            steps.append(step(f"{p}{n}.", "apply", _integrable(p, n, outer=False), f"{p}{n}", at=at))
        total = f"Int({v},-oo,oo,{levels[n]})"
        here = _over(PARTS["B"], n + 1)
        steps += [
            step(f"under{n}", "congruence", f"{here} == {total}", f"e{n}"),
            step(f"apart{n}", "apply", f"{total} == {levels[n + 1]}", "apart", *facts, symbols=symbols),
            step(f"e{n + 1}", "identity", f"{here} == {levels[n + 1]}", f"under{n}", f"apart{n}",
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
    masses = [_over(PARTS["A"], n) for n in range(4)]
    weights = [_over(f"{PARTS['G']}/Z", n) for n in range(4)]
    steps = [
        step("at", "apply", gibbs, "gibbs", at={"a": "a", "w": "w", "b": "b"}),
        *[step(f"mass{n}", "congruence", f"{masses[n]} == {weights[n]}",
        f"mass{n - 1}" if n > 1 else "at") for n in (1, 2, 3)],
        step("mass", "identity", "mass == 1", "mass3", "Z"),
        step("logZ", "apply", "exp(log(Z)) == Z", "axiom:logarithm", "Z", put={"t": "Z"}),
        step("1/Z", "identity", "exp(-log(Z)) == 1/Z", "logZ", "Z", combine={"logZ": "-exp(-log(Z))/Z"}),
        step("exp", "identity", f"rho(a,w,b) == exp(-beta*{_V} - log(Z))", "at", "1/Z",
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
