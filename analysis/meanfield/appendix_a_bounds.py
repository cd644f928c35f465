"""Appendix A.1, A.2 of JMLR 23(130): free energies above and below the minimum, and what they say of risk and moment.

Throughout k = beta lambda.  From below stands the corrected form of the entropy bound (mf.lemma-10.2.corrected), from
above a test measure; their constants are explicit here.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .free_energy import INHABITED
from .gibbs import Steps
from .logs import log_order, log_quotient
from .moment_bound import MOMENT_HYPS, MOMENT_LET

_LOG = "log(sqrt(4*pi/(beta*lam))**3)"
_DENSITY = {k: INHABITED[k] for k in ("beta", "lam", "rho(a,w,b)")} | {"risk": "0"}


def _double_log() -> Steps:
    """Twice the log of sqrt(4 pi/k)^3 is 3 log(4 pi/k) (step "double")."""
    root, inside = "sqrt(4*pi/(beta*lam))", "(4*pi/(beta*lam))"
    d = f"(2*{_LOG}-3*log({inside}))"
    return [
        step("inside", "sign", f"0 < {inside}", "beta", "lam"),
        step("root>0", "sign", f"0 < {root}", "inside"),
        step("cube>0", "sign", f"0 < {root}**3", "root>0"),
        step("root2", "identity", f"{root}**2 == {inside}", "inside"),
        step("exp-cube", "apply", f"exp({_LOG}) == {root}**3", "axiom:logarithm", "cube>0", put={"t": f"{root}**3"}),
        step("exp-inside", "apply", f"exp(log({inside})) == {inside}", "axiom:logarithm", "inside", put={"t": inside}),
        step("six", "identity", f"exp({_LOG})**2 == exp(log({inside}))**3", "exp-cube", "exp-inside", "root2",
             combine={"exp-cube": f"exp({_LOG})+{root}**3",
                      "exp-inside": f"-(exp(log({inside}))**2+exp(log({inside}))*{inside}+{inside}**2)",
                      "root2": f"{root}**4+{root}**2*{inside}+{inside}**2"}),
        step("up", "identity", f"exp({d}) == 1", "six", combine={"six": f"exp(-3*log({inside}))"}),
        step("down", "identity", f"exp(-{d}) == 1", "up", combine={"up": f"-exp(-{d})"}),
        step("tangent-up", "arithmetic", f"1+{d} <= exp({d})"),
        step("tangent-down", "arithmetic", f"1-{d} <= exp(-{d})"),
        step("double", "arithmetic", f"2*{_LOG} == 3*log({inside})", "up", "down", "tangent-up", "tangent-down"),
    ]  # fmt: skip


def _entropy_term() -> Steps:
    """The log of sqrt(4 pi/k)^3 in terms of log(4 pi) and log k (step "log")."""
    return [
        *log_quotient(),
        step("k>0", "sign", "0 < beta*lam", "beta", "lam"),
        step("4pi", "sign", "0 < 4*pi"),
        *_double_log(),
        step("apart", "apply", "log(4*pi/(beta*lam)) == log(4*pi)-log(beta*lam)", "log-quotient", "4pi", "k>0",
             put={"P": "4*pi", "Q": "beta*lam"}),
        step("log", "arithmetic", f"{_LOG} == 3/2*(log(4*pi)-log(beta*lam))", "double", "apart"),
    ]  # fmt: skip


def _log_k() -> Steps:
    """log k >= 0 for k >= 1 (step "logk")."""
    return [
        *log_order(),
        step("1>0", "sign", "0 < 1"),
        step("logk", "apply", "log(1) <= log(beta*lam)", "log-order", "1>0", "k", put={"P": "1", "Q": "beta*lam"}),
        step("log-one", "enclosure", "0 <= log(1)"),
    ]


def build_section_6_bound(log: str = "log(beta*lam)/beta") -> Proof:
    """Derive p. 37: F >= R/2 + lambda M/4 - (1 + 3 log 8 pi)/beta + log(k)/beta for every density and k >= 1.

    The entropy bound with its sharp constant, (3/2) log(4 pi) - (3/2) log k, lies above -1 - 3 log(8 pi) + log k taken
    negatively because log k >= 0 and log(8 pi) >= log(4 pi) >= 0.

    Arguments:
        log: the part that grows with k; log(k)/beta in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 37); it uses mf.lemma-10.2.corrected.

    Example:
        >>> build_section_6_bound().statement.hyps["k"]
        '1 <= beta*lam'
    """
    goal = f"risk/2+lam/4*m2-(1+3*log(8*pi))/beta+{log} <= F"
    hyps = {**MOMENT_HYPS, "k": "1 <= beta*lam"}
    steps = [
        step("bound", "apply", f"risk/2 + lam/4*m2 - ({_LOG})/beta <= F", "claim:mf.lemma-10.2.corrected",
             *MOMENT_HYPS),
        *_entropy_term(),
        *_log_k(),
        step("eight", "enclosure", "log(4*pi) <= log(8*pi)"),
        step("eight>0", "enclosure", "0 <= log(8*pi)"),
        step("room", "arithmetic", f"{_LOG} <= 1+3*log(8*pi)-log(beta*lam)", "log", "logk", "eight", "eight>0",
             "log-one"),
        step("1/beta", "sign", "0 < 1/beta", "beta"),
        step("goal", "certificate", goal, "bound", "room", "1/beta", "beta", terms=[["bound"], ["1/beta", "room"]]),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", MOMENT_LET, _DENSITY), steps)


#: F(N(0, I)) where the fitted values vanish, with mf.eq-A.1 at s = 1.
_STANDARD = {
    "m2": "E[z](1**2*(z(1)*z(1)+z(2)*z(2)+z(3)*z(3)))",
    "H": "E[z]((z(1)*z(1)+z(2)*z(2)+z(3)*z(3))/2+3/2*log(2*pi*1**2))",
    "Y": "(Sum(i,1,M,y(i)**2)/M)",
    "F": "(Y/2+lam/2*m2-H/beta)",
    "K1": "(3/2+Y/2*C1/(C1-1))",
}


def build_standard_energy(limit: str = "1 < C1") -> Proof:
    """Derive (A.3): F(N(0, I)) <= K1 + K1 lambda - K1/beta <= K2 for beta >= C1 > 1, lambda <= C2.

    K1 = 3/2 + (Y/2) C1/(C1 - 1) with Y = (1/M) sum y_i^2, K2 = K1 (1 + C2).  The first inequality needs beta bounded
    away from 1, which the paper's beta > C1 says if C1 > 1.

    Arguments:
        limit: what is asked of C1; 1 < C1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.3), with explicit constants); it uses mf.eq-A.1.

    Example:
        >>> build_standard_energy().statement.hyps["C1"]
        '1 < C1'
    """
    first, second = "F <= K1+K1*lam-K1/beta", "K1+K1*lam-K1/beta <= K1*(1+C2)"
    statement = Statement(
        f"{first} and {second}",
        {"C1": limit, "beta": "C1 <= beta and 0 < beta", "lam": "0 <= lam and lam <= C2", "M": "1 <= M"},
        "i:Z M:N", _STANDARD, {"C1": "2", "beta": "2", "lam": "1", "C2": "1", "M": "1", "y(i)": "1"},
    )  # fmt: skip
    share = "(C1/(C1-1))"
    steps = [
        step("m2", "apply", "m2 == 3*1**2", "claim:mf.eq-A.1", put={"s": "1"}),
        step("H", "apply", "H == 3/2*(log(2*pi*1**2)+1)", "claim:mf.eq-A.1", put={"s": "1"}),
        step("log", "enclosure", "0 <= log(2*pi*1**2)"),
        step("M>0", "arithmetic", "0 < M", "M"),
        step("square", "sign", "0 <= y(i)**2"),
        step("squares", "monotone", "0 <= Sum(i,1,M,y(i)**2)", "square"),
        step("Y", "sign", "0 <= Y", "squares", "M>0"),
        step("C1-1", "arithmetic", "0 < C1-1", "C1"),
        step("above", "arithmetic", "0 <= beta-C1", "beta"),
        step("beta>0", "arithmetic", "0 < beta", "beta"),
        step("beta>1", "arithmetic", "0 <= beta-1", "beta", "C1"),
        step("lam>0", "arithmetic", "0 <= lam", "lam"),
        step("room", "arithmetic", "0 <= C2-lam", "lam"),
        step("enough", "certificate", f"1 <= {share}*(1-1/beta)", "above", "C1-1", "beta>0", times="beta*(C1-1)",
             terms=[["above"]]),
        step("u", "certificate", "0 <= 1-1/beta", "beta>1", "beta>0", times="beta", terms=[["beta>1"]]),
        step("1/beta", "sign", "0 < 1/beta", "beta>0"),
        step("C1>0", "arithmetic", "0 < C1", "C1"),
        step("share", "sign", f"0 <= {share}", "C1>0", "C1-1"),
        step("first", "certificate", first, "enough", "Y", "u", "log", "1/beta", "lam>0", "share", "m2", "H", "beta>0",
             terms=[["c:1/2", "Y", "enough"], ["c:3/2", "u"], ["c:3/2", "log", "1/beta"], ["c:3/2", "1/beta"],
                    ["c:1/2", "Y", "share", "lam>0"]],
             combine={"m2": "-lam/2", "H": "1/beta"}),
        step("K1", "sign", "0 < K1", "Y", "C1>0", "C1-1"),
        step("second", "certificate", second, "K1", "room", "1/beta", terms=[["K1", "room"], ["K1", "1/beta"]]),
        step("goal", "arithmetic", statement.goal, "first", "second"),
    ]  # fmt: skip
    return Proof(statement, steps)


def _bound() -> dict[str, object]:
    return step("bound", "apply", f"risk/2 + lam/4*m2 - ({_LOG})/beta <= F", "claim:mf.lemma-10.2.corrected",
                *MOMENT_HYPS)  # fmt: skip


def build_moment_over_penalty(over: str = "/lam") -> Proof:
    """Derive Lemma A.2, part 1: if F <= K2, k >= 1 and beta >= C1 > 0, then M <= (4 K2 + 6 log(4 pi)/C1)/lambda.

    Arguments:
        over: what the constant is divided by; /lam in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma A.2, 1); it uses mf.lemma-10.2.corrected.

    Example:
        >>> build_moment_over_penalty().statement.goal
        'm2 <= (4*K2+6*log(4*pi)/C1)/lam'
    """
    goal = f"m2 <= (4*K2+6*log(4*pi)/C1){over}"
    hyps = {
        **MOMENT_HYPS, "k": "1 <= beta*lam", "start": "0 < C1 and C1 <= beta", "risk": "0 <= risk", "least": "F <= K2",
    }  # fmt: skip
    steps = [
        _bound(),
        *_entropy_term(),
        *_log_k(),
        step("four", "enclosure", "0 <= log(4*pi)"),
        step("C1>0", "arithmetic", "0 < C1", "start"),
        step("above", "arithmetic", "0 <= beta-C1", "start"),
        step("rate", "certificate", "1/beta <= 1/C1", "above", "beta", "C1>0", times="beta*C1", terms=[["above"]]),
        step("1/beta", "sign", "0 < 1/beta", "beta"),
        step("logk>0", "arithmetic", "0 <= log(beta*lam)", "logk", "log-one"),
        step("goal", "certificate", goal, "bound", "log", "four", "rate", "risk", "least", "1/beta", "logk>0", "lam",
             "beta", "C1>0", times="lam",
             terms=[["c:4", "bound"], ["c:4", "least"], ["c:2", "risk"], ["c:6", "four", "rate"],
                    ["c:6", "1/beta", "logk>0"]], combine={"log": "-4/beta"}),
    ]  # fmt: skip
    inhabited = {**_DENSITY, "C1": "1", "K2": "1"}
    return Proof(Statement(goal, hyps, "", MOMENT_LET, inhabited), steps)


#: What (A.12) says of the minimiser: it is not above the smoothed saw-teeth.
_LEAST = "F <= K6*lam+K5/beta*(1-log(lam))"
_COLD = {"k": "1 <= beta*lam", "cold": "-log(lam) <= beta*lam"}
_CONSTANTS = {**_DENSITY, "K5": "3/2", "K6": "1"}


def build_test_energy(log: str = "(1-log(lam))") -> Proof:
    """Derive (A.12): F <= K6 lambda + (K5/beta)(1 - log lambda) with K6 = (K4 + K)/2.

    R <= K4 lambda, M <= K and H >= K5 (log lambda - 1).

    Arguments:
        log: the factor of K5/beta.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.12)).

    Example:
        >>> build_test_energy().statement.goal
        'risk/2+lam/2*m2-H/beta <= (K4+K)/2*lam+K5/beta*(1-log(lam))'
    """
    goal = f"risk/2+lam/2*m2-H/beta <= (K4+K)/2*lam+K5/beta*{log}"
    hyps = {
        "beta": "0 < beta", "lam": "0 < lam", "risk": "risk <= K4*lam", "moment": "m2 <= K",
        "entropy": "K5*(-1+log(lam)) <= H",
    }  # fmt: skip
    steps = [
        step("1/beta", "sign", "0 < 1/beta", "beta"),
        step("goal", "certificate", goal, "risk", "moment", "entropy", "1/beta", "lam", "beta",
             terms=[["c:1/2", "risk"], ["c:1/2", "lam", "moment"], ["1/beta", "entropy"]]),
    ]  # fmt: skip
    inhabited = {"beta": "1", "lam": "1", "risk": "1", "K4": "1", "m2": "1", "K": "1", "K5": "1", "H": "-1"}
    return Proof(Statement(goal, hyps, inhabited=inhabited), steps)


def _moment_sign() -> Steps:
    """The second moment is not negative (step "m2")."""
    body, inner = MOMENT_LET["m2"], "(a**2+w**2+b**2)*rho(a,w,b)"
    steps: Steps = [
        step("rho.", "apply", "0 <= rho(a,w,b)", "rho", at={"a": "a", "w": "w", "b": "b"}),
        step("m0", "sign", f"0 <= {inner}", "rho."),
    ]
    for level, v in enumerate("abw"):
        at = {u: u for u in (("w", "b"), ("w",), ())[level]}
        fact = f"C{level}"
        if at:
            steps.append(step(f"C{level}.", "apply", f"Integrable({v},-oo,oo,{inner})", f"C{level}", at=at))
            fact = f"C{level}."
        inner = f"Int({v},-oo,oo,{inner})"
        name = "m2" if level == 2 else f"m{level + 1}."
        previous = "m0" if level == 0 else f"m{level}."
        steps.append(step(name, "monotone", f"0 <= {inner if level < 2 else body}", previous, fact))
    return steps


def build_risk_above(constant: str = "3/2*log(4*pi/(beta*lam))") -> Proof:
    """Derive (A.13) corrected: R/2 <= K6 lambda + (K5/beta)(1 - log lambda) + (3/(2 beta)) log(4 pi/k).

    Arguments:
        constant: the last term times beta; 1 + 3 log(8 pi/k) is printed.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.13), corrected); it uses mf.lemma-10.2.corrected.

    Example:
        >>> build_risk_above().statement.hyps["least"]
        'F <= K6*lam+K5/beta*(1-log(lam))'
    """
    goal = f"risk/2 <= K6*lam+K5/beta*(1-log(lam))+({constant})/beta"
    steps = [
        _bound(),
        *_double_log(),
        *_moment_sign(),
        step("goal", "certificate", goal, "bound", "least", "m2", "double", "lam", "beta",
             terms=[["bound"], ["least"], ["c:1/4", "lam", "m2"]], combine={"double": "-1/2/beta"}),
    ]  # fmt: skip
    return Proof(Statement(goal, {**MOMENT_HYPS, "least": _LEAST}, "", MOMENT_LET, _CONSTANTS), steps)


def build_risk_linear(constant: str = "(2*K6+4*K5+3*log(4*pi))") -> Proof:
    """Derive Lemma A.5: if also k >= 1 and beta >= -(1/lambda) log(lambda), R <= (2 K6 + 4 K5 + 3 log 4 pi) lambda.

    Arguments:
        constant: the constant C.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma A.5); it uses mf.lemma-10.2.corrected.

    Example:
        >>> sorted(set(build_risk_linear().statement.hyps) - set(MOMENT_HYPS))
        ['K5', 'cold', 'k', 'least']
    """
    goal = f"risk <= {constant}*lam"
    steps = [
        _bound(),
        *_entropy_term(),
        *_log_k(),
        *_moment_sign(),
        step("four", "enclosure", "0 <= log(4*pi)"),
        step("logk>0", "arithmetic", "0 <= log(beta*lam)", "logk", "log-one"),
        step("goal", "certificate", goal, "bound", "least", "m2", "log", "four", "logk>0", "k", "cold", "K5", "lam",
             "beta", times="beta",
             terms=[["c:2", "beta", "bound"], ["c:2", "beta", "least"], ["c:1/2", "beta", "lam", "m2"],
                    ["c:2", "K5", "k"], ["c:2", "K5", "cold"], ["c:3", "four", "k"], ["c:3", "logk>0"]],
             combine={"log": "-2"}),
    ]  # fmt: skip
    hyps = {**MOMENT_HYPS, "least": _LEAST, **_COLD, "K5": "0 <= K5"}
    return Proof(Statement(goal, hyps, "", MOMENT_LET, _CONSTANTS), steps)


def build_moment_bounded(constant: str = "(4*K6+8*K5+6*log(4*pi))") -> Proof:
    """Derive Lemma A.6: under the same conditions M <= 4 K6 + 8 K5 + 6 log(4 pi), whatever beta and lambda.

    Arguments:
        constant: the constant C.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma A.6); it uses mf.lemma-10.2.corrected.

    Example:
        >>> build_moment_bounded().statement.goal
        'm2 <= (4*K6+8*K5+6*log(4*pi))'
    """
    goal = f"m2 <= {constant}"
    steps = [
        _bound(),
        *_entropy_term(),
        *_log_k(),
        step("four", "enclosure", "0 <= log(4*pi)"),
        step("logk>0", "arithmetic", "0 <= log(beta*lam)", "logk", "log-one"),
        step("goal", "certificate", goal, "bound", "least", "risk", "log", "four", "logk>0", "k", "cold", "K5", "lam",
             "beta", times="beta*lam",
             terms=[["c:4", "beta", "bound"], ["c:4", "beta", "least"], ["c:2", "beta", "risk"],
                    ["c:4", "K5", "k"], ["c:4", "K5", "cold"], ["c:6", "four", "k"], ["c:6", "logk>0"]],
             combine={"log": "-4"}),
    ]  # fmt: skip
    hyps = {**MOMENT_HYPS, "least": _LEAST, **_COLD, "K5": "0 <= K5", "risk": "0 <= risk"}
    return Proof(Statement(goal, hyps, "", MOMENT_LET, _CONSTANTS), steps)
