"""The characteristic function of data with three values, against the normal one."""

from __future__ import annotations

from typing import Any

from ..integrals import integral
from ..kernel.derivation import Statement
from ..proof import Proof, step


def _chain(name: str, v: str, first: str, integrands: list[str], antiderivatives: list[str]) -> list[dict[str, Any]]:
    """Return the steps of integrands <= u^k/k! for u >= 0, each by the integral from 0 of the one before it.

    The k-th integrand, whose antiderivative from 0 is the next one, is a function of u; "name" is the bound at v of the
    last antiderivative, and the step called `first` the bound of the first integrand by 1.
    """
    found: list[dict[str, Any]] = []
    bounds = ["1", "u", "u**2/2", "u**3/6", "u**4/24", "u**5/120", "u**6/720"]
    before = first
    for k, (f, F) in enumerate(zip(integrands, antiderivatives, strict=True)):
        g, G = bounds[k], bounds[k + 1]
        last = k == len(integrands) - 1
        own = name if last else f"{name}_{k}"
        at_v = f"{F.replace('u', v)} <= {G.replace('u', v)}"
        found += [
            *integral(f"{own}_f", "u", "0", v, F, f, F.replace("u", v), "v_lo"),
            *integral(f"{own}_g", "u", "0", v, G, g, G.replace("u", v), "v_lo"),
            step(f"{own}_compare", "monotone", f"Int(u, 0, {v}, {f}) <= Int(u, 0, {v}, {g})", before,
                 f"{own}_f_continuous", f"{own}_g_continuous", "v_lo"),
            step(own, "certificate", at_v, f"{own}_compare", f"{own}_f", f"{own}_g", terms=[[f"{own}_compare"]],
                 combine={f"{own}_f": "1", f"{own}_g": "-1"}),
        ]  # fmt: skip
        if not last:
            found += [
                step(f"{own}_if", "discharge", f"Imp(0 <= {v}, {at_v})", own),
                step(f"{own}_u", "apply", f"{F} <= {G}", f"{own}_if", "u_lo", put={v: "u"}),
            ]
        before = f"{own}_u"
    return found


def build_third(share: str = "1/3") -> Proof:
    """Return the derivation of exp(-v^2/6) <= 1 - (1 - cos v)/3 for v >= 0.

    For v^2 <= 48/5 from the Taylor polynomials of degree 6 of the cosine and 4 of the exponential function at -v^2/6;
    beyond, the right side is at least 1/3 and exp(-8/5) < 1/3. Derived in this project.

    Arguments:
        share: knob of the mutant, the factor 1/3.

    Returns:
        The derivation.

    Example:
        >>> build_third().statement.goal
        'exp(-v**2/6) <= 1 - 1/3*(1 - cos(v))'
    """
    goal = f"exp(-v**2/6) <= 1 - {share}*(1 - cos(v))"
    cosines = ["cos(u)", "sin(u)", "1 - cos(u)", "u - sin(u)", "u**2/2 - 1 + cos(u)", "u**3/6 - u + sin(u)"]
    powers = ["exp(-u)", "1 - exp(-u)", "u - 1 + exp(-u)", "u**2/2 - u + 1 - exp(-u)"]
    most = "u**3/6 - u**2/2 + u - 1 + exp(-u)"
    steps = [
        step("cosine_hi", "certificate", "cos(u) <= 1", terms=[["c:1/2", "sq:cos(u) - 1"], ["c:1/2", "sq:sin(u)"]]),
        step("u_lo", "assume", "0 <= u"),
        *_chain("cosine", "v", "cosine_hi", cosines, [*cosines[1:], "u**4/24 - u**2/2 + 1 - cos(u)"]),
        step("tangent", "apply", "1 + u <= exp(u)", "axiom:exponential-tangent", put={"t": "u"}),
        step("whole", "identity", "exp(-u)*exp(u) == 1"),
        step("small", "sign", "0 < exp(-u)"),
        step("power_hi", "certificate", "exp(-u) <= 1", "tangent", "u_lo", "small", "whole",
             terms=[["small", "tangent"], ["small", "u_lo"]], combine={"whole": "-1"}),
        *_chain("power", "v", "power_hi", powers, [*powers[1:], most]),
        step("power_if", "discharge", f"Imp(0 <= v, {most.replace('u', 'v')} <= v**4/24)", "power"),
        step("square", "sign", "0 <= v**2/6"),
        step("power_v", "apply", f"{most.replace('u', '(v**2/6)')} <= (v**2/6)**4/24", "power_if", "square",
             put={"v": "v**2/6"}),
        # near 0
        step("near", "assume", "v**2 <= 48/5"),
        step("near_value", "certificate", goal, "cosine", "power_v", "near",
             terms=[["c:1/3", "cosine"], ["power_v"], ["c:1/31104", "sq:v**3", "near"]]),
        step("near_if", "discharge", f"Imp(v**2 <= 48/5, {goal})", "near_value"),
        # far from 0
        step("far", "assume", "48/5 <= v**2"),
        step("least", "certificate", "-1 <= cos(v)", terms=[["c:1/2", "sq:cos(v) + 1"], ["c:1/2", "sq:sin(v)"]]),
        step("three", "enclosure", "3 <= exp(8/5)"),
        step("beyond", "apply", "1 + (v**2/6 - 8/5) <= exp(v**2/6 - 8/5)", "axiom:exponential-tangent",
             put={"t": "v**2/6 - 8/5"}),
        step("scale", "sign", "0 < exp(8/5)"),
        step("large", "certificate", "3 <= exp(v**2/6)", "beyond", "three", "far", "scale",
             terms=[["scale", "beyond"], ["three"], ["scale", "c:1/6", "far"]]),
        step("small_v", "sign", "0 < exp(-v**2/6)"),
        step("third", "certificate", "exp(-v**2/6) <= 1/3", "large", "small_v", terms=[["c:1/3", "small_v", "large"]]),
        step("far_value", "certificate", goal, "third", "least", terms=[["third"], ["c:1/3", "least"]]),
        step("far_if", "discharge", f"Imp(48/5 <= v**2, {goal})", "far_value"),
        step("goal", "arithmetic", goal, "near_if", "far_if"),
    ]  # fmt: skip
    return Proof(Statement(goal, {"v_lo": "0 <= v"}, inhabited={"v": "1"}), steps)


def build_characteristic(most: str = "1/3") -> Proof:
    """Return the derivation of exp(-t^2/2) <= 1 - p + p cos(t/sqrt(p)) for 0 < p <= 1/3.

    On the right the characteristic function of a variable that is 0 with probability 1 - p, else 1/sqrt(p) or its
    negative: variance 1. The case p = 1/3 (`ae.cosine-third`) and convexity: exp(-a y) <= 1 - a + a exp(-y) with a =
    3p. Beyond 1/3 the fourth moment 1/p is below 3, and the inequality fails near 0. Derived in this project.

    Arguments:
        most: knob of the mutant, the largest p.

    Returns:
        The derivation.

    Example:
        >>> build_characteristic().statement.goal
        'exp(-t**2/2) <= 1 - p + p*cos(t/sqrt(p))'
    """
    goal = "exp(-t**2/2) <= 1 - p + p*cos(t/sqrt(p))"
    at_s = "exp(-p*s**2/2) <= 1 - p + p*cos(s)"
    steps = [
        step("s_lo", "assume", "0 <= s"),
        step("third", "apply", "exp(-s**2/6) <= 1 - 1/3*(1 - cos(s))", "claim:ae.cosine-third", "s_lo", put={"v": "s"}),
        step("one", "apply", "1 + p*s**2/2 <= exp(p*s**2/2)", "axiom:exponential-tangent", put={"t": "p*s**2/2"}),
        step("two", "apply", "1 + (p*s**2/2 - s**2/6) <= exp(p*s**2/2 - s**2/6)", "axiom:exponential-tangent",
             put={"t": "p*s**2/2 - s**2/6"}),
        step("scale", "sign", "0 < exp(-p*s**2/2)"),
        step("less", "certificate", "0 <= 1 - 3*p", "high", terms=[["c:3", "high"]]),
        step("value", "certificate", at_s, "third", "one", "two", "scale", "less", "low",
             terms=[["less", "scale", "one"], ["c:3*p", "scale", "two"], ["c:3*p", "third"]],
             prose="Both tangents at -p s^2/2, and the case p = 1/3."),
        step("value_if", "discharge", f"Imp(0 <= s, {at_s})", "value"),
        step("negative", "assume", "s < 0"),
        step("minus", "sign", "0 <= -s", "negative"),
        step("value_minus", "apply", at_s.replace("**2", "@").replace("s@", "(-s)**2").replace("cos(s)", "cos(-s)"),
             "value_if", "minus", put={"s": "-s"}),
        step("even", "certificate", at_s, "value_minus", terms=[["value_minus"]]),
        step("even_if", "discharge", f"Imp(s < 0, {at_s})", "even"),
        step("either", "arithmetic", at_s, "value_if", "even_if"),
        step("at_t", "apply", at_s.replace("cos(s)", "cos(t/sqrt(p))").replace("s**2", "(t/sqrt(p))**2"), "either",
             put={"s": "t/sqrt(p)"}),
        step("goal", "certificate", goal, "at_t", "low", terms=[["at_t"]]),
    ]  # fmt: skip
    hyps = {"low": "0 < p", "high": f"p <= {most}"}
    return Proof(Statement(goal, hyps, inhabited={"p": "1/4", "t": "1"}), steps)
