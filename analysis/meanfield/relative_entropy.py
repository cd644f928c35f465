"""Relative entropy on the weights (a, w, b): rho log rho against exp(-energy)/Z, integrated one variable at a time.

Pointwise q log q + (v + c - 1) q + exp(-c - v) >= 0 for q >= 0, with equality where q = exp(-c - v); with q = rho, v
the energy and c = log Z its integral says that the relative entropy of rho to the density exp(-v)/Z is not negative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..proof import step
from .gibbs import Steps

_QUANTIFIED = (("w", "b"), ("w",), ())


def over(body: str, levels: int) -> str:
    """Return the integral over the first so many of a, b, w."""
    for v in ("a", "b", "w")[:levels]:
        body = f"Int({v},-oo,oo,{body})"
    return body


def part(parts: Mapping[str, str], name: str, level: int) -> str:
    """Return a part integrated over the first variables, in closed form where `parts` writes one ("G1" for level 1)."""
    return parts.get(f"{name}{level}") or over(parts[name], level)


def _names(parts: Mapping[str, str]) -> list[str]:
    return [name for name in parts if len(name) == 1]


def integrable(parts: Mapping[str, str], name: str, level: int, outer: bool = True) -> str:
    body = f"Integrable({'abw'[level]},-oo,oo,{part(parts, name, level)})"
    body = f"All(i, {body})" if name == "K" else body
    for v in reversed(_QUANTIFIED[level] if outer else ()):
        body = f"All({v}, {body})"
    return body


def _at_a_point() -> Steps:
    """q log q + (v + c - 1) q + exp(-c - v) >= 0 for q >= 0, the tangent of the exponential (step "pointwise")."""
    goal = "0 <= q*log(q) + (v + c - 1)*q + exp(-c - v)"
    t = "-c - v - log(q)"
    return [
        step("q>0", "assume", "0 < q"),
        step("log", "apply", "exp(log(q)) == q", "axiom:logarithm", "q>0", put={"t": "q"}),
        step("tangent", "apply", f"1 + ({t}) <= exp({t})", "axiom:exponential-tangent", put={"t": t}),
        step("q exp", "identity", f"q*exp({t}) == exp(-c - v)", "log", combine={"log": f"-exp({t})"}),
        step("inside", "certificate", goal, "q>0", "tangent", "q exp", terms=[["q>0", "tangent"]],
             combine={"q exp": "-1"}),
        step("inside'", "discharge", f"Imp(0 < q, {goal})", "inside"),
        step("q=0", "assume", "q == 0"),
        step("exp>0", "sign", "0 < exp(-c - v)"),
        step("edge", "arithmetic", goal, "q=0", "exp>0"),
        step("edge'", "discharge", f"Imp(q == 0, {goal})", "edge"),
        step("q>=0", "assume", "0 <= q"),
        step("pointwise", "arithmetic", goal, "q>=0", "inside'", "edge'"),
    ]  # fmt: skip


def _combination(parts: Mapping[str, str]) -> str:
    """Return rho log rho + (beta V + log Z - 1) rho + exp(-log Z) G with each part's text."""
    units = f" + beta*Sum(i, 1, M, r(i)*({parts['K']}))" if "K" in parts else ""
    ridge = "beta*lam/2" if "K" in parts else "beta*lam/4"
    return f"{parts['B']}{units} + {ridge}*({parts['C']}) + (log(Z) - 1)*({parts['A']}) + exp(-log(Z))*({parts['G']})"


def combination_at(level: int, parts: Mapping[str, str]) -> str:
    return _combination({name: part(parts, name, level) for name in _names(parts)})


def symbol(name: str) -> str:
    return f"{name}(i,t)" if name == "K" else f"{name}(t)"


def _lemma(parts: Mapping[str, str]) -> Steps:
    """The integral of the combination is the combination of the integrals (steps "finite" and "apart")."""
    names = _names(parts)
    body = _combination({name: symbol(name) for name in names})
    apart = _combination({name: f"Int(t,-oo,oo,{symbol(name)})" for name in names})
    finite = [whole(name) for name in names]
    given = [f"I{name}" for name in names]
    return [
        *[step(label, "assume", text) for label, text in zip(given, finite, strict=True)],
        step("finite", "linear", f"Integrable(t,-oo,oo,{body})", *given),
        step("apart", "linear", f"Int(t,-oo,oo,{body}) == {apart}", *given),
    ]


def whole(name: str) -> str:
    text = f"Integrable(t,-oo,oo,{symbol(name)})"
    return f"All(i, {text})" if name == "K" else text


def instances(names: Iterable[str], level: int, parts: Mapping[str, str]) -> tuple[Steps, list[str], dict[str, str]]:
    """Return steps that instantiate the hypotheses of one level, their labels, and what the symbols stand for."""
    at = {u: u for u in _QUANTIFIED[level]}
    steps: Steps = []
    if at:
        steps = [
            step(f"{name}{level}.", "apply", integrable(parts, name, level, outer=False), f"{name}{level}", at=at)
            for name in names
        ]
    labels = [f"{name}{level}." if at else f"{name}{level}" for name in names]
    return steps, labels, {symbol(name): _renamed(part(parts, name, level), "abw"[level]) for name in names}


def _level(level: int, parts: Mapping[str, str]) -> Steps:
    """Integrate the combination over one more of a, b, w (step "positive{level + 1}")."""
    v, body, after = "abw"[level], combination_at(level, parts), combination_at(level + 1, parts)
    apart = _combination({name: f"Int({v},-oo,oo,{part(parts, name, level)})" for name in _names(parts)})
    here, facts, symbols = instances(_names(parts), level, parts)
    known = {f"value{level}": "-exp(-log(Z))"} if f"G{level + 1}" in parts else {}
    return [
        *here,
        step(f"finite{level}", "apply", f"Integrable({v},-oo,oo,{body})", "finite", *facts, symbols=symbols),
        step(f"apart{level}", "apply", f"Int({v},-oo,oo,{body}) == {apart}", "apart", *facts, symbols=symbols),
        step(f"mono{level}", "monotone", f"0 <= Int({v},-oo,oo,{body})", f"positive{level}", f"finite{level}"),
        step(f"positive{level + 1}", "certificate", f"0 <= {after}", f"mono{level}", f"apart{level}", *known,
             terms=[[f"mono{level}"]], combine={f"apart{level}": "-1", **known}),
    ]  # fmt: skip


def _renamed(text: str, v: str) -> str:
    """Return the text with t for the variable that is integrated next."""
    return re.sub(rf"\b{v}\b", "t", text)


def relative_entropy(parts: Mapping[str, str], energy: str, sum_: str) -> Steps:
    """The relative entropy of rho to exp(-energy)/Z is not negative (step "KL")."""
    return [
        *_at_a_point(),
        step("rho.", "apply", "0 <= rho(a,w,b)", "rho", at={"a": "a", "w": "w", "b": "b"}),
        step("positive0", "apply", f"0 <= {combination_at(0, parts)}", "pointwise", "rho.",
             put={"q": "rho(a,w,b)", "v": energy, "c": "log(Z)"}),
        *_lemma(parts),
        *_level(0, parts),
        *_level(1, parts),
        *_level(2, parts),
        step("logZ", "apply", "exp(log(Z)) == Z", "axiom:logarithm", "Z", put={"t": "Z"}),
        step("1/Z", "identity", "exp(-log(Z))*Z == 1", "logZ", combine={"logZ": "-exp(-log(Z))"}),
        step("KL", "certificate", f"0 <= entropy + {sum_} + log(Z)", "positive3", "mass", "1/Z",
             terms=[["positive3"]], combine={"mass": "1 - log(Z)", "1/Z": "-1"}),
    ]  # fmt: skip
