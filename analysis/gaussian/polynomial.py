"""Activations that are sums of Hermite polynomials: their coefficients, and the function f that enters the risk."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .orthogonality import GAUSS, product
from .sign import EXAMPLE_STEPS


def build_split(second: str = "b") -> Proof:
    """Return the derivation of E (a He_k + b He_n) He_m = a E He_k He_m + b E He_n He_m.

    By the density: the integrals of products of two Hermite polynomials converge. Derived in this project.

    Arguments:
        second: knob of the mutant, the factor of the second expectation.

    Returns:
        The derivation.

    Example:
        >>> build_split().statement.goal.split(" == ")[1]
        'a*E[z](He(k, z(1))*He(m, z(1))) + b*E[z](He(n, z(1))*He(m, z(1)))'
    """

    def mean(a: str, b: str) -> str:
        return f"E[z](({a}*He(k, z(1)) + {b}*He(n, z(1)))*He(m, z(1)))"

    def both(a: str, b: str, end: str) -> str:
        parts = (f"(1 + (-1)**{v}*(-1)**m)*Int(x, 0, oo, {product(v, 'm')})" for v in "kn")
        return " + ".join(f"{c}*{part}{end}" for c, part in zip((a, b), parts, strict=True))

    p = "(a*He(k, x) + b*He(n, x))*He(m, x)"
    q = "(a*(-1)**k*He(k, x) + b*(-1)**n*He(n, x))*((-1)**m*He(m, x))"
    flipped = p.replace(", x)", ", -x)")
    goal = f"{mean('a', 'b')} == a*E[z](He(k, z(1))*He(m, z(1))) + {second}*E[z](He(n, z(1))*He(m, z(1)))"
    steps = [
        *(
            step(f"integrable_{v}", "apply", f"Integrable(x, 0, oo, {product(v, 'm')})", "claim:ae.he-products",
                 put={"k": v})
            for v in "kn"
        ),
        *(
            step(f"flip_{v}", "apply", f"He({v}, -x) == (-1)**{v}*He({v}, x)", "claim:ae.he-reflection", put={"n": v})
            for v in "knm"
        ),
        step("right_x", "identity", f"{p} == {p}"),
        step("right_pos", "discharge", f"Imp(0 < x, {p} == {p})", "right_x"),
        step("right", "generalize", f"All(x, Imp(0 < x, {p} == {p}))", "right_pos"),
        step("left_x", "identity", f"{flipped} == {q}", "flip_k", "flip_n", "flip_m"),
        step("left_pos", "discharge", f"Imp(0 < x, {flipped} == {q})", "left_x"),
        step("left", "generalize", f"All(x, Imp(0 < x, {flipped} == {q}))", "left_pos"),
        step("p", "linear", f"Integrable(x, 0, oo, {p}*{GAUSS})", "integrable_k", "integrable_n"),
        step("q", "linear", f"Integrable(x, 0, oo, {q}*{GAUSS})", "integrable_k", "integrable_n"),
        step("density", "apply", f"{mean('a', 'b')} == Int(x, 0, oo, ({p} + {q})*{GAUSS})/sqrt(2*pi)",
             "axiom:gaussian-density", "right", "left", "p", "q", symbols={"s(x)": p, "p(x)": p, "q(x)": q}),
        step("parts", "linear", f"Int(x, 0, oo, ({p} + {q})*{GAUSS}) == {both('a', 'b', '')}", "integrable_k",
             "integrable_n", prose="The integrals of the products converge."),
        step("whole", "identity", f"{mean('a', 'b')} == {both('a', 'b', '/sqrt(2*pi)')}", "density", "parts",
             combine={"density": "1", "parts": "1/sqrt(2*pi)"}),
        step("first", "apply", f"{mean('1', '0')} == {both('1', '0', '/sqrt(2*pi)')}", "whole",
             put={"a": "1", "b": "0"}, prose="The same with one polynomial only."),
        step("second", "apply", f"{mean('0', '1')} == {both('0', '1', '/sqrt(2*pi)')}", "whole",
             put={"a": "0", "b": "1"}),
        step("goal", "identity", goal, "whole", "first", "second",
             combine={"whole": "1", "first": "-a", "second": "-b"}),
    ]  # fmt: skip
    return Proof(Statement(goal, declare="k,m,n:N"), steps)


def _summable() -> list[dict[str, Any]]:
    """Return the steps to Summable(l, 0, delta(l, 1)) ("ones") and Summable(l, 0, delta(l, 3)) ("threes").

    By Bessel's inequality for x and for the sign, whose coefficients of degree 1 and 3 are not 0.
    """
    sign = "E[z](abs(z(1))/z(1)*He({}, z(1)))"
    of_x, of_sign = "E[z](z(1)*He(l, z(1)))**2/fact(l)", f"{sign.format('l')}**2/fact(l)"
    return [
        # what a delta picks
        step("at_l", "sums", "Sum(p, 0, l + j, delta(p, l)*(delta(p, j)*w(p))) == delta(l, j)*w(l)", kind="delta",
             index="l", rest="delta(p, j)*w(p)"),
        step("at_j", "sums", "Sum(p, 0, l + j, delta(p, l)*(delta(p, j)*w(p))) == delta(l, j)*w(j)", kind="delta",
             index="j", rest="delta(p, l)*w(p)"),
        step("picked", "identity", "delta(l, j)*w(l) == delta(l, j)*w(j)", "at_l", "at_j",
             combine={"at_l": "-1", "at_j": "1"}),
        # degree 1
        step("x_l2", "apply", "L2[z](z(1))", "axiom:gaussian-square-integrable", put={"k": "1"}),
        step("bessel_x", "apply", f"Summable(l, 0, {of_x})", "axiom:hermite-bessel", "x_l2", symbols={"s(x)": "x"}),
        step("one", "identity", f"{of_x} == delta(l, 1)", "orth_1",
             combine={"orth_1": "E[z](z(1)*He(l, z(1)))/sqrt(fact(l)) + delta(l, 1)"}),
        step("one_low_l", "sign", f"-({of_x}) <= delta(l, 1)"),
        step("one_high_l", "certificate", f"delta(l, 1) <= {of_x}", "one", terms=[], combine={"one": "1"}),
        step("one_low", "generalize", f"All(l, -({of_x}) <= delta(l, 1))", "one_low_l"),
        step("one_high", "generalize", f"All(l, delta(l, 1) <= {of_x})", "one_high_l"),
        step("ones", "apply", "Summable(l, 0, delta(l, 1))", "axiom:comparison-test", "bessel_x", "one_low",
             "one_high", symbols={"s(l)": "delta(l, 1)", "t(l)": of_x}),
        # degree 3
        *({k: v for k, v in s.items() if k != "for"} for s in EXAMPLE_STEPS),
        step("sign_l2", "apply", "L2[z](abs(z(1))/z(1))", "axiom:half-lines-square-integrable", "p4", "n4",
             symbols={"s(x)": "abs(x)/x"}, put={"a": "1", "b": "-1"}),
        step("bessel", "apply", f"Summable(l, 0, {of_sign})", "axiom:hermite-bessel", "sign_l2",
             symbols={"s(x)": "abs(x)/x"}),
        step("scaled", "linear", f"Summable(l, 0, 3*pi*({of_sign}))", "bessel"),
        step("third", "apply", f"{sign.format('2*1 + 1')} == 2*He(2*1, 0)/sqrt(2*pi)", "claim:ae.sign-coefficient",
             "p4", "n4", symbols={"sigma(x)": "abs(x)/x"}, put={"k": "1"},
             prose="The sign has a coefficient of degree 3."),
        step("picked_3", "apply", f"delta(l, 3)*({of_sign}) == delta(l, 3)*({sign.format('3')}**2/fact(3))", "picked",
             put={"j": "3"}, symbols={"w(l)": of_sign}),
        step("three", "identity", f"delta(l, 3) == 3*pi*delta(l, 3)*({of_sign})", "picked_3", "third",
             combine={"picked_3": "-3*pi"}),
        step("three_low_l", "sign", f"-(3*pi*({of_sign})) <= delta(l, 3)"),
        step("three_high_l", "certificate", f"delta(l, 3) <= 3*pi*({of_sign})", "three",
             terms=[[f"c:3*pi*({of_sign})", "sq:1 - delta(l, 3)"]], combine={"three": "-1"}),
        step("three_low", "generalize", f"All(l, -(3*pi*({of_sign})) <= delta(l, 3))", "three_low_l"),
        step("three_high", "generalize", f"All(l, delta(l, 3) <= 3*pi*({of_sign}))", "three_high_l"),
        step("threes", "apply", "Summable(l, 0, delta(l, 3))", "axiom:comparison-test", "scaled", "three_low",
             "three_high", symbols={"s(l)": "delta(l, 3)", "t(l)": f"3*pi*({of_sign})"}),
    ]  # fmt: skip


def build_polynomial(power: str = "2", root: str = "sqrt(6)") -> Proof:
    """Return the derivation of f(t) = t + g^2 t^3 and alpha = g^2 for sigma = h_1 + g h_3, h_l = He_l/sqrt(l!).

    By orthogonality c_1 = 1, c_3 = g, and all other coefficients are 0; here f(t) = sum_l (c_l/c_1)^2 t^l and
    alpha = f(1) - 1. Derived in this project.

    Arguments:
        power: knob of the mutant, the power of g in f.
        root: knob of the mutant, the number by which He_3 is divided.

    Returns:
        The derivation.

    Example:
        >>> build_polynomial().statement.goal.split(" and ")[1]
        'Series(l, 0, (c(l)/c(1))**2*t**l) == t + g**2*t**3'
    """
    let = {
        "sigma(x)": f"x + g*He(3, x)/{root}",
        "c(l)": "E[z](sigma(z(1))*He(l, z(1)))/sqrt(fact(l))",
        "term(l)": "(c(l)/c(1))**2*t**l",
        "finite(l)": "delta(l, 1)*t + g**2*delta(l, 3)*t**3",
    }
    h = "He({0}, z(1))/sqrt(fact({0}))"
    coefficient = "c(l) == delta(l, 1) + g*delta(l, 3)"
    series = f"Series(l, 0, (c(l)/c(1))**2*t**l) == t + g**{power}*t**3"
    alpha = f"Series(l, 0, (c(l)/c(1))**2) - 1 == g**{power}"
    shifted = [
        s
        for j in range(4)
        for s in (
            step(f"first_{j}", "apply",
                 f"Series(l, 0, finite(l + {j})) == finite({j}) + Series(l, 0, finite(l + {j + 1}))",
                 "axiom:first-term", f"rest_{j}", symbols={"s(l)": f"finite(l + {j})"}),
            step(f"rest_{j + 1}", "apply", f"Summable(l, 0, finite(l + {j + 1}))", "axiom:rest-summable", f"rest_{j}",
                 symbols={"s(l)": f"finite(l + {j})"}),
        )
    ][:-1]  # fmt: skip
    steps = [
        # the coefficients
        *(
            step(f"orth_{k}", "apply", f"E[z]({h.format(k)}*({h.format('l')})) == delta({k}, l)", "claim:ae.he-orth",
                 put={"k": f"{k}", "m": "l"})
            for k in (1, 3)
        ),
        step("split", "apply", f"E[z]((1*He(1, z(1)) + g/{root}*He(3, z(1)))*He(l, z(1))) == "
             f"1*E[z](He(1, z(1))*He(l, z(1))) + g/{root}*E[z](He(3, z(1))*He(l, z(1)))", "claim:ae.he-split",
             put={"k": "1", "n": "3", "m": "l", "a": "1", "b": f"g/{root}"}),
        step("coefficient", "identity", coefficient, "split", "orth_1", "orth_3",
             combine={"split": "1/sqrt(fact(l))", "orth_1": "1", "orth_3": "g"},
             prose="By orthogonality only the degrees 1 and 3 remain."),
        step("first", "apply", "c(1) == delta(1, 1) + g*delta(1, 3)", "coefficient", put={"l": "1"}),
        step("nonzero", "arithmetic", "c(1) != 0", "first"),
        *_summable(),
        # the series ends
        step("apart", "arithmetic", "delta(l, 1)*delta(l, 3) == 0"),
        *(
            step(f"power_{j}", "apply", f"delta(l, {j})*t**l == delta(l, {j})*t**{j}", "picked", put={"j": f"{j}"},
                 symbols={"w(l)": "t**l"})
            for j in (1, 3)
        ),
        step("ratio", "identity", "c(l)/c(1) == delta(l, 1) + g*delta(l, 3)", "coefficient", "first", "nonzero",
             combine={"coefficient": "1/c(1)", "first": "-(delta(l, 1) + g*delta(l, 3))/c(1)"}),
        step("term", "identity", "term(l) == finite(l)", "ratio", "apart", "power_1", "power_3",
             combine={"ratio": "(c(l)/c(1) + delta(l, 1) + g*delta(l, 3))*t**l", "apart": "2*g*t**l", "power_1": "1",
                      "power_3": "g**2"}),
        step("terms", "congruence", "Series(l, 0, term(l)) == Series(l, 0, finite(l))", "term"),
        step("rest_0", "linear", "Summable(l, 0, finite(l))", "ones", "threes"),
        *shifted,
        step("above_1", "arithmetic", "delta(l + 4, 1) == 0"),
        step("above_3", "arithmetic", "delta(l + 4, 3) == 0"),
        step("zero", "identity", "finite(l + 4) == 0", "above_1", "above_3"),
        step("zeros", "congruence", "Series(l, 0, finite(l + 4)) == Series(l, 0, 0)", "zero"),
        step("series", "identity", series, "terms", *(f"first_{j}" for j in range(4)), "zeros",
             combine={"terms": "1", **{f"first_{j}": "1" for j in range(4)}, "zeros": "1"},
             prose="Two terms of the series are not 0."),
        step("at_1", "apply", f"Series(l, 0, (c(l)/c(1))**2*1**l) == 1 + g**{power}*1**3", "series", put={"t": "1"}),
        step("alpha", "identity", alpha, "at_1", combine={"at_1": "1"}),
        step("goal", "arithmetic", f"{coefficient} and {series} and {alpha}", "coefficient", "series", "alpha"),
    ]  # fmt: skip
    return Proof(Statement(f"{coefficient} and {series} and {alpha}", declare="k,l,m,n,p,j:N", let=let), steps)
