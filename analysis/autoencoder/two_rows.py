"""Two rows of sign units: the flow with the best decoder always spreads them."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import LET

_A = "asin(x)"
_R = "sqrt(1 + asin(x)**2)"
_C = "sqrt(1 - x**2)"
#: Half of what drives the logarithm of the Gram determinant of two rows with the inner product x.
_SPREAD = f"((1 + x)/(pi/2 + {_A})**2 - (1 - x)/(pi/2 - {_A})**2)/{_C} - {{part}}*(1/(pi/2 + {_A}) - 1/(pi/2 - {_A}))"


def _at(text: str, x: str) -> str:
    """The text with another correlation in place of x."""
    for sign in "+-":
        text = text.replace(f"1 {sign} x", f"1 {sign} {x}")
    return text.replace("asin(x)", f"asin({x})")


def _factors(x: str) -> list[dict[str, Any]]:
    """Return the steps to the signs of 1 + x, 1 - x, 1 - x^2 and their roots from -1 < x ("above"), x < 1 ("below")."""
    return [
        step("plus", "certificate", f"0 < 1 + {x}", "above", terms=[["above"]]),
        step("minus", "certificate", f"0 < 1 - {x}", "below", terms=[["below"]]),
        step("product", "certificate", f"0 < 1 - {x}**2", "plus", "minus", terms=[["plus", "minus"]]),
        step("c_positive", "sign", f"0 < sqrt(1 - {x}**2)", "product"),
        step("low_root", "sign", f"0 < sqrt(1 - {x})", "minus"),
        step("high_root", "sign", f"0 < sqrt(1 + {x})", "plus"),
    ]


def _roots(x: str) -> list[dict[str, Any]]:
    """Return the steps after :func:`_factors` to sqrt(1 - x^2) = sqrt(1 - x) sqrt(1 + x) ("roots")."""
    return [
        step("m_r", "assume", "0 < r"),
        step("m_y", "assume", "0 < y"),
        step("m_z", "assume", "0 < z"),
        step("m_square", "assume", "r**2 == y**2*z**2"),
        step("m_root", "arithmetic", "r == y*z", "m_r", "m_y", "m_z", "m_square"),
        step("m_if", "discharge", "Imp(0 < r, 0 < y, 0 < z, r**2 == y**2*z**2, r == y*z)", "m_root"),
        step("squares", "identity", f"sqrt(1 - {x}**2)**2 == sqrt(1 - {x})**2*sqrt(1 + {x})**2",
             "plus", "minus", "product"),
        step("roots", "apply", f"sqrt(1 - {x}**2) == sqrt(1 - {x})*sqrt(1 + {x})", "m_if",
             "c_positive", "low_root", "high_root", "squares",
             put={"r": f"sqrt(1 - {x}**2)", "y": f"sqrt(1 - {x})", "z": f"sqrt(1 + {x})"}),
    ]  # fmt: skip


def build_arccosine(chord: str = "sqrt(1 - t**2)") -> Proof:
    """Return the derivation of sqrt(1 - t^2) <= pi/2 - arcsin(t) for -1 < t <= 1: the half chord is below the arc.

    arcsin(x) + sqrt(1 - x^2) has the slope sqrt(1 - x)/sqrt(1 + x) >= 0 and the value pi/2 at 1. Derived in this
    project.

    Arguments:
        chord: knob of the mutant, what is below the arc.

    Returns:
        The derivation.

    Example:
        >>> build_arccosine().statement.goal
        'sqrt(1 - t**2) <= pi/2 - asin(t)'
    """
    goal = f"{chord} <= pi/2 - asin(t)"
    primitive, slope = f"{_A} + {_C}", "sqrt(1 - x)/sqrt(1 + x)"
    steps = [
        step("from", "assume", "t <= x"),
        step("to", "assume", "x <= 1"),
        step("below", "assume", "x < 1"),
        step("above", "arithmetic", "-1 < x", "from", "low"),
        *_factors("x"),
        *_roots("x"),
        step("deriv", "derivative", f"HasDeriv(x, {primitive}, {slope})", "roots", "above", "below", "plus", "minus",
             "product"),
        step("continuous", "continuous", f"Cont(x, t, 1, {primitive})", "above", "to"),
        step("divisor", "arithmetic", "sqrt(1 + x) != 0", "high_root"),
        step("slope_continuous", "continuous", f"Cont(x, t, 1, {slope})", "divisor"),
        step("integral", "fundamental-theorem", f"Int(x, t, 1, {slope}) == asin(1) - asin(t) - sqrt(1 - t**2)", "deriv",
             "continuous", "slope_continuous", "high", F=primitive),
        step("slope_sign", "sign", f"0 <= {slope}", "plus"),
        step("rises", "monotone", f"0 <= Int(x, t, 1, {slope})", "slope_sign", "slope_continuous", "high"),
        step("quarter", "apply", "asin(1) == pi/2", "axiom:arcsine-at-one"),
        step("goal", "certificate", goal, "rises", "integral", "quarter", terms=[["rises"]],
             combine={"integral": "-1", "quarter": "-1"}),
    ]  # fmt: skip
    return Proof(Statement(goal, {"low": "-1 < t", "high": "t <= 1"}, inhabited={"t": "0"}), steps)


def _angles(x: str) -> list[dict[str, Any]]:
    """Return the steps to the signs of arcsin(x), pi/2 - arcsin(x) and sqrt(1 + arcsin(x)^2) from 0 <= x ("x_low")."""
    a, r = _at(_A, x), _at(_R, x)
    series = f"Series(k, 0, fact(2*k)/(4**k*fact(k)**2*(2*k + 1))*{x}**(2*k + 1))"
    return [
        step("above", "arithmetic", f"-1 < {x}", "x_low"),
        *_factors(x),
        step("least", "arithmetic", f"-1 <= {x}", "above"),
        step("most", "arithmetic", f"{x} <= 1", "below"),
        step("arc", "apply", f"sqrt(1 - {x}**2) <= pi/2 - {a}", "claim:ae.arccosine", "above", "most", put={"t": x}),
        step("near", "arithmetic", f"0 < pi/2 - {a}", "arc", "c_positive"),
        step("arcsine", "apply", f"{a} == {series}", "axiom:arcsine-series", "least", "most", put={"t": x}),
        step("terms", "sign", f"0 <= {series}", "x_low"),
        step("a_sign", "certificate", f"0 <= {a}", "terms", "arcsine", terms=[["terms"]], combine={"arcsine": "1"}),
        step("far", "sign", f"0 < pi/2 + {a}", "a_sign"),
        step("r_argument", "sign", f"0 < 1 + {a}**2"),
        step("r_positive", "sign", f"0 < {r}", "r_argument"),
        step("r_square", "identity", f"{r}**2 == 1 + {a}**2", "r_argument"),
    ]


def build_angle_ratio(lead: str = "asin(x)") -> Proof:
    """Return the derivation of (q + a) sqrt(1 - x) < (a + sqrt(1 + a^2)) (q - a) sqrt(1 + x), a = arcsin(x), q = pi/2.

    The logarithm of the ratio of the two sides is 0 at 0 and rises: its slope times sqrt(1 - x^2) is
    1/sqrt(1 + a^2) - 1/(q + a) > 0 plus 1/sqrt(1 - x^2) - 1/(q - a) >= 0 (`ae.arccosine`). 0 < x < 1. Derived in this
    project.

    Arguments:
        lead: knob of the mutant, the first a on the right.

    Returns:
        The derivation.

    Example:
        >>> build_angle_ratio().statement.hyps["high"]
        'g < 1'
    """
    parts = {
        "wide": f"{lead} + {_R}", "far": f"pi/2 + {_A}", "near": f"pi/2 - {_A}",
        "low_root": "sqrt(1 - x)", "high_root": "sqrt(1 + x)",
    }  # fmt: skip
    logs = " ".join(f"{'-' if name in ('far', 'low_root') else '+'} log({part})" for name, part in parts.items())
    logs, slack = logs.removeprefix("+ "), "1/20"
    slope = f"(1/{_R} - 1/(pi/2 + {_A}) - 1/(pi/2 - {_A}))/{_C} + 1/{_C}**2 - {slack}"
    at_g = {name: f"({_at(part, 'g')})" for name, part in parts.items()}
    powers = {name: f"exp(log({part}))" for name, part in at_g.items()}
    total = f"({_at(logs, 'g')})"
    goal = f"{at_g['far']}*{at_g['low_root']} < {at_g['wide']}*{at_g['near']}*{at_g['high_root']}"
    steps: list[dict[str, Any]] = [
        step("x_low", "assume", "0 <= x"),
        step("x_high", "assume", "x <= g"),
        step("below", "arithmetic", "x < 1", "x_high", "high"),
        *_angles("x"),
        step("c_square", "identity", f"{_C}**2 == 1 - x**2", "product"),
        step("c_high", "arithmetic", f"{_C} <= 1", "c_square", "c_positive"),
        step("wide", "sign", f"0 < {parts['wide']}", "a_sign", "r_positive"),
        # the slope, for any numbers
        step("q_low", "enclosure", "157/100 < pi/2"),
        step("q_high", "enclosure", "pi/2 < 158/100"),
        step("n_a", "assume", "0 <= s"),
        step("n_near", "assume", "0 < q - s"),
        step("n_low", "assume", "157/100 < q"),
        step("n_high", "assume", "q < 158/100"),
        step("n_r", "assume", "0 < r"),
        step("n_square", "assume", "r**2 == 1 + s**2"),
        step("n_c", "assume", "0 < y"),
        step("n_one", "assume", "y <= 1"),
        step("n_arc", "assume", "y <= q - s"),
        step("gain", "arithmetic", f"{slack} <= 1/r - 1/(q + s)",
             "n_a", "n_near", "n_low", "n_high", "n_r", "n_square"),
        step("arcs", "arithmetic", "1/(q - s) <= 1/y", "n_c", "n_arc", "n_near"),
        step("n_slope", "certificate", f"0 <= (1/r - 1/(q + s) - 1/(q - s))/y + 1/y**2 - {slack}",
             "gain", "arcs", "n_c", "n_one", terms=[["gain", "c:1/y"], ["arcs", "c:1/y"], [f"c:{slack}/y", "n_one"]]),
        step("slope_if", "discharge",
             "Imp(0 <= s, 0 < q - s, 157/100 < q, q < 158/100, 0 < r, r**2 == 1 + s**2, 0 < y, y <= 1, y <= q - s, "
             f"0 <= (1/r - 1/(q + s) - 1/(q - s))/y + 1/y**2 - {slack})", "n_slope"),
        step("slope_sign", "apply", f"0 <= {slope}",
             "slope_if", "a_sign", "near", "q_low", "q_high", "r_positive", "r_square", "c_positive", "c_high", "arc",
             put={"s": _A, "q": "pi/2", "r": _R, "y": _C}, prose="The chord is below the arc."),
        # the logarithm of the ratio
        step("deriv", "derivative", f"HasDeriv(x, {logs} - {slack}*x, {slope})",
             *("above", "below", "plus", "minus", "product", "near", "far", "wide", "low_root", "high_root",
               "r_argument", "r_positive", "c_positive")),
        step("continuous", "continuous", f"Cont(x, 0, g, {logs} - {slack}*x)",
             "least", "most", "near", "far", "wide", "low_root", "high_root"),
        step("slope_continuous", "continuous", f"Cont(x, 0, g, {slope})",
             "least", "most", "near", "far", "r_positive", "c_positive"),
        step("integral", "fundamental-theorem", f"Int(x, 0, g, {slope}) == {total} - {slack}*g",
             "deriv", "continuous", "slope_continuous", "positive", F=f"{logs} - {slack}*x"),
        step("rises", "monotone", f"0 <= Int(x, 0, g, {slope})", "slope_sign", "slope_continuous", "positive"),
        step("log_ratio", "certificate", f"0 < {total}", "rises", "integral", "positive",
             terms=[["rises"], [f"c:{slack}", "positive"]], combine={"integral": "-1"}),
        # the ratio itself
        step("tangent", "apply", f"1 + {total} <= exp({total})", "axiom:exponential-tangent", put={"t": total}),
        step("g_low", "arithmetic", "0 <= g", "positive"),
        step("g_high", "sign", "g <= g"),
    ]  # fmt: skip
    for name, part in at_g.items():
        steps += [
            step(f"{name}_if", "discharge", f"Imp(0 <= x, x <= g, 0 < {parts[name]})", name),
            step(f"{name}_g", "apply", f"0 < {part}", f"{name}_if", "g_low", "g_high", put={"x": "g"}),
            step(f"{name}_log", "apply", f"{powers[name]} == {part}", "axiom:logarithm", f"{name}_g", put={"t": part}),
        ]
    steps += [
        step("exponentials", "identity",
             f"exp({total})*{powers['far']}*{powers['low_root']} == "
             f"{powers['wide']}*{powers['near']}*{powers['high_root']}"),
        step("ratio", "identity",
             f"exp({total})*{at_g['far']}*{at_g['low_root']} == {at_g['wide']}*{at_g['near']}*{at_g['high_root']}",
             "exponentials", *(f"{name}_log" for name in parts),
             combine={"exponentials": "1", "far_log": f"-exp({total})*{powers['low_root']}",
                      "low_root_log": f"-exp({total})*{at_g['far']}",
                      "wide_log": f"{powers['near']}*{powers['high_root']}",
                      "near_log": f"{at_g['wide']}*{powers['high_root']}",
                      "high_root_log": f"{at_g['wide']}*{at_g['near']}"}),
        step("goal", "certificate", goal, "tangent", "log_ratio", "far_g", "low_root_g", "ratio",
             terms=[["tangent", "far_g", "low_root_g"], ["log_ratio", "far_g", "low_root_g"]],
             combine={"ratio": "-1"}),
    ]  # fmt: skip
    return Proof(Statement(goal, {"positive": "0 < g", "high": "g < 1"}, declare="k:N", inhabited={"g": "1/2"}), steps)


def build_spread(part: str = "1") -> Proof:
    """Return the derivation: for two sign units with the inner product g in (0, 1) half of Theta/g is positive.

    With y = sqrt(1 - g), z = sqrt(1 + g), U = q - a, V = q + a, A = a + sqrt(1 + a^2), 1/A = sqrt(1 + a^2) - a it is
    (A U z - V y) (U z/A + V y)/(y z U^2 V^2), and the first factor is positive by `ae.angle-ratio`. Derived in this
    project.

    Arguments:
        part: knob of the mutant, a factor of the second part.

    Returns:
        The derivation.

    Example:
        >>> build_spread().statement.goal.startswith("0 < ((1 + g)/(pi/2 + asin(g))**2 - ")
        True
    """
    a, r = _at(_A, "g"), _at(_R, "g")
    goal = f"0 < {_at(_SPREAD, 'g').format(part=part)}"
    value = f"(z**2/V**2 - y**2/U**2)/(y*z) - {part}*(1/V - 1/U)"
    given = {
        "y": "0 < y", "z": "0 < z", "U": "0 < U", "V": "0 < V", "s": "0 <= s", "r": "0 < r",
        "square": "r**2 == 1 + s**2", "difference": "V - U == 2*s", "ratio": "V*y < (s + r)*U*z",
    }  # fmt: skip
    numbers = {"y": "sqrt(1 - g)", "z": "sqrt(1 + g)", "U": f"(pi/2 - {a})", "V": f"(pi/2 + {a})", "s": a, "r": r}
    instance = (
        f"({numbers['z']}**2/{numbers['V']}**2 - {numbers['y']}**2/{numbers['U']}**2)/({numbers['y']}*{numbers['z']}) "
        f"- {part}*(1/{numbers['V']} - 1/{numbers['U']})"
    )
    steps: list[dict[str, Any]] = [
        step("x_low", "arithmetic", "0 <= g", "positive"),
        step("below", "sign", "g < 1", "high"),
        *_angles("g"),
        *_roots("g"),
        # for any numbers
        *(step(f"n_{name}", "assume", text) for name, text in given.items()),
        step("n_more", "arithmetic", "0 < r - s", "n_square", "n_s", "n_r"),
        step("n_value", "certificate", f"0 < {value}", *(f"n_{name}" for name in given), "n_more",
             times="y*z*U**2*V**2", terms=[["n_ratio", "n_more", "n_U", "n_z"], ["n_ratio", "n_V", "n_y"]],
             combine={"n_difference": "y*z*U*V", "n_square": "-U**2*z**2"}),
        step("n_if", "discharge", f"Imp({', '.join(given.values())}, 0 < {value})", "n_value"),
        step("ratio", "apply", f"{numbers['V']}*sqrt(1 - g) < ({a} + {r})*{numbers['U']}*sqrt(1 + g)",
             "claim:ae.angle-ratio", "positive", "high"),
        step("difference", "identity", f"{numbers['V']} - {numbers['U']} == 2*{a}"),
        step("value", "apply", f"0 < {instance}", "n_if", "low_root", "high_root", "near", "far", "a_sign",
             "r_positive", "r_square", "difference", "ratio", put=numbers),
        step("goal", "certificate", goal, "value", "roots", "plus", "minus", "product", "c_positive", "low_root",
             "high_root", "near", "far", terms=[["value"]]),
    ]  # fmt: skip
    return Proof(Statement(goal, {"positive": "0 < g", "high": "g < 1"}, declare="k:N", inhabited={"g": "1/2"}), steps)


_ONE = "asin(1)*(asin(1)/(asin(1)**2 - asin(3/5)**2)) - asin(3/5)*(asin(3/5)/(asin(1)**2 - asin(3/5)**2)) == 1"
_ZERO = "asin(3/5)*(asin(1)/(asin(1)**2 - asin(3/5)**2)) - asin(1)*(asin(3/5)/(asin(1)**2 - asin(3/5)**2)) == 0"
#: Two unit rows with the inner product 3/5 and the inverse of f(G), and the steps that show it to be the inverse.
SLANTED = {
    "d": "2",
    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*(3/5*delta(k, 1) + 4/5*delta(k, 2))",
    "X(i,j)": "(asin(1)*delta(i, j) - asin(3/5)*(1 - delta(i, j)))/(asin(1)**2 - asin(3/5)**2)",
}
SLANTED_STEPS = tuple(
    {**entry, "for": "inverse"}
    for entry in (
        step("gap", "enclosure", "0 < asin(1)**2 - asin(3/5)**2"),
        step("one", "identity", _ONE, "gap"),
        step("zero", "identity", _ZERO),
        step("inverse_at", "sign", f"{_ONE} and {_ZERO} and {_ZERO} and {_ONE}", "one", "zero"),
    )
)
#: Two orthogonal rows.
ORTHOGONAL = {
    "d": "2",
    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*delta(k, 2)",
    "X(i,j)": "delta(i, j)/asin(1)",
}
ORTHOGONAL_STEPS = tuple(
    {**entry, "for": "inverse"}
    for entry in (
        step("quarter", "enclosure", "0 < asin(1)"),
        step("one", "identity", "asin(1)/asin(1) == 1", "quarter"),
        step("zero", "identity", "0 == 0"),
        step(
            "inverse_at", "sign", "asin(1)/asin(1) == 1 and 0 == 0 and 0 == 0 and asin(1)/asin(1) == 1", "one", "zero"
        ),
    )
)


def build_two_rows(part: str = "1") -> Proof:
    """Return the derivation of Theta > 0 for two sign units with 0 < |g| < 1, g = G_12, in any dimension.

    X inverts f(G) = [[q, a], [a, q]], a = arcsin(g), so that Theta = g S with the S of `ae.arcsine-spread`, positive
    for g > 0; for g < 0 the same holds at -g. With `ae.flow-dlog` the Gram determinant grows along the flow with the
    best decoder. Derived in this project.

    Arguments:
        part: knob of the mutant, a factor of X in Theta.

    Returns:
        The derivation.

    Example:
        >>> build_two_rows().statement.goal
        '0 < theta'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "g": "Sum(k, 1, d, b(1, k)*b(2, k))",
        "F(i,j)": "asin(G(i, j))",
        "XGX(i,j)": "Sum(m, 1, 2, Sum(e, 1, 2, X(i, m)*G(m, e)*X(e, j)))",
        "theta": "Sum(i, 1, 2, Sum(j, 1, 2, (1 - delta(i, j))*G(i, j)*"
        f"(XGX(i, j)/sqrt(1 - G(i, j)**2) - {part}*X(i, j))))",
    }
    equations = {(i, j): f"Sum(m, 1, 2, F({i}, m)*X(m, {j})) == {int(i == j)}" for i in (1, 2) for j in (1, 2)}
    spread, square = _at(_SPREAD, "g").format(part=part), "((pi/2 + asin(g))*(pi/2 - asin(g)))"
    steps: list[dict[str, Any]] = [
        step("row_1", "apply", "G(1, 1) == 1", "unit", at={"i": "1"}),
        step("row_2", "apply", "G(2, 2) == 1", "unit", at={"i": "2"}),
        step("quarter", "apply", "asin(1) == pi/2", "axiom:arcsine-at-one"),
        step("F_11", "identity", "F(1, 1) == pi/2", "row_1", "quarter"),
        step("F_22", "identity", "F(2, 2) == pi/2", "row_2", "quarter"),
        # signs, at g and at -g
        step("m_square", "assume", "x**2 < 1"),
        step("m_low", "arithmetic", "-1 < x", "m_square"),
        step("m_high", "arithmetic", "x < 1", "m_square"),
        step("low_if", "discharge", "Imp(x**2 < 1, -1 < x)", "m_low"),
        step("high_if", "discharge", "Imp(x**2 < 1, x < 1)", "m_high"),
        step("low", "apply", "-1 < g", "low_if", "apart", put={"x": "g"}),
        step("high", "apply", "g < 1", "high_if", "apart", put={"x": "g"}),
        step("minus_low", "certificate", "-1 < -g", "high", terms=[["high"]]),
        step("minus_high", "certificate", "-g < 1", "low", terms=[["low"]]),
        step("high_weak", "certificate", "g <= 1", "high", terms=[["high"]]),
        step("minus_high_weak", "certificate", "-g <= 1", "low", terms=[["low"]]),
        step("product", "certificate", "0 < 1 - g**2", "apart", terms=[["apart"]]),
        step("c_positive", "sign", "0 < sqrt(1 - g**2)", "product"),
        step("arc", "apply", "sqrt(1 - g**2) <= pi/2 - asin(g)", "claim:ae.arccosine", "low", "high_weak",
             put={"t": "g"}),
        step("minus_arc", "apply", "sqrt(1 - g**2) <= pi/2 + asin(g)", "claim:ae.arccosine", "minus_low",
             "minus_high_weak", put={"t": "-g"}),
        step("near", "certificate", "0 < pi/2 - asin(g)", "arc", "c_positive", terms=[["arc"], ["c_positive"]]),
        step("far", "certificate", "0 < pi/2 + asin(g)", "minus_arc", "c_positive",
             terms=[["minus_arc"], ["c_positive"]]),
        # the inverse
        *(step(f"e_{i}{j}", "sign", equation, "inverse") for (i, j), equation in equations.items()),
        *(
            step(f"X_{i}{j}", "identity", f"X({i}, {j}) == {value}",
                 f"e_1{j}", f"e_2{j}", "F_11", "F_22", "near", "far",
                 combine={f"e_{i}{j}": f"pi/2/{square}", f"e_{3 - i}{j}": f"-asin(g)/{square}"})
            for i in (1, 2) for j in (1, 2)
            for value in ((f"pi/2/{square}",) if i == j else (f"-asin(g)/{square}",))
        ),
        step("value", "identity", f"theta == g*({spread})", "X_11", "X_12", "X_21", "X_22", "row_1", "row_2",
             "near", "far", "c_positive", prose="Theta is g times the spread."),
        # both signs of g
        step("right", "assume", "0 < g"),
        step("right_spread", "apply", f"0 < {spread}", "claim:ae.arcsine-spread", "right", "high", put={"g": "g"}),
        step("right_theta", "certificate", "0 < theta", "right_spread", "right", "value",
             terms=[["right", "right_spread"]], combine={"value": "1"}),
        step("right_if", "discharge", "Imp(0 < g, 0 < theta)", "right_theta"),
        step("left", "assume", "g < 0"),
        step("left_sign", "certificate", "0 < -g", "left", terms=[["left"]]),
        step("left_spread", "apply", f"0 < -({spread})", "claim:ae.arcsine-spread", "left_sign", "minus_high",
             put={"g": "-g"}),
        step("left_theta", "certificate", "0 < theta", "left_spread", "left", "value",
             terms=[["left", "left_spread"]], combine={"value": "1"}),
        step("left_if", "discharge", "Imp(g < 0, 0 < theta)", "left_theta"),
        step("n_zero", "assume", "x != 0"),
        step("n_right", "assume", "Imp(0 < x, 0 < y)"),
        step("n_left", "assume", "Imp(x < 0, 0 < y)"),
        step("n_both", "arithmetic", "0 < y", "n_zero", "n_right", "n_left"),
        step("both", "discharge", "Imp(x != 0, Imp(0 < x, 0 < y), Imp(x < 0, 0 < y), 0 < y)", "n_both"),
        step("goal", "apply", "0 < theta", "both", "slanted", "right_if", "left_if", put={"x": "g", "y": "theta"}),
    ]  # fmt: skip
    hyps = {
        "unit": "All(i, Sum(m, 1, d, b(i, m)**2) == 1)",
        "inverse": " and ".join(equations.values()),
        "slanted": "g != 0",
        "apart": "g**2 < 1",
    }
    statement = Statement(
        "0 < theta", hyps, declare="i,j,k,m,e:Z d:N", let=let, inhabited=SLANTED, inhabited_steps=SLANTED_STEPS
    )
    return Proof(statement, steps)
