"""Entropies of finite mixtures of densities on the weights, in Section 6.2 and Appendix A.2 of JMLR 23(130)."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps
from .iterate import integrate
from .logs import log_order
from .relative_entropy import integrable, over

DECLARE = "i,j:Z M:N"
_Q = "q(i,a,w,b)"
_N = "Sum(j,1,M,p(j)*q(j,a,w,b))"
PARTS = {"K": f"{_Q}*log({_Q})", "B": f"{_N}*log({_N})"}
#: The entropies of the components, h(i), and of the mixture, H.
LET = {"h(i)": f"(-{over(PARTS['K'], 3)})", "H": f"(-{over(PARTS['B'], 3)})"}
HYPS = {
    "p": "All(i, 0 <= p(i))",
    "weights": "Sum(i,1,M,p(i)) == 1",
    "q": "All(i, All(a, All(w, All(b, 0 <= q(i,a,w,b)))))",
    **{f"{name}{level}": integrable(PARTS, name, level) for name in PARTS for level in range(3)},
}
INHABITED = {"M": "1", "p(i)": "1", "q(i,a,w,b)": "exp(-(a**2+w**2+b**2)/2)/sqrt(2*pi)**3"}


def _pointwise() -> Steps:
    """sum p q log q >= n log n at every (a, w, b), where n = sum p q (step "point")."""
    total = f"Sum(i,1,M,p(i)*({PARTS['K']}))"
    d = f"(log(c)-log({_Q}))"
    tangent = f"{_Q}*log(c)+{_Q}-c <= {_Q}*log({_Q})"
    cut = f"{_N}*log(c)+{_N}-c"
    return [
        step("c", "assume", "0 < c"),
        step("q>=0", "apply", f"0 <= {_Q}", "q", at={"i": "i", "a": "a", "w": "w", "b": "b"}),
        step("p>=0", "apply", "0 <= p(i)", "p", at={"i": "i"}),
        step("log-c", "apply", "exp(log(c)) == c", "axiom:logarithm", "c", put={"t": "c"}),
        step("q>0", "assume", f"0 < {_Q}"),
        step("log-q", "apply", f"exp(log({_Q})) == {_Q}", "axiom:logarithm", "q>0", put={"t": _Q}),
        step("ratio", "identity", f"exp({d})*{_Q} == c", "log-q", "log-c",
             combine={"log-q": f"-exp({d})", "log-c": "1"}),
        step("convex", "arithmetic", f"1+{d} <= exp({d})"),
        step("inside", "certificate", tangent, "convex", "q>0", "ratio", terms=[["convex", "q>0"]],
             combine={"ratio": "-1"}, prose="The tangent of the exponential."),
        step("inside'", "discharge", f"Imp(0 < {_Q}, {tangent})", "inside"),
        step("q=0", "assume", f"{_Q} == 0"),
        step("edge", "arithmetic", tangent, "q=0", "c"),
        step("edge'", "discharge", f"Imp({_Q} == 0, {tangent})", "edge"),
        step("tangent", "arithmetic", tangent, "q>=0", "inside'", "edge'"),
        step("weighted", "certificate", f"p(i)*({_Q}*log(c)+{_Q}-c) <= p(i)*({PARTS['K']})", "tangent", "p>=0",
             terms=[["tangent", "p>=0"]]),
        step("all", "monotone", f"Sum(i,1,M,p(i)*({_Q}*log(c)+{_Q}-c)) <= {total}", "weighted"),
        step("any-c", "certificate", f"{cut} <= {total}", "all", "weights", terms=[["all"]], combine={"weights": "-c"}),
        step("for-c", "discharge", f"Imp(0 < c, {cut} <= {total})", "any-c"),
        step("every-c", "generalize", f"All(c, Imp(0 < c, {cut} <= {total}))", "for-c"),
        # At c = n, where the mixture is positive; else as c tends to 0.
        step("p-j", "apply", "0 <= p(j)", "p", at={"i": "j"}),
        step("q-j", "apply", "0 <= q(j,a,w,b)", "q", at={"i": "j", "a": "a", "w": "w", "b": "b"}),
        step("term", "sign", "0 <= p(j)*q(j,a,w,b)", "p-j", "q-j"),
        step("n>=0", "monotone", f"0 <= {_N}", "term"),
        step("n>0", "assume", f"0 < {_N}"),
        step("at-n", "apply", f"{_N}*log({_N})+{_N}-{_N} <= {total}", "every-c", "n>0", at={"c": _N}),
        step("above", "certificate", f"{PARTS['B']} <= {total}", "at-n", terms=[["at-n"]]),
        step("above'", "discharge", f"Imp(0 < {_N}, {PARTS['B']} <= {total})", "above"),
        step("n=0", "assume", f"{_N} == 0"),
        step("below", "assume", f"{total} < 0"),
        step("small", "arithmetic", f"0 < -{total}/2", "below"),
        step("at-small", "apply", f"{_N}*log(-{total}/2)+{_N}-(-{total}/2) <= {total}", "every-c", "small",
             at={"c": f"-{total}/2"}),
        step("zero-lemma", "arithmetic", "Imp(n == 0, n*l+n-(-t/2) <= t, t < 0, 0 <= t)"),
        step("no", "apply", f"0 <= {total}", "zero-lemma", "n=0", "at-small", "below",
             put={"n": _N, "l": f"log(-{total}/2)", "t": total}),
        step("not-below", "discharge", f"Imp({total} < 0, 0 <= {total})", "no"),
        step("edge-lemma", "arithmetic", "Imp(n == 0, Imp(t < 0, 0 <= t), n*l <= t)"),
        step("at-zero", "apply", f"{PARTS['B']} <= {total}", "edge-lemma", "n=0", "not-below",
             put={"n": _N, "l": f"log({_N})", "t": total}),
        step("at-zero'", "discharge", f"Imp({_N} == 0, {PARTS['B']} <= {total})", "at-zero"),
        step("either", "arithmetic", "Imp(0 <= n, Imp(0 < n, u <= t), Imp(n == 0, u <= t), 0 <= t-u)"),
        step("point", "apply", f"0 <= {total}-{PARTS['B']}", "either", "n>=0", "above'", "at-zero'",
             put={"n": _N, "u": PARTS["B"], "t": total}),
    ]  # fmt: skip


def build_entropy_mixture(share: str = "p(i)*h(i)") -> Proof:
    """Derive that the differential entropy is concave: H(sum p_i q_i) >= sum p_i H(q_i) for any finite mixture.

    Arguments:
        share: what is summed.

    Returns:
        The statement and its derivation, for pp. 37 and 52 of JMLR 23(130).

    Example:
        >>> build_entropy_mixture().statement.goal
        'Sum(i,1,M,p(i)*h(i)) <= H'
    """
    steps = [
        *_pointwise(),
        *integrate(PARTS, "Sum(i,1,M,p(i)*({K}))-({B})", "point"),
        step("goal", "certificate", f"Sum(i,1,M,{share}) <= H", "positive3", terms=[["positive3"]]),
    ]
    return Proof(Statement(f"Sum(i,1,M,{share}) <= H", HYPS, DECLARE, LET, INHABITED), steps)


def _above(level: str) -> Steps:
    """The mixture's entropy is at least a level that every component's entropy reaches (step "mixture")."""
    return [
        step("concave", "apply", "Sum(i,1,M,p(i)*h(i)) <= H", "claim:mf.entropy-mixture", *HYPS),
        step("p-i", "apply", "0 <= p(i)", "p", at={"i": "i"}),
        step("from", "assume", "1 <= i"),
        step("to", "assume", "i <= M"),
        step("H-i", "apply", f"{level} <= h(i)", "component", "from", "to", at={"i": "i"}),
        step("one", "certificate", f"p(i)*({level}) <= p(i)*h(i)", "p-i", "H-i", terms=[["p-i", "H-i"]]),
        step("sum", "monotone", f"Sum(i,1,M,p(i)*({level})) <= Sum(i,1,M,p(i)*h(i))", "one"),
        step("mixture", "certificate", f"{level} <= H", "concave", "sum", "weights", terms=[["concave"], ["sum"]],
             combine={"weights": level}),
    ]  # fmt: skip


def build_gaussian_mixture(factor: str = "3/2") -> Proof:
    """Derive p. 37: a mixture of laws with the entropy of N(., I_3/beta) has H >= (3/2) log(2 pi e/beta).

    Arguments:
        factor: the factor of log(2 pi e/beta); 3/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 37, with C = 3/2); it uses mf.entropy-mixture.

    Example:
        >>> build_gaussian_mixture().statement.goal
        '3/2*(log(2*pi/beta)+1) <= H'
    """
    goal, level = f"{factor}*(log(2*pi/beta)+1) <= H", "3/2*(log(2*pi/beta)+1)"
    hyps = {**HYPS, "component": f"All(i, Imp(1 <= i, i <= M, {level} <= h(i)))"}
    steps = [*_above(level), step("goal", "certificate", goal, "mixture", terms=[["mixture"]])]
    return Proof(Statement(goal, hyps, DECLARE, LET, {**INHABITED, "beta": "2"}), steps)


def build_smoothed_entropy(top: str = "9") -> Proof:
    """Derive p. 52: with s^2 = min(lambda, 1/2), 0 < lambda <= 9, smoothed saw-teeth have H >= (3/2)(log lambda - 1).

    Each component is a uniform law of width s times N(0, s^2 I_2): entropy log s + log(2 pi s^2) + 1.

    Arguments:
        top: the largest penalty; 9 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 52, with K5 = 3/2); it uses mf.entropy-mixture.

    Example:
        >>> build_smoothed_entropy().statement.goal
        '3/2*(-1+log(lam)) <= H'
    """
    level = "log(s)+log(2*pi*s**2)+1"
    hyps = {**HYPS, "component": f"All(i, Imp(1 <= i, i <= M, {level} <= h(i)))", "s": "s**2 == min(lam,1/2) and 0 < s",
            "lam": f"0 < lam and lam <= {top}"}  # fmt: skip
    d = "(3*log(s)+log(2*pi)-log(s)-log(2*pi*s**2))"
    steps = [
        *_above(level),
        *log_order(),
        step("s>0", "arithmetic", "0 < s", "s"),
        step("lam>0", "arithmetic", "0 < lam", "lam"),
        step("2pi", "sign", "0 < 2*pi"),
        step("2pis", "sign", "0 < 2*pi*s**2", "s>0"),
        step("exp-s", "apply", "exp(log(s)) == s", "axiom:logarithm", "s>0", put={"t": "s"}),
        step("exp-2pi", "apply", "exp(log(2*pi)) == 2*pi", "axiom:logarithm", "2pi", put={"t": "2*pi"}),
        step("exp-2pis", "apply", "exp(log(2*pi*s**2)) == 2*pi*s**2", "axiom:logarithm", "2pis",
             put={"t": "2*pi*s**2"}),
        step("up", "identity", f"exp({d}) == 1", "exp-s", "exp-2pi", "exp-2pis", "2pis",
             combine={"exp-2pis": f"-exp({d})/(2*pi*s**2)", "exp-2pi": "exp(log(s))**2/(2*pi*s**2)",
                      "exp-s": "(exp(log(s))+s)/s**2"}),
        step("down", "identity", f"exp(-{d}) == 1", "up", combine={"up": f"-exp(-{d})"}),
        step("tangent-up", "arithmetic", f"1+{d} <= exp({d})"),
        step("tangent-down", "arithmetic", f"1-{d} <= exp(-{d})"),
        step("level", "arithmetic", f"{level} == 3*log(s)+log(2*pi)+1", "up", "down", "tangent-up", "tangent-down"),
        # s^2 = lambda: log lambda = 2 log s.
        step("exp-lam", "apply", "exp(log(lam)) == lam", "axiom:logarithm", "lam>0", put={"t": "lam"}),
        step("cold", "assume", "lam <= 1/2"),
        step("s2", "arithmetic", "s**2 == lam", "s", "cold"),
        step("cold-up", "identity", "exp(log(lam)-2*log(s)) == 1", "exp-lam", "exp-s", "s2", "s>0",
             combine={"exp-lam": "exp(-2*log(s))", "s2": "-exp(-2*log(s))",
                      "exp-s": "-exp(-2*log(s))*(exp(log(s))+s)"}),
        step("cold-down", "identity", "exp(-(log(lam)-2*log(s))) == 1", "cold-up",
             combine={"cold-up": "-exp(-(log(lam)-2*log(s)))"}),
        step("cold-tangent", "arithmetic", "1+(log(lam)-2*log(s)) <= exp(log(lam)-2*log(s))"),
        step("cold-tangent-", "arithmetic", "1-(log(lam)-2*log(s)) <= exp(-(log(lam)-2*log(s)))"),
        step("cold-log", "arithmetic", "log(lam) == 2*log(s)", "cold-up", "cold-down", "cold-tangent",
             "cold-tangent-"),
        step("some", "enclosure", "0 <= log(2*pi)"),
        step("cold-H", "arithmetic", f"3/2*(-1+log(lam)) <= {level}", "level", "cold-log", "some"),
        step("cold-case", "discharge", f"Imp(lam <= 1/2, 3/2*(-1+log(lam)) <= {level})", "cold-H"),
        # s^2 = 1/2: numbers decide.
        step("warm", "assume", "1/2 < lam"),
        step("half", "arithmetic", "s**2 == 1/2", "s", "warm"),
        step("least-root", "arithmetic", "sqrt(1/2) <= s", "s>0", "half"),
        step("root>0", "sign", "0 < sqrt(1/2)"),
        step("log-s", "apply", "log(sqrt(1/2)) <= log(s)", "log-order", "root>0", "least-root",
             put={"P": "sqrt(1/2)", "Q": "s"}),
        step("lam-top", "arithmetic", f"lam <= {top}", "lam"),
        step("log-lam", "apply", f"log(lam) <= log({top})", "log-order", "lam>0", "lam-top",
             put={"P": "lam", "Q": top}),
        step("numbers", "enclosure", f"3/2*(-1+log({top})) <= 3*log(sqrt(1/2))+log(2*pi)+1"),
        step("warm-H", "arithmetic", f"3/2*(-1+log(lam)) <= {level}", "level", "log-s", "log-lam", "numbers"),
        step("warm-case", "discharge", f"Imp(1/2 < lam, 3/2*(-1+log(lam)) <= {level})", "warm-H"),
        step("goal", "arithmetic", "3/2*(-1+log(lam)) <= H", "mixture", "cold-case", "warm-case"),
    ]  # fmt: skip
    return Proof(
        Statement("3/2*(-1+log(lam)) <= H", hyps, DECLARE, LET, {**INHABITED, "s": "1/2", "lam": "1/4"}), steps
    )
