"""How fast the tied flow ends: the spectrum of the Gram matrix and an exponential rate."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

_SPECTRUM = {"L": "-Sum(i, 1, n, log(lam(i)))", "S": "Sum(i, 1, n, (lam(i) - 1)**2)"}
_POSITIVE, _LOWEST = (f"All(i, Imp(1 <= i, i <= n, {low} lam(i)))" for low in ("0 <", "m <="))
#: Two rows at 60 degrees.
_TWO = {"n": "2", "lam(i)": "delta(i, 1)/2 + delta(i, 2)*3/2"}


def build_log_parabola(factor: str = "1/(2*m)") -> Proof:
    """Return the derivation of x - 1 - log x <= (x - 1)^2/(2m) for x >= m, 0 < m <= 1.

    (1/m - 1/u)(u - 1) = 1/u - 1 + (u - 1)/m has the sign of u - 1 for u >= m; integrate from 1 to x. Derived in this
    project.

    Arguments:
        factor: knob of the mutant, the factor of the square.

    Returns:
        The derivation.

    Example:
        >>> build_log_parabola().statement.goal
        'x - 1 - log(x) <= 1/(2*m)*(x - 1)**2'
    """
    goal = f"x - 1 - log(x) <= {factor}*(x - 1)**2"
    line = "1 - (u - 1)/m"

    def case(name: str, lo: str, hi: str) -> list[dict[str, Any]]:
        order = f"{lo} <= {hi}"
        smaller, larger = (line, "1/u") if name == "above" else ("1/u", line)
        primitive = "u - (u - 1)**2/(2*m)"

        def at(text: str) -> str:
            return f"({text.replace('u', hi)}) - ({text.replace('u', lo)})"

        low, high = f"{name}_lo", f"{name}_hi"
        return [
            step(name, "assume", order),
            step(low, "assume", f"{lo} <= u"),
            *([step(high, "assume", f"u <= {hi}")] if name == "below" else []),
            step(f"{name}_m", "arithmetic", "m <= u", low, "m_hi", "x_lo", name),
            step(f"{name}_u", "arithmetic", "0 < u", f"{name}_m", "m"),
            step(f"{name}_log", "derivative", "HasDeriv(u, log(u), 1/u)", f"{name}_u"),
            step(f"{name}_logs", "continuous", f"Cont(u, {lo}, {hi}, log(u))", f"{name}_u"),
            step(f"{name}_inverse", "continuous", f"Cont(u, {lo}, {hi}, 1/u)", f"{name}_u"),
            step(f"{name}_area", "fundamental-theorem", f"Int(u, {lo}, {hi}, 1/u) == {at('log(u)')}", f"{name}_log",
                 f"{name}_logs", f"{name}_inverse", name, F="log(u)"),
            step(f"{name}_slope", "derivative", f"HasDeriv(u, {primitive}, {line})", "m"),
            step(f"{name}_square", "continuous", f"Cont(u, {lo}, {hi}, {primitive})", "m"),
            step(f"{name}_line", "continuous", f"Cont(u, {lo}, {hi}, {line})", "m"),
            step(f"{name}_parabola", "fundamental-theorem", f"Int(u, {lo}, {hi}, {line}) == {at(primitive)}",
                 f"{name}_slope", f"{name}_square", f"{name}_line", name, F=primitive),
            step(f"{name}_sign", "certificate", f"{smaller} <= {larger}", f"{name}_m", f"{name}_u", "m",
                 low if name == "above" else high, times="m*u",
                 terms=[[f"{name}_m", low if name == "above" else high]]),
            step(f"{name}_compare", "monotone", f"Int(u, {lo}, {hi}, {smaller}) <= Int(u, {lo}, {hi}, {larger})",
                 f"{name}_sign", f"{name}_inverse", f"{name}_line", name),
            step(f"{name}_value", "certificate", goal, f"{name}_compare", f"{name}_area", f"{name}_parabola", "m",
                 "one", terms=[[f"{name}_compare"]],
                 combine={f"{name}_area": "1" if name == "below" else "-1",
                          f"{name}_parabola": "-1" if name == "below" else "1",
                          "one": "1"}),
            step(f"{name}_if", "discharge", f"Imp({order}, {goal})", f"{name}_value"),
        ]  # fmt: skip

    steps = [
        step("one", "identity", "log(1) == 0"),
        *case("above", "1", "x"),
        *case("below", "x", "1"),
        step("goal", "arithmetic", goal, "above_if", "below_if"),
    ]
    hyps = {"m": "0 < m", "m_hi": "m <= 1", "x_lo": "m <= x"}
    return Proof(Statement(goal, hyps, inhabited={"m": "1/2", "x": "2"}), steps)


def build_least_eigenvalue(shift: str = "1") -> Proof:
    """Return the derivation of lam_e >= exp(-1 - L), L = -log det G, for every eigenvalue of a Gram matrix.

    The rows are unit vectors: L = -sum_i log lam_i and Tr G = n; log x <= x - 1 for the other eigenvalues. Derived in
    this project.

    Arguments:
        shift: knob of the mutant, the number 1 in the exponent.

    Returns:
        The derivation.

    Example:
        >>> build_least_eigenvalue().statement.goal
        'Imp(1 <= e, e <= n, exp(-1 - L) <= lam(e))'
    """
    low = f"-{shift} - L"
    goal = f"Imp(1 <= e, e <= n, exp({low}) <= lam(e))"
    others = "(1 - delta(i, e))"
    steps = [
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("lam_i", "apply", "0 < lam(i)", "positive", "i_lo", "i_hi", at={"i": "i"}),
        step("inverse", "apply", "exp(log(lam(i))) == lam(i)", "axiom:logarithm", "lam_i", put={"t": "lam(i)"}),
        step("tangent", "apply", "1 + log(lam(i)) <= exp(log(lam(i)))", "axiom:exponential-tangent",
             put={"t": "log(lam(i))"}),
        step("other", "arithmetic", f"0 <= {others}"),
        step("other_i", "certificate", f"{others}*log(lam(i)) <= {others}*(lam(i) - 1)", "tangent", "inverse", "other",
             terms=[["other", "tangent"]], combine={"inverse": f"-{others}"}),
        step("others", "monotone", f"Sum(i, 1, n, {others}*log(lam(i))) <= Sum(i, 1, n, {others}*(lam(i) - 1))",
             "other_i"),
        step("e_lo", "assume", "1 <= e"),
        step("e_hi", "assume", "e <= n"),
        step("pick_log", "sums", "Sum(i, 1, n, delta(i, e)*log(lam(i))) == log(lam(e))", "e_lo", "e_hi", kind="delta",
             index="e", rest="log(lam(i))"),
        step("pick_lam", "sums", "Sum(i, 1, n, delta(i, e)*(lam(i) - 1)) == lam(e) - 1", "e_lo", "e_hi", kind="delta",
             index="e", rest="lam(i) - 1"),
        step("lam_e", "apply", "0 < lam(e)", "positive", "e_lo", "e_hi", at={"i": "e"}),
        step("n_lo", "sign", "0 <= n"),
        step("log_e", "certificate", f"{low} <= log(lam(e))", "others", "pick_log", "pick_lam", "trace", "lam_e",
             "n_lo", terms=[["others"], ["lam_e"]], combine={"pick_log": "-1", "pick_lam": "1", "trace": "-1"},
             prose="log x <= x - 1 for all the others, and Tr G = n."),
        step("inverse_e", "apply", "exp(log(lam(e))) == lam(e)", "axiom:logarithm", "lam_e", put={"t": "lam(e)"}),
        step("ratio", "apply", f"1 + (log(lam(e)) - ({low})) <= exp(log(lam(e)) - ({low}))",
             "axiom:exponential-tangent", put={"t": f"log(lam(e)) - ({low})"}),
        step("scale", "sign", f"0 < exp({low})"),
        step("least", "certificate", f"exp({low}) <= lam(e)", "ratio", "log_e", "scale", "inverse_e",
             terms=[["scale", "ratio"], ["scale", "log_e"]], combine={"inverse_e": "-1"}),
        step("goal", "discharge", goal, "least"),
    ]  # fmt: skip
    hyps = {"positive": _POSITIVE, "trace": "Sum(i, 1, n, lam(i)) == n"}
    example = {**_TWO, "e": "1"}
    return Proof(Statement(goal, hyps, declare="i,e:Z n:N", let=_SPECTRUM, inhabited=example), steps)


def build_spectral_gap(factor: str = "2") -> Proof:
    """Return the derivation of 2 m L <= |G - I|^2 where m > 0 is at most every eigenvalue of the Gram matrix.

    L = -log det G = -sum_i log lam_i, |G - I|^2 = sum_i (lam_i - 1)^2 and Tr G = n; `ae.log-parabola` for every
    eigenvalue. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor 2.

    Returns:
        The derivation.

    Example:
        >>> build_spectral_gap().statement.goal
        '2*m*L <= S'
    """
    goal = f"{factor}*m*L <= S"
    steps = [
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("low_i", "apply", "m <= lam(i)", "lowest", "i_lo", "i_hi", at={"i": "i"}),
        step("lowest_n", "monotone", "Sum(i, 1, n, m) <= Sum(i, 1, n, lam(i))", "low_i"),
        step("n", "certificate", "0 < n", "units", terms=[["units"], ["c:1"]]),
        step("m_hi", "certificate", "m <= 1", "lowest_n", "trace", "n", times="n", terms=[["lowest_n"]],
             combine={"trace": "-1"}),
        step("parabola", "apply", "lam(i) - 1 - log(lam(i)) <= 1/(2*m)*(lam(i) - 1)**2", "claim:ae.log-parabola", "m",
             "m_hi", "low_i", put={"x": "lam(i)"}),
        step("scaled", "certificate", "2*m*(lam(i) - 1 - log(lam(i))) <= (lam(i) - 1)**2", "parabola", "m",
             terms=[["c:2*m", "parabola"]]),
        step("sum", "monotone", "Sum(i, 1, n, 2*m*(lam(i) - 1 - log(lam(i)))) <= S", "scaled"),
        step("goal", "certificate", goal, "sum", "trace", "n", terms=[["sum"]], combine={"trace": "2*m"}),
    ]  # fmt: skip
    hyps = {"units": "1 <= n", "trace": "Sum(i, 1, n, lam(i)) == n", "m": "0 < m", "lowest": _LOWEST}
    return Proof(Statement(goal, hyps, declare="i:Z n:N", let=_SPECTRUM, inhabited={**_TWO, "m": "1/2"}), steps)


#: The flow at every time t >= 0: its spectrum, and how fast L falls (`ae.tied-logdet`, `ae.tied-ge`).
_FLOW_LET = {"L(t)": "-Sum(i, 1, n, log(lam(t, i)))", "S(t)": "Sum(i, 1, n, (lam(t, i) - 1)**2)"}
_FLOW = {
    "units": "1 <= n",
    "kappa": "0 <= kappa",
    "time": "0 <= T",
    "trace": "All(t, Imp(0 <= t, Sum(i, 1, n, lam(t, i)) == n))",
    "derivative": "All(t, Imp(0 < t, HasDeriv(t, L(t), -D(t))))",
    "continuous_L": "All(s, Cont(t, 0, s, L(t)))",
    "continuous_D": "All(s, Cont(t, 0, s, D(t)))",
    "decay": "All(t, Imp(0 <= t, 4*kappa*S(t) <= D(t)))",
}
#: A flow that stands still, since kappa is 0.
STILL = {"n": "2", "kappa": "0", "T": "1", "lam(t,i)": "3/2 - delta(i, 1)", "D(t)": "0"}


def still_steps() -> list[dict[str, Any]]:
    """Return the steps that show the hypotheses of the flow for :data:`STILL`."""
    value = f"-Sum(i, 1, 2, log({STILL['lam(t,i)']}))"
    found = []
    for name, low in (("positive", "0 <"), ("lowest", "1/2 <=")):
        entry = f"{low} {STILL['lam(t,i)']}"
        within = f"Imp(0 <= t, 1 <= i, i <= 2, {entry})"
        found += [
            {"for": name, **step(f"{name}_1", "arithmetic", entry)},
            {"for": name, **step(f"{name}_2", "discharge", within, f"{name}_1")},
            {"for": name, **step(f"{name}_3", "generalize", f"All(t, All(i, {within}))", f"{name}_2")},
        ]
    slope, smooth, none = f"HasDeriv(t, {value}, -0)", f"Cont(t, 0, s, {value})", "Cont(t, 0, s, 0)"
    return [
        *found,
        {"for": "derivative", **step("slope", "derivative", slope)},
        {"for": "derivative", **step("slope_if", "discharge", f"Imp(0 < t, {slope})", "slope")},
        {"for": "derivative", **step("slopes", "generalize", f"All(t, Imp(0 < t, {slope}))", "slope_if")},
        {"for": "continuous_L", **step("smooth", "continuous", smooth)},
        {"for": "continuous_L", **step("smooths", "generalize", f"All(s, {smooth})", "smooth")},
        {"for": "continuous_D", **step("none", "continuous", none)},
        {"for": "continuous_D", **step("nones", "generalize", f"All(s, {none})", "none")},
    ]


def build_tied_rate(start: str = "L(0)") -> Proof:
    """Return the derivation of L(T) <= L(0) exp(-8 kappa m T) while every eigenvalue of G is at least m > 0.

    L = -log det G falls at least as fast as 4 kappa |G - I|^2 (`ae.tied-logdet`, `ae.tied-ge`), which is at least
    8 kappa m L (`ae.tied-gap`); so exp(8 kappa m t) L(t) does not grow. As G tends to I, m tends to 1: the eventual
    rate is at least 8 kappa. Derived in this project.

    Arguments:
        start: knob of the mutant, the value at time 0.

    Returns:
        The derivation.

    Example:
        >>> build_tied_rate().statement.goal
        'L(T) <= L(0)*exp(-8*kappa*m*T)'
    """
    goal = f"L(T) <= {start}*exp(-8*kappa*m*T)"
    growth = "exp(8*kappa*m*t)*(8*kappa*m*L(t) - D(t))"
    steps = [
        step("t_lo", "assume", "0 <= t"),
        step("trace_t", "apply", "Sum(i, 1, n, lam(t, i)) == n", "trace", "t_lo", at={"t": "t"}),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("low_ti", "apply", "m <= lam(t, i)", "lowest", "t_lo", "i_lo", "i_hi", at={"t": "t", "i": "i"}),
        step("low_if", "discharge", "Imp(1 <= i, i <= n, m <= lam(t, i))", "low_ti"),
        step("low_t", "generalize", "All(i, Imp(1 <= i, i <= n, m <= lam(t, i)))", "low_if"),
        step("gap", "apply", "2*m*L(t) <= S(t)", "claim:ae.tied-gap", "units", "trace_t", "m", "low_t",
             symbols={"lam(i)": "lam(t, i)"}),
        step("decay_t", "apply", "4*kappa*S(t) <= D(t)", "decay", "t_lo", at={"t": "t"}),
        step("scale", "sign", "0 < exp(8*kappa*m*t)"),
        step("falls", "certificate", f"{growth} <= 0", "gap", "decay_t", "kappa", "scale",
             terms=[["scale", "decay_t"], ["c:4*kappa", "scale", "gap"]]),
        step("t_in", "assume", "0 < t"),
        step("slope_L", "apply", "HasDeriv(t, L(t), -D(t))", "derivative", "t_in", at={"t": "t"}),
        step("slope", "derivative", f"HasDeriv(t, exp(8*kappa*m*t)*L(t), {growth})", "slope_L"),
        step("cont_L", "apply", "Cont(t, 0, T, L(t))", "continuous_L", at={"s": "T"}),
        step("cont_D", "apply", "Cont(t, 0, T, D(t))", "continuous_D", at={"s": "T"}),
        step("cont", "continuous", "Cont(t, 0, T, exp(8*kappa*m*t)*L(t))", "cont_L"),
        step("cont_growth", "continuous", f"Cont(t, 0, T, {growth})", "cont_L", "cont_D"),
        step("area", "fundamental-theorem", f"Int(t, 0, T, {growth}) == exp(8*kappa*m*T)*L(T) - L(0)", "slope", "cont",
             "cont_growth", "time", F="exp(8*kappa*m*t)*L(t)"),
        step("total", "monotone", f"Int(t, 0, T, {growth}) <= 0", "falls", "cont_growth", "time"),
        step("shrink", "sign", "0 < exp(-8*kappa*m*T)"),
        step("goal", "certificate", goal, "total", "area", "shrink", terms=[["shrink", "total"]],
             combine={"area": "exp(-8*kappa*m*T)"}),
    ]  # fmt: skip
    lowest = "All(t, All(i, Imp(0 <= t, 1 <= i, i <= n, m <= lam(t, i))))"
    hyps = {**_FLOW, "m": "0 < m", "lowest": lowest}
    return Proof(Statement(goal, hyps, declare="i:Z n:N", let=_FLOW_LET, inhabited={**STILL, "m": "1/2"},
                           inhabited_steps=still_steps()), steps)  # fmt: skip


def build_tied_exponential(start: str = "L(0)") -> Proof:
    """Return the derivation of L(T) <= L(0) exp(-8 kappa exp(-1 - L(0)) T) along the tied flow.

    From any full-rank start: L does not grow, so that every eigenvalue stays at least exp(-1 - L(0)) (`ae.tied-least`);
    then `ae.tied-rate`. Derived in this project.

    Arguments:
        start: knob of the mutant, the value at time 0.

    Returns:
        The derivation.

    Example:
        >>> build_tied_exponential().statement.goal
        'L(T) <= L(0)*exp(-8*kappa*exp(-1 - L(0))*T)'
    """
    least = "exp(-1 - L(0))"
    goal = f"L(T) <= {start}*exp(-8*kappa*{least}*T)"
    steps = [
        # L does not grow
        step("t_lo", "assume", "0 <= t"),
        step("u_lo", "assume", "0 <= u"),
        step("square", "sign", "0 <= (lam(u, i) - 1)**2"),
        step("squares", "monotone", "0 <= S(u)", "square"),
        step("decay_u", "apply", "4*kappa*S(u) <= D(u)", "decay", "u_lo", at={"t": "u"}),
        step("falls", "certificate", "-D(u) <= 0", "decay_u", "squares", "kappa",
             terms=[["decay_u"], ["c:4*kappa", "squares"]]),
        step("u_in", "assume", "0 < u"),
        step("slope", "apply", "HasDeriv(u, L(u), -D(u))", "derivative", "u_in", at={"t": "u"}),
        step("cont_L", "apply", "Cont(u, 0, t, L(u))", "continuous_L", at={"s": "t"}),
        step("cont_D", "apply", "Cont(u, 0, t, D(u))", "continuous_D", at={"s": "t"}),
        step("cont_mD", "continuous", "Cont(u, 0, t, -D(u))", "cont_D"),
        step("area", "fundamental-theorem", "Int(u, 0, t, -D(u)) == L(t) - L(0)", "slope", "cont_L", "cont_mD", "t_lo",
             F="L(u)"),
        step("total", "monotone", "Int(u, 0, t, -D(u)) <= 0", "falls", "cont_mD", "t_lo"),
        step("before", "certificate", "L(t) <= L(0)", "total", "area", terms=[["total"]], combine={"area": "1"}),
        # and so no eigenvalue comes close to 0
        step("e_lo", "assume", "1 <= e"),
        step("e_hi", "assume", "e <= n"),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("positive_ti", "apply", "0 < lam(t, i)", "positive", "t_lo", "i_lo", "i_hi", at={"t": "t", "i": "i"}),
        step("positive_if", "discharge", "Imp(1 <= i, i <= n, 0 < lam(t, i))", "positive_ti"),
        step("positive_t", "generalize", "All(i, Imp(1 <= i, i <= n, 0 < lam(t, i)))", "positive_if"),
        step("trace_t", "apply", "Sum(i, 1, n, lam(t, i)) == n", "trace", "t_lo", at={"t": "t"}),
        step("least_t", "apply", "exp(-1 - L(t)) <= lam(t, e)", "claim:ae.tied-least", "positive_t", "trace_t", "e_lo",
             "e_hi", symbols={"lam(i)": "lam(t, i)"}),
        step("ratio", "apply", "1 + (L(0) - L(t)) <= exp(L(0) - L(t))", "axiom:exponential-tangent",
             put={"t": "L(0) - L(t)"}),
        step("scale", "sign", f"0 < {least}"),
        step("least_te", "certificate", f"{least} <= lam(t, e)", "least_t", "ratio", "before", "scale",
             terms=[["least_t"], ["scale", "ratio"], ["scale", "before"]]),
        step("least_if", "discharge", f"Imp(0 <= t, 1 <= e, e <= n, {least} <= lam(t, e))", "least_te"),
        step("lowest", "generalize", f"All(t, All(e, Imp(0 <= t, 1 <= e, e <= n, {least} <= lam(t, e))))", "least_if"),
        step("goal", "apply", goal, "claim:ae.tied-rate", *_FLOW, "scale", "lowest", put={"m": least}),
    ]  # fmt: skip
    hyps = {**_FLOW, "positive": "All(t, All(i, Imp(0 <= t, 1 <= i, i <= n, 0 < lam(t, i))))"}
    return Proof(Statement(goal, hyps, declare="i,e:Z n:N", let=_FLOW_LET, inhabited=STILL,
                           inhabited_steps=still_steps()), steps)  # fmt: skip
