"""Integrals of explicit densities in Section 5 and Appendix A of JMLR 23(130): boxes, uniforms, Gaussians."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


def build_box_integral(eighth: str = "1/8") -> Proof:
    """Derive (5.16): over (0, m/2]^2, int z1 exp(-k z2^2/2) dz = (m^2/8) sqrt(pi/(2k)) erf(m sqrt(k)/(2 sqrt(2))).

    Here k = K1 beta; the paper divides by K2.

    Arguments:
        eighth: the constant; 1/8 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.16)).

    Example:
        >>> sorted(build_box_integral().statement.hyps)
        ['k', 'm']
    """
    e, primitive = "exp(-k*z**2/2)", "sqrt(pi/(2*k))*erf(z*sqrt(k)/sqrt(2))"
    inner = f"Int(z,0,m/2,u*{e})"
    goal = f"Int(u,0,m/2,{inner}) == {eighth}*m**2*sqrt(pi/(2*k))*erf(m*sqrt(k)/(2*sqrt(2)))"
    area = "(sqrt(pi/(2*k))*erf(m*sqrt(k)/(2*sqrt(2))))"
    steps = [
        step("order", "arithmetic", "0 <= m/2", "m"),
        step("root", "sign", "0 < sqrt(k)", "k"),
        step("root2", "identity", "sqrt(k)**2 == k", "k"),
        step("scale", "arithmetic", "sqrt(pi/(2*k)) == sqrt(pi)/(sqrt(2)*sqrt(k))", "k"),
        step("C", "continuous", f"Cont(z,0,m/2,{e})"),
        step("CF", "continuous", f"Cont(z,0,m/2,{primitive})", "root"),
        step("d", "derivative", f"HasDeriv(z, {primitive}, {e})", "root", "root2", "scale", "k"),
        step("line", "fundamental-theorem", f"Int(z,0,m/2,{e}) == {area}", "d", "CF", "C", "order", F=primitive),
        step("out", "identity", f"{inner} == u*Int(z,0,m/2,{e})"),
        step("inner", "identity", f"{inner} == u*{area}", "out", "line", combine={"out": "1", "line": "u"}),
        step("outer", "congruence", f"Int(u,0,m/2,{inner}) == Int(u,0,m/2,u*{area})", "inner"),
        step("du", "derivative", f"HasDeriv(u, u**2/2*{area}, u*{area})"),
        step("Cu", "continuous", f"Cont(u,0,m/2,u*{area})"),
        step("CU", "continuous", f"Cont(u,0,m/2,u**2/2*{area})"),
        step("square", "fundamental-theorem", f"Int(u,0,m/2,u*{area}) == (m/2)**2/2*{area}", "du", "Cu", "CU", "order",
             F=f"u**2/2*{area}"),
        step("goal", "identity", goal, "outer", "square", combine={"outer": "1", "square": "1"}),
    ]  # fmt: skip
    statement = Statement(goal, {"m": "0 < m", "k": "0 < k"}, inhabited={"m": "1", "k": "1"})
    return Proof(statement, steps)


def build_erf_tenth(tenth: str = "1/10") -> Proof:
    """Derive p. 24: erf(t) >= 1/10 from t = 0.0889 on; here for t >= 9/100 by the integral of exp(-s^2).

    Arguments:
        tenth: the lower bound; 1/10 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 24).

    Example:
        >>> build_erf_tenth().statement.hyps
        {'t': '9/100 <= t'}
    """
    statement = Statement(f"{tenth} <= erf(t)", {"t": "9/100 <= t"}, inhabited={"t": "1"})
    steps = [
        step("start", "enclosure", f"{tenth} < erf(9/100)"),
        step("d", "derivative", "HasDeriv(s, erf(s), 2/sqrt(pi)*exp(-s**2))"),
        step("C", "continuous", "Cont(s,9/100,t,erf(s))"),
        step("c", "continuous", "Cont(s,9/100,t,2/sqrt(pi)*exp(-s**2))"),
        step("sign", "sign", "0 <= 2/sqrt(pi)*exp(-s**2)"),
        step("grown", "fundamental-theorem", "Int(s,9/100,t,2/sqrt(pi)*exp(-s**2)) == erf(t)-erf(9/100)", "d", "C",
             "c", "t", F="erf(s)"),
        step("more", "monotone", "0 <= Int(s,9/100,t,2/sqrt(pi)*exp(-s**2))", "sign", "c", "t"),
        step("goal", "arithmetic", statement.goal, "start", "grown", "more"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_uniform(width: str = "s") -> Proof:
    """Derive p. 51: the uniform law of variance s^2/12 has width s; its entropy is log s.

    Arguments:
        width: the width; s in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 51).

    Example:
        >>> build_uniform().statement.hyps
        {'s': '0 < s'}
    """
    low, high = f"(-({width})/2)", f"(({width})/2)"
    density = "(1/s)"
    goal = (
        f"Int(t,{low},{high},{density}) == 1 and Int(t,{low},{high},{density}*t**2) == s**2/12"
        f" and -Int(t,{low},{high},{density}*log({density})) == log(s)"
    )
    statement = Statement(goal, {"s": "0 < s"}, inhabited={"s": "1"})
    parts = goal.split(" and ")
    moment = parts[1].split(" == ")[0]
    entropy = parts[2].split(" == ")[0][1:]
    mass = parts[0].split(" == ")[0]
    value = f"{high}**3/(3*s)-{low}**3/(3*s)"
    steps = [
        step("order", "arithmetic", f"{low} <= {high}", "s"),
        step("d1", "derivative", f"HasDeriv(t, {density}*t, {density})"),
        step("c1", "continuous", f"Cont(t,{low},{high},{density})"),
        step("C1", "continuous", f"Cont(t,{low},{high},{density}*t)"),
        step("m1", "fundamental-theorem", f"{mass} == {density}*{high}-{density}*{low}", "d1", "c1", "C1", "order",
             F=f"{density}*t"),
        step("mass", "identity", parts[0], "m1", "s", combine={"m1": "1"}),
        step("d2", "derivative", f"HasDeriv(t, t**3/(3*s), {density}*t**2)", "s"),
        step("c2", "continuous", f"Cont(t,{low},{high},{density}*t**2)"),
        step("C2", "continuous", f"Cont(t,{low},{high},t**3/(3*s))"),
        step("m2", "fundamental-theorem", f"{moment} == {value}", "d2", "c2", "C2", "order", F="t**3/(3*s)"),
        step("moment", "identity", parts[1], "m2", "s", combine={"m2": "1"}),
        step("out", "identity", f"{entropy} == log({density})*{mass}"),
        step("positive", "sign", "0 < 1/s", "s"),
        step("log-s", "apply", "exp(log(s)) == s", "axiom:logarithm", "s", put={"t": "s"}),
        step("log-1/s", "apply", "exp(log(1/s)) == 1/s", "axiom:logarithm", "positive", put={"t": "1/s"}),
        step("product", "identity", "exp(log(s)+log(1/s)) == 1", "log-s", "log-1/s", "s",
             combine={"log-s": "exp(log(1/s))", "log-1/s": "s"}),
        step("inverse", "identity", "exp(-(log(s)+log(1/s))) == 1", "product",
             combine={"product": "-exp(-(log(s)+log(1/s)))"}),
        step("up", "arithmetic", "1+(log(s)+log(1/s)) <= exp(log(s)+log(1/s))"),
        step("down", "arithmetic", "1-(log(s)+log(1/s)) <= exp(-(log(s)+log(1/s)))"),
        step("zero", "arithmetic", "log(s)+log(1/s) == 0", "product", "inverse", "up", "down"),
        step("entropy", "identity", parts[2], "out", "mass", "zero",
             combine={"out": "-1", "mass": f"-log({density})", "zero": "-1"}),
        step("goal", "arithmetic", goal, "mass", "moment", "entropy"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_standard_moments(dimension: str = "3") -> Proof:
    """Derive (A.1): for rho = N(0, s^2 I_3) the second moment is 3 s^2 and the entropy (3/2) log(2 pi e s^2).

    With theta = s z the entropy is the mean of -log density, |z|^2/2 + (3/2) log(2 pi s^2).

    Arguments:
        dimension: the second moment over s^2; 3 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.1)).

    Example:
        >>> build_standard_moments().statement.hyps
        {}
    """
    square = "z(1)*z(1)+z(2)*z(2)+z(3)*z(3)"
    moment = f"E[z](s**2*({square}))"
    entropy = f"E[z](({square})/2+3/2*log(2*pi*s**2))"
    goal = f"{moment} == {dimension}*s**2 and {entropy} == 3/2*(log(2*pi*s**2)+1)"
    steps = []
    for k in "123":
        steps += [
            step(f"v{k}", "apply", f"E[z](z({k})*z({k})) == delta({k}, {k})", "axiom:gaussian-covariance",
                 put={"k": k, "l": k}),
            step(f"i{k}", "apply", f"L2[z](z({k}))", "axiom:gaussian-square-integrable", put={"k": k}),
        ]  # fmt: skip
    apart = "+".join(f"E[z](z({k})*z({k}))" for k in "123")
    steps += [
        step("apart", "linear", f"{moment} == s**2*({apart})", "i1", "i2", "i3"),
        step("moment", "identity", f"{moment} == {dimension}*s**2", "apart", "v1", "v2", "v3",
             combine={"apart": "1", "v1": "s**2", "v2": "s**2", "v3": "s**2"}),
        step("split", "linear", f"{entropy} == 1/2*({apart})+3/2*log(2*pi*s**2)", "i1", "i2", "i3"),
        step("entropy", "identity", f"{entropy} == 3/2*(log(2*pi*s**2)+1)", "split", "v1", "v2", "v3",
             combine={"split": "1", "v1": "1/2", "v2": "1/2", "v3": "1/2"}),
        step("goal", "arithmetic", goal, "moment", "entropy"),
    ]  # fmt: skip
    return Proof(Statement(goal), steps)
