"""Appendix A of JMLR 23(130): the polynomial of (5.21) again, moments of the test measures, and the saw-tooth."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .errata import POLYNOMIAL


def build_taylor(half: str = "1/2") -> Proof:
    """Derive (A.16): P(x) = P''/2 (x - c)^2 + P'(c) (x - c) + P(c) for the cluster polynomial P.

    Arguments:
        half: the factor of P''; 1/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.16)).

    Example:
        >>> build_taylor().statement.hyps
        {}
    """
    taylor = f"P(x) == {half}*ddP*(x-c)**2+dP(c)*(x-c)+P(c)"
    statement = Statement(f"HasDeriv(x,P(x),dP(x)) and HasDeriv(x,dP(x),ddP) and {taylor}", let=POLYNOMIAL)
    return Proof(
        statement,
        [
            step("first", "derivative", "HasDeriv(x,P(x),dP(x))"),
            step("second", "derivative", "HasDeriv(x,dP(x),ddP)"),
            step("taylor", "identity", taylor),
            step("goal", "arithmetic", statement.goal, "first", "second", "taylor"),
        ],
    )


def build_chord(half: str = "1/2") -> Proof:
    """Derive p. 55: the chord from (c, P(c)) to the vertex of a parabola has half the slope that the parabola has at c.

    Arguments:
        half: the share of the slope; 1/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 55).

    Example:
        >>> build_chord().statement.hyps["curved"]
        'ddP != 0'
    """
    statement = Statement(
        f"P(v)-P(c) == {half}*dP(c)*(v-c)",
        {"curved": "ddP != 0", "vertex": "dP(v) == 0"},
        let=POLYNOMIAL, inhabited={"a": "0", "b": "0", "v": "0"},
    )  # fmt: skip
    return Proof(
        statement,
        [
            step("goal", "identity", statement.goal, "vertex", combine={"vertex": "1/2*(v-c)"}),
        ],
    )


def build_concave_step(absolute: str = "abs(dP(c))") -> Proof:
    """Derive (A.17)-(A.18): where P >= 0 at distance D from c, |P'(c)| D + P(c) >= -P''/2 D^2.

    Arguments:
        absolute: what stands for |P'(c)|.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.17) and (A.18)).

    Example:
        >>> build_concave_step().statement.hyps["outside"]
        '0 <= P(z)'
    """
    statement = Statement(
        f"-1/2*ddP*D**2 <= {absolute}*D+P(c)",
        {"outside": "0 <= P(z)", "distance": "abs(z-c) == D"},
        let=POLYNOMIAL, inhabited={"a": "0", "b": "0", "z": "0", "c": "0", "D": "0"},
    )  # fmt: skip
    return Proof(
        statement,
        [
            step("taylor", "identity", "P(z) == 1/2*ddP*(z-c)**2+dP(c)*(z-c)+P(c)"),
            step("square-lemma", "arithmetic", "Imp(abs(u) == d, u**2 == d**2)"),
            step("square", "apply", "(z-c)**2 == D**2", "square-lemma", "distance", put={"u": "z-c", "d": "D"}),
            step("product-lemma", "arithmetic", "Imp(abs(u) == d, s*u <= abs(s)*d)"),
            step("product", "apply", f"dP(c)*(z-c) <= {absolute}*D", "product-lemma", "distance",
                 put={"u": "z-c", "d": "D", "s": "dP(c)"}),
            step("goal", "certificate", statement.goal, "taylor", "square", "product", "outside",
                 terms=[["outside"], ["product"]], combine={"taylor": "-1", "square": "-1/2*ddP"}),
        ],
    )  # fmt: skip


def build_no_root_argmin(corner: str = "b == 0") -> Proof:
    """Derive that Definition 4.1's argmin is unique: a cluster polynomial > 0 everywhere is strictly convex or 1.

    P(x) = (1 - a^2) x^2 + 2 a b x + 1 - b^2 > 0 at all real x forces a^2 < 1, or a^2 = 1 and b = 0, where P is 1.

    Arguments:
        corner: what holds besides a^2 = 1; b = 0 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Definition 4.1).

    Example:
        >>> build_no_root_argmin().statement.goal
        'a**2 < 1 or (a**2 == 1 and b == 0)'
    """
    statement = Statement(
        f"a**2 < 1 or (a**2 == 1 and {corner})",
        {"positive": "All(x, 0 < (1-a**2)*x**2+2*a*b*x+1-b**2)"},
        inhabited={"a": "0", "b": "0"},
        inhabited_steps=[
            {"for": "positive", **step("here", "arithmetic", "0 < (1-0**2)*x**2+2*0*0*x+1-0**2")},
            {"for": "positive", **step("all", "generalize", "All(x, 0 < (1-0**2)*x**2+2*0*0*x+1-0**2)", "here")},
        ],
    )  # fmt: skip
    value = "(1-a**2)*({0})**2+2*a*b*({0})+1-b**2".format
    steep, level = "((a*b+sqrt(a**2+b**2-1))/(a**2-1))", "((b**2-1)/(2*a*b))"
    steps = [
        # A slope beyond 1 meets the roof sqrt(1 + x^2) somewhere.
        step("steep", "assume", "1 < a**2"),
        step("root", "arithmetic", "0 <= a**2+b**2-1 and a**2-1 != 0", "steep"),
        step("steep-zero", "identity", f"{value(steep)} == 0", "root"),
        step("steep-positive", "apply", f"0 < {value(steep)}", "positive", at={"x": steep}),
        step("steep-not", "arithmetic", "1 < 0", "steep-zero", "steep-positive"),
        step("not-steep", "discharge", "Imp(1 < a**2, 1 < 0)", "steep-not"),
        # Slope 1 meets it unless the line is a x itself.
        step("one", "assume", "a**2 == 1"),
        step("off", "assume", "b != 0"),
        step("a", "arithmetic", "a != 0", "one"),
        step("line", "identity", f"{value(level)} == (1-a**2)*{level}**2", "a", "off"),
        step("level-zero", "identity", f"{value(level)} == 0", "line", "one",
             combine={"line": "1", "one": f"-{level}**2"}),
        step("level-positive", "apply", f"0 < {value(level)}", "positive", at={"x": level}),
        step("level-not", "arithmetic", "1 < 0", "level-zero", "level-positive"),
        step("not-off", "discharge", "Imp(a**2 == 1, b != 0, 1 < 0)", "level-not"),
        step("goal", "arithmetic", statement.goal, "not-steep", "not-off"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_support_radius(radius: str = "4*y/x") -> Proof:
    """Derive p. 36: the atoms (s, -s, 0), (s, s, 0), s^2 = 2 y/x, of (6.3) lie in the ball of radius sqrt(4 y/x).

    Arguments:
        radius: the square of the radius; 4*y/x in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 36).

    Example:
        >>> build_support_radius().statement.hyps["r"]
        'sqrt(4*y/x) < r'
    """
    statement = Statement(
        "s**2+(-s)**2+0**2 < r**2 and s**2+s**2+0**2 < r**2",
        {"x": "0 < x", "y": "0 < y", "s": "s == sqrt(2*y/x)", "r": f"sqrt({radius}) < r"},
        inhabited={"x": "1", "y": "2", "s": "2", "r": "4"},
    )
    quotient = [
        step("q", "sign", "0 <= y/x", "x", "y"),
        step("lemma", "arithmetic",
             f"Imp(0 <= q, t == sqrt(2*q), sqrt({radius.replace('y/x', 'q')}) < r, 2*t**2 < r**2)"),
        step("s2", "identity", "s == sqrt(2*(y/x))", "s", combine={"s": "1"}),
        step("r2", "certificate", f"sqrt({radius.replace('y/x', '(y/x)')}) < r", "r", terms=[["r"]]),
        step("two", "apply", "2*s**2 < r**2", "lemma", "q", "s2", "r2", put={"q": "y/x", "t": "s"}),
        step("goal", "arithmetic", statement.goal, "two"),
    ]  # fmt: skip
    return Proof(statement, quotient)


def build_disjoint_teeth(width: str = "gap/2") -> Proof:
    """Derive p. 50: with eps below half the least gap the saw-teeth of width eps at x_i and x_j do not overlap.

    Arguments:
        width: what eps stays below; half the gap in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 50).

    Example:
        >>> build_disjoint_teeth().statement.hyps["eps"]
        '0 < eps and eps < gap/2'
    """
    tooth = "max(0, 1-abs(x-{0})/eps)".format
    statement = Statement(
        f"{tooth('u')} == 0 or {tooth('v')} == 0",
        {"eps": f"0 < eps and eps < {width}", "apart": "gap <= abs(u-v)"},
        inhabited={"eps": "1", "gap": "3", "u": "0", "v": "3"},
    )
    steps = [
        step("positive", "arithmetic", "0 < eps", "eps"),
        step("either", "arithmetic", "eps <= abs(x-u) or eps <= abs(x-v)", "eps", "apart"),
        step("far", "assume", "e <= d"),
        step("e", "assume", "0 < e"),
        step("quotient", "certificate", "1 <= d/e", "far", "e", times="e", terms=[["far"]]),
        step("flat", "arithmetic", "max(0, 1-d/e) == 0", "quotient"),
        step("lemma", "discharge", "Imp(e <= d, 0 < e, max(0, 1-d/e) == 0)", "flat"),
        step("left", "apply", f"Imp(eps <= abs(x-u), 0 < eps, {tooth('u')} == 0)", "lemma",
             put={"e": "eps", "d": "abs(x-u)"}),
        step("right", "apply", f"Imp(eps <= abs(x-v), 0 < eps, {tooth('v')} == 0)", "lemma",
             put={"e": "eps", "d": "abs(x-v)"}),
        step("goal", "arithmetic", statement.goal, "positive", "either", "left", "right"),
    ]  # fmt: skip
    return Proof(statement, steps)
