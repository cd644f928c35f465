"""The knots of a noiseless minimiser: at most three in a closed interval that no data point divides."""

from __future__ import annotations

from itertools import pairwise

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .knots import DECLARE, INTERVAL, contact
from .noiseless import LET, objective

_RESIDUAL = "(f(i)-y(i))/M"
_LET = {
    **LET,
    "side(o,t)": f"Sum(i,1,M,{_RESIDUAL}*relu(o*(x(i)-t)))",
    "roof(t)": "lam**2*(1+t**2)",
    "kink(k)": "(-b(k)/w(k))",
    "unit(k)": "1<=k and k<=K and c(k)!=0 and w(k)!=0",
}
_CIRCLE = "v**2+z**2==1"
_FEASIBLE = f"All(v,All(z,Imp({_CIRCLE}, abs(g(v,z)) <= lam)))"
_MOVED = objective("Sum(k,1,K,(c(k)+eps*delta(k,l))*u(i,w(k),b(k)))", "Sum(k,1,K,abs(c(k)+eps*delta(k,l)))")
#: Two data points (0, 0), (1, 0): the minimiser is zero, written with one unit of weight zero.
_INSIDE = {
    "lam": "1", "s": "0", "e": "1", "M": "2", "x(i)": "i-1", "y(i)": "0", "K": "1", "c(k)": "0", "w(k)": "1",
    "b(k)": "0",
}  # fmt: skip
MINIMAL = {
    "no-unit-helps": f"All(v,All(z,Imp({_CIRCLE}, All(eps, J <= {objective('f(i)+eps*u(i,v,z)', 'cost+abs(eps)')}))))",
    "no-weight-helps": f"All(l,Imp(1<=l,l<=K, All(eps, J <= {_MOVED})))",
}


def _minimal_at_zero() -> list[dict[str, object]]:
    one = "0 <= ((eps*relu(z))**2+(eps*relu(v+z))**2)/4+abs(eps)"
    all_eps = f"All(eps, {one})"
    two = "0 <= ((eps*delta(1,l)*relu(0))**2+(eps*delta(1,l)*relu(1))**2)/4+abs(eps*delta(1,l))"
    return [
        {"for": "no-unit-helps", **line}
        for line in (
            step("body", "arithmetic", one),
            step("every", "generalize", all_eps, "body"),
            step("given", "discharge", f"Imp({_CIRCLE}, {all_eps})", "every"),
            step("all", "generalize", f"All(v,All(z,Imp({_CIRCLE}, {all_eps})))", "given"),
        )
    ] + [
        {"for": "no-weight-helps", **line}
        for line in (
            step("body", "arithmetic", two),
            step("every", "generalize", f"All(eps, {two})", "body"),
            step("given", "discharge", f"Imp(1<=l,l<=1, All(eps, {two}))", "every"),
            step("all", "generalize", f"All(l,Imp(1<=l,l<=1, All(eps, {two})))", "given"),
        )
    ]


def _below(name: str, o: str) -> list[dict[str, object]]:
    """Return steps from |g| <= lambda on the circle to side(o,t)^2 <= roof(t) for s <= t <= e."""
    root = "sqrt(1+t**2)"
    v, z = f"({o}/{root})", f"(-{o}*t/{root})"
    return [
        step(f"{name}-circle", "identity", f"{v}**2+{z}**2 == 1", "root"),
        step(f"{name}-bounded", "apply", f"abs(g({v},{z})) <= lam", "feasible", f"{name}-circle", at={"v": v, "z": z}),
        step(f"{name}-unit", "apply", f"relu(1/{root}*({o}*(x(i)-t))) == 1/{root}*relu({o}*(x(i)-t))", "homogeneous",
             "inverse", put={"h": f"1/{root}", "a": f"{o}*(x(i)-t)"}),
        step(f"{name}-term", "identity", f"{_RESIDUAL}*u(i,{v},{z}) == {_RESIDUAL}*(1/{root}*relu({o}*(x(i)-t)))",
             f"{name}-unit", combine={f"{name}-unit": _RESIDUAL}),
        step(f"{name}-sum", "congruence", f"g({v},{z}) == Sum(i,1,M,{_RESIDUAL}*(1/{root}*relu({o}*(x(i)-t))))",
             f"{name}-term"),
        step(f"{name}-g", "identity", f"g({v},{z}) == side({o},t)/{root}", f"{name}-sum", combine={f"{name}-sum": "1"}),
        step(f"{name}-roof", "apply", f"side({o},t)**2 <= roof(t)", "square", f"{name}-bounded", f"{name}-g", "root",
             "square-root", put={"G": f"g({v},{z})", "S": f"side({o},t)", "R": root}),
        step(f"{name}-given", "discharge", f"Imp(s<=t,t<=e, side({o},t)**2 <= roof(t))", f"{name}-roof"),
        step(f"{name}", "generalize", f"All(t,Imp(s<=t,t<=e, side({o},t)**2 <= roof(t)))", f"{name}-given"),
    ]  # fmt: skip


def _touches(name: str, o: str, facing: str) -> list[dict[str, object]]:
    """Return steps: a unit k of non-zero weight that faces the side o has its kink where that side meets the roof."""
    right = f"({o}*w(k))*relu({o}*(x(i)-kink(k)))"
    return [
        step(f"{name}-facing", "assume", facing),
        step(f"{name}-size", "sign", f"0 < {o}*w(k)", f"{name}-facing"),
        step(f"{name}-feature", "arithmetic", f"u(i,w(k),b(k)) == {right}", f"{name}-size"),
        step(f"{name}-product", "identity", f"{_RESIDUAL}*u(i,w(k),b(k)) == {_RESIDUAL}*({right})", f"{name}-feature",
             combine={f"{name}-feature": _RESIDUAL}),
        step(f"{name}-all", "congruence", f"g(w(k),b(k)) == Sum(i,1,M,{_RESIDUAL}*({right}))", f"{name}-product"),
        step(f"{name}-value", "identity", f"g(w(k),b(k)) == ({o}*w(k))*side({o},kink(k))", f"{name}-all",
             combine={f"{name}-all": "1"}),
        step(f"{name}-touch", "apply", f"side({o},kink(k))**2==lam**2*(1+kink(k)**2)", "touch", f"{name}-value",
             f"{name}-size", "height", "length",
             put={"G": "g(w(k),b(k))", "W": f"{o}*w(k)", "S": f"side({o},kink(k))", "T": "kink(k)"}),
        step(f"{name}-either", "arithmetic", contact("kink(k)"), f"{name}-touch"),
        step(f"{name}-if", "discharge", f"Imp({facing}, {contact('kink(k)')})", f"{name}-either"),
    ]  # fmt: skip


def build_minimiser_knots(units: int = 4) -> Proof:
    """Derive that no four units of a minimiser have different kinks in a closed interval without inner data.

    Arguments:
        units: how many different kinks are too many; 4 in the true statement.

    Returns:
        The statement and its derivation (derived in this project for the noiseless problem; Definition 4.2 of
        JMLR 23(130) concerns the limit of Gibbs minimisers); it uses mf.optimality-bound, mf.optimality-contact and
        mf.knots-at-most-three.

    Example:
        >>> sorted(build_minimiser_knots().statement.hyps)
        ['directions', 'gap', 'lam', 'no-unit-helps', 'no-weight-helps']
    """
    ks = [f"k{n}" for n in range(1, units + 1)]
    ts = [f"kink({k})" for k in ks]
    order = [f"s<={ts[0]}", *(f"{p}<{q}" for p, q in pairwise(ts)), f"{ts[-1]}<=e"]
    given = [f"unit({k})" for k in ks]
    statement = Statement(
        goal=f"Imp({', '.join([*given, *order])}, False)",
        hyps={**INTERVAL, "directions": "All(k,Imp(1<=k,k<=K, w(k)**2+b(k)**2==1))", **MINIMAL},
        declare=DECLARE,
        let=_LET,
        inhabited=_INSIDE,
        inhabited_steps=_minimal_at_zero(),
    )
    steps = [
        step("feasible", "apply", _FEASIBLE, "claim:mf.optimality-bound", "no-unit-helps"),
        step("contacts", "apply", "All(l,Imp(1<=l,l<=K, c(l)*g(w(l),b(l)) == -lam*abs(c(l))))",
             "claim:mf.optimality-contact", "no-weight-helps"),
        # every point of the interval lies under the roof
        step("long", "sign", "0 < 1+t**2"),
        step("root", "sign", "0 < sqrt(1+t**2)", "long"),
        step("square-root", "identity", "sqrt(1+t**2)**2 == 1+t**2", "long"),
        step("inverse", "sign", "0 <= 1/sqrt(1+t**2)", "root"),
        step("ray", "assume", "0 <= h"),
        step("homogeneous", "arithmetic", "relu(h*a) == h*relu(a)", "ray"),
        step("small", "assume", "abs(G) <= lam"),
        step("ratio", "assume", "G == S/R"),
        step("length-of", "assume", "0 < R"),
        step("length-square", "assume", "R**2 == 1+t**2"),
        step("square", "arithmetic", "S**2 <= roof(t)", "small", "ratio", "length-of", "length-square"),
        *_below("right", "1"),
        *_below("left", "-1"),
        # every unit of non-zero weight touches it
        step("unit", "assume", "unit(k)"),
        step("first", "arithmetic", "1<=k", "unit"),
        step("last", "arithmetic", "k<=K", "unit"),
        step("weight", "arithmetic", "c(k)!=0", "unit"),
        step("slope", "arithmetic", "w(k)!=0", "unit"),
        step("at-k", "apply", "c(k)*g(w(k),b(k)) == -lam*abs(c(k))", "contacts", "first", "last", at={"l": "k"}),
        step("C", "assume", "C != 0"),
        step("CG", "assume", "C*G == -lam*abs(C)"),
        step("G", "arithmetic", "G**2 == lam**2", "C", "CG"),
        step("height", "apply", "g(w(k),b(k))**2 == lam**2", "G", "weight", "at-k",
             put={"G": "g(w(k),b(k))", "C": "c(k)"}),
        step("direction", "apply", "w(k)**2+b(k)**2==1", "directions", "first", "last", at={"k": "k"}),
        step("length", "identity", "w(k)**2*(1+kink(k)**2) == 1", "slope", "direction", combine={"direction": "1"}),
        step("value", "assume", "G == W*S"),
        step("size", "assume", "0 < W"),
        step("G2", "assume", "G**2 == lam**2"),
        step("W2", "assume", "W**2*(1+T**2) == 1"),
        step("touch", "arithmetic", "S**2 == lam**2*(1+T**2)", "value", "size", "G2", "W2"),
        *_touches("to-right", "1", "0<w(k)"),
        *_touches("to-left", "-1", "w(k)<0"),
        step("touches", "arithmetic", contact("kink(k)"), "slope", "to-right-if", "to-left-if"),
        step("each", "discharge", f"Imp(unit(k), {contact('kink(k)')})", "touches"),
        # four of them are too many
        *[step(f"given-{k}", "assume", f"unit({k})") for k in ks],
        *[step(f"order-{n}", "assume", text) for n, text in enumerate(order)],
        *[step(f"at-{k}", "apply", contact(f"kink({k})"), "each", f"given-{k}", put={"k": k}) for k in ks],
        step("absurd", "apply", "False", "claim:mf.knots-at-most-three", "lam", "gap", "right", "left",
             *[f"order-{n}" for n in range(len(order))], *[f"at-{k}" for k in ks],
             put={f"t{n}": t for n, t in enumerate(ts, 1)}, symbols={"r(i)": _RESIDUAL}),
        step("goal", "discharge", statement.goal, "absurd"),
    ]  # fmt: skip
    return Proof(statement, steps)
