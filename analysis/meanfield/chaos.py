"""What JMLR 23(130) takes from the mean-field analysis of Mei, Montanari and Nguyen (2018), and the steps from there.

The theorems on stochastic gradient descent and on the flow (3.4) are not derived here: they enter as hypotheses in
their original form, and what is checked is the step from them to the form that the paper quotes.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps

_ROOT = "sqrt(max(1/N,eps))"
_LOG = "log(N*max(t/eps,1))"


def _log_positive(u: str, *facts: str) -> Steps:
    """The logarithm of u >= 1 is not negative (step "log")."""
    return [
        step("u", "assume", "1 <= u"),
        step("u>0", "arithmetic", "0 < u", "u"),
        step("exp-log", "apply", "exp(log(u)) == u", "axiom:logarithm", "u>0", put={"t": "u"}),
        step("tangent", "apply", "1 + (-log(u)) <= exp(-log(u))", "axiom:exponential-tangent", put={"t": "-log(u)"}),
        step("inverse", "identity", "exp(-log(u))*exp(log(u)) == 1"),
        step("log-lemma", "arithmetic", "Imp(E == u, 1 <= u, 1-l <= F, F*E == 1, 0 <= l)"),
        step("log>=0", "apply", "0 <= log(u)", "log-lemma", "exp-log", "u", "tangent", "inverse",
             put={"E": "exp(log(u))", "F": "exp(-log(u))", "l": "log(u)"}),
        step("log", "apply", f"0 <= log({u})", "log>=0", *facts, put={"u": u}),
    ]  # fmt: skip


def build_error_term(constant: str = "2*K") -> Proof:
    """Derive (4.12) from the original bound, in which the dimension D = 3 of a neuron's weights stands for the 1.

    Original (Theorem 3 of Mei, Montanari and Nguyen, PNAS 115, 2018, and its noisy version): with probability at least
    1 - exp(-z^2) the error is at most K exp(K t) sqrt(max(1/N, eps)) (sqrt(D + log(N max(t/eps, 1))) + z).

    Arguments:
        constant: the constant C of (4.12) in terms of K.

    Returns:
        The statement and its derivation (JMLR 23(130), (4.12)).

    Example:
        >>> sorted(build_error_term().statement.hyps)
        ['K', 'N', 't', 'theorem', 'z']
    """
    bound = f"{constant}*exp({constant}*t)*{_ROOT}*(sqrt(1+{_LOG})+z)"
    original = f"K*exp(K*t)*{_ROOT}*(sqrt(3+{_LOG})+z)"
    statement = Statement(
        f"err <= {bound}",
        {"N": "1 <= N", "t": "0 <= t", "z": "0 <= z", "K": "0 <= K", "theorem": f"err <= {original}"},
        inhabited={"N": "1", "eps": "1", "t": "0", "z": "0", "K": "1", "err": "0"},
    )
    steps = [
        step("more", "arithmetic", "1 <= max(t/eps,1)"),
        step("times-lemma", "arithmetic", "Imp(1 <= n, 1 <= k, 1 <= n*k)"),
        step("times", "apply", "1 <= N*max(t/eps,1)", "times-lemma", "N", "more", put={"n": "N", "k": "max(t/eps,1)"}),
        *_log_positive("N*max(t/eps,1)", "times"),
        step("root-lemma", "arithmetic", "Imp(0 <= l, R == sqrt(3+l), S == sqrt(1+l), R <= 2*S)"),
        step("same3", "identity", f"sqrt(3+{_LOG}) == sqrt(3+{_LOG})"),
        step("same1", "identity", f"sqrt(1+{_LOG}) == sqrt(1+{_LOG})"),
        step("root", "apply", f"sqrt(3+{_LOG}) <= 2*sqrt(1+{_LOG})", "root-lemma", "log", "same3", "same1",
             put={"l": _LOG, "R": f"sqrt(3+{_LOG})", "S": f"sqrt(1+{_LOG})"}),
        step("grow", "arithmetic", "1+K*t <= exp(K*t)"),
        step("Kt", "sign", "0 <= K*t", "K", "t"),
        step("one", "arithmetic", "1 <= exp(K*t)", "grow", "Kt"),
        step("double", "identity", "exp(2*K*t) == exp(K*t)*exp(K*t)"),
        step("e0", "sign", "0 <= exp(K*t)"),
        step("r0", "sign", f"0 <= {_ROOT}"),
        step("s0", "sign", f"0 <= sqrt(1+{_LOG})"),
        step("first", "certificate", f"{original} <= 2*K*exp(K*t)*{_ROOT}*(sqrt(1+{_LOG})+z)", "root", "K", "e0", "r0",
             "z", terms=[["root", "K", "e0", "r0"], ["z", "K", "e0", "r0"]]),
        step("second", "certificate", f"2*K*exp(K*t)*{_ROOT}*(sqrt(1+{_LOG})+z) <= {bound}", "one", "K", "e0", "r0",
             "s0", "z", "double", terms=[["c:2", "one", "K", "e0", "r0", "s0"], ["c:2", "one", "K", "e0", "r0", "z"]],
             combine={"double": f"2*K*{_ROOT}*(sqrt(1+{_LOG})+z)"}),
        step("goal", "certificate", statement.goal, "theorem", "first", "second",
             terms=[["theorem"], ["first"], ["second"]]),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_empirical_limit(scale: str = "sqrt(delta)") -> Proof:
    """Derive p. 7 from the original bound: along N/log(N/eps) -> oo, eps log(N/eps) -> 0 the error vanishes.

    With z^2 = 2 log N the exceptional probabilities exp(-z^2) = 1/N^2 are summable (Borel-Cantelli), and the error is
    at most C (sqrt(D + 1) + sqrt(2)) sqrt(delta) as soon as log(N/eps) <= delta N and eps log(N/eps) <= delta.

    Arguments:
        scale: how delta enters; sqrt(delta) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 7, after (3.3)).

    Example:
        >>> build_empirical_limit().statement.hyps["small"]
        'eps*log(N/eps) <= delta'
    """
    ell = "log(N/eps)"
    statement = Statement(
        f"err <= C*(sqrt(D+1)+sqrt(2))*{scale} and exp(-z**2) == 1/N**2",
        {
            "N": "1 <= N", "eps": "0 < eps", "D": "0 <= D", "C": "0 <= C", "delta": "0 <= delta",
            "large": f"1 <= {ell}", "order": f"log(N) <= {ell} and 0 <= log(N)",
            "dense": f"{ell} <= delta*N", "small": f"eps*{ell} <= delta", "z": "z == sqrt(2*log(N))",
            "theorem": f"err <= C*{_ROOT}*(sqrt(D+{ell})+z)",
        },
        inhabited={"N": "1", "eps": "1/9", "D": "3", "C": "1", "delta": "3", "z": "sqrt(2*log(1))", "err": "0"},
    )  # fmt: skip
    steps = [
        step("N>0", "arithmetic", "0 < N", "N"),
        step("logN0", "arithmetic", "0 <= log(N)", "order"),
        step("logN", "arithmetic", f"log(N) <= {ell}", "order"),
        step("inv", "identity", "1/N*N == 1", "N>0"),
        step("max-lemma", "arithmetic",
             "Imp(v*N == 1, 0 < N, l <= d*N, e*l <= d, 1 <= l, R == max(v,e), 0 < e, 0 <= R and R*l <= d)"),
        step("max", "identity", "max(1/N,eps) == max(1/N,eps)"),
        step("rate", "apply", f"0 <= max(1/N,eps) and max(1/N,eps)*{ell} <= delta", "max-lemma", "inv", "N>0", "dense",
             "small", "large", "max", "eps",
             put={"v": "1/N", "l": ell, "d": "delta", "e": "eps", "R": "max(1/N,eps)"}),
        step("rate0", "arithmetic", "0 <= max(1/N,eps)", "rate"),
        step("rate1", "arithmetic", f"max(1/N,eps)*{ell} <= delta", "rate"),
        # sqrt(A) sqrt(B) <= sqrt(k) sqrt(d) when A l <= d and B <= k l
        step("A", "assume", "0 <= A"),
        step("Al", "assume", "A*l <= d"),
        step("B", "assume", "0 <= B"),
        step("Bl", "assume", "B <= k*l"),
        step("k", "assume", "0 <= k"),
        step("d", "assume", "0 <= d"),
        step("AB", "certificate", "A*B <= k*d", "A", "Al", "Bl", "k", terms=[["A", "Bl"], ["k", "Al"]]),
        step("sqrt-lemma", "arithmetic", "Imp(0 <= p, 0 <= q, 0 <= r, 0 <= s, p**2*q**2 <= r**2*s**2, p*q <= r*s)"),
        step("squares", "identity", "sqrt(A)**2*sqrt(B)**2 == A*B", "A", "B"),
        step("squares'", "identity", "sqrt(k)**2*sqrt(d)**2 == k*d", "k", "d"),
        step("under", "arithmetic", "sqrt(A)**2*sqrt(B)**2 <= sqrt(k)**2*sqrt(d)**2", "AB", "squares", "squares'"),
        *[step(f"s{v}", "sign", f"0 <= sqrt({v})") for v in "ABkd"],
        step("roots", "apply", "sqrt(A)*sqrt(B) <= sqrt(k)*sqrt(d)", "sqrt-lemma", "sA", "sB", "sk", "sd", "under",
             put={"p": "sqrt(A)", "q": "sqrt(B)", "r": "sqrt(k)", "s": "sqrt(d)"}),
        step("D1", "sign", "0 <= D+1", "D"),
        step("first-size", "certificate", f"D+{ell} <= (D+1)*{ell}", "large", "D", terms=[["large", "D"]]),
        step("first-sign", "arithmetic", f"0 <= D+{ell}", "large", "D"),
        step("first", "apply", f"{_ROOT}*sqrt(D+{ell}) <= sqrt(D+1)*sqrt(delta)", "roots", "rate0", "rate1",
             "first-sign", "first-size", "D1", "delta",
             put={"A": "max(1/N,eps)", "l": ell, "d": "delta", "B": f"D+{ell}", "k": "D+1"}),
        step("two", "sign", "0 <= 2"),
        step("second-sign", "sign", "0 <= 2*log(N)", "logN0"),
        step("second-size", "certificate", f"2*log(N) <= 2*{ell}", "logN", terms=[["c:2", "logN"]]),
        step("second", "apply", f"{_ROOT}*sqrt(2*log(N)) <= sqrt(2)*sqrt(delta)", "roots", "rate0", "rate1",
             "second-sign", "second-size", "two", "delta",
             put={"A": "max(1/N,eps)", "l": ell, "d": "delta", "B": "2*log(N)", "k": "2"}),
        step("error", "certificate", f"err <= C*(sqrt(D+1)+sqrt(2))*{scale}", "theorem", "first", "second", "C", "z",
             terms=[["theorem"], ["C", "first"], ["C", "second"]], combine={"z": f"-C*{_ROOT}"}),
        step("logarithm", "apply", "exp(log(N)) == N", "axiom:logarithm", "N>0", put={"t": "N"}),
        step("z2", "identity", "z**2 == 2*log(N)", "z", "second-sign", combine={"z": "z+sqrt(2*log(N))"}),
        step("rare", "identity", "exp(-z**2) == 1/N**2", "z2", "N>0", "logarithm",
             combine={"logarithm": "-exp(-2*log(N))*(exp(log(N))+N)/N**2"}),
        step("goal", "arithmetic", statement.goal, "error", "rare"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_three_errors(total: str = "near+late+wide") -> Proof:
    """Derive Corollary 4.3 from its three ingredients: the errors of Theorem 2, of the flow and of SGD add up.

    limit is the admissible piecewise linear map, gibbs the predictor of the minimiser, flow that of (3.4) at the time t
    and net that of N neurons after t/eps steps.

    Arguments:
        total: the bound of the whole error.

    Returns:
        The statement and its derivation (JMLR 23(130), Corollary 4.3); it uses mf.eq-4.12.

    Example:
        >>> sorted(build_three_errors().statement.hyps)[-1]
        'z'
    """
    original = f"K*exp(K*t)*{_ROOT}*(sqrt(3+{_LOG})+z)"
    let = {"wide": f"2*K*exp(2*K*t)*{_ROOT}*(sqrt(1+{_LOG})+z)"}
    given = {"N": "1 <= N", "t": "0 <= t", "z": "0 <= z", "K": "0 <= K"}
    statement = Statement(
        f"abs(limit-net) <= {total}",
        {**given, "near": "abs(limit-gibbs) <= near", "late": "abs(gibbs-flow) <= late",
         "theorem": f"abs(flow-net) <= {original}"},
        let=let,
        inhabited={"N": "1", "eps": "1", "t": "0", "z": "0", "K": "1", "limit": "0", "gibbs": "0", "flow": "0",
                   "net": "0", "near": "0", "late": "0"},
    )  # fmt: skip
    steps = [
        step("sgd", "apply", "abs(flow-net) <= wide", "claim:mf.eq-4.12", *given, "theorem",
             put={"err": "abs(flow-net)"}),
        step("lemma", "arithmetic", "Imp(abs(p-q) <= a, abs(q-r) <= b, abs(r-s) <= c, abs(p-s) <= a+b+c)"),
        step("sum", "apply", "abs(limit-net) <= near+late+wide", "lemma", "near", "late", "sgd",
             put={"p": "limit", "q": "gibbs", "r": "flow", "s": "net", "a": "near", "b": "late", "c": "wide"}),
        step("goal", "certificate", statement.goal, "sum", terms=[["sum"]]),
    ]  # fmt: skip
    return Proof(statement, steps)
