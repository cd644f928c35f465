"""Steps to Theorem 1 of JMLR 23(130): size of the cluster set, the partition function from below, Gaussian means."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import DECLARE, HYPS, INHABITED, LET


def build_cluster_size(power: str = "2") -> Proof:
    """Derive (4.11) from Lemma 5.3: with m > exp(beta K2), K1 exp(beta K2)/m^2 is below K1/m and K1 exp(-beta K2).

    Arguments:
        power: the power of m in Lemma 5.3; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (4.11) and p. 28).

    Example:
        >>> sorted(build_cluster_size().statement.hyps)
        ['K1', 'm', 'size']
    """
    grown = "exp(beta*K2)"
    statement = Statement(
        "size <= K1/m and size <= K1*exp(-beta*K2)",
        {"K1": "0 <= K1", "m": f"{grown} < m", "size": f"size <= K1*{grown}/m**{power}"},
        inhabited={"K1": "1", "beta": "0", "K2": "0", "m": "2", "size": "0"},
    )
    steps = [
        step("e", "sign", f"0 < {grown}"),
        step("m>0", "arithmetic", "0 < m", "e", "m"),
        step("room", "arithmetic", f"0 <= m-{grown}", "m"),
        step("first", "certificate", f"K1*{grown}/m**{power} <= K1/m", "room", "K1", "m>0", times=f"m**{power}",
             terms=[["room", "K1"]]),
        step("inverse", "identity", f"{grown}*exp(-beta*K2) == 1"),
        step("e-", "sign", "0 < exp(-beta*K2)"),
        step("small", "certificate", "1/m <= exp(-beta*K2)", "room", "e-", "inverse", "m>0", times="m",
             terms=[["room", "e-"]], combine={"inverse": "m"}),
        step("second", "certificate", "K1/m <= K1*exp(-beta*K2)", "small", "K1", terms=[["small", "K1"]]),
        step("a", "arithmetic", "size <= K1/m", "size", "first"),
        step("b", "arithmetic", "size <= K1*exp(-beta*K2)", "a", "second"),
        step("goal", "arithmetic", statement.goal, "a", "b"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_partition_lower(power: str = "3") -> Proof:
    """Derive Lemma 5.6, sharper at m = infinity: Z >= sqrt(2 pi/(beta lambda))^3, for all data and residuals.

    So Z beta^(3/2) lambda^(3/4) >= (2 pi)^(3/2) lambda^(-3/4), which is at least a constant for bounded lambda.

    Arguments:
        power: the power of the root; 3 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma 5.6, sharper).

    Example:
        >>> build_partition_lower().statement.goal[:28]
        'sqrt(2*pi/(beta*lam))**3 <= '
    """
    z, circle = "Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,density(a,w,b))))", "Int(phi,0,2*pi,1/(lam**2-g(phi)**2))"
    root = "sqrt(2*pi/(beta*lam))"
    goal = f"{root}**{power} <= {z}"
    steps = [
        step("Z", "apply", f"{z} == {root}*(lam/beta)*{circle}", "claim:mf.gibbs-partition", *HYPS),
        step("least", "apply", f"2*pi/lam**2 <= {circle}", "claim:mf.circle-lower", "lam", "inside"),
        step("inside-root", "sign", "0 < 2*pi/(beta*lam)", "beta", "lam"),
        step("root", "sign", f"0 < {root}", "inside-root"),
        step("square", "identity", f"{root}**2 == 2*pi/(beta*lam)", "inside-root"),
        step("scale", "sign", "0 < lam/beta", "beta", "lam"),
        step("cube", "identity", f"{root}**{power} == {root}*(lam/beta)*(2*pi/lam**2)", "square", "beta", "lam",
             combine={"square": root}),
        step("goal", "certificate", goal, "Z", "cube", "least", "root", "scale", terms=[["least", "root", "scale"]],
             combine={"Z": "1", "cube": "-1"}),
    ]  # fmt: skip
    let = {name: LET[name] for name in ("S(w,b)", "g(phi)", "density(a,w,b)")}
    return Proof(Statement(goal, HYPS, DECLARE, let, INHABITED), steps)


def build_point_to_gaussian(two: str = "2") -> Proof:
    """Derive (A.11): the mean squared distance of N(mu, s^2 I_2) from its centre, W_2^2 to that point, is 2 s^2.

    Arguments:
        two: the factor; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.11), with K2 = 2).

    Example:
        >>> build_point_to_gaussian().statement.hyps
        {}
    """
    goal = f"E[z](((w+s*z(1))-w)**2+((b+s*z(2))-b)**2) == {two}*s**2"
    steps = []
    for k in "12":
        steps += [
            step(f"v{k}", "apply", f"E[z](z({k})*z({k})) == delta({k}, {k})", "axiom:gaussian-covariance",
                 put={"k": k, "l": k}),
            step(f"i{k}", "apply", f"L2[z](z({k}))", "axiom:gaussian-square-integrable", put={"k": k}),
        ]  # fmt: skip
    left = goal.split(" == ")[0]
    steps += [
        step("split", "linear", f"{left} == s**2*E[z](z(1)*z(1))+s**2*E[z](z(2)*z(2))", "i1", "i2"),
        step("goal", "identity", goal, "split", "v1", "v2", combine={"split": "1", "v1": "s**2", "v2": "s**2"}),
    ]
    return Proof(Statement(goal), steps)


def build_gaussian_box(first: str = "2") -> Proof:
    """Derive the integral after (A.15): over R^3 it is (2 pi/beta)^(3/2) over the root of the product of the rates.

    The exponent of (A.15), |a w| A + |a b| B + (lambda/2)|theta|^2 with |A|, |B| <= k, is at most
    ((2k + lambda) a^2 + (k + lambda) (w^2 + b^2))/2.

    Arguments:
        first: how often k enters the rate of a; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.15) and what follows).

    Example:
        >>> sorted(build_gaussian_box().statement.hyps)
        ['A', 'B', 'beta', 'k', 'lam']
    """
    ra, rw = f"({first}*k+lam)", "(k+lam)"
    exponent = "A*abs(a*w)+B*abs(a*b)+lam/2*(a**2+w**2+b**2)"
    bound = f"{exponent} <= ({ra}*a**2+{rw}*w**2+{rw}*b**2)/2"
    parts = [f"exp(-(beta*{r})*{v}**2/2)" for r, v in ((ra, "a"), (rw, "w"), (rw, "b"))]
    values = [f"sqrt(2*pi/(beta*{r}))" for r in (ra, rw, rw)]
    product = " and ".join(
        f"Int({v},-oo,oo,{part}) == {value}" for v, part, value in zip("awb", parts, values, strict=True)
    )
    statement = Statement(
        f"{bound} and {product}",
        {"beta": "0 < beta", "lam": "0 < lam", "k": "0 <= k", "A": "0 <= A and A <= k", "B": "0 <= B and B <= k"},
        inhabited={"beta": "1", "lam": "1", "k": "1", "A": "1", "B": "0"},
    )
    steps = [
        step("low", "arithmetic", "Imp(0 <= A, A <= k, A*abs(u*v) <= k*(u**2+v**2)/2)"),
        step("A0", "arithmetic", "0 <= A", "A"),
        step("A1", "arithmetic", "A <= k", "A"),
        step("B0", "arithmetic", "0 <= B", "B"),
        step("B1", "arithmetic", "B <= k", "B"),
        step("aw", "apply", "A*abs(a*w) <= k*(a**2+w**2)/2", "low", "A0", "A1", put={"u": "a", "v": "w"}),
        step("ab", "apply", "B*abs(a*b) <= k*(a**2+b**2)/2", "low", "B0", "B1", put={"A": "B", "u": "a", "v": "b"}),
        step("bound", "certificate", bound, "aw", "ab", terms=[["aw"], ["ab"]]),
        step("ca", "sign", f"0 < beta*{ra}", "beta", "lam", "k"),
        step("cw", "sign", f"0 < beta*{rw}", "beta", "lam", "k"),
        *[
            step(f"g{v}", "apply", f"Int({v},-oo,oo,{part}) == {value}", "axiom:gaussian-integral", c,
                 put={"c": f"beta*{r}"})
            for v, part, value, c, r in zip("awb", parts, values, ("ca", "cw", "cw"), (ra, rw, rw), strict=True)
        ],
        step("goal", "arithmetic", statement.goal, "bound", "ga", "gw", "gb"),
    ]  # fmt: skip
    return Proof(statement, steps)
