"""Sign codes in the plane: their least risk from the angles between neighbouring lines."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

#: Lines in order, th(i) the angle of the i-th; after n of them the same lines again, half a turn later.
ORDER = {"order": "All(i, th(i) < th(i + 1))", "turn": "All(i, th(i + n) == th(i) + pi)"}


def build_in_order(later: str = "i + p") -> Proof:
    """Return the derivation: what grows from one index to the next is in order, th_i <= th_{i+p} for p >= 0.

    Derived in this project.

    Arguments:
        later: knob of the mutant, the later index.

    Returns:
        The derivation.

    Example:
        >>> build_in_order().statement.goal
        'th(i) <= th(i + p)'
    """
    goal = f"th(i) <= th({later})"
    steps = [
        step("base", "arithmetic", f"th(i) <= th({later.replace('p', '0')})"),
        step("so_far", "assume", goal),
        step("gap", "apply", "th(i + p) < th(i + p + 1)", "order", at={"i": "i + p"}),
        step("next", "arithmetic", f"th(i) <= th({later.replace('p', '(p + 1)')})", "so_far", "gap"),
        step("goal", "induction", goal, "base", "next", on="p", base="0"),
    ]
    return Proof(Statement(goal, {"order": ORDER["order"]}, declare="i:Z p:N", inhabited={"th(i)": "i"}), steps)


_FOLD = {"v(i)": "(h(i + 1) - h(i))/(th(i + 1) - th(i))"}
_FLIP = "All(i, h(i + n) == -h(i))"
#: One line.
HALF_TURN = {"n": "1", "th(i)": "pi*i", "h(i)": "cos(pi*i)", "e": "1"}


def half_turn_steps() -> list[dict[str, Any]]:
    """Return the steps that show the change of sign of :data:`HALF_TURN`."""
    flip = "cos(pi*(i + 1)) == -cos(pi*i)"
    found = [
        step("sum", "apply", "cos(pi*i + pi) == cos(pi*i)*cos(pi) - sin(pi*i)*sin(pi)", "axiom:cosine-of-sum",
             put={"s": "pi*i", "t": "pi"}),
        step("cosine", "apply", "cos(pi) == -1", "axiom:cosine-at-pi"),
        step("sine", "apply", "sin(pi) == 0", "axiom:sine-at-pi"),
        step("flip_1", "identity", flip, "sum", "cosine", "sine"),
        step("flip_2", "generalize", f"All(i, {flip})", "flip_1"),
    ]  # fmt: skip
    return [{"for": "flip", **s} for s in found]


def build_fold_inverse(half: str = "2") -> Proof:
    """Return the derivation: pi/2 - |th_i - th_e| has a tridiagonal inverse for angles in order within half a turn.

    For h_i that change their signs after n steps, as the angles turn by pi, and the slopes v_i = (h_{i+1} - h_i)/
    (th_{i+1} - th_i): sum_i (v_{i-1} - v_i)/2 (pi/2 - |th_i - th_e|) = h_e. Summation by parts, once up to e and once
    from e on. Derived in this project.

    Arguments:
        half: knob of the mutant, the divisor of the differences of slopes.

    Returns:
        The derivation.

    Example:
        >>> build_fold_inverse().statement.goal
        'Sum(i, 1, n, (v(i - 1) - v(i))/2*(pi/2 - abs(th(i) - th(e)))) == h(e)'
    """
    let = {
        **_FOLD,
        "term(i)": "(v(i - 1) - v(i))*(pi/2 - abs(th(i) - th(e)))",
        "rise(i)": "(v(i - 1) - v(i))*(pi/2 - (th(e) - th(i)))",
        "start": "v(0)*(pi/2 - (th(e) - th(1)))",
    }
    goal = f"Sum(i, 1, n, (v(i - 1) - v(i))/{half}*(pi/2 - abs(th(i) - th(e)))) == h(e)"
    up = "Sum(i, 1, {m}, rise(i)) == start - v({m})*(pi/2 - (th(e) - th({m} + 1))) + h({m} + 1) - h(1)"
    down = "Sum(i, 1, {m}, term(i)) == start - v({m})*(pi/2 - (th({m} + 1) - th(e))) + 2*h(e) - h(1) - h({m} + 1)"
    steps = [
        # angles in order
        step("gap_i", "apply", "th(i) < th(i + 1)", "order", at={"i": "i"}),
        step("gap", "certificate", "0 < th(i + 1) - th(i)", "gap_i", terms=[["gap_i"]]),
        # up to e
        step("up_0", "identity", up.format(m="0")),
        step("up_p", "assume", up.format(m="p")),
        step("p_lo", "sign", "0 <= p"),
        step("p_next", "certificate", "1 <= p + 1", "p_lo", terms=[["p_lo"]]),
        step("up_last", "sums", "Sum(i, 1, p + 1, rise(i)) == Sum(i, 1, p + 1 - 1, rise(i)) + rise(p + 1)", "p_next",
             kind="last"),
        step("gap_p", "apply", "0 < th(p + 1 + 1) - th(p + 1)", "gap", put={"i": "p + 1"}),
        step("up_next", "identity", up.format(m="(p + 1)"), "up_last", "up_p", "gap_p",
             combine={"up_last": "1", "up_p": "1"}),
        step("up", "induction", up.format(m="p"), "up_0", "up_next", on="p", base="0"),
        step("before_lo", "certificate", "0 <= e - 1", "e_lo", terms=[["e_lo"]]),
        step("up_e", "apply", up.format(m="(e - 1)"), "up", "before_lo", put={"p": "e - 1"}),
        step("i_hi", "assume", "i <= e - 1"),
        step("distance", "certificate", "0 <= e - i", "i_hi", terms=[["i_hi"], ["c:1"]]),
        step("earlier", "apply", "th(i) <= th(i + (e - i))", "claim:ae.in-order", "order", "distance",
             put={"p": "e - i"}),
        step("rising", "arithmetic", "abs(th(i) - th(e)) == th(e) - th(i)", "earlier"),
        step("rise_i", "identity", "term(i) == rise(i)", "rising", combine={"rising": "-(v(i - 1) - v(i))"}),
        step("rise", "congruence", "Sum(i, 1, e - 1, term(i)) == Sum(i, 1, e - 1, rise(i))", "rise_i"),
        step("base", "identity", down.format(m="(e - 1)"), "rise", "up_e", combine={"rise": "1", "up_e": "1"}),
        # from e on
        step("so_far", "assume", down.format(m="m")),
        step("m_lo", "assume", "e - 1 <= m"),
        step("m_next", "certificate", "1 <= m + 1", "m_lo", "e_lo", terms=[["m_lo"], ["e_lo"]]),
        step("last", "sums", "Sum(i, 1, m + 1, term(i)) == Sum(i, 1, m + 1 - 1, term(i)) + term(m + 1)", "m_next",
             kind="last"),
        step("beyond", "certificate", "0 <= m + 1 - e", "m_lo", terms=[["m_lo"]]),
        step("after", "apply", "th(e) <= th(e + (m + 1 - e))", "claim:ae.in-order", "order", "beyond",
             put={"i": "e", "p": "m + 1 - e"}),
        step("falling", "arithmetic", "abs(th(m + 1) - th(e)) == th(m + 1) - th(e)", "after"),
        step("gap_m", "apply", "0 < th(m + 1 + 1) - th(m + 1)", "gap", put={"i": "m + 1"}),
        step("next", "identity", down.format(m="(m + 1)"), "last", "so_far", "falling", "gap_m",
             combine={"last": "1", "so_far": "1", "falling": "-(v(m) - v(m + 1))"}),
        step("down", "induction", down.format(m="m"), "base", "next", on="m", base="e - 1"),
        # half a turn later
        step("n_hi", "certificate", "e - 1 <= n", "e_hi", terms=[["e_hi"], ["c:1"]]),
        step("whole", "apply", down.format(m="n"), "down", "n_hi", put={"m": "n"}),
        step("turn_0", "apply", "th(0 + n) == th(0) + pi", "turn", at={"i": "0"}),
        step("turn_1", "apply", "th(1 + n) == th(1) + pi", "turn", at={"i": "1"}),
        step("flip_0", "apply", "h(0 + n) == -h(0)", "flip", at={"i": "0"}),
        step("flip_1", "apply", "h(1 + n) == -h(1)", "flip", at={"i": "1"}),
        step("gap_0", "apply", "0 < th(0 + 1) - th(0)", "gap", put={"i": "0"}),
        step("gap_n", "apply", "0 < th(n + 1) - th(n)", "gap", put={"i": "n"}),
        step("goal", "identity", goal, "whole", "turn_0", "turn_1", "flip_0", "flip_1", "gap_0", "gap_n",
             combine={"whole": "1/2"}, prose="The boundary terms cancel."),
    ]  # fmt: skip
    hyps = {**ORDER, "flip": _FLIP, "e_lo": "1 <= e", "e_hi": "e <= n"}
    return Proof(
        Statement(goal, hyps, "i,m,e:Z n,p:N", let, inhabited=HALF_TURN, inhabited_steps=half_turn_steps()), steps
    )


def build_fold_norm(factor: str = "1/2") -> Proof:
    """Return the derivation of sum_i (v_{i-1} - v_i)/2 h_i = 1/2 sum_i (h_{i+1} - h_i)^2/(th_{i+1} - th_i).

    The quadratic form of the tridiagonal inverse of `ae.fold-inverse`, by summation by parts. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor 1/2 on the right.

    Returns:
        The derivation.

    Example:
        >>> build_fold_norm().statement.goal.startswith("Sum(i, 1, n, (v(i - 1) - v(i))/2*h(i)) == 1/2*")
        True
    """
    square = "(h(i + 1) - h(i))**2/(th(i + 1) - th(i))"
    goal = f"Sum(i, 1, n, (v(i - 1) - v(i))/2*h(i)) == {factor}*Sum(i, 1, n, {square})"
    parts = "Sum(i, 1, {m}, (v(i - 1) - v(i))*h(i)) == v(0)*h(1) - v({m})*h({m} + 1) + Sum(i, 1, {m}, " + square + ")"
    term, at = "(v(i - 1) - v(i))*h(i)", "(p + 1)"
    steps = [
        step("parts_0", "identity", parts.format(m="0")),
        step("parts_p", "assume", parts.format(m="p")),
        step("p_lo", "sign", "0 <= p"),
        step("p_next", "certificate", "1 <= p + 1", "p_lo", terms=[["p_lo"]]),
        *(
            step(name, "sums", f"Sum(i, 1, p + 1, {t}) == Sum(i, 1, p + 1 - 1, {t}) + {t.replace('i', at)}", "p_next",
                 kind="last")
            for name, t in (("left", term), ("right", square))
        ),
        step("gap_p", "apply", "th(p + 1) < th(p + 1 + 1)", "order", at={"i": "p + 1"}),
        step("gap", "certificate", "0 < th(p + 1 + 1) - th(p + 1)", "gap_p", terms=[["gap_p"]]),
        step("parts_next", "identity", parts.format(m=at), "left", "right", "parts_p", "gap",
             combine={"left": "1", "parts_p": "1", "right": "-1"}),
        step("parts", "induction", parts.format(m="p"), "parts_0", "parts_next", on="p", base="0"),
        step("whole", "apply", parts.format(m="n"), "parts", put={"p": "n"}),
        step("turn_0", "apply", "th(0 + n) == th(0) + pi", "turn", at={"i": "0"}),
        step("turn_1", "apply", "th(1 + n) == th(1) + pi", "turn", at={"i": "1"}),
        step("flip_0", "apply", "h(0 + n) == -h(0)", "flip", at={"i": "0"}),
        step("flip_1", "apply", "h(1 + n) == -h(1)", "flip", at={"i": "1"}),
        step("gap_0i", "apply", "th(0) < th(0 + 1)", "order", at={"i": "0"}),
        step("gap_0", "certificate", "0 < th(0 + 1) - th(0)", "gap_0i", terms=[["gap_0i"]]),
        step("gap_ni", "apply", "th(n) < th(n + 1)", "order", at={"i": "n"}),
        step("gap_n", "certificate", "0 < th(n + 1) - th(n)", "gap_ni", terms=[["gap_ni"]]),
        step("goal", "identity", goal, "whole", "turn_0", "turn_1", "flip_0", "flip_1", "gap_0", "gap_n",
             combine={"whole": "1/2"}, prose="The boundary terms cancel."),
    ]  # fmt: skip
    example = {k: v for k, v in HALF_TURN.items() if k != "e"}
    hyps = {**ORDER, "flip": _FLIP}
    return Proof(Statement(goal, hyps, "i:Z n,p:N", _FOLD, inhabited=example, inhabited_steps=half_turn_steps()), steps)
