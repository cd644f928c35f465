"""Half of a Gaussian: means of positive parts, as integrals over the line, for Section 5 of JMLR 23(130)."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .critical_point import Steps

ROOT = "sqrt(2*pi/k)"


def lemmas() -> Steps:
    """Factors of integrals, and the order of exponentials (steps "factor", "scaled", "exp-order")."""
    return [
        step("factor", "identity", "Int(t,-oo,oo,c*f(t)) == c*Int(t,-oo,oo,f(t))"),
        step("If", "assume", "Integrable(t,-oo,oo,f(t))"),
        step("scaled", "linear", "Integrable(t,-oo,oo,c*f(t))", "If"),
        step("small", "assume", "u <= z"),
        step("gain", "arithmetic", "1 <= exp(z-u)", "small"),
        step("lift", "identity", "exp(z-u)*exp(u) == exp(z)"),
        step("exp-u", "sign", "0 < exp(u)"),
        step("exp-order", "certificate", "exp(u) <= exp(z)", "gain", "exp-u", "lift", terms=[["gain", "exp-u"]],
             combine={"lift": "-1"}),
    ]  # fmt: skip


def half_gaussian() -> Steps:
    """The integral of (x)_+ exp(-k x^2/2) is 1/k (steps "I-plus", "plus")."""
    e = "exp(-k*x**2/2)"
    body = f"relu(x)*{e}"
    cap = f"{e}+x**2*{e}"
    return [
        *[step(f"g{p}", "apply", f"Integrable(x,-oo,oo,x**{p}*{e})", "axiom:gaussian-integrable", "k",
               put={"c": "k", "p": str(p)}) for p in (0, 2)],
        step("I-cap", "linear", f"Integrable(x,-oo,oo,{cap})", "g0", "g2"),
        step("C-plus", "continuous", f"Cont(x,-oo,oo,{body})"),
        step("e", "sign", f"0 < {e}"),
        step("plus-small", "arithmetic", "0 <= relu(x) and relu(x) <= 1+x**2"),
        step("plus-0", "arithmetic", "0 <= relu(x)", "plus-small"),
        step("plus-1", "arithmetic", "relu(x) <= 1+x**2", "plus-small"),
        step("below", "certificate", f"{body} <= {cap}", "plus-1", "e", terms=[["plus-1", "e"]]),
        step("above", "certificate", f"-({body}) <= {cap}", "plus-0", "e",
             terms=[["plus-0", "e"], ["sq:x", "e"], ["e"]]),
        step("modulus", "arithmetic", "Imp(t <= z, -t <= z, abs(t) <= z)"),
        step("bounded", "apply", f"abs({body}) <= {cap}", "modulus", "below", "above", put={"t": body, "z": cap}),
        step("bounded.", "generalize", f"All(x, abs({body}) <= {cap})", "bounded"),
        step("I-plus", "apply", f"Integrable(x,-oo,oo,{body})", "axiom:dominated-integrable", "C-plus", "bounded.",
             "I-cap", symbols={"f(x)": body, "h(x)": cap}),
        step("halves", "apply", f"Int(x,-oo,oo,{body}) == Int(x,0,oo,{body})+Int(x,0,oo,relu(-x)*{e})",
             "axiom:half-lines", "I-plus", symbols={"f(x)": body}),
        step("x", "assume", "0 <= x"),
        step("is-x", "arithmetic", "relu(x) == x", "x"),
        step("right'", "identity", f"{body} == x*{e}", "is-x"),
        step("right", "congruence", f"Int(x,0,oo,{body}) == Int(x,0,oo,x*{e})", "right'"),
        step("is-0", "arithmetic", "relu(-x) == 0", "x"),
        step("left'", "identity", f"relu(-x)*{e} == 0", "is-0"),
        step("left", "congruence", f"Int(x,0,oo,relu(-x)*{e}) == Int(x,0,oo,0)", "left'"),
        step("sign", "sign", f"0 <= x*{e}", "x"),
        step("d", "derivative", f"HasDeriv(x, -{e}/k, x*{e})", "k"),
        step("lim", "limit", f"Lim(x, -{e}/k, 0)", "k"),
        step("value", "fundamental-theorem", f"Int(x,0,oo,x*{e}) == 1/k", "d", "lim", "sign", "k", F=f"-{e}/k"),
        step("plus", "identity", f"Int(x,-oo,oo,{body}) == 1/k", "halves", "right", "left", "value",
             combine={"halves": "1", "right": "1", "left": "1", "value": "1"}),
    ]  # fmt: skip


def shifted() -> Steps:
    """The integral of (a)_+ exp(k a p - k a^2/2), p >= 0, is <= exp(k p^2/2)(1/k + p sqrt(2 pi/k)) ("I-p", "p")."""
    e = "exp(-k*x**2/2)"
    moved, cap = f"relu(x+p)*{e}", f"relu(x)*{e}+p*{e}"
    body, centred, peak = "relu(a)*exp(k*a*p-k*a**2/2)", "relu(a)*exp(-k*(a-p)**2/2)", "exp(k*p**2/2)"
    return [
        step("p0", "assume", "0 <= p"),
        step("I-more", "linear", f"Integrable(x,-oo,oo,{cap})", "I-plus", "g0"),
        step("C-moved", "continuous", f"Cont(x,-oo,oo,{moved})"),
        step("moved-small", "arithmetic", "0 <= relu(x+p) and relu(x+p) <= relu(x)+p", "p0"),
        step("moved-0", "arithmetic", "0 <= relu(x+p)", "moved-small"),
        step("moved-1", "arithmetic", "relu(x+p) <= relu(x)+p", "moved-small"),
        step("moved-below", "certificate", f"{moved} <= {cap}", "moved-1", "e", terms=[["moved-1", "e"]]),
        step("moved-above", "certificate", f"-({moved}) <= {cap}", "moved-0", "plus-0", "p0", "e",
             terms=[["moved-0", "e"], ["plus-0", "e"], ["p0", "e"]]),
        step("moved-size", "apply", f"abs({moved}) <= {cap}", "modulus", "moved-below", "moved-above",
             put={"t": moved, "z": cap}),
        step("moved-size.", "generalize", f"All(x, abs({moved}) <= {cap})", "moved-size"),
        step("I-moved", "apply", f"Integrable(x,-oo,oo,{moved})", "axiom:dominated-integrable", "C-moved",
             "moved-size.", "I-more", symbols={"f(x)": moved, "h(x)": cap}),
        step("moved", "monotone", f"Int(x,-oo,oo,{moved}) <= Int(x,-oo,oo,{cap})", "moved-below", "I-moved", "I-more"),
        step("apart", "linear", f"Int(x,-oo,oo,{cap}) == Int(x,-oo,oo,relu(x)*{e})+p*Int(x,-oo,oo,{e})", "I-plus",
             "g0"),
        step("gauss", "apply", f"Int(x,-oo,oo,{e}) == {ROOT}", "axiom:gaussian-integral", "k", put={"c": "k"}),
        step("square", "identity", f"{body} == {peak}*({centred})"),
        step("under", "congruence", f"Int(a,-oo,oo,{body}) == Int(a,-oo,oo,{peak}*({centred}))", "square"),
        step("out", "apply", f"Int(a,-oo,oo,{peak}*({centred})) == {peak}*Int(a,-oo,oo,{centred})", "factor",
             put={"c": peak}, symbols={"f(t)": "relu(t)*exp(-k*(t-p)**2/2)"}),
        step("shift", "apply", f"Int(x,-oo,oo,{moved}) == Int(a,-oo,oo,{centred})", "axiom:translation",
             put={"s": "p"}, symbols={"f(x)": "relu(x)*exp(-k*(x-p)**2/2)"}),
        step("peak", "sign", f"0 < {peak}"),
        step("p", "certificate", f"Int(a,-oo,oo,{body}) <= {peak}*(1/k+p*{ROOT})", "moved", "apart", "plus", "gauss",
             "under", "out", "shift", "peak", "k", terms=[["peak", "moved"]],
             combine={"apart": f"-{peak}", "plus": f"-{peak}", "gauss": f"-{peak}*p", "under": "-1", "out": "-1",
                      "shift": peak}),
        step("one", "enclosure", "1 != 0"),
        step("I-centred", "apply", f"Integrable(a,-oo,oo,{centred})", "axiom:affine-integrable", "one", "I-moved",
             put={"c": "1", "s": "-p"}, symbols={"f(x)": moved}),
        step("I-p", "apply", f"Integrable(a,-oo,oo,{body})", "scaled", "I-centred", put={"c": peak},
             symbols={"f(t)": "relu(t)*exp(-k*(t-p)**2/2)"}),
    ]  # fmt: skip


def build_positive_part(root: str = "sqrt(mu**2+1/k)") -> Proof:
    """Derive (5.28): E (A)_+ <= E |A| <= sqrt(mu^2 + 1/k) for A ~ N(mu, 1/k), by |A| <= (A^2 + t^2)/(2t).

    Both means are written as integrals against exp(-k (a - mu)^2/2), of mass sqrt(2 pi/k).

    Arguments:
        root: the bound; sqrt(mu^2 + 1/k) in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.28)).

    Example:
        >>> build_positive_part().statement.hyps
        {'k': '0 < k'}
    """
    g, e, t = "exp(-k*(a-mu)**2/2)", "exp(-k*x**2/2)", "sqrt(mu**2+1/k)"
    first, second = f"Int(a,-oo,oo,relu(a)*{g})", f"Int(a,-oo,oo,abs(a)*{g})"
    goal = f"{first} <= {second} and {second} <= {ROOT}*{root}"
    parts = {"plus": f"relu(x+mu)*{e}", "abs": f"abs(x+mu)*{e}"}
    cap = f"1/(2*t)*(x**2*{e})+mu/t*(x*{e})+(mu**2+t**2)/(2*t)*{e}"
    steps = [
        step("t-def", "assume", "t**2 == mu**2+1/k"),
        step("t", "assume", "0 < t"),
        *[step(f"g{p}", "apply", f"Integrable(x,-oo,oo,x**{p}*{e})", "axiom:gaussian-integrable", "k",
               put={"c": "k", "p": str(p)}) for p in (0, 1, 2)],
        step("I-cap", "linear", f"Integrable(x,-oo,oo,{cap})", "g0", "g1", "g2"),
        step("e", "sign", f"0 < {e}"),
        step("size", "arithmetic", "Imp(0 < t, 2*t*abs(s) <= s**2+t**2)"),
        step("size'", "apply", "2*t*abs(x+mu) <= (x+mu)**2+t**2", "size", "t", put={"s": "x+mu"}),
        step("abs-below", "certificate", f"{parts['abs']} <= {cap}", "size'", "e", "t", times="2*t",
             terms=[["size'", "e"]]),
        step("abs-0", "sign", "0 <= abs(x+mu)"),
        step("plus-abs", "arithmetic", "0 <= relu(x+mu) and relu(x+mu) <= abs(x+mu)"),
        step("plus-0", "arithmetic", "0 <= relu(x+mu)", "plus-abs"),
        step("plus-1", "arithmetic", "relu(x+mu) <= abs(x+mu)", "plus-abs"),
        step("less", "certificate", f"{parts['plus']} <= {parts['abs']}", "plus-1", "e", terms=[["plus-1", "e"]]),
        step("modulus", "arithmetic", "Imp(0 <= s, s <= z, abs(s) <= z)"),
        step("chain", "arithmetic", "Imp(s <= z, z <= y, s <= y)"),
        step("plus-below", "apply", f"{parts['plus']} <= {cap}", "chain", "less", "abs-below",
             put={"s": parts["plus"], "z": parts["abs"], "y": cap}),
    ]  # fmt: skip
    for name, body in parts.items():
        steps += [
            step(f"{name}-sign", "sign", f"0 <= {body}", f"{name}-0", "e"),
            step(f"{name}-mod", "apply", f"abs({body}) <= {cap}", "modulus", f"{name}-sign", f"{name}-below",
                 put={"s": body, "z": cap}),
            step(f"{name}-mod.", "generalize", f"All(x, abs({body}) <= {cap})", f"{name}-mod"),
            step(f"{name}-C", "continuous", f"Cont(x,-oo,oo,{body})"),
            step(f"{name}-I", "apply", f"Integrable(x,-oo,oo,{body})", "axiom:dominated-integrable", f"{name}-C",
                 f"{name}-mod.", "I-cap", symbols={"f(x)": body, "h(x)": cap}),
        ]  # fmt: skip
    odd = f"x*{e}"
    steps += [
        step("order", "monotone", f"Int(x,-oo,oo,{parts['plus']}) <= Int(x,-oo,oo,{parts['abs']})", "less", "plus-I",
             "abs-I"),
        step("bound", "monotone", f"Int(x,-oo,oo,{parts['abs']}) <= Int(x,-oo,oo,{cap})", "abs-below", "abs-I",
             "I-cap"),
        step("odd", "identity", f"(-x)*exp(-k*(-x)**2/2) == -({odd})"),
        step("odd.", "generalize", f"All(x, (-x)*exp(-k*(-x)**2/2) == -({odd}))", "odd"),
        step("m1", "apply", f"Int(x,-oo,oo,{odd}) == 0", "axiom:odd-integrand", "odd.", symbols={"f(x)": odd}),
        step("m0", "apply", f"Int(x,-oo,oo,{e}) == {ROOT}", "axiom:gaussian-integral", "k", put={"c": "k"}),
        step("m2", "apply", f"Int(x,-oo,oo,x**2*{e}) == {ROOT}/k", "axiom:gaussian-second-moment", "k",
             put={"c": "k"}),
        step("apart", "linear",
             f"Int(x,-oo,oo,{cap}) == 1/(2*t)*Int(x,-oo,oo,x**2*{e})+mu/t*Int(x,-oo,oo,{odd})"
             f"+(mu**2+t**2)/(2*t)*Int(x,-oo,oo,{e})", "g0", "g1", "g2"),
        step("value", "identity", f"Int(x,-oo,oo,{cap}) == {ROOT}*t", "apart", "m0", "m1", "m2", "t", "k", "t-def",
             combine={"apart": "1", "m2": "1/(2*t)", "m1": "mu/t", "m0": "(mu**2+t**2)/(2*t)",
                      "t-def": f"-{ROOT}/(2*t)"}),
        *[step(f"{name}-shift", "apply", f"Int(x,-oo,oo,{body}) == {whole}", "axiom:translation", put={"s": "mu"},
               symbols={"f(x)": f"{f}(x)*exp(-k*(x-mu)**2/2)"})
          for (name, body), f, whole in zip(parts.items(), ("relu", "abs"), (first, second), strict=True)],
        step("first", "arithmetic", f"{first} <= {second}", "order", "plus-shift", "abs-shift"),
        step("second", "arithmetic", f"{second} <= {ROOT}*t", "bound", "value", "abs-shift"),
        step("inside", "sign", "0 < mu**2+1/k", "k"),
        step("root", "sign", f"0 < {t}", "inside"),
        step("root2", "identity", f"{t}**2 == mu**2+1/k", "inside"),
        step("second'", "apply", f"{second} <= {ROOT}*{t}", "second", "root", "root2", put={"t": t}),
        step("first'", "apply", f"{first} <= {second}", "first", "root", "root2", put={"t": t}),
        step("goal", "sign", goal, "first'", "second'"),
    ]  # fmt: skip
    return Proof(Statement(goal, {"k": "0 < k"}, inhabited={"k": "1"}), steps)
