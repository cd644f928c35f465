"""The Gibbs density (3.6) of JMLR 23(130) at m = tau = infinity, integrated over the weights down to the circle.

A neuron is (a, w, b); r_i = (f(x_i) - y_i)/M, S(w, b) = sum_i r_i (w x_i + b)_+ and g(phi) = S(cos phi, sin phi).
The density is exp(-beta (a S + lambda (a^2 + w^2 + b^2)/2))/Z.  Over a the integral is Gaussian; in polar coordinates
S = R g, and the integral over R is elementary as long as |g| < lambda.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

Steps = list[Mapping[str, Any]]

DECLARE = "i:Z M:N"
LET = {
    "S(w,b)": "Sum(i, 1, M, r(i)*relu(w*x(i) + b))",
    "g(phi)": "Sum(i, 1, M, r(i)*relu(x(i)*cos(phi) + sin(phi)))",
    "density(a,w,b)": "exp(-beta*(a*S(w,b) + lam*(a**2 + w**2 + b**2)/2))",
    "plane(w,b)": "exp(beta*S(w,b)**2/(2*lam) - beta*lam*(w**2 + b**2)/2)",
    "rate(phi)": "beta*(lam - g(phi)**2/lam)",
    "polar(R,phi)": "exp(-rate(phi)*R**2/2)",
}
HYPS = {"beta": "0 < beta", "lam": "0 < lam", "inside": "All(phi, g(phi)**2 < lam**2)"}
INHABITED = {"beta": "1", "lam": "2", "M": "0"}


def over_a() -> Steps:
    """Complete the square in a: the integral is Gaussian (step "a")."""
    moved, centred = "exp(-beta*lam*(a + S(w,b)/lam)**2/2)", "exp(-beta*lam*a**2/2)"
    return [
        step("bl", "sign", "0 < beta*lam", "beta", "lam"),
        step("square", "identity", f"density(a,w,b) == plane(w,b)*{moved}", "lam", prose="Complete the square in a."),
        step("under", "congruence", f"Int(a,-oo,oo,density(a,w,b)) == Int(a,-oo,oo,plane(w,b)*{moved})", "square"),
        step("factor", "identity", "Int(a,-oo,oo,c*f(a)) == c*Int(a,-oo,oo,f(a))"),
        step("out", "apply", f"Int(a,-oo,oo,plane(w,b)*{moved}) == plane(w,b)*Int(a,-oo,oo,{moved})", "factor",
             put={"c": "plane(w,b)"}, symbols={"f(a)": moved}),
        step("shift", "apply", f"Int(a,-oo,oo,{moved}) == Int(a,-oo,oo,{centred})", "axiom:translation",
             put={"s": "S(w,b)/lam"}, symbols={"f(x)": "exp(-beta*lam*x**2/2)"}, prose="Shift a by S/lambda."),
        step("gauss", "apply", f"Int(a,-oo,oo,{centred}) == sqrt(2*pi/(beta*lam))", "axiom:gaussian-integral", "bl",
             put={"c": "beta*lam"}),
        step("a", "identity", "Int(a,-oo,oo,density(a,w,b)) == sqrt(2*pi/(beta*lam))*plane(w,b)", "under", "out",
             "shift",
             "gauss", combine={"under": "1", "out": "1", "shift": "plane(w,b)", "gauss": "plane(w,b)"}),
    ]  # fmt: skip


def homogeneity() -> Steps:
    """S is positively homogeneous of degree one: S(R cos phi, R sin phi) = R g(phi) (step "S")."""
    inner = "relu(R*cos(phi)*x(i) + R*sin(phi))"
    outer = "relu(x(i)*cos(phi) + sin(phi))"
    return [
        step("R", "assume", "0 <= R", prose="Let R >= 0."),
        step("relu", "arithmetic", f"{inner} == R*{outer}", "R"),
        step("term", "identity", f"r(i)*{inner} == R*(r(i)*{outer})", "relu"),
        step("sum", "congruence", f"S(R*cos(phi), R*sin(phi)) == Sum(i, 1, M, R*(r(i)*{outer}))", "term"),
        step("S", "identity", "S(R*cos(phi), R*sin(phi)) == R*g(phi)", "sum"),
    ]  # fmt: skip


def radial() -> Steps:
    """The integral of R exp(-c R^2/2) over R >= 0, c = beta (lambda - g^2/lambda) > 0 (steps "int" and "radial")."""
    primitive = "-polar(R,phi)/rate(phi)"
    return [
        step("g", "apply", "g(phi)**2 < lam**2", "inside", at={"phi": "phi"}),
        step("c", "certificate", "0 < rate(phi)", "beta", "g", "lam", terms=[["beta", "g"]], times="lam"),
        step("R.", "sign", "0 <= R*polar(R,phi)", "R"),
        step("prim", "derivative", f"HasDeriv(R, {primitive}, R*polar(R,phi))", "c"),
        step("lim", "limit", f"Lim(R, {primitive}, 0)", "c"),
        step("int", "fundamental-theorem", "Integrable(R, 0, oo, R*polar(R,phi))", "prim", "lim", "R.", F=primitive),
        step("radial", "fundamental-theorem", "Int(R, 0, oo, R*polar(R,phi)) == 1/rate(phi)", "prim", "lim", "R.", "c",
             F=primitive),
    ]  # fmt: skip


def to_the_circle() -> Steps:
    """The integral over the plane of (w, b) in polar coordinates (step "circle")."""
    bound = "Int(R,0,oo,R*polar(R,phi)) <= 1/rate(phi)"
    return [
        step("Cb", "continuous", "Cont(b,-oo,oo,plane(w,b))"),
        step("Cb.", "generalize", "All(w, Cont(b,-oo,oo,plane(w,b)))", "Cb"),
        step("Cw", "continuous", "Cont(w,-oo,oo,plane(w,b))"),
        step("Cw.", "generalize", "All(b, Cont(w,-oo,oo,plane(w,b)))", "Cw"),
        step("form", "identity", "plane(R*cos(phi), R*sin(phi)) == polar(R,phi)", "S", "lam"),
        step("form'", "discharge", "Imp(0 <= R, plane(R*cos(phi), R*sin(phi)) == polar(R,phi))", "form"),
        step("form.", "generalize", "All(phi, All(R, Imp(0 <= R, plane(R*cos(phi), R*sin(phi)) == polar(R,phi))))",
             "form'"),
        step("abs", "arithmetic", "abs(polar(R,phi)) <= polar(R,phi)"),
        step("abs'", "discharge", "Imp(0 <= R, abs(polar(R,phi)) <= polar(R,phi))", "abs"),
        step("abs.", "generalize", "All(phi, All(R, Imp(0 <= R, abs(polar(R,phi)) <= polar(R,phi))))", "abs'"),
        step("int.", "generalize", "All(phi, Integrable(R,0,oo,R*polar(R,phi)))", "int"),
        step("m", "certificate", bound, "radial", terms=[]),
        step("m.", "generalize", f"All(phi, {bound})", "m"),
        step("Cm", "continuous", "Cont(phi,0,2*pi,1/rate(phi))", "c"),
        step("circle", "apply", "Int(w,-oo,oo,Int(b,-oo,oo,plane(w,b))) == Int(phi,0,2*pi,Int(R,0,oo,R*polar(R,phi)))",
             "axiom:polar-coordinates", "Cb.", "Cw.", "form.", "abs.", "int.", "m.", "Cm",
             symbols={"f(w,b)": "plane(w,b)", "h(R,phi)": "polar(R,phi)", "k(R,phi)": "polar(R,phi)",
             "m(phi)": "1/rate(phi)"},
             prose="Polar coordinates, all integrands being positive and integrable."),
    ]  # fmt: skip


def build_partition(factor: str = "lam/beta", root: str = "2*pi/(beta*lam)") -> Proof:
    """Return the proof of Z = sqrt(2 pi/(beta lambda)) (lambda/beta) Zs, Zs the circle integral of 1/(lambda^2 - g^2).

    Arguments:
        factor: what stands before the integral over the circle.
        root: what stands under the square root.

    Example:
        >>> build_partition().statement.hyps["inside"]
        'All(phi, g(phi)**2 < lam**2)'
    """
    z, k = "Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,density(a,w,b))))", f"sqrt({root})"
    goal = f"{z} == {k}*({factor})*Int(phi,0,2*pi,1/(lam**2 - g(phi)**2))"
    steps = [
        *over_a(),
        step("b", "congruence", f"Int(b,-oo,oo,Int(a,-oo,oo,density(a,w,b))) == Int(b,-oo,oo,{k}*plane(w,b))", "a"),
        step("w", "congruence", f"{z} == Int(w,-oo,oo,Int(b,-oo,oo,{k}*plane(w,b)))", "b"),
        *homogeneity(),
        *radial(),
        *to_the_circle(),
        step("rate", "identity", f"1/rate(phi) == ({factor})/(lam**2 - g(phi)**2)", "beta", "lam", "c", "g"),
        step("phi1", "congruence", "Int(phi,0,2*pi,Int(R,0,oo,R*polar(R,phi))) == Int(phi,0,2*pi,1/rate(phi))",
             "radial"),
        step("phi2", "congruence", f"Int(phi,0,2*pi,1/rate(phi)) == Int(phi,0,2*pi,({factor})/(lam**2 - g(phi)**2))",
             "rate"),
        step("end", "identity", goal, "w", "circle", "phi1", "phi2",
             combine={"w": "1", "circle": k, "phi1": k, "phi2": k}),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, LET, INHABITED), steps)


def build_lower(bound: str = "2*pi/lam**2") -> Proof:
    """Return the proof that the integral of 1/(lambda^2 - g^2) over the circle is at least 2 pi/lambda^2.

    Arguments:
        bound: the lower bound.

    Example:
        >>> build_lower().statement.goal[:10]
        '2*pi/lam**'
    """
    body, least = "1/(lam**2 - g(phi)**2)", "1/lam**2"
    goal = f"{bound} <= Int(phi,0,2*pi,{body})"
    steps = [
        step("g", "apply", "g(phi)**2 < lam**2", "inside", at={"phi": "phi"}),
        step("gap", "sign", "0 < lam**2 - g(phi)**2", "g"),
        step("point", "certificate", f"{least} <= {body}", "gap", "lam", terms=[["sq:g(phi)"]],
             times="lam**2*(lam**2 - g(phi)**2)"),
        step("C", "continuous", f"Cont(phi,0,2*pi,{body})", "gap"),
        step("C1", "continuous", f"Cont(phi,0,2*pi,{least})"),
        step("order", "sign", "0 <= 2*pi"),
        step("mono", "monotone", f"Int(phi,0,2*pi,{least}) <= Int(phi,0,2*pi,{body})", "point", "C", "C1", "order"),
        step("d", "derivative", "HasDeriv(phi, phi/lam**2, 1/lam**2)"),
        step("CF", "continuous", "Cont(phi,0,2*pi,phi/lam**2)"),
        step("whole", "fundamental-theorem", f"Int(phi,0,2*pi,{least}) == {bound}", "d", "CF", "C1", "order",
             F="phi/lam**2"),
        step("end", "arithmetic", goal, "mono", "whole"),
    ]  # fmt: skip
    return Proof(Statement(goal, {k: HYPS[k] for k in ("lam", "inside")}, DECLARE, LET, INHABITED), steps)


def build_divergent(condition: str = "lam**2 <= g(phi)**2", half: str = "1/2") -> Proof:
    """Return the proof that in a direction with |g| >= lambda the radial integral up to T is at least T^2/2.

    Arguments:
        condition: what is known of g in that direction.
        half: factor of T^2.

    Example:
        >>> build_divergent().statement.hyps["outside"]
        'lam**2 <= g(phi)**2'
    """
    integral = "Int(R,0,T,R*polar(R,phi))"
    goal = f"All(T, Imp(0 <= T, ({half})*T**2 <= {integral}))"
    rate = "beta*(g(phi)**2 - lam**2)/lam*R**2/2"
    steps = [
        step("T", "assume", "0 <= T"),
        step("R", "assume", "0 <= R"),
        step("grow", "certificate", f"0 <= {rate}", "beta", "lam", "outside", terms=[["c:1/2", "beta", "outside",
             "sq:R"]],
             times="lam", prose="The exponent is not negative."),
        step("exp", "arithmetic", f"1 <= exp({rate})", "grow"),
        step("exp'", "certificate", "1 <= polar(R,phi)", "exp", "lam", terms=[["exp"]]),
        step("point", "certificate", "R <= R*polar(R,phi)", "R", "exp'", terms=[["R", "exp'"]]),
        step("C1", "continuous", "Cont(R,0,T,R)"),
        step("C", "continuous", "Cont(R,0,T,R*polar(R,phi))"),
        step("mono", "monotone", f"Int(R,0,T,R) <= {integral}", "point", "C1", "C", "T"),
        step("d", "derivative", "HasDeriv(R, R**2/2, R)"),
        step("CF", "continuous", "Cont(R,0,T,R**2/2)"),
        step("whole", "fundamental-theorem", f"Int(R,0,T,R) == ({half})*T**2", "d", "CF", "C1", "T", F="R**2/2"),
        step("sum", "arithmetic", f"({half})*T**2 <= {integral}", "mono", "whole"),
        step("imp", "discharge", f"Imp(0 <= T, ({half})*T**2 <= {integral})", "sum"),
        step("end", "generalize", goal, "imp"),
    ]  # fmt: skip
    witness = {"beta": "1", "lam": "1", "M": "1", "phi": "0", "r(i)": "2", "x(i)": "1"}
    hyps = {"beta": "0 < beta", "lam": "0 < lam", "outside": condition}
    return Proof(Statement(goal, hyps, DECLARE, LET, witness), steps)
