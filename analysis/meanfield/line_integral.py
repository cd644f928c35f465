"""The integral (5.4) of JMLR 23(130) at m = tau = infinity, exactly: the curvature of the predictor (5.1), and (5.18).

On the line b = -w s the active units are those to the right for w > 0 and those to the left for w < 0; the integral
over a is the mean of a Gaussian, and what is left is a third moment over either half-line of w.
Derived in this project.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from . import curvature, sharper
from .gibbs import DECLARE, HYPS, INHABITED, Steps
from .predictor import PREDICTOR_LET, mean_over_a

#: As for the predictor, with w^2 in place of a unit.
LINE_LET = {
    **{name: curvature.LET[name] for name in ("g(phi)", "P", "Q", "h(phi)")},
    **{name: PREDICTOR_LET[name] for name in ("S(w,b)", "density(a,w,b)", "plane(w,b)")},
    "unit(w,b)": "w**2",
    "mean(w,b)": "-(S(w,b)/lam)*w**2*plane(w,b)",
    "dP": sharper.LET["dP"],
    "dQ": sharper.LET["dQ"],
}
LINE = "Int(w,-oo,oo,Int(a,-oo,oo,a*w**2*density(a,w,-w*s)))"
_ROOT = "sqrt(2*pi/(beta*lam))"


def _third_moment() -> Steps:
    """The third moment over the half-line, and its integrability over the line (steps "third", "I3")."""
    e = "exp(-c*w**2/2)"
    primitive = f"-(w**2/c+2/c**2)*{e}"
    even = f"abs(w)**3*{e}"
    return [
        step("c", "assume", "0 < c"),
        step("w", "assume", "0 <= w"),
        step("abs-w", "arithmetic", "abs(w) == w", "w"),
        step("cube>", "sign", f"0 <= {even}", "w"),
        step("d3", "derivative", f"HasDeriv(w, {primitive}, {even})", "c", "abs-w"),
        step("lim3", "limit", f"Lim(w, {primitive}, 0)", "c"),
        step("third'", "fundamental-theorem", f"Int(w,0,oo,{even}) == 2/c**2", "d3", "lim3", "cube>", "c", F=primitive),
        step("third-w", "identity", f"{even} == w**3*{e}", "abs-w"),
        step("third=", "congruence", f"Int(w,0,oo,{even}) == Int(w,0,oo,w**3*{e})", "third-w"),
        step("third", "identity", f"Int(w,0,oo,w**3*{e}) == 2/c**2", "third'", "third=",
             combine={"third'": "1", "third=": "-1"}),
        step("half3", "fundamental-theorem", f"Integrable(w,0,oo,{even})", "d3", "lim3", "cube>", F=primitive),
        step("even", "identity", f"abs(-w)**3*exp(-c*(-w)**2/2) == {even}"),
        step("even.", "generalize", f"All(w, abs(-w)**3*exp(-c*(-w)**2/2) == {even})", "even"),
        step("I3", "apply", f"Integrable(w,-oo,oo,{even})", "axiom:even-integrable", "even.", "half3",
             symbols={"f(w)": even}),
    ]  # fmt: skip


def _side(name: str, w: str, side: str, unit: str, gap: str) -> Steps:
    """The mean of a on one half of the line, and its integral there (steps "{name}-mean", "{name}-int")."""
    argument = f"{w}*x(i)+(-({w})*s)"
    rate, d = f"(beta*(lam*(1+s**2)-{side}**2/lam))", "dP" if side == "P" else "dQ"
    cube = f"-({side}/lam)*(w**3*exp(-{rate}*w**2/2))"
    total, mean = f"S({w},-({w})*s)", f"mean({w},-({w})*s)"
    return [
        step(f"{name}-relu", "arithmetic", f"relu({argument}) == w*relu({unit})", "w"),
        step(f"{name}-term", "identity", f"r(i)*relu({argument}) == w*(r(i)*relu({unit}))", f"{name}-relu"),
        step(f"{name}-sum", "congruence", f"{total} == Sum(i, 1, M, w*(r(i)*relu({unit})))", f"{name}-term"),
        step(f"{name}-S", "identity", f"{total} == w*{side}", f"{name}-sum"),
        step(f"{name}-mean", "identity", f"{mean} == {cube}", f"{name}-S", "lam"),
        step(f"{name}-rate", "certificate", f"0 < {rate}", gap, "beta", "lam", terms=[["beta", gap]], times="lam"),
        step(f"{name}-third", "apply", f"Int(w,0,oo,w**3*exp(-{rate}*w**2/2)) == 2/{rate}**2", "third", f"{name}-rate",
             put={"c": rate}),
        step(f"{name}-I", "apply", f"Integrable(w,-oo,oo,abs(w)**3*exp(-{rate}*w**2/2))", "I3", f"{name}-rate",
             put={"c": rate}),
        step(f"{name}-under", "congruence", f"Int(w,0,oo,{mean}) == Int(w,0,oo,{cube})", f"{name}-mean"),
        step(f"{name}-out", "identity",
             f"Int(w,0,oo,{cube}) == -({side}/lam)*Int(w,0,oo,w**3*exp(-{rate}*w**2/2))"),
        step(f"{name}-scale", "identity", f"2/{rate}**2 == 2*lam**2/(beta**2*{d}**2)", f"{name}-rate", "beta", "lam",
             gap),
        step(f"{name}-int", "identity", f"Int(w,0,oo,{mean}) == -2*lam/beta**2*({side}/{d}**2)", f"{name}-under",
             f"{name}-out", f"{name}-third", f"{name}-scale", "lam", "beta", gap,
             combine={f"{name}-under": "1", f"{name}-out": "1", f"{name}-third": f"-({side}/lam)",
                      f"{name}-scale": f"-({side}/lam)"}),
    ]  # fmt: skip


def _finite() -> Steps:
    """The mean of a is integrable over the line (step "I-mean")."""
    rates = {n: f"(beta*(lam*(1+s**2)-{n}**2/lam))" for n in "PQ"}
    tails = {n: f"abs(w)**3*exp(-{rate}*w**2/2)" for n, rate in rates.items()}
    cap = " + ".join(f"abs({n})/lam*({tails[n]})" for n in "PQ")
    mean = "mean(w,-w*s)"

    def case(name: str, side: str, mirrored: bool) -> Steps:
        at = "-w" if mirrored else "w"
        known, other = ("left", "P") if mirrored else ("right", "Q")
        return [
            step(f"{name}-abs", "arithmetic", f"abs({at}) == w", "w"),
            step(f"{name}-tail>", "sign", f"0 <= w**3*exp(-{rates[side]}*w**2/2)", "w"),
            step(f"{name}-other", "sign", f"0 <= abs({other})/lam*(abs({at})**3*exp(-{rates[other]}*({at})**2/2))",
                 "lam"),
            step(f"{name}-lemma", "arithmetic", "Imp(0 < l, 0 <= t, 0 <= z, l*j == 1, m == -(q*j)*t,"
                 " abs(m) <= abs(q)*j*t+z)"),
            step(f"{name}-size", "apply",
                 f"abs(mean({at},-({at})*s)) <= abs({side})*(1/lam)*(w**3*exp(-{rates[side]}*w**2/2))"
                 f"+abs({other})/lam*(abs({at})**3*exp(-{rates[other]}*({at})**2/2))", f"{name}-lemma", "lam",
                 f"{name}-tail>", f"{name}-other", "unit-lam", f"{known}-mean",
                 put={"l": "lam", "t": f"w**3*exp(-{rates[side]}*w**2/2)",
                      "z": f"abs({other})/lam*(abs({at})**3*exp(-{rates[other]}*({at})**2/2))", "j": "1/lam",
                      "m": f"mean({at},-({at})*s)", "q": side}),
            step(f"{name}-cap", "certificate", f"abs(mean({at},-({at})*s)) <= {cap.replace('w', f'({at})')}",
                 f"{name}-size", f"{name}-abs", "lam", terms=[[f"{name}-size"]]),
            step(f"{name}-if", "discharge",
                 f"Imp(0 <= w, abs(mean({at},-({at})*s)) <= {cap.replace('w', f'({at})')})", f"{name}-cap"),
        ]  # fmt: skip

    return [
        step("unit-lam", "identity", "lam*(1/lam) == 1", "lam"),
        *case("up", "P", False),
        *case("down", "Q", True),
        step("mirror", "apply", f"Imp(0 <= -w, abs({mean}) <= {cap})", "down-if", put={"w": "-w"}),
        step("either", "arithmetic", "0 <= w or 0 <= -w"),
        step("bounded", "arithmetic", f"abs({mean}) <= {cap}", "up-if", "mirror", "either"),
        step("bounded.", "generalize", f"All(w, abs({mean}) <= {cap})", "bounded"),
        step("I-cap", "linear", f"Integrable(w,-oo,oo,{cap})", "right-I", "left-I"),
        step("C-mean", "continuous", f"Cont(w,-oo,oo,{mean})"),
        step("I-mean", "apply", f"Integrable(w,-oo,oo,{mean})", "axiom:dominated-integrable", "C-mean", "bounded.",
             "I-cap", symbols={"f(w)": mean, "h(w)": cap}),
    ]  # fmt: skip


def build_line_integral(factor: str = "2*lam/beta**2") -> Proof:
    """Derive (5.4) without truncation, times Z: -sqrt(2 pi/k)(2 lambda/beta^2)(P/dP^2 + Q/dQ^2), k = beta lambda.

    dP = lambda^2 (1 + s^2) - P^2 and dQ likewise, with the sums P and Q over the data on the right and left of s.

    Arguments:
        factor: the constant; 2 lambda/beta^2 in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_line_integral().statement.goal[:14]
        'Int(w,-oo,oo,I'
    """
    goal = f"{LINE} == -{_ROOT}*({factor})*(P/dP**2+Q/dQ**2)"
    mean = "mean(w,-w*s)"
    steps = [
        *curvature.roof(),
        *mean_over_a(),
        step("on-line", "apply", f"Int(a,-oo,oo,a*w**2*density(a,w,-w*s)) == {_ROOT}*{mean}", "a", put={"b": "-w*s"}),
        step("over-w", "congruence", f"{LINE} == Int(w,-oo,oo,{_ROOT}*{mean})", "on-line"),
        step("root-out", "identity", f"Int(w,-oo,oo,{_ROOT}*{mean}) == {_ROOT}*Int(w,-oo,oo,{mean})"),
        *_third_moment(),
        *_side("right", "w", "P", "x(i)-s", "lo>"),
        *_side("left", "-w", "Q", "s-x(i)", "hi>"),
        *_finite(),
        step("halves", "apply", f"Int(w,-oo,oo,{mean}) == Int(w,0,oo,{mean})+Int(w,0,oo,mean(-w,-(-w)*s))",
             "axiom:half-lines", "I-mean", symbols={"f(w)": mean}),
        step("goal", "identity", goal, "over-w", "root-out", "halves", "right-int", "left-int",
             combine={"over-w": "1", "root-out": "1", "halves": _ROOT, "right-int": _ROOT, "left-int": _ROOT}),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, LINE_LET, INHABITED), steps)
