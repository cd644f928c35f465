"""The predictor under the Gibbs density (3.6) of JMLR 23(130) at m = tau = infinity, as an integral over the circle.

f(s) is the mean of a (w s + b)_+ under the density; the integral over a is the mean -S/lambda of a Gaussian, the one
over R a third moment, and the partition function divides both.  Derived in this project.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import DECLARE, HYPS, INHABITED, LET, Steps, homogeneity, radial

PREDICTOR_LET = {
    **LET,
    "unit(w,b)": "relu(w*s + b)",
    "arc(phi)": "relu(s*cos(phi) + sin(phi))",
    "mean(w,b)": "-(S(w,b)/lam)*unit(w,b)*plane(w,b)",
    "size(phi)": "g(phi)**2/lam**2 + arc(phi)**2",
    "h(R,phi)": "-R**2*(g(phi)/lam)*arc(phi)*polar(R,phi)",
    "k(R,phi)": "R**2*size(phi)*polar(R,phi)",
    "Zs": "Int(phi,0,2*pi,1/(lam**2 - g(phi)**2))",
    "Fs": "Int(phi,0,2*pi,g(phi)*arc(phi)/(lam**2 - g(phi)**2)**2)",
}


def mean_over_a() -> Steps:
    """The mean of a under the density is -S/lambda (step "a")."""
    moved, centred = "a*exp(-beta*lam*(a + S(w,b)/lam)**2/2)", "(a - S(w,b)/lam)*exp(-beta*lam*a**2/2)"
    first, zeroth = "a*exp(-beta*lam*a**2/2)", "exp(-beta*lam*a**2/2)"
    return [
        step("bl", "sign", "0 < beta*lam", "beta", "lam"),
        step("square", "identity", f"a*unit(w,b)*density(a,w,b) == unit(w,b)*plane(w,b)*({moved})", "lam",
             prose="Complete the square in a."),
        step("under", "congruence",
             f"Int(a,-oo,oo,a*unit(w,b)*density(a,w,b)) == Int(a,-oo,oo,unit(w,b)*plane(w,b)*({moved}))", "square"),
        step("factor", "identity", "Int(a,-oo,oo,c*f(a)) == c*Int(a,-oo,oo,f(a))"),
        step("out", "apply",
             f"Int(a,-oo,oo,unit(w,b)*plane(w,b)*({moved})) == unit(w,b)*plane(w,b)*Int(a,-oo,oo,{moved})", "factor",
             put={"c": "unit(w,b)*plane(w,b)"}, symbols={"f(a)": moved}),
        step("shift", "apply", f"Int(a,-oo,oo,{moved}) == Int(a,-oo,oo,{centred})", "axiom:translation",
             put={"s": "S(w,b)/lam"}, symbols={"f(x)": "(x - S(w,b)/lam)*exp(-beta*lam*x**2/2)"},
             prose="Shift a by S/lambda."),
        step("i1", "apply", f"Integrable(a,-oo,oo,{first})", "axiom:gaussian-integrable", "bl", put={"c": "beta*lam",
             "p": "1"}),
        step("i0", "apply", f"Integrable(a,-oo,oo,{zeroth})", "axiom:gaussian-integrable", "bl",
             put={"c": "beta*lam", "p": "0"}),
        step("split", "linear",
             f"Int(a,-oo,oo,{centred}) == Int(a,-oo,oo,{first}) - S(w,b)/lam*Int(a,-oo,oo,{zeroth})", "i1", "i0"),
        step("odd", "identity", "(-x)*exp(-beta*lam*(-x)**2/2) == -(x*exp(-beta*lam*x**2/2))"),
        step("odd.", "generalize", "All(x, (-x)*exp(-beta*lam*(-x)**2/2) == -(x*exp(-beta*lam*x**2/2)))", "odd"),
        step("zero", "apply", f"Int(a,-oo,oo,{first}) == 0", "axiom:odd-integrand", "odd.",
             symbols={"f(x)": "x*exp(-beta*lam*x**2/2)"}),
        step("gauss", "apply", f"Int(a,-oo,oo,{zeroth}) == sqrt(2*pi/(beta*lam))", "axiom:gaussian-integral", "bl",
             put={"c": "beta*lam"}),
        step("a", "identity", "Int(a,-oo,oo,a*unit(w,b)*density(a,w,b)) == sqrt(2*pi/(beta*lam))*mean(w,b)",
             "under", "out", "shift", "split", "zero", "gauss",
             combine={"under": "1", "out": "1", "shift": "unit(w,b)*plane(w,b)", "split": "unit(w,b)*plane(w,b)",
                      "zero": "unit(w,b)*plane(w,b)", "gauss": "-unit(w,b)*plane(w,b)*S(w,b)/lam"}),
    ]  # fmt: skip


def _third_moment() -> Steps:
    """The integral of R^3 exp(-c R^2/2) over R >= 0 is 2/c^2 (step "third")."""
    primitive = "-(R**2/rate(phi) + 2/rate(phi)**2)*polar(R,phi)"
    bounded = f"size(phi)*({primitive})"
    keep = [s for s in radial() if s["id"] in ("g", "c")]
    return [
        *keep,
        step("cube", "sign", "0 <= R*R**2*polar(R,phi)", "R"),
        step("prim", "derivative", f"HasDeriv(R, {primitive}, R*R**2*polar(R,phi))", "c"),
        step("lim", "limit", f"Lim(R, {primitive}, 0)", "c"),
        step("third", "fundamental-theorem", "Int(R,0,oo,R*R**2*polar(R,phi)) == 2/rate(phi)**2", "prim", "lim", "cube",
             "c", F=primitive),
        step("k0", "sign", "0 <= R*k(R,phi)", "R"),
        step("primk", "derivative", f"HasDeriv(R, {bounded}, R*k(R,phi))", "c"),
        step("limk", "limit", f"Lim(R, {bounded}, 0)", "c"),
        step("int", "fundamental-theorem", "Integrable(R,0,oo,R*k(R,phi))", "primk", "limk", "k0", F=bounded),
        step("radk", "fundamental-theorem", "Int(R,0,oo,R*k(R,phi)) == 2*size(phi)/rate(phi)**2", "primk", "limk", "k0",
             "c", F=bounded),
    ]  # fmt: skip


def _to_the_circle() -> Steps:
    """The integral over the plane of (w, b) in polar coordinates (step "circle")."""
    form = "mean(R*cos(phi), R*sin(phi)) == h(R,phi)"
    bound = "Int(R,0,oo,R*k(R,phi)) <= 2*size(phi)/rate(phi)**2"
    return [
        step("arc", "arithmetic", "unit(R*cos(phi), R*sin(phi)) == R*arc(phi)", "R"),
        step("form", "identity", form, "S", "arc", "lam"),
        step("form'", "discharge", f"Imp(0 <= R, {form})", "form"),
        step("form.", "generalize", f"All(phi, All(R, Imp(0 <= R, {form})))", "form'"),
        step("pol", "sign", "0 < polar(R,phi)"),
        step("h<k", "certificate", "h(R,phi) <= k(R,phi)", "pol", "lam",
             terms=[["sq:R*(g(phi)/lam + arc(phi)/2)", "pol"], ["c:3/4", "sq:R*arc(phi)", "pol"]]),
        step("-k<h", "certificate", "-k(R,phi) <= h(R,phi)", "pol", "lam",
             terms=[["sq:R*(g(phi)/lam - arc(phi)/2)", "pol"], ["c:3/4", "sq:R*arc(phi)", "pol"]]),
        step("abs", "arithmetic", "abs(h(R,phi)) <= k(R,phi)", "h<k", "-k<h"),
        step("abs'", "discharge", "Imp(0 <= R, abs(h(R,phi)) <= k(R,phi))", "abs"),
        step("abs.", "generalize", "All(phi, All(R, Imp(0 <= R, abs(h(R,phi)) <= k(R,phi))))", "abs'"),
        step("int.", "generalize", "All(phi, Integrable(R,0,oo,R*k(R,phi)))", "int"),
        step("m", "arithmetic", bound, "radk"),
        step("m.", "generalize", f"All(phi, {bound})", "m"),
        step("Cm", "continuous", "Cont(phi,0,2*pi,2*size(phi)/rate(phi)**2)", "c"),
        step("Cb", "continuous", "Cont(b,-oo,oo,mean(w,b))"),
        step("Cb.", "generalize", "All(w, Cont(b,-oo,oo,mean(w,b)))", "Cb"),
        step("Cw", "continuous", "Cont(w,-oo,oo,mean(w,b))"),
        step("Cw.", "generalize", "All(b, Cont(w,-oo,oo,mean(w,b)))", "Cw"),
        step("circle", "apply", "Int(w,-oo,oo,Int(b,-oo,oo,mean(w,b))) == Int(phi,0,2*pi,Int(R,0,oo,R*h(R,phi)))",
             "axiom:polar-coordinates", "Cb.", "Cw.", "form.", "abs.", "int.", "m.", "Cm",
             symbols={"f(w,b)": "mean(w,b)", "h(R,phi)": "h(R,phi)", "k(R,phi)": "k(R,phi)",
                      "m(phi)": "2*size(phi)/rate(phi)**2"},
             prose="Polar coordinates, with an absolute bound that is integrable."),
    ]  # fmt: skip


def build_moment(factor: str = "2*lam/beta**2", sign: str = "-") -> Proof:
    """Return the proof that the unnormalised predictor is -sqrt(2 pi/(beta lambda)) (2 lambda/beta^2) Fs.

    Arguments:
        factor: what stands before Fs besides the root.
        sign: the sign of the result.

    Example:
        >>> build_moment().statement.goal[-2:]
        'Fs'
    """
    z = "Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,a*unit(w,b)*density(a,w,b))))"
    k = "sqrt(2*pi/(beta*lam))"
    goal = f"{z} == {sign}{k}*({factor})*Fs"
    body = f"{sign}({factor})*(g(phi)*arc(phi)/(lam**2 - g(phi)**2)**2)"
    steps = [
        *mean_over_a(),
        step("b", "congruence",
             f"Int(b,-oo,oo,Int(a,-oo,oo,a*unit(w,b)*density(a,w,b))) == Int(b,-oo,oo,{k}*mean(w,b))", "a"),
        step("w", "congruence", f"{z} == Int(w,-oo,oo,Int(b,-oo,oo,{k}*mean(w,b)))", "b"),
        *homogeneity(),
        *_third_moment(),
        *_to_the_circle(),
        step("R.", "identity", f"Int(R,0,oo,R*h(R,phi)) == {body}", "third", "c", "g", "beta", "lam",
             combine={"third": "-(g(phi)/lam)*arc(phi)"}),
        step("phi", "congruence", f"Int(phi,0,2*pi,Int(R,0,oo,R*h(R,phi))) == Int(phi,0,2*pi,{body})", "R."),
        step("end", "identity", goal, "w", "circle", "phi", combine={"w": "1", "circle": k, "phi": k}),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, PREDICTOR_LET, INHABITED), steps)


def build_predictor(factor: str = "2/beta", sign: str = "-") -> Proof:
    """Return the proof of f(s) = -(2/(beta Zs)) Fs for the mean f(s) of a (w s + b)_+ under the Gibbs density.

    Arguments:
        factor: what stands before Fs/Zs.
        sign: the sign of the result.

    Example:
        >>> build_predictor().statement.goal[-11:]
        '(2/beta)/Zs'
    """
    z = "Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,density(a,w,b))))"
    top = "Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,a*unit(w,b)*density(a,w,b))))"
    k = "sqrt(2*pi/(beta*lam))"
    goal = f"({top})/({z}) == {sign}Fs*({factor})/Zs"
    steps = [
        step("Z", "apply", f"{z} == {k}*(lam/beta)*Zs", "claim:mf.gibbs-partition", *HYPS),
        step("F", "apply", f"{top} == -{k}*(2*lam/beta**2)*Fs", "claim:mf.gibbs-moment", *HYPS),
        step("low", "apply", "2*pi/lam**2 <= Zs", "claim:mf.circle-lower", "lam", "inside"),
        step("2pi", "sign", "0 < 2*pi/lam**2", "lam"),
        step("Zs", "arithmetic", "0 < Zs", "low", "2pi"),
        step("k2", "sign", "0 < 2*pi/(beta*lam)", "beta", "lam"),
        step("k", "sign", f"0 < {k}", "k2"),
        step("rhs", "sign", f"0 < {k}*(lam/beta)*Zs", "k", "lam", "beta", "Zs"),
        step("Z>0", "certificate", f"0 < {z}", "rhs", "Z", terms=[["rhs"]]),
        step("end", "identity", goal, "Z", "F", "Z>0", "Zs", "k", "beta", "lam"),
    ]
    return Proof(Statement(goal, HYPS, DECLARE, PREDICTOR_LET, INHABITED), steps)
