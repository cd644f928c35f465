"""Limits in Section 6.2 of JMLR 23(130): free energies as the temperature vanishes, and what compactness needs.

That liminf V >= v is a hypothesis in the form: for every e > 0 there is T with v - e <= V(t) for all t >= T.  As a
conclusion it has the equivalent form: v <= l for every l to which V(t) comes down again and again.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps
from .section_6 import NETWORK, ZERO, ZERO_STEPS


def eventually(level: str, name: str) -> str:
    """Return that name(t) comes and stays above level - e, for every e > 0.

    Example:
        >>> eventually("c", "G")
        'All(e, Imp(0 < e, Ex(T, All(t, Imp(T <= t, c-e <= G(t))))))'
    """
    return f"All(e, Imp(0 < e, Ex(T, All(t, Imp(T <= t, {level}-e <= {name}(t))))))"


def often(name: str) -> str:
    """Return that name(t) <= l for arbitrarily large t.

    Example:
        >>> often("G")
        'All(T, Ex(t, T <= t and G(t) <= l))'
    """
    return f"All(T, Ex(t, T <= t and {name}(t) <= l))"


def often_helps(value: str, level: str) -> list[dict[str, object]]:
    """Return steps that prove `often` where the function is constant and at most l.

    Example:
        >>> often_helps("0", "0")[-1]["goal"]
        'All(T, Ex(t, T <= t and 0 <= 0))'
    """
    lines = [
        step("often-0", "arithmetic", f"T <= T and {value} <= {level}"),
        step("often-t", "witness", f"Ex(t, T <= t and {value} <= {level})", "often-0", value="T"),
        step("often-all", "generalize", f"All(T, Ex(t, T <= t and {value} <= {level}))", "often-t"),
    ]
    return [{"for": "often", **line} for line in lines]


def _level_below(level: str, name: str) -> Steps:
    """From step "eventually" and hypothesis "often" that level <= l (step "level")."""
    e = f"(({level}-l)/2)"
    return [
        step("short", "assume", f"l < {level}"),
        step("gap", "arithmetic", f"0 < {e}", "short"),
        step("then", "apply", f"Ex(T, All(t, Imp(T <= t, {level}-{e} <= {name}(t))))", "eventually", "gap",
             at={"e": e}),
        step("then-T", "assume", f"All(t, Imp(T <= t, {level}-{e} <= {name}(t)))"),
        step("again", "apply", f"Ex(t, T <= t and {name}(t) <= l)", "often", at={"T": "T"}),
        step("again-t", "assume", f"T <= t and {name}(t) <= l"),
        step("again-late", "arithmetic", "T <= t", "again-t"),
        step("again-above", "apply", f"{level}-{e} <= {name}(t)", "then-T", "again-late", at={"t": "t"}),
        step("lemma-l", "arithmetic", "Imp(c-(c-l)/2 <= g, P <= u and g <= l, l < c, c <= l)"),
        step("no", "apply", f"{level} <= l", "lemma-l", "again-above", "again-t", "short",
             put={"c": level, "g": f"{name}(t)", "P": "T", "u": "t"}),
        step("no-t", "obtain", f"{level} <= l", "again", "no"),
        step("no-T", "obtain", f"{level} <= l", "then", "no-t"),
        step("not-short", "discharge", f"Imp(l < {level}, {level} <= l)", "no-T"),
        step("either-l", "arithmetic", "Imp(Imp(l < c, c <= l), c <= l)"),
        step("level", "apply", f"{level} <= l", "either-l", "not-short", put={"c": level}),
    ]  # fmt: skip


def constant_helps(name: str, level: str, value: str) -> list[dict[str, object]]:
    """Return steps that prove `eventually` at a witness where the function is constant.

    Arguments:
        name: the hypothesis.
        level: the level there.
        value: the function's value.

    Example:
        >>> constant_helps("risk", "0", "0")[0]["goal"]
        '0 < e'
    """
    text = f"{level}-e <= {value}"
    lines = [
        step(f"{name}-e", "assume", "0 < e"),
        step(f"{name}-0", "arithmetic", text, f"{name}-e"),
        step(f"{name}-if", "discharge", f"Imp(0 <= t, {text})", f"{name}-0"),
        step(f"{name}-t", "generalize", f"All(t, Imp(0 <= t, {text}))", f"{name}-if"),
        step(f"{name}-T", "witness", f"Ex(T, All(t, Imp(T <= t, {text})))", f"{name}-t", value="0"),
        step(f"{name}-given", "discharge", f"Imp(0 < e, Ex(T, All(t, Imp(T <= t, {text}))))", f"{name}-T"),
        step(f"{name}-all", "generalize", f"All(e, Imp(0 < e, Ex(T, All(t, Imp(T <= t, {text})))))", f"{name}-given"),
    ]
    return [{"for": name, **line} for line in lines]


def build_moment_semicontinuous(least: str = "C(t,K) <= V(t)") -> Proof:
    """Derive p. 37: the second moment is lower semicontinuous, from weak convergence tested on min(|theta|^2, K).

    V(t) is the second moment of rho_t, C(t, K) the mean of the bounded continuous min(|theta|^2, K), c(K) that under
    the limit, and v its second moment, to which c(K) tends by monotone convergence.

    Arguments:
        least: what truncation says.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 37 and Lemma A.1).

    Example:
        >>> build_moment_semicontinuous().statement.goal
        'v <= l'
    """
    weak = "All(K, All(e, Imp(0 < e, Ex(T, All(t, Imp(T <= t, c(K)-e <= C(t,K)))))))"
    statement = Statement(
        "v <= l",
        {
            "often": often("V"),
            "truncated": f"All(t, All(K, {least}))",
            "weak": weak,
            "monotone": "All(e, Imp(0 < e, Ex(K, v-e <= c(K))))",
        },
        inhabited={"V(t)": "0", "C(t,K)": "0", "c(K)": "0", "v": "0", "l": "0"},
        inhabited_steps=[*moment_helps("0", "0", "0", "0"), *often_helps("0", "0")],
    )
    steps = [
        step("e", "assume", "0 < e"),
        step("half", "arithmetic", "0 < e/2", "e"),
        step("some-K", "apply", "Ex(K, v-e/2 <= c(K))", "monotone", "half", at={"e": "e/2"}),
        step("K", "assume", "v-e/2 <= c(K)"),
        step("some-T", "apply", "Ex(T, All(t, Imp(T <= t, c(K)-e/2 <= C(t,K))))", "weak", "half",
             at={"K": "K", "e": "e/2"}),
        step("T", "assume", "All(t, Imp(T <= t, c(K)-e/2 <= C(t,K)))"),
        step("late", "assume", "T <= t"),
        step("near", "apply", "c(K)-e/2 <= C(t,K)", "T", "late", at={"t": "t"}),
        step("under", "apply", "C(t,K) <= V(t)", "truncated", at={"t": "t", "K": "K"}),
        step("above", "arithmetic", "v-e <= V(t)", "K", "near", "under"),
        step("if-late", "discharge", "Imp(T <= t, v-e <= V(t))", "above"),
        step("all-t", "generalize", "All(t, Imp(T <= t, v-e <= V(t)))", "if-late"),
        step("exists", "witness", "Ex(T, All(t, Imp(T <= t, v-e <= V(t))))", "all-t", value="T"),
        step("with-T", "obtain", "Ex(T, All(t, Imp(T <= t, v-e <= V(t))))", "some-T", "exists"),
        step("with-K", "obtain", "Ex(T, All(t, Imp(T <= t, v-e <= V(t))))", "some-K", "with-T"),
        step("given", "discharge", "Imp(0 < e, Ex(T, All(t, Imp(T <= t, v-e <= V(t)))))", "with-K"),
        step("eventually", "generalize", eventually("v", "V"), "given"),
        *_level_below("v", "V"),
    ]  # fmt: skip
    return Proof(statement, steps)


def moment_helps(moment: str, truncated: str, limit: str, second: str, turned: bool = False) -> list[dict[str, object]]:
    """Return steps that prove the hypotheses where V, C, c are constant.

    Arguments:
        moment: V.
        truncated: C.
        limit: c.
        second: v.
        turned: whether the truncated mean is to be above.

    Example:
        >>> moment_helps("0", "0", "0", "0")[0]["goal"]
        '0 <= 0'
    """
    least = f"{moment} <= {truncated}" if turned else f"{truncated} <= {moment}"
    lines = [step("least", "arithmetic", least), step("least-all", "generalize", f"All(t, All(K, {least}))", "least")]
    weak = constant_helps("weak", limit, truncated)
    inner = str(weak[-1]["goal"])
    monotone = [
        step("mono-e", "assume", "0 < e"),
        step("mono-0", "arithmetic", f"{second}-e <= {limit}", "mono-e"),
        step("mono-K", "witness", f"Ex(K, {second}-e <= {limit})", "mono-0", value="0"),
        step("mono-if", "discharge", f"Imp(0 < e, Ex(K, {second}-e <= {limit}))", "mono-K"),
        step("mono-all", "generalize", f"All(e, Imp(0 < e, Ex(K, {second}-e <= {limit})))", "mono-if"),
    ]
    return [
        *({"for": "truncated", **line} for line in lines),
        *weak,
        {"for": "weak", **step("weak-K", "generalize", f"All(K, {inner})", "weak-all")},
        *({"for": "monotone", **line} for line in monotone),
    ]


_ENTROPY = "(1+3*log(8*pi))"
_BOUND = f"All(t, Imp(0 < t, 1 <= t*lam, S(t)/2+lam/4*V(t)-{_ENTROPY}/t+log(t*lam)/t <= G(t)))"
COLD = {"lam": "0 < lam", "bound": _BOUND}


def build_cold_energy(share: str = "lam/4") -> Proof:
    """Derive (6.17): liminf F_beta(rho_beta) >= R/2 + (lambda/4) M as beta grows.

    G, S, V are free energy, risk and second moment at inverse temperature t; bound is mf.6.2-lower.  Its entropy terms
    are at most (1 + 3 log 8 pi)/t, and log(t lambda) >= 0 once t lambda >= 1.

    Arguments:
        share: the factor of M; lam/4 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.17)).

    Example:
        >>> build_cold_energy().statement.hyps["risk"] == eventually("R", "S")
        True
    """
    level = f"(R/2+{share}*v)"
    statement = Statement(
        f"{level} <= l",
        {"often": often("G"), **COLD, "risk": eventually("R", "S"), "moment": eventually("v", "V")},
        inhabited={"lam": "1", "R": "0", "v": "0", "S(t)": "0", "V(t)": "0", "G(t)": "0/2+1/4*0+1", "l": "1"},
        inhabited_steps=energy_helps("0", "0"),
    )  # fmt: skip
    at = f"max(max(T,U),max(1/lam,2*{_ENTROPY}/e))"
    above = f"All(t, Imp({at} <= t, {level}-e <= G(t)))"
    exists = f"Ex(T, All(t, Imp(T <= t, {level}-e <= G(t))))"
    steps: Steps = [
        step("e", "assume", "0 < e"),
        step("e/2", "arithmetic", "0 < e/2", "e"),
        step("e/lam", "sign", "0 < e/lam", "e", "lam"),
        step("some-T", "apply", "Ex(T, All(t, Imp(T <= t, R-e/2 <= S(t))))", "risk", "e/2", at={"e": "e/2"}),
        step("some-U", "apply", "Ex(U, All(t, Imp(U <= t, v-e/lam <= V(t))))", "moment", "e/lam", at={"e": "e/lam"}),
        step("T", "assume", "All(t, Imp(T <= t, R-e/2 <= S(t)))"),
        step("U", "assume", "All(t, Imp(U <= t, v-e/lam <= V(t)))"),
        step("late", "assume", f"{at} <= t"),
        step("T<", "arithmetic", "T <= t", "late"),
        step("U<", "arithmetic", "U <= t", "late"),
        step("cold", "arithmetic", "1/lam <= t", "late"),
        step("far", "arithmetic", f"2*{_ENTROPY}/e <= t", "late"),
        step("1/lam", "sign", "0 < 1/lam", "lam"),
        step("t>0", "arithmetic", "0 < t", "cold", "1/lam"),
        step("k", "certificate", "1 <= t*lam", "cold", "lam", terms=[["cold", "lam"]]),
        step("S", "apply", "R-e/2 <= S(t)", "T", "T<", at={"t": "t"}),
        step("V", "apply", "v-e/lam <= V(t)", "U", "U<", at={"t": "t"}),
        step("here", "apply", f"S(t)/2+lam/4*V(t)-{_ENTROPY}/t+log(t*lam)/t <= G(t)", "bound", "t>0", "k",
             at={"t": "t"}),
        step("k>0", "sign", "0 < t*lam", "t>0", "lam"),
        step("log-k", "apply", "exp(log(t*lam)) == t*lam", "axiom:logarithm", "k>0", put={"t": "t*lam"}),
        step("inverse", "identity", "exp(-log(t*lam))*(t*lam) == 1", "log-k", combine={"log-k": "-exp(-log(t*lam))"}),
        step("tangent", "arithmetic", "1-log(t*lam) <= exp(-log(t*lam))"),
        step("sign-lemma", "arithmetic", "Imp(1-l <= f, f*g == 1, 1 <= g, 0 <= l)"),
        step("log", "apply", "0 <= log(t*lam)", "sign-lemma", "tangent", "inverse", "k",
             put={"l": "log(t*lam)", "f": "exp(-log(t*lam))", "g": "t*lam"}),
        step("log/t", "sign", "0 <= log(t*lam)/t", "log", "t>0"),
        step("entropy", "certificate", f"{_ENTROPY}/t <= e/2", "far", "e", "t>0", times="t",
             terms=[["c:1/2", "e", "far"]]),
        step("above", "certificate", f"{level}-e <= G(t)", "here", "S", "V", "log/t", "entropy", "lam",
             terms=[["here"], ["c:1/2", "S"], ["c:lam/4", "V"], ["log/t"], ["entropy"]]),
        step("if-late", "discharge", f"Imp({at} <= t, {level}-e <= G(t))", "above"),
        step("all-t", "generalize", above, "if-late"),
        step("exists", "witness", exists, "all-t", value=at),
        step("with-U", "obtain", exists, "some-U", "exists"),
        step("with-T", "obtain", exists, "some-T", "with-U"),
        step("given", "discharge", f"Imp(0 < e, {exists})", "with-T"),
        step("eventually", "generalize", eventually(level, "G"), "given"),
        *_level_below(level, "G"),
    ]  # fmt: skip
    return Proof(statement, steps)


def energy_helps(risk: str, moment: str) -> list[dict[str, object]]:
    """Return steps for the hypotheses where lambda is 1 and S, V and G = S/2 + V/4 + 1 = l are constant.

    There the bound asks for log t <= t + 1 + 3 log 8 pi.

    Arguments:
        risk: the risk S.
        moment: the second moment V.

    Example:
        >>> energy_helps("0", "0")[0]["for"]
        'bound'
    """
    plain = f"{risk}/2+1/4*{moment}"
    text = f"{plain}-{_ENTROPY}/t+log(t*1)/t <= {plain}+1"
    lines = [
        step("some", "enclosure", f"0 <= {_ENTROPY}"),
        step("t", "assume", "0 < t"),
        step("exp-t", "apply", "exp(log(t)) == t", "axiom:logarithm", "t", put={"t": "t"}),
        step("tangent", "arithmetic", "1+log(t) <= exp(log(t))"),
        step("log-t", "arithmetic", "0 <= t-log(t)", "exp-t", "tangent"),
        step("body", "certificate", text, "some", "log-t", "t", times="t", terms=[["some"], ["log-t"]]),
        step("body-k", "discharge", f"Imp(0 < t, 1 <= t*1, {text})", "body"),
        step("bound-all", "generalize", f"All(t, Imp(0 < t, 1 <= t*1, {text}))", "body-k"),
    ]
    return [
        *({"for": "bound", **line} for line in lines),
        *constant_helps("risk", risk, risk),
        *constant_helps("moment", moment, moment),
        *often_helps(f"{plain}+1", f"{plain}+1"),
    ]


def build_linear_cold(level: str = "7*lam/8") -> Proof:
    """Derive (6.15): free energies whose limit network is linear have liminf >= 7 lambda/8 > 2 lambda/5 > lambda/5.

    The limit measure is finite and atomic, with risk and moment as in (6.18).

    Arguments:
        level: the lower bound; 7*lam/8 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.15)); it uses mf.eq-6.17 and mf.eq-6.18.

    Example:
        >>> build_linear_cold().statement.goal
        '7*lam/8 <= l and lam/5 < 2*lam/5 and 2*lam/5 < 7*lam/8'
    """
    tail = "lam/5 < 2*lam/5 and 2*lam/5 < 7*lam/8"
    hyps = {
        "linear": "All(q,Imp(-X<=q,q<=X, f(q)==m*q+n))", "X": "0 < X",
        "masses": "All(k,Imp(1<=k,k<=K, 0<=p(k)))", "lam": "0 < lam and lam <= 1", "Y": "Y == 2",
        "often": often("G"), "bound": _BOUND, "risk": eventually("risk", "S"), "moment": eventually("moment", "V"),
    }  # fmt: skip
    steps: Steps = [
        step("positive", "arithmetic", "0 < lam", "lam"),
        step("limit", "apply", "(risk/2+lam/4*moment) <= l", "claim:mf.eq-6.17", "often", "positive", "bound", "risk",
             "moment", put={"R": "risk", "v": "moment"}),
        step("reached", "apply", "lam-lam**2/8 <= risk/2+lam/4*moment", "claim:mf.eq-6.18", "linear", "X", "masses",
             "lam", "Y"),
        step("chain", "arithmetic", "Imp(h-h**2/8 <= r, r <= g, 0 < h and h <= 1, 7*h/8 <= g)"),
        step("above", "apply", f"{level} <= l", "chain", "reached", "limit", "lam",
             put={"h": "lam", "r": "risk/2+lam/4*moment", "g": "l"}),
        step("tail", "arithmetic", tail, "lam"),
        step("goal", "arithmetic", f"{level} <= l and {tail}", "above", "tail"),
    ]  # fmt: skip
    inhabited = {**ZERO, "S(t)": "4", "V(t)": "1", "G(t)": "4/2+1/4*1+1", "l": "4/2+1/4*1+1"}
    helps = [*ZERO_STEPS, *energy_helps("4", "1")]
    return Proof(Statement(f"{level} <= l and {tail}", hyps, "k:Z K:N", NETWORK, inhabited, helps), steps)
