"""Equispaced lines in the plane: what a code of sign units along them loses."""

from __future__ import annotations

from typing import Any

from ..gaussian.sign import EXAMPLE as SIGN_EXAMPLE
from ..gaussian.sign import EXAMPLE_STEPS, SIGN, sign_setting
from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import DECLARE, LET
from .tight import SETTING

_RATE = "t/(1 - c)"
_WAVE = {
    "turn_C": "All(i, C(i + 1) == C(i)*c - S(i)*s)",
    "turn_S": "All(i, S(i + 1) == S(i)*c + C(i)*s)",
    "circle": "c**2 + s**2 == 1",
    "angle": "c < 1",
    "half_C": "C(n) == -C(0)",
    "half_S": "S(n) == -S(0)",
}
_WAVE_LET = {
    "body(i)": "C(i)*(n*t/2 - t*abs(i - e))",
    "X(m)": "(S(m) - S(0))*s/(2*(1 - c)) + (C(m) - C(0))/2",
    "Y(m)": "m*(S(m)*s/(2*(1 - c)) + C(m)/2) + (C(m) - C(0))/(2*(1 - c))",
}
#: On one line: half a turn from one index to the next.
HALF_TURN = {"n": "1", "e": "1", "t": "1", "c": "-1", "s": "0", "C(i)": "cos(i*pi)", "S(i)": "sin(i*pi)"}


def half_turn_steps() -> list[dict[str, Any]]:
    """Return the steps that show the hypotheses of :func:`build_wave_sum` for half turns."""
    turns = {
        "turn_C": ("cosine-of-sum", "cos(i*pi + pi)", "cos(i*pi)*cos(pi) - sin(i*pi)*sin(pi)", "cos(i*pi)"),
        "turn_S": ("sine-of-sum", "sin(i*pi + pi)", "sin(i*pi)*cos(pi) + cos(i*pi)*sin(pi)", "sin(i*pi)"),
    }
    found = []
    for name, (axiom, left, right, before) in turns.items():
        sign, other = ("-", "sin(i*pi)") if name == "turn_C" else ("+", "cos(i*pi)")
        rule = f"{left.replace('i*pi + pi', '(i + 1)*pi')} == {before}*(-1) {sign} {other}*0"
        found += [
            step(f"{name}_1", "apply", f"{left} == {right}", f"axiom:{axiom}", put={"s": "i*pi", "t": "pi"}),
            step(f"{name}_2", "apply", "cos(pi) == -1", "axiom:cosine-at-pi"),
            step(f"{name}_3", "apply", "sin(pi) == 0", "axiom:sine-at-pi"),
            step(f"{name}_4", "identity", rule, f"{name}_1", f"{name}_2", f"{name}_3"),
            step(f"{name}_5", "generalize", f"All(i, {rule})", f"{name}_4"),
        ]
        for s in found[-5:]:
            s["for"] = name
    for name, f, axiom in (("half_C", "cos", "cos(pi) == -1"), ("half_S", "sin", "sin(pi) == 0")):
        half = f"{f}(1*pi) == -{f}(0*pi)"
        found += [
            {"for": name, **step(f"{name}_1", "apply", axiom, f"axiom:{'cosine' if f == 'cos' else 'sine'}-at-pi")},
            {"for": name, **step(f"{name}_2", "identity", half, f"{name}_1")},
        ]
    return found


def build_wave_sum(value: str = "t/(1 - c)") -> Proof:
    """Return the derivation: cos(i t + phi), i = 1..n, n t = pi, is an eigenvector of pi/2 - t |i - e|.

    C_i and S_i turn by an angle t of cosine c < 1 and sine s from one index to the next, and change their signs after n
    steps; then sum_i C_i (n t/2 - t |i - e|) = t/(1 - c) C_e for 0 <= e <= n. The sums of C_i and of i C_i are known in
    closed form. Derived in this project.

    Arguments:
        value: knob of the mutant, the eigenvalue.

    Returns:
        The derivation.

    Example:
        >>> build_wave_sum().statement.goal
        'Sum(i, 1, n, body(i)) == t/(1 - c)*C(e)'
    """
    goal = f"Sum(i, 1, n, body(i)) == {value}*C(e)"
    partial = "Sum(i, 1, {m}, C(i))", "Sum(i, 1, {m}, i*C(i))"
    sums = f"{partial[0]} == X({{m}}) and {partial[1]} == Y({{m}})"
    before = "(n*t/2 - t*e)*X(e) + t*Y(e)"
    after = "Sum(i, 1, {m}, body(i)) == " + before + " + (n*t/2 + t*e)*(X({m}) - X(e)) - t*(Y({m}) - Y(e))"
    steps = [
        step("turned_C", "apply", "C(m + 1) == C(m)*c - S(m)*s", "turn_C", at={"i": "m"}),
        step("turned_S", "apply", "S(m + 1) == S(m)*c + C(m)*s", "turn_S", at={"i": "m"}),
        step("gap", "sign", "c != 1", "angle"),
        step("sums_0", "arithmetic", sums.format(m="0")),
        step("sums_m", "assume", sums.format(m="m")),
        step("first_m", "sign", f"{partial[0].format(m='m')} == X(m)", "sums_m"),
        step("second_m", "sign", f"{partial[1].format(m='m')} == Y(m)", "sums_m"),
        step("m_lo", "sign", "0 <= m"),
        step("m_next", "certificate", "1 <= m + 1", "m_lo", terms=[["m_lo"]]),
        step("first_last", "sums", f"{partial[0].format(m='m + 1')} == Sum(i, 1, m + 1 - 1, C(i)) + C(m + 1)", "m_next",
             kind="last"),
        step("second_last", "sums",
             f"{partial[1].format(m='m + 1')} == Sum(i, 1, m + 1 - 1, i*C(i)) + (m + 1)*C(m + 1)", "m_next",
             kind="last"),
        step("first_next", "identity", f"{partial[0].format(m='m + 1')} == X(m + 1)", "first_last", "first_m",
             "turned_C", "turned_S", "circle", "gap",
             combine={"first_last": "1", "first_m": "1", "circle": "-C(m)/(2*(1 - c))"}),
        step("second_next", "identity", f"{partial[1].format(m='m + 1')} == Y(m + 1)", "second_last", "second_m",
             "turned_C", "turned_S", "circle", "gap",
             combine={"second_last": "1", "second_m": "1", "circle": "-(m + 1)*C(m)/(2*(1 - c))"}),
        step("sums_next", "sign", sums.format(m="(m + 1)"), "first_next", "second_next"),
        step("sums", "induction", sums.format(m="m"), "sums_0", "sums_next", on="m", base="0"),
        step("first_e", "apply", f"{sums.format(m='e')}", "sums", put={"m": "e"}),
        step("X_e", "sign", f"{partial[0].format(m='e')} == X(e)", "first_e"),
        step("Y_e", "sign", f"{partial[1].format(m='e')} == Y(e)", "first_e"),
        # up to e the weights rise, then they fall
        step("i_hi", "assume", "i <= e"),
        step("rising", "arithmetic", "abs(i - e) == e - i", "i_hi"),
        step("rising_i", "identity", "body(i) == (n*t/2 - t*e)*C(i) + t*(i*C(i))", "rising",
             combine={"rising": "-t*C(i)"}),
        step("rise", "congruence", "Sum(i, 1, e, body(i)) == Sum(i, 1, e, (n*t/2 - t*e)*C(i) + t*(i*C(i)))",
             "rising_i"),
        step("base", "identity", after.format(m="e"), "rise", "X_e", "Y_e",
             combine={"rise": "1", "X_e": "n*t/2 - t*e", "Y_e": "t"}),
        step("m_e", "assume", "e <= m"),
        step("falling", "arithmetic", "abs(m + 1 - e) == m + 1 - e", "m_e"),
        step("so_far", "assume", after.format(m="m")),
        step("last", "sums", "Sum(i, 1, m + 1, body(i)) == Sum(i, 1, m + 1 - 1, body(i)) + body(m + 1)", "m_next",
             kind="last"),
        step("next", "identity", after.format(m="(m + 1)"), "last", "so_far", "falling", "turned_C", "turned_S",
             "circle", "gap", combine={"last": "1", "so_far": "1", "falling": "-t*(C(m)*c - S(m)*s)",
                                       "circle": "-C(m)/(2*(1 - c))*(n*t/2 + t*e - t*(m + 1))"}),
        step("up_to", "induction", after.format(m="m"), "base", "next", on="m", base="e"),
        step("whole", "apply", after.format(m="n"), "up_to", "e_hi", put={"m": "n"}),
        step("goal", "identity", goal, "whole", "half_C", "half_S", "gap", combine={"whole": "1"},
             prose="The boundary terms cancel, since the wave changes its sign after n steps."),
    ]  # fmt: skip
    return Proof(Statement(goal, {**_WAVE, "e_hi": "e <= n"}, declare="i:Z m,n,e:N", let=_WAVE_LET, inhabited=HALF_TURN,
                           inhabited_steps=half_turn_steps()), steps)  # fmt: skip


def build_lines(square: str = "sin(pi/(2*n))**2") -> Proof:
    """Return the derivation of the least risk 1 - n^2 sin^2(pi/2n)/pi of n equispaced lines in the plane, sign units.

    The rows are b_i = (cos(i pi/n), sin(i pi/n)), arcsin(G_ie) = pi/2 - |i - e| pi/n, and the rows of B^T are
    eigenvectors of this matrix (`ae.wave-sum`), so that a multiple of B^T is the best decoder. Derived in this project.

    Arguments:
        square: knob of the mutant, the square of the sine.

    Returns:
        The derivation.

    Example:
        >>> build_lines().statement.goal.split(" and ")[0]
        '1 - n**2*sin(pi/(2*n))**2/pi <= risk'
    """
    eigenvalue = "(angle/(1 - cos(angle)))"
    plane = {k: v.replace("1, d,", "1, 2,").replace("/d", "/2") for k, v in LET.items() if k != "trace"}
    let = {
        "angle": "pi/n",
        **plane,
        "S(k,i)": f"b(i, k)/{eigenvalue}",
        "best_risk": "E[z](Sum(k, 1, 2, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(u(i))))**2))/2",
        "weight(i)": "(pi/2 - angle*abs(i - e))",
    }
    value = f"1 - n**2*{square}/pi"
    goal = f"{value} <= risk and best_risk == {value}"
    ranges = "1 <= k, k <= 2, 1 <= e, e <= n"
    least = "1 - Sum(i, 1, n, Sum(k, 1, 2, S(k, i)*b(i, k)))/2"
    steps = [
        *(s for s in sign_setting() if s["id"] not in ODDNESS),
        *(step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= n")
          for v in ("i", "e") for end in ("lo", "hi")),
        step("e_nat", "certificate", "0 <= e", "e_lo", terms=[["e_lo"], ["c:1"]]),
        *_angles(),
        *_turns(),
        *(_wave(name, *pair) for name, pair in _WAVES.items()),
        # the rows and their inner products
        step("row_i", "apply", _row("i", "k"), "rows", at={"i": "i", "k": "k"}),
        *(step(f"row_{v}_{k}", "apply", _row(v, k), "rows", at={"i": v, "k": k}) for v in ("i", "e") for k in "12"),
        step("unit_i", "identity", "Sum(m, 1, 2, b(i, m)**2) == 1", "row_i_1", "row_i_2"),
        step("unit", "generalize", "All(i, Sum(m, 1, 2, b(i, m)**2) == 1)", "unit_i"),
        step("product", "identity", "G(i, e) == cos(i*angle)*cos(e*angle) + sin(i*angle)*sin(e*angle)", "row_i_1",
             "row_i_2", "row_e_1", "row_e_2"),
        *_entries(),
        # the rows of B^T are eigenvectors of f(G)
        step("entry_b", "identity",
             "b(i, k)*F(i, e) == delta(k, 1)*(cos(i*angle)*weight(i)) + delta(k, 2)*(sin(i*angle)*weight(i))", "entry",
             "row_i", combine={"entry": "b(i, k)", "row_i": "weight(i)"}),
        step("entries", "congruence",
             "Sum(i, 1, n, b(i, k)*F(i, e)) == Sum(i, 1, n, delta(k, 1)*(cos(i*angle)*weight(i)) + "
             "delta(k, 2)*(sin(i*angle)*weight(i)))", "entry_b"),
        step("row_e", "apply", _row("e", "k"), "rows", at={"i": "e", "k": "k"}),
        step("eigen_sign", "sign", "0 < 1 - cos(angle)", "cosine"),
        step("normal", "identity", "Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k)", "entries", "wave_cos", "wave_sin",
             "row_e", "angle", "eigen_sign", "n",
             combine={"entries": f"1/{eigenvalue}", "wave_cos": f"delta(k, 1)/{eigenvalue}",
                      "wave_sin": f"delta(k, 2)/{eigenvalue}", "row_e": "-1"},
             prose="B^T f(G) is a multiple of B^T."),
        step("normal_if", "discharge", f"Imp({ranges}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))", "normal"),
        step("equations", "generalize", f"All(k, All(e, Imp({ranges}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))))",
             "normal_if"),
        step("plane", "sign", "1 <= 2"),
        step("best", "apply", f"{least} <= risk and best_risk == {least}", "claim:ae.normal-equations",
             *("plane" if h == "dimension" else h for h in SETTING), "equations", symbols={"S(k,i)": "S(k, i)"},
             put={"d": "2"}),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("trace", "congruence", "Sum(i, 1, n, G(i, i)) == Sum(i, 1, n, 1)", "row"),
        step("gain", "identity", f"{least} == {value}", "trace", "versine", "angle", "eigen_sign", "n",
             combine={"trace": f"-1/(2*{eigenvalue})", "versine": "-n**2/(2*pi)"}),
        step("low", "sign", f"{least} <= risk", "best"),
        step("attained", "sign", f"best_risk == {least}", "best"),
        step("low_value", "certificate", f"{value} <= risk", "low", "gain", terms=[["low"]], combine={"gain": "1"}),
        step("attained_value", "identity", f"best_risk == {value}", "attained", "gain",
             combine={"attained": "1", "gain": "1"}),
        step("goal", "sign", goal, "low_value", "attained_value"),
    ]  # fmt: skip
    hyps = {
        "units": "1 <= n",
        "rows": f"All(i, All(k, {_row('i', 'k')}))",
        "coefficient": "c1 == E[z](z(1)*sigma(z(1)))",
        **SIGN,
    }
    return Proof(
        Statement(goal, hyps, declare=DECLARE, let=let, inhabited=ONE_LINE, inhabited_steps=one_line_steps()), steps
    )


#: One line.
ONE_LINE = {
    **SIGN_EXAMPLE, "n": "1", "b(i,k)": "delta(k, 1)*cos(i*pi) + delta(k, 2)*sin(i*pi)", "c1": "2/sqrt(2*pi)",
}  # fmt: skip


def one_line_steps() -> list[dict[str, Any]]:
    """Return the steps that show the hypotheses of :func:`build_lines` for one line."""
    row = _row("i", "k").replace("b(i, k)", ONE_LINE["b(i,k)"]).replace("angle", "(pi/1)")
    return [
        {"for": "rows", **step("row_1", "identity", row)},
        {"for": "rows", **step("row_2", "generalize", f"All(i, All(k, {row}))", "row_1")},
        *EXAMPLE_STEPS,
    ]


ODDNESS = ("x_positive", "right", "minus_x", "left", "odd_x", "odd_pos", "odd")
#: A wave along the lines and the wave that is a quarter ahead.
_WAVES = {"cos": ("cos({}*angle)", "sin({}*angle)"), "sin": ("sin({}*angle)", "(-cos({}*angle))")}


def _row(i: str, k: str) -> str:
    return f"b({i}, {k}) == delta({k}, 1)*cos({i}*angle) + delta({k}, 2)*sin({i}*angle)"


def _angles() -> list[dict[str, Any]]:
    """Return the steps to 0 < pi/n <= pi ("angle", "angle_hi"), 1 - cos = 2 sin^2(angle/2) and cos < 1."""
    return [
        step("n", "certificate", "0 < n", "units", terms=[["units"], ["c:1"]]),
        step("angle", "sign", "0 < angle", "n"),
        step("angle_hi", "certificate", "angle <= pi", "units", "n", times="n", terms=[["c:pi", "units"]]),
        step("half_angle", "sign", "0 < angle/2", "n"),
        step("half_hi", "certificate", "angle/2 < pi", "angle_hi", terms=[["c:1/2", "angle_hi"], ["c:pi/2"]]),
        step("sine", "apply", "0 < sin(angle/2)", "axiom:sine-positive", "half_angle", "half_hi", put={"t": "angle/2"}),
        step("double", "apply", "cos(angle/2 + angle/2) == cos(angle/2)*cos(angle/2) - sin(angle/2)*sin(angle/2)",
             "axiom:cosine-of-sum", put={"s": "angle/2", "t": "angle/2"}),
        step("versine", "identity", "1 - cos(angle) == 2*sin(angle/2)**2", "double", combine={"double": "-1"}),
        step("cosine", "certificate", "cos(angle) < 1", "versine", "sine", terms=[["c:2", "sine", "sine"]],
             combine={"versine": "1"}),
    ]  # fmt: skip


def _turns() -> list[dict[str, Any]]:
    """Return the steps: both waves turn by the angle, and change their signs after n steps."""
    circle = step("circle", "identity", "cos(angle)**2 + sin(angle)**2 == 1")
    found = [circle]
    names = {"cos": "cosine-of-sum", "sin": "sine-of-sum"}
    sums = {"cos": "cos({s})*cos({t}) - sin({s})*sin({t})", "sin": "sin({s})*cos({t}) + cos({s})*sin({t})"}
    for f, axiom in names.items():
        found.append(step(f"turn_{f}_i", "apply", f"{f}(i*angle + angle) == {sums[f].format(s='i*angle', t='angle')}",
                          f"axiom:{axiom}", put={"s": "i*angle", "t": "angle"}))  # fmt: skip
    found += [
        step("cos_pi", "apply", "cos(pi) == -1", "axiom:cosine-at-pi"),
        step("sin_pi", "apply", "sin(pi) == 0", "axiom:sine-at-pi"),
        step("end_cos", "identity", "cos(n*angle) == -1", "cos_pi", "n", combine={"cos_pi": "1"}),
        step("end_sin", "identity", "sin(n*angle) == 0", "sin_pi", "n", combine={"sin_pi": "1"}),
    ]
    for name, (wave, ahead) in _WAVES.items():
        for s, text in (("C", wave), ("S", ahead)):
            sign, other = ("-", ahead) if s == "C" else ("+", wave)
            at = text.format("i")
            rule = f"{text.format('(i + 1)')} == {at}*cos(angle) {sign} {other.format('i')}*sin(angle)"
            half = f"{text.format('n')} == -{text.format('0')}"
            found += [
                step(f"rule_{name}_{s}_i", "identity", rule, "turn_cos_i", "turn_sin_i"),
                step(f"rule_{name}_{s}", "generalize", f"All(i, {rule})", f"rule_{name}_{s}_i"),
                step(f"half_{name}_{s}", "identity", half, "end_cos", "end_sin", "n"),
            ]
    return found


def _wave(name: str, wave: str, ahead: str) -> dict[str, Any]:
    """Return the step: the wave is an eigenvector of pi/2 - angle |i - e|."""
    uses = [f"{kind}_{name}_{s}" for kind in ("rule", "half") for s in "CS"]
    at = wave.format
    return step(
        f"wave_{name}", "apply",
        f"Sum(i, 1, n, {at('i')}*(n*angle/2 - angle*abs(i - e))) == angle/(1 - cos(angle))*{at('e')}",
        "claim:ae.wave-sum", *uses, "circle", "cosine", "e_nat", "e_hi",
        symbols={"C(i)": at("i"), "S(i)": ahead.format("i")},
        put={"c": "cos(angle)", "s": "sin(angle)", "t": "angle", "e": "e"},
    )  # fmt: skip


def _entries() -> list[dict[str, Any]]:
    """Return the steps to f(G)_ie = pi/2 - angle |i - e| ("entry")."""
    value = "F(i, e) == pi/2 - angle*abs(i - e)"
    found = [
        step(
            "turned_back",
            "apply",
            "cos(i*angle + (-e*angle)) == cos(i*angle)*cos(-e*angle) - sin(i*angle)*sin(-e*angle)",
            "axiom:cosine-of-sum",
            put={"s": "i*angle", "t": "-e*angle"},
        ),
        step(
            "cosine_ie",
            "identity",
            "G(i, e) == cos((i - e)*angle)",
            "product",
            "turned_back",
            combine={"product": "1", "turned_back": "-1"},
        ),
        step(
            "least",
            "certificate",
            "-1 <= G(i, e)",
            "cosine_ie",
            terms=[["c:1/2", "sq:cos((i - e)*angle) + 1"], ["c:1/2", "sq:sin((i - e)*angle)"]],
            combine={"cosine_ie": "1"},
        ),
        step(
            "most",
            "certificate",
            "G(i, e) <= 1",
            "cosine_ie",
            terms=[["c:1/2", "sq:cos((i - e)*angle) - 1"], ["c:1/2", "sq:sin((i - e)*angle)"]],
            combine={"cosine_ie": "-1"},
        ),
        step(
            "series",
            "apply",
            "F(i, e) == asin(G(i, e))",
            "claim:ae.f-sign",
            "positive",
            "negative",
            "coefficient",
            "least",
            "most",
            put={"t": "G(i, e)"},
        ),
        step("y_is", "assume", "y == cos(t)"),
        step("t_lo", "assume", "0 <= t"),
        step("t_hi", "assume", "t <= pi"),
        step("arcsine_t", "apply", "asin(cos(t)) == pi/2 - 1*t", "claim:ae.arcsine-cosine", "t_lo", "t_hi"),
        step("arcsine_y", "identity", "asin(y) == pi/2 - t", "y_is", "arcsine_t"),
        step("arcsine_if", "discharge", "Imp(y == cos(t), 0 <= t, t <= pi, asin(y) == pi/2 - t)", "arcsine_y"),
    ]
    for name, s, t in (("after", "i", "e"), ("before", "e", "i")):
        turn = f"({s} - {t})*angle"
        found += [
            step(f"{name}_order", "assume", f"{t} <= {s}"),
            step(
                f"{name}_lo",
                "certificate",
                f"0 <= {turn}",
                f"{name}_order",
                "angle",
                terms=[[f"{name}_order", "angle"]],
            ),
            step(
                f"{name}_hi",
                "certificate",
                f"{turn} <= pi",
                f"{s}_hi",
                f"{t}_lo",
                "angle",
                "n",
                terms=[[f"{s}_hi", "angle"], [f"{t}_lo", "angle"], ["angle"]],
            ),
            step(f"{name}_cosine", "identity", f"G(i, e) == cos({turn})", "cosine_ie", combine={"cosine_ie": "1"}),
            step(
                f"{name}_arcsine",
                "apply",
                f"asin(G(i, e)) == pi/2 - {turn}",
                "arcsine_if",
                f"{name}_cosine",
                f"{name}_lo",
                f"{name}_hi",
                put={"y": "G(i, e)", "t": turn},
            ),
            step(f"{name}_distance", "arithmetic", f"abs(i - e) == {s} - {t}", f"{name}_order"),
            step(
                f"{name}_value",
                "identity",
                value,
                "series",
                f"{name}_arcsine",
                f"{name}_distance",
                combine={"series": "1", f"{name}_arcsine": "1", f"{name}_distance": "angle"},
            ),
            step(f"{name}_if", "discharge", f"Imp({t} <= {s}, {value})", f"{name}_value"),
        ]
    return [
        *found,
        step("entry", "arithmetic", value, "after_if", "before_if"),
    ]  # fmt: skip
