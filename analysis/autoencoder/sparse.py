"""One-bit codes of sparse data x_i = b_i Z_i/sqrt(p), b_i Bernoulli(p), Z_i symmetric with E Z^2 = 1 and m = E|Z|.

A function f of one coordinate has the expectation (1 - p) f(0) + p E f(Z/sqrt(p)). The setting is that of K. Kogler,
A. Shevchenko, H. Hassani, M. Mondelli, ICML 2024; the statements are derived in this project.
"""

from __future__ import annotations

from typing import Any

from ..gaussian.sign import EXAMPLE_STEPS
from ..kernel.derivation import Statement
from ..proof import Proof, step

#: The sign of numbers; its value at 0 is anything.
SGN = {"right": "All(x, Imp(0 < x, sgn(x) == 1))", "left": "All(x, Imp(x < 0, sgn(x) == -1))"}
SPARSE_EXAMPLE = {"p": "1/2", "Z(k)": "z(k)", "sgn(x)": "abs(x)/x", "m": "2/sqrt(2*pi)", "c": "1", "v": "0"}
#: That |x|/x is such a sign.
SGN_STEPS = tuple({**s, "for": {"positive": "right", "negative": "left"}[s["for"]]} for s in EXAMPLE_STEPS)


def sign_modulus() -> list[dict[str, Any]]:
    """Return the steps to x sgn x = |x| ("modulus_x"), from the hypotheses `right` and `left`."""
    return [
        step("x_right", "assume", "0 < x"),
        step("sgn_right", "apply", "sgn(x) == 1", "right", "x_right", at={"x": "x"}),
        step("abs_right", "arithmetic", "x*sgn(x) == abs(x)", "sgn_right", "x_right"),
        step("if_right", "discharge", "Imp(0 < x, x*sgn(x) == abs(x))", "abs_right"),
        step("x_left", "assume", "x < 0"),
        step("sgn_left", "apply", "sgn(x) == -1", "left", "x_left", at={"x": "x"}),
        step("abs_left", "arithmetic", "x*sgn(x) == abs(x)", "sgn_left", "x_left"),
        step("if_left", "discharge", "Imp(x < 0, x*sgn(x) == abs(x))", "abs_left"),
        step("modulus_x", "arithmetic", "x*sgn(x) == abs(x)", "if_right", "if_left"),
    ]


def _sign_moments() -> list[dict[str, Any]]:
    """Return the steps to E[Z sgn Z] = m ("cross")."""
    return [
        *sign_modulus(),
        step("modulus_Z", "apply", "Z(1)*sgn(Z(1)) == abs(Z(1))", "modulus_x", put={"x": "Z(1)"}),
        step("modulus_E", "congruence", "E[Z](Z(1)*sgn(Z(1))) == E[Z](abs(Z(1)))", "modulus_Z"),
        step(
            "cross",
            "identity",
            "E[Z](Z(1)*sgn(Z(1))) == m",
            "modulus_E",
            "mean",
            combine={"modulus_E": "1", "mean": "1"},
        ),
    ]


def build_identity_code(power: str = "m**2", zero: str = "p*(2 - p)") -> Proof:
    """Return the derivation of the risks of the code sign(x_i), coordinate by coordinate, completed to squares.

    With a fair coin at 0 the risk of the decoder c s is (c - sqrt(p) m)^2 + 1 - p m^2. With sign(0) = +1 and a decoder
    bias v it is p (2 - p) (c - m/(sqrt(p) (2 - p)))^2 + (v + (1 - p) c)^2 + 1 - m^2/(2 - p). With a third letter,
    sign(0) = 0, it is p (c - m/sqrt(p))^2 + 1 - m^2. Derived in this project.

    Arguments:
        power: knob of the mutant, m^2 in the first risk.
        zero: knob of the mutant, the factor of the second square.

    Returns:
        The derivation.

    Example:
        >>> build_identity_code().statement.goal.count("==")
        3
    """
    let = {
        "error": "p*E[Z]((Z(1)/sqrt(p) - c*sgn(Z(1)))**2)",
        "biased": "(1 - p)*(0 - c - v)**2 + p*E[Z]((Z(1)/sqrt(p) - c*sgn(Z(1)) - v)**2)",
    }
    coin = f"(1 - p)*((0 - c)**2 + (0 + c)**2)/2 + error == (c - sqrt(p)*m)**2 + 1 - p*{power}"
    plus = f"biased == {zero}*(c - m/(sqrt(p)*(2 - p)))**2 + (v + (1 - p)*c)**2 + 1 - m**2/(2 - p)"
    letter = "(1 - p)*(0 - c*0)**2 + error == p*(c - m/sqrt(p))**2 + 1 - m**2"
    goal = f"{coin} and {plus} and {letter}"
    parts = "E[Z](Z(1)*Z(1))/sqrt(p)**2 - 2*c/sqrt(p)*E[Z](Z(1)*sgn(Z(1))) + c**2*E[Z](sgn(Z(1))*sgn(Z(1)))"
    means = "- 2*v/sqrt(p)*E[Z](Z(1)) + 2*c*v*E[Z](sgn(Z(1))) + v**2"
    steps = [
        *_sign_moments(),
        step("positive_2", "arithmetic", "0 < 2 - p", "at_most_1"),
        step("expand", "linear", f"E[Z]((Z(1)/sqrt(p) - c*sgn(Z(1)))**2) == {parts}", "z_l2", "sgn_l2"),
        step(
            "error",
            "identity",
            "error == 1 - 2*c*sqrt(p)*m + p*c**2",
            "expand",
            "variance",
            "cross",
            "bit",
            "positive",
            combine={"expand": "p", "variance": "1", "cross": "-2*c*sqrt(p)", "bit": "p*c**2"},
        ),
        step("coin", "identity", coin, "error", "positive", combine={"error": "1"}),
        step("letter", "identity", letter, "error", "positive", combine={"error": "1"}),
        step("expand_v", "linear", f"E[Z]((Z(1)/sqrt(p) - c*sgn(Z(1)) - v)**2) == {parts} {means}", "z_l2", "sgn_l2"),
        step(
            "plus",
            "identity",
            plus,
            "expand_v",
            "variance",
            "cross",
            "bit",
            "balanced",
            "fair",
            "positive",
            "positive_2",
            combine={
                "expand_v": "p",
                "variance": "1",
                "cross": "-2*c*sqrt(p)",
                "bit": "p*c**2",
                "balanced": "-2*v*sqrt(p)",
                "fair": "2*c*v*p",
            },
        ),
        step("goal", "sign", goal, "coin", "plus", "letter"),
    ]
    hyps = {
        **SGN,
        "positive": "0 < p",
        "at_most_1": "p <= 1",
        "z_l2": "L2[Z](Z(1))",
        "sgn_l2": "L2[Z](sgn(Z(1)))",
        "variance": "E[Z](Z(1)*Z(1)) == 1",
        "mean": "E[Z](abs(Z(1))) == m",
        "bit": "E[Z](sgn(Z(1))*sgn(Z(1))) == 1",
        "balanced": "E[Z](Z(1)) == 0",
        "fair": "E[Z](sgn(Z(1))) == 0",
    }
    return Proof(Statement(goal, hyps, let=let, inhabited=SPARSE_EXAMPLE, inhabited_steps=SGN_STEPS), steps)


def build_thresholds(uniform: str = "8/(3*pi)") -> Proof:
    """Return the derivation: where the codes sign(x_i) have a lower risk than 1 - 2/pi, that of rotated coordinates.

    Without biases iff p m^2 > 2/pi, with sign(0) = +1 and a decoder bias iff p > 2 - pi m^2/2. So for Z = +-1 beyond
    2/pi or 2 - pi/2; for uniform Z, whose m = sqrt(3)/2 is an integral, beyond 8/(3 pi) or 2 - 3 pi/8; for Gaussian Z,
    m^2 = 2/pi, and for Laplace's, m = 1/sqrt(2), never. Derived in this project.

    Arguments:
        uniform: knob of the mutant, the first threshold of uniform Z.

    Returns:
        The derivation.

    Example:
        >>> build_thresholds().statement.goal.count("Imp")
        6
    """
    plain = "Imp(2/pi < p*m**2, 1 - p*m**2 < 1 - 2/pi) and Imp(1 - p*m**2 < 1 - 2/pi, 2/pi < p*m**2)"
    biased = (
        "Imp(2 - pi*m**2/2 < p, 1 - m**2/(2 - p) < 1 - 2/pi) and Imp(1 - m**2/(2 - p) < 1 - 2/pi, 2 - pi*m**2/2 < p)"
    )
    flat = "Int(x, 0, sqrt(3), x/sqrt(3)) == sqrt(3)/2"
    crossing = f"Imp({uniform} < p, 2/pi < p*(sqrt(3)/2)**2) and Imp(2/pi < p*(sqrt(3)/2)**2, {uniform} < p)"
    laplace = "Int(x, 0, oo, sqrt(2)*x*exp(-sqrt(2)*x)) == 1/sqrt(2)"
    never = "p*(2/pi) <= 2/pi and p*(1/sqrt(2))**2 < 2/pi and p < 2 - pi*(1/sqrt(2))**2/2"
    goal = f"{plain} and {biased} and {flat} and {crossing} and {laplace} and {never}"
    F = "(-x*exp(-sqrt(2)*x) - exp(-sqrt(2)*x)/sqrt(2))"
    steps = [
        step("plain", "arithmetic", plain),
        step("pi", "enclosure", "3 < pi"),
        step("pi_high", "enclosure", "pi < 4"),
        step("gap", "arithmetic", "0 < 2 - p", "at_most_1"),
        step("biased", "arithmetic", biased, "gap", "pi"),
        # uniform on [-sqrt 3, sqrt 3]
        step("line", "derivative", "HasDeriv(x, x**2/(2*sqrt(3)), x/sqrt(3))"),
        step("ends", "enclosure", "0 <= sqrt(3)"),
        step("line_cont", "continuous", "Cont(x, 0, sqrt(3), x**2/(2*sqrt(3)))"),
        step("line_f", "continuous", "Cont(x, 0, sqrt(3), x/sqrt(3))"),
        step("flat", "fundamental-theorem", flat, "line", "ends", "line_cont", "line_f", F="x**2/(2*sqrt(3))"),
        step("three", "identity", "(sqrt(3)/2)**2 == 3/4"),
        step("crossing", "arithmetic", crossing, "three", "pi"),
        # Laplace with density exp(-sqrt(2)|x|)/sqrt(2)
        step("slope", "derivative", f"HasDeriv(x, {F}, sqrt(2)*x*exp(-sqrt(2)*x))"),
        step("decay", "limit", f"Lim(x, {F}, 0)"),
        step("x", "assume", "0 <= x"),
        step("tail", "sign", "0 <= sqrt(2)*x*exp(-sqrt(2)*x)", "x"),
        step("laplace", "fundamental-theorem", laplace, "slope", "decay", "tail", F=F),
        step("half", "identity", "(1/sqrt(2))**2 == 1/2"),
        step("never", "arithmetic", never, "half", "at_most_1", "positive", "pi", "pi_high"),
        step("goal", "sign", goal, "plain", "biased", "flat", "crossing", "laplace", "never"),
    ]
    hyps = {"positive": "0 < p", "at_most_1": "p <= 1"}
    return Proof(Statement(goal, hyps, inhabited={"p": "1/2"}), steps)


def build_edge(threshold: str = "2 - pi*m**2/2") -> Proof:
    """Return the derivation of the risk of the dithered identity as a -> 1, and of where it lies below 1 - 2/pi.

    There the code is sgn x_i, and at x_i = 0 the sign of an independent normal: U = sqrt(p) m and
    W = (1 - p) sqrt(2/pi), with risk 1 - U^2 - W^2 = 1 - p m^2 - (1 - p)^2 2/pi. It is below 1 - 2/pi iff
    p > 2 - pi m^2/2, as for the identity with sign(0) = +1 and a decoder bias. Derived in this project.

    Arguments:
        threshold: knob of the mutant, the threshold.

    Returns:
        The derivation.

    Example:
        >>> build_edge().statement.goal.count("Imp")
        2
    """
    let = {
        "U": "((1 - p)*0 + p*E[Z](Z(1)/sqrt(p)*sgn(Z(1))))",
        "W": "((1 - p)*E[z](z(1)*sgn(z(1))) + p*E[Z](sgn(Z(1)))*E[z](z(1)))",
        "risk": "(1 - p*m**2 - (1 - p)**2*(2/pi))",
    }
    value = "1 - U**2 - W**2 == risk"
    ahead = f"Imp({threshold} < p, risk < 1 - 2/pi)"
    behind = f"Imp(risk < 1 - 2/pi, {threshold} < p)"
    goal = f"{value} and {ahead} and {behind}"
    steps = [
        *_sign_moments(),
        step("U", "identity", "U == sqrt(p)*m", "cross", "positive", combine={"cross": "sqrt(p)"}),
        step(
            "normal",
            "apply",
            "E[z](z(1)*sgn(z(1))) == sqrt(2/pi)",
            "claim:ae.c1-sign",
            "right",
            "left",
            symbols={"sigma(x)": "sgn(x)"},
        ),
        step(
            "W",
            "identity",
            "W == (1 - p)*sqrt(2/pi)",
            "normal",
            "fair",
            combine={"normal": "1 - p", "fair": "p*E[z](z(1))"},
        ),
        step("two_pi", "sign", "0 < 2/pi"),
        step("root", "arithmetic", "sqrt(2/pi)*sqrt(2/pi) == 2/pi", "two_pi"),
        step(
            "value",
            "identity",
            value,
            "U",
            "W",
            "positive",
            "root",
            combine={"U": "-(U + sqrt(p)*m)", "W": "-(W + (1 - p)*sqrt(2/pi))", "root": "-(1 - p)**2"},
        ),
        step("pi", "enclosure", "3 < pi"),
        step("excess", "identity", "1 - 2/pi - risk == 2/pi*p*(p - (2 - pi*m**2/2))"),
        step("ahead", "arithmetic", ahead, "excess", "pi", "positive"),
        step("behind", "arithmetic", behind, "excess", "pi", "positive"),
        step("goal", "sign", goal, "value", "ahead", "behind"),
    ]
    hyps = {
        **SGN,
        "positive": "0 < p",
        "mean": "E[Z](abs(Z(1))) == m",
        "fair": "E[Z](sgn(Z(1))) == 0",
    }
    return Proof(Statement(goal, hyps, let=let, inhabited=SPARSE_EXAMPLE, inhabited_steps=SGN_STEPS), steps)


def build_gaussian(limit: str = "1") -> Proof:
    """Return the derivation: for sparse Gaussian data no dither is better than rotated coordinates, whatever p.

    In a row a x_1 + t g, a^2 + t^2 = 1, the data b Z/sqrt(p) with Gaussian Z have the mean modulus (1 - p) E|t z| +
    p E|a/sqrt(p) z_1 + t z_2|, where the second expectation is sqrt(a^2/p + t^2) sqrt(2/pi); by concavity of the root
    the whole is at most sqrt(2/pi), its value at a = 0. Derived in this project.

    Arguments:
        limit: knob of the mutant, the factor of sqrt(2/pi).

    Returns:
        The derivation.

    Example:
        >>> build_gaussian().statement.goal.endswith("sqrt(2/pi)")
        True
    """
    let = {"q": "sqrt(a**2/p + t**2)", "v(k)": "(delta(k, 1)*a/sqrt(p) + delta(k, 2)*t)/sqrt(a**2/p + t**2)"}
    goal = f"(1 - p)*E[z](abs(t*z(1))) + p*E[z](abs(a/sqrt(p)*z(1) + t*z(2))) <= {limit}*sqrt(2/pi)"
    along = "Sum(k, 1, 2, v(k)*z(k))"
    steps = [
        step(
            "first",
            "apply",
            "E[z](z(1)*sgn(z(1))) == sqrt(2/pi)",
            "claim:ae.c1-sign",
            "right",
            "left",
            symbols={"sigma(x)": "sgn(x)"},
        ),
        *sign_modulus(),
        step("modulus_z", "apply", "z(1)*sgn(z(1)) == abs(z(1))", "modulus_x", put={"x": "z(1)"}),
        step("modulus", "congruence", "E[z](z(1)*sgn(z(1))) == E[z](abs(z(1)))", "modulus_z"),
        step(
            "size",
            "identity",
            "E[z](abs(z(1))) == sqrt(2/pi)",
            "first",
            "modulus",
            combine={"first": "1", "modulus": "-1"},
        ),
        # the square root
        step("inverse", "arithmetic", "1 <= 1/p", "positive", "at_most_1"),
        step(
            "inside",
            "certificate",
            "1 <= a**2/p + t**2",
            "inverse",
            "circle",
            "positive",
            terms=[["inverse", "sq:a"]],
            combine={"circle": "1"},
        ),
        step("inside_positive", "arithmetic", "0 < a**2/p + t**2", "inside"),
        step("square", "arithmetic", "q**2 == a**2/p + t**2", "inside_positive"),
        step("q_sign", "sign", "0 <= q"),
        step("q", "arithmetic", "0 < q", "q_sign", "square", "inside_positive"),
        # E|a/sqrt(p) z_1 + t z_2| = q E|z_1|
        step("y", "assume", "0 < y"),
        step("scale_x", "arithmetic", "abs(x) == y*abs(x/y)", "y"),
        step(
            "scale",
            "apply",
            "abs(a/sqrt(p)*z(1) + t*z(2)) == q*abs((a/sqrt(p)*z(1) + t*z(2))/q)",
            "scale_x",
            "q",
            put={"x": "a/sqrt(p)*z(1) + t*z(2)", "y": "q"},
        ),
        step("along", "identity", f"q*abs((a/sqrt(p)*z(1) + t*z(2))/q) == q*abs({along})"),
        step(
            "scaled",
            "identity",
            f"abs(a/sqrt(p)*z(1) + t*z(2)) == q*abs({along})",
            "scale",
            "along",
            combine={"scale": "1", "along": "1"},
        ),
        step("scaled_E", "congruence", f"E[z](abs(a/sqrt(p)*z(1) + t*z(2))) == E[z](q*abs({along}))", "scaled"),
        step(
            "unit", "identity", "Sum(k, 1, 2, v(k)**2) == 1", "square", "q", "positive", combine={"square": "-1/q**2"}
        ),
        step(
            "turn",
            "apply",
            f"E[z](abs({along})) == E[z](abs(z(1)))",
            "axiom:gaussian-rotation",
            "unit",
            symbols={"f(x,y)": "abs(x)", "u(k)": "v(k)", "v(k)": "v(k)"},
            put={"r": "1", "d": "2"},
            prose="Every unit direction of a Gaussian vector is standard normal.",
        ),
        step(
            "wide",
            "identity",
            "E[z](abs(a/sqrt(p)*z(1) + t*z(2))) == q*sqrt(2/pi)",
            "scaled_E",
            "turn",
            "size",
            combine={"scaled_E": "1", "turn": "q", "size": "q"},
        ),
        step("scale_t", "arithmetic", "abs(t*x) == abs(t)*abs(x)"),
        step("scale_z", "apply", "abs(t*z(1)) == abs(t)*abs(z(1))", "scale_t", put={"x": "z(1)"}),
        step("narrow_E", "congruence", "E[z](abs(t*z(1))) == E[z](abs(t)*abs(z(1)))", "scale_z"),
        step(
            "narrow",
            "identity",
            "E[z](abs(t*z(1))) == abs(t)*sqrt(2/pi)",
            "narrow_E",
            "size",
            combine={"narrow_E": "1", "size": "abs(t)"},
        ),
        # the concave root
        step("rest", "arithmetic", "0 <= 1 - p", "at_most_1"),
        step("modulus_t", "arithmetic", "abs(t)*abs(t) == t**2"),
        step(
            "mean_square",
            "certificate",
            "((1 - p)*abs(t) + p*q)**2 <= 1",
            "rest",
            "positive",
            "square",
            "circle",
            "modulus_t",
            terms=[["rest", "positive", "sq:abs(t) - q"]],
            combine={"square": "-p", "circle": "-1", "modulus_t": "-(1 - p)"},
        ),
        step("mean", "arithmetic", f"(1 - p)*abs(t) + p*q <= {limit}", "mean_square"),
        step("root", "sign", "0 <= sqrt(2/pi)"),
        step(
            "goal",
            "certificate",
            goal,
            "narrow",
            "wide",
            "mean",
            "root",
            terms=[["root", "mean"]],
            combine={"narrow": "-(1 - p)", "wide": "-p"},
        ),
    ]
    hyps = {**SGN, "positive": "0 < p", "at_most_1": "p <= 1", "circle": "a**2 + t**2 == 1"}
    example = {"p": "1/2", "a": "3/5", "t": "4/5", "sgn(x)": "abs(x)/x"}
    return Proof(Statement(goal, hyps, declare="k:Z", let=let, inhabited=example, inhabited_steps=SGN_STEPS), steps)
