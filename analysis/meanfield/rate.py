"""Theorem 1 of JMLR 23(130) at m = tau = infinity: the rate (4.9), the growth near the cluster set, and (4.7).

With C a common lower bound of both cluster polynomials and 1 + s^2 <= L^2 the curvature bound of this project reads
|f''(s)| <= 2L/(pi beta lambda C^2); for bounded lambda that is the printed rate with lambda^(7/4), and it is sharper.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .errata import POLYNOMIAL
from .gibbs import DECLARE, HYPS, INHABITED
from .sharper import LET

_FP, _FQ = "(1 + s**2 - P**2/lam**2)", "(1 + s**2 - Q**2/lam**2)"
_C = "-(2/beta)/Zs"
SECOND = f"({_C}*(P/dP**2 + Q/dQ**2))"
_SLOPES = [f"HasDeriv(s, f, {_C}*U)", f"HasDeriv(s, {_C}*U, {_C}*(P/dP**2 + Q/dQ**2))"]
_QUARTER = "sqrt(sqrt(lam))"
_SHARP = "2*L/(pi*beta*lam*C**2)"
_NEAR = {
    "L": "0 <= L and 1 + s**2 <= L**2",
    "C": "0 < C",
    "up": f"C <= {_FP}",
    "down": f"C <= {_FQ}",
}


def build_rate(rate: str = "beta", square: str = "C**2") -> Proof:
    """Derive (4.9) at m = infinity: |f''(s)| <= 2L/(pi beta lambda C^2), so that lambda^(7/4) may replace lambda.

    C is a common lower bound of f^j and f_j at s, as C-bar of (4.10) is by (4.8); lambda <= k^4.

    Arguments:
        rate: how the inverse temperature enters; beta in the true statement.
        square: how C enters; C**2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (4.9), sharper); it uses mf.curvature-bound.

    Example:
        >>> sorted(set(build_rate().statement.hyps) - {"beta", "lam", "inside"})
        ['C', 'L', 'down', 'k', 'small', 'up']
    """
    sharp = f"2*L/(pi*{rate}*lam*{square})"
    printed = f"2*L*k**3/(pi*{rate}*(lam*{_QUARTER}**3)*{square})"
    size = f"abs({SECOND})"
    goal = f"{_SLOPES[0]} and {_SLOPES[1]} and {size} <= {sharp} and {size} <= {printed}"
    bound = f"1/(pi*beta*lam)*sqrt(1 + s**2)*(1/{_FP}**2 + 1/{_FQ}**2)"
    whole = f"{_SLOPES[0]} and {_SLOPES[1]} and {size} <= {bound}"
    statement = Statement(
        goal, {**HYPS, **_NEAR, "k": "0 <= k", "small": "lam <= k**4"}, DECLARE, LET,
        {**INHABITED, "L": "1", "s": "0", "C": "1", "k": "2"},
    )  # fmt: skip
    steps = [
        step("all", "apply", whole, "claim:mf.curvature-bound", *HYPS,
             prose="The curvature in closed form, and its bound by the two cluster polynomials."),
        *[step(f"slope{n}", "arithmetic", text, "all") for n, text in enumerate(_SLOPES)],
        step("bound", "arithmetic", f"{size} <= {bound}", "all"),
        step("L0", "arithmetic", "0 <= L", "L"),
        step("L2", "arithmetic", "1 + s**2 <= L**2", "L"),
        step("root-lemma", "arithmetic", "Imp(0 <= R, R**2 == T, T <= L**2, 0 <= L, R <= L)"),
        step("root0", "sign", "0 <= sqrt(1 + s**2)"),
        step("root2", "identity", "sqrt(1 + s**2)**2 == 1 + s**2"),
        step("root", "apply", "sqrt(1 + s**2) <= L", "root-lemma", "root0", "root2", "L2", "L0",
             put={"R": "sqrt(1 + s**2)", "T": "1 + s**2"}),
        step("inverse", "assume", "C <= F"),
        step("F0", "arithmetic", "0 < F", "inverse", "C"),
        step("inverse-square", "certificate", "1/F**2 <= 1/C**2", "inverse", "C", "F0", times="F**2*C**2",
             terms=[["inverse", "inverse"], ["c:2", "C", "inverse"]]),
        step("P", "apply", f"1/{_FP}**2 <= 1/C**2", "inverse-square", "up", "C", put={"F": _FP}),
        step("Q", "apply", f"1/{_FQ}**2 <= 1/C**2", "inverse-square", "down", "C", put={"F": _FQ}),
        step("scale", "sign", "0 < 1/(pi*beta*lam)", "beta", "lam"),
        step("1/C2", "sign", "0 < 1/C**2", "C"),
        step("chain", "arithmetic",
             "Imp(0 < h0, 0 <= R, R <= L, p0 <= t, q0 <= t, 0 < t, z0 <= h0*R*(p0 + q0), z0 <= 2*L*h0*t)"),
        step("sharp'", "apply", f"{size} <= 2*L*(1/(pi*beta*lam))*(1/C**2)", "chain", "scale", "root0", "root", "P",
             "Q", "1/C2", "bound",
             put={"h0": "1/(pi*beta*lam)", "R": "sqrt(1 + s**2)", "p0": f"1/{_FP}**2", "q0": f"1/{_FQ}**2",
                  "t": "1/C**2", "z0": size}),
        step("sharp", "certificate", f"{size} <= {sharp}", "sharp'", terms=[["sharp'"]]),
        step("q0", "sign", f"0 < {_QUARTER}", "lam"),
        step("r0", "sign", "0 < sqrt(lam)", "lam"),
        step("q4", "identity", f"{_QUARTER}**4 == lam", "lam", "r0"),
        step("q-lemma", "arithmetic", "Imp(0 < q, q**4 == l, l <= k**4, 0 <= k, q <= k)"),
        step("q", "apply", f"{_QUARTER} <= k", "q-lemma", "q0", "q4", "small", "k", put={"q": _QUARTER, "l": "lam"}),
        step("ratio", "assume", "0 < v"),
        step("ratio'", "assume", "v <= k"),
        step("cube", "certificate", "1 <= k**3/v**3", "ratio", "ratio'", times="v**3",
             terms=[["ratio'", "ratio'", "ratio'"], ["c:3", "ratio'", "ratio'", "ratio"],
                    ["c:3", "ratio'", "ratio", "ratio"]]),
        step("more", "apply", f"1 <= k**3/{_QUARTER}**3", "cube", "q0", "q", put={"v": _QUARTER}),
        step("side", "sign", f"0 <= {_SHARP}", "L0", "beta", "lam", "C"),
        step("weaker", "certificate", f"{sharp} <= {printed}", "more", "side", terms=[["more", "side"]]),
        step("printed", "certificate", f"{size} <= {printed}", "sharp", "weaker", terms=[["sharp"], ["weaker"]]),
        step("goal", "arithmetic", goal, "slope0", "slope1", "sharp", "printed"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_growth(power: str = "d**4") -> Proof:
    """Derive p. 14: near the cluster set the bound grows like a power of the distance d alone, at most d^-4.

    If both cluster polynomials are at least eps d^2, the curvature is at most 2L/(pi beta lambda eps^2 d^4).  At a
    root c a cluster polynomial lies below a multiple of d = |x - c|, and at a double root it is (1 - a^2) d^2.

    Arguments:
        power: how d enters; d**4 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 14, after Theorem 1); it uses mf.thm-1-rate.

    Example:
        >>> sorted(set(build_growth().statement.hyps) - {"beta", "lam", "inside"})
        ['L', 'X', 'contact', 'd', 'down', 'eps', 'up']
    """
    size = f"abs({SECOND})"
    first = f"{size} <= 2*L/(pi*beta*lam*eps**2*{power})"
    linear = "abs(P2(x)) <= (2*X*(1 + a**2) + 2*abs(a*b))*abs(x - c)"
    double = "Imp(dP2(c) == 0, P2(x) == (1 - a**2)*(x - c)**2)"
    poly = {k.replace("P(x)", "P2(x)"): v for k, v in POLYNOMIAL.items() if k != "ddP"}
    hyps = {
        **HYPS, "L": _NEAR["L"], "eps": "0 < eps", "d": "0 < d", "up": f"eps*d**2 <= {_FP}",
        "down": f"eps*d**2 <= {_FQ}", "contact": "P2(c) == 0", "X": "abs(x) <= X and abs(c) <= X",
    }  # fmt: skip
    statement = Statement(
        f"{first} and {linear} and {double}", hyps, DECLARE, {**LET, **poly},
        {**INHABITED, "L": "1", "s": "0", "eps": "1", "d": "1", "a": "0", "b": "1", "c": "0", "x": "0", "X": "1"},
    )  # fmt: skip
    sharp = "2*L/(pi*beta*lam*(eps*d**2)**2)"
    printed = f"2*L*(lam + 1)**3/(pi*beta*(lam*{_QUARTER}**3)*(eps*d**2)**2)"
    steps = [
        step("C", "sign", "0 < eps*d**2", "eps", "d"),
        step("k", "sign", "0 <= lam + 1", "lam"),
        step("small", "certificate", "lam <= (lam + 1)**4", "lam",
             terms=[["c:1"], ["c:3", "lam"], ["c:6", "sq:lam"], ["c:4", "sq:lam", "lam"], ["sq:lam**2"]]),
        step("rate", "apply", f"{_SLOPES[0]} and {_SLOPES[1]} and {size} <= {sharp} and {size} <= {printed}",
             "claim:mf.thm-1-rate", *HYPS, "L", "C", "up", "down", "k", "small",
             put={"C": "eps*d**2", "k": "lam + 1"}),
        step("near", "arithmetic", f"{size} <= {sharp}", "rate"),
        step("first", "certificate", first, "near", terms=[["near"]]),
        step("factor", "identity", "P2(x) == (x - c)*((1 - a**2)*(x + c) + 2*a*b)", "contact",
             combine={"contact": "1"}),
        step("x", "arithmetic", "abs(x) <= X", "X"),
        step("c", "arithmetic", "abs(c) <= X", "X"),
        step("slope-lemma", "arithmetic",
             "Imp(abs(x) <= X, abs(c) <= X, 0 <= g0, abs((1 - g0)*(x + c) + 2*h0) <= 2*X*(1 + g0) + 2*abs(h0))"),
        step("a2", "sign", "0 <= a**2"),
        step("slope", "apply", "abs((1 - a**2)*(x + c) + 2*(a*b)) <= 2*X*(1 + a**2) + 2*abs(a*b)", "slope-lemma", "x",
             "c", "a2", put={"g0": "a**2", "h0": "a*b"}),
        step("product", "arithmetic", "Imp(z0 == t*u, abs(u) <= w, abs(z0) <= w*abs(t))"),
        step("factor'", "identity", "P2(x) == (x - c)*((1 - a**2)*(x + c) + 2*(a*b))", "factor",
             combine={"factor": "1"}),
        step("linear", "apply", linear, "product", "factor'", "slope",
             put={"z0": "P2(x)", "t": "x - c", "u": "(1 - a**2)*(x + c) + 2*(a*b)",
                  "w": "2*X*(1 + a**2) + 2*abs(a*b)"}),
        step("flat", "assume", "dP2(c) == 0"),
        step("square", "identity", "P2(x) == (1 - a**2)*(x - c)**2", "contact", "flat",
             combine={"contact": "1", "flat": "x - c"}),
        step("double", "discharge", double, "square"),
        step("goal", "arithmetic", statement.goal, "first", "linear", "double"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_cluster_measure(constant: str = "K2 + 2*K1") -> Proof:
    """Derive (4.7) from Lemma 5.3: two sets of measure at most K1 exp(beta K2)/m^2 are below exp(C beta)/m^2.

    C = K2 + 2 K1 serves for beta >= 1, as 2 K1 <= exp(2 K1 beta).

    Arguments:
        constant: the constant C.

    Returns:
        The statement and its derivation (JMLR 23(130), (4.7)).

    Example:
        >>> sorted(build_cluster_measure().statement.hyps)
        ['K1', 'beta', 'down', 'm', 'up']
    """
    each = "K1*exp(beta*K2)/m**2"
    goal = f"up + down <= exp(({constant})*beta)/m**2"
    statement = Statement(
        goal, {"m": "0 < m", "beta": "1 <= beta", "K1": "0 <= K1", "up": f"up <= {each}", "down": f"down <= {each}"},
        inhabited={"m": "1", "beta": "1", "K1": "0", "K2": "0", "up": "0", "down": "0"},
    )  # fmt: skip
    steps = [
        step("grows", "arithmetic", "1 + 2*K1*beta <= exp(2*K1*beta)"),
        step("twice", "arithmetic", "2*K1 <= exp(2*K1*beta)", "grows", "beta", "K1"),
        step("e", "sign", "0 < exp(beta*K2)"),
        step("split", "identity", f"exp(({constant})*beta) == exp(2*K1*beta)*exp(beta*K2)"),
        step("1/m2", "sign", "0 < 1/m**2", "m"),
        step("room", "certificate", f"2*{each} <= exp(({constant})*beta)/m**2", "twice", "e", "1/m2", "split",
             terms=[["twice", "e", "1/m2"]], combine={"split": "1/m**2"}),
        step("goal", "arithmetic", goal, "up", "down", "room"),
    ]  # fmt: skip
    return Proof(statement, steps)
