"""Lemma A.1 of JMLR 23(130): what bounded entropy and second moment give before compactness is cited.

Both are pointwise inequalities, integrated: densities with bounded entropy have little mass where they are large, and
with bounded second moment little mass far out.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .iterate import integrate
from .logs import log_order
from .relative_entropy import integrable, over

_RHO, _NORM = "rho(a,w,b)", "(a**2 + w**2 + b**2)"
_TAIL = {"T": f"max({_RHO}*log({_RHO}),0)", "P": "part(a,w,b)"}
_FAR = {"T": f"{_NORM}*{_RHO}", "P": "part(a,w,b)"}


def _all(text: str) -> str:
    return f"All(a, All(w, All(b, {text})))"


def build_uniformly_integrable(bound: str = "C/log(K)") -> Proof:
    """Derive that densities with int max(rho log rho, 0) <= C have mass at most C/log K where rho > K > 1.

    part is rho there and 0 elsewhere.  So they are uniformly integrable, by which the Dunford-Pettis theorem gives a
    weakly convergent subsequence.

    Arguments:
        bound: the bound of the mass; C/log(K) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma A.1).

    Example:
        >>> build_uniformly_integrable().statement.hyps["K"]
        '1 < K'
    """
    rest = f"(K < {_RHO} and part(a,w,b) == {_RHO}) or part(a,w,b) == 0"
    goal = f"{over(_TAIL['P'], 3)} <= {bound}"
    steps = [
        step("here", "apply", rest, "part", at={"a": "a", "w": "w", "b": "b"}),
        step("K>0", "arithmetic", "0 < K", "K"),
        *log_order(),
        step("exp-K", "apply", "exp(log(K)) == K", "axiom:logarithm", "K>0", put={"t": "K"}),
        step("inverse", "identity", "exp(-log(K))*K == 1", "exp-K", combine={"exp-K": "-exp(-log(K))"}),
        step("tangent", "arithmetic", "1-log(K) <= exp(-log(K))"),
        step("sign-lemma", "arithmetic", "Imp(1-l <= f, f*g == 1, 1 < g, 0 < l)"),
        step("logK", "apply", "0 < log(K)", "sign-lemma", "tangent", "inverse", "K",
             put={"l": "log(K)", "f": "exp(-log(K))", "g": "K"}),
        step("large", "assume", f"K < {_RHO}"),
        step("as-large", "arithmetic", f"K <= {_RHO}", "large"),
        step("log-large", "apply", f"log(K) <= log({_RHO})", "log-order", "K>0", "as-large", put={"P": "K", "Q": _RHO}),
        step("if-large", "discharge", f"Imp(K < {_RHO}, log(K) <= log({_RHO}))", "log-large"),
        step("lemma", "arithmetic", "Imp((K < r and p == r) or p == 0, Imp(K < r, k <= l), 0 < K, 0 < k,"
             " 0 <= max(r*l,0)-k*p)"),
        step("point", "apply", f"0 <= max({_RHO}*log({_RHO}),0)-log(K)*part(a,w,b)", "lemma", "here", "if-large", "K>0",
             "logK", put={"r": _RHO, "p": "part(a,w,b)", "k": "log(K)", "l": f"log({_RHO})"}),
        *integrate(_TAIL, "{T}-log(K)*{P}", "point"),
        step("goal", "certificate", goal, "positive3", "entropy", "logK", times="log(K)",
             terms=[["positive3"], ["entropy"]]),
    ]  # fmt: skip
    hyps = {
        "K": "1 < K", "entropy": f"{over(_TAIL['T'], 3)} <= C", "part": _all(rest),
        **{f"{name}{level}": integrable(_TAIL, name, level) for name in _TAIL for level in range(3)},
    }  # fmt: skip
    inhabited = {"K": "2", "C": "1", "rho(a,w,b)": "0", "part(a,w,b)": "0"}
    helps = part_helps("(2 < 0 and 0 == 0) or 0 == 0")
    return Proof(Statement(goal, hyps, "", {}, inhabited, helps), steps)


def build_tight(power: str = "r**2") -> Proof:
    """Derive that densities with second moment at most C have mass at most C/r^2 outside of the ball of radius r.

    part is rho there and 0 elsewhere.

    Arguments:
        power: the denominator; r**2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma A.1).

    Example:
        >>> build_tight().statement.hyps["r"]
        '0 < r'
    """
    rest = f"(r**2 < {_NORM} and part(a,w,b) == {_RHO}) or part(a,w,b) == 0"
    goal = f"{over(_FAR['P'], 3)} <= C/{power}"
    at = {"a": "a", "w": "w", "b": "b"}
    steps = [
        step("here", "apply", rest, "part", at=at),
        step("positive", "apply", f"0 <= {_RHO}", "rho", at=at),
        step("norm", "sign", f"0 <= {_NORM}"),
        step("lemma", "arithmetic", "Imp((s < n and p == d) or p == 0, 0 <= d, 0 <= n, 0 <= n*d-s*p)"),
        step("point", "apply", f"0 <= {_NORM}*{_RHO}-r**2*part(a,w,b)", "lemma", "here", "positive", "norm",
             put={"s": "r**2", "n": _NORM, "p": "part(a,w,b)", "d": _RHO}),
        *integrate(_FAR, "{T}-r**2*{P}", "point"),
        step("goal", "certificate", goal, "positive3", "moment", "r", times="r**2", terms=[["positive3"], ["moment"]]),
    ]  # fmt: skip
    hyps = {
        "r": "0 < r", "moment": f"{over(_FAR['T'], 3)} <= C", "rho": _all(f"0 <= {_RHO}"), "part": _all(rest),
        **{f"{name}{level}": integrable(_FAR, name, level) for name in _FAR for level in range(3)},
    }  # fmt: skip
    inhabited = {"r": "1", "C": "1", "rho(a,w,b)": "0", "part(a,w,b)": "0"}
    helps = part_helps(f"(1**2 < {_NORM} and 0 == 0) or 0 == 0")
    return Proof(Statement(goal, hyps, "", {}, inhabited, helps), steps)


def part_helps(rest: str) -> list[dict[str, object]]:
    """Return steps that prove what is asked of part at a witness.

    Arguments:
        rest: the condition at (a, w, b).

    Example:
        >>> part_helps("0 == 0")[-1]["id"]
        'part-all'
    """
    lines = [step("part-0", "arithmetic", rest), step("part-all", "generalize", _all(rest), "part-0")]
    return [{"for": "part", **line} for line in lines]
