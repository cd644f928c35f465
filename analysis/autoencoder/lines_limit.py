"""How fast the risk of equispaced lines falls to what the plane allows."""

from __future__ import annotations

from typing import Any

from ..integrals import integral
from ..kernel.derivation import Statement
from ..proof import Proof, step


def build_sine_bounds(cubic: str = "1/6") -> Proof:
    """Return the derivation of x - x^3/6 <= sin x <= x for x >= 0.

    Integrate cos <= 1, then sin u <= u, then cos u >= 1 - u^2/2 from 0 to x. Derived in this project.

    Arguments:
        cubic: knob of the mutant, the factor of x^3.

    Returns:
        The derivation.

    Example:
        >>> build_sine_bounds().statement.goal
        'x - 1/6*x**3 <= sin(x) and sin(x) <= x'
    """
    goal = f"x - {cubic}*x**3 <= sin(x) and sin(x) <= x"

    def compare(name: str, low: str, high: str, *uses: str) -> dict[str, Any]:
        return step(name, "monotone", f"Int(u, 0, x, {low}) <= Int(u, 0, x, {high})", *uses, "x_lo")

    steps = [
        *integral("cosines", "u", "0", "x", "sin(u)", "cos(u)", "sin(x)", "x_lo"),
        *integral("ones", "u", "0", "x", "u", "1", "x", "x_lo"),
        *integral("sines", "u", "0", "x", "-cos(u)", "sin(u)", "1 - cos(x)", "x_lo"),
        *integral("lines", "u", "0", "x", "u**2/2", "u", "x**2/2", "x_lo"),
        *integral("parabolas", "u", "0", "x", "u - u**3/6", "1 - u**2/2", "x - x**3/6", "x_lo"),
        step("cosine", "certificate", "cos(u) <= 1", terms=[["c:1/2", "sq:cos(u) - 1"], ["c:1/2", "sq:sin(u)"]]),
        compare("first", "cos(u)", "1", "cosine", "cosines_continuous", "ones_continuous"),
        step("sine", "certificate", "sin(x) <= x", "first", "cosines", "ones", terms=[["first"]],
             combine={"cosines": "1", "ones": "-1"}),
        step("u_lo", "assume", "0 <= u"),
        step("sine_if", "discharge", "Imp(0 <= x, sin(x) <= x)", "sine"),
        step("sine_u", "apply", "sin(u) <= u", "sine_if", "u_lo", put={"x": "u"}),
        compare("second", "sin(u)", "u", "sine_u", "sines_continuous", "lines_continuous"),
        step("versine", "certificate", "1 - x**2/2 <= cos(x)", "second", "sines", "lines", terms=[["second"]],
             combine={"sines": "1", "lines": "-1"}),
        step("versine_if", "discharge", "Imp(0 <= x, 1 - x**2/2 <= cos(x))", "versine"),
        step("versine_u", "apply", "1 - u**2/2 <= cos(u)", "versine_if", "u_lo", put={"x": "u"}),
        compare("third", "1 - u**2/2", "cos(u)", "versine_u", "cosines_continuous", "parabolas_continuous"),
        step("cube", "certificate", f"x - {cubic}*x**3 <= sin(x)", "third", "cosines", "parabolas", terms=[["third"]],
             combine={"cosines": "-1", "parabolas": "1"}),
        step("goal", "sign", goal, "cube", "sine"),
    ]  # fmt: skip
    return Proof(Statement(goal, {"x_lo": "0 <= x"}, inhabited={"x": "1"}), steps)


def build_lines_limit(rate: str = "pi**3/(48*n**2)") -> Proof:
    """Return the derivation: the risk of n equispaced lines exceeds its limit 1 - pi/4 by at most pi^3/(48 n^2).

    x - x^3/6 <= sin x <= x at x = pi/(2n) in the value of `ae.d2-lines`. The limit is what no number of units in the
    plane gets below (`ae.bound-sphere`). Derived in this project.

    Arguments:
        rate: knob of the mutant, the excess.

    Returns:
        The derivation.

    Example:
        >>> build_lines_limit().statement.goal.split(" and ")[0]
        '1 - pi/4 <= 1 - n**2*sin(pi/(2*n))**2/pi'
    """
    value, angle = "1 - n**2*sin(pi/(2*n))**2/pi", "(pi/(2*n))"
    goal = f"1 - pi/4 <= {value} and {value} <= 1 - pi/4 + {rate}"
    steps = [
        step("n", "certificate", "0 < n", "units", terms=[["units"], ["c:1"]]),
        step("angle", "sign", f"0 < {angle}", "n"),
        step("angle_lo", "sign", f"0 <= {angle}", "n"),
        step("angle_hi", "certificate", f"{angle} <= pi/2", "units", "n", times="n", terms=[["c:pi/2", "units"]]),
        step("sine", "apply", f"{angle} - 1/6*{angle}**3 <= sin{angle} and sin{angle} <= {angle}",
             "claim:ae.sine-bounds", "angle_lo", put={"x": angle}),
        step("sine_lo", "sign", f"{angle} - 1/6*{angle}**3 <= sin{angle}", "sine"),
        step("sine_hi", "sign", f"sin{angle} <= {angle}", "sine"),
        # for any numbers x = pi/(2n) and s = sin x
        step("x", "assume", "0 < x"),
        step("x_hi", "assume", "x <= pi/2"),
        step("s_lo", "assume", "x - 1/6*x**3 <= s"),
        step("s_hi", "assume", "s <= x"),
        step("short", "arithmetic", "x**2 <= 6", "x", "x_hi"),
        step("s_sign", "certificate", "0 <= s", "s_lo", "short", "x", terms=[["s_lo"], ["c:1/6", "short", "x"]]),
        step("square_hi", "certificate", "s**2 <= x**2", "s_hi", "s_sign", "x", terms=[["s_hi", "s_sign"],
             ["s_hi", "x"]]),
        step("square_lo", "certificate", "x**2 - x**4/3 <= s**2", "s_lo", "s_sign", "short", "x",
             terms=[["s_lo", "s_sign"], ["s_lo", "short", "c:x/6"], ["c:1/36", "sq:x**3"]]),
        step("squares", "sign", "x**2 - x**4/3 <= s**2 and s**2 <= x**2", "square_lo", "square_hi"),
        step("squares_if", "discharge",
             "Imp(0 < x, x <= pi/2, x - 1/6*x**3 <= s, s <= x, x**2 - x**4/3 <= s**2 and s**2 <= x**2)", "squares"),
        step("at_n", "apply", f"{angle}**2 - {angle}**4/3 <= sin{angle}**2 and sin{angle}**2 <= {angle}**2",
             "squares_if", "angle", "angle_hi", "sine_lo", "sine_hi", put={"x": angle, "s": f"sin{angle}"}),
        step("at_n_lo", "sign", f"{angle}**2 - {angle}**4/3 <= sin{angle}**2", "at_n"),
        step("at_n_hi", "sign", f"sin{angle}**2 <= {angle}**2", "at_n"),
        step("above", "certificate", f"1 - pi/4 <= {value}", "at_n_hi", "n", terms=[["c:n**2/pi", "at_n_hi"]]),
        step("below", "certificate", f"{value} <= 1 - pi/4 + {rate}", "at_n_lo", "n", terms=[["c:n**2/pi", "at_n_lo"]]),
        step("goal", "sign", goal, "above", "below"),
    ]  # fmt: skip
    return Proof(Statement(goal, {"units": "1 <= n"}, declare="n:N", inhabited={"n": "1"}), steps)
