"""Lemma 5.1 of JMLR 23(130): the curvature of the soft-plus units tends to an integral over the line w^m x + b = 0.

By dominated convergence, one variable at a time: over y the mass of the kernel e^y/(1 + e^y)^2 is 1, and the Gaussian
bound (5.7) on the densities dominates.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .critical_point import Steps

_KER = "exp(y)/(1+exp(y))**2"
_MASS = f"Int(y,-oo,oo,{_KER})"
LET = {
    "gauss(w,a)": "exp(-k*(a**2+w**2)/2)",
    "J": _MASS,
    "line(s,w,a)": "Int(y,-oo,oo,f(s,a,w,y))",
    "plane(s,w)": "Int(a,-oo,oo,line(s,w,a))",
    "first(s)": "Int(w,-oo,oo,plane(s,w))",
    "limit": "Int(w,-oo,oo,Int(a,-oo,oo,g(a,w)))",
}


def _kernel_mass() -> Steps:
    """The kernel is integrable over the line, with mass 1 (steps "I-ker", "mass")."""
    primitive = "-1/(1+exp(y))"
    return [
        step("decay", "limit", "Lim(y, exp(-y), 0)"),
        step("e--y", "sign", "0 < exp(-y)"),
        step("inverse", "identity", "exp(-y)*exp(y) == 1"),
        step("small'", "certificate", "1/(1+exp(y)) <= exp(-y)", "e--y", "inverse", times="1+exp(y)",
             terms=[["e--y"]], combine={"inverse": "1"}),
        step("pos'", "sign", "0 <= 1/(1+exp(y))"),
        step("size", "arithmetic", "Imp(0 <= i, i <= e, abs(-i-0) <= e)"),
        step("close", "apply", f"abs({primitive}-0) <= exp(-y)", "size", "pos'", "small'",
             put={"i": "1/(1+exp(y))", "e": "exp(-y)"}),
        step("y>0", "discharge", f"Imp(0 < y, abs({primitive}-0) <= exp(-y))", "close"),
        step("close.", "generalize", f"All(y, Imp(0 < y, abs({primitive}-0) <= exp(-y)))", "y>0"),
        step("vanishes", "apply", f"Lim(y, {primitive}, 0)", "axiom:squeeze", "decay", "close.", put={"l": "0"},
             symbols={"f(y)": primitive, "h(y)": "exp(-y)"}),
        step("d-ker", "derivative", f"HasDeriv(y, {primitive}, {_KER})"),
        step("ker>", "sign", f"0 <= {_KER}"),
        step("half", "fundamental-theorem", f"Int(y,0,oo,{_KER}) == 1/2", "d-ker", "vanishes", "ker>", F=primitive),
        step("I-half", "fundamental-theorem", f"Integrable(y,0,oo,{_KER})", "d-ker", "vanishes", "ker>", F=primitive),
        step("even", "identity", f"exp(-y)/(1+exp(-y))**2 == {_KER}"),
        step("even.", "generalize", f"All(y, exp(-y)/(1+exp(-y))**2 == {_KER})", "even"),
        step("I-ker", "apply", f"Integrable(y,-oo,oo,{_KER})", "axiom:even-integrable", "even.", "I-half",
             symbols={"f(y)": _KER}),
        step("both", "apply", f"{_MASS} == 2*Int(y,0,oo,{_KER})", "axiom:even-integrand", "even.",
             symbols={"f(y)": _KER}),
        step("mass", "identity", f"{_MASS} == 1", "both", "half", combine={"both": "1", "half": "2"}),
    ]  # fmt: skip


def _below(name: str, v: str, body: str, cap: str, pointwise: str, finite: str, cap_finite: str) -> Steps:
    """From |body| <= cap for a scale s > 0 the same of the integrals over v (step "name")."""
    whole, most = f"Int({v},-oo,oo,{body})", f"Int({v},-oo,oo,{cap})"
    return [
        step(f"{name}-up'", "arithmetic", f"{body} <= {cap}", pointwise),
        step(f"{name}-down'", "arithmetic", f"-{body} <= {cap}", pointwise),
        step(f"{name}-I-", "linear", f"Integrable({v},-oo,oo,-{body})", finite),
        step(f"{name}-up", "monotone", f"{whole} <= {most}", f"{name}-up'", finite, cap_finite),
        step(f"{name}-down", "monotone", f"Int({v},-oo,oo,-{body}) <= {most}", f"{name}-down'", f"{name}-I-",
             cap_finite),
        step(f"{name}-turn", "identity", f"Int({v},-oo,oo,-{body}) == -{whole}"),
        step(name, "arithmetic", f"abs({whole}) <= {most}", f"{name}-up", f"{name}-down", f"{name}-turn"),
    ]  # fmt: skip


def _converges(
    name: str, v: str, body: str, target: str, cap: str, outer: tuple[str, ...], known: dict[str, str]
) -> Steps:
    """Dominated convergence of the integral of `body` over v (step "name", said of all variables in `outer`)."""
    lim = f"Lim(s, Int({v},-oo,oo,{body}), Int({v},-oo,oo,{target}))"
    return [
        step(name, "apply", lim, "axiom:dominated-convergence", known["lim"], known["finite"], known["below"],
             known["cap"], symbols={f"f(s,{v})": body, f"g({v})": target, f"h({v})": cap}),
    ] + (
        [step(f"{name}.", "generalize", f"All({outer[0]}, {lim})", name)] if outer else []
    )  # fmt: skip


def build_delta_limit(tail: str = "C/(m*lam)") -> Proof:
    """Derive Lemma 5.1: the first part of the curvature tends to (5.4), and the second is at most C/(m lambda).

    f(s, a, w, y) is the first integrand of (5.6) at scale s after the change of variables (mf.changevar-5.1), and
    g(a, w) = a^m (w^m)^2 rho(a, w, -w^m x); rest is the second part (mf.eq-5.9, mf.eq-5.10).

    Arguments:
        tail: the bound on the distance in the limit; C/(m lambda) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma 5.1).

    Example:
        >>> build_delta_limit().statement.goal[:23]
        'Lim(s, first(s), J*limi'
    """
    cap = "B*exp(y)/(1+exp(y))**2*gauss(w,a)"
    cap_a, cap_w = "B*J*gauss(w,a)", "B*J*sqrt(2*pi/k)*exp(-k*w**2/2)"
    goal = f"Lim(s, first(s), J*limit) and J == 1 and abs(first(s)+rest(s)-limit) <= {tail}+abs(first(s)-limit)"
    hyps = {
        "k": "0 < k", "s": "0 < s",
        "lim": f"All(w, All(a, All(y, Lim(s, f(s,a,w,y), g(a,w)*({_KER})))))",
        "below": f"All(w, All(a, All(s, All(y, Imp(0 < s, abs(f(s,a,w,y)) <= {cap})))))",
        "I0": "All(w, All(a, All(s, Imp(0 < s, Integrable(y,-oo,oo,f(s,a,w,y))))))",
        "I1": "All(w, All(s, Imp(0 < s, Integrable(a,-oo,oo,line(s,w,a)))))",
        "I2": "All(s, Imp(0 < s, Integrable(w,-oo,oo,plane(s,w))))",
        "rest": "All(s, Imp(0 < s, abs(rest(s)) <= C/(m*lam)))",
    }  # fmt: skip
    e = "exp(-k*a**2/2)"
    steps: Steps = [
        *_kernel_mass(),
        step("at", "assume", "0 < s"),
        # over y
        step("lim-y", "apply", f"All(y, Lim(s, f(s,a,w,y), g(a,w)*({_KER})))", "lim", at={"w": "w", "a": "a"}),
        step("I0.", "apply", "All(s, Imp(0 < s, Integrable(y,-oo,oo,f(s,a,w,y))))", "I0", at={"w": "w", "a": "a"}),
        step("below-y", "apply", f"All(s, All(y, Imp(0 < s, abs(f(s,a,w,y)) <= {cap})))", "below",
             at={"w": "w", "a": "a"}),
        step("If", "assume", "Integrable(t,-oo,oo,q(t))"),
        step("scaled", "linear", "Integrable(t,-oo,oo,c*q(t))", "If"),
        step("factor", "identity", "Int(t,-oo,oo,c*q(t)) == c*Int(t,-oo,oo,q(t))"),
        step("cap-y", "apply", f"Integrable(y,-oo,oo,{cap})", "scaled", "I-ker", put={"c": "B*gauss(w,a)"},
             symbols={"q(y)": _KER}),
        *_converges("L0", "y", "f(s,a,w,y)", f"g(a,w)*({_KER})", cap, ("a",),
                    {"lim": "lim-y", "finite": "I0.", "below": "below-y", "cap": "cap-y"}),
        # over a
        step("I0-s", "apply", "Integrable(y,-oo,oo,f(s,a,w,y))", "I0.", "at", at={"s": "s"}),
        step("below-s", "apply", f"abs(f(s,a,w,y)) <= {cap}", "below-y", "at", at={"s": "s", "y": "y"}),
        *_below("size-a", "y", "f(s,a,w,y)", cap, "below-s", "I0-s", "cap-y"),
        step("out-y", "apply", f"Int(y,-oo,oo,{cap}) == {cap_a}", "factor", put={"c": "B*gauss(w,a)"},
             symbols={"q(y)": _KER}),
        step("size-a'", "arithmetic", f"abs(line(s,w,a)) <= {cap_a}", "size-a", "out-y"),
        step("size-a.'", "discharge", f"Imp(0 < s, abs(line(s,w,a)) <= {cap_a})", "size-a'"),
        step("size-a.", "generalize", f"All(s, All(a, Imp(0 < s, abs(line(s,w,a)) <= {cap_a})))", "size-a.'"),
        step("I1.", "apply", "All(s, Imp(0 < s, Integrable(a,-oo,oo,line(s,w,a))))", "I1", at={"w": "w"}),
        step("I-e", "apply", f"Integrable(a,-oo,oo,{e})", "axiom:gaussian-integrable", "k", put={"c": "k", "p": "0"}),
        step("cap-a", "apply", f"Integrable(a,-oo,oo,{cap_a})", "scaled", "I-e", put={"c": "B*J*exp(-k*w**2/2)"},
             symbols={"q(a)": e}),
        *_converges("L1", "a", "line(s,w,a)", f"Int(y,-oo,oo,g(a,w)*({_KER}))", cap_a, ("w",),
                    {"lim": "L0.", "finite": "I1.", "below": "size-a.", "cap": "cap-a"}),
        # over w
        step("I1-s", "apply", "Integrable(a,-oo,oo,line(s,w,a))", "I1.", "at", at={"s": "s"}),
        *_below("size-w", "a", "line(s,w,a)", cap_a, "size-a'", "I1-s", "cap-a"),
        step("out-a", "apply", f"Int(a,-oo,oo,{cap_a}) == B*J*exp(-k*w**2/2)*Int(a,-oo,oo,{e})", "factor",
             put={"c": "B*J*exp(-k*w**2/2)"}, symbols={"q(a)": e}),
        step("gauss-a", "apply", f"Int(a,-oo,oo,{e}) == sqrt(2*pi/k)", "axiom:gaussian-integral", "k", put={"c": "k"}),
        step("value-a", "identity", f"Int(a,-oo,oo,{cap_a}) == {cap_w}", "out-a", "gauss-a",
             combine={"out-a": "1", "gauss-a": "B*J*exp(-k*w**2/2)"}),
        step("size-w'", "arithmetic", f"abs(plane(s,w)) <= {cap_w}", "size-w", "value-a"),
        step("size-w.'", "discharge", f"Imp(0 < s, abs(plane(s,w)) <= {cap_w})", "size-w'"),
        step("size-w.", "generalize", f"All(s, All(w, Imp(0 < s, abs(plane(s,w)) <= {cap_w})))", "size-w.'"),
        step("I-ew", "apply", "Integrable(w,-oo,oo,exp(-k*w**2/2))", "axiom:gaussian-integrable", "k",
             put={"c": "k", "p": "0"}),
        step("cap-w", "apply", f"Integrable(w,-oo,oo,{cap_w})", "scaled", "I-ew", put={"c": "B*J*sqrt(2*pi/k)"},
             symbols={"q(w)": "exp(-k*w**2/2)"}),
        *_converges("L2", "w", "plane(s,w)", f"Int(a,-oo,oo,Int(y,-oo,oo,g(a,w)*({_KER})))", cap_w, (),
                    {"lim": "L1.", "finite": "I2", "below": "size-w.", "cap": "cap-w"}),
        step("rest.", "apply", "abs(rest(s)) <= C/(m*lam)", "rest", "s", at={"s": "s"}),
        step("triangle", "arithmetic", "Imp(abs(z) <= c, abs(y+z-l) <= c+abs(y-l))"),
        step("near", "apply", "abs(first(s)+rest(s)-limit) <= C/(m*lam)+abs(first(s)-limit)", "triangle", "rest.",
             put={"z": "rest(s)", "c": "C/(m*lam)", "y": "first(s)", "l": "limit"}),
        step("goal", "sign", goal, "L2", "mass", "near"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", LET, NONE, none_steps()), steps)


#: Nothing but a tail of size 1.
NONE = {"k": "1", "B": "0", "s": "1", "f(s,a,w,y)": "0", "g(a,w)": "0", "rest(s)": "1", "C": "1", "m": "1", "lam": "1"}


def none_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove at `NONE` what the hypotheses with quantifiers say.

    Returns:
        The steps.

    Example:
        >>> none_steps()[0]["for"]
        'lim'
    """
    zero = f"0*({_KER})"
    below = "Imp(0 < s, abs(0) <= 0*exp(y)/(1+exp(y))**2*exp(-1*(a**2+w**2)/2))"
    found: list[tuple[str, str, str, str, str]] = [
        ("lim", "limit", f"Lim(s, 0, {zero})", "", f"All(w, All(a, All(y, Lim(s, 0, {zero}))))"),
        ("below", "arithmetic", below, "", f"All(w, All(a, All(s, All(y, {below}))))"),
    ]
    for name, v, body, outer in (
        ("I0", "y", "0", ("w", "a", "s")), ("I1", "a", "Int(y,-oo,oo,0)", ("w", "s")),
        ("I2", "w", "Int(a,-oo,oo,Int(y,-oo,oo,0))", ("s",)),
    ):  # fmt: skip
        text = f"Integrable({v},-oo,oo,{body})"
        whole = f"Imp(0 < s, {text})"
        for u in reversed(outer):
            whole = f"All({u}, {whole})"
        found.append((name, "linear", text, f"Imp(0 < s, {text})", whole))
    rest = "Imp(0 < s, abs(1) <= 1/(1*1))"
    found.append(("rest", "arithmetic", rest, "", f"All(s, {rest})"))
    steps = []
    for name, rule, text, implied, whole in found:
        last = f"{name}-one"
        steps.append({"for": name, **step(last, rule, text)})
        if implied:
            steps.append({"for": name, **step(f"{name}-if", "discharge", implied, last)})
            last = f"{name}-if"
        steps.append({"for": name, **step(f"{name}-all", "generalize", whole, last)})
    return tuple(steps)
