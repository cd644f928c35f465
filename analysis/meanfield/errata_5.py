"""More formulas of Sections 3 to 6 of JMLR 23(130) that are false as printed, in their corrected form."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step

#: The logarithm of Z at zero residuals, where it is that of a Gaussian of variance 1/k, k = beta lambda.
LOG_Z_AT_ZERO = "3/2*log(2*pi/k)"


def build_partition_bound(tail: str = "3/2*log(4*pi/k)") -> Proof:
    """Derive Lemma 5.2 corrected: log Z <= beta/(2M) sum y^2 + (3/2) log(4 pi/k); 1 + 3 log(8 pi/k) is printed.

    From F = -log Z/beta - fit + data at the Gibbs law (p. 21), where fit and data are (1/2M) sum of squares of the
    fitted values and of the targets, and from F >= R/2 + (lambda/4) m2 - (3/(2 beta)) log(4 pi/k) with the first two
    terms dropped.

    Arguments:
        tail: what is added to beta times data.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma 5.2, corrected).

    Example:
        >>> build_partition_bound().statement.goal
        'logZ <= beta*data+3/2*log(4*pi/k)'
    """
    statement = Statement(
        f"logZ <= beta*data+{tail}",
        {
            "beta": "0 < beta", "fit": "0 <= fit", "moment": "0 <= risk/2+lam/4*m2",
            "gibbs": "F == -logZ/beta-fit+data", "bound": "risk/2+lam/4*m2-3/2*log(4*pi/k)/beta <= F",
        },
        inhabited={"beta": "1", "k": "4*pi", "fit": "0", "data": "0", "F": "0", "logZ": "0", "risk": "0", "lam": "1",
                   "m2": "0"},
    )  # fmt: skip
    steps = [
        step("goal", "certificate", statement.goal, "bound", "moment", "fit", "gibbs", "beta",
             terms=[["beta", "bound"], ["beta", "moment"], ["beta", "fit"]], combine={"gibbs": "-beta"}),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_kink(side: str = "relu(h)") -> Proof:
    """Derive that no truncation that is (x)_+ up to m^2 has a derivative at 0, so that it is not C^4(R) as p. 9 asks.

    A derivative d at 0 would give |cap(h) - d h| <= |h|/4 for all small h; h and -h force |1 - d| and |d| below 1/4.

    Arguments:
        side: what cap is near 0; relu(h) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 9, corrected: C^4 on the positive half-line).

    Example:
        >>> build_kink().statement.hyps["delta"]
        '0 < delta'
    """
    close = "Imp(abs(h) <= delta, abs(cap(h)-d*h) <= abs(h)/4)"
    statement = Statement(
        f"not All(h, {close})",
        {"delta": "0 < delta", "small": "delta <= m**2", "cap": f"All(h, Imp(h <= m**2, cap(h) == {side}))"},
        inhabited={"delta": "1", "m": "1", "cap(h)": side, "d": "0"},
        inhabited_steps=[
            {"for": "cap", **step("same", "identity", f"{side} == {side}")},
            {"for": "cap", **step("as", "discharge", f"Imp(h <= 1**2, {side} == {side})", "same")},
            {"for": "cap", **step("all", "generalize", f"All(h, Imp(h <= 1**2, {side} == {side}))", "as")},
        ],
    )
    steps = [
        step("smooth", "assume", f"All(h, {close})"),
        step("up", "arithmetic", "abs(delta) <= delta and abs(-delta) <= delta", "delta"),
        step("up-1", "arithmetic", "abs(delta) <= delta", "up"),
        step("up-2", "arithmetic", "abs(-delta) <= delta", "up"),
        step("below", "arithmetic", "-delta <= m**2", "delta", "small"),
        step("right", "apply", "abs(cap(delta)-d*delta) <= abs(delta)/4", "smooth", "up-1", at={"h": "delta"}),
        step("left", "apply", "abs(cap(-delta)-d*(-delta)) <= abs(-delta)/4", "smooth", "up-2", at={"h": "-delta"}),
        step("cap-right", "apply", f"cap(delta) == {side.replace('h', 'delta')}", "cap", "small", at={"h": "delta"}),
        step("cap-left", "apply", f"cap(-delta) == {side.replace('h', '-delta')}", "cap", "below", at={"h": "-delta"}),
        step("no", "arithmetic", "1 < 0", "right", "left", "cap-right", "cap-left", "delta"),
        step("not", "discharge", f"Imp(All(h, {close}), 1 < 0)", "no"),
        step("goal", "arithmetic", statement.goal, "not"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_left_set(printed: str = "0 < v") -> Proof:
    """Derive p. 24 corrected: with w in R_- the set -m < w < 0 is not empty; with w in R_+, as printed, it is.

    Arguments:
        printed: the sign of w in the printed set; 0 < v in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 24, corrected).

    Example:
        >>> build_left_set().statement.hyps
        {'m': '0 < m'}
    """
    as_printed, corrected = f"({printed} and -m < v and v < 0)", "(w < 0 and -m < w)"
    statement = Statement(f"not {as_printed} and Ex(w, {corrected})", {"m": "0 < m"}, inhabited={"m": "1"})
    steps = [
        step("empty", "arithmetic", f"not {as_printed}"),
        step("here", "arithmetic", corrected.replace("w", "(-m/2)"), "m"),
        step("some", "witness", f"Ex(w, {corrected})", "here", value="-m/2"),
        step("goal", "arithmetic", statement.goal, "empty", "some"),
    ]
    return Proof(statement, steps)


def build_exponential_scale(exponent: str = "c") -> Proof:
    """Derive p. 13 corrected: with m = exp(c beta), exp(C beta)/m^2 is at most exp(-beta eps) for 2c >= C + eps.

    The paper writes m = exp(Theta(beta)); with c = C/4 the bound is exp(C beta/2) and grows.

    Arguments:
        exponent: the exponent of m over beta; c in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 13, corrected).

    Example:
        >>> build_exponential_scale().statement.hyps["enough"]
        'C+eps <= 2*c'
    """
    m = f"exp({exponent}*beta)"
    statement = Statement(
        f"exp(C*beta)/{m}**2 <= exp(-eps*beta) and exp(C*beta)/exp(C/4*beta)**2 == exp(C/2*beta)",
        {"beta": "0 < beta", "enough": "C+eps <= 2*c"},
        inhabited={"beta": "1", "C": "1", "eps": "1", "c": "1"},
    )
    shift = "(2*c-C-eps)*beta"
    steps = [
        step("slack", "certificate", f"0 <= {shift}", "enough", "beta", terms=[["enough", "beta"]]),
        step("convex", "arithmetic", f"1 <= exp({shift})", "slack"),
        step("e", "sign", "0 < exp(C*beta)*exp(-2*c*beta)"),
        step("product", "identity", f"exp(C*beta)*exp(-2*c*beta)*exp({shift}) == exp(-eps*beta)"),
        step("less", "certificate", "exp(C*beta)*exp(-2*c*beta) <= exp(-eps*beta)", "convex", "e", "product",
             terms=[["convex", "e"]], combine={"product": "1"}),
        step("quotient", "identity", f"exp(C*beta)/{m}**2 == exp(C*beta)*exp(-2*c*beta)"),
        step("first", "certificate", f"exp(C*beta)/{m}**2 <= exp(-eps*beta)", "less", "quotient", terms=[["less"]],
             combine={"quotient": "-1"}),
        step("second", "identity", "exp(C*beta)/exp(C/4*beta)**2 == exp(C/2*beta)"),
        step("goal", "arithmetic", statement.goal, "first", "second"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_pair_bound(half: str = "1/2") -> Proof:
    """Derive (5.31)-(5.32): |f'(x)| <= M/2, by |a w| <= (a^2 + w^2)/2 under the integral of any finite measure.

    The measure has K atoms of weights p_k >= 0; s_k in {0, 1} says whether the unit is active at x.

    Arguments:
        half: the factor of the second moment; 1/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.31)-(5.32)).

    Example:
        >>> sorted(build_pair_bound().statement.hyps)
        ['active', 'p']
    """
    slope, moment = "Sum(k,1,K,p(k)*s(k)*a(k)*w(k))", "Sum(k,1,K,p(k)*(a(k)**2+w(k)**2+b(k)**2))"
    statement = Statement(
        f"{slope} <= {half}*{moment} and -({slope}) <= {half}*{moment}",
        {"p": "All(k, 0 <= p(k))", "active": "All(k, 0 <= s(k) and s(k) <= 1)"},
        "k:Z K:N", inhabited={"K": "1", "p(k)": "1", "s(k)": "1", "a(k)": "1", "w(k)": "1", "b(k)": "0"},
        inhabited_steps=[
            {"for": "p", **step("p0", "arithmetic", "0 <= 1")},
            {"for": "p", **step("p1", "generalize", "All(k, 0 <= 1)", "p0")},
            {"for": "active", **step("s0", "arithmetic", "0 <= 1 and 1 <= 1")},
            {"for": "active", **step("s1", "generalize", "All(k, 0 <= 1 and 1 <= 1)", "s0")},
        ],
    )  # fmt: skip
    steps = [
        step("p-k", "apply", "0 <= p(k)", "p", at={"k": "k"}),
        step("s-k", "apply", "0 <= s(k) and s(k) <= 1", "active", at={"k": "k"}),
        step("lemma", "arithmetic", "Imp(0 <= t, t <= 1, t*u*v <= 1/2*(u**2+v**2+z**2) and"
             " -(t*u*v) <= 1/2*(u**2+v**2+z**2))"),
        step("low", "arithmetic", "0 <= s(k)", "s-k"),
        step("high", "arithmetic", "s(k) <= 1", "s-k"),
    ]  # fmt: skip
    total = "(a(k)**2+w(k)**2+b(k)**2)"
    steps += [
        step("pair", "apply", f"s(k)*a(k)*w(k) <= 1/2*{total} and -(s(k)*a(k)*w(k)) <= 1/2*{total}", "lemma", "low",
             "high", put={"t": "s(k)", "u": "a(k)", "v": "w(k)", "z": "b(k)"}),
    ]  # fmt: skip
    for name, sign in (("plus", ""), ("minus", "-")):
        steps += [
            step(f"{name}-one", "arithmetic", f"{sign}(s(k)*a(k)*w(k)) <= 1/2*{total}", "pair"),
            step(f"{name}-term", "certificate", f"{sign}(p(k)*s(k)*a(k)*w(k)) <= {half}*(p(k)*{total})",
                 f"{name}-one", "p-k", terms=[[f"{name}-one", "p-k"]]),
            step(f"{name}-sum", "monotone",
                 f"Sum(k,1,K,{sign}(p(k)*s(k)*a(k)*w(k))) <= Sum(k,1,K,{half}*(p(k)*{total}))", f"{name}-term"),
            step(f"{name}-left", "identity", f"Sum(k,1,K,{sign}(p(k)*s(k)*a(k)*w(k))) == {sign}({slope})"),
            step(f"{name}-right", "identity", f"Sum(k,1,K,{half}*(p(k)*{total})) == {half}*{moment}"),
            step(name, "certificate", f"{sign}({slope}) <= {half}*{moment}", f"{name}-sum", f"{name}-left",
                 f"{name}-right", terms=[[f"{name}-sum"]], combine={f"{name}-left": "1", f"{name}-right": "-1"}),
        ]  # fmt: skip
    steps.append(step("goal", "arithmetic", statement.goal, "plus", "minus"))
    return Proof(statement, steps)


def build_entropy_mixture(gain: str = "log(2)") -> Proof:
    """Derive p. 37 with concavity: an even mixture has an entropy from the average to log 2 above it, pointwise.

    With h(t) = -t log t: (h(p) + h(q))/2 <= h((p + q)/2) <= (h(p) + h(q))/2 + log(2) (p + q)/2; integrated over two
    densities p and q, average <= H(mixture) <= average + log 2. The paper says convexity and uses concavity.

    Arguments:
        gain: the most that mixing adds; log(2) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 37, corrected, and the upper side of this project).

    Example:
        >>> sorted(build_entropy_mixture().statement.hyps)
        ['p', 'q']
    """
    n = "((p+q)/2)"
    average, mixed = "(-p*log(p)/2-q*log(q)/2)", f"(-{n}*log({n}))"
    statement = Statement(
        f"{average} <= {mixed} and {mixed} <= {average}+{gain}*{n}",
        {"p": "0 < p", "q": "0 < q"}, inhabited={"p": "1", "q": "1"},
    )  # fmt: skip
    steps = [
        step("n", "arithmetic", f"0 < {n}", "p", "q"),
        step("two", "enclosure", "0 < 2"),
        step("log-n", "apply", f"exp(log({n})) == {n}", "axiom:logarithm", "n", put={"t": n}),
        step("log-2", "apply", "exp(log(2)) == 2", "axiom:logarithm", "two", put={"t": "2"}),
        step("tangent", "assume", "1+(N-P) <= e"),
        step("e", "assume", "e*s == n"),
        step("s", "assume", "0 < s"),
        step("tangent-lemma", "certificate", "s*(N-P) <= n-s", "tangent", "e", "s", terms=[["tangent", "s"]],
             combine={"e": "-1"}),
    ]  # fmt: skip
    for t in "pq":
        difference = f"(log({n})-log({t}))"
        steps += [
            step(f"log-{t}", "apply", f"exp(log({t})) == {t}", "axiom:logarithm", t, put={"t": t}),
            step(f"ratio-{t}", "identity", f"exp({difference})*{t} == {n}", f"log-{t}", "log-n",
                 combine={f"log-{t}": f"-exp({difference})", "log-n": "1"}),
            step(f"convex-{t}", "arithmetic", f"1+{difference} <= exp({difference})"),
            step(f"low-{t}", "apply", f"{t}*{difference} <= {n}-{t}", "tangent-lemma", f"convex-{t}", f"ratio-{t}", t,
                 put={"N": f"log({n})", "P": f"log({t})", "e": f"exp({difference})", "s": t, "n": n}),
            step(f"share-{t}", "arithmetic", f"{t} <= 2*{n}", "p", "q"),
            step(f"high-{t}-product", "identity", f"exp(log({t})-log({n})-log(2))*(2*{n}) == {t}", f"log-{t}", "log-n",
                 "log-2", combine={f"log-{t}": "1", "log-n": f"-2*exp(log({t})-log({n})-log(2))",
                                   "log-2": f"-exp(log({t})-log({n})-log(2))*exp(log({n}))"}),
            step(f"high-{t}-convex", "arithmetic",
                 f"1+(log({t})-log({n})-log(2)) <= exp(log({t})-log({n})-log(2))"),
        ]  # fmt: skip
    steps += [
        step("cap", "arithmetic", "Imp(1+v <= e, e*m == t, t <= m, 0 < m, v <= 0)"),
        step("m", "arithmetic", f"0 < 2*{n}", "n"),
        *[
            step(f"high-{t}", "apply", f"log({t})-log({n})-log(2) <= 0", "cap", f"high-{t}-convex",
                 f"high-{t}-product", f"share-{t}", "m",
                 put={"v": f"log({t})-log({n})-log(2)", "e": f"exp(log({t})-log({n})-log(2))", "m": f"2*{n}", "t": t})
            for t in "pq"
        ],
        step("first", "certificate", f"{average} <= {mixed}", "low-p", "low-q",
             terms=[["c:1/2", "low-p"], ["c:1/2", "low-q"]]),
        step("second", "certificate", f"{mixed} <= {average}+{gain}*{n}", "high-p", "high-q", "p", "q",
             terms=[["c:1/2", "high-p", "p"], ["c:1/2", "high-q", "q"]]),
        step("goal", "arithmetic", statement.goal, "first", "second"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_cold_limit(level: str = "2*lam/5") -> Proof:
    """Derive (6.13) corrected: F_beta(rho*_beta) tends to 2 lambda/5, from at least 2 lambda/5 - log(2)/beta.

    The mixture of two Gaussians of variance 1/beta about the atoms of (6.3) has second moment 4/5 + 3/beta and an
    entropy from (3/2) log(2 pi e/beta) to log 2 more (`build_entropy_mixture`); cold: beta >= 2 pi e.

    Arguments:
        level: the limit; 2*lam/5 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.13), corrected).

    Example:
        >>> build_cold_limit().statement.hyps["moment"]
        'm2 == 4/5+3/beta'
    """
    free = "risk/2+lam/2*m2-H/beta"
    statement = Statement(
        f"{level}-log(2)/beta <= {free} and {free} <= risk/2+{level}+(3*lam-3*s)/(2*beta)",
        {
            "lam": "0 < lam", "beta": "0 < beta", "risk": "0 <= risk", "moment": "m2 == 4/5+3/beta",
            "entropy": "3/2*s <= H and H <= log(2)+3/2*s", "cold": "s <= 0",
        },
        inhabited={"lam": "1", "beta": "1", "risk": "0", "m2": "19/5", "s": "0", "H": "0"},
    )  # fmt: skip
    steps = [
        step("low", "arithmetic", "0 <= H-3/2*s", "entropy"),
        step("high", "arithmetic", "0 <= log(2)+3/2*s-H", "entropy"),
        step("down", "certificate", f"{level}-log(2)/beta <= {free}", "high", "cold", "risk", "lam", "beta", "moment",
             times="beta", terms=[["high"], ["c:3/2", "cold"], ["c:1/2", "risk", "beta"], ["c:3/2", "lam"]],
             combine={"moment": "lam*beta/2"}),
        step("up", "certificate", f"{free} <= risk/2+{level}+(3*lam-3*s)/(2*beta)", "low", "beta", "moment",
             times="beta", terms=[["low"]], combine={"moment": "-lam*beta/2"}),
        step("goal", "arithmetic", statement.goal, "down", "up"),
    ]  # fmt: skip
    return Proof(statement, steps)
