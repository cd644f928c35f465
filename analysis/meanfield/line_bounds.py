"""(5.1) and (5.18) of JMLR 23(130) at m = tau = infinity, from the closed form of the integral over the line."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from . import curvature, sharper
from .critical_point import Steps
from .gibbs import DECLARE, HYPS, INHABITED
from .line_integral import LINE

_ROOT = "sqrt(2*pi/(beta*lam))"
_Z = "Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,density(a,w,b))))"
_CLOSED = f"-{_ROOT}*(2*lam/beta**2)*(P/dP**2+Q/dQ**2)"


def build_second_derivative(weight: str = "w**2") -> Proof:
    """Derive (5.1) without truncation: f'' is the integral of a w^2 against the Gibbs density over the line b = -w s.

    Arguments:
        weight: what stands beside a; w^2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.1) with (5.2), at m = tau = infinity); it uses
        mf.curvature, mf.line-integral, mf.gibbs-partition and mf.circle-lower.

    Example:
        >>> build_second_derivative().statement.goal[:15]
        'HasDeriv(s, f, '
    """
    c, bend = "-(2/beta)/Zs", "(P/dP**2 + Q/dQ**2)"
    line = LINE.replace("w**2*density", f"({weight})*density")
    first, second = f"HasDeriv(s, f, {c}*U)", f"HasDeriv(s, {c}*U, {line}/{_Z})"
    goal = f"{first} and {second}"
    steps = [
        step("slope", "apply", first, "claim:mf.curvature", *HYPS),
        step("bend", "apply", f"HasDeriv(s, {c}*U, {c}*{bend})", "claim:mf.curvature", *HYPS),
        step("line", "apply", f"{LINE} == {_CLOSED}", "claim:mf.line-integral", *HYPS),
        step("Z", "apply", f"{_Z} == {_ROOT}*(lam/beta)*Zs", "claim:mf.gibbs-partition", *HYPS),
        step("low", "apply", "2*pi/lam**2 <= Zs", "claim:mf.circle-lower", "lam", "inside"),
        step("2pi", "sign", "0 < 2*pi/lam**2", "lam"),
        step("Zs", "arithmetic", "0 < Zs", "low", "2pi"),
        step("in-root", "sign", "0 < 2*pi/(beta*lam)", "beta", "lam"),
        step("root", "sign", f"0 < {_ROOT}", "in-root"),
        step("Z'", "sign", f"0 < {_ROOT}*(lam/beta)*Zs", "root", "lam", "beta", "Zs"),
        step("Z>0", "arithmetic", f"0 < {_Z}", "Z", "Z'"),
        step("quotient", "identity", f"{LINE}/{_Z} == {c}*{bend}", "line", "Z", "Zs", "Z>0", "beta", "lam",
             combine={"line": f"1/{_Z}", "Z": f"{bend}*(2/beta)/(Zs*{_Z})"}),
        step("second", "derivative", second, "bend", "quotient", combine={"quotient": "-1"}),
        step("goal", "sign", goal, "slope", "second"),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, sharper.LET, INHABITED), steps)


#: The Gaussian integral of (5.18), with F for one of the polynomials.
_FORM = {"R(F)": "Int(w,-oo,oo,Int(a,-oo,oo,abs(a)*w**2*exp(-(beta*lam/2)*F*(a**2+w**2))))"}
_POLYNOMIAL = {n: f"(1+s**2-{n}**2/lam**2)" for n in "PQ"}
FORM_LET = {
    **{name: curvature.LET[name] for name in ("g(phi)", "P", "Q")},
    **{name: sharper.LET[name] for name in ("S(w,b)", "density(a,w,b)", "dP", "dQ", "Zs")},
    **_FORM,
}
FORM = f"(R({_POLYNOMIAL['P']})+R({_POLYNOMIAL['Q']}))"


def _gaussian_form() -> Steps:
    """R(F) = 2 sqrt(2 pi/q)/q^2 with q = beta lambda F > 0 (step "R")."""
    q = "(beta*lam*F)"
    e, even = f"exp(-{q}*a**2/2)", f"abs(a)*exp(-{q}*a**2/2)"
    body = "abs(a)*w**2*exp(-(beta*lam/2)*F*(a**2+w**2))"
    weight = f"(w**2*exp(-{q}*w**2/2))"
    return [
        step("F", "assume", "0 < F"),
        step("q", "sign", f"0 < {q}", "beta", "lam", "F"),
        step("a0", "assume", "0 <= a"),
        step("abs-a", "arithmetic", "abs(a) == a", "a0"),
        step("a>", "sign", f"0 <= {even}"),
        step("da", "derivative", f"HasDeriv(a, -{e}/{q}, {even})", "q", "beta", "lam", "F", "abs-a"),
        step("lim-a", "limit", f"Lim(a, -{e}/{q}, 0)", "q", "beta", "lam", "F"),
        step("half-a", "fundamental-theorem", f"Int(a,0,oo,{even}) == 1/{q}", "da", "lim-a", "a>", "q", "beta", "lam",
             "F", F=f"-{e}/{q}"),
        step("even-a", "identity", f"abs(-a)*exp(-{q}*(-a)**2/2) == {even}"),
        step("even-a.", "generalize", f"All(a, abs(-a)*exp(-{q}*(-a)**2/2) == {even})", "even-a"),
        step("whole-a", "apply", f"Int(a,-oo,oo,{even}) == 2*Int(a,0,oo,{even})", "axiom:even-integrand", "even-a.",
             symbols={"f(a)": even}),
        step("factor-a", "identity", "Int(t,-oo,oo,c*k(t)) == c*Int(t,-oo,oo,k(t))"),
        step("out-a", "apply", f"Int(a,-oo,oo,{body}) == {weight}*Int(a,-oo,oo,{even})", "factor-a",
             put={"c": weight}, symbols={"k(a)": even}),
        step("inner-a", "identity", f"Int(a,-oo,oo,{body}) == {weight}*(2/{q})", "out-a", "whole-a", "half-a",
             combine={"out-a": "1", "whole-a": weight, "half-a": f"2*{weight}"}),
        step("outer-w", "congruence", f"R(F) == Int(w,-oo,oo,{weight}*(2/{q}))", "inner-a"),
        step("out-w", "identity", f"Int(w,-oo,oo,{weight}*(2/{q})) == 2/{q}*Int(w,-oo,oo,{weight})"),
        step("second-w", "apply", f"Int(w,-oo,oo,{weight}) == sqrt(2*pi/{q})/{q}", "axiom:gaussian-second-moment", "q",
             put={"c": q}),
        step("R", "identity", f"R(F) == 2*sqrt(2*pi/{q})/{q}**2", "outer-w", "out-w", "second-w", "beta", "lam", "F",
             combine={"outer-w": "1", "out-w": "1", "second-w": f"2/{q}"}),
    ]  # fmt: skip


def _one_side(n: str, gap: str) -> Steps:
    """One term of the closed form is at most (1 + s^2)/2 times the Gaussian integral (step "{n}-end")."""
    f, d = _POLYNOMIAL[n], f"d{n}"
    u, k = f"sqrt({f})", "(beta*lam)"
    return [
        step(f"{n}-F", "certificate", f"0 < {f}", gap, "lam", terms=[[gap]], times="lam**2"),
        step(f"{n}-u", "sign", f"0 < {u}", f"{n}-F"),
        step(f"{n}-u2", "apply", f"{u}**2 == {f}", "square-root", f"{n}-F", put={"t": f}),
        step(f"{n}-R", "apply", f"R({f}) == 2*sqrt(2*pi/({k}*{f}))/({k}*{f})**2", "R", "beta", "lam", f"{n}-F",
             put={"F": f}),
        step(f"{n}-iF", "sign", f"0 < 1/{f}", f"{n}-F"),
        step(f"{n}-iF=", "identity", f"1/{f}*{f} == 1", f"{n}-F"),
        step(f"{n}-iu", "sign", f"0 < 1/{u}", f"{n}-u"),
        step(f"{n}-iu=", "identity", f"1/{u}*{u} == 1", f"{n}-u"),
        step(f"{n}-root", "apply", f"sqrt(2*pi/(beta*lam)*(1/{f})) == {_ROOT}*(1/{u})", "quotient-root", "root",
             "root2", f"{n}-u", f"{n}-u2", f"{n}-iF", f"{n}-iF=", f"{n}-iu", f"{n}-iu=",
             put={"r": _ROOT, "A": "2*pi/(beta*lam)", "u": u, "F": f, "h": f"1/{f}", "j": f"1/{u}"}),
        step(f"{n}-mean", "apply", f"abs({n}/lam)*{u} <= (1+s**2)/2", "mean-lemma", f"{n}-u", f"{n}-u2",
             put={"u": u, "t": "1+s**2", "z": f"{n}/lam"}),
        step(f"{n}-abs", "apply", f"abs({n}) == lam*abs({n}/lam)", "abs-lemma", "lam", f"{n}-z",
             put={"l": "lam", "z": f"{n}/lam", "y": n}),
        step(f"{n}-times", "sign", f"0 < {u}*beta**2*lam**2*{f}**2*lam**2", f"{n}-u", "beta", "lam", f"{n}-F"),
        step(f"{n}-end", "certificate",
             f"{_ROOT}*(2*lam/beta**2)*abs({n})/{d}**2 <= (1+s**2)/2*(2*({_ROOT}*(1/{u}))/({k}*{f})**2)", f"{n}-mean",
             f"{n}-abs", "root", f"{n}-u", f"{n}-F", f"{n}-times", gap, "beta", "lam",
             terms=[["c:2*lam**2", "root", f"{n}-mean"]], times=f"{u}*beta**2*lam**2*{f}**2*lam**2",
             combine={f"{n}-abs": f"-{_ROOT}*(2*lam/beta**2)/{d}**2*({u}*beta**2*lam**2*{f}**2*lam**2)"}),
    ]  # fmt: skip


def build_form_bound(constant: str = "(1+s**2)/2") -> Proof:
    """Derive (5.18) corrected, with 1/Z: |(5.4)| is at most (1 + s^2)/(2 Z) times the two Gaussian integrals.

    Arguments:
        constant: the constant before 1/Z; (1 + s^2)/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.18), corrected, at m = tau = infinity); it uses
        mf.line-integral.

    Example:
        >>> build_form_bound().statement.goal[:4]
        'abs('
    """
    goal = f"abs({LINE}/{_Z}) <= ({constant})/{_Z}*{FORM}"
    scale = f"{_ROOT}*(2*lam/beta**2)"
    closed = {n: f"(1+s**2)/2*(2*({_ROOT}*(1/sqrt({_POLYNOMIAL[n]})))/((beta*lam)*{_POLYNOMIAL[n]})**2)" for n in "PQ"}
    steps = [
        *curvature.roof(),
        step("line", "apply", f"{LINE} == {_CLOSED}", "claim:mf.line-integral", *HYPS),
        step("Z=", "apply", f"{_Z} == {_ROOT}*(lam/beta)*Zs", "claim:mf.gibbs-partition", *HYPS),
        step("low", "apply", "2*pi/lam**2 <= Zs", "claim:mf.circle-lower", "lam", "inside"),
        step("2pi", "sign", "0 < 2*pi/lam**2", "lam"),
        step("Zs>0", "arithmetic", "0 < Zs", "low", "2pi"),
        step("in-root", "sign", "0 < 2*pi/(beta*lam)", "beta", "lam"),
        step("root", "sign", f"0 < {_ROOT}", "in-root"),
        step("square-root", "arithmetic", "Imp(0 < t, sqrt(t)**2 == t)"),
        step("root2", "apply", f"{_ROOT}**2 == 2*pi/(beta*lam)", "square-root", "in-root",
             put={"t": "2*pi/(beta*lam)"}),
        step("Z'", "sign", f"0 < {_ROOT}*(lam/beta)*Zs", "root", "lam", "beta", "Zs>0"),
        step("Z>0", "arithmetic", f"0 < {_Z}", "Z=", "Z'"),
        *_gaussian_form(),
        step("quotient-root", "arithmetic", "Imp(0 < r, r**2 == A, 0 < u, u**2 == F, 0 < h, h*F == 1, 0 < j, j*u == 1,"
             " sqrt(A*h) == r*j)"),
        step("mean-lemma", "arithmetic", "Imp(0 < u, u**2 == t-z**2, abs(z)*u <= t/2)"),
        step("abs-lemma", "arithmetic", "Imp(0 < l, y == l*z, abs(y) == l*abs(z))"),
        step("P-z", "identity", "P == lam*(P/lam)", "lam"),
        step("Q-z", "identity", "Q == lam*(Q/lam)", "lam"),
        *_one_side("P", "lo>"),
        *_one_side("Q", "hi>"),
        *[step(f"{n}-form", "identity", f"{closed[n]} == (1+s**2)/2*R({_POLYNOMIAL[n]})", f"{n}-R", f"{n}-root",
               f"{n}-F", f"{n}-u", "beta", "lam",
               combine={f"{n}-R": "-(1+s**2)/2",
                        f"{n}-root": f"-(1+s**2)/2*2/((beta*lam)*{_POLYNOMIAL[n]})**2"}) for n in "PQ"],
        step("triangle", "arithmetic", "Imp(0 <= k, 0 <= x, 0 <= y, abs(-k*(p*x+q*y)) <= k*abs(p)*x+k*abs(q)*y)"),
        step("scale", "sign", f"0 <= {scale}", "root", "lam", "beta"),
        step("1/P'", "sign", "0 < 1/dP", "lo>"),
        step("1/P", "certificate", "0 <= 1/dP**2", "1/P'", "lo>", terms=[["1/P'", "1/P'"]]),
        step("1/Q'", "sign", "0 < 1/dQ", "hi>"),
        step("1/Q", "certificate", "0 <= 1/dQ**2", "1/Q'", "hi>", terms=[["1/Q'", "1/Q'"]]),
        step("size'", "apply", f"abs(-({scale})*(P*(1/dP**2)+Q*(1/dQ**2)))"
             f" <= {scale}*abs(P)*(1/dP**2)+{scale}*abs(Q)*(1/dQ**2)", "triangle", "scale", "1/P", "1/Q",
             put={"k": scale, "x": "1/dP**2", "y": "1/dQ**2", "p": "P", "q": "Q"}),
        step("same", "identity", f"{LINE} == -({scale})*(P*(1/dP**2)+Q*(1/dQ**2))", "line", combine={"line": "1"}),
        step("sum", "certificate", f"{scale}*abs(P)*(1/dP**2)+{scale}*abs(Q)*(1/dQ**2) <= (1+s**2)/2*{FORM}", "P-end",
             "Q-end", "P-form", "Q-form", terms=[["P-end"], ["Q-end"]], combine={"P-form": "-1", "Q-form": "-1"}),
        step("chain", "arithmetic", "Imp(y == e, abs(e) <= u, u <= v, 0 < z, h*z == 1, abs(y*h) <= v*h)"),
        step("1/Z", "identity", f"1/{_Z}*{_Z} == 1", "Z>0"),
        step("end", "apply", f"abs({LINE}*(1/{_Z})) <= (1+s**2)/2*{FORM}*(1/{_Z})", "chain", "same", "size'", "sum",
             "Z>0", "1/Z", put={"y": LINE, "e": f"-({scale})*(P*(1/dP**2)+Q*(1/dQ**2))",
                                "u": f"{scale}*abs(P)*(1/dP**2)+{scale}*abs(Q)*(1/dQ**2)",
                                "v": f"(1+s**2)/2*{FORM}", "z": _Z, "h": f"1/{_Z}"}),
        step("goal", "sign", goal, "end"),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, FORM_LET, INHABITED), steps)
