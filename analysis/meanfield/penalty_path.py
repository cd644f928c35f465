"""How minimisers change with the ridge penalty, and the exact symmetries of the noiseless problem; derived here."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step

_OPTIMAL = {
    "first": "risk1/2+lam1*norm1 <= risk2/2+lam1*norm2",
    "second": "risk2/2+lam2*norm2 <= risk1/2+lam2*norm1",
}


def build_monotone(order: str = "lam1 < lam2") -> Proof:
    """Derive that along the regularisation path the risk does not fall and the path norm does not rise with lambda.

    risk_k and norm_k are R and sum |c| of a minimiser at lambda_k; each is optimal for its own penalty.

    Arguments:
        order: how the penalties compare; lam1 < lam2 in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_monotone().statement.goal
        'norm2 <= norm1 and risk1 <= risk2'
    """
    statement = Statement(
        "norm2 <= norm1 and risk1 <= risk2",
        {"order": order, "lam1": "0 < lam1", **_OPTIMAL},
        inhabited={"lam1": "1", "lam2": "2", "risk1": "0", "risk2": "0", "norm1": "0", "norm2": "0"},
    )
    steps = [
        step("gap", "arithmetic", "0 < lam2-lam1", "order"),
        step("norm", "certificate", "norm2 <= norm1", "first", "second", "gap", times="lam2-lam1",
             terms=[["first"], ["second"]]),
        step("risk", "certificate", "risk1 <= risk2", "first", "norm", "lam1",
             terms=[["c:2", "first"], ["c:2", "lam1", "norm"]]),
        step("goal", "arithmetic", statement.goal, "norm", "risk"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_concave(weight: str = "1-t") -> Proof:
    """Derive that the minimal value is a concave function of lambda: a minimum of functions that are affine in it.

    value1 and value2 are the minima at lambda_1 and lambda_2; (risk, norm) is any function's, the minimiser at
    (1-t) lambda_1 + t lambda_2 among them.

    Arguments:
        weight: the weight of lambda_1; 1-t in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> sorted(build_concave().statement.hyps)
        ['at1', 'at2', 't']
    """
    statement = Statement(
        f"({weight})*value1+t*value2 <= risk/2+((1-t)*lam1+t*lam2)*norm",
        {"t": "0 <= t and t <= 1", "at1": "value1 <= risk/2+lam1*norm", "at2": "value2 <= risk/2+lam2*norm"},
        inhabited={"t": "1/2", "value1": "0", "value2": "0", "risk": "0", "norm": "0", "lam1": "1", "lam2": "2"},
    )
    steps = [
        step("low", "arithmetic", "0 <= t", "t"),
        step("high", "arithmetic", "0 <= 1-t", "t"),
        step("goal", "certificate", statement.goal, "at1", "at2", "low", "high",
             terms=[["high", "at1"], ["low", "at2"]]),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_scaling(power: str = "2") -> Proof:
    """Derive the symmetries of the objective: (y, lambda, c) -> (s y, s lambda, s c) scales it by s^2, and x -> -x.

    f(x) = sum_k c_k (w_k x + b_k)_+ with K units; the mirrored units (-w_k, b_k) at -x have the same values and norms.

    Arguments:
        power: the power of s; 2 in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_scaling().statement.hyps
        {'s': '0 < s'}
    """
    f = "Sum(k,1,K,{c}*relu({w}*{x}+b(k)))".format
    loss = "1/(2*M)*Sum(i,1,M,({f}-{y})**2)".format
    plain = loss(f=f(c="c(k)", w="w(k)", x="x(i)"), y="y(i)") + "+lam*Sum(k,1,K,abs(c(k)))"
    scaled = loss(f=f(c="(s*c(k))", w="w(k)", x="x(i)"), y="s*y(i)") + "+(s*lam)*Sum(k,1,K,abs(s*c(k)))"
    mirrored = loss(f=f(c="c(k)", w="(-w(k))", x="(-x(i))"), y="y(i)") + "+lam*Sum(k,1,K,abs(c(k)))"
    first, second = f"{scaled} == s**{power}*({plain})", f"{mirrored} == {plain}"
    statement = Statement(f"{first} and {second}", {"s": "0 < s"}, "i,k:Z M,K:N", inhabited={"s": "1"})
    modulus = "Sum(k,1,K,abs(s*c(k)))"
    steps = [
        step("abs", "arithmetic", "Imp(0 < s, abs(s*t) == s*abs(t))"),
        step("abs-k", "apply", "abs(s*c(k)) == s*abs(c(k))", "abs", "s", put={"t": "c(k)"}),
        step("norm", "congruence", f"{modulus} == Sum(k,1,K,s*abs(c(k)))", "abs-k"),
        step("first", "identity", first, "norm", combine={"norm": "s*lam"}),
        step("second", "identity", second),
        step("goal", "arithmetic", statement.goal, "first", "second"),
    ]  # fmt: skip
    return Proof(statement, steps)
