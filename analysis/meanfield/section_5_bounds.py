"""Lemmas 5.1 to 5.3 of JMLR 23(130): free energy at the Gibbs law, bounds on densities and tails, the cluster set."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from . import free_energy
from .chaos import build_empirical_limit
from .relative_entropy import over


def build_free_energy_value(sign: str = "-") -> Proof:
    """Derive p. 21: at the Gibbs law F = -log(Z)/beta - (1/2M) sum of fitted squares + (1/2M) sum of squared targets.

    Arguments:
        sign: the sign of the fitted squares; - in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 21, at m = tau = infinity); it uses mf.gibbs-duality.

    Example:
        >>> build_free_energy_value().statement.goal[:4]
        'F =='
    """
    dual = free_energy.build_equality().statement
    goal = f"F == -log(Z)/beta{sign}1/(2*M)*Sum(i, 1, M, f(i)**2)+1/(2*M)*Sum(i, 1, M, y(i)**2)"
    residual = "(f(i)-y(i))/M"
    steps = [
        step("dual", "apply", dual.goal, "claim:mf.gibbs-duality", *dual.hyps),
        step("M>0", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("i1", "assume", "1 <= i"),
        step("iM", "assume", "i <= M"),
        step("at", "apply", "M*r(i) == f(i)-y(i)", "stationary", "i1", "iM", at={"i": "i"}),
        step("r", "identity", f"r(i) == {residual}", "at", "M>0", combine={"at": "1/M"}),
        step("squares'", "identity", f"r(i)**2 == ({residual})**2", "r", combine={"r": f"r(i)+{residual}"}),
        step("products'", "identity", f"r(i)*y(i) == ({residual})*y(i)", "r", combine={"r": "y(i)"}),
        step("squares", "congruence", f"Sum(i, 1, M, r(i)**2) == Sum(i, 1, M, ({residual})**2)", "squares'"),
        step("products", "congruence", f"Sum(i, 1, M, r(i)*y(i)) == Sum(i, 1, M, ({residual})*y(i))", "products'"),
        step("goal", "identity", goal, "dual", "squares", "products", "M>0",
             combine={"dual": "1", "squares": "-M/2", "products": "-1"}),
    ]  # fmt: skip
    return Proof(Statement(goal, dual.hyps, dual.declare, dual.let, GAUSSIAN_LAW), steps)


#: Without residuals the Gibbs density is Gaussian.
GAUSSIAN_LAW = {**free_energy.INHABITED, "r(i)": "0", "y(i)": "0"}
_WEIGHT = "exp(-(a/2*relu(b)+(a**2+w**2+b**2)/2))"
_MASS = over(_WEIGHT, 3)
#: One datum at 0 with the residual 1/2.
ONE_DATUM = {
    "beta": "1", "lam": "1", "M": "1", "x(i)": "0", "r(i)": "1/2", "rho(a,w,b)": f"{_WEIGHT}/{_MASS}",
    "y(i)": f"{over(f'a*relu(b)*({_WEIGHT}/{_MASS})', 3)}-1/2",
}  # fmt: skip


def build_cluster_bound(power: str = "2") -> Proof:
    """Derive Lemma 5.3, (5.11): |Omega| <= K exp(beta (D + 1/2))/m^2 with an explicit K.

    From the lower bound (5.12)-(5.15) of Z by |Omega| times the box integral of (5.16) over K2, and from Lemma 5.2,
    Z <= exp(beta D) (4 pi/(beta lambda))^(3/2), where beta lambda >= 1; the root of beta is at most exp(beta/2).

    Arguments:
        power: the power of m; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma 5.3, with an explicit constant); it uses mf.eq-5.16 and
        mf.erf-1-10.

    Example:
        >>> sorted(build_cluster_bound().statement.hyps)
        ['K1', 'K2', 'above', 'below', 'beta', 'k', 'large', 'm', 'size']
    """
    rate = "(K1*beta)"
    box = f"Int(u,0,m/2,Int(z,0,m/2,u*exp(-{rate}*z**2/2)))"
    constant = "80*K2*sqrt(2*K1/pi)*sqrt(4*pi)**3"
    goal = f"size <= {constant}*exp(beta*(D+1/2))/m**{power}"
    hyps = {
        "beta": "0 < beta", "k": "1 <= k", "K1": "0 < K1", "K2": "0 < K2", "m": "0 < m", "size": "0 <= size",
        "large": f"9/100 <= m*sqrt({rate})/(2*sqrt(2))", "below": f"size*({box}/K2) <= Z",
        "above": "Z <= exp(beta*D)*sqrt(4*pi/k)**3",
    }  # fmt: skip
    erf = f"erf(m*sqrt({rate})/(2*sqrt(2)))"
    low, root = f"sqrt(pi/(2*{rate}))", "exp(beta/2)"
    steps = [
        step("rate", "sign", f"0 < {rate}", "K1", "beta"),
        step("box", "apply", f"{box} == 1/8*m**2*{low}*{erf}", "claim:mf.eq-5.16", "m", "rate", put={"k": rate}),
        step("erf", "apply", f"1/10 <= {erf}", "claim:mf.erf-1-10", "large", put={"t": f"m*sqrt({rate})/(2*sqrt(2))"}),
        step("in-low", "sign", f"0 < pi/(2*{rate})", "rate"),
        step("low", "sign", f"0 < {low}", "in-low"),
        step("low2", "identity", f"{low}**2 == pi/(2*{rate})", "in-low"),
        step("least", "certificate", f"size*(m**2*{low}/80)/K2 <= size*({box}/K2)", "erf", "box", "size", "low", "m",
             "K2", terms=[["c:1/8", "size", "m", "m", "low", "erf"]], times="K2", combine={"box": "size"}),
        step("k>0", "arithmetic", "0 < k", "k"),
        step("cap-lemma", "arithmetic", "Imp(1 <= k, 0 < k, k*q == p, 0 <= p, 0 <= q, sqrt(q) <= sqrt(p))"),
        step("kq", "identity", "k*(4*pi/k) == 4*pi", "k>0"),
        step("p0", "sign", "0 <= 4*pi"),
        step("q0", "sign", "0 <= 4*pi/k", "k>0"),
        step("cap", "apply", "sqrt(4*pi/k) <= sqrt(4*pi)", "cap-lemma", "k", "k>0", "kq", "p0", "q0",
             put={"q": "4*pi/k", "p": "4*pi"}),
        step("cap0", "sign", "0 <= sqrt(4*pi/k)"),
        step("cube-lemma", "arithmetic", "Imp(0 <= s, s <= t, s**3 <= t**3)"),
        step("cube", "apply", "sqrt(4*pi/k)**3 <= sqrt(4*pi)**3", "cube-lemma", "cap0", "cap",
             put={"s": "sqrt(4*pi/k)", "t": "sqrt(4*pi)"}),
        step("eD", "sign", "0 < exp(beta*D)"),
        step("above'", "certificate", "exp(beta*D)*sqrt(4*pi/k)**3 <= exp(beta*D)*sqrt(4*pi)**3", "cube", "eD",
             terms=[["cube", "eD"]]),
        step("chain", "arithmetic", "Imp(a <= b, b <= c, c <= d, d <= e, a <= e)"),
        step("all", "apply", f"size*(m**2*{low}/80)/K2 <= exp(beta*D)*sqrt(4*pi)**3", "chain", "least", "below",
             "above", "above'",
             put={"a": f"size*(m**2*{low}/80)/K2", "b": f"size*({box}/K2)", "c": "Z",
                  "d": "exp(beta*D)*sqrt(4*pi/k)**3", "e": "exp(beta*D)*sqrt(4*pi)**3"}),
        step("half", "sign", f"0 < {root}"),
        step("grown", "apply", "1+beta <= exp(beta)", "axiom:exponential-tangent", put={"t": "beta"}),
        step("square", "identity", f"{root}**2 == exp(beta)"),
        step("beta-root", "arithmetic", f"beta <= {root}**2", "grown", "square"),
        step("in-up", "sign", "0 < 2*K1/pi", "K1"),
        step("up", "sign", "0 < sqrt(2*K1/pi)", "in-up"),
        step("root-square", "arithmetic", "Imp(0 < t, sqrt(t)**2 == t)"),
        step("up2", "apply", "sqrt(2*K1/pi)**2 == 2*K1/pi", "root-square", "in-up", put={"t": "2*K1/pi"}),
        step("product-lemma", "arithmetic", "Imp(0 < a, 0 < b, 0 < h, a**2*b**2*n == 1, n <= h**2, 1 <= a*b*h)"),
        step("product", "identity", f"{low}**2*sqrt(2*K1/pi)**2*beta == 1", "low2", "up2", "K1", "beta"),
        step("one", "apply", f"1 <= {low}*sqrt(2*K1/pi)*{root}", "product-lemma", "low", "up", "half", "product",
             "beta-root", put={"a": low, "b": "sqrt(2*K1/pi)", "h": root, "n": "beta"}),
        step("exps", "identity", f"exp(beta*D)*{root} == exp(beta*(D+1/2))"),
        step("goal", "certificate", goal, "all", "one", "size", "up", "half", "K2", "m", "exps", times="m**2",
             terms=[["c:80", "all", "K2", "up", "half"], ["size", "m", "m", "one"]],
             combine={"exps": "-80*K2*sqrt(2*K1/pi)*sqrt(4*pi)**3"}),
    ]  # fmt: skip
    inhabited = {
        "beta": "1", "k": "1", "K1": "1", "K2": "1", "m": "1", "size": "0", "Z": "1", "D": "1",
    }  # fmt: skip
    return Proof(Statement(goal, hyps, "", {}, inhabited), steps)


def build_observable(scale: str = "sqrt(delta)") -> Proof:
    """Derive (5.38) from the original theorem: the curvature of the network is an observable of size m^3 tau/4.

    The theorem speaks of observables of size 1; the curvature a^m (w^m)^2 tau e^(tau u)/(1 + e^(tau u))^2 of a unit is
    at most m^3 tau/4 (mf.eq-5.37), so that with the larger of this and its Lipschitz constant for Lam its error is at
    most Lam times as large.

    Arguments:
        scale: how delta enters; sqrt(delta) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.38)); it uses mf.eq-5.37.

    Example:
        >>> build_observable().statement.hyps["gap"]
        'gap <= Lam*err'
    """
    base = build_empirical_limit(scale)
    rate = base.statement.goal.split(" and ")[0]
    bound = rate.split(" <= ")[1]
    unit = "abs(cut(a)*cut(w)**2*tau*exp(tau*(cut(w)*x+b))/(1+exp(tau*(cut(w)*x+b)))**2)"
    goal = f"{unit} <= Lam and gap <= Lam*({bound})"
    hyps = {
        **base.statement.hyps, "m": "0 < m", "tau": "0 < tau", "Lam": "1/4*m**3*tau <= Lam", "gap": "gap <= Lam*err",
    }  # fmt: skip
    steps = [
        *base.steps[:-1],
        {**base.steps[-1], "id": "original"},
        step("rate-1", "arithmetic", rate, "original"),
        step("size", "apply", f"{unit} <= 1/4*m**3*tau", "claim:mf.eq-5.37", "m", "tau"),
        step("size'", "arithmetic", "Imp(u <= v, v <= z, u <= z)"),
        step("bounded", "apply", f"{unit} <= Lam", "size'", "size", "Lam",
             put={"u": unit, "v": "1/4*m**3*tau", "z": "Lam"}),
        step("m3", "sign", "0 <= 1/4*m**3*tau", "m", "tau"),
        step("Lam0", "arithmetic", "0 <= Lam", "Lam", "m3"),
        step("vanishes", "certificate", f"gap <= Lam*({bound})", "gap", "rate-1", "Lam0",
             terms=[["gap"], ["Lam0", "rate-1"]]),
        step("goal", "sign", goal, "bounded", "vanishes"),
    ]  # fmt: skip
    inhabited = {**base.statement.inhabited, "m": "1", "tau": "1", "Lam": "1/4", "gap": "0"}
    return Proof(Statement(goal, hyps, "", {"cut(u)": "max(-m, min(m, u))"}, inhabited), steps)
