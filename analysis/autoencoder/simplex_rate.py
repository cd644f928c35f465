"""How fast regular simplices of sign units approach the rate bound."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step

_LET = {
    "risk(d)": "1 - (1 + 1/d)/(pi/2 + asin(1/d))",
    "bound(d)": "1 - (1 + 1/d)/(1 + 1/d + pi/2 - 1)",
    "scaled(d)": "d**3*(risk(d) - bound(d))",
}


def build_simplex_rate(law: str = "2/(3*pi**2)") -> Proof:
    """Return the derivation of d^3 (R - bound) -> 2/(3 pi^2) for regular simplices of d + 1 sign units, with rates.

    R = 1 - r/(pi/2 + arcsin(1/d)) by `ae.simplex`, the bound is 1 - r/(r + pi/2 - 1) with r = 1 + 1/d, and for every
    d >= 1 the product lies between 2/(3 pi^2) (1 - 2/(5d)) and 2/(3 pi^2) (1 + (3 pi - 7)/d^2). With x = 1/d the gap is
    (1 + x) (arcsin x - x)/((pi/2 + x) (pi/2 + arcsin x)). Derived in this project.

    Arguments:
        law: knob of the mutant, the limit.

    Returns:
        The derivation.

    Example:
        >>> build_simplex_rate().statement.goal.split(" and ")[-1]
        'Lim(t, scaled(t + 1), law)'
    """
    within = "law*(1 - 2/(5*d)) <= scaled(d) and scaled(d) <= law*(1 + (3*pi - 7)/d**2)"
    limit = "Lim(t, scaled(t + 1), law)"
    gap = "(1 + x)*(s - x)/((pi/2 + x)*(pi/2 + s))"
    above, below = "x + x**3/6 <= s", "s <= x + x**3/6 + (pi/2 - 7/6)*x**5"
    upper, lower = f"{gap} <= law*x**3*(1 + (3*pi - 7)*x**2)", f"law*x**3*(1 - 2/5*x) <= {gap}"
    gap_d = gap.replace("x", "(1/d)").replace("s ", "asin(1/d) ").replace("+ s)", "+ asin(1/d))")
    error = "law*(3*pi - 7)*(1/t)"
    steps = [
        # for x = 1/d and s = arcsin x
        step("x_lo", "assume", "0 < x"),
        step("x_hi", "assume", "x <= 1"),
        step("s_lo", "assume", above),
        step("s_hi", "assume", below),
        step("s_above", "certificate", "x <= s", "s_lo", "x_lo", terms=[["s_lo"], ["c:x**3/6"]]),
        step("wide", "sign", "0 < pi/2 + x", "x_lo"),
        step("s", "certificate", "0 < s", "s_above", "x_lo", terms=[["s_above"], ["x_lo"]]),
        step("wider", "sign", "0 < pi/2 + s", "s"),
        step("pi_lo", "arithmetic", "0 <= 3*pi - 7"),
        step("square", "arithmetic", "pi**2/2*(1 + x) <= 2*(pi/2 + x)**2", "x_lo", "x_hi"),
        step(
            "over",
            "certificate",
            "3*pi**2*(1 + x)*(s - x) <= 2*x**3*(1 + (3*pi - 7)*x**2)*(pi/2 + x)*(pi/2 + s)",
            "square",
            "s_hi",
            "s_above",
            "x_lo",
            "wide",
            "pi_lo",
            terms=[
                ["c:x**3", "square"],
                ["c:x**5", "pi_lo", "square"],
                ["c:2*x**3", "wide", "s_above"],
                ["c:2*x**5", "pi_lo", "wide", "s_above"],
                ["c:3*pi**2*(1 + x)", "s_hi"],
            ],
        ),
        step(
            "under",
            "arithmetic",
            "2*x**3*(1 - 2/5*x)*(pi/2 + x)*(pi/2 + s) <= 3*pi**2*(1 + x)*(s - x)",
            "x_lo",
            "x_hi",
            "s_lo",
        ),
        *(step(name, "certificate", goal, use, "x_lo", "s", "wide", "wider", times="3*pi**2*(pi/2 + x)*(pi/2 + s)",
               terms=[[use]]) for name, goal, use in (("upper", upper, "over"), ("lower", lower, "under"))),
        step("both", "sign", f"{lower} and {upper}", "lower", "upper"),
        step("for_x", "discharge", f"Imp(0 < x, x <= 1, {above}, {below}, {lower} and {upper})", "both"),
        # at x = 1/d
        step("d", "certificate", "0 < d", "d_lo", terms=[["d_lo"], ["c:1"]]),
        step("x", "sign", "0 < 1/d", "d"),
        step("x_sign", "sign", "0 <= 1/d", "d"),
        step("x_top", "certificate", "1/d <= 1", "d_lo", "d", times="d", terms=[["d_lo"]]),
        step("arcsine", "apply",
             "1/d + (1/d)**3/6 <= asin(1/d) and asin(1/d) <= 1/d + (1/d)**3/6 + (pi/2 - 7/6)*(1/d)**5",
             "claim:ae.arcsine-bounds", "x_sign", "x_top", put={"x": "1/d"}),
        step("above", "sign", "1/d + (1/d)**3/6 <= asin(1/d)", "arcsine"),
        step("below", "sign", "asin(1/d) <= 1/d + (1/d)**3/6 + (pi/2 - 7/6)*(1/d)**5", "arcsine"),
        step("at_d", "apply",
             f"law*(1/d)**3*(1 - 2/5*(1/d)) <= {gap_d} and {gap_d} <= law*(1/d)**3*(1 + (3*pi - 7)*(1/d)**2)",
             "for_x", "x", "x_top", "above", "below", put={"x": "1/d", "s": "asin(1/d)"}),
        step("at_d_lo", "sign", f"law*(1/d)**3*(1 - 2/5*(1/d)) <= {gap_d}", "at_d"),
        step("at_d_hi", "sign", f"{gap_d} <= law*(1/d)**3*(1 + (3*pi - 7)*(1/d)**2)", "at_d"),
        step("angle", "certificate", "0 < pi/2 + asin(1/d)", "above", "x", terms=[["above"], ["c:(1/d)**3/6"], ["x"],
             ["c:pi/2"]]),
        step("difference", "identity", f"risk(d) - bound(d) == {gap_d}", "d", "angle",
             prose="The difference of the two fractions."),
        step("low_d", "certificate", "law*(1 - 2/(5*d)) <= scaled(d)", "at_d_lo", "d", "difference",
             terms=[["c:d**3", "at_d_lo"]], combine={"difference": "d**3"}),
        step("high_d", "certificate", "scaled(d) <= law*(1 + (3*pi - 7)/d**2)", "at_d_hi", "d", "difference",
             terms=[["c:d**3", "at_d_hi"]], combine={"difference": "-d**3"}),
        step("within", "sign", within, "low_d", "high_d"),
        step("within_if", "discharge", f"Imp(1 <= d, {within})", "within"),
        step("rates", "generalize", f"All(d, Imp(1 <= d, {within}))", "within_if"),
        # the limit
        step("t_lo", "assume", "0 < t"),
        step("t_d", "certificate", "1 <= t + 1", "t_lo", terms=[["t_lo"]]),
        step("within_t", "apply", within.replace("d)", "(t + 1))").replace("/d**2", "/(t + 1)**2"), "rates", "t_d",
             at={"d": "t + 1"}),
        step("y_lo", "assume", "law*(1 - 2/(5*(t + 1))) <= y"),
        step("y_hi", "assume", "y <= law*(1 + (3*pi - 7)/(t + 1)**2)"),
        step("near", "arithmetic", f"abs(y - law) <= {error}", "y_lo", "y_hi", "t_lo"),
        step("near_if", "discharge",
             "Imp(law*(1 - 2/(5*(t + 1))) <= y, y <= law*(1 + (3*pi - 7)/(t + 1)**2), "
             f"abs(y - law) <= {error})", "near"),
        step("y_lo_t", "sign", "law*(1 - 2/(5*(t + 1))) <= scaled(t + 1)", "within_t"),
        step("y_hi_t", "sign", "scaled(t + 1) <= law*(1 + (3*pi - 7)/(t + 1)**2)", "within_t"),
        step("near_t", "apply", f"abs(scaled(t + 1) - law) <= {error}", "near_if", "y_lo_t", "y_hi_t",
             put={"y": "scaled(t + 1)"}),
        step("near_pos", "discharge", f"Imp(0 < t, abs(scaled(t + 1) - law) <= {error})", "near_t"),
        step("nears", "generalize", f"All(t, Imp(0 < t, abs(scaled(t + 1) - law) <= {error}))", "near_pos"),
        step("vanishes", "limit", f"Lim(t, {error}, 0)"),
        step("limit", "apply", limit, "axiom:squeeze", "vanishes", "nears",
             symbols={"f(t)": "scaled(t + 1)", "h(t)": error}, put={"l": "law"}),
        step("goal", "sign", f"{within} and {limit}", "within", "limit"),
    ]  # fmt: skip
    return Proof(
        Statement(f"{within} and {limit}", {"d_lo": "1 <= d"}, inhabited={"d": "1"}, let={"law": law, **_LET}), steps
    )
