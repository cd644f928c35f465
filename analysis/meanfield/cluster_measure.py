"""Lemmas 5.3 and 5.7 of JMLR 23(130): which units are active on a line, and the measure of the cluster set."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .critical_point import Steps

DECLARE = "i,j,n:Z M:N"
#: Sorted data in [-L, L], a point t between x_j and x_(j+1), and an activation that is the ReLU up to m^2.
SETTING = {
    "first": "0 <= j", "last": "j <= M",
    "left": "All(i, Imp(1 <= i, i <= j, x(i) <= t))", "right": "All(i, Imp(j+1 <= i, i <= M, t <= x(i)))",
    "data": "All(i, Imp(1 <= i, i <= M, abs(x(i)) <= L))", "t": "abs(t) <= L", "m": "2*L <= m",
    "cap": "All(h, Imp(h <= m**2, cap(h) == relu(h)))",
}  # fmt: skip
#: One datum at 1, seen from 0.
ONE = {"j": "0", "M": "1", "x(i)": "1", "t": "0", "L": "1", "m": "2", "cap(h)": "relu(h)", "R(i)": "1"}


def setting_steps(cap: str = "relu(h)", m: str = "2") -> tuple[dict[str, object], ...]:
    """Return steps that prove at `ONE` what the setting says of all data and arguments.

    Arguments:
        cap: the activation.
        m: the truncation.

    Returns:
        The steps for the hypotheses with quantifiers.

    Example:
        >>> setting_steps()[0]["for"]
        'left'
    """
    bodies = {
        "left": "Imp(1 <= i, i <= 0, 1 <= 0)", "right": "Imp(0+1 <= i, i <= 1, 0 <= 1)",
        "data": "Imp(1 <= i, i <= 1, abs(1) <= 1)", "cap": f"Imp(h <= {m}**2, {cap} == relu(h))",
    }  # fmt: skip
    found: list[dict[str, object]] = []
    for name, body in bodies.items():
        v = "h" if name == "cap" else "i"
        found += [
            {"for": name, **step(f"{name}-one", "arithmetic", body)},
            {"for": name, **step(f"{name}-all", "generalize", f"All({v}, {body})", f"{name}-one")},
        ]
    return tuple(found)


def _split() -> Steps:
    """A sum up to n splits at j, by induction on n (step "split", for a symbol F)."""
    whole = "Sum(i, 1, {0}, F(i))".format
    rest = "Sum(i, j+1, {0}, F(i))".format
    return [
        step("none", "sign", "j < j+1"),
        step("empty", "sums", f"{rest('j')} == 0", "none", kind="empty"),
        step("base", "identity", f"{whole('j')} == {whole('j')}+{rest('j')}", "empty", combine={"empty": "-1"}),
        step("at-n", "assume", f"{whole('n')} == {whole('j')}+{rest('n')}"),
        step("n", "assume", "j <= n"),
        step("one", "arithmetic", "1 <= n+1", "n", "first"),
        step("next", "arithmetic", "j+1 <= n+1", "n"),
        step("whole", "sums", f"{whole('n+1')} == {whole('n')}+F(n+1)", "one", kind="last"),
        step("rest", "sums", f"{rest('n+1')} == {rest('n')}+F(n+1)", "next", kind="last"),
        step("following", "identity", f"{whole('n+1')} == {whole('j')}+{rest('n+1')}", "at-n", "whole", "rest",
             combine={"at-n": "1", "whole": "1", "rest": "-1"}),
        step("split", "induction", f"{whole('n')} == {whole('j')}+{rest('n')}", "base", "following", on="n", base="j"),
    ]  # fmt: skip


def _unit(name: str, v: str, low: str, high: str, active: bool, *known: str) -> Steps:
    """One unit of the range: linear or idle at v (x_i - t) (step "name")."""
    argument = f"{v}*(x(i)-t)"
    value = argument if active else "0"
    side = "right" if low == "j+1" else "left"
    return [
        step(f"{name}-low", "assume", f"{low} <= i"),
        step(f"{name}-high", "assume", f"i <= {high}"),
        step(f"{name}-1", "arithmetic", "1 <= i", f"{name}-low", "first"),
        step(f"{name}-M", "arithmetic", "i <= M", f"{name}-high", "last"),
        step(f"{name}-side", "apply", "t <= x(i)" if side == "right" else "x(i) <= t", side, f"{name}-low",
             f"{name}-high", at={"i": "i"}),
        step(f"{name}-data", "apply", "abs(x(i)) <= L", "data", f"{name}-1", f"{name}-M", at={"i": "i"}),
        step(f"{name}-room", "arithmetic", f"{argument} <= m**2", f"{name}-data", "t", "m", *known),
        step(f"{name}-cap", "apply", f"cap({argument}) == relu({argument})", "cap", f"{name}-room",
             at={"h": argument}),
        step(f"{name}-relu", "arithmetic", f"relu({argument}) == {value}", f"{name}-side", *known),
        step(name, "identity", f"R(i)*(al*cap({argument})) == R(i)*(al*({value}))", f"{name}-cap", f"{name}-relu"),
    ]  # fmt: skip


def _sums(v: str, right: bool, known: tuple[str, ...]) -> Steps:
    """The units on one side of t vanish, the others are linear (step "end-...")."""
    name = "right" if right else "left"
    argument = f"{v}*(x(i)-t)"
    term, linear = f"R(i)*(al*cap({argument}))", f"R(i)*(al*({argument}))"
    idle, live = (("1", "j"), ("j+1", "M")) if right else (("j+1", "M"), ("1", "j"))
    return [
        *_unit(f"{name}-idle", v, *idle, False, *known),
        *_unit(f"{name}-live", v, *live, True, *known),
        step(f"{name}-none", "congruence", f"Sum(i, {idle[0]}, {idle[1]}, {term}) == Sum(i, {idle[0]}, {idle[1]}, 0)",
             f"{name}-idle"),
        step(f"{name}-some", "congruence",
             f"Sum(i, {live[0]}, {live[1]}, {term}) == Sum(i, {live[0]}, {live[1]}, {linear})", f"{name}-live"),
        step(f"{name}-whole", "apply", f"Sum(i, 1, M, {term}) == Sum(i, 1, j, {term})+Sum(i, j+1, M, {term})", "split",
             "last", put={"n": "M"}, symbols={"F(i)": term}),
        step(f"{name}-end", "identity", f"Sum(i, 1, M, {term}) == Sum(i, {live[0]}, {live[1]}, {linear})",
             f"{name}-whole", f"{name}-none", f"{name}-some",
             combine={f"{name}-whole": "1", f"{name}-none": "1", f"{name}-some": "1"}),
    ]  # fmt: skip


def build_active(start: str = "j+1") -> Proof:
    """Derive the equality in (5.12): on b = -w^m t, 0 < w < m, the units i <= j vanish and the others are linear.

    Arguments:
        start: the first active unit; j+1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.12)).

    Example:
        >>> build_active().statement.hyps["w"]
        '0 < w and w < m'
    """
    term, linear = "R(i)*(al*cap(cut(w)*x(i)+b))", "R(i)*(al*(w*x(i)+b))"
    goal = f"Sum(i, 1, M, {term}) == Sum(i, {start}, M, {linear})"
    hyps = {**SETTING, "w": "0 < w and w < m", "b": "b == -cut(w)*t"}
    steps = [
        step("cut", "arithmetic", "max(-m, min(m, w)) == w", "w"),
        step("b'", "identity", "b == -w*t", "b", "cut"),
        step("known", "arithmetic", "0 <= w and w <= m", "w"),
        *_split(),
        *_sums("w", True, ("known",)),
        step("shift", "identity", f"{term} == R(i)*(al*cap(w*(x(i)-t)))", "cut", "b'"),
        step("back", "identity", f"R(i)*(al*(w*(x(i)-t))) == {linear}", "b'"),
        step("all", "congruence", f"Sum(i, 1, M, {term}) == Sum(i, 1, M, R(i)*(al*cap(w*(x(i)-t))))", "shift"),
        step("live", "congruence", f"Sum(i, j+1, M, R(i)*(al*(w*(x(i)-t)))) == Sum(i, j+1, M, {linear})", "back"),
        step("goal", "identity", goal, "all", "right-end", "live",
             combine={"all": "1", "right-end": "1", "live": "1"}),
    ]  # fmt: skip
    inhabited = {**ONE, "w": "1", "b": "0"}
    return Proof(Statement(goal, hyps, DECLARE, {"cut(w)": "max(-m, min(m, w))"}, inhabited, setting_steps()), steps)


def build_sides(start: str = "j+1") -> Proof:
    """Derive p. 27: the potential at (a, w, -w^m t) is Psi^j for w >= 0 and Psi_j for w <= 0, for every w.

    Arguments:
        start: the first unit of Psi^j; j+1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 27).

    Example:
        >>> build_sides().statement.goal[:9]
        'Imp(0 <= '
    """
    cut = "max(-m, min(m, w))"
    linear = f"R(i)*(al*({cut}*(x(i)-t)))"
    whole = f"Sum(i, 1, M, R(i)*(al*cap({cut}*x(i)+(-{cut}*t))))"
    right, left = f"{whole} == Sum(i, {start}, M, {linear})", f"{whole} == Sum(i, 1, j, {linear})"
    goal = f"Imp(0 <= w, {right}) and Imp(w <= 0, {left})"
    middle = "Sum(i, 1, M, R(i)*(al*cap({0}*(x(i)-t))))".format
    live = "Sum(i, {1}, R(i)*(al*({0}*(x(i)-t))))".format
    steps = [
        step("L", "arithmetic", "0 <= L", "t"),
        step("up", "assume", "0 <= v and v <= m"),
        step("down", "assume", "-m <= v and v <= 0"),
        *_split(),
        *_sums("v", True, ("up",)),
        *_sums("v", False, ("down",)),
        step("if-up", "discharge", f"Imp(0 <= v and v <= m, {middle('v')} == {live('v', 'j+1, M')})", "right-end"),
        step("if-down", "discharge", f"Imp(-m <= v and v <= 0, {middle('v')} == {live('v', '1, j')})", "left-end"),
        step("term", "identity", f"R(i)*(al*cap({cut}*x(i)+(-{cut}*t))) == R(i)*(al*cap({cut}*(x(i)-t)))"),
        step("same", "congruence", f"{whole} == {middle(cut)}", "term"),
        step("w-up", "assume", "0 <= w"),
        step("w-down", "assume", "w <= 0"),
        step("cut-up", "arithmetic", f"0 <= {cut} and {cut} <= m", "w-up", "m", "L"),
        step("cut-down", "arithmetic", f"-m <= {cut} and {cut} <= 0", "w-down", "m", "L"),
        step("at-up", "apply", f"{middle(cut)} == {live(cut, 'j+1, M')}", "if-up", "cut-up", put={"v": cut}),
        step("at-down", "apply", f"{middle(cut)} == {live(cut, '1, j')}", "if-down", "cut-down", put={"v": cut}),
        step("right'", "identity", right, "same", "at-up", combine={"same": "1", "at-up": "1"}),
        step("left'", "identity", left, "same", "at-down", combine={"same": "1", "at-down": "1"}),
        step("R", "discharge", f"Imp(0 <= w, {right})", "right'"),
        step("L-side", "discharge", f"Imp(w <= 0, {left})", "left'"),
        step("goal", "sign", goal, "R", "L-side"),
    ]  # fmt: skip
    return Proof(Statement(goal, SETTING, DECLARE, {}, ONE, setting_steps()), steps)


def build_largest(bound: str = "lam*(1+L**2)+2*L*Sum(i, j+1, M, abs(R(i)))") -> Proof:
    """Derive p. 23, lambda lambda_+ <= K1, with K1 = lambda (1 + L^2) + 2 L sum_i |R_i|.

    Arguments:
        bound: the bound; that sum in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 23, with an explicit constant).

    Example:
        >>> sorted(build_largest().statement.hyps)
        ['data', 'lam', 't']
    """
    c = "(1/lam*Sum(i, j+1, M, R(i)*(x(i)-t)))"
    goal = f"lam*((2+t**2+sqrt(4*{c}**2+t**4))/2) <= {bound}"
    hyps = {"lam": "0 < lam", "t": "abs(t) <= L", "data": "All(i, abs(x(i)) <= L)"}
    total, size = "Sum(i, j+1, M, R(i)*(x(i)-t))", "Sum(i, j+1, M, 2*L*abs(R(i)))"
    steps = [
        step("data-i", "apply", "abs(x(i)) <= L", "data", at={"i": "i"}),
        step("lemma", "arithmetic",
             "Imp(abs(u) <= L, abs(t) <= L, r*(u-t) <= 2*L*abs(r) and -(r*(u-t)) <= 2*L*abs(r))"),
        step("both", "apply", "R(i)*(x(i)-t) <= 2*L*abs(R(i)) and -(R(i)*(x(i)-t)) <= 2*L*abs(R(i))", "lemma", "data-i",
             "t", put={"u": "x(i)", "r": "R(i)"}),
        step("up-i", "arithmetic", "R(i)*(x(i)-t) <= 2*L*abs(R(i))", "both"),
        step("down-i", "arithmetic", "-(R(i)*(x(i)-t)) <= 2*L*abs(R(i))", "both"),
        step("up", "monotone", f"{total} <= {size}", "up-i"),
        step("down", "monotone", f"Sum(i, j+1, M, -(R(i)*(x(i)-t))) <= {size}", "down-i"),
        step("turn", "identity", f"Sum(i, j+1, M, -(R(i)*(x(i)-t))) == -{total}"),
        step("scale", "identity", f"lam*{c} == {total}", "lam"),
        step("root-lemma", "arithmetic",
             "Imp(0 < l, l*c == s, s <= z, -s <= z, 0 <= p, p <= q, q0 == 4*c**2+p**2, 0 <= q0, 0 <= w, w**2 == q0,"
             " l*((2+p+w)/2) <= l*(1+q)+z)"),
        step("t2", "sign", "0 <= t**2"),
        step("square-lemma", "arithmetic", "Imp(abs(t) <= L, t**2 <= L**2)"),
        step("L2", "apply", "t**2 <= L**2", "square-lemma", "t"),
        step("inside", "sign", f"0 <= 4*{c}**2+t**4"),
        step("shape", "identity", f"4*{c}**2+t**4 == 4*{c}**2+(t**2)**2"),
        step("root", "sign", f"0 <= sqrt(4*{c}**2+t**4)"),
        step("root2", "identity", f"sqrt(4*{c}**2+t**4)**2 == 4*{c}**2+t**4", "inside"),
        step("down'", "arithmetic", f"-{total} <= {size}", "down", "turn"),
        step("end", "apply", f"lam*((2+t**2+sqrt(4*{c}**2+t**4))/2) <= lam*(1+L**2)+{size}", "root-lemma", "lam",
             "scale", "up", "down'", "t2", "L2", "shape", "inside", "root", "root2",
             put={"l": "lam", "c": c, "s": total, "z": size, "p": "t**2", "q": "L**2", "q0": f"4*{c}**2+t**4",
                  "w": f"sqrt(4*{c}**2+t**4)"}),
        step("goal", "sign", goal, "end"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, DECLARE, {}, LARGE, large_steps()), steps)


#: One datum at 1, seen from -1.
LARGE = {"lam": "1", "L": "1", "t": "-1", "j": "0", "M": "1", "x(i)": "1", "R(i)": "10"}


def large_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove that the data of `LARGE` are bounded by 1.

    Returns:
        The steps for the hypothesis "data".

    Example:
        >>> len(large_steps())
        2
    """
    return (
        {"for": "data", **step("one", "arithmetic", "abs(1) <= 1")},
        {"for": "data", **step("all", "generalize", "All(i, abs(1) <= 1)", "one")},
    )


def build_half_left(threshold: str = "2*K1/len") -> Proof:
    """Derive p. 28: for beta K2 >= 2 K1/|I| the cluster set covers at most half of the interval I.

    Arguments:
        threshold: what beta K2 is at least; 2 K1/|I| in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 28, with an explicit threshold); it uses mf.thm-1-measure.

    Example:
        >>> build_half_left().statement.goal
        'size <= K1*exp(-beta*K2) and size <= len/2'
    """
    goal = "size <= K1*exp(-beta*K2) and size <= len/2"
    hyps = {
        "K1": "0 <= K1", "m": "exp(beta*K2) < m", "size": "size <= K1*exp(beta*K2)/m**2", "len": "0 < len",
        "cold": f"{threshold} <= beta*K2",
    }  # fmt: skip
    steps = [
        step("small", "apply", "size <= K1*exp(-beta*K2)", "claim:mf.thm-1-measure", "K1", "m", "size"),
        step("tangent", "apply", "1+beta*K2 <= exp(beta*K2)", "axiom:exponential-tangent", put={"t": "beta*K2"}),
        step("inverse", "identity", "exp(beta*K2)*exp(-beta*K2) == 1"),
        step("e", "sign", "0 < exp(-beta*K2)"),
        step("cold'", "certificate", "2*K1 <= len*(beta*K2)", "cold", "len", terms=[["cold", "len"]]),
        step("half", "certificate", "K1*exp(-beta*K2) <= len/2", "cold'", "tangent", "inverse", "len", "e",
             terms=[["c:1/2", "cold'", "e"], ["c:1/2", "len", "tangent", "e"], ["c:1/2", "len", "e"]],
             combine={"inverse": "-len/2"}),
        step("goal", "arithmetic", goal, "small", "half"),
    ]  # fmt: skip
    inhabited = {"K1": "1", "beta": "2", "K2": "1", "m": "10", "size": "0", "len": "1"}
    return Proof(Statement(goal, hyps, "", {}, inhabited), steps)


def build_bounded_moment(constant: str = "4*(K1+2*K2+3/2*log(4*pi))") -> Proof:
    """Derive (5.30): M <= 4 (K1 + 2 K2 + (3/2) log(4 pi)), from the two bounds on the free energy of the minimiser.

    Below it is R/2 + (lambda/4) M - (3/(2 beta)) log(4 pi/(beta lambda)) (mf.lemma-10.2.corrected), above at most
    K1 lambda + (K2/beta)(1 - log lambda) ((A.12)); k = beta lambda >= 1 and beta lambda >= -log lambda (A1).

    Arguments:
        constant: the bound; 4 (K1 + 2 K2 + (3/2) log(4 pi)) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.30) and Lemma A.6, with an explicit constant).

    Example:
        >>> sorted(build_bounded_moment().statement.hyps)
        ['K2', 'above', 'below', 'beta', 'k', 'risk', 'scale', 'slow']
    """
    goal = f"m2 <= {constant}"
    hyps = {
        "beta": "0 < beta", "scale": "k == beta*lam", "k": "1 <= k", "slow": "-log(lam) <= k",
        "risk": "0 <= risk", "K2": "0 <= K2",
        "below": "risk/2+lam/4*m2-3/2*log(4*pi/k)/beta <= F", "above": "F <= K1*lam+K2/beta*(1-log(lam))",
    }  # fmt: skip
    t, s = "log(4*pi/k)", "log(4*pi)"
    steps = [
        step("k>0", "arithmetic", "0 < k", "k"),
        step("pos-k", "sign", "0 < 4*pi/k", "k>0"),
        step("pos", "sign", "0 < 4*pi"),
        step("log-k", "apply", f"exp({t}) == 4*pi/k", "axiom:logarithm", "pos-k", put={"t": "4*pi/k"}),
        step("log-1", "apply", f"exp({s}) == 4*pi", "axiom:logarithm", "pos", put={"t": "4*pi"}),
        step("convex", "apply", f"1+({t}-{s}) <= exp({t}-{s})", "axiom:exponential-tangent", put={"t": f"{t}-{s}"}),
        step("ratio", "identity", f"exp({t}-{s})*exp({s}) == exp({t})"),
        step("quotient", "identity", f"exp({t}-{s}) == 1/k", "ratio", "log-1", "log-k", "pos", "k>0",
             combine={"ratio": "1/(4*pi)", "log-1": f"-exp({t}-{s})/(4*pi)", "log-k": "1/(4*pi)"}),
        step("inverse", "certificate", "1/k <= 1", "k", "k>0", terms=[["k"]], times="k"),
        step("logs", "arithmetic", f"{t} <= {s}", "convex", "quotient", "inverse"),
        step("both", "arithmetic", "risk/2+lam/4*m2-3/2*log(4*pi/k)/beta <= K1*lam+K2/beta*(1-log(lam))", "below",
             "above"),
        step("s>0", "enclosure", f"0 < {s}"),
        step("scaled", "certificate", f"k/4*m2 <= K1*k+K2*(1-log(lam))+3/2*{s}", "both", "logs", "risk", "beta",
             "scale", terms=[["both", "beta"], ["c:3/2", "logs"], ["c:1/2", "beta", "risk"]]),
        step("less", "certificate", f"K1*k+K2*(1-log(lam))+3/2*{s} <= (K1+2*K2+3/2*{s})*k", "slow", "k", "K2", "s>0",
             terms=[["K2", "slow"], ["K2", "k"], ["c:3/2", "s>0", "k"]]),
        step("end", "arithmetic", f"k/4*m2 <= (K1+2*K2+3/2*{s})*k", "scaled", "less"),
        step("goal", "certificate", goal, "end", "k>0", terms=[["c:4", "end"]], times="k"),
    ]  # fmt: skip
    inhabited = {"beta": "1", "lam": "1", "k": "1", "risk": "0", "K1": "0", "K2": "0", "m2": "0", "F": "0"}
    return Proof(Statement(goal, hyps, "", {}, inhabited), steps)


def build_bounded_integrand(quarter: str = "1/4") -> Proof:
    """Derive what (5.37) needs: the integrand of the curvature is continuous in each weight, and at most m^3 tau/4.

    So its integrals converge when the laws converge weakly, by the definition of weak convergence.

    Arguments:
        quarter: the constant; 1/4 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.37)).

    Example:
        >>> sorted(build_bounded_integrand().statement.hyps)
        ['m', 'tau']
    """
    e = "exp(tau*(cut(w)*x+b))"
    body = f"cut(a)*cut(w)**2*tau*{e}/(1+{e})**2"
    conts = [f"Cont({v}, -oo, oo, {body})" for v in "awb"]
    goal = " and ".join([f"abs({body}) <= {quarter}*m**3*tau", *conts])
    hyps = {"m": "0 < m", "tau": "0 < tau"}
    kernel = f"{e}/(1+{e})**2"
    steps = [
        step("e", "sign", f"0 < {e}"),
        step("1+e", "sign", f"0 < 1+{e}"),
        step("kernel", "certificate", f"{kernel} <= 1/4", "1+e", terms=[[f"sq:(1-{e})/2"]], times=f"(1+{e})**2"),
        step("kernel0", "sign", f"0 <= {kernel}", "e"),
        step("cut", "arithmetic", "Imp(0 < m, -m <= max(-m, min(m, u)) and max(-m, min(m, u)) <= m)"),
        step("cut-a", "apply", "-m <= cut(a) and cut(a) <= m", "cut", "m", put={"u": "a"}),
        step("cut-w", "apply", "-m <= cut(w) and cut(w) <= m", "cut", "m", put={"u": "w"}),
        step("lemma", "arithmetic", "Imp(0 < m, -m <= u and u <= m, -m <= v and v <= m,"
             " u*v**2 <= m**3 and -(u*v**2) <= m**3)"),
        step("both", "apply", "cut(a)*cut(w)**2 <= m**3 and -(cut(a)*cut(w)**2) <= m**3", "lemma", "m", "cut-a",
             "cut-w", put={"u": "cut(a)", "v": "cut(w)"}),
        step("up", "arithmetic", "cut(a)*cut(w)**2 <= m**3", "both"),
        step("down", "arithmetic", "-(cut(a)*cut(w)**2) <= m**3", "both"),
        *[step(f"{name}.", "certificate", f"{sign}({body}) <= 1/4*m**3*tau", name, "kernel", "kernel0", "m", "tau",
               terms=[[name, "tau", "kernel0"], ["c:m**3", "tau", "kernel"]])
          for name, sign in (("up", ""), ("down", "-"))],
        step("abs", "arithmetic", "Imp(u <= c, -u <= c, abs(u) <= c)"),
        step("size", "apply", f"abs({body}) <= 1/4*m**3*tau", "abs", "up.", "down.",
             put={"u": body, "c": "1/4*m**3*tau"}),
        *[step(f"c{v}", "continuous", text, "1+e") for v, text in zip("awb", conts, strict=True)],
        step("goal", "sign", goal, "size", "ca", "cw", "cb"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", {"cut(u)": "max(-m, min(m, u))"}, {"m": "1", "tau": "1"}), steps)
