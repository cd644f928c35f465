"""Appendix A.1 of JMLR 23(130): smooth units beside sharp ones, and what follows for energies and Gibbs densities.

v^(tau, m) and (.)_tau^m are within d of v^m and (.)_+^m, d -> 0 as tau -> infinity.  Then everything that the paper
obtains from compactness and dominated convergence has a rate in d.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps
from .iterate import integrate
from .relative_entropy import integrable, over
from .truncated import exponential_order

_NORM = "(a**2 + w**2 + b**2)"
#: The sharp units and smooth ones within d of them: v^m and v^(tau, m), (.)_+^m and (.)_tau^m.
_SMOOTH = {
    "m": "0 <= m",
    "d": "0 <= d",
    "cut": "All(v, abs(cut(v)) <= m)",
    "smooth": "All(v, abs(scut(v)-cut(v)) <= d)",
    "size": "All(v, 0 <= scap(v) and scap(v) <= 2*m**2)",
    "soft": "All(v, abs(scap(v)-cap(v)) <= d)",
    "lipschitz": "All(u, All(v, abs(cap(u)-cap(v)) <= abs(u-v)))",
}
_SMOOTH_AT = {"m": "0", "d": "0", "cut(v)": "0", "scut(v)": "0", "cap(v)": "0", "scap(v)": "0"}


def _all(name: str, text: str) -> list[dict[str, object]]:
    return [
        {"for": name, **step(f"{name}-0", "arithmetic", text)},
        {"for": name, **step(f"{name}-all", "generalize", f"All(v, {text})", f"{name}-0")},
    ]


#: The hypotheses at the witness where every function and bound is 0.
SMOOTH_HELPS = [
    *_all("cut", "abs(0) <= 0"),
    *_all("smooth", "abs(0-0) <= 0"),
    *_all("size", "0 <= 0 and 0 <= 2*0**2"),
    *_all("soft", "abs(0-0) <= 0"),
    {"for": "lipschitz", **step("lipschitz-0", "arithmetic", "abs(0-0) <= abs(u-v)")},
    {"for": "lipschitz", **step("lipschitz-all", "generalize", "All(u, All(v, abs(0-0) <= abs(u-v)))", "lipschitz-0")},
]


def build_smooth_units(rate: str = "(2*m**2+m+m*abs(x))") -> Proof:
    """Derive that a smooth unit is within d (2 m^2 + m + m |x|) of the sharp one, at every theta: the term A1 of p. 48.

    So A1 -> 0 as d -> 0, for every sequence of laws; the paper has a Gaussian bound and dominated convergence.

    Arguments:
        rate: the factor of d.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma A.2, 3, with a rate).

    Example:
        >>> build_smooth_units().statement.hyps["soft"]
        'All(v, abs(scap(v)-cap(v)) <= d)'
    """
    smooth, sharp, between = "scut(w)*x+b", "cut(w)*x+b", "cap(scut(w)*x+b)"
    goal = f"abs(scut(a)*scap({smooth})-cut(a)*cap({sharp})) <= {rate}*d"
    steps = [
        step("cut-a", "apply", "abs(cut(a)) <= m", "cut", at={"v": "a"}),
        step("scut-a", "apply", "abs(scut(a)-cut(a)) <= d", "smooth", at={"v": "a"}),
        step("scut-w", "apply", "abs(scut(w)-cut(w)) <= d", "smooth", at={"v": "w"}),
        step("scap-u", "apply", f"0 <= scap({smooth}) and scap({smooth}) <= 2*m**2", "size", at={"v": smooth}),
        step("soft-u", "apply", f"abs(scap({smooth})-{between}) <= d", "soft", at={"v": smooth}),
        step("cap-u", "apply", f"abs({between}-cap({sharp})) <= abs(({smooth})-({sharp}))", "lipschitz",
             at={"u": smooth, "v": sharp}),
        step("shift-lemma", "arithmetic", "Imp(abs(p-q) <= e, abs((p*z+s)-(q*z+s)) <= e*abs(z))"),
        step("shift", "apply", f"abs(({smooth})-({sharp})) <= d*abs(x)", "shift-lemma", "scut-w",
             put={"p": "scut(w)", "q": "cut(w)", "e": "d", "z": "x", "s": "b"}),
        step("inner-lemma", "arithmetic", "Imp(abs(g-h) <= e, abs(h-c) <= s, s <= e*y, abs(g-c) <= e+e*y)"),
        step("inner", "apply", f"abs(scap({smooth})-cap({sharp})) <= d+d*abs(x)", "inner-lemma", "soft-u", "cap-u",
             "shift", put={"g": f"scap({smooth})", "h": between, "c": f"cap({sharp})", "e": "d", "y": "abs(x)",
                           "s": f"abs(({smooth})-({sharp}))"}),
        step("first-lemma", "arithmetic", "Imp(abs(p-q) <= e, 0 <= g and g <= n, 0 <= e, abs((p-q)*g) <= e*n)"),
        step("first", "apply", f"abs((scut(a)-cut(a))*scap({smooth})) <= d*(2*m**2)", "first-lemma", "scut-a", "scap-u",
             "d", put={"p": "scut(a)", "q": "cut(a)", "e": "d", "g": f"scap({smooth})", "n": "2*m**2"}),
        step("second-lemma", "arithmetic", "Imp(abs(q) <= n, abs(g-c) <= e, 0 <= n, abs(q*(g-c)) <= n*e)"),
        step("second", "apply", f"abs(cut(a)*(scap({smooth})-cap({sharp}))) <= m*(d+d*abs(x))", "second-lemma", "cut-a",
             "inner", "m", put={"q": "cut(a)", "n": "m", "g": f"scap({smooth})", "c": f"cap({sharp})",
                                "e": "d+d*abs(x)"}),
        step("apart", "identity", f"scut(a)*scap({smooth})-cut(a)*cap({sharp}) == (scut(a)-cut(a))*scap({smooth})"
             f"+cut(a)*(scap({smooth})-cap({sharp}))"),
        step("sum-lemma", "arithmetic", "Imp(t == p+q, abs(p) <= u, abs(q) <= v, abs(t) <= u+v)"),
        step("sum", "apply", f"abs(scut(a)*scap({smooth})-cut(a)*cap({sharp})) <= d*(2*m**2)+m*(d+d*abs(x))",
             "sum-lemma", "apart", "first", "second",
             put={"t": f"scut(a)*scap({smooth})-cut(a)*cap({sharp})", "p": f"(scut(a)-cut(a))*scap({smooth})",
                  "q": f"cut(a)*(scap({smooth})-cap({sharp}))", "u": "d*(2*m**2)", "v": "m*(d+d*abs(x))"}),
        step("goal", "certificate", goal, "sum", terms=[["sum"]]),
    ]  # fmt: skip
    return Proof(Statement(goal, _SMOOTH, "", {}, _SMOOTH_AT, SMOOTH_HELPS), steps)


def build_free_energies(constant: str = "(4*m**3*M+2*Sum(i,1,M,abs(y(i))))") -> Proof:
    """Derive Lemma A.3 with a rate: fitted values within D give free energies within D (2 m^3 + (1/M) sum |y_i|).

    The fitted values u, v of the smooth and the sharp units are at most 2 m^3, and within D of one another
    (`build_smooth_units`); second moment and entropy are the same.

    Arguments:
        constant: 2M times the factor of D.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma A.3, with a rate).

    Example:
        >>> build_free_energies().statement.hyps["near"]
        'All(i, abs(u(i)-v(i)) <= D)'
    """

    def energy(u: str) -> str:
        return f"(1/(2*M)*Sum(i,1,M,({u}(i)-y(i))**2)+lam/2*m2-H/beta)"

    goal = f"abs({energy('u')}-{energy('v')}) <= D*{constant}/(2*M)"
    difference = "((u(i)-y(i))**2-(v(i)-y(i))**2)"
    cap = "D*(4*m**3+2*abs(y(i)))"
    total = f"Sum(i,1,M,{cap})"
    steps = [
        step("u-i", "apply", "abs(u(i)) <= 2*m**3", "u", at={"i": "i"}),
        step("v-i", "apply", "abs(v(i)) <= 2*m**3", "v", at={"i": "i"}),
        step("near-i", "apply", "abs(u(i)-v(i)) <= D", "near", at={"i": "i"}),
        step("lemma", "arithmetic", "Imp(abs(p) <= n, abs(q) <= n, abs(p-q) <= e, ((p-z)**2-(q-z)**2) <= e*(2*n"
             "+2*abs(z)) and -((p-z)**2-(q-z)**2) <= e*(2*n+2*abs(z)))"),
        step("both", "apply", f"{difference} <= D*(2*(2*m**3)+2*abs(y(i))) and"
             f" -{difference} <= D*(2*(2*m**3)+2*abs(y(i)))", "lemma", "u-i", "v-i", "near-i",
             put={"p": "u(i)", "q": "v(i)", "n": "2*m**3", "e": "D", "z": "y(i)"}),
        step("M>0", "arithmetic", "0 < M", "M"),
        step("1/M", "sign", "0 < 1/(2*M)", "M>0"),
    ]  # fmt: skip
    for name, sign in (("up", ""), ("down", "-")):
        steps += [
            step(f"{name}-i", "arithmetic", f"{sign}{difference} <= {cap}", "both"),
            step(f"{name}-sum", "monotone", f"Sum(i,1,M,{sign}{difference}) <= {total}", f"{name}-i"),
            step(name, "certificate", f"{sign}({energy('u')}-{energy('v')}) <= D*{constant}/(2*M)", f"{name}-sum",
                 "1/M", "M>0", terms=[["1/M", f"{name}-sum"]]),
        ]  # fmt: skip
    size = f"({energy('u')}-{energy('v')})"
    steps += [
        step("size-lemma", "arithmetic", "Imp(t <= c, -t <= c, abs(t) <= c)"),
        step("goal", "apply", goal, "size-lemma", "up", "down", put={"t": size, "c": f"D*{constant}/(2*M)"}),
    ]
    hyps = {
        "M": "1 <= M", "u": "All(i, abs(u(i)) <= 2*m**3)", "v": "All(i, abs(v(i)) <= 2*m**3)",
        "near": "All(i, abs(u(i)-v(i)) <= D)",
    }  # fmt: skip
    inhabited = {"M": "1", "m": "1", "u(i)": "1", "v(i)": "1", "D": "1", "y(i)": "0", "lam": "1", "beta": "1",
                 "m2": "0", "H": "0"}  # fmt: skip
    helps = [
        {"for": name, **line}
        for name, text in (("u", "abs(1) <= 2*1**3"), ("v", "abs(1) <= 2*1**3"), ("near", "abs(1-1) <= 1"))
        for line in (
            step(f"{name}-0", "arithmetic", text),
            step(f"{name}-all", "generalize", f"All(i, {text})", f"{name}-0"),
        )
    ]
    return Proof(Statement(goal, hyps, "i:Z M:N", {}, inhabited, helps), steps)


_TWO = {"D": "exp(-beta*V(a,w,b))", "E": "exp(-beta*W(a,w,b))"}
_NEAR = "All(a, All(w, All(b, abs(V(a,w,b)-W(a,w,b)) <= d)))"
_FINITE = {f"{name}{level}": integrable(_TWO, name, level) for name in _TWO for level in range(3)}
_TWO_AT = {"beta": "1", "d": "0", "V(a,w,b)": f"{_NORM}/2", "W(a,w,b)": f"{_NORM}/2"}
_TWO_HELPS = [
    {"for": "near", **step("near-0", "arithmetic", f"abs({_NORM}/2-{_NORM}/2) <= 0")},
    {"for": "near", **step("near-all", "generalize", f"All(a, All(w, All(b, abs({_NORM}/2-{_NORM}/2) <= 0)))",
                           "near-0")},
]  # fmt: skip


def build_partition_near(factor: str = "exp(beta*d)") -> Proof:
    """Derive that potentials within d of one another have partition functions within a factor exp(beta d).

    Arguments:
        factor: the factor; exp(beta d) in the true statement.

    Returns:
        The statement and its derivation, for Lemma A.4 of JMLR 23(130).

    Example:
        >>> build_partition_near().statement.hyps["near"]
        'All(a, All(w, All(b, abs(V(a,w,b)-W(a,w,b)) <= d)))'
    """
    goal = f"{over(_TWO['D'], 3)} <= {factor}*{over(_TWO['E'], 3)}"
    steps = [
        *_two_densities(),
        step("point", "certificate", f"0 <= {factor}*{_TWO['E']}-{_TWO['D']}", "below", terms=[["below"]]),
        *integrate(_TWO, f"{factor}*{{E}}-{{D}}", "point"),
        step("goal", "certificate", goal, "positive3", terms=[["positive3"]]),
    ]
    hyps = {"beta": "0 < beta", "near": _NEAR, **_FINITE}
    return Proof(Statement(goal, hyps, "", {}, _TWO_AT, _TWO_HELPS), steps)


def _two_densities() -> Steps:
    """exp(-beta V) <= exp(beta d - beta W) at every theta (step "below")."""
    return [
        step("near-0", "apply", "abs(V(a,w,b)-W(a,w,b)) <= d", "near", at={"a": "a", "w": "w", "b": "b"}),
        step("near-1", "arithmetic", "W(a,w,b)-V(a,w,b) <= d", "near-0"),
        step("exponent", "certificate", "-beta*V(a,w,b) <= beta*d-beta*W(a,w,b)", "near-1", "beta",
             terms=[["beta", "near-1"]]),
        *exponential_order(),
        step("below", "apply", f"{_TWO['D']} <= exp(beta*d-beta*W(a,w,b))", "exp-order", "exponent",
             put={"u": "-beta*V(a,w,b)", "v": "beta*d-beta*W(a,w,b)"}),
    ]  # fmt: skip


def build_density_near(factor: str = "exp(2*beta*d)") -> Proof:
    """Derive Lemma A.4 with a rate: Gibbs densities of potentials within d are within the factor exp(2 beta d).

    Both ways round it is the same statement with V and W exchanged; as d -> 0 the densities converge, uniformly on
    bounded sets.

    Arguments:
        factor: the factor; exp(2 beta d) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma A.4, with a rate); it uses mf.partition-near.

    Example:
        >>> build_density_near().statement.hyps["Z"]
        '0 < Zv and 0 < Zw'
    """
    let = {"Zv": over(_TWO["D"], 3), "Zw": over(_TWO["E"], 3)}
    goal = f"{_TWO['D']}/Zv <= {factor}*({_TWO['E']}/Zw)"
    turned = {"V(a,w,b)": "W(a,w,b)", "W(a,w,b)": "V(a,w,b)"}
    swap = {f"{p}{level}": f"{q}{level}" for p, q in ("DE", "ED") for level in range(3)}
    steps = [
        *_two_densities(),
        step("turn", "arithmetic", "abs(W(a,w,b)-V(a,w,b)) <= d", "near-0"),
        step("turned", "generalize", "All(a, All(w, All(b, abs(W(a,w,b)-V(a,w,b)) <= d)))", "turn"),
        step("Z-near", "apply", "Zw <= exp(beta*d)*Zv", "claim:mf.partition-near", "beta", "turned",
             *[swap[f"{name}{level}"] for name in _TWO for level in range(3)], symbols=turned),
        step("Zv>0", "arithmetic", "0 < Zv", "Z"),
        step("Zw>0", "arithmetic", "0 < Zw", "Z"),
        step("density", "sign", f"0 < {_TWO['D']}"),
        step("grown", "sign", "0 < exp(beta*d)"),
        step("goal", "certificate", goal, "below", "Z-near", "Zv>0", "Zw>0", "density", "grown", times="Zv*Zw",
             terms=[["density", "Z-near"], ["grown", "below", "Zv>0"]]),
    ]  # fmt: skip
    hyps = {"beta": "0 < beta", "near": _NEAR, "Z": "0 < Zv and 0 < Zw", **_FINITE}
    return Proof(Statement(goal, hyps, "", let, _TWO_AT, _TWO_HELPS), steps)


def build_limit_minimiser(middle: str = "P(t) <= G(t)") -> Proof:
    """Derive Lemma A.4, first half: F(rho_m) <= liminf P <= lim G = F(rho*): the limit of minimisers minimises.

    P(t) is the smooth free energy of its minimiser, G(t) that of rho*; low is Lemma A.2, 3, and level is Lemma A.3.

    Arguments:
        middle: what minimality says.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma A.4).

    Example:
        >>> build_limit_minimiser().statement.goal
        'Fm <= Fs'
    """
    low, level = "Fm-e <= P(t)", "G(t) <= Fs+e"
    statement = Statement(
        "Fm <= Fs",
        {
            "low": f"All(e, Imp(0 < e, Ex(T, All(t, Imp(T <= t, {low})))))",
            "least": f"All(t, {middle})",
            "level": f"All(e, Imp(0 < e, Ex(T, All(t, Imp(T <= t, {level})))))",
        },
        inhabited={"Fm": "0", "Fs": "0", "P(t)": "0", "G(t)": "0"},
        inhabited_steps=limit_helps("0-e <= 0", "0 <= 0", "0 <= 0+e"),
    )
    gap, at = "((Fm-Fs)/3)", "max(T,S)"
    steps = [
        step("above", "assume", "Fs < Fm"),
        step("gap", "arithmetic", f"0 < {gap}", "above"),
        step("some-T", "apply", f"Ex(T, All(t, Imp(T <= t, Fm-{gap} <= P(t))))", "low", "gap", at={"e": gap}),
        step("some-S", "apply", f"Ex(S, All(t, Imp(S <= t, G(t) <= Fs+{gap})))", "level", "gap", at={"e": gap}),
        step("T", "assume", f"All(t, Imp(T <= t, Fm-{gap} <= P(t)))"),
        step("S", "assume", f"All(t, Imp(S <= t, G(t) <= Fs+{gap}))"),
        step("T<", "arithmetic", f"T <= {at}"),
        step("S<", "arithmetic", f"S <= {at}"),
        step("P", "apply", f"Fm-{gap} <= P({at})", "T", "T<", at={"t": at}),
        step("G", "apply", f"G({at}) <= Fs+{gap}", "S", "S<", at={"t": at}),
        step("PG", "apply", f"P({at}) <= G({at})", "least", at={"t": at}),
        step("less", "arithmetic", "Fm <= Fs", "P", "G", "PG"),
        step("less-S", "obtain", "Fm <= Fs", "some-S", "less"),
        step("less-T", "obtain", "Fm <= Fs", "some-T", "less-S"),
        step("if", "discharge", "Imp(Fs < Fm, Fm <= Fs)", "less-T"),
        step("goal", "arithmetic", "Fm <= Fs", "if"),
    ]  # fmt: skip
    return Proof(statement, steps)


def limit_helps(low: str, least: str, level: str) -> list[dict[str, object]]:
    """Return steps that prove the three hypotheses at a witness where none depends on t.

    Arguments:
        low: what "low" reads there, in e.
        least: what "least" reads there.
        level: what "level" reads there, in e.

    Example:
        >>> limit_helps("0-e <= 0", "0 <= 0", "0 <= 0+e")[0]["goal"]
        '0 < e'
    """
    helps = []
    for name, text in (("low", low), ("level", level)):
        lines = [
            step(f"{name}-e", "assume", "0 < e"),
            step(f"{name}-0", "arithmetic", text, f"{name}-e"),
            step(f"{name}-if", "discharge", f"Imp(0 <= t, {text})", f"{name}-0"),
            step(f"{name}-t", "generalize", f"All(t, Imp(0 <= t, {text}))", f"{name}-if"),
            step(f"{name}-T", "witness", f"Ex(T, All(t, Imp(T <= t, {text})))", f"{name}-t", value="0"),
            step(f"{name}-given", "discharge", f"Imp(0 < e, Ex(T, All(t, Imp(T <= t, {text}))))", f"{name}-T"),
            step(f"{name}-all", "generalize", f"All(e, Imp(0 < e, Ex(T, All(t, Imp(T <= t, {text})))))",
                 f"{name}-given"),
        ]  # fmt: skip
        helps += [{"for": name, **line} for line in lines]
    lines = [step("least-0", "arithmetic", least), step("least-all", "generalize", f"All(t, {least})", "least-0")]
    return helps + [{"for": "least", **line} for line in lines]
