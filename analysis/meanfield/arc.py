"""The integral of 1/(lambda^2 - g^2) over one arc on which g is a sinusoid, in closed form in the end values of g.

On the arc g(x) = A cos x + B sin x, 0 <= x <= Delta < pi, with g1 = g(0) and g2 = g(Delta).  Everything is read off

    D = lambda^2 cos(Delta) - g1 g2,    u = lambda^2 (lambda^2 sin(Delta)^2 - g1^2 - g2^2 + 2 g1 g2 cos(Delta)),

and D^2 + u = (lambda^2 - g1^2)(lambda^2 - g2^2).  Derived in this project.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

Steps = list[Mapping[str, Any]]

_ARC = {"D0": "0 < Delta", "D1": "Delta < pi"}
_INSIDE = {**_ARC, "in1": "g1**2 < lam**2", "in2": "g2**2 < lam**2", "D": "0 < D"}
_BODY = "1/(lam**2 - g(x)**2)"
_INTEGRAL = f"Int(x, 0, Delta, {_BODY})"


def _let(minus: str = "-", two: str = "2") -> dict[str, str]:
    """Return the abbreviations; Dx(x) is what D becomes for the arc from 0 to x."""
    return {
        "g(x)": "A*cos(x) + B*sin(x)",
        "g1": "A",
        "g2": "g(Delta)",
        "D": f"lam**2*cos(Delta) {minus} g1*g2",
        "u": f"lam**2*(lam**2*sin(Delta)**2 - g1**2 - g2**2 + {two}*g1*g2*cos(Delta))",
        "Dx(x)": f"lam**2*cos(x) {minus} g1*g(x)",
        "rest(x)": "sin(Delta)*cos(x) - cos(Delta)*sin(x)",
    }


def _sines() -> Steps:
    """At a point x of the arc sin(x) and sin(Delta - x) are not negative; the first is positive if x > 0."""
    return [
        step("sD", "apply", "0 < sin(Delta)", "axiom:sine-positive", "D0", "D1", put={"t": "Delta"}),
        step("sD2", "certificate", "0 < sin(Delta)**2", "sD", terms=[["sD", "sD"]]),
        step("x0", "assume", "0 <= x", prose="Let x be a point of the arc."),
        step("xD", "assume", "x <= Delta"),
        step("x<pi", "certificate", "x < pi", "xD", "D1", terms=[["xD"], ["D1"]]),
        step("xle", "certificate", "x <= pi", "x<pi", terms=[["x<pi"]]),
        step("n1", "apply", "0 <= sin(x)", "axiom:sine-nonnegative", "x0", "xle", put={"t": "x"}),
        step("0<x", "assume", "0 < x"),
        step("s1", "apply", "0 < sin(x)", "axiom:sine-positive", "0<x", "x<pi", put={"t": "x"}),
    ]  # fmt: skip


def _sine_of_rest() -> Steps:
    """Before the second end sin(Delta - x) = sin(Delta) cos(x) - cos(Delta) sin(x) is positive."""
    return [
        step("d<pi", "certificate", "Delta - x < pi", "x0", "D1", terms=[["D1"], ["x0"]]),
        step("add", "apply", "sin(Delta + -1*x) == rest(x)", "axiom:sine-of-sum", put={"s": "Delta", "t": "-x"}),
        step("x<D", "assume", "x < Delta"),
        step("0<d", "certificate", "0 < Delta - x", "x<D", terms=[["x<D"]]),
        step("s2'", "apply", "0 < sin(Delta + -1*x)", "axiom:sine-positive", "0<d", "d<pi", put={"t": "Delta - x"}),
        step("s2", "certificate", "0 < rest(x)", "s2'", "add", terms=[["s2'"]]),
    ]  # fmt: skip


def _inside_by_ends() -> Steps:
    """With D > 0 both D and lambda^2 - g^2 are positive on the whole arc, being so at its ends."""
    return [
        step("0<=d", "certificate", "0 <= Delta - x", "xD", terms=[["xD"]]),
        step("dle", "certificate", "Delta - x <= pi", "d<pi", terms=[["d<pi"]]),
        step("n2'", "apply", "0 <= sin(Delta + -1*x)", "axiom:sine-nonnegative", "0<=d", "dle", put={"t": "Delta - x"}),
        step("n2", "certificate", "0 <= rest(x)", "n2'", "add", terms=[["n2'"]]),
        *_positive_on_arc("Dx", "0 < Dx(x)", "sin(Delta)", [["D", "s1"], ["in1", "n2"]], [["in1", "s2"], ["D", "n1"]],
                          "sin(Delta) D(x) = (lambda^2 - g1^2) sin(Delta - x) + D sin(x)."),
        *_positive_on_arc(
            "strip", "0 < lam**2 - g(x)**2", "sin(Delta)**2",
            [["in2", "s1", "s1"], ["in1", "n2", "n2"], ["c:2", "D", "s1", "n2"]],
            [["in1", "s2", "s2"], ["in2", "n1", "n1"], ["c:2", "D", "s2", "n1"]],
            "g interpolates its end values: a quadratic form in sin(x) and sin(Delta - x) with positive coefficients."),
    ]  # fmt: skip


def _positive_on_arc(name: str, goal: str, times: str, after: Any, before: Any, prose: str) -> Steps:
    """A quantity is positive on the whole arc: by one certificate where x > 0, by another where x < Delta."""
    known = ("D", "in1", "in2", "sD", "sD2")
    return [
        step(f"{name}1", "certificate", goal, "s1", "n2", *known, terms=after, times=times, prose=prose),
        step(f"{name}1i", "discharge", f"Imp(0 < x, {goal})", f"{name}1"),
        step(f"{name}2", "certificate", goal, "s2", "n1", *known, terms=before, times=times),
        step(f"{name}2i", "discharge", f"Imp(x < Delta, {goal})", f"{name}2"),
        step(name, "arithmetic", goal, f"{name}1i", f"{name}2i", "x0", "xD", "D0"),
    ]  # fmt: skip


def _conclude(goal: str, primitive: str, conditions: list[str], differentiable: list[str], *ends: str) -> Steps:
    """The fundamental theorem on the arc, with what is known of the antiderivative at its ends."""
    values = primitive.replace("(x)", "(Delta)"), primitive.replace("(x)", "(0)")
    return [
        step("d", "derivative", f"HasDeriv(x, {primitive}, {_BODY})", *differentiable,
             prose="The table of derivatives gives the integrand."),
        step("cF", "continuous", f"Cont(x, 0, Delta, {primitive})", *conditions),
        step("cf", "continuous", f"Cont(x, 0, Delta, {_BODY})", "strip"),
        step("D0w", "sign", "0 <= Delta", "D0"),
        step("ftc", "fundamental-theorem", f"{_INTEGRAL} == {values[0]} - {values[1]}", "d", "cF", "cf", "D0w",
             F=primitive),
        step("end", "identity", goal, "ftc", "sD", *ends),
    ]  # fmt: skip


def build_above(minus: str = "-", two: str = "2", root: str = "u") -> Proof:
    """Return the proof of the arc integral for u > 0, where the angle is an arctangent.

    Arguments:
        minus: sign of g1 g2 in D.
        two: factor of g1 g2 cos(Delta) in u.
        root: what stands under the square root of the result.

    Example:
        >>> build_above().statement.goal[:10]
        'Int(x, 0, '
    """
    goal = f"{_INTEGRAL} == sin(Delta)*atan2(sqrt({root}), D)/sqrt({root})"
    height = f"sqrt({root})/sin(Delta)*sin(x)"
    primitive = f"atan2({height}, Dx(x))/(sqrt({root})/sin(Delta))"
    steps = [
        *_sines(),
        *_sine_of_rest(),
        step("k2", "certificate", "0 < lam**2 - A**2 - B**2", "pos", "sD2", terms=[["pos"]],
             times="lam**2*sin(Delta)**2"),
        step("ru", "sign", f"0 < sqrt({root})", "pos"),
        step("strip", "certificate", "0 < lam**2 - g(x)**2", "k2", terms=[["k2"], ["sq:A*sin(x) - B*cos(x)"]],
             prose="u > 0 says that the amplitude of g is below lambda."),
        step("in1", "certificate", "0 < lam**2 - A**2", "k2", terms=[["k2"], ["sq:B"]]),
        step("Dx", "identity", "sin(Delta)*Dx(x) == (lam**2 - A**2)*rest(x) + D*sin(x)"),
        step("y2", "arithmetic", "0 < sin(x) or 0 < Dx(x)", "s2", "n1", "in1", "sD", "Dx",
             prose="The point (Dx, sin x) stays off the cut of the angle."),
        step("y2i", "discharge", "Imp(x < Delta, 0 < sin(x) or 0 < Dx(x))", "y2"),
        step("s1i", "discharge", "Imp(0 < x, 0 < sin(x))", "s1"),
        step("up", "assume", "0 < sin(x)"),
        step("y1", "sign", f"0 < {height}", "ru", "sD", "up"),
        step("y1i", "discharge", f"Imp(0 < sin(x), 0 < {height})", "y1"),
        step("y", "arithmetic", f"0 < {height} or 0 < Dx(x)", "s1i", "y1i", "y2i", "x0", "xD", "D0"),
        step("start", "apply", f"atan2({height.replace('sin(x)', 'sin(0)')}, Dx(0)) == 0", "axiom:atan2-positive-axis",
             "in1", put={"t": "lam**2 - A**2"}),
    ]  # fmt: skip
    steps += _conclude(goal, primitive, ["y"], ["in1", "sD", "sD2", "k2", "ru", "s1", "strip", "pos"], "start")
    return Proof(
        Statement(
            goal,
            {**_ARC, "pos": "0 < u"},
            let=_let(minus, two),
            inhabited={"lam": "2", "A": "1", "B": "0", "Delta": "1"},
        ),
        steps,
    )


def build_below(minus: str = "-", two: str = "2", half: str = "1/2") -> Proof:
    """Return the proof of the arc integral for u < 0 < D, where the angle is an artanh.

    Arguments:
        minus: sign of g1 g2 in D.
        two: factor of g1 g2 cos(Delta) in u.
        half: factor of the logarithm.

    Example:
        >>> build_below().statement.hyps["neg"]
        'u < 0'
    """
    goal = f"{_INTEGRAL} == sin(Delta)*({half})*log((D + sqrt(-u))/(D - sqrt(-u)))/sqrt(-u)"
    y = "sqrt(k2)*sin(x)"
    primitive = f"({half})*log((Dx(x) + {y})/(Dx(x) - {y}))/sqrt(k2)"
    steps = [
        *_sines(),
        *_sine_of_rest(),
        *_inside_by_ends(),
        step("k2", "certificate", "0 < k2", "neg", "sD2", terms=[["neg"]], times="sin(Delta)**2",
             prose="u < 0 says that the amplitude of g exceeds lambda."),
        step("k", "sign", "0 < sqrt(k2)", "k2"),
        step("-u", "sign", "0 < -u", "neg"),
        step("r", "sign", "0 < sqrt(-u)", "-u"),
        step("kD", "sign", "0 < sqrt(k2)*sin(Delta)", "k", "sD"),
        step("r2", "identity", "sqrt(-u)**2 == (sqrt(k2)*sin(Delta))**2", "-u", "k2"),
        step("root", "arithmetic", "sqrt(-u) == sqrt(k2)*sin(Delta)", "r", "kD", "r2"),
        step("y", "sign", f"0 <= {y}", "k", "n1"),
        step("plus", "certificate", f"0 < Dx(x) + {y}", "Dx", "y", terms=[["Dx"], ["y"]]),
        step("in1'", "sign", "0 < lam**2 - A**2", "in1"),
        step("minus", "certificate", f"0 < Dx(x) - {y}", "in1'", "strip", "plus", "k2", terms=[["in1'", "strip"]],
             times=f"Dx(x) + {y}", prose="D(x)^2 + u(x) = (lambda^2 - g1^2)(lambda^2 - g(x)^2) > 0."),
        step("ratio", "certificate", f"0 < (Dx(x) + {y})/(Dx(x) - {y})", "plus", "minus", terms=[["plus"]],
             times=f"Dx(x) - {y}"),
        step("D+r", "certificate", "0 < D + sqrt(-u)", "D", "r", terms=[["D"], ["r"]]),
        step("D-r", "certificate", "0 < D - sqrt(-u)", "in1", "in2", "-u", "D+r", terms=[["in1", "in2"]],
             times="D + sqrt(-u)"),
        step("D-k", "certificate", "0 < D - sqrt(k2)*sin(Delta)", "D-r", "root", terms=[["D-r"]]),
    ]  # fmt: skip
    known = ["in1", "strip", "k", "k2", "plus", "minus", "ratio"]
    steps += _conclude(goal, primitive, ["ratio", "minus"], known, "in1'", "k", "r", "root", "D-r", "D-k")
    return Proof(
        Statement(
            goal,
            {**_INSIDE, "neg": "u < 0"},
            let={**_let(minus, two), "k2": "lam**2*(A**2 + B**2 - lam**2)"},
            inhabited={"lam": "2", "A": "1", "B": "-2", "Delta": "1/2"},
        ),
        steps,
    )


def build_flat(minus: str = "-", two: str = "2", power: str = "D") -> Proof:
    """Return the proof of the arc integral for u = 0 < D, the limit of both other cases.

    Arguments:
        minus: sign of g1 g2 in D.
        two: factor of g1 g2 cos(Delta) in u.
        power: what sin(Delta) is divided by.

    Example:
        >>> build_flat().statement.hyps["flat"]
        'u == 0'
    """
    goal = f"{_INTEGRAL} == sin(Delta)/({power})"
    primitive, body = f"sin(x)/({power.replace('D', 'Dx(x)')})", "(lam**2 - A**2)/Dx(x)**2"
    steps = [
        *_sines(),
        *_sine_of_rest(),
        *_inside_by_ends(),
        step("Kw", "sign", "0 < lam**2 - A**2", "in1"),
        step("DxDx", "certificate", "0 < Dx(x)**2", "Dx", terms=[["Dx", "Dx"]]),
        step("f", "identity", f"{_BODY} == {body}", "flat", "strip", "DxDx", "sD2",
             combine={"flat": "-sin(x)**2/sin(Delta)**2/(lam**2 - g(x)**2)/Dx(x)**2"},
             prose="u = 0 makes D(x)^2 = (lambda^2 - g1^2)(lambda^2 - g(x)^2)."),
        step("D0w", "sign", "0 <= Delta", "D0"),
        step("same", "congruence", f"{_INTEGRAL} == Int(x, 0, Delta, {body})", "f", "D0w"),
        step("d", "derivative", f"HasDeriv(x, {primitive}, {body})", "Dx", "DxDx"),
        step("cF", "continuous", f"Cont(x, 0, Delta, {primitive})", "Dx"),
        step("cf", "continuous", f"Cont(x, 0, Delta, {body})", "DxDx"),
        step("ftc", "fundamental-theorem", f"Int(x, 0, Delta, {body}) == sin(Delta)/({power})", "d", "cF", "cf", "D0w",
             "Kw", F=primitive),
        step("end", "identity", goal, "same", "ftc", combine={"same": "1", "ftc": "1"}),
    ]  # fmt: skip
    return Proof(
        Statement(
            goal,
            {**_INSIDE, "flat": "u == 0"},
            let=_let(minus, two),
            inhabited={"lam": "5", "A": "3", "B": "4", "Delta": "1/4"},
        ),
        steps,
    )


def build_discriminant(minus: str = "-", two: str = "2") -> Proof:
    """Return the proof of D^2 + u = (lambda^2 - g1^2)(lambda^2 - g2^2).

    Arguments:
        minus: sign of g1 g2 in D.
        two: factor of g1 g2 cos(Delta) in u.

    Example:
        >>> len(build_discriminant().steps)
        1
    """
    goal = "D**2 + u == (lam**2 - g1**2)*(lam**2 - g2**2)"
    return Proof(Statement(goal, let=_let(minus, two)), [step("expand", "identity", goal)])


def build_inside(minus: str = "-", two: str = "2", condition: str = "0 < D or 0 < u") -> Proof:
    """Return the proof that |g| < lambda on the whole arc if it is so at its ends, and D > 0 or u > 0.

    Arguments:
        minus: sign of g1 g2 in D.
        two: factor of g1 g2 cos(Delta) in u.
        condition: what is known besides the ends.

    Example:
        >>> build_inside().statement.hyps["or"]
        '0 < D or 0 < u'
    """
    inside = "0 < lam**2 - g(x)**2"
    goal = f"All(x, Imp(0 <= x, x <= Delta, {inside}))"
    steps = [
        *_sines(),
        *_sine_of_rest(),
        step("D", "assume", "0 < D", prose="If D > 0:"),
        *[s for s in _inside_by_ends() if not str(s["id"]).startswith("Dx")],
        step("byD", "discharge", f"Imp(0 < D, {inside})", "strip"),
        step("pos", "assume", "0 < u", prose="If u > 0:"),
        step("k2", "certificate", "0 < lam**2*(lam**2 - A**2 - B**2)", "pos", "sD2", terms=[["pos"]],
             times="sin(Delta)**2"),
        step("amp", "arithmetic", "0 < lam**2 - A**2 - B**2", "k2"),
        step("wide", "certificate", inside, "amp", terms=[["amp"], ["sq:A*sin(x) - B*cos(x)"]]),
        step("byu", "discharge", f"Imp(0 < u, {inside})", "wide"),
        step("point", "arithmetic", inside, "or", "byD", "byu"),
        step("imp", "discharge", f"Imp(0 <= x, x <= Delta, {inside})", "point"),
        step("end", "generalize", goal, "imp"),
    ]  # fmt: skip
    ends = {k: v for k, v in _INSIDE.items() if k != "D"}
    return Proof(
        Statement(
            goal,
            {**ends, "or": condition},
            let=_let(minus, two),
            inhabited={"lam": "2", "A": "1", "B": "-2", "Delta": "1/2"},
        ),
        steps,
    )
