"""The free energy's dual in the M residuals r: convexity of log Z on the circle, and what a gradient residual proves.

The dual is beta^-1 log Z(r) + (M/2)|r|^2 + sum_i r_i y_i, to be minimised, with gradient G = M r + y - f^r, f^r the
predictor of r.  log Z is convex because -log(lambda^2 - g^2) is convex in g, so that M |r - r*| <= |G|.  Derived in
this project.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step

DECLARE = "i:Z M:N"
_UNIT = "relu(x(i)*cos(phi) + sin(phi))"


def _predictor(name: str, factor: str, sign: str) -> dict[str, str]:
    g = f"g{name}(phi)"
    return {
        g: f"Sum(i, 1, M, {name}(i)*{_UNIT})",
        f"Z{name}": f"Int(phi,0,2*pi,1/(lam**2 - {g}**2))",
        f"m{name}(i)": f"Int(phi,0,2*pi,2*{g}/(lam**2 - {g}**2)**2*{_UNIT})",
        f"f{name}(i)": f"{sign}m{name}(i)/(({factor})*Z{name})",
    }


def _let(factor: str = "beta", sign: str = "-") -> dict[str, str]:
    """Return Z, 2 Fs and f for two vectors of residuals r and z, all as integrals over the circle."""
    return {**_predictor("r", factor, sign), **_predictor("z", factor, sign)}


HYPS = {
    "lam": "0 < lam",
    "beta": "0 < beta",
    "r": "All(phi, gr(phi)**2 < lam**2)",
    "z": "All(phi, gz(phi)**2 < lam**2)",
}


def build_tangent(two: str = "2") -> Proof:
    """Return the proof that e^t (1 + X - t)/(lambda^2 - q^2) <= 1/(lambda^2 - p^2), X = 2 q (p - q)/(lambda^2 - q^2).

    This is convexity of -log(lambda^2 - g^2) in g at q, with a free parameter t for the logarithm of an integral.

    Arguments:
        two: factor in X.

    Example:
        >>> sorted(build_tangent().statement.hyps)
        ['lam', 'p', 'q']
    """
    slope = f"{two}*q*(p - q)/(lam**2 - q**2)"
    u, v = "(p - q)/(lam - q)", "(p - q)/(lam + q)"
    goal = f"exp(t)*(1 + {slope} - t)/(lam**2 - q**2) <= 1/(lam**2 - p**2)"
    signs = ("lq", "Lq")
    steps = [
        step("lq", "arithmetic", "0 < lam - q", "q", "lam"),
        step("Lq", "arithmetic", "0 < lam + q", "q", "lam"),
        step("lp", "arithmetic", "0 < lam - p", "p", "lam"),
        step("gp", "sign", "0 < lam**2 - p**2", "p"),
        step("gq", "sign", "0 < lam**2 - q**2", "q"),
        step("1-u", "certificate", f"0 <= 1 - {u}", "lp", "lq", terms=[["lp"]], times="lam - q"),
        step("eu", "apply", f"1 - {u} <= exp(-{u})", "axiom:exponential-tangent", put={"t": f"-{u}"}),
        step("ev", "apply", f"1 + {v} <= exp({v})", "axiom:exponential-tangent", put={"t": v}),
        step("et", "apply", f"1 + ({slope} - t) <= exp({slope} - t)", "axiom:exponential-tangent",
             put={"t": f"{slope} - t"}),
        step("v>", "sign", f"0 < exp({v})"),
        step("t>", "sign", "0 < exp(t)"),
        step("X>", "sign", f"0 < exp({slope})"),
        step("product", "certificate", f"(1 - {u})*(1 + {v}) <= exp(-{u})*exp({v})", "eu", "ev", "1-u", "v>", *signs,
             terms=[["eu", "v>"], ["1-u", "ev"]], prose="Two tangents of the exponential,"),
        step("ratio", "certificate", f"exp({slope})*(lam**2 - p**2) <= lam**2 - q**2", "product", "X>", "gq", *signs,
             terms=[["product", "X>", "gq"]], prose="whose product is the convexity of -log(lambda^2 - g^2)."),
        step("third", "certificate", f"exp(t)*(1 + {slope} - t) <= exp({slope})", "et", "t>", "gq", terms=[["et",
             "t>"]]),
        step("gg", "certificate", "0 < (lam**2 - p**2)*(lam**2 - q**2)", "gp", "gq", terms=[["gp", "gq"]]),
        step("end", "certificate", goal, "ratio", "third", "gp", "gq", "gg", terms=[["ratio"], ["third", "gp"]],
             times="(lam**2 - p**2)*(lam**2 - q**2)"),
    ]  # fmt: skip
    hyps = {"lam": "0 < lam", "p": "p**2 < lam**2", "q": "q**2 < lam**2"}
    return Proof(Statement(goal, hyps, inhabited={"lam": "1", "p": "0", "q": "1/2"}), steps)


def build_convex(factor: str = "beta", sign: str = "-") -> Proof:
    """Return the proof of Z(z) exp(-beta sum_i (r_i - z_i) f^z_i) <= Z(r): log Z lies above its tangent at z.

    Arguments:
        factor: what Z is multiplied with in the predictor's denominator.
        sign: the predictor's sign.

    Example:
        >>> build_convex().statement.goal[-5:]
        '<= Zr'
    """
    slope = "2*gz(phi)*(gr(phi) - gz(phi))/(lam**2 - gz(phi)**2)"
    weight = "2*gz(phi)/(lam**2 - gz(phi)**2)**2"
    one, at_z, at_r = "1/(lam**2 - gz(phi)**2)", f"{weight}*(gr(phi) - gz(phi))", "1/(lam**2 - gr(phi)**2)"
    w = f"Int(phi,0,2*pi,{at_z})"
    mean = "-beta*Sum(i, 1, M, (r(i) - z(i))*fz(i))"
    tangent = f"exp({mean})*((1 - {mean})*({one}) + {at_z})"
    goal = "Zz*exp(-beta*Sum(i, 1, M, (r(i) - z(i))*fz(i))) <= Zr"
    steps = [
        step("gz", "apply", "gz(phi)**2 < lam**2", "z", at={"phi": "phi"}),
        step("gr", "apply", "gr(phi)**2 < lam**2", "r", at={"phi": "phi"}),
        step("Gz", "sign", "0 < lam**2 - gz(phi)**2", "gz"),
        step("Gr", "sign", "0 < lam**2 - gr(phi)**2", "gr"),
        step("low", "apply", "2*pi/lam**2 <= Zz", "claim:mf.circle-lower", "lam", "z", symbols={"r(i)": "z(i)"}),
        step("2pi", "sign", "0 < 2*pi/lam**2", "lam"),
        step("Z", "arithmetic", "0 < Zz", "low", "2pi"),
        step("tangent", "apply", f"exp(t)*(1 + {slope} - t)/(lam**2 - gz(phi)**2) <= {at_r}", "claim:mf.log-tangent",
             "lam",
             "gz", "gr", put={"p": "gr(phi)", "q": "gz(phi)"}),
        step("same", "identity",
             f"exp(t)*((1 - t)*({one}) + {at_z}) == exp(t)*(1 + {slope} - t)/(lam**2 - gz(phi)**2)", "Gz"),
        step("point'", "arithmetic", f"exp(t)*((1 - t)*({one}) + {at_z}) <= {at_r}", "tangent", "same"),
        step("point", "apply", f"{tangent} <= {at_r}", "point'", put={"t": mean}),
        step("C1", "continuous", f"Cont(phi,0,2*pi,{one})", "Gz"),
        step("C2", "continuous", f"Cont(phi,0,2*pi,{at_z})", "Gz"),
        step("C3", "continuous", f"Cont(phi,0,2*pi,{tangent})", "Gz"),
        step("C4", "continuous", f"Cont(phi,0,2*pi,{at_r})", "Gr"),
        step("order", "sign", "0 <= 2*pi"),
        step("mono", "monotone", f"Int(phi,0,2*pi,{tangent}) <= Zr", "point", "C3", "C4", "order"),
        step("CA", "assume", "Cont(phi,0,2*pi,A(phi))"),
        step("CB", "assume", "Cont(phi,0,2*pi,B(phi))"),
        step("lin", "linear", "Int(phi,0,2*pi,c*((1 - t)*A(phi) + B(phi))) == "
             "c*((1 - t)*Int(phi,0,2*pi,A(phi)) + Int(phi,0,2*pi,B(phi)))", "CA", "CB"),
        step("left", "apply", f"Int(phi,0,2*pi,{tangent}) == exp({mean})*((1 - ({mean}))*Zz + {w})", "lin", "C1", "C2",
             put={"c": f"exp({mean})", "t": mean}, symbols={"A(phi)": one, "B(phi)": at_z}),
        step("Ck", "assume", "All(i, Integrable(phi,0,2*pi,h(phi)*k(i,phi)))"),
        step("sum", "linear", "Int(phi,0,2*pi,h(phi)*Sum(i,1,M,d(i)*k(i,phi))) == "
             "Sum(i,1,M,d(i)*Int(phi,0,2*pi,h(phi)*k(i,phi)))", "Ck"),
        step("Cu", "continuous", f"Cont(phi,0,2*pi,{weight}*{_UNIT})", "Gz"),
        step("IA", "linear", "Integrable(phi,0,2*pi,A(phi))", "CA"),
        step("Iu", "apply", f"Integrable(phi,0,2*pi,{weight}*{_UNIT})", "IA", "Cu",
             symbols={"A(phi)": f"{weight}*{_UNIT}"}),
        step("Cu.", "generalize", f"All(i, Integrable(phi,0,2*pi,{weight}*{_UNIT}))", "Iu"),
        step("W", "apply", f"{w} == Sum(i, 1, M, (r(i) - z(i))*mz(i))", "sum", "Cu.",
             symbols={"h(phi)": weight, "k(i,phi)": _UNIT, "d(i)": "r(i) - z(i)"}),
        step("mean", "identity", f"{w} == ({mean})*Zz", "W", "Z", "beta", combine={"W": "1"}),
        step("right", "identity", f"exp({mean})*((1 - ({mean}))*Zz + {w}) == Zz*exp({mean})", "mean",
             combine={"mean": f"exp({mean})"}),
        step("end", "arithmetic", goal, "mono", "left", "right"),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, _let(factor, sign), {"lam": "1", "beta": "1", "M": "0"}), steps)


def build_monotone(sign: str = "<=") -> Proof:
    """Return the proof that sum_i (r_i - z_i)(f^z_i - f^r_i) >= 0: the predictor falls as its residuals grow.

    Arguments:
        sign: the comparison with 0.

    Example:
        >>> build_monotone().statement.goal[:4]
        '0 <='
    """
    forth = "Sum(i, 1, M, (r(i) - z(i))*fz(i))"
    back = "Sum(i, 1, M, (z(i) - r(i))*fr(i))"
    goal = f"0 {sign} Sum(i, 1, M, (r(i) - z(i))*(fz(i) - fr(i)))"
    steps = [
        step("forth", "apply", f"Zz*exp(-beta*{forth}) <= Zr", "claim:mf.partition-convex", *HYPS),
        step("back", "apply", f"Zr*exp(-beta*{back}) <= Zz", "claim:mf.partition-convex", "lam", "beta", "z", "r",
             symbols={"r(i)": "z(i)", "z(i)": "r(i)"}, prose="The same with r and z exchanged."),
        step("low", "apply", "2*pi/lam**2 <= Zz", "claim:mf.circle-lower", "lam", "z", symbols={"r(i)": "z(i)"}),
        step("2pi", "sign", "0 < 2*pi/lam**2", "lam"),
        step("Z", "arithmetic", "0 < Zz", "low", "2pi"),
        step("e", "sign", f"0 < exp(-beta*{back})"),
        step("both", "certificate", f"Zz*exp(-beta*({forth} + {back})) <= Zz", "forth", "back", "e",
             terms=[["forth", "e"], ["back"]]),
        step("exp", "certificate", f"exp(-beta*({forth} + {back})) <= 1", "both", "Z", terms=[["both"]], times="Zz"),
        step("tangent", "apply", f"1 + -beta*({forth} + {back}) <= exp(-beta*({forth} + {back}))",
             "axiom:exponential-tangent", put={"t": f"-beta*({forth} + {back})"}),
        step("end", "certificate", goal, "exp", "tangent", "beta", terms=[["exp"], ["tangent"]], times="beta"),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, _let(), {"lam": "1", "beta": "1", "M": "0"}), steps)


def build_residual(scale: str = "M**2") -> Proof:
    """Return the proof that M^2 |r - z|^2 <= |M r + y - f^r|^2 if z is stationary: M z + y = f^z.

    Arguments:
        scale: what |r - z|^2 is multiplied with.

    Example:
        >>> build_residual().statement.hyps["stationary"]
        'All(i, Imp(1 <= i, i <= M, M*z(i) + y(i) == fz(i)))'
    """
    d, grad = "(r(i) - z(i))", "(M*r(i) + y(i) - fr(i))"
    goal = f"{scale}*Sum(i, 1, M, {d}**2) <= Sum(i, 1, M, {grad}**2)"
    steps = [
        step("mono", "apply", f"0 <= Sum(i, 1, M, {d}*(fz(i) - fr(i)))", "claim:mf.predictor-monotone", *HYPS),
        step("i1", "assume", "1 <= i"),
        step("iM", "assume", "i <= M"),
        step("at", "apply", "M*z(i) + y(i) == fz(i)", "stationary", "i1", "iM", at={"i": "i"}),
        step("term", "identity", f"{d}*(fz(i) - fr(i)) == {d}*{grad} - M*{d}**2", "at", combine={"at": f"-{d}"}),
        step("sum", "congruence", f"Sum(i, 1, M, {d}*(fz(i) - fr(i))) == Sum(i, 1, M, {d}*{grad} - M*{d}**2)", "term"),
        step("strong", "arithmetic", f"0 <= Sum(i, 1, M, {d}*{grad} - M*{d}**2)", "mono", "sum",
             prose="The gradient is M-strongly monotone."),
        step("sq", "sign", f"0 <= ({grad} - M*{d})**2"),
        step("squares", "monotone", f"0 <= Sum(i, 1, M, ({grad} - M*{d})**2)", "sq"),
        step("M>=0", "sign", "0 <= M"),
        step("end", "certificate", goal, "strong", "squares", "M>=0", terms=[["c:2", "strong", "M>=0"], ["squares"]]),
    ]  # fmt: skip
    hyps = {**HYPS, "stationary": "All(i, Imp(1 <= i, i <= M, M*z(i) + y(i) == fz(i)))"}
    return Proof(Statement(goal, hyps, DECLARE, _let(), {"lam": "1", "beta": "1", "M": "0"}), steps)
