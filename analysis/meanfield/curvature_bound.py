"""Lemma 5.7 of JMLR 23(130): the integral (5.4) outside of the cluster set, both half-lines of w together."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .critical_point import Steps
from .curvature_tail import CUT, HYPS, LET, PLAIN, inner, plain_steps, pruned

_TWO_SIDES = {
    "G(w)": "Int(a,-oo,oo,al(a)*v(w)**2*E(a,w))",
    "weight(a,w,c)": "exp(-(k/2)*(2*al(a)*v(w)*c+a**2+w**2+v(w)**2*x**2))",
    "mass(a,w)": LET["mass(a,w)"],
    "side(w,c)": "Int(a,-oo,oo,abs(al(a))*v(w)**2*weight(a,w,c))",
}


def _sized() -> Steps:
    """The integral over a without the modulus is at most the one with it (step "sized"), for every w and c."""
    body = "al(a)*v(w)**2*weight(a,w,c)"
    ray = f"Int(a,-oo,oo,{body})"
    return [
        *pruned(inner(), "I-mass"),
        step("body-C", "continuous", f"Cont(a,-oo,oo,{body})", "al-c"),
        step("turn", "arithmetic", "0 <= abs(y)-y and 0 <= abs(y)+y"),
        step("less'", "arithmetic", "0 <= abs(y)-y", "turn"),
        step("more'", "arithmetic", "0 <= abs(y)+y", "turn"),
        step("less", "apply", "0 <= abs(al(a))-al(a)", "less'", put={"y": "al(a)"}),
        step("more", "apply", "0 <= abs(al(a))+al(a)", "more'", put={"y": "al(a)"}),
        step("weight", "sign", "0 <= v(w)**2*weight(a,w,c)"),
        step("body-up", "certificate", f"{body} <= mass(a,w)", "less", "weight", terms=[["less", "weight"]]),
        step("body-down", "certificate", f"-({body}) <= mass(a,w)", "more", "weight", terms=[["more", "weight"]]),
        step("body-size", "apply", f"abs({body}) <= mass(a,w)", "modulus", "body-up", "body-down",
             put={"t": body, "z": "mass(a,w)"}),
        step("body-size.", "generalize", f"All(a, abs({body}) <= mass(a,w))", "body-size"),
        step("I-body", "apply", f"Integrable(a,-oo,oo,{body})", "axiom:dominated-integrable", "body-C", "body-size.",
             "I-mass", symbols={"f(a)": body, "h(a)": "mass(a,w)"}),
        step("I-body-", "apply", f"Integrable(a,-oo,oo,-({body}))", "scaled", "I-body", put={"c": "-1"},
             symbols={"f(a)": body}),
        step("mono-up", "monotone", f"{ray} <= side(w,c)", "body-up", "I-body", "I-mass"),
        step("mono-down", "monotone", f"Int(a,-oo,oo,-({body})) <= side(w,c)", "body-down", "I-body-", "I-mass"),
        step("mono-turn", "identity", f"Int(a,-oo,oo,-({body})) == -{ray}"),
        step("sized", "arithmetic", f"{ray} <= side(w,c) and -{ray} <= side(w,c)", "mono-up", "mono-down",
             "mono-turn"),
    ]  # fmt: skip


def _half(name: str, w: str, c: str, bound: str) -> Steps:
    """The integral of G over one half-line is at most the bound of mf.eq-Ij-bound in modulus (step "name")."""
    ray = f"Int(a,-oo,oo,al(a)*v(w)**2*weight(a,w,{c}))"
    g, whole = f"G({w})", f"Int(w,0,oo,G({w}))"
    given = "right" if name == "R" else "left"
    odd = () if name == "R" else ("odd-w",)
    return [
        step(f"{name}-at", "apply", f"E(a,{w}) == weight(a,w,{c})", given, "w0", at={"a": "a", "w": "w"}),
        step(f"{name}-body", "identity", f"al(a)*v({w})**2*E(a,{w}) == al(a)*v(w)**2*weight(a,w,{c})", f"{name}-at",
             *odd),
        step(f"{name}-ray", "congruence", f"{g} == {ray}", f"{name}-body"),
        step(f"{name}-sized", "apply", f"{ray} <= side(w,{c}) and -{ray} <= side(w,{c})", "sized", put={"c": c}),
        step(f"{name}-less", "arithmetic", f"{g} <= side(w,{c})", f"{name}-sized", f"{name}-ray"),
        step(f"{name}-more", "arithmetic", f"-{g} <= side(w,{c})", f"{name}-sized", f"{name}-ray"),
        step(f"{name}-I-", "linear", f"Integrable(w,0,oo,-{g})", f"{name}-I"),
        step(f"{name}-1", "monotone", f"{whole} <= Int(w,0,oo,side(w,{c}))", f"{name}-less", f"{name}-I",
             f"finite-{name}"),
        step(f"{name}-2", "monotone", f"Int(w,0,oo,-{g}) <= Int(w,0,oo,side(w,{c}))", f"{name}-more", f"{name}-I-",
             f"finite-{name}"),
        step(f"{name}-turn", "identity", f"Int(w,0,oo,-{g}) == -{whole}"),
        step(f"{name}-bound", "apply", f"Int(w,0,oo,side(w,{c})) <= {bound}", "claim:mf.eq-Ij-bound", "k", "al", "al-c",
             "v", "C", f"out-{name}", f"finite-{name}", put={"c": c}),
        step(name, "arithmetic", f"{whole} <= {bound} and -{whole} <= {bound}", f"{name}-1", f"{name}-2",
             f"{name}-turn", f"{name}-bound"),
    ]  # fmt: skip


def build_curvature_tail(power: str = "7", constant: str = "2*(4*pi+2*sqrt(2*pi)*sqrt(1+x**2))/Z0") -> Proof:
    """Derive Lemma 5.7: the integral (5.4) is at most K/(beta lambda^(7/4) C^2) outside of the cluster set.

    E is the Gibbs weight on the line b = -v(w) x, by mf.psi-split with the sum up to the right for w >= 0 and with
    down, minus the sum to the left, for w <= 0.  Both half-lines have the bound of mf.eq-Ij-bound, and Lemma 5.6 bounds
    Z from below; q stands for lambda^(1/4).

    Arguments:
        power: the power of q; 7 in the true statement.
        constant: K; 2 (4 pi + 2 sqrt(2 pi (1 + x^2)))/Z0 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma 5.7, with an explicit constant); it uses
        mf.eq-Ij-bound.

    Example:
        >>> build_curvature_tail().statement.goal[:24]
        'abs(Int(w,-oo,oo,G(w))/Z'
    """
    goal = f"abs(Int(w,-oo,oo,G(w))/Z) <= {constant}/(beta*q**{power}*C**2)"
    hyps = {
        "beta": "0 < beta", "q": "0 < q", "scale": "k == beta*q**4", "al": CUT, "al-c": HYPS["al-c"], "v": HYPS["v"],
        "odd": "All(w, v(-w)**2 == v(w)**2)",
        "right": "All(a, All(w, Imp(0 <= w, E(a,w) == weight(a,w,up))))",
        "left": "All(a, All(w, Imp(0 <= w, E(a,-w) == weight(a,w,down))))",
        "C": "0 < C and C <= 1", "out-R": "C <= 1+x**2-up**2", "out-L": "C <= 1+x**2-down**2",
        "finite": "Integrable(w,-oo,oo,G(w))", "finite-R": "Integrable(w,0,oo,side(w,up))",
        "finite-L": "Integrable(w,0,oo,side(w,down))", "Z0": "0 < Z0", "Z": "Z0/(sqrt(beta)**3*q**3) <= Z",
    }  # fmt: skip
    bound = "4*pi/k*1/sqrt(k*C)**3+2*sqrt(2*pi)*sqrt((1+x**2)/k)/(k*C)**2"
    sb, sc, top = "sqrt(beta)", "sqrt(C)", "(4*pi+2*sqrt(2*pi)*sqrt(1+x**2))"
    each = f"{top}/({sb}**5*q**10*C**2)"
    steps = [
        step("k", "certificate", "0 < k", "scale", "beta", "q", terms=[["c:beta*q**4"]], combine={"scale": "1"}),
        *_sized(),
        step("w0", "assume", "0 <= w"),
        step("odd-w", "apply", "v(-w)**2 == v(w)**2", "odd", at={"w": "w"}),
        step("R-I", "apply", "Integrable(w,0,oo,G(w))", "axiom:half-line-integrable", "finite",
             symbols={"f(w)": "G(w)"}),
        step("finite-", "apply", "Integrable(w,-oo,oo,G(-w))", "axiom:affine-integrable", "minus", "finite",
             put={"c": "-1", "s": "0"}, symbols={"f(w)": "G(w)"}),
        step("L-I", "apply", "Integrable(w,0,oo,G(-w))", "axiom:half-line-integrable", "finite-",
             symbols={"f(w)": "G(-w)"}),
        *_half("R", "w", "up", bound),
        *_half("L", "-w", "down", bound),
        step("halves-w", "apply", "Int(w,-oo,oo,G(w)) == Int(w,0,oo,G(w))+Int(w,0,oo,G(-w))", "axiom:half-lines",
             "finite", symbols={"f(w)": "G(w)"}),
        step("total", "arithmetic", f"Int(w,-oo,oo,G(w)) <= 2*({bound}) and -Int(w,-oo,oo,G(w)) <= 2*({bound})",
             "halves-w", "R", "L"),
        step("C0", "arithmetic", "0 < C", "C"),
        step("sb", "sign", f"0 < {sb}", "beta"),
        step("sb2", "identity", f"{sb}**2 == beta", "beta"),
        step("sc", "sign", f"0 < {sc}", "C0"),
        step("sc2", "identity", f"{sc}**2 == C", "C0"),
        step("sc1", "arithmetic", f"{sc} <= 1", "C"),
        step("root-lemma", "arithmetic",
             "Imp(0 < s, 0 < r, 0 < p, t == (s*p)**2*r**2, sqrt(t) == s*p*r)"),
        step("kC=", "identity", f"k*C == ({sb}*q**2)**2*{sc}**2", "scale", "sb2", "sc2"),
        step("q2", "sign", "0 < q**2", "q"),
        step("root-kC", "apply", f"sqrt(k*C) == {sb}*q**2*{sc}", "root-lemma", "sb", "sc", "q2", "kC=",
             put={"s": sb, "r": sc, "p": "q**2", "t": "k*C"}),
        step("roof", "sign", "0 < sqrt(1+x**2)"),
        step("roof2", "identity", "sqrt(1+x**2)**2 == 1+x**2"),
        step("quot-lemma", "arithmetic", "Imp(0 < s, 0 < p, 0 < r, r**2 == n, 0 < i, i*(s*p)**2 == 1,"
             " 0 < j, j*(s*p) == 1, sqrt(n*i) == r*j)"),
        step("1/k", "sign", "0 < 1/k", "k"),
        step("1/k=", "identity", f"1/k*({sb}*q**2)**2 == 1", "scale", "sb2", "k", "beta", "q",
             combine={"sb2": "q**4/k", "scale": "-1/k"}),
        step("1/r", "sign", f"0 < 1/({sb}*q**2)", "sb", "q"),
        step("1/r=", "identity", f"1/({sb}*q**2)*({sb}*q**2) == 1", "sb", "q"),
        step("root-k", "apply", f"sqrt((1+x**2)*(1/k)) == sqrt(1+x**2)*(1/({sb}*q**2))", "quot-lemma", "sb", "q2",
             "roof", "roof2", "1/k", "1/k=", "1/r", "1/r=",
             put={"s": sb, "p": "q**2", "r": "sqrt(1+x**2)", "n": "1+x**2", "i": "1/k", "j": f"1/({sb}*q**2)"}),
        step("rkC", "sign", "0 < sqrt(k*C)", "k", "C0"),
        step("first-1", "identity", f"4*pi/k*1/sqrt(k*C)**3 == 4*pi/k*1/({sb}*q**2*{sc})**3", "root-kC", "rkC", "sb",
             "q", "sc", "k"),
        step("first-2", "identity", f"4*pi/k*1/({sb}*q**2*{sc})**3 == 4*pi/({sb}**5*q**10*{sc}**3)", "scale", "sb2",
             "sb", "q", "sc", "beta", "k"),
        step("first", "identity", f"4*pi/k*1/sqrt(k*C)**3 == 4*pi/({sb}**5*q**10*{sc}**3)", "first-1", "first-2",
             combine={"first-1": "1", "first-2": "1"}),
        step("second-1", "identity", "2*sqrt(2*pi)*sqrt((1+x**2)/k)/(k*C)**2"
             f" == 2*sqrt(2*pi)*(sqrt(1+x**2)*(1/({sb}*q**2)))/(k*C)**2", "root-k", "k", "C0", "sb", "q"),
        step("second-2", "identity", f"2*sqrt(2*pi)*(sqrt(1+x**2)*(1/({sb}*q**2)))/(k*C)**2"
             f" == 2*sqrt(2*pi)*sqrt(1+x**2)/({sb}**5*q**10*C**2)", "scale", "sb2", "sb", "q", "C0", "beta", "k"),
        step("second", "identity",
             f"2*sqrt(2*pi)*sqrt((1+x**2)/k)/(k*C)**2 == 2*sqrt(2*pi)*sqrt(1+x**2)/({sb}**5*q**10*C**2)", "second-1",
             "second-2", combine={"second-1": "1", "second-2": "1"}),
        step("sc-room", "arithmetic", f"0 <= 1-{sc}", "sc1"),
        step("first<", "certificate", f"4*pi/({sb}**5*q**10*{sc}**3) <= 4*pi/({sb}**5*q**10*C**2)", "sc-room", "sc",
             "sc2", "sb", "q", "C0", terms=[["c:4*pi", "sc", "sc", "sc", "sc-room"]],
             times=f"{sb}**5*q**10*{sc}**3*C**2"),
        step("bound<", "certificate", f"{bound} <= {each}", "first", "second", "first<", "sb", "q", "C0",
             terms=[["first<"]], combine={"first": "-1", "second": "-1"}),
    ]  # fmt: skip
    final = f"2*{each}"
    steps += [
        step("total'", "arithmetic", "Imp(y <= 2*z, -y <= 2*z, z <= e, abs(y) <= 2*e)"),
        step("total-1", "arithmetic", f"Int(w,-oo,oo,G(w)) <= 2*({bound})", "total"),
        step("total-2", "arithmetic", f"-Int(w,-oo,oo,G(w)) <= 2*({bound})", "total"),
        step("abs", "apply", f"abs(Int(w,-oo,oo,G(w))) <= {final}", "total'", "total-1", "total-2", "bound<",
             put={"y": "Int(w,-oo,oo,G(w))", "z": bound, "e": each}),
        step("least", "sign", f"0 < Z0/({sb}**3*q**3)", "Z0", "sb", "q"),
        step("Z>0", "arithmetic", "0 < Z", "least", "Z"),
        step("each>0", "sign", f"0 <= {each}", "sb", "q", "C0", "roof"),
        step("quotient", "arithmetic", "Imp(0 < z, i*z == 1, abs(y*i) == abs(y)*i)"),
        step("1/Z", "identity", "1/Z*Z == 1", "Z>0"),
        step("abs-Z", "apply", "abs(Int(w,-oo,oo,G(w))*(1/Z)) == abs(Int(w,-oo,oo,G(w)))*(1/Z)", "quotient", "Z>0",
             "1/Z", put={"z": "Z", "i": "1/Z", "y": "Int(w,-oo,oo,G(w))"}),
        step("over-Z", "certificate", f"abs(Int(w,-oo,oo,G(w)))*(1/Z) <= {final}*(1/Z)", "abs", "Z>0",
             terms=[["abs"]], times="Z"),
        step("use-Z", "certificate", f"{final}*(1/Z) <= {final}*({sb}**3*q**3/Z0)", "Z", "each>0", "Z>0", "Z0", "sb",
             "q", "C0", terms=[["c:2", "each>0", "Z"]], times=f"Z*Z0/({sb}**3*q**3)"),
        step("powers", "identity",
             f"{final}*({sb}**3*q**3/Z0) == 2*{top}/Z0/(beta*q**7*C**2)", "sb", "sb2", "q", "C0", "Z0", "beta"),
        step("end", "arithmetic", "Imp(y == u, u <= f, f <= g, g == e, y <= e)"),
        step("goal'", "apply", f"abs(Int(w,-oo,oo,G(w))/Z) <= 2*{top}/Z0/(beta*q**7*C**2)", "end", "abs-Z", "over-Z",
             "use-Z", "powers",
             put={"y": "abs(Int(w,-oo,oo,G(w))*(1/Z))", "u": "abs(Int(w,-oo,oo,G(w)))*(1/Z)", "f": f"{final}*(1/Z)",
                  "g": f"{final}*({sb}**3*q**3/Z0)", "e": f"2*{top}/Z0/(beta*q**7*C**2)"}),
        step("goal", "sign", goal, "goal'"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", _TWO_SIDES, STILL, still_steps()), steps)


#: A weight that is Gaussian for w >= 0 and w < 0 alike: no residuals on either side.
STILL = {
    **{name: PLAIN[name] for name in ("k", "al(a)", "v(w)", "x", "C")}, "beta": "1", "q": "1", "up": "0", "down": "0",
    "E(a,w)": "exp(-(1/2)*(a**2+w**2))", "Z0": "1", "Z": "1",
}  # fmt: skip


def still_steps() -> tuple[dict[str, object], ...]:
    """Return steps that prove at `STILL` what the hypotheses with quantifiers say.

    Returns:
        The steps.

    Example:
        >>> {s["for"] for s in still_steps()} == {"al", "v", "odd", "right", "left"}
        True
    """
    found = list(plain_steps())
    for name, w in (("right", "w"), ("left", "(-w)")):
        body = f"exp(-(1/2)*(a**2+{w}**2)) == exp(-(1/2)*(2*a*w*0+a**2+w**2+w**2*0**2))"
        found += [
            {"for": name, **step(f"{name}-one", "identity", body)},
            {"for": name, **step(f"{name}-if", "discharge", f"Imp(0 <= w, {body})", f"{name}-one")},
            {"for": name, **step(f"{name}-all", "generalize", f"All(a, All(w, Imp(0 <= w, {body})))", f"{name}-if")},
        ]
    found += [
        {"for": "odd", **step("odd-one", "identity", "(-w)**2 == w**2")},
        {"for": "odd", **step("odd-all", "generalize", "All(w, (-w)**2 == w**2)", "odd-one")},
    ]
    return tuple(found)
