"""The least risk of every sign code in the plane, and the lines that are best."""

from __future__ import annotations

from typing import Any

from ..gaussian.sign import EXAMPLE as SIGN_EXAMPLE
from ..gaussian.sign import EXAMPLE_STEPS, SIGN, sign_setting
from ..kernel.derivation import Statement
from ..proof import Proof, step
from .lines import ODDNESS
from .plane_gaps import ORDER
from .setting import DECLARE, LET
from .tight import SETTING

_SLOPE = "(b(i + 1, k) - b(i, k))/(th(i + 1) - th(i))"
PLANE_CODE = {
    **{k: v.replace("1, d,", "1, 2,").replace("/d", "/2") for k, v in LET.items() if k not in ("trace", "r")},
    "v(i,k)": _SLOPE,
    "S(k,i)": "(v(i - 1, k) - v(i, k))/2",
    "best_risk": "E[z](Sum(k, 1, 2, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(u(i))))**2))/2",
    "weight(i)": "(pi/2 - abs(th(i) - th(e)))",
    "gap(i)": "(th(i + 1) - th(i))",
}


def _row(i: str, k: str) -> str:
    return f"b({i}, {k}) == delta({k}, 1)*cos(th({i})) + delta({k}, 2)*sin(th({i}))"


PLANE_HYPS = {
    **ORDER,
    "rows": f"All(i, All(k, {_row('i', 'k')}))",
    "coefficient": "c1 == E[z](z(1)*sigma(z(1)))",
    **SIGN,
}
#: One line.
ONE_LINE = {
    **SIGN_EXAMPLE, "n": "1", "th(i)": "pi*i", "b(i,k)": "delta(k, 1)*cos(pi*i) + delta(k, 2)*sin(pi*i)",
    "c1": "2/sqrt(2*pi)",
}  # fmt: skip


def one_line_steps() -> list[dict[str, Any]]:
    """Return the steps that show the rows of :data:`ONE_LINE`."""
    row = _row("i", "k").replace("b(i, k)", ONE_LINE["b(i,k)"]).replace("th(i)", "(pi*i)")
    return [
        {"for": "rows", **step("row_1", "identity", row)},
        {"for": "rows", **step("row_2", "generalize", f"All(i, All(k, {row}))", "row_1")},
        *EXAMPLE_STEPS,
    ]


def _rows() -> list[dict[str, Any]]:
    """Return the steps to the rows ("row_i", ...), their lengths ("unit") and what half a turn does ("flip")."""
    half = {"cos": "cos(th(i))*cos(pi) - sin(th(i))*sin(pi)", "sin": "sin(th(i))*cos(pi) + cos(th(i))*sin(pi)"}
    flip = "b(i + n, k) == -b(i, k)"
    return [
        step("row_i", "apply", _row("i", "k"), "rows", at={"i": "i", "k": "k"}),
        *(step(f"row_{v}_{k}", "apply", _row(v, k), "rows", at={"i": v, "k": k}) for v in ("i", "e") for k in "12"),
        step("unit_i", "identity", "Sum(m, 1, 2, b(i, m)**2) == 1", "row_i_1", "row_i_2"),
        step("unit", "generalize", "All(i, Sum(m, 1, 2, b(i, m)**2) == 1)", "unit_i"),
        step("cos_pi", "apply", "cos(pi) == -1", "axiom:cosine-at-pi"),
        step("sin_pi", "apply", "sin(pi) == 0", "axiom:sine-at-pi"),
        step("turn_i", "apply", "th(i + n) == th(i) + pi", "turn", at={"i": "i"}),
        step("row_in", "apply", _row("(i + n)", "k"), "rows", at={"i": "i + n", "k": "k"}),
        step("y", "assume", "y == t + pi"),
        *(step(f"half_{f}_t", "apply",
               f"{f}(t + pi) == {half[f].replace('th(i)', 't')}", f"axiom:{axiom}-of-sum",
               put={"s": "t", "t": "pi"}) for f, axiom in (("cos", "cosine"), ("sin", "sine"))),
        step("flipped_t", "identity",
             "delta(k, 1)*cos(y) + delta(k, 2)*sin(y) == -delta(k, 1)*cos(t) - delta(k, 2)*sin(t)",
             "y", "half_cos_t", "half_sin_t", "cos_pi", "sin_pi"),
        step("flipped_if", "discharge",
             "Imp(y == t + pi, delta(k, 1)*cos(y) + delta(k, 2)*sin(y) == -delta(k, 1)*cos(t) - delta(k, 2)*sin(t))",
             "flipped_t"),
        step("flipped", "apply",
             "delta(k, 1)*cos(th(i + n)) + delta(k, 2)*sin(th(i + n)) == -delta(k, 1)*cos(th(i)) - delta(k, "
             "2)*sin(th(i))",
             "flipped_if", "turn_i", put={"y": "th(i + n)", "t": "th(i)"}),
        step("flip_i", "identity", flip, "row_in", "row_i", "flipped",
             combine={"row_in": "1", "row_i": "1", "flipped": "1"}),
        step("flip", "generalize", f"All(i, {flip})", "flip_i"),
    ]  # fmt: skip


def _entries() -> list[dict[str, Any]]:
    """Return the steps to f(G)_ie = pi/2 - |th_i - th_e| ("entry")."""
    value = "F(i, e) == weight(i)"
    turned = "cos(th(i))*cos(-th(e)) - sin(th(i))*sin(-th(e))"
    found = [
        step(
            "product",
            "identity",
            "G(i, e) == cos(th(i))*cos(th(e)) + sin(th(i))*sin(th(e))",
            "row_i_1",
            "row_i_2",
            "row_e_1",
            "row_e_2",
        ),
        step(
            "turned_back",
            "apply",
            f"cos(th(i) + (-th(e))) == {turned}",
            "axiom:cosine-of-sum",
            put={"s": "th(i)", "t": "-th(e)"},
        ),
        step(
            "cosine",
            "identity",
            "G(i, e) == cos(th(i) - th(e))",
            "product",
            "turned_back",
            combine={"product": "1", "turned_back": "-1"},
        ),
        step(
            "least",
            "certificate",
            "-1 <= G(i, e)",
            "cosine",
            terms=[["c:1/2", "sq:cos(th(i) - th(e)) + 1"], ["c:1/2", "sq:sin(th(i) - th(e))"]],
            combine={"cosine": "1"},
        ),
        step(
            "most",
            "certificate",
            "G(i, e) <= 1",
            "cosine",
            terms=[["c:1/2", "sq:cos(th(i) - th(e)) - 1"], ["c:1/2", "sq:sin(th(i) - th(e))"]],
            combine={"cosine": "-1"},
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
        step("x_is", "assume", "x == cos(t)"),
        step("t_lo", "assume", "0 <= t"),
        step("t_hi", "assume", "t <= pi"),
        step("arcsine_t", "apply", "asin(cos(t)) == pi/2 - 1*t", "claim:ae.arcsine-cosine", "t_lo", "t_hi"),
        step("arcsine_x", "identity", "asin(x) == pi/2 - t", "x_is", "arcsine_t"),
        step("arcsine_if", "discharge", "Imp(x == cos(t), 0 <= t, t <= pi, asin(x) == pi/2 - t)", "arcsine_x"),
    ]
    for name, s, t in (("after", "i", "e"), ("before", "e", "i")):
        turn = f"th({s}) - th({t})"
        found += [
            step(f"{name}_order", "assume", f"{t} <= {s}"),
            step(f"{name}_more", "certificate", f"0 <= {s} - {t}", f"{name}_order", terms=[[f"{name}_order"]]),
            step(
                f"{name}_grown",
                "apply",
                f"th({t}) <= th({t} + ({s} - {t}))",
                "claim:ae.in-order",
                "order",
                f"{name}_more",
                put={"i": t, "p": f"{s} - {t}"},
            ),
            step(f"{name}_lo", "certificate", f"0 <= {turn}", f"{name}_grown", terms=[[f"{name}_grown"]]),
            step(
                f"{name}_left",
                "certificate",
                f"0 <= {t} + n - {s}",
                f"{s}_hi",
                f"{t}_lo",
                terms=[[f"{s}_hi"], [f"{t}_lo"], ["c:1"]],
            ),
            step(
                f"{name}_within",
                "apply",
                f"th({s}) <= th({s} + ({t} + n - {s}))",
                "claim:ae.in-order",
                "order",
                f"{name}_left",
                put={"i": s, "p": f"{t} + n - {s}"},
            ),
            step(f"{name}_turn", "apply", f"th({t} + n) == th({t}) + pi", "turn", at={"i": t}),
            step(
                f"{name}_hi",
                "certificate",
                f"{turn} <= pi",
                f"{name}_within",
                f"{name}_turn",
                terms=[[f"{name}_within"]],
                combine={f"{name}_turn": "-1"},
            ),
            step(f"{name}_cosine", "identity", f"G(i, e) == cos({turn})", "cosine", combine={"cosine": "1"}),
            step(
                f"{name}_arcsine",
                "apply",
                f"asin(G(i, e)) == pi/2 - ({turn})",
                "arcsine_if",
                f"{name}_cosine",
                f"{name}_lo",
                f"{name}_hi",
                put={"x": "G(i, e)", "t": turn},
            ),
            step(f"{name}_distance", "arithmetic", f"abs(th(i) - th(e)) == {turn}", f"{name}_lo"),
            step(
                f"{name}_value",
                "identity",
                value,
                "series",
                f"{name}_arcsine",
                f"{name}_distance",
                combine={"series": "1", f"{name}_arcsine": "1", f"{name}_distance": "1"},
            ),
            step(f"{name}_if", "discharge", f"Imp({t} <= {s}, {value})", f"{name}_value"),
        ]
    return [*found, step("entry", "arithmetic", value, "after_if", "before_if")]  # fmt: skip


def build_plane_risk(share: str = "1/2") -> Proof:
    """Return the derivation of the least risk 1 - 1/2 sum_i (1 - cos t_i)/t_i of n sign units in the plane.

    The t_i > 0 are the angles between neighbouring lines, which add up to pi: the lines in order, and after n of them
    the first one again, half a turn later. Up to order, signs and copies these are all codes. f(G) = arcsin(G) has the
    entries pi/2 - |th_i - th_e|, whose inverse is known (`ae.fold-inverse`, `ae.fold-norm`). Derived in this project.

    Arguments:
        share: knob of the mutant, the factor of the sum.

    Returns:
        The derivation.

    Example:
        >>> build_plane_risk().statement.goal.split(" and ")[0]
        '1 - 1/2*Sum(i, 1, n, (1 - cos(gap(i)))/gap(i)) <= risk'
    """
    value = f"1 - {share}*Sum(i, 1, n, (1 - cos(gap(i)))/gap(i))"
    goal = f"{value} <= risk and best_risk == {value}"
    ranges = "1 <= k, k <= 2, 1 <= e, e <= n"
    least = "1 - Sum(i, 1, n, Sum(k, 1, 2, S(k, i)*b(i, k)))/2"
    squares = "Sum(i, 1, n, (b(i + 1, {k}) - b(i, {k}))**2/gap(i))"
    steps = [
        *(s for s in sign_setting() if s["id"] not in ODDNESS),
        *(step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= n")
          for v in ("i", "e") for end in ("lo", "hi")),
        *_rows(),
        *_entries(),
        step("entry_S", "identity", "S(k, i)*F(i, e) == S(k, i)*weight(i)", "entry", combine={"entry": "S(k, i)"}),
        step("entries", "congruence", "Sum(i, 1, n, S(k, i)*F(i, e)) == Sum(i, 1, n, S(k, i)*weight(i))", "entry_S"),
        step("inverse", "apply", "Sum(i, 1, n, S(k, i)*weight(i)) == b(e, k)", "claim:ae.fold-inverse", "order", "turn",
             "flip", "e_lo", "e_hi", symbols={"h(i)": "b(i, k)"}),
        step("normal", "identity", "Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k)", "entries", "inverse",
             combine={"entries": "1", "inverse": "1"}, prose="The normal equations."),
        step("normal_if", "discharge", f"Imp({ranges}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))", "normal"),
        step("equations", "generalize", f"All(k, All(e, Imp({ranges}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))))",
             "normal_if"),
        step("plane", "sign", "1 <= 2"),
        step("best", "apply", f"{least} <= risk and best_risk == {least}", "claim:ae.normal-equations",
             *("plane" if h == "dimension" else h for h in SETTING), "equations", symbols={"S(k,i)": "S(k, i)"},
             put={"d": "2"}),
        # what the code keeps
        step("norm", "apply", f"Sum(i, 1, n, S(k, i)*b(i, k)) == 1/2*{squares.format(k='k')}", "claim:ae.fold-norm",
             "order", "turn", "flip", symbols={"h(i)": "b(i, k)"}),
        *(step(f"norm_{k}", "apply", f"Sum(i, 1, n, S({k}, i)*b(i, {k})) == 1/2*{squares.format(k=k)}", "norm",
               put={"k": k}) for k in "12"),
        *(step(f"next_{k}", "apply", _row("(i + 1)", k), "rows", at={"i": "i + 1", "k": k}) for k in "12"),
        step("between", "apply",
             "cos(th(i + 1) + (-th(i))) == cos(th(i + 1))*cos(-th(i)) - sin(th(i + 1))*sin(-th(i))",
             "axiom:cosine-of-sum", put={"s": "th(i + 1)", "t": "-th(i)"}),
        step("chord", "identity",
             "(b(i + 1, 1) - b(i, 1))**2/gap(i) + (b(i + 1, 2) - b(i, 2))**2/gap(i) == 2*((1 - cos(gap(i)))/gap(i))",
             "row_i_1", "row_i_2", "next_1", "next_2", "between", combine={"between": "2/gap(i)"}),
        step("chords", "congruence",
             "Sum(i, 1, n, (b(i + 1, 1) - b(i, 1))**2/gap(i) + (b(i + 1, 2) - b(i, 2))**2/gap(i)) == "
             "Sum(i, 1, n, 2*((1 - cos(gap(i)))/gap(i)))", "chord"),
        step("gain", "identity", f"{least} == {value}", "norm_1", "norm_2", "chords",
             combine={"norm_1": "-1/2", "norm_2": "-1/2", "chords": "-1/4"}),
        step("low", "sign", f"{least} <= risk", "best"),
        step("attained", "sign", f"best_risk == {least}", "best"),
        step("low_value", "certificate", f"{value} <= risk", "low", "gain", terms=[["low"]], combine={"gain": "1"}),
        step("attained_value", "identity", f"best_risk == {value}", "attained", "gain",
             combine={"attained": "1", "gain": "1"}),
        step("goal", "sign", goal, "low_value", "attained_value"),
    ]  # fmt: skip
    return Proof(
        Statement(goal, PLANE_HYPS, DECLARE, PLANE_CODE, inhabited=ONE_LINE, inhabited_steps=one_line_steps()), steps
    )
