"""Section 3 of JMLR 23(130): the limit of the soft-plus, the truncation phi_m, the Laplacian, the Gibbs exponents."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps


def build_softplus_limit(cold: str = "1/eps <= tau") -> Proof:
    """Derive p. 8: the soft-plus tends to the ReLU; it is within eps of it, at every x, once tau >= 1/eps.

    Arguments:
        cold: what is known of tau.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 8); it uses mf.sandwich.

    Example:
        >>> sorted(build_softplus_limit().statement.hyps)
        ['cold', 'eps', 'tau']
    """
    soft = "log(1+exp(tau*x))/tau"
    statement = Statement(
        f"abs({soft}-relu(x)) <= eps", {"eps": "0 < eps", "tau": "0 < tau", "cold": cold},
        inhabited={"eps": "1", "tau": "1"},
    )  # fmt: skip
    steps = [
        step("sides", "apply", f"relu(x)-0/tau <= {soft} and relu(x)-1/tau <= {soft} and {soft} <= relu(x)+1/tau",
             "claim:mf.sandwich", "tau"),
        step("low", "arithmetic", f"relu(x)-0/tau <= {soft}", "sides"),
        step("high", "arithmetic", f"{soft} <= relu(x)+1/tau", "sides"),
        step("zero", "identity", "0/tau == 0"),
        step("room", "certificate", "1/tau <= eps", "cold", "tau", "eps", times="tau/eps", terms=[["cold"]]),
        step("lemma", "arithmetic", "Imp(r-z <= s, s <= r+t, z == 0, 0 < e, t <= e, abs(s-r) <= e)"),
        step("goal", "apply", statement.goal, "lemma", "low", "high", "zero", "eps", "room",
             put={"r": "relu(x)", "z": "0/tau", "s": soft, "t": "1/tau", "e": "eps"}),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_range(least: str = "1") -> Proof:
    """Derive p. 9 corrected: where phi_m is used, x > m^2, its bound "for x > m" applies as soon as m >= 1.

    Arguments:
        least: what m is at least; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 9, corrected).

    Example:
        >>> build_range().statement.goal
        'm < x'
    """
    statement = Statement("m < x", {"used": "m**2 < x", "m": f"{least} <= m"}, inhabited={"m": "1", "x": "2"})
    steps = [
        step("below", "certificate", "m <= m**2", "m", terms=[["m", "m"], ["m"]]),
        step("goal", "certificate", "m < x", "below", "used", terms=[["below"], ["used"]]),
    ]
    return Proof(statement, steps)


def _vanishing() -> Steps:
    """If |u + v h| <= 2 K h^2 for 0 < h <= delta, then u = 0 and v = 0 (step "vanish")."""

    def small(name: str, size: str, factor: str, *uses: str) -> Steps:
        """At h = delta |z| w, w = 1/(|z| + delta (c + 1)), a bound |z| <= c h fails unless z = 0."""
        w = f"(1/({size}+delta*({factor}+1)))"
        h = f"(delta*{size}*{w})"
        put = {"Z": size, "c": factor, "w": w}
        parts = [f"0 < {h}", f"{h} <= delta", f"{factor}*{h} < {size}"]
        return [
            step(f"{name}0", "sign", f"0 <= {factor}", *(u for u in uses if u in ("D0", "K0"))),
            step(f"{name}d", "arithmetic", f"0 < {size}+delta*({factor}+1)", f"{name}0", f"{name}+", "D0"),
            step(f"{name}w", "identity", f"{w}*({size}+delta*({factor}+1)) == 1", f"{name}d"),
            step(f"{name}w0", "sign", f"0 < {w}", f"{name}d"),
            step(f"{name}all", "apply", " and ".join(parts), "point", f"{name}+", "D0", f"{name}0", f"{name}w",
                 f"{name}w0", put=put),
            *[step(f"{name}{n}.", "arithmetic", part, f"{name}all") for n, part in enumerate(parts)],
            step(f"{name}at", "apply", f"abs(u+v*{h}) <= 2*K*{h}**2", "small", f"{name}0.", f"{name}1.", at={"h": h}),
        ]  # fmt: skip

    quadratic = "Imp(abs(u+v*h) <= 2*K*h**2, 0 < h, h <= delta, 0 <= K, abs(u) <= h*(abs(v)+2*K*delta))"
    linear = "Imp(abs(u+v*h) <= 2*K*h**2, u == 0, 0 < h, abs(v) <= 2*K*h)"
    hu = "(delta*abs(u)*(1/(abs(u)+delta*((abs(v)+2*K*delta)+1))))"
    hv = "(delta*abs(v)*(1/(abs(v)+delta*((2*K)+1))))"
    return [
        step("small", "assume", "All(h, Imp(0 < h, h <= delta, abs(u+v*h) <= 2*K*h**2))"),
        step("D0", "assume", "0 < delta"),
        step("K0", "assume", "0 <= K"),
        step(
            "point",
            "arithmetic",
            "Imp(0 < Z, 0 < delta, 0 <= c, w*(Z+delta*(c+1)) == 1, 0 < w,"
            " 0 < delta*Z*w and delta*Z*w <= delta and c*(delta*Z*w) < Z)",
        ),
        step("u!", "assume", "u != 0"),
        step("u+", "arithmetic", "0 < abs(u)", "u!"),
        *small("u", "abs(u)", "(abs(v)+2*K*delta)", "D0", "K0"),
        step("u-lemma", "arithmetic", quadratic),
        step(
            "u-bound",
            "apply",
            f"abs(u) <= {hu}*(abs(v)+2*K*delta)",
            "u-lemma",
            "uat",
            "u0.",
            "u1.",
            "K0",
            put={"h": hu},
        ),
        step("u-no", "certificate", "abs(u) < abs(u)", "u-bound", "u2.", terms=[["u-bound"], ["u2."]]),
        step("u-false", "arithmetic", "False", "u-no"),
        step("u-imp", "discharge", "Imp(u != 0, False)", "u-false"),
        step("u=0", "arithmetic", "u == 0", "u-imp"),
        step("v!", "assume", "v != 0"),
        step("v+", "arithmetic", "0 < abs(v)", "v!"),
        *small("v", "abs(v)", "(2*K)", "K0"),
        step("v-lemma", "arithmetic", linear),
        step("v-bound", "apply", f"abs(v) <= 2*K*{hv}", "v-lemma", "vat", "u=0", "v0.", put={"h": hv}),
        step("v-no", "certificate", "abs(v) < abs(v)", "v-bound", "v2.", terms=[["v-bound"], ["v2."]]),
        step("v-false", "arithmetic", "False", "v-no"),
        step("v-imp", "discharge", "Imp(v != 0, False)", "v-false"),
        step("v=0", "arithmetic", "v == 0", "v-imp"),
        step("vanish", "arithmetic", "u == 0 and v == 0", "u=0", "v=0"),
    ]


_TAYLOR = "abs({f}(q+h)-{f}(q)-{d}*h) <= K*h**2"


def _identity_witness() -> Steps:
    """Steps: T(x) = phi(x) = x, glued at 1, satisfies the hypotheses."""
    shown: Steps = []
    for name, v, conditions, body in (
        ("left", "x", ["0 <= x", "x <= 1"], "x*1 == x"),
        ("right", "x", ["1 < x"], "x*1 == x*1"),
        ("T", "h", ["abs(h) <= 1"], "abs((1+h)*1-1*1-1*h) <= 0*h**2"),
        ("phi", "h", ["0 <= h", "h <= 1"], "abs((1+h)*1-1*1-1*h) <= 0*h**2"),
    ):
        given = f"Imp({', '.join(conditions)}, {body})"
        lines = [
            *[step(f"c{n}", "assume", c) for n, c in enumerate(conditions)],
            step("body", "arithmetic", body, *(f"c{n}" for n in range(len(conditions)))),
            step("imp", "discharge", given, "body"),
            step("all", "generalize", f"All({v}, {given})", "imp"),
        ]
        shown += [{"for": name, **line} for line in lines]
    return shown


def build_gluing(slope: str = "1") -> Proof:
    """Derive p. 9: gluing at q = m^2 forces phi(q) = q and phi'(q) = 1, whatever phi is beyond.

    T is the truncated ReLU: x for 0 <= x <= q and phi(x) for x > q.  That T is differentiable at q, and phi from the
    right, is used with a quadratic remainder, which a bounded second derivative gives.

    Arguments:
        slope: the slope of phi at q; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 9).

    Example:
        >>> build_gluing().statement.goal
        'phi(q) == q and p == 1'
    """
    statement = Statement(
        f"phi(q) == q and p == {slope}",
        {
            "q": "0 < delta and delta <= q", "K": "0 <= K",
            "left": "All(x, Imp(0 <= x, x <= q, T(x) == x))",
            "right": "All(x, Imp(q < x, T(x) == phi(x)))",
            "T": f"All(h, Imp(abs(h) <= delta, {_TAYLOR.format(f='T', d='d')}))",
            "phi": f"All(h, Imp(0 <= h, h <= delta, {_TAYLOR.format(f='phi', d='p')}))",
        },
        inhabited={"q": "1", "delta": "1", "K": "0", "d": "1", "p": "1", "T(x)": "x*1", "phi(x)": "x*1"},
        inhabited_steps=_identity_witness(),
    )  # fmt: skip
    beyond, before = "abs((phi(q)-q)+(p-d)*h) <= 2*K*h**2", "abs(0+(1-d)*h) <= 2*K*h**2"
    steps = [
        *_vanishing(),
        step("delta", "arithmetic", "0 < delta", "q"),
        step("top", "arithmetic", "delta <= q", "q"),
        step("q0", "arithmetic", "0 <= q", "q"),
        step("qq", "arithmetic", "q <= q"),
        step("Tq", "apply", "T(q) == q", "left", "q0", "qq", at={"x": "q"}),
        step("h+", "assume", "0 < h"),
        step("h-", "assume", "h <= delta"),
        step("h0", "arithmetic", "0 <= h", "h+"),
        step("abs", "arithmetic", "abs(h) <= delta", "h+", "h-"),
        step("q+h", "arithmetic", "q < q+h", "h+"),
        step("T+", "apply", _TAYLOR.format(f="T", d="d"), "T", "abs", at={"h": "h"}),
        step("phi+", "apply", _TAYLOR.format(f="phi", d="p"), "phi", "h0", "h-", at={"h": "h"}),
        step("same", "apply", "T(q+h) == phi(q+h)", "right", "q+h", at={"x": "q+h"}),
        step("two", "arithmetic", beyond, "T+", "phi+", "same", "Tq"),
        step("two'", "discharge", f"Imp(0 < h, h <= delta, {beyond})", "two"),
        step("two.", "generalize", f"All(h, Imp(0 < h, h <= delta, {beyond}))", "two'"),
        step("right-part", "apply", "phi(q)-q == 0 and p-d == 0", "vanish", "two.", "delta", "K",
             put={"u": "phi(q)-q", "v": "p-d"}, prose="Beyond q both Taylor forms hold of one function."),
        step("abs-", "arithmetic", "abs(-h) <= delta", "h+", "h-"),
        step("q-h", "arithmetic", "0 <= q-h", "h-", "top"),
        step("q-h'", "arithmetic", "q-h <= q", "h+"),
        step("T-", "apply", "abs(T(q+(-h))-T(q)-d*(-h)) <= K*(-h)**2", "T", "abs-", at={"h": "-h"}),
        step("value", "apply", "T(q+(-h)) == q+(-h)", "left", "q-h", "q-h'", at={"x": "q+(-h)"}),
        step("one", "arithmetic", before, "T-", "value", "Tq", "K"),
        step("one'", "discharge", f"Imp(0 < h, h <= delta, {before})", "one"),
        step("one.", "generalize", f"All(h, Imp(0 < h, h <= delta, {before}))", "one'"),
        step("left-part", "apply", "0 == 0 and 1-d == 0", "vanish", "one.", "delta", "K", put={"u": "0", "v": "1-d"},
             prose="Before q the slope is 1."),
        step("goal", "arithmetic", statement.goal, "right-part", "left-part"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_laplacian(temperature: str = "1/beta") -> Proof:
    """Derive that each coordinate's part of the right side of (3.4) is a number that vanishes at the Gibbs law (3.6).

    t is one weight, psi the potential as a function of it, rho = exp(-beta psi)/Z: the flux rho psi' and beta^-1 rho'
    cancel before they are differentiated again.  So the Laplacian in (3.4) acts on a real function.

    Arguments:
        temperature: the factor of the Laplacian; 1/beta in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 7, corrected).

    Example:
        >>> sorted(build_laplacian().statement.hyps)
        ['beta', 'first', 'second']
    """
    rho = "(exp(-beta*psi(t))/Z)"
    flux, bend = f"{rho}*dpsi(t)", f"{rho}*(ddpsi(t)-beta*dpsi(t)**2)"
    parts = [
        f"HasDeriv(t, {flux}, {bend})",
        f"HasDeriv(t, {rho}, -beta*{flux})",
        f"HasDeriv(t, -beta*{flux}, -beta*{bend})",
    ]
    total = f"{bend}+{temperature}*(-beta*{bend}) == 0"
    given = {"psi": ("first", "t**2/2", "t"), "dpsi": ("second", "t", "1")}
    statement = Statement(
        " and ".join([*parts, total]),
        {"beta": "0 < beta", "first": "All(t, HasDeriv(t, psi(t), dpsi(t)))",
         "second": "All(t, HasDeriv(t, dpsi(t), ddpsi(t)))"},
        inhabited={"beta": "1", "Z": "1", "psi(t)": "t**2/2", "dpsi(t)": "t", "ddpsi(t)": "1"},
        inhabited_steps=laplacian_steps(given),
    )  # fmt: skip
    steps = [
        *[step(f"d{n}", "derivative", part, "first", "second", "beta") for n, part in enumerate(parts[:2])],
        step("scaled", "derivative", parts[2], "first", "second", "beta"),
        step("total", "identity", total, "beta"),
        step("goal", "arithmetic", statement.goal, "d0", "d1", "scaled", "total"),
    ]
    return Proof(statement, steps)


def laplacian_steps(given: dict[str, tuple[str, str, str]]) -> Steps:
    """Return steps that prove at a witness which derivatives the potential has.

    Arguments:
        given: by symbol, the hypothesis, the function and its derivative.

    Returns:
        The steps for the hypotheses.

    Example:
        >>> laplacian_steps({"psi": ("first", "t", "1")})[-1]["for"]
        'first'
    """
    return [
        {"for": name, **line}
        for name, function, slope in given.values()
        for line in (
            step("slope", "derivative", f"HasDeriv(t, {function}, {slope})"),
            step("all", "generalize", f"All(t, HasDeriv(t, {function}, {slope}))", "slope"),
        )
    ]


def build_gibbs_exponents(residual: str = "-(y(i)-f(i))/M") -> Proof:
    """Derive (3.9) and (3.10): with the rescaled errors R_i the Gibbs law (3.6) has the exponent written there.

    s(i,a,w,b) is the activation at x_i, truncated with tau in (3.9) and without in (3.10); f(i) is the fitted value.

    Arguments:
        residual: the rescaled error R_i.

    Returns:
        The statement and its derivation (JMLR 23(130), (3.9) and (3.10)).

    Example:
        >>> build_gibbs_exponents().statement.hyps
        {}
    """
    let = {
        "R(i)": residual,
        "potential(a,w,b)": "1/M*Sum(i,1,M,(f(i)-y(i))*s(i,a,w,b))+lam/2*(a**2+w**2+b**2)",
        "printed(a,w,b)": "Sum(i,1,M,R(i)*s(i,a,w,b))+lam/2*(a**2+w**2+b**2)",
        "law(a,w,b)": "exp(-beta*potential(a,w,b))",
        "short(a,w,b)": "exp(-beta*printed(a,w,b))",
    }

    def over(text: str, n: int) -> str:
        for v in "abw"[:n]:
            text = f"Int({v},-oo,oo,{text})"
        return text

    goal = f"law(a,w,b)/{over('law(a,w,b)', 3)} == short(a,w,b)/{over('short(a,w,b)', 3)}"
    levels = [f"{over('law(a,w,b)', n)} == {over('short(a,w,b)', n)}" for n in range(4)]
    steps = [
        step("level0", "identity", levels[0]),
        *[step(f"level{n}", "congruence", levels[n], f"level{n - 1}") for n in (1, 2, 3)],
        step("goal", "identity", goal, "level0", "level3"),
    ]
    return Proof(Statement(goal, {}, "i:Z M:N", let), steps)


def build_unbounded(bound: str = "10*abs(w)+abs(b)") -> Proof:
    """Derive p. 36 corrected: on |x| <= 10 a unit is bounded in x and unbounded in its weights.

    Arguments:
        bound: the bound of the unit over |a|.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 36, corrected).

    Example:
        >>> build_unbounded().statement.hyps
        {'x': 'abs(x) <= 10'}
    """
    inside = f"abs(a*relu(w*x+b)) <= abs(a)*({bound})"
    beyond = "All(C, Ex(r, C < abs(r*relu(0*x+1))))"
    statement = Statement(f"{inside} and {beyond}", {"x": "abs(x) <= 10"}, inhabited={"x": "0"})
    steps = [
        step("unit", "arithmetic", "Imp(abs(x) <= 10, relu(w*x+b) <= 10*abs(w)+abs(b))"),
        step("here", "apply", "relu(w*x+b) <= 10*abs(w)+abs(b)", "unit", "x"),
        step("positive", "arithmetic", "0 <= relu(w*x+b)"),
        step("lemma", "arithmetic", "Imp(0 <= u, u <= v, abs(a*u) <= abs(a)*v)"),
        step("inside", "apply", inside, "lemma", "positive", "here", put={"u": "relu(w*x+b)", "v": "10*abs(w)+abs(b)"}),
        step("large", "arithmetic", "C < abs((abs(C)+1)*relu(0*x+1))"),
        step("some", "witness", "Ex(r, C < abs(r*relu(0*x+1)))", "large", value="abs(C)+1"),
        step("beyond", "generalize", beyond, "some"),
        step("goal", "arithmetic", statement.goal, "inside", "beyond"),
    ]  # fmt: skip
    return Proof(statement, steps)
