"""Theorem 2 of JMLR 23(130) for the Gibbs predictor at m = tau = infinity: its distance from a piecewise linear map.

With q = (beta lambda)^(1/8) a cluster is where a cluster polynomial is below 1/q^2.  Outside of the clusters Theorem 1
bounds the curvature by 2L/(pi q^4), and the clusters are at most 6 X/q long; so the predictor is within
2L w^2/(pi q^4) + 36 S X/q of a map with three knots, which vanishes as beta lambda grows.
"""

from __future__ import annotations

from itertools import pairwise

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import DECLARE, HYPS, INHABITED, Steps
from .sharper import LET as SHARPER

_C = "-(2/beta)/Zs"
LET = {
    **SHARPER,
    "fit(s)": "f",
    "turn(s)": f"{_C}*U",
    "bend(s)": f"{_C}*(P/dP**2 + Q/dQ**2)",
    "right(s)": "1 + s**2 - P**2/lam**2",
    "left(s)": "1 + s**2 - Q**2/lam**2",
}
_POINTS = ("lo", "u1", "v1", "u2", "v2", "u3", "v3", "hi")
_GAPS = (("lo", "u1"), ("v1", "u2"), ("v2", "u3"), ("v3", "hi"))
_CLUSTERS = (("u1", "v1"), ("u2", "v2"), ("u3", "v3"))
_ORDER = " and ".join(f"{p} <= {q}" for p, q in pairwise(_POINTS))
_MAP = (
    "({start}+turn(lo)*(t-lo)+(turn(v1)-turn(lo))*relu(t-u1)+(turn(v2)-turn(v1))*relu(t-u2)"
    "+(turn(v3)-turn(v2))*relu(t-u3))"
)
MAP = _MAP.format(start="fit(lo)")
_KAP = "(2*L/(pi*q**4))"


def _near(a: str, b: str, body: str) -> str:
    return f"All(s, Imp({a} <= s, s <= {b}, {body}))"


#: Hypotheses on the interval, its clusters, and the temperature.
HYPS_2 = {
    **HYPS,
    "temperature": "0 < q and beta*lam == q**8",
    "order": _ORDER,
    "X": "0 <= X and -X <= lo and hi <= X and 1+X**2 <= L**2 and 0 <= L",
    "short": " and ".join(f"{v}-{u} <= 6*X/q" for u, v in _CLUSTERS),
    "slope": _near("lo", "hi", "abs(turn(s)) <= r0"),
    **{f"away{n}": _near(a, b, "1/q**2 <= right(s) and 1/q**2 <= left(s)") for n, (a, b) in enumerate(_GAPS)},
    "t": "lo <= t and t <= hi",
}
#: Without data, on the interval [0, 1].
INHABITED_2 = {
    **INHABITED, "lam": "1", "q": "1", **dict.fromkeys(_POINTS, "0"), "hi": "1", "X": "1", "L": "3/2", "r0": "0",
    "t": "0",
}  # fmt: skip
_MOST = "2*L/(pi*q**4)*(hi-lo)**2+36*r0*X/q"


def build_theorem(start: str = "fit(lo)") -> Proof:
    """Derive Theorem 2 on one interval: |f - map| <= 2L w^2/(pi q^4) + 36 S X/q, with three knots in the map.

    Arguments:
        start: the map's value at the left end; that of the predictor in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Theorem 2, without truncation); it uses mf.thm-1-rate and
        mf.nearly-piecewise-linear.

    Example:
        >>> build_theorem().statement.hyps["temperature"]
        '0 < q and beta*lam == q**8'
    """
    statement = Statement(
        f"abs(fit(t)-{_MAP.format(start=start)}) <= {_MOST}", HYPS_2, DECLARE, LET, INHABITED_2, no_data()
    )
    steps: Steps = [
        step("q0", "arithmetic", "0 < q", "temperature"),
        step("q8", "arithmetic", "beta*lam == q**8", "temperature"),
        *[step(f"o{n}", "arithmetic", f"{p} <= {q}", "order") for n, (p, q) in enumerate(pairwise(_POINTS))],
        step("delta", "sign", "0 < 1/q**2", "q0"),
        step("after", "assume", "lo <= s"),
        step("before", "assume", "s <= hi"),
        step("L2", "arithmetic", "0 <= L and 1 + s**2 <= L**2", "X", "after", "before"),
        step("k0", "sign", "0 <= lam+1", "lam"),
        step("k4", "certificate", "lam <= (lam+1)**4", "lam",
             terms=[["c:1"], ["c:3", "lam"], ["c:6", "sq:lam"], ["c:4", "sq:lam", "lam"], ["sq:lam**2"]]),
        step("both", "assume", "1/q**2 <= right(s) and 1/q**2 <= left(s)"),
        step("right", "arithmetic", "1/q**2 <= right(s)", "both"),
        step("left", "arithmetic", "1/q**2 <= left(s)", "both"),
        step("rate", "apply", _rate_goal(), "claim:mf.thm-1-rate", *HYPS, "L2", "delta", "right", "left", "k0", "k4",
             put={"C": "1/q**2", "k": "lam+1"}, prose="Theorem 1 outside of the clusters."),
        step("sharp", "arithmetic", "abs(bend(s)) <= 2*L/(pi*beta*lam*(1/q**2)**2)", "rate"),
        step("value", "identity", f"2*L/(pi*beta*lam*(1/q**2)**2) == {_KAP}", "q0", "beta", "lam", "q8",
             combine={"q8": "-2*L/pi/(beta*lam*q**4)"}),
        step("bend", "certificate", f"abs(bend(s)) <= {_KAP}", "sharp", "value", terms=[["sharp"]],
             combine={"value": "-1"}),
    ]  # fmt: skip
    for n, (a, b) in enumerate(_GAPS):
        low, high = f"{a} <= s", f"s <= {b}"
        order = [f"o{k}" for k in range(7)]
        steps += [
            step(f"a{n}", "assume", low),
            step(f"b{n}", "assume", high),
            step(f"away{n}.", "apply", "1/q**2 <= right(s) and 1/q**2 <= left(s)", f"away{n}", f"a{n}", f"b{n}",
                 at={"s": "s"}),
            step(f"lo{n}", "arithmetic", "lo <= s", f"a{n}", *order),
            step(f"hi{n}", "arithmetic", "s <= hi", f"b{n}", *order),
            step(f"flat{n}", "apply", f"abs(bend(s)) <= {_KAP}", "bend", f"away{n}.", f"lo{n}", f"hi{n}"),
            step(f"flat{n}'", "discharge", f"Imp({low}, {high}, abs(bend(s)) <= {_KAP})", f"flat{n}"),
            step(f"flat{n}.", "generalize", _near(a, b, f"abs(bend(s)) <= {_KAP}"), f"flat{n}'"),
        ]  # fmt: skip
    slopes = ["HasDeriv(s, fit(s), turn(s))", "HasDeriv(s, turn(s), bend(s))"]
    steps += [
        line
        for n, text in enumerate(slopes)
        for line in (
            step(f"d{n}", "apply", text, "claim:mf.curvature", *HYPS),
            step(f"d{n}.", "generalize", f"All(s, {text})", f"d{n}"),
        )
    ]
    near = f"{_KAP}*(hi-lo)**2+6*r0*(6*X/q)"
    steps += [
        step("map", "apply", f"abs(fit(t)-{MAP}) <= {near}", "claim:mf.nearly-piecewise-linear", "d0.", "d1.", "slope",
             "order", "short", *(f"flat{n}." for n in range(4)), "t",
             put={"s": "lo", "e": "hi", "h": "6*X/q", "S": "r0", "kap": _KAP},
             symbols={"y(s)": "fit(s)", "dy(s)": "turn(s)", "ddy(s)": "bend(s)"}),
        step("goal", "certificate", statement.goal, "map", terms=[["map"]]),
    ]  # fmt: skip
    return Proof(statement, steps)


def _rate_goal() -> str:
    second = "(-(2/beta)/Zs*(P/dP**2 + Q/dQ**2))"
    quarter = "sqrt(sqrt(lam))"
    return (
        f"HasDeriv(s, f, {_C}*U) and HasDeriv(s, {_C}*U, {_C}*(P/dP**2 + Q/dQ**2))"
        f" and abs({second}) <= 2*L/(pi*beta*lam*(1/q**2)**2)"
        f" and abs({second}) <= 2*L*(lam+1)**3/(pi*beta*(lam*{quarter}**3)*(1/q**2)**2)"
    )


def build_informal(room: str = "2*L*(hi-lo)**2+36*r0*X <= eps*q") -> Proof:
    """Derive the informal theorem: the predictor is within eps of its map with three knots once it is cold enough.

    Arguments:
        room: how cold, with q = (beta lambda)^(1/8).

    Returns:
        The statement and its derivation (JMLR 23(130), p. 4); it uses mf.thm-2.

    Example:
        >>> build_informal().statement.hyps["cold"]
        '1 <= q'
    """
    statement = Statement(
        f"abs(fit(t)-{MAP}) <= eps", {**HYPS_2, "cold": "1 <= q", "room": room}, DECLARE, LET,
        {**INHABITED_2, "eps": "3"}, no_data(),
    )  # fmt: skip
    steps = [
        step("near", "apply", f"abs(fit(t)-{MAP}) <= {_MOST}", "claim:mf.thm-2", *HYPS_2),
        step("L0", "arithmetic", "0 <= L", "X"),
        step("lead", "sign", "0 <= 2*L*(hi-lo)**2", "L0"),
        step("q0", "arithmetic", "0 < q", "cold"),
        step("one", "arithmetic", "1 <= pi*q**3", "cold"),
        step("faster", "certificate", "2*L/(pi*q**4)*(hi-lo)**2 <= 2*L*(hi-lo)**2/q", "one", "lead", "q0",
             times="pi*q**4", terms=[["one", "lead"]]),
        step("small", "certificate", "2*L*(hi-lo)**2/q+36*r0*X/q <= eps", "room", "q0", times="q", terms=[["room"]]),
        step("goal", "certificate", statement.goal, "near", "faster", "small",
             terms=[["near"], ["faster"], ["small"]]),
    ]  # fmt: skip
    return Proof(statement, steps)


def no_data(q: str = "1") -> Steps:
    """Return steps that prove the hypotheses without data: the predictor is 0, both cluster polynomials are 1 + s^2.

    Arguments:
        q: the eighth root of beta lambda.

    Returns:
        The steps for the hypotheses "slope" and "away0" to "away3".

    Example:
        >>> no_data()[0]["for"]
        'slope'
    """
    bodies = {"slope": ("0", "1", "abs(0) <= 0")}
    for n in range(len(_GAPS)):
        bodies[f"away{n}"] = ("0", "1" if n == 3 else "0", f"1/{q}**2 <= 1+s**2 and 1/{q}**2 <= 1+s**2")
    return [
        {"for": name, **line}
        for name, (a, b, body) in bodies.items()
        for line in (
            step("body", "arithmetic", body),
            step("imp", "discharge", f"Imp({a} <= s, s <= {b}, {body})", "body"),
            step("all", "generalize", _near(a, b, body), "imp"),
        )
    ]
