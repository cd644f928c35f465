"""Equispaced lines are the best sign code of their number in the plane."""

from __future__ import annotations

from typing import Any

from ..integrals import integral
from ..kernel.derivation import Statement
from ..proof import Proof, step
from .plane_risk import ONE_LINE, PLANE_CODE, PLANE_HYPS, one_line_steps
from .setting import DECLARE


def build_sine_tangent(slope: str = "cos(a)") -> Proof:
    """Return the derivation of sin b <= sin a + cos a (b - a) for a and b from 0 to pi.

    The sine is concave there: the cosine falls, since the sine is not negative; integrate from a to b. Derived in this
    project.

    Arguments:
        slope: knob of the mutant, the slope of the line.

    Returns:
        The derivation.

    Example:
        >>> build_sine_tangent().statement.goal
        'sin(b) <= sin(a) + cos(a)*(b - a)'
    """
    goal = f"sin(b) <= sin(a) + {slope}*(b - a)"
    falls = "Imp(0 <= s, s <= t, t <= pi, cos(t) <= cos(s))"
    steps = [
        # the cosine falls from 0 to pi
        step("s_lo", "assume", "0 <= s"),
        step("order", "assume", "s <= t"),
        step("t_hi", "assume", "t <= pi"),
        step("v_lo", "assume", "s <= v"),
        step("v_hi", "assume", "v <= t"),
        step("v_sign", "certificate", "0 <= v", "s_lo", "v_lo", terms=[["s_lo"], ["v_lo"]]),
        step("v_pi", "certificate", "v <= pi", "v_hi", "t_hi", terms=[["v_hi"], ["t_hi"]]),
        step("sine", "apply", "0 <= sin(v)", "axiom:sine-nonnegative", "v_sign", "v_pi", put={"t": "v"}),
        *integral("sines", "v", "s", "t", "-cos(v)", "sin(v)", "cos(s) - cos(t)", "order"),
        step("area", "monotone", "0 <= Int(v, s, t, sin(v))", "sine", "sines_continuous", "order"),
        step("fall", "certificate", "cos(t) <= cos(s)", "area", "sines", terms=[["area"]], combine={"sines": "-1"}),
        step("falls", "discharge", falls, "fall"),
    ]
    for name, lo, hi in (("right", "a", "b"), ("left", "b", "a")):
        low, high = ("cos(u)", "cos(a)") if name == "right" else ("cos(a)", "cos(u)")
        ends = ("a_lo", f"{name}_lo") if name == "right" else ("b_lo", f"{name}_lo")
        first, second = ("a", "u") if name == "right" else ("u", "a")
        steps += [
            step(name, "assume", f"{lo} <= {hi}"),
            step(f"{name}_lo", "assume", f"{lo} <= u"),
            step(f"{name}_hi", "assume", f"u <= {hi}"),
            *([step(f"{name}_top", "certificate", "u <= pi", f"{name}_hi", "b_hi", terms=[[f"{name}_hi"], ["b_hi"]])]
              if name == "right" else
              [step(f"{name}_bottom", "certificate", "0 <= u", *ends, terms=[[e] for e in ends])]),
            step(f"{name}_fall", "apply", f"cos({second}) <= cos({first})", "falls",
                 *(("a_lo", f"{name}_lo", f"{name}_top") if name == "right"
                   else (f"{name}_bottom", f"{name}_hi", "a_hi")), put={"s": first, "t": second}),
            *integral(f"{name}_cosines", "u", lo, hi, "sin(u)", "cos(u)", f"sin({hi}) - sin({lo})", name),
            *integral(f"{name}_line", "u", lo, hi, "cos(a)*u", "cos(a)", f"cos(a)*({hi} - {lo})", name),
            step(f"{name}_compare", "monotone", f"Int(u, {lo}, {hi}, {low}) <= Int(u, {lo}, {hi}, {high})",
                 f"{name}_fall", f"{name}_cosines_continuous", f"{name}_line_continuous", name),
            step(f"{name}_value", "certificate", goal, f"{name}_compare", f"{name}_cosines", f"{name}_line",
                 terms=[[f"{name}_compare"]],
                 combine={f"{name}_cosines": "1" if name == "right" else "-1",
                          f"{name}_line": "-1" if name == "right" else "1"}),
            step(f"{name}_if", "discharge", f"Imp({lo} <= {hi}, {goal})", f"{name}_value"),
        ]  # fmt: skip
    steps.append(step("goal", "arithmetic", goal, "right_if", "left_if"))
    hyps = {"a_lo": "0 <= a", "a_hi": "a <= pi", "b_lo": "0 <= b", "b_hi": "b <= pi"}
    return Proof(Statement(goal, hyps, inhabited={"a": "1", "b": "2"}), steps)


_GAIN = "(1 - cos({x}))/{x}"
_SLOPE = "(sin({y})/{y} - (1 - cos({y}))/{y}**2)"


def build_gain_tangent(slope: str = _SLOPE) -> Proof:
    """Return the derivation: (1 - cos x)/x is concave, below its tangents, for angles x from 0 to pi.

    (1 - cos x)/x is the integral of sin(x s) over s from 0 to 1, and each of these sines is below its tangent
    (`ae.sine-tangent`). Derived in this project.

    Arguments:
        slope: knob of the mutant, the slope of the tangent at y.

    Returns:
        The derivation.

    Example:
        >>> build_gain_tangent().statement.goal.startswith("(1 - cos(x))/x <= (1 - cos(y))/y + ")
        True
    """
    gain = _GAIN.format
    goal = f"{gain(x='x')} <= {gain(x='y')} + {slope.format(y='y')}*(x - y)"
    line = "sin(y*s) + (x - y)*(s*cos(y*s))"
    both = "s*sin(y*s)/y + cos(y*s)/y**2"
    steps = [
        step("zero_one", "sign", "0 <= 1"),
        step("s_lo", "assume", "0 <= s"),
        step("s_hi", "assume", "s <= 1"),
        *(step(f"{v}_lo", "certificate", f"0 <= {v}*s", v, "s_lo", terms=[[v, "s_lo"]]) for v in "xy"),
        *(step(f"{v}_top", "certificate", f"{v}*s <= pi", v, f"{v}_hi", "s_hi", terms=[[f"{v}_hi"], [v, "s_hi"]])
          for v in "xy"),
        step("tangent", "apply", "sin(x*s) <= sin(y*s) + cos(y*s)*(x*s - y*s)", "claim:ae.sine-tangent", "y_lo",
             "y_top", "x_lo", "x_top", put={"a": "y*s", "b": "x*s"}),
        step("below", "certificate", f"sin(x*s) <= {line}", "tangent", terms=[["tangent"]]),
        *integral("sines", "s", "0", "1", "-cos(x*s)/x", "sin(x*s)", gain(x="x"), "zero_one", "x"),
        *integral("others", "s", "0", "1", f"-cos(y*s)/y + (x - y)*({both})", line,
                   f"{gain(x='y')} + (x - y)*{_SLOPE.format(y='y')}", "zero_one", "y"),
        step("compare", "monotone", f"Int(s, 0, 1, sin(x*s)) <= Int(s, 0, 1, {line})", "below", "sines_continuous",
             "others_continuous", "zero_one"),
        step("goal", "certificate", goal, "compare", "sines", "others", "y", terms=[["compare"]],
             combine={"sines": "1", "others": "-1"}),
    ]  # fmt: skip
    hyps = {"x": "0 < x", "x_hi": "x <= pi", "y": "0 < y", "y_hi": "y <= pi"}
    return Proof(Statement(goal, hyps, inhabited={"x": "1", "y": "2"}), steps)


def build_plane_best(square: str = "sin(pi/(2*n))**2") -> Proof:
    """Return the derivation of R >= 1 - n^2 sin^2(pi/2n)/pi for every code of n sign units in the plane.

    With angles t_i between neighbouring lines the least risk is 1 - 1/2 sum_i (1 - cos t_i)/t_i (`ae.plane-risk`), the
    t_i add up to pi, and the gain is concave (`ae.gain-tangent`): equal angles are best, and `ae.d2-lines` is their
    risk. Derived in this project.

    Arguments:
        square: knob of the mutant, the square of the sine.

    Returns:
        The derivation.

    Example:
        >>> build_plane_best().statement.goal
        '1 - n**2*sin(pi/(2*n))**2/pi <= risk'
    """
    goal = f"1 - n**2*{square}/pi <= risk"
    gain, slope = _GAIN.format, _SLOPE.format(y="(pi/n)")
    total = "Sum(i, 1, n, (1 - cos(gap(i)))/gap(i))"
    line = f"{gain(x='(pi/n)')} + {slope}*(gap(i) - pi/n)"
    angles = "Sum(i, 1, {m}, gap(i)) == th({m} + 1) - th(1)"
    steps = [
        step("exact", "apply", f"1 - 1/2*{total} <= risk and best_risk == 1 - 1/2*{total}", "claim:ae.plane-risk",
             *PLANE_HYPS),
        step("low", "sign", f"1 - 1/2*{total} <= risk", "exact"),
        # there is at least one line, and the angles add up to half a turn
        step("turn_i", "apply", "th(i + n) == th(i) + pi", "turn", at={"i": "i"}),
        step("n", "certificate", "0 < n", "units", terms=[["units"], ["c:1"]]),
        step("angle", "sign", "0 < pi/n", "n"),
        step("angle_hi", "certificate", "pi/n <= pi", "units", "n", times="n", terms=[["c:pi", "units"]]),
        step("gap_i", "apply", "th(i) < th(i + 1)", "order", at={"i": "i"}),
        step("gap", "certificate", "0 < gap(i)", "gap_i", terms=[["gap_i"]]),
        step("others", "certificate", "0 <= n - 1", "units", terms=[["units"]]),
        step("within", "apply", "th(i + 1) <= th(i + 1 + (n - 1))", "claim:ae.in-order", "order", "others",
             put={"i": "i + 1", "p": "n - 1"}),
        step("gap_hi", "certificate", "gap(i) <= pi", "within", "turn_i", terms=[["within"]], combine={"turn_i": "-1"}),
        step("tangent", "apply", f"(1 - cos(gap(i)))/gap(i) <= {line}", "claim:ae.gain-tangent", "gap", "gap_hi",
             "angle", "angle_hi", put={"x": "gap(i)", "y": "pi/n"}),
        step("tangents", "monotone", f"{total} <= Sum(i, 1, n, {line})", "tangent"),
        step("angles_0", "identity", angles.format(m="0")),
        step("angles_p", "assume", angles.format(m="p")),
        step("p_lo", "sign", "0 <= p"),
        step("p_next", "certificate", "1 <= p + 1", "p_lo", terms=[["p_lo"]]),
        step("last", "sums", "Sum(i, 1, p + 1, gap(i)) == Sum(i, 1, p + 1 - 1, gap(i)) + gap(p + 1)", "p_next",
             kind="last"),
        step("angles_next", "identity", angles.format(m="(p + 1)"), "last", "angles_p",
             combine={"last": "1", "angles_p": "1"}),
        step("angles", "induction", angles.format(m="p"), "angles_0", "angles_next", on="p", base="0"),
        step("angles_n", "apply", angles.format(m="n"), "angles", put={"p": "n"}),
        step("turn_1", "apply", "th(1 + n) == th(1) + pi", "turn", at={"i": "1"}),
        step("double", "apply", "cos(pi/(2*n) + pi/(2*n)) == "
             "cos(pi/(2*n))*cos(pi/(2*n)) - sin(pi/(2*n))*sin(pi/(2*n))", "axiom:cosine-of-sum",
             put={"s": "pi/(2*n)", "t": "pi/(2*n)"}),
        step("versine", "identity", "1 - cos(pi/n) == 2*sin(pi/(2*n))**2", "double", "n", combine={"double": "-1"}),
        step("most", "identity", f"Sum(i, 1, n, {line}) == 2*n**2*sin(pi/(2*n))**2/pi", "angles_n", "turn_1", "versine",
             "n", combine={"angles_n": slope, "turn_1": slope, "versine": "n**2/pi"}),
        step("goal", "certificate", goal, "low", "tangents", "most", "n", terms=[["low"], ["c:1/2", "tangents"]],
             combine={"most": "-1/2"}),
    ]  # fmt: skip
    hyps = {"units": "1 <= n", **PLANE_HYPS}
    return Proof(
        Statement(goal, hyps, DECLARE, PLANE_CODE, inhabited=ONE_LINE, inhabited_steps=one_line_steps()), steps
    )


def build_plane_critical(square: str = "sin(pi/(2*n))**2") -> Proof:
    """Return the derivation: n sign units in the plane of which no line gains from turning have the best risk.

    The gradient of the least risk (`ae.plane-risk`) in the direction of the i-th line is half the difference of g' at
    the angles on either side of it, g(x) = (1 - cos x)/x; where all vanish, g' is the same number q at every angle. As
    g is concave, n g(pi/n) <= sum_i g(t_i) + q sum_i (pi/n - t_i), and the last sum is 0. So gradient methods with the
    best decoder meet no other stationary code. Derived in this project.

    Arguments:
        square: knob of the mutant, the square of the sine.

    Returns:
        The derivation.

    Example:
        >>> build_plane_critical().statement.goal
        '1 - n**2*sin(pi/(2*n))**2/pi <= risk and best_risk == 1 - n**2*sin(pi/(2*n))**2/pi'
    """
    value = f"1 - n**2*{square}/pi"
    gain, total = _GAIN.format, "Sum(i, 1, n, (1 - cos(gap(i)))/gap(i))"
    line = "(1 - cos(gap(i)))/gap(i) + q*(pi/n - gap(i))"
    best = {s["id"]: s for s in build_plane_best().steps}
    shared = ("turn_i", "n", "angle", "angle_hi", "gap_i", "gap", "others", "within", "gap_hi", "angles_0", "angles_p",
              "p_lo", "p_next", "last", "angles_next", "angles", "angles_n", "turn_1", "double", "versine")  # fmt: skip
    steps = [
        step("exact", "apply", f"1 - 1/2*{total} <= risk and best_risk == 1 - 1/2*{total}", "claim:ae.plane-risk",
             *PLANE_HYPS),
        step("attained", "sign", f"best_risk == 1 - 1/2*{total}", "exact"),
        *(best[name] for name in shared),
        step("slope_i", "apply", f"{_SLOPE.format(y='gap(i)')} == q", "critical", at={"i": "i"}),
        step("tangent", "apply",
             f"{gain(x='(pi/n)')} <= (1 - cos(gap(i)))/gap(i) + {_SLOPE.format(y='gap(i)')}*(pi/n - gap(i))",
             "claim:ae.gain-tangent", "angle", "angle_hi", "gap", "gap_hi", put={"x": "pi/n", "y": "gap(i)"}),
        step("tangent_c", "certificate", f"{gain(x='(pi/n)')} <= {line}", "tangent", "slope_i", terms=[["tangent"]],
             combine={"slope_i": "-(pi/n - gap(i))"}),
        step("tangents", "monotone", f"Sum(i, 1, n, {gain(x='(pi/n)')}) <= Sum(i, 1, n, {line})", "tangent_c"),
        step("sum", "identity", f"Sum(i, 1, n, {line}) == {total}", "angles_n", "turn_1", "n",
             combine={"angles_n": "-q", "turn_1": "-q"}),
        step("high", "certificate", f"best_risk <= {value}", "tangents", "attained", "sum", "versine", "n",
             terms=[["c:1/2", "tangents"]],
             combine={"attained": "-1", "sum": "-1/2", "versine": "n**2/(2*pi)"}),
        *(step(name, "apply", f"1 - n**2*sin(pi/(2*n))**2/pi <= {code}", "claim:ae.d2-opt", "units", *PLANE_HYPS,
               symbols={"A(k,i)": decoder})
          for name, code, decoder in (("low", "best_risk", "S(k, i)"), ("least", "risk", "A(k, i)"))),
        step("x_lo", "assume", "y <= x"),
        step("x_hi", "assume", "x <= y"),
        step("x_is", "arithmetic", "x == y", "x_lo", "x_hi"),
        step("x_if", "discharge", "Imp(y <= x, x <= y, x == y)", "x_is"),
        step("equal", "apply", f"best_risk == {value}", "x_if", "low", "high", put={"x": "best_risk", "y": value}),
        step("goal", "sign", f"{value} <= risk and best_risk == {value}", "least", "equal"),
    ]  # fmt: skip
    hyps = {"units": "1 <= n", **PLANE_HYPS, "critical": f"All(i, {_SLOPE.format(y='gap(i)')} == q)"}
    example = {**ONE_LINE, "q": "-2/pi**2"}
    return Proof(
        Statement(f"{value} <= risk and best_risk == {value}", hyps, DECLARE, PLANE_CODE, inhabited=example,
                  inhabited_steps=[*one_line_steps(), *critical_steps()]), steps
    )  # fmt: skip


def critical_steps() -> list[dict[str, Any]]:
    """Return the steps that show the same slope at every angle of one line: half a turn each."""
    slope = f"{_SLOPE.format(y='(pi*(i + 1) - pi*i)')} == -2/pi**2"
    found = [
        step("cosine", "apply", "cos(pi) == -1", "axiom:cosine-at-pi"),
        step("sine", "apply", "sin(pi) == 0", "axiom:sine-at-pi"),
        step("slope", "identity", slope, "cosine", "sine"),
        step("slopes", "generalize", f"All(i, {slope})", "slope"),
    ]
    return [{"for": "critical", **s} for s in found]
