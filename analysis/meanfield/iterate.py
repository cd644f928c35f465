"""Inequalities between functions of the weights (a, w, b), integrated one variable at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..proof import step
from .gibbs import Steps
from .relative_entropy import instances, part, symbol, whole


def gaussian_weight(c: str, root: str, parts: Mapping[str, str]) -> Steps:
    """Return steps: over each of a, b, w the weight exp(-c |theta|^2/2) is Gaussian (steps "G0.", "G1.", "G2",
    "value0" ..).

    Arguments:
        c: the rate, shown positive by a step "c".
        root: sqrt(2 pi/c).
        parts: with "G" the weight and "G1", "G2", "G3" its integrals in closed form.

    Example:
        >>> gaussian_weight("c", "sqrt(2*pi/c)", gaussian_parts("c", "sqrt(2*pi/c)"))[-1]["id"]
        'value2'
    """
    steps: Steps = [
        step("factor", "identity", "Int(t,-oo,oo,k*f(t)) == k*Int(t,-oo,oo,f(t))"),
        step("If", "assume", "Integrable(t,-oo,oo,f(t))"),
        step("kf", "linear", "Integrable(t,-oo,oo,k*f(t))", "If"),
    ]
    for n, v in enumerate("abw"):
        g = f"exp(-({c})*{v}**2/2)"
        scale = (f"exp(-({c})*(w**2 + b**2)/2)", f"{root}*exp(-({c})*w**2/2)", f"{root}**2")[n]
        put, symbols = {"k": scale}, {"f(t)": f"exp(-({c})*t**2/2)"}
        integral = f"Int({v},-oo,oo,{part(parts, 'G', n)})"
        label = f"G{n}." if n < 2 else "G2"
        steps += [
            step(f"g{n}", "apply", f"Int({v},-oo,oo,{g}) == {root}", "axiom:gaussian-integral", "c", put={"c": c}),
            step(f"i{n}", "apply", f"Integrable({v},-oo,oo,{g})", "axiom:gaussian-integrable", "c",
                 put={"c": c, "p": "0"}),
            step(label, "apply", f"Integrable({v},-oo,oo,{part(parts, 'G', n)})", "kf", f"i{n}",
                 put=put, symbols=symbols),
            step(f"out{n}", "apply", f"{integral} == {scale}*Int({v},-oo,oo,{g})", "factor", put=put, symbols=symbols),
            step(f"value{n}", "identity", f"{integral} == {part(parts, 'G', n + 1)}", f"out{n}", f"g{n}",
                 combine={f"out{n}": "1", f"g{n}": scale}),
        ]  # fmt: skip
    return steps


def gaussian_parts(c: str, root: str) -> dict[str, str]:
    """Return the weight exp(-c |theta|^2/2) and its integrals over a, then b, then w.

    Example:
        >>> gaussian_parts("c", "r")["G3"]
        'r**3'
    """
    return {
        "G": f"exp(-({c})*(a**2 + w**2 + b**2)/2)",
        "G1": f"{root}*exp(-({c})*(w**2 + b**2)/2)",
        "G2": f"{root}**2*exp(-({c})*w**2/2)",
        "G3": f"{root}**3",
    }


def integrate(
    parts: Mapping[str, str], combination: str, first: str, shown: Collection[str] = (), gauss: str = ""
) -> Steps:
    """Return steps that integrate 0 <= combination over a, b and w (last step "positive3").

    Arguments:
        parts: the functions; "G" with "G1", "G2", "G3" has these as its integrals, by steps "value0" ...
        combination: a linear combination, with "{N}" for the part N.
        first: the step that proves the inequality at every (a, w, b).
        shown: parts whose integrability stands in steps already ("N0.", "N1.", "N2"), not in hypotheses "N0" ...
        gauss: the coefficient of G, if there is one.

    Example:
        >>> integrate({"A": "rho(a,w,b)"}, "{A}", "sign")[-1]["goal"]
        '0 <= Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,rho(a,w,b))))'
    """
    names = [name for name in parts if len(name) == 1]
    at = [combination.format(**{name: part(parts, name, n) for name in names}) for n in range(4)]
    body = combination.format(**{name: symbol(name) for name in names})
    apart = combination.format(**{name: f"Int(t,-oo,oo,{symbol(name)})" for name in names})
    steps: Steps = [
        *[step(f"I{name}", "assume", whole(name)) for name in names],
        step("finite", "linear", f"Integrable(t,-oo,oo,{body})", *[f"I{name}" for name in names]),
        step("apart", "linear", f"Int(t,-oo,oo,{body}) == {apart}", *[f"I{name}" for name in names]),
    ]
    before = first
    for n, v in enumerate("abw"):
        here, facts, symbols = instances(names, n, parts)
        split = combination.format(**{name: f"Int({v},-oo,oo,{part(parts, name, n)})" for name in names})
        known = {f"value{n}": f"-({gauss})"} if gauss else {}
        steps += [
            *[s for s in here if str(s["id"])[0] not in shown],
            step(f"finite{n}", "apply", f"Integrable({v},-oo,oo,{at[n]})", "finite", *facts, symbols=symbols),
            step(f"apart{n}", "apply", f"Int({v},-oo,oo,{at[n]}) == {split}", "apart", *facts, symbols=symbols),
            step(f"mono{n}", "monotone", f"0 <= Int({v},-oo,oo,{at[n]})", before, f"finite{n}"),
            step(f"split{n}", "certificate", f"0 <= {split}", f"mono{n}", f"apart{n}", terms=[[f"mono{n}"]],
                 combine={f"apart{n}": "-1"}),
        ]  # fmt: skip
        before = f"positive{n + 1}"
        steps.append(step(before, "certificate", f"0 <= {at[n + 1]}", f"split{n}", *known, terms=[[f"split{n}"]],
                          combine=known))  # fmt: skip
    return steps
