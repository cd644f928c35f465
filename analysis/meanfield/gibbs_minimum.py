"""The Gibbs law (3.6) of JMLR 23(130) minimises the free energy (3.5), with a surplus that makes fitted values unique.

F(rho) exceeds the dual at r by the relative entropy of rho to the Gibbs law of r, over beta, plus the mean square of
f - y - M r over 2; at the Gibbs law whose residuals are M r both vanish.  So the minimum is attained there, and every
other minimiser has the same fitted values.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .free_energy import DECLARE, ENERGY, HYPS, INHABITED, LET, PARTS
from .relative_entropy import over, relative_entropy

_DUAL = "-(log(Z)/beta+(M/2)*Sum(i,1,M,r(i)**2)+Sum(i,1,M,r(i)*y(i)))"
_APART = "Sum(i,1,M,(f(i)-y(i)-M*r(i))**2)"

#: The Gibbs law q of r beside an arbitrary density rho: its free energy Fq and fitted values h(i).
_OF_Q = {name: text.replace("rho(", "q(") for name, text in PARTS.items()}
_LAW = {
    **LET,
    "entropyq": over(_OF_Q["B"], 3),
    "m2q": over(_OF_Q["C"], 3),
    "h(i)": over(_OF_Q["K"], 3),
    "Fq": "1/(2*M)*Sum(i,1,M,(h(i)-y(i))**2)+lam/2*m2q+entropyq/beta",
}
_GIBBS = f"All(a, All(w, All(b, q(a,w,b) == exp(-beta*{ENERGY})/Z)))"
_STATIONARY = "All(i, Imp(1<=i, i<=M, M*r(i) == h(i)-y(i)))"
_HYPS_Q = {
    **HYPS,
    **{f"{name}{level}q": HYPS[f"{name}{level}"].replace("rho(", "q(") for name in "ACK" for level in range(3)},
    "gibbs": _GIBBS,
    "stationary": _STATIONARY,
}
_INHABITED_Q = {**INHABITED, "r(i)": "0", "y(i)": "0", "q(a,w,b)": INHABITED["rho(a,w,b)"]}


def build_surplus(half: str = "1/(2*M)") -> Proof:
    """Derive F(rho) >= dual(r) + (1/(2M)) sum_i (f_i - y_i - M r_i)^2 for every density rho and every r.

    Arguments:
        half: the factor of the squares.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_surplus().statement.goal[-4:]
        '<= F'
    """
    goal = f"{_DUAL}+{half}*{_APART} <= F"
    steps = [
        *relative_entropy(PARTS, f"beta*{ENERGY}", "beta*Sum(i, 1, M, r(i)*f(i)) + beta*lam/2*m2"),
        step("1/beta", "sign", "0 < 1/beta", "beta"),
        step("M>0", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("end", "certificate", goal, "KL", "1/beta", "beta", "M>0", terms=[["1/beta", "KL"]]),
    ]
    return Proof(Statement(goal, HYPS, DECLARE, LET, INHABITED), steps)


def build_minimiser(half: str = "1/(2*M)") -> Proof:
    """Derive (3.6): the Gibbs law q of its own residuals has the least free energy, by a mean square less than rho.

    Arguments:
        half: the factor of the squared distance of the fitted values.

    Returns:
        The statement and its derivation (JMLR 23(130), (3.6), without truncation); it uses mf.gibbs-surplus and
        mf.gibbs-duality.

    Example:
        >>> build_minimiser().statement.goal[-4:]
        '<= F'
    """
    apart = "Sum(i,1,M,(f(i)-h(i))**2)"
    goal = f"Fq+{half}*{apart} <= F"
    of_q = [f"{name}{level}" for name in "ACK" for level in range(3)]
    steps = [
        step("below", "apply", f"{_DUAL}+1/(2*M)*{_APART} <= F", "claim:mf.gibbs-surplus", *HYPS,
             prose="Relative entropy is not negative."),
        step("at-q", "apply", f"Fq == {_DUAL}", "claim:mf.gibbs-duality", "beta", "M", "Z", *(f"{n}q" for n in of_q),
             "gibbs", "stationary", symbols={"rho(a,w,b)": "q(a,w,b)"}),
        step("i1", "assume", "1 <= i"),
        step("iM", "assume", "i <= M"),
        step("st", "apply", "M*r(i) == h(i)-y(i)", "stationary", "i1", "iM", at={"i": "i"}),
        step("square", "identity", "(f(i)-y(i)-M*r(i))**2 == (f(i)-h(i))**2", "st",
             combine={"st": "M*r(i)+h(i)-2*f(i)+y(i)"}),
        step("squares", "congruence", f"{_APART} == {apart}", "square"),
        step("M>0", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("end", "certificate", goal, "below", "at-q", "squares", "M>0", terms=[["below"]],
             combine={"at-q": "-1", "squares": "1/(2*M)"}),
    ]  # fmt: skip
    return Proof(Statement(goal, _HYPS_Q, DECLARE, _LAW, _INHABITED_Q), steps)


def build_unique(rival: str = "F <= Fq") -> Proof:
    """Derive uniqueness as far as fitted values: a density with no more free energy than the Gibbs law fits the same.

    Arguments:
        rival: what is known of the free energy of rho.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 8, without truncation); it uses mf.eq-3.6.

    Example:
        >>> build_unique().statement.goal
        'All(j, Imp(1<=j, j<=M, f(j) == h(j)))'
    """
    goal = "All(j, Imp(1<=j, j<=M, f(j) == h(j)))"
    apart = "Sum(i,1,M,(f(i)-h(i))**2)"
    steps = [
        step("surplus", "apply", f"Fq+1/(2*M)*{apart} <= F", "claim:mf.eq-3.6", *_HYPS_Q),
        step("M>0", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("none", "certificate", f"{apart} <= 0", "surplus", "rival", "M>0", times="1/(2*M)",
             terms=[["surplus"], ["rival"]]),
        step("zero", "assume", "Sum(i,1,M,(u(i)-v(i))**2) <= 0", prose="A sum of squares vanishes term by term."),
        step("from", "assume", "1<=j"),
        step("to", "assume", "j<=M"),
        step("part", "arithmetic", "delta(i,j)*(u(i)-v(i))**2 <= (u(i)-v(i))**2"),
        step("parts", "monotone", "Sum(i,1,M,delta(i,j)*(u(i)-v(i))**2) <= Sum(i,1,M,(u(i)-v(i))**2)", "part"),
        step("pick", "sums", "Sum(i,1,M,delta(i,j)*(u(i)-v(i))**2) == (u(j)-v(j))**2", "from", "to", kind="delta",
             index="j", rest="(u(i)-v(i))**2"),
        step("equal", "arithmetic", "u(j) == v(j)", "zero", "parts", "pick"),
        step("here", "apply", "f(j) == h(j)", "equal", "none", "from", "to",
             symbols={"u(i)": "f(i)", "v(i)": "h(i)"}),
        step("given", "discharge", "Imp(1<=j, j<=M, f(j) == h(j))", "here"),
        step("goal", "generalize", goal, "given"),
    ]  # fmt: skip
    return Proof(Statement(goal, {**_HYPS_Q, "rival": rival}, "i,j:Z M:N", _LAW, _INHABITED_Q), steps)
