"""Sections 1 to 3 of JMLR 23(130): the objective and its step, the first variation, and the truncations."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .errata import lipschitz_steps


def build_objective(factor: str = "lam/N") -> Proof:
    """Derive that (3.2) is twice the noiseless part R/2 + (lambda/2) M of (3.5) on the empirical measure of N neurons.

    Arguments:
        factor: the factor of sum_k |theta_k|^2; lam/N in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (3.2) and (3.5)).

    Example:
        >>> build_objective().statement.hyps
        {}
    """
    risk, moment = "(1/M*Sum(i, 1, M, (y(i)-f(i))**2))", "(1/N*Sum(k, 1, N, q(k)))"
    goal = f"1/M*Sum(i, 1, M, (y(i)-f(i))**2)+{factor}*Sum(k, 1, N, q(k)) == 2*(1/2*{risk}+lam/2*{moment})"
    return Proof(Statement(goal, {}, "i,k:Z M,N:N"), [step("goal", "identity", goal)])


def build_drift(two: str = "2") -> Proof:
    """Derive the drift of (3.3): -N times the derivative of one row's objective in a weight t of one neuron.

    With f = rest + u(t)/N and the penalty (lambda/N) (t^2 + others), -N d/dt [(y - f)^2 + penalty] is
    2 (y - f) u'(t) - 2 lambda t, for a unit u(t) = a (w x + b)_+ that is differentiable in t, one of a, w, b.

    Arguments:
        two: the factor of the drift; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (3.3)).

    Example:
        >>> build_drift().statement.hyps["N"]
        'N != 0'
    """
    f = "(rest+u(t)/N)"
    objective = f"(y-{f})**2+lam/N*(t**2+others)"
    goal = f"HasDeriv(t, -N*({objective}), {two}*(y-{f})*du(t)-{two}*lam*t)"
    statement = Statement(
        goal, {"N": "N != 0", "unit": "HasDeriv(t, u(t), du(t))"}, inhabited={"N": "1", "u(t)": "t", "du(t)": "1"},
        inhabited_steps=[{"for": "unit", **step("slope", "derivative", "HasDeriv(t, t, 1)")}],
    )  # fmt: skip
    return Proof(statement, [step("goal", "derivative", goal, "unit", "N")])


def build_first_variation(scale: str = "1/M") -> Proof:
    """Derive (3.4): Psi = sum_i R_i sigma_i + (lambda/2)|theta|^2 is the first variation of R/2 + (lambda/2) M.

    Along (1 - t) rho + t nu the fitted values are f_i + t (g_i - f_i) and the second moment (1 - t) m + t n; the
    derivative at t = 0 is the integral of Psi against nu - rho, R_i = (f_i - y_i)/M.

    Arguments:
        scale: the scale of the residuals; 1/M in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (3.4)).

    Example:
        >>> build_first_variation().statement.declare
        'i:Z M:N'
    """
    mixed = "(f(i)+t*(g(i)-f(i))-y(i))"
    loss = f"1/2*(1/M*Sum(i, 1, M, {mixed}**2))+lam/2*((1-t)*m+t*n)"
    slope = f"1/2*(1/M*Sum(i, 1, M, 2*{mixed}*(g(i)-f(i))))+lam/2*(n-m)"
    at_zero = slope.replace("t*(g(i)-f(i))", "0*(g(i)-f(i))")
    psi = f"Sum(i, 1, M, {scale}*(f(i)-y(i))*(g(i)-f(i)))+lam/2*(n-m)"
    goal = f"HasDeriv(t, {loss}, {slope}) and {at_zero} == {psi}"
    steps = [
        step("slope", "derivative", f"HasDeriv(t, {loss}, {slope})"),
        step("zero", "identity", f"{at_zero} == {psi}"),
        step("goal", "arithmetic", goal, "slope", "zero"),
    ]
    return Proof(Statement(goal, {}, "i:Z M:N"), steps)


def build_clip(rate: str = "1") -> Proof:
    """Derive p. 8: the truncation v^m = max(-m, min(m, v)) is bounded by m and has Lipschitz constant 1.

    Arguments:
        rate: the Lipschitz constant; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 8).

    Example:
        >>> build_clip().statement.hyps
        {'m': '0 <= m'}
    """
    statement = Statement(
        f"abs(cut(v)) <= m and abs(cut(v)-cut(w)) <= {rate}*abs(v-w)",
        {"m": "0 <= m"}, let={"cut(v)": "max(-m,min(m,v))"}, inhabited={"m": "1"},
    )  # fmt: skip
    return Proof(
        statement,
        [
            step("bounded", "arithmetic", "abs(cut(v)) <= m", "m"),
            step("lipschitz", "arithmetic", f"abs(cut(v)-cut(w)) <= {rate}*abs(v-w)", "m"),
            step("goal", "arithmetic", statement.goal, "bounded", "lipschitz"),
        ],
    )


def build_braking(gain: str = "m**2/2") -> Proof:
    """Derive p. 9: braking at 1/m^2 from slope 1 at m^2 gains m^2/2 before the slope is 0, less than the m^2 allowed.

    q(x) = m^2 + (x - m^2) - (x - m^2)^2/(2 m^2) has value m^2 and slope 1 at m^2, second derivative -1/m^2, slope 0 at
    2 m^2 and value m^2 + m^2/2 <= 2 m^2 there, so that a phi_m with the limits the paper asks for has room.

    Arguments:
        gain: what is gained until the slope is 0; m**2/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 9).

    Example:
        >>> build_braking().statement.hyps
        {'m': '0 < m'}
    """
    q, dq = "(m**2+(x-m**2)-(x-m**2)**2/(2*m**2))", "(1-(x-m**2)/m**2)"
    at = q.replace("x", "2*m**2")
    parts = [
        f"HasDeriv(x, {q}, {dq})", f"HasDeriv(x, {dq}, -1/m**2)", f"{q.replace('x', 'm**2')} == m**2",
        f"{dq.replace('x', 'm**2')} == 1", f"{dq.replace('x', '2*m**2')} == 0", f"{at} == m**2+{gain}",
        f"{at} <= 2*m**2",
    ]  # fmt: skip
    statement = Statement(" and ".join(parts), {"m": "0 < m"}, inhabited={"m": "1"})
    rules = ["derivative", "derivative", "identity", "identity", "identity", "identity"]
    steps = [step(f"part{k}", rule, text, "m") for k, (rule, text) in enumerate(zip(rules, parts, strict=False))]
    steps += [
        step("square", "sign", "0 <= m**2"),
        step("part6", "certificate", parts[6], "part5", "square", terms=[["c:1/2", "square"]], combine={"part5": "-1"}),
        step("goal", "arithmetic", statement.goal, *[f"part{k}" for k in range(7)]),
    ]
    return Proof(statement, steps)


def build_gluing_slope(bound: str = "1/m**2") -> Proof:
    """Derive p. 9: beyond x_m, where exp(tau x) >= exp(tau m^2) - 1, the soft-plus has second derivative <= 1/m^2.

    With E = exp(tau m^2) the second derivative at x_m is tau (E - 1)/E^2 <= tau/E, and t <= exp(t) at t = tau m^2.

    Arguments:
        bound: the bound; 1/m**2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 9).

    Example:
        >>> sorted(build_gluing_slope().statement.hyps)
        ['m', 'tau']
    """
    e = "exp(tau*m**2)"
    goal = f"tau*({e}-1)/{e}**2 <= {bound}"
    statement = Statement(goal, {"tau": "0 < tau", "m": "0 < m"}, inhabited={"tau": "1", "m": "1"})
    steps = [
        step("e", "sign", f"0 < {e}"),
        step("m2", "sign", "0 < m**2", "m"),
        step("grows", "arithmetic", f"1+tau*m**2 <= {e}"),
        step("one", "arithmetic", f"0 <= {e}-1-tau*m**2", "grows"),
        step("t", "sign", "0 <= tau*m**2", "tau"),
        step("room", "certificate", f"tau*m**2*({e}-1) <= {e}**2", "one", "t", "e",
             terms=[["one", "e"], ["e"], ["t"]]),
        step("goal", "certificate", goal, "room", "e", "m2", times=f"{e}**2*m**2", terms=[["room"]]),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_entropy_sign(sign: str = "+") -> Proof:
    """Derive that (1.1), with + beta^-1 int rho log rho, is (3.5), with - beta^-1 H and H = -int rho log rho.

    Arguments:
        sign: the sign of the entropy term of (1.1); + in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (1.1) and (3.5)).

    Example:
        >>> len(build_entropy_sign().steps)
        1
    """
    entropy = "Int(t,-oo,oo,rho(t)*log(rho(t)))"
    goal = f"risk/2+lam/2*m {sign} 1/beta*{entropy} == risk/2+lam/2*m-1/beta*(-{entropy})"
    return Proof(Statement(goal), [step("goal", "identity", goal)])


def build_no_lower_side(power: str = "2") -> Proof:
    """Derive that no truncated soft-plus bounded by B meets the lower side of (3.8), (x)_+ - 1/tau <= (x)_tau^m.

    The paper's has the limit 2 m^2 and is bounded; at x = B + 2/tau the lower side is B + 1/tau.

    Arguments:
        power: how many 1/tau beyond B the point lies; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (3.8), refuted for every choice of the truncation).

    Example:
        >>> build_no_lower_side().statement.hyps["bounded"]
        'All(x, cap(x) <= B)'
    """
    at = f"(B+{power}/tau)"
    statement = Statement(
        f"not (relu({at})-1/tau <= cap({at}))",
        {"tau": "0 < tau", "bounded": "All(x, cap(x) <= B)"},
        inhabited={"tau": "1", "B": "0", "cap(x)": "0"},
        inhabited_steps=[
            {"for": "bounded", **step("zero", "arithmetic", "0 <= 0")},
            {"for": "bounded", **step("all", "generalize", "All(x, 0 <= 0)", "zero")},
        ],
    )
    steps = [
        step("there", "apply", f"cap({at}) <= B", "bounded", at={"x": at}),
        step("s", "sign", "0 < 1/tau", "tau"),
        step("lemma", "arithmetic", f"Imp(0 < s, c <= B, c < relu(B+{power}*s)-s)"),
        step("shape", "identity", f"B+{power}*(1/tau) == {at}"),
        step("more", "apply", f"cap({at}) < relu(B+{power}*(1/tau))-1/tau", "lemma", "s", "there",
             put={"s": "1/tau", "c": f"cap({at})"}),
        step("goal", "arithmetic", statement.goal, "more", "shape"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_truncated_sandwich(width: str = "1") -> Proof:
    """Derive (3.8) corrected: (x)_+^m - 1/tau <= (x)_tau^m <= (x)_+ + 1/tau for (x)_tau^m = cap((x)_tau).

    cap is any truncation of Lipschitz constant 1 with cap(v) <= v, and (x)_+^m = cap((x)_+); (x)_+ - 1/tau is printed
    on the left, which no bounded function exceeds.

    Arguments:
        width: the distance times tau; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (3.8), corrected).

    Example:
        >>> sorted(build_truncated_sandwich().statement.hyps)
        ['below', 'cap', 'tau']
    """
    soft = "log(1+exp(tau*x))/tau"
    statement = Statement(
        f"cap(relu(x))-{width}/tau <= cap({soft}) and cap({soft}) <= relu(x)+{width}/tau",
        {"tau": "0 < tau", "cap": "All(p,All(q,abs(cap(p)-cap(q)) <= abs(p-q)))", "below": "All(p, cap(p) <= p)"},
        inhabited={"tau": "1", "cap(p)": "1*(p)"},
        inhabited_steps=[
            *lipschitz_steps("1*(p)"),
            {"for": "below", **step("same", "arithmetic", "1*(p) <= p")},
            {"for": "below", **step("all-same", "generalize", "All(p, 1*(p) <= p)", "same")},
        ],
    )
    steps = [
        step("sides", "apply", f"relu(x)-0/tau <= {soft} and relu(x)-1/tau <= {soft} and {soft} <= relu(x)+1/tau",
             "claim:mf.sandwich", "tau"),
        step("low", "arithmetic", f"relu(x)-0/tau <= {soft}", "sides"),
        step("high", "arithmetic", f"{soft} <= relu(x)+1/tau", "sides"),
        step("near", "apply", f"abs(cap(relu(x))-cap({soft})) <= abs(relu(x)-{soft})", "cap",
             at={"p": "relu(x)", "q": soft}),
        step("under", "apply", "cap(relu(x)) <= relu(x)", "below", at={"p": "relu(x)"}),
        step("t", "sign", "0 < 1/tau", "tau"),
        step("zero", "identity", "0/tau == 0*(1/tau)"),
        step("lemma", "arithmetic",
             f"Imp(r-z <= s, s <= r+t, z == 0*t, 0 < t, abs(a-b) <= abs(r-s), a <= r, a-{width}*t <= b"
             f" and b <= r+{width}*t)"),
        step("end", "apply", f"cap(relu(x))-{width}*(1/tau) <= cap({soft}) and cap({soft}) <= relu(x)+{width}*(1/tau)",
             "lemma", "low", "high", "zero", "t", "near", "under",
             put={"r": "relu(x)", "z": "0/tau", "s": soft, "t": "1/tau", "a": "cap(relu(x))", "b": f"cap({soft})"}),
        step("shape", "identity", f"{width}*(1/tau) == {width}/tau"),
        step("goal", "arithmetic", statement.goal, "end", "shape"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_risk_square(power: str = "m**2") -> Proof:
    """Derive p. 32 corrected: the risk at the start is at most L^2 M^2/2 + 2 y^2 a datum, and no C M + C' bounds it.

    A unit pair gives |f(x)| <= L M/2 with 1 + x^2 <= L^2. One neuron at (s, 0, s) has f = s^2 and M = 2 s^2 everywhere,
    so that with y = 1 and s^2 = 2C + C' + 3 the risk (s^2 - 1)^2 exceeds C M + C'.

    Arguments:
        power: the power of the second moment m = M; m**2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 32, corrected).

    Example:
        >>> sorted(build_risk_square().statement.hyps)
        ['C', 'E', 'fitted']
    """
    bound = f"(f-y)**2 <= L**2*{power}/2+2*y**2"
    beyond = "Ex(s, C*(2*s**2)+E < (s*s-1)**2)"
    statement = Statement(
        f"{bound} and {beyond}",
        {"fitted": "abs(f) <= L*m/2", "C": "0 <= C", "E": "0 <= E"},
        inhabited={"f": "0", "L": "1", "m": "0", "C": "1", "E": "1"},
    )
    at = "sqrt(2*C+E+3)"
    steps = [
        step("inside", "arithmetic", "0 <= 2*C+E+3", "C", "E"),
        step("square", "identity", f"{at}**2 == 2*C+E+3", "inside"),
        step("lemma", "arithmetic", "Imp(0 <= C, 0 <= E, q == 2*C+E+3, C*(2*q)+E < (q-1)**2)"),
        step("there", "apply", f"C*(2*{at}**2)+E < ({at}**2-1)**2", "lemma", "C", "E", "square", put={"q": f"{at}**2"}),
        step("shape", "identity", f"({at}*{at}-1)**2 == ({at}**2-1)**2"),
        step("here", "certificate", f"C*(2*{at}**2)+E < ({at}*{at}-1)**2", "there", "shape", terms=[["there"]],
             combine={"shape": "1"}),
        step("beyond", "witness", beyond, "here", value=at),
        step("size", "arithmetic", "Imp(abs(f) <= h, f**2 <= h**2)"),
        step("f2", "apply", "f**2 <= (L*m/2)**2", "size", "fitted", put={"h": "L*m/2"}),
        step("apart", "sign", "0 <= (f+y)**2"),
        step("bound", "certificate", bound, "f2", "apart", terms=[["c:2", "f2"], ["apart"]]),
        step("goal", "arithmetic", statement.goal, "bound", "beyond"),
    ]  # fmt: skip
    return Proof(statement, steps)
