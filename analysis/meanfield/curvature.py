"""The second derivative of the predictor under the Gibbs density, by moving the ends of the arc where a unit is active.

With alpha = arctan s a unit is active at s where -alpha < phi < pi - alpha, so that up to a factor the predictor is
s U(s) + V(s), U and V the integrals of g cos/(lambda^2 - g^2)^2 and g sin/(lambda^2 - g^2)^2 over that arc.  Its slope
is U, as the contributions of the ends cancel, and the slope of U is read off at the ends: there g is P/sqrt(1 + s^2)
and Q/sqrt(1 + s^2), P(s) = sum_i r_i (x_i - s)_+ and Q(s) = sum_i r_i (s - x_i)_+.  Derived in this project.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import DECLARE, Steps

LO, HI, END = "-atan(s)", "pi - atan(s)", "-atan(s) + 2*pi"
LET = {
    "g(phi)": "Sum(i, 1, M, r(i)*relu(x(i)*cos(phi) + sin(phi)))",
    "arc(phi)": "relu(s*cos(phi) + sin(phi))",
    "h(phi)": "g(phi)/(lam**2 - g(phi)**2)**2",
    "Fs": "Int(phi,0,2*pi,g(phi)*arc(phi)/(lam**2 - g(phi)**2)**2)",
    "U": f"Int(phi,{LO},{HI},h(phi)*cos(phi))",
    "V": f"Int(phi,{LO},{HI},h(phi)*sin(phi))",
    "P": "Sum(i, 1, M, r(i)*relu(x(i) - s))",
    "Q": "Sum(i, 1, M, r(i)*relu(s - x(i)))",
}
HYPS = {"inside": "All(phi, g(phi)**2 < lam**2)"}
INHABITED = {"lam": "2", "M": "0"}
_BODY = "g(phi)*arc(phi)/(lam**2 - g(phi)**2)**2"


def _gap(name: str, at: str) -> Steps:
    return [
        step(f"{name}'", "apply", f"g({at})**2 < lam**2", "inside", at={"phi": at}),
        step(name, "sign", f"0 < lam**2 - g({at})**2", f"{name}'"),
    ]


def _period() -> Steps:
    """The integrand has period 2 pi, so that the circle may start at -arctan s (step "shift")."""
    term = "r(i)*relu(x(i)*cos(phi) + sin(phi))"
    return [
        step("cospi", "apply", "cos(pi) == -1", "axiom:cosine-at-pi"),
        step("sinpi", "apply", "sin(pi) == 0", "axiom:sine-at-pi"),
        step("c2'", "apply", "cos(2*pi) == cos(pi)*cos(pi) - sin(pi)*sin(pi)", "axiom:cosine-of-sum",
             put={"s": "pi", "t": "pi"}),
        step("s2'", "apply", "sin(2*pi) == sin(pi)*cos(pi) + cos(pi)*sin(pi)", "axiom:sine-of-sum",
             put={"s": "pi", "t": "pi"}),
        step("c2", "apply", "cos(phi + 2*pi) == cos(phi)*cos(2*pi) - sin(phi)*sin(2*pi)", "axiom:cosine-of-sum",
             put={"s": "phi", "t": "2*pi"}),
        step("s2", "apply", "sin(phi + 2*pi) == sin(phi)*cos(2*pi) + cos(phi)*sin(2*pi)", "axiom:sine-of-sum",
             put={"s": "phi", "t": "2*pi"}),
        step("c2.", "identity", "cos(phi + 2*pi) == cos(phi)", "c2", "c2'", "s2'", "cospi", "sinpi"),
        step("s2.", "identity", "sin(phi + 2*pi) == sin(phi)", "s2", "c2'", "s2'", "cospi", "sinpi"),
        step("term", "identity", f"{term.replace('phi', 'phi + 2*pi')} == {term}", "c2.", "s2."),
        step("g2", "congruence", "g(phi + 2*pi) == g(phi)", "term"),
        *_gap("gap", "phi"),
        *_gap("gap2", "phi + 2*pi"),
        step("per", "identity", f"{_BODY.replace('phi', 'phi + 2*pi')} == {_BODY}", "g2", "c2.", "s2.", "gap", "gap2"),
        step("per.", "generalize", f"All(phi, {_BODY.replace('phi', 'phi + 2*pi')} == {_BODY})", "per"),
        step("shift", "apply", f"Int(phi,{LO},{END},{_BODY}) == Fs", "axiom:period", "per.",
             put={"a": LO, "T": "2*pi"}, symbols={"f(x)": _BODY.replace("phi", "x")}),
    ]  # fmt: skip


def _angles() -> Steps:
    """sin and cos of arctan s, and s cos(phi) + sin(phi) = sqrt(1 + s^2) sin(phi + arctan s) (steps "ca", "sa",
    "sum")."""
    return [
        step("ca", "apply", "cos(atan(s)) == 1/sqrt(1 + s**2)", "axiom:cosine-of-arctangent", put={"t": "s"}),
        step("sa", "apply", "sin(atan(s)) == s/sqrt(1 + s**2)", "axiom:sine-of-arctangent", put={"t": "s"}),
        step("sum", "apply", "sin(phi + atan(s)) == sin(phi)*cos(atan(s)) + cos(phi)*sin(atan(s))", "axiom:sine-of-sum",
             put={"s": "phi", "t": "atan(s)"}),
    ]  # fmt: skip


def _active() -> Steps:
    """On the first half of the circle the unit is active and its part of the integral is s U + V (step "on.")."""
    linear = "s*(h(phi)*cos(phi)) + h(phi)*sin(phi)"
    apart = f"s*Int(phi,{LO},{HI},p(phi)) + Int(phi,{LO},{HI},q(phi))"
    return [
        step("on1", "assume", f"{LO} < phi"),
        step("on2", "assume", f"phi < {HI}"),
        step("on1'", "certificate", "0 < phi + atan(s)", "on1", terms=[["on1"]]),
        step("on2'", "certificate", "phi + atan(s) < pi", "on2", terms=[["on2"]]),
        step("on>", "apply", "0 < sin(phi + atan(s))", "axiom:sine-positive", "on1'", "on2'",
             put={"t": "phi + atan(s)"}),
        step("on+", "certificate", "0 < s*cos(phi) + sin(phi)", "on>", "sum", "ca", "sa", terms=[["on>"]],
             times="1/sqrt(1 + s**2)", prose="The unit is active,"),
        step("on=", "arithmetic", "arc(phi) == s*cos(phi) + sin(phi)", "on+"),
        step("onb", "identity", f"{_BODY} == {linear}", "on="),
        step("on", "congruence", f"Int(phi,{LO},{HI},{_BODY}) == Int(phi,{LO},{HI},{linear})", "onb", "order1"),
        step("Cc", "continuous", f"Cont(phi,{LO},{HI},h(phi)*cos(phi))", "gap"),
        step("Cs", "continuous", f"Cont(phi,{LO},{HI},h(phi)*sin(phi))", "gap"),
        step("Cp", "assume", f"Cont(phi,{LO},{HI},p(phi))"),
        step("Cq", "assume", f"Cont(phi,{LO},{HI},q(phi))"),
        step("pq", "linear", f"Int(phi,{LO},{HI},s*p(phi) + q(phi)) == {apart}", "Cp", "Cq"),
        step("lin", "apply", f"Int(phi,{LO},{HI},{linear}) == s*U + V", "pq", "Cc", "Cs",
             symbols={"p(phi)": "h(phi)*cos(phi)", "q(phi)": "h(phi)*sin(phi)"}),
        step("on.", "identity", f"Int(phi,{LO},{HI},{_BODY}) == s*U + V", "on", "lin", combine={"on": "1", "lin": "1"}),
    ]  # fmt: skip


def _idle() -> Steps:
    """On the second half the unit is idle (step "off.")."""
    less = "phi + atan(s) - pi"
    return [
        step("off1", "assume", f"{HI} < phi"),
        step("off2", "assume", f"phi < {END}"),
        step("off1'", "certificate", f"0 < {less}", "off1", terms=[["off1"]]),
        step("off2'", "certificate", f"{less} < pi", "off2", terms=[["off2"]]),
        step("off>", "apply", f"0 < sin({less})", "axiom:sine-positive", "off1'", "off2'", put={"t": less}),
        step("less", "apply", f"sin({less}) == sin(phi + atan(s))*cos(-pi) + cos(phi + atan(s))*sin(-pi)",
             "axiom:sine-of-sum", put={"s": "phi + atan(s)", "t": "-pi"}),
        step("off-", "certificate", "s*cos(phi) + sin(phi) < 0", "off>", "less", "cospi", "sinpi", "sum", "ca", "sa",
             terms=[["off>"]], times="1/sqrt(1 + s**2)", prose="or it is idle."),
        step("off=", "arithmetic", "arc(phi) == 0", "off-"),
        step("offb", "identity", f"{_BODY} == 0", "off="),
        step("off", "congruence", f"Int(phi,{HI},{END},{_BODY}) == Int(phi,{HI},{END},0)", "offb", "order2"),
        step("off.", "identity", f"Int(phi,{HI},{END},{_BODY}) == 0", "off", combine={"off": "1"}),
    ]  # fmt: skip


def build_arc(sign: str = "+") -> Proof:
    """Return the proof that the integral of g (s cos + sin)_+/(lambda^2 - g^2)^2 over the circle is s U(s) + V(s).

    Arguments:
        sign: sign of V.

    Example:
        >>> build_arc().statement.goal
        'Fs == s*U + V'
    """
    goal = f"Fs == s*U {sign} V"
    parts = f"Int(phi,{LO},{HI},{_BODY}) + Int(phi,{HI},{END},{_BODY})"
    steps = [
        *_period(),
        step("order1", "sign", f"{LO} <= {HI}"),
        step("order2", "sign", f"{HI} <= {END}"),
        step("C", "continuous", f"Cont(phi,{LO},{END},{_BODY})", "gap"),
        step("split", "apply", f"Int(phi,{LO},{END},{_BODY}) == {parts}",
             "axiom:additivity", "order1", "order2", "C", put={"a": LO, "b": HI, "c": END},
             symbols={"f(x)": _BODY.replace("phi", "x")}, prose="Split the circle where the unit switches."),
        *_angles(),
        *_active(),
        *_idle(),
        step("end", "identity", goal, "shift", "split", "on.", "off.",
             combine={"shift": "-1", "split": "1", "on.": "1", "off.": "1"}),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, LET, INHABITED), steps)


def _ends() -> Steps:
    """Values of sine and cosine at the ends of the active arc, where |g| is below lambda too."""
    return [
        step("cospi", "apply", "cos(pi) == -1", "axiom:cosine-at-pi"),
        step("sinpi", "apply", "sin(pi) == 0", "axiom:sine-at-pi"),
        *[s for s in _angles() if s["id"] != "sum"],
        step("ch'", "apply", f"cos({HI}) == cos(pi)*cos(-atan(s)) - sin(pi)*sin(-atan(s))", "axiom:cosine-of-sum",
             put={"s": "pi", "t": "-atan(s)"}),
        step("sh'", "apply", f"sin({HI}) == sin(pi)*cos(-atan(s)) + cos(pi)*sin(-atan(s))", "axiom:sine-of-sum",
             put={"s": "pi", "t": "-atan(s)"}),
        step("ch", "identity", f"cos({HI}) == -1/sqrt(1 + s**2)", "ch'", "cospi", "sinpi", "ca"),
        step("sh", "identity", f"sin({HI}) == s/sqrt(1 + s**2)", "sh'", "cospi", "sinpi", "sa"),
        *_gap("gaplo", LO),
        *_gap("gaphi", HI),
    ]  # fmt: skip


def build_slope(slope: str = "U") -> Proof:
    """Return the proof that the slope of s U(s) + V(s) is U(s): what the moving ends contribute cancels.

    Arguments:
        slope: the slope.

    Example:
        >>> build_slope().statement.goal
        'HasDeriv(s, s*U + V, U)'
    """
    goal = f"HasDeriv(s, s*U + V, {slope})"
    steps = [
        *_ends(),
        *_gap("gap", "phi"),
        step("Cc", "continuous", "Cont(phi,-oo,oo,h(phi)*cos(phi))", "gap"),
        step("Cs", "continuous", "Cont(phi,-oo,oo,h(phi)*sin(phi))", "gap"),
        step("end", "derivative", goal, "Cc", "Cs", "ch", "sh", "ca", "sa", "gaplo", "gaphi"),
    ]
    return Proof(Statement(goal, HYPS, DECLARE, LET, INHABITED), steps)


def _values(name: str, at: str, side: str, unit: str) -> Steps:
    """g at one end of the active arc is P or Q over sqrt(1 + s^2)."""
    angles = ("ca", "sa") if at == LO else ("ch", "sh")
    inner = f"relu(x(i)*cos({at}) + sin({at}))"
    return [
        step(f"{name}1", "identity", f"{inner} == relu(1/sqrt(1 + s**2)*({unit}))", *angles),
        step(f"{name}2", "apply", f"relu(1/sqrt(1 + s**2)*({unit})) == 1/sqrt(1 + s**2)*relu({unit})", "homog", "k0",
             put={"k": "1/sqrt(1 + s**2)", "t": unit}),
        step(f"{name}3", "identity", f"r(i)*{inner} == 1/sqrt(1 + s**2)*(r(i)*relu({unit}))", f"{name}1", f"{name}2",
             combine={f"{name}1": "r(i)", f"{name}2": "r(i)"}),
        step(f"{name}4", "congruence", f"g({at}) == Sum(i, 1, M, 1/sqrt(1 + s**2)*(r(i)*relu({unit})))", f"{name}3"),
        step(name, "identity", f"g({at}) == {side}/sqrt(1 + s**2)", f"{name}4"),
        step(f"{name}>'", "certificate", f"0 < lam**2 - {side}**2/(1 + s**2)", f"gap{name}",
             name, terms=[[f"gap{name}"]]),
        step(f"{name}>", "certificate", f"0 < lam**2*(1 + s**2) - {side}**2", f"{name}>'", terms=[[f"{name}>'"]],
             times="1/(1 + s**2)"),
    ]  # fmt: skip


def roof() -> Steps:
    """P and Q stay below lambda sqrt(1 + s^2), by the values of g at the ends of the active arc (steps "lo>",
    "hi>")."""
    return [
        *_ends(),
        step("k", "assume", "0 <= k"),
        step("homog", "arithmetic", "relu(k*t) == k*relu(t)", "k"),
        step("k0", "sign", "0 <= 1/sqrt(1 + s**2)"),
        *_values("lo", LO, "P", "x(i) - s"),
        *_values("hi", HI, "Q", "s - x(i)"),
    ]


def _at_end(name: str, at: str, side: str) -> Steps:
    value = f"{side}*sqrt(1 + s**2)*(1 + s**2)/(lam**2*(1 + s**2) - {side}**2)**2"
    return [step(f"{name}h", "identity", f"h({at}) == {value}", name, f"gap{name}", f"{name}>'", f"{name}>")]


def build_curvature(first: str = "P", second: str = "Q") -> Proof:
    """Return the proof that the slope of U(s) is the sum over S = P, Q of S/(lambda^2 (1 + s^2) - S^2)^2.

    Arguments:
        first: numerator of the part of units facing right.
        second: numerator of the part of units facing left.

    Example:
        >>> build_curvature().statement.goal[:14]
        'HasDeriv(s, U,'
    """
    value = f"{first}/(lam**2*(1 + s**2) - P**2)**2 + {second}/(lam**2*(1 + s**2) - Q**2)**2"
    goal = f"HasDeriv(s, U, {value})"
    factor = "1/(sqrt(1 + s**2)*(1 + s**2))"
    at_ends = f"(h({LO}) + h({HI}))*{factor}"
    steps = [
        *roof(),
        *_gap("gap", "phi"),
        step("Cc", "continuous", "Cont(phi,-oo,oo,h(phi)*cos(phi))", "gap"),
        step("d", "derivative", f"HasDeriv(s, U, {at_ends})", "Cc", "ch", "ca", "gaplo", "gaphi",
             prose="The two ends move with speed -1/(1 + s^2)."),
        *_at_end("lo", LO, "P"),
        *_at_end("hi", HI, "Q"),
        step("end", "derivative", goal, "d", "loh", "hih", "gaplo", "gaphi", "lo>", "hi>",
             combine={"loh": factor, "hih": factor}),
    ]  # fmt: skip
    return Proof(Statement(goal, HYPS, DECLARE, LET, INHABITED), steps)
