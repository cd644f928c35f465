"""Lemma 5.1 of JMLR 23(130): the curvature under the soft-plus activation tends to the integral (5.4)."""

from __future__ import annotations

from collections.abc import Mapping

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .critical_point import Steps
from .gaussian_tail import lemmas
from .relative_entropy import integrable, over

_QUANTIFIED = (("w", "b"), ("w",), ())


def build_rescaled_line(scale: str = "tau") -> Proof:
    """Derive p. 19: with y = tau (w^m x + b) the factor tau of the second derivative cancels db = dy/tau.

    K is any kernel, such as exp(y)/(1 + exp(y))^2 where y <= tau x_m and 0 beyond.

    Arguments:
        scale: the factor of the kernel; tau in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 19).

    Example:
        >>> build_rescaled_line().statement.hyps
        {'tau': '0 < tau'}
    """
    left = f"al(a)*v(w)**2*({scale}*K(tau*(v(w)*x+b)))*rho(a,w,b)"
    true = left.replace(f"({scale}*K", "(tau*K")
    right = "al(a)*v(w)**2*K(y)*rho(a,w,y/tau-v(w)*x)"
    here, there = f"Int(b,-oo,oo,{left})", f"Int(y,-oo,oo,{right})"
    goal = f"Int(w,-oo,oo,Int(a,-oo,oo,{here})) == Int(w,-oo,oo,Int(a,-oo,oo,{there}))"
    moved = true.replace("v(w)*x+b", "v(w)*x+(1/tau*y+(-v(w)*x))").replace("(a,w,b)", "(a,w,1/tau*y+(-v(w)*x))")
    steps = [
        step("c", "sign", "1/tau != 0", "tau"),
        step("abs", "arithmetic", "Imp(0 < t, t*i == 1, 1/abs(i) == t)"),
        step("unit", "identity", "tau*(1/tau) == 1", "tau"),
        step("abs'", "apply", "1/abs(1/tau) == tau", "abs", "tau", "unit", put={"t": "tau", "i": "1/tau"}),
        step("affine", "apply", f"Int(y,-oo,oo,{moved}) == Int(b,-oo,oo,{true})/abs(1/tau)",
             "axiom:affine-substitution", "c", put={"c": "1/tau", "s": "-v(w)*x"}, symbols={"f(b)": true}),
        step("body", "identity", f"{moved} == tau*({right})", "tau"),
        step("under", "congruence", f"Int(y,-oo,oo,{moved}) == Int(y,-oo,oo,tau*({right}))", "body"),
        step("out", "identity", f"Int(y,-oo,oo,tau*({right})) == tau*{there}"),
        step("line", "identity", f"Int(b,-oo,oo,{true}) == {there}", "affine", "abs'", "under", "out", "tau",
             combine={"affine": "-1/tau", "under": "1/tau", "out": "1/tau"}),
        step("a", "congruence", f"Int(a,-oo,oo,Int(b,-oo,oo,{true})) == Int(a,-oo,oo,{there})", "line"),
        step("w", "congruence", f"Int(w,-oo,oo,Int(a,-oo,oo,Int(b,-oo,oo,{true}))) == {goal.split(' == ')[1]}", "a"),
        step("goal", "identity", goal, "w", combine={"w": "1"}),
    ]  # fmt: skip
    return Proof(Statement(goal, {"tau": "0 < tau"}, inhabited={"tau": "1"}), steps)


def _iterated(parts: Mapping[str, str], low: str, high: str, start: str) -> Steps:
    """Carry low <= high (step `start`) under the integrals over a, b and w (step "{start}3")."""
    steps: Steps = []
    for n in range(3):
        names = []
        for name in (low, high):
            if _QUANTIFIED[n]:
                steps.append(
                    step(
                        f"{start}-{name}{n}",
                        "apply",
                        integrable(parts, name, n, outer=False),
                        f"{name}{n}",
                        at={u: u for u in _QUANTIFIED[n]},
                    )
                )
                names.append(f"{start}-{name}{n}")
            else:
                names.append(f"{name}{n}")
        before = start if n == 0 else f"{start}{n}"
        text = f"{over(parts[low], n + 1)} <= {over(parts[high], n + 1)}"
        steps.append(step(f"{start}{n + 1}", "monotone", text, before, *names))
    return steps


def build_tail_term(share: str = "1/m") -> Proof:
    """Derive (5.9): the part of the curvature beyond the truncation is at most (1/m) int w^2 rho in modulus.

    |a^m| <= m, |w^m| <= |w|, and the second derivative h of the truncation is at most 1/m^2.

    Arguments:
        share: the factor; 1/m in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.9)).

    Example:
        >>> build_tail_term().statement.goal[:4]
        'abs('
    """
    parts = {
        "U": "al(a)*v(w)**2*h(w,b)*rho(a,w,b)", "N": "-(al(a)*v(w)**2*h(w,b)*rho(a,w,b))",
        "V": "1/m*(w**2*rho(a,w,b))", "W": "w**2*rho(a,w,b)",
    }  # fmt: skip
    goal = f"abs({over(parts['U'], 3)}) <= ({share})*{over(parts['W'], 3)}"
    hyps = {
        "m": "0 < m", "al": "All(a, abs(al(a)) <= m)", "v": "All(w, v(w)**2 <= w**2)",
        "h": "All(w, All(b, abs(h(w,b)) <= 1/m**2))", "rho": "All(a, All(w, All(b, 0 <= rho(a,w,b))))",
        **{f"{name}{n}": integrable(parts, name, n) for name in "UW" for n in range(3)},
    }  # fmt: skip
    steps: Steps = [
        step("al.", "apply", "abs(al(a)) <= m", "al", at={"a": "a"}),
        step("v.", "apply", "v(w)**2 <= w**2", "v", at={"w": "w"}),
        step("h.", "apply", "abs(h(w,b)) <= 1/m**2", "h", at={"w": "w", "b": "b"}),
        step("rho.", "apply", "0 <= rho(a,w,b)", "rho", at={"a": "a", "w": "w", "b": "b"}),
        step("v0", "sign", "0 <= v(w)**2"),
        step("i0", "sign", "0 < 1/m**2", "m"),
        step("lemma", "arithmetic", "Imp(abs(y) <= n, abs(z) <= j, 0 < n, 0 < j, y*z <= n*j and -(y*z) <= n*j)"),
        step("both", "apply", "al(a)*h(w,b) <= m*(1/m**2) and -(al(a)*h(w,b)) <= m*(1/m**2)", "lemma", "al.", "h.", "m",
             "i0", put={"y": "al(a)", "z": "h(w,b)", "n": "m", "j": "1/m**2"}),
    ]  # fmt: skip
    for start, sign, name in (("up", "", "U"), ("down", "-", "N")):
        steps += [
            step(f"{start}-p", "arithmetic", f"{sign}(al(a)*h(w,b)) <= m*(1/m**2)", "both"),
            step(start, "certificate", f"{parts[name]} <= {parts['V']}", f"{start}-p", "v.", "v0", "rho.", "m",
                 terms=[[f"{start}-p", "v0", "rho."], ["c:1/m", "v.", "rho."]]),
        ]  # fmt: skip
    derived: Steps = [
        step("If", "assume", "Integrable(t,-oo,oo,f(t))"),
        step("scaled", "linear", "Integrable(t,-oo,oo,c*f(t))", "If"),
    ]
    for name, source, c in (("N", "U", "-1"), ("V", "W", "1/m")):
        for n in range(3):
            v, at = "abw"[n], {u: u for u in _QUANTIFIED[n]}
            given = f"{source}{n}"
            if at:
                derived.append(
                    step(f"{name}-{source}{n}", "apply", integrable(parts, source, n, outer=False), given, at=at)
                )
                given = f"{name}-{source}{n}"
            last = step(
                f"{name}{n}" if not at else f"{name}{n}'",
                "apply",
                integrable(parts, name, n, outer=False),
                "scaled",
                given,
                put={"c": c},
                symbols={f"f({v})": over(parts[source], n)},
            )
            derived.append(last)
            if at:
                derived.append(step(f"{name}{n}", "generalize", integrable(parts, name, n), f"{name}{n}'"))
    steps += [
        *derived,
        *_iterated(parts, "U", "V", "up"),
        *_iterated(parts, "N", "V", "down"),
        step("turn", "identity", f"{over(parts['N'], 3)} == -({over(parts['U'], 3)})"),
        step("out", "identity", f"{over(parts['V'], 3)} == 1/m*{over(parts['W'], 3)}"),
        step("abs", "arithmetic", "Imp(y <= z, n <= z, n == -y, z == q, abs(y) <= q)"),
        step("end", "apply", f"abs({over(parts['U'], 3)}) <= 1/m*{over(parts['W'], 3)}", "abs", "up3", "down3", "turn",
             "out", put={"y": over(parts["U"], 3), "z": over(parts["V"], 3), "n": over(parts["N"], 3),
                         "q": f"1/m*{over(parts['W'], 3)}"}),
        step("goal", "sign", goal, "end"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", {}, FLAT, flat_steps()), steps)


#: A Gaussian density with weights at the bounds of the truncations, m = 2.
FLAT = {
    "m": "2", "al(a)": "2", "v(w)": "w", "h(w,b)": "1/4", "rho(a,w,b)": "exp(-(a**2+w**2+b**2)/2)/sqrt(2*pi)**3",
}  # fmt: skip


def flat_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove at `FLAT` the bounds on the truncations.

    Returns:
        The steps for the hypotheses with quantifiers.

    Example:
        >>> len(flat_steps())
        8
    """
    density = FLAT["rho(a,w,b)"]
    bodies = [
        ("al", "arithmetic", "abs(2) <= 2", "All(a, abs(2) <= 2)"),
        ("v", "arithmetic", "w**2 <= w**2", "All(w, w**2 <= w**2)"),
        ("h", "arithmetic", "abs(1/4) <= 1/2**2", "All(w, All(b, abs(1/4) <= 1/2**2))"),
        ("rho", "sign", f"0 <= {density}", f"All(a, All(w, All(b, 0 <= {density})))"),
    ]
    return tuple(
        {"for": name, **line}
        for name, rule, body, whole in bodies
        for line in (step(f"{name}-one", rule, body), step(f"{name}-all", "generalize", whole, f"{name}-one"))
    )


def build_tail_moment(bound: str = "C/(m*lam)") -> Proof:
    """Derive (5.10): (1/m) int w^2 rho <= C/(m lambda) if the second moment is at most C/lambda (Lemma A.2).

    With the bound C of mf.eq-5.30 in place of C/lambda it is at most C/m, which is sharper.

    Arguments:
        bound: the bound; C/(m lambda) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.10)).

    Example:
        >>> build_tail_moment().statement.goal[:3]
        '1/m'
    """
    parts = {"W": "w**2*rho(a,w,b)", "C": "(a**2+w**2+b**2)*rho(a,w,b)"}
    goal = f"1/m*{over(parts['W'], 3)} <= {bound}"
    hyps = {
        "m": "0 < m", "lam": "0 < lam", "rho": "All(a, All(w, All(b, 0 <= rho(a,w,b))))",
        "moment": f"{over(parts['C'], 3)} <= C/lam",
        **{f"{name}{n}": integrable(parts, name, n) for name in "WC" for n in range(3)},
    }  # fmt: skip
    steps = [
        step("rho.", "apply", "0 <= rho(a,w,b)", "rho", at={"a": "a", "w": "w", "b": "b"}),
        step("part", "certificate", f"{parts['W']} <= {parts['C']}", "rho.",
             terms=[["sq:a", "rho."], ["sq:b", "rho."]]),
        *_iterated(parts, "W", "C", "part"),
        step("chain", "arithmetic", "Imp(y <= z, z <= q, y <= q)"),
        step("all", "apply", f"{over(parts['W'], 3)} <= C/lam", "chain", "part3", "moment",
             put={"y": over(parts["W"], 3), "z": over(parts["C"], 3), "q": "C/lam"}),
        step("end", "certificate", f"1/m*{over(parts['W'], 3)} <= C/(m*lam)", "all", "m", "lam", terms=[["all"]],
             times="m"),
        step("goal", "sign", goal, "end"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", {}, GAUSSIAN, gaussian_steps()), steps)


#: The standard Gaussian, of second moment 3.
GAUSSIAN = {"m": "2", "lam": "1", "C": "3", "rho(a,w,b)": FLAT["rho(a,w,b)"]}


def gaussian_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove that the standard Gaussian density is not negative.

    Returns:
        The steps for the hypothesis "rho".

    Example:
        >>> len(gaussian_steps())
        2
    """
    return tuple(s for s in flat_steps() if s["for"] == "rho")


_WEIGHT = "exp(-beta*(Sum(i, 1, M, r(i)*u(i,a,w,b))+lam/2*(a**2+w**2+b**2)))"
_SIZE = "2*m**3*Sum(i, 1, M, abs(r(i)))"


def _gaussian_below() -> Steps:
    """exp(-beta size) times the Gaussian is below the Gibbs weight, and so are their integrals (step "below3")."""
    low, root, bl = f"exp(-beta*({_SIZE}))", "sqrt(2*pi/(beta*lam))", "(beta*lam)"
    sums = ("a**2+w**2+b**2", "w**2+b**2", "w**2")
    under = [f"{low}*{root}**{n}*exp(-{bl}*({s})/2)" for n, s in enumerate(sums)] + [f"{low}*{root}**3"]
    steps: Steps = [step("bl", "sign", f"0 < {bl}", "beta", "lam")]
    for n, v in enumerate("abw"):
        rest = (f"exp(-{bl}*(w**2+b**2)/2)", f"exp(-{bl}*w**2/2)", "1")[n]
        g, scale, weight = f"exp(-{bl}*{v}**2/2)", f"({low}*{root}**{n}*{rest})", over(_WEIGHT, n)
        finite = f"Integrable({v},-oo,oo,{weight})"
        given = f"G{n}"
        if _QUANTIFIED[n]:
            steps.append(step(f"G{n}.", "apply", finite, given, at={u: u for u in _QUANTIFIED[n]}))
            given = f"G{n}."
        steps += [
            step(f"I{n}'", "apply", f"Integrable({v},-oo,oo,{g})", "axiom:gaussian-integrable", "bl",
                 put={"c": bl, "p": "0"}),
            step(f"I{n}", "apply", f"Integrable({v},-oo,oo,{under[n]})", "scaled", f"I{n}'", put={"c": scale},
                 symbols={f"f({v})": g}),
            step(f"mono{n}", "monotone", f"Int({v},-oo,oo,{under[n]}) <= {over(_WEIGHT, n + 1)}", f"below{n}", f"I{n}",
                 given),
            step(f"out{n}", "apply", f"Int({v},-oo,oo,{under[n]}) == {scale}*Int({v},-oo,oo,{g})", "factor",
                 put={"c": scale}, symbols={f"f({v})": g}),
            step(f"gauss{n}", "apply", f"Int({v},-oo,oo,{g}) == {root}", "axiom:gaussian-integral", "bl",
                 put={"c": bl}),
            step(f"value{n}", "identity", f"Int({v},-oo,oo,{under[n]}) == {under[n + 1]}", f"out{n}", f"gauss{n}",
                 combine={f"out{n}": "1", f"gauss{n}": scale}),
            step(f"below{n + 1}", "certificate", f"{under[n + 1]} <= {over(_WEIGHT, n + 1)}", f"mono{n}", f"value{n}",
                 terms=[[f"mono{n}"]], combine={f"value{n}": "1"}),
        ]  # fmt: skip
    return steps


def build_density_bound(twice: str = "2") -> Proof:
    """Derive (5.7): the Gibbs density is at most C' exp(-beta lambda |theta|^2/2), with an explicit C'.

    C' = exp(4 beta m^3 sum_i |r_i|) (beta lambda/(2 pi))^(3/2), since a unit is at most 2 m^3: once from the weight,
    once from the partition function below it.

    Arguments:
        twice: how often the size enters the exponent; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.7), (A.4) and (A.5), with an explicit constant).

    Example:
        >>> sorted(build_density_bound().statement.hyps)
        ['G0', 'G1', 'G2', 'beta', 'lam', 'unit']
    """
    z, root = over(_WEIGHT, 3), "sqrt(2*pi/(beta*lam))"
    gauss = "exp(-(beta*lam)*(a**2+w**2+b**2)/2)"
    goal = f"{_WEIGHT}/{z} <= exp({twice}*beta*({_SIZE}))/{root}**3*{gauss}"
    hyps = {
        "beta": "0 < beta", "lam": "0 < lam",
        "unit": "All(i, All(a, All(w, All(b, abs(u(i,a,w,b)) <= 2*m**3))))",
        **{f"G{n}": integrable({"G": _WEIGHT}, "G", n) for n in range(3)},
    }  # fmt: skip
    total = "Sum(i, 1, M, r(i)*u(i,a,w,b))"
    low, high = f"exp(-beta*({_SIZE}))", f"exp(beta*({_SIZE}))"
    square = "(beta*lam)*(a**2+w**2+b**2)/2"
    steps = [
        *lemmas(),
        step("unit.", "apply", "abs(u(i,a,w,b)) <= 2*m**3", "unit", at={"i": "i", "a": "a", "w": "w", "b": "b"}),
        step("term", "arithmetic", "Imp(abs(y) <= n, q*y <= n*abs(q) and -(q*y) <= n*abs(q))"),
        step("terms", "apply", "r(i)*u(i,a,w,b) <= 2*m**3*abs(r(i)) and -(r(i)*u(i,a,w,b)) <= 2*m**3*abs(r(i))",
             "term", "unit.", put={"y": "u(i,a,w,b)", "n": "2*m**3", "q": "r(i)"}),
        step("up'", "arithmetic", "r(i)*u(i,a,w,b) <= 2*m**3*abs(r(i))", "terms"),
        step("down'", "arithmetic", "-(r(i)*u(i,a,w,b)) <= 2*m**3*abs(r(i))", "terms"),
        step("up", "monotone", f"{total} <= Sum(i, 1, M, 2*m**3*abs(r(i)))", "up'"),
        step("down", "monotone", "Sum(i, 1, M, -(r(i)*u(i,a,w,b))) <= Sum(i, 1, M, 2*m**3*abs(r(i)))", "down'"),
        step("least", "certificate", f"-beta*({_SIZE})-{square} <= -beta*({total}+lam/2*(a**2+w**2+b**2))", "up",
             "beta", terms=[["up", "beta"]]),
        step("most", "certificate", f"-beta*({total}+lam/2*(a**2+w**2+b**2)) <= beta*({_SIZE})-{square}", "down",
             "beta", terms=[["down", "beta"]]),
        step("least-exp", "apply", f"exp(-beta*({_SIZE})-{square}) <= {_WEIGHT}", "exp-order", "least",
             put={"u": f"-beta*({_SIZE})-{square}", "z": f"-beta*({total}+lam/2*(a**2+w**2+b**2))"}),
        step("most-exp", "apply", f"{_WEIGHT} <= exp(beta*({_SIZE})-{square})", "exp-order", "most",
             put={"u": f"-beta*({total}+lam/2*(a**2+w**2+b**2))", "z": f"beta*({_SIZE})-{square}"}),
        step("below0", "certificate", f"{low}*{root}**0*{gauss} <= {_WEIGHT}", "least-exp", terms=[["least-exp"]]),
        step("above", "certificate", f"{_WEIGHT} <= {high}*{gauss}", "most-exp", terms=[["most-exp"]]),
        *_gaussian_below(),
        step("in-root", "sign", "0 < 2*pi/(beta*lam)", "beta", "lam"),
        step("root", "sign", f"0 < {root}", "in-root"),
        step("floor", "sign", f"0 < {low}*{root}**3", "root"),
        step("Z", "arithmetic", f"0 < {z}", "floor", "below3"),
        step("end", "certificate", f"{_WEIGHT}/{z} <= exp(2*beta*({_SIZE}))/{root}**3*{gauss}", "below3", "above",
             "Z", "root", times=f"{z}*{root}**3",
             terms=[[f"c:exp(2*beta*({_SIZE}))*{gauss}", "below3"], [f"c:{root}**3", "above"]]),
        step("goal", "sign", goal, "end"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "i:Z M:N", {}, STILL, still_steps()), steps)


#: One unit at its largest, constant in the weights.
STILL = {"beta": "1", "lam": "1", "m": "1", "M": "1", "r(i)": "1", "u(i,a,w,b)": "0"}


def still_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove at `STILL` that the unit is bounded.

    Returns:
        The steps for the hypothesis "unit".

    Example:
        >>> len(still_steps())
        2
    """
    body = "abs(0) <= 2*1**3"
    return (
        {"for": "unit", **step("one", "arithmetic", body)},
        {"for": "unit", **step("all", "generalize", f"All(i, All(a, All(w, All(b, {body}))))", "one")},
    )
