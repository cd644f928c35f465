"""The predictor's first two derivatives, and a sharper form of Theorem 1 of JMLR 23(130) at m = tau = infinity.

f is the mean of a (w s + b)_+ under the Gibbs density (3.6); its closed form on the circle is differentiated twice,
and Zs >= 2 pi/lambda^2 with |P|, |Q| < lambda sqrt(1 + s^2) bounds the curvature with the rate 1/(beta lambda) and an
explicit constant.  Derived in this project.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from . import curvature
from .gibbs import DECLARE, HYPS, INHABITED
from .predictor import PREDICTOR_LET

LET = {
    **curvature.LET,
    **{k: PREDICTOR_LET[k] for k in ("S(w,b)", "density(a,w,b)", "unit(w,b)", "Zs")},
    "f": "Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,a*unit(w,b)*density(a,w,b))))"
    "/Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,density(a,w,b))))",
    "dP": "lam**2*(1 + s**2) - P**2",
    "dQ": "lam**2*(1 + s**2) - Q**2",
}


def build_second_derivative(bend: str = "P/dP**2 + Q/dQ**2") -> Proof:
    """Return the proof of f' and of f'' = -(2/(beta Zs)) sum over S = P, Q of S/(lambda^2 (1 + s^2) - S^2)^2.

    Arguments:
        bend: the slope of U.

    Example:
        >>> build_second_derivative().statement.goal[:15]
        'HasDeriv(s, f, '
    """
    c = "-(2/beta)/Zs"
    first, second = f"HasDeriv(s, f, {c}*U)", f"HasDeriv(s, {c}*U, {c}*({bend}))"
    goal = f"{first} and {second}"
    steps = [
        step("f", "apply", "f == -Fs*(2/beta)/Zs", "claim:mf.gibbs-predictor", *HYPS),
        step("arc", "apply", "Fs == s*U + V", "claim:mf.predictor-arc", "inside"),
        step("f'", "identity", f"f == {c}*(s*U + V)", "f", "arc", "beta", combine={"f": "1", "arc": "-(2/beta)/Zs"}),
        step("f.", "generalize", f"All(s, f == {c}*(s*U + V))", "f'"),
        step("slope", "apply", "HasDeriv(s, s*U + V, U)", "claim:mf.predictor-slope", "inside"),
        step("bend", "apply", "HasDeriv(s, U, P/dP**2 + Q/dQ**2)", "claim:mf.arc-slope", "inside"),
        step("first", "derivative", first, "f.", "slope"),
        step("second", "derivative", second, "bend"),
        step("end", "arithmetic", goal, "first", "second"),
    ]
    return Proof(Statement(goal, HYPS, DECLARE, LET, INHABITED), steps)


def build_bound(constant: str = "1/(pi*beta*lam)", root: str = "sqrt(1 + s**2)") -> Proof:
    """Return the proof of |f''| <= sqrt(1 + s^2)/(pi beta lambda) (1/f_P^2 + 1/f_Q^2), f_S = 1 + s^2 - S^2/lambda^2.

    f is the mean of a (w s + b)_+ under the Gibbs density; f'' stands in the statement as the derivative of f's
    derivative, by mf.curvature.

    Arguments:
        constant: the constant with beta and lambda.
        root: the factor that grows with s.

    Example:
        >>> build_bound().statement.goal[:4]
        'HasD'
    """
    bend = "(2/beta)/Zs*(P/dP**2 + Q/dQ**2)"
    bound = f"{constant}*{root}*(1/(1 + s**2 - P**2/lam**2)**2 + 1/(1 + s**2 - Q**2/lam**2)**2)"
    c = "-(2/beta)/Zs"
    second = f"{c}*(P/dP**2 + Q/dQ**2)"
    slopes = [f"HasDeriv(s, f, {c}*U)", f"HasDeriv(s, {c}*U, {second})"]
    goal = f"{slopes[0]} and {slopes[1]} and abs({second}) <= {bound}"
    size = "lam*sqrt(1 + s**2)*(1/dP**2 + 1/dQ**2)"
    k, cap = "(2/beta)/Zs", "lam**2/(beta*pi)"
    sure = ("beta", "lam", "lo>", "hi>", "lo>'", "hi>'")
    steps = [
        *curvature.roof(),
        step("1/P", "sign", "0 < 1/dP", "lo>"),
        step("1/Q", "sign", "0 < 1/dQ", "hi>"),
        step("A", "certificate", "0 < 1/dP**2", "1/P", "lo>", terms=[["1/P", "1/P"]]),
        step("B", "certificate", "0 < 1/dQ**2", "1/Q", "hi>", terms=[["1/Q", "1/Q"]]),
        step("r", "sign", "0 < sqrt(1 + s**2)"),
        step("r2", "identity", "sqrt(1 + s**2)**2 == 1 + s**2"),
        step("P", "arithmetic", "-lam*sqrt(1 + s**2) <= P and P <= lam*sqrt(1 + s**2)", "lo>", "r", "r2", "lam"),
        step("Q", "arithmetic", "-lam*sqrt(1 + s**2) <= Q and Q <= lam*sqrt(1 + s**2)", "hi>", "r", "r2", "lam"),
        step("P1", "arithmetic", "-lam*sqrt(1 + s**2) <= P", "P"),
        step("P2", "arithmetic", "P <= lam*sqrt(1 + s**2)", "P"),
        step("Q1", "arithmetic", "-lam*sqrt(1 + s**2) <= Q", "Q"),
        step("Q2", "arithmetic", "Q <= lam*sqrt(1 + s**2)", "Q"),
        step("low", "apply", "2*pi/lam**2 <= Zs", "claim:mf.circle-lower", "lam", "inside"),
        step("2pi", "sign", "0 < 2*pi/lam**2", "lam"),
        step("Zs", "arithmetic", "0 < Zs", "low", "2pi"),
        step("c", "sign", f"0 < {k}", "beta", "Zs"),
        step("cap", "certificate", f"{k} <= {cap}", "low", "beta", "lam", "Zs", terms=[["low", "sq:lam"]],
             times="beta*pi*Zs", prose="Without data the circle integral is least."),
        step("up", "certificate", f"{bend} <= {k}*{size}", "c", "A", "B", "P2", "Q2", "lo>", "hi>",
             terms=[["c", "A", "P2"], ["c", "B", "Q2"]]),
        step("down", "certificate", f"-{k}*{size} <= {bend}", "c", "A", "B", "P1", "Q1", "lo>", "hi>",
             terms=[["c", "A", "P1"], ["c", "B", "Q1"]]),
        step("size", "sign", f"0 < {size}", "A", "B", "r", "lam"),
        step("more", "certificate", f"{k}*{size} <= {cap}*{size}", "cap", "size", terms=[["cap", "size"]]),
        step("same", "identity", f"{cap}*{size} == {bound}", *sure),
        step("up'", "certificate", f"{bend} <= {bound}", "up", "more", "same", *sure, terms=[["up"], ["more"]],
             combine={"same": "-1"}),
        step("down'", "certificate", f"-({bound}) <= {bend}", "down", "more", "same", *sure, terms=[["down"], ["more"]],
             combine={"same": "-1"}),
        step("t", "assume", "t <= u"),
        step("-t", "assume", "-u <= t"),
        step("abs", "arithmetic", "abs(-t) <= u", "t", "-t"),
        step("size-of", "apply", f"abs(-({bend})) <= {bound}", "abs", "up'", "down'", put={"t": bend, "u": bound}),
        step("turn", "identity", f"abs({second}) == abs(-({bend}))"),
        step("both", "assume", "v == w0"),
        step("under", "assume", "w0 <= u"),
        step("least", "arithmetic", "v <= u", "both", "under"),
        step("bounded", "apply", f"abs({second}) <= {bound}", "least", "turn", "size-of",
             put={"v": f"abs({second})", "w0": f"abs(-({bend}))", "u": bound}),
        *[step(f"f{n}", "apply", text, "claim:mf.curvature", *HYPS) for n, text in enumerate(slopes, 1)],
        step("end", "arithmetic", goal, "f1", "f2", "bounded"),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, LET, INHABITED), steps)
